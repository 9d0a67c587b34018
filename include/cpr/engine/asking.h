/* Asking one source about one certificate, over the port http. */
#ifndef CPR_ENGINE_ASKING_H
#define CPR_ENGINE_ASKING_H

#include "cpr/casework/revocation.h"
#include "cpr/port/http.h"

/* Asks and judges the answer by the present. Whatever was answered is in *body_out afterwards (from the caller, empty,
 * of at least CPR_CRL_MAX_BYTES): it is the proof of a word that counts. CPR_OK also where nobody answered: the reason
 * is then the note of the answer. CPR_STOPPED, and *answer_out is untouched. */
enum cpr_rc cpr_ask_source(const struct cpr_http_port *http, const struct cpr_issuing_ca *ca,
                           const struct cpr_revocation_vantage *vantage, const struct cpr_serial *serial,
                           int64_t now_utc_ms, struct cpr_buffer *body_out, struct cpr_revocation_answer *answer_out);

#endif
