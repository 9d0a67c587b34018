"""The look-back: what today's rules surface and was not surfaced then, in the mailboxes and in exported files."""
import email
import os
import re
import sqlite3
import time
from datetime import datetime, timedelta, timezone

import pytest

import mails
from daemon import until

NOW = datetime.now(timezone.utc)


def forget_what_was_found(daemon, sample):
    """As if older rules had read the report: the ledger says "unlikely", and there is no case."""
    with sqlite3.connect(daemon.state / "cpr-auditd.sqlite") as store:
        [(number,)] = store.execute("SELECT id FROM message WHERE header_message_id = ?", (sample.message_id,))
        store.execute("UPDATE message SET verdict = 'unlikely', kind = 'other', case_id = NULL,"
                      " reading_json = json_set(reading_json, '$.ruleset', '1+sha256:0123456789abcdef') WHERE id = ?",
                      (number,))
        for table, column in (("intent", "case_id"), ("alert", "case_id")):
            store.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM cases WHERE message_id = ?)",
                          (number,))
        store.execute("DELETE FROM cases WHERE message_id = ?", (number,))
    store.close()


def missed_by_old_rules(daemon, imap, folder="INBOX"):
    """A report of three days ago that the daemon has read and did not surface, among mail that is none."""
    sample = mails.plain_report(received=NOW - timedelta(days=3))
    imap.append(folder, sample.raw, NOW - timedelta(days=3))
    for spam in mails.spam(5):
        imap.append("Junk", spam.raw)
    daemon.settings["daemon"]["mode"] = "observe"
    daemon.write()
    daemon.once()
    forget_what_was_found(daemon, sample)
    assert not daemon.ask("cases")
    return sample


def mbox(samples, newline=b"\n"):
    lines = b""
    for sample in samples:
        text = sample.raw.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        lines += b"From export@gateway.example Wed May  6 12:16:53 2020\n" + text + b"\n"
    return lines.replace(b"\n", newline)


def test_hunt_lists_what_older_rules_missed_and_changes_nothing(daemon, imap):
    sample = missed_by_old_rules(daemon, imap, "Junk")
    fine = mails.crtsh_report()
    imap.append("INBOX", fine.raw)
    daemon.once()
    before = {folder: [(m.uid, m.flags) for m in imap.messages(folder)] for folder in ("INBOX", "Junk")}
    imap.forget_commands()
    *found, end = daemon.ask("hunt", expect=1)
    [row] = found
    assert (row["message_id"], row["then"], row["verdict"]) == (sample.message_id, "unlikely", "probable")
    assert row["then_ruleset"] == "1+sha256:0123456789abcdef" != row["ruleset"]
    assert (row["mailbox"], row["folder"], row["role"]) == ("reports", "Junk", "junk")
    assert row["received"] == (NOW - timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert abs(row["late_s"] - 2 * 86400) < 600 and row["answered"] is None and row["signals"]
    assert end["end"] and end["complete"] and end["read"] == 7 and end["surfaced"] == 2
    assert (end["surfaced_then"], end["missed"], end["late"], end["places"]) == (1, 1, 1, 3)
    said = " ".join(imap.commands()).upper()
    for word in ("SELECT ", "STORE ", "MOVE ", "COPY ", "EXPUNGE", "BODY[]"):
        assert word not in said, word
    assert "EXAMINE " in said and "BODY.PEEK[]" in said
    assert {folder: [(m.uid, m.flags) for m in imap.messages(folder)] for folder in before} == before
    text = daemon.audit("hunt", expect=1).out
    assert row["then_read"] and end["record_since"] <= row["then_read"]
    for words in ("MISSED  probable now, unlikely when it was read on ", "The record begins ", "MISSED by 2 d 0", sample.subject, "No case was opened",
                  "7 messages in 3 folders"):
        assert words in text, (words, text)


def test_hunt_asks_the_daemon_while_it_runs_and_the_case_opens_when_the_mail_is_brought_anew(daemon, imap):
    sample = missed_by_old_rules(daemon, imap)
    daemon.start()
    assert [row["message_id"] for row in daemon.ask("hunt", expect=1)[:-1]] == [sample.message_id]
    [message] = imap.find("INBOX", sample.message_id)
    imap.move("INBOX", message.uid, "Quarantine")
    until(lambda: daemon.case_of(sample), what=daemon.log)
    case = daemon.case_of(sample)
    assert case["received"] == (NOW - timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ") and case["left_s"] < 0
    assert "judged-anew" in [event["event"] for event in case["events"]]
    assert daemon.ask("hunt")[-1]["missed"] == 0
    assert daemon.stop() == 0


def test_hunt_passes_over_what_is_older_and_ends_with_0_when_nothing_was_missed(daemon, imap):
    missed_by_old_rules(daemon, imap)
    time.sleep(2)  # the server says when each message was put where it lies: all of it just now
    *found, end = daemon.ask("hunt", "--since", "1s")
    assert not found and end["older"] == 6 and end["read"] == end["missed"] == 0
    assert "0 had NOT" in daemon.audit("hunt", "--since", "1s").out


def test_an_answer_of_that_time_is_shown_with_a_miss(daemon, imap):
    sample = missed_by_old_rules(daemon, imap)
    imap.append("Sent", mails.reply(sample).raw, NOW - timedelta(days=2, hours=12))
    daemon.once()
    [row] = daemon.ask("hunt", expect=1)[:-1]
    assert row["answered"] and row["late_s"] is None
    assert "a reply in Sent of" in daemon.audit("hunt", expect=1).out


def test_hunt_in_exported_files_knows_what_was_seen_already(daemon, imap, tmp_path):
    old = missed_by_old_rules(daemon, imap)
    seen = mails.crtsh_report()
    imap.append("INBOX", seen.raw)
    daemon.once()
    held = mails.key_compromise_report(received=NOW - timedelta(days=40))
    again = mails.Sample("the same, kept by a gateway", email.message_from_bytes(seen.raw))
    again.raw = b"X-Gateway: held\r\n" + seen.raw
    export = tmp_path / "quarantine"
    (export / "more").mkdir(parents=True)
    (export / "all.mbox").write_bytes(mbox([old, again, *mails.spam(3)]))
    (export / "more" / "held.eml").write_bytes(held.raw)
    (export / "more" / ".hidden").write_bytes(held.raw)
    *found, end = daemon.ask("hunt", "--mbox", export, expect=1)
    assert [(row["message_id"], row["then"]) for row in found] == [(old.message_id, "unlikely"),
                                                                   (held.message_id, "not seen")]
    assert found[0]["number"] == 1 and found[0]["folder"] == str(export / "all.mbox") and found[0]["mailbox"] is None
    assert found[1]["received"] and found[1]["late_s"] > 38 * 86400
    assert end["read"] == 6 and end["surfaced_then"] == 1
    assert daemon.ask("hunt", "--since", "30d", "--mbox", export / "more")[-1]["older"] == 1


def test_a_maildir_is_read_whole_and_the_indexes_in_it_are_not_mail(daemon, tmp_path):
    box = tmp_path / "Maildir"
    for folder in (box, box / ".Junk", box / ".Junk.Old"):
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True)
    new, seen, junk, old = mails.plain_report(), mails.german_report(), mails.crtsh_report(), mails.french_report()
    (box / "new" / "1588767413.M1.host").write_bytes(new.raw.replace(b"\r\n", b"\n"))
    (box / "cur" / "1588767414.M2.host,S=900:2,S").write_bytes(seen.raw)
    (box / ".Junk" / "cur" / "1588767415.M3.host:2,").write_bytes(junk.raw)
    (box / ".Junk.Old" / "new" / "1588767416.M4.host").write_bytes(old.raw)
    (box / "tmp" / "1588767417.M5.host").write_bytes(new.raw)
    (box / "dovecot-uidlist").write_text("3 V1588767413 N5 G00\n1 :1588767413.M1.host\n")
    (box / ".Junk" / "dovecot.index.cache").write_bytes(bytes(range(256)))
    before = {path: path.read_bytes() for path in box.rglob("*") if path.is_file()}
    *found, end = daemon.ask("hunt", "--mbox", box, expect=1)
    assert {row["message_id"] for row in found} == {sample.message_id for sample in (new, seen, junk, old)}
    assert end["read"] == end["missed"] == 4 and end["complete"] and end["passed_over"] == 2
    assert {path: path.read_bytes() for path in box.rglob("*") if path.is_file()} == before


def test_text_that_an_mbox_quotes_is_one_message_and_the_one_that_was_seen(daemon, imap, tmp_path):
    """mboxo quotes "From ", mboxrd ">From ", too: by its bytes each is the mail that lies in the mailbox."""
    body = "\nFrom the log of our scanner:\n>From is quoted once, >>From twice\n\nFrom 12:16 on 2020 it was served.\n"
    sample = mails.Sample("with From lines", mails.letter("Certificate problem report", "lab@from.example",
                                                          f"Please revoke serial {mails.SERIAL}.\n{body}"))
    imap.append("INBOX", sample.raw)
    daemon.once()
    text = sample.raw.replace(b"\r\n", b"\n")
    first = b"From export@gateway.example Wed May  6 12:16:53 2020\n"
    path = tmp_path / "all.mbox"
    path.write_bytes(first + re.sub(rb"(?m)^(>*From )", rb">\1", text) + b"\n" + first + mails.spam(1)[0].raw)
    end = daemon.ask("hunt", "--mbox", path)[-1]
    assert (end["read"], end["surfaced"], end["surfaced_then"], end["missed"]) == (2, 1, 1, 0)


@pytest.mark.parametrize("name, content, why", [
    ("export.zip", b"PK\x03\x04\x14\x00", "zip archive: unpack it"), ("mail.mbox.gz", b"\x1f\x8b\x08\x00", "gzip"),
    ("box.pst", b"!BDN\x01\x02", "export it as mbox"), ("one.msg", b"\xd0\xcf\x11\xe0\xa1", "save it as .eml"),
    ("export.tar", bytes(257) + b"ustar\x0000", "tar archive")])
def test_what_holds_mails_unseen_is_told_and_the_rest_is_read(daemon, tmp_path, name, content, why):
    sample = mails.plain_report()
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.eml").write_bytes(sample.raw)
    done = daemon.audit("hunt", "--mbox", tmp_path, expect=65)
    assert why in done.log and name in done.log and "NOT WHOLE" in done.out and sample.message_id in done.out
    assert daemon.ask("hunt", "--mbox", tmp_path, expect=65)[-1]["complete"] is False


def test_links_pipes_and_what_may_not_be_read_are_told(daemon, tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    (tmp_path / "outside.eml").write_bytes(mails.plain_report().raw)
    (export / "link.eml").symlink_to(tmp_path / "outside.eml")
    assert "link.eml cannot be read: it is a link" in daemon.audit("hunt", "--mbox", export, expect=66).log
    assert daemon.ask("hunt", "--mbox", export / "link.eml", expect=1)[-1]["read"] == 1  # named by itself
    (export / "link.eml").unlink()
    os.mkfifo(export / "pipe")
    assert "neither a file nor a folder" in daemon.audit("hunt", "--mbox", export, expect=66).log
    (export / "pipe").unlink()
    assert daemon.ask("hunt", "--mbox", export)[-1]["read"] == 0


def test_a_file_of_more_than_two_gigabytes_is_read_to_its_end(daemon, tmp_path):
    """It is mapped, not loaded; what lies behind the hole is found."""
    late = mails.german_report()
    path = tmp_path / "big.mbox"
    path.write_bytes(mbox([mails.plain_report()]))
    with open(path, "r+b") as file:
        file.truncate(2 ** 31 + 4096)
        file.seek(0, os.SEEK_END)
        file.write(b"\n\n" + mbox([late]))
    *found, end = daemon.ask("hunt", "--mbox", path, expect=1)
    assert late.message_id in [row["message_id"] for row in found] and end["read"] == 2


def test_files_are_judged_where_there_is_no_store_and_no_network(daemon, tmp_path):
    path = tmp_path / "all.mbox"
    for newline in (b"\n", b"\r\n"):
        path.write_bytes(mbox([mails.plain_report(), *mails.spam(2), mails.german_report()], newline))
        *found, end = daemon.ask("hunt", "--mbox", path, expect=1)
        assert [row["number"] for row in found] == [1, 4] and {row["then"] for row in found} == {"not known"}
        assert end["read"] == 4
    assert "There is no record" in daemon.audit("hunt", "--mbox", path, expect=1).out
    path.write_bytes(mbox(mails.spam(2)))
    assert daemon.ask("hunt", "--mbox", path)[-1]["missed"] == 0


def test_a_look_that_is_not_whole_says_so(daemon, imap, tmp_path):
    assert "nothing-here" in daemon.audit("hunt", "--mbox", tmp_path / "nothing-here", expect=66).log
    missed_by_old_rules(daemon, imap)
    imap.stop()
    done = daemon.audit("hunt", expect=(69, 75))
    assert "NOT WHOLE" in done.out and done.log
    for arguments in (["--since", "soon"], ["--mbox"], ["file.mbox"], ["--since", "0"]):
        assert daemon.audit("hunt", *arguments, expect=64).log
