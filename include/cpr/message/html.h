/* HTML to text, in one pass. Not a browser: nothing is laid out, fetched or run, and text that a browser would hide is
 * kept, because what is hidden from a person must not be hidden from the judgement. */
#ifndef CPR_MESSAGE_HTML_H
#define CPR_MESSAGE_HTML_H

#include "cpr/message/transcript.h"

/* Adds the text of `utf8` to the transcript: inline tags vanish without a space, block tags end the line, a further
 * cell of a table's row begins with a tab (also after blocks in the cell before it; no other tab is written), white
 * space is one space except in <pre>, character references are decoded, comments, scripts and styles are dropped unless
 * they are never closed; what a conditional comment keeps for Outlook follows the text. Each href, src and action goes
 * to *hrefs as one clean line, or, when it does not fit whole, marks *hrefs full. */
void cpr_html_read(struct cpr_view utf8, struct cpr_transcript *transcript, struct cpr_buffer *hrefs);

/* True for a text that begins with a tag or a declaration and has an end tag. */
bool cpr_html_is(struct cpr_view utf8);

/* The charset that a <meta> in the first kilobyte names, or the empty view. */
struct cpr_view cpr_html_charset(struct cpr_view bytes);

#endif
