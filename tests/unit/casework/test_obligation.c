/* The clock of the revocation: which class a report gets, what ends it, when people are told, and that no history of
 * mail makes its deadline later or ends it. */
#include "cpr/casework/plan.h"
#include "cpr/judge/signals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t receipt_ms = INT64_C(1709651947000); /* 2024-03-05T15:19:07Z */

static struct cpr_reading *reading_of(const char *signals)
{
    static struct cpr_reading reading;
    struct cpr_view rest = cpr_view_of(signals), id;
    cpr_reading_clear(&reading);
    reading.verdict = CPR_VERDICT_PROBABLE;
    while (cpr_view_next_item(&rest, ' ', &id))
        if (id.len)
            cpr_view_copy(id, reading.signals[reading.signal_count++].id, CPR_SIGNAL_ID_SIZE);
    return &reading;
}

static struct cpr_policy defaults(void)
{
    struct cpr_policy policy;
    cpr_policy_defaults(&policy);
    return policy;
}

static struct cpr_case case_of(const char *signals)
{
    struct cpr_policy policy = defaults();
    struct cpr_case item = {.id = 1,
                            .state = CPR_CASE_OPEN,
                            .grade = CPR_GRADE_REPORT,
                            .receipt = {.utc_ms = receipt_ms},
                            .deadline_ms = receipt_ms + 24 * CPR_HOUR_MS,
                            .told_age_ms = -1,
                            .acked_ms = CPR_TIME_NONE,
                            .closed_ms = CPR_TIME_NONE};
    cpr_obligation_begin(&item, reading_of(signals), &policy);
    return item;
}

static struct cpr_case answered(const char *signals, int64_t age_ms)
{
    struct cpr_case item = case_of(signals);
    item.state = CPR_CASE_ANSWERED;
    item.closed_ms = receipt_ms + age_ms;
    return item;
}

static void the_class_is_that_of_the_strictest_reason_and_in_doubt_24_hours(void **state)
{
    (void)state;
    static const struct {
        const char *signals, *class, *rule, *words, *item;
    } table[] = {
        {"private-key", "24h", "private-key", "key compromise", "TLS BR 4.9.1.1 (3)"},
        {"csr-attests-compromise", "24h", "csr-attests-compromise", "key compromise", "TLS BR 4.9.1.1 (3)"},
        {"serial key-published", "24h", "key-published", "key compromise", "TLS BR 4.9.1.1 (3)"},
        {"weak-key", "24h", "weak-key", "weak key", "TLS BR 4.9.1.1 (4)"},
        {"validation-wrong", "24h", "validation-wrong", "failed validation", "TLS BR 4.9.1.1 (5)"},
        {"certificate-unauthorised", "24h", "certificate-unauthorised", "a request that was not authorised",
         "TLS BR 4.9.1.1 (2)"},
        {"revoke-certificate certificate-of-mine", "24h", "certificate-of-mine",
         "the Subscriber's own request, perhaps", "TLS BR 4.9.1.1 (1)"},
        {"signed-malware", "24h", "signed-malware", "signed malware", "Code Signing BR 4.9.1.1 (6)"},
        {"misissued lint", "5d", "misissued", "misissuance", "TLS BR 4.9.1.1 (12)"},
        {"revoke-certificate profile-wrong", "5d", "profile-wrong", "a wrong field", "TLS BR 4.9.1.1 (13)"},
        {"certificate-misused", "5d", "certificate-misused", "misuse", "TLS BR 4.9.1.1 (7)"},
        /* A reason of each list. */
        {"misissued lint weak-key", "24h", "weak-key", "weak key", "TLS BR 4.9.1.1 (4)"},
        /* None: an identifier, a wish, a word that is not known. */
        {"serial revoke-certificate", "24h", "", "no reason recognised: the stricter", ""},
        {"", "24h", "", "no reason recognised: the stricter", ""},
        {"of-later-rules", "24h", "", "no reason recognised: the stricter", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *rule;
        enum cpr_revocation_class class = cpr_obligation_class_of(reading_of(table[i].signals), &rule);
        assert_string_equal(cpr_revocation_class_name(class), table[i].class);
        assert_string_equal(rule, table[i].rule);
        assert_string_equal(cpr_obligation_words(rule), table[i].words);
        assert_string_equal(cpr_obligation_item(rule), table[i].item);
    }
}

static void what_was_not_read_whole_may_hold_a_key(void **state)
{
    (void)state;
    static const struct {
        uint32_t limits;
        enum cpr_verdict verdict;
        const char *signals, *class, *rule;
    } table[] = {
        {CPR_READING_CUT, CPR_VERDICT_PROBABLE, "misissued", "24h", CPR_RULE_UNREAD},
        {CPR_READING_ENCRYPTED, CPR_VERDICT_PROBABLE, "misissued", "24h", CPR_RULE_UNREAD},
        {0, CPR_VERDICT_UNDECIDABLE, "", "24h", CPR_RULE_UNREAD},
        {CPR_READING_CUT, CPR_VERDICT_PROBABLE, "private-key", "24h", "private-key"},
        {CPR_READING_IDENTIFIERS, CPR_VERDICT_PROBABLE, "misissued", "5d", "misissued"}, /* many certificates */
    };
    const char *rule;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reading *reading = reading_of(table[i].signals);
        reading->limits = table[i].limits;
        reading->verdict = table[i].verdict;
        assert_string_equal(cpr_revocation_class_name(cpr_obligation_class_of(reading, &rule)), table[i].class);
        assert_string_equal(rule, table[i].rule);
    }
    assert_int_equal(cpr_obligation_class_of(NULL, &rule), CPR_REVOKE_IN_24H); /* a row of a quarantine notice */
    assert_string_equal(rule, CPR_RULE_UNREAD);
    assert_string_equal(cpr_obligation_words(rule), "not read whole: the stricter");
}

static void each_class_runs_from_the_same_receipt(void **state)
{
    (void)state;
    struct cpr_case urgent = case_of("key-compromised"), other = case_of("misissued");
    assert_int_equal(urgent.revocation.deadline_ms, receipt_ms + 24 * CPR_HOUR_MS);
    assert_int_equal(other.revocation.deadline_ms, receipt_ms + 120 * CPR_HOUR_MS);
    assert_true(cpr_obligation_is_open(&urgent));
    assert_false(cpr_obligation_is_owed(&urgent)); /* its letters are those of the ladder */
    assert_int_equal(urgent.revocation.told_age_ms, -1);
}

static void a_person_sets_the_class_and_the_machines_view_stays(void **state)
{
    (void)state;
    struct cpr_policy policy = defaults();
    struct cpr_case item = case_of("key-compromised");
    assert_true(cpr_obligation_set_class(&item, CPR_REVOKE_IN_5D, 7, "ops", "a test key", &policy));
    assert_int_equal(item.revocation.deadline_ms, receipt_ms + 120 * CPR_HOUR_MS);
    assert_int_equal(item.revocation.by_rules, CPR_REVOKE_IN_24H);
    assert_string_equal(item.revocation.rule, "key-compromised");
    assert_string_equal(item.revocation.set_by, "ops");
    assert_string_equal(item.revocation.set_note, "a test key");
    assert_int_equal(item.revocation.set_ms, 7);
    assert_true(cpr_obligation_set_class(&item, CPR_REVOKE_NOT, 8, "ops", "none of ours", &policy));
    assert_false(cpr_obligation_is_open(&item));
    assert_true(cpr_obligation_set_class(&item, CPR_REVOKE_IN_24H, 9, "lead", "ours after all", &policy));
    assert_true(cpr_obligation_is_open(&item));
    assert_int_equal(item.revocation.deadline_ms, receipt_ms + 24 * CPR_HOUR_MS);
    /* Said again under a policy that gives more: the same class is no change. */
    item.revocation.deadline_ms -= CPR_HOUR_MS;
    assert_true(cpr_obligation_set_class(&item, CPR_REVOKE_IN_24H, 9, "lead", "yes", &policy));
    assert_int_equal(item.revocation.deadline_ms, receipt_ms + 23 * CPR_HOUR_MS);
    item.state = CPR_CASE_DISMISSED;
    assert_false(cpr_obligation_set_class(&item, CPR_REVOKE_IN_5D, 10, "ops", "x", &policy));
    assert_string_equal(item.revocation.set_by, "lead");
}

static void it_ends_once_and_runs_again_when_it_was_not_so(void **state)
{
    (void)state;
    struct cpr_policy policy = defaults();
    struct cpr_case item = case_of("misissued");
    assert_false(cpr_obligation_reopen(&item));
    assert_true(cpr_obligation_end(&item, 10, "ops", "by the RA"));
    assert_false(cpr_obligation_is_open(&item));
    assert_false(cpr_obligation_end(&item, 20, "signed answers", "all"));
    assert_int_equal(item.revocation.ended_ms, 10);
    assert_string_equal(item.revocation.ended_by, "ops");
    assert_true(cpr_obligation_reopen(&item));
    assert_true(cpr_obligation_is_open(&item));
    assert_string_equal(item.revocation.ended_by, "");
    assert_true(cpr_obligation_end(&item, 30, "ops", "now"));
    assert_true(cpr_obligation_set_class(&item, CPR_REVOKE_IN_5D, 40, "ops", "it is not", &policy));
    assert_true(cpr_obligation_is_open(&item));
}

static void a_dismissed_case_has_no_clock_and_a_reopened_one_has_it_back(void **state)
{
    (void)state;
    struct cpr_case item = case_of("misissued");
    item.state = CPR_CASE_DISMISSED;
    item.closed_ms = receipt_ms + 1;
    assert_false(cpr_obligation_is_open(&item));
    assert_false(cpr_obligation_end(&item, 10, "ops", "by the RA"));
    assert_true(cpr_case_undismiss(&item));
    assert_true(cpr_obligation_is_open(&item));
    assert_int_equal(item.revocation.deadline_ms, receipt_ms + 120 * CPR_HOUR_MS);
}

static void a_copy_that_says_more_brings_it_forward_and_one_that_says_less_does_nothing(void **state)
{
    (void)state;
    struct cpr_policy policy = defaults();
    struct cpr_case item = case_of("misissued");
    assert_false(cpr_obligation_tighten(&item, reading_of("certificate-misused"), &policy));
    assert_string_equal(item.revocation.rule, "misissued");
    assert_true(cpr_obligation_tighten(&item, reading_of("private-key"), &policy));
    assert_int_equal(item.revocation.class, CPR_REVOKE_IN_24H);
    assert_int_equal(item.revocation.deadline_ms, receipt_ms + 24 * CPR_HOUR_MS);
    assert_string_equal(item.revocation.rule, "private-key");
    assert_false(cpr_obligation_tighten(&item, reading_of("misissued"), &policy));
    /* What a person said of it stands; the rules' view is shown beside it. */
    item = case_of("misissued");
    cpr_obligation_set_class(&item, CPR_REVOKE_NOT, 7, "ops", "none of ours", &policy);
    assert_false(cpr_obligation_tighten(&item, reading_of("private-key"), &policy));
    assert_int_equal(item.revocation.class, CPR_REVOKE_NOT);
    assert_int_equal(item.revocation.by_rules, CPR_REVOKE_IN_24H);
}

static void only_an_answered_report_owes_it(void **state)
{
    (void)state;
    struct cpr_case item = answered("misissued", CPR_HOUR_MS);
    assert_true(cpr_obligation_is_owed(&item));
    item.grade = CPR_GRADE_GLANCE;
    assert_false(cpr_obligation_is_owed(&item));
    item.grade = CPR_GRADE_REPORT;
    item.state = CPR_CASE_OPEN;
    assert_false(cpr_obligation_is_owed(&item));
    item.state = CPR_CASE_DISMISSED;
    assert_false(cpr_obligation_is_owed(&item));
    item.state = CPR_CASE_ANSWERED;
    cpr_obligation_end(&item, 10, "ops", "done");
    assert_false(cpr_obligation_is_owed(&item));
}

/* --- when people are told ------------------------------------------------------------------------------------------
 */

static void people_are_told_before_the_end_at_it_and_after_it(void **state)
{
    (void)state;
    static const struct {
        const char *signals;
        int64_t answered_h, told_h, age_min; /* told_h -1: none yet */
        bool tell;
        int64_t want_step_h, want_due_min;
    } table[] = {
        /* 5 days: 24, 12, 6, 2 and 1 hours before 120. */
        {"misissued", 2, -1, 2 * 60, true, 96, 96 * 60},
        {"misissued", 2, 96, 3 * 60, false, 0, 0},
        {"misissued", 2, 96, 96 * 60, true, 108, 108 * 60},
        {"misissued", 2, 108, 108 * 60, true, 114, 114 * 60},
        {"misissued", 2, 114, 114 * 60, true, 118, 118 * 60},
        {"misissued", 2, 118, 118 * 60, true, 119, 119 * 60},
        {"misissued", 2, 119, 119 * 60, true, 120, 120 * 60},
        {"misissued", 2, 120, 120 * 60, true, 121, 121 * 60}, /* and then every hour */
        {"misissued", 2, 121, 121 * 60, true, 122, 122 * 60},
        {"misissued", 2, 96, 119 * 60 + 30, true, 119, 119 * 60 + 30}, /* the daemon was down: one alert */
        {"misissued", 2, 121, 300 * 60 + 30, true, 300, 300 * 60 + 30},
        /* 24 hours: a step of 24 hours before would be the receipt itself. */
        {"key-lost", 2, -1, 2 * 60, true, 12, 12 * 60},
        {"key-lost", 13, -1, 13 * 60, true, 18, 18 * 60}, /* what passed before was told by the ladder */
        {"key-lost", 23, -1, 23 * 60, true, 24, 24 * 60},
        {"key-lost", 30, -1, 30 * 60, true, 31, 31 * 60}, /* answered late */
        {"key-lost", 30, 24, 30 * 60, true, 31, 31 * 60}, /* and before that once answered and opened again */
    };
    struct cpr_policy policy = defaults();
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_case item = answered(table[i].signals, table[i].answered_h * CPR_HOUR_MS);
        item.revocation.told_age_ms = table[i].told_h < 0 ? -1 : table[i].told_h * CPR_HOUR_MS;
        struct cpr_plan plan = cpr_plan_revocation(&item, receipt_ms + table[i].age_min * CPR_MINUTE_MS, &policy);
        if (plan.tell != table[i].tell ||
            (plan.tell && (plan.tell_age_ms != table[i].want_step_h * CPR_HOUR_MS ||
                           plan.tell_due_ms - receipt_ms != table[i].want_due_min * CPR_MINUTE_MS)))
            fail_msg("row %zu: step %lld min, due %lld min", i, (long long)(plan.tell_age_ms / CPR_MINUTE_MS),
                     (long long)((plan.tell_due_ms - receipt_ms) / CPR_MINUTE_MS));
        assert_false(plan.rescue);
    }
}

static void what_is_not_owed_is_told_nobody(void **state)
{
    (void)state;
    struct cpr_policy policy = defaults();
    struct cpr_case item = case_of("key-lost");
    assert_false(cpr_plan_revocation(&item, receipt_ms + 30 * CPR_HOUR_MS, &policy).tell);
    item = answered("key-lost", CPR_HOUR_MS);
    assert_true(cpr_plan_revocation(&item, receipt_ms + 30 * CPR_HOUR_MS, &policy).tell);
    cpr_obligation_set_class(&item, CPR_REVOKE_NOT, 7, "ops", "none of ours", &policy);
    struct cpr_plan plan = cpr_plan_revocation(&item, receipt_ms + 30 * CPR_HOUR_MS, &policy);
    assert_false(plan.tell);
    assert_int_equal(plan.next_ms, CPR_TIME_NONE);
}

static void it_never_falls_silent_until_it_has_ended(void **state)
{
    (void)state;
    struct cpr_policy policy = defaults();
    struct cpr_case item = answered("misissued", CPR_HOUR_MS);
    int64_t last_ms = 0;
    for (int64_t hour = 1; hour < 24 * 90; hour++) {
        struct cpr_plan plan = cpr_plan_revocation(&item, receipt_ms + hour * CPR_HOUR_MS, &policy);
        for (; plan.tell; plan = cpr_plan_revocation(&item, receipt_ms + hour * CPR_HOUR_MS, &policy))
            item.revocation.told_age_ms = plan.tell_age_ms;
        if (hour > 120)
            assert_int_equal(item.revocation.told_age_ms, (hour + 1) * CPR_HOUR_MS);
        assert_true(item.revocation.told_age_ms >= last_ms);
        last_ms = item.revocation.told_age_ms;
    }
}

static void groups_are_told_by_the_time_that_is_left(void **state)
{
    (void)state;
    struct cpr_policy policy = defaults();
    policy.oncall_count = 2;
    policy.oncall[0] = (struct cpr_oncall){.name = "duty", .addresses = {"duty@ca.example"}, .address_count = 1};
    policy.oncall[1] = (struct cpr_oncall){
        .name = "lead", .addresses = {"lead@ca.example"}, .address_count = 1, .from_ms = 21 * CPR_HOUR_MS};
    static const struct {
        const char *signals;
        int64_t age_h;
        bool duty, lead, duty_after_ack_of_lead, lead_after_ack_of_duty;
    } table[] = {
        {"misissued", 10, true, false, false, false}, {"misissued", 96, true, false, false, false},
        {"misissued", 118, true, true, false, false}, /* 2 hours are left: at 22 hours of the ladder */
        {"misissued", 120, true, true, true, true},   /* over: everybody, whoever looks after it */
        {"key-lost", 12, true, false, false, false},  {"key-lost", 23, true, true, false, false},
        {"key-lost", 24, true, true, true, true},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_case item = answered(table[i].signals, CPR_HOUR_MS);
        int64_t age_ms = table[i].age_h * CPR_HOUR_MS;
        assert_int_equal(cpr_plan_revocation_tells(&item, age_ms, &policy.oncall[0], &policy), table[i].duty);
        assert_int_equal(cpr_plan_revocation_tells(&item, age_ms, &policy.oncall[1], &policy), table[i].lead);
        item.acked_ms = receipt_ms;
        strcpy(item.acked_by, "lead");
        assert_int_equal(cpr_plan_revocation_tells(&item, age_ms, &policy.oncall[0], &policy),
                         table[i].duty_after_ack_of_lead);
        strcpy(item.acked_by, "duty");
        assert_int_equal(cpr_plan_revocation_tells(&item, age_ms, &policy.oncall[1], &policy),
                         table[i].lead_after_ack_of_duty);
    }
}

/* --- random histories -----------------------------------------------------------------------------------------------
 */

static uint64_t seed;

static uint64_t any(uint64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % below;
}

enum { HISTORIES = 100000, STEPS = 12 };

static void make_mail(struct cpr_reading *mail)
{
    mail->signal_count = 0;
    for (uint64_t i = any(4); i > 0; i--)
        strcpy(mail->signals[mail->signal_count++].id, cpr_signal_rule((enum cpr_rule)any(CPR_RULES))->id);
    mail->limits = any(4) == 0 ? 1u << any(CPR_READING_LIMITS) : 0;
    mail->verdict = (uint32_t)any(CPR_VERDICTS);
}

/* What mail and time can do to a case, by the functions that the engine calls for them. */
static void take_in(struct cpr_case *item, struct cpr_reading *mail, int64_t now_ms, const struct cpr_policy *policy)
{
    int64_t by_ms = (int64_t)any(2 * CPR_DAY_MS);
    switch (any(6)) {
    case 0: /* a copy */
        make_mail(mail);
        cpr_obligation_tighten(item, mail, policy);
        break;
    case 1: /* an earlier stamp, or a link to an earlier message */
        item->receipt.utc_ms -= by_ms;
        item->deadline_ms -= by_ms;
        cpr_obligation_bring_forward(item, by_ms);
        break;
    case 2: /* an answer is found in Sent; of the Subscriber's leg a person speaks */
        cpr_leg_close(item, (enum cpr_leg_name)any(CPR_LEGS), CPR_LEG_CLOSED, now_ms, "reply in Sent", "revoked", 1);
        break;
    case 3: /* it comes back */
        cpr_leg_reopen(item, CPR_LEG_REPORTER);
        break;
    case 4: /* the sources say "good" */
        cpr_obligation_reopen(item);
        break;
    default: { /* the next alert */
        struct cpr_plan plan = cpr_plan_revocation(item, now_ms, policy);
        if (plan.tell)
            item->revocation.told_age_ms = plan.tell_age_ms;
        break;
    }
    }
}

static void no_history_of_mail_makes_the_deadline_later_or_ends_the_clock(void **state)
{
    (void)state;
    const char *wanted = getenv("CPR_SEED");
    uint64_t first = wanted ? strtoull(wanted, NULL, 10) : UINT64_C(20261122);
    struct cpr_policy policy = defaults();
    static struct cpr_reading mail;
    cpr_reading_clear(&mail);
    print_message("seed %llu, %d histories\n", (unsigned long long)first, HISTORIES);
    seed = first;
    for (int history = 0; history < HISTORIES; history++) {
        struct cpr_case item = case_of("");
        int64_t now_ms = receipt_ms;
        make_mail(&mail);
        cpr_obligation_begin(&item, &mail, &policy);
        cpr_legs_begin(&item, CPR_PROFILE_TLS);
        bool is_set = any(4) == 0; /* a person has spoken before */
        if (is_set)
            cpr_obligation_set_class(&item, (enum cpr_revocation_class)any(2), now_ms, "ops", "x", &policy);
        for (int step = 0; step < STEPS; step++) {
            int64_t deadline_ms = item.revocation.deadline_ms;
            enum cpr_revocation_class class = item.revocation.class;
            now_ms += (int64_t)any(3 * CPR_DAY_MS) - CPR_DAY_MS; /* clocks go back, too */
            take_in(&item, &mail, now_ms, &policy);
            bool is_late = item.revocation.deadline_ms > deadline_ms;
            bool has_changed = is_set && item.revocation.class != class;
            bool is_silent = item.state == CPR_CASE_ANSWERED && cpr_obligation_is_owed(&item) &&
                             cpr_plan_revocation(&item, now_ms, &policy).next_ms == CPR_TIME_NONE;
            if (is_late || has_changed || is_silent || !cpr_obligation_is_open(&item) || item.revocation.class > class)
                fail_msg("seed %llu, history %d, step %d", (unsigned long long)first, history, step);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_class_is_that_of_the_strictest_reason_and_in_doubt_24_hours),
        cmocka_unit_test(what_was_not_read_whole_may_hold_a_key),
        cmocka_unit_test(each_class_runs_from_the_same_receipt),
        cmocka_unit_test(a_person_sets_the_class_and_the_machines_view_stays),
        cmocka_unit_test(it_ends_once_and_runs_again_when_it_was_not_so),
        cmocka_unit_test(a_dismissed_case_has_no_clock_and_a_reopened_one_has_it_back),
        cmocka_unit_test(a_copy_that_says_more_brings_it_forward_and_one_that_says_less_does_nothing),
        cmocka_unit_test(only_an_answered_report_owes_it),
        cmocka_unit_test(people_are_told_before_the_end_at_it_and_after_it),
        cmocka_unit_test(what_is_not_owed_is_told_nobody),
        cmocka_unit_test(it_never_falls_silent_until_it_has_ended),
        cmocka_unit_test(groups_are_told_by_the_time_that_is_left),
        cmocka_unit_test(no_history_of_mail_makes_the_deadline_later_or_ends_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
