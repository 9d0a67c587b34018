/* Words of quarantine notices, compared in folded form (judge/folded.h) as UTF-8: lower case, without accents. Lists
 * are "one|two|three", folded already. */
#ifndef CPR_JUDGE_NOTICE_WORDS_H
#define CPR_JUDGE_NOTICE_WORDS_H

#include "cpr/base/view.h"

enum { CPR_NOTICE_WORD_SIZE = 64 };

/* The fold of `text` without blanks and colons at its ends; "" when it is too long to be a word or label. */
void cpr_notice_word_fold(struct cpr_view text, char out[CPR_NOTICE_WORD_SIZE]);

/* Whether `word` is one of the list. */
bool cpr_notice_word_is(const char *list, const char *word);

/* Whether `word` begins one of the list, with `min_len` bytes at least, or is one whole. */
bool cpr_notice_word_begins(const char *list, const char *word, size_t min_len);

#endif
