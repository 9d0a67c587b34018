#include "parts.h"

#include "cpr/base/assert.h"

static const struct cpr_review_writer *const writers[CPR_REVIEW_FORMS] = {
    [CPR_REVIEW_JSONL] = &cpr_review_jsonl,
    [CPR_REVIEW_TXT] = &cpr_review_txt,
    [CPR_REVIEW_HTML] = &cpr_review_html,
};

const char cpr_review_blind_spots[] =
    "Not visible to this program: mail that a server refused at SMTP time, mail that a filter discarded silently, and "
    "quarantines that are not folders of the mailbox (Microsoft Defender, Google admin quarantine, mail gateways).";

static const struct cpr_review_writer *writer_of(enum cpr_review_form form)
{
    CPR_ASSERT(form < CPR_REVIEW_FORMS);
    return writers[form];
}

const char *cpr_review_extension(enum cpr_review_form form)
{
    static const char *const extensions[CPR_REVIEW_FORMS] = {"jsonl", "txt", "html"};
    CPR_ASSERT(form < CPR_REVIEW_FORMS);
    return extensions[form];
}

void cpr_review_write_head(enum cpr_review_form form, const struct cpr_review_head *head, struct cpr_buffer *out)
{
    writer_of(form)->head(head, out);
}

void cpr_review_write_folder(enum cpr_review_form form, const struct cpr_folder *folder,
                             const struct cpr_folder_tally *tally, struct cpr_buffer *out)
{
    writer_of(form)->folder(folder, tally, out);
}

void cpr_review_write_section(enum cpr_review_form form, enum cpr_review_section section, struct cpr_buffer *out)
{
    CPR_ASSERT(section <= CPR_REVIEW_EVENTS);
    writer_of(form)->section(section, out);
}

void cpr_review_write_case(enum cpr_review_form form, const struct cpr_case *item, int64_t now_utc_ms,
                           struct cpr_buffer *out)
{
    writer_of(form)->item(item, now_utc_ms, out);
}

void cpr_review_write_event(enum cpr_review_form form, const struct cpr_event *event, struct cpr_buffer *out)
{
    writer_of(form)->event(event, out);
}

void cpr_review_write_message(enum cpr_review_form form, const struct cpr_review_row *row, struct cpr_buffer *out)
{
    json_t *reading =
        row->message.id && row->message.reading_json ? json_loads(row->message.reading_json, 0, NULL) : NULL;
    writer_of(form)->message(row, reading, out);
    json_decref(reading);
}

void cpr_review_write_tail(enum cpr_review_form form, const struct cpr_review_totals *totals, struct cpr_buffer *out)
{
    writer_of(form)->tail(totals, out);
}

int64_t cpr_review_margin_ms(const struct cpr_case *item, int64_t now_utc_ms)
{
    bool closed = item->state != CPR_CASE_OPEN && item->closed_ms != CPR_TIME_NONE;
    return item->deadline_ms - (closed ? item->closed_ms : now_utc_ms);
}

uint64_t cpr_review_judged(const struct cpr_review_totals *totals)
{
    uint64_t judged = 0;
    for (unsigned i = 0; i < CPR_VERDICTS; i++)
        judged += totals->by_verdict[i];
    return judged;
}

bool cpr_review_is_balanced(const struct cpr_review_totals *totals)
{
    return totals->messages == cpr_review_judged(totals) + totals->unreadable + totals->vanished;
}

uint64_t cpr_review_known(const struct cpr_folder_tally *tally)
{
    return tally->judged + tally->unreadable + tally->vanished + tally->expected;
}

static void add_revocation_time(const struct cpr_obligation *obligation, int64_t now_utc_ms, struct cpr_buffer *line)
{
    char time[CPR_TIME_TEXT_SIZE], duration[CPR_TIME_TEXT_SIZE];
    int64_t left_ms = obligation->deadline_ms - now_utc_ms;
    cpr_buffer_add_format(line, "open, until %s (BR 4.9.1.1), %s%s", cpr_time_format(obligation->deadline_ms, time),
                          cpr_duration_format(left_ms, duration), left_ms < 0 ? " OVERDUE" : " left");
}

void cpr_review_add_revocation(const struct cpr_case *item, int64_t now_utc_ms, struct cpr_buffer *line)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_obligation *obligation = &item->revocation;
    if (item->state == CPR_CASE_DISMISSED) {
        cpr_buffer_add_text(line, "-");
        return;
    }
    if (obligation->class == CPR_REVOKE_NOT)
        cpr_buffer_add_text(line, "none is due");
    else if (obligation->is_ended)
        cpr_buffer_add_format(line, "ended %s by %s: %s", cpr_time_format(obligation->ended_ms, time),
                              obligation->ended_by, obligation->ended_note);
    else
        add_revocation_time(obligation, now_utc_ms, line);
    cpr_buffer_add_format(line, "; %s by the rules (%s)", cpr_revocation_class_name(obligation->by_rules),
                          cpr_obligation_words(obligation->rule));
    if (obligation->set_by[0])
        cpr_buffer_add_format(line, "; %s since %s by %s: %s", cpr_revocation_class_name(obligation->class),
                              cpr_time_format(obligation->set_ms, time), obligation->set_by, obligation->set_note);
}
