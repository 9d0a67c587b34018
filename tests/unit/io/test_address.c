/* Which URLs may be asked as they are. */
#include "cpr/io/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void a_url_is_plain_and_its_host_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *url, *host; /* NULL: refused */
    } table[] = {
        {"http://crl.ca.example/1.crl", "crl.ca.example"},
        {"https://CA.example", "CA.example"},
        {"http://127.0.0.1:8080/a?b=c", "127.0.0.1"},
        {"http://ca.example:1", "ca.example"},
        {"", NULL},
        {"ca.example/1.crl", NULL},
        {"ftp://ca.example/1.crl", NULL},
        {"file:///etc/passwd", NULL},
        {"http://", NULL},
        {"http:///1.crl", NULL},
        {"http://ca.example@other.example/", NULL},
        {"http://user:secret@ca.example/", NULL},
        {"http://ca.example?x", NULL},
        {"http://ca.example:/", NULL},
        {"http://ca.example:0/", NULL},
        {"http://ca.example:65536/", NULL},
        {"http://ca.example:80a/", NULL},
        {"http://[::1]/", NULL},
        {"http://ca.example/a b", NULL},
        {"http://ca.example/a\r\nHost: x", NULL},
        {"http://ca.example/#part", NULL},
        {"http://ca.example/\\@other.example/", NULL},
        {"http://c\xC3\xA4.example/", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_view host = {NULL, 0};
        bool is_valid = cpr_url_is_valid(cpr_view_of(table[i].url), &host);
        if (is_valid != (table[i].host != NULL) || !cpr_view_equal(host, cpr_view_of(table[i].host)))
            fail_msg("%s is %s", table[i].url, is_valid ? "taken" : "refused");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_url_is_plain_and_its_host_is_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
