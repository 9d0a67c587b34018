"""What IMAP does not show: the notices of a hosted quarantine, told to the daemon as they come, and forged."""
from datetime import datetime, timedelta, timezone

import pytest

import mails
from daemon import ONCALL

GATEWAY = "quarantine@gateway.example"
NOW = datetime.now(timezone.utc).replace(microsecond=0)
HELD = NOW - timedelta(hours=5)


def stamp(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(rows, proof="dmarc=pass header.from=gateway.example", host=mails.OWN_HOST):
    """A digest of messages on hold: (sender, subject) each, held since HELD."""
    text = "These messages are held for you in quarantine.\n"
    for sender, subject in rows:
        text += f"\nFrom: {sender}\nSubject: {subject}\nDate: {HELD:%Y-%m-%d %H:%M:%S} +0000\n"
    mail = mails.letter("Quarantine digest", f"Mail gateway <{GATEWAY}>", text, received=NOW - timedelta(minutes=1))
    sample = mails.Sample("digest", mail)
    if proof:
        sample.raw = f"Authentication-Results: {host}; {proof}\r\n".encode() + sample.raw
    return sample


@pytest.fixture
def gateway(daemon):
    """The daemon, with the notices of a gateway that keeps what it holds for a fortnight."""
    daemon.settings["notices gateway"] = {"senders": GATEWAY, "kept": "14d"}
    daemon.write()
    return daemon


def candidates(daemon):
    return [case for case in daemon.cases() if case["role"] == "quarantine"]


def test_each_row_of_a_proved_digest_is_a_case_with_a_clock_and_a_letter(gateway, imap, sink):
    imap.append("INBOX", digest([("Linting <reports@linting.example>", "Certificate Problem Report: wrong subject"),
                                 ("sales@shop.example", "Your order 4711")]).raw)
    gateway.once()
    report, order = sorted(candidates(gateway), key=lambda case: case["case"])
    assert (report["from"], report["subject"]) == ("reports@linting.example",
                                                   "Certificate Problem Report: wrong subject")
    assert order["subject"] == "Your order 4711" and order["grade"] == "glance"
    for case in (report, order):
        assert case["state"] == "open" and case["folder"] == "quarantine gateway" and case["rescue"] == "not-needed"
        assert case["received"] == stamp(HELD)
        assert case["deadline"] == stamp(HELD + timedelta(hours=24))
        assert case["quarantine"] == {"source": "gateway", "held": stamp(HELD),
                                      "expires": stamp(HELD + timedelta(days=14))}
    letters = [mail for mail in sink.received() if "in quarantine" in mail.mail["Subject"]]
    assert all(mail.recipient == ONCALL for mail in letters)
    assert any("wrong subject" in mail.mail["Subject"] for mail in letters)
    assert all("release it" in " ".join(mail.text.split()) for mail in letters)
    shown = gateway.audit("show", order["case"]).out
    assert "held in" in shown and "release it there by hand" in shown
    assert "open, held" in gateway.audit("cases").out
    gateway.audit("dismiss", report["case"], order["case"], "--by", "ops", "--note", "an exercise of ours")
    assert [case["state"] for case in candidates(gateway)] == ["dismissed", "dismissed"]


@pytest.mark.parametrize("proof, host", [(None, None), ("dmarc=fail header.from=gateway.example", mails.OWN_HOST),
                                         ("dmarc=pass header.from=gateway.example", "mx.elsewhere.example")])
def test_a_digest_that_nobody_proved_opens_no_candidate(gateway, imap, proof, host):
    imap.append("INBOX", digest([("reports@linting.example", "Certificate Problem Report")], proof, host).raw)
    gateway.once()
    assert candidates(gateway) == []


def test_what_is_listed_again_opens_nothing(gateway, imap):
    rows = [("reports@linting.example", "Certificate Problem Report: wrong subject")]
    imap.append("INBOX", digest(rows).raw)
    imap.append("Junk", digest(rows).raw)
    gateway.once()
    gateway.once()
    assert len(candidates(gateway)) == 1


def test_a_released_message_takes_over_the_clock_and_the_candidate_stays_open(gateway, imap):
    sample = mails.plain_report()
    imap.append("INBOX", digest([(sample.sender, sample.subject)]).raw)
    gateway.once()
    imap.append("INBOX", sample.raw)
    gateway.once()
    candidate, arrived = candidates(gateway)[0], gateway.case_of(sample)
    assert arrived["received"] == stamp(HELD) and arrived["state"] == "open"
    assert any(event["event"] == "released" and f"case {arrived['case']}" in event["text"]
               for event in candidate["events"])
    assert any(event["event"] == "released" and f"case {candidate['case']}" in event["text"]
               for event in arrived["events"])
    imap.append("Sent", mails.reply(sample).raw)
    gateway.once()
    assert gateway.case_of(sample)["reporter"] == "closed"
    assert candidates(gateway)[0]["state"] == "open"
