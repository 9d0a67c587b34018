/* What the files of the IMAP client share. Calls answer CPR_RETRY or CPR_STOPPED when the session was lost; it is
 * closed then. A refusal by the server ("NO") leaves it open. */
#ifndef CPR_IO_IMAP_PRIVATE_H
#define CPR_IO_IMAP_PRIVATE_H

#include "cpr/base/buffer.h"
#include "cpr/io/imap.h"
#include "cpr/io/wire.h"

#include <libetpan/libetpan.h>

struct cpr_imap_fetching; /* imap_fetch.c */

struct cpr_imap {
    struct cpr_imap_settings settings;
    struct cpr_wire *wire; /* owned; NULL while closed */
    mailimap *session;     /* owned; NULL while closed */
    struct cpr_mailbox_capabilities capabilities;
    char folder[CPR_FOLDER_NAME_MAX];   /* the selected one; "" for none */
    bool is_writable;                   /* it was opened with SELECT */
    struct cpr_imap_fetching *fetching; /* borrowed while a FETCH runs; else NULL */
};

#define CPR_IMAP_QUOTED_MAX (2 * CPR_FOLDER_NAME_MAX + 2)
#define CPR_IMAP_COMMAND_MAX (4096 + CPR_IMAP_QUOTED_MAX)
/* A folder's name may come as a literal; nothing else does outside FETCH. */
#define CPR_IMAP_NAME_LITERAL_MAX_BYTES 4096

/* --- imap_session.c --- */
enum cpr_rc cpr_imap_open(void *self, struct cpr_error *error_out);
void cpr_imap_close(void *self);

/* CPR_RETRY with a sentence when the session is closed. */
enum cpr_rc cpr_imap_require_open(struct cpr_imap *imap, struct cpr_error *error_out);
/* The deadline and byte budget of the next command. */
void cpr_imap_allow(struct cpr_imap *imap, uint32_t literal_max_bytes, uint64_t literals_max_bytes);
/* Sends one command (without tag and CRLF) under the budget and reads its reply. *is_done_out: OK or NO. */
enum cpr_rc cpr_imap_command(struct cpr_imap *imap, const char *command, bool *is_done_out,
                             struct cpr_error *error_out);
/* The same for a formatted command of our own making under the small budget. */
enum cpr_rc cpr_imap_format(struct cpr_imap *imap, bool *is_done_out, struct cpr_error *error_out, const char *format,
                            ...) __attribute__((format(printf, 4, 5)));
/* Closes the session and says why: the wire's reason, or `what` that libetpan failed at with `number`. */
enum cpr_rc cpr_imap_lost(struct cpr_imap *imap, int number, const char *what, struct cpr_error *error_out);
/* What a NO means: busy servers are CPR_RETRY (and the session is closed), missing rights CPR_OPERATOR, an unknown
 * folder CPR_ABSENT, anything else `otherwise`. */
enum cpr_rc cpr_imap_refused(struct cpr_imap *imap, enum cpr_rc otherwise, const char *what, const char *folder,
                             struct cpr_error *error_out);

/* --- imap_folder.c --- */
/* True for a name that can be sent: no control characters, valid UTF-8, not empty. */
bool cpr_imap_name_is_sendable(const char *name);
/* As a quoted string (RFC 3501 section 4.3). The name is sendable. */
void cpr_imap_quote(const char *name, char out[CPR_IMAP_QUOTED_MAX]);
/* Opens a folder anew (EXAMINE, or SELECT when is_writable). CPR_ABSENT: no such folder, or another UIDVALIDITY than
 * the expected one (0 expects nothing). */
enum cpr_rc cpr_imap_select(struct cpr_imap *imap, const char *folder, bool is_writable, uint32_t uidvalidity,
                            struct cpr_error *error_out);
enum cpr_rc cpr_imap_list(void *self, bool (*each)(void *context, const struct cpr_folder_listing *), void *context,
                          struct cpr_error *error_out);
enum cpr_rc cpr_imap_status(void *self, const char *folder, struct cpr_folder_status *out, struct cpr_error *error_out);
enum cpr_rc cpr_imap_search(void *self, const char *folder, uint32_t uidvalidity, uint32_t first_uid, uint32_t last_uid,
                            uint32_t *uids_out, size_t *count_out, struct cpr_error *error_out);
/* UID SEARCH in the selected folder, ascending; CPR_LIMIT past count_max. */
enum cpr_rc cpr_imap_search_selected(struct cpr_imap *imap, uint32_t first_uid, uint32_t last_uid, uint32_t *uids_out,
                                     size_t count_max, size_t *count_out, struct cpr_error *error_out);

/* --- imap_fetch.c --- */
enum cpr_rc cpr_imap_fetch(void *self, const char *folder, uint32_t uidvalidity, const uint32_t *uids, size_t count,
                           uint32_t max_bytes, bool (*each)(void *context, const struct cpr_fetched *), void *context,
                           struct cpr_error *error_out);
enum cpr_rc cpr_imap_find(void *self, const char *folder, const struct cpr_identity *identity, uint32_t first_uid,
                          uint32_t *uidvalidity_out, uint32_t *uids_out, size_t *count_out,
                          struct cpr_error *error_out);
/* Whether the selected folder holds this very message at `uid`. CPR_ABSENT with *is_gone_out true: nothing is there;
 * false: another message is. */
enum cpr_rc cpr_imap_check_identity(struct cpr_imap *imap, uint32_t uid, const struct cpr_identity *identity,
                                    bool *is_gone_out, struct cpr_error *error_out);

/* --- imap_move.c --- */
enum cpr_rc cpr_imap_move(void *self, const char *source, uint32_t uidvalidity, uint32_t uid,
                          const struct cpr_identity *identity, const char *destination,
                          struct cpr_move_result *result_out, struct cpr_error *error_out);
enum cpr_rc cpr_imap_remove_copied(void *self, const char *source, uint32_t uidvalidity, uint32_t uid,
                                   const struct cpr_identity *identity, struct cpr_error *error_out);
enum cpr_rc cpr_imap_mark_rescued(void *self, const char *folder, uint32_t uidvalidity, uint32_t uid, bool *marked_out,
                                  struct cpr_error *error_out);

/* --- imap_extension.c --- */
/* Registers, once in the process, what keeps libetpan from stopping at responses and FETCH items that it does not know.
 */
void cpr_imap_extension_register(void);
/* The text "NAME value" of an unknown FETCH item; NULL for any other item. Borrowed. */
const char *cpr_imap_extension_item(const struct mailimap_msg_att_item *item);

#endif
