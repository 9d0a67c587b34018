/* Any bytes split into a header and a body that lie inside them, and every field inside the header. */
#include "check.h"
#include "cpr/message/header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_view whole = cpr_view_make(data, size);
    struct cpr_view message = cpr_header_skip_preface(whole);
    struct cpr_header_split split;
    struct cpr_header_field field;
    check_inside(whole, message);
    cpr_header_split(message, &split);
    check_inside(message, split.header);
    check_inside(message, split.body);
    CPR_ASSERT(split.header.len <= CPR_HEADER_MAX_BYTES && split.header.len + split.body.len <= message.len);
    struct cpr_view rest = split.header;
    unsigned count = 0;
    for (size_t left = rest.len; cpr_header_next(&rest, &field); left = rest.len, count++) {
        check_inside(split.header, field.name);
        check_inside(split.header, field.value);
        CPR_ASSERT(field.name.len > 0 && rest.len < left);
    }
    CPR_ASSERT(count <= CPR_HEADER_FIELDS_MAX);
    check_inside(split.header, cpr_header_find(split.header, "Content-Type"));
    return 0;
}
