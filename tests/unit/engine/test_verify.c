/* "It is revoked" is held against the CA's own sources, at once, after an hour, after a day, and until all agree. */
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
#define CLAIM(what) "{\"verb\":\"revoked\",\"case\":1,\"by\":\"duty\",\"note\":\"by the RA\"," what "}"

static char reply[1 << 20];

static void ask(struct world *world, const char *request)
{
    world_ask(world, request, reply, sizeof reply);
}

static void answer(struct world *world, const char *ocsp_get, const char *ocsp_post, const char *crl)
{
    snprintf(world->ocsp_get, sizeof world->ocsp_get, "%s", ocsp_get);
    snprintf(world->ocsp_post, sizeof world->ocsp_post, "%s", ocsp_post);
    snprintf(world->crl, sizeof world->crl, "%s", crl);
}

/* A report on a certificate, on the day on which the answers were made; the CRL is of three weeks before. */
static struct world *furnished(void)
{
    struct world *world = world_new();
    world->settings.poll_ms = 30 * CPR_MINUTE_MS; /* fewer points at which to be killed */
    assert_true(cpr_time_parse_rfc3339(cpr_view_of("2026-11-23T00:00:00Z"), &world->utc_ms));
    world_verify(world);
    world->settings.issuers[0].crl_url_count = 0;
    world_write(world, INBOX, "report", "probable", 0, "X-Serial: " REVOKED "\r\n");
    assert_int_equal(world_run(world, 0), 0);
    return world;
}

static size_t told(const struct world *world)
{
    return world_mails(world, "duty@ca.example", "was said to be revoked");
}

static void a_claim_that_is_true_is_asked_three_times_and_told_nobody(void **state)
{
    (void)state;
    struct world *world = furnished();
    answer(world, "revoked.ocsp", "revoked.ocsp", "");
    ask(world, CLAIM("\"all\":true"));
    assert_non_null(strstr(reply, "\"claimed\":1"));
    assert_int_equal(world_run(world, 0), 0);
    assert_int_equal(world->questions, 2);
    assert_int_equal(world_run(world, 59 * CPR_MINUTE_MS), 0);
    assert_int_equal(world->questions, 2);
    assert_int_equal(world_run(world, 2 * CPR_MINUTE_MS), 0);
    assert_int_equal(world->questions, 4);
    assert_int_equal(world_run(world, 4 * CPR_DAY_MS), 0);
    assert_int_equal(world->questions, 6);
    assert_int_equal(told(world), 0);
    ask(world, "{\"verb\":\"show\",\"case\":1}");
    assert_non_null(strstr(reply, "\"finding\":\"revoked\",\"since\":\"2026-11-23T00:00:00Z\",\"next\":null"));
    assert_non_null(strstr(reply, "\"way\":\"ocsp-post\",\"url\":\"http://ocsp.ca.example\",\"word\":\"revoked\""));
    assert_non_null(strstr(reply, "\"event\":\"revocation-claimed\""));
    world_free(world);
}

static void good_after_the_claim_is_told_at_once_also_of_a_closed_case(void **state)
{
    (void)state;
    struct world *world = furnished();
    answer(world, "unknown.ocsp", "revoked.ocsp", ""); /* speaks of another certificate: invalid */
    ask(world, CLAIM("\"serial\":\"D5:C0:FF:EE:01\""));
    ask(world, "{\"verb\":\"answered\",\"case\":1,\"by\":\"duty\",\"note\":\"done\"}");
    assert_int_equal(world_run(world, 0), 0);
    assert_int_equal(told(world), 0); /* a gap is no contradiction yet */
    world_free(world);

    world = furnished();
    answer(world, "good.ocsp", "good.ocsp", "");
    ask(world, CLAIM("\"serial\":\"04a19f33\""));
    ask(world, "{\"verb\":\"answered\",\"case\":1,\"by\":\"duty\",\"note\":\"done\"}");
    assert_int_equal(world_run(world, 0), 0);
    assert_int_equal(told(world), 1);
    assert_int_equal(world_mails(world, NULL, "said to be revoked, but"), 1);
    /* Again after 1 h, 24 h, 48 h, for it stays so; the answers' own time is over then. */
    assert_int_equal(world_run(world, 49 * CPR_HOUR_MS), 0);
    assert_int_equal(told(world), 4);
    world_free(world);
}

static void silence_is_told_after_a_day_and_ends_with_the_answer(void **state)
{
    (void)state;
    struct world *world = furnished();
    answer(world, "", "", "");
    ask(world, CLAIM("\"all\":true"));
    assert_int_equal(world_run(world, 23 * CPR_HOUR_MS), 0);
    assert_int_equal(told(world), 0);
    assert_int_equal(world_run(world, 2 * CPR_HOUR_MS), 0);
    assert_int_equal(told(world), 1);
    answer(world, "revoked.ocsp", "revoked.ocsp", "");
    assert_int_equal(world_run(world, CPR_DAY_MS), 0);
    unsigned questions = world->questions;
    assert_int_equal(questions, 8);
    assert_int_equal(world_run(world, 2 * CPR_DAY_MS), 0);
    assert_int_equal(world->questions, questions);
    assert_int_equal(told(world), 1);
    world_free(world);
}

static void a_reply_that_says_revoked_makes_a_claim(void **state)
{
    (void)state;
    static const struct {
        const char *says;
        unsigned questions;
    } table[] = {{"The certificate has been revoked. Thank you.", 2},
                 {"We will look at it; it will be revoked.", 0},
                 {"Thank you. > it has been revoked by nobody", 0}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct world *world = furnished();
        char headers[200];
        answer(world, "revoked.ocsp", "revoked.ocsp", "");
        snprintf(headers, sizeof headers,
                 "To: reporter@example.org\r\nIn-Reply-To: <report@example.org>\r\nX-Says: %s\r\n", table[i].says);
        world_write(world, SENT, "Re: report", "unlikely", 0, headers);
        assert_int_equal(world_run(world, 2 * CPR_MINUTE_MS), 0);
        assert_int_equal(world->questions, table[i].questions);
        world_free(world);
    }
}

static void a_claim_that_makes_no_sense_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *request, *why;
    } table[] = {{CLAIM("\"serial\":\"0x12\""), "no serial number"},
                 {CLAIM("\"serial\":\"12\",\"issuer\":\"tls-9\""), "no [issuer tls-9]"},
                 {CLAIM("\"serial\":\"12\",\"all\":true"), "say which certificate"},
                 {CLAIM("\"x\":1"), "say which certificate"},
                 {"{\"verb\":\"revoked\",\"case\":1,\"all\":true,\"note\":\"x\"}", "say who you are"},
                 {"{\"verb\":\"revoked\",\"case\":1,\"all\":true,\"by\":\"x\"}", "say why"},
                 {"{\"verb\":\"revoked\",\"case\":9,\"all\":true,\"by\":\"x\",\"note\":\"x\"}", "there is no case 9"}};
    struct world *world = furnished();
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        ask(world, table[i].request);
        if (!strstr(reply, table[i].why))
            fail_msg("%s: %s", table[i].request, reply);
    }
    ask(world, "{\"verb\":\"show\",\"case\":1}");
    assert_non_null(strstr(reply, "\"revocation\":{\"state\":\"open\""));
    assert_int_equal(world->questions, 0);
    world_free(world);
}

/* Sources that are dead hold up nothing: a few are asked in a tick, and the ladder goes on. */
static void many_claims_take_many_ticks(void **state)
{
    (void)state;
    struct world *world = furnished();
    char request[200];
    for (int i = 1; i <= 7; i++) {
        snprintf(request, sizeof request, CLAIM("\"serial\":\"%d\""), i);
        ask(world, request);
    }
    assert_int_equal(world_run(world, 0), 0);
    assert_int_equal(world->questions, 3);
    assert_int_equal(world_run(world, CPR_MINUTE_MS), 0);
    assert_int_equal(world->questions, 14 + 1); /* the round that the end of the first process cut began anew */
    world_free(world);
}

/* Killed at every point: each round is ended once, and good is told of. */
static void killed_at_any_point_a_claim_is_still_verified(void **state)
{
    (void)state;
    const int64_t span_ms = 2 * CPR_HOUR_MS;
    struct world *clean = furnished();
    answer(clean, "good.ocsp", "good.ocsp", "");
    ask(clean, CLAIM("\"serial\":\"04a19f33\""));
    assert_int_equal(world_run(clean, span_ms), 0);
    size_t alerts = told(clean);
    long points = clean->points;
    assert_int_equal(alerts, 2);
    for (long at = 1; at <= points; at++) {
        struct world *world = furnished();
        int64_t end_ms;
        answer(world, "good.ocsp", "good.ocsp", "");
        ask(world, CLAIM("\"serial\":\"04a19f33\""));
        end_ms = world->monotonic_ms + span_ms;
        world->faults.kill_after = at;
        assert_int_equal(world_run(world, span_ms), KILLED);
        world->faults.kill_after = 0;
        assert_int_equal(world_run(world, end_ms - world->monotonic_ms), 0);
        if (told(world) < alerts || told(world) > alerts + 1)
            fail_msg("killed at point %ld: told %zu times", at, told(world));
        ask(world, "{\"verb\":\"show\",\"case\":1}");
        if (!strstr(reply, "\"rounds\":2,\"finding\":\"good\""))
            fail_msg("killed at point %ld: %s", at, reply);
        world_free(world);
    }
    print_message("killed and resumed at each of %ld points\n", points);
    world_free(clean);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_claim_that_is_true_is_asked_three_times_and_told_nobody),
        cmocka_unit_test(good_after_the_claim_is_told_at_once_also_of_a_closed_case),
        cmocka_unit_test(silence_is_told_after_a_day_and_ends_with_the_answer),
        cmocka_unit_test(a_reply_that_says_revoked_makes_a_claim),
        cmocka_unit_test(a_claim_that_makes_no_sense_changes_nothing),
        cmocka_unit_test(many_claims_take_many_ticks),
        cmocka_unit_test(killed_at_any_point_a_claim_is_still_verified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
