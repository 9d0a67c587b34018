/* Holding "it is revoked" against what the CA's own sources say. */
#include "obligations.h"

#include "cpr/base/digest.h"
#include "cpr/engine/asking.h"

#include <stdio.h>
#include <string.h>

/* Each question takes at most CPR_HTTP_TOTAL_MS, so that alerts wait half a minute at most for sources that are dead.
 */
enum { QUESTIONS_OF_TICK = 3 };

static const struct cpr_issuing_ca *issuer_of(const struct cpr_engine *engine, const char *name)
{
    for (size_t i = 0; i < engine->settings->issuer_count; i++)
        if (strcmp(engine->settings->issuers[i].name, name) == 0 && engine->settings->issuers[i].certificate_len)
            return &engine->settings->issuers[i];
    return NULL;
}

/* --- one question ------------------------------------------------------------------------------------------------ */

struct kept {
    struct cpr_evidence_row row;
    struct cpr_view bytes;
};

static enum cpr_rc keep(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct kept *kept = context;
    return store->evidence_add(store->self, &kept->row, kept->bytes, error_out);
}

/* Asks the next source of the round, and keeps what it says. */
static enum cpr_rc ask_next(struct cpr_engine *engine, const struct cpr_issuing_ca *ca,
                            const struct cpr_revocation_vantage *vantage, const struct cpr_claim *claim,
                            struct cpr_error *error_out)
{
    struct cpr_verifying *round = &engine->verifying;
    struct cpr_buffer body = cpr_buffer_new(CPR_CRL_MAX_BYTES);
    struct kept kept = {.row = {.claim_id = claim->id, .way = vantage->way, .at_ms = engine->now_ms}};
    struct cpr_serial serial;
    cpr_revocation_answer_clear(&kept.row.answer);
    enum cpr_rc rc = CPR_OK;
    if (cpr_serial_parse(cpr_view_of(claim->serial), &serial))
        rc = cpr_ask_source(&engine->ports.http, ca, vantage, &serial, engine->now_ms, &body, &kept.row.answer);
    if (rc != CPR_OK) {
        cpr_error_set(error_out, rc, 0, "asking about %s was broken off: asked to end", claim->serial);
        goto out;
    }
    snprintf(kept.row.url, sizeof kept.row.url, "%s", vantage->url);
    if (kept.row.answer.word != CPR_WORD_NONE) {
        struct cpr_digest digest = cpr_digest_of(cpr_buffer_view(&body));
        kept.bytes = cpr_buffer_view(&body);
        kept.row.size = (int64_t)body.len;
        cpr_digest_to_hex(&digest, kept.row.sha256);
    }
    rc = cpr_engine_transact(engine, keep, &kept, error_out);
    round->ways[round->asked] = vantage->way;
    round->answers[round->asked] = kept.row.answer;
    round->asked += rc == CPR_OK;
out:
    cpr_buffer_free(&body);
    return rc;
}

/* --- the end of a round ------------------------------------------------------------------------------------------ */

struct result {
    struct cpr_claim claim;
    enum cpr_revocation_finding finding;
    struct cpr_buffer said; /* "ocsp-get good, crl revoked" */
};

static void say(const struct cpr_engine *engine, const struct cpr_issuing_ca *ca, struct cpr_buffer *out)
{
    const struct cpr_verifying *round = &engine->verifying;
    struct cpr_revocation_vantage vantages[CPR_VANTAGES_MAX];
    char time[CPR_TIME_TEXT_SIZE];
    if (!ca)
        cpr_buffer_add_text(out, "nobody can be asked: the configuration names no source of this issuer any more");
    else
        cpr_revocation_vantages(ca, vantages);
    for (size_t i = 0; ca && i < round->asked; i++) {
        const struct cpr_revocation_answer *answer = &round->answers[i];
        cpr_buffer_add_format(out, "%s%s %s", i ? "; " : "", cpr_revocation_way_name(round->ways[i]),
                              cpr_revocation_word_name(answer->word));
        if (answer->word != CPR_WORD_REVOKED)
            cpr_buffer_add_format(out, " at %s", vantages[i].url);
        if (answer->word > CPR_WORD_STALE && answer->word != CPR_WORD_REVOKED)
            cpr_buffer_add_format(out, " as of %s", cpr_time_format_minute(answer->this_update_ms, time));
        if (answer->note[0])
            cpr_buffer_add_format(out, " (%s)", answer->note);
    }
}

static enum cpr_rc tell(struct cpr_engine *engine, const struct result *result, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct cpr_claim *claim = &result->claim;
    struct cpr_case item;
    char text[sizeof((struct cpr_alert *)0)->text], claimed[CPR_TIME_TEXT_SIZE], since[CPR_TIME_TEXT_SIZE];
    char topic[sizeof((struct cpr_alert *)0)->topic];
    enum cpr_rc rc = store->case_get(store->self, claim->case_id, &item, error_out);
    if (rc != CPR_OK)
        return rc;
    /* The links of a letter are made harmless, so that the URLs of the CA's own sources may stand here. */
    snprintf(text, sizeof text, "Certificate %s of %s was said to be revoked (%s, %s), but it is %s since %s: %s",
             claim->serial, claim->issuer, claim->claimed_by, cpr_time_format_minute(claim->claimed_ms, claimed),
             result->finding == CPR_FINDING_CONTRADICTORY ? "still good for some"
             : result->finding == CPR_FINDING_GOOD        ? "still good"
                                                          : "not shown to be",
             cpr_time_format_minute(claim->since_ms, since), cpr_buffer_text(&result->said));
    snprintf(topic, sizeof topic, CPR_TOPIC_REVOCATION ":%s", claim->serial);
    return cpr_engine_tell_about(engine, &item, topic, text, error_out);
}

static enum cpr_rc end_round(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct result *result = context;
    struct cpr_claim *claim = &result->claim;
    /* It may have been claimed again while the sources were asked. */
    enum cpr_rc rc = store->claim_get(store->self, claim->id, claim, error_out);
    if (rc != CPR_OK)
        return rc;
    if (claim->since_ms == CPR_TIME_NONE || claim->finding != result->finding)
        claim->since_ms = engine->now_ms;
    claim->finding = result->finding;
    claim->rounds++;
    claim->next_ms = cpr_revocation_next_ms(claim->claimed_ms, claim->rounds, claim->finding, engine->now_ms);
    rc = store->claim_put(store->self, claim, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_event(engine, "revocation-checked", claim->case_id, "", error_out, "%s of %s: %s; %s",
                              claim->serial, claim->issuer, cpr_revocation_finding_name(claim->finding),
                              cpr_buffer_text(&result->said));
    if (rc == CPR_OK)
        rc = cpr_obligations_follow(engine, claim, error_out);
    if (rc == CPR_OK && cpr_revocation_alarms(claim->rounds, claim->finding))
        rc = tell(engine, result, error_out);
    return rc;
}

static enum cpr_rc conclude(struct cpr_engine *engine, const struct cpr_issuing_ca *ca, const struct cpr_claim *claim,
                            struct cpr_error *error_out)
{
    struct cpr_verifying *round = &engine->verifying;
    struct result result = {.claim = *claim, .said = cpr_buffer_new(CPR_NOTE_MAX)};
    result.finding = cpr_revocation_combine(round->ways, round->answers, round->asked);
    say(engine, ca, &result.said);
    cpr_journal(&engine->ports.journal, result.finding == CPR_FINDING_REVOKED ? CPR_LEVEL_INFO : CPR_LEVEL_WARNING,
                "case %lld: certificate %s of %s, said to be revoked, is found %s", (long long)claim->case_id,
                claim->serial, claim->issuer, cpr_revocation_finding_name(result.finding));
    enum cpr_rc rc = cpr_engine_transact(engine, end_round, &result, error_out);
    cpr_buffer_free(&result.said);
    round->claim_id = 0;
    return rc;
}

/* --- the part of the tick ---------------------------------------------------------------------------------------- */

int64_t cpr_engine_verify_wait(struct cpr_engine *engine)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_claim claim;
    if (!engine->settings->verifies_revocation || store->claim_next(store->self, &claim, NULL) != CPR_OK)
        return INT64_MAX;
    return claim.next_ms - engine->now_ms;
}

enum cpr_rc cpr_engine_verify(struct cpr_engine *engine, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_verifying *round = &engine->verifying;
    struct cpr_revocation_vantage vantages[CPR_VANTAGES_MAX];
    enum cpr_rc rc = CPR_OK;
    for (unsigned asked = 0; engine->settings->verifies_revocation && asked < QUESTIONS_OF_TICK && rc == CPR_OK;) {
        struct cpr_claim claim;
        rc = store->claim_next(store->self, &claim, error_out);
        if (rc == CPR_ABSENT || (rc == CPR_OK && claim.next_ms > engine->now_ms))
            return CPR_OK;
        if (rc != CPR_OK)
            return rc;
        if (round->claim_id != claim.id)
            *round = (struct cpr_verifying){.claim_id = claim.id};
        const struct cpr_issuing_ca *ca = issuer_of(engine, claim.issuer);
        size_t count = ca ? cpr_revocation_vantages(ca, vantages) : 0;
        if (round->asked >= count) {
            rc = conclude(engine, ca, &claim, error_out);
        } else {
            rc = ask_next(engine, ca, &vantages[round->asked], &claim, error_out);
            asked++;
        }
    }
    return rc;
}
