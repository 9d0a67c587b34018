#include "engine_internal.h"

#include "cpr/base/text.h"

#include <stdarg.h>
#include <stdio.h>

enum cpr_rc cpr_engine_event(struct cpr_engine *engine, const char *event, int64_t case_id, const char *mailbox,
                             struct cpr_error *error_out, const char *format, ...)
{
    struct cpr_event row = {.at_ms = engine->now_ms, .case_id = case_id};
    char text[CPR_NOTE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cpr_text_copy(row.text, sizeof row.text, cpr_view_of(text));
    snprintf(row.event, sizeof row.event, "%s", event);
    snprintf(row.mailbox, sizeof row.mailbox, "%s", mailbox);
    snprintf(row.who, sizeof row.who, "cpr-auditd");
    const struct cpr_store_port *store = &engine->ports.store;
    return store->event_add(store->self, &row, error_out);
}
