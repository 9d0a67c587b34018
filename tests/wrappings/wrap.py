"""Writes text reports in every wrapping that mail comes in: OUT/LABEL/WRAPPING/NAME.eml.

    wrap.py [--label LABEL] [--every N] [--only WRAPPING] OUT SOURCE...     LABEL is cpr unless it is given

A SOURCE is a folder of *.txt (perhaps with a head of "Source:" and "Subject:" lines) and *.eml; of mails the text alone
is taken, and those with attachments are passed over. A text that a wrapping cannot hold (a charset that lacks its letters,
rewritten links where there is none) is left out there; standard output says how many and why. Needs nothing but
Python, and openssl for the opaque S/MIME signature.
"""
import argparse
import email
import email.policy
import html.parser
import re
import sys
from collections import Counter
from pathlib import Path

import wrappings


class TextOf(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        self.text += "\n" if tag in ("p", "div", "h1", "li", "tr") else ""


def text_of_mail(raw):
    """(subject, text) of a mail without attachments, else None."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    if mail.get_content_maintype() != "text":
        return None
    try:
        text = mail.get_content()
    except (LookupError, ValueError):
        return None
    if mail.get_content_subtype() == "html":
        text = TextOf(text).text
    return " ".join(str(mail["Subject"] or "").split()), text


def text_of_file(raw):
    text = raw.decode("utf-8", "replace")
    head = re.match(r"(?:Source|Subject):.*?\n\r?\n", text, re.S)
    subject = re.search(r"^Subject: *(.*?)\r?$", head[0], re.M) if head else None
    return subject[1] if subject and not subject[1].startswith("(none") else "", text[head.end():] if head else text


def reports(folders, every=1):
    found = []
    for path in sorted(path for folder in folders for path in Path(folder).iterdir()):
        raw = path.read_bytes() if path.suffix in (".txt", ".eml") else b""
        pair = text_of_mail(raw) if path.suffix == ".eml" else text_of_file(raw) if raw else None
        if pair and pair[1].strip():
            found.append(wrappings.Report(path.stem, pair[0], pair[1].replace("\r", "").strip() + "\n"))
    return found[::every]


def write(found, out, label, only=None):
    """Returns {wrapping: Counter of reasons for which a report was left out}."""
    left_out = {}
    for name, wrap in wrappings.all_wrappings():
        if only and name != only:
            continue
        folder = Path(out) / label / name
        folder.mkdir(parents=True, exist_ok=True)
        left_out[name] = Counter()
        for report in found:
            try:
                (folder / f"{report.name}.eml").write_bytes(wrap(report))
            except wrappings.DoesNotFit as reason:
                left_out[name][str(reason)] += 1
    return left_out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--label", default="cpr")
    parser.add_argument("--every", type=int, default=1, help="only each Nth report")
    parser.add_argument("--only", help="only this wrapping")
    parser.add_argument("out")
    parser.add_argument("source", nargs="+")
    options = parser.parse_args()
    found = reports(options.source, options.every)
    left_out = write(found, options.out, options.label, options.only)
    print(f"{len(found)} texts in {len(left_out)} wrappings")
    for name, reasons in left_out.items():
        for reason, count in reasons.items():
            print(f"  {name}: {count} left out: {reason}")
    return 0 if found else 66


if __name__ == "__main__":
    sys.exit(main())
