#include "bench.h"

#include <string.h>

static struct cpr_facts facts;
static struct cpr_reading reading;

struct cpr_evidence bench(const char *text)
{
    memset(&facts, 0, sizeof facts);
    facts.text = cpr_buffer_new(CPR_TEXT_MAX_BYTES);
    facts.hrefs = cpr_buffer_new(CPR_TEXT_MAX_BYTES);
    cpr_buffer_add_text(&facts.text, text);
    cpr_reading_clear(&reading);
    cpr_scan_prepare();
    struct cpr_evidence evidence = {.facts = &facts, .reading = &reading, .text = cpr_buffer_view(&facts.text)};
    cpr_folded_add(&evidence.folded, evidence.text, 0);
    cpr_scan_text(&evidence.folded, &evidence.scan);
    return evidence;
}

void bench_clear(struct cpr_evidence *evidence)
{
    cpr_scan_free(&evidence->scan);
    cpr_folded_free(&evidence->folded);
    cpr_buffer_free(&facts.text);
    cpr_buffer_free(&facts.hrefs);
}

bool bench_has(const struct cpr_evidence *evidence, enum cpr_identifier_type type, const char *value)
{
    for (uint32_t i = 0; i < evidence->reading->identifier_count; i++)
        if (evidence->reading->identifiers[i].type == (uint32_t)type &&
            strcmp(evidence->reading->identifiers[i].value, value) == 0)
            return true;
    return false;
}

bool bench_has_type(const struct cpr_evidence *evidence, enum cpr_identifier_type type)
{
    for (uint32_t i = 0; i < evidence->reading->identifier_count; i++)
        if (evidence->reading->identifiers[i].type == (uint32_t)type)
            return true;
    return false;
}
