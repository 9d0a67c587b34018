/* What is taken out of every export. */
#include "cpr/record/ccadb.h"
#include "parts.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* What names the reporter. Arrays of strings, each once. */
struct naming {
    json_t *whole;   /* addresses and Message-IDs: anywhere, whatever their case */
    json_t *domains; /* of the addresses: anywhere but in what names certificates */
    json_t
        *names; /* in text, whatever their case: a lone word may be one of ours, and somebody may be called "serial" */
    json_t *parts; /* of names: in text, and as they are written ("Will", not "will") */
};

enum { WORD_MIN = 2, PART_MIN = 3 }; /* bytes: one letter is no name, two are no part of one */

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

static void replace_word(struct cpr_buffer *text, const char *word, bool as_written)
{
    struct cpr_view whole = cpr_buffer_view(text);
    size_t done = 0, at = find_word(whole, word, 0);
    if (at == CPR_VIEW_NOT_FOUND)
        return;
    struct cpr_buffer out = cpr_buffer_new(text->max_len);
    for (; at != CPR_VIEW_NOT_FOUND; at = find_word(whole, word, done)) {
        size_t end = at + strlen(word);
        bool is_meant = !as_written || memcmp(whole.data + at, word, strlen(word)) == 0;
        cpr_buffer_add(&out, cpr_view_slice(whole, done, at - done));
        if (is_meant)
            cpr_buffer_add_text(&out, "[reporter]");
        else
            cpr_buffer_add(&out, cpr_view_slice(whole, at, end - at));
        done = end;
    }
    cpr_buffer_add(&out, cpr_view_slice(whole, done, whole.len));
    cpr_buffer_free(text);
    *text = out;
}

static void replace_all(struct cpr_buffer *text, const json_t *words, bool as_written)
{
    size_t i;
    json_t *word;
    json_array_foreach((json_t *)words, i, word)
    {
        replace_word(text, json_string_value(word), as_written);
    }
}

/* Whether a string is what somebody wrote, not one of our words. */
static bool is_text(const char *key, const char *string)
{
    static const char *const keys[] = {"from_name", "subject", "excerpt", "words", "note", "text"};
    bool is_known = strchr(string, ' ') != NULL;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        is_known = is_known || strcmp(key, keys[i]) == 0;
    return is_known;
}

static json_t *clean_string(const struct naming *naming, const char *key, const char *string, bool names_certificates)
{
    json_t *keyless = cpr_json_mail_text(string);
    /* A word of two bytes may become ten. */
    struct cpr_buffer text = cpr_buffer_new(strlen(json_string_value(keyless)) * 10 + 1);
    cpr_buffer_add_text(&text, json_string_value(keyless));
    json_decref(keyless);
    replace_all(&text, naming->whole, false);
    if (!names_certificates)
        replace_all(&text, naming->domains, false);
    if (is_text(key, cpr_buffer_text(&text))) {
        replace_all(&text, naming->names, false);
        replace_all(&text, naming->parts, true);
    }
    json_t *clean = cpr_json_text(cpr_buffer_text(&text));
    cpr_buffer_free(&text);
    return clean;
}

/* A Received line tells whose host it came from; its date stays. */
static json_t *date_of(const char *header)
{
    const char *semicolon = strrchr(header, ';');
    char text[128];
    snprintf(text, sizeof text, "[reporter]%.100s", semicolon ? semicolon : "");
    return cpr_json_mail_text(text);
}

static void clean_value(const struct naming *naming, json_t *value, bool names_certificates)
{
    static const char *const certificates[] = {"identifiers", "certificates", "revocations"};
    const char *key;
    size_t i;
    json_t *item;
    json_object_foreach(value, key, item)
    {
        bool names = names_certificates;
        for (size_t k = 0; k < sizeof certificates / sizeof certificates[0]; k++)
            names = names || strcmp(key, certificates[k]) == 0;
        if (json_is_string(item) && strcmp(key, "raw") == 0 && json_array_size(naming->whole))
            json_object_set_new(value, key, date_of(json_string_value(item)));
        else if (json_is_string(item))
            json_object_set_new(value, key, clean_string(naming, key, json_string_value(item), names));
        else
            clean_value(naming, item, names);
    }
    json_array_foreach(value, i, item)
    {
        if (json_is_string(item))
            json_array_set_new(value, i, clean_string(naming, "", json_string_value(item), names_certificates));
        else
            clean_value(naming, item, names_certificates);
    }
}

/* --- who is meant --------------------------------------------------------------------------------------------------
 */

static void add_word(json_t *words, const char *word, size_t min_len)
{
    size_t i;
    json_t *known;
    bool is_known = strlen(word) < min_len;
    json_array_foreach(words, i, known)
    {
        is_known = is_known || strcmp(json_string_value(known), word) == 0;
    }
    if (!is_known)
        json_array_append_new(words, cpr_json_text(word));
}

/* The words of a name by themselves; those of two bytes are mostly none of it. */
static void add_parts(struct naming *naming, const char *name)
{
    struct cpr_view rest = cpr_view_of(name), part;
    char word[64];
    while (cpr_view_next_item(&rest, ' ', &part))
        if (cpr_view_copy(part, word, sizeof word))
            add_word(naming->parts, word, PART_MIN);
}

/* What a message of the reporter's says of him; `object` has its header. */
static void add_sender(struct naming *naming, const json_t *object)
{
    const char *from = cpr_json_get(object, "from"), *at = strrchr(from, '@');
    add_word(naming->whole, cpr_json_get(object, "message_id"), WORD_MIN);
    add_word(naming->whole, from, WORD_MIN);
    add_word(naming->names, cpr_json_get(object, "from_name"), WORD_MIN);
    if (at && strchr(at, '.'))
        add_word(naming->domains, at + 1, WORD_MIN);
    add_parts(naming, cpr_json_get(object, "from_name"));
}

static void remove_word(json_t *words, const char *word)
{
    size_t i = json_array_size(words);
    while (i-- > 0)
        if (strcasecmp(json_string_value(json_array_get(words, i)), word) == 0)
            json_array_remove(words, i);
}

/* The report, and what belongs with it: who wrote that named the same certificate, or is the same person. Our replies
 * are not his: their domain is the CA's. */
static void find_names(struct naming *naming, const json_t *exported)
{
    size_t i;
    json_t *item;
    add_sender(naming, exported);
    json_array_foreach(json_object_get(exported, "links"), i, item)
    {
        add_sender(naming, item);
    }
    json_array_foreach(json_object_get(exported, "messages"), i, item)
    {
        if (strncmp(cpr_json_get(item, "part"), "reply", strlen("reply")) != 0)
            add_sender(naming, json_object_get(item, "reading"));
    }
    json_array_foreach(json_object_get(exported, "messages"), i, item)
    {
        const char *at = strrchr(cpr_json_get(json_object_get(item, "reading"), "from"), '@');
        if (at && strncmp(cpr_json_get(item, "part"), "reply", strlen("reply")) == 0)
            remove_word(naming->domains, at + 1);
    }
}

void cpr_export_clean(json_t *exported, bool redacts_reporter)
{
    struct naming naming = {json_array(), json_array(), json_array(), json_array()};
    if (redacts_reporter)
        find_names(&naming, exported);
    clean_value(&naming, exported, false);
    json_decref(naming.whole);
    json_decref(naming.domains);
    json_decref(naming.names);
    json_decref(naming.parts);
}
