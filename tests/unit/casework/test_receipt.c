/* Which stamp starts the clock. 12:16 is the hour at which the border host took the message. */
#include "cpr/casework/receipt.h"

#include <string.h>
#include <stdio.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_earliest_trustworthy_stamp_is_the_receipt, fresh),
        cmocka_unit_test_setup(a_foreign_received_line_is_never_trusted, fresh),
        cmocka_unit_test_setup(hosts_below_a_named_domain_are_ours_and_its_look_alikes_are_not, fresh),
        cmocka_unit_test_setup(date_is_never_a_receipt_and_the_future_is_not_trusted, fresh),
        cmocka_unit_test_setup(a_copy_can_only_bring_the_receipt_forward, fresh),
    };
    return cmocka_run_group_tests_name("receipt", tests, NULL, NULL);
}
