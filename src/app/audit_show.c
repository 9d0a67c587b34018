#include "app/audit.h"
#include "cpr/base/encode.h"
#include "cpr/judge/reading.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 1024, LABEL_WIDTH = 12, WRAP_COLUMNS = 76 };

/* "Subject      ..."; nothing at all for an empty text. */
static void add_line(struct cpr_buffer *out, const char *label, const char *text)
{
    if (!*text)
        return;
    audit_cell(out, label, LABEL_WIDTH);
    cpr_encode_line(out, cpr_view_of(text));
    cpr_buffer_add_byte(out, '\n');
}

static void add_value_line(struct cpr_buffer *out, const char *label, const json_t *object, const char *key)
{
    char text[TEXT_SIZE];
    add_line(out, label, audit_value(object, key, text, sizeof text));
}

static void add_heading(struct cpr_buffer *out, const struct audit_style *style, const char *text)
{
    cpr_buffer_add_byte(out, '\n');
    audit_paint(out, style, AUDIT_STRONG, text);
    cpr_buffer_add_byte(out, '\n');
}

/* --- show -----------------------------------------------------------------------------------------------------------
 */

/* The other stamps that could have been the receipt, how far each stands behind the chosen one, and what is odd about
 * it (then the chosen one too). */
static void add_stamps(struct cpr_buffer *out, const json_t *item)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE], skew[CPR_TIME_TEXT_SIZE];
    const json_t *stamps = json_object_get(item, "receipt_alternatives");
    const char *source;
    json_t *stamp;
    json_object_foreach((json_t *)stamps, source, stamp)
    {
        json_int_t skew_s = audit_number(json_object_get(item, "receipt_skew_s"), source);
        const char *doubt = audit_string(json_object_get(item, "receipt_suspect"), source);
        if (!json_is_string(stamp) || (!*doubt && strcmp(source, audit_string(item, "receipt_source")) == 0))
            continue;
        cpr_duration_format(skew_s * CPR_SECOND_MS, skew);
        snprintf(text, sizeof text, "%s, by %s%s%s%s%s", audit_minute(stamps, source, minute), source,
                 skew_s ? ", " : "", skew_s ? skew : "", skew_s ? " later" : "", *doubt ? "; " : "");
        size_t len = strlen(text);
        snprintf(text + len, sizeof text - len, "%s", doubt);
        add_line(out, "stamp", text);
    }
}

/* The Received lines as they stand in the message, beside the UTC that was made of them. */
static void add_received_lines(struct cpr_buffer *out, const json_t *lines)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    size_t i;
    json_t *line;
    json_array_foreach((json_t *)lines, i, line)
    {
        if (!*audit_string(line, "raw"))
            continue;
        snprintf(text, sizeof text, "%s = %s", audit_minute(line, "at", minute), audit_string(line, "raw"));
        add_line(out, "header", text);
    }
}

static void add_clock(const json_t *item, const struct audit_style *style, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], left[64], minute[CPR_TIME_TEXT_SIZE];
    const char *grade = audit_string(item, "grade"), *state = audit_string(item, "state");
    bool overdue = audit_number(item, "left_s") < 0 && strcmp(state, "open") == 0;
    snprintf(text, sizeof text, "case %s  %s%s%s", audit_value(item, "case", (char[24]){0}, 24), state,
             *grade ? ", " : "", grade);
    audit_paint(out, style, AUDIT_STRONG, text);
    cpr_buffer_add_text(out, "  ");
    audit_paint(out, style, overdue ? AUDIT_URGENT : AUDIT_PLAIN, audit_left(item, left, sizeof left));
    cpr_buffer_add_text(out, "\n\n");
    snprintf(text, sizeof text, "%s%s%s%s", audit_minute(item, "deadline", minute),
             *audit_string(item, "section") ? " (" : "", audit_string(item, "section"),
             *audit_string(item, "section") ? ")" : "");
    add_line(out, "deadline", text);
    snprintf(text, sizeof text, "%s%s%s", audit_minute(item, "received", minute),
             *audit_string(item, "receipt_source") ? ", by " : "", audit_string(item, "receipt_source"));
    add_line(out, "received", text);
    add_stamps(out, item);
    add_received_lines(out, json_object_get(item, "received_lines"));
    if (*audit_string(item, "acked_by")) {
        snprintf(text, sizeof text, "%s, by %s",
                 *audit_string(item, "acked") ? audit_minute(item, "acked", minute) : "at an unknown time",
                 audit_string(item, "acked_by"));
        add_line(out, "acked", text);
    }
    if (*audit_string(item, "closed")) {
        snprintf(text, sizeof text, "%s, by %s: %s", audit_minute(item, "closed", minute),
                 audit_string(item, "closed_by"), audit_string(item, "closed_note"));
        add_line(out, "closed", text);
    } else {
        add_value_line(out, "note", item, "closed_note");
    }
}

/* What is owed to whom, what closed it, and what each reply was worth. */
static void add_legs(const json_t *item, struct cpr_buffer *out)
{
    char text[2 * TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    size_t i;
    json_t *leg, *reply;
    json_array_foreach(json_object_get(item, "legs"), i, leg)
    {
        bool is_open = !*audit_string(leg, "at");
        if (is_open)
            snprintf(text, sizeof text, "open: %s", audit_string(leg, "duty"));
        else
            snprintf(text, sizeof text, "%s, %s, by %s: %s", audit_string(leg, "state"),
                     audit_minute(leg, "at", minute), audit_string(leg, "by"), audit_string(leg, "note"));
        add_line(out, audit_string(leg, "leg"), text);
    }
    json_array_foreach(json_object_get(item, "replies"), i, reply)
    {
        const char *overruled_by = audit_string(reply, "overruled_by");
        snprintf(text, sizeof text, "%s, %s%s%s%s: %s", audit_minute(reply, "sent", minute),
                 audit_string(reply, "class"), *overruled_by ? ", but no answer, says " : "", overruled_by,
                 json_is_false(json_object_get(reply, "linked")) ? ", perhaps an answer (no References)" : "",
                 audit_string(reply, "words"));
        add_line(out, "reply", text);
    }
    add_value_line(out, "unanswered", item, "unanswered");
}

/* The time for the revocation: as the rules see it, what a person made of it, and what ended it. */
static void add_revocation_clock(const json_t *clock, struct cpr_buffer *out)
{
    char text[2 * TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE], left[CPR_TIME_TEXT_SIZE];
    const char *state = audit_string(clock, "state");
    if (!*state || strcmp(state, "dismissed") == 0)
        return;
    if (strcmp(state, "open") == 0) {
        json_int_t left_s = audit_number(clock, "left_s");
        cpr_duration_format(left_s * CPR_SECOND_MS, left);
        snprintf(text, sizeof text, left_s < 0 ? "OVERDUE by %s, since %s (%s)" : "%s left, until %s (%s)", left,
                 audit_minute(clock, "deadline", minute), audit_string(clock, "section"));
    } else if (strcmp(state, "ended") == 0) {
        snprintf(text, sizeof text, "ended, %s, by %s: %s", audit_minute(clock, "ended", minute),
                 audit_string(clock, "ended_by"), audit_string(clock, "ended_note"));
    } else {
        snprintf(text, sizeof text, "none is due");
    }
    add_line(out, "revocation", text);
    const char *rule = audit_string(clock, "rule"), *item = audit_string(clock, "item");
    snprintf(text, sizeof text, "%s by the rules (%s%s%s%s%s)", audit_string(clock, "by_rules"), rule,
             *rule ? ": " : "", audit_string(clock, "reason"), *item ? ", " : "", item);
    add_line(out, "", text);
    if (*audit_string(clock, "set")) {
        snprintf(text, sizeof text, "%s since %s by %s: %s", audit_string(clock, "class"),
                 audit_minute(clock, "set", minute), audit_string(clock, "set_by"), audit_string(clock, "set_note"));
        add_line(out, "", text);
    }
}

/* Where it was found, and what became of it. */
static void add_place(const json_t *item, struct cpr_buffer *out)
{
    static const struct {
        const char *rescue, *words;
    } fates[] = {
        {"wanted", "; it is to be moved to the inbox"},
        {"would-move", "; it would be moved to the inbox, but mode = observe"},
        {"done", "; moved to the inbox"},
        {"copied", "; copied to the inbox, the original was left"},
        {"put-back", "; moved to the inbox, and put back into junk by somebody"},
        {"lost", "; LOST: gone from there and from the inbox"},
    };
    char text[TEXT_SIZE];
    const char *fate = "";
    for (size_t i = 0; i < sizeof fates / sizeof fates[0]; i++)
        if (strcmp(audit_string(item, "rescue"), fates[i].rescue) == 0)
            fate = fates[i].words;
    snprintf(text, sizeof text, "%s, found in %s%s", audit_string(item, "mailbox"), audit_string(item, "folder"), fate);
    add_line(out, "mailbox", text);
}

/* The excerpt as quoted lines, broken at blanks. */
static void add_excerpt(struct cpr_buffer *out, const char *excerpt)
{
    struct cpr_view rest = cpr_view_of(excerpt), word;
    size_t column = 0;
    while (cpr_view_next_item(&rest, ' ', &word)) {
        char text[CPR_EXCERPT_SIZE];
        size_t len = word.len < sizeof text ? word.len : sizeof text - 1;
        memcpy(text, word.data, len);
        text[len] = '\0';
        size_t width = audit_width(text);
        bool fresh = column == 0 || column + 1 + width > WRAP_COLUMNS;
        cpr_buffer_add_text(out, fresh ? (column ? "\n  > " : "  > ") : " ");
        cpr_encode_line(out, cpr_view_of(text));
        column = fresh ? width : column + 1 + width;
    }
    cpr_buffer_add_text(out, column ? "\n" : "");
}

/* One line for each; the daemon is not named, and what the list of alerts says is not said twice. */
static void add_events(const json_t *events, bool has_alerts, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    size_t i;
    json_t *event;
    json_array_foreach(events, i, event)
    {
        const char *who = audit_string(event, "who"), *words = audit_string(event, "text");
        if (strcmp(who, "cpr-auditd") == 0)
            who = "";
        if (has_alerts && strcmp(audit_string(event, "event"), "alert-sent") == 0)
            continue;
        snprintf(text, sizeof text, "  %s  %s%s%s%s%s", audit_minute(event, "at", minute), audit_string(event, "event"),
                 *who ? " by " : "", who, *words ? ": " : "", words);
        cpr_encode_line(out, cpr_view_of(text));
        cpr_buffer_add_byte(out, '\n');
    }
}

static void add_alerts(const json_t *alerts, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    size_t i;
    json_t *alert;
    json_array_foreach(alerts, i, alert)
    {
        const char *reply = audit_string(alert, "reply"), *topic = audit_string(alert, "topic");
        bool is_step = !*topic || strcmp(topic, "case") == 0; /* of the ladder */
        bool sent = *audit_string(alert, "sent");
        snprintf(text, sizeof text, "  %s  ", audit_minute(alert, sent ? "sent" : "due", minute));
        cpr_buffer_add_text(out, text);
        audit_cell(out, audit_string(alert, "state"), 9);
        snprintf(text, sizeof text, "  %s%s%s%s%s", audit_string(alert, "recipient"), is_step ? "" : "  ",
                 is_step ? "" : topic, *reply ? "  " : "", reply);
        cpr_encode_line(out, cpr_view_of(text));
        cpr_buffer_add_byte(out, '\n');
    }
}

/* What the message has to do with others, one a line. */
static void add_links(const json_t *links, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], reasons[128], folders[256], minute[CPR_TIME_TEXT_SIZE], number[24];
    size_t i;
    json_t *link;
    json_array_foreach((json_t *)links, i, link)
    {
        const char *detail = audit_string(link, "detail");
        bool has_case = json_is_integer(json_object_get(link, "case"));
        snprintf(text, sizeof text, "  %s  %s%s%s, in %s, %s (%s%s%s)%s", audit_minute(link, "received", minute),
                 has_case ? "case " : "no case, judged ",
                 has_case ? audit_value(link, "case", number, sizeof number) : audit_string(link, "verdict"),
                 *audit_string(link, "state") ? strcmp(audit_string(link, "state"), "open") == 0 ? " open" : " closed"
                                              : "",
                 audit_value(link, "folders", folders, sizeof folders), audit_string(link, "from"),
                 audit_value(link, "reasons", reasons, sizeof reasons), *detail ? ": " : "", detail,
                 json_is_true(json_object_get(link, "brought_forward")) ? "; its clock came forward" : "");
        cpr_encode_line(out, cpr_view_of(text));
        cpr_buffer_add_text(out, "\n    ");
        cpr_encode_line(out, cpr_view_of(audit_string(link, "subject")));
        cpr_buffer_add_byte(out, '\n');
    }
}

/* What is said to be revoked, and under it what each source answered when. */
static void add_revocations(const json_t *claims, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE], number[24];
    size_t i, k;
    json_t *claim, *answer;
    json_array_foreach((json_t *)claims, i, claim)
    {
        bool is_asked = *audit_string(claim, "since") != 0;
        snprintf(text, sizeof text, "  %s of %s: %s%s%s; %s", audit_string(claim, "serial"),
                 audit_string(claim, "issuer"), is_asked ? audit_string(claim, "finding") : "not asked yet",
                 is_asked ? " since " : "", is_asked ? audit_minute(claim, "since", minute) : "",
                 *audit_string(claim, "next") ? "will be asked again"
                 : is_asked                   ? "not asked any more"
                                              : "nobody is asked");
        cpr_encode_line(out, cpr_view_of(text));
        cpr_buffer_add_byte(out, '\n');
        snprintf(text, sizeof text, "    said at %s by %s: %s", audit_minute(claim, "claimed", minute),
                 audit_string(claim, "by"), audit_string(claim, "note"));
        cpr_encode_line(out, cpr_view_of(text));
        cpr_buffer_add_byte(out, '\n');
        json_array_foreach(json_object_get(claim, "answers"), k, answer)
        {
            const char *note = audit_string(answer, "note");
            snprintf(text, sizeof text, "    %s  %-8s %-9s %s%s%s (%s bytes)", audit_minute(answer, "at", minute),
                     audit_string(answer, "word"), audit_string(answer, "way"), audit_string(answer, "url"),
                     *note ? "; " : "", note, audit_value(answer, "size", number, sizeof number));
            cpr_encode_line(out, cpr_view_of(text));
            cpr_buffer_add_byte(out, '\n');
        }
    }
}

/* Where a mail is that IMAP does not show, and what is to be done. */
static void add_quarantine(const json_t *item, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    const json_t *quarantine = json_object_get(item, "quarantine");
    if (strcmp(audit_string(item, "role"), "quarantine") != 0)
        return;
    snprintf(text, sizeof text, "%s, until %s; IMAP does not show it", audit_string(item, "folder"),
             *audit_string(quarantine, "expires") ? audit_minute(quarantine, "expires", minute) : "nobody knows when");
    add_line(out, "held in", text);
    add_line(out, "to do", "release it there by hand (follow no link of its notice), then: cpr-audit dismiss");
}

/* What is read first stands first: where it stands, what happened, what is to come; then the mail, and why at the end.
 */
void audit_format_case(const json_t *item, const struct audit_style *style, struct cpr_buffer *out)
{
    char text[TEXT_SIZE];
    const json_t *alerts = json_object_get(item, "alerts");
    add_clock(item, style, out);
    add_legs(item, out);
    add_revocation_clock(json_object_get(item, "revocation"), out);
    add_value_line(out, "from", item, "from");
    add_value_line(out, "subject", item, "subject");
    add_place(item, out);
    add_quarantine(item, out);
    add_value_line(out, "message-id", item, "message_id");
    snprintf(text, sizeof text, "%s, score %s", audit_string(item, "verdict"),
             audit_value(item, "score", (char[24]){0}, 24));
    add_line(out, "verdict", text);
    if (json_array_size(json_object_get(item, "events"))) {
        add_heading(out, style, "what happened");
        add_events(json_object_get(item, "events"), json_array_size(alerts) > 0, out);
    }
    if (json_array_size(alerts)) {
        add_heading(out, style, "alerts");
        add_alerts(alerts, out);
    }
    if (json_array_size(json_object_get(item, "links"))) {
        add_heading(out, style, "what it may belong with");
        add_links(json_object_get(item, "links"), out);
    }
    if (json_array_size(json_object_get(item, "revocations"))) {
        add_heading(out, style, "what is said to be revoked");
        add_revocations(json_object_get(item, "revocations"), out);
    }
    if (*audit_string(item, "excerpt")) {
        add_heading(out, style, "what it says");
        add_excerpt(out, audit_string(item, "excerpt"));
    }
    if (json_array_size(json_object_get(item, "signals")))
        cpr_buffer_add_byte(out, '\n');
    audit_format_reasons(item, style, out);
}

/* --- status ---------------------------------------------------------------------------------------------------------
 */

static void add_folders(const json_t *folders, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    size_t i;
    json_t *folder;
    json_array_foreach(folders, i, folder)
    {
        cpr_buffer_add_text(out, "    ");
        audit_cell(out, audit_string(folder, "folder"), 24);
        cpr_buffer_add_byte(out, ' ');
        audit_cell(out, audit_string(folder, "role"), 7);
        snprintf(text, sizeof text, "%s of %s judged, last looked %s", audit_value(folder, "judged", (char[24]){0}, 24),
                 audit_value(folder, "messages", (char[24]){0}, 24), audit_minute(folder, "last_looked", minute));
        cpr_encode_line(out, cpr_view_of(text));
        cpr_buffer_add_byte(out, '\n');
    }
}

static void add_mailboxes(const json_t *mailboxes, const struct audit_style *style, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    size_t i;
    json_t *mailbox;
    json_array_foreach(mailboxes, i, mailbox)
    {
        const char *state = audit_string(mailbox, "state");
        snprintf(text, sizeof text, "mailbox %s: ", audit_string(mailbox, "name"));
        cpr_encode_line(out, cpr_view_of(text));
        snprintf(text, sizeof text, "%s since %s", state, audit_minute(mailbox, "since", minute));
        audit_paint(out, style, strcmp(state, "blind") == 0 ? AUDIT_URGENT : AUDIT_PLAIN, text);
        cpr_buffer_add_byte(out, '\n');
        add_folders(json_object_get(mailbox, "folders"), out);
    }
}

static void add_deadline(const json_t *status, struct cpr_buffer *out)
{
    char left[CPR_TIME_TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    int64_t now_utc_ms, deadline_utc_ms;
    cpr_buffer_add_format(out, "open cases: %lld, overdue: %lld", (long long)audit_number(status, "open_cases"),
                          (long long)audit_number(status, "overdue"));
    if (cpr_time_parse_rfc3339(cpr_view_of(audit_string(status, "next_deadline")), &deadline_utc_ms) &&
        cpr_time_parse_rfc3339(cpr_view_of(audit_string(status, "now")), &now_utc_ms))
        cpr_buffer_add_format(out, ", next deadline %s (%s%s)", cpr_time_format_minute(deadline_utc_ms, minute),
                              deadline_utc_ms < now_utc_ms ? "OVERDUE by " : "in ",
                              cpr_duration_format(deadline_utc_ms - now_utc_ms, left));
    if (cpr_time_parse_rfc3339(cpr_view_of(audit_string(status, "next_revocation")), &deadline_utc_ms))
        cpr_buffer_add_format(out, "\nanswered, to be revoked: %lld, overdue: %lld, next deadline %s",
                              (long long)audit_number(status, "revocations_owed"),
                              (long long)audit_number(status, "revocations_overdue"),
                              cpr_time_format_minute(deadline_utc_ms, minute));
    cpr_buffer_add_byte(out, '\n');
}

int audit_status_exit_code(const json_t *status)
{
    size_t i;
    json_t *mailbox;
    if (!*audit_string(status, "started"))
        return 3;
    if (audit_number(status, "overdue") > 0 || audit_number(status, "revocations_overdue") > 0)
        return 2;
    json_array_foreach(json_object_get(status, "mailboxes"), i, mailbox)
    {
        if (strcmp(audit_string(mailbox, "state"), "blind") == 0)
            return 2;
    }
    return json_array_size(json_object_get(status, "conditions")) ? 1 : 0;
}

void audit_format_status(const json_t *status, const struct audit_style *style, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE];
    size_t i;
    json_t *condition;
    const char *mode = audit_string(status, "mode");
    const char *nothing_moves = strcmp(mode, "observe") == 0 ? " (moves nothing)" : "";
    if (*audit_string(status, "started"))
        snprintf(text, sizeof text, "cpr-auditd %s, mode %s%s, started %s", audit_string(status, "version"), mode,
                 nothing_moves, audit_minute(status, "started", minute));
    else
        snprintf(text, sizeof text, "cpr-auditd DOES NOT RUN; mode %s%s; this is what it left", mode, nothing_moves);
    cpr_encode_line(out, cpr_view_of(text));
    cpr_buffer_add_byte(out, '\n');
    add_deadline(status, out);
    cpr_buffer_add_format(out, "alerts waiting: %lld\n", (long long)audit_number(status, "alerts_pending"));
    add_mailboxes(json_object_get(status, "mailboxes"), style, out);
    json_array_foreach(json_object_get(status, "conditions"), i, condition)
    {
        snprintf(text, sizeof text, "%s since %s: %s", audit_string(condition, "topic"),
                 audit_minute(condition, "since", minute), audit_string(condition, "text"));
        audit_paint(out, style, AUDIT_URGENT, text);
        cpr_buffer_add_byte(out, '\n');
    }
}
