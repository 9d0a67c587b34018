/* The transcript: what is added is clean afterwards, and bounded. */
#include "cpr/message/transcript.h"
#include "cpr/base/limits.h"
#include "cpr/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void what_is_added_becomes_clean_lines(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"a\r\nb\rc\nd", "a\nb\nc\nd"},
        {"a\tb\x0B\xC2\xA0"
         "c\xE3\x80\x80"
         "d",
         "a\tb  c d"},
        {"re\xE2\x80\x8Bvo\xC2\xADke\xEF\xBB\xBF", "revoke"},
        {"re\xCD\x8Fvo\xEF\xB8\x8F\xE3\x85\xA4ke", "revoke"},
        {"\xE2\x80\xAE"
         "abc\xE2\x81\xA6",
         "abc"},
        {"a\xE2\x80\xA8"
         "b\xC2\x85"
         "c",
         "a\nb\nc"},
        {"a\x01\x1B[31mb\x7F", "a[31mb"},
        {"a\xFF\xC3", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"f\xC3\xBCr 証明書 😀", "für 証明書 😀"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_transcript transcript = cpr_transcript_new();
        cpr_transcript_add(&transcript, cpr_view_of(table[i].in));
        assert_string_equal(cpr_buffer_text(&transcript.text), table[i].want);
        cpr_transcript_free(&transcript);
    }
}

static void a_nul_is_dropped(void **state)
{
    (void)state;
    struct cpr_transcript transcript = cpr_transcript_new();
    cpr_transcript_add(&transcript, cpr_view_make("re\0voke", 7));
    assert_string_equal(cpr_buffer_text(&transcript.text), "revoke");
    cpr_transcript_free(&transcript);
}

static void a_line_is_ended_once(void **state)
{
    (void)state;
    struct cpr_transcript transcript = cpr_transcript_new();
    cpr_transcript_break(&transcript);
    cpr_transcript_add(&transcript, cpr_view_of("a"));
    cpr_transcript_break(&transcript);
    cpr_transcript_break(&transcript);
    assert_string_equal(cpr_buffer_text(&transcript.text), "a\n");
    cpr_transcript_free(&transcript);
}

static void head_and_tail_of_a_long_text_are_kept(void **state)
{
    (void)state;
    struct cpr_transcript transcript = cpr_transcript_new();
    cpr_transcript_add(&transcript, cpr_view_of("first "));
    for (int i = 0; i < 400000; i++)
        cpr_transcript_add(&transcript, cpr_view_of("€ü "));
    cpr_transcript_add(&transcript, cpr_view_of("last"));
    cpr_transcript_finish(&transcript);
    struct cpr_view text = cpr_buffer_view(&transcript.text);
    assert_true(transcript.is_cut);
    assert_true(text.len <= CPR_TEXT_MAX_BYTES && text.len > CPR_TEXT_MAX_BYTES - 16);
    assert_true(cpr_utf8_is_valid(text));
    assert_true(cpr_view_starts_nocase(text, "first "));
    assert_true(cpr_view_ends_nocase(text, "last"));
    cpr_transcript_free(&transcript);
}

static void a_text_of_exactly_the_cap_is_whole(void **state)
{
    (void)state;
    struct cpr_transcript transcript = cpr_transcript_new();
    for (int i = 0; i < CPR_TEXT_MAX_BYTES / 8; i++)
        cpr_transcript_add(&transcript, cpr_view_of("12345678"));
    cpr_transcript_finish(&transcript);
    assert_false(transcript.is_cut);
    assert_int_equal(transcript.text.len, CPR_TEXT_MAX_BYTES);
    cpr_transcript_add(&transcript, cpr_view_of("9"));
    cpr_transcript_finish(&transcript);
    assert_true(transcript.is_cut);
    assert_true(transcript.text.len <= CPR_TEXT_MAX_BYTES);
    cpr_transcript_free(&transcript);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_added_becomes_clean_lines),
        cmocka_unit_test(a_nul_is_dropped),
        cmocka_unit_test(a_line_is_ended_once),
        cmocka_unit_test(head_and_tail_of_a_long_text_are_kept),
        cmocka_unit_test(a_text_of_exactly_the_cap_is_whole),
    };
    return cmocka_run_group_tests_name("transcript", tests, NULL, NULL);
}
