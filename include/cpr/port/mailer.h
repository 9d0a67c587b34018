/* Port: somebody who hands one mail for one recipient to a mail server (io/smtp.h, or a script in tests). */
#ifndef CPR_PORT_MAILER_H
#define CPR_PORT_MAILER_H

#include "cpr/base/result.h"
#include "cpr/base/view.h"

/* UNKNOWN is the zero value: the reply to DATA was not read. The alert is sent again with the same Message-ID: one
 * alert too many is allowed, one too few is not. */
enum cpr_send_outcome {
    CPR_SEND_UNKNOWN = 0,
    CPR_SEND_ACCEPTED, /* the server's 250 after DATA was read */
    CPR_SEND_REFUSED,  /* it was certainly not accepted */
};

struct cpr_send_result {
    enum cpr_send_outcome outcome;
    int reply_code;  /* the last SMTP reply code, 0 when none was read */
    char reply[256]; /* what the server said last, clean text */
};

struct cpr_mailer_port {
    void *self; /* owned by the implementation */
    /* `message`: a whole RFC 5322 message with CRLF line ends. *result_out is always set. CPR_OK exactly when
     * ACCEPTED; CPR_RETRY, CPR_OPERATOR (password, certificate, address refused for good), CPR_STOPPED otherwise. */
    enum cpr_rc (*send)(void *self, const char *recipient, struct cpr_view message, struct cpr_send_result *result_out,
                        struct cpr_error *error_out);
};

#endif
