/* The policy: every rule about time and people that the configuration may change. Defaults follow the TLS Baseline
 * Requirements 2.2.6. Plain data; filled by io/config, read by casework and engine. */
#ifndef CPR_CASEWORK_POLICY_H
#define CPR_CASEWORK_POLICY_H

#include "cpr/base/limits.h"
#include "cpr/base/time.h"

#include <stddef.h>

/* Whom to tell. A group is told of every step whose age is at least `from_ms`. */
struct cpr_oncall {
    char name[CPR_NAME_MAX];
    char addresses[CPR_ADDRESSES_MAX][CPR_ADDRESS_MAX];
    size_t address_count;
    int64_t from_ms;  /* age of a case from which this group is told; default 0 */
    bool gets_health; /* told of troubles of the daemon itself; default yes */
};

struct cpr_policy {
    bool is_active;      /* mode = active: moves messages. Else observe. */
    int64_t deadline_ms; /* 24 h: BR 4.9.5 */
    /* Ages of a probable case at which the on-call groups are told, ascending; default 0h, 12h, 18h, 21h, 23h, 24h. */
    int64_t steps_ms[CPR_STEPS_MAX];
    size_t step_count;
    int64_t repeat_ms; /* after the last step, again and again; default 1h */
    /* The same for a possible or undecidable one, which asks for a glance; default 4h, 12h, 20h, then every 12h. */
    int64_t glance_steps_ms[CPR_STEPS_MAX];
    size_t glance_step_count;
    int64_t glance_repeat_ms;
    /* From receipt to published revocation: TLS BR 4.9.1.1. How long before its end, ascending, on-call is told once
     * the report was answered; default 1h, 2h, 6h, 12h, 24h; at the end always, and then every repeat_ms. */
    int64_t revocation_urgent_ms; /* default 24 h: items 1 to 5 */
    int64_t revocation_ms;        /* default 5 days: items 6 to 16 */
    int64_t revocation_steps_ms[CPR_STEPS_MAX];
    size_t revocation_step_count;
    unsigned moves_per_hour;  /* over all mailboxes; default 60; reaching it is an alert, the rest waits */
    int64_t health_repeat_ms; /* a trouble of the daemon itself is told again after this; default 4h */
    struct cpr_oncall oncall[CPR_ONCALL_MAX];
    size_t oncall_count;
};

/* The defaults above, no on-call groups, observe. */
void cpr_policy_defaults(struct cpr_policy *policy);

#endif
