/* The plan: what must be done about one case now, and when to look again. One pure function decides every action from
 * the case, the present and the policy, so that a test can print a whole day of plans.
 *
 * The ladder. A step is an age of the case (receipt = age 0). At each step of the policy, and after the last one every
 * repeat_ms, the on-call groups whose from_ms is at most that age are told. A case that is found late enters at its
 * true age: the steps that have passed are one alert, at the latest of them. It ends only when the case is closed. */
#ifndef CPR_CASEWORK_PLAN_H
#define CPR_CASEWORK_PLAN_H

#include "cpr/casework/case.h"
#include "cpr/casework/policy.h"

struct cpr_plan {
    bool rescue; /* move the message back to the inbox now */
    /* A step whose alerts are to be stored now (at or before it is due). */
    bool tell;
    int64_t tell_age_ms; /* the step */
    int64_t tell_due_ms; /* utc_ms at which its alerts are due: now or later */
    int64_t next_ms;     /* utc_ms of the next instant at which this case needs a plan; CPR_TIME_NONE: never again */
};

struct cpr_plan cpr_plan_case(const struct cpr_case *item, int64_t now_utc_ms, const struct cpr_policy *policy);

/* The alerts of a case that was answered, whose certificates are to be revoked yet (casework/obligation.h). Steps are
 * ages of the case here too: those of the policy before the deadline, the deadline, and every repeat_ms after it. What
 * passed before the answer was told by the ladder. It ends only when the obligation does. */
struct cpr_plan cpr_plan_revocation(const struct cpr_case *item, int64_t now_utc_ms, const struct cpr_policy *policy);
/* The first of its steps after `age_ms`. */
int64_t cpr_plan_revocation_step_after(const struct cpr_case *item, int64_t age_ms, const struct cpr_policy *policy);

/* The first step of a case after `age_ms` (-1 asks for the very first). */
int64_t cpr_plan_step_after(enum cpr_case_grade grade, int64_t age_ms, const struct cpr_policy *policy);

/* Whether a group is told of a step. After `ack` the steps before the deadline go only to the group that the person
 * belongs to (or the first group, when nobody knows the name); from the deadline on everybody is told again: an ack
 * changes who is told, never whether. */
bool cpr_plan_tells(const struct cpr_case *item, int64_t age_ms, const struct cpr_oncall *group,
                    const struct cpr_policy *policy);
/* The same for a step of the revocation: a group is told when as little time is left as the ladder leaves it, so that
 * it makes no difference whether 24 hours or 5 days were given. */
bool cpr_plan_revocation_tells(const struct cpr_case *item, int64_t age_ms, const struct cpr_oncall *group,
                               const struct cpr_policy *policy);

#endif
