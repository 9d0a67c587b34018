/* Handing mail to a server: port/mailer.h over SMTP (RFC 5321) with libcurl.
 *
 * One connection and one transaction a mail and recipient: libcurl drops the whole transaction for one refused
 * recipient. TLS: implicit, or STARTTLS demanded (never tried and forgone); the server's certificate is always
 * verified. Without TLS only to a loopback host. With a user a login is made where the server offers one. */
#ifndef CPR_IO_SMTP_H
#define CPR_IO_SMTP_H

#include "cpr/io/config.h"
#include "cpr/io/pulse.h"
#include "cpr/port/mailer.h"

struct cpr_smtp;

/* Gives the password anew for each login; cpr_secret_read's contract. `context` is the caller's. */
struct cpr_smtp_secret {
    void *context;
    enum cpr_rc (*read)(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out);
};

/* `server` and `from` (the envelope sender) are copied; `pulse` is borrowed for the mailer's life and may be NULL.
 * Connects to nothing yet. CPR_OPERATOR: `from` or the host is no address, or plaintext to another machine was asked
 * for. */
enum cpr_rc cpr_smtp_new(const struct cpr_server_settings *server, const char *from, struct cpr_smtp_secret secret,
                         const struct cpr_pulse *pulse, struct cpr_smtp **smtp_out, struct cpr_error *error_out);
void cpr_smtp_free(struct cpr_smtp **smtp); /* sets NULL */

/* send(): takes at most CPR_SMTP_TOTAL_MS, beats the pulse about once a second. ACCEPTED is decided by the reply to the
 * message alone, whatever comes after it. CPR_OPERATOR: certificate, login or address refused for good (5yz), no
 * STARTTLS. CPR_RETRY: unreachable, busy (4yz), or UNKNOWN. What a server says to a password is not repeated but for
 * its codes: it may hold the password. BUGS: a server that does not answer QUIT holds the call for another
 * CPR_SMTP_TOTAL_MS; the pulse goes on. */
struct cpr_mailer_port cpr_smtp_port(struct cpr_smtp *smtp);

#endif
