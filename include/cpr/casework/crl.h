/* Certificate revocation lists (RFC 5280 section 5) as far as one question goes: does it list this certificate? Pure.
 *
 * The list is walked as it stands, since the tree that a library makes of a list of a million entries takes gigabytes;
 * its signature is verified with GnuTLS. */
#ifndef CPR_CASEWORK_CRL_H
#define CPR_CASEWORK_CRL_H

#include "cpr/casework/revocation.h"

/* Reads a CRL in DER. It counts when it bears the name of `ca` and is signed by it. A list with an issuing distribution
 * point is of a part of the certificates, but for one that only leaves out those of CAs: where it does not list this
 * one, another part may. INVALID: a delta or an indirect CRL, an unknown critical extension, a signature by RSA-PSS.
 * Certificates that have expired may be gone from a list. */
void cpr_crl_read(struct cpr_view crl, struct cpr_view ca, const struct cpr_serial *serial, int64_t now_utc_ms,
                  struct cpr_revocation_answer *answer_out);

#endif
