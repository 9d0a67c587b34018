/* Directories and files of the daemon: the archive of review pages, the lock of the single instance, and whether a
 * directory is fit for use. */
#ifndef CPR_IO_FILES_H
#define CPR_IO_FILES_H

#include "cpr/base/result.h"
#include "cpr/port/archive.h"

/* --- the archive (port/archive.h) -------------------------------------------------------------------------------- */

struct cpr_archive;

/* Opens the directory; CPR_OPERATOR when it is not there. Free with cpr_archive_free, after the last page. */
enum cpr_rc cpr_archive_open(const char *directory, struct cpr_archive **archive_out, struct cpr_error *error_out);
void cpr_archive_free(struct cpr_archive **archive); /* sets NULL */

/* A page is written to a file without a name, synced, then linked to its final name (which fails rather than replaces),
 * then the directory is synced: a crash leaves the whole page or none. Pages are 0640. CPR_RETRY: disk full or an I/O
 * error. Where NAME.differs is taken too, by a third content, the new page is not kept, and the sentence says so. */
struct cpr_archive_port cpr_archive_port(struct cpr_archive *archive);

/* --- the single instance ----------------------------------------------------------------------------------------- */

struct cpr_lock;

/* Takes the lock, flock(2) on the file `lock` in the directory, which holds our process id. It ends with the process or
 * with cpr_lock_free, and survives no crash. CPR_RETRY (exit status 75): another instance holds it; the sentence names
 * its process. The file is never removed: two processes would then lock two files. */
enum cpr_rc cpr_lock_take(const char *directory, struct cpr_lock **lock_out, struct cpr_error *error_out);
void cpr_lock_free(struct cpr_lock **lock); /* sets NULL */

/* --- directories ------------------------------------------------------------------------------------------------- */

/* CPR_OK when `path` is a directory that we may write to and search, whose permissions have none of the bits of
 * `forbidden_mode` (0007: no access for others; 0002: others may not write), and on which something can be created (a
 * read-only mount cannot). CPR_OPERATOR with the sentence otherwise. */
enum cpr_rc cpr_directory_check(const char *path, unsigned forbidden_mode, struct cpr_error *error_out);

#endif
