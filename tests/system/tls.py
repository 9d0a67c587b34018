"""A private certificate authority and the server certificates that the tests need, made with openssl."""
import subprocess
from pathlib import Path


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed: {done.stderr.strip()}")
    return done.stdout


class Authority:
    """A CA in a directory. `issue` returns (certificate, key) as paths; `ca_file` is what a client is to trust."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.ca_file = self.directory / "ca.pem"
        self.ca_key = self.directory / "ca.key"
        self._new_key(self.ca_key)
        run("openssl", "req", "-x509", "-new", "-key", self.ca_key, "-out", self.ca_file, "-days", "30",
            "-subj", "/CN=Loopback Test Root", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    @staticmethod
    def _new_key(path):
        run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)

    def issue(self, name, host="localhost", address="127.0.0.1", expired=False):
        key, request = self.directory / f"{name}.key", self.directory / f"{name}.csr"
        certificate, extensions = self.directory / f"{name}.pem", self.directory / f"{name}.ext"
        self._new_key(key)
        run("openssl", "req", "-new", "-key", key, "-out", request, "-subj", f"/CN={host}")
        names = f"DNS:{host}" + (f",IP:{address}" if address else "")
        extensions.write_text(f"[leaf]\nsubjectAltName={names}\nbasicConstraints=critical,CA:FALSE\n"
                              "extendedKeyUsage=serverAuth\n")
        if expired:
            self._issue_expired(request, certificate, extensions)
        else:
            run("openssl", "x509", "-req", "-in", request, "-CA", self.ca_file, "-CAkey", self.ca_key,
                "-CAcreateserial", "-out", certificate, "-days", "10", "-extfile", extensions, "-extensions", "leaf")
        return certificate, key

    def _issue_expired(self, request, certificate, extensions):
        """Only `openssl ca` of Debian 12 takes a date in the past."""
        place = self.directory / f"{certificate.stem}-ca"
        place.mkdir()
        (place / "index").write_text("")
        (place / "serial").write_text("77\n")
        settings = place / "settings"
        settings.write_text(f"[ca]\ndefault_ca=own\n[own]\ndatabase={place}/index\nserial={place}/serial\n"
                            f"new_certs_dir={place}\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n")
        run("openssl", "ca", "-batch", "-notext", "-config", settings, "-in", request, "-out", certificate,
            "-cert", self.ca_file, "-keyfile", self.ca_key, "-startdate", "20240101000000Z",
            "-enddate", "20240201000000Z", "-extfile", extensions, "-extensions", "leaf")

    def self_signed(self, name, host="localhost"):
        certificate, key = self.directory / f"{name}.pem", self.directory / f"{name}.key"
        self._new_key(key)
        run("openssl", "req", "-x509", "-new", "-key", key, "-out", certificate, "-days", "10", "-subj", f"/CN={host}",
            "-addext", f"subjectAltName=DNS:{host},IP:127.0.0.1")
        return certificate, key

    def any_certificate(self, name):
        """The PEM text of a certificate for a mail to carry, and its (serial, SHA-256) in lower-case hex."""
        certificate, _ = self.issue(name, host=f"{name}.example.com", address=None)
        shown = run("openssl", "x509", "-in", certificate, "-noout", "-serial", "-fingerprint", "-sha256")
        values = [line.split("=", 1)[1].replace(":", "").lower() for line in shown.splitlines()]
        return certificate.read_text(), values[0], values[1]
