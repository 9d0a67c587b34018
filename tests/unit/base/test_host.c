/* Which hosts are ours: exact names, and what lies below a domain that is named with a leading dot. */
#include "cpr/base/host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static void a_name_is_itself_and_a_leading_dot_means_what_is_below(void **state)
{
    (void)state;
    static const char list[][CPR_HOST_SIZE] = {"mx1.ca.example", "192.0.2.1", ".protection.outlook.com"};
    static const struct {
        const char *host;
        bool want;
    } table[] = {
        {"mx1.ca.example", true},
        {"MX1.CA.example", true},
        {"192.0.2.1", true},
        {"edge1.protection.outlook.com", true},
        {"AM0FT012.mail.Protection.Outlook.com", true},
        {"protection.outlook.com", false},
        {".protection.outlook.com", false},
        {"evilprotection.outlook.com", false},
        {"evil-protection.outlook.com", false},
        {"edge1.protection.outlook.com.evil.example", false},
        {"edge1.protection.outlook.co", false},
        {"outlook.com", false},
        {"a.mx1.ca.example", false}, /* no leading dot, nothing below */
        {"ca.example", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (cpr_host_is_listed(table[i].host, list, 3) != table[i].want)
            print_message("%s\n", table[i].host);
        assert_int_equal(cpr_host_is_listed(table[i].host, list, 3), table[i].want);
        assert_false(cpr_host_is_listed(table[i].host, list, 0));
    }
}

static void an_entry_without_a_name_is_nobody(void **state)
{
    (void)state;
    static const char list[][CPR_HOST_SIZE] = {"", "."};
    assert_false(cpr_host_is_listed("mx1.ca.example", list, 2));
    assert_false(cpr_host_is_listed("mx1.ca.example.", list, 2));
    assert_false(cpr_host_is_listed("", list, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_itself_and_a_leading_dot_means_what_is_below),
        cmocka_unit_test(an_entry_without_a_name_is_nobody),
    };
    return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
