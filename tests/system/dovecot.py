"""A private Dovecot on loopback: one account, implicit TLS, folders as a CA's mailbox has them."""
import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

BINARY = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER = "problem-reports"
PASSWORD = "loopback-only"

# Settings that take one capability after the other away.
CAPABILITIES_ALL = None
CAPABILITIES_NO_MOVE = ("IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE UIDPLUS SPECIAL-USE LIST-EXTENDED NAMESPACE CHILDREN")
CAPABILITIES_BARE = "IMAP4rev1 SASL-IR IDLE SPECIAL-USE LIST-EXTENDED NAMESPACE CHILDREN"

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {run}
log_path = {directory}/dovecot.log
{users}
mail_location = maildir:{mail}/%u:LAYOUT=fs
mail_fsync = never
first_valid_uid = 1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_verbose = yes
mail_max_userip_connections = 100
{rawlog}
{capability}
passdb {{
  driver = static
  args = user={user} password={password}
}}
userdb {{
  driver = static
  args = uid={mail_uid} gid={mail_gid} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Quarantine {{
    auto = create
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Message:
    """What IMAP says of one message."""

    def __init__(self, uid, flags, internal, raw):
        self.uid, self.flags, self.internal, self.raw = uid, flags, internal, raw


class Dovecot:
    """start() and stop() may be called again and again: the mail stays."""

    def __init__(self, certificate, key, capability=CAPABILITIES_ALL, plain=False, keep_commands=True):
        self.directory = Path(tempfile.mkdtemp(prefix="cpr-imap-", dir="/tmp"))  # short: socket paths end at 107 bytes
        self.directory.chmod(0o755)
        self.port, self.plain_port = free_port(), free_port() if plain else 0
        self.certificate, self.key, self.capability = certificate, key, capability
        self.keep_commands = keep_commands
        self.process = None
        self.password = PASSWORD

    def _configure(self):
        mail, rawlog = self.directory / "mail", self.directory / "raw"
        if os.getuid() == 0:
            # Dovecot serves no mail as root; "mail" is a user that every Debian has.
            owner = pwd.getpwnam("mail")
            mail_uid, mail_gid, users = owner.pw_uid, owner.pw_gid, ""
        else:
            me = pwd.getpwuid(os.getuid())
            mail_uid, mail_gid = me.pw_uid, me.pw_gid
            users = (f"default_internal_user = {me.pw_name}\ndefault_login_user = {me.pw_name}\n"
                     f"default_internal_group = {grp.getgrgid(mail_gid).gr_name}")
        for place in (mail, rawlog):
            place.mkdir(exist_ok=True)
            os.chown(place, mail_uid, mail_gid)
        path = self.directory / "dovecot.conf"
        path.write_text(CONFIGURATION.format(
            directory=self.directory, run=self.directory / "run", mail=mail, users=users,
            rawlog=f"rawlog_dir = {rawlog}" if self.keep_commands else "",
            certificate=self.certificate, key=self.key, user=USER, password=self.password, mail_uid=mail_uid,
            mail_gid=mail_gid, plain_port=self.plain_port, tls_port=self.port,
            capability=f"imap_capability = {self.capability}" if self.capability else ""))
        return path

    def start(self):
        self.process = subprocess.Popen([BINARY, "-F", "-c", str(self._configure())], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=open(self.directory / "stderr", "ab"))
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"Dovecot did not start: {self.log()}") from None
                time.sleep(0.02)

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def log(self):
        texts = [path.read_text(errors="replace") for path in
                 (self.directory / "dovecot.log", self.directory / "stderr") if path.exists()]
        return "\n".join(texts)

    def commands(self):
        """Every line that clients said since the start, without time stamps; for "was this ever asked for?"."""
        lines = []
        for path in sorted((self.directory / "raw").glob("*.in")):
            for line in path.read_text(errors="replace").splitlines():
                lines.append(line.split(" ", 1)[-1])
        return lines

    def forget_commands(self):
        for path in (self.directory / "raw").iterdir():
            path.unlink()

    # -- what a person does with a mail program ---------------------------------------------------------------------

    @contextlib.contextmanager
    def session(self, folder=None, read_only=False):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the test's own eyes, not the tested client
        client = imaplib.IMAP4_SSL("127.0.0.1", self.port, ssl_context=context, timeout=30)
        try:
            client.login(USER, self.password)
            if folder:
                sure(client.select(quoted(folder), readonly=read_only))
            yield client
        finally:
            with contextlib.suppress(Exception):
                client.logout()

    def append(self, folder, raw, received=None, flags=()):
        """Puts a message into a folder as a server does on delivery; returns its UID."""
        received = received or datetime.now(timezone.utc)
        with self.session() as client:
            data = sure(client.append(quoted(folder), f"({' '.join(flags)})" if flags else None,
                                      imaplib.Time2Internaldate(received.timestamp()), crlf(raw)))
            answer = data[0].decode()
        if "APPENDUID" in answer:
            return int(answer.split("APPENDUID", 1)[1].split()[1].rstrip("]"))
        return max(message.uid for message in self.messages(folder))

    def messages(self, folder):
        """All messages of a folder, in order of UID; reading them changes nothing."""
        with self.session(folder, read_only=True) as client:
            data = sure(client.uid("FETCH", "1:*", "(UID FLAGS INTERNALDATE BODY.PEEK[])"))
        found = []
        for item in data:
            if not isinstance(item, tuple):
                continue
            head = item[0].decode()
            found.append(Message(int(head.split("UID ", 1)[1].split()[0]),
                                 {flag.decode() for flag in imaplib.ParseFlags(item[0])},
                                 datetime.strptime(head.split('INTERNALDATE "', 1)[1].split('"')[0],
                                                   "%d-%b-%Y %H:%M:%S %z"), item[1]))
        return sorted(found, key=lambda message: message.uid)

    def find(self, folder, message_id):
        """The messages of a folder that bear this Message-ID."""
        wanted = message_id.encode().lower()
        return [message for message in self.messages(folder)
                if any(line.lower().startswith(b"message-id:") and wanted in line.lower()
                       for line in message.raw.split(b"\r\n\r\n", 1)[0].replace(b"\r\n ", b" ").split(b"\r\n"))]

    def move(self, source, uid, destination):
        with self.session(source) as client:
            sure(client.uid("MOVE", str(uid), quoted(destination)))

    def recreate(self, folder):
        """Deletes a folder and makes it anew: another UIDVALIDITY."""
        before = self.uidvalidity(folder)
        with self.session() as client:
            sure(client.delete(quoted(folder)))
            sure(client.create(quoted(folder)))
        assert self.uidvalidity(folder) != before

    def uidvalidity(self, folder):
        with self.session() as client:
            answer = sure(client.status(quoted(folder), "(UIDVALIDITY)"))[0].decode()
        return int(answer.split("UIDVALIDITY", 1)[1].strip(" )"))


def sure(answer):
    kind, data = answer
    if kind != "OK":
        raise RuntimeError(f"IMAP said {kind}: {data}")
    return data


def quoted(folder):
    return '"' + (folder if folder.isascii() else folder.encode("utf-7").decode().replace("+", "&")) + '"'


def crlf(raw):
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
