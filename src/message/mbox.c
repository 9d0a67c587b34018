#include "cpr/message/mbox.h"

static bool begins_with_from(struct cpr_view line)
{
    return line.len >= 5 && memcmp(line.data, "From ", 5) == 0;
}

static bool is_digit_at(struct cpr_view line, size_t at)
{
    return at < line.len && cpr_ascii_is_digit(line.data[at]);
}

/* "12:16" and, anywhere, a year. */
static bool bears_a_time(struct cpr_view line)
{
    bool has_time = false, has_year = false;
    size_t digits = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == ':' && digits == 2 && is_digit_at(line, i + 1) && is_digit_at(line, i + 2))
            has_time = true;
        digits = is_digit_at(line, i) ? digits + 1 : 0;
        if (digits == 4 && !is_digit_at(line, i + 1) && (line.data[i - 3] == '1' || line.data[i - 3] == '2'))
            has_year = true;
    }
    return has_time && has_year;
}

/* "Name:", the name of printable characters (RFC 5322 section 2.2), at most as long as any field's. */
static bool is_field(struct cpr_view line)
{
    size_t i = 0;
    while (i < line.len && i < 80 && line.data[i] > 0x20 && line.data[i] < 0x7F && line.data[i] != ':')
        i++;
    return i > 0 && i < line.len && line.data[i] == ':';
}

/* Whether `rest` begins with the line that parts messages; *after_out is what follows that line. */
static bool is_parting(struct cpr_view rest, struct cpr_view *after_out)
{
    struct cpr_view line, next, after;
    /* What follows a line costs a look at the next one: at most as much as a line may be long. */
    enum { LINE_LOOKED_AT_MAX = 1000 };
    if (!begins_with_from(rest) || !cpr_view_next_line(&rest, &line))
        return false;
    after = rest;
    struct cpr_view head = cpr_view_slice(rest, 0, LINE_LOOKED_AT_MAX);
    bool parts = bears_a_time(cpr_view_slice(line, 0, LINE_LOOKED_AT_MAX)) ||
                 (cpr_view_next_line(&head, &next) && is_field(next));
    if (parts)
        *after_out = after;
    return parts;
}

static struct cpr_view skip_empty_lines(struct cpr_view rest)
{
    struct cpr_view line, after = rest;
    while (cpr_view_next_line(&after, &line) && line.len == 0)
        rest = after;
    return rest;
}

bool cpr_mbox_is(struct cpr_view file)
{
    struct cpr_view after;
    return is_parting(skip_empty_lines(file), &after);
}

bool cpr_mbox_next(struct cpr_view *rest, struct cpr_view *message_out)
{
    struct cpr_view from = skip_empty_lines(*rest), after, line;
    if (from.len == 0) {
        *rest = from;
        return false;
    }
    bool is_parted = is_parting(from, &after);
    if (!is_parted)
        after = from; /* the file is no mbox: nothing of it is passed over */
    struct cpr_view message = after;
    size_t len = 0, before_empty = 0;
    bool is_after_empty = true; /* also before the first line: another "From " line there ends it at once */
    for (struct cpr_view left = after, at = after; left.len; at = left) {
        if (is_after_empty && is_parting(left, &after))
            break;
        size_t offset = (size_t)(at.data - message.data);
        cpr_view_next_line(&left, &line);
        is_after_empty = line.len == 0;
        before_empty = is_after_empty ? offset : before_empty;
        len = (size_t)(message.len - left.len);
    }
    len = is_parted && is_after_empty ? before_empty : len;
    *message_out = cpr_view_slice(message, 0, len);
    size_t used = (size_t)(message.data - rest->data) + len;
    *rest = cpr_view_slice(*rest, used, rest->len);
    return true;
}

static bool is_quoted_from(struct cpr_view line)
{
    size_t marks = 0;
    while (marks < line.len && line.data[marks] == '>')
        marks++;
    return marks > 0 && begins_with_from(cpr_view_slice(line, marks, line.len));
}

uint64_t cpr_mbox_restore(struct cpr_view message, bool is_mbox, struct cpr_buffer *out)
{
    struct cpr_view line;
    uint64_t size = 0;
    while (message.len) {
        bool is_ended = cpr_view_find_byte(message, '\n', 0) != CPR_VIEW_NOT_FOUND;
        cpr_view_next_line(&message, &line);
        if (is_mbox && is_quoted_from(line))
            line = cpr_view_slice(line, 1, line.len);
        cpr_buffer_add(out, line);
        cpr_buffer_add_text(out, is_ended ? "\r\n" : "");
        size += line.len + (is_ended ? 2 : 0);
    }
    return size;
}
