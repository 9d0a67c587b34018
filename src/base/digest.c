#include "cpr/base/digest.h"
#include "cpr/base/assert.h"

#include <gnutls/crypto.h>
#include <string.h>

struct cpr_digest cpr_digest_of(struct cpr_view view)
{
    struct cpr_digest digest;
    CPR_ASSERT(gnutls_hash_fast(GNUTLS_DIG_SHA256, view.data, view.len, digest.bytes) == 0);
    return digest;
}

struct cpr_digest cpr_digest_hmac(struct cpr_view key, struct cpr_view view)
{
    struct cpr_digest digest;
    CPR_ASSERT(gnutls_hmac_fast(GNUTLS_MAC_SHA256, key.data, key.len, view.data, view.len, digest.bytes) == 0);
    return digest;
}

bool cpr_digest_equal(const struct cpr_digest *a, const struct cpr_digest *b)
{
    return gnutls_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void cpr_digest_to_hex(const struct cpr_digest *digest, char out[CPR_DIGEST_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < CPR_DIGEST_BYTES; i++) {
        out[2 * i] = digits[digest->bytes[i] >> 4];
        out[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    out[2 * CPR_DIGEST_BYTES] = 0;
}

static int hex_value(char c)
{
    return cpr_ascii_is_digit(c) ? c - '0' : cpr_ascii_lower(c) - 'a' + 10;
}

bool cpr_digest_from_hex(struct cpr_view hex, struct cpr_digest *out)
{
    if (hex.len != 2 * CPR_DIGEST_BYTES)
        return false;
    for (size_t i = 0; i < hex.len; i++)
        if (!cpr_ascii_is_hex(hex.data[i]))
            return false;
    for (size_t i = 0; i < CPR_DIGEST_BYTES; i++)
        out->bytes[i] = (uint8_t)(hex_value(hex.data[2 * i]) << 4 | hex_value(hex.data[2 * i + 1]));
    return true;
}

/* struct cpr_digest_stream is never defined: the handle of GnuTLS travels under that name. */
struct cpr_digest_stream *cpr_digest_stream_new(void)
{
    gnutls_hash_hd_t handle;
    CPR_ASSERT(gnutls_hash_init(&handle, GNUTLS_DIG_SHA256) == 0);
    return (struct cpr_digest_stream *)handle;
}

void cpr_digest_stream_add(struct cpr_digest_stream *stream, struct cpr_view view)
{
    if (view.len)
        CPR_ASSERT(gnutls_hash((gnutls_hash_hd_t)stream, view.data, view.len) == 0);
}

struct cpr_digest cpr_digest_stream_end(struct cpr_digest_stream **stream)
{
    struct cpr_digest digest;
    gnutls_hash_deinit((gnutls_hash_hd_t)*stream, digest.bytes);
    *stream = NULL;
    return digest;
}
