"""Sample mail, written for these tests: problem reports in many shapes, spam, and mail that only looks like a report.

Every builder takes nothing that the test does not need to know and returns a Sample. Names are of example domains."""
import email.message
import email.policy
import email.utils
import itertools
from datetime import datetime, timezone

ADDRESS = "problem-reports@ca.example.org"
OWN_HOST = "mx.ca.example.org"
_numbers = itertools.count(1)

SERIAL = "04:a1:77:3e:9c:02:d5:11:8f:60:be:2a:7c:55:90:13:e8"
SHA256 = "9f3c2b7a4d1e88650c9a7be1f2d34455667788990a1b2c3d4e5f60718293a4b5"


class Sample:
    """A mail: its bytes, its Message-ID, and a name for messages of failed tests."""

    def __init__(self, name, mail):
        self.name, self.message_id = name, mail["Message-ID"]
        self.subject, self.sender = mail["Subject"], mail["From"]
        self.raw = mail.as_bytes(policy=email.policy.SMTP)

    def __repr__(self):
        return self.name


def letter(subject, sender, text=None, received=None, charset="utf-8", transfer=None, sent=None):
    """The frame of a mail; `received` adds the line of the CA's own border host."""
    mail = email.message.EmailMessage()
    when = sent or received or datetime.now(timezone.utc)
    if received:
        mail["Received"] = (f"from out.sender.example ([192.0.2.7]) by {OWN_HOST} with ESMTPS id k{next(_numbers)}; "
                            + email.utils.format_datetime(received))
    mail["Date"] = email.utils.format_datetime(when)
    mail["From"], mail["To"], mail["Subject"] = sender, ADDRESS, subject
    domain = email.utils.parseaddr(sender)[1].rpartition("@")[2]
    mail["Message-ID"] = f"<{next(_numbers)}.{int(datetime.now().timestamp() * 1e6):x}@{domain}>"
    if text is not None:
        mail.set_content(text, charset=charset, cte=transfer)
    return mail


# -- problem reports ------------------------------------------------------------------------------------------------

def plain_report(received=None, sender="Linting Service <reports@linting.example>"):
    return Sample("plain report", letter("Certificate Problem Report: wrong subject order", sender, f"""\
Hello,

while linting issued certificates I came across one of yours whose subject attributes stand in an order that
section 7.1.4.2 of the Baseline Requirements does not allow. Its serial number is {SERIAL}.

Please treat this as a Certificate Problem Report under section 4.9.3, revoke the certificate within five days and
let me know your preliminary findings within 24 hours.

Regards,
the linting service
""", received))


def crtsh_report(received=None):
    return Sample("three sentences and a link", letter("misissued certificate", "reporter@watchers.example", """\
Hi, https://crt.sh/?id=1234567890 was issued with an organisation name that does not exist in that country.
I believe it is misissued. Please investigate and revoke it.
""", received))


def key_compromise_report(received=None):
    mail = letter("Private key of your subscriber is public", "Key Finder <reports@keyfinder.example>", f"""\
Dear CA,

the private key that belongs to your certificate with SHA-256 fingerprint {SHA256}
is published in a public source repository. I signed the attached text with it as proof of key compromise.
Please revoke the certificate within 24 hours as Baseline Requirements 4.9.1.1 demands.
""", received)
    mail.add_alternative("<p>Dear CA,</p><p>the <b>private key</b> that belongs to your certificate is public: <i>key "
                         "compromise</i>. Please <b>revoke</b> it within 24 hours.</p>", subtype="html")
    return Sample("key compromise, two alternatives", mail)


def html_report(received=None):
    mail = letter("Revocation request", "abuse-desk@hosting.example", received=received)
    mail.set_content(f"""<html><body><div>To whom it may concern,</div><div>the certifi<b>cate</b> with serial number
<code>{SERIAL.replace(':', '')}</code> which your CA issued is used on a phishing site,
https://login.bank.example/. This is certificate misuse;&nbsp;please <span>revoke</span> it.</div></body></html>
""", subtype="html")
    return Sample("html only", mail)


def german_report(received=None):
    sender = "Schlüsselprüfstelle <meldung@beispiel.example>"
    return Sample("German, base64", letter("Missbrauch eines Zertifikats", sender, f"""\
Sehr geehrte Damen und Herren,

der private Schlüssel zu Ihrem Zertifikat mit der Seriennummer {SERIAL} ist kompromittiert und öffentlich
zugänglich. Bitte widerrufen Sie das Zertifikat innerhalb von 24 Stunden.

Mit freundlichen Grüßen
""", received, transfer="base64"))


def french_report(received=None):
    return Sample("French, quoted-printable", letter("Signalement : certificat émis à tort", "titulaire@exemple.example",
                                                     f"""\
Bonjour,

le certificat portant le numéro de série {SERIAL} a été émis à tort : le nom de domaine ne nous appartient plus.
Merci de révoquer ce certificat, conformément à la section 4.9.1.1 des Baseline Requirements.
""", received, transfer="quoted-printable"))


def japanese_report(received=None):
    return Sample("Japanese, ISO-2022-JP", letter("証明書の問題報告", "houkoku@rei.example", f"""\
認証局ご担当者様

貴社が発行した証明書 https://crt.sh/?id=2345678901 の秘密鍵が漏洩しています。
証明書を失効させてください。
""", received, charset="iso-2022-jp", transfer="7bit"))


def forwarded_report(received=None):
    inner = letter("CPR: certificate with invalid dnsNames", "Research Group <reports@research.example>", f"""\
This certificate problem report concerns serial {SERIAL}: its subjectAltName holds a name with an underscore.
Please revoke it as the Baseline Requirements demand.
""")
    mail = letter("Fwd: is this one for you?", "front-desk@ca-reseller.example", "See the attached mail.\n", received)
    mail.add_attachment(inner)
    return Sample("forwarded as an attachment", mail)


def attached_report(pem, received=None):
    mail = letter("certificate attached", "Certificate Scanner <reports@scan.example>",
                  "The attached certificate was not issued in accordance with your CPS. Please look into it and "
                  "revoke.\n", received)
    mail.add_attachment(pem.encode(), maintype="application", subtype="x-pem-file", filename="leaf.pem")
    return Sample("certificate as an attachment", mail)


def revocation_service_report(received=None):
    return Sample("names no certificate", letter("Expired CRL", "PKI Monitor <reports@pki-monitor.example>", """\
Hello, your CRL at http://crl.ca.example.org/issuing2.crl has had a nextUpdate in the past since yesterday, and the OCSP
responder answers "unauthorized" for every serial number. This violates section 4.9.7 of the Baseline Requirements.
Please consider this a certificate problem report.
""", received))


def reports(pem, received=None):
    """One of every shape; each is probable."""
    return [plain_report(received), crtsh_report(received), key_compromise_report(received), html_report(received),
            german_report(received), french_report(received), japanese_report(received), forwarded_report(received),
            attached_report(pem, received), revocation_service_report(received)]


# -- spam and near misses -------------------------------------------------------------------------------------------

_SPAM = [
    ("Congratulations, you have been selected", "prize@lucky-draw.example",
     "Dear winner,\n\nyour address was drawn and 850,000 dollars wait for you. Answer with your bank details today.\n"),
    ("Cheap watches this weekend only", "deals@replica-time.example",
     "Luxury watches from 79 dollars. Free shipping world wide. Click http://replica-time.example/sale now!\n"),
    ("Re: your search engine ranking", "SEO Sales <sales@seo-wizards.example>",
     "Hi, I looked at your website and found errors that keep it from the first page. May I send you a quote?\n"),
    ("Invoice 20931 overdue", "accounting@nowhere.example",
     "Please find the attached invoice and pay within three days to avoid fees.\n"),
    ("Your mailbox is almost full", "it-support@webmail-team.example",
     "Your storage has reached 98 %. Verify your password at http://webmail-team.example/verify to keep your mail.\n"),
    ("Gift certificate inside", "offers@shopping-club.example",
     "Your gift certificate of 50 dollars expires tonight! Redeem it in our shop before midnight.\n"),
    ("Investment with guaranteed return", "fund@crypto-gains.example",
     "Our robot turns 200 dollars into 4,000 in a week. Join the group before it closes.\n"),
    ("Partnership proposal", "Charity Fund <fund@charity-fund.example>",
     "I am a widow and wish to give 12 million to good causes through you. Please keep this confidential.\n"),
    ("Reduza suas dívidas agora", "contato@ofertas.example",
     "Prezado cliente, renegocie suas dívidas com até 90 % de desconto. Responda hoje mesmo.\n"),
    ("Günstige Kredite ohne Schufa", "kredit@schnellgeld.example",
     "Sie brauchen Geld? Wir zahlen innerhalb von 24 Stunden aus. Antworten Sie noch heute.\n"),
]

_NEAR_MISSES = [
    ("ISO 9001 certification in six weeks", "sales@quality-consult.example",
     "Obtain your ISO 9001 certificate in only six weeks. Our consultants write every document for you.\n"),
    ("Course: project management certificate", "academy@learning.example",
     "Enrol now and receive a certificate of attendance. The early-bird price ends on Friday.\n"),
    ("Newsletter: what is new in web hosting", "news@hosting-letter.example",
     "This month: faster disks, a new data centre, and our summer prices. You can unsubscribe at any time.\n"),
]


def spam(count=None):
    """Spam, as many as asked for: the samples again and again with other Message-IDs."""
    chosen = itertools.islice(itertools.cycle(_SPAM), count or len(_SPAM))
    return [Sample(f"spam: {subject}", letter(subject, sender, text)) for subject, sender, text in chosen]


def near_misses():
    return [Sample(f"near miss: {subject}", letter(subject, sender, text)) for subject, sender, text in _NEAR_MISSES]


def reminder(of):
    """The reporter asks where the answer is, in the thread of the report, and names no certificate again."""
    mail = letter(f"Re: {of.subject}", of.sender, """\
Hello,

I have not received a preliminary report on the certificate problem report that I sent you. It was sent more than 24
hours ago; section 4.9.5 of the Baseline Requirements gives you no more.

Regards
""")
    mail["In-Reply-To"] = mail["References"] = of.message_id
    return Sample("reminder", mail)


# -- what the CA's staff sends --------------------------------------------------------------------------------------

ANSWER = """\
Thank you for your report. Our preliminary finding: the certificate was not issued in accordance with our CPS; it will
be revoked today. The subscriber was told as well.
"""


def reply(to, automatic=False, text=ANSWER, recipient=None):
    mail = letter(f"Re: {to.subject}", f"CA Revocation Team <{ADDRESS}>", text if not automatic else
                  "We have received your message and will come back to you. This is an automatic answer.\n")
    del mail["To"]
    mail["To"] = recipient or to.sender
    mail["In-Reply-To"] = mail["References"] = to.message_id
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    return Sample("automatic reply" if automatic else "reply", mail)


def bounce(of):
    """A delivery report: the mail `of` did not reach its recipient (RFC 3464)."""
    mail = letter("Undelivered Mail Returned to Sender", "MAILER-DAEMON@mx.ca.example.org")
    mail["Return-Path"] = "<>"
    mail["Auto-Submitted"] = "auto-replied"
    mail["Content-Type"] = "multipart/report; report-type=delivery-status; boundary=returned"
    mail.set_payload(f"""\
--returned
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--returned
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.ca.example.org

Final-Recipient: rfc822; reports@linting.example
Action: failed
Status: 5.1.1

--returned
Content-Type: message/rfc822

{of.raw.decode().replace(chr(13), "")}
--returned--
""")
    return Sample("bounce", mail)
