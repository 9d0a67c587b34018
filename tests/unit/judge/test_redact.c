/* No private key survives, whatever it is wrapped in; what an investigator needs does. */
#include "cpr/judge/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define LINE "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"
#define LINE2 "MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu"

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
