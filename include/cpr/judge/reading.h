/* A reading: everything the daemon ever learns from the bytes of one message. It is the record that crosses from the
 * sandboxed reader into the daemon, so it is one flat block of fixed size in which every count is bounded and every
 * string is NUL-terminated clean text (base/text.h). cpr_reading_is_sound() is what the daemon believes before it
 * believes anything else; a record that fails it is treated like a reader that died. */
#ifndef CPR_JUDGE_READING_H
#define CPR_JUDGE_READING_H

#include "cpr/base/limits.h"
#include "cpr/base/time.h"
#include "cpr/base/view.h"
#include "cpr/message/limits.h"

#include <stdint.h>

/* How sure we are that a message is a Certificate Problem Report. Ordered: a larger value needs a human sooner. */
enum cpr_verdict {
    CPR_VERDICT_UNLIKELY = 0,
    CPR_VERDICT_UNDECIDABLE, /* could not be read whole: shown, never dropped */
    CPR_VERDICT_POSSIBLE,    /* a human glance */
    CPR_VERDICT_PROBABLE,    /* move and alert now */
    CPR_VERDICTS
};

/* What sort of mail it is. Says how a person should read it; never changes its verdict. */
enum cpr_kind {
    CPR_KIND_OTHER = 0,
    CPR_KIND_REPORT,
    CPR_KIND_FOLLOW_UP, /* surfaced, and answers something or asks where the answer is */
    CPR_KIND_REPLY,     /* ours: proved by the border (judge/origin.h), or found in Sent (set by the engine) */
    CPR_KIND_AUTO_REPLY,
    CPR_KIND_BOUNCE,
    CPR_KIND_QUARANTINE_NOTICE,
    CPR_KIND_MACHINE_REPORT, /* on the mail itself: ARF (RFC 5965), DMARC (RFC 7489), TLS-RPT (RFC 8460) */
    CPR_KIND_COMPLIANCE,     /* of a root programme or the CCADB: no report, but losing it is an incident */
    CPR_KIND_CANARY,
    CPR_KIND_OWN_ALERT, /* set by the engine alone, after it has checked the token */
    CPR_KINDS
};

enum cpr_identifier_type {
    CPR_IDENTIFIER_SERIAL = 0, /* lower-case hex, no separators, no leading zeros */
    CPR_IDENTIFIER_SHA256,     /* lower-case hex */
    CPR_IDENTIFIER_SHA1,
    CPR_IDENTIFIER_SPKI_SHA256, /* of a key or certificate that was in the message */
    CPR_IDENTIFIER_CRTSH_ID,    /* decimal */
    CPR_IDENTIFIER_CRTSH_QUERY,
    CPR_IDENTIFIER_CERTIFICATE, /* SHA-256 of the DER of a certificate that was in the message */
    CPR_IDENTIFIER_CSR,         /* SHA-256 of the DER */
    CPR_IDENTIFIER_CRL_URL,
    CPR_IDENTIFIER_OCSP_URL,
    CPR_IDENTIFIER_DOMAIN, /* never a unique identifier */
    CPR_IDENTIFIER_LINT,
    CPR_IDENTIFIER_SECTION,  /* a section of the BR or a certificate policy, "4.9.1.1" */
    CPR_IDENTIFIER_RFC,      /* "5280" */
    CPR_IDENTIFIER_BUGZILLA, /* decimal */
    CPR_IDENTIFIER_TYPES
};

#define CPR_SIGNAL_ID_SIZE 40
#define CPR_SIGNAL_WHERE_SIZE 24
#define CPR_SIGNAL_TEXT_SIZE 160
#define CPR_IDENTIFIER_SIZE 200
#define CPR_MESSAGE_ID_SIZE 256 /* RFC 5322 allows 998; longer ones are kept as "sha256:<hex>" of the whole */
#define CPR_SUBJECT_SIZE 256
#define CPR_EXCERPT_SIZE 2048
#define CPR_ACK_TOKEN_SIZE 33 /* 128 bits in hex */
#define CPR_OWN_WORDS_SIZE 2048

struct cpr_signal {
    char id[CPR_SIGNAL_ID_SIZE];       /* of the table in judge/signals.c */
    char where[CPR_SIGNAL_WHERE_SIZE]; /* "subject", "text", "attachment", "header", "link", "sender" */
    char text[CPR_SIGNAL_TEXT_SIZE];   /* the place that caused it, quoted */
};

struct cpr_identifier {
    uint32_t type;      /* enum cpr_identifier_type */
    uint32_t is_quoted; /* 1: it stands only in what the message quotes or attaches (judge/own_words.h) */
    char value[CPR_IDENTIFIER_SIZE];
};

/* Whose certificate it is, as far as the configured issuers tell. */
enum cpr_owner {
    CPR_OWNER_UNKNOWN = 0, /* no issuer is configured */
    CPR_OWNER_US,
    CPR_OWNER_OTHER, /* none of the configured issuers' */
    CPR_OWNERS
};

/* A certificate that was in the message. */
struct cpr_reading_certificate {
    char sha256[65];                     /* of its DER, lower-case hex; also an identifier; "" when it was cut */
    char serial[65];                     /* as CPR_IDENTIFIER_SERIAL */
    char spki_sha256[65];                /* of its SubjectPublicKeyInfo as it stands */
    char issuer[160], subject[160];      /* RFC 4514, cut */
    char names[256];                     /* its dNSNames, separated by ", ", cut */
    uint32_t owner;                      /* enum cpr_owner */
    int64_t not_before_ms, not_after_ms; /* CPR_TIME_NONE when absurd */
    char owner_issuer[64];               /* the [issuer NAME] that it was recognised by; "" */
    char owner_mark[32];                 /* "key-id", "common-name", "host", "policy-oid"; "" */
};

/* One message that a quarantine notice lists: a candidate that IMAP does not show (FIELD 5). */
struct cpr_notice_row {
    char sender[128]; /* as the notice says; "" when it does not */
    char subject[200];
    int64_t held_ms;    /* when the quarantine took it, as the notice says; CPR_TIME_NONE */
    int64_t expires_ms; /* when the quarantine drops it; CPR_TIME_NONE when neither notice nor configuration says */
    uint32_t verdict;   /* enum cpr_verdict of its subject and sender alone; at least "possible" */
};

/* One Received header, topmost first (RFC 5321 section 4.4). */
struct cpr_received {
    int64_t utc_ms;                  /* CPR_TIME_NONE when its date did not parse */
    char by_host[128];               /* lower case, as the line says; "" when it says none */
    char raw[CPR_RECEIVED_RAW_SIZE]; /* the line as it stands, of the topmost one and of the unbroken run of own hosts;
                                        else "" */
};

#define CPR_READING_MAGIC 0x43505234u /* "CPR4"; changes with the layout */

struct cpr_reading {
    uint32_t magic;
    uint32_t verdict; /* enum cpr_verdict */
    uint32_t kind;    /* enum cpr_kind */
    int32_t score;
    uint32_t limits;       /* bits of enum cpr_reading_limit */
    uint32_t is_automatic; /* 1: Auto-Submitted other than "no" (RFC 3834), an empty Return-Path, Precedence
                              bulk, junk or auto_reply, X-Autoreply and its like */
    uint32_t signal_count, identifier_count, received_count, reference_count, attachment_count;
    uint32_t certificate_count, notice_row_count;
    int64_t date_ms; /* what Date: claims; never a receipt stamp; CPR_TIME_NONE when absent or malformed */

    char language[8]; /* "en", "de", ... or "" */
    char ruleset[80]; /* version and hash of the rules: "1+sha256:0123456789abcdef" */
    char from_address[CPR_ADDRESS_MAX + 1];
    char from_name[128];
    char to[256];
    char recipients[1024];              /* the bare addresses of To, Cc and Bcc, separated by blanks */
    char reply_to[CPR_ADDRESS_MAX + 1]; /* the first address of Reply-To; "" */
    char subject[CPR_SUBJECT_SIZE];
    char message_id[CPR_MESSAGE_ID_SIZE]; /* with its angle brackets; "" when there is none */
    char authenticated_domain[128];       /* of From:, when our own border proved it (judge/origin.h); else "" */
    char noise[64];                       /* the [noise NAME] rule that lowered the verdict; else "" */
    char notice_source[64];               /* the [notices NAME] that a trusted quarantine notice came from; else "" */
    char alert_token[72];                 /* value of our own alert header, unverified; "" when there is none */
    int64_t ack_case; /* the case that this mail says to look after (judge/ack.h), unverified; 0 for none */
    char ack_token[CPR_ACK_TOKEN_SIZE];    /* what it bears to prove it; "" */
    char returned_id[CPR_MESSAGE_ID_SIZE]; /* of a report of a failed delivery: the message that it returns, unverified;
                                              else "" */
    char own_words[CPR_OWN_WORDS_SIZE];    /* the start of the lines that it does not quote, white space folded */
    char text_digest[65];                  /* SHA-256 (hex) of the normalised text: equal for two copies of a report */
    char excerpt[CPR_EXCERPT_SIZE];        /* the start of the text, white space folded */

    char references[CPR_REFERENCES_MAX][CPR_MESSAGE_ID_SIZE]; /* In-Reply-To first, then References from its end */
    char attachments[CPR_ATTACHMENTS_MAX][128];               /* file names, or "(unnamed TYPE/SUBTYPE)" */
    struct cpr_received received[CPR_RECEIVED_MAX];
    struct cpr_signal signals[CPR_SIGNALS_MAX];
    struct cpr_reading_certificate certificates[CPR_CERTIFICATES_MAX];
    struct cpr_notice_row notice_rows[CPR_NOTICE_ROWS_MAX];
    struct cpr_identifier identifiers[CPR_IDENTIFIERS_MAX];
};

/* An empty reading: everything zero, magic set, date absent, "undecidable". */
void cpr_reading_clear(struct cpr_reading *reading);

/* True when every count, enumerator and string is within its bounds and every string is clean text. */
bool cpr_reading_is_sound(const struct cpr_reading *reading);

/* Words used alike in code, SQL, logs and JSON: "probable", "follow-up", "sha256", "cut". Static strings. */
const char *cpr_verdict_name(enum cpr_verdict verdict);
const char *cpr_kind_name(enum cpr_kind kind);
const char *cpr_identifier_type_name(enum cpr_identifier_type type);
const char *cpr_owner_name(enum cpr_owner owner); /* "unknown", "ours", "other" */
const char *cpr_reading_limit_name(unsigned bit); /* 0 .. CPR_READING_LIMITS-1 */
bool cpr_verdict_parse(struct cpr_view name, enum cpr_verdict *out);

/* True for the types that name one certificate or key: a domain, a section or a lint id does not. */
bool cpr_identifier_is_unique(enum cpr_identifier_type type);

#endif
