#include "cpr/io/mutf7.h"
#include "cpr/base/buffer.h"
#include "cpr/base/limits.h"
#include "cpr/base/text.h"

#include <string.h>

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* One UTF-16 unit: a high surrogate is kept for the unit that follows it. False when the pair is broken. */
static bool add_unit(struct cpr_buffer *out, uint32_t unit, uint32_t *high)
{
    if (unit >= 0xD800 && unit < 0xDC00 && !*high) {
        *high = unit;
        return true;
    }
    bool is_low = unit >= 0xDC00 && unit < 0xE000;
    if (is_low != (*high != 0))
        return false;
    char utf8[4];
    uint32_t code_point = is_low ? 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00) : unit;
    cpr_buffer_add(out, cpr_view_make(utf8, cpr_utf8_encode(code_point, utf8)));
    *high = 0;
    return true;
}

/* The run between '&' and '-'. Left-over bits must be the zero padding of a whole unit. */
static bool decode_run(struct cpr_view run, struct cpr_buffer *out)
{
    uint32_t bits = 0, high = 0;
    unsigned count = 0;
    for (size_t i = 0; i < run.len; i++) {
        const char *digit = run.data[i] ? strchr(base64, run.data[i]) : NULL;
        if (!digit)
            return false;
        bits = (bits << 6 | (uint32_t)(digit - base64)) & 0x3FFFFF;
        count += 6;
        if (count >= 16) {
            count -= 16;
            if (!add_unit(out, bits >> count & 0xFFFF, &high))
                return false;
        }
    }
    return high == 0 && count < 6 && (bits & ((1u << count) - 1)) == 0;
}

void cpr_mutf7_decode(struct cpr_view wire_name, char *out, size_t out_size)
{
    struct cpr_buffer text = cpr_buffer_new(4 * CPR_FOLDER_NAME_MAX);
    for (size_t i = 0; i < wire_name.len; i++) {
        size_t end = wire_name.data[i] == '&' ? cpr_view_find_byte(wire_name, '-', i) : CPR_VIEW_NOT_FOUND;
        if (end == CPR_VIEW_NOT_FOUND) {
            cpr_buffer_add_byte(&text, wire_name.data[i]);
            continue;
        }
        struct cpr_buffer run = cpr_buffer_new(4 * CPR_FOLDER_NAME_MAX);
        if (end == i + 1)
            cpr_buffer_add_byte(&text, '&');
        else if (decode_run(cpr_view_slice(wire_name, i + 1, end - i - 1), &run))
            cpr_buffer_add(&text, cpr_buffer_view(&run));
        else
            cpr_buffer_add(&text, cpr_view_slice(wire_name, i, end - i + 1));
        cpr_buffer_free(&run);
        i = end;
    }
    cpr_text_copy(out, out_size, cpr_buffer_view(&text));
    cpr_buffer_free(&text);
}

static void encode_unit(struct cpr_buffer *out, uint32_t unit, uint32_t *bits, unsigned *count)
{
    *bits = *bits << 16 | unit;
    for (*count += 16; *count >= 6; *count -= 6)
        cpr_buffer_add_byte(out, base64[*bits >> (*count - 6) & 63]);
    *bits &= (1u << *count) - 1;
}

static void end_run(struct cpr_buffer *out, uint32_t *bits, unsigned *count)
{
    if (*count > 0)
        cpr_buffer_add_byte(out, base64[*bits << (6 - *count) & 63]);
    cpr_buffer_add_byte(out, '-');
    *bits = *count = 0;
}

bool cpr_mutf7_encode(struct cpr_view name, char *out, size_t out_size)
{
    struct cpr_buffer text = cpr_buffer_new(out_size);
    bool in_run = false, ok = true;
    uint32_t bits = 0, code_point = 0;
    unsigned count = 0;
    for (size_t len; ok && name.len > 0; name = cpr_view_slice(name, len, name.len)) {
        len = cpr_utf8_decode(name, &code_point);
        ok = len > 0 && code_point >= 0x20 && (code_point < 0x7F || code_point > 0x9F);
        bool is_plain = code_point < 0x7F;
        if (in_run && is_plain)
            end_run(&text, &bits, &count);
        else if (!in_run && !is_plain)
            cpr_buffer_add_byte(&text, '&');
        in_run = !is_plain;
        if (is_plain)
            cpr_buffer_add_text(&text, code_point == '&' ? "&-" : (char[2]){(char)code_point, 0});
        else if (code_point < 0x10000)
            encode_unit(&text, code_point, &bits, &count);
        else {
            encode_unit(&text, 0xD800 + ((code_point - 0x10000) >> 10), &bits, &count);
            encode_unit(&text, 0xDC00 + ((code_point - 0x10000) & 0x3FF), &bits, &count);
        }
    }
    if (in_run)
        end_run(&text, &bits, &count);
    ok = ok && !cpr_buffer_is_full(&text) && cpr_view_copy(cpr_buffer_view(&text), out, out_size);
    cpr_buffer_free(&text);
    return ok;
}
