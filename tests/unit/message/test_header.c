/* Header blocks, encoded words (RFC 2047), parameters (RFC 2231). */
#include "cpr/message/header.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void assert_view(struct cpr_view view, const char *want)
{
    assert_int_equal(view.len, strlen(want));
    if (view.len)
        assert_memory_equal(view.data, want, view.len);
}

static void a_header_ends_where_its_fields_end(void **state)
{
    (void)state;
    static const struct {
        const char *in, *header, *body;
        bool has_blank_line;
    } table[] = {
        {"Subject: a\n\nbody", "Subject: a\n", "body", true},
        {"Subject: a\r\n b\r\n\r\nbody", "Subject: a\r\n b\r\n", "body", true},
        {"Subject: a\nbody", "Subject: a\n", "body", false},
        {"Subject: a\njunk line\nFrom: b\n\nbody", "Subject: a\njunk line\nFrom: b\n", "body", true},
        {"Note: please\nrevoke\n\nmore", "", "Note: please\nrevoke\n\nmore", false},
        {"\nbody", "", "body", true},
        {"Content-Type: x\n--b\n", "Content-Type: x\n", "--b\n", false},
        {"Subject: a\n--b:c\n", "Subject: a\n", "--b:c\n", false},
        {"Subject : a\n\nx", "Subject : a\n", "x", true},
        {"Subject: a\nSerial: 1\nhttps://a.example/x\n", "Subject: a\n", "Serial: 1\nhttps://a.example/x\n", false},
        {"Odd: 1\nSubject: a\n b\nOdder: 2", "Odd: 1\nSubject: a\n b\n", "Odder: 2", false},
        {"", "", "", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_header_split split;
        cpr_header_split(cpr_view_of(table[i].in), &split);
        assert_view(split.header, table[i].header);
        assert_view(split.body, table[i].body);
        assert_int_equal(split.has_blank_line, table[i].has_blank_line);
        assert_false(split.is_cut);
    }
}

static void what_stands_above_a_header_is_skipped_in_a_message_only(void **state)
{
    (void)state;
    assert_view(cpr_header_skip_preface(cpr_view_of("From a@b Mon\n>From c\nSubject: x\n")), "Subject: x\n");
    assert_view(cpr_header_skip_preface(cpr_view_of("From a@b Mon 1 00:00:00\nOdd: x\nTo: y\n")), "Odd: x\nTo: y\n");
    assert_view(cpr_header_skip_preface(cpr_view_of("\r\n\nSubject: x\n")), "Subject: x\n");
    assert_view(cpr_header_skip_preface(cpr_view_of("\nHello\nSubject: x\n")), "\nHello\nSubject: x\n");
}

static void fields_over_the_cap_are_left_out_and_the_body_is_still_found(void **state)
{
    (void)state;
    struct cpr_buffer raw = cpr_buffer_new(1 << 20);
    struct cpr_header_split split;
    cpr_buffer_add_text(&raw, "Subject: x\n");
    for (int i = 0; i < 3000; i++)
        cpr_buffer_add_text(&raw, "X-A: b\n");
    cpr_buffer_add_text(&raw, "\nbody");
    cpr_header_split(cpr_buffer_view(&raw), &split);
    assert_true(split.is_cut);
    assert_view(split.body, "body");
    assert_int_equal(split.header.len, strlen("Subject: x\n") + 1999 * strlen("X-A: b\n"));
    cpr_buffer_free(&raw);
}

static void a_field_is_found_by_name_with_its_folds(void **state)
{
    (void)state;
    struct cpr_view header = cpr_view_of("A: 1\r\nSUBJECT : two\r\n\tlines\r\nSubject: second\r\nEmpty:\r\n");
    assert_view(cpr_header_find(header, "Subject"), "two\r\n\tlines");
    assert_view(cpr_header_find(header, "Empty"), "");
    assert_non_null(cpr_header_find(header, "Empty").data);
    assert_null(cpr_header_find(header, "Absent").data);
}

static void encoded_words_are_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
        bool known;
    } table[] = {
        {"plain", "plain", true},
        {"two\r\n lines", "two lines", true},
        {"=?utf-8?B?cmV2b2tl?=", "revoke", true},
        {"=?UTF-8?q?re=76oke_it?=", "revoke it", true},
        {"=?utf-8*en?q?rev?= =?utf-8?q?oke?=", "revoke", true},
        {"=?utf-8?q?re?=\r\n =?iso-8859-1?q?voqu=E9?= now", "revoqué now", true},
        {"=?utf-8?q?f=C3?= =?utf-8?q?=BCr?=", "für", true},
        {"=?iso-2022-jp?B?GyRCPlpMQD1xGyhC?=", "証明書", true},
        {"=?koi8-r?Q?=D3=C5=D2=D4?=", "серт", true},
        {"a=?utf-8?q?b?=c", "abc", true},
        {"=?utf-8?q?with space?=", "with space", true},
        {"=?utf-7?q?x?=", "x", false},
        {"=?utf-8?x?y?=", "=?utf-8?x?y?=", true},
        {"=?utf-8?q?open", "=?utf-8?q?open", true},
        {"=?=?utf-8?q?x?=", "=?x", true},
        {"=?utf-8?B?****?=", "****", true},
        {"raw f\xC3\xBCr, raw f\xFCr", "raw für, raw für", true},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(256);
        assert_int_equal(cpr_header_decode(cpr_view_of(table[i].in), &out), table[i].known);
        assert_string_equal(cpr_buffer_text(&out), table[i].want);
        cpr_buffer_free(&out);
    }
}

static void parameters_are_read_in_every_way_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *in, *name, *want; /* NULL: absent */
    } table[] = {
        {"text/plain; charset=utf-8", "charset", "utf-8"},
        {"text/plain; CharSet = \"utf-8\" ; x=y", "charset", "utf-8"},
        {"multipart/mixed; boundary=\"\\\"\"", "boundary", "\""},
        {"multipart/mixed; boundary=\"a;b=c\"", "boundary", "a;b=c"},
        {"multipart/mixed;\r\n\tboundary=abc", "boundary", "abc"},
        {"a/b; name*=utf-8'de'f%C3%BCr.pem", "name", "für.pem"},
        {"a/b; name*0=key; name*1=\".pem\"", "name", "key.pem"},
        {"a/b; name*0*=iso-8859-1''f%FC; name*1*=r%2E; name*2=pem", "name", "für.pem"},
        {"a/b; name=\"=?utf-8?q?f=C3=BCr=2Epem?=\"", "name", "für.pem"},
        {"attachment; filename=my key.pem", "filename", "my key.pem"},
        {"attachment; filename=\"open", "filename", "open"},
        {"attachment; filename*=nothing", "filename", "nothing"},
        {"text/plain; charset", "charset", ""},
        {"text/plain", "charset", NULL},
        {"text/plain; charsets=x", "charset", NULL},
        {"", "charset", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(256);
        assert_int_equal(cpr_header_parameter(cpr_view_of(table[i].in), table[i].name, &out), table[i].want != NULL);
        assert_string_equal(cpr_buffer_text(&out), table[i].want ? table[i].want : "");
        cpr_buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_ends_where_its_fields_end),
        cmocka_unit_test(what_stands_above_a_header_is_skipped_in_a_message_only),
        cmocka_unit_test(fields_over_the_cap_are_left_out_and_the_body_is_still_found),
        cmocka_unit_test(a_field_is_found_by_name_with_its_folds),
        cmocka_unit_test(encoded_words_are_decoded),
        cmocka_unit_test(parameters_are_read_in_every_way_they_are_written),
    };
    return cmocka_run_group_tests_name("header", tests, NULL, NULL);
}
