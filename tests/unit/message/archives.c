#include "archives.h"

#include <stdio.h>
#include <string.h>

static void add_number(struct cpr_buffer *out, size_t value, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        cpr_buffer_add_byte(out, (char)(value & 0xFF));
        value >>= 8;
    }
}

/* What local and central header have in common, from the flags to the length of the extra field. */
static void add_common(struct cpr_buffer *out, const struct zip_entry *entry)
{
    add_number(out, entry->flags, 2);
    add_number(out, entry->method, 2);
    add_number(out, 0, 8); /* time, date, checksum */
    add_number(out, strlen(entry->data), 4);
    add_number(out, strlen(entry->data), 4);
    add_number(out, strlen(entry->name), 2);
    add_number(out, 0, 2);
}

void zip_add_local(struct cpr_buffer *out, const struct zip_entry *entry)
{
    cpr_buffer_add(out, cpr_view_make("PK\3\4\24\0", 6));
    add_common(out, entry);
    cpr_buffer_add_text(out, entry->name);
    cpr_buffer_add_text(out, entry->data);
}

void zip_add(struct cpr_buffer *out, const struct zip_entry *entries, unsigned count)
{
    size_t start = out->len, offsets[16];
    for (unsigned i = 0; i < count; i++) {
        offsets[i] = out->len - start;
        zip_add_local(out, &entries[i]);
    }
    size_t directory = out->len;
    for (unsigned i = 0; i < count; i++) {
        cpr_buffer_add(out, cpr_view_make("PK\1\2\24\0\24\0", 8));
        add_common(out, &entries[i]);
        add_number(out, 0, 10); /* comment, disk, attributes */
        add_number(out, offsets[i], 4);
        cpr_buffer_add_text(out, entries[i].name);
    }
    size_t end = out->len;
    cpr_buffer_add(out, cpr_view_make("PK\5\6\0\0\0\0", 8));
    add_number(out, count, 2);
    add_number(out, count, 2);
    add_number(out, end - directory, 4);
    add_number(out, directory - start, 4);
    add_number(out, 0, 2);
}

void tar_add(struct cpr_buffer *out, char type, const char *prefix, const char *name, const char *data)
{
    char block[512] = "", number[24];
    size_t len = strlen(data), sum = 0;
    memcpy(block, name, strlen(name));
    snprintf(number, sizeof number, "%011zo", len);
    memcpy(block + 124, number, 11);
    memcpy(block + 148, "        ", 8);
    block[156] = type;
    memcpy(block + 257, "ustar\00000", 8);
    memcpy(block + 345, prefix, strlen(prefix));
    for (size_t i = 0; i < sizeof block; i++)
        sum += (unsigned char)block[i];
    snprintf(number, sizeof number, "%06zo", sum);
    memcpy(block + 148, number, 7);
    cpr_buffer_add(out, cpr_view_make(block, sizeof block));
    cpr_buffer_add_text(out, data);
    for (size_t i = len; i % sizeof block; i++)
        cpr_buffer_add_byte(out, 0);
}

void tar_end(struct cpr_buffer *out)
{
    static const char zeros[1024];
    cpr_buffer_add(out, cpr_view_make(zeros, sizeof zeros));
}
