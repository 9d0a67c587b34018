"""Mail for judge_speed.py that is no plain text: certificates, keys, archives, winmail.dat, notices of a quarantine."""
import base64
import io
import struct
import zipfile

HEAD = "From: a@mail.example\nTo: reports@ca.example\nSubject: certificate\nMIME-Version: 1.0\n"


# --- DER -------------------------------------------------------------------------------------------------------------

def der(tag, *contents):
    body = b"".join(contents)
    width = (len(body).bit_length() + 7) // 8
    length = bytes([len(body)]) if len(body) < 128 else bytes([0x80 | width]) + len(body).to_bytes(width, "big")
    return bytes([tag]) + length + body


def sequence(*contents):
    return der(0x30, *contents)


def integer(value):
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


RSA = sequence(bytes.fromhex("06092a864886f70d0101010500"))
POLICY = sequence(bytes.fromhex("06068837ce0f0101"))
CRL_POINT = sequence(der(0xA0, der(0xA0, der(0x86, b"http://crl.other.example/c.crl"))))


def certificate(chance, extension, value):
    """One that its extension makes large."""
    name = sequence(*(der(0x31, sequence(bytes.fromhex("0603550403"), der(0x0C, f"Other CA {i}".encode()))) for i in range(40)))
    times = sequence(der(0x17, b"260101000000Z"), der(0x17, b"270101000000Z"))
    key = sequence(RSA, der(0x03, b"\0" + sequence(integer(chance.getrandbits(2048)), integer(65537))))
    extensions = der(0xA3, sequence(sequence(bytes.fromhex(extension), der(0x04, value))))
    signed = sequence(der(0xA0, integer(2)), integer(chance.getrandbits(120)), RSA, name, times, name, key, extensions)
    return sequence(signed, RSA, der(0x03, b"\0" + chance.randbytes(256)))


def large_certificates(chance, extension, piece, pieces):
    return [certificate(chance, extension, sequence(*[piece] * pieces)) for _ in range(16)]


def edwards_key(chance):
    """PKCS #8 without the public half, which the reader has to work out."""
    return sequence(integer(0), sequence(bytes.fromhex("06032b6570")), der(0x04, der(0x04, chance.randbytes(32))))


def curve_key(chance):
    return sequence(integer(1), der(0x04, b"\0" + chance.randbytes(65)), der(0xA0, bytes.fromhex("06052b81040023")))


def rsa_key(chance, bits):
    """Not one number in it is prime."""
    p, q, d = (chance.getrandbits(bits) | 1 for _ in range(3))
    return sequence(integer(0), integer(p * q), integer(65537), integer(d), integer(p), integer(q), integer(d % (p - 1)),
                    integer(d % (q - 1)), integer(chance.getrandbits(bits)))


def pem(label, raw):
    text = base64.encodebytes(raw).decode()
    return f"-----BEGIN {label}-----\n{text}-----END {label}-----\n"


def attached(raw, content_type, name):
    return (f'--b\nContent-Type: {content_type}; name="{name}"\nContent-Disposition: attachment\n'
            f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(raw).decode()}\n")


def mixed(parts):
    return f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{''.join(parts)}"


# --- archives, winmail.dat, rich text --------------------------------------------------------------------------------

def archive(members, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for number in range(members):
            packed.writestr(f"keys/server{number}.key", text)
    return out.getvalue()


def attribute(number, value):
    return struct.pack("<BII", 1, number, len(value)) + value + b"\0\0"


def winmail(*attributes):
    return b"\x78\x9f\x3e\x22\1\0" + b"".join(attributes)


def property_of(kind, number, value):
    return struct.pack("<IHHII", 1, kind, number, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def compressed_rich_text(size):
    """Each reference of two bytes is 17 bytes of text: "key key key ..." """
    out, write = bytearray(), 207
    word = b"certificate key "
    out += bytes([0]) + word[:8] + bytes([0]) + word[8:]
    while len(out) < size:
        out.append(255)
        for _ in range(8):
            write += 16 if write == 207 else 17
            out += struct.pack(">H", ((write - 16) % 4096) << 4 | 15)
    return struct.pack("<II4sI", len(out) + 12, 9 * len(out), b"LZFu", 0) + bytes(out)


def rich_text(piece, size):
    return b"{\\rtf1\\ansi " + piece * (size // len(piece))


# --- notices of a quarantine -----------------------------------------------------------------------------------------

PROOF = ("Received: from filter.example by mx.example.org; Mon, 2 Nov 2026 08:00:00 +0000\n"
         "Authentication-Results: mx.example.org; dmarc=pass header.from=filter.example\n")


def notice(content_type, body):
    head = HEAD.replace("a@mail.example", "quarantine@filter.example")
    return f"{PROOF}{head}Content-Type: {content_type}; charset=utf-8\n\n{body}"


def rows(form, size, lines=8000):
    """As many rows as are still read, each as long as the size allows."""
    long_subject = "certificate of your key " * (max(0, size // lines - len(form)) // 24 + 1)
    return "".join(form.replace("%d", str(i)).replace("%s", long_subject) + "\n" for i in range(lines))


def notices(size):
    """Name to message; trusted, as the sender of one can make a filter send what he likes."""
    table = "From\tSubject\tDate\n"
    cell = "expiry date of it\t"
    plain = {
        "notice of rows": table + rows("a%d@shop.example\t%s\t2026-11-01 10:00", size),
        "notice of labels": rows("From: a%d@shop.example\nSubject: %s\nDate: 2026-11-01 10:00\n", size, 2000),
        "notice of short labels": rows("Subject: a", size), "notice of half labels": rows("data di scadenz: a", size),
        "notice of cells": rows(cell * min(23, size // 8000 // len(cell)) + "x", size),
        "notice of heads": rows("\t".join(["Date"] * 12), size),
        "notice of dates": table + rows("\t".join(["1 november 2026 of"] * 6), size),
        "notice of weekdays": table + rows("a%d@b\t" + "sonntag montag freitag " * 5, size),
        "notice of spaces": rows("a  " * 40, size), "notice of one line": "a\t" * (size // 2),
        "notice of long rows": table + rows("a%d@shop.example\t%s\t2026-11-01 10:00", size, 128),
        "notice of numbers": "5 messages 6 mails " * (size // 19),
    }
    mails = {name: notice("text/plain", text) for name, text in plain.items()}
    cells = "".join(f"<tr><td>a{i}@shop.example</td><td>certificate</td><td>1 Nov 2026 10:00</td></tr>\n" for i in range(size // 75))
    mails["notice of HTML rows"] = notice("text/html", f"<table><tr><td>From</td><td>Subject</td><td>Date</td></tr>\n{cells}</table>")
    half = plain["notice of rows"][:size // 2]
    mails["notice in two forms"] = notice("multipart/alternative; boundary=b", "--b\nContent-Type: text/plain\n\n" + half +
                                          "\n--b\nContent-Type: text/html\n\n" + half.replace("\n", "<br>"))
    return mails


# --- all -------------------------------------------------------------------------------------------------------------

def containers(size, chance):
    """Name to message."""
    results = "Authentication-Results: mx.example.org; dkim=pass header.d=a.example\n"
    long_result = "Authentication-Results: mx.example.org; " + "dkim=pass (" + "(" * 500 + ")" * 501 + " header.d=a.example;\n " * 7 + "\n"
    text = "certificate of the private key, please revoke it\n".encode()
    mails = {
        "result fields": results * (size // len(results)) + HEAD + "\nx",
        "long result fields": long_result * (size // len(long_result)) + HEAD + "\nx",
        "certificates of many names": mixed(attached(raw, "application/pkix-cert", "a.cer") for raw in large_certificates(
            chance, "0603551d11", der(0x82, b"shop.example"), min(4000, size // 420))),
        "certificates of many policies": mixed(attached(raw, "application/pkix-cert", "a.cer") for raw in large_certificates(
            chance, "0603551d20", POLICY, min(5000, size // 300))),
        "certificates of many URLs": mixed(attached(raw, "application/pkix-cert", "a.cer") for raw in large_certificates(
            chance, "0603551d1f", CRL_POINT, min(1500, size // 1000))),
        "certificates": mixed(attached(certificate(chance, "0603551d20", sequence(POLICY)), "application/pkix-cert", "a.cer")
                              for _ in range(size // 6500)),
        "certificates in the text": HEAD + "\n" + "".join(
            pem("CERTIFICATE", certificate(chance, "0603551d20", sequence(POLICY))) for _ in range(size // 6500)),
        "Ed25519 keys": HEAD + "\n" + "".join(pem("PRIVATE KEY", edwards_key(chance)) for _ in range(size // 120)),
        "P-521 keys": HEAD + "\n" + "".join(pem("EC PRIVATE KEY", curve_key(chance)) for _ in range(size // 170)),
        "RSA keys": HEAD + "\n" + "".join(pem("RSA PRIVATE KEY", rsa_key(chance, 1024)) for _ in range(size // 1700)),
        "long RSA keys": HEAD + "\n" + "".join(pem("RSA PRIVATE KEY", rsa_key(chance, 40000)) for _ in range(size // 64000)),
        "zip of 2,000 members": mixed([attached(archive(min(2000, size // 240), b"key\n"), "application/zip", "a.zip")]),
        "zip of stored text": mixed([attached(archive(min(2000, size // 550), text * 5), "application/zip", "a.zip")]),
        "winmail.dat of text": mixed([attached(winmail(attribute(0x0002800C, text * (size * 2 // 3 // len(text)))),
                                               "application/ms-tnef", "winmail.dat")]),
        "winmail.dat of files": mixed([attached(winmail(*[attribute(0x00069002, b"") + attribute(0x00018010, b"a.pem") +
                                                          attribute(0x0006800F, text)] * (size // 120)),
                                                "application/ms-tnef", "winmail.dat")]),
        "winmail.dat of packed RTF": mixed([attached(winmail(attribute(0x00069003, property_of(
            0x102, 0x1009, compressed_rich_text(size * 2 // 3)))), "application/ms-tnef", "winmail.dat")]),
        "winmail.dat of plain RTF": mixed([attached(winmail(attribute(0x00069003, property_of(
            0x102, 0x1009, struct.pack("<II4sI", 0, 0, b"MELA", 0) + rich_text(b"{\\b key}\\par ", size * 2 // 3)))),
            "application/ms-tnef", "winmail.dat")]),
        "RTF": mixed([attached(rich_text(b"{\\b key}\\par ", size * 2 // 3), "application/rtf", "a.rtf")]),
        "RTF of escapes": mixed([attached(rich_text(b"\\'e9\\u233?", size * 2 // 3), "application/rtf", "a.rtf")]),
        "RTF of groups": mixed([attached(rich_text(b"{", size * 2 // 3), "application/rtf", "a.rtf")]),
    }
    mails.update(notices(size))
    return {name: mail.encode() for name, mail in mails.items()}
