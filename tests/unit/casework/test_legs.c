/* The two legs: what ends them, what opens them again, and that no history of mail closes one or makes a deadline
 * later. */
#include "cpr/casework/case.h"
#include "cpr/casework/plan.h"
#include "cpr/casework/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cpr_case open_case(void)
{
    struct cpr_case item = {.state = CPR_CASE_OPEN, .closed_ms = CPR_TIME_NONE, .deadline_ms = CPR_DAY_MS};
    cpr_legs_begin(&item, CPR_PROFILE_TLS);
    return item;
}

static void a_case_is_answered_when_no_leg_is_open(void **state)
{
    (void)state;
    struct cpr_case item = open_case();
    assert_true(cpr_leg_close(&item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, 10, "reply in Sent", "a reply", 7));
    assert_int_equal(item.state, CPR_CASE_OPEN);
    assert_true(item.closed_ms == CPR_TIME_NONE);
    assert_int_equal(item.legs[CPR_LEG_REPORTER].message_id, 7);
    assert_true(
        cpr_leg_close(&item, CPR_LEG_SUBSCRIBER, CPR_LEG_NOT_APPLICABLE, 20, "ops", "none of our certificates", 0));
    assert_int_equal(item.state, CPR_CASE_ANSWERED);
    assert_int_equal(item.closed_ms, 20);
    assert_string_equal(item.closed_by, "ops");
    assert_string_equal(item.closed_note, "none of our certificates");
    assert_string_equal(item.legs[CPR_LEG_REPORTER].by, "reply in Sent");
}

static void a_leg_that_is_closed_keeps_its_evidence(void **state)
{
    (void)state;
    struct cpr_case item = open_case();
    assert_true(cpr_leg_close(&item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, 10, "ops", "by telephone", 0));
    assert_false(cpr_leg_close(&item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, 20, "reply in Sent", "a reply", 7));
    assert_int_equal(item.legs[CPR_LEG_REPORTER].at_ms, 10);
    assert_string_equal(item.legs[CPR_LEG_REPORTER].by, "ops");
}

static void a_leg_that_is_opened_again_opens_the_case(void **state)
{
    (void)state;
    struct cpr_case item = open_case();
    assert_false(cpr_leg_reopen(&item, CPR_LEG_REPORTER));
    cpr_leg_close(&item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, 10, "reply in Sent", "a reply", 7);
    cpr_leg_close(&item, CPR_LEG_SUBSCRIBER, CPR_LEG_CLOSED, 20, "ops", "told", 0);
    assert_true(cpr_leg_reopen(&item, CPR_LEG_REPORTER));
    assert_int_equal(item.state, CPR_CASE_OPEN);
    assert_true(item.closed_ms == CPR_TIME_NONE);
    assert_string_equal(item.closed_by, "");
    assert_int_equal(item.legs[CPR_LEG_REPORTER].message_id, 0);
    assert_int_equal(item.legs[CPR_LEG_SUBSCRIBER].state, CPR_LEG_CLOSED);
}

static void a_dismissed_case_is_not_touched_but_for_taking_that_back(void **state)
{
    (void)state;
    struct cpr_case item = open_case();
    assert_false(cpr_case_undismiss(&item));
    cpr_leg_close(&item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, 10, "ops", "by telephone", 0);
    item.state = CPR_CASE_DISMISSED;
    item.closed_ms = 30;
    assert_false(cpr_leg_close(&item, CPR_LEG_SUBSCRIBER, CPR_LEG_CLOSED, 40, "ops", "told", 0));
    assert_true(cpr_leg_reopen(&item, CPR_LEG_REPORTER)); /* what closed it came back */
    assert_int_equal(item.state, CPR_CASE_DISMISSED);
    assert_true(cpr_case_undismiss(&item));
    assert_int_equal(item.state, CPR_CASE_OPEN);
    assert_true(item.closed_ms == CPR_TIME_NONE);
    assert_int_equal(item.legs[CPR_LEG_REPORTER].state, CPR_LEG_OPEN);
}

static void each_profile_has_its_section_and_its_duties(void **state)
{
    (void)state;
    static const struct {
        enum cpr_profile profile;
        const char *name, *section, *reporter, *subscriber;
        enum cpr_leg_state second;
    } table[] = {
        {CPR_PROFILE_TLS, "tls", "TLS BR 4.9.5", "a preliminary report to the reporter",
         "a preliminary report to the Subscriber", CPR_LEG_OPEN},
        {CPR_PROFILE_SMIME, "smime", "S/MIME BR 4.9.5", "a preliminary report to the reporter",
         "a preliminary report to the Subscriber", CPR_LEG_OPEN},
        {CPR_PROFILE_CODE_SIGNING, "code-signing", "Code Signing BR 4.9.5", "acknowledge receipt",
         "begin investigating", CPR_LEG_OPEN},
        {CPR_PROFILE_ACTIONABLE, "actionable", "draft of TLS BR 4.9.5, not adopted", "a report to the reporter",
         "a report to the Subscriber", CPR_LEG_NOT_APPLICABLE},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_case item = {.closed_ms = CPR_TIME_NONE};
        cpr_legs_begin(&item, table[i].profile);
        assert_string_equal(cpr_profile_name(table[i].profile), table[i].name);
        assert_string_equal(cpr_profile_section(table[i].profile), table[i].section);
        assert_string_equal(cpr_profile_duty(table[i].profile, CPR_LEG_REPORTER), table[i].reporter);
        assert_string_equal(cpr_profile_duty(table[i].profile, CPR_LEG_SUBSCRIBER), table[i].subscriber);
        assert_int_equal(item.legs[CPR_LEG_REPORTER].state, CPR_LEG_OPEN);
        assert_int_equal(item.legs[CPR_LEG_SUBSCRIBER].state, table[i].second);
        assert_int_equal(item.state, CPR_CASE_OPEN);
    }
}

/* --- random histories -----------------------------------------------------------------------------------------------
 */

static uint64_t seed;

static uint64_t any(uint64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % below;
}

static const char *const words[] = {"We have received your report. ",
                                    "We have revoked the certificate. ",
                                    "If it was revoked we tell you. ",
                                    "Nous avons révoqué le certificat. ",
                                    "ticket 4711 ",
                                    "",
                                    "Vielen Dank. ",
                                    "no word ",
                                    "We found no violation. "};
enum { WORDS = sizeof words / sizeof words[0], HISTORIES = 100000, STEPS = 12 };

/* A mail of anybody, with anything in it. */
static void make_mail(struct cpr_reading *mail)
{
    static const char *const names[] = {"filer@r.example", "cpr@ca.example", "x@ca.example", ""};
    static const char *const domains[] = {"", "r.example", "evil.example"};
    memset(mail->own_words, 0, sizeof mail->own_words);
    for (uint64_t i = any(3) + 1; i > 0; i--)
        strcat(mail->own_words, words[any(WORDS)]);
    snprintf(mail->from_address, sizeof mail->from_address, "%s", names[any(4)]);
    snprintf(mail->to, sizeof mail->to, "%s", names[any(4)]);
    snprintf(mail->authenticated_domain, sizeof mail->authenticated_domain, "%s", domains[any(3)]);
    mail->is_automatic = any(2) == 0;
    mail->received_count = 1 + (uint32_t)any(3); /* it came by mail */
    mail->received[0].utc_ms = (int64_t)any(4 * CPR_DAY_MS);
    snprintf(mail->received[0].by_host, sizeof mail->received[0].by_host, any(2) ? "mx.ca.example" : "evil.example");
}

/* What inbound mail can do to a case, by the functions that the engine calls for it. */
static void take_in(struct cpr_case *item, const struct cpr_reading *mail, const struct cpr_mailbox_settings *mailbox,
                    int64_t now_ms)
{
    char addresses[1][CPR_ADDRESS_MAX] = {"cpr@ca.example"};
    struct cpr_receipt seen = cpr_receipt_choose(mail, (int64_t)any(4 * CPR_DAY_MS), CPR_TIME_NONE, now_ms, mailbox);
    struct cpr_receipt receipt = cpr_receipt_earlier(&item->receipt, &seen);
    item->deadline_ms -= item->receipt.utc_ms - receipt.utc_ms;
    item->receipt = receipt;
    struct cpr_reply_view read = cpr_reply_read(mail),
                          view = cpr_reply_for(&read, mail->to, &(struct cpr_reply_report){"filer@r.example", "", ""});
    /* Also when it lies in a folder of `replies`: nobody outside can prove to be of the CA's domain. */
    if (cpr_reply_is_ours(mail, addresses, 1) && cpr_reply_closes(CPR_PROFILE_TLS, view.class, mail->is_automatic))
        cpr_leg_close(item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, now_ms, "reply in Sent", view.words, 1);
    if (any(8) == 0)
        cpr_leg_reopen(item, (enum cpr_leg_name)any(CPR_LEGS)); /* a bounce, forged or not */
}

static void no_history_of_mail_closes_a_leg_or_makes_a_deadline_later(void **state)
{
    (void)state;
    uint64_t start = getenv("CPR_SEED") ? strtoull(getenv("CPR_SEED"), NULL, 0) : 0x5eed1e65;
    struct cpr_reading *mail = calloc(1, sizeof *mail);
    struct cpr_mailbox_settings *mailbox = calloc(1, sizeof *mailbox);
    struct cpr_policy policy;
    assert_non_null(mail);
    assert_non_null(mailbox);
    cpr_policy_defaults(&policy);
    snprintf(mailbox->own_hosts[0], sizeof mailbox->own_hosts[0], "mx.ca.example");
    mailbox->own_host_count = 1;
    print_message("CPR_SEED=%#llx\n", (unsigned long long)start);
    for (uint64_t history = 0; history < HISTORIES; history++) {
        seed = start * 0x9E3779B97F4A7C15u + history + 1;
        int64_t now_ms = 2 * CPR_DAY_MS + (int64_t)any(CPR_DAY_MS);
        cpr_reading_clear(mail);
        make_mail(mail);
        struct cpr_case item = open_case();
        item.grade = CPR_GRADE_REPORT;
        item.told_age_ms = -1;
        item.receipt = cpr_receipt_choose(mail, (int64_t)any(4 * CPR_DAY_MS), CPR_TIME_NONE, now_ms, mailbox);
        item.deadline_ms = item.receipt.utc_ms + policy.deadline_ms;
        for (int step = 0; step < STEPS; step++) {
            int64_t before_ms = item.deadline_ms;
            now_ms += (int64_t)any(6 * CPR_HOUR_MS) - 2 * CPR_HOUR_MS; /* the wall clock is set back and forth */
            make_mail(mail);
            take_in(&item, mail, mailbox, now_ms);
            if (item.deadline_ms > before_ms || item.state != CPR_CASE_OPEN ||
                item.legs[CPR_LEG_REPORTER].state != CPR_LEG_OPEN ||
                item.legs[CPR_LEG_SUBSCRIBER].state != CPR_LEG_OPEN)
                fail_msg("CPR_SEED=%#llx, history %llu, step %d", (unsigned long long)start,
                         (unsigned long long)history, step);
            struct cpr_plan plan = cpr_plan_case(&item, now_ms, &policy);
            if (!plan.tell && plan.next_ms == CPR_TIME_NONE)
                fail_msg("CPR_SEED=%#llx, history %llu: the ladder has ended", (unsigned long long)start,
                         (unsigned long long)history);
        }
    }
    free(mail);
    free(mailbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_is_answered_when_no_leg_is_open),
        cmocka_unit_test(a_leg_that_is_closed_keeps_its_evidence),
        cmocka_unit_test(a_leg_that_is_opened_again_opens_the_case),
        cmocka_unit_test(a_dismissed_case_is_not_touched_but_for_taking_that_back),
        cmocka_unit_test(each_profile_has_its_section_and_its_duties),
        cmocka_unit_test(no_history_of_mail_closes_a_leg_or_makes_a_deadline_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
