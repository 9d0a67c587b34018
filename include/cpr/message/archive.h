/* Archives: what is in a zip or tar file, by its directory alone. A report's key is often the only thing in one, and
 * its name says so. Nothing is inflated, so a bomb is a list of names; what is stored as it stands (all of a tar, a
 * zip's uncompressed members) is handed out as the bytes it is. Zip: APPNOTE 6.3; tar: POSIX.1-2017 pax, with the long
 * names of GNU. Compressed tar, 7z and rar are opaque. */
#ifndef CPR_MESSAGE_ARCHIVE_H
#define CPR_MESSAGE_ARCHIVE_H

#include "cpr/base/view.h"

enum {
    CPR_ARCHIVE_MEMBERS_MAX = 2000, /* of one archive; a working copy of sources has as many, a bundle of keys never */
    CPR_ARCHIVE_NAME_MAX = 4096     /* PATH_MAX; of a longer name the end is given */
};

struct cpr_archive_member {
    struct cpr_view name;  /* not empty; as it stands: UTF-8 or a code page of DOS, any byte */
    struct cpr_view bytes; /* of a stored member that is whole; else empty */
};

struct cpr_archive_walk {
    void (*member)(void *context, const struct cpr_archive_member *member); /* views borrow from the walked bytes */
    void *context;                                                          /* borrowed, passed on */
    bool is_encrypted;                                                      /* a member says that it is */
    bool is_cut;      /* cut off, damaged, or over the cap: not every member was given */
    unsigned members; /* given so far */
};

/* Calls `member` for each file, not for directories. False when `bytes` are no archive. A zip without a sound central
 * directory is listed by its local headers; bytes in front of one (a program that unpacks itself) do not matter. The
 * stored bytes of all members together are at most those of the archive. Linear. */
bool cpr_archive_walk(struct cpr_archive_walk *walk, struct cpr_view bytes);

#endif
