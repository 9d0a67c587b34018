/* Flowed text and what is pasted into text without being declared. Encodings were made with base64, uuencode, perl. */
#include "cpr/message/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void soft_line_breaks_of_flowed_text_are_joined(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
        bool is_delsp;
    } table[] = {
        {"please revoke \nthis one\nnow\n", "please revoke this one\nnow\n", false},
        {"re \nvoke\n", "revoke\n", true},
        {"> quoted \n> text\nmine\n", "> quoted text\nmine\n", false},
        {"> open \nmine\n", "> open \nmine\n", false},
        {" >not a quote\n", ">not a quote\n", false},
        {"text \n-- \nname\n", "text \n-- \nname\n", false},
        {"no end ", "no end \n", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_transcript transcript = cpr_transcript_new();
        cpr_plain_read(cpr_view_of(table[i].in), true, table[i].is_delsp, &transcript);
        assert_string_equal(cpr_buffer_text(&transcript.text), table[i].want);
        cpr_transcript_free(&transcript);
    }
}

static void note(void *context, const struct cpr_plain_find *find)
{
    struct cpr_buffer *notes = context;
    cpr_buffer_add(notes, find->name);
    cpr_buffer_add_text(notes, "|");
    cpr_buffer_add(notes, cpr_plain_is_der(find->bytes) ? cpr_view_of("DER") : find->bytes);
    cpr_buffer_add_text(notes, ";");
}

static void what_nobody_declared_is_found_and_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"see\n\ncGxlYXNlIHJldm9rZSBjZXJ0aWZpY2F0ZQ==\n\nbye", "|please revoke certificate;"},
        {"cGxlYXNlIHJldm9rZSBj\nZXJ0aWZpY2F0ZQ==\n", ""},
        {"cGxlYXNlIHJldm9rZSBjZXJ0\r\naWZpY2F0ZSAxMjM0NTY3ODkw\r\nIQ==\r\nbye now\r\n",
         "|please revoke certificate 1234567890!;"},
        {"MIIBCgKCAQEAxxxxxxxxxxxxxxxx\n", ""},
        {"MBowGAYDVR0RBBEwD4INZXhhbXBsZS5vcmcuLg==\n", ""},
        {"MIGBMH8GA1UdEQQRMA+CDWV4YW1wbGUub3JnLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4u\n", "|DER;"},
        {"-----BEGIN X-----\ncGxlYXNlIHJldm9rZSBjZXJ0aWZpY2F0ZQ==\n-----END X-----\n", ""},
        {"2f5ab4f11432c1049dfa7ff867412b2f8df42b6966194d0afdf59cdf534cdbfe\n", ""},
        {"text\nbegin 644 key.txt\n&<F5V;VME\n`\nend\nmore", "key.txt|revoke;"},
        {"begin the day\n", ""},
        {"re=\nvoke=\n th=65=\nrest\n", "|revoke therest\n;"},
        {"a=b=\nplain\n", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer notes = cpr_buffer_new(4096);
        cpr_plain_search(cpr_view_of(table[i].in), note, &notes);
        assert_string_equal(cpr_buffer_text(&notes), table[i].want);
        cpr_buffer_free(&notes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soft_line_breaks_of_flowed_text_are_joined),
        cmocka_unit_test(what_nobody_declared_is_found_and_decoded),
    };
    return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
