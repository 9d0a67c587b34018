/* What is at work: cases, the intents to move their messages, and the alerts. */
#include "store_internal.h"
#include "cpr/base/assert.h"

/* --- cases ------------------------------------------------------------------------------------------------------- */

static void put_obligation(struct cpr_query *query, const struct cpr_obligation *obligation)
{
    cpr_put_text(query, cpr_revocation_class_name(obligation->by_rules));
    cpr_put_text(query, obligation->rule);
    cpr_put_text(query, cpr_revocation_class_name(obligation->class));
    cpr_put_time(query, obligation->set_by[0] ? obligation->set_ms : CPR_TIME_NONE);
    cpr_put_text(query, obligation->set_by);
    cpr_put_text(query, obligation->set_note);
    cpr_put_int(query, obligation->deadline_ms);
    cpr_put_int(query, obligation->told_age_ms);
    cpr_put_time(query, obligation->is_ended ? obligation->ended_ms : CPR_TIME_NONE);
    cpr_put_text(query, obligation->ended_by);
    cpr_put_text(query, obligation->ended_note);
}

static void take_obligation(struct cpr_query *query, struct cpr_obligation *out)
{
    out->by_rules = cpr_take_revocation_class(query);
    cpr_take_text(query, out->rule, sizeof out->rule);
    out->class = cpr_take_revocation_class(query);
    out->set_ms = cpr_take_time(query);
    cpr_take_text(query, out->set_by, sizeof out->set_by);
    cpr_take_text(query, out->set_note, sizeof out->set_note);
    out->deadline_ms = cpr_take_int(query);
    out->told_age_ms = cpr_take_int(query);
    out->ended_ms = cpr_take_time(query);
    cpr_take_text(query, out->ended_by, sizeof out->ended_by);
    cpr_take_text(query, out->ended_note, sizeof out->ended_note);
    out->is_ended = out->ended_ms != CPR_TIME_NONE;
    if (!out->is_ended)
        out->ended_ms = 0;
    if (!out->set_by[0])
        out->set_ms = 0;
}

static void put_case(struct cpr_query *query, const struct cpr_case *item)
{
    cpr_put_id(query, item->id);
    cpr_put_int(query, item->message_id);
    cpr_put_text(query, item->mailbox);
    cpr_put_text(query, cpr_case_state_name(item->state));
    cpr_put_text(query, cpr_case_grade_name(item->grade));
    cpr_put_text(query, cpr_rescue_state_name(item->rescue));
    cpr_put_time(query, item->receipt.utc_ms);
    cpr_put_text(query, cpr_receipt_source_name(item->receipt.source));
    for (size_t source = 0; source < CPR_RECEIPT_SOURCES; source++)
        cpr_put_time(query, item->receipt.stamps_ms[source]);
    cpr_put_time(query, item->found_ms);
    cpr_put_time(query, item->deadline_ms);
    cpr_put_int(query, item->told_age_ms);
    cpr_put_time(query, item->acked_ms);
    cpr_put_text(query, item->acked_by);
    cpr_put_time(query, item->closed_ms);
    cpr_put_text(query, item->closed_by);
    cpr_put_text(query, item->closed_note);
    cpr_put_text(query, item->from_address);
    cpr_put_text(query, item->subject);
    cpr_put_text(query, item->header_message_id);
    cpr_put_text(query, item->found_folder);
    cpr_put_text(query, item->found_role);
    cpr_put_text(query, cpr_verdict_name(item->verdict));
    for (size_t i = 0; i < CPR_LEGS; i++) {
        const struct cpr_leg *leg = &item->legs[i];
        cpr_put_text(query, cpr_leg_state_name(leg->state));
        cpr_put_time(query, leg->state == CPR_LEG_OPEN ? CPR_TIME_NONE : leg->at_ms);
        cpr_put_text(query, leg->by);
        cpr_put_text(query, leg->note);
        cpr_put_id(query, leg->message_id);
    }
    put_obligation(query, &item->revocation);
}

static void take_case(struct cpr_query *query, struct cpr_case *out)
{
    out->id = cpr_take_int(query);
    out->message_id = cpr_take_int(query);
    cpr_take_text(query, out->mailbox, sizeof out->mailbox);
    out->state = cpr_take_case_state(query);
    out->grade = cpr_take_case_grade(query);
    out->rescue = cpr_take_rescue_state(query);
    out->receipt.utc_ms = cpr_take_time(query);
    out->receipt.source = cpr_take_receipt_source(query);
    for (size_t source = 0; source < CPR_RECEIPT_SOURCES; source++)
        out->receipt.stamps_ms[source] = cpr_take_time(query);
    out->found_ms = cpr_take_time(query);
    out->deadline_ms = cpr_take_time(query);
    out->told_age_ms = cpr_take_int(query);
    out->acked_ms = cpr_take_time(query);
    cpr_take_text(query, out->acked_by, sizeof out->acked_by);
    out->closed_ms = cpr_take_time(query);
    cpr_take_text(query, out->closed_by, sizeof out->closed_by);
    cpr_take_text(query, out->closed_note, sizeof out->closed_note);
    cpr_take_text(query, out->from_address, sizeof out->from_address);
    cpr_take_text(query, out->subject, sizeof out->subject);
    cpr_take_text(query, out->header_message_id, sizeof out->header_message_id);
    cpr_take_text(query, out->found_folder, sizeof out->found_folder);
    cpr_take_text(query, out->found_role, sizeof out->found_role);
    out->verdict = cpr_take_verdict(query);
    for (size_t i = 0; i < CPR_LEGS; i++) {
        struct cpr_leg *leg = &out->legs[i];
        leg->state = cpr_take_leg_state(query);
        leg->at_ms = cpr_take_time(query);
        if (leg->state == CPR_LEG_OPEN)
            leg->at_ms = 0;
        cpr_take_text(query, leg->by, sizeof leg->by);
        cpr_take_text(query, leg->note, sizeof leg->note);
        leg->message_id = cpr_take_int(query);
    }
    take_obligation(query, &out->revocation);
}

static enum cpr_rc case_put(void *self, struct cpr_case *item, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, item->id ? CPR_SQL_CASE_UPDATE : CPR_SQL_CASE_INSERT);
    put_case(&query, item);
    return cpr_query_put_row(&query, &item->id, error_out);
}

static enum cpr_rc case_get(void *self, int64_t id, struct cpr_case *item_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CASE_GET);
    cpr_put_int(&query, id);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        struct cpr_case item;
        take_case(&query, &item);
        rc = cpr_query_check(&query, error_out);
        if (rc == CPR_OK)
            *item_out = item;
    }
    cpr_query_end(&query);
    return rc;
}

/* The rows of a query that gives cases. */
static enum cpr_rc each_case(struct cpr_query *query, bool (*each)(void *context, const struct cpr_case *),
                             void *context, struct cpr_error *error_out)
{
    enum cpr_rc rc;
    while ((rc = cpr_query_next(query, error_out)) == CPR_OK) {
        struct cpr_case item;
        take_case(query, &item);
        rc = cpr_query_check(query, error_out);
        if (rc != CPR_OK || !each(context, &item))
            break;
    }
    return cpr_query_end_list(query, rc);
}

static enum cpr_rc case_each(void *self, bool only_open, bool (*each)(void *context, const struct cpr_case *),
                             void *context, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, only_open ? CPR_SQL_CASE_EACH_OPEN : CPR_SQL_CASE_EACH);
    return each_case(&query, each, context, error_out);
}

static enum cpr_rc case_each_owed(void *self, bool (*each)(void *context, const struct cpr_case *), void *context,
                                  struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CASE_EACH_OWED);
    return each_case(&query, each, context, error_out);
}

static enum cpr_rc review_cases(void *self, int64_t from_ms, int64_t to_ms,
                                bool (*each)(void *context, const struct cpr_case *), void *context,
                                struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CASE_REVIEW);
    cpr_put_int(&query, from_ms);
    cpr_put_int(&query, to_ms);
    return each_case(&query, each, context, error_out);
}

/* The ids that a statement by mailbox and Message-ID gives. */
static enum cpr_rc ids_of(void *self, enum cpr_statement statement, const char *mailbox, const char *header_message_id,
                          int64_t *ids_out, size_t max, size_t *count_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, statement);
    cpr_put_text(&query, mailbox);
    cpr_put_text(&query, header_message_id);
    cpr_put_int(&query, (int64_t)max);
    size_t count = 0;
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK)
        ids_out[count++] = cpr_take_int(&query);
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *count_out = count;
    return rc;
}

static enum cpr_rc case_by_header_id(void *self, const char *mailbox, const char *header_message_id, int64_t *ids_out,
                                     size_t max, size_t *count_out, struct cpr_error *error_out)
{
    return ids_of(self, CPR_SQL_CASE_BY_HEADER_ID, mailbox, header_message_id, ids_out, max, count_out, error_out);
}

static enum cpr_rc case_by_thread(void *self, const char *mailbox, const char *header_message_id, int64_t *ids_out,
                                  size_t max, size_t *count_out, struct cpr_error *error_out)
{
    return ids_of(self, CPR_SQL_CASE_BY_THREAD, mailbox, header_message_id, ids_out, max, count_out, error_out);
}

static enum cpr_rc case_by_reply_id(void *self, const char *mailbox, const char *header_message_id, int64_t *ids_out,
                                    size_t max, size_t *count_out, struct cpr_error *error_out)
{
    return ids_of(self, CPR_SQL_CASE_BY_REPLY_ID, mailbox, header_message_id, ids_out, max, count_out, error_out);
}

/* --- intents ----------------------------------------------------------------------------------------------------- */

static void put_intent(struct cpr_query *query, const struct cpr_intent *intent)
{
    cpr_put_id(query, intent->id);
    cpr_put_int(query, intent->case_id);
    cpr_put_int(query, intent->sighting_id);
    cpr_put_text(query, intent->mailbox);
    cpr_put_text(query, intent->source);
    cpr_put_text(query, intent->destination);
    cpr_put_int(query, intent->source_uidvalidity);
    cpr_put_int(query, intent->source_uid);
    cpr_put_int(query, intent->destination_uidvalidity);
    cpr_put_int(query, intent->destination_uidnext);
    cpr_put_blob(query, cpr_view_make(intent->identity.digest.bytes, CPR_DIGEST_BYTES));
    cpr_put_int(query, intent->identity.size);
    cpr_put_text(query, cpr_intent_state_name(intent->state));
    cpr_put_int(query, intent->is_marked);
    cpr_put_int(query, intent->copied_only);
    cpr_put_int(query, intent->destination_uid);
    cpr_put_text(query, intent->how);
    cpr_put_time(query, intent->begun_ms);
    cpr_put_time(query, intent->ended_ms);
}

static void take_intent(struct cpr_query *query, struct cpr_intent *out)
{
    out->id = cpr_take_int(query);
    out->case_id = cpr_take_int(query);
    out->sighting_id = cpr_take_int(query);
    cpr_take_text(query, out->mailbox, sizeof out->mailbox);
    cpr_take_text(query, out->source, sizeof out->source);
    cpr_take_text(query, out->destination, sizeof out->destination);
    out->source_uidvalidity = cpr_take_uint32(query);
    out->source_uid = cpr_take_uint32(query);
    out->destination_uidvalidity = cpr_take_uint32(query);
    out->destination_uidnext = cpr_take_uint32(query);
    cpr_take_blob(query, out->identity.digest.bytes, CPR_DIGEST_BYTES);
    out->identity.size = cpr_take_uint32(query);
    out->state = cpr_take_intent_state(query);
    out->is_marked = cpr_take_bool(query);
    out->copied_only = cpr_take_bool(query);
    out->destination_uid = cpr_take_uint32(query);
    cpr_take_text(query, out->how, sizeof out->how);
    out->begun_ms = cpr_take_time(query);
    out->ended_ms = cpr_take_time(query);
}

static enum cpr_rc intent_put(void *self, struct cpr_intent *intent, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, intent->id ? CPR_SQL_INTENT_UPDATE : CPR_SQL_INTENT_INSERT);
    put_intent(&query, intent);
    return cpr_query_put_row(&query, &intent->id, error_out);
}

static enum cpr_rc intent_unfinished(void *self, const char *mailbox, struct cpr_intent *intents_out, size_t max,
                                     size_t *count_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_INTENT_UNFINISHED);
    cpr_put_text(&query, mailbox);
    cpr_put_int(&query, (int64_t)max);
    size_t count = 0;
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        take_intent(&query, &intents_out[count++]);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK)
            break;
    }
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *count_out = count;
    return rc;
}

static enum cpr_rc intent_of_case(void *self, int64_t case_id, struct cpr_intent *intent_out,
                                  struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_INTENT_OF_CASE);
    cpr_put_int(&query, case_id);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        struct cpr_intent intent;
        take_intent(&query, &intent);
        rc = cpr_query_check(&query, error_out);
        if (rc == CPR_OK)
            *intent_out = intent;
    }
    cpr_query_end(&query);
    return rc;
}

static enum cpr_rc intent_count_since(void *self, int64_t since_ms, unsigned *count_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_INTENT_COUNT_SINCE);
    cpr_put_int(&query, since_ms);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    CPR_ASSERT(rc != CPR_ABSENT);
    if (rc == CPR_OK)
        *count_out = cpr_take_uint32(&query);
    cpr_query_end(&query);
    return rc;
}

/* --- alerts ------------------------------------------------------------------------------------------------------ */

static void put_alert(struct cpr_query *query, const struct cpr_alert *alert)
{
    cpr_put_id(query, alert->id);
    cpr_put_int(query, alert->case_id);
    cpr_put_text(query, alert->topic);
    cpr_put_int(query, alert->step_age_ms);
    cpr_put_text(query, alert->recipient);
    cpr_put_text(query, alert->oncall);
    cpr_put_text(query, alert->header_message_id);
    cpr_put_text(query, alert->text);
    cpr_put_time(query, alert->due_ms);
    cpr_put_time(query, alert->next_try_ms);
    cpr_put_int(query, alert->attempts);
    cpr_put_text(query, cpr_alert_state_name(alert->state));
    cpr_put_time(query, alert->sent_ms);
    cpr_put_int(query, alert->reply_code);
    cpr_put_text(query, alert->reply);
}

static void take_alert(struct cpr_query *query, struct cpr_alert *out)
{
    out->id = cpr_take_int(query);
    out->case_id = cpr_take_int(query);
    cpr_take_text(query, out->topic, sizeof out->topic);
    out->step_age_ms = cpr_take_int(query);
    cpr_take_text(query, out->recipient, sizeof out->recipient);
    cpr_take_text(query, out->oncall, sizeof out->oncall);
    cpr_take_text(query, out->header_message_id, sizeof out->header_message_id);
    cpr_take_text(query, out->text, sizeof out->text);
    out->due_ms = cpr_take_time(query);
    out->next_try_ms = cpr_take_time(query);
    out->attempts = cpr_take_uint32(query);
    out->state = cpr_take_alert_state(query);
    out->sent_ms = cpr_take_time(query);
    out->reply_code = cpr_take_small(query);
    cpr_take_text(query, out->reply, sizeof out->reply);
}

static enum cpr_rc alert_add(void *self, struct cpr_alert *alert, bool *is_new_out, struct cpr_error *error_out)
{
    CPR_ASSERT(alert->id == 0);
    struct cpr_store *store = self;
    int64_t before = sqlite3_last_insert_rowid(store->db);
    struct cpr_query query = cpr_query_open(store, CPR_SQL_ALERT_ADD);
    put_alert(&query, alert);
    enum cpr_rc rc = cpr_query_run(&query, error_out);
    if (rc != CPR_OK)
        return rc;
    bool is_new = sqlite3_changes(store->db) == 1;
    if (sqlite3_last_insert_rowid(store->db) != before) /* a cancelled row that lives again keeps its id */
        alert->id = sqlite3_last_insert_rowid(store->db);
    if (is_new_out)
        *is_new_out = is_new;
    return CPR_OK;
}

static enum cpr_rc alert_put(void *self, const struct cpr_alert *alert, struct cpr_error *error_out)
{
    CPR_ASSERT(alert->id != 0);
    int64_t id = alert->id;
    struct cpr_query query = cpr_query_open(self, CPR_SQL_ALERT_UPDATE);
    put_alert(&query, alert);
    return cpr_query_put_row(&query, &id, error_out);
}

static enum cpr_rc alert_due(void *self, int64_t now_ms, struct cpr_alert *alerts_out, size_t max, size_t *count_out,
                             struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_ALERT_DUE);
    cpr_put_int(&query, now_ms);
    cpr_put_int(&query, (int64_t)max);
    size_t count = 0;
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        take_alert(&query, &alerts_out[count++]);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK)
            break;
    }
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *count_out = count;
    return rc;
}

static enum cpr_rc alert_next(void *self, int64_t *next_try_ms_out, unsigned *pending_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_ALERT_NEXT);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    CPR_ASSERT(rc != CPR_ABSENT);
    if (rc == CPR_OK) {
        *next_try_ms_out = cpr_take_time(&query);
        *pending_out = cpr_take_uint32(&query);
    }
    cpr_query_end(&query);
    return rc;
}

static enum cpr_rc alert_cancel(void *self, int64_t case_id, const char *topic_or_null, struct cpr_error *error_out)
{
    CPR_ASSERT(case_id != 0 || topic_or_null);
    struct cpr_query query = cpr_query_open(self, case_id ? CPR_SQL_ALERT_CANCEL_CASE : CPR_SQL_ALERT_CANCEL_TOPIC);
    cpr_put_int(&query, case_id);
    cpr_put_text(&query, topic_or_null);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc alert_each_of_case(void *self, int64_t case_id,
                                      bool (*each)(void *context, const struct cpr_alert *), void *context,
                                      struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_ALERT_EACH_OF_CASE);
    cpr_put_int(&query, case_id);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_alert alert;
        take_alert(&query, &alert);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &alert))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

static enum cpr_rc alert_is_ours(void *self, const char *header_message_id, bool *ours_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_ALERT_IS_OURS);
    cpr_put_text(&query, header_message_id);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    bool is_ours = rc == CPR_OK;
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *ours_out = is_ours;
    return rc;
}

/* --- what people said by mail ------------------------------------------------------------------------------------ */

static enum cpr_rc acknowledgement_add(void *self, const struct cpr_alert *alert, int64_t at_ms, bool *is_new_out,
                                       struct cpr_error *error_out)
{
    struct cpr_store *store = self;
    struct cpr_query query = cpr_query_open(store, CPR_SQL_ACKNOWLEDGEMENT_ADD);
    cpr_put_int(&query, alert->id);
    cpr_put_int(&query, alert->case_id);
    cpr_put_int(&query, alert->step_age_ms);
    cpr_put_time(&query, at_ms);
    enum cpr_rc rc = cpr_query_run(&query, error_out);
    if (rc == CPR_OK)
        *is_new_out = sqlite3_changes(store->db) == 1;
    return rc;
}

static enum cpr_rc dismissal_put(void *self, const struct cpr_dismissal *dismissal, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_DISMISSAL_PUT);
    cpr_put_int(&query, dismissal->case_id);
    cpr_put_text(&query, cpr_dismissal_state_name(dismissal->state));
    cpr_put_text(&query, dismissal->folder);
    cpr_put_text(&query, cpr_case_grade_name(dismissal->grade));
    cpr_put_time(&query, dismissal->at_ms);
    cpr_put_time(&query, dismissal->confirmed_ms);
    cpr_put_text(&query, dismissal->confirmed_by);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc dismissal_get(void *self, int64_t case_id, struct cpr_dismissal *out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_DISMISSAL_GET);
    cpr_put_int(&query, case_id);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        struct cpr_dismissal dismissal;
        dismissal.case_id = cpr_take_int(&query);
        dismissal.state = cpr_take_dismissal_state(&query);
        cpr_take_text(&query, dismissal.folder, sizeof dismissal.folder);
        dismissal.grade = cpr_take_case_grade(&query);
        dismissal.at_ms = cpr_take_time(&query);
        dismissal.confirmed_ms = cpr_take_time(&query);
        cpr_take_text(&query, dismissal.confirmed_by, sizeof dismissal.confirmed_by);
        rc = cpr_query_check(&query, error_out);
        if (rc == CPR_OK)
            *out = dismissal;
    }
    cpr_query_end(&query);
    return rc;
}

void cpr_store_fill_case(struct cpr_store_port *port)
{
    port->case_put = case_put;
    port->case_get = case_get;
    port->case_each = case_each;
    port->case_each_owed = case_each_owed;
    port->case_by_header_id = case_by_header_id;
    port->case_by_thread = case_by_thread;
    port->case_by_reply_id = case_by_reply_id;
    port->review_cases = review_cases;
    port->intent_put = intent_put;
    port->intent_unfinished = intent_unfinished;
    port->intent_of_case = intent_of_case;
    port->intent_count_since = intent_count_since;
    port->alert_add = alert_add;
    port->alert_put = alert_put;
    port->alert_due = alert_due;
    port->alert_next = alert_next;
    port->alert_cancel = alert_cancel;
    port->alert_each_of_case = alert_each_of_case;
    port->alert_is_ours = alert_is_ours;
    port->acknowledgement_add = acknowledgement_add;
    port->dismissal_put = dismissal_put;
    port->dismissal_get = dismissal_get;
}
