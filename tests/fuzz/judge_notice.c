/* Quarantine notices: any text gives a sound reading; what is in no row is still in the rest; a row that is put in
 * front of a table or of labelled rows takes none away. The seeds are texts of notices. */
#include "cpr/base/assert.h"
#include "cpr/judge/judge.h"
#include "cpr/judge/notice.h"
#include "cpr/judge/notice_date.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char header[] = "Received: from f by mx.ca.example; Fri, 20 Nov 2026 08:00:02 +0100\n"
                             "Authentication-Results: mx.ca.example; dmarc=pass header.from=filter.example\n"
                             "From: q@filter.example\nDate: Fri, 20 Nov 2026 08:00:00 +0100\n"
                             "Subject: digest\nContent-Type: text/";

static void judge(const char *type, struct cpr_view text)
{
    static struct cpr_judge_settings settings;
    static struct cpr_reading first, second;
    settings.own_host_count = settings.notice_count = settings.notices[0].sender_count = 1;
    snprintf(settings.own_hosts[0], sizeof settings.own_hosts[0], "mx.ca.example");
    snprintf(settings.notices[0].name, sizeof settings.notices[0].name, "f");
    snprintf(settings.notices[0].senders[0], sizeof settings.notices[0].senders[0], "@filter.example");
    settings.notices[0].kept_ms = 15 * CPR_DAY_MS;
    struct cpr_buffer mail = cpr_buffer_new(text.len + 1024);
    cpr_buffer_add_text(&mail, header);
    cpr_buffer_add_text(&mail, type);
    cpr_buffer_add_text(&mail, "; charset=utf-8\n\n");
    cpr_buffer_add(&mail, text);
    cpr_judge_message(cpr_buffer_view(&mail), false, &settings, &first);
    CPR_ASSERT(cpr_reading_is_sound(&first));
    CPR_ASSERT(first.kind == CPR_KIND_QUARANTINE_NOTICE);
    cpr_judge_message(cpr_buffer_view(&mail), false, &settings, &second);
    CPR_ASSERT(memcmp(&first, &second, sizeof first) == 0);
    for (uint32_t i = 0; i < first.notice_row_count; i++)
        CPR_ASSERT(first.notice_rows[i].held_ms == CPR_TIME_NONE ||
                   first.notice_rows[i].held_ms <= INT64_C(1795158000000)); /* never after the notice */
    cpr_buffer_free(&mail);
}

static void check_rows(struct cpr_view text)
{
    static struct cpr_notice_list list;
    struct cpr_buffer rest = cpr_buffer_new(2 * text.len + 64);
    list.count = 0;
    cpr_notice_rows_read(text, &list, &rest);
    CPR_ASSERT(rest.len <= text.len + 1);
    CPR_ASSERT(list.count > 0 || rest.len >= text.len - (text.len > 0));
    for (uint32_t i = 0; i < list.count && i < CPR_NOTICE_ROWS_MAX; i++) {
        struct cpr_view subject = list.rows[i].subject;
        CPR_ASSERT(subject.len == 0 ||
                   (subject.data >= text.data && subject.data + subject.len <= text.data + text.len));
    }
    uint32_t count = list.count;
    cpr_notice_rows_merge(text, &list, &rest);
    CPR_ASSERT(count > CPR_NOTICE_ROWS_MAX || list.count == count);
    cpr_buffer_free(&rest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cpr_view text = cpr_view_make(data, size);
    if (size == 0 || memchr(data, '\r', size) || memchr(data, 0, size))
        return 0;
    cpr_judge_prepare();
    check_rows(text);
    judge(data[0] == '<' ? "html" : "plain", text);
    return 0;
}
