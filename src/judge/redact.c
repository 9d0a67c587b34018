#include "cpr/judge/redact.h"

#include <string.h>

/* A base64 line of a PEM block has 64 or 76 characters; fingerprints in hexadecimal have at most 128 and are let
 * through as they are no secret. The last line of a block may be short: it is taken when it follows a long one. */
enum { DATA_LINE_MIN = 40, HEX_MAX = 128, SCALAR_MAX = 512 };

static bool is_data_char(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || c == '+' || c == '/' || c == '=' || c == '_' || c == '-';
}

/* The next run without white space or '>' at `from`. */
static struct cpr_view token_at(struct cpr_view text, size_t from)
{
    size_t end = from;
    while (end < text.len && !cpr_ascii_is_space(text.data[end]) && text.data[end] != '>')
        end++;
    return cpr_view_slice(text, from, end - from);
}

static bool is_data(struct cpr_view token)
{
    for (size_t i = 0; i < token.len; i++)
        if (!is_data_char(token.data[i]))
            return false;
    return token.len > 0;
}

/* Data in a program's string or a table ("MIIE...\n", +), or the marks around it alone: never a word with a comma. */
static bool is_framed_data(struct cpr_view token)
{
    size_t data = 0, telling = 0;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.data[i];
        if (c == '\\')
            i++; /* and its letter */
        else if (is_data_char(c))
            data++;
        else if (c == '.' || c == 0 || !strchr("\"'`|,;:()[]#*", c))
            return false;
        telling += cpr_ascii_is_digit(c) || c == '+' || c == '/' || c == '=';
    }
    return data == 0 || telling > 0;
}

/* How far the data of a key goes from `from`: over its lines, quote marks and header lines ("Proc-Type: 4,ENCRYPTED")
 * to and with its END line, or up to the first word that can be no data. */
static size_t end_of_key(struct cpr_view text, size_t from)
{
    size_t at = from, kept = from;
    bool in_header = false;
    while (at < text.len) {
        if (cpr_ascii_is_space(text.data[at]) || text.data[at] == '>') {
            in_header &= text.data[at] != '\n';
            at++;
            continue;
        }
        struct cpr_view token = token_at(text, at);
        if (cpr_view_starts_nocase(token, "-----END")) {
            size_t close = cpr_view_find(cpr_view_slice(text, at, 80), "-----", 8);
            return close == CPR_VIEW_NOT_FOUND ? at + token.len : at + close + 5;
        }
        in_header |= cpr_view_starts_nocase(token, "Proc-Type:") || cpr_view_starts_nocase(token, "DEK-Info:");
        size_t end = cpr_view_find(token, "-----END", 0);
        token = cpr_view_slice(token, 0, end);
        if (!in_header && !is_data(token) && !is_framed_data(token))
            return kept;
        at += token.len;
        kept = at;
    }
    return kept;
}

/* `at` begins "-----BEGIN": the end of the marker when its label says PRIVATE KEY, else 0. */
static size_t private_marker(struct cpr_view text, size_t at)
{
    struct cpr_view head = cpr_view_slice(text, at, 80);
    size_t label = cpr_view_find_nocase(head, "PRIVATE KEY", 0);
    size_t close = cpr_view_find(head, "-----", 10);
    if (label == CPR_VIEW_NOT_FOUND || (close != CPR_VIEW_NOT_FOUND && close < label))
        return 0;
    return at + (close == CPR_VIEW_NOT_FOUND ? label + 11 : close + 5);
}

/* "d":"..." and its like in a JWK (RFC 7517, 7518 section 6). Returns where the value ends, or 0. */
static size_t jwk_secret(struct cpr_view text, size_t at, size_t *value_out)
{
    static const char *const members[] = {"\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"k\""};
    struct cpr_view rest = cpr_view_slice(text, at, 8);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        size_t len = strlen(members[i]);
        if (rest.len < len || memcmp(rest.data, members[i], len) != 0)
            continue;
        size_t from = at + len;
        while (from < text.len && (cpr_ascii_is_space(text.data[from]) || text.data[from] == ':') && from < at + 16)
            from++;
        if (from >= text.len || text.data[from] != '"')
            return 0;
        size_t end = cpr_view_find_byte(cpr_view_slice(text, 0, from + 1 + SCALAR_MAX), '"', from + 1);
        *value_out = from + 1;
        return end == CPR_VIEW_NOT_FOUND || end - from < 20 ? 0 : end;
    }
    return 0;
}

/* A line of base64 as encoders write it: long, and of upper case, lower case and digits; no word and no name is. */
static bool is_data_line(struct cpr_view token)
{
    bool has_upper = false, has_lower = false, has_digit = false;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.data[i];
        if (!cpr_ascii_is_alpha(c) && !cpr_ascii_is_digit(c) && c != '+' && c != '/' && c != '=')
            return false;
        has_upper |= c >= 'A' && c <= 'Z';
        has_lower |= c >= 'a' && c <= 'z';
        has_digit |= cpr_ascii_is_digit(c);
    }
    return token.len >= DATA_LINE_MIN && has_upper && has_lower && has_digit;
}

/* The last line of a block may be short; the text that goes on behind it begins with a word: "Dear", "revoke". */
static bool is_word(struct cpr_view token)
{
    for (size_t i = 0; i < token.len; i++)
        if (!cpr_ascii_is_alpha(token.data[i]) || (i > 0 && token.data[i] < 'a'))
            return false;
    return true;
}

/* Two lines of data one after the other are a block of data, and so is one that is too long for a fingerprint. Returns
 * the end of the block, or 0. */
static size_t data_block(struct cpr_view text, size_t at)
{
    size_t lines = 0, end = at, from = at;
    while (at < text.len) {
        struct cpr_view token = token_at(text, at);
        if (!is_data_line(token) && !(lines >= 2 && is_data(token) && !is_word(token)))
            break;
        end = at + token.len;
        if (!is_data_line(token))
            break;
        lines++;
        at = end;
        while (at < text.len && (cpr_ascii_is_space(text.data[at]) || text.data[at] == '>'))
            at++;
    }
    return lines >= 2 || end - from > HEX_MAX ? end : 0;
}

void cpr_redact(struct cpr_view text, struct cpr_buffer *out)
{
    static const char removed[] = "[removed]";
    size_t done = 0;
    for (size_t at = 0; at < text.len;) {
        size_t cut_from = at, cut_to = 0;
        bool at_token = at == 0 || cpr_ascii_is_space(text.data[at - 1]) || text.data[at - 1] == '>';
        if (text.data[at] == '-' && cpr_view_starts_nocase(cpr_view_slice(text, at, 16), "-----BEGIN")) {
            cut_from = private_marker(text, at);
            cut_to = cut_from ? end_of_key(text, cut_from) : 0;
        } else if (text.data[at] == '"') {
            cut_to = jwk_secret(text, at, &cut_from);
        } else if (at_token && is_data_char(text.data[at])) {
            cut_to = data_block(text, at);
        }
        if (cut_to <= cut_from) {
            at++;
            continue;
        }
        cpr_buffer_add(out, cpr_view_slice(text, done, cut_from - done));
        cpr_buffer_add_text(out, removed);
        done = at = cut_to;
    }
    cpr_buffer_add(out, cpr_view_slice(text, done, text.len));
}
