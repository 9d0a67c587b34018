#include "cpr/record/reading_json.h"

#include "parts.h"

static json_t *signals_to_json(const struct cpr_reading *reading)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < reading->signal_count; i++) {
        json_t *signal = json_object();
        cpr_json_put(signal, "id", cpr_json_text(reading->signals[i].id));
        cpr_json_put(signal, "where", cpr_json_text(reading->signals[i].where));
        cpr_json_put(signal, "text", cpr_json_mail_text(reading->signals[i].text));
        json_array_append_new(list, signal);
    }
    return list;
}

static json_t *identifiers_to_json(const struct cpr_reading *reading)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < reading->identifier_count; i++) {
        json_t *identifier = json_object();
        const char *type = cpr_identifier_type_name((enum cpr_identifier_type)reading->identifiers[i].type);
        cpr_json_put(identifier, "type", cpr_json_text(type));
        cpr_json_put(identifier, "value", cpr_json_text(reading->identifiers[i].value));
        json_array_append_new(list, identifier);
    }
    return list;
}

static json_t *certificates_to_json(const struct cpr_reading *reading)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < reading->certificate_count; i++) {
        const struct cpr_reading_certificate *certificate = &reading->certificates[i];
        json_t *object = json_object();
        cpr_json_put(object, "sha256", cpr_json_text(certificate->sha256));
        cpr_json_put(object, "serial", cpr_json_text(certificate->serial));
        cpr_json_put(object, "spki-sha256", cpr_json_text(certificate->spki_sha256));
        cpr_json_put(object, "issuer", cpr_json_mail_text(certificate->issuer));
        cpr_json_put(object, "subject", cpr_json_mail_text(certificate->subject));
        cpr_json_put(object, "names", cpr_json_mail_text(certificate->names));
        cpr_json_put(object, "not_before", cpr_json_time(certificate->not_before_ms));
        cpr_json_put(object, "not_after", cpr_json_time(certificate->not_after_ms));
        cpr_json_put(object, "owner", cpr_json_text(cpr_owner_name((enum cpr_owner)certificate->owner)));
        cpr_json_put(object, "owner_issuer", cpr_json_text(certificate->owner_issuer));
        cpr_json_put(object, "owner_mark", cpr_json_text(certificate->owner_mark));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *limits_to_json(const struct cpr_reading *reading)
{
    json_t *list = json_array();
    for (unsigned bit = 0; bit < CPR_READING_LIMITS; bit++)
        if (reading->limits & 1u << bit)
            json_array_append_new(list, cpr_json_text(cpr_reading_limit_name(bit)));
    return list;
}

static json_t *notice_to_json(const struct cpr_reading *reading)
{
    json_t *notice = json_object(), *rows = json_array();
    for (uint32_t i = 0; i < reading->notice_row_count; i++) {
        const struct cpr_notice_row *row = &reading->notice_rows[i];
        json_t *item = json_object();
        cpr_json_put(item, "sender", cpr_json_text(row->sender));
        cpr_json_put(item, "subject", cpr_json_mail_text(row->subject));
        cpr_json_put(item, "held", cpr_json_time(row->held_ms));
        cpr_json_put(item, "expires", cpr_json_time(row->expires_ms));
        cpr_json_put(item, "verdict", cpr_json_text(cpr_verdict_name((enum cpr_verdict)row->verdict)));
        json_array_append_new(rows, item);
    }
    cpr_json_put(notice, "source", cpr_json_text(reading->notice_source));
    cpr_json_put(notice, "rows", rows);
    return notice;
}

json_t *cpr_reading_to_json(const struct cpr_reading *reading, const char *file)
{
    json_t *object = json_object();
    if (file)
        cpr_json_put(object, "file", cpr_json_text(file));
    cpr_json_put(object, "verdict", cpr_json_text(cpr_verdict_name((enum cpr_verdict)reading->verdict)));
    cpr_json_put(object, "kind", cpr_json_text(cpr_kind_name((enum cpr_kind)reading->kind)));
    cpr_json_put(object, "score", json_integer(reading->score));
    cpr_json_put(object, "signals", signals_to_json(reading));
    cpr_json_put(object, "certificates", certificates_to_json(reading));
    cpr_json_put(object, "identifiers", identifiers_to_json(reading));
    cpr_json_put(object, "language", cpr_json_text(reading->language));
    cpr_json_put(object, "limits", limits_to_json(reading));
    cpr_json_put(object, "authenticated", cpr_json_text(reading->authenticated_domain));
    cpr_json_put(object, "noise", cpr_json_text(reading->noise));
    cpr_json_put(object, "ruleset", cpr_json_text(reading->ruleset));
    if (reading->notice_source[0])
        cpr_json_put(object, "notice", notice_to_json(reading));
    return object;
}

static json_t *received_to_json(const struct cpr_reading *reading)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < reading->received_count; i++) {
        json_t *line = json_object();
        cpr_json_put(line, "by", cpr_json_text(reading->received[i].by_host));
        cpr_json_put(line, "at", cpr_json_time(reading->received[i].utc_ms));
        if (reading->received[i].raw[0])
            cpr_json_put(line, "raw", cpr_json_mail_text(reading->received[i].raw));
        json_array_append_new(list, line);
    }
    return list;
}

/* Which identifiers stand in quoted text only: their places in the list. */
static json_t *quoted_to_json(const struct cpr_reading *reading)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < reading->identifier_count; i++)
        if (reading->identifiers[i].is_quoted)
            json_array_append_new(list, json_integer(i));
    return list;
}

void cpr_reading_write_json(const struct cpr_reading *reading, struct cpr_buffer *out)
{
    json_t *object = cpr_reading_to_json(reading, NULL);
    json_t *attachments = json_array(), *references = json_array();
    for (uint32_t i = 0; i < reading->attachment_count; i++)
        json_array_append_new(attachments, cpr_json_mail_text(reading->attachments[i]));
    for (uint32_t i = 0; i < reading->reference_count; i++)
        json_array_append_new(references, cpr_json_text(reading->references[i]));
    cpr_json_put(object, "from", cpr_json_text(reading->from_address));
    cpr_json_put(object, "from_name", cpr_json_text(reading->from_name));
    cpr_json_put(object, "to", cpr_json_text(reading->to));
    cpr_json_put(object, "recipients", cpr_json_text(reading->recipients));
    cpr_json_put(object, "reply_to", cpr_json_text(reading->reply_to));
    cpr_json_put(object, "subject", cpr_json_mail_text(reading->subject));
    cpr_json_put(object, "message_id", cpr_json_text(reading->message_id));
    cpr_json_put(object, "date", cpr_json_time(reading->date_ms));
    cpr_json_put(object, "automatic", json_boolean(reading->is_automatic));
    cpr_json_put(object, "attachments", attachments);
    cpr_json_put(object, "received", received_to_json(reading));
    cpr_json_put(object, "references", references);
    cpr_json_put(object, "quoted", quoted_to_json(reading));
    cpr_json_put(object, "excerpt", cpr_json_mail_text(reading->excerpt));
    cpr_json_write(out, object);
}

void cpr_reading_write_candidate(const struct cpr_reading *notice, const struct cpr_notice_row *row,
                                 struct cpr_buffer *out)
{
    json_t *object = json_object(), *said = json_object();
    cpr_json_put(object, "verdict", cpr_json_text(cpr_verdict_name((enum cpr_verdict)row->verdict)));
    cpr_json_put(object, "kind", cpr_json_text(cpr_kind_name(CPR_KIND_QUARANTINE_NOTICE)));
    cpr_json_put(object, "score", json_integer(0));
    cpr_json_put(object, "signals", json_array());
    cpr_json_put(object, "certificates", json_array());
    cpr_json_put(object, "identifiers", json_array());
    cpr_json_put(object, "language", cpr_json_text(""));
    cpr_json_put(object, "limits", json_array());
    cpr_json_put(object, "authenticated", cpr_json_text(""));
    cpr_json_put(object, "noise", cpr_json_text(""));
    cpr_json_put(object, "ruleset", cpr_json_text(notice->ruleset));
    cpr_json_put(object, "from", cpr_json_text(row->sender));
    cpr_json_put(object, "subject", cpr_json_mail_text(row->subject));
    cpr_json_put(said, "source", cpr_json_text(notice->notice_source));
    cpr_json_put(said, "held", cpr_json_time(row->held_ms));
    cpr_json_put(said, "expires", cpr_json_time(row->expires_ms));
    cpr_json_put(object, "quarantine", said);
    cpr_json_write(out, object);
}
