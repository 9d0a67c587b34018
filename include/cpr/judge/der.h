/* A tolerant reader of DER and BER (X.690): what GnuTLS refuses (bad times, indefinite lengths, trailing bytes, a
 * certificate that was cut) still tells its serial number and issuer. It verifies nothing and copies nothing: all views
 * borrow from what was given. */
#ifndef CPR_JUDGE_DER_H
#define CPR_JUDGE_DER_H

#include "cpr/base/time.h"
#include "cpr/base/view.h"

/* Tags of X.690 section 8.1.2, as they stand in certificates. */
enum {
    CPR_DER_INTEGER = 0x02,
    CPR_DER_BIT_STRING = 0x03,
    CPR_DER_OCTET_STRING = 0x04,
    CPR_DER_OID = 0x06,
    CPR_DER_UTC_TIME = 0x17,
    CPR_DER_GENERALIZED_TIME = 0x18,
    CPR_DER_BMP_STRING = 0x1E,
    CPR_DER_SEQUENCE = 0x30,
    CPR_DER_SET = 0x31,
};

struct cpr_der {
    unsigned char tag;
    bool is_cut;             /* it says that it is longer than the bytes there are */
    struct cpr_view content; /* without an end-of-contents */
    struct cpr_view whole;   /* with its head and, for an indefinite length, its end */
};

/* Takes the element at the beginning of *rest off it. False at the end, and where no element begins (a tag of several
 * bytes, a length of more than four, more than 16 indefinite lengths inside each other). */
bool cpr_der_next(struct cpr_view *rest, struct cpr_der *element_out);

/* The same, but only when the element bears this tag; else *rest stays. */
bool cpr_der_take(struct cpr_view *rest, unsigned char tag, struct cpr_der *element_out);

/* Dotted form of an object identifier's content; false when it is malformed or longer than out. */
bool cpr_der_oid_to_text(struct cpr_view content, char *out, size_t out_size);

/* UTCTime or GeneralizedTime in "Z" (RFC 5280 section 4.1.2.5), seconds optional; CPR_TIME_NONE when it is neither, or
 * absurd. */
int64_t cpr_der_time(const struct cpr_der *element);

/* What an X.509 certificate (RFC 5280 section 4.1) consists of. */
struct cpr_der_certificate {
    struct cpr_view whole;           /* empty when it was cut: then it has no digest */
    struct cpr_view serial;          /* content of the INTEGER, 1 to 40 bytes */
    struct cpr_view issuer, subject; /* Names, with their heads; a cut certificate may lack the subject and the rest */
    struct cpr_view spki;            /* SubjectPublicKeyInfo, with its head */
    struct cpr_view extensions;      /* Extension after Extension */
    int64_t not_before_ms, not_after_ms;
};

/* Reads the certificate that `bytes` begin with; what follows it is ignored. False when they begin with something else:
 * a version, serial number, algorithm, issuer and validity must be there in this order, which no request, CRL, key or
 * PKCS #7 object has. */
bool cpr_der_certificate_read(struct cpr_view bytes, struct cpr_der_certificate *certificate_out);

/* The content of the OCTET STRING of the extension with this object identifier (its DER content); false when there is
 * none. */
bool cpr_der_extension(const struct cpr_der_certificate *certificate, struct cpr_view oid, struct cpr_view *value_out);

#endif
