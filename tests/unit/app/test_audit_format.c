/* What cpr-audit shows to people. Expected pages are written out by hand. */
#include "app/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

typedef void format_function(const json_t *, const struct audit_style *, struct cpr_buffer *);

static void assert_page(format_function *format, const char *json, struct audit_style style, const char *want)
{
    struct cpr_buffer out = cpr_buffer_new(65536);
    json_t *object = json_loads(json, 0, NULL);
    assert_non_null(object);
    format(object, &style, &out);
    assert_string_equal(cpr_buffer_text(&out), want);
    json_decref(object);
    cpr_buffer_free(&out);
}

static void a_reading_begins_with_its_verdict(void **state)
{
    (void)state;
    assert_page(
        audit_format_reading,
        "{\"file\":\"a.eml\",\"verdict\":\"probable\",\"kind\":\"report\",\"score\":12,"
        "\"signals\":[{\"id\":\"crtsh-link\",\"where\":\"text\",\"text\":\"see crt.sh\"},"
        "{\"id\":\"pem\",\"where\":\"attachment\",\"text\":\"\"}],"
        "\"identifiers\":[{\"type\":\"serial\",\"value\":\"0a1b\"},{\"type\":\"domain\",\"value\":\"a.example\"}],"
        "\"language\":\"en\",\"limits\":[\"cut\",\"charset\"],\"ruleset\":\"1+x\"}",
        (struct audit_style){0},
        "probable  report, score 12  a.eml\n"
        "  why\n"
        "    crtsh-link  text        \"see crt.sh\"\n"
        "    pem         attachment\n"
        "  identifiers\n"
        "    serial  0a1b\n"
        "    domain  a.example\n"
        "    not read whole:  cut, charset\n"
        "    en, rules 1+x\n");
}

static void a_notice_shows_what_is_held(void **state)
{
    (void)state;
    assert_page(
        audit_format_reading,
        "{\"file\":\"n.eml\",\"verdict\":\"unlikely\",\"kind\":\"quarantine-notice\",\"score\":0,\"signals\":[],"
        "\"identifiers\":[],\"language\":\"\",\"limits\":[],\"ruleset\":\"1\",\"notice\":{\"source\":\"filter\","
        "\"rows\":[{\"sender\":\"a@example.org\",\"subject\":\"key leaked\",\"held\":\"2026-03-05T15:19:07Z\","
        "\"expires\":\"2026-03-20T15:19:07Z\",\"verdict\":\"probable\"},{\"sender\":\"b@example.net\","
        "\"subject\":\"hi\",\"held\":null,\"expires\":null,\"verdict\":\"possible\"}]}}",
        (struct audit_style){0},
        "unlikely  quarantine-notice, score 0  n.eml\n"
        "  held in quarantine\n"
        "    probable  2026-03-05 15:19 UTC, until 2026-03-20 15:19 UTC, a@example.org: key leaked\n"
        "    possible  time unknown, b@example.net: hi\n"
        "    rules 1\n");
}

static void colour_is_for_terminals_only(void **state)
{
    (void)state;
    static const char json[] = "{\"verdict\":\"unlikely\",\"kind\":\"other\",\"score\":0,\"ruleset\":\"1\"}";
    assert_page(audit_format_reading, json, (struct audit_style){.colour = true},
                "\033[32munlikely\033[0m  other, score 0  \033[1m\033[0m\n\033[2m    rules 1\033[0m\n");
    assert_page(audit_format_reading, json, (struct audit_style){0}, "unlikely  other, score 0  \n    rules 1\n");
}

static const char two_cases[] =
    "[{\"case\":7,\"state\":\"open\",\"received\":\"2026-03-05T15:19:07Z\",\"left_s\":-7800,\"from\":\"a@b.example\","
    "\"subject\":\"mis-issued certificate\",\"acked_by\":\"\",\"revocation\":{\"state\":\"open\",\"left_s\":337800}},"
    "{\"case\":12,\"state\":\"answered\",\"received\":\"2026-03-04T01:02:03Z\",\"left_s\":null,\"from\":\"Zoë@c."
    "example\","
    "\"subject\":\"bad \\u001b[31mkey\",\"acked_by\":\"ops\",\"revocation\":{\"state\":\"open\",\"left_s\":-60}}]";

static void cases_stand_in_aligned_columns_and_nothing_acts_on_the_terminal(void **state)
{
    (void)state;
    assert_page(
        audit_format_cases, two_cases, (struct audit_style){0},
        "CASE  STATE     LEFT                   TO REVOKE         RECEIVED              FROM           SUBJECT\n"
        "7     open      OVERDUE by 2 h 10 min  3 d 21 h          2026-03-05 15:19 UTC  a@b.example    mis-issued "
        "certificate\n"
        "12    answered  closed                 OVERDUE by 1 min  2026-03-04 01:02 UTC  Zoë@c.example  bad "
        "?[31mkey\n");
    assert_page(audit_format_cases, "[]", (struct audit_style){0}, "no cases\n");
}

static void an_acknowledged_case_is_open_all_the_same(void **state)
{
    (void)state;
    assert_page(audit_format_cases,
                "[{\"case\":7,\"state\":\"open\",\"received\":null,\"left_s\":60,\"from\":\"\",\"subject\":\"x\","
                "\"acked_by\":\"ops\"}]",
                (struct audit_style){0},
                "CASE  STATE        LEFT        TO REVOKE  RECEIVED  FROM  SUBJECT\n"
                "7     open, acked  1 min left             -               x\n");
}

static void a_narrow_terminal_cuts_the_subject(void **state)
{
    (void)state;
    assert_page(
        audit_format_cases, two_cases, (struct audit_style){.columns = 108},
        "CASE  STATE     LEFT                   TO REVOKE         RECEIVED              FROM           SUBJECT\n"
        "7     open      OVERDUE by 2 h 10 min  3 d 21 h          2026-03-05 15:19 UTC  a@b.example    mis-issued "
        "ce…\n"
        "12    answered  closed                 OVERDUE by 1 min  2026-03-04 01:02 UTC  Zoë@c.example  bad "
        "?[31mkey\n");
}

static void the_stamps_of_a_receipt_are_shown_with_the_header_beside_them(void **state)
{
    (void)state;
    assert_page(
        audit_format_case,
        "{\"case\":7,\"state\":\"open\",\"mailbox\":\"main\",\"received\":\"2026-03-05T15:19:07Z\",\"left_s\":60,"
        "\"deadline\":\"2026-03-06T15:19:07Z\",\"folder\":\"Junk\",\"verdict\":\"possible\",\"score\":3,"
        "\"receipt_source\":\"received\",\"receipt_alternatives\":{\"received\":\"2026-03-05T15:19:07Z\","
        "\"internaldate\":\"2026-03-07T16:19:07Z\"},\"receipt_skew_s\":{\"received\":0,\"internaldate\":176400},"
        "\"receipt_suspect\":{\"internaldate\":\"suspect: of a copy\"},"
        "\"received_lines\":[{\"by\":\"mx.ca.example\",\"at\":\"2026-03-05T15:19:07Z\","
        "\"raw\":\"from a by mx.ca.example; Thu, 5 Mar 2026 10:19:07 -0500\"},{\"by\":\"a\",\"at\":null}],"
        "\"links\":[{\"case\":3,\"state\":\"open\",\"received\":\"2026-03-04T15:19:07Z\",\"reasons\":[\"thread\"],"
        "\"detail\":\"\",\"from\":\"a@b.example\",\"subject\":\"key\",\"folders\":[\"Junk\",\"INBOX\"],"
        "\"brought_forward\":true},{\"case\":null,\"state\":\"\",\"received\":null,\"reasons\":[\"sender\"],"
        "\"detail\":\"\",\"verdict\":\"unlikely\",\"from\":\"a@b.example\",\"subject\":\"hello\",\"folders\":[\"Junk\"]"
        "}]}",
        (struct audit_style){0},
        "case 7  open  1 min left\n"
        "\n"
        "deadline    2026-03-06 15:19 UTC\n"
        "received    2026-03-05 15:19 UTC, by received\n"
        "stamp       2026-03-07 16:19 UTC, by internaldate, 2 d 01 h later; suspect: of a copy\n"
        "header      2026-03-05 15:19 UTC = from a by mx.ca.example; Thu, 5 Mar 2026 10:19:07 -0500\n"
        "mailbox     main, found in Junk\n"
        "verdict     possible, score 3\n"
        "\n"
        "what it may belong with\n"
        "  2026-03-04 15:19 UTC  case 3 open, in Junk, INBOX, a@b.example (thread); its clock came forward\n"
        "    key\n"
        "  -  no case, judged unlikely, in Junk, a@b.example (sender)\n"
        "    hello\n");
}

static void a_trace_is_shown_on_one_screen(void **state)
{
    (void)state;
    assert_page(
        audit_format_trace,
        "{\"trace\":\"3a41\",\"messages\":[{\"mailbox\":\"main\",\"message_id\":\"<1@b>\",\"from\":\"a@b.example\","
        "\"subject\":\"key\",\"received\":\"2026-03-05T15:19:07Z\",\"verdict\":\"probable\",\"kind\":\"report\","
        "\"score\":9,\"case\":7,\"sightings\":[{\"folder\":\"Junk\",\"uid\":4,\"at\":\"2026-03-05T15:20:00Z\"}]}],"
        "\"cases\":[{}],\"timeline\":[{\"at\":\"2026-03-05T15:19:07Z\",\"event\":\"mail\",\"text\":\"from \\u001b\","
        "\"case\":7},{\"at\":\"2026-03-05T15:20:00Z\",\"event\":\"seen\",\"text\":\"in Junk\",\"case\":null}],"
        "\"cut\":true}",
        (struct audit_style){0},
        "3a41: 1 message, 1 case\n"
        "\n"
        "2026-03-05 15:19 UTC  report, judged probable, case 7\n"
        "  a@b.example: key\n"
        "  <1@b>\n"
        "  in Junk since 2026-03-05 15:20 UTC (UID 4)\n"
        "\n"
        "what happened\n"
        "2026-03-05 15:19 UTC  #7    mail             from ?\n"
        "2026-03-05 15:20 UTC        seen             in Junk\n"
        "This is not all: there are more messages than are shown; ask for something rarer.\n");
}

static void a_case_is_shown_with_its_whole_life(void **state)
{
    (void)state;
    assert_page(
        audit_format_case,
        "{\"case\":7,\"state\":\"open\",\"grade\":\"report\",\"mailbox\":\"main\",\"received\":\"2026-03-05T15:19:"
        "07Z\","
        "\"deadline\":\"2026-03-06T15:19:07Z\",\"left_s\":3900,\"from\":\"a@b.example\",\"subject\":\"key\",\"folder\":"
        "\"Junk\",\"acked_by\":\"ops\",\"acked\":\"2026-03-05T15:30:00Z\",\"closed_note\":\"moved "
        "away\",\"rescue\":\"put-back\","
        "\"receipt_source\":\"received\",\"receipt_alternatives\":{\"received\":\"2026-03-"
        "05T15:19:07Z\",\"first-sight\":\"2026-03-05T15:20:00Z\",\"savedate\":null},\"message_id\":\"<1@b>"
        "\","
        "\"verdict\":\"probable\",\"score\":9,\"signals\":[{\"id\":\"pem\",\"where\":\"text\",\"text\":\"BEGIN\"}],"
        "\"identifiers\":[],\"excerpt\":\"Dear CA, the key is out.\","
        "\"events\":[{\"at\":\"2026-03-05T15:20:00Z\",\"event\":\"opened\",\"who\":\"cpr-auditd\",\"text\":\"found in "
        "Junk\"},"
        "{\"at\":\"2026-03-05T15:21:00Z\",\"event\":\"alert-sent\",\"who\":\"cpr-auditd\",\"text\":\"case to ops\"},"
        "{\"at\":\"2026-03-05T15:30:00Z\",\"event\":\"acked\",\"who\":\"ops (one@ca.example)\",\"text\":\"by mail\"}],"
        "\"alerts\":[{\"recipient\":\"ops@ca.example\",\"due\":\"2026-03-05T15:20:00Z\",\"state\":\"sent\","
        "\"sent\":\"2026-03-05T15:21:00Z\",\"reply\":\"250 ok\",\"message_id\":\"<x>\",\"topic\":\"case\"},"
        "{\"recipient\":\"ops@ca.example\",\"due\":\"2026-03-05T15:40:00Z\",\"state\":\"pending\",\"sent\":null,"
        "\"topic\":\"put-back\",\"reply\":\"\"}]}",
        (struct audit_style){0},
        "case 7  open, report  1 h 05 min left\n"
        "\n"
        "deadline    2026-03-06 15:19 UTC\n"
        "received    2026-03-05 15:19 UTC, by received\n"
        "stamp       2026-03-05 15:20 UTC, by first-sight\n"
        "acked       2026-03-05 15:30 UTC, by ops\n"
        "note        moved away\n"
        "from        a@b.example\n"
        "subject     key\n"
        "mailbox     main, found in Junk; moved to the inbox, and put back into junk by somebody\n"
        "message-id  <1@b>\n"
        "verdict     probable, score 9\n"
        "\n"
        "what happened\n"
        "  2026-03-05 15:20 UTC  opened: found in Junk\n"
        "  2026-03-05 15:30 UTC  acked by ops (one@ca.example): by mail\n"
        "\n"
        "alerts\n"
        "  2026-03-05 15:21 UTC  sent       ops@ca.example  250 ok\n"
        "  2026-03-05 15:40 UTC  pending    ops@ca.example  put-back\n"
        "\n"
        "what it says\n"
        "  > Dear CA, the key is out.\n"
        "\n"
        "  why\n"
        "    pem  text  \"BEGIN\"\n");
}

static void a_closed_case_says_who_closed_it_and_why(void **state)
{
    (void)state;
    assert_page(audit_format_case,
                "{\"case\":7,\"state\":\"dismissed\",\"mailbox\":\"main\",\"received\":\"2026-03-05T15:19:07Z\","
                "\"deadline\":\"2026-03-06T15:19:07Z\",\"left_s\":null,\"folder\":\"Junk\",\"verdict\":\"possible\","
                "\"score\":3,\"closed\":\"2026-03-05T16:00:00Z\",\"closed_by\":\"ops\",\"closed_note\":\"a survey\"}",
                (struct audit_style){0},
                "case 7  dismissed  closed\n"
                "\n"
                "deadline    2026-03-06 15:19 UTC\n"
                "received    2026-03-05 15:19 UTC\n"
                "closed      2026-03-05 16:00 UTC, by ops: a survey\n"
                "mailbox     main, found in Junk\n"
                "verdict     possible, score 3\n");
}

static void a_long_quotation_is_cut_on_a_terminal_only(void **state)
{
    (void)state;
    static const char json[] =
        "{\"verdict\":\"possible\",\"kind\":\"other\",\"score\":1,\"file\":\"a\",\"signals\":[{\"id\":"
        "\"pem\",\"where\":\"text\",\"text\":\"one two three four five six\"}],\"ruleset\":\"1\"}";
    assert_page(audit_format_reading, json, (struct audit_style){.columns = 32},
                "possible  other, score 1  a\n  why\n    pem  text  \"one two three …\"\n    rules 1\n");
    assert_page(audit_format_reading, json, (struct audit_style){0},
                "possible  other, score 1  a\n  why\n    pem  text  \"one two three four five six\"\n    rules 1\n");
}

static void the_status_is_a_handful_of_lines(void **state)
{
    (void)state;
    assert_page(
        audit_format_status,
        "{\"mode\":\"observe\",\"version\":\"0.1.0\",\"started\":\"2026-03-05T00:00:00Z\","
        "\"now\":\"2026-03-05T10:00:00Z\",\"mailboxes\":[{\"name\":\"main\",\"state\":\"seen\","
        "\"since\":\"2026-03-05T00:00:05Z\",\"folders\":[{\"folder\":\"INBOX\",\"role\":\"inbox\",\"messages\":20,"
        "\"judged\":19,\"last_looked\":\"2026-03-05T09:59:30Z\"}]}],\"open_cases\":2,"
        "\"next_deadline\":\"2026-03-05T11:05:00Z\",\"alerts_pending\":1,"
        "\"conditions\":[{\"topic\":\"smtp\",\"since\":\"2026-03-05T09:00:00Z\",\"text\":\"mail.example refused\"}]}",
        (struct audit_style){0},
        "cpr-auditd 0.1.0, mode observe (moves nothing), started 2026-03-05 00:00 UTC\n"
        "open cases: 2, overdue: 0, next deadline 2026-03-05 11:05 UTC (in 1 h 05 min)\n"
        "alerts waiting: 1\n"
        "mailbox main: seen since 2026-03-05 00:00 UTC\n"
        "    INBOX                    inbox  19 of 20 judged, last looked 2026-03-05 09:59 UTC\n"
        "smtp since 2026-03-05 09:00 UTC: mail.example refused\n");
}

static void a_monitor_hears_the_worst_first(void **state)
{
    (void)state;
    static const struct {
        const char *status;
        int want;
    } table[] = {
        {"{\"started\":\"2026-03-05T00:00:00Z\",\"overdue\":0,\"mailboxes\":[{\"state\":\"seen\"}],\"conditions\":[]}",
         0},
        {"{\"started\":\"2026-03-05T00:00:00Z\",\"overdue\":0,\"conditions\":[{\"topic\":\"smtp\"}]}", 1},
        {"{\"started\":\"2026-03-05T00:00:00Z\",\"overdue\":1,\"conditions\":[{\"topic\":\"smtp\"}]}", 2},
        {"{\"started\":\"2026-03-05T00:00:00Z\",\"mailboxes\":[{\"state\":\"seen\"},{\"state\":\"blind\"}]}", 2},
        {"{\"started\":null,\"overdue\":1}", 3},
        {"{}", 3},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        json_t *object = json_loads(table[i].status, 0, NULL);
        assert_int_equal(audit_status_exit_code(object), table[i].want);
        json_decref(object);
    }
}

static void what_is_missing_or_of_another_type_is_left_out(void **state)
{
    (void)state;
    struct cpr_buffer out = cpr_buffer_new(65536);
    static const char *const odd[] = {
        "{}",
        "[1,2,3]",
        "{\"case\":[],\"left_s\":\"soon\",\"signals\":{\"a\":1},\"events\":7,\"alerts\":[1,null],\"excerpt\":[]}",
        "{\"mailboxes\":[{\"folders\":[[]]},5],\"conditions\":[\"x\"],\"open_cases\":\"two\"}",
    };
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        json_t *object = json_loads(odd[i], 0, NULL);
        const struct audit_style style = {0};
        audit_format_reading(object, &style, &out);
        audit_format_cases(object, &style, &out);
        audit_format_case(object, &style, &out);
        audit_format_status(object, &style, &out);
        json_decref(object);
    }
    assert_false(cpr_buffer_is_full(&out));
    cpr_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reading_begins_with_its_verdict),
        cmocka_unit_test(a_notice_shows_what_is_held),
        cmocka_unit_test(colour_is_for_terminals_only),
        cmocka_unit_test(cases_stand_in_aligned_columns_and_nothing_acts_on_the_terminal),
        cmocka_unit_test(an_acknowledged_case_is_open_all_the_same),
        cmocka_unit_test(a_narrow_terminal_cuts_the_subject),
        cmocka_unit_test(the_stamps_of_a_receipt_are_shown_with_the_header_beside_them),
        cmocka_unit_test(a_trace_is_shown_on_one_screen),
        cmocka_unit_test(a_case_is_shown_with_its_whole_life),
        cmocka_unit_test(a_closed_case_says_who_closed_it_and_why),
        cmocka_unit_test(a_long_quotation_is_cut_on_a_terminal_only),
        cmocka_unit_test(the_status_is_a_handful_of_lines),
        cmocka_unit_test(a_monitor_hears_the_worst_first),
        cmocka_unit_test(what_is_missing_or_of_another_type_is_left_out),
    };
    return cmocka_run_group_tests_name("audit_format", tests, NULL, NULL);
}
