#include "parts.h"

#include "cpr/base/digest.h"
#include "cpr/base/encode.h"
#include "cpr/judge/redact.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MAIL_TEXT_MAX_BYTES = 16 * 1024 };

/* Mail text on its line: without keys, without controls. */
static void add_text(struct cpr_buffer *out, const char *text)
{
    struct cpr_buffer keyless = cpr_buffer_new(MAIL_TEXT_MAX_BYTES);
    cpr_redact(cpr_view_of(text), &keyless);
    cpr_encode_line(out, cpr_buffer_view(&keyless));
    cpr_buffer_free(&keyless);
}

static void add_named(struct cpr_buffer *out, const char *name, const char *value)
{
    cpr_quote_pad(out, name, 24);
    cpr_encode_line(out, cpr_view_of(value[0] ? value : "-"));
    cpr_buffer_add_byte(out, '\n');
}

static void write_head(const struct cpr_review_head *head, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    cpr_buffer_add_format(out, "REVIEW OF %s (UTC)\n\n", cpr_time_format_day(head->day_ms, time));
    add_named(out, "Generated", cpr_time_format(head->generated_ms, time));
    add_named(out, "By", "cpr-auditd");
    add_named(out, "Version", head->version);
    add_named(out, "Instance", head->instance);
    add_named(out, "Mode", head->mode);
    add_named(out, "Configuration SHA-256", head->configuration_hash);
    add_named(out, "Rules", head->ruleset);
    add_named(out, "Clock", head->clock_is_synchronised ? "synchronised" : "NOT SYNCHRONISED");
    add_named(out, "Previous page", head->previous_page);
    add_named(out, "Previous page's SHA-256", head->previous_sha256);
    cpr_buffer_add_text(out,
                        "\nFOLDERS: under the present UIDVALIDITY, over all days\n"
                        "KNOWN = JUDGED + UNREADABLE + VANISHED + WAITING; ON SERVER: at the last look\n\n"
                        "MAILBOX         FOLDER                  ROLE    UIDVALIDITY     KNOWN    JUDGED  UNREADABLE"
                        "  VANISHED   WAITING  NEXT UID  ON SERVER  LAST LOOK             CHOSEN BY\n");
}

static void write_folder(const struct cpr_folder *folder, const struct cpr_folder_tally *tally, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    cpr_quote_pad(out, folder->mailbox, 15);
    cpr_buffer_add_byte(out, ' ');
    cpr_quote_pad(out, folder->display, 23);
    cpr_buffer_add_byte(out, ' ');
    cpr_quote_pad(out, cpr_folder_role_name(folder->role), 7);
    cpr_buffer_add_format(out,
                          " %11" PRIu32 " %9" PRIu64 " %9" PRIu64 " %11" PRIu64 " %9" PRIu64 " %9" PRIu64 " %9" PRIu32
                          " %10" PRIu32 "  ",
                          folder->uidvalidity, cpr_review_known(tally), tally->judged, tally->unreadable,
                          tally->vanished, tally->expected, folder->next_uid, folder->messages);
    cpr_quote_pad(out, cpr_time_format(folder->looked_ms, time), 22);
    cpr_encode_line(out, cpr_view_of(folder->rule));
    cpr_buffer_add_byte(out, '\n');
}

static void write_section(enum cpr_review_section section, struct cpr_buffer *out)
{
    static const char *const titles[] = {
        [CPR_REVIEW_CASES] = "\nCASES: open on this day, opened or closed on it; each with its events up to its end\n",
        [CPR_REVIEW_MESSAGES] =
            "\nMESSAGES: one line for each that was settled on this day\n\n"
            "SETTLED               STATE       VERDICT      SCORE  KIND               ACTION         CASE    "
            "UIDVALIDITY"
            "        UID  MAILBOX/FOLDER  FROM  SUBJECT  MESSAGE-ID  SHA-256 OF FIRST 64 KiB  SIGNALS\n",
        [CPR_REVIEW_EVENTS] = "\nEVENTS of no case: TIME, SEQUENCE, WHO, EVENT, MAILBOX, TEXT\n\n",
    };
    cpr_buffer_add_text(out, titles[section]);
}

static void add_case_line(struct cpr_buffer *out, const char *name, const char *first, const char *second)
{
    cpr_buffer_add_text(out, "  ");
    cpr_quote_pad(out, name, 14);
    add_text(out, first[0] ? first : "-");
    if (second[0]) {
        cpr_buffer_add_text(out, "  ");
        add_text(out, second);
    }
    cpr_buffer_add_byte(out, '\n');
}

static void write_case(const struct cpr_case *item, int64_t now_utc_ms, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE], duration[CPR_TIME_TEXT_SIZE];
    int64_t margin_ms = cpr_review_margin_ms(item, now_utc_ms);
    cpr_buffer_add_format(out, "\nCPR #%" PRId64 "  %s  %s  verdict %s\n", item->id, cpr_case_state_name(item->state),
                          cpr_case_grade_name(item->grade), cpr_verdict_name(item->verdict));
    add_case_line(out, "From", item->from_address, "");
    add_case_line(out, "Subject", item->subject, "");
    cpr_buffer_add_text(out, "  Message-ID    ");
    cpr_encode_line(out, cpr_view_of(item->header_message_id[0] ? item->header_message_id : "-"));
    cpr_buffer_add_byte(out, '\n');
    add_case_line(out, "Found", cpr_time_format(item->found_ms, time), "");
    add_case_line(out, "Where", item->mailbox, item->found_folder);
    add_case_line(out, "Rescue", cpr_rescue_state_name(item->rescue), "");
    add_case_line(out, "Received", cpr_time_format(item->receipt.utc_ms, time),
                  cpr_receipt_source_name(item->receipt.source));
    add_case_line(out, "Deadline", cpr_time_format(item->deadline_ms, time), "");
    cpr_buffer_add_format(out, "  Margin        %s%s\n", cpr_duration_format(margin_ms, duration),
                          margin_ms < 0 ? " OVERDUE" : " left");
    struct cpr_buffer revocation = cpr_buffer_new(4 * CPR_NOTE_MAX);
    cpr_review_add_revocation(item, now_utc_ms, &revocation);
    add_case_line(out, "Revocation", cpr_buffer_text(&revocation), "");
    cpr_buffer_free(&revocation);
    add_case_line(out, "Acknowledged", cpr_time_format(item->acked_ms, time), item->acked_by);
    add_case_line(out, "Closed", cpr_time_format(item->closed_ms, time), item->closed_by);
    if (item->closed_note[0])
        add_case_line(out, "Note", item->closed_note, "");
}

static void write_event(const struct cpr_event *event, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    cpr_buffer_add_format(out, "  %s  %8" PRId64 "  ", cpr_time_format(event->at_ms, time), event->sequence);
    cpr_quote_pad(out, event->who, 20);
    cpr_buffer_add_text(out, "  ");
    cpr_quote_pad(out, event->event, 20);
    cpr_buffer_add_text(out, "  ");
    cpr_quote_pad(out, event->mailbox[0] ? event->mailbox : "-", 12);
    cpr_buffer_add_text(out, "  ");
    cpr_encode_line(out, cpr_view_of(event->text[0] ? event->text : "-"));
    cpr_buffer_add_byte(out, '\n');
}

static void add_column(struct cpr_buffer *out, const char *text)
{
    cpr_buffer_add_text(out, "  ");
    cpr_encode_line(out, cpr_view_of(text[0] ? text : "-"));
}

static void add_signal_names(struct cpr_buffer *out, const json_t *reading)
{
    json_t *signals = json_object_get(reading, "signals"), *signal;
    size_t i;
    cpr_buffer_add_text(out, json_array_size(signals) ? "  " : "  -");
    json_array_foreach(signals, i, signal)
    {
        cpr_buffer_add_text(out, i ? "," : "");
        cpr_encode_line(out, cpr_view_of(cpr_json_get(signal, "id")));
    }
}

/* Who sent what, as far as it is known. */
static void add_envelope(struct cpr_buffer *out, const struct cpr_message *message, const json_t *reading)
{
    char sha256[CPR_DIGEST_HEX_SIZE];
    cpr_digest_to_hex(&message->identity.digest, sha256);
    add_column(out, message->from_address);
    cpr_buffer_add_text(out, "  ");
    add_text(out, message->subject[0] ? message->subject : "-");
    add_column(out, message->header_message_id);
    add_column(out, sha256);
    add_signal_names(out, reading);
}

static void write_message(const struct cpr_review_row *row, json_t *reading, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE], number[24] = "-", score[24] = "-";
    const struct cpr_message *message = row->message.id ? &row->message : NULL;
    if (message)
        snprintf(score, sizeof score, "%d", message->score);
    if (message && message->case_id)
        snprintf(number, sizeof number, "#%" PRId64, message->case_id);
    cpr_quote_pad(out, cpr_time_format(row->sighting.settled_ms, time), 22);
    cpr_quote_pad(out, cpr_sighting_state_name(row->sighting.state), 12);
    cpr_quote_pad(out, message ? cpr_verdict_name(message->verdict) : "-", 13);
    cpr_quote_pad(out, score, 7);
    cpr_quote_pad(out, message ? cpr_kind_name(message->kind) : "-", 19);
    cpr_quote_pad(out, row->sighting.action[0] ? row->sighting.action : "-", 15);
    cpr_quote_pad(out, number, 8);
    cpr_buffer_add_format(out, "%11" PRIu32 " %10" PRIu32 "  ", row->sighting.uidvalidity, row->sighting.uid);
    cpr_encode_line(out, cpr_view_of(row->folder.mailbox));
    cpr_buffer_add_byte(out, '/');
    cpr_encode_line(out, cpr_view_of(row->folder.display));
    if (message)
        add_envelope(out, message, reading);
    else
        cpr_buffer_add_text(out, "  -  -  -  -  -");
    cpr_buffer_add_byte(out, '\n');
}

static void add_count(struct cpr_buffer *out, const char *name, uint64_t number)
{
    cpr_quote_pad(out, name, 24);
    cpr_buffer_add_format(out, "%" PRIu64 "\n", number);
}

static void write_tail(const struct cpr_review_totals *totals, struct cpr_buffer *out)
{
    cpr_buffer_add_text(out, "\nTHE DAY IN NUMBERS\n\n");
    cpr_buffer_add_format(out,
                          "Messages settled        %" PRIu64 " = %" PRIu64 " judged + %" PRIu64 " unreadable + %" PRIu64
                          " vanished: %s\n",
                          totals->messages, cpr_review_judged(totals), totals->unreadable, totals->vanished,
                          cpr_review_is_balanced(totals) ? "the sums add up" : "THE SUMS DO NOT ADD UP");
    for (unsigned i = CPR_VERDICTS; i-- > 0;)
        add_count(out, cpr_verdict_name((enum cpr_verdict)i), totals->by_verdict[i]);
    add_count(out, "rescued", totals->rescued);
    add_count(out, "cases", totals->cases);
    add_count(out, "cases opened", totals->cases_opened);
    add_count(out, "cases closed", totals->cases_closed);
    add_count(out, "events", totals->events);
    cpr_buffer_add_byte(out, '\n');
    cpr_quote_wrap(out, "", "", cpr_view_of(cpr_review_blind_spots));
    cpr_buffer_add_text(out, "\nReviewed by ______________________________  on ____________________ (UTC)\n"
                             "\nSecond person ____________________________  on ____________________ (UTC)\n"
                             "\nEnd of the review.\n");
}

const struct cpr_review_writer cpr_review_txt = {
    .head = write_head,
    .folder = write_folder,
    .section = write_section,
    .item = write_case,
    .event = write_event,
    .message = write_message,
    .tail = write_tail,
};
