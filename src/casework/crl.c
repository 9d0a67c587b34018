#include "cpr/casework/crl.h"

#include "cpr/judge/der.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

enum { ENUMERATED = 0x0A, BOOLEAN = 0x01, EXTENSIONS = 0xA0 };

/* CertificateList, RFC 5280 section 5.1. */
struct list {
    struct cpr_view signed_part, algorithm, signature; /* tbsCertList and AlgorithmIdentifier with their heads */
    struct cpr_view issuer, entries, extensions;
    int64_t this_update_ms, next_update_ms;
};

static bool take(struct cpr_view *rest, unsigned char tag, struct cpr_der *out)
{
    return cpr_der_take(rest, tag, out) && !out->is_cut;
}

static bool take_time(struct cpr_view *rest, int64_t *ms_out)
{
    struct cpr_der time;
    if (!take(rest, CPR_DER_UTC_TIME, &time) && !take(rest, CPR_DER_GENERALIZED_TIME, &time))
        return false;
    *ms_out = cpr_der_time(&time);
    return true;
}

static bool parse_signed(struct cpr_view rest, struct list *list)
{
    struct cpr_der element;
    take(&rest, CPR_DER_INTEGER, &element); /* the version is optional */
    if (!take(&rest, CPR_DER_SEQUENCE, &element) || !cpr_view_equal(element.whole, list->algorithm) ||
        !take(&rest, CPR_DER_SEQUENCE, &element))
        return false;
    list->issuer = element.whole;
    if (!take_time(&rest, &list->this_update_ms))
        return false;
    if (!take_time(&rest, &list->next_update_ms))
        list->next_update_ms = CPR_TIME_NONE;
    if (take(&rest, CPR_DER_SEQUENCE, &element))
        list->entries = element.content;
    if (take(&rest, EXTENSIONS, &element)) {
        if (!take(&element.content, CPR_DER_SEQUENCE, &element))
            return false;
        list->extensions = element.content;
    }
    return rest.len == 0;
}

static bool parse(struct cpr_view crl, struct list *list)
{
    struct cpr_der whole, part;
    memset(list, 0, sizeof *list);
    if (!take(&crl, CPR_DER_SEQUENCE, &whole) || crl.len || !take(&whole.content, CPR_DER_SEQUENCE, &part))
        return false;
    struct cpr_view content = part.content;
    list->signed_part = part.whole;
    if (!take(&whole.content, CPR_DER_SEQUENCE, &part))
        return false;
    list->algorithm = part.whole;
    if (!take(&whole.content, CPR_DER_BIT_STRING, &part) || part.content.len < 2 || part.content.data[0] != 0)
        return false;
    list->signature = cpr_view_slice(part.content, 1, part.content.len);
    return parse_signed(content, list);
}

static gnutls_datum_t datum_of(struct cpr_view view)
{
    return (gnutls_datum_t){(unsigned char *)(uintptr_t)view.data, (unsigned)view.len};
}

static gnutls_sign_algorithm_t algorithm_of(const struct list *list)
{
    struct cpr_der sequence, oid;
    struct cpr_view rest = list->algorithm;
    char text[64];
    if (!take(&rest, CPR_DER_SEQUENCE, &sequence) || !take(&sequence.content, CPR_DER_OID, &oid) ||
        !cpr_der_oid_to_text(oid.content, text, sizeof text))
        return GNUTLS_SIGN_UNKNOWN;
    return gnutls_oid_to_sign(text);
}

static bool is_signed(const struct list *list, struct cpr_view ca)
{
    gnutls_x509_crt_t certificate = NULL;
    gnutls_pubkey_t key = NULL;
    gnutls_datum_t der = datum_of(ca), data = datum_of(list->signed_part), signature = datum_of(list->signature);
    gnutls_sign_algorithm_t algorithm = algorithm_of(list);
    bool ok = algorithm != GNUTLS_SIGN_UNKNOWN && gnutls_x509_crt_init(&certificate) == 0 &&
              gnutls_x509_crt_import(certificate, &der, GNUTLS_X509_FMT_DER) == 0 && gnutls_pubkey_init(&key) == 0 &&
              gnutls_pubkey_import_x509(key, certificate, 0) == 0 &&
              gnutls_pubkey_verify_data2(key, algorithm, 0, &data, &signature) >= 0;
    if (key)
        gnutls_pubkey_deinit(key);
    if (certificate)
        gnutls_x509_crt_deinit(certificate);
    return ok;
}

/* --- extensions -------------------------------------------------------------------------------------------------- */

/* Takes the next extension: its dotted identifier ("" when it is none that is known here) and its value. */
static bool next_extension(struct cpr_view *rest, char oid_out[64], bool *is_critical_out, struct cpr_view *value_out)
{
    struct cpr_der extension, element;
    if (!take(rest, CPR_DER_SEQUENCE, &extension) || !take(&extension.content, CPR_DER_OID, &element))
        return false;
    if (!cpr_der_oid_to_text(element.content, oid_out, 64))
        oid_out[0] = 0;
    *is_critical_out = take(&extension.content, BOOLEAN, &element) && element.content.len && element.content.data[0];
    if (!take(&extension.content, CPR_DER_OCTET_STRING, &element))
        return false;
    *value_out = element.content;
    return true;
}

/* IssuingDistributionPoint, RFC 5280 section 5.2.5: [1] "only user certificates" leaves nothing out that we ask for. */
static bool is_partial(struct cpr_view value, bool *is_indirect_out)
{
    struct cpr_der sequence, element;
    bool partial = false;
    *is_indirect_out = false;
    if (!take(&value, CPR_DER_SEQUENCE, &sequence))
        return true;
    while (cpr_der_next(&sequence.content, &element)) {
        *is_indirect_out = *is_indirect_out || element.tag == 0x84;
        partial = partial || element.tag != 0x81;
    }
    return partial || sequence.content.len;
}

/* NULL, or why the list cannot be used (static). */
static const char *look_at_extensions(const struct list *list, bool *is_partial_out)
{
    char oid[64];
    struct cpr_view rest = list->extensions, value;
    bool is_critical, is_indirect = false;
    *is_partial_out = false;
    while (next_extension(&rest, oid, &is_critical, &value)) {
        if (strcmp(oid, "2.5.29.27") == 0)
            return "it is a delta CRL";
        if (strcmp(oid, "2.5.29.28") == 0)
            *is_partial_out = is_partial(value, &is_indirect);
        else if (is_critical && strcmp(oid, "2.5.29.20") != 0 && strcmp(oid, "2.5.29.35") != 0)
            return "it has a critical extension that is not known here";
        if (is_indirect)
            return "it is an indirect CRL";
    }
    return rest.len ? "its extensions are malformed" : NULL;
}

/* --- entries ----------------------------------------------------------------------------------------------------- */

static int reason_of(struct cpr_view extensions)
{
    char oid[64];
    struct cpr_view value;
    struct cpr_der sequence, reason;
    bool is_critical;
    if (!take(&extensions, CPR_DER_SEQUENCE, &sequence))
        return -1;
    while (next_extension(&sequence.content, oid, &is_critical, &value))
        if (strcmp(oid, "2.5.29.21") == 0 && take(&value, ENUMERATED, &reason) && reason.content.len == 1)
            return reason.content.data[0];
    return -1;
}

/* False when the entries are malformed before the certificate is found. */
static bool look_for(struct cpr_view entries, const struct cpr_serial *serial, bool partial,
                     struct cpr_revocation_answer *answer)
{
    struct cpr_der entry, number;
    answer->word = partial ? CPR_WORD_PARTIAL : CPR_WORD_GOOD;
    while (entries.len) {
        if (!take(&entries, CPR_DER_SEQUENCE, &entry) || !take(&entry.content, CPR_DER_INTEGER, &number))
            return false;
        if (!cpr_serial_is(serial, number.content))
            continue;
        answer->word = CPR_WORD_REVOKED;
        if (!take_time(&entry.content, &answer->revoked_ms))
            return false;
        answer->reason = reason_of(entry.content);
        return true;
    }
    return true;
}

static const char *read_list(struct cpr_view crl, struct cpr_view ca, const struct cpr_serial *serial,
                             struct cpr_revocation_answer *answer)
{
    struct list list;
    struct cpr_der_certificate certificate;
    bool partial = false;
    if (crl.len > CPR_CRL_MAX_BYTES || !parse(crl, &list))
        return "it is no CRL in DER";
    const char *fault = look_at_extensions(&list, &partial);
    if (fault)
        return fault;
    if (!look_for(list.entries, serial, partial, answer))
        return "its entries are malformed";
    if (!cpr_der_certificate_read(ca, &certificate) || !cpr_view_equal(certificate.subject, list.issuer))
        return "it is of another issuer";
    if (!is_signed(&list, ca))
        return "it is not signed by the CA";
    answer->this_update_ms = list.this_update_ms;
    answer->next_update_ms = list.next_update_ms;
    return NULL;
}

void cpr_crl_read(struct cpr_view crl, struct cpr_view ca, const struct cpr_serial *serial, int64_t now_utc_ms,
                  struct cpr_revocation_answer *answer_out)
{
    struct cpr_revocation_answer answer;
    cpr_revocation_answer_clear(&answer);
    const char *fault = read_list(crl, ca, serial, &answer);
    if (fault) {
        cpr_revocation_answer_clear(&answer);
        cpr_revocation_answer_refuse(&answer, CPR_WORD_INVALID, fault);
    } else {
        cpr_revocation_answer_date(&answer, now_utc_ms);
    }
    *answer_out = answer;
}
