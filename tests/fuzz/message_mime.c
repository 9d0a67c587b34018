/* The walk ends within its caps, and every leaf has a type. */
#include "check.h"
#include "cpr/message/mime.h"

#include <string.h>

static unsigned leaves;

static void take_leaf(void *context, struct cpr_mime_walk *walk, const struct cpr_mime_leaf *leaf)
{
    (void)context;
    leaves++;
    CPR_ASSERT(walk->depth <= CPR_MIME_DEPTH_MAX + 1);
    CPR_ASSERT(strnlen(leaf->type, sizeof leaf->type) < sizeof leaf->type && strchr(leaf->type, '/'));
}

static void take_message(void *context, struct cpr_view header)
{
    (void)context;
    CPR_ASSERT(header.len <= CPR_HEADER_MAX_BYTES);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_mime_walk walk = {.leaf = take_leaf, .message = take_message};
    leaves = 0;
    cpr_mime_walk(&walk, cpr_view_make(data, size));
    /* Each entity is at most a leaf, its header as text, and the texts before and behind its parts. */
    CPR_ASSERT(walk.depth == 0 && !walk.is_guessing && walk.parts <= 2 * CPR_MIME_PARTS_MAX);
    CPR_ASSERT(leaves <= 4 * (walk.parts + CPR_MIME_DEPTH_MAX));
    return 0;
}
