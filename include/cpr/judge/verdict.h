/* From evidence to a verdict and a kind. */
#ifndef CPR_JUDGE_VERDICT_H
#define CPR_JUDGE_VERDICT_H

#include "cpr/judge/evidence.h"

#define CPR_SCORE_PROBABLE 60
#define CPR_SCORE_POSSIBLE 30

/* Monotone in score and is_hard. A message that a limit kept from being read is "undecidable" when nothing was found.
 */
enum cpr_verdict cpr_verdict_of(const struct cpr_evidence *evidence);

/* The same had nothing been found: "undecidable" when a limit kept the message from being read, else "unlikely". */
enum cpr_verdict cpr_verdict_of_nothing(const struct cpr_evidence *evidence);

/* What sort of mail it is: by the marks of programs first (machine report, bounce, auto-reply), then by wording. The
 * verdict is given, and stays. */
enum cpr_kind cpr_kind_of(const struct cpr_evidence *evidence, enum cpr_verdict verdict);

#endif
