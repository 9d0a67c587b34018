"""What people do with a mail program, each on a real Dovecot: its effect on the case, its clock and its alerts."""
from datetime import datetime, timedelta, timezone

import pytest

import mails
from daemon import BOSS, ONCALL
from dovecot import quoted, sure

NOT_A_REPORT = "Not a report"
RECEIVED = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(hours=1)


def stamp(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def create(imap, folder):
    with imap.session() as client:
        sure(client.create(quoted(folder)))


@pytest.fixture
def office(daemon, imap):
    """The daemon with a folder for what is no report, and a mailbox that takes the answers to alerts."""
    for folder in (NOT_A_REPORT, "Archive"):
        create(imap, folder)
    daemon.settings["mailbox reports"]["dismiss_folder"] = NOT_A_REPORT
    daemon.settings["smtp"]["reply_to"] = mails.ADDRESS
    daemon.settings["oncall managers"] = {"addresses": BOSS, "from": "18h", "health": "no"}
    daemon.write()
    return daemon


def found(office, imap, sample, folder="Junk"):
    """The report lies in the inbox, is told of, and waits for an answer."""
    imap.append(folder, sample.raw, RECEIVED)
    office.once()
    [message] = imap.find("INBOX", sample.message_id)
    case = office.case_of(sample)
    assert case["state"] == "open" and case["received"] == stamp(RECEIVED)
    return message.uid


def waits(office, sample):
    """It is open with its clock, and the next step is stored for the hour that it always had."""
    case = office.case_of(sample)
    assert case["state"] == "open" and case["grade"] == "report", case
    assert case["received"] == stamp(RECEIVED) and case["deadline"] == stamp(RECEIVED + timedelta(hours=24))
    assert [alert["due"] for alert in case["alerts"] if alert["state"] == "pending"] == \
        [stamp(RECEIVED + timedelta(hours=12))]
    return case


def events(case):
    return [event["event"] for event in case["events"]]


def store(imap, uid, flags, folder="INBOX"):
    with imap.session(folder) as client:
        sure(client.uid("STORE", str(uid), "+FLAGS", f"({flags})"))


# -- gestures that answer, or change nothing ----------------------------------------------------------------------------

def test_an_answer_that_the_mail_program_puts_into_sent_closes_its_leg(office, imap, sink):
    sample = mails.plain_report()
    uid = found(office, imap, sample)
    imap.append("Sent", mails.reply(sample).raw, flags=["\\Seen"])
    store(imap, uid, "\\Answered")
    office.once()
    case = office.case_of(sample)
    assert case["reporter"] == "closed" and case["legs"][0]["by"] == "reply in Sent"
    office.audit("answered", case["case"], "--leg", "subscriber", "--by", "ops", "--note", "told")
    case = office.case_of(sample)
    assert case["state"] == "answered" and case["closed_by"] == "ops"
    assert not [alert for alert in case["alerts"] if alert["state"] == "pending"]
    assert len(sink.received()) == 1


@pytest.mark.parametrize("flags", ["\\Answered", "\\Flagged", "\\Seen", "\\Flagged \\Seen $Junk", "\\Deleted"])
def test_flags_and_reading_change_nothing_and_stay_as_they_are(office, imap, sink, flags):
    sample = mails.plain_report()
    uid = found(office, imap, sample)
    store(imap, uid, flags)
    before = imap.messages("INBOX")[0].flags
    office.once()
    waits(office, sample)
    assert imap.messages("INBOX")[0].flags - {"\\Recent"} == before - {"\\Recent"}
    assert len(sink.received()) == 1


def test_deleted_and_expunged_it_waits_for_its_answer_all_the_same(office, imap, sink):
    sample = mails.plain_report()
    uid = found(office, imap, sample)
    store(imap, uid, "\\Deleted")
    with imap.session("INBOX") as client:
        sure(client.expunge())
    assert not imap.messages("INBOX")
    for _ in range(2):
        office.once()
    waits(office, sample)
    assert len(sink.received()) == 1 and not imap.messages("INBOX")


@pytest.mark.parametrize("folder", ["Quarantine", "Archive"])  # audited, and not
def test_moved_to_another_folder_or_the_archive_it_waits_and_is_left_there(office, imap, sink, folder):
    sample = mails.plain_report()
    imap.move("INBOX", found(office, imap, sample), folder)
    for _ in range(2):
        office.once()
    waits(office, sample)
    assert imap.find(folder, sample.message_id) and not imap.find("INBOX", sample.message_id)
    assert len(sink.received()) == 1


@pytest.mark.parametrize("folder", ["Quarantine", "Archive", "INBOX"])
def test_a_copy_is_the_same_case_with_the_same_clock(office, imap, sink, folder):
    sample = mails.plain_report()
    uid = found(office, imap, sample)
    with imap.session("INBOX") as client:
        sure(client.uid("COPY", str(uid), quoted(folder)))
    for _ in range(2):
        office.once()
    waits(office, sample)
    assert len(office.cases()) == 1 and len(sink.received()) == 1
    assert len(imap.find(folder, sample.message_id)) == (2 if folder == "INBOX" else 1)


def test_put_back_into_junk_it_is_told_once_and_waits(office, imap, sink):
    sample = mails.plain_report()
    imap.move("INBOX", found(office, imap, sample), "Junk")
    for _ in range(2):
        office.once()
    case = waits(office, sample)
    assert case["rescue"] == "put-back" and events(case).count("put-back") == 1
    assert imap.find("Junk", sample.message_id) and not imap.find("INBOX", sample.message_id)
    assert len(sink.received()) == 2


# -- not a report -------------------------------------------------------------------------------------------------------

def soft_report():
    """Probable by its words, without anything that names a certificate or a key."""
    return mails.Sample("soft", mails.letter("Certificate Problem Report", "reporter@watchers.example", """\
Hello, this is a certificate problem report: a certificate of yours was misissued, please investigate and revoke the
certificate. I will send you the details when I have your answer.
"""))


def test_moved_to_not_a_report_and_back(office, imap, sink):
    sample = soft_report()
    uid = found(office, imap, sample)
    imap.move("INBOX", uid, NOT_A_REPORT)
    office.once()
    case = office.case_of(sample)
    assert case["state"] == "dismissed" and case["closed_by"] == "whoever moved it (mailbox reports)"
    assert case["dismissal"]["state"] == "unconfirmed" and case["dismissal"]["folder"] == NOT_A_REPORT
    assert not [alert for alert in case["alerts"] if alert["state"] == "pending"]
    assert "DISMISSED BY ONE PERSON" in office.audit("review", "today").out
    shown = " ".join(office.audit("show", case["case"]).out.split())
    assert f"cpr-audit confirm {case['case']} --by NAME" in shown
    [message] = imap.messages(NOT_A_REPORT)
    imap.move(NOT_A_REPORT, message.uid, "INBOX")
    office.once()
    assert "reopened" in events(waits(office, sample))
    assert len(sink.received()) == 1 and imap.messages("INBOX")


def test_a_second_person_confirms_and_one_is_enough(office, imap):
    sample = soft_report()
    imap.move("INBOX", found(office, imap, sample), NOT_A_REPORT)
    office.once()
    number = office.case_of(sample)["case"]
    assert "second person" in office.audit("confirm", number, "--by", "compliance desk").out
    case = office.case_of(sample)
    assert case["state"] == "dismissed" and case["dismissal"]["confirmed_by"] == "compliance desk"
    assert "DISMISSED BY ONE PERSON" not in office.audit("review", "today").out
    assert "compliance desk" in office.audit("confirm", number, "--by", "somebody else", expect=65).log


def test_evidence_that_is_moved_to_not_a_report_stays_open_as_a_glance(office, imap, sink, authority):
    pem, _, _ = authority.any_certificate("moved away")
    sample = mails.attached_report(pem)
    imap.move("INBOX", found(office, imap, sample), NOT_A_REPORT)
    for _ in range(2):
        office.once()
    case = office.case_of(sample)
    assert case["state"] == "open" and case["grade"] == "glance" and case["received"] == stamp(RECEIVED)
    assert [alert["due"] for alert in case["alerts"] if alert["state"] == "pending"] == \
        [stamp(RECEIVED + timedelta(hours=4))]
    assert len(sink.received()) == 2 and "cpr-audit confirm" in " ".join(sink.received()[1].text.split())
    office.audit("confirm", case["case"], "--by", "compliance desk")
    assert office.case_of(sample)["state"] == "dismissed"


def test_a_folder_for_what_is_no_report_that_is_missing_is_a_loud_trouble(office, sink):
    office.settings["mailbox reports"]["dismiss_folder"] = "Erledigt"
    office.write()
    assert "Erledigt" in office.once(expect=None).log
    assert any("TROUBLE" in mail.mail["Subject"] for mail in sink.received())


# -- ack in answer to an alert ------------------------------------------------------------------------------------------

def answer(alert, sender=ONCALL, words="Ack", quote="> ", proof="dmarc=pass header.from=example.org", automatic=False):
    """What a telephone makes of a letter that is answered with one word."""
    quoted_letter = "".join(f"{quote}{line}\n" for line in alert.text.splitlines())
    mail = mails.letter(f"Re: {alert.mail['Subject']}", sender,
                        f"{words}\n\nOn Friday cpr-auditd wrote:\n{quoted_letter}", received=datetime.now(timezone.utc))
    mail["In-Reply-To"] = alert.mail["Message-ID"]
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    sample = mails.Sample("ack", mail)
    if proof:
        sample.raw = f"Authentication-Results: {mails.OWN_HOST}; {proof}\r\n".encode() + sample.raw
    return sample


@pytest.mark.parametrize("quote", ["> ", ""])
def test_ack_in_answer_to_an_alert_takes_the_case_and_closes_nothing(office, imap, sink, quote):
    sample = mails.plain_report()
    found(office, imap, sample)
    [alert] = sink.received()
    assert alert.mail["Reply-To"].addresses[0].addr_spec == mails.ADDRESS
    imap.append("INBOX", answer(alert, quote=quote).raw)
    office.once()
    case = waits(office, sample)
    assert case["acked_by"] == "first"
    assert [event["who"] for event in case["events"] if event["event"] == "acked"] == [f"first ({ONCALL})"]
    assert f"first ({ONCALL})" in office.audit("show", case["case"]).out
    assert len(office.cases()) == 1 and len(sink.received()) == 1
    imap.append("INBOX", answer(alert, quote=quote, words="ack!").raw)  # the same token again
    office.once()
    assert events(waits(office, sample)).count("ack-again") == 1
    assert len(office.cases()) == 1 and len(sink.received()) == 1


@pytest.mark.parametrize("forgery", [{"proof": None}, {"proof": "dmarc=fail header.from=example.org"},
                                     {"sender": "stranger@evil.example",
                                      "proof": "dmarc=pass header.from=evil.example"},
                                     {"automatic": True}, {"words": "Who can take this?"}])
def test_what_is_no_proved_ack_acknowledges_nothing_and_is_judged(office, imap, sink, forgery):
    sample = mails.plain_report()
    found(office, imap, sample)
    forged = answer(sink.received()[0], **forgery)
    imap.append("INBOX", forged.raw)
    office.once()
    assert waits(office, sample)["acked_by"] == ""
    assert office.case_of(forged)  # it quotes a report: a human looks
    assert {mail.recipient for mail in sink.received()} == {ONCALL}


def test_a_changed_token_acknowledges_nothing(office, imap, sink):
    sample = mails.plain_report()
    found(office, imap, sample)
    forged = answer(sink.received()[0])
    before, mark, after = forged.raw.partition(b"  ack 1 ")
    assert mark
    forged.raw = before + mark + (b"0" if after[:1] != b"0" else b"1") + after[1:]
    imap.append("INBOX", forged.raw)
    office.once()
    assert waits(office, sample)["acked_by"] == ""


def test_show_tells_a_whole_life_on_one_screen(office, imap, sink):
    sample = mails.plain_report()
    uid = found(office, imap, sample)
    imap.append("INBOX", answer(sink.received()[0]).raw)
    office.once()
    imap.move("INBOX", uid, "Junk")
    office.once()
    imap.append("Sent", mails.reply(sample).raw, flags=["\\Seen"])
    office.once()
    assert office.audit("answered", 1, "--leg", "subscriber", "--by", "one", "--note", "told by telephone")
    [case] = office.ask("show", 1)
    assert case["acked"].endswith("Z") and case["acked_by"] == "first"
    lines = office.audit("show", 1).out.splitlines()
    screen = lines[:lines.index("what it says")]
    assert len(screen) <= 40
    story = "\n".join(screen)
    at = -1
    for word in ("deadline", "received", "acked", "closed", "from", "mailbox", "put back into junk", "what happened",
                 "case-opened", "moved: Junk", f"acked by first ({ONCALL})", "put-back", "reporter-answered", "answered by one", "told by telephone", "alerts",
                 f"sent       {ONCALL}", "put-back", "cancelled"):
        assert word in story[at + 1:], (word, story)
        at = story.index(word, at + 1)
    assert "by cpr-auditd" not in story and "alert-sent" not in story


# -- commands -----------------------------------------------------------------------------------------------------------

REFUSED = [
    (["show"], 64, "CASE"), (["show", "one"], 64, "no number of a case"), (["show", "4711"], 65, "no case 4711"),
    (["ack", "1"], 64, "--by"), (["ack", "4711", "--by", "one"], 65, "no case 4711"),
    (["ack", "1", "--by", ""], 64, "--by"), (["ack", "--by", "one"], 64, "CASE"),
    (["answered", "1", "--note", "why"], 64, "--by"), (["answered", "1", "--by", "one"], 64, "--note"),
    (["answered", "4711", "--by", "one", "--note", "why"], 65, "no case 4711"),
    (["answered", "1", "4711", "--by", "one", "--note", "why"], 65, "no case 4711"),
    (["dismiss", "1", "--note", "why"], 64, "--by"), (["dismiss", "1", "--by", "one"], 64, "--note"),
    (["dismiss", "4711", "--by", "one", "--note", "why"], 65, "no case 4711"),
    (["confirm", "1"], 64, "--by"), (["confirm", "4711", "--by", "one"], 65, "no case 4711"),
    (["confirm", "1", "--by", "one"], 65, "nobody has dismissed"), (["confirm", "--by", "one"], 64, "CASE"),
    (["review", "2199-01-01"], 65, "has not begun"), (["review", "yesterday"], 64, "no day"),
    (["cases", "--by", "one"], 64, "--by"), (["status", "1"], 64, "status"), (["acknowledge", "1"], 64, "acknowledge"),
]


def test_a_command_that_cannot_be_carried_out_says_why_and_changes_nothing(office, imap):
    found(office, imap, mails.plain_report())
    [before] = office.ask("show", 1)
    for arguments, code, says in REFUSED:
        done = office.audit(*arguments, expect=code)
        assert says in done.log and "\n" not in done.log.strip(), (arguments, done)
    [after] = office.ask("show", 1)
    for case in (before, after):
        case["left_s"] = case["revocation"]["left_s"] = 0
    assert after == before
