/* What is taken out of every export. */
#include "cpr/record/ccadb.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 3 };

struct cleaning {
    const char *words[WORDS_MAX]; /* the reporter's; "" for none; owned, in `copies` */
    char *copies[WORDS_MAX];
};

static bool is_word_byte(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Where `word` stands in `text` as a whole, whatever its case. */
static size_t find_word(struct cpr_view text, const char *word, size_t from)
{
    size_t len = strlen(word), at = from;
    while ((at = cpr_view_find_nocase(text, word, at)) != CPR_VIEW_NOT_FOUND) {
        bool begins = at == 0 || !is_word_byte(text.data[at - 1]) || !is_word_byte(word[0]);
        bool ends = at + len == text.len || !is_word_byte(text.data[at + len]) || !is_word_byte(word[len - 1]);
        if (begins && ends)
            return at;
        at++;
    }
    return CPR_VIEW_NOT_FOUND;
}

static void replace_word(struct cpr_buffer *text, const char *word)
{
    struct cpr_view whole = cpr_buffer_view(text);
    struct cpr_buffer out = cpr_buffer_new(text->max_len);
    size_t done = 0, at;
    while ((at = find_word(whole, word, done)) != CPR_VIEW_NOT_FOUND) {
        cpr_buffer_add(&out, cpr_view_slice(whole, done, at - done));
        cpr_buffer_add_text(&out, "[reporter]");
        done = at + strlen(word);
    }
    cpr_buffer_add(&out, cpr_view_slice(whole, done, whole.len));
    cpr_buffer_free(text);
    *text = out;
}

static json_t *clean_string(const struct cleaning *cleaning, const char *string)
{
    json_t *keyless = cpr_json_mail_text(string);
    /* A word of one byte may become ten. */
    struct cpr_buffer text = cpr_buffer_new(strlen(json_string_value(keyless)) * 10 + 1);
    cpr_buffer_add_text(&text, json_string_value(keyless));
    json_decref(keyless);
    for (size_t i = 0; i < WORDS_MAX; i++)
        if (strlen(cleaning->words[i]) > 1) /* one letter is no name */
            replace_word(&text, cleaning->words[i]);
    json_t *clean = cpr_json_text(cpr_buffer_text(&text));
    cpr_buffer_free(&text);
    return clean;
}

static void clean_value(const struct cleaning *cleaning, json_t *value)
{
    const char *key;
    size_t i;
    json_t *item;
    json_object_foreach(value, key, item)
    {
        if (json_is_string(item))
            json_object_set_new(value, key, clean_string(cleaning, json_string_value(item)));
        else
            clean_value(cleaning, item);
    }
    json_array_foreach(value, i, item)
    {
        if (json_is_string(item))
            json_array_set_new(value, i, clean_string(cleaning, json_string_value(item)));
        else
            clean_value(cleaning, item);
    }
}

void cpr_export_clean(json_t *exported, bool redacts_reporter)
{
    static const char *const keys[WORDS_MAX] = {"message_id", "from", "from_name"};
    struct cleaning cleaning = {.words = {"", "", ""}};
    for (size_t i = 0; i < WORDS_MAX && redacts_reporter; i++) {
        cleaning.copies[i] = strdup(cpr_json_get(exported, keys[i]));
        CPR_ASSERT(cleaning.copies[i]);
        cleaning.words[i] = cleaning.copies[i];
    }
    clean_value(&cleaning, exported);
    for (size_t i = 0; i < WORDS_MAX; i++)
        free(cleaning.copies[i]);
}
