/* Any field value becomes valid UTF-8 of bounded length; so do its parameters, addresses and ids. */
#include "check.h"
#include "cpr/message/fields.h"
#include "cpr/message/header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_view value = cpr_view_make(data, size), rest = value;
    struct cpr_buffer out = cpr_buffer_new(4 * size + 64);
    char address[CPR_ADDRESS_MAX + 1], text[256], id[256];
    struct cpr_facts_received received;
    cpr_header_decode(value, &out);
    CPR_ASSERT(!cpr_buffer_is_full(&out) && cpr_utf8_is_valid(cpr_buffer_view(&out)));
    cpr_buffer_clear(&out);
    if (!cpr_header_parameter(value, "filename", &out))
        CPR_ASSERT(out.len == 0);
    CPR_ASSERT(cpr_utf8_is_valid(cpr_buffer_view(&out)));
    cpr_buffer_free(&out);
    cpr_fields_read_address(value, address, text);
    CPR_ASSERT(cpr_text_is_clean(cpr_view_of(address)) && cpr_text_is_clean(cpr_view_of(text)));
    cpr_fields_read_text(value, text, sizeof text);
    CPR_ASSERT(cpr_text_is_clean(cpr_view_of(text)));
    for (size_t left = rest.len; cpr_fields_next_id(&rest, id); left = rest.len)
        CPR_ASSERT(rest.len < left && cpr_text_is_clean(cpr_view_of(id)));
    cpr_fields_read_received(value, &received);
    CPR_ASSERT(cpr_text_is_clean(cpr_view_of(received.by_host)));
    return 0;
}
