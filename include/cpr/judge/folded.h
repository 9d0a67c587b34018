/* Folded text: what the vocabulary is matched on. Letters are reduced to one form each, so that "RÉVOQUÉ", "révoqué"
 * and the same word in full-width letters are one word: compatibility form, lower case, without the accents of Latin,
 * Greek and Cyrillic letters (Unicode NFKD, case folding, combining marks U+0300..036F removed), apostrophes dropped;
 * white space, '-', '_' and the other ASCII punctuation but ". , ; : ! ? @" become one space; a link, an address or a
 * long run of encoded data becomes CPR_FOLDED_HOLE. One fold for the text and for the vocabulary: a pattern matches
 * because both went through here. Pure. */
#ifndef CPR_JUDGE_FOLDED_H
#define CPR_JUDGE_FOLDED_H

#include "cpr/base/view.h"

#include <stdint.h>

#define CPR_FOLDED_HOLE 0xFFFCu /* object replacement character: never part of a word */

struct cpr_folded {
    uint32_t *code;   /* owned; folded code points */
    uint32_t *origin; /* owned; byte offset in the source where each began */
    size_t count, size;
};

/* Builds the fold table (libunistring); once for a process, from cpr_judge_prepare. Idempotent. */
void cpr_folded_prepare(void);

/* Appends the fold of `text` (UTF-8; malformed bytes are skipped). `base` is added to each origin. On lack of memory
 * what fits is kept. The caller frees with cpr_folded_free. */
void cpr_folded_add(struct cpr_folded *folded, struct cpr_view text, size_t base);
void cpr_folded_free(struct cpr_folded *folded);

/* As cpr_folded_add for a vocabulary pattern: nothing becomes a hole. */
void cpr_folded_add_pattern(struct cpr_folded *folded, struct cpr_view pattern);

/* The Latin letter that this folded Greek, Cyrillic or Armenian letter is drawn like, else the code point itself. Only
 * for a second look at a text: genuine Russian or Greek must match as it is. */
uint32_t cpr_folded_look_alike(uint32_t code);

/* True for what a word is made of: letters, digits and everything over U+007F but holes and CJK punctuation. */
bool cpr_folded_is_word(uint32_t code);
/* True for scripts written without spaces between words: Han, kana; Hangul takes its endings without a space. */
bool cpr_folded_is_unspaced(uint32_t code);

#endif
