/* What the files of the store share: the connection, its statements and the cursor that binds and reads rows. */
#ifndef CPR_IO_STORE_INTERNAL_H
#define CPR_IO_STORE_INTERNAL_H

#include "cpr/base/buffer.h"
#include "cpr/io/store.h"

#include <sqlite3.h>

#define CPR_STORE_PATH_SIZE 1024
#define CPR_TOKEN_KEY_BYTES 32

/* Every statement, prepared once at open; its text stands in store_sql.c. */
enum cpr_statement {
    CPR_SQL_SETTING_GET = 0,
    CPR_SQL_SETTING_PUT,
    CPR_SQL_SECRET_GET,
    CPR_SQL_SECRET_PUT,
    CPR_SQL_FOLDER_GET,
    CPR_SQL_FOLDER_INSERT,
    CPR_SQL_FOLDER_UPDATE,
    CPR_SQL_FOLDER_EACH,
    CPR_SQL_FOLDER_TALLY,
    CPR_SQL_SIGHTING_EXPECT,
    CPR_SQL_SIGHTING_GET,
    CPR_SQL_SIGHTING_UPDATE,
    CPR_SQL_SIGHTING_EXPECTED,
    CPR_SQL_SIGHTING_EACH_OF,
    CPR_SQL_MESSAGE_FIND,
    CPR_SQL_MESSAGE_BY_TEXT,
    CPR_SQL_MESSAGE_GET,
    CPR_SQL_MESSAGE_INSERT,
    CPR_SQL_MESSAGE_UPDATE,
    CPR_SQL_REPLY_ADD,
    CPR_SQL_IDENTIFIER_ADD,
    CPR_SQL_IDENTIFIER_FIND,
    CPR_SQL_IDENTIFIER_RELATIVES,
    CPR_SQL_IDENTIFIER_SENDER,
    CPR_SQL_LINK_ADD,
    CPR_SQL_LINK_EACH,
    CPR_SQL_CLAIM_ADD,
    CPR_SQL_CLAIM_PUT,
    CPR_SQL_CLAIM_GET,
    CPR_SQL_CLAIM_NEXT,
    CPR_SQL_CLAIM_EACH,
    CPR_SQL_EVIDENCE_ADD,
    CPR_SQL_EVIDENCE_EACH,
    CPR_SQL_EVIDENCE_BYTES,
    CPR_SQL_REPLY_LIST,
    CPR_SQL_CASE_REPLY_PUT,
    CPR_SQL_CASE_REPLY_EACH,
    CPR_SQL_CASE_REPLY_OVERRULE,
    CPR_SQL_CASE_REPLY_IS_OVERRULED,
    CPR_SQL_BOUNCE_ADD,
    CPR_SQL_BOUNCE_IS_KNOWN,
    CPR_SQL_CASE_GET,
    CPR_SQL_CASE_INSERT,
    CPR_SQL_CASE_UPDATE,
    CPR_SQL_CASE_EACH,
    CPR_SQL_CASE_EACH_OPEN,
    CPR_SQL_CASE_EACH_OWED,
    CPR_SQL_CASE_BY_HEADER_ID,
    CPR_SQL_CASE_BY_THREAD,
    CPR_SQL_CASE_BY_REPLY_ID,
    CPR_SQL_CASE_REVIEW,
    CPR_SQL_DISMISSAL_GET,
    CPR_SQL_DISMISSAL_PUT,
    CPR_SQL_INTENT_INSERT,
    CPR_SQL_INTENT_UPDATE,
    CPR_SQL_INTENT_UNFINISHED,
    CPR_SQL_INTENT_OF_CASE,
    CPR_SQL_INTENT_COUNT_SINCE,
    CPR_SQL_ALERT_ADD,
    CPR_SQL_ALERT_UPDATE,
    CPR_SQL_ALERT_DUE,
    CPR_SQL_ALERT_NEXT,
    CPR_SQL_ALERT_CANCEL_CASE,
    CPR_SQL_ALERT_CANCEL_TOPIC,
    CPR_SQL_ALERT_EACH_OF_CASE,
    CPR_SQL_ALERT_IS_OURS,
    CPR_SQL_ACKNOWLEDGEMENT_ADD,
    CPR_SQL_CONDITION_GET,
    CPR_SQL_CONDITION_PUT,
    CPR_SQL_CONDITION_EACH_ACTIVE,
    CPR_SQL_EVENT_LAST,
    CPR_SQL_EVENT_INSERT,
    CPR_SQL_EVENT_EACH,
    CPR_SQL_EVENT_EACH_BETWEEN,
    CPR_SQL_EVENT_EACH_OF_CASE,
    CPR_SQL_REVIEW_IDS,
    CPR_SQL_REVIEW_ROW,
    CPR_STATEMENTS
};

extern const char *const cpr_store_sql[CPR_STATEMENTS];
/* Element n brings a store from user_version n to n + 1. Released ones never change. */
extern const char *const cpr_store_migrations[];
extern const int cpr_store_version; /* how many there are */

enum cpr_transaction {
    CPR_TRANSACTION_NONE = 0,
    CPR_TRANSACTION_OPEN,
    CPR_TRANSACTION_FAILED, /* rolled back already; the caller has not ended it yet */
};

struct cpr_store {
    sqlite3 *db;                              /* owned */
    sqlite3_stmt *statements[CPR_STATEMENTS]; /* owned */
    enum cpr_transaction transaction;
    struct cpr_error failure;  /* of the transaction, when it failed */
    struct cpr_buffer reading; /* the reading_json last given out by message_get or message_find */
    uint8_t token_key[CPR_TOKEN_KEY_BYTES];
    char path[CPR_STORE_PATH_SIZE];
};

/* A statement under way. Parameters are put and columns are taken in order; the first mishap is kept until the next
 * step, so that the functions that map a row read as a list of its columns. */
struct cpr_query {
    struct cpr_store *store; /* borrowed */
    sqlite3_stmt *statement; /* borrowed from the store */
    int parameters, columns; /* how many were put, how many were taken */
    int code;                /* SQLite's first refusal to bind a parameter */
    const char *flaw; /* name of the first column whose value does not fit its field; borrowed from the statement */
};

/* A write needs an open transaction (asserted). Ends with cpr_query_end(), or with run or put_row, which call it. */
struct cpr_query cpr_query_open(struct cpr_store *store, enum cpr_statement statement);
/* CPR_OK: there is a row; CPR_ABSENT: there is none or no other. */
enum cpr_rc cpr_query_next(struct cpr_query *query, struct cpr_error *error_out);
/* After the columns of a row were taken: CPR_CORRUPT when one of them did not fit. */
enum cpr_rc cpr_query_check(struct cpr_query *query, struct cpr_error *error_out);
void cpr_query_end(struct cpr_query *query);
/* Ends a list: CPR_ABSENT, its last row, becomes CPR_OK. */
enum cpr_rc cpr_query_end_list(struct cpr_query *query, enum cpr_rc rc);
/* Runs a statement that gives no rows, and ends it. */
enum cpr_rc cpr_query_run(struct cpr_query *query, struct cpr_error *error_out);
/* The same for an insert (*id is 0: sets it) or an update (*id must be the id of a row). */
enum cpr_rc cpr_query_put_row(struct cpr_query *query, int64_t *id, struct cpr_error *error_out);

void cpr_put_int(struct cpr_query *query, int64_t value);
void cpr_put_id(struct cpr_query *query, int64_t id);                 /* 0 is NULL */
void cpr_put_time(struct cpr_query *query, int64_t utc_ms);           /* CPR_TIME_NONE is NULL */
void cpr_put_text(struct cpr_query *query, const char *text_or_null); /* borrowed until the query ends */
void cpr_put_blob(struct cpr_query *query, struct cpr_view bytes);    /* the same */

int64_t cpr_take_int(struct cpr_query *query);
uint32_t cpr_take_uint32(struct cpr_query *query);
int cpr_take_small(struct cpr_query *query);
bool cpr_take_bool(struct cpr_query *query);
int64_t cpr_take_time(struct cpr_query *query);
void cpr_take_text(struct cpr_query *query, char *out, size_t out_size);
void cpr_take_blob(struct cpr_query *query, void *out, size_t size); /* exactly that size */
const char *cpr_take_long_text(struct cpr_query *query);             /* may be NULL; borrowed until the next step */
struct cpr_view cpr_take_long_blob(struct cpr_query *query);         /* of any size; borrowed until the next step */

enum cpr_folder_role cpr_take_folder_role(struct cpr_query *query);
enum cpr_sighting_state cpr_take_sighting_state(struct cpr_query *query);
enum cpr_intent_state cpr_take_intent_state(struct cpr_query *query);
enum cpr_alert_state cpr_take_alert_state(struct cpr_query *query);
enum cpr_case_state cpr_take_case_state(struct cpr_query *query);
enum cpr_case_grade cpr_take_case_grade(struct cpr_query *query);
enum cpr_dismissal_state cpr_take_dismissal_state(struct cpr_query *query);
enum cpr_rescue_state cpr_take_rescue_state(struct cpr_query *query);
enum cpr_leg_state cpr_take_leg_state(struct cpr_query *query);
enum cpr_revocation_class cpr_take_revocation_class(struct cpr_query *query);
enum cpr_reply_class cpr_take_reply_class(struct cpr_query *query);
enum cpr_receipt_source cpr_take_receipt_source(struct cpr_query *query);
enum cpr_verdict cpr_take_verdict(struct cpr_query *query);
enum cpr_kind cpr_take_kind(struct cpr_query *query);
enum cpr_revocation_way cpr_take_revocation_way(struct cpr_query *query);
enum cpr_revocation_word cpr_take_revocation_word(struct cpr_query *query);
enum cpr_revocation_finding cpr_take_revocation_finding(struct cpr_query *query);

/* Rows that more than one file reads: a folder, a sighting and a message in the column order of store_sql.c. The
 * message's reading_json is borrowed until the next step. Mishaps are kept for cpr_query_check(). */
void cpr_take_folder(struct cpr_query *query, struct cpr_folder *out);
void cpr_take_sighting(struct cpr_query *query, struct cpr_sighting *out);
void cpr_take_message(struct cpr_query *query, struct cpr_message *out);

/* Turns SQLite's answer into a result with its sentence and, inside a transaction, rolls back. */
enum cpr_rc cpr_store_fail(struct cpr_store *store, int code, struct cpr_error *error_out);
/* The same for a failure that SQLite does not know of. */
enum cpr_rc cpr_store_refuse(struct cpr_store *store, enum cpr_rc rc, const char *sentence,
                             struct cpr_error *error_out);

/* Each file of the store fills its part of the port. */
void cpr_store_fill_mail(struct cpr_store_port *port);
void cpr_store_fill_link(struct cpr_store_port *port);
void cpr_store_fill_claim(struct cpr_store_port *port);
void cpr_store_fill_case(struct cpr_store_port *port);
void cpr_store_fill_reply(struct cpr_store_port *port);
void cpr_store_fill_log(struct cpr_store_port *port);

#endif
