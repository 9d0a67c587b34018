"""Reports come back from Junk, on a real Dovecot; nothing else is touched."""
import random
from datetime import datetime, timedelta, timezone

import pytest

import dovecot
import mails
from daemon import until

EARLIER = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(hours=2, minutes=7)


def ids(messages):
    return sorted(message.raw for message in messages)


def flags_of(server, folder):
    return {message.uid: message.flags - {"\\Recent"} for message in server.messages(folder)}


def test_every_shape_of_report_comes_back_and_spam_stays(daemon, imap, authority):
    pem, serial, _ = authority.any_certificate("shape")
    reports, others = mails.reports(pem), mails.spam() + mails.near_misses()
    for sample in random.Random(7).sample(reports + others, len(reports + others)):
        imap.append("Junk", sample.raw)
    daemon.once()
    missed = [sample.name for sample in reports if not imap.find("INBOX", sample.message_id)]
    taken = [sample.name for sample in others if not imap.find("Junk", sample.message_id)]
    assert not missed and not taken
    assert len(imap.messages("Junk")) == len(others) and len(imap.messages("INBOX")) == len(reports)
    assert serial.lstrip("0") in daemon.audit("--json", "show", daemon.case_of(reports[-2])["case"]).out.lower()


def test_a_rescued_message_keeps_its_flags_keywords_and_date(daemon, imap):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw, EARLIER, ["\\Flagged", "$Junk", "Forwarded-To-Legal"])
    daemon.once()
    [message] = imap.find("INBOX", sample.message_id)
    assert message.internal == EARLIER
    assert {"\\Flagged", "Forwarded-To-Legal", "$CPRRescued"} <= message.flags
    assert "$Junk" not in message.flags and "\\Seen" not in message.flags
    assert not imap.messages("Junk")


def test_seen_never_changes(daemon, imap):
    for folder in ("INBOX", "Junk", "Quarantine", "Sent"):
        imap.append(folder, mails.crtsh_report().raw)
        imap.append(folder, mails.spam(1)[0].raw, flags=["\\Seen"])
    before = {folder: flags_of(imap, folder) for folder in ("INBOX", "Quarantine", "Sent")}
    imap.forget_commands()
    daemon.once()
    for folder, flags in before.items():
        now = flags_of(imap, folder)
        assert {uid: now[uid] for uid in flags} == flags, folder
    assert all("\\Seen" not in message.flags for message in imap.messages("INBOX") if "$CPRRescued" in message.flags)
    for line in imap.commands():
        assert "\\SEEN" not in line.upper(), line


def test_nothing_is_expunged_but_one_uid_and_nothing_is_deleted(daemon, imap):
    imap.stop()
    imap.capability = dovecot.CAPABILITIES_NO_MOVE
    imap.start()
    sample = mails.key_compromise_report()
    imap.append("Junk", mails.spam(1)[0].raw, flags=["\\Deleted"])  # a person's own mark: not ours to expunge
    imap.append("Junk", sample.raw, EARLIER, ["\\Flagged"])
    imap.forget_commands()
    daemon.once()
    [message] = imap.find("INBOX", sample.message_id)
    assert message.internal == EARLIER and "\\Flagged" in message.flags and "\\Deleted" not in message.flags
    assert [message.flags & {"\\Deleted"} for message in imap.messages("Junk")] == [{"\\Deleted"}]
    said = [line.upper() for line in imap.commands()]
    assert not [line for line in said if " EXPUNGE" in line and "UID EXPUNGE" not in line]
    assert not [line for line in said if line.split(" ")[1:2] == ["CLOSE"] or " DELETE " in line]


def test_without_uidplus_the_source_is_left_and_said_so(daemon, imap):
    imap.stop()
    imap.capability = dovecot.CAPABILITIES_BARE
    imap.start()
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.once()
    daemon.once()
    assert len(imap.find("INBOX", sample.message_id)) == 1 and len(imap.find("Junk", sample.message_id)) == 1
    assert daemon.case_of(sample)["rescue"] == "copied"


def test_observe_moves_nothing_but_judges_and_alerts(daemon, imap, sink):
    daemon.settings["daemon"]["mode"] = None  # the default
    daemon.write()
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    imap.append("Junk", mails.spam(1)[0].raw)
    before = ids(imap.messages("Junk"))
    daemon.once()
    assert ids(imap.messages("Junk")) == before and not imap.messages("INBOX")
    assert daemon.case_of(sample)["rescue"] == "would-move"
    assert len(sink.received()) == 1


def test_only_junk_folders_are_moved_out_of(daemon, imap):
    quarantined, ordinary = mails.crtsh_report(), mails.html_report()
    imap.append("Quarantine", quarantined.raw)
    imap.append("INBOX", ordinary.raw)
    daemon.once()
    assert imap.find("Quarantine", quarantined.message_id) and imap.find("INBOX", ordinary.message_id)
    assert daemon.case_of(quarantined)["rescue"] == daemon.case_of(ordinary)["rescue"] == "not-needed"


def test_a_configured_quarantine_is_moved_out_of(daemon, imap):
    daemon.settings["mailbox reports"].update(junk="Junk, Quarantine", folders=None)
    daemon.write()
    sample = mails.crtsh_report()
    imap.append("Quarantine", sample.raw)
    daemon.once()
    assert imap.find("INBOX", sample.message_id) and not imap.messages("Quarantine")


def test_a_junk_folder_that_is_not_there_is_a_loud_trouble(daemon, imap, sink):
    daemon.settings["mailbox reports"]["junk"] = "Spamverdacht"
    daemon.write()
    done = daemon.once(expect=None)
    assert done.code != 0 and "Spamverdacht" in done.log
    assert any("TROUBLE" in mail.mail["Subject"] for mail in sink.received())


def test_a_second_run_does_nothing_twice(daemon, imap, sink):
    samples = [mails.plain_report(), mails.german_report()]
    for sample in samples:
        imap.append("Junk", sample.raw)
    imap.append("Junk", mails.spam(1)[0].raw)
    daemon.once()
    alerts, inbox = len(sink.received()), imap.messages("INBOX")
    imap.forget_commands()
    daemon.once()
    assert len(sink.received()) == alerts == 2
    assert [message.uid for message in imap.messages("INBOX")] == [message.uid for message in inbox]
    asked = [line.upper() for line in imap.commands()]
    assert not [line for line in asked if any(word in line for word in ("MOVE", "COPY", "STORE", "EXPUNGE"))]


def test_a_report_that_a_person_puts_back_is_never_moved_again(daemon, imap, sink):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.once()
    [message] = imap.find("INBOX", sample.message_id)
    imap.move("INBOX", message.uid, "Junk")
    for _ in range(2):
        daemon.once()
    assert imap.find("Junk", sample.message_id) and not imap.find("INBOX", sample.message_id)
    assert daemon.case_of(sample)["rescue"] == "put-back"
    assert daemon.case_of(sample)["state"] == "open"
    assert len(sink.received()) == 2  # the report, and that it was put back


def test_a_recreated_folder_is_read_again_and_its_reports_stay_one_case(daemon, imap, sink):
    sample = mails.plain_report()
    imap.append("Quarantine", sample.raw, EARLIER)
    daemon.once()
    first = daemon.case_of(sample)
    imap.recreate("Quarantine")
    imap.append("Quarantine", sample.raw)  # with a later date: the deadline may not move
    late = mails.crtsh_report()
    imap.append("Quarantine", late.raw)
    daemon.once()
    again = daemon.case_of(sample)
    assert again["case"] == first["case"] and again["deadline"] == first["deadline"]
    assert daemon.case_of(late)
    assert len(sink.received()) == 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_any_point_it_resumes_without_loss_or_double(daemon, imap, sink, seed):
    chance = random.Random(seed)
    reports = [mails.plain_report() for _ in range(12)]
    for sample in reports + mails.spam(12):
        imap.append("Junk", sample.raw)
    kills = 0
    for _ in range(12):
        daemon.start(wait=False)
        wanted = len(sink.received()) + chance.randrange(0, 3)
        pause = chance.random() * 0.4

        def is_far_enough():
            return len(sink.received()) >= wanted or daemon.process.poll() is not None

        try:
            until(is_far_enough, seconds=0.1 + pause)
        except AssertionError:
            pass
        daemon.kill()
        kills += 1
    daemon.once()
    # Over which the daemon died more than three times, by whatever cause, is not read again: a human looks.
    given_up = [sample for sample in reports if not imap.find("INBOX", sample.message_id)]
    shown = [case for case in daemon.cases() if "reader-died" in case["limits"]]
    print(f"seed {seed}, {kills} kills, {len(given_up)} shown instead of read")
    assert len(given_up) <= len(shown) <= kills / 3, daemon.cases()
    for sample in reports:
        where = "Junk" if sample in given_up else "INBOX"
        assert len(imap.find(where, sample.message_id)) == 1, sample.message_id
        if sample not in given_up:
            assert not imap.find("Junk", sample.message_id), sample.message_id
            assert daemon.case_of(sample)["rescue"] == "done"
    assert len(imap.messages("Junk")) == 12 + len(given_up)
    told = {mail.message_id for mail in sink.received()}
    assert len(told) == len(reports) - len(given_up)
    assert len(sink.received()) <= len(reports) + kills


def test_our_own_alerts_in_the_watched_inbox_are_no_reports(daemon, imap, sink):
    imap.append("Junk", mails.plain_report().raw)
    daemon.once()
    [alert] = sink.received()
    imap.append("INBOX", alert.raw)
    daemon.once()
    daemon.once()
    assert len(daemon.cases()) == 1 and len(sink.received()) == 1


def test_a_made_up_token_hides_no_report(daemon, imap):
    imap.append("Junk", mails.crtsh_report().raw)
    daemon.once()
    sample = mails.plain_report()
    imap.append("Junk", b"X-CPR-Auditd-Alert: " + b"0123456789abcdef" * 4 + b"\r\n" + sample.raw)
    daemon.once()
    assert imap.find("INBOX", sample.message_id)
    assert daemon.case_of(sample)["verdict"] == "probable"


def test_the_cap_on_moves_is_kept_and_told(daemon, imap, sink):
    daemon.settings["policy"]["moves_per_hour"] = 3
    daemon.write()
    reports = [mails.plain_report() for _ in range(5)]
    for sample in reports:
        imap.append("Junk", sample.raw)
    daemon.once(expect=None)
    daemon.once(expect=None)
    assert len(imap.messages("INBOX")) == 3 and len(imap.messages("Junk")) == 2
    assert any("TROUBLE" in mail.mail["Subject"] for mail in sink.received())
    assert len(daemon.cases()) == 5


def test_a_huge_mail_is_cut_and_still_judged(daemon, imap):
    text = "x" * 70 + "\r\n"
    sample = mails.plain_report()
    imap.append("Junk", sample.raw + text.encode() * 140_000)
    imap.forget_commands()
    daemon.once()
    sent = sum(path.stat().st_size for path in (imap.directory / "raw").glob("*.out"))
    assert imap.find("INBOX", sample.message_id)
    assert sent < 8 * 1024 * 1024, f"{sent} bytes were fetched for a mail whose first mebibyte is wanted"
