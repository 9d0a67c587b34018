#include "candidates.h"
#include "claims.h"
#include "desk_internal.h"
#include "relate.h"
#include "replies.h"
#include "review_writer.h"

#include "cpr/judge/judge.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_t *cpr_desk_case(const struct cpr_desk *desk, const struct cpr_case *item)
{
    bool is_open = item->state == CPR_CASE_OPEN;
    json_t *object =
        json_pack("{s:I, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s}", "case",
                  (json_int_t)item->id, "state", cpr_case_state_name(item->state), "grade",
                  cpr_case_grade_name(item->grade), "mailbox", item->mailbox, "received",
                  cpr_desk_time(item->receipt.utc_ms), "deadline", cpr_desk_time(item->deadline_ms), "left_s",
                  is_open ? json_integer((item->deadline_ms - desk->now_utc_ms) / CPR_SECOND_MS) : json_null(),
                  "verdict", cpr_verdict_name(item->verdict), "from", item->from_address, "subject", item->subject,
                  "folder", item->found_folder, "role", item->found_role, "rescue", cpr_rescue_state_name(item->rescue),
                  "acked_by", item->acked_by, "closed", cpr_desk_time(item->closed_ms), "closed_by", item->closed_by);
    for (int leg = 0; leg < CPR_LEGS; leg++)
        json_object_set_new(object, cpr_leg_name((enum cpr_leg_name)leg),
                            json_string(cpr_leg_state_name(item->legs[leg].state)));
    json_object_set_new(object, "revocation", cpr_desk_obligation(desk, item));
    return object;
}

/* --- status
 * ------------------------------------------------------------------------------------------------------------ */

struct status {
    const struct cpr_desk *desk;
    json_t *mailboxes, *conditions;
    unsigned open_cases, overdue, owed, owed_overdue;
    int64_t next_deadline_ms, next_revocation_ms, since_ms;
    struct cpr_folder folders[CPR_FOLDERS_MAX * 2];
    size_t folder_count;
};

static bool collect_folder(void *context, const struct cpr_folder *folder)
{
    struct status *status = context;
    status->folders[status->folder_count++] = *folder;
    return status->folder_count < sizeof status->folders / sizeof status->folders[0];
}

static bool collect_condition(void *context, const struct cpr_condition *condition)
{
    struct status *status = context;
    json_array_append_new(status->conditions, json_pack("{s:s, s:o, s:s}", "topic", condition->topic, "since",
                                                        cpr_desk_time(condition->since_ms), "text", condition->text));
    return true;
}

/* The first event is when the record begins. */
static bool take_first(void *context, const struct cpr_event *event)
{
    *(int64_t *)context = event->at_ms;
    return false;
}

static bool count_case(void *context, const struct cpr_case *item)
{
    struct status *status = context;
    if (status->open_cases++ == 0)
        status->next_deadline_ms = item->deadline_ms;
    status->overdue += item->deadline_ms <= status->desk->now_utc_ms;
    return true;
}

/* Of an answered case, whose revocation is all that is left. */
static bool count_owed(void *context, const struct cpr_case *item)
{
    struct status *status = context;
    if (status->owed++ == 0)
        status->next_revocation_ms = item->revocation.deadline_ms;
    status->owed_overdue += item->revocation.deadline_ms <= status->desk->now_utc_ms;
    return true;
}

/* A mailbox with its folders, and whether it was looked at lately: within three polls. */
static enum cpr_rc add_mailbox(struct status *status, const char *name, struct cpr_error *error_out)
{
    const struct cpr_desk *desk = status->desk;
    const struct cpr_store_port *store = desk->store;
    json_t *folders = json_array();
    int64_t oldest_ms = desk->now_utc_ms;
    status->folder_count = 0;
    enum cpr_rc rc = store->folder_each(store->self, name, collect_folder, status, error_out);
    for (size_t i = 0; i < status->folder_count && rc == CPR_OK; i++) {
        const struct cpr_folder *folder = &status->folders[i];
        struct cpr_folder_tally tally = {0};
        rc = store->folder_tally(store->self, folder->id, folder->uidvalidity, &tally, error_out);
        if (folder->looked_ms == CPR_TIME_NONE || folder->looked_ms < oldest_ms)
            oldest_ms = folder->looked_ms;
        json_array_append_new(folders,
                              json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o}", "folder", folder->display,
                                        "role", cpr_folder_role_name(folder->role), "rule", folder->rule, "messages",
                                        (json_int_t)folder->messages, "judged", (json_int_t)tally.judged, "unreadable",
                                        (json_int_t)tally.unreadable, "vanished", (json_int_t)tally.vanished, "waiting",
                                        (json_int_t)tally.expected, "last_looked", cpr_desk_time(folder->looked_ms)));
    }
    bool is_seen = status->folder_count && oldest_ms != CPR_TIME_NONE &&
                   desk->now_utc_ms - oldest_ms <= 3 * desk->settings->poll_ms;
    json_array_append_new(status->mailboxes,
                          json_pack("{s:s, s:s, s:o, s:o}", "name", name, "state", is_seen ? "seen" : "blind", "since",
                                    cpr_desk_time(status->folder_count ? oldest_ms : CPR_TIME_NONE), "folders",
                                    folders));
    return rc;
}

enum cpr_rc cpr_desk_status(const struct cpr_desk *desk, struct cpr_buffer *reply, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = desk->store;
    int64_t next_try_ms;
    unsigned pending = 0;
    struct status *status = calloc(1, sizeof *status);
    if (!status)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to answer");
    *status = (struct status){.desk = desk,
                              .mailboxes = json_array(),
                              .conditions = json_array(),
                              .next_deadline_ms = CPR_TIME_NONE,
                              .next_revocation_ms = CPR_TIME_NONE,
                              .since_ms = CPR_TIME_NONE};
    enum cpr_rc rc = CPR_OK;
    for (size_t i = 0; i < desk->settings->mailbox_count && rc == CPR_OK; i++)
        rc = add_mailbox(status, desk->settings->mailboxes[i].name, error_out);
    if (rc == CPR_OK)
        rc = store->condition_each_active(store->self, collect_condition, status, error_out);
    if (rc == CPR_OK)
        rc = store->case_each(store->self, true, count_case, status, error_out);
    if (rc == CPR_OK)
        rc = store->case_each_owed(store->self, count_owed, status, error_out);
    if (rc == CPR_OK)
        rc = store->alert_next(store->self, &next_try_ms, &pending, error_out);
    if (rc == CPR_OK)
        rc = store->event_each(store->self, 0, CPR_TIME_NONE, CPR_TIME_NONE, take_first, &status->since_ms, error_out);
    if (rc == CPR_OK)
        cpr_desk_put(reply,
                     json_pack("{s:s, s:s, s:o, s:o, s:o, s:O, s:i, s:i, s:o, s:i, s:i, s:o, s:i, s:O}", "mode",
                               desk->settings->policy.is_active ? "active" : "observe", "version", CPR_VERSION,
                               "started", cpr_desk_time(desk->started_ms), "now", cpr_desk_time(desk->now_utc_ms),
                               "record_since", cpr_desk_time(status->since_ms), "mailboxes", status->mailboxes,
                               "open_cases", (int)status->open_cases, "overdue", (int)status->overdue, "next_deadline",
                               cpr_desk_time(status->next_deadline_ms), "revocations_owed", (int)status->owed,
                               "revocations_overdue", (int)status->owed_overdue, "next_revocation",
                               cpr_desk_time(status->next_revocation_ms), "alerts_pending", (int)pending, "conditions",
                               status->conditions));
    json_decref(status->mailboxes);
    json_decref(status->conditions);
    free(status);
    return rc;
}

/* --- cases, show
 * --------------------------------------------------------------------------------------------------------- */

struct listing {
    const struct cpr_desk *desk;
    struct cpr_buffer *reply;
};

static bool list_case(void *context, const struct cpr_case *item)
{
    struct listing *listing = context;
    cpr_desk_put(listing->reply, cpr_desk_case(listing->desk, item));
    return !cpr_buffer_is_full(listing->reply);
}

enum cpr_rc cpr_desk_cases(const struct cpr_desk *desk, bool all, struct cpr_buffer *reply, struct cpr_error *error_out)
{
    struct listing listing = {desk, reply};
    enum cpr_rc rc = desk->store->case_each(desk->store->self, !all, list_case, &listing, error_out);
    return rc == CPR_OK && !all ? desk->store->case_each_owed(desk->store->self, list_case, &listing, error_out) : rc;
}

/* That it was moved to dismiss_folder, or confirmed by a second person; null when neither. */
static enum cpr_rc add_dismissal(const struct cpr_desk *desk, const struct cpr_case *item, json_t *object,
                                 struct cpr_error *error_out)
{
    struct cpr_dismissal dismissal;
    enum cpr_rc rc = desk->store->dismissal_get(desk->store->self, item->id, &dismissal, error_out);
    json_t *row = rc != CPR_OK
                      ? json_null()
                      : json_pack("{s:s, s:s, s:o, s:o, s:s}", "state", cpr_dismissal_state_name(dismissal.state),
                                  "folder", dismissal.folder, "at", cpr_desk_time(dismissal.at_ms), "confirmed",
                                  cpr_desk_time(dismissal.confirmed_ms), "confirmed_by", dismissal.confirmed_by);
    json_object_set_new(object, "dismissal", row);
    return rc == CPR_ABSENT ? CPR_OK : rc;
}

static bool add_event(void *context, const struct cpr_event *event)
{
    json_array_append_new(context, json_pack("{s:o, s:s, s:s, s:s}", "at", cpr_desk_time(event->at_ms), "event",
                                             event->event, "who", event->who, "text", event->text));
    return true;
}

static bool add_alert(void *context, const struct cpr_alert *alert)
{
    json_array_append_new(context,
                          json_pack("{s:s, s:s, s:o, s:s, s:o, s:i, s:i, s:s, s:s}", "recipient", alert->recipient,
                                    "topic", alert->topic, "due", cpr_desk_time(alert->due_ms), "state",
                                    cpr_alert_state_name(alert->state), "sent", cpr_desk_time(alert->sent_ms),
                                    "attempts", (int)alert->attempts, "reply_code", alert->reply_code, "reply",
                                    alert->reply, "message_id", alert->header_message_id));
    return true;
}

/* How far each stamp stands behind the chosen one, in seconds. */
static json_t *skews_of(const struct cpr_receipt *receipt)
{
    json_t *skews = json_object();
    for (enum cpr_receipt_source source = 0; source < CPR_RECEIPT_SOURCES; source++) {
        int64_t skew_ms = cpr_receipt_skew_ms(receipt, source);
        json_object_set_new(skews, cpr_receipt_source_name(source),
                            skew_ms == CPR_TIME_NONE ? json_null() : json_integer(skew_ms / CPR_SECOND_MS));
    }
    return skews;
}

/* The stamps that are odd, and why. */
static json_t *doubts_of(const struct cpr_receipt *receipt)
{
    json_t *doubts = json_object();
    for (enum cpr_receipt_source source = 0; source < CPR_RECEIPT_SOURCES; source++) {
        const char *words = cpr_receipt_doubt_words(cpr_receipt_doubt(receipt, source));
        if (words[0])
            json_object_set_new(doubts, cpr_receipt_source_name(source), json_string(words));
    }
    return doubts;
}

static bool add_reply(void *context, const struct cpr_reply *reply)
{
    json_array_append_new(context, json_pack("{s:o, s:s, s:b, s:s, s:b, s:s}", "sent", cpr_desk_time(reply->sent_ms),
                                             "class", cpr_reply_class_name(reply->view.class), "automatic",
                                             reply->is_automatic, "words", reply->view.words, "linked",
                                             !reply->is_unlinked, "overruled_by", reply->overruled_by));
    return true;
}

/* The two legs, the machine's view of each reply, and what no reply names. */
static enum cpr_rc add_legs(const struct cpr_desk *desk, const struct cpr_case *item, json_t *object,
                            struct cpr_error *error_out)
{
    const struct cpr_store_port *store = desk->store;
    enum cpr_profile profile = cpr_settings_profile(desk->settings, item->mailbox);
    json_t *legs = json_array(), *replies = json_array();
    struct cpr_buffer unanswered = cpr_buffer_new(CPR_NOTE_MAX);
    for (int i = 0; i < CPR_LEGS; i++) {
        const struct cpr_leg *leg = &item->legs[i];
        json_array_append_new(
            legs, json_pack("{s:s, s:s, s:s, s:o, s:s, s:s}", "leg", cpr_leg_name((enum cpr_leg_name)i), "duty",
                            cpr_profile_duty(profile, (enum cpr_leg_name)i), "state", cpr_leg_state_name(leg->state),
                            "at", cpr_desk_time(leg->state == CPR_LEG_OPEN ? CPR_TIME_NONE : leg->at_ms), "by", leg->by,
                            "note", leg->note));
    }
    json_object_set_new(object, "profile", json_string(cpr_profile_name(profile)));
    json_object_set_new(object, "section", json_string(cpr_profile_section(profile)));
    json_object_set_new(object, "legs", legs);
    json_object_set_new(object, "replies", replies);
    enum cpr_rc rc = store->case_reply_each(store->self, item->id, add_reply, replies, error_out);
    if (rc == CPR_OK)
        rc = cpr_replies_coverage(store, item, &unanswered, NULL, error_out);
    json_object_set_new(object, "unanswered", json_string(cpr_buffer_text(&unanswered)));
    cpr_buffer_free(&unanswered);
    return rc;
}

enum cpr_rc cpr_desk_show(const struct cpr_desk *desk, const struct cpr_case *item, struct cpr_buffer *reply,
                          struct cpr_error *error_out)
{
    const struct cpr_store_port *store = desk->store;
    struct cpr_message message;
    char hex[CPR_DIGEST_HEX_SIZE];
    json_t *links = NULL, *claims = NULL;
    enum cpr_rc rc = cpr_relatives_list(store, item->message_id, &links, error_out);
    if (rc == CPR_OK)
        rc = store->message_get(store->self, item->message_id, &message, error_out);
    if (rc != CPR_OK) {
        json_decref(links);
        return rc;
    }
    json_t *object = cpr_desk_case(desk, item), *stamps = json_object(), *events = json_array(), *alerts = json_array();
    for (int source = 0; source < CPR_RECEIPT_SOURCES; source++)
        json_object_set_new(stamps, cpr_receipt_source_name((enum cpr_receipt_source)source),
                            cpr_desk_time(item->receipt.stamps_ms[source]));
    cpr_digest_to_hex(&message.identity.digest, hex);
    json_object_set_new(object, "receipt_source", json_string(cpr_receipt_source_name(item->receipt.source)));
    json_object_set_new(object, "receipt_alternatives", stamps);
    json_object_set_new(object, "receipt_skew_s", skews_of(&item->receipt));
    json_object_set_new(object, "receipt_suspect", doubts_of(&item->receipt));
    /* Of a mail that a quarantine holds nobody knows it: the column holds a key of ours. */
    json_object_set_new(object, "message_id", json_string(cpr_candidates_is(item) ? "" : item->header_message_id));
    json_object_set_new(object, "acked", cpr_desk_time(item->acked_ms));
    json_object_set_new(object, "closed_note", json_string(item->closed_note));
    json_object_set_new(object, "sha256_of_first_64k", json_string(hex));
    json_object_set_new(object, "size", json_integer((json_int_t)message.identity.size));
    json_t *reading = json_loads(message.reading_json, JSON_REJECT_DUPLICATES, NULL);
    json_object_update_missing(object, reading);
    json_object_set(object, "received_lines", json_object_get(reading, "received"));
    json_decref(reading);
    rc = add_dismissal(desk, item, object, error_out);
    if (rc == CPR_OK)
        rc = add_legs(desk, item, object, error_out);
    if (rc == CPR_OK)
        rc = store->event_each(store->self, item->id, CPR_TIME_NONE, CPR_TIME_NONE, add_event, events, error_out);
    if (rc == CPR_OK)
        rc = store->alert_each_of_case(store->self, item->id, add_alert, alerts, error_out);
    json_object_set_new(object, "links", links);
    if (rc == CPR_OK)
        rc = cpr_claims_list(store, item->id, &claims, error_out);
    json_object_set_new(object, "revocations", claims);
    json_object_set_new(object, "events", events);
    json_object_set_new(object, "alerts", alerts);
    if (rc == CPR_OK)
        cpr_desk_put(reply, object);
    else
        json_decref(object);
    return rc;
}

/* --- review
 * ---------------------------------------------------------------------------------------------------------------- */

static enum cpr_rc take_piece(void *context, enum cpr_review_form form, struct cpr_view piece,
                              struct cpr_error *error_out)
{
    (void)form;
    struct cpr_buffer *reply = context;
    cpr_desk_put(reply, json_pack("{s:s%}", "text", piece.data ? piece.data : "", piece.len));
    return cpr_buffer_is_full(reply)
               ? cpr_error_set(error_out, CPR_LIMIT, 0,
                               "the review of today is too long for a preview; it will be complete "
                               "in its file when the day is over")
               : CPR_OK;
}

enum cpr_rc cpr_desk_review(const struct cpr_desk *desk, const char *day, const char *form, struct cpr_buffer *reply,
                            struct cpr_error *error_out)
{
    const struct cpr_store_port *store = desk->store;
    int64_t today_ms = cpr_time_day_start(desk->now_utc_ms), day_ms = today_ms;
    char text[CPR_TIME_TEXT_SIZE], path[512];
    int chosen = CPR_REVIEW_TXT;
    if (form)
        for (chosen = 0; chosen < CPR_REVIEW_FORMS; chosen++)
            if (strcmp(form, cpr_review_extension((enum cpr_review_form)chosen)) == 0)
                break;
    if (chosen == CPR_REVIEW_FORMS)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "a review is txt, jsonl or html, not \"%.20s\"", form);
    if (!day || (strcmp(day, "today") != 0 && !cpr_time_parse_day(cpr_view_of(day), &day_ms)))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "name a day as YYYY-MM-DD (UTC) or \"today\"");
    if (day_ms > today_ms)
        return cpr_error_set(error_out, CPR_ABSENT, 0, "%s has not begun yet (UTC)", day);
    if (day_ms < today_ms) {
        snprintf(path, sizeof path, "%.400s/review-%s.%s", desk->log_dir, cpr_time_format_day(day_ms, text),
                 cpr_review_extension((enum cpr_review_form)chosen));
        cpr_desk_put(reply, json_pack("{s:s}", "file", path));
        return CPR_OK;
    }
    struct cpr_review_head head = {.day_ms = day_ms,
                                   .generated_ms = desk->now_utc_ms,
                                   .version = CPR_VERSION,
                                   .instance = desk->instance,
                                   .mode = desk->settings->policy.is_active ? "active" : "observe",
                                   .configuration_hash = desk->settings->configuration_hash,
                                   .ruleset = cpr_judge_ruleset(),
                                   .previous_page = "",
                                   .previous_sha256 = "",
                                   .clock_is_synchronised = desk->clock_is_synchronised};
    struct cpr_review_sink sink = {reply, take_piece};
    return cpr_review_compose(store, &head, 1u << chosen, desk->now_utc_ms, &sink, NULL, error_out);
}
