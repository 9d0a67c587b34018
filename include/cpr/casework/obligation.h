/* The second obligation of a case: published revocation, with a clock of its own. TLS BR 4.9.5: "The period from
 * receipt of the Certificate Problem Report or revocation-related notice to published revocation MUST NOT exceed the
 * time frame set forth in Section 4.9.1.1": 24 hours for what that section lists first, 5 days for the rest, both from
 * the same receipt as the answer. S/MIME BR and Code Signing BR have such lists in their sections 4.9.1.1. Pure.
 *
 * In doubt the shorter time. No mail, link, receipt or step of a clock makes the deadline later or ends the obligation;
 * a named person's command does, and answers signed by the CA for all that the report names. */
#ifndef CPR_CASEWORK_OBLIGATION_H
#define CPR_CASEWORK_OBLIGATION_H

#include "cpr/casework/policy.h"
#include "cpr/judge/reading.h"

#include <stdbool.h>
#include <stdint.h>

enum cpr_revocation_class {
    CPR_REVOKE_IN_24H = 0,
    CPR_REVOKE_IN_5D,
    CPR_REVOKE_NOT, /* nothing is to be revoked: only a named person says so */
    CPR_REVOCATION_CLASSES
};

/* All zero is an obligation that has not ended. */
struct cpr_obligation {
    enum cpr_revocation_class by_rules; /* what the rules made of the report; stands beside what a person says */
    char rule[CPR_SIGNAL_ID_SIZE];   /* the signal that spoke for it; CPR_RULE_UNREAD; "": no reason was recognised */
    enum cpr_revocation_class class; /* the one that counts */
    int64_t set_ms;                  /* when a person set it; of no meaning while set_by is "" */
    char set_by[CPR_NAME_MAX];       /* "": the rules */
    char set_note[CPR_NOTE_MAX];
    int64_t deadline_ms; /* utc_ms; of no meaning when nothing is to be revoked */
    int64_t told_age_ms; /* age of the case at the last step whose alerts were stored; -1 for none */
    bool is_ended;
    int64_t ended_ms; /* these of no meaning before */
    char ended_by[CPR_NAME_MAX];
    char ended_note[CPR_NOTE_MAX];
};

struct cpr_case;

/* In place of a signal: the message was not read whole, so that nobody knows what else it says. */
#define CPR_RULE_UNREAD "not-read-whole"

/* The class by the rules, and in rule_out (a static string) what spoke for it. 24 hours when any signal speaks of a
 * reason of that list, when the message was not read whole, and when no reason is recognised; 5 days only when a reason
 * of that list is and none of the other. NULL: nothing could be read. */
enum cpr_revocation_class cpr_obligation_class_of(const struct cpr_reading *reading, const char **rule_out);

/* The time from receipt to published revocation. */
int64_t cpr_obligation_span_ms(enum cpr_revocation_class class, const struct cpr_policy *policy);

/* Of a new case whose receipt is known. */
void cpr_obligation_begin(struct cpr_case *item, const struct cpr_reading *reading, const struct cpr_policy *policy);
/* A copy of the report that speaks of a stricter reason. True when the deadline came forward: what a person set stays.
 */
bool cpr_obligation_tighten(struct cpr_case *item, const struct cpr_reading *reading, const struct cpr_policy *policy);
/* The receipt came forward by so much. */
void cpr_obligation_bring_forward(struct cpr_case *item, int64_t by_ms);

/* Whether the clock runs: not in a case that was dismissed, nor when nothing is to be revoked. */
bool cpr_obligation_is_open(const struct cpr_case *item);
/* Whether it is all that is left to do, and has alerts of its own: the report (no glance) was answered. */
bool cpr_obligation_is_owed(const struct cpr_case *item);

/* A named person sets the class, and why. The time runs from the receipt; a clock that has ended runs again. False,
 * nothing changed: the case was dismissed. */
bool cpr_obligation_set_class(struct cpr_case *item, enum cpr_revocation_class class, int64_t at_ms, const char *by,
                              const char *note, const struct cpr_policy *policy);
/* False, nothing changed: it is not open. */
bool cpr_obligation_end(struct cpr_case *item, int64_t at_ms, const char *by, const char *note);
/* It was said to be done and is not. False, nothing changed: it had not ended. */
bool cpr_obligation_reopen(struct cpr_case *item);

/* Static strings. */
const char *cpr_revocation_class_name(enum cpr_revocation_class class); /* "24h", "5d", "none" */
const char *cpr_obligation_words(const char *rule); /* "key compromise"; what the rule speaks of, for people */
const char *cpr_obligation_item(const char *rule);  /* "TLS BR 4.9.1.1 (3)"; "" when there is none */

#endif
