/* What the writer of a reply says himself: its lines without those of the mail that it answers. Pure.
 *
 * Left out are lines that begin with '>' and everything from the head of a quoted message on: a ruler of dashes or the
 * like
 * ("-----Original Message-----"), a line "From:" in one of several languages, a line that ends like "wrote:" and is
 * followed by text that no '>' marks, one that announces a copy ("Here is what you entered:"), and a signature ("--").
 * In doubt a line is taken for a quoted one: a reply must not be believed for the reporter's words. */
#ifndef CPR_JUDGE_OWN_WORDS_H
#define CPR_JUDGE_OWN_WORDS_H

#include "cpr/base/buffer.h"
#include "cpr/judge/reading.h"

/* Stands where a paragraph, a short line or an item of a list ends: no sentence goes on behind it. */
#define CPR_OWN_WORDS_BREAK "¶"

/* Appends the own lines of a text, each with its '\n', and the breaks between them. */
void cpr_own_words(struct cpr_view text, struct cpr_buffer *out);

/* Sets is_quoted of each identifier of the reading that does not stand in the own lines. Compared are letters and
 * digits alone, so a serial number is found whatever separates its octets; one written in decimal counts as quoted. */
void cpr_own_words_mark(struct cpr_view own_lines, struct cpr_reading *reading);

/* The Message-ID that a delivery report (RFC 3464) names in the header it returns: the first line "Message-ID: <...>"
 * of the text, for what comes later is quoted by the returned mail; "" when there is none. */
void cpr_own_words_returned(struct cpr_view text, char out[CPR_MESSAGE_ID_SIZE]);

#endif
