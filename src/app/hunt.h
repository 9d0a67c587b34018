/* What the files of `cpr-audit hunt` share. Private to src/app and its tests. */
#ifndef CPR_APP_HUNT_H
#define CPR_APP_HUNT_H

#include "app/audit.h"
#include "cpr/port/mailbox.h"
#include "cpr/port/reader.h"

#define HUNT_SINCE_DEFAULT "90d" /* how long hosted quarantines keep mail (Bugzilla 1636141: "retention is 90 days")   \
                                  */
enum { HUNT_BATCH = CPR_FETCH_BATCH, HUNT_QUESTION_MAX = 16 /* messages of one request: CPR_REQUEST_MAX_BYTES */ };

/* A message that today's rules surface, until the ledger was asked about it. */
struct hunt_found {
    json_t *row; /* owned: what is printed */
    struct cpr_identity identity;
    char header_message_id[CPR_MESSAGE_ID_SIZE], text_digest[65];
    int64_t receipt_ms, deadline_ms; /* CPR_TIME_NONE when no trustworthy stamp says */
    int64_t arrived_ms;              /* the latest stamp; CPR_TIME_NONE */
};

/* Where the messages come from that are read now. */
struct hunt_place {
    const char *mailbox; /* borrowed; NULL: a file */
    size_t mailbox_index;
    const char *folder, *role; /* display name and role, or the path of the file and "file"; borrowed */
};

/* A message as it came. */
struct hunt_mail {
    struct cpr_view raw; /* at most message_max_bytes */
    uint64_t size;       /* of the whole */
    int64_t internal_ms, save_ms;
    uint32_t number; /* UID, or its place in the file from 1 */
};

struct hunt {
    const struct audit_options *options;
    struct cpr_config *config; /* NULL: files are judged by the built-in rules alone */
    struct cpr_reader_port reader;
    struct cpr_reading *reading; /* owned by audit_hunt */
    struct audit_style style;
    struct hunt_place place;
    int64_t now_ms, since_ms;
    bool shows_progress, has_no_ledger;
    struct hunt_found found[HUNT_BATCH];
    size_t found_count;
    /* what is told at the end */
    unsigned places, read, older, refused, passed_over, surfaced, known, waiting, missed, late;
    int64_t oldest_ms, newest_ms;
    int64_t record_ms; /* since when the daemon's record goes; CPR_TIME_NONE: there is none */
    int exit_code;     /* of the first failure */
};

/* Judges one message and keeps it when it is surfaced. False when nothing more can be done: exit_code says why. At most
 * HUNT_BATCH before the next hunt_compare. */
bool hunt_take(struct hunt *hunt, const struct hunt_mail *mail);
/* Asks the ledger how the messages that are kept were judged then, prints those that were missed, forgets them all. */
bool hunt_compare(struct hunt *hunt);
/* Keeps the first failure, and says each. */
void hunt_failed(struct hunt *hunt, int exit_code, const char *sentence);
/* On a terminal: how far the place is read. */
void hunt_progress(const struct hunt *hunt, uint64_t done, uint64_t all);

/* audit_hunt_imap.c: every audited folder of a mailbox, read-only. audit_hunt_files.c: an mbox file, a mail, or a
 * folder of them. False when nothing more can be done; what can be left out is, and exit_code tells. */
bool hunt_mailbox(struct hunt *hunt, size_t mailbox_index);
bool hunt_path(struct hunt *hunt, const char *path);

/* audit_hunt_print.c */
void hunt_print_missed(const struct hunt *hunt, const json_t *row, struct cpr_buffer *out);
void hunt_print_end(const struct hunt *hunt, struct cpr_buffer *out);

#endif
