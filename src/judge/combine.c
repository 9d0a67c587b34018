#include "cpr/judge/evidence.h"
#include "cpr/judge/phrases.h"

#include <string.h>

/* An archive alone says nothing; with any sign of the subject it may hold keys. */
enum { SUPPORT_SCORE = 15 };

static bool has_any(const struct cpr_evidence *evidence, const enum cpr_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (evidence->has_rule[rules[i]])
            return true;
    return false;
}

static size_t text_len(const struct cpr_facts_part *part, const char *type)
{
    bool is_text = !part->is_attachment && cpr_view_equal(cpr_view_of(part->type), cpr_view_of(type));
    return is_text && part->text_end > part->text_start ? part->text_end - part->text_start : 0;
}

/* Characters of the mail. Most programs send a text and then the same again as HTML: of two such neighbours the shorter
 * is not counted. */
static size_t length_of(const struct cpr_evidence *evidence)
{
    const struct cpr_facts *facts = evidence->facts;
    size_t count = evidence->folded.count, twice = 0, all = facts->text.len;
    for (uint32_t i = 0; i + 1 < facts->part_count; i++) {
        size_t plain = text_len(&facts->parts[i], "text/plain"), html = text_len(&facts->parts[i + 1], "text/html");
        twice += plain < html ? plain : html;
    }
    return twice < all ? count - count * twice / all : count;
}

/* What a summary signal quotes: the beginning, not cut inside a character. */
static struct cpr_view beginning(const struct cpr_evidence *evidence)
{
    struct cpr_view head = cpr_view_slice(evidence->text, 0, 80);
    while (head.len && head.len < evidence->text.len && ((unsigned char)evidence->text.data[head.len] & 0xC0) == 0x80)
        head.len--;
    return head;
}

static void count_identifiers(struct cpr_evidence *evidence)
{
    unsigned unique = 0;
    for (uint32_t i = 0; i < evidence->reading->identifier_count; i++)
        unique += cpr_identifier_is_unique(evidence->reading->identifiers[i].type);
    if (unique > 1)
        cpr_evidence_signal(evidence, CPR_RULE_SEVERAL, "text", cpr_view_of(""));
}

/* Somebody who speaks to a CA, for what is his, or with a complaint: not a newsletter, an invitation or an offer. */
static bool has_voice(const struct cpr_evidence *evidence)
{
    static const enum cpr_meaning voices[] = {CPR_MEANS_YOU_ISSUED, CPR_MEANS_OWNER,   CPR_MEANS_REPORT,
                                              CPR_MEANS_REPORTING,  CPR_MEANS_SILENCE, CPR_MEANS_MISISSUE,
                                              CPR_MEANS_VIOLATE};
    const size_t *counts = evidence->scan.counts;
    for (size_t i = 0; i < sizeof voices / sizeof voices[0]; i++)
        if (counts[voices[i]])
            return true;
    return counts[CPR_MEANS_REQUEST] && (counts[CPR_MEANS_REVOKE] || counts[CPR_MEANS_CANCEL]);
}

/* A short mail that names a certificate, a lint or a fault of a status service is about that, and so is one of any
 * length in which somebody speaks to a CA. */
static void weigh_brevity(struct cpr_evidence *evidence)
{
    static const enum cpr_rule points[] = {CPR_RULE_CRTSH_CERTIFICATE,
                                           CPR_RULE_CERTIFICATE_LINK,
                                           CPR_RULE_SERIAL,
                                           CPR_RULE_FINGERPRINT,
                                           CPR_RULE_CERTIFICATE,
                                           CPR_RULE_CSR,
                                           CPR_RULE_CRL,
                                           CPR_RULE_LINT,
                                           CPR_RULE_STATUS_OUTAGE};
    bool is_about = length_of(evidence) <= CPR_LITTLE_CHARACTERS || has_voice(evidence);
    if (is_about && has_any(evidence, points, sizeof points / sizeof points[0]))
        cpr_evidence_signal(evidence, CPR_RULE_LITTLE_ELSE, "text", beginning(evidence));
    if (length_of(evidence) <= CPR_LITTLE_CHARACTERS / 5 && evidence->scan.counts[CPR_MEANS_STATUS])
        cpr_evidence_signal(evidence, CPR_RULE_STATUS_NAMED, "text", beginning(evidence));
}

/* "The key" without a certificate beside it, but lost, taken or lying open, said to a CA or for the second time. */
static bool is_key_in_danger(const struct cpr_evidence *evidence)
{
    const size_t *counts = evidence->scan.counts;
    return counts[CPR_MEANS_BARE_KEY] && !counts[CPR_MEANS_OTHER_KEYS] &&
           (counts[CPR_MEANS_YOU_ISSUED] || counts[CPR_MEANS_SILENCE]) &&
           (counts[CPR_MEANS_COMPROMISE] || counts[CPR_MEANS_PUBLISHED] || counts[CPR_MEANS_LOST]);
}

/* "Revoke it, the token is gone"; "somebody signs in my name, cancel it": nothing is called by its name. */
static bool is_signing_in_danger(const struct cpr_evidence *evidence)
{
    const size_t *counts = evidence->scan.counts;
    bool is_gone = counts[CPR_MEANS_LOST] || counts[CPR_MEANS_COMPROMISE];
    bool is_taken_back = counts[CPR_MEANS_REVOKE] || counts[CPR_MEANS_CANCEL];
    return (counts[CPR_MEANS_REVOKE] && is_gone) ||
           (counts[CPR_MEANS_SIGNED] && is_taken_back && (is_gone || counts[CPR_MEANS_UNAUTHORISED]));
}

/* In a mailbox for problem reports a short mail about a certificate is looked at, whatever it says of it: laymen have
 * their own words. Longer mail is judged by what it says. */
static void weigh_subject_matter(struct cpr_evidence *evidence)
{
    static const enum cpr_meaning things[] = {CPR_MEANS_CERTIFICATE, CPR_MEANS_KEY,          CPR_MEANS_STATUS,
                                              CPR_MEANS_WEAK_KEY,    CPR_MEANS_CODE_SIGNING, CPR_MEANS_VALIDATION,
                                              CPR_MEANS_YOU_ISSUED};
    if (length_of(evidence) > CPR_BRIEF_CHARACTERS || evidence->words_are_program_parts)
        return;
    bool is_thing = is_key_in_danger(evidence) || is_signing_in_danger(evidence);
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++)
        is_thing |= evidence->scan.counts[things[i]] > 0;
    if (!is_thing)
        return;
    struct cpr_view quote = beginning(evidence);
    cpr_evidence_signal(evidence, CPR_RULE_BRIEF, "text", quote);
    if (has_voice(evidence))
        cpr_evidence_signal(evidence, CPR_RULE_BRIEF_VOICE, "text", quote);
}

/* Archives are where keys are sent in bulk (GlobalSign, Bugzilla 1942879: .tar.xz). */
static void weigh_archives(struct cpr_evidence *evidence)
{
    static const char *const suffixes[] = {".zip", ".tar", ".gz", ".tgz", ".xz", ".bz2", ".7z", ".zst", ".rar"};
    if (evidence->reading->score < SUPPORT_SCORE)
        return;
    for (uint32_t i = 0; i < evidence->facts->part_count; i++)
        for (size_t k = 0; k < sizeof suffixes / sizeof suffixes[0]; k++)
            if (cpr_view_ends_nocase(cpr_view_of(evidence->facts->parts[i].name), suffixes[k]))
                cpr_evidence_signal(evidence, CPR_RULE_ARCHIVE, "attachment",
                                    cpr_view_of(evidence->facts->parts[i].name));
}

/* A forged sender gains a glance and nothing else, so that no proof is asked for. */
static void weigh_sender(struct cpr_evidence *evidence)
{
    const struct cpr_judge_settings *settings = evidence->settings;
    struct cpr_view from = cpr_view_of(evidence->facts->from_address);
    size_t at = cpr_view_find_byte(from, '@', 0);
    for (uint32_t i = 0; i < settings->watched_sender_count && i < CPR_JUDGE_WORDS_MAX; i++) {
        struct cpr_view watched = cpr_view_of(settings->watched_senders[i]);
        bool is_domain = watched.len && watched.data[0] == '@';
        if (watched.len && cpr_view_equal_nocase(is_domain ? cpr_view_slice(from, at, from.len) : from, watched))
            cpr_evidence_signal(evidence, CPR_RULE_WATCHED_SENDER, "sender", from);
    }
}

/* The first of the operator's terms and of his names that the text holds, in the order of his lists. */
struct own_words {
    uint16_t term, name; /* CPR_JUDGE_WORDS_MAX + name */
};

static void find_own(void *context, size_t at, const struct cpr_phrase *phrase)
{
    struct own_words *found = context;
    uint16_t *first = phrase->number < CPR_JUDGE_WORDS_MAX ? &found->term : &found->name;
    (void)at;
    if (phrase->number < *first)
        *first = phrase->number;
}

/* The operator's words in any case; a word of the operator's is compared as it is written. */
static void weigh_own(struct cpr_evidence *evidence)
{
    const struct cpr_judge_settings *settings = evidence->settings;
    const size_t *counts = evidence->scan.counts;
    struct own_words found = {CPR_JUDGE_WORDS_MAX, 2 * CPR_JUDGE_WORDS_MAX};
    struct cpr_phrases phrases;
    if (!settings)
        return;
    cpr_phrases_clear(&phrases);
    for (uint32_t i = 0; i < settings->term_count && i < CPR_JUDGE_WORDS_MAX; i++)
        cpr_phrases_add(&phrases, settings->terms[i], (uint16_t)i);
    bool is_about = counts[CPR_MEANS_CERTIFICATE] || counts[CPR_MEANS_KEY] || counts[CPR_MEANS_STATUS];
    for (uint32_t i = 0; is_about && i < settings->own_name_count && i < CPR_JUDGE_WORDS_MAX; i++)
        cpr_phrases_add(&phrases, settings->own_names[i], (uint16_t)(CPR_JUDGE_WORDS_MAX + i));
    cpr_phrases_each(&phrases, evidence->text, find_own, &found);
    if (found.term < CPR_JUDGE_WORDS_MAX)
        cpr_evidence_signal(evidence, CPR_RULE_OWN_TERM, "text", cpr_view_of(settings->terms[found.term]));
    weigh_sender(evidence);
    if (found.name < 2 * CPR_JUDGE_WORDS_MAX)
        cpr_evidence_signal(evidence, CPR_RULE_OWN_NAME, "text",
                            cpr_view_of(settings->own_names[found.name - CPR_JUDGE_WORDS_MAX]));
}

void cpr_evidence_combine(struct cpr_evidence *evidence)
{
    count_identifiers(evidence);
    weigh_brevity(evidence);
    weigh_subject_matter(evidence);
    weigh_archives(evidence);
    weigh_own(evidence);
}
