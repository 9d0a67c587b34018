"""The look-back: what today's rules surface and was not surfaced then, in the mailboxes and in exported files."""
import email
import sqlite3
import time
from datetime import datetime, timedelta, timezone

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
    for words in ("MISSED  probable now, unlikely then", "MISSED by 2 d 0", sample.subject, "No case was opened",
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
