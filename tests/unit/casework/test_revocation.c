/* What several sources mean together, and serial numbers. */
#include "cpr/casework/revocation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* N none, I invalid, S stale, U unknown, P partial, G good, R revoked; the last two sources are CRLs. */
static enum cpr_revocation_finding combine(const char *said)
{
    struct cpr_revocation_answer answers[8];
    enum cpr_revocation_way ways[8];
    size_t count = strlen(said);
    for (size_t i = 0; i < count; i++) {
        cpr_revocation_answer_clear(&answers[i]);
        answers[i].word = (enum cpr_revocation_word)(strchr("NISUPGR", said[i]) - "NISUPGR");
        ways[i] = i + 2 >= count ? CPR_WAY_CRL : i % 2 ? CPR_WAY_OCSP_POST : CPR_WAY_OCSP_GET;
    }
    return cpr_revocation_combine(ways, answers, count);
}

static void only_what_every_source_says_is_revoked(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        enum cpr_revocation_finding finding;
    } table[] = {
        {"", CPR_FINDING_NOTHING},
        {"NNN", CPR_FINDING_NOTHING},
        {"NIN", CPR_FINDING_NOTHING},
        {"RRRR", CPR_FINDING_REVOKED},
        {"R", CPR_FINDING_REVOKED},
        {"RRRN", CPR_FINDING_INCOMPLETE},
        {"IRRR", CPR_FINDING_INCOMPLETE},
        {"RRRS", CPR_FINDING_STALE},
        {"RRSN", CPR_FINDING_STALE},
        {"URRR", CPR_FINDING_UNKNOWN},
        {"USNN", CPR_FINDING_UNKNOWN},
        {"GGGG", CPR_FINDING_GOOD},
        {"NNNG", CPR_FINDING_GOOD},
        {"GSUI", CPR_FINDING_GOOD},
        {"GRRR", CPR_FINDING_CONTRADICTORY},
        {"RRRG", CPR_FINDING_CONTRADICTORY},
        {"RGSU", CPR_FINDING_CONTRADICTORY},
        /* A part of a list counts for nothing beside the part that has it, and is a gap beside none. */
        {"RRPR", CPR_FINDING_REVOKED},
        {"RRRP", CPR_FINDING_REVOKED},
        {"RRPP", CPR_FINDING_INCOMPLETE},
        {"PP", CPR_FINDING_NOTHING},
        {"GGPP", CPR_FINDING_GOOD},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (combine(table[i].said) != table[i].finding)
            fail_msg("%s means %s", table[i].said, cpr_revocation_finding_name(combine(table[i].said)));
}

/* All words that four sources can say: no "good" among them ever ends as revoked, nor does any gap. */
static void no_gap_and_no_good_ends_as_revoked(void **state)
{
    (void)state;
    for (int code = 0; code < 7 * 7 * 7 * 7; code++) {
        char said[5] = "";
        for (int i = 0, rest = code; i < 4; i++, rest /= 7)
            said[i] = "NISUPGR"[rest % 7];
        enum cpr_revocation_finding finding = combine(said);
        if (strpbrk(said, "G"))
            assert_true(finding >= CPR_FINDING_GOOD);
        if (strpbrk(said, "NISUG") || !strpbrk(said, "R"))
            assert_true(finding != CPR_FINDING_REVOKED);
    }
}

static void a_serial_number_has_one_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len; /* 0: refused */
        unsigned char bytes[4];
    } table[] = {
        {"04a19f33", 4, {0x04, 0xA1, 0x9F, 0x33}},
        {"4A19F33", 4, {0x04, 0xA1, 0x9F, 0x33}},
        {"00:00:04:a1:9f:33", 4, {0x04, 0xA1, 0x9F, 0x33}},
        {"04 A1 9F 33", 4, {0x04, 0xA1, 0x9F, 0x33}},
        {"f", 1, {0x0F}},
        {"0000000000000000000000000000000000000000000000000000000000000000000001", 1, {0x01}},
        {"", 0, {0}},
        {"0", 0, {0}},
        {"00:00", 0, {0}},
        {"0x12", 0, {0}},
        {"12g4", 0, {0}},
        {"10000000000000000000000000000000000000000000000000000000000000000", 0, {0}},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_serial serial = {.len = 0};
        assert_true(cpr_serial_parse(cpr_view_of(table[i].text), &serial) == (table[i].len > 0));
        assert_int_equal(serial.len, table[i].len);
        assert_memory_equal(serial.bytes, table[i].bytes, table[i].len);
    }
    struct cpr_serial serial;
    assert_true(cpr_serial_parse(cpr_view_of("a1:00"), &serial));
    assert_true(cpr_serial_is(&serial, cpr_view_make("\x00\xA1\x00", 3)));
    assert_false(cpr_serial_is(&serial, cpr_view_make("\x00\xA1", 2)));
    assert_false(cpr_serial_is(&serial, cpr_view_make("", 0)));
}

static void a_responder_is_asked_both_ways(void **state)
{
    (void)state;
    static const struct cpr_issuing_ca ca = {.ocsp_urls = {"http://a.example", "http://b.example"},
                                             .ocsp_url_count = 2,
                                             .crl_urls = {"http://c.example/1.crl"},
                                             .crl_url_count = 1};
    struct cpr_revocation_vantage vantages[CPR_VANTAGES_MAX];
    assert_int_equal(cpr_revocation_vantages(&ca, vantages), 5);
    assert_int_equal(vantages[0].way, CPR_WAY_OCSP_GET);
    assert_int_equal(vantages[3].way, CPR_WAY_OCSP_POST);
    assert_string_equal(vantages[3].url, "http://b.example");
    assert_int_equal(vantages[4].way, CPR_WAY_CRL);
}

static void without_an_end_an_answer_lives_ten_days(void **state)
{
    (void)state;
    struct cpr_revocation_answer answer;
    for (int days = 9; days <= 11; days++) {
        cpr_revocation_answer_clear(&answer);
        answer.word = CPR_WORD_GOOD;
        answer.this_update_ms = 1000 * CPR_DAY_MS;
        cpr_revocation_answer_date(&answer, (1000 + days) * CPR_DAY_MS);
        assert_int_equal(answer.word, days <= 10 ? CPR_WORD_GOOD : CPR_WORD_STALE);
    }
    cpr_revocation_answer_clear(&answer);
    answer.word = CPR_WORD_REVOKED;
    cpr_revocation_answer_date(&answer, 0);
    assert_int_equal(answer.word, CPR_WORD_INVALID);
}

static void it_is_asked_at_once_after_an_hour_and_a_day_and_until_all_agree(void **state)
{
    (void)state;
    const int64_t claimed = 100 * CPR_DAY_MS, hour = CPR_HOUR_MS;
    static const struct {
        unsigned rounds;
        enum cpr_revocation_finding finding;
        int64_t now_h, next_h; /* hours after the claim; -1: no more */
        bool alarms;
    } table[] = {
        {1, CPR_FINDING_REVOKED, 0, 1, false},       {2, CPR_FINDING_REVOKED, 1, 24, false},
        {3, CPR_FINDING_REVOKED, 24, -1, false},     {1, CPR_FINDING_GOOD, 0, 1, true},
        {1, CPR_FINDING_CONTRADICTORY, 0, 1, true},  {1, CPR_FINDING_NOTHING, 0, 1, false},
        {2, CPR_FINDING_STALE, 1, 24, false},        {3, CPR_FINDING_STALE, 24, 48, true},
        {3, CPR_FINDING_INCOMPLETE, 24, 48, true},   {9, CPR_FINDING_UNKNOWN, 300, 324, true},
        {1, CPR_FINDING_REVOKED, 5, 5, false},       {2, CPR_FINDING_REVOKED, 90, 90, false},
        {1, CPR_FINDING_REVOKED, -500, -476, false}, /* the clock was set back: never later than a day from now */
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        int64_t next =
            cpr_revocation_next_ms(claimed, table[i].rounds, table[i].finding, claimed + table[i].now_h * hour);
        assert_true(next == (table[i].next_h == -1 ? CPR_TIME_NONE : claimed + table[i].next_h * hour));
        assert_true(cpr_revocation_alarms(table[i].rounds, table[i].finding) == table[i].alarms);
    }
}

static void only_what_is_said_to_be_done_is_a_claim(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_claim;
    } table[] = {
        {"Dear reporter, the certificate HAS BEEN REVOKED today.", true},
        {"All five were revoked at 12:00 UTC.", true},
        {"Das Zertifikat wurde gesperrt.", true},
        {"Le certificat a été révoqué.", true},
        {"It will be revoked within 24 hours.", false},
        {"We have received your revocation request.", false},
        {"The certificate has not been revoked.", false},
        {"Thank you. On Monday A wrote: it has been revoked", false},
        {"Thank you. > has been revoked", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (cpr_revocation_is_claimed(cpr_view_of(table[i].text)) != table[i].is_claim)
            fail_msg("%s", table[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_every_source_says_is_revoked),
        cmocka_unit_test(no_gap_and_no_good_ends_as_revoked),
        cmocka_unit_test(a_serial_number_has_one_form),
        cmocka_unit_test(a_responder_is_asked_both_ways),
        cmocka_unit_test(without_an_end_an_answer_lives_ten_days),
        cmocka_unit_test(it_is_asked_at_once_after_an_hour_and_a_day_and_until_all_agree),
        cmocka_unit_test(only_what_is_said_to_be_done_is_a_claim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
