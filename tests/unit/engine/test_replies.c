/* Mail of ours about a report: which of it closes the reporter leg, and what people and delivery reports say of it. */
#include "world.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct world *w;
static char said[64 * 1024]; /* by the desk */

static int fresh(void **state)
{
    (void)state;
    w = world_new();
    snprintf(w->settings.mailboxes[0].addresses[0], CPR_ADDRESS_MAX, "cpr@ca.example");
    w->settings.mailboxes[0].address_count = 1;
    return 0;
}

static int gone(void **state)
{
    (void)state;
    world_free(w);
    return 0;
}

static void run_for(int64_t for_ms)
{
    assert_int_equal(world_run(w, for_ms), 0);
}

static bool shows(const char *text)
{
    world_ask(w, "{\"verb\":\"show\",\"case\":1}", said, sizeof said);
    return strstr(said, text) != NULL;
}

static const char *ask(const char *request)
{
    world_ask(w, request, said, sizeof said);
    return said;
}

/* A report "key" of <key.1@example.org>, found in the inbox. */
static void receive_report(const char *lines)
{
    char text[300];
    snprintf(text, sizeof text, "X-Verdict: probable\r\nX-Hard: yes\r\n%s", lines);
    world_put(w, INBOX, "key", "reporter@example.org", text);
    run_for(0);
    assert_true(shows("\"reporter\":\"open\""));
}

static void send(const char *subject, const char *lines)
{
    world_put(w, SENT, subject, "cpr@ca.example", lines);
    run_for(2 * CPR_MINUTE_MS);
}

#define TO_REPORTER "To: reporter@example.org\r\nX-Verdict: unlikely\r\n"
#define REVOKED "X-Says: We have revoked the certificate.\r\n"

/* --- what ties it to the report ----------------------------------------------------------------------------------- */

static void a_new_mail_to_the_reporter_is_asked_about_once_and_closes_nothing(void **state)
{
    (void)state;
    receive_report("");
    send("Certificate", TO_REPORTER REVOKED);
    assert_true(shows("\"reporter\":\"open\"") && shows("\"linked\":false") &&
                shows("\"event\":\"perhaps-an-answer\""));
    size_t letters = world_mails(w, NULL, "perhaps the answer");
    assert_true(letters > 0);
    run_for(CPR_HOUR_MS / 2);
    assert_int_equal(world_mails(w, NULL, "perhaps the answer"), letters);
}

static void a_new_mail_that_says_nothing_or_goes_elsewhere_is_not_asked_about(void **state)
{
    (void)state;
    receive_report("");
    send("Certificate", TO_REPORTER "X-Says: We look into it.\r\n");
    send("Certificate", "To: another.reporter@example.org\r\nX-Verdict: unlikely\r\n" REVOKED);
    send("Certificate", TO_REPORTER REVOKED "X-Automatic: yes\r\n");
    assert_true(shows("\"reporter\":\"open\"") && !shows("perhaps-an-answer"));
}

static void an_answer_to_a_follow_up_answers_the_report(void **state)
{
    (void)state;
    receive_report("");
    world_put(w, INBOX, "news", "reporter@example.org", "In-Reply-To: <key.1@example.org>\r\nX-Verdict: unlikely\r\n");
    world_put(w, INBOX, "else", "stranger@example.net", "In-Reply-To: <key.1@example.org>\r\nX-Verdict: unlikely\r\n");
    run_for(CPR_MINUTE_MS);
    send("Re: else",
         "To: stranger@example.net\r\nIn-Reply-To: <else.3@example.org>\r\nX-Verdict: unlikely\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"open\""));
    send("Re: news", TO_REPORTER "In-Reply-To: <news.2@example.org>\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"closed\""));
}

static void an_answer_about_another_certificate_of_the_thread_is_asked_about(void **state)
{
    (void)state;
    receive_report("X-Serial: aa\r\n");
    world_put(w, INBOX, "another", "reporter@example.org",
              "In-Reply-To: <key.1@example.org>\r\nX-Verdict: probable\r\nX-Serial: bb\r\n");
    run_for(CPR_MINUTE_MS);
    send("Re: another", TO_REPORTER "In-Reply-To: <another.2@example.org>\r\n"
                                    "References: <key.1@example.org> <another.2@example.org>\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"open\"") && shows("that names another certificate"));
    assert_true(world_mails(w, NULL, "perhaps the answer") > 0);
    assert_non_null(strstr(ask("{\"verb\":\"show\",\"case\":2}"), "\"reporter\":\"closed\""));
    send("Re: another", TO_REPORTER "In-Reply-To: <another.2@example.org>\r\nX-Serial: aa\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"closed\""));
}

static void an_answer_to_a_mail_of_ours_about_the_report_answers_it(void **state)
{
    (void)state;
    receive_report("");
    send("ticket", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\nX-Automatic: yes\r\nX-Says: Ticket opened.\r\n");
    assert_true(shows("\"reporter\":\"open\""));
    send("Re: ticket", TO_REPORTER "In-Reply-To: <ticket.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"closed\""));
}

/* --- what people say of it ---------------------------------------------------------------------------------------- */

static void what_a_person_calls_no_answer_does_not_close_the_leg_again(void **state)
{
    (void)state;
    receive_report("");
    send("Re: key", "Message-ID: <a@ca.example>\r\n" TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"closed\""));
    ask("{\"verb\":\"reopen\",\"case\":1,\"leg\":\"reporter\",\"by\":\"one\",\"note\":\"that was about another one\"}");
    assert_true(shows("\"reporter\":\"open\"") && shows("\"class\":\"substantive\"") &&
                shows("\"overruled_by\":\"one\""));
    /* Another copy, as an archive has it. */
    send("Re: key", "Message-ID: <a@ca.example>\r\n" TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED
                    "X-Archived: yes\r\n");
    assert_true(shows("\"reporter\":\"open\"") && shows("somebody said that this mail"));
    send("Re: key", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"closed\""));
}

static void a_command_that_cannot_be_carried_out_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *request, *exit;
    } table[] = {
        {"{\"verb\":\"answered\",\"case\":1,\"note\":\"x\"}", "\"exit\":64"},
        {"{\"verb\":\"answered\",\"case\":1,\"by\":\"one\"}", "\"exit\":64"},
        {"{\"verb\":\"answered\",\"case\":1,\"leg\":\"third\",\"by\":\"one\",\"note\":\"x\"}", "\"exit\":64"},
        {"{\"verb\":\"answered\",\"case\":9,\"by\":\"one\",\"note\":\"x\"}", "\"exit\":65"},
        {"{\"verb\":\"reopen\",\"case\":1,\"by\":\"one\",\"note\":\"x\"}", "\"exit\":65"}, /* both are open */
        {"{\"verb\":\"reopen\",\"case\":1,\"leg\":\"third\",\"by\":\"one\",\"note\":\"x\"}", "\"exit\":64"},
    };
    receive_report("");
    char before[sizeof said];
    shows("");
    memcpy(before, said, sizeof before);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (!strstr(ask(table[i].request), table[i].exit))
            fail_msg("row %zu: %s", i, said);
        shows("");
        assert_string_equal(said, before);
    }
    ask("{\"verb\":\"answered\",\"case\":1,\"by\":\"one\",\"note\":\"by telephone\"}");
    assert_true(shows("by telephone"));
    assert_non_null(strstr(ask("{\"verb\":\"answered\",\"case\":1,\"by\":\"two\",\"note\":\"x\"}"), "\"exit\":65"));
    assert_true(shows("by telephone"));
}

/* --- what came back, what is left --------------------------------------------------------------------------------- */

static void each_reply_that_comes_back_opens_the_leg_once_and_is_told_once(void **state)
{
    (void)state;
    receive_report("");
    send("Re: key", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"closed\""));
    for (int i = 0; i < 5; i++) {
        world_put(w, INBOX, "Undelivered", "MAILER-DAEMON@mx.example",
                  "X-Verdict: unlikely\r\nX-Returned: <Re: key.1@example.org>\r\n");
        run_for(2 * CPR_MINUTE_MS);
        assert_true(shows("\"reporter\":\"open\"") && shows("\"class\":\"bounce\""));
    }
    size_t letters = world_mails(w, NULL, "came back undelivered");
    assert_true(letters > 0);
    ask("{\"verb\":\"answered\",\"case\":1,\"by\":\"one\",\"note\":\"by telephone\"}");
    world_put(w, INBOX, "Undelivered", "MAILER-DAEMON@mx.example",
              "X-Verdict: unlikely\r\nX-Returned: <Re: key.1@example.org>\r\n");
    run_for(2 * CPR_MINUTE_MS);
    assert_true(shows("\"reporter\":\"closed\""));
    assert_int_equal(world_mails(w, NULL, "came back undelivered"), letters);
}

static void what_the_last_answer_leaves_open_is_told_once_though_the_case_is_closed(void **state)
{
    (void)state;
    receive_report("X-Serial: 4a1b2c3d\r\nX-Further: 77e0f1a2\r\n");
    ask("{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\",\"by\":\"one\",\"note\":\"told\"}");
    send("Re: key", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"state\":\"answered\"") && shows("\"event\":\"unanswered\"") && shows("2 of 2 not named"));
    size_t letters = world_mails(w, NULL, "4a1b2c3d");
    assert_true(world_mails(w, NULL, "See whether something") > 0);
    send("Re: key",
         TO_REPORTER "In-Reply-To: <key.1@example.org>\r\nX-Serial: 4a1b2c3d\r\nX-Further: 77e0f1a2\r\n" REVOKED);
    assert_true(shows("\"unanswered\":\"\""));
    assert_int_equal(world_mails(w, NULL, "4a1b2c3d"), letters);
}

static void an_answer_about_the_only_certificate_needs_no_letter(void **state)
{
    (void)state;
    receive_report("X-Serial: 4a1b2c3d\r\n");
    send("Re: key", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"event\":\"unanswered\"") && !shows("\"topic\":\"unanswered\""));
}

static void a_reply_after_the_case_was_closed_still_claims(void **state)
{
    (void)state;
    world_verify(w);
    receive_report("X-Serial: 4a1b2c3d\r\n");
    ask("{\"verb\":\"answered\",\"case\":1,\"leg\":\"both\",\"by\":\"one\",\"note\":\"by telephone\"}");
    send("Re: key", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"state\":\"answered\"") && shows("\"event\":\"revocation-claimed\""));
}

static void a_reply_that_is_seen_before_its_report_claims_too(void **state)
{
    (void)state;
    world_verify(w);
    run_for(0);
    w->utc_ms += CPR_MINUTE_MS;
    world_put(w, INBOX, "key", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\nX-Serial: 4a1b2c3d\r\n");
    world_put(w, SENT, "Re: key", "cpr@ca.example", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    run_for(2 * CPR_MINUTE_MS); /* Sent is read first */
    assert_true(shows("\"reporter\":\"closed\"") && shows("\"event\":\"revocation-claimed\""));
}

/* --- out of order ------------------------------------------------------------------------------------------------- */

static void an_answer_that_came_back_before_its_report_was_read_closes_nothing(void **state)
{
    (void)state;
    world_put(w, SENT, "Re: late", "cpr@ca.example", TO_REPORTER "In-Reply-To: <late.2@example.org>\r\n" REVOKED);
    world_put(w, INBOX, "Undelivered", "mailer@example.org",
              "X-Verdict: unlikely\r\nX-Returned: <Re: late.1@example.org>\r\n");
    run_for(CPR_MINUTE_MS);
    world_put(w, INBOX, "late", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\n");
    run_for(CPR_MINUTE_MS);
    assert_true(shows("\"reporter\":\"open\"") && shows("\"class\":\"bounce\""));
}

static void an_answer_that_comes_back_while_the_case_is_dismissed_is_not_forgotten(void **state)
{
    (void)state;
    receive_report("");
    send("Re: key", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    assert_true(shows("\"reporter\":\"closed\""));
    ask("{\"verb\":\"dismiss\",\"case\":1,\"by\":\"ops\",\"note\":\"none\"}");
    world_put(w, INBOX, "Undelivered", "mailer@example.org",
              "X-Verdict: unlikely\r\nX-Returned: <Re: key.1@example.org>\r\n");
    run_for(CPR_MINUTE_MS);
    assert_true(shows("\"state\":\"dismissed\""));
    ask("{\"verb\":\"reopen\",\"case\":1,\"leg\":\"subscriber\",\"by\":\"ops\",\"note\":\"it is one\"}");
    assert_true(shows("\"state\":\"open\"") && shows("\"reporter\":\"open\""));
}

static void a_stamp_ahead_of_the_clock_dates_no_answer_ahead(void **state)
{
    (void)state;
    receive_report("");
    ask("{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\",\"by\":\"ops\",\"note\":\"told\"}");
    world_put(w, SENT, "Re: key", "cpr@ca.example", TO_REPORTER "In-Reply-To: <key.1@example.org>\r\n" REVOKED);
    w->folders[SENT].messages[0].internal_ms += 300 * CPR_DAY_MS;
    run_for(2 * CPR_MINUTE_MS);
    assert_true(shows("\"state\":\"answered\""));
    run_for(2 * CPR_DAY_MS);
    assert_true(world_mails(w, NULL, "to be revoked") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stamp_ahead_of_the_clock_dates_no_answer_ahead, fresh, gone),
        cmocka_unit_test_setup_teardown(an_answer_that_comes_back_while_the_case_is_dismissed_is_not_forgotten, fresh,
                                        gone),
        cmocka_unit_test_setup_teardown(an_answer_that_came_back_before_its_report_was_read_closes_nothing, fresh,
                                        gone),
        cmocka_unit_test_setup_teardown(a_new_mail_to_the_reporter_is_asked_about_once_and_closes_nothing, fresh, gone),
        cmocka_unit_test_setup_teardown(a_new_mail_that_says_nothing_or_goes_elsewhere_is_not_asked_about, fresh, gone),
        cmocka_unit_test_setup_teardown(an_answer_to_a_follow_up_answers_the_report, fresh, gone),
        cmocka_unit_test_setup_teardown(an_answer_about_another_certificate_of_the_thread_is_asked_about, fresh, gone),
        cmocka_unit_test_setup_teardown(an_answer_to_a_mail_of_ours_about_the_report_answers_it, fresh, gone),
        cmocka_unit_test_setup_teardown(what_a_person_calls_no_answer_does_not_close_the_leg_again, fresh, gone),
        cmocka_unit_test_setup_teardown(a_command_that_cannot_be_carried_out_changes_nothing, fresh, gone),
        cmocka_unit_test_setup_teardown(each_reply_that_comes_back_opens_the_leg_once_and_is_told_once, fresh, gone),
        cmocka_unit_test_setup_teardown(what_the_last_answer_leaves_open_is_told_once_though_the_case_is_closed, fresh,
                                        gone),
        cmocka_unit_test_setup_teardown(an_answer_about_the_only_certificate_needs_no_letter, fresh, gone),
        cmocka_unit_test_setup_teardown(a_reply_after_the_case_was_closed_still_claims, fresh, gone),
        cmocka_unit_test_setup_teardown(a_reply_that_is_seen_before_its_report_claims_too, fresh, gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
