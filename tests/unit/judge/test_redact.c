/* No private key survives, whatever it is wrapped in; what an investigator needs does. */
#include "cpr/judge/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define LINE "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"
#define LINE2 "MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu"

#define FOUR_LINES LINE LINE2 LINE LINE2
#define OPENSSH "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW"

static void keys_are_taken_out(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"a\n-----BEGIN PRIVATE KEY-----\n" LINE "\n" LINE2 "\nabc=\n-----END PRIVATE KEY-----\nb",
         "a\n-----BEGIN PRIVATE KEY-----[removed]\nb"},
        {"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" LINE
         "\n-----END RSA PRIVATE KEY-----",
         "-----BEGIN RSA PRIVATE KEY-----[removed]"},
        {"> -----BEGIN EC PRIVATE KEY-----\n> " LINE "\n> -----END EC PRIVATE KEY-----\nend",
         "> -----BEGIN EC PRIVATE KEY-----[removed]\nend"},
        {"-----BEGIN PRIVATE KEY----- " LINE " " LINE2 " -----END PRIVATE KEY----- x",
         "-----BEGIN PRIVATE KEY-----[removed] x"},
        {"-----BEGIN PRIVATE KEY-----\n" LINE "\nMC4CAQ\nIt ends here, cut.",
         "-----BEGIN PRIVATE KEY-----[removed] here, cut."},
        {"bare:\n" LINE "\n" LINE2 "\nQUJD\nThat was it.", "bare:\n[removed]\nThat was it."},
        {LINE "\n" LINE2 "\nPlease revoke.", "[removed]\nPlease revoke."},
        {LINE "\n" LINE2 "\npleaseRevoke", "[removed]"},
        {"> > > -----BEGIN PRIVATE KEY-----\n> > > " LINE "\n> > > -----END PRIVATE KEY-----\n> end",
         "> > > -----BEGIN PRIVATE KEY-----[removed]\n> end"},
        {"    -----BEGIN PRIVATE KEY-----\n    " LINE "\n    -----END PRIVATE KEY-----\nend",
         "    -----BEGIN PRIVATE KEY-----[removed]\nend"},
        {"\"-----BEGIN PRIVATE KEY-----\\n" LINE "\\n" LINE2 "\\n-----END PRIVATE KEY-----\\n\", end",
         "\"-----BEGIN PRIVATE KEY-----[removed]\\n\", end"},
        {"-----BEGIN PRIVATE KEY-----\\n" LINE "\n" LINE2 "\\nabc=\\n\n-----END PRIVATE KEY-----",
         "-----BEGIN PRIVATE KEY-----[removed]"},
        {"\"-----BEGIN PRIVATE KEY-----\\n\" +\n\"" LINE "\\n\" +\n\"-----END PRIVATE KEY-----\"",
         "\"-----BEGIN PRIVATE KEY-----[removed]\""},
        {"| -----BEGIN PRIVATE KEY-----\n| " LINE "\n| -----END PRIVATE KEY-----",
         "| -----BEGIN PRIVATE KEY-----[removed]"},
        {"-----BEGIN PRIVATE KEY-----, please, revoke", "-----BEGIN PRIVATE KEY-----[removed] please, revoke"},
        {"{\"kty\":\"EC\",\"d\": \"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE\",\"x\":\"1\"}",
         "{\"kty\":\"EC\",\"d\": \"[removed]\",\"x\":\"1\"}"},
        {"{\\\"d\\\":\\\"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE\\\"}", "{\\\"d\\\":\\\"[removed]\\\"}"},
        {"{'d': '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE'}", "{'d': '[removed]'}"},
        {"\"d\":\"" FOUR_LINES FOUR_LINES FOUR_LINES "\"", "\"d\":\"[removed]\""},
        {"{\"key\":\"" LINE LINE2 "\"}", "{\"key\":\"[removed]\"}"},
        {"\"" LINE2 "\\n\" +\n\"" LINE2 "\\n\" +", "\"[removed]\\n\" +\n\"[removed]\\n\" +"},
        {"1: " LINE2 "\n2: " LINE2 "\n", "1: [removed]\n"},
        {"<D>" LINE2 "</D>", "<D>[removed]</D>"},
        {"MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v+VpguoRK9JLsLMREScVpezJpGXA7rAOcrn9g is it", "[removed] is it"},
        {"https://www.example.com/?k=MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB%2FQC7VJTU%0At9Us8cKj&x=1 is it",
         "https://www.example.com/?k=[removed]&x=1 is it"},
        {"https://www.example.com/" OPENSSH " is it", "https://www.example.com/[removed] is it"},
        {"0x30820122020100"
         "300d06092a864886f70d0101010500 dumped",
         "0x[removed] dumped"},
        {"30:77:02:01:01:04:20:9d:61:b1:9d:ef:fd:5a:60:ba:\n  84:4a:f4:92:ec:2c\nasn1", "[removed]\nasn1"},
        {"Private-Key: (256 bit)\npriv:\n    9d:61:b1:9d:ef:fd:5a:60:ba:84:4a:f4:92:ec:2c:\n    c4:44:49:c5:69\npub:\n",
         "Private-Key: (256 bit)\npriv:\n    [removed]\npub:\n"},
        {"Private-Lines: 1\nAAAAIJ1hsZ3v+VpguoRK9JLsLMREScVpezJpGXA7rAOcrn9g\nPrivate-MAC: 00",
         "Private-Lines: 1[removed]\nPrivate-MAC: 00"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(4096);
        cpr_redact(cpr_view_of(table[i].in), &out);
        assert_string_equal(cpr_buffer_text(&out), table[i].want);
        cpr_buffer_free(&out);
    }
}

static void words_links_and_fingerprints_stay(void **state)
{
    (void)state;
    static const char *const table[] = {
        "The private key was leaked.",
        "https://crt.sh/?q=A10D502F5B6770CC633EA6BB4C472E6971B42C7AF33156D639E579B616C82BF2",
        "f45d090e1bf24738a8e86734aa7acf7c9e65b619eb19660b1f73c9973f11b841\n"
        "bcbc26c9e06c4fe1c9e4d55fa27a501c504ea84e23e114b8ac004f7c0776cd0b",
        "e_sub_cert_certificate_policies_missing_and_a_long_name follows",
        "-----BEGIN CERTIFICATE-----",
        "{\"d\": \"short\"}",
        "-----",
        /* Words are read, however they are joined. */
        "Please/revoke/this/certificate/of/www/example/com/1/because/its/private/key/was/published/in/2026/on/the/net/"
        "and/"
        "everybody/has/it/now",
        "Please+revoke+this+certificate+Serial+12345+1\nIts+Key+Was+Published+In+A+Forum+On+May+5+2026",
        "MIIEvQIBADANBgkqhkiG PLEASE REVOKE OUR CERTIFICATE",
        "https://www.example.com/p/aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3gF5hJ7kL9nM1qP3rS5tV7xW9/view",
        "sha256//YLh1dUR9y6Kja30RrAn7JKnbQG/uEtLMkBgFF2Fuihg=",
        "The private key: 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "exponent1: 3",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(4096);
        cpr_redact(cpr_view_of(table[i]), &out);
        assert_string_equal(cpr_buffer_text(&out), table[i]);
        cpr_buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_taken_out),
        cmocka_unit_test(words_links_and_fingerprints_stay),
    };
    return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
