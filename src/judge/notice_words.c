#include "notice_words.h"
#include "cpr/base/text.h"
#include "cpr/judge/folded.h"

void cpr_notice_word_fold(struct cpr_view text, char out[CPR_NOTICE_WORD_SIZE])
{
    struct cpr_folded folded = {0};
    size_t from = 0, end, len = 0;
    out[0] = 0;
    text = cpr_view_trim(text);
    if (text.len >= 2 * CPR_NOTICE_WORD_SIZE)
        return;
    cpr_folded_add_pattern(&folded, text);
    for (end = folded.count; end && (folded.code[end - 1] == ' ' || folded.code[end - 1] == ':'); end--)
        ;
    while (from < end && folded.code[from] == ' ')
        from++;
    for (; from < end && len + 4 < CPR_NOTICE_WORD_SIZE; from++)
        len += cpr_utf8_encode(folded.code[from], out + len);
    out[from < end ? 0 : len] = 0;
    cpr_folded_free(&folded);
}

static bool find(const char *list, const char *word, size_t min_len)
{
    size_t len = strlen(word);
    for (const char *at = list; len; at++) {
        size_t item_len = strcspn(at, "|");
        if ((item_len == len || (item_len > len && len >= min_len)) && memcmp(at, word, len) == 0)
            return true;
        at += item_len;
        if (*at == 0)
            return false;
    }
    return false;
}

bool cpr_notice_word_is(const char *list, const char *word)
{
    return find(list, word, (size_t)-1);
}

bool cpr_notice_word_begins(const char *list, const char *word, size_t min_len)
{
    return find(list, word, min_len);
}
