#include "cpr/message/plain.h"
#include "cpr/message/charset.h"
#include "cpr/message/transfer.h"

#include <string.h>

/* ---- format=flowed (RFC 3676) ---------------------------------------------------------------------------------- */

static size_t quote_depth(struct cpr_view line)
{
    size_t depth = 0;
    while (depth < line.len && line.data[depth] == '>')
        depth++;
    return depth;
}

static void read_flowed(struct cpr_view utf8, bool is_delsp, struct cpr_transcript *transcript)
{
    struct cpr_view line;
    size_t open_depth = 0;
    bool is_open = false;
    while (cpr_view_next_line(&utf8, &line)) {
        size_t depth = quote_depth(line);
        struct cpr_view text = cpr_view_slice(line, depth, line.len);
        if (text.len && text.data[0] == ' ')
            text = cpr_view_slice(text, 1, text.len);
        bool is_signature = cpr_view_equal(text, cpr_view_of("-- "));
        if (is_open && (depth != open_depth || is_signature)) {
            cpr_transcript_add(transcript, cpr_view_of("\n"));
            is_open = false;
        }
        if (!is_open && depth) {
            cpr_transcript_add(transcript, cpr_view_slice(line, 0, depth));
            cpr_transcript_add(transcript, cpr_view_of(" "));
        }
        is_open = text.len && text.data[text.len - 1] == ' ' && !is_signature;
        open_depth = depth;
        cpr_transcript_add(transcript, cpr_view_slice(text, 0, text.len - (is_open && is_delsp)));
        if (!is_open)
            cpr_transcript_add(transcript, cpr_view_of("\n"));
    }
}

void cpr_plain_read(struct cpr_view utf8, bool is_flowed, bool is_delsp, struct cpr_transcript *transcript)
{
    if (is_flowed)
        read_flowed(utf8, is_delsp, transcript);
    else
        cpr_transcript_add(transcript, utf8);
    cpr_transcript_break(transcript);
}

/* ---- clear-signed text, calendars ---------------------------------------------------------------------------------
 */

static void undo_dashes(struct cpr_view utf8, size_t start, struct cpr_buffer *out)
{
    struct cpr_view rest = cpr_view_slice(utf8, start, utf8.len), line;
    cpr_buffer_add(out, cpr_view_slice(utf8, 0, start));
    while (cpr_view_next_line(&rest, &line)) {
        cpr_buffer_add(out, cpr_view_slice(line, cpr_view_starts_nocase(line, "- ") ? 2 : 0, line.len));
        cpr_buffer_add_byte(out, '\n');
    }
}

static void undo_folds(struct cpr_view utf8, struct cpr_buffer *out)
{
    struct cpr_view line;
    for (bool is_first = true; cpr_view_next_line(&utf8, &line); is_first = false) {
        bool is_fold = line.len && (line.data[0] == ' ' || line.data[0] == '\t');
        if (!is_fold && !is_first)
            cpr_buffer_add_byte(out, '\n');
        for (size_t i = is_fold; i < line.len; i++) {
            char next = i + 1 < line.len ? line.data[i + 1] : 0;
            bool is_escape = line.data[i] == '\\' && next && strchr("nN,;\\", next);
            i += is_escape;
            cpr_buffer_add_byte(out, !is_escape ? line.data[i] : cpr_ascii_lower(next) == 'n' ? '\n' : next);
        }
    }
    cpr_buffer_add_byte(out, '\n');
}

bool cpr_plain_undo(struct cpr_view utf8, struct cpr_buffer *out)
{
    size_t clear_signed = cpr_view_find(utf8, "-----BEGIN PGP SIGNED MESSAGE-----", 0);
    if (clear_signed != CPR_VIEW_NOT_FOUND)
        undo_dashes(utf8, clear_signed, out);
    else if (cpr_view_starts_nocase(utf8, "BEGIN:VC"))
        undo_folds(utf8, out);
    else
        return false;
    return true;
}

/* ---- what is encoded without a word ------------------------------------------------------------------------------ */

enum {
    RUN_LINE_MIN = 24, /* 18 bytes: shorter ones are words */
    UNDECLARED_MIN = 4 /* soft line breaks and escapes, some of both, that make a text quoted-printable */
};

struct search {
    void (*found)(void *context, const struct cpr_plain_find *find);
    void *context;
};

bool cpr_plain_is_der(struct cpr_view bytes)
{
    const unsigned char *der = (const unsigned char *)bytes.data;
    if (bytes.len < 16 || der[0] != 0x30)
        return false;
    size_t count = der[1] & 0x7F, len = 0;
    if (der[1] < 0x80 || count < 1 || count > 3)
        return false;
    for (size_t i = 0; i < count; i++)
        len = len << 8 | der[2 + i];
    return len > 0 && bytes.len >= len / 2;
}

static void give(const struct search *search, struct cpr_view name, struct cpr_view bytes)
{
    struct cpr_plain_find find = {name, bytes};
    if (name.len || cpr_plain_is_der(bytes) || cpr_charset_looks_like_text(bytes))
        search->found(search->context, &find);
}

static void decode(const struct search *search, enum cpr_transfer transfer, struct cpr_view name, struct cpr_view bytes)
{
    struct cpr_buffer out = cpr_buffer_new(bytes.len + 64);
    cpr_transfer_decode(transfer, bytes, &out);
    give(search, name, cpr_buffer_view(&out));
    cpr_buffer_free(&out);
}

static bool is_base64_line(struct cpr_view line)
{
    for (size_t i = 0; i < line.len; i++)
        if (!cpr_transfer_is_base64(line.data[i]))
            return false;
    return line.len > 0;
}

/* Takes the lines of a run that begins with `line`; it ends with the first shorter line. */
static void read_run(const struct search *search, struct cpr_view line, struct cpr_view *rest, bool is_pem)
{
    const char *start = line.data, *end = line.data + line.len;
    struct cpr_view ahead = *rest, next;
    size_t width = line.len;
    while (line.len >= width && cpr_view_next_line(&ahead, &next) && is_base64_line(cpr_view_trim(next))) {
        line = cpr_view_trim(next);
        end = line.data + line.len;
        *rest = ahead;
    }
    if (!is_pem)
        decode(search, CPR_TRANSFER_BASE64, cpr_view_make("", 0), cpr_view_make(start, (size_t)(end - start)));
}

/* "begin 644 name": the name, or false. */
static bool is_uuencode_start(struct cpr_view line, struct cpr_view *name_out)
{
    if (!cpr_view_starts_nocase(line, "begin ") || line.len < 11)
        return false;
    for (size_t i = 6; i < 9; i++)
        if (line.data[i] < '0' || line.data[i] > '7')
            return false;
    *name_out = cpr_view_trim(cpr_view_slice(line, 9, line.len));
    return name_out->len > 0;
}

static void read_uuencode(const struct search *search, struct cpr_view line, struct cpr_view name,
                          struct cpr_view *rest)
{
    struct cpr_view file = cpr_view_make(line.data, (size_t)(rest->data + rest->len - line.data));
    while (cpr_view_next_line(rest, &line))
        if (cpr_view_equal(cpr_view_trim(line), cpr_view_of("end")))
            break;
    file.len -= rest->len;
    decode(search, CPR_TRANSFER_UUENCODE, name, file);
}

static size_t count_escapes(struct cpr_view line)
{
    size_t count = 0;
    for (size_t at = 0; (at = cpr_view_find_byte(line, '=', at)) != CPR_VIEW_NOT_FOUND; at++)
        count += at + 2 < line.len && cpr_ascii_is_hex(line.data[at + 1]) && cpr_ascii_is_hex(line.data[at + 2]);
    return count;
}

void cpr_plain_search(struct cpr_view bytes, void (*found)(void *context, const struct cpr_plain_find *find),
                      void *context)
{
    const struct search search = {found, context};
    struct cpr_view rest = bytes, line, name;
    size_t soft_breaks = 0, escapes = 0;
    bool is_pem = false;
    while (cpr_view_next_line(&rest, &line)) {
        soft_breaks += line.len > 1 && line.data[line.len - 1] == '=' && line.data[line.len - 2] != '=';
        escapes += count_escapes(line);
        line = cpr_view_trim(line);
        if (cpr_view_starts_nocase(line, "-----")) {
            is_pem = cpr_view_starts_nocase(line, "-----begin ");
        } else if (is_uuencode_start(line, &name)) {
            read_uuencode(&search, line, name, &rest);
        } else if (line.len >= RUN_LINE_MIN && is_base64_line(line)) {
            read_run(&search, line, &rest, is_pem);
        }
    }
    if (soft_breaks && escapes && soft_breaks + escapes >= UNDECLARED_MIN)
        decode(&search, CPR_TRANSFER_QUOTED_PRINTABLE, cpr_view_make("", 0), bytes);
}
