"""Two mail servers for alerts: Debian's Exim as a private instance, and a sink that can be told to misbehave."""
import email
import email.policy
import logging
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from dovecot import free_port

logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of its own future at every login

EXIM = "/usr/sbin/exim4"
USER = "cpr-auditd"
PASSWORD = "loopback-only-too"


class Received:
    """One mail as a server took it."""

    def __init__(self, recipient, raw):
        self.recipient, self.raw = recipient, raw
        self.mail = email.message_from_bytes(raw, policy=email.policy.default)

    @property
    def text(self):
        return self.mail.get_content()

    @property
    def message_id(self):
        return self.mail["Message-ID"]


EXIM_CONFIGURATION = """
primary_hostname = mx.example.org
qualify_domain = example.org
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
spool_directory = {directory}/spool
log_file_path = {directory}/log/%s.log
pid_file_path = {directory}/exim.pid
tls_certificate = {directory}/server.pem
tls_privatekey = {directory}/server.key
tls_advertise_hosts = *
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
chunking_advertise_hosts =
keep_environment =
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 50
acl_smtp_rcpt = recipient
begin acl
recipient:
  deny    message = log in first, over TLS
          !authenticated = *
  accept  domains = example.org
  deny    message = no relaying
begin routers
everybody:
  driver = accept
  domains = example.org
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {directory}/maildir
  maildir_format
  create_directory
  envelope_to_add
  user = {user}
  group = {group}
begin retry
* * F,1h,1m
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{login}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


def exim_is_usable():
    """None, or why the tests with the real SMTP server cannot run here."""
    if not os.access(EXIM, os.X_OK):
        return "exim4 is not installed (another mail server is, and it was left alone)"
    if os.getuid() != 0:
        return "a private Exim with a configuration of its own needs root"
    return None


class Exim:
    """Takes mail for example.org after STARTTLS and AUTH PLAIN, and keeps it in a Maildir. Touches nothing in /etc."""

    def __init__(self, certificate, key):
        self.directory = Path(tempfile.mkdtemp(prefix="cpr-smtp-", dir="/tmp"))
        self.port = free_port()
        self.process = None
        owner = pwd.getpwnam("Debian-exim")
        self.directory.chmod(0o755)
        for place in ("spool", "log", "maildir"):
            (self.directory / place).mkdir()
            os.chown(self.directory / place, owner.pw_uid, owner.pw_gid)
        for path, name in ((certificate, "server.pem"), (key, "server.key")):
            shutil.copy(path, self.directory / name)
            os.chown(self.directory / name, owner.pw_uid, owner.pw_gid)
        (self.directory / "exim.conf").write_text(EXIM_CONFIGURATION.format(
            directory=self.directory, port=self.port, user=owner.pw_uid, group=owner.pw_gid, login=USER,
            password=PASSWORD))

    def start(self):
        self.process = subprocess.Popen([EXIM, "-C", str(self.directory / "exim.conf"), "-bdf"],
                                        stdin=subprocess.DEVNULL, stdout=open(self.directory / "stdout", "ab"),
                                        stderr=subprocess.STDOUT)
        wait_for_port(self.port, self.process, self.log)
        return self

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def log(self):
        return "\n".join(path.read_text(errors="replace")
                         for path in [*(self.directory / "log").glob("*"), self.directory / "stdout"] if path.exists())

    def received(self):
        mails = []
        for path in sorted((self.directory / "maildir").glob("new/*")):
            raw = path.read_bytes()
            mails.append(Received(email.message_from_bytes(raw)["Envelope-to"], raw))
        return mails


class Sink:
    """An SMTP server in this process. `answer` decides what the next mails get:

    "take" keeps the mail; "refuse" says 451 to DATA; "reject" says 550 to RCPT; "drop" keeps the mail and closes the
    connection instead of answering, so that the client cannot know."""

    def __init__(self, certificate=None, key=None, tls="starttls", login=True):
        self.port = free_port()
        self.answer = "take"
        self.tried = []  # Message-ID of each DATA, whatever became of it
        self._mails = []
        self._lock = threading.Lock()
        self._options = {}
        if tls != "none":
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate, key)
            self._options = ({"tls_context": context, "require_starttls": True} if tls == "starttls" else
                             {"ssl_context": context})
        if login:
            self._options.update(authenticator=self._authenticate, auth_required=True,
                                 auth_require_tls=tls == "starttls")
        self._controller = None

    @staticmethod
    def _authenticate(_server, _session, _envelope, mechanism, data):
        good = (getattr(data, "login", None), getattr(data, "password", None)) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.answer == "reject":
            return "550 5.1.1 there is nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):
        with self._lock:
            self.tried.append(email.message_from_bytes(envelope.content)["Message-ID"])
            if self.answer == "refuse":
                return "451 4.3.0 come back later"
            self._mails += [Received(recipient, envelope.content) for recipient in envelope.rcpt_tos]
            if self.answer == "drop":
                server.transport.abort()
        return "250 2.0.0 taken"

    def start(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="mx.example.org",
                                      **self._options)
        self._controller.start()
        return self

    def stop(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    remove = stop

    def received(self):
        with self._lock:
            return list(self._mails)


def wait_for_port(port, process, log, seconds=20):
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {log()}") from None
            time.sleep(0.02)
