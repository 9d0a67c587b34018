#include "engine_internal.h"

#include "cpr/casework/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNFINISHED_MAX = 32, WAITING_MAX = 4096, AGAIN_AFTER_NO_MS = 30 * 60 * 1000 };

/* How an intent ended that a crash or a lost line left open and that had moved nothing: nobody refused it, so it is
 * tried again at once. */
static const char looked_up[] = "looked up";

/* --- recording what became of a move ---------------------------------------------------------------------------------
 */

struct outcome {
    struct cpr_intent intent;
    enum cpr_rescue_state rescue; /* of the case from now on */
    const char *event;
    char text[CPR_NOTE_MAX];
    const char *alert; /* told to the on-call groups; NULL for nothing */
};

struct sought {
    int64_t id;
    struct cpr_sighting sighting; /* id 0: not found */
};

static bool seek_sighting(void *context, const struct cpr_sighting *sighting, const struct cpr_folder *folder)
{
    struct sought *sought = context;
    (void)folder;
    if (sighting->id == sought->id)
        sought->sighting = *sighting;
    return sighting->id != sought->id;
}

/* The review's line of the message says what was done with it. */
static enum cpr_rc note_action(struct cpr_engine *engine, const struct outcome *outcome, int64_t message_id,
                               struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct sought sought = {.id = outcome->intent.sighting_id};
    const char *action = outcome->rescue == CPR_RESCUE_DONE     ? "rescued"
                         : outcome->rescue == CPR_RESCUE_COPIED ? "copied"
                         : outcome->rescue == CPR_RESCUE_LOST   ? "lost"
                                                                : "not-moved";
    enum cpr_rc rc = store->sighting_each_of(store->self, message_id, seek_sighting, &sought, error_out);
    if (rc != CPR_OK || sought.sighting.id == 0)
        return rc;
    snprintf(sought.sighting.action, sizeof sought.sighting.action, "%s", action);
    return store->sighting_put(store->self, &sought.sighting, error_out);
}

static enum cpr_rc record_outcome(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct outcome *outcome = context;
    struct cpr_case item;
    outcome->intent.ended_ms = engine->now_ms;
    enum cpr_rc rc = store->intent_put(store->self, &outcome->intent, error_out);
    if (rc == CPR_OK)
        rc = store->case_get(store->self, outcome->intent.case_id, &item, error_out);
    if (rc == CPR_OK) {
        item.rescue = outcome->rescue;
        rc = store->case_put(store->self, &item, error_out);
    }
    if (rc == CPR_OK)
        rc = note_action(engine, outcome, item.message_id, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_event(engine, outcome->event, item.id, item.mailbox, error_out, "%s", outcome->text);
    if (rc == CPR_OK && outcome->alert && item.state == CPR_CASE_OPEN)
        rc = cpr_engine_tell_about(engine, &item, outcome->event, outcome->alert, error_out);
    return rc;
}

static enum cpr_rc record(struct cpr_engine *engine, const struct cpr_intent *intent, enum cpr_intent_state state,
                          enum cpr_rescue_state rescue, const char *event, const char *alert, const char *why,
                          struct cpr_error *error_out)
{
    struct outcome outcome = {.intent = *intent, .rescue = rescue, .event = event, .alert = alert};
    outcome.intent.state = state;
    snprintf(outcome.text, sizeof outcome.text, "%.200s UID %" PRIu32 " to %.200s%s%s%.300s", intent->source,
             intent->source_uid, intent->destination, intent->how[0] ? " by " : "", intent->how, why);
    if (state == CPR_INTENT_DONE && rescue != CPR_RESCUE_LOST)
        engine->tick.rescued++;
    return cpr_engine_transact(engine, record_outcome, &outcome, error_out);
}

static enum cpr_rc record_done(struct cpr_engine *engine, struct cpr_intent *intent, const char *why,
                               struct cpr_error *error_out)
{
    static const char copied[] =
        "The report was copied to the inbox. The mail server does not let us remove it safely, so the original was "
        "left in the junk folder; remove it there by hand.";
    return record(engine, intent, CPR_INTENT_DONE, intent->copied_only ? CPR_RESCUE_COPIED : CPR_RESCUE_DONE, "moved",
                  intent->copied_only ? copied : NULL, why, error_out);
}

static enum cpr_rc record_lost(struct cpr_engine *engine, const struct cpr_intent *intent, struct cpr_error *error_out)
{
    static const char text[] =
        "The report was about to be moved to the inbox and is now in neither folder: somebody moved "
        "or deleted it in the same moment. Look for it by its Message-ID, in the trash too.";
    return record(engine, intent, CPR_INTENT_GONE, CPR_RESCUE_LOST, "lost", text, "; it is in neither folder",
                  error_out);
}

static enum cpr_rc record_not_done(struct cpr_engine *engine, const struct cpr_intent *intent, const char *why,
                                   struct cpr_error *error_out)
{
    return record(engine, intent, CPR_INTENT_NOT_DONE, CPR_RESCUE_WANTED, "not-moved", NULL, why, error_out);
}

/* --- looking
 * -------------------------------------------------------------------------------------------------------------- */

/* Both ends are looked at; nothing is guessed. */
static enum cpr_rc settle_unknown(struct cpr_engine *engine, size_t mailbox, struct cpr_intent *intent,
                                  struct cpr_error *error_out)
{
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[mailbox];
    uint32_t here[CPR_TWINS_MAX], there[CPR_TWINS_MAX], here_validity = 0, there_validity = 0;
    size_t here_count = 0, there_count = 0;
    enum cpr_rc rc = port->find(port->self, intent->destination, &intent->identity, intent->destination_uidnext,
                                &there_validity, there, &there_count, error_out);
    if (rc == CPR_OK && there_validity != intent->destination_uidvalidity) {
        /* The folder was made anew: its UIDs say nothing about before and after. */
        there_count = 0;
        rc = port->find(port->self, intent->destination, &intent->identity, 1, &there_validity, there, &there_count,
                        error_out);
    }
    if (rc == CPR_OK)
        rc = port->find(port->self, intent->source, &intent->identity, 1, &here_validity, here, &here_count, error_out);
    if (rc == CPR_ABSENT && there_count == 0) /* one of the folders has gone, and the message with it */
        return record_lost(engine, intent, error_out);
    if (rc == CPR_ABSENT)
        rc = CPR_OK;
    if (rc != CPR_OK)
        return rc;
    if (there_count == 0)
        snprintf(intent->how, sizeof intent->how, "%s", looked_up);
    if (there_count == 0)
        return here_count ? record_not_done(engine, intent, "; looked up: it is still in the source folder", error_out)
                          : record_lost(engine, intent, error_out);
    intent->destination_uidvalidity = there_validity;
    intent->destination_uid = there[there_count - 1];
    const struct cpr_mailbox_capabilities *can = port->capabilities(port->self);
    if (here_count == 0)
        return record_done(engine, intent, "; looked up: it is in the destination and not in the source", error_out);
    if (!can->move && can->uidplus && here[0] == intent->source_uid && here_validity == intent->source_uidvalidity) {
        /* Our own COPY is there and verified, its EXPUNGE did not happen. */
        rc = port->remove_copied(port->self, intent->source, here_validity, here[0], &intent->identity, error_out);
        if (rc == CPR_OK) {
            snprintf(intent->how, sizeof intent->how, "COPY+EXPUNGE");
            return record_done(engine, intent, "; looked up: copied, then removed from the source", error_out);
        }
        if (rc != CPR_ABSENT && rc != CPR_OPERATOR && rc != CPR_LIMIT)
            return rc; /* else it may not be removed: it stays, as on a server that cannot */
    }
    intent->copied_only = true;
    return record_done(engine, intent, "; looked up: it is in both folders, the source was left", error_out);
}

static enum cpr_rc put_intent(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    return engine->ports.store.intent_put(engine->ports.store.self, context, error_out);
}

/* The keyword is no proof of anything and may be set as often as one likes. */
static enum cpr_rc mark(struct cpr_engine *engine, size_t mailbox, struct cpr_intent *intent,
                        struct cpr_error *error_out)
{
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[mailbox];
    bool is_marked = false;
    if (intent->destination_uid != 0) {
        enum cpr_rc rc = port->mark_rescued(port->self, intent->destination, intent->destination_uidvalidity,
                                            intent->destination_uid, &is_marked, error_out);
        if (rc != CPR_OK && rc != CPR_ABSENT && rc != CPR_OPERATOR)
            return rc;
    }
    if (!is_marked)
        cpr_journal(&engine->ports.journal, CPR_LEVEL_NOTICE,
                    "case %" PRId64 ": the rescued message could not be marked with $CPRRescued", intent->case_id);
    intent->is_marked = true;
    return cpr_engine_transact(engine, put_intent, intent, error_out);
}

/* What is wrong with one message does not keep the others waiting; a lost session, a stop or a broken store does. */
static bool goes_on(enum cpr_rc rc)
{
    return rc == CPR_OK || rc == CPR_OPERATOR || rc == CPR_ABSENT || rc == CPR_LIMIT;
}

enum cpr_rc cpr_engine_settle(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const char *name = engine->settings->mailboxes[mailbox].name;
    size_t count = 0;
    struct cpr_intent *intents = calloc(UNFINISHED_MAX, sizeof *intents);
    if (!intents)
        return cpr_error_set(error_out, CPR_RETRY, 0, "mailbox %s: there is not enough memory to settle its moves",
                             name);
    enum cpr_rc rc = store->intent_unfinished(store->self, name, intents, UNFINISHED_MAX, &count, error_out);
    enum cpr_rc first = rc;
    for (size_t i = 0; i < count && goes_on(rc); i++) {
        struct cpr_error error = {0};
        rc = intents[i].state == CPR_INTENT_UNKNOWN ? settle_unknown(engine, mailbox, &intents[i], &error)
                                                    : mark(engine, mailbox, &intents[i], &error);
        if (rc != CPR_OK && (first == CPR_OK || !goes_on(rc))) {
            first = rc;
            *error_out = error;
        }
    }
    free(intents);
    return first;
}

/* --- moving
 * ----------------------------------------------------------------------------------------------------------------- */

struct source {
    bool is_found;
    struct cpr_sighting sighting;
    struct cpr_folder folder;
};

static bool find_in_junk(void *context, const struct cpr_sighting *sighting, const struct cpr_folder *folder)
{
    struct source *source = context;
    bool is_present = sighting->uidvalidity == folder->uidvalidity && sighting->state != CPR_SIGHTING_VANISHED;
    if (folder->role != CPR_ROLE_JUNK || !is_present)
        return true;
    source->is_found = true;
    source->sighting = *sighting;
    source->folder = *folder;
    return false;
}

static enum cpr_rc store_intent(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    struct cpr_intent *intent = context;
    enum cpr_rc rc = put_intent(engine, intent, error_out);
    return rc == CPR_OK ? cpr_engine_event(engine, "move-begins", intent->case_id, intent->mailbox, error_out,
                                           "%.200s UID %" PRIu32 " to %.200s", intent->source, intent->source_uid,
                                           intent->destination)
                        : rc;
}

static enum cpr_rc record_move(struct cpr_engine *engine, struct cpr_intent *intent, enum cpr_rc moved,
                               const struct cpr_move_result *result, struct cpr_error *error_out)
{
    char why[CPR_ERROR_TEXT_MAX + 8] = "";
    memcpy(intent->how, result->how, sizeof intent->how);
    if (moved != CPR_OK)
        snprintf(why, sizeof why, ": %s", error_out->text);
    switch (result->outcome) {
    case CPR_MOVE_UNKNOWN:
        return moved == CPR_OK ? CPR_RETRY : moved; /* the intent stays as it is: it is looked up at the next tick */
    case CPR_MOVE_NOT_DONE: {
        enum cpr_rc rc = record_not_done(engine, intent, why, error_out);
        return rc != CPR_OK
                   ? rc
                   : cpr_engine_trouble_begins(engine, "move-refused", intent->mailbox, CPR_OPERATOR,
                                               "mailbox %s: a report could not be moved from \"%.100s\" to the "
                                               "inbox%.250s. It is tried again; its clock runs",
                                               intent->mailbox, intent->source, why);
    }
    case CPR_MOVE_GONE:
        return CPR_ABSENT; /* likewise looked up: somebody may have moved it to the inbox */
    case CPR_MOVE_DONE:
        intent->copied_only = result->copied_only;
        intent->destination_uid = result->destination_uid;
        if (result->destination_uidvalidity)
            intent->destination_uidvalidity = result->destination_uidvalidity;
        cpr_engine_trouble_ends(engine, "move-refused", intent->mailbox);
        return record_done(engine, intent, why, error_out);
    }
    CPR_ASSERT(!"every outcome of a move is recorded");
    return CPR_CORRUPT;
}

static const struct cpr_chosen_folder *inbox_of(const struct cpr_engine *engine, size_t mailbox)
{
    const struct cpr_mailbox_view *view = &engine->views[mailbox];
    for (size_t i = 0; i < view->folder_count; i++)
        if (view->folders[i].role == CPR_ROLE_INBOX)
            return &view->folders[i];
    return NULL;
}

/* One message, one command: intent, effect, outcome, mark. */
static enum cpr_rc move(struct cpr_engine *engine, size_t mailbox, const struct cpr_case *item,
                        const struct source *source, const struct cpr_message *message, struct cpr_error *error_out)
{
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[mailbox];
    const struct cpr_chosen_folder *inbox = inbox_of(engine, mailbox);
    struct cpr_folder_status status;
    struct cpr_move_result result = {0};
    if (!inbox)
        return CPR_OK; /* its absence is a trouble already */
    enum cpr_rc rc = port->status(port->self, inbox->name, &status, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_intent intent = {.case_id = item->id,
                                .sighting_id = source->sighting.id,
                                .source_uidvalidity = source->sighting.uidvalidity,
                                .source_uid = source->sighting.uid,
                                .destination_uidvalidity = status.uidvalidity,
                                .destination_uidnext = status.uidnext,
                                .identity = message->identity,
                                .begun_ms = engine->now_ms,
                                .ended_ms = CPR_TIME_NONE};
    memcpy(intent.mailbox, item->mailbox, sizeof intent.mailbox);
    memcpy(intent.source, source->folder.name, sizeof intent.source);
    memcpy(intent.destination, inbox->name, sizeof intent.destination);
    rc = cpr_engine_transact(engine, store_intent, &intent, error_out);
    if (rc != CPR_OK)
        return rc;
    enum cpr_rc moved = port->move(port->self, intent.source, intent.source_uidvalidity, intent.source_uid,
                                   &intent.identity, intent.destination, &result, error_out);
    rc = record_move(engine, &intent, moved, &result, error_out);
    if (rc == CPR_ABSENT)
        return settle_unknown(engine, mailbox, &intent, error_out);
    if (rc == CPR_OK && result.outcome == CPR_MOVE_DONE) {
        intent.state = CPR_INTENT_DONE;
        intent.ended_ms = engine->now_ms;
        rc = mark(engine, mailbox, &intent, error_out);
    }
    return rc;
}

static enum cpr_rc rescue_case(struct cpr_engine *engine, size_t mailbox, const struct cpr_case *item,
                               struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_intent before;
    struct cpr_message message;
    struct source source = {0};
    enum cpr_rc rc = store->intent_of_case(store->self, item->id, &before, error_out);
    bool waits = rc == CPR_OK && (before.state == CPR_INTENT_UNKNOWN ||
                                  (before.state == CPR_INTENT_NOT_DONE && strcmp(before.how, looked_up) != 0 &&
                                   engine->now_ms - before.ended_ms < AGAIN_AFTER_NO_MS));
    if (waits)
        return CPR_OK;
    if (rc != CPR_OK && rc != CPR_ABSENT)
        return rc;
    rc = store->sighting_each_of(store->self, item->message_id, find_in_junk, &source, error_out);
    if (rc == CPR_OK && source.is_found)
        rc = store->message_get(store->self, item->message_id, &message, error_out);
    return rc == CPR_OK && source.is_found ? move(engine, mailbox, item, &source, &message, error_out) : rc;
}

struct waiting {
    const struct cpr_engine *engine;
    const char *mailbox;
    int64_t ids[WAITING_MAX];
    size_t count;
};

static bool collect_waiting(void *context, const struct cpr_case *item)
{
    struct waiting *waiting = context;
    if (strcmp(item->mailbox, waiting->mailbox) == 0 &&
        cpr_plan_case(item, waiting->engine->now_ms, &waiting->engine->settings->policy).rescue)
        waiting->ids[waiting->count++] = item->id;
    return waiting->count < WAITING_MAX;
}

/* True while another move is allowed in this hour. */
static enum cpr_rc may_move(struct cpr_engine *engine, bool *may_out, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    unsigned count = 0;
    enum cpr_rc rc = store->intent_count_since(store->self, engine->now_ms - CPR_HOUR_MS, &count, error_out);
    *may_out = rc == CPR_OK && count < engine->settings->policy.moves_per_hour;
    if (rc != CPR_OK)
        return rc;
    if (*may_out)
        return CPR_OK;
    engine->is_limited = true;
    return cpr_engine_trouble_begins(
        engine, "move-limit", "", CPR_LIMIT,
        "%u messages were moved within an hour, which is the limit (moves_per_hour). Further "
        "reports stay in their junk folders until the hour has passed; their clocks run and "
        "their alerts are sent. Look whether these are reports at all",
        count);
}

enum cpr_rc cpr_engine_rescue(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct waiting waiting = {.engine = engine, .mailbox = engine->settings->mailboxes[mailbox].name};
    enum cpr_rc rc = store->case_each(store->self, true, collect_waiting, &waiting, error_out);
    enum cpr_rc first = rc;
    bool may = true;
    for (size_t i = 0; i < waiting.count && may && goes_on(rc); i++) {
        struct cpr_case item;
        struct cpr_error error = {0};
        rc = may_move(engine, &may, &error);
        if (rc == CPR_OK && may)
            rc = store->case_get(store->self, waiting.ids[i], &item, &error);
        if (rc == CPR_OK && may)
            rc = rescue_case(engine, mailbox, &item, &error);
        if (rc != CPR_OK && (first == CPR_OK || !goes_on(rc))) {
            first = rc;
            *error_out = error;
        }
    }
    return first;
}
