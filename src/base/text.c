#include "cpr/base/text.h"
#include "cpr/base/assert.h"

#include <string.h>

size_t cpr_utf8_decode(struct cpr_view view, uint32_t *code_point_out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    CPR_ASSERT(view.len > 0);
    unsigned char first = (unsigned char)view.data[0];
    size_t len = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (len == 0 || len > view.len)
        return 0;
    uint32_t value = len == 1 ? first : first & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        unsigned char next = (unsigned char)view.data[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3Fu);
    }
    if (value < least[len] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code_point_out = value;
    return len;
}

size_t cpr_utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = 0xFFFD;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)(lead[len] | code_point);
    return len;
}

bool cpr_utf8_is_valid(struct cpr_view view)
{
    uint32_t code_point;
    while (view.len) {
        size_t len = cpr_utf8_decode(view, &code_point);
        if (len == 0)
            return false;
        view = cpr_view_slice(view, len, view.len);
    }
    return true;
}

bool cpr_text_is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x61C || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

/* How many bytes at the start are printable ASCII: most of every text. */
static size_t printable_ascii(struct cpr_view view)
{
    size_t len = 0;
    while (len < view.len && view.data[len] >= 0x20 && view.data[len] < 0x7F)
        len++;
    return len;
}

bool cpr_text_is_clean(struct cpr_view view)
{
    uint32_t code_point;
    for (;;) {
        view = cpr_view_slice(view, printable_ascii(view), view.len);
        if (view.len == 0)
            return true;
        size_t len = cpr_utf8_decode(view, &code_point);
        if (len == 0 || cpr_text_is_unsafe(code_point))
            return false;
        view = cpr_view_slice(view, len, view.len);
    }
}

bool cpr_text_copy(char *out, size_t out_size, struct cpr_view view)
{
    CPR_ASSERT(out_size > 0);
    size_t used = 0;
    while (view.len) {
        uint32_t code_point = 0;
        size_t len = cpr_utf8_decode(view, &code_point);
        const char *piece = view.data;
        size_t piece_len = len;
        if (len == 0 || cpr_text_is_unsafe(code_point)) {
            piece = len == 1 && cpr_ascii_is_space(view.data[0]) ? " " : "?";
            piece_len = 1;
        }
        if (used + piece_len >= out_size)
            break;
        memcpy(out + used, piece, piece_len);
        used += piece_len;
        view = cpr_view_slice(view, len ? len : 1, view.len);
    }
    out[used] = 0;
    return view.len == 0;
}
