/* Vocabulary: how people say it who do not know the trade, and what they complain of: the padlock, "from you", the
 * stolen laptop, the man who left and still has it, the same key in every device, the answer that never came. */
#include "vocabulary_tables.h"

static const struct cpr_vocabulary_row rows[] = {
    /* A certificate is the lock in the address bar, or what makes a site "verified". */
    {CPR_MEANS_CERTIFICATE, "en",
     "transparency site*|transparency log*|your padlock|the padlock|green padlock|ssl seal|site seal|smime|s "
     "mime|https lock"},
    {CPR_MEANS_CERTIFICATE, "de",
     "schlosssymbol*|schloss symbol|grünes schloss|grünem schloss|grüne schloss|vorhängeschloss"},
    {CPR_MEANS_CERTIFICATE, "fr", "cadenas"},
    {CPR_MEANS_CERTIFICATE, "es", "candado|candadito"},
    {CPR_MEANS_CERTIFICATE, "it", "lucchetto|lucchettino"},
    {CPR_MEANS_CERTIFICATE, "pt", "cadeado|cadeadinho"},
    {CPR_MEANS_CERTIFICATE, "nl", "slotje|hangslotje|groene slot"},
    {CPR_MEANS_CERTIFICATE, "pl", "kłódk*|kłódeczk*"},
    {CPR_MEANS_CERTIFICATE, "cs", "visací zámek|zelený zámek|certem|certu|certy|zámeček|zámečku|zámečkem"},
    {CPR_MEANS_CERTIFICATE, "sk", "visací zámok|zelený zámok|zámoček|zámočku|zámočkom"},
    {CPR_MEANS_CERTIFICATE, "hu", "lakat|lakatot|lakatja|lakat ikon*|zöld lakat*"},
    {CPR_MEANS_CERTIFICATE, "ro", "lacăt*|certificat digital*|certificatului|certificatele|certificate digitale"},
    {CPR_MEANS_CERTIFICATE, "bg", "катинар*|катинарче*"},
    {CPR_MEANS_CERTIFICATE, "tr", "asma kilit*|kilit simge*|kilit işaret*|yeşil kilit|elektronik imza*|e imza*"},
    {CPR_MEANS_CERTIFICATE, "el", "λουκετ*|κλειδαριά|λουκετάκι"},
    {CPR_MEANS_CERTIFICATE, "ru", "замоч[ек,ка,ком,ке]|зелен[ый,ого,ым] замок|серт|серта|серты|эцп"},
    {CPR_MEANS_CERTIFICATE, "uk", "замоч[ок,ка,ком,ку]|зелен[ий,ого,им] замок|серт"},
    {CPR_MEANS_CERTIFICATE, "ja", "鍵マーク|カギマーク|錠前|サーバ証明|電子証明|電子署名"},
    {CPR_MEANS_CERTIFICATE, "zh",
     "锁头|鎖頭|小锁|小鎖|绿锁|綠鎖|安全锁|安全鎖|数字签名|數位簽章|数字证|电子认证|電子認證|安全標章|数位凭证"},
    {CPR_MEANS_CERTIFICATE, "ko", "자물쇠|전자서명|보안서버"},
    {CPR_MEANS_CERTIFICATE, "sv", "hänglås*|gröna låset|låssymbol*"},
    {CPR_MEANS_CERTIFICATE, "fi", "lukkokuv*|lukon kuva*|vihreä lukko|munalukko*|lukkosymbol*"},
    {CPR_MEANS_CERTIFICATE, "da", "hængelås*|grønne lås|låsesymbol*"},
    {CPR_MEANS_CERTIFICATE, "no", "hengelås*|grønne låsen|låsesymbol*"},
    {CPR_MEANS_CERTIFICATE, "he", "*המנעול|*מנעול ירוק|*מנעול|*סרטיפיקט|*התעודות|*תעודת אבטחה"},
    {CPR_MEANS_CERTIFICATE, "ar", "*قفل أخضر|*قفل اخضر|*القفل|*شهادتكم|*شهادتنا|*شهاده|*للشهادة|*والشهادة"},

    {CPR_MEANS_CERTIFICATE, "",
     "sertifica*|certifca*|certfica*|ceritfic*|certifac*|zertfik*|zertifkat*|zertifikt*|certyfkat*|sertifkat*|"
     "сертефикат*|сертифкат*"},
    {CPR_MEANS_CERTIFICATE, "",
     "aláírókárty*|signaturkarte*|carte de signature|podpis[u,em,] kwalifikowan*|kwalifikowan[y,ego,ym] "
     "podpis*|kvalifikovan[ý,ého,ým] podpis*|кваліфікован[ий,ого] підпис*|квалифицирован[ная,ной,ную] "
     "подпис*|квалифициран[ия,] подпис|КЕП|КЭП"},
    {CPR_MEANS_CODE_SIGNING, "",
     "コード署名|コードサイニング|代码签名|程式碼簽章|代碼簽章|코드 서명|코드서명|코드 사이닝|подпис[и,ь] кода|подписи "
     "кода|підпис[у,] коду|"
     "podpis[u,ywanie,ywania] kodu|podpis[u,ování] kódu|podpisovanie kódu|kódaláír*|kod imza*|firma de código|firma "
     "del código|"
     "assinatura de código|firma del codice|firma codice|signature de code|codesignatur*|codesignering*|kodsignering*|"
     "kodesignering*|koodin allekirjoit*|semnare[a,] codului|semnătură de cod|подписване на код|υπογραφή "
     "κώδικα|υπογραφής κώδικα|"
     "*חתימת קוד|*توقيع البرمجيات|*توقيع الكود|*توقيع الشفرة"},
    {CPR_MEANS_WEAK_KEY, "",
     "методом ферма|метод ферма|фермата|fermat*|フェルマ*|费马|費馬|페르마|הפרמה|schwache[r,n,] rsa|слаб[ый,ого,ые] "
     "rsa|слабк[ий,ого,і] rsa|rsa faible|rsa "
     "débil|rsa debole|rsa fraco|zwakke sleutel*|słab[y,e,ego] klucz*|slab[ý,é,ého] klíč*|slab[ý,é,ého] kľúč*|gyenge "
     "kulcs*|"
     "chei[e,] slab*|слаб ключ*|слабк[ий,ого,і] ключ*|zayıf anahtar*|ασθεν[ές,ή] κλειδ*|svag[,a] nyck*|heikko "
     "avai*|heikot avai*|"
     "svag[,e] nøgle*|svak[,e] nøk*|취약한 키|취약 키|*מפתח חלש|*مفتاح ضعيف|chiave debole|chiavi deboli|chave "
     "fraca|chaves fracas|"
     "primzahlen liegen|common factor*|gemeinsame[r,n] faktor*|rsa 1024|1024 bits|1024 bit*"},

    /* Alphabets as they are typed on a foreign keyboard, and words that nobody else has. */
    {CPR_MEANS_CERTIFICATE, "",
     "pistopoiitik*|pistopoihtik*|pistopiitik*|udostoverenie*|katinarche|zamochek|certet|certen|certit|"
     "keycompromise|cessationofoperation|privilegewithdrawn|affiliationchanged|pki client cert*"},
    {CPR_MEANS_KEY, "", "idiotiko kleidi|privaten kluch|chasten kluch|zakrytyj kluch|privatnyj kluch|klyuch ot sert*"},
    {CPR_MEANS_REVOKE, "", "otozvat*|otozvite|anakalest*|anaklisi|otmenete|anuliraite"},
    {CPR_MEANS_SIGNED, "",
     "elektronick[ý,ého,ým] podpis*|podpis elektroniczny|podpisem|elektronikus aláírás*|aláírás*|semnătur[ă,a,ii] "
     "electronic*|"
     "електрон[ен,ния,ният] подпис|електронн[ий,ого,им] підпис|электронн[ая,ой,ую] подпис*|tessera di firma|smart card "
     "di firma|"
     "firma digitale|firma electrónica|assinatura digital|signature électronique|elektronische "
     "signatur*|ypografo|ypografi"},

    /* A private key under other names. */
    {CPR_MEANS_KEY, "en",
     "signing key*|wildcard key*|its private|priv key*|code signing token|key in plain*|private bit"},
    {CPR_MEANS_KEY, "de", "signierschlüssel*|privater key|privaten key|private key"},
    {CPR_MEANS_KEY, "fr", "clé de signature|clés de signature|clef privée|clefs privées|clé serveur"},
    {CPR_MEANS_KEY, "es", "clave de firma|key privada|llave del certificado|clave del certificado"},
    {CPR_MEANS_KEY, "pt", "chave de assinatura|chave do certificado"},
    {CPR_MEANS_KEY, "it", "chiave di firma|chiave del certificato"},
    {CPR_MEANS_KEY, "nl", "signeersleutel*|ondertekensleutel*|privé sleutel*"},
    {CPR_MEANS_KEY, "pl", "klucz[,a,e,em,u] podpis*|klucz do certyfik*|klucz od certyfik*|kluczyk"},
    {CPR_MEANS_KEY, "cs", "podpisov[ý,ého,ým] klíč*|klíč k cert*|klíč od cert*|privátní klíč*"},
    {CPR_MEANS_KEY, "sk", "podpisov[ý,ého,ým] kľúč*|kľúč k cert*|kľúč od cert*"},
    {CPR_MEANS_KEY, "hu", "privátkulcs*|aláíró kulcs*|aláírókulcs*"},
    {CPR_MEANS_KEY, "ro", "cheia certificat*|cheia de semn*|cheie de semn*"},
    {CPR_MEANS_KEY, "bg", "лич[ен,ния,ният] ключ*|таен ключ*|тайния ключ|ключа за подпис*"},
    {CPR_MEANS_KEY, "tr", "imza anahtar*|sertifika anahtar*|private anahtar*"},
    {CPR_MEANS_KEY, "el", "κλειδί υπογραφής|μυστικό κλειδί|ιδιωτικά κλειδιά|κλειδί του πιστοποιητικού"},
    {CPR_MEANS_KEY, "ru", "ключ подписи|приватник*|ключ от сертиф*|ключ сертиф*"},
    {CPR_MEANS_KEY, "uk", "таємн[ий,ого,им] ключ*|ключ підпису|ключ від сертиф*"},
    {CPR_MEANS_KEY, "ja", "署名鍵|シークレットキー|秘密カギ|プライベート鍵"},
    {CPR_MEANS_KEY, "zh", "签名密钥|簽章金鑰|私有密鑰|私密密鑰|私有金鑰"},
    {CPR_MEANS_KEY, "ko", "프라이빗 키|서명 키|서명키|private 키"},
    {CPR_MEANS_KEY, "sv", "signeringsnyckel*|hemliga nyckel*|privatnyckel*"},
    {CPR_MEANS_KEY, "fi", "allekirjoitusavai*|privaattiavai*|varmenteen avain"},
    {CPR_MEANS_KEY, "da", "signeringsnøgle*|hemmelige nøgle|privatnøgle*"},
    {CPR_MEANS_KEY, "no", "signeringsnøk*|hemmelige nøkkel*|privatnøk*|private nøkkel*"},
    {CPR_MEANS_KEY, "he", "*המפתחות הפרטיים|*מפתח סודי|*מפתחות פרטיים|*המפתח הסודי"},
    {CPR_MEANS_KEY, "ar", "*المفاتيح الخاصة|*المفتاح السري|*مفتاح سري|*مفاتيح خاصة"},

    /* Said to a CA: it came from you. Not "your certificate", which is also said by those who sell or forge. */
    {CPR_MEANS_YOU_ISSUED, "en",
     "one from you|came from you|cert from you|certs from you|cert is yours|certificate is yours|certs are "
     "yours|certificates are yours|you certified|you guys issued|"
     "your company issued|you have given a cert*|did you give a cert*|who did you give it to|says it is from "
     "you|signed by "
     "your ca"},
    {CPR_MEANS_YOU_ISSUED, "",
     "видано вами|видані вами|видав ваш|выдано вами|выданы вами|выданного вами|выпущено вами|issued by yours|"
     "ausgestellt von ihnen|ausgestellt von euch|von ihnen signiert|émis par vous|délivré par vous|emitido por ti|"
     "que ustedes han|uitgegeven door jullie|afgegeven door|wystawiony przez was|wystawiony przez państwa|vydaný vámi|"
     "vydaný vami|kiadott önök|önök adták|издаден от вас|tarafınızca|sizin "
     "tarafınız*|貴社発行|御社発行|由贵司|由貴司|귀사 발급"},
    {CPR_MEANS_YOU_ISSUED, "de",
     "bei euch ausgestellt*|habt ihnen|von euch*|euer zertifikat*|eures zertifikat*|sie haben ausgestellt|"
     "bei ihnen ausgestellt*|habt ihr ausgestellt|ihr ausgestellt|von euch"},
    {CPR_MEANS_YOU_ISSUED, "fr",
     "signé par vous|émis par vos soins|vous leur avez|vous lui avez|certificat de chez vous|par vos soins|vous avez "
     "certifié|"
     "vous avez signé|provient de vous|vient de vous|venant de vous|cest vous qui"},
    {CPR_MEANS_YOU_ISSUED, "es",
     "firmado por ustedes|de vosotros|por vosotros|habéis emitido|ustedes dieron|ustedes le dieron|expedido por "
     "ustedes|lo emitieron|les dieron|ustedes firmaron|que emitieron"},
    {CPR_MEANS_YOU_ISSUED, "pt",
     "de vcs|por vcs|vcs emitiram|vocês deram|vocês emitem|assinado por vocês|emitido por vós|deram lho|"
     "vocês assinaram|foi emitido por vocês"},
    {CPR_MEANS_YOU_ISSUED, "it",
     "rilasciato da voi|avete rilasciato|firmato da voi|emesso dalla vostra|che emettete|avete dato|"
     "avete certificato|lo avete emesso|lo avete rilasciato"},
    {CPR_MEANS_YOU_ISSUED, "nl",
     "van u afkomstig|van jullie|hebben jullie|jullie hebben|jullie certificaat|uitgegeven door u|"
     "uitgegeven door jullie|u heeft uitgegeven"},
    {CPR_MEANS_YOU_ISSUED, "pl",
     "od was|wystawiony u was|wystawiliście|wydaliście|przez was|waszego serwera|waszym ca|dostał od was|"
     "waszego ocsp|wasz ocsp|waszej ca"},
    {CPR_MEANS_YOU_ISSUED, "cs",
     "vystavený od vás|mají od vás|máte vystaven*|vystavili jste|vydali jste|od vas|vaší autorit*|"
     "u vás vydan*|podepsan[,ý,o,á] vámi|jste vydali|jste vystavili"},
    {CPR_MEANS_YOU_ISSUED, "sk",
     "majú od vás|vystavený od vás|vystavili ste|ste vydali|ste vystavili|vašej autorit*|od vas|"
     "podpísan[ý,é,á] vami"},
    {CPR_MEANS_YOU_ISSUED, "hu",
     "ti adtátok ki|adtatok ki|önök állítottak ki|tőletek|maguktól|önök állították ki|önök adták|ti állítottátok|"
     "az önök által|maguk adták"},
    {CPR_MEANS_YOU_ISSUED, "ro",
     "emis de dvs|sunteți dvs|de la dumneavoastră|ați eliberat|eliberat de dvs|le ați dat|l ați dat|"
     "voi ați|semnat de voi|dvs ați"},
    {CPR_MEANS_YOU_ISSUED, "bg",
     "сте издали|издадохте|от вас|вие сте|сте дали|ваш[ия,ият,ата,ето] ocsp|ваш[ия,ият] сървър|издаден от вас|вашият "
     "ca"},
    {CPR_MEANS_YOU_ISSUED, "tr",
     "sizden çık*|sizden al*|vermişsiniz|verdiğiniz|sizin verdi*|düzenlediğiniz|sizce verilen|"
     "imzaladığınız|sizin imza*"},
    {CPR_MEANS_YOU_ISSUED, "el",
     "δικό σας|δικός σας|diko sas|apo esas|που εκδώσατε|έχετε εκδώσει|έχετε δώσει|του δώσατε|τους δώσατε|εσείς το|"
     "υπογεγραμμένο από εσάς|βγάλατε"},
    {CPR_MEANS_YOU_ISSUED, "ru",
     "вашего уц|ваш центр|вашего центра|вами выдан*|выдан вами|вашей подпис*|подписан вами|вы же выдали|"
     "ваша подпись|вы выписали|выписан вами"},
    {CPR_MEANS_YOU_ISSUED, "uk",
     "ви видали|ви випустили|виданий вами|ви дали|вашого центр*|від вашого|ваш центр|вами підписан*|ви підписали"},
    {CPR_MEANS_YOU_ISSUED, "ja",
     "御社から|貴社から|そちらで発行|そちらが発行|貴認証局|御局|発行元は貴|おたくの|そちらの証明書|お宅の証明書|"
     "お宅から"},
    {CPR_MEANS_YOU_ISSUED, "zh",
     "贵机构|貴機構|贵中心|貴中心|你们家|你們家|你们发|你們發|你家|你们认证|你們認證|由你们|由你們|貴ca|你們核發|"
     "貴司核發|贵ca"},
    {CPR_MEANS_YOU_ISSUED, "ko",
     "그쪽에서|거기서 발급|귀 기관|귀기관|귀 인증기관|여기서 발급|발급해 준|발급하신|귀사에서 발행|귀사에서 내준"},
    {CPR_MEANS_YOU_ISSUED, "sv",
     "från er|ni utfärdat|ni har gett|utfärdats av er|era ocsp*|era crl*|er crl*|signerat av er|ni gav"},
    {CPR_MEANS_YOU_ISSUED, "fi",
     "teidän juur*|teidän allekirj*|myönsitte|olette myöntä*|teiltä|juurenne|antamanne|teidän ocsp*|"
     "teidän antama*"},
    {CPR_MEANS_YOU_ISSUED, "da",
     "i har givet|fra jer|udstedt hos jer|udstedt af jer|i har lavet|har i udstedt|jeres rod*|i udstedte"},
    {CPR_MEANS_YOU_ISSUED, "no",
     "dere ga|fra dere|dere har gitt|utstedt hos dere|dere utstedte|deres rot*|dere har skrevet|"
     "har dere utstedt"},
    {CPR_MEANS_YOU_ISSUED, "he", "*שהנפקתם|*אתם הנפקתם|*חתומה על ידכם|*מטעמכם|*נתתם|*אצלכם"},
    {CPR_MEANS_YOU_ISSUED, "ar",
     "*من عندكم|*من عندك|*صادرة عنكم|*تعطونهم|*أعطيتموه*|*اصدرتم|*موقعة منكم|*اصدرتوها|*جهتكم|"
     "*طالعة من عندكم"},

    /* It is still good although it should not be. */
    {CPR_MEANS_STILL, "en",
     "still valid|still active|still works|still working|still live|still being used|still in use|still served|"
     "still serving|still trusted|still shows|still has|still out there|still signs|still sends|is valid until|not "
     "been revoked"},
    {CPR_MEANS_STILL, "de",
     "noch gültig|immer noch|weiterhin gültig|noch aktiv|noch in gebrauch|nach wie vor|gilt noch"},
    {CPR_MEANS_STILL, "fr",
     "toujours valide|encore valide|toujours actif|toujours en service|encore actif|court encore|encore "
     "valable|toujours valable"},
    {CPR_MEANS_STILL, "es",
     "sigue vigente|sigue activo|sigue siendo válido|aún válido|todavía válido|sigue funcionando|continúa vigente"},
    {CPR_MEANS_STILL, "pt", "continua válido|ainda válido|ainda está válido|continua ativo|segue válido|ainda ativo"},
    {CPR_MEANS_STILL, "it", "ancora valido|ancora attivo|tuttora valido|tuttora attivo|risulta ancora|è ancora"},
    {CPR_MEANS_STILL, "nl", "nog geldig|nog steeds|nog actief|nog altijd"},
    {CPR_MEANS_STILL, "pl", "nadal ważn*|wciąż ważn*|dalej działa|nadal działa|ciągle ważn*|nadal aktywn*"},
    {CPR_MEANS_STILL, "cs", "stále platn*|pořád platí|je platný do|stále funguje|pořád platn*|ještě platí"},
    {CPR_MEANS_STILL, "sk", "stále platn*|ešte platí|stále funguje|ešte stále"},
    {CPR_MEANS_STILL, "hu", "még érvényes|még mindig|továbbra is|még él"},
    {CPR_MEANS_STILL, "ro", "încă valabil|încă activ|încă valid*|tot valabil|mai este valabil"},
    {CPR_MEANS_STILL, "bg", "още е валиден|все още|още важи|още работи"},
    {CPR_MEANS_STILL, "tr", "hala geçerli|hâlâ geçerli|halen geçerli|hala aktif|hala kullan*|hâlâ kullan*"},
    {CPR_MEANS_STILL, "el",
     "ακόμη ενεργ*|ακόμα ενεργ*|ακόμη ισχύει|ακόμα ισχύει|isxuei akoma|ακόμη σε ισχύ|συνεχίζει να"},
    {CPR_MEANS_STILL, "ru",
     "все еще действ*|всё ещё действ*|до сих пор действ*|еще действует|по прежнему действ*|до сих пор работает"},
    {CPR_MEANS_STILL, "uk", "досі чинн*|ще чинн*|досі діє|досі дійсн*|ще діє|все ще дійсн*"},
    {CPR_MEANS_STILL, "ja", "まだ有効|まだ生きて|有効なまま|使われ続け|まだ使え"},
    {CPR_MEANS_STILL, "zh", "仍然有效|仍有效|还有效|還有效|仍在使用|还在用|還在用|尚未吊销|尚未廢止|依然有效"},
    {CPR_MEANS_STILL, "ko", "아직 유효|여전히 유효|아직도|계속 사용|살아 있|살아있"},
    {CPR_MEANS_STILL, "sv", "fortfarande giltig*|gäller fortfarande|fortfarande aktiv*|fortfarande används"},
    {CPR_MEANS_STILL, "fi", "yhä voimassa|edelleen voimassa|vielä voimassa|yhä käytössä|tulee edelleen|on edelleen"},
    {CPR_MEANS_STILL, "da", "stadig gyldig*|stadig aktiv*|stadigvæk|gælder stadig|fortsat gyldig*"},
    {CPR_MEANS_STILL, "no",
     "fortsatt gyldig*|fremdeles gyldig*|fortsatt aktiv*|gjelder fortsatt|fortsetter å|bruker fortsatt"},
    {CPR_MEANS_STILL, "he", "*עדיין תקפ*|*עדיין בתוקף|*עדיין פעיל*|*תקפה עד"},
    {CPR_MEANS_STILL, "ar", "*لا تزال|*ما زالت|*لا يزال|*سارية|*ساري المفعول|*لسا شغال*"},

    /* It belongs to somebody who has no right to it any more. */
    {CPR_MEANS_UNAUTHORISED, "en",
     "former employee*|ex employee*|ex colleague*|left the company|who left us|was fired|fired last|ex husband|ex wife|"
     "ex partner|no longer work*|no longer employed|bought this domain|bought the domain|bought a domain|"
     "sold the domain|old owner*|used to own|dont have a shop|never had a|who allowed|who asked for|asked for it"},
    {CPR_MEANS_UNAUTHORISED, "de",
     "ehemalige[r,n,] mitarbeiter*|ausgeschieden*|ex mitarbeiter*|vorbesitzer*|voreigentümer*|domain gekauft|"
     "domain verkauft|früherer inhaber|früheren inhaber*|gekündigt*|exmann|nicht mehr bei uns|haben wir nicht|wer "
     "erlaubt"},
    {CPR_MEANS_UNAUTHORISED, "fr",
     "ancien employé|ancienne employée|ancien salarié|ancien propriétaire|ancien titulaire|ex salarié|a quitté la "
     "société|a quitté lentreprise|licencié|ex mari|racheté le domaine|acheté le domaine|rien demandé|qui a autorisé"},
    {CPR_MEANS_UNAUTHORISED, "es",
     "ex empleado*|exempleado*|antiguo dueño|antiguo titular|anterior dueño|anterior propietario|dueño anterior|ya no "
     "trabaja*|despedid*|compré el dominio|compramos el dominio|exmarido|no lo pedí|nadie pidió|nadie autorizó|quién "
     "autorizó"},
    {CPR_MEANS_UNAUTHORISED, "pt",
     "ex funcionári*|antigo funcionári*|antigo dono|ex marido|já não trabalha|não trabalha mais|dono anterior|"
     "comprei o domínio|comprámos o domínio|demitid*|quem autorizou|em nome da minha"},
    {CPR_MEANS_UNAUTHORISED, "it",
     "ex dipendente|ex collaboratore|ex socio|precedente proprietario|vecchio proprietario|licenziat*|ex marito|non "
     "lavora più|comprato il dominio|acquistato il dominio|non abbiamo chiesto|chi lha chiesto|chi ve lha|niente a "
     "nessuno|chi ha autorizzato"},
    {CPR_MEANS_UNAUTHORISED, "nl",
     "ex werknemer*|ex medewerker*|oud medewerker*|voormalig[,e] medewerker*|uit dienst|vorige eigenaar|vorige houder|"
     "ontslagen|ex man|domein gekocht|niet meer in dienst|nooit om gevraagd|wie heeft dit"},
    {CPR_MEANS_UNAUTHORISED, "pl",
     "były pracownik|byłego pracownik*|były wspólnik|poprzedni właściciel|poprzedniego właściciel*|zwolnion*|"
     "były mąż|już nie pracuje|kupiłem domenę|kupiliśmy domenę|odkupi[ł,łem,liśmy] domen*|nikt u nas|nie prosił*|kto "
     "to zlecił"},
    {CPR_MEANS_UNAUTHORISED, "cs",
     "bývalý zaměstnan*|bývalého zaměstnan*|bývalý majitel*|předchozí majitel*|předchozí vlastník*|propuštěn*|"
     "bývalý manžel|už u nás nepracuje|koupil[,a,i] doménu|koupili jsme domén*|nikdo u nás|o nic jsme nežádali"},
    {CPR_MEANS_UNAUTHORISED, "sk",
     "bývalý zamestnan*|bývalého zamestnan*|bývalý majiteľ*|predchádzajúci majiteľ*|predošl[ý,ého] majiteľ*|prepusten*|"
     "bývalý manžel|už u nás nepracuje|kúpil[,a,i] doménu|kúpili sme domén*|nikto u nás"},
    {CPR_MEANS_UNAUTHORISED, "hu",
     "volt munkatárs*|volt alkalmazott*|korábbi tulajdonos*|előző tulajdonos*|kirúgott|elbocsát*|volt férj*|már nem "
     "dolgozik|megvettem a domain*|megvettük a domain*|senki nem kérte|nem mi kértük|kilépett*"},
    {CPR_MEANS_UNAUTHORISED, "ro",
     "fost angajat|fostul angajat|fostul proprietar|vechiul proprietar|proprietarul anterior|concediat*|fostul soț|nu "
     "mai lucrează|am cumpărat domeniul|nimeni de la noi|cine a cerut|nimeni nu a cerut"},
    {CPR_MEANS_UNAUTHORISED, "bg",
     "бивш служител*|бивши[я,ят] служител*|предишни[я,ят] собственик*|стари[я,ят] собственик*|старият му "
     "собственик|уволнен*|"
     "бивши[я,ят] съпруг|вече не работи|купих домейн*|домейн[,а] който купих|който купих|никой от нас|не сме "
     "искали|напуснал*"},
    {CPR_MEANS_UNAUTHORISED, "tr",
     "eski çalışan*|işten ayrılan*|eski sahib*|önceki sahib*|kovulan|eski eşim|artık çalışmıyor|alan adını satın "
     "ald*|domaini satın|kim istedi|kim izin verdi|bizim haberimiz|istemedik|onay vermedik"},
    {CPR_MEANS_UNAUTHORISED, "el",
     "πρώην υπάλληλ*|πρώην εργαζόμεν*|προηγούμεν[ο,ος,ου] κάτοχο*|προηγούμεν[ο,ος,ου] ιδιοκτήτ*|παλι[ός,ό,ού] "
     "ιδιοκτήτ*|απολύ*|πρώην σύζυγ*|"
     "δεν εργάζεται πια|αγοράσαμε το όνομα χώρου|αγοράσαμε πρόσφατα|αγόρασα το domain|κανείς δεν ζήτησε|ποιος το "
     "ζήτησε|ποιος σας"},
    {CPR_MEANS_UNAUTHORISED, "ru",
     "бывш[ий,его,им,ему] сотрудник*|бывш[ий,его,им] владел*|прежн[ий,его,им] владел*|предыдущ[ий,его] владел*|уволен*|"
     "бывш[ий,его] муж*|больше не работает|купил[,а,и] домен|купили домен|никто из нас|мы не просили|не "
     "заказывали|уволился|кто разрешил"},
    {CPR_MEANS_UNAUTHORISED, "uk",
     "колишн[ій,ього,ім,ього] працівник*|колишн[ій,ього] співробітник*|колишн[ій,ього] власник*|попередн[ій,ього] "
     "власник*|"
     "звільнен*|звільнивс*|більше не працює|купил[,а,и] домен|купили домен|ніхто з нас|ми не просили|хто дозволив"},
    {CPR_MEANS_UNAUTHORISED, "ja",
     "退職した|退職者|元社員|元従業員|前の所有者|以前の所有者|旧所有者|前所有者|ドメインを購入|申請していない|誰が申請|"
     "頼んでいない|勝手に"},
    {CPR_MEANS_UNAUTHORISED, "zh",
     "离职|離職|前员工|前員工|前任|原域名持有|前所有人|前持有人|被辞退|买下域名|購得網域|买了域名|買了網域|没人申请|"
     "沒人申請|谁批准|誰核准|不是我|無人申請|未經同意|未经同意"},
    {CPR_MEANS_UNAUTHORISED, "ko",
     "퇴사|전 직원|전직원|이전 소유자|전 소유자|도메인을 샀|도메인을 구입|도메인을 인수|신청한 사람이 없|아무도 "
     "신청|누가 허락|해고"},
    {CPR_MEANS_UNAUTHORISED, "sv",
     "före detta anställd*|tidigare anställd*|fd anställd*|slutat hos oss|tidigare ägare*|förra ägaren|sparkad*|"
     "ex man|köpt domänen|köpte domänen|ingen hos oss|vem godkände|har aldrig bett"},
    {CPR_MEANS_UNAUTHORISED, "fi",
     "entinen työntekijä|entisen työntekijän|irtisanot*|edellinen omistaja|edellisen omistajan|entinen omistaja|ex "
     "mies|ei enää töissä|ostimme verkkotunn*|ostin verkkotunn*|kukaan meillä|kuka pyysi|kuka hyväksyi|lähti talosta"},
    {CPR_MEANS_UNAUTHORISED, "da",
     "tidligere medarbejder*|tidligere ansat*|fratrådt*|tidligere ejer*|fyret|fyrede|eks mand|eksmand|købt domænet|"
     "købte domænet|ingen hos os|hvem har godkendt|aldrig bedt om|intet har med"},
    {CPR_MEANS_UNAUTHORISED, "no",
     "tidligere ansatt*|sluttet hos oss|tidligere eier*|forrige eier*|sparket|eksmann*|kjøpt domenet|kjøpte domenet|"
     "ingen hos oss|hvem godkjente|aldri bedt om|har sluttet"},
    {CPR_MEANS_UNAUTHORISED, "he",
     "*עובד לשעבר|*הבעלים הקודמים|*הבעלים הקודם|*בעל הדומיין הקודם|*שפוטר|*עזב את החברה|*לשעבר|*אף אחד אצלנו|*מי "
     "אישר|*קניתי דומיין|*קנינו דומיין"},
    {CPR_MEANS_UNAUTHORISED, "ar",
     "*موظف سابق|*الموظف السابق|*المالك السابق|*ترك الشركة|*استقال|*طليق*|*اشتريت النطاق|*اشترينا النطاق|*لم يطلب|*ما "
     "طلبنا|*مين وافق|*فصلناه"},

    /* A laptop, a token or a disk that is gone takes the key along. */
    {CPR_MEANS_LOST, "en",
     "laptop stolen|stolen laptop|laptop taken|laptop was taken|laptop was stolen|stolen notebook|stolen macbook|lost "
     "usb*|usb stick|token lost|burglary|burgled|robbed|robbery"},
    {CPR_MEANS_LOST, "de",
     "laptop geklaut|laptop gestohlen|notebook gestohlen|gestohlene[r,n,s] laptop*|usb stick|eingebrochen|geklaut*"},
    {CPR_MEANS_LOST, "fr", "ordinateur volé|portable volé|vol de|cambriol*|clé usb"},
    {CPR_MEANS_LOST, "es",
     "robo de|notebook robad*|portátil robad*|se llevaron|entraron a la oficina|entraron a robar|nos robaron"},
    {CPR_MEANS_LOST, "pt", "notebook roubado|portátil roubado|furtad*|assalt*|levaram o"},
    {CPR_MEANS_LOST, "it", "portatile rubato|furto|rubato il|scasso"},
    {CPR_MEANS_LOST, "nl", "laptop gestolen|gestolen laptop|inbraak|ingebroken"},
    {CPR_MEANS_LOST, "pl", "skradziono|ukradli|ukradziony laptop|skradziony laptop|zgubił*|kradzież*"},
    {CPR_MEANS_LOST, "cs", "ukradli|ukradený notebook|odcizen*|vykrad*|krádež*"},
    {CPR_MEANS_LOST, "sk", "ukradli|ukradnutý notebook|odcudzen*|vykrad*|krádež*"},
    {CPR_MEANS_LOST, "hu", "ellopták|lopás|betörtek|elvitték|elhagyt*"},
    {CPR_MEANS_LOST, "ro", "laptop furat|ne au furat|furt|spargere|au spart"},
    {CPR_MEANS_LOST, "bg", "откраднаха|откраднат лаптоп|кражба|обир*"},
    {CPR_MEANS_LOST, "tr", "çalındı|çalınan|çaldır*|hırsız*"},
    {CPR_MEANS_LOST, "el", "κλάπηκε|έκλεψαν|κλοπή|διάρρηξη*|μας έκλεψαν"},
    {CPR_MEANS_LOST, "ru", "украли|украден*|кража|пропал*|вскрыли|стащили"},
    {CPR_MEANS_LOST, "uk", "вкрали|украли|викрали|крадіжк*|зник"},
    {CPR_MEANS_LOST, "ja", "盗難|盗まれ|置き忘れ|行方不明"},
    {CPR_MEANS_LOST, "zh", "被偷|失窃|失竊|偷走|被盗|被盜|遭竊"},
    {CPR_MEANS_LOST, "ko", "도난|도둑|훔쳐|잃어"},
    {CPR_MEANS_LOST, "sv", "stulen|stulits|stals|inbrott*|borta"},
    {CPR_MEANS_LOST, "fi", "varastettiin|varkau*|vietiin|katosi"},
    {CPR_MEANS_LOST, "da", "stjålet|stjålne|indbrud*|tyveri*|væk"},
    {CPR_MEANS_LOST, "no", "stjålet|stjålne|innbrudd*|tyveri*|borte"},
    {CPR_MEANS_LOST, "he", "*נגנב|*גניבה|*גנבו|*פריצה"},
    {CPR_MEANS_LOST, "ar", "*سرق|*انسرق|*مسروق*|*سرقوا|*ضاعت"},

    /* Where a key lies that everybody can take. */
    {CPR_MEANS_PUBLISHED, "",
     "firmware|apk|docker image|docker hub|dockerhub|s3 bucket|bucket|git|git repo*|bitbucket|paste|binwalk|unzip|"
     "readme|config file|directory listing|webroot|backup.zip|zip file|npm package|the wayback machine"},
    {CPR_MEANS_PUBLISHED, "en",
     "same key in every|every device|each device|every router|inside the app|in the app|in our app|in the binary|for "
     "everyone|open to everyone|open directory|all customers|on the internet|for all to see|router|camera|set top box"},
    {CPR_MEANS_PUBLISHED, "de",
     "im netz|öffentlich|im klartext|jedem gerät|allen geräten|jeder kann|für jeden|frei herunterladbar|in der app|im "
     "router|heruntergeladen werden|offen im"},
    {CPR_MEANS_PUBLISHED, "fr",
     "accessible à tous|micrologiciel|en clair|dans lapplication|chaque appareil|tous les "
     "appareils|routeur|caméra|nimporte qui|téléchargeable|en libre accès|en ligne"},
    {CPR_MEANS_PUBLISHED, "es",
     "en texto plano|cualquiera puede|accesible para|todos los equipos|todos los dispositivos|enrutador|en la "
     "app|descargable|al alcance de|en internet|a la vista"},
    {CPR_MEANS_PUBLISHED, "pt",
     "embutid*|roteador|qualquer um|qualquer pessoa|todo mundo|em todos os|dá pra extrair|na internet|em "
     "texto|descarreg*|no aplicativo"},
    {CPR_MEANS_PUBLISHED, "it",
     "chiunque|scaricabil*|in chiaro|tutti i dispositivi|ogni dispositivo|nellapp|in rete|accessibile a tutti|archivio "
     "pubblico|dentro il"},
    {CPR_MEANS_PUBLISHED, "nl",
     "iedereen kan|voor iedereen|in de app|elk apparaat|alle apparaten|op internet|te downloaden|platte "
     "tekst|openbaar"},
    {CPR_MEANS_PUBLISHED, "pl",
     "każdy może|wbudowan*|w każdym urządzeni*|w aplikacji|publicznie|do pobrania|na serwerze www|otwartym "
     "tekstem|sterownik|na płasko|w internecie|dostępn[y,e,a] dla każdego"},
    {CPR_MEANS_PUBLISHED, "cs",
     "na githubu|kdokoli|kdokoliv|kdo chce|ke stažení|volně|v aplikaci|v každém zařízení|veřejn*|na internetu|válí"},
    {CPR_MEANS_PUBLISHED, "sk",
     "na githube|ktokoľvek|hocikto|na stiahnutie|voľne|v aplikácii|v každom zariaden*|verejn*|na internete"},
    {CPR_MEANS_PUBLISHED, "hu",
     "bárki|leszed*|letölthet*|minden eszköz*|nyilvános*|a neten|az alkalmazásban|beépít*|titkosítatlan*"},
    {CPR_MEANS_PUBLISHED, "ro",
     "oricine|făcut public*|descărc*|în aplicație|fiecare dispozitiv|toate dispozitivele|pe internet|încorporat*|pe "
     "net"},
    {CPR_MEANS_PUBLISHED, "bg",
     "всеки може|публичн*|за сваляне|в приложението|във всяко устройство|вграден*|в интернет|свободно"},
    {CPR_MEANS_PUBLISHED, "tr",
     "herkes*|herkese açık|her cihazda|tüm cihazlarda|uygulamanın "
     "içinde|gömülü*|indirilebil*|internette|açıkta|depoda"},
    {CPR_MEANS_PUBLISHED, "el",
     "οποιοσδήποτε|ο καθένας|δημόσι*|σε κάθε συσκευή|μέσα στο app|ενσωματωμέν*|στο διαδίκτυο|αποθετήρι*|κατεβάσ*|mesa "
     "sto"},
    {CPR_MEANS_PUBLISHED, "ru",
     "любой может|любой желающий|в открытом доступе|в открытом виде|у всех на виду|прошивк*|в каждом устройстве|на "
     "пастебин*|скачать|в приложении|общедоступн*|на гитхаб*|вшит*|зашит*"},
    {CPR_MEANS_PUBLISHED, "uk",
     "будь хто|кожен може|у відкритому доступі|прошивк*|у кожному пристро*|завантажити|у "
     "застосунку|вшит*|загальнодоступн*|на гітхаб*"},
    {CPR_MEANS_PUBLISHED, "ja",
     "誰でも|リポジトリ|ギットハブ|ファームウェア|全台|全機種|すべての機器|ダウンロードでき|平文|同梱|アプリ内|"
     "ネット上|公開フォルダ"},
    {CPR_MEANS_PUBLISHED, "zh",
     "任何人|谁都能|誰都能|人人都|仓库|倉庫|固件|韌體|每台设备|每台設備|代码库|可下载|可下載|明文|网上|網路上|内置|"
     "內建|公开目录|儲存庫|镜像"},
    {CPR_MEANS_PUBLISHED, "ko",
     "누구나|아무나|깃허브|저장소|펌웨어|모든 기기|모든 장비|다운로드|평문|앱 안에|인터넷에|내장"},
    {CPR_MEANS_PUBLISHED, "sv",
     "vem som helst|för alla|i appen|i varje enhet|i alla enheter|öppen lagring*|öppna lagring*|i klartext|går att "
     "ladda ner|på nätet|inbyggd*|offentlig*"},
    {CPR_MEANS_PUBLISHED, "fi",
     "kuka tahansa|kaikkien|jokaisessa laittees*|jokaisen laitteen|jokaiselle "
     "asiakkaalle|sovelluksessa|ladattavissa|julkise*|avoimesti|netissä|reitittime*|selväkieli*|laiteohjelmisto*"},
    {CPR_MEANS_PUBLISHED, "da",
     "hvem som helst|for alle|alle kan|i appen|i hver enhed|i alle enheder|i klartekst|på nettet|hentes "
     "frit|indbygget*|offentlig*"},
    {CPR_MEANS_PUBLISHED, "no",
     "hvem som helst|for alle|alle kan|i appen|i hver enhet|i alle enheter|i klartekst|på nettet|lastes "
     "ned|innebygd*|offentlig*"},
    {CPR_MEANS_PUBLISHED, "he",
     "*כל אחד יכול|*גלוי לכולם|*בגיטהאב|*במאגר|*בקושחה|*בכל מכשיר|*באפליקציה|*פומבי*|*להורדה|*באינטרנט"},
    {CPR_MEANS_PUBLISHED, "ar",
     "*أي شخص|*اي احد|*مستودع|*جيت هب|*متاح للجميع|*كل جهاز|*داخل التطبيق|*علنا|*البرنامج الثابت|*تحميله|*على "
     "الإنترنت"},

    /* Take it away, in plain words. */
    {CPR_MEANS_CANCEL, "en",
     "kill it|kill this|cancelled pls|want it cancelled|want it gone|get rid of it|make it stop|shut it down|pull the "
     "cert*|pull this|pull that|have it pulled|please pull|invalidate"},
    {CPR_MEANS_CANCEL, "de", "aus dem verkehr|zurückziehen|abschalten|löschen sie|unbrauchbar machen|für ungültig"},
    {CPR_MEANS_CANCEL, "fr", "retirer|retirez|supprimer le cert*|résili*|le couper|mettre fin"},
    {CPR_MEANS_CANCEL, "es",
     "den de baja|baja de|dé de baja|baja del cert*|den baja|invalid[ar,en,e]|retirar|retiren|quiten|lo quiten"},
    {CPR_MEANS_CANCEL, "pt", "cancele|anular|anulem|retirem|tirem|tirar do ar|dar baixa|invalid[ar,em]"},
    {CPR_MEANS_CANCEL, "it", "togliere|toglietelo|ritirare|ritirate|invalidare|si può annullare"},
    {CPR_MEANS_CANCEL, "nl", "intrekken|weghalen|stopzetten|ongedaan maken|afsluiten"},
    {CPR_MEANS_CANCEL, "pl", "cofn[ąć,ijcie,ięcie]|zabra*|skasow*|wyłącz*|usun*|odebra*"},
    {CPR_MEANS_CANCEL, "cs", "zrušit|zrušte|stáhn*|odebr*|vypn*|vzít zpět|anulovat|anulujte"},
    {CPR_MEANS_CANCEL, "sk", "zrušiť|zrušte|stiahn*|odobra*|vypn*|zobrali|zobrať|povypínať"},
    {CPR_MEANS_CANCEL, "hu",
     "vonjátok vissza|vonják vissza|vonjatok vissza|megszüntet*|tiltsák|tiltsátok|érvénytelen*"},
    {CPR_MEANS_CANCEL, "ro", "anulați|anulati|retrage*|luați le|luati|desființ*|blocați|anulaț*"},
    {CPR_MEANS_CANCEL, "bg", "спрете|спиране|вземете|махнете|анулирайте|прекратете"},
    {CPR_MEANS_CANCEL, "tr", "geçersiz kıl*|iptali|durdur*|kaldır*|geri al*"},
    {CPR_MEANS_CANCEL, "el", "ανακαλέσ*|ακυρώσ*|πάψει να ισχύει|αποσύρ*|σταματήσ*|μπλοκάρ*"},
    {CPR_MEANS_CANCEL, "ru", "заблокируйте|отключ*|снять|снимите|убрать|уберите|погас*|закройте"},
    {CPR_MEANS_CANCEL, "uk", "заблокуйте|скасуйте|відключ*|заберіть|приберіть|зупин*"},
    {CPR_MEANS_CANCEL, "ja", "無効に|止めて|取り下げ|差し止め|使えないように|取消し"},
    {CPR_MEANS_CANCEL, "zh", "作廢|停掉|拿掉|收回|撤回|停止使用|禁用|关掉|關掉|取消掉"},
    {CPR_MEANS_CANCEL, "ko", "막아|회수|무효|없애|끊어|해지|차단해"},
    {CPR_MEANS_CANCEL, "sv", "dra tillbaka|dras in|dra in|stänga av|ogiltigförklara*|ta bort"},
    {CPR_MEANS_CANCEL, "fi", "perua|perukaa|mitätöi*|poistakaa|lakkaut*"},
    {CPR_MEANS_CANCEL, "da", "trukket tilbage|træk det|fjern|fjerne|lukke|luk det|inddrag*"},
    {CPR_MEANS_CANCEL, "no", "trekk det|trekkes|fjern|fjerne|stenge|steng|inndra*|ta det bort"},
    {CPR_MEANS_CANCEL, "he", "*תבטלו|*לבטל|*תעצרו|*תורידו|*להסיר|*לחסום"},
    {CPR_MEANS_CANCEL, "ar", "*وقفوها|*أوقفوا|*الغوها|*اسحبوا|*وقفوا|*إيقافها|*ايقاف|*سحبها"},

    /* Nobody has answered. */
    {CPR_MEANS_SILENCE, "en",
     "reminder|second mail|second time|third time|third mail|second email|third email|wrote to you|wrote last|i "
     "wrote|emailed you|no human|only an auto*|just an auto*|auto reply|autoreply|is anyone|anybody there|anyone "
     "there|ignored|ignoring|weeks ago"},
    {CPR_MEANS_SILENCE, "de",
     "mahnung|erinnerung|zweite mail|dritte mail|schon geschrieben|habe ich ihnen geschrieben|keine reaktion|niemand "
     "antwortet|seit tagen|vor tagen|nur eine automatische|keine rückmeldung|warte immer noch|warte noch|wochen her"},
    {CPR_MEANS_SILENCE, "fr",
     "relance|rappel|deuxième message|troisième message|sans nouvelles|personne ne répond|pas de réponse|toujours "
     "rien|jattends|jours que|déjà écrit|vous ai écrit|accusé automatique"},
    {CPR_MEANS_SILENCE, "es",
     "segundo correo|tercer correo|segunda vez|nadie responde|nadie contesta|sigo esperando|sin novedades|todavía "
     "nada|hace días|les escribí|ya escribí|respuesta automática|recordatorio"},
    {CPR_MEANS_SILENCE, "pt",
     "à espera|segunda vez|terceira vez|ninguém responde|ainda nada|já escrevi|resposta automática|há dias|mandei a "
     "primeira|sem retorno|quanto tempo mais|lembrete"},
    {CPR_MEANS_SILENCE, "it",
     "sollecito|secondo messaggio|terza volta|seconda volta|nessuno risponde|ancora niente|ancora nulla|ho già "
     "scritto|vi ho scritto|risposta automatica|sto aspettando|giorni fa|promemoria"},
    {CPR_MEANS_SILENCE, "nl",
     "herinnering|tweede mail|derde mail|tweede keer|niemand reageert|nog steeds geen|nog niets gehoord|al "
     "geschreven|automatisch antwoord|dagen geleden|wacht nog"},
    {CPR_MEANS_SILENCE, "pl",
     "przypomnienie|ponaglenie|drugi mail|trzeci mail|po raz drugi|po raz trzeci|nikt nie odpowi*|dalej nic|wciąż "
     "nic|pisałem|pisałam|automatyczna odpowiedź|dni temu|czekam"},
    {CPR_MEANS_SILENCE, "cs",
     "upomínka|druhý mail|třetí mail|podruhé|potřetí|nikdo neodpov*|nikdo se neozval|pořád nic|stále nic|"
     "psal jsem|psala jsem|automatická odpověď|dny jsem|čekám|druhá urgence|urguji"},
    {CPR_MEANS_SILENCE, "sk",
     "urgencia|upomienka|druhý mail|tretí mail|druhýkrát|tretíkrát|nikto neodpoved*|nikto sa neozval|stále nič|písal "
     "som|písala som|automatická odpoveď|dňami som|čakám"},
    {CPR_MEANS_SILENCE, "hu",
     "sürgetés|emlékeztető|második levél*|harmadik levél*|másodszor|harmadszor|senki nem válasz*|semmi válasz|még "
     "semmi|írtam|automatikus válasz|napja|várok"},
    {CPR_MEANS_SILENCE, "ro",
     "revin|a doua oară|a treia oară|al doilea mail|nimeni nu răspunde|nu răspunde nimeni|tot nimic|"
     "am scris|răspuns automat|aștept|reamint*"},
    {CPR_MEANS_SILENCE, "bg",
     "втори път|трети път|никой не отговаря|никой не ми отговори|все още нищо|писах|автоматичен отговор|"
     "чакам|напомн*"},
    {CPR_MEANS_SILENCE, "tr",
     "hatırlatma|ikinci mail*|üçüncü mail*|ikinci kez|üçüncü kez|kimse cevap|kimse dönmedi|hala "
     "bekl*|yazmıştım|otomatik yanıt|otomatik cevap|gün önce|gündür|dönüş yok"},
    {CPR_MEANS_SILENCE, "el",
     "υπενθύμιση|δεύτερη φορά|τρίτη φορά|δεύτερο mail|κανείς δεν απαντ*|ακόμα τίποτα|έγραψα|είχα γράψει|"
     "αυτόματη απάντηση|περιμένω"},
    {CPR_MEANS_SILENCE, "ru",
     "напоминаю|напоминание|второй раз|третий раз|второе письмо|никто не отвеча*|никто не ответил|тишина|я "
     "писал*|писал вам|автоответ*|робот ответил|дней назад|жду|сколько ждать|повторно"},
    {CPR_MEANS_SILENCE, "uk",
     "нагадую|нагадування|вдруге|втретє|другий лист|ніхто не відпов*|тиша|я писав|я писала|автовідповід*|днів "
     "тому|чекаю|повторно"},
    {CPR_MEANS_SILENCE, "ja",
     "再送|再度|二度目|三度目|何の連絡も|連絡がありません|返事がない|返信がない|自動返信|先日|催促|いつまで待|音沙汰"},
    {CPR_MEANS_SILENCE, "zh",
     "再次|第二次|第三次|没人回|沒人回|无人回复|無人回覆|没有回复|沒有回覆|没有回音|自动回复|自動回覆|已经等|天了|还没|"
     "還沒|催促|石沉大海"},
    {CPR_MEANS_SILENCE, "ko",
     "두 번째|세 번째|답이 없|회신이 없|아무 연락|연락이 없|자동 응답|자동회신|며칠째|기다리고|재차|다시 보냅|독촉"},
    {CPR_MEANS_SILENCE, "sv",
     "påminnelse|andra gången|tredje gången|andra mejlet|ingen svarar|fortfarande inget|inget hört|mejlade|skrev till "
     "er|autosvar|dagar sedan|väntar"},
    {CPR_MEANS_SILENCE, "fi",
     "muistutus|toinen viesti|kolmas viesti|toisen kerran|kolmannen kerran|kukaan ei vasta*|ei mitään "
     "kuulunut|kirjoitin|automaattivastau*|päivää sitten|odotan|odotamme"},
    {CPR_MEANS_SILENCE, "da",
     "rykker|påmindelse|anden gang|tredje gang|ingen svarer|stadig intet|intet hørt|skrev i|skrev til "
     "jer|autosvar|dage siden|venter"},
    {CPR_MEANS_SILENCE, "no",
     "purring|påminnelse|andre gang|tredje gang|ingen svarer|fortsatt ikke|ingenting hørt|skrev til "
     "dere|autosvar|dager siden|venter"},
    {CPR_MEANS_SILENCE, "he",
     "*תזכורת|*פעם שנייה|*פעם שלישית|*אף אחד לא|*עדיין לא קיבל*|*כתבתי לכם|*מענה אוטומטי|*לפני שבוע*|*מחכה|*ממתין"},
    {CPR_MEANS_SILENCE, "ar",
     "*تذكير|*للمرة الثانية|*للمرة الثالثة|*لا رد|*ما وصلني|*ولا رد|*أرسلت لكم|*رد آلي|*رد تلقائي|"
     "*قبل اسبوع*|*قبل أسبوع*|*أنتظر"},

    /* Signed with a certificate of theirs, and what was signed. */
    {CPR_MEANS_SIGNED, "",
     "signed|signature|signatures|signiert*|signé*|signée*|firmad[o,a,os,as]|firmat[o,a,i,e]|assinad[o,a,os,as]"},
    {CPR_MEANS_SIGNED, "",
     "ondertekend*|gesigneerd*|podpisan*|podepsan*|podpísan*|aláír*|semnat*|semnătur*|imzalı*|imzalan*|υπογεγραμμέν*|"
     "υπογραφ*"},
    {CPR_MEANS_SIGNED, "",
     "подписан*|подпис*|підписан*|підпис*|署名|签名|簽章|签章|簽名|서명|signerat|signerad*|signeret|signert|"
     "allekirjoit*|*חתום|*חתומה|*חתימה|*موقع|*موقعة|*توقيع"},
    {CPR_MEANS_MALWARE, "",
     "malware|trojan*|loader|dropper|stealer|infostealer*|ransomware|keylogger*|backdoor|rootkit|botnet|cobalt strike|"
     "spyware|rat sample|virustotal|sandbox run"},
    {CPR_MEANS_MALWARE, "",
     "schadsoftware|schadprogramm*|trojaner*|logiciel malveillant|maliciel*|rançongiciel*|cheval de troie|programa "
     "malicioso|troyano*|cavalo de troia|programma malevolo"},
    {CPR_MEANS_MALWARE, "",
     "złośliw[e,ego,ym] oprogram*|trojana|škodliv[ý,ého] kód*|škodliv[ý,é] "
     "program*|malvér|kártevő*|vírus|virus|zararlı yazılım*|kötü "
     "amaçlı*|κακόβουλ*|вредонос*|троян*|вирус*|шкідлив*|вірус*|зловред*"},
    {CPR_MEANS_MALWARE, "",
     "マルウェア|ウイルス|ランサムウェア|木马|木馬|病毒|恶意软件|恶意程序|惡意程式|惡意軟體|勒索|样本|樣本|악성코드|"
     "악성 코드|랜섬웨어|드로퍼|haittaohjel*|skadlig kod|skadevare|skadelig "
     "kode|ondsindet*|*נוזקה|*וירוס|*דרופר|*برمجية خبيثة|*برنامج ضار|*فيروس"},
};

const struct cpr_vocabulary_table cpr_vocabulary_lay = {rows, sizeof rows / sizeof rows[0]};
