/* The table of rules: sound, and each rule of words fires on its own example. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void every_rule_has_a_name_of_its_own_a_weight_and_a_reason(void **state)
{
    (void)state;
    for (unsigned i = 0; i < CPR_RULES; i++) {
        const struct cpr_signal_rule *rule = cpr_signal_rule(i);
        assert_non_null(rule->id);
        assert_true(strlen(rule->id) < CPR_SIGNAL_ID_SIZE);
        assert_true(rule->weight > 0); /* nothing subtracts */
        assert_true(strlen(rule->reason) > 10);
        for (unsigned k = 0; k < i; k++)
            assert_string_not_equal(rule->id, cpr_signal_rule(k)->id);
    }
}

static void each_rule_fires_on_its_example(void **state)
{
    (void)state;
    for (unsigned i = 0; i < CPR_RULES; i++) {
        const struct cpr_signal_rule *rule = cpr_signal_rule(i);
        if (rule->first == CPR_MEANS_NOTHING)
            continue;
        struct cpr_evidence evidence = bench(rule->example);
        cpr_evidence_vocabulary(&evidence);
        if (!evidence.has_rule[i])
            fail_msg("%s does not fire on \"%s\"", rule->id, rule->example);
        bench_clear(&evidence);
    }
}

static void words_too_far_apart_do_not_make_a_pair(void **state)
{
    (void)state;
    char text[1024] = "revoke";
    memset(text + 6, ' ', 1);
    for (size_t i = 7; i < 207; i++)
        text[i] = i % 5 ? 'x' : ' ';
    memcpy(text + 207, " certificate", sizeof " certificate");
    struct cpr_evidence evidence = bench(text);
    cpr_evidence_vocabulary(&evidence);
    assert_false(evidence.has_rule[CPR_RULE_REVOKE_CERTIFICATE]);
    bench_clear(&evidence);
    evidence = bench("revoke. Certificate");
    cpr_evidence_vocabulary(&evidence);
    assert_true(evidence.has_rule[CPR_RULE_REVOKE_CERTIFICATE]);
    bench_clear(&evidence);
}

static void a_rule_counts_once_and_quotes_the_mail(void **state)
{
    (void)state;
    struct cpr_evidence evidence =
        bench("Please REVOKE this Certificate. And revoke that certificate, revoke every certificate.");
    cpr_evidence_vocabulary(&evidence);
    unsigned found = 0;
    for (uint32_t i = 0; i < evidence.reading->signal_count; i++)
        if (strcmp(evidence.reading->signals[i].id, "revoke-certificate") == 0) {
            found++;
            assert_non_null(strstr(evidence.reading->signals[i].text, "REVOKE this Certificate"));
            assert_string_equal(evidence.reading->signals[i].where, "text");
        }
    assert_int_equal(found, 1);
    bench_clear(&evidence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_a_name_of_its_own_a_weight_and_a_reason),
        cmocka_unit_test(each_rule_fires_on_its_example),
        cmocka_unit_test(words_too_far_apart_do_not_make_a_pair),
        cmocka_unit_test(a_rule_counts_once_and_quotes_the_mail),
    };
    return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
