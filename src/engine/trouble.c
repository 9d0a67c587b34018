#include "engine_internal.h"

#include "cpr/base/text.h"
#include "cpr/record/letter.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A passing failure of the network is not told before it has lasted this long; one that needs an operator is told at
 * once. */
enum { GRACE_MS = 10 * 60 * 1000, ACTIVE_MAX = 64 };

static void write_topic(char out[128], const char *kind, const char *subject)
{
    snprintf(out, 128, "%s%s%.80s", kind, *subject ? ":" : "", subject);
}

/* One alert row for each address of the groups that hear of the daemon's own troubles. */
static enum cpr_rc add_alerts(struct cpr_engine *engine, const char *topic, const char *text,
                              struct cpr_error *error_out)
{
    const struct cpr_policy *policy = &engine->settings->policy;
    const struct cpr_store_port *store = &engine->ports.store;
    /* Two troubles with one topic in one tick are two alerts. */
    int64_t unique_ms = engine->now_ms + engine->trouble_count++;
    for (size_t g = 0; g < policy->oncall_count; g++)
        for (size_t a = 0; policy->oncall[g].gets_health && a < policy->oncall[g].address_count; a++) {
            if (cpr_view_ends_nocase(cpr_view_of(topic), policy->oncall[g].addresses[a]))
                continue; /* no mail to an address about mails to it that fail */
            struct cpr_alert alert = {.step_age_ms = unique_ms,
                                      .due_ms = engine->now_ms,
                                      .next_try_ms = engine->now_ms,
                                      .state = CPR_ALERT_PENDING,
                                      .sent_ms = CPR_TIME_NONE};
            snprintf(alert.topic, sizeof alert.topic, "%s", topic);
            snprintf(alert.text, sizeof alert.text, "%s", text);
            snprintf(alert.recipient, sizeof alert.recipient, "%s", policy->oncall[g].addresses[a]);
            snprintf(alert.oncall, sizeof alert.oncall, "%s", policy->oncall[g].name);
            cpr_engine_name_alert(engine, &alert);
            enum cpr_rc rc = store->alert_add(store->self, &alert, NULL, error_out);
            if (rc != CPR_OK)
                return rc;
        }
    return CPR_OK;
}

static enum cpr_rc tell(struct cpr_engine *engine, struct cpr_condition *condition, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    enum cpr_rc rc = add_alerts(engine, condition->topic, condition->text, error_out);
    condition->told_ms = engine->now_ms;
    return rc == CPR_OK ? store->condition_put(store->self, condition, error_out) : rc;
}

static enum cpr_rc put_condition(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    return engine->ports.store.condition_put(engine->ports.store.self, context, error_out);
}

static enum cpr_rc begin_condition(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    struct cpr_condition *condition = context;
    enum cpr_rc rc =
        cpr_engine_event(engine, "trouble-begins", 0, "", error_out, "%s: %s", condition->topic, condition->text);
    if (rc != CPR_OK)
        return rc;
    if (condition->told_ms != CPR_TIME_NONE)
        return tell(engine, condition, error_out);
    return engine->ports.store.condition_put(engine->ports.store.self, condition, error_out);
}

enum cpr_rc cpr_engine_trouble_begins(struct cpr_engine *engine, const char *kind, const char *subject, enum cpr_rc rc,
                                      const char *format, ...)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_condition condition, before;
    struct cpr_error error = {0};
    char text[sizeof condition.text];
    memset(&condition, 0, sizeof condition);
    write_topic(condition.topic, kind, subject);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cpr_text_copy(condition.text, sizeof condition.text, cpr_view_of(text));
    condition.since_ms = engine->now_ms;
    condition.is_active = true;
    /* A value other than "none" makes begin_condition tell at once. */
    condition.told_ms = rc == CPR_OPERATOR || rc == CPR_LIMIT ? engine->now_ms : CPR_TIME_NONE;

    enum cpr_rc found = store->condition_get(store->self, condition.topic, &before, &error);
    bool goes_on = found == CPR_OK && before.is_active;
    if (goes_on && strcmp(before.text, condition.text) != 0) { /* what is told next is what is wrong now */
        memcpy(before.text, condition.text, sizeof before.text);
        if (cpr_engine_transact(engine, put_condition, &before, &error) != CPR_OK)
            return cpr_engine_failed(engine, &error);
    }
    if (goes_on && before.told_ms == CPR_TIME_NONE && condition.told_ms != CPR_TIME_NONE) {
        condition.since_ms = before.since_ms; /* it has become worse: tell now */
        goes_on = false;
    }
    if (found != CPR_OK && found != CPR_ABSENT)
        return cpr_engine_failed(engine, &error);
    if (goes_on)
        return CPR_OK;
    if (cpr_engine_transact(engine, begin_condition, &condition, &error) != CPR_OK)
        return cpr_engine_failed(engine, &error);
    return CPR_OK;
}

static enum cpr_rc end_condition(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_condition *condition = context;
    char since[CPR_TIME_TEXT_SIZE], lasted[CPR_TIME_TEXT_SIZE], text[sizeof condition->text];
    condition->is_active = false;
    enum cpr_rc rc = store->condition_put(store->self, condition, error_out);
    if (rc == CPR_OK)
        rc = store->alert_cancel(store->self, 0, condition->topic, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_event(engine, "trouble-ends", 0, "", error_out, "%s", condition->topic);
    if (rc != CPR_OK || condition->told_ms == CPR_TIME_NONE)
        return rc;
    snprintf(text, sizeof text, CPR_LETTER_OVER " It began at %s and lasted %s. It was: %.300s",
             cpr_time_format(condition->since_ms, since),
             cpr_duration_format(engine->now_ms - condition->since_ms, lasted), condition->text);
    return add_alerts(engine, condition->topic, text, error_out);
}

enum cpr_rc cpr_engine_trouble_ends(struct cpr_engine *engine, const char *kind, const char *subject)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_condition condition;
    struct cpr_error error = {0};
    char topic[sizeof condition.topic];
    write_topic(topic, kind, subject);
    enum cpr_rc rc = store->condition_get(store->self, topic, &condition, &error);
    if (rc == CPR_ABSENT || (rc == CPR_OK && !condition.is_active))
        return CPR_OK;
    if (rc == CPR_OK)
        rc = cpr_engine_transact(engine, end_condition, &condition, &error);
    return rc == CPR_OK ? CPR_OK : cpr_engine_failed(engine, &error);
}

struct occurrence {
    char topic[128];
    char text[512];
};

static enum cpr_rc record_occurrence(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    struct occurrence *occurrence = context;
    enum cpr_rc rc =
        cpr_engine_event(engine, "trouble", 0, "", error_out, "%s: %s", occurrence->topic, occurrence->text);
    return rc == CPR_OK ? add_alerts(engine, occurrence->topic, occurrence->text, error_out) : rc;
}

static void describe(struct cpr_engine *engine, struct occurrence *occurrence, const char *kind, const char *subject,
                     const char *format, va_list arguments)
{
    char text[sizeof occurrence->text];
    write_topic(occurrence->topic, kind, subject);
    vsnprintf(text, sizeof text, format, arguments);
    cpr_text_copy(occurrence->text, sizeof occurrence->text, cpr_view_of(text));
    cpr_journal(&engine->ports.journal, CPR_LEVEL_WARNING, "%s", occurrence->text);
}

enum cpr_rc cpr_engine_trouble_inside(struct cpr_engine *engine, const char *kind, const char *subject,
                                      struct cpr_error *error_out, const char *format, ...)
{
    struct occurrence occurrence;
    va_list arguments;
    va_start(arguments, format);
    describe(engine, &occurrence, kind, subject, format, arguments);
    va_end(arguments);
    return record_occurrence(engine, &occurrence, error_out);
}

enum cpr_rc cpr_engine_trouble_once(struct cpr_engine *engine, const char *kind, const char *subject,
                                    const char *format, ...)
{
    struct occurrence occurrence;
    struct cpr_error error = {0};
    va_list arguments;
    va_start(arguments, format);
    describe(engine, &occurrence, kind, subject, format, arguments);
    va_end(arguments);
    if (cpr_engine_transact(engine, record_occurrence, &occurrence, &error) != CPR_OK)
        return cpr_engine_failed(engine, &error);
    return CPR_OK;
}

struct due_conditions {
    const struct cpr_engine *engine;
    struct cpr_condition list[ACTIVE_MAX];
    size_t count;
};

static bool collect_due(void *context, const struct cpr_condition *condition)
{
    struct due_conditions *due = context;
    int64_t now_ms = due->engine->now_ms;
    /* An instant ahead of the present was noted by a clock that ran ahead. */
    bool is_due = condition->told_ms == CPR_TIME_NONE || condition->told_ms > now_ms
                      ? now_ms - condition->since_ms >= GRACE_MS
                      : now_ms - condition->told_ms >= due->engine->settings->policy.health_repeat_ms;
    if (is_due)
        due->list[due->count++] = *condition;
    return due->count < ACTIVE_MAX;
}

struct forgotten {
    const struct cpr_settings *settings;
    struct cpr_condition list[ACTIVE_MAX];
    size_t count;
};

static bool collect_forgotten(void *context, const struct cpr_condition *condition)
{
    struct forgotten *forgotten = context;
    struct cpr_view topic = cpr_view_of(condition->topic);
    size_t colon = cpr_view_find_byte(topic, ':', 0);
    bool is_of_mailbox = cpr_view_starts_nocase(topic, "mailbox-blind:") ||
                         cpr_view_starts_nocase(topic, "folder-missing:") ||
                         cpr_view_starts_nocase(topic, "move-refused:");
    for (size_t i = 0; is_of_mailbox && i < forgotten->settings->mailbox_count; i++)
        if (strcmp(condition->topic + colon + 1, forgotten->settings->mailboxes[i].name) == 0)
            return true;
    if (is_of_mailbox)
        forgotten->list[forgotten->count++] = *condition;
    return forgotten->count < ACTIVE_MAX;
}

enum cpr_rc cpr_engine_forget_troubles(struct cpr_engine *engine, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct forgotten forgotten = {.settings = engine->settings};
    enum cpr_rc rc = store->condition_each_active(store->self, collect_forgotten, &forgotten, error_out);
    for (size_t i = 0; i < forgotten.count && rc == CPR_OK; i++)
        rc = cpr_engine_transact(engine, end_condition, &forgotten.list[i], error_out);
    return rc;
}

static enum cpr_rc tell_again(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    return tell(engine, context, error_out);
}

enum cpr_rc cpr_engine_tell_troubles(struct cpr_engine *engine, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct due_conditions due = {.engine = engine};
    enum cpr_rc rc = store->condition_each_active(store->self, collect_due, &due, error_out);
    for (size_t i = 0; i < due.count && rc == CPR_OK; i++)
        rc = cpr_engine_transact(engine, tell_again, &due.list[i], error_out);
    return rc;
}
