#include "store_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- the room ---------------------------------------------------------------------------------------------------- */

const char *room_file(const struct room *room)
{
    static char path[sizeof room->directory + sizeof CPR_STORE_FILE];
    snprintf(path, sizeof path, "%s/%s", room->directory, CPR_STORE_FILE);
    return path;
}

void assert_ok_at(const struct room *room, enum cpr_rc rc, const char *file, int line)
{
    if (rc != CPR_OK)
        print_error("%s: %s\n", cpr_rc_name(rc), room->error.text);
    _assert_int_equal(rc, CPR_OK, file, line);
}

int room_open(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    assert_non_null(room);
    snprintf(room->directory, sizeof room->directory, "/tmp/cpr-test-store-XXXXXX");
    assert_non_null(mkdtemp(room->directory));
    assert_ok(room, cpr_store_open(room->directory, &room->store, &room->error));
    room->port = cpr_store_port(room->store);
    *state = room;
    return 0;
}

int room_close(void **state)
{
    struct room *room = *state;
    cpr_store_close(&room->store);
    static const char *const endings[] = {"", "-wal", "-journal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", room_file(room), endings[i]);
        unlink(path);
    }
    int rc = rmdir(room->directory);
    free(room);
    return rc;
}

void room_reopen(struct room *room)
{
    cpr_store_close(&room->store);
    assert_ok(room, cpr_store_open(room->directory, &room->store, &room->error));
    room->port = cpr_store_port(room->store);
}

void room_begin(struct room *room)
{
    assert_ok(room, room->port.begin(room->port.self, &room->error));
}

void room_commit(struct room *room)
{
    assert_ok(room, room->port.commit(room->port.self, &room->error));
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

void fill(char *out, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++)
        out[i] = (char)('a' + i % 26);
    out[size - 1] = 0;
}

#define FILL(field) fill(field, sizeof(field))

static void copy(char *out, size_t size, const char *text)
{
    assert_true(cpr_view_copy(cpr_view_of(text), out, size));
}

#define COPY(field, text) copy(field, sizeof(field), text)

struct cpr_folder full_folder(void)
{
    struct cpr_folder folder = {.role = CPR_ROLE_JUNK,
                                .uidvalidity = UINT32_MAX,
                                .next_uid = UINT32_MAX,
                                .messages = UINT32_MAX,
                                .looked_ms = INT64_MAX};
    FILL(folder.mailbox);
    FILL(folder.name);
    FILL(folder.display);
    FILL(folder.rule);
    return folder;
}

struct cpr_folder small_folder(const char *mailbox, const char *name)
{
    struct cpr_folder folder = {.looked_ms = CPR_TIME_NONE};
    COPY(folder.mailbox, mailbox);
    COPY(folder.name, name);
    COPY(folder.display, name);
    return folder;
}

struct cpr_message full_message(const char *reading_json)
{
    struct cpr_message message = {.identity.size = UINT32_MAX,
                                  .internal_ms = INT64_MAX,
                                  .save_ms = INT64_MIN + 1,
                                  .first_seen_ms = -1,
                                  .reading_json = reading_json,
                                  .verdict = CPR_VERDICT_PROBABLE,
                                  .kind = CPR_KIND_OWN_ALERT,
                                  .score = INT32_MIN};
    memset(message.identity.digest.bytes, 0xFF, sizeof message.identity.digest.bytes);
    message.identity.digest.bytes[0] = 0;
    FILL(message.mailbox);
    FILL(message.from_address);
    FILL(message.subject);
    FILL(message.header_message_id);
    FILL(message.text_digest);
    return message;
}

struct cpr_case full_case(int64_t message_id)
{
    struct cpr_case item = {.message_id = message_id,
                            .state = CPR_CASE_ANSWERED,
                            .grade = CPR_GRADE_REPORT,
                            .rescue = CPR_RESCUE_LOST,
                            .receipt = {.utc_ms = 1, .source = CPR_RECEIPT_INTERNALDATE, .stamps_ms = {2, 3, 4, 5}},
                            .found_ms = INT64_MAX,
                            .deadline_ms = INT64_MIN + 1,
                            .told_age_ms = INT64_MAX,
                            .acked_ms = 6,
                            .closed_ms = 7,
                            .verdict = CPR_VERDICT_UNDECIDABLE};
    for (int leg = 0; leg < CPR_LEGS; leg++) {
        item.legs[leg] = (struct cpr_leg){.state = CPR_LEG_NOT_APPLICABLE, .at_ms = 8 + leg, .message_id = message_id};
        FILL(item.legs[leg].by);
        FILL(item.legs[leg].note);
    }
    item.revocation = (struct cpr_obligation){.by_rules = CPR_REVOKE_IN_5D,
                                              .class = CPR_REVOKE_NOT,
                                              .set_ms = 11,
                                              .deadline_ms = INT64_MIN + 1,
                                              .told_age_ms = INT64_MAX,
                                              .is_ended = true,
                                              .ended_ms = 12};
    FILL(item.revocation.rule);
    FILL(item.revocation.set_by);
    FILL(item.revocation.set_note);
    FILL(item.revocation.ended_by);
    FILL(item.revocation.ended_note);
    FILL(item.mailbox);
    FILL(item.acked_by);
    FILL(item.closed_by);
    FILL(item.closed_note);
    FILL(item.from_address);
    FILL(item.subject);
    FILL(item.header_message_id);
    FILL(item.found_folder);
    FILL(item.found_role);
    return item;
}

struct cpr_case small_case(int64_t message_id, const char *mailbox)
{
    struct cpr_case item = {
        .message_id = message_id, .told_age_ms = -1, .acked_ms = CPR_TIME_NONE, .closed_ms = CPR_TIME_NONE};
    COPY(item.mailbox, mailbox);
    return item;
}

struct cpr_intent full_intent(struct room *room)
{
    struct cpr_store_port *port = &room->port;
    int64_t message_id = stored_message(room, 1);
    struct cpr_case item = small_case(message_id, "reports");
    assert_ok(room, port->case_put(port->self, &item, &room->error));
    struct cpr_intent intent = {.case_id = item.id,
                                .source_uidvalidity = UINT32_MAX,
                                .source_uid = UINT32_MAX,
                                .destination_uidvalidity = UINT32_MAX,
                                .destination_uidnext = UINT32_MAX,
                                .identity.size = UINT32_MAX,
                                .state = CPR_INTENT_DONE,
                                .is_marked = true,
                                .copied_only = true,
                                .destination_uid = UINT32_MAX,
                                .begun_ms = 1,
                                .ended_ms = INT64_MAX};
    intent.sighting_id =
        stored_sighting(room, stored_folder(room, "reports", "Junk"), 1, 1, CPR_SIGHTING_JUDGED, 1, message_id);
    memset(intent.identity.digest.bytes, 0xA5, sizeof intent.identity.digest.bytes);
    FILL(intent.mailbox);
    FILL(intent.source);
    FILL(intent.destination);
    FILL(intent.how);
    return intent;
}

struct cpr_alert full_alert(int64_t case_id)
{
    struct cpr_alert alert = {.case_id = case_id,
                              .step_age_ms = INT64_MAX,
                              .due_ms = 1,
                              .next_try_ms = INT64_MAX,
                              .attempts = UINT32_MAX,
                              .state = CPR_ALERT_SENT,
                              .sent_ms = 2,
                              .reply_code = 250};
    FILL(alert.topic);
    FILL(alert.recipient);
    FILL(alert.oncall);
    FILL(alert.header_message_id);
    FILL(alert.text);
    FILL(alert.reply);
    return alert;
}

struct cpr_alert small_alert(int64_t case_id, const char *topic, const char *recipient)
{
    struct cpr_alert alert = {.case_id = case_id, .due_ms = 100, .next_try_ms = 100, .sent_ms = CPR_TIME_NONE};
    COPY(alert.topic, topic);
    COPY(alert.recipient, recipient);
    return alert;
}

/* --- stored rows ------------------------------------------------------------------------------------------------- */

int64_t stored_folder(struct room *room, const char *mailbox, const char *name)
{
    struct cpr_folder folder = small_folder(mailbox, name);
    assert_ok(room, room->port.folder_put(room->port.self, &folder, &room->error));
    return folder.id;
}

int64_t stored_message(struct room *room, uint32_t n)
{
    struct cpr_message message = {.identity.size = n,
                                  .internal_ms = CPR_TIME_NONE,
                                  .save_ms = CPR_TIME_NONE,
                                  .first_seen_ms = 1,
                                  .reading_json = "{}"};
    COPY(message.mailbox, "reports");
    message.identity.digest = cpr_digest_of(cpr_view_make(&n, sizeof n));
    assert_ok(room, room->port.message_put(room->port.self, &message, &room->error));
    return message.id;
}

int64_t stored_sighting(struct room *room, int64_t folder_id, uint32_t uidvalidity, uint32_t uid,
                        enum cpr_sighting_state state, int64_t at_ms, int64_t message_id)
{
    struct cpr_store_port *port = &room->port;
    struct cpr_sighting sighting = {0};
    assert_ok(room, port->sighting_expect(port->self, folder_id, uidvalidity, uid, at_ms, &sighting, &room->error));
    sighting.state = state;
    sighting.settled_ms = state == CPR_SIGHTING_EXPECTED ? CPR_TIME_NONE : at_ms;
    sighting.message_id = message_id;
    assert_ok(room, port->sighting_put(port->self, &sighting, &room->error));
    return sighting.id;
}

/* --- comparing --------------------------------------------------------------------------------------------------- */

#define SAME_NUMBER(field) assert_true(have->field == want->field)
#define SAME_TEXT(field) assert_string_equal(have->field, want->field)
#define SAME_BYTES(field) assert_memory_equal(&have->field, &want->field, sizeof have->field)

void assert_folder_equal(const struct cpr_folder *have, const struct cpr_folder *want)
{
    SAME_NUMBER(id);
    SAME_TEXT(mailbox);
    SAME_TEXT(name);
    SAME_TEXT(display);
    SAME_NUMBER(role);
    SAME_TEXT(rule);
    SAME_NUMBER(uidvalidity);
    SAME_NUMBER(next_uid);
    SAME_NUMBER(messages);
    SAME_NUMBER(looked_ms);
}

void assert_sighting_equal(const struct cpr_sighting *have, const struct cpr_sighting *want)
{
    SAME_NUMBER(id);
    SAME_NUMBER(folder_id);
    SAME_NUMBER(uidvalidity);
    SAME_NUMBER(uid);
    SAME_NUMBER(state);
    SAME_NUMBER(attempts);
    SAME_NUMBER(first_seen_ms);
    SAME_NUMBER(settled_ms);
    SAME_NUMBER(message_id);
    SAME_TEXT(action);
}

void assert_message_equal(const struct cpr_message *have, const struct cpr_message *want)
{
    SAME_NUMBER(id);
    SAME_TEXT(mailbox);
    SAME_BYTES(identity.digest);
    SAME_NUMBER(identity.size);
    SAME_NUMBER(internal_ms);
    SAME_NUMBER(save_ms);
    SAME_NUMBER(first_seen_ms);
    SAME_NUMBER(case_id);
    SAME_TEXT(reading_json);
    SAME_NUMBER(verdict);
    SAME_NUMBER(kind);
    SAME_NUMBER(score);
    SAME_TEXT(from_address);
    SAME_TEXT(subject);
    SAME_TEXT(header_message_id);
    SAME_TEXT(text_digest);
}

void assert_case_equal(const struct cpr_case *have, const struct cpr_case *want)
{
    SAME_NUMBER(id);
    SAME_NUMBER(message_id);
    SAME_TEXT(mailbox);
    SAME_NUMBER(state);
    SAME_NUMBER(grade);
    SAME_NUMBER(rescue);
    SAME_NUMBER(receipt.utc_ms);
    SAME_NUMBER(receipt.source);
    SAME_BYTES(receipt.stamps_ms);
    SAME_NUMBER(found_ms);
    SAME_NUMBER(deadline_ms);
    SAME_NUMBER(told_age_ms);
    SAME_NUMBER(acked_ms);
    SAME_TEXT(acked_by);
    SAME_NUMBER(closed_ms);
    SAME_TEXT(closed_by);
    SAME_TEXT(closed_note);
    SAME_TEXT(from_address);
    SAME_TEXT(subject);
    SAME_TEXT(header_message_id);
    SAME_TEXT(found_folder);
    SAME_TEXT(found_role);
    SAME_NUMBER(verdict);
    SAME_NUMBER(revocation.by_rules);
    SAME_TEXT(revocation.rule);
    SAME_NUMBER(revocation.class);
    SAME_NUMBER(revocation.set_ms);
    SAME_TEXT(revocation.set_by);
    SAME_TEXT(revocation.set_note);
    SAME_NUMBER(revocation.deadline_ms);
    SAME_NUMBER(revocation.told_age_ms);
    SAME_NUMBER(revocation.is_ended);
    SAME_NUMBER(revocation.ended_ms);
    SAME_TEXT(revocation.ended_by);
    SAME_TEXT(revocation.ended_note);
    for (int leg = 0; leg < CPR_LEGS; leg++) {
        SAME_NUMBER(legs[leg].state);
        SAME_NUMBER(legs[leg].at_ms);
        SAME_TEXT(legs[leg].by);
        SAME_TEXT(legs[leg].note);
        SAME_NUMBER(legs[leg].message_id);
    }
}

void assert_intent_equal(const struct cpr_intent *have, const struct cpr_intent *want)
{
    SAME_NUMBER(id);
    SAME_NUMBER(case_id);
    SAME_NUMBER(sighting_id);
    SAME_TEXT(mailbox);
    SAME_TEXT(source);
    SAME_TEXT(destination);
    SAME_NUMBER(source_uidvalidity);
    SAME_NUMBER(source_uid);
    SAME_NUMBER(destination_uidvalidity);
    SAME_NUMBER(destination_uidnext);
    SAME_BYTES(identity.digest);
    SAME_NUMBER(identity.size);
    SAME_NUMBER(state);
    SAME_NUMBER(is_marked);
    SAME_NUMBER(copied_only);
    SAME_NUMBER(destination_uid);
    SAME_TEXT(how);
    SAME_NUMBER(begun_ms);
    SAME_NUMBER(ended_ms);
}

void assert_alert_equal(const struct cpr_alert *have, const struct cpr_alert *want)
{
    SAME_NUMBER(id);
    SAME_NUMBER(case_id);
    SAME_TEXT(topic);
    SAME_NUMBER(step_age_ms);
    SAME_TEXT(recipient);
    SAME_TEXT(oncall);
    SAME_TEXT(header_message_id);
    SAME_TEXT(text);
    SAME_NUMBER(due_ms);
    SAME_NUMBER(next_try_ms);
    SAME_NUMBER(attempts);
    SAME_NUMBER(state);
    SAME_NUMBER(sent_ms);
    SAME_NUMBER(reply_code);
    SAME_TEXT(reply);
}
