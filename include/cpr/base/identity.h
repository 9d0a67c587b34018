/* How a message is recognised again, wherever it lies and whatever UID it has. */
#ifndef CPR_BASE_IDENTITY_H
#define CPR_BASE_IDENTITY_H

#include "cpr/base/digest.h"
#include "cpr/base/limits.h"

/* SHA-256 of the first CPR_IDENTITY_BYTES bytes of the message together with its RFC822.SIZE. */
struct cpr_identity {
    struct cpr_digest digest;
    uint32_t size;
};

/* `raw` is the whole message or at least its first CPR_IDENTITY_BYTES bytes. */
struct cpr_identity cpr_identity_of(struct cpr_view raw, uint32_t size);
bool cpr_identity_equal(const struct cpr_identity *a, const struct cpr_identity *b);

#endif
