/* Views: borrowed bytes with a length. A view never owns, is never NUL-terminated by contract and may hold any byte. */
#ifndef CPR_BASE_VIEW_H
#define CPR_BASE_VIEW_H

#include "cpr/base/assert.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct cpr_view {
    const char *data; /* borrowed; may be NULL when len is 0 */
    size_t len;
};

#define CPR_VIEW_NOT_FOUND ((size_t)-1)

/* ASCII-only character classes: independent of the locale, unlike <ctype.h>. The small functions stand here, whole,
 * since they are called for every byte of every mail. Space is ' ', \t, \r, \n, \v, \f. */
static inline bool cpr_ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool cpr_ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool cpr_ascii_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool cpr_ascii_is_hex(char c)
{
    return cpr_ascii_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline char cpr_ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* A view of a NUL-terminated string (NULL gives the empty view). */
static inline struct cpr_view cpr_view_of(const char *text)
{
    return (struct cpr_view){text, text ? strlen(text) : 0};
}

static inline struct cpr_view cpr_view_make(const void *data, size_t len)
{
    CPR_ASSERT(data || len == 0);
    return (struct cpr_view){data, len};
}

/* The part from `from` of at most `len` bytes; both are clipped to the view. */
static inline struct cpr_view cpr_view_slice(struct cpr_view view, size_t from, size_t len)
{
    if (from > view.len)
        from = view.len;
    if (len > view.len - from)
        len = view.len - from;
    return (struct cpr_view){view.data ? view.data + from : NULL, len};
}

/* Without leading and trailing ASCII white space. */
struct cpr_view cpr_view_trim(struct cpr_view view);

bool cpr_view_equal(struct cpr_view a, struct cpr_view b);
/* ASCII case folded; bytes over 127 compare as they are. */
static inline bool cpr_view_equal_nocase(struct cpr_view a, struct cpr_view b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (cpr_ascii_lower(a.data[i]) != cpr_ascii_lower(b.data[i]))
            return false;
    return true;
}

static inline bool cpr_view_starts_nocase(struct cpr_view view, const char *prefix)
{
    size_t len = strlen(prefix);
    return view.len >= len && cpr_view_equal_nocase(cpr_view_slice(view, 0, len), cpr_view_make(prefix, len));
}

static inline bool cpr_view_ends_nocase(struct cpr_view view, const char *suffix)
{
    size_t len = strlen(suffix);
    return view.len >= len &&
           cpr_view_equal_nocase(cpr_view_slice(view, view.len - len, len), cpr_view_make(suffix, len));
}

/* Offset of the first occurrence at or after `from`, or CPR_VIEW_NOT_FOUND. */
size_t cpr_view_find(struct cpr_view view, const char *needle, size_t from);
size_t cpr_view_find_nocase(struct cpr_view view, const char *needle, size_t from);
size_t cpr_view_find_byte(struct cpr_view view, char byte, size_t from);

/* Cuts the next line off *rest (without its CRLF or LF) into *line_out; false when *rest is empty. */
bool cpr_view_next_line(struct cpr_view *rest, struct cpr_view *line_out);

/* Cuts the next item off *rest at `separator`, trimmed, into *item_out; empty items are skipped; false at the end. */
bool cpr_view_next_item(struct cpr_view *rest, char separator, struct cpr_view *item_out);

/* Copies the view as a NUL-terminated string; false, with `out` untouched, when it does not fit or holds a NUL. */
bool cpr_view_copy(struct cpr_view view, char *out, size_t out_size);

#endif
