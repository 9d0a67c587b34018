/* Vocabulary: how mail that a program wrote names itself in its subject. No rule speaks of these words: they name the
 * kind of a mail (kind.c) and never change a verdict. */
#include "vocabulary_tables.h"

static const struct cpr_vocabulary_row rows[] = {
    {CPR_MEANS_AUTO_REPLY, "en",
     "automatic reply|automatic response|auto reply|autoreply|auto response|autoresponse|autoresponder|auto:|"
     "out of office|out of the office|vacation reply|vacation responder"},
    {CPR_MEANS_AUTO_REPLY, "de",
     "automatische antwort|abwesenheitsnotiz|abwesenheit*|abwesend|außer haus|eingangsbestätigung*|"
     "empfangsbestätigung*"},
    {CPR_MEANS_AUTO_REPLY, "fr",
     "réponse automatique|absence du bureau|absent du bureau|message d'absence|accusé de réception"},
    {CPR_MEANS_AUTO_REPLY, "es", "respuesta automática|fuera de la oficina|acuse de recibo"},
    {CPR_MEANS_AUTO_REPLY, "it", "risposta automatica|fuori sede|fuori ufficio|conferma di ricezione"},
    {CPR_MEANS_AUTO_REPLY, "pt",
     "resposta automática|fora do escritório|ausência temporária|ausente do escritório|aviso de recepção"},
    {CPR_MEANS_AUTO_REPLY, "nl", "automatisch antwoord|automatische beantwoording|afwezig*|ontvangstbevestiging*"},
    {CPR_MEANS_AUTO_REPLY, "pl",
     "automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|poza biurem|nieobecność|potwierdzenie otrzymania"},
    {CPR_MEANS_AUTO_REPLY, "cs", "automatická odpověď|mimo kancelář|nepřítomnost*|potvrzení o přijetí"},
    {CPR_MEANS_AUTO_REPLY, "sk", "automatická odpoveď|mimo kancelárie|neprítomnosť|potvrdenie o prijatí"},
    {CPR_MEANS_AUTO_REPLY, "hu", "automatikus válasz|házon kívül|irodán kívül|távollét*"},
    {CPR_MEANS_AUTO_REPLY, "ro", "răspuns automat|în afara biroului|absent de la birou|confirmare de primire"},
    {CPR_MEANS_AUTO_REPLY, "bg", "автоматичен отговор|извън офиса"},
    {CPR_MEANS_AUTO_REPLY, "tr", "otomatik yanıt|otomatik cevap|ofis dışında|ofis dışı|işyeri dışında"},
    {CPR_MEANS_AUTO_REPLY, "el", "αυτόματη απάντηση|εκτός γραφείου"},
    {CPR_MEANS_AUTO_REPLY, "ru", "автоматический ответ|автоответ*|вне офиса|нет на месте"},
    {CPR_MEANS_AUTO_REPLY, "uk", "автоматична відповідь|автовідповідь|поза офісом"},
    {CPR_MEANS_AUTO_REPLY, "ja", "自動応答|自動返信|不在通知|不在のお知らせ"},
    {CPR_MEANS_AUTO_REPLY, "zh", "自动答复|自动回复|自動回覆|自動答覆|自動回复"},
    {CPR_MEANS_AUTO_REPLY, "ko", "자동 회신|자동회신|자동 응답|자동응답|부재중|부재 중"},
    {CPR_MEANS_AUTO_REPLY, "sv", "autosvar|automatiskt svar|frånvaro*|ej på kontoret"},
    {CPR_MEANS_AUTO_REPLY, "fi", "automaattinen vastaus|poissaolo*|poissa toimistosta"},
    {CPR_MEANS_AUTO_REPLY, "da", "autosvar|automatisk svar|ikke til stede|fraværsmeddelelse|ikke på kontoret"},
    {CPR_MEANS_AUTO_REPLY, "no", "autosvar|automatisk svar|fraværsmelding|fraværende|ikke på kontoret"},
    {CPR_MEANS_AUTO_REPLY, "he", "תשובה אוטומטית|מענה אוטומטי|מחוץ למשרד"},
    {CPR_MEANS_AUTO_REPLY, "ar", "رد تلقائي|الرد التلقائي|خارج المكتب"},

    /* Mail servers write English, but for Exchange. */
    {CPR_MEANS_BOUNCE, "en",
     "undelivered mail|undeliverable|undeliverable mail|undeliverable message|mail delivery failed|"
     "mail delivery failure|delivery failure|delivery has failed|delivery status notification|failure notice|"
     "returned mail|returned to sender|mail delivery subsystem|message undeliverable|delivery delayed|"
     "mail system error"},
    {CPR_MEANS_BOUNCE, "de", "unzustellbar*|nicht zustellbar*|zustellung fehlgeschlagen"},
    {CPR_MEANS_BOUNCE, "fr", "non remis|échec de remise|non distribuable|message non distribué"},
    {CPR_MEANS_BOUNCE, "es", "no se puede entregar|no entregable|error de entrega"},
    {CPR_MEANS_BOUNCE, "it", "non recapitabile|impossibile recapitare|mancata consegna"},
    {CPR_MEANS_BOUNCE, "pt", "não é possível entregar|não entregue|falha na entrega"},
    {CPR_MEANS_BOUNCE, "nl", "niet te bezorgen|kan niet worden bezorgd|onbestelbaar"},
    {CPR_MEANS_BOUNCE, "pl", "niedostarczon*|nie można dostarczyć"},
    {CPR_MEANS_BOUNCE, "cs", "nedoručiteln*"},
    {CPR_MEANS_BOUNCE, "hu", "kézbesíthetetlen*"},
    {CPR_MEANS_BOUNCE, "ro", "nelivrabil*"},
    {CPR_MEANS_BOUNCE, "tr", "teslim edilemedi|teslim edilemeyen"},
    {CPR_MEANS_BOUNCE, "ru", "недоставлен*|не удается доставить"},
    {CPR_MEANS_BOUNCE, "ja", "配信不能|配信できません"},
    {CPR_MEANS_BOUNCE, "zh", "无法送达|未送达|無法傳遞"},
    {CPR_MEANS_BOUNCE, "ko", "배달되지 않음|배달할 수 없음"},
    {CPR_MEANS_BOUNCE, "sv", "går inte att leverera|kan inte levereras"},
};

const struct cpr_vocabulary_table cpr_vocabulary_kinds = {rows, sizeof rows / sizeof rows[0]};
