#include "parts.h"

#include "cpr/base/encode.h"
#include "cpr/base/text.h"
#include "cpr/judge/redact.h"

#include <string.h>

enum { LINE_MAX_CHARACTERS = 72 };

static bool is_name_byte(char c)
{
    return cpr_ascii_is_alpha(c) || (unsigned char)c >= 0x80;
}

/* A dot inside a host name: not the one of "4.9.1.1", not the one that ends a sentence. */
static bool is_host_dot(struct cpr_view text, size_t at)
{
    return text.data[at] == '.' && at > 0 && at + 1 < text.len && is_name_byte(text.data[at + 1]) &&
           (is_name_byte(text.data[at - 1]) || cpr_ascii_is_digit(text.data[at - 1]) || text.data[at - 1] == '-');
}

/* The length of a scheme's name that a telephone would make a link of, when one stands here; else 0. */
static size_t scheme_length(struct cpr_view text)
{
    static const char *const schemes[] = {"javascript:", "vbscript:", "data:", "mailto:", "tel:", "sms:"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t len = strlen(schemes[i]);
        if (cpr_view_starts_nocase(text, schemes[i]) && len < text.len && text.data[len] != ' ')
            return len - 1;
    }
    return 0;
}

void cpr_quote_harmless(struct cpr_buffer *out, struct cpr_view text)
{
    struct cpr_buffer keyless = cpr_buffer_new(2 * text.len + 32), defanged = cpr_buffer_new(8 * text.len + 128);
    cpr_redact(text, &keyless);
    cpr_encode_defanged(&defanged, cpr_buffer_view(&keyless));
    struct cpr_view safe = cpr_buffer_view(&defanged);
    for (size_t i = 0; i < safe.len; i++) {
        size_t scheme = scheme_length(cpr_view_slice(safe, i, safe.len));
        if (scheme) {
            cpr_buffer_add(out, cpr_view_slice(safe, i, scheme));
            cpr_buffer_add_text(out, "[:]");
            i += scheme;
        } else if (is_host_dot(safe, i)) {
            cpr_buffer_add_text(out, "[.]");
        } else {
            cpr_buffer_add_byte(out, safe.data[i]);
        }
    }
    cpr_buffer_free(&keyless);
    cpr_buffer_free(&defanged);
}

static size_t count_characters(struct cpr_view text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

/* The bytes of the first `count` characters. */
static size_t bytes_of(struct cpr_view text, size_t count)
{
    size_t len = 0;
    while (len < text.len && (count > 0 || ((unsigned char)text.data[len] & 0xC0) == 0x80))
        if (((unsigned char)text.data[len++] & 0xC0) != 0x80)
            count--;
    return len;
}

void cpr_quote_wrap(struct cpr_buffer *out, const char *first, const char *next, struct cpr_view text)
{
    struct cpr_view word;
    size_t indent = count_characters(cpr_view_of(first)), column = indent;
    cpr_buffer_add_text(out, first);
    while (cpr_view_next_item(&text, ' ', &word)) {
        while (word.len) {
            size_t width = count_characters(word), gap = column > indent;
            if (gap && column + gap + width > LINE_MAX_CHARACTERS) {
                cpr_buffer_add_byte(out, '\n');
                cpr_buffer_add_text(out, next);
                column = indent = count_characters(cpr_view_of(next));
                continue;
            }
            size_t len = bytes_of(word, LINE_MAX_CHARACTERS - column - gap);
            if (gap)
                cpr_buffer_add_byte(out, ' ');
            cpr_buffer_add(out, cpr_view_slice(word, 0, len));
            column += gap + count_characters(cpr_view_slice(word, 0, len));
            word = cpr_view_slice(word, len, word.len);
        }
    }
    cpr_buffer_add_byte(out, '\n');
}

void cpr_quote_pad(struct cpr_buffer *out, const char *text, size_t width)
{
    struct cpr_buffer clean = cpr_buffer_new(strlen(text));
    cpr_encode_line(&clean, cpr_view_of(text));
    cpr_buffer_add(out, cpr_buffer_view(&clean));
    for (size_t used = count_characters(cpr_buffer_view(&clean)); used < width; used++)
        cpr_buffer_add_byte(out, ' ');
    cpr_buffer_free(&clean);
}
