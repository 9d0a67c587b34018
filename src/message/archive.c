#include "cpr/message/archive.h"

#include <stdint.h>

static uint32_t little(struct cpr_view bytes, size_t at, size_t width)
{
    uint32_t value = 0;
    for (size_t i = width; i-- > 0;)
        value = value << 8 | (unsigned char)bytes.data[at + i];
    return value;
}

/* What is being listed, and how many stored bytes may still be given: members may overlap in a bomb. */
struct listing {
    struct cpr_archive_walk *walk;
    struct cpr_view bytes;
    size_t budget;
};

static void give(struct listing *listing, struct cpr_view name, struct cpr_view bytes)
{
    struct cpr_archive_walk *walk = listing->walk;
    size_t nul = cpr_view_find_byte(name, 0, 0);
    name = cpr_view_slice(name, 0, nul);
    if (name.len > CPR_ARCHIVE_NAME_MAX)
        name = cpr_view_slice(name, name.len - CPR_ARCHIVE_NAME_MAX, name.len);
    if (name.len == 0 || name.data[name.len - 1] == '/')
        return;
    if (walk->members == CPR_ARCHIVE_MEMBERS_MAX) {
        walk->is_cut = true;
        return;
    }
    if (bytes.len > listing->budget) {
        walk->is_cut = true;
        bytes.len = 0;
    }
    listing->budget -= bytes.len;
    walk->members++;
    struct cpr_archive_member member = {name, bytes};
    walk->member(walk->context, &member);
}

/* ---- zip --------------------------------------------------------------------------------------------------------- */

enum { LOCAL_SIZE = 30, CENTRAL_SIZE = 46, END_SIZE = 22, COMMENT_MAX = 65535, METHOD_MAX = 99, IS_ENCRYPTED = 1 };

/* The bytes of a member whose local header stands at `local`, when they are stored and whole. */
static struct cpr_view stored_bytes(const struct listing *listing, size_t local, uint32_t method, uint32_t size)
{
    struct cpr_view bytes = listing->bytes, none = cpr_view_make("", 0);
    if (method != 0 || size == 0 || bytes.len < LOCAL_SIZE || local > bytes.len - LOCAL_SIZE ||
        memcmp(bytes.data + local, "PK\3\4", 4) != 0)
        return none;
    size_t start = local + LOCAL_SIZE + little(bytes, local + 26, 2) + little(bytes, local + 28, 2);
    struct cpr_view stored = cpr_view_slice(bytes, start, size);
    return stored.len == size ? stored : none;
}

static void give_zip_member(struct listing *listing, struct cpr_view name, uint32_t flags, struct cpr_view stored)
{
    bool is_encrypted = flags & IS_ENCRYPTED;
    listing->walk->is_encrypted |= is_encrypted;
    give(listing, name, is_encrypted ? cpr_view_make("", 0) : stored);
}

/* The end record, which a comment may follow; the last one whose comment fits. CPR_VIEW_NOT_FOUND when there is none.
 */
static size_t find_end_record(struct cpr_view bytes)
{
    if (bytes.len < END_SIZE)
        return CPR_VIEW_NOT_FOUND;
    size_t last = bytes.len - END_SIZE, first = last > COMMENT_MAX ? last - COMMENT_MAX : 0;
    for (size_t at = last + 1; at-- > first;)
        if (bytes.data[at] == 'P' && memcmp(bytes.data + at, "PK\5\6", 4) == 0 &&
            at + END_SIZE + little(bytes, at + 20, 2) <= bytes.len)
            return at;
    return CPR_VIEW_NOT_FOUND;
}

/* Lists the central directory that ends at `end`. False when it is not one from beginning to end. Sizes and places are
 * counted back from its end, for anything may stand before the archive. */
static bool list_central(struct listing *listing, size_t end)
{
    struct cpr_view bytes = listing->bytes;
    size_t left = little(bytes, end + 10, 2), size = little(bytes, end + 12, 4), offset = little(bytes, end + 16, 4);
    if (size > end)
        return false;
    size_t at = end - size, before = at >= offset ? at - offset : 0;
    while (left && at + CENTRAL_SIZE <= end && memcmp(bytes.data + at, "PK\1\2", 4) == 0) {
        struct cpr_view name = cpr_view_slice(bytes, at + CENTRAL_SIZE, little(bytes, at + 28, 2));
        struct cpr_view stored = stored_bytes(listing, before + little(bytes, at + 42, 4), little(bytes, at + 10, 2),
                                              little(bytes, at + 20, 4));
        give_zip_member(listing, name, little(bytes, at + 8, 2), stored);
        at += CENTRAL_SIZE + name.len + little(bytes, at + 30, 2) + little(bytes, at + 32, 2);
        left--;
    }
    return left == 0 && at <= end;
}

/* Lists by the headers in front of the members, found by their mark: where each ends is not believed. */
static void list_local(struct listing *listing)
{
    struct cpr_view bytes = listing->bytes;
    size_t at = 0;
    while ((at = cpr_view_find(bytes, "PK\3\4", at)) != CPR_VIEW_NOT_FOUND) {
        if (bytes.len - at < LOCAL_SIZE)
            break;
        uint32_t method = little(bytes, at + 8, 2);
        struct cpr_view name = cpr_view_slice(bytes, at + LOCAL_SIZE, little(bytes, at + 26, 2));
        if (method <= METHOD_MAX)
            give_zip_member(listing, name, little(bytes, at + 6, 2),
                            stored_bytes(listing, at, method, little(bytes, at + 18, 4)));
        at += 4;
    }
}

static bool walk_zip(struct listing *listing)
{
    bool starts_like_one = cpr_view_starts_nocase(listing->bytes, "PK\3\4");
    size_t end = find_end_record(listing->bytes);
    if (end == CPR_VIEW_NOT_FOUND && !starts_like_one)
        return false;
    if (end != CPR_VIEW_NOT_FOUND && list_central(listing, end))
        return true;
    if (!starts_like_one && listing->walk->members == 0)
        return false; /* other bytes that hold the mark of an end record */
    listing->walk->is_cut = true;
    list_local(listing);
    return true;
}

/* ---- tar --------------------------------------------------------------------------------------------------------- */

enum { BLOCK = 512, CHECKSUM_AT = 148, SIZE_AT = 124, TYPE_AT = 156, MAGIC_AT = 257, PREFIX_AT = 345 };

/* Octal digits, or GNU's binary form for what they cannot hold. */
static uint64_t tar_number(struct cpr_view field)
{
    uint64_t value = 0;
    size_t at = 0;
    if ((unsigned char)field.data[0] == 0x80) {
        for (at = 1; at < field.len; at++)
            value = value >> 48 ? value : value << 8 | (unsigned char)field.data[at];
        return value;
    }
    while (at < field.len && field.data[at] == ' ')
        at++;
    for (; at < field.len && field.data[at] >= '0' && field.data[at] <= '7'; at++)
        value = value << 3 | (uint64_t)(field.data[at] - '0');
    return value;
}

/* The checksum is what makes 512 bytes a header of tar: every dialect of it has one. */
static bool is_tar_header(struct cpr_view block)
{
    uint64_t sum = 8 * ' ';
    if (block.len < BLOCK || block.data[0] == 0)
        return false;
    for (size_t i = 0; i < BLOCK; i++)
        sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? 0 : (unsigned char)block.data[i];
    return tar_number(cpr_view_slice(block, CHECKSUM_AT, 8)) == sum;
}

/* Up to its NUL. */
static struct cpr_view tar_text(struct cpr_view field)
{
    return cpr_view_slice(field, 0, cpr_view_find_byte(field, 0, 0));
}

/* The value of "path" in the records "LENGTH path=VALUE\n" of a pax header, or the empty view. */
static struct cpr_view pax_path(struct cpr_view records)
{
    size_t at = cpr_view_find(records, " path=", 0);
    if (at == CPR_VIEW_NOT_FOUND)
        return cpr_view_make("", 0);
    struct cpr_view value = cpr_view_slice(records, at + 6, records.len);
    return cpr_view_slice(value, 0, cpr_view_find_byte(value, '\n', 0));
}

static void give_tar_member(struct listing *listing, struct cpr_view header, struct cpr_view long_name,
                            struct cpr_view bytes)
{
    char path[155 + 1 + 100];
    struct cpr_view name = tar_text(cpr_view_slice(header, 0, 100));
    struct cpr_view prefix = tar_text(cpr_view_slice(header, PREFIX_AT, 155));
    bool is_posix = memcmp(header.data + MAGIC_AT, "ustar\0", 6) == 0;
    if (long_name.len) {
        name = long_name;
    } else if (is_posix && prefix.len) {
        memcpy(path, prefix.data, prefix.len);
        path[prefix.len] = '/';
        memcpy(path + prefix.len + 1, name.data, name.len);
        name = cpr_view_make(path, prefix.len + 1 + name.len);
    }
    if (header.data[TYPE_AT] != '5') /* a directory */
        give(listing, name, bytes);
}

static bool walk_tar(struct listing *listing)
{
    struct cpr_view rest = listing->bytes, long_name = cpr_view_make("", 0);
    if (!is_tar_header(rest))
        return false;
    while (is_tar_header(rest)) {
        struct cpr_view header = cpr_view_slice(rest, 0, BLOCK);
        uint64_t size = tar_number(cpr_view_slice(header, SIZE_AT, 12));
        char type = header.data[TYPE_AT];
        rest = cpr_view_slice(rest, BLOCK, rest.len);
        struct cpr_view bytes = cpr_view_slice(rest, 0, size < rest.len ? (size_t)size : rest.len);
        if (type == 'L') {
            long_name = tar_text(bytes);
        } else if (type == 'x') {
            long_name = pax_path(bytes);
        } else if (type != 'g' && type != 'K') {
            give_tar_member(listing, header, long_name, size <= rest.len ? bytes : cpr_view_make("", 0));
            long_name = cpr_view_make("", 0);
        }
        listing->walk->is_cut |= size > rest.len;
        rest = cpr_view_slice(rest, size < rest.len ? (size_t)(size + BLOCK - 1) / BLOCK * BLOCK : rest.len, rest.len);
    }
    listing->walk->is_cut |= rest.len && rest.data[0] != 0; /* two blocks of zeros are the end; some leave them out */
    return true;
}

bool cpr_archive_walk(struct cpr_archive_walk *walk, struct cpr_view bytes)
{
    struct listing listing = {walk, bytes, bytes.len};
    return walk_tar(&listing) || walk_zip(&listing);
}
