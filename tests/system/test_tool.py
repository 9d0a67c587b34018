"""cpr-audit, as an operator and a monitor use it."""
import json
from datetime import datetime, timedelta, timezone

import pytest

import mails
from daemon import BUILD, until


def test_classify_needs_no_mailbox_and_says_why(daemon, authority, tmp_path):
    pem, serial, sha256 = authority.any_certificate("classified")
    paths = []
    for number, sample in enumerate(mails.reports(pem) + mails.spam()):
        paths.append(tmp_path / f"{number}.eml")
        paths[-1].write_bytes(sample.raw)
    judged = daemon.ask("classify", *paths)
    assert [line["file"] for line in judged] == [str(path) for path in paths]
    for line, sample in zip(judged, mails.reports(pem) + mails.spam()):
        assert line["verdict"] == ("unlikely" if "spam" in sample.name else "probable"), (sample.name, line)
        assert set(line) >= {"file", "verdict", "kind", "score", "signals", "identifiers", "language", "limits",
                             "ruleset"}
    attached = {(item["type"], item["value"]) for item in judged[8]["identifiers"]}
    assert ("certificate", sha256) in attached and ("serial", serial.lstrip("0")) in attached


def test_classify_reads_standard_input_and_is_the_same_twice(daemon):
    sample = mails.plain_report().raw.decode()
    first, again = (daemon.ask("classify", "-", stdin=sample) for _ in range(2))
    assert first == again and first[0]["verdict"] == "probable"


def test_classify_says_what_it_cannot_read(daemon, tmp_path):
    done = daemon.audit("classify", tmp_path / "nothing-here.eml", expect=None)
    assert done.code == 66 and "nothing-here.eml" in done.log


def test_classify_works_without_any_configuration(daemon, tmp_path):
    daemon.path.unlink()
    path = tmp_path / "report.eml"
    path.write_bytes(mails.plain_report().raw)
    import subprocess
    done = subprocess.run([BUILD / "cpr-audit", "classify", "--json", path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and json.loads(done.stdout)["verdict"] == "probable"


def test_check_looks_at_everything_and_names_the_folders(daemon, imap, sink):
    done = daemon.audit("check")
    for word in ("Junk", "Sent", "INBOX", "MOVE", "no [issuer NAME]", "no [notices NAME]", "answers to alerts"):
        assert word in done.out, done
    assert not sink.received()
    daemon.audit("check", "--send-test-alert")
    until(sink.received)


def test_check_says_what_is_wrong(daemon, imap):
    imap.stop()
    done = daemon.audit("check", expect=None)
    assert done.code in (69, 75) and "reports" in done.out + done.log


def test_status_is_for_monitoring(daemon, imap, sink):
    daemon.audit("status", expect=3)  # nothing runs
    daemon.audit("cases", expect=69)  # and there is no store that could answer
    daemon.start()
    until(lambda: daemon.audit("status", expect=None).code == 0, what=daemon.log)
    imap.append("Junk", mails.plain_report().raw, datetime.now(timezone.utc) - timedelta(hours=30))
    until(lambda: daemon.audit("status", expect=None).code in (1, 2), what=daemon.log)
    assert daemon.ask("status", expect=None)
    assert daemon.stop() == 0


def test_listings_are_the_same_whether_the_daemon_runs_or_not(daemon, imap):
    for sample in (mails.plain_report(), mails.crtsh_report()):
        imap.append("Junk", sample.raw)
    daemon.start()
    until(lambda: [case["rescue"] for case in daemon.cases()] == ["done", "done"], what=daemon.log)
    keys = [(case["case"], case["state"], case["received"], case["deadline"]) for case in daemon.cases()]
    assert daemon.stop() == 0
    assert [(case["case"], case["state"], case["received"], case["deadline"]) for case in daemon.cases()] == keys


def test_times_are_utc_in_rfc_3339(daemon, imap):
    imap.append("Junk", mails.plain_report().raw)
    daemon.once()
    [case] = daemon.cases()
    for key in ("received", "deadline"):
        assert case[key].endswith("Z") and datetime.fromisoformat(case[key].replace("Z", "+00:00"))


def test_todays_review_can_be_read_and_its_sums_add_up(daemon, imap):
    samples = [mails.plain_report(), mails.german_report()]
    for sample in samples + mails.spam(7):
        imap.append("Junk", sample.raw)
    daemon.once()
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    lines = daemon.ask("review", day)
    records = [line["record"] for line in lines]
    assert records[0] == "review" and records[-1] == "end"
    assert records.count("message") >= 9 and records.count("case") == 2
    text = daemon.audit("review", day).out
    assert all(sample.subject in text for sample in samples)


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["show"], ["ack", "1"], ["review", "yesterday"]])
def test_wrong_usage_is_64(daemon, arguments):
    assert daemon.audit(*arguments, expect=64).log


@pytest.mark.parametrize("program", ["cpr-auditd", "cpr-audit"])
def test_help_and_version(daemon, program):
    assert program in daemon.run(program, "--help").out
    assert "0." in daemon.run(program, "--version").out


def test_a_trace_tells_what_happened_whether_the_daemon_runs_or_not(daemon, imap, sink):
    report = mails.plain_report()
    imap.append("Junk", report.raw)
    imap.append("Junk", mails.spam()[0].raw)
    daemon.start()
    until(lambda: [case["rescue"] for case in daemon.cases()] == ["done"], what=daemon.log)
    until(sink.received)
    imap.append("Sent", mails.reply(report).raw)
    until(lambda: daemon.cases()[0]["reporter"] == "closed", what=daemon.log)
    ways = [report.message_id, report.message_id.strip("<>"), mails.SERIAL, mails.SERIAL.replace(":", "").upper(),
            "reports@linting.example"]
    traces = [daemon.ask("trace", way)[0] for way in ways]
    assert daemon.stop() == 0
    traces += [daemon.ask("trace", way)[0] for way in ways]
    for trace in traces:
        [message] = [message for message in trace["messages"] if message["message_id"] == report.message_id]
        assert {sighting["folder"] for sighting in message["sightings"]} == {"Junk", "INBOX"}
        what = [entry["event"] for entry in trace["timeline"]]
        assert [entry["at"] for entry in trace["timeline"]] == sorted(entry["at"] for entry in trace["timeline"])
        assert {"mail", "seen", "case-opened", "moved", "alert-sent", "reporter-answered"} <= set(what), what
    page = daemon.audit("trace", report.message_id).out
    assert "moved" in page and report.subject in page
    done = daemon.audit("trace", "<unknown@nowhere.example>", expect=65)
    assert "nothing is known of" in done.log
    assert daemon.audit("trace", expect=64).log


def test_a_reminder_runs_from_the_report_it_answers(daemon, imap, sink):
    first = datetime.now(timezone.utc) - timedelta(hours=30)
    report = mails.plain_report()
    imap.append("Junk", report.raw, first)
    daemon.once()
    imap.append("Junk", mails.reminder(report).raw)
    daemon.once()
    case, reminder = sorted(daemon.cases(), key=lambda item: item["case"])
    assert reminder["deadline"] == case["deadline"] and reminder["state"] == "open"
    [shown] = daemon.ask("show", reminder["case"])
    assert [(link["case"], link["brought_forward"]) for link in shown["links"]] == [(case["case"], True)]
    assert "thread" in shown["links"][0]["reasons"] and "INBOX" in shown["links"][0]["folders"]
    assert reminder["kind"] == "follow-up"
    assert any("It complains of silence" in mail.text for mail in sink.received())


def test_a_date_that_no_mail_system_made_is_shown_and_starts_no_clock(daemon, imap):
    sample = mails.plain_report()
    imap.append("INBOX", sample.raw, datetime(1975, 1, 1, tzinfo=timezone.utc))
    daemon.once()
    case = daemon.case_of(sample)
    assert case["receipt_alternatives"]["internaldate"] == "1975-01-01T00:00:00Z"
    assert case["receipt_suspect"]["internaldate"].startswith("suspect: no date of a mail system")
    assert case["receipt_source"] in ("savedate", "first-sight") and case["left_s"] > 23 * 3600
    assert "1975-01-01 00:00 UTC, by internaldate; suspect: " in daemon.audit("show", case["case"]).out
