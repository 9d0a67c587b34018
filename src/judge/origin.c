#include "cpr/judge/origin.h"
#include "cpr/base/host.h"
#include "cpr/judge/folded.h"

#include <string.h>

bool cpr_origin_is_own_host(const char *host, const struct cpr_judge_settings *settings)
{
    uint32_t count = settings->own_host_count < CPR_JUDGE_WORDS_MAX ? settings->own_host_count : CPR_JUDGE_WORDS_MAX;
    return cpr_host_is_listed(host, settings->own_hosts, count);
}

uint32_t cpr_origin_own_received(const struct cpr_facts *facts, const struct cpr_judge_settings *settings)
{
    uint32_t count = 0;
    while (count < facts->received_count && cpr_origin_is_own_host(facts->received[count].by_host, settings))
        count++;
    return count;
}

/* Exchange Online writes no authserv-id; it writes its field above the Received line of its border, and renames what
 * came in under that name ("Authentication-Results-Original"). Nobody else is believed without a name. */
static bool is_of_exchange_online(const struct cpr_facts_authentication *field, const struct cpr_facts *facts,
                                  uint32_t own_count)
{
    return field->authserv_id[0] == 0 && field->received_above < own_count &&
           cpr_view_ends_nocase(cpr_view_of(facts->received[field->received_above].by_host),
                                ".mail.protection.outlook.com");
}

/* The fields that count, topmost first. False when nothing may be believed: one of them cannot be read (it may be the
 * border's own, bent by what the sender made it quote). */
static bool choose_fields(const struct cpr_facts *facts, const struct cpr_judge_settings *settings,
                          const struct cpr_facts_authentication *fields[CPR_FACTS_AUTHENTICATIONS_MAX],
                          uint32_t *count_out)
{
    uint32_t own_count = cpr_origin_own_received(facts, settings);
    *count_out = 0;
    for (uint32_t i = 0; i < facts->authentication_count; i++) {
        const struct cpr_facts_authentication *field = &facts->authentications[i];
        if (field->received_above > own_count)
            continue;
        if (field->is_broken)
            return false;
        if (cpr_origin_is_own_host(field->authserv_id, settings) || is_of_exchange_online(field, facts, own_count))
            fields[(*count_out)++] = field;
    }
    return true;
}

/* What a field says of a domain by one method: true when it proves it. *speaks_out: whether it names the method. Of
 * several signatures one is enough; the other methods have one result. */
static bool proves(const struct cpr_facts_authentication *field, const char *method, const char *property,
                   const char *domain, bool *speaks_out)
{
    bool is_dkim = strcmp(method, "dkim") == 0, is_proved = false, is_denied = false;
    *speaks_out = false;
    for (uint32_t i = 0; i < field->result_count; i++) {
        const struct cpr_facts_result *result = &field->results[i];
        if (strcmp(result->method, method) != 0)
            continue;
        *speaks_out = true;
        if (!cpr_view_starts_nocase(cpr_view_of(result->property), property))
            continue;
        bool is_pass = strcmp(result->result, "pass") == 0 && strcmp(result->domain, domain) == 0;
        is_proved |= is_pass;
        is_denied |= !is_pass && !is_dkim;
    }
    return is_proved && !is_denied;
}

static bool says_dmarc_fail(const struct cpr_facts_authentication *field)
{
    for (uint32_t i = 0; i < field->result_count; i++)
        if (strcmp(field->results[i].method, "dmarc") == 0 && strcmp(field->results[i].result, "fail") == 0)
            return true;
    return false;
}

/* For each method the topmost field that names it decides: what the sender wrote stands below the border's. */
static bool is_proved(const struct cpr_facts_authentication *const *fields, uint32_t count, const char *domain)
{
    static const char *const methods[][2] = {{"dmarc", "header.from"}, {"dkim", "header."}, {"spf", "smtp.mailfrom"}};
    for (uint32_t i = 0; i < count; i++)
        if (says_dmarc_fail(fields[i]))
            return false;
    for (size_t method = 0; method < sizeof methods / sizeof methods[0]; method++) {
        bool speaks = false;
        for (uint32_t i = 0; i < count && !speaks; i++)
            if (proves(fields[i], methods[method][0], methods[method][1], domain, &speaks))
                return true;
    }
    return false;
}

void cpr_origin_of(const struct cpr_facts *facts, const struct cpr_judge_settings *settings, char domain_out[128])
{
    const struct cpr_facts_authentication *fields[CPR_FACTS_AUTHENTICATIONS_MAX];
    uint32_t count;
    domain_out[0] = 0;
    if (!settings || facts->from_domain[0] == 0)
        return;
    if (choose_fields(facts, settings, fields, &count) && is_proved(fields, count, facts->from_domain))
        memcpy(domain_out, facts->from_domain, sizeof facts->from_domain);
}

/* ---- forms ------------------------------------------------------------------------------------------------------- */

static bool is_sender(const char *sender, struct cpr_view address, struct cpr_view domain)
{
    if (sender[0] == '@')
        return cpr_view_equal_nocase(cpr_view_of(sender + 1), domain);
    return cpr_view_equal_nocase(cpr_view_of(sender), address);
}

static bool holds(const struct cpr_folded *subject, const char *words)
{
    struct cpr_folded wanted = {0};
    bool is_held = false;
    cpr_folded_add_pattern(&wanted, cpr_view_of(words));
    for (size_t i = 0; wanted.count && i + wanted.count <= subject->count && !is_held; i++)
        is_held = memcmp(subject->code + i, wanted.code, wanted.count * sizeof wanted.code[0]) == 0;
    cpr_folded_free(&wanted);
    return is_held;
}

bool cpr_origin_matches(const struct cpr_judge_form *form, const struct cpr_facts *facts, const char *proved_domain)
{
    struct cpr_view address = cpr_view_of(facts->from_address), proved = cpr_view_of(proved_domain);
    struct cpr_folded subject = {0};
    bool is_listed = false, has_subject = form->subject_count == 0;
    /* Above, From: is read strictly; here, as for people. Where they differ nothing matches. */
    if (facts->further_subject_count && form->subject_count)
        return false; /* a signature may be of the other one */
    if (proved.len == 0 || address.len <= proved.len || address.data[address.len - proved.len - 1] != '@' ||
        !cpr_view_ends_nocase(address, proved_domain))
        return false;
    for (uint32_t i = 0; i < form->sender_count && i < CPR_FORMS_MAX; i++)
        is_listed |= is_sender(form->senders[i], address, proved);
    if (!is_listed || has_subject)
        return is_listed;
    cpr_folded_prepare();
    cpr_folded_add_pattern(&subject, cpr_view_of(facts->subject));
    for (uint32_t i = 0; i < form->subject_count && i < CPR_FORMS_MAX && !has_subject; i++)
        has_subject = holds(&subject, form->subjects[i]);
    cpr_folded_free(&subject);
    return has_subject;
}
