#include "reply_words.h"

#include <string.h>

/* --- the tables -------------------------------------------------------------------------------------------------- */

/* Rows are by language. Participles with their auxiliaries, so that the noun, the wish and the rule are none. */
static const struct cpr_finding findings[] = {
    /* en: done */
    {"has|have|had|'ve|'s|was|were|been|is|are|got|we|i|now|already|just|both", "revoked", 2, CPR_NEEDS_NOTHING},
    {"has been|have been|had been|was|were|been|'ve|we", "replaced|reissued|re-issued|corrected|fixed", 1,
     CPR_NEEDS_OBJECT},
    {"revoked on|revoked at|revoked since|revoked today|revoked yesterday|revoked this|revoked as of|revoked the|"
     "certificate revoked at|certificates revoked at",
     "", 0, CPR_NEEDS_NOTHING},
    {"begun|started|continue*", "to revoke|revoking|with the revocation|the revocation", 2, CPR_NEEDS_NOTHING},
    {"we", "restarted|repaired|republished|disabled|changed|updated|regenerated", 2, CPR_NEEDS_OBJECT},
    /* en: found */
    {"we|'ve|investigation|analysis|check|checks|review|engineers|team|analysts|specialists",
     "found|determined|concluded|confirmed|established|identified|verified|showed|shows|shown|reproduced|factored|"
     "compared",
     3, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"we confirm|we can confirm|we hereby confirm|we find|we conclude|we agree|we see no", "", 0,
     CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"is|are|was|were|been", "confirmed|verified", 1, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"is|are|was|were|been", "mis-issued|misissued|issued in error|wrongly issued|incorrectly issued|issued without", 2,
     CPR_NEEDS_OBJECT},
    {"is|are|was|were", "compromised|weak|affected|compliant|incorrect|correct|wrong|justified|unfounded|fine|valid", 2,
     CPR_NEEDS_OBJECT},
    {"is|was|are|were", "a violation of|in violation of|in compliance with|a false positive|false positives", 1,
     CPR_NEEDS_NOTHING},
    {"complies with|comply with|root cause was|root cause is|cause was|violates|our mistake|you are right|you're right|"
     "our conclusion|expired on|expired in|already expired|has expired|have expired|report is valid|report is correct",
     "", 0, CPR_NEEDS_NOTHING},
    /* en: decided against */
    {"will not|won't|do not|don't|not to|not going to|no reason to|no need to|nothing to|nothing for us to|no grounds "
     "to",
     "revoke|be revoked", 2, CPR_BEARS_NEGATION},
    {"not|*n't|none|neither",
     "issued by us|one of ours|one of our|ours|our certificate|our certificates|from us|a certificate of ours|in our "
     "database|in our systems|"
     "under our|chain to us|misissued|mis-issued",
     3, CPR_BEARS_NEGATION},
    {"not|*n't|neither", "affected|publicly trusted|in scope", 3, CPR_BEARS_NEGATION | CPR_NEEDS_OBJECT},
    {"did not|didn't|have not|haven't|never", "issue|issued", 1, CPR_BEARS_NEGATION},
    {"no violation|no misissuance|no mis-issuance|no error|no compromise|no revocation is|no phishing|not a "
     "violation|could not reproduce|cannot reproduce|"
     "can't reproduce|couldn't reproduce|decided not to|decided against|not matching|do not match|don't match|does not "
     "match|doesn't match|does not apply|do not apply|don't apply|"
     "no action is needed|nothing has to be done|issued by another ca|found no|find no",
     "", 0, CPR_BEARS_NEGATION},
    {"unfounded|unbegründet|infondé|infondée|infundado|infundada|infondata|ongegrond|bezpodstawne|nezasadn*", "", 0,
     CPR_BEARS_NEGATION},
    /* en: to come, and when */
    {"will|shall|be|going to|scheduled|planned|obliged to|get|gets|is", "revoke|revoked|revocation", 3, CPR_NEEDS_TIME},
    {"revocation", "scheduled|planned|set for|takes place|will take place|on", 2, CPR_NEEDS_TIME},
    /* de */
    {"wurde|wurden|worden|haben|hat|habe|ist|sind|bereits|inzwischen", "widerrufen|gesperrt|zurückgezogen|revoziert", 0,
     CPR_NEEDS_NOTHING},
    {"gesperrt worden|widerrufen worden|gesperrt haben|widerrufen haben|gesperrt wurde*|widerrufen wurde*|gesperrt "
     "ist|widerrufen ist",
     "", 0, CPR_NEEDS_NOTHING},
    {"sperrung|sperrungen|widerruf|revokation", "erfolgt|erfolgte|durchgeführt|begonnen|abgeschlossen|vorgenommen", 0,
     CPR_NEEDS_NOTHING},
    {"festgestellt|ermittelt|überprüft und|ergab|ergeben|können bestätigen|bestätigen, dass|hat sich "
     "bestätigt|bestätigt sich|nachgewiesen|sie haben recht|"
     "fehlausgestellt|fehlerhaft ausgestellt|kompromittiert ist|ist kompromittiert|ursache war|falsch ist|ist "
     "falsch|sind falsch|sind korrekt|ist korrekt",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"nicht", "von uns ausgestellt|von uns|betroffen|widerrufen werden|gesperrt werden|zu beanstanden|unser|unseres", 3,
     CPR_BEARS_NEGATION},
    {"kein|keinen|keine", "verstoß|fehlausstellung|fehler|anlass", 2, CPR_BEARS_NEGATION},
    {"verstoß|fehlausstellung|fehler", "liegt nicht vor", 1, CPR_BEARS_NEGATION},
    {"wird|werden", "widerrufen|gesperrt|zurückgezogen", 0, CPR_NEEDS_TIME},
    /* fr */
    {"a|ont|avons|est|sont|été|bien", "révoqué|révoqués|révoquée|révoquées|revoqué|revoqués", 2, CPR_NEEDS_NOTHING},
    {"avons constaté|avons établi|avons conclu|avons vérifié|confirmons que|pouvons confirmer|est avéré|sont "
     "avérés|s'avère|est confirmé|est compromise|est conforme|"
     "sont conformes|vous avez raison|émis par erreur|est erroné|sont erronés|est correct|sont corrects",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"pas été émis|pas émis|n'avons pas émis|pas de notre|ne sera pas révoqué|ne seront pas révoqués|ne révoquerons "
     "pas|aucune violation|aucun manquement|aucune anomalie|"
     "n'est pas concerné|ne sont pas concernés",
     "", 0, CPR_BEARS_NEGATION},
    {"sera|seront|allons|révoquerons|procéderons",
     "révoqué|révoqués|révoquer|révoquée|révocation|certificat|certificats", 3, CPR_NEEDS_TIME},
    /* es */
    {"ha sido|han sido|fue|fueron|hemos|ya|está|están|quedó", "revocado|revocados|revocada|revocadas", 2,
     CPR_NEEDS_NOTHING},
    {"hemos comprobado|hemos confirmado|hemos verificado|hemos constatado|hemos determinado|confirmamos que|podemos "
     "confirmar|tiene razón|es incorrecto|son incorrectos|"
     "es correcto|son correctos|está comprometida|emitido por error|cumple con",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"no ha sido emitido|no fue emitido|no han sido emitidos|no emitimos|no hemos emitido|no es nuestro|no será "
     "revocado|no revocaremos|no procede revocar|ningún incumplimiento",
     "", 0, CPR_BEARS_NEGATION},
    {"será|serán|revocaremos|vamos a revocar|procederemos",
     "revocado|revocados|certificado|certificados|revocar|los|el", 3, CPR_NEEDS_TIME},
    /* pt */
    {"foi|foram|já|está|estão", "revogado|revogados|revogada", 2, CPR_NEEDS_NOTHING},
    {"revogamos|revogámos|constatamos|concluímos|confirmamos que|verificamos que|verificámos que|foi exposta|está "
     "comprometida|estão errados|está errado|tem razão|emitido por engano",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"não foi emitido|não foram emitidos|não emitimos|não será revogado|não é nosso|não revogaremos", "", 0,
     CPR_BEARS_NEGATION},
    {"será|serão|revogaremos|vamos revogar", "revogado|revogados|certificado|certificados|o|os", 3, CPR_NEEDS_TIME},
    /* it */
    {"è stato|sono stati|abbiamo|è|sono|già|risulta", "revocato|revocati", 2, CPR_NEEDS_NOTHING},
    {"abbiamo riscontrato|abbiamo verificato|abbiamo accertato|abbiamo constatato|abbiamo confermato|confermiamo che|è "
     "compromessa|effettivamente compromessa|emesso per errore|"
     "è errato|sono errati|ha ragione|risultano corretti|risulta corretto|è corretto",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"non è stato emesso|non sono stati emessi|non abbiamo emesso|non procederemo|non verrà revocato|non sarà "
     "revocato|non è nostro|nessuna violazione",
     "", 0, CPR_BEARS_NEGATION},
    {"sarà|saranno|verrà|verranno|revocheremo", "revocato|revocati|certificato|certificati|i|il", 3, CPR_NEEDS_TIME},
    /* nl */
    {"is|zijn|werd|werden|hebben|heeft", "ingetrokken|herroepen|gerevoceerd", 0, CPR_NEEDS_NOTHING},
    {"vastgesteld|geconstateerd|bevestigen dat|kunnen bevestigen|klopt niet|kloppen niet|is correct|zijn correct|is "
     "gelekt|gelekt is|u heeft gelijk|ten onrechte uitgegeven",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"niet", "door ons uitgegeven|van ons|ingetrokken worden|intrekken|getroffen", 3, CPR_BEARS_NEGATION},
    {"wordt|worden|zullen|zal", "ingetrokken|herroepen|intrekken", 0, CPR_NEEDS_TIME},
    /* sv, da, no, fi */
    {"har|är|blev|er|ble|blitt|blevet",
     "återkallats|spärrats|återkallat|spärrat|återkallad|tilbagekaldt|spærret|tilbakekalt|trukket tilbage|trukket "
     "tilbake|sperret",
     3, CPR_NEEDS_NOTHING},
    {"spärrades|återkallades|konstaterat|konstateret|konstatert|fastställt|bekräftar att|bekræfter at|bekrefter at", "",
     0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"inte utfärdat av oss|ikke udstedt af os|ikke utstedt av oss|emme ole myöntäneet|ei ole meidän myöntämä", "", 0,
     CPR_BEARS_NEGATION},
    {"suljettiin|peruttiin|mitätöitiin|on suljettu|on peruttu|on mitätöity|olemme sulkeneet|olemme peruneet|olemme "
     "todenneet|totesimme",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    /* pl */
    {"został|zostały|zostało|jest|są", "unieważniony|unieważnione|unieważniono|odwołany|odwołane", 3,
     CPR_NEEDS_NOTHING},
    {"unieważniliśmy|stwierdziliśmy|potwierdziliśmy, że|ustaliliśmy|potwierdzamy, że", "", 0,
     CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"nie został wydany przez nas|nie wydaliśmy|nie zostały wydane przez nas|nie jest nasz|nie zostanie unieważniony",
     "", 0, CPR_BEARS_NEGATION},
    {"zostanie|zostaną", "unieważniony|unieważnione", 4, CPR_NEEDS_TIME},
    /* cs, sk */
    {"byl|byly|byla|jsme|je|jsou|bol|boli|sme|bola",
     "zneplatněn|zneplatněny|zneplatnili|odvolán|odvolány|odvolali|revokován|revokovány|revokovali|zrušený|zrušené|"
     "zrušili|zneplatnený|zneplatnené|odvolaný|zrušen|zrušeny",
     4, CPR_NEEDS_NOTHING},
    {"zjistili jsme|ověřili jsme|potvrzujeme, že|zistili sme|overili sme|potvrdzujeme, že", "", 0,
     CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"nebyl vydán námi|nevydali jsme|nevydali sme|nebol vydaný nami|nie je náš|není náš", "", 0, CPR_BEARS_NEGATION},
    {"bude|budou|budú",
     "zneplatněn|zneplatněny|odvolán|odvolány|zrušený|zrušené|zneplatnený|zneplatnené|zrušen|zrušeny", 4,
     CPR_NEEDS_TIME},
    /* hu, tr, ro, el, bg */
    {"visszavontuk|visszavonásra került|vissza lett "
     "vonva|visszavontak|visszavonva|megállapítottuk|megállapította|megerősítjük, hogy",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"nem mi adtuk ki|nem általunk kibocsátott", "", 0, CPR_BEARS_NEGATION},
    {"iptal edildi|iptal edilmiştir|iptal ettik|tespit ettik|tespit edilmiştir|doğrulanmıştır|doğruladık", "", 0,
     CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"tarafımızca düzenlenmemiştir|bizim tarafımızdan verilmemiştir|bize ait değil*", "", 0, CPR_BEARS_NEGATION},
    {"a fost|au fost|am|este|sunt", "revocat|revocate", 2, CPR_NEEDS_NOTHING},
    {"am constatat|am confirmat|am stabilit|confirmăm că", "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"nu a fost emis de noi|nu am emis|nu este al nostru", "", 0, CPR_BEARS_NEGATION},
    {"va fi|vor fi", "revocat|revocate", 2, CPR_NEEDS_TIME},
    {"ανακλήθηκε|ανακλήθηκαν|ανακαλέσαμε|έχει ανακληθεί|έχουν ανακληθεί|διαπιστώσαμε", "", 0,
     CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"беше|бяха|е|са", "отменен|отменени|анулиран|анулирани|прекратен|прекратени", 2, CPR_NEEDS_NOTHING},
    /* ru, uk */
    {"отозван|отозваны|отозвали|аннулирован|аннулированы|установили|подтверждаем, что|подтвердили, "
     "что|скомпрометирован",
     "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"не выпускали|не выдавали|выпущен не нами|выдан не нами|не наш", "", 0, CPR_BEARS_NEGATION},
    {"відкликано|відкликали|анульовано|скасовано|встановили|підтверджуємо, що", "", 0,
     CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"виданий не нами|не видавали|не наш", "", 0, CPR_BEARS_NEGATION},
    /* ja, zh, ko */
    {"失効しました|失効いたしました|失効済み|失効させました|失効処理を完了|失効処理を実施|失効を完了", "", 0,
     CPR_NEEDS_NOTHING},
    {"確認しました|確認いたしました|判明しました|判明いたしました|確認されました", "", 0,
     CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"発行したものではありません|発行したものではございません|発行した証明書ではありません|"
     "発行した証明書ではございません|該当しません|問題はありません",
     "", 0, CPR_BEARS_NEGATION},
    {"已|已于|已於|已经|已將|已将", "吊销|撤销|吊銷|撤銷|註銷|注销|作废|廢止", 0, CPR_NEEDS_NOTHING},
    {"经核实|經核實|经调查发现|調查發現|确认|確認|查明", "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"不是由我们|不是我们|并非由我们|並非由我們|不是由我們|不是本公司|并非本公司", "", 0, CPR_BEARS_NEGATION},
    {"폐기하였습니다|폐기했습니다|폐기되었습니다|폐지하였습니다|폐지했습니다|폐지되었습니다", "", 0, CPR_NEEDS_NOTHING},
    {"확인되었습니다|확인하였습니다|확인했습니다|확인되어", "", 0, CPR_NEEDS_OBJECT | CPR_NEEDS_FAULT},
    {"발급한 것이 아닙니다|발급하지 않았습니다", "", 0, CPR_BEARS_NEGATION},
};

static const char objects[] =
    "*certif*|cert|certs|key|keys|modulus|domain*|serial*|validation|*issuance|*issued|crl*|ocsp*|caa|organi*|localit*|"
    "subscriber*|dnsname*|"
    "*zertifikat*|*schlüssel*|clé|clés|clave*|chave*|chiav*|sleutel*|certyfikat*|klucz*|klíč*|kľúč*|nyckel*|nøgl*|"
    "nøkkel*|"
    "varmen*|avai*|tanúsítvány*|*kulcs*|sertifika*|anahtar*|cheia|πιστοποιητικ*|κλειδί*|сертификат*|ключ*|сертифікат*|"
    "证书|證書|憑證|"
    "凭证|私钥|私鑰|証明書|鍵|인증서|키|ortsangabe*|angabe*|meldung|champ|domini*|dominio*|plaatsnaam|város*|domén*";

/* What is wrong with a certificate, or is not: what a finding is about. */
static const char faults[] = "compromis*|*kompromit*|leak*|published|public|publicly|exposed|weak|*issued|*issuance|"
                             "wrong|incorrect|correct|invalid|*violat*|"
                             "complian*|comply|complies|error|errors|bug|mistake|affected|match|matches|matched|differ*"
                             "|revoked|revocation|stale|skipped|factored|fine|valid|justified|"
                             "falsch|fehler*|korrekt|öffentlich*|geleakt|verstoß|ausgestellt|schwach|*gesperrt|"
                             "widerrufen|publique|exposé*|erroné*|fuit*|émis|conforme*|correct*|révoqué*|avéré*|"
                             "filtrad*|expuest*|comprometid*|emitid*|incorrect*|revocad*|exposta|vazad*|errad*|revogad*"
                             "|revogamos|revogámos|compromess*|errat*|emess*|corrett*|revocat*|"
                             "gelekt|uitgegeven|klopt|kloppen|ingetrokken|ujawnion*|błęd*|wydan*|unieważni*|unik*|"
                             "chybn*|vydán*|zneplatn*|röjd*|felaktig*|spärrades|återkallades|lækket|"
                             "suljettiin|peruttiin|mitätöit*|suljettu|peruttu|sulkeneet|peruneet|kiszivár*|visszavon*|"
                             "ifşa*|iptal*|отозван*|отозвали|аннулирован*|скомпромет*|утечк*|ошиб*|"
                             "відклика*|анульован*|скасован*|скомпромет*|ανακλήθηκ*|ανακαλέσαμε|ανακληθεί|διαρρε*|泄露|"
                             "泄漏|洩漏|外泄|误签|錯發|漏えい|漏洩|流出|誤発行|失効し|유출|오발급|폐기|폐지";

/* What is done with reports, not what is found in them. */
static const char processes[] =
    "ticket|tickets|request|receipt|received|queue|mail|e-mail|email|registered|recorded|logged|forwarded|duplicate "
    "of|your report|the report|your message|your inquiry|your enquiry|"
    "ihre "
    "meldung|anliegen|anfrage|eingegangen|erfasst|signalement|demande|enregistré|informe|solicitud|caso|datos|recibid*|"
    "recebid*|pedido|registado|registrado|segnalazione|"
    "richiesta|ricevut*|melding|geregistreerd|ontvangen|zgłoszenie|zarejestrowan*|otrzyma*|hlášení|přijat*|prijat*|"
    "hlásenie|сообщение|обращение|получен*|повідомлення|отриман*|"
    "メール|受付|受領|内容|邮件|郵件|收到|메일|신고|접수";

/* A question, a condition, a wish, a possibility: the sentence does not say that it is so. */
static const char conditions[] =
    "?|if|whether|once|unless|when|whenever|until|should|as soon as|after we|after it|after the certificate|yet to|in "
    "case|"
    "in the event|provided that|depending|subject to|pending|to be sure|may|might|could be|could have|could you|could "
    "lead|could mean|would|must|how to|why|to have|"
    "not clear|unclear|not sure|not known|don't know|understand that|think that|will confirm|'ll confirm|will "
    "determine|"
    "being|under review|under investigation|under analysis|investigating|looking into|look "
    "into|ongoing|examining|analysing|analyzing|"
    "checking|check that|verify that|verifying|to check|to verify|will check|will verify|will review|will examine|'ll "
    "check|searching|"
    "please|let us know|want us to|would like|suspected|alleged*|possible|possibly|potential|potentially|"
    "sobald|ob|falls|sollte|sollten|sofern|wenn|können sie|bitte|möglicherweise|mutmaßlich*|"
    "si|s'il|une fois|dès que|lorsque|quand|veuillez|pourriez|le cas échéant|"
    "cuando|una vez|en caso|por favor|podría|tan pronto|"
    "se il|se la|se i|se le|se dovesse|se si|se o|se a|se os|se as|se for|quando|qualora|nel caso|una volta|per "
    "favore|può|"
    "poderia|assim que|caso seja|caso o|caso a|"
    "mocht|indien|als de|als het|als uw|als blijkt|zodra|of het|gelieve|"
    "om det|om en|om ett|om vi|om nyckeln|om certifikat*|när|hvis|når|jos|kun|"
    "jeśli|jeżeli|gdy|czy|prosimy|jakmile|pokud|jestliže|zda|ak|keď|či|"
    "ha a|ha az|ha ez|amennyiben|amint|eğer|halinde|durumunda|dacă|odată ce|în cazul|αν|εάν|όταν|ако|когато|"
    "если|когда|ли|после|пожалуйста|якщо|коли|чи|після|"
    "の場合|した場合|たら|れば|かどうか|？|如果|若|一旦|是否|经确认后|경우|면 |는지";

/* Somebody else's words, and what holds always. */
static const char others_words[] =
    "last comment|description:|title:|subject:|details:|problem:|message:|betreff:|beschreibung:|objet "
    ":|asunto:|oggetto:|onderwerp:|"
    "according to you|as you say|in your view|your opinion|certificates found|certificates that|any "
    "certificate|account|password|login|passwort|zugang|konto|"
    "mot de passe|contraseña|palavra-passe|senha|wachtwoord|hasło|heslo|пароль|密码|パスワード|비밀번호|"
    "you reported|you have reported|you report|you say|you said|you state|you stated|you write|you wrote|you "
    "claim*|you told|"
    "you informed|you describe*|you mention that|you found|your mail says|your message says|your report says|your "
    "claim|"
    "report that|reported that|report about|report of|reports about|reports of|message about|request about|case "
    "of|regarding|have received|has been received|was received|"
    "we received|confirm receipt|acknowledge receipt|confirm the receipt|confirm that we have|found your|find "
    "your|that you|for identifying|for finding|"
    "for reporting that|for letting us know that|for informing us|for telling us that|for bringing|"
    "sie haben gemeldet|sie schreiben|ihre nachricht|ihrer meldung|gemeldet, dass|vous avez signalé|vous indiquez|su "
    "mensaje|usted indica|"
    "within 24 hours|within 24h|within five days|within 5 days|at any time|in accordance with|certificate is revoked "
    "within|"
    "a certificate is|a certificate will be|certificates will be|certificates get|up to and including|according to "
    "section|our policy|first priority|"
    "reviewed by|innerhalb von 24|innerhalb von fünf|dans les 24|dans un délai|en un plazo|entro 24|binnen "
    "24|24時間以内|24小时内|24小時內|24시간";

/* Nothing is done yet. A finding that is itself a "no" stands above it. */
static const char negations[] =
    "not|*n't|nothing|no|none|neither|nor|never|without|still|so far|to date|at this time|at this point|"
    "nicht|kein|keine|keinen|noch|bisher|bislang|derzeit|weder|"
    "ne|n'est|n'a|n'ont|n'avons|aucun|aucune|pas|à ce stade|encore|"
    "todavía|aún|ningún|ninguna|não|ainda|nenhum|non|ancora|nessun|nessuno|niet|nog|geen|"
    "inte|ingen|inga|ännu|ikke|endnu|ennå|ei|eivät|vielä|"
    "nie|jeszcze|żaden|dosud|zatím|žádný|není|nebyl*|nebol*|zatiaľ|nem|még|henüz|değil|nu a|nu am|nu s-a|nu "
    "au|încă|δεν|ακόμη|не|още|ещё|еще|ще|"
    "まだ|ていません|ておりません|ありません|ございません|未だ|尚未|还没|還沒|未|没有|아직|않|못";

static const char times[] =
    "today|tomorrow|tonight|noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|utc|gmt|"
    "heute|morgen|montag|dienstag|mittwoch|donnerstag|freitag|uhr|aujourd'hui|demain|hoy|mañana|hoje|amanhã|oggi|"
    "domani|"
    "vandaag|dziś|dzisiaj|jutro|dnes|zítra|zajtra|i dag|idag|imorgon|astăzi|mâine";

static const char *const acknowledgements[] = {"have received",
                                               "has been received",
                                               "we received",
                                               "was received",
                                               "acknowledge",
                                               "confirm receipt",
                                               "thank you for contacting",
                                               "thanks for contacting",
                                               "thank you for your report",
                                               "thank you for reporting",
                                               "ticket",
                                               "case number",
                                               "request number",
                                               "reference number",
                                               "has been opened",
                                               "has been created",
                                               "has been assigned",
                                               "will get back",
                                               "will respond",
                                               "will reply",
                                               "looking into",
                                               "are investigating",
                                               "will investigate",
                                               "have started",
                                               "have begun",
                                               "under investigation",
                                               "forwarded",
                                               "haben ihre",
                                               "eingegangen",
                                               "erhalten",
                                               "danke für",
                                               "vielen dank",
                                               "wir prüfen",
                                               "melden uns",
                                               "vorgangsnummer",
                                               "avons bien reçu",
                                               "accusons réception",
                                               "nous revenons vers",
                                               "hemos recibido",
                                               "gracias por",
                                               "recebemos",
                                               "obrigado por",
                                               "abbiamo ricevuto",
                                               "grazie per",
                                               "hebben ontvangen",
                                               "ontvangen",
                                               "har mottagit",
                                               "otrzymaliśmy",
                                               "dziękujemy",
                                               "obdrželi jsme",
                                               "děkujeme",
                                               "megkaptuk",
                                               "köszönjük",
                                               "aldık",
                                               "teşekkür",
                                               "получили",
                                               "спасибо",
                                               "отримали",
                                               "дякуємо",
                                               "受け付けました",
                                               "受領",
                                               "ありがとう",
                                               "收到",
                                               "感谢",
                                               "感謝",
                                               "접수",
                                               "감사합니다"};

/* --- finding them ------------------------------------------------------------------------------------------------ */

const struct cpr_finding *cpr_reply_finding(size_t i)
{
    return i < sizeof findings / sizeof findings[0] ? &findings[i] : NULL;
}

static bool is_word_byte(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Kana, Han, Hangul: no blanks between words. U+3000 and above begins with these bytes. */
static bool is_unspaced(char c)
{
    return (unsigned char)c >= 0xE3;
}

/* Whether the alternative stands at `at` of the text. */
static bool stands_at(const char *text, size_t at, const char *word, size_t len)
{
    bool opens = word[0] == '*', closes = word[len - 1] == '*';
    const char *core = word + opens;
    size_t core_len = len - opens - closes;
    if (strncmp(text + at, core, core_len) != 0)
        return false;
    bool has_edges = !is_unspaced(core[0]);
    bool begins = opens || !has_edges || !is_word_byte(core[0]) || at == 0 || !is_word_byte(text[at - 1]);
    bool ends = closes || !has_edges || !is_word_byte(core[core_len - 1]) || !is_word_byte(text[at + core_len]);
    return begins && ends;
}

/* The first place of any of the alternatives from `from` on, and where it ends; false when there is none. */
static bool find_any(const char *text, size_t from, const char *words, size_t *at_out, size_t *end_out)
{
    bool is_found = false;
    for (const char *word = words; *word;) {
        size_t len = strcspn(word, "|");
        char first = word[word[0] == '*'];
        for (const char *at = strchr(text + from, first); at; at = strchr(at + 1, first)) {
            size_t place = (size_t)(at - text);
            if (is_found && place >= *at_out)
                break;
            if (stands_at(text, place, word, len)) {
                *at_out = place;
                *end_out = place + len - (word[0] == '*') - (word[len - 1] == '*');
                is_found = true;
                break;
            }
        }
        word += len + (word[len] == '|');
    }
    return is_found;
}

static bool has(const char *text, const char *words)
{
    size_t at, end;
    return find_any(text, 0, words, &at, &end);
}

static size_t words_between(const char *text, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += text[i] != ' ' && (i == from || text[i - 1] == ' ');
    return count;
}

/* "25 November", "09:15": one or two digits by themselves. Of "4.9.1.1" and "04:a1" none is. */
static bool has_time(const char *text)
{
    for (size_t i = 0; text[i]; i++) {
        size_t len = strspn(text + i, "0123456789");
        bool is_alone = (i == 0 || text[i - 1] == ' ' || text[i - 1] == '(') && len && len <= 2;
        const char *next = text + i + len;
        bool is_clock = is_alone && next[0] == ':' && cpr_ascii_is_digit(next[1]) && cpr_ascii_is_digit(next[2]) &&
                        !is_word_byte(next[3]) && next[3] != ':';
        bool is_day =
            is_alone && !is_word_byte(next[0]) && next[0] != ':' &&
            (next[0] != '.' || !cpr_ascii_is_digit(next[1]) || next[2] == '.' || (next[2] != '\0' && next[3] == '.'));
        if (is_clock || is_day)
            return true;
        i += len ? len - 1 : 0;
    }
    return has(text, times);
}

bool cpr_reply_is_said(const char *plain, const struct cpr_finding *finding)
{
    size_t at = 0, end = 0, second_at, second_end;
    if ((finding->needs & CPR_NEEDS_OBJECT && (!has(plain, objects) || has(plain, processes))) ||
        (finding->needs & CPR_NEEDS_FAULT && !has(plain, faults)) ||
        (finding->needs & CPR_NEEDS_TIME && !has_time(plain)))
        return false;
    while (find_any(plain, end, finding->first, &at, &end)) {
        if (!finding->second[0])
            return true;
        if (find_any(plain, end, finding->second, &second_at, &second_end) &&
            (finding->gap == 0 || words_between(plain, end, second_at) <= finding->gap))
            return true;
    }
    return false;
}

bool cpr_reply_is_reservation(const char *plain)
{
    return has(plain, conditions) || has(plain, others_words);
}

bool cpr_reply_is_negation(const char *plain)
{
    return has(plain, negations);
}

const char *cpr_reply_acknowledgement(const char *plain)
{
    for (size_t i = 0; i < sizeof acknowledgements / sizeof acknowledgements[0]; i++)
        if (strstr(plain, acknowledgements[i]))
            return acknowledgements[i];
    return NULL;
}

/* --- the plain form ---------------------------------------------------------------------------------------------- */

/* What a character of several bytes becomes: its ASCII form, or 0. */
static char straight(const char *at)
{
    static const struct {
        const char *from;
        char to;
    } table[] = {{"\xC2\xA0", ' '}, {"‘", '\''}, {"’", '\''}, {"“", '"'},  {"”", '"'},  {"„", '"'},
                 {"«", '"'},        {"»", '"'},  {"「", '"'}, {"」", '"'}, {"『", '"'}, {"』", '"'}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strncmp(at, table[i].from, strlen(table[i].from)) == 0)
            return table[i].to;
    return 0;
}

/* Capital letters of Latin-1 and of the Russian alphabet. */
static void lower_pair(char *pair)
{
    unsigned char first = (unsigned char)pair[0], second = (unsigned char)pair[1];
    if (first == 0xC3 && second >= 0x80 && second <= 0x9E)
        pair[1] = (char)(second + 0x20);
    else if (first == 0xD0 && second >= 0x90 && second <= 0x9F)
        pair[1] = (char)(second + 0x20);
    else if (first == 0xD0 && second >= 0xA0 && second <= 0xAF)
        pair[0] = (char)0xD1, pair[1] = (char)(second - 0x20);
}

static void blank_quoted(char *plain)
{
    for (char *open = strchr(plain, '"'); open;) {
        char *close = strchr(open + 1, '"');
        if (!close)
            return;
        memset(open, ' ', (size_t)(close - open) + 1);
        open = strchr(close + 1, '"');
    }
}

void cpr_reply_plain(struct cpr_view sentence, char out[CPR_SENTENCE_SIZE])
{
    size_t len = 0;
    for (size_t i = 0; i < sentence.len && len + 1 < CPR_SENTENCE_SIZE;) {
        char bytes[4] = {0};
        cpr_view_copy(cpr_view_slice(sentence, i, 3), bytes, sizeof bytes);
        char ascii = (unsigned char)bytes[0] >= 0x80 ? straight(bytes) : 0;
        if (ascii) {
            out[len++] = ascii;
            i += (unsigned char)bytes[0] >= 0xE0 ? 3 : 2;
            continue;
        }
        out[len++] = cpr_ascii_lower(sentence.data[i++]);
        if (len >= 2)
            lower_pair(out + len - 2);
    }
    out[len] = '\0';
    blank_quoted(out);
}
