/* The event chain: what it hashes, that it cannot be changed through the store and that a change beside it is seen. */
#include "store_rows.h"
#include "../../../src/io/store_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static void add_event(struct room *room, int64_t at_ms, int64_t case_id, const char *text)
{
    struct cpr_event event = {
        .at_ms = at_ms, .event = "case-opened", .case_id = case_id, .mailbox = "reports", .who = "cpr-auditd"};
    assert_true(cpr_view_copy(cpr_view_of(text), event.text, sizeof event.text));
    assert_ok(room, room->port.event_add(room->port.self, &event, &room->error));
}

/* Events 1..3 at 1000, 2000 and 3000 of the cases 7, 8 and 7. */
static void add_three(struct room *room)
{
    room_begin(room);
    add_event(room, 1000, 7, "first");
    add_event(room, 2000, 8, "second");
    add_event(room, 3000, 7, "third");
    room_commit(room);
}

/* What somebody with sqlite3(1) would do to the file while the daemon is away. */
static void tamper(struct room *room, const char *sql)
{
    sqlite3 *db = NULL;
    cpr_store_close(&room->store);
    assert_int_equal(sqlite3_open(room_file(room), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    room_reopen(room);
}

static bool note_sequence(void *context, const struct cpr_event *event)
{
    size_t len = strlen(context);
    ((char *)context)[len] = (char)('0' + event->sequence);
    ((char *)context)[len + 1] = 0;
    return true;
}

static bool keep_event(void *context, const struct cpr_event *event)
{
    *(struct cpr_event *)context = *event;
    return true;
}

static void an_event_comes_back_as_it_was(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_event event = {.at_ms = INT64_MAX, .case_id = INT64_MAX}, back = {0};
    fill(event.event, sizeof event.event);
    fill(event.mailbox, sizeof event.mailbox);
    fill(event.who, sizeof event.who);
    fill(event.text, sizeof event.text);
    event.text[5] = '\n';
    room_begin(room);
    assert_ok(room, port->event_add(port->self, &event, &room->error));
    assert_int_equal(event.sequence, 1);
    room_commit(room);
    assert_ok(room, port->event_each(port->self, 0, CPR_TIME_NONE, CPR_TIME_NONE, keep_event, &back, &room->error));
    assert_true(back.sequence == event.sequence && back.at_ms == event.at_ms && back.case_id == event.case_id);
    assert_string_equal(back.event, event.event);
    assert_string_equal(back.mailbox, event.mailbox);
    assert_string_equal(back.who, event.who);
    assert_string_equal(back.text, event.text);
    assert_ok(room, cpr_store_verify_events(room->store, &room->error));
}

static void the_hash_is_the_one_that_sha256sum_gives(void **state)
{
    struct room *room = *state;
    room_begin(room);
    add_event(room, INT64_C(1709651947000), 7, "found in Junk");
    room_commit(room);
    /* printf '%064d\n1\n1709651947000\ncase-opened\n7\nreports\ncpr-auditd\nfound in Junk' 0 | sha256sum */
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(room->store->db, "SELECT hash FROM event", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0),
                        "d0a5c93b4a121f2ae7f33a7018c6521343d06090355585603fce193c9911d03a");
    sqlite3_finalize(statement);
}

static void events_are_listed_by_case_and_by_time(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    add_three(room);
    static const struct {
        const char *name;
        int64_t case_id, from_ms, to_ms;
        const char *want;
    } table[] = {
        {"all", 0, CPR_TIME_NONE, CPR_TIME_NONE, "123"},
        {"of a case", 7, CPR_TIME_NONE, CPR_TIME_NONE, "13"},
        {"from", 0, 2000, CPR_TIME_NONE, "23"},
        {"to", 0, CPR_TIME_NONE, 2000, "1"},
        {"half-open", 0, 1000, 3000, "12"},
        {"of a case in a range", 7, 1001, 3001, "3"},
        {"of no case", 9, CPR_TIME_NONE, CPR_TIME_NONE, ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char sequences[8] = "";
        assert_ok(room, port->event_each(port->self, table[i].case_id, table[i].from_ms, table[i].to_ms, note_sequence,
                                         sequences, &room->error));
        assert_string_equal(sequences, table[i].want);
    }
}

static void an_event_that_was_rolled_back_leaves_no_gap(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    add_three(room);
    room_begin(room);
    add_event(room, 4000, 0, "never was");
    port->rollback(port->self);
    room_begin(room);
    add_event(room, 5000, 0, "fourth");
    room_commit(room);
    char sequences[8] = "";
    assert_ok(room, port->event_each(port->self, 0, 4000, CPR_TIME_NONE, note_sequence, sequences, &room->error));
    assert_string_equal(sequences, "4");
    assert_ok(room, cpr_store_verify_events(room->store, &room->error));
}

static void the_file_refuses_to_change_or_delete_an_event(void **state)
{
    struct room *room = *state;
    add_three(room);
    static const char *const attempts[] = {"UPDATE event SET text = 'nothing' WHERE sequence = 2",
                                           "DELETE FROM event WHERE sequence = 3",
                                           "REPLACE INTO event SELECT * FROM event WHERE sequence = 1",
                                           "INSERT INTO event SELECT sequence + 4, at_ms, event, case_id, mailbox, who,"
                                           " text, prev_hash, hash FROM event WHERE sequence = 1"};
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++)
        assert_int_equal(sqlite3_exec(room->store->db, attempts[i], NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
    assert_ok(room, cpr_store_verify_events(room->store, &room->error));
}

static void a_change_beside_the_store_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *name, *sql, *want;
    } table[] = {
        {"another text", "DROP TRIGGER event_keep; UPDATE event SET text = 'nothing' WHERE sequence = 2", "at event 2"},
        {"another time", "DROP TRIGGER event_keep; UPDATE event SET at_ms = 999 WHERE sequence = 1", "at event 1"},
        {"another case", "DROP TRIGGER event_keep; UPDATE event SET case_id = 9 WHERE sequence = 3", "at event 3"},
        {"one left out", "DROP TRIGGER event_stay; DELETE FROM event WHERE sequence = 2", "at event 2"},
        {"the first left out", "DROP TRIGGER event_stay; DELETE FROM event WHERE sequence = 1", "at event 1"},
        {"too long a text", "DROP TRIGGER event_keep; UPDATE event SET text = hex(zeroblob(2000)) WHERE sequence = 2",
         "at event 2"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        void *opened = NULL;
        assert_int_equal(room_open(&opened), 0);
        struct room *room = opened;
        add_three(room);
        assert_ok(room, cpr_store_verify_events(room->store, &room->error));
        tamper(room, table[i].sql);
        assert_int_equal(cpr_store_verify_events(room->store, &room->error), CPR_CORRUPT);
        assert_non_null(strstr(room->error.text, table[i].want));
        assert_int_equal(room_close(&opened), 0);
    }
}

static void a_line_feed_that_would_blur_the_hashed_fields_is_refused(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_event event = {.event = "acked", .who = "somebody\nelse"};
    room_begin(room);
    assert_int_equal(port->event_add(port->self, &event, &room->error), CPR_CORRUPT);
    assert_int_equal(event.sequence, 0);
    port->rollback(port->self);
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(an_event_comes_back_as_it_was),
        IN_A_ROOM(the_hash_is_the_one_that_sha256sum_gives),
        IN_A_ROOM(events_are_listed_by_case_and_by_time),
        IN_A_ROOM(an_event_that_was_rolled_back_leaves_no_gap),
        IN_A_ROOM(the_file_refuses_to_change_or_delete_an_event),
        cmocka_unit_test(a_change_beside_the_store_is_seen),
        IN_A_ROOM(a_line_feed_that_would_blur_the_hashed_fields_is_refused),
    };
    return cmocka_run_group_tests_name("the event chain", tests, NULL, NULL);
}
