/* The ladder, printed as a story: each row says what the plan is at an age. */
#include "cpr/casework/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const int64_t receipt_ms = INT64_C(1709651947000); /* 2024-03-05T15:19:07Z */

static struct cpr_policy policy_with_two_groups(void)
{
    struct cpr_policy policy;
    cpr_policy_defaults(&policy);
    policy.oncall_count = 2;
    policy.oncall[0] = (struct cpr_oncall){.name = "duty", .addresses = {"duty@ca.example"}, .address_count = 1};
    policy.oncall[1] = (struct cpr_oncall){
        .name = "lead", .addresses = {"lead@ca.example"}, .address_count = 1, .from_ms = 21 * CPR_HOUR_MS};
    return policy;
}

static struct cpr_case open_report(int64_t told_age_ms)
{
    return (struct cpr_case){.id = 1,
                             .state = CPR_CASE_OPEN,
                             .grade = CPR_GRADE_REPORT,
                             .receipt = {.utc_ms = receipt_ms},
                             .deadline_ms = receipt_ms + 24 * CPR_HOUR_MS,
                             .told_age_ms = told_age_ms,
                             .acked_ms = CPR_TIME_NONE,
                             .closed_ms = CPR_TIME_NONE};
}

static void each_step_is_stored_before_it_is_due_and_the_next_one_only_after(void **state)
{
    (void)state;
    static const struct {
        int64_t told_h, age_min; /* told_h -1: none yet */
        bool tell;
        int64_t want_step_h, want_due_min;
    } table[] = {
        {-1, 0, true, 0, 0},       /* found at once: step 0h, now */
        {0, 0, true, 12, 12 * 60}, /* then 12h is stored ahead */
        {12, 5, false, 0, 0},      /* and nothing more until it is due */
        {12, 12 * 60, true, 18, 18 * 60},
        {23, 23 * 60, true, 24, 24 * 60},
        {24, 24 * 60, true, 25, 25 * 60}, /* after the last step every hour */
        {25, 25 * 60, true, 26, 26 * 60},
        {-1, 22 * 60, true, 21, 22 * 60},              /* found at 22h: one alert, at the latest step that has passed */
        {-1, 312 * 60 + 30, true, 312, 312 * 60 + 30}, /* found after 13 days */
        {12, 20 * 60, true, 18, 20 * 60},              /* the daemon was down over 18h */
        {-1, -90, true, 0, 0}, /* the clock was set back behind the receipt: stored all the same */
        {0, -90, false, 0, 0},
    };
    struct cpr_policy policy = policy_with_two_groups();
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_case item = open_report(table[i].told_h < 0 ? -1 : table[i].told_h * CPR_HOUR_MS);
        struct cpr_plan plan = cpr_plan_case(&item, receipt_ms + table[i].age_min * CPR_MINUTE_MS, &policy);
        assert_int_equal(plan.tell, table[i].tell);
        if (plan.tell) {
            assert_int_equal(plan.tell_age_ms, table[i].want_step_h * CPR_HOUR_MS);
            assert_int_equal(plan.tell_due_ms - receipt_ms, table[i].want_due_min * CPR_MINUTE_MS);
        }
    }
}

static void a_closed_case_asks_for_nothing(void **state)
{
    (void)state;
    struct cpr_policy policy = policy_with_two_groups();
    policy.is_active = true;
    for (int closed = CPR_CASE_ANSWERED; closed < CPR_CASE_STATES; closed++) {
        struct cpr_case item = open_report(0);
        item.state = (enum cpr_case_state)closed;
        item.rescue = CPR_RESCUE_WANTED;
        struct cpr_plan plan = cpr_plan_case(&item, receipt_ms + 40 * CPR_HOUR_MS, &policy);
        assert_false(plan.tell);
        assert_false(plan.rescue);
        assert_int_equal(plan.next_ms, CPR_TIME_NONE);
    }
}

static void only_active_mode_moves_and_only_what_lies_in_junk(void **state)
{
    (void)state;
    struct cpr_policy policy = policy_with_two_groups();
    struct cpr_case item = open_report(-1);
    for (int rescue = 0; rescue < CPR_RESCUE_STATES; rescue++) {
        item.rescue = (enum cpr_rescue_state)rescue;
        policy.is_active = false;
        assert_false(cpr_plan_case(&item, receipt_ms, &policy).rescue);
        policy.is_active = true;
        assert_int_equal(cpr_plan_case(&item, receipt_ms, &policy).rescue,
                         rescue == CPR_RESCUE_WANTED || rescue == CPR_RESCUE_OBSERVED);
    }
    item.rescue = CPR_RESCUE_WANTED; /* mail of a root programme asks for a glance only, but is moved too */
    item.grade = CPR_GRADE_GLANCE;
    assert_true(cpr_plan_case(&item, receipt_ms, &policy).rescue);
}

static void the_lead_is_told_from_21_hours_on(void **state)
{
    (void)state;
    struct cpr_policy policy = policy_with_two_groups();
    struct cpr_case item = open_report(-1);
    assert_true(cpr_plan_tells(&item, 0, &policy.oncall[0], &policy));
    assert_false(cpr_plan_tells(&item, 18 * CPR_HOUR_MS, &policy.oncall[1], &policy));
    assert_true(cpr_plan_tells(&item, 21 * CPR_HOUR_MS, &policy.oncall[1], &policy));
}

static void an_ack_changes_who_is_told_but_never_whether(void **state)
{
    (void)state;
    static const char *const people[] = {"lead", "LEAD@ca.example", "duty", "somebody nobody knows", ""};
    struct cpr_policy policy = policy_with_two_groups();
    for (size_t p = 0; p < sizeof people / sizeof people[0]; p++) {
        struct cpr_case item = open_report(-1);
        item.acked_ms = receipt_ms;
        snprintf(item.acked_by, sizeof item.acked_by, "%s", people[p]);
        for (int hour = 0; hour < 48; hour++) {
            bool duty = cpr_plan_tells(&item, hour * CPR_HOUR_MS, &policy.oncall[0], &policy);
            bool lead = cpr_plan_tells(&item, hour * CPR_HOUR_MS, &policy.oncall[1], &policy);
            assert_true(duty || lead);
            if (hour >= 24)
                assert_true(duty && lead); /* from the deadline on everybody again */
            else
                assert_int_equal(lead, p < 2);
        }
    }
}

static void a_glance_is_asked_for_at_its_own_ages(void **state)
{
    (void)state;
    struct cpr_policy policy = policy_with_two_groups();
    assert_int_equal(cpr_plan_step_after(CPR_GRADE_GLANCE, -1, &policy), 4 * CPR_HOUR_MS);
    assert_int_equal(cpr_plan_step_after(CPR_GRADE_GLANCE, 20 * CPR_HOUR_MS, &policy), 32 * CPR_HOUR_MS);
    assert_int_equal(cpr_plan_step_after(CPR_GRADE_REPORT, 24 * CPR_HOUR_MS, &policy), 25 * CPR_HOUR_MS);
}

/* --- 100,000 histories of clocks -------------------------------------------------------------------------------------
 */

static uint64_t random_state;

static int64_t any(int64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int64_t)((random_state >> 1) % (uint64_t)below);
}

/* The latest step of a report's ladder that has come at an age, as the manual has it; -1: none. */
static int64_t step_at(int64_t age_ms)
{
    static const int hours[] = {0, 12, 18, 21, 23, 24};
    int64_t step_ms = -1;
    for (size_t i = 0; i < 6 && hours[i] * CPR_HOUR_MS <= age_ms; i++)
        step_ms = hours[i] * CPR_HOUR_MS;
    return age_ms > 24 * CPR_HOUR_MS ? age_ms / CPR_HOUR_MS * CPR_HOUR_MS : step_ms;
}

/* The present goes forward and, at a restart, back (then the steps whose hour is still to come are taken back, as
 * engine/steps.c does); receipts come forward. Whatever it does, each step is stored by its hour. */
static void no_step_of_any_clock_leaves_a_step_untold(void **state)
{
    (void)state;
    enum { HISTORIES = 100000, STEPS = 10 };
    uint64_t seed = getenv("CPR_SEED") ? strtoull(getenv("CPR_SEED"), NULL, 0) : 20260305;
    struct cpr_policy policy = policy_with_two_groups();
    print_message("CPR_SEED=%" PRIu64 "\n", seed);
    for (uint64_t h = 0; h < HISTORIES; h++) {
        random_state = (seed + h) * 0x9E3779B97F4A7C15u + 1;
        struct cpr_case item = open_report(-1);
        int64_t now_ms = receipt_ms + any(40 * CPR_HOUR_MS) - any(5 * CPR_HOUR_MS);
        for (int i = 0; i < STEPS; i++) {
            int64_t due_ms = INT64_MAX;
            struct cpr_plan plan = cpr_plan_case(&item, now_ms, &policy);
            for (; plan.tell; plan = cpr_plan_case(&item, now_ms, &policy)) {
                item.told_age_ms = plan.tell_age_ms;
                due_ms = plan.tell_due_ms;
            }
            int64_t age_ms = now_ms - item.receipt.utc_ms;
            bool is_ahead = item.told_age_ms > age_ms || due_ms == now_ms;
            if (item.told_age_ms < 0 || item.told_age_ms < step_at(age_ms) || !is_ahead || plan.next_ms < now_ms)
                fail_msg("CPR_SEED=%" PRIu64 ", history %" PRIu64 ": told %" PRId64 " min at %" PRId64 " min", seed, h,
                         item.told_age_ms / CPR_MINUTE_MS, age_ms / CPR_MINUTE_MS);
            now_ms += any(9 * CPR_HOUR_MS);
            if (any(4) == 0)
                now_ms -= any(20 * CPR_HOUR_MS);
            if (any(5) == 0)
                item.receipt.utc_ms -= any(3 * CPR_HOUR_MS);
            age_ms = now_ms - item.receipt.utc_ms;
            if (item.told_age_ms > age_ms)
                item.told_age_ms = step_at(age_ms);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_stored_before_it_is_due_and_the_next_one_only_after),
        cmocka_unit_test(a_closed_case_asks_for_nothing),
        cmocka_unit_test(only_active_mode_moves_and_only_what_lies_in_junk),
        cmocka_unit_test(the_lead_is_told_from_21_hours_on),
        cmocka_unit_test(an_ack_changes_who_is_told_but_never_whether),
        cmocka_unit_test(a_glance_is_asked_for_at_its_own_ages),
        cmocka_unit_test(no_step_of_any_clock_leaves_a_step_untold),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
