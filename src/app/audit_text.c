#include "app/audit.h"
#include "cpr/base/encode.h"
#include "cpr/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sysexits.h>
#include <unistd.h>

int audit_fail(int exit_code, const char *sentence)
{
    struct cpr_buffer line = cpr_buffer_new(4 * CPR_ERROR_TEXT_MAX);
    cpr_encode_line(&line, cpr_view_of(sentence));
    fprintf(stderr, "cpr-audit: %s\n", cpr_buffer_text(&line));
    cpr_buffer_free(&line);
    return exit_code;
}

int audit_print(const struct cpr_buffer *out)
{
    if (fwrite(cpr_buffer_text(out), 1, out->len, stdout) != out->len || fflush(stdout) != 0)
        return audit_fail(EX_IOERR, "the output could not be written");
    if (cpr_buffer_is_full(out))
        return audit_fail(EX_SOFTWARE, "the output is too large for this program; its end is missing");
    return EX_OK;
}

void audit_add_lines(struct cpr_buffer *out, struct cpr_view text)
{
    struct cpr_view line;
    while (cpr_view_next_line(&text, &line)) {
        cpr_encode_line(out, line);
        cpr_buffer_add_byte(out, '\n');
    }
}

struct audit_style audit_style_of(int descriptor)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    struct winsize size = {0};
    struct audit_style style = {0};
    if (!isatty(descriptor))
        return style;
    style.colour = !(no_color && *no_color) && terminal && strcmp(terminal, "dumb") != 0;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0)
        style.columns = size.ws_col;
    return style;
}

void audit_paint(struct cpr_buffer *out, const struct audit_style *style, enum audit_tone tone, const char *text)
{
    static const char *const codes[] = {
        [AUDIT_PLAIN] = "",           [AUDIT_STRONG] = "\033[1m",    [AUDIT_GOOD] = "\033[32m",
        [AUDIT_CAREFUL] = "\033[33m", [AUDIT_URGENT] = "\033[1;31m", [AUDIT_QUIET] = "\033[2m",
    };
    bool painted = style->colour && tone != AUDIT_PLAIN;
    if (painted)
        cpr_buffer_add_text(out, codes[tone]);
    cpr_encode_line(out, cpr_view_of(text));
    if (painted)
        cpr_buffer_add_text(out, "\033[0m");
}

/* Bytes of the first `count` characters; a malformed byte counts as one, as it is printed as one '?'. */
static size_t prefix(struct cpr_view text, size_t count)
{
    size_t offset = 0;
    uint32_t code_point;
    for (size_t i = 0; i < count && offset < text.len; i++) {
        size_t len = cpr_utf8_decode(cpr_view_slice(text, offset, text.len), &code_point);
        offset += len ? len : 1;
    }
    return offset;
}

size_t audit_width(const char *text)
{
    struct cpr_view view = cpr_view_of(text);
    size_t width = 0;
    for (; view.len; width++)
        view = cpr_view_slice(view, prefix(view, 1), view.len);
    return width;
}

void audit_cell(struct cpr_buffer *out, const char *text, size_t width)
{
    struct cpr_view view = cpr_view_of(text);
    size_t needed = audit_width(text);
    bool cut = needed > width;
    cpr_encode_line(out, cut ? cpr_view_slice(view, 0, prefix(view, width ? width - 1 : 0)) : view);
    if (cut && width)
        cpr_buffer_add_text(out, "…");
    for (; needed < width; needed++)
        cpr_buffer_add_byte(out, ' ');
}

const char *audit_string(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

json_int_t audit_number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static void add_value(struct cpr_buffer *out, const json_t *value, int depth)
{
    size_t i;
    const char *key;
    json_t *item;
    if (json_is_string(value))
        cpr_buffer_add_text(out, json_string_value(value));
    else if (json_is_integer(value))
        cpr_buffer_add_format(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_boolean(value))
        cpr_buffer_add_text(out, json_is_true(value) ? "yes" : "no");
    if (depth == 0)
        return;
    json_array_foreach(value, i, item)
    {
        cpr_buffer_add_text(out, i ? ", " : "");
        add_value(out, item, depth - 1);
    }
    json_object_foreach((json_t *)value, key, item)
    {
        cpr_buffer_add_text(out, item == json_object_iter_value(json_object_iter((json_t *)value)) ? "" : " ");
        add_value(out, item, depth - 1);
    }
}

const char *audit_value(const json_t *object, const char *key, char *out, size_t out_size)
{
    struct cpr_buffer text = cpr_buffer_new(out_size - 1);
    add_value(&text, json_object_get(object, key), 2);
    cpr_text_copy(out, out_size, cpr_buffer_view(&text));
    cpr_buffer_free(&text);
    return out;
}

const char *audit_minute(const json_t *object, const char *key, char out[CPR_TIME_TEXT_SIZE])
{
    int64_t utc_ms = CPR_TIME_NONE;
    cpr_time_parse_rfc3339(cpr_view_of(audit_string(object, key)), &utc_ms);
    return cpr_time_format_minute(utc_ms, out);
}
