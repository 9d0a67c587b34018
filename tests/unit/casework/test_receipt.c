/* Which stamp starts the clock. 12:16 is the hour at which the border host took the message. */
#include "cpr/casework/receipt.h"

#include <inttypes.h>
#include <string.h>
#include <stdio.h>
#include <stdlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static int64_t at(const char *text)
{
    int64_t utc_ms = CPR_TIME_NONE;
    assert_true(cpr_time_parse_rfc3339(cpr_view_of(text), &utc_ms));
    return utc_ms;
}

static struct cpr_reading reading;
static struct cpr_mailbox_settings mailbox;

static int fresh(void **state)
{
    (void)state;
    cpr_reading_clear(&reading);
    memset(&mailbox, 0, sizeof mailbox);
    snprintf(mailbox.own_hosts[0], sizeof mailbox.own_hosts[0], "mx1.ca.example");
    snprintf(mailbox.own_hosts[1], sizeof mailbox.own_hosts[1], "imap.ca.example");
    mailbox.own_host_count = 2;
    return 0;
}

static void received(const char *host, const char *when)
{
    struct cpr_received *line = &reading.received[reading.received_count++];
    snprintf(line->by_host, sizeof line->by_host, "%s", host);
    line->utc_ms = when ? at(when) : CPR_TIME_NONE;
}

static void the_earliest_trustworthy_stamp_is_the_receipt(void **state)
{
    (void)state;
    received("imap.ca.example", "2020-05-06T12:20:00Z");
    received("mx1.ca.example", "2020-05-06T12:16:00Z");
    received("mail.reporter.example", "2020-05-06T12:15:00Z");
    struct cpr_receipt receipt =
        cpr_receipt_choose(&reading, at("2020-05-06T12:21:00Z"), CPR_TIME_NONE, at("2020-05-08T09:00:00Z"), &mailbox);
    assert_int_equal(receipt.utc_ms, at("2020-05-06T12:16:00Z"));
    assert_int_equal(receipt.source, CPR_RECEIPT_RECEIVED);
    assert_int_equal(receipt.stamps_ms[CPR_RECEIPT_INTERNALDATE], at("2020-05-06T12:21:00Z"));
}

static void a_foreign_received_line_is_never_trusted(void **state)
{
    (void)state;
    received("mail.reporter.example", "2020-05-01T00:00:00Z");
    received("mx1.ca.example", "2020-05-01T00:00:00Z"); /* below a foreign line: the sender wrote it */
    struct cpr_receipt receipt =
        cpr_receipt_choose(&reading, at("2020-05-06T12:21:00Z"), CPR_TIME_NONE, at("2020-05-06T12:30:00Z"), &mailbox);
    assert_int_equal(receipt.utc_ms, at("2020-05-06T12:21:00Z"));
    assert_int_equal(receipt.source, CPR_RECEIPT_INTERNALDATE);
}

/* A hosted mail system: its hosts have other names every week. */
static void hosts_below_a_named_domain_are_ours_and_its_look_alikes_are_not(void **state)
{
    (void)state;
    static const struct {
        const char *by;
        const char *want;
    } table[] = {
        {"am0ft012.eop.protection.outlook.com", "2020-05-06T12:16:00Z"},
        {"edge.protection.outlook.com", "2020-05-06T12:16:00Z"},
        {"protection.outlook.com", "2020-05-06T12:21:00Z"},
        {"evilprotection.outlook.com", "2020-05-06T12:21:00Z"},
        {"edge.protection.outlook.com.evil.example", "2020-05-06T12:21:00Z"},
    };
    snprintf(mailbox.own_hosts[0], sizeof mailbox.own_hosts[0], ".protection.outlook.com");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        reading.received_count = 0;
        received("imap.ca.example", "2020-05-06T12:21:00Z");
        received(table[i].by, "2020-05-06T12:16:00Z");
        struct cpr_receipt receipt =
            cpr_receipt_choose(&reading, CPR_TIME_NONE, CPR_TIME_NONE, at("2020-05-06T12:30:00Z"), &mailbox);
        assert_int_equal(receipt.utc_ms, at(table[i].want));
    }
}

static void date_is_never_a_receipt_and_the_future_is_not_trusted(void **state)
{
    (void)state;
    reading.date_ms = at("2020-05-01T00:00:00Z");
    received("mx1.ca.example", "2031-01-01T00:00:00Z");
    struct cpr_receipt receipt =
        cpr_receipt_choose(&reading, at("2030-01-01T00:00:00Z"), CPR_TIME_NONE, at("2020-05-06T12:30:00Z"), &mailbox);
    assert_int_equal(receipt.utc_ms, at("2020-05-06T12:30:00Z"));
    assert_int_equal(receipt.source, CPR_RECEIPT_FIRST_SIGHT);
    assert_int_equal(receipt.stamps_ms[CPR_RECEIPT_RECEIVED], CPR_TIME_NONE);
    assert_int_equal(receipt.stamps_ms[CPR_RECEIPT_INTERNALDATE], at("2030-01-01T00:00:00Z"));
    assert_int_equal(cpr_receipt_doubt(&receipt, CPR_RECEIPT_INTERNALDATE), CPR_RECEIPT_FUTURE);
}

/* A server that lost the date of a message, or a program that uploaded it without one. */
static void a_stamp_that_no_mail_system_made_is_kept_told_and_does_not_count(void **state)
{
    (void)state;
    static const char *const table[] = {"1970-01-01T00:00:00Z", "1989-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
                                        "2999-01-01T00:00:00Z"};
    struct cpr_receipt sound =
        cpr_receipt_choose(&reading, at("2020-05-06T12:00:00Z"), CPR_TIME_NONE, at("2020-05-06T12:30:00Z"), &mailbox);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_receipt receipt =
            cpr_receipt_choose(&reading, at(table[i]), CPR_TIME_NONE, at("2020-05-06T12:30:00Z"), &mailbox);
        assert_int_equal(receipt.utc_ms, at("2020-05-06T12:30:00Z"));
        assert_int_equal(receipt.source, CPR_RECEIPT_FIRST_SIGHT);
        assert_int_equal(receipt.stamps_ms[CPR_RECEIPT_INTERNALDATE], at(table[i]));
        assert_int_equal(cpr_receipt_doubt(&receipt, CPR_RECEIPT_INTERNALDATE), CPR_RECEIPT_NO_CLOCK);
        assert_non_null(strstr(cpr_receipt_doubt_words(CPR_RECEIPT_NO_CLOCK), "does not count"));
        /* In whichever order the two are seen: what counts is kept. */
        assert_int_equal(cpr_receipt_earlier(&receipt, &sound).stamps_ms[CPR_RECEIPT_INTERNALDATE],
                         at("2020-05-06T12:00:00Z"));
        assert_int_equal(cpr_receipt_earlier(&sound, &receipt).utc_ms, at("2020-05-06T12:00:00Z"));
        assert_int_equal(cpr_receipt_earlier(&receipt, &receipt).stamps_ms[CPR_RECEIPT_INTERNALDATE], at(table[i]));
    }
}

static void a_copy_can_only_bring_the_receipt_forward(void **state)
{
    (void)state;
    struct cpr_receipt first =
        cpr_receipt_choose(&reading, at("2020-05-06T12:21:00Z"), CPR_TIME_NONE, at("2020-05-06T12:30:00Z"), &mailbox);
    struct cpr_receipt later =
        cpr_receipt_choose(&reading, at("2020-05-09T12:21:00Z"), CPR_TIME_NONE, at("2020-05-09T12:30:00Z"), &mailbox);
    struct cpr_receipt sooner =
        cpr_receipt_choose(&reading, at("2020-05-06T12:00:00Z"), CPR_TIME_NONE, at("2020-05-09T12:30:00Z"), &mailbox);
    assert_int_equal(cpr_receipt_earlier(&first, &later).utc_ms, at("2020-05-06T12:21:00Z"));
    assert_int_equal(cpr_receipt_earlier(&first, &sooner).utc_ms, at("2020-05-06T12:00:00Z"));
    assert_int_equal(cpr_receipt_earlier(&sooner, &first).utc_ms, at("2020-05-06T12:00:00Z"));
}

static void an_uploaded_date_is_kept_and_called_suspect(void **state)
{
    (void)state;
    static const struct {
        const char *name, *received, *saved, *internal, *want;
        enum cpr_receipt_doubt of_saved, of_internal;
    } table[] = {
        {"all is well", "2020-05-06T12:16:00Z", "2020-05-06T12:17:00Z", "2020-05-06T12:17:00Z", "2020-05-06T12:16:00Z",
         CPR_RECEIPT_SOUND, CPR_RECEIPT_SOUND},
        {"an hour of a zone", "2020-05-06T12:16:00Z", NULL, "2020-05-06T11:16:00Z", "2020-05-06T11:16:00Z",
         CPR_RECEIPT_SOUND, CPR_RECEIPT_SOUND},
        {"uploaded with the sender's date", "2020-05-06T12:16:00Z", NULL, "2001-01-01T00:00:00Z",
         "2001-01-01T00:00:00Z", CPR_RECEIPT_SOUND, CPR_RECEIPT_TOO_EARLY},
        {"migrated with a fresh date", "2020-05-06T12:16:00Z", "2020-05-09T00:00:00Z", "2020-05-09T00:00:00Z",
         "2020-05-06T12:16:00Z", CPR_RECEIPT_TOO_LATE, CPR_RECEIPT_TOO_LATE},
        {"dated behind its own saving", NULL, "2020-05-06T12:00:00Z", "2020-05-06T15:00:00Z", "2020-05-06T12:00:00Z",
         CPR_RECEIPT_SOUND, CPR_RECEIPT_TOO_LATE},
        {"saved again later", NULL, "2020-05-08T12:00:00Z", "2020-05-06T15:00:00Z", "2020-05-06T15:00:00Z",
         CPR_RECEIPT_SOUND, CPR_RECEIPT_SOUND},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        reading.received_count = 0;
        if (table[i].received)
            received("mx1.ca.example", table[i].received);
        struct cpr_receipt receipt = cpr_receipt_choose(
            &reading, table[i].internal ? at(table[i].internal) : CPR_TIME_NONE,
            table[i].saved ? at(table[i].saved) : CPR_TIME_NONE, at("2020-05-09T09:00:00Z"), &mailbox);
        if (receipt.utc_ms != at(table[i].want) ||
            cpr_receipt_doubt(&receipt, CPR_RECEIPT_SAVEDATE) != table[i].of_saved ||
            cpr_receipt_doubt(&receipt, CPR_RECEIPT_INTERNALDATE) != table[i].of_internal)
            fail_msg("%s", table[i].name);
        assert_int_equal(cpr_receipt_doubt(&receipt, CPR_RECEIPT_FIRST_SIGHT), CPR_RECEIPT_SOUND);
        assert_int_equal(cpr_receipt_doubt(&receipt, CPR_RECEIPT_RECEIVED), CPR_RECEIPT_SOUND);
        assert_int_equal(cpr_receipt_skew_ms(&receipt, receipt.source), 0);
        for (enum cpr_receipt_source source = 0; source < CPR_RECEIPT_SOURCES; source++)
            assert_true(cpr_receipt_skew_ms(&receipt, source) == CPR_TIME_NONE ||
                        cpr_receipt_skew_ms(&receipt, source) >= 0);
    }
}

/* The machine's clock was never set: whatever else is there lies in the future. */
static void a_first_sight_of_1970_is_a_receipt_all_the_same(void **state)
{
    (void)state;
    received("mx1.ca.example", "2020-05-06T12:16:00Z");
    struct cpr_receipt early =
        cpr_receipt_choose(&reading, at("2020-05-06T12:17:00Z"), CPR_TIME_NONE, at("1970-01-01T00:01:00Z"), &mailbox);
    struct cpr_receipt sound =
        cpr_receipt_choose(&reading, at("2020-05-06T12:17:00Z"), CPR_TIME_NONE, at("2020-05-06T12:30:00Z"), &mailbox);
    assert_int_equal(early.utc_ms, at("1970-01-01T00:01:00Z"));
    assert_int_equal(early.source, CPR_RECEIPT_FIRST_SIGHT);
    assert_int_equal(cpr_receipt_earlier(&early, &sound).utc_ms, at("1970-01-01T00:01:00Z"));
    assert_int_equal(cpr_receipt_earlier(&sound, &early).utc_ms, at("1970-01-01T00:01:00Z"));
}

/* Numbers that look random, the same for the same seed. */
static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* Absent, of 1970, of the far future, or around the hour of the receipt. */
static int64_t any_stamp(uint64_t *seed)
{
    switch (next(seed) % 6) {
    case 0:
        return CPR_TIME_NONE;
    case 1:
        return (int64_t)(next(seed) % 1000) - 500;
    case 2:
        return at("2999-01-01T00:00:00Z");
    default:
        return at("2020-05-06T12:16:00Z") + ((int64_t)(next(seed) % 20000) - 10000) * CPR_MINUTE_MS;
    }
}

static void no_stamp_and_no_order_of_copies_makes_a_receipt_later(void **state)
{
    (void)state;
    const uint64_t first = 20200506;
    print_message("seed %llu\n", (unsigned long long)first);
    uint64_t seed = first;
    for (int i = 0; i < 100000; i++) {
        struct cpr_receipt seen[2];
        for (size_t k = 0; k < 2; k++) {
            int64_t internal_ms = any_stamp(&seed), save_ms = any_stamp(&seed);
            int64_t sight_ms = at("2020-05-06T12:16:00Z") + (int64_t)(next(&seed) % 20000) * CPR_MINUTE_MS;
            struct cpr_receipt bare = cpr_receipt_choose(&reading, CPR_TIME_NONE, save_ms, sight_ms, &mailbox);
            seen[k] = cpr_receipt_choose(&reading, internal_ms, save_ms, sight_ms, &mailbox);
            assert_true(seen[k].utc_ms <= bare.utc_ms && seen[k].utc_ms <= sight_ms);
            assert_true(cpr_time_is_plausible(seen[k].utc_ms));
            assert_true(seen[k].stamps_ms[CPR_RECEIPT_INTERNALDATE] == internal_ms);
        }
        struct cpr_receipt both = cpr_receipt_earlier(&seen[0], &seen[1]);
        assert_true(both.utc_ms == (seen[0].utc_ms < seen[1].utc_ms ? seen[0].utc_ms : seen[1].utc_ms));
        assert_true(both.utc_ms == cpr_receipt_earlier(&seen[1], &seen[0]).utc_ms);
    }
}

/* --- 100,000 histories of copies
 * -------------------------------------------------------------------------------------- */

static uint64_t random_state;

static int64_t any(int64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int64_t)((random_state >> 1) % (uint64_t)below);
}

enum { COPIES = 5 };

/* Copies of one message, each with stamps of its own; what stands below the first foreign line is forged. */
static void no_order_of_copies_and_no_forged_line_makes_a_receipt_later(void **state)
{
    (void)state;
    enum { HISTORIES = 100000 };
    const int64_t base_ms = at("2026-03-05T12:00:00Z");
    uint64_t seed = getenv("CPR_SEED") ? strtoull(getenv("CPR_SEED"), NULL, 0) : 20260305;
    print_message("CPR_SEED=%" PRIu64 "\n", seed);
    for (uint64_t h = 0; h < HISTORIES; h++) {
        struct cpr_receipt copies[COPIES], forward, backward;
        random_state = (seed + h) * 0x9E3779B97F4A7C15u + 1;
        cpr_reading_clear(&reading);
        bool is_proved = any(3) != 0;
        int64_t border_ms = base_ms + any(CPR_DAY_MS);
        if (is_proved)
            reading.received[reading.received_count++] = (struct cpr_received){border_ms, "mx1.ca.example", ""};
        for (int64_t i = any(4); i > 0; i--)
            reading.received[reading.received_count++] =
                (struct cpr_received){base_ms + any(60 * CPR_DAY_MS) - 30 * CPR_DAY_MS, "mail.evil.example", ""};
        uint32_t honest = reading.received_count;
        for (int c = 0; c < COPIES; c++) {
            int64_t seen_ms = base_ms + CPR_DAY_MS + any(3 * CPR_DAY_MS), internal_ms = base_ms + any(6 * CPR_DAY_MS);
            reading.received_count = honest;
            copies[c] = cpr_receipt_choose(&reading, internal_ms, CPR_TIME_NONE, seen_ms, &mailbox);
            reading.received[reading.received_count++] =
                (struct cpr_received){base_ms + any(60 * CPR_DAY_MS) - 30 * CPR_DAY_MS, "imap.ca.example", ""};
            struct cpr_receipt forged = cpr_receipt_choose(&reading, internal_ms, CPR_TIME_NONE, seen_ms, &mailbox);
            bool is_below_foreign = honest > (is_proved ? 1 : 0);
            if (forged.utc_ms > copies[c].utc_ms || (is_below_foreign && forged.utc_ms != copies[c].utc_ms) ||
                copies[c].utc_ms > seen_ms || (is_proved && copies[c].utc_ms > border_ms))
                fail_msg("CPR_SEED=%" PRIu64 ", history %" PRIu64 ", copy %d", seed, h, c);
        }
        forward = copies[0];
        backward = copies[COPIES - 1];
        for (int c = 1; c < COPIES; c++) {
            int64_t before_ms = forward.utc_ms;
            forward = cpr_receipt_earlier(&forward, &copies[c]);
            backward = cpr_receipt_earlier(&backward, &copies[COPIES - 1 - c]);
            if (forward.utc_ms > before_ms)
                fail_msg("CPR_SEED=%" PRIu64 ", history %" PRIu64 ": later than it was", seed, h);
        }
        if (forward.utc_ms != backward.utc_ms)
            fail_msg("CPR_SEED=%" PRIu64 ", history %" PRIu64 ": the order of arrival counts", seed, h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_earliest_trustworthy_stamp_is_the_receipt, fresh),
        cmocka_unit_test_setup(a_foreign_received_line_is_never_trusted, fresh),
        cmocka_unit_test_setup(hosts_below_a_named_domain_are_ours_and_its_look_alikes_are_not, fresh),
        cmocka_unit_test_setup(date_is_never_a_receipt_and_the_future_is_not_trusted, fresh),
        cmocka_unit_test_setup(a_stamp_that_no_mail_system_made_is_kept_told_and_does_not_count, fresh),
        cmocka_unit_test_setup(a_copy_can_only_bring_the_receipt_forward, fresh),
        cmocka_unit_test_setup(an_uploaded_date_is_kept_and_called_suspect, fresh),
        cmocka_unit_test_setup(a_first_sight_of_1970_is_a_receipt_all_the_same, fresh),
        cmocka_unit_test_setup(no_stamp_and_no_order_of_copies_makes_a_receipt_later, fresh),
        cmocka_unit_test_setup(no_order_of_copies_and_no_forged_line_makes_a_receipt_later, fresh),
    };
    return cmocka_run_group_tests_name("receipt", tests, NULL, NULL);
}
