/* Instants, days and durations. Expected values were worked out by hand or with `date -u -d ... +%s`. */
#include "cpr/base/time.h"

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

static void an_instant_is_printed_in_utc_with_a_z(void **state)
{
    (void)state;
    char text[CPR_TIME_TEXT_SIZE];
    assert_string_equal(cpr_time_format(INT64_C(1709651947000), text), "2024-03-05T15:19:07Z");
    assert_string_equal(cpr_time_format_day(INT64_C(1709651947000), text), "2024-03-05");
    assert_string_equal(cpr_time_format(CPR_TIME_NONE, text), "-");
}

static void a_mail_date_is_read_with_its_offset(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want; /* NULL: refused */
    } table[] = {
        {"Tue, 5 Mar 2024 15:19:07 +0000", "2024-03-05T15:19:07Z"},
        {"5 Mar 2024 15:19:07 +0530", "2024-03-05T09:49:07Z"},
        {"Sun, 20 Aug 2017 00:45:10 -0400 (EDT)", "2017-08-20T04:45:10Z"},
        {"Thu, 29 Feb 2024 23:59:60 GMT", "2024-03-01T00:00:00Z"},
        {"Tue,  5 Mar 24 15:19 EST", "2024-03-05T20:19:00Z"},
        {"(late) Tue (day), 5 (d) Mar 2024 15 : 19 : 07 +0000", "2024-03-05T15:19:07Z"},
        {"29 Feb 2023 10:00:00 +0000", NULL},
        {"5 Mar 2024 15:19:07 IST", NULL},
        {"5 Mar 2024 15:19:07", NULL},
        {"5 Mar 2024 24:19:07 +0000", NULL},
        {"", NULL},
        {"(((((", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        int64_t utc_ms = 42;
        bool read = cpr_time_parse_rfc5322(cpr_view_of(table[i].in), &utc_ms);
        assert_int_equal(read, table[i].want != NULL);
        if (table[i].want)
            assert_int_equal(utc_ms, at(table[i].want));
        else
            assert_int_equal(utc_ms, 42);
    }
}

static void a_day_begins_at_midnight_utc_also_before_1970(void **state)
{
    (void)state;
    assert_int_equal(cpr_time_day_start(at("2026-11-22T23:59:59Z")), at("2026-11-22T00:00:00Z"));
    assert_int_equal(cpr_time_day_start(-1), -CPR_DAY_MS);
    int64_t day = 0;
    assert_true(cpr_time_parse_day(cpr_view_of("2024-02-29"), &day));
    assert_int_equal(day, at("2024-02-29T00:00:00Z"));
    assert_false(cpr_time_parse_day(cpr_view_of("2023-02-29"), &day));
    assert_false(cpr_time_parse_day(cpr_view_of("2023-02-28x"), &day));
}

static void a_duration_needs_a_unit(void **state)
{
    (void)state;
    int64_t ms = -1;
    assert_true(cpr_duration_parse(cpr_view_of("24h"), &ms));
    assert_int_equal(ms, 24 * CPR_HOUR_MS);
    assert_true(cpr_duration_parse(cpr_view_of("0"), &ms));
    assert_int_equal(ms, 0);
    assert_false(cpr_duration_parse(cpr_view_of("24"), &ms));
    assert_false(cpr_duration_parse(cpr_view_of("24 h"), &ms));
    assert_false(cpr_duration_parse(cpr_view_of("h"), &ms));
    assert_false(cpr_duration_parse(cpr_view_of("9999999999h"), &ms));
}

static void what_is_left_is_printed_for_people(void **state)
{
    (void)state;
    char text[CPR_TIME_TEXT_SIZE];
    assert_string_equal(cpr_duration_format(59 * CPR_MINUTE_MS, text), "59 min");
    assert_string_equal(cpr_duration_format(3 * CPR_HOUR_MS + 5 * CPR_MINUTE_MS, text), "3 h 05 min");
    assert_string_equal(cpr_duration_format(13 * CPR_DAY_MS, text), "13 d 00 h");
    assert_string_equal(cpr_duration_format_exact(36 * CPR_HOUR_MS, text), "36h");
    assert_string_equal(cpr_duration_format_exact(90 * CPR_SECOND_MS, text), "90s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instant_is_printed_in_utc_with_a_z),
        cmocka_unit_test(a_mail_date_is_read_with_its_offset),
        cmocka_unit_test(a_day_begins_at_midnight_utc_also_before_1970),
        cmocka_unit_test(a_duration_needs_a_unit),
        cmocka_unit_test(what_is_left_is_printed_for_people),
    };
    return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
