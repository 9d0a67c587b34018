#include "letter_parts.h"

#include "cpr/base/text.h"

#include <inttypes.h>
#include <string.h>

/* LIST_MAX_BYTES: below what a letter holds (letter.c), with room for the last line. SUBJECT_SHOWN: of each case. */
enum { LIST_MAX_BYTES = 16 * 1024, ENTRY_MAX_BYTES = 4096, SUBJECT_SHOWN = 100 };

static size_t count_overdue(const struct cpr_letter *letter)
{
    size_t count = 0;
    for (size_t i = 0; i < letter->entry_count; i++)
        count += cpr_letter_entry_deadline_ms(&letter->entries[i]) <= letter->now_utc_ms;
    return count;
}

void cpr_letter_add_collected_subject(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char duration[CPR_TIME_TEXT_SIZE];
    size_t overdue = count_overdue(letter);
    cpr_buffer_add_format(out, "CPR: %zu cases, ", letter->entry_count);
    if (overdue)
        cpr_buffer_add_format(out, "%zu OVERDUE", overdue);
    else
        cpr_buffer_add_format(
            out, "the first with %s left",
            cpr_duration_format(cpr_letter_entry_deadline_ms(&letter->entries[0]) - letter->now_utc_ms, duration));
}

/* What is still owed when one leg is closed. */
static const char *owed(const struct cpr_case *item)
{
    bool reporter = item->legs[CPR_LEG_REPORTER].state == CPR_LEG_OPEN;
    bool subscriber = item->legs[CPR_LEG_SUBSCRIBER].state == CPR_LEG_OPEN;
    if (reporter == subscriber)
        return "";
    return reporter ? "reporter not answered, " : "Subscriber not told, ";
}

/* "#12 report, Subscriber not told, OVERDUE by 1 h 00 min: SUBJECT, from ADDRESS, in FOLDER. NEWS" */
static void add_entry(const struct cpr_letter *letter, const struct cpr_letter_entry *entry, struct cpr_buffer *out)
{
    char duration[CPR_TIME_TEXT_SIZE], number[32], subject[SUBJECT_SHOWN];
    const struct cpr_case *item = entry->item;
    int64_t deadline_ms = cpr_letter_entry_deadline_ms(entry);
    bool is_overdue = deadline_ms <= letter->now_utc_ms;
    struct cpr_buffer line = cpr_buffer_new(ENTRY_MAX_BYTES), text = cpr_buffer_new(ENTRY_MAX_BYTES);
    cpr_text_copy(subject, sizeof subject, cpr_view_of(item->subject[0] ? item->subject : "(no subject)"));
    cpr_duration_format(deadline_ms - letter->now_utc_ms, duration);
    snprintf(number, sizeof number, "#%" PRId64 " ", item->id);
    cpr_buffer_add_text(&line, item->grade == CPR_GRADE_REPORT ? "report, " : "possible, ");
    cpr_buffer_add_text(&line, cpr_letter_is_to_revoke(entry->alert) ? "answered, to be revoked, " : owed(item));
    cpr_buffer_add_format(&line, is_overdue ? "OVERDUE by %s: " : "%s left: ", duration);
    cpr_quote_harmless(&line, cpr_view_of(subject));
    cpr_buffer_add_text(&line, ", from ");
    cpr_quote_harmless(&line, cpr_view_of(item->from_address[0] ? item->from_address : "(no address)"));
    cpr_buffer_add_text(&line, ", in ");
    cpr_quote_harmless(&line, cpr_view_of(cpr_letter_present_folder(item)));
    cpr_buffer_add_text(&line, entry->alert->text[0] ? ". " : "");
    cpr_quote_harmless(&line, cpr_view_of(entry->alert->text));
    cpr_quote_wrap(&text, number, "  ", cpr_buffer_view(&line));
    cpr_buffer_add(out, cpr_buffer_view(&text));
    cpr_buffer_free(&line);
    cpr_buffer_free(&text);
}

void cpr_letter_add_collected_text(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    size_t shown = 0;
    cpr_buffer_add_format(out,
                          "%zu cases wait, the earliest deadline first. All about one:\n"
                          "  cpr-audit show CASE\n"
                          "A reply to the reporter with what was found, sent from the mailbox,\n"
                          "closes that leg by itself. When the Subscriber was told too:\n"
                          "  cpr-audit answered CASE ... --leg both --by NAME --note \"...\"\n"
                          "When the certificates of one are revoked:\n"
                          "  cpr-audit revoked CASE --all --by NAME --note \"...\"\n"
                          "If they are no reports:\n"
                          "  cpr-audit dismiss CASE ... --by NAME --note \"...\"\n"
                          "To tell the others that you look after them:\n"
                          "  cpr-audit ack CASE ... --by NAME\n\n",
                          letter->entry_count);
    for (; shown < letter->entry_count; shown++) {
        struct cpr_buffer entry = cpr_buffer_new(ENTRY_MAX_BYTES);
        add_entry(letter, &letter->entries[shown], &entry);
        bool fits = out->len + entry.len <= LIST_MAX_BYTES;
        if (fits)
            cpr_buffer_add(out, cpr_buffer_view(&entry));
        cpr_buffer_free(&entry);
        if (!fits)
            break;
    }
    if (shown < letter->entry_count)
        cpr_buffer_add_format(out, "and %zu more: cpr-audit cases\n", letter->entry_count - shown);
}
