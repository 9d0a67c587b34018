#include "cpr/casework/plan.h"
#include "cpr/base/assert.h"

#include <string.h>

struct ladder {
    const int64_t *steps_ms;
    size_t count;
    int64_t repeat_ms;
};

static struct ladder ladder_of(enum cpr_case_grade grade, const struct cpr_policy *policy)
{
    return grade == CPR_GRADE_REPORT
               ? (struct ladder){policy->steps_ms, policy->step_count, policy->repeat_ms}
               : (struct ladder){policy->glance_steps_ms, policy->glance_step_count, policy->glance_repeat_ms};
}

int64_t cpr_plan_step_after(enum cpr_case_grade grade, int64_t age_ms, const struct cpr_policy *policy)
{
    struct ladder ladder = ladder_of(grade, policy);
    CPR_ASSERT(ladder.count > 0 && ladder.repeat_ms > 0);
    for (size_t i = 0; i < ladder.count; i++)
        if (ladder.steps_ms[i] > age_ms)
            return ladder.steps_ms[i];
    int64_t last_ms = ladder.steps_ms[ladder.count - 1];
    return last_ms + ((age_ms - last_ms) / ladder.repeat_ms + 1) * ladder.repeat_ms;
}

/* The latest step at or before an age that is not before the first step. */
static int64_t latest_step(enum cpr_case_grade grade, int64_t age_ms, const struct cpr_policy *policy)
{
    struct ladder ladder = ladder_of(grade, policy);
    int64_t last_ms = ladder.steps_ms[ladder.count - 1];
    if (age_ms >= last_ms)
        return last_ms + (age_ms - last_ms) / ladder.repeat_ms * ladder.repeat_ms;
    int64_t step_ms = ladder.steps_ms[0];
    for (size_t i = 0; i < ladder.count && ladder.steps_ms[i] <= age_ms; i++)
        step_ms = ladder.steps_ms[i];
    return step_ms;
}

struct cpr_plan cpr_plan_case(const struct cpr_case *item, int64_t now_utc_ms, const struct cpr_policy *policy)
{
    struct cpr_plan plan = {.next_ms = CPR_TIME_NONE};
    if (item->state != CPR_CASE_OPEN)
        return plan;

    bool in_junk = item->rescue == CPR_RESCUE_WANTED || item->rescue == CPR_RESCUE_OBSERVED;
    plan.rescue = in_junk && policy->is_active;

    int64_t age_ms = now_utc_ms - item->receipt.utc_ms;
    /* Its alerts are stored and wait for their hour. Also told_age_ms -1 is more than an age before the receipt, which
     * a clock that was set back makes: then nothing is stored yet. */
    if (item->told_age_ms >= 0 && item->told_age_ms > age_ms) {
        plan.next_ms = item->receipt.utc_ms + item->told_age_ms;
        return plan;
    }
    int64_t step_ms = cpr_plan_step_after(item->grade, item->told_age_ms, policy);
    bool is_passed = step_ms <= age_ms;
    plan.tell = true;
    plan.tell_age_ms = is_passed ? latest_step(item->grade, age_ms, policy) : step_ms;
    plan.tell_due_ms = is_passed ? now_utc_ms : item->receipt.utc_ms + step_ms;
    plan.next_ms = plan.tell_due_ms;
    return plan;
}

static bool has_name(const struct cpr_oncall *group, const char *name)
{
    if (cpr_view_equal_nocase(cpr_view_of(group->name), cpr_view_of(name)))
        return true;
    for (size_t i = 0; i < group->address_count; i++)
        if (cpr_view_equal_nocase(cpr_view_of(group->addresses[i]), cpr_view_of(name)))
            return true;
    return false;
}

/* The group that answers for an acknowledged case: the one that knows the person, else the first from age 0. */
static const struct cpr_oncall *group_of(const char *person, const struct cpr_policy *policy)
{
    for (size_t i = 0; i < policy->oncall_count; i++)
        if (has_name(&policy->oncall[i], person))
            return &policy->oncall[i];
    for (size_t i = 0; i < policy->oncall_count; i++)
        if (policy->oncall[i].from_ms == 0)
            return &policy->oncall[i];
    return NULL;
}

static bool tells(const struct cpr_case *item, bool before_deadline, int64_t age_ms, const struct cpr_oncall *group,
                  const struct cpr_policy *policy)
{
    if (item->acked_ms != CPR_TIME_NONE && before_deadline) {
        const struct cpr_oncall *answering = group_of(item->acked_by, policy);
        return !answering || strcmp(answering->name, group->name) == 0;
    }
    return group->from_ms <= age_ms;
}

bool cpr_plan_tells(const struct cpr_case *item, int64_t age_ms, const struct cpr_oncall *group,
                    const struct cpr_policy *policy)
{
    return tells(item, item->receipt.utc_ms + age_ms < item->deadline_ms, age_ms, group, policy);
}

/* --- the revocation ---------------------------------------------------------------------------------------------- */

static int64_t span_of(const struct cpr_case *item)
{
    return item->revocation.deadline_ms - item->receipt.utc_ms;
}

int64_t cpr_plan_revocation_step_after(const struct cpr_case *item, int64_t age_ms, const struct cpr_policy *policy)
{
    int64_t span_ms = span_of(item);
    CPR_ASSERT(policy->repeat_ms > 0);
    for (size_t i = policy->revocation_step_count; i-- > 0;)
        if (policy->revocation_steps_ms[i] <= span_ms && span_ms - policy->revocation_steps_ms[i] > age_ms)
            return span_ms - policy->revocation_steps_ms[i];
    if (age_ms < span_ms)
        return span_ms;
    return span_ms + ((age_ms - span_ms) / policy->repeat_ms + 1) * policy->repeat_ms;
}

/* The latest step after one age and at or before another; there is one. */
static int64_t latest_revocation_step(const struct cpr_case *item, int64_t after_ms, int64_t age_ms,
                                      const struct cpr_policy *policy)
{
    int64_t span_ms = span_of(item), step_ms = cpr_plan_revocation_step_after(item, after_ms, policy);
    if (age_ms >= span_ms)
        return span_ms + (age_ms - span_ms) / policy->repeat_ms * policy->repeat_ms;
    for (int64_t next_ms = step_ms; next_ms <= age_ms; next_ms = cpr_plan_revocation_step_after(item, next_ms, policy))
        step_ms = next_ms;
    return step_ms;
}

struct cpr_plan cpr_plan_revocation(const struct cpr_case *item, int64_t now_utc_ms, const struct cpr_policy *policy)
{
    struct cpr_plan plan = {.next_ms = CPR_TIME_NONE};
    if (!cpr_obligation_is_owed(item))
        return plan;
    int64_t age_ms = now_utc_ms - item->receipt.utc_ms, answered_ms = item->closed_ms - item->receipt.utc_ms;
    int64_t told_ms = item->revocation.told_age_ms > answered_ms ? item->revocation.told_age_ms : answered_ms;
    if (item->revocation.told_age_ms > age_ms) { /* its alerts are stored and wait for their hour */
        plan.next_ms = item->receipt.utc_ms + item->revocation.told_age_ms;
        return plan;
    }
    int64_t step_ms = cpr_plan_revocation_step_after(item, told_ms, policy);
    bool is_passed = step_ms <= age_ms;
    plan.tell = true;
    plan.tell_age_ms = is_passed ? latest_revocation_step(item, told_ms, age_ms, policy) : step_ms;
    plan.tell_due_ms = is_passed ? now_utc_ms : item->receipt.utc_ms + step_ms;
    plan.next_ms = plan.tell_due_ms;
    return plan;
}

bool cpr_plan_revocation_tells(const struct cpr_case *item, int64_t age_ms, const struct cpr_oncall *group,
                               const struct cpr_policy *policy)
{
    int64_t left_ms = span_of(item) - age_ms;
    int64_t ladder_age_ms = left_ms > policy->deadline_ms ? 0 : policy->deadline_ms - left_ms;
    return tells(item, left_ms > 0, ladder_age_ms, group, policy);
}
