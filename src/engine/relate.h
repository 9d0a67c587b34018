/* What a message that was taken in has to do with those that came before (casework/links.h). Private to src/engine; every
 * function works inside a transaction of the caller's. */
#ifndef CPR_ENGINE_RELATE_H
#define CPR_ENGINE_RELATE_H

#include "engine_internal.h"

/* Puts a message into the index of identifiers. */
enum cpr_rc cpr_engine_index(struct cpr_engine *engine, int64_t message_id, const struct cpr_reading *reading,
                             struct cpr_error *error_out);

#endif
