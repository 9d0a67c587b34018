/* What belongs together: the index of identifiers, and the links. */
#include "store_internal.h"
#include "cpr/base/buffer.h"

#include <string.h>

static enum cpr_rc identifier_add(void *self, const char *type, const char *value, int64_t message_id,
                                  struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_IDENTIFIER_ADD);
    cpr_put_text(&query, type);
    cpr_put_text(&query, value);
    cpr_put_int(&query, message_id);
    return cpr_query_run(&query, error_out);
}

/* The numbers of a query whose parameters but the limit are put. */
static enum cpr_rc take_ids(struct cpr_query *query, int64_t *ids_out, size_t max, size_t *count_out,
                            struct cpr_error *error_out)
{
    size_t count = 0;
    enum cpr_rc rc;
    cpr_put_int(query, (int64_t)max);
    while ((rc = cpr_query_next(query, error_out)) == CPR_OK)
        ids_out[count++] = cpr_take_int(query);
    rc = cpr_query_end_list(query, rc);
    if (rc == CPR_OK)
        *count_out = count;
    return rc;
}

static enum cpr_rc identifier_find(void *self, const char *value, int64_t *ids_out, size_t max, size_t *count_out,
                                   struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_IDENTIFIER_FIND);
    cpr_put_text(&query, value);
    return take_ids(&query, ids_out, max, count_out, error_out);
}

static enum cpr_rc identifier_relatives(void *self, int64_t message_id, bool by_sender, int64_t *ids_out, size_t max,
                                        size_t *count_out, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, by_sender ? CPR_SQL_IDENTIFIER_SENDER : CPR_SQL_IDENTIFIER_RELATIVES);
    cpr_put_int(&query, message_id);
    return take_ids(&query, ids_out, max, count_out, error_out);
}

/* The reasons as words, as an auditor reads them: "thread, identifier". */
static void write_reasons(unsigned reasons, struct cpr_buffer *out)
{
    for (unsigned bit = 0; bit < CPR_LINK_REASONS; bit++)
        if (reasons & 1u << bit)
            cpr_buffer_add_format(out, "%s%s", out->len ? ", " : "", cpr_link_reason_name(bit));
}

static unsigned read_reasons(const char *words)
{
    unsigned reasons = 0;
    struct cpr_view rest = cpr_view_of(words), word;
    while (cpr_view_next_item(&rest, ',', &word))
        for (unsigned bit = 0; bit < CPR_LINK_REASONS; bit++)
            if (cpr_view_equal(cpr_view_trim(word), cpr_view_of(cpr_link_reason_name(bit))))
                reasons |= 1u << bit;
    return reasons;
}

static enum cpr_rc link_add(void *self, const struct cpr_link *link, struct cpr_error *error_out)
{
    struct cpr_buffer words = cpr_buffer_new(256);
    write_reasons(link->reasons, &words);
    struct cpr_query query = cpr_query_open(self, CPR_SQL_LINK_ADD);
    cpr_put_int(&query, link->message_id);
    cpr_put_int(&query, link->other_id);
    cpr_put_text(&query, cpr_buffer_text(&words));
    cpr_put_text(&query, link->detail);
    cpr_put_int(&query, link->at_ms);
    cpr_put_int(&query, link->brought_forward);
    enum cpr_rc rc = cpr_query_run(&query, error_out);
    cpr_buffer_free(&words);
    return rc;
}

static enum cpr_rc link_each(void *self, int64_t message_id, bool (*each)(void *context, const struct cpr_link *),
                             void *context, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_LINK_EACH);
    cpr_put_int(&query, message_id);
    enum cpr_rc rc;
    while ((rc = cpr_query_next(&query, error_out)) == CPR_OK) {
        struct cpr_link link;
        char words[256];
        link.message_id = cpr_take_int(&query);
        link.other_id = cpr_take_int(&query);
        cpr_take_text(&query, words, sizeof words);
        cpr_take_text(&query, link.detail, sizeof link.detail);
        link.at_ms = cpr_take_int(&query);
        link.brought_forward = cpr_take_bool(&query);
        rc = cpr_query_check(&query, error_out);
        if (rc != CPR_OK)
            break;
        link.reasons = read_reasons(words);
        if (!each(context, &link))
            break;
    }
    return cpr_query_end_list(&query, rc);
}

void cpr_store_fill_link(struct cpr_store_port *port)
{
    port->identifier_add = identifier_add;
    port->identifier_find = identifier_find;
    port->identifier_relatives = identifier_relatives;
    port->link_add = link_add;
    port->link_each = link_each;
}
