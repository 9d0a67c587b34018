/* Vocabulary: what is wrong with them. */
#include "vocabulary_tables.h"

static const struct cpr_vocabulary_row rows[] = {
    /* What is wrong with them. */
    {CPR_MEANS_REVOKE, "en",
     "revoke|revoked|revokes|revoking|revocation*|revokation*|revocate*|revoce*|un revoke*|revok|"
     "invalidate the cert*|cancel the cert*|cancel this cert*|cancel my cert*|revokation|recall the cert*|"
     "certificate is blocked|certificate blocked|block the cert*|block this cert*|block our cert*"},
    {CPR_MEANS_REVOKE, "",
     "keycompromise|cessationofoperation|privilegewithdrawn|affiliationchanged|superseded|crlreason*"},
    {CPR_MEANS_REVOKE, "de",
     "widerruf*|widerrief*|zuruckziehen|zuruckgezogen*|sperren|gesperrt|sperrung*|*sperrantrag*|sperre|"
     "*widerruf*|ungultig zu machen|ungultig machen|zertifikatssperr*"},
    {CPR_MEANS_REVOKE, "fr", "revoqu*|revocation*"},
    {CPR_MEANS_REVOKE, "es", "revocar*|revocacion*|revoque*|revocad*|revoca|anular el certificad*"},
    {CPR_MEANS_REVOKE, "pt", "revogar*|revogac*|revogad*|revogue*|revogu*"},
    {CPR_MEANS_REVOKE, "it", "revoca|revocare|revocat*|revoche*|revocarlo|revochiate"},
    {CPR_MEANS_REVOKE, "nl",
     "intrekk*|ingetrokken|in te trekken|trek het cert*|herroep*|intrekking*|trek dit cert*|trek deze cert*"},
    {CPR_MEANS_REVOKE, "sv", "aterkall*|sparra*|spärr*|revoker*"},
    {CPR_MEANS_REVOKE, "da",
     "tilbagekald*|tilbagetraek*|tilbagetræk*|spærr*|tilbagekaldelse*|trække[,s] certifik*|traekke certifik*|"
     "trækkes tilbage|trækker certifik*|træk cert*|spær|spærres"},
    {CPR_MEANS_REVOKE, "no",
     "tilbakekall*|trekk[,e,es] tilbake|sperre|trekke det tilbake|trekk det tilbake|trekk sert*|trekke sert*|"
     "trekkes tilbake|sperr|sperres|sperring*"},
    {CPR_MEANS_REVOKE, "fi", "kumoa*|kumot*|peruut*|mitatoi*|mitätöi*|sulkulist*|sulkea|sulkem*|sulkekaa"},
    {CPR_MEANS_REVOKE, "et", "tuhista*|kehtetuks tunnist*"},
    {CPR_MEANS_REVOKE, "pl", "uniewazn*|odwola*|cofn[ac,iecie,ieto] certyfikat*"},
    {CPR_MEANS_REVOKE, "cs", "zneplatn*|odvola*|revokova*|revokac*|zrušen*|zrušit|zrušte"},
    {CPR_MEANS_REVOKE, "sk", "zneplatn*|zrusit certif*|zrusenie certif*|revokova*|zrušen*|zrušiť|zrušte|odvola*"},
    {CPR_MEANS_REVOKE, "hu", "*visszavon*|*ervenytelenit*"},
    {CPR_MEANS_REVOKE, "ro", "revocar*|revocat*|revocati|revocare*|anulare[a,] certif*"},
    {CPR_MEANS_REVOKE, "tr", "iptal*"},
    {CPR_MEANS_REVOKE, "el", "ανακληση*|ανακαλ*|ανακλη*"},
    {CPR_MEANS_REVOKE, "ru", "отозв*|отзыв*|отзовите|аннулир*"},
    {CPR_MEANS_REVOKE, "uk", "відклик*|скасува*|анулюва*"},
    {CPR_MEANS_REVOKE, "bg", "отмян*|анулир*|оттегл*|прекрат*|отзов*|отмен*"},
    {CPR_MEANS_REVOKE, "ja", "失効|取り消し|取消"},
    {CPR_MEANS_REVOKE, "zh", "吊销|吊銷|撤销|撤銷|注销|註銷|作废|廢止|废止"},
    {CPR_MEANS_REVOKE, "ko", "해지|폐지|철회|폐기|폐기해|취소해"},
    {CPR_MEANS_REVOKE, "he", "*ביטול|*לבטל|*שלילת|*בטלו|*לביטול|*ולבטל|*ביטולה|*תבטלו"},
    {CPR_MEANS_REVOKE, "ar", "*إلغاء|*إبطال|*الغاء|*ابطال|*سحب|*إلغاءها|*إلغائها|*إبطالها"},
    {CPR_MEANS_REVOKE, "hr", "opoziv*|opozov*|opozvat*|povucite|poništ*"},
    {CPR_MEANS_REVOKE, "sl", "preklic*|prekliče*"},
    {CPR_MEANS_REVOKE, "lt", "atšauk*|panaikin*"},
    {CPR_MEANS_REVOKE, "lv", "atsauk*|anulē*"},
    {CPR_MEANS_REVOKE, "id", "dicabut*|cabut|pencabutan*|mencabut*"},
    {CPR_MEANS_REVOKE, "vi", "thu hồi"},
    {CPR_MEANS_REVOKE, "th", "*เพิกถอน*|*ยกเลิกใบรับรอง*"},
    {CPR_MEANS_REVOKE, "fa", "*باطل*|*ابطال*|*لغو*"},
    {CPR_MEANS_REVOKE, "ca", "revocar*|revocació|revoqu*"},
    {CPR_MEANS_CANCEL, "en",
     "cancel|cancelled|canceled|cancellation|block|blocked|blocking|take away|take it away|taken away|"
     "take down|take it down|taken down|pull it|pulled|deactivate*|disable|withdraw|withdrawn|"
     "out of circulation|stop it|correct or|kill the cert*|certificate stopped|stopped|stop the cert*|"
     "take it offline"},
    {CPR_MEANS_CANCEL, "de", "stornier*|deaktivier*|blockier*|blocken"},
    {CPR_MEANS_CANCEL, "fr", "annul*|désactiv*|bloquer|bloqué"},
    {CPR_MEANS_CANCEL, "es", "anular*|cancelar*|dar de baja|darlo de baja|darla de baja|bloquear"},
    {CPR_MEANS_CANCEL, "pt", "cancelar|cancelamento|cancelem|cancelado|inativar|bloquear"},
    {CPR_MEANS_CANCEL, "it", "annull*|disattiv*|bloccare|bloccat*"},
    {CPR_MEANS_CANCEL, "nl", "blokker*|ongeldig maken|ongeldig te maken"},
    {CPR_MEANS_CANCEL, "sv", "stäng av|stoppa|blockera"},
    {CPR_MEANS_CANCEL, "da", "spærre*|annuller*|stoppe"},
    {CPR_MEANS_CANCEL, "no", "sperre*|stoppe|annuller*"},
    {CPR_MEANS_CANCEL, "pl", "zablokow*|anulow*|wycofa*"},
    {CPR_MEANS_CANCEL, "cs", "zablokov*"},
    {CPR_MEANS_CANCEL, "sk", "zablokov*"},
    {CPR_MEANS_CANCEL, "hu", "letilt*|törl*"},
    {CPR_MEANS_CANCEL, "ro", "anula*|bloca*"},
    {CPR_MEANS_CANCEL, "tr", "engelle*|kapat*"},
    {CPR_MEANS_CANCEL, "el", "ακυρωσ*|ακυρων*"},
    {CPR_MEANS_CANCEL, "ru", "заблокир*|отмен*"},
    {CPR_MEANS_CANCEL, "uk", "заблокув*|припин*"},
    {CPR_MEANS_CANCEL, "bg", "блокир*|спр[ете,яне]"},
    {CPR_MEANS_CANCEL, "hr", "blokira*|stornira*"},
    {CPR_MEANS_CANCEL, "ja", "無効化|停止して"},
    {CPR_MEANS_CANCEL, "zh", "停用|取消|下架"},
    {CPR_MEANS_CANCEL, "ko", "취소|차단|정지"},
    {CPR_MEANS_CANCEL, "he", "*לחסום"},
    {CPR_MEANS_CANCEL, "ar", "*إيقاف|*حظر"},
    {CPR_MEANS_COMPROMISE, "en",
     "compromise|compromised|compromises|key compromise|leaked|leak|leaks|leaking|leakage|exposed|exposure|"
     "disclosed|disclosure|publicly disclosed|stolen|no longer secret|known to third part*|found in the wild|"
     "factored|broken into|break in|hacked|breach|breached|intrusion|intruder*|attacker ha[s,d,ve]|"
     "attackers ha[s,d,ve]|was copied|been copied|got copied|everybody can|anybody can|anyone can|everyone can|"
     "anyone who|in the open|not private any*|no longer private|recoverable|not returned|wrong hands|"
     "former employee*|ex employee*|get hold|got hold|directory listing|every user|owns the key|theft|pwned|"
     "someone pushed"},
    {CPR_MEANS_PUBLISHED, "en",
     "publicly available|publicly accessible|publicly contains|published|public repo*|publicly viewable|"
     "committed|commit|public github|in the repo|in repo|to your repo|in the repository|in repository|"
     "repository|git history|github|gitlab|hardcoded|hard coded|embedded in|shipped with|shipped inside|"
     "shipped in|distributed|distribute|pastebin|downloadable|extracted|extract the|extracting|bundled|"
     "checked in|accidentally|obtained a copy|world readable|sharing|shared|can be found in|dumped|baked in*|"
     "found inside|in the firmware|in the image|docker image|container image|on the internet|in internet|"
     "in the internet|download it|downloaded|is visible|is readable|on pastebin|in the apk|same keypair|"
     "opens to|in google|from the flash|uploaded|posted"},
    {CPR_MEANS_PUBLISHED, "ru", "репозитори*|залил*|выложил*"},
    {CPR_MEANS_PUBLISHED, "uk", "репозитор*|виклав*|виклали"},
    {CPR_MEANS_PUBLISHED, "es", "repositorio*"},
    {CPR_MEANS_PUBLISHED, "pt", "repositório*"},
    {CPR_MEANS_PUBLISHED, "fr", "dépôt|dépôts"},
    {CPR_MEANS_PUBLISHED, "bg", "хранилищ*|репозитори*"},
    {CPR_MEANS_PUBLISHED, "pl", "repozytori*"},
    {CPR_MEANS_PUBLISHED, "cs", "repozitář*"},
    {CPR_MEANS_PUBLISHED, "sk", "repozitár*|zverejnil*"},
    {CPR_MEANS_PUBLISHED, "hr", "repozitorij*"},
    {CPR_MEANS_PUBLISHED, "de", "repository|repo"},
    {CPR_MEANS_PUBLISHED, "nl", "openbare repo*"},
    {CPR_MEANS_COMPROMISE, "de",
     "kompromitt*|offengelegt*|veroffentlicht*|geleakt*|gestohlen*|entwendet*|offentlich zugang*|"
     "offentlich verfugbar*|preisgegeben*|bekannt geworden|offentlich einsehbar*|abhanden*|im repository|"
     "eingebrochen|einbruch|gehackt*|im internet|zugänglich|kopiert|diebstahl"},
    {CPR_MEANS_COMPROMISE, "fr",
     "compromis*|divulgue*|exposee*|fuite*|volee*|publiee*|accessible publiquement|depot public|"
     "visible par tou*|volé|volés|piraté*"},
    {CPR_MEANS_COMPROMISE, "es",
     "comprometid*|filtrad*|expuest*|divulgad*|publicad*|robad*|accesible publicamente|hackead*|vulnerad*|"
     "robaron|hackearon"},
    {CPR_MEANS_COMPROMISE, "pt",
     "comprometid*|vazad*|vazou|vazamento|expost*|divulgad*|publicad*|roubad*|invadid*|hackead*|roubaram"},
    {CPR_MEANS_COMPROMISE, "it",
     "compromess*|esposta|esposto|divulgat*|pubblicat*|rubat*|trapelat*|accessibile pubblicamente|violato|"
     "violata|violati|hackerat*|rubaron*"},
    {CPR_MEANS_COMPROMISE, "nl",
     "gecompromitteerd*|gelekt*|uitgelekt*|openbaar*|gestolen*|gepubliceerd*|op straat|vrij toegankelijk|"
     "gehackt|buitgemaakt|gejat"},
    {CPR_MEANS_COMPROMISE, "sv",
     "komprometter*|lackt*|rojd*|röjt*|stulen*|exponer*|publicera*|avslojad*|hamnat|läckt*|hackad*|intrång*"},
    {CPR_MEANS_COMPROMISE, "da",
     "kompromitter*|laekket*|lækket*|stjalet|offentliggjort*|frit tilgængelig*|ligger frit|frit tilgaengelig*|"
     "hacket|indbrud|stjålet"},
    {CPR_MEANS_COMPROMISE, "no",
     "kompromitter*|lekket|lekkasje|stjalet|publisert|på avveie|hacket|innbrudd|åpent tilgjengelig*|stjålet"},
    {CPR_MEANS_COMPROMISE, "fi", "vaarant*|vuota*|vuoto*|varast*|julkaist*|paljast*|murrettu|tietomurto*|hakkeroi*"},
    {CPR_MEANS_COMPROMISE, "pl",
     "skompromitowan*|ujawnion*|wyciek*|wykradzion*|opublikowan*|skradzion*|ukrad*|włama*|zhakow*"},
    {CPR_MEANS_COMPROMISE, "cs",
     "kompromitov*|zkompromitov*|unikl*|unik|zverejnen*|vyzrazen*|odcizen*|ukraden*|napaden*|hacknut*"},
    {CPR_MEANS_COMPROMISE, "sk",
     "kompromitov*|skompromitov*|unikol|unikl*|zverejnen*|odcudzen*|únik*|ukradn*|ukraden*|napadn*|zverejn*"},
    {CPR_MEANS_COMPROMISE, "hu",
     "kompromittal*|kiszivarg*|nyilvanossag*|ellop*|kikerult*|nyilvanosan*|felkerült*|feltört*|feltör*"},
    {CPR_MEANS_COMPROMISE, "ro", "compromis*|expus*|divulgat*|furat*|publicat*|scurs*"},
    {CPR_MEANS_COMPROMISE, "tr",
     "ele geciril*|sizdir*|sızdır*|ifsa*|calindi|calin*|acıga*|guvenligi ihlal*|yayinlan*|sizmis*|sızm*"},
    {CPR_MEANS_COMPROMISE, "el",
     "παραβιασ*|διαρρο*|διερρευσ*|εκτεθ*|κλαπ*|υποκλαπ*|δημοσιευ*|παραβιάστηκ*|χακαρ*|κλέψ*|κλάπηκ*|έκλεψαν|"
     "χάκαρ*|παραβίασ*"},
    {CPR_MEANS_COMPROMISE, "ru",
     "скомпрометир*|компромет*|утек*|утечк*|раскрыт*|украден*|опубликован*|выложен*|похищен*|взлом*|кража|"
     "украл*|украли|взломали|увели"},
    {CPR_MEANS_COMPROMISE, "uk",
     "скомпромет*|компромет*|витік*|витек*|витік|розкрит*|викраден*|опублікован*|викладен*|зламан*|украден*|"
     "вкраден*|викрал*|вкрал*|зламал*"},
    {CPR_MEANS_COMPROMISE, "bg",
     "компромет*|изтекъл*|изтекл*|откраднат*|публикуван*|разкрит*|качен*|изложен*|открадн*|пробит*|откраднаха|"
     "хакна*"},
    {CPR_MEANS_COMPROMISE, "ja", "危殆化|漏洩|漏えい|流出|公開され|漏れ|盗まれ|危険化"},
    {CPR_MEANS_COMPROMISE, "zh",
     "泄露|洩漏|泄漏|外洩|外泄|公开|公開|被盗|被盜|洩露|外流|被上传|上传到|上傳|入侵|任何人都"},
    {CPR_MEANS_COMPROMISE, "ko", "유출|노출|손상|탈취|공개되|올라와|해킹|공개"},
    {CPR_MEANS_COMPROMISE, "he", "*דלף|*נחשף|*נגנב|*דלפה|*פורסם|*נפרץ|*נפרצה|*דלפו|*נגנבה"},
    {CPR_MEANS_COMPROMISE, "ar", "*تسريب|*تسرب|*مكشوف|*اختراق|*مسروق|*تسرّب|*سرقة|*مخترق"},
    {CPR_MEANS_COMPROMISE, "hr", "procur*|ukraden*|kompromit*|ukradl*|hakiran*|provaljen*"},
    {CPR_MEANS_COMPROMISE, "sl", "ukraden*|razkrit*|ogrožen*|odtek*"},
    {CPR_MEANS_COMPROMISE, "lt", "pavogt*|nutekė*|pavogė|kompromit*"},
    {CPR_MEANS_COMPROMISE, "lv", "nozagt*|noplūd*|kompromit*"},
    {CPR_MEANS_COMPROMISE, "et", "lekki*|varastat*|kompromit*"},
    {CPR_MEANS_COMPROMISE, "vi", "bị lộ|rò rỉ|bị đánh cắp|bị rò"},
    {CPR_MEANS_COMPROMISE, "id", "bocor*|dicuri|terekspos*|diretas"},
    {CPR_MEANS_COMPROMISE, "th", "*รั่วไหล*|*ถูกขโมย*|*หลุด*"},
    {CPR_MEANS_COMPROMISE, "fa", "*لو رفت*|*افشا*|*دزدید*|*نشت*|*سرقت*"},
    {CPR_MEANS_COMPROMISE, "ca", "filtra[t,da]|robad*|exposad*|compromes*"},
    {CPR_MEANS_LOST, "en",
     "lost|lose|no longer have|no access to|cannot find|misplaced|deleted by mistake|losing|no backup|key gone|"
     "wiped|lost access|disk died|disk failed|deleted the|no key|by accident|destroyed|cannot recover"},
    {CPR_MEANS_LOST, "de", "verloren*|verlust|vergessen|gelöscht"},
    {CPR_MEANS_LOST, "fr", "perdu*|perte|égaré*"},
    {CPR_MEANS_LOST, "es", "perdid*|extraviad*|perdimos|perdí|pérdida"},
    {CPR_MEANS_LOST, "it", "perso|smarrit*|perduto|persa|perdit*"},
    {CPR_MEANS_LOST, "pl", "utracon*|zgubion*|utrat*"},
    {CPR_MEANS_LOST, "ru", "утерян*|потерян*|утрачен*|потеряли|утеряли|потерял*"},
    {CPR_MEANS_LOST, "ja", "紛失|なくし|失くし"},
    {CPR_MEANS_LOST, "zh", "丢失|遺失|遗失|丢了|弄丢|弄丟|損毀|损毁|遗落|遺落"},
    {CPR_MEANS_LOST, "ko", "분실|잃어버"},
    {CPR_MEANS_LOST, "pt", "perdemos|perdid*|perda|perdi"},
    {CPR_MEANS_LOST, "nl", "kwijt|verloren"},
    {CPR_MEANS_LOST, "sv", "förlorat|tappat|borttappad*"},
    {CPR_MEANS_LOST, "da", "mistet|tabt|bortkommet"},
    {CPR_MEANS_LOST, "no", "mistet|tapt|forsvunnet"},
    {CPR_MEANS_LOST, "fi", "kadonn*|kadot*|hukat*|hukkas*"},
    {CPR_MEANS_LOST, "cs", "ztrat*|ztrác*"},
    {CPR_MEANS_LOST, "sk", "strat*"},
    {CPR_MEANS_LOST, "hu", "elvesz*"},
    {CPR_MEANS_LOST, "ro", "pierdut*|pierdere*"},
    {CPR_MEANS_LOST, "tr", "kaybet*|kaybol*|kayıp"},
    {CPR_MEANS_LOST, "el", "χάσαμε|έχασα|χαθηκε|χάθηκ*|απώλεια*"},
    {CPR_MEANS_LOST, "uk", "втрат*|втрачен*|загуб*"},
    {CPR_MEANS_LOST, "bg", "загуб*|изгуб*"},
    {CPR_MEANS_LOST, "he", "*אבד|*איבדנו|*איבדתי"},
    {CPR_MEANS_LOST, "ar", "*فقدان|*فقدنا|*ضاع"},
    {CPR_MEANS_LOST, "hr", "izgub*"},
    {CPR_MEANS_LOST, "sl", "izgub*"},
    {CPR_MEANS_LOST, "lt", "pamest*|prarad*|pamet*"},
    {CPR_MEANS_LOST, "lv", "pazaudē*|nozaudē*"},
    {CPR_MEANS_LOST, "et", "kadunud|kaotasi*|kaotanud"},
    {CPR_MEANS_LOST, "id", "hilang"},
    {CPR_MEANS_LOST, "ca", "perdut|perduda"},
    {CPR_MEANS_LOST, "vi", "bị mất khóa|mất khóa"},
    {CPR_MEANS_MISISSUE, "en",
     "misissu*|mis issu*|misissan*|miss issued|wrongly issued|erroneously issued|incorrectly issued|"
     "improperly issued|issued in error|issued incorrectly|fraudulently issued|issued fraudulently|"
     "should not have been issued|should never have been issued|issued in violation"},
    {CPR_MEANS_MISISSUE, "de",
     "fehlausstell*|falschlich ausgestellt*|fehlerhaft ausgestellt*|falsch ausgestellt*|"
     "unrechtmassig ausgestellt*|zu unrecht ausgestellt*"},
    {CPR_MEANS_MISISSUE, "fr",
     "emis[,e,es] par erreur|emission erronee|indument emis*|mal emis*|delivre[,e,s,es] par erreur|"
     "emis[,e,es] indument|delivre[,e,s,es] a tort|emis[,e,es] a tort"},
    {CPR_MEANS_MISISSUE, "es",
     "mal emitid*|emitid[o,a,os,as] incorrectamente|emitid[o,a,os,as] por error|"
     "emitid[o,a,os,as] indebidamente|emision incorrecta|emision indebida"},
    {CPR_MEANS_MISISSUE, "pt",
     "emitid[o,a,os,as] indevidamente|emitid[o,a,os,as] incorretamente|emitid[o,a,os,as] por engano|"
     "emissao indevida"},
    {CPR_MEANS_MISISSUE, "it",
     "emess[o,a,i,e] erroneamente|emess[o,a,i,e] per errore|emess[o,a,i,e] in modo errato|emissione errata|"
     "emissione indebita"},
    {CPR_MEANS_MISISSUE, "nl", "onterecht uitgegeven|ten onrechte uitgegeven|foutief uitgegeven"},
    {CPR_MEANS_MISISSUE, "pl", "blednie wystawion*|nieprawidlowo wystawion*|nieprawidlowo wydan*|blednie wydan*"},
    {CPR_MEANS_MISISSUE, "ru",
     "ошибочно выпущен*|неправомерно выпущен*|ошибочно выдан*|неправильно выпущен*|неправомерно выдан*"},
    {CPR_MEANS_MISISSUE, "ja", "誤発行|不正発行|誤って発行"},
    {CPR_MEANS_MISISSUE, "zh", "错误签发|錯誤簽發|误签发|誤發|误发|错误颁发|違規簽發|违规签发"},
    {CPR_MEANS_MISISSUE, "ko", "오발급|잘못 발급|부정 발급"},
    {CPR_MEANS_MISISSUE, "sv", "felutfärd*|felaktigt utfärdad*"},
    {CPR_MEANS_MISISSUE, "da", "fejludsted*|uretmæssigt udsted*|fejlagtigt udsted*"},
    {CPR_MEANS_MISISSUE, "no", "feilutsted*|urettmessig utsted*|feilaktig utsted*"},
    {CPR_MEANS_MISISSUE, "fi", "virheellisesti myönne*|väärin myönne*"},
    {CPR_MEANS_MISISSUE, "cs", "chybně vydan*|neoprávněně vydan*"},
    {CPR_MEANS_MISISSUE, "sk", "chybne vydan*|neoprávnene vydan*|nesprávne vydan*"},
    {CPR_MEANS_MISISSUE, "hu", "hibásan kiállított|jogtalanul kiállított|tévesen kiállított"},
    {CPR_MEANS_MISISSUE, "ro", "emis[,e] greșit|emis[,e] incorect|emis[,e] eronat"},
    {CPR_MEANS_MISISSUE, "tr", "hatalı verilmiş|yanlış verilmiş|hatalı düzenlen*"},
    {CPR_MEANS_MISISSUE, "el", "λανθασμένα εκδοθ*|εσφαλμένη έκδοση|εκδόθηκε κατά λάθος|λανθασμένη έκδοση"},
    {CPR_MEANS_MISISSUE, "bg", "погрешно издаден*|неправомерно издаден*|неправилно издаден*"},
    {CPR_MEANS_MISISSUE, "uk", "помилково видан*|неправомірно видан*|неправильно видан*"},
    {CPR_MEANS_MISISSUE, "hr", "pogrešno izdan*|neovlašteno izdan*|neispravno izdan*"},
    {CPR_MEANS_MISISSUE, "he", "*הונפקה בטעות|*הונפק בטעות|*הנפקה שגויה"},
    {CPR_MEANS_MISISSUE, "ar", "*صدرت بالخطأ|*إصدار خاطئ|*أصدرت خطأ"},
    {CPR_MEANS_MISISSUE, "id", "salah terbit*|diterbitkan secara salah"},
    {CPR_MEANS_MISISSUE, "vi", "cấp sai|cấp nhầm"},
    {CPR_MEANS_WRONG, "en",
     "invalid*|incorrect*|malformed|wrong|wrongly|fails|failing|failed|failure|failures|mismatch*|"
     "does not match|doesnt match|do not match|not match|bad|missing|must not|shall not|not allowed|"
     "not permitted|forbidden|prohibited|out of date|stale|trylater|try later|tryagain|internalerror|"
     "unreachable|not available|unavailable|not reachable|not been updated|not updated|outdated|"
     "cannot be parsed|does not parse|not parse|unparseable|too long|too short|exceeds|longer than|duplicate*|"
     "contains underscore*|underscore*|meaningless|bogus|nonexistent|does not exist|not exist|inaccurate|"
     "misleading|misspel*|typo|not verified|unvalidated|not validated|improper*|verification error|"
     "verification failure|signature error|bad signature|not found|returns 404|http 404|returns good|"
     "status good|still good|still valid|not revoked|should be|instead of|broken|not a valid|not valid|"
     "problem with|problems with|encoded incorrectly|wrong order|non unique|low entropy|insufficient entropy|"
     "default value|strange|suspicious|expired crl*|crl expired|crl has expired|crl is expired|"
     "crls are expired|crls have expired|expired ocsp*|past its nextupdate|past nextupdate|shows errors|"
     "reports errors|throwing an|responder error*|not responding|not respond|no longer respond*|"
     "more than the 398|more than 398|should have been|supposed to|trailing space|untrue|has been dissolved|"
     "no longer exist*|not disclosed|is not iso|says gb|not the right|wrong one|share a factor|shares a factor|"
     "sunset|dead link|must be der|not der encoded|should hold|should contain|should say|should read|"
     "but you put|bankrupt|another company|other company|different company|non public name*|not been allowed|"
     "never issued|2047 bit|not resolve|belongs to someone|is an empty|empty file|is empty|size zero|bounces|"
     "that is too long|is retired|only one entry|has neither|is supposed to"},
    {CPR_MEANS_WRONG, "de",
     "ungultig*|falsch*|fehlerhaft*|fehlt|fehlen|abgelaufen*|unzulassig*|nicht zulassig|nicht erreichbar|"
     "fehlerhafte*|stimmt nicht|nicht korrekt|inkorrekt*|nicht erlaubt|antwortet nicht*|antwortet seit|"
     "nicht mehr erreichbar|müsste|heißt richtig|schreibfehler|tippfehler|existiert nicht|gibt es nicht|"
     "veraltet*"},
    {CPR_MEANS_WRONG, "fr",
     "invalide*|incorrect*|errone*|manquant*|non valide*|interdit*|mauvais*|indisponible*|injoignable|"
     "plus à jour|périmé*|expiré*|nexiste plus"},
    {CPR_MEANS_WRONG, "es",
     "invalid*|incorrect*|erroneo*|erronea*|no valid*|caducad*|falta|ausente|prohibid*|no disponible|no existe|"
     "equivocad*|erróne*"},
    {CPR_MEANS_WRONG, "pt", "invalid*|incorret*|erro|errad*|ausente|expirad*|proibid*|indisponivel|não existe|vencid*"},
    {CPR_MEANS_WRONG, "it",
     "non valid*|errat*|scorrett*|mancant*|scadut*|vietat*|non raggiungibile|non disponibile|inesistent*|"
     "non esiste"},
    {CPR_MEANS_WRONG, "nl",
     "ongeldig*|onjuist*|foutief|foutieve|ontbreekt|verlopen|klopt niet|foute|spelfout|bestaat niet|verouderd*|"
     "verkeerd*"},
    {CPR_MEANS_WRONG, "sv", "ogiltig*|felaktig*|saknas|utgang*|fel i|är fel|finns inte|ett annat företag|annat bolag"},
    {CPR_MEANS_WRONG, "da",
     "ugyldig*|forkert*|mangler|fejl i|er forkert|findes ikke|fejlagtig*|andet firma|anden virksomhed"},
    {CPR_MEANS_WRONG, "fi", "virheelli*|vaarin|väärä*|puuttuu|vanhentu*|väärin|virhe"},
    {CPR_MEANS_WRONG, "pl", "niewazn*|nieprawidlow*|bledn*|brakuj*|wygasl*|nie istnieje"},
    {CPR_MEANS_WRONG, "cs", "neplatn*|chybn*|nespravn*|chybi|neexistuj*"},
    {CPR_MEANS_WRONG, "hu", "ervenytelen|hibas*|helytelen*|hianyz*|lejart|nem létez*"},
    {CPR_MEANS_WRONG, "ro", "invalid*|incorect*|gresit*|lipseste|expirat*|nu există|greșit*"},
    {CPR_MEANS_WRONG, "tr", "gecersiz*|hatali|yanlis*|hatalı|mevcut değil|hata*|süresi dol*"},
    {CPR_MEANS_WRONG, "el", "ακυρ*|λανθασμεν*|εσφαλμεν*|μη εγκυρ*|λάθος|έληξε|ανύπαρκτ*"},
    {CPR_MEANS_WRONG, "ru", "недействительн*|неверн*|неправильн*|некорректн*|ошибк*|ошибочн*|истек*|отсутству*"},
    {CPR_MEANS_WRONG, "uk", "недійсн*|невірн*|неправильн*|некоректн*|помилк*|відсутн*|не існує"},
    {CPR_MEANS_WRONG, "ja", "無効|不正|誤り|間違|誤って|期限切れ|エラー|不適切|実在しない|存在しない|古い"},
    {CPR_MEANS_WRONG, "zh", "无效|無效|错误|錯誤|不正确|不正確|过期|過期|不存在|不符|有误|有誤"},
    {CPR_MEANS_WRONG, "ko", "잘못|유효하지 않|오류|만료|존재하지|틀린|틀렸|부정확"},
    {CPR_MEANS_WRONG, "no", "er feil|feil i|finnes ikke|feilaktig*|ugyldig*|mangler|utløpt|annet selskap"},
    {CPR_MEANS_WRONG, "sk", "neplatn*|chybn*|nesprávn*|chýba|neexistuj*"},
    {CPR_MEANS_WRONG, "bg", "невалид*|греш*|неправил*|липсва|изтекъл|изтекла"},
    {CPR_MEANS_WRONG, "he", "*שגוי|*שגויה|*לא תקין|*לא תקינה|*פג תוקף"},
    {CPR_MEANS_WRONG, "ar", "*خاطئ|*غير صالح|*غير صحيح|*خطأ|*منتهي"},
    {CPR_MEANS_WRONG, "hr", "neispravn*|netočn*|pogrešn*|nevažeć*|ne postoji|istekl*|istekao"},
    {CPR_MEANS_WRONG, "sl", "napačn*|neveljavn*|potekl*"},
    {CPR_MEANS_WRONG, "lt", "neteising*|negalioj*|klaid*"},
    {CPR_MEANS_WRONG, "lv", "nepareiz*|nederīg*|kļūd*"},
    {CPR_MEANS_WRONG, "et", "vigane|vale|kehtetu|aegunud"},
    {CPR_MEANS_WRONG, "vi", "không hợp lệ|sai thông tin|hết hạn"},
    {CPR_MEANS_WRONG, "id", "tidak sah|salah|kedaluwarsa|tidak valid"},
    {CPR_MEANS_WRONG, "fa", "*نامعتبر|*اشتباه|*نادرست"},
    {CPR_MEANS_WRONG, "ca", "incorrect*|erroni*|caducat*"},
    {CPR_MEANS_OUTAGE, "en",
     "timing out|timed out|times out|time out|timeout*|is down|are down|been down|went down|was down|offline|"
     "outage*|http 500|http 502|http 503|error 500|error 502|error 503|500|502|503|404|with http|errors|"
     "connection refused|refuses connections|no response|hangs|stopped|gone|dead|since yesterday|overdue|"
     "nxdomain|unresponsive|not resolve|get errors|not reach*|cannot reach|days old|hours old|days ago|"
     "hours ago|weeks ago|an empty|empty file|zero bytes|is empty"},
    {CPR_MEANS_OUTAGE, "de",
     "gestört|störung*|ausgefallen|ausfall|liefert|nicht erreich*|hängt|timeout|keine antwort|antwortet|"
     "nicht mehr abrufbar|nicht abrufbar|nicht verfügbar|nicht aktuell|nicht aktualisiert"},
    {CPR_MEANS_OUTAGE, "fr",
     "en panne|hors service|ne répond*|ne repond*|hors ligne|erreur*|plus à jour|ne fonctionne|ne marche|"
     "pas à jour|indisponible"},
    {CPR_MEANS_OUTAGE, "es",
     "caído|caída|no responde*|error*|vencid*|fuera de servicio|no contesta*|no funciona*|desactualizad*"},
    {CPR_MEANS_OUTAGE, "pt", "fora do ar|não responde*|fora de serviço|desatualizad*|não funciona*"},
    {CPR_MEANS_OUTAGE, "it", "non risponde*|fuori servizio|irraggiungibil*|errore|non aggiornat*|non funziona*"},
    {CPR_MEANS_OUTAGE, "nl",
     "niet bereikbaar|onbereikbaar|storing|ligt eruit|reageert niet|doet het niet|niet bijgewerkt|werkt niet|"
     "niet actueel"},
    {CPR_MEANS_OUTAGE, "sv", "svarar inte|ligger nere|är nere|nåbar|inte svarat|inte uppdaterad*|inte tillgänglig"},
    {CPR_MEANS_OUTAGE, "da",
     "svarer ikke|nede|utilgængelig*|udløbet|ikke svaret|har ikke svaret|ikke opdateret|ikke tilgængelig"},
    {CPR_MEANS_OUTAGE, "no", "svarer ikke|nede|utilgjengelig*|utløpt|ikke svart|ikke oppdatert|ikke tilgjengelig"},
    {CPR_MEANS_OUTAGE, "fi", "ei vastaa|alhaalla|ei toimi|ole vastannut|ole päivit*|vanhentunut"},
    {CPR_MEANS_OUTAGE, "pl", "nie działa*|nie odpowiada*|niedostępn*|awari*|nieaktualn*|nie odświeża*"},
    {CPR_MEANS_OUTAGE, "cs", "nefunguje|neodpovídá|nedostupn*|vypadl*|výpadek|není dostupn*|neaktuální"},
    {CPR_MEANS_OUTAGE, "sk", "nefunguje|neodpovedá|nedostupn*|výpadok|nie je dostupn*|neaktuáln*"},
    {CPR_MEANS_OUTAGE, "hu", "nem válaszol*|nem elérhet*|nem műkö*|leállt|nem frissül*|nem érhető el|elavult"},
    {CPR_MEANS_OUTAGE, "ro", "nu răspund*|nu funcționeaz*|indisponibil*|nu merge|nu a fost actualizat*|neactualizat*"},
    {CPR_MEANS_OUTAGE, "tr", "yanıt verm*|cevap verm*|erişile*|çalışmıyor|güncellenm*"},
    {CPR_MEANS_OUTAGE, "el",
     "δεν απαντ*|δεν ανταποκρίν*|εκτός λειτουργίας|δεν λειτουργ*|δεν ενημερών*|δεν έχει ενημερωθεί"},
    {CPR_MEANS_OUTAGE, "ru", "не отвеча*|недоступ*|не работа*|просроч*|лежит|не обновля*|не обновлял*|устаре*"},
    {CPR_MEANS_OUTAGE, "uk", "не відповіда*|недоступн*|не працю*|прострочен*|не оновлю*|застарі*"},
    {CPR_MEANS_OUTAGE, "bg", "не отговаря*|недостъп*|не работи|изтекъл|не е обнов*|остарял*"},
    {CPR_MEANS_OUTAGE, "ja",
     "応答しません|応答しない|応答がない|停止|ダウン|障害|タイムアウト|つながらない|繋がら|更新されて|更新されません|"
     "期限が切れ"},
    {CPR_MEANS_OUTAGE, "zh",
     "无法访问|無法存取|無法連線|宕机|當機|超时|逾時|没有响应|沒有回應|无响应|不可用|未更新|过时|打不开|开始没有"},
    {CPR_MEANS_OUTAGE, "ko", "응답하지|응답이 없|접속되지|장애|다운|중단|타임아웃|갱신되지|업데이트되지"},
    {CPR_MEANS_OUTAGE, "he", "*לא מגיב|*לא זמין|*נפל|*לא עודכן"},
    {CPR_MEANS_OUTAGE, "ar", "*لا يستجيب|*متوقف|*لا يعمل|*لم يتم تحديث*"},
    {CPR_MEANS_OUTAGE, "hr", "ne odgovara|nedostup*|ne radi"},
    {CPR_MEANS_OUTAGE, "sl", "ne odgovarja|nedosegljiv*|ne deluje"},
    {CPR_MEANS_VIOLATE, "en",
     "violat*|non complian*|noncomplian*|not complian*|not comply|doesnt comply|in breach|breach of|breaches|"
     "contrary to|not in accordance|not conform*|nonconform*|non conform*|not permitted by|forbidden by|"
     "required by|requires this|require that|in violation|break[s,ing,] rule*|break[s,ing,] the rule*|"
     "break[s,ing,] of the rule*|breking rule*|breaks on|incompatible with|must revoke|shall revoke|"
     "is required to revoke|obligated to revoke|obliged to revoke|failed to revoke|responsibility to revoke|"
     "to revoke within|not following|policy violation|past the 24|within 5 days|more than 5 days|forbid*|"
     "late revocation|delayed revocation|without delay|failed to report|not filed|not seen a bug|"
     "does not follow|did not follow"},
    {CPR_MEANS_VIOLATE, "de", "verstoss*|verstoß*|verletz*|nicht konform*|entspricht nicht|widerspricht"},
    {CPR_MEANS_VIOLATE, "fr", "viole*|violation*|non conform*|pas conforme*|enfreint|contraire a*|enfreign*"},
    {CPR_MEANS_VIOLATE, "es", "infring*|incumpl*|viola|violacion|no cumpl*|no conforme*"},
    {CPR_MEANS_VIOLATE, "pt", "viola|violacao|nao conform*|descumpr*|infring*"},
    {CPR_MEANS_VIOLATE, "it", "viola|violazione|non conform*|contrari[o,a] a*"},
    {CPR_MEANS_VIOLATE, "nl", "in strijd met|overtre*|voldoet niet"},
    {CPR_MEANS_VIOLATE, "pl", "narusz*|niezgodn*"},
    {CPR_MEANS_VIOLATE, "cs", "porus*|v rozporu"},
    {CPR_MEANS_VIOLATE, "hu", "megsert*|nem felel meg|megszeg*"},
    {CPR_MEANS_VIOLATE, "ro", "incalc*|neconform*"},
    {CPR_MEANS_VIOLATE, "tr", "ihlal*|aykiri*|aykırı*|uygun degil*"},
    {CPR_MEANS_VIOLATE, "ru", "наруш*|не соответств*|несоответств*|противореч*"},
    {CPR_MEANS_VIOLATE, "uk", "поруш*|не відповіда*"},
    {CPR_MEANS_VIOLATE, "ja", "違反|準拠していない|不適合"},
    {CPR_MEANS_VIOLATE, "zh", "违反|違反|不符合|违规|違規"},
    {CPR_MEANS_VIOLATE, "ko", "위반|준수하지"},
    {CPR_MEANS_VIOLATE, "da", "overtræd*|i strid med"},
    {CPR_MEANS_VIOLATE, "no", "bryter|i strid med"},
    {CPR_MEANS_VIOLATE, "sv", "bryter mot|strider mot"},
    {CPR_MEANS_VIOLATE, "fi", "rikkoo|vastoin|ei täytä"},
    {CPR_MEANS_VIOLATE, "sk", "poruš*|v rozpore"},
    {CPR_MEANS_VIOLATE, "bg", "наруш*|не отговаря на изиск*"},
    {CPR_MEANS_VIOLATE, "el", "παραβιάζ*|αντίθετ*|παράβαση"},
    {CPR_MEANS_VIOLATE, "he", "*מפר|*הפרה|*בניגוד"},
    {CPR_MEANS_VIOLATE, "ar", "*ينتهك|*مخالف*|*انتهاك"},
    {CPR_MEANS_VIOLATE, "hr", "krši|kršenj*|suprotno|nije u skladu"},
    {CPR_MEANS_VIOLATE, "sl", "krši|v nasprotju"},
    {CPR_MEANS_VIOLATE, "id", "melanggar|tidak sesuai"},
    {CPR_MEANS_VIOLATE, "vi", "vi phạm|không tuân thủ"},
};

const struct cpr_vocabulary_table cpr_vocabulary_faults = {rows, sizeof rows / sizeof rows[0]};
