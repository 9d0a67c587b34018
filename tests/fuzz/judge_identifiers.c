/* Any text gives identifiers in canonical form, within the caps. */
#include "check_judge.h"
#include "cpr/judge/identifiers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_facts facts;
    static struct cpr_reading reading;
    char hex[64];
    struct cpr_view bytes = cpr_view_make(data, size);
    struct cpr_evidence evidence = make_evidence(bytes, &facts, &reading);
    cpr_identifiers_find(&evidence);
    check_reading(&reading);
    clear_evidence(&evidence, &facts);
    if (cpr_identifier_from_decimal(bytes, hex)) {
        check_characters(hex, "0123456789abcdef", 1, 63);
        CPR_ASSERT(hex[0] != '0' || hex[1] == 0);
    }
    return 0;
}
