/* What the files of `cpr-audit export` share. Private to src/app and its tests. */
#ifndef CPR_APP_EXPORT_H
#define CPR_APP_EXPORT_H

#include "app/audit.h"
#include "cpr/io/bundle.h"

/* `item` is the object of the desk's verb "export", before it was cleaned: by what it says the rest is looked for. All
 * of them note in the manifest what cannot be had, and fail only when the bundle cannot be written or the store is at
 * odds with itself. */

/* The mails of the case, "raw-PART.eml", as the server holds them: only what has the digest and size that were judged.
 */
enum cpr_rc export_add_mails(struct cpr_config *config, const json_t *item, struct cpr_bundle *bundle,
                             struct cpr_error *error_out);

/* What CRLs and OCSP responders answered, as it came (DER): files "evidence-DIGEST.crl" and ".ocsp", their index
 * "evidence.jsonl" with claim, URL, time and SHA-256, and the certificates of the issuing CAs for openssl. */
enum cpr_rc export_add_evidence(struct cpr_config *config, const json_t *item, struct cpr_bundle *bundle,
                                struct cpr_error *error_out);

/* Appends a value as JSON and a line feed; marks the buffer full when there is no memory. */
void export_write_json(const json_t *value, size_t flags, struct cpr_buffer *out);
/* Adds the text as a file and clears it; CPR_LIMIT when it did not fit its buffer. */
enum cpr_rc export_add_part(struct cpr_bundle *bundle, const char *name, struct cpr_buffer *text,
                            struct cpr_error *error_out);

#endif
