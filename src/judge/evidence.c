#include "cpr/judge/evidence.h"
#include "cpr/base/text.h"
#include "cpr/judge/redact.h"

#include <string.h>

/* A quote shows this many characters before and after the words that fired. */
enum { QUOTE_AROUND = 30 };

/* Rules of this weight are complaints by themselves; lighter ones only support, also in a subject. */
enum { COMPLAINT_WEIGHT = 30 };

/* What stands in the next sentence still belongs together. It may not depend on the length of the mail: a disclaimer or
 * a thread below a report would undo it. */
enum { WINDOW_FACTOR = 2 };

void cpr_evidence_signal(struct cpr_evidence *evidence, enum cpr_rule rule, const char *where, struct cpr_view quote)
{
    struct cpr_reading *reading = evidence->reading;
    const struct cpr_signal_rule *row = cpr_signal_rule(rule);
    if (evidence->has_rule[rule])
        return;
    evidence->has_rule[rule] = true;
    evidence->is_hard |= row->is_hard;
    evidence->is_complaint |= row->is_hard || row->weight >= COMPLAINT_WEIGHT;
    reading->score += row->weight;
    if (reading->signal_count == CPR_SIGNALS_MAX) {
        reading->limits |= CPR_READING_SIGNALS;
        return;
    }
    struct cpr_signal *signal = &reading->signals[reading->signal_count++];
    cpr_text_copy(signal->id, sizeof signal->id, cpr_view_of(row->id));
    cpr_text_copy(signal->where, sizeof signal->where, cpr_view_of(where));
    cpr_redact_copy(signal->text, sizeof signal->text, cpr_view_trim(quote)); /* a link or a file name may hold a key */
}

void cpr_evidence_identifier(struct cpr_evidence *evidence, enum cpr_identifier_type type, struct cpr_view value)
{
    struct cpr_reading *reading = evidence->reading;
    bool is_full = reading->identifier_count == CPR_IDENTIFIERS_MAX;
    char clean[CPR_IDENTIFIER_SIZE] = ""; /* a link can hold bytes that are no text */
    if (value.len == 0 || value.len >= CPR_IDENTIFIER_SIZE || (is_full && reading->limits & CPR_READING_IDENTIFIERS))
        return; /* a thousand more change nothing: do not compare each with all */
    cpr_redact_copy(clean, sizeof clean, value);
    for (uint32_t i = 0; i < reading->identifier_count; i++)
        if (reading->identifiers[i].type == (uint32_t)type && strcmp(reading->identifiers[i].value, clean) == 0)
            return;
    if (is_full) {
        reading->limits |= CPR_READING_IDENTIFIERS;
        return;
    }
    struct cpr_identifier *identifier = &reading->identifiers[reading->identifier_count++];
    identifier->type = type;
    memcpy(identifier->value, clean, sizeof clean);
}

/* The words of the mail between two places of the folded text, with a little around them. */
static struct cpr_view quote_between(const struct cpr_evidence *evidence, uint32_t start, uint32_t end)
{
    const struct cpr_folded *folded = &evidence->folded;
    uint32_t from = start > QUOTE_AROUND ? start - QUOTE_AROUND : 0;
    size_t to = (size_t)end + QUOTE_AROUND < folded->count ? end + QUOTE_AROUND : folded->count;
    while (from < start && cpr_folded_is_word(folded->code[from]))
        from++;
    size_t first = folded->origin[from];
    size_t last = to < folded->count ? folded->origin[to] : evidence->text.len;
    return cpr_view_slice(evidence->text, first, last - first);
}

static void fire(struct cpr_evidence *evidence, enum cpr_rule rule, const struct cpr_hit *a, const struct cpr_hit *b)
{
    uint32_t start = a->start < b->start ? a->start : b->start, end = a->end > b->end ? a->end : b->end;
    struct cpr_view quote = quote_between(evidence, start, end);
    bool in_subject = evidence->folded.origin[end - 1] < evidence->subject_len;
    cpr_evidence_signal(evidence, rule, in_subject ? "subject" : "text", quote);
    if (in_subject && cpr_signal_rule(rule)->weight >= COMPLAINT_WEIGHT)
        cpr_evidence_signal(evidence, CPR_RULE_IN_SUBJECT, "subject", quote);
}

/* The first place where the rule's meanings stand near enough. Hits are ordered by their ends, so the nearest partner
 * of a hit among those before it is the last one of the other meaning. */
static void apply(struct cpr_evidence *evidence, enum cpr_rule rule)
{
    const struct cpr_signal_rule *row = cpr_signal_rule(rule);
    const struct cpr_hit *first = NULL, *second = NULL;
    uint32_t window = row->window * WINDOW_FACTOR;
    for (size_t i = 0; i < evidence->scan.count; i++) {
        const struct cpr_hit *hit = &evidence->scan.hits[i];
        if (hit->meaning == row->first)
            first = hit;
        else if (hit->meaning == row->second)
            second = hit;
        else
            continue;
        if (first && row->second == CPR_MEANS_NOTHING) {
            fire(evidence, rule, first, first);
            return;
        }
        if (!first || !second)
            continue;
        uint32_t gap_end = first->end < second->end ? first->end : second->end;
        bool from_subject = evidence->folded.origin[gap_end - 1] < evidence->subject_len;
        if (hit->start <= gap_end + window + (from_subject ? evidence->subjects_apart : 0)) {
            fire(evidence, rule, first, second);
            return;
        }
    }
}

/* A patch as developers mail it: "[PATCH v2 1/3]" in the subject, the sum of a diffstat ("2 files changed, 9
 * insertions(+)"), or a hunk of a unified diff, quoted or not. */
static bool is_patch(const struct cpr_evidence *evidence)
{
    struct cpr_view subject = cpr_view_slice(evidence->text, 0, evidence->subject_len);
    size_t tag = cpr_view_find(subject, "PATCH", 0);
    if (tag != CPR_VIEW_NOT_FOUND && cpr_view_find_byte(subject, ']', tag) != CPR_VIEW_NOT_FOUND)
        return true;
    if (cpr_view_find(evidence->text, " insertion", 0) != CPR_VIEW_NOT_FOUND &&
        cpr_view_find(evidence->text, " changed, ", 0) != CPR_VIEW_NOT_FOUND)
        return true;
    size_t hunk = cpr_view_find(evidence->text, "@@ -", 0);
    return hunk != CPR_VIEW_NOT_FOUND && cpr_view_find(evidence->text, " @@", hunk) != CPR_VIEW_NOT_FOUND;
}

/* In a patch "invalid certificate" and "revoked key" name parts of a program. Hard evidence, or a word to a CA, makes
 * every word count again. */
static bool words_are_program_parts(const struct cpr_evidence *evidence)
{
    const size_t *counts = evidence->scan.counts;
    return !evidence->is_hard && !counts[CPR_MEANS_YOU_ISSUED] && !counts[CPR_MEANS_REPORT] && is_patch(evidence);
}

void cpr_evidence_vocabulary(struct cpr_evidence *evidence)
{
    evidence->words_are_program_parts = words_are_program_parts(evidence);
    if (evidence->words_are_program_parts)
        return;
    for (unsigned rule = 0; rule < CPR_RULES; rule++)
        if (cpr_signal_rule(rule)->first != CPR_MEANS_NOTHING)
            apply(evidence, rule);
}
