#include "cpr/base/buffer.h"
#include "cpr/base/assert.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 256, FORMAT_MAX = 4096 };

struct cpr_buffer cpr_buffer_new(size_t max_len)
{
    return (struct cpr_buffer){.max_len = max_len};
}

void cpr_buffer_free(struct cpr_buffer *buffer)
{
    free(buffer->data);
    *buffer = cpr_buffer_new(buffer->max_len);
}

static bool reserve(struct cpr_buffer *buffer, size_t len)
{
    if (len < buffer->size)
        return true;
    size_t size = buffer->size ? buffer->size : FIRST_SIZE;
    while (size <= len)
        size *= 2;
    if (size > buffer->max_len + 1)
        size = buffer->max_len + 1;
    char *data = realloc(buffer->data, size);
    if (!data)
        return false;
    buffer->data = data;
    buffer->size = size;
    return true;
}

void cpr_buffer_add(struct cpr_buffer *buffer, struct cpr_view view)
{
    if (buffer->full)
        return;
    size_t room = buffer->max_len - buffer->len;
    size_t len = view.len < room ? view.len : room;
    buffer->full = len < view.len;
    if (!reserve(buffer, buffer->len + len)) {
        buffer->full = true;
        return;
    }
    if (len)
        memcpy(buffer->data + buffer->len, view.data, len);
    buffer->len += len;
    buffer->data[buffer->len] = 0;
}

void cpr_buffer_add_byte(struct cpr_buffer *buffer, char byte)
{
    cpr_buffer_add(buffer, cpr_view_make(&byte, 1));
}

void cpr_buffer_add_text(struct cpr_buffer *buffer, const char *text)
{
    cpr_buffer_add(buffer, cpr_view_of(text));
}

void cpr_buffer_add_format(struct cpr_buffer *buffer, const char *format, ...)
{
    char piece[FORMAT_MAX];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    CPR_ASSERT(len >= 0 && (size_t)len < sizeof piece);
    cpr_buffer_add(buffer, cpr_view_make(piece, (size_t)len));
}

void cpr_buffer_clear(struct cpr_buffer *buffer)
{
    buffer->len = 0;
    buffer->full = false;
    if (buffer->data)
        buffer->data[0] = 0;
}

struct cpr_view cpr_buffer_view(const struct cpr_buffer *buffer)
{
    return cpr_view_make(buffer->data, buffer->len);
}

const char *cpr_buffer_text(const struct cpr_buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

bool cpr_buffer_is_full(const struct cpr_buffer *buffer)
{
    return buffer->full;
}
