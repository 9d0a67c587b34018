#include "cpr/message/transcript.h"
#include "cpr/base/limits.h"
#include "cpr/base/text.h"

#include <stdint.h>
#include <string.h>

/* A report says what it wants at its start; a forwarded one, below everything that was put in front of it. The tail may
 * grow to twice its size before it is cut back, so that cutting costs each byte one move. */
enum { TAIL_BYTES = CPR_TEXT_MAX_BYTES / 4, HEAD_BYTES = CPR_TEXT_MAX_BYTES - TAIL_BYTES - 1 };

struct cpr_transcript cpr_transcript_new(void)
{
    return (struct cpr_transcript){.text = cpr_buffer_new(HEAD_BYTES + 1 + 2 * TAIL_BYTES)};
}

void cpr_transcript_free(struct cpr_transcript *transcript)
{
    cpr_buffer_free(&transcript->text);
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void cut_middle(struct cpr_transcript *transcript)
{
    struct cpr_buffer *text = &transcript->text;
    if (!transcript->is_cut) {
        transcript->head_len = HEAD_BYTES;
        while (is_continuation(text->data[transcript->head_len]))
            transcript->head_len--;
        transcript->is_cut = true;
    }
    size_t from = text->len - TAIL_BYTES;
    while (from < text->len && is_continuation(text->data[from]))
        from++;
    size_t to = transcript->head_len;
    text->data[to++] = '\n';
    memmove(text->data + to, text->data + from, text->len - from);
    text->len = to + text->len - from;
    text->data[text->len] = 0;
}

static void put(struct cpr_transcript *transcript, struct cpr_view clean)
{
    while (clean.len) {
        struct cpr_view piece = cpr_view_slice(clean, 0, TAIL_BYTES);
        if (transcript->text.len + piece.len > transcript->text.max_len)
            cut_middle(transcript);
        cpr_buffer_add(&transcript->text, piece);
        clean = cpr_view_slice(clean, piece.len, clean.len);
    }
}

static void put_text(struct cpr_transcript *transcript, const char *text)
{
    put(transcript, cpr_view_of(text));
}

/* Blanks that Unicode has beside space and tab: a word must not be hidden by the width of what stands next to it. */
static bool is_blank(uint32_t c)
{
    return c == '\v' || c == '\f' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x2800 || c == 0x3000;
}

/* Shows nothing, though it is no control: put between letters, it splits a word that a person reads whole. */
static bool is_invisible(uint32_t c)
{
    return c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F) ||
           c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFA0 || (c >= 0x1BCA0 && c <= 0x1BCA3) ||
           (c >= 0x1D173 && c <= 0x1D17A) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* What is put instead of a character; NULL when it may stay. */
static const char *replacement(uint32_t code_point)
{
    if (code_point == '\n' || code_point == '\r' || code_point == 0x85 || code_point == 0x2028 || code_point == 0x2029)
        return "\n";
    if (code_point == '\t')
        return "\t";
    if (is_blank(code_point))
        return " ";
    return cpr_text_is_unsafe(code_point) || is_invisible(code_point) ? "" : NULL;
}

void cpr_transcript_add(struct cpr_transcript *transcript, struct cpr_view utf8)
{
    size_t start = 0, at = 0; /* from start to at everything stays as it is: it is put at once */
    while (at < utf8.len) {
        if ((utf8.data[at] >= 0x20 && utf8.data[at] < 0x7F) || utf8.data[at] == '\n') {
            at++;
            continue;
        }
        uint32_t code_point = 0xFFFD;
        size_t len = cpr_utf8_decode(cpr_view_slice(utf8, at, utf8.len), &code_point);
        const char *instead = len ? replacement(code_point) : "\xEF\xBF\xBD";
        if (instead) {
            put(transcript, cpr_view_slice(utf8, start, at - start));
            put_text(transcript, instead);
        }
        at += len ? len : 1;
        if (code_point == '\r' && at < utf8.len && utf8.data[at] == '\n')
            at++;
        start = instead ? at : start;
    }
    put(transcript, cpr_view_slice(utf8, start, at - start));
}

void cpr_transcript_break(struct cpr_transcript *transcript)
{
    const struct cpr_buffer *text = &transcript->text;
    if (text->len && text->data[text->len - 1] != '\n')
        put_text(transcript, "\n");
}

void cpr_transcript_finish(struct cpr_transcript *transcript)
{
    if (transcript->text.len > CPR_TEXT_MAX_BYTES)
        cut_middle(transcript);
    if (cpr_buffer_is_full(&transcript->text))
        transcript->is_cut = true;
}
