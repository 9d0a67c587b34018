#include "cpr/judge/noise.h"
#include "cpr/base/text.h"
#include "cpr/judge/origin.h"
#include "cpr/judge/verdict.h"

#include <stdio.h>

static const struct cpr_judge_form *find(const struct cpr_evidence *evidence)
{
    const struct cpr_judge_settings *settings = evidence->settings;
    for (uint32_t i = 0; settings && i < settings->noise_count && i < CPR_NOISE_RULES_MAX; i++)
        if (cpr_origin_matches(&settings->noise[i], evidence->facts, evidence->reading->authenticated_domain))
            return &settings->noise[i];
    return NULL;
}

static bool complains_of_silence(const struct cpr_evidence *evidence)
{
    return evidence->has_rule[CPR_RULE_REPORT_UNANSWERED] || evidence->has_rule[CPR_RULE_REPORT_WAITED] ||
           (evidence->reading->kind == CPR_KIND_FOLLOW_UP && evidence->scan.counts[CPR_MEANS_SILENCE] > 0);
}

bool cpr_noise_apply(struct cpr_evidence *evidence)
{
    struct cpr_reading *reading = evidence->reading;
    enum cpr_verdict lowest = evidence->is_hard ? CPR_VERDICT_POSSIBLE : cpr_verdict_of_nothing(evidence);
    if (reading->verdict < CPR_VERDICT_POSSIBLE || reading->verdict <= lowest || complains_of_silence(evidence))
        return false;
    const struct cpr_judge_form *form = find(evidence);
    if (!form)
        return false;
    char quote[2 * CPR_SIGNAL_TEXT_SIZE]; /* cut where it is entered */
    snprintf(quote, sizeof quote, "[noise %s] would be %s; proved to be from %s", form->name,
             cpr_verdict_name(reading->verdict), reading->authenticated_domain);
    cpr_evidence_signal(evidence, CPR_RULE_KNOWN_NOISE, "sender", cpr_view_of(quote));
    cpr_text_copy(reading->noise, sizeof reading->noise, cpr_view_of(form->name));
    reading->verdict = lowest;
    return true;
}
