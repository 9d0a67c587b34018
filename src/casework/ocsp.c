#include "cpr/casework/ocsp.h"

#include "cpr/judge/der.h"

#include <gnutls/crypto.h>
#include <gnutls/ocsp.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

enum { HASH_MAX_BYTES = 64 };

/* --- whom a question names --------------------------------------------------------------------------------------- */

/* The CA as a CertID names it (RFC 6960 section 4.1.1). */
struct ca_id {
    unsigned char name_hash[HASH_MAX_BYTES], key_hash[HASH_MAX_BYTES];
    unsigned len;
};

static bool identify(struct cpr_view ca, gnutls_digest_algorithm_t digest, struct ca_id *id_out)
{
    struct cpr_der_certificate certificate;
    struct cpr_der info, algorithm, key;
    if (!cpr_der_certificate_read(ca, &certificate) || !cpr_der_take(&certificate.spki, CPR_DER_SEQUENCE, &info) ||
        !cpr_der_take(&info.content, CPR_DER_SEQUENCE, &algorithm) ||
        !cpr_der_take(&info.content, CPR_DER_BIT_STRING, &key) || key.content.len < 2)
        return false;
    struct cpr_view bits = cpr_view_slice(key.content, 1, key.content.len);
    id_out->len = gnutls_hash_get_len(digest);
    return id_out->len <= HASH_MAX_BYTES &&
           gnutls_hash_fast(digest, certificate.subject.data, certificate.subject.len, id_out->name_hash) == 0 &&
           gnutls_hash_fast(digest, bits.data, bits.len, id_out->key_hash) == 0;
}

bool cpr_ocsp_write_request(struct cpr_view ca, const struct cpr_serial *serial, struct cpr_buffer *out)
{
    struct ca_id id;
    gnutls_ocsp_req_t request = NULL;
    gnutls_datum_t der = {NULL, 0};
    unsigned char number[sizeof serial->bytes + 1] = {0}; /* a leading zero keeps it positive */
    memcpy(number + 1, serial->bytes, serial->len);
    size_t skip = serial->bytes[0] & 0x80 ? 0 : 1;
    if (!identify(ca, GNUTLS_DIG_SHA1, &id) || gnutls_ocsp_req_init(&request) != 0)
        return false;
    gnutls_datum_t name_hash = {id.name_hash, id.len}, key_hash = {id.key_hash, id.len};
    gnutls_datum_t integer = {number + skip, (unsigned)(serial->len + 1 - skip)};
    bool ok = gnutls_ocsp_req_add_cert_id(request, GNUTLS_DIG_SHA1, &name_hash, &key_hash, &integer) == 0 &&
              gnutls_ocsp_req_export(request, &der) == 0;
    if (ok)
        cpr_buffer_add(out, cpr_view_make(der.data, der.size));
    gnutls_free(der.data);
    gnutls_ocsp_req_deinit(request);
    return ok && !cpr_buffer_is_full(out);
}

void cpr_ocsp_write_url(const char *url, struct cpr_view request, struct cpr_buffer *out)
{
    gnutls_datum_t text = {NULL, 0}, bytes = {(unsigned char *)(uintptr_t)request.data, (unsigned)request.len};
    size_t len = strlen(url);
    cpr_buffer_add_text(out, url);
    if (len == 0 || url[len - 1] != '/')
        cpr_buffer_add_byte(out, '/');
    if (gnutls_base64_encode2(&bytes, &text) != 0) {
        out->full = true;
        return;
    }
    for (unsigned i = 0; i < text.size; i++) {
        char c = (char)text.data[i];
        if (c == '+' || c == '/' || c == '=')
            cpr_buffer_add_format(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            cpr_buffer_add_byte(out, c);
    }
    gnutls_free(text.data);
}

/* --- what was answered ------------------------------------------------------------------------------------------- */

static int64_t ms_of(time_t seconds)
{
    int64_t ms = seconds == (time_t)-1 ? CPR_TIME_NONE : (int64_t)seconds * CPR_SECOND_MS;
    return ms != CPR_TIME_NONE && cpr_time_is_plausible(ms) ? ms : CPR_TIME_NONE;
}

/* Whether a single answer speaks of the certificate: the same number, of the CA by name and key. */
static bool speaks_of(gnutls_digest_algorithm_t digest, const gnutls_datum_t *name_hash, const gnutls_datum_t *key_hash,
                      const gnutls_datum_t *number, struct cpr_view ca, const struct cpr_serial *serial)
{
    struct ca_id id;
    return (digest == GNUTLS_DIG_SHA1 || digest == GNUTLS_DIG_SHA256) &&
           cpr_serial_is(serial, cpr_view_make(number->data, number->size)) && identify(ca, digest, &id) &&
           cpr_view_equal(cpr_view_make(name_hash->data, name_hash->size), cpr_view_make(id.name_hash, id.len)) &&
           cpr_view_equal(cpr_view_make(key_hash->data, key_hash->size), cpr_view_make(id.key_hash, id.len));
}

/* The answer about the certificate; false when there is none. Of several the one that says revoked counts. */
static bool find_single(gnutls_ocsp_resp_t response, struct cpr_view ca, const struct cpr_serial *serial,
                        struct cpr_revocation_answer *answer)
{
    bool found = false;
    for (unsigned i = 0; answer->word != CPR_WORD_REVOKED; i++) {
        gnutls_digest_algorithm_t digest;
        gnutls_datum_t name_hash = {NULL, 0}, key_hash = {NULL, 0}, number = {NULL, 0};
        unsigned status = GNUTLS_OCSP_CERT_UNKNOWN, reason = 0;
        time_t this_update = -1, next_update = -1, revoked = -1;
        int rc = gnutls_ocsp_resp_get_single(response, i, &digest, &name_hash, &key_hash, &number, &status,
                                             &this_update, &next_update, &revoked, &reason);
        if (rc != 0)
            break;
        if (speaks_of(digest, &name_hash, &key_hash, &number, ca, serial)) {
            found = true;
            answer->word = status == GNUTLS_OCSP_CERT_GOOD      ? CPR_WORD_GOOD
                           : status == GNUTLS_OCSP_CERT_REVOKED ? CPR_WORD_REVOKED
                                                                : CPR_WORD_UNKNOWN;
            answer->this_update_ms = ms_of(this_update);
            answer->next_update_ms = ms_of(next_update);
            answer->revoked_ms = answer->word == CPR_WORD_REVOKED ? ms_of(revoked) : CPR_TIME_NONE;
            answer->reason = answer->word == CPR_WORD_REVOKED ? (int)reason : -1;
        }
        gnutls_free(name_hash.data);
        gnutls_free(key_hash.data);
        gnutls_free(number.data);
    }
    return found;
}

/* --- who signed it ----------------------------------------------------------------------------------------------- */

static bool may_sign_answers(gnutls_x509_crt_t certificate)
{
    char oid[64];
    int rc = 0;
    for (unsigned i = 0; rc != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE && i < 32; i++) {
        size_t size = sizeof oid;
        rc = gnutls_x509_crt_get_key_purpose_oid(certificate, i, oid, &size, NULL);
        if (rc == 0 && strcmp(oid, GNUTLS_KP_OCSP_SIGNING) == 0)
            return true;
    }
    return false;
}

static bool is_delegate(gnutls_x509_crt_t certificate, gnutls_x509_crt_t ca, int64_t now_utc_ms)
{
    unsigned status = GNUTLS_CERT_INVALID;
    int64_t from_ms = ms_of(gnutls_x509_crt_get_activation_time(certificate));
    int64_t to_ms = ms_of(gnutls_x509_crt_get_expiration_time(certificate));
    return may_sign_answers(certificate) && from_ms != CPR_TIME_NONE && to_ms != CPR_TIME_NONE &&
           from_ms <= now_utc_ms && now_utc_ms <= to_ms &&
           gnutls_x509_crt_verify(certificate, &ca, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status) == 0 && status == 0;
}

static bool is_signed_by(gnutls_ocsp_resp_t response, gnutls_x509_crt_t signer)
{
    unsigned verify = GNUTLS_OCSP_VERIFY_SIGNATURE_FAILURE;
    return gnutls_ocsp_resp_verify_direct(response, signer, &verify, 0) == 0 && verify == 0;
}

static bool is_signed(gnutls_ocsp_resp_t response, gnutls_x509_crt_t ca, int64_t now_utc_ms)
{
    gnutls_x509_crt_t *certificates = NULL;
    size_t count = 0;
    bool ok = is_signed_by(response, ca);
    if (ok || gnutls_ocsp_resp_get_certs(response, &certificates, &count) != 0)
        return ok;
    for (size_t i = 0; i < count; i++) {
        ok = ok || (is_delegate(certificates[i], ca, now_utc_ms) && is_signed_by(response, certificates[i]));
        gnutls_x509_crt_deinit(certificates[i]);
    }
    gnutls_free(certificates);
    return ok;
}

/* The reason in *note_out (static) when a response that was parsed proves nothing. */
static bool is_proof(gnutls_ocsp_resp_t response, struct cpr_view ca, const struct cpr_serial *serial,
                     int64_t now_utc_ms, struct cpr_revocation_answer *answer, const char **note_out)
{
    /* In the order of their numbers, RFC 6960 section 4.2.1. */
    static const char *const refusals[] = {"it holds no answer",
                                           "the responder refuses the question: malformedRequest",
                                           "the responder is in trouble: internalError",
                                           "the responder is busy: tryLater",
                                           "the responder refuses: error 4",
                                           "the responder wants a signed question: sigRequired",
                                           "the responder refuses: unauthorized"};
    gnutls_datum_t der = {(unsigned char *)(uintptr_t)ca.data, (unsigned)ca.len};
    gnutls_x509_crt_t certificate = NULL;
    int status = gnutls_ocsp_resp_get_status(response);
    *note_out = refusals[status > 0 && status < (int)(sizeof refusals / sizeof refusals[0]) ? status : 0];
    if (status != GNUTLS_OCSP_RESP_SUCCESSFUL)
        return false;
    *note_out = "it does not speak of this certificate";
    if (!find_single(response, ca, serial, answer) || gnutls_x509_crt_init(&certificate) != 0)
        return false;
    *note_out = "it is not signed by the CA or by whom the CA named for it";
    bool ok = gnutls_x509_crt_import(certificate, &der, GNUTLS_X509_FMT_DER) == 0 &&
              is_signed(response, certificate, now_utc_ms);
    gnutls_x509_crt_deinit(certificate);
    return ok;
}

void cpr_ocsp_read(struct cpr_view response, struct cpr_view ca, const struct cpr_serial *serial, int64_t now_utc_ms,
                   struct cpr_revocation_answer *answer_out)
{
    gnutls_ocsp_resp_t parsed = NULL;
    gnutls_datum_t der = {(unsigned char *)(uintptr_t)response.data, (unsigned)response.len};
    const char *note = "it is no OCSP response";
    struct cpr_revocation_answer answer;
    cpr_revocation_answer_clear(&answer);
    bool ok = response.len > 0 && response.len <= CPR_OCSP_MAX_BYTES && gnutls_ocsp_resp_init(&parsed) == 0 &&
              gnutls_ocsp_resp_import(parsed, &der) == 0 && is_proof(parsed, ca, serial, now_utc_ms, &answer, &note);
    if (parsed)
        gnutls_ocsp_resp_deinit(parsed);
    if (ok) {
        cpr_revocation_answer_date(&answer, now_utc_ms);
    } else {
        cpr_revocation_answer_clear(&answer);
        cpr_revocation_answer_refuse(&answer, CPR_WORD_INVALID, note);
    }
    *answer_out = answer;
}
