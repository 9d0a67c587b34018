/* Identifiers that stand in words: serial numbers, fingerprints, lint names, sections of the rules, RFCs, domains. */
#ifndef CPR_JUDGE_IDENTIFIERS_H
#define CPR_JUDGE_IDENTIFIERS_H

#include "cpr/judge/evidence.h"

/* Needs evidence->scan: a run of hexadecimal digits is a serial number or fingerprint only where words or an identifier
 * just before it say so. Links are not looked into here (judge/links.h). */
void cpr_identifiers_find(struct cpr_evidence *evidence);

/* Enters the RFC whose number stands at the beginning of `rest`, when it is one about certificates. */
void cpr_identifiers_rfc(struct cpr_evidence *evidence, struct cpr_view rest, const char *where, struct cpr_view quote);

/* Canonical hexadecimal (lower case, no leading zeros) of a decimal number of at most 60 digits; false when it is none.
 */
bool cpr_identifier_from_decimal(struct cpr_view decimal, char out[64]);

#endif
