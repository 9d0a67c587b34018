/* What the files of the engine share. */
#ifndef CPR_ENGINE_INTERNAL_H
#define CPR_ENGINE_INTERNAL_H

#include "cpr/engine/engine.h"

#include "cpr/base/assert.h"
#include "cpr/base/buffer.h"
#include "cpr/engine/folders.h"

/* A round of asking about one claim. It may go over several ticks; one that a restart cuts begins anew. */
struct cpr_verifying {
    int64_t claim_id; /* 0: none is under way */
    size_t asked;     /* of its sources */
    enum cpr_revocation_way ways[CPR_VANTAGES_MAX];
    struct cpr_revocation_answer answers[CPR_VANTAGES_MAX];
};

/* What is remembered of a mailbox between two ticks. */
struct cpr_mailbox_view {
    struct cpr_chosen_folder folders[CPR_FOLDERS_MAX];
    size_t folder_count;
    int64_t listed_ms;      /* utc_ms of the LIST they were chosen from; CPR_TIME_NONE */
    int64_t blind_since_ms; /* first failure in a row; CPR_TIME_NONE while it can be looked at */
};

/* One message of a batch between being fetched and being recorded. */
struct cpr_scan_item {
    uint32_t uid, size;
    int64_t internal_ms, save_ms;
    struct cpr_identity identity;
    bool is_delivered;  /* the server sent it */
    bool is_unreadable; /* the reader died on it as often as it may */
    bool is_settled;    /* an earlier run settled it: nothing to record */
    struct cpr_sighting sighting;
    struct cpr_reading reading;
    struct cpr_buffer json; /* owned; the reading as it is stored */
};

enum { CPR_READING_JSON_MAX = 256 * 1024 };

/* Alerts whose sending could not be recorded because the store could not be written; not sent again by this process. */
enum { CPR_UNRECORDED_MAX = 256 };

struct cpr_engine {
    const struct cpr_settings *settings; /* borrowed */
    struct cpr_engine_ports ports;
    struct cpr_view token_key; /* borrowed */
    char instance[CPR_INSTANCE_NAME_SIZE];

    int64_t now_ms;        /* utc_ms of this tick: the later of the wall clock and what the monotonic clock expects */
    int64_t anchor_utc_ms; /* the pair that expectation is made from; CPR_TIME_NONE before the first tick */
    int64_t anchor_monotonic_ms;
    struct cpr_tick tick;
    bool has_begun;               /* the first tick is over */
    bool is_limited;              /* in this tick a mailbox had more to move than it may */
    int64_t looked_monotonic_ms;  /* when the mailboxes were looked at last; CPR_TIME_NONE */
    int64_t relay_monotonic_ms;   /* before this the mail relay is not asked again; CPR_TIME_NONE */
    int64_t doubted_monotonic_ms; /* when the wall clock stepped forward last; CPR_TIME_NONE */
    int64_t trouble_count;        /* told so far: makes each unique */
    struct cpr_error store_error; /* why the store could not be written in this tick; rc CPR_OK when it could */

    struct cpr_mailbox_view views[CPR_MAILBOXES_MAX];
    struct cpr_scan_item *items; /* owned, CPR_FETCH_BATCH of them */
    uint32_t *uids;              /* owned, CPR_SEARCH_UIDS_MAX of them: the window of a scan */

    struct cpr_verifying verifying;
    struct cpr_alert unrecorded[CPR_UNRECORDED_MAX];
    size_t unrecorded_count;
    int64_t emergency_ms; /* monotonic_ms of the last mail about a store that cannot be written; CPR_TIME_NONE */
};

/* Notes a failure in the tick and passes it on. */
enum cpr_rc cpr_engine_failed(struct cpr_engine *engine, const struct cpr_error *error);

/* --- event.c: the chained record --------------------------------------------------------------------------------- */
enum cpr_rc cpr_engine_event(struct cpr_engine *engine, const char *event, int64_t case_id, const char *mailbox,
                             struct cpr_error *error_out, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* --- scan.c: every message of every folder --------------------------------------------------------------------------
 */
/* Lists and chooses the folders, at most once an hour. One that is missing is a trouble; the others are looked at. */
enum cpr_rc cpr_engine_choose_folders(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out);

enum cpr_rc cpr_engine_scan(struct cpr_engine *engine, size_t mailbox, const struct cpr_chosen_folder *chosen,
                            struct cpr_error *error_out);

/* --- intake.c: what a message that was read means; inside a transaction --------------------------------------------
 */
enum cpr_rc cpr_engine_take_in(struct cpr_engine *engine, size_t mailbox, const struct cpr_folder *folder,
                               struct cpr_scan_item *item, struct cpr_error *error_out);
/* Inside a transaction: a stamp that is earlier brings the receipt and the deadline of an open case forward, and what
 * is stored ahead with them; a later one changes nothing (P4). `whose` ends the event's sentence. The caller stores the
 * case. */
enum cpr_rc cpr_engine_bring_forward(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_receipt *seen,
                                     const char *whose, struct cpr_error *error_out);

/* --- rescue.c: moving, and looking what became of a move ------------------------------------------------------------
 */
enum cpr_rc cpr_engine_settle(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out);
enum cpr_rc cpr_engine_rescue(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out);

/* --- tell.c: storing alerts before they are due ---------------------------------------------------------------------
 */
/* Stores the alerts of every case whose next step asks for it: open ones, and those whose revocation is owed. */
enum cpr_rc cpr_engine_tell_cases(struct cpr_engine *engine, struct cpr_error *error_out);
/* Takes back what is stored ahead for all of them, at the first tick of a configuration: people, steps or the clock
 * may be others than before. */
enum cpr_rc cpr_engine_recall_cases(struct cpr_engine *engine, struct cpr_error *error_out);
/* Inside a transaction: one alert about a case to the groups that hear of it at its present age. */
enum cpr_rc cpr_engine_tell_about(struct cpr_engine *engine, const struct cpr_case *item, const char *topic,
                                  const char *text, struct cpr_error *error_out);
/* Inside a transaction: the same at an age and an instant of the caller's; stored once for each (case, topic, age). */
enum cpr_rc cpr_engine_tell_at(struct cpr_engine *engine, const struct cpr_case *item, const char *topic,
                               const char *text, int64_t age_ms, int64_t due_ms, struct cpr_error *error_out);
/* Inside a transaction: the alerts that are still to come follow a receipt that was brought forward. */
enum cpr_rc cpr_engine_follow_receipt(struct cpr_engine *engine, const struct cpr_case *item,
                                      struct cpr_error *error_out);

/* --- trouble.c: what is wrong with the daemon itself; the topic is "KIND:SUBJECT", or "KIND" with an empty subject
 * ------- */
/* A trouble that lasts. Told at once when `rc` needs an operator, else after ten minutes; again every health_repeat. */
enum cpr_rc cpr_engine_trouble_begins(struct cpr_engine *engine, const char *kind, const char *subject, enum cpr_rc rc,
                                      const char *format, ...) __attribute__((format(printf, 5, 6)));
enum cpr_rc cpr_engine_trouble_ends(struct cpr_engine *engine, const char *kind, const char *subject);
/* A single occurrence, told once. */
enum cpr_rc cpr_engine_trouble_once(struct cpr_engine *engine, const char *kind, const char *subject,
                                    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same inside a transaction of the caller's. */
enum cpr_rc cpr_engine_trouble_inside(struct cpr_engine *engine, const char *kind, const char *subject,
                                      struct cpr_error *error_out, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* At the first tick: ends the troubles of mailboxes that are no longer configured. */
enum cpr_rc cpr_engine_forget_troubles(struct cpr_engine *engine, struct cpr_error *error_out);
/* Tells of the troubles whose time has come. */
enum cpr_rc cpr_engine_tell_troubles(struct cpr_engine *engine, struct cpr_error *error_out);

/* --- outbox.c: sending -------------------------------------------------------------------------------------------- */
/* When more than this many alerts of ladders are due for one recipient, they share a letter (but for the first one
 * about each report). */
enum { CPR_COLLECT_ABOVE = 5 };
enum cpr_rc cpr_engine_send_due(struct cpr_engine *engine, struct cpr_error *error_out);
/* The store cannot be written: says so by mail without it, at most once an hour. */
void cpr_engine_emergency(struct cpr_engine *engine, const struct cpr_error *error);
/* Records what was sent while the store could not be written. */
void cpr_engine_flush_unrecorded(struct cpr_engine *engine);

/* --- verify.c: whether what is said to be revoked is so ------------------------------------------------------------
 */
/* Asks a few sources, when the configuration wants it and a claim is due. */
enum cpr_rc cpr_engine_verify(struct cpr_engine *engine, struct cpr_error *error_out);
/* How long until a claim is due, in ms; INT64_MAX when none is. */
int64_t cpr_engine_verify_wait(struct cpr_engine *engine);

/* --- days.c: the reviews of finished days ----------------------------------------------------------------------------
 */
enum cpr_rc cpr_engine_review_days(struct cpr_engine *engine, struct cpr_error *error_out);

/* The head of a day's review; the strings are borrowed from the engine and the caller. */
struct cpr_review_head;
void cpr_engine_review_head(struct cpr_engine *engine, int64_t day_ms, const char *previous_page,
                            const char *previous_sha256, struct cpr_review_head *head_out);

/* --- address.c: who gets an alert ------------------------------------------------------------------------------------
 */
/* Fills Message-ID and recipient of an alert row: "<HMAC of what makes it unique @ domain of alert_from>". */
void cpr_engine_name_alert(const struct cpr_engine *engine, struct cpr_alert *alert);
/* The Message-ID of a letter about many alerts for alert->recipient, made from their ids in the order given: the same
 * set has the same one, another set another one. */
void cpr_engine_name_collected(const struct cpr_engine *engine, const struct cpr_alert *const *alerts, size_t count,
                               struct cpr_alert *alert);

/* Runs `body` inside a transaction: commits when it returns CPR_OK, rolls back otherwise. */
enum cpr_rc cpr_engine_transact(struct cpr_engine *engine,
                                enum cpr_rc (*body)(struct cpr_engine *, void *context, struct cpr_error *),
                                void *context, struct cpr_error *error_out);

#endif
