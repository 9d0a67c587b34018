#include "cpr/record/ccadb.h"
#include "parts.h"

#include "cpr/base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writing {
    const json_t *item;
    bool redacts_reporter;
    struct cpr_buffer *out;
};

/* --- text ----------------------------------------------------------------------------------------------------------
 */

/* On its way into Markdown: no key, no live link, and nothing that would be set as anything but text. */
static void add_text(struct cpr_buffer *out, const char *text)
{
    struct cpr_buffer harmless = cpr_buffer_new(8 * strlen(text) + 64);
    cpr_quote_harmless(&harmless, cpr_view_of(text));
    for (size_t i = 0; i < harmless.len; i++) {
        if (strchr("\\`*_{}[]<>()#+!|~&", harmless.data[i]))
            cpr_buffer_add_byte(out, '\\');
        cpr_buffer_add_byte(out, harmless.data[i]);
    }
    cpr_buffer_free(&harmless);
}

static void person(struct cpr_buffer *out, const char *what)
{
    cpr_buffer_add_format(out, "**[PERSON: %s]**", what);
}

static void point(struct cpr_buffer *out, const char *name, const char *what)
{
    cpr_buffer_add_format(out, "- **%s:** ", name);
    person(out, what);
    cpr_buffer_add_byte(out, '\n');
}

static int64_t time_of(const json_t *object, const char *key)
{
    int64_t utc_ms = CPR_TIME_NONE;
    cpr_time_parse_rfc3339(cpr_view_of(cpr_json_get(object, key)), &utc_ms);
    return utc_ms;
}

static void add_minute(struct cpr_buffer *out, int64_t utc_ms, const char *otherwise)
{
    char text[CPR_TIME_TEXT_SIZE];
    if (utc_ms == CPR_TIME_NONE)
        person(out, otherwise);
    else
        cpr_buffer_add_text(out, cpr_time_format_minute(utc_ms, text));
}

static bool is_answered(const json_t *item)
{
    return strcmp(cpr_json_get(item, "state"), "answered") == 0;
}

/* One half of the duty of BR 4.9.5. A record without legs knows of the reporter's only, and by the state of the case.
 */
struct leg {
    const char *state, *by, *note; /* borrowed; "closed", "open", "not-applicable" */
    int64_t at_ms;
};

static struct leg leg_of(const json_t *item, const char *name)
{
    size_t i;
    json_t *leg;
    json_array_foreach(json_object_get(item, "legs"), i, leg)
    {
        if (strcmp(cpr_json_get(leg, "leg"), name) == 0)
            return (struct leg){cpr_json_get(leg, "state"), cpr_json_get(leg, "by"), cpr_json_get(leg, "note"),
                                time_of(leg, "at")};
    }
    if (strcmp(name, "reporter") == 0 && is_answered(item))
        return (struct leg){"closed", cpr_json_get(item, "closed_by"), cpr_json_get(item, "closed_note"),
                            time_of(item, "closed")};
    return (struct leg){"open", "", "", CPR_TIME_NONE};
}

static bool is_closed(const struct leg *leg)
{
    return strcmp(leg->state, "closed") == 0 && leg->at_ms != CPR_TIME_NONE;
}

/* --- the timeline --------------------------------------------------------------------------------------------------
 */

struct entry {
    int64_t at_ms;
    size_t order;
    const char *what; /* static */
    const char *text; /* borrowed; "" for none */
    bool asks_person;
};

static int by_time(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    if (left->at_ms != right->at_ms)
        return left->at_ms < right->at_ms ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

/* What the record's events mean to a stranger. Others stand under their own name. */
struct meaning {
    const char *event, *words; /* NULL: bookkeeping, not in a report */
    bool hides_text;           /* it names staff */
};

static struct meaning meaning_of(const char *event)
{
    static const struct meaning meanings[] = {
        {"case-opened", "The audit of the mailbox found the report and opened a case", false},
        {"move-begins", NULL, false},
        {"moved", "The audit moved the report to the inbox", false},
        {"alert-sent", "On-call staff was alerted", true},
        {"alert-failed", "An alert to on-call staff failed and was tried again later", true},
        {"acked", "A person took charge of the case", false},
        {"ack-again", NULL, false},
        {"answered", "The case was recorded as answered", false},
        {"reporter-answered", "An answer to the reporter was found", false},
        {"not-applicable", "A person recorded that nobody is to be answered there", false},
        {"unanswered", "The answer does not name all that the report names", false},
        {"not-an-answer", "A mail in Sent was found that is no answer to the reporter", true},
        {"dismissed", "A person recorded that this is no Certificate Problem Report", false},
        {"dismissed-by-move", "A person moved the report to the folder of what is no report", false},
        {"reopened", "The case was opened again", false},
        {"linked", "Another message was found that belongs with the report", true},
        {"copy", "A further copy of the report was found", false},
        {"put-back", "The report was found in a junk folder again", false},
        {"in-inbox", "The report was found in the inbox", false},
        {"released", "A hosted quarantine let the report go", true},
        {"judged-anew", "The report was judged anew by later rules", false},
        {"receipt-earlier", "An earlier receipt became known", false},
        {"revocation-claimed", "An answer was found that speaks of revocation", true},
        {"revocation-checked", "The CA's own sources were asked whether the certificate is revoked", false},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (strcmp(meanings[i].event, event) == 0)
            return meanings[i];
    return (struct meaning){event, event, false};
}

static void collect(const json_t *item, struct entry *entries, size_t *count)
{
    int64_t received_ms = time_of(item, "received"), deadline_ms = time_of(item, "deadline");
    size_t i, n = 0;
    json_t *event;
    if (received_ms != CPR_TIME_NONE)
        entries[n++] = (struct entry){received_ms, 0,
                                      "**The CA Owner received the Certificate Problem Report** (receipt by its own "
                                      "mail system; evidence:",
                                      cpr_json_get(item, "receipt_source"), false};
    if (deadline_ms != CPR_TIME_NONE)
        entries[n++] =
            (struct entry){deadline_ms, 1, "The time for the preliminary report ended (BR 4.9.5)", "", false};
    struct leg reporter = leg_of(item, "reporter"), subscriber = leg_of(item, "subscriber");
    if (is_closed(&reporter))
        entries[n++] = (struct entry){reporter.at_ms, SIZE_MAX - 1,
                                      "**The CA Owner provided a preliminary report on its findings to the entity who "
                                      "filed** (evidence:",
                                      *reporter.note ? reporter.note : reporter.by, true};
    if (is_closed(&subscriber))
        entries[n++] = (struct entry){subscriber.at_ms, SIZE_MAX,
                                      "**The CA Owner provided a preliminary report on its findings to the affected "
                                      "Subscriber(s)** (evidence:",
                                      *subscriber.note ? subscriber.note : subscriber.by, true};
    json_array_foreach(json_object_get(item, "log"), i, event)
    {
        int64_t at_ms = time_of(event, "at");
        struct meaning meaning = meaning_of(cpr_json_get(event, "event"));
        if (at_ms != CPR_TIME_NONE && meaning.words)
            entries[n++] = (struct entry){at_ms, 2 + i, meaning.words,
                                          meaning.hides_text ? "" : cpr_json_get(event, "text"), false};
    }
    qsort(entries, n, sizeof *entries, by_time);
    *count = n;
}

static void add_entry(struct cpr_buffer *out, const struct entry *entry)
{
    bool is_open = strstr(entry->what, "evidence:") != NULL;
    cpr_buffer_add_text(out, "- ");
    add_minute(out, entry->at_ms, "");
    cpr_buffer_add_text(out, " - ");
    if (is_open) {
        cpr_buffer_add_format(out, "%s ", entry->what);
        add_text(out, entry->text);
        cpr_buffer_add_text(out, ")");
    } else {
        add_text(out, entry->what);
        cpr_buffer_add_text(out, *entry->text ? ": " : "");
        add_text(out, entry->text);
    }
    if (entry->asks_person) {
        cpr_buffer_add_byte(out, ' ');
        person(out, "confirm that it was on the findings, not an acknowledgement");
    }
    cpr_buffer_add_byte(out, '\n');
}

/* A line for each half of the duty that the record does not show as done. */
static void ask_for_leg(const struct writing *writing, const char *name, const char *question)
{
    struct cpr_buffer *out = writing->out;
    struct leg leg = leg_of(writing->item, name);
    if (is_closed(&leg))
        return;
    cpr_buffer_add_text(out, "- ");
    if (strcmp(leg.state, "not-applicable") == 0) {
        cpr_buffer_add_format(out, "A report to the %s was recorded as not applicable: ", name);
        add_text(out, leg.note);
        cpr_buffer_add_byte(out, ' ');
    }
    person(out, question);
    cpr_buffer_add_byte(out, '\n');
}

static void add_timeline(const struct writing *writing)
{
    struct cpr_buffer *out = writing->out;
    size_t count = 0;
    struct entry *entries = calloc(json_array_size(json_object_get(writing->item, "log")) + 4, sizeof *entries);
    CPR_ASSERT(entries);
    collect(writing->item, entries, &count);
    cpr_buffer_add_text(out, "### Timeline\n\nAll times are in UTC.\n\n");
    for (size_t i = 0; i < count; i++)
        add_entry(out, &entries[i]);
    free(entries);
    ask_for_leg(writing, "reporter",
                "time at which a preliminary report on its findings was provided to the entity who filed");
    ask_for_leg(writing, "subscriber",
                "time at which the preliminary report was provided to the affected Subscriber(s)");
    cpr_buffer_add_text(out, "- ");
    person(out,
           "time at which the CA Owner became aware of the incident; the record shows when people were alerted and "
           "when one took charge");
    cpr_buffer_add_text(out, "\n- ");
    person(out, "time of each revocation, and of policies, changes and audits that bear on the incident");
    cpr_buffer_add_text(out, "\n\n");
}

/* --- the forms -----------------------------------------------------------------------------------------------------
 */

static void add_policies(struct cpr_buffer *out)
{
    cpr_buffer_add_text(out,
                        "- **Relevant policies:** TLS Baseline Requirements, section 4.9.5 (preliminary report within "
                        "24 hours of receipt, to the Subscriber and to the entity who filed) ");
    person(out, "further ones, with their versions");
    cpr_buffer_add_byte(out, '\n');
}

static void add_source(const struct writing *writing)
{
    struct cpr_buffer *out = writing->out;
    cpr_buffer_add_text(out, "- **Source of incident disclosure:** ");
    person(out, "self reported, or by whom");
    if (!writing->redacts_reporter) {
        cpr_buffer_add_text(out, " The report was filed by ");
        add_text(out, cpr_json_get(writing->item, "from"));
        cpr_buffer_add_byte(out, ' ');
        person(out, "remove this unless they have agreed to be named");
    }
    cpr_buffer_add_byte(out, '\n');
}

static void add_description(const struct writing *writing)
{
    struct cpr_buffer *out = writing->out;
    const json_t *item = writing->item;
    cpr_buffer_add_text(out, "- **Incident description:** On ");
    add_minute(out, time_of(item, "received"), "time of receipt");
    cpr_buffer_add_text(out, " our mail system received a Certificate Problem Report (case ");
    cpr_buffer_add_format(out, "%lld of our record). It was found in \"",
                          (long long)json_integer_value(json_object_get(item, "case")));
    add_text(out, cpr_json_get(item, "folder"));
    cpr_buffer_add_text(out, "\" on ");
    add_minute(out, time_of(item, "found"), "when");
    cpr_buffer_add_text(out, ". ");
    person(out, "what happened, what was reported, what is known of the cause");
    cpr_buffer_add_byte(out, '\n');
}

static void add_preliminary(const struct writing *writing)
{
    cpr_buffer_add_text(writing->out, "## Preliminary Incident Report\n\n### Summary\n\n");
    add_description(writing);
    add_policies(writing->out);
    add_source(writing);
    cpr_buffer_add_byte(writing->out, '\n');
}

/* When the whole duty was done. An answer to the reporter alone is half of it: then only a person can say. */
static int64_t answered_ms(const json_t *item)
{
    struct leg reporter = leg_of(item, "reporter"), subscriber = leg_of(item, "subscriber");
    if (!is_closed(&reporter))
        return CPR_TIME_NONE;
    if (strcmp(subscriber.state, "not-applicable") == 0)
        return reporter.at_ms;
    if (!is_closed(&subscriber))
        return CPR_TIME_NONE;
    return reporter.at_ms > subscriber.at_ms ? reporter.at_ms : subscriber.at_ms;
}

static void add_summary(const struct writing *writing)
{
    struct cpr_buffer *out = writing->out;
    const json_t *item = writing->item;
    int64_t deadline_ms = time_of(item, "deadline");
    struct leg reporter = leg_of(item, "reporter");
    bool is_late = !is_closed(&reporter) || reporter.at_ms > deadline_ms;
    cpr_buffer_add_text(out, "## Full Incident Report\n\n### Summary\n\n");
    point(out, "CA Owner CCADB unique ID", "A...");
    add_description(writing);
    cpr_buffer_add_text(out, "- **Timeline summary:**\n  - Non-compliance start date: ");
    if (is_late)
        add_minute(out, deadline_ms, "when");
    else
        person(out, "the reporter was answered before the deadline: was the Subscriber, too?");
    cpr_buffer_add_text(out, "\n  - Non-compliance identified date: ");
    person(out, "when");
    cpr_buffer_add_text(out, "\n  - Non-compliance end date: ");
    add_minute(out, is_late ? answered_ms(item) : CPR_TIME_NONE,
               "when both the reporter and the Subscriber were answered");
    cpr_buffer_add_byte(out, '\n');
    add_policies(out);
    add_source(writing);
    cpr_buffer_add_byte(out, '\n');
}

static void add_impact(struct cpr_buffer *out, const json_t *item)
{
    cpr_buffer_add_text(out, "### Impact\n\n- **Total number of certificates:** ");
    person(out, "number");
    cpr_buffer_add_format(out, " (the report names %zu identifiers and holds %zu certificates: see the appendix)\n",
                          json_array_size(json_object_get(item, "identifiers")),
                          json_array_size(json_object_get(item, "certificates")));
    point(out, "Total number of \"remaining valid\" certificates", "number");
    point(out, "Affected certificate types", "which");
    point(out, "Incident heuristic", "how others can find the certificates, or why that is not applicable");
    point(out, "Was issuance stopped in response to this incident, and why or why not?", "answer");
    point(out, "Analysis", "what made the delay");
    point(out, "Additional considerations", "or none");
    cpr_buffer_add_byte(out, '\n');
}

static void add_rest(struct cpr_buffer *out)
{
    cpr_buffer_add_text(out, "### Related Incidents\n\n| Bug | Date | Description |\n| --- | --- | --- |\n| ");
    person(out, "at least two years back, other CA Owners included");
    cpr_buffer_add_text(out, " | | |\n\n### Root Cause Analysis\n\n#### Contributing Factor 1\n\n");
    point(out, "Description", "left to people: the record shows what happened, not why");
    point(out, "Timeline", "when it began and ended");
    point(out, "Detection", "how it was found, and why not earlier");
    point(out, "Interaction with other factors", "or none");
    point(out, "Root Cause Analysis methodology used", "which");
    cpr_buffer_add_text(out, "\n### Lessons Learned\n\n");
    point(out, "What went well", "answer");
    point(out, "What didn't go well", "answer");
    point(out, "Where we got lucky", "answer");
    point(out, "Additional", "or none");
    cpr_buffer_add_text(out, "\n### Action Items\n\n| Action Item | Kind | Corresponding Root Cause(s) | Evaluation "
                             "Criteria | Due Date | Status |\n| --- | --- | --- | --- | --- | --- |\n| ");
    person(out, "what");
    cpr_buffer_add_text(out, " | Prevent, Mitigate or Detect | | | YYYY-MM-DD | |\n\n");
}

void cpr_ccadb_write(const json_t *exported, bool redacts_reporter, struct cpr_buffer *out)
{
    struct writing writing = {exported, redacts_reporter, out};
    struct cpr_buffer csv = cpr_buffer_new(out->max_len);
    cpr_buffer_add_format(out, "# Incident report, draft of case %lld\n\n",
                          (long long)json_integer_value(json_object_get(exported, "case")));
    cpr_buffer_add_text(out, "After the CCADB Incident Reporting Guidelines 3.2, out of the record of cpr-auditd ");
    add_text(out, cpr_json_get(exported, "version"));
    cpr_buffer_add_text(out, " of ");
    add_minute(out, time_of(exported, "exported"), "when");
    cpr_buffer_add_text(out, ". Nothing here was sent or published. What only a person can say is marked ");
    person(out, "...");
    cpr_buffer_add_text(out, "; read the rest, too, before it is published: names in it belong to people.\n"
                             "Times for it (IRG 3.2): a preliminary report within 72 hours of becoming aware, the full "
                             "one within 14 days, answers within 7 days.\n\n");
    add_preliminary(&writing);
    add_summary(&writing);
    add_impact(out, exported);
    add_timeline(&writing);
    add_rest(out);
    cpr_buffer_add_text(out, "### Appendix\n\nIdentifiers and certificates as the report names them ");
    person(out, "replace by the complete list of affected certificates");
    cpr_buffer_add_text(out, "\n\n```csv\n");
    cpr_ccadb_csv(exported, &csv);
    cpr_buffer_add(out, cpr_buffer_view(&csv));
    cpr_buffer_add_text(out, "```\n");
    cpr_buffer_free(&csv);
}

/* --- the appendix --------------------------------------------------------------------------------------------------
 */

static void add_field(struct cpr_buffer *out, const char *text, bool is_first)
{
    json_t *clean = cpr_json_mail_text(text);
    cpr_buffer_add_text(out, is_first ? "\"" : ",\"");
    text = json_string_value(clean);
    if (*text && strchr("=+-@", *text))
        cpr_buffer_add_byte(out, '\'');
    for (; *text; text++) {
        /* A fence of the Markdown around it must not end early. */
        cpr_buffer_add_text(out, *text == '"' ? "\"" : "");
        cpr_buffer_add_byte(out, *text == '`' ? '\'' : *text);
    }
    cpr_buffer_add_byte(out, '"');
    json_decref(clean);
}

void cpr_ccadb_csv(const json_t *exported, struct cpr_buffer *out)
{
    static const char *const keys[] = {"serial", "issuer", "subject", "names", "not_before", "not_after", "owner"};
    size_t i;
    json_t *item;
    cpr_buffer_add_text(out, "\"type\",\"value\",\"serial\",\"issuer\",\"subject\",\"names\",\"not_before\","
                             "\"not_after\",\"owner\"\r\n");
    json_array_foreach(json_object_get(exported, "certificates"), i, item)
    {
        add_field(out, "certificate-sha256", true);
        add_field(out, cpr_json_get(item, "sha256"), false);
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            add_field(out, cpr_json_get(item, keys[k]), false);
        cpr_buffer_add_text(out, "\r\n");
    }
    json_array_foreach(json_object_get(exported, "identifiers"), i, item)
    {
        add_field(out, cpr_json_get(item, "type"), true);
        add_field(out, cpr_json_get(item, "value"), false);
        cpr_buffer_add_text(out, ",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
    }
}
