/* Encoded words and parameters of header values. Both are small state machines over views; charsets go through our own
 * table, because GMime hands the sender's charset name to iconv_open. */
#include "cpr/message/charset.h"
#include "cpr/message/header.h"
#include "cpr/message/transfer.h"

#include <string.h>

/* Bytes of encoded words that follow each other in one charset are decoded together: senders cut characters in two. */
struct words {
    struct cpr_view charset;
    struct cpr_buffer bytes, work;
    struct cpr_buffer *out;
    bool is_pending, all_known;
};

static void add_decoded(struct words *words, struct cpr_view charset, struct cpr_view bytes)
{
    struct cpr_view utf8;
    if (!cpr_charset_decode(charset, bytes, &words->work, &utf8))
        words->all_known = false;
    cpr_buffer_add(words->out, utf8);
}

static void flush(struct words *words)
{
    if (words->is_pending)
        add_decoded(words, words->charset, cpr_buffer_view(&words->bytes));
    cpr_buffer_clear(&words->bytes);
    words->is_pending = false;
}

static int hex_value(char c)
{
    return cpr_ascii_is_digit(c) ? c - '0' : cpr_ascii_lower(c) - 'a' + 10;
}

static void add_escaped(struct cpr_buffer *out, struct cpr_view text, char escape)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == escape && i + 2 < text.len && cpr_ascii_is_hex(text.data[i + 1]) &&
            cpr_ascii_is_hex(text.data[i + 2])) {
            c = (char)(hex_value(text.data[i + 1]) << 4 | hex_value(text.data[i + 2]));
            i += 2;
        } else if (c == '_' && escape == '=') {
            c = ' ';
        }
        cpr_buffer_add_byte(out, c);
    }
}

/* Neither encoding has "=?" inside but as padding before the end. Stopping there keeps a row of beginnings linear. */
static bool starts_word(struct cpr_view text)
{
    return text.len > 2 && text.data[0] == '=' && text.data[1] == '?' && text.data[2] != '=';
}

/* Reads "=?charset*language?B?text?=" at the start of `text`: its length, or 0 when it is none. */
static size_t read_word(struct cpr_view text, struct cpr_view *charset_out, char *kind_out, struct cpr_view *text_out)
{
    enum { CHARSET_MAX = 64, WORD_MAX = 4096 }; /* RFC 2047 allows 75 in all; what is longer is no encoded word */
    text = cpr_view_slice(text, 0, WORD_MAX);
    if (text.len < 8 || memcmp(text.data, "=?", 2) != 0)
        return 0;
    size_t mark = cpr_view_find_byte(cpr_view_slice(text, 0, CHARSET_MAX), '?', 2);
    if (mark == CPR_VIEW_NOT_FOUND || mark + 3 >= text.len || text.data[mark + 2] != '?')
        return 0;
    char kind = cpr_ascii_lower(text.data[mark + 1]);
    size_t end = mark + 3;
    while (end + 1 < text.len && !(text.data[end] == '?' && text.data[end + 1] == '=')) {
        if (starts_word(cpr_view_slice(text, end, text.len)))
            return 0;
        end++;
    }
    if (end + 1 >= text.len || (kind != 'b' && kind != 'q'))
        return 0;
    struct cpr_view charset = cpr_view_slice(text, 2, mark - 2);
    size_t star = cpr_view_find_byte(charset, '*', 0); /* RFC 2231 section 5 */
    *charset_out = cpr_view_slice(charset, 0, star);
    *kind_out = kind;
    *text_out = cpr_view_slice(text, mark + 3, end - mark - 3);
    return end + 2;
}

static void add_word(struct words *words, struct cpr_view charset, char kind, struct cpr_view text)
{
    if (words->is_pending && !cpr_view_equal_nocase(words->charset, charset))
        flush(words);
    words->charset = charset;
    words->is_pending = true;
    if (kind == 'q')
        add_escaped(&words->bytes, text, '=');
    else if (cpr_transfer_decode(CPR_TRANSFER_BASE64, text, &words->bytes) < text.len)
        cpr_buffer_add(&words->bytes, text);
}

static void add_plain(struct words *words, struct cpr_view text)
{
    flush(words);
    struct cpr_view line;
    while (cpr_view_next_line(&text, &line))
        add_decoded(words, cpr_view_make("", 0), line);
}

bool cpr_header_decode(struct cpr_view value, struct cpr_buffer *utf8_out)
{
    struct words words = {.out = utf8_out, .all_known = true};
    words.bytes = cpr_buffer_new(value.len + 64);
    words.work = cpr_buffer_new(4 * value.len + 64);
    while (value.len) {
        struct cpr_view charset, text;
        char kind;
        size_t start = 0, len = 0;
        for (start = cpr_view_find(value, "=?", 0); start != CPR_VIEW_NOT_FOUND;
             start = cpr_view_find(value, "=?", start + 2)) {
            len = read_word(cpr_view_slice(value, start, value.len), &charset, &kind, &text);
            if (len)
                break;
        }
        struct cpr_view plain = cpr_view_slice(value, 0, start);
        if (!words.is_pending || !len || cpr_view_trim(plain).len)
            add_plain(&words, plain);
        if (!len)
            break;
        add_word(&words, charset, kind, text);
        value = cpr_view_slice(value, start + len, value.len);
    }
    flush(&words);
    cpr_buffer_free(&words.bytes);
    cpr_buffer_free(&words.work);
    return words.all_known;
}

/* Cuts "name=value" off *rest, unquoting into `text`; false at the end. Comments are no part of real parameters; a
 * stray
 * '(' is taken as text. */
static bool next_parameter(struct cpr_view *rest, struct cpr_view *name_out, struct cpr_buffer *text)
{
    cpr_buffer_clear(text);
    size_t at = 0;
    while (at < rest->len && (rest->data[at] == ';' || cpr_ascii_is_space(rest->data[at])))
        at++;
    if (at == rest->len)
        return false;
    size_t start = at;
    while (at < rest->len && rest->data[at] != '=' && rest->data[at] != ';')
        at++;
    *name_out = cpr_view_trim(cpr_view_slice(*rest, start, at - start));
    at += at < rest->len && rest->data[at] == '=';
    while (at < rest->len && cpr_ascii_is_space(rest->data[at]))
        at++;
    bool is_quoted = at < rest->len && rest->data[at] == '"';
    at += is_quoted;
    for (; at < rest->len && rest->data[at] != (is_quoted ? '"' : ';'); at++) {
        at += is_quoted && rest->data[at] == '\\' && at + 1 < rest->len;
        if (rest->data[at] != '\r' && rest->data[at] != '\n')
            cpr_buffer_add_byte(text, rest->data[at]);
    }
    while (at < rest->len && rest->data[at] != ';')
        at++;
    *rest = cpr_view_slice(*rest, at, rest->len);
    return true;
}

/* What stands behind the name of a parameter: "", "*" (charset and escapes), "*0", "*0*" (RFC 2231 sections 3 and 4).
 */
struct suffix {
    bool is_match, is_extended, is_continued;
};

static struct suffix read_suffix(struct cpr_view found, const char *name)
{
    struct suffix suffix = {0};
    size_t len = strlen(name);
    if (!cpr_view_starts_nocase(found, name) || (found.len > len && found.data[len] != '*'))
        return suffix;
    struct cpr_view rest = cpr_view_slice(found, len, found.len);
    suffix.is_match = true;
    suffix.is_extended = rest.len > 0 && rest.data[rest.len - 1] == '*';
    suffix.is_continued = rest.len > 1 && cpr_ascii_is_digit(rest.data[1]);
    return suffix;
}

static struct cpr_view cut_charset(struct cpr_view *text)
{
    size_t first = cpr_view_find_byte(*text, '\'', 0);
    size_t second = first == CPR_VIEW_NOT_FOUND ? first : cpr_view_find_byte(*text, '\'', first + 1);
    if (second == CPR_VIEW_NOT_FOUND)
        return cpr_view_make("", 0);
    struct cpr_view charset = cpr_view_slice(*text, 0, first);
    *text = cpr_view_slice(*text, second + 1, text->len);
    return charset;
}

bool cpr_header_parameter(struct cpr_view value, const char *name, struct cpr_buffer *utf8_out)
{
    struct cpr_buffer text = cpr_buffer_new(value.len), bytes = cpr_buffer_new(value.len);
    struct cpr_buffer work = cpr_buffer_new(4 * value.len + 64);
    struct cpr_view found, utf8;
    char charset[64] = "";
    bool is_present = false, is_extended = false;
    size_t semicolon = cpr_view_find_byte(value, ';', 0);
    value = semicolon == CPR_VIEW_NOT_FOUND ? cpr_view_make("", 0) : cpr_view_slice(value, semicolon, value.len);
    while (next_parameter(&value, &found, &text)) {
        struct suffix suffix = read_suffix(found, name);
        if (!suffix.is_match || (is_present && !suffix.is_continued))
            continue;
        struct cpr_view piece = cpr_buffer_view(&text);
        if (suffix.is_extended && !is_present)
            cpr_view_copy(cut_charset(&piece), charset, sizeof charset);
        if (suffix.is_extended)
            add_escaped(&bytes, piece, '%');
        else
            cpr_buffer_add(&bytes, piece);
        is_present = true;
        is_extended = is_extended || suffix.is_extended;
    }
    if (is_extended) {
        cpr_charset_decode(cpr_view_of(charset), cpr_buffer_view(&bytes), &work, &utf8);
        cpr_buffer_add(utf8_out, utf8);
    } else if (is_present) {
        cpr_header_decode(cpr_buffer_view(&bytes), utf8_out);
    }
    cpr_buffer_free(&text);
    cpr_buffer_free(&bytes);
    cpr_buffer_free(&work);
    return is_present;
}
