/* Each decoder gives no more than it takes, but for uuencode, whose lines may have lost 60 blanks; the first byte says
 * which. */
#include "check.h"
#include "cpr/message/transfer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct cpr_view bytes = cpr_view_make(data + 1, size - 1);
    enum cpr_transfer transfer = (enum cpr_transfer)(data[0] % (CPR_TRANSFER_UNKNOWN + 2));
    struct cpr_buffer out = cpr_buffer_new(64 * size);
    if (transfer > CPR_TRANSFER_UNKNOWN)
        cpr_transfer_decode_loosely(bytes, &out);
    else
        CPR_ASSERT(cpr_transfer_decode(transfer, bytes, &out) <= bytes.len);
    CPR_ASSERT(!cpr_buffer_is_full(&out));
    cpr_buffer_free(&out);
    cpr_transfer_of(bytes);
    return 0;
}
