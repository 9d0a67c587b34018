/* The rows of what people do in the mailbox: alerts answered with "ack", and dismissals by moving. */
#include "store_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static int64_t stored_case(struct room *room, uint32_t n, enum cpr_case_state state, int64_t closed_ms)
{
    struct cpr_case item = small_case(stored_message(room, n), "cpr");
    item.state = state;
    item.found_ms = 10;
    item.closed_ms = closed_ms;
    assert_ok(room, room->port.case_put(room->port.self, &item, &room->error));
    return item.id;
}

static bool acknowledges(struct room *room, int64_t case_id, int64_t step_age_ms)
{
    struct cpr_store_port *port = &room->port;
    struct cpr_alert alert = small_alert(case_id, "case", "a@ca.example");
    static struct cpr_alert known[8];
    static size_t count;
    bool is_new = false;
    alert.step_age_ms = step_age_ms;
    for (size_t i = 0; i < count; i++)
        if (known[i].case_id == case_id && known[i].step_age_ms == step_age_ms)
            alert = known[i];
    if (alert.id == 0) {
        assert_ok(room, port->alert_add(port->self, &alert, NULL, &room->error));
        known[count++] = alert;
    }
    assert_ok(room, port->acknowledgement_add(port->self, &alert, 77, &is_new, &room->error));
    return is_new;
}

static void an_alert_is_acknowledged_once_and_none_of_a_step_before(void **state)
{
    struct room *room = *state;
    room_begin(room);
    int64_t first = stored_case(room, 1, CPR_CASE_OPEN, CPR_TIME_NONE);
    int64_t second = stored_case(room, 2, CPR_CASE_OPEN, CPR_TIME_NONE);
    assert_true(acknowledges(room, first, 12));
    assert_false(acknowledges(room, first, 12));
    assert_false(acknowledges(room, first, 0));
    assert_true(acknowledges(room, second, 0)); /* another case */
    assert_true(acknowledges(room, first, 18));
    assert_false(acknowledges(room, first, 12));
    room_commit(room);
    room_reopen(room);
    room_begin(room);
    assert_false(acknowledges(room, first, 18));
    room_commit(room);
}

struct seen {
    int64_t ids[8];
    size_t count;
};

static bool keep_id(void *context, const struct cpr_case *item)
{
    struct seen *seen = context;
    seen->ids[seen->count++] = item->id;
    return true;
}

static void a_dismissal_is_kept_and_stands_in_each_review_until_it_is_confirmed(void **state)
{
    struct room *room = *state;
    struct cpr_store_port *port = &room->port;
    struct cpr_dismissal dismissal = {.grade = CPR_GRADE_REPORT, .at_ms = 20, .confirmed_ms = CPR_TIME_NONE}, got;
    struct seen before = {.count = 0}, after = {.count = 0};
    fill(dismissal.folder, sizeof dismissal.folder);
    room_begin(room);
    dismissal.case_id = stored_case(room, 1, CPR_CASE_DISMISSED, 20);
    stored_case(room, 2, CPR_CASE_DISMISSED, 20); /* by a command */
    assert_int_equal(port->dismissal_get(port->self, dismissal.case_id, &got, &room->error), CPR_ABSENT);
    assert_ok(room, port->dismissal_put(port->self, &dismissal, &room->error));
    room_commit(room);
    room_reopen(room);
    assert_ok(room, port->dismissal_get(port->self, dismissal.case_id, &got, &room->error));
    assert_int_equal(got.state, CPR_DISMISSAL_UNCONFIRMED);
    assert_int_equal(got.grade, CPR_GRADE_REPORT);
    assert_string_equal(got.folder, dismissal.folder);
    assert_true(got.at_ms == 20 && got.confirmed_ms == CPR_TIME_NONE);
    assert_string_equal(got.confirmed_by, "");
    assert_ok(room, port->review_cases(port->self, 100, 200, keep_id, &before, &room->error)); /* days later */
    assert_int_equal(before.count, 1);
    assert_int_equal(before.ids[0], dismissal.case_id);
    got.state = CPR_DISMISSAL_CONFIRMED;
    got.confirmed_ms = 90;
    fill(got.confirmed_by, sizeof got.confirmed_by);
    room_begin(room);
    assert_ok(room, port->dismissal_put(port->self, &got, &room->error));
    room_commit(room);
    assert_ok(room, port->dismissal_get(port->self, got.case_id, &dismissal, &room->error));
    assert_int_equal(dismissal.state, CPR_DISMISSAL_CONFIRMED);
    assert_string_equal(dismissal.confirmed_by, got.confirmed_by);
    assert_ok(room, port->review_cases(port->self, 100, 200, keep_id, &after, &room->error));
    assert_int_equal(after.count, 0);
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(an_alert_is_acknowledged_once_and_none_of_a_step_before),
        IN_A_ROOM(a_dismissal_is_kept_and_stands_in_each_review_until_it_is_confirmed),
    };
    return cmocka_run_group_tests_name("store_hands", tests, NULL, NULL);
}
