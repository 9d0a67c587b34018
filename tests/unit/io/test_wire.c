/* What the wire refuses before it touches the network. What it does with a server: tests/system/test_imap_port*.py. */
#include "cpr/io/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static bool never(void *self)
{
    (void)self;
    return false;
}

static enum cpr_rc open_wire(const char *host, unsigned port, enum cpr_tls tls, struct cpr_error *error)
{
    struct cpr_server_settings server = {.port = port, .tls = tls};
    /* Stopped at the first beat: not one test here waits for a server. */
    struct cpr_pulse pulse = {.beat = never};
    struct cpr_wire *wire = NULL;
    assert_true(cpr_view_copy(cpr_view_of(host), server.host, sizeof server.host));
    enum cpr_rc rc = cpr_wire_open(&server, &pulse, 1000, &wire, error);
    cpr_wire_free(&wire);
    return rc;
}

static void plaintext_is_for_loopback_only(void **state)
{
    (void)state;
    static const struct {
        const char *host;
        bool is_refused;
    } table[] = {
        {"mail.example.org", true}, {"10.0.0.1", true},    {"127.0.0.1.example.org", true},
        {"127.0.0", true},          {"127.1.2.300", true}, {"localhost.", true},
        {"127.0.0.1", false},       {"::1", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_error error = {0};
        enum cpr_rc rc = open_wire(table[i].host, 1, CPR_TLS_NONE, &error);
        assert_int_equal(rc == CPR_OPERATOR, table[i].is_refused);
        assert_int_equal(strstr(error.text, "without encryption") != NULL, table[i].is_refused);
    }
}

static void starttls_is_not_offered(void **state)
{
    (void)state;
    struct cpr_error error;
    assert_int_equal(open_wire("localhost", 143, CPR_TLS_STARTTLS, &error), CPR_OPERATOR);
    assert_non_null(strstr(error.text, "993"));
}

static void a_host_is_a_name_or_an_address_and_nothing_else(void **state)
{
    (void)state;
    static const char *const table[] = {"", "a b", "a/b", "user@host", "a?b", "a#b", "[::1]", "a\r\nb", "caf\xC3\xA9"};
    struct cpr_error error;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(open_wire(table[i], 993, CPR_TLS_IMPLICIT, &error), CPR_OPERATOR);
    assert_int_equal(open_wire("localhost", 0, CPR_TLS_IMPLICIT, &error), CPR_OPERATOR);
    assert_int_equal(open_wire("localhost", 65536, CPR_TLS_IMPLICIT, &error), CPR_OPERATOR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plaintext_is_for_loopback_only),
        cmocka_unit_test(starttls_is_not_offered),
        cmocka_unit_test(a_host_is_a_name_or_an_address_and_nothing_else),
    };
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
