/* Files that leave the house: one alone, or a directory of them with a manifest that `sha256sum -c MANIFEST` checks.
 * All are mode 0600 in a directory of mode 0700, written under a temporary name beside the last one, synced, and
 * renamed when whole: nothing half-written ever stands under the name, and nothing that stands there is ever replaced.
 * A process that is killed leaves NAME.partial-XXXXXX at most. */
#ifndef CPR_IO_BUNDLE_H
#define CPR_IO_BUNDLE_H

#include "cpr/base/result.h"
#include "cpr/base/view.h"

#define CPR_BUNDLE_MANIFEST "MANIFEST"
#define CPR_BUNDLE_FILES_MAX 4096 /* besides the manifest: each is named in it */

struct cpr_bundle;

/* Begins a bundle that will be the directory `path`. CPR_OPERATOR: there is something of that name, or nothing can be
 * created beside it. */
enum cpr_rc cpr_bundle_begin(const char *path, struct cpr_bundle **bundle_out, struct cpr_error *error_out);
/* Adds a file; `name` is ours: [A-Za-z0-9._-], each once. CPR_RETRY: the disk is full or failing;
 * CPR_LIMIT: there are CPR_BUNDLE_FILES_MAX already. Abandon it then. */
enum cpr_rc cpr_bundle_add(struct cpr_bundle *bundle, const char *name, struct cpr_view content,
                           struct cpr_error *error_out);
/* A sentence for the manifest, which becomes a line that begins with '#': sha256sum passes over it. */
void cpr_bundle_note(struct cpr_bundle *bundle, const char *sentence);
/* Writes the manifest, makes all of it durable and gives it its name. *bundle is NULL afterwards, whatever happened; on
 * failure nothing of it is left. */
enum cpr_rc cpr_bundle_finish(struct cpr_bundle **bundle, struct cpr_error *error_out);
void cpr_bundle_abandon(struct cpr_bundle **bundle); /* removes what was written; NULL is allowed */

/* One file alone, by the same rules. */
enum cpr_rc cpr_bundle_write_file(const char *path, struct cpr_view content, struct cpr_error *error_out);

#endif
