/* Growable bytes with a maximum fixed at birth. Overflow and lack of memory are sticky: every later append is a no-op
 * and cpr_buffer_is_full() says so, so that a caller may append freely and ask once at the end. */
#ifndef CPR_BASE_BUFFER_H
#define CPR_BASE_BUFFER_H

#include "cpr/base/view.h"

struct cpr_buffer {
    char *data;     /* owned; always NUL-terminated once anything was appended, else NULL */
    size_t len;     /* without the NUL */
    size_t size;    /* allocated */
    size_t max_len; /* never grows past this */
    bool full;      /* something did not fit */
};

/* An empty buffer that will hold at most max_len bytes. Allocates nothing yet. */
struct cpr_buffer cpr_buffer_new(size_t max_len);
void cpr_buffer_free(struct cpr_buffer *buffer);

/* Appends as much as fits and marks the buffer full when not all did. */
void cpr_buffer_add(struct cpr_buffer *buffer, struct cpr_view view);
void cpr_buffer_add_byte(struct cpr_buffer *buffer, char byte);
void cpr_buffer_add_text(struct cpr_buffer *buffer, const char *text);
/* The format is ours; what it prints is at most 4096 bytes a call. */
void cpr_buffer_add_format(struct cpr_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

void cpr_buffer_clear(struct cpr_buffer *buffer); /* keeps the memory, forgets `full` */
struct cpr_view cpr_buffer_view(const struct cpr_buffer *buffer);
/* NUL-terminated text, "" when empty; borrowed until the next append. */
const char *cpr_buffer_text(const struct cpr_buffer *buffer);
bool cpr_buffer_is_full(const struct cpr_buffer *buffer);

#endif
