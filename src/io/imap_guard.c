#include "cpr/io/imap_guard.h"
#include "cpr/base/limits.h"

#include <string.h>

struct cpr_imap_guard cpr_imap_guard_new(uint32_t literal_max_bytes, uint64_t literals_max_bytes)
{
    return (struct cpr_imap_guard){.text_left_bytes = CPR_WIRE_TEXT_MAX_BYTES,
                                   .literals_left_bytes = literals_max_bytes,
                                   .literal_max_bytes = literal_max_bytes};
}

/* --- what lines are made of: each take_ cuts its thing off the rest, or answers false ------------------------------
 */

struct scan {
    struct cpr_view rest;
    char *end;        /* of the line, which is the caller's */
    bool has_literal; /* the line ended with one */
    uint64_t literal_bytes;
};

static bool take(struct scan *scan, const char *token)
{
    if (!cpr_view_starts_nocase(scan->rest, token))
        return false;
    scan->rest = cpr_view_slice(scan->rest, strlen(token), scan->rest.len);
    return true;
}

static struct cpr_view take_run(struct scan *scan, bool (*is_part)(char c))
{
    size_t len = 0;
    while (len < scan->rest.len && is_part(scan->rest.data[len]))
        len++;
    struct cpr_view run = cpr_view_slice(scan->rest, 0, len);
    scan->rest = cpr_view_slice(scan->rest, len, scan->rest.len);
    return run;
}

/* libetpan also takes a TAB for a space. */
static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_name_part(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || c == '.' || c == '-' || c == '_';
}

/* ATOM-CHAR of RFC 3501, and bytes over 127, which some servers send. */
static bool is_atom_part(char c)
{
    return (unsigned char)c > ' ' && c != 0x7F && !strchr("(){%*\"\\]", c);
}

static bool is_astring_part(char c)
{
    return is_atom_part(c) || c == ']';
}

static bool take_spaces(struct scan *scan)
{
    return take_run(scan, is_space).len > 0;
}

static bool take_atom(struct scan *scan)
{
    return take_run(scan, is_atom_part).len > 0;
}

static bool take_end(struct scan *scan)
{
    take_spaces(scan);
    return scan->rest.len == 0;
}

/* A number; what does not fit 32 bits stays over them. */
static bool take_digits(struct scan *scan, uint64_t *number_out)
{
    struct cpr_view digits = take_run(scan, cpr_ascii_is_digit);
    *number_out = 0;
    for (size_t i = 0; i < digits.len && *number_out <= UINT32_MAX; i++)
        *number_out = *number_out * 10 + (uint64_t)(digits.data[i] - '0');
    return digits.len > 0;
}

/* A number of 32 bits; libetpan would count past them without a word. */
static bool take_number(struct scan *scan)
{
    uint64_t number;
    return take_digits(scan, &number) && number <= UINT32_MAX;
}

static bool take_quoted(struct scan *scan)
{
    struct cpr_view text = scan->rest;
    for (size_t i = 1; i < text.len && text.data[0] == '"'; i++) {
        if (text.data[i] == '"') {
            scan->rest = cpr_view_slice(text, i + 1, text.len);
            return true;
        }
        if (text.data[i] == '\\' && (++i == text.len || !strchr("\"\\", text.data[i])))
            return false;
    }
    return false;
}

/* "{number}" at the end of the line. */
static bool take_literal(struct scan *scan)
{
    scan->has_literal =
        take(scan, "{") && take_digits(scan, &scan->literal_bytes) && take(scan, "}") && scan->rest.len == 0;
    return scan->has_literal;
}

/* A folder's name. */
static bool take_name(struct scan *scan)
{
    return take_quoted(scan) || take_run(scan, is_astring_part).len > 0 || take_literal(scan);
}

/* "(\Seen $Junk \*)". */
static bool take_flags(struct scan *scan)
{
    if (!take(scan, "("))
        return false;
    for (take_spaces(scan); !take(scan, ")"); take_spaces(scan)) {
        if (take(scan, "\\*"))
            continue;
        take(scan, "\\");
        if (!take_atom(scan))
            return false;
    }
    return true;
}

/* "1:3,7": at least one number. */
static bool take_set(struct scan *scan)
{
    do
        if (!take_number(scan) || (take(scan, ":") && !take_number(scan)))
            return false;
    while (take(scan, ","));
    return true;
}

static bool is_named(struct cpr_view word, const char *name)
{
    return cpr_view_equal_nocase(word, cpr_view_of(name));
}

static bool is_one_of(struct cpr_view word, const char *const names[])
{
    while (*names && !is_named(word, *names))
        names++;
    return *names != NULL;
}

/* --- FETCH -------------------------------------------------------------------------------------------------------- */

/* The value of an item that nobody asked for: an atom, a string or a list of such without literals. */
static bool take_value(struct scan *scan)
{
    size_t depth = 0;
    do {
        if (take(scan, "("))
            depth++;
        else if (depth > 0 && take(scan, ")"))
            depth--;
        else if (!take_quoted(scan) && !take_atom(scan))
            return false;
        if (depth > 0)
            take_spaces(scan);
    } while (depth > 0 && depth <= CPR_IMAP_GUARD_DEPTH_MAX);
    return depth == 0;
}

/* An item that libetpan hands to imap_extension.c: none that it would parse itself, such as ENVELOPE and BODYSTRUCTURE,
 * which are built from hostile mail. */
static bool is_foreign(struct cpr_view name)
{
    static const char *const known[] = {"UID",      "FLAGS",        "BODY",  "RFC822",
                                        "ENVELOPE", "INTERNALDATE", "X-GM-", "BINARY"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (cpr_view_starts_nocase(name, known[i]))
            return false;
    return name.len > 0;
}

static bool take_body(struct scan *scan)
{
    if (!take(scan, "[]") || (take(scan, "<") && !(take_number(scan) && take(scan, ">"))) || !take_spaces(scan))
        return false;
    return take(scan, "NIL") || take_quoted(scan) || take_literal(scan);
}

static bool take_item(struct scan *scan)
{
    static const char *const numbers[] = {"UID", "RFC822.SIZE", NULL};
    struct cpr_view name = take_run(scan, is_name_part);
    if (is_named(name, "BODY"))
        return take_body(scan);
    if (!take_spaces(scan))
        return false;
    return is_one_of(name, numbers)         ? take_number(scan)
           : is_named(name, "FLAGS")        ? take_flags(scan)
           : is_named(name, "INTERNALDATE") ? take_quoted(scan)
                                            : is_foreign(name) && take_value(scan);
}

/* Items up to the closing parenthesis, or to a literal after which they go on. */
static bool take_items(struct scan *scan)
{
    for (take_spaces(scan); !take(scan, ")"); take_spaces(scan)) {
        if (!take_item(scan))
            return false;
        if (scan->has_literal)
            return true;
        if (scan->rest.len == 0 || (!is_space(scan->rest.data[0]) && scan->rest.data[0] != ')'))
            return false;
    }
    return take_end(scan);
}

/* --- the other responses ------------------------------------------------------------------------------------------ */

static bool take_status_items(struct scan *scan)
{
    static const char *const names[] = {"MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN", NULL};
    size_t count = 0;
    if (!take_spaces(scan) || !take(scan, "("))
        return false;
    for (take_spaces(scan); !take(scan, ")"); take_spaces(scan), count++)
        if (!is_one_of(take_run(scan, is_name_part), names) || !take_spaces(scan) || !take_number(scan))
            return false;
    return count > 0 && take_end(scan);
}

static bool take_status(struct scan *scan)
{
    return take_spaces(scan) && take_name(scan) && (scan->has_literal || take_status_items(scan));
}

static bool take_list(struct scan *scan)
{
    if (!take_spaces(scan) || !take_flags(scan) || !take_spaces(scan))
        return false;
    size_t before = scan->rest.len;
    bool is_delimiter = take(scan, "NIL") || (take_quoted(scan) && before - scan->rest.len > 2);
    return is_delimiter && take_spaces(scan) && take_name(scan) && take_end(scan);
}

/* Each after a space, up to the end. */
static bool take_words(struct scan *scan, bool (*take_word)(struct scan *scan))
{
    while (scan->rest.len > 0)
        if (!take_spaces(scan) || (scan->rest.len > 0 && !take_word(scan)))
            return false;
    return true;
}

/* What stands after the '['. */
static bool is_code_needed(struct scan code)
{
    static const char *const words[] = {"READ-ONLY", "READ-WRITE", "TRYCREATE",
                                        /* RFC 5530 */
                                        "UNAVAILABLE", "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED",
                                        "PRIVACYREQUIRED", "CONTACTADMIN", "NOPERM", "INUSE", "EXPUNGEISSUED",
                                        "CORRUPTION", "SERVERBUG", "LIMIT", "OVERQUOTA", "NONEXISTENT", NULL};
    static const char *const numbers[] = {"UIDVALIDITY", "UIDNEXT", NULL};
    struct cpr_view word = take_run(&code, is_name_part);
    bool is_sound = is_one_of(word, words);
    if (is_one_of(word, numbers))
        is_sound = take_spaces(&code) && take_number(&code);
    else if (is_named(word, "PERMANENTFLAGS"))
        is_sound = take_spaces(&code) && take_flags(&code);
    else if (is_named(word, "COPYUID"))
        is_sound = take_spaces(&code) && take_number(&code) && take_spaces(&code) && take_set(&code) &&
                   take_spaces(&code) && take_set(&code);
    return is_sound && take(&code, "]");
}

/* The text of OK, NO and BAD. A code that nothing here needs becomes plain text. */
static bool take_text(struct scan *scan, bool is_greeting)
{
    if (scan->rest.len > 0 && !take_spaces(scan))
        return false;
    if (take(scan, "[") && (is_greeting || !is_code_needed(*scan))) {
        char *open = scan->end - scan->rest.len - 1, *close = memchr(open, ']', scan->rest.len + 1);
        *open = '(';
        if (close)
            *close = ')';
    }
    return true;
}

static bool is_state(struct cpr_view word)
{
    static const char *const states[] = {"OK", "NO", "BAD", NULL};
    return is_one_of(word, states);
}

static bool take_numbered(struct scan *scan, struct cpr_view word)
{
    return is_named(word, "FETCH") ? take_spaces(scan) && take(scan, "(") && take_items(scan) : take_end(scan);
}

static bool take_plain(struct scan *scan, struct cpr_view word)
{
    return is_named(word, "STATUS")   ? take_status(scan)
           : is_named(word, "LIST")   ? take_list(scan)
           : is_named(word, "SEARCH") ? take_words(scan, take_number)
           : is_named(word, "FLAGS")  ? take_spaces(scan) && take_flags(scan) && take_end(scan)
                                      : take_spaces(scan) && take_atom(scan) && take_words(scan, take_atom);
}

static bool is_asked_for(struct cpr_view word, bool is_numbered)
{
    static const char *const numbered[] = {"FETCH", "EXISTS", "RECENT", "EXPUNGE", NULL};
    static const char *const plain[] = {"STATUS", "LIST", "SEARCH", "FLAGS", "CAPABILITY", NULL};
    return is_one_of(word, is_numbered ? numbered : plain);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static enum cpr_rc refuse(struct cpr_view what, struct cpr_error *error_out)
{
    return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent a %.*s response that cannot be understood",
                         (int)(what.len < 20 ? what.len : 20), what.data);
}

static enum cpr_rc judge_untagged(struct cpr_imap_guard *guard, struct scan *scan, struct cpr_error *error_out)
{
    bool is_numbered = scan->rest.len > 0 && cpr_ascii_is_digit(scan->rest.data[0]);
    if (is_numbered && (!take_number(scan) || !take_spaces(scan)))
        return refuse(cpr_view_of("numbered"), error_out);
    struct cpr_view word = take_run(scan, is_name_part);
    if (!is_numbered && is_named(word, "BYE"))
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server ended the session:%.*s",
                             (int)(scan->rest.len < 200 ? scan->rest.len : 200), scan->rest.data);
    bool is_first = guard->is_greeting;
    guard->is_greeting = false;
    if (!is_numbered && (is_state(word) || (is_first && is_named(word, "PREAUTH"))))
        return take_text(scan, is_first) ? CPR_OK : refuse(word, error_out);
    if (is_first)
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server's greeting is not IMAP");
    if (!is_asked_for(word, is_numbered))
        return cpr_view_ends_nocase(scan->rest, "}") ? refuse(word, error_out) : CPR_ABSENT;
    if (!(is_numbered ? take_numbered(scan, word) : take_plain(scan, word)))
        return refuse(word, error_out);
    if (scan->has_literal)
        guard->open = is_numbered                ? CPR_IMAP_GUARD_FETCH
                      : is_named(word, "STATUS") ? CPR_IMAP_GUARD_STATUS
                                                 : CPR_IMAP_GUARD_LIST;
    return CPR_OK;
}

/* What follows a literal. */
static enum cpr_rc judge_rest(struct cpr_imap_guard *guard, struct scan *scan, struct cpr_error *error_out)
{
    enum cpr_imap_guard_open open = guard->open;
    bool is_sound = open == CPR_IMAP_GUARD_FETCH    ? take_items(scan)
                    : open == CPR_IMAP_GUARD_STATUS ? take_status_items(scan)
                                                    : take_end(scan);
    guard->open = scan->has_literal ? open : CPR_IMAP_GUARD_NOTHING;
    return is_sound ? CPR_OK : refuse(cpr_view_of("literal in a"), error_out);
}

static enum cpr_rc judge(struct cpr_imap_guard *guard, struct scan *scan, struct cpr_error *error_out)
{
    if (guard->open != CPR_IMAP_GUARD_NOTHING)
        return judge_rest(guard, scan, error_out);
    if (take(scan, "* "))
        return judge_untagged(guard, scan, error_out);
    /* Nothing that is sent waits for a continuation request. */
    if (!guard->is_greeting && take(scan, "+"))
        return CPR_ABSENT;
    if (!guard->is_greeting && take_number(scan) && take_spaces(scan) && is_state(take_run(scan, is_name_part)) &&
        take_text(scan, false))
        return CPR_OK;
    return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent a line that is not IMAP");
}

enum cpr_rc cpr_imap_guard_line(struct cpr_imap_guard *guard, char *line, size_t len, uint32_t *literal_out,
                                struct cpr_error *error_out)
{
    if (len > guard->text_left_bytes)
        return cpr_error_set(error_out, CPR_RETRY, 0, "the server sent more than %d bytes of text in one reply",
                             CPR_WIRE_TEXT_MAX_BYTES);
    guard->text_left_bytes -= len;
    size_t text_len = len;
    if (text_len > 0 && line[text_len - 1] == '\n')
        text_len--;
    if (text_len > 0 && line[text_len - 1] == '\r')
        text_len--;
    for (size_t i = 0; i < text_len; i++)
        if (line[i] == 0 || line[i] == '\r')
            line[i] = '?';
    struct scan scan = {.rest = cpr_view_make(line, text_len), .end = line + text_len};
    enum cpr_rc rc = judge(guard, &scan, error_out);
    if (rc == CPR_OK && scan.literal_bytes > guard->literal_max_bytes)
        rc = cpr_error_set(error_out, CPR_RETRY, 0,
                           "the server announced a literal of %llu bytes where at most %u are allowed",
                           (unsigned long long)scan.literal_bytes, guard->literal_max_bytes);
    if (rc == CPR_OK && scan.literal_bytes > guard->literals_left_bytes)
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "the server sends more message bytes than were asked for");
    *literal_out = rc == CPR_OK ? (uint32_t)scan.literal_bytes : 0;
    guard->literals_left_bytes -= *literal_out;
    return rc;
}
