/* Taking keys out of any bytes: what stays was there, but for the marks. */
#include "cpr/base/assert.h"
#include "cpr/judge/redact.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_buffer out = cpr_buffer_new(1024 * 1024);
    cpr_redact(cpr_view_make(data, size), &out);
    /* A mark of nine bytes stands for at least twenty of a key; or for the rest of a PEM block, one to a BEGIN line. */
    CPR_ASSERT(out.len <= size + size / 2 + 16);
    cpr_buffer_free(&out);
    return 0;
}
