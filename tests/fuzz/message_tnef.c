/* What TNEF gives lies inside it. */
#include "check.h"
#include "cpr/message/tnef.h"

static void take(void *context, const struct cpr_tnef_item *item)
{
    const struct cpr_view *whole = context;
    check_inside(*whole, item->bytes);
    check_inside(*whole, item->name);
    CPR_ASSERT(item->charset && item->name_charset && item->kind <= CPR_TNEF_FILE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_view bytes = cpr_view_make(data, size);
    struct cpr_tnef_walk walk = {.item = take, .context = &bytes};
    if (cpr_tnef_is(bytes))
        cpr_tnef_walk(&walk, bytes);
    return 0;
}
