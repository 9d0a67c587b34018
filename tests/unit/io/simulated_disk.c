#include "simulated_disk.h"

#include "cpr/base/assert.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 4, SECTOR = 512, FILE_MAX_BYTES = 4 * 1024 * 1024, PATH_SIZE = 256 };

/* A change that no sync has made durable yet, in the order it was made. */
struct change {
    int64_t offset;
    size_t len;
    char *bytes; /* owned; NULL: a truncation to offset */
};

struct file {
    char name[PATH_SIZE]; /* "" for a free slot */
    bool is_there, is_durable;
    char *live, *durable; /* owned, FILE_MAX_BYTES each: what the program sees, what a power cut leaves */
    int64_t live_len, durable_len;
    struct change *changes; /* owned */
    size_t change_count;
};

static struct {
    struct file files[FILES];
    uint64_t random;
    long operations, cut, fail;
    bool is_cut;
} disk = {.cut = -1, .fail = -1};

struct handle {
    sqlite3_file base;
    struct file *file; /* borrowed from the disk */
};

/* xorshift64*: any sequence that a seed repeats will do. */
static uint64_t draw(void)
{
    disk.random ^= disk.random >> 12;
    disk.random ^= disk.random << 25;
    disk.random ^= disk.random >> 27;
    return (disk.random * UINT64_C(2685821657736338717)) >> 33;
}

/* Counts an operation; false when it fails. */
static bool works(void)
{
    if (disk.is_cut)
        return false;
    long number = disk.operations++;
    disk.is_cut = number == disk.cut;
    return !disk.is_cut && number != disk.fail;
}

/* --- what is durable --------------------------------------------------------------------------------------------- */

static void write_durably(struct file *file, int64_t offset, const char *bytes, size_t len)
{
    memcpy(file->durable + offset, bytes, len);
    if (offset + (int64_t)len > file->durable_len)
        file->durable_len = offset + (int64_t)len;
}

static void truncate_durably(struct file *file, int64_t len)
{
    if (len < file->durable_len) {
        memset(file->durable + len, 0, (size_t)(file->durable_len - len));
        file->durable_len = len;
    }
}

static const char *fill_with_garbage(char sector[SECTOR])
{
    for (size_t i = 0; i < SECTOR; i++)
        sector[i] = (char)draw();
    return sector;
}

/* A change that the power cut caught: whole, gone or torn. */
static void lose(struct file *file, const struct change *change)
{
    uint64_t fate = draw() % 3;
    if (!change->bytes && fate != 0)
        truncate_durably(file, change->offset);
    if (!change->bytes || fate == 0)
        return;
    for (size_t from = 0; from < change->len; from += SECTOR) {
        size_t len = change->len - from < SECTOR ? change->len - from : SECTOR;
        char garbage[SECTOR];
        uint64_t sector_fate = fate == 1 ? 1 : draw() % 3;
        if (sector_fate == 1)
            write_durably(file, change->offset + (int64_t)from, change->bytes + from, len);
        else if (sector_fate == 2)
            write_durably(file, change->offset + (int64_t)from, fill_with_garbage(garbage), len);
    }
}

static void forget_changes(struct file *file)
{
    for (size_t i = 0; i < file->change_count; i++)
        free(file->changes[i].bytes);
    free(file->changes);
    file->changes = NULL;
    file->change_count = 0;
}

static void note_change(struct file *file, int64_t offset, const void *bytes, size_t len)
{
    file->changes = realloc(file->changes, (file->change_count + 1) * sizeof *file->changes);
    CPR_ASSERT(file->changes);
    struct change *change = &file->changes[file->change_count++];
    *change = (struct change){.offset = offset, .len = len};
    if (bytes) {
        change->bytes = malloc(len);
        CPR_ASSERT(change->bytes);
        memcpy(change->bytes, bytes, len);
    }
}

/* --- an open file ------------------------------------------------------------------------------------------------ */

static struct file *file_of(sqlite3_file *base)
{
    return ((struct handle *)base)->file;
}

static int file_close(sqlite3_file *base)
{
    (void)base;
    return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *out, int len, sqlite3_int64 offset)
{
    struct file *file = file_of(base);
    if (disk.is_cut)
        return SQLITE_IOERR_READ;
    int64_t have = file->live_len > offset ? file->live_len - offset : 0;
    if (have >= len) {
        memcpy(out, file->live + offset, (size_t)len);
        return SQLITE_OK;
    }
    memset(out, 0, (size_t)len);
    memcpy(out, file->live + (have ? offset : 0), (size_t)have);
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 offset)
{
    struct file *file = file_of(base);
    if (!works())
        return SQLITE_IOERR_WRITE;
    CPR_ASSERT(offset + len <= FILE_MAX_BYTES);
    memcpy(file->live + offset, bytes, (size_t)len);
    if (offset + len > file->live_len)
        file->live_len = offset + len;
    note_change(file, offset, bytes, (size_t)len);
    return SQLITE_OK;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 len)
{
    struct file *file = file_of(base);
    if (!works())
        return SQLITE_IOERR_TRUNCATE;
    if (len < file->live_len) {
        memset(file->live + len, 0, (size_t)(file->live_len - len));
        file->live_len = len;
        note_change(file, len, NULL, 0);
    }
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *base, int flags)
{
    (void)flags;
    struct file *file = file_of(base);
    if (!works())
        return SQLITE_IOERR_FSYNC;
    for (size_t i = 0; i < file->change_count; i++) {
        const struct change *change = &file->changes[i];
        if (change->bytes)
            write_durably(file, change->offset, change->bytes, change->len);
        else
            truncate_durably(file, change->offset);
    }
    forget_changes(file);
    file->is_durable = true;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *len_out)
{
    *len_out = file_of(base)->live_len;
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level)
{
    (void)base;
    (void)level;
    return SQLITE_OK;
}

static int file_check_lock(sqlite3_file *base, int *is_locked_out)
{
    (void)base;
    *is_locked_out = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int operation, void *argument)
{
    (void)base;
    if (operation != SQLITE_FCNTL_MMAP_SIZE)
        return SQLITE_NOTFOUND;
    *(sqlite3_int64 *)argument = 0; /* maps nothing, and says so */
    return SQLITE_OK;
}

static int file_sector(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

static int file_traits(sqlite3_file *base)
{
    (void)base;
    return 0; /* promises nothing beyond what a sync gives */
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 1, /* no shared memory: WAL works in exclusive mode alone */
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
};

/* --- the disk ---------------------------------------------------------------------------------------------------- */

static struct file *find(const char *name)
{
    for (size_t i = 0; i < FILES; i++)
        if (strcmp(disk.files[i].name, name) == 0)
            return &disk.files[i];
    return NULL;
}

static struct file *find_or_make(const char *name)
{
    struct file *file = find(name);
    if (file)
        return file;
    file = find(""); /* a free slot */
    CPR_ASSERT(file && strlen(name) < sizeof file->name);
    memcpy(file->name, name, strlen(name) + 1);
    file->live = calloc(1, FILE_MAX_BYTES);
    file->durable = calloc(1, FILE_MAX_BYTES);
    CPR_ASSERT(file->live && file->durable);
    return file;
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *flags_out)
{
    (void)vfs;
    base->pMethods = NULL;
    if (disk.is_cut || !name)
        return SQLITE_CANTOPEN;
    struct handle *handle = (struct handle *)base;
    handle->file = find_or_make(name);
    handle->file->is_there = true;
    base->pMethods = &file_methods;
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync_directory)
{
    (void)vfs;
    struct file *file = find(name);
    if (!file || !file->is_there)
        return SQLITE_IOERR_DELETE_NOENT;
    if (!works())
        return SQLITE_IOERR_DELETE;
    file->is_there = false;
    memset(file->live, 0, (size_t)file->live_len);
    file->live_len = 0;
    forget_changes(file);
    if (sync_directory || draw() % 2) {
        file->is_durable = false;
        truncate_durably(file, 0);
    }
    return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *is_there_out)
{
    (void)vfs;
    (void)flags;
    struct file *file = find(name);
    *is_there_out = file && file->is_there;
    return SQLITE_OK;
}

static int disk_full_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int disk_random(sqlite3_vfs *vfs, int len, char *out)
{
    (void)vfs;
    for (int i = 0; i < len; i++)
        out[i] = (char)draw();
    return len;
}

static int disk_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static int disk_time(sqlite3_vfs *vfs, double *days_out)
{
    (void)vfs;
    *days_out = 2460000.5;
    return SQLITE_OK;
}

static sqlite3_vfs disk_vfs = {
    .iVersion = 1,
    .szOsFile = sizeof(struct handle),
    .mxPathname = PATH_SIZE - 1,
    .zName = "simulated-disk",
    .xOpen = disk_open,
    .xDelete = disk_delete,
    .xAccess = disk_access,
    .xFullPathname = disk_full_path,
    .xRandomness = disk_random,
    .xSleep = disk_sleep,
    .xCurrentTime = disk_time,
};

void disk_plug_in(void)
{
    CPR_ASSERT(sqlite3_vfs_register(&disk_vfs, 1) == SQLITE_OK);
}

void disk_unplug(void)
{
    disk_format(1);
    CPR_ASSERT(sqlite3_vfs_unregister(&disk_vfs) == SQLITE_OK);
}

void disk_format(uint64_t seed)
{
    for (size_t i = 0; i < FILES; i++) {
        forget_changes(&disk.files[i]);
        free(disk.files[i].live);
        free(disk.files[i].durable);
        disk.files[i] = (struct file){0};
    }
    disk.random = seed | 1; /* never 0, where the sequence would stand still */
    disk.operations = 0;
    disk.is_cut = false;
    disk.cut = disk.fail = -1;
}

void disk_cut_at(long cut)
{
    disk.cut = cut;
}

void disk_fail_at(long at)
{
    disk.fail = at;
}

long disk_operations(void)
{
    return disk.operations;
}

bool disk_is_cut(void)
{
    return disk.is_cut;
}

void disk_power_on(void)
{
    for (size_t i = 0; i < FILES; i++) {
        struct file *file = &disk.files[i];
        if (!file->live)
            continue;
        for (size_t k = 0; k < file->change_count; k++)
            lose(file, &file->changes[k]);
        forget_changes(file);
        file->is_durable = file->is_durable || file->is_there;
        file->is_there = file->is_durable;
        memcpy(file->live, file->durable, FILE_MAX_BYTES);
        file->live_len = file->durable_len;
    }
    disk.is_cut = false;
    disk.cut = disk.fail = -1;
}
