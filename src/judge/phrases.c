#include "cpr/judge/phrases.h"

#include <string.h>

void cpr_phrases_clear(struct cpr_phrases *phrases)
{
    phrases->count = 0;
    memset(phrases->first, 0, sizeof phrases->first);
    memset(phrases->last, 0, sizeof phrases->last);
}

/* How many bytes a phrase has in common with a text, when it is known that `from` are. */
static size_t common(const struct cpr_phrase *phrase, struct cpr_view text, size_t from)
{
    while (from < phrase->len && from < text.len &&
           cpr_ascii_lower(phrase->text[from]) == cpr_ascii_lower(text.data[from]))
        from++;
    return from;
}

void cpr_phrases_add(struct cpr_phrases *phrases, const char *text, uint16_t number)
{
    if (text[0] == 0 || phrases->count == CPR_PHRASES_MAX)
        return;
    uint16_t place = (uint16_t)++phrases->count;
    struct cpr_phrase *items = phrases->items, *item = &items[place];
    unsigned char key = (unsigned char)cpr_ascii_lower(text[0]);
    uint16_t before = phrases->last[key];
    *item = (struct cpr_phrase){.text = text, .len = (uint16_t)strlen(text), .shared = 1, .number = number};
    phrases->last[key] = place;
    if (before == 0) {
        phrases->first[key] = place;
        return;
    }
    items[before].next = place;
    item->shared = (uint16_t)common(&items[before], cpr_view_make(text, item->len), 1);
    for (; before && items[before].shared > item->shared; before = items[before].below)
        items[before].skip = place;
    item->below = before;
}

/* A phrase that shares more with the one before it than the text does differs from the text at the same byte. */
static void find_at(const struct cpr_phrases *phrases, struct cpr_view text, size_t at, cpr_phrases_found *found,
                    void *context)
{
    struct cpr_view rest = cpr_view_slice(text, at, text.len);
    uint16_t place = phrases->first[(unsigned char)cpr_ascii_lower(text.data[at])];
    for (size_t alike = 1; place;) {
        const struct cpr_phrase *item = &phrases->items[place];
        if (item->shared > alike) {
            place = item->skip;
            continue;
        }
        alike = item->shared < alike ? item->shared : common(item, rest, alike);
        if (alike == item->len)
            found(context, at, item);
        place = item->next;
    }
}

void cpr_phrases_each(const struct cpr_phrases *phrases, struct cpr_view text, cpr_phrases_found *found, void *context)
{
    for (size_t at = 0; at < text.len; at++)
        if (phrases->first[(unsigned char)cpr_ascii_lower(text.data[at])])
            find_at(phrases, text, at, found, context);
}
