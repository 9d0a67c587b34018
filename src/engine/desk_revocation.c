#include "claims.h"
#include "desk_internal.h"
#include "obligations.h"
#include "steps.h"

#include "cpr/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static json_t *left_s(const struct cpr_desk *desk, const struct cpr_case *item)
{
    return cpr_obligation_is_open(item)
               ? json_integer((item->revocation.deadline_ms - desk->now_utc_ms) / CPR_SECOND_MS)
               : json_null();
}

json_t *cpr_desk_obligation(const struct cpr_desk *desk, const struct cpr_case *item)
{
    const struct cpr_obligation *obligation = &item->revocation;
    bool is_set = obligation->set_by[0] != '\0', is_due = obligation->class != CPR_REVOKE_NOT;
    const char *state = item->state == CPR_CASE_DISMISSED ? "dismissed"
                        : !is_due                         ? "none"
                        : obligation->is_ended            ? "ended"
                                                          : "open";
    const char *section = cpr_profile_revocation_section(cpr_settings_profile(desk->settings, item->mailbox));
    return json_pack("{s:s, s:s, s:o, s:o, s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s}", "state", state,
                     "class", cpr_revocation_class_name(obligation->class), "deadline",
                     cpr_desk_time(is_due ? obligation->deadline_ms : CPR_TIME_NONE), "left_s", left_s(desk, item),
                     "section", section, "set_by", is_set ? obligation->set_by : "rules", "set",
                     cpr_desk_time(is_set ? obligation->set_ms : CPR_TIME_NONE), "set_note", obligation->set_note,
                     "by_rules", cpr_revocation_class_name(obligation->by_rules), "rule", obligation->rule, "reason",
                     cpr_obligation_words(obligation->rule), "item", cpr_obligation_item(obligation->rule), "ended",
                     cpr_desk_time(obligation->is_ended ? obligation->ended_ms : CPR_TIME_NONE), "ended_by",
                     obligation->ended_by, "ended_note", obligation->ended_note);
}

/* --- what a person commands -------------------------------------------------------------------------------------- */

struct command {
    const struct cpr_desk *desk;
    const json_t *request;
    const char *by, *note;
    char who[2 * CPR_NAME_MAX]; /* with the uid that asks */
    struct cpr_case item;
};

static enum cpr_rc read_command(const struct cpr_desk *desk, const json_t *request, unsigned peer_uid,
                                struct command *command, struct cpr_error *error_out)
{
    const char *note = json_string_value(json_object_get(request, "note"));
    *command = (struct command){.desk = desk,
                                .request = request,
                                .by = json_string_value(json_object_get(request, "by")),
                                .note = note ? note : ""};
    enum cpr_rc rc = cpr_desk_check_words(command->by, command->note, true, error_out);
    if (rc == CPR_OK)
        snprintf(command->who, sizeof command->who, "%s (uid %u)", command->by, peer_uid);
    return rc;
}

static enum cpr_rc note_command(const struct command *command, const char *word, const char *text,
                                struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    struct cpr_event event = {.at_ms = command->desk->now_utc_ms, .case_id = command->item.id};
    snprintf(event.event, sizeof event.event, "%s", word);
    memcpy(event.mailbox, command->item.mailbox, sizeof event.mailbox);
    cpr_text_copy(event.who, sizeof event.who, cpr_view_of(command->who));
    cpr_text_copy(event.text, sizeof event.text, cpr_view_of(text));
    return store->event_add(store->self, &event, error_out);
}

/* The steps that lie ahead are those of another clock now, or of none. */
static enum cpr_rc put_case(struct command *command, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    enum cpr_rc rc = cpr_steps_recall(store, &command->item, command->desk->now_utc_ms, error_out);
    if (rc == CPR_OK && !cpr_obligation_is_open(&command->item))
        rc = store->alert_cancel(store->self, command->item.id, CPR_TOPIC_TO_REVOKE, error_out);
    return rc == CPR_OK ? store->case_put(store->self, &command->item, error_out) : rc;
}

/* --- revoked ----------------------------------------------------------------------------------------------------- */

/* Only what people say counts here, and is not shown to be wrong: a reply in Sent is looked into, it is not believed.
 */
static bool is_of_person(const struct cpr_claim *claim)
{
    return strcmp(claim->claimed_by, CPR_CLAIMED_BY_REPLY) != 0 &&
           (claim->rounds == 0 || claim->finding < CPR_FINDING_GOOD);
}

/* What is to be asked about. That there is nothing to ask is no fault when it is said of all. */
static enum cpr_rc make_claims(struct command *command, const struct cpr_claimed *claimed, unsigned *count_out,
                               struct cpr_error *error_out)
{
    const struct cpr_desk *desk = command->desk;
    bool asks = desk->settings->verifies_revocation;
    struct cpr_claim claim = {.case_id = command->item.id,
                              .claimed_ms = desk->now_utc_ms,
                              .next_ms = asks ? desk->now_utc_ms : CPR_TIME_NONE};
    cpr_text_copy(claim.claimed_by, sizeof claim.claimed_by, cpr_view_of(command->by));
    cpr_text_copy(claim.note, sizeof claim.note, cpr_view_of(command->note));
    if (!asks && !claimed->serial)
        return CPR_OK;
    enum cpr_rc rc = cpr_claims_make(desk->store, desk->settings, &command->item, claimed, &claim, command->who,
                                     count_out, error_out);
    return rc == CPR_ABSENT && !claimed->serial ? CPR_OK : rc;
}

/* The clock ends when it is said of all: by that word, or of each that the report names. */
static enum cpr_rc end_clock(struct command *command, bool is_all, struct cpr_error *error_out)
{
    bool is_covered = is_all;
    enum cpr_rc rc =
        is_all ? CPR_OK
               : cpr_obligations_covered(command->desk->store, &command->item, is_of_person, &is_covered, error_out);
    if (rc != CPR_OK || !is_covered ||
        !cpr_obligation_end(&command->item, command->desk->now_utc_ms, command->by, command->note))
        return rc;
    rc = put_case(command, error_out);
    return rc == CPR_OK ? note_command(command, "revocation-ended", command->note, error_out) : rc;
}

static enum cpr_rc say_revoked(struct command *command, const struct cpr_claimed *claimed, unsigned *count_out,
                               struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    enum cpr_rc rc = cpr_desk_find(command->desk, json_object_get(command->request, "case"), &command->item, error_out);
    if (rc == CPR_OK && command->item.state == CPR_CASE_DISMISSED)
        rc = cpr_error_set(error_out, CPR_ABSENT, 0,
                           "case %" PRId64 " was dismissed: nothing is to be revoked; nothing was changed",
                           command->item.id);
    if (rc == CPR_OK)
        rc = store->begin(store->self, error_out);
    if (rc != CPR_OK)
        return rc;
    rc = make_claims(command, claimed, count_out, error_out);
    if (rc == CPR_OK)
        rc = end_clock(command, !claimed->serial, error_out);
    if (rc == CPR_OK)
        return store->commit(store->self, error_out);
    store->rollback(store->self);
    return rc;
}

enum cpr_rc cpr_desk_revoked(const struct cpr_desk *desk, const json_t *request, unsigned peer_uid,
                             struct cpr_buffer *reply, struct cpr_error *error_out)
{
    struct command command;
    struct cpr_claimed claimed = {json_string_value(json_object_get(request, "serial")),
                                  json_string_value(json_object_get(request, "issuer"))};
    unsigned count = 0;
    enum cpr_rc rc = read_command(desk, request, peer_uid, &command, error_out);
    if (rc == CPR_OK && !claimed.serial == !json_is_true(json_object_get(request, "all")))
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "say which certificate: --serial HEX, or --all");
    if (rc == CPR_OK)
        rc = say_revoked(&command, &claimed, &count, error_out);
    if (rc != CPR_OK)
        return rc;
    json_t *row = cpr_desk_case(desk, &command.item);
    json_object_set_new(row, "claimed", json_integer((json_int_t)count));
    json_object_set_new(row, "verified", json_boolean(desk->settings->verifies_revocation));
    cpr_desk_put(reply, row);
    return CPR_OK;
}

/* --- clock ------------------------------------------------------------------------------------------------------- */

static bool read_class(const json_t *request, enum cpr_revocation_class *class_out)
{
    const char *name = json_string_value(json_object_get(request, "class"));
    for (int class = 0; name && class < CPR_REVOCATION_CLASSES; class ++)
        if (strcmp(name, cpr_revocation_class_name((enum cpr_revocation_class) class)) == 0) {
            *class_out = (enum cpr_revocation_class) class;
            return true;
        }
    return false;
}

static enum cpr_rc set_class(struct command *command, const json_t *id, enum cpr_revocation_class class,
                             struct cpr_error *error_out)
{
    char text[2 * CPR_NOTE_MAX], deadline[CPR_TIME_TEXT_SIZE];
    struct cpr_case *item = &command->item;
    enum cpr_rc rc = cpr_desk_find(command->desk, id, item, error_out);
    if (rc != CPR_OK)
        return rc;
    if (!cpr_obligation_set_class(item, class, command->desk->now_utc_ms, command->by, command->note,
                                  &command->desk->settings->policy))
        return cpr_error_set(error_out, CPR_ABSENT, 0,
                             "case %" PRId64 " was dismissed by %s and has no clock; nothing was changed", item->id,
                             item->closed_by);
    rc = put_case(command, error_out);
    if (class == CPR_REVOKE_NOT)
        snprintf(text, sizeof text, "nothing is to be revoked: %s", command->note);
    else
        snprintf(text, sizeof text, "%s, until %s; the rules say %s (%s): %s", cpr_revocation_class_name(class),
                 cpr_time_format(item->revocation.deadline_ms, deadline),
                 cpr_revocation_class_name(item->revocation.by_rules), cpr_obligation_words(item->revocation.rule),
                 command->note);
    return rc == CPR_OK ? note_command(command, "revocation-class", text, error_out) : rc;
}

/* All of them or none. */
static enum cpr_rc set_classes(struct command *command, const json_t *ids, enum cpr_revocation_class class,
                               json_t *changed, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = command->desk->store;
    size_t i;
    json_t *id;
    enum cpr_rc rc = store->begin(store->self, error_out);
    if (rc != CPR_OK)
        return rc;
    json_array_foreach(ids, i, id)
    {
        rc = rc == CPR_OK ? set_class(command, id, class, error_out) : rc;
        if (rc == CPR_OK)
            json_array_append_new(changed, cpr_desk_case(command->desk, &command->item));
    }
    if (rc == CPR_OK)
        return store->commit(store->self, error_out);
    store->rollback(store->self);
    return rc;
}

enum cpr_rc cpr_desk_clock(const struct cpr_desk *desk, const json_t *request, unsigned peer_uid,
                           struct cpr_buffer *reply, struct cpr_error *error_out)
{
    struct command command;
    enum cpr_revocation_class class = CPR_REVOKE_IN_24H;
    json_t *ids = json_object_get(request, "cases"), *changed = json_array(), *item;
    ids = json_array_size(ids) ? json_incref(ids) : json_pack("[O?]", json_object_get(request, "case"));
    size_t i;
    enum cpr_rc rc = read_command(desk, request, peer_uid, &command, error_out);
    if (rc == CPR_OK && !read_class(request, &class))
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "say which clock: --class 24h, 5d or none; nothing was changed");
    if (rc == CPR_OK && json_array_size(ids) > CPR_COMMAND_CASES_MAX)
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "one command names at most %d cases; nothing was changed",
                           CPR_COMMAND_CASES_MAX);
    if (rc == CPR_OK)
        rc = set_classes(&command, ids, class, changed, error_out);
    json_array_foreach(changed, i, item)
    {
        if (rc == CPR_OK)
            cpr_desk_put(reply, json_incref(item));
    }
    json_decref(ids);
    json_decref(changed);
    return rc;
}
