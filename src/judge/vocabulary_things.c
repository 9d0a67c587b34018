/* Vocabulary: the things that certificates are about. */
#include "vocabulary_tables.h"

static const struct cpr_vocabulary_row rows[] = {
    /* Phrases that hold a word of ours and mean something else. */
    {CPR_MEANS_NOTHING, "en",
     "gift certificat*|birth certificat*|death certificat*|marriage certificat*|degree certificat*|"
     "stock certificat*|share certificat*|certificate of deposit*|certificate of completion|"
     "certificate of attendance|savings certificat*|certificate of origin|certificate of insurance|"
     "certificate of analysis|certificate of ownership|medical certificat*|academic certificat*|"
     "training certificat*|diploma certificat*|award certificat*|revocation certificat*|certificate program*|"
     "certificate course*|graduate certificat*|certificate of deposits|certificates of deposit|iso certificat*|"
     "include this problem report|health certificat*|tax certificat*|payment certificat*|"
     "no revocation certificat*|iso 9001 certificat*|iso 27001 certificat*|iso 14001 certificat*|"
     "iso 13485 certificat*|iso 45001 certificat*|iso iec 27001 certificat*|quality certificat*|"
     "vaccination certificat*|organic certificat*|energy certificat*|cert cc|us cert|cert coordination center|"
     "cert advisor*"},
    {CPR_MEANS_NOTHING, "en",
     "language certificat*|fitness certificat*|insurance certificat*|warranty certificat*|conformity certificat*|"
     "certificate of conformity|certificate of compliance|certificate of recognition|certificate of achievement|"
     "certificate of appreciation|certificate of participation|certificate of employment|certificate of good standing|"
     "certificate of incorporation|certificate of title|certificate of authenticity|safety certificat*|gas certificat*|"
     "electrical certificat*|school certificat*|first aid certificat*|professional certificat*|ce certificat*|"
     "certificates for deposit|phytosanitary certificat*|share certificates|land certificat*|residence certificat*|"
     "good conduct certificat*|employment certificat*|completion certificat*|attendance certificat*|teaching "
     "certificat*"},
    {CPR_MEANS_NOTHING, "de",
     "teilnahmezertifikat*|schulungszertifikat*|geschenkzertifikat*|ursprungszertifikat*|qualitätszertifikat*|"
     "konformitätszertifikat*|energiezertifikat*|aktienzertifikat*|gesundheitszertifikat*|sprachzertifikat*|iso "
     "zertifikat*|"
     "abschlusszertifikat*|prüfzertifikat*|echtheitszertifikat*|co2 zertifikat*|iso 9001 zertifikat*|iso 27001 "
     "zertifikat*|biozertifikat*"},
    {CPR_MEANS_NOTHING, "fr",
     "certificat de mariage|certificat de décès|certificat dorigine|certificat de conformité|certificat dassurance|"
     "certificat cadeau|certificat de vaccination|certificat dauthenticité|certificat détudes|certificat de formation|"
     "certificat de participation|certificat de résidence|certificat iso|certificat dimmatriculation|certificat de "
     "cession|certificat daptitude|certificat de langue"},
    {CPR_MEANS_NOTHING, "es",
     "certificado de matrimonio|certificado de defunción|certificado de estudios|certificado de asistencia|certificado "
     "de "
     "garantía|certificado de depósito|certificado de calidad|certificado de regalo|certificado de vacuna*|certificado "
     "de "
     "residencia|certificado de empadronamiento|certificado iso|certificado de conformidad|certificado de trabajo|"
     "certificado de penales|certificado energético|certificado de eficiencia|correo certificado|certificado de "
     "participación"},
    {CPR_MEANS_NOTHING, "it",
     "certificato di matrimonio|certificato di residenza|certificato di morte|certificato di garanzia|certificato di "
     "origine|certificato di conformità|certificato di frequenza|certificato di partecipazione|certificato energetico|"
     "certificato iso|certificato di deposito|certificato vaccinale|certificato penale|posta certificata|certificato "
     "di lingua|certificato regalo|certificato di autenticità"},
    {CPR_MEANS_NOTHING, "pt",
     "certificado de depósito|certificado de nascimento|certificado de casamento|certificado de "
     "participação|certificado de "
     "garantia|certificado de origem|certificado de qualidade|certificado de vacina*|certificado de "
     "habilitações|certificado "
     "iso|certificado energético|certificado de residência|certificado de aforro|certificado de formação|certifique "
     "se|certificado de autenticidade"},
    {CPR_MEANS_NOTHING, "nl",
     "certificaat van deelname|iso certificaat|cadeaucertificaat*|energiecertificaat*|aandelencertificaat*|"
     "geboortecertificaat*|certificaat van oorsprong|taalcertificaat*|kwaliteitscertificaat*|vca certificaat|diplomas "
     "en certificaten"},
    {CPR_MEANS_NOTHING, "pl",
     "certyfikat iso|certyfikat ukończenia|certyfikat[,y] jakości|certyfikat pochodzenia|certyfikat "
     "podarunkowy|certyfikat "
     "szczepien*|certyfikat uczestnictwa|certyfikat energetyczn*|certyfikat zgodności|certyfikat autentyczności"},
    {CPR_MEANS_NOTHING, "cs",
     "certifikát o absolvování|dárkov[ý,ého] certifikát*|certifikát iso|certifikát kvality|jazykov[ý,ého] certifikát*|"
     "certifikát původu|certifikát pravosti|certifikát o očkování|certifikát shody"},
    {CPR_MEANS_NOTHING, "sk",
     "certifikát o absolvovaní|darčekov[ý,ého] certifikát*|certifikát kvality|jazykov[ý,ého] certifikát*|certifikát "
     "pôvodu|"
     "certifikát pravosti|certifikát o očkovaní|certifikát zhody"},
    {CPR_MEANS_NOTHING, "hu",
     "iso tanúsítvány*|oltási tanúsítvány*|energetikai tanúsítvány*|származási tanúsítvány*|minőségi tanúsítvány*|"
     "képzési tanúsítvány*|megfelelőségi tanúsítvány*|nyelvi tanúsítvány*|részvételi tanúsítvány*"},
    {CPR_MEANS_NOTHING, "ro",
     "certificat de naștere|certificat de căsătorie|certificat de deces|certificat medical|certificat "
     "energetic|certificat "
     "de garanție|certificat de origine|certificat de calitate|certificat iso|certificat cadou|certificat de "
     "participare|certificat de înmatriculare|certificatul de înmatriculare|certificatul de naștere"},
    {CPR_MEANS_NOTHING, "bg",
     "удостоверение за раждане|удостоверение за брак|удостоверение за наследници|сертификат за качество|сертификат за "
     "произход|ваучер сертификат|сертификат iso|медицинско удостоверение|удостоверение за идентичност|удостоверение за "
     "актуално|подаръчен сертификат|служебно удостоверение"},
    {CPR_MEANS_NOTHING, "tr",
     "iso sertifika*|kalite sertifika*|hediye sertifika*|kurs sertifika*|dil sertifika*|aşı sertifika*|menşe "
     "sertifika*|"
     "sağlık sertifika*|sertifika töreni"},
    {CPR_MEANS_NOTHING, "el",
     "πιστοποιητικό γέννησης|πιστοποιητικό γάμου|πιστοποιητικό υγείας|πιστοποιητικό iso|πιστοποιητικό "
     "εμβολιασμού|ιατρικό "
     "πιστοποιητικό|ενεργειακό πιστοποιητικό|πιστοποιητικό οικογενειακής|πιστοποιητικό σπουδών|πιστοποιητικό "
     "ποιότητας|πιστοποιητικό γλωσσομάθειας"},
    {CPR_MEANS_NOTHING, "ru",
     "сертификат[,а,ы] качества|сертификат[,а,ы] iso|сертификат[,а] о вакцинации|сертификат[,а] о "
     "прививк*|медицинск[ий,ого] "
     "сертификат*|языков[ой,ого] сертификат*|сертификат[,а] происхождения|сертификат[,а] участника|материнск[ий,ого] "
     "капитал*|сертификат[,а] об окончании|сертификат[,а] на массаж|сертификат в подарок|сертификат исо"},
    {CPR_MEANS_NOTHING, "uk",
     "подарунков[ий,ого,і,их] сертифікат*|сертифікат[,и] якості|сертифікат[,и] iso|сертифікат вакцинації|сертифікат "
     "відповідності|житлов[ий,і] сертифікат*|сертифікат[,а] про закінчення|сертифікат походження|сертифікат учасника"},
    {CPR_MEANS_NOTHING, "ja",
     "修了証明書|成績証明書|残高証明書|印鑑証明書|納税証明書|健康診断証明書|接種証明書|身分証明書|戸籍証明書|"
     "原産地証明書|出生証明書|婚姻証明書|品質証明書|車検証明書|源泉証明書|雇用証明書"},
    {CPR_MEANS_NOTHING, "zh",
     "出生证|出生證|结婚证书|結婚證書|学位证书|學位證書|合格证书|合格證書|质量证书|認證證書|荣誉证书|榮譽證書|培训证书|"
     "培訓證書|健康证|iso证书|原产地证书|"
     "会计凭证|會計憑證|记账凭证|付款凭证|付款憑證|扣繳憑單|折扣凭证|消費憑證|支付凭证|职业资格证书|语言证书|收款凭证|"
     "转账凭证|原始凭证"},
    {CPR_MEANS_NOTHING, "ko", "수료 인증서|iso 인증서|품질 인증서|기술 인증서|교육 인증서|친환경 인증서|특허 인증서"},
    {CPR_MEANS_NOTHING, "sv",
     "presentcertifikat*|iso "
     "certifikat*|vaccinationscertifikat*|utbildningscertifikat*|energicertifikat*|elcertifikat*|kurscertifikat*"},
    {CPR_MEANS_NOTHING, "fi",
     "iso "
     "sertifikaat*|laatusertifikaat*|lahjasertifikaat*|rokotussertifikaat*|energiasertifikaat*|koulutussertifikaat*"},
    {CPR_MEANS_NOTHING, "da",
     "gavecertifikat*|iso "
     "certifikat*|kursuscertifikat*|vaccinationscertifikat*|uddannelsescertifikat*|energicertifikat*"},
    {CPR_MEANS_NOTHING, "no",
     "gavesertifikat*|iso sertifikat*|kurssertifikat*|koronasertifikat*|båtsertifikat*|førersertifikat*|el "
     "sertifikat*"},
    {CPR_MEANS_NOTHING, "he",
     "*תעודת לידה|*תעודת זהות|*תעודת נישואין|*תעודת גמר|*תעודת הוקרה|*תעודת משלוח|*תעודת בגרות|*תעודת יושר|*תעודת "
     "איכות|*תעודת אחריות|*תעודת כשרות"},
    {CPR_MEANS_NOTHING, "ar",
     "*شهادة ميلاد|*شهادة الميلاد|*شهادة خبرة|*شهادة جامعية|*شهادة صحية|*شهادة منشأ|*شهادة المنشأ|*شهادة تقدير|*شهادة "
     "الايزو|*شهادة ايزو|*شهادة تدريب|*شهادة حضور|*شهادة الثانوية|*شهادة زواج|*شهادة راتب|*شهادة وفاة|*شهادة حسن "
     "سيرة|*شهادة iso"},
    {CPR_MEANS_NOTHING, "tr", "sertifika program*|sertifika eğitim*|katılım sertifika*"},
    {CPR_MEANS_NOTHING, "de", "teilnahmezertifikat*|impfzertifikat*|wartungszertifikat*"},
    {CPR_MEANS_NOTHING, "fr",
     "certificat médical|certificat de scolarité|certificat de travail|certificat de naissance"},
    {CPR_MEANS_NOTHING, "es",
     "certificado médico|certificado de nacimiento|certificado de ingresos|certificado de origen"},
    {CPR_MEANS_NOTHING, "it", "certificato medico|certificato di nascita"},
    {CPR_MEANS_NOTHING, "pt", "certificado de pagamento|certificado médico|certificado de conclusão"},
    {CPR_MEANS_NOTHING, "ru", "подарочн[ый,ого,ые,ых] сертификат*|сертификат[,а,ы,ов] соответствия"},
    {CPR_MEANS_NOTHING, "zh", "毕业证书|畢業證書|资质证书|资格证书|股权证书"},
    {CPR_MEANS_NOTHING, "ja", "在職証明書|卒業証明書|住民票"},
    {CPR_MEANS_NOTHING, "ko", "수료증|자격증"},
    {CPR_MEANS_NOTHING, "pl", "certyfikat językow*"},
    {CPR_MEANS_NOTHING, "nl", "certificaat ehbo"},

    /* The things. */
    {CPR_MEANS_CERTIFICATE, "", "cert|certs|ssl|letsencrypt|lets encrypt"},
    {CPR_MEANS_CERTIFICATE, "en",
     "certificate|certificates|certficate*|certifcate*|cerificate*|certificat|sertificate*|precert*|pre cert*|"
     "wildcard cert*|subscriber cert*|leaf cert*|end entity cert*|padlock|green lock|lock icon|ct log*|"
     "ct entr*|ct shows|ct monitor*|ct search|lock sign|lock symbol|ssl lock|dv leaf|dv leaves|ev leaf|ov leaf|"
     "your leaves"},
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
    {CPR_MEANS_CERTIFICATE, "he", "*תעודת ssl|*אישור ssl|*תעודה דיגיטלית|*תעודת tls|*תעודה|*התעודה|*התעודות|*בתעודה"},
    {CPR_MEANS_CERTIFICATE, "ar",
     "*شهادة ssl|*شهادة tls|*شهادة رقمية|*الشهادة الرقمية|*شهادة|*الشهادة|*شهادات|*الشهادات|*بشهادة"},
    {CPR_MEANS_CERTIFICATE, "sl", "*potrdil*"},
    {CPR_MEANS_CERTIFICATE, "fa", "*گواهی*|*گواهينامه*"},
    {CPR_MEANS_CERTIFICATE, "vi", "chứng chỉ|chứng thư*"},
    {CPR_MEANS_CERTIFICATE, "th", "*ใบรับรอง*"},
    {CPR_MEANS_KEY, "", "privkey*|private.key"},
    {CPR_MEANS_KEY, "en",
     "private key*|privatekey*|private rsa key*|private tls key*|private ssl key*|tls key*|ssl key*|"
     "server key*|privat key*|private and public key*|private ec key*|bad public key|key file*|keyfile*|"
     "server.key|tls.key|wildcard.key|keypair|key pair|pfx|p12|pkcs12"},
    {CPR_MEANS_KEY, "de",
     "privat[e,er,en,em,es] schlussel*|geheim[e,er,en,em] schlussel*|privatschlussel*|signaturschlussel*"},
    {CPR_MEANS_KEY, "fr", "cle[,s] prive*|cle[,s] secrete*"},
    {CPR_MEANS_KEY, "es", "clave[,s] privada*|llave[,s] privada*"},
    {CPR_MEANS_KEY, "pt", "chave[,s] privada*"},
    {CPR_MEANS_KEY, "it", "chiav[e,i] privat*|chiav[e,i] segret*"},
    {CPR_MEANS_KEY, "nl", "prive sleutel*|privesleutel*|geheime sleutel*|private sleutel*|prive-sleutel*"},
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
     "закрыт[ый,ого,ому,ым,ом,ые,ых] ключ*|приватн[ый,ого,ому,ым,ом,ые,ых] ключ*|"
     "секретн[ый,ого,ому,ым,ые,ых] ключ*"},
    {CPR_MEANS_KEY, "uk",
     "особист[ий,ого,ому,им,і,их] ключ*|приватн[ий,ого,ому,им,і,их] ключ*|закрит[ий,ого,ому,им,і,их] ключ*"},
    {CPR_MEANS_KEY, "bg", "част[ен,ния,ният,ни,ните] ключ*"},
    {CPR_MEANS_KEY, "ja", "秘密鍵|プライベートキー|私有鍵"},
    {CPR_MEANS_KEY, "zh", "私钥|私鑰|密钥|密鑰|私密金鑰|私人金鑰|私有密钥"},
    {CPR_MEANS_KEY, "ko", "개인 키|개인키|비밀키|비밀 키"},
    {CPR_MEANS_KEY, "he", "*מפתח פרטי|*המפתח הפרטי"},
    {CPR_MEANS_KEY, "ar", "*المفتاح الخاص|*مفتاح خاص"},
    {CPR_MEANS_KEY, "hr", "privatn[i,og,e,a,om,im] ključ*|приватн[и,ог] кључ*"},
    {CPR_MEANS_KEY, "sl", "zasebn[i,ega,im] ključ*"},
    {CPR_MEANS_KEY, "lt", "privat[us,aus,ų] rakt*"},
    {CPR_MEANS_KEY, "lv", "privāt[ā,ās,o,ām] atslēg*"},
    {CPR_MEANS_KEY, "et", "privaatvõt*|privaatne võti|salajane võti"},
    {CPR_MEANS_KEY, "fa", "*کلید خصوصی*|*کلید محرمانه*"},
    {CPR_MEANS_KEY, "vi", "khóa riêng*|khóa bí mật|khóa cá nhân|khoá riêng*|khoá bí mật"},
    {CPR_MEANS_KEY, "id", "kunci privat*|kunci pribadi*|kunci rahasia*"},
    {CPR_MEANS_KEY, "th", "*กุญแจส่วนตัว*|*คีย์ส่วนตัว*"},
    {CPR_MEANS_KEY, "ca", "clau[,s] privad*"},
    {CPR_MEANS_BARE_KEY, "en",
     "the key|its key|the keys|their key*|our key|our keys|my key|key is|key was|key has|key of|key for|"
     "key material|same key|key on|key gone|key lost|lost key|lost the key|leaked key*|stolen key*|"
     "key compromise|key|keys|pem|tls secret|private part|private half|signing token|secret of"},
    {CPR_MEANS_BARE_KEY, "de", "schlüssel|schlüssels|schlüsseln|schlüsseldatei*"},
    {CPR_MEANS_BARE_KEY, "fr", "la clé|clé du|les clés|fichier clé|sa clé|clé|clés"},
    {CPR_MEANS_BARE_KEY, "es", "la clave|las claves|su clave|llave|clave|claves"},
    {CPR_MEANS_BARE_KEY, "pt", "a chave|chave do|as chaves|chaves|chave"},
    {CPR_MEANS_BARE_KEY, "it", "la chiave|le chiavi|chiave del|chiave|chiavi"},
    {CPR_MEANS_BARE_KEY, "nl", "sleutel|sleutels|sleutelbestand*"},
    {CPR_MEANS_BARE_KEY, "sv", "nyckel|nyckeln|nycklar|nycklarna"},
    {CPR_MEANS_BARE_KEY, "da", "nøgle|nøglen|nøgler|nøglerne|nøgleringen|nøglefil*"},
    {CPR_MEANS_BARE_KEY, "no", "nøkkel|nøkkelen|nøkler|nøklene"},
    {CPR_MEANS_BARE_KEY, "fi", "avain|avaimen|avaimet|avaimia"},
    {CPR_MEANS_BARE_KEY, "pl", "klucz|klucza|klucze|kluczy|kluczem"},
    {CPR_MEANS_BARE_KEY, "cs", "klíč|klíče|klíči|klíčem|klíčů"},
    {CPR_MEANS_BARE_KEY, "sk", "kľúč|kľúča|kľúče|kľúčom|kľúčov"},
    {CPR_MEANS_BARE_KEY, "hu", "kulcs|kulcsa|kulcsot|kulcsát|kulcsok"},
    {CPR_MEANS_BARE_KEY, "ro", "cheia|cheii|cheile|cheie"},
    {CPR_MEANS_BARE_KEY, "tr", "anahtar|anahtarı|anahtarın"},
    {CPR_MEANS_BARE_KEY, "el", "κλειδί|κλειδιού|κλειδιά"},
    {CPR_MEANS_BARE_KEY, "ru", "ключ|ключа|ключи|ключей|ключом"},
    {CPR_MEANS_BARE_KEY, "uk", "ключі|ключів"},
    {CPR_MEANS_BARE_KEY, "bg", "ключът|ключове|ключа"},
    {CPR_MEANS_BARE_KEY, "ja", "鍵"},
    {CPR_MEANS_BARE_KEY, "zh", "金鑰|密鑰"},
    {CPR_MEANS_BARE_KEY, "ko", "키가|키를|키 파일|개인키|키"},
    {CPR_MEANS_BARE_KEY, "he", "*מפתח|*המפתח|*מפתחות"},
    {CPR_MEANS_BARE_KEY, "ar", "*المفتاح|*مفتاح"},
    {CPR_MEANS_BARE_KEY, "hr", "ključ|ključa|ključeve|ključevi|ključem"},
    {CPR_MEANS_BARE_KEY, "lt", "raktas|rakto|raktą"},
    {CPR_MEANS_BARE_KEY, "lv", "atslēga|atslēgas|atslēgu"},
    {CPR_MEANS_BARE_KEY, "et", "võti|võtme|võtmed"},
    {CPR_MEANS_BARE_KEY, "vi", "khóa"},
    {CPR_MEANS_BARE_KEY, "id", "kunci"},
    {CPR_MEANS_BARE_KEY, "fa", "*کلید"},
    {CPR_MEANS_BARE_KEY, "th", "*กุญแจ*"},
    {CPR_MEANS_BARE_KEY, "sl", "ključ|ključa"},
    {CPR_MEANS_BARE_KEY, "ca", "clau"},
    {CPR_MEANS_OTHER_KEYS, "",
     "wallet*|bitcoin*|btc|ethereum|usdt|airdrop*|metamask*|seed phrase*|crypto currency|cryptocurrenc*|"
     "blockchain*|nft|private key phrase*|pgp|gpg|gnupg|openpgp|keyserver*|key server*"},
    /* The armour of a signed mail and the reporter's own key below it say nothing about the keys that the mail is
       about. */
    {CPR_MEANS_NOTHING, "",
     "begin pgp signed message hash: sha[1,224,256,384,512]|begin pgp signature|end pgp signature|pgp signature|"
     "begin pgp public key block|end pgp public key block|pgp key fingerprint|pgp fingerprint|gpg fingerprint|"
     "my pgp key|pgp key id"},
    {CPR_MEANS_STATUS, "",
     "crl|crls|arl|ocsp|crlite|crl distribution point*|nextupdate|thisupdate|delegated responder*|"
     "revocation list*|revocation status|ocsp responder*|status responder*|ocsp server*|ocsp service*|cdp"},
    {CPR_MEANS_STATUS, "de", "sperrliste*|zertifikatssperrliste*|widerrufsliste*"},
    {CPR_MEANS_STATUS, "fr", "liste[,s] de revocation"},
    {CPR_MEANS_STATUS, "es", "lista[,s] de revocacion"},
    {CPR_MEANS_STATUS, "it", "list[a,e] di revoca"},
    {CPR_MEANS_STATUS, "ja", "失効リスト"},
    {CPR_MEANS_STATUS, "zh", "吊销列表|撤销列表|廢止清冊"},
    {CPR_MEANS_STATUS, "ru", "спис[ок,ка,ке,ки,ков] отозванных"},
    {CPR_MEANS_PROFILE, "",
     "subjectaltname*|subject alternative name*|subject alt name*|dnsname*|dns names|the sans|san list*|"
     "san entr*|san field*|sans in|sans of|all sans|san extension*|commonname|common name*|localityname|"
     "stateorprovincename|stateorprovince|organizationname|organizationalunitname|organizationidentifier|"
     "jurisdictioncountry*|jurisdictionofincorporation*|joi|businesscategory|postalcode|streetaddress|"
     "serialnumber|subject attribute*|subject information|subject dn|subject field*|basicconstraints|"
     "basic constraints|keyusage|key usage|extendedkeyusage|extended key usage|eku|authoritykeyidentifier|"
     "authority key identifier|subjectkeyidentifier|aki|ski|certificatepolicies|policy oid*|policyqualifier*|"
     "nameconstraints|name constraints|cabforganizationidentifier|authority information access|caissuers|"
     "cps uri|sct|scts|signed certificate timestamp*|some state|default city|internet widgits*|internal name*|"
     "reserved ip*|notafter|notbefore|cn not in san|tbscertificate|rsa exponent*|public exponent*|curve p*|"
     "qcstatements|encoding order|serial entropy|poison extension|countryname|givenname|surname attribute|"
     "ou field|issuer dn|authoritykeyid*|subject rdn*|398 days|validity of|valid for more than|public suffix*|"
     "modulus|moduli|organisation name|organization name"},
    {CPR_MEANS_PROFILE, "de", "organisationsname*|firmenname*|ortsangabe|ortsname*|bundesland"},
    {CPR_MEANS_PROFILE, "fr", "nom de lorganisation|raison sociale|nom de la ville|localité"},
    {CPR_MEANS_PROFILE, "es", "nombre de la organización|razón social|localidad|provincia"},
    {CPR_MEANS_PROFILE, "it", "nome dellorganizzazione|ragione sociale|località|provincia"},
    {CPR_MEANS_PROFILE, "pt", "nome da organização|razão social|localidade"},
    {CPR_MEANS_PROFILE, "nl", "organisatienaam|bedrijfsnaam|plaatsnaam|plaats in het cert*"},
    {CPR_MEANS_PROFILE, "sv", "organisationsnamn*|företagsnamn*|ortnamn*"},
    {CPR_MEANS_PROFILE, "da", "organisationsnavn*|firmanavn*|bynavn*"},
    {CPR_MEANS_PROFILE, "no", "organisasjonsnavn*|stedsnavn*"},
    {CPR_MEANS_PROFILE, "fi", "organisaation nim*|yrityksen nim*"},
    {CPR_MEANS_PROFILE, "pl", "nazw[a,ę,y] organizacji|nazw[a,ę,y] firmy|miejscowoś*"},
    {CPR_MEANS_PROFILE, "cs", "název organizace|název firmy|název města|obec"},
    {CPR_MEANS_PROFILE, "sk", "názov organizácie|názov firmy"},
    {CPR_MEANS_PROFILE, "hu", "szervezet nev*|cégnév*"},
    {CPR_MEANS_PROFILE, "ro", "numele organizației"},
    {CPR_MEANS_PROFILE, "tr", "kuruluş ad*|firma ad*"},
    {CPR_MEANS_PROFILE, "el", "όνομα οργανισμού|επωνυμία"},
    {CPR_MEANS_PROFILE, "ru", "название организации|наименование организации|населенный пункт|название города"},
    {CPR_MEANS_PROFILE, "uk", "назва організації|назву організації"},
    {CPR_MEANS_PROFILE, "bg", "името на организацията|името на фирмата"},
    {CPR_MEANS_PROFILE, "ja", "組織名"},
    {CPR_MEANS_PROFILE, "zh", "组织名称|組織名稱|公司名称|公司名稱"},
    {CPR_MEANS_PROFILE, "ko", "조직명|조직 이름|회사명"},
    {CPR_MEANS_PRINTED, "",
     "issuer|issued by|issuer name|valid from|valid to|valid until|not before|not after|subject|publisher|"
     "signer|aussteller|gültig ab|émetteur|emisor|emittente|wystawca|издатель|発行者|颁发者|발급자"},
    {CPR_MEANS_AUTHORITY, "",
     "certificate authorit*|certification authorit*|certificate authorities|issuing ca|root ca|intermediate ca|"
     "subordinate ca|sub ca|sub cas|ica|ca certificate*|root certificate*|publicly trusted|"
     "trust service provider*|qtsp|ct log*|certificate issuer*"},
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
     "baseline requirement*|ca browser forum|cabforum|cab forum|ca b forum|ca b br|ca b brs|tls br|tls brs|"
     "tlsbr*|ev guidelines|evgs|evgl|evgls|certificate policy|certificate policies|cps|certification practice*|"
     "certificate practice statement*|root store policy|root program*|root store*|mozilla policy|chrome root|"
     "ccadb policy|br section*|brs|subscriber agreement*|relying party agreement|servercert|s mime br*|"
     "smime br*|code signing br*"},
    {CPR_MEANS_RULES, "de", "zertifizierungsrichtlinie*|zertifikatsrichtlinie*"},
    {CPR_MEANS_RULES, "fr", "politique de certification|declaration des pratiques*"},
    {CPR_MEANS_RULES, "es", "politica[,s] de certificacion|declaracion de practicas*"},
};

const struct cpr_vocabulary_table cpr_vocabulary_things = {rows, sizeof rows / sizeof rows[0]};
