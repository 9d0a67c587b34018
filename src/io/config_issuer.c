/* An issuing CA of ours as the configuration names it: its certificate, and the only URLs that are ever asked. */
#include "config_parts.h"

#include "cpr/io/address.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PEM_MAX_BYTES = 64 * 1024 };

/* The file's bytes, of which a certificate in PEM with its comments needs few. */
static enum cpr_rc read_file(const char *path, struct cpr_buffer *out, struct cpr_error *error_out)
{
    char piece[4096];
    ssize_t count = -1;
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode))
        while ((count = read(file, piece, sizeof piece)) > 0)
            cpr_buffer_add(out, cpr_view_make(piece, (size_t)count));
    int number = file >= 0 && S_ISREG(about.st_mode) ? errno : file >= 0 ? EINVAL : errno;
    if (file >= 0)
        close(file);
    if (count < 0)
        return cpr_error_set(error_out, CPR_OPERATOR, number, "certificate: %s cannot be read: %s", path,
                             strerror(number));
    return cpr_buffer_is_full(out) ? cpr_error_set(error_out, CPR_OPERATOR, 0,
                                                   "certificate: %s is longer than %d bytes", path, PEM_MAX_BYTES)
                                   : CPR_OK;
}

/* Lower-case hexadecimal of its subjectKeyIdentifier; "" when it has none. */
static void key_id_of(gnutls_x509_crt_t certificate, char out[65])
{
    unsigned char id[32];
    size_t len = sizeof id;
    static const char digits[] = "0123456789abcdef";
    if (gnutls_x509_crt_get_subject_key_id(certificate, id, &len, NULL) != 0)
        len = 0;
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[id[i] >> 4];
        out[2 * i + 1] = digits[id[i] & 15];
    }
    out[2 * len] = 0;
}

static enum cpr_rc take_certificate(const struct cpr_judge_issuer *marks, gnutls_x509_crt_t certificate,
                                    struct cpr_issuing_ca *ca, struct cpr_error *error_out)
{
    char key_id[65];
    size_t len = sizeof ca->certificate;
    key_id_of(certificate, key_id);
    bool is_known = marks->key_id_count == 0 || !key_id[0];
    for (uint32_t i = 0; i < marks->key_id_count; i++)
        is_known = is_known || strcmp(marks->key_ids[i], key_id) == 0;
    if (gnutls_x509_crt_get_ca_status(certificate, NULL) != 1)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "certificate: %s is not of a CA", ca->certificate_file);
    if (!is_known)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "certificate: the key of %s, %s, is none of key_ids",
                             ca->certificate_file, key_id);
    if (gnutls_x509_crt_export(certificate, GNUTLS_X509_FMT_DER, ca->certificate, &len) != 0)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "certificate: the one in %s is longer than %zu bytes",
                             ca->certificate_file, sizeof ca->certificate);
    ca->certificate_len = len;
    return CPR_OK;
}

static enum cpr_rc read_certificate(const struct cpr_judge_issuer *marks, struct cpr_issuing_ca *ca,
                                    struct cpr_error *error_out)
{
    struct cpr_buffer pem = cpr_buffer_new(PEM_MAX_BYTES);
    gnutls_x509_crt_t *list = NULL;
    unsigned count = 0;
    enum cpr_rc rc = read_file(ca->certificate_file, &pem, error_out);
    if (rc != CPR_OK)
        goto out;
    gnutls_datum_t datum = {(unsigned char *)pem.data, (unsigned)pem.len};
    if (pem.len == 0 || gnutls_x509_crt_list_import2(&list, &count, &datum, GNUTLS_X509_FMT_PEM, 0) < 0)
        count = 0;
    rc = count == 1 ? take_certificate(marks, list[0], ca, error_out)
                    : cpr_error_set(error_out, CPR_OPERATOR, 0, "certificate: %s must hold one certificate in PEM",
                                    ca->certificate_file);
    for (unsigned i = 0; i < count; i++)
        gnutls_x509_crt_deinit(list[i]);
    gnutls_free(list);
out:
    cpr_buffer_free(&pem);
    return rc;
}

static enum cpr_rc check_url(const struct cpr_judge_issuer *marks, const char *key, const char *url,
                             struct cpr_error *error_out)
{
    struct cpr_view host = {NULL, 0};
    cpr_url_is_valid(cpr_view_of(url), &host);
    for (uint32_t i = 0; i < marks->host_count; i++)
        if (cpr_view_equal_nocase(host, cpr_view_of(marks->hosts[i])))
            return CPR_OK;
    return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s: the host of %s is not among hosts", key, url);
}

enum cpr_rc cpr_config_issuer_check(const struct cpr_judge_issuer *marks, struct cpr_issuing_ca *ca,
                                    struct cpr_error *error_out)
{
    enum cpr_rc rc = CPR_OK;
    bool has_urls = ca->crl_url_count || ca->ocsp_url_count;
    if (has_urls != (ca->certificate_file[0] != 0))
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             has_urls ? "crl_urls and ocsp_urls need certificate, which verifies what they say"
                                      : "certificate needs crl_urls or ocsp_urls: there would be nobody to ask");
    for (size_t i = 0; i < ca->crl_url_count && rc == CPR_OK; i++)
        rc = check_url(marks, "crl_urls", ca->crl_urls[i], error_out);
    for (size_t i = 0; i < ca->ocsp_url_count && rc == CPR_OK; i++) {
        rc = check_url(marks, "ocsp_urls", ca->ocsp_urls[i], error_out);
        if (rc == CPR_OK && strchr(ca->ocsp_urls[i], '?'))
            rc = cpr_error_set(error_out, CPR_OPERATOR, 0,
                               "ocsp_urls: %s has a query, behind which no question can stand", ca->ocsp_urls[i]);
    }
    return rc == CPR_OK && has_urls ? read_certificate(marks, ca, error_out) : rc;
}
