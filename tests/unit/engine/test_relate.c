/* Follow-ups, resends and bursts: what belongs together is said, and no deadline is ever put off by it. */
#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define SAYS                                                                                                           \
    "X-Says: The private key of this certificate was published in a public repository, please revoke it within the "   \
    "time that the rules name and tell me when that is done.\r\n"

static struct world *w;
static char reply[1 << 20];

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

static const char *show(int number)
{
    char request[64];
    snprintf(request, sizeof request, "{\"verb\":\"show\",\"case\":%d}", number);
    world_ask(w, request, reply, sizeof reply);
    return reply;
}

/* The deadline of a case as text, "12:00" for noon. */
static const char *deadline(int number)
{
    static char time[32];
    const char *at = strstr(show(number), "\"deadline\":\"");
    assert_non_null(at);
    snprintf(time, sizeof time, "%.16s", at + strlen("\"deadline\":\""));
    return time;
}

static void assert_says(const char *want)
{
    if (!strstr(reply, want))
        fail_msg("'%s' does not say '%s'", reply, want);
}

static void assert_silent(const char *unwanted)
{
    if (strstr(reply, unwanted))
        fail_msg("'%s' says '%s'", reply, unwanted);
}

static void a_reminder_runs_from_the_report(void **state)
{
    (void)state;
    world_write(w, INBOX, "report", "probable", 0, "X-Serial: aa\r\n");
    run_for(CPR_MINUTE_MS);
    run_for(5 * CPR_HOUR_MS);
    world_write(w, JUNK, "reminder", "probable", 0, "In-Reply-To: <report@example.org>\r\n");
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(1), "2026-03-06T12:00");
    assert_string_equal(deadline(2), "2026-03-06T12:00");
    assert_says("\"reasons\":[\"thread\"]");
    assert_says("\"case\":1");
    assert_says("receipt-earlier");
    assert_int_equal(world_mails(w, "duty@ca.example", "It belongs with:"), 1);
}

static void a_reminder_that_is_found_first_follows_the_report(void **state)
{
    (void)state;
    world_write(w, INBOX, "reminder", "probable", 0, "In-Reply-To: <report@example.org>\r\n");
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(1), "2026-03-06T12:00");
    world_write(w, JUNK, "report", "probable", 3 * CPR_HOUR_MS, "X-Serial: aa\r\n");
    run_for(CPR_HOUR_MS);
    assert_string_equal(deadline(1), "2026-03-06T09:01"); /* a minute had passed */
    assert_string_equal(deadline(2), "2026-03-06T09:01");
}

static void what_names_another_certificate_has_its_own_clock(void **state)
{
    (void)state;
    world_write(w, INBOX, "report", "probable", 0, "X-Serial: aa\r\n" SAYS);
    run_for(5 * CPR_HOUR_MS);
    world_write(w, INBOX, "and this", "probable", 0, "X-Serial: bb\r\nIn-Reply-To: <report@example.org>\r\n" SAYS);
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(2), "2026-03-06T17:00");
    assert_says("\"reasons\":[\"thread\"]");
}

static void a_resend_under_another_message_id_runs_from_the_first(void **state)
{
    (void)state;
    world_write(w, INBOX, "report", "probable", 0, "X-Serial: aa\r\n" SAYS);
    run_for(5 * CPR_HOUR_MS);
    world_write(w, INBOX, "report again", "probable", 0, "X-Serial: aa\r\n" SAYS);
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(2), "2026-03-06T12:00");
    assert_says("\"detail\":\"serial aa\"");
}

static void a_forged_thread_to_a_closed_case_opens_one_of_its_own(void **state)
{
    (void)state;
    world_write(w, INBOX, "report", "probable", 0, "");
    world_answer(w, "report", false);
    run_for(5 * CPR_HOUR_MS);
    world_ask(w, "{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\",\"by\":\"ops\",\"note\":\"told\"}", reply,
              sizeof reply);
    show(1);
    assert_says("\"state\":\"answered\"");
    world_write(w, JUNK, "another", "probable", 0, "In-Reply-To: <report@example.org>\r\n");
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(2), "2026-03-06T17:00");
    assert_says("\"state\":\"open\"");
    assert_says("which is closed (answered): this stays a report of its own, and its clock runs");
    assert_int_equal(world_count(w, INBOX, "another"), 1);
    show(1);
    assert_says("\"state\":\"answered\"");
}

static void a_complaint_of_silence_looks_back_also_at_what_was_judged_unlikely(void **state)
{
    (void)state;
    world_write(w, JUNK, "missed", "unlikely", 0, "");
    run_for(CPR_HOUR_MS);
    world_write(w, INBOX, "still waiting", "probable", 0, "X-Complains: yes\r\n");
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(1), "2026-03-06T13:00"); /* nobody knows which he means */
    assert_says("\"subject\":\"missed\"");
    assert_says("\"folders\":[\"Junk\"]");
    assert_int_equal(world_mails(w, "duty@ca.example", "It may refer to"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "no case, judged unlikely, received 2026-03-05 12:00 UTC, in"),
                     1);
    world_write(w, JUNK, "found later", "unlikely", 2 * CPR_HOUR_MS, "");
    run_for(CPR_HOUR_MS);
    show(1);
    assert_says("\"subject\":\"found later\"");
}

static void what_a_complaint_answers_starts_its_clock_even_when_it_was_missed(void **state)
{
    (void)state;
    world_write(w, JUNK, "missed", "unlikely", 0, "");
    run_for(5 * CPR_HOUR_MS);
    world_write(w, INBOX, "no answer", "probable", 0, "X-Complains: yes\r\nIn-Reply-To: <missed@example.org>\r\n");
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(1), "2026-03-06T12:00");
    assert_says("of an earlier message that was judged unlikely");
}

static void an_ordinary_mail_of_the_same_sender_is_no_link(void **state)
{
    (void)state;
    world_write(w, JUNK, "newsletter", "unlikely", 0, "");
    world_write(w, INBOX, "report", "probable", 0, "X-Serial: aa\r\n");
    run_for(CPR_MINUTE_MS);
    show(1);
    assert_says("\"links\":[]");
    assert_silent("newsletter");
}

static void three_hundred_reports_of_a_program_are_three_hundred_cases(void **state)
{
    (void)state;
    enum { AT_ONCE = 100, TIMES = 3 };
    char subject[32], headers[512], cases[32];
    for (int time = 0; time < TIMES; time++) {
        for (int i = 0; i < AT_ONCE; i++) {
            snprintf(subject, sizeof subject, "report %d-%d", time, i);
            snprintf(headers, sizeof headers, "X-Serial: 5a%d%04d\r\n%s", time, i, SAYS);
            world_write(w, i % 2 ? INBOX : JUNK, subject, "possible", 0, headers);
        }
        run_for(CPR_HOUR_MS);
        world_ask(w, "{\"verb\":\"status\"}", reply, sizeof reply);
        snprintf(cases, sizeof cases, "\"open_cases\":%d", (time + 1) * AT_ONCE);
        assert_says(cases);
    }
    assert_string_equal(deadline(1), "2026-03-06T12:00");
    assert_string_equal(deadline(150), "2026-03-06T13:00");
    assert_string_equal(deadline(250), "2026-03-06T14:00");
    assert_says("\"links\":[]");
}

/* --- trace ------------------------------------------------------------------------------------------------------- */

static const char *trace(const char *value)
{
    char request[256];
    snprintf(request, sizeof request, "{\"verb\":\"trace\",\"value\":\"%s\"}", value);
    world_ask(w, request, reply, sizeof reply);
    return reply;
}

static void a_trace_tells_all_that_happened_in_order_of_time(void **state)
{
    (void)state;
    world_write(w, JUNK, "report", "probable", CPR_HOUR_MS, "X-Serial: 3a41f\r\n");
    run_for(CPR_MINUTE_MS);
    world_answer(w, "report", false);
    run_for(CPR_HOUR_MS);
    static const char *const order[] = {
        "\"event\":\"mail\"",       "\"event\":\"seen\"",  "\"event\":\"case-opened\"",      "\"event\":\"moved\"",
        "\"event\":\"alert-sent\"", "\"event\":\"reply\"", "\"event\":\"reporter-answered\""};
    const char *at = strstr(trace("<report@example.org>"), "\"timeline\"");
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (!at || !(at = strstr(at, order[i])))
            fail_msg("%s is not in its place: %s", order[i], reply);
    assert_says("\"folder\":\"Junk\"");
    assert_says("\"folder\":\"INBOX\"");
    assert_says("\"exit\":0");
}

static void a_value_may_be_written_as_people_write_it(void **state)
{
    (void)state;
    static const char *const found[] = {"3a41f",
                                        "03A41F",
                                        "0x03:a4:1f",
                                        "03 a4 1f",
                                        " 3A41F",
                                        "report@example.org",
                                        "<report@example.org>",
                                        "Reporter@Example.org"};
    static const char *const unknown[] = {"3a41", "<other@example.org>", "nobody@example.org", "4711", "%", "zz:3a41f"};
    world_write(w, JUNK, "report", "probable", 0, "X-Serial: 3a41f\r\n");
    run_for(CPR_MINUTE_MS);
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
        trace(found[i]);
        assert_says("\"subject\":\"report\"");
    }
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        trace(unknown[i]);
        assert_says("\"exit\":65");
        assert_says("nothing is known of");
    }
    trace("");
    assert_says("\"exit\":64");
    world_ask(w, "{\"verb\":\"trace\"}", reply, sizeof reply);
    assert_says("\"exit\":64");
}

static void a_trace_shows_what_was_judged_unlikely_too(void **state)
{
    (void)state;
    world_write(w, JUNK, "advert", "unlikely", 0, "");
    run_for(CPR_MINUTE_MS);
    trace("advert@example.org");
    assert_says("\"verdict\":\"unlikely\"");
    assert_says("\"case\":null");
    assert_says("\"cases\":[]");
}

static void a_sender_of_many_mails_is_cut_and_that_is_said(void **state)
{
    (void)state;
    char subject[32];
    for (int i = 0; i < 60; i++) {
        snprintf(subject, sizeof subject, "advert %d", i);
        world_write(w, JUNK, subject, "unlikely", 0, "");
    }
    run_for(CPR_MINUTE_MS);
    trace("reporter@example.org");
    assert_says("\"cut\":true");
    trace("<advert 7@example.org>");
    assert_says("\"cut\":false");
}

/* --- the receipt ------------------------------------------------------------------------------------------------- */

static void a_fresh_internaldate_of_a_copy_makes_nothing_later(void **state)
{
    (void)state;
    char border[64];
    snprintf(border, sizeof border, "X-Border: %" PRId64 "\r\n", w->utc_ms - 2 * CPR_HOUR_MS);
    snprintf(w->settings.mailboxes[0].own_hosts[0], CPR_HOST_SIZE, "mx.ca.example");
    w->settings.mailboxes[0].own_host_count = 1;
    snprintf(w->settings.mailboxes[0].folders[0], CPR_FOLDER_NAME_MAX, "%s", w->folders[OTHER].name);
    w->settings.mailboxes[0].folder_count = 1;
    world_write(w, OTHER, "report", "probable", 0, border);
    run_for(CPR_MINUTE_MS);
    assert_string_equal(deadline(1), "2026-03-06T10:00");
    run_for(3 * CPR_HOUR_MS);
    world_shift(w, OTHER, INBOX, "report");
    w->folders[INBOX].messages[0].internal_ms = w->utc_ms; /* as COPY without a date would */
    run_for(CPR_HOUR_MS);
    assert_string_equal(deadline(1), "2026-03-06T10:00");
}

static void a_migration_of_the_mailbox_makes_nothing_later(void **state)
{
    (void)state;
    world_write(w, INBOX, "report", "probable", CPR_HOUR_MS, "");
    run_for(3 * CPR_HOUR_MS);
    assert_string_equal(deadline(1), "2026-03-06T11:00");
    for (int folder = 0; folder < WORLD_FOLDERS; folder++) {
        w->folders[folder].uidvalidity += 7;
        for (size_t i = 0; i < w->folders[folder].count; i++) {
            w->folders[folder].messages[i].uid = (uint32_t)i + 1;
            w->folders[folder].messages[i].internal_ms = w->utc_ms;
        }
    }
    run_for(CPR_HOUR_MS);
    assert_string_equal(deadline(1), "2026-03-06T11:00");
    world_ask(w, "{\"verb\":\"status\"}", reply, sizeof reply);
    assert_says("\"open_cases\":1");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, fresh, gone)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(a_reminder_runs_from_the_report),
        IN_A_WORLD(a_reminder_that_is_found_first_follows_the_report),
        IN_A_WORLD(what_names_another_certificate_has_its_own_clock),
        IN_A_WORLD(a_resend_under_another_message_id_runs_from_the_first),
        IN_A_WORLD(a_forged_thread_to_a_closed_case_opens_one_of_its_own),
        IN_A_WORLD(a_complaint_of_silence_looks_back_also_at_what_was_judged_unlikely),
        IN_A_WORLD(what_a_complaint_answers_starts_its_clock_even_when_it_was_missed),
        IN_A_WORLD(an_ordinary_mail_of_the_same_sender_is_no_link),
        IN_A_WORLD(three_hundred_reports_of_a_program_are_three_hundred_cases),
        IN_A_WORLD(a_trace_tells_all_that_happened_in_order_of_time),
        IN_A_WORLD(a_value_may_be_written_as_people_write_it),
        IN_A_WORLD(a_trace_shows_what_was_judged_unlikely_too),
        IN_A_WORLD(a_sender_of_many_mails_is_cut_and_that_is_said),
        IN_A_WORLD(a_fresh_internaldate_of_a_copy_makes_nothing_later),
        IN_A_WORLD(a_migration_of_the_mailbox_makes_nothing_later),
    };
    return cmocka_run_group_tests_name("relate", tests, NULL, NULL);
}
