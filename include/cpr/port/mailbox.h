/* Port: one mailbox (account) on a mail server, as far as the engine needs it (io/imap.h, or a script in tests).
 *
 * Folder names are wire names: the server's own bytes (modified UTF-7 as sent), kept as they are and never built from a
 * mail. Every call but open() may answer CPR_RETRY, after which the session is closed and open() must be called again.
 * Nothing here ever sets \Seen, deletes what was not copied and verified, or expunges anything but the one UID. */
#ifndef CPR_PORT_MAILBOX_H
#define CPR_PORT_MAILBOX_H

#include "cpr/base/identity.h"
#include "cpr/base/limits.h"
#include "cpr/base/result.h"
#include "cpr/base/time.h"

/* Special uses of RFC 6154 that matter here. Bits. */
enum cpr_folder_use {
    CPR_FOLDER_USE_JUNK = 1 << 0,
    CPR_FOLDER_USE_SENT = 1 << 1,
    CPR_FOLDER_USE_TRASH = 1 << 2,
    CPR_FOLDER_USE_ALL = 1 << 3,
    CPR_FOLDER_USE_DRAFTS = 1 << 4,
    CPR_FOLDER_USE_ARCHIVE = 1 << 5,
};

struct cpr_folder_listing {
    char name[CPR_FOLDER_NAME_MAX];    /* wire name */
    char display[CPR_FOLDER_NAME_MAX]; /* decoded from modified UTF-7, clean text */
    char delimiter;                    /* 0 when the hierarchy is flat */
    bool is_selectable;
    unsigned uses; /* bits of enum cpr_folder_use */
};

struct cpr_folder_status {
    uint32_t uidvalidity;
    uint32_t uidnext;
    uint32_t messages;
};

/* One message as fetched. `raw` is borrowed until the callback returns. */
struct cpr_fetched {
    uint32_t uid;
    uint32_t size;       /* RFC822.SIZE */
    int64_t internal_ms; /* INTERNALDATE; CPR_TIME_NONE when the server sent none */
    int64_t save_ms;     /* SAVEDATE (RFC 8514); CPR_TIME_NONE when not offered */
    bool is_seen, is_deleted, is_draft;
    struct cpr_view raw; /* the first bytes of the message, at most what was asked for */
    bool is_vanished;    /* the server answered with no body: the message is gone */
};

/* What became of a move. UNKNOWN is the zero value: it is looked up, never guessed. */
enum cpr_move_outcome {
    CPR_MOVE_UNKNOWN = 0,
    CPR_MOVE_DONE,     /* COPYUID named our UID, and the source is gone (or was left on purpose: copied_only) */
    CPR_MOVE_NOT_DONE, /* the server said no, or the message at that UID is not the one that was judged */
    CPR_MOVE_GONE,     /* the UID is no longer in the source folder and nothing was done */
};

struct cpr_move_result {
    enum cpr_move_outcome outcome;
    bool copied_only;                                  /* no UIDPLUS: the copy is there, the source was left */
    uint32_t destination_uidvalidity, destination_uid; /* 0 when the server did not say (copied_only) */
    char how[32];                                      /* "MOVE", "COPY+EXPUNGE", "COPY" */
};

/* The capabilities that decide how things are done; for the log and `cpr-audit check`. */
struct cpr_mailbox_capabilities {
    bool move, uidplus, special_use, savedate, idle;
    char text[512]; /* as the server said, clean text */
};

struct cpr_mailbox_port {
    void *self; /* owned by the implementation */

    /* Connects, verifies the server, logs in; at once CPR_OK when the session is open. CPR_OPERATOR: certificate or
     * password refused; CPR_RETRY: unreachable or busy. */
    enum cpr_rc (*open)(void *self, struct cpr_error *error_out);
    /* Ends the session; never fails. */
    void (*close)(void *self);
    const struct cpr_mailbox_capabilities *(*capabilities)(void *self); /* borrowed; valid while open */

    /* Lists all folders, each once; `each` returns false to stop. CPR_LIMIT past CPR_FOLDER_LIST_MAX. */
    enum cpr_rc (*list)(void *self, bool (*each)(void *context, const struct cpr_folder_listing *), void *context,
                        struct cpr_error *error_out);

    /* STATUS: one round trip. CPR_ABSENT: there is no such folder. */
    enum cpr_rc (*status)(void *self, const char *folder, struct cpr_folder_status *out, struct cpr_error *error_out);

    /* The UIDs in [first_uid, last_uid] of a folder, ascending, at most CPR_SEARCH_UIDS_MAX into uids_out; opens the
     * folder read-only. CPR_LIMIT: there are more; ask for a smaller range. */
    enum cpr_rc (*search)(void *self, const char *folder, uint32_t uidvalidity, uint32_t first_uid, uint32_t last_uid,
                          uint32_t *uids_out, size_t *count_out, struct cpr_error *error_out);

    /* Fetches up to CPR_FETCH_BATCH messages, read-only, BODY.PEEK[]<0.max_bytes>; calls `each` for those that exist.
     * UIDs that the server does not answer for are gone. `each` returns false to stop (CPR_STOPPED). CPR_ABSENT: the
     * folder's UIDVALIDITY is no longer the given one; nothing was delivered. CPR_LIMIT: the server refused to hand out
     * some of them and the session goes on; what is missing may be asked for one by one. */
    enum cpr_rc (*fetch)(void *self, const char *folder, uint32_t uidvalidity, const uint32_t *uids, size_t count,
                         uint32_t max_bytes, bool (*each)(void *context, const struct cpr_fetched *), void *context,
                         struct cpr_error *error_out);

    /* Moves one message whose identity is checked just before. The outcome is always set; the return code says why it
     * is not DONE. CPR_RETRY with UNKNOWN: the connection was lost after the command may have been sent. */
    enum cpr_rc (*move)(void *self, const char *source, uint32_t uidvalidity, uint32_t uid,
                        const struct cpr_identity *identity, const char *destination,
                        struct cpr_move_result *result_out, struct cpr_error *error_out);

    /* The UIDs >= first_uid of a folder that hold exactly this message; at most CPR_TWINS_MAX. */
    enum cpr_rc (*find)(void *self, const char *folder, const struct cpr_identity *identity, uint32_t first_uid,
                        uint32_t *uidvalidity_out, uint32_t *uids_out, size_t *count_out, struct cpr_error *error_out);

    /* Finishes a COPY + EXPUNGE whose copy was verified: \Deleted and UID EXPUNGE of that one UID, its identity checked
     * just before. Without UIDPLUS: CPR_OPERATOR, and nothing was done. */
    enum cpr_rc (*remove_copied)(void *self, const char *source, uint32_t uidvalidity, uint32_t uid,
                                 const struct cpr_identity *identity, struct cpr_error *error_out);

    /* Marks a rescued message: +$CPRRescued, +$NotJunk, -$Junk as far as PERMANENTFLAGS allow. Idempotent.
     * CPR_ABSENT: no such UID. *marked_out: whether $CPRRescued could be set. */
    enum cpr_rc (*mark_rescued)(void *self, const char *folder, uint32_t uidvalidity, uint32_t uid, bool *marked_out,
                                struct cpr_error *error_out);
};

#endif
