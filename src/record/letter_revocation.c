#include "letter_parts.h"

#include <inttypes.h>
#include <string.h>

enum { LINE_MAX_BYTES = 4096 };

bool cpr_letter_is_to_revoke(const struct cpr_alert *alert)
{
    return strcmp(alert->topic, CPR_TOPIC_TO_REVOKE) == 0;
}

int64_t cpr_letter_entry_deadline_ms(const struct cpr_letter_entry *entry)
{
    return cpr_letter_is_to_revoke(entry->alert) ? entry->item->revocation.deadline_ms : entry->item->deadline_ms;
}

/* "3 h 05 min left", "OVERDUE by 1 h 00 min"; in the first minute there is no "by". */
static void add_left(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char duration[CPR_TIME_TEXT_SIZE];
    int64_t left_ms = letter->item->revocation.deadline_ms - letter->now_utc_ms;
    cpr_duration_format(left_ms, duration);
    if (left_ms <= 0 && left_ms > -CPR_MINUTE_MS)
        cpr_buffer_add_text(out, "OVERDUE now");
    else
        cpr_buffer_add_format(out, left_ms <= 0 ? "OVERDUE by %s" : "%s left", duration);
}

void cpr_letter_add_to_revoke_subject(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    cpr_buffer_add_text(out, "answered, to be revoked: ");
    add_left(letter, out);
}

/* Where the time comes from: the section, and what a person or the rules make of the report. */
static void add_source(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    const struct cpr_obligation *obligation = &letter->item->revocation;
    cpr_buffer_add_format(out, "%s, %s", cpr_profile_revocation_section(letter->profile),
                          cpr_revocation_class_name(obligation->class));
    if (!obligation->set_by[0]) {
        cpr_buffer_add_format(out, ": %s", cpr_obligation_words(obligation->rule));
    } else {
        cpr_buffer_add_text(out, " by ");
        cpr_quote_harmless(out, cpr_view_of(obligation->set_by));
    }
}

void cpr_letter_add_to_revoke(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char deadline[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    bool is_overdue = item->revocation.deadline_ms <= letter->now_utc_ms;
    add_left(letter, &line);
    cpr_buffer_add_format(&line, " to revoke, %s %s (", is_overdue ? "since" : "until",
                          cpr_time_format_minute(item->revocation.deadline_ms, deadline));
    add_source(letter, &line);
    cpr_buffer_add_text(&line, "). The report was answered; nobody has said yet that it is revoked.");
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&line));
    cpr_buffer_add_format(out,
                          "When the revocation is published:\n"
                          "  cpr-audit revoked %" PRId64 " --all --by NAME --note \"...\"\n"
                          "If other time holds (24h, 5d), or nothing is to be revoked (none):\n"
                          "  cpr-audit clock %" PRId64 " --class none --by NAME --note \"...\"\n",
                          item->id, item->id);
    cpr_buffer_clear(&line);
    cpr_buffer_add_format(&line, "%s: from receipt of the report to published revocation not more than 4.9.1.1 gives.",
                          cpr_profile_section(letter->profile));
    cpr_buffer_add_byte(out, '\n');
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&line));
    if (is_overdue)
        cpr_buffer_add_text(out, "A missed deadline is an incident: tell whoever reports to the CCADB\n"
                                 "(preliminary incident report within 72 hours).\n");
    cpr_buffer_free(&line);
}

void cpr_letter_add_revocation(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_obligation *obligation = &letter->item->revocation;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    if (obligation->class == CPR_REVOKE_NOT) {
        cpr_buffer_add_text(&line, "none is due, says ");
        cpr_quote_harmless(&line, cpr_view_of(obligation->set_by));
    } else if (obligation->is_ended) {
        cpr_buffer_add_format(&line, "said to be done at %s by ", cpr_time_format_minute(obligation->ended_ms, time));
        cpr_quote_harmless(&line, cpr_view_of(obligation->ended_by));
    } else if (cpr_obligation_is_open(letter->item)) {
        add_left(letter, &line);
        cpr_buffer_add_format(&line, ", %s %s (", obligation->deadline_ms <= letter->now_utc_ms ? "since" : "until",
                              cpr_time_format_minute(obligation->deadline_ms, time));
        add_source(letter, &line);
        cpr_buffer_add_byte(&line, ')');
    }
    if (line.len)
        cpr_quote_wrap(out, "Revocation: ", "  ", cpr_buffer_view(&line));
    cpr_buffer_free(&line);
}
