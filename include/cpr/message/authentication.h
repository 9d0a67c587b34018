/* Authentication-Results fields (RFC 8601) and the domain of From: of the outermost message. What they say is read
 * here, who is believed is decided in judge/origin.h. Tolerant where mail systems differ (comments, folds, quoted
 * strings, versions, methods and words that are not known, a missing authserv-id), strict where a reader could be led
 * to see what the writer never wrote: a field that cannot be read to its end is marked broken and keeps no result. */
#ifndef CPR_MESSAGE_AUTHENTICATION_H
#define CPR_MESSAGE_AUTHENTICATION_H

#include "cpr/message/facts.h"

/* Fills authentications, authentication_count and from_domain of *facts out of a header block. */
void cpr_authentication_read(struct cpr_view header, struct cpr_facts *facts);

/* One value, without the name of its field. Broken: a comment or quoted string that is never closed, a word where
 * name=value is expected, one property twice in one result, a value over 1,000 bytes, a field over 8 KiB, more results
 * than are kept. */
void cpr_authentication_read_field(struct cpr_view value, struct cpr_facts_authentication *out);

#endif
