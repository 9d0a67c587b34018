"""A case taken out of the house: an incident report, JSON, a bundle that sha256sum checks."""
import hashlib
import json
import os
import subprocess
from datetime import datetime, timedelta, timezone

import pytest

import mails

RECEIVED = (datetime.now(timezone.utc) - timedelta(hours=30)).replace(microsecond=0)


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
    assert check_manifest(out) == {"case.json", "incident.md", "appendix.csv", "readings.jsonl", "alerts.jsonl",
                                   "events.jsonl"}
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
    assert [reading["part"] for reading in lines_of(out / "readings.jsonl")] == ["report", "reply"]
    again = daemon.audit("export", case, "--format", "bundle", "--out", out, expect=69)
    assert "is there already" in again.log
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle"]


def test_the_raw_mails_come_only_when_asked_for_and_change_nothing(daemon, imap, answered, tmp_path):
    sample, case = answered
    imap.forget_commands()
    out = tmp_path / "bundle"
    daemon.audit("export", case, "--format", "bundle", "--with-raw-mail", "--out", out)
    assert {"raw-report.eml", "raw-reply.eml"} <= check_manifest(out)
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
    out = tmp_path / "incident.md"
    daemon.audit("export", case, "--format", "ccadb", "--out", out)
    assert out.stat().st_mode & 0o777 == 0o600 and "## Full Incident Report" in out.read_text()
    assert daemon.audit("export", case, "--format", "ccadb", "--out", out, expect=69).log


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
