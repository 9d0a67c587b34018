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
