#include "cpr/io/bundle.h"

#include "cpr/base/buffer.h"
#include "cpr/base/digest.h"
#include "cpr/base/encode.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, NAME_SIZE = 64, MANIFEST_MAX_BYTES = 1024 * 1024 };

struct cpr_bundle {
    int fd;          /* owned: the directory under its temporary name */
    bool has_failed; /* something of it is missing: it is never given its name */
    char path[PATH_SIZE], temporary[PATH_SIZE];
    char names[CPR_BUNDLE_FILES_MAX + 1][NAME_SIZE]; /* with the manifest */
    size_t count;
    struct cpr_buffer notes, sums;
};

static enum cpr_rc failed(const char *what, const char *path, struct cpr_error *error_out)
{
    int number = errno;
    bool is_disk = number == ENOSPC || number == EIO || number == EDQUOT || number == ENOMEM;
    return cpr_error_set(error_out, is_disk ? CPR_RETRY : CPR_OPERATOR, number, "%s could not be %s: %s", path, what,
                         strerror(number));
}

/* The name to work under; CPR_OPERATOR when it is too long or the last name is taken. */
static enum cpr_rc temporary_of(const char *path, char out[PATH_SIZE], struct cpr_error *error_out)
{
    struct stat status;
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    if (len == 0 || len + sizeof ".partial-XXXXXX" > PATH_SIZE)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "the name of the export is empty or too long");
    if (lstat(path, &status) == 0)
        return cpr_error_set(error_out, CPR_OPERATOR, EEXIST, "%s is there already and is not replaced", path);
    snprintf(out, PATH_SIZE, "%.*s.partial-XXXXXX", (int)len, path);
    return CPR_OK;
}

static bool write_all(int fd, struct cpr_view content)
{
    while (content.len) {
        ssize_t written = write(fd, content.data, content.len);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            content = cpr_view_slice(content, (size_t)written, content.len);
    }
    return fsync(fd) == 0;
}

/* Gives what is whole its name, which must be free, and makes the name durable. */
static enum cpr_rc give_name(const char *temporary, const char *path, struct cpr_error *error_out)
{
    char copy[PATH_SIZE];
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) != 0)
        return failed("named", path, error_out);
    snprintf(copy, sizeof copy, "%s", temporary);
    int parent = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_synced = parent >= 0 && fsync(parent) == 0;
    if (parent >= 0)
        close(parent);
    return is_synced ? CPR_OK : failed("synced", path, error_out);
}

enum cpr_rc cpr_bundle_begin(const char *path, struct cpr_bundle **bundle_out, struct cpr_error *error_out)
{
    struct cpr_bundle *bundle = calloc(1, sizeof *bundle);
    if (!bundle)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "there is not enough memory");
    bundle->fd = -1;
    bundle->notes = cpr_buffer_new(MANIFEST_MAX_BYTES);
    bundle->sums = cpr_buffer_new(MANIFEST_MAX_BYTES);
    enum cpr_rc rc = temporary_of(path, bundle->temporary, error_out);
    if (rc == CPR_OK && !mkdtemp(bundle->temporary)) {
        rc = failed("created", bundle->temporary, error_out);
        bundle->temporary[0] = 0;
    } else if (rc == CPR_OK) {
        size_t len = strlen(bundle->temporary) - strlen(".partial-XXXXXX");
        memcpy(bundle->path, bundle->temporary, len);
        bundle->fd = open(bundle->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (bundle->fd < 0)
            rc = failed("opened", bundle->temporary, error_out);
    }
    if (rc == CPR_OK)
        *bundle_out = bundle;
    else
        cpr_bundle_abandon(&bundle);
    return rc;
}

static enum cpr_rc add(struct cpr_bundle *bundle, const char *name, struct cpr_view content,
                       struct cpr_error *error_out)
{
    CPR_ASSERT(bundle->count <= CPR_BUNDLE_FILES_MAX && strlen(name) < NAME_SIZE && !strchr(name, '/'));
    int fd = openat(bundle->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return failed("created", name, error_out);
    memcpy(bundle->names[bundle->count++], name, strlen(name) + 1);
    enum cpr_rc rc = write_all(fd, content) ? CPR_OK : failed("written", name, error_out);
    if (close(fd) != 0 && rc == CPR_OK)
        rc = failed("written", name, error_out);
    return rc;
}

enum cpr_rc cpr_bundle_add(struct cpr_bundle *bundle, const char *name, struct cpr_view content,
                           struct cpr_error *error_out)
{
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_digest digest = cpr_digest_of(content);
    cpr_digest_to_hex(&digest, hex);
    enum cpr_rc rc =
        bundle->count == CPR_BUNDLE_FILES_MAX
            ? cpr_error_set(error_out, CPR_LIMIT, 0, "an export holds at most %d files", CPR_BUNDLE_FILES_MAX)
            : add(bundle, name, content, error_out);
    if (rc == CPR_OK)
        cpr_buffer_add_format(&bundle->sums, "%s  %s\n", hex, name);
    bundle->has_failed = bundle->has_failed || rc != CPR_OK;
    return rc;
}

void cpr_bundle_note(struct cpr_bundle *bundle, const char *sentence)
{
    cpr_buffer_add_text(&bundle->notes, "# ");
    cpr_encode_line(&bundle->notes, cpr_view_of(sentence));
    cpr_buffer_add_byte(&bundle->notes, '\n');
}

enum cpr_rc cpr_bundle_finish(struct cpr_bundle **bundle, struct cpr_error *error_out)
{
    struct cpr_bundle *b = *bundle;
    cpr_buffer_add(&b->notes, cpr_buffer_view(&b->sums));
    bool is_whole = !b->has_failed && !cpr_buffer_is_full(&b->notes) && !cpr_buffer_is_full(&b->sums);
    enum cpr_rc rc = is_whole ? add(b, CPR_BUNDLE_MANIFEST, cpr_buffer_view(&b->notes), error_out)
                              : cpr_error_set(error_out, CPR_LIMIT, 0, "%s could not be written whole", b->path);
    if (rc == CPR_OK && fsync(b->fd) != 0)
        rc = failed("synced", b->temporary, error_out);
    if (rc == CPR_OK)
        rc = give_name(b->temporary, b->path, error_out);
    if (rc == CPR_OK)
        b->temporary[0] = 0;
    cpr_bundle_abandon(bundle);
    return rc;
}

void cpr_bundle_abandon(struct cpr_bundle **bundle)
{
    struct cpr_bundle *b = *bundle;
    *bundle = NULL;
    if (!b)
        return;
    for (size_t i = 0; i < b->count && b->temporary[0]; i++)
        unlinkat(b->fd, b->names[i], 0);
    if (b->fd >= 0)
        close(b->fd);
    if (b->temporary[0])
        rmdir(b->temporary);
    cpr_buffer_free(&b->notes);
    cpr_buffer_free(&b->sums);
    free(b);
}

enum cpr_rc cpr_bundle_write_file(const char *path, struct cpr_view content, struct cpr_error *error_out)
{
    char temporary[PATH_SIZE];
    enum cpr_rc rc = temporary_of(path, temporary, error_out);
    if (rc != CPR_OK)
        return rc;
    int fd = mkostemp(temporary, O_CLOEXEC); /* O_EXCL, mode 0600 */
    if (fd < 0)
        return failed("created", temporary, error_out);
    rc = write_all(fd, content) ? CPR_OK : failed("written", temporary, error_out);
    if (close(fd) != 0 && rc == CPR_OK)
        rc = failed("written", temporary, error_out);
    if (rc == CPR_OK)
        rc = give_name(temporary, path, error_out);
    if (rc != CPR_OK)
        unlink(temporary);
    return rc;
}
