/* What a person does with a telephone or a mail program: "ack" in answer to an alert, and a message that is moved to
 * the folder for what is no report. */
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
    snprintf(w->settings.mailboxes[0].addresses[0], CPR_ADDRESS_MAX, "CPR@ca.example");
    w->settings.mailboxes[0].address_count = 1;
    snprintf(w->settings.reply_to, sizeof w->settings.reply_to, "cpr@ca.example");
    snprintf(w->settings.mailboxes[0].dismiss_folder, sizeof w->settings.mailboxes[0].dismiss_folder, "Projects");
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
    world_ask(w, request, said, sizeof said);
    return said;
}

static bool shows(int number, const char *text)
{
    return strstr(show(number), text) != NULL;
}

static const char *ask(const char *request)
{
    world_ask(w, request, said, sizeof said);
    return said;
}

static bool exists(int number)
{
    return shows(number, "\"case\":");
}

/* An answer to an alert: the reader found what judge/ack.h finds. */
static void say_ack(const char *from, int64_t number, const char *token, const char *further)
{
    char lines[400];
    snprintf(lines, sizeof lines, "X-Verdict: probable\r\nX-Ack: %lld %s\r\n%s", (long long)number, token, further);
    world_put(w, INBOX, "Re: CPR", from, lines);
}

/* --- ack ---------------------------------------------------------------------------------------------------------- */

static void an_ack_by_mail_takes_the_case_and_is_no_report(void **state)
{
    (void)state;
    char token[CPR_ACK_TOKEN_SIZE];
    int64_t receipt_ms = w->utc_ms;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 1, token);
    assert_int_equal(strlen(token), CPR_ACK_TOKEN_SIZE - 1);
    say_ack("Duty@CA.example", 1, token, "");
    run_for(22 * CPR_HOUR_MS);
    assert_true(shows(1, "\"acked_by\":\"duty\""));
    assert_true(shows(1, "\"state\":\"open\""));
    assert_true(shows(1, "\"event\":\"acked\",\"who\":\"duty (Duty@CA.example)\""));
    assert_false(exists(2)); /* whatever the mail quotes */
    /* As after `cpr-audit ack`: the others hear of it from the deadline on. */
    assert_int_equal(world_mails(w, "lead@ca.example", NULL), 0);
    run_for(3 * CPR_HOUR_MS);
    assert_in_range(w->mails[w->mail_count - 1].at_ms, receipt_ms + 24 * CPR_HOUR_MS, receipt_ms + 26 * CPR_HOUR_MS);
    assert_true(world_mails(w, "lead@ca.example", "OVERDUE") > 0);
}

static void a_token_acknowledges_once_and_an_older_one_never_again(void **state)
{
    (void)state;
    char first[CPR_ACK_TOKEN_SIZE], second[CPR_ACK_TOKEN_SIZE];
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 1, first);
    run_for(12 * CPR_HOUR_MS + CPR_MINUTE_MS);
    world_token(w, "duty@ca.example", 1, second);
    assert_string_not_equal(first, second);
    say_ack("duty@ca.example", 1, second, "");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"acked_by\":\"duty\""));
    say_ack("lead@ca.example", 1, second, ""); /* again */
    say_ack("lead@ca.example", 1, first, "");  /* never used, but of an earlier step */
    run_for(2 * CPR_MINUTE_MS);
    assert_true(shows(1, "\"acked_by\":\"duty\""));
    assert_true(shows(1, "\"event\":\"ack-again\",\"who\":\"lead (lead@ca.example)\""));
    assert_false(exists(2));
}

static void an_ack_that_proves_nothing_is_mail_like_any_other(void **state)
{
    (void)state;
    char token[CPR_ACK_TOKEN_SIZE], wrong[CPR_ACK_TOKEN_SIZE];
    world_deliver(w, INBOX, "report", "probable", 0);
    world_deliver(w, INBOX, "another", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 1, token);
    memcpy(wrong, token, sizeof wrong);
    wrong[5] = wrong[5] == '0' ? '1' : '0';
    say_ack("duty@ca.example", 1, wrong, "");
    say_ack("stranger@example.org", 1, token, "");
    say_ack("duty@ca.example", 2, token, "");                     /* of another case */
    say_ack("duty@ca.example", 1, token, "X-Automatic: yes\r\n"); /* an absence note quotes the letter */
    say_ack("duty@ca.example", 4711, token, "");                  /* of no case */
    size_t mails = w->mail_count;
    run_for(CPR_MINUTE_MS);
    for (int number = 3; number <= 7; number++)
        assert_true(shows(number, "\"state\":\"open\"")); /* each is judged, and opens its case */
    assert_true(shows(1, "\"acked_by\":\"\"") && shows(2, "\"acked_by\":\"\""));
    assert_true(shows(1, "its sender is in no [oncall NAME] section") && shows(1, "it was sent automatically"));
    assert_false(shows(2, "\"event\":\"ack-refused\""));
    assert_int_equal(world_mails(w, "stranger@example.org", NULL), 0);
    assert_int_equal(w->mail_count, mails + 5);
}

static void where_own_hosts_are_known_the_sender_is_to_be_proved(void **state)
{
    (void)state;
    char token[CPR_ACK_TOKEN_SIZE];
    struct cpr_mailbox_settings *mailbox = &w->settings.mailboxes[0];
    snprintf(mailbox->own_hosts[0], sizeof mailbox->own_hosts[0], "mx.ca.example");
    mailbox->own_host_count = 1;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 1, token);
    say_ack("duty@ca.example", 1, token, "");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"acked_by\":\"\"") && exists(2) && shows(1, "did not prove its sender"));
    say_ack("duty@ca.example", 1, token, "X-Proved: other.example\r\n");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"acked_by\":\"\"") && exists(3));
    say_ack("duty@ca.example", 1, token, "X-Proved: ca.example\r\n");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"acked_by\":\"duty\""));
    assert_false(exists(4));
}

static void an_ack_opens_nothing_that_is_closed(void **state)
{
    (void)state;
    char token[CPR_ACK_TOKEN_SIZE];
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 1, token);
    ask("{\"verb\":\"answered\",\"case\":1,\"leg\":\"both\",\"by\":\"one\",\"note\":\"told\"}");
    ask("{\"verb\":\"revoked\",\"case\":1,\"all\":true,\"by\":\"one\",\"note\":\"done\"}");
    say_ack("duty@ca.example", 1, token, "");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"state\":\"answered\"") && shows(1, "\"acked_by\":\"\""));
    assert_true(shows(1, "the case is closed"));
}

static void without_a_mailbox_that_takes_answers_no_letter_asks_for_one(void **state)
{
    (void)state;
    char token[CPR_ACK_TOKEN_SIZE];
    snprintf(w->settings.reply_to, sizeof w->settings.reply_to, "elsewhere@ca.example");
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 1, token);
    assert_string_equal(token, "");
    w->settings.reply_to[0] = '\0';
    world_deliver(w, INBOX, "another", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 2, token);
    assert_string_equal(token, "");
    assert_int_equal(world_mails(w, NULL, "Reply-To: auditd"), 0);
    snprintf(w->settings.alert_from, sizeof w->settings.alert_from, "cpr@ca.example");
    world_deliver(w, INBOX, "third", "probable", 0);
    run_for(0);
    world_token(w, "duty@ca.example", 3, token);
    assert_string_not_equal(token, "");
}

/* --- not a report ------------------------------------------------------------------------------------------------- */

static void a_message_moved_away_dismisses_its_case_until_a_second_person_confirms(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    size_t mails = w->mail_count;
    world_shift(w, INBOX, OTHER, "report");
    run_for(48 * CPR_HOUR_MS);
    assert_true(shows(1, "\"state\":\"dismissed\""));
    assert_true(shows(1, "\"closed_by\":\"whoever moved it (mailbox cpr)\""));
    assert_true(shows(1, "\"dismissal\":{\"state\":\"unconfirmed\",\"folder\":\"Projects\""));
    assert_int_equal(w->mail_count, mails);
    assert_non_null(
        strstr(ask("{\"verb\":\"review\",\"day\":\"today\"}"), "DISMISSED BY ONE PERSON")); /* two days later */
    assert_non_null(strstr(ask("{\"verb\":\"confirm\",\"case\":1,\"by\":\"second\"}"), "\"exit\":0"));
    assert_true(shows(1, "\"state\":\"confirmed\""));
    assert_true(shows(1, "confirmed by second"));
    run_for(25 * CPR_HOUR_MS);
    assert_null(strstr(ask("{\"verb\":\"review\",\"day\":\"today\"}"), "CPR #1"));
    assert_non_null(strstr(ask("{\"verb\":\"confirm\",\"case\":1,\"by\":\"third\"}"), "confirmed already, by second"));
}

static void moved_back_it_is_open_with_the_old_receipt_and_deadline(void **state)
{
    (void)state;
    char before[64], mark[] = "\"received\":";
    world_deliver(w, INBOX, "report", "probable", CPR_HOUR_MS);
    run_for(0);
    snprintf(before, sizeof before, "%.60s", strstr(show(1), mark)); /* and the deadline behind it */
    world_shift(w, INBOX, OTHER, "report");
    run_for(14 * CPR_HOUR_MS);
    size_t mails = w->mail_count;
    world_shift(w, OTHER, INBOX, "report");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"state\":\"open\"") && shows(1, "\"grade\":\"report\"") && shows(1, before));
    assert_true(shows(1, "\"event\":\"reopened\"") && shows(1, "\"state\":\"taken-back\""));
    assert_int_equal(w->mail_count, mails + 1); /* the step of 12 h, which has passed meanwhile */
    assert_non_null(strstr(ask("{\"verb\":\"confirm\",\"case\":1,\"by\":\"second\"}"), "\"exit\":65"));
    world_shift(w, INBOX, OTHER, "report"); /* and away again */
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"state\":\"dismissed\"") && shows(1, "\"state\":\"unconfirmed\""));
}

static void hard_evidence_that_is_moved_away_is_still_told_until_it_is_confirmed(void **state)
{
    (void)state;
    world_put(w, JUNK, "key", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\n");
    run_for(0);
    size_t mails = w->mail_count;
    world_shift(w, INBOX, OTHER, "key");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"state\":\"open\"") && shows(1, "\"grade\":\"glance\""));
    assert_int_equal(w->mail_count, mails + 1); /* told at once */
    assert_int_equal(world_mails(w, "duty@ca.example", "cpr-audit confirm 1 --by"), 1);
    run_for(13 * CPR_HOUR_MS);
    assert_int_equal(w->mail_count, mails + 3); /* the glances of 4 h and 12 h */
    assert_non_null(strstr(ask("{\"verb\":\"confirm\",\"case\":1,\"by\":\"second\"}"), "\"exit\":0"));
    run_for(48 * CPR_HOUR_MS);
    assert_int_equal(w->mail_count, mails + 3);
    assert_true(shows(1, "\"state\":\"dismissed\"") && shows(1, "\"closed_by\":\"second\""));
}

static void a_report_that_is_first_seen_there_stays_open_for_a_filter_may_have_put_it_there(void **state)
{
    (void)state;
    world_deliver(w, OTHER, "filtered", "probable", 0);
    world_deliver(w, OTHER, "spam", "unlikely", 0);
    run_for(0);
    assert_true(shows(1, "\"state\":\"open\"") && shows(1, "\"grade\":\"glance\""));
    assert_int_equal(world_mails(w, "duty@ca.example", "moved it to the folder"), 1);
    assert_false(exists(2));
    assert_int_equal(world_count(w, OTHER, "filtered"), 1); /* and it is not moved */
}

static void what_waits_in_junk_is_not_looked_for_once_it_is_moved_away(void **state)
{
    (void)state;
    w->settings.policy.is_active = false;
    world_put(w, JUNK, "key", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\n");
    run_for(0);
    world_shift(w, JUNK, OTHER, "key");
    w->settings.policy.is_active = true;
    run_for(CPR_HOUR_MS);
    assert_int_equal(w->moves, 0);
    assert_false(shows(1, "\"event\":\"lost\""));
}

static void a_named_person_needs_no_second_one_and_cannot_be_his_own(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    world_put(w, INBOX, "key", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\n");
    run_for(0);
    assert_non_null(strstr(ask("{\"verb\":\"confirm\",\"case\":1,\"by\":\"one\"}"), "nobody has dismissed it"));
    ask("{\"verb\":\"dismiss\",\"case\":1,\"by\":\"one\",\"note\":\"an exercise\"}");
    assert_non_null(strstr(ask("{\"verb\":\"confirm\",\"case\":1,\"by\":\"One\"}"), "a second person confirms"));
    assert_non_null(strstr(ask("{\"verb\":\"confirm\",\"case\":1,\"by\":\"two\"}"), "\"exit\":0"));
    assert_true(shows(1, "an exercise; confirmed by two"));
    world_shift(w, INBOX, OTHER, "key");
    run_for(CPR_MINUTE_MS);
    ask("{\"verb\":\"dismiss\",\"case\":2,\"by\":\"one\",\"note\":\"an exercise too\"}");
    assert_true(shows(2, "\"state\":\"confirmed\"") && shows(2, "\"confirmed_by\":\"one\""));
}

static void an_answer_still_closes_what_was_moved_away(void **state)
{
    (void)state;
    world_put(w, INBOX, "key", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\n");
    run_for(0);
    world_shift(w, INBOX, OTHER, "key");
    run_for(CPR_MINUTE_MS);
    /* world_put adds the UID to the Message-ID */
    world_put(w, SENT, "Re: key", "cpr@ca.example",
              "To: reporter@example.org\r\nIn-Reply-To: <key.1@example.org>\r\nX-Verdict: unlikely\r\n"
              "X-Says: We have revoked it.\r\n");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"reporter\":\"closed\""));
    ask("{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\",\"by\":\"one\",\"note\":\"told\"}");
    assert_true(shows(1, "\"state\":\"answered\""));
    world_shift(w, OTHER, INBOX, "key");
    run_for(CPR_MINUTE_MS);
    assert_true(shows(1, "\"state\":\"answered\""));
}

/* --- whatever people do ------------------------------------------------------------------------------------------- */

enum { HISTORIES = 15, GESTURES = 8 };

static unsigned chance(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

static int64_t deadline_of(int number)
{
    int64_t deadline_ms = 0;
    const char *at = strstr(show(number), "\"deadline\":\"");
    assert_non_null(at);
    assert_true(cpr_time_parse_rfc3339(cpr_view_make(at + 12, 20), &deadline_ms));
    return deadline_ms;
}

/* One gesture with the message of case 1, wherever it lies, or a mail about it. */
static void gesticulate(unsigned *seed)
{
    static const int places[] = {INBOX, JUNK, OTHER};
    char token[CPR_ACK_TOKEN_SIZE];
    int to = places[chance(seed, 3)];
    switch (chance(seed, 6)) {
    case 0:
    case 1:
    case 2:
        for (size_t i = 0; i < 3; i++)
            if (places[i] != to && world_count(w, places[i], "key")) {
                world_shift(w, places[i], to, "key");
                return;
            }
        break;
    case 3:
        world_token(w, "duty@ca.example", 1, token);
        say_ack("duty@ca.example", 1, token, "");
        break;
    case 4:
        world_token(w, "duty@ca.example", 1, token);
        say_ack("stranger@example.org", 1, token, "");
        break;
    default:
        w->folders[to].uidvalidity++; /* the server was restored: every message is seen again */
    }
}

static void nothing_that_people_do_puts_a_deadline_off_or_closes_evidence_without_a_name(void **state)
{
    (void)state;
    for (unsigned history = 1; history <= HISTORIES; history++) {
        unsigned seed = history;
        fresh(NULL);
        world_put(w, JUNK, "key", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\n");
        run_for(0);
        int64_t deadline_ms = deadline_of(1);
        for (int i = 0; i < GESTURES; i++) {
            gesticulate(&seed);
            run_for(chance(&seed, 6) * CPR_HOUR_MS);
            if (deadline_of(1) > deadline_ms || !shows(1, "\"state\":\"open\""))
                fail_msg("seed %u, gesture %d: %s", history, i, said);
        }
        size_t mails = w->mail_count;
        run_for(13 * CPR_HOUR_MS); /* a glance at least: each 12 hours after the last step */
        if (w->mail_count == mails)
            fail_msg("seed %u: it fell silent", history);
        world_free(w);
    }
    print_message("seeds 1 to %d, %d gestures each\n", HISTORIES, GESTURES);
}

/* --- killed anywhere ------------------------------------------------------------------------------------------------
 */

enum { POINTS_MAX = 2000, KILLED = 9 };

/* What two people did while the daemon was away: an ack, and two messages moved to the folder. */
static struct world *handled(void)
{
    char token[CPR_ACK_TOKEN_SIZE];
    fresh(NULL);
    w->settings.poll_ms = 30 * CPR_MINUTE_MS;
    world_deliver(w, INBOX, "acked", "probable", 0);
    world_deliver(w, INBOX, "dismissed", "probable", 0);
    world_put(w, INBOX, "kept", "reporter@example.org", "X-Verdict: probable\r\nX-Hard: yes\r\n");
    run_for(0);
    world_token(w, "duty@ca.example", 1, token);
    say_ack("duty@ca.example", 1, token, "");
    world_shift(w, INBOX, OTHER, "dismissed");
    world_shift(w, INBOX, OTHER, "kept");
    return w;
}

static void killed_at_any_point_what_people_did_is_done_once(void **state)
{
    (void)state;
    const int64_t span_ms = 5 * CPR_HOUR_MS;
    struct world *clean = handled();
    run_for(span_ms);
    long points = clean->points;
    assert_in_range(points, 20, POINTS_MAX);
    for (long at = 1; at <= points; at++) {
        struct world *world = handled();
        int64_t end_ms = world->monotonic_ms + span_ms;
        world->faults.kill_after = at;
        assert_int_equal(world_run(world, span_ms), KILLED);
        world->faults.kill_after = 0;
        run_for(end_ms - world->monotonic_ms);
        if (world->mail_count < clean->mail_count || world->mail_count > clean->mail_count + 1)
            fail_msg("killed at point %ld: %zu mails, not %zu", at, world->mail_count, clean->mail_count);
        static const char *const once[] = {"\"event\":\"acked\"", "\"event\":\"dismissed-by-move\"",
                                           "\"event\":\"dismissed-by-move\""};
        for (int number = 1; number <= 3; number++) {
            const char *event = strstr(show(number), once[number - 1]);
            if (!event || strstr(event + 1, once[number - 1]))
                fail_msg("killed at point %ld: case %d says %s", at, number, said);
        }
        assert_false(exists(4));
        world_free(world);
    }
    print_message("killed and resumed at each of %ld points\n", points);
    world_free(clean);
}

#define HANDS_TEST(name) cmocka_unit_test_setup_teardown(name, fresh, gone)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HANDS_TEST(an_ack_by_mail_takes_the_case_and_is_no_report),
        HANDS_TEST(a_token_acknowledges_once_and_an_older_one_never_again),
        HANDS_TEST(an_ack_that_proves_nothing_is_mail_like_any_other),
        HANDS_TEST(where_own_hosts_are_known_the_sender_is_to_be_proved),
        HANDS_TEST(an_ack_opens_nothing_that_is_closed),
        HANDS_TEST(without_a_mailbox_that_takes_answers_no_letter_asks_for_one),
        HANDS_TEST(a_message_moved_away_dismisses_its_case_until_a_second_person_confirms),
        HANDS_TEST(moved_back_it_is_open_with_the_old_receipt_and_deadline),
        HANDS_TEST(hard_evidence_that_is_moved_away_is_still_told_until_it_is_confirmed),
        HANDS_TEST(a_report_that_is_first_seen_there_stays_open_for_a_filter_may_have_put_it_there),
        HANDS_TEST(what_waits_in_junk_is_not_looked_for_once_it_is_moved_away),
        HANDS_TEST(a_named_person_needs_no_second_one_and_cannot_be_his_own),
        HANDS_TEST(an_answer_still_closes_what_was_moved_away),
        cmocka_unit_test(nothing_that_people_do_puts_a_deadline_off_or_closes_evidence_without_a_name),
        cmocka_unit_test(killed_at_any_point_what_people_did_is_done_once),
    };
    return cmocka_run_group_tests_name("hands", tests, NULL, NULL);
}
