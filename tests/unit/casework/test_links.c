/* Which messages belong together, and that no link ever puts a deadline off. */
#include "cpr/casework/links.h"
#include "cpr/casework/receipt.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char report[] = "Dear Certificate Authority, I am writing to report that the private key of the "
                             "certificate below was published in a "
                             "public repository. Please revoke the certificate within the time that the Baseline "
                             "Requirements name and confirm to "
                             "me when that is done.";

static struct cpr_link_facts a, b;

static int fresh(void **state)
{
    (void)state;
    memset(&a, 0, sizeof a);
    memset(&b, 0, sizeof b);
    snprintf(a.message_id, sizeof a.message_id, "<a@reporter.example>");
    snprintf(b.message_id, sizeof b.message_id, "<b@reporter.example>");
    snprintf(a.from_address, sizeof a.from_address, "finder@reporter.example");
    snprintf(b.from_address, sizeof b.from_address, "Finder@Reporter.example");
    return 0;
}

static void refer(struct cpr_link_facts *facts, const char *message_id)
{
    snprintf(facts->references[facts->reference_count++], CPR_MESSAGE_ID_SIZE, "%s", message_id);
}

static void name(struct cpr_link_facts *facts, enum cpr_identifier_type type, const char *value)
{
    struct cpr_identifier *identifier = &facts->identifiers[facts->identifier_count++];
    identifier->type = type;
    snprintf(identifier->value, sizeof identifier->value, "%s", value);
}

static unsigned reasons(void)
{
    char detail[CPR_LINK_DETAIL_SIZE], back[CPR_LINK_DETAIL_SIZE];
    unsigned found = cpr_link_reasons(&a, &b, detail);
    assert_int_equal(cpr_link_reasons(&b, &a, back), found);
    return found;
}

static void two_mails_of_one_reporter_need_not_belong_together(void **state)
{
    (void)state;
    snprintf(a.excerpt, sizeof a.excerpt, "%s", report);
    assert_int_equal(reasons(), 0);
}

static void an_answer_belongs_to_what_it_answers(void **state)
{
    (void)state;
    refer(&b, "<other@x>");
    refer(&b, "<a@reporter.example>");
    assert_int_equal(reasons(), CPR_LINK_THREAD);
    b.from_address[0] = 0;
    assert_int_equal(reasons(), CPR_LINK_THREAD);
}

static void two_answers_to_one_mail_belong_together(void **state)
{
    (void)state;
    refer(&a, "<first@x>");
    refer(&b, "<first@x>");
    assert_int_equal(reasons(), CPR_LINK_THREAD);
}

static void a_message_id_without_a_value_is_no_thread(void **state)
{
    (void)state;
    a.message_id[0] = b.message_id[0] = 0;
    refer(&b, "");
    assert_int_equal(reasons(), 0);
}

static void only_what_names_one_certificate_or_key_is_shared(void **state)
{
    (void)state;
    name(&a, CPR_IDENTIFIER_DOMAIN, "shop.example");
    name(&b, CPR_IDENTIFIER_DOMAIN, "shop.example");
    name(&a, CPR_IDENTIFIER_SECTION, "4.9.1.1");
    name(&b, CPR_IDENTIFIER_SECTION, "4.9.1.1");
    assert_int_equal(reasons(), 0);
    name(&a, CPR_IDENTIFIER_SHA256, "aa11");
    name(&b, CPR_IDENTIFIER_CERTIFICATE, "aa11");
    char detail[CPR_LINK_DETAIL_SIZE];
    assert_int_equal(cpr_link_reasons(&b, &a, detail), CPR_LINK_IDENTIFIER);
    assert_string_equal(detail, "certificate aa11");
}

static void a_text_that_is_sent_again_is_nearly_the_same(void **state)
{
    (void)state;
    char again[1024];
    snprintf(a.excerpt, sizeof a.excerpt, "%s", report);
    snprintf(b.excerpt, sizeof b.excerpt, "Two days ago I sent you this and heard nothing:\n> %s\nRegards", report);
    assert_int_equal(cpr_link_likeness(a.excerpt, b.excerpt), 100);
    assert_int_equal(reasons(), CPR_LINK_TEXT);
    snprintf(b.from_address, sizeof b.from_address, "another@reporter.example");
    assert_int_equal(reasons(), 0); /* anybody may use the same form */
    snprintf(again, sizeof again, "%.120s and something else that no one has ever said about anything before", report);
    assert_in_range(cpr_link_likeness(report, again), 50, 70);
}

static void likeness_is_counted_in_runs_of_three_words(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned percent;
    } table[] = {
        {"", "", 0},
        {"one two three", "one two three", 0}, /* too short to say anything */
        {"a b c d e f g h i j k l m n", "a b c d e f g h i j k l m n", 100},
        {"a b c d e f g h i j k l m n", "A, b; c: d e f g h i j k l m n!", 100},
        {"a b c d e f g h i j k l m n", "n m l k j i h g f e d c b a", 0},
        {"a b c d e f g h i j k l m n", "a b c d e f g X h i j k l m n", 83}, /* 10 of 12 */
        {"a b c d e f g h i j k l m", "a b c d e f g h i j k l m", 0},        /* 11 runs */
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_int_equal(cpr_link_likeness(table[i].a, table[i].b), table[i].percent);
        assert_int_equal(cpr_link_likeness(table[i].b, table[i].a), table[i].percent);
    }
}

static void a_form_about_another_serial_number_is_no_resend(void **state)
{
    (void)state;
    snprintf(a.excerpt, sizeof a.excerpt, "%s", report);
    snprintf(b.excerpt, sizeof b.excerpt, "%s", report);
    name(&a, CPR_IDENTIFIER_SERIAL, "aa");
    name(&b, CPR_IDENTIFIER_SERIAL, "bb");
    assert_int_equal(reasons(), 0);
    name(&b, CPR_IDENTIFIER_SERIAL, "aa");
    assert_int_equal(reasons(), CPR_LINK_TEXT | CPR_LINK_IDENTIFIER);
    assert_true(cpr_link_names_more(&b, &a));
    assert_false(cpr_link_names_more(&a, &b));
}

static void a_complaint_belongs_to_all_that_its_sender_wrote(void **state)
{
    (void)state;
    b.complains = true;
    assert_int_equal(reasons(), CPR_LINK_SENDER);
    a.from_address[0] = b.from_address[0] = 0;
    assert_int_equal(reasons(), 0);
    assert_true(cpr_link_complains("report-unanswered", false));
    assert_true(cpr_link_complains("certificate-unanswered", false));
    assert_true(cpr_link_complains("report-waited", false)); /* "48 hours ago" */
    assert_true(cpr_link_complains("report-hours", true));
    assert_false(cpr_link_complains("report-hours", false)); /* "you have 24 hours" */
    assert_false(cpr_link_complains("serial", true));
}

static void what_brings_a_deadline_forward(void **state)
{
    (void)state;
    static const struct {
        unsigned reasons;
        bool names_more, is_stranger, is_surfaced, want;
    } table[] = {
        {0, false, false, true, false},
        {CPR_LINK_SENDER, false, false, true, false}, /* that he wrote before says nothing about what */
        {CPR_LINK_THREAD, false, false, true, true},
        {CPR_LINK_MESSAGE_ID, false, false, true, true},
        {CPR_LINK_IDENTIFIER, false, false, true, true},
        {CPR_LINK_TEXT, false, false, true, true},
        {CPR_LINK_THREAD, true, false, true, false},     /* a new certificate: its own clock */
        {CPR_LINK_IDENTIFIER, false, true, true, false}, /* another reporter of the same certificate */
        {CPR_LINK_THREAD, false, true, true, true},      /* a colleague reminds */
        {CPR_LINK_THREAD, false, false, false, true},    /* what he refers to was missed */
        {CPR_LINK_THREAD, false, true, false, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        fresh(NULL);
        if (table[i].names_more)
            name(&b, CPR_IDENTIFIER_SERIAL, "bb");
        if (table[i].is_stranger)
            snprintf(b.from_address, sizeof b.from_address, "stranger@other.example");
        if (cpr_link_brings_forward(table[i].reasons, &b, &a, table[i].is_surfaced) != table[i].want)
            fail_msg("row %zu", i);
    }
}

/* --- 100,000 histories ------------------------------------------------------------------------------------------- */

enum { HISTORIES = 100000, MESSAGES = 5, SEED = 20260305 };

static uint64_t random_state;

static uint32_t roll(uint32_t sides)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 33) % sides;
}

struct event_message {
    struct cpr_link_facts facts;
    struct cpr_receipt receipt; /* of the message alone */
    int64_t deadline_ms;        /* with all links */
    int64_t clock_ms;           /* the receipt that its clock runs from */
    bool has_case, is_closed;
};

static struct event_message history[MESSAGES];
static struct cpr_reading reading;

/* Received lines, some forged, dates of the server of every sort, threads to each other and to nothing. */
static void invent(struct event_message *message, int number, const struct cpr_mailbox_settings *mailbox)
{
    static const char *const hosts[] = {"mx.ca.example", "mail.evil.example", "mx.ca.example.evil.example", ""};
    const int64_t base_ms = 1772700000000, span_ms = 90LL * CPR_DAY_MS;
    int64_t first_sight_ms = base_ms + roll(1u << 30), stamps_ms[2];
    memset(&message->facts, 0, sizeof message->facts);
    cpr_reading_clear(&reading);
    for (uint32_t i = roll(4); i > 0; i--) {
        struct cpr_received *line = &reading.received[reading.received_count++];
        snprintf(line->by_host, sizeof line->by_host, "%s", hosts[roll(4)]);
        line->utc_ms = roll(4) ? first_sight_ms - roll(1u << 30) * 3LL + CPR_DAY_MS : CPR_TIME_NONE;
    }
    for (int i = 0; i < 2; i++)
        stamps_ms[i] =
            roll(3) == 0 ? CPR_TIME_NONE : first_sight_ms - (int64_t)roll(1u << 30) * 8 % span_ms + CPR_DAY_MS;
    message->receipt = cpr_receipt_choose(&reading, stamps_ms[0], stamps_ms[1], first_sight_ms, mailbox);
    message->clock_ms = message->receipt.utc_ms;
    message->deadline_ms = message->clock_ms + CPR_DAY_MS;
    message->has_case = roll(4) != 0;
    message->is_closed = message->has_case && roll(4) == 0;
    snprintf(message->facts.message_id, CPR_MESSAGE_ID_SIZE, "<%d@x>", roll(8) ? number : 0);
    snprintf(message->facts.from_address, sizeof message->facts.from_address, "r%u@x", roll(2));
    for (uint32_t i = roll(3); i > 0; i--) {
        char id[CPR_MESSAGE_ID_SIZE];
        snprintf(id, sizeof id, "<%u@x>", roll(MESSAGES + 2));
        refer(&message->facts, id);
    }
    for (uint32_t i = roll(3); i > 0; i--) {
        char value[8];
        snprintf(value, sizeof value, "%u", roll(3));
        name(&message->facts, CPR_IDENTIFIER_SERIAL, value);
    }
    message->facts.complains = roll(2);
    if (roll(2))
        snprintf(message->facts.excerpt, sizeof message->facts.excerpt, "%s", report);
}

static struct cpr_link_side side_of(const struct event_message *message)
{
    return (struct cpr_link_side){&message->facts, message->has_case, message->has_case && !message->is_closed,
                                  message->clock_ms};
}

/* As engine/relate.c does for a message that comes, with each that is there. */
static void relate(struct event_message *one, struct event_message *two)
{
    char detail[CPR_LINK_DETAIL_SIZE];
    struct cpr_link_side side_one = side_of(one), side_two = side_of(two);
    int which = cpr_link_comes_forward(cpr_link_reasons(&one->facts, &two->facts, detail), &side_one, &side_two);
    struct event_message *later = which == 1 ? one : two, *earlier = which == 1 ? two : one;
    if (which == 0)
        return;
    assert_true(later->has_case && !later->is_closed);
    later->deadline_ms -= later->clock_ms - earlier->clock_ms;
    later->clock_ms = earlier->clock_ms;
}

static void no_order_of_arrival_and_no_header_puts_a_deadline_off(void **state)
{
    (void)state;
    struct cpr_mailbox_settings mailbox = {.own_hosts = {"mx.ca.example"}, .own_host_count = 1};
    unsigned forward = 0, own = 0;
    uint64_t seed = getenv("CPR_SEED") ? strtoull(getenv("CPR_SEED"), NULL, 0) : SEED;
    random_state = seed * 0x9E3779B97F4A7C15u + 1;
    print_message("CPR_SEED=%" PRIu64 "\n", seed);
    for (int h = 0; h < HISTORIES; h++) {
        for (int i = 0; i < MESSAGES; i++) {
            invent(&history[i], i, &mailbox);
            for (int k = 0; k < i; k++)
                relate(&history[i], &history[k]);
        }
        for (int i = 0; i < MESSAGES; i++) {
            const struct event_message *message = &history[i];
            int64_t alone_ms = message->receipt.utc_ms + CPR_DAY_MS;
            bool is_new = message->facts.identifier_count > 0;
            for (int k = 0; k < MESSAGES && is_new; k++)
                is_new = k == i || cpr_link_names_more(&message->facts, &history[k].facts);
            if (message->deadline_ms > alone_ms)
                fail_msg("CPR_SEED=%" PRIu64 ", history %d: message %d is due %" PRId64 " ms later than alone", seed, h,
                         i, message->deadline_ms - alone_ms);
            if (is_new && message->deadline_ms != alone_ms)
                fail_msg("CPR_SEED=%" PRIu64 ", history %d: message %d names what no other does and lost its clock",
                         seed, h, i);
            forward += message->deadline_ms < alone_ms;
            own += is_new;
        }
    }
    print_message("%d histories, %u deadlines came forward, %u kept their own clock\n", HISTORIES, forward, own);
    assert_true(forward > HISTORIES / 10 && own > HISTORIES / 10);
}

static void three_hundred_reports_of_a_program_keep_their_clocks(void **state)
{
    (void)state;
    enum { BURST = 300 };
    char detail[CPR_LINK_DETAIL_SIZE], value[16];
    snprintf(a.excerpt, sizeof a.excerpt, "%s", report);
    snprintf(b.excerpt, sizeof b.excerpt, "%s", report);
    for (int i = 0; i < BURST; i++)
        for (int k = 0; k < i; k++) {
            a.identifier_count = b.identifier_count = 0;
            snprintf(value, sizeof value, "5a%04x", (unsigned)i);
            name(&a, CPR_IDENTIFIER_SERIAL, value);
            snprintf(value, sizeof value, "5a%04x", (unsigned)k);
            name(&b, CPR_IDENTIFIER_SERIAL, value);
            assert_int_equal(cpr_link_reasons(&a, &b, detail), 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(two_mails_of_one_reporter_need_not_belong_together, fresh),
        cmocka_unit_test_setup(an_answer_belongs_to_what_it_answers, fresh),
        cmocka_unit_test_setup(two_answers_to_one_mail_belong_together, fresh),
        cmocka_unit_test_setup(a_message_id_without_a_value_is_no_thread, fresh),
        cmocka_unit_test_setup(only_what_names_one_certificate_or_key_is_shared, fresh),
        cmocka_unit_test_setup(a_text_that_is_sent_again_is_nearly_the_same, fresh),
        cmocka_unit_test_setup(likeness_is_counted_in_runs_of_three_words, fresh),
        cmocka_unit_test_setup(a_form_about_another_serial_number_is_no_resend, fresh),
        cmocka_unit_test_setup(a_complaint_belongs_to_all_that_its_sender_wrote, fresh),
        cmocka_unit_test_setup(what_brings_a_deadline_forward, fresh),
        cmocka_unit_test_setup(three_hundred_reports_of_a_program_keep_their_clocks, fresh),
        cmocka_unit_test(no_order_of_arrival_and_no_header_puts_a_deadline_off),
    };
    return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
