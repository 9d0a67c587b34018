/* What was seen in the mailboxes: folders, sightings, messages and the replies found in Sent. */
#include "store_internal.h"
#include "cpr/base/assert.h"

#include <string.h>

/* --- folders ----------------------------------------------------------------------------------------------------- */

static void put_folder(struct cpr_query *query, const struct cpr_folder *folder)
{
    cpr_put_id(query, folder->id);
    cpr_put_text(query, folder->mailbox);
    cpr_put_text(query, folder->name);
    cpr_put_text(query, folder->display);
    cpr_put_text(query, cpr_folder_role_name(folder->role));
    cpr_put_text(query, folder->rule);
    cpr_put_int(query, folder->uidvalidity);
    cpr_put_int(query, folder->next_uid);
    cpr_put_int(query, folder->messages);
    cpr_put_time(query, folder->looked_ms);
}

void cpr_take_folder(struct cpr_query *query, struct cpr_folder *out)
{
    out->id = cpr_take_int(query);
    cpr_take_text(query, out->mailbox, sizeof out->mailbox);
    cpr_take_text(query, out->name, sizeof out->name);
    cpr_take_text(query, out->display, sizeof out->display);
    out->role = cpr_take_folder_role(query);
    cpr_take_text(query, out->rule, sizeof out->rule);
    out->uidvalidity = cpr_take_uint32(query);
    out->next_uid = cpr_take_uint32(query);
    out->messages = cpr_take_uint32(query);
    out->looked_ms = cpr_take_time(query);
}

static enum cpr_rc folder_get(void *self, const char *mailbox, const char *name, struct cpr_folder *folder_out,
                              struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_FOLDER_GET);
    cpr_put_text(&query, mailbox);
    cpr_put_text(&query, name);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        struct cpr_folder folder;
        cpr_take_folder(&query, &folder);
        rc = cpr_query_check(&query, error_out);
        if (rc == CPR_OK)
            *folder_out = folder;
    }
    cpr_query_end(&query);
    return rc;
}

static enum cpr_rc folder_put(void *self, struct cpr_folder *folder, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, folder->id ? CPR_SQL_FOLDER_UPDATE : CPR_SQL_FOLDER_INSERT);
    put_folder(&query, folder);
    return cpr_query_put_row(&query, &folder->id, error_out);
}

static enum cpr_rc folder_each(void *self, const char *mailbox_or_null,
                               bool (*each)(void *context, const struct cpr_folder *), void *context,
                               struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_FOLDER_EACH);
    cpr_put_text(&query, mailbox_or_null);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_folder folder;
        cpr_take_folder(&query, &folder);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &folder))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

static enum cpr_rc folder_tally(void *self, int64_t folder_id, uint32_t uidvalidity, struct cpr_folder_tally *out,
                                struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_FOLDER_TALLY);
    cpr_put_int(&query, folder_id);
    cpr_put_int(&query, uidvalidity);
    uint64_t counts[CPR_SIGHTING_STATES] = {0};
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        enum cpr_sighting_state state = cpr_take_sighting_state(&query);
        counts[state] = (uint64_t)cpr_take_int(&query);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK)
            break;
    }
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *out = (struct cpr_folder_tally){
            .expected = counts[CPR_SIGHTING_EXPECTED],
            .judged = counts[CPR_SIGHTING_JUDGED],
            .unreadable = counts[CPR_SIGHTING_UNREADABLE],
            .vanished = counts[CPR_SIGHTING_VANISHED],
        };
    return rc;
}

/* --- sightings --------------------------------------------------------------------------------------------------- */

static void put_sighting(struct cpr_query *query, const struct cpr_sighting *sighting)
{
    cpr_put_id(query, sighting->id);
    cpr_put_int(query, sighting->folder_id);
    cpr_put_int(query, sighting->uidvalidity);
    cpr_put_int(query, sighting->uid);
    cpr_put_text(query, cpr_sighting_state_name(sighting->state));
    cpr_put_int(query, sighting->attempts);
    cpr_put_time(query, sighting->first_seen_ms);
    cpr_put_time(query, sighting->settled_ms);
    cpr_put_id(query, sighting->message_id);
    cpr_put_text(query, sighting->action);
}

void cpr_take_sighting(struct cpr_query *query, struct cpr_sighting *out)
{
    out->id = cpr_take_int(query);
    out->folder_id = cpr_take_int(query);
    out->uidvalidity = cpr_take_uint32(query);
    out->uid = cpr_take_uint32(query);
    out->state = cpr_take_sighting_state(query);
    out->attempts = cpr_take_uint32(query);
    out->first_seen_ms = cpr_take_time(query);
    out->settled_ms = cpr_take_time(query);
    out->message_id = cpr_take_int(query);
    cpr_take_text(query, out->action, sizeof out->action);
}

/* The one row of a query that gives a sighting. */
static enum cpr_rc one_sighting(struct cpr_query *query, struct cpr_sighting *sighting_out, struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_query_next(query, error_out);
    if (rc == CPR_OK) {
        struct cpr_sighting sighting;
        cpr_take_sighting(query, &sighting);
        rc = cpr_query_check(query, error_out);
        if (rc == CPR_OK)
            *sighting_out = sighting;
    }
    cpr_query_end(query);
    return rc;
}

static enum cpr_rc sighting_get(void *self, int64_t folder_id, uint32_t uidvalidity, uint32_t uid,
                                struct cpr_sighting *sighting_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_SIGHTING_GET);
    cpr_put_int(&query, folder_id);
    cpr_put_int(&query, uidvalidity);
    cpr_put_int(&query, uid);
    return one_sighting(&query, sighting_out, error_out);
}

static enum cpr_rc sighting_expect(void *self, int64_t folder_id, uint32_t uidvalidity, uint32_t uid, int64_t now_ms,
                                   struct cpr_sighting *sighting_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_SIGHTING_EXPECT);
    cpr_put_int(&query, folder_id);
    cpr_put_int(&query, uidvalidity);
    cpr_put_int(&query, uid);
    cpr_put_time(&query, now_ms);
    enum cpr_rc rc = one_sighting(&query, sighting_out, error_out);
    return rc == CPR_ABSENT ? sighting_get(self, folder_id, uidvalidity, uid, sighting_out, error_out) : rc;
}

static enum cpr_rc sighting_put(void *self, const struct cpr_sighting *sighting, struct cpr_error *error_out)
{
    CPR_ASSERT(sighting->id != 0);
    int64_t id = sighting->id;
    struct cpr_query query = cpr_query_open(self, CPR_SQL_SIGHTING_UPDATE);
    put_sighting(&query, sighting);
    return cpr_query_put_row(&query, &id, error_out);
}

static enum cpr_rc sighting_expected(void *self, int64_t folder_id, uint32_t uidvalidity, uint32_t *uids_out,
                                     size_t max, size_t *count_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_SIGHTING_EXPECTED);
    cpr_put_int(&query, folder_id);
    cpr_put_int(&query, uidvalidity);
    cpr_put_int(&query, (int64_t)max);
    size_t count = 0;
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        uids_out[count++] = cpr_take_uint32(&query);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK)
            break;
    }
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *count_out = count;
    return rc;
}

static enum cpr_rc sighting_each_of(void *self, int64_t message_id,
                                    bool (*each)(void *context, const struct cpr_sighting *, const struct cpr_folder *),
                                    void *context, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_SIGHTING_EACH_OF);
    cpr_put_int(&query, message_id);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_sighting sighting;
        struct cpr_folder folder;
        cpr_take_sighting(&query, &sighting);
        cpr_take_folder(&query, &folder);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &sighting, &folder))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

/* --- messages ---------------------------------------------------------------------------------------------------- */

static void put_message(struct cpr_query *query, const struct cpr_message *message)
{
    cpr_put_id(query, message->id);
    cpr_put_text(query, message->mailbox);
    cpr_put_blob(query, cpr_view_make(message->identity.digest.bytes, CPR_DIGEST_BYTES));
    cpr_put_int(query, message->identity.size);
    cpr_put_time(query, message->internal_ms);
    cpr_put_time(query, message->save_ms);
    cpr_put_time(query, message->first_seen_ms);
    cpr_put_id(query, message->case_id);
    cpr_put_text(query, message->reading_json);
    cpr_put_text(query, cpr_verdict_name(message->verdict));
    cpr_put_text(query, cpr_kind_name(message->kind));
    cpr_put_int(query, message->score);
    cpr_put_text(query, message->from_address);
    cpr_put_text(query, message->subject);
    cpr_put_text(query, message->header_message_id);
    cpr_put_text(query, message->text_digest);
}

void cpr_take_message(struct cpr_query *query, struct cpr_message *out)
{
    out->id = cpr_take_int(query);
    cpr_take_text(query, out->mailbox, sizeof out->mailbox);
    cpr_take_blob(query, out->identity.digest.bytes, CPR_DIGEST_BYTES);
    out->identity.size = cpr_take_uint32(query);
    out->internal_ms = cpr_take_time(query);
    out->save_ms = cpr_take_time(query);
    out->first_seen_ms = cpr_take_time(query);
    out->case_id = cpr_take_int(query);
    out->reading_json = cpr_take_long_text(query);
    out->verdict = cpr_take_verdict(query);
    out->kind = cpr_take_kind(query);
    out->score = cpr_take_small(query);
    cpr_take_text(query, out->from_address, sizeof out->from_address);
    cpr_take_text(query, out->subject, sizeof out->subject);
    cpr_take_text(query, out->header_message_id, sizeof out->header_message_id);
    cpr_take_text(query, out->text_digest, sizeof out->text_digest);
}

/* The one row of a query that gives a message; its reading moves into the store's buffer, which outlives the query. */
static enum cpr_rc one_message(struct cpr_query *query, struct cpr_message *message_out, struct cpr_error *error_out)
{
    struct cpr_store *store = query->store;
    enum cpr_rc rc = cpr_query_next(query, error_out);
    if (rc == CPR_OK) {
        struct cpr_message message;
        cpr_take_message(query, &message);
        rc = cpr_query_check(query, error_out);
        if (rc == CPR_OK && message.reading_json) {
            cpr_buffer_clear(&store->reading);
            cpr_buffer_add_text(&store->reading, message.reading_json);
            message.reading_json = cpr_buffer_text(&store->reading);
            if (cpr_buffer_is_full(&store->reading))
                rc = cpr_store_refuse(store, CPR_CORRUPT,
                                      "the reading of a message is longer than this program ever "
                                      "writes, or memory is short",
                                      error_out);
        }
        if (rc == CPR_OK)
            *message_out = message;
    }
    cpr_query_end(query);
    return rc;
}

static enum cpr_rc message_find(void *self, const char *mailbox, const struct cpr_identity *identity,
                                struct cpr_message *message_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_MESSAGE_FIND);
    cpr_put_text(&query, mailbox);
    cpr_put_blob(&query, cpr_view_make(identity->digest.bytes, CPR_DIGEST_BYTES));
    cpr_put_int(&query, identity->size);
    return one_message(&query, message_out, error_out);
}

static enum cpr_rc message_by_text(void *self, const char *mailbox_or_null, const char *header_message_id,
                                   const char *text_digest, struct cpr_message *message_out,
                                   struct cpr_error *error_out)
{
    if (!header_message_id[0] || !text_digest[0])
        return CPR_ABSENT;
    struct cpr_query query = cpr_query_open(self, CPR_SQL_MESSAGE_BY_TEXT);
    cpr_put_text(&query, mailbox_or_null);
    cpr_put_text(&query, header_message_id);
    cpr_put_text(&query, text_digest);
    return one_message(&query, message_out, error_out);
}

static enum cpr_rc message_get(void *self, int64_t id, struct cpr_message *message_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_MESSAGE_GET);
    cpr_put_int(&query, id);
    return one_message(&query, message_out, error_out);
}

static enum cpr_rc message_put(void *self, struct cpr_message *message, struct cpr_error *error_out)
{
    if (message->reading_json && strlen(message->reading_json) > CPR_STORE_READING_MAX_BYTES)
        return cpr_store_refuse(self, CPR_LIMIT, "the reading of a message is over CPR_STORE_READING_MAX_BYTES",
                                error_out);
    struct cpr_query query = cpr_query_open(self, message->id ? CPR_SQL_MESSAGE_UPDATE : CPR_SQL_MESSAGE_INSERT);
    put_message(&query, message);
    return cpr_query_put_row(&query, &message->id, error_out);
}

/* --- replies ----------------------------------------------------------------------------------------------------- */

void cpr_store_fill_mail(struct cpr_store_port *port)
{
    port->folder_get = folder_get;
    port->folder_put = folder_put;
    port->folder_each = folder_each;
    port->folder_tally = folder_tally;
    port->sighting_expect = sighting_expect;
    port->sighting_get = sighting_get;
    port->sighting_put = sighting_put;
    port->sighting_expected = sighting_expected;
    port->sighting_each_of = sighting_each_of;
    port->message_find = message_find;
    port->message_by_text = message_by_text;
    port->message_get = message_get;
    port->message_put = message_put;
}
