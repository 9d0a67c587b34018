/* Claims that certificates are revoked: who makes them, and what the sources say. */
#ifndef CPR_ENGINE_CLAIMS_H
#define CPR_ENGINE_CLAIMS_H

#include "cpr/casework/settings.h"
#include "cpr/port/store.h"

#include <jansson.h>

/* Who makes the claims that no person makes. */
#define CPR_CLAIMED_BY_REPLY "reply in Sent"

/* Which certificates of a case are meant. */
struct cpr_claimed {
    const char *serial; /* hexadecimal; NULL: all that are ours */
    const char *issuer; /* [issuer NAME] of that serial; NULL: as the report tells, or the only one that can be asked */
};

/* Inside a transaction: stores `claim` (case_id, who, when and why are filled in) for each certificate that is meant,
 * with an event for each. Those of a report are ours when the reading says so and their issuer can be asked; serial
 * numbers in its text count where only one issuer can be asked. Without verify_revocation nobody is asked, and a serial
 * that is named stands as it was said, its issuer "" when it is not known. `who` stands in the event. CPR_ABSENT with a
 * sentence: none. CPR_OPERATOR: the serial is none, or its issuer is not known. */
enum cpr_rc cpr_claims_make(const struct cpr_store_port *store, const struct cpr_settings *settings,
                            const struct cpr_case *item, const struct cpr_claimed *claimed,
                            const struct cpr_claim *claim, const char *who, unsigned *count_out,
                            struct cpr_error *error_out);

/* The claims of a case with the answers, for `show`; a new reference. */
enum cpr_rc cpr_claims_list(const struct cpr_store_port *store, int64_t case_id, json_t **list_out,
                            struct cpr_error *error_out);

#endif
