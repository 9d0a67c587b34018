/* The words by which a reply is judged, and how they are found. Private to reply.c. */
#ifndef CPR_CASEWORK_REPLY_WORDS_H
#define CPR_CASEWORK_REPLY_WORDS_H

#include "cpr/base/view.h"

#include <stdbool.h>

enum { CPR_SENTENCE_SIZE = 1024 }; /* longer ones are cut: what stands behind is not looked at */

/* How a finding must be said. */
enum cpr_finding_needs {
    CPR_NEEDS_NOTHING = 0,
    CPR_NEEDS_OBJECT = 1, /* a word for a certificate or key in the same sentence, and none for a ticket or its like */
    CPR_NEEDS_TIME = 2,   /* a day or an hour: what is yet to come is a finding when it says when */
    CPR_NEEDS_FAULT = 8,  /* a word for what is wrong with one, or not */
    CPR_BEARS_NEGATION = 4, /* the finding is itself a "no": "will not revoke", "not issued by us" */
};

/* Alternatives are separated by '|' and stand between word boundaries; '*' at an end of one lifts that boundary, and
 * scripts without blanks have none. */
struct cpr_finding {
    const char *first, *second; /* second: "" when the first alone says it */
    unsigned gap;               /* at most so many words between; 0: wherever it comes behind the first */
    unsigned needs;             /* of enum cpr_finding_needs */
};

/* What was found, decided or done. NULL behind the last. */
const struct cpr_finding *cpr_reply_finding(size_t i);

/* Of a sentence in its plain form: */
bool cpr_reply_is_reservation(const char *plain); /* a question, a condition, a wish, somebody else's words, a rule */
bool cpr_reply_is_negation(const char *plain);    /* nothing is done yet */
bool cpr_reply_is_said(const char *plain, const struct cpr_finding *finding);
const char *cpr_reply_acknowledgement(const char *plain); /* how acknowledgements speak: the phrase, or NULL. Static */

/* Small letters, straight quotation marks, plain blanks; without what stands in quotation marks. */
void cpr_reply_plain(struct cpr_view sentence, char out[CPR_SENTENCE_SIZE]);

#endif
