/* The timeline of an incident report: what the record knows of the case in UTC to the minute, and what a person is
 * asked.
 *
 * It is going to be public: no staff, no bookkeeping, no words of any mail. What happened comes from the legs, the
 * replies and the claims where these know it (a reply counts when it was sent, not when it was found), else from the
 * events. */
#include "ccadb_parts.h"

#include "cpr/base/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SERIALS_SHOWN = 5, LINE_SIZE = 1024 };

struct entry {
    int64_t at_ms;
    size_t order;
    const char *what;  /* Markdown of ours; static, or borrowed from `texts` */
    const char *text;  /* any text, borrowed; "" for none */
    const char *asked; /* of a person; static, NULL for nothing */
};

struct timeline {
    const json_t *item;
    struct entry *entries;
    size_t count, size;
    json_t *texts; /* owns what was written for it */
};

static int by_time(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    if (left->at_ms != right->at_ms)
        return left->at_ms < right->at_ms ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

/* At no known time nothing is said. */
static void add(struct timeline *timeline, int64_t at_ms, const char *what, const char *text, const char *asked)
{
    if (at_ms == CPR_TIME_NONE)
        return;
    if (timeline->count == timeline->size) {
        timeline->size = timeline->size ? 2 * timeline->size : 64;
        timeline->entries = realloc(timeline->entries, timeline->size * sizeof *timeline->entries);
        CPR_ASSERT(timeline->entries);
    }
    timeline->entries[timeline->count] = (struct entry){at_ms, timeline->count, what, text, asked};
    timeline->count++;
}

/* Keeps a text as long as the timeline. */
static const char *keep(struct timeline *timeline, const char *text)
{
    json_t *string = cpr_json_text(text);
    json_array_append_new(timeline->texts, string);
    return json_string_value(string);
}

/* --- the receipt, and the end of its time --------------------------------------------------------------------------
 */

static void add_receipt(struct timeline *timeline)
{
    static const struct {
        const char *source, *words;
    } sources[] = {{"received", "the Received line of its own mail host"},
                   {"savedate", "SAVEDATE of its mail server"},
                   {"internaldate", "INTERNALDATE of its mail server"},
                   {"first-sight", "the audit's first sight of it"}};
    const json_t *item = timeline->item;
    const char *source = cpr_json_get(item, "receipt_source"), *words = source;
    int64_t received_ms = cpr_ccadb_time(item, "received"), found_ms = cpr_ccadb_time(item, "found");
    bool is_odd = *cpr_json_get(json_object_get(item, "receipt_suspect"), source) != 0;
    int64_t seen_ms = cpr_ccadb_time(json_object_get(item, "receipt_alternatives"), "first-sight");
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        words = strcmp(source, sources[i].source) == 0 ? sources[i].words : words;
    add(timeline, received_ms,
        "**The CA Owner received the Certificate Problem Report**, by its own mail system; evidence: ", words,
        is_odd ? "this stamp is odd beside the others of the record: confirm the time" : NULL);
    add(timeline, cpr_ccadb_time(item, "deadline"), "The time for the preliminary report ended (BR 4.9.5)", "", NULL);
    if (found_ms == CPR_TIME_NONE || seen_ms == CPR_TIME_NONE || seen_ms > found_ms - CPR_MINUTE_MS)
        return; /* seen and found at once */
    add(timeline, seen_ms, "The audit of the mailbox read the report for the first time", "", NULL);
}

/* --- the answers ---------------------------------------------------------------------------------------------------
 */

/* Each of our mails at the time when it was sent, as the audit judged it. */
static void add_replies(struct timeline *timeline)
{
    static const struct {
        const char *class, *words;
    } classes[] = {
        {"substantive", "A reply that speaks of findings was sent to the reporter"},
        {"acknowledgement", "An acknowledgement was sent to the reporter, which is no preliminary report"},
        {"other-recipient", "A mail about the report was sent, but not to the reporter"},
        {"bounce", "A reply was sent to the reporter and came back undelivered"},
    };
    size_t i;
    json_t *reply;
    json_array_foreach(json_object_get(timeline->item, "replies"), i, reply)
    {
        bool is_automatic = json_is_true(json_object_get(reply, "automatic"));
        for (size_t k = 0; k < sizeof classes / sizeof classes[0]; k++)
            if (strcmp(cpr_json_get(reply, "class"), classes[k].class) == 0)
                add(timeline, cpr_ccadb_time(reply, "sent"),
                    is_automatic && k == 1 ? "An automatic acknowledgement was sent to the reporter, which is no "
                                             "preliminary report"
                                           : classes[k].words,
                    "", NULL);
    }
}

static void add_leg(struct timeline *timeline, const char *name, const char *words)
{
    struct cpr_ccadb_leg leg = cpr_ccadb_leg(timeline->item, name);
    if (!cpr_ccadb_leg_is_closed(&leg))
        return;
    if (*leg.part)
        add(timeline, leg.at_ms, words, "a mail in Sent",
            "confirm that it was on the findings, not an acknowledgement");
    else
        add(timeline, leg.at_ms, words, *leg.note ? leg.note : "a person's word",
            "this is when it was recorded: confirm the time, and that it was on the findings, not an acknowledgement");
}

/* --- revocation ----------------------------------------------------------------------------------------------------
 */

/* Until when the certificates were to be revoked; nothing when there was nothing to be, or it was no report. */
static void add_revocation_deadline(struct timeline *timeline)
{
    const json_t *revocation = json_object_get(timeline->item, "revocation");
    const char *state = cpr_json_get(revocation, "state");
    bool is_5d = strcmp(cpr_json_get(revocation, "class"), "5d") == 0;
    if (strcmp(state, "open") == 0 || strcmp(state, "ended") == 0)
        add(timeline, cpr_ccadb_time(revocation, "deadline"),
            is_5d ? "The time for published revocation ended (BR 4.9.1.1, 5 days from receipt)"
                  : "The time for published revocation ended (BR 4.9.1.1, 24 hours from receipt)",
            "", NULL);
}

/* What is told of claims; those of the same minute and the same words become one line. */
enum about { ABOUT_CLAIMED = 0, ABOUT_FOUND, ABOUT_REVOKED, ABOUTS };

/* When every source says so: the time of the revocation as they give it. */
static int64_t revoked_ms(const json_t *claim)
{
    size_t i;
    json_t *answer;
    int64_t at_ms = CPR_TIME_NONE;
    if (strcmp(cpr_json_get(claim, "finding"), "revoked") != 0)
        return CPR_TIME_NONE;
    json_array_foreach(json_object_get(claim, "answers"), i, answer)
    {
        if (strcmp(cpr_json_get(answer, "word"), "revoked") == 0)
            at_ms = cpr_ccadb_time(answer, "revoked");
    }
    return at_ms;
}

static const char *words_of(const json_t *claim, enum about about, int64_t *at_ms_out)
{
    static const struct {
        const char *finding, *words;
    } findings[] = {
        {"revoked", "Every CRL and OCSP responder of the CA says that it is revoked:"},
        {"incomplete", "CRLs and OCSP responders of the CA were asked, not all of them answered, none says good:"},
        {"stale", "A CRL or OCSP responder of the CA still serves an answer whose time is over about"},
        {"unknown", "An OCSP responder of the CA does not know"},
        {"nothing", "No CRL or OCSP responder of the CA gave an answer that counts about"},
        {"good", "CRLs and OCSP responders of the CA say that it is NOT revoked:"},
        {"contradictory", "CRLs and OCSP responders of the CA contradict each other about"},
    };
    *at_ms_out = cpr_ccadb_time(claim, about == ABOUT_CLAIMED ? "claimed" : "since");
    if (about == ABOUT_CLAIMED)
        return "It was said by the CA Owner to be revoked:";
    if (about == ABOUT_REVOKED) {
        *at_ms_out = revoked_ms(claim);
        return "**Revocation**, as the CA's CRL or OCSP responder gives its time, of";
    }
    for (size_t i = 0; i < sizeof findings / sizeof findings[0]; i++)
        if (strcmp(cpr_json_get(claim, "finding"), findings[i].finding) == 0)
            return findings[i].words;
    return NULL;
}

static bool is_alike(const json_t *claim, enum about about, const char *words, int64_t at_ms)
{
    int64_t other_ms;
    return words_of(claim, about, &other_ms) == words && other_ms != CPR_TIME_NONE &&
           other_ms / CPR_MINUTE_MS == at_ms / CPR_MINUTE_MS;
}

/* "3 certificates, serial numbers 4a, 4b, 4c"; of many the first ones. */
static const char *describe(struct timeline *timeline, enum about about, size_t first, const char *words, int64_t at_ms)
{
    char serials[LINE_SIZE] = "", text[LINE_SIZE + 128];
    size_t used = 0, count = 0, i;
    json_t *claim;
    json_array_foreach(json_object_get(timeline->item, "revocations"), i, claim)
    {
        if (i < first || !is_alike(claim, about, words, at_ms))
            continue;
        if (count++ < SERIALS_SHOWN)
            used += (size_t)snprintf(serials + used, sizeof serials - used, "%s%.64s", used ? ", " : "",
                                     cpr_json_get(claim, "serial"));
    }
    snprintf(text, sizeof text, "%zu certificate%s, serial number%s %s%s", count, count == 1 ? "" : "s",
             count == 1 ? "" : "s", serials, count > SERIALS_SHOWN ? ", and others (see the appendix)" : "");
    return keep(timeline, text);
}

static void add_claims(struct timeline *timeline, enum about about)
{
    const json_t *claims = json_object_get(timeline->item, "revocations");
    size_t i;
    json_t *claim;
    json_array_foreach((json_t *)claims, i, claim)
    {
        int64_t at_ms;
        bool is_told = false;
        const char *words = words_of(claim, about, &at_ms);
        for (size_t k = 0; k < i && words && at_ms != CPR_TIME_NONE; k++)
            is_told = is_told || is_alike(json_array_get(claims, k), about, words, at_ms);
        if (words && at_ms != CPR_TIME_NONE && !is_told)
            add(timeline, at_ms, words, describe(timeline, about, i, words, at_ms), NULL);
    }
}

/* --- the events ----------------------------------------------------------------------------------------------------
 */

/* What the record's events mean to a stranger. Others stand under their own name. */
struct meaning {
    const char *event, *words; /* NULL: bookkeeping, or told better above */
    bool hides_text;           /* it names staff, or quotes a mail */
};

static struct meaning meaning_of(const char *event)
{
    static const struct meaning meanings[] = {
        {"case-opened", "The audit of the mailbox found the report and opened a case", true},
        {"move-begins", NULL, false},
        {"moved", "The audit moved the report to the inbox", true},
        {"alert-sent", "On-call staff was alerted", true},
        {"alert-failed", "An alert to on-call staff failed and was tried again later", true},
        {"acked", "A person took charge of the case", true},
        {"ack-again", NULL, false},
        {"ack-refused", NULL, false},
        {"answered", "An answer was recorded", true},
        {"reporter-answered", NULL, false},
        {"not-an-answer", NULL, false},
        {"not-applicable", "A person recorded that nobody is to be answered there", true},
        {"unanswered", "The answer did not name all that the report names", true},
        {"dismissed", "A person recorded that this is no Certificate Problem Report", true},
        {"dismissed-by-move", "A person moved the report to the folder of what is no report", true},
        {"confirmed", "A second person confirmed that this is no Certificate Problem Report", true},
        {"reopened", "The case was opened again", true},
        {"linked", "Another message was found that belongs with the report", true},
        {"copy", "A further copy of the report was found", true},
        {"put-back", "The report was found in a junk folder again", true},
        {"in-inbox", "The report was found in the inbox", true},
        {"released", "A hosted quarantine let the report go", true},
        {"judged-anew", "The report was judged anew by later rules", true},
        {"receipt-earlier", "An earlier receipt became known", true},
        {"revocation-class", "The time for the revocation was set anew", true},
        {"revocation-ended", "It was recorded that nothing of the report is left to be revoked", true},
        {"revocation-reopened", "A certificate that was recorded as revoked was found not to be", true},
        {"revocation-claimed", NULL, false},
        {"revocation-checked", NULL, false},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (strcmp(meanings[i].event, event) == 0)
            return meanings[i];
    return (struct meaning){event, "", false};
}

static void add_events(struct timeline *timeline)
{
    size_t i;
    json_t *event;
    json_array_foreach(json_object_get(timeline->item, "log"), i, event)
    {
        struct meaning meaning = meaning_of(cpr_json_get(event, "event"));
        if (!meaning.words)
            continue;
        bool is_named = *meaning.words != 0; /* else its name is a text like any other */
        add(timeline, cpr_ccadb_time(event, "at"), meaning.words,
            is_named ? (meaning.hides_text ? "" : cpr_json_get(event, "text")) : meaning.event, NULL);
    }
}

/* --- on paper ------------------------------------------------------------------------------------------------------
 */

static bool is_same_line(const struct entry *a, const struct entry *b)
{
    return a->at_ms / CPR_MINUTE_MS == b->at_ms / CPR_MINUTE_MS && a->what == b->what && strcmp(a->text, b->text) == 0;
}

static void write_entry(struct cpr_buffer *out, const struct entry *entry)
{
    cpr_buffer_add_text(out, "- ");
    cpr_ccadb_minute(out, entry->at_ms, "");
    cpr_buffer_add_text(out, " - ");
    cpr_buffer_add_text(out, entry->what);
    size_t len = strlen(entry->what);
    cpr_buffer_add_text(out, *entry->text && len && entry->what[len - 1] != ' ' ? " " : "");
    cpr_ccadb_text(out, entry->text);
    if (entry->asked) {
        cpr_buffer_add_byte(out, ' ');
        cpr_ccadb_person(out, entry->asked);
    }
    cpr_buffer_add_byte(out, '\n');
}

/* A line for each half of the duty that the record does not show as done. */
static void ask_for_leg(const struct cpr_ccadb_writing *writing, const char *name, const char *question)
{
    struct cpr_buffer *out = writing->out;
    struct cpr_ccadb_leg leg = cpr_ccadb_leg(writing->item, name);
    if (cpr_ccadb_leg_is_closed(&leg))
        return;
    cpr_buffer_add_text(out, "- ");
    if (strcmp(leg.state, "not-applicable") == 0) {
        cpr_buffer_add_format(out, "A report to the %s was recorded as not applicable: ", name);
        cpr_ccadb_text(out, leg.note);
        cpr_buffer_add_byte(out, ' ');
    }
    cpr_ccadb_person(out, question);
    cpr_buffer_add_byte(out, '\n');
}

/* What IRG 3.2 expects beyond what a record of mail can know. */
static void ask_for_rest(struct cpr_buffer *out)
{
    static const char *const questions[] = {
        "times of all policy, process and software changes that contributed to the root causes",
        "time at which the incident began, when it was not the end of the 24 hours",
        "time at which the CA Owner became aware of the incident; the record shows when people were alerted and when "
        "one "
        "took charge",
        "times at which the scope and impact of the incident were concluded and disclosed, and updated",
        "times at which revocation of the affected certificates is expected to be completed, and was",
        "times at which issuance ceased and resumed, or N/A",
        "time at which the incident ended",
    };
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        cpr_buffer_add_text(out, "- ");
        cpr_ccadb_person(out, questions[i]);
        cpr_buffer_add_byte(out, '\n');
    }
    cpr_buffer_add_byte(out, '\n');
}

void cpr_ccadb_timeline(const struct cpr_ccadb_writing *writing)
{
    struct timeline timeline = {.item = writing->item, .texts = json_array()};
    add_receipt(&timeline);
    add_revocation_deadline(&timeline);
    add_events(&timeline);
    add_replies(&timeline);
    for (enum about about = 0; about < ABOUTS; about++)
        add_claims(&timeline, about);
    add_leg(&timeline, "reporter",
            "**The CA Owner provided a preliminary report on its findings to the entity who filed**; evidence: ");
    add_leg(&timeline, "subscriber",
            "**The CA Owner provided a preliminary report on its findings to the affected Subscriber(s)**; evidence: ");
    if (timeline.count)
        qsort(timeline.entries, timeline.count, sizeof *timeline.entries, by_time);
    cpr_buffer_add_text(writing->out, "### Timeline\n\nAll times are in UTC.\n\n");
    for (size_t i = 0; i < timeline.count; i++)
        if (i == 0 || !is_same_line(&timeline.entries[i - 1], &timeline.entries[i]))
            write_entry(writing->out, &timeline.entries[i]);
    ask_for_leg(writing, "reporter",
                "time at which a preliminary report on its findings was provided to the entity who filed");
    ask_for_leg(writing, "subscriber",
                "time at which the preliminary report was provided to the affected Subscriber(s)");
    ask_for_rest(writing->out);
    free(timeline.entries);
    json_decref(timeline.texts);
}
