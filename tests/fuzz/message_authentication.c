/* Any header block gives clean, bounded results, and a broken field gives none. The first byte chooses between a
 * field's value and a whole header. */
#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/message/authentication.h"

#include <stdint.h>
#include <string.h>

static void check_name(const char *text, size_t size)
{
    CPR_ASSERT(strnlen(text, size) < size);
    for (; *text; text++)
        CPR_ASSERT(cpr_ascii_lower(*text) == *text);
}

static void check(const struct cpr_facts_authentication *field)
{
    CPR_ASSERT(field->result_count <= CPR_FACTS_RESULTS_MAX);
    CPR_ASSERT(!field->is_broken || (field->result_count == 0 && field->authserv_id[0] == 0));
    check_name(field->authserv_id, sizeof field->authserv_id);
    for (uint32_t i = 0; i < field->result_count; i++) {
        const struct cpr_facts_result *result = &field->results[i];
        check_name(result->method, sizeof result->method);
        check_name(result->result, sizeof result->result);
        check_name(result->property, sizeof result->property);
        check_name(result->domain, sizeof result->domain);
        CPR_ASSERT(result->method[0] && result->result[0] && cpr_text_is_clean(cpr_view_of(result->domain)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_facts facts;
    struct cpr_facts_authentication field;
    if (size == 0)
        return 0;
    if (data[0] & 1) {
        cpr_authentication_read_field(cpr_view_make(data + 1, size - 1), &field);
        check(&field);
        return 0;
    }
    memset(&facts, 0, sizeof facts);
    cpr_authentication_read(cpr_view_make(data + 1, size - 1), &facts);
    CPR_ASSERT(facts.authentication_count <= CPR_FACTS_AUTHENTICATIONS_MAX);
    for (uint32_t i = 0; i < facts.authentication_count; i++)
        check(&facts.authentications[i]);
    check_name(facts.from_domain, sizeof facts.from_domain);
    return 0;
}
