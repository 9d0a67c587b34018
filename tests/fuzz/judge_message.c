/* Any bytes give a sound reading, and the same one twice; what a configuration adds lowers a verdict by known noise
 * alone, and never below "possible" beside hard evidence. Seeds: tests/samples. */
#include "check_judge.h"
#include "cpr/judge/judge.h"

#include <stdio.h>

static const struct cpr_judge_settings *settings(void)
{
    static struct cpr_judge_settings made;
    if (made.own_host_count == 0) {
        made.own_host_count = made.own_address_count = made.noise_count = made.noise[0].sender_count = 1;
        snprintf(made.own_hosts[0], sizeof made.own_hosts[0], "mx.ca.example");
        snprintf(made.own_addresses[0], sizeof made.own_addresses[0], "problem-reports@ca.example");
        snprintf(made.noise[0].name, sizeof made.noise[0].name, "noise");
        snprintf(made.noise[0].senders[0], sizeof made.noise[0].senders[0], "@mail.example");
    }
    return &made;
}

static bool has_hard_evidence(const struct cpr_reading *reading)
{
    for (uint32_t i = 0; i < reading->signal_count; i++)
        for (unsigned rule = 0; rule < CPR_RULES; rule++)
            if (cpr_signal_rule(rule)->is_hard && strcmp(cpr_signal_rule(rule)->id, reading->signals[i].id) == 0)
                return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_reading first, second;
    struct cpr_view raw = cpr_view_make(data, size);
    cpr_judge_message(raw, false, NULL, &first);
    check_reading(&first);
    CPR_ASSERT(!has_hard_evidence(&first) || first.verdict >= CPR_VERDICT_POSSIBLE);
    cpr_judge_message(raw, false, NULL, &second);
    CPR_ASSERT(memcmp(&first, &second, sizeof first) == 0);
    cpr_judge_message(raw, false, settings(), &second);
    check_reading(&second);
    CPR_ASSERT(second.verdict >= first.verdict || (second.noise[0] && second.authenticated_domain[0]));
    CPR_ASSERT(!has_hard_evidence(&second) || second.verdict >= CPR_VERDICT_POSSIBLE);
    return 0;
}
