/* What older rules missed, and what leaves the house about a case. */
#include "world.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static struct world *w;
static char reply[256 * 1024];

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

/* A report that lay in junk for 30 hours when rules of old read it. */
static void miss_a_report(void)
{
    world_deliver(w, JUNK, "report", "probable", 30 * CPR_HOUR_MS);
    w->faults.old_rules = true;
    assert_int_equal(world_run(w, 0), 0);
    w->faults.old_rules = false;
    assert_int_equal(w->mail_count, 0);
}

/* The first line of the answer; released by the caller. */
static json_t *ask(const char *request)
{
    world_ask(w, request, reply, sizeof reply);
    char *end = strchr(reply, '\n');
    assert_non_null(end);
    json_t *object = json_loadb(reply, (size_t)(end - reply), 0, NULL);
    assert_non_null(object);
    return object;
}

static void what_older_rules_missed_gets_its_case_when_it_is_put_back(void **state)
{
    (void)state;
    miss_a_report();
    assert_int_equal(world_run(w, CPR_HOUR_MS), 0);
    assert_int_equal(w->mail_count, 0); /* where it lies it is not read twice */
    world_shift(w, JUNK, INBOX, "report");
    w->folders[INBOX].messages[0].internal_ms = w->utc_ms; /* by a program that keeps no dates */
    assert_int_equal(world_run(w, 0), 0);
    assert_int_equal(world_mails(w, "duty@ca.example", "report"), 1);
    assert_non_null(strstr(w->mails[0].subject, "OVERDUE")); /* the receipt is the one that was stored */
    json_t *item = ask("{\"verb\":\"show\",\"case\":1}");
    assert_string_equal(json_string_value(json_object_get(item, "received")), "2026-03-04T06:00:00Z");
    assert_non_null(strstr(reply, "\"judged-anew\""));
    json_decref(item);
    world_shift(w, INBOX, OTHER, "report");
    assert_int_equal(world_run(w, 0), 0);
    assert_null(strstr(reply, "\"case\":2"));
}

static void an_answer_of_that_time_counts_for_what_is_judged_anew(void **state)
{
    (void)state;
    miss_a_report();
    world_answer(w, "report", false);
    assert_int_equal(world_run(w, CPR_HOUR_MS), 0);
    world_shift(w, JUNK, INBOX, "report");
    assert_int_equal(world_run(w, 0), 0);
    json_t *item = ask("{\"verb\":\"show\",\"case\":1}");
    assert_string_equal(json_string_value(json_object_get(item, "reporter")), "closed");
    json_decref(item);
}

static void a_strangers_mail_among_the_replies_ties_no_answer_to_another_report(void **state)
{
    (void)state;
    struct cpr_mailbox_settings *mailbox = &w->settings.mailboxes[0];
    snprintf(mailbox->addresses[0], CPR_ADDRESS_MAX, "cpr@ca.example");
    mailbox->address_count = 1;
    snprintf(mailbox->replies[0], sizeof mailbox->replies[0], "Projects");
    mailbox->reply_folder_count = 1;
    world_deliver(w, INBOX, "report", "probable", 0);
    world_deliver(w, INBOX, "second", "probable", 0);
    /* It bears the Message-ID of the second report and refers to the first one. */
    world_put(w, OTHER, "forged", "stranger@evil.example\r\nMessage-ID: <second@example.org>",
              "In-Reply-To: <report@example.org>\r\n");
    assert_int_equal(world_run(w, CPR_MINUTE_MS), 0);
    world_answer(w, "second", false);
    assert_int_equal(world_run(w, CPR_MINUTE_MS), 0);
    json_t *first = ask("{\"verb\":\"show\",\"case\":1}"), *second = ask("{\"verb\":\"show\",\"case\":2}");
    assert_string_equal(json_string_value(json_object_get(second, "reporter")), "closed");
    assert_string_equal(json_string_value(json_object_get(first, "reporter")), "open");
    json_decref(first);
    json_decref(second);
}

static void a_report_that_lay_in_sent_first_gets_its_case_when_it_is_put_back(void **state)
{
    (void)state;
    snprintf(w->settings.mailboxes[0].addresses[0], CPR_ADDRESS_MAX, "cpr@ca.example");
    w->settings.mailboxes[0].address_count = 1;
    world_deliver(w, SENT, "report", "probable", 30 * CPR_HOUR_MS); /* somebody's hand slipped before the first look */
    world_put(w, SENT, "answer", "cpr@ca.example", "X-Verdict: probable\r\n");
    assert_int_equal(world_run(w, CPR_HOUR_MS), 0);
    assert_int_equal(w->mail_count, 0);
    world_shift(w, SENT, INBOX, "report");
    world_shift(w, SENT, INBOX, "answer");
    assert_int_equal(world_run(w, 0), 0);
    assert_int_equal(world_mails(w, "duty@ca.example", "report"), 1);
    assert_int_equal(world_mails(w, "duty@ca.example", "Subject: CPR"), 1); /* none about the answer, which is ours */
    json_t *item = ask("{\"verb\":\"show\",\"case\":1}");
    assert_string_equal(json_string_value(json_object_get(item, "received")), "2026-03-04T06:00:00Z");
    json_decref(item);
}

/* The world is left with its case, or as a process left it that ended at a point. */
static int judge_anew_until(long kill_after)
{
    world_free(w);
    w = world_new();
    miss_a_report();
    world_shift(w, JUNK, INBOX, "report");
    w->faults.kill_after = kill_after;
    int result = world_run(w, 0);
    w->faults.kill_after = 0;
    return result;
}

static void killed_at_any_point_what_is_judged_anew_gets_one_case_and_its_alerts(void **state)
{
    (void)state;
    assert_int_equal(judge_anew_until(0), 0);
    size_t mails = w->mail_count;
    long points = w->points;
    assert_in_range(points, 10, 1000);
    for (long at = 1; at <= points; at++) {
        assert_int_equal(judge_anew_until(at), 9);
        assert_int_equal(world_run(w, 0), 0);
        json_t *item = ask("{\"verb\":\"cases\",\"all\":true}");
        assert_int_equal(json_integer_value(json_object_get(item, "case")), 1);
        assert_null(strstr(reply, "\"case\":2"));
        json_decref(item);
        if (w->mail_count < mails || w->mail_count > mails + 1)
            fail_msg("killed at point %ld: %zu mails, not %zu", at, w->mail_count, mails);
    }
}

static void a_verdict_that_was_higher_stays_when_the_message_comes_again(void **state)
{
    (void)state;
    world_deliver(w, INBOX, "report", "probable", 0);
    assert_int_equal(world_run(w, 0), 0);
    w->faults.old_rules = true;
    world_shift(w, INBOX, OTHER, "report");
    assert_int_equal(world_run(w, 0), 0);
    json_t *item = ask("{\"verb\":\"show\",\"case\":1}");
    assert_string_equal(json_string_value(json_object_get(item, "verdict")), "probable");
    assert_string_equal(json_string_value(json_object_get(item, "state")), "open");
    json_decref(item);
}

/* The request that hunt makes of one message of a folder. */
static json_t *ask_known(const struct world_message *message, const char *message_id, const char *text)
{
    char request[1024], hex[CPR_DIGEST_HEX_SIZE];
    size_t len = strlen(message->raw);
    struct cpr_identity identity = cpr_identity_of(cpr_view_make(message->raw, len), (uint32_t)len);
    cpr_digest_to_hex(&identity.digest, hex);
    snprintf(
        request, sizeof request,
        "{\"verb\":\"known\",\"messages\":[{\"sha256\":\"%s\",\"size\":%zu,\"message_id\":\"%s\",\"text\":\"%s\"}]}",
        hex, len, message_id, text);
    return ask(request);
}

static void the_ledger_says_how_a_message_was_judged_then(void **state)
{
    (void)state;
    miss_a_report();
    struct world_message message = w->folders[JUNK].messages[0];
    json_t *row = ask_known(&message, "", "");
    assert_true(json_is_true(json_object_get(row, "known")));
    assert_string_equal(json_string_value(json_object_get(row, "verdict")), "unlikely");
    assert_string_equal(json_string_value(json_object_get(row, "by")), "bytes");
    assert_int_equal(json_integer_value(json_object_get(row, "case")), 0);
    json_decref(row);
    message.raw[0] = 'f'; /* other bytes, the same text and Message-ID: the copy of a gateway */
    row = ask_known(&message, "<report@example.org>", "text of report");
    assert_string_equal(json_string_value(json_object_get(row, "by")), "text");
    json_decref(row);
    row = ask_known(&message, "<report@example.org>", "text of another");
    assert_true(json_is_false(json_object_get(row, "known")));
    json_decref(row);
}

static void an_export_has_every_event_with_its_hash_and_every_place(void **state)
{
    (void)state;
    world_deliver(w, JUNK, "report", "probable", CPR_HOUR_MS);
    assert_int_equal(world_run(w, 0), 0);
    world_answer(w, "report", false);
    assert_int_equal(world_run(w, CPR_HOUR_MS), 0);
    json_t *item = ask("{\"verb\":\"export\",\"case\":1}"), *event;
    json_t *log = json_object_get(item, "log"), *messages = json_object_get(item, "messages");
    size_t i;
    assert_true(json_array_size(log) >= 4);
    json_array_foreach(log, i, event)
    {
        struct cpr_buffer bytes = cpr_buffer_new(4096);
        char hex[CPR_DIGEST_HEX_SIZE];
        cpr_buffer_add_format(
            &bytes, "%s\n%lld\n%lld\n%s\n%lld\n%s\n%s\n%s", json_string_value(json_object_get(event, "prev_hash")),
            json_integer_value(json_object_get(event, "sequence")), json_integer_value(json_object_get(event, "at_ms")),
            json_string_value(json_object_get(event, "event")), json_integer_value(json_object_get(event, "case")),
            json_string_value(json_object_get(event, "mailbox")), json_string_value(json_object_get(event, "who")),
            json_string_value(json_object_get(event, "text")));
        struct cpr_digest digest = cpr_digest_of(cpr_buffer_view(&bytes));
        cpr_digest_to_hex(&digest, hex);
        assert_string_equal(json_string_value(json_object_get(event, "hash")), hex);
        cpr_buffer_free(&bytes);
    }
    assert_int_equal(json_array_size(messages), 2);
    json_t *report = json_array_get(messages, 0), *answer = json_array_get(messages, 1);
    assert_int_equal(json_array_size(json_object_get(report, "sightings")), 2); /* junk, then the inbox */
    assert_string_equal(json_string_value(json_object_get(answer, "part")), "reply-1");
    json_t *leg = json_array_get(json_object_get(item, "legs"), 0);
    assert_string_equal(json_string_value(json_object_get(leg, "part")), "reply-1");
    assert_string_equal(json_string_value(json_object_get(json_object_get(item, "move"), "outcome")), "done");
    assert_non_null(json_object_get(item, "alerts"));
    json_decref(item);
}

static void an_unknown_case_or_a_message_without_a_digest_is_refused(void **state)
{
    (void)state;
    assert_int_equal(world_run(w, 0), 0);
    json_t *end = ask("{\"verb\":\"export\",\"case\":4711}");
    assert_int_equal(json_integer_value(json_object_get(end, "exit")), 65);
    json_decref(end);
    end = ask("{\"verb\":\"known\",\"messages\":[{\"size\":12}]}");
    assert_int_equal(json_integer_value(json_object_get(end, "exit")), 64);
    json_decref(end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_older_rules_missed_gets_its_case_when_it_is_put_back, fresh, gone),
        cmocka_unit_test_setup_teardown(an_answer_of_that_time_counts_for_what_is_judged_anew, fresh, gone),
        cmocka_unit_test_setup_teardown(a_strangers_mail_among_the_replies_ties_no_answer_to_another_report, fresh,
                                        gone),
        cmocka_unit_test_setup_teardown(a_report_that_lay_in_sent_first_gets_its_case_when_it_is_put_back, fresh, gone),
        cmocka_unit_test_setup_teardown(killed_at_any_point_what_is_judged_anew_gets_one_case_and_its_alerts, fresh,
                                        gone),
        cmocka_unit_test_setup_teardown(a_verdict_that_was_higher_stays_when_the_message_comes_again, fresh, gone),
        cmocka_unit_test_setup_teardown(the_ledger_says_how_a_message_was_judged_then, fresh, gone),
        cmocka_unit_test_setup_teardown(an_export_has_every_event_with_its_hash_and_every_place, fresh, gone),
        cmocka_unit_test_setup_teardown(an_unknown_case_or_a_message_without_a_digest_is_refused, fresh, gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
