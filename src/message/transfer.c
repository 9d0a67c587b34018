#include "cpr/message/transfer.h"

#include <gmime/gmime-encodings.h>

enum { PIECE_BYTES = 4096 };

enum cpr_transfer cpr_transfer_of(struct cpr_view value)
{
    /* By their beginnings: "7 bit", "8-bit", "quoted printable", "base64;" are all seen in real mail. */
    static const struct {
        const char *prefix;
        enum cpr_transfer transfer;
    } names[] = {
        {"7", CPR_TRANSFER_NONE},
        {"8", CPR_TRANSFER_NONE},
        {"binary", CPR_TRANSFER_NONE},
        {"base64", CPR_TRANSFER_BASE64},
        {"quoted", CPR_TRANSFER_QUOTED_PRINTABLE},
        {"uu", CPR_TRANSFER_UUENCODE},
    };
    value = cpr_view_trim(value);
    if (value.len && value.data[0] == '"')
        value = cpr_view_slice(value, 1, value.len);
    if (cpr_view_starts_nocase(value, "x-"))
        value = cpr_view_slice(value, 2, value.len);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (cpr_view_starts_nocase(value, names[i].prefix))
            return names[i].transfer;
    if (cpr_view_find_nocase(value, "base64", 0) != CPR_VIEW_NOT_FOUND) /* behind a comment, in an encoded word */
        return CPR_TRANSFER_BASE64;
    return value.len ? CPR_TRANSFER_UNKNOWN : CPR_TRANSFER_NONE;
}

bool cpr_transfer_is_base64(char byte)
{
    return cpr_ascii_is_alpha(byte) || cpr_ascii_is_digit(byte) || byte == '+' || byte == '/' || byte == '=';
}

static void decode(GMimeContentEncoding kind, struct cpr_view bytes, struct cpr_buffer *out)
{
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, kind);
    while (bytes.len) {
        char piece[PIECE_BYTES + 64]; /* no decoder gives more than it takes, but for what it held back */
        struct cpr_view next = cpr_view_slice(bytes, 0, PIECE_BYTES);
        size_t len = g_mime_encoding_step(&state, next.data, next.len, piece);
        cpr_buffer_add(out, cpr_view_make(piece, len));
        bytes = cpr_view_slice(bytes, next.len, bytes.len);
    }
    char last[64];
    cpr_buffer_add(out, cpr_view_make(last, g_mime_encoding_flush(&state, "", 0, last)));
}

/* How much of the start is whole lines of base64: one that holds anything else, a blank between letters included, is
 * text that was put behind it. */
static size_t base64_len(struct cpr_view bytes)
{
    struct cpr_view rest = bytes, line;
    size_t len = 0;
    while (cpr_view_next_line(&rest, &line)) {
        line = cpr_view_trim(line);
        for (size_t i = 0; i < line.len; i++)
            if (!cpr_transfer_is_base64(line.data[i]))
                return len;
        len = bytes.len - rest.len;
    }
    return len;
}

/* Padding ends a group; what goes on behind it is another run, as messages joined from pieces have it. */
void cpr_transfer_decode_loosely(struct cpr_view bytes, struct cpr_buffer *out)
{
    size_t at = 0;
    while (at < bytes.len) {
        size_t end = cpr_view_find_byte(bytes, '=', at);
        end = end == CPR_VIEW_NOT_FOUND ? bytes.len : end;
        while (end < bytes.len && (bytes.data[end] == '=' || cpr_ascii_is_space(bytes.data[end])))
            end++;
        decode(GMIME_CONTENT_ENCODING_BASE64, cpr_view_slice(bytes, at, end - at), out);
        at = end;
    }
}

static size_t decode_base64(struct cpr_view bytes, struct cpr_buffer *out)
{
    size_t len = base64_len(bytes);
    cpr_transfer_decode_loosely(cpr_view_slice(bytes, 0, len), out);
    return len;
}

static unsigned uuencode_value(char c)
{
    return ((unsigned char)c - 32u) & 0x3F; /* both ' ' and '`' stand for zero */
}

/* GMime's decoder gives one byte of a whole file. Each line begins with its length; blanks at its end may be lost. */
static void decode_uuencode(struct cpr_view bytes, struct cpr_buffer *out)
{
    struct cpr_view line;
    while (cpr_view_next_line(&bytes, &line)) {
        bool is_frame = cpr_view_starts_nocase(line, "begin ") || cpr_view_equal(line, cpr_view_of("end"));
        size_t len = line.len && !is_frame ? uuencode_value(line.data[0]) : 0;
        for (size_t i = 0; i < len; i++) {
            size_t at = 1 + i / 3 * 4 + i % 3;
            unsigned high = at < line.len ? uuencode_value(line.data[at]) : 0;
            unsigned low = at + 1 < line.len ? uuencode_value(line.data[at + 1]) : 0;
            unsigned shift = (unsigned)(2 + 2 * (i % 3));
            cpr_buffer_add_byte(out, (char)((high << shift | low >> (8 - shift - 2)) & 0xFF));
        }
    }
}

size_t cpr_transfer_decode(enum cpr_transfer transfer, struct cpr_view bytes, struct cpr_buffer *out)
{
    switch (transfer) {
    case CPR_TRANSFER_BASE64:
        return decode_base64(bytes, out);
    case CPR_TRANSFER_QUOTED_PRINTABLE:
        decode(GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, bytes, out);
        break;
    case CPR_TRANSFER_UUENCODE:
        decode_uuencode(bytes, out);
        break;
    default:
        cpr_buffer_add(out, bytes);
    }
    return bytes.len;
}
