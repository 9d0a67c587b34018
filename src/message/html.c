#include "cpr/message/html.h"
#include "cpr/base/text.h"
#include "cpr/message/entities.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct html {
    struct cpr_view in;
    size_t at;
    struct cpr_buffer text; /* decoded, before the transcript normalises it */
    struct cpr_buffer *hrefs;
    bool is_after_space, is_line_start, is_preformatted;
    bool ends_line; /* the line ends before the next word, unless that stands in the next cell of the row */
    bool is_in_row;     /* a cell of the row has begun */
    bool is_cell_start; /* behind the tab of a cell without words yet */
    /* Searches that once ran to the end without success are not repeated: each would cost the whole rest again. */
    bool has_open_comment, has_open_raw_text, ignores_quotes;
};

static void end_line(struct html *html)
{
    html->ends_line |= !html->is_line_start && !html->is_cell_start;
    html->is_after_space = false;
}

static void end_line_now(struct html *html)
{
    if (!html->ends_line)
        return;
    cpr_buffer_add_byte(&html->text, '\n');
    html->is_line_start = true;
    html->is_cell_start = html->ends_line = false;
}

static void end_row(struct html *html)
{
    html->ends_line = !html->is_line_start;
    html->is_after_space = false;
}

static void begin_row(struct html *html)
{
    end_row(html);
    end_line_now(html);
    html->is_in_row = false;
}

static void begin_cell(struct html *html)
{
    if (html->is_in_row) {
        cpr_buffer_add_byte(&html->text, '\t');
        html->ends_line = html->is_line_start = false;
        html->is_cell_start = true;
    }
    html->is_in_row = true;
    html->is_after_space = false;
}

static void add_word(struct html *html, struct cpr_view word)
{
    end_line_now(html);
    if (html->is_after_space && !html->is_line_start && !html->is_cell_start)
        cpr_buffer_add_byte(&html->text, ' ');
    html->is_after_space = false;
    html->is_line_start = false;
    html->is_cell_start = false;
    cpr_buffer_add(&html->text, word);
}

static void read_blank(struct html *html)
{
    if (html->is_preformatted && html->in.data[html->at] == '\n')
        end_line(html);
    else
        html->is_after_space = true;
    html->at++;
}

/* A character reference at `view`: its length and what it stands for, or 0 when the '&' is only an '&'. */
static size_t read_reference(struct cpr_view view, char utf8_out[8], size_t *len_out)
{
    enum { NAME_MAX_BYTES = 16 };
    size_t at = 1;
    uint32_t code_point = 0;
    if (view.len > 2 && view.data[1] == '#') {
        bool is_hex = cpr_ascii_lower(view.data[2]) == 'x';
        size_t start = at = is_hex ? 3 : 2;
        while (at < view.len && (is_hex ? cpr_ascii_is_hex(view.data[at]) : cpr_ascii_is_digit(view.data[at]))) {
            uint32_t digit = (uint32_t)(cpr_ascii_is_digit(view.data[at]) ? view.data[at] - '0'
                                                                          : cpr_ascii_lower(view.data[at]) - 'a' + 10);
            code_point = code_point > 0x10FFFF ? code_point : code_point * (is_hex ? 16 : 10) + digit;
            at++;
        }
        if (at == start)
            return 0;
    } else {
        while (at < view.len && at <= NAME_MAX_BYTES &&
               (cpr_ascii_is_alpha(view.data[at]) || cpr_ascii_is_digit(view.data[at])))
            at++;
        code_point = cpr_entity_find(cpr_view_slice(view, 1, at - 1));
        if (code_point == 0)
            return 0;
    }
    *len_out = cpr_utf8_encode(code_point, utf8_out);
    return at + (at < view.len && view.data[at] == ';');
}

static void add_reference(struct html *html)
{
    char utf8[8];
    size_t utf8_len = 0;
    size_t len = read_reference(cpr_view_slice(html->in, html->at, html->in.len), utf8, &utf8_len);
    if (len == 0)
        add_word(html, cpr_view_of("&"));
    else if (utf8_len == 1 && cpr_ascii_is_space(utf8[0]))
        html->is_after_space = true;
    else
        add_word(html, cpr_view_make(utf8, utf8_len));
    html->at += len ? len : 1;
}

/* An address in an attribute: references decoded; blanks and controls, which browsers ignore there, left out. */
static void add_href(struct html *html, struct cpr_view value)
{
    enum { HREF_MAX = 4096 };
    value = cpr_view_slice(value, 0, HREF_MAX);
    size_t before = html->hrefs->len;
    if (html->hrefs->max_len - before <= value.len) { /* half an address, or half a character, is worse than none */
        html->hrefs->full = true;
        return;
    }
    while (value.len) {
        char utf8[8];
        size_t utf8_len = 0, len = 0;
        uint32_t code_point = 0;
        if (value.data[0] == '&')
            len = read_reference(value, utf8, &utf8_len);
        if (len == 0) {
            len = cpr_utf8_decode(value, &code_point);
            utf8_len = len ? cpr_utf8_encode(code_point, utf8) : 0;
            len = len ? len : 1;
        } else {
            cpr_utf8_decode(cpr_view_make(utf8, utf8_len), &code_point);
        }
        if (utf8_len && code_point != ' ' && !cpr_text_is_unsafe(code_point))
            cpr_buffer_add(html->hrefs, cpr_view_make(utf8, utf8_len));
        value = cpr_view_slice(value, len, value.len);
    }
    if (html->hrefs->len > before)
        cpr_buffer_add_byte(html->hrefs, '\n');
}

static bool is_in(struct cpr_view name, const char *const *names)
{
    for (; *names; names++)
        if (cpr_view_equal_nocase(name, cpr_view_of(*names)))
            return true;
    return false;
}

static size_t attribute_end(const struct html *html, size_t at)
{
    const struct cpr_view in = html->in;
    if ((in.data[at] == '"' || in.data[at] == '\'') && !html->ignores_quotes) {
        size_t close = cpr_view_find_byte(in, in.data[at], at + 1);
        return close == CPR_VIEW_NOT_FOUND ? in.len : close + 1;
    }
    while (at < in.len && !cpr_ascii_is_space(in.data[at]) && in.data[at] != '>')
        at++;
    return at;
}

/* Reads the attributes of a tag from `at` on. Returns the offset behind its '>', or 0 when there is none. */
static size_t read_attributes(struct html *html, size_t at)
{
    static const char *const links[] = {"href", "src", "action", "formaction", "background", NULL};
    const struct cpr_view in = html->in;
    while (at < in.len && in.data[at] != '>') {
        size_t start = at;
        while (at < in.len && in.data[at] != '=' && in.data[at] != '>' && !cpr_ascii_is_space(in.data[at]))
            at++;
        struct cpr_view name = cpr_view_slice(in, start, at - start);
        while (at < in.len && cpr_ascii_is_space(in.data[at]))
            at++;
        if (at >= in.len || in.data[at] != '=')
            continue;
        at++;
        while (at < in.len && cpr_ascii_is_space(in.data[at]))
            at++;
        if (at >= in.len)
            break;
        size_t end = attribute_end(html, at);
        bool is_quoted =
            end - at >= 2 && (in.data[at] == '"' || in.data[at] == '\'') && in.data[end - 1] == in.data[at];
        if (is_in(name, links))
            add_href(html, cpr_view_slice(in, at + is_quoted, end - at - 2 * (size_t)is_quoted));
        at = end;
    }
    return at < in.len ? at + 1 : 0;
}

/* Moves behind the end tag of an element whose content is no text, unless it is never closed. */
static void skip_raw_text(struct html *html, struct cpr_view name)
{
    char end_tag[16] = "</";
    memcpy(end_tag + 2, name.data, name.len);
    end_tag[2 + name.len] = 0;
    size_t end = html->has_open_raw_text ? CPR_VIEW_NOT_FOUND : cpr_view_find_nocase(html->in, end_tag, html->at);
    if (end == CPR_VIEW_NOT_FOUND)
        html->has_open_raw_text = true;
    else
        html->at = end;
}

enum tag { TAG_INLINE, TAG_BLOCK, TAG_TABLE, TAG_ROW, TAG_CELL, TAG_PREFORMATTED, TAG_RAW_TEXT };

struct tag_name {
    char name[12];
    enum tag tag;
};

static int compare_tags(const void *key, const void *element)
{
    return strcmp(key, ((const struct tag_name *)element)->name);
}

static enum tag find_tag(struct cpr_view name)
{
    static const struct tag_name names[] = {
        /* in the order of strcmp */
        {"address", TAG_BLOCK},  {"article", TAG_BLOCK},    {"aside", TAG_BLOCK},     {"blockquote", TAG_BLOCK},
        {"body", TAG_BLOCK},     {"br", TAG_BLOCK},         {"caption", TAG_BLOCK},   {"center", TAG_BLOCK},
        {"dd", TAG_BLOCK},       {"div", TAG_BLOCK},        {"dl", TAG_BLOCK},        {"dt", TAG_BLOCK},
        {"fieldset", TAG_BLOCK}, {"figcaption", TAG_BLOCK}, {"figure", TAG_BLOCK},    {"footer", TAG_BLOCK},
        {"form", TAG_BLOCK},     {"h1", TAG_BLOCK},         {"h2", TAG_BLOCK},        {"h3", TAG_BLOCK},
        {"h4", TAG_BLOCK},       {"h5", TAG_BLOCK},         {"h6", TAG_BLOCK},        {"head", TAG_BLOCK},
        {"header", TAG_BLOCK},   {"hr", TAG_BLOCK},         {"html", TAG_BLOCK},      {"li", TAG_BLOCK},
        {"main", TAG_BLOCK},     {"nav", TAG_BLOCK},        {"ol", TAG_BLOCK},        {"option", TAG_BLOCK},
        {"p", TAG_BLOCK},        {"pre", TAG_PREFORMATTED}, {"script", TAG_RAW_TEXT}, {"section", TAG_BLOCK},
        {"style", TAG_RAW_TEXT}, {"table", TAG_TABLE},      {"tbody", TAG_BLOCK},     {"td", TAG_CELL},
        {"textarea", TAG_BLOCK}, {"th", TAG_CELL},          {"thead", TAG_BLOCK},     {"title", TAG_BLOCK},
        {"tr", TAG_ROW},       {"ul", TAG_BLOCK},
    };
    char lower[sizeof names[0].name] = "";
    if (name.len >= sizeof lower)
        return TAG_INLINE;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = cpr_ascii_lower(name.data[i]);
    const struct tag_name *found = bsearch(lower, names, sizeof names / sizeof names[0], sizeof names[0], compare_tags);
    return found ? found->tag : TAG_INLINE;
}

static void apply_tag(struct html *html, struct cpr_view name, bool is_end)
{
    switch (find_tag(name)) {
    case TAG_PREFORMATTED:
        html->is_preformatted = !is_end;
        end_line(html);
        break;
    case TAG_BLOCK:
        end_line(html);
        break;
    case TAG_ROW:
        if (is_end)
            end_row(html);
        else
            begin_row(html);
        break;
    case TAG_TABLE:
        end_line(html);
        if (is_end)
            end_row(html);
        break;
    case TAG_CELL:
        if (!is_end)
            begin_cell(html);
        break;
    case TAG_RAW_TEXT:
        if (!is_end)
            skip_raw_text(html, name);
        break;
    case TAG_INLINE:
        break;
    }
}

static void skip_to(struct html *html, const char *mark, size_t from)
{
    size_t end = cpr_view_find(html->in, mark, from);
    html->at = end + strlen(mark);
}

/* A tag, comment or declaration at '<'. False when it is only a '<'. */
static bool read_markup(struct html *html)
{
    const struct cpr_view rest = cpr_view_slice(html->in, html->at, html->in.len);
    bool is_end = rest.len > 1 && rest.data[1] == '/';
    size_t name_at = html->at + (is_end ? 2 : 1), at = name_at;
    if (cpr_view_starts_nocase(rest, "<!--") && !html->has_open_comment) {
        html->has_open_comment = cpr_view_find(rest, "-->", 2) == CPR_VIEW_NOT_FOUND;
        if (!html->has_open_comment) {
            skip_to(html, "-->", html->at + 2);
            return true;
        }
    }
    if (rest.len > 1 && (rest.data[1] == '!' || rest.data[1] == '?')) {
        skip_to(html, ">", html->at);
        return true;
    }
    while (at < html->in.len && (cpr_ascii_is_alpha(html->in.data[at]) || cpr_ascii_is_digit(html->in.data[at])))
        at++;
    if (at == name_at || cpr_ascii_is_digit(html->in.data[name_at]))
        return false;
    size_t end = read_attributes(html, at);
    if (end == 0) { /* a quote that is never closed swallows no text */
        html->ignores_quotes = true;
        end = cpr_view_find_byte(html->in, '>', at) + 1;
    }
    html->at = end;
    apply_tag(html, cpr_view_slice(html->in, name_at, at - name_at), is_end);
    return true;
}

static void read_word(struct html *html)
{
    size_t start = html->at;
    while (html->at < html->in.len && html->in.data[html->at] != '<' && html->in.data[html->at] != '&' &&
           !cpr_ascii_is_space(html->in.data[html->at]))
        html->at++;
    add_word(html, cpr_view_slice(html->in, start, html->at - start));
}

void cpr_html_read(struct cpr_view utf8, struct cpr_transcript *transcript, struct cpr_buffer *hrefs)
{
    struct html html = {.in = utf8, .text = cpr_buffer_new(utf8.len + 1), .hrefs = hrefs, .is_line_start = true};
    size_t markup_end = utf8.len; /* behind the last '>': no tag can end after it */
    while (markup_end && utf8.data[markup_end - 1] != '>')
        markup_end--;
    while (html.at < utf8.len) {
        char c = utf8.data[html.at];
        if (cpr_ascii_is_space(c)) {
            read_blank(&html);
        } else if (c == '&') {
            add_reference(&html);
        } else if (c == '<') {
            if (html.at >= markup_end || !read_markup(&html)) {
                add_word(&html, cpr_view_of("<"));
                html.at++;
            }
        } else {
            read_word(&html);
        }
    }
    end_line_now(&html);
    cpr_transcript_add(transcript, cpr_buffer_view(&html.text));
    cpr_buffer_free(&html.text);
}

struct cpr_view cpr_html_charset(struct cpr_view bytes)
{
    bytes = cpr_view_slice(bytes, 0, 1024);
    size_t at = cpr_view_find_nocase(bytes, "charset=", 0);
    if (at == CPR_VIEW_NOT_FOUND)
        return cpr_view_make("", 0);
    at += strlen("charset=");
    at += at < bytes.len && (bytes.data[at] == '"' || bytes.data[at] == '\'');
    size_t end = at;
    while (end < bytes.len && !cpr_ascii_is_space(bytes.data[end]) && !strchr("\"'/>;", bytes.data[end]))
        end++;
    return cpr_view_slice(bytes, at, end - at);
}
