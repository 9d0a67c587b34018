/* Everything that works by one configuration: reader, mailboxes, mailer, archive and the engine over them. A reload
 * builds a second one beside the first and changes over; the store and the lock stay. */
#ifndef CPR_APP_ASSEMBLY_H
#define CPR_APP_ASSEMBLY_H

#include "cpr/engine/engine.h"
#include "cpr/io/config.h"
#include "cpr/io/pulse.h"
#include "cpr/io/store.h"

struct cpr_assembly;

/* Takes over `config` (from malloc), also on failure. `store` and `pulse` are borrowed. */
enum cpr_rc cpr_assembly_new(struct cpr_config *config, struct cpr_store *store, const struct cpr_pulse *pulse,
                             struct cpr_assembly **assembly_out, struct cpr_error *error_out);
void cpr_assembly_free(struct cpr_assembly **assembly); /* sets NULL */

const struct cpr_config *cpr_assembly_config(const struct cpr_assembly *assembly);
struct cpr_engine *cpr_assembly_engine(struct cpr_assembly *assembly);

#endif
