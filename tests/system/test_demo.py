"""The first thing that a newcomer runs tells the truth and leaves nothing behind."""
import os
import subprocess
import sys
from pathlib import Path

from daemon import BUILD

STORY = Path(__file__).parents[1] / "demo" / "story.py"


def left_behind(mark):
    """Processes that were started under this mark in their environment and still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes() and int(path.parent.name) != os.getpid():
                found.append((path.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def test_the_demo_is_true_and_leaves_nothing_running():
    mark = f"CPR_DEMO_MARK=demo-{os.getpid()}"
    before = set(Path("/tmp").glob("cpr-demo-*"))
    name, value = mark.split("=")
    done = subprocess.run([sys.executable, STORY], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "CPR_BUILD": str(BUILD), name: value})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing is left running" in done.stdout and len(done.stdout.splitlines()) <= 120
    assert not left_behind(mark) and set(Path("/tmp").glob("cpr-demo-*")) <= before


def test_the_demo_fails_when_what_it_shows_is_not_true(tmp_path):
    """With a daemon that does nothing the first claim about it is refuted."""
    (tmp_path / "cpr-auditd").symlink_to("/bin/true")
    (tmp_path / "cpr-audit").symlink_to("/bin/true")
    done = subprocess.run([sys.executable, STORY], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "CPR_BUILD": str(tmp_path)})
    assert done.returncode != 0
