/* Content-Transfer-Encoding (RFC 2045 section 6) and uuencode. Base64 and quoted-printable are decoded by GMime. */
#ifndef CPR_MESSAGE_TRANSFER_H
#define CPR_MESSAGE_TRANSFER_H

#include "cpr/base/buffer.h"

enum cpr_transfer {
    CPR_TRANSFER_NONE, /* 7bit, 8bit, binary, absent */
    CPR_TRANSFER_BASE64,
    CPR_TRANSFER_QUOTED_PRINTABLE,
    CPR_TRANSFER_UUENCODE,
    CPR_TRANSFER_UNKNOWN,
};

/* From a field value, by how it begins; "x-" and an opening quote are ignored. Unknown ones are read as they are. */
enum cpr_transfer cpr_transfer_of(struct cpr_view value);

/* Appends the decoded bytes to *out. Returns how much of `bytes` was in that encoding: for base64 the rest begins at
 * the first byte that cannot belong to it (a footer that a mailing list put behind it); otherwise everything. */
size_t cpr_transfer_decode(enum cpr_transfer transfer, struct cpr_view bytes, struct cpr_buffer *out);

/* Appends what is left of base64 when everything that cannot belong to it is skipped, as most programs decode. */
void cpr_transfer_decode_loosely(struct cpr_view bytes, struct cpr_buffer *out);

/* True for a byte of the base64 alphabet, '=' included. */
bool cpr_transfer_is_base64(char byte);

#endif
