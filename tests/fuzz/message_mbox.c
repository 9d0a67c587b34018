/* Any bytes split into messages that lie inside them, in order, with nothing but From lines and empty lines between
 * them, and each comes out no longer than it may. */
#include "check.h"
#include "cpr/message/mbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_view whole = cpr_view_make(data, size), rest = whole, message;
    bool is_mbox = cpr_mbox_is(whole);
    size_t end = 0;
    for (size_t left = rest.len; cpr_mbox_next(&rest, &message); left = rest.len) {
        struct cpr_buffer out = cpr_buffer_new(4096);
        check_inside(whole, message);
        CPR_ASSERT(rest.len < left);
        if (message.len) {
            size_t start = (size_t)(message.data - whole.data);
            CPR_ASSERT(start >= end);
            end = start + message.len;
        }
        uint64_t restored = cpr_mbox_restore(message, is_mbox, &out);
        CPR_ASSERT(out.len <= restored && restored <= 2 * (uint64_t)message.len);
        CPR_ASSERT(cpr_buffer_is_full(&out) || out.len == restored);
        cpr_buffer_free(&out);
    }
    return 0;
}
