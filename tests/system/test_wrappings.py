"""A report is found in whatever it comes wrapped: a fixed and varied part of the sample reports, in every wrapping that
tests/wrappings knows. tests/wrappings/run.sh does the same for all of them, and for reports of your own."""
import sys

import pytest

from test_evaluate import figures
from test_shipped import SOURCE

sys.path.insert(0, str(SOURCE / "tests/wrappings"))
import wrap  # noqa: E402

# What is known not to come out whole: text whose first lines look like fields, in a mail that lost the empty line above
# it, or got one into its header.
KNOWN = {"header-after-blank-line", "no-blank-line"}
# Innocent text around a report takes away that it is short, which supports an alarm; it is shown all the same.
LONGER = {"digest", "html-split-hidden", "padded-before", "padded-after", "quoted-under-thread", *KNOWN}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """Wrapping to its row."""
    folder = tmp_path_factory.mktemp("wrappings")
    found = wrap.reports([SOURCE / "tests/samples/cpr"], every=2)
    assert len(found) > 100
    wrap.write(found, folder, "cpr")
    return {group: row for (label, group), row in figures(folder)[0].items() if label and group}


def test_there_are_many_wrappings(rows):
    assert len(rows) >= 80 and rows["8bit"]["files"] == rows["attached-txt"]["files"]


def test_every_report_surfaces_in_every_wrapping(rows):
    hidden = {name: row["files"] - row["probable"] - row["possible"] for name, row in rows.items() if name not in KNOWN}
    assert not {name: count for name, count in hidden.items() if count}


def test_hardly_a_report_is_less_probable_for_its_wrapping(rows):
    """At least 95 % of what is probable in plain text, and nine in ten where much else is in the mail."""
    plain = rows["8bit"]["probable"] / rows["8bit"]["files"]
    wanted = {name: plain * row["files"] * (0.9 if name in LONGER else 0.95) - 1 for name, row in rows.items()}
    assert not {name: (row["probable"], wanted[name]) for name, row in rows.items() if row["probable"] < wanted[name]}
    total = [sum(row[key] for row in rows.values()) for key in ("probable", "files")]
    assert total[0] / total[1] >= 0.95 * plain
