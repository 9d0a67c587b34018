"""What stops a clock, and what does not."""
import mails
from daemon import until


def legs_of(daemon, sample):
    case = daemon.case_of(sample)
    return case["reporter"], case["subscriber"], case["state"]


def test_a_reply_closes_the_reporter_leg_and_a_person_the_other(daemon, imap):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.once()
    assert legs_of(daemon, sample) == ("open", "open", "open")
    imap.append("Sent", mails.reply(sample).raw, flags=["\\Seen"])
    daemon.once()
    assert legs_of(daemon, sample) == ("closed", "open", "open")
    number = daemon.case_of(sample)["case"]
    daemon.audit("answered", number, "--leg", "subscriber", "--not-applicable", "--by", "ops", "--note", "not ours")
    assert legs_of(daemon, sample) == ("closed", "not-applicable", "answered")
    shown = daemon.audit("show", number).out
    assert "TLS BR 4.9.5" in shown and "substantive" in shown and "by ops: not ours" in shown
    daemon.audit("answered", number, "--by", "ops", "--note", "again", expect=65)
    daemon.audit("reopen", number, "--leg", "subscriber", "--by", "ops", "--note", "it is ours after all")
    assert legs_of(daemon, sample) == ("closed", "open", "open")
    daemon.audit("answered", number, "--leg", "nobody", "--by", "ops", "--note", "x", expect=64)


def test_a_reply_that_was_there_before_the_report_was_found_answers(daemon, imap):
    sample = mails.plain_report()
    imap.append("INBOX", sample.raw)
    imap.append("Sent", mails.reply(sample).raw)
    daemon.once()
    assert legs_of(daemon, sample) == ("closed", "open", "open")


def test_only_a_substantive_reply_to_the_reporter_closes_a_leg(daemon, imap, sink):
    sample = mails.plain_report()
    imap.append("INBOX", sample.raw)
    imap.append("Sent", mails.reply(sample, text="We have received your report. Ticket 4711 has been created.\n").raw)
    imap.append("Sent", mails.reply(sample, recipient="colleague@ca.example.org").raw)
    daemon.once()
    assert legs_of(daemon, sample) == ("open", "open", "open")
    assert [reply["class"] for reply in daemon.case_of(sample)["replies"]] == ["acknowledgement", "other-recipient"]
    good = mails.reply(sample, text="We found that www.shop.example was issued wrongly.\n\n> Its serial number is "
                                    f"{mails.SERIAL}\n")
    imap.append("Sent", good.raw)
    daemon.once()
    case = daemon.case_of(sample)
    assert case["reporter"] == "closed" and case["replies"][2]["class"] == "substantive"
    assert "1 of 1 not named in the answer" in case["unanswered"]
    assert mails.SERIAL.replace(":", "").lstrip("0") in case["unanswered"]
    assert "unanswered" in [event["event"] for event in case["events"]]
    told = len(sink.received())
    imap.append("INBOX", mails.bounce(good).raw)
    daemon.once()
    case = daemon.case_of(sample)
    assert case["reporter"] == "open" and case["replies"][2]["class"] == "bounce"
    assert "reopened" in [event["event"] for event in case["events"]]
    assert any("came back undelivered" in " ".join(mail.text.split()) for mail in sink.received()[told:])


def test_a_reply_in_an_archive_counts_when_only_we_can_have_filed_it(daemon, imap):
    daemon.settings["mailbox reports"]["replies"] = "Tickets"
    daemon.write()
    with imap.session("INBOX") as client:
        assert client.create("Tickets")[0] == "OK"
    ours, forged = mails.plain_report(), mails.german_report()
    for sample in (ours, forged):
        imap.append("INBOX", sample.raw)
    imap.append("Tickets", mails.reply(ours).raw)
    travelled = b"Received: from evil.example by " + mails.OWN_HOST.encode() + b"; Thu, 5 Mar 2026 10:00:00 +0000\r\n"
    imap.append("Tickets", travelled + mails.reply(forged).raw)
    daemon.once()
    assert legs_of(daemon, ours)[0] == "closed" and legs_of(daemon, forged)[0] == "open"


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
    daemon.audit("answered", second, "--leg", "both", "--by", "revocation desk", "--note", "answered in the ticket system, T-77")
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


def test_a_new_mail_to_the_reporter_is_shown_as_perhaps_an_answer(daemon, imap, sink):
    """Written on a phone, without References: a person says what it is."""
    sample = mails.plain_report()
    imap.append("INBOX", sample.raw)
    daemon.once()
    lines = [line for line in mails.reply(sample).raw.split(b"\r\n") if not line.startswith((b"In-Reply-To", b"References"))]
    told = len(sink.received())
    imap.append("Sent", b"\r\n".join(lines))
    daemon.once()
    case = daemon.case_of(sample)
    assert case["reporter"] == "open" and [reply["linked"] for reply in case["replies"]] == [False]
    assert "perhaps an answer" in daemon.audit("show", case["case"]).out
    assert any("is perhaps the answer" in " ".join(mail.text.split()) for mail in sink.received()[told:])


def test_a_reply_that_a_person_called_none_closes_nothing_in_an_archive_either(daemon, imap):
    daemon.settings["mailbox reports"]["replies"] = "Archive"
    daemon.write()
    with imap.session("INBOX") as client:
        assert client.create("Archive")[0] == "OK"
    sample = mails.plain_report()
    imap.append("INBOX", sample.raw)
    answer = mails.reply(sample)
    imap.append("Sent", answer.raw)
    daemon.once()
    number = daemon.case_of(sample)["case"]
    daemon.audit("reopen", number, "--leg", "reporter", "--by", "ops", "--note", "it is about another certificate")
    imap.append("Archive", b"X-Filed: by a program\r\n" + answer.raw)
    daemon.once()
    case = daemon.case_of(sample)
    assert case["reporter"] == "open" and case["replies"][0]["overruled_by"] == "ops"
    assert "but no answer, says ops" in daemon.audit("show", number).out
