#include "replies.h"

#include "cpr/casework/coverage.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { REPLIES_COUNTED_MAX = 16, ITEMS_SHOWN = 8 };

/* What one message, or several, name; as their stored readings say. */
struct side {
    bool is_cut;  /* a message that was not read whole */
    bool is_ours; /* certificates of others are left out */
    struct cpr_identifier identifiers[REPLIES_COUNTED_MAX * CPR_IDENTIFIERS_MAX];
    struct cpr_reading_certificate certificates[CPR_CERTIFICATES_MAX];
    size_t identifier_count, certificate_count;
};

static void copy(json_t *object, const char *key, char *out, size_t out_size)
{
    const char *text = json_string_value(json_object_get(object, key));
    cpr_view_copy(cpr_view_of(text ? text : ""), out, out_size);
}

static uint32_t type_of(json_t *identifier)
{
    const char *name = json_string_value(json_object_get(identifier, "type"));
    uint32_t type = 0;
    while (name && type < CPR_IDENTIFIER_TYPES && strcmp(name, cpr_identifier_type_name(type)) != 0)
        type++;
    return name ? type : CPR_IDENTIFIER_TYPES;
}

/* Whether a value stands for a certificate in the message that is of another CA. */
static bool is_of_others(const json_t *reading, const char *value)
{
    static const char *const keys[] = {"sha256", "serial", "spki-sha256"};
    bool is_found = false;
    size_t i;
    json_t *certificate;
    json_array_foreach(json_object_get(reading, "certificates"), i, certificate)
    {
        const char *owner = json_string_value(json_object_get(certificate, "owner"));
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
            const char *text = json_string_value(json_object_get(certificate, keys[k]));
            bool is_it = text && strcmp(text, value) == 0;
            if (is_it && (!owner || strcmp(owner, cpr_owner_name(CPR_OWNER_OTHER)) != 0))
                return false; /* the same key may stand in one of ours */
            is_found = is_found || is_it;
        }
    }
    return is_found;
}

static void add_reading(struct side *side, const char *reading_json, bool is_reply)
{
    json_t *reading = json_loads(reading_json ? reading_json : "{}", 0, NULL), *item;
    size_t i, first = side->identifier_count, limit = sizeof side->identifiers / sizeof side->identifiers[0];
    json_array_foreach(json_object_get(reading, "identifiers"), i, item)
    {
        uint32_t type = type_of(item);
        if (type >= CPR_IDENTIFIER_TYPES || side->identifier_count == limit)
            break;
        struct cpr_identifier *identifier = &side->identifiers[side->identifier_count++];
        identifier->type = type;
        identifier->is_quoted = 0;
        copy(item, "value", identifier->value, sizeof identifier->value);
        if (side->is_ours && is_of_others(reading, identifier->value))
            side->identifier_count--;
    }
    json_array_foreach(json_object_get(reading, "quoted"), i, item)
    {
        size_t at = first + (size_t)json_integer_value(item);
        if (is_reply && at < side->identifier_count)
            side->identifiers[at].is_quoted = 1;
    }
    json_array_foreach(json_object_get(reading, "certificates"), i, item)
    {
        if (is_reply || side->certificate_count == CPR_CERTIFICATES_MAX)
            break;
        struct cpr_reading_certificate *certificate = &side->certificates[side->certificate_count++];
        copy(item, "sha256", certificate->sha256, sizeof certificate->sha256);
        copy(item, "serial", certificate->serial, sizeof certificate->serial);
        copy(item, "spki-sha256", certificate->spki_sha256, sizeof certificate->spki_sha256);
    }
    side->is_cut = side->is_cut || json_array_size(json_object_get(reading, "limits")) > 0;
    json_decref(reading);
}

struct answers {
    int64_t ids[REPLIES_COUNTED_MAX];
    size_t count;
};

static bool collect(void *context, const struct cpr_reply *reply)
{
    struct answers *answers = context;
    if (reply->view.class == CPR_REPLY_SUBSTANTIVE && !reply->is_unlinked && !reply->overruled_by[0])
        answers->ids[answers->count++] = reply->message_id;
    return answers->count < REPLIES_COUNTED_MAX;
}

static void write_sentence(const struct side *report, const struct cpr_coverage *coverage, struct cpr_buffer *out)
{
    if (coverage->names_only_domains)
        cpr_buffer_add_text(out,
                            "the answer names only a domain where the report gives serial numbers or fingerprints: "
                            "confirm against the serial number. ");
    if (coverage->unanswered_count == 0)
        return;
    cpr_buffer_add_format(out, "%zu of %zu not named in the answer: ", coverage->unanswered_count,
                          coverage->item_count);
    for (size_t i = 0; i < coverage->unanswered_count && i < ITEMS_SHOWN; i++) {
        const struct cpr_identifier *identifier = &report->identifiers[coverage->unanswered[i]];
        cpr_buffer_add_format(out, "%s%s %s", i ? "; " : "", cpr_identifier_type_name(identifier->type),
                              identifier->value);
    }
    if (coverage->unanswered_count > ITEMS_SHOWN)
        cpr_buffer_add_format(out, "; and %zu more", coverage->unanswered_count - ITEMS_SHOWN);
}

static enum cpr_rc compare(const struct cpr_store_port *store, const struct cpr_case *item,
                           const struct answers *answers, struct side *report, struct side *replies,
                           struct cpr_buffer *sentence_out, bool *is_doubtful_out, struct cpr_error *error_out)
{
    struct cpr_message message;
    enum cpr_rc rc = store->message_get(store->self, item->message_id, &message, error_out);
    if (rc == CPR_OK)
        add_reading(report, message.reading_json, false);
    for (size_t i = 0; i < answers->count && rc == CPR_OK; i++) {
        rc = store->message_get(store->self, answers->ids[i], &message, error_out);
        if (rc == CPR_OK)
            add_reading(replies, message.reading_json, true);
    }
    if (rc != CPR_OK)
        return rc;
    struct cpr_coverage_side asked = {report->identifiers, report->identifier_count, report->certificates,
                                      report->certificate_count};
    struct cpr_coverage_side said = {replies->identifiers, replies->identifier_count, NULL, 0};
    struct cpr_coverage coverage = cpr_coverage_of(&asked, &said);
    write_sentence(report, &coverage, sentence_out);
    if (is_doubtful_out)
        *is_doubtful_out = coverage.names_only_domains || (coverage.unanswered_count && coverage.item_count > 1);
    return CPR_OK;
}

enum cpr_rc cpr_replies_coverage(const struct cpr_store_port *store, const struct cpr_case *item,
                                 struct cpr_buffer *sentence_out, bool *is_doubtful_out, struct cpr_error *error_out)
{
    struct answers answers = {.count = 0};
    enum cpr_rc rc = store->case_reply_each(store->self, item->id, collect, &answers, error_out);
    if (rc != CPR_OK || answers.count == 0)
        return rc;
    struct side *sides = calloc(2, sizeof *sides);
    if (!sides)
        return cpr_error_set(error_out, CPR_RETRY, 0,
                             "there is not enough memory to compare an answer with its report");
    rc = compare(store, item, &answers, &sides[0], &sides[1], sentence_out, is_doubtful_out, error_out);
    free(sides);
    return rc;
}

enum cpr_rc cpr_replies_are_covered(const struct cpr_store_port *store, const struct cpr_case *item,
                                    const struct cpr_identifier *serials, size_t count, bool *covered_out,
                                    struct cpr_error *error_out)
{
    struct cpr_message message;
    struct side *report = calloc(1, sizeof *report);
    if (!report)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to compare a report with claims");
    enum cpr_rc rc = store->message_get(store->self, item->message_id, &message, error_out);
    if (rc == CPR_OK) {
        report->is_ours = true;
        add_reading(report, message.reading_json, false);
        struct cpr_coverage_side asked = {report->identifiers, report->identifier_count, report->certificates,
                                          report->certificate_count};
        struct cpr_coverage_side said = {serials, count, NULL, 0};
        struct cpr_coverage coverage = cpr_coverage_of(&asked, &said);
        bool is_open = report->is_cut; /* also by a query, which means nobody knows how many */
        for (size_t i = 0; i < report->identifier_count; i++)
            is_open |= report->identifiers[i].type == CPR_IDENTIFIER_CRTSH_QUERY;
        *covered_out = coverage.item_count > 0 && coverage.unanswered_count == 0 && !is_open;
    }
    free(report);
    return rc;
}
