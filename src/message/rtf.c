#include "cpr/message/rtf.h"
#include "cpr/base/text.h"
#include "cpr/message/charset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool cpr_rtf_is(struct cpr_view bytes)
{
    return cpr_view_starts_nocase(bytes, "{\\rtf");
}

/* ---- [MS-OXRTFCP] ------------------------------------------------------------------------------------------------ */

enum { HEADER_SIZE = 16, DICTIONARY_SIZE = 4096, LONGEST = 17 };

bool cpr_rtf_decompress(struct cpr_view bytes, struct cpr_buffer *rtf_out)
{
    static const char start[] =
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
        "Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
        "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"; /* section 2.1.2.1 */
    char dictionary[DICTIONARY_SIZE] = "";
    size_t write = sizeof start - 1, at = HEADER_SIZE;
    if (bytes.len < HEADER_SIZE)
        return false;
    if (memcmp(bytes.data + 8, "MELA", 4) == 0) {
        cpr_buffer_add(rtf_out, cpr_view_slice(bytes, HEADER_SIZE, bytes.len));
        return true;
    }
    if (memcmp(bytes.data + 8, "LZFu", 4) != 0)
        return false;
    memcpy(dictionary, start, sizeof start - 1);
    while (at < bytes.len && !cpr_buffer_is_full(rtf_out)) {
        unsigned control = (unsigned char)bytes.data[at++];
        for (unsigned bit = 0; bit < 8 && at < bytes.len; bit++) {
            size_t from = write, len = 1;
            if (control >> bit & 1) {
                if (at + 2 > bytes.len)
                    return true;
                unsigned high = (unsigned char)bytes.data[at], low = (unsigned char)bytes.data[at + 1];
                from = high << 4 | low >> 4;
                len = (low & 15) + 2;
                at += 2;
                if (from == write % DICTIONARY_SIZE) /* the mark of the end */
                    return true;
            } else {
                dictionary[write % DICTIONARY_SIZE] = bytes.data[at++];
            }
            char piece[LONGEST];
            for (size_t i = 0; i < len; i++, from++, write++)
                piece[i] = dictionary[write % DICTIONARY_SIZE] = dictionary[from % DICTIONARY_SIZE];
            cpr_buffer_add(rtf_out, cpr_view_make(piece, len));
        }
    }
    return true;
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

enum { GROUPS_MAX = 64, NUMBER_MAX = 99999999 };

/* What holds inside one pair of braces. */
struct group {
    bool is_skipped, is_markup, is_hidden; /* a table; an HTML tag; RTF that stands in for HTML (\htmlrtf) */
    unsigned fallback;                     /* characters after \u for programs that do not know it (\uc) */
};

struct rtf {
    struct cpr_view in;
    size_t at;
    struct cpr_buffer *out;
    struct cpr_buffer bytes, work; /* text still in its code page; of the charset decoder */
    char charset[24];
    struct group groups[GROUPS_MAX];
    size_t depth;              /* deeper groups share the last one */
    unsigned skip;             /* fallback characters still to be left out */
    uint32_t high;             /* first half of a surrogate pair */
    bool is_html, is_optional; /* \fromhtml; the last thing was \* */
};

static struct group *current(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth < GROUPS_MAX ? rtf->depth : GROUPS_MAX - 1];
}

static bool is_silent(struct rtf *rtf)
{
    return current(rtf)->is_skipped || current(rtf)->is_hidden;
}

/* Neighbouring characters may be halves of one: a run is decoded at once. */
static void flush(struct rtf *rtf)
{
    struct cpr_view utf8;
    if (rtf->bytes.len == 0)
        return;
    rtf->work.max_len = 4 * rtf->bytes.len + 64;
    cpr_charset_decode(cpr_view_of(rtf->charset), cpr_buffer_view(&rtf->bytes), &rtf->work, &utf8);
    cpr_buffer_add(rtf->out, utf8);
    cpr_buffer_clear(&rtf->bytes);
}

static void put_byte(struct rtf *rtf, char byte)
{
    if (rtf->skip) {
        rtf->skip--;
        return;
    }
    rtf->high = 0;
    if (is_silent(rtf))
        return;
    char next = rtf->at < rtf->in.len ? rtf->in.data[rtf->at] : 0;
    bool is_special =
        rtf->is_html && !current(rtf)->is_markup && (byte == '<' || byte == '&') && next != byte && next != ' ';
    if (is_special)
        cpr_buffer_add_text(&rtf->bytes, byte == '<' ? "&lt;" : "&amp;");
    else
        cpr_buffer_add_byte(&rtf->bytes, byte);
}

static void put_unicode(struct rtf *rtf, int value)
{
    char utf8[4];
    uint32_t code = (uint32_t)value & 0xFFFF; /* written as a signed number of 16 bits */
    rtf->skip = current(rtf)->fallback;
    if (is_silent(rtf))
        return;
    if (code >= 0xD800 && code < 0xDC00) {
        rtf->high = code;
        return;
    }
    if (rtf->high && code >= 0xDC00 && code < 0xE000)
        code = 0x10000 + ((rtf->high - 0xD800) << 10) + (code - 0xDC00);
    rtf->high = 0;
    flush(rtf);
    if (code)
        cpr_buffer_add(rtf->out, cpr_view_make(utf8, cpr_utf8_encode(code, utf8)));
}

static bool is_one_of(struct cpr_view word, const char *const *words)
{
    for (; *words; words++)
        if (cpr_view_equal(word, cpr_view_of(*words)))
            return true;
    return false;
}

/* Words that stand for a character. */
static char character_of(struct cpr_view word)
{
    static const char *const lines[] = {"par", "line", "row", "sect", "page", NULL};
    static const char *const blanks[] = {"tab", "cell", "emspace", "enspace", NULL};
    static const char *const dashes[] = {"emdash", "endash", "bullet", NULL};
    static const char *const single[] = {"lquote", "rquote", NULL};
    static const char *const quotes[] = {"ldblquote", "rdblquote", NULL};
    return is_one_of(word, lines)    ? '\n'
           : is_one_of(word, blanks) ? ' '
           : is_one_of(word, dashes) ? '-'
           : is_one_of(word, single) ? '\''
           : is_one_of(word, quotes) ? '"'
                                     : 0;
}

/* What begins a group that is no text. An unknown one is no text when it says so itself (\*). */
static void open_destination(struct rtf *rtf, struct cpr_view word, bool is_optional)
{
    static const char *const tables[] = {"fonttbl",   "colortbl",          "stylesheet",   "info",      "pict",
                                         "listtable", "listoverridetable", "latentstyles", "themedata", "objdata",
                                         "datastore", "generator",         "xmlnstbl",     NULL};
    static const char *const texts[] = {"fldinst", "shptxt", "nonshppict", NULL};
    if (is_optional && cpr_view_equal(word, cpr_view_of("htmltag")))
        current(rtf)->is_markup = true;
    else if (is_one_of(word, tables) || (is_optional && !is_one_of(word, texts)))
        current(rtf)->is_skipped = true;
}

static void apply_word(struct rtf *rtf, struct cpr_view word, bool has_number, int number)
{
    char character = character_of(word);
    bool is_optional = rtf->is_optional;
    rtf->is_optional = false;
    if (cpr_view_equal(word, cpr_view_of("u")) && has_number) {
        put_unicode(rtf, number);
    } else if (cpr_view_equal(word, cpr_view_of("uc")) && has_number) {
        current(rtf)->fallback = number >= 0 && number < 16 ? (unsigned)number : 1;
    } else if (cpr_view_equal(word, cpr_view_of("bin")) && number > 0) {
        rtf->at += (size_t)number < rtf->in.len - rtf->at ? (size_t)number : rtf->in.len - rtf->at;
    } else if (cpr_view_equal(word, cpr_view_of("ansicpg")) && number > 0 && !rtf->charset[0]) {
        cpr_charset_of_code_page((unsigned)number, rtf->charset);
    } else if (cpr_view_equal(word, cpr_view_of("fromhtml"))) {
        rtf->is_html = true;
    } else if (cpr_view_equal(word, cpr_view_of("htmlrtf"))) {
        current(rtf)->is_hidden = !has_number || number != 0;
    } else if (character) {
        rtf->skip = 0;
        put_byte(rtf, character);
    } else {
        open_destination(rtf, word, is_optional);
    }
}

/* A word of letters, its number, and one blank, which belongs to it. */
static void read_word(struct rtf *rtf)
{
    const struct cpr_view in = rtf->in;
    size_t start = rtf->at;
    while (rtf->at < in.len && cpr_ascii_is_alpha(in.data[rtf->at]))
        rtf->at++;
    struct cpr_view word = cpr_view_slice(in, start, rtf->at - start);
    bool is_negative = rtf->at < in.len && in.data[rtf->at] == '-';
    size_t digits = rtf->at + is_negative;
    int number = 0;
    while (digits < in.len && cpr_ascii_is_digit(in.data[digits])) {
        number = number > NUMBER_MAX ? number : number * 10 + (in.data[digits] - '0');
        digits++;
    }
    bool has_number = digits > rtf->at + is_negative;
    rtf->at = has_number ? digits : rtf->at;
    rtf->at += rtf->at < in.len && in.data[rtf->at] == ' ';
    apply_word(rtf, word, has_number, is_negative ? -number : number);
}

static unsigned hex_value(char c)
{
    return (unsigned)(cpr_ascii_is_digit(c) ? c - '0' : cpr_ascii_lower(c) - 'a' + 10);
}

/* What follows a backslash. */
static void read_control(struct rtf *rtf)
{
    const struct cpr_view rest = cpr_view_slice(rtf->in, rtf->at, rtf->in.len);
    if (rest.len == 0)
        return;
    if (cpr_ascii_is_alpha(rest.data[0])) {
        read_word(rtf);
        return;
    }
    rtf->at++;
    rtf->is_optional = rest.data[0] == '*';
    switch (rest.data[0]) {
    case '\'':
        if (rest.len >= 3 && cpr_ascii_is_hex(rest.data[1]) && cpr_ascii_is_hex(rest.data[2])) {
            put_byte(rtf, (char)(hex_value(rest.data[1]) << 4 | hex_value(rest.data[2])));
            rtf->at += 2;
        }
        break;
    case '\\':
    case '{':
    case '}':
        put_byte(rtf, rest.data[0]);
        break;
    case '~':
        put_byte(rtf, ' ');
        break;
    case '_':
        put_byte(rtf, '-');
        break;
    case '\r':
    case '\n':
        put_byte(rtf, '\n');
        break;
    default: /* \* and the optional hyphen \- */
        break;
    }
}

static void open_group(struct rtf *rtf)
{
    struct group outer = *current(rtf);
    rtf->depth++;
    if (rtf->depth < GROUPS_MAX)
        *current(rtf) = outer;
    rtf->skip = 0;
}

bool cpr_rtf_read(struct cpr_view in, struct cpr_buffer *utf8_out)
{
    struct rtf rtf = {.in = in, .out = utf8_out, .bytes = cpr_buffer_new(5 * in.len), .work = cpr_buffer_new(0)};
    rtf.groups[0].fallback = 1;
    while (rtf.at < in.len) {
        char c = in.data[rtf.at++];
        if (c == '\\') {
            read_control(&rtf);
        } else if (c == '{') {
            open_group(&rtf);
        } else if (c == '}') {
            rtf.depth -= rtf.depth > 0;
            rtf.skip = 0;
        } else if (c != '\r' && c != '\n' && c != 0) {
            put_byte(&rtf, c);
        }
    }
    flush(&rtf);
    cpr_buffer_free(&rtf.bytes);
    cpr_buffer_free(&rtf.work);
    return rtf.is_html;
}
