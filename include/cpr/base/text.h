/* Text that came from outside: valid UTF-8 without anything that can act on the reader's screen.
 *
 * CLEAN TEXT, the form in which mail-derived text is kept everywhere after the reader: valid UTF-8, no C0 or C1 control
 * characters (so one line), no bidirectional or other format controls (U+200B..200F, U+202A..202E, U+2060..2064,
 * U+2066..2069, U+FEFF, U+FFF9..FFFB, U+E0000..E007F). Sinks still encode for themselves: see encode.h. */
#ifndef CPR_BASE_TEXT_H
#define CPR_BASE_TEXT_H

#include "cpr/base/view.h"

#include <stdint.h>

/* Decodes the UTF-8 sequence at `view` (not empty): its length 1..4 and the code point, or 0 when it is malformed
 * (over-long, surrogate, above U+10FFFF, cut). */
size_t cpr_utf8_decode(struct cpr_view view, uint32_t *code_point_out);
/* Writes 1..4 bytes to out and says how many. A surrogate or too large a value is written as U+FFFD. */
size_t cpr_utf8_encode(uint32_t code_point, char out[4]);
bool cpr_utf8_is_valid(struct cpr_view view);

/* True for the code points that clean text does not hold. */
bool cpr_text_is_unsafe(uint32_t code_point);
/* True when the view is clean text. */
bool cpr_text_is_clean(struct cpr_view view);

/* Copies as clean text, NUL-terminated: white-space controls become one space, other unsafe characters and malformed
 * bytes become '?'; cut at a character boundary to fit. Returns true when nothing was cut. */
bool cpr_text_copy(char *out, size_t out_size, struct cpr_view view);

#endif
