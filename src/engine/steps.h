/* The steps of a case that are stored ahead of their hour: of its ladder, and of its revocation. */
#ifndef CPR_ENGINE_STEPS_H
#define CPR_ENGINE_STEPS_H

#include "cpr/port/store.h"

/* Takes back the steps of a case that lie ahead of the present, so that the next plan stores them anew: for the people
 * who are to be told now, at the ages that hold now. The told_age_ms of either becomes the last step that has come; the
 * caller stores the case. Inside a transaction. */
enum cpr_rc cpr_steps_recall(const struct cpr_store_port *store, struct cpr_case *item, int64_t now_utc_ms,
                             struct cpr_error *error_out);

/* Takes back what is not sent yet of a case that was answered: nothing is due any more. What says that the answer leaves
 * something open, or that "revoked" is not true, still goes out. Inside a transaction. */
enum cpr_rc cpr_steps_end(const struct cpr_store_port *store, int64_t case_id, struct cpr_error *error_out);

#endif
