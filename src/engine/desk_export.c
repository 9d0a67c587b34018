/* What leaves the house: whether the ledger knows a message that was judged anew (hunt), and everything that it keeps
 * of one case (export). Both only look. */
#include "desk_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- known ----------------------------------------------------------------------------------------------------------
 */

struct wanted {
    const char *mailbox, *header_message_id, *text_digest; /* borrowed from the request; mailbox NULL: any */
    struct cpr_identity identity;
};

static bool read_wanted(const json_t *item, struct wanted *out)
{
    const char *sha256 = json_string_value(json_object_get(item, "sha256"));
    const char *id = json_string_value(json_object_get(item, "message_id"));
    const char *text = json_string_value(json_object_get(item, "text"));
    json_int_t size = json_integer_value(json_object_get(item, "size"));
    *out = (struct wanted){.mailbox = json_string_value(json_object_get(item, "mailbox")),
                           .header_message_id = id ? id : "",
                           .text_digest = text ? text : "",
                           .identity.size = (uint32_t)size};
    return size > 0 && size <= UINT32_MAX && cpr_digest_from_hex(cpr_view_of(sha256), &out->identity.digest);
}

/* By its bytes, else by its text. */
static enum cpr_rc find_wanted(const struct cpr_desk *desk, const struct wanted *wanted, struct cpr_message *found,
                               const char **how_out, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = desk->store;
    enum cpr_rc rc = CPR_ABSENT;
    *how_out = "bytes";
    for (size_t i = 0; i < desk->settings->mailbox_count && rc == CPR_ABSENT; i++) {
        const char *name = desk->settings->mailboxes[i].name;
        if (!wanted->mailbox || strcmp(wanted->mailbox, name) == 0)
            rc = store->message_find(store->self, name, &wanted->identity, found, error_out);
    }
    if (rc != CPR_ABSENT)
        return rc;
    *how_out = "text";
    return store->message_by_text(store->self, wanted->mailbox, wanted->header_message_id, wanted->text_digest, found,
                                  error_out);
}

static const char *string_in(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* The earliest reply that says what was found. CPR_ABSENT. */
static enum cpr_rc find_answer(const struct cpr_store_port *store, const char *mailbox, const char *header_message_id,
                               int64_t *reply_id_out, int64_t *sent_ms_out, struct cpr_error *error_out)
{
    struct cpr_reply replies[16];
    size_t count = 0;
    enum cpr_rc rc = store->reply_list(store->self, mailbox, header_message_id, replies,
                                       sizeof replies / sizeof replies[0], &count, error_out);
    for (size_t i = 0; i < count && rc == CPR_OK; i++)
        if (replies[i].view.class == CPR_REPLY_SUBSTANTIVE) {
            *reply_id_out = replies[i].message_id;
            *sent_ms_out = replies[i].sent_ms;
            return CPR_OK;
        }
    return rc == CPR_OK ? CPR_ABSENT : rc;
}

/* When a human reply that names it was sent, as far as Sent shows. */
static enum cpr_rc add_answered(const struct cpr_desk *desk, const struct cpr_message *message, json_t *row,
                                struct cpr_error *error_out)
{
    const struct cpr_store_port *store = desk->store;
    int64_t reply_id, sent_ms = CPR_TIME_NONE;
    enum cpr_rc rc = CPR_ABSENT;
    if (message->header_message_id[0])
        rc = find_answer(store, message->mailbox, message->header_message_id, &reply_id, &sent_ms, error_out);
    json_object_set_new(row, "answered", cpr_desk_time(rc == CPR_OK ? sent_ms : CPR_TIME_NONE));
    return rc == CPR_ABSENT ? CPR_OK : rc;
}

static enum cpr_rc put_known(const struct cpr_desk *desk, const struct wanted *wanted, struct cpr_buffer *reply,
                             struct cpr_error *error_out)
{
    struct cpr_message found;
    const char *how;
    enum cpr_rc rc = find_wanted(desk, wanted, &found, &how, error_out);
    if (rc == CPR_ABSENT) {
        cpr_desk_put(reply, json_pack("{s:b}", "known", 0));
        return CPR_OK;
    }
    if (rc != CPR_OK)
        return rc;
    json_t *reading = json_loads(found.reading_json ? found.reading_json : "{}", 0, NULL);
    json_t *row = json_pack("{s:b, s:s, s:s, s:s, s:s, s:s, s:o, s:I}", "known", 1, "by", how, "mailbox", found.mailbox,
                            "verdict", cpr_verdict_name(found.verdict), "kind", cpr_kind_name(found.kind), "ruleset",
                            string_in(reading, "ruleset"), "first_seen", cpr_desk_time(found.first_seen_ms), "case",
                            (json_int_t)found.case_id);
    json_decref(reading);
    rc = add_answered(desk, &found, row, error_out);
    if (rc == CPR_OK)
        cpr_desk_put(reply, row);
    else
        json_decref(row);
    return rc;
}

enum cpr_rc cpr_desk_known(const struct cpr_desk *desk, const json_t *messages, struct cpr_buffer *reply,
                           struct cpr_error *error_out)
{
    struct wanted wanted;
    size_t i;
    json_t *item;
    enum cpr_rc rc = CPR_OK;
    json_array_foreach(messages, i, item)
    {
        if (rc == CPR_OK && !read_wanted(item, &wanted))
            rc =
                cpr_error_set(error_out, CPR_OPERATOR, 0, "message %zu of the request has no size or no sha256", i + 1);
        if (rc == CPR_OK)
            rc = put_known(desk, &wanted, reply, error_out);
    }
    return rc;
}

/* --- export ---------------------------------------------------------------------------------------------------------
 */

static bool add_event(void *context, const struct cpr_event *event)
{
    json_array_append_new(context, json_pack("{s:I, s:I, s:o, s:s, s:I, s:s, s:s, s:s, s:s, s:s}", "sequence",
                                             (json_int_t)event->sequence, "at_ms", (json_int_t)event->at_ms, "at",
                                             cpr_desk_time(event->at_ms), "event", event->event, "case",
                                             (json_int_t)event->case_id, "mailbox", event->mailbox, "who", event->who,
                                             "text", event->text, "prev_hash", event->prev_hash, "hash", event->hash));
    return true;
}

static bool add_sighting(void *context, const struct cpr_sighting *sighting, const struct cpr_folder *folder)
{
    json_array_append_new(context, json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:s, s:o, s:s}", "mailbox",
                                             folder->mailbox, "folder", folder->display, "wire_name", folder->name,
                                             "role", cpr_folder_role_name(folder->role), "uidvalidity",
                                             (json_int_t)sighting->uidvalidity, "uid", (json_int_t)sighting->uid,
                                             "state", cpr_sighting_state_name(sighting->state), "first_seen",
                                             cpr_desk_time(sighting->first_seen_ms), "action", sighting->action));
    return true;
}

/* One message of the case with every place where it was seen. */
static enum cpr_rc add_message(const struct cpr_desk *desk, int64_t id, const char *part, json_t *messages,
                               struct cpr_error *error_out)
{
    const struct cpr_store_port *store = desk->store;
    struct cpr_message message;
    char hex[CPR_DIGEST_HEX_SIZE];
    enum cpr_rc rc = store->message_get(store->self, id, &message, error_out);
    if (rc != CPR_OK)
        return rc;
    cpr_digest_to_hex(&message.identity.digest, hex);
    json_t *reading = json_loads(message.reading_json ? message.reading_json : "{}", 0, NULL);
    json_t *sightings = json_array();
    json_array_append_new(messages,
                          json_pack("{s:s, s:s, s:s, s:I, s:s, s:o, s:o, s:o, s:o, s:o}", "part", part, "mailbox",
                                    message.mailbox, "sha256_of_first_64k", hex, "size",
                                    (json_int_t)message.identity.size, "message_id", message.header_message_id,
                                    "internaldate", cpr_desk_time(message.internal_ms), "savedate",
                                    cpr_desk_time(message.save_ms), "first_seen", cpr_desk_time(message.first_seen_ms),
                                    "reading", reading ? reading : json_object(), "sightings", sightings));
    return store->sighting_each_of(store->self, id, add_sighting, sightings, error_out);
}

static enum cpr_rc add_reply(const struct cpr_desk *desk, const struct cpr_case *item, json_t *messages,
                             struct cpr_error *error_out)
{
    int64_t reply_id, sent_ms;
    if (!item->header_message_id[0])
        return CPR_OK;
    enum cpr_rc rc =
        find_answer(desk->store, item->mailbox, item->header_message_id, &reply_id, &sent_ms, error_out);
    if (rc != CPR_OK)
        return rc == CPR_ABSENT ? CPR_OK : rc;
    return add_message(desk, reply_id, "reply", messages, error_out);
}

static enum cpr_rc add_move(const struct cpr_desk *desk, const struct cpr_case *item, json_t *object,
                            struct cpr_error *error_out)
{
    struct cpr_intent intent;
    enum cpr_rc rc = desk->store->intent_of_case(desk->store->self, item->id, &intent, error_out);
    if (rc != CPR_OK)
        return rc == CPR_ABSENT ? CPR_OK : rc;
    json_object_set_new(object, "move",
                        json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:I, s:o, s:o}", "from", intent.source, "to",
                                  intent.destination, "uidvalidity", (json_int_t)intent.source_uidvalidity, "uid",
                                  (json_int_t)intent.source_uid, "outcome", cpr_intent_state_name(intent.state), "how",
                                  intent.how, "destination_uid", (json_int_t)intent.destination_uid, "begun",
                                  cpr_desk_time(intent.begun_ms), "ended", cpr_desk_time(intent.ended_ms)));
    return CPR_OK;
}

enum cpr_rc cpr_desk_export(const struct cpr_desk *desk, const struct cpr_case *item, struct cpr_buffer *reply,
                            struct cpr_error *error_out)
{
    struct cpr_buffer shown = cpr_buffer_new(CPR_REPLY_MAX_BYTES);
    enum cpr_rc rc = cpr_desk_show(desk, item, &shown, error_out);
    json_t *object = rc == CPR_OK ? json_loads(cpr_buffer_text(&shown), 0, NULL) : NULL;
    json_t *messages = json_array(), *log = json_array();
    cpr_buffer_free(&shown);
    if (rc == CPR_OK && !object)
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory for all of case %lld",
                           (long long)item->id);
    if (rc == CPR_OK)
        rc = add_message(desk, item->message_id, "report", messages, error_out);
    if (rc == CPR_OK)
        rc = add_reply(desk, item, messages, error_out);
    if (rc == CPR_OK)
        rc = add_move(desk, item, object, error_out);
    if (rc == CPR_OK)
        rc = desk->store->event_each(desk->store->self, item->id, CPR_TIME_NONE, CPR_TIME_NONE, add_event, log,
                                     error_out);
    json_object_set_new(object, "found", cpr_desk_time(item->found_ms));
    json_object_set_new(object, "acked", cpr_desk_time(item->acked_ms));
    json_object_set_new(object, "exported", cpr_desk_time(desk->now_utc_ms));
    json_object_set_new(object, "instance", json_string(desk->instance));
    json_object_set_new(object, "version", json_string(CPR_VERSION));
    json_object_set_new(object, "messages", messages);
    json_object_set_new(object, "log", log);
    if (rc == CPR_OK)
        cpr_desk_put(reply, object);
    else
        json_decref(object);
    return rc;
}
