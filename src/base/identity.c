#include "cpr/base/identity.h"

struct cpr_identity cpr_identity_of(struct cpr_view raw, uint32_t size)
{
    return (struct cpr_identity){cpr_digest_of(cpr_view_slice(raw, 0, CPR_IDENTITY_BYTES)), size};
}

bool cpr_identity_equal(const struct cpr_identity *a, const struct cpr_identity *b)
{
    return a->size == b->size && cpr_digest_equal(&a->digest, &b->digest);
}
