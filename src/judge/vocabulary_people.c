/* Vocabulary: who did it, to whom, and whose business it is. */
#include "vocabulary_tables.h"

static const struct cpr_vocabulary_row rows[] = {
    {CPR_MEANS_UNAUTHORISED, "en",
     "unauthori*|un authori*|not authori*|didnt authori*|never authori*|unauthenticated use|"
     "without my permission|without our permission|without my authori*|without our authori*|without authori*|"
     "without my consent|without our consent|without my knowledge|without our knowledge|without permission|"
     "never requested|not request*|didnt request*|never ordered|did not order|didnt order|never asked|"
     "did not approve|never approved|not ours|fraud|fraudulent*|rogue|not legitimate|illegitimate*|"
     "who requested|who gave out|who issued|i dont know who|we have never|i have never|do not recogni*|"
     "dont recogni*|impostor|not by us|not mine|someone else|someone has|somebody has|gave out|previous owner*|"
     "former owner*|i bought the domain|domain was sold|nobody asked|nobody ordered|nobody here|no one ordered|"
     "no one asked|not ordered|did not ask|didnt ask|was not me|wasnt me|who did this|who has requested|"
     "who got|who obtained|who applied|who ordered|denies|is not mine|are not mine|not our own|"
     "have not ordered|somebody made|somebody got|somebody obtained|someone made|someone got|someone obtained|"
     "behind our back|without asking|without telling|dont know this|do not know this|other firm|"
     "no longer control*|nobody in|none of us|no one in|noone|former holder|in our name|and still you"},
    {CPR_MEANS_UNAUTHORISED, "de",
     "ohne meine zustimmung|ohne unsere zustimmung|ohne meine erlaubnis|ohne unsere erlaubnis|unbefugt*|"
     "nicht autorisiert*|unautorisiert*|nie beantragt*|nicht beantragt*|ohne mein wissen|ohne unser wissen|"
     "betrug*|nie bestellt|unberechtigt*|missbrauchlich*|ohne genehmigung|ohne meine genehmigung|"
     "ohne unsere genehmigung|nie beauftragt|nicht beauftragt|nicht bestellt|wer hat das|wer hat dies*|"
     "wer hat ein|wer hat es|ohne auftrag|nie angefordert|nicht angefordert|nicht veranlasst|nie veranlasst|"
     "nicht von uns|ohne unseren|ohne meinen|jemand hat|niemand hat|niemand bei|keiner von"},
    {CPR_MEANS_UNAUTHORISED, "fr",
     "non autorise*|sans mon accord|sans notre accord|sans autorisation|sans mon autorisation|"
     "sans notre autorisation|jamais demande*|pas demande*|a mon insu|a notre insu|fraud*|sans ma permission|"
     "jamais commandé*|pas commandé*|jamais sollicité*|qui la obtenu|qui a demandé|qui la demandé|qui a obtenu|"
     "quelquun a|sans notre consentement|sans mon consentement|sans nous|personne chez|personne na"},
    {CPR_MEANS_UNAUTHORISED, "es",
     "no autorizad*|sin mi autorizacion|sin nuestra autorizacion|sin autorizacion|sin mi permiso|sin permiso|"
     "no solicit*|nunca solicit*|fraud*|sin mi consentimiento|sin nuestro consentimiento|nunca pedi*|"
     "no pedimos|no hemos pedido|no hemos solicitado|no he solicitado|no he pedido|quién lo pidió|"
     "quién lo solicitó|sin nuestro conocimiento|sin mi conocimiento|no encarg*|nunca encarg*|alguien ha|"
     "alguien obtuvo|nadie lo pidió|nadie de|nadie solicitó"},
    {CPR_MEANS_UNAUTHORISED, "pt",
     "nao autorizad*|sem autorizacao|sem minha autorizacao|sem nossa autorizacao|sem minha permissao|"
     "nao solicit*|nunca solicit*|fraud*|sem o nosso consentimento|sem o meu consentimento|não pedimos|"
     "não pedi|quem pediu|quem solicitou|sem nosso conhecimento|sem o nosso conhecimento|sem meu conhecimento|"
     "alguém emitiu|alguém obteve|ninguém da|ninguém pediu|ninguém aqui"},
    {CPR_MEANS_UNAUTHORISED, "it",
     "non autorizzat*|senza autorizzazione|senza la mia autorizzazione|senza la nostra autorizzazione|"
     "senza il mio consenso|mai richiest*|non richiest*|frod*|a mia insaputa|a nostra insaputa|"
     "chi ha richiesto|chi lo ha richiesto|non ho ordinato|non abbiamo ordinato|mai ordinat*|"
     "non abbiamo richiesto|non ho richiesto|senza il nostro consenso|qualcuno ha|nessuno lha|nessuno di noi"},
    {CPR_MEANS_UNAUTHORISED, "nl",
     "zonder toestemming|zonder mijn toestemming|zonder onze toestemming|niet geautoriseerd*|nooit aangevraagd|"
     "niet aangevraagd|fraud*|niet hebben aangevraagd|nooit hebben aangevraagd|niet besteld|nooit besteld|"
     "wie heeft|buiten ons om|medeweten|zonder dat wij|onbevoegd*|zonder onze|iemand heeft|niemand heeft|"
     "niemand bij"},
    {CPR_MEANS_UNAUTHORISED, "sv",
     "obehorig*|utan tillstand|utan vart|aldrig bestallt|inte begart|aldrig begart|inte beställt|"
     "aldrig beställt|vem har|utan vår|utan min|utan att vi|någon har|inte godkänt|har inte godkän*"},
    {CPR_MEANS_UNAUTHORISED, "fi",
     "luvaton*|luvatta|ilman lupaa|emme ole pyyt*|en ole pyyt*|emme ole tilanneet|en ole tilannut|"
     "ilman suostumus*|ilman lupaamme|tietämättämme|joku on"},
    {CPR_MEANS_UNAUTHORISED, "pl",
     "bez mojej zgody|bez naszej zgody|bez zgody|nieautoryzowan*|nieuprawnion*|nie zamawia*|oszust*|"
     "bez mojej wiedzy|bez naszej wiedzy|nie zamawiali*|nie wnioskowa*|nie prosili*|ktoś uzyskał|ktoś otrzymał|"
     "kto go|kto zamówił"},
    {CPR_MEANS_UNAUTHORISED, "cs",
     "bez meho souhlasu|bez naseho souhlasu|neopravnen*|neautorizovan*|nezadal*|podvod*|bez naseho vedomi|"
     "neobjednali|nežádali|nepožádali|kdo o něj|někdo získal|někdo si|neoprávněn*"},
    {CPR_MEANS_UNAUTHORISED, "hu",
     "engedelyem nelkul|hozzajarulas[,om,unk] nelkul|jogosulatlan*|engedelyunk nelkul|nem igenyelt*|nem kert*|"
     "hozzajarulasunk nelkul|nem rendel*|tudtunk nélkül|tudtom nélkül|ki kérte|ki igényelte|valaki"},
    {CPR_MEANS_UNAUTHORISED, "ro",
     "fara acord*|fara permisiun*|neautorizat*|nu am solicitat|nu am cerut|fara autorizat*|fără știrea|"
     "fără consimțăm*|nu am comandat|nu l am cerut|cine a|cineva a"},
    {CPR_MEANS_UNAUTHORISED, "tr",
     "yetkisiz*|iznim olmadan|iznimiz olmadan|bilgim disinda|izinsiz|talep etmedi*|haberimiz olmadan|"
     "haberim olmadan|bilgimiz dışında|bilgimiz olmadan|kim almış|kim aldı|onayımız olmadan|başvurmadı*|birisi"},
    {CPR_MEANS_UNAUTHORISED, "el",
     "χωρις την αδεια*|μη εξουσιοδοτημεν*|χωρις εξουσιοδοτηση|απατ*|χωρις τη συγκαταθεση*|χωρίς να το ζητήσ*|"
     "δεν ζητήσ*|δεν το ζητήσ*|χωρίς τη γνώση|εν αγνοία|κάποιος έβγαλε|κάποιος απέκτησε|δεν παραγγείλ*"},
    {CPR_MEANS_UNAUTHORISED, "ru",
     "без моего разрешения|без нашего разрешения|без моего ведома|без нашего ведома|несанкционирован*|"
     "не запрашива*|не заказыва*|мошен*|без моего согласия|без нашего согласия|без разрешения|не подавали|"
     "не оформля*|кто то получил|кто получил|кто запросил|без согласия|не заказывал*"},
    {CPR_MEANS_UNAUTHORISED, "uk",
     "без мого дозволу|без нашого дозволу|несанкціонован*|не замовля*|без нашої згоди|без моєї згоди|шахра*|"
     "без нашого відома|без мого відома|хто це зробив|хто отримав|не подавали|не запитували|хтось отримав|"
     "хтось|без дозволу"},
    {CPR_MEANS_UNAUTHORISED, "ja",
     "無断|許可なく|許可していない|依頼していない|申請していない|身に覚えのない|不正に|申し込んでいない|申込んでいない|"
     "申請した覚え|覚えのない|心当たり|依頼した覚え|申請していません|依頼していません|"
     "許可していません|了承なく"},
    {CPR_MEANS_UNAUTHORISED, "zh",
     "未经授权|未經授權|未授权|未授權|擅自|没有申请|沒有申請|未申请|冒用|不知情|没有授权|沒有授權|从未申请|從未申請|"
     "并未申请|並未申請|未曾申請|谁申请|誰申請|有人用|有人以|未经我们|未經我們|"
     "未经许可|未經許可|不是我们|不是我們|不明憑證|不明证书"},
    {CPR_MEANS_UNAUTHORISED, "ko",
     "무단|승인 없이|허가 없이|신청한 적|승인하지 않|동의 없이|신청하지 않|요청하지 않|요청한 적|누가 발급|누가 "
     "신청|모르는 인증서|허락 없이|모르게"},
    {CPR_MEANS_UNAUTHORISED, "ar",
     "*بدون إذن|*غير مصرح|*دون إذن|*بدون موافق|*دون علمنا|*بدون علمنا|*لم نطلب|*من طلب|*من طلبها|*دون موافق|"
     "*دون علمي|*شخص ما"},
    {CPR_MEANS_UNAUTHORISED, "he",
     "*ללא אישור|*ללא רשות|*בלי רשות|*ללא הרשאה|*ללא ידיעתנו|*בלי ידיעתנו|*בלי ידיעתי|*ללא ידיעתי|*לא הזמנו|"
     "*לא ביקשנו|*לא אישרנו|*מי הזמין|*מי ביקש|*מישהו הוציא|*מישהו הנפיק"},
    {CPR_MEANS_UNAUTHORISED, "da",
     "ikke bestilt|aldrig bestilt|uden vores|uden min|hvem har|uautoriser*|uden tilladelse|ikke anmodet|"
     "uberettiget*|uden at vi|nogen har"},
    {CPR_MEANS_UNAUTHORISED, "no",
     "uten at vi|uten vår|uten min|ikke bestilt|aldri bestilt|hvem har|uautoriser*|uten tillatelse|"
     "ikke bedt om|uberettiget*|noen har"},
    {CPR_MEANS_UNAUTHORISED, "sk",
     "bez nášho súhlasu|bez môjho súhlasu|neoprávnen*|nežiadali|neobjednali|bez nášho vedomia|kto oň|podvod*|"
     "neautorizovan*|nepožiadali|niekto"},
    {CPR_MEANS_UNAUTHORISED, "bg",
     "без наше знание|без мое знание|без наше съгласие|без разрешение|не сме поръчвали|не сме заявявали|"
     "неразрешен*|неоторизиран*|измам*|без наше разрешение|някой е|кой е"},
    {CPR_MEANS_UNAUTHORISED, "hr",
     "bez našeg znanja|bez naše saglasnosti|bez naše suglasnosti|bez dozvole|bez odobrenja|neovlašten*|"
     "neovlašćen*|nismo tražili|nismo naručili|tko je|netko je|neko je"},
    {CPR_MEANS_UNAUTHORISED, "sl",
     "brez našega dovoljenja|brez naše vednosti|nepooblaščen*|nismo naročili|brez dovoljenja"},
    {CPR_MEANS_UNAUTHORISED, "lt", "be mūsų leidimo|be mūsų žinios|be leidimo|neprašėme"},
    {CPR_MEANS_UNAUTHORISED, "lv", "bez mūsu atļaujas|bez mūsu ziņas|bez atļaujas"},
    {CPR_MEANS_UNAUTHORISED, "et", "ilma meie loata|ilma meie teadmata|volitamata|loata|ei ole tellinud"},
    {CPR_MEANS_UNAUTHORISED, "vi", "không được phép|không cho phép|không yêu cầu|trái phép|giả mạo"},
    {CPR_MEANS_UNAUTHORISED, "id", "tanpa izin|tidak meminta|tidak memesan|tanpa sepengetahuan|tidak sah"},
    {CPR_MEANS_UNAUTHORISED, "fa", "*بدون اجازه*|*بدون اطلاع*|*درخواست نکرد*|*غیرمجاز*"},
    {CPR_MEANS_UNAUTHORISED, "th", "*ไม่ได้รับอนุญาต*|*ไม่ได้ขอ*"},
    {CPR_MEANS_UNAUTHORISED, "ca", "sense el nostre|sense autorització|no hem demanat|no autoritza*"},
    {CPR_MEANS_OWNER, "en",
     "my domain*|our domain*|my website|our website|my site|our site|domain owner|owner of the domain|"
     "owner of this domain|maintainer of this domain|our company|our organi*|my hostname*|our hostname*|we own|"
     "our family page|my web page|our web page|our shop|my shop|our homepage|my homepage|our own domain|"
     "our hostnames|our customers|our bank|our brand"},
    {CPR_MEANS_OWNER, "de",
     "mein[e,er,en] domain*|unser[e,er,en] domain*|unsere firma|domaininhaber*|unser unternehmen|"
     "unsere[r,] webseite|meine[r,] webseite|unsere[r,] homepage|unserer bank"},
    {CPR_MEANS_OWNER, "fr",
     "mon domaine|notre domaine|nos domaines|mon nom de domaine|notre nom de domaine|notre societe|"
     "notre banque|notre entreprise|notre site|mon site"},
    {CPR_MEANS_OWNER, "es",
     "mi dominio|nuestro dominio|nuestros dominios|nuestra empresa|nuestra web|nuestro sitio|mi sitio"},
    {CPR_MEANS_OWNER, "pt", "meu dominio|nosso dominio|nossa empresa"},
    {CPR_MEANS_OWNER, "it", "mio dominio|nostro dominio|nostra azienda"},
    {CPR_MEANS_OWNER, "nl", "mijn domein*|ons domein*|onze domein*|ons bedrijf|onze website|mijn website|onze naam"},
    {CPR_MEANS_OWNER, "sv",
     "min doman*|var doman*|vart foretag|vår webbplats|vår hemsida|min hemsida|vår domän|min domän|våra domän*"},
    {CPR_MEANS_OWNER, "fi", "verkkotunnuks[emme,eni,ellemme,elleni]|verkkotunnuksemme"},
    {CPR_MEANS_OWNER, "pl",
     "moj[a,ej] domen*|nasz[a,ej] domen*|nasza firma|naszej firmy|naszą firmę|naszą domenę|naszych domen"},
    {CPR_MEANS_OWNER, "cs",
     "nas[i,e] domen*|moj[i,e] domen*|nase spolecnost*|naš[i,í,e] stránk*|moj[i,í] stránk*|naši doménu"},
    {CPR_MEANS_OWNER, "hu", "domainun*|a domainem*|domainem|domain nevun*|cegun*"},
    {CPR_MEANS_OWNER, "ro", "domeniul meu|domeniul nostru|domeniului nostru|domeniului meu"},
    {CPR_MEANS_OWNER, "tr", "alan adim*|alan adimiz*|sirketim*|alan adımız*|alan adımı*|sitemiz*|firmamız*"},
    {CPR_MEANS_OWNER, "ru",
     "мо[его,ем,й] домен*|наш[его,ем,] домен*|наша компания|нашей компании|наш сайт|нашего сайта|мой домен|"
     "мой сайт"},
    {CPR_MEANS_OWNER, "uk", "мого домену|нашого домену|наш домен|мій домен|нашої компанії|нашого сайту|наш сайт"},
    {CPR_MEANS_OWNER, "ja", "弊社のドメイン|弊社ドメイン|当社のドメイン|私のドメイン|自社ドメイン|当社ドメイン"},
    {CPR_MEANS_OWNER, "zh",
     "我的域名|我们的域名|我們的網域|我們的域名|我司域名|本公司|我公司|我们公司|敝公司|我方|我们网站|我們公司|我們網站|"
     "我司"},
    {CPR_MEANS_OWNER, "ko", "우리 도메인|당사 도메인|저희 도메인|제 도메인"},
    {CPR_MEANS_OWNER, "da", "vores domæne*|vores domaene*|mit domæne|mit domaene|vores hjemmeside|vores virksomhed"},
    {CPR_MEANS_OWNER, "no", "domenet vårt|vårt domene|mitt domene|domenet mitt|nettsiden vår|vårt selskap"},
    {CPR_MEANS_OWNER, "sk", "naš[u,a,ej,e] domén*|moj[u,a,ej,e] domén*|naša firma|našej firmy|naš[u,a,ej] strán*"},
    {CPR_MEANS_OWNER, "el",
     "domain μας|όνομα χώρου μας|όνομα τομέα μας|ιστοσελίδα μας|site μας|ιστότοπό μας|εταιρεία μας"},
    {CPR_MEANS_OWNER, "bg",
     "нашия домейн|наш домейн|моя домейн|домейна ни|домейн ни|нашата фирма|нашия сайт|нашата компания"},
    {CPR_MEANS_OWNER, "he", "*לדומיין שלנו|*הדומיין שלנו|*דומיין שלי|*האתר שלנו|*לאתר שלנו"},
    {CPR_MEANS_OWNER, "ar", "*نطاقنا|*لنطاقنا|*موقعنا|*نطاقي|*لموقعنا|*شركتنا"},
    {CPR_MEANS_OWNER, "fa", "*دامنه ما|*سایت ما"},
    {CPR_MEANS_OWNER, "vi", "tên miền của chúng tôi|tên miền của tôi"},
    {CPR_MEANS_OWNER, "id", "domain kami|domain saya|situs kami"},
    {CPR_MEANS_OWNER, "hr", "naš[,u,a,eg,oj,i] domen*|naš[u,a,oj] firm*|naš[,u,eg] sajt*"},
    {CPR_MEANS_OWNER, "sl", "naš[o,e,a] domen*"},
    {CPR_MEANS_OWNER, "lt", "mūsų domen*|mūsų įmonė*"},
    {CPR_MEANS_OWNER, "lv", "mūsu domēn*|mūsu uzņēm*"},
    {CPR_MEANS_OWNER, "et", "meie domeen*|meie ettevõt*"},
    {CPR_MEANS_OWNER, "ca", "nostre domini|meu domini"},
    {CPR_MEANS_MISUSE, "en",
     "phishing|phish|malware|malicious*|trojan|impersonat*|spoof*|abuse|abused|abusing|misuse*|mis use*|"
     "ransomware|illegal activit*|scam|scams|counterfeit|typosquat*|lookalike domain*|fake site|fake website|"
     "fake shop|mitm|man in the middle|stealing|steals|steal password*|imitat*|copies our|thieves|crooks|"
     "criminals|stealer*|infostealer*|backdoor*|dropper*|botnet*|fake installer*|fake zoom|drops fake|"
     "shell company|campaign which|distributing malware|rogue|fake page|fake web page|pretends to be|posing as|"
     "passes itself off|lose money|sells pills|beacon|cobalt strike|bankers|credential*|malware loader|"
     "signed loader|a loader|deceive*|infringe*|criminal*"},
    {CPR_MEANS_MISUSE, "de",
     "missbrauch*|schadsoftware|betrugerisch*|gefalscht*|fakeshop*|phishing seite*|nachgemacht*|nachahm*|"
     "betrüger*|gefälscht*|phishing|phisht|gibt sich als|gefälschte seite"},
    {CPR_MEANS_MISUSE, "fr",
     "hameconnage*|malveillan*|usurp*|frauduleu*|utilisation abusive|faux site*|imite*|voler les|escroc*|"
     "arnaque*|contrefait*|se fait passer|faux site"},
    {CPR_MEANS_MISUSE, "es",
     "suplant*|malicios*|uso indebido|fraudulent*|estafa*|falsa|falso|imita*|phishing|se hace pasar|"
     "página falsa|página fraudulenta"},
    {CPR_MEANS_MISUSE, "pt", "golpe|malicios*|uso indevido|fraudulent*|se passa por|site falso|página falsa"},
    {CPR_MEANS_MISUSE, "it", "truff*|malevol*|uso improprio|fraudolent*|si spaccia|sito falso|sito clone|finto sito"},
    {CPR_MEANS_MISUSE, "nl",
     "misbruik*|kwaadaardig*|nepwebsite*|oplichting|nagemaakt*|oplicht*|valse|doet zich voor|nagemaakte|"
     "nep website|nepsite|nepwinkel"},
    {CPR_MEANS_MISUSE, "pl", "wyludza*|zlosliw*|oszustw*|naduzyc*|fałszyw*|podszyw*|oszust*"},
    {CPR_MEANS_MISUSE, "hu", "adathalasz*|rosszindulat*|visszael*|hamis*|csaló*"},
    {CPR_MEANS_MISUSE, "ru", "фишинг*|вредонос*|мошеннич*|злоупотреб*|поддельн*|фальшив*|подделк*"},
    {CPR_MEANS_MISUSE, "uk", "фішинг*|шкідлив*|зловжива*|підробл*|фальшив*|шахрайськ*"},
    {CPR_MEANS_MISUSE, "ja", "フィッシング|マルウェア|悪用|なりすまし|詐欺|偽サイト|偽の|騙"},
    {CPR_MEANS_MISUSE, "zh", "钓鱼|釣魚|恶意|惡意|滥用|濫用|诈骗|詐騙|冒充|假冒|仿冒"},
    {CPR_MEANS_MISUSE, "ko", "피싱|악성|악용|사칭|오용|가짜|위조|사기"},
    {CPR_MEANS_MISUSE, "da", "svindel*|falsk*|misbrug*"},
    {CPR_MEANS_MISUSE, "no", "svindel*|falsk*|misbruk*"},
    {CPR_MEANS_MISUSE, "sv", "bedräg*|falsk*|missbruk*"},
    {CPR_MEANS_MISUSE, "cs", "podvodn*|zneuži*|falešn*|podvržen*"},
    {CPR_MEANS_MISUSE, "sk", "podvodn*|zneuži*|falošn*|podvrhnut*"},
    {CPR_MEANS_MISUSE, "bg", "измам*|фишинг*|злоупотреб*|фалшив*|подправен*|измамн*"},
    {CPR_MEANS_MISUSE, "el", "απάτη*|κακόβουλ*|phishing|ψεύτικ*|πλαστ*|απατε*"},
    {CPR_MEANS_MISUSE, "tr", "sahte*|kötüye*|dolandır*|taklit*|oltalama"},
    {CPR_MEANS_MISUSE, "ro", "fraud*|înșel*|malițios*|abuz*|site fals|falsă|se dă drept"},
    {CPR_MEANS_MISUSE, "he", "*התחזות|*פישינג|*הונאה|*מתחזה|*מזויף|*מתחזים"},
    {CPR_MEANS_MISUSE, "ar", "*تصيد|*احتيال|*خبيث|*مزيف|*مزور|*لخداع|*ينتحل|*خداع"},
    {CPR_MEANS_MISUSE, "id", "palsu|meniru|penipuan"},
    {CPR_MEANS_MISUSE, "vi", "giả mạo|lừa đảo"},
    {CPR_MEANS_MISUSE, "fi", "huijaus*|väärenne*|kalastel*"},
    {CPR_MEANS_MISUSE, "hr", "lažn*|prijevar*|prevar*"},
    {CPR_MEANS_MISUSE, "sl", "lažn*|goljuf*"},
    {CPR_MEANS_MISUSE, "fa", "*جعلی*|*کلاهبردار*"},
    {CPR_MEANS_MISUSE, "th", "*ปลอม*|*หลอก*"},
    {CPR_MEANS_WEAK_KEY, "",
     "weak key*|weak rsa*|weak public key*|debian weak*|debian openssl|cve 2008 0166|roca|cve 2017 15361|"
     "close prime*|fermat factor*|fermat attack|factorable|factorised|factorized|small exponent*|shared prime*|"
     "batch gcd|1024 bit|512 bit rsa|predictable key*|blocklisted key*|pwnedkeys|pwned key*|"
     "known compromised key*|badkeys|kca v1|key is compromised|signed this csr has been*|"
     "proof of key compromise|this key is compromised"},
    {CPR_MEANS_WEAK_KEY, "de", "schwache[,r,n,s] schlussel*"},
    {CPR_MEANS_WEAK_KEY, "fr", "cle[,s] faible*"},
    {CPR_MEANS_WEAK_KEY, "es", "clave[,s] debil*"},
    {CPR_MEANS_WEAK_KEY, "ru", "слаб[ый,ого,ые,ых] ключ*"},
    {CPR_MEANS_WEAK_KEY, "ja", "脆弱な鍵|弱い鍵"},
    {CPR_MEANS_WEAK_KEY, "zh", "弱密钥|弱金鑰"},
    {CPR_MEANS_CODE_SIGNING, "",
     "code signing|codesigning|authenticode|signed malware|malware signed|signed with a cert*|signed with your|"
     "signed by your|signed with an ev|ev code*|signed binar*|signed executable*|signed driver*|"
     "digitally signed|signed sample*|signed with the cert*|malicious file*|code signature"},
    {CPR_MEANS_CODE_SIGNING, "de", "signierte schadsoftware|signierte malware|codesignatur*"},
    {CPR_MEANS_CODE_SIGNING, "en",
     "ev signature*|valid signature|signature made|signed via|signed using|signed file*|signed msi|"
     "signed installer*|signed exe|signed loader|signed stealer|signed dll|is signed by|was signed by|"
     "signed the malware|signing token|signer"},
    {CPR_MEANS_YOU_ISSUED, "en",
     "you issued|you have issued|youve issued|you emitted|yuo emitted|you signed this|you signed the|you signed it|you "
     "signed for|issued by you|"
     "issued by your|your ca|your cas|your crl*|your ocsp*|your intermediate*|your root*|your cps|"
     "you are the issuer|certificate[,s] from you|certificates of yours|you gave a cert*|"
     "you provided a cert*|you as the ca|you as a ca|you as certificate*|you gave them|you gave him|"
     "cert of yours|certs of yours|certificate of yours|your new ica|you vouch|your responder*|"
     "your name in|your new intermediate*|your new issuer|your g[1,2,3,4,5] issuer|lock from you|"
     "your validation*|chains up to your|chain up to your|signed by you|one of your cert*|"
     "certificates of your|your ev cert*|your public ca|issued you|is from you|it from you|"
     "certificate from you|bought from you"},
    {CPR_MEANS_YOU_ISSUED, "de",
     "sie ausgestellt*|sie haben ein zertifikat*|sie haben zertifikat*|von ihnen ausgestellt*|"
     "ihre[,r] zertifizierungsstelle|von ihrer ca|ihre ca|ihr ocsp*|ihre crl*|ihre sperrliste*|"
     "haben sie ein zertifikat|haben sie am|euer ocsp*|eure crl*|eure[r,] ca|ihrer ca|aus ihrem haus|"
     "aus ihrem hause|von euch|ihre zertifizierung*"},
    {CPR_MEANS_YOU_ISSUED, "fr",
     "vous avez emis|emis par vos|emis par vous|vous avez delivre|votre autorite|emis par votre|"
     "delivre par vos*|votre crl*|votre ocsp*|vos crl*|votre repondeur*|delivré par vous|"
     "un de vos certificats|un certificat de chez vous"},
    {CPR_MEANS_YOU_ISSUED, "es",
     "ustedes emitieron|han emitido|emitido por ustedes|emitido por su*|su ca|emitieron|su crl|sus crl*|"
     "su ocsp*|su servicio ocsp|de ustedes|por ustedes"},
    {CPR_MEANS_YOU_ISSUED, "it",
     "avete emesso|emesso da voi|da voi emess[o,a,i,e]|vostra ca|vostra crl|vostre crl|vostro ocsp*|"
     "da voi|un vostro certificato"},
    {CPR_MEANS_YOU_ISSUED, "pt",
     "emitido por voces|voces emitiram|emitiram|emitido pela sua*|sua ac|ocsp de vocês|vocês emitiram|"
     "por vocês|de vocês"},
    {CPR_MEANS_YOU_ISSUED, "nl",
     "door u uitgegeven|u hebt uitgegeven|uw ca|jullie ocsp*|jullie crl*|uw ocsp*|jullie ca|door jullie|"
     "van jullie|certificaat van u"},
    {CPR_MEANS_YOU_ISSUED, "pl",
     "wydany przez panstwa|wystawiony przez panstwa|wydaliscie|wystawiliscie|panstwa ca|od państwa|"
     "wystawionego przez państwa"},
    {CPR_MEANS_YOU_ISSUED, "ru",
     "вы выпустили|вы выдали|вашим центром|вами выпущен*|выданный вами|ваш[,его,им,ем] уц|"
     "выпущенн[ый,ого,ые] вами|ваш ocsp*|ваш crl*|сертификат от вас|выпущен у вас|выдан у вас"},
    {CPR_MEANS_YOU_ISSUED, "ja",
     "貴社が発行|御社が発行|貴認証局|貴社のocsp*|貴社のcrl*|貴社発行|貴社から発行|御社から発行|御社発行|貴社のca|"
     "御社のca|貴社にて発行|御社にて発行"},
    {CPR_MEANS_YOU_ISSUED, "zh",
     "贵公司签发|貴公司簽發|贵机构|你们签发|你們簽發|贵司签发|贵公司颁发|由贵公司|由貴公司|贵司颁发|贵公司的ca|"
     "贵公司ca|你们的ca|你们签|你們簽|贵公司发|你们颁|贵司发|你们的证书|"
     "你們的證書|你們的憑證"},
    {CPR_MEANS_YOU_ISSUED, "da", "i har udstedt|udstedt af jer|jeres ocsp*|jeres crl*|jeres ca|fra jer|hos jer"},
    {CPR_MEANS_YOU_ISSUED, "no", "dere har utstedt|utstedt av dere|deres ocsp*|deres ca|fra dere|hos dere"},
    {CPR_MEANS_YOU_ISSUED, "sv", "ni har utfärdat|utfärdat av er|er ocsp*|er ca|från er|hos er"},
    {CPR_MEANS_YOU_ISSUED, "ko",
     "귀사에서 발급|귀사가 발급|귀사 인증서|귀사 ca|귀사 하위|귀사의 인증서|귀사 ocsp|귀사 crl"},
    {CPR_MEANS_YOU_ISSUED, "tr", "sizin verdiğiniz|tarafınızdan verilen|sizden|sunucunuz|sizin ocsp*|sizin crl*"},
    {CPR_MEANS_YOU_ISSUED, "el", "εκδώσατε|εκδόθηκε από εσάς|από εσάς|σας ocsp|ocsp σας"},
    {CPR_MEANS_YOU_ISSUED, "bg", "издадохте|издаден от вас|издадени от вас|от вас|вашият ocsp|вашия ocsp"},
    {CPR_MEANS_YOU_ISSUED, "cs", "vámi vydan*|vydali jste|od vás|váš ocsp|vaše crl|vaší ca"},
    {CPR_MEANS_YOU_ISSUED, "sk", "vami vydan*|vydali ste|od vás|váš ocsp|vaše crl"},
    {CPR_MEANS_YOU_ISSUED, "hu", "önök által kiadott|önök adtak ki|kiállítottak|önöknél|önöktől"},
    {CPR_MEANS_YOU_ISSUED, "ro", "emis de voi|emis de dumneavoastră|ați emis|de la voi|de la dvs"},
    {CPR_MEANS_YOU_ISSUED, "fi", "teiltä|myöntämänne|teidän myöntä*"},
    {CPR_MEANS_YOU_ISSUED, "uk", "вами видан*|ваш ocsp|сертифікат від вас"},
    {CPR_MEANS_YOU_ISSUED, "hr", "vaš ocsp|certifikat od vas"},
    {CPR_MEANS_YOU_ISSUED, "id", "dari anda|anda terbitkan"},
    {CPR_MEANS_YOU_ISSUED, "vi", "của quý công ty|do quý"},
    {CPR_MEANS_YOU_ISSUED, "he", "*מכם|*הנפקתם"},
    {CPR_MEANS_YOU_ISSUED, "ar", "*صادرة منكم|*منكم|*أصدرتم"},
    {CPR_MEANS_VALIDATION, "",
     "domain validation|domain control|dcv|caa|caa record*|caa check*|validation bypass|domain authori*|"
     "http 01|dns 01|acme challenge*|validation method*|issuewild|whois validation|constructed email|"
     "domain ownership|mpic|multi perspective|remote perspective*|whois contact*|domain control check*|"
     "caa 0 issue"},
};

const struct cpr_vocabulary_table cpr_vocabulary_people = {rows, sizeof rows / sizeof rows[0]};
