/* OCSP (RFC 6960) as far as one question goes: is this certificate of this CA revoked? Verified with GnuTLS. Pure. */
#ifndef CPR_CASEWORK_OCSP_H
#define CPR_CASEWORK_OCSP_H

#include "cpr/casework/revocation.h"

/* Appends a request for one certificate as DER: no nonce (what a relying party gets from a cache is what is asked for),
 * the CA by SHA-1 (RFC 5019 section 2.1.1: what every responder knows). False when `ca` is no certificate. */
bool cpr_ocsp_write_request(struct cpr_view ca, const struct cpr_serial *serial, struct cpr_buffer *out);

/* Appends the URL of a GET: the request in base64 behind the responder's URL (RFC 6960 appendix A.1). */
void cpr_ocsp_write_url(const char *url, struct cpr_view request, struct cpr_buffer *out);

/* Reads what a responder sent. It counts when it is signed by the CA itself, or by a certificate in it that the CA
 * issued directly, that is valid now and bears id-kp-OCSPSigning (section 4.2.2.2), and speaks of this certificate.
 * At most CPR_OCSP_MAX_BYTES. Whether that certificate is revoked is not asked: such bear id-pkix-ocsp-nocheck. */
void cpr_ocsp_read(struct cpr_view response, struct cpr_view ca, const struct cpr_serial *serial, int64_t now_utc_ms,
                   struct cpr_revocation_answer *answer_out);

#endif
