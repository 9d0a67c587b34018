#include "engine_internal.h"

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

/* Composes and sends one alert. CPR_ABSENT: its case has been closed meanwhile. */
static enum cpr_rc send_letter(struct cpr_engine *engine, const struct cpr_alert *alert,
                               struct cpr_send_result *result_out, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case item;
    struct cpr_message message = {0};
    struct cpr_intent intent;
    struct cpr_letter letter = {.alert = alert,
                                .policy = &engine->settings->policy,
                                .from = engine->settings->alert_from,
                                .now_utc_ms = engine->now_ms,
                                .token_key = engine->token_key};
    if (alert->case_id) {
        enum cpr_rc rc = store->case_get(store->self, alert->case_id, &item, error_out);
        if (rc == CPR_OK && item.state != CPR_CASE_OPEN)
            return CPR_ABSENT;
        if (rc == CPR_OK)
            rc = store->message_get(store->self, item.message_id, &message, error_out);
        if (rc != CPR_OK)
            return rc;
        if (store->intent_of_case(store->self, item.id, &intent, error_out) == CPR_OK)
            letter.move = &intent;
        letter.item = &item;
        letter.reading_json = message.reading_json;
    }
    struct cpr_buffer text = cpr_buffer_new(CPR_ALERT_BODY_MAX_BYTES);
    cpr_letter_write(&letter, &text);
    sign(engine, &letter, &text);
    enum cpr_rc rc = engine->ports.mailer.send(engine->ports.mailer.self, alert->recipient, cpr_buffer_view(&text),
                                               result_out, error_out);
    cpr_buffer_free(&text);
    return rc;
}

/* True while it makes sense to try the next one: a server that was not reached at all is not asked again in this tick.
 */
static bool send_one(struct cpr_engine *engine, struct cpr_alert *alert, enum cpr_rc *rc_out,
                     struct cpr_error *error_out)
{
    struct cpr_send_result result = {0};
    struct cpr_error error = {0};
    enum cpr_rc rc = send_letter(engine, alert, &result, &error);
    *rc_out = rc;
    if (rc == CPR_STOPPED || rc == CPR_CORRUPT) {
        *error_out = error;
        return false;
    }
    alert->attempts++;
    alert->reply_code = result.reply_code;
    if (rc == CPR_ABSENT) {
        alert->state = CPR_ALERT_CANCELLED;
    } else if (rc == CPR_OK) {
        alert->state = CPR_ALERT_SENT;
        alert->sent_ms = engine->now_ms;
        snprintf(alert->reply, sizeof alert->reply, "%s", result.reply);
        engine->tick.alerts_sent++;
        cpr_engine_trouble_ends(engine, "alert-mail", alert->recipient);
    } else {
        alert->next_try_ms = engine->now_ms + retry_delay_ms(alert->attempts);
        cpr_text_copy(alert->reply, sizeof alert->reply, cpr_view_of(error.text));
        engine->tick.alerts_failed++;
        cpr_engine_failed(engine, &error);
        cpr_journal(&engine->ports.journal, CPR_LEVEL_CRITICAL, "an alert to %s could not be sent: %s",
                    alert->recipient, error.text);
        cpr_engine_trouble_begins(engine, "alert-mail", alert->recipient, rc, "alerts to %s cannot be sent: %s",
                                  alert->recipient, error.text);
    }
    struct cpr_error store_error = {0};
    if (cpr_engine_transact(engine, record_outcome, alert, &store_error) != CPR_OK) {
        remember_unrecorded(engine, alert);
        cpr_engine_failed(engine, &store_error);
    }
    *rc_out = CPR_OK;
    bool is_reached = rc == CPR_OK || rc == CPR_ABSENT || result.reply_code != 0;
    if (!is_reached)
        engine->relay_monotonic_ms = engine->anchor_monotonic_ms + retry_delay_ms(alert->attempts);
    return is_reached;
}

enum cpr_rc cpr_engine_send_due(struct cpr_engine *engine, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    enum cpr_rc rc = CPR_OK;
    if (engine->relay_monotonic_ms != CPR_TIME_NONE && engine->anchor_monotonic_ms < engine->relay_monotonic_ms)
        return CPR_OK;
    struct cpr_alert *due = calloc(DUE_BATCH, sizeof *due);
    if (!due)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to send alerts");
    for (bool more = true; more && rc == CPR_OK;) {
        size_t count = 0, fresh = 0;
        rc = store->alert_due(store->self, engine->now_ms, due, DUE_BATCH, &count, error_out);
        for (size_t i = 0; i < count && more && rc == CPR_OK; i++) {
            const struct cpr_alert *unrecorded = find_unrecorded(engine, due[i].id);
            if (unrecorded && (unrecorded->state == CPR_ALERT_SENT || unrecorded->next_try_ms > engine->now_ms))
                continue;
            fresh++;
            more = send_one(engine, &due[i], &rc, error_out);
        }
        more = more && fresh > 0;
    }
    free(due);
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
