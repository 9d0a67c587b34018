#include "parts.h"

#include "cpr/base/assert.h"
#include "cpr/base/encode.h"
#include "cpr/base/text.h"
#include "cpr/judge/redact.h"

#include <stdlib.h>
#include <string.h>

/* Nearly all text is clean already: only what is not is copied, into `space`, which the caller frees. */
static struct cpr_view clean_view(const char *text, struct cpr_buffer *space)
{
    struct cpr_view view = cpr_view_of(text);
    *space = cpr_buffer_new(view.len);
    if (cpr_text_is_clean(view))
        return view;
    cpr_encode_line(space, view);
    CPR_ASSERT(!cpr_buffer_is_full(space));
    return cpr_buffer_view(space);
}

static json_t *string_of(struct cpr_view clean)
{
    json_t *value = json_stringn_nocheck(clean.len ? clean.data : "", clean.len);
    CPR_ASSERT(value);
    return value;
}

json_t *cpr_json_text(const char *text)
{
    struct cpr_buffer space;
    json_t *value = string_of(clean_view(text, &space));
    cpr_buffer_free(&space);
    return value;
}

json_t *cpr_json_mail_text(const char *text)
{
    struct cpr_buffer space, keyless = cpr_buffer_new(2 * strlen(text) + 32);
    cpr_redact(clean_view(text, &space), &keyless);
    CPR_ASSERT(!cpr_buffer_is_full(&keyless));
    json_t *value = string_of(cpr_buffer_view(&keyless));
    cpr_buffer_free(&space);
    cpr_buffer_free(&keyless);
    return value;
}

json_t *cpr_json_time(int64_t utc_ms)
{
    char text[CPR_TIME_TEXT_SIZE];
    return utc_ms == CPR_TIME_NONE ? json_null() : cpr_json_text(cpr_time_format(utc_ms, text));
}

void cpr_json_put(json_t *object, const char *key, json_t *value)
{
    CPR_ASSERT(json_object_set_new_nocheck(object, key, value) == 0);
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
