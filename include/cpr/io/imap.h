/* The mailbox port over IMAP4rev1 (RFC 3501): libetpan speaks the protocol, io/wire.h carries it.
 *
 * Extensions used where offered: MOVE (RFC 6851), UIDPLUS (4315), SPECIAL-USE (6154), SAVEDATE (8514). Folders are
 * opened with EXAMINE for reading; SELECT is used to move and to mark only. No byte of a mail is ever part of a
 * command. CPR_STOPPED closes the session as CPR_RETRY does, unless it came from the caller's own callback. */
#ifndef CPR_IO_IMAP_H
#define CPR_IO_IMAP_H

#include "cpr/io/config.h"
#include "cpr/io/pulse.h"
#include "cpr/port/mailbox.h"

struct cpr_imap;

struct cpr_imap_settings {
    const struct cpr_server_settings *server; /* borrowed; outlives the session */
    /* Fetches the password, NUL-terminated; called at each login and wiped after it. */
    enum cpr_rc (*secret)(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out);
    void *secret_context; /* borrowed */
    struct cpr_pulse pulse;
    int64_t connect_ms;   /* 0: CPR_WIRE_CONNECT_MS */
    int64_t operation_ms; /* 0: CPR_WIRE_OPERATION_MS */
};

/* A closed session; connects at the port's open(). */
enum cpr_rc cpr_imap_new(const struct cpr_imap_settings *settings, struct cpr_imap **out, struct cpr_error *error_out);
void cpr_imap_free(struct cpr_imap **imap);

/* The port; valid until cpr_imap_free(). */
struct cpr_mailbox_port cpr_imap_port(struct cpr_imap *imap);

/* For tests: the open session's peer seems to go away after so many more received bytes; negative for never. */
void cpr_imap_cut_after(struct cpr_imap *imap, int64_t bytes);
/* Bytes received by the open session, 0 when it is closed. */
uint64_t cpr_imap_received(const struct cpr_imap *imap);

#endif
