/* Asking a web server: port/http.h over HTTP with libcurl.
 *
 * One connection a question, at most CPR_HTTP_TOTAL_MS from the name to the last byte whatever the server does. No
 * redirect is followed (a CRL lies where the CA says), no proxy of the environment is used, no cookie, credential or
 * compression; https is verified with the system's trust. CRLs and OCSP are plain http by custom (BR 7.1.2.11): what
 * they say is signed. */
#ifndef CPR_IO_HTTP_H
#define CPR_IO_HTTP_H

#include "cpr/io/pulse.h"
#include "cpr/port/http.h"

struct cpr_http;

/* `pulse` is borrowed for its life and may be NULL. CPR_RETRY: no memory. */
enum cpr_rc cpr_http_new(const struct cpr_pulse *pulse, struct cpr_http **http_out, struct cpr_error *error_out);
void cpr_http_free(struct cpr_http **http); /* sets NULL */

/* ask(): beats the pulse about once a second. */
struct cpr_http_port cpr_http_port(struct cpr_http *http);

#endif
