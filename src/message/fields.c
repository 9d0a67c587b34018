#include "cpr/message/fields.h"
#include "cpr/base/digest.h"
#include "cpr/base/text.h"
#include "cpr/message/header.h"
#include "cpr/message/transcript.h"

#include <stdio.h>
#include <string.h>

bool cpr_fields_read_text(struct cpr_view value, char *out, size_t out_size)
{
    struct cpr_buffer utf8 = cpr_buffer_new(4 * CPR_FIELD_VALUE_MAX);
    struct cpr_transcript clean = cpr_transcript_new(); /* drops what would split a word where a copy would mark it */
    bool known = cpr_header_decode(cpr_view_slice(value, 0, CPR_FIELD_VALUE_MAX), &utf8);
    cpr_transcript_add(&clean, cpr_buffer_view(&utf8));
    cpr_text_copy(out, out_size, cpr_view_trim(cpr_buffer_view(&clean.text)));
    cpr_transcript_free(&clean);
    cpr_buffer_free(&utf8);
    return known;
}

/* Where a quoted string or comment that opens at `at` ends (behind its closing mark); the end when it is never closed.
 */
static size_t skip_quoted(struct cpr_view value, size_t at)
{
    bool is_comment = value.data[at] == '(';
    for (size_t depth = 0; at < value.len; at++) {
        char c = value.data[at];
        if (c == '\\') {
            at++;
        } else if (is_comment && c == '(') {
            depth++;
        } else if (c == (is_comment ? ')' : '"') && (is_comment || depth++ > 0)) {
            if (!is_comment || --depth == 0)
                return at + 1;
        }
    }
    return value.len;
}

/* Offset of the first `mark` outside quotes and comments, or CPR_VIEW_NOT_FOUND. */
static size_t find_outside(struct cpr_view value, char mark)
{
    size_t at = 0;
    while (at < value.len && value.data[at] != mark)
        at = value.data[at] == '"' || value.data[at] == '(' ? skip_quoted(value, at) : at + 1;
    return at < value.len ? at : CPR_VIEW_NOT_FOUND;
}

static struct cpr_view unquote(struct cpr_view text)
{
    text = cpr_view_trim(text);
    if (text.len >= 2 && text.data[0] == '"' && text.data[text.len - 1] == '"')
        text = cpr_view_slice(text, 1, text.len - 2);
    else if (text.len >= 2 && text.data[0] == '(' && text.data[text.len - 1] == ')')
        text = cpr_view_slice(text, 1, text.len - 2);
    return text;
}

static struct cpr_view first_word(struct cpr_view text)
{
    size_t len = 0;
    text = cpr_view_trim(text);
    while (len < text.len && !cpr_ascii_is_space(text.data[len]) && text.data[len] != ',' && text.data[len] != '(')
        len++;
    return cpr_view_slice(text, 0, len);
}

void cpr_fields_read_address(struct cpr_view value, char address_out[CPR_ADDRESS_MAX + 1], char name_out[128])
{
    struct cpr_view address, name = cpr_view_make("", 0);
    value = cpr_view_slice(value, 0, CPR_FIELD_VALUE_MAX);
    size_t open = find_outside(value, '<');
    if (open == CPR_VIEW_NOT_FOUND) /* an unclosed quote must not hide the address */
        open = cpr_view_find_byte(value, '<', 0);
    if (open != CPR_VIEW_NOT_FOUND) {
        size_t close = cpr_view_find_byte(value, '>', open);
        name = cpr_view_slice(value, 0, open);
        address = cpr_view_slice(value, open + 1, close == CPR_VIEW_NOT_FOUND ? value.len : close - open - 1);
    } else {
        size_t comment = cpr_view_find_byte(value, '(', 0);
        address = first_word(value);
        if (comment != CPR_VIEW_NOT_FOUND)
            name = cpr_view_slice(value, comment, skip_quoted(value, comment) - comment);
    }
    cpr_text_copy(address_out, CPR_ADDRESS_MAX + 1, cpr_view_trim(address));
    cpr_fields_read_text(unquote(name), name_out, 128);
}

/* Offset of the first character that ends one address of a list, outside quotes, comments and angle brackets. */
static size_t find_list_end(struct cpr_view value)
{
    size_t at = 0;
    bool is_closed = true; /* a '<' without its '>' is looked for once: each search costs the whole rest */
    while (at < value.len && !strchr(",;:", value.data[at])) {
        char c = value.data[at];
        size_t close = c == '<' && is_closed ? cpr_view_find_byte(value, '>', at) : CPR_VIEW_NOT_FOUND;
        is_closed &= c != '<' || close != CPR_VIEW_NOT_FOUND;
        at = c == '"' || c == '(' ? skip_quoted(value, at) : close != CPR_VIEW_NOT_FOUND ? close : at + 1;
    }
    return at < value.len ? at : value.len;
}

void cpr_fields_add_addresses(struct cpr_view value, char *out, size_t out_size)
{
    enum { ADDRESSES_MAX = 256 }; /* more than fit */
    value = cpr_view_slice(value, 0, CPR_FIELD_VALUE_MAX);
    for (size_t count = 0; value.len && count < ADDRESSES_MAX;) {
        char address[CPR_ADDRESS_MAX + 1], name[128];
        size_t end = find_list_end(value), used = strlen(out);
        struct cpr_view one = cpr_view_slice(value, 0, end);
        value = cpr_view_slice(value, end + 1, value.len);
        if (cpr_view_find_byte(one, '@', 0) == CPR_VIEW_NOT_FOUND)
            continue;
        count++;
        cpr_fields_read_address(one, address, name);
        if (strchr(address, '@') && used + strlen(address) + 2 <= out_size)
            snprintf(out + used, out_size - used, "%s%s", used ? " " : "", address);
    }
}

static void write_id(const char *id, size_t len, struct cpr_view whole, char out[256])
{
    bool is_plain = len < 256;
    for (size_t i = 0; i < len && is_plain; i++)
        is_plain = id[i] > 32 && id[i] < 127;
    if (is_plain) {
        memcpy(out, id, len);
        out[len] = 0;
        return;
    }
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_digest digest = cpr_digest_of(whole);
    cpr_digest_to_hex(&digest, hex);
    snprintf(out, 256, "sha256:%s", hex);
}

bool cpr_fields_next_id(struct cpr_view *rest, char out[256])
{
    size_t open = cpr_view_find_byte(*rest, '<', 0);
    size_t close = open == CPR_VIEW_NOT_FOUND ? open : cpr_view_find_byte(*rest, '>', open);
    if (close == CPR_VIEW_NOT_FOUND)
        return false;
    struct cpr_view whole = cpr_view_slice(*rest, open, close + 1 - open);
    char id[257];
    size_t len = 0;
    for (size_t i = 0; i < whole.len && len < sizeof id; i++)
        if (!cpr_ascii_is_space(whole.data[i]))
            id[len++] = whole.data[i];
    write_id(id, len, whole, out);
    *rest = cpr_view_slice(*rest, close + 1, rest->len);
    return true;
}

void cpr_fields_read_message_id(struct cpr_view value, char out[256])
{
    struct cpr_view rest = value, word = first_word(value);
    if (cpr_fields_next_id(&rest, out) || word.len == 0)
        return;
    char id[257];
    if (word.data[0] == '<')
        word = cpr_view_slice(word, 1, word.len);
    int len = snprintf(id, sizeof id, "<%.*s>", (int)(word.len < 300 ? word.len : 300), word.data);
    write_id(id, (size_t)len, word, out);
}

/* Cuts the next word off *rest, past comments; the empty view at the end or at ';', which *rest then begins with. */
static struct cpr_view next_word(struct cpr_view *rest)
{
    size_t at = 0;
    while (at < rest->len && (cpr_ascii_is_space(rest->data[at]) || rest->data[at] == '('))
        at = rest->data[at] == '(' ? skip_quoted(*rest, at) : at + 1;
    size_t start = at;
    while (at < rest->len && !cpr_ascii_is_space(rest->data[at]) && rest->data[at] != '(' && rest->data[at] != ';')
        at++;
    struct cpr_view word = cpr_view_slice(*rest, start, at - start);
    *rest = cpr_view_slice(*rest, at, rest->len);
    return word;
}

/* A value as it stands, its white space as single blanks. */
static void unfold(struct cpr_view value, char *out, size_t out_size)
{
    struct cpr_buffer line = cpr_buffer_new(CPR_RECEIVED_RAW_SIZE);
    for (size_t i = 0; i < value.len && !cpr_buffer_is_full(&line); i++)
        if (!cpr_ascii_is_space(value.data[i]))
            cpr_buffer_add_byte(&line, value.data[i]);
        else if (line.len && !cpr_ascii_is_space(value.data[i - 1]))
            cpr_buffer_add_byte(&line, ' ');
    cpr_text_copy(out, out_size, cpr_view_trim(cpr_buffer_view(&line)));
    cpr_buffer_free(&line);
}

void cpr_fields_read_received(struct cpr_view value, struct cpr_facts_received *out)
{
    struct cpr_view rest = value, word;
    *out = (struct cpr_facts_received){.utc_ms = CPR_TIME_NONE};
    unfold(value, out->raw, sizeof out->raw);
    while ((word = next_word(&rest)).len) {
        if (cpr_view_equal_nocase(word, cpr_view_of("from"))) {
            next_word(&rest); /* the sender's own word for itself, which may be "by" */
        } else if (cpr_view_equal_nocase(word, cpr_view_of("by"))) {
            word = next_word(&rest);
            cpr_text_copy(out->by_host, sizeof out->by_host, word);
            break;
        }
    }
    for (char *c = out->by_host; *c; c++)
        *c = cpr_ascii_lower(*c);
    size_t date = CPR_VIEW_NOT_FOUND, next = 0;
    while ((next = find_outside(rest, ';')) != CPR_VIEW_NOT_FOUND) {
        rest = cpr_view_slice(rest, next + 1, rest.len);
        date = 0;
    }
    if (date == 0)
        cpr_time_parse_rfc5322_zone(rest, &out->utc_ms, &out->offset_ms);
}
