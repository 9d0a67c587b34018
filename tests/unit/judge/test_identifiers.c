/* Numbers in words: what is an identifier and what only looks like one. */
#include "bench.h"
#include "cpr/judge/identifiers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define SHA256 "f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841"

static void identifiers_are_canonical(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        enum cpr_identifier_type type;
        const char *want;
    } table[] = {
        {"Serial Number: 2D1FF0A2C3D4E5F60718293A4B5C6D7E", CPR_IDENTIFIER_SERIAL, "2d1ff0a2c3d4e5f60718293a4b5c6d7e"},
        {"serial d3:16:7e:0a:bc:44:51:09", CPR_IDENTIFIER_SERIAL, "d3167e0abc445109"},
        {"Serial: 56 B6 29 CD 34 BC 78 F6", CPR_IDENTIFIER_SERIAL, "56b629cd34bc78f6"},
        {"Seriennummer 00d9b7b2690ecce57cd588b18abd020942", CPR_IDENTIFIER_SERIAL, "d9b7b2690ecce57cd588b18abd020942"},
        {"serial 0x4d2f00112233aa", CPR_IDENTIFIER_SERIAL, "4d2f00112233aa"},
        {"certificate serial 1354", CPR_IDENTIFIER_SERIAL, "54a"},
        {"serial number is 340282366920938463463374607431768211455", CPR_IDENTIFIER_SERIAL,
         "ffffffffffffffffffffffffffffffff"},
        {"serials:\n2d1ff0a2c3d4e5f6\n3e2001b3d4e5f607\n", CPR_IDENTIFIER_SERIAL, "3e2001b3d4e5f607"},
        {"SHA-256 fingerprint " SHA256, CPR_IDENTIFIER_SHA256, SHA256},
        {"Thumbprint: 743AF0529BD032A0F44A83CDD4BAA97B7C2EC49A", CPR_IDENTIFIER_SHA1,
         "743af0529bd032a0f44a83cdd4baa97b7c2ec49a"},
        {"please revoke\n0A5512AA77C0F1E2D3B4A59687786950", CPR_IDENTIFIER_SERIAL, "a5512aa77c0f1e2d3b4a59687786950"},
        {"lint e_dnsname_not_valid_tld fails", CPR_IDENTIFIER_LINT, "e_dnsname_not_valid_tld"},
        {"cabf.serverauth.subscriber_common_name_unknown", CPR_IDENTIFIER_LINT,
         "cabf.serverauth.subscriber_common_name_unknown"},
        {"the CRL breaks BR 4.9.7.", CPR_IDENTIFIER_SECTION, "4.9.7"},
        {"certificates and Section 4.9.1.1 of your policy", CPR_IDENTIFIER_SECTION, "4.9.1.1"},
        {"see RFC 5280", CPR_IDENTIFIER_RFC, "5280"},
        {"see rfc6960.", CPR_IDENTIFIER_RFC, "6960"},
        {"it is for *.Shop.Example, right", CPR_IDENTIFIER_DOMAIN, "*.shop.example"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i].in);
        cpr_identifiers_find(&evidence);
        if (!bench_has(&evidence, table[i].type, table[i].want))
            fail_msg("%s: got %s", table[i].in,
                     evidence.reading->identifier_count ? evidence.reading->identifiers[0].value : "nothing");
        bench_clear(&evidence);
    }
}

static void look_alikes_are_none(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        enum cpr_identifier_type type;
    } table[] = {
        {"order 2D1FF0A2C3D4E5F60718293A4B5C6D7E", CPR_IDENTIFIER_SERIAL},
        {"key or keyring serial number>[:chain] @@ -378,7", CPR_IDENTIFIER_SERIAL},
        {"a serial killer of 1954", CPR_IDENTIFIER_SERIAL},
        {"https://t.example/" SHA256, CPR_IDENTIFIER_SHA256},
        {"commit 743af0529bd032a0f44a83cdd4baa97b7c2ec49a", CPR_IDENTIFIER_SHA1},
        {"e_mail", CPR_IDENTIFIER_LINT},
        {"version 4.9.5 is out", CPR_IDENTIFIER_SECTION},
        {"section 4.9.5 of the manual", CPR_IDENTIFIER_SECTION},
        {"RFC 2616", CPR_IDENTIFIER_RFC},
        {"cert.pem and user@shop.example", CPR_IDENTIFIER_DOMAIN},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i].in);
        cpr_identifiers_find(&evidence);
        if (bench_has_type(&evidence, table[i].type))
            fail_msg("%s: got %s", table[i].in, evidence.reading->identifiers[0].value);
        bench_clear(&evidence);
    }
}

static void decimal_numbers_become_hexadecimal(void **state)
{
    (void)state;
    char hex[64] = "untouched";
    assert_true(cpr_identifier_from_decimal(cpr_view_of("255"), hex));
    assert_string_equal(hex, "ff");
    assert_true(cpr_identifier_from_decimal(cpr_view_of("0"), hex));
    assert_string_equal(hex, "0");
    assert_true(cpr_identifier_from_decimal(cpr_view_of("18446744073709551616"), hex));
    assert_string_equal(hex, "10000000000000000");
    assert_false(cpr_identifier_from_decimal(cpr_view_of(""), hex));
    assert_false(cpr_identifier_from_decimal(cpr_view_of("12a"), hex));
    assert_string_equal(hex, "10000000000000000");
}

static void a_name_right_behind_the_word_is_meant(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum cpr_rule rule;
        bool fires;
    } table[] = {
        {"Please revoke www.shop.example", CPR_RULE_REVOKE_NAME, true},
        {"Revoked certificates are listed for everyone at www.shop.example", CPR_RULE_REVOKE_NAME, false},
        {"The key for www.shop.example was stolen", CPR_RULE_KEY_OF_NAME, true},
        {"A patch for the stolen keys: security/keys/www.shop.example", CPR_RULE_KEY_OF_NAME, false},
        {"The key for www.shop.example is new", CPR_RULE_KEY_OF_NAME, false},
        {"The PGP key for www.shop.example was stolen", CPR_RULE_KEY_OF_NAME, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i].text);
        cpr_identifiers_find(&evidence);
        if (evidence.has_rule[table[i].rule] != table[i].fires)
            fail_msg("\"%s\": %s should be %d", table[i].text, cpr_signal_rule(table[i].rule)->id, table[i].fires);
        bench_clear(&evidence);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers_are_canonical),
        cmocka_unit_test(look_alikes_are_none),
        cmocka_unit_test(decimal_numbers_become_hexadecimal),
        cmocka_unit_test(a_name_right_behind_the_word_is_meant),
    };
    return cmocka_run_group_tests_name("identifiers", tests, NULL, NULL);
}
