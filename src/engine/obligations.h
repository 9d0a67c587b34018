/* What ends the clock of a revocation, and opens it again (casework/obligation.h): who says so, and what the sources
 * say. */
#ifndef CPR_ENGINE_OBLIGATIONS_H
#define CPR_ENGINE_OBLIGATIONS_H

#include "engine_internal.h"

#include <jansson.h>

/* Who speaks when answers that the CA signed say "revoked" for all that a report names. */
#define CPR_BY_SIGNED_ANSWERS "signed answers"

/* Whether the claims of a case for which `counts` holds name every certificate and key of its report that may be ours.
 * A report that was not read whole, or that names none, is never covered: who knows what else is in it. */
enum cpr_rc cpr_obligations_covered(const struct cpr_store_port *store, const struct cpr_case *item,
                                    bool (*counts)(const struct cpr_claim *), bool *covered_out,
                                    struct cpr_error *error_out);

/* Inside a transaction, after a claim was held against its sources: when they say "revoked" for all, the clock ends;
 * when one says "good" after it had ended, it runs again, and on-call is told by its steps. */
enum cpr_rc cpr_obligations_follow(struct cpr_engine *engine, const struct cpr_claim *claim,
                                   struct cpr_error *error_out);

#endif
