/* Files to look through: mbox files, single mails, and folders of both (an export of a hosted quarantine). */
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

/* number 0: it is neither a file nor a folder. */
static void cannot_read(struct hunt *hunt, const char *path, int number)
{
    char sentence[2 * CPR_ERROR_TEXT_MAX];
    snprintf(sentence, sizeof sentence, "%s cannot be read: %s", path,
             number ? strerror(number) : "it is neither a file nor a folder");
    hunt_failed(hunt, EX_NOINPUT, sentence);
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
        cannot_read(hunt, path, errno);
        if (file >= 0)
            close(file);
        return true;
    }
    if (!S_ISREG(status.st_mode) || status.st_size == 0) {
        close(file);
        if (!S_ISREG(status.st_mode))
            cannot_read(hunt, path, 0);
        return true;
    }
    size_t len = (size_t)status.st_size;
    void *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, file, 0);
    int number = errno;
    close(file);
    if (bytes == MAP_FAILED) {
        cannot_read(hunt, path, number);
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

bool hunt_path(struct hunt *hunt, const char *path)
{
    char *roots[] = {(char *)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    bool goes_on = true;
    if (!tree) {
        cannot_read(hunt, path, errno);
        return true;
    }
    for (FTSENT *entry; goes_on && (entry = fts_read(tree)) != NULL;) {
        bool is_hidden = entry->fts_level > 0 && entry->fts_name[0] == '.';
        if (is_hidden || (entry->fts_info == FTS_D && entry->fts_level > FOLDER_DEPTH_MAX))
            fts_set(tree, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_F || (entry->fts_level == 0 && entry->fts_info == FTS_DEFAULT))
            goes_on = hunt_file(hunt, entry->fts_path);
        else if (entry->fts_info == FTS_ERR || entry->fts_info == FTS_DNR || entry->fts_info == FTS_NS)
            cannot_read(hunt, entry->fts_path, entry->fts_errno);
    }
    fts_close(tree);
    return goes_on;
}
