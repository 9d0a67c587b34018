#include "cpr/judge/own.h"
#include "cpr/base/digest.h"
#include "cpr/base/text.h"
#include "cpr/judge/der.h"
#include "cpr/judge/phrases.h"
#include "cpr/judge/redact.h"

#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

/* Contents of object identifiers: RFC 5280 sections 4.2.1 and 4.2.2, X.520. */
#define OID(bytes) cpr_view_make(bytes, sizeof bytes - 1)
#define OID_SUBJECT_KEY_ID OID("\x55\x1D\x0E")
#define OID_ALTERNATIVE_NAMES OID("\x55\x1D\x11")
#define OID_CRL_POINTS OID("\x55\x1D\x1F")
#define OID_POLICIES OID("\x55\x1D\x20")
#define OID_AUTHORITY_KEY_ID OID("\x55\x1D\x23")
#define OID_AUTHORITY_ACCESS OID("\x2B\x06\x01\x05\x05\x07\x01\x01")
#define OID_COMMON_NAME OID("\x55\x04\x03")
#define OID_ORGANIZATION OID("\x55\x04\x0A")

/* Context tags of GeneralName (RFC 5280 section 4.2.1.6) and of AuthorityKeyIdentifier. */
enum { TAG_DNS_NAME = 0x82, TAG_URL = 0x86, TAG_KEY_ID = 0x80 };

/* A name that is as short as "R3" stands everywhere: in running text only longer ones are looked for. */
enum { NAME_IN_TEXT_MIN = 8, VALUE_MAX = 256, URL_DEPTH_MAX = 4 };

static void to_hex(struct cpr_view bytes, char *out, size_t out_size)
{
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; i < bytes.len && used + 3 <= out_size; i++)
        used += (size_t)snprintf(out + used, out_size - used, "%02x", (unsigned char)bytes.data[i]);
}

static void digest_hex(struct cpr_view bytes, char out[CPR_DIGEST_HEX_SIZE])
{
    struct cpr_digest digest = cpr_digest_of(bytes);
    out[0] = 0;
    if (bytes.len)
        cpr_digest_to_hex(&digest, out);
}

/* --- marks ------------------------------------------------------------------------------------------------------- */

/* A DirectoryString as UTF-8: BMPString is UTF-16 without surrogates (X.680), the others are taken as they are. */
static struct cpr_view string_of(const struct cpr_der *value, char out[VALUE_MAX])
{
    size_t used = 0;
    if (value->tag != CPR_DER_BMP_STRING)
        return cpr_view_trim(value->content);
    for (size_t i = 0; i + 1 < value->content.len && used + 4 < VALUE_MAX; i += 2)
        used += cpr_utf8_encode((uint32_t)(unsigned char)value->content.data[i] << 8 |
                                    (unsigned char)value->content.data[i + 1],
                                out + used);
    return cpr_view_trim(cpr_view_make(out, used));
}

/* Which issuer bears a mark: the marks of one sort by their hash, because who makes a certificate fills it with as many
 * as he likes. Of two issuers with the same mark the first counts. */
enum { MARKS_SIZE = 1024, NOBODY = CPR_ISSUERS_MAX };

struct marks {
    const char *text[MARKS_SIZE]; /* borrowed from the settings; NULL where none is */
    uint8_t issuer[MARKS_SIZE];
};

static uint32_t place_of(const struct marks *marks, struct cpr_view text)
{
    uint32_t place = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        place = (place ^ (unsigned char)cpr_ascii_lower(text.data[i])) * 16777619u;
    place = (place ^ place >> 16) % MARKS_SIZE;
    while (marks->text[place] && !cpr_view_equal_nocase(cpr_view_of(marks->text[place]), text))
        place = (place + 1) % MARKS_SIZE;
    return place;
}

static void add_mark(struct marks *marks, const char *text, uint32_t issuer)
{
    uint32_t place = place_of(marks, cpr_view_of(text));
    if (marks->text[place])
        return;
    marks->text[place] = text;
    marks->issuer[place] = (uint8_t)issuer;
}

static uint32_t bearer(const struct marks *marks, struct cpr_view text)
{
    uint32_t place = place_of(marks, text);
    return marks->text[place] ? marks->issuer[place] : NOBODY;
}

static uint32_t first_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The first issuer that is named by an attribute of this type; *has_type_out says whether there is one at all. */
static uint32_t named_by(struct cpr_view name, struct cpr_view type, const struct marks *marks, bool *has_type_out)
{
    struct cpr_der sequence, set, attribute, element;
    char text[VALUE_MAX];
    uint32_t issuer = NOBODY;
    *has_type_out = false;
    if (!cpr_der_take(&name, CPR_DER_SEQUENCE, &sequence))
        return NOBODY;
    while (cpr_der_take(&sequence.content, CPR_DER_SET, &set))
        while (cpr_der_take(&set.content, CPR_DER_SEQUENCE, &attribute)) {
            if (!cpr_der_take(&attribute.content, CPR_DER_OID, &element) || !cpr_view_equal(element.content, type) ||
                !cpr_der_next(&attribute.content, &element))
                continue;
            *has_type_out = true;
            issuer = first_of(issuer, bearer(marks, string_of(&element, text)));
        }
    return issuer;
}

static uint32_t by_common_name(const struct cpr_der_certificate *certificate, const struct marks *marks)
{
    bool has_common_name, has_organization;
    uint32_t issuer = named_by(certificate->issuer, OID_COMMON_NAME, marks, &has_common_name);
    return has_common_name ? issuer : named_by(certificate->issuer, OID_ORGANIZATION, marks, &has_organization);
}

static uint32_t key_id_bearer(struct cpr_view bytes, const struct marks *marks)
{
    char hex[sizeof((struct cpr_judge_issuer *)0)->key_ids[0]];
    if (bytes.len == 0 || 2 * bytes.len >= sizeof hex)
        return NOBODY;
    to_hex(bytes, hex, sizeof hex);
    return bearer(marks, cpr_view_of(hex));
}

static uint32_t by_key_id(const struct cpr_der_certificate *certificate, const struct marks *marks)
{
    struct cpr_view value;
    struct cpr_der element;
    uint32_t issuer = NOBODY;
    if (cpr_der_extension(certificate, OID_AUTHORITY_KEY_ID, &value) &&
        cpr_der_take(&value, CPR_DER_SEQUENCE, &element) && cpr_der_take(&element.content, TAG_KEY_ID, &element))
        issuer = key_id_bearer(element.content, marks);
    if (cpr_der_extension(certificate, OID_SUBJECT_KEY_ID, &value) &&
        cpr_der_take(&value, CPR_DER_OCTET_STRING, &element))
        issuer = first_of(issuer, key_id_bearer(element.content, marks));
    return issuer;
}

static uint32_t by_policy(const struct cpr_der_certificate *certificate, const struct marks *marks)
{
    struct cpr_view value;
    struct cpr_der policies, policy, element;
    char oid[sizeof((struct cpr_judge_issuer *)0)->policy_oids[0]];
    uint32_t issuer = NOBODY;
    if (!cpr_der_extension(certificate, OID_POLICIES, &value) || !cpr_der_take(&value, CPR_DER_SEQUENCE, &policies))
        return NOBODY;
    while (cpr_der_take(&policies.content, CPR_DER_SEQUENCE, &policy))
        if (cpr_der_take(&policy.content, CPR_DER_OID, &element) &&
            cpr_der_oid_to_text(element.content, oid, sizeof oid))
            issuer = first_of(issuer, bearer(marks, cpr_view_of(oid)));
    return issuer;
}

/* The host of a URL: behind "//" and any user name, without port and one dot at its end. */
static struct cpr_view host_of(struct cpr_view url)
{
    size_t from = cpr_view_find(url, "://", 0);
    if (from == CPR_VIEW_NOT_FOUND)
        return cpr_view_of("");
    struct cpr_view rest = cpr_view_slice(url, from + 3, url.len);
    size_t len = 0;
    while (len < rest.len && (rest.data[len] == 0 || !strchr("/?#\\", rest.data[len])))
        len++;
    struct cpr_view host = cpr_view_slice(rest, 0, len);
    for (size_t at; (at = cpr_view_find_byte(host, '@', 0)) != CPR_VIEW_NOT_FOUND;)
        host = cpr_view_slice(host, at + 1, host.len);
    host = cpr_view_slice(host, 0, cpr_view_find_byte(host, ':', 0));
    if (host.len && host.data[host.len - 1] == '.')
        host.len--;
    return host;
}

static bool is_host(struct cpr_view url, const struct cpr_judge_issuer *issuer)
{
    struct cpr_view host = host_of(url);
    for (uint32_t i = 0; i < issuer->host_count; i++)
        if (cpr_view_equal_nocase(host, cpr_view_of(issuer->hosts[i])))
            return true;
    return false;
}

/* The first issuer whose host is in any URL inside: CRL distribution points nest them in three layers of context tags,
 * authorityInfoAccess in one. */
static uint32_t host_bearer(struct cpr_view bytes, const struct marks *marks, unsigned depth)
{
    struct cpr_der element;
    uint32_t issuer = NOBODY;
    while (cpr_der_next(&bytes, &element)) {
        bool is_constructed = element.tag & 0x20;
        if (element.tag == TAG_URL)
            issuer = first_of(issuer, bearer(marks, host_of(element.content)));
        else if (is_constructed && depth < URL_DEPTH_MAX)
            issuer = first_of(issuer, host_bearer(element.content, marks, depth + 1));
    }
    return issuer;
}

static uint32_t by_host(const struct cpr_der_certificate *certificate, const struct marks *marks)
{
    struct cpr_view value;
    uint32_t issuer = NOBODY;
    if (cpr_der_extension(certificate, OID_CRL_POINTS, &value))
        issuer = host_bearer(value, marks, 0);
    if (cpr_der_extension(certificate, OID_AUTHORITY_ACCESS, &value))
        issuer = first_of(issuer, host_bearer(value, marks, 0));
    return issuer;
}

static void add_marks(struct marks *marks, const char *text, size_t text_size, uint32_t count, uint32_t issuer)
{
    for (uint32_t i = 0; i < count && i < CPR_ISSUER_MARKS_MAX; i++)
        add_mark(marks, text + i * text_size, issuer);
}

enum sort_of_mark { BY_KEY_ID, BY_POLICY, BY_HOST, BY_COMMON_NAME, SORTS_OF_MARKS };

static void gather(const struct cpr_judge_settings *settings, enum sort_of_mark sort, struct marks *marks)
{
    memset(marks, 0, sizeof *marks);
    for (uint32_t i = 0; i < settings->issuer_count && i < CPR_ISSUERS_MAX; i++) {
        const struct cpr_judge_issuer *issuer = &settings->issuers[i];
        switch (sort) {
        case BY_KEY_ID:
            add_marks(marks, issuer->key_ids[0], sizeof issuer->key_ids[0], issuer->key_id_count, i);
            break;
        case BY_POLICY:
            add_marks(marks, issuer->policy_oids[0], sizeof issuer->policy_oids[0], issuer->policy_oid_count, i);
            break;
        case BY_HOST:
            add_marks(marks, issuer->hosts[0], sizeof issuer->hosts[0], issuer->host_count, i);
            break;
        default:
            add_marks(marks, issuer->common_names[0], sizeof issuer->common_names[0], issuer->common_name_count, i);
            break;
        }
    }
}

static void find_owner(const struct cpr_evidence *evidence, const struct cpr_der_certificate *certificate,
                       struct cpr_reading_certificate *out)
{
    static const struct {
        const char *name;
        uint32_t (*issuer)(const struct cpr_der_certificate *, const struct marks *);
    } sorts[SORTS_OF_MARKS] = {[BY_KEY_ID] = {"key-id", by_key_id},
                               [BY_POLICY] = {"policy-oid", by_policy},
                               [BY_HOST] = {"host", by_host},
                               [BY_COMMON_NAME] = {"common-name", by_common_name}};
    const struct cpr_judge_settings *settings = evidence->settings;
    struct marks marks;
    if (!settings || settings->issuer_count == 0)
        return;
    out->owner = CPR_OWNER_OTHER;
    for (enum sort_of_mark sort = 0; sort < SORTS_OF_MARKS; sort++) {
        gather(settings, sort, &marks);
        uint32_t issuer = sorts[sort].issuer(certificate, &marks);
        if (issuer == NOBODY)
            continue;
        out->owner = CPR_OWNER_US;
        cpr_text_copy(out->owner_issuer, sizeof out->owner_issuer, cpr_view_of(settings->issuers[issuer].name));
        cpr_text_copy(out->owner_mark, sizeof out->owner_mark, cpr_view_of(sorts[sort].name));
        return;
    }
}

/* --- the description --------------------------------------------------------------------------------------------- */

/* RFC 4514; "" when GnuTLS does not understand the Name. */
static void name_to_text(struct cpr_view name, char *out, size_t out_size)
{
    gnutls_datum_t der = {(unsigned char *)(uintptr_t)name.data, (unsigned)name.len}, text = {0};
    out[0] = 0;
    if (name.len && gnutls_x509_rdn_get2(&der, &text, 0) >= 0)
        cpr_redact_copy(out, out_size, cpr_view_make(text.data, text.size));
    gnutls_free(text.data);
}

static void list_names(const struct cpr_der_certificate *certificate, char *out, size_t out_size)
{
    struct cpr_view value;
    struct cpr_der names, name;
    if (!cpr_der_extension(certificate, OID_ALTERNATIVE_NAMES, &value) ||
        !cpr_der_take(&value, CPR_DER_SEQUENCE, &names))
        return;
    struct cpr_buffer list = cpr_buffer_new(out_size + 8);
    while (cpr_der_next(&names.content, &name))
        if (name.tag == TAG_DNS_NAME) {
            cpr_buffer_add_text(&list, list.len ? ", " : "");
            cpr_buffer_add(&list, name.content);
        }
    cpr_redact_copy(out, out_size, cpr_buffer_view(&list));
    cpr_buffer_free(&list);
}

static void describe(const struct cpr_evidence *evidence, const struct cpr_der_certificate *certificate,
                     struct cpr_reading_certificate *out)
{
    struct cpr_view serial = certificate->serial;
    char hex[2 * sizeof out->serial];
    to_hex(serial, hex, sizeof hex);
    const char *digits = hex;
    while (digits[0] == '0' && digits[1])
        digits++;
    cpr_text_copy(out->serial, sizeof out->serial, cpr_view_of(digits));
    digest_hex(certificate->whole, out->sha256);
    digest_hex(certificate->spki, out->spki_sha256);
    out->not_before_ms = certificate->not_before_ms;
    out->not_after_ms = certificate->not_after_ms;
    find_owner(evidence, certificate, out);
}

/* What GnuTLS makes of a Name takes longer than all the rest together, and only what is kept is shown. */
static void describe_names(const struct cpr_der_certificate *certificate, struct cpr_reading_certificate *out)
{
    name_to_text(certificate->issuer, out->issuer, sizeof out->issuer);
    name_to_text(certificate->subject, out->subject, sizeof out->subject);
    list_names(certificate, out->names, sizeof out->names);
}

/* One that was cut has no digest: then the issuer tells, which is worked out when it must be known, and once. */
static bool is_same(const struct cpr_reading_certificate *kept, const struct cpr_der_certificate *certificate,
                    struct cpr_reading_certificate *description)
{
    if (strcmp(kept->sha256, description->sha256) != 0 || strcmp(kept->serial, description->serial) != 0)
        return false;
    if (description->sha256[0])
        return true;
    if (description->issuer[0] == 0)
        name_to_text(certificate->issuer, description->issuer, sizeof description->issuer);
    return strcmp(kept->issuer, description->issuer) == 0;
}

/* Where the certificate belongs in the list: SIZE_MAX when it is there already or there is no room, in which one of
 * ours takes the place of the last one that is not. */
static size_t place_in(const struct cpr_reading *reading, const struct cpr_der_certificate *certificate,
                       struct cpr_reading_certificate *description)
{
    size_t place = reading->certificate_count;
    for (size_t i = 0; i < place; i++)
        if (is_same(&reading->certificates[i], certificate, description))
            return SIZE_MAX;
    if (place < CPR_CERTIFICATES_MAX)
        return place;
    while (description->owner == CPR_OWNER_US && place-- > 0)
        if (reading->certificates[place].owner != CPR_OWNER_US)
            return place;
    return SIZE_MAX;
}

bool cpr_own_certificate(struct cpr_evidence *evidence, struct cpr_view der, const char *where)
{
    struct cpr_der_certificate certificate;
    struct cpr_reading_certificate description = {0};
    struct cpr_reading *reading = evidence->reading;
    char quote[CPR_SIGNAL_TEXT_SIZE];
    if (!cpr_der_certificate_read(der, &certificate))
        return false;
    describe(evidence, &certificate, &description);
    size_t place = place_in(reading, &certificate, &description);
    if (place != SIZE_MAX)
        describe_names(&certificate, &description);
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_CERTIFICATE, cpr_view_of(description.sha256));
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_SERIAL, cpr_view_of(description.serial));
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_SPKI_SHA256, cpr_view_of(description.spki_sha256));
    snprintf(quote, sizeof quote, "certificate of %.120s", description.subject[0] ? description.subject : "?");
    cpr_evidence_signal(evidence, CPR_RULE_CERTIFICATE, where, cpr_view_of(quote));
    if (description.owner == CPR_OWNER_US) {
        snprintf(quote, sizeof quote, "serial %.40s, ours by its %.16s (issuer %.63s)", description.serial,
                 description.owner_mark, description.owner_issuer);
        cpr_evidence_signal(evidence, CPR_RULE_CERTIFICATE_OURS, where, cpr_view_of(quote));
    }
    if (place == SIZE_MAX)
        return true;
    reading->certificates[place] = description;
    reading->certificate_count += place == reading->certificate_count;
    return true;
}

/* --- the text ---------------------------------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c);
}

/* What `wanted` ends beside is no part of a longer word. */
static bool stands_free(struct cpr_view text, size_t at, size_t len)
{
    return (at == 0 || !is_word(text.data[at]) || !is_word(text.data[at - 1])) &&
           (at + len >= text.len || !is_word(text.data[at + len - 1]) || !is_word(text.data[at + len]));
}

/* A host is not below or beside another one, and no address's domain. */
static bool host_stands_free(struct cpr_view text, size_t at, size_t len)
{
    if (at > 0 && strchr("-.@_", text.data[at - 1]) && text.data[at - 1])
        return false;
    struct cpr_view rest = cpr_view_slice(text, at + len, 2);
    return rest.len == 0 || !(rest.data[0] == '-' || rest.data[0] == '_' || rest.data[0] == '@' ||
                              (rest.data[0] == '.' && rest.len > 1 && is_word(rest.data[1])));
}

/* "CN=" or "commonName =" stands right before, as openssl and crt.sh print a name; what follows ends the value. */
static bool is_printed_issuer(struct cpr_view text, size_t at, size_t len)
{
    struct cpr_view line = cpr_view_slice(text, at > 80 ? at - 80 : 0, at > 80 ? 80 : at);
    while (line.len && (line.data[line.len - 1] == ' ' || line.data[line.len - 1] == '"'))
        line.len--;
    if (line.len == 0 || line.data[line.len - 1] != '=')
        return false;
    line.len--;
    while (line.len && line.data[line.len - 1] == ' ')
        line.len--;
    size_t end = at + len;
    while (end < text.len && text.data[end] == ' ')
        end++;
    bool ends = end >= text.len || (text.data[end] && strchr(",;/+\"\n<>)", text.data[end]));
    return ends && (cpr_view_ends_nocase(line, "commonName") ||
                    (cpr_view_ends_nocase(line, "CN") && (line.len == 2 || !is_word(line.data[line.len - 3]))));
}

static void find_name(struct cpr_evidence *evidence, const char *name, size_t at, bool is_about_certificates)
{
    struct cpr_view found = cpr_view_slice(evidence->text, at, strlen(name));
    if (!stands_free(evidence->text, at, found.len))
        return;
    if (is_printed_issuer(evidence->text, at, found.len))
        cpr_evidence_signal(evidence, CPR_RULE_ISSUER_OURS, "text", found);
    else if (found.len >= NAME_IN_TEXT_MIN && is_about_certificates)
        cpr_evidence_signal(evidence, CPR_RULE_OWN_NAME, "text", found);
}

static void find_host(struct cpr_evidence *evidence, size_t at, size_t len)
{
    if (stands_free(evidence->text, at, len) && host_stands_free(evidence->text, at, len))
        cpr_evidence_signal(evidence, CPR_RULE_OWN_NAME, "text", cpr_view_slice(evidence->text, at, len));
}

enum { IS_NAME, IS_HOST };

struct looking {
    struct cpr_evidence *evidence;
    bool is_about_certificates;
};

static void find_phrase(void *context, size_t at, const struct cpr_phrase *phrase)
{
    const struct looking *looking = context;
    if (phrase->number == IS_NAME)
        find_name(looking->evidence, phrase->text, at, looking->is_about_certificates);
    else
        find_host(looking->evidence, at, phrase->len);
}

static void find_urls(struct cpr_evidence *evidence)
{
    const struct cpr_reading *reading = evidence->reading;
    for (uint32_t i = 0; i < reading->identifier_count; i++) {
        const struct cpr_identifier *identifier = &reading->identifiers[i];
        bool is_url = identifier->type == CPR_IDENTIFIER_CRL_URL || identifier->type == CPR_IDENTIFIER_OCSP_URL;
        for (uint32_t k = 0; is_url && k < evidence->settings->issuer_count; k++)
            if (is_host(cpr_view_of(identifier->value), &evidence->settings->issuers[k]))
                cpr_evidence_signal(evidence, CPR_RULE_STATUS_URL_OURS, "link", cpr_view_of(identifier->value));
    }
}

void cpr_own_text(struct cpr_evidence *evidence)
{
    const struct cpr_judge_settings *settings = evidence->settings;
    const size_t *counts = evidence->scan.counts;
    struct looking looking = {evidence,
                              counts[CPR_MEANS_CERTIFICATE] || counts[CPR_MEANS_KEY] || counts[CPR_MEANS_STATUS]};
    struct cpr_phrases phrases;
    if (!settings || settings->issuer_count == 0)
        return;
    find_urls(evidence);
    cpr_phrases_clear(&phrases);
    for (uint32_t i = 0; i < settings->issuer_count; i++) {
        const struct cpr_judge_issuer *issuer = &settings->issuers[i];
        for (uint32_t k = 0; k < issuer->common_name_count; k++)
            cpr_phrases_add(&phrases, issuer->common_names[k], IS_NAME);
    }
    for (uint32_t i = 0; looking.is_about_certificates && i < settings->issuer_count; i++) {
        const struct cpr_judge_issuer *issuer = &settings->issuers[i];
        for (uint32_t k = 0; k < issuer->host_count; k++)
            cpr_phrases_add(&phrases, issuer->hosts[k], IS_HOST);
    }
    cpr_phrases_each(&phrases, evidence->text, find_phrase, &looking);
}
