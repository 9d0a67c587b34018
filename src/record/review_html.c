#include "parts.h"

#include "cpr/base/digest.h"
#include "cpr/base/encode.h"
#include "cpr/judge/redact.h"

#include <inttypes.h>
#include <string.h>

enum { MAIL_TEXT_MAX_BYTES = 16 * 1024 };

/* The pieces follow each other in a fixed order, so each section closes the table that the one before it opened. */
static const char page_start[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n";

static const char style[] =
    "<style>\n"
    "body{font:15px/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:2em auto;max-width:84em;padding:0 "
    "1em}\n"
    "h1{font-size:1.6em;margin:0 0 .2em}h2{font-size:1.2em;margin:2em 0 .4em;border-bottom:2px solid #1a1a1a}\n"
    "p{margin:.4em 0;max-width:60em}\n"
    "table{border-collapse:collapse;width:100%;font-size:.87em}\n"
    "th,td{text-align:left;vertical-align:top;padding:.35em .6em;border-bottom:1px solid #ccc;overflow-wrap:anywhere}\n"
    "thead th{border-bottom:2px solid #666;overflow-wrap:normal}\n"
    "td.n,th.n{width:1%;text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal;white-space:nowrap}\n"
    "td.t{width:1%;white-space:nowrap;overflow-wrap:normal;font-variant-numeric:tabular-nums}\n"
    "td.w{width:12em;min-width:9em;overflow-wrap:break-word}td.a{overflow-wrap:break-word}\n"
    "code{font:.92em ui-monospace,monospace}small{color:#444}\n"
    "table.facts{width:auto}table.facts td.n{width:auto}table.facts th{font-weight:600;white-space:nowrap}\n"
    "tr.case th{background:#eee;font-weight:400;border-top:2px solid #666}\n"
    "b.loud{border:2px solid #1a1a1a;padding:0 .3em}\n"
    "p.sign{margin-top:2.5em}\n"
    "@media print{body{margin:0;max-width:none;font-size:10px}@page{size:A4 landscape;margin:12mm}\n"
    "thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}\n"
    "</style>\n";

static void add_safe(struct cpr_buffer *out, const char *text)
{
    cpr_encode_html(out, cpr_view_of(text[0] ? text : "-"));
}

/* Mail text: without keys. */
static void add_mail_text(struct cpr_buffer *out, const char *text)
{
    struct cpr_buffer keyless = cpr_buffer_new(MAIL_TEXT_MAX_BYTES);
    cpr_redact(cpr_view_of(text[0] ? text : "-"), &keyless);
    cpr_encode_html(out, cpr_buffer_view(&keyless));
    cpr_buffer_free(&keyless);
}

static void add_cell(struct cpr_buffer *out, const char *class, const char *text)
{
    cpr_buffer_add_format(out, class ? "<td class=\"%s\">" : "<td>", class);
    add_safe(out, text);
    cpr_buffer_add_text(out, "</td>");
}

static void add_number(struct cpr_buffer *out, uint64_t number)
{
    cpr_buffer_add_format(out, "<td class=\"n\">%" PRIu64 "</td>", number);
}

static void add_fact(struct cpr_buffer *out, const char *name, const char *value)
{
    cpr_buffer_add_format(out, "<tr><th scope=\"row\">%s</th>", name);
    add_cell(out, NULL, value);
    cpr_buffer_add_text(out, "</tr>\n");
}

static void write_head(const struct cpr_review_head *head, struct cpr_buffer *out)
{
    char day[CPR_TIME_TEXT_SIZE], time[CPR_TIME_TEXT_SIZE];
    cpr_time_format_day(head->day_ms, day);
    cpr_buffer_add_text(out, page_start);
    cpr_buffer_add_format(out, "<title>cpr-auditd: review of %s</title>\n", day);
    cpr_buffer_add_text(out, style);
    cpr_buffer_add_format(out, "</head>\n<body>\n<h1>Review of %s</h1>\n<p>All times are UTC.</p>\n", day);
    cpr_buffer_add_text(out, "<table class=\"facts\"><caption hidden>About this review</caption><tbody>\n");
    add_fact(out, "Generated", cpr_time_format(head->generated_ms, time));
    add_fact(out, "By", "cpr-auditd");
    add_fact(out, "Version", head->version);
    add_fact(out, "Instance", head->instance);
    add_fact(out, "Mode", head->mode);
    add_fact(out, "Configuration (SHA-256)", head->configuration_hash);
    add_fact(out, "Rules", head->ruleset);
    add_fact(out, "Clock", head->clock_is_synchronised ? "synchronised" : "NOT SYNCHRONISED");
    add_fact(out, "Previous page", head->previous_page);
    add_fact(out, "Its SHA-256", head->previous_sha256);
    cpr_buffer_add_text(
        out, "</tbody></table>\n<h2>Folders</h2>\n"
             "<p>Under the present UIDVALIDITY, over all days. Known = judged + unreadable + vanished + waiting; "
             "\"on server\" is the number of messages at the last look.</p>\n<table><thead><tr>"
             "<th scope=\"col\">Mailbox, folder</th><th scope=\"col\">Role</th><th scope=\"col\">Chosen by</th>"
             "<th scope=\"col\" class=\"n\">UIDVALIDITY</th><th scope=\"col\" class=\"n\">Known</th>"
             "<th scope=\"col\" class=\"n\">Judged</th><th scope=\"col\" class=\"n\">Unreadable</th>"
             "<th scope=\"col\" class=\"n\">Vanished</th><th scope=\"col\" class=\"n\">Waiting</th>"
             "<th scope=\"col\" class=\"n\">Next UID</th><th scope=\"col\" class=\"n\">On server</th>"
             "<th scope=\"col\">Last look</th></tr></thead><tbody>\n");
}

static void write_folder(const struct cpr_folder *folder, const struct cpr_folder_tally *tally, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    cpr_buffer_add_text(out, "<tr><th scope=\"row\">");
    add_safe(out, folder->mailbox);
    cpr_buffer_add_text(out, ": ");
    add_safe(out, folder->display);
    cpr_buffer_add_text(out, "</th>");
    add_cell(out, NULL, cpr_folder_role_name(folder->role));
    add_cell(out, NULL, folder->rule);
    add_number(out, folder->uidvalidity);
    add_number(out, cpr_review_known(tally));
    add_number(out, tally->judged);
    add_number(out, tally->unreadable);
    add_number(out, tally->vanished);
    add_number(out, tally->expected);
    add_number(out, folder->next_uid);
    add_number(out, folder->messages);
    add_cell(out, "t", cpr_time_format(folder->looked_ms, time));
    cpr_buffer_add_text(out, "</tr>\n");
}

static void write_section(enum cpr_review_section section, struct cpr_buffer *out)
{
#define EVENT_COLUMNS                                                                                                  \
    "<table><thead><tr><th scope=\"col\">When</th><th scope=\"col\" class=\"n\">Event</th>"                            \
    "<th scope=\"col\">Who</th><th scope=\"col\">What</th><th scope=\"col\">Text</th></tr></thead><tbody>\n"
    static const char *const starts[] = {
        [CPR_REVIEW_CASES] = "<h2>Cases</h2>\n<p>Open on this day, opened or closed on it; each with its events up to "
                             "its end.</p>\n" EVENT_COLUMNS,
        [CPR_REVIEW_MESSAGES] =
            "<h2>Messages</h2>\n<p>One row for each message that was settled on this day.</p>\n<table><thead><tr>"
            "<th scope=\"col\">Settled</th><th scope=\"col\">Where</th><th scope=\"col\">Message</th>"
            "<th scope=\"col\">Verdict and reasons</th><th scope=\"col\">Action</th></tr></thead><tbody>\n",
        [CPR_REVIEW_EVENTS] = "<h2>Events of no case</h2>\n" EVENT_COLUMNS,
    };
#undef EVENT_COLUMNS
    cpr_buffer_add_text(out, "</tbody></table>\n");
    cpr_buffer_add_text(out, starts[section]);
}

static void add_case_stamps(const struct cpr_case *item, int64_t now_utc_ms, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE], deadline[CPR_TIME_TEXT_SIZE], duration[CPR_TIME_TEXT_SIZE];
    int64_t margin_ms = cpr_review_margin_ms(item, now_utc_ms);
    cpr_buffer_add_format(out, "<br>Received %s (%s), deadline %s, <b%s>%s %s</b>",
                          cpr_time_format(item->receipt.utc_ms, time), cpr_receipt_source_name(item->receipt.source),
                          cpr_time_format(item->deadline_ms, deadline), margin_ms < 0 ? " class=\"loud\"" : "",
                          cpr_duration_format(margin_ms, duration), margin_ms < 0 ? "OVERDUE" : "left");
    struct cpr_buffer revocation = cpr_buffer_new(4 * CPR_NOTE_MAX);
    bool is_late = cpr_obligation_is_open(item) && item->revocation.deadline_ms < now_utc_ms;
    cpr_review_add_revocation(item, now_utc_ms, &revocation);
    cpr_buffer_add_text(out, is_late ? "<br><b class=\"loud\">Revocation</b> " : "<br>Revocation ");
    add_safe(out, cpr_buffer_text(&revocation));
    cpr_buffer_free(&revocation);
    if (item->acked_ms != CPR_TIME_NONE) {
        cpr_buffer_add_format(out, "<br>Acknowledged %s by ", cpr_time_format(item->acked_ms, time));
        add_safe(out, item->acked_by);
    }
    if (item->closed_ms != CPR_TIME_NONE) {
        cpr_buffer_add_format(out, "<br>Closed %s by ", cpr_time_format(item->closed_ms, time));
        add_safe(out, item->closed_by);
        cpr_buffer_add_text(out, ": ");
        add_safe(out, item->closed_note);
    }
}

static void write_case(const struct cpr_case *item, int64_t now_utc_ms, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    cpr_buffer_add_format(out,
                          "</tbody><tbody>\n<tr class=\"case\"><th scope=\"rowgroup\" colspan=\"5\"><b>CPR #%" PRId64
                          ": %s</b>, %s, verdict %s<br><b>",
                          item->id, cpr_case_state_name(item->state), cpr_case_grade_name(item->grade),
                          cpr_verdict_name(item->verdict));
    add_mail_text(out, item->subject);
    cpr_buffer_add_text(out, "</b> from ");
    add_safe(out, item->from_address);
    cpr_buffer_add_text(out, "<br><code>");
    add_safe(out, item->header_message_id);
    cpr_buffer_add_format(out, "</code><br>Found %s in ", cpr_time_format(item->found_ms, time));
    add_safe(out, item->found_folder);
    cpr_buffer_add_text(out, " of mailbox ");
    add_safe(out, item->mailbox);
    cpr_buffer_add_format(out, ", rescue: %s", cpr_rescue_state_name(item->rescue));
    add_case_stamps(item, now_utc_ms, out);
    cpr_buffer_add_text(out, "</th></tr>\n");
}

static void write_event(const struct cpr_event *event, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    cpr_buffer_add_text(out, "<tr>");
    add_cell(out, "t", cpr_time_format(event->at_ms, time));
    add_number(out, (uint64_t)event->sequence);
    add_cell(out, "w", event->who);
    add_cell(out, "w", event->event);
    cpr_buffer_add_text(out, "<td>");
    if (event->mailbox[0]) {
        add_safe(out, event->mailbox);
        cpr_buffer_add_text(out, ": ");
    }
    add_safe(out, event->text);
    cpr_buffer_add_text(out, "</td></tr>\n");
}

static void add_envelope(const struct cpr_message *message, struct cpr_buffer *out)
{
    char sha256[CPR_DIGEST_HEX_SIZE], time[CPR_TIME_TEXT_SIZE];
    cpr_digest_to_hex(&message->identity.digest, sha256);
    cpr_buffer_add_text(out, "<td><b>");
    add_mail_text(out, message->subject);
    cpr_buffer_add_text(out, "</b><br>from ");
    add_safe(out, message->from_address);
    cpr_buffer_add_text(out, "<br><code>");
    add_safe(out, message->header_message_id);
    cpr_buffer_add_format(out,
                          "</code><br><small>internal date %s, %" PRIu32 " bytes, SHA-256 of the first 64 KiB "
                          "<code>%s</code></small></td>",
                          cpr_time_format(message->internal_ms, time), message->identity.size, sha256);
}

static void add_judgement(const struct cpr_message *message, const json_t *reading, struct cpr_buffer *out)
{
    json_t *signal;
    size_t i;
    cpr_buffer_add_format(out, "<td><b%s>%s</b> (%s, score %d)",
                          message->verdict == CPR_VERDICT_UNLIKELY ? "" : " class=\"loud\"",
                          cpr_verdict_name(message->verdict), cpr_kind_name(message->kind), message->score);
    json_array_foreach(json_object_get(reading, "signals"), i, signal)
    {
        cpr_buffer_add_text(out, "<br><code>");
        add_safe(out, cpr_json_get(signal, "id"));
        cpr_buffer_add_text(out, "</code> ");
        add_safe(out, cpr_json_get(signal, "where"));
        cpr_buffer_add_text(out, ": ");
        add_mail_text(out, cpr_json_get(signal, "text"));
    }
    cpr_buffer_add_text(out, "</td>");
}

static void write_message(const struct cpr_review_row *row, json_t *reading, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    cpr_buffer_add_text(out, "<tr>");
    add_cell(out, "t", cpr_time_format(row->sighting.settled_ms, time));
    cpr_buffer_add_text(out, "<td class=\"w\">");
    add_safe(out, row->folder.mailbox);
    cpr_buffer_add_text(out, ": ");
    add_safe(out, row->folder.display);
    cpr_buffer_add_format(out, "<br>UID %" PRIu32 " <small>of %" PRIu32 "<br>first seen %s</small></td>",
                          row->sighting.uid, row->sighting.uidvalidity,
                          cpr_time_format(row->sighting.first_seen_ms, time));
    if (row->message.id) {
        add_envelope(&row->message, out);
        add_judgement(&row->message, reading, out);
    } else {
        cpr_buffer_add_text(out, "<td>-</td><td>-</td>");
    }
    cpr_buffer_add_format(out, "<td class=\"a\">%s<br>", cpr_sighting_state_name(row->sighting.state));
    add_safe(out, row->sighting.action);
    if (row->message.id && row->message.case_id)
        cpr_buffer_add_format(out, "<br>CPR #%" PRId64, row->message.case_id);
    cpr_buffer_add_text(out, "</td></tr>\n");
}

static void add_total(struct cpr_buffer *out, const char *name, uint64_t number)
{
    cpr_buffer_add_format(out, "<tr><th scope=\"row\">%s</th>", name);
    add_number(out, number);
    cpr_buffer_add_text(out, "</tr>\n");
}

static void write_tail(const struct cpr_review_totals *totals, struct cpr_buffer *out)
{
    cpr_buffer_add_text(out, "</tbody></table>\n<h2>The day in numbers</h2>\n");
    cpr_buffer_add_format(out,
                          "<p>%" PRIu64 " messages settled = %" PRIu64 " judged + %" PRIu64 " unreadable + %" PRIu64
                          " vanished: <b>%s</b></p>\n<table class=\"facts\"><tbody>\n",
                          totals->messages, cpr_review_judged(totals), totals->unreadable, totals->vanished,
                          cpr_review_is_balanced(totals) ? "the sums add up" : "THE SUMS DO NOT ADD UP");
    for (unsigned i = CPR_VERDICTS; i-- > 0;)
        add_total(out, cpr_verdict_name((enum cpr_verdict)i), totals->by_verdict[i]);
    add_total(out, "rescued", totals->rescued);
    add_total(out, "cases", totals->cases);
    add_total(out, "cases opened", totals->cases_opened);
    add_total(out, "cases closed", totals->cases_closed);
    add_total(out, "events", totals->events);
    cpr_buffer_add_text(out, "</tbody></table>\n<p>");
    add_safe(out, cpr_review_blind_spots);
    cpr_buffer_add_text(out, "</p>\n<p class=\"sign\">Reviewed by ______________________________ on "
                             "____________________ (UTC)</p>\n<p class=\"sign\">Second person "
                             "____________________________ on ____________________ (UTC)</p>\n"
                             "<p>End of the review.</p>\n</body>\n</html>\n");
}

const struct cpr_review_writer cpr_review_html = {
    .head = write_head,
    .folder = write_folder,
    .section = write_section,
    .item = write_case,
    .event = write_event,
    .message = write_message,
    .tail = write_tail,
};
