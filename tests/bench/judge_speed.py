"""Writes ordinary and hostile messages and times the judge over them. See judge_speed.sh."""
import base64
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from containers import HEAD, containers

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
ORDINARY = 2000
WORDS = ("offer price today delivery account winter summer holiday travel ticket meeting invoice order parcel market garden "
         "music window kitchen answer question number letter paper morning evening coffee button colour train please "
         "thanks regards attached document report project server update password security certificate customer support "
         "team week month year can will would have about from with this that your their which when where because").split()
SENTENCE_ENDS = (".", ".", ".", "?", "!", ",")


# --- ordinary mail ---------------------------------------------------------------------------------------------------

def prose(chance, size):
    lines, length = [], 0
    while length < size:
        line = " ".join(chance.choices(WORDS, k=chance.randint(6, 14))) + chance.choice(SENTENCE_ENDS)
        if chance.random() < 0.04:
            line += f" https://www.shop{chance.randint(1, 99)}.example/{chance.randbytes(6).hex()}?utm_source=mail&id={length}"
        lines.append(line.capitalize())
        length += len(line) + 1
    return "\n".join(lines) + "\n"


def head(chance, subject, content):
    number = chance.randbytes(8).hex()
    received = "".join(
        f"Received: from relay{hop}.sender.example (relay{hop}.sender.example [192.0.2.{hop + 1}])\n\tby "
        f"mx{hop}.example.org (Postfix) with ESMTPS id {number}{hop};\n\tMon, 2 Nov 2026 08:0{hop}:00 +0000\n"
        for hop in range(chance.randint(1, 4)))
    return (f"Return-Path: <bounce@sender.example>\n{received}DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=m;\n"
            f"\th=from:to:subject; bh={chance.randbytes(32).hex()};\n\tb={chance.randbytes(128).hex()}\n"
            f"From: Sender <news@sender.example>\nTo: reports@ca.example\nSubject: {subject}\n"
            f"Date: Mon, 2 Nov 2026 08:00:00 +0000\nMessage-ID: <{number}@sender.example>\nMIME-Version: 1.0\n{content}")


def ordinary(chance):
    """1 to 10 KB: plain text, HTML, both, with a picture; 7bit, quoted-printable, base64."""
    size, kind = chance.randint(600, 7000), chance.randrange(5)
    text, subject = prose(chance, size), " ".join(chance.choices(WORDS, k=5))
    page = "<html><head><style>p{color:#333}</style></head><body>" + "".join(
        f'<p class="x"><a href="https://sender.example/{i}">{line}</a></p>\n' for i, line in enumerate(text.split("\n"))
    ) + "</body></html>\n"
    if kind == 0:
        return head(chance, subject, f"Content-Type: text/plain; charset=utf-8\n\n{text}")
    if kind == 1:
        return head(chance, subject, "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" +
                    base64.encodebytes(page.encode()[:size]).decode())
    if kind == 2:
        return head(chance, subject, "Content-Type: text/plain; charset=iso-8859-1\n"
                    "Content-Transfer-Encoding: quoted-printable\n\n" + text.replace("e", "=E9", 9))
    more = "" if kind == 3 else ('--b\nContent-Type: image/png; name="logo.png"\nContent-Transfer-Encoding: base64\n\n' +
                                 base64.encodebytes(chance.randbytes(1500)).decode())
    return head(chance, subject, 'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
                f"{text[:size // 3]}\n--b\nContent-Type: text/html; charset=utf-8\n\n{page[:size]}\n{more}--b--\n")


# --- hostile mail ----------------------------------------------------------------------------------------------------

PEM = "-----BEGIN {0}-----\n{1}\n-----END {0}-----\n"


def repeated(piece, size):
    return piece * (size // len(piece.encode()) + 1)


def numbered(form, size):
    """`form` holds %d, or %x for 16 bytes in hexadecimal."""
    chance, lines, length = random.Random(size), [], 0
    while length < size:
        lines.append(form.replace("%d", str(len(lines))).replace("%x", chance.randbytes(16).hex()))
        length += len(lines[-1])
    return "".join(lines)


def vocabulary(languages=()):
    """The spellings of the judge's tables, one of each that has several forms."""
    words = []
    for path in sorted((ROOT / "src/judge").glob("vocabulary_*.c")):
        for language, strings in re.findall(r'\{CPR_MEANS_\w+,\s*"(\w*)",\s*((?:"[^"]*"\s*)+)\}', path.read_text()):
            if not languages or language in languages:
                row = "".join(re.findall(r'"([^"]*)"', strings))
                words += [re.sub(r"\[([^],]*)[^]]*\]", r"\1", word).replace("*", "") for word in row.split("|")]
    random.Random(len(words)).shuffle(words)
    return words


def hostile(size):
    """Name to message."""
    chance = random.Random(size)
    garbage = base64.b64encode(chance.randbytes(size)).decode()
    lines = "\n".join(garbage[i:i + 76] for i in range(0, size, 76))
    plain = {
        "one word": "a" * size, "one line of words": repeated("certificate key ", size), "hex": chance.randbytes(size // 2).hex(),
        "hex in pairs": chance.randbytes(size // 3).hex(":"), "hex lines": numbered("%x\n", size),
        "digits": "7" * size, "decimal numbers": numbered("340282366920938463463374607431768211455 ", size),
        "serial numbers": numbered("serial number %x\n", size), "serial words": repeated("serial ", size),
        "fingerprints": numbered("fingerprint %x%x\n", size), "domains": numbered("please revoke host%d.shop.example\n", size),
        "key domains": numbered("the key for h%d.shop.example\n", size), "lints": numbered("e_sub_cert_x_%d\n", size),
        "sections": numbered("BR section 4.9.1.%d\n", size), "RFCs": repeated("RFC 5280 ", size),
        "dots": "." * size, "dots and letters": repeated("a.", size), "stars": "*" * size, "underscores": repeated("e_", size),
        "links": numbered("https://h%d.example/a?b=c&d=e\n", size), "crt.sh links": numbered("https://crt.sh/?id=%d000\n", size),
        "bare crt.sh": repeated("crt.sh/", size), "one long link": "https://crt.sh/?" + "a=b&" * (size // 4),
        "link of percent signs": "https://a.example/" + "%41" * (size // 3), "http starts": repeated("http://", size),
        "Safe Links": numbered("https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcrt.sh%2F%3Fid%3D%d\n", size),
        "urldefense v3": numbered("https://urldefense.com/v3/__https://crt.sh/?id=%d__;!!x$\n", size),
        "vocabulary": repeated("private key compromised certificate revoke invalid ", size),
        "near misses of vocabulary": repeated("private ke certificat revok baseline require ", size),
        "PGP words": repeated("pgp key wallet key ", size), "PEM heads": repeated("-----BEGIN PRIVATE KEY-----\n", size),
        "PEM heads, no ends": repeated("-----BEGIN CERTIFICATE-----\nMIIB\n", size),
        "PEM dashes": "-" * size, "PEM begins": repeated("-----BEGIN", size),
        "nested PEM": repeated("-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nMII=\n-----END", size),
        "PEM certificates": repeated(PEM.format("CERTIFICATE", garbage[:1200]), size),
        "PEM keys": repeated(PEM.format("PRIVATE KEY", garbage[:1200]), size),
        "one endless PEM": PEM.format("CERTIFICATE", lines), "base64 garbage": lines, "base64 on one line": garbage[:size],
        "base64 words": numbered("%xABCDEFGHIJKLMNOPQRSTUVWXYZabcdef+/\n\n", size), "JWK members": repeated('"d":"', size),
        "JWK values": numbered('"d":"%x%x",', size), "quotes": '"' * size,
        "CJK": repeated("証明書の秘密鍵が漏洩しました。", size)[:size // 3], "one Han letter": "証" * (size // 3),
        "Hangul": repeated("개인키가 유출되었습니다 ", size)[:size // 3], "Hangul jamo": repeated("\u1112\u1161\u11ab", size)[:size // 3],
        "combining marks": repeated("e" + "\u0301" * 30, size)[:size // 2], "kana marks": repeated("か\u3099", size)[:size // 3],
        "homoglyphs": repeated("сеrtіfіcаtе kеу соmрrоmіsеd ", size)[:size * 2 // 3],
        "Greek": repeated("το ιδιωτικό κλειδί του πιστοποιητικού ", size)[:size // 2],
        "Arabic": repeated("المفتاح الخاص للشهادة ", size)[:size // 2], "zero-width": repeated("c\u200be\u200br\u200bt\u200b", size)[:size // 2],
        "emoji": "\U0001f511" * (size // 4), "ligatures": "\ufdfa" * (size // 3), "mathematical": "\U0001d40a" * (size // 4),
        "high bytes": None, "at signs": "a@" * (size // 2), "addresses": numbered("user%d@shop.example\n", size),
        "brackets": "<([" * (size // 3), "spaces": " " * size, "line ends": "\n" * size, "patch": repeated("@@ -1,2 +3,4 @@\n+key\n", size),
        "quoted": repeated("> > > > please revoke\n", size),
        "laymen's words": repeated("certificate your padlock key revoke ", size), "key words": repeated("key ", size),
        "Chinese keys": repeated("鍵", size), "Chinese revocations": repeated("吊销", size),
        "every word": repeated(" ".join(vocabulary()), size), "every word, run together": repeated("".join(vocabulary()), size),
        "terms": repeated("certificate problem 63 ", size), "own names": repeated("Certainly Trusted Authority 6", size),
    }
    for name, languages in {"English": ("en",), "Arabic": ("ar",), "Hebrew": ("he",), "Russian": ("ru",), "Thai": ("th",), "Persian": ("fa",),
                            "Korean": ("ko",)}.items():
        plain[f"every {name} word"] = repeated(" ".join(vocabulary(languages)) + " ", size)
    for name, languages in {"Chinese": ("zh",), "Japanese": ("ja",)}.items():
        plain[f"every {name} word"] = repeated("".join(vocabulary(languages)), size)
    mails = {name: (HEAD + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n").encode() +
             (text.encode() if text is not None else b"\xff\xc3" * (size // 2)) for name, text in plain.items()}
    parts = {
        "many parts": ("multipart/mixed; boundary=b", repeated("--b\n\nx\n", size)),
        "many header fields in parts": ("multipart/mixed; boundary=b", repeated("--b\nContent-Type: text/plain\nX-A: b\n\nx\n", size)),
        "nested multiparts": None,
        "HTML tags": ("text/html", repeated("<b>k</b><i>e</i>y ", size)), "HTML open tags": ("text/html", "<" * size),
        "HTML attributes": ("text/html", "<a " + repeated('href="https://crt.sh/?id=1" ', size)),
        "HTML links": ("text/html", numbered('<a href="https://h%d.example/">x</a>', size)),
        "HTML entities": ("text/html", repeated("&eacute;&#233;&", size)), "HTML comments": ("text/html", repeated("<!--", size)),
        "HTML cells": ("text/html", repeated("<tr><td>key</td>", size)),
        "attached certificates": ("multipart/mixed; boundary=b", repeated(
            "--b\nContent-Type: application/x-x509-ca-cert\nContent-Transfer-Encoding: base64\n\nMIIBszCCAVmgAwIBAgIU\n", size)),
        "broken GB18030": ("text/plain; charset=gb18030", "\u00ff" * (size // 2)),
        "encoded words": ("text/plain\nSubject: " + repeated("=?utf-8?q?=41?= ", size), ""),
    }
    for name, pair in parts.items():
        if pair:
            mails[name] = f"{HEAD}Content-Type: {pair[0]}\n\n{pair[1]}".encode("latin-1", "replace")
    nest = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(size // 55))
    mails["nested multiparts"] = (HEAD + nest).encode()
    for charset in ("utf-16", "shift_jis", "gb18030", "big5", "euc-kr", "iso-2022-jp", "windows-1251", "koi8-r"):
        mails[f"random bytes in {charset}"] = f"{HEAD}Content-Type: text/plain; charset={charset}\n\n".encode() + chance.randbytes(size)
    mails["random bytes in HTML"] = f"{HEAD}Content-Type: text/html\n\n".encode() + chance.randbytes(size)
    mails.update(containers(size, chance))
    return mails


# --- measuring -------------------------------------------------------------------------------------------------------

def measure(program, passes, paths, settings="full"):
    """Of each path: (files, bytes, seconds)."""
    done = subprocess.run([program, str(passes), settings, *paths], check=True, capture_output=True, text=True)
    return [(int(line.split()[0]), int(line.split()[1]), float(line.split()[2])) for line in done.stdout.splitlines()]


def children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bogofilter_seconds(folder, work):
    """Processor time of one bogofilter over all files of a folder; it knows a few mails of each sort."""
    paths = sorted(map(str, folder.iterdir()))
    database = work / "bogofilter"
    database.mkdir(exist_ok=True)
    for flag, some in (("-n", paths[:40]), ("-s", paths[40:80])):
        subprocess.run(["bogofilter", "-d", database, flag, "-B", *some], check=True, capture_output=True)
    best = None
    for _ in range(3):
        before = children_seconds()
        subprocess.run(["bogofilter", "-d", database, "-B", *paths], capture_output=True)
        seconds = children_seconds() - before
        best = seconds if best is None else min(best, seconds)
    return best


def show_ordinary(program, name, folder, work):
    [(files, size, seconds)] = measure(program, 7, [folder], "none")
    [(_, _, full)] = measure(program, 7, [folder])
    line = f"{name:<10} {files:>6} messages of {size / files / 1024:4.1f} KB: {files / seconds:>7,.0f} a second"
    if shutil.which("bogofilter"):
        theirs = bogofilter_seconds(folder, work)
        line += f"; bogofilter {files / theirs:>6,.0f}: {theirs / seconds:.1f} times as fast"
    print(f"{line}; with every list of the configuration full {files / full:,.0f}", flush=True)


def show_hostile(program, work):
    names, paths = [], {MEGABYTE // 4: [], MEGABYTE: []}
    for size, list_of_paths in paths.items():
        for number, (name, raw) in enumerate(hostile(size).items()):
            path = work / f"{size}-{number}"
            path.write_bytes(raw[:size])
            list_of_paths.append(path)
            names += [name] if size == MEGABYTE else []
    small, large = (measure(program, 3, paths[size]) for size in (MEGABYTE // 4, MEGABYTE))
    rows = [(seconds * MEGABYTE / size, name, (seconds / size) / (small[i][2] / small[i][1]))
            for i, (name, (_, size, seconds)) in enumerate(zip(names, large))]
    print(f"\n{'ms/MB':>6}  {'linear':>6}  input ({len(rows)}, the dearest first; linear: time a byte at 1 MB over that at 256 KB)")
    for milliseconds, name, ratio in sorted(rows, reverse=True):
        print(f"{milliseconds * 1000:>6.1f}  {ratio:>6.2f}  {name}")


def main():
    program = sys.argv[1]
    work = Path(tempfile.mkdtemp(prefix="judge-speed-"))
    try:
        folder, chance = work / "ordinary", random.Random(1)
        folder.mkdir()
        for number in range(ORDINARY):
            (folder / f"{number:05}").write_text(ordinary(chance))
        show_ordinary(program, "ordinary", folder, work)
        four = work / "four"
        four.mkdir()
        for path in sorted(folder.iterdir()):
            if 3500 <= path.stat().st_size < 4700:
                shutil.copy(path, four)
        show_ordinary(program, "of 4 KB", four, work)
        ham = Path(os.environ.get("CPR_CORPUS", "/nonexistent"), "ham")
        if ham.is_dir():
            show_ordinary(program, "corpus ham", ham, work)
        if not shutil.which("bogofilter"):
            print("bogofilter is not installed; nothing to compare with")
        show_hostile(program, work)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
