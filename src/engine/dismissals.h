/* Dismissal by hand: a case's message that somebody moves to the mailbox's dismiss_folder is said to be no report. IMAP
 * does not tell who moved it, so that a second person is asked for: `cpr-audit confirm`. Until then:
 *
 * - the case is dismissed and stands in the review of each day, or
 * - it stays open as a glance, with its receipt and deadline, when hard evidence is in the message (judge/signals.h),
 * when it could not be read whole, or when it was first seen there: a filter may have put it there, and nobody's slip
 * may silence a report (P3). The on-call groups are told at once.
 *
 * Moved out again, into any audited folder, it is as before, with the old receipt and deadline. */
#ifndef CPR_ENGINE_DISMISSALS_H
#define CPR_ENGINE_DISMISSALS_H

#include "candidates.h"

/* Inside a transaction: the message of a case was found in a folder. Changes the case, which the caller stores, and the
 * word for the sighting. is_first: it was never seen before. */
enum cpr_rc cpr_dismissals_follow(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_arrival *arrival,
                                  bool is_first, const char **action, struct cpr_error *error_out);

#endif
