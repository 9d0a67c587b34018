#include "imap_private.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { FETCH_ITEM = 1 };

static int parse(int caller, mailstream *stream, MMAPString *buffer, struct mailimap_parser_context *parser,
                 size_t *index, struct mailimap_extension_data **result, size_t progress_rate,
                 progress_function *progress);

static void free_data(struct mailimap_extension_data *data)
{
    free(data->ext_data);
    free(data);
}

static struct mailimap_extension_api anything = {
    .ext_name = (char[]){"ANYTHING"}, .ext_id = -1, .ext_parser = parse, .ext_free = free_data};

static bool is_name(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || (c && strchr("-._", c));
}

/* The value of an unknown FETCH item: an atom, a quoted string or a list, up to the space or ')' after it. */
static size_t value_len(struct cpr_view rest)
{
    int depth = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.data[i];
        if (c == '\r' || c == '\n')
            return 0;
        if (is_quoted) {
            i += c == '\\';
            is_quoted = c != '"';
            continue;
        }
        if (depth == 0 && (c == ' ' || c == ')'))
            return i;
        is_quoted = c == '"';
        depth += (c == '(') - (c == ')');
    }
    return 0;
}

static size_t item_len(struct cpr_view rest)
{
    size_t name = 0;
    while (name < rest.len && is_name(rest.data[name]))
        name++;
    if (name == 0 || name == rest.len || rest.data[name] != ' ')
        return 0;
    size_t value = value_len(cpr_view_slice(rest, name + 1, rest.len));
    return value ? name + 1 + value : 0;
}

/* libetpan's signature; it asks every registered parser and goes on at *index when one has understood. */
static int parse(int caller, mailstream *stream, MMAPString *buffer, struct mailimap_parser_context *parser,
                 size_t *index, struct mailimap_extension_data **result, size_t progress_rate,
                 progress_function *progress)
{
    (void)stream, (void)parser, (void)progress_rate, (void)progress;
    if (caller != MAILIMAP_EXTENDED_PARSER_FETCH_DATA)
        return MAILIMAP_ERROR_PARSE;
    struct cpr_view rest = cpr_view_slice(cpr_view_make(buffer->str, buffer->len), *index, buffer->len);
    size_t spaces = 0;
    while (spaces < rest.len && rest.data[spaces] == ' ')
        spaces++;
    rest = cpr_view_slice(rest, spaces, rest.len);
    size_t len = item_len(rest);
    if (len == 0)
        return MAILIMAP_ERROR_PARSE;
    char *text = strndup(rest.data, len);
    struct mailimap_extension_data *data = text ? mailimap_extension_data_new(&anything, FETCH_ITEM, text) : NULL;
    if (!data) {
        free(text);
        return MAILIMAP_ERROR_MEMORY;
    }
    *index += spaces + len;
    *result = data;
    return MAILIMAP_NO_ERROR;
}

static void register_anything(void)
{
    mailimap_extension_register(&anything);
}

void cpr_imap_extension_register(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_anything);
}

const char *cpr_imap_extension_item(const struct mailimap_msg_att_item *item)
{
    if (item->att_type != MAILIMAP_MSG_ATT_ITEM_EXTENSION || !item->att_data.att_extension_data)
        return NULL;
    const struct mailimap_extension_data *data = item->att_data.att_extension_data;
    return data->ext_extension == &anything && data->ext_type == FETCH_ITEM ? data->ext_data : NULL;
}
