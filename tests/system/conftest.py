"""Fixtures: a CA, a mailbox on a real Dovecot, mail servers for the alerts, the daemon. Every one of them ends with its
test, listens on loopback only and is stopped by its process id."""
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import daemon as programs  # noqa: E402
import dovecot  # noqa: E402
import smtp  # noqa: E402
import tls  # noqa: E402


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"SKIPPED: {report.nodeid}: {report.longrepr[2]}", yellow=True)


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    directory = tmp_path_factory.mktemp("ca")
    for place in (directory, *directory.parents[:2]):
        place.chmod(0o755)  # Dovecot's and Exim's own users read their certificates here
    return tls.Authority(directory)


@pytest.fixture(scope="session")
def certificate(authority):
    return authority.issue("localhost")


@pytest.fixture
def imap(certificate):
    server = dovecot.Dovecot(*certificate).start()
    yield server
    server.remove()


@pytest.fixture
def sink(certificate):
    server = smtp.Sink(*certificate).start()
    yield server
    server.remove()


@pytest.fixture
def exim(certificate):
    trouble = smtp.exim_is_usable()
    if trouble:
        pytest.skip(trouble)
    server = smtp.Exim(*certificate).start()
    yield server
    server.remove()


@pytest.fixture
def daemon(authority, imap, sink):
    """An installation in active mode with the sink as its mail server; not started."""
    installation = programs.Daemon(authority, imap, sink)
    yield installation
    installation.remove()
