/* Any bytes as text, flowed or not, become clean lines; what is found encoded in them is smaller than they are. */
#include "check.h"
#include "cpr/message/plain.h"

static void take(void *context, const struct cpr_plain_find *find)
{
    const struct cpr_view *whole = context;
    check_inside(*whole, find->name);
    CPR_ASSERT(find->bytes.len <= whole->len + 64);
    cpr_plain_is_der(find->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct cpr_view bytes = cpr_view_make(data + 1, size - 1);
    struct cpr_transcript transcript = cpr_transcript_new();
    cpr_plain_read(bytes, data[0] & 1, data[0] & 2, &transcript);
    check_transcript(&transcript);
    cpr_plain_search(bytes, take, &bytes);
    return 0;
}
