"""An issuing CA that publishes: openssl's OCSP responder and CRLs behind a web server on loopback, which can be told to
be stale, slow, lost or somebody else."""
import base64
import http.server
import threading
import time
import urllib.parse

import tls

CA_SETTINGS = """[ca]
default_ca=own
[own]
database={0}/index
crlnumber={0}/number
default_md=sha256
certificate={0}/ca.pem
private_key={0}/ca.key
"""


class Publisher:
    """`ca` is a tls.Authority. Certificates are lines of its index; `answers` overrides what a (method, path) gets:
    bytes, a status, or a function that is given the handler."""

    def __init__(self, directory):
        self.ca = tls.Authority(directory)
        self.directory = self.ca.directory
        self.signer = (self.ca.ca_file, self.ca.ca_key)
        self.certificates = {}  # serial -> when it was revoked, or None
        self.answers, self.asked = {}, []
        publisher = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                publisher._answer(self, b"")

            def do_POST(self):
                publisher._answer(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def section(self, **keys):
        return {"hosts": "127.0.0.1", "certificate": self.ca.ca_file, "crl_urls": f"{self.url}/ca.crl",
                "ocsp_urls": f"{self.url}/ocsp", **keys}

    # -- what it says -----------------------------------------------------------------------------------------------

    def _write_index(self):
        lines = [f"R\t360101000000Z\t{revoked},keyCompromise\t{serial}\tunknown\t/CN={serial}" if revoked else
                 f"V\t360101000000Z\t\t{serial}\tunknown\t/CN={serial}" for serial, revoked in self.certificates.items()]
        (self.directory / "index").write_text("".join(line + "\n" for line in lines))
        (self.directory / "index.attr").write_text("")
        (self.directory / "number").write_text("1001\n")

    def ocsp(self, question):
        self._write_index()
        asked, said = self.directory / "question.der", self.directory / "answer.der"
        asked.write_bytes(question)
        tls.run("openssl", "ocsp", "-index", self.directory / "index", "-CA", self.ca.ca_file, "-rsigner",
                self.signer[0], "-rkey", self.signer[1], "-reqin", asked, "-respout", said, "-ndays", "1")
        return said.read_bytes()

    def crl(self, *dates):
        self._write_index()
        settings, pem, der = (self.directory / name for name in ("settings", "list.pem", "list.der"))
        settings.write_text(CA_SETTINGS.format(self.directory))
        tls.run("openssl", "ca", "-gencrl", "-config", settings, "-out", pem, *(dates or ("-crldays", "1")))
        tls.run("openssl", "crl", "-in", pem, "-outform", "DER", "-out", der)
        return der.read_bytes()

    def _answer(self, handler, body):
        path = urllib.parse.unquote(handler.path)
        kind = "ocsp" if path.startswith("/ocsp") else path
        self.asked.append((handler.command, kind))
        answer = self.answers.get((handler.command, kind))
        if callable(answer):
            answer(handler)
            return
        if isinstance(answer, int):
            handler.send_error(answer)
            return
        if answer is None and kind == "ocsp":
            answer = self.ocsp(body or base64.b64decode(path[len("/ocsp/"):]))
        elif answer is None:
            answer = self.crl()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        handler.wfile.write(answer)


def redirect_to(url):
    def answer(handler):
        handler.send_response(302)
        handler.send_header("Location", url)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
    return answer


def drip(handler):
    """A byte every now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"0")
            handler.wfile.flush()
            time.sleep(0.2)
    except OSError:
        pass


def flood(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(bytes(1 << 20))
    except OSError:
        pass
