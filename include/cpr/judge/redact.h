/* Keys out: a private key in a mail is a secret of somebody's, and must reach no log, alert or review page. */
#ifndef CPR_JUDGE_REDACT_H
#define CPR_JUDGE_REDACT_H

#include "cpr/base/buffer.h"

/* Appends `text` without private keys, each "[removed]": PEM blocks whose label says PRIVATE KEY (also cut, quoted with
 * '>' or pressed into one line); the private members of a JWK; PuTTY's private lines; the numbers that openssl and
 * certtool print; long runs of base64; and, in links too, base64 or hexadecimal digits that begin like the DER of a
 * key. Certificates, fingerprints, links, and words that are joined without blanks stay. What cannot be told from a
 * hash stays too: 32 bare bytes. Linear. */
void cpr_redact(struct cpr_view text, struct cpr_buffer *out);

/* The same into a string: clean text, cut to fit as cpr_text_copy() does. */
void cpr_redact_copy(char *out, size_t out_size, struct cpr_view text);

#endif
