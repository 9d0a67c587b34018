#include "cpr/record/reading_json.h"

#include "parts.h"

#include "cpr/base/text.h"

#include <string.h>

/* Sets `place` to the first value below `count` that `name_of` gives the word to; leaves it when there is none. */
#define FIND_NAME(place, name_of, type, count, word)                                                                   \
    for (unsigned value_ = 0; value_ < (count); value_++)                                                              \
        if (strcmp(name_of((type)value_), (word)) == 0) {                                                              \
            (place) = value_;                                                                                          \
            break;                                                                                                     \
        }

#define TAKE(object, key, field) take(object, key, field, sizeof(field))

/* The string under a key, cut to its field. */
static void take(const json_t *object, const char *key, char *out, size_t out_size)
{
    cpr_text_copy(out, out_size, cpr_view_of(cpr_json_get(object, key)));
}

static int64_t take_time(const json_t *object, const char *key)
{
    int64_t utc_ms;
    return cpr_time_parse_rfc3339(cpr_view_of(cpr_json_get(object, key)), &utc_ms) ? utc_ms : CPR_TIME_NONE;
}

static void take_signals(const json_t *list, struct cpr_reading *out)
{
    for (size_t i = 0; i < json_array_size(list) && i < CPR_SIGNALS_MAX; i++) {
        struct cpr_signal *signal = &out->signals[out->signal_count++];
        TAKE(json_array_get(list, i), "id", signal->id);
        TAKE(json_array_get(list, i), "where", signal->where);
        TAKE(json_array_get(list, i), "text", signal->text);
    }
}

/* Those of a type that these rules do not know are left out; `quoted` counts them all. */
static void take_identifiers(const json_t *list, const json_t *quoted, struct cpr_reading *out)
{
    for (size_t i = 0; i < json_array_size(list) && out->identifier_count < CPR_IDENTIFIERS_MAX; i++) {
        struct cpr_identifier *identifier = &out->identifiers[out->identifier_count];
        uint32_t type = CPR_IDENTIFIER_TYPES;
        FIND_NAME(type, cpr_identifier_type_name, enum cpr_identifier_type, CPR_IDENTIFIER_TYPES,
                  cpr_json_get(json_array_get(list, i), "type"))
        if (type == CPR_IDENTIFIER_TYPES)
            continue;
        identifier->type = type;
        TAKE(json_array_get(list, i), "value", identifier->value);
        for (size_t k = 0; k < json_array_size(quoted); k++)
            if (json_integer_value(json_array_get(quoted, k)) == (json_int_t)i)
                identifier->is_quoted = 1;
        out->identifier_count++;
    }
}

static void take_certificates(const json_t *list, struct cpr_reading *out)
{
    for (size_t i = 0; i < json_array_size(list) && i < CPR_CERTIFICATES_MAX; i++) {
        const json_t *object = json_array_get(list, i);
        struct cpr_reading_certificate *certificate = &out->certificates[out->certificate_count++];
        TAKE(object, "sha256", certificate->sha256);
        TAKE(object, "serial", certificate->serial);
        TAKE(object, "spki-sha256", certificate->spki_sha256);
        TAKE(object, "issuer", certificate->issuer);
        TAKE(object, "subject", certificate->subject);
        TAKE(object, "names", certificate->names);
        TAKE(object, "owner_issuer", certificate->owner_issuer);
        TAKE(object, "owner_mark", certificate->owner_mark);
        certificate->not_before_ms = take_time(object, "not_before");
        certificate->not_after_ms = take_time(object, "not_after");
        FIND_NAME(certificate->owner, cpr_owner_name, enum cpr_owner, CPR_OWNERS, cpr_json_get(object, "owner"))
    }
}

static void take_notice(const json_t *notice, struct cpr_reading *out)
{
    const json_t *rows = json_object_get(notice, "rows");
    TAKE(notice, "source", out->notice_source);
    for (size_t i = 0; i < json_array_size(rows) && i < CPR_NOTICE_ROWS_MAX; i++) {
        const json_t *object = json_array_get(rows, i);
        struct cpr_notice_row *row = &out->notice_rows[out->notice_row_count++];
        TAKE(object, "sender", row->sender);
        TAKE(object, "subject", row->subject);
        row->held_ms = take_time(object, "held");
        row->expires_ms = take_time(object, "expires");
        FIND_NAME(row->verdict, cpr_verdict_name, enum cpr_verdict, CPR_VERDICTS, cpr_json_get(object, "verdict"))
    }
}

static void take_lists(const json_t *object, struct cpr_reading *out)
{
    const json_t *limits = json_object_get(object, "limits"), *received = json_object_get(object, "received");
    const json_t *references = json_object_get(object, "references");
    const json_t *attachments = json_object_get(object, "attachments");
    for (size_t i = 0; i < json_array_size(limits); i++)
        for (unsigned bit = 0; bit < CPR_READING_LIMITS; bit++)
            if (json_is_string(json_array_get(limits, i)) &&
                strcmp(cpr_reading_limit_name(bit), json_string_value(json_array_get(limits, i))) == 0)
                out->limits |= 1u << bit;
    for (size_t i = 0; i < json_array_size(received) && i < CPR_RECEIVED_MAX; i++) {
        struct cpr_received *line = &out->received[out->received_count++];
        TAKE(json_array_get(received, i), "by", line->by_host);
        TAKE(json_array_get(received, i), "raw", line->raw);
        line->utc_ms = take_time(json_array_get(received, i), "at");
    }
    for (size_t i = 0; i < json_array_size(references) && i < CPR_REFERENCES_MAX; i++)
        if (json_is_string(json_array_get(references, i)))
            cpr_text_copy(out->references[out->reference_count++], CPR_MESSAGE_ID_SIZE,
                          cpr_view_of(json_string_value(json_array_get(references, i))));
    for (size_t i = 0; i < json_array_size(attachments) && i < CPR_ATTACHMENTS_MAX; i++)
        if (json_is_string(json_array_get(attachments, i)))
            cpr_text_copy(out->attachments[out->attachment_count++], sizeof out->attachments[0],
                          cpr_view_of(json_string_value(json_array_get(attachments, i))));
}

bool cpr_reading_parse_json(const char *line, struct cpr_reading *out)
{
    json_t *object = line ? json_loads(line, JSON_REJECT_DUPLICATES, NULL) : NULL;
    cpr_reading_clear(out);
    if (!json_is_object(object)) {
        json_decref(object);
        return false;
    }
    FIND_NAME(out->verdict, cpr_verdict_name, enum cpr_verdict, CPR_VERDICTS, cpr_json_get(object, "verdict"))
    FIND_NAME(out->kind, cpr_kind_name, enum cpr_kind, CPR_KINDS, cpr_json_get(object, "kind"))
    out->score = (int32_t)json_integer_value(json_object_get(object, "score"));
    out->is_automatic = json_is_true(json_object_get(object, "automatic"));
    out->date_ms = take_time(object, "date");
    TAKE(object, "language", out->language);
    TAKE(object, "ruleset", out->ruleset);
    TAKE(object, "authenticated", out->authenticated_domain);
    TAKE(object, "noise", out->noise);
    TAKE(object, "from", out->from_address);
    TAKE(object, "from_name", out->from_name);
    TAKE(object, "to", out->to);
    TAKE(object, "recipients", out->recipients);
    TAKE(object, "reply_to", out->reply_to);
    TAKE(object, "subject", out->subject);
    TAKE(object, "message_id", out->message_id);
    TAKE(object, "excerpt", out->excerpt);
    take_signals(json_object_get(object, "signals"), out);
    take_certificates(json_object_get(object, "certificates"), out);
    take_identifiers(json_object_get(object, "identifiers"), json_object_get(object, "quoted"), out);
    take_lists(object, out);
    take_notice(json_object_get(object, "notice"), out);
    json_decref(object);
    return true;
}
