#include "cpr/judge/material.h"
#include "cpr/base/digest.h"
#include "cpr/judge/der.h"
#include "cpr/judge/own.h"
#include "cpr/message/smime.h"
#include "cpr/message/transfer.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/pkcs12.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

enum { PEM_MAX_BYTES = 64 * 1024 };

/* An Ed25519 key is 64 characters of base64; less than this between the lines of a block is a placeholder. */
enum { KEY_MIN_BYTES = 60 };

static gnutls_datum_t datum_of(struct cpr_view view)
{
    return (gnutls_datum_t){(unsigned char *)(uintptr_t)view.data, (unsigned)view.len}; /* GnuTLS only reads it */
}

static void add_digest(struct cpr_evidence *evidence, enum cpr_identifier_type type, struct cpr_view der)
{
    struct cpr_digest digest = cpr_digest_of(der);
    char hex[CPR_DIGEST_HEX_SIZE];
    cpr_digest_to_hex(&digest, hex);
    cpr_evidence_identifier(evidence, type, cpr_view_of(hex));
}

/* SHA-256 of the SubjectPublicKeyInfo; "" when GnuTLS cannot say. */
static void name_public_key(struct cpr_evidence *evidence, gnutls_pubkey_t key, char hex_out[CPR_DIGEST_HEX_SIZE])
{
    gnutls_datum_t der = {0};
    hex_out[0] = 0;
    if (gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der) < 0)
        return;
    struct cpr_digest digest = cpr_digest_of(cpr_view_make(der.data, der.size));
    cpr_digest_to_hex(&digest, hex_out);
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_SPKI_SHA256, cpr_view_of(hex_out));
    gnutls_free(der.data);
}

/* Published ways to attest a compromise in a CSR's subject: pwnedkeys.com, draft-mpalmer-key-compromise-attestation,
 * DigiCert's form. */
static bool attests_compromise(struct cpr_view subject)
{
    return cpr_view_find_nocase(subject, "publicly disclosed", 0) != CPR_VIEW_NOT_FOUND ||
           cpr_view_find_nocase(subject, "compromise", 0) != CPR_VIEW_NOT_FOUND ||
           cpr_view_find_nocase(subject, "should not be used", 0) != CPR_VIEW_NOT_FOUND;
}

static bool find_request(struct cpr_evidence *evidence, struct cpr_view bytes, gnutls_x509_crt_fmt_t format,
                         const char *where)
{
    gnutls_x509_crq_t request;
    gnutls_datum_t data = datum_of(bytes), der = {0}, subject = {0};
    if (gnutls_x509_crq_init(&request) < 0)
        return false;
    bool is_found = gnutls_x509_crq_import(request, &data, format) >= 0;
    if (is_found && gnutls_x509_crq_export2(request, GNUTLS_X509_FMT_DER, &der) >= 0) {
        add_digest(evidence, CPR_IDENTIFIER_CSR, cpr_view_make(der.data, der.size));
        gnutls_pubkey_t key;
        if (gnutls_pubkey_init(&key) >= 0) {
            char spki[CPR_DIGEST_HEX_SIZE];
            if (gnutls_pubkey_import_x509_crq(key, request, 0) >= 0)
                name_public_key(evidence, key, spki);
            gnutls_pubkey_deinit(key);
        }
        (void)gnutls_x509_crq_get_dn3(request, &subject, 0);
        struct cpr_view name = cpr_view_make(subject.data, subject.size);
        cpr_evidence_signal(evidence, CPR_RULE_CSR, where, name);
        if (attests_compromise(name))
            cpr_evidence_signal(evidence, CPR_RULE_CSR_ATTESTS, where, name);
    }
    gnutls_free(der.data);
    gnutls_free(subject.data);
    gnutls_x509_crq_deinit(request);
    return is_found;
}

/* Only the name of the algorithm and the public half ever leave here. */
static bool find_key(struct cpr_evidence *evidence, struct cpr_view bytes, gnutls_x509_crt_fmt_t format,
                     const char *where)
{
    gnutls_x509_privkey_t key;
    gnutls_datum_t data = datum_of(bytes);
    if (gnutls_x509_privkey_init(&key) < 0)
        return false;
    bool is_found = gnutls_x509_privkey_import2(key, &data, format, NULL, GNUTLS_PKCS_PLAIN) >= 0;
    gnutls_privkey_t abstract = NULL;
    gnutls_pubkey_t half = NULL;
    if (is_found && gnutls_privkey_init(&abstract) >= 0 && gnutls_pubkey_init(&half) >= 0 &&
        gnutls_privkey_import_x509(abstract, key, GNUTLS_PRIVKEY_IMPORT_COPY) >= 0 &&
        gnutls_pubkey_import_privkey(half, abstract, 0, 0) >= 0) {
        char spki[CPR_DIGEST_HEX_SIZE], quote[CPR_SIGNAL_TEXT_SIZE];
        name_public_key(evidence, half, spki);
        snprintf(quote, sizeof quote, "private key (%s), public half spki-sha256 %s",
                 gnutls_pk_algorithm_get_name(gnutls_x509_privkey_get_pk_algorithm(key)), spki);
        cpr_evidence_signal(evidence, CPR_RULE_PRIVATE_KEY, where, cpr_view_of(quote));
    }
    if (half)
        gnutls_pubkey_deinit(half);
    if (abstract)
        gnutls_privkey_deinit(abstract);
    gnutls_x509_privkey_deinit(key);
    return is_found;
}

static bool find_crl(struct cpr_evidence *evidence, struct cpr_view bytes, gnutls_x509_crt_fmt_t format,
                     const char *where)
{
    gnutls_x509_crl_t crl;
    gnutls_datum_t data = datum_of(bytes);
    if (gnutls_x509_crl_init(&crl) < 0)
        return false;
    bool is_found = gnutls_x509_crl_import(crl, &data, format) >= 0;
    if (is_found)
        cpr_evidence_signal(evidence, CPR_RULE_CRL, where, cpr_view_of("certificate revocation list"));
    gnutls_x509_crl_deinit(crl);
    return is_found;
}

/* The bytes of a PEM block: what stands between its label and its end, quoting marks, the "\n" of a program's string
 * and all else skipped. */
static struct cpr_buffer pem_to_der(struct cpr_view block)
{
    struct cpr_buffer der = cpr_buffer_new(PEM_MAX_BYTES), body = cpr_buffer_new(PEM_MAX_BYTES);
    size_t from = cpr_view_find(block, "-----", 11);
    size_t to = cpr_view_find(block, "-----END ", 11);
    for (size_t i = from == CPR_VIEW_NOT_FOUND ? block.len : from + 5; i < block.len && i < to; i++) {
        if (block.data[i] == '\\')
            i++;
        else
            cpr_buffer_add_byte(&body, block.data[i]);
    }
    cpr_transfer_decode_loosely(cpr_buffer_view(&body), &der);
    cpr_buffer_free(&body);
    return der;
}

static bool find_certificate_pem(struct cpr_evidence *evidence, struct cpr_view block, const char *where)
{
    struct cpr_buffer der = pem_to_der(block);
    bool is_found = cpr_own_certificate(evidence, cpr_buffer_view(&der), where);
    cpr_buffer_free(&der);
    return is_found;
}

static bool ends_with_one_of(struct cpr_view name, const char *const *suffixes)
{
    for (; *suffixes; suffixes++)
        if (cpr_view_ends_nocase(name, *suffixes))
            return true;
    return false;
}

/* Certificates and CRLs sent as PKCS #7 have no signer (RFC 8551 section 3.8). Where there is one the certificates are
 * the sender's own, as in every signed mail, and no evidence; unless the file's name says what it is for. */
static bool find_pkcs7(struct cpr_evidence *evidence, struct cpr_view der, const char *name, const char *where,
                       unsigned *left)
{
    static const char *const collections[] = {".p7b", ".p7c", ".spc", NULL};
    gnutls_pkcs7_t pkcs7;
    gnutls_datum_t data = datum_of(der), certificate;
    if (gnutls_pkcs7_init(&pkcs7) < 0)
        return false;
    bool is_found = gnutls_pkcs7_import(pkcs7, &data, GNUTLS_X509_FMT_DER) >= 0;
    bool is_collection =
        is_found && (gnutls_pkcs7_get_signature_count(pkcs7) <= 0 || ends_with_one_of(cpr_view_of(name), collections));
    for (unsigned i = 0; is_collection && *left && gnutls_pkcs7_get_crt_raw2(pkcs7, i, &certificate) >= 0; i++) {
        (void)cpr_own_certificate(evidence, cpr_view_make(certificate.data, certificate.size), where);
        gnutls_free(certificate.data);
        --*left;
    }
    if (is_collection && gnutls_pkcs7_get_crl_count(pkcs7) > 0)
        cpr_evidence_signal(evidence, CPR_RULE_CRL, where, cpr_view_of("certificate revocation list"));
    gnutls_pkcs7_deinit(pkcs7);
    return is_found;
}

static void find_pkcs7_pem(struct cpr_evidence *evidence, struct cpr_view block, const char *where, unsigned *left)
{
    struct cpr_buffer der = pem_to_der(block);
    (void)find_pkcs7(evidence, cpr_buffer_view(&der), "", where, left);
    cpr_buffer_free(&der);
}

/* RFC 7468 and the older labels of OpenSSL and OpenSSH. Others (a TPM's wrapped key) hold no bare key. */
static bool is_private_label(struct cpr_view label)
{
    static const char *const labels[] = {"PRIVATE KEY",     "RSA PRIVATE KEY",       "EC PRIVATE KEY",
                                         "DSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (cpr_view_equal(label, cpr_view_of(labels[i])))
            return true;
    return false;
}

static bool is_base64(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || c == '+' || c == '/' || c == '=';
}

/* Appends the block as parsers take it. Mail bends it: quoted over several levels, indented, pressed into one line, in
 * a string of a program with its "\n" written out. */
static void straighten(struct cpr_view label, struct cpr_view block, struct cpr_buffer *out)
{
    enum { LINE = 64, BEGIN_LEN = 11, DASHES = 5 };
    size_t end = cpr_view_find(block, "-----END ", 0), start = BEGIN_LEN + label.len + DASHES, count = 0;
    struct cpr_view inner = cpr_view_slice(block, start, end == CPR_VIEW_NOT_FOUND || end < start ? 0 : end - start);
    cpr_buffer_add_format(out, "-----BEGIN %.*s-----\n", (int)label.len, label.data);
    for (size_t i = 0; i < inner.len; i++) {
        if (inner.data[i] == '\\') { /* and the letter that it belongs to */
            i++;
        } else if (is_base64(inner.data[i])) {
            cpr_buffer_add_byte(out, inner.data[i]);
            if (++count % LINE == 0)
                cpr_buffer_add_byte(out, '\n');
        }
    }
    cpr_buffer_add_format(out, "\n-----END %.*s-----\n", (int)label.len, label.data);
}

typedef bool find_fn(struct cpr_evidence *evidence, struct cpr_view bytes, gnutls_x509_crt_fmt_t format,
                     const char *where);

/* As it stands, or else as it was meant. */
static bool find_block(find_fn *find, struct cpr_evidence *evidence, struct cpr_view label, struct cpr_view block,
                       const char *where)
{
    struct cpr_buffer straight = cpr_buffer_new(2 * PEM_MAX_BYTES);
    if (find(evidence, block, GNUTLS_X509_FMT_PEM, where))
        return true;
    straighten(label, block, &straight);
    bool is_found = find(evidence, cpr_buffer_view(&straight), GNUTLS_X509_FMT_PEM, where);
    if (straight.len)
        gnutls_memset(straight.data, 0, straight.len);
    cpr_buffer_free(&straight);
    return is_found;
}

/* What a PEM label promises. A block that does not parse is still evidence: reports hold damaged and shortened ones. */
static void find_labelled(struct cpr_evidence *evidence, struct cpr_view label, struct cpr_view block,
                          const char *where, unsigned *left)
{
    if (is_private_label(label)) {
        bool is_whole = block.len > 2 * label.len + KEY_MIN_BYTES;
        if (!is_whole)
            cpr_evidence_signal(evidence, CPR_RULE_KEY_SHORTENED, where, label);
        else if (!find_block(find_key, evidence, label, block, where))
            cpr_evidence_signal(evidence, CPR_RULE_PRIVATE_KEY, where, cpr_view_of("private key that does not parse"));
    } else if (cpr_view_find(label, "CERTIFICATE REQUEST", 0) != CPR_VIEW_NOT_FOUND) {
        if (!find_block(find_request, evidence, label, block, where))
            cpr_evidence_signal(evidence, CPR_RULE_CSR, where, cpr_view_of("certificate request that does not parse"));
    } else if (cpr_view_find(label, "CERTIFICATE", 0) != CPR_VIEW_NOT_FOUND) {
        if (!find_certificate_pem(evidence, block, where))
            cpr_evidence_signal(evidence, CPR_RULE_CERTIFICATE, where, cpr_view_of("certificate that does not parse"));
    } else if (cpr_view_equal(label, cpr_view_of("PKCS7")) || cpr_view_equal(label, cpr_view_of("CMS"))) {
        find_pkcs7_pem(evidence, block, where, left);
    } else if (cpr_view_find(label, "X509 CRL", 0) != CPR_VIEW_NOT_FOUND) {
        cpr_evidence_signal(evidence, CPR_RULE_CRL, where, cpr_view_of("certificate revocation list"));
    }
}

/* Every "-----BEGIN label-----" of the text, with its block up to the END line or the cap. */
static void find_pem(struct cpr_evidence *evidence, struct cpr_view text, const char *where, unsigned *left)
{
    size_t at = 0;
    while (*left && (at = cpr_view_find(text, "-----BEGIN ", at)) != CPR_VIEW_NOT_FOUND) {
        struct cpr_view block = cpr_view_slice(text, at, PEM_MAX_BYTES);
        struct cpr_view head = cpr_view_slice(block, 11, 48);
        size_t label_len = cpr_view_find(head, "-----", 0);
        size_t end = cpr_view_find(block, "-----END ", 11);
        size_t next = cpr_view_find(block, "-----BEGIN ", 11);
        if (label_len != CPR_VIEW_NOT_FOUND && end != CPR_VIEW_NOT_FOUND && (next == CPR_VIEW_NOT_FOUND || end < next))
            block = cpr_view_slice(block, 0, end + 9 + label_len + 5);
        else if (next != CPR_VIEW_NOT_FOUND)
            block = cpr_view_slice(block, 0, next);
        --*left;
        if (label_len != CPR_VIEW_NOT_FOUND)
            find_labelled(evidence, cpr_view_slice(head, 0, label_len), block, where, left);
        at += block.len > 11 ? block.len : 11;
    }
}

/* What of a PKCS #12 file is not encrypted. Nothing is decrypted: the sender chooses how long that takes (RFC 7292,
 * iterations). The file itself is meant to hold a key. */
static bool find_pkcs12(struct cpr_evidence *evidence, struct cpr_view der, unsigned *left)
{
    gnutls_pkcs12_t file;
    gnutls_pkcs12_bag_t bag;
    gnutls_datum_t data = datum_of(der);
    if (gnutls_pkcs12_init(&file) < 0)
        return false;
    bool is_found = gnutls_pkcs12_import(file, &data, GNUTLS_X509_FMT_DER, 0) >= 0;
    bool has_more = is_found;
    for (int i = 0; has_more && *left && gnutls_pkcs12_bag_init(&bag) >= 0; i++, --*left) {
        has_more = gnutls_pkcs12_get_bag(file, i, bag) >= 0;
        for (unsigned k = 0; has_more && (int)k < gnutls_pkcs12_bag_get_count(bag); k++) {
            gnutls_datum_t item;
            if (gnutls_pkcs12_bag_get_data(bag, k, &item) < 0)
                continue;
            if (gnutls_pkcs12_bag_get_type(bag, k) == GNUTLS_BAG_CERTIFICATE)
                (void)cpr_own_certificate(evidence, cpr_view_make(item.data, item.size), "attachment");
            else if (gnutls_pkcs12_bag_get_type(bag, k) == GNUTLS_BAG_PKCS8_KEY)
                (void)find_key(evidence, cpr_view_make(item.data, item.size), GNUTLS_X509_FMT_DER, "attachment");
        }
        gnutls_pkcs12_bag_deinit(bag);
    }
    if (is_found)
        cpr_evidence_signal(evidence, CPR_RULE_KEY_FILE, "attachment", cpr_view_of("PKCS #12 file"));
    gnutls_pkcs12_deinit(file);
    return is_found;
}

/* DER has no label: it is what it parses as. GnuTLS refuses trailing bytes, so the outer length cuts them off. */
static void find_der(struct cpr_evidence *evidence, const struct cpr_facts_part *part, unsigned *left)
{
    struct cpr_view bytes = cpr_buffer_view(&part->bytes);
    struct cpr_der outer;
    if (*left == 0 || bytes.len < 64 || !cpr_der_take(&bytes, CPR_DER_SEQUENCE, &outer))
        return;
    struct cpr_view der = outer.whole;
    --*left;
    /* PKCS #12 before keys: GnuTLS would take the key out of it and tell nothing of the certificate. */
    if (cpr_own_certificate(evidence, der, "attachment") ||
        find_request(evidence, der, GNUTLS_X509_FMT_DER, "attachment") ||
        find_crl(evidence, der, GNUTLS_X509_FMT_DER, "attachment") || find_pkcs12(evidence, der, left) ||
        find_key(evidence, der, GNUTLS_X509_FMT_DER, "attachment") || cpr_smime_is_detached(part->type))
        return;
    (void)find_pkcs7(evidence, der, part->name, "attachment", left);
}

static void find_name(struct cpr_evidence *evidence, struct cpr_view name)
{
    static const char *const keys[] = {".key", ".p12", ".pfx", ".p8",         ".pk8",
                                       ".ppk", ".jks", ".jwk", "privkey.pem", NULL};
    static const char *const certificates[] = {".pem", ".crt", ".cer", ".der",  ".csr", ".p10",
                                               ".p7b", ".p7c", ".crl", ".ocsp", ".spc", NULL};
    if (ends_with_one_of(name, keys))
        cpr_evidence_signal(evidence, CPR_RULE_KEY_FILE, "attachment", name);
    else if (ends_with_one_of(name, certificates))
        cpr_evidence_signal(evidence, CPR_RULE_CERTIFICATE_FILE, "attachment", name);
}

void cpr_material_find(struct cpr_evidence *evidence)
{
    unsigned left = CPR_MATERIAL_MAX;
    find_pem(evidence, cpr_buffer_view(&evidence->facts->text), "text", &left);
    for (uint32_t i = 0; i < evidence->facts->part_count; i++) {
        const struct cpr_facts_part *part = &evidence->facts->parts[i];
        if (part->is_attachment) {
            find_name(evidence, cpr_view_of(part->name));
            find_pem(evidence, cpr_buffer_view(&part->bytes), "attachment", &left);
            find_der(evidence, part, &left);
        }
    }
    struct cpr_view members = cpr_buffer_view(&evidence->facts->members), name;
    while (cpr_view_next_line(&members, &name))
        find_name(evidence, name);
    if (left == 0)
        evidence->reading->limits |= CPR_READING_IDENTIFIERS;
}
