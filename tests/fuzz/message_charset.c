/* A charset's name up to the first line end, then bytes: they become valid UTF-8 of at most four times their length. */
#include "check.h"
#include "cpr/message/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_view bytes = cpr_view_make(data, size), name, utf8;
    if (!cpr_view_next_line(&bytes, &name))
        return 0;
    struct cpr_buffer work = cpr_buffer_new(4 * bytes.len + 64);
    cpr_charset_decode(name, bytes, &work, &utf8);
    CPR_ASSERT(!cpr_buffer_is_full(&work) && cpr_utf8_is_valid(utf8));
    if (utf8.data == bytes.data)
        CPR_ASSERT(utf8.len == bytes.len);
    cpr_buffer_free(&work);
    cpr_charset_looks_like_text(bytes);
    return 0;
}
