/* What a look-back found, for people and as JSON. */
#include "app/hunt.h"
#include "cpr/base/encode.h"
#include "cpr/judge/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1024, WHY_MAX = 4 };

static void add_json(struct cpr_buffer *out, const json_t *object)
{
    char *line = json_dumps(object, JSON_COMPACT);
    cpr_encode_line(out, cpr_view_of(line));
    cpr_buffer_add_byte(out, '\n');
    free(line);
}

static void add_line(struct cpr_buffer *out, const char *name, const char *text)
{
    cpr_buffer_add_text(out, "  ");
    audit_cell(out, name, 11);
    cpr_encode_line(out, cpr_view_of(text));
    cpr_buffer_add_byte(out, '\n');
}

static void add_heading(const struct hunt *hunt, const json_t *row, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    const char *then = audit_string(row, "then");
    bool was_seen = strcmp(then, "unlikely") == 0;
    if (was_seen)
        snprintf(text, sizeof text, "MISSED  %s now, unlikely when it was read on %s (rules %s)",
                 audit_string(row, "verdict"), audit_minute(row, "then_read", minute),
                 audit_string(row, "then_ruleset"));
    else if (strcmp(then, "not seen") == 0)
        snprintf(text, sizeof text, "MISSED  %s now, never read by the daemon", audit_string(row, "verdict"));
    else
        snprintf(text, sizeof text, "FOUND   %s now; what was said then is not known", audit_string(row, "verdict"));
    audit_paint(out, &hunt->style, AUDIT_URGENT, text);
    cpr_buffer_add_byte(out, '\n');
}

static void add_times(const json_t *row, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE], duration[CPR_TIME_TEXT_SIZE];
    bool is_known = *audit_string(row, "received"), is_answered = *audit_string(row, "answered");
    int64_t late_ms = audit_number(row, "late_s") * CPR_SECOND_MS;
    if (is_known)
        snprintf(text, sizeof text, "%s (%s)", audit_minute(row, "received", minute),
                 audit_string(row, "receipt_source"));
    else
        snprintf(text, sizeof text, "not known: no line of an own host (own_hosts); its Date says %s",
                 audit_minute(row, "date", minute));
    add_line(out, "received", text);
    if (is_answered)
        snprintf(text, sizeof text, "a reply in Sent of %s names it%s%s", audit_minute(row, "answered", minute),
                 late_ms ? ", late by " : "", late_ms ? cpr_duration_format(late_ms, duration) : "");
    else if (late_ms)
        snprintf(text, sizeof text, "%s, MISSED by %s; no reply in Sent names it",
                 audit_minute(row, "deadline", minute), cpr_duration_format(late_ms, duration));
    else
        snprintf(text, sizeof text, "%s; no reply in Sent names it", audit_minute(row, "deadline", minute));
    if (is_known || is_answered)
        add_line(out, "deadline", text);
}

static void add_place(const json_t *row, struct cpr_buffer *out)
{
    struct cpr_buffer text = cpr_buffer_new(8 * TEXT_SIZE);
    if (*audit_string(row, "mailbox"))
        cpr_buffer_add_format(&text, "mailbox %s, folder \"%s\" (%s), UID %lld", audit_string(row, "mailbox"),
                              audit_string(row, "folder"), audit_string(row, "role"),
                              (long long)audit_number(row, "uid"));
    else
        cpr_buffer_add_format(&text, "%s, message %lld", audit_string(row, "folder"),
                              (long long)audit_number(row, "number"));
    add_line(out, "lies in", cpr_buffer_text(&text));
    cpr_buffer_free(&text);
}

static void add_why(const json_t *row, struct cpr_buffer *out)
{
    char text[TEXT_SIZE];
    size_t i;
    json_t *signal;
    json_array_foreach(json_object_get(row, "signals"), i, signal)
    {
        if (i == WHY_MAX)
            break;
        snprintf(text, sizeof text, "%s (%s): %s", audit_string(signal, "id"), audit_string(signal, "where"),
                 audit_string(signal, "text"));
        add_line(out, i ? "" : "why", text);
    }
    if (json_array_size(json_object_get(row, "signals")) > WHY_MAX)
        add_line(out, "", "...; --json has them all");
    if (json_array_size(json_object_get(row, "limits")))
        add_line(out, "unread", audit_value(row, "limits", text, sizeof text));
}

void hunt_print_missed(const struct hunt *hunt, const json_t *row, struct cpr_buffer *out)
{
    if (hunt->options->json) {
        add_json(out, row);
        return;
    }
    add_heading(hunt, row, out);
    add_times(row, out);
    add_place(row, out);
    add_line(out, "from", audit_string(row, "from"));
    add_line(out, "subject", audit_string(row, "subject"));
    add_line(out, "message id", audit_string(row, "message_id"));
    add_why(row, out);
    cpr_buffer_add_byte(out, '\n');
}

static void end_json(const struct hunt *hunt, struct cpr_buffer *out)
{
    char since[CPR_TIME_TEXT_SIZE], oldest[CPR_TIME_TEXT_SIZE], record[CPR_TIME_TEXT_SIZE];
    json_t *object = json_pack(
        "{s:b, s:b, s:s, s:s, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o}", "end", 1, "complete",
        hunt->exit_code == 0, "ruleset", cpr_judge_ruleset(), "since", cpr_time_format(hunt->since_ms, since), "oldest",
        hunt->oldest_ms == CPR_TIME_NONE ? json_null() : json_string(cpr_time_format(hunt->oldest_ms, oldest)),
        "places", (int)hunt->places, "read", (int)hunt->read, "older", (int)hunt->older, "refused", (int)hunt->refused,
        "passed_over", (int)hunt->passed_over, "surfaced", (int)hunt->surfaced, "surfaced_then", (int)hunt->known,
        "not_read_yet", (int)hunt->waiting, "missed", (int)hunt->missed, "late", (int)hunt->late, "record_since",
        hunt->record_ms == CPR_TIME_NONE ? json_null() : json_string(cpr_time_format(hunt->record_ms, record)));
    add_json(out, object);
    json_decref(object);
}

/* What was looked at, and how far back that goes. */
static void add_counts(const struct hunt *hunt, struct cpr_buffer *out)
{
    char since[CPR_TIME_TEXT_SIZE], oldest[CPR_TIME_TEXT_SIZE], newest[CPR_TIME_TEXT_SIZE];
    cpr_buffer_add_format(out, "%u messages in %u %s were judged anew by ruleset %s", hunt->read, hunt->places,
                          hunt->options->mbox ? "files" : "folders", cpr_judge_ruleset());
    if (hunt->oldest_ms != CPR_TIME_NONE)
        cpr_buffer_add_format(out, ", the oldest of %s, the newest of %s",
                              cpr_time_format_minute(hunt->oldest_ms, oldest),
                              cpr_time_format_minute(hunt->newest_ms, newest));
    cpr_buffer_add_format(out, "; %u older than %s were passed over", hunt->older,
                          cpr_time_format_minute(hunt->since_ms, since));
    if (hunt->passed_over)
        cpr_buffer_add_format(out, "; %u names that begin with a dot or are a mail server's index were passed over",
                              hunt->passed_over);
    if (hunt->refused)
        cpr_buffer_add_format(out, "; %u WERE NOT HANDED OUT by the server", hunt->refused);
    cpr_buffer_add_format(out, ".\nOf these %u are surfaced today: %u had been surfaced when they came, %u had NOT",
                          hunt->surfaced, hunt->known, hunt->missed);
    if (hunt->waiting)
        cpr_buffer_add_format(out, ", %u came just now and the daemon has yet to read them", hunt->waiting);
    if (hunt->late)
        cpr_buffer_add_format(out, "; %u of these are past their deadline or were answered after it", hunt->late);
    cpr_buffer_add_text(out, ".\n");
}

/* The questions that were asked of SwissSign (Bugzilla 1636141, comment 3): 3 and 4, whether the record suffices to
 * find what was missed (how far back it goes, what it has, what it cannot have); 5 and 6, what becomes of that. */
void hunt_print_end(const struct hunt *hunt, struct cpr_buffer *out)
{
    char minute[CPR_TIME_TEXT_SIZE];
    if (hunt->options->json) {
        end_json(hunt, out);
        return;
    }
    add_counts(hunt, out);
    if (hunt->record_ms != CPR_TIME_NONE)
        cpr_buffer_add_format(
            out,
            "The record begins %s; since then it has of each message its digest, Message-ID, verdict, "
            "rules and every place. No daemon read what came before.\n",
            cpr_time_format_minute(hunt->record_ms, minute));
    if (hunt->has_no_ledger)
        cpr_buffer_add_text(out, "There is no record of what was said then: every message that is surfaced today is "
                                 "listed.\n");
    if (hunt->missed)
        cpr_buffer_add_text(
            out, "No case was opened by this. Each has to be brought into an audited folder anew: move it to the inbox "
                 "(one that lies there: out and back), release or import what lies in a file. The daemon judges it by "
                 "today's rules at its next look and opens its case; the receipt is the one it had.\n");
    if (hunt->exit_code)
        cpr_buffer_add_text(out, "THIS LOOK WAS NOT WHOLE: see the errors above, and repeat it.\n");
    cpr_buffer_add_text(
        out,
        "Not seen by this look: what was refused, deleted or expunged before it, and a quarantine that is no folder "
        "(export it and give the files with --mbox).\n");
}
