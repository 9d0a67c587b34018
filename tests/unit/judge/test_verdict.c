/* Verdicts from evidence filled in by hand. */
#include "bench.h"
#include "cpr/judge/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static void the_verdict_follows_score_hard_evidence_and_limits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t score;
        bool is_hard, is_complaint;
        uint32_t limits;
        enum cpr_verdict want;
    } table[] = {
        {"hello", 0, false, true, 0, CPR_VERDICT_UNLIKELY},
        {"hello", 29, false, true, 0, CPR_VERDICT_UNLIKELY},
        {"hello", 30, false, true, 0, CPR_VERDICT_POSSIBLE},
        {"hello", 59, false, true, 0, CPR_VERDICT_POSSIBLE},
        {"hello", 60, false, true, 0, CPR_VERDICT_PROBABLE},
        {"only supporting words", 60, false, false, 0, CPR_VERDICT_POSSIBLE},
        {"hello", 0, true, true, 0, CPR_VERDICT_POSSIBLE},
        {"", 0, false, true, CPR_READING_DEPTH, CPR_VERDICT_UNDECIDABLE},
        {"", 0, false, true, CPR_READING_DECODE, CPR_VERDICT_UNDECIDABLE},
        {"", 0, false, true, CPR_READING_ENCRYPTED, CPR_VERDICT_UNDECIDABLE},
        {"A text that is long enough to be judged by itself.", 0, false, true, CPR_READING_DECODE,
         CPR_VERDICT_UNLIKELY},
        {"A text that is long enough to be judged by itself.", 0, false, true, CPR_READING_CUT,
         CPR_VERDICT_UNDECIDABLE},
        {"Please see the attached letter.", 0, false, true, CPR_READING_UNREAD, CPR_VERDICT_UNDECIDABLE},
        {"", 60, false, true, CPR_READING_PARTS, CPR_VERDICT_PROBABLE},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i].text);
        evidence.reading->score = table[i].score;
        evidence.reading->limits = table[i].limits;
        evidence.is_hard = table[i].is_hard;
        evidence.is_complaint = table[i].is_complaint;
        assert_string_equal(cpr_verdict_name(cpr_verdict_of(&evidence)), cpr_verdict_name(table[i].want));
        bench_clear(&evidence);
    }
}

static void every_rule_but_noise_raises_the_score(void **state)
{
    (void)state;
    struct cpr_evidence evidence = bench("x");
    int32_t before = 0;
    for (unsigned rule = 0; rule < CPR_RULES; rule++) {
        cpr_evidence_signal(&evidence, rule, "text", cpr_view_of("x"));
        bool is_weightless = rule == CPR_RULE_KNOWN_NOISE || rule == CPR_RULE_NOTICE_UNPROVED;
        assert_true(is_weightless ? evidence.reading->score == before : evidence.reading->score > before);
        before = evidence.reading->score;
        cpr_evidence_signal(&evidence, rule, "text", cpr_view_of("x"));
        assert_int_equal(evidence.reading->score, before);
    }
    assert_int_equal(evidence.reading->signal_count, CPR_SIGNALS_MAX);
    assert_true(evidence.reading->limits & CPR_READING_SIGNALS);
    bench_clear(&evidence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_verdict_follows_score_hard_evidence_and_limits),
        cmocka_unit_test(every_rule_but_noise_raises_the_score),
    };
    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
