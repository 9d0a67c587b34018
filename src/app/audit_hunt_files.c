/* Files to look through: mbox files, single mails, and folders of both (an export of a hosted quarantine), Maildir
 * among them. What is none of these is told: it would look as if it had been read. */
#include "app/hunt.h"
#include "cpr/message/mbox.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum { FOLDER_DEPTH_MAX = 16 };

static const char no_file[] = "it is neither a file nor a folder";

static void cannot_read(struct hunt *hunt, const char *path, int exit_code, const char *why)
{
    char sentence[2 * CPR_ERROR_TEXT_MAX];
    snprintf(sentence, sizeof sentence, "%s cannot be read: %s", path, why);
    hunt_failed(hunt, exit_code, sentence);
}

/* What holds mails that nobody would see in it: an archive, or the store of a program. NULL: neither. */
static const char *container_of(struct cpr_view file)
{
    static const struct {
        size_t at;
        const char *bytes, *why;
    } kinds[] = {
        {0, "PK\x03\x04", "it is a zip archive: unpack it"},
        {0, "\x1f\x8b", "it is compressed (gzip): unpack it"},
        {0, "BZh", "it is compressed (bzip2): unpack it"},
        {0,
         "\xfd"
         "7zXZ",
         "it is compressed (xz): unpack it"},
        {0, "\x28\xb5\x2f\xfd", "it is compressed (zstd): unpack it"},
        {0, "7z\xbc\xaf", "it is a 7z archive: unpack it"},
        {0, "Rar!", "it is a rar archive: unpack it"},
        {257, "ustar", "it is a tar archive: unpack it"},
        {0, "!BDN", "it is a store of Outlook (PST): export it as mbox or .eml"},
        {0, "\xd0\xcf\x11\xe0", "it is a file of Outlook (.msg): save it as .eml"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t len = strlen(kinds[i].bytes);
        if (file.len >= kinds[i].at + len && memcmp(file.data + kinds[i].at, kinds[i].bytes, len) == 0)
            return kinds[i].why;
    }
    return NULL;
}

/* Nobody knows when the file's maker took it, but for the lines of our own hosts in it. One that is too old by these is
 * passed over; without any it is read. */
static bool take_message(struct hunt *hunt, struct cpr_view message, bool is_mbox, uint32_t number,
                         struct cpr_buffer *raw)
{
    cpr_buffer_clear(raw);
    uint64_t size = cpr_mbox_restore(message, is_mbox, raw);
    struct hunt_mail mail = {.raw = cpr_buffer_view(raw),
                             .size = size,
                             .internal_ms = CPR_TIME_NONE,
                             .save_ms = CPR_TIME_NONE,
                             .number = number};
    bool goes_on = hunt_take(hunt, &mail);
    struct hunt_found *found = hunt->found_count ? &hunt->found[hunt->found_count - 1] : NULL;
    if (found && found->receipt_ms != CPR_TIME_NONE && found->receipt_ms < hunt->since_ms) {
        json_decref(found->row);
        hunt->found_count--;
        hunt->older++;
        hunt->read--;
    }
    if (goes_on && hunt->found_count == HUNT_BATCH)
        goes_on = hunt_compare(hunt);
    return goes_on;
}

static bool take_file(struct hunt *hunt, struct cpr_view file)
{
    uint32_t max_bytes = hunt->config ? hunt->config->settings.message_max_bytes : CPR_MESSAGE_FETCH_DEFAULT_BYTES;
    struct cpr_buffer raw = cpr_buffer_new(max_bytes);
    struct cpr_view rest = file, message;
    bool is_mbox = cpr_mbox_is(file), goes_on = true;
    uint32_t number = 0;
    if (!is_mbox) {
        goes_on = take_message(hunt, file, false, 1, &raw);
    } else {
        while (goes_on && cpr_mbox_next(&rest, &message)) {
            goes_on = take_message(hunt, message, true, ++number, &raw);
            hunt_progress(hunt, file.len - rest.len, file.len);
        }
    }
    bool is_compared = hunt_compare(hunt);
    cpr_buffer_free(&raw);
    return goes_on && is_compared;
}

/* Mapped, so that a file of any size costs no memory. It must not be shortened meanwhile. */
static bool hunt_file(struct hunt *hunt, const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0 || fstat(file, &status) != 0) {
        cannot_read(hunt, path, EX_NOINPUT, strerror(errno));
        if (file >= 0)
            close(file);
        return true;
    }
    if (!S_ISREG(status.st_mode) || status.st_size == 0) {
        close(file);
        if (!S_ISREG(status.st_mode))
            cannot_read(hunt, path, EX_NOINPUT, no_file);
        return true;
    }
    size_t len = (size_t)status.st_size;
    void *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, file, 0);
    int number = errno;
    close(file);
    if (bytes == MAP_FAILED) {
        cannot_read(hunt, path, EX_NOINPUT, strerror(number));
        return true;
    }
    const char *container = container_of(cpr_view_make(bytes, len));
    if (container) {
        cannot_read(hunt, path, EX_DATAERR, container);
        munmap(bytes, len);
        return true;
    }
    hunt->place = (struct hunt_place){.folder = path, .role = "file"};
    hunt->places++;
    bool goes_on = take_file(hunt, cpr_view_make(bytes, len));
    munmap(bytes, len);
    return goes_on;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Whether a folder is one of Maildir: mails lie in its cur and new, folders of the mailbox in it begin with a dot. */
static bool is_maildir(const char *path)
{
    char inside[4096];
    struct stat status;
    return snprintf(inside, sizeof inside, "%s/cur", path) < (int)sizeof inside && stat(inside, &status) == 0 &&
           S_ISDIR(status.st_mode);
}

/* A folder is entered; what is not is set aside. Marks those of Maildir in fts_number. */
static void take_folder(struct hunt *hunt, FTS *tree, FTSENT *entry)
{
    bool is_hidden = entry->fts_level > 0 && entry->fts_name[0] == '.';
    bool is_inside = entry->fts_level > 0 && entry->fts_parent->fts_number;
    entry->fts_number = is_maildir(entry->fts_path);
    if (is_inside && strcmp(entry->fts_name, "tmp") == 0) {
        fts_set(tree, entry, FTS_SKIP); /* mails that are being delivered */
    } else if (is_hidden && !entry->fts_number) {
        hunt->passed_over++;
        fts_set(tree, entry, FTS_SKIP);
    } else if (entry->fts_level > FOLDER_DEPTH_MAX) {
        cannot_read(hunt, entry->fts_path, EX_NOINPUT, "it lies too deep: name it by itself");
        fts_set(tree, entry, FTS_SKIP);
    }
}

/* False when nothing more can be done. */
static bool take_entry(struct hunt *hunt, FTS *tree, FTSENT *entry)
{
    bool is_named = entry->fts_level == 0, is_hidden = !is_named && entry->fts_name[0] == '.';
    /* Beside cur and new lie the indexes of the mail server. */
    bool is_index = !is_named && entry->fts_parent->fts_number;
    switch (entry->fts_info) {
    case FTS_D:
        take_folder(hunt, tree, entry);
        return true;
    case FTS_F:
        if (!is_hidden && !is_index)
            return hunt_file(hunt, entry->fts_path);
        hunt->passed_over++;
        return true;
    case FTS_SL:
    case FTS_SLNONE:
        cannot_read(hunt, entry->fts_path, EX_NOINPUT,
                    is_named ? strerror(ENOENT) : "it is a link: name what it leads to");
        return true;
    case FTS_DEFAULT:
        if (is_named)
            return hunt_file(hunt, entry->fts_path);
        cannot_read(hunt, entry->fts_path, EX_NOINPUT, no_file);
        return true;
    case FTS_ERR:
    case FTS_DNR:
    case FTS_NS:
        cannot_read(hunt, entry->fts_path, EX_NOINPUT, strerror(entry->fts_errno));
        return true;
    default:
        return true;
    }
}

bool hunt_path(struct hunt *hunt, const char *path)
{
    char *roots[] = {(char *)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    bool goes_on = true;
    if (!tree) {
        cannot_read(hunt, path, EX_NOINPUT, strerror(errno));
        return true;
    }
    for (FTSENT *entry; goes_on && (entry = fts_read(tree)) != NULL;)
        goes_on = take_entry(hunt, tree, entry);
    fts_close(tree);
    return goes_on;
}
