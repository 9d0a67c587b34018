/* The table of rules: sound, and each rule of words fires on its own example. */
#include "bench.h"
#include "cpr/judge/verdict.h"

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
        assert_true(rule->weight > 0 || i == CPR_RULE_KNOWN_NOISE ||
                    i == CPR_RULE_NOTICE_UNPROVED); /* nothing subtracts */
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

/* Which rule speaks of which key, and whose words count: text, rule, whether it fires. */
static void words_are_taken_by_what_they_are_said_of(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum cpr_rule rule;
        bool fires;
    } table[] = {
        {"The key was stolen. It is the key of our certificate.", CPR_RULE_KEY_COMPROMISED, true},
        {"The key was stolen. It is the key of our house.", CPR_RULE_KEY_COMPROMISED, false},
        {"Your wallet: the private key was stolen.", CPR_RULE_KEY_COMPROMISED, false},
        {"Your wallet page: the private key of its certificate was stolen.", CPR_RULE_KEY_COMPROMISED, true},
        {"I lost the passphrase of my PGP private key", CPR_RULE_KEY_LOST, false},
        {"revoke the certificate", CPR_RULE_REVOKE_CERTIFICATE, true},
        {"@@ -1,2 +1,3 @@\n+ revoke the certificate", CPR_RULE_REVOKE_CERTIFICATE, false},
        {"> @@ -1,2 +1,3 @@\n> + revoke the certificate", CPR_RULE_REVOKE_CERTIFICATE, false},
        {"@@ -1,2 +1,3 @@\n+ revoke the certificate that you issued", CPR_RULE_REVOKE_CERTIFICATE, true},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i].text);
        cpr_evidence_vocabulary(&evidence);
        if (evidence.has_rule[table[i].rule] != table[i].fires)
            fail_msg("\"%s\": %s should be %d", table[i].text, cpr_signal_rule(table[i].rule)->id, table[i].fires);
        bench_clear(&evidence);
    }
}

static void a_patch_silences_words_but_no_hard_evidence(void **state)
{
    (void)state;
    struct cpr_evidence evidence = bench("@@ -1,2 +1,3 @@\n+ revoke the certificate");
    cpr_evidence_signal(&evidence, CPR_RULE_SERIAL, "text", cpr_view_of("2d1f"));
    cpr_evidence_vocabulary(&evidence);
    assert_true(evidence.has_rule[CPR_RULE_REVOKE_CERTIFICATE]);
    assert_int_equal(cpr_verdict_of(&evidence), CPR_VERDICT_PROBABLE);
    bench_clear(&evidence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_a_name_of_its_own_a_weight_and_a_reason),
        cmocka_unit_test(each_rule_fires_on_its_example),
        cmocka_unit_test(words_too_far_apart_do_not_make_a_pair),
        cmocka_unit_test(a_rule_counts_once_and_quotes_the_mail),
        cmocka_unit_test(words_are_taken_by_what_they_are_said_of),
        cmocka_unit_test(a_patch_silences_words_but_no_hard_evidence),
    };
    return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
