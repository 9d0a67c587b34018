#include "cpr/engine/desk.h"
#include "desk_internal.h"
#include "steps.h"

#include "cpr/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

void cpr_desk_put(struct cpr_buffer *reply, json_t *object)
{
    char *line = object ? json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    if (line) {
        cpr_buffer_add_text(reply, line);
        cpr_buffer_add_byte(reply, '\n');
    } else {
        reply->full = true;
    }
    free(line);
    json_decref(object);
}

json_t *cpr_desk_time(int64_t utc_ms)
{
    char text[CPR_TIME_TEXT_SIZE];
    return utc_ms == CPR_TIME_NONE ? json_null() : json_string(cpr_time_format(utc_ms, text));
}

static void end(struct cpr_buffer *reply, int code, const char *error)
{
    json_t *object = json_pack("{s:b, s:i}", "end", 1, "exit", code);
    if (error)
        json_object_set_new(object, "error", json_string(error));
    /* A reply that did not fit is not half an answer: the caller sees that the end is missing. */
    if (!cpr_buffer_is_full(reply))
        cpr_desk_put(reply, object);
    else
        json_decref(object);
}

enum cpr_rc cpr_desk_find(const struct cpr_desk *desk, const json_t *id, struct cpr_case *item_out,
                          struct cpr_error *error_out)
{
    if (!json_is_integer(id))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "the request names no case");
    enum cpr_rc rc = desk->store->case_get(desk->store->self, json_integer_value(id), item_out, error_out);
    if (rc == CPR_ABSENT)
        cpr_error_set(error_out, rc, 0, "there is no case %" JSON_INTEGER_FORMAT "; `cpr-audit cases --all` lists all",
                      json_integer_value(id));
    return rc;
}

enum cpr_rc cpr_desk_check_words(const char *by, const char *note, bool needs_note, struct cpr_error *error_out)
{
    if (!by || !*by || strlen(by) >= CPR_NAME_MAX)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "say who you are: --by NAME (at most %d bytes)",
                             CPR_NAME_MAX - 1);
    if (needs_note && !*note)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "say why, for the auditor: --note TEXT");
    if (strlen(note) >= CPR_NOTE_MAX)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "the note is longer than %d bytes", CPR_NOTE_MAX - 1);
    return CPR_OK;
}

/* --- what a person commands
 * --------------------------------------------------------------------------------------------- */

struct command {
    const struct cpr_desk *desk;
    const char *verb, *by, *note;
    bool legs[CPR_LEGS]; /* which ones it speaks of */
    bool not_applicable; /* of `answered`: there is nobody to answer */
    unsigned peer_uid;
    struct cpr_case item;
};

static enum cpr_rc note_command(const struct command *command, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    struct cpr_event event = {.at_ms = command->desk->now_utc_ms, .case_id = command->item.id};
    const char *word = strcmp(command->verb, "ack") == 0       ? "acked"
                       : strcmp(command->verb, "confirm") == 0 ? "confirmed"
                       : strcmp(command->verb, "dismiss") == 0 ? "dismissed"
                       : strcmp(command->verb, "reopen") == 0  ? "reopened"
                       : command->not_applicable               ? "not-applicable"
                                                               : "answered";
    snprintf(event.event, sizeof event.event, "%s", word);
    memcpy(event.mailbox, command->item.mailbox, sizeof event.mailbox);
    char who[2 * sizeof event.who];
    snprintf(who, sizeof who, "%s (uid %u)", command->by, command->peer_uid);
    cpr_text_copy(event.who, sizeof event.who, cpr_view_of(who));
    char text[sizeof event.text + 32];
    bool both = command->legs[CPR_LEG_REPORTER] && command->legs[CPR_LEG_SUBSCRIBER];
    bool has_leg =
        strcmp(word, "answered") == 0 || strcmp(word, "not-applicable") == 0 || strcmp(word, "reopened") == 0;
    snprintf(text, sizeof text, "%s%s%s",
             !has_leg                          ? ""
             : both                            ? "both legs"
             : command->legs[CPR_LEG_REPORTER] ? "reporter"
                                               : "subscriber",
             has_leg ? ": " : "", command->note);
    cpr_text_copy(event.text, sizeof event.text, cpr_view_of(text));
    return store->event_add(store->self, &event, error_out);
}

/* A dismissal by command needs no second person; one that an unknown hand began is confirmed by it. */
static enum cpr_rc confirm_if_begun(const struct command *command, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    struct cpr_dismissal dismissal;
    enum cpr_rc rc = store->dismissal_get(store->self, command->item.id, &dismissal, error_out);
    if (rc == CPR_ABSENT || (rc == CPR_OK && dismissal.state != CPR_DISMISSAL_UNCONFIRMED))
        return CPR_OK;
    dismissal.state = CPR_DISMISSAL_CONFIRMED;
    dismissal.confirmed_ms = command->desk->now_utc_ms;
    cpr_text_copy(dismissal.confirmed_by, sizeof dismissal.confirmed_by, cpr_view_of(command->by));
    return rc == CPR_OK ? store->dismissal_put(store->self, &dismissal, error_out) : rc;
}

/* The mailbox's dismissal, when there was one, is over; the case is as loud again as it was before it. */
static enum cpr_rc undismiss(struct command *command, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    struct cpr_dismissal dismissal;
    enum cpr_rc rc = store->dismissal_get(store->self, command->item.id, &dismissal, error_out);
    if (rc == CPR_ABSENT || (rc == CPR_OK && dismissal.state == CPR_DISMISSAL_TAKEN_BACK))
        return CPR_OK;
    if (rc != CPR_OK)
        return rc;
    command->item.grade = dismissal.grade;
    dismissal.state = CPR_DISMISSAL_TAKEN_BACK;
    return store->dismissal_put(store->self, &dismissal, error_out);
}

/* CPR_ABSENT: none of the legs that the command names can be changed so. */
static enum cpr_rc change_legs(struct command *command, struct cpr_error *error_out)
{
    struct cpr_case *item = &command->item;
    bool is_reopened = strcmp(command->verb, "reopen") == 0, has_changed = is_reopened && cpr_case_undismiss(item);
    int64_t reply_id = item->legs[CPR_LEG_REPORTER].message_id;
    for (int leg = 0; leg < CPR_LEGS; leg++) {
        if (!command->legs[leg])
            continue;
        has_changed |= is_reopened ? cpr_leg_reopen(item, (enum cpr_leg_name)leg)
                                   : cpr_leg_close(item, (enum cpr_leg_name)leg,
                                                   command->not_applicable ? CPR_LEG_NOT_APPLICABLE : CPR_LEG_CLOSED,
                                                   command->desk->now_utc_ms, command->by, command->note, 0);
    }
    /* Beside the machine's view of it: it must not close the leg once more, in whatever folder it is seen. */
    if (is_reopened && reply_id && item->legs[CPR_LEG_REPORTER].state == CPR_LEG_OPEN)
        return command->desk->store->case_reply_overrule(command->desk->store->self, item->id, reply_id, command->by,
                                                         error_out);
    return has_changed ? CPR_OK
                       : cpr_error_set(error_out, CPR_ABSENT, 0,
                                       "that leg of case %" PRId64 " is %s already; nothing was changed", item->id,
                                       is_reopened ? "open" : "closed");
}

static void dismiss(struct command *command)
{
    struct cpr_case *item = &command->item;
    item->state = CPR_CASE_DISMISSED;
    item->closed_ms = command->desk->now_utc_ms;
    cpr_text_copy(item->closed_by, sizeof item->closed_by, cpr_view_of(command->by));
    cpr_text_copy(item->closed_note, sizeof item->closed_note, cpr_view_of(command->note));
}

static enum cpr_rc carry_out(struct command *command, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    struct cpr_case *item = &command->item;
    enum cpr_rc rc = CPR_OK;
    bool is_ack = strcmp(command->verb, "ack") == 0;
    if (is_ack) {
        item->acked_ms = command->desk->now_utc_ms;
        cpr_text_copy(item->acked_by, sizeof item->acked_by, cpr_view_of(command->by));
    } else if (strcmp(command->verb, "dismiss") == 0) {
        dismiss(command);
        rc = confirm_if_begun(command, error_out);
    } else {
        bool was_dismissed = item->state == CPR_CASE_DISMISSED;
        rc = change_legs(command, error_out);
        if (rc == CPR_OK && was_dismissed)
            rc = undismiss(command, error_out);
    }
    /* The step that is stored ahead goes to the group that has taken the case; after a reopening it was cancelled. */
    if (rc == CPR_OK && (item->state == CPR_CASE_OPEN || is_ack))
        rc = cpr_steps_recall(store, item, command->desk->now_utc_ms, error_out);
    else if (rc == CPR_OK && item->state == CPR_CASE_ANSWERED)
        rc = cpr_steps_end(store, item->id, error_out);
    else if (rc == CPR_OK)
        rc = store->alert_cancel(store->self, item->id, NULL, error_out);
    if (rc == CPR_OK)
        rc = store->case_put(store->self, item, error_out);
    return rc == CPR_OK ? note_command(command, error_out) : rc;
}

/* What is to be confirmed; CPR_ABSENT with the reason when there is nothing. A dismissal by command has no row yet. */
static enum cpr_rc find_dismissal(const struct command *command, struct cpr_dismissal *out, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    const struct cpr_case *item = &command->item;
    enum cpr_rc rc = store->dismissal_get(store->self, item->id, out, error_out);
    bool has_row = rc == CPR_OK && out->state != CPR_DISMISSAL_TAKEN_BACK;
    if (rc != CPR_OK && rc != CPR_ABSENT)
        return rc;
    if (has_row && out->state == CPR_DISMISSAL_CONFIRMED)
        return cpr_error_set(error_out, CPR_ABSENT, 0,
                             "the dismissal of case %" PRId64 " is confirmed already, by %s; nothing was changed",
                             item->id, out->confirmed_by);
    if (item->state == CPR_CASE_ANSWERED || (item->state == CPR_CASE_OPEN && !has_row))
        return cpr_error_set(error_out, CPR_ABSENT, 0,
                             "case %" PRId64 " is %s: nobody has dismissed it; nothing was changed", item->id,
                             cpr_case_state_name(item->state));
    if (has_row)
        return CPR_OK;
    if (cpr_view_equal_nocase(cpr_view_of(item->closed_by), cpr_view_of(command->by)))
        return cpr_error_set(error_out, CPR_ABSENT, 0,
                             "case %" PRId64 " was dismissed by %s: a second person confirms; nothing was changed",
                             item->id, item->closed_by);
    *out = (struct cpr_dismissal){.case_id = item->id, .grade = item->grade, .at_ms = item->closed_ms};
    return CPR_OK;
}

/* A second person says that it is no report: now it is closed, if it was not. */
static enum cpr_rc confirm_one(struct command *command, json_t *changed, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    struct cpr_case *item = &command->item;
    struct cpr_dismissal dismissal;
    char note[2 * CPR_NOTE_MAX];
    enum cpr_rc rc = find_dismissal(command, &dismissal, error_out);
    if (rc != CPR_OK)
        return rc;
    dismissal.state = CPR_DISMISSAL_CONFIRMED;
    dismissal.confirmed_ms = command->desk->now_utc_ms;
    cpr_text_copy(dismissal.confirmed_by, sizeof dismissal.confirmed_by, cpr_view_of(command->by));
    rc = store->dismissal_put(store->self, &dismissal, error_out);
    if (item->state == CPR_CASE_OPEN) {
        item->state = CPR_CASE_DISMISSED;
        item->closed_ms = command->desk->now_utc_ms;
        cpr_text_copy(item->closed_by, sizeof item->closed_by, cpr_view_of(command->by));
    }
    if (dismissal.folder[0])
        snprintf(note, sizeof note, "moved to \"%.200s\"; confirmed by %s", dismissal.folder, command->by);
    else
        snprintf(note, sizeof note, "%s; confirmed by %s", item->closed_note, command->by);
    cpr_text_copy(item->closed_note, sizeof item->closed_note, cpr_view_of(note));
    if (rc == CPR_OK)
        rc = store->alert_cancel(store->self, item->id, NULL, error_out);
    if (rc == CPR_OK)
        rc = store->case_put(store->self, item, error_out);
    if (rc == CPR_OK)
        rc = note_command(command, error_out);
    if (rc == CPR_OK)
        json_array_append_new(changed, cpr_desk_case(command->desk, item));
    return rc;
}

/* One of the cases that a command names; the caller's transaction undoes the ones before it when it cannot be done. */
static enum cpr_rc command_one(struct command *command, const json_t *id, json_t *changed, struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_desk_find(command->desk, id, &command->item, error_out);
    if (rc == CPR_OK && strcmp(command->verb, "confirm") == 0)
        return confirm_one(command, changed, error_out);
    /* One that was answered can still be taken care of, while its certificates are to be revoked. */
    bool is_owed = strcmp(command->verb, "ack") == 0 && rc == CPR_OK && cpr_obligation_is_owed(&command->item);
    if (rc == CPR_OK && command->item.state != CPR_CASE_OPEN && strcmp(command->verb, "reopen") != 0 && !is_owed)
        rc =
            cpr_error_set(error_out, CPR_ABSENT, 0, "case %" PRId64 " is closed already: %s by %s; nothing was changed",
                          command->item.id, cpr_case_state_name(command->item.state), command->item.closed_by);
    if (rc == CPR_OK)
        rc = carry_out(command, error_out);
    if (rc == CPR_OK)
        json_array_append_new(changed, cpr_desk_case(command->desk, &command->item));
    return rc;
}

/* All of them or none. */
static enum cpr_rc command_all(struct command *command, const json_t *ids, json_t *changed, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    size_t i;
    json_t *id;
    if (json_array_size(ids) > CPR_COMMAND_CASES_MAX)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "one command names at most %d cases; nothing was changed",
                             CPR_COMMAND_CASES_MAX);
    enum cpr_rc rc = store->begin(store->self, error_out);
    if (rc != CPR_OK)
        return rc;
    json_array_foreach(ids, i, id)
    {
        rc = rc == CPR_OK ? command_one(command, id, changed, error_out) : rc;
    }
    if (rc == CPR_OK)
        return store->commit(store->self, error_out);
    store->rollback(store->self);
    return rc;
}

/* Which legs a command speaks of. Nothing said: the reporter's, and for `reopen` whatever is closed. */
static enum cpr_rc read_leg(struct command *command, const char *leg, struct cpr_error *error_out)
{
    const char *fallback = strcmp(command->verb, "reopen") == 0 ? "both" : cpr_leg_name(CPR_LEG_REPORTER);
    bool is_known = false;
    for (int i = 0; i < CPR_LEGS; i++) {
        command->legs[i] = strcmp(leg ? leg : fallback, "both") == 0 ||
                           strcmp(leg ? leg : fallback, cpr_leg_name((enum cpr_leg_name)i)) == 0;
        is_known |= command->legs[i];
    }
    return is_known
               ? CPR_OK
               : cpr_error_set(error_out, CPR_OPERATOR, 0, "a leg is reporter, subscriber or both, not \"%.20s\"", leg);
}

/* ack, answered, dismiss, confirm, reopen: of "case", or of each of "cases". */
static enum cpr_rc command_cases(const struct cpr_desk *desk, json_t *request, unsigned peer_uid,
                                 struct cpr_buffer *reply, struct cpr_error *error_out)
{
    const char *note = json_string_value(json_object_get(request, "note"));
    struct command command = {.desk = desk,
                              .verb = json_string_value(json_object_get(request, "verb")),
                              .by = json_string_value(json_object_get(request, "by")),
                              .note = note ? note : "",
                              .not_applicable = json_is_true(json_object_get(request, "not_applicable")),
                              .peer_uid = peer_uid};
    json_t *ids = json_object_get(request, "cases"), *changed = json_array(), *item;
    ids = json_array_size(ids) ? json_incref(ids) : json_pack("[O?]", json_object_get(request, "case"));
    size_t i;
    bool is_clear = strcmp(command.verb, "ack") == 0 || strcmp(command.verb, "confirm") == 0;
    enum cpr_rc rc = cpr_desk_check_words(command.by, command.note, !is_clear, error_out);
    if (rc == CPR_OK)
        rc = read_leg(&command, json_string_value(json_object_get(request, "leg")), error_out);
    if (rc == CPR_OK)
        rc = command_all(&command, ids, changed, error_out);
    json_array_foreach(changed, i, item)
    {
        if (rc == CPR_OK)
            cpr_desk_put(reply, json_incref(item));
    }
    json_decref(ids);
    json_decref(changed);
    return rc;
}

/* --- the verbs
 * -------------------------------------------------------------------------------------------------------------- */

static enum cpr_rc show(const struct cpr_desk *desk, const json_t *request, struct cpr_buffer *reply,
                        struct cpr_error *error_out)
{
    struct cpr_case item;
    enum cpr_rc rc = cpr_desk_find(desk, json_object_get(request, "case"), &item, error_out);
    if (rc != CPR_OK)
        return rc;
    bool is_export = strcmp(json_string_value(json_object_get(request, "verb")), "export") == 0;
    return is_export ? cpr_desk_export(desk, &item, reply, error_out) : cpr_desk_show(desk, &item, reply, error_out);
}

static enum cpr_rc answer(const struct cpr_desk *desk, json_t *request, unsigned peer_uid, struct cpr_buffer *reply,
                          struct cpr_error *error_out)
{
    const char *verb = json_string_value(json_object_get(request, "verb"));
    if (!verb)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "the request names no verb");
    if (strcmp(verb, "status") == 0)
        return cpr_desk_status(desk, reply, error_out);
    if (strcmp(verb, "cases") == 0)
        return cpr_desk_cases(desk, json_is_true(json_object_get(request, "all")), reply, error_out);
    if (strcmp(verb, "show") == 0 || strcmp(verb, "export") == 0)
        return show(desk, request, reply, error_out);
    if (strcmp(verb, "evidence") == 0)
        return cpr_desk_evidence(desk, json_string_value(json_object_get(request, "sha256")), reply, error_out);
    if (strcmp(verb, "known") == 0)
        return cpr_desk_known(desk, json_object_get(request, "messages"), reply, error_out);
    if (strcmp(verb, "ack") == 0 || strcmp(verb, "answered") == 0 || strcmp(verb, "dismiss") == 0 ||
        strcmp(verb, "confirm") == 0 || strcmp(verb, "reopen") == 0)
        return command_cases(desk, request, peer_uid, reply, error_out);
    if (strcmp(verb, "trace") == 0)
        return cpr_desk_trace(desk, json_string_value(json_object_get(request, "value")), reply, error_out);
    if (strcmp(verb, "revoked") == 0)
        return cpr_desk_revoked(desk, request, peer_uid, reply, error_out);
    if (strcmp(verb, "clock") == 0)
        return cpr_desk_clock(desk, request, peer_uid, reply, error_out);
    if (strcmp(verb, "review") == 0)
        return cpr_desk_review(desk, json_string_value(json_object_get(request, "day")),
                               json_string_value(json_object_get(request, "form")), reply, error_out);
    return cpr_error_set(error_out, CPR_OPERATOR, 0, "there is no verb \"%.40s\"", verb);
}

static int exit_code_of(enum cpr_rc rc)
{
    return rc == CPR_OPERATOR ? EX_USAGE : rc == CPR_ABSENT ? EX_DATAERR : cpr_rc_exit_code(rc);
}

void cpr_desk_answer(const struct cpr_desk *desk, struct cpr_view request, unsigned peer_uid, struct cpr_buffer *reply)
{
    struct cpr_error error = {0};
    json_error_t where;
    json_t *object = request.len <= CPR_REQUEST_MAX_BYTES
                         ? json_loadb(request.data, request.len, JSON_REJECT_DUPLICATES, &where)
                         : NULL;
    enum cpr_rc rc = json_is_object(object)
                         ? answer(desk, object, peer_uid, reply, &error)
                         : cpr_error_set(&error, CPR_OPERATOR, 0, "the request is not one line of JSON");
    json_decref(object);
    end(reply, exit_code_of(rc), rc == CPR_OK ? NULL : error.text);
}
