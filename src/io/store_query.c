/* The cursor over a prepared statement: parameters in, columns out, mishaps kept until they can be told. */
#include "store_internal.h"
#include "cpr/base/assert.h"

#include <limits.h>
#include <string.h>

struct cpr_query cpr_query_open(struct cpr_store *store, enum cpr_statement statement)
{
    struct cpr_query query = {.store = store, .statement = store->statements[statement]};
    CPR_ASSERT(!sqlite3_stmt_busy(query.statement)); /* a callback called the store */
    CPR_ASSERT(sqlite3_stmt_readonly(query.statement) || store->transaction != CPR_TRANSACTION_NONE);
    return query;
}

enum cpr_rc cpr_query_next(struct cpr_query *query, struct cpr_error *error_out)
{
    struct cpr_store *store = query->store;
    if (store->transaction == CPR_TRANSACTION_FAILED && !sqlite3_stmt_readonly(query->statement)) {
        if (error_out)
            *error_out = store->failure;
        return store->failure.rc;
    }
    int code = query->code == SQLITE_OK ? sqlite3_step(query->statement) : query->code;
    query->columns = 0;
    query->flaw = NULL;
    if (code == SQLITE_ROW)
        return CPR_OK;
    if (code == SQLITE_DONE)
        return CPR_ABSENT;
    return cpr_store_fail(store, code, error_out);
}

enum cpr_rc cpr_query_check(struct cpr_query *query, struct cpr_error *error_out)
{
    if (!query->flaw)
        return CPR_OK;
    char sentence[200];
    sqlite3_snprintf(sizeof sentence, sentence, "a row holds a value in column %s that this program never writes there",
                     query->flaw);
    return cpr_store_refuse(query->store, CPR_CORRUPT, sentence, error_out);
}

void cpr_query_end(struct cpr_query *query)
{
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
}

enum cpr_rc cpr_query_end_list(struct cpr_query *query, enum cpr_rc rc)
{
    cpr_query_end(query);
    return rc == CPR_ABSENT ? CPR_OK : rc;
}

enum cpr_rc cpr_query_run(struct cpr_query *query, struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_query_next(query, error_out);
    CPR_ASSERT(rc != CPR_OK);
    return cpr_query_end_list(query, rc);
}

enum cpr_rc cpr_query_put_row(struct cpr_query *query, int64_t *id, struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_query_run(query, error_out);
    if (rc != CPR_OK)
        return rc;
    if (*id == 0)
        *id = sqlite3_last_insert_rowid(query->store->db);
    else if (sqlite3_changes(query->store->db) == 0)
        rc = cpr_store_refuse(query->store, CPR_CORRUPT, "a row that was to be updated is not there", error_out);
    return rc;
}

/* --- parameters -------------------------------------------------------------------------------------------------- */

static void keep(struct cpr_query *query, int code)
{
    if (query->code == SQLITE_OK)
        query->code = code;
}

static void put_null(struct cpr_query *query)
{
    keep(query, sqlite3_bind_null(query->statement, ++query->parameters));
}

void cpr_put_int(struct cpr_query *query, int64_t value)
{
    keep(query, sqlite3_bind_int64(query->statement, ++query->parameters, value));
}

void cpr_put_id(struct cpr_query *query, int64_t id)
{
    if (id == 0)
        put_null(query);
    else
        cpr_put_int(query, id);
}

void cpr_put_time(struct cpr_query *query, int64_t utc_ms)
{
    if (utc_ms == CPR_TIME_NONE)
        put_null(query);
    else
        cpr_put_int(query, utc_ms);
}

void cpr_put_text(struct cpr_query *query, const char *text_or_null)
{
    if (!text_or_null)
        put_null(query);
    else
        keep(query, sqlite3_bind_text64(query->statement, ++query->parameters, text_or_null, strlen(text_or_null),
                                        SQLITE_STATIC, SQLITE_UTF8));
}

void cpr_put_blob(struct cpr_query *query, struct cpr_view bytes)
{
    keep(query, sqlite3_bind_blob64(query->statement, ++query->parameters, bytes.data, bytes.len, SQLITE_STATIC));
}

/* --- columns ----------------------------------------------------------------------------------------------------- */

static void flaw(struct cpr_query *query, int column)
{
    if (!query->flaw)
        query->flaw = sqlite3_column_name(query->statement, column);
}

int64_t cpr_take_int(struct cpr_query *query)
{
    return sqlite3_column_int64(query->statement, query->columns++);
}

/* An integer that must lie in min..max. */
static int64_t take_within(struct cpr_query *query, int64_t min, int64_t max)
{
    int64_t value = cpr_take_int(query);
    if (value >= min && value <= max)
        return value;
    flaw(query, query->columns - 1);
    return min;
}

uint32_t cpr_take_uint32(struct cpr_query *query)
{
    return (uint32_t)take_within(query, 0, UINT32_MAX);
}

int cpr_take_small(struct cpr_query *query)
{
    return (int)take_within(query, INT_MIN, INT_MAX);
}

bool cpr_take_bool(struct cpr_query *query)
{
    return take_within(query, 0, 1) == 1;
}

int64_t cpr_take_time(struct cpr_query *query)
{
    bool is_null = sqlite3_column_type(query->statement, query->columns) == SQLITE_NULL;
    int64_t utc_ms = cpr_take_int(query);
    return is_null ? CPR_TIME_NONE : utc_ms;
}

/* Text as it lies in the row. Only a NULL has no bytes; anything else without is a lack of memory. */
static struct cpr_view take_view(struct cpr_query *query)
{
    int column = query->columns++;
    bool is_null = sqlite3_column_type(query->statement, column) == SQLITE_NULL;
    const void *text = sqlite3_column_text(query->statement, column);
    if (!text && !is_null)
        flaw(query, column);
    return cpr_view_make(text, text ? (size_t)sqlite3_column_bytes(query->statement, column) : 0);
}

const char *cpr_take_long_text(struct cpr_query *query)
{
    struct cpr_view text = take_view(query);
    if (cpr_view_find_byte(text, 0, 0) != CPR_VIEW_NOT_FOUND)
        flaw(query, query->columns - 1);
    return text.data;
}

void cpr_take_text(struct cpr_query *query, char *out, size_t out_size)
{
    if (!cpr_view_copy(take_view(query), out, out_size))
        flaw(query, query->columns - 1);
}

void cpr_take_blob(struct cpr_query *query, void *out, size_t size)
{
    int column = query->columns++;
    const void *bytes = sqlite3_column_blob(query->statement, column);
    if (bytes && (size_t)sqlite3_column_bytes(query->statement, column) == size)
        memcpy(out, bytes, size);
    else
        flaw(query, column);
}

struct cpr_view cpr_take_long_blob(struct cpr_query *query)
{
    int column = query->columns++;
    const void *bytes = sqlite3_column_blob(query->statement, column); /* before its length: SQLite asks for it */
    return cpr_view_make(bytes, (size_t)sqlite3_column_bytes(query->statement, column));
}

/* An enumerator is stored as its word, so that an auditor can read the tables; each word has one reader. */
#define WORD_READER(noun, count)                                                                                       \
    enum cpr_##noun cpr_take_##noun(struct cpr_query *query)                                                           \
    {                                                                                                                  \
        struct cpr_view word = take_view(query);                                                                       \
        for (enum cpr_##noun value = 0; value < (count); value++)                                                      \
            if (cpr_view_equal(word, cpr_view_of(cpr_##noun##_name(value))))                                           \
                return value;                                                                                          \
        flaw(query, query->columns - 1);                                                                               \
        return 0;                                                                                                      \
    }

WORD_READER(folder_role, CPR_ROLES)
WORD_READER(dismissal_state, CPR_DISMISSAL_STATES)
WORD_READER(sighting_state, CPR_SIGHTING_STATES)
WORD_READER(intent_state, CPR_INTENT_STATES)
WORD_READER(alert_state, CPR_ALERT_STATES)
WORD_READER(case_state, CPR_CASE_STATES)
WORD_READER(case_grade, CPR_GRADES)
WORD_READER(rescue_state, CPR_RESCUE_STATES)
WORD_READER(leg_state, CPR_LEG_STATES)
WORD_READER(revocation_class, CPR_REVOCATION_CLASSES)
WORD_READER(reply_class, CPR_REPLY_CLASSES)
WORD_READER(receipt_source, CPR_RECEIPT_SOURCES)
WORD_READER(verdict, CPR_VERDICTS)
WORD_READER(kind, CPR_KINDS)
WORD_READER(revocation_way, CPR_WAYS)
WORD_READER(revocation_word, CPR_WORDS)
WORD_READER(revocation_finding, CPR_FINDINGS)
