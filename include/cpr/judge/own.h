/* Whose certificate is it? A certificate that is found is described in the reading and compared with the [issuer NAME]
 * sections of the configuration, by these marks, the surest first:
 *
 *   key-id       its authorityKeyIdentifier (or, of a certificate of the issuer itself, its subjectKeyIdentifier)
 *   policy-oid   one of its certificate policies
 *   host         the host of a URL among its CRL distribution points or in its authorityInfoAccess
 *   common-name  the commonName of its issuer, or the organizationName where the issuer has no commonName
 *
 * Marks are compared whole: letter case, white space at the ends and one dot behind a host do not count, a part of a
 * name or a host below or above is no match. Nothing is verified: whoever makes a certificate can put any mark into it.
 * So "ours" only raises, and "other" lowers nothing. */
#ifndef CPR_JUDGE_OWN_H
#define CPR_JUDGE_OWN_H

#include "cpr/judge/evidence.h"

/* Enters the certificate that `der` begins with: identifiers, signals and, for the first CPR_CERTIFICATES_MAX different
 * ones (ours before others), its description. Tolerant (judge/der.h). False when it is no certificate. */
bool cpr_own_certificate(struct cpr_evidence *evidence, struct cpr_view der, const char *where);

/* Enters signals for CRL and OCSP URLs of ours among the identifiers, for a printed issuer ("CN=...") of ours, and for
 * names and hosts of our issuers in the text. Needs evidence->scan, and the identifiers already entered. */
void cpr_own_text(struct cpr_evidence *evidence);

#endif
