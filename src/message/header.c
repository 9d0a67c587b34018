#include "cpr/message/header.h"
#include "cpr/base/limits.h"

/* Length of the field name at the start of a line (RFC 5322 section 2.2, and blanks before the colon as in 4.5), or 0.
 */
static size_t field_name_len(struct cpr_view line)
{
    size_t len = 0;
    while (len < line.len && line.data[len] > 32 && line.data[len] < 127 && line.data[len] != ':')
        len++;
    size_t colon = len;
    while (colon < line.len && (line.data[colon] == ' ' || line.data[colon] == '\t'))
        colon++;
    bool is_delimiter = line.len >= 2 && line.data[0] == '-' && line.data[1] == '-';
    return colon < line.len && line.data[colon] == ':' && !is_delimiter ? len : 0;
}

static bool is_well_known(struct cpr_view name)
{
    static const char *const names[] = {
        "from",         "to",          "cc",          "subject",    "date",      "message-id",  "mime-version",
        "reply-to",     "return-path", "sender",      "bcc",        "priority",  "in-reply-to", "references",
        "delivered-to", "precedence",  "envelope-to", "importance", "errors-to", "user-agent",  "feedback-id",
    };
    static const char *const prefixes[] = {"content-",        "received", "x-",       "resent-",
                                           "list-",           "dkim-",    "arc-",     "auto-",
                                           "authentication-", "thread-",  "domainkey"};
    char first =
        name.len ? cpr_ascii_lower(name.data[0]) : 0; /* asked for every line of a hostile mail: most differ here */
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i][0] == first && cpr_view_equal_nocase(name, cpr_view_of(names[i])))
            return true;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (prefixes[i][0] == first && cpr_view_starts_nocase(name, prefixes[i]))
            return true;
    return false;
}

static bool is_well_known_line(struct cpr_view line)
{
    size_t len = field_name_len(line);
    return len > 0 && is_well_known(cpr_view_slice(line, 0, len));
}

static bool next_line_is_well_known(struct cpr_view rest)
{
    struct cpr_view line;
    return cpr_view_next_line(&rest, &line) && is_well_known_line(line);
}

static bool is_mbox_line(struct cpr_view line)
{
    return cpr_view_starts_nocase(line, "from ") || cpr_view_starts_nocase(line, ">from ");
}

struct cpr_view cpr_header_skip_preface(struct cpr_view message)
{
    struct cpr_view rest = message, line;
    bool is_after_mbox = false;
    for (struct cpr_view here = rest; cpr_view_next_line(&rest, &line); here = rest) {
        if (is_well_known_line(line) || (is_after_mbox && field_name_len(line)))
            return here;
        is_after_mbox = is_mbox_line(line);
        if (line.len && !is_after_mbox)
            break;
    }
    return message;
}

void cpr_header_split(struct cpr_view entity, struct cpr_header_split *split_out)
{
    struct cpr_view rest = entity, line;
    struct cpr_header_split split = {.body = entity};
    size_t header_len = 0, fields = 0, body_at = 0, known_end = 0;
    bool has_known = false, is_known = false;
    while (cpr_view_next_line(&rest, &line)) {
        size_t end = entity.len - rest.len;
        if (line.len == 0) {
            split.has_blank_line = true;
            body_at = end;
            break;
        }
        bool is_fold = fields > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
        size_t name_len = is_fold ? 0 : field_name_len(line);
        if (!is_fold && name_len == 0 && !next_line_is_well_known(rest))
            break;
        body_at = end;
        fields += name_len > 0;
        is_known = is_fold ? is_known : is_well_known(cpr_view_slice(line, 0, name_len));
        known_end = is_known ? end : known_end;
        has_known = has_known || (!split.is_cut && is_known);
        split.is_cut = split.is_cut || end > CPR_HEADER_MAX_BYTES || fields > CPR_HEADER_FIELDS_MAX;
        header_len = split.is_cut ? header_len : end;
    }
    /* Without a blank line, "https://..." and "Serial: ..." may be text, and nothing tells them from fields. */
    if (!split.has_blank_line) {
        body_at = known_end;
        header_len = header_len < known_end ? header_len : known_end;
    }
    if (has_known || (fields == 0 && split.has_blank_line)) {
        split.header = cpr_view_slice(entity, 0, header_len);
        split.body = cpr_view_slice(entity, body_at, entity.len);
    } else {
        split.has_blank_line = false;
    }
    *split_out = split;
}

bool cpr_header_next(struct cpr_view *rest, struct cpr_header_field *field_out)
{
    struct cpr_view line;
    while (cpr_view_next_line(rest, &line)) {
        size_t name_len = field_name_len(line);
        if (name_len == 0)
            continue;
        size_t colon = cpr_view_find_byte(line, ':', name_len);
        const char *start = line.data + colon + 1, *end = line.data + line.len;
        while (rest->len && (rest->data[0] == ' ' || rest->data[0] == '\t')) {
            cpr_view_next_line(rest, &line);
            end = line.data + line.len;
        }
        field_out->name = cpr_view_make(start - colon - 1, name_len);
        field_out->value = cpr_view_trim(cpr_view_make(start, (size_t)(end - start)));
        return true;
    }
    return false;
}

struct cpr_view cpr_header_find(struct cpr_view header, const char *name)
{
    struct cpr_header_field field;
    while (cpr_header_next(&header, &field))
        if (cpr_view_equal_nocase(field.name, cpr_view_of(name)))
            return field.value;
    return cpr_view_make(NULL, 0);
}
