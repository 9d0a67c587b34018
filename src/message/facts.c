#include "cpr/message/facts.h"
#include "cpr/base/text.h"
#include "cpr/message/archive.h"
#include "cpr/message/charset.h"
#include "cpr/message/facts_header.h"
#include "cpr/message/fields.h"
#include "cpr/message/header.h"
#include "cpr/message/html.h"
#include "cpr/message/mime.h"
#include "cpr/message/plain.h"
#include "cpr/message/rtf.h"
#include "cpr/message/smime.h"
#include "cpr/message/tnef.h"
#include "cpr/message/transcript.h"
#include "cpr/message/transfer.h"

#include <stdio.h>
#include <string.h>

enum {
    PART_BYTES_MAX = 64 * 1024,    /* kept of one part: a chain of certificates, the directory of a small archive */
    KEPT_BYTES_MAX = 1024 * 1024,  /* kept of all parts together */
    HREFS_MAX_BYTES = 256 * 1024,  /* 512 links of 512 bytes */
    MEMBERS_MAX_BYTES = 64 * 1024, /* a thousand names of files in archives */
    ICON_MAX_BYTES = 2048,         /* smaller pictures hold no report */
    SHORT_TEXT_BYTES = 200         /* "Please see attached." and a signature */
};

/* What a reading needs beside the facts. */
struct reading {
    struct cpr_facts *facts;
    struct cpr_transcript transcript;
    struct cpr_mime_walk *walk; /* borrowed; for messages and files inside files */
    struct cpr_buffer work;     /* of the charset decoder */
    size_t kept;
    size_t expanded; /* bytes of RTF that were decompressed */
    bool has_unread; /* a file, larger than an icon, that only a person can read */
};

/* ---- parts ------------------------------------------------------------------------------------------------------- */

static struct cpr_facts_part *add_part(struct reading *reading, const char *type, bool is_opaque)
{
    struct cpr_facts *facts = reading->facts;
    if (facts->part_count == CPR_FACTS_PARTS_KEPT) {
        facts->limits |= is_opaque ? CPR_READING_PARTS : 0;
        return NULL;
    }
    struct cpr_facts_part *part = &facts->parts[facts->part_count++];
    cpr_text_copy(part->type, sizeof part->type, cpr_view_of(type));
    part->is_opaque = is_opaque;
    part->is_attachment = is_opaque;
    return part;
}

static void keep_bytes(struct reading *reading, struct cpr_facts_part *part, struct cpr_view bytes)
{
    size_t room = KEPT_BYTES_MAX - reading->kept;
    part->bytes = cpr_buffer_new(room < PART_BYTES_MAX ? room : PART_BYTES_MAX);
    cpr_buffer_add(&part->bytes, bytes);
    reading->kept += part->bytes.len;
}

static void read_name(struct cpr_facts_part *part, const struct cpr_mime_leaf *leaf)
{
    struct cpr_buffer name = cpr_buffer_new(4096);
    if (cpr_header_parameter(leaf->disposition, "filename", &name) ||
        cpr_header_parameter(leaf->content_type, "name", &name))
        cpr_text_copy(part->name, sizeof part->name, cpr_view_trim(cpr_buffer_view(&name)));
    cpr_buffer_free(&name);
    part->is_attachment =
        part->is_attachment || part->name[0] || cpr_view_starts_nocase(leaf->disposition, "attachment");
}

/* Files hold files: what is found is read where it is found. */
static bool read_packed(struct reading *reading, struct cpr_view name, struct cpr_view bytes);
static void read_file(struct reading *reading, struct cpr_view name, struct cpr_view bytes, bool is_member);

/* ---- text -------------------------------------------------------------------------------------------------------- */

static bool parameter_is(struct cpr_view value, const char *name, const char *want)
{
    struct cpr_buffer text = cpr_buffer_new(64);
    bool is_equal = cpr_header_parameter(value, name, &text) &&
                    cpr_view_equal_nocase(cpr_view_trim(cpr_buffer_view(&text)), cpr_view_of(want));
    cpr_buffer_free(&text);
    return is_equal;
}

static struct cpr_view decode_named(struct reading *reading, struct cpr_view charset, struct cpr_view bytes)
{
    struct cpr_view utf8;
    reading->work.max_len = 4 * bytes.len + 64;
    if (!cpr_charset_decode(charset, bytes, &reading->work, &utf8))
        reading->facts->limits |= CPR_READING_CHARSET;
    return utf8;
}

static struct cpr_view decode_charset(struct reading *reading, struct cpr_view content_type, struct cpr_view bytes,
                                      bool is_html)
{
    struct cpr_buffer value = cpr_buffer_new(256);
    struct cpr_view charset = cpr_view_make("", 0);
    if (cpr_header_parameter(content_type, "charset", &value))
        charset = cpr_buffer_view(&value);
    else if (is_html)
        charset = cpr_html_charset(bytes);
    struct cpr_view utf8 = decode_named(reading, charset, bytes);
    cpr_buffer_free(&value);
    return utf8;
}

/* Lists a file that came without a header of its own, if there is still room, and keeps its bytes. */
static struct cpr_facts_part *add_file(struct reading *reading, struct cpr_view name, struct cpr_view bytes,
                                       bool is_text)
{
    struct cpr_facts_part *part = add_part(reading, is_text ? "text/plain" : "application/octet-stream", !is_text);
    if (!part)
        return NULL;
    part->is_attachment = true;
    part->size = bytes.len;
    cpr_text_copy(part->name, sizeof part->name, name);
    keep_bytes(reading, part, bytes);
    return part;
}

static void read_find(void *context, const struct cpr_plain_find *find)
{
    struct reading *reading = context;
    bool is_text = cpr_charset_looks_like_text(find->bytes);
    if (find->name.len || !is_text)
        add_file(reading, find->name, find->bytes, is_text);
    if (!is_text)
        read_packed(reading, find->name, find->bytes);
    else
        cpr_plain_read(decode_charset(reading, cpr_view_make("", 0), find->bytes, false), false, false,
                       &reading->transcript);
}

static void read_html(struct reading *reading, struct cpr_view utf8)
{
    cpr_html_read(utf8, &reading->transcript, &reading->facts->hrefs);
    cpr_transcript_break(&reading->transcript);
}

static void read_rtf(struct reading *reading, struct cpr_view bytes)
{
    struct cpr_buffer utf8 = cpr_buffer_new(6 * bytes.len + 64);
    cpr_transcript_break(&reading->transcript);
    if (cpr_rtf_read(bytes, &utf8))
        read_html(reading, cpr_buffer_view(&utf8));
    else
        cpr_plain_read(cpr_buffer_view(&utf8), false, false, &reading->transcript);
    cpr_buffer_free(&utf8);
}

static void read_text(struct reading *reading, const struct cpr_mime_leaf *leaf, struct cpr_view bytes)
{
    bool is_html = strcmp(leaf->type, "text/html") == 0 || strcmp(leaf->type, "application/xhtml+xml") == 0;
    if (cpr_rtf_is(bytes)) {
        read_rtf(reading, bytes);
        return;
    }
    struct cpr_view utf8 = decode_charset(reading, leaf->content_type, bytes, is_html);
    if (cpr_view_find(utf8, "-----BEGIN PGP MESSAGE-----", 0) != CPR_VIEW_NOT_FOUND)
        reading->facts->limits |= CPR_READING_ENCRYPTED;
    cpr_transcript_break(&reading->transcript);
    if (is_html) {
        read_html(reading, utf8);
        return;
    }
    bool is_flowed = parameter_is(leaf->content_type, "format", "flowed");
    struct cpr_buffer undone = cpr_buffer_new(utf8.len + 2);
    if (cpr_plain_undo(utf8, &undone))
        utf8 = cpr_buffer_view(&undone);
    cpr_plain_read(utf8, is_flowed, is_flowed && parameter_is(leaf->content_type, "delsp", "yes"),
                   &reading->transcript);
    if (cpr_html_is(utf8)) /* without being called so: programs differ in what they show */
        read_html(reading, utf8);
    cpr_buffer_free(&undone);
    cpr_plain_search(bytes, read_find, reading);
}

/* ---- files in files ---------------------------------------------------------------------------------------------- */

struct unpacking {
    struct reading *reading;
    struct cpr_view archive; /* its name */
};

/* "keys.zip: server.key" in at most 127 bytes: the end of a file's name says what it is. */
static void name_member(struct cpr_view archive, struct cpr_view name, char out[128])
{
    enum { ARCHIVE_NAME_SHOWN = 40 };
    char shown[ARCHIVE_NAME_SHOWN + 1];
    cpr_text_copy(shown, sizeof shown, archive);
    size_t room = 128 - 1 - strlen(shown) - 2, from = name.len > room ? name.len - room : 0;
    while (from < name.len && ((unsigned char)name.data[from] & 0xC0) == 0x80)
        from++;
    snprintf(out, 128, "%s: ", shown[0] ? shown : "archive");
    cpr_text_copy(out + strlen(out), 128 - strlen(out), cpr_view_slice(name, from, name.len));
}

/* An office document is a zip of such files; nobody packed them by name. */
static bool is_inner_part(struct cpr_view name)
{
    return cpr_view_ends_nocase(name, ".xml") || cpr_view_ends_nocase(name, ".rels") ||
           cpr_view_equal(name, cpr_view_of("mimetype"));
}

static void read_member(void *context, const struct cpr_archive_member *member)
{
    const struct unpacking *unpacking = context;
    struct reading *reading = unpacking->reading;
    struct cpr_buffer *members = &reading->facts->members;
    char label[128];
    struct cpr_view name;
    reading->work.max_len = 4 * member->name.len + 64;
    cpr_charset_decode(cpr_view_make("", 0), member->name, &reading->work, &name);
    if (!is_inner_part(name)) {
        name_member(unpacking->archive, name, label);
        if (members->max_len - members->len > strlen(label)) {
            cpr_buffer_add_text(members, label);
            cpr_buffer_add_byte(members, '\n');
        } else {
            reading->facts->limits |= CPR_READING_ARCHIVE_CUT;
        }
    }
    reading->has_unread |= is_inner_part(name) && !member->bytes.len; /* of a document */
    if (member->bytes.len) {
        name_member(unpacking->archive, name, label);
        read_file(reading, cpr_view_of(label), member->bytes, true);
    }
}

static bool read_archive(struct reading *reading, struct cpr_view name, struct cpr_view bytes)
{
    struct unpacking unpacking = {reading, name};
    struct cpr_archive_walk walk = {.member = read_member, .context = &unpacking};
    bool is_archive = cpr_archive_walk(&walk, bytes);
    reading->facts->limits |=
        (walk.is_encrypted ? CPR_READING_ENCRYPTED : 0) | (walk.is_cut ? CPR_READING_ARCHIVE_CUT : 0);
    return is_archive;
}

static void read_subject(struct reading *reading, struct cpr_view utf8)
{
    cpr_transcript_break(&reading->transcript);
    cpr_transcript_add(&reading->transcript, utf8);
    cpr_transcript_break(&reading->transcript);
}

static void read_tnef_item(void *context, const struct cpr_tnef_item *item)
{
    struct reading *reading = context;
    struct cpr_mime_leaf leaf = {.type = "text/plain"};
    size_t room = item->kind == CPR_TNEF_RTF ? CPR_RTF_MAX_BYTES - reading->expanded : 4 * item->name.len + 1;
    struct cpr_buffer copy = cpr_buffer_new(room);
    char charset[64];
    snprintf(charset, sizeof charset, "x%s%s", item->charset[0] ? ";charset=" : "", item->charset);
    leaf.content_type = cpr_view_of(charset);
    switch (item->kind) {
    case CPR_TNEF_SUBJECT:
        read_subject(reading, decode_named(reading, cpr_view_of(item->charset), item->bytes));
        break;
    case CPR_TNEF_HTML:
        memcpy(leaf.type, "text/html", sizeof "text/html");
        read_text(reading, &leaf, item->bytes);
        break;
    case CPR_TNEF_TEXT:
        read_text(reading, &leaf, item->bytes);
        break;
    case CPR_TNEF_RTF:
        if (cpr_rtf_decompress(item->bytes, &copy))
            read_rtf(reading, cpr_buffer_view(&copy));
        reading->expanded += copy.len;
        reading->facts->limits |= cpr_buffer_is_full(&copy) ? CPR_READING_TEXT_CUT : 0;
        break;
    case CPR_TNEF_FILE: /* the name is copied: what decodes it is used for the file too */
        cpr_buffer_add(&copy, decode_named(reading, cpr_view_of(item->name_charset), item->name));
        read_file(reading, cpr_view_trim(cpr_buffer_view(&copy)), item->bytes, false);
        break;
    }
    cpr_buffer_free(&copy);
}

static bool read_tnef(struct reading *reading, struct cpr_view bytes)
{
    struct cpr_tnef_walk walk = {.item = read_tnef_item, .context = reading};
    if (!cpr_tnef_is(bytes))
        return false;
    cpr_tnef_walk(&walk, bytes);
    reading->facts->limits |= walk.is_cut ? CPR_READING_DECODE : 0;
    return true;
}

static void leave_member(void *context, const struct cpr_archive_member *member)
{
    (void)context;
    (void)member;
}

/* Reads a file that holds files, whatever it is called; false when `bytes` are none. */
static bool read_packed(struct reading *reading, struct cpr_view name, struct cpr_view bytes)
{
    struct cpr_mime_walk *walk = reading->walk;
    if (walk->depth >= CPR_MIME_DEPTH_MAX) {
        struct cpr_archive_walk unread = {.member = leave_member};
        bool is_packed = cpr_tnef_is(bytes) || cpr_archive_walk(&unread, bytes);
        walk->limits |= is_packed ? CPR_READING_DEPTH : 0;
        return false;
    }
    walk->depth++;
    bool is_packed = read_tnef(reading, bytes) || read_archive(reading, name, bytes);
    walk->depth--;
    return is_packed;
}

/* ---- leaves ------------------------------------------------------------------------------------------------------ */

static bool is_text_type(const char *type)
{
    return strncmp(type, "text/", 5) == 0 || strncmp(type, "message/", 8) == 0 ||
           strcmp(type, "application/xhtml+xml") == 0;
}

static void read_opaque(struct reading *reading, const struct cpr_mime_leaf *leaf, struct cpr_view bytes,
                        struct cpr_view name)
{
    struct cpr_buffer content = cpr_buffer_new(bytes.len);
    bool is_smime = cpr_smime_is_type(leaf->type) || cpr_view_ends_nocase(name, ".p7m");
    struct cpr_mime_leaf wide = *leaf;
    wide.content_type = cpr_view_of("x;charset=utf-16");
    if (is_smime && cpr_smime_read_signed(bytes, &content))
        cpr_mime_walk(reading->walk, cpr_buffer_view(&content));
    else if (is_smime && !cpr_smime_is_detached(leaf->type) &&
             !parameter_is(leaf->content_type, "smime-type", "certs-only"))
        reading->facts->limits |= CPR_READING_ENCRYPTED;
    else if (cpr_view_ends_nocase(name, ".eml") && cpr_charset_looks_like_text(bytes))
        cpr_mime_walk_message(reading->walk, bytes);
    else if (cpr_charset_looks_like_text(bytes) && !cpr_view_starts_nocase(bytes, "%PDF-"))
        read_text(reading, leaf, bytes);
    else if (cpr_charset_looks_like_utf16(bytes)) /* a text file of Windows */
        read_text(reading, &wide, bytes);
    else
        reading->has_unread |= bytes.len > ICON_MAX_BYTES && !is_smime && !cpr_plain_is_der(bytes);
    if (strcmp(leaf->type, "application/pgp-encrypted") == 0 || cpr_view_ends_nocase(name, ".gpg") ||
        cpr_view_ends_nocase(name, ".pgp"))
        reading->facts->limits |= CPR_READING_ENCRYPTED;
    cpr_buffer_free(&content);
}

static void read_file(struct reading *reading, struct cpr_view name, struct cpr_view bytes, bool is_member)
{
    struct cpr_mime_leaf leaf = {.type = "application/octet-stream"};
    if (cpr_view_ends_nocase(name, ".html") || cpr_view_ends_nocase(name, ".htm"))
        memcpy(leaf.type, "text/html", sizeof "text/html");
    struct cpr_facts_part *part = add_file(reading, name, bytes, cpr_charset_looks_like_text(bytes));
    if (part)
        part->is_member = is_member;
    if (!read_packed(reading, name, bytes))
        read_opaque(reading, &leaf, bytes, name);
}

/* What stands behind base64, or what claims to be base64 and is none: read as it is, and decoded as far as it goes. */
static void read_left(struct reading *reading, struct cpr_view left)
{
    const struct cpr_mime_leaf raw = {.type = "text/plain"};
    struct cpr_buffer loose = cpr_buffer_new(left.len + 64);
    read_text(reading, &raw, left);
    cpr_transfer_decode_loosely(left, &loose);
    if (cpr_charset_looks_like_text(cpr_buffer_view(&loose)))
        read_text(reading, &raw, cpr_buffer_view(&loose));
    cpr_buffer_free(&loose);
}

/* Undoes the transfer encoding into *decoded. What of a text is not in it is left to be read as it is; a file has only
 * one reading. */
static struct cpr_view decode_transfer(const struct cpr_mime_leaf *leaf, bool is_text, struct cpr_buffer *decoded,
                                       struct cpr_view *left_out)
{
    enum cpr_transfer transfer = cpr_transfer_of(leaf->encoding);
    if (transfer == CPR_TRANSFER_NONE || transfer == CPR_TRANSFER_UNKNOWN)
        return leaf->body;
    if (transfer == CPR_TRANSFER_BASE64 && !is_text) {
        cpr_transfer_decode_loosely(leaf->body, decoded);
        return cpr_buffer_view(decoded);
    }
    size_t used = cpr_transfer_decode(transfer, leaf->body, decoded);
    if (transfer == CPR_TRANSFER_UUENCODE && cpr_view_find_nocase(leaf->body, "begin ", 0) == CPR_VIEW_NOT_FOUND)
        used = 0; /* it only claims to be */
    *left_out = cpr_view_trim(cpr_view_slice(leaf->body, used, leaf->body.len));
    return cpr_buffer_view(decoded);
}

static void read_leaf(void *context, struct cpr_mime_walk *walk, const struct cpr_mime_leaf *leaf)
{
    struct reading *reading = context;
    (void)walk;
    struct cpr_buffer decoded = cpr_buffer_new(leaf->body.len + 64);
    struct cpr_view left = cpr_view_make("", 0);
    bool is_text = is_text_type(leaf->type);
    struct cpr_view bytes = decode_transfer(leaf, is_text, &decoded, &left);
    if (cpr_transfer_of(leaf->encoding) == CPR_TRANSFER_UNKNOWN || cpr_buffer_is_full(&decoded) ||
        (left.len && !cpr_view_trim(bytes).len))
        reading->facts->limits |= CPR_READING_DECODE;
    char name[128] = "";
    struct cpr_facts_part *part = add_part(reading, leaf->type, !is_text || cpr_plain_is_der(bytes));
    if (part) {
        read_name(part, leaf);
        memcpy(name, part->name, sizeof name);
        part->size = bytes.len;
        if (part->is_attachment)
            keep_bytes(reading, part, bytes);
        part->text_start = reading->transcript.text.len;
    }
    if (read_packed(reading, cpr_view_of(name), bytes))
        left.len = 0;
    else if (is_text)
        read_text(reading, leaf, bytes);
    else
        read_opaque(reading, leaf, bytes, cpr_view_of(name));
    if (left.len)
        read_left(reading, left);
    if (part)
        part->text_end = reading->transcript.text.len;
    cpr_buffer_free(&decoded);
}

static void read_message(void *context, struct cpr_view header)
{
    struct cpr_header_field field;
    struct cpr_view whole = header;
    char subject[CPR_FACTS_SUBJECT_SIZE];
    for (uint32_t count = 0; count <= CPR_FACTS_SUBJECTS_MAX && cpr_header_next(&header, &field);) {
        if (!cpr_view_equal_nocase(field.name, cpr_view_of("Subject")))
            continue;
        cpr_fields_read_text(field.value, subject, sizeof subject);
        read_subject(context, cpr_view_of(subject));
        count++;
    }
    struct cpr_facts *facts = ((struct reading *)context)->facts;
    if (!facts->returned_id[0] && strcmp(facts->content_type, "multipart/report") == 0)
        cpr_fields_read_message_id(cpr_header_find(whole, "Message-ID"), facts->returned_id);
}

/* ---- a message --------------------------------------------------------------------------------------------------- */

void cpr_facts_prepare(void)
{
    cpr_charset_prepare();
}

void cpr_facts_read(struct cpr_view raw, bool is_cut, struct cpr_facts *facts_out)
{
    struct reading reading = {.facts = facts_out, .transcript = cpr_transcript_new(), .work = cpr_buffer_new(0)};
    struct cpr_header_split split;
    memset(facts_out, 0, sizeof *facts_out);
    facts_out->date_ms = CPR_TIME_NONE;
    facts_out->hrefs = cpr_buffer_new(HREFS_MAX_BYTES);
    facts_out->members = cpr_buffer_new(MEMBERS_MAX_BYTES);
    is_cut = is_cut || raw.len > CPR_MESSAGE_FETCH_MAX_BYTES;
    raw = cpr_view_slice(raw, 0, CPR_MESSAGE_FETCH_MAX_BYTES);
    struct cpr_buffer copy = cpr_buffer_new(raw.len);
    raw = cpr_header_skip_preface(cpr_mime_repair_line_ends(raw, &copy));
    cpr_header_split(raw, &split);
    facts_out->has_header = split.header.len > 0;
    cpr_facts_read_header(split.header, facts_out);
    struct cpr_mime_walk walk = {.leaf = read_leaf, .message = read_message, .context = &reading};
    reading.walk = &walk;
    cpr_mime_walk(&walk, raw);
    cpr_transcript_finish(&reading.transcript);
    facts_out->text = reading.transcript.text;
    facts_out->limits |=
        walk.limits | (is_cut ? CPR_READING_CUT : 0) |
        (reading.transcript.is_cut || cpr_buffer_is_full(&facts_out->hrefs) ? CPR_READING_TEXT_CUT : 0);
    if (reading.has_unread && facts_out->text.len < SHORT_TEXT_BYTES)
        facts_out->limits |= CPR_READING_UNREAD;
    cpr_buffer_free(&reading.work);
    cpr_buffer_free(&copy);
}

void cpr_facts_free(struct cpr_facts *facts)
{
    cpr_buffer_free(&facts->text);
    cpr_buffer_free(&facts->hrefs);
    cpr_buffer_free(&facts->members);
    for (uint32_t i = 0; i < facts->part_count; i++)
        cpr_buffer_free(&facts->parts[i].bytes);
    memset(facts, 0, sizeof *facts);
}
