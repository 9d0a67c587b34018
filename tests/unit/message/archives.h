/* Small zip and tar files, made by hand. */
#ifndef CPR_TEST_MESSAGE_ARCHIVES_H
#define CPR_TEST_MESSAGE_ARCHIVES_H

#include "cpr/base/buffer.h"

#include <stdint.h>

enum { ZIP_STORED = 0, ZIP_DEFLATED = 8, ZIP_ENCRYPTED = 1 };

struct zip_entry {
    const char *name, *data; /* as it lies in the file */
    uint16_t method, flags;
};

/* Appends a whole zip file. */
void zip_add(struct cpr_buffer *out, const struct zip_entry *entries, unsigned count);
/* Appends only the member with its local header. */
void zip_add_local(struct cpr_buffer *out, const struct zip_entry *entry);

/* Appends a member: type '0' a file, '5' a directory, 'L' and 'x' headers; `prefix` is the first part of a ustar name.
 */
void tar_add(struct cpr_buffer *out, char type, const char *prefix, const char *name, const char *data);
/* Appends the two empty blocks at the end. */
void tar_end(struct cpr_buffer *out);

#endif
