/* Any bytes as HTML, valid UTF-8 or not, become clean lines and whole addresses. */
#include "check.h"
#include "cpr/message/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_view bytes = cpr_view_make(data, size);
    struct cpr_transcript transcript = cpr_transcript_new();
    struct cpr_buffer hrefs = cpr_buffer_new(1024);
    cpr_html_read(bytes, &transcript, &hrefs);
    check_transcript(&transcript);
    check_lines(cpr_buffer_view(&hrefs));
    CPR_ASSERT(hrefs.len == 0 || hrefs.data[hrefs.len - 1] == '\n');
    cpr_buffer_free(&hrefs);
    check_inside(bytes, cpr_html_charset(bytes));
    return 0;
}
