/* A store in a directory of its own, and rows for it: full ones hold the longest strings and the extreme numbers. */
#ifndef CPR_TESTS_STORE_ROWS_H
#define CPR_TESTS_STORE_ROWS_H

#include "cpr/io/store.h"

#include <stdio.h>

struct room {
    char directory[64]; /* under /tmp, removed by room_close */
    struct cpr_store *store;
    struct cpr_store_port port;
    struct cpr_error error;
};

/* cmocka's setup and teardown. room_reopen closes the store and opens it again. */
int room_open(void **state);
int room_close(void **state);
void room_reopen(struct room *room);
void room_begin(struct room *room);
void room_commit(struct room *room);
/* The path of the store's file; static, until the next call. */
const char *room_file(const struct room *room);

/* Fails with the sentence of the error. */
void assert_ok_at(const struct room *room, enum cpr_rc rc, const char *file, int line);
#define assert_ok(room, rc) assert_ok_at((room), (rc), __FILE__, __LINE__)

/* As many letters as fit, and the NUL. */
void fill(char *out, size_t size);

struct cpr_folder full_folder(void);
struct cpr_folder small_folder(const char *mailbox, const char *name);
struct cpr_message full_message(const char *reading_json);
struct cpr_case full_case(int64_t message_id);
struct cpr_case small_case(int64_t message_id, const char *mailbox);
struct cpr_intent full_intent(struct room *room); /* stores what it refers to */
struct cpr_alert full_alert(int64_t case_id);
struct cpr_alert small_alert(int64_t case_id, const char *topic, const char *recipient);

/* These store a row inside the open transaction and give its id. Message n is of mailbox "reports" and has reading
 * "{}". */
int64_t stored_folder(struct room *room, const char *mailbox, const char *name);
int64_t stored_message(struct room *room, uint32_t n);
int64_t stored_sighting(struct room *room, int64_t folder_id, uint32_t uidvalidity, uint32_t uid,
                        enum cpr_sighting_state state, int64_t at_ms, int64_t message_id);

/* Field by field: padding and what stands behind a string's NUL do not count. */
void assert_folder_equal(const struct cpr_folder *have, const struct cpr_folder *want);
void assert_sighting_equal(const struct cpr_sighting *have, const struct cpr_sighting *want);
void assert_message_equal(const struct cpr_message *have, const struct cpr_message *want);
void assert_case_equal(const struct cpr_case *have, const struct cpr_case *want);
void assert_intent_equal(const struct cpr_intent *have, const struct cpr_intent *want);
void assert_alert_equal(const struct cpr_alert *have, const struct cpr_alert *want);

#endif
