/* Any bytes as RTF, compressed or not, become valid UTF-8 of bounded length. */
#include "check.h"
#include "cpr/message/rtf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_buffer rtf = cpr_buffer_new(CPR_RTF_MAX_BYTES);
    if (!cpr_rtf_decompress(cpr_view_make(data, size), &rtf))
        cpr_buffer_add(&rtf, cpr_view_make(data, size));
    CPR_ASSERT(rtf.len <= 9 * size);
    struct cpr_buffer text = cpr_buffer_new(6 * rtf.len + 64);
    cpr_rtf_read(cpr_buffer_view(&rtf), &text);
    CPR_ASSERT(!cpr_buffer_is_full(&text) && cpr_utf8_is_valid(cpr_buffer_view(&text)));
    cpr_buffer_free(&rtf);
    cpr_buffer_free(&text);
    return 0;
}
