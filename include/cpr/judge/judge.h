/* Judging a message: raw bytes in, a reading out. Pure: the same bytes and settings give the same reading for ever,
 * which is what makes a verdict evidence. Slow or hostile input is the reader process's business (io/reader.h), not
 * judged here twice: this function runs inside it. */
#ifndef CPR_JUDGE_JUDGE_H
#define CPR_JUDGE_JUDGE_H

#include "cpr/judge/reading.h"
#include "cpr/judge/settings.h"

/* Reads and judges `raw` (a whole RFC 5322 message or its first bytes). `is_cut` says that the message is longer than
 * raw. Never fails: what cannot be read is a fact in the reading. `settings` may be NULL (none). */
void cpr_judge_message(struct cpr_view raw, bool is_cut, const struct cpr_judge_settings *settings,
                       struct cpr_reading *reading_out);

/* Version and hash of the rules, as in cpr_reading.ruleset. Static string. */
const char *cpr_judge_ruleset(void);

/* Builds what later calls need (rule automata, charset tables), so that a sandboxed process opens no file afterwards.
 */
void cpr_judge_prepare(void);

#endif
