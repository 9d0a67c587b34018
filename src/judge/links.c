#include "cpr/judge/links.h"
#include "cpr/judge/identifiers.h"
#include "cpr/base/text.h"

#include <stdio.h>
#include <string.h>

struct link {
    struct cpr_view host; /* without "www." and port */
    struct cpr_view path; /* with its first '/', up to '?' or '#' */
    struct cpr_view query;
    struct cpr_view whole;
};

static int hex_value(char c)
{
    if (cpr_ascii_is_digit(c))
        return c - '0';
    return cpr_ascii_is_hex(c) ? cpr_ascii_lower(c) - 'a' + 10 : -1;
}

/* Undoes percent encoding (RFC 3986 section 2.1) into out; controls are dropped. Returns the length. */
static size_t percent_decode(struct cpr_view in, char *out, size_t out_size)
{
    size_t used = 0;
    for (size_t i = 0; i < in.len && used + 1 < out_size; i++) {
        char c = in.data[i];
        if (c == '%' && i + 2 < in.len && hex_value(in.data[i + 1]) >= 0 && hex_value(in.data[i + 2]) >= 0) {
            c = (char)(hex_value(in.data[i + 1]) * 16 + hex_value(in.data[i + 2]));
            i += 2;
        }
        if ((unsigned char)c > ' ' && c != 0x7F)
            out[used++] = c;
    }
    out[used] = 0;
    return used;
}

static struct link split(struct cpr_view whole)
{
    struct link link = {.whole = whole};
    size_t scheme = cpr_view_find(cpr_view_slice(whole, 0, 10), "://", 0);
    struct cpr_view rest = scheme == CPR_VIEW_NOT_FOUND ? whole : cpr_view_slice(whole, scheme + 3, whole.len);
    size_t end = 0;
    while (end < rest.len && !strchr("/?#:", rest.data[end]))
        end++;
    link.host = cpr_view_slice(rest, 0, end);
    if (cpr_view_starts_nocase(link.host, "www."))
        link.host = cpr_view_slice(link.host, 4, link.host.len);
    while (end < rest.len && !strchr("/?#", rest.data[end]))
        end++;
    rest = cpr_view_slice(rest, end, rest.len);
    size_t query = 0;
    while (query < rest.len && rest.data[query] != '?' && rest.data[query] != '#')
        query++;
    link.path = cpr_view_slice(rest, 0, query);
    link.query = cpr_view_slice(rest, query + 1, rest.len);
    return link;
}

static bool host_is(const struct link *link, const char *domain)
{
    size_t len = strlen(domain);
    if (link->host.len == len)
        return cpr_view_equal_nocase(link->host, cpr_view_of(domain));
    return link->host.len > len && cpr_view_ends_nocase(link->host, domain) &&
           link->host.data[link->host.len - len - 1] == '.';
}

/* The value of a parameter of the query, as it stands. */
static bool parameter(const struct link *link, const char *name, struct cpr_view *value_out)
{
    struct cpr_view rest = link->query, item;
    size_t len = strlen(name);
    while (cpr_view_next_item(&rest, '&', &item)) {
        if (cpr_view_starts_nocase(item, "amp;"))
            item = cpr_view_slice(item, 4, item.len);
        if (item.len > len && item.data[len] == '=' && cpr_view_starts_nocase(item, name)) {
            *value_out = cpr_view_slice(item, len + 1, item.len);
            return true;
        }
    }
    return false;
}

/* urldefense v2 writes '-' for '%' and '_' for '/'. */
static size_t undo_urldefense_v2(struct cpr_view value, char *out)
{
    char swapped[CPR_LINK_MAX_BYTES + 1];
    size_t len = value.len < CPR_LINK_MAX_BYTES ? value.len : CPR_LINK_MAX_BYTES;
    for (size_t i = 0; i < len; i++)
        swapped[i] = value.data[i] == '-' ? '%' : value.data[i] == '_' ? '/' : value.data[i];
    return percent_decode(cpr_view_make(swapped, len), out, CPR_LINK_MAX_BYTES + 1);
}

/* urldefense v3: https://urldefense.com/v3/__LINK__;KEY!!TOKEN. A '*' stands for a character that the key holds in
 * base64; '?', '=' and '&' are never among them, so that '*' may stay where it is a rare one. "//" arrives as "/". */
static size_t undo_urldefense_v3(const struct link *link, char *out)
{
    size_t from = cpr_view_find(link->whole, "/v3/__", 0);
    if (from == CPR_VIEW_NOT_FOUND)
        return 0;
    size_t to = cpr_view_find(link->whole, "__;", from + 6);
    if (to == CPR_VIEW_NOT_FOUND)
        return 0;
    return percent_decode(cpr_view_slice(link->whole, from + 6, to - from - 6), out, CPR_LINK_MAX_BYTES + 1);
}

/* One layer of rewriting taken off into `out`; 0 when there is none. */
static size_t unwrap_once(const struct link *link, char *out)
{
    static const struct {
        const char *host, *parameter;
    } known[] = {
        {"safelinks.protection.outlook.com", "url"},
        {"google.com", "q"},
        {"google.com", "url"},
        {"urldefense.proofpoint.com", "u"},
        {"cudasvc.com", "a"},
        {"secure-web.cisco.com", "u"},
        {"mimecast.com", "u"},
        {"l.facebook.com", "u"},
        {"slack-redir.net", "url"},
        {"linkprotect.cudasvc.com", "a"},
        {"sophos.com", "u"},
        {"trendmicro.com", "url"},
    };
    struct cpr_view value;
    if (host_is(link, "urldefense.com") || host_is(link, "urldefense.us")) {
        size_t len = undo_urldefense_v3(link, out);
        if (len)
            return len;
    }
    if (cpr_view_starts_nocase(link->path, "/v2/url") && parameter(link, "u", &value))
        return undo_urldefense_v2(value, out);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (host_is(link, known[i].host) && parameter(link, known[i].parameter, &value) && value.len > 4)
            return percent_decode(value, out, CPR_LINK_MAX_BYTES + 1);
    /* secure-web.cisco.com and others append the whole address, percent-encoded, as the last piece of the path. */
    size_t at = cpr_view_find_nocase(link->path, "https%3a%2f%2f", 0);
    if (at != CPR_VIEW_NOT_FOUND)
        return percent_decode(cpr_view_slice(link->path, at, link->path.len), out, CPR_LINK_MAX_BYTES + 1);
    return 0;
}

void cpr_link_unwrap(struct cpr_view link, char *out)
{
    char inner[CPR_LINK_MAX_BYTES + 1];
    size_t len = link.len < CPR_LINK_MAX_BYTES ? link.len : CPR_LINK_MAX_BYTES;
    memcpy(out, link.data, len);
    out[len] = 0;
    for (unsigned i = 0; i < CPR_LINK_WRAPPINGS_MAX; i++) {
        struct link parts = split(cpr_view_make(out, len));
        size_t inner_len = unwrap_once(&parts, inner);
        if (inner_len == 0)
            return;
        memcpy(out, inner, inner_len + 1);
        len = inner_len;
    }
}

static bool all(struct cpr_view view, bool (*is)(char))
{
    for (size_t i = 0; i < view.len; i++)
        if (!is(view.data[i]))
            return false;
    return view.len > 0;
}

static void lower(struct cpr_view view, char *out, size_t out_size)
{
    size_t used = 0;
    for (size_t i = 0; i < view.len && used + 1 < out_size; i++)
        out[used++] = cpr_ascii_lower(view.data[i]);
    out[used] = 0;
}

/* The hexadecimal digits that it begins with, without the colons between them. */
static struct cpr_view hex_digits(struct cpr_view value, char out[CPR_IDENTIFIER_SIZE])
{
    size_t used = 0;
    for (size_t i = 0; i < value.len && used < CPR_IDENTIFIER_SIZE; i++) {
        if (cpr_ascii_is_hex(value.data[i]))
            out[used++] = value.data[i];
        else if (value.data[i] != ':')
            break;
    }
    return cpr_view_make(out, used);
}

/* A hexadecimal value by its length: SHA-256, SHA-1, else a serial number; where that was asked for, one of up to 20
 * octets (RFC 5280 section 4.1.2.2). */
static bool add_hex(struct cpr_evidence *evidence, struct cpr_view value, enum cpr_identifier_type sha256_type)
{
    char hex[CPR_IDENTIFIER_SIZE];
    if (value.len < 8 || value.len > 64 || !all(value, cpr_ascii_is_hex))
        return false;
    lower(value, hex, sizeof hex);
    enum cpr_identifier_type type = value.len == 64                                           ? sha256_type
                                    : value.len == 40 && sha256_type != CPR_IDENTIFIER_SERIAL ? CPR_IDENTIFIER_SHA1
                                                                                              : CPR_IDENTIFIER_SERIAL;
    size_t zeros = type == CPR_IDENTIFIER_SERIAL ? strspn(hex, "0") : 0;
    cpr_evidence_identifier(evidence, type, cpr_view_of(hex + zeros)); /* an empty one is none */
    return true;
}

/* A number of a database: decimal, without leading zeros, of at most 14 digits. */
static void add_number(struct cpr_evidence *evidence, enum cpr_identifier_type type, struct cpr_view digits)
{
    while (digits.len && digits.data[0] == '0')
        digits = cpr_view_slice(digits, 1, digits.len);
    if (digits.len <= 14)
        cpr_evidence_identifier(evidence, type, digits);
}

static struct cpr_view leading(struct cpr_view view, bool (*is)(char))
{
    size_t len = 0;
    while (len < view.len && is(view.data[len]))
        len++;
    return cpr_view_slice(view, 0, len);
}

/* crt.sh/?id=, ?q=, ?sha256=, ?sha1=, ?serial=, ?spkisha256=, ?caid=, ?Identity=..., /?12345 and named pages. */
static void find_crtsh(struct cpr_evidence *evidence, const struct link *link)
{
    static const char *const hex_names[] = {"q", "sha256", "sha1", "serial", "spkisha256", "ski", "d"};
    struct cpr_view value;
    char digits[CPR_IDENTIFIER_SIZE];
    bool names_one = false;
    if (parameter(link, "id", &value) || parameter(link, "d", &value) || parameter(link, "q", &value)) {
        struct cpr_view id = leading(value, cpr_ascii_is_digit);
        if (id.len >= 4 && id.len <= 14 && (id.len == value.len || !cpr_ascii_is_hex(value.data[id.len]))) {
            add_number(evidence, CPR_IDENTIFIER_CRTSH_ID, id);
            names_one = true;
        }
    }
    struct cpr_view bare = leading(link->query, cpr_ascii_is_digit);
    if (bare.len >= 4 && bare.len <= 14 && bare.len == link->query.len) {
        add_number(evidence, CPR_IDENTIFIER_CRTSH_ID, bare);
        names_one = true;
    }
    for (size_t i = 0; !names_one && i < sizeof hex_names / sizeof hex_names[0]; i++)
        if (parameter(link, hex_names[i], &value))
            names_one = add_hex(evidence, hex_digits(value, digits),
                                i == 3   ? CPR_IDENTIFIER_SERIAL
                                : i == 4 ? CPR_IDENTIFIER_SPKI_SHA256
                                         : CPR_IDENTIFIER_SHA256);
    if (!names_one && link->query.len == 0 && link->path.len <= 1) {
        cpr_evidence_signal(evidence, CPR_RULE_CRTSH_NAMED, "link", link->whole);
        return;
    }
    if (!names_one)
        cpr_evidence_identifier(evidence, CPR_IDENTIFIER_CRTSH_QUERY, link->whole);
    cpr_evidence_signal(evidence, names_one ? CPR_RULE_CRTSH_CERTIFICATE : CPR_RULE_CRTSH_SEARCH, "link", link->whole);
}

/* The last piece of the path, where search services put a fingerprint. */
static struct cpr_view last_piece(struct cpr_view path)
{
    while (path.len && path.data[path.len - 1] == '/')
        path.len--;
    size_t from = path.len;
    while (from > 0 && path.data[from - 1] != '/')
        from--;
    return cpr_view_slice(path, from, path.len);
}

static bool find_certificate_service(struct cpr_evidence *evidence, const struct link *link)
{
    bool is_pwnedkeys = host_is(link, "pwnedkeys.com");
    bool is_certificate =
        host_is(link, "misissued.com") || host_is(link, "revocationcheck.com") ||
        (host_is(link, "censys.io") && cpr_view_find_nocase(link->path, "certificates", 0) != CPR_VIEW_NOT_FOUND);
    if (!is_pwnedkeys && !is_certificate)
        return false;
    enum cpr_identifier_type type = is_pwnedkeys ? CPR_IDENTIFIER_SPKI_SHA256 : CPR_IDENTIFIER_SHA256;
    struct cpr_view last = last_piece(link->path);
    struct cpr_view before = cpr_view_slice(link->path, 0, (size_t)(last.data - link->path.data));
    if (!add_hex(evidence, leading(last, cpr_ascii_is_hex), type)) /* ".../FINGERPRINT/pem" */
        (void)add_hex(evidence, leading(last_piece(before), cpr_ascii_is_hex), type);
    cpr_evidence_signal(evidence, CPR_RULE_CERTIFICATE_LINK, "link", link->whole);
    return true;
}

static void find_by_path(struct cpr_evidence *evidence, const struct link *link)
{
    struct cpr_view name = last_piece(link->path);
    if (cpr_view_ends_nocase(name, ".crl"))
        cpr_evidence_identifier(evidence, CPR_IDENTIFIER_CRL_URL, link->whole);
    else if (cpr_view_starts_nocase(link->host, "ocsp") || cpr_view_equal_nocase(name, cpr_view_of("ocsp")))
        cpr_evidence_identifier(evidence, CPR_IDENTIFIER_OCSP_URL, link->whole);
    else if (cpr_view_ends_nocase(name, ".pem") || cpr_view_ends_nocase(name, ".crt") ||
             cpr_view_ends_nocase(name, ".cer") || cpr_view_ends_nocase(name, ".key"))
        cpr_evidence_signal(evidence, CPR_RULE_CERTIFICATE_LINK, "link", link->whole);
}

static bool is_one_of(const struct link *link, const char *const *domains)
{
    for (; *domains; domains++)
        if (host_is(link, *domains))
            return true;
    return false;
}

/* Mimecast keeps the address to itself and shows its host: "protect-eu.mimecast.com/s/TOKEN?domain=crt.sh". */
static bool find_hidden(struct cpr_evidence *evidence, const struct link *link)
{
    static const char *const services[] = {"crt.sh",        "censys.io",     "search.censys.io", "platform.censys.io",
                                           "misissued.com", "pwnedkeys.com", "www.pwnedkeys.com"};
    struct cpr_view domain;
    if (!(host_is(link, "mimecast.com") || host_is(link, "mimecastprotect.com")) || !parameter(link, "domain", &domain))
        return false;
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        if (cpr_view_equal_nocase(domain, cpr_view_of(services[i]))) {
            cpr_evidence_signal(evidence, CPR_RULE_CERTIFICATE_LINK, "link", link->whole);
            return true;
        }
    return false;
}

static void find_in_link(struct cpr_evidence *evidence, struct cpr_view raw)
{
    static const char *const programs[] = {"cabforum.org", "ccadb.org", "bugzilla.mozilla.org", "wiki.mozilla.org",
                                           NULL};
    static const char *const standards[] = {"rfc-editor.org", "ietf.org", NULL};
    static const char *const malware[] = {"virustotal.com",   "bazaar.abuse.ch",     "tria.ge",
                                          "urlscan.io",       "intezer.com",         "any.run",
                                          "urlhaus.abuse.ch", "hybrid-analysis.com", NULL};
    char unwrapped[CPR_LINK_MAX_BYTES + 1];
    cpr_link_unwrap(raw, unwrapped);
    struct link link = split(cpr_view_of(unwrapped));
    if (host_is(&link, "crt.sh")) {
        find_crtsh(evidence, &link);
        return;
    }
    if (find_hidden(evidence, &link) || find_certificate_service(evidence, &link))
        return;
    struct cpr_view value;
    if (host_is(&link, "bugzilla.mozilla.org") && parameter(&link, "id", &value))
        add_number(evidence, CPR_IDENTIFIER_BUGZILLA, leading(value, cpr_ascii_is_digit));
    else if (host_is(&link, "bugzilla.mozilla.org") || host_is(&link, "bugzil.la"))
        add_number(evidence, CPR_IDENTIFIER_BUGZILLA,
                   leading(cpr_view_slice(link.path, 1, link.path.len), cpr_ascii_is_digit));
    else if (is_one_of(&link, standards) && cpr_view_starts_nocase(last_piece(link.path), "rfc"))
        cpr_identifiers_rfc(evidence, cpr_view_slice(last_piece(link.path), 3, 8), "link", link.whole);
    if (is_one_of(&link, programs) || cpr_view_find_nocase(link.whole, "dev-security-policy", 0) != CPR_VIEW_NOT_FOUND)
        cpr_evidence_signal(evidence, CPR_RULE_ROOT_PROGRAM_LINK, "link", link.whole);
    else if (is_one_of(&link, malware))
        cpr_evidence_signal(evidence, CPR_RULE_MALWARE_LINK, "link", link.whole);
    else
        find_by_path(evidence, &link);
}

static bool ends_link(char c)
{
    return (unsigned char)c <= ' ' || c == '<' || c == '>' || c == '"' || c == '|' || c == '\'' || c == '`' ||
           c == '\\';
}

/* Without the punctuation of the sentence around it. */
static struct cpr_view without_tail(struct cpr_view link)
{
    while (link.len && strchr(".,;:!?)]}*_", link.data[link.len - 1]))
        link.len--;
    return link;
}

/* Links with a scheme, and bare "crt.sh/...": people write it so. */
static void find_in_text(struct cpr_evidence *evidence, struct cpr_view text, unsigned *left)
{
    for (size_t at = 0; at < text.len && *left; at++) {
        char first = cpr_ascii_lower(text.data[at]);
        if (first != 'h' && first != 'c')
            continue;
        struct cpr_view rest = cpr_view_slice(text, at, text.len);
        bool is_link = cpr_view_starts_nocase(rest, "http://") || cpr_view_starts_nocase(rest, "https://");
        bool is_bare = cpr_view_starts_nocase(rest, "crt.sh/") && (at == 0 || !cpr_ascii_is_alpha(text.data[at - 1]));
        if (!is_link && !is_bare)
            continue;
        size_t len = 0;
        while (len < rest.len && !ends_link(rest.data[len]))
            len++;
        find_in_link(evidence, without_tail(cpr_view_slice(rest, 0, len)));
        at += len;
        --*left;
    }
}

void cpr_links_find(struct cpr_evidence *evidence)
{
    unsigned left = CPR_LINKS_MAX;
    find_in_text(evidence, evidence->text, &left);
    find_in_text(evidence, cpr_buffer_view(&evidence->facts->hrefs), &left);
}
