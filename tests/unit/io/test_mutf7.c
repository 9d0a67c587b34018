/* Folder names on the wire and for people. Wire names are from RFC 3501 section 5.1.3 and from real servers. */
#include "cpr/io/mutf7.h"
#include "cpr/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct {
    const char *wire, *text;
} pairs[] = {
    {"INBOX", "INBOX"},
    {"", ""},
    {"Spam & Co", "Spam & Co"}, /* decoded only: '&' alone is malformed */
    {"Spam &- Co", "Spam & Co"},
    {"~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"},
    {"Courrier ind&AOk-sirable", "Courrier indésirable"},
    {"&BCEEPwQwBDw-", "Спам"},
    {"&2D3eAA-", "😀"},
    {"Qu&AOQ-rant&AOQ-ne", "Quärantäne"},
    {"[Gmail]/Spam", "[Gmail]/Spam"},
};

static void a_wire_name_is_shown_as_people_write_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char out[128];
        cpr_mutf7_decode(cpr_view_of(pairs[i].wire), out, sizeof out);
        assert_string_equal(out, pairs[i].text);
    }
}

static void a_configured_name_is_written_for_the_wire(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char out[128];
        if (strcmp(pairs[i].wire, "Spam & Co") == 0)
            continue;
        assert_true(cpr_mutf7_encode(cpr_view_of(pairs[i].text), out, sizeof out));
        assert_string_equal(out, pairs[i].wire);
    }
}

static void a_malformed_run_is_shown_as_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *wire, *text;
    } table[] = {
        {"a&!!-b", "a&!!-b"},    /* not base64 */
        {"a&AOk", "a&AOk"},      /* never closed */
        {"a&A-b", "a&A-b"},      /* six bits are no unit */
        {"a&AOl-b", "a&AOl-b"},  /* padding bits are not zero */
        {"a&2D0-b", "a&2D0-b"},  /* a high surrogate alone */
        {"a&3gA-b", "a&3gA-b"},  /* a low surrogate alone */
        {"a&AO=-b", "a&AO=-b"},  /* no padding sign in this alphabet */
        {"caf\xC3\xA9", "café"}, /* raw UTF-8 */
        {"caf\xE9", "caf?"},     /* raw Latin-1 */
        {"a\x1B[2Jb", "a?[2Jb"}, /* a terminal's control sequence */
        {"a&IC4-b", "a?b"},      /* U+202E, hidden in base64 */
        {"a&AAo-b", "a b"},      /* a line feed, hidden in base64 */
        {"a&AAA-b", "a?b"},      /* a NUL, hidden in base64 */
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char out[64];
        cpr_mutf7_decode(cpr_view_of(table[i].wire), out, sizeof out);
        assert_string_equal(out, table[i].text);
        assert_true(cpr_text_is_clean(cpr_view_of(out)));
    }
}

static void a_name_that_cannot_be_written_is_refused(void **state)
{
    (void)state;
    static const char *const table[] = {"a\nb", "a\rb", "a\x7F", "a\xC2\x85", "caf\xE9", "1234567890"};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char out[10] = "untouched";
        assert_false(cpr_mutf7_encode(cpr_view_of(table[i]), out, sizeof out));
        assert_string_equal(out, "untouched");
    }
    char out[10] = "untouched";
    assert_false(cpr_mutf7_encode(cpr_view_make("a\0b", 3), out, sizeof out));
    assert_true(cpr_mutf7_encode(cpr_view_of("123456789"), out, sizeof out));
}

static void a_long_name_is_cut_for_display_only(void **state)
{
    (void)state;
    char wire[5000], out[16];
    memset(wire, 'x', sizeof wire);
    cpr_mutf7_decode(cpr_view_make(wire, sizeof wire), out, sizeof out);
    assert_string_equal(out, "xxxxxxxxxxxxxxx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wire_name_is_shown_as_people_write_it),
        cmocka_unit_test(a_configured_name_is_written_for_the_wire),
        cmocka_unit_test(a_malformed_run_is_shown_as_it_stands),
        cmocka_unit_test(a_name_that_cannot_be_written_is_refused),
        cmocka_unit_test(a_long_name_is_cut_for_display_only),
    };
    return cmocka_run_group_tests_name("mutf7", tests, NULL, NULL);
}
