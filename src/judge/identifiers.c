#include "identifier_parts.h"

#include <string.h>

#define SECTION_SIGN "\xC2\xA7"

void cpr_identifier_follow_words(const struct cpr_evidence *evidence, struct cpr_identifier_context *context, size_t at)
{
    for (; context->hit < evidence->scan.count; context->hit++) {
        const struct cpr_hit *hit = &evidence->scan.hits[context->hit];
        size_t end = evidence->folded.origin[hit->end - 1];
        if (end > at)
            return;
        context->subject_serial |= hit->meaning == CPR_MEANS_SERIAL && end < evidence->subject_len;
        context->subject_revoke |= hit->meaning == CPR_MEANS_REVOKE && end < evidence->subject_len;
        if (hit->meaning == CPR_MEANS_SERIAL)
            context->serial_end = end;
        else if (hit->meaning == CPR_MEANS_FINGERPRINT)
            context->fingerprint_end = end;
        else if (hit->meaning == CPR_MEANS_REVOKE)
            context->revoke_end = end;
        else if (hit->meaning == CPR_MEANS_KEY || hit->meaning == CPR_MEANS_BARE_KEY)
            context->key_end = end;
    }
}

bool cpr_identifier_has_word(struct cpr_view before, const char *const *words)
{
    for (; *words; words++) {
        size_t at = cpr_view_find_nocase(before, *words, 0);
        if (at != CPR_VIEW_NOT_FOUND && (at == 0 || !cpr_ascii_is_alpha(before.data[at - 1])))
            return true;
    }
    return false;
}

struct cpr_view cpr_identifier_text_before(const struct cpr_evidence *evidence, size_t at, size_t len)
{
    return cpr_view_slice(evidence->text, at > len ? at - len : 0, at > len ? len : at);
}

static bool is_mark(char c)
{
    return c == '.' || c == '-' || c == '*';
}

/* How many '.', '-' and '*' stand here: they make no word by themselves. */
static size_t marks_at(struct cpr_view text, size_t at)
{
    size_t end = at;
    while (end < text.len && is_mark(text.data[end]))
        end++;
    return end - at;
}

/* A word of letters, digits, '.', '_', '-' and '*', without dots at its end. */
static struct cpr_view word_at(struct cpr_view text, size_t at)
{
    size_t end = at;
    while (end < text.len && (cpr_identifier_is_word(text.data[end]) || is_mark(text.data[end])))
        end++;
    while (end > at && is_mark(text.data[end - 1]))
        end--;
    return cpr_view_slice(text, at, end - at);
}

static size_t skip_link(struct cpr_view text, size_t at)
{
    struct cpr_view rest = cpr_view_slice(text, at, text.len);
    if (cpr_ascii_lower(text.data[at]) != 'h')
        return 0;
    if (!cpr_view_starts_nocase(rest, "http://") && !cpr_view_starts_nocase(rest, "https://"))
        return 0;
    size_t len = 0;
    while (len < rest.len && (unsigned char)rest.data[len] > ' ' && rest.data[len] != '>' && rest.data[len] != '"')
        len++;
    return len;
}

void cpr_identifiers_find(struct cpr_evidence *evidence)
{
    struct cpr_identifier_context context = {
        .serial_end = SIZE_MAX, .fingerprint_end = SIZE_MAX, .revoke_end = SIZE_MAX, .key_end = SIZE_MAX};
    struct cpr_view text = evidence->text;
    cpr_identifier_pins_find(evidence);
    for (size_t at = 0; at < text.len;) {
        bool at_word = cpr_identifier_is_word(text.data[at]) || text.data[at] == '*';
        if (!at_word) {
            at++;
            continue;
        }
        size_t len = skip_link(text, at);
        if (len == 0 && cpr_ascii_is_hex(text.data[at]))
            len = cpr_identifier_number_find(evidence, &context, at);
        if (len) {
            at += len;
            continue;
        }
        if (text.data[at] == SECTION_SIGN[0] && at + 1 < text.len && text.data[at + 1] == SECTION_SIGN[1])
            at += 2; /* no part of the number behind it */
        struct cpr_view word = word_at(text, at);
        cpr_identifier_names_find(evidence, &context, word, at);
        at += word.len ? word.len : marks_at(text, at); /* each run is looked at twice at most */
    }
}
