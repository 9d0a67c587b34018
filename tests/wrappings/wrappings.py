"""The wrappings: each takes a report and returns the bytes of a mail. What a mail program, a filter, a list server, a
forwarder or a careless sender does to a text; written out here byte by byte, since libraries repair what is broken."""
import base64
import binascii
import functools
import html
import quopri
import random
import re
import shutil
import struct
import subprocess
import tempfile
import urllib.parse
import zlib
from dataclasses import dataclass
from pathlib import Path


class DoesNotFit(Exception):
    """This text cannot come in this wrapping; says why."""


@dataclass(frozen=True)
class Report:
    name: str
    subject: str
    text: str

    @property
    def is_ascii(self):
        return self.text.isascii()


WRAPPINGS = {}


def wrapping(name):
    def register(function):
        WRAPPINGS[name] = function
        return function
    return register


def all_wrappings():
    return WRAPPINGS.items()


# --- the parts of a mail ---------------------------------------------------------------------------------------------

def crlf(text):
    return text.replace("\n", "\r\n").encode()


def encoded_word(subject):
    if subject.isascii():
        return subject
    return f"=?utf-8?b?{base64.b64encode(subject.encode()).decode()}?="


def mail(subject, content, before="", mime="MIME-Version: 1.0\n"):
    """A mail; `content` is bytes and begins with the fields of its content."""
    return crlf(f"Return-Path: <someone@mail.example>\n"
                f"Received: from relay.example (relay.example [192.0.2.25]) by mx.ca.example with ESMTPS id 7W0001;\n"
                f"\tTue, 5 Mar 2024 15:19:07 +0000\n{before}"
                f"From: Someone <someone@mail.example>\nTo: problem-reports@ca.example\n"
                f"Subject: {encoded_word(subject)}\nDate: Tue, 5 Mar 2024 15:19:01 +0000\n"
                f"Message-ID: <wrapped@mail.example>\n{mime}") + content


def part(content_type, body, encoding="8bit", more=""):
    """Fields and body, as bytes. `body` is text (UTF-8) or bytes."""
    raw = crlf(body) if isinstance(body, str) else body
    if encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        raw = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return crlf(f"Content-Type: {content_type}\nContent-Transfer-Encoding: {encoding}\n{more}\n") + raw


def plain(text, encoding="8bit", charset="utf-8"):
    return part(f"text/plain; charset={charset}", text, encoding)


def multipart(subtype, parts, parameters="", boundary="=_next-part", prologue=""):
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{parameters}\n\n{prologue}'
    return crlf(head) + b"".join(crlf(f"--{boundary}\n") + one + b"\r\n" for one in parts) + crlf(f"--{boundary}--\n")


def page(text):
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line)
    return f'<html><head><meta charset="utf-8"><title>Mail</title></head><body>\n{paragraphs}</body></html>\n'


def letters(text, change):
    """Applies `change` to every character that is no part of a link, an address or a long run of data."""
    return "".join(piece if re.match(r"\S*(://|@|\.\w)|\S{24,}", piece) else "".join(map(change, piece))
                   for piece in re.split(r"(\s+)", text))


@functools.lru_cache
def innocent(kilobytes):
    """Talk about nothing, always the same."""
    chance = random.Random(kilobytes)
    who = "my neighbour,the gardener,our choir,the bakery,her brother,the old ferry,the village band,a good friend".split(",")
    does = "waters,remembers,paints,forgets,carries,looks for,talks about,takes home,would like to see".split(",")
    what = "the tomatoes,a blue bicycle,the long summer,two loaves of bread,an umbrella,the river,some music".split(",")
    when = "in the morning,on Sundays,after the rain,now and then,before supper,at the harbour,with great care".split(",")
    lines, size = [], 0
    while size < kilobytes * 1024:
        line = " ".join([*(chance.choice(words) for words in (who, does, what, when)), "and",
                         *(chance.choice(words) for words in (who, does, what, when))]) + "."
        lines.append(line.capitalize())
        size += len(line) + 1
    return "\n".join(lines) + "\n"


# --- transfer encodings ----------------------------------------------------------------------------------------------

@wrapping("7bit")
def seven_bit(report):
    if not report.is_ascii:
        raise DoesNotFit("is not ASCII")
    return mail(report.subject, part("text/plain; charset=us-ascii", report.text, "7bit"))


@wrapping("8bit")
def eight_bit(report):
    return mail(report.subject, plain(report.text))


@wrapping("quoted-printable")
def quoted_printable(report):
    return mail(report.subject, plain(report.text, "quoted-printable"))


@wrapping("quoted-printable-all")
def quoted_printable_all(report):
    """Every byte is escaped, and lines break inside words."""
    escapes = [f"={byte:02X}" for byte in report.text.encode()]
    lines = ["".join(escapes[i:i + 7]) + "=\r\n" for i in range(0, len(escapes), 7)]
    return mail(report.subject, crlf("Content-Type: text/plain; charset=utf-8\n"
                                     "Content-Transfer-Encoding: quoted-printable\n\n") + "".join(lines).encode())


@wrapping("base64")
def base64_(report):
    return mail(report.subject, plain(report.text, "base64"))


@wrapping("base64-one-line")
def base64_one_line(report):
    return mail(report.subject, crlf("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n") +
                base64.b64encode(report.text.encode()))


@wrapping("base64-undeclared")
def base64_undeclared(report):
    return mail(report.subject, crlf("Content-Type: text/plain; charset=us-ascii\n\n") +
                base64.encodebytes(report.text.encode()))


@wrapping("uuencode-inline")
def uuencode_inline(report):
    raw = report.text.encode()
    lines = [binascii.b2a_uu(raw[i:i + 45]).decode() for i in range(0, len(raw), 45)]
    return mail(report.subject, part("text/plain; charset=us-ascii",
                                     "see below\n\nbegin 644 report.txt\n" + "".join(lines) + "`\nend\n", "7bit"))


@wrapping("encoding-unknown")
def encoding_unknown(report):
    return mail(report.subject, part("text/plain; charset=utf-8", report.text, "x-unheard-of"))


# --- charsets --------------------------------------------------------------------------------------------------------

EAST_ASIAN = "shift_jis iso-2022-jp euc-jp gb18030 gb2312 big5 euc-kr".split()


def in_charset(report, charset):
    if charset in EAST_ASIAN and not re.search("[\u3000-\ufaff]", report.text):
        raise DoesNotFit("is no East Asian text")
    try:
        raw = crlf_text(report.text).encode(charset)
    except UnicodeEncodeError:
        raise DoesNotFit("the charset lacks its letters") from None
    if report.is_ascii and raw == crlf(report.text):
        raise DoesNotFit("is ASCII, which is the same in this charset")
    return raw


def crlf_text(text):
    return text.replace("\n", "\r\n")


def register_charset(charset, codec=None, encoding="8bit"):
    @wrapping(f"charset-{charset}")
    def wrap(report):
        return mail(report.subject, part(f"text/plain; charset={charset}", in_charset(report, codec or charset), encoding))


for _charset in ("iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15 windows-1250 windows-1251 "
                 "windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 koi8-r "
                 "koi8-u shift_jis iso-2022-jp euc-jp gb18030 gb2312 big5 euc-kr tis-620").split():
    register_charset(_charset)
register_charset("utf-16", encoding="base64")
register_charset("utf-16le", encoding="base64")
register_charset("utf-16be", "utf-16-be", encoding="base64")


@wrapping("charset-utf-8-called-latin-1")
def utf8_called_latin1(report):
    return mail(report.subject, part("text/plain; charset=iso-8859-1", report.text))


@wrapping("charset-utf-8-called-us-ascii")
def utf8_called_ascii(report):
    return mail(report.subject, part("text/plain; charset=us-ascii", report.text, "7bit"))


@wrapping("charset-latin-1-called-utf-8")
def latin1_called_utf8(report):
    return mail(report.subject, part("text/plain; charset=utf-8", in_charset(report, "windows-1252")))


@wrapping("charset-unknown")
def charset_unknown(report):
    return mail(report.subject, part("text/plain; charset=x-unheard-of", report.text))


# --- HTML ------------------------------------------------------------------------------------------------------------

@wrapping("html")
def html_only(report):
    return mail(report.subject, part("text/html; charset=utf-8", page(report.text), "quoted-printable"))


@wrapping("html-split-hidden")
def html_split_hidden(report):
    """Tags inside words, as editors leave them, and text that is not shown around the report."""
    def split(line):
        return re.sub(r"(\w\w)(\w+)", lambda word: f"{word[1]}<b></b><span style='color:#000'>{word[2]}</span>", line)
    shown = "".join(f"<div>{split(html.escape(line, quote=False))}</div>" for line in report.text.split("\n")
                    if "&" not in line or "://" in line)
    hidden = f'<div style="display:none;font-size:0">{innocent(2)}</div>'
    return mail(report.subject, part("text/html; charset=utf-8",
                                     f"<html><body>{hidden}<!-- {innocent(1)} -->{shown}{hidden}</body></html>\n"))


@wrapping("html-entities")
def html_entities(report):
    text = "".join(character if character in " \n" else f"&#{ord(character)};" for character in report.text)
    return mail(report.subject, part("text/html", f"<body>{text}</body>\n", "7bit"))


@wrapping("html-table")
def html_table(report):
    rows = "".join(f"<TR><TD>{html.escape(line)}</TD></TR>" for line in report.text.split("\n") if line)
    return mail(report.subject, part("text/html; charset=utf-8", f"<TABLE>{rows}</TABLE>", "base64"))


@wrapping("alternative-innocent-text")
def alternative_innocent(report):
    return mail(report.subject, multipart("alternative", [
        plain("This message cannot be shown as text. Please open it in a newer program.\n"),
        part("text/html; charset=utf-8", page(report.text), "quoted-printable")]))


@wrapping("alternative")
def alternative(report):
    return mail(report.subject, multipart("alternative", [
        plain(report.text, "quoted-printable"), part("text/html; charset=utf-8", page(report.text), "base64")]))


@wrapping("mixed-related-alternative")
def mixed_related_alternative(report):
    picture = part('image/png; name="logo.png"', b"\x89PNG\r\n\x1a\n" + bytes(64), "base64")
    inner = multipart("alternative", [plain("\n"), part("text/html; charset=utf-8", page(report.text), "base64")],
                      boundary="=_inner")
    return mail(report.subject, multipart("mixed", [multipart("related", [inner, picture], boundary="=_middle"),
                                                    plain("-- \nsent from my telephone\n")]))


# --- plain text as programs write it ---------------------------------------------------------------------------------

def flowed(text, delsp):
    lines = []
    for line in text.split("\n"):
        while len(line) > 60 and " " in line[20:60]:
            cut = line.rindex(" ", 0, 60) + 1
            lines.append(line[:cut] + (" " if delsp else ""))
            line = line[cut:]
        lines.append(" " + line if line.startswith((" ", ">", "From ")) else line.rstrip(" "))
    return "\n".join(lines)


@wrapping("flowed")
def format_flowed(report):
    return mail(report.subject, part("text/plain; charset=utf-8; format=flowed", flowed(report.text, False)))


@wrapping("flowed-delsp")
def format_flowed_delsp(report):
    return mail(report.subject, part("text/plain; charset=utf-8; format=flowed; delsp=yes", flowed(report.text, True)))


@wrapping("lines-lf")
def lines_lf(report):
    return eight_bit(report).replace(b"\r\n", b"\n")


@wrapping("lines-cr")
def lines_cr(report):
    return eight_bit(report).replace(b"\r\n", b"\r")


@wrapping("lines-mixed")
def lines_mixed(report):
    """Header with CRLF, text with LF, a CR too many here and there."""
    head, _, body = eight_bit(report).partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body.replace(b"\r\n", b"\n").replace(b".\n", b".\r\r\n")


# --- other mail around it --------------------------------------------------------------------------------------------

def message(report, content=None):
    """The report as a message in a message."""
    return crlf(f"From: Reporter <reporter@mail.example>\nTo: info@ca.example\nSubject: {encoded_word(report.subject)}\n"
                "Date: Mon, 4 Mar 2024 09:00:00 +0000\nMessage-ID: <first@mail.example>\nMIME-Version: 1.0\n") + (
        content or plain(report.text, "quoted-printable"))


def nested(report, depth):
    inner = message(report)
    for level in range(depth):
        inner = multipart("mixed", [plain("Please see the attached message.\n"),
                                    crlf("Content-Type: message/rfc822\n\n") + inner], boundary=f"=_level-{level}")
        inner = inner if level == depth - 1 else crlf("From: b@mail.example\nSubject: Fwd\nMIME-Version: 1.0\n") + inner
    return mail("Fwd: for you", inner)


@wrapping("rfc822-nested-1")
def nested_once(report):
    return nested(report, 1)


@wrapping("rfc822-nested-4")
def nested_four_times(report):
    return nested(report, 4)


@wrapping("rfc822-bare")
def rfc822_bare(report):
    return mail("Fwd: for you", crlf("Content-Type: message/rfc822\n\n") + message(report))


@wrapping("forwarded-inline")
def forwarded_inline(report):
    return mail("FW: " + report.subject, plain(
        "FYI\n\n-----Original Message-----\nFrom: Reporter <reporter@mail.example>\n"
        f"Sent: Monday, March 4, 2024 9:00 AM\nTo: Info\nSubject: {report.subject}\n\n{report.text}\n"))


@wrapping("forwarded-eml-octet-stream")
def forwarded_octet_stream(report):
    return mail("Fwd: for you", multipart("mixed", [
        plain("Is this for us?\n"),
        part('application/octet-stream; name="message.eml"', message(report), "base64",
             'Content-Disposition: attachment; filename="message.eml"\n')]))


@wrapping("quoted-under-thread")
def quoted_under_thread(report):
    thread = "Yes, let us talk about it on Thursday.\n\n"
    for depth in range(1, 6):
        quoted = "> " * depth
        thread += f"{quoted}On Monday somebody wrote:\n" + "".join(
            f"{quoted}{line}\n" for line in innocent(3).split("\n")[depth:depth + 12])
    return mail("Re: " + report.subject, plain(thread + "".join(f"> > > > > > {line}\n" for line in report.text.split("\n"))))


@wrapping("digest")
def digest(report):
    talk = crlf("\nFrom: c@list.example\nSubject: gardens\n\n") + crlf(innocent(2))
    return mail("List digest, Vol 3, Issue 7", multipart("digest", [talk, crlf("\n") + message(report), talk]))


# --- signatures ------------------------------------------------------------------------------------------------------

PGP_SIGNATURE = ("-----BEGIN PGP SIGNATURE-----\n\n"
                 "iHUEARYKAB0WIQTNBGZyYWdtZW50b2Zhc2lnbmF0dXJlBQJl5zHhAAoJEHNpZ25h\n"
                 "dHVyZZ8BAP9vbmx5LWZvci1hLXRlc3QtYW5kLW5vdC12YWxpZAEA3q2+7w==\n=abcd\n"
                 "-----END PGP SIGNATURE-----\n")


@wrapping("signed-pgp-mime")
def signed_pgp_mime(report):
    return mail(report.subject, multipart("signed", [
        plain(report.text, "quoted-printable"),
        part('application/pgp-signature; name="signature.asc"', PGP_SIGNATURE, "7bit")],
        '; micalg=pgp-sha256;\n\tprotocol="application/pgp-signature"'))


@wrapping("signed-pgp-clear")
def signed_pgp_clear(report):
    text = re.sub(r"^-", "- -", report.text, flags=re.M)
    return mail(report.subject, plain(f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{text}{PGP_SIGNATURE}"))


@functools.lru_cache
def signer():
    """A folder with a key and a certificate of nobody."""
    if not shutil.which("openssl"):
        raise DoesNotFit("there is no openssl")
    folder = tempfile.TemporaryDirectory(prefix="wrappings-")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "30", "-subj", "/CN=reporter", "-keyout", f"{folder.name}/key.pem", "-out", f"{folder.name}/cert.pem"],
                   check=True, capture_output=True)
    return folder


def cms(content, *options):
    folder = Path(signer().name)
    (folder / "content").write_bytes(content)
    return subprocess.run(["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", folder / "content", "-signer",
                           folder / "cert.pem", "-inkey", folder / "key.pem", "-nosmimecap", *options],
                          check=True, capture_output=True).stdout


@wrapping("signed-smime-detached")
def signed_smime_detached(report):
    content = plain(report.text, "quoted-printable")
    signature = b"\x30\x80" + hashed(content)  # not valid; a reader of mail does not check it
    return mail(report.subject, multipart("signed", [
        content, part('application/pkcs7-signature; name="smime.p7s"', signature, "base64",
                      'Content-Disposition: attachment; filename="smime.p7s"\n')],
        '; micalg=sha-256;\n\tprotocol="application/pkcs7-signature"'))


def hashed(content):
    return random.Random(zlib.crc32(content)).randbytes(1200)


@wrapping("signed-smime-opaque")
def signed_smime_opaque(report):
    return mail(report.subject, part('application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
                                     cms(plain(report.text, "quoted-printable"), "-nodetach"), "base64"))


# --- what filters and lists add --------------------------------------------------------------------------------------

DISCLAIMER = ("This e-mail and any files transmitted with it are confidential and intended solely for the use of the "
              "person to whom they are addressed. If you have received it in error, please notify the sender and delete "
              "it. The company accepts no liability for damage caused by any virus transmitted by this e-mail. "
              "Please consider the environment before printing.\n")


@wrapping("list-footer")
def list_footer(report):
    return mail("[Users] " + report.subject, plain(
        f"{report.text}\n{DISCLAIMER}\n{'_' * 47}\nUsers mailing list -- users@list.example\n"
        "To unsubscribe send an email to users-leave@list.example\nhttps://list.example/mailman/listinfo/users\n"),
        "List-Id: Users <users.list.example>\nPrecedence: list\n"
        "List-Unsubscribe: <mailto:users-leave@list.example>\n")


@wrapping("spam-filter-headers")
def spam_filter_headers(report):
    return mail("[SPAM] " + report.subject, plain(report.text),
                "X-Spam-Flag: YES\nX-Spam-Score: 14.2\nX-Spam-Level: **************\n"
                "X-Spam-Status: Yes, score=14.2 required=5.0 tests=BAYES_99,FREEMAIL_FROM,\n"
                "\tHTML_MESSAGE,RCVD_IN_LIST autolearn=spam version=4.0.0\n"
                "X-Quarantine-Reason: bulk\nPrecedence: bulk\nAuto-Submitted: auto-generated\n")


@wrapping("spam-report-around")
def spam_report_around(report):
    """SpamAssassin's report_safe: a notice, the points, the mail as an attachment."""
    return mail("*****SPAM***** " + report.subject, multipart("mixed", [
        plain("Spam detection software, running on the system mx.ca.example, has identified this incoming email as possible "
              "spam. The original message has been attached to this.\n\nContent analysis details: (14.2 points, 5.0 "
              "required)\n\n pts rule name              description\n---- ---------------------- --------\n 3.5 BAYES_99   "
              "            BODY: Bayes spam probability is 99 to 100%\n"),
        part("message/rfc822; x-spam-type=original", message(report), "8bit",
             "Content-Description: original message before SpamAssassin\nContent-Disposition: attachment\n")]))


@wrapping("external-banner")
def external_banner(report):
    banner = ("CAUTION: This email originated from outside of the organization. Do not click links or open attachments "
              "unless you recognize the sender and know the content is safe.")
    return mail("[EXTERNAL] " + report.subject, multipart("alternative", [
        plain(f"{banner}\n\n{report.text}"),
        part("text/html; charset=utf-8",
             f'<table style="background:#ffeb9c"><tr><td>{banner}</td></tr></table>{page(report.text)}', "base64")]))


def rewrite_links(report, rewrite):
    text = re.sub(r"https?://[^\s<>\"')]*[^\s<>\"').,;:]", lambda link: rewrite(link[0]), report.text)
    if text == report.text:
        raise DoesNotFit("has no link")
    return mail(report.subject, plain(text))


@wrapping("links-safe-links")
def safe_links(report):
    return rewrite_links(report, lambda link: "https://eur02.safelinks.protection.outlook.com/?url=" +
                         urllib.parse.quote(link, safe="") + "&data=05%7C02%7Creports%40ca.example%7C0a1b2c3d4e5f%7C0%7C0"
                         "%7C638451234567890123%7CUnknown%7C&sdata=c29tZXRoaW5n%3D&reserved=0")


@wrapping("links-urldefense-v2")
def urldefense_v2(report):
    return rewrite_links(report, lambda link: "https://urldefense.proofpoint.com/v2/url?u=" +
                         urllib.parse.quote(link, safe="/").replace("_", "%5F").replace("-", "%2D").replace("%", "-")
                         .replace("/", "_") + "&d=DwMFAg&c=aBcDeFgHiJ&r=kLmNoPqRsT&m=uVwXyZ&s=0123456789&e=")


@wrapping("links-urldefense-v3")
def urldefense_v3(report):
    return rewrite_links(report, lambda link: f"https://urldefense.com/v3/__{link.replace('#', '*')}__;"
                         + ("Iw" if "#" in link else "") + "!!AbCdEf!GhIjKlMnOpQrStUvWxYz0123456789$")


# --- attachments only ------------------------------------------------------------------------------------------------

def attached(report, content):
    return mail(report.subject, multipart("mixed", [plain("See attachment.\n"), content]))


@wrapping("attached-txt")
def attached_txt(report):
    return attached(report, part('text/plain; charset=utf-8; name="report.txt"', report.text, "base64",
                                 'Content-Disposition: attachment; filename="report.txt"\n'))


@wrapping("attached-html")
def attached_html(report):
    return attached(report, part('text/html; charset=utf-8; name="report.html"', page(report.text), "base64",
                                 'Content-Disposition: attachment; filename="report.html"\n'))


@wrapping("attached-rfc2231-name")
def attached_rfc2231(report):
    return attached(report, part("application/octet-stream", report.text, "base64",
                                 "Content-Disposition: attachment;\n\tfilename*0*=utf-8''Meldung%20%C3%BC;\n"
                                 "\tfilename*1*=ber%20Pr;\n\tfilename*2=obleme.txt\n"))


def tnef(attributes):
    """Microsoft's winmail.dat (MS-OXTNEF 2.1): signature, key, attributes with a checksum each."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for level, number, data in attributes:
        out += struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return out


def tnef_mail(report, attributes):
    version = [(1, 0x00089006, struct.pack("<I", 0x00010000)), (1, 0x00069007, struct.pack("<II", 1252, 0))]
    return mail(report.subject, multipart("mixed", [
        plain("\n"), part('application/ms-tnef; name="winmail.dat"', tnef(version + attributes), "base64",
                          'Content-Disposition: attachment; filename="winmail.dat"\n')]))


@wrapping("tnef-body")
def tnef_body(report):
    """PR_BODY as UTF-16 (0x1000, type 0x001F) among the properties of the message."""
    text = crlf_text(report.text).encode("utf-16-le") + b"\0\0"
    properties = struct.pack("<IHHII", 1, 0x001F, 0x1000, 1, len(text)) + text + bytes(-len(text) % 4)
    return tnef_mail(report, [(1, 0x00069003, properties)])


@wrapping("tnef-attachment")
def tnef_attachment(report):
    return tnef_mail(report, [(2, 0x00069002, struct.pack("<HIHHII", 1, 0xFFFFFFFF, 0, 0, 0, 0)),
                              (2, 0x00018010, b"report.txt\0"), (2, 0x0006800F, crlf(report.text))])


# --- broken mail -----------------------------------------------------------------------------------------------------

@wrapping("no-mime-version")
def no_mime_version(report):
    return mail(report.subject, plain(report.text, "base64"), mime="")


@wrapping("no-content-type")
def no_content_type(report):
    return mail(report.subject, b"\r\n" + crlf(report.text), mime="")


@wrapping("boundary-broken")
def boundary_broken(report):
    """The boundary in the header is not the one in the body."""
    good = multipart("mixed", [plain(report.text, "quoted-printable")])
    return mail(report.subject, good.replace(b'boundary="=_next-part"', b'boundary="=_other-part"'))


@wrapping("boundary-missing")
def boundary_missing(report):
    good = multipart("mixed", [plain(report.text, "base64")])
    return mail(report.subject, good.replace(b'; boundary="=_next-part"', b""))


@wrapping("boundary-never-closed")
def boundary_never_closed(report):
    return mail(report.subject, multipart("mixed", [plain("\n"), plain(report.text, "base64")])[:-16])


@wrapping("no-blank-line")
def no_blank_line(report):
    return mail(report.subject, crlf("Content-Type: text/plain; charset=utf-8\n") + crlf(report.text))


@wrapping("mbox-from-line")
def mbox_from_line(report):
    return b"From someone@mail.example Tue Mar  5 15:19:07 2024\r\n" + eight_bit(report)


@wrapping("header-after-blank-line")
def header_after_blank_line(report):
    """A filter put an empty line into the header; the rest of it looks like text."""
    return eight_bit(report).replace(b"From: Someone", b"\r\nFrom: Someone", 1)


# --- letters ---------------------------------------------------------------------------------------------------------

@wrapping("zero-width-letters")
def zero_width(report):
    chance = random.Random(7)
    return mail(report.subject, plain(letters(
        report.text, lambda c: c + (chance.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad") if c.isalpha() and
                                    chance.random() < 0.4 else ""))))


@wrapping("homoglyphs")
def homoglyphs(report):
    table = str.maketrans("aceiopsxyACEHKMOPTX", "асеіорѕхуАСЕНКМОРТХ")
    changed = letters(report.text, lambda c: c.translate(table))
    if changed == report.text:
        raise DoesNotFit("has no Latin letters")
    return mail(report.subject, plain(changed))


@wrapping("full-width-letters")
def full_width(report):
    return mail(report.subject, plain(letters(
        report.text, lambda c: chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c)))


@wrapping("decomposed-letters")
def decomposed(report):
    import unicodedata
    changed = unicodedata.normalize("NFD", report.text)
    if changed == report.text:
        raise DoesNotFit("has no letter with a mark")
    return mail(report.subject, plain(changed))


@wrapping("no-break-spaces")
def no_break_spaces(report):
    return mail(report.subject, plain(report.text.replace(" ", "\u00a0")))


@wrapping("hard-wrapped-40")
def hard_wrapped(report):
    lines = []
    for line in report.text.split("\n"):
        while len(line) > 40 and " " in line[1:40]:
            cut = line.rindex(" ", 1, 40)
            lines.append(line[:cut])
            line = line[cut + 1:]
        lines.append(line)
    return mail(report.subject, plain("\n".join(lines)))


@wrapping("subject-odd-splits")
def subject_odd_splits(report):
    """Encoded words of five bytes each, cut through letters, B and Q by turns."""
    raw, words = report.subject.encode(), []
    for i in range(0, len(raw), 5):
        piece = raw[i:i + 5]
        words.append(f"=?UTF-8?B?{base64.b64encode(piece).decode()}?=" if i % 2 else
                     "=?utf-8?q?" + "".join(f"={byte:02x}" for byte in piece) + "?=")
    return mail("SUBJECT", plain(report.text)).replace(b"SUBJECT", "\r\n\t".join(words).encode(), 1)


@wrapping("padded-before")
def padded_before(report):
    return mail(report.subject, plain(innocent(100) + "\n" + report.text))


@wrapping("padded-after")
def padded_after(report):
    return mail(report.subject, plain(report.text + "\n" + innocent(100)))
