#include "cpr/message/facts_header.h"
#include "cpr/base/text.h"
#include "cpr/message/authentication.h"
#include "cpr/message/fields.h"
#include "cpr/message/header.h"
#include "cpr/message/mime.h"

#include <string.h>

static void add_reference(struct cpr_facts *facts, const char *id)
{
    if (facts->reference_count == CPR_REFERENCES_MAX)
        return;
    for (uint32_t i = 0; i < facts->reference_count; i++)
        if (strcmp(facts->references[i], id) == 0)
            return;
    memcpy(facts->references[facts->reference_count++], id, strlen(id) + 1);
}

static void read_references(struct cpr_facts *facts, struct cpr_view header)
{
    char ids[CPR_REFERENCES_MAX][256];
    struct cpr_view rest = cpr_header_find(header, "In-Reply-To");
    for (int i = 0; i < CPR_REFERENCES_MAX && cpr_fields_next_id(&rest, ids[0]); i++)
        add_reference(facts, ids[0]);
    uint32_t count = 0;
    rest = cpr_header_find(header, "References");
    while (cpr_fields_next_id(&rest, ids[count % CPR_REFERENCES_MAX]))
        count++;
    uint32_t first = count > CPR_REFERENCES_MAX ? count - CPR_REFERENCES_MAX : 0;
    while (count > first)
        add_reference(facts, ids[--count % CPR_REFERENCES_MAX]);
}

static void read_received(struct cpr_facts *facts, struct cpr_view header)
{
    struct cpr_header_field field;
    while (facts->received_count < CPR_RECEIVED_MAX && cpr_header_next(&header, &field))
        if (cpr_view_equal_nocase(field.name, cpr_view_of("Received")))
            cpr_fields_read_received(field.value, &facts->received[facts->received_count++]);
}

/* A text that fills its place may go on. */
static void note_cut(struct cpr_facts *facts, struct cpr_view value, const char *text, size_t size)
{
    enum { CHARACTER_MAX = 4 };
    if (value.len > CPR_FIELD_VALUE_MAX || strnlen(text, size) + CHARACTER_MAX >= size)
        facts->limits |= CPR_READING_HEADER_CUT;
}

static void read_further_subjects(struct cpr_facts *facts, struct cpr_view header)
{
    struct cpr_header_field field;
    bool is_further = false; /* the first one is facts->subject */
    while (facts->further_subject_count < CPR_FACTS_SUBJECTS_MAX && cpr_header_next(&header, &field)) {
        if (!cpr_view_equal_nocase(field.name, cpr_view_of("Subject")))
            continue;
        char *out = facts->further_subjects[facts->further_subject_count];
        if (is_further && !cpr_fields_read_text(field.value, out, sizeof facts->further_subjects[0]))
            facts->limits |= CPR_READING_CHARSET;
        note_cut(facts, field.value, out, sizeof facts->further_subjects[0]);
        facts->further_subject_count += is_further;
        is_further = true;
    }
}

static void read_text_fields(struct cpr_facts *facts, struct cpr_view header)
{
    const struct {
        const char *name;
        char *out;
        size_t out_size;
    } fields[] = {
        {"To", facts->to, sizeof facts->to},
        {"Subject", facts->subject, sizeof facts->subject},
        {"Auto-Submitted", facts->auto_submitted, sizeof facts->auto_submitted},
        {"Precedence", facts->precedence, sizeof facts->precedence},
        {"List-Id", facts->list_id, sizeof facts->list_id},
        {"X-Auto-Response-Suppress", facts->x_auto_response_suppress, sizeof facts->x_auto_response_suppress},
        {"X-CPR-Auditd-Alert", facts->alert_token, sizeof facts->alert_token},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (!cpr_fields_read_text(cpr_header_find(header, fields[i].name), fields[i].out, fields[i].out_size))
            facts->limits |= CPR_READING_CHARSET;
    note_cut(facts, cpr_header_find(header, "Subject"), facts->subject, sizeof facts->subject);
}

static void read_recipients(struct cpr_facts *facts, struct cpr_view header)
{
    static const char *const lists[] = {"To", "Cc", "Bcc"};
    static const char *const marks[] = {"X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply"};
    char unused[128];
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        cpr_fields_add_addresses(cpr_header_find(header, lists[i]), facts->recipients, sizeof facts->recipients);
    cpr_fields_read_address(cpr_header_find(header, "Reply-To"), facts->reply_to, unused);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        facts->is_autoreply |= cpr_header_find(header, marks[i]).data != NULL;
}

static void read_content_type(struct cpr_facts *facts, struct cpr_view header)
{
    struct cpr_view value = cpr_header_find(header, "Content-Type");
    struct cpr_buffer report = cpr_buffer_new(256);
    cpr_mime_type(value, facts->content_type);
    if (cpr_header_parameter(value, "report-type", &report))
        cpr_text_copy(facts->report_type, sizeof facts->report_type, cpr_view_trim(cpr_buffer_view(&report)));
    cpr_buffer_free(&report);
}

void cpr_facts_read_header(struct cpr_view header, struct cpr_facts *facts)
{
    char unused[128];
    struct cpr_view return_path = cpr_header_find(header, "Return-Path");
    cpr_fields_read_address(cpr_header_find(header, "From"), facts->from_address, facts->from_name);
    facts->has_return_path = return_path.data != NULL;
    cpr_fields_read_address(return_path, facts->return_path, unused);
    read_recipients(facts, header);
    cpr_fields_read_message_id(cpr_header_find(header, "Message-ID"), facts->message_id);
    cpr_time_parse_rfc5322_zone(cpr_header_find(header, "Date"), &facts->date_ms, &facts->date_offset_ms);
    read_text_fields(facts, header);
    read_further_subjects(facts, header);
    read_references(facts, header);
    read_received(facts, header);
    cpr_authentication_read(header, facts);
    read_content_type(facts, header);
}
