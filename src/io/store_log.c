/* What is told and proved: conditions, the chained events, and the rows of a review. */
#include "store_internal.h"
#include "cpr/base/assert.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- conditions -------------------------------------------------------------------------------------------------- */

static void put_condition(struct cpr_query *query, const struct cpr_condition *condition)
{
    cpr_put_text(query, condition->topic);
    cpr_put_text(query, condition->text);
    cpr_put_time(query, condition->since_ms);
    cpr_put_time(query, condition->told_ms);
    cpr_put_int(query, condition->is_active);
}

static void take_condition(struct cpr_query *query, struct cpr_condition *out)
{
    cpr_take_text(query, out->topic, sizeof out->topic);
    cpr_take_text(query, out->text, sizeof out->text);
    out->since_ms = cpr_take_time(query);
    out->told_ms = cpr_take_time(query);
    out->is_active = cpr_take_bool(query);
}

static enum cpr_rc condition_get(void *self, const char *topic, struct cpr_condition *out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CONDITION_GET);
    cpr_put_text(&query, topic);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        struct cpr_condition condition;
        take_condition(&query, &condition);
        rc = cpr_query_check(&query, error_out);
        if (rc == CPR_OK)
            *out = condition;
    }
    cpr_query_end(&query);
    return rc;
}

static enum cpr_rc condition_put(void *self, const struct cpr_condition *condition, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CONDITION_PUT);
    put_condition(&query, condition);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc condition_each_active(void *self, bool (*each)(void *context, const struct cpr_condition *),
                                         void *context, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CONDITION_EACH_ACTIVE);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_condition condition;
        take_condition(&query, &condition);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &condition))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

/* --- events ------------------------------------------------------------------------------------------------------ */

/* The end of the chain: what the next event continues. */
struct link {
    int64_t sequence; /* 0 before the first event */
    char hash[CPR_DIGEST_HEX_SIZE];
};

/* Before event 1: as many zeros as a hash has digits. */
static struct link first_link(void)
{
    struct link link = {0};
    memset(link.hash, '0', sizeof link.hash - 1);
    return link;
}

static void put_event(struct cpr_query *query, const struct cpr_event *event, const char *prev_hash, const char *hash)
{
    cpr_put_int(query, event->sequence);
    cpr_put_time(query, event->at_ms);
    cpr_put_text(query, event->event);
    cpr_put_int(query, event->case_id);
    cpr_put_text(query, event->mailbox);
    cpr_put_text(query, event->who);
    cpr_put_text(query, event->text);
    cpr_put_text(query, prev_hash);
    cpr_put_text(query, hash);
}

static void take_event(struct cpr_query *query, struct cpr_event *out)
{
    out->sequence = cpr_take_int(query);
    out->at_ms = cpr_take_time(query);
    cpr_take_text(query, out->event, sizeof out->event);
    out->case_id = cpr_take_int(query);
    cpr_take_text(query, out->mailbox, sizeof out->mailbox);
    cpr_take_text(query, out->who, sizeof out->who);
    cpr_take_text(query, out->text, sizeof out->text);
    cpr_take_text(query, out->prev_hash, sizeof out->prev_hash);
    cpr_take_text(query, out->hash, sizeof out->hash);
}

/* The hash of an event as io/store.h promises it to the auditor. */
static void hash_event(const struct cpr_event *event, const char *prev_hash, char out[CPR_DIGEST_HEX_SIZE])
{
    char bytes[2 * sizeof *event];
    int len =
        snprintf(bytes, sizeof bytes, "%s\n%" PRId64 "\n%" PRId64 "\n%s\n%" PRId64 "\n%s\n%s\n%s", prev_hash,
                 event->sequence, event->at_ms, event->event, event->case_id, event->mailbox, event->who, event->text);
    CPR_ASSERT(len > 0 && (size_t)len < sizeof bytes);
    struct cpr_digest digest = cpr_digest_of(cpr_view_make(bytes, (size_t)len));
    cpr_digest_to_hex(&digest, out);
}

static enum cpr_rc last_link(struct cpr_store *store, struct link *link_out, struct cpr_error *error_out)
{
    struct link link = first_link();
    struct cpr_query query = cpr_query_open(store, CPR_SQL_EVENT_LAST);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        link.sequence = cpr_take_int(&query);
        cpr_take_text(&query, link.hash, sizeof link.hash);
        rc = cpr_query_check(&query, error_out);
    }
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *link_out = link;
    return rc;
}

static enum cpr_rc event_add(void *self, struct cpr_event *event, struct cpr_error *error_out)
{
    CPR_ASSERT(event->sequence == 0);
    struct cpr_query query = cpr_query_open(self, CPR_SQL_EVENT_INSERT);
    struct link last;
    enum cpr_rc rc = last_link(self, &last, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_event next = *event;
    char hash[CPR_DIGEST_HEX_SIZE];
    next.sequence = last.sequence + 1;
    hash_event(&next, last.hash, hash);
    put_event(&query, &next, last.hash, hash);
    rc = cpr_query_run(&query, error_out);
    if (rc == CPR_OK)
        event->sequence = next.sequence;
    return rc;
}

static enum cpr_rc event_each(void *self, int64_t case_id, int64_t from_ms, int64_t to_ms,
                              bool (*each)(void *context, const struct cpr_event *), void *context,
                              struct cpr_error *error_out)
{
    bool is_bounded = from_ms != CPR_TIME_NONE || to_ms != CPR_TIME_NONE;
    enum cpr_statement statement = case_id      ? CPR_SQL_EVENT_EACH_OF_CASE
                                   : is_bounded ? CPR_SQL_EVENT_EACH_BETWEEN
                                                : CPR_SQL_EVENT_EACH;
    struct cpr_query query = cpr_query_open(self, statement);
    if (statement != CPR_SQL_EVENT_EACH) {
        cpr_put_int(&query, case_id);
        cpr_put_int(&query, from_ms); /* CPR_TIME_NONE is the least of all instants */
        cpr_put_int(&query, to_ms == CPR_TIME_NONE ? INT64_MAX : to_ms);
    }
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_event event;
        take_event(&query, &event);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &event))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

/* One event against the link before it, which it then becomes. */
static bool continues(struct cpr_query *query, struct link *link)
{
    struct cpr_event event;
    char want[CPR_DIGEST_HEX_SIZE];
    take_event(query, &event);
    if (query->flaw || event.sequence != link->sequence + 1 || strcmp(event.prev_hash, link->hash) != 0)
        return false;
    hash_event(&event, event.prev_hash, want);
    if (strcmp(event.hash, want) != 0)
        return false;
    link->sequence = event.sequence;
    memcpy(link->hash, event.hash, sizeof link->hash);
    return true;
}

enum cpr_rc cpr_store_verify_events(struct cpr_store *store, struct cpr_error *error_out)
{
    struct link link = first_link();
    struct cpr_query query = cpr_query_open(store, CPR_SQL_EVENT_EACH);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        if (!continues(&query, &link)) {
            char sentence[200];
            sqlite3_snprintf(sizeof sentence, sentence,
                             "the chain of events breaks at event %lld: it is missing or was changed after it was "
                             "written; keep the file for examination and compare it with the last backup",
                             link.sequence + 1);
            rc = cpr_store_refuse(store, CPR_CORRUPT, sentence, error_out);
            break;
        }
    }
    return cpr_query_end_list(&query, rc);
}

/* --- reviews ----------------------------------------------------------------------------------------------------- */

static enum cpr_rc review_row(struct cpr_store *store, int64_t sighting_id,
                              bool (*each)(void *context, const struct cpr_review_row *), void *context, bool *goes_on,
                              struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(store, CPR_SQL_REVIEW_ROW);
    cpr_put_int(&query, sighting_id);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        struct cpr_review_row row = {0};
        cpr_take_sighting(&query, &row.sighting);
        cpr_take_folder(&query, &row.folder);
        if (row.sighting.message_id != 0)
            cpr_take_message(&query, &row.message);
        rc = cpr_query_check(&query, error_out);
        if (rc == CPR_OK)
            *goes_on = each(context, &row);
    }
    cpr_query_end(&query);
    return rc;
}

static enum cpr_rc review_each(void *self, int64_t from_ms, int64_t to_ms,
                               bool (*each)(void *context, const struct cpr_review_row *), void *context,
                               struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_REVIEW_IDS);
    cpr_put_int(&query, from_ms);
    cpr_put_int(&query, to_ms);
    bool goes_on = true;
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        rc = review_row(self, cpr_take_int(&query), each, context, &goes_on, error_out);
        if (rc != CPR_OK || !goes_on)
            break;
    }
    return cpr_query_end_list(&query, rc);
}

void cpr_store_fill_log(struct cpr_store_port *port)
{
    port->condition_get = condition_get;
    port->condition_put = condition_put;
    port->condition_each_active = condition_each_active;
    port->event_add = event_add;
    port->event_each = event_each;
    port->review_each = review_each;
}
