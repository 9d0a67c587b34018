#include "steps.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD_MAX = 512 }; /* one step ahead for each address: CPR_ONCALL_MAX * CPR_ADDRESSES_MAX, and room */

struct ahead {
    const char *topic;
    int64_t now_ms, told_age_ms;
    struct cpr_alert *list; /* AHEAD_MAX, owned by cpr_steps_recall */
    size_t count;
};

static bool collect(void *context, const struct cpr_alert *alert)
{
    struct ahead *ahead = context;
    if (strcmp(alert->topic, ahead->topic) != 0 || alert->state == CPR_ALERT_CANCELLED)
        return true;
    if (alert->due_ms > ahead->now_ms)
        /* Also one that was sent by a clock that ran ahead: its hour is still to come. */
        ahead->list[ahead->count++] = *alert;
    else if (alert->step_age_ms > ahead->told_age_ms)
        ahead->told_age_ms = alert->step_age_ms;
    return ahead->count < AHEAD_MAX;
}

static enum cpr_rc recall(const struct cpr_store_port *store, int64_t case_id, const char *topic, int64_t now_utc_ms,
                          int64_t *told_age_ms_out, struct cpr_error *error_out)
{
    struct ahead ahead = {
        .topic = topic, .now_ms = now_utc_ms, .told_age_ms = -1, .list = calloc(AHEAD_MAX, sizeof(struct cpr_alert))};
    if (!ahead.list)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to plan the alerts of a case");
    enum cpr_rc rc = store->alert_each_of_case(store->self, case_id, collect, &ahead, error_out);
    for (size_t i = 0; i < ahead.count && rc == CPR_OK; i++) {
        ahead.list[i].state = CPR_ALERT_CANCELLED;
        rc = store->alert_put(store->self, &ahead.list[i], error_out);
    }
    if (rc == CPR_OK)
        *told_age_ms_out = ahead.told_age_ms;
    free(ahead.list);
    return rc;
}

enum cpr_rc cpr_steps_recall(const struct cpr_store_port *store, struct cpr_case *item, int64_t now_utc_ms,
                             struct cpr_error *error_out)
{
    enum cpr_rc rc = recall(store, item->id, "case", now_utc_ms, &item->told_age_ms, error_out);
    return rc == CPR_OK
               ? recall(store, item->id, CPR_TOPIC_TO_REVOKE, now_utc_ms, &item->revocation.told_age_ms, error_out)
               : rc;
}

/* Not sent yet, and of no use any more. */
static bool collect_ended(void *context, const struct cpr_alert *alert)
{
    struct ahead *ahead = context;
    bool outlives = strcmp(alert->topic, CPR_TOPIC_UNANSWERED) == 0 ||
                    strncmp(alert->topic, CPR_TOPIC_REVOCATION, strlen(CPR_TOPIC_REVOCATION)) == 0;
    if (alert->state == CPR_ALERT_PENDING && !outlives)
        ahead->list[ahead->count++] = *alert;
    return ahead->count < AHEAD_MAX;
}

enum cpr_rc cpr_steps_end(const struct cpr_store_port *store, int64_t case_id, struct cpr_error *error_out)
{
    struct ahead ended = {.list = calloc(AHEAD_MAX, sizeof(struct cpr_alert))};
    if (!ended.list)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to take back the alerts of a case");
    enum cpr_rc rc = store->alert_each_of_case(store->self, case_id, collect_ended, &ended, error_out);
    for (size_t i = 0; i < ended.count && rc == CPR_OK; i++) {
        ended.list[i].state = CPR_ALERT_CANCELLED;
        rc = store->alert_put(store->self, &ended.list[i], error_out);
    }
    free(ended.list);
    return rc;
}
