#include "cpr/judge/judge.h"
#include "cpr/judge/ack.h"
#include "cpr/base/digest.h"
#include "cpr/base/text.h"
#include "cpr/judge/evidence.h"
#include "cpr/judge/links.h"
#include "cpr/judge/identifiers.h"
#include "cpr/judge/material.h"
#include "cpr/judge/noise.h"
#include "cpr/judge/own.h"
#include "cpr/judge/own_words.h"
#include "cpr/judge/notice.h"
#include "cpr/judge/origin.h"
#include "cpr/judge/redact.h"
#include "cpr/judge/verdict.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Counted up by hand when code changes what is found; the hash tells that the tables changed. */
#define RULESET_VERSION 10

static char ruleset[80];

static void add_text(struct cpr_digest_stream *stream, const char *text)
{
    cpr_digest_stream_add(stream, cpr_view_make(text, strlen(text) + 1)); /* with the NUL: no two rows run together */
}

static void build_ruleset(void)
{
    struct cpr_digest_stream *stream = cpr_digest_stream_new();
    char number[64];
    for (unsigned i = 0; i < CPR_RULES; i++) {
        const struct cpr_signal_rule *rule = cpr_signal_rule(i);
        snprintf(number, sizeof number, "%d %d %u %u %u", (int)rule->weight, rule->is_hard, rule->first, rule->second,
                 (unsigned)rule->window);
        add_text(stream, rule->id);
        add_text(stream, number);
    }
    const struct cpr_vocabulary_row *row;
    for (size_t i = 0; (row = cpr_vocabulary_row(i)) != NULL; i++) {
        snprintf(number, sizeof number, "%u %s", row->meaning, row->language);
        add_text(stream, number);
        add_text(stream, row->patterns);
    }
    struct cpr_digest digest = cpr_digest_stream_end(&stream);
    char hex[CPR_DIGEST_HEX_SIZE];
    cpr_digest_to_hex(&digest, hex);
    snprintf(ruleset, sizeof ruleset, "%d+sha256:%.16s", RULESET_VERSION, hex);
}

const char *cpr_judge_ruleset(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, build_ruleset);
    return ruleset;
}

void cpr_judge_prepare(void)
{
    cpr_facts_prepare();
    cpr_scan_prepare();
    (void)cpr_judge_ruleset();
}

/* A claimed date outside what the program can count with is as good as none. */
static int64_t believable(int64_t utc_ms)
{
    return cpr_time_is_plausible(utc_ms) ? utc_ms : CPR_TIME_NONE;
}

static bool is_automatic(const struct cpr_facts *facts)
{
    struct cpr_view submitted = cpr_view_trim(cpr_view_of(facts->auto_submitted));
    struct cpr_view precedence = cpr_view_trim(cpr_view_of(facts->precedence));
    return (submitted.len && !cpr_view_starts_nocase(submitted, "no")) || facts->is_autoreply ||
           (facts->has_return_path && facts->return_path[0] == 0) || cpr_view_starts_nocase(precedence, "bulk") ||
           cpr_view_starts_nocase(precedence, "junk") || cpr_view_starts_nocase(precedence, "auto");
}

static void copy_header(const struct cpr_facts *facts, struct cpr_reading *reading)
{
    cpr_redact_copy(reading->from_address, sizeof reading->from_address, cpr_view_of(facts->from_address));
    cpr_redact_copy(reading->from_name, sizeof reading->from_name, cpr_view_of(facts->from_name));
    cpr_redact_copy(reading->to, sizeof reading->to, cpr_view_of(facts->to));
    cpr_redact_copy(reading->recipients, sizeof reading->recipients, cpr_view_of(facts->recipients));
    cpr_redact_copy(reading->reply_to, sizeof reading->reply_to, cpr_view_of(facts->reply_to));
    cpr_redact_copy(reading->subject, sizeof reading->subject, cpr_view_of(facts->subject));
    cpr_text_copy(reading->message_id, sizeof reading->message_id, cpr_view_of(facts->message_id));
    cpr_text_copy(reading->alert_token, sizeof reading->alert_token, cpr_view_of(facts->alert_token));
    reading->date_ms = believable(facts->date_ms);
    for (uint32_t i = 0; i < facts->reference_count && i < CPR_REFERENCES_MAX; i++)
        cpr_text_copy(reading->references[reading->reference_count++], CPR_MESSAGE_ID_SIZE,
                      cpr_view_of(facts->references[i]));
    for (uint32_t i = 0; i < facts->received_count && i < CPR_RECEIVED_MAX; i++) {
        struct cpr_received *received = &reading->received[reading->received_count++];
        received->utc_ms = believable(facts->received[i].utc_ms);
        cpr_text_copy(received->by_host, sizeof received->by_host, cpr_view_of(facts->received[i].by_host));
    }
    reading->is_automatic = is_automatic(facts);
}

/* The lines that the receipt is read from, and the topmost one, as they stand: for whoever checks it. */
static void copy_raw_lines(const struct cpr_facts *facts, uint32_t own_count, struct cpr_reading *reading)
{
    for (uint32_t i = 0; i < reading->received_count && (i == 0 || i < own_count); i++)
        cpr_redact_copy(reading->received[i].raw, sizeof reading->received[i].raw, cpr_view_of(facts->received[i].raw));
}

static void copy_attachments(const struct cpr_facts *facts, struct cpr_reading *reading)
{
    for (uint32_t i = 0; i < facts->part_count && reading->attachment_count < CPR_ATTACHMENTS_MAX; i++) {
        const struct cpr_facts_part *part = &facts->parts[i];
        if (!part->is_attachment || part->is_member)
            continue;
        char unnamed[128];
        snprintf(unnamed, sizeof unnamed, "(unnamed %s)", part->type);
        cpr_redact_copy(reading->attachments[reading->attachment_count++], sizeof reading->attachments[0],
                        cpr_view_of(part->name[0] ? part->name : unnamed));
    }
    /* What is in archives comes last: no attachment may be pushed from the list by the names in another. */
    struct cpr_view members = cpr_buffer_view(&facts->members), name;
    while (reading->attachment_count < CPR_ATTACHMENTS_MAX && cpr_view_next_line(&members, &name))
        cpr_redact_copy(reading->attachments[reading->attachment_count++], sizeof reading->attachments[0], name);
}

/* White space folded to single spaces, none at the ends. */
static void add_folded(struct cpr_buffer *out, struct cpr_view text)
{
    for (size_t i = 0; i < text.len;) {
        size_t from = i;
        while (i < text.len && !cpr_ascii_is_space(text.data[i]))
            i++;
        if (i > from && out->len)
            cpr_buffer_add_byte(out, ' ');
        cpr_buffer_add(out, cpr_view_slice(text, from, i - from));
        while (i < text.len && cpr_ascii_is_space(text.data[i]))
            i++;
    }
}

/* "Re: AW: x" is x: a report sent again keeps its digest. */
static struct cpr_view bare_subject(struct cpr_view subject)
{
    static const char *const prefixes[] = {"re:", "fw:", "fwd:", "aw:", "wg:", "tr:", "sv:", "rv:"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (cpr_view_starts_nocase(subject, prefixes[i])) {
            subject = cpr_view_trim(cpr_view_slice(subject, strlen(prefixes[i]), subject.len));
            i = (size_t)-1;
        }
    return subject;
}

/* Over the subject, the text and what is attached: two reports that say the same about different keys are different. */
static void digest_text(const struct cpr_facts *facts, char out[CPR_DIGEST_HEX_SIZE])
{
    struct cpr_buffer folded = cpr_buffer_new(2 * CPR_TEXT_MAX_BYTES);
    add_folded(&folded, bare_subject(cpr_view_of(facts->subject)));
    for (uint32_t i = 0; i < facts->further_subject_count; i++)
        add_folded(&folded, cpr_view_of(facts->further_subjects[i]));
    add_folded(&folded, cpr_buffer_view(&facts->text));
    struct cpr_digest_stream *stream = cpr_digest_stream_new();
    cpr_digest_stream_add(stream, cpr_buffer_view(&folded));
    for (uint32_t i = 0; i < facts->part_count; i++)
        if (facts->parts[i].is_opaque || facts->parts[i].is_attachment) {
            add_text(stream, "");
            cpr_digest_stream_add(stream, cpr_buffer_view(&facts->parts[i].bytes));
        }
    struct cpr_digest digest = cpr_digest_stream_end(&stream);
    cpr_digest_to_hex(&digest, out);
    cpr_buffer_free(&folded);
}

static void excerpt(struct cpr_view text, struct cpr_reading *reading)
{
    struct cpr_buffer folded = cpr_buffer_new(CPR_EXCERPT_SIZE);
    add_folded(&folded, cpr_view_slice(text, 0, 4 * CPR_EXCERPT_SIZE));
    cpr_text_copy(reading->excerpt, sizeof reading->excerpt, cpr_buffer_view(&folded));
    cpr_buffer_free(&folded);
}

/* A delivery report that speaks of no failure (RFC 3464 section 2.3.3: delayed, delivered, relayed, expanded). */
static bool is_no_failure(struct cpr_view text)
{
    return cpr_view_find_nocase(text, "action: failed", 0) == CPR_VIEW_NOT_FOUND &&
           (cpr_view_find_nocase(text, "action: delivered", 0) != CPR_VIEW_NOT_FOUND ||
            cpr_view_find_nocase(text, "action: delayed", 0) != CPR_VIEW_NOT_FOUND ||
            cpr_view_find_nocase(text, "action: relayed", 0) != CPR_VIEW_NOT_FOUND ||
            cpr_view_find_nocase(text, "action: expanded", 0) != CPR_VIEW_NOT_FOUND);
}

/* What a reply says itself. After the identifiers were found. */
static void read_own_words(struct cpr_view text, struct cpr_reading *reading)
{
    struct cpr_buffer own = cpr_buffer_new(3 * text.len + 8), folded = cpr_buffer_new(CPR_OWN_WORDS_SIZE);
    cpr_own_words(text, &own);
    cpr_own_words_mark(cpr_buffer_view(&own), reading);
    add_folded(&folded, cpr_view_slice(cpr_buffer_view(&own), 0, 4 * CPR_OWN_WORDS_SIZE));
    cpr_text_copy(reading->own_words, sizeof reading->own_words, cpr_buffer_view(&folded));
    cpr_buffer_free(&own);
    cpr_buffer_free(&folded);
}

/* Which message a delivery report returns: a part of a multipart/report, or what a plain one (qmail, Exchange) shows.
 */
static void read_returned(const struct cpr_facts *facts, struct cpr_view text, struct cpr_reading *reading)
{
    bool is_report = cpr_view_equal_nocase(cpr_view_of(facts->content_type), cpr_view_of("multipart/report"));
    if ((!is_report && reading->kind != CPR_KIND_BOUNCE) || is_no_failure(text))
        return;
    if (is_report)
        cpr_text_copy(reading->returned_id, sizeof reading->returned_id, cpr_view_of(facts->returned_id));
    if (!reading->returned_id[0])
        cpr_own_words_returned(text, reading->returned_id);
    if (!reading->returned_id[0] && reading->kind == CPR_KIND_BOUNCE && reading->reference_count)
        memcpy(reading->returned_id, reading->references[0],
               sizeof reading->returned_id); /* it answers what it returns */
}

static void weigh(struct cpr_evidence *evidence)
{
    cpr_scan_text(&evidence->folded, &evidence->scan);
    cpr_material_find(evidence);
    cpr_links_find(evidence);
    cpr_identifiers_find(evidence);
    cpr_evidence_vocabulary(evidence);
    cpr_own_text(evidence);
    cpr_evidence_combine(evidence);
}

/* What is needed to judge the row of a notice as a mail of one line. */
struct line_judge {
    struct cpr_facts facts;
    struct cpr_reading reading;
};

/* "A Person <a@b.example>" is a@b.example. */
static struct cpr_view bare_address(struct cpr_view sender)
{
    size_t open = cpr_view_find_byte(sender, '<', 0);
    size_t close = open == CPR_VIEW_NOT_FOUND ? open : cpr_view_find_byte(sender, '>', open);
    return close == CPR_VIEW_NOT_FOUND ? sender : cpr_view_slice(sender, open + 1, close - open - 1);
}

static void judge_row(struct cpr_view sender, struct cpr_view subject, const struct cpr_judge_settings *settings,
                      struct line_judge *line, struct cpr_notice_row *row_out)
{
    struct cpr_buffer text = cpr_buffer_new(2 * CPR_TEXT_MAX_BYTES);
    cpr_redact(subject, &text);
    size_t subject_len = text.len;
    cpr_text_copy(row_out->subject, sizeof row_out->subject, cpr_view_trim(cpr_buffer_view(&text)));
    cpr_buffer_add_byte(&text, '\n');
    cpr_redact(sender, &text);
    cpr_text_copy(row_out->sender, sizeof row_out->sender,
                  cpr_view_slice(cpr_buffer_view(&text), subject_len + 1, text.len));
    cpr_text_copy(line->facts.from_address, sizeof line->facts.from_address, bare_address(sender));
    cpr_text_copy(line->facts.subject, sizeof line->facts.subject, subject);
    cpr_reading_clear(&line->reading);
    struct cpr_evidence evidence = {
        .facts = &line->facts,
        .settings = settings,
        .reading = &line->reading,
        .text = cpr_buffer_view(&text),
        .subject_len = subject_len,
    };
    cpr_folded_add(&evidence.folded, evidence.text, 0);
    weigh(&evidence);
    enum cpr_verdict verdict = cpr_verdict_of(&evidence);
    row_out->verdict = verdict < CPR_VERDICT_POSSIBLE ? CPR_VERDICT_POSSIBLE : verdict; /* nobody has seen the mail */
    cpr_scan_free(&evidence.scan);
    cpr_folded_free(&evidence.folded);
    cpr_buffer_free(&text);
}

static void copy_rows(const struct cpr_notice *notice, const struct cpr_judge_settings *settings,
                      struct cpr_reading *reading)
{
    struct line_judge *line = calloc(1, sizeof *line);
    cpr_text_copy(reading->notice_source, sizeof reading->notice_source, cpr_view_of(notice->source->name));
    if (!line) {
        reading->limits |= CPR_READING_READER_DIED; /* and "undecidable": a human looks */
        return;
    }
    for (uint32_t i = 0; i < cpr_notice_row_count(notice); i++) {
        struct cpr_notice_row *row = &reading->notice_rows[reading->notice_row_count++];
        judge_row(notice->list.rows[i].sender, notice->list.rows[i].subject, settings, line, row);
        row->held_ms = notice->held_ms[i];
        row->expires_ms = notice->expires_ms[i];
    }
    free(line);
}

static void write_excerpt(const struct cpr_facts *facts, struct cpr_reading *reading)
{
    struct cpr_buffer text = cpr_buffer_new(CPR_TEXT_MAX_BYTES + 2 * CPR_SUBJECT_SIZE);
    cpr_redact(cpr_buffer_view(&facts->text), &text);
    excerpt(cpr_buffer_view(&text), reading);
    cpr_buffer_free(&text);
}

static void judge(const struct cpr_facts *facts, const struct cpr_judge_settings *settings, struct cpr_reading *reading)
{
    struct cpr_notice *notice = cpr_notice_read(facts, settings, reading->authenticated_domain);
    struct cpr_buffer text =
        cpr_buffer_new(CPR_TEXT_MAX_BYTES + 2 * (1 + CPR_FACTS_SUBJECTS_MAX) * CPR_FACTS_SUBJECT_SIZE);
    for (uint32_t i = 0; i < facts->further_subject_count; i++) {
        cpr_redact(cpr_view_of(facts->further_subjects[i]), &text);
        cpr_buffer_add_byte(&text, '\n');
    }
    cpr_redact(cpr_view_of(facts->subject), &text);
    size_t subject_len = text.len;
    cpr_buffer_add_byte(&text, '\n');
    cpr_redact(cpr_buffer_view(notice ? &notice->rest : &facts->text), &text);
    struct cpr_evidence evidence = {
        .facts = facts,
        .settings = settings,
        .reading = reading,
        .text = cpr_buffer_view(&text),
        .subject_len = subject_len,
        .subjects_apart = facts->further_subject_count ? (uint32_t)subject_len : 0,
    };
    cpr_folded_add(&evidence.folded, evidence.text, 0);
    weigh(&evidence);
    if (notice) {
        copy_rows(notice, settings, reading);
        cpr_notice_surface(notice, &evidence);
        write_excerpt(facts, reading);
    } else {
        cpr_notice_unproved(&evidence);
        excerpt(cpr_view_slice(evidence.text, subject_len + 1, evidence.text.len), reading);
        read_own_words(cpr_view_slice(evidence.text, subject_len + 1, evidence.text.len), reading);
    }
    reading->verdict = cpr_verdict_of(&evidence);
    reading->kind = cpr_kind_of(&evidence, reading->verdict);
    if (cpr_noise_apply(&evidence))
        reading->kind = cpr_kind_of(&evidence, reading->verdict);
    if (!notice)
        read_returned(facts, cpr_view_slice(evidence.text, subject_len + 1, evidence.text.len), reading);
    memcpy(reading->language, evidence.scan.language, sizeof evidence.scan.language);
    cpr_scan_free(&evidence.scan);
    cpr_folded_free(&evidence.folded);
    cpr_buffer_free(&text);
    cpr_notice_free(&notice);
}

void cpr_judge_message(struct cpr_view raw, bool is_cut, const struct cpr_judge_settings *settings,
                       struct cpr_reading *reading_out)
{
    cpr_judge_prepare();
    cpr_reading_clear(reading_out);
    cpr_text_copy(reading_out->ruleset, sizeof reading_out->ruleset, cpr_view_of(cpr_judge_ruleset()));
    struct cpr_facts *facts = malloc(sizeof *facts);
    if (!facts) {
        reading_out->limits = CPR_READING_READER_DIED; /* and "undecidable": a human looks */
        return;
    }
    cpr_facts_read(raw, is_cut, facts);
    reading_out->limits = facts->limits;
    copy_header(facts, reading_out);
    cpr_origin_of(facts, settings, reading_out->authenticated_domain);
    copy_raw_lines(facts, settings ? cpr_origin_own_received(facts, settings) : 0, reading_out);
    copy_attachments(facts, reading_out);
    digest_text(facts, reading_out->text_digest);
    cpr_ack_find(cpr_buffer_view(&facts->text), reading_out);
    judge(facts, settings, reading_out);
    cpr_facts_free(facts);
    free(facts);
}
