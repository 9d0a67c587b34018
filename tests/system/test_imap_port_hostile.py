"""The IMAP client against servers that are broken, hostile or merely odd: no crash, no hang, no false claim."""
import socket
import threading
import time

import pytest

import dovecot
from test_imap_port import Probe

BODY = b"Subject: x\r\n\r\nhello\r\n"
CAPABILITY = b"* CAPABILITY IMAP4rev1 UIDPLUS MOVE SPECIAL-USE\r\nTAG OK done\r\n"
SELECTED = (b"* 3 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n"
            b"* OK [UIDVALIDITY 77] ok\r\n* OK [UIDNEXT 4] ok\r\nTAG OK [READ-WRITE] done\r\n")
QUICK_MS = 1500  # deadline of the scenarios that end by it


def fetched(uid=1, body=BODY, extra=b""):
    return b"* %d FETCH (UID %d FLAGS () INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" RFC822.SIZE %d%s BODY[]<0> {%d}\r\n%s)\r\n" % (
        uid, uid, len(body), extra, len(body), body)


FINE = {
    "GREETING": b"* OK ready\r\n",
    "CAPABILITY": CAPABILITY,
    "LOGIN": b"TAG OK in\r\n",
    "LIST": b"* LIST (\\Junk) \"/\" Junk\r\nTAG OK done\r\n",
    "STATUS": b"* STATUS Junk (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 77)\r\nTAG OK done\r\n",
    "EXAMINE": SELECTED,
    "SELECT": SELECTED,
    "UID SEARCH": b"* SEARCH 1\r\nTAG OK done\r\n",
    "UID FETCH": fetched() + b"TAG OK done\r\n",
    "UID MOVE": b"* OK [COPYUID 99 1 10] moved\r\n* 1 EXPUNGE\r\nTAG OK done\r\n",
}


class Server:
    """Answers each command with its script: bytes (TAG is the command's tag; the connection is closed after them unless
    they end the command), or a function of the connection that goes on until the client leaves."""

    def __init__(self, **script):
        self.script = {**FINE, **{verb.replace("_", " "): answer for verb, answer in script.items()}}
        self.said = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                try:
                    self._talk(connection)
                except OSError:
                    pass

    def _answer(self, connection, verb, tag):
        answer = self.script.get(verb, b"TAG OK done\r\n")
        if callable(answer):
            answer(connection)
            return False
        connection.sendall(answer.replace(b"TAG ", tag + b" "))
        return b"TAG " in answer or (verb == "GREETING" and answer != b"")

    def _talk(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        goes_on = self._answer(connection, "GREETING", b"*")
        lines = connection.makefile("rb")
        while goes_on:
            line = lines.readline().rstrip(b"\r\n")
            words = line.decode().split(" ")
            if len(words) < 2:
                return
            self.said.append(line)
            verb = f"UID {words[2]}" if words[1] == "UID" else words[1]
            goes_on = self._answer(connection, verb, words[0].encode())

    def close(self):
        self.listener.close()


@pytest.fixture
def against():
    """Starts a server with a script and a probe that talks to it."""
    started = []

    def start(operation_ms=20000, password=dovecot.PASSWORD, **script):
        server = Server(**script)
        started.append(server)
        return server, Probe(server.port, tls="none", host="127.0.0.1", operation_ms=operation_ms, password=password)
    yield start
    for server in started:
        server.close()


def endless(piece, pause=0.0):
    def go_on(connection):
        while True:
            connection.sendall(piece)
            time.sleep(pause)
    return go_on


def then(first, rest):
    def both(connection):
        connection.sendall(first)
        rest(connection)
    return both


def silent(connection):
    connection.settimeout(60)
    connection.recv(1)


def test_the_honest_server_of_these_tests_is_understood(against):
    server, probe = against()
    with probe:
        probe.sure("open")
        assert probe.sure("list")["folders"][0]["name"] == "Junk"
        assert probe.sure("status", "Junk")["uidnext"] == 4
        assert probe.sure("search", "Junk", 77, 1, 9)["uids"] == [1]
        (message,) = probe.sure("fetch", "Junk", 77, 1000, 1)["messages"]
        assert message["bytes"] == len(BODY) and message["internal_ms"] == 1767225600000
        assert probe.sure("move", "Junk", 77, 1, "INBOX")["outcome"] == "done"


# --- greeting and login --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("script,want", [
    ({"GREETING": b"* BYE overloaded\r\n"}, "retry"),
    ({"GREETING": b""}, "retry"),
    ({"GREETING": b"HTTP/1.1 400 Bad Request\r\n\r\n"}, "retry"),
    ({"GREETING": bytes(range(256)) * 64 + b"\r\n"}, "retry"),
    ({"GREETING": b"* OK [ALERT]\r\n"}, "ok"),
    ({"GREETING": b"* OK [PERMANENTFLAGS (\"a\")] x\r\n"}, "ok"),
    ({"CAPABILITY": b"* NAMESPACE ((\r\n* NAMESPACE ((\"\" \"\" x)\r\n" + CAPABILITY}, "ok"),
    ({"GREETING": b"* OK [CAPABILITY IMAP4rev1] a\0b\xff\r\n"}, "ok"),
    ({"GREETING": b"* PREAUTH welcome\r\n"}, "ok"),
    ({"GREETING": silent, "operation_ms": QUICK_MS}, "retry"),
    ({"GREETING": endless(b"x", 0.05), "operation_ms": QUICK_MS}, "retry"),
    ({"GREETING": endless(b"x" * 65536)}, "retry"),
    ({"CAPABILITY": b"TAG OK none\r\n"}, "retry"),
    ({"CAPABILITY": b"TAG BAD what\r\n"}, "retry"),
    ({"CAPABILITY": b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK done\r\n"}, "operator"),
    ({"LOGIN": b"TAG NO [AUTHENTICATIONFAILED] no\r\n"}, "operator"),
    ({"LOGIN": b"TAG NO [UNAVAILABLE] the directory is down\r\n"}, "retry"),
    ({"LOGIN": b"TAG NO [INUSE] too many\r\n"}, "retry"),
    ({"LOGIN": b"* BYE too many connections\r\n"}, "retry"),
    ({"LOGIN": b""}, "retry"),
    ({"LOGIN": silent, "operation_ms": QUICK_MS}, "retry"),
], ids=lambda value: str(value)[:50])
def test_a_login_ends_with_an_answer_whatever_the_server_does(script, want, against):
    server, probe = against(**script)
    with probe:
        assert probe("open")["rc"] == want
        if want != "ok":
            assert probe("status", "Junk")["rc"] == "retry"
    if want != "ok" and "LOGIN" not in script:
        assert not any(b" LOGIN " in line for line in server.said)


def test_a_server_that_repeats_the_password_does_not_make_us_repeat_it(against):
    server, probe = against(password='s3"cr\\et', LOGIN=b'TAG NO cannot log in with s3"cr\\et\r\n')
    with probe:
        reply = probe("open")
        assert reply["rc"] == "operator" and "s3" not in reply["error"]
    assert rb'LOGIN problem-reports "s3\"cr\\et"' in server.said[1]


# --- fetch ---------------------------------------------------------------------------------------------------------

HEAD = b"* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 9 BODY[]<0> "
OK = b"TAG OK done\r\n"


@pytest.mark.parametrize("answer,want", [
    (HEAD + b"{4294967290}\r\nabc", "retry"),
    (HEAD + b"{4294967301}\r\nhello)\r\n" + OK, "retry"),
    (HEAD + b"{99999999999999999999}\r\nhello)\r\n" + OK, "retry"),
    (HEAD + b"{-5}\r\nhello)\r\n" + OK, "retry"),
    (HEAD + b"{5}  hello)\r\n" + OK, "retry"),
    (HEAD + b"{100000}\r\n" + b"x" * 100000 + b")\r\n" + OK, "retry"),
    (HEAD + b"{500}\r\nabc", "retry"),
    (HEAD + b"{5}\r\nhello", "retry"),
    (b"* 1 FETCH (UID 1 FLAGS (\\Se", "retry"),
    (fetched() + b"* BYE going down\r\n", "retry"),
    (fetched() + b"* BYE going down\r\n" + OK, "retry"),
    (fetched() + b"999 OK another tag\r\n" + OK, "retry"),
    (OK.replace(b"OK", b"BAD"), "retry"),
    (b"* 1 FETCH (UID 1 BODYSTRUCTURE " + b"(" * 100000 + b"\r\n" + OK, "retry"),
    (b"* 1 FETCH (UID 1 X-NEST " + b"(" * 200000 + b")" * 200000 + b")\r\n" + OK, "retry"),
    (b"* 1 FETCH (UID 1 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n" + OK, "retry"),
    (bytes(range(1, 256)) * 20 + b"\r\n" + OK, "retry"),
    (b"* XFOO {5}\r\nhello\r\n" + OK, "retry"),
], ids=range(18))
def test_a_bad_answer_costs_the_session_and_nothing_else(answer, want, against):
    server, probe = against(UID_FETCH=answer, operation_ms=5000)
    with probe:
        probe.sure("open")
        assert probe("fetch", "Junk", 77, 1000, 1)["rc"] == want
        assert probe("fetch", "Junk", 77, 1000, 1)["rc"] == "retry"
        probe.sure("open")


@pytest.mark.parametrize("answer", [
    silent,
    then(HEAD + b"{500}\r\n", endless(b"x", 0.05)),
    then(fetched(), endless(b"*", 0.05)),
    then(fetched(), endless(b"* OK still here\r\n", 0.05)),
], ids=["silence", "a drip in a literal", "a drip in a line", "a drip of lines"])
def test_a_deadline_is_for_the_whole_command(answer, against):
    server, probe = against(UID_FETCH=answer, operation_ms=QUICK_MS)
    with probe:
        probe.sure("open")
        reply = probe("fetch", "Junk", 77, 1000, 1)
        assert reply["rc"] == "retry" and "too long" in reply["error"]


@pytest.mark.parametrize("answer", [
    endless(b"* OK still here\r\n" * 1000),
    endless(b"* 4 EXISTS\r\n" * 1000),
    endless(b"a" * 100000),
    endless(fetched() * 100),
    endless(fetched(body=b"") * 100),
], ids=["lines", "responses", "one line", "messages", "empty messages"])
def test_a_flood_meets_a_budget(answer, against):
    server, probe = against(UID_FETCH=answer, operation_ms=60000)
    with probe:
        probe.sure("open")
        reply = probe("fetch", "Junk", 77, 1000, 1)
        assert reply["rc"] == "retry" and "too long" not in reply["error"]


def test_a_message_that_is_gone_is_told_from_one_that_is_empty(against):
    server, probe = against(UID_FETCH=b"* 1 FETCH (UID 1 RFC822.SIZE 0 BODY[]<0> NIL)\r\n"
                                      b"* 2 FETCH (UID 2 RFC822.SIZE 0 BODY[]<0> \"\")\r\n" + OK)
    with probe:
        probe.sure("open")
        gone, empty = probe.sure("fetch", "Junk", 77, 1000, "1,2")["messages"]
        assert gone["vanished"] and not empty["vanished"] and empty["bytes"] == 0


def test_what_nobody_asked_for_is_passed_over(against):
    noise = (b"+ go ahead\r\n* 4 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen $Foo))\r\n* 9 FETCH (UID 9 FLAGS ())\r\n* 2 EXPUNGE\r\n"
             b"* OK [ALERT] maintenance at noon\r\n* OK [ALERT]\r\n* NO [PARSE] \r\n* NO disk nearly full\r\n* XFOO bar (baz \"q\")\r\n* SEARCH\r\n"
             b"* OK [XCODE 1 2] odd\r\n* VANISHED 7:9\r\n")
    extra = b' X-GUID "a\\"b" EMAILID (M1) X-NONE NIL MODSEQ (5) SAVEDATE "17-Jul-2026 02:44:25 -0700"'
    server, probe = against(UID_FETCH=noise + fetched(extra=extra) + noise + fetched(8) + fetched() + fetched(2) + OK)
    with probe:
        probe.sure("open")
        one, two = probe.sure("fetch", "Junk", 77, 1000, "1,2")["messages"]
        assert (one["uid"], two["uid"]) == (1, 2) and not one["seen"]
        assert one["save_ms"] == 1784281465000


@pytest.mark.parametrize("date", [b"bogus", b"99-Jan-2026 00:00:00 +0000",
                                  b"01-Jan-9999 99:99:99 +9999", b"01-Jan-2147483647 00:00:00 +0000"])
def test_an_impossible_date_is_no_date(date, against):
    answer = fetched().replace(b"01-Jan-2026 00:00:00 +0000", date)
    server, probe = against(UID_FETCH=answer + OK)
    with probe:
        probe.sure("open")
        (message,) = probe.sure("fetch", "Junk", 77, 1000, 1)["messages"]
        assert message["internal_ms"] == -(1 << 63) and message["bytes"] == len(BODY)


def test_a_date_before_there_was_mail_is_passed_on_for_the_receipt_to_judge(against):
    answer = fetched().replace(b"01-Jan-2026 00:00:00 +0000", b"01-Jan-1970 00:00:00 +0000")
    server, probe = against(UID_FETCH=answer + OK)
    with probe:
        probe.sure("open")
        (message,) = probe.sure("fetch", "Junk", 77, 1000, 1)["messages"]
        assert message["internal_ms"] == 0 and message["bytes"] == len(BODY)


def test_a_body_may_hold_any_byte_and_look_like_imap(against):
    body = b"\0* BYE\r\n* OK [ALERT]\r\n{4294967290}\r\n4 OK done\r\n" + bytes(range(256))
    server, probe = against(UID_FETCH=fetched(body=body) + OK)
    with probe:
        probe.sure("open")
        (message,) = probe.sure("fetch", "Junk", 77, 1000, 1)["messages"]
        assert message["size"] == len(body) and message["bytes"] == len(body)


def test_messages_that_vanished_meanwhile_are_no_failure(against):
    server, probe = against(UID_FETCH=fetched() + b"TAG NO [EXPUNGEISSUED] some are gone\r\n")
    with probe:
        probe.sure("open")
        assert len(probe.sure("fetch", "Junk", 77, 1000, "1,2")["messages"]) == 1


def test_messages_that_cannot_be_had_do_not_cost_the_session(against):
    server, probe = against(UID_FETCH=fetched() + b"TAG NO [SERVERBUG] some could not be fetched\r\n")
    with probe:
        probe.sure("open")
        assert probe("fetch", "Junk", 77, 1000, "1,2")["rc"] == "limit"
        probe.sure("status", "Junk")


# --- folders and search --------------------------------------------------------------------------------------------

def test_a_folder_without_uidvalidity_cannot_be_audited(against):
    server, probe = against(EXAMINE=b"* 3 EXISTS\r\nTAG OK done\r\n")
    with probe:
        probe.sure("open")
        assert probe("search", "Junk", 77, 1, 9)["rc"] == "operator"


@pytest.mark.parametrize("answer", [b"* STATUS Junk ()\r\n" + OK, b"* STATUS Junk (MESSAGES 1)\r\n" + OK, OK])
def test_a_status_that_says_too_little_is_no_status(answer, against):
    server, probe = against(STATUS=answer)
    with probe:
        probe.sure("open")
        assert probe("status", "Junk")["rc"] == "retry"


def test_search_results_are_sorted_and_only_what_was_asked_for(against):
    server, probe = against(UID_SEARCH=b"* SEARCH 5 3 3 99 4\r\n* SEARCH 2 5\r\n" + OK)
    with probe:
        probe.sure("open")
        assert probe.sure("search", "Junk", 77, 2, 9)["uids"] == [2, 3, 4, 5]


def test_too_many_results_ask_for_a_smaller_range(against):
    many = SELECTED.replace(b"3 EXISTS", b"300000 EXISTS")
    server, probe = against(EXAMINE=many, UID_SEARCH=b"* SEARCH " + b" ".join(b"%d" % n for n in range(1, 9000)) + b"\r\n" + OK)
    with probe:
        probe.sure("open")
        assert probe("search", "Junk", 77, 1, 4294967295)["rc"] == "limit"
        assert not any(b"SEARCH" in line for line in server.said)  # its answer might not fit a line
        assert probe("search", "Junk", 77, 1, 10000)["rc"] == "limit"
        assert len(probe.sure("search", "Junk", 77, 1, 8192)["uids"]) == 8192


def test_a_folder_name_cannot_become_a_command(against):
    name = b"a\r\n9 DELETE INBOX"
    server, probe = against(LIST=b"* LIST () \"/\" {%d}\r\n%s\r\n* LIST () \"/\" {4}\r\nfine\r\n" % (len(name), name) +
                            b"* LIST (\\Noselect) NIL \"top\"\r\n* LIST () \"/\" \"%s\"\r\n" % (b"x" * 600) +
                            b"* LIST () \"/\" \"caf\xe9\"\r\n* LIST (\\Junk) \"/\" fine\r\n" + OK)
    with probe:
        probe.sure("open")
        folders = probe.sure("list")["folders"]
        by_name = {folder["name"]: folder for folder in folders if folder["name"]}
        assert set(by_name) == {"fine", "top"} and by_name["fine"]["uses"] == 1 and not by_name["top"]["selectable"]
        unsafe = [folder for folder in folders if not folder["name"]]
        assert len(unsafe) == 3 and not any(folder["selectable"] for folder in unsafe)
        assert any("DELETE INBOX" in folder["display"] and "\r" not in folder["display"] for folder in unsafe)


def test_more_folders_than_the_cap_is_said(against):
    server, probe = against(LIST=b"".join(b"* LIST () \"/\" f%d\r\n" % n for n in range(5001)) + OK)
    with probe:
        probe.sure("open")
        assert probe("list")["rc"] == "limit"


# --- move ----------------------------------------------------------------------------------------------------------

STILL_THERE, GONE = b"* SEARCH 1\r\n" + OK, b"* SEARCH\r\n" + OK


@pytest.mark.parametrize("answer,search,want", [
    (b"* OK [COPYUID 99 1 10] moved\r\n* 1 EXPUNGE\r\n" + OK, GONE, "done"),
    (b"* 1 EXPUNGE\r\nTAG OK [COPYUID 99 1 10] moved\r\n", GONE, "done"),
    (b"TAG OK [COPYUID 99 1 10] moved\r\n", GONE, "done"),
    (b"TAG OK [COPYUID 99 1 10] moved\r\n", STILL_THERE, "unknown"),
    (OK, STILL_THERE, "not done"),
    (OK, GONE, "unknown"),
    (b"* 1 EXPUNGE\r\n" + OK, GONE, "unknown"),
    (b"* OK [COPYUID 99 2 10] moved\r\n* 1 EXPUNGE\r\n" + OK, GONE, "unknown"),
    (b"* OK [COPYUID 99 1:2 10:11] moved\r\n* 1 EXPUNGE\r\n" + OK, GONE, "unknown"),
    (b"* OK [COPYUID 0 1 10] moved\r\n* 1 EXPUNGE\r\n" + OK, GONE, "unknown"),
    (b"TAG NO [OVERQUOTA] full\r\n", STILL_THERE, "not done"),
    (b"TAG NO [UNAVAILABLE] later\r\n", STILL_THERE, "not done"),
    (b"", GONE, "unknown"),
    (b"* OK [COPYUID 99 1 10] moved\r\n", GONE, "unknown"),
    (b"999 OK another\r\n", GONE, "unknown"),
    (b"rubbish\r\n", GONE, "unknown"),
    (b"* BYE\r\n", GONE, "unknown"),
], ids=range(17))
def test_a_move_is_done_only_with_proof(answer, search, want, against):
    server, probe = against(UID_MOVE=answer, UID_SEARCH=search)
    with probe:
        probe.sure("open")
        probe.sure("fetch", "Junk", 77, 1 << 20, 1)
        reply = probe("move", "Junk", 77, 1, "INBOX")
        assert reply["outcome"] == want and (reply["rc"] == "ok") == (want == "done"), reply
        assert reply["destination_uid"] == (10 if want == "done" else 0)


def test_a_read_only_folder_is_not_moved_from(against):
    server, probe = against(SELECT=SELECTED.replace(b"READ-WRITE", b"READ-ONLY"))
    with probe:
        probe.sure("open")
        probe.sure("fetch", "Junk", 77, 1 << 20, 1)
        reply = probe("move", "Junk", 77, 1, "INBOX")
        assert (reply["outcome"], reply["rc"]) == ("not done", "operator")
        assert probe.sure("mark", "Junk", 77, 1)["marked"] is False
    assert not any(b"MOVE" in line or b"STORE" in line for line in server.said)


def test_keywords_are_set_only_where_the_folder_allows_them(against):
    server, probe = against(SELECT=SELECTED.replace(b"(\\Seen \\*)", b"(\\Seen $NotJunk $Junk)"))
    with probe:
        probe.sure("open")
        assert probe.sure("mark", "Junk", 77, 1)["marked"] is False
    stored = [line.split(b" ", 1)[1] for line in server.said if b"STORE" in line]
    assert stored == [b"UID STORE 1 +FLAGS.SILENT ($NotJunk)", b"UID STORE 1 -FLAGS.SILENT ($Junk)"]
