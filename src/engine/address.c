#include "engine_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* "<HMAC of what makes it unique @ domain of alert_from>": the same on every try and after every restart; the key keeps
 * it from being guessed. */
static void write_address(const struct cpr_engine *engine, struct cpr_buffer *unique, struct cpr_alert *alert)
{
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_digest digest = cpr_digest_hmac(engine->token_key, cpr_buffer_view(unique));
    cpr_buffer_free(unique);
    cpr_digest_to_hex(&digest, hex);
    const char *at = strrchr(engine->settings->alert_from, '@');
    snprintf(alert->header_message_id, sizeof alert->header_message_id, "<cpr-auditd.%.32s%.64s>", hex,
             at ? at : "@localhost");
}

void cpr_engine_name_alert(const struct cpr_engine *engine, struct cpr_alert *alert)
{
    struct cpr_buffer unique = cpr_buffer_new(2048);
    cpr_buffer_add_format(&unique, "%" PRId64 "\n%s\n%" PRId64 "\n%s", alert->case_id, alert->topic, alert->step_age_ms,
                          alert->recipient);
    write_address(engine, &unique, alert);
}

void cpr_engine_name_collected(const struct cpr_engine *engine, const struct cpr_alert *const *alerts, size_t count,
                               struct cpr_alert *alert)
{
    struct cpr_buffer unique = cpr_buffer_new(2048 + 24 * count);
    cpr_buffer_add_format(&unique, "collected\n%s", alert->recipient);
    for (size_t i = 0; i < count; i++)
        cpr_buffer_add_format(&unique, "\n%" PRId64, alerts[i]->id);
    write_address(engine, &unique, alert);
}
