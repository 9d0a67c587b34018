"""The second clock: until when the certificates of a report are to be revoked (BR 4.9.1.1)."""
import time
from datetime import datetime, timedelta, timezone

import mails


def owed(sink):
    return [mail for mail in sink.received() if "to be revoked" in mail.mail["Subject"]]


def test_an_answered_report_is_told_of_until_it_is_revoked(daemon, imap, sink):
    sample = mails.plain_report()
    step = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(seconds=40)  # two hours before its end
    received = step - timedelta(hours=118)
    imap.append("Junk", sample.raw, received)
    daemon.once()
    case = daemon.case_of(sample)
    number, clock = case["case"], case["revocation"]
    assert clock["state"] == "open" and clock["class"] == clock["by_rules"] == "5d" and clock["set_by"] == "rules"
    assert clock["deadline"] == (received + timedelta(hours=120)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "Revocation: 2 h 00 min left" in sink.received()[0].text and "TLS BR 4.9.1.1" in sink.received()[0].text

    # Answered on both legs: by Sent, and by a person.
    imap.append("Sent", mails.reply(sample, text="The certificate has been revoked today.\n").raw)
    daemon.once()
    daemon.audit("answered", number, "--leg", "subscriber", "--by", "ops", "--note", "told by telephone")
    case = daemon.case_of(sample)
    assert case["state"] == "answered" and case["revocation"]["state"] == "open"
    assert not owed(sink)
    listed = daemon.audit("cases").out
    assert "TO REVOKE" in listed and sample.subject[:20] in listed
    status = daemon.ask("status", expect=3)[0]
    assert (status["revocations_owed"], status["revocations_overdue"]) == (1, 0)

    # Nobody but a named person with a reason changes the clock.
    for wrong, code in (
        (("clock", number, "--class", "none", "--note", "x"), 64),
        (("clock", number, "--class", "none", "--by", "ops"), 64),
        (("clock", number, "--class", "2d", "--by", "ops", "--note", "x"), 64),
        (("clock", number, "--by", "ops", "--note", "x"), 64),
        (("clock", "77", "--class", "none", "--by", "ops", "--note", "x"), 65),
        (("revoked", number, "--all", "--note", "x"), 64),
    ):
        daemon.audit(*wrong, expect=code)
    after = daemon.case_of(sample)
    assert {**after["revocation"], "left_s": 0} == {**case["revocation"], "left_s": 0}
    assert after["events"] == case["events"]

    time.sleep(max(0, (step - datetime.now(timezone.utc)).total_seconds() + 1))
    daemon.once()
    [letter] = owed(sink)
    assert "1 h 59 min left to revoke" in letter.text and f"cpr-audit revoked {number} --all" in letter.text

    done = daemon.audit("revoked", number, "--all", "--by", "ops", "--note", "in the RA, 14:03").out
    assert "its revocation clock has ended" in done
    shown = daemon.audit("show", number).out
    assert "by ops: in the RA, 14:03" in shown and "5d by the rules" in shown
    assert "no cases" in daemon.audit("cases").out
    daemon.once()
    assert len(owed(sink)) == 1


def test_a_person_sets_the_class_beside_the_machines_view(daemon, imap, sink):
    sample = mails.key_compromise_report()
    imap.append("Junk", sample.raw)
    daemon.once()
    case = daemon.case_of(sample)
    number = case["case"]
    assert case["revocation"]["class"] == "24h" and case["revocation"]["reason"] == "key compromise"
    done = daemon.audit("clock", number, "--class", "5d", "--by", "root desk", "--note", "a test key of ours").out
    assert "to be revoked within 5d" in done and "Noted for root desk" in done
    shown = daemon.audit("show", number).out
    assert "24h by the rules (" in shown and "by root desk: a test key of ours" in shown
    page = daemon.audit("review", "today").out
    assert "24h by the rules (key compromise); 5d since" in page
    daemon.audit("answered", number, "--leg", "both", "--by", "ops", "--note", "told")
    daemon.audit("clock", number, "--class", "none", "--by", "root desk", "--note", "it was none of ours")
    assert daemon.case_of(sample)["revocation"]["state"] == "none"
    daemon.once()
    assert not owed(sink)
