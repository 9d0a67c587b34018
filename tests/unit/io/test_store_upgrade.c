/* A store of each released version opens, keeps its rows and gets what later versions added. */
#include "store_rows.h"
#include "../../../src/io/store_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void execute(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", error, sql);
}

/* Puts a file of version 1, as that version made it, in the place of the room's. */
static void make_version_1(struct room *room, const char *rows)
{
    sqlite3 *db = NULL;
    cpr_store_close(&room->store);
    assert_int_equal(unlink(room_file(room)), 0);
    assert_int_equal(sqlite3_open(room_file(room), &db), SQLITE_OK);
    execute(db, cpr_store_migrations[0]);
    execute(db, "PRAGMA application_id = 1129337409; PRAGMA user_version = 1");
    execute(db, rows);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_released_version_never_changes(void **state)
{
    (void)state;
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_digest digest = cpr_digest_of(cpr_view_of(cpr_store_migrations[0]));
    cpr_digest_to_hex(&digest, hex);
    assert_string_equal(hex, "60171da511299918493d2b719ecca9b3973ee2d4dbe1d126c14e88f00541794d");
}

#define MESSAGE(id, from, message_id, reading)                                                                         \
    "INSERT INTO message VALUES (" id ", 'reports', x'" id id id "', 10, 1, NULL, 2, NULL, " reading                   \
    ", 'unlikely', 'other', 0, '" from "', 'words', '" message_id "', 'digest');"

static size_t found(struct room *room, const char *value, int64_t ids_out[4])
{
    size_t count = 0;
    assert_ok(room, room->port.identifier_find(room->port.self, value, ids_out, 4, &count, &room->error));
    return count;
}

static void the_index_of_identifiers_is_made_of_the_readings_of_version_1(void **state)
{
    struct room *room = *state;
    int64_t ids[4];
    make_version_1(room, MESSAGE("11", "Reporter@Example.org", "<a@example.org>",
                                 "'{\"references\":[\"<b@example.org>\"],\"identifiers\":["
                                 "{\"type\":\"serial\",\"value\":\"3a41\"},{\"type\":\"lint\",\"value\":\"e_x\"}]}'")
                             MESSAGE("12", "", "", "NULL") MESSAGE("13", "", "", "'no JSON'")
                                 MESSAGE("14", "", "<b@example.org>", "'{\"identifiers\":[7,{\"type\":1}]}'"));
    assert_ok(room, cpr_store_open(room->directory, &room->store, &room->error));
    room->port = cpr_store_port(room->store);
    assert_int_equal(found(room, "3a41", ids), 1);
    assert_int_equal(ids[0], 11);
    assert_int_equal(found(room, "reporter@example.org", ids), 1);
    assert_int_equal(found(room, "e_x", ids), 1);
    assert_int_equal(found(room, "<b@example.org>", ids), 2);
    assert_int_equal(ids[0], 14);
    assert_int_equal(ids[1], 11);
    assert_int_equal(found(room, "nothing", ids), 0);
}

static void a_store_is_upgraded_once(void **state)
{
    struct room *room = *state;
    make_version_1(room, "INSERT INTO setting VALUES ('kept', 'yes')");
    assert_ok(room, cpr_store_open(room->directory, &room->store, &room->error));
    room_reopen(room);
    char text[8] = "";
    assert_ok(room, room->port.value_get(room->port.self, "kept", text, sizeof text, &room->error));
    assert_string_equal(text, "yes");
}

#define CASE_1(id, state, grade, closed)                                                                               \
    "INSERT INTO cases VALUES (" id ", 11, 'reports', '" state "', '" grade                                            \
    "', 'not-needed', 1000, 'internaldate', 1, "                                                                       \
    "NULL, NULL, 1, 1, 86401000, 0, NULL, '', " closed ", 'ops', 'told', '', '', '', 'INBOX', 'inbox', 'probable');"

/* Of a report that was answered then nobody knows; it does not alarm. The others get the shorter time. */
static void cases_of_version_1_get_a_clock_for_the_revocation(void **state)
{
    struct room *room = *state;
    struct cpr_case item;
    make_version_1(room, MESSAGE("11", "", "", "NULL") CASE_1("1", "open", "report", "NULL")
                             CASE_1("2", "answered", "report", "5000") CASE_1("3", "dismissed", "report", "5000"));
    assert_ok(room, cpr_store_open(room->directory, &room->store, &room->error));
    room->port = cpr_store_port(room->store);
    for (int64_t id = 1; id <= 3; id++) {
        assert_ok(room, room->port.case_get(room->port.self, id, &item, &room->error));
        assert_int_equal(item.revocation.by_rules, CPR_REVOKE_IN_24H);
        assert_int_equal(item.revocation.class, CPR_REVOKE_IN_24H);
        assert_string_equal(item.revocation.set_by, "");
        assert_int_equal(item.revocation.deadline_ms, 1000 + CPR_DAY_MS);
        assert_int_equal(item.revocation.told_age_ms, -1);
        assert_int_equal(item.revocation.is_ended, id == 2);
        assert_int_equal(cpr_obligation_is_open(&item), id == 1);
        assert_false(cpr_obligation_is_owed(&item));
    }
    assert_ok(room, room->port.case_get(room->port.self, 2, &item, &room->error));
    assert_int_equal(item.revocation.ended_ms, 5000);
    assert_string_equal(item.revocation.ended_by, "cpr-auditd");
    assert_string_equal(item.revocation.ended_note,
                        "it was answered before clocks of revocations were kept: nobody was asked");
}

static bool note_case(void *context, const struct cpr_case *item)
{
    char number[8];
    snprintf(number, sizeof number, "%d ", (int)item->id);
    strcat(context, number);
    return true;
}

static void what_is_owed_is_listed_as_the_rule_says(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    char owed[64] = "", wanted[64] = "", day[256] = "", wanted_day[256] = "";
    room_begin(room);
    int64_t message_id = stored_message(room, 1);
    for (int i = 0; i < CPR_CASE_STATES * CPR_GRADES * CPR_REVOCATION_CLASSES * 2; i++) {
        struct cpr_case item = small_case(message_id, "reports");
        int rest = i;
        item.state = (enum cpr_case_state)(rest % CPR_CASE_STATES), rest /= CPR_CASE_STATES;
        item.grade = (enum cpr_case_grade)(rest % CPR_GRADES), rest /= CPR_GRADES;
        item.revocation.class = (enum cpr_revocation_class)(rest % CPR_REVOCATION_CLASSES);
        item.revocation.is_ended = rest / CPR_REVOCATION_CLASSES;
        item.revocation.ended_ms = item.revocation.is_ended ? 20 : 0;
        item.revocation.deadline_ms = i;
        item.closed_ms = item.state == CPR_CASE_OPEN ? CPR_TIME_NONE : 10;
        item.found_ms = 5;
        assert_ok(room, port->case_put(port->self, &item, &room->error));
        if (cpr_obligation_is_owed(&item))
            note_case(wanted, &item);
        if (item.state == CPR_CASE_OPEN || cpr_obligation_is_owed(&item))
            note_case(wanted_day, &item);
    }
    room_commit(room);
    assert_ok(room, port->case_each_owed(port->self, note_case, owed, &room->error));
    assert_string_not_equal(owed, "");
    assert_string_equal(owed, wanted);
    /* The review of a later day: what is open, and what was owed on it. */
    assert_ok(room, port->review_cases(port->self, 30, 40, note_case, day, &room->error));
    assert_string_equal(day, wanted_day);
}

static void relatives_share_what_only_they_share(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    static const struct {
        uint32_t n;
        const char *type, *value;
    } rows[] = {
        {1, "message-id", "<1@x>"}, {1, "serial", "aa01"},      {1, "from", "a@x"},        {1, "domain", "x.example"},
        {2, "refers-to", "<1@x>"},  {2, "domain", "x.example"}, {3, "serial", "aa01"},     {3, "from", "b@x"},
        {4, "from", "a@x"},         {4, "domain", "x.example"}, {5, "refers-to", "<9@x>"}, {2, "refers-to", "<9@x>"},
        {2, "refers-to", "<9@x>"},
    };
    int64_t id[6] = {0}, ids[4];
    size_t count = 0;
    room_begin(room);
    for (uint32_t n = 1; n <= 5; n++)
        id[n] = stored_message(room, n);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_ok(room, port->identifier_add(port->self, rows[i].type, rows[i].value, id[rows[i].n], &room->error));
    room_commit(room);
    assert_ok(room, port->identifier_relatives(port->self, id[1], false, ids, 4, &count, &room->error));
    assert_int_equal(count, 2);
    assert_int_equal(ids[0], id[3]);
    assert_int_equal(ids[1], id[2]);
    assert_ok(room, port->identifier_relatives(port->self, id[1], true, ids, 4, &count, &room->error));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], id[4]);
    assert_ok(room, port->identifier_relatives(port->self, id[2], false, ids, 1, &count, &room->error));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], id[5]);
}

static bool note_link(void *context, const struct cpr_link *link)
{
    char line[160];
    snprintf(line, sizeof line, "%d-%d %u %s%s ", (int)link->message_id, (int)link->other_id, link->reasons,
             link->detail, link->brought_forward ? "!" : "");
    strcat((char *)context, line);
    return true;
}

static void a_link_is_stored_once_and_listed_on_either_side(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    room_begin(room);
    int64_t one = stored_message(room, 1), two = stored_message(room, 2), three = stored_message(room, 3);
    struct cpr_link link = {two, one, CPR_LINK_THREAD | CPR_LINK_SENDER, "words", 5, true};
    assert_ok(room, port->link_add(port->self, &link, &room->error));
    link.reasons = CPR_LINK_TEXT;
    assert_ok(room, port->link_add(port->self, &link, &room->error));
    link = (struct cpr_link){three, two, CPR_LINK_IDENTIFIER, "serial 3a41", 6, false};
    assert_ok(room, port->link_add(port->self, &link, &room->error));
    room_commit(room);
    char of_one[200] = "", of_two[200] = "";
    assert_ok(room, port->link_each(port->self, one, note_link, of_one, &room->error));
    assert_string_equal(of_one, "2-1 17 words! ");
    assert_ok(room, port->link_each(port->self, two, note_link, of_two, &room->error));
    assert_string_equal(of_two, "2-1 17 words! 3-2 4 serial 3a41 ");
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_released_version_never_changes),
        IN_A_ROOM(a_store_is_upgraded_once),
        IN_A_ROOM(the_index_of_identifiers_is_made_of_the_readings_of_version_1),
        IN_A_ROOM(cases_of_version_1_get_a_clock_for_the_revocation),
        IN_A_ROOM(what_is_owed_is_listed_as_the_rule_says),
        IN_A_ROOM(relatives_share_what_only_they_share),
        IN_A_ROOM(a_link_is_stored_once_and_listed_on_either_side),
    };
    return cmocka_run_group_tests_name("upgrades of the store", tests, NULL, NULL);
}
