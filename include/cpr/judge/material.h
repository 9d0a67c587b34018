/* Cryptographic material in a message: certificates, requests, CRLs and private keys, as PEM in any text or attachment
 * or as DER in an attachment, alone or inside PKCS #7 and unencrypted PKCS #12. Certificates are read by judge/own.h,
 * the rest with GnuTLS. Certificates of whoever signed a message (S/MIME) are no evidence of anything; what the message
 * holds of a private key is only its public half's SPKI SHA-256: no byte of the key itself is kept, quoted or returned.
 */
#ifndef CPR_JUDGE_MATERIAL_H
#define CPR_JUDGE_MATERIAL_H

#include "cpr/judge/evidence.h"

/* At most this many objects of a message are parsed; further ones are not, and the reading says so. */
#define CPR_MATERIAL_MAX 256

/* Enters signals and identifiers for what the text, the parts and the names of attachments hold. */
void cpr_material_find(struct cpr_evidence *evidence);

#endif
