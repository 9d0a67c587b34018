#include "junk_names.h"

#include <unicase.h>

/* The names that mail programs and servers give to junk folders. Sources: the folder tables of imapsync, Thunderbird,
 * Outlook, Roundcube, Gmail and the providers named beside them; "Quarantine" is added for this program's purpose. */
static const char *const names[] = {
    /* English */ "Junk",
    "Junk Email",
    "Junk E-mail",
    "Junk Mail",
    "junkmail",
    "Spam",
    "Bulk",
    "Bulk Mail",
    "[Gmail]/Spam",
    "[Google Mail]/Spam",
    "Quarantine",
    /* Arabic */ "البريد الإلكتروني غير الهام",
    "غير المرغوب",
    "البريد غير الهام",
    /* Bengali */ "আজেবাজে মেইল",
    /* Breton, Welsh, Irish, Faroese */ "Stroboù",
    "Sothach",
    "Dramhaíl",
    "Møsn",
    /* Catalan */ "Correu brossa",
    /* Chinese */ "垃圾邮件",
    "垃圾郵件",
    "垃圾電郵",
    "垃圾箱",
    /* Czech, Slovak */ "Nevyžádaná pošta",
    "Nevyžiadaná pošta",
    /* Danish, Norwegian, Swedish, Finnish */ "Uønsket mail",
    "Uønsket e-post",
    "Uønsket e-mail",
    "Søppelpost",
    "Skräppost",
    "Skräp",
    "Roskaposti",
    /* Dutch */ "Ongewenste e-mail",
    "spamverdacht",
    /* Esperanto */ "Spamujo",
    /* Estonian, Latvian, Lithuanian */ "Rämpspost",
    "Mēstules",
    "Šlamštas",
    /* Basque, Asturian, Galician */ "Zabor-posta",
    "Puxarra",
    "Correo lixo",
    /* French */ "Courrier indésirable",
    "Indésirables",
    "Pourriel",
    "Pourriels",
    /* German */ "Junk-E-Mail",
    "Unerwünschte E-Mail",
    "Unerwünscht",
    "Spamverdacht",
    /* Greek */ "Ανεπιθύμητα",
    "Ανεπιθύμητη αλληλογραφία",
    /* Hebrew */ "דואר זבל",
    "ספאם",
    "זבל",
    /* Hungarian */ "Levélszemét",
    "Kéretlen",
    "Kéretlen levelek",
    /* Italian */ "Posta indesiderata",
    /* Japanese */ "迷惑メール",
    /* Korean */ "정크 메일",
    "스팸 편지함",
    "스팸메일함",
    /* Persian */ "هرزنامه",
    "بنجل",
    /* Polish */ "Wiadomości-śmieci",
    "Niechciane",
    "Spamowanie",
    "Potwierdzony spam",
    /* Portuguese */ "Lixo eletrônico",
    "Lixo electrónico",
    "Lixo Eletrónico",
    /* Romanian */ "E-mail nedorit",
    "Mesaje nedorite",
    /* Russian, Ukrainian, Bulgarian */ "Нежелательная почта",
    "Спам",
    "Небажана пошта",
    "Нежелана поща",
    /* Spanish */ "Correo no deseado",
    "No deseado",
    /* Thai, Vietnamese, Indonesian */ "สแปม",
    "อีเมลขยะ",
    "Thư rác",
    "Email Sampah",
    /* Turkish */ "Gereksiz e-posta",
    "İstenmeyen",
    "Önemsiz E-posta",
};

bool cpr_folder_name_is_same(struct cpr_view a, struct cpr_view b)
{
    int difference = 1;
    /* NFC and full case folding: servers and people write the same name in several normal forms. */
    return u8_casecmp((const uint8_t *)a.data, a.len, (const uint8_t *)b.data, b.len, NULL, UNINORM_NFC, &difference) ==
               0 &&
           difference == 0;
}

static bool is_listed(struct cpr_view name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (cpr_folder_name_is_same(name, cpr_view_of(names[i])))
            return true;
    return false;
}

bool cpr_junk_name_is_known(struct cpr_view display, char delimiter)
{
    /* Only the leaf counts: "INBOX.Junk" and "INBOX/Spam" are junk folders, "Spam reports" is not. */
    size_t leaf = 0;
    for (size_t i = 0; delimiter && i < display.len; i++)
        if (display.data[i] == delimiter)
            leaf = i + 1;
    return is_listed(display) || (leaf > 0 && is_listed(cpr_view_slice(display, leaf, display.len)));
}
