#include "parts.h"

#include "cpr/base/assert.h"
#include "cpr/base/encode.h"
#include "cpr/judge/redact.h"

#include <stdlib.h>
#include <string.h>

static json_t *take_text(struct cpr_buffer *text)
{
    CPR_ASSERT(!cpr_buffer_is_full(text));
    json_t *value = json_stringn(cpr_buffer_text(text), text->len);
    CPR_ASSERT(value);
    cpr_buffer_free(text);
    return value;
}

json_t *cpr_json_text(const char *text)
{
    struct cpr_buffer clean = cpr_buffer_new(strlen(text));
    cpr_encode_line(&clean, cpr_view_of(text));
    return take_text(&clean);
}

json_t *cpr_json_mail_text(const char *text)
{
    struct cpr_buffer clean = cpr_buffer_new(strlen(text)), keyless = cpr_buffer_new(2 * strlen(text) + 32);
    cpr_encode_line(&clean, cpr_view_of(text));
    CPR_ASSERT(!cpr_buffer_is_full(&clean));
    cpr_redact(cpr_buffer_view(&clean), &keyless);
    cpr_buffer_free(&clean);
    return take_text(&keyless);
}

json_t *cpr_json_time(int64_t utc_ms)
{
    char text[CPR_TIME_TEXT_SIZE];
    return utc_ms == CPR_TIME_NONE ? json_null() : cpr_json_text(cpr_time_format(utc_ms, text));
}

void cpr_json_put(json_t *object, const char *key, json_t *value)
{
    CPR_ASSERT(json_object_set_new(object, key, value) == 0);
}

void cpr_json_write(struct cpr_buffer *out, json_t *object)
{
    char *line = json_dumps(object, JSON_COMPACT);
    CPR_ASSERT(line);
    cpr_buffer_add_text(out, line);
    free(line);
    json_decref(object);
}

const char *cpr_json_get(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}
