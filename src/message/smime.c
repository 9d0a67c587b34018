#include "cpr/message/smime.h"

#include <gnutls/pkcs7.h>
#include <string.h>

bool cpr_smime_is_detached(const char *type)
{
    return strcmp(type, "application/pkcs7-signature") == 0 || strcmp(type, "application/x-pkcs7-signature") == 0;
}

bool cpr_smime_is_type(const char *type)
{
    return strcmp(type, "application/pkcs7-mime") == 0 || strcmp(type, "application/x-pkcs7-mime") == 0 ||
           cpr_smime_is_detached(type);
}

bool cpr_smime_read_signed(struct cpr_view bytes, struct cpr_buffer *entity_out)
{
    gnutls_datum_t der = {(unsigned char *)bytes.data, (unsigned)bytes.len}, content = {NULL, 0};
    gnutls_pkcs7_t pkcs7;
    if (bytes.len == 0 || gnutls_pkcs7_init(&pkcs7) != GNUTLS_E_SUCCESS)
        return false;
    bool is_read = gnutls_pkcs7_import(pkcs7, &der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS &&
                   gnutls_pkcs7_get_embedded_data(pkcs7, 0, &content) == GNUTLS_E_SUCCESS && content.size > 0;
    if (is_read)
        cpr_buffer_add(entity_out, cpr_view_make(content.data, content.size));
    gnutls_free(content.data);
    gnutls_pkcs7_deinit(pkcs7);
    return is_read;
}
