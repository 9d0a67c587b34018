/* The store as a whole: every row goes in and comes out as it was, and lists hold what they promise. */
#include "cpr/base/time.h"
#include "store_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void a_value_is_kept_and_replaced(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    char text[8] = "before";
    assert_int_equal(port->value_get(port->self, "instance", text, sizeof text, &room->error), CPR_ABSENT);
    assert_string_equal(text, "before");
    room_begin(room);
    assert_ok(room, port->value_put(port->self, "instance", "first", &room->error));
    assert_ok(room, port->value_put(port->self, "instance", "second", &room->error));
    room_commit(room);
    assert_ok(room, port->value_get(port->self, "instance", text, sizeof text, &room->error));
    assert_string_equal(text, "second");
    char small[6] = "same";
    assert_int_equal(port->value_get(port->self, "instance", small, sizeof small, &room->error), CPR_CORRUPT);
    assert_string_equal(small, "same");
}

static void a_folder_comes_back_as_it_was(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_folder folder = full_folder(), back = {0};
    assert_int_equal(port->folder_get(port->self, folder.mailbox, folder.name, &back, &room->error), CPR_ABSENT);
    assert_int_equal(back.id, 0);
    room_begin(room);
    assert_ok(room, port->folder_put(port->self, &folder, &room->error));
    assert_int_equal(folder.id, 1);
    folder.looked_ms = CPR_TIME_NONE;
    folder.next_uid = 0;
    folder.role = CPR_ROLE_SENT;
    assert_ok(room, port->folder_put(port->self, &folder, &room->error));
    room_commit(room);
    assert_ok(room, port->folder_get(port->self, folder.mailbox, folder.name, &back, &room->error));
    assert_folder_equal(&back, &folder);
}

static bool note_folder(void *context, const struct cpr_folder *folder)
{
    strcat((char *)context, folder->name);
    strcat((char *)context, " ");
    return strcmp(folder->name, "stop") != 0;
}

static void folders_are_listed_by_mailbox_and_a_callback_may_stop(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    static const char *const names[][2] = {{"b", "z"}, {"b", "stop"}, {"a", "INBOX"}};
    room_begin(room);
    for (size_t i = 0; i < 3; i++) {
        struct cpr_folder folder = small_folder(names[i][0], names[i][1]);
        assert_ok(room, port->folder_put(port->self, &folder, &room->error));
    }
    room_commit(room);
    char all[64] = "", one[64] = "";
    assert_ok(room, port->folder_each(port->self, NULL, note_folder, all, &room->error));
    assert_string_equal(all, "INBOX stop ");
    assert_ok(room, port->folder_each(port->self, "a", note_folder, one, &room->error));
    assert_string_equal(one, "INBOX ");
}

static void a_sighting_counts_its_attempts_until_it_is_settled(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_sighting sighting = {0}, back = {0};
    room_begin(room);
    int64_t folder_id = stored_folder(room, "reports", "Junk");
    int64_t message_id = stored_message(room, 1);
    assert_int_equal(port->sighting_get(port->self, folder_id, 7, UINT32_MAX, &back, &room->error), CPR_ABSENT);
    assert_ok(room, port->sighting_expect(port->self, folder_id, 7, UINT32_MAX, 1000, &sighting, &room->error));
    assert_int_equal(sighting.attempts, 1);
    assert_int_equal(sighting.uid, UINT32_MAX);
    assert_int_equal(sighting.state, CPR_SIGHTING_EXPECTED);
    assert_true(sighting.settled_ms == CPR_TIME_NONE);
    assert_ok(room, port->sighting_expect(port->self, folder_id, 7, UINT32_MAX, 2000, &sighting, &room->error));
    assert_int_equal(sighting.attempts, 2);
    assert_int_equal(sighting.first_seen_ms, 1000);
    sighting.state = CPR_SIGHTING_JUDGED;
    sighting.settled_ms = 3000;
    sighting.message_id = message_id;
    fill(sighting.action, sizeof sighting.action);
    assert_ok(room, port->sighting_put(port->self, &sighting, &room->error));
    assert_ok(room, port->sighting_expect(port->self, folder_id, 7, UINT32_MAX, 4000, &back, &room->error));
    room_commit(room);
    assert_sighting_equal(&back, &sighting);
    memset(&back, 0, sizeof back);
    assert_ok(room, port->sighting_get(port->self, folder_id, 7, UINT32_MAX, &back, &room->error));
    assert_sighting_equal(&back, &sighting);
}

static void the_tally_and_the_expected_add_up_under_one_uidvalidity(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    room_begin(room);
    int64_t folder_id = stored_folder(room, "reports", "Junk");
    static const enum cpr_sighting_state states[] = {
        CPR_SIGHTING_EXPECTED, CPR_SIGHTING_JUDGED,   CPR_SIGHTING_JUDGED,    CPR_SIGHTING_EXPECTED,
        CPR_SIGHTING_VANISHED, CPR_SIGHTING_EXPECTED, CPR_SIGHTING_UNREADABLE};
    for (uint32_t i = 0; i < sizeof states / sizeof states[0]; i++)
        stored_sighting(room, folder_id, 9, 100 - i, states[i], 50, 0);
    stored_sighting(room, folder_id, 8, 5, CPR_SIGHTING_EXPECTED, 50, 0);
    room_commit(room);
    struct cpr_folder_tally tally = {0};
    assert_ok(room, port->folder_tally(port->self, folder_id, 9, &tally, &room->error));
    assert_int_equal(tally.expected, 3);
    assert_int_equal(tally.judged, 2);
    assert_int_equal(tally.unreadable, 1);
    assert_int_equal(tally.vanished, 1);
    uint32_t uids[8] = {0};
    size_t count = 0;
    assert_ok(room, port->sighting_expected(port->self, folder_id, 9, uids, 8, &count, &room->error));
    assert_int_equal(count, 3);
    assert_int_equal(uids[0], 95);
    assert_int_equal(uids[1], 97);
    assert_int_equal(uids[2], 100);
    assert_ok(room, port->sighting_expected(port->self, folder_id, 9, uids, 2, &count, &room->error));
    assert_int_equal(count, 2);
}

static void a_message_comes_back_as_it_was(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    char *reading = malloc(CPR_STORE_READING_MAX_BYTES + 2);
    assert_non_null(reading);
    fill(reading, CPR_STORE_READING_MAX_BYTES + 1);
    struct cpr_message message = full_message(reading), back = {0};
    assert_int_equal(port->message_find(port->self, message.mailbox, &message.identity, &back, &room->error),
                     CPR_ABSENT);
    room_begin(room);
    assert_ok(room, port->message_put(port->self, &message, &room->error));
    struct cpr_case item = full_case(message.id);
    assert_ok(room, port->case_put(port->self, &item, &room->error));
    message.case_id = item.id;
    message.save_ms = CPR_TIME_NONE;
    assert_ok(room, port->message_put(port->self, &message, &room->error));
    room_commit(room);
    assert_ok(room, port->message_get(port->self, message.id, &back, &room->error));
    assert_message_equal(&back, &message);
    memset(&back, 0, sizeof back);
    assert_ok(room, port->message_find(port->self, message.mailbox, &message.identity, &back, &room->error));
    assert_message_equal(&back, &message);

    message.reading_json = NULL;
    room_begin(room);
    assert_ok(room, port->message_put(port->self, &message, &room->error));
    room_commit(room);
    assert_ok(room, port->message_get(port->self, message.id, &back, &room->error));
    assert_null(back.reading_json);

    fill(reading, CPR_STORE_READING_MAX_BYTES + 2);
    message.reading_json = reading;
    room_begin(room);
    assert_int_equal(port->message_put(port->self, &message, &room->error), CPR_LIMIT);
    assert_int_equal(port->commit(port->self, &room->error), CPR_LIMIT);
    free(reading);
}

static bool note_sighting(void *context, const struct cpr_sighting *sighting, const struct cpr_folder *folder)
{
    assert_int_equal(sighting->folder_id, folder->id);
    strcat((char *)context, folder->name);
    strcat((char *)context, " ");
    return true;
}

static void the_sightings_of_a_message_are_listed_newest_first(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    room_begin(room);
    int64_t message_id = stored_message(room, 1);
    int64_t other_id = stored_message(room, 2);
    stored_sighting(room, stored_folder(room, "reports", "Junk"), 1, 1, CPR_SIGHTING_JUDGED, 100, message_id);
    stored_sighting(room, stored_folder(room, "reports", "INBOX"), 1, 1, CPR_SIGHTING_JUDGED, 300, message_id);
    stored_sighting(room, stored_folder(room, "reports", "Old"), 1, 1, CPR_SIGHTING_JUDGED, 200, message_id);
    stored_sighting(room, stored_folder(room, "reports", "Else"), 1, 1, CPR_SIGHTING_JUDGED, 200, other_id);
    room_commit(room);
    char names[64] = "";
    assert_ok(room, port->sighting_each_of(port->self, message_id, note_sighting, names, &room->error));
    assert_string_equal(names, "INBOX Old Junk ");
}

static void a_case_comes_back_as_it_was(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    room_begin(room);
    struct cpr_case item = full_case(stored_message(room, 1)), back = {0};
    assert_int_equal(port->case_get(port->self, 1, &back, &room->error), CPR_ABSENT);
    assert_ok(room, port->case_put(port->self, &item, &room->error));
    room_commit(room);
    assert_ok(room, port->case_get(port->self, item.id, &back, &room->error));
    assert_case_equal(&back, &item);

    item.state = CPR_CASE_DISMISSED;
    item.told_age_ms = -1;
    item.acked_ms = CPR_TIME_NONE;
    item.rescue = CPR_RESCUE_OBSERVED;
    item.closed_note[0] = 0;
    for (size_t i = 0; i < CPR_RECEIPT_SOURCES; i++)
        item.receipt.stamps_ms[i] = CPR_TIME_NONE;
    room_begin(room);
    assert_ok(room, port->case_put(port->self, &item, &room->error));
    room_commit(room);
    assert_ok(room, port->case_get(port->self, item.id, &back, &room->error));
    assert_case_equal(&back, &item);
}

static bool note_case(void *context, const struct cpr_case *item)
{
    size_t len = strlen(context);
    ((char *)context)[len] = (char)('0' + item->id);
    ((char *)context)[len + 1] = 0;
    return true;
}

/* Cases 1..4: open with deadline 300; open, 100; answered at 250, 200; open in another mailbox, 50. */
static void store_four_cases(struct room *room)
{
    struct cpr_store_port *port = &room->port;
    static const struct {
        int64_t deadline_ms, found_ms, closed_ms;
        const char *mailbox, *header_message_id;
    } rows[] = {{300, 10, CPR_TIME_NONE, "reports", "<x@y>"},
                {100, 20, CPR_TIME_NONE, "reports", ""},
                {200, 30, 250, "reports", "<x@y>"},
                {50, 400, CPR_TIME_NONE, "other", "<x@y>"}};
    room_begin(room);
    for (size_t i = 0; i < 4; i++) {
        struct cpr_case item = small_case(stored_message(room, (uint32_t)i + 1), rows[i].mailbox);
        item.deadline_ms = rows[i].deadline_ms;
        item.found_ms = rows[i].found_ms;
        item.closed_ms = rows[i].closed_ms;
        item.state = rows[i].closed_ms == CPR_TIME_NONE ? CPR_CASE_OPEN : CPR_CASE_ANSWERED;
        cpr_view_copy(cpr_view_of(rows[i].header_message_id), item.header_message_id, sizeof item.header_message_id);
        assert_ok(room, port->case_put(port->self, &item, &room->error));
    }
    room_commit(room);
}

static void cases_are_listed_by_deadline(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    store_four_cases(room);
    char all[8] = "", open[8] = "";
    assert_ok(room, port->case_each(port->self, false, note_case, all, &room->error));
    assert_string_equal(all, "4231");
    assert_ok(room, port->case_each(port->self, true, note_case, open, &room->error));
    assert_string_equal(open, "421");
}

static void open_cases_are_found_by_the_message_id_of_their_mailbox(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    store_four_cases(room);
    int64_t ids[4] = {0};
    size_t count = 9;
    assert_ok(room, port->case_by_header_id(port->self, "reports", "<x@y>", ids, 4, &count, &room->error));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], 1);
    assert_ok(room, port->case_by_header_id(port->self, "reports", "", ids, 4, &count, &room->error));
    assert_int_equal(count, 0);
}

static void a_day_shows_the_cases_that_were_open_in_it(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    store_four_cases(room);
    static const struct {
        const char *name;
        int64_t from_ms, to_ms;
        const char *want;
    } table[] = {
        {"before the first", 0, 10, ""},   {"opened in it", 0, 11, "1"},      {"all open", 100, 250, "123"},
        {"closed in it", 250, 260, "123"}, {"closed before", 251, 400, "12"}, {"the last was opened", 400, 401, "124"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char ids[8] = "";
        assert_ok(room, port->review_cases(port->self, table[i].from_ms, table[i].to_ms, note_case, ids, &room->error));
        assert_string_equal(ids, table[i].want);
    }
}

static void an_intent_comes_back_as_it_was(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    room_begin(room);
    struct cpr_intent intent = full_intent(room), back = {0};
    assert_int_equal(port->intent_of_case(port->self, intent.case_id, &back, &room->error), CPR_ABSENT);
    assert_ok(room, port->intent_put(port->self, &intent, &room->error));
    room_commit(room);
    assert_ok(room, port->intent_of_case(port->self, intent.case_id, &back, &room->error));
    assert_intent_equal(&back, &intent);

    intent.ended_ms = CPR_TIME_NONE;
    intent.state = CPR_INTENT_GONE;
    intent.is_marked = false;
    room_begin(room);
    assert_ok(room, port->intent_put(port->self, &intent, &room->error));
    room_commit(room);
    assert_ok(room, port->intent_of_case(port->self, intent.case_id, &back, &room->error));
    assert_intent_equal(&back, &intent);
}

static void intents_that_need_work_are_listed_oldest_first(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    static const struct {
        enum cpr_intent_state state;
        bool is_marked;
        const char *mailbox;
    } rows[] = {{CPR_INTENT_UNKNOWN, false, "reports"}, {CPR_INTENT_DONE, true, "reports"},
                {CPR_INTENT_DONE, false, "other"},      {CPR_INTENT_NOT_DONE, false, "reports"},
                {CPR_INTENT_GONE, false, "reports"},    {CPR_INTENT_DONE, false, "reports"}};
    room_begin(room);
    struct cpr_intent intent = full_intent(room);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        intent.id = 0;
        intent.state = rows[i].state;
        intent.is_marked = rows[i].is_marked;
        intent.begun_ms = (int64_t)i * 100;
        cpr_view_copy(cpr_view_of(rows[i].mailbox), intent.mailbox, sizeof intent.mailbox);
        assert_ok(room, port->intent_put(port->self, &intent, &room->error));
    }
    room_commit(room);
    struct cpr_intent found[4];
    size_t count = 0;
    assert_ok(room, port->intent_unfinished(port->self, NULL, found, 4, &count, &room->error));
    assert_int_equal(count, 3);
    assert_int_equal(found[0].id, 1);
    assert_int_equal(found[1].id, 3);
    assert_int_equal(found[2].id, 6);
    assert_ok(room, port->intent_unfinished(port->self, "reports", found, 4, &count, &room->error));
    assert_int_equal(count, 2);
    assert_int_equal(found[1].id, 6);
    assert_ok(room, port->intent_unfinished(port->self, NULL, found, 1, &count, &room->error));
    assert_int_equal(count, 1);
    unsigned moves = 0;
    assert_ok(room, port->intent_count_since(port->self, 200, &moves, &room->error));
    assert_int_equal(moves, 2); /* only what was done or may have been: not what was refused */
    assert_ok(room, port->intent_of_case(port->self, intent.case_id, &intent, &room->error));
    assert_int_equal(intent.id, 6);
}

static bool keep_alert(void *context, const struct cpr_alert *alert)
{
    *(struct cpr_alert *)context = *alert;
    return true;
}

static void an_alert_comes_back_as_it_was(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_alert alert = full_alert(5), back = {0};
    room_begin(room);
    assert_ok(room, port->alert_add(port->self, &alert, NULL, &room->error));
    room_commit(room);
    assert_ok(room, port->alert_each_of_case(port->self, 5, keep_alert, &back, &room->error));
    assert_alert_equal(&back, &alert);
    alert.sent_ms = CPR_TIME_NONE;
    alert.state = CPR_ALERT_PENDING;
    alert.reply_code = -1;
    alert.reply[0] = 0;
    room_begin(room);
    assert_ok(room, port->alert_put(port->self, &alert, &room->error));
    room_commit(room);
    assert_ok(room, port->alert_each_of_case(port->self, 5, keep_alert, &back, &room->error));
    assert_alert_equal(&back, &alert);
    bool ours = false;
    assert_ok(room, port->alert_is_ours(port->self, alert.header_message_id, &ours, &room->error));
    assert_true(ours);
    assert_ok(room, port->alert_is_ours(port->self, "<somebody@else>", &ours, &room->error));
    assert_false(ours);
}

static void an_alert_is_stored_once_for_a_recipient_and_step(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_alert first = small_alert(1, "case", "a@ca.example"), again = first, other = first;
    again.due_ms = 999;
    other.step_age_ms++;
    bool is_new = false;
    room_begin(room);
    assert_ok(room, port->alert_add(port->self, &first, &is_new, &room->error));
    assert_true(is_new);
    assert_ok(room, port->alert_add(port->self, &again, &is_new, &room->error));
    assert_false(is_new);
    assert_int_equal(again.id, 0);
    assert_ok(room, port->alert_add(port->self, &other, &is_new, &room->error));
    assert_true(is_new);
    struct cpr_alert trouble = small_alert(0, "mailbox-blind:x", "a@ca.example"), twin = trouble;
    assert_ok(room, port->alert_add(port->self, &trouble, &is_new, &room->error));
    assert_true(is_new);
    assert_ok(room, port->alert_add(port->self, &twin, &is_new, &room->error));
    assert_false(is_new);
    room_commit(room);
    int64_t next_try_ms = 0;
    unsigned pending = 0;
    assert_ok(room, port->alert_next(port->self, &next_try_ms, &pending, &room->error));
    assert_int_equal(pending, 3);
    assert_int_equal(next_try_ms, 100);
}

static void alerts_that_are_due_come_oldest_first(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    int64_t next_try_ms = 5;
    unsigned pending = 5;
    assert_ok(room, port->alert_next(port->self, &next_try_ms, &pending, &room->error));
    assert_true(next_try_ms == CPR_TIME_NONE);
    assert_int_equal(pending, 0);
    static const int64_t due_next[][2] = {{300, 900}, {100, 1000}, {200, 1001}, {50, 50}};
    room_begin(room);
    for (size_t i = 0; i < 4; i++) {
        struct cpr_alert alert = small_alert((int64_t)i + 1, "case", "a@ca.example");
        alert.due_ms = due_next[i][0];
        alert.next_try_ms = due_next[i][1];
        alert.state = i == 3 ? CPR_ALERT_SENT : CPR_ALERT_PENDING;
        assert_ok(room, port->alert_add(port->self, &alert, NULL, &room->error));
    }
    room_commit(room);
    struct cpr_alert due[4];
    size_t count = 0;
    assert_ok(room, port->alert_due(port->self, 1000, due, 4, &count, &room->error));
    assert_int_equal(count, 2);
    assert_int_equal(due[0].case_id, 2);
    assert_int_equal(due[1].case_id, 1);
    assert_ok(room, port->alert_next(port->self, &next_try_ms, &pending, &room->error));
    assert_int_equal(next_try_ms, 900);
    assert_int_equal(pending, 3);
}

static void cancelling_touches_only_what_is_pending_and_meant(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_alert alerts[] = {small_alert(1, "case", "a@ca.example"), small_alert(1, "put-back", "a@ca.example"),
                                 small_alert(2, "case", "a@ca.example"), small_alert(0, "disk", "a@ca.example"),
                                 small_alert(0, "clock", "a@ca.example")};
    room_begin(room);
    for (size_t i = 0; i < 5; i++)
        assert_ok(room, port->alert_add(port->self, &alerts[i], NULL, &room->error));
    room_commit(room);
    static const struct {
        int64_t case_id;
        const char *topic;
        unsigned left;
    } table[] = {{0, "disk", 4}, {0, "case", 4}, {1, "put-back", 3}, {1, NULL, 2}, {2, NULL, 1}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        room_begin(room);
        assert_ok(room, port->alert_cancel(port->self, table[i].case_id, table[i].topic, &room->error));
        room_commit(room);
        int64_t next_try_ms;
        unsigned pending = 99;
        assert_ok(room, port->alert_next(port->self, &next_try_ms, &pending, &room->error));
        assert_int_equal(pending, table[i].left);
    }
}

static bool note_condition(void *context, const struct cpr_condition *condition)
{
    strcat((char *)context, condition->topic);
    strcat((char *)context, " ");
    return true;
}

static void a_condition_comes_back_and_only_active_ones_are_listed(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_condition full = {.since_ms = 5, .told_ms = CPR_TIME_NONE, .is_active = false}, back = {0};
    fill(full.topic, sizeof full.topic);
    fill(full.text, sizeof full.text);
    struct cpr_condition disk = {.topic = "disk", .text = "full", .since_ms = 5, .told_ms = 6, .is_active = true};
    assert_int_equal(port->condition_get(port->self, "disk", &back, &room->error), CPR_ABSENT);
    room_begin(room);
    assert_ok(room, port->condition_put(port->self, &full, &room->error));
    assert_ok(room, port->condition_put(port->self, &disk, &room->error));
    disk.told_ms = 7;
    assert_ok(room, port->condition_put(port->self, &disk, &room->error));
    room_commit(room);
    assert_ok(room, port->condition_get(port->self, full.topic, &back, &room->error));
    assert_string_equal(back.text, full.text);
    assert_true(back.told_ms == CPR_TIME_NONE);
    assert_false(back.is_active);
    assert_ok(room, port->condition_get(port->self, "disk", &back, &room->error));
    assert_int_equal(back.told_ms, 7);
    char topics[32] = "";
    assert_ok(room, port->condition_each_active(port->self, note_condition, topics, &room->error));
    assert_string_equal(topics, "disk ");
}

static bool note_review(void *context, const struct cpr_review_row *row)
{
    char line[64];
    snprintf(line, sizeof line, "%.9s:%u:%.9s ", row->folder.name, row->sighting.uid,
             row->message.id ? row->message.reading_json : "-");
    strcat((char *)context, line);
    return true;
}

static void a_review_shows_what_was_settled_on_its_day_by_folder_and_uid(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    room_begin(room);
    int64_t junk = stored_folder(room, "reports", "Junk"), inbox = stored_folder(room, "reports", "INBOX");
    int64_t message_id = stored_message(room, 1);
    stored_sighting(room, inbox, 1, 4, CPR_SIGHTING_JUDGED, 1999, message_id);
    stored_sighting(room, junk, 1, 9, CPR_SIGHTING_JUDGED, 1000, message_id);
    stored_sighting(room, junk, 1, 8, CPR_SIGHTING_VANISHED, 1500, 0);
    stored_sighting(room, junk, 1, 7, CPR_SIGHTING_JUDGED, 999, message_id);
    stored_sighting(room, junk, 1, 6, CPR_SIGHTING_JUDGED, 2000, message_id);
    stored_sighting(room, junk, 1, 5, CPR_SIGHTING_EXPECTED, 1500, 0);
    room_commit(room);
    char lines[128] = "";
    assert_ok(room, port->review_each(port->self, 1000, 2000, note_review, lines, &room->error));
    assert_string_equal(lines, "Junk:8:- Junk:9:{} INBOX:4:{} ");
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(a_value_is_kept_and_replaced),
        IN_A_ROOM(a_folder_comes_back_as_it_was),
        IN_A_ROOM(folders_are_listed_by_mailbox_and_a_callback_may_stop),
        IN_A_ROOM(a_sighting_counts_its_attempts_until_it_is_settled),
        IN_A_ROOM(the_tally_and_the_expected_add_up_under_one_uidvalidity),
        IN_A_ROOM(a_message_comes_back_as_it_was),
        IN_A_ROOM(the_sightings_of_a_message_are_listed_newest_first),
        IN_A_ROOM(a_case_comes_back_as_it_was),
        IN_A_ROOM(cases_are_listed_by_deadline),
        IN_A_ROOM(open_cases_are_found_by_the_message_id_of_their_mailbox),
        IN_A_ROOM(a_day_shows_the_cases_that_were_open_in_it),
        IN_A_ROOM(an_intent_comes_back_as_it_was),
        IN_A_ROOM(intents_that_need_work_are_listed_oldest_first),
        IN_A_ROOM(an_alert_comes_back_as_it_was),
        IN_A_ROOM(an_alert_is_stored_once_for_a_recipient_and_step),
        IN_A_ROOM(alerts_that_are_due_come_oldest_first),
        IN_A_ROOM(cancelling_touches_only_what_is_pending_and_meant),
        IN_A_ROOM(a_condition_comes_back_and_only_active_ones_are_listed),
        IN_A_ROOM(a_review_shows_what_was_settled_on_its_day_by_folder_and_uid),
    };
    return cmocka_run_group_tests_name("the store", tests, NULL, NULL);
}
