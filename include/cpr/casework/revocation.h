/* What the world is told about a certificate: the signed answers of the issuing CA's CRLs and OCSP responders, and what
 * they mean together. A CA that says "it is revoked" is believed when every one of its own published sources says so: a
 * stale copy in a delivery network has kept certificates alive that their CA had revoked. Pure: bytes, a present and a
 * CA's certificate in, a finding out; whoever fetches is elsewhere (port/http.h). */
#ifndef CPR_CASEWORK_REVOCATION_H
#define CPR_CASEWORK_REVOCATION_H

#include "cpr/base/buffer.h"
#include "cpr/base/limits.h"
#include "cpr/base/result.h"
#include "cpr/base/time.h"

/* One [issuer NAME] section as far as asking about its certificates goes. */
struct cpr_issuing_ca {
    char name[CPR_NAME_MAX];
    char certificate_file[CPR_CONFIG_LINE_MAX + 1]; /* PEM, as configured; "": its certificates cannot be asked about */
    unsigned char certificate[CPR_CA_CERTIFICATE_MAX_BYTES]; /* its content as DER */
    size_t certificate_len;
    char crl_urls[CPR_REVOCATION_URLS_MAX][CPR_CONFIG_LINE_MAX + 1];
    char ocsp_urls[CPR_REVOCATION_URLS_MAX][CPR_CONFIG_LINE_MAX + 1];
    size_t crl_url_count, ocsp_url_count;
};

/* A serial number as a positive integer, its leading zeros left out. */
struct cpr_serial {
    unsigned char bytes[32]; /* RFC 5280 section 4.1.2.2 allows 20; what was misissued may have more */
    size_t len;              /* at least 1 */
};

/* Hexadecimal, in which colons and blanks may stand between the bytes. False, output untouched, when it is none, zero
 * or too long. */
bool cpr_serial_parse(struct cpr_view text, struct cpr_serial *serial_out);
/* Whether the content of a DER INTEGER is this number. */
bool cpr_serial_is(const struct cpr_serial *serial, struct cpr_view integer);

/* What one source said. Only what is signed by the CA, or by whom it named for it, and is valid now counts. */
enum cpr_revocation_word {
    CPR_WORD_NONE = 0, /* no answer: the network, a status that is not 200 */
    CPR_WORD_INVALID,  /* an answer that proves nothing: malformed, of another signer, unsigned refusal */
    CPR_WORD_STALE,    /* signed, but its time is over */
    CPR_WORD_UNKNOWN,  /* OCSP: "unknown" (RFC 6960 section 2.2) */
    CPR_WORD_PARTIAL,  /* a CRL of some certificates only, which does not list this one */
    CPR_WORD_GOOD,     /* OCSP: "good"; a whole CRL that does not list it */
    CPR_WORD_REVOKED,
    CPR_WORDS
};

struct cpr_revocation_answer {
    enum cpr_revocation_word word;
    int64_t this_update_ms, next_update_ms; /* CPR_TIME_NONE when absent */
    int64_t revoked_ms;                     /* CPR_TIME_NONE unless revoked */
    int reason;                             /* CRLReason (RFC 5280 section 5.3.1); -1 when none is given */
    char note[160];                         /* clean text: why it counts for nothing, what a stale one says; else "" */
};

/* An answer that says nothing yet. */
void cpr_revocation_answer_clear(struct cpr_revocation_answer *answer);
/* An answer without a value, and why. */
void cpr_revocation_answer_refuse(struct cpr_revocation_answer *answer, enum cpr_revocation_word word,
                                  const char *note);
/* Holds what was said against the present: not before thisUpdate (5 minutes of skew are allowed), not after nextUpdate,
 * and without one not 10 days after thisUpdate (BR 4.9.7 and 4.9.10). */
void cpr_revocation_answer_date(struct cpr_revocation_answer *answer, int64_t now_utc_ms);

/* How a source is asked. A delivery network may keep an old answer to a GET where a POST reaches the responder. */
enum cpr_revocation_way { CPR_WAY_CRL = 0, CPR_WAY_OCSP_GET, CPR_WAY_OCSP_POST, CPR_WAYS };

struct cpr_revocation_vantage {
    enum cpr_revocation_way way;
    const char *url; /* borrowed from the issuing CA: what is configured */
};

enum { CPR_VANTAGES_MAX = 3 * CPR_REVOCATION_URLS_MAX };

/* Everything that is to be asked about a certificate of this CA, OCSP first. Returns the number. */
size_t cpr_revocation_vantages(const struct cpr_issuing_ca *ca, struct cpr_revocation_vantage out[CPR_VANTAGES_MAX]);

/* What the answers mean together. */
enum cpr_revocation_finding {
    CPR_FINDING_NOTHING = 0,   /* nobody said anything that counts */
    CPR_FINDING_REVOKED,       /* every source says so: the only consistent end of a revocation */
    CPR_FINDING_INCOMPLETE,    /* those that answered say revoked, others gave no valid answer */
    CPR_FINDING_STALE,         /* nobody says good, but a source still serves an answer whose time is over */
    CPR_FINDING_UNKNOWN,       /* nobody says good, but a responder does not know the certificate */
    CPR_FINDING_GOOD,          /* not revoked: at least one source says good and none says revoked */
    CPR_FINDING_CONTRADICTORY, /* one says revoked and another one good */
    CPR_FINDINGS
};

/* A CRL that holds a part only counts for nothing when another CRL lists the certificate, else as one that gave no
 * answer. */
enum cpr_revocation_finding cpr_revocation_combine(const enum cpr_revocation_way *ways,
                                                   const struct cpr_revocation_answer *answers, size_t count);

/* When to ask again after `rounds` of asking, of which the last one found this: at once, 1 h and 24 h after the claim,
 * then every 24 h until every source says revoked; never later than 24 h from now. CPR_TIME_NONE: no more. */
int64_t cpr_revocation_next_ms(int64_t claimed_utc_ms, unsigned rounds, enum cpr_revocation_finding finding,
                               int64_t now_utc_ms);
/* Whether a person is told: at once when a source says good, and from the third round on (a day after the claim) of
 * everything but revoked. */
bool cpr_revocation_alarms(unsigned rounds, enum cpr_revocation_finding finding);
/* Whether a reply says that something is revoked already, not that it will be. Only its own words count: they end at a
 * quoted line. */
bool cpr_revocation_is_claimed(struct cpr_view text);

/* Words used alike in output, logs and JSON. Static strings. */
const char *cpr_revocation_word_name(enum cpr_revocation_word word); /* "none", "invalid", "stale", ... */
const char *cpr_revocation_way_name(enum cpr_revocation_way way);    /* "crl", "ocsp-get", "ocsp-post" */
const char *cpr_revocation_finding_name(enum cpr_revocation_finding finding);
const char *cpr_revocation_reason_name(int reason); /* "keyCompromise"; "unspecified" for what it does not know */

#endif
