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
    bool ends_line;     /* the line ends before the next word, unless that stands in the next cell of the row */
    bool is_in_row;     /* a cell of the row has begun */
    bool is_cell_start; /* behind the tab of a cell without words yet */
    size_t
        quote_depth; /* how many <blockquote> are open: their lines bear the '>' that they would have as plain text */
    /* Searches that once ran to the end without success are not repeated: each would cost the whole rest again. */
    bool has_open_comment, has_open_raw_text, ignores_quotes;
    struct cpr_buffer asides;   /* alt and title, one a line */
    struct cpr_buffer *outlook; /* borrowed: what conditional comments hold; NULL: nothing is kept */
    bool leaves_out;            /* the second reading, without what is hidden */
    bool tag_hides;             /* the tag that was read last makes its element invisible */
    struct cpr_view hidden;     /* name of the hidden element that is open */
    size_t hidden_depth;        /* how many of that name are open in it, itself included */
    bool is_glued, hides_words; /* the hidden element began right behind a letter; something is in it */
    bool is_behind_it;          /* and it has just ended */
    bool has_split;             /* something hidden stands inside a word */
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
    html->hides_words |= html->hidden_depth > 0;
    if (html->leaves_out && html->hidden_depth)
        return;
    end_line_now(html);
    if (html->is_after_space && !html->is_line_start && !html->is_cell_start)
        cpr_buffer_add_byte(&html->text, ' ');
    if (html->is_line_start && html->quote_depth)
        cpr_buffer_add_text(&html->text, "> ");
    html->is_after_space = false;
    html->is_line_start = false;
    html->is_cell_start = false;
    cpr_buffer_add(&html->text, word);
}

static void read_blank(struct html *html)
{
    if (html->leaves_out && html->hidden_depth)
        ;
    else if (html->is_preformatted && html->in.data[html->at] == '\n')
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
        html->is_after_space |= !html->leaves_out || !html->hidden_depth;
    else
        add_word(html, cpr_view_make(utf8, utf8_len));
    html->at += len ? len : 1;
}

/* The value of an attribute: references decoded, controls left out; blanks too in an address, where browsers ignore
 * them. What does not fit whole marks *out full: half an address, or half a character, is worse than none. */
static void add_value(struct cpr_buffer *out, struct cpr_view value, bool is_address)
{
    enum { VALUE_MAX = 4096 };
    value = cpr_view_slice(value, 0, VALUE_MAX);
    size_t before = out->len;
    if (out->max_len - before <= value.len) {
        out->full = true;
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
        bool is_blank = code_point == ' ' || code_point == '\n' || code_point == '\t';
        if (utf8_len && !is_blank && !cpr_text_is_unsafe(code_point))
            cpr_buffer_add(out, cpr_view_make(utf8, utf8_len));
        else if (is_blank && !is_address)
            cpr_buffer_add_byte(out, ' ');
        value = cpr_view_slice(value, len, value.len);
    }
    if (out->len > before)
        cpr_buffer_add_byte(out, '\n');
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

static bool has_letter(struct cpr_view value)
{
    for (size_t i = 0; i < value.len; i++)
        if (cpr_ascii_is_alpha(value.data[i]) || (unsigned char)value.data[i] >= 0x80)
            return true;
    return false;
}

/* Inline style of what is not shown. */
static bool style_hides(struct cpr_view style)
{
    static const char *const ways[] = {"display:none", "visibility:hidden", "mso-hide:all", "font-size:0", "opacity:0"};
    char packed[256];
    size_t len = 0;
    for (size_t i = 0; i < style.len && len < sizeof packed; i++)
        if (!cpr_ascii_is_space(style.data[i]))
            packed[len++] = cpr_ascii_lower(style.data[i]);
    struct cpr_view view = cpr_view_make(packed, len);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        size_t at = cpr_view_find(view, ways[i], 0), end = at + strlen(ways[i]);
        bool is_fraction = at != CPR_VIEW_NOT_FOUND && end < len && ways[i][strlen(ways[i]) - 1] == '0' &&
                           (view.data[end] == '.' || cpr_ascii_is_digit(view.data[end]));
        if (at != CPR_VIEW_NOT_FOUND && !is_fraction)
            return true;
    }
    return false;
}

static void apply_attribute(struct html *html, struct cpr_view name, struct cpr_view value, bool is_closed)
{
    static const char *const links[] = {"href", "src", "action", "formaction", "background", NULL};
    static const char *const asides[] = {"alt", "title", NULL};
    html->tag_hides |= cpr_view_equal_nocase(name, cpr_view_of("hidden")) ||
                       (cpr_view_equal_nocase(name, cpr_view_of("style")) && style_hides(value));
    if (html->leaves_out)
        return;
    if (is_in(name, links))
        add_value(html->hrefs, value, true);
    else if (is_closed && is_in(name, asides) && has_letter(value))
        add_value(&html->asides, value, false);
}

/* Reads the attributes of a tag from `at` on. Returns the offset behind its '>', or 0 when there is none. */
static size_t read_attributes(struct html *html, size_t at)
{
    const struct cpr_view in = html->in;
    html->tag_hides = false;
    while (at < in.len && in.data[at] != '>') {
        size_t start = at;
        while (at < in.len && in.data[at] != '=' && in.data[at] != '>' && !cpr_ascii_is_space(in.data[at]))
            at++;
        struct cpr_view name = cpr_view_slice(in, start, at - start);
        while (at < in.len && cpr_ascii_is_space(in.data[at]))
            at++;
        if (at >= in.len || in.data[at] != '=') {
            apply_attribute(html, name, cpr_view_make("", 0), true);
            continue;
        }
        at++;
        while (at < in.len && cpr_ascii_is_space(in.data[at]))
            at++;
        if (at >= in.len)
            break;
        size_t end = attribute_end(html, at);
        bool is_quoted =
            end - at >= 2 && (in.data[at] == '"' || in.data[at] == '\'') && in.data[end - 1] == in.data[at];
        apply_attribute(html, name, cpr_view_slice(in, at + is_quoted, end - at - 2 * (size_t)is_quoted), end < in.len);
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
        {"tr", TAG_ROW},         {"ul", TAG_BLOCK},
    };
    char lower[sizeof names[0].name] = "";
    if (name.len >= sizeof lower)
        return TAG_INLINE;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = cpr_ascii_lower(name.data[i]);
    const struct tag_name *found = bsearch(lower, names, sizeof names / sizeof names[0], sizeof names[0], compare_tags);
    return found ? found->tag : TAG_INLINE;
}

/* What mail programs set apart from the words of the writer. */
static void follow_quote(struct html *html, struct cpr_view name, bool is_end)
{
    if (cpr_view_equal_nocase(name, cpr_view_of("blockquote")))
        html->quote_depth = is_end ? html->quote_depth - (html->quote_depth > 0) : html->quote_depth + 1;
    else if (cpr_view_equal_nocase(name, cpr_view_of("hr"))) {
        add_word(html, cpr_view_of("________"));
        end_line(html);
    }
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
        follow_quote(html, name, is_end);
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

/* Follows where a hidden element begins and ends. True when the tag belongs to what the second reading leaves out. */
static bool follow_hidden(struct html *html, struct cpr_view name, bool is_end)
{
    static const char *const empty[] = {"img",  "br",  "hr",    "input", "meta",   "link",  "area",
                                        "base", "col", "embed", "wbr",   "source", "track", NULL};
    if (html->hidden_depth) {
        if (cpr_view_equal_nocase(name, html->hidden))
            html->hidden_depth += is_end ? (size_t)-1 : 1;
        html->is_behind_it = html->hidden_depth == 0 && html->is_glued && html->hides_words;
        return true;
    }
    if (is_end || !html->tag_hides || is_in(name, empty))
        return false;
    html->hidden = name;
    html->hidden_depth = 1;
    html->hides_words = false;
    html->is_glued = html->text.len && !html->is_after_space && !html->ends_line && !html->is_line_start;
    return true;
}

static void skip_to(struct html *html, const char *mark, size_t from)
{
    size_t end = cpr_view_find(html->in, mark, from);
    html->at = end + strlen(mark);
}

/* Behind the comment at '<'. It also ends with "--!>"; and what stands in "<!--[if mso]> ... <![endif]-->" is shown by
 * Outlook. */
static void skip_comment(struct html *html)
{
    size_t start = html->at, end = cpr_view_find(html->in, "-->", start + 2);
    size_t bang = cpr_view_find(cpr_view_slice(html->in, 0, end), "--!>", start + 2);
    struct cpr_view comment = cpr_view_slice(html->in, start, end > start ? end - start : 0);
    size_t from = cpr_view_starts_nocase(comment, "<!--[if") ? cpr_view_find(comment, "]>", 0) : CPR_VIEW_NOT_FOUND;
    size_t to = from == CPR_VIEW_NOT_FOUND ? from : cpr_view_find(comment, "<![endif", from);
    html->at = bang != CPR_VIEW_NOT_FOUND ? bang + 4 : end + 3;
    if (to != CPR_VIEW_NOT_FOUND && html->outlook)
        cpr_buffer_add(html->outlook, cpr_view_slice(comment, from + 2, to - from - 2));
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
            skip_comment(html);
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
    struct cpr_view name = cpr_view_slice(html->in, name_at, at - name_at);
    if (!follow_hidden(html, name, is_end) || !html->leaves_out || find_tag(name) == TAG_RAW_TEXT)
        apply_tag(html, name, is_end);
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

static void read_all(struct html *html)
{
    const struct cpr_view in = html->in;
    size_t markup_end = in.len; /* behind the last '>': no tag can end after it */
    while (markup_end && in.data[markup_end - 1] != '>')
        markup_end--;
    while (html->at < in.len) {
        char c = in.data[html->at];
        bool is_tag = c == '<' && html->at < markup_end && read_markup(html);
        if (is_tag)
            continue;
        html->has_split |= html->is_behind_it && !cpr_ascii_is_space(c);
        html->is_behind_it = false;
        if (cpr_ascii_is_space(c)) {
            read_blank(html);
        } else if (c == '&') {
            add_reference(html);
        } else if (c == '<') {
            add_word(html, cpr_view_of("<"));
            html->at++;
        } else {
            read_word(html);
        }
    }
    end_line_now(html);
}

/* Once more without what is hidden, when that stands inside of words: a person reads them whole. The first reading has
 * everything, so that nothing can be hidden by claiming that it is. */
static void read_visible(struct cpr_view utf8, struct cpr_transcript *transcript)
{
    struct html html = {
        .in = utf8, .text = cpr_buffer_new(3 * utf8.len + 1), .is_line_start = true, .leaves_out = true};
    read_all(&html);
    cpr_transcript_break(transcript);
    cpr_transcript_add(transcript, cpr_buffer_view(&html.text));
    cpr_buffer_free(&html.text);
}

static void read_conditional(struct cpr_view utf8, struct cpr_transcript *transcript, struct cpr_buffer *hrefs)
{
    struct html html = {.in = utf8,
                        .text = cpr_buffer_new(3 * utf8.len + 1),
                        .asides = cpr_buffer_new(utf8.len + 1),
                        .hrefs = hrefs,
                        .is_line_start = true};
    read_all(&html);
    cpr_transcript_break(transcript);
    cpr_transcript_add(transcript, cpr_buffer_view(&html.text));
    cpr_buffer_free(&html.text);
    cpr_buffer_free(&html.asides);
}

void cpr_html_read(struct cpr_view utf8, struct cpr_transcript *transcript, struct cpr_buffer *hrefs)
{
    struct cpr_buffer outlook = cpr_buffer_new(utf8.len);
    struct html html = {.in = utf8,
                        .text = cpr_buffer_new(3 * utf8.len + 1),
                        .asides = cpr_buffer_new(utf8.len + 1),
                        .outlook = &outlook,
                        .hrefs = hrefs,
                        .is_line_start = true};
    read_all(&html);
    cpr_transcript_add(transcript, cpr_buffer_view(&html.text));
    if (html.asides.len) {
        cpr_transcript_break(transcript);
        cpr_transcript_add(transcript, cpr_buffer_view(&html.asides));
    }
    if (html.has_split)
        read_visible(utf8, transcript);
    cpr_buffer_free(&html.text);
    cpr_buffer_free(&html.asides);
    if (outlook.len)
        read_conditional(cpr_buffer_view(&outlook), transcript, hrefs);
    cpr_buffer_free(&outlook);
}

bool cpr_html_is(struct cpr_view utf8)
{
    struct cpr_view text = cpr_view_trim(utf8);
    return text.len > 4 && text.data[0] == '<' && (cpr_ascii_is_alpha(text.data[1]) || text.data[1] == '!') &&
           cpr_view_find(text, "</", 1) != CPR_VIEW_NOT_FOUND;
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
