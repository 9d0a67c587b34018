"""What stops a clock, and what does not."""
import mails
from daemon import until


def test_a_human_reply_in_sent_answers(daemon, imap):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.once()
    assert daemon.case_of(sample)["state"] == "open"
    imap.append("Sent", mails.reply(sample).raw, flags=["\\Seen"])
    daemon.once()
    assert daemon.case_of(sample)["state"] == "answered"


def test_a_reply_that_was_there_before_the_report_was_found_answers(daemon, imap):
    sample = mails.plain_report()
    imap.append("INBOX", sample.raw)
    imap.append("Sent", mails.reply(sample).raw)
    daemon.once()
    assert daemon.case_of(sample)["state"] == "answered"


def test_an_automatic_reply_in_sent_does_not_answer(daemon, imap):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    imap.append("Sent", mails.reply(sample, automatic=True).raw)
    daemon.once()
    daemon.once()
    assert daemon.case_of(sample)["state"] == "open"


def test_a_reply_in_the_inbox_does_not_answer(daemon, imap):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    imap.append("INBOX", mails.reply(sample).raw)
    daemon.once()
    daemon.once()
    assert daemon.case_of(sample)["state"] == "open"


def test_a_person_acks_answers_and_dismisses_while_the_daemon_runs(daemon, imap):
    samples = [mails.plain_report(), mails.german_report(), mails.french_report()]
    for sample in samples:
        imap.append("Junk", sample.raw)
    daemon.start()
    until(lambda: len(daemon.cases()) == 3, what=daemon.log)
    first, second, third = (daemon.case_of(sample)["case"] for sample in samples)
    daemon.audit("ack", first, "--by", "on-call engineer")
    daemon.audit("answered", second, "--by", "revocation desk", "--note", "answered in the ticket system, T-77")
    daemon.audit("dismiss", third, "--by", "compliance desk", "--note", "an exercise of ours")
    states = [daemon.case_of(sample) for sample in samples]
    assert [case["state"] for case in states] == ["open", "answered", "dismissed"]
    assert states[0]["acked_by"] == "on-call engineer" and states[1]["closed_by"] == "revocation desk"
    shown = daemon.audit("show", third).out
    assert "compliance desk" in shown and "an exercise of ours" in shown
    assert daemon.stop() == 0
    assert [daemon.case_of(sample)["state"] for sample in samples] == ["open", "answered", "dismissed"]


def test_a_command_without_a_name_or_for_no_case_is_refused(daemon, imap):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.start()
    until(daemon.cases, what=daemon.log)
    number = daemon.case_of(sample)["case"]
    daemon.audit("answered", number, expect=64)
    daemon.audit("answered", number, "--by", "on-call engineer", expect=64)
    assert daemon.audit("ack", 4711, "--by", "on-call engineer", expect=65).log
    assert daemon.case_of(sample)["state"] == "open"
    assert daemon.stop() == 0
