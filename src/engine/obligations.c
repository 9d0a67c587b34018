#include "obligations.h"
#include "replies.h"
#include "steps.h"

#include <stdio.h>
#include <string.h>

struct claims {
    bool (*counts)(const struct cpr_claim *);
    struct cpr_identifier serials[CPR_CLAIMS_MAX];
    size_t count;
};

static bool collect(void *context, const struct cpr_claim *claim)
{
    struct claims *claims = context;
    if (!claims->counts(claim) || claims->count == CPR_CLAIMS_MAX)
        return true;
    struct cpr_identifier *identifier = &claims->serials[claims->count++];
    *identifier = (struct cpr_identifier){.type = CPR_IDENTIFIER_SERIAL};
    snprintf(identifier->value, sizeof identifier->value, "%s", claim->serial);
    return true;
}

enum cpr_rc cpr_obligations_covered(const struct cpr_store_port *store, const struct cpr_case *item,
                                    bool (*counts)(const struct cpr_claim *), bool *covered_out,
                                    struct cpr_error *error_out)
{
    struct claims claims = {.counts = counts};
    enum cpr_rc rc = store->claim_each(store->self, item->id, collect, &claims, error_out);
    *covered_out = false;
    if (rc != CPR_OK || claims.count == 0)
        return rc;
    return cpr_replies_are_covered(store, item, claims.serials, claims.count, covered_out, error_out);
}

/* --- what the sources say ---------------------------------------------------------------------------------------- */

static bool is_shown(const struct cpr_claim *claim)
{
    return claim->finding == CPR_FINDING_REVOKED;
}

static bool doubt(void *context, const struct cpr_claim *claim)
{
    bool *has_doubt = context;
    *has_doubt = !is_shown(claim);
    return !*has_doubt;
}

static enum cpr_rc run_again(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_claim *claim,
                             struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    char ended[CPR_TIME_TEXT_SIZE], by[CPR_NAME_MAX];
    cpr_time_format(item->revocation.ended_ms, ended);
    memcpy(by, item->revocation.ended_by, sizeof by);
    if (!cpr_obligation_reopen(item))
        return CPR_OK;
    enum cpr_rc rc = cpr_steps_recall(store, item, engine->now_ms, error_out);
    if (rc == CPR_OK)
        rc = store->case_put(store->self, item, error_out);
    return rc == CPR_OK
               ? cpr_engine_event(engine, "revocation-reopened", item->id, item->mailbox, error_out,
                                  "%s of %s is found %s: what %s said at %s does not hold; the clock runs again",
                                  claim->serial, claim->issuer, cpr_revocation_finding_name(claim->finding), by, ended)
               : rc;
}

static enum cpr_rc end_if_shown(struct cpr_engine *engine, struct cpr_case *item, struct cpr_error *error_out)
{
    static const char note[] = "every source says \"revoked\" for all certificates that the report names";
    const struct cpr_store_port *store = &engine->ports.store;
    bool has_doubt = false, is_covered = false;
    enum cpr_rc rc = store->claim_each(store->self, item->id, doubt, &has_doubt, error_out);
    if (rc == CPR_OK && !has_doubt)
        rc = cpr_obligations_covered(store, item, is_shown, &is_covered, error_out);
    if (rc != CPR_OK || !is_covered || !cpr_obligation_end(item, engine->now_ms, CPR_BY_SIGNED_ANSWERS, note))
        return rc;
    rc = store->alert_cancel(store->self, item->id, CPR_TOPIC_TO_REVOKE, error_out);
    if (rc == CPR_OK)
        rc = store->case_put(store->self, item, error_out);
    return rc == CPR_OK ? cpr_engine_event(engine, "revocation-ended", item->id, item->mailbox, error_out, "%s", note)
                        : rc;
}

enum cpr_rc cpr_obligations_follow(struct cpr_engine *engine, const struct cpr_claim *claim,
                                   struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case item;
    enum cpr_rc rc = store->case_get(store->self, claim->case_id, &item, error_out);
    if (rc != CPR_OK)
        return rc;
    if (claim->finding == CPR_FINDING_GOOD || claim->finding == CPR_FINDING_CONTRADICTORY)
        return run_again(engine, &item, claim, error_out);
    return claim->finding == CPR_FINDING_REVOKED ? end_if_shown(engine, &item, error_out) : CPR_OK;
}
