/* What a reply says itself. */
#include "cpr/judge/judge.h"
#include "cpr/judge/own_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void quoted_lines_are_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } table[] = {
        {"We have revoked it.\n", "We have revoked it.\n"},
        {"Ours.\n> theirs\nOurs again.\n", "Ours.\nOurs again.\n"},
        {"Ours.\nOn Thu, 5 Mar 2026, R wrote:\n> theirs\nOurs.\n", "Ours.\nOurs.\n"},
        {"Ours.\nOn Thu, 5 Mar 2026, R wrote:\n\ntheirs\n", "Ours.\n\n"},
        {"Ours.\n-----Original Message-----\ntheirs\n", "Ours.\n"},
        {"Ours.\nVon: R\nGesendet: heute\ntheirs\n", "Ours.\n"},
        {"Ours.\nAm 5. März 2026 schrieb R:\ntheirs\n", "Ours.\n"},
        {"Ours.\n\n-----------\nA Person, Mar 5, 10:00\n\ntheirs\n", "Ours.\n"},
        {"Ours.\n________________________________\ntheirs\n", "Ours.\n"},
        {"Ours.\nHere is a copy of your message:\ntheirs\n", "Ours.\n"},
        {"Ours.\n-- \ntheirs\n", "Ours.\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(1000);
        cpr_own_words(cpr_view_of(table[i].text), &out);
        const char *got = cpr_buffer_text(&out), *want = table[i].want;
        if (strstr(got, "theirs") || strncmp(got, want, 5) != 0)
            fail_msg("row %zu: %s", i, got);
        cpr_buffer_free(&out);
    }
}

static void a_heading_that_is_underlined_cuts_nothing_off(void **state)
{
    (void)state;
    struct cpr_buffer out = cpr_buffer_new(1000);
    cpr_own_words(cpr_view_of("Findings\n--------\nThe key is weak, and\nthe certificate goes on Monday\n\nRegards\n"),
                  &out);
    assert_non_null(
        strstr(cpr_buffer_text(&out), "The key is weak, and\nthe certificate goes on Monday\n" CPR_OWN_WORDS_BREAK));
    cpr_buffer_free(&out);
}

static struct cpr_reading *judge(const char *mail)
{
    struct cpr_reading *reading = calloc(1, sizeof *reading);
    assert_non_null(reading);
    cpr_judge_message(cpr_view_of(mail), false, NULL, reading);
    assert_true(cpr_reading_is_sound(reading));
    return reading;
}

static void an_identifier_that_is_only_quoted_is_marked(void **state)
{
    (void)state;
    struct cpr_reading *reading =
        judge("From: cpr@ca.example\r\nSubject: Re: report\r\n\r\n"
              "We have revoked serial number 04:A1:77:3E:9C:02:D5:11:8F:60:BE:2A:7C:55:90:13.\r\n"
              "> serial number 04a1773e9c02d5118f60be2a7c559099 and\r\n"
              "> serial number 04a1773e9c02d5118f60be2a7c559013\r\n");
    unsigned own = 0, quoted = 0;
    for (uint32_t i = 0; i < reading->identifier_count; i++) {
        if (reading->identifiers[i].type != CPR_IDENTIFIER_SERIAL)
            continue;
        own += !reading->identifiers[i].is_quoted && strstr(reading->identifiers[i].value, "559013");
        quoted += reading->identifiers[i].is_quoted && strstr(reading->identifiers[i].value, "559099");
    }
    assert_int_equal(own, 1);
    assert_int_equal(quoted, 1);
    assert_non_null(strstr(reading->own_words, "We have revoked"));
    assert_null(strstr(reading->own_words, "559099"));
    free(reading);
}

static void quoted_html_is_not_the_writers(void **state)
{
    (void)state;
    struct cpr_reading *reading = judge("From: cpr@ca.example\r\nSubject: Re: x\r\nContent-Type: text/html\r\n\r\n"
                                        "<p>Ours.</p><blockquote><p>theirs one</p><div>theirs two</div></blockquote>"
                                        "<p>Ours again.</p><hr><p>theirs three</p>");
    assert_null(strstr(reading->own_words, "theirs"));
    assert_non_null(strstr(reading->own_words, "Ours again."));
    free(reading);
}

static void who_gets_it_and_whether_a_person_sent_it_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *header, *recipients, *reply_to;
        bool is_automatic;
    } table[] = {
        {"To: \"x@names.example, y\" <a@b.example>, c@d.example\r\nCc: Group: e@f.example, <g@h.example>;\r\n",
         "a@b.example c@d.example e@f.example g@h.example", "", false},
        {"To: undisclosed-recipients:;\r\nBcc: a@b.example (A Person)\r\n", "a@b.example", "", false},
        {"To: a@b.example\r\nReply-To: Person <p@b.example>\r\nPrecedence: bulk\r\n", "a@b.example", "p@b.example",
         true},
        {"To: a@b.example\r\nX-Autoreply: yes\r\n", "a@b.example", "", true},
        {"To: a@b.example\r\nAuto-Submitted: no\r\nPrecedence: first-class\r\n", "a@b.example", "", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char mail[600];
        snprintf(mail, sizeof mail, "From: cpr@ca.example\r\n%sSubject: x\r\n\r\nOurs.\r\n", table[i].header);
        struct cpr_reading *reading = judge(mail);
        if (strcmp(reading->recipients, table[i].recipients) != 0 ||
            strcmp(reading->reply_to, table[i].reply_to) != 0 || reading->is_automatic != table[i].is_automatic)
            fail_msg("row %zu: \"%s\", \"%s\", %u", i, reading->recipients, reading->reply_to, reading->is_automatic);
        free(reading);
    }
}

#define REPORT(action, returned)                                                                                       \
    "From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nSubject: Undelivered\r\nContent-Type: multipart/report; "    \
    "report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nIt could not be delivered.\r\n--b\r\nContent-Type: "    \
    "message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nAction: " action "\r\nStatus: 5.1.1\r\n"     \
    "--b\r\n" returned "--b--\r\n"
#define WHOLE "Content-Type: message/rfc822\r\n\r\nMessage-ID: <r1@ca.example>\r\nSubject: Re: x\r\n\r\nOurs.\r\n"
#define HEADERS "Content-Type: text/rfc822-headers\r\n\r\nSubject: Re: x\r\nMessage-ID: <r1@ca.example>\r\n\r\n"

static void a_delivery_report_names_what_it_returns_when_it_failed(void **state)
{
    (void)state;
    static const struct {
        const char *mail, *want;
    } table[] = {
        {REPORT("failed", WHOLE), "<r1@ca.example>"},
        {REPORT("failed", HEADERS), "<r1@ca.example>"},
        {REPORT("delivered", WHOLE), ""}, /* a receipt that was asked for (RFC 3461) */
        {REPORT("delayed", WHOLE), ""},
        /* qmail: no multipart/report; what it returns quotes what it answers */
        {"From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nSubject: failure notice\r\n\r\nHi. I wasn't able to "
         "deliver "
         "your message.\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nSubject: Re: x\r\nMessage-ID: "
         "<r1@ca.example>\r\n\r\nMessage-ID: <theirs@r.example>\r\n",
         "<r1@ca.example>"},
        /* no header of what it returns at all */
        {"From: Mail Delivery Subsystem <mailer-daemon@mx.example>\r\nReturn-Path: <>\r\nIn-Reply-To: "
         "<r1@ca.example>\r\n"
         "Subject: Delivery Status Notification (Failure)\r\n\r\nAddress not found\r\n",
         "<r1@ca.example>"},
        {"From: mailer-daemon@mx.example\r\nReturn-Path: <>\r\nIn-Reply-To: <r1@ca.example>\r\n"
         "Subject: Delivery Status Notification (Delay)\r\n\r\nWe try again.\r\nAction: delayed\r\n",
         ""},
        {"From: a@b.example\r\nSubject: x\r\n\r\nMessage-ID: <r1@ca.example>\r\n", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reading *reading = judge(table[i].mail);
        if (strcmp(reading->returned_id, table[i].want) != 0)
            fail_msg("row %zu: \"%s\"", i, reading->returned_id);
        free(reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoted_lines_are_left_out),
        cmocka_unit_test(a_heading_that_is_underlined_cuts_nothing_off),
        cmocka_unit_test(quoted_html_is_not_the_writers),
        cmocka_unit_test(who_gets_it_and_whether_a_person_sent_it_is_read),
        cmocka_unit_test(an_identifier_that_is_only_quoted_is_marked),
        cmocka_unit_test(a_delivery_report_names_what_it_returns_when_it_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
