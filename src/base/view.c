#include "cpr/base/view.h"
#include "cpr/base/assert.h"

#include <string.h>

struct cpr_view cpr_view_trim(struct cpr_view view)
{
    while (view.len && cpr_ascii_is_space(view.data[0]))
        view = cpr_view_slice(view, 1, view.len);
    while (view.len && cpr_ascii_is_space(view.data[view.len - 1]))
        view.len--;
    return view;
}

bool cpr_view_equal(struct cpr_view a, struct cpr_view b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

size_t cpr_view_find(struct cpr_view view, const char *needle, size_t from)
{
    if (from > view.len || view.len == 0)
        return CPR_VIEW_NOT_FOUND;
    const char *hit = memmem(view.data + from, view.len - from, needle, strlen(needle));
    return hit ? (size_t)(hit - view.data) : CPR_VIEW_NOT_FOUND;
}

size_t cpr_view_find_nocase(struct cpr_view view, const char *needle, size_t from)
{
    size_t len = strlen(needle);
    for (size_t i = from; len <= view.len && i <= view.len - len; i++)
        if (cpr_view_equal_nocase(cpr_view_slice(view, i, len), cpr_view_make(needle, len)))
            return i;
    return CPR_VIEW_NOT_FOUND;
}

size_t cpr_view_find_byte(struct cpr_view view, char byte, size_t from)
{
    if (from >= view.len)
        return CPR_VIEW_NOT_FOUND;
    const char *hit = memchr(view.data + from, byte, view.len - from);
    return hit ? (size_t)(hit - view.data) : CPR_VIEW_NOT_FOUND;
}

bool cpr_view_next_line(struct cpr_view *rest, struct cpr_view *line_out)
{
    if (rest->len == 0)
        return false;
    size_t end = cpr_view_find_byte(*rest, '\n', 0);
    size_t next = end == CPR_VIEW_NOT_FOUND ? rest->len : end + 1;
    size_t len = end == CPR_VIEW_NOT_FOUND ? rest->len : end;
    if (len && rest->data[len - 1] == '\r')
        len--;
    *line_out = cpr_view_slice(*rest, 0, len);
    *rest = cpr_view_slice(*rest, next, rest->len);
    return true;
}

bool cpr_view_next_item(struct cpr_view *rest, char separator, struct cpr_view *item_out)
{
    while (rest->len) {
        size_t end = cpr_view_find_byte(*rest, separator, 0);
        struct cpr_view item = cpr_view_trim(cpr_view_slice(*rest, 0, end == CPR_VIEW_NOT_FOUND ? rest->len : end));
        *rest = cpr_view_slice(*rest, end == CPR_VIEW_NOT_FOUND ? rest->len : end + 1, rest->len);
        if (item.len) {
            *item_out = item;
            return true;
        }
    }
    return false;
}

bool cpr_view_copy(struct cpr_view view, char *out, size_t out_size)
{
    if (view.len >= out_size || (view.len && memchr(view.data, 0, view.len)))
        return false;
    if (view.len)
        memcpy(out, view.data, view.len);
    out[view.len] = 0;
    return true;
}
