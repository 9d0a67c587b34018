/* Any bytes give a sound reading, and the same one twice. Seeds: tests/samples. */
#include "cpr/base/assert.h"
#include "cpr/judge/judge.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_reading first, second;
    cpr_judge_message(cpr_view_make(data, size), false, NULL, &first);
    CPR_ASSERT(cpr_reading_is_sound(&first));
    cpr_judge_message(cpr_view_make(data, size), false, NULL, &second);
    CPR_ASSERT(memcmp(&first, &second, sizeof first) == 0);
    return 0;
}
