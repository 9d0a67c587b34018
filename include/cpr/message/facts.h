/* Facts: what one message says, undone from everything that mail can wrap it in. Raw bytes in, bounded facts out;
 * nothing is judged here. Pure, and inside the reader process only.
 *
 * All strings are clean text (base/text.h) owned by the facts, freed by cpr_facts_free. */
#ifndef CPR_MESSAGE_FACTS_H
#define CPR_MESSAGE_FACTS_H

#include "cpr/base/buffer.h"
#include "cpr/base/limits.h"
#include "cpr/base/time.h"
#include "cpr/message/limits.h"

#include <stdint.h>

struct cpr_facts_received {
    int64_t utc_ms;    /* CPR_TIME_NONE when its date did not parse */
    int64_t offset_ms; /* of the zone that it was written in, east of UTC */
    char by_host[128];
    char raw[CPR_RECEIVED_RAW_SIZE]; /* the line as it stands, unfolded and clean, cut to fit */
};

/* One leaf part of the message, in order. */
struct cpr_facts_part {
    char type[64];               /* "text/plain", lower case; what the message claims */
    char name[128];              /* file name (RFC 2231/2047 decoded, clean), "" when none */
    bool is_attachment;          /* Content-Disposition attachment, or has a file name, or is not text */
    bool is_member;              /* stored in an archive; its name is among `members` */
    bool is_opaque;              /* not text: its bytes are in `bytes` as far as they fit */
    uint64_t size;               /* decoded bytes */
    size_t text_start, text_end; /* its text within cpr_facts.text; of no use once CPR_READING_TEXT_CUT is set */
    struct cpr_buffer
        bytes; /* decoded bytes of an attached or opaque part, at most 64 KiB: for PEM, DER, archive names */
};

/* What one method of an Authentication-Results field found, with one of the properties header.from, header.d, header.i
 * and smtp.mailfrom; a result with several of them stands once for each, one with none once with property "". Kept are
 * the methods dmarc, dkim and spf. Lower case. */
struct cpr_facts_result {
    char method[8], result[16], property[16];
    char domain[128]; /* behind the '@' when the value is an address; "" when it is no plain host name */
};

enum {
    CPR_FACTS_AUTHENTICATIONS_MAX = 8, /* OpenDKIM, OpenDMARC and a policy server write one each, on two hops */
    CPR_FACTS_RESULTS_MAX = 24         /* of one field; each signature of a message has its own */
};

/* One Authentication-Results field (RFC 8601) of the outermost header. */
struct cpr_facts_authentication {
    char authserv_id[128];   /* lower case; "" when the field has none, as Exchange Online writes it */
    uint32_t received_above; /* how many Received fields stand above it */
    bool is_broken;          /* cannot be read to its end: says nothing, and casts doubt on the others */
    uint32_t result_count;
    struct cpr_facts_result results[CPR_FACTS_RESULTS_MAX];
};

enum { CPR_FACTS_PARTS_KEPT = 64, CPR_FACTS_SUBJECTS_MAX = 4 };

/* Of a Subject that is judged: RFC 5322 allows 998 characters a line. One that does not fit sets
 * CPR_READING_HEADER_CUT. */
#define CPR_FACTS_SUBJECT_SIZE 4096

struct cpr_facts {
    uint32_t limits; /* bits of enum cpr_reading_limit */

    /* Header of the outermost message, decoded (RFC 2047) and clean; "" when absent. */
    char from_address[CPR_ADDRESS_MAX + 1], from_name[128], to[256], subject[CPR_FACTS_SUBJECT_SIZE];
    char
        recipients[1024]; /* the bare addresses of To, Cc and Bcc, separated by blanks; what does not fit is left out */
    char reply_to[CPR_ADDRESS_MAX + 1]; /* the first address of Reply-To */
    char further_subjects[CPR_FACTS_SUBJECTS_MAX]
                         [CPR_FACTS_SUBJECT_SIZE]; /* of further Subject fields: which one is shown is up to programs */
    uint32_t further_subject_count;
    char message_id[256];                     /* with angle brackets; longer than 255: "sha256:<hex>" */
    char references[CPR_REFERENCES_MAX][256]; /* In-Reply-To first, then References from its end; no doubles */
    uint32_t reference_count;
    char auto_submitted[32], precedence[32], list_id[128], x_auto_response_suppress[32];
    bool is_autoreply;                     /* X-Autoreply, X-Autorespond, X-Autoresponder or X-Auto-Reply is there */
    char return_path[CPR_ADDRESS_MAX + 1]; /* without brackets */
    bool has_return_path;                  /* present and empty means a bounce (RFC 5321 section 4.5.5) */
    char content_type[64];                 /* of the whole: "multipart/report" */
    char report_type[64];                  /* parameter of multipart/report: "delivery-status", "feedback-report" */
    char returned_id[256];                 /* Message-ID of the first message inside a multipart/report */
    char alert_token[72];                  /* X-CPR-Auditd-Alert */
    int64_t date_ms;                       /* Date:, CPR_TIME_NONE when absent or malformed */
    int64_t date_offset_ms;                /* of the zone that Date: was written in, east of UTC */
    struct cpr_facts_received received[CPR_RECEIVED_MAX]; /* topmost first */
    uint32_t received_count;
    bool has_header;       /* false: the bytes have no header block at all */
    char from_domain[128]; /* lower case, of the only address of the only From field; "" when that is not so plain */
    struct cpr_facts_authentication authentications[CPR_FACTS_AUTHENTICATIONS_MAX]; /* topmost first */
    uint32_t authentication_count;

    /* Text of all parts in order, as a person would read it: decoded, charset-converted, HTML turned to text (hidden
     * text included, tags removed without a space where they are inline), format=flowed joined, subjects and texts of
     * nested and forwarded messages included, one '\n' between lines, a '\t' before each further cell of a table's row;
     * valid UTF-8, no controls but '\n' and '\t', no zero-width or bidi characters; at most CPR_TEXT_MAX_BYTES, head
     * and tail kept when cut. */
    struct cpr_buffer text;
    /* Addresses of links that stand in HTML attributes (href, src, action), one a line, not in `text`. */
    struct cpr_buffer hrefs;

    /* Names of what is in attached archives (message/archive.h), one a line: "keys.zip: server.key"; without the inner
     * parts of office documents, which are zip files too. A member that is stored as it stands is read like an
     * attachment and is a part as well, as long as there is room. */
    struct cpr_buffer members;

    struct cpr_facts_part parts[CPR_FACTS_PARTS_KEPT];
    uint32_t part_count;
};

/* Reads a message. Never fails: what could not be read is a bit in limits. `is_cut`: raw is only the beginning. The
 * caller frees *facts_out with cpr_facts_free whatever happened. struct cpr_facts is large: keep it off the stack. */
void cpr_facts_read(struct cpr_view raw, bool is_cut, struct cpr_facts *facts_out);
void cpr_facts_free(struct cpr_facts *facts);

/* Opens every charset converter, so that no file is opened later inside the sandbox. */
void cpr_facts_prepare(void);

#endif
