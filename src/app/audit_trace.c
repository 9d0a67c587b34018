#include "app/audit.h"
#include "cpr/base/encode.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 2048, EVENT_WIDTH = 16 };

static void add_text(struct cpr_buffer *out, const char *text)
{
    cpr_encode_line(out, cpr_view_of(text));
    cpr_buffer_add_byte(out, '\n');
}

static void add_message(const json_t *message, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE], number[24];
    size_t i;
    json_t *sighting, *list = json_object_get(message, "sightings");
    bool has_case = json_is_integer(json_object_get(message, "case"));
    snprintf(text, sizeof text, "%s  %s, judged %s, %s%s", audit_minute(message, "received", minute),
             audit_string(message, "kind"), audit_string(message, "verdict"), has_case ? "case " : "no case",
             has_case ? audit_value(message, "case", number, sizeof number) : "");
    add_text(out, text);
    snprintf(text, sizeof text, "  %s: %s", audit_string(message, "from"), audit_string(message, "subject"));
    add_text(out, text);
    if (*audit_string(message, "message_id")) {
        snprintf(text, sizeof text, "  %s", audit_string(message, "message_id"));
        add_text(out, text);
    }
    json_array_foreach(list, i, sighting)
    {
        snprintf(text, sizeof text, "  in %s since %s (UID %s)", audit_string(sighting, "folder"),
                 audit_minute(sighting, "at", minute), audit_value(sighting, "uid", number, sizeof number));
        add_text(out, text);
    }
}

static void add_timeline(const json_t *timeline, struct cpr_buffer *out)
{
    char text[TEXT_SIZE], minute[CPR_TIME_TEXT_SIZE], number[24], which[32];
    size_t i;
    json_t *entry;
    json_array_foreach((json_t *)timeline, i, entry)
    {
        bool has_case = json_is_integer(json_object_get(entry, "case"));
        snprintf(which, sizeof which, has_case ? "#%s" : "",
                 has_case ? audit_value(entry, "case", number, sizeof number) : "");
        snprintf(text, sizeof text, "%s  ", audit_minute(entry, "at", minute));
        cpr_buffer_add_text(out, text);
        audit_cell(out, which, 5);
        cpr_buffer_add_byte(out, ' ');
        audit_cell(out, audit_string(entry, "event"), EVENT_WIDTH);
        cpr_buffer_add_byte(out, ' ');
        add_text(out, audit_string(entry, "text"));
    }
}

void audit_format_trace(const json_t *trace, const struct audit_style *style, struct cpr_buffer *out)
{
    const json_t *messages = json_object_get(trace, "messages");
    size_t i;
    json_t *message;
    audit_paint(out, style, AUDIT_STRONG, audit_string(trace, "trace"));
    cpr_buffer_add_format(out, ": %zu message%s, %zu case%s\n\n", json_array_size(messages),
                          json_array_size(messages) == 1 ? "" : "s", json_array_size(json_object_get(trace, "cases")),
                          json_array_size(json_object_get(trace, "cases")) == 1 ? "" : "s");
    json_array_foreach((json_t *)messages, i, message)
    {
        add_message(message, out);
    }
    cpr_buffer_add_byte(out, '\n');
    audit_paint(out, style, AUDIT_STRONG, "what happened");
    cpr_buffer_add_byte(out, '\n');
    add_timeline(json_object_get(trace, "timeline"), out);
    if (json_is_true(json_object_get(trace, "cut")))
        cpr_buffer_add_text(out, "This is not all: there are more messages than are shown; ask for something rarer.\n");
}
