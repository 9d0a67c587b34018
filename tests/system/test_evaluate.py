"""cpr-audit evaluate: a labelled collection is judged, and what was right is counted."""
import json
import os
import subprocess

import pytest

from daemon import BUILD
from test_shipped import SOURCE

REPORT = b"""From: a@mail.example
Subject: leaked key

The private key of your certificate for shop.example was published on GitHub. Please revoke the certificate.
"""
CHAT = b"From: b@mail.example\nSubject: lunch\n\nShall we have lunch on Friday?\n"


def evaluate(*arguments, expect=0):
    done = subprocess.run([BUILD / "cpr-audit", "evaluate", *map(str, arguments)], capture_output=True, text=True,
                          timeout=300, env={**os.environ, "NO_COLOR": "1"})
    assert done.returncode == expect, done
    return done


def figures(*arguments):
    """(label, group) to its row, and the list of errors."""
    lines = [json.loads(line) for line in evaluate("--json", *arguments).stdout.splitlines()]
    return ({(row["label"], row["group"]): row for row in lines if "error" not in row},
            [line for line in lines if "error" in line])


@pytest.fixture
def collection(tmp_path):
    for name, raw in (("cpr/one.eml", REPORT), ("cpr/plain/two.txt", REPORT.split(b"\n", 1)[1]),
                      ("cpr/plain/deep/three.eml", CHAT), ("ham/four.eml", CHAT), ("ham/.hidden", REPORT),
                      ("spam/five.eml", REPORT), ("README", REPORT)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    return tmp_path


def test_a_folder_is_a_label_and_a_folder_in_it_a_group(collection):
    rows, errors = figures(collection)
    counts = {key: (row["report"], row["files"], row["probable"], row["unlikely"]) for key, row in rows.items()}
    assert counts == {("cpr", None): (True, 3, 2, 1), ("cpr", "."): (True, 1, 1, 0), ("cpr", "plain"): (True, 1, 1, 0),
                      ("cpr", "plain/deep"): (True, 1, 0, 1), ("ham", None): (False, 1, 0, 1),
                      ("spam", None): (False, 1, 1, 0), (None, None): (False, 2, 1, 1)}
    assert rows["cpr", None]["recall"]["share"] == pytest.approx(2 / 3, abs=1e-5)
    assert rows["ham", None]["false_rescues"] == {"share": 0, "low": 0, "high": 0.975}
    assert [(error["error"], error["label"], error["group"], error["verdict"]) for error in errors] == [
        ("missed", "cpr", "plain/deep", "unlikely"), ("false rescue", "spam", ".", "probable")]
    assert errors[1]["file"] == f"{collection}/spam/five.eml" and errors[1]["signals"] and errors[1]["score"] >= 60


def test_people_get_tables_and_then_the_errors(collection):
    done = evaluate(collection)
    lines = done.stdout.splitlines()
    assert not done.stderr  # progress is for terminals
    heads = [line for line in lines if "UNDECIDABLE" in line]
    assert [head.split()[0] for head in heads] == ["REPORTS", "OTHER"]
    [missed] = [line for line in lines if line.startswith("missed: ")]
    assert missed.endswith("cpr/plain/deep/three.eml") and lines.index(missed) > lines.index(heads[1])


def test_a_labels_file_says_what_is_what(collection):
    (collection / "labels.tsv").write_text("# path, label, group\n\nspam/five.eml\tcpr\tgerman\nham/four.eml\tother\n")
    rows, errors = figures(collection)
    assert set(rows) == {("cpr", None), ("cpr", "german"), ("other", None)} and not errors


def test_a_broken_labels_file_names_each_bad_line(collection):
    (collection / "labels.tsv").write_bytes(
        b"ham/four.eml\tham\nham/four.eml\nnot/here.eml\tham\nham/four.eml\t\xff\nham/four.eml\ta\tb\tc\n\tham\n"
        b"ham\tham\nham/four.eml\t" + b"x" * 64 + b"\n")
    said = evaluate(collection, expect=65).stderr.splitlines()
    assert [line.split("labels.tsv:")[1].split(":")[0] for line in said] == [str(number) for number in range(2, 9)]


def test_a_folder_that_is_not_there_is_66_and_one_without_labels_65(tmp_path):
    assert "nowhere" in evaluate(tmp_path / "nowhere", expect=66).stderr
    (tmp_path / "mail.eml").write_bytes(REPORT)
    assert evaluate(tmp_path / "mail.eml", expect=66).stderr
    assert evaluate(tmp_path, expect=65).stderr
    evaluate(expect=64)


def test_a_file_that_cannot_be_opened_is_said_and_the_others_are_judged(collection):
    (collection / "ham" / "gone.eml").symlink_to(collection / "nothing")
    done = evaluate("--json", collection, expect=66)
    assert "gone.eml" in done.stderr and len(done.stdout.splitlines()) == 9


def test_the_configuration_is_used_when_it_is_named(collection):
    assert "nowhere.conf" in evaluate("--config", collection / "nowhere.conf", collection, expect=78).stderr


def test_every_sample_of_a_report_surfaces_and_hardly_a_near_miss_is_moved():
    rows, _ = figures(SOURCE / "tests/samples")
    assert rows["cpr", None]["recall"]["share"] == 1
    assert rows["near_miss", None]["probable"] * 50 <= rows["near_miss", None]["files"]
