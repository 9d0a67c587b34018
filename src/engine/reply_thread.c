#include "replies.h"

#include "cpr/record/reading_json.h"

#include <stdlib.h>
#include <string.h>

enum { SAME_ID_MAX = 64 };

/* Large: on the heap. */
struct thread {
    struct cpr_reading reply, report, answered;
    struct cpr_link_facts of_report, of_answered;
};

/* The message that the reply answers: the latest one in its header that is in the store and none of ours. CPR_ABSENT:
 * none is. */
static enum cpr_rc find_answered(const struct cpr_store_port *store, const char *mailbox, struct thread *thread,
                                 struct cpr_message *message_out, struct cpr_error *error_out)
{
    enum cpr_rc rc = CPR_OK;
    for (uint32_t i = 0; i < thread->reply.reference_count && rc == CPR_OK; i++) {
        const char *name = thread->reply.references[i];
        int64_t ids[SAME_ID_MAX];
        size_t count = 0;
        rc = store->identifier_find(store->self, name, ids, SAME_ID_MAX, &count, error_out);
        for (size_t k = 0; k < count && rc == CPR_OK; k++) {
            rc = store->message_get(store->self, ids[k], message_out, error_out);
            if (rc == CPR_OK && message_out->kind != CPR_KIND_REPLY && message_out->kind != CPR_KIND_OWN_ALERT &&
                strcmp(message_out->mailbox, mailbox) == 0 && strcmp(message_out->header_message_id, name) == 0)
                return CPR_OK;
        }
    }
    return rc == CPR_OK ? CPR_ABSENT : rc;
}

static enum cpr_rc read_thread(const struct cpr_store_port *store, const struct cpr_case *item, int64_t reply_id,
                               struct thread *thread, struct cpr_error *error_out)
{
    struct cpr_message message;
    enum cpr_rc rc = store->message_get(store->self, reply_id, &message, error_out);
    if (rc != CPR_OK)
        return rc;
    cpr_reading_parse_json(message.reading_json, &thread->reply);
    rc = store->message_get(store->self, item->message_id, &message, error_out);
    if (rc != CPR_OK)
        return rc;
    cpr_reading_parse_json(message.reading_json, &thread->report);
    rc = find_answered(store, item->mailbox, thread, &message, error_out);
    if (rc == CPR_OK && message.id == item->message_id)
        return CPR_ABSENT;
    if (rc == CPR_OK)
        cpr_reading_parse_json(message.reading_json, &thread->answered);
    return rc;
}

enum cpr_rc cpr_replies_is_about_another(const struct cpr_store_port *store, const struct cpr_case *item,
                                         int64_t reply_id, bool *about_another_out, struct cpr_error *error_out)
{
    struct thread *thread = calloc(1, sizeof *thread);
    if (!thread)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to compare a reply with its report");
    enum cpr_rc rc = read_thread(store, item, reply_id, thread, error_out);
    if (rc == CPR_OK) {
        cpr_link_facts_of(&thread->report, &thread->of_report);
        cpr_link_facts_of(&thread->answered, &thread->of_answered);
        *about_another_out = cpr_reply_is_about_another(&thread->reply, &thread->of_report, &thread->of_answered);
    } else if (rc == CPR_ABSENT) { /* it answers the report itself, or nothing that is known */
        *about_another_out = false;
        rc = CPR_OK;
    }
    free(thread);
    return rc;
}
