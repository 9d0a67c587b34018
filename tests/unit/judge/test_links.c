/* Links: gateways' rewriting undone, certificates named by search services. */
#include "bench.h"
#include "cpr/judge/links.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void a_rewritten_link_is_undone(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"https://crt.sh/?id=1", "https://crt.sh/?id=1"},
        {"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcrt.sh%2F%3Fid%3D7&data=05%7C01",
         "https://crt.sh/?id=7"},
        {"https://www.google.com/url?q=https%3A%2F%2Fcrt.sh%2F%3Fid%3D7&sa=D", "https://crt.sh/?id=7"},
        {"https://www.google.com/url?sa=D&amp;q=https://crt.sh/&amp;x=1", "https://crt.sh/"},
        {"https://urldefense.proofpoint.com/v2/url?u=https-3A__crt.sh_-3Fid-3D7&d=DwIF", "https://crt.sh/?id=7"},
        {"https://urldefense.com/v3/__https://crt.sh/?id=7__;!!Abc!x$", "https://crt.sh/?id=7"},
        {"https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fcrt.sh%2f%3fid%3d7&c=E", "https://crt.sh/?id=7"},
        {"https://secure-web.cisco.com/1abc/https%3A%2F%2Fcrt.sh%2F%3Fid%3D7", "https://crt.sh/?id=7"},
        {"https://eur01.safelinks.protection.outlook.com/"
         "?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fcrt.sh%2F%3Fid%3D7__%3B!!A!x%24",
         "https://crt.sh/?id=7"},
        {"https://notgoogle.com/url?q=https://crt.sh/", "https://notgoogle.com/url?q=https://crt.sh/"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char got[CPR_LINK_MAX_BYTES + 1];
        cpr_link_unwrap(cpr_view_of(table[i].in), got);
        assert_string_equal(got, table[i].want);
    }
}

static void links_name_certificates(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        enum cpr_identifier_type type;
        const char *want;
        enum cpr_rule rule;
    } table[] = {
        {"https://crt.sh/?id=1337422157.", CPR_IDENTIFIER_CRTSH_ID, "1337422157", CPR_RULE_CRTSH_CERTIFICATE},
        {"(https://crt.sh/?id=277579245&opt=cablint,zlint)", CPR_IDENTIFIER_CRTSH_ID, "277579245",
         CPR_RULE_CRTSH_CERTIFICATE},
        {"https://crt.sh/?id=00277579245", CPR_IDENTIFIER_CRTSH_ID, "277579245", CPR_RULE_CRTSH_CERTIFICATE},
        {"see crt.sh/?id=277579245", CPR_IDENTIFIER_CRTSH_ID, "277579245", CPR_RULE_CRTSH_CERTIFICATE},
        {"https://crt.sh/?277579245", CPR_IDENTIFIER_CRTSH_ID, "277579245", CPR_RULE_CRTSH_CERTIFICATE},
        {"http://crt.sh/?q=A10D502F5B6770CC633EA6BB4C472E6971B42C7AF33156D639E579B616C82BF2", CPR_IDENTIFIER_SHA256,
         "a10d502f5b6770cc633ea6bb4c472e6971b42c7af33156d639e579b616c82bf2", CPR_RULE_CRTSH_CERTIFICATE},
        {"https://crt.sh/?serial=00d9b7b2690ecce57cd588b18abd020942", CPR_IDENTIFIER_SERIAL,
         "d9b7b2690ecce57cd588b18abd020942", CPR_RULE_CRTSH_CERTIFICATE},
        {"https://crt.sh/?Identity=%25&iCAID=192864", CPR_IDENTIFIER_CRTSH_QUERY,
         "https://crt.sh/?Identity=%25&iCAID=192864", CPR_RULE_CRTSH_SEARCH},
        {"https://crt.sh/mozilla-disclosures#disclosureincomplete", CPR_IDENTIFIER_CRTSH_QUERY,
         "https://crt.sh/mozilla-disclosures#disclosureincomplete", CPR_RULE_CRTSH_SEARCH},
        {"https://search.censys.io/certificates/f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841",
         CPR_IDENTIFIER_SHA256, "f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841",
         CPR_RULE_CERTIFICATE_LINK},
        {"https://v1.pwnedkeys.com/f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841.jws",
         CPR_IDENTIFIER_SPKI_SHA256, "f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841",
         CPR_RULE_CERTIFICATE_LINK},
        {"https://bugzilla.mozilla.org/show_bug.cgi?id=1886626", CPR_IDENTIFIER_BUGZILLA, "1886626",
         CPR_RULE_ROOT_PROGRAM_LINK},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i].in);
        cpr_links_find(&evidence);
        if (!bench_has(&evidence, table[i].type, table[i].want) || !evidence.has_rule[table[i].rule])
            fail_msg("%s: got %s", table[i].in,
                     evidence.reading->identifier_count ? evidence.reading->identifiers[0].value : "nothing");
        bench_clear(&evidence);
    }
}

static void a_link_whose_address_is_hidden_counts_by_its_host(void **state)
{
    (void)state;
    static const struct {
        const char *link;
        bool counts;
    } table[] = {
        {"https://protect-eu.mimecast.com/s/AbCdEfGh123?domain=crt.sh", true},
        {"https://url.us.m.mimecastprotect.com/s/AbCdEfGh123?domain=search.censys.io", true},
        {"https://protect-eu.mimecast.com/s/AbCdEfGh123?domain=shop.example", false},
        {"https://mimecast.com.evil.example/s/AbCdEfGh123?domain=crt.sh", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i].link);
        cpr_links_find(&evidence);
        assert_int_equal(evidence.has_rule[CPR_RULE_CERTIFICATE_LINK], table[i].counts);
        bench_clear(&evidence);
    }
}

static void other_links_name_nothing(void **state)
{
    (void)state;
    static const char *const table[] = {
        "https://track.example/t/f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841",
        "https://notcrt.sh/?id=1234567",
        "https://crt.sh.evil.example/?id=1234567",
        "https://www.example.com/?id=1234567",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_evidence evidence = bench(table[i]);
        cpr_links_find(&evidence);
        assert_int_equal(evidence.reading->identifier_count, 0);
        assert_int_equal(evidence.reading->signal_count, 0);
        bench_clear(&evidence);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rewritten_link_is_undone),
        cmocka_unit_test(links_name_certificates),
        cmocka_unit_test(a_link_whose_address_is_hidden_counts_by_its_host),
        cmocka_unit_test(other_links_name_nothing),
    };
    return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
