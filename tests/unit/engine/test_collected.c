/* Many alerts for one person are one letter, so that a flood does not bury the report that matters. */
#include "world.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct world *w;
static char reply[65536];

static int fresh(void **state)
{
    (void)state;
    w = world_new();
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

static void deliver(int count, const char *verdict)
{
    for (int i = 0; i < count; i++) {
        char subject[32];
        snprintf(subject, sizeof subject, "%s %d", verdict, i);
        world_deliver(w, INBOX, subject, verdict, 0);
    }
}

static const char *show(int number)
{
    char request[64];
    snprintf(request, sizeof request, "{\"verb\":\"show\",\"case\":%d}", number);
    world_ask(w, request, reply, sizeof reply);
    return reply;
}

static void six_glances_that_are_due_at_once_are_one_letter(void **state)
{
    (void)state;
    deliver(6, "possible");
    run_for(4 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(w->mail_count, 1);
    assert_string_equal(w->mails[0].subject, "CPR: 6 cases, the first with 20 h 00 min left");
    for (int i = 1; i <= 6; i++) {
        char line[64];
        snprintf(line, sizeof line, "#%d possible, 20 h 00 min left: possible %d", i, i - 1);
        assert_non_null(strstr(w->mails[0].raw, line));
        assert_non_null(strstr(show(i), w->mails[0].header_message_id));
        assert_non_null(strstr(reply, "\"state\":\"sent\""));
    }
}

static void five_are_not_too_many_to_be_told_one_by_one(void **state)
{
    (void)state;
    deliver(5, "possible");
    run_for(4 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(w->mail_count, 5);
}

static void the_first_letter_about_a_report_is_never_one_of_many(void **state)
{
    (void)state;
    deliver(7, "probable");
    run_for(0);
    assert_int_equal(w->mail_count, 7);
    run_for(12 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(w->mail_count, 8);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR: 7 cases"), 1);
    run_for(12 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR: 7 cases, 7 OVERDUE"), 1);
    assert_int_equal(world_mails(w, "lead@ca.example", "Subject: CPR: 7 cases, 7 OVERDUE"), 1);
}

static void the_same_set_has_the_same_message_id_on_every_try_and_another_set_another_one(void **state)
{
    (void)state;
    deliver(8, "possible");
    run_for(0);
    w->faults.smtp_unknown = true; /* taken, but nobody heard the answer */
    run_for(4 * CPR_HOUR_MS + 2 * CPR_MINUTE_MS);
    assert_in_range(w->mail_count, 2, 4);
    for (size_t i = 1; i < w->mail_count; i++)
        assert_string_equal(w->mails[i].header_message_id, w->mails[0].header_message_id);
    world_ask(w, "{\"verb\":\"dismiss\",\"cases\":[2,3],\"by\":\"ops\",\"note\":\"n\"}", reply, sizeof reply);
    w->faults.smtp_unknown = false;
    size_t before = w->mail_count;
    run_for(CPR_HOUR_MS);
    assert_int_equal(w->mail_count, before + 1);
    assert_string_not_equal(w->mails[before].header_message_id, w->mails[0].header_message_id);
    assert_non_null(strstr(w->mails[before].subject, "CPR: 6 cases"));
    assert_null(strstr(w->mails[before].raw, "#2 possible"));
}

static void what_was_tried_together_goes_out_alone_under_its_own_message_id(void **state)
{
    (void)state;
    deliver(6, "possible");
    run_for(0);
    w->faults.smtp_unknown = true;
    run_for(4 * CPR_HOUR_MS + CPR_MINUTE_MS);
    size_t before = w->mail_count;
    assert_true(before > 0);
    world_ask(w, "{\"verb\":\"dismiss\",\"cases\":[1,2],\"by\":\"ops\",\"note\":\"n\"}", reply, sizeof reply);
    w->faults.smtp_unknown = false;
    run_for(CPR_HOUR_MS);
    assert_int_equal(w->mail_count, before + 4);
    for (size_t i = before; i < w->mail_count; i++)
        for (size_t k = 0; k < i; k++)
            if (k < before || k != i)
                assert_string_not_equal(w->mails[i].header_message_id, w->mails[k].header_message_id);
}

static void a_letter_that_is_refused_comes_again_for_each_case_in_it(void **state)
{
    (void)state;
    deliver(6, "possible");
    run_for(0);
    w->faults.bad_recipient = "duty@ca.example";
    run_for(4 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, NULL, "Subject: CPR:"), 0);
    assert_non_null(strstr(show(4), "\"reply_code\":550"));
    w->faults.bad_recipient = NULL;
    run_for(15 * CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR: 6 cases"), 1);
}

static void with_a_full_disk_it_goes_out_once(void **state)
{
    (void)state;
    deliver(9, "possible");
    run_for(CPR_HOUR_MS);
    w->faults.disk_full = true;
    run_for(4 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR: 9 cases"), 1);
}

static void our_own_letter_in_the_watched_inbox_opens_no_case(void **state)
{
    (void)state;
    deliver(6, "possible");
    run_for(4 * CPR_HOUR_MS + CPR_MINUTE_MS);
    struct world_folder *inbox = &w->folders[INBOX];
    struct world_message *own = &inbox->messages[inbox->count++];
    snprintf(own->raw, sizeof own->raw, "X-Verdict: probable\r\n%.4000s", w->mails[0].raw);
    own->uid = inbox->uidnext++;
    own->internal_ms = w->utc_ms;
    run_for(2 * CPR_MINUTE_MS);
    world_ask(w, "{\"verb\":\"cases\"}", reply, sizeof reply);
    assert_null(strstr(reply, "\"case\":7,"));
}

static void a_hundred_and_fifty_cases_are_one_letter_too(void **state)
{
    (void)state;
    deliver(150, "possible");
    run_for(4 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(w->mail_count, 1);
    assert_string_equal(w->mails[0].subject, "CPR: 150 cases, the first with 20 h 00 min left");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
    const struct CMUnitTest tests[] = {
        TEST(six_glances_that_are_due_at_once_are_one_letter),
        TEST(five_are_not_too_many_to_be_told_one_by_one),
        TEST(the_first_letter_about_a_report_is_never_one_of_many),
        TEST(the_same_set_has_the_same_message_id_on_every_try_and_another_set_another_one),
        TEST(what_was_tried_together_goes_out_alone_under_its_own_message_id),
        TEST(a_letter_that_is_refused_comes_again_for_each_case_in_it),
        TEST(with_a_full_disk_it_goes_out_once),
        TEST(our_own_letter_in_the_watched_inbox_opens_no_case),
        TEST(a_hundred_and_fifty_cases_are_one_letter_too),
    };
    return cmocka_run_group_tests_name("collected", tests, NULL, NULL);
}
