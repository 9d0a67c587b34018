/* Known noise: forms of mail that the operator named in a [noise NAME] section because they come often and are no
 * reports. The only thing that lowers a verdict, and so bounded:
 *
 * - the sender must be proved by our own border (judge/origin.h), and the subject must be one that is listed;
 * - beside hard evidence it lowers to "possible" and no further: a glance remains; else to "unlikely";
 * - what could not be read whole stays "undecidable";
 * - it never touches a mail that complains of silence: a follow-up that chases, a report that was not answered.
 *
 * The name of the rule is written into the reading, and the signal "known-noise", of no weight, quotes it. */
#ifndef CPR_JUDGE_NOISE_H
#define CPR_JUDGE_NOISE_H

#include "cpr/judge/evidence.h"

/* Applies the first rule that matches to a reading whose verdict, kind and authenticated_domain stand. True when the
 * verdict was lowered. */
bool cpr_noise_apply(struct cpr_evidence *evidence);

#endif
