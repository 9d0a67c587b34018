/* Any bytes as the certificate of a CA and, behind it, what a source answered. Nothing counts outside its time, and
 * what counts for nothing says why. Seeds: tests/fuzz/casework_answers, which make_answers.sh makes. */
#include "check.h"
#include "cpr/casework/crl.h"
#include "cpr/casework/ocsp.h"
#include "cpr/judge/der.h"

static void check_answer(const struct cpr_revocation_answer *answer, int64_t now_ms)
{
    CPR_ASSERT(answer->word < CPR_WORDS && answer->word != CPR_WORD_NONE);
    CPR_ASSERT((answer->word <= CPR_WORD_STALE) == (answer->note[0] != 0));
    CPR_ASSERT(cpr_text_is_clean(cpr_view_of(answer->note)));
    if (answer->word > CPR_WORD_STALE)
        CPR_ASSERT(answer->this_update_ms <= now_ms + CPR_HOUR_MS &&
                   (answer->next_update_ms == CPR_TIME_NONE || answer->next_update_ms >= now_ms));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const numbers[] = {"04a19f33", "d5c0ffee01"};
    static const char *const instants[] = {"2026-11-05T00:00:00Z", "2026-11-23T00:00:00Z"};
    struct cpr_view rest = cpr_view_make(data, size);
    struct cpr_der ca;
    if (!cpr_der_next(&rest, &ca))
        return 0;
    for (size_t i = 0; i < 4; i++) {
        struct cpr_serial serial;
        struct cpr_revocation_answer answer;
        struct cpr_buffer request = cpr_buffer_new(512);
        int64_t now_ms;
        CPR_ASSERT(cpr_serial_parse(cpr_view_of(numbers[i % 2]), &serial));
        CPR_ASSERT(cpr_time_parse_rfc3339(cpr_view_of(instants[i / 2]), &now_ms));
        cpr_ocsp_read(rest, ca.whole, &serial, now_ms, &answer);
        check_answer(&answer, now_ms);
        cpr_crl_read(rest, ca.whole, &serial, now_ms, &answer);
        check_answer(&answer, now_ms);
        cpr_ocsp_write_request(ca.whole, &serial, &request);
        cpr_buffer_free(&request);
    }
    return 0;
}
