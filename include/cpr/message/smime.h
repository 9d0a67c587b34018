/* S/MIME (RFC 8551): the content of an opaque signature can be read without any key. */
#ifndef CPR_MESSAGE_SMIME_H
#define CPR_MESSAGE_SMIME_H

#include "cpr/base/buffer.h"

/* True for application/pkcs7-mime and its x- form, and for the detached signatures of multipart/signed. */
bool cpr_smime_is_type(const char *type);
bool cpr_smime_is_detached(const char *type);

/* Appends the content that a CMS SignedData (DER or BER) carries, a MIME entity. False, with nothing appended, when
 * `bytes` is none or carries none: it is encrypted, or damaged. Nothing is verified. */
bool cpr_smime_read_signed(struct cpr_view bytes, struct cpr_buffer *entity_out);

#endif
