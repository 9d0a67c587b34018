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
static size_t decode_base64(struct cpr_view bytes, struct cpr_buffer *out)
{
    size_t len = base64_len(bytes), at = 0;
    while (at < len) {
        size_t end = cpr_view_find_byte(cpr_view_slice(bytes, 0, len), '=', at);
        end = end == CPR_VIEW_NOT_FOUND ? len : end;
        while (end < len && (bytes.data[end] == '=' || cpr_ascii_is_space(bytes.data[end])))
            end++;
        decode(GMIME_CONTENT_ENCODING_BASE64, cpr_view_slice(bytes, at, end - at), out);
        at = end;
    }
    return len;
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
        decode(GMIME_CONTENT_ENCODING_UUENCODE, bytes, out);
        break;
    default:
        cpr_buffer_add(out, bytes);
    }
    return bytes.len;
}
