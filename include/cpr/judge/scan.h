/* One pass over a folded text that finds every pattern of the vocabulary (Aho-Corasick over code points: linear in the
 * text, whatever it holds). A second state follows the text as the eye sees it, so that Latin words spelt with Cyrillic
 * or Greek letters are found as well. */
#ifndef CPR_JUDGE_SCAN_H
#define CPR_JUDGE_SCAN_H

#include "cpr/judge/folded.h"
#include "cpr/judge/vocabulary.h"

struct cpr_hit {
    uint32_t start, end; /* into the folded text; end is exclusive */
    enum cpr_meaning meaning;
};

struct cpr_scan {
    struct cpr_hit *hits; /* owned; ordered by end; without those that a phrase of CPR_MEANS_NOTHING covers */
    size_t count, size;
    size_t counts[CPR_MEANINGS]; /* how many hits of each meaning */
    char language[4];            /* whose function words are most frequent; "" when there are too few */
};

/* Builds the automaton; once for a process. Idempotent. Calls cpr_folded_prepare. */
void cpr_scan_prepare(void);

/* On lack of memory the hits found so far are kept. The caller frees with cpr_scan_free. */
void cpr_scan_text(const struct cpr_folded *folded, struct cpr_scan *scan_out);
void cpr_scan_free(struct cpr_scan *scan);

#endif
