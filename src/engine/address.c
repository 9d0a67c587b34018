#include "engine_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The Message-ID is made from what makes the alert unique, so that the same alert has the same one for ever, on every
 * try and after every restart; the key keeps it from being guessed. */
void cpr_engine_name_alert(const struct cpr_engine *engine, struct cpr_alert *alert)
{
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_buffer unique = cpr_buffer_new(2048);
    cpr_buffer_add_format(&unique, "%" PRId64 "\n%s\n%" PRId64 "\n%s", alert->case_id, alert->topic, alert->step_age_ms,
                          alert->recipient);
    struct cpr_digest digest = cpr_digest_hmac(engine->token_key, cpr_buffer_view(&unique));
    cpr_buffer_free(&unique);
    cpr_digest_to_hex(&digest, hex);
    const char *at = strrchr(engine->settings->alert_from, '@');
    snprintf(alert->header_message_id, sizeof alert->header_message_id, "<cpr-auditd.%.32s%.64s>", hex,
             at ? at : "@localhost");
}
