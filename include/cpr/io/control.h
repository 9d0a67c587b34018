/* The socket between cpr-audit and the daemon: run_dir/control.sock, mode 0660. A peer sends one request, a line of
 * JSON, and gets one reply: its length in decimal, a newline, that many bytes. Who may connect is decided by the
 * permissions of the directory and the socket; who did is told to the handler. What a request means is the caller's
 * business. */
#ifndef CPR_IO_CONTROL_H
#define CPR_IO_CONTROL_H

#include "cpr/base/buffer.h"
#include "cpr/base/limits.h"
#include "cpr/base/result.h"

#define CPR_CONTROL_PEERS_MAX 4     /* served in one call of cpr_control_serve */
#define CPR_CONTROL_REQUEST_MS 1000 /* for a peer to send its whole request */
#define CPR_CONTROL_REPLY_MS 5000   /* for a peer to take the whole reply */
#define CPR_CONTROL_ASK_MS 30000    /* how long a client waits: the daemon answers between two waits of its own */

/* --- the daemon's side ------------------------------------------------------------------------------------------- */

struct cpr_control;

/* Listens. A socket left behind by a crash is replaced once nobody answers on it. CPR_RETRY: somebody does.
 * CPR_OPERATOR: the directory cannot be used, or something that is no socket bears the name. */
enum cpr_rc cpr_control_listen(const char *run_dir, struct cpr_control **control_out, struct cpr_error *error_out);
void cpr_control_free(struct cpr_control **control); /* removes the socket, sets NULL */

/* For poll(2): readable when somebody waits to be served. */
int cpr_control_fd(const struct cpr_control *control);

/* Answers a request (without its newline) of a peer with the user id `peer_uid` (SO_PEERCRED) by appending to *reply,
 * which holds at most CPR_REPLY_MAX_BYTES; a reply that did not fit is not sent. */
typedef void cpr_control_handler(void *context, struct cpr_view request, unsigned peer_uid, struct cpr_buffer *reply);

/* Serves those who wait, at most CPR_CONTROL_PEERS_MAX and none after CPR_CONTROL_REQUEST_MS (the rest next time);
 * returns at once when nobody does. It takes at most twice CPR_CONTROL_REQUEST_MS and once CPR_CONTROL_REPLY_MS. A peer
 * that sends no whole request in time, or one longer than CPR_REQUEST_MAX_BYTES, is hung up on; the handler does not
 * hear of it. */
void cpr_control_serve(struct cpr_control *control, cpr_control_handler *handler, void *context);

/* --- the tool's side --------------------------------------------------------------------------------------------- */

/* Asks the daemon: one line without its newline. The caller frees *reply_out. CPR_ABSENT: no daemon listens there.
 * CPR_OPERATOR: not allowed to. CPR_RETRY: it is busy, or hung up. CPR_LIMIT: request or reply is too long. */
enum cpr_rc cpr_control_ask(const char *run_dir, struct cpr_view request, struct cpr_buffer *reply_out,
                            struct cpr_error *error_out);

#endif
