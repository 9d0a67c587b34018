#include "letter_parts.h"

#include <inttypes.h>
#include <string.h>

enum { LINKS_SHOWN = 12, LINE_MAX_BYTES = 4 * 1024 };

static bool has_reason(const json_t *link, const char *reason)
{
    json_t *name;
    size_t i;
    json_array_foreach(json_object_get(link, "reasons"), i, name)
    {
        if (json_is_string(name) && strcmp(json_string_value(name), reason) == 0)
            return true;
    }
    return false;
}

/* "thread, identifier: serial 3a41". */
static void add_reasons(const json_t *link, struct cpr_buffer *line)
{
    json_t *name;
    size_t i;
    json_array_foreach(json_object_get(link, "reasons"), i, name)
    {
        const char *word = json_is_string(name) ? json_string_value(name) : "";
        cpr_buffer_add_text(line, i ? ", " : "");
        cpr_buffer_add_text(line, strcmp(word, "sender") == 0 ? "same sender" : word);
    }
    if (cpr_json_get(link, "detail")[0])
        cpr_buffer_add_format(line, ": %s", cpr_json_get(link, "detail"));
}

static void add_folders(const json_t *link, struct cpr_buffer *line)
{
    json_t *list = json_object_get(link, "folders"), *name;
    size_t i;
    json_array_foreach(list, i, name)
    {
        cpr_buffer_add_text(line, i ? ", " : ", in ");
        cpr_buffer_add_text(line, json_is_string(name) ? json_string_value(name) : "");
    }
}

static void add_link(const json_t *link, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    int64_t received_ms;
    const json_t *number = json_object_get(link, "case");
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES), harmless = cpr_buffer_new(2 * LINE_MAX_BYTES);
    if (json_is_integer(number))
        cpr_buffer_add_format(&line, "case %" JSON_INTEGER_FORMAT ", %s", json_integer_value(number),
                              cpr_json_get(link, "state"));
    else
        cpr_buffer_add_format(&line, "no case, judged %s", cpr_json_get(link, "verdict"));
    if (cpr_time_parse_rfc3339(cpr_view_of(cpr_json_get(link, "received")), &received_ms))
        cpr_buffer_add_format(&line, ", received %s", cpr_time_format_minute(received_ms, time));
    add_folders(link, &line);
    cpr_buffer_add_text(&line, " (");
    add_reasons(link, &line);
    cpr_buffer_add_text(&line, "): ");
    cpr_buffer_add_text(&line, cpr_json_get(link, "subject"));
    cpr_quote_harmless(&harmless, cpr_buffer_view(&line));
    cpr_quote_wrap(out, "- ", "  ", cpr_buffer_view(&harmless));
    cpr_buffer_free(&line);
    cpr_buffer_free(&harmless);
}

void cpr_letter_add_links(const json_t *links, struct cpr_buffer *out)
{
    size_t i, count = json_array_size(links);
    bool complains = false;
    json_t *link;
    json_array_foreach((json_t *)links, i, link)
    {
        complains = complains || has_reason(link, "sender");
    }
    if (count)
        cpr_buffer_add_text(out, complains ? "\nIt complains of silence, or is complained about. It may refer to\n"
                                             "(all folders, whatever was judged):\n"
                                           : "\nIt belongs with:\n");
    json_array_foreach((json_t *)links, i, link)
    {
        if (i < LINKS_SHOWN)
            add_link(link, out);
    }
    if (count > LINKS_SHOWN)
        cpr_buffer_add_format(out, "- ... and %zu more: cpr-audit show\n", count - LINKS_SHOWN);
}
