#include "mail_acks.h"
#include "steps.h"

#include "cpr/base/text.h"
#include "cpr/record/letter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool has_address(const struct cpr_oncall *group, const char *address)
{
    for (size_t i = 0; i < group->address_count; i++)
        if (cpr_view_equal_nocase(cpr_view_of(group->addresses[i]), cpr_view_of(address)))
            return true;
    return false;
}

/* The section of the sender: the one that was told, when the sender is in it. */
static const struct cpr_oncall *group_of(const struct cpr_policy *policy, const char *address, const char *told)
{
    const struct cpr_oncall *first = NULL;
    for (size_t i = 0; i < policy->oncall_count; i++) {
        const struct cpr_oncall *group = &policy->oncall[i];
        if (!has_address(group, address))
            continue;
        if (strcmp(group->name, told) == 0)
            return group;
        first = first ? first : group;
    }
    return first;
}

static bool is_proved(const struct cpr_engine *engine, const struct cpr_mail_ack *ack)
{
    const char *at = strrchr(ack->reading->from_address, '@');
    if (engine->settings->mailboxes[ack->mailbox].own_host_count == 0)
        return true;
    return at && at[1] && cpr_view_equal_nocase(cpr_view_of(at + 1), cpr_view_of(ack->reading->authenticated_domain));
}

struct seeking {
    struct cpr_view key;
    const char *token;
    struct cpr_alert *alert_out;
    bool is_found;
};

static bool seek(void *context, const struct cpr_alert *alert)
{
    struct seeking *seeking = context;
    seeking->is_found = cpr_letter_ack_is_valid(seeking->key, alert, seeking->token);
    if (seeking->is_found)
        *seeking->alert_out = *alert;
    return !seeking->is_found;
}

/* Why an answer with the right token does not count; NULL: it does. */
static const char *objection_to(const struct cpr_engine *engine, const struct cpr_mail_ack *ack)
{
    const struct cpr_reading *reading = ack->reading;
    return reading->is_automatic || reading->kind == CPR_KIND_AUTO_REPLY ? "it was sent automatically"
           : !group_of(&engine->settings->policy, reading->from_address, "")
               ? "its sender is in no [oncall NAME] section"
           : !is_proved(engine, ack) ? "the border (own_hosts) did not prove its sender"
                                     : NULL;
}

enum cpr_rc cpr_mail_acks_recognise(struct cpr_engine *engine, struct cpr_mail_ack *ack, bool *is_ack_out,
                                    struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct cpr_reading *reading = ack->reading;
    const char *objection = objection_to(engine, ack);
    struct seeking seeking = {.key = engine->token_key, .token = reading->ack_token, .alert_out = &ack->alert};
    *is_ack_out = false;
    if (!reading->ack_case)
        return CPR_OK;
    enum cpr_rc rc = store->alert_each_of_case(store->self, reading->ack_case, seek, &seeking, error_out);
    if (rc != CPR_OK || !seeking.is_found)
        return rc;
    if (objection)
        return cpr_engine_event(engine, "ack-refused", ack->alert.case_id, ack->folder->mailbox, error_out,
                                "UID %" PRIu32
                                " of \"%.200s\", from %.200s, answers an alert with \"ack\", but %s: it is "
                                "judged like any other mail",
                                ack->uid, ack->folder->display, reading->from_address, objection);
    ack->group = *group_of(&engine->settings->policy, reading->from_address, ack->alert.oncall);
    *is_ack_out = true;
    return CPR_OK;
}

static enum cpr_rc add_event(struct cpr_engine *engine, const struct cpr_mail_ack *ack, const struct cpr_case *item,
                             bool is_new, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_event event = {.at_ms = engine->now_ms, .case_id = item->id};
    char who[CPR_NAME_MAX + CPR_ADDRESS_MAX + 8], age[CPR_TIME_TEXT_SIZE], text[CPR_NOTE_MAX];
    const char *why = is_new ? ""
                      : item->state != CPR_CASE_OPEN && !cpr_obligation_is_owed(item)
                          ? "; nothing was changed: the case is closed"
                          : "; nothing was changed: this letter, or a later one, was "
                            "answered so before";
    snprintf(event.event, sizeof event.event, "%s", is_new ? "acked" : "ack-again");
    memcpy(event.mailbox, item->mailbox, sizeof event.mailbox);
    snprintf(who, sizeof who, "%s (%s)", ack->group.name, ack->reading->from_address);
    cpr_text_copy(event.who, sizeof event.who, cpr_view_of(who));
    snprintf(text, sizeof text, "by mail: UID %" PRIu32 " of \"%.200s\" answers the alert to %s at the age of %s%s",
             ack->uid, ack->folder->display, ack->alert.recipient, cpr_duration_format(ack->alert.step_age_ms, age),
             why);
    cpr_text_copy(event.text, sizeof event.text, cpr_view_of(text));
    return store->event_add(store->self, &event, error_out);
}

enum cpr_rc cpr_mail_acks_take(struct cpr_engine *engine, const struct cpr_mail_ack *ack, const char **action_out,
                               struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case item;
    bool is_new = false;
    enum cpr_rc rc = store->case_get(store->self, ack->alert.case_id, &item, error_out);
    if (rc == CPR_OK && (item.state == CPR_CASE_OPEN || cpr_obligation_is_owed(&item)))
        rc = store->acknowledgement_add(store->self, &ack->alert, engine->now_ms, &is_new, error_out);
    if (rc == CPR_OK && is_new) {
        item.acked_ms = engine->now_ms;
        memcpy(item.acked_by, ack->group.name, sizeof item.acked_by);
        /* The step that is stored ahead goes to the group that has taken the case. */
        rc = cpr_steps_recall(store, &item, engine->now_ms, error_out);
    }
    if (rc == CPR_OK && is_new)
        rc = store->case_put(store->self, &item, error_out);
    *action_out = is_new ? "acked" : "ack-again";
    return rc == CPR_OK ? add_event(engine, ack, &item, is_new, error_out) : rc;
}
