#include "cpr/io/imap_guard.h"
#include "cpr/base/limits.h"

#include <string.h>

struct cpr_imap_guard cpr_imap_guard_new(uint32_t literal_max_bytes, uint64_t literals_max_bytes)
{
    return (struct cpr_imap_guard){.text_left_bytes = CPR_WIRE_TEXT_MAX_BYTES,
                                   .literals_left_bytes = literals_max_bytes,
                                   .literal_max_bytes = literal_max_bytes};
}

/* "* ", "+" or a tag: libetpan would look past white space, and see what the guard did not. */
static bool is_start(struct cpr_view line)
{
    return cpr_view_starts_nocase(line, "* ") ||
           (line.len > 0 &&
            (line.data[0] == '+' || cpr_ascii_is_alpha(line.data[0]) || cpr_ascii_is_digit(line.data[0])));
}

static bool is_word(struct cpr_view word, const char *const words[])
{
    for (; *words; words++)
        if (cpr_view_equal_nocase(word, cpr_view_of(*words)))
            return true;
    return false;
}

static struct cpr_view first_word(struct cpr_view text)
{
    size_t end = cpr_view_find_byte(text, ' ', 0);
    return end == CPR_VIEW_NOT_FOUND ? text : cpr_view_slice(text, 0, end);
}

/* "* SEARCH ...", "* 12 FETCH ...": by its word, the number left out. */
static enum cpr_imap_guard_kind kind_of(struct cpr_view line)
{
    static const char *const names[] = {"LIST", NULL}, *const fetch[] = {"FETCH", NULL};
    static const char *const status[] = {"STATUS", NULL};
    static const char *const others[] = {"OK",     "NO",     "BAD",    "PREAUTH", "CAPABILITY", "FLAGS",
                                         "SEARCH", "EXISTS", "RECENT", "EXPUNGE", NULL};
    if (!cpr_view_starts_nocase(line, "* "))
        return CPR_IMAP_GUARD_OTHER;
    struct cpr_view rest = cpr_view_slice(line, 2, line.len), word = first_word(rest);
    bool is_numbered = word.len > 0 && cpr_ascii_is_digit(word.data[0]);
    if (is_numbered)
        word = first_word(cpr_view_slice(rest, word.len + 1, rest.len));
    return is_numbered && is_word(word, fetch)     ? CPR_IMAP_GUARD_FETCH
           : !is_numbered && is_word(word, names)  ? CPR_IMAP_GUARD_NAMES
           : !is_numbered && is_word(word, status) ? CPR_IMAP_GUARD_STATUS
           : is_word(word, others)                 ? CPR_IMAP_GUARD_OTHER
                                                   : CPR_IMAP_GUARD_UNKNOWN;
}

/* ENVELOPE and BODYSTRUCTURE are built from hostile mail and parsed by libetpan's weakest code; they are never asked
 * for, so a server that sends them is broken or worse. */
static bool is_structure(struct cpr_view line)
{
    return cpr_view_find_nocase(line, "ENVELOPE (", 0) != CPR_VIEW_NOT_FOUND ||
           cpr_view_find_nocase(line, "BODYSTRUCTURE", 0) != CPR_VIEW_NOT_FOUND ||
           cpr_view_find_nocase(line, "BODY (", 0) != CPR_VIEW_NOT_FOUND;
}

/* The length of "{number}" at the start of the view, 0 when it is none. Too large a number stays over 32 bits. */
static size_t announced(struct cpr_view view, uint64_t *number_out)
{
    uint64_t number = 0;
    size_t i = 1;
    for (; i < view.len && cpr_ascii_is_digit(view.data[i]); i++)
        if (number <= UINT32_MAX)
            number = number * 10 + (uint64_t)(view.data[i] - '0');
    *number_out = number;
    return i > 1 && i < view.len && view.data[i] == '}' ? i + 1 : 0;
}

/* Looks at every "{number}" outside of quotes, not only at the end of a line: libetpan also takes a literal where RFC
 * 3501 has none, and allocates it at once. */
static enum cpr_rc find_literal(struct cpr_imap_guard *guard, struct cpr_view line, uint32_t *literal_out,
                                struct cpr_error *error_out)
{
    bool is_quoted = false, is_literal = false;
    uint64_t number = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (is_quoted && line.data[i] == '\\')
            i++;
        else if (line.data[i] == '"')
            is_quoted = !is_quoted;
        if (is_quoted || i >= line.len || line.data[i] != '{')
            continue;
        size_t len = announced(cpr_view_slice(line, i, line.len), &number);
        is_literal = len > 0 && i + len == line.len;
        if (len > 0 && number > guard->literal_max_bytes)
            return cpr_error_set(error_out, CPR_RETRY, 0,
                                 "the server announced a literal of %llu bytes where at most %u are allowed",
                                 (unsigned long long)number, guard->literal_max_bytes);
    }
    if (guard->kind == CPR_IMAP_GUARD_OTHER || !cpr_view_ends_nocase(line, "}"))
        return CPR_OK;
    if (!is_literal || guard->kind == CPR_IMAP_GUARD_UNKNOWN)
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent a literal that is malformed or not asked for");
    if (number > guard->literals_left_bytes)
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server sends more message bytes than were asked for");
    guard->literals_left_bytes -= number;
    guard->is_continued = true;
    *literal_out = (uint32_t)number;
    return CPR_OK;
}

/* Flags as RFC 3501 writes them: atoms with or without a backslash, and "\*". */
static bool are_flags(struct cpr_view flags)
{
    struct cpr_view flag;
    while (cpr_view_next_item(&flags, ' ', &flag)) {
        if (cpr_view_equal(flag, cpr_view_of("\\*")))
            continue;
        size_t from = flag.data[0] == '\\';
        if (from == flag.len)
            return false;
        for (size_t i = from; i < flag.len; i++)
            if (flag.data[i] <= ' ' || flag.data[i] > '~' || strchr("(){%*\"\\]", flag.data[i]))
                return false;
    }
    return true;
}

/* "[CODE ...]": plain words and numbers, or a list of flags. libetpan frees what it never made when a list breaks off.
 */
static bool is_code_sound(struct cpr_view code)
{
    static const char flags[] = "PERMANENTFLAGS (";
    if (cpr_view_starts_nocase(code, flags) && cpr_view_ends_nocase(code, ")"))
        return are_flags(cpr_view_slice(code, sizeof flags - 1, code.len - sizeof flags));
    for (size_t i = 0; i < code.len; i++)
        if (code.data[i] < ' ' || code.data[i] > '~' || strchr("(){\"\\", code.data[i]))
            return false;
    return true;
}

/* A code that is not sound, or stands in the greeting, becomes plain text. */
static void blot_out_code(const struct cpr_imap_guard *guard, char *line, size_t len)
{
    struct cpr_view view = cpr_view_make(line, len);
    size_t open = cpr_view_find_byte(view, '[', 0);
    if (open == CPR_VIEW_NOT_FOUND)
        return;
    size_t close = cpr_view_find_byte(view, ']', open);
    if (guard->is_greeting || close == CPR_VIEW_NOT_FOUND ||
        !is_code_sound(cpr_view_slice(view, open + 1, close - open - 1)))
        line[open] = '(';
}

/* A STATUS ends with its one list, which is not empty: "(MESSAGES 3 UIDNEXT 4)". A name before it may be a literal. */
static bool is_status_sound(const struct cpr_imap_guard *guard, struct cpr_view line)
{
    size_t open = CPR_VIEW_NOT_FOUND;
    bool is_quoted = false;
    for (size_t i = 0; i < line.len && open == CPR_VIEW_NOT_FOUND; i++) {
        if (is_quoted && line.data[i] == '\\')
            i++;
        else if (line.data[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && line.data[i] == '(')
            open = i;
    }
    if (open == CPR_VIEW_NOT_FOUND)
        return guard->is_continued;
    struct cpr_view list = cpr_view_slice(line, open + 1, line.len);
    if (list.len < 2 || !cpr_ascii_is_alpha(list.data[0]) || list.data[list.len - 1] != ')')
        return false;
    for (size_t i = 0; i + 1 < list.len; i++)
        if (!cpr_ascii_is_alpha(list.data[i]) && !cpr_ascii_is_digit(list.data[i]) && !strchr(" -", list.data[i]))
            return false;
    return true;
}

enum cpr_rc cpr_imap_guard_line(struct cpr_imap_guard *guard, char *line, size_t len, uint32_t *literal_out,
                                struct cpr_error *error_out)
{
    for (char *nul = memchr(line, 0, len); nul; nul = memchr(nul, 0, len - (size_t)(nul - line)))
        *nul = '?';
    if (len > guard->text_left_bytes)
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent more than %d bytes of text in one reply",
                             CPR_WIRE_TEXT_MAX_BYTES);
    guard->text_left_bytes -= len;

    struct cpr_view view = cpr_view_make(line, len);
    while (view.len && memchr("\r\n", view.data[view.len - 1], 2))
        view.len--;
    if (!guard->is_continued) {
        guard->parentheses = 0;
        guard->kind = kind_of(view);
        if (!is_start(view))
            return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent a line that is not IMAP");
        if (cpr_view_starts_nocase(view, "* BYE"))
            return cpr_error_set(error_out, CPR_RETRY, 0, "the server ended the session: %.*s",
                                 (int)(view.len - 5 < 200 ? view.len - 5 : 200), view.data + 5);
    }
    if (guard->kind == CPR_IMAP_GUARD_OTHER)
        blot_out_code(guard, line, len);
    guard->is_continued = false;
    for (size_t i = 0; i < view.len; i++)
        guard->parentheses += view.data[i] == '(';
    if (guard->parentheses > CPR_IMAP_GUARD_PARENTHESES_MAX ||
        (guard->kind == CPR_IMAP_GUARD_FETCH && is_structure(view)))
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent a structure that was not asked for");
    struct cpr_view trimmed = cpr_view_trim(view);
    if (cpr_view_ends_nocase(trimmed, "[ALERT]") || cpr_view_ends_nocase(trimmed, "[PARSE]"))
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent an ALERT or PARSE code without its text");
    *literal_out = 0;
    enum cpr_rc rc = find_literal(guard, view, literal_out, error_out);
    bool is_bad = rc == CPR_OK && guard->kind == CPR_IMAP_GUARD_STATUS && !is_status_sound(guard, view);
    if (is_bad) {
        *literal_out = 0;
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent a malformed STATUS");
    }
    if (rc == CPR_OK && guard->kind == CPR_IMAP_GUARD_UNKNOWN)
        return CPR_ABSENT;
    guard->is_greeting = false;
    return rc;
}
