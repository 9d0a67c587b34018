#include "ccadb_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- text ----------------------------------------------------------------------------------------------------------
 */

void cpr_ccadb_text(struct cpr_buffer *out, const char *text)
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

void cpr_ccadb_person(struct cpr_buffer *out, const char *what)
{
    cpr_buffer_add_format(out, "**[PERSON: %s]**", what);
}

static void point(struct cpr_buffer *out, const char *name, const char *what)
{
    cpr_buffer_add_format(out, "- **%s:** ", name);
    cpr_ccadb_person(out, what);
    cpr_buffer_add_byte(out, '\n');
}

int64_t cpr_ccadb_time(const json_t *object, const char *key)
{
    int64_t utc_ms = CPR_TIME_NONE;
    cpr_time_parse_rfc3339(cpr_view_of(cpr_json_get(object, key)), &utc_ms);
    return utc_ms;
}

void cpr_ccadb_minute(struct cpr_buffer *out, int64_t utc_ms, const char *otherwise)
{
    char text[CPR_TIME_TEXT_SIZE];
    if (utc_ms == CPR_TIME_NONE)
        cpr_ccadb_person(out, otherwise);
    else
        cpr_buffer_add_text(out, cpr_time_format_minute(utc_ms, text));
}

static bool is_answered(const json_t *item)
{
    return strcmp(cpr_json_get(item, "state"), "answered") == 0;
}

struct cpr_ccadb_leg cpr_ccadb_leg(const json_t *item, const char *name)
{
    size_t i;
    json_t *leg;
    json_array_foreach(json_object_get(item, "legs"), i, leg)
    {
        if (strcmp(cpr_json_get(leg, "leg"), name) == 0)
            return (struct cpr_ccadb_leg){cpr_json_get(leg, "state"), cpr_json_get(leg, "by"),
                                          cpr_json_get(leg, "note"), cpr_json_get(leg, "part"),
                                          cpr_ccadb_time(leg, "at")};
    }
    if (strcmp(name, "reporter") == 0 && is_answered(item))
        return (struct cpr_ccadb_leg){"closed", cpr_json_get(item, "closed_by"), cpr_json_get(item, "closed_note"), "",
                                      cpr_ccadb_time(item, "closed")};
    return (struct cpr_ccadb_leg){"open", "", "", "", CPR_TIME_NONE};
}

bool cpr_ccadb_leg_is_closed(const struct cpr_ccadb_leg *leg)
{
    return strcmp(leg->state, "closed") == 0 && leg->at_ms != CPR_TIME_NONE;
}

/* --- the forms -----------------------------------------------------------------------------------------------------
 */

static void add_policies(const struct cpr_ccadb_writing *writing)
{
    struct cpr_buffer *out = writing->out;
    const char *section = cpr_json_get(writing->item, "section");
    cpr_buffer_add_text(out, "- **Relevant policies:** ");
    cpr_ccadb_text(out, *section ? section : "TLS BR 4.9.5");
    cpr_buffer_add_text(out, " (within 24 hours of receiving a Certificate Problem Report) ");
    cpr_ccadb_person(out, "names, versions and sections of all policies that apply");
    cpr_buffer_add_byte(out, '\n');
}

static void add_source(const struct cpr_ccadb_writing *writing)
{
    struct cpr_buffer *out = writing->out;
    cpr_buffer_add_text(out, "- **Source of incident disclosure:** ");
    cpr_ccadb_person(out, "Self Reported, Third Party Reported or Audit");
    if (!writing->redacts_reporter) {
        cpr_buffer_add_text(out, " The problem report was filed by ");
        cpr_ccadb_text(out, cpr_json_get(writing->item, "from"));
        cpr_buffer_add_byte(out, ' ');
        cpr_ccadb_person(out, "write \"a community member\" unless they have agreed to be named");
    }
    cpr_buffer_add_byte(out, '\n');
}

static void add_description(const struct cpr_ccadb_writing *writing)
{
    struct cpr_buffer *out = writing->out;
    const json_t *item = writing->item;
    cpr_buffer_add_text(out, "- **Incident description:** On ");
    cpr_ccadb_minute(out, cpr_ccadb_time(item, "received"), "time of receipt");
    cpr_buffer_add_text(out, " our mail system received a Certificate Problem Report (case ");
    cpr_buffer_add_format(out, "%lld of our record). It was found in \"",
                          (long long)json_integer_value(json_object_get(item, "case")));
    cpr_ccadb_text(out, cpr_json_get(item, "folder"));
    cpr_buffer_add_text(out, "\" on ");
    cpr_ccadb_minute(out, cpr_ccadb_time(item, "found"), "when");
    cpr_buffer_add_text(out, ". ");
    cpr_ccadb_person(out, "what happened, what was reported, what is known of the cause");
    cpr_buffer_add_byte(out, '\n');
}

static void add_preliminary(const struct cpr_ccadb_writing *writing)
{
    cpr_buffer_add_text(writing->out, "## Preliminary Incident Report\n\n### Summary\n\n");
    add_description(writing);
    add_policies(writing);
    add_source(writing);
    cpr_buffer_add_byte(writing->out, '\n');
}

/* --- the full report: summary --------------------------------------------------------------------------------------
 */

/* The duty in time, as far as its legs tell. */
struct duty {
    int64_t deadline_ms;
    int64_t done_ms; /* when no leg was left; CPR_TIME_NONE: some are */
    bool is_late;    /* a leg was closed after the deadline, or was open when the record was exported after it */
};

static struct duty duty_of(const json_t *item)
{
    static const char *const names[] = {"reporter", "subscriber"};
    struct duty duty = {.deadline_ms = cpr_ccadb_time(item, "deadline"), .done_ms = CPR_TIME_NONE};
    bool is_open = false;
    if (strcmp(cpr_json_get(item, "state"), "dismissed") == 0)
        return duty; /* somebody said that nothing is owed */
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct cpr_ccadb_leg leg = cpr_ccadb_leg(item, names[i]);
        bool is_closed = cpr_ccadb_leg_is_closed(&leg);
        if (strcmp(leg.state, "not-applicable") == 0)
            continue;
        int64_t at_ms = is_closed ? leg.at_ms : cpr_ccadb_time(item, "exported");
        is_open |= !is_closed;
        duty.is_late |= at_ms > duty.deadline_ms;
        duty.done_ms = at_ms > duty.done_ms ? at_ms : duty.done_ms;
    }
    duty.done_ms = is_open ? CPR_TIME_NONE : duty.done_ms;
    return duty;
}

/* When people could have known, for the one who says when they did. */
static void add_first_of(const struct cpr_ccadb_writing *writing, const char *event, const char *words)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(writing->item, "log"), i, item)
    {
        if (strcmp(cpr_json_get(item, "event"), event) != 0)
            continue;
        cpr_buffer_add_format(writing->out, " (%s on ", words);
        cpr_ccadb_minute(writing->out, cpr_ccadb_time(item, "at"), "when");
        cpr_buffer_add_byte(writing->out, ')');
        return;
    }
}

static void add_summary(const struct cpr_ccadb_writing *writing)
{
    struct cpr_buffer *out = writing->out;
    struct duty duty = duty_of(writing->item);
    cpr_buffer_add_text(out, "## Full Incident Report\n\n### Summary\n\n");
    point(out, "CA Owner CCADB unique ID", "A and six digits");
    add_description(writing);
    cpr_buffer_add_text(out, "- **Timeline summary:**\n   - **Non-compliance start date:** ");
    if (duty.is_late)
        cpr_ccadb_minute(out, duty.deadline_ms, "when");
    else
        cpr_ccadb_person(out, "the record shows no answer that is owed after the deadline: when did what begin?");
    cpr_buffer_add_text(out, "\n   - **Non-compliance identified date:** ");
    cpr_ccadb_person(out, "when");
    add_first_of(writing, "alert-sent", "on-call staff was first alerted");
    add_first_of(writing, "acked", "a person first took charge");
    cpr_buffer_add_text(out, "\n   - **Non-compliance end date:** ");
    cpr_ccadb_minute(out, duty.is_late ? duty.done_ms : CPR_TIME_NONE,
                     "when both the reporter and the Subscriber were answered, or are expected to be");
    cpr_buffer_add_byte(out, '\n');
    add_policies(writing);
    add_source(writing);
    cpr_buffer_add_byte(out, '\n');
}

/* --- the full report: the rest -------------------------------------------------------------------------------------
 */

static bool has_limit(const json_t *item, const char *limit)
{
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(item, "limits"), i, name)
    {
        if (json_is_string(name) && strcmp(json_string_value(name), limit) == 0)
            return true;
    }
    return false;
}

static void add_impact(struct cpr_buffer *out, const json_t *item)
{
    cpr_buffer_add_text(out, "### Impact\n\n- **Total number of certificates:** ");
    cpr_ccadb_person(out, "number, with those that are expired or revoked");
    cpr_buffer_add_format(
        out, " (the report names %zu certificates or keys%s: see the appendix)\n", cpr_ccadb_named(item),
        has_limit(item, "identifiers") ? ", AND MORE THAN THE RECORD KEEPS: read the mail itself" : "");
    point(out, "Total number of \"remaining valid\" certificates", "number, without those");
    point(out, "Affected certificate types", "DV, IV, OV, EV, by their policy OIDs");
    point(out, "Incident heuristic",
          "how a third party can find all of them, or why that cannot be, or that all are in the appendix");
    point(out, "Was issuance stopped in response to this incident, and why or why not?", "Yes or No, and why");
    point(out, "Analysis", "N/A, but for a delayed revocation: why it was delayed");
    point(out, "Additional considerations", "or N/A");
    cpr_buffer_add_byte(out, '\n');
}

static void add_rest(struct cpr_buffer *out)
{
    cpr_buffer_add_text(out, "### Related Incidents\n\n| Bug | Date | Description |\n| --- | --- | --- |\n| ");
    cpr_ccadb_person(out, "at least two years back, other CA Owners included");
    cpr_buffer_add_text(out, " | | |\n\n### Root Cause Analysis\n\n**Contributing Factor 1: ");
    cpr_buffer_add_text(out, "[PERSON: title]**\n");
    point(out, "Description", "left to people: the record shows what happened, not why");
    point(out, "Timeline", "when it was introduced, and how it came to matter");
    point(out, "Detection", "how it was found, and why not earlier");
    point(out, "Interaction with other factors", "or N/A");
    point(out, "Root Cause Analysis methodology used", "or N/A");
    cpr_buffer_add_text(out, "\n### Lessons Learned\n\n");
    point(out, "What went well", "answer");
    point(out, "What didn’t go well", "answer: each needs an action item");
    point(out, "Where we got lucky", "answer");
    point(out, "Additional", "or N/A");
    cpr_buffer_add_text(out, "\n### Action Items\n\n| Action Item | Kind | Corresponding Root Cause(s) | Evaluation "
                             "Criteria | Due Date | Status |\n| --- | --- | --- | --- | --- | --- |\n| ");
    cpr_ccadb_person(out, "what");
    cpr_buffer_add_text(out, " | Prevent, Mitigate or Detect | Root Cause # 1 | | YYYY-MM-DD | Ongoing |\n\n");
}

void cpr_ccadb_write(const json_t *exported, bool redacts_reporter, struct cpr_buffer *out)
{
    struct cpr_ccadb_writing writing = {exported, redacts_reporter, out};
    struct cpr_buffer csv = cpr_buffer_new(out->max_len);
    cpr_buffer_add_format(out, "# Incident report, draft of case %lld\n\n",
                          (long long)json_integer_value(json_object_get(exported, "case")));
    cpr_buffer_add_text(out, "After the CCADB Incident Reporting Guidelines 3.2, out of the record of cpr-auditd ");
    cpr_ccadb_text(out, cpr_json_get(exported, "version"));
    cpr_buffer_add_text(out, " of ");
    cpr_ccadb_minute(out, cpr_ccadb_time(exported, "exported"), "when");
    cpr_buffer_add_text(out, ". Nothing here was sent or published. What only a person can say is marked ");
    cpr_ccadb_person(out, "...");
    cpr_buffer_add_text(out,
                        "; what does not apply stays, as N/A. Read the rest, too, before it is published: names in "
                        "it belong to people.\n"
                        "Times for it (IRG 3.2): a preliminary report within 72 hours of becoming aware, the full "
                        "one within 14 days, answers within 7 days.\n\n");
    add_preliminary(&writing);
    add_summary(&writing);
    add_impact(out, exported);
    cpr_ccadb_timeline(&writing);
    add_rest(out);
    cpr_buffer_add_text(out, "### Appendix\n\nCertificates and keys as the report names them ");
    cpr_ccadb_person(out, "replace by the complete list of affected certificates");
    cpr_buffer_add_text(out, "\n\n```csv\n");
    cpr_ccadb_csv(exported, &csv);
    cpr_buffer_add(out, cpr_buffer_view(&csv));
    cpr_buffer_add_text(out, "```\n");
    out->full = out->full || csv.full;
    cpr_buffer_free(&csv);
}
