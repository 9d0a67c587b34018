/* One form for each letter: what vocabulary and text are compared in. */
#include "cpr/judge/folded.h"
#include "cpr/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void fold(const char *in, char out[512])
{
    struct cpr_folded folded = {0};
    size_t used = 0;
    cpr_folded_prepare();
    cpr_folded_add(&folded, cpr_view_of(in), 0);
    for (size_t i = 0; i < folded.count; i++)
        used += cpr_utf8_encode(folded.code[i], out + used);
    out[used] = 0;
    cpr_folded_free(&folded);
}

static void letters_are_reduced_to_one_form(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"Revoke", "revoke"},
        {"RÉVOQUÉ", "revoque"},
        {"re\xCC\x81voque\xCC\x81", "revoque"}, /* accents as marks of their own */
        {"か\xE3\x82\x99き", "がき"},
        {"\xE1\x84\x8B\xE1\x85\xB5\xE1\x86\xAB\xE1\x84\x8C\xE1\x85\xB3\xE1\x86\xBC", "인증"},
        {"Ｃｅｒｔｉｆｉｃａｔｅ", "certificate"},
        {"𝐜𝐞𝐫𝐭", "cert"},
        {"ﬁngerprint", "fingerprint"},
        {"ⓡⒺ🅥🅾🄺🅔", "revoke"},
        {"🇷🇪voke", "revoke"},
        {"ʀᴇᴠᴏᴋᴇ", "revoke"},
        {"ℛℯ𝓿𝕠𝔨𝖊", "revoke"},
        {"r\xE2\x83\x9D"
         "e\xEF\xB8\xA0v\xD2\x89oke",
         "revoke"}, /* circled, with half marks, with a Cyrillic one */
        {"Ⅷ ² ½", "viii 2 1⁄2"},
        {"Schlüssel, außer", "schlussel, ausser"},
        {"nieprawidłowo", "nieprawidlowo"},
        {"İPTAL sızdı", "iptal sizdi"},
        {"Закрытый ключ", "закрытыи ключ"},
        {"失効", "失効"},
        {"인증서", "인증서"},
        {"mis-issued  key\r\n\tcompromise", "mis issued key compromise"},
        {"didn\xE2\x80\x99t ask", "didnt ask"},
        {"keyCompromise", "keycompromise"},
        {"a\xFF\xC3"
         "b",
         "ab"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char got[512];
        fold(table[i].in, got);
        assert_string_equal(got, table[i].want);
    }
}

static void links_addresses_and_data_are_holes(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"see https://revoke.example/certificate now", "see \xEF\xBF\xBC now"},
        {"(https://a.example/x) end", " \xEF\xBF\xBC end"},
        {"to revoke@ca.example please", "to \xEF\xBF\xBC please"},
        {"MIIBszCCAVmgAwIBAgIUQ1BSMTAyMzQ1Njc4OTAxMjM0NTY3ODkwMAoG x", "\xEF\xBF\xBC x"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char got[512];
        fold(table[i].in, got);
        assert_string_equal(got, table[i].want);
    }
}

static void each_character_knows_where_it_came_from(void **state)
{
    (void)state;
    struct cpr_folded folded = {0};
    cpr_folded_prepare();
    cpr_folded_add(&folded, cpr_view_of("ß clé"), 100);
    assert_int_equal(folded.count, 6);
    assert_int_equal(folded.origin[0], 100);
    assert_int_equal(folded.origin[1], 100);
    assert_int_equal(folded.origin[3], 103);
    assert_int_equal(folded.origin[5], 105);
    cpr_folded_free(&folded);
}

static void look_alikes_are_latin_only_at_a_second_look(void **state)
{
    (void)state;
    assert_int_equal(cpr_folded_look_alike(0x430), 'a');
    assert_int_equal(cpr_folded_look_alike(0x3BF), 'o');
    assert_int_equal(cpr_folded_look_alike('a'), 'a');
    assert_int_equal(cpr_folded_look_alike(0x44F), 0x44F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_reduced_to_one_form),
        cmocka_unit_test(links_addresses_and_data_are_holes),
        cmocka_unit_test(each_character_knows_where_it_came_from),
        cmocka_unit_test(look_alikes_are_latin_only_at_a_second_look),
    };
    return cmocka_run_group_tests_name("folded", tests, NULL, NULL);
}
