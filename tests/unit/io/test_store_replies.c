/* Replies, bounces and legs in the store, and a store of version 1 that is brought to today's. */
#include "../../../src/io/store_internal.h"
#include "cpr/base/time.h"
#include "store_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct cpr_reply reply_of(int64_t message_id, int64_t sent_ms, enum cpr_reply_class class)
{
    struct cpr_reply reply = {
        .message_id = message_id, .sent_ms = sent_ms, .view = {.class = class, .words = "we found it"}};
    return reply;
}

static void the_replies_to_a_message_are_listed_from_the_earliest(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_reply found[4];
    size_t count = 9;
    assert_ok(room, port->reply_list(port->self, "reports", "<a@b>", found, 4, &count, &room->error));
    assert_int_equal(count, 0);
    static const struct {
        const char *mailbox;
        int64_t message_id, sent_ms;
    } rows[] = {{"reports", 11, 2000},
                {"reports", 12, CPR_TIME_NONE},
                {"reports", 13, 1000},
                {"reports", 13, 1000},
                {"other", 14, 1}};
    room_begin(room);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cpr_reply reply = reply_of(rows[i].message_id, rows[i].sent_ms, CPR_REPLY_SUBSTANTIVE);
        reply.is_automatic = i == 0;
        assert_ok(room, port->reply_add(port->self, rows[i].mailbox, "<a@b>", &reply, &room->error));
    }
    room_commit(room);
    assert_ok(room, port->reply_list(port->self, "reports", "<a@b>", found, 4, &count, &room->error));
    assert_int_equal(count, 3);
    assert_int_equal(found[0].message_id, 13);
    assert_int_equal(found[0].sent_ms, 1000);
    assert_int_equal(found[0].view.class, CPR_REPLY_SUBSTANTIVE);
    assert_string_equal(found[0].view.words, "we found it");
    assert_false(found[0].is_automatic);
    assert_int_equal(found[1].message_id, 11);
    assert_true(found[1].is_automatic);
    assert_true(found[2].sent_ms == CPR_TIME_NONE);
    assert_ok(room, port->reply_list(port->self, "reports", "<a@b>", found, 2, &count, &room->error));
    assert_int_equal(count, 2);
}

static bool note_reply(void *context, const struct cpr_reply *reply)
{
    char *names = context;
    sprintf(names + strlen(names), "%d:%s ", (int)reply->message_id, cpr_reply_class_name(reply->view.class));
    return true;
}

static void a_reply_has_one_worth_for_a_case_and_the_newest_word_counts(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    char names[200] = "";
    room_begin(room);
    struct cpr_case item = small_case(stored_message(room, 1), "reports");
    assert_ok(room, port->case_put(port->self, &item, &room->error));
    struct cpr_reply first = reply_of(8, 20, CPR_REPLY_SUBSTANTIVE),
                     second = reply_of(7, 30, CPR_REPLY_OTHER_RECIPIENT);
    assert_ok(room, port->case_reply_put(port->self, item.id, &second, &room->error));
    assert_ok(room, port->case_reply_put(port->self, item.id, &first, &room->error));
    first.view.class = CPR_REPLY_BOUNCE;
    assert_ok(room, port->case_reply_put(port->self, item.id, &first, &room->error));
    room_commit(room);
    assert_ok(room, port->case_reply_each(port->self, item.id, note_reply, names, &room->error));
    assert_string_equal(names, "8:bounce 7:other-recipient ");
}

static void what_a_person_says_of_a_reply_stays_and_holds_for_its_copies(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    int64_t ids[3];
    bool is_overruled = true;
    room_begin(room);
    struct cpr_case item = small_case(stored_message(room, 1), "reports");
    assert_ok(room, port->case_put(port->self, &item, &room->error));
    static const char *const names[] = {"<a@ca>", "<a@ca>", "<b@ca>"};
    for (int i = 0; i < 3; i++) {
        struct cpr_message mail = {.first_seen_ms = 1, .internal_ms = 1, .save_ms = 1, .kind = CPR_KIND_REPLY};
        snprintf(mail.mailbox, sizeof mail.mailbox, "reports");
        snprintf(mail.header_message_id, sizeof mail.header_message_id, "%s", names[i]);
        mail.identity.size = (uint32_t)(100 + i);
        assert_ok(room, port->message_put(port->self, &mail, &room->error));
        ids[i] = mail.id;
    }
    struct cpr_reply reply = reply_of(ids[0], 20, CPR_REPLY_SUBSTANTIVE);
    assert_ok(room, port->case_reply_put(port->self, item.id, &reply, &room->error));
    assert_ok(room, port->case_reply_is_overruled(port->self, item.id, ids[0], &is_overruled, &room->error));
    assert_false(is_overruled);
    assert_ok(room, port->case_reply_overrule(port->self, item.id, ids[0], "one", &room->error));
    assert_ok(room, port->case_reply_put(port->self, item.id, &reply, &room->error));
    room_commit(room);
    for (int i = 0; i < 3; i++) {
        assert_ok(room, port->case_reply_is_overruled(port->self, item.id, ids[i], &is_overruled, &room->error));
        assert_int_equal(is_overruled, i < 2);
    }
}

static void a_mail_that_came_back_is_remembered_for_its_mailbox(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    bool known = true;
    assert_ok(room, port->bounce_is_known(port->self, "reports", "<r@ca>", &known, &room->error));
    assert_false(known);
    room_begin(room);
    assert_ok(room, port->bounce_add(port->self, "reports", "<r@ca>", 5, &room->error));
    assert_ok(room, port->bounce_add(port->self, "reports", "<r@ca>", 6, &room->error));
    room_commit(room);
    assert_ok(room, port->bounce_is_known(port->self, "reports", "<r@ca>", &known, &room->error));
    assert_true(known);
    assert_ok(room, port->bounce_is_known(port->self, "other", "<r@ca>", &known, &room->error));
    assert_false(known);
}

static void a_case_is_found_by_the_reply_that_closed_its_leg(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    int64_t ids[4];
    size_t count = 9;
    room_begin(room);
    struct cpr_message reply = {.first_seen_ms = 1, .internal_ms = 1, .save_ms = 1, .kind = CPR_KIND_REPLY};
    snprintf(reply.mailbox, sizeof reply.mailbox, "reports");
    snprintf(reply.header_message_id, sizeof reply.header_message_id, "<r@ca>");
    assert_ok(room, port->message_put(port->self, &reply, &room->error));
    struct cpr_case item = small_case(stored_message(room, 1), "reports");
    assert_true(cpr_leg_close(&item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, 7, "reply in Sent", "a reply", reply.id));
    assert_ok(room, port->case_put(port->self, &item, &room->error));
    room_commit(room);
    assert_ok(room, port->case_by_reply_id(port->self, "reports", "<r@ca>", ids, 4, &count, &room->error));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], item.id);
    assert_ok(room, port->case_by_reply_id(port->self, "other", "<r@ca>", ids, 4, &count, &room->error));
    assert_int_equal(count, 0);
}

static const char old_rows[] =
    "INSERT INTO message (id, mailbox, digest, size, reading_json, verdict, kind, score, from_address, subject,"
    " header_message_id, text_digest) VALUES (1, 'cpr', zeroblob(32), 1, '{}', 'probable', 'report', 90, 'a@b.example',"
    " 's', '<1@b.example>', '');"
    "INSERT INTO cases (id, message_id, mailbox, state, grade, rescue, receipt_ms, receipt_source, found_ms,"
    " deadline_ms, told_age_ms, acked_by, closed_ms, closed_by, closed_note, from_address, subject, header_message_id,"
    " found_folder, found_role, verdict) VALUES"
    " (1, 1, 'cpr', 'open', 'report', 'not-needed', 10, 'internaldate', 10, 20, -1, '', NULL, '', '', '', '', '', '',"
    " 'inbox', 'probable'),"
    " (2, 1, 'cpr', 'answered', 'report', 'not-needed', 10, 'internaldate', 10, 20, -1, '', 15, 'ops', 'by telephone',"
    " '', '', '', '', 'inbox', 'probable'),"
    " (3, 1, 'cpr', 'dismissed', 'report', 'not-needed', 10, 'internaldate', 10, 20, -1, '', 16, 'ops', 'spam', '', '',"
    " '', '', 'inbox', 'probable');"
    "INSERT INTO reply (mailbox, refers_to, message_id, sent_ms) VALUES ('cpr', '<1@b.example>', 1, 15);";

static void a_store_of_version_1_keeps_its_cases_and_what_closed_them_closed_both_legs(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    sqlite3 *db = NULL;
    char mark[100];
    cpr_store_close(&room->store);
    assert_int_equal(unlink(room_file(room)), 0);
    assert_int_equal(sqlite3_open(room_file(room), &db), SQLITE_OK);
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = 1", CPR_STORE_APPLICATION_ID);
    assert_int_equal(sqlite3_exec(db, cpr_store_migrations[0], NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, old_rows, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, mark, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    room_reopen(room);

    struct cpr_case item;
    assert_ok(room, port->case_get(port->self, 1, &item, &room->error));
    assert_int_equal(item.legs[CPR_LEG_REPORTER].state, CPR_LEG_OPEN);
    assert_int_equal(item.legs[CPR_LEG_SUBSCRIBER].state, CPR_LEG_OPEN);
    assert_int_equal(item.deadline_ms, 20);
    assert_ok(room, port->case_get(port->self, 2, &item, &room->error));
    for (int leg = 0; leg < CPR_LEGS; leg++) {
        assert_int_equal(item.legs[leg].state, CPR_LEG_CLOSED);
        assert_int_equal(item.legs[leg].at_ms, 15);
        assert_string_equal(item.legs[leg].by, "ops");
        assert_string_equal(item.legs[leg].note, "by telephone");
    }
    assert_ok(room, port->case_get(port->self, 3, &item, &room->error));
    assert_int_equal(item.state, CPR_CASE_DISMISSED);
    struct cpr_reply replies[2];
    size_t count = 0;
    assert_ok(room, port->reply_list(port->self, "cpr", "<1@b.example>", replies, 2, &count, &room->error));
    assert_int_equal(count, 1);
    assert_int_equal(replies[0].view.class, CPR_REPLY_SUBSTANTIVE); /* it was an answer then */
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(the_replies_to_a_message_are_listed_from_the_earliest),
        IN_A_ROOM(a_reply_has_one_worth_for_a_case_and_the_newest_word_counts),
        IN_A_ROOM(what_a_person_says_of_a_reply_stays_and_holds_for_its_copies),
        IN_A_ROOM(a_mail_that_came_back_is_remembered_for_its_mailbox),
        IN_A_ROOM(a_case_is_found_by_the_reply_that_closed_its_leg),
        IN_A_ROOM(a_store_of_version_1_keeps_its_cases_and_what_closed_them_closed_both_legs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
