#include "letter_parts.h"

#include <inttypes.h>
#include <string.h>

/* How many are shown; the rest is counted. A letter is read on a telephone. */
enum { IDENTIFIERS_SHOWN = 20, SIGNALS_SHOWN = 8, LINE_MAX_BYTES = 16 * 1024 };

static bool is_overdue(const struct cpr_letter *letter)
{
    return letter->now_utc_ms >= letter->item->deadline_ms;
}

static const char *left(const struct cpr_letter *letter, char out[CPR_TIME_TEXT_SIZE])
{
    return cpr_duration_format(letter->item->deadline_ms - letter->now_utc_ms, out);
}

void cpr_letter_add_case_subject(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    cpr_buffer_add_format(out, "CPR #%" PRId64 "%s: ", item->id, item->grade == CPR_GRADE_GLANCE ? " (possible)" : "");
    if (item->state != CPR_CASE_OPEN)
        cpr_buffer_add_text(out, cpr_case_state_name(item->state));
    else
        cpr_buffer_add_format(out, is_overdue(letter) ? "OVERDUE by %s" : "%s left", left(letter, time));
    cpr_buffer_add_text(out, " - ");
    cpr_plain_harmless(out, cpr_view_of(item->subject[0] ? item->subject : "(no subject)"));
}

static void add_time_left(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char duration[CPR_TIME_TEXT_SIZE], deadline[CPR_TIME_TEXT_SIZE], closed[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    cpr_time_format_minute(item->deadline_ms, deadline);
    left(letter, duration);
    if (item->state != CPR_CASE_OPEN) {
        cpr_buffer_add_format(out, "Closed: %s at %s. Nothing is due.\n", cpr_case_state_name(item->state),
                              cpr_time_format_minute(item->closed_ms, closed));
        return;
    }
    if (item->grade == CPR_GRADE_GLANCE)
        cpr_buffer_add_text(out, "Possible report: please look. If it is one: ");
    if (is_overdue(letter))
        cpr_buffer_add_format(out, "OVERDUE by %s, since %s.\n", duration, deadline);
    else
        cpr_buffer_add_format(out, "%s left, until %s.\n", duration, deadline);
}

/* Where a person finds the message now. */
static const char *present_folder(const struct cpr_case *item)
{
    bool in_inbox = item->rescue == CPR_RESCUE_DONE || item->rescue == CPR_RESCUE_COPIED;
    return in_inbox ? "INBOX" : item->found_folder;
}

static void add_what_to_do(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    if (item->rescue == CPR_RESCUE_LOST) {
        cpr_buffer_add_text(&line,
                            "The message itself is LOST (see below): write to the reporter from this mailbox, then "
                            "run:");
    } else {
        cpr_buffer_add_text(&line, "Answer the reporter from this mailbox (reply to the message in ");
        cpr_plain_harmless(&line, cpr_view_of(present_folder(item)));
        cpr_buffer_add_text(&line, "), then it stops by itself; or run:");
    }
    cpr_plain_wrap(out, "", "", cpr_buffer_view(&line));
    cpr_buffer_add_format(out, "  cpr-audit answered %" PRId64 " --by NAME --note \"...\"\n", item->id);
    if (item->grade == CPR_GRADE_GLANCE)
        cpr_buffer_add_format(out, "If it is no report:\n  cpr-audit dismiss %" PRId64 " --by NAME --note \"...\"\n",
                              item->id);
    cpr_buffer_add_text(out, "\nAn automatic acknowledgement is no answer: reporter and subscriber\n"
                             "need a preliminary report on the findings (TLS BR 4.9.5).\n\n");
    cpr_buffer_free(&line);
}

/* "Name: text" with the text made harmless; nothing when it is empty. */
static void add_line(struct cpr_buffer *out, const char *name, const char *text)
{
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_plain_harmless(&line, cpr_view_of(text));
    if (line.len)
        cpr_plain_wrap(out, name, "  ", cpr_buffer_view(&line));
    cpr_buffer_free(&line);
}

static void add_reporter(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    struct cpr_buffer from = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_buffer_add_text(&from, cpr_json_get(reading, "from_name"));
    cpr_buffer_add_text(&from, from.len ? " <" : "<");
    cpr_buffer_add_text(&from, item->from_address);
    cpr_buffer_add_text(&from, ">");
    add_line(out, "From: ", item->from_address[0] ? cpr_buffer_text(&from) : "(no address: the reporter is unknown)");
    add_line(out, "To: ", cpr_json_get(reading, "to"));
    add_line(out, "Subject: ", item->subject[0] ? item->subject : "(no subject)");
    add_line(out, "Message-ID: ", item->header_message_id);
    cpr_buffer_free(&from);
}

static void add_receipt(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_receipt *receipt = &letter->item->receipt;
    cpr_buffer_add_format(out, "Received: %s (%s)\n", cpr_time_format_minute(receipt->utc_ms, time),
                          cpr_receipt_source_name(receipt->source));
}

/* Where it was found, and what became of it. */
static void add_place(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    static const char *const fates[CPR_RESCUE_STATES] = {
        [CPR_RESCUE_NOT_NEEDED] = ".",
        [CPR_RESCUE_WANTED] = "; it is to be moved to INBOX, which is not proved yet.",
        [CPR_RESCUE_OBSERVED] = "; it would be moved to INBOX, but mode = observe: it is still there.",
        [CPR_RESCUE_DONE] = "; moved to INBOX",
        [CPR_RESCUE_COPIED] =
            "; copied to INBOX. The server cannot remove single messages (no UIDPLUS), so the original "
            "was left where it was.",
        [CPR_RESCUE_PUT_BACK] = "; moved to INBOX and then put back into junk by somebody: it is NOT in the inbox. "
                                "It will not be moved a second time.",
        [CPR_RESCUE_LOST] =
            "; LOST: it was gone from there and from INBOX before the move was proved. Ask whoever runs "
            "the mail server for a copy.",
    };
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    const struct cpr_intent *move = letter->move;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_buffer_add_format(&line, "%s in ", cpr_time_format_minute(item->found_ms, time));
    cpr_buffer_add_text(&line, item->found_folder);
    cpr_buffer_add_text(&line, " of mailbox ");
    cpr_buffer_add_text(&line, item->mailbox);
    cpr_buffer_add_text(&line, fates[item->rescue]);
    if (item->rescue == CPR_RESCUE_DONE && move && move->ended_ms != CPR_TIME_NONE)
        cpr_buffer_add_format(&line, " at %s", cpr_time_format_minute(move->ended_ms, time));
    if (item->rescue == CPR_RESCUE_DONE)
        cpr_buffer_add_text(&line, ".");
    add_line(out, "Found: ", cpr_buffer_text(&line));
    cpr_buffer_free(&line);
}

static void add_owner(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    if (item->acked_ms == CPR_TIME_NONE) {
        cpr_buffer_add_format(out, "Taken on by: nobody yet (cpr-audit ack %" PRId64 " --by NAME)\n", item->id);
    } else {
        cpr_buffer_add_text(&line, item->acked_by);
        cpr_buffer_add_format(&line, " at %s", cpr_time_format_minute(item->acked_ms, time));
        add_line(out, "Taken on by: ", cpr_buffer_text(&line));
    }
    cpr_buffer_free(&line);
}

static bool names_one_certificate(const char *type)
{
    for (unsigned i = 0; i < CPR_IDENTIFIER_TYPES; i++)
        if (strcmp(type, cpr_identifier_type_name((enum cpr_identifier_type)i)) == 0)
            return cpr_identifier_is_unique((enum cpr_identifier_type)i);
    return false;
}

static void add_identifiers(const json_t *reading, struct cpr_buffer *out)
{
    json_t *list = json_object_get(reading, "identifiers"), *identifier;
    size_t i, count = json_array_size(list);
    bool unique = false;
    cpr_buffer_add_text(out, "\nIdentifiers:\n");
    json_array_foreach(list, i, identifier)
    {
        unique |= names_one_certificate(cpr_json_get(identifier, "type"));
        if (i >= IDENTIFIERS_SHOWN)
            continue;
        struct cpr_buffer name = cpr_buffer_new(64);
        cpr_buffer_add_text(&name, "  ");
        cpr_plain_pad(&name, cpr_json_get(identifier, "type"), 0);
        cpr_buffer_add_text(&name, ": ");
        add_line(out, cpr_buffer_text(&name), cpr_json_get(identifier, "value"));
        cpr_buffer_free(&name);
    }
    if (count > IDENTIFIERS_SHOWN)
        cpr_buffer_add_format(out, "  ... and %zu more: cpr-audit show\n", count - IDENTIFIERS_SHOWN);
    if (unique)
        cpr_buffer_add_text(out, "Confirm against the serial number before you say \"revoked\".\n");
    else
        cpr_buffer_add_text(out, "  names no certificate uniquely: ask for serial or SHA-256; an FQDN\n"
                                 "  is not an identifier\n");
}

static void add_reasons(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    json_t *list = json_object_get(reading, "signals"), *limits = json_object_get(reading, "limits"), *entry;
    size_t i;
    cpr_buffer_add_format(out, "\nWhy it is shown: %s\n", cpr_verdict_name(letter->item->verdict));
    json_array_foreach(list, i, entry)
    {
        if (i == SIGNALS_SHOWN)
            break;
        struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
        cpr_buffer_add_text(&line, cpr_json_get(entry, "id"));
        cpr_buffer_add_text(&line, " (");
        cpr_buffer_add_text(&line, cpr_json_get(entry, "where"));
        cpr_buffer_add_text(&line, "): ");
        cpr_buffer_add_text(&line, cpr_json_get(entry, "text"));
        add_line(out, "- ", cpr_buffer_text(&line));
        cpr_buffer_free(&line);
    }
    if (json_array_size(list) > SIGNALS_SHOWN)
        cpr_buffer_add_format(out, "- ... and %zu more\n", json_array_size(list) - SIGNALS_SHOWN);
    json_array_foreach(limits, i, entry)
        add_line(out, "- could not be read whole: ", json_string_value(entry) ? json_string_value(entry) : "");
}

static void add_excerpt(const json_t *reading, struct cpr_buffer *out)
{
    json_t *attachments = json_object_get(reading, "attachments"), *name;
    size_t i;
    json_array_foreach(attachments, i, name)
        add_line(out, i ? "  " : "\nAttached: ", json_string_value(name) ? json_string_value(name) : "");
    struct cpr_buffer excerpt = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_plain_harmless(&excerpt, cpr_view_of(cpr_json_get(reading, "excerpt")));
    if (excerpt.len) {
        cpr_buffer_add_text(out, "\nIt begins (links made harmless):\n");
        cpr_plain_wrap(out, "> ", "> ", cpr_buffer_view(&excerpt));
    } else {
        cpr_buffer_add_text(out, "\nNo text of it could be read.\n");
    }
    cpr_buffer_free(&excerpt);
}

void cpr_letter_add_case_text(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    add_time_left(letter, out);
    if (item->state == CPR_CASE_OPEN)
        add_what_to_do(letter, out);
    add_line(out, "News: ", letter->alert->text);
    add_reporter(letter, reading, out);
    add_receipt(letter, out);
    add_place(letter, out);
    if (item->state == CPR_CASE_OPEN)
        add_owner(letter, out);
    add_identifiers(reading, out);
    add_reasons(letter, reading, out);
    add_excerpt(reading, out);
    cpr_buffer_add_format(out, "\nMore: cpr-audit show %" PRId64 "\n", item->id);
    if (item->grade == CPR_GRADE_REPORT && item->state == CPR_CASE_OPEN)
        cpr_buffer_add_format(out, "No report at all: cpr-audit dismiss %" PRId64 " --by NAME --note \"...\"\n",
                              item->id);
}
