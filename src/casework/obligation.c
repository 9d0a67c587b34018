#include "cpr/casework/obligation.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/casework/case.h"
#include "cpr/judge/signals.h"

#include <string.h>

#define TLS "TLS BR 4.9.1.1 "

/* What each signal says about why a certificate is to be revoked. A signal that is not here gives no reason: "revoke
 * it", an identifier, a complaint of silence. The stricter list stands first. */
static const struct reason {
    enum cpr_rule rule;
    enum cpr_revocation_class class;
    const char *item, *words;
} reasons[] = {
    {CPR_RULE_PRIVATE_KEY, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_KEY_SHORTENED, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_KEY_FILE, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_CSR_ATTESTS, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_CSR, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"}, /* often the proof of it */
    {CPR_RULE_KEY_COMPROMISED, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_KEY_PUBLISHED, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_KEY_LOST, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_KEY_OF_NAME, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_KEY_YOURS, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_REVOKE_KEY, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_CERTIFICATE_COMPROMISED, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_CERTIFICATE_LOST, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_CERTIFICATE_PUBLISHED, CPR_REVOKE_IN_24H, TLS "(3)", "key compromise"},
    {CPR_RULE_WEAK_KEY, CPR_REVOKE_IN_24H, TLS "(4)", "weak key"},
    {CPR_RULE_WEAK_KEY_OF_CERTIFICATE, CPR_REVOKE_IN_24H, TLS "(4)", "weak key"},
    {CPR_RULE_VALIDATION_WRONG, CPR_REVOKE_IN_24H, TLS "(5)", "failed validation"},
    {CPR_RULE_VALIDATION_YOURS, CPR_REVOKE_IN_24H, TLS "(5)", "failed validation"},
    {CPR_RULE_VALIDATION_OF_CERTIFICATE, CPR_REVOKE_IN_24H, TLS "(5)", "failed validation"},
    {CPR_RULE_CERTIFICATE_UNAUTHORISED, CPR_REVOKE_IN_24H, TLS "(2)", "a request that was not authorised"},
    {CPR_RULE_CERTIFICATE_OF_MINE, CPR_REVOKE_IN_24H, TLS "(1)", "the Subscriber's own request, perhaps"},
    {CPR_RULE_CANCEL_CERTIFICATE, CPR_REVOKE_IN_24H, TLS "(1)", "the Subscriber's own request, perhaps"},
    {CPR_RULE_SIGNED_MALWARE, CPR_REVOKE_IN_24H, "Code Signing BR 4.9.1.1 (6)", "signed malware"},
    {CPR_RULE_MALWARE_SIGNED, CPR_REVOKE_IN_24H, "Code Signing BR 4.9.1.1 (6)", "signed malware"},

    {CPR_RULE_CERTIFICATE_MISUSED, CPR_REVOKE_IN_5D, TLS "(7)", "misuse"},
    {CPR_RULE_MISISSUED, CPR_REVOKE_IN_5D, TLS "(12)", "misissuance"},
    {CPR_RULE_MISISSUED_CERTIFICATE, CPR_REVOKE_IN_5D, TLS "(12)", "misissuance"},
    {CPR_RULE_LINT, CPR_REVOKE_IN_5D, TLS "(12)", "a certificate against the rules"},
    {CPR_RULE_CERTIFICATE_VIOLATES, CPR_REVOKE_IN_5D, TLS "(12)", "a certificate against the rules"},
    {CPR_RULE_RULES_VIOLATED, CPR_REVOKE_IN_5D, TLS "(12)", "a certificate against the rules"},
    {CPR_RULE_PROFILE_VIOLATES, CPR_REVOKE_IN_5D, TLS "(12)", "a certificate against the rules"},
    {CPR_RULE_PROFILE_WRONG, CPR_REVOKE_IN_5D, TLS "(13)", "a wrong field"},
};
enum { REASONS = sizeof reasons / sizeof reasons[0] };

static const char *id_of(const struct reason *reason)
{
    return cpr_signal_rule(reason->rule)->id;
}

static bool has_signal(const struct cpr_reading *reading, const char *id)
{
    for (uint32_t i = 0; i < reading->signal_count; i++)
        if (strcmp(reading->signals[i].id, id) == 0)
            return true;
    return false;
}

/* That not all identifiers or rows of a notice were kept does not hide a reason. */
static bool is_whole(const struct cpr_reading *reading)
{
    const uint32_t harmless = CPR_READING_IDENTIFIERS | CPR_READING_NOTICE_ROWS;
    return (reading->limits & ~harmless) == 0 && reading->verdict != CPR_VERDICT_UNDECIDABLE;
}

enum cpr_revocation_class cpr_obligation_class_of(const struct cpr_reading *reading, const char **rule_out)
{
    const struct reason *found = NULL;
    for (size_t i = 0; reading && i < REASONS && !found; i++)
        if (has_signal(reading, id_of(&reasons[i])))
            found = &reasons[i];
    if ((!reading || !is_whole(reading)) && (!found || found->class != CPR_REVOKE_IN_24H)) {
        *rule_out = CPR_RULE_UNREAD;
        return CPR_REVOKE_IN_24H;
    }
    *rule_out = found ? id_of(found) : "";
    return found ? found->class : CPR_REVOKE_IN_24H;
}

static const struct reason *reason_by(const char *rule)
{
    for (size_t i = 0; i < REASONS; i++)
        if (strcmp(id_of(&reasons[i]), rule) == 0)
            return &reasons[i];
    return NULL;
}

const char *cpr_obligation_words(const char *rule)
{
    const struct reason *reason = reason_by(rule);
    return reason                               ? reason->words
           : strcmp(rule, CPR_RULE_UNREAD) == 0 ? "not read whole: the stricter"
                                                : "no reason recognised: the stricter";
}

const char *cpr_obligation_item(const char *rule)
{
    const struct reason *reason = reason_by(rule);
    return reason ? reason->item : "";
}

const char *cpr_revocation_class_name(enum cpr_revocation_class class)
{
    static const char *const names[CPR_REVOCATION_CLASSES] = {"24h", "5d", "none"};
    CPR_ASSERT((unsigned)class < CPR_REVOCATION_CLASSES);
    return names[class];
}

int64_t cpr_obligation_span_ms(enum cpr_revocation_class class, const struct cpr_policy *policy)
{
    return class == CPR_REVOKE_IN_5D ? policy->revocation_ms : policy->revocation_urgent_ms;
}

void cpr_obligation_begin(struct cpr_case *item, const struct cpr_reading *reading, const struct cpr_policy *policy)
{
    const char *rule;
    struct cpr_obligation *obligation = &item->revocation;
    *obligation = (struct cpr_obligation){.told_age_ms = -1};
    obligation->by_rules = obligation->class = cpr_obligation_class_of(reading, &rule);
    cpr_text_copy(obligation->rule, sizeof obligation->rule, cpr_view_of(rule));
    obligation->deadline_ms = item->receipt.utc_ms + cpr_obligation_span_ms(obligation->class, policy);
}

bool cpr_obligation_tighten(struct cpr_case *item, const struct cpr_reading *reading, const struct cpr_policy *policy)
{
    const char *rule;
    struct cpr_obligation *obligation = &item->revocation;
    enum cpr_revocation_class class = cpr_obligation_class_of(reading, &rule);
    if (class >= obligation->by_rules)
        return false;
    obligation->by_rules = class;
    cpr_text_copy(obligation->rule, sizeof obligation->rule, cpr_view_of(rule));
    if (obligation->set_by[0])
        return false;
    int64_t deadline_ms = item->receipt.utc_ms + cpr_obligation_span_ms(class, policy);
    bool is_forward = deadline_ms < obligation->deadline_ms;
    obligation->class = class;
    if (is_forward)
        obligation->deadline_ms = deadline_ms;
    return is_forward;
}

void cpr_obligation_bring_forward(struct cpr_case *item, int64_t by_ms)
{
    CPR_ASSERT(by_ms >= 0);
    item->revocation.deadline_ms -= by_ms;
}

bool cpr_obligation_is_open(const struct cpr_case *item)
{
    const struct cpr_obligation *obligation = &item->revocation;
    return item->state != CPR_CASE_DISMISSED && obligation->class != CPR_REVOKE_NOT && !obligation->is_ended;
}

bool cpr_obligation_is_owed(const struct cpr_case *item)
{
    return item->state == CPR_CASE_ANSWERED && item->grade == CPR_GRADE_REPORT && cpr_obligation_is_open(item);
}

static void clear_end(struct cpr_obligation *obligation)
{
    obligation->is_ended = false;
    obligation->ended_ms = 0;
    obligation->ended_by[0] = obligation->ended_note[0] = '\0';
}

bool cpr_obligation_set_class(struct cpr_case *item, enum cpr_revocation_class class, int64_t at_ms, const char *by,
                              const char *note, const struct cpr_policy *policy)
{
    struct cpr_obligation *obligation = &item->revocation;
    CPR_ASSERT((unsigned)class < CPR_REVOCATION_CLASSES && by[0]);
    if (item->state == CPR_CASE_DISMISSED)
        return false;
    if (class != CPR_REVOKE_NOT && class != obligation->class)
        obligation->deadline_ms = item->receipt.utc_ms + cpr_obligation_span_ms(class, policy);
    if (class != CPR_REVOKE_NOT)
        clear_end(obligation);
    obligation->class = class;
    obligation->set_ms = at_ms;
    cpr_text_copy(obligation->set_by, sizeof obligation->set_by, cpr_view_of(by));
    cpr_text_copy(obligation->set_note, sizeof obligation->set_note, cpr_view_of(note));
    return true;
}

bool cpr_obligation_end(struct cpr_case *item, int64_t at_ms, const char *by, const char *note)
{
    struct cpr_obligation *obligation = &item->revocation;
    CPR_ASSERT(by[0]);
    if (!cpr_obligation_is_open(item))
        return false;
    obligation->is_ended = true;
    obligation->ended_ms = at_ms;
    cpr_text_copy(obligation->ended_by, sizeof obligation->ended_by, cpr_view_of(by));
    cpr_text_copy(obligation->ended_note, sizeof obligation->ended_note, cpr_view_of(note));
    return true;
}

bool cpr_obligation_reopen(struct cpr_case *item)
{
    if (!item->revocation.is_ended)
        return false;
    clear_end(&item->revocation);
    return true;
}
