/* The day's review: what the auditor reads, in three forms of the same content. Written in pieces, so that a day with
 * 100,000 messages costs no memory; the engine asks for the pieces in this order: head, every folder, section of cases,
 * every case followed by its events up to the end of the day, section of messages, every message, section of events,
 * every event without a case, tail. In HTML each section closes the table of the one before it: the order is not
 * optional.
 *
 * JSONL: one object a line with a "record" key: "review" (head), "folder", "case", "event", "message", "end". Every
 * line of a kind has the same keys in the same order (tests/unit/record/test_review.c lists them); what is absent is
 * null. The head names the previous day's page and its SHA-256, so that sha256sum checks the chain of pages; the end
 * repeats the counts and says whether they add up. "sha256_first_64k" is what `head -c 65536 MESSAGE | sha256sum`
 * prints. TXT: one line for each folder, message and event; aligned columns, "-" for what is absent, UTC. HTML: one
 * self-contained page, no script, no link, no remote content, readable when printed; what matters is said in words,
 * never by colour. BR 5.4.1: each line says when, who, what. Mail text is without private keys (judge/redact.h). */
#ifndef CPR_RECORD_REVIEW_H
#define CPR_RECORD_REVIEW_H

#include "cpr/base/buffer.h"
#include "cpr/casework/ledger.h"

enum cpr_review_form { CPR_REVIEW_JSONL = 0, CPR_REVIEW_TXT, CPR_REVIEW_HTML, CPR_REVIEW_FORMS };
enum cpr_review_section { CPR_REVIEW_CASES = 0, CPR_REVIEW_MESSAGES, CPR_REVIEW_EVENTS };

struct cpr_review_head {
    int64_t day_ms; /* first instant of the UTC day */
    int64_t generated_ms;
    const char *version;  /* of the program */
    const char *instance; /* random name of this store */
    const char *mode;     /* "observe" or "active" */
    const char *configuration_hash;
    const char *ruleset;
    const char *previous_page;   /* file name of the JSONL before this one; "" for the first */
    const char *previous_sha256; /* its digest in hex; "" */
    bool clock_is_synchronised;
};

/* messages = the sum of by_verdict (of what was judged) + unreadable + vanished; the tail says when it is not. */
struct cpr_review_totals {
    uint64_t messages, by_verdict[CPR_VERDICTS], unreadable, vanished, rescued, cases, cases_opened, cases_closed,
        events;
};

const char *cpr_review_extension(enum cpr_review_form form); /* "jsonl", "txt", "html" */
void cpr_review_write_head(enum cpr_review_form form, const struct cpr_review_head *head, struct cpr_buffer *out);
/* The population: name, role, rule, UIDVALIDITY, messages on the server, judged + unreadable + vanished + waiting. */
void cpr_review_write_folder(enum cpr_review_form form, const struct cpr_folder *folder,
                             const struct cpr_folder_tally *tally, struct cpr_buffer *out);
void cpr_review_write_section(enum cpr_review_form form, enum cpr_review_section section, struct cpr_buffer *out);
/* With what is left of its time: at its closing when it is closed, else at now_utc_ms. */
void cpr_review_write_case(enum cpr_review_form form, const struct cpr_case *item, int64_t now_utc_ms,
                           struct cpr_buffer *out);
void cpr_review_write_event(enum cpr_review_form form, const struct cpr_event *event, struct cpr_buffer *out);
void cpr_review_write_message(enum cpr_review_form form, const struct cpr_review_row *row, struct cpr_buffer *out);
void cpr_review_write_tail(enum cpr_review_form form, const struct cpr_review_totals *totals, struct cpr_buffer *out);

#endif
