#include "cpr/judge/own.h"
#include "cpr/base/digest.h"
#include "cpr/base/text.h"
#include "cpr/judge/der.h"
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

/* Whether an attribute of this type in the Name has this value. has_type_out says whether there is one at all. */
static bool name_holds(struct cpr_view name, struct cpr_view type, const char *wanted, bool *has_type_out)
{
    struct cpr_der sequence, set, attribute, element;
    char text[VALUE_MAX];
    *has_type_out = false;
    if (!cpr_der_take(&name, CPR_DER_SEQUENCE, &sequence))
        return false;
    while (cpr_der_take(&sequence.content, CPR_DER_SET, &set))
        while (cpr_der_take(&set.content, CPR_DER_SEQUENCE, &attribute)) {
            if (!cpr_der_take(&attribute.content, CPR_DER_OID, &element) || !cpr_view_equal(element.content, type) ||
                !cpr_der_next(&attribute.content, &element))
                continue;
            *has_type_out = true;
            if (cpr_view_equal_nocase(string_of(&element, text), cpr_view_of(wanted)))
                return true;
        }
    return false;
}

static bool has_common_name(const struct cpr_der_certificate *certificate, const struct cpr_judge_issuer *issuer)
{
    for (uint32_t i = 0; i < issuer->common_name_count; i++) {
        bool has_common_name, has_organization;
        if (name_holds(certificate->issuer, OID_COMMON_NAME, issuer->common_names[i], &has_common_name) ||
            (!has_common_name &&
             name_holds(certificate->issuer, OID_ORGANIZATION, issuer->common_names[i], &has_organization)))
            return true;
    }
    return false;
}

static bool is_key_id(struct cpr_view bytes, const struct cpr_judge_issuer *issuer)
{
    char hex[sizeof issuer->key_ids[0]];
    if (bytes.len == 0 || 2 * bytes.len >= sizeof hex)
        return false;
    to_hex(bytes, hex, sizeof hex);
    for (uint32_t i = 0; i < issuer->key_id_count; i++)
        if (strcmp(hex, issuer->key_ids[i]) == 0)
            return true;
    return false;
}

static bool has_key_id(const struct cpr_der_certificate *certificate, const struct cpr_judge_issuer *issuer)
{
    struct cpr_view value;
    struct cpr_der element;
    if (cpr_der_extension(certificate, OID_AUTHORITY_KEY_ID, &value) &&
        cpr_der_take(&value, CPR_DER_SEQUENCE, &element) && cpr_der_take(&element.content, TAG_KEY_ID, &element) &&
        is_key_id(element.content, issuer))
        return true;
    return cpr_der_extension(certificate, OID_SUBJECT_KEY_ID, &value) &&
           cpr_der_take(&value, CPR_DER_OCTET_STRING, &element) && is_key_id(element.content, issuer);
}

static bool has_policy(const struct cpr_der_certificate *certificate, const struct cpr_judge_issuer *issuer)
{
    struct cpr_view value;
    struct cpr_der policies, policy, element;
    char oid[sizeof issuer->policy_oids[0]];
    if (!cpr_der_extension(certificate, OID_POLICIES, &value) || !cpr_der_take(&value, CPR_DER_SEQUENCE, &policies))
        return false;
    while (cpr_der_take(&policies.content, CPR_DER_SEQUENCE, &policy)) {
        if (!cpr_der_take(&policy.content, CPR_DER_OID, &element) ||
            !cpr_der_oid_to_text(element.content, oid, sizeof oid))
            continue;
        for (uint32_t i = 0; i < issuer->policy_oid_count; i++)
            if (strcmp(oid, issuer->policy_oids[i]) == 0)
                return true;
    }
    return false;
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

/* Any URL inside: CRL distribution points nest them in three layers of context tags, authorityInfoAccess in one. */
static bool holds_host(struct cpr_view bytes, const struct cpr_judge_issuer *issuer, unsigned depth)
{
    struct cpr_der element;
    while (cpr_der_next(&bytes, &element)) {
        bool is_constructed = element.tag & 0x20;
        if (element.tag == TAG_URL
                ? is_host(element.content, issuer)
                : is_constructed && depth < URL_DEPTH_MAX && holds_host(element.content, issuer, depth + 1))
            return true;
    }
    return false;
}

static bool has_host(const struct cpr_der_certificate *certificate, const struct cpr_judge_issuer *issuer)
{
    struct cpr_view value;
    return (cpr_der_extension(certificate, OID_CRL_POINTS, &value) && holds_host(value, issuer, 0)) ||
           (cpr_der_extension(certificate, OID_AUTHORITY_ACCESS, &value) && holds_host(value, issuer, 0));
}

static void find_owner(const struct cpr_evidence *evidence, const struct cpr_der_certificate *certificate,
                       struct cpr_reading_certificate *out)
{
    static const struct {
        const char *name;
        bool (*is_borne)(const struct cpr_der_certificate *, const struct cpr_judge_issuer *);
    } marks[] = {
        {"key-id", has_key_id}, {"policy-oid", has_policy}, {"host", has_host}, {"common-name", has_common_name}};
    const struct cpr_judge_settings *settings = evidence->settings;
    if (!settings || settings->issuer_count == 0)
        return;
    out->owner = CPR_OWNER_OTHER;
    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++)
        for (uint32_t i = 0; i < settings->issuer_count; i++)
            if (marks[m].is_borne(certificate, &settings->issuers[i])) {
                out->owner = CPR_OWNER_US;
                cpr_text_copy(out->owner_issuer, sizeof out->owner_issuer, cpr_view_of(settings->issuers[i].name));
                cpr_text_copy(out->owner_mark, sizeof out->owner_mark, cpr_view_of(marks[m].name));
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

static void describe(const struct cpr_der_certificate *certificate, struct cpr_reading_certificate *out)
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
    name_to_text(certificate->issuer, out->issuer, sizeof out->issuer);
    name_to_text(certificate->subject, out->subject, sizeof out->subject);
    list_names(certificate, out->names, sizeof out->names);
    out->not_before_ms = certificate->not_before_ms;
    out->not_after_ms = certificate->not_after_ms;
}

static bool is_same(const struct cpr_reading_certificate *a, const struct cpr_reading_certificate *b)
{
    return strcmp(a->sha256, b->sha256) == 0 && strcmp(a->serial, b->serial) == 0 && strcmp(a->issuer, b->issuer) == 0;
}

/* When there is no room one of ours takes the place of the last one that is not. */
static void keep(struct cpr_reading *reading, const struct cpr_reading_certificate *certificate)
{
    uint32_t place = reading->certificate_count;
    for (uint32_t i = 0; i < reading->certificate_count; i++)
        if (is_same(&reading->certificates[i], certificate))
            return;
    if (place < CPR_CERTIFICATES_MAX) {
        reading->certificates[reading->certificate_count++] = *certificate;
        return;
    }
    while (certificate->owner == CPR_OWNER_US && place-- > 0)
        if (reading->certificates[place].owner != CPR_OWNER_US) {
            reading->certificates[place] = *certificate;
            return;
        }
}

bool cpr_own_certificate(struct cpr_evidence *evidence, struct cpr_view der, const char *where)
{
    struct cpr_der_certificate certificate;
    struct cpr_reading_certificate description = {0};
    char quote[CPR_SIGNAL_TEXT_SIZE];
    if (!cpr_der_certificate_read(der, &certificate))
        return false;
    describe(&certificate, &description);
    find_owner(evidence, &certificate, &description);
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
    keep(evidence->reading, &description);
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

static void find_at(struct cpr_evidence *evidence, size_t at, bool is_about_certificates)
{
    const struct cpr_judge_settings *settings = evidence->settings;
    struct cpr_view rest = cpr_view_slice(evidence->text, at, evidence->text.len);
    for (uint32_t i = 0; i < settings->issuer_count; i++) {
        const struct cpr_judge_issuer *issuer = &settings->issuers[i];
        for (uint32_t k = 0; k < issuer->common_name_count; k++)
            if (cpr_view_starts_nocase(rest, issuer->common_names[k]))
                find_name(evidence, issuer->common_names[k], at, is_about_certificates);
        for (uint32_t k = 0; is_about_certificates && k < issuer->host_count; k++) {
            size_t len = strlen(issuer->hosts[k]);
            if (cpr_view_starts_nocase(rest, issuer->hosts[k]) && stands_free(evidence->text, at, len) &&
                host_stands_free(evidence->text, at, len))
                cpr_evidence_signal(evidence, CPR_RULE_OWN_NAME, "text", cpr_view_slice(rest, 0, len));
        }
    }
}

/* The bytes that a name or host of ours begins with, so that the text is gone through once. */
static void mark_beginnings(const struct cpr_judge_settings *settings, bool begins[256])
{
    for (uint32_t i = 0; i < settings->issuer_count; i++) {
        const struct cpr_judge_issuer *issuer = &settings->issuers[i];
        for (uint32_t k = 0; k < issuer->common_name_count; k++)
            begins[(unsigned char)cpr_ascii_lower(issuer->common_names[k][0])] = true;
        for (uint32_t k = 0; k < issuer->host_count; k++)
            begins[(unsigned char)cpr_ascii_lower(issuer->hosts[k][0])] = true;
    }
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
    bool begins[256] = {false};
    const size_t *counts = evidence->scan.counts;
    struct cpr_view text = evidence->text;
    if (!evidence->settings || evidence->settings->issuer_count == 0)
        return;
    find_urls(evidence);
    mark_beginnings(evidence->settings, begins);
    begins[0] = false;
    bool is_about = counts[CPR_MEANS_CERTIFICATE] || counts[CPR_MEANS_KEY] || counts[CPR_MEANS_STATUS];
    for (size_t at = 0; at < text.len; at++)
        if (begins[(unsigned char)cpr_ascii_lower(text.data[at])] &&
            (at == 0 || !is_word(text.data[at]) || !is_word(text.data[at - 1])))
            find_at(evidence, at, is_about);
}
