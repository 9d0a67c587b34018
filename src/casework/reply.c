#include "cpr/casework/reply.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"

#include <string.h>

const char *cpr_reply_class_name(enum cpr_reply_class class)
{
    static const char *const names[CPR_REPLY_CLASSES] = {"acknowledgement", "substantive", "other-recipient", "bounce"};
    CPR_ASSERT((unsigned)class < CPR_REPLY_CLASSES);
    return names[class];
}

/* What was found, decided or done; in the tense of things that are over. Lower case; other letters than ASCII as they
 * stand within a sentence. */
static const char *const findings[] = {
    /* en */
    "have revoked", "has revoked", "have now revoked", "been revoked", "was revoked", "were revoked", "is revoked",
    "are revoked", "is now revoked", "are now revoked", "we revoked", "not revoke", "revocation has been scheduled",
    "revocation is scheduled", "scheduled for revocation", "we found", "have found", "we find ", "findings are",
    "findings:", "finding:", "found that", "found no", "did not find", "determined that", "have determined", "concluded",
    "our conclusion", "we confirm ", "have confirmed", "can confirm", "is confirmed", "investigation shows",
    "investigation showed", "investigation has shown", "is mis-issued", "was mis-issued", "were mis-issued",
    "is misissued", "was misissued", "were misissued", "not mis-issued", "not misissued", "not issued by us",
    "was not issued", "were not issued", "did not issue", "not one of ours", "is not ours", "are not ours", "no violation", "does comply", "is compliant",
    "are compliant", "complies with", "not affected", "no evidence", "the cause was", "root cause", "already expired",
    "has expired", "have expired", "report is valid", "report is correct", "you are right", "key is compromised",
    "has been replaced", "have been replaced", "preliminary report:",
    /* de */
    "widerrufen worden", "wurde widerrufen", "wurden widerrufen", "haben widerrufen", "widerrufen haben",
    "zertifikat widerrufen", "zertifikate widerrufen", "gesperrt worden", "wurde gesperrt", "wurden gesperrt",
    "nicht widerrufen", "haben festgestellt", "festgestellt, dass", "ergab", "ergeben, dass", "können bestätigen",
    "bestätigen, dass", "nicht von uns ausgestellt", "ergebnis:", "kein verstoß", "nicht betroffen", "abgelaufen",
    /* fr */
    "avons révoqué", "a été révoqué", "ont été révoqué", "est révoqué", "avons constaté", "avons conclu",
    "confirmons que", "n'a pas été émis", "pas été émis par nous", "aucune violation",
    /* es, pt */
    "hemos revocado", "ha sido revocado", "han sido revocados", "fue revocado", "hemos comprobado", "confirmamos que",
    "no fue emitido", "revogamos", "foi revogado", "foram revogados", "constatamos", "concluímos", "não foi emitido",
    /* it */
    "abbiamo revocato", "è stato revocato", "sono stati revocati", "abbiamo riscontrato", "confermiamo che",
    "non è stato emesso",
    /* nl, sv, pl, cs, hu, tr */
    "is ingetrokken", "zijn ingetrokken", "hebben vastgesteld", "har återkallats", "har spärrats", "har konstaterat",
    "został unieważniony", "zostały unieważnione", "unieważniliśmy", "stwierdziliśmy", "byl zneplatněn",
    "byly zneplatněny", "zjistili jsme", "visszavontuk", "visszavonásra került", "megállapítottuk", "iptal edildi",
    "tespit ettik",
    /* ru, uk */
    "был отозван", "были отозваны", "отозвали", "установили, что", "подтверждаем, что", "було відкликано",
    "відкликали", "встановили, що",
    /* ja, zh, ko */
    "失効しました", "失効済み", "確認いたしました", "判明しました", "已吊销", "已撤销", "已註銷", "已撤銷", "经调查发现",
    "調查發現", "폐지하였습니다", "폐기하였습니다", "확인되었습니다",
};

/* What a sentence says when it only promises, or sets a condition: its findings are none. */
static const char *const conditions[] = {
    " if ", "if ", "whether", " once ", "once ", " unless ", " when ", " until ", " should ", " as soon as", " after we",
    "not yet", " yet to", "?", "falls ", "sobald", " ob ", "noch nicht", "si ", " si ", "une fois", "pas encore", "cuando ",
    "una vez", "todavía", " se ", "quando ", "non ancora", "ainda não", "jeśli", "jakmile", "pokud", "если", "якщо",
    "の場合", "如果", "若", "경우"};

/* How acknowledgements speak: they name the class when there is no finding. */
static const char *const acknowledgements[] = {
    "have received", "has been received", "we received", "was received", "acknowledge receipt", "acknowledging receipt",
    "confirm receipt", "thank you for contacting", "thanks for contacting", "thank you for your report",
    "thank you for reporting", "ticket", "case number", "request number", "reference number", "has been opened",
    "has been created", "has been assigned", "will get back", "will respond", "will reply", "looking into",
    "are investigating", "will investigate", "have started", "have begun", "under investigation", "forwarded",
    "haben ihre", "eingegangen", "erhalten", "danke für", "vielen dank", "wir prüfen", "melden uns", "vorgangsnummer",
    "avons bien reçu", "accusons réception", "nous revenons vers", "hemos recibido", "gracias por", "recebemos",
    "obrigado por", "abbiamo ricevuto", "grazie per", "hebben ontvangen", "ontvangen", "har mottagit", "otrzymaliśmy",
    "dziękujemy", "obdrželi jsme", "děkujeme", "megkaptuk", "köszönjük", "aldık", "teşekkür", "получили", "спасибо",
    "отримали", "дякуємо", "受け付けました", "受領", "ありがとう", "收到", "感谢", "感謝", "접수", "감사합니다"};

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

static const char *find_one(struct cpr_view text, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cpr_view_find_nocase(text, table[i], 0) != CPR_VIEW_NOT_FOUND)
            return table[i];
    return NULL;
}

/* The next sentence: it ends with '.', '!' or ';' before a blank, or with an ideographic stop. A '?' stays within: a
 * question is no finding. */
static bool next_sentence(struct cpr_view *rest, struct cpr_view *sentence_out)
{
    static const char stop[] = "。";
    if (rest->len == 0)
        return false;
    size_t end = 0;
    for (; end < rest->len; end++) {
        char c = rest->data[end];
        bool is_end = (c == '.' || c == '!' || c == ';' || c == '?') && (end + 1 == rest->len || rest->data[end + 1] == ' ');
        size_t stop_len = rest->len - end >= sizeof stop - 1 && memcmp(rest->data + end, stop, sizeof stop - 1) == 0
                              ? sizeof stop - 1
                              : 0;
        if (is_end || stop_len) {
            end += is_end ? 1 : stop_len;
            break;
        }
    }
    *sentence_out = cpr_view_trim(cpr_view_slice(*rest, 0, end));
    *rest = cpr_view_slice(*rest, end, rest->len);
    return true;
}

static void quote(struct cpr_reply_view *view, struct cpr_view words)
{
    cpr_text_copy(view->words, sizeof view->words, words);
}

static bool names_something(const struct cpr_reading *reply)
{
    for (uint32_t i = 0; i < reply->identifier_count; i++)
        if (!reply->identifiers[i].is_quoted &&
            cpr_identifier_is_unique((enum cpr_identifier_type)reply->identifiers[i].type))
            return true;
    return false;
}

struct cpr_reply_view cpr_reply_read(const struct cpr_reading *reply)
{
    struct cpr_reply_view view = {.class = CPR_REPLY_ACKNOWLEDGEMENT};
    struct cpr_view own = cpr_view_of(reply->own_words), rest = own, sentence;
    if (reply->is_automatic) {
        quote(&view, cpr_view_of("it was sent automatically (RFC 3834)"));
        return view;
    }
    while (next_sentence(&rest, &sentence))
        if (find_one(sentence, findings, COUNT_OF(findings)) && !find_one(sentence, conditions, COUNT_OF(conditions))) {
            view.class = CPR_REPLY_SUBSTANTIVE;
            quote(&view, sentence);
            return view;
        }
    const char *phrase = find_one(own, acknowledgements, COUNT_OF(acknowledgements));
    if (!phrase && names_something(reply)) {
        view.class = CPR_REPLY_SUBSTANTIVE;
        quote(&view, cpr_view_of("it names certificates of its own accord"));
    } else {
        quote(&view, cpr_view_of(phrase ? phrase : "no word of findings"));
    }
    return view;
}

struct cpr_reply_view cpr_reply_for(const struct cpr_reply_view *read, const char *to, const char *filer,
                                    const char *report_excerpt)
{
    struct cpr_reply_view view = *read;
    if (!filer[0] || cpr_view_find_nocase(cpr_view_of(to), filer, 0) == CPR_VIEW_NOT_FOUND) {
        view.class = CPR_REPLY_OTHER_RECIPIENT;
        quote(&view, cpr_view_of(to));
    } else if (view.class == CPR_REPLY_SUBSTANTIVE && view.words[0] &&
               cpr_view_find_nocase(cpr_view_of(report_excerpt), view.words, 0) != CPR_VIEW_NOT_FOUND) {
        view.class = CPR_REPLY_ACKNOWLEDGEMENT;
    }
    return view;
}

bool cpr_reply_closes(enum cpr_profile profile, enum cpr_reply_class class, bool is_automatic)
{
    return class == CPR_REPLY_SUBSTANTIVE ||
           (profile == CPR_PROFILE_CODE_SIGNING && class == CPR_REPLY_ACKNOWLEDGEMENT && !is_automatic);
}

static struct cpr_view domain_of(const char *address)
{
    struct cpr_view view = cpr_view_of(address);
    size_t at = cpr_view_find_byte(view, '@', 0);
    return at == CPR_VIEW_NOT_FOUND ? cpr_view_make("", 0) : cpr_view_slice(view, at + 1, view.len);
}

bool cpr_reply_is_ours(const struct cpr_reading *reply, char addresses[][CPR_ADDRESS_MAX], size_t address_count)
{
    struct cpr_view domain = domain_of(reply->from_address);
    for (size_t i = 0; i < address_count && domain.len; i++)
        if (cpr_view_equal_nocase(domain, domain_of(addresses[i])))
            return reply->received_count == 0 ||
                   cpr_view_equal_nocase(cpr_view_of(reply->authenticated_domain), domain);
    return false;
}
