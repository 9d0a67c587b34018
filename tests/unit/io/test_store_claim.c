/* The rows of what is said to be revoked, and of what the sources answered. */
#include "store_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static int64_t stored_case(struct room *room)
{
    struct cpr_message message = full_message("{}");
    assert_ok(room, room->port.message_put(room->port.self, &message, &room->error));
    struct cpr_case item = small_case(message.id, "cpr");
    assert_ok(room, room->port.case_put(room->port.self, &item, &room->error));
    return item.id;
}

static struct cpr_claim full_claim(int64_t case_id, int64_t next_ms)
{
    struct cpr_claim claim = {.case_id = case_id, .claimed_ms = 5, .next_ms = next_ms};
    fill(claim.issuer, sizeof claim.issuer);
    fill(claim.serial, sizeof claim.serial);
    fill(claim.claimed_by, sizeof claim.claimed_by);
    fill(claim.note, sizeof claim.note);
    return claim;
}

static void a_claim_is_kept_and_said_again(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_claim got;
    assert_int_equal(port->claim_next(port->self, &got, &room->error), CPR_ABSENT);
    room_begin(room);
    struct cpr_claim claim = full_claim(stored_case(room), 900), second = full_claim(claim.case_id, 100);
    second.serial[0] = 'z';
    assert_ok(room, port->claim_add(port->self, &claim, &room->error));
    assert_ok(room, port->claim_add(port->self, &second, &room->error));
    room_commit(room);
    room_reopen(room);
    assert_ok(room, port->claim_next(port->self, &got, &room->error));
    assert_int_equal(got.id, 2);
    assert_string_equal(got.serial, second.serial);
    assert_string_equal(got.note, second.note);
    assert_true(got.since_ms == CPR_TIME_NONE && got.finding == CPR_FINDING_NOTHING);

    got.rounds = 3;
    got.finding = CPR_FINDING_CONTRADICTORY;
    got.since_ms = 77;
    got.next_ms = CPR_TIME_NONE;
    room_begin(room);
    assert_ok(room, port->claim_put(port->self, &got, &room->error));
    room_commit(room);
    assert_ok(room, port->claim_next(port->self, &got, &room->error));
    assert_int_equal(got.id, 1);

    second.claimed_ms = 6;
    room_begin(room);
    assert_ok(room, port->claim_add(port->self, &second, &room->error));
    room_commit(room);
    assert_ok(room, port->claim_get(port->self, 2, &got, &room->error));
    assert_int_equal(got.claimed_ms, 6);
    assert_int_equal(got.rounds, 0);
    assert_int_equal(got.next_ms, 100);
    assert_int_equal(got.finding, CPR_FINDING_CONTRADICTORY);
    assert_int_equal(got.since_ms, 77);
    assert_int_equal(port->claim_get(port->self, 3, &got, &room->error), CPR_ABSENT);
}

static long number_of(struct room *room, const char *sql)
{
    long number = -1;
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    cpr_store_close(&room->store);
    assert_int_equal(sqlite3_open(room_file(room), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    if (sqlite3_step(statement) == SQLITE_ROW)
        number = (long)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    assert_ok(room, cpr_store_open(room->directory, &room->store, &room->error));
    room->port = cpr_store_port(room->store);
    return number;
}

static bool take_row(void *context, const struct cpr_evidence_row *row)
{
    *(struct cpr_evidence_row *)context = *row;
    return true;
}

static void an_answer_is_kept_once_and_up_to_its_cap(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    char *bytes = calloc(1, CPR_EVIDENCE_MAX_BYTES + 1);
    assert_non_null(bytes);
    struct cpr_evidence_row row = {.claim_id = 1, .way = CPR_WAY_OCSP_POST, .at_ms = 9}, got = {0};
    cpr_revocation_answer_clear(&row.answer);
    row.answer.word = CPR_WORD_REVOKED;
    row.answer.revoked_ms = 8;
    row.answer.reason = 1;
    fill(row.url, sizeof row.url);
    fill(row.answer.note, sizeof row.answer.note);
    room_begin(room);
    struct cpr_claim claim = full_claim(stored_case(room), 1);
    assert_ok(room, port->claim_add(port->self, &claim, &room->error));
    static const struct {
        const char *sha256;
        size_t len;
    } table[] = {{"", 0},
                 {"a", CPR_EVIDENCE_MAX_BYTES},
                 {"a", CPR_EVIDENCE_MAX_BYTES},
                 {"b", CPR_EVIDENCE_MAX_BYTES + 1},
                 {"c", 3}};
    memcpy(bytes, "\x30\x00\xff", 3);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        snprintf(row.sha256, sizeof row.sha256, "%s", table[i].sha256);
        row.size = (int64_t)table[i].len;
        assert_ok(room, port->evidence_add(port->self, &row, cpr_view_make(bytes, table[i].len), &room->error));
    }
    room_commit(room);
    struct cpr_buffer kept = cpr_buffer_new(CPR_EVIDENCE_MAX_BYTES);
    assert_ok(room, port->evidence_bytes(port->self, "a", &kept, &room->error));
    assert_true(kept.len == CPR_EVIDENCE_MAX_BYTES && memcmp(kept.data, bytes, kept.len) == 0);
    assert_int_equal(port->evidence_bytes(port->self, "b", &kept, &room->error), CPR_ABSENT); /* too long to be kept */
    assert_int_equal(port->evidence_bytes(port->self, "d", &kept, &room->error), CPR_ABSENT);
    assert_int_equal(kept.len, CPR_EVIDENCE_MAX_BYTES);
    cpr_buffer_free(&kept);
    free(bytes);
    assert_ok(room, port->evidence_each(port->self, 1, take_row, &got, &room->error));
    assert_int_equal(got.id, 5);
    assert_int_equal(got.size, 3);
    assert_int_equal(got.way, CPR_WAY_OCSP_POST);
    assert_string_equal(got.url, row.url);
    assert_int_equal(got.answer.word, CPR_WORD_REVOKED);
    assert_string_equal(got.answer.note, row.answer.note);
    assert_int_equal(got.answer.revoked_ms, 8);
    assert_int_equal(got.answer.reason, 1);
    assert_true(got.answer.this_update_ms == CPR_TIME_NONE);
    assert_int_equal(number_of(room, "SELECT count(bytes) FROM evidence"), 2);
    assert_int_equal(number_of(room, "SELECT length(bytes) FROM evidence WHERE id = 2"), CPR_EVIDENCE_MAX_BYTES);
    assert_int_equal(number_of(room, "SELECT count(*) FROM evidence WHERE sha256 = 'a'"), 2);
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(a_claim_is_kept_and_said_again),
        IN_A_ROOM(an_answer_is_kept_once_and_up_to_its_cap),
    };
    return cmocka_run_group_tests_name("claims in the store", tests, NULL, NULL);
}
