#include "cpr/casework/legs.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/casework/case.h"

#include <string.h>

static const struct profile {
    const char *name, *section, *revocation, *duties[CPR_LEGS];
    bool wants_subscriber;
} profiles[CPR_PROFILES] = {
    [CPR_PROFILE_TLS] = {"tls",
                         "TLS BR 4.9.5",
                         "TLS BR 4.9.1.1",
                         {"a preliminary report to the reporter", "a preliminary report to the Subscriber"},
                         true},
    [CPR_PROFILE_SMIME] = {"smime",
                           "S/MIME BR 4.9.5",
                           "S/MIME BR 4.9.1.1",
                           {"a preliminary report to the reporter", "a preliminary report to the Subscriber"},
                           true},
    [CPR_PROFILE_CODE_SIGNING] = {"code-signing",
                                  "Code Signing BR 4.9.5",
                                  "Code Signing BR 4.9.1.1",
                                  {"acknowledge receipt", "begin investigating"},
                                  true},
    [CPR_PROFILE_ACTIONABLE] = {"actionable",
                                "draft of TLS BR 4.9.5, not adopted",
                                "TLS BR 4.9.1.1",
                                {"a report to the reporter", "a report to the Subscriber"},
                                false},
};

static const struct profile *profile_of(enum cpr_profile profile)
{
    CPR_ASSERT((unsigned)profile < CPR_PROFILES);
    return &profiles[profile];
}

const char *cpr_profile_name(enum cpr_profile profile)
{
    return profile_of(profile)->name;
}

const char *cpr_profile_section(enum cpr_profile profile)
{
    return profile_of(profile)->section;
}

const char *cpr_profile_revocation_section(enum cpr_profile profile)
{
    return profile_of(profile)->revocation;
}

const char *cpr_profile_duty(enum cpr_profile profile, enum cpr_leg_name leg)
{
    CPR_ASSERT((unsigned)leg < CPR_LEGS);
    return profile_of(profile)->duties[leg];
}

const char *cpr_leg_name(enum cpr_leg_name leg)
{
    static const char *const names[CPR_LEGS] = {"reporter", "subscriber"};
    CPR_ASSERT((unsigned)leg < CPR_LEGS);
    return names[leg];
}

const char *cpr_leg_state_name(enum cpr_leg_state state)
{
    static const char *const names[CPR_LEG_STATES] = {"open", "closed", "not-applicable"};
    CPR_ASSERT((unsigned)state < CPR_LEG_STATES);
    return names[state];
}

static bool is_one_open(const struct cpr_case *item)
{
    for (int leg = 0; leg < CPR_LEGS; leg++)
        if (item->legs[leg].state == CPR_LEG_OPEN)
            return true;
    return false;
}

bool cpr_leg_close(struct cpr_case *item, enum cpr_leg_name name, enum cpr_leg_state state, int64_t at_ms,
                   const char *by, const char *note, int64_t message_id)
{
    CPR_ASSERT((unsigned)name < CPR_LEGS && (state == CPR_LEG_CLOSED || state == CPR_LEG_NOT_APPLICABLE));
    struct cpr_leg *leg = &item->legs[name];
    if (item->state == CPR_CASE_DISMISSED || leg->state != CPR_LEG_OPEN)
        return false;
    *leg = (struct cpr_leg){.state = state, .at_ms = at_ms, .message_id = message_id};
    cpr_text_copy(leg->by, sizeof leg->by, cpr_view_of(by));
    cpr_text_copy(leg->note, sizeof leg->note, cpr_view_of(note));
    if (is_one_open(item))
        return true;
    item->state = CPR_CASE_ANSWERED;
    item->closed_ms = at_ms;
    memcpy(item->closed_by, leg->by, sizeof item->closed_by);
    memcpy(item->closed_note, leg->note, sizeof item->closed_note);
    return true;
}

bool cpr_leg_reopen(struct cpr_case *item, enum cpr_leg_name name)
{
    CPR_ASSERT((unsigned)name < CPR_LEGS);
    struct cpr_leg *leg = &item->legs[name];
    if (leg->state == CPR_LEG_OPEN)
        return false;
    *leg = (struct cpr_leg){.state = CPR_LEG_OPEN};
    if (item->state == CPR_CASE_DISMISSED)
        return true;
    item->state = CPR_CASE_OPEN;
    item->closed_ms = CPR_TIME_NONE;
    item->closed_by[0] = item->closed_note[0] = '\0';
    return true;
}

bool cpr_case_undismiss(struct cpr_case *item)
{
    if (item->state != CPR_CASE_DISMISSED)
        return false;
    item->state = CPR_CASE_OPEN;
    item->closed_ms = CPR_TIME_NONE;
    item->closed_by[0] = item->closed_note[0] = '\0';
    /* Nothing else could have closed it: both legs are never closed in a case that is dismissed. */
    CPR_ASSERT(is_one_open(item));
    return true;
}

void cpr_legs_begin(struct cpr_case *item, enum cpr_profile profile)
{
    memset(item->legs, 0, sizeof item->legs);
    if (!profile_of(profile)->wants_subscriber)
        cpr_leg_close(item, CPR_LEG_SUBSCRIBER, CPR_LEG_NOT_APPLICABLE, item->found_ms, "profile = actionable",
                      "the draft says SHOULD", 0);
}
