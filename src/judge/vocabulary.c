/* Words were taken from the published rules (TLS BR 2.2.6, RFC 5280 and 6960), from public incident reports and from
 * "how to revoke a certificate" pages of CAs in the languages named; spelling mistakes that laymen make are words too.
 * Short words stand whole; stems end in '*'. */
#include "cpr/judge/vocabulary.h"

static const struct cpr_vocabulary_row vocabulary[] = {
    /* Phrases that hold a word of ours and mean something else. */
    {CPR_MEANS_NOTHING, "en",
     "gift certificat*|birth certificat*|death certificat*|marriage certificat*|degree certificat*|stock certificat*|"
     "share certificat*|certificate of deposit*|certificate of completion|certificate of attendance|savings "
     "certificat*|"
     "certificate of origin|certificate of insurance|certificate of analysis|certificate of ownership|medical "
     "certificat*|"
     "academic certificat*|training certificat*|diploma certificat*|award certificat*|revocation certificat*|"
     "certificate program*|certificate course*|graduate certificat*|certificate of deposits|certificates of deposit|"
     "iso certificat*|include this problem report|health certificat*|tax certificat*|payment certificat*|no revocation "
     "certificat*"},

    /* The things. */
    {CPR_MEANS_CERTIFICATE, "", "cert|certs|ssl|letsencrypt|lets encrypt"},
    {CPR_MEANS_CERTIFICATE, "en",
     "certificate|certificates|certficate*|certifcate*|cerificate*|certificat|sertificate*|"
     "precert*|pre cert*|wildcard cert*|subscriber cert*|leaf cert*|end entity cert*"},
    {CPR_MEANS_CERTIFICATE, "de", "*zertifikat*"},
    {CPR_MEANS_CERTIFICATE, "fr", "certificats|certificat"},
    {CPR_MEANS_CERTIFICATE, "es", "certificado|certificados"},
    {CPR_MEANS_CERTIFICATE, "it", "certificato|certificati"},
    {CPR_MEANS_CERTIFICATE, "nl", "*certificaat*|*certificaten"},
    {CPR_MEANS_CERTIFICATE, "sv", "*certifikat*"},
    {CPR_MEANS_CERTIFICATE, "fi", "varmen*|varment*|*sertifikaat*"},
    {CPR_MEANS_CERTIFICATE, "et", "sertifikaa*"},
    {CPR_MEANS_CERTIFICATE, "pl", "certyfika*"},
    {CPR_MEANS_CERTIFICATE, "cs", "certifika*"},
    {CPR_MEANS_CERTIFICATE, "hu", "*tanusitvany*"},
    {CPR_MEANS_CERTIFICATE, "ro", "certificatul*|certificate ssl|certificatele*"},
    {CPR_MEANS_CERTIFICATE, "tr", "*sertifika*"},
    {CPR_MEANS_CERTIFICATE, "el", "πιστοποιητικ*"},
    {CPR_MEANS_CERTIFICATE, "ru", "*сертификат*"},
    {CPR_MEANS_CERTIFICATE, "uk", "*сертифікат*"},
    {CPR_MEANS_CERTIFICATE, "bg", "*удостоверени*"},
    {CPR_MEANS_CERTIFICATE, "ja", "証明書"},
    {CPR_MEANS_CERTIFICATE, "zh", "证书|憑證|證書|凭证"},
    {CPR_MEANS_CERTIFICATE, "ko", "인증서"},
    {CPR_MEANS_CERTIFICATE, "he", "*תעודת ssl|*אישור ssl|*תעודה דיגיטלית|*תעודת tls"},
    {CPR_MEANS_CERTIFICATE, "ar", "*شهادة ssl|*شهادة tls|*شهادة رقمية|*الشهادة الرقمية"},

    {CPR_MEANS_KEY, "", "privkey*|private.key"},
    {CPR_MEANS_KEY, "en",
     "private key*|privatekey*|private rsa key*|private tls key*|private ssl key*|"
     "tls key*|ssl key*|server key*|privat key*|private and public key*|"
     "private ec key*|bad public key"},
    {CPR_MEANS_KEY, "de",
     "privat[e,er,en,em,es] schlussel*|geheim[e,er,en,em] schlussel*|privatschlussel*|signaturschlussel*"},
    {CPR_MEANS_KEY, "fr", "cle[,s] prive*|cle[,s] secrete*"},
    {CPR_MEANS_KEY, "es", "clave[,s] privada*|llave[,s] privada*"},
    {CPR_MEANS_KEY, "pt", "chave[,s] privada*"},
    {CPR_MEANS_KEY, "it", "chiav[e,i] privat*|chiav[e,i] segret*"},
    {CPR_MEANS_KEY, "nl", "prive sleutel*|privesleutel*|geheime sleutel*"},
    {CPR_MEANS_KEY, "sv", "privat[,a] nyckel*|privata nycklar*|hemlig[,a] nyckel*"},
    {CPR_MEANS_KEY, "da", "privat[,e] nogle*|private nogler*"},
    {CPR_MEANS_KEY, "no", "privat[,e] nøkkel*|privat[,e] nøkler*"},
    {CPR_MEANS_KEY, "fi", "yksityi[nen,sen,set] avai*|salai[nen,sen,set] avai*|yksityisavai*"},
    {CPR_MEANS_KEY, "pl", "klucz[,a,e,y,u,em,owi] prywatn*|prywatn[y,ego,e,ych,ym] klucz*"},
    {CPR_MEANS_KEY, "cs", "soukrom[y,eho,e,ym,emu,ych] klic*|privatn[i,iho,im] klic*"},
    {CPR_MEANS_KEY, "sk", "sukromn[y,eho,e,ym,emu,ych] kluc*|privatn[y,eho,e,ym] kluc*"},
    {CPR_MEANS_KEY, "hu", "privat kulcs*|magankulcs*|titkos kulcs*"},
    {CPR_MEANS_KEY, "ro", "chei[a,e,i,le,lor] privat*|cheii privat*"},
    {CPR_MEANS_KEY, "tr", "ozel anahtar*|gizli anahtar*"},
    {CPR_MEANS_KEY, "el", "ιδιωτικ[ο,ου,ων,α] κλειδ*"},
    {CPR_MEANS_KEY, "ru",
     "закрыт[ый,ого,ому,ым,ом,ые,ых] ключ*|приватн[ый,ого,ому,ым,ом,ые,ых] ключ*|секретн[ый,ого,ому,ым,ые,ых] ключ*"},
    {CPR_MEANS_KEY, "uk",
     "особист[ий,ого,ому,им,і,их] ключ*|приватн[ий,ого,ому,им,і,их] ключ*|закрит[ий,ого,ому,им,і,их] ключ*"},
    {CPR_MEANS_KEY, "bg", "част[ен,ния,ният,ни,ните] ключ*"},
    {CPR_MEANS_KEY, "ja", "秘密鍵|プライベートキー|私有鍵"},
    {CPR_MEANS_KEY, "zh", "私钥|私鑰|密钥|密鑰|私密金鑰"},
    {CPR_MEANS_KEY, "ko", "개인 키|개인키|비밀키|비밀 키"},
    {CPR_MEANS_KEY, "he", "*מפתח פרטי|*המפתח הפרטי"},
    {CPR_MEANS_KEY, "ar", "*المفتاح الخاص|*مفتاح خاص"},

    {CPR_MEANS_STATUS, "",
     "crl|crls|arl|ocsp|crlite|crl distribution point*|nextupdate|thisupdate|delegated responder*|"
     "revocation list*|revocation status|ocsp responder*|status responder*"},
    {CPR_MEANS_STATUS, "de", "sperrliste*|zertifikatssperrliste*|widerrufsliste*"},
    {CPR_MEANS_STATUS, "fr", "liste[,s] de revocation"},
    {CPR_MEANS_STATUS, "es", "lista[,s] de revocacion"},
    {CPR_MEANS_STATUS, "it", "list[a,e] di revoca"},
    {CPR_MEANS_STATUS, "ja", "失効リスト"},
    {CPR_MEANS_STATUS, "zh", "吊销列表|撤销列表|廢止清冊"},
    {CPR_MEANS_STATUS, "ru", "спис[ок,ка,ке,ки,ков] отозванных"},

    {CPR_MEANS_PROFILE, "",
     "subjectaltname*|subject alternative name*|subject alt name*|dnsname*|dns names|the sans|san list*|san entr*|san "
     "field*|sans in|sans of|all sans|san extension*|commonname|common name*|"
     "localityname|stateorprovincename|stateorprovince|organizationname|organizationalunitname|organizationidentifier|"
     "jurisdictioncountry*|jurisdictionofincorporation*|joi|businesscategory|postalcode|streetaddress|serialnumber|"
     "subject attribute*|subject information|subject dn|subject field*|basicconstraints|basic constraints|keyusage|"
     "key usage|extendedkeyusage|extended key usage|eku|authoritykeyidentifier|authority key identifier|"
     "subjectkeyidentifier|aki|ski|certificatepolicies|policy oid*|policyqualifier*|nameconstraints|name constraints|"
     "cabforganizationidentifier|authority information access|caissuers|cps uri|sct|scts|signed certificate timestamp*|"
     "some state|default city|internet widgits*|internal name*|reserved ip*|notafter|"
     "notbefore|cn not in san|tbscertificate|rsa exponent*|public exponent*|curve p*|"
     "qcstatements|encoding order|serial entropy|poison extension|"
     "countryname|givenname|surname attribute|ou field|issuer dn|authoritykeyid*|subject rdn*|398 days|validity "
     "of|valid for more than|public suffix*"},

    {CPR_MEANS_AUTHORITY, "",
     "certificate authorit*|certification authorit*|certificate authorities|issuing ca|root ca|intermediate ca|"
     "subordinate ca|sub ca|sub cas|ica|ca certificate*|root certificate*|publicly trusted|trust service "
     "provider*|qtsp|"
     "ct log*|certificate issuer*"},
    {CPR_MEANS_AUTHORITY, "de", "zertifizierungsstelle*|vertrauensdiensteanbieter*"},
    {CPR_MEANS_AUTHORITY, "fr", "autorite[,s] de certification"},
    {CPR_MEANS_AUTHORITY, "es", "autoridad[,es] de certificacion|autoridad certificadora|entidad certificadora"},
    {CPR_MEANS_AUTHORITY, "pt", "autoridade[,s] certificadora*|autoridade de certificacao"},
    {CPR_MEANS_AUTHORITY, "it", "autorita di certificazione"},
    {CPR_MEANS_AUTHORITY, "pl", "urz[ad,edu,edem] certyfikacji|centrum certyfikacji"},
    {CPR_MEANS_AUTHORITY, "ru", "удостоверяющ[ий,его,ему,им,ем] центр*|центр[,а,у,ом,е] сертификации"},
    {CPR_MEANS_AUTHORITY, "ja", "認証局"},
    {CPR_MEANS_AUTHORITY, "zh", "证书颁发机构|憑證機構|认证机构"},
    {CPR_MEANS_AUTHORITY, "ko", "인증기관|인증 기관"},

    {CPR_MEANS_RULES, "",
     "baseline requirement*|ca browser forum|cabforum|cab forum|ca b forum|ca b br|ca b brs|tls br|tls brs|tlsbr*|ev "
     "guidelines|evgs|evgl|evgls|"
     "certificate policy|certificate policies|cps|certification practice*|certificate practice statement*|"
     "root store policy|root program*|root store*|mozilla policy|chrome root|ccadb policy|br section*|brs|"
     "subscriber agreement*|relying party agreement|servercert|s mime br*|smime br*|code signing br*"},
    {CPR_MEANS_RULES, "de", "zertifizierungsrichtlinie*|zertifikatsrichtlinie*"},
    {CPR_MEANS_RULES, "fr", "politique de certification|declaration des pratiques*"},
    {CPR_MEANS_RULES, "es", "politica[,s] de certificacion|declaracion de practicas*"},

    /* What is wrong with them. */
    {CPR_MEANS_REVOKE, "en",
     "revoke|revoked|revokes|revoking|revocation*|revokation*|revocate*|revoce*|un revoke*|"
     "revok|invalidate the cert*|cancel the cert*|cancel this cert*|cancel my cert*"},
    {CPR_MEANS_REVOKE, "",
     "keycompromise|cessationofoperation|privilegewithdrawn|affiliationchanged|superseded|crlreason*"},
    {CPR_MEANS_REVOKE, "de",
     "widerruf*|widerrief*|zuruckziehen|zuruckgezogen*|sperren|gesperrt|sperrung*|*sperrantrag*|sperre|"
     "*widerruf*|ungultig zu machen|ungultig machen|zertifikatssperr*"},
    {CPR_MEANS_REVOKE, "fr", "revoqu*|revocation*"},
    {CPR_MEANS_REVOKE, "es", "revocar*|revocacion*|revoque*|revocad*|revoca|anular el certificad*"},
    {CPR_MEANS_REVOKE, "pt", "revogar*|revogac*|revogad*|revogue*|revogu*"},
    {CPR_MEANS_REVOKE, "it", "revoca|revocare|revocat*|revoche*|revocarlo|revochiate"},
    {CPR_MEANS_REVOKE, "nl", "intrekk*|ingetrokken|in te trekken|trek het cert*|herroep*"},
    {CPR_MEANS_REVOKE, "sv", "aterkall*|sparra*|spärr*|revoker*"},
    {CPR_MEANS_REVOKE, "da", "tilbagekald*|tilbagetraek*|tilbagetræk*|spærr*"},
    {CPR_MEANS_REVOKE, "no", "tilbakekall*|trekk[,e,es] tilbake|sperre"},
    {CPR_MEANS_REVOKE, "fi", "kumoa*|kumot*|peruut*|mitatoi*|mitätöi*|sulkulist*"},
    {CPR_MEANS_REVOKE, "et", "tuhista*|kehtetuks tunnist*"},
    {CPR_MEANS_REVOKE, "pl", "uniewazn*|odwola*|cofn[ac,iecie,ieto] certyfikat*"},
    {CPR_MEANS_REVOKE, "cs", "zneplatn*|odvola*|revokova*|revokac*"},
    {CPR_MEANS_REVOKE, "sk", "zneplatn*|zrusit certif*|zrusenie certif*|revokova*"},
    {CPR_MEANS_REVOKE, "hu", "*visszavon*|*ervenytelenit*"},
    {CPR_MEANS_REVOKE, "ro", "revocar*|revocat*|revocati|revocare*|anulare[a,] certif*"},
    {CPR_MEANS_REVOKE, "tr", "iptal*"},
    {CPR_MEANS_REVOKE, "el", "ανακληση*|ανακαλ*|ανακλη*"},
    {CPR_MEANS_REVOKE, "ru", "отозв*|отзыв*|отзовите|аннулир*"},
    {CPR_MEANS_REVOKE, "uk", "відклик*|скасува*|анулюва*"},
    {CPR_MEANS_REVOKE, "bg", "отмян*|анулир*|оттегл*"},
    {CPR_MEANS_REVOKE, "ja", "失効|取り消し|取消"},
    {CPR_MEANS_REVOKE, "zh", "吊销|吊銷|撤销|撤銷|注销|註銷|作废|廢止|废止"},
    {CPR_MEANS_REVOKE, "ko", "해지|폐지|철회|폐기"},
    {CPR_MEANS_REVOKE, "he", "*ביטול|*לבטל|*שלילת|*בטלו"},
    {CPR_MEANS_REVOKE, "ar", "*إلغاء|*إبطال|*الغاء|*ابطال|*سحب"},

    {CPR_MEANS_COMPROMISE, "en",
     "compromise|compromised|compromises|key "
     "compromise|leaked|leak|leaks|leaking|leakage|exposed|exposure|disclosed|disclosure|"
     "publicly disclosed|stolen|no longer secret|known to third part*|found in the wild|factored"},
    {CPR_MEANS_PUBLISHED, "en",
     "publicly available|publicly accessible|publicly contains|published|public repo*|publicly "
     "viewable|committed|commit|public github|"
     "in the repo|in repo|to your repo|in the repository|in repository|repository|git "
     "history|github|gitlab|hardcoded|hard coded|embedded in|"
     "shipped with|shipped inside|shipped in|distributed|distribute|pastebin|downloadable|extracted|extract "
     "the|extracting|bundled|checked in|accidentally|"
     "obtained a copy|world readable|sharing|shared|can be found in"},
    {CPR_MEANS_COMPROMISE, "de",
     "kompromitt*|offengelegt*|veroffentlicht*|geleakt*|gestohlen*|entwendet*|offentlich zugang*|"
     "offentlich verfugbar*|preisgegeben*|bekannt geworden|offentlich einsehbar*|abhanden*|im repository"},
    {CPR_MEANS_COMPROMISE, "fr",
     "compromis*|divulgue*|exposee*|fuite*|volee*|publiee*|accessible publiquement|depot public"},
    {CPR_MEANS_COMPROMISE, "es", "comprometid*|filtrad*|expuest*|divulgad*|publicad*|robad*|accesible publicamente"},
    {CPR_MEANS_COMPROMISE, "pt", "comprometid*|vazad*|vazou|vazamento|expost*|divulgad*|publicad*|roubad*"},
    {CPR_MEANS_COMPROMISE, "it",
     "compromess*|esposta|esposto|divulgat*|pubblicat*|rubat*|trapelat*|accessibile pubblicamente"},
    {CPR_MEANS_COMPROMISE, "nl", "gecompromitteerd*|gelekt*|uitgelekt*|openbaar*|gestolen*|gepubliceerd*"},
    {CPR_MEANS_COMPROMISE, "sv", "komprometter*|lackt*|rojd*|röjt*|stulen*|exponer*|publicera*|avslojad*"},
    {CPR_MEANS_COMPROMISE, "da", "kompromitter*|laekket*|lækket*|stjalet|offentliggjort*"},
    {CPR_MEANS_COMPROMISE, "no", "kompromitter*|lekket|lekkasje|stjalet|publisert"},
    {CPR_MEANS_COMPROMISE, "fi", "vaarant*|vuota*|vuoto*|varast*|julkaist*|paljast*"},
    {CPR_MEANS_COMPROMISE, "pl", "skompromitowan*|ujawnion*|wyciek*|wykradzion*|opublikowan*|skradzion*"},
    {CPR_MEANS_COMPROMISE, "cs", "kompromitov*|zkompromitov*|unikl*|unik|zverejnen*|vyzrazen*|odcizen*|ukraden*"},
    {CPR_MEANS_COMPROMISE, "sk", "kompromitov*|skompromitov*|unikol|unikl*|zverejnen*|odcudzen*"},
    {CPR_MEANS_COMPROMISE, "hu", "kompromittal*|kiszivarg*|nyilvanossag*|ellop*|kikerult*|nyilvanosan*"},
    {CPR_MEANS_COMPROMISE, "ro", "compromis*|expus*|divulgat*|furat*|publicat*|scurs*"},
    {CPR_MEANS_COMPROMISE, "tr",
     "ele geciril*|sizdir*|sızdır*|ifsa*|calindi|calin*|acıga*|guvenligi ihlal*|yayinlan*|sizmis*|sızm*"},
    {CPR_MEANS_COMPROMISE, "el", "παραβιασ*|διαρρο*|διερρευσ*|εκτεθ*|κλαπ*|υποκλαπ*|δημοσιευ*"},
    {CPR_MEANS_COMPROMISE, "ru",
     "скомпрометир*|компромет*|утек*|утечк*|раскрыт*|украден*|опубликован*|выложен*|похищен*"},
    {CPR_MEANS_COMPROMISE, "uk", "скомпромет*|компромет*|витік*|витек*|витік|розкрит*|викраден*|опублікован*"},
    {CPR_MEANS_COMPROMISE, "bg", "компромет*|изтекъл*|изтекл*|откраднат*|публикуван*|разкрит*"},
    {CPR_MEANS_COMPROMISE, "ja", "危殆化|漏洩|漏えい|流出|公開され|漏れ|盗まれ|危険化"},
    {CPR_MEANS_COMPROMISE, "zh", "泄露|洩漏|泄漏|外洩|外泄|公开|公開|被盗|被盜|洩露"},
    {CPR_MEANS_COMPROMISE, "ko", "유출|노출|손상|탈취|공개되"},
    {CPR_MEANS_COMPROMISE, "he", "*דלף|*נחשף|*נגנב|*דלפה|*פורסם"},
    {CPR_MEANS_COMPROMISE, "ar", "*تسريب|*تسرب|*مكشوف|*اختراق|*مسروق"},

    {CPR_MEANS_LOST, "en", "lost|lose|no longer have|no access to|cannot find|misplaced|deleted by mistake|losing"},
    {CPR_MEANS_LOST, "de", "verloren*|verlust"},
    {CPR_MEANS_LOST, "fr", "perdu*|perte"},
    {CPR_MEANS_LOST, "es", "perdid*|extraviad*"},
    {CPR_MEANS_LOST, "it", "perso|smarrit*|perduto"},
    {CPR_MEANS_LOST, "pl", "utracon*|zgubion*|utrat*"},
    {CPR_MEANS_LOST, "ru", "утерян*|потерян*|утрачен*"},
    {CPR_MEANS_LOST, "ja", "紛失"},
    {CPR_MEANS_LOST, "zh", "丢失|遺失|遗失"},
    {CPR_MEANS_LOST, "ko", "분실"},

    {CPR_MEANS_MISISSUE, "en",
     "misissu*|mis issu*|misissan*|miss issued|wrongly issued|erroneously issued|incorrectly issued|"
     "improperly issued|issued in error|issued incorrectly|fraudulently issued|issued fraudulently|"
     "should not have been issued|should never have been issued|issued in violation"},
    {CPR_MEANS_MISISSUE, "de",
     "fehlausstell*|falschlich ausgestellt*|fehlerhaft ausgestellt*|falsch ausgestellt*|"
     "unrechtmassig ausgestellt*|zu unrecht ausgestellt*"},
    {CPR_MEANS_MISISSUE, "fr",
     "emis[,e,es] par erreur|emission erronee|indument emis*|mal emis*|delivre[,e,s,es] par erreur|emis[,e,es] "
     "indument|"
     "delivre[,e,s,es] a tort|emis[,e,es] a tort"},
    {CPR_MEANS_MISISSUE, "es",
     "mal emitid*|emitid[o,a,os,as] incorrectamente|emitid[o,a,os,as] por error|emitid[o,a,os,as] "
     "indebidamente|emision incorrecta|emision indebida"},
    {CPR_MEANS_MISISSUE, "pt",
     "emitid[o,a,os,as] indevidamente|emitid[o,a,os,as] incorretamente|emitid[o,a,os,as] por engano|emissao indevida"},
    {CPR_MEANS_MISISSUE, "it",
     "emess[o,a,i,e] erroneamente|emess[o,a,i,e] per errore|emess[o,a,i,e] in modo errato|emissione errata|emissione "
     "indebita"},
    {CPR_MEANS_MISISSUE, "nl", "onterecht uitgegeven|ten onrechte uitgegeven|foutief uitgegeven"},
    {CPR_MEANS_MISISSUE, "pl", "blednie wystawion*|nieprawidlowo wystawion*|nieprawidlowo wydan*|blednie wydan*"},
    {CPR_MEANS_MISISSUE, "ru",
     "ошибочно выпущен*|неправомерно выпущен*|ошибочно выдан*|неправильно выпущен*|неправомерно выдан*"},
    {CPR_MEANS_MISISSUE, "ja", "誤発行|不正発行|誤って発行"},
    {CPR_MEANS_MISISSUE, "zh", "错误签发|錯誤簽發|误签发|誤發|误发|错误颁发|違規簽發|违规签发"},
    {CPR_MEANS_MISISSUE, "ko", "오발급|잘못 발급|부정 발급"},

    {CPR_MEANS_WRONG, "en",
     "invalid*|incorrect*|malformed|wrong|wrongly|fails|failing|failed|failure|failures|mismatch*|does not "
     "match|doesnt match|"
     "do not match|not match|bad|missing|must not|shall not|not allowed|not permitted|forbidden|prohibited|"
     "out of date|stale|trylater|try later|tryagain|internalerror|unreachable|not available|unavailable|not "
     "reachable|not been updated|not updated|"
     "outdated|cannot be parsed|does not parse|not parse|unparseable|too long|too short|exceeds|longer than|duplicate*|"
     "contains underscore*|underscore*|meaningless|bogus|nonexistent|does not exist|not "
     "exist|inaccurate|misleading|misspel*|typo|not verified|"
     "unvalidated|not validated|improper*|verification error|verification failure|signature error|bad signature|"
     "not found|returns 404|http 404|returns good|status good|still good|still valid|not revoked|should "
     "be|instead of|broken|not a valid|not valid|"
     "problem with|problems with|encoded incorrectly|wrong order|non unique|low "
     "entropy|insufficient entropy|default value|strange|suspicious|expired crl*|crl expired|crl has expired|crl is "
     "expired|crls are expired|crls have expired|expired ocsp*|past its nextupdate|past nextupdate|shows "
     "errors|reports errors|throwing an|responder error*|not responding|not respond|no longer respond*|more than the "
     "398|more than 398"},
    {CPR_MEANS_WRONG, "de",
     "ungultig*|falsch*|fehlerhaft*|fehlt|fehlen|abgelaufen*|unzulassig*|nicht zulassig|nicht erreichbar|"
     "fehlerhafte*|stimmt nicht|nicht korrekt|inkorrekt*|nicht erlaubt|antwortet nicht*|antwortet seit|nicht mehr "
     "erreichbar"},
    {CPR_MEANS_WRONG, "fr",
     "invalide*|incorrect*|errone*|manquant*|non valide*|interdit*|mauvais*|indisponible*|injoignable"},
    {CPR_MEANS_WRONG, "es",
     "invalid*|incorrect*|erroneo*|erronea*|no valid*|caducad*|falta|ausente|prohibid*|no disponible"},
    {CPR_MEANS_WRONG, "pt", "invalid*|incorret*|erro|errad*|ausente|expirad*|proibid*|indisponivel"},
    {CPR_MEANS_WRONG, "it", "non valid*|errat*|scorrett*|mancant*|scadut*|vietat*|non raggiungibile|non disponibile"},
    {CPR_MEANS_WRONG, "nl", "ongeldig*|onjuist*|foutief|foutieve|ontbreekt|verlopen"},
    {CPR_MEANS_WRONG, "sv", "ogiltig*|felaktig*|saknas|utgang*"},
    {CPR_MEANS_WRONG, "da", "ugyldig*|forkert*|mangler"},
    {CPR_MEANS_WRONG, "fi", "virheelli*|vaarin|väärä*|puuttuu|vanhentu*"},
    {CPR_MEANS_WRONG, "pl", "niewazn*|nieprawidlow*|bledn*|brakuj*|wygasl*"},
    {CPR_MEANS_WRONG, "cs", "neplatn*|chybn*|nespravn*|chybi"},
    {CPR_MEANS_WRONG, "hu", "ervenytelen|hibas*|helytelen*|hianyz*|lejart"},
    {CPR_MEANS_WRONG, "ro", "invalid*|incorect*|gresit*|lipseste|expirat*"},
    {CPR_MEANS_WRONG, "tr", "gecersiz*|hatali|yanlis*|hatalı"},
    {CPR_MEANS_WRONG, "el", "ακυρ*|λανθασμεν*|εσφαλμεν*|μη εγκυρ*"},
    {CPR_MEANS_WRONG, "ru", "недействительн*|неверн*|неправильн*|некорректн*|ошибк*|ошибочн*|истек*|отсутству*"},
    {CPR_MEANS_WRONG, "uk", "недійсн*|невірн*|неправильн*|некоректн*|помилк*"},
    {CPR_MEANS_WRONG, "ja", "無効|不正|誤り|間違|誤って|期限切れ|エラー|不適切"},
    {CPR_MEANS_WRONG, "zh", "无效|無效|错误|錯誤|不正确|不正確|过期|過期"},
    {CPR_MEANS_WRONG, "ko", "잘못|유효하지 않|오류|만료"},

    {CPR_MEANS_VIOLATE, "en",
     "violat*|non complian*|noncomplian*|not complian*|not comply|doesnt comply|in breach|breach of|breaches|contrary "
     "to|not in accordance|"
     "not conform*|nonconform*|non conform*|not permitted by|forbidden by|required by|requires this|require that|in "
     "violation|break[s,ing,] rule*|break[s,ing,] the rule*|break[s,ing,] of the rule*|breking rule*|"
     "breaks on|incompatible with|must revoke|shall revoke|is required to revoke|obligated to revoke|obliged to "
     "revoke|failed to revoke|responsibility to revoke|to revoke within|not following|"
     "policy violation|past the 24|within 24 hours|within 5 days|more than 5 days|forbid*"},
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

    {CPR_MEANS_UNAUTHORISED, "en",
     "unauthori*|un authori*|not authori*|didnt authori*|never authori*|unauthenticated use|without my "
     "permission|without our permission|without my authori*|"
     "without our authori*|without authori*|without my consent|without our consent|without my knowledge|without our "
     "knowledge|"
     "without permission|never requested|not request*|didnt request*|never ordered|did not order|didnt order|"
     "never asked|did not approve|never approved|not ours|fraud|fraudulent*|rogue|not legitimate|illegitimate*|"
     "who requested|who gave out|who issued|i dont know who|we have never|i have never|do not recogni*|dont "
     "recogni*|impostor|not by us|not mine|"
     "someone else|someone has|somebody has|gave out|previous owner*|former owner*|i bought the domain|domain was "
     "sold"},
    {CPR_MEANS_UNAUTHORISED, "de",
     "ohne meine zustimmung|ohne unsere zustimmung|ohne meine erlaubnis|ohne unsere erlaubnis|unbefugt*|nicht "
     "autorisiert*|"
     "unautorisiert*|nie beantragt*|nicht beantragt*|ohne mein wissen|ohne unser wissen|betrug*|nie bestellt|"
     "unberechtigt*|missbrauchlich*|ohne genehmigung|ohne meine genehmigung|ohne unsere genehmigung"},
    {CPR_MEANS_UNAUTHORISED, "fr",
     "non autorise*|sans mon accord|sans notre accord|sans autorisation|sans mon autorisation|"
     "sans notre autorisation|jamais demande*|pas demande*|a mon insu|a notre insu|fraud*|sans ma permission"},
    {CPR_MEANS_UNAUTHORISED, "es",
     "no autorizad*|sin mi autorizacion|sin nuestra autorizacion|sin autorizacion|sin mi permiso|sin permiso|"
     "no solicit*|nunca solicit*|fraud*|sin mi consentimiento|sin nuestro consentimiento|nunca pedi*"},
    {CPR_MEANS_UNAUTHORISED, "pt",
     "nao autorizad*|sem autorizacao|sem minha autorizacao|sem nossa autorizacao|sem minha permissao|"
     "nao solicit*|nunca solicit*|fraud*|sem o nosso consentimento|sem o meu consentimento"},
    {CPR_MEANS_UNAUTHORISED, "it",
     "non autorizzat*|senza autorizzazione|senza la mia autorizzazione|senza la nostra autorizzazione|"
     "senza il mio consenso|mai richiest*|non richiest*|frod*|a mia insaputa|a nostra insaputa"},
    {CPR_MEANS_UNAUTHORISED, "nl",
     "zonder toestemming|zonder mijn toestemming|zonder onze toestemming|niet geautoriseerd*|nooit aangevraagd|niet "
     "aangevraagd|fraud*"},
    {CPR_MEANS_UNAUTHORISED, "sv", "obehorig*|utan tillstand|utan vart|aldrig bestallt|inte begart|aldrig begart"},
    {CPR_MEANS_UNAUTHORISED, "fi", "luvaton*|luvatta|ilman lupaa|emme ole pyyt*|en ole pyyt*"},
    {CPR_MEANS_UNAUTHORISED, "pl",
     "bez mojej zgody|bez naszej zgody|bez zgody|nieautoryzowan*|nieuprawnion*|nie zamawia*|oszust*|bez mojej "
     "wiedzy|bez naszej wiedzy"},
    {CPR_MEANS_UNAUTHORISED, "cs",
     "bez meho souhlasu|bez naseho souhlasu|neopravnen*|neautorizovan*|nezadal*|podvod*|bez naseho vedomi"},
    {CPR_MEANS_UNAUTHORISED, "hu",
     "engedelyem nelkul|hozzajarulas[,om,unk] nelkul|jogosulatlan*|engedelyunk nelkul|nem igenyelt*|nem "
     "kert*|hozzajarulasunk nelkul"},
    {CPR_MEANS_UNAUTHORISED, "ro",
     "fara acord*|fara permisiun*|neautorizat*|nu am solicitat|nu am cerut|fara autorizat*"},
    {CPR_MEANS_UNAUTHORISED, "tr", "yetkisiz*|iznim olmadan|iznimiz olmadan|bilgim disinda|izinsiz|talep etmedi*"},
    {CPR_MEANS_UNAUTHORISED, "el",
     "χωρις την αδεια*|μη εξουσιοδοτημεν*|χωρις εξουσιοδοτηση|απατ*|χωρις τη συγκαταθεση*"},
    {CPR_MEANS_UNAUTHORISED, "ru",
     "без моего разрешения|без нашего разрешения|без моего ведома|без нашего ведома|несанкционирован*|не запрашива*|не "
     "заказыва*|мошен*|без моего согласия|без нашего согласия|без разрешения"},
    {CPR_MEANS_UNAUTHORISED, "uk",
     "без мого дозволу|без нашого дозволу|несанкціонован*|не замовля*|без нашої згоди|без моєї згоди|шахра*"},
    {CPR_MEANS_UNAUTHORISED, "ja", "無断|許可なく|許可していない|依頼していない|申請していない|身に覚えのない|不正に"},
    {CPR_MEANS_UNAUTHORISED, "zh", "未经授权|未經授權|未授权|未授權|擅自|没有申请|沒有申請|未申请|冒用"},
    {CPR_MEANS_UNAUTHORISED, "ko", "무단|승인 없이|허가 없이|신청한 적|승인하지 않|동의 없이"},
    {CPR_MEANS_UNAUTHORISED, "ar", "*بدون إذن|*غير مصرح|*دون إذن|*بدون موافق"},
    {CPR_MEANS_UNAUTHORISED, "he", "*ללא אישור|*ללא רשות|*בלי רשות|*ללא הרשאה"},

    {CPR_MEANS_OWNER, "en",
     "my domain*|our domain*|my website|our website|my site|our site|domain owner|owner of the domain|"
     "owner of this domain|maintainer of this domain|our company|our organi*|my hostname*|our hostname*|we own"},
    {CPR_MEANS_OWNER, "de",
     "mein[e,er,en] domain*|unser[e,er,en] domain*|unsere firma|domaininhaber*|unser unternehmen"},
    {CPR_MEANS_OWNER, "fr",
     "mon domaine|notre domaine|nos domaines|mon nom de domaine|notre nom de domaine|notre societe"},
    {CPR_MEANS_OWNER, "es", "mi dominio|nuestro dominio|nuestros dominios|nuestra empresa"},
    {CPR_MEANS_OWNER, "pt", "meu dominio|nosso dominio|nossa empresa"},
    {CPR_MEANS_OWNER, "it", "mio dominio|nostro dominio|nostra azienda"},
    {CPR_MEANS_OWNER, "nl", "mijn domein*|ons domein*|onze domein*|ons bedrijf"},
    {CPR_MEANS_OWNER, "sv", "min doman*|var doman*|vart foretag"},
    {CPR_MEANS_OWNER, "fi", "verkkotunnuks[emme,eni,ellemme,elleni]|verkkotunnuksemme"},
    {CPR_MEANS_OWNER, "pl", "moj[a,ej] domen*|nasz[a,ej] domen*|nasza firma"},
    {CPR_MEANS_OWNER, "cs", "nas[i,e] domen*|moj[i,e] domen*|nase spolecnost*"},
    {CPR_MEANS_OWNER, "hu", "domainun*|a domainem*|domainem|domain nevun*|cegun*"},
    {CPR_MEANS_OWNER, "ro", "domeniul meu|domeniul nostru|domeniului nostru|domeniului meu"},
    {CPR_MEANS_OWNER, "tr", "alan adim*|alan adimiz*|sirketim*"},
    {CPR_MEANS_OWNER, "ru", "мо[его,ем,й] домен*|наш[его,ем,] домен*|наша компания|нашей компании"},
    {CPR_MEANS_OWNER, "uk", "мого домену|нашого домену|наш домен|мій домен"},
    {CPR_MEANS_OWNER, "ja", "弊社のドメイン|弊社ドメイン|当社のドメイン|私のドメイン|自社ドメイン|当社ドメイン"},
    {CPR_MEANS_OWNER, "zh", "我的域名|我们的域名|我們的網域|我們的域名|我司域名|本公司"},
    {CPR_MEANS_OWNER, "ko", "우리 도메인|당사 도메인|저희 도메인|제 도메인"},

    {CPR_MEANS_MISUSE, "en",
     "phishing|phish|malware|malicious*|trojan|impersonat*|spoof*|abuse|abused|abusing|misuse*|mis use*|ransomware|"
     "illegal activit*|scam|scams|counterfeit|typosquat*|lookalike domain*|fake site|fake website|fake shop|mitm|man "
     "in the middle|stealing|steals|steal password*"},
    {CPR_MEANS_MISUSE, "de",
     "missbrauch*|schadsoftware|betrugerisch*|gefalscht*|fakeshop*|phishing seite*|nachgemacht*"},
    {CPR_MEANS_MISUSE, "fr", "hameconnage*|malveillan*|usurp*|frauduleu*|utilisation abusive|faux site*"},
    {CPR_MEANS_MISUSE, "es", "suplant*|malicios*|uso indebido|fraudulent*"},
    {CPR_MEANS_MISUSE, "pt", "golpe|malicios*|uso indevido|fraudulent*"},
    {CPR_MEANS_MISUSE, "it", "truff*|malevol*|uso improprio|fraudolent*"},
    {CPR_MEANS_MISUSE, "nl", "misbruik*|kwaadaardig*|nepwebsite*|oplichting"},
    {CPR_MEANS_MISUSE, "pl", "wyludza*|zlosliw*|oszustw*|naduzyc*"},
    {CPR_MEANS_MISUSE, "hu", "adathalasz*|rosszindulat*|visszael*"},
    {CPR_MEANS_MISUSE, "ru", "фишинг*|вредонос*|мошеннич*|злоупотреб*"},
    {CPR_MEANS_MISUSE, "uk", "фішинг*|шкідлив*|зловжива*"},
    {CPR_MEANS_MISUSE, "ja", "フィッシング|マルウェア|悪用|なりすまし|詐欺"},
    {CPR_MEANS_MISUSE, "zh", "钓鱼|釣魚|恶意|惡意|滥用|濫用|诈骗|詐騙"},
    {CPR_MEANS_MISUSE, "ko", "피싱|악성|악용|사칭|오용"},

    {CPR_MEANS_WEAK_KEY, "",
     "weak key*|weak rsa*|weak public key*|debian weak*|debian openssl|cve 2008 0166|roca|cve 2017 15361|close prime*|"
     "fermat factor*|fermat attack|factorable|factorised|factorized|small exponent*|shared prime*|batch gcd|1024 bit|"
     "512 bit rsa|predictable key*|blocklisted key*|pwnedkeys|pwned key*|known compromised key*|badkeys|kca v1|key is "
     "compromised|"
     "signed this csr has been*|proof of key compromise|this key is compromised"},
    {CPR_MEANS_WEAK_KEY, "de", "schwache[,r,n,s] schlussel*"},
    {CPR_MEANS_WEAK_KEY, "fr", "cle[,s] faible*"},
    {CPR_MEANS_WEAK_KEY, "es", "clave[,s] debil*"},
    {CPR_MEANS_WEAK_KEY, "ru", "слаб[ый,ого,ые,ых] ключ*"},
    {CPR_MEANS_WEAK_KEY, "ja", "脆弱な鍵|弱い鍵"},
    {CPR_MEANS_WEAK_KEY, "zh", "弱密钥|弱金鑰"},

    {CPR_MEANS_CODE_SIGNING, "",
     "code signing|codesigning|authenticode|signed malware|malware signed|signed with a cert*|signed with your|signed "
     "by your|signed with an ev|"
     "ev code*|signed binar*|signed executable*|signed driver*|digitally signed|signed sample*|signed with the "
     "cert*|malicious file*|code signature"},
    {CPR_MEANS_CODE_SIGNING, "de", "signierte schadsoftware|signierte malware|codesignatur*"},

    {CPR_MEANS_YOU_ISSUED, "en",
     "you issued|you have issued|youve issued|you emitted|yuo emitted|you signed|issued by you|issued by your|your "
     "ca|your cas|"
     "your crl*|your ocsp*|your intermediate*|your root*|your cps|you are the issuer|certificate[,s] from "
     "you|certificates of yours|you gave a cert*|you provided a cert*|"
     "you as the ca|you as a ca|you as certificate*|you gave them|you gave him"},
    {CPR_MEANS_YOU_ISSUED, "de",
     "sie ausgestellt*|sie haben ein zertifikat*|sie haben zertifikat*|von ihnen ausgestellt*|ihre[,r] "
     "zertifizierungsstelle|von ihrer ca|ihre ca|ihr ocsp*|ihre crl*|ihre sperrliste*"},
    {CPR_MEANS_YOU_ISSUED, "fr",
     "vous avez emis|emis par vos|emis par vous|vous avez delivre|votre autorite|emis par votre|delivre par vos*|votre "
     "crl*|votre ocsp*|vos crl*|votre repondeur*"},
    {CPR_MEANS_YOU_ISSUED, "es",
     "ustedes emitieron|han emitido|emitido por ustedes|emitido por su*|su ca|emitieron|su crl|sus crl*|su ocsp*|su "
     "servicio ocsp"},
    {CPR_MEANS_YOU_ISSUED, "it",
     "avete emesso|emesso da voi|da voi emess[o,a,i,e]|vostra ca|vostra crl|vostre crl|vostro ocsp*"},
    {CPR_MEANS_YOU_ISSUED, "pt", "emitido por voces|voces emitiram|emitiram|emitido pela sua*|sua ac"},
    {CPR_MEANS_YOU_ISSUED, "nl", "door u uitgegeven|u hebt uitgegeven|uw ca"},
    {CPR_MEANS_YOU_ISSUED, "pl", "wydany przez panstwa|wystawiony przez panstwa|wydaliscie|wystawiliscie|panstwa ca"},
    {CPR_MEANS_YOU_ISSUED, "ru",
     "вы выпустили|вы выдали|вашим центром|вами выпущен*|выданный вами|ваш[,его,им,ем] уц|выпущенн[ый,ого,ые] вами|ваш "
     "ocsp*|ваш crl*"},
    {CPR_MEANS_YOU_ISSUED, "ja", "貴社が発行|御社が発行|貴認証局"},
    {CPR_MEANS_YOU_ISSUED, "zh", "贵公司签发|貴公司簽發|贵机构|你们签发|你們簽發|贵司签发|贵公司颁发"},

    {CPR_MEANS_VALIDATION, "",
     "domain validation|domain control|dcv|caa|caa record*|caa check*|validation bypass|domain authori*|http 01|dns 01|"
     "acme challenge*|validation method*|issuewild|whois validation|constructed email|domain ownership|mpic|multi "
     "perspective"},

    /* What reports call themselves and ask for. */
    {CPR_MEANS_REPORT, "en",
     "certificate problem report*|certificate problem|key compromise report*|preliminary report*|"
     "revocation request*|certificate revocation request*|report a problem with|certificate abuse report*|abuse of a "
     "cert*|misissuance report*"},
    {CPR_MEANS_REPORT, "de", "zertifikatsproblem*|sperrantrag*|problemmeldung*|widerrufsantrag*"},
    {CPR_MEANS_REPORT, "fr",
     "demande de revocation|signalement de probleme|rapport de probleme*|signalement concernant un certificat"},
    {CPR_MEANS_REPORT, "es", "solicitud de revocacion|informe de problema*|reporte de problema*"},
    {CPR_MEANS_REPORT, "pt", "pedido de revogacao|solicitacao de revogacao|relatorio de problema*"},
    {CPR_MEANS_REPORT, "it", "richiesta di revoca|segnalazione di problema|segnalazione problema*"},
    {CPR_MEANS_REPORT, "pl", "wniosek o uniewaznienie|zgloszenie problemu z certyfik*"},
    {CPR_MEANS_REPORT, "cs", "zadost o zneplatneni"},
    {CPR_MEANS_REPORT, "hu", "visszavonasi kerel*"},
    {CPR_MEANS_REPORT, "ro", "cerere de revocare|solicitare de revocare"},
    {CPR_MEANS_REPORT, "tr", "iptal talebi"},
    {CPR_MEANS_REPORT, "ru", "запрос на отзыв|заявление на отзыв|запрос на аннулирование"},
    {CPR_MEANS_REPORT, "ja", "失効申請|失効依頼|問題報告"},
    {CPR_MEANS_REPORT, "zh", "吊销申请|撤销申请|證書問題報告|证书问题报告"},
    {CPR_MEANS_REPORT, "ko", "폐지 신청|폐기 요청|해지 요청"},

    {CPR_MEANS_REPORTING, "en",
     "to report|reporting|i am writing to report|we are reporting|would like to report|please "
     "investigate|complain*|notify you|"
     "inform you|make you aware|bring to your attention|we identified|we observed|we noticed|i noticed|i found|we "
     "found|i discovered|we discovered|responsible disclosure|i came across|problem report*"},
    {CPR_MEANS_REPORTING, "de", "melden|meldung|hinweisen|beschwer*|festgestellt|aufgefallen"},
    {CPR_MEANS_REPORTING, "fr", "signaler|signale|informer|constate*|porter a votre*"},
    {CPR_MEANS_REPORTING, "es", "reportar|informar*|denunci*|notificar*|detectad*|comunicar*"},
    {CPR_MEANS_REPORTING, "it", "segnal*|informar*|riscontrat*"},
    {CPR_MEANS_REPORTING, "ru", "сообщ*|уведом*|обнаруж*|жалоб*"},

    {CPR_MEANS_SILENCE, "en",
     "have not received|havent received|not yet received|yet to receive|still not received|not received a*|no reply|no "
     "response|no answer|"
     "havent heard|have not heard|not heard back|still waiting|without a response|24 hours|24h|48 "
     "hours|48hrs|24hrs|failure to respond|never answered|any update|"
     "following up|follow up|second notice|second attempt|my earlier|my previous|previous report|sent you a "
     "report|original report"},
    {CPR_MEANS_SILENCE, "de", "keine antwort|nicht geantwortet|24 stunden|48 stunden|noch keine|bisher keine"},
    {CPR_MEANS_SILENCE, "fr", "pas recu de reponse|aucune reponse|sans reponse|24 heures|48 heures"},
    {CPR_MEANS_SILENCE, "es", "no he recibido|sin respuesta|24 horas|48 horas|ninguna respuesta"},
    {CPR_MEANS_SILENCE, "it", "nessuna risposta|non ho ricevuto|24 ore|48 ore"},
    {CPR_MEANS_SILENCE, "ru", "нет ответа|не получил[,и,а] ответ*|24 часов|24 часа|до сих пор"},
    {CPR_MEANS_SILENCE, "ja", "返信がありません|回答がありません|24時間"},
    {CPR_MEANS_SILENCE, "zh", "没有收到|沒有收到|24小时|24小時"},

    {CPR_MEANS_SERIAL, "", "serial number*|serial no*|serial|serials|serialnumber"},
    {CPR_MEANS_SERIAL, "de", "seriennummer*"},
    {CPR_MEANS_SERIAL, "fr", "numero[,s] de serie"},
    {CPR_MEANS_SERIAL, "es", "numero[,s] de serie|n de serie"},
    {CPR_MEANS_SERIAL, "it", "numero seriale|numeri seriali|numero di serie|seriale"},
    {CPR_MEANS_SERIAL, "nl", "serienummer*"},
    {CPR_MEANS_SERIAL, "sv", "serienummer*"},
    {CPR_MEANS_SERIAL, "fi", "sarjanumero*"},
    {CPR_MEANS_SERIAL, "pl", "numer[,y,u,em,ow] seryjn*"},
    {CPR_MEANS_SERIAL, "cs", "seriov[e,eho,a,ym] cisl*|seriove cislo"},
    {CPR_MEANS_SERIAL, "hu", "sorozatszam*|sorszam*"},
    {CPR_MEANS_SERIAL, "ro", "numar[,ul,ului] de serie|seria certif*"},
    {CPR_MEANS_SERIAL, "tr", "seri no*|seri numara*"},
    {CPR_MEANS_SERIAL, "el", "σειριακ[ος,ου,ο] αριθμ*|αριθμ[ος,ο,ου] σειρας"},
    {CPR_MEANS_SERIAL, "ru", "серийн[ый,ого,ому,ым,ые,ых] номер*"},
    {CPR_MEANS_SERIAL, "uk", "серійн[ий,ого,ому,им,і] номер*"},
    {CPR_MEANS_SERIAL, "ja", "シリアル番号|シリアルナンバー"},
    {CPR_MEANS_SERIAL, "zh", "序列号|序列號|序號"},
    {CPR_MEANS_SERIAL, "ko", "일련번호|일련 번호|시리얼"},

    {CPR_MEANS_FINGERPRINT, "",
     "fingerprint*|thumbprint*|sha256|sha 256|sha1|sha 1|certificate hash*|certificate "
     "digest*|fingerabdruck*|empreinte*|"
     "huella*|impronta*|vingerafdruk*|odcisk*|отпечат*|拇印|フィンガープリント|指纹|指紋|지문|spki hash|spki sha*"},

    /* Other mail that matters, and mail that only looks alike. */
    {CPR_MEANS_AUDIT, "",
     "ccadb|audit statement*|audit letter attestation*|webtrust|etsi audit*|compliance self assessment*|root inclusion|"
     "ca communication|ca owner|ca owners|intermediate certificates disclosure|audit reminder*"},
    {CPR_MEANS_HELD, "",
     "quarantine*|quarantined message*|messages on hold|held message*|spam digest|end user digest|quarantine "
     "summary|quarantine report|"
     "release message*|release to inbox|review message*|spam notification*|quarantane*|mise en "
     "quarantaine|cuarentena|quarantena|карантин*"},
    {CPR_MEANS_CANARY, "", "cpr canary|cpr auditd canary|deliverability canary|delivery canary"},
    {CPR_MEANS_REQUEST, "en",
     "please|requested action*|we request|i request|requesting|we ask you|kindly|urgent*|immediately"},
    {CPR_MEANS_REQUEST, "de", "bitte|wir bitten|ich bitte|umgehend|unverzuglich"},
    {CPR_MEANS_REQUEST, "fr", "veuillez|merci de|nous demandons|je demande|priere de"},
    {CPR_MEANS_REQUEST, "es", "por favor|solicito|solicitamos|ruego|rogamos"},
    {CPR_MEANS_REQUEST, "it", "si prega|vi prego|chiedo|chiediamo|richiedo|per favore"},
    {CPR_MEANS_REQUEST, "pt", "por favor|solicito|solicitamos|peco|pedimos"},
    {CPR_MEANS_REQUEST, "ru", "прошу|просим|пожалуйста"},
    {CPR_MEANS_REQUEST, "ja", "お願い|希望します|ください"},
    {CPR_MEANS_REQUEST, "zh", "请|請"},
    {CPR_MEANS_REQUEST, "ko", "부탁|요청|바랍니다"},

    /* Function words, to name the language. */
    {CPR_MEANS_LANGUAGE, "en", "the|and|of|is|are|this|that|for|with|have|was|you|from|not"},
    {CPR_MEANS_LANGUAGE, "de", "und|der|die|das|ist|nicht|mit|sie|von|fur|ein|eine|wurde|auf|zu"},
    {CPR_MEANS_LANGUAGE, "fr", "le|les|des|est|et|vous|nous|pour|une|dans|sur|avec|que|du"},
    {CPR_MEANS_LANGUAGE, "es", "el|los|las|del|que|para|una|con|por|esta|se|su|es"},
    {CPR_MEANS_LANGUAGE, "pt", "o|os|da|do|dos|para|uma|com|nao|que|foi|em|pelo"},
    {CPR_MEANS_LANGUAGE, "it", "il|gli|della|del|che|per|una|con|non|sono|di|stato|nel"},
    {CPR_MEANS_LANGUAGE, "nl", "het|een|van|niet|voor|met|zijn|dit|wordt|deze|op|aan"},
    {CPR_MEANS_LANGUAGE, "sv", "och|att|det|som|inte|med|har|ett|av|ar|vi|till"},
    {CPR_MEANS_LANGUAGE, "da", "og|at|det|ikke|med|har|et|af|er|vi|til|blevet"},
    {CPR_MEANS_LANGUAGE, "fi", "ja|on|ei|etta|ovat|tama|kanssa|mutta|olen|teidan"},
    {CPR_MEANS_LANGUAGE, "pl", "i|w|nie|sie|na|jest|do|ze|zostal|dla|przez|oraz"},
    {CPR_MEANS_LANGUAGE, "cs", "je|se|na|ze|pro|jsme|byl|neni|ktery|nebo|aby"},
    {CPR_MEANS_LANGUAGE, "hu", "az|es|hogy|nem|egy|van|meg|ezt|kerem|volt|tisztelt"},
    {CPR_MEANS_LANGUAGE, "ro", "si|este|nu|pentru|care|din|cu|va|sau|fost|la"},
    {CPR_MEANS_LANGUAGE, "tr", "ve|bir|bu|icin|ile|olarak|degil|sayin|lutfen|da|de"},
    {CPR_MEANS_LANGUAGE, "el", "και|το|του|της|ειναι|για|με|στο|που|την"},
    {CPR_MEANS_LANGUAGE, "ru", "и|в|не|на|что|с|был|для|мы|вы|это|по"},
    {CPR_MEANS_LANGUAGE, "uk", "і|в|не|на|що|з|був|для|ми|ви|це|та"},
    {CPR_MEANS_LANGUAGE, "ja", "の|に|は|を|た|が|で|て|と|し|れ|さ|ます|です"},
    {CPR_MEANS_LANGUAGE, "zh", "的|是|在|了|我们|我們|请|請|该|該|已"},
    {CPR_MEANS_LANGUAGE, "ko", "을|를|이|은|는|의|에|합니다|습니다"},
    {CPR_MEANS_LANGUAGE, "he", "של|את|על|לא|זה|אני"},
    {CPR_MEANS_LANGUAGE, "ar", "في|من|على|إلى|هذا|أن"},
};

const struct cpr_vocabulary_row *cpr_vocabulary(size_t *count_out)
{
    *count_out = sizeof vocabulary / sizeof vocabulary[0];
    return vocabulary;
}
