/* What leaves the house: whether the ledger knows a message that was judged anew (hunt), and everything that it keeps
 * of one case (export). Both only look. */
#include "desk_internal.h"
#include "relate.h"

#include <stdio.h>
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

enum { READINGS_MAX_BYTES = CPR_REPLY_MAX_BYTES / 2, PART_SIZE = 32 };

/* A case as it is put together. */
struct exporting {
    const struct cpr_desk *desk;
    const struct cpr_case *item;
    json_t *object;   /* borrowed: what show says */
    json_t *messages; /* borrowed by `object` */
    size_t readings_bytes;
    unsigned left_out;
    struct cpr_reply replies[CPR_EXPORT_REPLIES_MAX];
    size_t reply_count;
    struct cpr_link links[CPR_RELATIVES_MAX];
    size_t link_count;
};

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

/* The reading, while there is room for it: null otherwise. */
static json_t *reading_of(struct exporting *exporting, const struct cpr_message *message)
{
    size_t len = message->reading_json ? strlen(message->reading_json) : 0;
    if (len > READINGS_MAX_BYTES - exporting->readings_bytes) {
        exporting->left_out++;
        return json_null();
    }
    exporting->readings_bytes += len;
    json_t *reading = json_loads(message->reading_json ? message->reading_json : "{}", 0, NULL);
    return reading ? reading : json_object();
}

/* One message of the case with every place where it was seen. */
static enum cpr_rc add_message(struct exporting *exporting, int64_t id, const char *part, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = exporting->desk->store;
    struct cpr_message message;
    char hex[CPR_DIGEST_HEX_SIZE];
    enum cpr_rc rc = store->message_get(store->self, id, &message, error_out);
    if (rc != CPR_OK)
        return rc;
    cpr_digest_to_hex(&message.identity.digest, hex);
    json_t *sightings = json_array();
    json_array_append_new(exporting->messages,
                          json_pack("{s:s, s:s, s:s, s:I, s:s, s:o, s:o, s:o, s:o, s:o}", "part", part, "mailbox",
                                    message.mailbox, "sha256_of_first_64k", hex, "size",
                                    (json_int_t)message.identity.size, "message_id", cpr_known_message_id(&message),
                                    "internaldate", cpr_desk_time(message.internal_ms), "savedate",
                                    cpr_desk_time(message.save_ms), "first_seen", cpr_desk_time(message.first_seen_ms),
                                    "reading", reading_of(exporting, &message), "sightings", sightings));
    return store->sighting_each_of(store->self, id, add_sighting, sightings, error_out);
}

static bool take_reply(void *context, const struct cpr_reply *reply)
{
    struct exporting *exporting = context;
    if (exporting->reply_count < CPR_EXPORT_REPLIES_MAX)
        exporting->replies[exporting->reply_count++] = *reply;
    else
        exporting->left_out++;
    return true;
}

/* What was judged for this case; of a store of an older version, which kept no such rows, what names the report. */
static enum cpr_rc find_replies(struct exporting *exporting, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = exporting->desk->store;
    const struct cpr_case *item = exporting->item;
    enum cpr_rc rc = store->case_reply_each(store->self, item->id, take_reply, exporting, error_out);
    if (rc != CPR_OK || exporting->reply_count || !item->header_message_id[0])
        return rc;
    return store->reply_list(store->self, item->mailbox, item->header_message_id, exporting->replies,
                             CPR_EXPORT_REPLIES_MAX, &exporting->reply_count, error_out);
}

/* Which of our mails closed each leg. */
static void name_evidence(struct exporting *exporting, size_t reply, const char *part)
{
    json_t *legs = json_object_get(exporting->object, "legs");
    for (size_t i = 0; i < CPR_LEGS; i++)
        if (exporting->item->legs[i].state != CPR_LEG_OPEN &&
            exporting->item->legs[i].message_id == exporting->replies[reply].message_id)
            json_object_set_new(json_array_get(legs, i), "part", json_string(part));
}

static enum cpr_rc add_replies(struct exporting *exporting, struct cpr_error *error_out)
{
    json_t *rows = json_array();
    char part[PART_SIZE];
    enum cpr_rc rc = find_replies(exporting, error_out);
    for (size_t i = 0; i < exporting->reply_count && rc == CPR_OK; i++) {
        const struct cpr_reply *reply = &exporting->replies[i];
        snprintf(part, sizeof part, "reply-%zu", i + 1);
        json_array_append_new(rows,
                              json_pack("{s:s, s:o, s:s, s:b, s:s}", "part", part, "sent",
                                        cpr_desk_time(reply->sent_ms), "class", cpr_reply_class_name(reply->view.class),
                                        "automatic", reply->is_automatic, "words", reply->view.words));
        name_evidence(exporting, i, part);
        rc = add_message(exporting, reply->message_id, part, error_out);
    }
    json_object_set_new(exporting->object, "replies", rows);
    return rc;
}

static bool take_link(void *context, const struct cpr_link *link)
{
    struct exporting *exporting = context;
    exporting->links[exporting->link_count++] = *link;
    return exporting->link_count < CPR_RELATIVES_MAX;
}

/* That somebody wrote before says nothing about this case: his other mail stays in the house. The rows of show stand in
 * the order of link_each (relate.h). */
static enum cpr_rc add_linked(struct exporting *exporting, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = exporting->desk->store;
    int64_t mine = exporting->item->message_id;
    char part[PART_SIZE];
    unsigned count = 0;
    enum cpr_rc rc = store->link_each(store->self, mine, take_link, exporting, error_out);
    for (size_t i = 0; i < exporting->link_count && rc == CPR_OK; i++) {
        const struct cpr_link *link = &exporting->links[i];
        if (link->reasons == CPR_LINK_SENDER)
            continue;
        if (count == CPR_EXPORT_LINKED_MAX) {
            exporting->left_out++;
            continue;
        }
        snprintf(part, sizeof part, "linked-%u", ++count);
        json_object_set_new(json_array_get(json_object_get(exporting->object, "links"), i), "part", json_string(part));
        rc = add_message(exporting, link->message_id == mine ? link->other_id : link->message_id, part, error_out);
    }
    return rc;
}

static enum cpr_rc add_move(const struct exporting *exporting, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = exporting->desk->store;
    struct cpr_intent intent;
    enum cpr_rc rc = store->intent_of_case(store->self, exporting->item->id, &intent, error_out);
    if (rc != CPR_OK)
        return rc == CPR_ABSENT ? CPR_OK : rc;
    json_object_set_new(exporting->object, "move",
                        json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:I, s:o, s:o}", "from", intent.source, "to",
                                  intent.destination, "uidvalidity", (json_int_t)intent.source_uidvalidity, "uid",
                                  (json_int_t)intent.source_uid, "outcome", cpr_intent_state_name(intent.state), "how",
                                  intent.how, "destination_uid", (json_int_t)intent.destination_uid, "begun",
                                  cpr_desk_time(intent.begun_ms), "ended", cpr_desk_time(intent.ended_ms)));
    return CPR_OK;
}

/* What show says, as an object. */
static enum cpr_rc begin_with_show(const struct cpr_desk *desk, const struct cpr_case *item, json_t **object_out,
                                   struct cpr_error *error_out)
{
    struct cpr_buffer shown = cpr_buffer_new(CPR_REPLY_MAX_BYTES);
    enum cpr_rc rc = cpr_desk_show(desk, item, &shown, error_out);
    json_t *object = rc == CPR_OK ? json_loads(cpr_buffer_text(&shown), 0, NULL) : NULL;
    cpr_buffer_free(&shown);
    if (rc == CPR_OK && !object)
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory for all of case %lld",
                           (long long)item->id);
    if (rc == CPR_OK)
        *object_out = object;
    return rc;
}

static enum cpr_rc put_together(struct exporting *exporting, struct cpr_error *error_out)
{
    const struct cpr_desk *desk = exporting->desk;
    const struct cpr_case *item = exporting->item;
    json_t *object = exporting->object, *log = json_array();
    enum cpr_rc rc = add_message(exporting, item->message_id, "report", error_out);
    if (rc == CPR_OK)
        rc = add_replies(exporting, error_out);
    if (rc == CPR_OK)
        rc = add_linked(exporting, error_out);
    if (rc == CPR_OK)
        rc = add_move(exporting, error_out);
    json_object_set_new(object, "log", log);
    if (rc == CPR_OK)
        rc = desk->store->event_each(desk->store->self, item->id, CPR_TIME_NONE, CPR_TIME_NONE, add_event, log,
                                     error_out);
    json_object_set_new(object, "found", cpr_desk_time(item->found_ms));
    json_object_set_new(object, "acked", cpr_desk_time(item->acked_ms));
    json_object_set_new(object, "exported", cpr_desk_time(desk->now_utc_ms));
    json_object_set_new(object, "instance", json_string(desk->instance));
    json_object_set_new(object, "version", json_string(CPR_VERSION));
    json_object_set_new(object, "left_out", json_integer(exporting->left_out));
    return rc;
}

enum cpr_rc cpr_desk_export(const struct cpr_desk *desk, const struct cpr_case *item, struct cpr_buffer *reply,
                            struct cpr_error *error_out)
{
    struct exporting *exporting = calloc(1, sizeof *exporting);
    if (!exporting)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory for an export");
    exporting->desk = desk;
    exporting->item = item;
    enum cpr_rc rc = begin_with_show(desk, item, &exporting->object, error_out);
    if (rc == CPR_OK) {
        exporting->messages = json_array();
        json_object_set_new(exporting->object, "messages", exporting->messages);
        rc = put_together(exporting, error_out);
    }
    if (rc == CPR_OK)
        cpr_desk_put(reply, exporting->object);
    else
        json_decref(exporting->object);
    free(exporting);
    return rc;
}

/* --- evidence -------------------------------------------------------------------------------------------------------
 */

enum cpr_rc cpr_desk_evidence(const struct cpr_desk *desk, const char *sha256, struct cpr_buffer *reply,
                              struct cpr_error *error_out)
{
    static const char digits[] = "0123456789abcdef";
    struct cpr_buffer bytes = cpr_buffer_new(CPR_EVIDENCE_MAX_BYTES), hex = cpr_buffer_new(2 * CPR_EVIDENCE_MAX_BYTES);
    struct cpr_digest digest;
    enum cpr_rc rc = sha256 && cpr_digest_from_hex(cpr_view_of(sha256), &digest)
                         ? desk->store->evidence_bytes(desk->store->self, sha256, &bytes, error_out)
                         : cpr_error_set(error_out, CPR_OPERATOR, 0, "the request names no digest");
    for (size_t i = 0; i < bytes.len && rc == CPR_OK; i++) {
        cpr_buffer_add_byte(&hex, digits[(unsigned char)bytes.data[i] >> 4]);
        cpr_buffer_add_byte(&hex, digits[bytes.data[i] & 15]);
    }
    if (rc == CPR_OK && (cpr_buffer_is_full(&bytes) || cpr_buffer_is_full(&hex)))
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory for what was answered");
    if (rc == CPR_OK)
        cpr_desk_put(reply, json_pack("{s:s, s:I, s:s}", "sha256", sha256, "size", (json_int_t)bytes.len, "hex",
                                      cpr_buffer_text(&hex)));
    else if (rc == CPR_ABSENT)
        cpr_error_set(error_out, rc, 0, "no answer of that digest is kept");
    cpr_buffer_free(&bytes);
    cpr_buffer_free(&hex);
    return rc;
}
