"""What goes wrong is said in a plain sentence, with the right exit code, and nothing is lost."""
import os
import re
import signal
import sqlite3
import subprocess

import pytest

import dovecot
import mails
import smtp
from daemon import Daemon, until


@pytest.mark.parametrize("fault", ["wrong name", "self-signed", "expired"])
def test_a_bad_certificate_is_refused_before_login(authority, imap, sink, fault, request):
    name = fault.replace(" ", "-") + request.node.name[-3:].strip("[]")
    daemon = Daemon(authority, imap, sink, steps="0s, 2s")
    try:
        known = mails.plain_report()
        imap.append("Junk", known.raw)
        daemon.once()
        imap.stop()
        imap.certificate, imap.key = {
            "wrong name": lambda: authority.issue(name, host="mail.elsewhere.example", address=None),
            "self-signed": lambda: authority.self_signed(name),
            "expired": lambda: authority.issue(name, expired=True)}[fault]()
        imap.start()
        imap.forget_commands()
        unseen = mails.crtsh_report()
        logins = imap.log().count("Login: user=")
        done = daemon.once(expect=(69, 77))
        assert "certificate" in done.log.lower(), done
        assert imap.log().count("Login: user=") == logins and not imap.commands()
        # The alert of the next step goes out although the mailbox cannot be looked at.
        until(lambda: (daemon.once(expect=None), [mail for mail in sink.received()
                                                  if known.subject in mail.mail["Subject"]][1:])[1])
        imap.append("Junk", unseen.raw)
        assert daemon.once(expect=None).code and not imap.find("INBOX", unseen.message_id)
    finally:
        daemon.remove()


def test_a_bad_certificate_of_the_mail_server_is_refused(authority, imap, certificate):
    wrong = smtp.Sink(*authority.issue("wrong-smtp", host="mx.elsewhere.example", address=None)).start()
    daemon = Daemon(authority, imap, wrong)
    try:
        sample = mails.plain_report()
        imap.append("Junk", sample.raw)
        done = daemon.once(expect=(69, 75, 77))
        assert "certificate" in done.log.lower() and not wrong.received() and not wrong.tried
        assert imap.find("INBOX", sample.message_id)
    finally:
        daemon.remove()
        wrong.stop()


def test_a_wrong_password_is_said_without_the_password(daemon, imap):
    daemon.write_secret("imap", "not-the-password-4711")
    done = daemon.once(expect=69)
    assert "reports" in done.log and "4711" not in done.log + done.out + daemon.audit("status", expect=None).out


def test_a_password_is_read_again_at_each_login(daemon, imap):
    daemon.write_secret("imap", "not-the-password")
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    daemon.start()
    until(lambda: "auth failed" in imap.log() or "Password mismatch" in imap.log(), what=daemon.log)
    daemon.write_secret("imap", dovecot.PASSWORD)
    until(lambda: imap.find("INBOX", sample.message_id), seconds=150, what=daemon.log)
    assert daemon.stop() == 0


def test_a_password_that_others_can_read_is_refused(daemon):
    (daemon.directory / "imap.secret").chmod(0o644)
    done = daemon.once(expect=69)
    assert "imap.secret" in done.log and dovecot.PASSWORD not in done.log


def test_a_dead_server_is_looked_at_again_when_it_is_back(daemon, imap):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw)
    imap.stop()
    done = daemon.once(expect=75)
    assert "localhost" in done.log
    daemon.start()
    imap.start()
    until(lambda: imap.find("INBOX", sample.message_id), seconds=150, what=daemon.log)
    assert daemon.stop() == 0


def test_a_server_that_dies_and_comes_back_loses_nothing(daemon, imap):
    samples = [mails.plain_report() for _ in range(6)]
    daemon.start()
    for sample in samples:
        imap.append("Junk", sample.raw)
        imap.stop()
        imap.start()
    until(lambda: all(imap.find("INBOX", sample.message_id) for sample in samples), seconds=150, what=daemon.log)
    assert daemon.stop() == 0
    assert len(imap.messages("INBOX")) == len(samples) and not imap.messages("Junk")


def test_a_second_instance_is_refused(daemon):
    daemon.start()
    done = daemon.once(expect=75)
    assert "another" in done.log.lower() or "already" in done.log.lower(), done
    assert daemon.stop() == 0


def test_every_error_of_a_configuration_is_listed(daemon):
    daemon.settings["daemon"]["mode"] = "aktive"
    daemon.settings["policy"]["deadlin"] = "24h"
    daemon.settings["policy"]["repeat"] = "60"
    daemon.settings["mailbox reports"]["host"] = None
    daemon.settings["smtp"]["port"] = "99999"
    daemon.write()
    done = daemon.run("cpr-auditd", "--check-config")
    assert done.code == 78, done
    lines = [line for line in (done.out + done.log).splitlines()
             if re.match(rf"{re.escape(str(daemon.path))}:\d+: ", line)]
    for word in ("mode", "deadline", "repeat", "host", "port"):
        assert [line for line in lines if word in line], (word, done)
    assert daemon.once(expect=78)
    assert not list(daemon.state.iterdir()) and not list(daemon.logs.iterdir())


def test_a_good_configuration_says_so(daemon):
    done = daemon.run("cpr-auditd", "--check-config")
    assert done.code == 0 and (done.out + done.log).strip()


def test_plain_text_is_refused_for_another_host(daemon):
    daemon.settings["mailbox reports"].update(tls="none", host="imap.example.org")
    daemon.write()
    assert daemon.run("cpr-auditd", "--check-config").code == 78


def test_a_configuration_that_is_not_there(daemon):
    daemon.path.unlink()
    assert daemon.once(expect=78).log


def stores(daemon):
    return [path for path in daemon.state.rglob("*") if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3"]


def test_a_store_of_a_newer_version_is_left_alone(daemon, imap):
    sample = mails.plain_report()
    daemon.once()
    [path] = stores(daemon)
    with sqlite3.connect(path) as store:
        store.execute("PRAGMA user_version = 9999")
    store.close()
    imap.append("Junk", sample.raw)
    done = daemon.once(expect=65)
    assert "newer" in done.log.lower(), done
    assert imap.find("Junk", sample.message_id)
    with sqlite3.connect(path) as store:
        assert store.execute("PRAGMA user_version").fetchone() == (9999,)


@pytest.fixture
def small_disk(daemon):
    """The state directory on a file system of 4 MiB."""
    if os.getuid() != 0:
        pytest.skip("a small file system of one's own needs root")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", daemon.state],
                             capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {mounted.stderr.strip()}")
    yield daemon.state
    subprocess.run(["umount", "-l", daemon.state], check=True)


def test_a_full_disk_is_an_alarm_and_loses_nothing(daemon, small_disk, imap, sink):
    daemon.settings["policy"].update(steps="0s, 2s", repeat="1h")
    daemon.write()
    known = mails.plain_report()
    imap.append("Junk", known.raw)
    daemon.once()
    filler = small_disk / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
    unseen = [mails.crtsh_report() for _ in range(20)]
    for sample in unseen:
        imap.append("Junk", sample.raw)
    # Ends with a plain sentence; the step that was stored before is told.
    until(lambda: (daemon.once(expect=(69, 74, 75)),
                   [mail for mail in sink.received() if known.subject in mail.mail["Subject"]][1:])[1])
    for sample in unseen:
        assert len(imap.find("Junk", sample.message_id)) + len(imap.find("INBOX", sample.message_id)) == 1
    filler.unlink()
    until(lambda: (daemon.once(expect=None), not imap.messages("Junk"))[1], seconds=150)
    assert all(len(imap.find("INBOX", sample.message_id)) == 1 and daemon.case_of(sample) for sample in unseen)


def test_sigterm_ends_cleanly_and_says_so(daemon, imap):
    daemon.start()
    until(lambda: any(line.startswith("STATUS=") for line in daemon.said), what=daemon.log)
    assert daemon.stop() == 0
    assert "STOPPING=1" in daemon.said


def test_sigint_ends_cleanly_too(daemon):
    daemon.start()
    daemon.signal(signal.SIGINT)
    until(lambda: daemon.process.poll() is not None)
    assert daemon.stop() == 0


def test_the_watchdog_is_fed(daemon, monkeypatch):
    kept = daemon._environment
    monkeypatch.setattr(daemon, "_environment", lambda: {**kept(), "WATCHDOG_USEC": "2000000"})
    daemon.start()
    until(lambda: daemon.said.count("WATCHDOG=1") >= 3, what=daemon.log)
    assert daemon.stop() == 0


def test_sighup_reloads_and_keeps_the_old_configuration_on_an_error(daemon, imap):
    daemon.settings["mailbox reports"]["folders"] = None
    daemon.write()
    daemon.start()

    good = daemon.path.read_text()
    daemon.path.write_text(good + "\n[mailbox broken]\nhots = localhost\n")
    daemon.signal(signal.SIGHUP)
    until(lambda: "hots" in daemon.log(), what=daemon.log)
    first = mails.plain_report()
    imap.append("Junk", first.raw)
    until(lambda: imap.find("INBOX", first.message_id), what=daemon.log)  # it works on

    daemon.settings["mailbox reports"]["folders"] = "Quarantine"
    daemon.write()
    second = mails.crtsh_report()
    imap.append("Quarantine", second.raw)
    daemon.signal(signal.SIGHUP)
    until(lambda: daemon.case_of(second), what=daemon.log)
    assert daemon.stop() == 0


def test_no_secret_is_written_anywhere(daemon, imap, sink):
    imap.append("Junk", mails.plain_report().raw)
    daemon.start()
    until(sink.received, what=daemon.log)
    assert daemon.stop() == 0
    for path in daemon.directory.rglob("*"):
        if path.is_file() and path.suffix != ".secret":
            content = path.read_bytes()
            assert dovecot.PASSWORD.encode() not in content and smtp.PASSWORD.encode() not in content, path
