#include "cpr/judge/verdict.h"

static bool means(const struct cpr_evidence *evidence, enum cpr_meaning meaning)
{
    return evidence->scan.counts[meaning] > 0;
}

/* RFC 3464 and RFC 5321 section 4.5.5: reports on delivery come from the empty path. */
static bool is_bounce(const struct cpr_facts *facts)
{
    struct cpr_view type = cpr_view_of(facts->content_type);
    if (cpr_view_equal_nocase(type, cpr_view_of("multipart/report")))
        return !cpr_view_equal_nocase(cpr_view_of(facts->report_type), cpr_view_of("feedback-report"));
    return facts->has_return_path && facts->return_path[0] == 0 && facts->auto_submitted[0] == 0;
}

/* RFC 3834: any value but "no". */
static bool is_auto_submitted(const struct cpr_facts *facts)
{
    struct cpr_view value = cpr_view_trim(cpr_view_of(facts->auto_submitted));
    return value.len > 0 && !cpr_view_starts_nocase(value, "no");
}

static bool subject_starts(const struct cpr_facts *facts, const char *const *prefixes)
{
    for (; *prefixes; prefixes++)
        if (cpr_view_starts_nocase(cpr_view_of(facts->subject), *prefixes))
            return true;
    return false;
}

static bool is_answer(const struct cpr_facts *facts)
{
    static const char *const prefixes[] = {
        "re:", "aw:", "sv:", "vs:", "antw:", "odp:", "ynt:", "res:", "回复", "答复", NULL};
    return facts->reference_count > 0 || subject_starts(facts, prefixes);
}

static bool is_out_of_office(const struct cpr_facts *facts)
{
    static const char *const prefixes[] = {"out of office", "automatic reply",      "auto:", "autoreply", "auto-reply",
                                           "abwesenheit",   "automatische antwort", NULL};
    return subject_starts(facts, prefixes);
}

enum cpr_kind cpr_kind_of(const struct cpr_evidence *evidence, enum cpr_verdict verdict)
{
    const struct cpr_facts *facts = evidence->facts;
    bool is_likely = verdict >= CPR_VERDICT_POSSIBLE;
    if (is_bounce(facts))
        return CPR_KIND_BOUNCE;
    if (means(evidence, CPR_MEANS_CANARY))
        return CPR_KIND_CANARY;
    if (means(evidence, CPR_MEANS_HELD) && !evidence->is_hard)
        return CPR_KIND_QUARANTINE_NOTICE;
    if ((is_auto_submitted(facts) && is_answer(facts)) || is_out_of_office(facts))
        return CPR_KIND_AUTO_REPLY;
    if (evidence->has_rule[CPR_RULE_COMPLIANCE] && verdict != CPR_VERDICT_PROBABLE)
        return CPR_KIND_COMPLIANCE;
    if (is_likely && evidence->has_rule[CPR_RULE_REPORT_UNANSWERED])
        return CPR_KIND_FOLLOW_UP;
    if (is_likely && is_answer(facts))
        return means(evidence, CPR_MEANS_SILENCE) ? CPR_KIND_FOLLOW_UP : CPR_KIND_REPLY;
    if (is_answer(facts))
        return CPR_KIND_REPLY;
    return is_likely ? CPR_KIND_REPORT : CPR_KIND_OTHER;
}
