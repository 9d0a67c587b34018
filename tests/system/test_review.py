"""The reviews that stay: written for every finished day, chained, never overwritten."""
import hashlib
import html.parser
import json
import sqlite3
from datetime import datetime, timedelta, timezone

import mails

FORMS = ("html", "jsonl", "txt")


def day(back):
    return (datetime.now(timezone.utc) - timedelta(days=back)).strftime("%Y-%m-%d")


def age(daemon, days, messages_too=True):
    """Makes the store believe that its last review is `days` old and its messages were settled yesterday: what it looks
    like after the daemon stood still for so long."""
    [path] = [path for path in daemon.state.rglob("*")
              if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3"]
    store = sqlite3.connect(path)
    with store:
        assert store.execute("UPDATE setting SET value = ? WHERE name = 'review-day'", [day(days)]).rowcount == 1
        if messages_too:
            store.execute("UPDATE sighting SET settled_ms = settled_ms - 86400000 WHERE settled_ms IS NOT NULL")
    store.close()


def pages(daemon):
    return {path.name: path.read_bytes() for path in daemon.logs.iterdir()}


class Elements(html.parser.HTMLParser):
    """The names of a page's elements and of their attributes."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_every_finished_day_has_its_three_pages_also_an_empty_one(daemon, imap):
    for sample in [mails.plain_report(), *mails.spam(6)]:
        imap.append("Junk", sample.raw)
    daemon.once()
    assert not pages(daemon)  # today is not over
    age(daemon, 4)
    daemon.once()
    assert set(pages(daemon)) == {f"review-{day(back)}.{form}" for back in (1, 2, 3) for form in FORMS}
    for back, messages in ((3, 0), (2, 0), (1, 7)):
        records = [json.loads(line) for line in pages(daemon)[f"review-{day(back)}.jsonl"].splitlines()]
        assert records[0]["record"] == "review" and records[0]["day"] == day(back)
        assert records[-1]["record"] == "end" and records[-1]["messages"] == messages and records[-1]["sums_add_up"]
        assert len([record for record in records if record["record"] == "message"]) == messages
        assert day(back) in pages(daemon)[f"review-{day(back)}.txt"].decode()


def test_the_pages_are_a_chain_that_sha256sum_can_check(daemon, imap):
    imap.append("Junk", mails.plain_report().raw)
    daemon.once()
    age(daemon, 5)
    daemon.once()
    written = pages(daemon)
    for back in (3, 2, 1):
        head = json.loads(written[f"review-{day(back)}.jsonl"].splitlines()[0])
        assert head["previous_page"] == f"review-{day(back + 1)}.jsonl"
        assert head["previous_sha256"] == hashlib.sha256(written[head["previous_page"]]).hexdigest()


def test_a_page_that_stands_is_never_overwritten(daemon, imap, sink):
    imap.append("Junk", mails.spam(1)[0].raw)
    daemon.once()
    age(daemon, 2)
    daemon.once()
    before = pages(daemon)
    daemon.once()
    assert pages(daemon) == before
    changed = daemon.logs / f"review-{day(1)}.txt"
    changed.write_text("somebody wrote here\n")
    age(daemon, 2, messages_too=False)
    for _ in range(2):
        daemon.once(expect=None)
    assert changed.read_text() == "somebody wrote here\n"
    assert (daemon.logs / f"review-{day(1)}.txt.differs").exists()
    assert any("differ" in mail.text for mail in sink.received())


def test_a_page_holds_no_live_content_of_a_mail(daemon, imap):
    sample = mails.letter("<script>alert(1)</script> revoke this certificate", "<img src=x> <attacker@evil.example>", """\
Please revoke the certificate with serial 04a1773e9c02d5118f60be2a7c559013, key compromise,
<a href="https://evil.example/">look</a> <img src="https://evil.example/pixel.png">
""")
    imap.append("Junk", mails.Sample("hostile", sample).raw)
    daemon.once()
    age(daemon, 2)
    daemon.once()
    page = Elements()
    page.feed(pages(daemon)[f"review-{day(1)}.html"].decode())
    assert page.names and not page.names & {"script", "img", "a", "iframe", "object", "embed", "form", "base"}
    assert not page.attributes & {"href", "src", "action", "background"}
    assert not [name for name in page.attributes if name.startswith("on")]


def test_a_review_is_shown_by_the_tool_as_it_stands_in_its_file(daemon, imap):
    imap.append("Junk", mails.plain_report().raw)
    daemon.once()
    age(daemon, 2)
    daemon.once()
    for form in FORMS:
        assert daemon.audit("review", day(1), "--form", form).out == pages(daemon)[f"review-{day(1)}.{form}"].decode()


def test_a_day_without_a_review_is_a_plain_sentence(daemon):
    daemon.once()
    done = daemon.audit("review", "2001-01-01", expect=65)
    assert "no readable review of 2001-01-01" in done.log
