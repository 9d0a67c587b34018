"""Alert mails arrive at real SMTP servers, and keep coming until a person acts."""
import time
from datetime import datetime, timedelta, timezone

import pytest

import mails
import smtp
from daemon import BOSS, ONCALL, Daemon, until


def hours_ago(hours):
    return datetime.now(timezone.utc) - timedelta(hours=hours)


def test_an_alert_arrives_at_exim_over_starttls_with_login(authority, imap, exim):
    daemon = Daemon(authority, imap, exim)
    try:
        sample = mails.key_compromise_report()
        imap.append("Junk", sample.raw, hours_ago(1))
        daemon.once()
        [alert] = until(exim.received, what=exim.log)
        assert "A=plain:" + smtp.USER in exim.log() and "X=TLS1" in exim.log()
    finally:
        daemon.remove()
    assert alert.recipient == ONCALL
    assert alert.mail["Auto-Submitted"] == "auto-generated"
    assert alert.mail["From"].addresses[0].addr_spec == "cpr-auditd@example.org"
    assert alert.mail.get_content_type() == "text/plain" and not list(alert.mail.iter_attachments())
    assert "left" in alert.mail["Subject"] and sample.subject in alert.mail["Subject"]
    deadline = (hours_ago(1) + timedelta(hours=24)).strftime("%Y-%m-%d")
    assert deadline in alert.text and "keyfinder" in alert.text and "Junk" in alert.text
    assert max(map(len, alert.raw.split(b"\n\n", 1)[1].splitlines())) <= 76  # RFC 2045 6.7


def test_an_alert_has_no_live_link_and_no_byte_of_the_mail_in_its_headers(daemon, imap, sink):
    sample = mails.letter("revoke =?utf-8?q?=0d=0aBcc:_spy@evil.example?= certificate", "Attacker <attacker@evil.example>", """\
Certificate problem report: revoke serial 04a1773e9c02d5118f60be2a7c559013 under Baseline Requirements 4.9.1.1,
see https://evil.example/click?x=1 and www.evil.example for the private key. \x1b[31mred\x1b[0m
.
.leading dots
""")
    imap.append("Junk", mails.Sample("hostile", sample).raw)
    daemon.once()
    [alert] = sink.received()
    assert alert.mail["Bcc"] is None and alert.recipient == ONCALL
    assert "https://evil" not in alert.text and "\x1b" not in alert.text


@pytest.mark.parametrize("age_hours, left", [(0, "23 h 59 min left"), (22, "1 h 59 min left"), (26, "OVERDUE")])
def test_a_report_enters_the_ladder_at_its_true_age(daemon, imap, sink, age_hours, left):
    imap.append("Junk", mails.plain_report().raw, hours_ago(age_hours))
    daemon.once()
    [alert] = sink.received()
    assert left in alert.mail["Subject"]


def test_the_receipt_is_the_own_hosts_stamp_when_that_is_earlier(daemon, imap, sink):
    received = hours_ago(5).replace(microsecond=0)
    sample = mails.plain_report(received=received)
    imap.append("Junk", sample.raw, hours_ago(1))
    daemon.once()
    case = daemon.case_of(sample)
    assert case["received"].startswith(received.strftime("%Y-%m-%dT%H:%M:%S"))
    assert case["deadline"].startswith((received + timedelta(hours=24)).strftime("%Y-%m-%dT%H:%M:%S"))
    [shown] = daemon.ask("show", case["case"])
    assert shown["receipt_source"] == "received" and 3.9 < shown["receipt_skew_s"]["internaldate"] / 3600 < 4.1
    line = shown["received_lines"][0]
    assert line["raw"].startswith("from out.sender.example") and line["at"] == case["received"]
    assert line["raw"] in daemon.audit("show", case["case"]).out
    [alert] = sink.received()
    assert "header: from out[.]sender[.]example" in alert.mail.get_content()


def test_an_uploaded_date_is_kept_and_called_suspect(daemon, imap):
    received = hours_ago(5).replace(microsecond=0)
    early, late = mails.plain_report(received=received), mails.german_report(received=hours_ago(1))
    imap.append("Junk", early.raw, hours_ago(60))
    imap.append("Junk", late.raw, hours_ago(1))
    daemon.once()
    case = daemon.case_of(early)
    [shown] = daemon.ask("show", case["case"])
    assert shown["receipt_source"] == "internaldate" and "suspect" in shown["receipt_suspect"]["internaldate"]
    assert "suspect: before your own mail host took it" in daemon.audit("show", case["case"]).out
    assert not daemon.ask("show", daemon.case_of(late)["case"])[0]["receipt_suspect"]


def test_later_steps_tell_more_people(daemon, imap, sink):
    daemon.settings["oncall second"] = {"addresses": BOSS, "from": "12h"}
    daemon.write()
    imap.append("Junk", mails.plain_report().raw, hours_ago(1))
    imap.append("Junk", mails.german_report().raw, hours_ago(13))
    daemon.once()
    told = [mail.recipient for mail in sink.received()]
    assert sorted(told) == sorted([ONCALL, ONCALL, BOSS])


def test_alerts_keep_coming_until_somebody_answers(daemon, imap, sink):
    daemon.settings["policy"].update(steps="0s, 2s", repeat="2s")
    daemon.write()
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.start()
    until(lambda: len(sink.received()) >= 4, what=daemon.log)
    daemon.audit("answered", daemon.case_of(sample)["case"], "--leg", "both", "--by", "on-call engineer", "--note",
                 "told them by telephone")
    stopped = len(sink.received())
    later = mails.crtsh_report()
    imap.append("Junk", later.raw)
    until(lambda: [mail for mail in sink.received() if later.subject in mail.mail["Subject"]], what=daemon.log)
    assert daemon.stop() == 0
    assert len([mail for mail in sink.received()[stopped:] if sample.subject in mail.mail["Subject"]]) == 0


@pytest.mark.parametrize("fault", ["refuse", "drop", "down"])
def test_an_alert_that_failed_comes_again_under_the_same_name(daemon, imap, sink, fault):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    if fault == "down":
        sink.stop()
    else:
        sink.answer = fault
    daemon.start()
    until(lambda: daemon.cases(), what=daemon.log)
    if fault != "down":
        until(lambda: sink.tried, what=daemon.log)
        sink.answer = "take"
    else:
        until(lambda: "SMTP" in daemon.log().upper() or str(sink.port) in daemon.log(), what=daemon.log)
        sink.start()
    already = len(sink.received())
    until(lambda: len(sink.received()) > already, seconds=150, what=daemon.log)
    assert daemon.stop() == 0
    assert len({mail.message_id for mail in sink.received()} | set(sink.tried)) == 1
    assert imap.find("INBOX", sample.message_id)  # the rescue did not wait for the mail server


def test_a_recipient_that_is_refused_does_not_take_the_others_along(daemon, imap, sink):
    daemon.settings["oncall first"]["addresses"] = f"nobody@example.org, {ONCALL}"
    daemon.write()
    take = sink.handle_RCPT

    async def pick(server, session, envelope, address, options):
        return "550 5.1.1 nobody" if address.startswith("nobody@") else await take(server, session, envelope, address,
                                                                                  options)
    sink.handle_RCPT = pick
    imap.append("Junk", mails.plain_report().raw)
    daemon.once(expect=None)
    alert, trouble = sink.received()
    assert alert.recipient == trouble.recipient == ONCALL
    assert "CPR #1" in alert.mail["Subject"] and "nobody" in trouble.text


def test_alerts_that_are_due_go_out_while_the_mailbox_is_dead(daemon, imap, sink):
    daemon.settings["policy"].update(steps="0s, 3s", repeat="1h")
    daemon.write()
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.once()
    imap.stop()
    begun = time.monotonic()

    def ladder():
        daemon.once(expect=(69, 75))
        return [mail for mail in sink.received() if sample.subject in mail.mail["Subject"]][1:]
    assert until(ladder, what=lambda: f"{time.monotonic() - begun} s")
    [status] = daemon.ask("status", expect=None)
    assert any(condition["topic"] == "mailbox-blind:reports" for condition in status["conditions"])
