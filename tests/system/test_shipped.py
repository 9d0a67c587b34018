"""What is shipped beside the programs: the unit, the man pages, the files that an installation puts in place."""
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from daemon import BUILD

SOURCE = Path(__file__).parents[2]
INSTALLED = {
    "usr/sbin/cpr-auditd", "usr/bin/cpr-audit", "usr/lib/systemd/system/cpr-auditd.service",
    "usr/lib/sysusers.d/cpr-auditd.conf", "usr/lib/tmpfiles.d/cpr-auditd.conf", "etc/cpr-auditd/cpr-auditd.conf",
    "usr/share/doc/cpr-auditd/examples/cpr-auditd.conf", "usr/share/man/man8/cpr-auditd.8",
    "usr/share/man/man1/cpr-audit.1", "usr/share/man/man5/cpr-auditd.conf.5",
}


def install(destination, prefix):
    done = subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], capture_output=True, text=True,
                          timeout=120, env={**os.environ, "DESTDIR": str(destination)})
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    destination = tmp_path_factory.mktemp("installed")
    install(destination, "/usr")
    return destination


def test_an_installation_puts_everything_in_place_and_nothing_else(installed):
    assert {str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()} == INSTALLED
    assert (installed / "etc/cpr-auditd/cpr-auditd.conf").stat().st_mode & 0o777 == 0o640


def test_an_installation_keeps_the_configuration_that_is_there(tmp_path):
    kept = tmp_path / "etc/cpr-auditd/cpr-auditd.conf"
    kept.parent.mkdir(parents=True)
    kept.write_text("# mine\n")
    install(tmp_path, "/usr")
    assert kept.read_text() == "# mine\n"


def analyze(*arguments):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    return subprocess.run(["systemd-analyze", "--no-pager", *arguments], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})


def test_the_unit_verifies(installed, tmp_path):
    unit = tmp_path / "cpr-auditd.service"
    text = (installed / "usr/lib/systemd/system/cpr-auditd.service").read_text()
    unit.write_text(text.replace("/usr/sbin/cpr-auditd", str(installed / "usr/sbin/cpr-auditd"))
                    .replace("Documentation=", "#"))
    done = analyze("verify", str(unit))
    ours = [line for line in done.stderr.splitlines() if "cpr-auditd" in line]
    assert not ours and done.returncode == 0, done.stderr


def test_the_unit_is_hardened(installed):
    done = analyze("security", "--offline=true", str(installed / "usr/lib/systemd/system/cpr-auditd.service"))
    level = float(re.search(r"Overall exposure level for .*: ([0-9.]+)", done.stdout)[1])
    assert level <= 1.2, done.stdout


def test_the_user_and_the_directories_are_declared_rightly(installed, tmp_path):
    if not shutil.which("systemd-sysusers") or not shutil.which("systemd-tmpfiles"):
        pytest.skip("systemd-sysusers and systemd-tmpfiles are not installed")
    if os.getuid() != 0:
        pytest.skip("making a user, even under another root directory, needs root")
    (tmp_path / "etc").mkdir()
    for name in ("passwd", "group"):
        shutil.copy(f"/etc/{name}", tmp_path / "etc" / name)
    for kind in ("sysusers", "tmpfiles"):
        (tmp_path / f"{kind}.conf").write_text((installed / f"usr/lib/{kind}.d/cpr-auditd.conf").read_text())
    subprocess.run(["systemd-sysusers", f"--root={tmp_path}", tmp_path / "sysusers.conf"], check=True, timeout=60)
    assert re.search(r"^cpr-auditd:", (tmp_path / "etc/passwd").read_text(), re.M)
    subprocess.run(["systemd-tmpfiles", f"--root={tmp_path}", "--create", tmp_path / "tmpfiles.conf"], check=True,
                   timeout=60)
    assert (tmp_path / "etc/cpr-auditd").stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("page", ["man8/cpr-auditd.8", "man1/cpr-audit.1", "man5/cpr-auditd.conf.5"])
def test_a_man_page_is_well_formed(installed, page):
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed")
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", installed / "usr/share/man" / page],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_the_example_configuration_is_a_good_one(tmp_path):
    text = (SOURCE / "etc/cpr-auditd.conf").read_text()
    path = tmp_path / "cpr-auditd.conf"
    path.write_text(text)
    done = subprocess.run([BUILD / "cpr-auditd", "-c", path, "--check-config"], capture_output=True, text=True,
                          timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
