/* Addresses, ids and Received lines as mail programs really write them. */
#include "cpr/message/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void an_address_is_found_with_its_name(void **state)
{
    (void)state;
    static const struct {
        const char *in, *address, *name;
    } table[] = {
        {"a@b.example", "a@b.example", ""},
        {"Linting Desk <lint@b.example>", "lint@b.example", "Linting Desk"},
        {"\"Desk, A. <x@y>\" <j@b.example>", "j@b.example", "Desk, A. <x@y>"},
        {"j@b.example (Fraud Desk)", "j@b.example", "Fraud Desk"},
        {"=?utf-8?q?J=C3=BCrg?= <j@b.example>", "j@b.example", "Jürg"},
        {"<j@b.example>", "j@b.example", ""},
        {"<>", "", ""},
        {"", "", ""},
        {"\"open <j@b.example>", "j@b.example", "\"open"},
        {"J <j@b.example", "j@b.example", "J"},
        {"a@b.example, c@d.example", "a@b.example", ""},
        {"J\r\n <j@b.example>", "j@b.example", "J"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char address[CPR_ADDRESS_MAX + 1], name[128];
        cpr_fields_read_address(cpr_view_of(table[i].in), address, name);
        assert_string_equal(address, table[i].address);
        assert_string_equal(name, table[i].name);
    }
}

static void a_message_id_has_its_brackets(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"<a@b>", "<a@b>"}, {" (x) <a@b> y", "<a@b>"}, {"a@b", "<a@b>"},
        {"<a@b", "<a@b>"},  {"<a\r\n @b>", "<a@b>"},   {"", ""},
        {"<>", "<>"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char id[256] = "";
        cpr_fields_read_message_id(cpr_view_of(table[i].in), id);
        assert_string_equal(id, table[i].want);
    }
}

static void an_id_that_is_long_or_not_printable_becomes_its_digest(void **state)
{
    (void)state;
    char id[256] = "", in[600] = "<";
    memset(in + 1, 'a', 300);
    memcpy(in + 301, ">", 2);
    cpr_fields_read_message_id(cpr_view_of(in), id);
    assert_int_equal(strlen(id), strlen("sha256:") + 64);
    assert_memory_equal(id, "sha256:", 7);
    /* printf '<\377@b>' | sha256sum */
    cpr_fields_read_message_id(cpr_view_of("<\xFF@b>"), id);
    assert_string_equal(id, "sha256:742f7859e989476a76c45220764a1a8eaee2fa9edb2080f7ab340a09923bf56a");
    memset(in + 1, 'a', 253);
    memcpy(in + 254, ">", 2);
    cpr_fields_read_message_id(cpr_view_of(in), id);
    assert_string_equal(id, in);
}

static void a_received_line_says_who_took_it_and_when(void **state)
{
    (void)state;
    static const struct {
        const char *in, *by_host;
        int64_t utc_ms;
    } table[] = {
        {"from a.example (a [1.2.3.4])\r\n\tby MX.ca.example (Postfix) with ESMTPS id 1;\r\n\tTue, 5 Mar 2024 15:19:07 "
         "+0000",
         "mx.ca.example", INT64_C(1709651947000)},
        {"by 2002:a05:6402::1 with SMTP id x; Tue, 5 Mar 2024 15:19:07 +0000 (UTC; really)", "2002:a05:6402::1",
         INT64_C(1709651947000)},
        {"(qmail 1 invoked by uid 0); 5 Mar 2024 15:19:07 -0000", "", INT64_C(1709651947000)},
        {"from by (by evil.example) by mx.ca.example; 5 Mar 2024 15:19:07 +0000", "mx.ca.example",
         INT64_C(1709651947000)},
        {"from x (evil; 1 Jan 2000 00:00:00 +0000) by mx; 5 Mar 2024 15:19:07 +0000", "mx", INT64_C(1709651947000)},
        {"from x by mx.ca.example", "mx.ca.example", CPR_TIME_NONE},
        {"from x by mx; yesterday", "mx", CPR_TIME_NONE},
        {"", "", CPR_TIME_NONE},
        {"((((((", "", CPR_TIME_NONE},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_facts_received received;
        cpr_fields_read_received(cpr_view_of(table[i].in), &received);
        assert_string_equal(received.by_host, table[i].by_host);
        assert_int_equal(received.utc_ms, table[i].utc_ms);
    }
}

static void a_received_line_is_kept_as_it_stands(void **state)
{
    (void)state;
    struct cpr_facts_received received;
    cpr_fields_read_received(
        cpr_view_of(" from a.example\r\n\tby mx.ca.example (x\x01y) =?utf-8?q?z?=;\r\n  5 Mar 2024 "
                    "15:19:07 -0500 \r\n"),
        &received);
    assert_string_equal(received.raw, "from a.example by mx.ca.example (x?y) =?utf-8?q?z?=; 5 Mar 2024 15:19:07 -0500");
    char line[4096];
    memset(line, 'a', sizeof line);
    cpr_fields_read_received(cpr_view_make(line, sizeof line), &received);
    assert_int_equal(strlen(received.raw), CPR_RECEIVED_RAW_SIZE - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_found_with_its_name),
        cmocka_unit_test(a_message_id_has_its_brackets),
        cmocka_unit_test(an_id_that_is_long_or_not_printable_becomes_its_digest),
        cmocka_unit_test(a_received_line_says_who_took_it_and_when),
        cmocka_unit_test(a_received_line_is_kept_as_it_stands),
    };
    return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
