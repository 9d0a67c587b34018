/* Which of the operator's words stand where in a text, case ignored (ASCII): all of them in one pass. What a place
 * costs does not grow with what the words have in common, so that "Example CA 1" to "Example CA 64" cost little more
 * than one of them. Pure. */
#ifndef CPR_JUDGE_PHRASES_H
#define CPR_JUDGE_PHRASES_H

#include "cpr/base/view.h"
#include "cpr/judge/settings.h"

/* Names and hosts of all issuers. */
#define CPR_PHRASES_MAX (2 * CPR_ISSUERS_MAX * CPR_ISSUER_MARKS_MAX)

/* Those that begin with the same byte are a chain. Links are places in `items`, 0 none. */
struct cpr_phrase {
    const char *text;     /* borrowed */
    uint16_t len, number; /* the caller's number */
    uint16_t shared;      /* how many bytes it begins with as the one before it in its chain does */
    uint16_t next;        /* the one behind it */
    uint16_t skip;        /* the next one that shares less */
    uint16_t below;       /* the last one before it that shares no more */
};

struct cpr_phrases {
    uint32_t count;
    uint16_t first[256], last[256];
    struct cpr_phrase items[CPR_PHRASES_MAX + 1]; /* [0] unused */
};

/* Makes the set empty. */
void cpr_phrases_clear(struct cpr_phrases *phrases);

/* Adds a phrase of at most 255 bytes; an empty one is left out, as is what is over CPR_PHRASES_MAX. */
void cpr_phrases_add(struct cpr_phrases *phrases, const char *text, uint16_t number);

/* Calls `found` for each phrase at each place, by place and then in the order of addition. */
typedef void cpr_phrases_found(void *context, size_t at, const struct cpr_phrase *phrase);
void cpr_phrases_each(const struct cpr_phrases *phrases, struct cpr_view text, cpr_phrases_found *found, void *context);

#endif
