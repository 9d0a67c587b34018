#include "cpr/casework/policy.h"
#include "cpr/casework/settings.h"

#include <string.h>

void cpr_policy_defaults(struct cpr_policy *policy)
{
    static const int64_t steps_ms[] = {
        0, 12 * CPR_HOUR_MS, 18 * CPR_HOUR_MS, 21 * CPR_HOUR_MS, 23 * CPR_HOUR_MS, 24 * CPR_HOUR_MS};
    static const int64_t glance_steps_ms[] = {4 * CPR_HOUR_MS, 12 * CPR_HOUR_MS, 20 * CPR_HOUR_MS};
    static const int64_t revocation_steps_ms[] = {CPR_HOUR_MS, 2 * CPR_HOUR_MS, 6 * CPR_HOUR_MS, 12 * CPR_HOUR_MS,
                                                  24 * CPR_HOUR_MS};
    memset(policy, 0, sizeof *policy);
    policy->deadline_ms = 24 * CPR_HOUR_MS; /* TLS BR 4.9.5 */
    memcpy(policy->steps_ms, steps_ms, sizeof steps_ms);
    policy->step_count = sizeof steps_ms / sizeof steps_ms[0];
    policy->repeat_ms = CPR_HOUR_MS;
    memcpy(policy->glance_steps_ms, glance_steps_ms, sizeof glance_steps_ms);
    policy->glance_step_count = sizeof glance_steps_ms / sizeof glance_steps_ms[0];
    policy->glance_repeat_ms = 12 * CPR_HOUR_MS;
    policy->revocation_urgent_ms = 24 * CPR_HOUR_MS; /* TLS BR 4.9.1.1 (1) to (5) */
    policy->revocation_ms = 5 * CPR_DAY_MS;          /* TLS BR 4.9.1.1 (6) to (16) */
    memcpy(policy->revocation_steps_ms, revocation_steps_ms, sizeof revocation_steps_ms);
    policy->revocation_step_count = sizeof revocation_steps_ms / sizeof revocation_steps_ms[0];
    policy->moves_per_hour = 60;
    policy->health_repeat_ms = 4 * CPR_HOUR_MS;
}

bool cpr_settings_read_answers(const struct cpr_settings *settings)
{
    const char *address = settings->reply_to[0] ? settings->reply_to : settings->alert_from;
    for (size_t i = 0; i < settings->mailbox_count; i++)
        for (size_t k = 0; k < settings->mailboxes[i].address_count; k++)
            if (cpr_view_equal_nocase(cpr_view_of(settings->mailboxes[i].addresses[k]), cpr_view_of(address)))
                return true;
    return false;
}

enum cpr_profile cpr_settings_profile(const struct cpr_settings *settings, const char *mailbox)
{
    for (size_t i = 0; i < settings->mailbox_count; i++)
        if (strcmp(settings->mailboxes[i].name, mailbox) == 0)
            return settings->mailboxes[i].profile;
    return CPR_PROFILE_TLS;
}
