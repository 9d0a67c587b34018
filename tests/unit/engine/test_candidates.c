/* Mails that IMAP does not show: what a trusted notice of a quarantine lists gets a clock; and mail of root programmes.
 */
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

/* A row of a notice, with times as hours from now; 0: none. */
static const char *row(int held_h, int expires_h, const char *verdict, const char *sender_and_subject)
{
    static char line[4][512];
    static int next;
    char *out = line[next++ % 4];
    snprintf(out, sizeof line[0], "X-Row: %lld %lld %s %s\r\n",
             held_h ? (long long)(w->utc_ms + held_h * CPR_HOUR_MS) : 0,
             expires_h ? (long long)(w->utc_ms + expires_h * CPR_HOUR_MS) : 0, verdict, sender_and_subject);
    return out;
}

static const char *cases(void)
{
    world_ask(w, "{\"verb\":\"cases\",\"all\":true}", reply, sizeof reply);
    return reply;
}

static const char *show(int number)
{
    char request[64];
    snprintf(request, sizeof request, "{\"verb\":\"show\",\"case\":%d}", number);
    world_ask(w, request, reply, sizeof reply);
    return reply;
}

static void each_row_of_a_trusted_notice_is_a_case_with_a_clock_of_its_own(void **state)
{
    (void)state;
    char rows[1024];
    snprintf(rows, sizeof rows, "%s%s", row(-3, 360, "probable", "Ann <ann@example.org>|Revoke this certificate"),
             row(-2, 0, "possible", "bob@example.org|A question"));
    world_notice(w, INBOX, "digest", rows, false);
    run_for(0);
    cases();
    assert_non_null(strstr(reply, "\"case\":1,\"state\":\"open\",\"grade\":\"report\",\"mailbox\":\"cpr\",\"received\":"
                                  "\"2026-03-05T09:00:00Z\",\"deadline\":\"2026-03-06T09:00:00Z\""));
    assert_non_null(strstr(reply, "\"from\":\"ann@example.org\",\"subject\":\"Revoke this certificate\",\"folder\":"
                                  "\"quarantine gateway\",\"role\":\"quarantine\",\"rescue\":\"not-needed\""));
    assert_non_null(strstr(reply, "\"case\":2,\"state\":\"open\",\"grade\":\"glance\",\"mailbox\":\"cpr\",\"received\":"
                                  "\"2026-03-05T10:00:00Z\""));
    assert_null(strstr(reply, "\"case\":3,"));
    assert_int_equal(world_mails(w, NULL, "CPR #1 (in quarantine)"), 1);
    assert_int_equal(w->mail_count, 1); /* the glance of the other comes four hours after its receipt */
    assert_int_equal(w->moves, 0);
    run_for(2 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, NULL, "CPR #2 (in quarantine)"), 1);
}

static void the_case_says_where_it_is_held_until_when_and_what_to_do(void **state)
{
    (void)state;
    world_notice(w, INBOX, "digest", row(-3, 360, "probable", "ann@example.org|Revoke"), false);
    run_for(0);
    show(1);
    assert_non_null(strstr(reply,
                           "\"quarantine\":{\"source\":\"gateway\",\"held\":\"2026-03-05T09:00:00Z\",\"expires\":"
                           "\"2026-03-20T12:00:00Z\"}"));
    assert_non_null(strstr(reply, "\"message_id\":\"\""));
    assert_non_null(strstr(reply, "held in quarantine gateway, as UID 1 of \\\"INBOX\\\" says; release it by hand, it "
                                  "expires 2026-03-20T12:00:00Z"));
}

static void a_notice_that_is_not_trusted_opens_nothing(void **state)
{
    (void)state;
    world_notice(w, INBOX, "digest", row(-3, 360, "probable", "ann@example.org|Revoke"), true);
    run_for(0);
    assert_null(strstr(cases(), "\"case\""));
}

static void a_row_that_is_listed_again_tomorrow_opens_nothing(void **state)
{
    (void)state;
    int64_t held_ms = w->utc_ms - CPR_HOUR_MS;
    char rows[256];
    snprintf(rows, sizeof rows, "X-Row: %lld 0 probable ann@example.org|Revoke\r\n", (long long)held_ms);
    world_notice(w, INBOX, "digest of today", rows, false);
    run_for(CPR_DAY_MS);
    world_notice(w, INBOX, "digest of tomorrow", rows, false);
    run_for(2 * CPR_MINUTE_MS);
    assert_null(strstr(cases(), "\"case\":2,"));
    /* A mail of the same kind that was held later is another one. */
    world_notice(w, INBOX, "third digest", row(-1, 0, "probable", "ann@example.org|Revoke"), false);
    run_for(2 * CPR_MINUTE_MS);
    assert_non_null(strstr(cases(), "\"case\":2,"));
}

static void no_held_time_can_put_the_clock_off(void **state)
{
    (void)state;
    char rows[512];
    snprintf(rows, sizeof rows, "%s%s", row(5, 0, "probable", "ann@example.org|Later than the notice"),
             row(0, 0, "probable", "ann@example.org|Without a time"));
    world_notice(w, INBOX, "digest", rows, false);
    w->folders[INBOX].messages[0].internal_ms -= CPR_HOUR_MS;
    run_for(0);
    cases();
    assert_non_null(strstr(reply, "\"case\":1,\"state\":\"open\",\"grade\":\"report\",\"mailbox\":\"cpr\",\"received\":"
                                  "\"2026-03-05T11:00:00Z\""));
    assert_non_null(strstr(reply, "\"case\":2,\"state\":\"open\",\"grade\":\"report\",\"mailbox\":\"cpr\",\"received\":"
                                  "\"2026-03-05T11:00:00Z\""));
}

static void an_older_notice_that_is_read_later_brings_the_clock_forward(void **state)
{
    (void)state;
    const char *rows = "X-Row: 0 0 probable ann@example.org|Without a time\r\n";
    world_notice(w, INBOX, "digest", rows, false);
    run_for(0);
    world_notice(w, INBOX, "older digest", rows, false);
    w->folders[INBOX].messages[1].internal_ms -= 6 * CPR_HOUR_MS;
    run_for(2 * CPR_MINUTE_MS);
    cases();
    assert_null(strstr(reply, "\"case\":2,"));
    assert_non_null(strstr(reply, "\"received\":\"2026-03-05T06:00:00Z\",\"deadline\":\"2026-03-06T06:00:00Z\""));
}

static void before_the_quarantine_drops_it_somebody_is_told(void **state)
{
    (void)state;
    w->settings.policy.glance_repeat_ms = 90 * CPR_DAY_MS; /* so that nothing else is sent meanwhile */
    world_notice(w, INBOX, "digest", row(-1, 60, "possible", "bob@example.org|A question"), false);
    run_for(47 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 3); /* 4h, 12h, 20h */
    run_for(CPR_HOUR_MS + 2 * CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 4);
    assert_int_equal(
        world_mails(w, "duty@ca.example", "News: It is dropped from quarantine gateway at 2026-03-08 00:00"), 1);
    run_for(CPR_DAY_MS); /* and a restart tells nobody twice */
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 4);
}

static void what_is_dropped_soon_is_told_at_once_and_to_those_who_are_on_call_now(void **state)
{
    (void)state;
    char rows[512];
    snprintf(rows, sizeof rows, "%s%s", row(-1, 5, "possible", "bob@example.org|Soon"),
             row(-1, 48, "possible", "bob@example.org|Later"));
    world_notice(w, INBOX, "digest", rows, false);
    run_for(0);
    assert_int_equal(world_mails(w, "duty@ca.example", "News: It is dropped"), 1);
    struct cpr_oncall *duty = &w->settings.policy.oncall[0];
    snprintf(duty->addresses[0], sizeof duty->addresses[0], "night@ca.example");
    run_for(37 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "News: It is dropped"), 1);
    assert_int_equal(world_mails(w, "night@ca.example", "Later"), 5); /* 4h, 12h, 20h, 32h, 12h before */
}

static void a_released_message_takes_over_the_earlier_clock_and_both_cases_say_so(void **state)
{
    (void)state;
    world_notice(w, INBOX, "digest", row(-5, 0, "probable", "\"A reporter\" <Reporter@example.org>|Bad cert..."),
                 false);
    run_for(0);
    world_deliver(w, INBOX, "bad cert", "probable", 0);
    run_for(2 * CPR_MINUTE_MS);
    cases();
    assert_non_null(strstr(reply, "\"case\":2,\"state\":\"open\",\"grade\":\"report\",\"mailbox\":\"cpr\",\"received\":"
                                  "\"2026-03-05T07:00:00Z\",\"deadline\":\"2026-03-06T07:00:00Z\""));
    assert_non_null(strstr(show(1), "lies in \\\"INBOX\\\" (UID 2): it is case 2"));
    assert_non_null(strstr(show(2), "those of case 1, held in quarantine gateway"));
    assert_int_equal(world_mails(w, "duty@ca.example", "News: A message with this sender"), 1);
    /* An answer to it closes its leg; the candidate's is stopped by a person. */
    world_answer(w, "bad cert", false);
    run_for(2 * CPR_MINUTE_MS);
    cases();
    assert_non_null(strstr(reply, "\"reporter\":\"closed\",\"subscriber\":\"open\""));
    assert_non_null(strstr(reply, "\"case\":1,\"state\":\"open\""));
}

static void a_message_that_only_looks_alike_closes_nothing_and_is_told_once(void **state)
{
    (void)state;
    world_notice(w, INBOX, "digest", row(-5, 0, "possible", "reporter@example.org|news"), false);
    run_for(0);
    world_deliver(w, INBOX, "news", "unlikely", 0);
    run_for(2 * CPR_MINUTE_MS);
    world_deliver(w, JUNK, "News", "unlikely", 0);
    run_for(2 * CPR_MINUTE_MS);
    assert_null(strstr(cases(), "\"case\":2,"));
    assert_non_null(strstr(reply, "\"case\":1,\"state\":\"open\""));
    assert_non_null(strstr(show(1), "lies in \\\"Junk\\\" (UID 1): it is judged unlikely"));
    assert_int_equal(world_mails(w, "duty@ca.example", "News: A message with this sender"), 1);
}

static void after_it_is_dismissed_nothing_more_is_sent(void **state)
{
    (void)state;
    world_notice(w, INBOX, "digest", row(-1, 48, "probable", "ann@example.org|Revoke"), false);
    run_for(0);
    world_ask(w, "{\"verb\":\"dismiss\",\"case\":1,\"by\":\"ops\",\"note\":\"advertising\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\"exit\":0"));
    size_t before = w->mail_count;
    run_for(50 * CPR_HOUR_MS);
    assert_int_equal(w->mail_count, before);
}

static void mail_of_a_root_programme_is_told_at_once_and_brought_back(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "audit statements", "compliance", 0);
    run_for(0);
    assert_int_equal(world_count(w, INBOX, "audit statements"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "News: Mail of a root programme"), 1);
    run_for(4 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "CPR #1 (possible)"), 2); /* and the glance at 4h */
}

static void in_observe_mode_mail_of_a_root_programme_is_told_and_left(void **state)
{
    (void)state;
    w->settings.policy.is_active = false;
    world_deliver(w, JUNK, "audit statements", "compliance", 0);
    run_for(0);
    assert_int_equal(world_count(w, JUNK, "audit statements"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "News: Mail of a root programme"), 1);
    assert_non_null(strstr(cases(), "\"rescue\":\"would-move\""));
}

static void a_possible_report_is_a_glance_with_reminders_of_its_own(void **state)
{
    (void)state;
    static const int hours[] = {4, 12, 20, 32, 44};
    int64_t receipt_ms = w->utc_ms;
    world_deliver(w, JUNK, "perhaps", "possible", 0);
    run_for(45 * CPR_HOUR_MS);
    size_t told = 0;
    for (size_t i = 0; i < w->mail_count; i++) {
        int64_t minutes = (w->mails[i].at_ms - receipt_ms) / CPR_MINUTE_MS;
        if (strcmp(w->mails[i].recipient, "duty@ca.example") != 0)
            continue;
        assert_in_range(minutes, hours[told] * 60, hours[told] * 60 + 1);
        told++;
    }
    assert_int_equal(told, 5);
    assert_int_equal(world_count(w, JUNK, "perhaps"), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
    const struct CMUnitTest tests[] = {
        TEST(each_row_of_a_trusted_notice_is_a_case_with_a_clock_of_its_own),
        TEST(the_case_says_where_it_is_held_until_when_and_what_to_do),
        TEST(a_notice_that_is_not_trusted_opens_nothing),
        TEST(a_row_that_is_listed_again_tomorrow_opens_nothing),
        TEST(no_held_time_can_put_the_clock_off),
        TEST(an_older_notice_that_is_read_later_brings_the_clock_forward),
        TEST(before_the_quarantine_drops_it_somebody_is_told),
        TEST(what_is_dropped_soon_is_told_at_once_and_to_those_who_are_on_call_now),
        TEST(a_released_message_takes_over_the_earlier_clock_and_both_cases_say_so),
        TEST(a_message_that_only_looks_alike_closes_nothing_and_is_told_once),
        TEST(after_it_is_dismissed_nothing_more_is_sent),
        TEST(mail_of_a_root_programme_is_told_at_once_and_brought_back),
        TEST(in_observe_mode_mail_of_a_root_programme_is_told_and_left),
        TEST(a_possible_report_is_a_glance_with_reminders_of_its_own),
    };
    return cmocka_run_group_tests_name("candidates", tests, NULL, NULL);
}
