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
    /* Its alerts are stored and wait for their hour. Also told_age_ms -1 is more than an age before the receipt, which a
     * clock that was set back makes: then nothing is stored yet. */
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

bool cpr_plan_tells(const struct cpr_case *item, int64_t age_ms, const struct cpr_oncall *group,
                    const struct cpr_policy *policy)
{
    bool before_deadline = item->receipt.utc_ms + age_ms < item->deadline_ms;
    if (item->acked_ms != CPR_TIME_NONE && before_deadline) {
        const struct cpr_oncall *answering = group_of(item->acked_by, policy);
        return !answering || strcmp(answering->name, group->name) == 0;
    }
    return group->from_ms <= age_ms;
}
