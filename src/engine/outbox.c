#include "relate.h"
#include "replies.h"

#include "cpr/base/text.h"
#include "cpr/record/letter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DUE_BATCH = CPR_UNRECORDED_MAX + 16, EMERGENCY_AGAIN_MS = 60 * 60 * 1000 };

static int64_t retry_delay_ms(unsigned attempts)
{
    int64_t delay_ms = CPR_ALERT_RETRY_FIRST_MS;
    for (unsigned i = 1; i < attempts && delay_ms < CPR_ALERT_RETRY_MAX_MS; i++)
        delay_ms *= 2;
    return delay_ms < CPR_ALERT_RETRY_MAX_MS ? delay_ms : CPR_ALERT_RETRY_MAX_MS;
}

static enum cpr_rc record_outcome(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct cpr_alert *alert = context;
    enum cpr_rc rc = store->alert_put(store->self, alert, error_out);
    if (rc != CPR_OK)
        return rc;
    if (alert->state == CPR_ALERT_SENT)
        return cpr_engine_event(engine, "alert-sent", alert->case_id, "", error_out,
                                "%s to %s: accepted on try %u: %d %s", alert->topic, alert->recipient, alert->attempts,
                                alert->reply_code, alert->reply);
    if (alert->state == CPR_ALERT_PENDING && alert->attempts == 1)
        return cpr_engine_event(engine, "alert-failed", alert->case_id, "", error_out,
                                "%s to %s: %s; it is tried again", alert->topic, alert->recipient, alert->reply);
    return CPR_OK;
}

/* Alerts that went out, or did not, in one letter. */
struct parcel {
    struct cpr_alert **alerts;
    size_t count;
};

static enum cpr_rc record_parcel(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    struct parcel *parcel = context;
    enum cpr_rc rc = CPR_OK;
    for (size_t i = 0; i < parcel->count && rc == CPR_OK; i++)
        rc = record_outcome(engine, parcel->alerts[i], error_out);
    return rc;
}

static struct cpr_alert *find_unrecorded(struct cpr_engine *engine, int64_t alert_id)
{
    for (size_t i = 0; i < engine->unrecorded_count; i++)
        if (engine->unrecorded[i].id == alert_id)
            return &engine->unrecorded[i];
    return NULL;
}

/* What cannot be recorded now is remembered, so that a full disk does not make a mail every few seconds. */
static void remember_unrecorded(struct cpr_engine *engine, const struct cpr_alert *alert)
{
    struct cpr_alert *place = find_unrecorded(engine, alert->id);
    if (!place && engine->unrecorded_count < CPR_UNRECORDED_MAX)
        place = &engine->unrecorded[engine->unrecorded_count++];
    if (place)
        *place = *alert;
}

void cpr_engine_flush_unrecorded(struct cpr_engine *engine)
{
    struct cpr_error error = {0};
    while (engine->unrecorded_count > 0) {
        struct cpr_alert *last = &engine->unrecorded[engine->unrecorded_count - 1];
        if (cpr_engine_transact(engine, record_outcome, last, &error) != CPR_OK)
            return;
        engine->unrecorded_count--;
    }
}

/* Writes the letter again with a token over its own text, as the reader will find it if the alert is delivered into a
 * watched mailbox. Without a reader the token covers the Message-ID alone, and such a copy is shown to a human. */
static void sign(struct cpr_engine *engine, struct cpr_letter *letter, struct cpr_buffer *text)
{
    const struct cpr_reader_port *reader = &engine->ports.reader;
    struct cpr_reading *reading = &engine->items[0].reading; /* no batch is in hand while alerts are sent */
    if (cpr_reader_read(reader, cpr_buffer_view(text), false, reading, NULL) != CPR_OK)
        return;
    letter->text_digest = reading->text_digest;
    cpr_buffer_clear(text);
    cpr_letter_write(letter, text);
}

static enum cpr_rc hand_over(struct cpr_engine *engine, struct cpr_letter *letter, struct cpr_send_result *result_out,
                             struct cpr_error *error_out)
{
    struct cpr_buffer text = cpr_buffer_new(CPR_ALERT_BODY_MAX_BYTES);
    cpr_letter_write(letter, &text);
    sign(engine, letter, &text);
    enum cpr_rc rc = engine->ports.mailer.send(engine->ports.mailer.self, letter->alert->recipient,
                                               cpr_buffer_view(&text), result_out, error_out);
    cpr_buffer_free(&text);
    return rc;
}

static struct cpr_letter letter_of(const struct cpr_engine *engine, const struct cpr_alert *alert)
{
    return (struct cpr_letter){.alert = alert,
                               .policy = &engine->settings->policy,
                               .from = engine->settings->alert_from,
                               .reply_to = engine->settings->reply_to,
                               .takes_ack = cpr_settings_read_answers(engine->settings),
                               .now_utc_ms = engine->now_ms,
                               .token_key = engine->token_key};
}

/* What the message of a case belongs with, as a letter takes it; owned by the caller. NULL when there is nothing or it
 * cannot be told: an alert never waits for it. */
static char *links_of(const struct cpr_store_port *store, int64_t message_id)
{
    json_t *links = NULL;
    bool is_there = cpr_relatives_list(store, message_id, &links, NULL) == CPR_OK && json_array_size(links) > 0;
    char *text = is_there ? json_dumps(links, JSON_COMPACT) : NULL;
    json_decref(links);
    return text;
}

/* Whether there is still something to be told. */
static bool is_wanted(const struct cpr_alert *alert, const struct cpr_case *item)
{
    if (strcmp(alert->topic, CPR_TOPIC_TO_REVOKE) == 0)
        return cpr_obligation_is_owed(item);
    return item->state == CPR_CASE_OPEN || strcmp(alert->topic, CPR_TOPIC_UNANSWERED) == 0 ||
           cpr_view_starts_nocase(cpr_view_of(alert->topic), CPR_TOPIC_REVOCATION);
}

/* Composes and sends one alert. CPR_ABSENT: its case has been closed meanwhile. */
static enum cpr_rc send_letter(struct cpr_engine *engine, const struct cpr_alert *alert,
                               struct cpr_send_result *result_out, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case item;
    struct cpr_message message = {0};
    struct cpr_intent intent;
    struct cpr_letter letter = letter_of(engine, alert);
    char *links_json = NULL;
    struct cpr_buffer unanswered = cpr_buffer_new(CPR_NOTE_MAX);
    if (alert->case_id) {
        enum cpr_rc rc = store->case_get(store->self, alert->case_id, &item, error_out);
        if (rc == CPR_OK && !is_wanted(alert, &item))
            rc = CPR_ABSENT;
        /* Both are nice to have: a letter goes out without them. They come before the reading of this one is borrowed.
         */
        if (rc == CPR_OK)
            cpr_replies_coverage(store, &item, &unanswered, NULL, NULL);
        if (rc == CPR_OK)
            links_json = links_of(store, item.message_id);
        if (rc == CPR_OK)
            rc = store->message_get(store->self, item.message_id, &message, error_out);
        if (rc != CPR_OK) {
            cpr_buffer_free(&unanswered);
            free(links_json);
            return rc;
        }
        if (store->intent_of_case(store->self, item.id, &intent, error_out) == CPR_OK)
            letter.move = &intent;
        letter.item = &item;
        letter.profile = cpr_settings_profile(engine->settings, item.mailbox);
        letter.unanswered = cpr_buffer_text(&unanswered);
        letter.reading_json = message.reading_json;
        letter.links_json = links_json;
    }
    enum cpr_rc rc = hand_over(engine, &letter, result_out, error_out);
    free(links_json);
    cpr_buffer_free(&unanswered);
    return rc;
}

/* What became of a letter, in the row of an alert that stood in it. */
static void note_outcome(const struct cpr_engine *engine, struct cpr_alert *alert, enum cpr_rc rc,
                         const struct cpr_send_result *result, const struct cpr_error *error)
{
    alert->attempts++;
    alert->reply_code = result->reply_code;
    if (rc == CPR_ABSENT) {
        alert->state = CPR_ALERT_CANCELLED;
    } else if (rc == CPR_OK) {
        alert->state = CPR_ALERT_SENT;
        alert->sent_ms = engine->now_ms;
        snprintf(alert->reply, sizeof alert->reply, "%s", result->reply);
    } else {
        alert->next_try_ms = engine->now_ms + retry_delay_ms(alert->attempts);
        cpr_text_copy(alert->reply, sizeof alert->reply, cpr_view_of(error->text));
    }
}

static void note_recipient(struct cpr_engine *engine, const char *recipient, enum cpr_rc rc,
                           const struct cpr_error *error)
{
    if (rc == CPR_OK) {
        engine->tick.alerts_sent++;
        cpr_engine_trouble_ends(engine, "alert-mail", recipient);
    } else if (rc != CPR_ABSENT) {
        engine->tick.alerts_failed++;
        cpr_engine_failed(engine, error);
        cpr_journal(&engine->ports.journal, CPR_LEVEL_CRITICAL, "an alert to %s could not be sent: %s", recipient,
                    error->text);
        cpr_engine_trouble_begins(engine, "alert-mail", recipient, rc, "alerts to %s cannot be sent: %s", recipient,
                                  error->text);
    }
}

/* Records what became of a letter for all that stood in it. True while it makes sense to try the next one: a server
 * that was not reached at all is not asked again in this tick. */
static bool settle_letter(struct cpr_engine *engine, struct parcel *parcel, enum cpr_rc rc,
                          const struct cpr_send_result *result, const struct cpr_error *error)
{
    struct cpr_error store_error = {0};
    for (size_t i = 0; i < parcel->count; i++)
        note_outcome(engine, parcel->alerts[i], rc, result, error);
    note_recipient(engine, parcel->alerts[0]->recipient, rc, error);
    if (cpr_engine_transact(engine, record_parcel, parcel, &store_error) != CPR_OK) {
        for (size_t i = 0; i < parcel->count; i++)
            remember_unrecorded(engine, parcel->alerts[i]);
        cpr_engine_failed(engine, &store_error);
    }
    bool is_reached = rc == CPR_OK || rc == CPR_ABSENT || result->reply_code != 0;
    if (!is_reached)
        engine->relay_monotonic_ms = engine->anchor_monotonic_ms + retry_delay_ms(parcel->alerts[0]->attempts);
    return is_reached;
}

/* Ends the tick: nothing is known of the letter, and nothing is noted. */
static bool is_final(enum cpr_rc rc)
{
    return rc == CPR_STOPPED || rc == CPR_CORRUPT;
}

static bool send_one(struct cpr_engine *engine, struct cpr_alert *alert, enum cpr_rc *rc_out,
                     struct cpr_error *error_out)
{
    struct parcel parcel = {&alert, 1};
    struct cpr_send_result result = {0};
    struct cpr_error error = {0};
    enum cpr_rc rc = send_letter(engine, alert, &result, &error);
    *rc_out = is_final(rc) ? rc : CPR_OK;
    if (!is_final(rc))
        return settle_letter(engine, &parcel, rc, &result, &error);
    *error_out = error;
    return false;
}

/* --- many alerts in one letter ------------------------------------------------------------------------------------ */

/* Due, and not dealt with in this tick or by a record that is still to be written. */
static bool is_waiting(struct cpr_engine *engine, const struct cpr_alert *alert)
{
    const struct cpr_alert *unrecorded = find_unrecorded(engine, alert->id);
    const struct cpr_alert *known = unrecorded ? unrecorded : alert;
    return alert->state == CPR_ALERT_PENDING && known->state != CPR_ALERT_SENT &&
           alert->next_try_ms <= engine->now_ms && known->next_try_ms <= engine->now_ms;
}

static bool is_of_ladder(const struct cpr_alert *alert)
{
    return alert->case_id && (strcmp(alert->topic, "case") == 0 || strcmp(alert->topic, "expires") == 0 ||
                              strcmp(alert->topic, CPR_TOPIC_TO_REVOKE) == 0);
}

/* What is due, as it was read from the store. */
struct due {
    struct cpr_alert *list; /* DUE_BATCH, owned by cpr_engine_send_due */
    size_t count;
};

/* A letter in the making; the arrays have room for all that is due. Owned by send_collected. */
struct collection {
    struct cpr_alert **alerts; /* by id */
    struct cpr_case *cases;    /* of each */
    struct cpr_letter_entry *entries;
    size_t count;
};

/* Alerts of ladders that are due for a recipient, ordered by id. Left out, and so sent alone or cancelled: the first
 * step of a report, which must not be overlooked in a list, and what belongs to a closed case. */
static enum cpr_rc collect(struct cpr_engine *engine, const struct due *due, const char *recipient,
                           struct collection *collection, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    for (size_t i = 0; i < due->count; i++) {
        struct cpr_alert *alert = &due->list[i];
        struct cpr_case item;
        if (!is_of_ladder(alert) || !is_waiting(engine, alert) || strcmp(alert->recipient, recipient) != 0)
            continue;
        enum cpr_rc rc = store->case_get(store->self, alert->case_id, &item, error_out);
        if (rc != CPR_OK)
            return rc;
        if (!is_wanted(alert, &item) || (item.grade == CPR_GRADE_REPORT && alert->step_age_ms == 0))
            continue;
        size_t at = collection->count++;
        for (; at > 0 && collection->alerts[at - 1]->id > alert->id; at--) {
            collection->alerts[at] = collection->alerts[at - 1];
            collection->cases[at] = collection->cases[at - 1];
        }
        collection->alerts[at] = alert;
        collection->cases[at] = item;
    }
    return CPR_OK;
}

static int by_deadline(const void *a, const void *b)
{
    const struct cpr_letter_entry *first = a, *second = b;
    int64_t first_ms = cpr_letter_entry_deadline_ms(first), second_ms = cpr_letter_entry_deadline_ms(second);
    if (first_ms != second_ms)
        return first_ms < second_ms ? -1 : 1;
    return first->item->id < second->item->id ? -1 : first->item->id > second->item->id;
}

static bool send_collection(struct cpr_engine *engine, struct collection *collection, enum cpr_rc *rc_out,
                            struct cpr_error *error_out)
{
    struct parcel parcel = {collection->alerts, collection->count};
    struct cpr_alert cover = {0};
    struct cpr_send_result result = {0};
    struct cpr_error error = {0};
    memcpy(cover.recipient, collection->alerts[0]->recipient, sizeof cover.recipient);
    cpr_engine_name_collected(engine, (const struct cpr_alert *const *)collection->alerts, collection->count, &cover);
    for (size_t i = 0; i < collection->count; i++)
        collection->entries[i] = (struct cpr_letter_entry){collection->alerts[i], &collection->cases[i]};
    qsort(collection->entries, collection->count, sizeof collection->entries[0], by_deadline);
    struct cpr_letter letter = letter_of(engine, &cover);
    letter.entries = collection->entries;
    letter.entry_count = collection->count;
    enum cpr_rc rc = hand_over(engine, &letter, &result, &error);
    *rc_out = is_final(rc) ? rc : CPR_OK;
    /* Only once it is sent: until then each may still have to go out alone, under its own Message-ID. */
    for (size_t i = 0; rc == CPR_OK && i < collection->count; i++)
        memcpy(collection->alerts[i]->header_message_id, cover.header_message_id, sizeof cover.header_message_id);
    if (!is_final(rc))
        return settle_letter(engine, &parcel, rc, &result, &error);
    *error_out = error;
    return false;
}

/* How many alerts of ladders are due for a recipient; 0 when an earlier one on the list was for the same. */
static size_t count_ladder(struct cpr_engine *engine, const struct due *due, size_t from)
{
    size_t count = 0;
    for (size_t i = 0; i < due->count; i++) {
        bool is_same = strcmp(due->list[i].recipient, due->list[from].recipient) == 0;
        if (is_same && i < from)
            return 0;
        count += is_same && is_of_ladder(&due->list[i]) && is_waiting(engine, &due->list[i]);
    }
    return count;
}

static bool send_collected(struct cpr_engine *engine, const struct due *due, size_t from, enum cpr_rc *rc_out,
                           struct cpr_error *error_out)
{
    size_t count = count_ladder(engine, due, from);
    bool more = true;
    if (count <= CPR_COLLECT_ABOVE)
        return true;
    struct collection collection = {.alerts = calloc(count, sizeof *collection.alerts),
                                    .cases = calloc(count, sizeof *collection.cases),
                                    .entries = calloc(count, sizeof *collection.entries)};
    /* Without memory for a list each goes out alone. */
    if (collection.alerts && collection.cases && collection.entries) {
        *rc_out = collect(engine, due, due->list[from].recipient, &collection, error_out);
        if (*rc_out == CPR_OK && collection.count > 1)
            more = send_collection(engine, &collection, rc_out, error_out);
    }
    free(collection.alerts);
    free(collection.cases);
    free(collection.entries);
    return more && *rc_out == CPR_OK;
}

enum cpr_rc cpr_engine_send_due(struct cpr_engine *engine, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    enum cpr_rc rc = CPR_OK;
    if (engine->relay_monotonic_ms != CPR_TIME_NONE && engine->anchor_monotonic_ms < engine->relay_monotonic_ms)
        return CPR_OK;
    struct due due = {.list = calloc(DUE_BATCH, sizeof *due.list)};
    if (!due.list)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to send alerts");
    for (bool more = true; more && rc == CPR_OK;) {
        size_t fresh = 0;
        rc = store->alert_due(store->self, engine->now_ms, due.list, DUE_BATCH, &due.count, error_out);
        for (size_t i = 0; i < due.count && rc == CPR_OK; i++)
            fresh += is_waiting(engine, &due.list[i]);
        for (size_t i = 0; i < due.count && more && rc == CPR_OK; i++)
            more = send_collected(engine, &due, i, &rc, error_out);
        for (size_t i = 0; i < due.count && more && rc == CPR_OK; i++)
            if (is_waiting(engine, &due.list[i]))
                more = send_one(engine, &due.list[i], &rc, error_out);
        more = more && fresh > 0;
    }
    free(due.list);
    return rc;
}

void cpr_engine_emergency(struct cpr_engine *engine, const struct cpr_error *error)
{
    const struct cpr_policy *policy = &engine->settings->policy;
    const struct cpr_clock_port *clock = &engine->ports.clock;
    int64_t monotonic_ms = clock->monotonic_ms(clock->self);
    if (engine->emergency_ms != CPR_TIME_NONE && monotonic_ms - engine->emergency_ms < EMERGENCY_AGAIN_MS)
        return;
    engine->emergency_ms = monotonic_ms;
    for (size_t g = 0; g < policy->oncall_count; g++)
        for (size_t a = 0; policy->oncall[g].gets_health && a < policy->oncall[g].address_count; a++) {
            struct cpr_alert alert = {.topic = "store-unwritable", .step_age_ms = engine->now_ms};
            struct cpr_send_result result = {0};
            struct cpr_error ignored = {0};
            snprintf(alert.recipient, sizeof alert.recipient, "%s", policy->oncall[g].addresses[a]);
            snprintf(alert.text, sizeof alert.text, "%.500s", error->text);
            cpr_engine_name_alert(engine, &alert);
            if (send_letter(engine, &alert, &result, &ignored) == CPR_OK)
                engine->tick.alerts_sent++;
        }
}
