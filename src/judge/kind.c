#include "cpr/judge/verdict.h"

/* A subject names its kind at its beginning, behind at most a tag: "[EXTERNAL] Automatic reply: ...". In characters. */
enum { SUBJECT_FORM_AT_MAX = 20 };

static bool means(const struct cpr_evidence *evidence, enum cpr_meaning meaning)
{
    return evidence->scan.counts[meaning] > 0;
}

static bool is_nocase(const char *text, const char *want)
{
    return cpr_view_equal_nocase(cpr_view_trim(cpr_view_of(text)), cpr_view_of(want));
}

static bool subject_means(const struct cpr_evidence *evidence, enum cpr_meaning meaning)
{
    for (size_t i = 0; i < evidence->scan.count && means(evidence, meaning); i++) {
        const struct cpr_hit *hit = &evidence->scan.hits[i];
        if (hit->start > SUBJECT_FORM_AT_MAX || evidence->folded.origin[hit->start] >= evidence->subject_len)
            continue;
        if (hit->meaning == meaning)
            return true;
    }
    return false;
}

/* ---- marks of programs ------------------------------------------------------------------------------------------- */

/* RFC 7489 section 7.2.1.1 and RFC 8460 section 5.1: "receiver!domain!begin!end.xml.gz". */
static bool is_report_name(struct cpr_view name)
{
    static const char *const suffixes[] = {".xml", ".xml.gz", ".gz", ".zip", ".json", ".json.gz"};
    size_t marks = 0;
    for (size_t i = 0; i < name.len; i++)
        marks += name.data[i] == '!';
    for (size_t i = 0; marks >= 3 && i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (cpr_view_ends_nocase(name, suffixes[i]))
            return true;
    return false;
}

static bool is_machine_report(const struct cpr_facts *facts)
{
    struct cpr_view subject = cpr_view_of(facts->subject);
    if (is_nocase(facts->content_type, "multipart/report") &&
        (is_nocase(facts->report_type, "feedback-report") || is_nocase(facts->report_type, "tlsrpt")))
        return true;
    if (cpr_view_find_nocase(subject, "report domain:", 0) != CPR_VIEW_NOT_FOUND &&
        cpr_view_find_nocase(subject, "submitter:", 0) != CPR_VIEW_NOT_FOUND)
        return true;
    for (uint32_t i = 0; i < facts->part_count; i++)
        if (is_report_name(cpr_view_of(facts->parts[i].name)) ||
            is_nocase(facts->parts[i].type, "message/feedback-report") ||
            cpr_view_starts_nocase(cpr_view_of(facts->parts[i].type), "application/tlsrpt+"))
            return true;
    return false;
}

/* RFC 3464, RFC 3798 section 3 (read receipts are no bounces) and RFC 5321 section 4.5.5: notices on delivery come from
 * the empty path. So may a report that a program sends: one that surfaced is a bounce only when it calls itself so. */
static bool is_bounce(const struct cpr_evidence *evidence, bool is_likely)
{
    const struct cpr_facts *facts = evidence->facts;
    if (is_nocase(facts->content_type, "multipart/report"))
        return !is_nocase(facts->report_type, "disposition-notification");
    bool has_empty_path = facts->has_return_path && facts->return_path[0] == 0;
    if (subject_means(evidence, CPR_MEANS_BOUNCE))
        return has_empty_path || cpr_view_starts_nocase(cpr_view_of(facts->from_address), "mailer-daemon@") ||
               cpr_view_starts_nocase(cpr_view_of(facts->from_address), "postmaster@");
    return has_empty_path && facts->auto_submitted[0] == 0 && !is_likely;
}

/* Answers "Re:" in the words of mail programs. */
static bool is_answer(const struct cpr_facts *facts)
{
    static const char *const prefixes[] = {
        "re:",   "aw:",  "sv:",  "vs:",    "antw:", "odp:", "ynt:",   "res:", "rif:", "ref:", "rv:",   "vá:",  "vl:",
        "bls:",  "atb:", "отв:", "Отв:",   "απ:",   "ΑΠ:",  "σχετ",   "ΣΧΕΤ", "回复", "回覆", "答复",  "答覆", "返信",
        "回信:", "회신", "답장", "תשובה:", "השב:",  "رد:",  "re[2]:", "re :", "re：", "aw：", "відп:", "Відп:"};
    if (facts->reference_count > 0)
        return true;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (cpr_view_starts_nocase(cpr_view_of(facts->subject), prefixes[i]))
            return true;
    return false;
}

/* RFC 3834 section 5. "auto-generated" is said by every newsletter; with an answer it is an acknowledgement. */
static bool is_auto_reply(const struct cpr_evidence *evidence)
{
    const struct cpr_facts *facts = evidence->facts;
    struct cpr_view submitted = cpr_view_trim(cpr_view_of(facts->auto_submitted));
    if (cpr_view_starts_nocase(submitted, "auto-replied") || is_nocase(facts->report_type, "disposition-notification"))
        return true;
    bool is_automatic =
        (submitted.len > 0 && !cpr_view_starts_nocase(submitted, "no")) || facts->x_auto_response_suppress[0];
    return (is_automatic && is_answer(facts)) || subject_means(evidence, CPR_MEANS_AUTO_REPLY);
}

/* ---- wording ----------------------------------------------------------------------------------------------------- */

static bool is_own_domain(const struct cpr_judge_settings *settings, const char *domain)
{
    for (uint32_t i = 0; settings && domain[0] && i < settings->own_address_count && i < CPR_JUDGE_WORDS_MAX; i++) {
        struct cpr_view address = cpr_view_of(settings->own_addresses[i]);
        size_t at = cpr_view_find_byte(address, '@', 0);
        if (at != CPR_VIEW_NOT_FOUND &&
            cpr_view_equal_nocase(cpr_view_slice(address, at + 1, address.len), cpr_view_of(domain)))
            return true;
    }
    return false;
}

enum cpr_kind cpr_kind_of(const struct cpr_evidence *evidence, enum cpr_verdict verdict)
{
    const struct cpr_facts *facts = evidence->facts;
    bool is_likely = verdict >= CPR_VERDICT_POSSIBLE;
    if (evidence->reading->notice_source[0]) /* many come from the empty path, like bounces */
        return CPR_KIND_QUARANTINE_NOTICE;
    if (is_machine_report(facts))
        return CPR_KIND_MACHINE_REPORT;
    if (is_bounce(evidence, is_likely))
        return CPR_KIND_BOUNCE;
    if (evidence->has_rule[CPR_RULE_COMPLIANCE] && verdict != CPR_VERDICT_PROBABLE)
        return CPR_KIND_COMPLIANCE; /* it is told at once: no mark of a sender may take that away */
    if (is_auto_reply(evidence))
        return CPR_KIND_AUTO_REPLY;
    if (means(evidence, CPR_MEANS_CANARY) && !evidence->is_hard)
        return CPR_KIND_CANARY;
    if (is_answer(facts) && is_own_domain(evidence->settings, evidence->reading->authenticated_domain))
        return CPR_KIND_REPLY;
    if (!is_likely)
        return CPR_KIND_OTHER;
    return is_answer(facts) || evidence->has_rule[CPR_RULE_REPORT_UNANSWERED] ||
                   evidence->has_rule[CPR_RULE_CERTIFICATE_UNANSWERED] || evidence->has_rule[CPR_RULE_REPORT_WAITED]
               ? CPR_KIND_FOLLOW_UP
               : CPR_KIND_REPORT;
}
