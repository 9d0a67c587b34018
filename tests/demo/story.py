"""The story that tests/demo.sh tells: a CA's mailbox before and after one look of the daemon. Every line that begins
with "ok" was checked against the servers just then; the first one that is not true ends the demo with exit code 1."""
import sys
import tempfile
import textwrap
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "system"))

from daemon import Daemon  # noqa: E402
from dovecot import Dovecot  # noqa: E402
from smtp import Sink  # noqa: E402
from tls import Authority  # noqa: E402

FOLDERS = {"inbox": "INBOX", "junk": "Junk", "sent": "Sent"}
OLD = timedelta(hours=22)


class Untrue(Exception):
    pass


def claim(text, truth):
    """Says something and stands for it."""
    if not truth:
        raise Untrue(text)
    print(textwrap.fill(text, 100, initial_indent="  ok  ", subsequent_indent="      "))


def chapter(title):
    print(f"\n{title}\n")


def show(text, lines=None):
    shown = text.rstrip().splitlines()
    for line in shown[:lines]:
        print(f"  | {line}"[:118].rstrip())
    if lines and len(shown) > lines:
        print(f"  | ... ({len(shown) - lines} more lines)")


def fill(imap):
    """Delivers every sample; returns how many lie in each folder."""
    counts = dict.fromkeys(FOLDERS.values(), 0)
    for path in sorted((HERE / "mails").glob("*.eml")):
        folder = FOLDERS[path.name.split("-")[0]]
        age = OLD if "old" in path.name else timedelta(minutes=20 + 7 * sum(counts.values()))
        if folder == "Sent":
            age = timedelta(minutes=5)  # an answer comes after the report
        when = datetime.now(timezone.utc) - age
        imap.append(folder, b"Date: " + format_datetime(when).encode() + b"\n" + path.read_bytes(), when)
        counts[folder] += 1
    return counts


def sample_ids(pattern):
    ids = []
    for path in sorted((HERE / "mails").glob(pattern)):
        ids += [line.split(": ", 1)[1] for line in path.read_text().splitlines() if line.startswith("Message-ID: ")][:1]
    return ids


def tell_the_rescue(daemon, imap, counts):
    reports, spam = sample_ids("junk-0*.eml"), sample_ids("junk-spam-*.eml")
    cases = {case["message_id"]: case for case in daemon.cases()}
    chapter("2. WHAT WAS RESCUED, AND WHY")
    records = daemon.ask("review", datetime.now(timezone.utc).strftime("%Y-%m-%d"))
    judged = {record["message_id"]: record for record in records
              if record["record"] == "message" and record["folder"] == "Junk"}
    for message_id in reports:
        case, why = cases[message_id], judged[message_id]["signals"]
        print(f"  case {case['case']}: \"{case['subject']}\" from {case['from']}")
        for signal in why[:2]:
            print(f"          because of {signal['id']}: {signal['text']}"[:110])
    print()
    claim(f"All {len(reports)} reports that lay in Junk are in the inbox now, once each.",
          all(len(imap.find("INBOX", one)) == 1 and not imap.find("Junk", one) for one in reports))
    claim("Each of them carries the keyword $CPRRescued and is still unread.",
          all("$CPRRescued" in message.flags and "\\Seen" not in message.flags
              for one in reports for message in imap.find("INBOX", one)))
    claim(f"All {len(spam)} spam messages are still in Junk, among them a \"gift certificate\" and an ISO certificate.",
          all(imap.find("Junk", one) for one in spam) and len(imap.messages("Junk")) == len(spam))
    claim(f"No message was lost: {sum(counts.values())} before, {sum(counts.values())} now.",
          sum(len(imap.messages(folder)) for folder in counts) == sum(counts.values()))
    return cases


def tell_the_clocks(daemon, cases):
    [old], [answered] = sample_ids("*-old-*.eml"), sample_ids("inbox-06-*.eml")
    chapter("3. EACH REPORT'S CLOCK: 24 hours from the instant the CA's own mail system took it")
    show(daemon.audit("cases").out)
    print()
    margin = cases[old]["left_s"]
    claim(f"The expired CRL was reported 22 hours ago and nobody saw it: {margin // 60} minutes are left.",
          110 * 60 < margin <= 120 * 60)
    daemon.audit("answered", cases[answered]["case"], "--leg", "subscriber", "--by", "revocation desk",
                 "--note", "told by telephone")
    [now] = [case for case in daemon.cases() if case["case"] == cases[answered]["case"]]
    claim("The answer to the linting service was found in the CA's Sent folder, and a person said that the Subscriber "
          "was told: its clock has stopped.", cases[answered]["reporter"] == "closed" and now["state"] == "answered")
    claim("Every other clock runs.", all(case["state"] == "open" for one, case in cases.items() if one != answered))
    return cases[old]


def tell_the_alerts(sink, cases, old):
    mails = sink.received()
    [urgent] = [mail for mail in mails if f"CPR #{old['case']}:" in mail.mail["Subject"]]
    chapter("4. AN ALERT MAIL, as the on-call engineer received it")
    for name in ("From", "To", "Subject", "Auto-Submitted"):
        print(f"  | {name}: {urgent.mail[name]}"[:118])
    print("  |")
    show(urgent.text, 24)
    print()
    waiting = [case for case in cases.values() if case["state"] == "open"]
    claim(f"{len(mails)} alerts were taken by the mail server, one for each report that waits for an answer.",
          len(mails) == len(waiting) == len({mail.message_id for mail in mails}))
    claim("The old report entered the ladder at its true age: its alert says how little is left.",
          "1 h" in urgent.mail["Subject"] and "left" in urgent.mail["Subject"])


def tell_the_review(daemon, counts):
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    records = daemon.ask("review", day)
    end = records[-1]
    chapter("5. THE DAY'S REVIEW, as the auditor reads it")
    show(daemon.audit("review", day).out, 20)
    print()
    verdicts = end["by_verdict"]
    told = " + ".join(f"{verdicts[name]} {name}" for name in ("probable", "possible", "undecidable", "unlikely"))
    claim(f"{end['messages']} messages looked at = {told} + {end['unreadable']} unreadable + {end['vanished']} "
          "vanished.", end["sums_add_up"] and
          end["messages"] == sum(verdicts.values()) + end["unreadable"] + end["vanished"])
    rescued = len(sample_ids("junk-0*.eml"))
    claim(f"That is every message: {sum(counts.values())} that were delivered, and the {rescued} rescued ones once "
          "more in the inbox, where they were recognised.", end["messages"] == sum(counts.values()) + rescued)
    claim("Nothing is unreadable, nothing vanished.", end["unreadable"] == end["vanished"] == 0)


def tell(daemon, imap, sink):
    counts = fill(imap)
    print("\ncpr-auditd: what happens to problem reports that a spam filter took away")
    chapter("1. A CA'S MAILBOX, this morning (a private Dovecot on this machine)")
    claim(f"The inbox holds {counts['INBOX']} messages, Sent {counts['Sent']}, and Junk {counts['Junk']}: among the "
          f"spam lie {len(sample_ids('junk-0*.eml'))} reports about certificates that nobody has seen.",
          all(len(imap.messages(folder)) == count for folder, count in counts.items()))
    claim("The configuration and both servers are in order: cpr-audit check says so.", daemon.audit("check").code == 0)
    claim("The daemon looked at every folder: cpr-auditd --once, mode = active.", daemon.once().code == 0)
    claim("It looked a second time, and had nothing left to do.", daemon.once().code == 0)
    cases = tell_the_rescue(daemon, imap, counts)
    old = tell_the_clocks(daemon, cases)
    tell_the_alerts(sink, cases, old)
    tell_the_review(daemon, counts)


def main():
    with tempfile.TemporaryDirectory(prefix="cpr-demo-", dir="/tmp") as directory:
        Path(directory).chmod(0o755)
        authority = Authority(directory)
        certificate = authority.issue("localhost")
        imap, sink = Dovecot(*certificate), Sink(*certificate)
        daemon = Daemon(authority, imap, sink)
        daemon.settings["mailbox reports"]["folders"] = None
        daemon.write()
        try:
            imap.start()
            sink.start()
            tell(daemon, imap, sink)
        except Untrue as untrue:
            print(f"\nNOT TRUE: {untrue}\n\nThe demo ends here; please report this.", file=sys.stderr)
            return 1
        finally:
            daemon.remove()
            sink.remove()
            imap.remove()
    print("\nEverything above was checked against the mail servers while it was told. Nothing is left running.\n"
          "Your own mailbox: etc/cpr-auditd.conf, then `cpr-audit check`. The default mode observes and moves nothing.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
