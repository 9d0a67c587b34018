/* Modified UTF-7 (RFC 3501 section 5.1.3), in which IMAP servers write folder names. Pure. */
#ifndef CPR_IO_MUTF7_H
#define CPR_IO_MUTF7_H

#include "cpr/base/view.h"

/* Wire name to clean text for people (base/text.h), NUL-terminated and cut to fit. Malformed runs and names that are
 * not modified UTF-7 at all (raw UTF-8 of old servers) are shown as they stand, unsafe characters as '?': a display
 * name is never sent back. */
void cpr_mutf7_decode(struct cpr_view wire_name, char *out, size_t out_size);

/* A configured UTF-8 name to a wire name, NUL-terminated. False, with `out` untouched, when the name is not UTF-8,
 * holds control characters or does not fit. */
bool cpr_mutf7_encode(struct cpr_view name, char *out, size_t out_size);

#endif
