/* The encoders of the text sinks. Untrusted bytes reach a sink only through the sink's encoder, even when they are
 * already clean text (text.h): an encoder does not rely on what lies before it. JSON is encoded by jansson. */
#ifndef CPR_BASE_ENCODE_H
#define CPR_BASE_ENCODE_H

#include "cpr/base/buffer.h"

/* HTML text and double-quoted attribute values: & < > " ' escaped, unsafe characters become U+FFFD. */
void cpr_encode_html(struct cpr_buffer *out, struct cpr_view text);

/* A line of a log or terminal: clean text, malformed bytes and unsafe characters become '?'. */
void cpr_encode_line(struct cpr_buffer *out, struct cpr_view text);

/* A quoted line of mail text in a plain-text mail: as cpr_encode_line, and nothing in it is a live link any more:
 * "://" becomes "[:]//", '@' becomes "[at]", "www." becomes "www[.]". */
void cpr_encode_defanged(struct cpr_buffer *out, struct cpr_view text);

/* An unstructured header value (RFC 5322): as it is when it is short printable ASCII, else RFC 2047 encoded words in
 * UTF-8, folded so that no line exceeds 76 bytes. `used` is how many bytes already stand on the line. */
void cpr_encode_header(struct cpr_buffer *out, struct cpr_view text, size_t used);

/* A whole UTF-8 text body as quoted-printable (RFC 2045 section 6.7) with CRLF line ends. */
void cpr_encode_quoted_printable(struct cpr_buffer *out, struct cpr_view text);

#endif
