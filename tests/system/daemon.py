"""cpr-auditd and cpr-audit as a person runs them: a configuration, a process, signals, exit codes, JSON."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import dovecot
import mails
import smtp

BUILD = Path(os.environ.get("CPR_BUILD", Path(__file__).parents[2] / "build-tests"))
ONCALL = "oncall@example.org"
BOSS = "boss@example.org"


def until(condition, seconds=90, what=None):
    """Waits for a condition with a generous deadline; returns what it returned. Never used to wait for nothing."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} seconds: {what() if callable(what) else what or condition}")
        time.sleep(0.1)


class Done:
    """A program that has ended."""

    def __init__(self, code, out, log):
        self.code, self.out, self.log = code, out, log

    def __repr__(self):
        return f"exit {self.code}\n{self.out}\n{self.log}"


class Daemon:
    """One installation of cpr-auditd in a directory of its own; the state survives stop() and kill()."""

    def __init__(self, authority, imap, mail_server, **policy):
        self.directory = Path(tempfile.mkdtemp(prefix="cpr-", dir="/tmp"))  # short: socket paths end at 107 bytes
        self.state, self.logs, self.runtime = (self.directory / name for name in ("state", "log", "run"))
        for place in (self.state, self.logs, self.runtime):
            place.mkdir(mode=0o700)
        self.path = self.directory / "cpr-auditd.conf"
        self.process = self.notify = None
        self.said = []  # what systemd would have been told
        for name, secret in (("imap", dovecot.PASSWORD), ("smtp", smtp.PASSWORD)):
            self.write_secret(name, secret)
        self.settings = {
            "daemon": {"mode": "active", "state_dir": self.state, "log_dir": self.logs, "run_dir": self.runtime,
                       "poll": "1s"},
            "policy": {"own_names": "Example Trust CA", **policy},
            "mailbox reports": {"addresses": mails.ADDRESS, "host": "localhost", "port": imap.port, "tls": "implicit",
                                "ca_file": authority.ca_file, "user": dovecot.USER,
                                "password_file": self.directory / "imap.secret", "folders": "Quarantine",
                                "own_hosts": mails.OWN_HOST},
            "smtp": {"host": "localhost", "port": mail_server.port, "tls": "starttls", "ca_file": authority.ca_file,
                     "user": smtp.USER, "password_file": self.directory / "smtp.secret",
                     "from": "cpr-auditd@example.org"},
            "oncall first": {"addresses": ONCALL},
        }
        self.write()

    # -- configuration ------------------------------------------------------------------------------------------------

    def write_secret(self, name, secret):
        path = self.directory / f"{name}.secret"
        path.touch(mode=0o600)
        path.write_text(secret + "\n")

    def write(self, extra=""):
        """Writes the settings; a value of None leaves the key out."""
        lines = []
        for section, keys in self.settings.items():
            lines += ["", f"[{section}]"] + [f"{key} = {value}" for key, value in keys.items() if value is not None]
        self.path.write_text("\n".join(lines) + "\n" + extra)

    # -- running ------------------------------------------------------------------------------------------------------

    def _environment(self):
        kept = {key: value for key, value in os.environ.items()
                if key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "HOME")}
        return {**kept, "LANG": "C.UTF-8", "NO_COLOR": "1"}

    def _command(self, program, *arguments):
        return [str(BUILD / program), "-c", str(self.path), *map(str, arguments)]

    def run(self, program, *arguments, timeout=180, stdin=None):
        done = subprocess.run(self._command(program, *arguments), capture_output=True, text=True, timeout=timeout,
                              env=self._environment(), input=stdin if stdin is not None else "")
        result = Done(done.returncode, done.stdout, done.stderr)
        assert "Sanitizer" not in result.log and "runtime error:" not in result.log, result
        return result

    def once(self, expect=0, timeout=180):
        """One whole tick. `expect`: the exit code, several, or None for any."""
        done = self.run("cpr-auditd", "--once", timeout=timeout)
        if expect is not None:
            assert done.code in (expect if isinstance(expect, tuple) else (expect,)), done
        return done

    def start(self, wait=True):
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(str(self.directory / f"notify{time.monotonic_ns()}"))
        self.said = []
        # As systemd does, all the time: a sender waits when ten lines lie unread.
        self._listener = threading.Thread(target=self._listen, args=(self.notify, self.said), daemon=True)
        self._listener.start()
        self._log_file = open(self.directory / "journal", "ab")
        self.process = subprocess.Popen(self._command("cpr-auditd"), stdin=subprocess.DEVNULL, stdout=self._log_file,
                                        stderr=self._log_file,
                                        env={**self._environment(), "NOTIFY_SOCKET": self.notify.getsockname()})
        if wait:
            until(lambda: self.has_said("READY=1") or self.process.poll() is not None, what=self.log)
            assert self.process.poll() is None, self.log()
        return self

    @staticmethod
    def _listen(notify, said):
        while datagram := notify.recv(65536):
            said += datagram.decode().splitlines()

    def _stop_listening(self):
        """An empty datagram comes after everything that the daemon said."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"", self.notify.getsockname())
        self._listener.join(10)
        self.notify.close()
        self._log_file.close()

    def has_said(self, line):
        """Whether the daemon has told systemd this line since it was started."""
        return line in self.said

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        return self._wait()

    def stop(self, timeout=60):
        """SIGTERM and wait. Returns the exit code; None when it was not running."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        return self._wait(timeout)

    def _wait(self, timeout=60):
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the daemon did not end within {timeout} seconds:\n{self.log()}") from None
        finally:
            self._stop_listening()
            self.process = None
        log = self.log()
        assert "Sanitizer" not in log and "runtime error:" not in log, log
        return code

    def log(self):
        path = self.directory / "journal"
        return path.read_text(errors="replace") if path.exists() else ""

    def remove(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self._stop_listening()
            self.process = None
        shutil.rmtree(self.directory, ignore_errors=True)

    # -- asking -------------------------------------------------------------------------------------------------------

    def audit(self, *arguments, expect=0, stdin=None):
        """cpr-audit, for people."""
        done = self.run("cpr-audit", *arguments, stdin=stdin)
        if expect is not None:
            assert done.code in (expect if isinstance(expect, tuple) else (expect,)), done
        return done

    def ask(self, *arguments, expect=0, stdin=None):
        """cpr-audit --json: the objects, one a line."""
        done = self.audit("--json", *arguments, expect=expect, stdin=stdin)
        return [json.loads(line) for line in done.out.splitlines() if line.strip()]

    def cases(self):
        """Every case, with all that `cases` and `show` say of it."""
        return [{**row, **self.ask("show", row["case"])[0]} for row in self.ask("cases")]

    def case_of(self, sample):
        """The one case of a sample; None when there is none. Two would be a fault."""
        found = [case for case in self.cases() if case["message_id"] == sample.message_id]
        assert len(found) <= 1, found
        return found[0] if found else None
