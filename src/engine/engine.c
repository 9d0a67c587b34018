#include "engine_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEP_NOTED_MS = 60 * 1000, /* a wall clock that is off by more than this against the monotonic one has stepped */
    BLIND_STATUS_SIZE = 128,
    UNRECORDED_WAIT_MS = 30 * 1000 /* between two tries to record what was sent while the disk was full */
};

void cpr_instance_name(struct cpr_view token_key, char out[CPR_INSTANCE_NAME_SIZE])
{
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_digest digest = cpr_digest_hmac(token_key, cpr_view_of("instance"));
    cpr_digest_to_hex(&digest, hex);
    cpr_view_copy(cpr_view_make(hex, CPR_INSTANCE_NAME_SIZE - 1), out, CPR_INSTANCE_NAME_SIZE);
}

enum cpr_rc cpr_engine_new(const struct cpr_settings *settings, const struct cpr_engine_ports *ports,
                           struct cpr_view token_key, struct cpr_engine **engine_out, struct cpr_error *error_out)
{
    struct cpr_engine *engine = calloc(1, sizeof *engine);
    struct cpr_scan_item *items = calloc(CPR_FETCH_BATCH, sizeof *items);
    uint32_t *uids = calloc(CPR_SEARCH_UIDS_MAX, sizeof *uids);
    if (!engine || !items || !uids) {
        free(engine);
        free(items);
        free(uids);
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to start");
    }
    engine->settings = settings;
    engine->ports = *ports;
    engine->token_key = token_key;
    engine->items = items;
    engine->uids = uids;
    for (size_t i = 0; i < CPR_FETCH_BATCH; i++)
        items[i].json = cpr_buffer_new(CPR_READING_JSON_MAX);
    engine->anchor_utc_ms = CPR_TIME_NONE;
    engine->emergency_ms = engine->looked_monotonic_ms = engine->relay_monotonic_ms = CPR_TIME_NONE;
    engine->doubted_monotonic_ms = CPR_TIME_NONE;
    for (size_t i = 0; i < CPR_MAILBOXES_MAX; i++) {
        engine->views[i].listed_ms = CPR_TIME_NONE;
        engine->views[i].blind_since_ms = CPR_TIME_NONE;
    }
    cpr_instance_name(token_key, engine->instance);
    *engine_out = engine;
    return CPR_OK;
}

void cpr_engine_free(struct cpr_engine **engine)
{
    if (*engine) {
        for (size_t i = 0; i < CPR_FETCH_BATCH; i++)
            cpr_buffer_free(&(*engine)->items[i].json);
        free((*engine)->items);
        free((*engine)->uids);
    }
    free(*engine);
    *engine = NULL;
}

enum cpr_rc cpr_engine_failed(struct cpr_engine *engine, const struct cpr_error *error)
{
    if (error->rc == CPR_OK || error->rc == CPR_STOPPED)
        return error->rc;
    cpr_journal(&engine->ports.journal, error->rc == CPR_RETRY ? CPR_LEVEL_WARNING : CPR_LEVEL_ERROR, "%s",
                error->text);
    if (engine->tick.worst == CPR_OK) {
        engine->tick.worst = error->rc;
        memcpy(engine->tick.trouble, error->text, sizeof engine->tick.trouble);
    }
    return error->rc;
}

enum cpr_rc cpr_engine_transact(struct cpr_engine *engine,
                                enum cpr_rc (*body)(struct cpr_engine *, void *context, struct cpr_error *),
                                void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    enum cpr_rc rc = store->begin(store->self, error_out);
    if (rc == CPR_OK) {
        rc = body(engine, context, error_out);
        if (rc == CPR_OK)
            rc = store->commit(store->self, error_out);
        else
            store->rollback(store->self);
    }
    if (rc != CPR_OK)
        engine->store_error = *error_out;
    return rc;
}

/* The present of this tick. A wall clock that is set back must not make a deadline later, so the present is never
 * before what the monotonic clock makes of the reading before; one that is set forward is believed: early is allowed.
 */
static void sample_clock(struct cpr_engine *engine)
{
    const struct cpr_clock_port *clock = &engine->ports.clock;
    int64_t utc_ms = clock->utc_ms(clock->self), monotonic_ms = clock->monotonic_ms(clock->self);
    int64_t expected_ms = engine->anchor_utc_ms == CPR_TIME_NONE
                              ? utc_ms
                              : engine->anchor_utc_ms + (monotonic_ms - engine->anchor_monotonic_ms);
    int64_t step_ms = utc_ms - expected_ms;
    engine->now_ms = utc_ms > expected_ms ? utc_ms : expected_ms;
    engine->anchor_utc_ms = engine->now_ms;
    engine->anchor_monotonic_ms = monotonic_ms;
    if (step_ms >= STEP_NOTED_MS)
        engine->doubted_monotonic_ms = monotonic_ms;

    char duration[CPR_TIME_TEXT_SIZE];
    cpr_duration_format(step_ms, duration);
    if (step_ms <= -STEP_NOTED_MS)
        cpr_engine_trouble_begins(engine, "clock-step", "", CPR_OPERATOR,
                                  "the clock of this machine was set back by %s; deadlines are kept by the earlier "
                                  "reading and what has passed since. Check the clock (timedatectl), then restart the "
                                  "service",
                                  duration);
    else if (step_ms >= STEP_NOTED_MS)
        cpr_engine_trouble_once(
            engine, "clock-step", "",
            "the clock of this machine was set forward by %s; deadlines are kept by the new reading. "
            "If it is wrong, set it right (timedatectl) and restart the service",
            duration);
    else
        cpr_engine_trouble_ends(engine, "clock-step", "");
}

/* True for what ends the tick, whatever else could still be done. */
static bool is_final(enum cpr_rc rc)
{
    return rc == CPR_STOPPED || rc == CPR_CORRUPT;
}

/* Keeps the first failure, or the final one; the work goes on after the others. */
static void keep(enum cpr_rc rc, const struct cpr_error *error, enum cpr_rc *first, struct cpr_error *first_out)
{
    if (rc != CPR_OK && (*first == CPR_OK || is_final(rc))) {
        *first = rc;
        *first_out = *error;
    }
}

static enum cpr_rc look_at_folders(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out)
{
    const struct cpr_mailbox_view *view = &engine->views[mailbox];
    enum cpr_rc first = CPR_OK;
    /* Sent first: a report that was answered long ago must not raise an alarm when it is seen for the first time. */
    static const enum cpr_folder_role order[] = {CPR_ROLE_SENT, CPR_ROLE_JUNK, CPR_ROLE_INBOX, CPR_ROLE_FOLDER,
                                                 CPR_ROLE_DISMISS};
    for (size_t role = 0; role < sizeof order / sizeof order[0]; role++)
        for (size_t i = 0; i < view->folder_count && !is_final(first); i++) {
            struct cpr_error error = {0};
            if (view->folders[i].role == order[role])
                keep(cpr_engine_scan(engine, mailbox, &view->folders[i], &error), &error, &first, error_out);
        }
    return first;
}

/* A move that cannot be settled does not keep new messages from being read, nor a folder that cannot be read the others
 * from being rescued. When the session is gone, the later steps fail at once and cost nothing. */
static enum cpr_rc look_at_mailbox(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out)
{
    enum cpr_rc (*const steps[])(struct cpr_engine *, size_t, struct cpr_error *) = {
        cpr_engine_settle, cpr_engine_choose_folders, look_at_folders, cpr_engine_rescue};
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[mailbox];
    enum cpr_rc first = port->open(port->self, error_out);
    if (first != CPR_OK)
        return first;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && !is_final(first); i++) {
        struct cpr_error error = {0};
        keep(steps[i](engine, mailbox, &error), &error, &first, error_out);
    }
    return first;
}

static enum cpr_rc look_at_all(struct cpr_engine *engine)
{
    for (size_t i = 0; i < engine->settings->mailbox_count; i++) {
        struct cpr_error error = {0};
        const char *name = engine->settings->mailboxes[i].name;
        enum cpr_rc rc = look_at_mailbox(engine, i, &error);
        if (rc == CPR_OK) {
            engine->views[i].blind_since_ms = CPR_TIME_NONE;
            rc = cpr_engine_trouble_ends(engine, "mailbox-blind", name);
        } else if (!is_final(rc)) {
            engine->tick.blind++;
            if (engine->views[i].blind_since_ms == CPR_TIME_NONE)
                engine->views[i].blind_since_ms = engine->now_ms;
            cpr_engine_failed(engine, &error);
            rc = cpr_engine_trouble_begins(engine, "mailbox-blind", name, rc, "%s", error.text);
        } else {
            cpr_engine_failed(engine, &error);
        }
        if (is_final(rc))
            return rc;
    }
    return engine->is_limited ? CPR_OK : cpr_engine_trouble_ends(engine, "move-limit", "");
}

/* Runs a part of the tick; only a stop and a store that cannot be trusted end the tick. */
static bool goes_on(struct cpr_engine *engine, enum cpr_rc rc, const struct cpr_error *error)
{
    if (rc != CPR_OK)
        cpr_engine_failed(engine, error);
    if (rc == CPR_CORRUPT)
        engine->store_error = *error; /* somebody is told by mail before the process ends */
    return !is_final(rc);
}

/* Until the mailboxes are looked at again, an alert is due or the day ends, whichever is first. */
static int64_t wait_of(struct cpr_engine *engine)
{
    const struct cpr_store_port *store = &engine->ports.store;
    int64_t next_ms = CPR_TIME_NONE;
    int64_t wait_ms = engine->looked_monotonic_ms + engine->settings->poll_ms - engine->anchor_monotonic_ms;
    int64_t least_ms = engine->unrecorded_count ? UNRECORDED_WAIT_MS : CPR_SECOND_MS;
    unsigned pending = 0;
    if (store->alert_next(store->self, &next_ms, &pending, NULL) == CPR_OK && next_ms != CPR_TIME_NONE) {
        int64_t alert_ms = next_ms - engine->now_ms;
        int64_t relay_ms =
            engine->relay_monotonic_ms == CPR_TIME_NONE ? 0 : engine->relay_monotonic_ms - engine->anchor_monotonic_ms;
        if (alert_ms < relay_ms)
            alert_ms = relay_ms;
        if (alert_ms < wait_ms)
            wait_ms = alert_ms;
    }
    int64_t verify_ms = cpr_engine_verify_wait(engine);
    if (verify_ms < wait_ms)
        wait_ms = verify_ms;
    int64_t day_end_ms = cpr_time_day_start(engine->now_ms) + CPR_DAY_MS;
    if (day_end_ms - engine->now_ms < wait_ms)
        wait_ms = day_end_ms - engine->now_ms;
    return wait_ms < least_ms ? least_ms : wait_ms;
}

/* Alerts come and go by their own hours; the mailboxes are asked once a poll, however often the outbox has work. */
static enum cpr_rc look_when_due(struct cpr_engine *engine, struct cpr_error *error_out)
{
    (void)error_out; /* every failure was noted for its mailbox */
    if (engine->looked_monotonic_ms != CPR_TIME_NONE &&
        engine->anchor_monotonic_ms - engine->looked_monotonic_ms < engine->settings->poll_ms)
        return CPR_OK;
    engine->looked_monotonic_ms = engine->anchor_monotonic_ms;
    return look_at_all(engine);
}

static bool find_latest_look(void *context, const struct cpr_folder *folder)
{
    int64_t *latest_ms = context;
    if (folder->looked_ms > *latest_ms)
        *latest_ms = folder->looked_ms;
    return true;
}

/* A clock that is behind what the daemon saw when it last ran is slow now, or was fast then; only a person can say. */
static enum cpr_rc doubt_clock(struct cpr_engine *engine, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    int64_t latest_ms = CPR_TIME_NONE;
    char duration[CPR_TIME_TEXT_SIZE];
    enum cpr_rc rc = store->folder_each(store->self, NULL, find_latest_look, &latest_ms, error_out);
    if (rc != CPR_OK || latest_ms == CPR_TIME_NONE || latest_ms - engine->now_ms < STEP_NOTED_MS)
        return rc;
    return cpr_engine_trouble_once(
        engine, "clock-step", "",
        "the clock of this machine is %s behind the last look at the mailboxes. If it is slow, "
        "deadlines are kept too late: set it right (timedatectl) and restart the service",
        cpr_duration_format(latest_ms - engine->now_ms, duration));
}

static enum cpr_rc begin_work(struct cpr_engine *engine, struct cpr_error *error_out)
{
    if (engine->has_begun)
        return CPR_OK;
    enum cpr_rc rc = cpr_engine_recall_cases(engine, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_forget_troubles(engine, error_out);
    if (rc == CPR_OK)
        rc = doubt_clock(engine, error_out);
    engine->has_begun = rc == CPR_OK;
    return rc;
}

enum cpr_rc cpr_engine_tick(struct cpr_engine *engine, struct cpr_tick *tick_out)
{
    /* What is due goes out first: it needs no mailbox, and nothing that is read must hold it up. */
    enum cpr_rc (*const parts[])(struct cpr_engine *, struct cpr_error *) = {
        cpr_engine_send_due, begin_work,        cpr_engine_tell_cases, cpr_engine_tell_troubles,
        cpr_engine_send_due, look_when_due,     cpr_engine_tell_cases, cpr_engine_tell_troubles,
        cpr_engine_send_due, cpr_engine_verify, cpr_engine_send_due,   cpr_engine_review_days,
    };
    enum cpr_rc rc = CPR_OK;
    bool go = true;
    engine->tick = (struct cpr_tick){.worst = CPR_OK};
    engine->store_error.rc = CPR_OK;
    engine->is_limited = false;
    sample_clock(engine);
    cpr_engine_flush_unrecorded(engine);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && go; i++) {
        struct cpr_error error = {0};
        rc = parts[i](engine, &error);
        go = goes_on(engine, rc, &error);
    }
    if (engine->store_error.rc != CPR_OK)
        cpr_engine_emergency(engine, &engine->store_error);
    engine->tick.wait_ms = go ? wait_of(engine) : 0;
    *tick_out = engine->tick;
    return go ? CPR_OK : rc;
}

void cpr_engine_inherit(struct cpr_engine *engine, const struct cpr_engine *before)
{
    engine->anchor_utc_ms = before->anchor_utc_ms;
    engine->anchor_monotonic_ms = before->anchor_monotonic_ms;
    engine->emergency_ms = before->emergency_ms;
    memcpy(engine->unrecorded, before->unrecorded, sizeof engine->unrecorded);
    engine->unrecorded_count = before->unrecorded_count;
}

struct status {
    unsigned conditions;
    char first[BLIND_STATUS_SIZE];
    unsigned open_cases;
    unsigned owed;
    int64_t next_deadline_ms;
};

static bool count_condition(void *context, const struct cpr_condition *condition)
{
    struct status *status = context;
    if (status->conditions++ == 0)
        memcpy(status->first, condition->topic, sizeof status->first);
    return true;
}

static bool count_case(void *context, const struct cpr_case *item)
{
    struct status *status = context;
    if (status->open_cases++ == 0)
        status->next_deadline_ms = item->deadline_ms;
    return true;
}

static bool count_owed(void *context, const struct cpr_case *item)
{
    (void)item;
    ((struct status *)context)->owed++;
    return true;
}

void cpr_engine_status(struct cpr_engine *engine, char *out, size_t out_size)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct status status = {.next_deadline_ms = CPR_TIME_NONE};
    char time[CPR_TIME_TEXT_SIZE];
    struct cpr_buffer line = cpr_buffer_new(out_size - 1);
    store->condition_each_active(store->self, count_condition, &status, NULL);
    store->case_each(store->self, true, count_case, &status, NULL);
    store->case_each_owed(store->self, count_owed, &status, NULL);
    cpr_buffer_add_format(&line, "%s: %u open cases", engine->settings->policy.is_active ? "active" : "observe",
                          status.open_cases);
    if (status.open_cases)
        cpr_buffer_add_format(&line, ", next deadline %s", cpr_time_format(status.next_deadline_ms, time));
    if (status.owed)
        cpr_buffer_add_format(&line, "; %u answered, to be revoked", status.owed);
    if (status.conditions)
        cpr_buffer_add_format(&line, "; %u troubles, first: %s", status.conditions, status.first);
    cpr_view_copy(cpr_buffer_view(&line), out, out_size);
    cpr_buffer_free(&line);
}
