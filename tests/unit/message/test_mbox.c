/* mbox files: where messages begin and end, and what a mail server would have handed out. */
#include "cpr/message/mbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define DATED "From reports@linting.example Wed May  6 12:16:53 2020\n"

static void assert_view(struct cpr_view view, const char *want)
{
    assert_int_equal(view.len, strlen(want));
    if (view.len)
        assert_memory_equal(view.data, want, view.len);
}

static void messages_are_parted_where_a_from_line_follows_an_empty_one(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        bool is_mbox;
        const char *messages[4];
    } table[] = {
        {DATED "Subject: a\n\nx\n\n" DATED "Subject: b\n\ny\n\n", true, {"Subject: a\n\nx\n", "Subject: b\n\ny\n"}},
        {"\n\n" DATED "Subject: a\n\nx\n", true, {"Subject: a\n\nx\n"}},
        {DATED "Subject: a\r\n\r\nx\r\n\r\n" DATED "B: c\r\n", true, {"Subject: a\r\n\r\nx\r\n", "B: c\r\n"}},
        {"From \nSubject: a\n\nx\n\nFrom - \nX-Status: b\n\ny\n", true, {"Subject: a\n\nx\n", "X-Status: b\n\ny\n"}},
        {DATED "Subject: a\n\nx\n\nFrom now on we revoke.\nAt once.\n",
         true,
         {"Subject: a\n\nx\n\nFrom now on we revoke.\nAt once.\n"}},
        {DATED "Subject: a\n\nx\n" DATED "is quoted here\n", true, {"Subject: a\n\nx\n" DATED "is quoted here\n"}},
        {DATED "\n" DATED "Subject: b\n", true, {"", "Subject: b\n"}},
        {DATED DATED "Subject: b\n", true, {"", "Subject: b\n"}},
        {"Subject: a\n\nFrom here on\n", false, {"Subject: a\n\nFrom here on\n"}},
        {"From", false, {"From"}},
        {DATED, true, {""}},
        {"", false, {NULL}},
        {"\n\n", false, {NULL}},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_view rest = cpr_view_of(table[i].file), message;
        size_t count = 0;
        assert_int_equal(cpr_mbox_is(rest), table[i].is_mbox);
        for (; cpr_mbox_next(&rest, &message) && table[i].messages[count]; count++)
            assert_view(message, table[i].messages[count]);
        assert_null(table[i].messages[count]);
        assert_int_equal(rest.len, 0);
    }
}

static void quoted_from_lines_and_line_ends_are_restored(void **state)
{
    (void)state;
    static const struct {
        const char *in, *mbox, *plain;
    } table[] = {
        {"a\n>From b\nc", "a\r\nFrom b\r\nc", "a\r\n>From b\r\nc"},
        {">>From b\n", ">From b\r\n", ">>From b\r\n"},
        {"> From b\n>from b\n", "> From b\r\n>from b\r\n", "> From b\r\n>from b\r\n"},
        {"a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        for (int is_mbox = 0; is_mbox < 2; is_mbox++) {
            const char *want = is_mbox ? table[i].mbox : table[i].plain;
            struct cpr_buffer out = cpr_buffer_new(100);
            assert_int_equal(cpr_mbox_restore(cpr_view_of(table[i].in), is_mbox, &out), strlen(want));
            assert_string_equal(cpr_buffer_text(&out), want);
            cpr_buffer_free(&out);
        }
}

static void the_size_is_that_of_the_whole_when_it_does_not_fit(void **state)
{
    (void)state;
    struct cpr_buffer out = cpr_buffer_new(4);
    assert_int_equal(cpr_mbox_restore(cpr_view_of("abc\ndef\n"), true, &out), 10);
    assert_int_equal(out.len, 4);
    assert_true(cpr_buffer_is_full(&out));
    cpr_buffer_free(&out);
}

/* A megabyte of what costs most: it must take no square of the time. */
static void a_file_of_from_lines_alone_is_split_in_one_pass(void **state)
{
    (void)state;
    static const char *const lines[] = {"From \n", "\n", "From a\n\n", DATED, "From a: 12:16 2020 "};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct cpr_buffer file = cpr_buffer_new(1 << 20);
        while (!cpr_buffer_is_full(&file))
            cpr_buffer_add_text(&file, lines[i]);
        struct cpr_view rest = cpr_buffer_view(&file), message;
        size_t count = 0;
        while (cpr_mbox_next(&rest, &message))
            count++;
        assert_true(count < (1 << 20));
        cpr_buffer_free(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_parted_where_a_from_line_follows_an_empty_one),
        cmocka_unit_test(quoted_from_lines_and_line_ends_are_restored),
        cmocka_unit_test(the_size_is_that_of_the_whole_when_it_does_not_fit),
        cmocka_unit_test(a_file_of_from_lines_alone_is_split_in_one_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
