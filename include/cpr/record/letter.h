/* The alert mail: what the on-call engineer reads on a phone at 03:00. Composed at the moment it is sent, so that "how
 * long is left" is true; pure, so that the same letter comes out of the same facts.
 *
 * Plain text, UTF-8, quoted-printable, lines of at most 72 characters. The first lines say how long is left and what to
 * do; then who reported what when (UTC), where it was found, why we think so, the identifiers, the excerpt. Text from
 * the mail stands quoted ("> ") and defanged (cpr_encode_defanged): no live link, no attachment, never a private key.
 * Headers: Auto-Submitted: auto-generated (RFC 3834), Message-ID of the alert row (the same on every try),
 * X-CPR-Auditd-Alert with the token, Precedence-free, Date = now, Reply-To when the answers of on-call go elsewhere
 * than to From. The letter about one open case says how to acknowledge it by answering, when answers are read. */
#ifndef CPR_RECORD_LETTER_H
#define CPR_RECORD_LETTER_H

#include "cpr/base/buffer.h"
#include "cpr/casework/ledger.h"
#include "cpr/casework/policy.h"

/* One case of a collected letter. */
struct cpr_letter_entry {
    const struct cpr_alert *alert;
    const struct cpr_case *item;
};

/* The deadline that its alert speaks of: of the answer, or of the revocation. */
int64_t cpr_letter_entry_deadline_ms(const struct cpr_letter_entry *entry);

struct cpr_letter {
    const struct cpr_alert *alert;          /* which step or trouble, recipient, Message-ID */
    const struct cpr_case *item;            /* NULL: a trouble of the daemon itself, or a collected letter */
    const struct cpr_letter_entry *entries; /* of a collected letter, the earliest deadline first; else NULL */
    size_t entry_count;
    const struct cpr_intent *move; /* the newest intent of the case: says when it was moved; NULL: not told */
    const char *reading_json;      /* of the case's message; NULL when there is none */
    const char *links_json; /* what the message has to do with others, as JSON (engine/relate.h); NULL: not told */
    const struct cpr_policy *policy; /* says when the next alert comes */
    enum cpr_profile profile;        /* of the case's mailbox */
    const char *unanswered;          /* what the answers do not name; NULL or "": nothing */
    const char *from;                /* address */
    int64_t now_utc_ms;
    struct cpr_view token_key;
    const char *reply_to;    /* address; NULL or "": none */
    bool takes_ack;          /* answers arrive in a mailbox that is read */
    const char *text_digest; /* of the letter's own text, for the token; NULL or "": not known */
};

/* A whole RFC 5322 message with CRLF line ends, appended to out (a buffer of CPR_ALERT_BODY_MAX_BYTES, which it never
 * fills). Subjects: "CPR #12: 3 h 05 min left - SUBJECT", "CPR #12: OVERDUE by 1 h 00 min - SUBJECT", "CPR #12
 * (possible): 3 h 05 min left - SUBJECT" for a case of the glance grade, "CPR #12: answered - SUBJECT" for news of a
 * closed one, "CPR #12: said to be revoked, but is not; answered - SUBJECT" for a claim that the sources deny, "CPR: 7
 * cases, 2 OVERDUE" or "CPR: 7 cases, the first with 3 h 05 min left" for a collected letter, which lists as many cases
 * as fit and counts the others, "cpr-auditd: TROUBLE - TOPIC", "cpr-auditd: over - TOPIC" when the text begins with
 * CPR_LETTER_OVER. alert->header_message_id stands in its angle brackets. */
void cpr_letter_write(const struct cpr_letter *letter, struct cpr_buffer *out);

/* How the text of a trouble that has ended begins. */
#define CPR_LETTER_OVER "It is over."

#define CPR_LETTER_TOKEN_SIZE 65
/* The value of X-CPR-Auditd-Alert: HMAC-SHA-256, in hex, over the Message-ID, a line feed and the digest of the text as
 * the reader finds it (cpr_reading.text_digest), so that who has seen one alert cannot pass another text off as ours.
 * An empty digest is left out, with its line feed. */
void cpr_letter_token(struct cpr_view key, const char *header_message_id, const char *text_digest,
                      char out[CPR_LETTER_TOKEN_SIZE]);
/* The token of the line "ack CASE TOKEN": the first half of the HMAC-SHA-256, in hex, over the purpose, the alert's
 * case, topic, step and recipient. It says nothing about another case, step or person. */
void cpr_letter_ack_token(struct cpr_view key, const struct cpr_alert *alert, char out[CPR_ACK_TOKEN_SIZE]);
/* Constant time, both. */
bool cpr_letter_ack_is_valid(struct cpr_view key, const struct cpr_alert *alert, const char *token);
bool cpr_letter_token_is_valid(struct cpr_view key, const char *header_message_id, const char *text_digest,
                               const char *token);

#endif
