/* Finding the words: boundaries, endings, look-alikes, phrases that mean something else. */
#include "cpr/judge/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct cpr_scan scan(const char *text)
{
    struct cpr_folded folded = {0};
    struct cpr_scan result;
    cpr_scan_prepare();
    cpr_folded_add(&folded, cpr_view_of(text), 0);
    cpr_scan_text(&folded, &result);
    cpr_folded_free(&folded);
    return result;
}

static void a_meaning_is_found_in_every_language(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum cpr_meaning meaning;
        bool is_found;
    } table[] = {
        {"the certificate.", CPR_MEANS_CERTIFICATE, true},
        {"Serverzertifikate", CPR_MEANS_CERTIFICATE, true},
        {"concerted", CPR_MEANS_CERTIFICATE, false},
        {"certainly", CPR_MEANS_CERTIFICATE, false},
        {"証明書の失効", CPR_MEANS_REVOKE, true},
        {"klucza prywatnego", CPR_MEANS_KEY, true},
        {"закрытого ключа", CPR_MEANS_KEY, true},
        {"Privaten Schlüssels", CPR_MEANS_KEY, true},
        {"the CRL.", CPR_MEANS_STATUS, true},
        {"crlf", CPR_MEANS_STATUS, false},
        {"sans doute", CPR_MEANS_PROFILE, false},
        {"mis-\nissued", CPR_MEANS_MISISSUE, true},
        {"revocation list", CPR_MEANS_REVOKE, false},
        {"revocation list", CPR_MEANS_STATUS, true},
        {"a gift certificate", CPR_MEANS_CERTIFICATE, false},
        {"gift certificates", CPR_MEANS_CERTIFICATE, false},
        {"gift certificate; ssl certificate", CPR_MEANS_CERTIFICATE, true},
        {"r\xD0\xB5v\xD0\xBEk\xD0\xB5", CPR_MEANS_REVOKE, true},                  /* Cyrillic e and o */
        {"\xD1\x81\xD0\xB5rtific\xD0\xB0t\xD0\xB5", CPR_MEANS_CERTIFICATE, true}, /* Cyrillic c, e, a, e */
        {"https://revoke.example/", CPR_MEANS_REVOKE, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_scan result = scan(table[i].text);
        if ((result.counts[table[i].meaning] > 0) != table[i].is_found)
            fail_msg("\"%s\" (meaning %u)", table[i].text, table[i].meaning);
        cpr_scan_free(&result);
    }
}

static void the_language_is_told_by_its_function_words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } table[] = {
        {"The key is not in the list and you have it", "en"},
        {"Der Schlüssel ist nicht von uns und wurde auf die Seite gestellt", "de"},
        {"Le certificat est pour vous et nous", "fr"},
        {"秘密鍵が漏洩しました。証明書の失効をお願いします。", "ja"},
        {"Ключ не был на диске, и мы это по почте получили", "ru"},
        {"xyzzy", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_scan result = scan(table[i].text);
        assert_string_equal(result.language, table[i].want);
        cpr_scan_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_meaning_is_found_in_every_language),
        cmocka_unit_test(the_language_is_told_by_its_function_words),
    };
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
