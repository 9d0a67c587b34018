"""The IMAP client alone, through its probe program, against a real Dovecot."""
import json
import os
import subprocess
from datetime import datetime, timedelta, timezone

import pytest

import dovecot
from daemon import BUILD

PROBE = BUILD / "tests" / "imap_port_probe"
RECEIVED = datetime(2026, 3, 2, 4, 5, 6, tzinfo=timezone(timedelta(hours=5, minutes=30)))
JUNK, SENT = 1, 2
REPORT = b"From: a@example.org\r\nSubject: certificate problem\r\nMessage-ID: <%d@example.org>\r\n\r\nkey is compromised\r\n"


def flags_of(message):
    return message.flags - {"\\Recent"}  # told to whoever opens the folder first, and to no one else


class Probe:
    """One imap_port_probe; call it with the words of a command. A crash is a failed test: its exit code is checked."""

    def __init__(self, port, tls="implicit", ca_file="-", host="localhost", password=dovecot.PASSWORD, operation_ms=None):
        command = [PROBE, host, str(port), tls, str(ca_file), dovecot.USER] + ([str(operation_ms)] if operation_ms else [])
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "PROBE_SECRET": password})

    def __call__(self, *words):
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the probe died at {words}: {self.process.wait()}"
        return json.loads(line)

    def sure(self, *words):
        reply = self(*words)
        assert reply["rc"] == "ok", reply
        return reply

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.process.stdin.close()
        code = self.process.wait(30)
        self.process.stdout.close()
        assert kind or code == 0


@pytest.fixture
def probe(imap, authority):
    with Probe(imap.port, ca_file=authority.ca_file) as program:
        program.sure("open")
        yield program


def opened(server, authority):
    program = Probe(server.port, ca_file=authority.ca_file)
    program.sure("open")
    return program


def validity(probe, folder):
    return probe.sure("status", folder)["uidvalidity"]


def identify(probe, folder, uid):
    """Lets the probe remember the identity of a message, as the engine does when it reads it."""
    reply = probe.sure("fetch", folder, validity(probe, folder), 1 << 20, uid)
    assert [message["uid"] for message in reply["messages"]] == [uid]
    return reply["messages"][0]


@pytest.fixture
def limited(certificate):
    """A Dovecot that offers only these capabilities."""
    servers = []

    def start(capability):
        servers.append(dovecot.Dovecot(*certificate, capability=capability).start())
        return servers[-1]
    yield start
    for server in servers:
        server.remove()


# --- TLS and login -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("flaw", ["wrong name", "self-signed", "expired", "unknown authority"])
def test_a_bad_certificate_is_refused_before_a_byte_of_imap(flaw, authority, certificate):
    name = "imap-" + flaw.replace(" ", "-")
    pair = (authority.issue(name, host="elsewhere.example.org", address=None) if flaw == "wrong name" else
            authority.self_signed(name) if flaw == "self-signed" else
            authority.issue(name, expired=True) if flaw == "expired" else certificate)
    server = dovecot.Dovecot(*pair).start()
    try:
        with Probe(server.port, ca_file="-" if flaw == "unknown authority" else authority.ca_file) as probe:
            reply = probe("open")
            assert reply["rc"] == "operator" and "certificate of localhost was refused" in reply["error"]
            assert probe("status", "INBOX")["rc"] == "retry"
        assert server.commands() == [] and "Login:" not in server.log() and "auth failed" not in server.log()
    finally:
        server.remove()


def test_a_ca_file_that_is_missing_is_the_operators_matter(imap):
    with Probe(imap.port, ca_file="/nonexistent/ca.pem") as probe:
        reply = probe("open")
        assert reply["rc"] == "operator" and "/nonexistent/ca.pem" in reply["error"]


def test_a_wrong_password_is_the_operators_matter_and_is_never_told(imap, authority):
    with Probe(imap.port, ca_file=authority.ca_file, password='wr"ong\\pass') as probe:
        reply = probe("open")
        assert reply["rc"] == "operator" and "check user and password" in reply["error"]
        assert "ong" not in reply["error"].replace("wrong", "")


@pytest.mark.parametrize("password", ["", "a\r\nb LOGOUT", "a\nb"])
def test_a_password_that_would_be_a_command_is_not_sent(password, imap, authority):
    with Probe(imap.port, ca_file=authority.ca_file, password=password) as probe:
        assert probe("open")["rc"] == "operator"
    assert "LOGIN" not in imap.log()


def test_plaintext_on_loopback_works_where_it_is_asked_for(certificate):
    server = dovecot.Dovecot(*certificate, plain=True).start()
    try:
        with Probe(server.plain_port, tls="none") as probe:
            assert "MOVE" in probe.sure("open")["capabilities"].split()
    finally:
        server.remove()


def test_an_unreachable_server_is_tried_again(authority):
    with Probe(dovecot.free_port(), ca_file=authority.ca_file) as probe:
        assert probe("open")["rc"] == "retry"


# --- folders -------------------------------------------------------------------------------------------------------

def test_folders_are_listed_once_with_their_use_and_their_name_for_people(imap, probe):
    with imap.session() as client:
        for name in ("Qu&AOQ-rant&AOQ-ne", "a&-b", 'quo\\"ted'):
            dovecot.sure(client.create(f'"{name}"'))
    found = {folder["name"]: folder for folder in probe.sure("list")["folders"]}
    assert found["Junk"]["uses"] == JUNK and found["Sent"]["uses"] == SENT and found["INBOX"]["uses"] == 0
    assert found["Qu&AOQ-rant&AOQ-ne"]["display"] == "Quärantäne" and found["a&-b"]["display"] == "a&b"
    assert found["INBOX"]["delimiter"] == "/" and all(folder["selectable"] for folder in found.values())
    for name in found:
        assert probe.sure("status", name)["messages"] == 0


def test_a_plain_list_serves_where_special_use_is_not_offered(limited, authority):
    with opened(limited("IMAP4rev1"), authority) as probe:
        found = {folder["name"]: folder["uses"] for folder in probe.sure("list")["folders"]}
        assert found["Junk"] == JUNK


def test_a_missing_folder_is_absent_and_the_session_goes_on(probe):
    assert probe("status", "nowhere")["rc"] == "absent"
    assert probe("search", "nowhere", 1, 1, 9)["rc"] == "absent"
    assert probe("status", "a\x01b")["rc"] == "absent"
    assert probe.sure("status", "INBOX")["messages"] == 0


def test_an_idle_poll_is_one_status_a_folder(imap, probe):
    before = len(imap.commands())
    for _ in range(2):
        for folder in ("INBOX", "Junk", "Sent"):
            probe.sure("status", folder)
    said = imap.commands()[before:]
    assert len(said) == 6 and all(" STATUS " in line for line in said)


def test_status_of_the_folder_in_use_sees_what_came_in(imap, probe):
    number = validity(probe, "Junk")
    assert probe.sure("search", "Junk", number, 1, 100)["uids"] == []
    imap.append("Junk", REPORT % 1)
    assert probe.sure("status", "Junk")["messages"] == 1
    assert probe.sure("search", "Junk", number, 1, 4294967295)["uids"] == [1]


def test_a_rebuilt_folder_delivers_nothing_under_its_old_number(imap, probe):
    number = validity(probe, "Quarantine")
    imap.recreate("Quarantine")
    imap.append("Quarantine", REPORT % 1)
    probe.sure("close")
    probe.sure("open")
    assert probe("search", "Quarantine", number, 1, 9)["rc"] == "absent"
    reply = probe("fetch", "Quarantine", number, 1000, 1)
    assert reply["rc"] == "absent" and reply["messages"] == []


# --- fetch ---------------------------------------------------------------------------------------------------------

def test_a_message_is_fetched_with_its_stamps_cut_and_left_unread(imap, probe):
    raw = REPORT % 1 + b"x" * 5000 + b"\r\n"
    uid = imap.append("Junk", raw, received=RECEIVED, flags=("\\Flagged",))
    number = validity(probe, "Junk")
    (message,) = probe.sure("fetch", "Junk", number, 100, uid)["messages"]
    assert message["bytes"] == 100 and message["size"] == len(raw)
    assert message["internal_ms"] == int(RECEIVED.timestamp() * 1000)
    assert message["save_ms"] > message["internal_ms"]  # SAVEDATE: it was put here just now
    assert not message["seen"] and not message["deleted"] and not message["vanished"]
    probe.sure("fetch", "Junk", number, 1 << 20, uid)
    assert flags_of(imap.messages("Junk")[0]) == {"\\Flagged"}
    said = imap.commands()
    assert any(" EXAMINE " in line for line in said) and not any(" SELECT " in line for line in said)


def test_flags_are_told(imap, probe):
    uid = imap.append("Junk", REPORT % 1, flags=("\\Seen", "\\Deleted", "\\Draft"))
    message = identify(probe, "Junk", uid)
    assert message["seen"] and message["deleted"] and message["draft"]


def test_uids_without_a_message_are_passed_over(imap, probe):
    uids = [imap.append("Junk", REPORT % n) for n in range(5)]
    with imap.session("Junk") as client:
        dovecot.sure(client.uid("STORE", str(uids[2]), "+FLAGS", "(\\Deleted)"))
        dovecot.sure(client.uid("EXPUNGE", str(uids[2])))
    asked = ",".join(map(str, [*uids, 77]))
    got = probe.sure("fetch", "Junk", validity(probe, "Junk"), 1000, asked)["messages"]
    assert [message["uid"] for message in got] == uids[:2] + uids[3:]


def test_a_stop_is_heard_during_a_wait(authority):
    import socket
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        with Probe(silent.getsockname()[1], ca_file=authority.ca_file) as probe:
            probe.sure("stop_after", 3)
            assert probe("open")["rc"] == "stopped"


# --- move ----------------------------------------------------------------------------------------------------------

def moved(imap, authority, **want):
    """Moves one of three messages out of Junk; the third waits there marked as deleted by somebody else."""
    first = imap.append("Junk", REPORT % 1)
    uid = imap.append("Junk", REPORT % 2, received=RECEIVED, flags=("\\Flagged", "$Junk", "Keyword"))
    other = imap.append("Junk", REPORT % 3, flags=("\\Deleted",))
    with opened(imap, authority) as probe:
        number = validity(probe, "Junk")
        identify(probe, "Junk", uid)
        reply = probe("move", "Junk", number, uid, "INBOX")
        for key, value in want.items():
            assert reply[key] == value, reply
        (copy,) = imap.messages("INBOX")
        assert flags_of(copy) == {"\\Flagged", "$Junk", "Keyword"} and copy.internal == RECEIVED and copy.raw == REPORT % 2
        left = {message.uid: flags_of(message) for message in imap.messages("Junk")}
        assert left[other] == {"\\Deleted"} and left[first] == set()
        assert probe.sure("find", "INBOX", 1)["uids"] == [copy.uid]
        assert probe.sure("find", "INBOX", copy.uid + 1)["uids"] == []
        return reply, copy, left, uid


def test_a_move_is_proved_and_keeps_everything(imap, authority):
    reply, copy, left, uid = moved(imap, authority, rc="ok", outcome="done", how="MOVE", copied_only=False)
    assert reply["destination_uid"] == copy.uid and uid not in left
    assert reply["destination_uidvalidity"] == imap.uidvalidity("INBOX")


def test_without_move_the_copy_is_verified_and_only_its_source_removed(limited, authority):
    server = limited(dovecot.CAPABILITIES_NO_MOVE)
    reply, copy, left, uid = moved(server, authority, rc="ok", outcome="done", how="COPY+EXPUNGE", copied_only=False)
    assert reply["destination_uid"] == copy.uid and uid not in left
    assert not any("MOVE" in line.upper() for line in server.commands())


def test_without_uidplus_the_source_is_left_and_that_is_said(limited, authority):
    server = limited(dovecot.CAPABILITIES_BARE)
    _, _, left, uid = moved(server, authority, rc="ok", outcome="done", how="COPY", copied_only=True, destination_uid=0)
    assert left[uid] == {"\\Flagged", "$Junk", "Keyword"}
    assert not any("EXPUNGE" in line.upper() for line in server.commands())
    with opened(server, authority) as probe:
        identify(probe, "Junk", uid)
        assert probe("remove", "Junk", validity(probe, "Junk"), uid)["rc"] == "operator"
    assert uid in {message.uid for message in server.messages("Junk")}


def test_only_the_message_that_was_judged_is_moved(imap, probe):
    first, second = imap.append("Junk", REPORT % 1), imap.append("Junk", REPORT % 2)
    number = validity(probe, "Junk")
    identify(probe, "Junk", first)
    reply = probe("move", "Junk", number, second, "INBOX")
    assert (reply["outcome"], reply["rc"]) == ("not done", "absent") and "another message" in reply["error"]
    reply = probe("move", "Junk", number, 99, "INBOX")
    assert (reply["outcome"], reply["rc"]) == ("gone", "absent")
    reply = probe("move", "Junk", number + 1, first, "INBOX")
    assert (reply["outcome"], reply["rc"]) == ("not done", "absent")
    reply = probe("move", "Junk", number, first, "nowhere")
    assert reply["outcome"] == "not done" and reply["rc"] != "ok"
    reply = probe("move", "Junk", number, first, "IN\x01BOX")
    assert (reply["outcome"], reply["rc"]) == ("not done", "operator")
    assert probe("remove", "Junk", number, second)["rc"] == "absent"
    assert len(imap.messages("Junk")) == 2 and imap.messages("INBOX") == []


def test_twins_are_found_by_bytes_and_size(imap, probe):
    uids = [imap.append("Quarantine", REPORT % n) for n in (7, 8, 7, 7)]
    identify(probe, "Quarantine", uids[0])
    assert probe.sure("find", "Quarantine", 1)["uids"] == [uids[0], uids[2], uids[3]]
    assert probe.sure("find", "Quarantine", uids[1])["uids"] == uids[2:]
    assert probe.sure("find", "Junk", 1)["uids"] == []
    for _ in range(14):
        imap.append("Quarantine", REPORT % 7)
    assert probe("find", "Quarantine", 1)["rc"] == "limit"


def test_a_rescued_message_is_marked_again_and_again(imap, probe):
    uid = imap.append("INBOX", REPORT % 1, flags=("$Junk", "Junk", "Other"))
    number = validity(probe, "INBOX")
    for _ in range(2):
        assert probe.sure("mark", "INBOX", number, uid)["marked"] is True
        assert flags_of(imap.messages("INBOX")[0]) == {"$CPRRescued", "$NotJunk", "Other"}
    assert probe("mark", "INBOX", number, uid + 1)["rc"] == "absent"


@pytest.mark.parametrize("capability,how", [(None, "MOVE"), (dovecot.CAPABILITIES_NO_MOVE, "COPY+EXPUNGE")])
def test_a_connection_cut_after_any_byte_never_makes_a_false_claim(capability, how, limited, authority):
    server = limited(capability)
    outcomes = set()

    def attempt(cut):
        """One message, one move, the wire cut after `cut` bytes of answers. Returns the bytes a whole move needs."""
        uid = server.append("Junk", REPORT % (cut + 1))
        with opened(server, authority) as probe:
            number = validity(probe, "Junk")
            first = probe.sure("status", "INBOX")["uidnext"]
            identify(probe, "Junk", uid)
            before = probe.sure("received")["bytes"]
            if cut >= 0:
                probe.sure("cut", cut)
            reply = probe("move", "Junk", number, uid, "INBOX")
            needed = probe.sure("received")["bytes"] - before
            outcomes.add(reply["outcome"])
            probe.sure("close")
            probe.sure("open")
            copies = probe.sure("find", "INBOX", first)["uids"]
            source = probe.sure("search", "Junk", number, uid, uid)["uids"]
            assert reply["how"] == how
            if reply["outcome"] == "done":
                assert (copies, source) == ([reply["destination_uid"]], []), reply
            elif reply["outcome"] == "not done":
                assert (copies, source, reply["rc"]) == ([], [uid], "retry"), reply
            else:
                assert (reply["outcome"], reply["rc"]) == ("unknown", "retry"), reply
            # Nothing is lost whatever happened; what is in two places, the copy's finisher settles.
            assert copies or source
            if copies and source:
                probe.sure("remove", "Junk", number, uid)
                assert probe.sure("search", "Junk", number, uid, uid)["uids"] == []
            return needed

    needed = attempt(-1)
    # Every byte of the reply to MOVE; a step of a few where one line follows the other.
    exact = 120 if how == "MOVE" else 0
    for cut in [*range(0, needed - exact, 31 if exact else 11), *range(needed - exact, needed + 1)]:
        attempt(cut)
    assert outcomes == {"done", "not done", "unknown"}
