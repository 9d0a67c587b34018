/* Views: borrowed bytes with a length. A view never owns, is never NUL-terminated by contract and may hold any byte. */
#ifndef CPR_BASE_VIEW_H
#define CPR_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

struct cpr_view {
    const char *data; /* borrowed; may be NULL when len is 0 */
    size_t len;
};

#define CPR_VIEW_NOT_FOUND ((size_t)-1)

/* A view of a NUL-terminated string (NULL gives the empty view). */
struct cpr_view cpr_view_of(const char *text);
struct cpr_view cpr_view_make(const void *data, size_t len);

/* The part from `from` of at most `len` bytes; both are clipped to the view. */
struct cpr_view cpr_view_slice(struct cpr_view view, size_t from, size_t len);

/* Without leading and trailing ASCII white space. */
struct cpr_view cpr_view_trim(struct cpr_view view);

bool cpr_view_equal(struct cpr_view a, struct cpr_view b);
/* ASCII case folded; bytes over 127 compare as they are. */
bool cpr_view_equal_nocase(struct cpr_view a, struct cpr_view b);
bool cpr_view_starts_nocase(struct cpr_view view, const char *prefix);
bool cpr_view_ends_nocase(struct cpr_view view, const char *suffix);

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

/* ASCII-only character classes: independent of the locale, unlike <ctype.h>. */
bool cpr_ascii_is_space(char c); /* space, \t, \r, \n, \v, \f */
bool cpr_ascii_is_digit(char c);
bool cpr_ascii_is_alpha(char c);
bool cpr_ascii_is_hex(char c);
char cpr_ascii_lower(char c);

#endif
