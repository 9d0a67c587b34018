/* Any bytes as a link, and as a text that holds links: what comes out is bounded, canonical and clean. */
#include "check_judge.h"
#include "cpr/judge/links.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_facts facts;
    static struct cpr_reading reading;
    static char once[CPR_LINK_MAX_BYTES + 1];
    struct cpr_view bytes = cpr_view_make(data, size);
    memset(once, 'x', sizeof once);
    cpr_link_unwrap(bytes, once);
    CPR_ASSERT(memchr(once, 0, sizeof once) != NULL);
    struct cpr_evidence evidence = make_evidence(bytes, &facts, &reading);
    cpr_buffer_add(&facts.hrefs, cpr_buffer_view(&facts.text));
    cpr_links_find(&evidence);
    check_reading(&reading);
    clear_evidence(&evidence, &facts);
    return 0;
}
