"""The clocks of a real daemon: set forward and back while it runs, wrong when the machine boots, stopped in a suspended
machine; summer time, and forty time zones. What moves no deadline in 100,000 invented histories (engine/test_histories)
moves none here. The clocks are those of clocks.c: no test may set the clocks of the machine that it runs on."""
import difflib
import mmap
import os
import re
import signal
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import mails
from daemon import BUILD, until

HOUR = timedelta(hours=1)
MODULE = BUILD / "tests" / "libclocks.so"


class Clocks:
    """What the clocks of a daemon are off by. `sleep` is what a suspended machine does: both clocks go on, the process and
    CLOCK_MONOTONIC do not."""

    def __init__(self, path):
        path.write_bytes(bytes(16))
        self.path, self._offsets = path, [timedelta(0), timedelta(0)]
        with open(path, "r+b") as file:
            self._place = mmap.mmap(file.fileno(), 16)

    def _write(self):
        struct.pack_into("=qq", self._place, 0, *(round(offset.total_seconds() * 1000) for offset in self._offsets))

    def set_wall(self, offset):
        self._offsets[0] = offset
        self._write()

    def sleep(self, span):
        self._offsets = [offset + span for offset in self._offsets]
        self._write()

    def now(self):
        return datetime.now(timezone.utc) + self._offsets[0]

    def environment(self):
        options = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0"]))
        return {"LD_PRELOAD": str(MODULE), "CPR_CLOCKS": str(self.path), "ASAN_OPTIONS": options}


@pytest.fixture
def surroundings(daemon, monkeypatch):
    """Further variables for the environment of both programs."""
    further, kept = {}, daemon._environment
    monkeypatch.setattr(daemon, "_environment", lambda: {**kept(), **further})
    return further


@pytest.fixture
def clocks(daemon, surroundings):
    assert MODULE.exists(), f"{MODULE} is not built"
    clocks = Clocks(daemon.directory / "clocks")
    surroundings.update(clocks.environment())
    return clocks


def hours_ago(hours):
    return (datetime.now(timezone.utc) - hours * HOUR).replace(microsecond=0)


def about(sink, sample):
    return [mail for mail in sink.received() if sample.subject in mail.mail["Subject"]]


def told_of_clock(sink):
    return [mail.text for mail in sink.received() if "clock of this machine" in mail.text.replace("\n", " ")]


def instant(text):
    assert text.endswith("Z"), text
    return datetime.fromisoformat(text[:-1] + "+00:00")


def test_a_wall_clock_that_is_set_while_it_runs_moves_no_deadline_and_makes_no_alert_late(daemon, imap, sink, clocks):
    first, second = mails.plain_report(), mails.german_report()
    received = hours_ago(1)
    imap.append("Junk", first.raw, received)
    daemon.start()
    until(lambda: about(sink, first), what=daemon.log)
    clocks.set_wall(-5 * HOUR)
    until(lambda: [text for text in told_of_clock(sink) if "set back" in text], what=daemon.log)
    arrived = hours_ago(0)
    imap.append("Junk", second.raw, arrived)
    until(lambda: about(sink, second), what=daemon.log)
    assert instant(daemon.case_of(second)["deadline"]) == arrived + 24 * HOUR  # not by the clock that is slow
    clocks.sleep(11 * HOUR + HOUR / 60)  # the first one is twelve hours old, the wall clock says seven
    until(lambda: len(about(sink, first)) >= 2, what=daemon.log)
    clocks.set_wall(36 * HOUR)  # and now it is fast: early is allowed
    until(lambda: "OVERDUE" in about(sink, second)[-1].mail["Subject"], what=daemon.log)
    until(lambda: [text for text in told_of_clock(sink) if "set forward" in text], what=daemon.log)
    assert daemon.stop() == 0
    clocks.set_wall(timedelta(0))
    daemon.once()
    for sample, at in (first, received), (second, arrived):
        case = daemon.case_of(sample)
        assert instant(case["deadline"]) == at + 24 * HOUR and case["state"] == "open"


def test_a_clock_that_is_slow_when_the_machine_boots_makes_no_deadline_later(daemon, imap, sink, clocks):
    sample = mails.plain_report()
    received = hours_ago(1)
    clocks.set_wall(-5 * HOUR)
    imap.append("Junk", sample.raw, received)
    daemon.once()
    deadline = instant(daemon.case_of(sample)["deadline"])
    assert deadline <= received + 24 * HOUR
    for offset in (timedelta(0), -5 * HOUR, timedelta(0)):
        clocks.set_wall(offset)
        daemon.once()
        assert instant(daemon.case_of(sample)["deadline"]) == deadline
    # The one restart with a clock that is behind the last look is told: nobody but a person knows which one was wrong.
    assert len([text for text in told_of_clock(sink) if "behind the last look" in " ".join(text.split())]) == 1


def test_a_clock_that_is_fast_when_the_machine_boots_is_early_and_costs_no_step(daemon, imap, sink, clocks):
    sample = mails.plain_report()
    received = hours_ago(1)
    clocks.set_wall(30 * HOUR)
    imap.append("Junk", sample.raw, received)
    daemon.once()
    assert "OVERDUE" in about(sink, sample)[-1].mail["Subject"]
    clocks.set_wall(timedelta(0))
    daemon.once()
    told = len(about(sink, sample))
    clocks.sleep(12 * HOUR)  # the step at twelve hours comes at its true hour all the same
    daemon.once()
    assert len(about(sink, sample)) == told + 1 and "10 h" in about(sink, sample)[-1].mail["Subject"]
    assert instant(daemon.case_of(sample)["deadline"]) == received + 24 * HOUR


def test_a_suspended_machine_tells_what_is_due_as_soon_as_it_wakes(daemon, imap, sink, clocks):
    sample = mails.plain_report()
    imap.append("Junk", sample.raw, hours_ago(1))
    daemon.start()
    until(lambda: about(sink, sample), what=daemon.log)
    daemon.signal(signal.SIGSTOP)
    clocks.sleep(22 * HOUR)
    daemon.signal(signal.SIGCONT)
    until(lambda: len(about(sink, sample)) >= 2, what=daemon.log)
    assert daemon.stop() == 0
    assert re.search(r": 5\d min left", about(sink, sample)[1].mail["Subject"])  # of the step at 23 hours, and no hour late
    assert not told_of_clock(sink)  # the wall clock and the time since boot agree: nobody set anything


@pytest.mark.parametrize("change", ["2026-03-29T01:00:00", "2026-10-25T01:00:00"])
def test_summer_time_comes_and_goes_unnoticed(daemon, imap, sink, clocks, surroundings, change):
    surroundings["TZ"] = "Europe/Berlin"
    daemon.settings["policy"].update(steps="0s, 12s", repeat="1h")
    daemon.write()
    sample = mails.plain_report()
    before = datetime.fromisoformat(change + "+00:00") - timedelta(seconds=6)
    clocks.set_wall(before - datetime.now(timezone.utc))
    imap.append("Junk", sample.raw, before)
    daemon.start()
    until(lambda: len(about(sink, sample)) >= 2, what=daemon.log)
    assert clocks.now() > before + timedelta(seconds=11)
    assert instant(daemon.case_of(sample)["deadline"]) == before + 24 * HOUR
    assert daemon.stop() == 0 and not told_of_clock(sink)


def test_a_day_of_the_review_ends_at_midnight_utc_wherever_the_machine_stands(daemon, imap, clocks, surroundings):
    surroundings["TZ"] = "Pacific/Kiritimati"  # 14 hours ahead
    midnight = datetime(2026, 6, 2, tzinfo=timezone.utc)
    clocks.set_wall(midnight - timedelta(seconds=8) - datetime.now(timezone.utc))
    imap.append("Junk", mails.plain_report().raw, midnight - 2 * HOUR)
    daemon.start()
    page = daemon.logs / "review-2026-06-01.txt"
    assert clocks.now() > midnight or not page.exists()
    until(page.exists, what=daemon.log)
    assert clocks.now() > midnight
    assert daemon.stop() == 0
    assert sorted(path.name for path in daemon.logs.glob("review-*.txt")) == [page.name]


# From the first place to see a day to the last one; half and quarter hours; summer time on both halves of the earth; zones
# without a name, and one that does not exist.
ZONES = """Pacific/Kiritimati Pacific/Tongatapu Pacific/Chatham Pacific/Auckland Pacific/Fiji Pacific/Norfolk
Australia/Lord_Howe Australia/Sydney Australia/Adelaide Asia/Tokyo Australia/Eucla Asia/Shanghai Asia/Bangkok Asia/Yangon
Asia/Dhaka Asia/Kathmandu Asia/Kolkata Asia/Karachi Asia/Kabul Asia/Dubai Asia/Tehran Europe/Moscow Africa/Cairo
Africa/Johannesburg Europe/Berlin Africa/Casablanca Europe/Dublin UTC Atlantic/Azores America/Sao_Paulo America/St_Johns
America/New_York America/Chicago America/Phoenix America/Los_Angeles Pacific/Marquesas Pacific/Honolulu Pacific/Pago_Pago
<+0130>-1:30<+0230> No/Such_Zone""".split()
# A time of day that does not end with Z, unless it is a mail's own header or date with a zone of its own.
LOCAL = re.compile(r"\d\d\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?!Z|:|\d| ?UTC)")


def test_the_same_deadlines_and_the_same_words_in_forty_time_zones(daemon, imap, sink, clocks, surroundings, tmp_path):
    missing = [zone for zone in ZONES[:38] if not (Path("/usr/share/zoneinfo") / zone).exists()]
    if missing:
        pytest.skip(f"tzdata lacks {' '.join(missing)}")
    noon = datetime(2026, 6, 2, 12, tzinfo=timezone.utc)
    clocks.set_wall(noon - datetime.now(timezone.utc))
    received = noon - 2 * HOUR
    for zone in ZONES:  # each one opens a case of its own
        surroundings["TZ"] = zone
        imap.append("Junk", mails.crtsh_report(received=received).raw, noon - HOUR)
        daemon.once()
    cases = daemon.ask("cases")
    assert len(cases) == len(ZONES)
    assert {instant(case["deadline"]) for case in cases} == {received + 24 * HOUR}
    assert {mail.mail["Date"].rsplit(" ", 1)[1] for mail in sink.received()} == {"+0000"}
    for mail in sink.received():
        assert not LOCAL.search(mail.text), mail.text
    daemon.settings["daemon"]["poll"] = "1h"  # nothing happens while the zones are asked
    daemon.write()
    daemon.start()
    sample = tmp_path / "report.eml"
    sample.write_bytes(mails.plain_report(received=received).raw)

    def ask(zone):
        outputs = []
        for arguments in ["classify", sample], ["cases"], ["--json", "show", "40"], ["review", "today"]:
            done = subprocess.run(daemon._command("cpr-audit", *arguments), capture_output=True, text=True, timeout=180,
                                  env={**daemon._environment(), "TZ": zone})
            assert done.returncode == 0, (zone, arguments, done.stderr)
            # How much time is left, and when the page was made, changes while one zone after the other is asked.
            outputs.append(re.sub(r'-?\d+ h \d+ min|"left_s":\d+|Generated +2026-06-02T12:\d\d:\d\dZ', "(now)",
                                  done.stdout))
            assert not LOCAL.search(done.stdout), (zone, LOCAL.search(done.stdout))
        return outputs

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, ZONES))
    assert daemon.stop() == 0
    for zone, answer in zip(ZONES, answers):
        for said, wanted in zip(answer, answers[ZONES.index("UTC")]):
            assert said == wanted, zone + "\n" + "\n".join(difflib.unified_diff(wanted.split("\n"), said.split("\n")))
