#include "relate.h"

#include "cpr/base/view.h"

#include <stdio.h>
#include <string.h>

enum cpr_rc cpr_engine_index(struct cpr_engine *engine, int64_t message_id, const struct cpr_reading *reading,
                             struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    char from[CPR_ADDRESS_MAX + 1];
    size_t len = strlen(reading->from_address);
    for (size_t i = 0; i <= len; i++)
        from[i] = cpr_ascii_lower(reading->from_address[i]);
    enum cpr_rc rc = CPR_OK;
    if (from[0])
        rc = store->identifier_add(store->self, "from", from, message_id, error_out);
    if (rc == CPR_OK && reading->message_id[0])
        rc = store->identifier_add(store->self, "message-id", reading->message_id, message_id, error_out);
    for (uint32_t i = 0; i < reading->reference_count && rc == CPR_OK; i++)
        rc = store->identifier_add(store->self, "refers-to", reading->references[i], message_id, error_out);
    for (uint32_t i = 0; i < reading->identifier_count && rc == CPR_OK; i++)
        rc = store->identifier_add(store->self,
                                   cpr_identifier_type_name((enum cpr_identifier_type)reading->identifiers[i].type),
                                   reading->identifiers[i].value, message_id, error_out);
    return rc;
}
