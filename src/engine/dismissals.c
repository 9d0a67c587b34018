#include "dismissals.h"
#include "steps.h"

#include "cpr/base/text.h"
#include "cpr/judge/signals.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Nobody's slip may silence what no wording may talk away. */
static bool is_weighty(const struct cpr_reading *reading)
{
    for (uint32_t i = 0; i < reading->signal_count; i++)
        if (cpr_signal_is_hard(reading->signals[i].id))
            return true;
    return reading->verdict == CPR_VERDICT_UNDECIDABLE;
}

static enum cpr_rc close_until_confirmed(struct cpr_engine *engine, struct cpr_case *item, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    item->state = CPR_CASE_DISMISSED;
    item->closed_ms = engine->now_ms;
    return store->alert_cancel(store->self, item->id, NULL, error_out);
}

static enum cpr_rc keep_as_glance(struct cpr_engine *engine, struct cpr_case *item, struct cpr_error *error_out)
{
    char text[400];
    item->grade = CPR_GRADE_GLANCE;
    snprintf(
        text, sizeof text,
        "Somebody, or a filter, moved it to the folder for what is no report. It holds evidence, could not be read "
        "whole or was never seen elsewhere: it stays open until a person confirms that it is none (cpr-audit "
        "confirm %" PRId64 " --by NAME), answers it, or moves it back.",
        item->id);
    enum cpr_rc rc = cpr_steps_recall(&engine->ports.store, item, engine->now_ms, error_out);
    return rc == CPR_OK ? cpr_engine_tell_about(engine, item, "moved-away", text, error_out) : rc;
}

static enum cpr_rc moved_in(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_arrival *arrival,
                            bool is_first, const char **action, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_dismissal before;
    char who[2 * CPR_NAME_MAX + 32];
    bool is_kept = is_first || is_weighty(arrival->reading);
    enum cpr_rc rc = store->dismissal_get(store->self, item->id, &before, error_out);
    if (rc != CPR_OK && rc != CPR_ABSENT)
        return rc;
    bool is_known = rc == CPR_OK && before.state == CPR_DISMISSAL_UNCONFIRMED;
    if (item->state != CPR_CASE_OPEN || is_known)
        return CPR_OK;
    struct cpr_dismissal dismissal = {
        .case_id = item->id, .grade = item->grade, .at_ms = engine->now_ms, .confirmed_ms = CPR_TIME_NONE};
    memcpy(dismissal.folder, arrival->folder->display, sizeof dismissal.folder);
    if (item->rescue == CPR_RESCUE_WANTED || item->rescue == CPR_RESCUE_OBSERVED)
        item->rescue = CPR_RESCUE_NOT_NEEDED;
    snprintf(who, sizeof who, "whoever moved it (mailbox %s)", item->mailbox);
    cpr_text_copy(item->closed_by, sizeof item->closed_by, cpr_view_of(is_kept ? "" : who));
    snprintf(item->closed_note, sizeof item->closed_note,
             "moved to \"%.200s\" by an unknown hand: DISMISSED BY ONE PERSON%s; a second one confirms with "
             "cpr-audit confirm %" PRId64 " --by NAME, or moves it back",
             arrival->folder->display, is_kept ? ", and open until it is confirmed" : "", item->id);
    rc = store->dismissal_put(store->self, &dismissal, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_event(engine, "dismissed-by-move", item->id, item->mailbox, error_out,
                              "UID %" PRIu32 " of \"%.200s\": %s", arrival->uid, arrival->folder->display,
                              is_kept ? "it stays open as a glance until a second person confirms"
                                      : "dismissed, until a second person confirms in the review of each day");
    if (rc == CPR_OK)
        rc = is_kept ? keep_as_glance(engine, item, error_out) : close_until_confirmed(engine, item, error_out);
    *action = "dismissed";
    return rc;
}

static enum cpr_rc moved_out(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_arrival *arrival,
                             const char **action, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_dismissal dismissal;
    char deadline[CPR_TIME_TEXT_SIZE];
    enum cpr_rc rc = store->dismissal_get(store->self, item->id, &dismissal, error_out);
    if (rc != CPR_OK)
        return rc == CPR_ABSENT ? CPR_OK : rc;
    if (dismissal.state == CPR_DISMISSAL_TAKEN_BACK || !dismissal.folder[0] || item->state == CPR_CASE_ANSWERED)
        return CPR_OK;
    item->state = CPR_CASE_OPEN;
    item->grade = dismissal.grade;
    item->closed_ms = CPR_TIME_NONE;
    item->closed_by[0] = item->closed_note[0] = '\0';
    dismissal.state = CPR_DISMISSAL_TAKEN_BACK;
    *action = "reopened";
    rc = store->dismissal_put(store->self, &dismissal, error_out);
    if (rc == CPR_OK)
        rc = cpr_steps_recall(store, item, engine->now_ms, error_out);
    return rc == CPR_OK
               ? cpr_engine_event(engine, "reopened", item->id, item->mailbox, error_out,
                                  "found again in \"%.200s\" (UID %" PRIu32
                                  "): it is open as before, with the deadline %s",
                                  arrival->folder->display, arrival->uid, cpr_time_format(item->deadline_ms, deadline))
               : rc;
}

enum cpr_rc cpr_dismissals_follow(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_arrival *arrival,
                                  bool is_first, const char **action, struct cpr_error *error_out)
{
    return arrival->folder->role == CPR_ROLE_DISMISS ? moved_in(engine, item, arrival, is_first, action, error_out)
                                                     : moved_out(engine, item, arrival, action, error_out);
}
