/* The store and its file: who may open it, what it refuses, and what is left after a full disk or a killed process. */
#include "store_rows.h"
#include "../../../src/io/store_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Changes the file as another program would, while the store is closed. */
static void change(struct room *room, const char *sql)
{
    sqlite3 *db = NULL;
    cpr_store_close(&room->store);
    assert_int_equal(sqlite3_open(room_file(room), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static struct cpr_digest digest_of_file(const char *path)
{
    static char bytes[1024 * 1024];
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t len = read(fd, bytes, sizeof bytes);
    close(fd);
    assert_true(len > 0 && (size_t)len < sizeof bytes);
    return cpr_digest_of(cpr_view_make(bytes, (size_t)len));
}

/* The store is refused with a sentence that holds `want`, and *store stays NULL. */
static void assert_refused(struct room *room, enum cpr_rc rc, const char *want)
{
    struct cpr_store *store = NULL;
    assert_int_equal(cpr_store_open(room->directory, &store, &room->error), rc);
    assert_null(store);
    if (!strstr(room->error.text, want))
        fail_msg("'%s' does not say '%s'", room->error.text, want);
}

static void the_file_is_for_its_owner_alone_also_when_it_was_not(void **state)
{
    struct room *room = *state;
    struct stat status;
    assert_int_equal(stat(room_file(room), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    cpr_store_close(&room->store);
    assert_int_equal(chmod(room_file(room), 0644), 0);
    room_reopen(room);
    assert_int_equal(stat(room_file(room), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
}

static void the_token_key_is_made_once(void **state)
{
    struct room *room = *state;
    uint8_t key[32], zeros[32] = {0};
    assert_int_equal(cpr_store_token_key(room->store).len, sizeof key);
    memcpy(key, cpr_store_token_key(room->store).data, sizeof key);
    assert_memory_not_equal(key, zeros, sizeof key);
    room_reopen(room);
    assert_memory_equal(cpr_store_token_key(room->store).data, key, sizeof key);
}

static void what_is_refused_is_told_and_left_as_it_was(void **state)
{
    (void)state;
    static const struct {
        const char *name, *sql, *want;
    } table[] = {
        {"of a newer version", "PRAGMA user_version = 99", "of version 99 and this program knows versions up to 2"},
        {"of an impossible version", "PRAGMA user_version = -1", "of version -1"},
        {"of another program", "PRAGMA application_id = 7", "another program (application_id 7)"},
        {"without a name but with tables", "PRAGMA application_id = 0", "another program (application_id 0)"},
        {"no WAL yet", "PRAGMA journal_mode = DELETE; PRAGMA application_id = 7", "another program"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        void *opened = NULL;
        assert_int_equal(room_open(&opened), 0);
        struct room *room = opened;
        change(room, table[i].sql);
        struct cpr_digest before = digest_of_file(room_file(room));
        assert_refused(room, CPR_CORRUPT, table[i].want);
        assert_non_null(strstr(room->error.text, "nothing was changed"));
        struct cpr_digest after = digest_of_file(room_file(room));
        assert_true(cpr_digest_equal(&before, &after));
        assert_int_equal(room_close(&opened), 0);
    }
}

static void overwrite(const char *path, off_t offset, size_t len)
{
    char garbage[4096];
    memset(garbage, 0x5A, sizeof garbage);
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0 && len <= sizeof garbage);
    assert_int_equal(pwrite(fd, garbage, len, offset), (ssize_t)len);
    close(fd);
}

static void a_damaged_file_is_refused_with_what_to_do(void **state)
{
    struct room *room = *state;
    cpr_store_close(&room->store);
    overwrite(room_file(room), 3L * 4096, 4096); /* a page of the middle: only quick_check sees it */
    assert_refused(room, CPR_CORRUPT, "put the last backup in its place");
    overwrite(room_file(room), 0, 100); /* the header */
    assert_refused(room, CPR_CORRUPT, "put the last backup in its place");
}

static void a_table_that_is_missing_is_damage_too(void **state)
{
    struct room *room = *state;
    change(room, "DROP TABLE reply");
    assert_refused(room, CPR_CORRUPT, "no such table: reply");
}

static void a_directory_that_is_not_there_needs_a_person(void **state)
{
    struct room *room = *state;
    struct cpr_store *store = NULL;
    assert_int_equal(cpr_store_open("/tmp/cpr-test-no-such-directory", &store, &room->error), CPR_OPERATOR);
    assert_null(store);
    assert_non_null(strstr(room->error.text, "No such file or directory"));
}

static void a_link_in_its_place_is_refused(void **state)
{
    struct room *room = *state;
    char aside[128];
    snprintf(aside, sizeof aside, "%s-aside", room_file(room));
    cpr_store_close(&room->store);
    assert_int_equal(rename(room_file(room), aside), 0);
    assert_int_equal(symlink(aside, room_file(room)), 0);
    assert_refused(room, CPR_OPERATOR, "no regular file");
    assert_int_equal(unlink(aside), 0);
}

static void a_directory_behind_a_link_is_as_good(void **state)
{
    struct room *room = *state;
    struct cpr_store *store = NULL;
    char link[128];
    snprintf(link, sizeof link, "%s-link", room->directory);
    cpr_store_close(&room->store);
    assert_int_equal(symlink(room->directory, link), 0);
    assert_ok(room, cpr_store_open(link, &store, &room->error));
    cpr_store_close(&store);
    assert_int_equal(unlink(link), 0);
}

static bool call_back(void *context, const struct cpr_folder *folder)
{
    struct room *room = context;
    (void)folder;
    return room->port.folder_each(room->port.self, NULL, call_back, room, NULL) == CPR_OK;
}

static void write_without_a_transaction(struct room *room)
{
    room->port.value_put(room->port.self, "name", "value", NULL);
}

static void call_the_store_from_its_callback(struct room *room)
{
    room->port.folder_each(room->port.self, NULL, call_back, room, NULL);
}

static void a_misuse_of_the_store_stops_the_program(void **state)
{
    struct room *room = *state;
    static void (*const misuses[])(struct room *) = {write_without_a_transaction, call_the_store_from_its_callback};
    room_begin(room);
    stored_folder(room, "reports", "Junk");
    room_commit(room);
    cpr_store_close(&room->store);
    for (size_t i = 0; i < sizeof misuses / sizeof misuses[0]; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(STDERR_FILENO); /* the assertion's line is expected */
            signal(SIGABRT, SIG_DFL);
            room_reopen(room);
            misuses[i](room);
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    }
}

static void a_second_opener_is_told_who_is_in_the_way(void **state)
{
    struct room *room = *state;
    cpr_store_close(&room->store);
    int ready[2], over[2];
    assert_int_equal(pipe(ready) | pipe(over), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    char byte = 'x';
    if (child == 0) {
        close(over[1]);
        struct cpr_store *store = NULL;
        bool is_open = cpr_store_open(room->directory, &store, NULL) == CPR_OK;
        if (!is_open || write(ready[1], &byte, 1) != 1)
            _exit(1);
        _exit(read(over[0], &byte, 1) == 0 ? 0 : 1);
    }
    close(over[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_refused(room, CPR_RETRY, "another process holds it");
    close(over[1]);
    close(ready[0]);
    close(ready[1]);
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    room_reopen(room);
}

static void a_full_disk_rolls_back_and_later_it_goes_on(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    room_begin(room);
    assert_ok(room, port->value_put(port->self, "kept", "yes", &room->error));
    room_commit(room);
    assert_int_equal(sqlite3_exec(room->store->db, "PRAGMA max_page_count = 1", NULL, NULL, NULL), SQLITE_OK);
    static char big[64 * 1024];
    fill(big, sizeof big);
    struct cpr_message message = full_message(big);
    room_begin(room);
    assert_ok(room, port->value_put(port->self, "kept", "no", &room->error));
    assert_int_equal(port->message_put(port->self, &message, &room->error), CPR_RETRY);
    assert_int_equal(message.id, 0);
    assert_non_null(strstr(room->error.text, "nothing was lost"));
    assert_non_null(strstr(room->error.text, CPR_STORE_FILE));
    /* A caller that does not look goes on: nothing of it is written, and the commit says so. */
    struct cpr_error again = {0};
    assert_int_equal(port->value_put(port->self, "kept", "no", &again), CPR_RETRY);
    assert_string_equal(again.text, room->error.text);
    assert_int_equal(port->commit(port->self, &again), CPR_RETRY);
    port->rollback(port->self);

    char text[8];
    assert_ok(room, port->value_get(port->self, "kept", text, sizeof text, &room->error));
    assert_string_equal(text, "yes");
    assert_int_equal(sqlite3_exec(room->store->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL), SQLITE_OK);
    room_begin(room);
    assert_ok(room, port->message_put(port->self, &message, &room->error));
    room_commit(room);
    room_reopen(room);
    assert_ok(room, port->message_get(port->self, message.id, &message, &room->error));
}

static void a_value_that_no_field_can_hold_is_never_cut(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *column;
    } table[] = {
        {"UPDATE folder SET name = 'Junk', display = hex(zeroblob(256))", "display"},
        {"UPDATE folder SET role = 'attic'", "role"},
        {"UPDATE folder SET uidvalidity = 4294967296", "uidvalidity"},
        {"UPDATE folder SET next_uid = -1", "next_uid"},
        {"UPDATE folder SET rule = 'a' || char(0) || 'b'", "rule"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        void *opened = NULL;
        assert_int_equal(room_open(&opened), 0);
        struct room *room = opened;
        room_begin(room);
        stored_folder(room, "reports", "Junk");
        room_commit(room);
        change(room, table[i].sql);
        room_reopen(room);
        struct cpr_folder folder = {.id = 42};
        assert_int_equal(room->port.folder_get(room->port.self, "reports", "Junk", &folder, &room->error), CPR_CORRUPT);
        assert_int_equal(folder.id, 42);
        assert_non_null(strstr(room->error.text, table[i].column));
        assert_int_equal(room_close(&opened), 0);
    }
}

static void an_update_of_a_row_that_is_not_there_is_refused(void **state)
{
    struct room *room = *state;
    struct cpr_folder folder = small_folder("reports", "Junk");
    folder.id = 17;
    room_begin(room);
    assert_int_equal(room->port.folder_put(room->port.self, &folder, &room->error), CPR_CORRUPT);
    room->port.rollback(room->port.self);
}

/* Commits one transaction after the other, each with an event and the count, and says each on `told` when it is done.
 */
static void work_until_killed(const char *directory, int told)
{
    struct cpr_store *store = NULL;
    if (cpr_store_open(directory, &store, NULL) != CPR_OK)
        _exit(1);
    struct cpr_store_port port = cpr_store_port(store);
    for (int64_t n = 1;; n++) {
        struct cpr_event event = {.at_ms = n, .event = "worked", .who = "child"};
        char text[32];
        if (port.begin(port.self, NULL) != CPR_OK || port.event_add(port.self, &event, NULL) != CPR_OK)
            _exit(2);
        snprintf(text, sizeof text, "%lld", (long long)event.sequence);
        if (port.value_put(port.self, "count", text, NULL) != CPR_OK || port.commit(port.self, NULL) != CPR_OK ||
            write(told, &event.sequence, sizeof event.sequence) != sizeof event.sequence)
            _exit(3);
    }
}

static void a_killed_process_loses_nothing_that_it_committed(void **state)
{
    struct room *room = *state;
    for (int round = 0; round < 8; round++) {
        cpr_store_close(&room->store);
        int told[2];
        assert_int_equal(pipe(told), 0);
        pid_t child = fork(); /* before anything is open: a connection is never carried over */
        assert_true(child >= 0);
        if (child == 0) {
            close(told[0]);
            work_until_killed(room->directory, told[1]);
        }
        close(told[1]);
        int64_t sequence = 0, last = 0;
        for (int i = 0; i < 5 + 37 * round && read(told[0], &sequence, sizeof sequence) == sizeof sequence; i++)
            last = sequence;
        assert_int_equal(kill(child, SIGKILL), 0);
        while (read(told[0], &sequence, sizeof sequence) == sizeof sequence)
            last = sequence;
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        close(told[0]);

        room_reopen(room);
        char text[32];
        assert_ok(room, room->port.value_get(room->port.self, "count", text, sizeof text, &room->error));
        assert_true(atoll(text) == last || atoll(text) == last + 1);
        assert_ok(room, cpr_store_verify_events(room->store, &room->error));
    }
}

/* The statements that may walk a whole table of mail, alerts or events, and why. */
static bool may_scan(enum cpr_statement statement)
{
    return statement == CPR_SQL_EVENT_EACH || /* a list of all is what was asked for */
           statement == CPR_SQL_EVENT_LAST || /* from the end, one row */
           statement == CPR_SQL_ALERT_NEXT;   /* the index of the pending ones alone */
}

static void every_statement_finds_its_rows_by_an_index(void **state)
{
    struct room *room = *state;
    static const char *const scans[] = {"SCAN sighting", "SCAN s",     "SCAN message",    "SCAN m", "SCAN alert",
                                        "SCAN event",    "SCAN reply", "SCAN identifier", "SCAN o", "SCAN link"};
    for (enum cpr_statement i = 0; i < CPR_STATEMENTS; i++) {
        assert_non_null(cpr_store_sql[i]);
        char sql[4096];
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", cpr_store_sql[i]);
        sqlite3_stmt *plan = NULL;
        assert_int_equal(sqlite3_prepare_v2(room->store->db, sql, -1, &plan, NULL), SQLITE_OK);
        while (sqlite3_step(plan) == SQLITE_ROW) {
            const char *line = (const char *)sqlite3_column_text(plan, 3);
            for (size_t k = 0; k < sizeof scans / sizeof scans[0]; k++)
                if (strncmp(line, scans[k], strlen(scans[k])) == 0 && !may_scan(i))
                    fail_msg("%s: %s", line, cpr_store_sql[i]);
            if (i == CPR_SQL_CASE_EACH_OPEN || i == CPR_SQL_ALERT_DUE)
                assert_true(strstr(line, "cases_open") || strstr(line, "alert_pending") || strstr(line, "TEMP B-TREE"));
        }
        sqlite3_finalize(plan);
    }
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(the_file_is_for_its_owner_alone_also_when_it_was_not),
        IN_A_ROOM(the_token_key_is_made_once),
        cmocka_unit_test(what_is_refused_is_told_and_left_as_it_was),
        IN_A_ROOM(a_damaged_file_is_refused_with_what_to_do),
        IN_A_ROOM(a_table_that_is_missing_is_damage_too),
        IN_A_ROOM(a_directory_that_is_not_there_needs_a_person),
        IN_A_ROOM(a_link_in_its_place_is_refused),
        IN_A_ROOM(a_directory_behind_a_link_is_as_good),
        IN_A_ROOM(a_misuse_of_the_store_stops_the_program),
        IN_A_ROOM(a_second_opener_is_told_who_is_in_the_way),
        IN_A_ROOM(a_full_disk_rolls_back_and_later_it_goes_on),
        cmocka_unit_test(a_value_that_no_field_can_hold_is_never_cut),
        IN_A_ROOM(an_update_of_a_row_that_is_not_there_is_refused),
        IN_A_ROOM(a_killed_process_loses_nothing_that_it_committed),
        IN_A_ROOM(every_statement_finds_its_rows_by_an_index),
    };
    return cmocka_run_group_tests_name("the store's file", tests, NULL, NULL);
}
