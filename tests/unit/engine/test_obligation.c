/* The time to published revocation: letters of its own after the answer, what ends it, and what does not. */
#include "world.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { KILLED = 9 };

#define REVOKED "d5c0ffee01"
#define BY "\"by\":\"ops\",\"note\":\"by the RA\""
#define ANSWERED "{\"verb\":\"answered\",\"case\":1,\"leg\":\"both\"," BY "}"
#define REVOKED_ALL "{\"verb\":\"revoked\",\"case\":1,\"all\":true," BY "}"
#define CLOCK(class) "{\"verb\":\"clock\",\"case\":1,\"class\":\"" class "\"," BY "}"

static char reply[1 << 20];

static void ask(struct world *world, const char *request)
{
    world_ask(world, request, reply, sizeof reply);
}

static bool shows(struct world *world, const char *text)
{
    ask(world, "{\"verb\":\"show\",\"case\":1}");
    return strstr(reply, text) != NULL;
}

static void run(struct world *world, int64_t for_ms)
{
    assert_int_equal(world_run(world, for_ms), 0);
}

/* A report of misissuance, which gives 5 days, or of anything. */
static struct world *reported(const char *headers)
{
    struct world *world = world_new();
    world->settings.poll_ms = 30 * CPR_MINUTE_MS;
    world_write(world, INBOX, "report", "probable", 0, headers);
    run(world, 0);
    return world;
}

static size_t told(const struct world *world, const char *recipient)
{
    return world_mails(world, recipient, "to be revoked:");
}

static void after_the_answer_it_has_letters_of_its_own_until_it_is_said_to_be_done(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: misissued\r\n");
    assert_true(
        shows(world, "\"revocation\":{\"state\":\"open\",\"class\":\"5d\",\"deadline\":\"2026-03-10T12:00:00Z\""));
    ask(world, ANSWERED);
    run(world, 95 * CPR_HOUR_MS + 50 * CPR_MINUTE_MS);
    assert_int_equal(told(world, NULL), 0);
    run(world, 20 * CPR_MINUTE_MS); /* 24 hours before */
    assert_int_equal(world_mails(world, "duty@ca.example", "to be revoked: 24 h 00 min left"), 1);
    run(world, 23 * CPR_HOUR_MS); /* 12, 6, 2, 1 */
    assert_int_equal(told(world, "duty@ca.example"), 5);
    assert_int_equal(told(world, "lead@ca.example"), 2); /* told from 21 hours of 24 on */
    run(world, 3 * CPR_HOUR_MS);
    assert_int_equal(world_mails(world, "duty@ca.example", "to be revoked: OVERDUE"), 3);
    ask(world, REVOKED_ALL);
    assert_non_null(strstr(reply, "\"ended_by\":\"ops\",\"ended_note\":\"by the RA\""));
    size_t before = world->mail_count;
    run(world, 3 * CPR_DAY_MS);
    assert_int_equal(world->mail_count, before);
    assert_true(shows(world, "\"event\":\"revocation-ended\",\"who\":\"ops (uid"));
    world_free(world);
}

static void while_it_is_open_its_letters_tell_of_both(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: key-compromised\r\n");
    run(world, 26 * CPR_HOUR_MS);
    assert_int_equal(told(world, NULL), 0);
    assert_int_equal(world_mails(world, "duty@ca.example", "\r\nRevocation: "),
                     world_mails(world, "duty@ca.example", NULL));
    assert_true(world_mails(world, "duty@ca.example", "\r\nRevocation: OVERDUE") > 0);
    world_free(world);
}

static void a_possible_report_has_the_clock_and_no_letters_of_it(void **state)
{
    (void)state;
    struct world *world = world_new();
    world_deliver(world, INBOX, "report", "possible", 0);
    run(world, 0);
    ask(world, ANSWERED);
    run(world, 3 * CPR_DAY_MS);
    assert_int_equal(told(world, NULL), 0);
    assert_true(shows(world, "\"revocation\":{\"state\":\"open\",\"class\":\"24h\""));
    world_free(world);
}

static void a_person_sets_the_class_and_the_letters_follow(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: key-compromised\r\n");
    ask(world, ANSWERED);
    run(world, CPR_MINUTE_MS); /* the step of 12 hours is stored ahead */
    ask(world, CLOCK("5d"));
    assert_non_null(strstr(reply, "\"class\":\"5d\",\"deadline\":\"2026-03-10T12:00:00Z\""));
    assert_non_null(strstr(reply, "\"by_rules\":\"24h\",\"rule\":\"key-compromised\",\"reason\":\"key compromise\""));
    run(world, 30 * CPR_HOUR_MS);
    assert_int_equal(told(world, NULL), 0);
    ask(world, CLOCK("24h"));
    run(world, CPR_MINUTE_MS); /* overdue by six hours: at once, and then every hour */
    assert_int_equal(world_mails(world, "duty@ca.example", "to be revoked: OVERDUE by 6 h"), 1);
    ask(world, CLOCK("none"));
    assert_non_null(strstr(reply, "\"revocation\":{\"state\":\"none\",\"class\":\"none\",\"deadline\":null"));
    size_t before = world->mail_count;
    run(world, 2 * CPR_DAY_MS);
    assert_int_equal(world->mail_count, before);
    assert_true(shows(world, "5d, until 2026-03-10T12:00:00Z; the rules say 24h (key compromise): by the RA"));
    world_free(world);
}

static void a_command_that_makes_no_sense_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *request, *why, *exit;
    } table[] = {
        {"{\"verb\":\"clock\",\"case\":1,\"class\":\"none\",\"note\":\"x\"}", "say who you are", "\"exit\":64"},
        {"{\"verb\":\"clock\",\"case\":1,\"class\":\"none\",\"by\":\"ops\"}", "say why", "\"exit\":64"},
        {"{\"verb\":\"clock\",\"case\":1,\"class\":\"2d\"," BY "}", "--class 24h, 5d or none", "\"exit\":64"},
        {"{\"verb\":\"clock\",\"case\":1," BY "}", "--class 24h, 5d or none", "\"exit\":64"},
        {"{\"verb\":\"clock\",\"class\":\"5d\"," BY "}", "names no case", "\"exit\":64"},
        {"{\"verb\":\"clock\",\"cases\":[1,9],\"class\":\"none\"," BY "}", "there is no case 9", "\"exit\":65"},
        {"{\"verb\":\"revoked\",\"case\":1,\"all\":true,\"note\":\"x\"}", "say who you are", "\"exit\":64"},
        {"{\"verb\":\"revoked\",\"case\":1," BY "}", "say which certificate", "\"exit\":64"},
        {"{\"verb\":\"revoked\",\"case\":1,\"serial\":\"xyz\"," BY "}", "no serial number", "\"exit\":64"},
        {"{\"verb\":\"revoked\",\"case\":9,\"all\":true," BY "}", "there is no case 9", "\"exit\":65"},
    };
    struct world *world = reported("X-Speaks: misissued\r\n");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        ask(world, table[i].request);
        if (!strstr(reply, table[i].why) || !strstr(reply, table[i].exit))
            fail_msg("%s: %s", table[i].request, reply);
        assert_true(shows(world, "\"revocation\":{\"state\":\"open\",\"class\":\"5d\""));
        assert_false(shows(world, "\"event\":\"revocation"));
    }
    ask(world, "{\"verb\":\"dismiss\",\"case\":1," BY "}");
    assert_true(shows(world, "\"revocation\":{\"state\":\"dismissed\""));
    ask(world, CLOCK("5d"));
    assert_non_null(strstr(reply, "has no clock; nothing was changed"));
    ask(world, REVOKED_ALL);
    assert_non_null(strstr(reply, "was dismissed"));
    world_free(world);
}

static void a_dismissed_case_that_is_opened_again_has_its_clock_back(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: misissued\r\n");
    ask(world, "{\"verb\":\"dismiss\",\"case\":1," BY "}");
    run(world, 6 * CPR_DAY_MS);
    assert_int_equal(told(world, NULL), 0);
    ask(world, "{\"verb\":\"reopen\",\"case\":1," BY "}");
    assert_non_null(
        strstr(reply, "\"revocation\":{\"state\":\"open\",\"class\":\"5d\",\"deadline\":\"2026-03-10T12:00:00Z\""));
    ask(world, ANSWERED);
    run(world, 61 * CPR_MINUTE_MS);
    assert_int_equal(told(world, "duty@ca.example"), 1);
    world_free(world);
}

static void no_mail_alone_ends_it(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: misissued\r\n");
    world_write(world, SENT, "Re: report", "unlikely", 0,
                "To: reporter@example.org\r\nIn-Reply-To: <report@example.org>\r\n"
                "X-Says: The certificate has been revoked.\r\n");
    run(world, CPR_HOUR_MS);
    assert_true(shows(world, "\"reporter\":\"closed\""));
    ask(world, "{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\"," BY "}");
    world_write(world, INBOX, "Re: thanks", "possible", 0,
                "In-Reply-To: <report@example.org>\r\nX-Says: it has been revoked, thank you\r\n");
    run(world, 120 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(told(world, "duty@ca.example"), 7); /* five before, at the end, and one after */
    assert_true(shows(world, "\"revocation\":{\"state\":\"open\""));
    world_free(world);
}

static void a_bounce_makes_its_letters_those_of_the_case_again(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: key-lost\r\n");
    world_answer(world, "report", false);
    run(world, CPR_MINUTE_MS);
    run(world, CPR_HOUR_MS);
    ask(world, "{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\"," BY "}");
    assert_non_null(strstr(reply, "\"state\":\"answered\""));
    run(world, 12 * CPR_HOUR_MS);
    assert_int_equal(told(world, "duty@ca.example"), 1); /* 12 hours before */
    world_write(world, INBOX, "Undelivered", "unlikely", 0, "X-Returned: <answer-report-1@ca.example>\r\n");
    run(world, 7 * CPR_HOUR_MS);
    assert_true(shows(world, "\"state\":\"open\",\"grade\""));
    assert_int_equal(told(world, "duty@ca.example"), 1); /* 6 hours before: the ladder's */
    ask(world, ANSWERED);
    run(world, 4 * CPR_HOUR_MS);
    assert_int_equal(told(world, "duty@ca.example"), 4); /* 2, 1 and none left */
    world_free(world);
}

static void an_ack_narrows_who_is_told_until_the_end(void **state)
{
    (void)state;
    char token[CPR_ACK_TOKEN_SIZE], lines[200];
    struct world *world = reported("X-Speaks: misissued\r\n");
    snprintf(world->settings.mailboxes[0].addresses[0], CPR_ADDRESS_MAX, "cpr@ca.example");
    world->settings.mailboxes[0].address_count = 1;
    snprintf(world->settings.reply_to, sizeof world->settings.reply_to, "cpr@ca.example");
    ask(world, ANSWERED);
    run(world, 96 * CPR_HOUR_MS + 10 * CPR_MINUTE_MS);
    world_token(world, "duty@ca.example", 1, token);
    assert_true(token[0]);
    snprintf(lines, sizeof lines, "X-Verdict: unlikely\r\nX-Ack: 1 %s\r\n", token);
    world_put(world, INBOX, "Re: alert", "duty@ca.example", lines);
    run(world, CPR_HOUR_MS);
    assert_true(shows(world, "\"acked_by\":\"duty\""));
    run(world, 22 * CPR_HOUR_MS + 30 * CPR_MINUTE_MS);
    assert_int_equal(told(world, "duty@ca.example"), 5);
    assert_int_equal(told(world, "lead@ca.example"), 0);
    run(world, 2 * CPR_HOUR_MS);
    assert_int_equal(told(world, "lead@ca.example"), 2); /* it is over: everybody */
    ask(world, "{\"verb\":\"ack\",\"case\":1,\"by\":\"lead\"}");
    assert_non_null(strstr(reply, "\"acked_by\":\"lead\""));
    world_free(world);
}

static void an_earlier_stamp_brings_both_deadlines_forward(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: misissued\r\n");
    ask(world, ANSWERED);
    run(world, 80 * CPR_HOUR_MS); /* the step of 96 hours is stored ahead */
    /* The same message with an older INTERNALDATE: seven hours before the receipt. */
    world_write(world, JUNK, "report", "probable", 87 * CPR_HOUR_MS, "X-Speaks: misissued\r\n");
    run(world, 31 * CPR_MINUTE_MS);
    assert_true(shows(world, "\"deadline\":\"2026-03-06T05:00:00Z\""));
    assert_true(shows(world, "\"class\":\"5d\",\"deadline\":\"2026-03-10T05:00:00Z\""));
    run(world, 9 * CPR_HOUR_MS); /* 89.5 hours later: 96 hours of age */
    assert_int_equal(told(world, "duty@ca.example"), 1);
    world_free(world);
}

static void a_copy_with_a_key_in_it_makes_five_days_one(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: misissued\r\n");
    world_write(world, INBOX, "report", "probable", 0, "X-Speaks: private-key\r\n");
    run(world, 31 * CPR_MINUTE_MS);
    assert_true(shows(world, "\"class\":\"24h\",\"deadline\":\"2026-03-06T12:00:00Z\""));
    assert_true(shows(world, "24h by the rules: the copy speaks of more (key compromise)"));
    world_free(world);
}

static void each_certificate_may_be_said_for_itself(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: misissued\r\nX-Serial: " REVOKED "\r\n");
    ask(world, "{\"verb\":\"revoked\",\"case\":1,\"serial\":\"04a19f33\"," BY "}"); /* another one */
    assert_non_null(strstr(reply, "\"revocation\":{\"state\":\"open\""));
    assert_non_null(strstr(reply, "\"verified\":false"));
    ask(world, "{\"verb\":\"revoked\",\"case\":1,\"serial\":\"D5:C0:FF:EE:01\"," BY "}");
    assert_non_null(strstr(reply, "\"revocation\":{\"state\":\"ended\""));
    assert_int_equal(world->questions, 0);
    world_free(world);
}

/* --- what the CA's own sources say -------------------------------------------------------------------------------- */

static struct world *verified(const char *headers)
{
    struct world *world = world_new();
    world->settings.poll_ms = 30 * CPR_MINUTE_MS;
    /* The day on which the answers were made; the CRL is of three weeks before. */
    assert_true(cpr_time_parse_rfc3339(cpr_view_of("2026-11-23T00:00:00Z"), &world->utc_ms));
    world_verify(world);
    world->settings.issuers[0].crl_url_count = 0;
    world_write(world, INBOX, "report", "probable", 0, headers);
    run(world, 0);
    return world;
}

static void answer(struct world *world, const char *ocsp_get, const char *ocsp_post)
{
    snprintf(world->ocsp_get, sizeof world->ocsp_get, "%s", ocsp_get);
    snprintf(world->ocsp_post, sizeof world->ocsp_post, "%s", ocsp_post);
}

static void a_reply_and_signed_answers_for_all_end_it(void **state)
{
    (void)state;
    struct world *world = verified("X-Serial: " REVOKED "\r\n");
    answer(world, "revoked.ocsp", "revoked.ocsp");
    world_write(world, SENT, "Re: report", "unlikely", 0,
                "To: reporter@example.org\r\nIn-Reply-To: <report@example.org>\r\n"
                "X-Says: The certificate has been revoked.\r\n");
    run(world, 31 * CPR_MINUTE_MS);
    assert_true(shows(world, "\"revocation\":{\"state\":\"ended\""));
    assert_true(shows(world, "\"ended_by\":\"signed answers\""));
    assert_true(shows(world, "\"event\":\"revocation-ended\",\"who\":\"cpr-auditd\""));
    world_free(world);
}

static void signed_answers_for_a_part_end_nothing(void **state)
{
    (void)state;
    static const char *const others[] = {
        "X-Serial: 77\r\n", /* the report names another one */
        "",                 /* or none at all */
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct world *world = verified(others[i]);
        answer(world, "revoked.ocsp", "revoked.ocsp");
        ask(world, "{\"verb\":\"revoked\",\"case\":1,\"serial\":\"" REVOKED "\"," BY "}");
        run(world, CPR_HOUR_MS);
        assert_true(shows(world, "\"finding\":\"revoked\""));
        assert_true(shows(world, "\"revocation\":{\"state\":\"open\""));
        world_free(world);
    }
}

static void good_after_it_was_said_to_be_done_makes_the_clock_run_again(void **state)
{
    (void)state;
    struct world *world = verified("X-Serial: 04a19f33\r\nX-Speaks: key-lost\r\n");
    answer(world, "good.ocsp", "good.ocsp");
    ask(world, ANSWERED);
    ask(world, REVOKED_ALL);
    assert_non_null(strstr(reply, "\"revocation\":{\"state\":\"ended\""));
    assert_non_null(strstr(reply, "\"claimed\":1,\"verified\":true"));
    run(world, CPR_MINUTE_MS);
    assert_true(shows(world, "\"revocation\":{\"state\":\"open\""));
    assert_true(shows(world, "\"event\":\"revocation-reopened\""));
    run(world, 13 * CPR_HOUR_MS);
    assert_int_equal(told(world, "duty@ca.example"), 1);
    world_free(world);
}

/* --- what people see ---------------------------------------------------------------------------------------------- */

static void what_is_owed_stays_in_the_lists_until_it_has_ended(void **state)
{
    (void)state;
    struct world *world = reported("X-Speaks: key-lost\r\n");
    ask(world, ANSWERED);
    run(world, 50 * CPR_HOUR_MS);
    ask(world, "{\"verb\":\"cases\"}");
    assert_non_null(strstr(reply, "\"case\":1,\"state\":\"answered\""));
    ask(world, "{\"verb\":\"status\"}");
    assert_non_null(strstr(reply, "\"revocations_owed\":1,\"revocations_overdue\":1,"
                                  "\"next_revocation\":\"2026-03-06T12:00:00Z\""));
    ask(world, "{\"verb\":\"review\",\"day\":\"today\"}");
    assert_non_null(strstr(reply, "CPR #1  answered"));
    assert_non_null(strstr(reply, "Revocation    open, until 2026-03-06T12:00:00Z (BR 4.9.1.1), 26 h 00 min OVERDUE"));
    ask(world, REVOKED_ALL);
    run(world, 2 * CPR_DAY_MS);
    ask(world, "{\"verb\":\"cases\"}");
    assert_null(strstr(reply, "\"case\":1"));
    ask(world, "{\"verb\":\"status\"}");
    assert_non_null(strstr(reply, "\"revocations_owed\":0,\"revocations_overdue\":0,\"next_revocation\":null"));
    ask(world, "{\"verb\":\"review\",\"day\":\"today\"}");
    assert_null(strstr(reply, "CPR #1"));
    world_free(world);
}

/* --- killed at every point ---------------------------------------------------------------------------------------- */

static size_t different(const struct world *world)
{
    size_t count = 0;
    for (size_t i = 0; i < world->mail_count; i++) {
        bool is_new = strstr(world->mails[i].subject, "to be revoked") != NULL;
        for (size_t k = 0; k < i && is_new; k++)
            is_new = strcmp(world->mails[i].header_message_id, world->mails[k].header_message_id) != 0 ||
                     strcmp(world->mails[i].recipient, world->mails[k].recipient) != 0;
        count += is_new;
    }
    return count;
}

static struct world *almost_over(void)
{
    struct world *world = reported("X-Speaks: key-lost\r\n");
    ask(world, ANSWERED);
    run(world, 21 * CPR_HOUR_MS);
    world->settings.poll_ms = CPR_HOUR_MS;
    return world;
}

static void killed_at_any_point_every_step_is_told(void **state)
{
    (void)state;
    const int64_t span_ms = 4 * CPR_HOUR_MS; /* two hours before, one, none, and one after */
    struct world *clean = almost_over();
    run(clean, span_ms);
    size_t wanted = different(clean);
    long points = clean->points;
    assert_true(wanted >= 6);
    for (long at = 1; at <= points; at++) {
        struct world *world = almost_over();
        int64_t end_ms = world->monotonic_ms + span_ms;
        world->faults.kill_after = at;
        assert_int_equal(world_run(world, span_ms), KILLED);
        world->faults.kill_after = 0;
        run(world, end_ms - world->monotonic_ms);
        if (different(world) != wanted || told(world, NULL) > told(clean, NULL) + 1)
            fail_msg("killed at point %ld: %zu letters, not %zu", at, different(world), wanted);
        world_free(world);
    }
    print_message("killed and resumed at each of %ld points\n", points);
    world_free(clean);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_the_answer_it_has_letters_of_its_own_until_it_is_said_to_be_done),
        cmocka_unit_test(while_it_is_open_its_letters_tell_of_both),
        cmocka_unit_test(a_possible_report_has_the_clock_and_no_letters_of_it),
        cmocka_unit_test(a_person_sets_the_class_and_the_letters_follow),
        cmocka_unit_test(a_command_that_makes_no_sense_changes_nothing),
        cmocka_unit_test(a_dismissed_case_that_is_opened_again_has_its_clock_back),
        cmocka_unit_test(no_mail_alone_ends_it),
        cmocka_unit_test(a_bounce_makes_its_letters_those_of_the_case_again),
        cmocka_unit_test(an_ack_narrows_who_is_told_until_the_end),
        cmocka_unit_test(an_earlier_stamp_brings_both_deadlines_forward),
        cmocka_unit_test(a_copy_with_a_key_in_it_makes_five_days_one),
        cmocka_unit_test(each_certificate_may_be_said_for_itself),
        cmocka_unit_test(a_reply_and_signed_answers_for_all_end_it),
        cmocka_unit_test(signed_answers_for_a_part_end_nothing),
        cmocka_unit_test(good_after_it_was_said_to_be_done_makes_the_clock_run_again),
        cmocka_unit_test(what_is_owed_stays_in_the_lists_until_it_has_ended),
        cmocka_unit_test(killed_at_any_point_every_step_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
