"""A case taken out of the house: an incident report, JSON, a bundle that sha256sum checks."""
import csv
import hashlib
import json
import os
import subprocess
from datetime import datetime, timedelta, timezone

import pytest

import mails
import revocation
import tls
from daemon import until

REVOKED = "D5C0FFEE01"
RECEIVED = (datetime.now(timezone.utc) - timedelta(hours=30)).replace(microsecond=0)
FILES = {"case.json", "incident.md", "appendix.csv", "readings.jsonl", "alerts.jsonl", "events.jsonl", "legs.jsonl",
         "replies.jsonl", "links.jsonl", "people.jsonl"}


@pytest.fixture
def answered(daemon, imap, sink):
    """A report that was found late in junk, told, moved and answered; its sample and its case."""
    sample = mails.plain_report(received=RECEIVED)
    imap.append("Junk", sample.raw, RECEIVED)
    daemon.once()
    imap.append("Sent", mails.reply(sample).raw)
    daemon.once()
    daemon.audit("answered", daemon.case_of(sample)["case"], "--leg", "subscriber", "--by", "ops", "--note", "told")
    case = daemon.case_of(sample)
    assert case["state"] == "answered"
    return sample, case["case"]


def check_manifest(directory):
    """As the auditor does it; every file is named in it, and nobody else may read them."""
    done = subprocess.run(["sha256sum", "--strict", "-c", "MANIFEST"], cwd=directory, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    named = {line.split("  ")[1] for line in (directory / "MANIFEST").read_text().splitlines() if line[0] != "#"}
    assert named | {"MANIFEST"} == {path.name for path in directory.iterdir()}
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o600}
    return named


def lines_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_bundle_verifies_and_holds_the_case_from_end_to_end(daemon, answered, sink, tmp_path):
    sample, case = answered
    out = tmp_path / "bundle"
    done = daemon.audit("export", case, "--format", "bundle", "--out", out)
    assert str(out) in done.out
    assert check_manifest(out) == FILES
    assert "--with-raw-mail" in (out / "MANIFEST").read_text()
    whole = json.loads((out / "case.json").read_text())
    assert whole["case"] == case and whole["message_id"] == sample.message_id and whole["move"]["outcome"] == "done"
    alerts = lines_of(out / "alerts.jsonl")
    assert [alert for alert in alerts if alert["state"] == "sent" and alert["reply_code"] == 250 and alert["reply"]]
    for event in lines_of(out / "events.jsonl"):
        text = "\n".join(str(event[key]) for key in ("prev_hash", "sequence", "at_ms", "event", "case", "mailbox",
                                                     "who", "text"))
        assert hashlib.sha256(text.encode()).hexdigest() == event["hash"]
    assert {"case-opened", "answered"} <= {event["event"] for event in lines_of(out / "events.jsonl")}
    assert [reading["part"] for reading in lines_of(out / "readings.jsonl")] == ["report", "reply-1"]
    [reply] = lines_of(out / "replies.jsonl")
    assert (reply["part"], reply["class"]) == ("reply-1", "substantive")
    reporter, subscriber = lines_of(out / "legs.jsonl")
    assert (reporter["state"], reporter["part"]) == ("closed", "reply-1")
    assert subscriber["state"] == "closed" and subscriber["by"] == "ops" and "part" not in subscriber
    assert [deed["event"] for deed in lines_of(out / "people.jsonl")] == ["answered"]
    again = daemon.audit("export", case, "--format", "bundle", "--out", out, expect=69)
    assert "is there already" in again.log
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle"]


def test_the_raw_mails_come_only_when_asked_for_and_change_nothing(daemon, imap, answered, tmp_path):
    sample, case = answered
    imap.forget_commands()
    out = tmp_path / "bundle"
    daemon.audit("export", case, "--format", "bundle", "--with-raw-mail", "--out", out)
    assert check_manifest(out) == FILES | {"raw-report.eml", "raw-reply-1.eml"}
    [message] = imap.find("INBOX", sample.message_id)
    assert (out / "raw-report.eml").read_bytes() == message.raw and "\\Seen" not in message.flags
    said = " ".join(imap.commands()).upper()
    assert "EXAMINE " in said and not [word for word in ("SELECT ", "STORE ", "MOVE ", "COPY ", "BODY[]") if word in said]


def test_a_raw_mail_that_cannot_be_had_is_said_in_the_manifest(daemon, imap, answered, tmp_path):
    _, case = answered
    imap.stop()
    out = tmp_path / "bundle"
    daemon.audit("export", case, "--format", "bundle", "--with-raw-mail", "--out", out)
    assert not [name for name in check_manifest(out) if name.startswith("raw")]
    assert "# raw-report.eml is not here: " in (out / "MANIFEST").read_text()


def test_what_the_sources_answered_lies_in_the_bundle_and_openssl_checks_it(daemon, imap, tmp_path):
    publisher = revocation.Publisher(tmp_path / "issuing")
    publisher.certificates = {REVOKED: "261001120000Z"}
    daemon.settings["policy"]["verify_revocation"] = "yes"
    daemon.settings["issuer tls-1"] = publisher.section()
    daemon.write()
    sample = mails.plain_report()
    imap.append("INBOX", sample.raw)
    daemon.start()
    until(daemon.cases, what=daemon.log)
    daemon.audit("revoked", 1, "--serial", REVOKED, "--by", "duty", "--note", "by the RA")
    until(lambda: [claim for claim in daemon.case_of(sample)["revocations"] if claim["rounds"]], what=daemon.log)
    out, later = tmp_path / "bundle", tmp_path / "later"
    daemon.audit("export", 1, "--format", "bundle", "--redact-reporter", "--out", out)
    assert daemon.stop() == 0
    publisher.stop()
    daemon.audit("export", 1, "--format", "bundle", "--out", later)
    rows = lines_of(out / "evidence.jsonl")
    assert rows == lines_of(later / "evidence.jsonl")
    assert [(row["way"], row["word"], row["serial"], row["issuer"], row["by"]) for row in rows] == [
        (way, "revoked", REVOKED.lower(), "tls-1", "duty") for way in ("ocsp-get", "ocsp-post", "crl")]
    assert check_manifest(out) == FILES | {"evidence.jsonl", "issuer-1.pem"} | {row["file"] for row in rows}
    issuer = out / "issuer-1.pem"
    for row in rows:
        path = out / row["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"] and path.stat().st_size == row["size"]
        assert row["url"].startswith(publisher.url) and row["at"].endswith("Z")
        if row["way"] == "crl":
            shown = tls.run("openssl", "crl", "-inform", "DER", "-in", path, "-noout", "-text", "-CAfile", issuer)
            assert path.suffix == ".crl" and "Key Compromise" in shown
        else:
            shown = tls.run("openssl", "ocsp", "-respin", path, "-issuer", issuer, "-serial", f"0x{REVOKED}", "-CAfile",
                            issuer)
            assert path.suffix == ".ocsp" and "keyCompromise" in shown
    with open(issuer, "ab") as file:  # what was changed afterwards is found
        file.write(b"x")
    assert subprocess.run(["sha256sum", "-c", "MANIFEST"], cwd=out, capture_output=True).returncode == 1


def test_an_answer_that_came_back_and_what_belongs_to_the_report_are_all_in_the_bundle(daemon, imap, tmp_path):
    """Acknowledged, answered, bounced, answered again; a reminder, and other mail of the reporter's."""
    sample = mails.plain_report(received=RECEIVED)
    imap.append("INBOX", sample.raw, RECEIVED)
    other = mails.Sample("of the same sender", mails.letter("Newsletter", sample.sender, "Our new linter is out.\n"))
    imap.append("INBOX", other.raw)
    daemon.once()
    first, again = mails.reply(sample), mails.reply(sample, text="We investigated and have revoked the certificate.\n")
    imap.append("Sent", mails.reply(sample, automatic=True).raw, RECEIVED + timedelta(hours=1))
    imap.append("Sent", first.raw, RECEIVED + timedelta(hours=20))
    daemon.once()
    imap.append("INBOX", mails.bounce(first).raw)
    daemon.once()
    assert daemon.case_of(sample)["reporter"] == "open"
    imap.append("INBOX", mails.reminder(sample).raw)
    imap.append("Sent", again.raw)
    daemon.once()
    case = daemon.case_of(sample)
    assert case["reporter"] == "closed"
    out = tmp_path / "bundle"
    daemon.audit("export", case["case"], "--format", "bundle", "--with-raw-mail", "--out", out)
    assert check_manifest(out) == FILES | {"raw-report.eml", "raw-reply-1.eml", "raw-reply-2.eml", "raw-reply-3.eml",
                                           "raw-linked-1.eml"}
    assert [(reply["part"], reply["class"]) for reply in lines_of(out / "replies.jsonl")] == [
        ("reply-1", "acknowledgement"), ("reply-2", "bounce"), ("reply-3", "substantive")]
    assert lines_of(out / "legs.jsonl")[0]["part"] == "reply-3"
    assert (out / "raw-reply-3.eml").read_bytes() == again.raw
    linked = [link for link in lines_of(out / "links.jsonl") if "part" in link]
    assert [(link["part"], link["brought_forward"]) for link in linked] == [("linked-1", True)]
    readings = lines_of(out / "readings.jsonl")
    assert [reading["part"] for reading in readings] == ["report", "reply-1", "reply-2", "reply-3", "linked-1"]
    assert readings[-1]["reading"]["kind"] == "follow-up" and readings[-1]["sightings"]
    assert other.subject not in (out / "readings.jsonl").read_text()  # that he wrote it says nothing about the case
    text = (out / "incident.md").read_text()
    for sent, words in ((1, "An automatic acknowledgement was sent to the reporter, which is no preliminary report\n"),
                        (20, "A reply was sent to the reporter and came back undelivered\n")):
        assert f"- {RECEIVED + timedelta(hours=sent):%Y-%m-%d %H:%M} UTC - {words}" in text, text
    assert "evidence: a mail in Sent **[PERSON: confirm that it was on the findings" in text
    assert "have revoked" not in text and "we have received" not in text.lower()  # no words of a mail
    redacted = tmp_path / "redacted"
    daemon.audit("export", case["case"], "--format", "bundle", "--redact-reporter", "--out", redacted)
    for path in redacted.iterdir():
        for word in ("linting.example", "Linting Service", "the linting service"):
            assert word not in path.read_text(), (path, word)
    imap.stop()
    again = tmp_path / "again"
    daemon.audit("export", case["case"], "--format", "bundle", "--with-raw-mail", "--out", again)
    assert check_manifest(again) == FILES and (again / "MANIFEST").read_text().count(" is not here: ") == 5


def test_a_private_key_is_in_no_export_but_the_raw_mail(daemon, imap, authority, tmp_path):
    key = authority.ca_file.parent / "leaked.key" if hasattr(authority.ca_file, "parent") else tmp_path / "leaked.key"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
    pem = key.read_text()
    secret = pem.splitlines()[1]
    sample = mails.Sample("a key", mails.letter("Key compromise: private key of your certificate",
                                                "finder@keys.example", f"Please revoke, the key is public:\n\n{pem}\n"))
    imap.append("INBOX", sample.raw)
    daemon.once()
    case = daemon.case_of(sample)["case"]
    for arguments in (["--format", "ccadb"], ["--format", "json"]):
        assert secret not in daemon.audit("export", case, *arguments).out
    plain, raw = tmp_path / "plain", tmp_path / "raw"
    daemon.audit("export", case, "--format", "bundle", "--out", plain)
    assert not [path for path in plain.iterdir() if secret in path.read_text()]
    daemon.audit("export", case, "--format", "bundle", "--with-raw-mail", "--out", raw)
    assert [path.name for path in raw.iterdir() if secret in path.read_text()] == ["raw-report.eml"]


def test_the_forms_of_an_incident_report_are_filled_in_utc_to_the_minute(daemon, answered, tmp_path):
    _, case = answered
    text = daemon.audit("export", case, "--format", "ccadb").out
    for words in ("## Preliminary Incident Report", "## Full Incident Report", "### Root Cause Analysis", "### Appendix",
                  f"- {RECEIVED:%Y-%m-%d %H:%M} UTC - **The CA Owner received the Certificate Problem Report**",
                  "UTC - **The CA Owner provided a preliminary report on its findings", "[PERSON: ", "4.9.5"):
        assert words in text, (words, text)
    assert "Subscriber(s)**; evidence: told **[PERSON: this is when it was recorded" in text
    assert f"- **Timeline summary:**\n   - **Non-compliance start date:** {RECEIVED + timedelta(hours=24):%Y-%m-%d %H:%M} UTC\n" in text
    assert not [line for line in text.splitlines() if line.startswith("   - **Non-compliance end date:** **[PERSON")]
    out = tmp_path / "incident.md"
    daemon.audit("export", case, "--format", "ccadb", "--out", out)
    assert out.stat().st_mode & 0o777 == 0o600 and "## Full Incident Report" in out.read_text()
    assert daemon.audit("export", case, "--format", "ccadb", "--out", out, expect=69).log


def test_what_people_did_stands_in_the_bundle_with_their_names(daemon, imap, tmp_path):
    """Taken by a command, moved to the folder of what is no report by an unknown hand, confirmed by a second person."""
    with imap.session("INBOX") as client:
        assert client.create('"Not a report"')[0] == "OK"
    daemon.settings["mailbox reports"]["dismiss_folder"] = "Not a report"
    daemon.write()
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.once()
    daemon.audit("ack", 1, "--by", "duty")
    [message] = imap.find("INBOX", sample.message_id)
    imap.move("INBOX", message.uid, "Not a report")
    daemon.once()
    daemon.audit("confirm", 1, "--by", "second")
    out = tmp_path / "bundle"
    daemon.audit("export", 1, "--format", "bundle", "--out", out)
    deeds = lines_of(out / "people.jsonl")
    assert [deed["event"] for deed in deeds] == ["acked", "dismissed-by-move", "confirmed"]
    assert [deed["who"].split(" ")[0] for deed in deeds] == ["duty", "cpr-auditd", "second"]
    dismissal = json.loads((out / "case.json").read_text())["dismissal"]
    assert dismissal["state"] == "confirmed" and dismissal["confirmed_by"] == "second"
    text = (out / "incident.md").read_text()
    assert "A second person confirmed that this is no Certificate Problem Report\n" in text and "duty" not in text
    assert "start date:** **[PERSON: " in text


def test_three_hundred_certificates_are_listed_as_far_as_the_record_goes_and_it_says_so(daemon, imap):
    serials = [f"4a{number:030x}" for number in range(300)]
    text = "Certificate problem report. Please revoke the certificates with these serial numbers:\n\n" + "\n".join(serials)
    sample = mails.Sample("300 serial numbers", mails.letter("Certificate problem report", "lab@many.example", text))
    imap.append("INBOX", sample.raw)
    daemon.once()
    whole = json.loads(daemon.audit("export", 1, "--format", "json").out)
    listed = [item["value"] for item in whole["identifiers"] if item["type"] == "serial"]
    assert 250 < len(listed) <= 256 and listed == serials[:len(listed)]
    text = daemon.audit("export", 1, "--format", "ccadb").out
    assert f"names {len(listed)} certificates or keys, AND MORE THAN THE RECORD KEEPS" in text
    rows = list(csv.reader(text.split("```csv\n")[1].split("```")[0].splitlines()))
    assert [row[6] for row in rows] == ["Serial #", *listed] and {len(row) for row in rows} == {14}


def test_a_redacted_reporter_stands_in_no_file(daemon, answered, tmp_path):
    sample, case = answered
    out = tmp_path / "bundle"
    daemon.audit("export", case, "--format", "bundle", "--redact-reporter", "--out", out)
    check_manifest(out)
    for path in out.iterdir():
        for word in ("reports@linting", sample.message_id, "Linting Service"):
            assert word not in path.read_text(), (path, word)
    assert json.loads(daemon.audit("export", case, "--format", "json", "--redact-reporter").out)["from"] == "[reporter]"


def test_exports_are_the_same_while_the_daemon_runs(daemon, answered):
    _, case = answered
    daemon.audit("revoked", case, "--all", "--by", "ops", "--note", "in the RA")  # else its next step is stored ahead
    before = json.loads(daemon.audit("export", case, "--format", "json").out)
    daemon.start()
    after = json.loads(daemon.audit("export", case, "--format", "json").out)
    assert {key: value for key, value in after.items() if key != "exported"} == {
        key: value for key, value in before.items() if key != "exported"}
    assert daemon.stop() == 0


def test_an_unknown_case_and_a_line_that_makes_no_sense_explain_themselves(daemon, answered, tmp_path):
    _, case = answered
    out = tmp_path / "bundle"
    done = daemon.audit("export", 4711, "--format", "bundle", "--out", out, expect=65)
    assert "there is no case 4711" in done.log
    for arguments in ([case], [case, "--format", "pdf"], ["x", "--format", "json"], [case, "--format", "json", "--with-raw-mail"],
                      [case, "--format", "bundle", "--with-raw-mail", "--redact-reporter"]):
        assert daemon.audit("export", *arguments, expect=64).log
    assert daemon.audit("export", case, "--format", "bundle", "--out", tmp_path / "no" / "where", expect=69).log
    assert not os.listdir(tmp_path)
