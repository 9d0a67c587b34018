/* libFuzzer: whatever a reader process sends, cpr_reading_is_sound() decides without reading past the record, and a
 * record that it lets through can be used without a further look at any count or string. */
#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/judge/reading.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const char *text)
{
    CPR_ASSERT(cpr_text_is_clean(cpr_view_of(text)));
}

static void use_all(const struct cpr_reading *reading)
{
    use(cpr_verdict_name((enum cpr_verdict)reading->verdict));
    use(cpr_kind_name((enum cpr_kind)reading->kind));
    use(reading->subject);
    use(reading->excerpt);
    use(reading->message_id);
    for (uint32_t i = 0; i < reading->signal_count; i++)
        use(reading->signals[i].text);
    for (uint32_t i = 0; i < reading->identifier_count; i++) {
        use(cpr_identifier_type_name((enum cpr_identifier_type)reading->identifiers[i].type));
        use(reading->identifiers[i].value);
    }
    for (uint32_t i = 0; i < reading->reference_count; i++)
        use(reading->references[i]);
    for (uint32_t i = 0; i < reading->attachment_count; i++)
        use(reading->attachments[i]);
    for (uint32_t i = 0; i < reading->received_count; i++)
        use(reading->received[i].by_host);
    for (unsigned bit = 0; bit < 32; bit++)
        if (reading->limits & (1u << bit))
            use(cpr_reading_limit_name(bit));
}

/* The input is a list of patches, {offset of three bytes, length of one byte, bytes}, on an otherwise empty reading:
 * random bytes as a whole record would nearly always fail at the magic. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_reading *reading = malloc(sizeof *reading);
    if (!reading)
        return 0;
    cpr_reading_clear(reading);
    while (size > 4) {
        size_t offset = ((size_t)data[0] << 16 | (size_t)data[1] << 8 | data[2]) % sizeof *reading;
        size_t len = data[3];
        data += 4, size -= 4;
        len = len < size ? len : size;
        len = len < sizeof *reading - offset ? len : sizeof *reading - offset;
        memcpy((char *)reading + offset, data, len);
        data += len, size -= len;
    }
    if (cpr_reading_is_sound(reading))
        use_all(reading);
    free(reading);
    return 0;
}
