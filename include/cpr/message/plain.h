/* Plain text, and what people paste into it without saying so: uuencode, bare base64, quoted-printable. */
#ifndef CPR_MESSAGE_PLAIN_H
#define CPR_MESSAGE_PLAIN_H

#include "cpr/message/transcript.h"

/* Adds text to the transcript. `is_flowed` joins soft line breaks (RFC 3676), `is_delsp` without the space. */
void cpr_plain_read(struct cpr_view utf8, bool is_flowed, bool is_delsp, struct cpr_transcript *transcript);

/* Undoes what was done to every line: the dashes before dashes of a clear-signed text (RFC 4880 section 7.1), the folds
 * and escapes of a calendar or card (RFC 5545 section 3.1, 3.3.11). False, with nothing appended, when it is neither.
 */
bool cpr_plain_undo(struct cpr_view utf8, struct cpr_buffer *out);

/* Something encoded that stands in a text without being declared. */
struct cpr_plain_find {
    struct cpr_view name;  /* of a uuencoded file, as it stands; else empty */
    struct cpr_view bytes; /* decoded; borrowed for the call */
};

/* Looks for uuencoded files and runs of bare base64 (not inside PEM) and calls `found` for each that decodes to text or
 * DER; then once for the whole, if it looks like quoted-printable that nobody declared. Linear. */
void cpr_plain_search(struct cpr_view bytes, void (*found)(void *context, const struct cpr_plain_find *find),
                      void *context);

/* True when the bytes begin with a DER SEQUENCE that they hold to at least half. */
bool cpr_plain_is_der(struct cpr_view bytes);

#endif
