/* Links: what a mail points at. Nothing is ever fetched or followed; a link that a mail gateway rewrote is undone
 * offline (Safe Links, urldefense v1 to v3, Google's redirector, and any other that carries the address in a
 * parameter). */
#ifndef CPR_JUDGE_LINKS_H
#define CPR_JUDGE_LINKS_H

#include "cpr/judge/evidence.h"

#define CPR_LINK_MAX_BYTES 2048  /* longer links are cut: what names a certificate stands in the first hundred bytes */
#define CPR_LINK_WRAPPINGS_MAX 4 /* a gateway's rewriting of a gateway's rewriting ... */

/* The address inside a rewritten link, into `out` (at least CPR_LINK_MAX_BYTES + 1 bytes, NUL-terminated); a link that
 * is not rewritten is copied as it is. */
void cpr_link_unwrap(struct cpr_view link, char *out);

/* Enters signals and identifiers for every link of the text and of HTML attributes, up to CPR_LINKS_MAX. */
void cpr_links_find(struct cpr_evidence *evidence);

#endif
