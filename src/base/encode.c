#include "cpr/base/encode.h"
#include "cpr/base/text.h"

#include <string.h>

/* Calls out for each character: the safe ones as they are, everything else as `replacement`. */
static bool next_safe(struct cpr_view *rest, const char *replacement, struct cpr_view *piece_out)
{
    if (rest->len == 0)
        return false;
    uint32_t code_point = 0;
    size_t len = cpr_utf8_decode(*rest, &code_point);
    bool safe = len > 0 && !cpr_text_is_unsafe(code_point);
    *piece_out = safe ? cpr_view_slice(*rest, 0, len) : cpr_view_of(replacement);
    *rest = cpr_view_slice(*rest, len ? len : 1, rest->len);
    return true;
}

void cpr_encode_html(struct cpr_buffer *out, struct cpr_view text)
{
    struct cpr_view piece;
    while (next_safe(&text, "\xEF\xBF\xBD", &piece)) {
        const char *entity = piece.len != 1          ? NULL
                             : piece.data[0] == '&'  ? "&amp;"
                             : piece.data[0] == '<'  ? "&lt;"
                             : piece.data[0] == '>'  ? "&gt;"
                             : piece.data[0] == '"'  ? "&quot;"
                             : piece.data[0] == '\'' ? "&#39;"
                                                     : NULL;
        cpr_buffer_add(out, entity ? cpr_view_of(entity) : piece);
    }
}

void cpr_encode_line(struct cpr_buffer *out, struct cpr_view text)
{
    struct cpr_view piece;
    while (next_safe(&text, "?", &piece))
        cpr_buffer_add(out, piece);
}

void cpr_encode_defanged(struct cpr_buffer *out, struct cpr_view text)
{
    static const struct {
        const char *live, *dead;
    } links[] = {{"://", "[:]//"}, {"@", "[at]"}, {"www.", "www[.]"}};
    while (text.len) {
        size_t i = 0;
        while (i < 3 && !cpr_view_starts_nocase(text, links[i].live))
            i++;
        struct cpr_view piece;
        if (i < 3) {
            cpr_buffer_add_text(out, links[i].dead);
            text = cpr_view_slice(text, strlen(links[i].live), text.len);
        } else if (next_safe(&text, "?", &piece)) {
            cpr_buffer_add(out, piece);
        }
    }
}

static const char upper_hex[] = "0123456789ABCDEF";

static void add_escaped(struct cpr_buffer *out, char byte)
{
    char escaped[3] = {'=', upper_hex[(unsigned char)byte >> 4], upper_hex[(unsigned char)byte & 15]};
    cpr_buffer_add(out, cpr_view_make(escaped, 3));
}

static bool is_plain_header(struct cpr_view text, size_t used)
{
    if (used + text.len > 76 || cpr_view_find(text, "=?", 0) != CPR_VIEW_NOT_FOUND)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < 0x20 || text.data[i] > 0x7E)
            return false;
    return true;
}

void cpr_encode_header(struct cpr_buffer *out, struct cpr_view text, size_t used)
{
    static const char open[] = "=?UTF-8?Q?", close[] = "?=";
    if (is_plain_header(text, used)) {
        cpr_buffer_add(out, text);
        return;
    }
    struct cpr_view piece;
    size_t column = used + sizeof open - 1;
    cpr_buffer_add_text(out, open);
    while (next_safe(&text, "?", &piece)) {
        bool plain = piece.len == 1 && (cpr_ascii_is_alpha(piece.data[0]) || cpr_ascii_is_digit(piece.data[0]) ||
                                        memchr("!*+-/", piece.data[0], 5));
        bool space = piece.len == 1 && piece.data[0] == ' ';
        size_t width = plain || space ? 1 : 3 * piece.len;
        /* An encoded word is at most 75 bytes and never splits a character (RFC 2047 sections 2 and 5). */
        if (column + width + sizeof close - 1 > 75) {
            cpr_buffer_add_text(out, "?=\r\n =?UTF-8?Q?");
            column = 1 + sizeof open - 1;
        }
        column += width;
        if (plain)
            cpr_buffer_add(out, piece);
        else if (space)
            cpr_buffer_add_byte(out, '_');
        else
            for (size_t i = 0; i < piece.len; i++)
                add_escaped(out, piece.data[i]);
    }
    cpr_buffer_add_text(out, close);
}

void cpr_encode_quoted_printable(struct cpr_buffer *out, struct cpr_view text)
{
    struct cpr_view line;
    while (cpr_view_next_line(&text, &line)) {
        size_t column = 0;
        for (size_t i = 0; i < line.len; i++) {
            char c = line.data[i];
            bool last = i + 1 == line.len;
            /* A line that begins with a dot or "From " survives every transport when its first byte is encoded. */
            bool risky_start = i == 0 && (c == '.' || cpr_view_starts_nocase(line, "From "));
            bool plain = (c > 0x20 && c < 0x7F && c != '=' && !risky_start) || (c == ' ' && !last);
            size_t width = plain ? 1 : 3;
            if (column + width > (last ? 76u : 75u)) {
                cpr_buffer_add_text(out, "=\r\n");
                column = 0;
            }
            if (plain)
                cpr_buffer_add_byte(out, c);
            else
                add_escaped(out, c);
            column += width;
        }
        cpr_buffer_add_text(out, "\r\n");
    }
}
