/* Links: which stored messages belong together, and why. Pure.
 *
 * P4: a link can only bring a deadline forward. It never closes a case, never puts one off and never makes two cases
 * one: a message that names a certificate or key which the other does not name keeps its own clock, for bursts of
 * hundreds of near-identical automated reports, each about another serial number, are real. */
#ifndef CPR_CASEWORK_LINKS_H
#define CPR_CASEWORK_LINKS_H

#include "cpr/judge/reading.h"

/* Bits: why two messages belong together. */
enum cpr_link_reason {
    CPR_LINK_THREAD = 1 << 0,     /* one refers to the other, or both to a third (In-Reply-To, References) */
    CPR_LINK_MESSAGE_ID = 1 << 1, /* both have the same Message-ID */
    CPR_LINK_IDENTIFIER = 1 << 2, /* both name the same certificate or key */
    CPR_LINK_TEXT = 1 << 3,       /* the same reporter wrote nearly the same, not about another certificate */
    CPR_LINK_SENDER = 1 << 4,     /* the same reporter, and one of the two complains of silence */
    CPR_LINK_REASONS = 5          /* how many bits there are */
};

/* "thread", "message-id", "identifier", "text", "sender". Static. */
const char *cpr_link_reason_name(unsigned bit);

#define CPR_LINK_DETAIL_SIZE 128

/* One stored link; the first message was taken in later than the other. */
struct cpr_link {
    int64_t message_id, other_id;
    unsigned reasons;
    char detail[CPR_LINK_DETAIL_SIZE]; /* the first shared identifier or how alike the texts are; clean text */
    int64_t at_ms;
    bool brought_forward; /* a deadline was brought forward by it */
};

/* What of a message the rules look at. Large: keep it off the stack. */
struct cpr_link_facts {
    char message_id[CPR_MESSAGE_ID_SIZE], from_address[CPR_ADDRESS_MAX + 1];
    char references[CPR_REFERENCES_MAX][CPR_MESSAGE_ID_SIZE];
    uint32_t reference_count;
    struct cpr_identifier identifiers[CPR_IDENTIFIERS_MAX];
    uint32_t identifier_count;
    char excerpt[CPR_EXCERPT_SIZE];
    bool complains; /* of silence: cpr_link_complains */
};

/* Whether a signal of that id says that a report was not answered: a word of silence, or of hours that have passed
 * ("more than 48 hours ago"). A bare word about hours says so in an answer only: first reports remind of the 24 hours
 * too. */
bool cpr_link_complains(const char *signal_id, bool is_answer);

void cpr_link_facts_of(const struct cpr_reading *reading, struct cpr_link_facts *out);

/* How much of the shorter text stands in the longer one too, in per cent of its runs of three words; letters and digits
 * only, ASCII case folded. 0 when the shorter has fewer than CPR_LINK_RUNS_MIN runs: greetings are alike in all mails.
 */
enum { CPR_LINK_RUNS_MIN = 12, CPR_LINK_ALIKE_PERCENT = 60 };
unsigned cpr_link_likeness(const char *a, const char *b);

/* Why the two belong together, bits of enum cpr_link_reason; 0: nothing is known. detail_out: CPR_LINK_DETAIL_SIZE. */
unsigned cpr_link_reasons(const struct cpr_link_facts *a, const struct cpr_link_facts *b, char *detail_out);

/* Whether `later` names a certificate or key that `earlier` does not: then it has a clock of its own. Three words for
 * the same one (serial, fingerprint, link) count as different: in doubt the clocks stay apart. */
bool cpr_link_names_more(const struct cpr_link_facts *later, const struct cpr_link_facts *earlier);

/* Whether the clock of `later` runs from the receipt of `earlier`: a resend or a reminder of it. Of the same reporter
 * any reason counts but that he wrote before; of another one only the thread, and only to what has an open case
 * (`is_surfaced`): two who report the same certificate are each owed an answer within 24 hours of their own report (BR
 * 4.9.5). A closed case never counts: then the message is a report of its own. */
bool cpr_link_brings_forward(unsigned reasons, const struct cpr_link_facts *later, const struct cpr_link_facts *earlier,
                             bool is_surfaced);

/* One of two messages that are compared. */
struct cpr_link_side {
    const struct cpr_link_facts *facts; /* borrowed */
    bool has_case, is_open;             /* its case, and whether that is open */
    int64_t receipt_ms;                 /* of its case, or of the message when it has none */
};

/* Which of the two runs from the receipt of the other: 0 neither, 1 `one`, 2 `two`. Always the one that was received
 * later (of two at the same instant neither), and only while its case is open. */
int cpr_link_comes_forward(unsigned reasons, const struct cpr_link_side *one, const struct cpr_link_side *two);

#endif
