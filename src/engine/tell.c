#include "candidates.h"
#include "steps.h"

#include "cpr/casework/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PENDING_OF_CASE_MAX = 256 };

static bool tells(const struct cpr_case *item, const char *topic, int64_t step_age_ms, const struct cpr_oncall *group,
                  const struct cpr_policy *policy)
{
    return strcmp(topic, CPR_TOPIC_TO_REVOKE) == 0 ? cpr_plan_revocation_tells(item, step_age_ms, group, policy)
                                                   : cpr_plan_tells(item, step_age_ms, group, policy);
}

/* One alert row of a case for each address of the groups that are told of this step. */
enum cpr_rc cpr_engine_tell_at(struct cpr_engine *engine, const struct cpr_case *item, const char *topic,
                               const char *text, int64_t step_age_ms, int64_t due_ms, struct cpr_error *error_out)
{
    const struct cpr_policy *policy = &engine->settings->policy;
    const struct cpr_store_port *store = &engine->ports.store;
    for (size_t g = 0; g < policy->oncall_count; g++) {
        const struct cpr_oncall *group = &policy->oncall[g];
        for (size_t a = 0; tells(item, topic, step_age_ms, group, policy) && a < group->address_count; a++) {
            struct cpr_alert alert = {.case_id = item->id,
                                      .step_age_ms = step_age_ms,
                                      .due_ms = due_ms,
                                      .next_try_ms = due_ms,
                                      .state = CPR_ALERT_PENDING,
                                      .sent_ms = CPR_TIME_NONE};
            snprintf(alert.topic, sizeof alert.topic, "%s", topic);
            snprintf(alert.text, sizeof alert.text, "%s", text);
            snprintf(alert.recipient, sizeof alert.recipient, "%s", group->addresses[a]);
            snprintf(alert.oncall, sizeof alert.oncall, "%s", group->name);
            cpr_engine_name_alert(engine, &alert);
            enum cpr_rc rc = store->alert_add(store->self, &alert, NULL, error_out);
            if (rc != CPR_OK)
                return rc;
        }
    }
    return CPR_OK;
}

enum cpr_rc cpr_engine_tell_about(struct cpr_engine *engine, const struct cpr_case *item, const char *topic,
                                  const char *text, struct cpr_error *error_out)
{
    /* The age makes the row unique; it is not before the receipt, so that the first groups always hear of it. */
    int64_t age_ms = engine->now_ms - item->receipt.utc_ms;
    return cpr_engine_tell_at(engine, item, topic, text, age_ms < 0 ? 0 : age_ms, engine->now_ms, error_out);
}

static enum cpr_rc recall_case(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case *item = context;
    enum cpr_rc rc = cpr_steps_recall(store, item, engine->now_ms, error_out);
    bool is_held = cpr_candidates_is(item) && item->state == CPR_CASE_OPEN;
    if (rc == CPR_OK && is_held)
        rc = store->alert_cancel(store->self, item->id, "expires", error_out);
    if (rc == CPR_OK && is_held)
        rc = cpr_candidates_tell_expiry(engine, item, error_out);
    return rc == CPR_OK ? store->case_put(store->self, item, error_out) : rc;
}

/* Stores the steps of one case as far as its plan asks: the ones that have passed as one, and the next one ahead. */
static enum cpr_rc tell_case(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case *item = context;
    struct cpr_plan plan = cpr_plan_case(item, engine->now_ms, &engine->settings->policy);
    for (; plan.tell; plan = cpr_plan_case(item, engine->now_ms, &engine->settings->policy)) {
        enum cpr_rc rc = cpr_engine_tell_at(engine, item, "case", "", plan.tell_age_ms, plan.tell_due_ms, error_out);
        if (rc != CPR_OK)
            return rc;
        item->told_age_ms = plan.tell_age_ms;
    }
    return store->case_put(store->self, item, error_out);
}

/* The same for a revocation that is owed. */
static enum cpr_rc tell_revocation(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct cpr_policy *policy = &engine->settings->policy;
    struct cpr_case *item = context;
    struct cpr_plan plan = cpr_plan_revocation(item, engine->now_ms, policy);
    for (; plan.tell; plan = cpr_plan_revocation(item, engine->now_ms, policy)) {
        enum cpr_rc rc =
            cpr_engine_tell_at(engine, item, CPR_TOPIC_TO_REVOKE, "", plan.tell_age_ms, plan.tell_due_ms, error_out);
        if (rc != CPR_OK)
            return rc;
        item->revocation.told_age_ms = plan.tell_age_ms;
    }
    return store->case_put(store->self, item, error_out);
}

struct wanting {
    struct cpr_engine *engine;
    struct cpr_plan (*plan)(const struct cpr_case *, int64_t now_utc_ms, const struct cpr_policy *);
    bool all;     /* not only those whose plan asks for something */
    int64_t *ids; /* owned by cpr_engine_tell_cases */
    size_t count, size;
    bool is_out_of_memory;
};

static bool collect_wanting(void *context, const struct cpr_case *item)
{
    struct wanting *wanting = context;
    if (!wanting->all && !wanting->plan(item, wanting->engine->now_ms, &wanting->engine->settings->policy).tell)
        return true;
    if (wanting->count == wanting->size) {
        size_t size = wanting->size ? 2 * wanting->size : 64;
        int64_t *ids = realloc(wanting->ids, size * sizeof *ids);
        wanting->is_out_of_memory = !ids;
        if (!ids)
            return false;
        wanting->ids = ids;
        wanting->size = size;
    }
    wanting->ids[wanting->count++] = item->id;
    return true;
}

/* Runs `body` for each case that was collected, in a transaction each. */
static enum cpr_rc for_each_wanting(struct cpr_engine *engine, struct wanting *wanting, enum cpr_rc rc,
                                    enum cpr_rc (*body)(struct cpr_engine *, void *context, struct cpr_error *),
                                    struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    if (rc == CPR_OK && wanting->is_out_of_memory)
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to plan the alerts of all cases");
    for (size_t i = 0; i < wanting->count && rc == CPR_OK; i++) {
        struct cpr_case item;
        rc = store->case_get(store->self, wanting->ids[i], &item, error_out);
        if (rc == CPR_OK)
            rc = cpr_engine_transact(engine, body, &item, error_out);
    }
    free(wanting->ids);
    return rc;
}

static enum cpr_rc for_open_cases(struct cpr_engine *engine, bool all,
                                  enum cpr_rc (*body)(struct cpr_engine *, void *context, struct cpr_error *),
                                  struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct wanting wanting = {.engine = engine, .plan = cpr_plan_case, .all = all};
    enum cpr_rc rc = store->case_each(store->self, true, collect_wanting, &wanting, error_out);
    return for_each_wanting(engine, &wanting, rc, body, error_out);
}

/* Those that were answered, and whose revocation is owed. */
static enum cpr_rc for_owed_cases(struct cpr_engine *engine, bool all,
                                  enum cpr_rc (*body)(struct cpr_engine *, void *context, struct cpr_error *),
                                  struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct wanting wanting = {.engine = engine, .plan = cpr_plan_revocation, .all = all};
    enum cpr_rc rc = store->case_each_owed(store->self, collect_wanting, &wanting, error_out);
    return for_each_wanting(engine, &wanting, rc, body, error_out);
}

enum cpr_rc cpr_engine_tell_cases(struct cpr_engine *engine, struct cpr_error *error_out)
{
    enum cpr_rc rc = for_open_cases(engine, false, tell_case, error_out);
    return rc == CPR_OK ? for_owed_cases(engine, false, tell_revocation, error_out) : rc;
}

enum cpr_rc cpr_engine_recall_cases(struct cpr_engine *engine, struct cpr_error *error_out)
{
    enum cpr_rc rc = for_open_cases(engine, true, recall_case, error_out);
    return rc == CPR_OK ? for_owed_cases(engine, true, recall_case, error_out) : rc;
}

struct pending {
    struct cpr_alert *list; /* PENDING_OF_CASE_MAX, owned by the caller */
    size_t count;
};

static bool collect_pending(void *context, const struct cpr_alert *alert)
{
    struct pending *pending = context;
    if (alert->state == CPR_ALERT_PENDING)
        pending->list[pending->count++] = *alert;
    return pending->count < PENDING_OF_CASE_MAX;
}

enum cpr_rc cpr_engine_follow_receipt(struct cpr_engine *engine, const struct cpr_case *item,
                                      struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct pending pending = {.list = calloc(PENDING_OF_CASE_MAX, sizeof(struct cpr_alert))};
    if (!pending.list)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to plan the alerts of case %d",
                             (int)item->id);
    enum cpr_rc rc = store->alert_each_of_case(store->self, item->id, collect_pending, &pending, error_out);
    for (size_t i = 0; i < pending.count && rc == CPR_OK; i++) {
        struct cpr_alert *alert = &pending.list[i];
        int64_t due_ms = item->receipt.utc_ms + alert->step_age_ms;
        if (due_ms >= alert->due_ms)
            continue;
        alert->due_ms = due_ms;
        if (alert->next_try_ms > due_ms && alert->attempts == 0)
            alert->next_try_ms = due_ms;
        rc = store->alert_put(store->self, alert, error_out);
    }
    free(pending.list);
    return rc;
}
