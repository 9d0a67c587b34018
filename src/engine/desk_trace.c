/* `cpr-audit trace`: what became of a message, a certificate or a sender, in order of time. */
#include "desk_internal.h"
#include "relate.h"

#include "cpr/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More would be no screen; what is left out is said. FORMS_MAX: ways to write one value. */
enum { MESSAGES_MAX = 48, FORMS_MAX = 6, VALUE_MAX_BYTES = 512, ENTRIES_MAX = 8192 };

/* --- the value in each form that the index may hold ----------------------------------------------------------------
 */

struct forms {
    char list[FORMS_MAX][VALUE_MAX_BYTES + 3];
    size_t count;
};

static void add_form(struct forms *forms, struct cpr_view value)
{
    for (size_t i = 0; i < forms->count; i++)
        if (cpr_view_equal(cpr_view_of(forms->list[i]), value))
            return;
    if (value.len && value.len < sizeof forms->list[0] && forms->count < FORMS_MAX)
        cpr_view_copy(value, forms->list[forms->count++], sizeof forms->list[0]);
}

/* A serial number or a fingerprint as people write it: "0x03:A4 1f" is 3a41f, and 03a41f where zeros count. */
static void add_hex(struct forms *forms, struct cpr_view value)
{
    char hex[VALUE_MAX_BYTES];
    size_t len = 0;
    if (cpr_view_starts_nocase(value, "0x"))
        value = cpr_view_slice(value, 2, value.len);
    for (size_t i = 0; i < value.len && len < sizeof hex; i++) {
        if (cpr_ascii_is_hex(value.data[i]))
            hex[len++] = cpr_ascii_lower(value.data[i]);
        else if (value.data[i] != ':' && value.data[i] != ' ' && value.data[i] != '-')
            return;
    }
    add_form(forms, cpr_view_make(hex, len));
    size_t zeros = 0;
    while (zeros + 1 < len && hex[zeros] == '0')
        zeros++;
    add_form(forms, cpr_view_make(hex + zeros, len - zeros));
}

static void make_forms(struct cpr_view value, struct forms *forms)
{
    char text[VALUE_MAX_BYTES + 3];
    size_t id = cpr_view_find_nocase(value, "?id=", 0);
    forms->count = 0;
    add_form(forms, value);
    if (id != CPR_VIEW_NOT_FOUND && cpr_view_find_nocase(value, "crt.sh", 0) != CPR_VIEW_NOT_FOUND)
        value = cpr_view_slice(value, id + strlen("?id="), value.len);
    if (cpr_view_find_byte(value, '@', 0) != CPR_VIEW_NOT_FOUND && value.data[0] != '<') {
        snprintf(text, sizeof text, "<%.*s>", (int)value.len, value.data);
        add_form(forms, cpr_view_of(text));
    }
    for (size_t i = 0; i < value.len; i++)
        text[i] = cpr_ascii_lower(value.data[i]);
    add_form(forms, cpr_view_make(text, value.len));
    add_hex(forms, value);
}

/* --- what is known -------------------------------------------------------------------------------------------------
 */

struct entry {
    int64_t at_ms;
    size_t order; /* of finding: entries of one instant keep it */
    json_t *object;
};

struct trace {
    const struct cpr_desk *desk;
    int64_t ids[MESSAGES_MAX];
    size_t count;
    int64_t case_ids[MESSAGES_MAX]; /* each once */
    size_t case_count;
    bool is_cut;
    json_t *messages;
    json_t *sightings; /* of the message in hand */
    int64_t case_id;   /* in hand; 0: none */
    struct entry *entries;
    size_t entry_count;
};

/* Takes the object over. */
static void add_entry(struct trace *trace, int64_t at_ms, json_t *object)
{
    if (object && at_ms != CPR_TIME_NONE && trace->entry_count < ENTRIES_MAX) {
        json_object_set_new(object, "case", trace->case_id ? json_integer(trace->case_id) : json_null());
        trace->entries[trace->entry_count] = (struct entry){at_ms, trace->entry_count, object};
        trace->entry_count++;
    } else {
        trace->is_cut = trace->is_cut || at_ms != CPR_TIME_NONE;
        json_decref(object);
    }
}

static enum cpr_rc find_messages(struct trace *trace, const struct forms *forms, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = trace->desk->store;
    enum cpr_rc rc = CPR_OK;
    for (size_t f = 0; f < forms->count && rc == CPR_OK; f++) {
        int64_t ids[MESSAGES_MAX];
        size_t count = 0;
        rc = store->identifier_find(store->self, forms->list[f], ids, MESSAGES_MAX, &count, error_out);
        trace->is_cut = trace->is_cut || count == MESSAGES_MAX;
        for (size_t i = 0; i < count; i++) {
            bool is_known = trace->count == MESSAGES_MAX;
            for (size_t k = 0; k < trace->count; k++)
                is_known = is_known || trace->ids[k] == ids[i];
            if (!is_known)
                trace->ids[trace->count++] = ids[i];
        }
    }
    return rc;
}

static bool take_sighting(void *context, const struct cpr_sighting *sighting, const struct cpr_folder *folder)
{
    struct trace *trace = context;
    char text[CPR_FOLDER_NAME_MAX + 160];
    json_array_append_new(trace->sightings,
                          json_pack("{s:s, s:s, s:s, s:I, s:I, s:s, s:o, s:s}", "mailbox", folder->mailbox, "folder",
                                    folder->display, "role", cpr_folder_role_name(folder->role), "uidvalidity",
                                    (json_int_t)sighting->uidvalidity, "uid", (json_int_t)sighting->uid, "state",
                                    cpr_sighting_state_name(sighting->state), "at",
                                    cpr_desk_time(sighting->first_seen_ms), "action", sighting->action));
    snprintf(text, sizeof text, "\"%.400s\" of mailbox %s, UID %" PRIu32 ", %s, %s", folder->display, folder->mailbox,
             sighting->uid, cpr_sighting_state_name(sighting->state), sighting->action[0] ? sighting->action : "none");
    add_entry(trace, sighting->first_seen_ms,
              json_pack("{s:o, s:s, s:s, s:s}", "at", cpr_desk_time(sighting->first_seen_ms), "event", "seen", "who",
                        "cpr-auditd", "text", text));
    return true;
}

static const char *mail_of(const struct cpr_message *message)
{
    return message->kind == CPR_KIND_REPLY ? "reply" : message->kind == CPR_KIND_OWN_ALERT ? "alert" : "mail";
}

static enum cpr_rc add_message(struct trace *trace, int64_t id, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = trace->desk->store;
    struct cpr_message message;
    char text[CPR_ADDRESS_MAX + CPR_SUBJECT_SIZE + 64];
    enum cpr_rc rc = store->message_get(store->self, id, &message, error_out);
    if (rc != CPR_OK)
        return rc;
    int64_t received_ms = cpr_time_is_plausible(message.internal_ms) ? message.internal_ms : message.first_seen_ms;
    trace->case_id = message.case_id;
    trace->sightings = json_array();
    snprintf(text, sizeof text, "from %s: %s; judged %s", message.from_address, message.subject,
             cpr_verdict_name(message.verdict));
    add_entry(trace, received_ms,
              json_pack("{s:o, s:s, s:s, s:s}", "at", cpr_desk_time(received_ms), "event", mail_of(&message), "who",
                        message.from_address, "text", text));
    rc = store->sighting_each_of(store->self, id, take_sighting, trace, error_out);
    json_array_append_new(
        trace->messages,
        json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:i, s:o, s:o}", "mailbox", message.mailbox, "message_id",
                  cpr_known_message_id(&message), "from", message.from_address, "subject", message.subject, "received",
                  cpr_desk_time(received_ms), "verdict", cpr_verdict_name(message.verdict), "kind",
                  cpr_kind_name(message.kind), "score", message.score, "case",
                  message.case_id ? json_integer(message.case_id) : json_null(), "sightings", trace->sightings));
    bool is_known = message.case_id == 0;
    for (size_t i = 0; i < trace->case_count; i++)
        is_known = is_known || trace->case_ids[i] == message.case_id;
    if (!is_known)
        trace->case_ids[trace->case_count++] = message.case_id;
    return rc;
}

static bool take_event(void *context, const struct cpr_event *event)
{
    add_entry(context, event->at_ms,
              json_pack("{s:o, s:s, s:s, s:s}", "at", cpr_desk_time(event->at_ms), "event", event->event, "who",
                        event->who, "text", event->text));
    return true;
}

static bool take_alert(void *context, const struct cpr_alert *alert)
{
    char text[CPR_ADDRESS_MAX + sizeof alert->reply + 64];
    if (alert->state != CPR_ALERT_PENDING) /* what was sent is an event; what was cancelled never happened */
        return true;
    snprintf(text, sizeof text, "to %s%s%s", alert->recipient, alert->reply[0] ? ": " : "", alert->reply);
    add_entry(context, alert->due_ms,
              json_pack("{s:o, s:s, s:s, s:s}", "at", cpr_desk_time(alert->due_ms), "event", "alert-due", "who",
                        "cpr-auditd", "text", text));
    return true;
}

static enum cpr_rc add_case(struct trace *trace, int64_t case_id, json_t *cases, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = trace->desk->store;
    struct cpr_case item;
    trace->case_id = case_id;
    enum cpr_rc rc = store->case_get(store->self, case_id, &item, error_out);
    if (rc == CPR_OK) {
        json_array_append_new(cases, cpr_desk_case(trace->desk, &item));
        rc = store->event_each(store->self, case_id, CPR_TIME_NONE, CPR_TIME_NONE, take_event, trace, error_out);
    }
    return rc == CPR_OK ? store->alert_each_of_case(store->self, case_id, take_alert, trace, error_out) : rc;
}

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->at_ms != y->at_ms)
        return x->at_ms < y->at_ms ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* --- the answer ----------------------------------------------------------------------------------------------------
 */

static enum cpr_rc nothing_is_known(const struct cpr_desk *desk, const char *value, const struct forms *forms,
                                    struct cpr_error *error_out)
{
    bool is_ours = false;
    for (size_t i = 0; i < forms->count && !is_ours; i++)
        if (desk->store->alert_is_ours(desk->store->self, forms->list[i], &is_ours, error_out) != CPR_OK)
            return error_out ? error_out->rc : CPR_RETRY;
    if (is_ours)
        return cpr_error_set(error_out, CPR_ABSENT, 0,
                             "\"%.80s\" is the Message-ID of an alert of ours; its subject names the case to show",
                             value);
    return cpr_error_set(error_out, CPR_ABSENT, 0,
                         "nothing is known of \"%.80s\": no message in any audited folder bears or names it; give a "
                         "Message-ID, a serial number, a crt.sh id, a fingerprint or a sender's address",
                         value);
}

static enum cpr_rc gather(struct trace *trace, json_t *cases, struct cpr_error *error_out)
{
    enum cpr_rc rc = CPR_OK;
    for (size_t i = 0; i < trace->count && rc == CPR_OK; i++)
        rc = add_message(trace, trace->ids[i], error_out);
    for (size_t i = 0; i < trace->case_count && rc == CPR_OK; i++)
        rc = add_case(trace, trace->case_ids[i], cases, error_out);
    qsort(trace->entries, trace->entry_count, sizeof trace->entries[0], compare);
    return rc;
}

static enum cpr_rc write_trace(const struct cpr_desk *desk, const char *value, struct trace *trace,
                               struct cpr_buffer *reply, struct cpr_error *error_out)
{
    json_t *timeline = json_array(), *cases = json_array();
    trace->desk = desk;
    trace->messages = json_array();
    enum cpr_rc rc = gather(trace, cases, error_out);
    for (size_t i = 0; i < trace->entry_count; i++)
        json_array_append_new(timeline, trace->entries[i].object);
    if (rc == CPR_OK)
        cpr_desk_put(reply, json_pack("{s:s, s:O, s:O, s:O, s:b}", "trace", value, "messages", trace->messages, "cases",
                                      cases, "timeline", timeline, "cut", trace->is_cut));
    json_decref(timeline);
    json_decref(cases);
    json_decref(trace->messages);
    return rc;
}

enum cpr_rc cpr_desk_trace(const struct cpr_desk *desk, const char *value, struct cpr_buffer *reply,
                           struct cpr_error *error_out)
{
    struct cpr_view view = cpr_view_trim(cpr_view_of(value));
    struct forms forms;
    if (!value || view.len == 0 || view.len > VALUE_MAX_BYTES || !cpr_text_is_clean(view))
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "name a Message-ID, a serial number, a crt.sh id, a fingerprint or an address, of at most "
                             "%d bytes",
                             VALUE_MAX_BYTES);
    struct trace *trace = calloc(1, sizeof *trace);
    if (trace)
        trace->entries = calloc(ENTRIES_MAX, sizeof trace->entries[0]);
    enum cpr_rc rc =
        trace && trace->entries ? CPR_OK : cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory");
    make_forms(view, &forms);
    if (rc == CPR_OK) {
        trace->desk = desk;
        rc = find_messages(trace, &forms, error_out);
    }
    if (rc == CPR_OK)
        rc = trace->count ? write_trace(desk, value, trace, reply, error_out)
                          : nothing_is_known(desk, value, &forms, error_out);
    if (trace)
        free(trace->entries);
    free(trace);
    return rc;
}
