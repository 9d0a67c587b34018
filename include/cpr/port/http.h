/* Port: somebody who puts one question to a web server (io/http.h, or a script in tests). Whom to ask is configured;
 * nothing that a mail says is ever a URL here (P9). */
#ifndef CPR_PORT_HTTP_H
#define CPR_PORT_HTTP_H

#include "cpr/base/buffer.h"
#include "cpr/base/result.h"

struct cpr_http_question {
    const char *url;          /* borrowed; http or https */
    struct cpr_view body;     /* of a POST; empty: a GET */
    const char *content_type; /* of the body; NULL for a GET */
};

struct cpr_http_port {
    void *self; /* owned by the implementation */
    /* Appends what the server answered to *body_out (from the caller, empty), at most as much as it can hold. CPR_OK:
     * the whole body of an answer of status 200. CPR_LIMIT: it is longer. CPR_OPERATOR: its certificate was refused,
     * or the URL is none. CPR_STOPPED. CPR_RETRY: everything else, also another status. Then what is in *body_out is
     * of no use. */
    enum cpr_rc (*ask)(void *self, const struct cpr_http_question *question, struct cpr_buffer *body_out,
                       struct cpr_error *error_out);
};

#endif
