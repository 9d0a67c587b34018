/* The receipt: the instant at which the CA's own mail system took the message. The 24 hours of BR 4.9.5 run from it
 * (every CA on record counted so), not from Date:, discovery, reading or moving. Pure.
 *
 * Trustworthy stamps: Received lines written by the configured border hosts (from the top, stopping at the first line
 * of a foreign host: what stands below it is the sender's to forge), SAVEDATE (RFC 8514), INTERNALDATE (RFC 3501
 * section 2.3.3), our own first sight. The earliest of them counts: early is allowed, late is not. A stamp in the
 * future of first sight, or outside 1990..2200, is no reading of a mail system's clock (a server that lost the date
 * says 1970): of the server's own stamps such a one is kept and told, but does not count, for a deadline of decades ago
 * would say nothing. */
#ifndef CPR_CASEWORK_RECEIPT_H
#define CPR_CASEWORK_RECEIPT_H

#include "cpr/casework/mailbox_settings.h"
#include "cpr/judge/reading.h"

enum cpr_receipt_source {
    CPR_RECEIPT_FIRST_SIGHT = 0,
    CPR_RECEIPT_RECEIVED,
    CPR_RECEIPT_SAVEDATE,
    CPR_RECEIPT_INTERNALDATE,
    CPR_RECEIPT_SOURCES
};

struct cpr_receipt {
    int64_t utc_ms; /* the chosen instant */
    enum cpr_receipt_source source;
    /* Every stamp that was there, by source, for the record, those that do not count included; CPR_TIME_NONE when
     * absent. Of Received the earliest line of an own host that counts. */
    int64_t stamps_ms[CPR_RECEIPT_SOURCES];
};

/* Chooses. internal_ms and save_ms may be CPR_TIME_NONE; first_sight_ms is the present of the tick that saw it first.
 */
struct cpr_receipt cpr_receipt_choose(const struct cpr_reading *reading, int64_t internal_ms, int64_t save_ms,
                                      int64_t first_sight_ms, const struct cpr_mailbox_settings *mailbox);

/* The earlier of two receipts of the same message; its stamps are the earliest of both, one that counts before one that
 * does not. */
struct cpr_receipt cpr_receipt_earlier(const struct cpr_receipt *a, const struct cpr_receipt *b);

/* How far a stamp stands behind the chosen instant (never before it); CPR_TIME_NONE when there is none, or one that is
 * too early to count. */
int64_t cpr_receipt_skew_ms(const struct cpr_receipt *receipt, enum cpr_receipt_source source);

/* What is odd about a stamp. An odd one is kept and told, and counts like any other (early is allowed) but for the last
 * two. */
enum cpr_receipt_doubt {
    CPR_RECEIPT_SOUND = 0, /* or absent */
    CPR_RECEIPT_TOO_EARLY, /* SAVEDATE or INTERNALDATE more than an hour before our own border took the message: it was
                              uploaded with a date of somebody's choice (APPEND, a migration) */
    CPR_RECEIPT_TOO_LATE, /* more than a day behind our own border, or INTERNALDATE more than an hour behind SAVEDATE: a
                             copy, a migration, or a quarantine that let it go */
    CPR_RECEIPT_NO_CLOCK, /* outside 1990..2200: does not count */
    CPR_RECEIPT_FUTURE    /* in the future of first sight: does not count */
};
enum cpr_receipt_doubt cpr_receipt_doubt(const struct cpr_receipt *receipt, enum cpr_receipt_source source);
/* "", or "suspect: ..." in words. Static. */
const char *cpr_receipt_doubt_words(enum cpr_receipt_doubt doubt);

const char *cpr_receipt_source_name(enum cpr_receipt_source source); /* "first-sight", "received", ... */

#endif
