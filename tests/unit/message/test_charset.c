/* Charsets. Expected UTF-8 was written by hand from the charsets' code tables. */
#include "cpr/message/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

struct sample {
    const char *charset, *in, *want;
    size_t in_len; /* 0: as long as the string */
};

static void check(const struct sample *sample, bool want_known)
{
    struct cpr_buffer work = cpr_buffer_new(4096);
    struct cpr_view utf8;
    struct cpr_view in = cpr_view_make(sample->in, sample->in_len ? sample->in_len : strlen(sample->in));
    bool known = cpr_charset_decode(cpr_view_of(sample->charset), in, &work, &utf8);
    if (known != want_known)
        fail_msg("%s is %s", sample->charset, known ? "known" : "unknown");
    assert_int_equal(utf8.len, strlen(sample->want));
    assert_memory_equal(utf8.data, sample->want, utf8.len);
    cpr_buffer_free(&work);
}

static void each_known_charset_becomes_utf_8(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"utf-8", "f\xC3\xBCr", "für", 0},
        {"US-ASCII", "plain", "plain", 0},
        {"iso-8859-1", "f\xFCr \x80", "für €", 0},
        {"ISO-8859-15", "\xA4\xA6\xBC", "€ŠŒ", 0},
        {"windows-1252", "\x93yes\x94", "“yes”", 0},
        {"utf-16", "\xFF\xFEr\0e\0v\0", "\xEF\xBB\xBFrev", 8},
        {"utf-16", "r\0e\0v\0", "rev", 6},
        {"utf-16be", "\0r\xD8\x3D\xDE\x00", "r😀", 6},
        {"utf-16le", "\x3D\xD8x\0", "\xEF\xBF\xBDx", 4},
        {"iso-2022-jp", "\x1B$B>ZL@=q\x1B(B", "証明書", 0},
        {"shift_jis", "\x8F\xD8\x96\xBE\x8F\x91", "証明書", 0},
        {"euc-jp", "\xBE\xDA\xCC\xC0\xBD\xF1", "証明書", 0},
        {"gb2312", "\xD6\xA4\xCA\xE9", "证书", 0},
        {"GB18030", "\xD6\xA4\xCA\xE9", "证书", 0},
        {"big5", "\xBE\xCC\xC3\xD2", "憑證", 0},
        {"ks_c_5601-1987", "\xC0\xCE\xC1\xF5\xBC\xAD", "인증서", 0},
        {"koi8-r", "\xD3\xC5\xD2\xD4", "серт", 0},
        {"koi8-u", "\xA6", "і", 0},
        {"windows-1251", "\xF1\xE5\xF0\xF2", "серт", 0},
        {"iso-8859-2", "\xB6mie\xE6", "śmieć", 0},
        {"iso-8859-2\"", "x", "x", 0},
        {"windows-1258", "a", "a", 0},
        {"iso-8859-8-i", "\xE0", "א", 0},
        {"tis-620", "\xA1", "ก", 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(&table[i], true);
}

static void bytes_that_are_no_utf_8_are_read_as_windows_1252(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"utf-8", "\xC3\xBC and \xFC", "ü and ü", 0},
        {"", "caf\xE9 \xE2\x82\xAC", "café €", 0},
        {"utf-8", "\xC0\xAF", "À¯", 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(&table[i], true);
}

static void utf_8_under_another_name_is_utf_8_all_the_same(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"iso-8859-1", "révoquée", "révoquée", 0},
        {"windows-1251", "отзыв", "отзыв", 0},
        {"gb18030", "私钥", "私钥", 0},
        {"iso-8859-1",
         "r\xC3\xA9voqu\xE9"
         "e",
         "rÃ©voquée", 0},                      /* not throughout */
        {"iso-8859-1", "5\xC2\xB0", "5Â°", 0}, /* once may be chance */
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(&table[i], true);
}

static void japanese_escapes_are_recognised_without_a_declaration(void **state)
{
    (void)state;
    check(&(struct sample){"", "\x1B$B>ZL@=q\x1B(B", "証明書", 0}, true);
    check(&(struct sample){"us-ascii", "\x1B$B>ZL@=q\x1B(B", "証明書", 0}, true);
}

static void utf_7_and_strangers_are_refused_and_read_as_they_are(void **state)
{
    (void)state;
    check(&(struct sample){"utf-7", "+AHIAZQB2-oke", "+AHIAZQB2-oke", 0}, false);
    check(&(struct sample){"unicode-1-1-utf-7", "x", "x", 0}, false);
    check(&(struct sample){"ISO-2022-CN-EXT", "rev\xFC", "revü", 0}, false);
    check(&(struct sample){"../../etc/passwd", "x", "x", 0}, false);
}

static void a_broken_sequence_costs_one_mark_and_the_rest_is_read(void **state)
{
    (void)state;
    check(&(struct sample){"gb18030",
                           "a\xFF"
                           "b",
                           "a\xEF\xBF\xBD"
                           "b",
                           0},
          true);
    check(&(struct sample){"euc-jp", "x\xBE", "x\xEF\xBF\xBD", 0}, true);
}

static void text_is_told_from_binary(void **state)
{
    (void)state;
    assert_true(cpr_charset_looks_like_text(cpr_view_of("please revoke\n")));
    assert_true(cpr_charset_looks_like_text(cpr_view_of("für")));
    assert_false(cpr_charset_looks_like_text(cpr_view_make("a\0b", 3)));
    assert_false(cpr_charset_looks_like_text(cpr_view_of("\x01\x02\x03\x04")));
    assert_false(cpr_charset_looks_like_text(cpr_view_of("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_known_charset_becomes_utf_8),
        cmocka_unit_test(bytes_that_are_no_utf_8_are_read_as_windows_1252),
        cmocka_unit_test(utf_8_under_another_name_is_utf_8_all_the_same),
        cmocka_unit_test(japanese_escapes_are_recognised_without_a_declaration),
        cmocka_unit_test(utf_7_and_strangers_are_refused_and_read_as_they_are),
        cmocka_unit_test(a_broken_sequence_costs_one_mark_and_the_rest_is_read),
        cmocka_unit_test(text_is_told_from_binary),
    };
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
