"""Whether "it is revoked" is true: against openssl's OCSP responder and CRLs on loopback."""
import hashlib
import sqlite3
import time
from types import SimpleNamespace

import pytest

import daemon as programs
import mails
import revocation
import tls
from daemon import until

GOOD, REVOKED, OTHER = "04A19F33", "D5C0FFEE01", "0BADCAFE"


@pytest.fixture
def ca(tmp_path):
    publisher = revocation.Publisher(tmp_path / "issuing")
    publisher.certificates = {GOOD: None, REVOKED: "261001120000Z"}
    yield publisher
    publisher.stop()


@pytest.fixture
def tool(authority, ca):
    """Only the tool is run: no server of mail is needed."""
    nobody = SimpleNamespace(port=1)
    installation = programs.Daemon(authority, nobody, nobody)
    installation.settings["issuer tls-1"] = ca.section()
    installation.write()
    yield installation
    installation.remove()


@pytest.fixture
def verifying(daemon, imap, ca):
    """The daemon with verify_revocation, and a report in its inbox."""
    daemon.settings["policy"]["verify_revocation"] = "yes"
    daemon.settings["issuer tls-1"] = ca.section()
    daemon.write()
    daemon.report = mails.plain_report()
    imap.append("INBOX", daemon.report.raw)
    daemon.start()
    until(daemon.cases, what=daemon.log)
    return daemon


def words(tool, *serials, expect=0):
    """The words by the way of asking, the finding last; of one certificate."""
    lines = tool.ask("revocation", "tls-1", *serials, expect=expect)
    return {line.get("way", "finding"): line.get("word", line.get("finding")) for line in lines}


def test_every_source_is_asked_about_a_revoked_certificate(tool, ca):
    assert words(tool, REVOKED) == {"ocsp-get": "revoked", "ocsp-post": "revoked", "crl": "revoked",
                                    "finding": "revoked"}
    assert ca.asked == [("GET", "ocsp"), ("POST", "ocsp"), ("GET", "/ca.crl")]
    line = tool.ask("revocation", "tls-1", "d5:c0:ff:ee:01")[0]
    assert line["revoked"] == "2026-10-01T12:00:00Z" and line["reason"] == "keyCompromise" and len(line["sha256"]) == 64
    text = tool.audit("revocation", "tls-1", REVOKED).out
    assert "keyCompromise" in text and "revoked, as every source says" in text


def test_a_certificate_that_is_not_revoked_is_urgent(tool):
    assert words(tool, GOOD, expect=2) == {"ocsp-get": "good", "ocsp-post": "good", "crl": "good", "finding": "good"}
    assert "NOT revoked" in tool.audit("revocation", "tls-1", REVOKED, GOOD, expect=2).out


def test_a_stale_delivery_network_contradicts_the_responder(tool, ca):
    """It keeps the answer to a GET of the time before the revocation; the responder behind it knows better."""
    ca.certificates[REVOKED] = None
    tool.ask("revocation", "tls-1", REVOKED, expect=2)
    ca.answers["GET", "ocsp"] = (ca.directory / "answer.der").read_bytes()
    ca.certificates[REVOKED] = "261001120000Z"
    assert words(tool, REVOKED, expect=2) == {"ocsp-get": "good", "ocsp-post": "revoked", "crl": "revoked",
                                              "finding": "contradictory"}
    assert "contradict" in tool.audit("revocation", "tls-1", REVOKED, expect=2).out


def test_what_the_responder_does_not_know_is_unknown(tool, ca):
    assert words(tool, OTHER, expect=2)["ocsp-post"] == "unknown"  # the CRL, which does not list it, says good
    ca.answers["GET", "/ca.crl"] = 404
    assert words(tool, OTHER, expect=1)["finding"] == "unknown"


def test_an_answer_of_another_signer_is_invalid(tool, ca):
    ca.signer = ca.ca.issue("leaf")
    said = words(tool, REVOKED, expect=1)
    assert said["ocsp-get"] == said["ocsp-post"] == "invalid" and said["finding"] == "incomplete"


def test_a_crl_whose_time_is_over_is_stale(tool, ca):
    ca.answers["GET", "/ca.crl"] = ca.crl("-crl_lastupdate", "20261001000000Z", "-crl_nextupdate", "20261008000000Z")
    said = words(tool, REVOKED, expect=1)
    assert said["crl"] == "stale" and said["finding"] == "stale"


@pytest.mark.parametrize("answer, word, why", [
    (b"<html>moved</html>", "invalid", "no OCSP response"), (b"", "invalid", "no OCSP response"),
    (503, "none", "HTTP status 503"), (revocation.redirect_to("http://127.0.0.1:9/"), "none", "HTTP status 302"),
    (revocation.flood, "none", "more than"), (lambda handler: handler.connection.close(), "none", "no answer")])
def test_a_responder_that_proves_nothing_is_not_believed(tool, ca, answer, word, why):
    for method in ("GET", "POST"):
        ca.answers[method, "ocsp"] = answer
    lines = tool.ask("revocation", "tls-1", REVOKED, expect=1)
    assert [line["word"] for line in lines[:2]] == [word, word] and all(why in line["note"] for line in lines[:2])
    assert lines[2]["word"] == "revoked" and lines[3]["finding"] == "incomplete"


def test_a_slow_drip_is_given_up_after_ten_seconds(tool, ca):
    ca.answers["GET", "/ca.crl"] = revocation.drip
    begun = time.monotonic()
    assert words(tool, REVOKED, expect=1)["crl"] == "none"
    assert 9 < time.monotonic() - begun < 60


def test_a_port_where_nobody_listens_is_no_answer(tool, ca):
    ca.stop()
    assert set(words(tool, REVOKED, expect=1).values()) == {"none", "nothing"}
    ca.server = SimpleNamespace(shutdown=lambda: None, server_close=lambda: None)


def test_https_is_verified(tool, ca):
    tool.settings["issuer tls-1"] = ca.section(crl_urls=None, ocsp_urls=ca.url.replace("http:", "https:"))
    tool.write()
    assert words(tool, REVOKED, expect=1)["finding"] == "nothing"


@pytest.mark.parametrize("arguments", [[], ["tls-1"], ["tls-2", REVOKED], ["tls-1", "0x12"], ["tls-1", "00"],
                                       ["tls-1", REVOKED, "--by", "somebody"]])
def test_a_line_that_makes_no_sense_asks_nobody(tool, ca, arguments):
    assert tool.audit("revocation", *arguments, expect=64).log
    assert not ca.asked


@pytest.mark.parametrize("keys, why", [
    ({"hosts": "ocsp.example.org"}, "is not among hosts"), ({"certificate": None}, "need certificate"),
    ({"crl_urls": None, "ocsp_urls": None}, "nobody to ask"), ({"certificate": "/dev/null"}, "cannot be read"),
    ({"crl_urls": "ftp://127.0.0.1/ca.crl"}, "must be URLs"), ({"crl_urls": "http://user@127.0.0.1/"}, "must be URLs"),
    ({"ocsp_urls": "http://127.0.0.1/?a=b"}, "has a query"), ({"key_ids": "00" * 20}, "none of key_ids")])
def test_a_configuration_that_could_ask_the_wrong_one_is_refused(tool, ca, keys, why):
    tool.settings["issuer tls-1"] = ca.section(**keys)
    tool.write()
    assert why in tool.audit("revocation", "tls-1", REVOKED, expect=78).log
    assert not ca.asked


def test_a_certificate_that_is_of_no_ca_is_refused(tool, ca):
    for path in (ca.ca.issue("leaf")[0], ca.ca.ca_key):
        tool.settings["issuer tls-1"] = ca.section(certificate=path)
        tool.write()
        assert "certificate: " in tool.audit("revocation", "tls-1", REVOKED, expect=78).log


# --- the daemon ----------------------------------------------------------------------------------------------------

def claim(verifying):
    return until(lambda: [claim for claim in verifying.case_of(verifying.report)["revocations"] if claim["rounds"]],
                 what=verifying.log)[0]


def test_a_person_says_revoked_and_every_source_agrees(verifying, ca, sink):
    number = verifying.case_of(verifying.report)["case"]
    verifying.audit("revoked", number, "--serial", "d5:c0:ff:ee:01", "--by", "duty", "--note", "by the RA")
    said = claim(verifying)
    assert said["finding"] == "revoked" and said["by"] == "duty" and said["next"]
    assert [(answer["way"], answer["word"]) for answer in said["answers"]] == [
        ("ocsp-get", "revoked"), ("ocsp-post", "revoked"), ("crl", "revoked")]
    assert all(len(answer["sha256"]) == 64 and answer["size"] for answer in said["answers"])
    text = verifying.audit("show", number).out
    assert "said to be revoked" in text and "ocsp-post" in text and "revocation-checked" in text
    assert not [mail for mail in sink.received() if "said to be revoked" in mail.text]
    assert verifying.stop() == 0


def test_the_answers_that_are_kept_can_be_checked_with_openssl(verifying, ca):
    verifying.audit("revoked", 1, "--serial", REVOKED, "--by", "duty", "--note", "by the RA")
    said = claim(verifying)
    assert verifying.stop() == 0
    store = sqlite3.connect(verifying.state / "cpr-auditd.sqlite")
    kept = dict(store.execute("SELECT sha256, bytes FROM evidence WHERE bytes IS NOT NULL"))
    store.close()
    for answer in said["answers"]:
        path = verifying.directory / "answer.der"
        path.write_bytes(kept[answer["sha256"]])
        assert hashlib.sha256(path.read_bytes()).hexdigest() == answer["sha256"]
        if answer["way"] == "crl":
            shown = tls.run("openssl", "crl", "-inform", "DER", "-in", path, "-noout", "-text", "-CAfile",
                            ca.ca.ca_file)
        else:
            shown = tls.run("openssl", "ocsp", "-respin", path, "-issuer", ca.ca.ca_file, "-serial", f"0x{REVOKED}",
                            "-CAfile", ca.ca.ca_file)
        assert "Key Compromise" in shown or "keyCompromise" in shown


def test_a_stale_answer_after_the_claim_is_told_at_once(verifying, ca, sink):
    """Also when the case is closed by the answer, and while the responder drips."""
    ca.answers["GET", "/ca.crl"] = ca.crl("-crldays", "1")
    ca.certificates[GOOD] = "261001120000Z"  # the CRL is of before
    number = verifying.case_of(verifying.report)["case"]
    verifying.audit("answered", number, "--by", "duty", "--note", "told that it is revoked")
    verifying.audit("revoked", number, "--serial", GOOD, "--by", "duty", "--note", "by the RA")
    assert claim(verifying)["finding"] == "contradictory"
    until(lambda: [mail for mail in sink.received() if "said to be revoked" in mail.text], what=verifying.log)
    assert verifying.stop() == 0


def test_dead_sources_hold_up_neither_questions_nor_the_end(verifying, ca, sink):
    for method in ("GET", "POST"):
        ca.answers[method, "ocsp"] = revocation.drip
    ca.answers["GET", "/ca.crl"] = revocation.drip
    number = verifying.case_of(verifying.report)["case"]
    verifying.audit("revoked", number, "--serial", REVOKED, "--by", "duty", "--note", "by the RA")
    until(lambda: ca.asked, what=verifying.log)
    verifying.audit("status", expect=None)  # answered while a source drips
    begun = time.monotonic()
    assert verifying.stop() == 0
    assert time.monotonic() - begun < 9


def test_without_verify_revocation_nobody_is_asked(daemon, imap):
    imap.append("INBOX", mails.plain_report().raw)
    daemon.once()
    [case] = daemon.cases()
    done = daemon.audit("revoked", case["case"], "--all", "--by", "duty", "--note", "x").out
    assert "its revocation clock has ended" in done and "sources" not in done
    [after] = daemon.ask("show", case["case"])
    assert after["revocations"] == [] and after["revocation"]["ended_by"] == "duty"
