/* Numbers in words: what is an identifier and what only looks like one. */
#include "bench.h"
#include "cpr/judge/identifiers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define SHA256 "f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841"
#define SHA256_UPPER "F45D090E1BF24738A8E86734AA7ACF7C9E65B619EB19660B1F73C9973F11B841"
#define SHA256_COLONS "F4:5D:09:0E:1B:F2:47:38:A8:E8:67:34:AA:7A:CF:7C:9E:65:B6:19:EB:19:66:0B:1F:73:C9:97:3F:11:B8:41"
#define SHA256_SPACES "f4 5d 09 0e 1b f2 47 38 a8 e8 67 34 aa 7a cf 7c 9e 65 b6 19 eb 19 66 0b 1f 73 c9 97 3f 11 b8 41"
#define SHA256_LINES "F4:5D:09:0E:1B:F2:47:38:A8:E8:67:34:AA:7A:CF:7C:\n9E:65:B6:19:EB:19:66:0B:1F:73:C9:97:3F:11:B8:41"
#define SHA256_BASE64 "9F0JDhvyRzio6Gc0qnrPfJ5lthnrGWYLH3PJlz8RuEE="

static const struct cpr_reading *read_text(const char *text)
{
    static struct cpr_reading reading;
    char raw[1024];
    snprintf(raw, sizeof raw, "From: a@b.example\r\nSubject: hello\r\n\r\n%s\r\n", text);
    cpr_judge_message(cpr_view_of(raw), false, NULL, &reading);
    return &reading;
}

static bool has_identifier(const struct cpr_reading *reading, enum cpr_identifier_type type, const char *value)
{
    for (uint32_t i = 0; i < reading->identifier_count; i++)
        if (reading->identifiers[i].type == (uint32_t)type && strcmp(reading->identifiers[i].value, value) == 0)
            return true;
    return false;
}

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
        {"Serial Number: 5F:3A:9C:01:D2:E4:B6:A7:88:99:10:AA:BB:CC:DD:EE:FF:00:11:22", CPR_IDENTIFIER_SERIAL,
         "5f3a9c01d2e4b6a7889910aabbccddeeff001122"},
        {"revoke the certificate with serial 5f3a9c01d2e4b6a7889910aabbccddeeff001122", CPR_IDENTIFIER_SERIAL,
         "5f3a9c01d2e4b6a7889910aabbccddeeff001122"},
        {"serial 04ab12cd34ef56ab, thumbprint 5f3a9c01d2e4b6a7889910aabbccddeeff001122", CPR_IDENTIFIER_SHA1,
         "5f3a9c01d2e4b6a7889910aabbccddeeff001122"},
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
        {"certificate serial number 0000000000000000", CPR_IDENTIFIER_SERIAL},
        {"certificate serial 0x00d3167e0ab2d1ff0a2c3d4e5f60718293a4b5c6d7ec4d47ecf051", CPR_IDENTIFIER_SERIAL},
        {"certificate serial 00:00:00:00:00:00:00:00", CPR_IDENTIFIER_SERIAL},
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

static void an_identifier_stands_once_whatever_bytes_it_held(void **state)
{
    (void)state;
    struct cpr_evidence evidence = bench("x");
    cpr_evidence_identifier(&evidence, CPR_IDENTIFIER_CRTSH_QUERY, cpr_view_of("a\xD1"));
    cpr_evidence_identifier(&evidence, CPR_IDENTIFIER_CRTSH_QUERY, cpr_view_of("a\xD1"));
    assert_int_equal(evidence.reading->identifier_count, 1);
    assert_string_equal(evidence.reading->identifiers[0].value, "a?");
    bench_clear(&evidence);
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

/* Each notation that reports use, in a whole message: links, words and attachments look for their own. */
static void every_notation_of_reports_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        enum cpr_identifier_type type;
        const char *want;
    } table[] = {
        /* serial numbers */
        {"Serial Number:\n    04:9f:ab:01:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff", CPR_IDENTIFIER_SERIAL,
         "49fab0122334455667788"
         "99aabbccddeeff"},
        {"Serial Number: 00:F3:A1:B2:C3:D4:E5:F6:07", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"Serial Number: 00f3a1b2c3d4e5f607", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"certificate serial number 00 F3 A1 B2 C3 D4 E5 F6 07", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"Serial Number: 17555555555555555555 (0xf3a1b2c3d4e5f607)", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"Serial Number: 0XF3A1B2C3D4E5F607", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"serial number (hex): F3A1B2C3D4E5F607", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"serialNumber=F3A1B2C3D4E5F607", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"| Serial | `f3a1b2c3d4e5f607` |", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"Serial Number:\n  f3:a1:b2:c3:d4:e5:f6:07:\n  18:29:3a:4b", CPR_IDENTIFIER_SERIAL,
         "f3a1b2c3d4e5f60718293a4b"},
        {"Serial Number:\n  f3:a1:b2:c3:d4:e5:f6:07\n  :18:29:3a:4b", CPR_IDENTIFIER_SERIAL,
         "f3a1b2c3d4e5f60718293a4b"},
        {"Serial number f3-a1-b2-c3-d4-e5-f6-07", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"https://crt.sh/?serial=00f3a1b2c3d4e5f607", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        {"https://crt.sh/?serial=5f3a9c01d2e4b6a7889910aabbccddeeff001122", CPR_IDENTIFIER_SERIAL,
         "5f3a9c01d2e4b6a7889910aabbccddeeff001122"},
        {"https://crt.sh/?serial=00:f3:a1:b2:c3:d4:e5:f6:07", CPR_IDENTIFIER_SERIAL, "f3a1b2c3d4e5f607"},
        /* fingerprints */
        {"SHA-256: " SHA256_COLONS " of the certificate", CPR_IDENTIFIER_SHA256, SHA256},
        {"sha256 Fingerprint=" SHA256_COLONS, CPR_IDENTIFIER_SHA256, SHA256},
        {"certificate fingerprint (SHA256): " SHA256_SPACES, CPR_IDENTIFIER_SHA256, SHA256},
        {"certificate\nSHA-256 fingerprint:\n" SHA256_LINES, CPR_IDENTIFIER_SHA256, SHA256},
        {"SHA1 Fingerprint=74:3A:F0:52:9B:D0:32:A0:F4:4A:83:CD:D4:BA:A9:7B:7C:2E:C4:9A", CPR_IDENTIFIER_SHA1,
         "743af0529bd032a0f44a83cdd4baa97b7c2ec49a"},
        {"thumbprint 74 3a f0 52 9b d0 32 a0 f4 4a 83 cd d4 ba a9 7b 7c 2e c4 9a", CPR_IDENTIFIER_SHA1,
         "743af0529bd032a0f44a83cdd4baa97b7c2ec49a"},
        /* keys */
        {"SPKI SHA-256 of the key: " SHA256, CPR_IDENTIFIER_SPKI_SHA256, SHA256},
        {"spki hash " SHA256_COLONS, CPR_IDENTIFIER_SPKI_SHA256, SHA256},
        {"pin-sha256=\"" SHA256_BASE64 "\"", CPR_IDENTIFIER_SPKI_SHA256, SHA256},
        {"sha256//" SHA256_BASE64, CPR_IDENTIFIER_SPKI_SHA256, SHA256},
        {"https://v1.pwnedkeys.com/" SHA256, CPR_IDENTIFIER_SPKI_SHA256, SHA256},
        {"https://pwnedkeys.com/" SHA256 ".jws", CPR_IDENTIFIER_SPKI_SHA256, SHA256},
        {"https://crt.sh/?spkisha256=" SHA256, CPR_IDENTIFIER_SPKI_SHA256, SHA256},
        /* search services */
        {"https://crt.sh/?id=1234567890", CPR_IDENTIFIER_CRTSH_ID, "1234567890"},
        {"crt.sh/?id=1234567890&opt=zlint", CPR_IDENTIFIER_CRTSH_ID, "1234567890"},
        {"https://crt.sh/?1234567890", CPR_IDENTIFIER_CRTSH_ID, "1234567890"},
        {"https://crt.sh/?q=1234567890", CPR_IDENTIFIER_CRTSH_ID, "1234567890"},
        {"https://crt.sh/?d=1234567890", CPR_IDENTIFIER_CRTSH_ID, "1234567890"},
        {"crt.sh ID 1234567890", CPR_IDENTIFIER_CRTSH_ID, "1234567890"},
        {"https://crt.sh/?q=" SHA256, CPR_IDENTIFIER_SHA256, SHA256},
        {"https://crt.sh/?sha256=" SHA256_UPPER, CPR_IDENTIFIER_SHA256, SHA256},
        {"https://crt.sh/?q=743af0529bd032a0f44a83cdd4baa97b7c2ec49a", CPR_IDENTIFIER_SHA1,
         "743af0529bd032a0f44a83cdd4baa97b7c2ec49a"},
        {"https://crt.sh/?caid=12345", CPR_IDENTIFIER_CRTSH_QUERY, "https://crt.sh/?caid=12345"},
        {"https://crt.sh/?q=%25.shop.example", CPR_IDENTIFIER_CRTSH_QUERY, "https://crt.sh/?q=%25.shop.example"},
        {"https://search.censys.io/certificates/" SHA256, CPR_IDENTIFIER_SHA256, SHA256},
        {"https://censys.io/certificates/" SHA256 "/pem", CPR_IDENTIFIER_SHA256, SHA256},
        {"https://platform.censys.io/certificates/" SHA256, CPR_IDENTIFIER_SHA256, SHA256},
        /* status services and names */
        {"the CRL at http://crl.ca.example/tls1.crl is stale", CPR_IDENTIFIER_CRL_URL,
         "http://crl.ca.example/tls1.crl"},
        {"http://crl3.ca.example/a.crl?x=1", CPR_IDENTIFIER_CRL_URL, "http://crl3.ca.example/a.crl?x=1"},
        {"http://ocsp.ca.example answers unknown", CPR_IDENTIFIER_OCSP_URL, "http://ocsp.ca.example"},
        {"http://ocsp2.ca.example/x answers unknown", CPR_IDENTIFIER_OCSP_URL, "http://ocsp2.ca.example/x"},
        {"http://www.ca.example/ocsp answers unknown", CPR_IDENTIFIER_OCSP_URL, "http://www.ca.example/ocsp"},
        {"the name xn--bcher-kva.example", CPR_IDENTIFIER_DOMAIN, "xn--bcher-kva.example"},
        /* lints and rules */
        {"zlint: e_sub_cert_aia_missing", CPR_IDENTIFIER_LINT, "e_sub_cert_aia_missing"},
        {"w_rsa_mod_factors_smaller_than_752", CPR_IDENTIFIER_LINT, "w_rsa_mod_factors_smaller_than_752"},
        {"pkix.certificate_negative_validity_period", CPR_IDENTIFIER_LINT, "pkix.certificate_negative_validity_period"},
        {"TLS BR section 7.1.2.7.12", CPR_IDENTIFIER_SECTION, "7.1.2.7.12"},
        {"BRs \xC2\xA7"
         "4.9.1.1(3)",
         CPR_IDENTIFIER_SECTION, "4.9.1.1"},
        {"CPS 4.9.3", CPR_IDENTIFIER_SECTION, "4.9.3"},
        {"RFC-5280 section 4.1.2.5", CPR_IDENTIFIER_RFC, "5280"},
        {"https://www.rfc-editor.org/rfc/rfc6960", CPR_IDENTIFIER_RFC, "6960"},
        {"https://datatracker.ietf.org/doc/html/rfc5280#section-4.2", CPR_IDENTIFIER_RFC, "5280"},
        {"https://bugzilla.mozilla.org/show_bug.cgi?id=1391089", CPR_IDENTIFIER_BUGZILLA, "1391089"},
        {"https://bugzilla.mozilla.org/1391089", CPR_IDENTIFIER_BUGZILLA, "1391089"},
        {"https://bugzil.la/1391089", CPR_IDENTIFIER_BUGZILLA, "1391089"},
        {"the same as Mozilla bug 1391089", CPR_IDENTIFIER_BUGZILLA, "1391089"},
    };
    unsigned missing = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct cpr_reading *reading = read_text(table[i].in);
        if (has_identifier(reading, table[i].type, table[i].want))
            continue;
        missing++;
        print_error("%s: no %s", table[i].in, cpr_identifier_type_name(table[i].type));
        for (uint32_t k = 0; k < reading->identifier_count; k++)
            print_error(", but %s %s", cpr_identifier_type_name((enum cpr_identifier_type)reading->identifiers[k].type),
                        reading->identifiers[k].value);
        print_error("\n");
    }
    assert_int_equal(missing, 0);
}

/* Numbers that mail is full of; none of them names a certificate or makes a signal. */
static void numbers_of_other_trades_are_none(void **state)
{
    (void)state;
    static const char *const table[] = {
        "Unsubscribe: https://news.example/u?id=" SHA256,
        "tracking id " SHA256,
        "tracking id " SHA256 " of your certificate of origin",
        "commit 743af0529bd032a0f44a83cdd4baa97b7c2ec49a fixes the certificate parser",
        "index 743af0529bd0..0a5512aa77c0 100644",
        "DKIM-Signature: v=1; a=rsa-sha256; bh=" SHA256_BASE64 "; b=9E1rCQ4b8kc4qOhnNKqs",
        "Message-ID: <743af0529bd032a0f44a83cdd4baa97b@mail.example>",
        "request 550e8400-e29b-41d4-a716-446655440000 failed",
        "call +49 30 1234 5678 90 or fax +49 30 1234 5678 91",
        "invoice 20240315123456789 is due",
        "parcel 00340434161094042557",
        "IBAN DE89 3704 0044 0532 0130 00",
        "MAC 00:1b:44:11:3a:b7 and IPv6 2001:db8:85a3::8a2e:370:7334",
        "malware sample sha256 " SHA256,
        "The installer's checksum: sha256:" SHA256,
        "The serial number of your printer is VNB3R12345",
        "Docker image alpine@sha256:" SHA256,
        "version 4.9.1.1 of the driver",
        "bug 1391089 in the office suite",
    };
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct cpr_reading *reading = read_text(table[i]);
        for (uint32_t k = 0; k < reading->identifier_count; k++)
            if (reading->identifiers[k].type != CPR_IDENTIFIER_DOMAIN) {
                print_error("%s: %s %s\n", table[i],
                            cpr_identifier_type_name((enum cpr_identifier_type)reading->identifiers[k].type),
                            reading->identifiers[k].value);
                wrong++;
            }
        for (uint32_t k = 0; k < reading->signal_count; k++)
            if (strcmp(reading->signals[k].id, "fingerprint") == 0 || strcmp(reading->signals[k].id, "serial") == 0 ||
                strcmp(reading->signals[k].id, "section") == 0) {
                print_error("%s: %s\n", table[i], reading->signals[k].id);
                wrong++;
            }
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers_are_canonical),
        cmocka_unit_test(every_notation_of_reports_is_read),
        cmocka_unit_test(look_alikes_are_none),
        cmocka_unit_test(numbers_of_other_trades_are_none),
        cmocka_unit_test(an_identifier_stands_once_whatever_bytes_it_held),
        cmocka_unit_test(decimal_numbers_become_hexadecimal),
        cmocka_unit_test(a_name_right_behind_the_word_is_meant),
    };
    return cmocka_run_group_tests_name("identifiers", tests, NULL, NULL);
}
