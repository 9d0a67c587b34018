"""Times the first audit of a mailbox against mbsync, on the same private Dovecot. See bench.sh."""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "system"))

import dovecot  # noqa: E402
import mails  # noqa: E402
from daemon import BUILD, Daemon, until  # noqa: E402
from smtp import Sink  # noqa: E402
from tls import Authority  # noqa: E402

MESSAGE_BYTES = 8 * 1024
WORDS = ("offer price today delivery account winter summer holiday travel ticket meeting invoice order parcel market "
         "garden music window kitchen answer question number letter paper morning evening coffee button colour "
         "train").split()
IDLE_SECONDS = 12


def make_message(chance, number):
    lines = []
    while sum(map(len, lines)) < MESSAGE_BYTES - 500:
        lines.append(" ".join(chance.choices(WORDS, k=10)) + "\n")
    return (f"Received: from out.sender.example by {mails.OWN_HOST}; Mon, 02 Nov 2026 08:00:00 +0000\n"
            f"From: sender{number}@shop.example\nTo: {mails.ADDRESS}\nSubject: {' '.join(chance.choices(WORDS, k=4))}\n"
            f"Message-ID: <{number}@shop.example>\nDate: Mon, 02 Nov 2026 08:00:00 +0000\n\n{''.join(lines)}").encode()


def fill(imap, count):
    """Writes the messages into the Maildir: nine of ten into Junk."""
    imap.append("Junk", make_message(random.Random(0), 0))
    imap.append("INBOX", make_message(random.Random(0), 1))
    root = imap.directory / "mail" / dovecot.USER
    chance = random.Random(1)
    for number in range(2, count):
        folder = root if number % 10 == 0 else root / "Junk"
        path = folder / "cur" / f"{1700000000 + number}.M{number}.bench:2,"
        path.write_bytes(make_message(chance, number))
        owner = folder.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
    for folder in ("INBOX", "Junk"):  # indexes and page cache are warm for both
        with imap.session(folder, read_only=True) as client:
            client.uid("FETCH", "1:*", "(RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.1>)")


def peak_of(pid):
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) * 1024 if found else 0
    except OSError:
        return 0


def children_of(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def first_audit(daemon):
    """Seconds of one whole tick, and the peak of resident memory of the daemon and of its reader."""
    begun, peaks, readers = time.monotonic(), [0], {}
    process = subprocess.Popen([BUILD / "cpr-auditd", "-c", daemon.path, "--once"], stderr=subprocess.PIPE)
    while process.poll() is None:
        peaks.append(peak_of(process.pid))
        for child in children_of(process.pid):
            readers[child] = max(readers.get(child, 0), peak_of(child))
        time.sleep(0.02)
    seconds = time.monotonic() - begun
    if process.returncode:
        sys.exit(f"cpr-auditd ended with {process.returncode}: {process.stderr.read().decode()}")
    return seconds, max(peaks), max(readers.values(), default=0)


def mbsync(imap, authority, directory):
    local, configuration = directory / "pulled", directory / "mbsyncrc"
    local.mkdir()
    configuration.write_text(f"""
IMAPAccount bench
Host localhost
Port {imap.port}
User {dovecot.USER}
Pass {dovecot.PASSWORD}
SSLType IMAPS
CertificateFile {authority.ca_file}

IMAPStore remote
Account bench

MaildirStore local
Path {local}/
Inbox {local}/INBOX
SubFolders Verbatim

Channel bench
Far :remote:
Near :local:
Patterns INBOX Junk
Create Near
Sync Pull
SyncState *
""")
    begun = time.monotonic()
    subprocess.run(["mbsync", "-q", "-c", configuration, "bench"], check=True)
    return time.monotonic() - begun, sum(1 for path in local.rglob("*") if path.parent.name in ("cur", "new"))


def idle(daemon, imap):
    """Polls a mailbox in which nothing happens; returns (commands a folder and poll, fetches)."""
    imap.stop()
    imap.keep_commands = True
    imap.start()
    daemon.start()
    until(lambda: imap.commands(), what=daemon.log)
    imap.forget_commands()
    time.sleep(IDLE_SECONDS)
    said = [line.split(" ", 1)[-1].upper() for line in imap.commands() if " " in line]
    daemon.stop()
    polls = max((sum("INBOX" in line for line in said), 1))
    others = ("LOGOUT", "CAPABILITY", "ENABLE", "ID", "LIST", "LSUB", "NOOP")
    looks = [line for line in said if not line.startswith(others)]
    return polls, len(said), len(looks) / (4 * polls), sum("FETCH" in line for line in said)


def main():
    count = int(sys.argv[1])
    directory = Path(tempfile.mkdtemp(prefix="cpr-bench-", dir="/var/tmp"))
    directory.chmod(0o755)
    authority = Authority(directory / "ca")
    (directory / "ca").chmod(0o755)
    certificate = authority.issue("localhost")
    imap, sink = dovecot.Dovecot(*certificate, keep_commands=False).start(), Sink(*certificate).start()
    daemon = Daemon(authority, imap, sink)
    daemon.settings["daemon"]["mode"] = "observe"
    daemon.write()
    try:
        print(f"Writing {count} messages of about {MESSAGE_BYTES // 1024} KB ...", flush=True)
        fill(imap, count)
        pulled_seconds, pulled = mbsync(imap, authority, directory)
        audit_seconds, daemon_peak, reader_peak = first_audit(daemon)
        lines = daemon.ask("review", datetime.now(timezone.utc).strftime("%Y-%m-%d"))
        judged = sum(line.get("judged", 0) for line in lines if line["record"] == "folder")
        again_seconds, _, _ = first_audit(daemon)
        polls, commands, looks, fetches = idle(daemon, imap)
    finally:
        daemon.remove()
        sink.remove()
        imap.remove()
        shutil.rmtree(directory, ignore_errors=True)
    print(f"first audit        {audit_seconds:7.1f} s for {judged} messages ({judged / audit_seconds:.0f} a second)\n"
          f"mbsync pull        {pulled_seconds:7.1f} s for {pulled} messages ({pulled / pulled_seconds:.0f} a second)\n"
          f"ratio              {audit_seconds / pulled_seconds:7.2f}   (below 1: the audit is faster)\n"
          f"second audit       {again_seconds:7.1f} s (nothing new)\n"
          f"resident peak      {daemon_peak / 2**20:7.1f} MiB daemon + {reader_peak / 2**20:.1f} MiB reader = "
          f"{(daemon_peak + reader_peak) / 2**20:.1f} MiB\n"
          f"idle poll          {looks:7.2f} commands a folder ({commands} in {polls} polls of 4 folders), "
          f"{fetches} fetches")


if __name__ == "__main__":
    main()
