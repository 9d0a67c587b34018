#include "cpr/message/mime.h"
#include "cpr/base/limits.h"
#include "cpr/message/header.h"
#include "cpr/message/limits.h"
#include "cpr/message/transfer.h"

#include <string.h>

/* RFC 2046 allows 70 characters; real ones reach about 130. */
enum { BOUNDARY_MAX = 200, NO_LEVEL = -1 };

/* One pass over `raw`: an entity ends where the boundary of any multipart around it stands, so that no byte is searched
 * once for each level. */
struct scan {
    struct cpr_mime_walk *walk;
    struct cpr_view raw;
    size_t at;
    int levels;
    struct {
        char text[BOUNDARY_MAX];
        size_t len;
    } boundaries[CPR_MIME_DEPTH_MAX + 1];
};

/* The boundary line that ended a body: of which multipart, and whether it was its last. */
struct stop {
    int level; /* NO_LEVEL at the end of the bytes */
    bool is_last;
};

static struct stop read_entity(struct scan *scan, const char *default_type);
static struct stop read_multipart(struct scan *scan, const char *type, struct cpr_view content_type);

void cpr_mime_type(struct cpr_view content_type, char out[64])
{
    struct cpr_view type = cpr_view_slice(content_type, 0, cpr_view_find_byte(content_type, ';', 0));
    size_t slash = cpr_view_find_byte(type, '/', 0), len = 0;
    struct cpr_view halves[2] = {cpr_view_trim(cpr_view_slice(type, 0, slash)), cpr_view_make("", 0)};
    if (slash != CPR_VIEW_NOT_FOUND)
        halves[1] = cpr_view_trim(cpr_view_slice(type, slash + 1, type.len));
    for (size_t half = 0; half < 2; half++) {
        struct cpr_view rest = halves[half];
        while (rest.len && len < 62 && rest.data[0] > 32 && rest.data[0] < 127 && !strchr("()<>@,\"/", rest.data[0])) {
            out[len++] = cpr_ascii_lower(rest.data[0]);
            rest = cpr_view_slice(rest, 1, rest.len);
        }
        if (half == 0 && len > 0 && halves[1].len)
            out[len++] = '/';
        else if (half == 0)
            break;
    }
    out[len] = 0;
}

static struct stop match_boundary(const struct scan *scan, struct cpr_view line)
{
    for (int level = scan->levels - 1; level >= 0; level--) {
        size_t len = scan->boundaries[level].len;
        if (line.len < len + 2 || memcmp(line.data + 2, scan->boundaries[level].text, len) != 0)
            continue;
        struct cpr_view rest = cpr_view_slice(line, len + 2, line.len);
        bool is_last = cpr_view_starts_nocase(rest, "--");
        if (cpr_view_trim(cpr_view_slice(rest, is_last ? 2 : 0, rest.len)).len == 0)
            return (struct stop){level, is_last};
    }
    return (struct stop){NO_LEVEL, false};
}

/* Moves behind the next boundary line of any level. The line break before it belongs to it (RFC 2046, 5.1.1). */
static struct stop skip_body(struct scan *scan, struct cpr_view *body_out)
{
    struct cpr_view rest = cpr_view_slice(scan->raw, scan->at, scan->raw.len), line;
    struct stop stop = {NO_LEVEL, false};
    size_t start = scan->at, end = scan->raw.len;
    while (stop.level == NO_LEVEL && cpr_view_next_line(&rest, &line))
        if (line.len > 2 && line.data[0] == '-' && line.data[1] == '-') {
            stop = match_boundary(scan, line);
            end = stop.level == NO_LEVEL ? end : (size_t)(line.data - scan->raw.data);
        }
    scan->at = scan->raw.len - rest.len;
    if (stop.level != NO_LEVEL && end > start && scan->raw.data[end - 1] == '\n')
        end -= end - start > 1 && scan->raw.data[end - 2] == '\r' ? 2 : 1;
    *body_out = cpr_view_slice(scan->raw, start, end - start);
    return stop;
}

/* A line that could be a boundary with a field of a part below it. */
static bool holds_parts(struct cpr_view text)
{
    size_t at = cpr_view_starts_nocase(text, "--") ? 0 : cpr_view_find(text, "\n--", 0);
    for (; at != CPR_VIEW_NOT_FOUND; at = cpr_view_find(text, "\n--", at + 1)) {
        size_t next = cpr_view_find_byte(text, '\n', at + 1);
        if (next != CPR_VIEW_NOT_FOUND && cpr_view_starts_nocase(cpr_view_slice(text, next + 1, 8), "content-"))
            return true;
    }
    return false;
}

/* Parts that stand in a text because its header is misread, by us or on purpose: read as another program may. */
static void give_parts_in(struct scan *scan, struct cpr_view text)
{
    if (scan->walk->is_guessing || scan->walk->depth >= CPR_MIME_DEPTH_MAX || scan->walk->parts > CPR_MIME_PARTS_MAX ||
        !holds_parts(text))
        return;
    struct scan inner = {.walk = scan->walk, .raw = text};
    scan->walk->is_guessing = true; /* once only: every guess reads the text again */
    scan->walk->depth++;
    read_multipart(&inner, "multipart/mixed", cpr_view_make("", 0));
    scan->walk->depth--;
    scan->walk->is_guessing = false;
}

static void give_text(struct scan *scan, struct cpr_view text)
{
    struct cpr_mime_leaf leaf = {.type = "text/plain", .body = text};
    if (cpr_view_trim(text).len == 0)
        return;
    scan->walk->leaf(scan->walk->context, scan->walk, &leaf);
    give_parts_in(scan, text);
}

static struct stop give_rest(struct scan *scan, uint32_t limit)
{
    scan->walk->limits |= limit;
    give_text(scan, cpr_view_slice(scan->raw, scan->at, scan->raw.len));
    scan->at = scan->raw.len;
    return (struct stop){NO_LEVEL, false};
}

/* Without a boundary parameter the first line that looks like one is taken. */
static bool find_boundary(struct scan *scan, struct cpr_view content_type)
{
    struct cpr_buffer value = cpr_buffer_new(BOUNDARY_MAX + 1);
    struct cpr_view boundary = cpr_view_make("", 0);
    if (cpr_header_parameter(content_type, "boundary", &value))
        boundary = cpr_view_trim(cpr_buffer_view(&value));
    struct cpr_view rest = cpr_view_slice(scan->raw, scan->at, scan->raw.len), line;
    while (boundary.len == 0 && cpr_view_next_line(&rest, &line)) {
        if (line.len <= 2 || line.data[0] != '-' || line.data[1] != '-')
            continue;
        if (match_boundary(scan, line).level != NO_LEVEL)
            break;
        boundary = cpr_view_trim(cpr_view_slice(line, 2, line.len));
    }
    bool found = boundary.len > 0 && boundary.len <= BOUNDARY_MAX;
    if (found) {
        memcpy(scan->boundaries[scan->levels].text, boundary.data, boundary.len);
        scan->boundaries[scan->levels++].len = boundary.len;
    }
    cpr_buffer_free(&value);
    return found;
}

/* "This is a multi-part message in MIME format." */
static bool is_usual_preamble(struct cpr_view preamble)
{
    enum { USUAL_MAX_BYTES = 250 };
    preamble = cpr_view_trim(preamble);
    return preamble.len <= USUAL_MAX_BYTES && cpr_view_starts_nocase(preamble, "this ") &&
           cpr_view_find(preamble, "MIME", 0) != CPR_VIEW_NOT_FOUND;
}

static struct stop read_multipart(struct scan *scan, const char *type, struct cpr_view content_type)
{
    int level = scan->levels;
    struct cpr_view preamble, epilogue;
    if (!find_boundary(scan, content_type)) {
        struct stop stop = skip_body(scan, &preamble);
        give_text(scan, preamble);
        return stop;
    }
    const char *default_type = strcmp(type, "multipart/digest") == 0 ? "message/rfc822" : "text/plain";
    struct stop stop = skip_body(scan, &preamble);
    bool is_first = stop.level != level || stop.is_last || holds_parts(preamble);
    if (is_first)
        give_text(scan, preamble); /* there is no part, or one whose boundary other programs may see */
    while (stop.level == level && !stop.is_last)
        stop = ++scan->walk->parts > CPR_MIME_PARTS_MAX ? give_rest(scan, CPR_READING_PARTS)
                                                        : read_entity(scan, default_type);
    scan->levels = level;
    if (stop.level == level) {
        stop = skip_body(scan, &epilogue);
        give_text(scan, epilogue);
    }
    if (!is_first && !is_usual_preamble(preamble))
        give_text(scan, preamble); /* last, since hardly any program shows it */
    return stop;
}

static void read_message_header(struct scan *scan)
{
    struct cpr_header_split split;
    struct cpr_view message = cpr_header_skip_preface(cpr_view_slice(scan->raw, scan->at, scan->raw.len));
    scan->at = scan->raw.len - message.len;
    cpr_header_split(message, &split);
    scan->walk->message(scan->walk->context, split.header);
}

/* A transfer encoding around a message or multipart is forbidden (RFC 2045, 6.4) and seen. Many only claim it: base64
 * has nothing else on its first line, a quoted-printable header says "=3D" soon. */
static bool is_wrapped(enum cpr_transfer transfer, struct cpr_view body)
{
    if (transfer == CPR_TRANSFER_QUOTED_PRINTABLE)
        return cpr_view_find(cpr_view_slice(body, 0, 4096), "=3D", 0) != CPR_VIEW_NOT_FOUND;
    struct cpr_view line = cpr_view_make("", 0), rest = body;
    while (line.len == 0 && cpr_view_next_line(&rest, &line))
        line = cpr_view_trim(line);
    size_t len = 0;
    while (len < line.len && cpr_transfer_is_base64(line.data[len]))
        len++;
    return transfer == CPR_TRANSFER_BASE64 && len > 0 && len == line.len;
}

static void read_wrapped(struct scan *scan, enum cpr_transfer transfer, const char *type, struct cpr_view content_type,
                         struct cpr_view body)
{
    struct cpr_buffer entity = cpr_buffer_new(body.len + content_type.len + 256);
    if (strncmp(type, "multipart/", 10) == 0) {
        cpr_buffer_add_text(&entity, "Content-Type: ");
        cpr_buffer_add(&entity, content_type);
        cpr_buffer_add_text(&entity, "\n\n");
    }
    cpr_transfer_decode(transfer, body, &entity);
    struct scan inner = {.walk = scan->walk, .raw = cpr_buffer_view(&entity)};
    if (strncmp(type, "message/", 8) == 0)
        read_message_header(&inner);
    read_entity(&inner, "text/plain");
    cpr_buffer_free(&entity);
}

static bool is_composite(const char *type)
{
    return strncmp(type, "multipart/", 10) == 0 || strcmp(type, "message/rfc822") == 0 ||
           strcmp(type, "message/global") == 0 || strcmp(type, "message/news") == 0;
}

static struct stop read_composite(struct scan *scan, const struct cpr_mime_leaf *part)
{
    enum cpr_transfer transfer = cpr_transfer_of(part->encoding);
    size_t start = scan->at;
    struct cpr_view body;
    struct stop stop;
    if (is_wrapped(transfer, cpr_view_slice(scan->raw, start, scan->raw.len))) {
        stop = skip_body(scan, &body);
        if (is_wrapped(transfer, body)) {
            read_wrapped(scan, transfer, part->type, part->content_type, body);
            return stop;
        }
        scan->at = start;
    }
    if (strncmp(part->type, "multipart/", 10) == 0)
        return read_multipart(scan, part->type, part->content_type);
    read_message_header(scan);
    return read_entity(scan, "text/plain");
}

static struct stop read_leaf(struct scan *scan, struct cpr_mime_leaf *leaf, const struct cpr_header_split *split)
{
    struct stop stop = skip_body(scan, &leaf->body);
    scan->walk->leaf(scan->walk->context, scan->walk, leaf);
    if (cpr_transfer_of(leaf->encoding) == CPR_TRANSFER_NONE)
        give_parts_in(scan, leaf->body);
    /* Without a blank line nobody can say where header ended and text began: both are read. */
    if (!split->has_blank_line && scan->walk->depth > 1)
        give_text(scan, split->header);
    return stop;
}

static struct stop read_entity(struct scan *scan, const char *default_type)
{
    struct cpr_mime_leaf part = {0};
    struct cpr_header_split split;
    struct stop stop;
    cpr_header_split(cpr_view_slice(scan->raw, scan->at, scan->raw.len), &split);
    scan->at = (size_t)(split.body.data - scan->raw.data);
    scan->walk->limits |= split.is_cut ? CPR_READING_HEADER_CUT : 0;
    part.content_type = cpr_header_find(split.header, "Content-Type");
    part.disposition = cpr_header_find(split.header, "Content-Disposition");
    part.encoding = cpr_header_find(split.header, "Content-Transfer-Encoding");
    cpr_mime_type(part.content_type, part.type);
    if (!strchr(part.type, '/'))
        memcpy(part.type, default_type, strlen(default_type) + 1);
    scan->walk->depth++;
    if (!is_composite(part.type)) {
        stop = read_leaf(scan, &part, &split);
    } else if (scan->walk->depth > CPR_MIME_DEPTH_MAX) {
        scan->walk->limits |= CPR_READING_DEPTH;
        stop = skip_body(scan, &part.body);
        give_text(scan, part.body);
    } else {
        stop = read_composite(scan, &part);
    }
    scan->walk->depth--;
    return stop;
}

static void walk_bytes(struct cpr_mime_walk *walk, struct cpr_view bytes, bool is_message)
{
    struct scan scan = {.walk = walk, .raw = bytes};
    if (bytes.len == 0)
        return;
    if (walk->depth >= CPR_MIME_DEPTH_MAX) { /* signed inside signed inside signed ... */
        give_rest(&scan, CPR_READING_DEPTH);
        return;
    }
    if (is_message)
        read_message_header(&scan);
    read_entity(&scan, "text/plain");
}

void cpr_mime_walk(struct cpr_mime_walk *walk, struct cpr_view entity)
{
    walk_bytes(walk, entity, false);
}

void cpr_mime_walk_message(struct cpr_mime_walk *walk, struct cpr_view message)
{
    walk_bytes(walk, message, true);
}

/* ---- line ends ----------------------------------------------------------------------------------------------------
 */

static size_t find_bare_return(struct cpr_view raw)
{
    for (size_t at = 0; (at = cpr_view_find_byte(raw, '\r', at)) != CPR_VIEW_NOT_FOUND; at++)
        if (at + 1 == raw.len || raw.data[at + 1] != '\n')
            return at;
    return CPR_VIEW_NOT_FOUND;
}

/* Where some programs see a line end and others none, a part can hide: a CR alone ends a line here, and CRCRLF ends
 * one. Bytes with a NUL are a binary part's and stay. */
struct cpr_view cpr_mime_repair_line_ends(struct cpr_view raw, struct cpr_buffer *copy)
{
    if (find_bare_return(raw) == CPR_VIEW_NOT_FOUND || memchr(raw.data, 0, raw.len))
        return raw;
    for (size_t at = 0; at < raw.len;) {
        size_t end = cpr_view_find_byte(raw, '\r', at);
        cpr_buffer_add(copy, cpr_view_slice(raw, at, end == CPR_VIEW_NOT_FOUND ? raw.len : end - at));
        if (end == CPR_VIEW_NOT_FOUND)
            break;
        size_t next = end;
        while (next < raw.len && raw.data[next] == '\r')
            next++;
        bool is_one = next < raw.len && raw.data[next] == '\n';
        for (size_t i = end; i < (is_one ? end + 1 : next); i++)
            cpr_buffer_add_byte(copy, '\n');
        at = next + is_one;
    }
    return cpr_buffer_view(copy);
}
