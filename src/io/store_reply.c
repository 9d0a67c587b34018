/* Our own mail that refers to reports, what it is worth as an answer, and what of it came back. */
#include "store_internal.h"

static void put_reply(struct cpr_query *query, const struct cpr_reply *reply)
{
    cpr_put_int(query, reply->message_id);
    cpr_put_time(query, reply->sent_ms);
    cpr_put_text(query, cpr_reply_class_name(reply->view.class));
    cpr_put_text(query, reply->view.words);
    cpr_put_int(query, reply->is_automatic);
    cpr_put_int(query, reply->says_revoked);
}

static void take_reply(struct cpr_query *query, struct cpr_reply *out)
{
    out->message_id = cpr_take_int(query);
    out->sent_ms = cpr_take_time(query);
    out->view.class = cpr_take_reply_class(query);
    cpr_take_text(query, out->view.words, sizeof out->view.words);
    out->is_automatic = cpr_take_bool(query);
    out->says_revoked = cpr_take_bool(query);
    out->is_unlinked = cpr_take_bool(query);
    cpr_take_text(query, out->overruled_by, sizeof out->overruled_by);
}

static enum cpr_rc reply_add(void *self, const char *mailbox, const char *refers_to, const struct cpr_reply *reply,
                             struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_REPLY_ADD);
    cpr_put_text(&query, mailbox);
    cpr_put_text(&query, refers_to);
    put_reply(&query, reply);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc reply_list(void *self, const char *mailbox, const char *refers_to, struct cpr_reply *replies_out,
                              size_t max, size_t *count_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_REPLY_LIST);
    cpr_put_text(&query, mailbox);
    cpr_put_text(&query, refers_to);
    cpr_put_int(&query, (int64_t)max);
    size_t count = 0;
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        take_reply(&query, &replies_out[count]);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK)
            break;
        count++;
    }
    rc = cpr_query_end_list(&query, rc);
    if (rc == CPR_OK)
        *count_out = count;
    return rc;
}

static enum cpr_rc case_reply_put(void *self, int64_t case_id, const struct cpr_reply *reply,
                                  struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CASE_REPLY_PUT);
    cpr_put_int(&query, case_id);
    put_reply(&query, reply);
    cpr_put_int(&query, reply->is_unlinked);
    cpr_put_text(&query, reply->overruled_by);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc case_reply_overrule(void *self, int64_t case_id, int64_t message_id, const char *by,
                                       struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CASE_REPLY_OVERRULE);
    cpr_put_int(&query, case_id);
    cpr_put_int(&query, message_id);
    cpr_put_text(&query, by);
    return cpr_query_run(&query, error_out);
}

/* Whether a statement gives a row. */
static enum cpr_rc has_row(struct cpr_query *query, bool *out, struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_query_next(query, error_out);
    cpr_query_end(query);
    if (rc != CPR_OK && rc != CPR_ABSENT)
        return rc;
    *out = rc == CPR_OK;
    return CPR_OK;
}

static enum cpr_rc case_reply_is_overruled(void *self, int64_t case_id, int64_t message_id, bool *overruled_out,
                                           struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CASE_REPLY_IS_OVERRULED);
    cpr_put_int(&query, case_id);
    cpr_put_int(&query, message_id);
    return has_row(&query, overruled_out, error_out);
}

static enum cpr_rc case_reply_each(void *self, int64_t case_id, bool (*each)(void *context, const struct cpr_reply *),
                                   void *context, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_CASE_REPLY_EACH);
    cpr_put_int(&query, case_id);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_reply reply;
        take_reply(&query, &reply);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK || !each(context, &reply))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

static enum cpr_rc bounce_add(void *self, const char *mailbox, const char *header_message_id, int64_t at_ms,
                              struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_BOUNCE_ADD);
    cpr_put_text(&query, mailbox);
    cpr_put_text(&query, header_message_id);
    cpr_put_time(&query, at_ms);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc bounce_is_known(void *self, const char *mailbox, const char *header_message_id, bool *known_out,
                                   struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_BOUNCE_IS_KNOWN);
    cpr_put_text(&query, mailbox);
    cpr_put_text(&query, header_message_id);
    return has_row(&query, known_out, error_out);
}

void cpr_store_fill_reply(struct cpr_store_port *port)
{
    port->reply_add = reply_add;
    port->reply_list = reply_list;
    port->case_reply_put = case_reply_put;
    port->case_reply_overrule = case_reply_overrule;
    port->case_reply_is_overruled = case_reply_is_overruled;
    port->case_reply_each = case_reply_each;
    port->bounce_add = bounce_add;
    port->bounce_is_known = bounce_is_known;
}
