#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t at(const char *rfc3339)
{
    int64_t utc_ms = CPR_TIME_NONE;
    assert_true(cpr_time_parse_rfc3339(cpr_view_of(rfc3339), &utc_ms));
    return utc_ms;
}

static void put(char *field, size_t size, const char *text)
{
    assert_true(strlen(text) < size);
    memcpy(field, text, strlen(text) + 1);
}
#define PUT(field, text) put((field), sizeof(field), (text))

void fill_reading(struct cpr_reading *reading)
{
    cpr_reading_clear(reading);
    reading->verdict = CPR_VERDICT_PROBABLE;
    reading->kind = CPR_KIND_REPORT;
    reading->score = 17;
    reading->date_ms = at("2026-03-05T15:18:59Z");
    PUT(reading->language, "en");
    PUT(reading->ruleset, "1+sha256:0123456789abcdef");
    PUT(reading->from_address, "obs@example.org");
    PUT(reading->from_name, "CT Observer");
    PUT(reading->to, "cpr@ca.example");
    PUT(reading->subject, "Mis-issued certificate for www.example.com");
    PUT(reading->message_id, "<20260305.1@example.org>");
    PUT(reading->excerpt, "Hello, this certificate violates section 7.1.2.7 of the BRs: https://crt.sh/?id=123456 "
                          "Please revoke it and tell me at obs@example.org what you found.");
    reading->signal_count = 2;
    PUT(reading->signals[0].id, "crtsh-link");
    PUT(reading->signals[0].where, "link");
    PUT(reading->signals[0].text, "https://crt.sh/?id=123456");
    PUT(reading->signals[1].id, "asks-for-revocation");
    PUT(reading->signals[1].where, "text");
    PUT(reading->signals[1].text, "Please revoke it");
    reading->identifier_count = 3;
    reading->identifiers[0].type = CPR_IDENTIFIER_SERIAL;
    PUT(reading->identifiers[0].value, "4a1f00c3d2e5b6978899aabbccddeeff");
    reading->identifiers[1].type = CPR_IDENTIFIER_CRTSH_ID;
    PUT(reading->identifiers[1].value, "123456");
    reading->identifiers[2].type = CPR_IDENTIFIER_DOMAIN;
    PUT(reading->identifiers[2].value, "www.example.com");
    reading->attachment_count = 1;
    PUT(reading->attachments[0], "proof.pem");
    reading->received_count = 1;
    reading->received[0].utc_ms = at("2026-03-05T15:19:07Z");
    PUT(reading->received[0].by_host, "mx.ca.example");
    reading->reference_count = 1;
    PUT(reading->references[0], "<20260301.7@example.org>");
}

struct cpr_case report_case(void)
{
    struct cpr_case item = {.id = 12,
                            .message_id = 34,
                            .state = CPR_CASE_OPEN,
                            .grade = CPR_GRADE_REPORT,
                            .rescue = CPR_RESCUE_DONE,
                            .found_ms = at("2026-03-05T15:24:00Z"),
                            .deadline_ms = at("2026-03-06T15:19:07Z"),
                            .told_age_ms = 0,
                            .acked_ms = CPR_TIME_NONE,
                            .closed_ms = CPR_TIME_NONE,
                            .verdict = CPR_VERDICT_PROBABLE};
    item.receipt.utc_ms = at("2026-03-05T15:19:07Z");
    item.receipt.source = CPR_RECEIPT_INTERNALDATE;
    for (size_t i = 0; i < CPR_RECEIPT_SOURCES; i++)
        item.receipt.stamps_ms[i] = CPR_TIME_NONE;
    item.receipt.stamps_ms[CPR_RECEIPT_FIRST_SIGHT] = item.found_ms;
    item.receipt.stamps_ms[CPR_RECEIPT_INTERNALDATE] = item.receipt.utc_ms;
    item.revocation = (struct cpr_obligation){.by_rules = CPR_REVOKE_IN_5D,
                                              .class = CPR_REVOKE_IN_5D,
                                              .deadline_ms = at("2026-03-10T15:19:07Z"),
                                              .told_age_ms = -1};
    PUT(item.revocation.rule, "misissued");
    PUT(item.mailbox, "cpr");
    PUT(item.from_address, "obs@example.org");
    PUT(item.subject, "Mis-issued certificate for www.example.com");
    PUT(item.header_message_id, "<20260305.1@example.org>");
    PUT(item.found_folder, "Junk Email");
    PUT(item.found_role, "junk");
    return item;
}

struct cpr_intent done_move(void)
{
    return (struct cpr_intent){.id = 5,
                               .case_id = 12,
                               .state = CPR_INTENT_DONE,
                               .ended_ms = at("2026-03-05T15:24:02Z"),
                               .destination_uid = 77};
}

struct cpr_alert ladder_alert(void)
{
    struct cpr_alert alert = {.id = 9, .case_id = 12, .step_age_ms = 18 * CPR_HOUR_MS};
    PUT(alert.topic, "case");
    PUT(alert.recipient, "oncall@ca.example");
    PUT(alert.header_message_id, "<cpr-auditd.0001@ca.example>");
    return alert;
}

char *reading_json(const struct cpr_reading *reading)
{
    struct cpr_buffer line = cpr_buffer_new(1 << 20);
    cpr_reading_write_json(reading, &line);
    assert_false(cpr_buffer_is_full(&line));
    return line.data;
}

static struct cpr_buffer file_text(const char *name)
{
    char path[512], piece[4096];
    struct cpr_buffer text = cpr_buffer_new(1 << 20);
    snprintf(path, sizeof path, "%s/tests/unit/record/expected/%s", CPR_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    for (size_t len; (len = fread(piece, 1, sizeof piece, file)) > 0;)
        cpr_buffer_add(&text, cpr_view_make(piece, len));
    fclose(file);
    return text;
}

void assert_is_expected(const struct cpr_buffer *got, const char *name)
{
    assert_false(cpr_buffer_is_full(got));
    struct cpr_buffer want = file_text(name);
    struct cpr_view left = cpr_buffer_view(got), right = cpr_buffer_view(&want), got_line, want_line;
    for (int number = 1; left.len || right.len; number++) {
        bool more_got = cpr_view_next_line(&left, &got_line), more_want = cpr_view_next_line(&right, &want_line);
        if (more_got != more_want || !cpr_view_equal(got_line, want_line))
            fail_msg("%s, line %d:\n  got  %.*s\n  want %.*s", name, number, more_got ? (int)got_line.len : 3,
                     more_got ? got_line.data : "EOF", more_want ? (int)want_line.len : 3,
                     more_want ? want_line.data : "EOF");
    }
    cpr_buffer_free(&want);
}

static int hex_value(char c)
{
    const char *digits = "0123456789ABCDEF", *found = strchr(digits, c);
    assert_true(c && found); /* RFC 2045 section 6.7 (1): upper case */
    return (int)(found - digits);
}

struct cpr_buffer decoded(struct cpr_view quoted_printable)
{
    struct cpr_buffer text = cpr_buffer_new(1 << 20);
    for (size_t i = 0; i < quoted_printable.len; i++) {
        const char *c = quoted_printable.data + i;
        if (*c == '=' && c[1] != '\r')
            cpr_buffer_add_byte(&text, (char)(hex_value(c[1]) << 4 | hex_value(c[2])));
        else if (*c != '=' && *c != '\r')
            cpr_buffer_add_byte(&text, *c);
        if (*c == '=')
            i += 2;
    }
    return text;
}

struct cpr_view body_of(const struct cpr_buffer *letter)
{
    struct cpr_view whole = cpr_buffer_view(letter);
    size_t end = cpr_view_find(whole, "\r\n\r\n", 0);
    assert_true(end != CPR_VIEW_NOT_FOUND);
    return cpr_view_slice(whole, end + 4, whole.len);
}
