/* Authentication-Results fields and the domain of From:, as mail systems and forgers write them. */
#include "cpr/message/authentication.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

/* "authserv-id: method=result property=domain, ..." */
static void print_field(const struct cpr_facts_authentication *field, char *out, size_t out_size)
{
    size_t len = (size_t)snprintf(out, out_size, "%s%s:", field->is_broken ? "BROKEN" : "", field->authserv_id);
    for (uint32_t i = 0; i < field->result_count && len < out_size; i++) {
        const struct cpr_facts_result *result = &field->results[i];
        len += (size_t)snprintf(out + len, out_size - len, "%s %s=%s %s=%s", i ? "," : "", result->method,
                                result->result, result->property, result->domain);
    }
}

static void a_field_is_read_as_mail_systems_write_it(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"mx.ca.example; none", "mx.ca.example:"},
        {"mx.ca.example 1; none", "mx.ca.example:"},
        {"mx.ca.example", "mx.ca.example:"},
        {"MX.CA.example; dmarc=pass (p=none dis=none) header.from=B.Example",
         "mx.ca.example: dmarc=pass header.from=b.example"},
        /* OpenDKIM */
        {"mx.ca.example;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=b.example header.i=@b.example "
         "header.b=\"qj/+=KnT\"",
         "mx.ca.example: dkim=pass header.d=b.example, dkim=pass header.i=b.example"},
        /* policy servers */
        {"mx.ca.example; spf=pass (mailfrom) smtp.mailfrom=b.example (client-ip=192.0.2.1; helo=m.b.example)",
         "mx.ca.example: spf=pass smtp.mailfrom=b.example"},
        {"mx.ca.example;\r\n spf=none smtp.helo=m.b.example;\r\n iprev=fail smtp.remote-ip=2001:db8::1;",
         "mx.ca.example: spf=none ="},
        /* Google */
        {"mx.google.com;\r\n dkim=pass header.i=@b.example header.s=20230601 header.b=Ab+/c=;\r\n spf=pass "
         "(google.com: domain of a@b.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@b.example;\r\n "
         "dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=b.example",
         "mx.google.com: dkim=pass header.i=b.example, spf=pass smtp.mailfrom=b.example, dmarc=pass "
         "header.from=b.example"},
        /* Exchange Online writes no authserv-id */
        {"spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=b.example; dkim=pass (signature was verified)\r\n "
         "header.d=b.example;dmarc=pass action=none\r\n header.from=b.example;compauth=pass reason=100",
         ": spf=pass smtp.mailfrom=b.example, dkim=pass header.d=b.example, dmarc=pass header.from=b.example"},
        /* What the grammar allows and few write */
        {"(here (we) go) \"mx.ca.example\" (host) 1 ; dkim / 1 = pass reason=\"good; header.d=x.example\" "
         "header.d = b.example",
         "mx.ca.example: dkim=pass header.d=b.example"},
        {"mx; spf=pass smtp.mailfrom=\"a;b\"@b.example", "mx: spf=pass smtp.mailfrom=b.example"},
        {"mx; spf=pass smtp.mailfrom=SRS0=hash=tt=c.example=a@b.example", "mx: spf=pass smtp.mailfrom=b.example"},
        {"mx; spf=pass smtp.mailfrom=<>; dmarc=fail", "mx: spf=pass smtp.mailfrom=, dmarc=fail ="},
        {"mx; spf=pass smtp.mailfrom=", "mx: spf=pass smtp.mailfrom="},
        {"mx; dmarc=pass header.from=b..example", "mx: dmarc=pass header.from="},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_facts_authentication field;
        char text[2048];
        cpr_authentication_read_field(cpr_view_of(table[i].in), &field);
        print_field(&field, text, sizeof text);
        assert_string_equal(text, table[i].want);
    }
}

static void what_cannot_be_read_to_its_end_says_nothing(void **state)
{
    (void)state;
    static const char *const table[] = {
        "",
        "mx; dmarc=pass (never closed header.from=b.example",
        "mx; dmarc=pass (closed\\) header.from=b.example",
        "mx; dmarc=pass reason=\"never closed header.from=b.example",
        "mx; dmarc=pass ) header.from=b.example",
        "mx; dmarc=pass header.from=b.example header.from=c.example",
        "mx; dkim=pass header.d=b.example header.d=c.example",
        "mx; spf=pass smtp.mailfrom=\"a@b.example\"c",
        "mx; spf=pass smtp.mailfrom=a\"@b.example",
        "mx; dmarc=pass and header.from=b.example",
        "mx; pass",
        "mx; dmarc==; =pass",
        "mx and more; dmarc=pass header.from=b.example",
        "mx; dmarc=passpasspasspasspass header.from=b.example",
        "mx; none; dmarc",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_facts_authentication field;
        char text[2048];
        cpr_authentication_read_field(cpr_view_of(table[i]), &field);
        print_field(&field, text, sizeof text);
        assert_string_equal(text, "BROKEN:");
    }
}

static void what_is_too_long_or_too_much_says_nothing(void **state)
{
    (void)state;
    static char text[64 * 1024];
    struct cpr_facts_authentication field;
    int len = snprintf(text, sizeof text, "mx; spf=pass smtp.mailfrom=%01100d@b.example", 0);
    cpr_authentication_read_field(cpr_view_make(text, (size_t)len), &field);
    assert_true(field.is_broken && field.result_count == 0);
    len = snprintf(text, sizeof text, "mx; dmarc=pass header.from=b.example (%08000d", 0);
    len += snprintf(text + len, sizeof text - (size_t)len, "%0500d)", 0);
    cpr_authentication_read_field(cpr_view_make(text, (size_t)len), &field);
    assert_true(field.is_broken && field.result_count == 0);
    len = snprintf(text, sizeof text, "mx");
    for (int i = 0; i <= CPR_FACTS_RESULTS_MAX; i++)
        len += snprintf(text + len, sizeof text - (size_t)len, "; dkim=pass header.d=b.example");
    cpr_authentication_read_field(cpr_view_make(text, (size_t)len), &field);
    assert_true(field.is_broken && field.result_count == 0);
    cpr_authentication_read_field(cpr_view_make("mx; dmarc=pass\0 header.from=b.example", 37), &field);
    assert_true(field.is_broken);
}

static void fields_are_kept_with_what_stands_above_them(void **state)
{
    (void)state;
    struct cpr_facts *facts = calloc(1, sizeof *facts);
    assert_non_null(facts);
    cpr_authentication_read(cpr_view_of("Authentication-Results: a.example; none\r\n"
                                        "Received: from x by a.example; now\r\n"
                                        "authentication-results: b.example; none\r\n"
                                        "Received: from y by b.example; now\r\n"
                                        "Received: from z by c.example; now\r\n"
                                        "Authentication-Results: c.example; spf=pass\r\n"
                                        "ARC-Authentication-Results: i=1; d.example; dmarc=pass\r\n"),
                            facts);
    assert_int_equal(facts->authentication_count, 3);
    assert_int_equal(facts->authentications[0].received_above, 0);
    assert_int_equal(facts->authentications[1].received_above, 1);
    assert_string_equal(facts->authentications[1].authserv_id, "b.example");
    assert_int_equal(facts->authentications[2].received_above, 3);
    assert_string_equal(facts->from_domain, "");
    free(facts);
}

static void the_domain_of_from_is_known_when_there_is_one_plain_address(void **state)
{
    (void)state;
    static const struct {
        const char *header, *want;
    } table[] = {
        {"From: a@B.example", "b.example"},
        {"From: <a@b.example>", "b.example"},
        {"From: A. Desk <a@b.example>", "b.example"},
        {"From: \"Desk, A. <x@c.example>\" <a@b.example>", "b.example"},
        {"From: a@b.example (Desk <x@c.example>)", "b.example"},
        {"From: =?utf-8?q?x=40c.example?=\r\n <a@b.example>", "b.example"},
        {"From: x@c.example <a@b.example>", "b.example"},
        {"From: \"x@c.example\" <a@b.example>", "b.example"},
        {"From: a@b.example, x@c.example", ""},
        {"From: A <a@b.example>, C <x@c.example>", ""},
        {"From: <a@b.example> <x@c.example>", ""},
        {"From: a@b.example x@c.example", ""},
        {"From: a@b.example\r\nFrom: x@c.example", ""},
        {"From: Desk: a@b.example;", ""},
        {"From: <@r.example:a@b.example>", ""},
        {"From: \"x@c.example\"", ""},
        {"From: \"a\"@b.example", ""},
        {"From: \"open <a@b.example>", ""},
        {"From: A <a@b.example", ""},
        {"From: a", ""},
        {"From:", ""},
        {"To: a@b.example", ""},
    };
    struct cpr_facts *facts = calloc(1, sizeof *facts);
    assert_non_null(facts);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        memset(facts, 0, sizeof *facts);
        cpr_authentication_read(cpr_view_of(table[i].header), facts);
        if (strcmp(facts->from_domain, table[i].want) != 0)
            print_message("%s\n", table[i].header);
        assert_string_equal(facts->from_domain, table[i].want);
    }
    free(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_is_read_as_mail_systems_write_it),
        cmocka_unit_test(what_cannot_be_read_to_its_end_says_nothing),
        cmocka_unit_test(what_is_too_long_or_too_much_says_nothing),
        cmocka_unit_test(fields_are_kept_with_what_stands_above_them),
        cmocka_unit_test(the_domain_of_from_is_known_when_there_is_one_plain_address),
    };
    return cmocka_run_group_tests_name("authentication", tests, NULL, NULL);
}
