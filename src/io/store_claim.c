/* What is said to be revoked, and what the sources answered. */
#include "store_internal.h"

static enum cpr_rc claim_add(void *self, const struct cpr_claim *claim, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CLAIM_ADD);
    cpr_put_int(&query, claim->case_id);
    cpr_put_text(&query, claim->issuer);
    cpr_put_text(&query, claim->serial);
    cpr_put_int(&query, claim->claimed_ms);
    cpr_put_text(&query, claim->claimed_by);
    cpr_put_text(&query, claim->note);
    cpr_put_time(&query, claim->next_ms);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc claim_put(void *self, const struct cpr_claim *claim, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CLAIM_PUT);
    int64_t id = claim->id;
    cpr_put_int(&query, id);
    cpr_put_int(&query, claim->rounds);
    cpr_put_text(&query, cpr_revocation_finding_name(claim->finding));
    cpr_put_time(&query, claim->since_ms);
    cpr_put_time(&query, claim->next_ms);
    return cpr_query_put_row(&query, &id, error_out);
}

static void take_claim(struct cpr_query *query, struct cpr_claim *out)
{
    out->id = cpr_take_int(query);
    out->case_id = cpr_take_int(query);
    cpr_take_text(query, out->issuer, sizeof out->issuer);
    cpr_take_text(query, out->serial, sizeof out->serial);
    out->claimed_ms = cpr_take_int(query);
    cpr_take_text(query, out->claimed_by, sizeof out->claimed_by);
    cpr_take_text(query, out->note, sizeof out->note);
    out->rounds = cpr_take_uint32(query);
    out->finding = cpr_take_revocation_finding(query);
    out->since_ms = cpr_take_time(query);
    out->next_ms = cpr_take_time(query);
}

/* The one row of a query, or CPR_ABSENT. */
static enum cpr_rc take_one(struct cpr_query *query, struct cpr_claim *claim_out, struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_query_next(query, error_out);
    if (rc == CPR_OK) {
        struct cpr_claim claim;
        take_claim(query, &claim);
        rc = cpr_query_check(query, error_out);
        if (rc == CPR_OK)
            *claim_out = claim;
    }
    cpr_query_end(query);
    return rc;
}

static enum cpr_rc claim_get(void *self, int64_t id, struct cpr_claim *claim_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CLAIM_GET);
    cpr_put_int(&query, id);
    return take_one(&query, claim_out, error_out);
}

static enum cpr_rc claim_next(void *self, struct cpr_claim *claim_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CLAIM_NEXT);
    return take_one(&query, claim_out, error_out);
}

static enum cpr_rc claim_each(void *self, int64_t case_id, bool (*each)(void *context, const struct cpr_claim *),
                              void *context, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CLAIM_EACH);
    cpr_put_int(&query, case_id);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_claim claim;
        take_claim(&query, &claim);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &claim))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

static enum cpr_rc evidence_add(void *self, const struct cpr_evidence_row *row, struct cpr_view bytes,
                                struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_EVIDENCE_ADD);
    cpr_put_int(&query, row->claim_id);
    cpr_put_text(&query, cpr_revocation_way_name(row->way));
    cpr_put_text(&query, row->url);
    cpr_put_int(&query, row->at_ms);
    cpr_put_text(&query, cpr_revocation_word_name(row->answer.word));
    cpr_put_time(&query, row->answer.this_update_ms);
    cpr_put_time(&query, row->answer.next_update_ms);
    cpr_put_time(&query, row->answer.revoked_ms);
    cpr_put_int(&query, row->answer.reason);
    cpr_put_text(&query, row->answer.note);
    cpr_put_text(&query, row->sha256);
    cpr_put_int(&query, row->size);
    if (bytes.len > 0 && bytes.len <= CPR_EVIDENCE_MAX_BYTES)
        cpr_put_blob(&query, bytes);
    else
        cpr_put_text(&query, NULL);
    return cpr_query_run(&query, error_out);
}

static void take_evidence(struct cpr_query *query, struct cpr_evidence_row *out)
{
    out->id = cpr_take_int(query);
    out->claim_id = cpr_take_int(query);
    out->way = cpr_take_revocation_way(query);
    cpr_take_text(query, out->url, sizeof out->url);
    out->at_ms = cpr_take_int(query);
    out->answer.word = cpr_take_revocation_word(query);
    out->answer.this_update_ms = cpr_take_time(query);
    out->answer.next_update_ms = cpr_take_time(query);
    out->answer.revoked_ms = cpr_take_time(query);
    out->answer.reason = cpr_take_small(query);
    cpr_take_text(query, out->answer.note, sizeof out->answer.note);
    cpr_take_text(query, out->sha256, sizeof out->sha256);
    out->size = cpr_take_int(query);
}

static enum cpr_rc evidence_each(void *self, int64_t claim_id,
                                 bool (*each)(void *context, const struct cpr_evidence_row *), void *context,
                                 struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_EVIDENCE_EACH);
    cpr_put_int(&query, claim_id);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_evidence_row row;
        take_evidence(&query, &row);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &row))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

static enum cpr_rc evidence_bytes(void *self, const char *sha256, struct cpr_buffer *bytes_out,
                                  struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_EVIDENCE_BYTES);
    cpr_put_text(&query, sha256);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        cpr_buffer_add(bytes_out, cpr_take_long_blob(&query));
        rc = cpr_query_check(&query, error_out);
    }
    cpr_query_end(&query);
    return rc;
}

void cpr_store_fill_claim(struct cpr_store_port *port)
{
    port->claim_add = claim_add;
    port->claim_put = claim_put;
    port->claim_get = claim_get;
    port->claim_next = claim_next;
    port->claim_each = claim_each;
    port->evidence_add = evidence_add;
    port->evidence_each = evidence_each;
    port->evidence_bytes = evidence_bytes;
}
