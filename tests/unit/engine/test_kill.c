/* The process is killed once at every point where it touches the world, and started again: nothing is lost, nothing is
 * moved twice, no alert is missing, and a crash makes at most one alert come twice. */
#include "world.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { POINTS_MAX = 2000, KILLED = 9 };

static struct world *furnished(bool no_move)
{
    struct world *world = world_new();
    world->faults.no_move = no_move;
    world->settings.poll_ms = 30 * CPR_MINUTE_MS;
    world_deliver(world, JUNK, "first", "probable", 0);
    world_deliver(world, JUNK, "spam", "unlikely", 0);
    world_deliver(world, JUNK, "second", "probable", 11 * CPR_HOUR_MS);
    world_deliver(world, INBOX, "third", "possible", 0);
    world_deliver(world, INBOX, "answered", "probable", 0);
    world_write(world, INBOX, "reminder", "possible", 0, "In-Reply-To: <second@example.org>\r\n"); /* due with it */
    world_answer(world, "answered", false);
    world_write(world, INBOX, "Undelivered", "unlikely", 0, "X-Returned: <answer-answered-1@ca.example>\r\n");
    return world;
}

static size_t alerts_about(const struct world *world, const char *subject)
{
    char pattern[64];
    snprintf(pattern, sizeof pattern, "%s\r\n", subject);
    size_t count = 0;
    for (size_t i = 0; i < world->mail_count; i++)
        count += strstr(world->mails[i].subject, subject) != NULL;
    return count;
}

static size_t different_alerts(const struct world *world)
{
    size_t count = 0;
    for (size_t i = 0; i < world->mail_count; i++) {
        bool is_new = true;
        for (size_t k = 0; k < i && is_new; k++)
            is_new = strcmp(world->mails[i].header_message_id, world->mails[k].header_message_id) != 0;
        count += is_new;
    }
    return count;
}

static void check(const struct world *world, const struct world *clean, long killed_at)
{
    static const char *const subjects[] = {"first", "second", "third", "answered", "reminder", "spam"};
    for (size_t s = 0; s < sizeof subjects / sizeof subjects[0]; s++)
        for (int folder = 0; folder < WORLD_FOLDERS; folder++)
            if (world_count(world, folder, subjects[s]) != world_count(clean, folder, subjects[s]))
                fail_msg("killed at point %ld: \"%s\" is %zu times in %s", killed_at, subjects[s],
                         world_count(world, folder, subjects[s]), world->folders[folder].name);
    for (size_t i = 0; i < world->folders[INBOX].count; i++)
        assert_false(world->folders[INBOX].messages[i].is_seen);
    if (world->moves != clean->moves)
        fail_msg("killed at point %ld: %u moves, not %u", killed_at, world->moves, clean->moves);
    if (alerts_about(world, "first") < alerts_about(clean, "first") ||
        alerts_about(world, "second") < alerts_about(clean, "second") ||
        alerts_about(world, "third") < alerts_about(clean, "third") ||
        alerts_about(world, "answered") < alerts_about(clean, "answered") || /* and that the answer came back */
        alerts_about(world, "reminder") < alerts_about(clean, "reminder"))
        fail_msg("killed at point %ld: an alert is missing", killed_at);
    if (different_alerts(world) != different_alerts(clean) || world->mail_count > clean->mail_count + 1)
        fail_msg("killed at point %ld: %zu mails of %zu alerts, not %zu of %zu", killed_at, world->mail_count,
                 different_alerts(world), clean->mail_count, different_alerts(clean));
    if (world->page_count != clean->page_count)
        fail_msg("killed at point %ld: %zu pages", killed_at, world->page_count);
}

static void kill_everywhere(bool no_move)
{
    /* Long enough for steps that are due, a day that turns, and the answer that is found. */
    const int64_t span_ms = 13 * CPR_HOUR_MS;
    struct world *clean = furnished(no_move);
    assert_int_equal(world_run(clean, span_ms), 0);
    long points = clean->points, killed = 0;
    assert_in_range(points, 40, POINTS_MAX);
    for (long at = 1; at <= points; at++) {
        struct world *world = furnished(no_move);
        int64_t end_ms = world->monotonic_ms + span_ms;
        world->faults.kill_after = at;
        int result = world_run(world, span_ms);
        assert_true(result == KILLED || result == 0);
        killed += result == KILLED;
        world->faults.kill_after = 0;
        assert_int_equal(world_run(world, end_ms - world->monotonic_ms), 0);
        check(world, clean, at);
        world_free(world);
    }
    assert_int_equal(killed, points);
    print_message("killed and resumed at each of %ld points\n", points);
    world_free(clean);
}

static void killed_at_any_point_it_resumes_on_a_server_with_move(void **state)
{
    (void)state;
    kill_everywhere(false);
}

static void killed_at_any_point_it_resumes_on_a_server_without_move(void **state)
{
    (void)state;
    kill_everywhere(true);
}

/* Seven glances, which are told in one letter at 4 h, and nothing else. */
static struct world *flooded(void)
{
    struct world *world = world_new();
    world->settings.poll_ms = 2 * CPR_HOUR_MS;
    for (int i = 0; i < 7; i++) {
        char subject[32];
        snprintf(subject, sizeof subject, "glance %d", i);
        world_deliver(world, INBOX, subject, "possible", 0);
    }
    return world;
}

static void killed_at_any_point_a_letter_about_many_cases_comes_at_least_once(void **state)
{
    (void)state;
    const int64_t span_ms = 5 * CPR_HOUR_MS;
    struct world *clean = flooded();
    assert_int_equal(world_run(clean, span_ms), 0);
    assert_int_equal(clean->mail_count, 1);
    long points = clean->points;
    assert_in_range(points, 20, POINTS_MAX);
    for (long at = 1; at <= points; at++) {
        struct world *world = flooded();
        int64_t end_ms = world->monotonic_ms + span_ms;
        world->faults.kill_after = at;
        assert_int_equal(world_run(world, span_ms), KILLED);
        world->faults.kill_after = 0;
        assert_int_equal(world_run(world, end_ms - world->monotonic_ms), 0);
        if (world->mail_count < 1 || world->mail_count > 2 || different_alerts(world) != 1 ||
            world->mails[0].at_ms != clean->mails[0].at_ms)
            fail_msg("killed at point %ld: %zu mails, %zu different", at, world->mail_count, different_alerts(world));
        assert_int_equal(world_mails(world, "duty@ca.example", "#7 possible"), world->mail_count);
        world_free(world);
    }
    print_message("killed and resumed at each of %ld points\n", points);
    world_free(clean);
}

/* A machine that kills it again and again over its first look: after the first time a death counts for one message
 * only, and one that was in hand three times more (CPR_READ_ATTEMPTS_MAX) is given up. */
static void a_process_that_dies_again_and_again_gives_up_no_batch(void **state)
{
    (void)state;
    enum { REPORTS = 12, DEATHS = 6 };
    char name[32];
    for (long at = 1; at <= 80; at++) {
        struct world *world = world_new();
        for (int i = 0; i < REPORTS; i++) {
            snprintf(name, sizeof name, "report %d", i);
            world_deliver(world, JUNK, name, "probable", 0);
        }
        for (int death = 0; death < DEATHS; death++) {
            world->faults.kill_after = at;
            world_run(world, 0);
        }
        world->faults.kill_after = 0;
        assert_int_equal(world_run(world, 2 * CPR_MINUTE_MS), 0);
        if (world->folders[INBOX].count < REPORTS - DEATHS / CPR_READ_ATTEMPTS_MAX)
            fail_msg("killed %d times at point %ld: %zu of %d reports were rescued", DEATHS, at,
                     world->folders[INBOX].count, REPORTS);
        world_free(world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_that_dies_again_and_again_gives_up_no_batch),
        cmocka_unit_test(killed_at_any_point_a_letter_about_many_cases_comes_at_least_once),
        cmocka_unit_test(killed_at_any_point_it_resumes_on_a_server_with_move),
        cmocka_unit_test(killed_at_any_point_it_resumes_on_a_server_without_move),
    };
    return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}
