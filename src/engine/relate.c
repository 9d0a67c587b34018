#include "relate.h"

#include "cpr/record/reading_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum cpr_rc cpr_engine_index_sender(struct cpr_engine *engine, int64_t message_id, const char *from_address,
                                    struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    char from[CPR_ADDRESS_MAX + 1];
    size_t len = strlen(from_address);
    CPR_ASSERT(len < sizeof from);
    for (size_t i = 0; i <= len; i++)
        from[i] = cpr_ascii_lower(from_address[i]);
    return from[0] ? store->identifier_add(store->self, "from", from, message_id, error_out) : CPR_OK;
}

enum cpr_rc cpr_engine_index(struct cpr_engine *engine, int64_t message_id, const struct cpr_reading *reading,
                             struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    enum cpr_rc rc = cpr_engine_index_sender(engine, message_id, reading->from_address, error_out);
    if (rc == CPR_OK && reading->message_id[0])
        rc = store->identifier_add(store->self, "message-id", reading->message_id, message_id, error_out);
    for (uint32_t i = 0; i < reading->reference_count && rc == CPR_OK; i++)
        rc = store->identifier_add(store->self, "refers-to", reading->references[i], message_id, error_out);
    for (uint32_t i = 0; i < reading->identifier_count && rc == CPR_OK; i++)
        rc = store->identifier_add(store->self,
                                   cpr_identifier_type_name((enum cpr_identifier_type)reading->identifiers[i].type),
                                   reading->identifiers[i].value, message_id, error_out);
    return rc;
}

/* The receipt of a message that has no case, by what is stored of it. */
static struct cpr_receipt receipt_of(const struct cpr_engine *engine, const struct cpr_message *message,
                                     const struct cpr_reading *reading)
{
    static const struct cpr_mailbox_settings unknown;
    const struct cpr_mailbox_settings *mailbox = &unknown;
    for (size_t i = 0; i < engine->settings->mailbox_count; i++)
        if (strcmp(engine->settings->mailboxes[i].name, message->mailbox) == 0)
            mailbox = &engine->settings->mailboxes[i];
    int64_t first_seen_ms = message->first_seen_ms == CPR_TIME_NONE ? engine->now_ms : message->first_seen_ms;
    return cpr_receipt_choose(reading, message->internal_ms, message->save_ms, first_seen_ms, mailbox);
}

/* --- relating ------------------------------------------------------------------------------------------------------
 */

/* One of the two messages that are compared. */
struct side {
    struct cpr_message message; /* its reading_json is not valid */
    struct cpr_link_facts facts;
    struct cpr_case item; /* id 0: none */
    struct cpr_receipt receipt;
};

struct relating {
    struct cpr_engine *engine;
    struct side mine, other;
    struct cpr_reading reading; /* of the side that is loaded */
    unsigned noted;
};

static enum cpr_rc load_side(struct relating *relating, int64_t message_id, int64_t case_id, struct side *out,
                             struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &relating->engine->ports.store;
    enum cpr_rc rc = store->message_get(store->self, message_id, &out->message, error_out);
    if (rc != CPR_OK)
        return rc;
    cpr_reading_parse_json(out->message.reading_json, &relating->reading);
    cpr_link_facts_of(&relating->reading, &out->facts);
    /* Of a mail that a quarantine holds only the row has a name. */
    memcpy(out->facts.message_id, out->message.header_message_id, sizeof out->facts.message_id);
    memcpy(out->facts.from_address, out->message.from_address, sizeof out->facts.from_address);
    out->receipt = receipt_of(relating->engine, &out->message, &relating->reading);
    out->item.id = 0;
    if (case_id == 0)
        case_id = out->message.case_id;
    if (case_id)
        rc = store->case_get(store->self, case_id, &out->item, error_out);
    if (rc == CPR_OK && case_id)
        out->receipt = out->item.receipt;
    return rc;
}

static bool is_open(const struct side *side)
{
    return side->item.id && side->item.state == CPR_CASE_OPEN;
}

static void write_reasons(unsigned reasons, const char *detail, char *out, size_t out_size)
{
    size_t len = 0;
    for (unsigned bit = 0; bit < CPR_LINK_REASONS && len < out_size; bit++)
        if (reasons & 1u << bit)
            len += (size_t)snprintf(out + len, out_size - len, "%s%s", len ? ", " : "", cpr_link_reason_name(bit));
    if (detail[0] && len < out_size)
        snprintf(out + len, out_size - len, ": %s", detail);
}

static void write_whose(const struct side *side, char *out, size_t out_size)
{
    if (side->item.id)
        snprintf(out, out_size, "of case %" PRId64, side->item.id);
    else
        snprintf(out, out_size, "of an earlier message that was judged %s", cpr_verdict_name(side->message.verdict));
}

static struct cpr_link_side side_of(const struct side *side)
{
    return (struct cpr_link_side){&side->facts, side->item.id != 0, is_open(side), side->receipt.utc_ms};
}

/* The clock of the later one runs from the earlier one's receipt, when the rules say so. */
static enum cpr_rc bring_forward(struct relating *relating, unsigned reasons, bool *done_out,
                                 struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &relating->engine->ports.store;
    struct cpr_link_side mine = side_of(&relating->mine), other = side_of(&relating->other);
    int which = cpr_link_comes_forward(reasons, &mine, &other);
    struct side *later = which == 1 ? &relating->mine : &relating->other;
    const struct side *earlier = which == 1 ? &relating->other : &relating->mine;
    char whose[96];
    *done_out = which != 0;
    if (which == 0)
        return CPR_OK;
    write_whose(earlier, whose, sizeof whose);
    enum cpr_rc rc = cpr_engine_bring_forward(relating->engine, &later->item, &earlier->receipt, whose, error_out);
    later->receipt = later->item.receipt;
    return rc == CPR_OK ? store->case_put(store->self, &later->item, error_out) : rc;
}

/* A line in the record of `about`; not more than a few for one message: the table holds all. */
static enum cpr_rc note(struct relating *relating, const struct side *about, const struct side *with, unsigned reasons,
                        const char *detail, struct cpr_error *error_out)
{
    enum { NOTES_MAX = 16 };
    char words[CPR_LINK_DETAIL_SIZE + 64] = "", which[CPR_NAME_MAX + 160];
    if (!is_open(about) || relating->noted++ >= NOTES_MAX)
        return CPR_OK;
    write_reasons(reasons, detail, words, sizeof words);
    if (with->item.id && !is_open(with))
        snprintf(which, sizeof which,
                 "case %" PRId64 ", which is closed (%s): this stays a report of its own, and its clock runs",
                 with->item.id, cpr_case_state_name(with->item.state));
    else if (with->item.id)
        snprintf(which, sizeof which, "case %" PRId64, with->item.id);
    else
        snprintf(which, sizeof which, "a message of %.80s that was judged %s", with->message.from_address,
                 cpr_verdict_name(with->message.verdict));
    return cpr_engine_event(relating->engine, "linked", about->item.id, about->item.mailbox, error_out,
                            "belongs with %s (%s)", which, words);
}

/* Mail of our own is no message of a reporter. */
static bool is_ours(const struct side *side)
{
    return side->message.kind == CPR_KIND_OWN_ALERT || side->message.kind == CPR_KIND_REPLY;
}

static enum cpr_rc relate_one(struct relating *relating, int64_t other_id, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &relating->engine->ports.store;
    struct side *mine = &relating->mine, *other = &relating->other;
    struct cpr_link link = {.message_id = mine->message.id, .other_id = other_id, .at_ms = relating->engine->now_ms};
    enum cpr_rc rc = load_side(relating, other_id, 0, other, error_out);
    if (rc != CPR_OK || is_ours(other) || (!mine->item.id && !other->item.id) ||
        (mine->item.id && mine->item.id == other->item.id))
        return rc;
    link.reasons = cpr_link_reasons(&mine->facts, &other->facts, link.detail);
    if (link.reasons == 0)
        return CPR_OK;
    rc = bring_forward(relating, link.reasons, &link.brought_forward, error_out);
    if (rc == CPR_OK)
        rc = store->link_add(store->self, &link, error_out);
    if (rc == CPR_OK && link.reasons != CPR_LINK_SENDER)
        rc = note(relating, mine, other, link.reasons, link.detail, error_out);
    if (rc == CPR_OK && link.reasons != CPR_LINK_SENDER)
        rc = note(relating, other, mine, link.reasons, link.detail, error_out);
    return rc;
}

static enum cpr_rc relate_all(struct relating *relating, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &relating->engine->ports.store;
    int64_t ids[CPR_RELATIVES_MAX + CPR_OF_SENDER_MAX];
    size_t count = 0, of_sender = 0;
    enum cpr_rc rc = store->identifier_relatives(store->self, relating->mine.message.id, false, ids, CPR_RELATIVES_MAX,
                                                 &count, error_out);
    /* What is judged unlikely is not compared with all that its sender wrote: newsletters come by the thousand. */
    if (rc == CPR_OK && relating->mine.item.id)
        rc = store->identifier_relatives(store->self, relating->mine.message.id, true, ids + count, CPR_OF_SENDER_MAX,
                                         &of_sender, error_out);
    for (size_t i = 0; i < count + of_sender && rc == CPR_OK; i++) {
        bool is_double = false;
        for (size_t k = 0; k < i && i >= count; k++)
            is_double = is_double || ids[k] == ids[i];
        if (!is_double)
            rc = relate_one(relating, ids[i], error_out);
    }
    return rc;
}

enum cpr_rc cpr_engine_relate(struct cpr_engine *engine, const struct cpr_message *message, int64_t case_id,
                              struct cpr_error *error_out)
{
    struct relating *relating = calloc(1, sizeof *relating);
    if (!relating)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to look for related messages");
    relating->engine = engine;
    enum cpr_rc rc = load_side(relating, message->id, case_id, &relating->mine, error_out);
    if (rc == CPR_OK)
        rc = relate_all(relating, error_out);
    free(relating);
    return rc;
}

/* --- for people ----------------------------------------------------------------------------------------------------
 */

const char *cpr_known_message_id(const struct cpr_message *message)
{
    bool is_header = message->header_message_id[0] == '<' || strncmp(message->header_message_id, "sha256:", 7) == 0;
    return is_header ? message->header_message_id : "";
}

struct listing {
    struct cpr_link links[CPR_RELATIVES_MAX + CPR_OF_SENDER_MAX];
    size_t count;
    json_t *folders;
    struct cpr_reading reading; /* of the message itself */
    struct cpr_link_facts facts;
};

static bool take_link(void *context, const struct cpr_link *link)
{
    struct listing *listing = context;
    listing->links[listing->count++] = *link;
    return listing->count < CPR_RELATIVES_MAX;
}

static bool take_folder(void *context, const struct cpr_sighting *sighting, const struct cpr_folder *folder)
{
    struct listing *listing = context;
    (void)sighting;
    for (size_t i = 0; i < json_array_size(listing->folders); i++)
        if (strcmp(json_string_value(json_array_get(listing->folders, i)), folder->display) == 0)
            return true;
    json_array_append_new(listing->folders, json_string(folder->display));
    return true;
}

static json_t *time_or_null(int64_t utc_ms)
{
    char text[CPR_TIME_TEXT_SIZE];
    return utc_ms == CPR_TIME_NONE ? json_null() : json_string(cpr_time_format(utc_ms, text));
}

static enum cpr_rc describe(const struct cpr_store_port *store, int64_t message_id, const struct cpr_link *link,
                            struct listing *listing, json_t *list, struct cpr_error *error_out)
{
    struct cpr_message other;
    struct cpr_case item = {0};
    int64_t other_id = link->message_id == message_id ? link->other_id : link->message_id;
    enum cpr_rc rc = store->message_get(store->self, other_id, &other, error_out);
    if (rc == CPR_OK && other.case_id)
        rc = store->case_get(store->self, other.case_id, &item, error_out);
    listing->folders = json_array();
    if (rc == CPR_OK)
        rc = store->sighting_each_of(store->self, other_id, take_folder, listing, error_out);
    json_t *reasons = json_array();
    for (unsigned bit = 0; bit < CPR_LINK_REASONS; bit++)
        if (link->reasons & 1u << bit)
            json_array_append_new(reasons, json_string(cpr_link_reason_name(bit)));
    int64_t received_ms = item.id                                    ? item.receipt.utc_ms
                          : cpr_time_is_plausible(other.internal_ms) ? other.internal_ms
                                                                     : other.first_seen_ms;
    if (rc == CPR_OK)
        json_array_append_new(list, json_pack("{s:s, s:o, s:s, s:O, s:s, s:o, s:s, s:s, s:s, s:s, s:O, s:b}",
                                              "message_id", cpr_known_message_id(&other), "case",
                                              item.id ? json_integer(item.id) : json_null(), "state",
                                              item.id ? cpr_case_state_name(item.state) : "", "reasons", reasons,
                                              "detail", link->detail, "received", time_or_null(received_ms), "from",
                                              other.from_address, "subject", other.subject, "verdict",
                                              cpr_verdict_name(other.verdict), "kind", cpr_kind_name(other.kind),
                                              "folders", listing->folders, "brought_forward", link->brought_forward));
    json_decref(reasons);
    json_decref(listing->folders);
    return rc;
}

/* What came from the sender of a complaint and has no link: read in a folder after it. */
static enum cpr_rc look_back(const struct cpr_store_port *store, int64_t message_id, struct listing *listing,
                             struct cpr_error *error_out)
{
    int64_t ids[CPR_OF_SENDER_MAX];
    size_t count = 0;
    enum cpr_rc rc =
        store->identifier_relatives(store->self, message_id, true, ids, CPR_OF_SENDER_MAX, &count, error_out);
    for (size_t i = 0; i < count && rc == CPR_OK; i++) {
        bool is_listed = false;
        for (size_t k = 0; k < listing->count; k++)
            is_listed = is_listed || listing->links[k].message_id == ids[i] || listing->links[k].other_id == ids[i];
        if (!is_listed && listing->count < sizeof listing->links / sizeof listing->links[0])
            listing->links[listing->count++] =
                (struct cpr_link){.message_id = message_id, .other_id = ids[i], .reasons = CPR_LINK_SENDER};
    }
    return rc;
}

enum cpr_rc cpr_relatives_list(const struct cpr_store_port *store, int64_t message_id, json_t **list_out,
                               struct cpr_error *error_out)
{
    struct listing *listing = calloc(1, sizeof *listing);
    struct cpr_message message;
    json_t *list = json_array();
    enum cpr_rc rc = listing && list ? CPR_OK : cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory");
    if (rc == CPR_OK)
        rc = store->link_each(store->self, message_id, take_link, listing, error_out);
    if (rc == CPR_OK)
        rc = store->message_get(store->self, message_id, &message, error_out);
    if (rc == CPR_OK) {
        cpr_reading_parse_json(message.reading_json, &listing->reading);
        cpr_link_facts_of(&listing->reading, &listing->facts);
        if (listing->facts.complains)
            rc = look_back(store, message_id, listing, error_out);
    }
    for (size_t i = 0; i < (listing ? listing->count : 0) && rc == CPR_OK; i++)
        rc = describe(store, message_id, &listing->links[i], listing, list, error_out);
    free(listing);
    if (rc == CPR_OK)
        *list_out = list;
    else
        json_decref(list);
    return rc;
}
