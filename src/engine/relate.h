/* What a message that was taken in has to do with those that came before (casework/links.h). Private to src/engine;
 * every function but the last works inside a transaction of the caller's. */
#ifndef CPR_ENGINE_RELATE_H
#define CPR_ENGINE_RELATE_H

#include "engine_internal.h"

#include <jansson.h>

/* How many messages are compared with a new one: those that share something, and the newest of its sender. */
enum { CPR_RELATIVES_MAX = 64, CPR_OF_SENDER_MAX = 32 };

/* Puts a message into the index of identifiers. */
enum cpr_rc cpr_engine_index(struct cpr_engine *engine, int64_t message_id, const struct cpr_reading *reading,
                             struct cpr_error *error_out);

/* The same for its sender alone: of a mail that a quarantine holds nothing else is known. */
enum cpr_rc cpr_engine_index_sender(struct cpr_engine *engine, int64_t message_id, const char *from_address,
                                    struct cpr_error *error_out);

/* After the message and its case (case_id 0: none) are stored and indexed: stores its links, brings the deadlines of
 * open cases forward that run from an earlier message, and notes it in the record. Nothing else: no link closes a case,
 * puts it off or takes a case from a message. */
enum cpr_rc cpr_engine_relate(struct cpr_engine *engine, const struct cpr_message *message, int64_t case_id,
                              struct cpr_error *error_out);

/* What the message of a case has to do with others, for people: an array of objects {message, case, state, reasons,
 * detail, received, from, subject, verdict, kind, folders, brought_forward}, the oldest link first; then, when it
 * complains of silence, what else its sender wrote, whatever it was judged (the look-back). A new reference; needs no
 * transaction. */
enum cpr_rc cpr_relatives_list(const struct cpr_store_port *store, int64_t message_id, json_t **list_out,
                               struct cpr_error *error_out);

/* Its Message-ID; "" for a mail that a quarantine holds, whose column has a key of ours. Borrowed from the message. */
const char *cpr_known_message_id(const struct cpr_message *message);

#endif
