/* SHA-256 and HMAC-SHA-256 (GnuTLS) with lower-case hexadecimal. Pure: same bytes, same answer. */
#ifndef CPR_BASE_DIGEST_H
#define CPR_BASE_DIGEST_H

#include "cpr/base/view.h"

#include <stdint.h>

#define CPR_DIGEST_BYTES 32
#define CPR_DIGEST_HEX_SIZE (2 * CPR_DIGEST_BYTES + 1) /* with the NUL */

struct cpr_digest {
    uint8_t bytes[CPR_DIGEST_BYTES];
};

struct cpr_digest cpr_digest_of(struct cpr_view view);
struct cpr_digest cpr_digest_hmac(struct cpr_view key, struct cpr_view view);

/* Compares in constant time. */
bool cpr_digest_equal(const struct cpr_digest *a, const struct cpr_digest *b);

void cpr_digest_to_hex(const struct cpr_digest *digest, char out[CPR_DIGEST_HEX_SIZE]);
/* False, with *out untouched, unless exactly 64 hexadecimal digits. */
bool cpr_digest_from_hex(struct cpr_view hex, struct cpr_digest *out);

/* An incremental hash, for input that arrives in pieces. */
struct cpr_digest_stream;
struct cpr_digest_stream *cpr_digest_stream_new(void);
void cpr_digest_stream_add(struct cpr_digest_stream *stream, struct cpr_view view);
struct cpr_digest cpr_digest_stream_end(struct cpr_digest_stream **stream); /* frees it, sets NULL */

#endif
