#include "cpr/io/files.h"

#include "cpr/base/assert.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE_NAME_SIZE = 128, PENDING_SIZE = 64 * 1024 };

struct cpr_archive {
    int fd;      /* owned: the directory */
    char path[]; /* for sentences */
};

struct cpr_page {
    int fd; /* owned: a file without a name */
    char name[PAGE_NAME_SIZE];
    struct cpr_digest_stream *digest; /* owned */
    size_t pending_len;
    char pending[PENDING_SIZE]; /* not yet written: reviews come line by line */
};

/* --- the archive ------------------------------------------------------------------------------------------------- */

enum cpr_rc cpr_archive_open(const char *directory, struct cpr_archive **archive_out, struct cpr_error *error_out)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return cpr_error_set(error_out, CPR_OPERATOR, errno, "the directory %s could not be opened: %s", directory,
                             strerror(errno));
    size_t size = strlen(directory) + 1;
    struct cpr_archive *archive = malloc(sizeof *archive + size);
    if (!archive) {
        close(fd);
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "there is not enough memory");
    }
    archive->fd = fd;
    memcpy(archive->path, directory, size);
    *archive_out = archive;
    return CPR_OK;
}

void cpr_archive_free(struct cpr_archive **archive)
{
    if (!*archive)
        return;
    close((*archive)->fd);
    free(*archive);
    *archive = NULL;
}

static bool is_plain_name(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!cpr_ascii_is_alpha(*c) && !cpr_ascii_is_digit(*c) && !strchr("._-", *c))
            return false;
    return name[0] && name[0] != '.';
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
    return true;
}

static enum cpr_rc failed(const struct cpr_archive *archive, const char *what, const char *name,
                          struct cpr_error *error_out)
{
    return cpr_error_set(error_out, CPR_RETRY, errno, "%s/%s could not be %s: %s", archive->path, name, what,
                         strerror(errno));
}

static enum cpr_rc create(void *self, const char *name, struct cpr_page **page_out, struct cpr_error *error_out)
{
    const struct cpr_archive *archive = self;
    CPR_ASSERT(is_plain_name(name) && strlen(name) + sizeof ".differs" <= PAGE_NAME_SIZE);
    struct cpr_page *page = malloc(sizeof *page);
    if (!page)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "there is not enough memory for a page");
    page->fd = openat(archive->fd, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0640);
    if (page->fd < 0) {
        free(page);
        return failed(archive, "created", name, error_out);
    }
    memcpy(page->name, name, strlen(name) + 1);
    page->digest = cpr_digest_stream_new();
    page->pending_len = 0;
    *page_out = page;
    return CPR_OK;
}

static bool flush(struct cpr_page *page)
{
    bool written = write_all(page->fd, cpr_view_make(page->pending, page->pending_len));
    page->pending_len = 0;
    return written;
}

static enum cpr_rc append(void *self, struct cpr_page *page, struct cpr_view content, struct cpr_error *error_out)
{
    cpr_digest_stream_add(page->digest, content);
    if (content.len > PENDING_SIZE - page->pending_len && !flush(page))
        return failed(self, "written", page->name, error_out);
    if (content.len > PENDING_SIZE)
        return write_all(page->fd, content) ? CPR_OK : failed(self, "written", page->name, error_out);
    if (content.len)
        memcpy(page->pending + page->pending_len, content.data, content.len);
    page->pending_len += content.len;
    return CPR_OK;
}

static void abandon(void *self, struct cpr_page **page)
{
    (void)self;
    if (!*page)
        return;
    if ((*page)->digest)
        cpr_digest_stream_end(&(*page)->digest);
    close((*page)->fd);
    free(*page);
    *page = NULL;
}

static enum cpr_rc digest(void *self, const char *name, struct cpr_digest *digest_out, struct cpr_error *error_out)
{
    const struct cpr_archive *archive = self;
    struct stat status;
    char block[16384];
    int fd = openat(archive->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        return cpr_error_set(error_out, CPR_ABSENT, ENOENT, "there is no %s/%s", archive->path, name);
    if (fd < 0)
        return failed(archive, "opened", name, error_out);
    struct cpr_digest_stream *stream = cpr_digest_stream_new();
    enum cpr_rc rc = CPR_OK;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        rc = cpr_error_set(error_out, CPR_CORRUPT, 0, "%s/%s is not a regular file", archive->path, name);
    for (ssize_t got = 1; rc == CPR_OK && got != 0;) {
        got = read(fd, block, sizeof block);
        if (got < 0 && errno != EINTR)
            rc = failed(archive, "read", name, error_out);
        else if (got > 0)
            cpr_digest_stream_add(stream, cpr_view_make(block, (size_t)got));
    }
    close(fd);
    struct cpr_digest whole = cpr_digest_stream_end(&stream);
    if (rc == CPR_OK)
        *digest_out = whole;
    return rc;
}

/* Gives the page a name unless the name is taken by something else: CPR_CORRUPT. By the same content is as good: an
 * earlier run got as far as that. As open(2) teaches, through /proc: AT_EMPTY_PATH would need a capability. */
static enum cpr_rc name_page(struct cpr_archive *archive, const struct cpr_page *page, const char *name,
                             const struct cpr_digest *expected, struct cpr_error *error_out)
{
    char self[64];
    struct cpr_digest found;
    snprintf(self, sizeof self, "/proc/self/fd/%d", page->fd);
    if (linkat(AT_FDCWD, self, archive->fd, name, AT_SYMLINK_FOLLOW) == 0)
        return CPR_OK;
    if (errno != EEXIST)
        return failed(archive, "named", name, error_out);
    enum cpr_rc rc = digest(archive, name, &found, error_out);
    if (rc == CPR_ABSENT)
        return cpr_error_set(error_out, CPR_RETRY, 0, "%s/%s vanished while it was looked at", archive->path, name);
    if (rc == CPR_OK && !cpr_digest_equal(&found, expected))
        rc = cpr_error_set(error_out, CPR_CORRUPT, 0, "%s/%s is there already with another content", archive->path,
                           name);
    return rc;
}

static enum cpr_rc keep_beside(struct cpr_archive *archive, const struct cpr_page *page,
                               const struct cpr_digest *expected, struct cpr_error *error_out)
{
    char name[PAGE_NAME_SIZE];
    struct cpr_error ignored;
    snprintf(name, sizeof name, "%.*s.differs", (int)(sizeof name - sizeof ".differs"), page->name);
    bool kept = name_page(archive, page, name, expected, &ignored) == CPR_OK;
    return cpr_error_set(
        error_out, CPR_CORRUPT, 0,
        "%s/%s is there already with another content and is not overwritten; the new page %s; find out "
        "who changed it",
        archive->path, page->name, kept ? "is kept beside it as *.differs" : "could not be kept");
}

static enum cpr_rc publish(void *self, struct cpr_page **page, struct cpr_digest *digest_out,
                           struct cpr_error *error_out)
{
    struct cpr_archive *archive = self;
    struct cpr_digest whole = cpr_digest_stream_end(&(*page)->digest);
    enum cpr_rc rc;
    if (!flush(*page) || fsync((*page)->fd) != 0) {
        rc = failed(archive, "written", (*page)->name, error_out);
        goto out;
    }
    rc = name_page(archive, *page, (*page)->name, &whole, error_out);
    if (rc == CPR_CORRUPT)
        rc = keep_beside(archive, *page, &whole, error_out);
    if (rc == CPR_OK && fsync(archive->fd) != 0)
        rc = failed(archive, "synced", (*page)->name, error_out);
    if (rc == CPR_OK)
        *digest_out = whole;
out:
    abandon(self, page);
    return rc;
}

struct cpr_archive_port cpr_archive_port(struct cpr_archive *archive)
{
    return (struct cpr_archive_port){
        .self = archive, .create = create, .append = append, .publish = publish, .abandon = abandon, .digest = digest};
}

/* --- the single instance ----------------------------------------------------------------------------------------- */

struct cpr_lock {
    int fd; /* owned; closing it gives the lock back */
};

static enum cpr_rc held_by_another(int fd, const char *directory, struct cpr_error *error_out)
{
    char holder[16] = "";
    ssize_t got = pread(fd, holder, sizeof holder - 1, 0);
    holder[got > 0 ? strspn(holder, "0123456789") : 0] = 0;
    return cpr_error_set(error_out, CPR_RETRY, EWOULDBLOCK,
                         "another cpr-auditd works in %s already (process %s); two at once would move mail twice",
                         directory, holder[0] ? holder : "unknown");
}

enum cpr_rc cpr_lock_take(const char *directory, struct cpr_lock **lock_out, struct cpr_error *error_out)
{
    char path[4096];
    enum cpr_rc rc;
    if ((size_t)snprintf(path, sizeof path, "%s/lock", directory) >= sizeof path)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "the name of the directory %.100s... is too long", directory);
    struct cpr_lock *lock = malloc(sizeof *lock);
    if (!lock)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "there is not enough memory");
    lock->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (lock->fd < 0) {
        rc = cpr_error_set(error_out, errno == ENOSPC ? CPR_RETRY : CPR_OPERATOR, errno,
                           "the lock file %s could not be opened: %s", path, strerror(errno));
        goto out;
    }
    if (flock(lock->fd, LOCK_EX | LOCK_NB) != 0) {
        rc = errno == EWOULDBLOCK
                 ? held_by_another(lock->fd, directory, error_out)
                 : cpr_error_set(error_out, CPR_OPERATOR, errno, "%s could not be locked: %s", path, strerror(errno));
        goto out;
    }
    /* The process id is for people only: on a full disk the lock holds without it. */
    (void)!ftruncate(lock->fd, 0);
    (void)dprintf(lock->fd, "%ld\n", (long)getpid());
    *lock_out = lock;
    return CPR_OK;
out:
    if (lock->fd >= 0)
        close(lock->fd);
    free(lock);
    return rc;
}

void cpr_lock_free(struct cpr_lock **lock)
{
    if (!*lock)
        return;
    close((*lock)->fd);
    free(*lock);
    *lock = NULL;
}

/* --- directories ------------------------------------------------------------------------------------------------- */

enum cpr_rc cpr_directory_check(const char *path, unsigned forbidden_mode, struct cpr_error *error_out)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return cpr_error_set(error_out, CPR_OPERATOR, errno, "the directory %s cannot be used: %s", path,
                             strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s is not a directory", path);
    if (status.st_mode & forbidden_mode)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "the directory %s is open to others (mode %04o); chmod it to %04o or less", path,
                             (unsigned)status.st_mode & 07777, 0777 & ~forbidden_mode);
    /* access(2) alone would call a directory on a full or read-only disk writable for root. */
    int fd = open(path, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return cpr_error_set(error_out, CPR_OPERATOR, errno, "nothing can be written in the directory %s: %s", path,
                             strerror(errno));
    close(fd);
    return CPR_OK;
}
