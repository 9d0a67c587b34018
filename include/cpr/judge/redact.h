/* Keys out: a private key in a mail is a secret of somebody's, and must reach no log, alert or review page. */
#ifndef CPR_JUDGE_REDACT_H
#define CPR_JUDGE_REDACT_H

#include "cpr/base/buffer.h"

/* Appends `text` without private keys: PEM blocks whose label says PRIVATE KEY (also cut, quoted with '>' or pressed
 * into one line), long runs of base64 over several lines, PuTTY's private lines and the private members of a JWK become
 * "[removed]". Certificates, fingerprints and links stay. Linear. */
void cpr_redact(struct cpr_view text, struct cpr_buffer *out);

#endif
