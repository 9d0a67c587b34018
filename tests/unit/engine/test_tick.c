/* What the daemon does in the course of days, in a world where an hour takes a millisecond. */
#include "world.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct world *w;

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

static int64_t minutes_after(const struct world_mail *mail, int64_t since_ms)
{
    return (mail->at_ms - since_ms) / CPR_MINUTE_MS;
}

static void a_junked_report_is_rescued_and_marked_and_spam_stays(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "report", "probable", 0);
    world_deliver(w, JUNK, "spam", "unlikely", 0);
    run_for(0);
    assert_int_equal(world_count(w, INBOX, "report"), 1);
    assert_int_equal(world_count(w, JUNK, "report"), 0);
    assert_int_equal(world_count(w, JUNK, "spam"), 1);
    assert_true(w->folders[INBOX].messages[0].is_marked);
    assert_false(w->folders[INBOX].messages[0].is_seen);
    assert_int_equal(w->moves, 1);
}

static void the_ladder_is_climbed_to_the_minute_and_goes_on_after_the_deadline(void **state)
{
    (void)state;
    int64_t receipt_ms = w->utc_ms;
    static const int duty[] = {0, 12, 18, 21, 23, 24, 25, 26}, lead[] = {21, 23, 24, 25, 26};
    size_t at_duty = 0, at_lead = 0;
    world_deliver(w, JUNK, "report", "probable", 0);
    run_for(26 * CPR_HOUR_MS + CPR_MINUTE_MS);
    for (size_t i = 0; i < w->mail_count; i++) {
        bool is_lead = strcmp(w->mails[i].recipient, "lead@ca.example") == 0;
        int64_t hour = is_lead ? lead[at_lead++] : duty[at_duty++];
        assert_in_range(minutes_after(&w->mails[i], receipt_ms), hour * 60, hour * 60 + 1);
    }
    assert_int_equal(at_duty, sizeof duty / sizeof duty[0]);
    assert_int_equal(at_lead, sizeof lead / sizeof lead[0]);
    assert_int_equal(world_mails(w, NULL, "OVERDUE now -"), 2); /* at 24 h */
}

static void a_report_that_is_found_late_enters_at_its_true_age(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "thirteen days", "probable", 13 * CPR_DAY_MS);
    run_for(0);
    assert_int_equal(world_mails(w, "duty@ca.example", "thirteen days"), 1);
    assert_int_equal(world_mails(w, "lead@ca.example", "thirteen days"), 1);
    assert_non_null(strstr(w->mails[0].subject, "OVERDUE"));
}

static void observe_moves_nothing_but_the_clock_runs(void **state)
{
    (void)state;
    w->settings.policy.is_active = false;
    world_deliver(w, JUNK, "report", "probable", 0);
    run_for(0);
    assert_int_equal(world_count(w, JUNK, "report"), 1);
    assert_int_equal(w->moves, 0);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 1);
    w->settings.policy.is_active = true; /* the administrator trusts it now */
    run_for(0);
    assert_int_equal(world_count(w, INBOX, "report"), 1);
}

static void a_second_run_changes_nothing(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "report", "probable", 0);
    world_deliver(w, INBOX, "newsletter", "unlikely", 0);
    run_for(0);
    size_t mails = w->mail_count;
    unsigned moves = w->moves, fetches = w->fetches;
    run_for(10 * CPR_MINUTE_MS);
    assert_int_equal(w->mail_count, mails);
    assert_int_equal(w->moves, moves);
    assert_int_equal(w->fetches, fetches + 1); /* the rescued one, seen in the inbox */
}

static void a_report_that_is_put_back_is_not_moved_again_but_told(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "report", "probable", 0);
    run_for(0);
    world_shift(w, INBOX, JUNK, "report");
    run_for(5 * CPR_MINUTE_MS);
    assert_int_equal(w->moves, 1);
    assert_int_equal(world_count(w, JUNK, "report"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 2);
}

static void a_report_that_a_filter_takes_out_of_the_inbox_is_brought_back_once(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    world_shift(w, INBOX, JUNK, "report");
    run_for(2 * CPR_MINUTE_MS);
    assert_int_equal(world_count(w, INBOX, "report"), 1);
    world_shift(w, INBOX, JUNK, "report");
    run_for(2 * CPR_MINUTE_MS);
    assert_int_equal(world_count(w, JUNK, "report"), 1);
    assert_int_equal(w->moves, 1);
}

static void both_legs_stop_the_clock_and_an_automatic_reply_closes_none(void **state)
{
    (void)state;
    char reply[4096];
    world_deliver(w, INBOX, "answered", "probable", 0);
    world_deliver(w, INBOX, "acknowledged", "probable", 0);
    run_for(0);
    world_answer(w, "answered", false);
    world_answer(w, "acknowledged", true);
    run_for(2 * CPR_MINUTE_MS);
    world_ask(w, "{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\",\"by\":\"ops\",\"note\":\"told\"}", reply,
              sizeof reply);
    assert_non_null(strstr(reply, "\"state\":\"answered\""));
    world_ask(w, "{\"verb\":\"revoked\",\"case\":1,\"all\":true,\"by\":\"ops\",\"note\":\"by the RA\"}", reply,
              sizeof reply);
    assert_non_null(strstr(reply, "\"state\":\"ended\""));
    run_for(25 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "left - acknowledged"), 5);
    assert_int_equal(world_mails(w, "duty@ca.example", "left - answered"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "OVERDUE"), 2);
}

static void an_old_report_whose_reporter_was_answered_long_ago_still_asks_for_the_subscriber(void **state)
{
    (void)state;
    static char reply[65536];
    world_deliver(w, INBOX, "old", "probable", 300 * CPR_DAY_MS);
    world_answer(w, "old", false);
    run_for(0);
    assert_int_equal(world_mails(w, "duty@ca.example", "answered 1 --leg subscriber"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "--leg reporter"), 0);
    size_t before = w->mail_count;
    world_ask(w, "{\"verb\":\"answered\",\"case\":1,\"leg\":\"subscriber\",\"by\":\"ops\",\"note\":\"told then\"}",
              reply, sizeof reply);
    assert_non_null(strstr(reply, "\"state\":\"answered\""));
    world_ask(w, "{\"verb\":\"clock\",\"case\":1,\"class\":\"none\",\"by\":\"ops\",\"note\":\"revoked then\"}", reply,
              sizeof reply);
    assert_non_null(strstr(reply, "\"state\":\"none\""));
    run_for(CPR_DAY_MS);
    assert_int_equal(w->mail_count, before);
}

static void a_dead_mailbox_does_not_silence_a_deadline_and_is_told_itself(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    w->faults.imap_dead = true;
    run_for(24 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 6);
    assert_in_range(world_mails(w, "duty@ca.example", "mailbox-blind"), 5, 7); /* every four hours */
}

static void a_dead_relay_is_tried_again_with_the_same_message_id(void **state)
{
    (void)state;
    w->faults.smtp_unknown = true; /* taken, but nobody heard the answer */
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(5 * CPR_MINUTE_MS);
    assert_in_range(w->mail_count, 3, 6); /* 0 s, 30 s, 90 s, 210 s ... */
    for (size_t i = 1; i < w->mail_count; i++)
        assert_string_equal(w->mails[i].header_message_id, w->mails[0].header_message_id);
    w->faults.smtp_unknown = false;
    size_t before = w->mail_count;
    run_for(CPR_HOUR_MS);
    assert_int_equal(world_mails(w, NULL, "Subject: CPR"), before + 1);
}

static void a_new_uidvalidity_reads_everything_again_and_opens_nothing_twice(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", CPR_HOUR_MS);
    run_for(0);
    w->folders[INBOX].uidvalidity = 77;
    w->folders[INBOX].messages[0].uid = 40;
    w->folders[INBOX].messages[0].internal_ms = w->utc_ms; /* the migration lost its date */
    w->folders[INBOX].uidnext = 41;
    run_for(5 * CPR_MINUTE_MS);
    char reply[8192];
    world_ask(w, "{\"verb\":\"cases\",\"all\":true}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\"case\":1,"));
    assert_null(strstr(reply, "\"case\":2,"));
    assert_non_null(strstr(reply, "\"received\":\"2026-03-05T11:00:00Z\""));
    assert_int_equal(w->mail_count, 1);
}

static void a_copy_that_was_taken_earlier_brings_the_deadline_forward(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    struct world_message copy = w->folders[INBOX].messages[0];
    world_shift(w, INBOX, OTHER, "report");
    w->folders[INBOX].uidvalidity = 77;
    w->folders[INBOX].messages[0] = copy;
    w->folders[INBOX].messages[0].uid = 1;
    w->folders[INBOX].messages[0].internal_ms -= 13 * CPR_HOUR_MS;
    w->folders[INBOX].count = 1;
    w->folders[INBOX].uidnext = 2;
    run_for(2 * CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 2); /* 0h, and the 12h step that is due now */
    run_for(5 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 3); /* 18h */
}

static void a_clock_that_is_set_back_makes_no_alert_late(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    int64_t start_ms = w->monotonic_ms;
    /* One process lives on while the wall clock jumps back: world_run's child sees both clocks. */
    w->faults.kill_after = 0;
    w->settings.poll_ms = CPR_HOUR_MS;
    w->utc_step_at_ms = start_ms + CPR_HOUR_MS;
    w->utc_step_ms = -10 * CPR_HOUR_MS;
    run_for(24 * CPR_HOUR_MS + CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 6);
    assert_true(world_mails(w, "duty@ca.example", "set back") >= 1);
}

static void a_clock_that_is_slow_at_the_start_is_told(void **state)
{
    (void)state;
    run_for(CPR_MINUTE_MS);
    w->utc_ms -= 3 * CPR_HOUR_MS;
    run_for(CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "behind the last look"), 1);
}

static void a_message_that_kills_the_reader_is_shown_to_a_human(void **state)
{
    (void)state;
    w->faults.reader_dies = true;
    world_deliver(w, JUNK, "bomb", "unlikely", 0);
    run_for(5 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 1); /* the glance at 4h */
    assert_int_equal(w->moves, 0);
    assert_int_equal(w->fetches, 1);
}

static void a_message_that_vanishes_before_it_is_read_is_an_alert(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "report", "probable", 0);
    w->faults.delete_on_fetch = true;
    run_for(2 * CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "vanished"), 1);
}

static void an_unknown_outcome_is_looked_up_and_never_guessed(void **state)
{
    (void)state;
    static const struct {
        enum world_move_fault fault;
        bool no_move;
        size_t inbox, junk; /* copies in the end */
    } table[] = {
        {MOVE_LOST_AFTER, false, 1, 0}, {MOVE_LOST_BEFORE, false, 1, 0},
        {MOVE_HALF, true, 1, 0},  /* our copy is there: its original is removed */
        {MOVE_HALF, false, 1, 1}, /* somebody else's copy, as far as we can know: the source is left */
        {MOVE_REFUSED, false, 1, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (i > 0) {
            world_free(w);
            w = world_new();
        }
        w->faults.move_fault = table[i].fault;
        w->faults.no_move = table[i].no_move;
        world_deliver(w, JUNK, "report", "probable", 0);
        run_for(35 * CPR_MINUTE_MS);
        assert_int_equal(world_count(w, INBOX, "report"), table[i].inbox);
        assert_int_equal(world_count(w, JUNK, "report"), table[i].junk);
        assert_true(w->moves <= 1);
        assert_true(w->folders[INBOX].messages[0].is_marked);
    }
}

static void only_so_many_moves_are_made_in_an_hour(void **state)
{
    (void)state;
    char subject[32];
    w->settings.policy.moves_per_hour = 3;
    for (int i = 0; i < 5; i++) {
        snprintf(subject, sizeof subject, "report %d", i);
        world_deliver(w, JUNK, subject, "probable", 0);
    }
    run_for(5 * CPR_MINUTE_MS);
    assert_int_equal(w->moves, 3);
    assert_int_equal(world_mails(w, "duty@ca.example", "move-limit"), 1);
    run_for(CPR_HOUR_MS);
    assert_int_equal(w->moves, 5);
}

static void a_full_disk_silences_no_alert_and_is_told(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    w->faults.disk_full = true;
    run_for(13 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 2); /* 0h and 12h, each once */
    assert_true(world_mails(w, "duty@ca.example", "store-unwritable") >= 1);
    w->faults.disk_full = false;
    run_for(6 * CPR_HOUR_MS);
    assert_in_range(world_mails(w, "duty@ca.example", "Subject: CPR"), 3,
                    4); /* 18h; 12h may come twice after a restart */
}

static void each_finished_day_has_its_pages_also_an_empty_one(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "report", "probable", 0);
    run_for(0);
    run_for(3 * CPR_DAY_MS);
    static const char *const days[] = {"2026-03-05", "2026-03-06", "2026-03-07"};
    static const char *const forms[] = {"jsonl", "txt", "html"};
    assert_int_equal(w->page_count, 9);
    for (size_t d = 0; d < 3; d++)
        for (size_t f = 0; f < 3; f++) {
            char name[64];
            bool found = false;
            snprintf(name, sizeof name, "review-%s.%s", days[d], forms[f]);
            for (size_t i = 0; i < w->page_count; i++)
                found = found || (strcmp(w->pages[i].name, name) == 0 && w->pages[i].len > 0);
            assert_true(found);
        }
}

static void our_own_alert_in_the_watched_inbox_opens_no_case_and_a_forged_one_does(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    assert_int_equal(w->mail_count, 1);
    struct world_folder *inbox = &w->folders[INBOX];
    struct world_message *own = &inbox->messages[inbox->count++];
    /* The alert as it was sent, with a verdict line that our scripted reader will believe. */
    snprintf(own->raw, sizeof own->raw, "X-Verdict: probable\r\n%.4000s", w->mails[0].raw);
    own->uid = inbox->uidnext++;
    own->internal_ms = w->utc_ms;
    run_for(2 * CPR_MINUTE_MS);
    char reply[8192];
    world_ask(w, "{\"verb\":\"cases\"}", reply, sizeof reply);
    assert_null(strstr(reply, "\"case\":2,"));

    struct world_message *forged = &inbox->messages[inbox->count++];
    *forged = *own;
    forged->uid = inbox->uidnext++;
    char *id = strstr(forged->raw, "Message-ID: <");
    id[strlen("Message-ID: <")] = 'X';
    run_for(2 * CPR_MINUTE_MS);
    world_ask(w, "{\"verb\":\"cases\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\"case\":2,"));
}

static void a_missing_junk_folder_is_told_loudly_and_the_inbox_is_still_read(void **state)
{
    (void)state;
    w->folders[JUNK].uses = 0;
    snprintf(w->folders[JUNK].name, sizeof w->folders[JUNK].name, "Spam reports");
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(2 * CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "folder-missing"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 1);
}

static void a_message_that_the_server_will_not_hand_out_holds_up_nothing_and_is_told(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "before", "probable", 0);
    world_deliver(w, JUNK, "spam", "unlikely", 0);
    w->faults.refused_uid = world_deliver(w, JUNK, "refused", "probable", 0);
    world_deliver(w, JUNK, "after", "probable", 0);
    run_for(10 * CPR_MINUTE_MS);
    assert_int_equal(world_count(w, INBOX, "before"), 1);
    assert_int_equal(world_count(w, INBOX, "after"), 1);
    run_for(4 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "does not hand out"), 1); /* a case with a clock of its own */
    char reply[8192];
    world_ask(w, "{\"verb\":\"status\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\"unreadable\":1"));
}

static void a_folder_that_cannot_be_read_holds_up_no_rescue(void **state)
{
    (void)state;
    w->faults.broken_folder = "Sent";
    world_deliver(w, JUNK, "report", "probable", 0);
    run_for(2 * CPR_MINUTE_MS);
    assert_int_equal(world_count(w, INBOX, "report"), 1);
    assert_true(world_mails(w, "duty@ca.example", "permission denied") >= 1);
}

static void a_message_at_which_the_server_hangs_up_holds_up_nothing_for_ever(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "before", "probable", 0);
    world_deliver(w, JUNK, "spam", "unlikely", 0);
    w->faults.hanging_up_uid = world_deliver(w, JUNK, "poison", "probable", 0);
    world_deliver(w, JUNK, "after", "probable", 0);
    run_for(15 * CPR_MINUTE_MS);
    assert_int_equal(world_count(w, INBOX, "before"), 1);
    assert_int_equal(world_count(w, INBOX, "after"), 1);
    run_for(4 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "does not hand out"), 1);
}

static void a_clock_that_ran_ahead_and_was_set_right_costs_no_step_and_no_review(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    w->utc_step_at_ms = w->monotonic_ms + CPR_MINUTE_MS;
    w->utc_step_ms = 10 * CPR_DAY_MS;
    run_for(5 * CPR_MINUTE_MS);
    w->utc_ms -= 10 * CPR_DAY_MS;
    size_t before = w->mail_count;
    run_for(26 * CPR_HOUR_MS);
    size_t ladder = 0;
    for (size_t i = before; i < w->mail_count; i++)
        ladder += strcmp(w->mails[i].recipient, "duty@ca.example") == 0 && strstr(w->mails[i].subject, "CPR #1");
    assert_in_range(ladder, 6, 7);      /* 12, 18, 21, 23, 24, 25 */
    assert_int_equal(w->page_count, 3); /* of the one day that has passed */
}

static void after_an_ack_the_next_step_goes_to_the_group_that_took_it(void **state)
{
    (void)state;
    char reply[8192];
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    world_ask(w, "{\"verb\":\"ack\",\"case\":1,\"by\":\"lead\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\"exit\":0"));
    run_for(13 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 1); /* the one at 0h */
    assert_int_equal(world_mails(w, "lead@ca.example", NULL), 1); /* the one at 12h */
}

static void one_command_for_several_cases_is_carried_out_whole_or_not_at_all(void **state)
{
    (void)state;
    char reply[8192];
    world_deliver(w, INBOX, "first", "probable", 0);
    world_deliver(w, INBOX, "second", "probable", 0);
    world_deliver(w, INBOX, "third", "probable", 0);
    run_for(0);
    static const struct {
        const char *cases, *want;
    } refused[] = {
        {"[1,2,9]", "there is no case 9"},
        {"[2,1,2]", "case 2 is closed already: dismissed by ops; nothing was changed"},
        {"[1,\"2\"]", "names no case"},
        {"[]", "names no case"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char request[128];
        snprintf(request, sizeof request, "{\"verb\":\"dismiss\",\"cases\":%s,\"by\":\"ops\",\"note\":\"n\"}",
                 refused[i].cases);
        world_ask(w, request, reply, sizeof reply);
        assert_non_null(strstr(reply, refused[i].want));
        assert_null(strstr(reply, "\"case\":"));
        world_ask(w, "{\"verb\":\"cases\",\"all\":true}", reply, sizeof reply);
        assert_null(strstr(reply, "dismissed"));
    }
    world_ask(w, "{\"verb\":\"dismiss\",\"cases\":[3,1],\"by\":\"ops\",\"note\":\"n\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "{\"case\":3,\"state\":\"dismissed\""));
    assert_non_null(strstr(reply, "{\"case\":1,\"state\":\"dismissed\""));
    world_ask(w, "{\"verb\":\"cases\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\"case\":2,"));
    assert_null(strstr(reply, "\"case\":1,"));
}

static void a_new_on_call_address_is_told_of_the_next_step(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(CPR_HOUR_MS);
    struct cpr_oncall *duty = &w->settings.policy.oncall[0];
    snprintf(duty->addresses[0], sizeof duty->addresses[0], "night@ca.example");
    run_for(12 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", NULL), 1);
    assert_int_equal(world_mails(w, "night@ca.example", NULL), 1);
}

static void with_a_full_disk_all_forty_due_alerts_go_out_once_and_nobody_is_asked_more_often(void **state)
{
    (void)state;
    char subject[32];
    w->faults.smtp_dead = true;
    for (int i = 0; i < 40; i++) {
        snprintf(subject, sizeof subject, "report %d", i);
        world_deliver(w, INBOX, subject, "probable", 0);
    }
    run_for(0);
    w->faults.smtp_dead = false;
    w->faults.disk_full = true;
    w->logins = 0;
    run_for(30 * CPR_MINUTE_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 40);
    assert_in_range(w->logins, 29, 32);
}

static void a_dead_relay_does_not_make_the_mailbox_be_asked_more_often(void **state)
{
    (void)state;
    char subject[32];
    w->faults.smtp_dead = true;
    for (int i = 0; i < 40; i++) {
        snprintf(subject, sizeof subject, "report %d", i);
        world_deliver(w, INBOX, subject, "probable", 0);
    }
    run_for(10 * CPR_MINUTE_MS);
    assert_in_range(w->logins, 9, 12);
}

static void an_address_that_refuses_mail_stays_in_trouble_while_others_take_theirs(void **state)
{
    (void)state;
    struct cpr_oncall *duty = &w->settings.policy.oncall[0];
    snprintf(duty->addresses[1], sizeof duty->addresses[1], "gone@ca.example");
    duty->address_count = 2;
    w->faults.bad_recipient = "gone@ca.example";
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(13 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "over - alert-mail"), 0);
    assert_true(world_mails(w, "duty@ca.example", "TROUBLE - alert-mail:gone") >= 1);
}

static void the_token_of_an_alert_over_another_text_hides_nothing(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    run_for(0);
    struct world_folder *inbox = &w->folders[INBOX];
    struct world_message *replay = &inbox->messages[inbox->count++];
    char token[128] = "";
    const char *at = strstr(w->mails[0].raw, "X-CPR-Auditd-Alert:");
    sscanf(at, "X-CPR-Auditd-Alert: %100s", token);
    snprintf(replay->raw, sizeof replay->raw,
             "From: a@example.org\r\nSubject: hidden\r\nMessage-ID: %s\r\nX-CPR-Auditd-Alert: %s\r\nX-Verdict: "
             "probable\r\n\r\n",
             w->mails[0].header_message_id, token);
    replay->uid = inbox->uidnext++;
    replay->internal_ms = w->utc_ms;
    run_for(2 * CPR_MINUTE_MS);
    char reply[8192];
    world_ask(w, "{\"verb\":\"cases\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\"case\":2,"));
}

static void an_answer_that_is_older_than_the_report_or_went_to_another_does_not_close_it(void **state)
{
    (void)state;
    char reply[8192];
    world_deliver(w, INBOX, "again", "probable", 0);
    world_answer(w, "again", false);
    w->folders[SENT].messages[0].internal_ms -= 5 * CPR_DAY_MS;
    world_deliver(w, INBOX, "forwarded", "probable", 0);
    world_answer(w, "forwarded", false);
    char *to = strstr(w->folders[SENT].messages[1].raw, "reporter@example.org");
    memcpy(to, "workmate", strlen("workmate"));
    run_for(CPR_MINUTE_MS);
    world_ask(w, "{\"verb\":\"cases\",\"all\":true}", reply, sizeof reply);
    assert_null(strstr(reply, "answered"));
}

static void refused_moves_are_told_and_do_not_use_up_the_moves_of_others(void **state)
{
    (void)state;
    w->settings.policy.moves_per_hour = 2;
    w->faults.move_fault = MOVE_REFUSED;
    world_deliver(w, JUNK, "refused", "probable", CPR_HOUR_MS);
    world_deliver(w, JUNK, "one", "probable", 0);
    world_deliver(w, JUNK, "two", "probable", 0);
    run_for(5 * CPR_MINUTE_MS);
    assert_int_equal(w->moves, 2);
    assert_true(world_mails(w, "duty@ca.example", "move-refused") >= 1);
}

static void a_stronger_copy_is_not_hidden_by_a_weaker_one(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "possible", 0);
    world_deliver(w, JUNK, "report", "probable", 0);
    run_for(2 * CPR_MINUTE_MS);
    assert_int_equal(w->moves, 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 1);
}

static void an_audited_folder_that_disappears_is_told(void **state)
{
    (void)state;
    snprintf(w->folders[OTHER].name, sizeof w->folders[OTHER].name, "Spam");
    run_for(0);
    snprintf(w->folders[OTHER].name, sizeof w->folders[OTHER].name, "Renamed");
    run_for(2 * CPR_HOUR_MS);
    assert_int_equal(world_mails(w, "duty@ca.example", "folder-gone"), 1);
}

static void
the_line_of_a_rescued_message_says_so_and_a_case_answered_on_the_day_it_was_found_is_in_the_review(void **state)
{
    (void)state;
    static char reply[65536];
    world_deliver(w, JUNK, "report", "probable", 0);
    world_deliver(w, INBOX, "old", "probable", 3 * CPR_DAY_MS);
    world_answer(w, "old", false);
    w->folders[SENT].messages[0].internal_ms -= 2 * CPR_DAY_MS;
    run_for(CPR_MINUTE_MS);
    world_ask(w, "{\"verb\":\"answered\",\"cases\":[1,2],\"leg\":\"subscriber\",\"by\":\"ops\",\"note\":\"told\"}",
              reply, sizeof reply);
    world_ask(w, "{\"verb\":\"review\",\"day\":\"today\",\"form\":\"jsonl\"}", reply, sizeof reply);
    assert_non_null(strstr(reply, "\\\"action\\\":\\\"rescued\\\""));
    assert_non_null(strstr(reply, "\\\"state\\\":\\\"answered\\\""));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
    const struct CMUnitTest tests[] = {
        TEST(a_junked_report_is_rescued_and_marked_and_spam_stays),
        TEST(the_ladder_is_climbed_to_the_minute_and_goes_on_after_the_deadline),
        TEST(a_report_that_is_found_late_enters_at_its_true_age),
        TEST(observe_moves_nothing_but_the_clock_runs),
        TEST(a_second_run_changes_nothing),
        TEST(a_report_that_is_put_back_is_not_moved_again_but_told),
        TEST(a_report_that_a_filter_takes_out_of_the_inbox_is_brought_back_once),
        TEST(both_legs_stop_the_clock_and_an_automatic_reply_closes_none),
        TEST(an_old_report_whose_reporter_was_answered_long_ago_still_asks_for_the_subscriber),
        TEST(a_dead_mailbox_does_not_silence_a_deadline_and_is_told_itself),
        TEST(a_dead_relay_is_tried_again_with_the_same_message_id),
        TEST(a_new_uidvalidity_reads_everything_again_and_opens_nothing_twice),
        TEST(a_copy_that_was_taken_earlier_brings_the_deadline_forward),
        TEST(a_clock_that_is_set_back_makes_no_alert_late),
        TEST(a_clock_that_is_slow_at_the_start_is_told),
        TEST(a_message_that_kills_the_reader_is_shown_to_a_human),
        TEST(a_message_that_vanishes_before_it_is_read_is_an_alert),
        TEST(an_unknown_outcome_is_looked_up_and_never_guessed),
        TEST(only_so_many_moves_are_made_in_an_hour),
        TEST(a_full_disk_silences_no_alert_and_is_told),
        TEST(each_finished_day_has_its_pages_also_an_empty_one),
        TEST(our_own_alert_in_the_watched_inbox_opens_no_case_and_a_forged_one_does),
        TEST(a_message_that_the_server_will_not_hand_out_holds_up_nothing_and_is_told),
        TEST(a_folder_that_cannot_be_read_holds_up_no_rescue),
        TEST(a_message_at_which_the_server_hangs_up_holds_up_nothing_for_ever),
        TEST(a_clock_that_ran_ahead_and_was_set_right_costs_no_step_and_no_review),
        TEST(after_an_ack_the_next_step_goes_to_the_group_that_took_it),
        TEST(one_command_for_several_cases_is_carried_out_whole_or_not_at_all),
        TEST(a_new_on_call_address_is_told_of_the_next_step),
        TEST(with_a_full_disk_all_forty_due_alerts_go_out_once_and_nobody_is_asked_more_often),
        TEST(a_dead_relay_does_not_make_the_mailbox_be_asked_more_often),
        TEST(an_address_that_refuses_mail_stays_in_trouble_while_others_take_theirs),
        TEST(the_token_of_an_alert_over_another_text_hides_nothing),
        TEST(an_answer_that_is_older_than_the_report_or_went_to_another_does_not_close_it),
        TEST(refused_moves_are_told_and_do_not_use_up_the_moves_of_others),
        TEST(a_stronger_copy_is_not_hidden_by_a_weaker_one),
        TEST(an_audited_folder_that_disappears_is_told),
        TEST(the_line_of_a_rescued_message_says_so_and_a_case_answered_on_the_day_it_was_found_is_in_the_review),
        TEST(a_missing_junk_folder_is_told_loudly_and_the_inbox_is_still_read),
    };
    return cmocka_run_group_tests_name("tick", tests, NULL, NULL);
}
