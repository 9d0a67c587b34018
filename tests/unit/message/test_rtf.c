/* Rich text to text. The compressed example is that of [MS-OXRTFCP] section 3.1. */
#include "cpr/message/rtf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void words_are_read_and_tables_are_not(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
        bool want_html;
    } table[] = {
        {"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard please {\\b re}voke\\par now}", "please revoke\nnow", false},
        {"{\\rtf1\\ansi\\ansicpg1252 r\\'e9voqu\\'E9}", "r\xC3\xA9voqu\xC3\xA9", false},
        {"{\\rtf1\\ansi\\ansicpg932 \\'8f\\'d8}", "\xE8\xA8\xBC", false},
        {"{\\rtf1 \\u1089?\\u1077\\'e5{\\uc2\\u1088xx\\u1090??} a}", "\xD1\x81\xD0\xB5\xD1\x80\xD1\x82 a", false},
        {"{\\rtf1 \\u-10179?\\u-8704?}", "\xF0\x9F\x98\x80", false},
        {"{\\rtf1 a\\~b\\_c\\-d\\{e\\\\}", "a b-cd{e\\", false},
        {"{\\rtf1 a{\\*\\unknown secret}b{\\pict 0a0b}c}", "abc", false},
        {"{\\rtf1 {\\field{\\*\\fldinst{HYPERLINK \"https://crt.sh/?id=1\"}}{\\fldrslt here}}}",
         "HYPERLINK \"https://crt.sh/?id=1\"here", false},
        {"{\\rtf1 \\bin4 }}{}revoke}", "revoke", false},
        {"{\\rtf1\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 a < b\\htmlrtf \\par\\htmlrtf0 {\\*\\htmltag72 "
         "</p>}}",
         "<p>a < b</p>", true},
        {"{\\rtf1\\fromhtml1 1<b & 2&lt;}", "1&lt;b & 2&amp;lt;", true},
        {"{\\rtf1 }}}}a{\\", "a", false},
        {"{\\rtf1 a\\fs111111111111111111b}", "ab", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(4096);
        assert_int_equal(cpr_rtf_read(cpr_view_of(table[i].in), &out), table[i].want_html);
        assert_string_equal(cpr_buffer_text(&out), table[i].want);
        cpr_buffer_free(&out);
    }
}

static void deep_groups_are_read(void **state)
{
    (void)state;
    struct cpr_buffer in = cpr_buffer_new(100000), out = cpr_buffer_new(100000);
    for (int i = 0; i < 1000; i++)
        cpr_buffer_add_text(&in, "{a");
    for (int i = 0; i < 1000; i++)
        cpr_buffer_add_text(&in, "}");
    cpr_rtf_read(cpr_buffer_view(&in), &out);
    assert_int_equal(out.len, 1000);
    cpr_buffer_free(&in);
    cpr_buffer_free(&out);
}

static void compressed_rtf_is_expanded(void **state)
{
    (void)state;
    static const char compressed[] =
        "\x2D\0\0\0\x2B\0\0\0LZFu\xF1\xC5\xC7\xA7\x03\0\x0A\0rcpg125\x42\x32\x0A\xF3 hel\x09\0 bw"
        "\x05\xB0ld}\x0A\x80\x0F\xA0";
    struct cpr_buffer out = cpr_buffer_new(4096);
    assert_true(cpr_rtf_decompress(cpr_view_make(compressed, sizeof compressed - 1), &out));
    assert_string_equal(cpr_buffer_text(&out), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    cpr_buffer_clear(&out);
    assert_true(cpr_rtf_decompress(cpr_view_make("\0\0\0\0\0\0\0\0MELA\0\0\0\0{\\rtf1 a}", 25), &out));
    assert_string_equal(cpr_buffer_text(&out), "{\\rtf1 a}");
    cpr_buffer_clear(&out);
    assert_false(cpr_rtf_decompress(cpr_view_of("{\\rtf1 not compressed}"), &out));
    assert_false(cpr_rtf_decompress(cpr_view_of("short"), &out));
    assert_int_equal(out.len, 0);
    cpr_buffer_free(&out);
}

static void a_bomb_ends_at_the_cap(void **state)
{
    (void)state;
    struct cpr_buffer in = cpr_buffer_new(1000000), out = cpr_buffer_new(CPR_RTF_MAX_BYTES);
    cpr_buffer_add(&in, cpr_view_make("\0\0\0\0\0\0\0\0LZFu\0\0\0\0", 16));
    for (int i = 0; i < 20000; i++) /* eight references of 16 bytes to the start of the dictionary */
        cpr_buffer_add(&in, cpr_view_make("\xFF\0\x0E\0\x0E\0\x0E\0\x0E\0\x0E\0\x0E\0\x0E\0\x0E", 17));
    assert_true(cpr_rtf_decompress(cpr_buffer_view(&in), &out));
    assert_true(cpr_buffer_is_full(&out));
    assert_int_equal(out.len, CPR_RTF_MAX_BYTES);
    cpr_buffer_free(&in);
    cpr_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read_and_tables_are_not),
        cmocka_unit_test(deep_groups_are_read),
        cmocka_unit_test(compressed_rtf_is_expanded),
        cmocka_unit_test(a_bomb_ends_at_the_cap),
    };
    return cmocka_run_group_tests_name("rtf", tests, NULL, NULL);
}
