/* The store's life: open, check, transactions, failures, and its own small values. */
#include "store_internal.h"
#include "cpr/base/assert.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- failures ---------------------------------------------------------------------------------------------------- */

/* What to do about an answer of SQLite (its primary code). */
static enum cpr_rc rc_of(int code)
{
    switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR: /* our SQL is fixed: it fails on a schema that is not ours */
        return CPR_CORRUPT;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return CPR_OPERATOR;
    case SQLITE_TOOBIG:
        return CPR_LIMIT;
    default:
        return CPR_RETRY;
    }
}

/* The half sentence that says what it means and what a person can do. */
static const char *advice_for(int code)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another process holds it: stop the other cpr-auditd, or ask it with cpr-audit";
    case SQLITE_FULL:
        return "nothing was lost, the work under way was rolled back: free space and it goes on";
    case SQLITE_NOMEM:
        return "nothing was lost, the work under way was rolled back: free memory and it goes on";
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        return "nothing was lost, the work under way was rolled back: see that its disk is healthy, writable and not "
               "full, and it goes on";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return "the file is damaged: stop the daemon, keep the file for examination and put the last backup in its "
               "place";
    case SQLITE_ERROR:
        return "its tables are not as this program made them: keep the file for examination and put the last backup in "
               "its place";
    case SQLITE_CONSTRAINT:
        return "what was to be written contradicts what is stored; the work under way was rolled back";
    default:
        return "the work under way was rolled back";
    }
}

/* After a failure inside a transaction: undo it now, and remember why for whoever still writes. */
static void break_off(struct cpr_store *store, const struct cpr_error *error)
{
    if (store->transaction != CPR_TRANSACTION_OPEN)
        return;
    if (!sqlite3_get_autocommit(store->db)) /* SQLite may have rolled back by itself */
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->transaction = CPR_TRANSACTION_FAILED;
    store->failure = *error;
}

enum cpr_rc cpr_store_fail(struct cpr_store *store, int code, struct cpr_error *error_out)
{
    CPR_ASSERT((code & 0xFF) != SQLITE_MISUSE && (code & 0xFF) != SQLITE_RANGE);
    struct cpr_error error;
    cpr_error_set(&error, rc_of(code), code, "cannot use the store %s: %s; %s", store->path, sqlite3_errmsg(store->db),
                  advice_for(code));
    break_off(store, &error);
    if (error_out)
        *error_out = error;
    return error.rc;
}

enum cpr_rc cpr_store_refuse(struct cpr_store *store, enum cpr_rc rc, const char *sentence, struct cpr_error *error_out)
{
    struct cpr_error error;
    cpr_error_set(&error, rc, 0, "cannot use the store %s: %s", store->path, sentence);
    break_off(store, &error);
    if (error_out)
        *error_out = error;
    return rc;
}

/* --- transactions ------------------------------------------------------------------------------------------------ */

static enum cpr_rc run(struct cpr_store *store, const char *sql, struct cpr_error *error_out)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? CPR_OK : cpr_store_fail(store, sqlite3_extended_errcode(store->db), error_out);
}

static enum cpr_rc begin(void *self, struct cpr_error *error_out)
{
    struct cpr_store *store = self;
    CPR_ASSERT(store->transaction == CPR_TRANSACTION_NONE);
    enum cpr_rc rc = run(store, "BEGIN IMMEDIATE", error_out);
    if (rc == CPR_OK)
        store->transaction = CPR_TRANSACTION_OPEN;
    return rc;
}

static enum cpr_rc commit(void *self, struct cpr_error *error_out)
{
    struct cpr_store *store = self;
    CPR_ASSERT(store->transaction != CPR_TRANSACTION_NONE);
    enum cpr_rc rc = CPR_OK;
    if (store->transaction == CPR_TRANSACTION_OPEN) {
        rc = run(store, "COMMIT", error_out);
    } else {
        rc = store->failure.rc;
        if (error_out)
            *error_out = store->failure;
    }
    store->transaction = CPR_TRANSACTION_NONE;
    return rc;
}

static void rollback(void *self)
{
    struct cpr_store *store = self;
    if (store->transaction == CPR_TRANSACTION_OPEN && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->transaction = CPR_TRANSACTION_NONE;
}

/* --- the store's own values -------------------------------------------------------------------------------------- */

static enum cpr_rc value_get(void *self, const char *name, char *out, size_t out_size, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_SETTING_GET);
    cpr_put_text(&query, name);
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        cpr_take_text(&query, out, out_size);
        rc = cpr_query_check(&query, error_out);
    }
    cpr_query_end(&query);
    return rc;
}

static enum cpr_rc value_put(void *self, const char *name, const char *value, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(self, CPR_SQL_SETTING_PUT);
    cpr_put_text(&query, name);
    cpr_put_text(&query, value);
    return cpr_query_run(&query, error_out);
}

static enum cpr_rc make_token_key(struct cpr_store *store, struct cpr_error *error_out)
{
    uint8_t key[CPR_TOKEN_KEY_BYTES];
    CPR_ASSERT(getrandom(key, sizeof key, 0) == (ssize_t)sizeof key); /* up to 256 bytes come whole: getrandom(2) */
    enum cpr_rc rc = begin(store, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_query query = cpr_query_open(store, CPR_SQL_SECRET_PUT);
    cpr_put_text(&query, "token-key");
    cpr_put_blob(&query, cpr_view_make(key, sizeof key));
    rc = cpr_query_run(&query, error_out);
    if (rc == CPR_OK)
        rc = commit(store, error_out);
    rollback(store);
    if (rc == CPR_OK)
        memcpy(store->token_key, key, sizeof key);
    explicit_bzero(key, sizeof key);
    return rc;
}

static enum cpr_rc load_token_key(struct cpr_store *store, struct cpr_error *error_out)
{
    struct cpr_query query = cpr_query_open(store, CPR_SQL_SECRET_GET);
    cpr_put_text(&query, "token-key");
    enum cpr_rc rc = cpr_query_next(&query, error_out);
    if (rc == CPR_OK) {
        cpr_take_blob(&query, store->token_key, sizeof store->token_key);
        rc = cpr_query_check(&query, error_out);
    }
    cpr_query_end(&query);
    return rc == CPR_ABSENT ? make_token_key(store, error_out) : rc;
}

struct cpr_view cpr_store_token_key(const struct cpr_store *store)
{
    return cpr_view_make(store->token_key, sizeof store->token_key);
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* The first column of the first row of a pragma or query that opening needs; false when there is none. */
static bool ask(struct cpr_store *store, const char *sql, char *out, size_t out_size, int *code_out)
{
    sqlite3_stmt *statement = NULL;
    bool is_there = false;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        sqlite3_snprintf((int)out_size, out, "%s", text ? text : "");
        is_there = true;
    }
    /* A failed step is told again, with its full code, by the finalize. */
    int ended = sqlite3_finalize(statement);
    *code_out = code == SQLITE_ROW || code == SQLITE_DONE ? ended : code;
    return is_there && *code_out == SQLITE_OK;
}

/* Asks for a number. */
static enum cpr_rc ask_number(struct cpr_store *store, const char *sql, long *out, struct cpr_error *error_out)
{
    char answer[32];
    int code = SQLITE_OK;
    if (!ask(store, sql, answer, sizeof answer, &code))
        return cpr_store_fail(store, code, error_out);
    *out = strtol(answer, NULL, 10);
    return CPR_OK;
}

/* Sets a pragma and checks the answer: SQLite keeps silent about one that it does not grant. */
static enum cpr_rc set(struct cpr_store *store, const char *sql, const char *want, struct cpr_error *error_out)
{
    char answer[32] = "", sentence[160];
    int code = SQLITE_OK;
    ask(store, sql, answer, sizeof answer, &code);
    if (code != SQLITE_OK)
        return cpr_store_fail(store, code, error_out);
    if (strcmp(answer, want) == 0)
        return CPR_OK;
    sqlite3_snprintf(sizeof sentence, sentence,
                     "%s was answered with '%s', not '%s'; use a file system and an SQLite library that grant it", sql,
                     answer, want);
    return cpr_store_refuse(store, CPR_OPERATOR, sentence, error_out);
}

/* Creates the file when it is not there, so that nobody else can ever read it, and closes its mode when it is. A file
 * that exists is not opened here: closing it again would drop SQLite's POSIX locks on it in this process. */
static enum cpr_rc make_file(struct cpr_store *store, struct cpr_error *error_out)
{
    struct stat status;
    int fd = open(store->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0) {
        bool is_synced = fsync(fd) == 0;
        if (close(fd) == 0 && is_synced)
            return CPR_OK;
    } else if (errno == EEXIST && lstat(store->path, &status) == 0) {
        if (!S_ISREG(status.st_mode))
            return cpr_store_refuse(store, CPR_OPERATOR, "it is no regular file; move it away", error_out);
        if ((status.st_mode & 07777) == 0600 || chmod(store->path, 0600) == 0)
            return CPR_OK;
    }
    bool may_pass = errno == ENOSPC || errno == EDQUOT || errno == EIO || errno == EROFS || errno == EMFILE ||
                    errno == ENFILE || errno == ENOMEM;
    return cpr_error_set(error_out, may_pass ? CPR_RETRY : CPR_OPERATOR, errno,
                         "cannot create or use the store %s: %s; %s", store->path, strerror(errno),
                         may_pass ? "nothing was lost: free space or mend the disk and it goes on"
                                  : "let the daemon's user own its directory, which must exist");
}

/* The names of a new file and its log are durable only when their directory is. */
static enum cpr_rc sync_directory(struct cpr_store *store, const char *directory, struct cpr_error *error_out)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_synced = fd >= 0 && fsync(fd) == 0;
    int number = errno;
    if (fd >= 0)
        close(fd);
    if (is_synced)
        return CPR_OK;
    return cpr_error_set(error_out, CPR_RETRY, number,
                         "cannot make the directory %s of the store %s durable: %s; mend the disk and start again",
                         directory, store->path, strerror(number));
}

/* Whose file this is, and of which version; refuses before anything in it was changed. */
static enum cpr_rc recognise(struct cpr_store *store, long *version_out, struct cpr_error *error_out)
{
    long application = 0, version = 0, tables = 0;
    enum cpr_rc rc = ask_number(store, "PRAGMA application_id", &application, error_out);
    if (rc == CPR_OK)
        rc = ask_number(store, "PRAGMA user_version", &version, error_out);
    if (rc == CPR_OK)
        rc = ask_number(store, "SELECT count(*) FROM sqlite_schema", &tables, error_out);
    if (rc != CPR_OK)
        return rc;
    bool is_new = application == 0 && version == 0 && tables == 0;
    if (!is_new && application != CPR_STORE_APPLICATION_ID)
        return cpr_error_set(error_out, CPR_CORRUPT, 0,
                             "%s is an SQLite file of another program (application_id %ld): nothing was changed; move "
                             "it away or set state_dir to a directory of the daemon's own",
                             store->path, application);
    if (version < 0 || version > cpr_store_version)
        return cpr_error_set(error_out, CPR_CORRUPT, 0,
                             "the store %s is of version %ld and this program knows versions up to %d: nothing was "
                             "changed; install the newer cpr-auditd again, or put back the backup made before it",
                             store->path, version, cpr_store_version);
    *version_out = version;
    return CPR_OK;
}

/* Each step is one transaction with its new version number: an interrupted upgrade goes on where it stopped. */
static enum cpr_rc migrate(struct cpr_store *store, long version, struct cpr_error *error_out)
{
    for (; version < cpr_store_version; version++) {
        char mark[96];
        sqlite3_snprintf(sizeof mark, mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                         CPR_STORE_APPLICATION_ID, (int)version + 1);
        enum cpr_rc rc = begin(store, error_out);
        if (rc == CPR_OK)
            rc = run(store, cpr_store_migrations[version], error_out);
        if (rc == CPR_OK)
            rc = run(store, mark, error_out);
        if (rc == CPR_OK)
            rc = commit(store, error_out);
        rollback(store);
        if (rc != CPR_OK)
            return rc;
    }
    return CPR_OK;
}

/* What makes a commit durable and a damaged or hostile file harmless. The first three in this order: see io/store.h. */
static enum cpr_rc configure(struct cpr_store *store, struct cpr_error *error_out)
{
    static const struct {
        const char *sql, *want;
    } pragmas[] = {
        {"PRAGMA journal_mode=WAL", "wal"},
        {"PRAGMA trusted_schema=OFF", ""},
        {"PRAGMA cell_size_check=ON", ""},
        {"PRAGMA mmap_size=0", "0"},
        {"PRAGMA foreign_keys=ON", ""},
        {"PRAGMA temp_store=MEMORY", ""}, /* a sort must not need room on a full disk */
        {"PRAGMA synchronous", "3"},
        {"PRAGMA trusted_schema", "0"},
        {"PRAGMA cell_size_check", "1"},
        {"PRAGMA foreign_keys", "1"},
    };
    for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++) {
        enum cpr_rc rc = set(store, pragmas[i].sql, pragmas[i].want, error_out);
        if (rc != CPR_OK)
            return rc;
    }
    return CPR_OK;
}

static enum cpr_rc prepare(struct cpr_store *store, struct cpr_error *error_out)
{
    for (size_t i = 0; i < CPR_STATEMENTS; i++) {
        int code =
            sqlite3_prepare_v3(store->db, cpr_store_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[i], NULL);
        if (code != SQLITE_OK)
            return cpr_store_fail(store, code, error_out);
    }
    return CPR_OK;
}

/* Opens the connection, without SQLITE_OPEN_NOFOLLOW: that refuses a link anywhere in the path, and /var/lib may well
 * be one; make_file() has looked at the file itself. No checkpoint at close until the file is known to be ours: a
 * refused one stays as it was. */
static enum cpr_rc connect(struct cpr_store *store, struct cpr_error *error_out)
{
    int code = sqlite3_open_v2(store->path, &store->db,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        return cpr_store_fail(store, code, error_out);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    enum cpr_rc rc = set(store, "PRAGMA locking_mode=EXCLUSIVE", "exclusive", error_out);
    if (rc == CPR_OK)
        rc = set(store, "PRAGMA synchronous=EXTRA", "", error_out);
    return rc;
}

enum cpr_rc cpr_store_check(struct cpr_store *store, struct cpr_error *error_out)
{
    char answer[200] = "", sentence[300];
    int code = SQLITE_OK;
    if (!ask(store, "PRAGMA quick_check(1)", answer, sizeof answer, &code))
        return cpr_store_fail(store, code, error_out);
    if (strcmp(answer, "ok") == 0)
        return CPR_OK;
    sqlite3_snprintf(sizeof sentence, sentence, "%s; %s", answer, advice_for(SQLITE_CORRUPT));
    return cpr_store_refuse(store, CPR_CORRUPT, sentence, error_out);
}

static enum cpr_rc bring_up(struct cpr_store *store, const char *state_dir, struct cpr_error *error_out)
{
    long version = 0;
    enum cpr_rc rc = make_file(store, error_out);
    if (rc == CPR_OK)
        rc = connect(store, error_out);
    if (rc == CPR_OK)
        rc = recognise(store, &version, error_out);
    if (rc == CPR_OK)
        rc = configure(store, error_out);
    if (rc == CPR_OK)
        rc = cpr_store_check(store, error_out);
    if (rc == CPR_OK)
        rc = migrate(store, version, error_out);
    if (rc == CPR_OK)
        rc = prepare(store, error_out);
    if (rc == CPR_OK)
        rc = load_token_key(store, error_out);
    if (rc == CPR_OK)
        rc = sync_directory(store, state_dir, error_out);
    if (rc == CPR_OK)
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    return rc;
}

enum cpr_rc cpr_store_open(const char *state_dir, struct cpr_store **store_out, struct cpr_error *error_out)
{
    CPR_ASSERT(sqlite3_libversion_number() >= 3037000); /* STRICT tables */
    if (strlen(state_dir) + sizeof "/" CPR_STORE_FILE > CPR_STORE_PATH_SIZE)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "cannot open a store in %.100s...: the path is longer than %d "
                             "bytes; set state_dir to a shorter one",
                             state_dir, CPR_STORE_PATH_SIZE);
    struct cpr_store *store = calloc(1, sizeof *store);
    if (!store)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "cannot open the store in %s: out of memory", state_dir);
    store->reading = cpr_buffer_new(CPR_STORE_READING_MAX_BYTES);
    sqlite3_snprintf(sizeof store->path, store->path, "%s/%s", state_dir, CPR_STORE_FILE);
    enum cpr_rc rc = bring_up(store, state_dir, error_out);
    if (rc == CPR_OK)
        *store_out = store;
    else
        cpr_store_close(&store);
    return rc;
}

void cpr_store_close(struct cpr_store **store)
{
    struct cpr_store *closing = *store;
    if (!closing)
        return;
    rollback(closing);
    for (size_t i = 0; i < CPR_STATEMENTS; i++)
        sqlite3_finalize(closing->statements[i]);
    CPR_ASSERT(sqlite3_close(closing->db) == SQLITE_OK); /* busy: a statement outlived us */
    cpr_buffer_free(&closing->reading);
    explicit_bzero(closing->token_key, sizeof closing->token_key);
    free(closing);
    *store = NULL;
}

struct cpr_store_port cpr_store_port(struct cpr_store *store)
{
    struct cpr_store_port port = {
        .self = store,
        .begin = begin,
        .commit = commit,
        .rollback = rollback,
        .value_get = value_get,
        .value_put = value_put,
    };
    cpr_store_fill_mail(&port);
    cpr_store_fill_link(&port);
    cpr_store_fill_claim(&port);
    cpr_store_fill_reply(&port);
    cpr_store_fill_case(&port);
    cpr_store_fill_log(&port);
    return port;
}
