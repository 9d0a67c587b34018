/* mbox files (RFC 4155 appendix A and its elder kin): the messages that lie in one, apart. Pure, nothing is copied but
 * by cpr_mbox_restore; each byte is looked at once, and any bytes whatever are a sound input.
 *
 * A message begins behind a line "From ..." that is the first one or follows an empty line, and that either bears a
 * time
 * ("12:16:53 ... 2020") or is followed by a line that looks like a header field: exports write that line in many ways,
 * and a sentence that begins with "From " is none. A file that does not begin so is one message, a plain .eml.
 *
 * Known limit: a writer that quotes nothing (mboxcl2) lets a mail's own text begin a message. The two halves are then
 * judged apart. */
#ifndef CPR_MESSAGE_MBOX_H
#define CPR_MESSAGE_MBOX_H

#include "cpr/base/buffer.h"

#include <stdint.h>

/* True when the file begins as an mbox does; empty lines before that do not count. */
bool cpr_mbox_is(struct cpr_view file);

/* Cuts the next message off *rest, which is the whole file of an mbox at first: as it stands in the file, without the
 * "From " line before it and without the empty line that ends it. False at the end. */
bool cpr_mbox_next(struct cpr_view *rest, struct cpr_view *message_out);

/* Appends the message as a mail server would hand it out, as far as it fits: lines end in CRLF, and where
 * `is_mbox`, one '>' is taken off lines of any number of '>' before "From " (mboxrd; of mboxo, which quotes "From "
 * alone, it undoes the same). Returns the size of the whole, also of what did not fit. */
uint64_t cpr_mbox_restore(struct cpr_view message, bool is_mbox, struct cpr_buffer *out);

#endif
