/* Any bytes make facts whose strings are clean and whose caps hold. */
#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/message/facts.h"

#include <stdint.h>
#include <string.h>

static void check_text(struct cpr_view text)
{
    struct cpr_view line, cell;
    CPR_ASSERT(text.len <= CPR_TEXT_MAX_BYTES);
    while (cpr_view_next_line(&text, &line))
        while (cpr_view_next_item(&line, '\t', &cell))
            CPR_ASSERT(cpr_text_is_clean(cell));
}

static void check_string(const char *text, size_t size)
{
    CPR_ASSERT(strnlen(text, size) < size);
    CPR_ASSERT(cpr_text_is_clean(cpr_view_of(text)));
}

#define CHECK_STRING(array) check_string(array, sizeof(array))

static void check_header(const struct cpr_facts *facts)
{
    CHECK_STRING(facts->from_address);
    CHECK_STRING(facts->from_name);
    CHECK_STRING(facts->to);
    CHECK_STRING(facts->subject);
    CHECK_STRING(facts->message_id);
    CHECK_STRING(facts->auto_submitted);
    CHECK_STRING(facts->precedence);
    CHECK_STRING(facts->list_id);
    CHECK_STRING(facts->return_path);
    CHECK_STRING(facts->content_type);
    CHECK_STRING(facts->report_type);
    CHECK_STRING(facts->alert_token);
    CPR_ASSERT(facts->reference_count <= CPR_REFERENCES_MAX && facts->received_count <= CPR_RECEIVED_MAX);
    for (uint32_t i = 0; i < facts->reference_count; i++)
        CHECK_STRING(facts->references[i]);
    for (uint32_t i = 0; i < facts->received_count; i++)
        CHECK_STRING(facts->received[i].by_host);
}

static void check_parts(const struct cpr_facts *facts)
{
    size_t kept = 0;
    CPR_ASSERT(facts->part_count <= CPR_FACTS_PARTS_KEPT);
    for (uint32_t i = 0; i < facts->part_count; i++) {
        CHECK_STRING(facts->parts[i].type);
        CHECK_STRING(facts->parts[i].name);
        CPR_ASSERT(facts->parts[i].bytes.len <= 64 * 1024);
        kept += facts->parts[i].bytes.len;
    }
    CPR_ASSERT(kept <= 1024 * 1024);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_facts facts;
    cpr_facts_read(cpr_view_make(data, size), false, &facts);
    check_text(cpr_buffer_view(&facts.text));
    check_text(cpr_buffer_view(&facts.hrefs));
    check_header(&facts);
    check_parts(&facts);
    cpr_facts_free(&facts);
    return 0;
}
