#include "cpr/judge/redact.h"
#include "cpr/base/text.h"

#include <string.h>

/* A base64 line of a PEM block has 64 or 76 characters; one that stands alone is taken when it is longer than the hash
 * of a certificate in base64 (44). Fingerprints in hexadecimal have at most 128 and are let through as they are no
 * secret. The last line of a block may be short: it is taken when it follows a long one. */
enum { DATA_LINE_MIN = 40, LONE_LINE_MIN = 48, HEX_MAX = 128, SCALAR_MIN = 20, KEY_MIN = 40, HEAD_BYTES = 24 };

static bool is_data_char(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || c == '+' || c == '/' || c == '=' || c == '_' || c == '-';
}

/* The next run without white space or '>' at `from`. */
static struct cpr_view token_at(struct cpr_view text, size_t from)
{
    size_t end = from;
    while (end < text.len && !cpr_ascii_is_space(text.data[end]) && text.data[end] != '>')
        end++;
    return cpr_view_slice(text, from, end - from);
}

static bool is_data(struct cpr_view token)
{
    for (size_t i = 0; i < token.len; i++)
        if (!is_data_char(token.data[i]))
            return false;
    return token.len > 0;
}

/* Data in a program's string or a table ("MIIE...\n", +), or the marks around it alone: never a word with a comma. */
static bool is_framed_data(struct cpr_view token)
{
    size_t data = 0, telling = 0;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.data[i];
        if (c == '\\')
            i++; /* and its letter */
        else if (is_data_char(c))
            data++;
        else if (c == '.' || c == 0 || !strchr("\"'`|,;:()[]#*", c))
            return false;
        telling += cpr_ascii_is_digit(c) || c == '+' || c == '/' || c == '=';
    }
    return data == 0 || telling > 0;
}

/* How far the data of a key goes from `from`: over its lines, quote marks and header lines ("Proc-Type: 4,ENCRYPTED")
 * to and with its END line, or up to the first word that can be no data. */
static size_t end_of_key(struct cpr_view text, size_t from)
{
    size_t at = from, kept = from;
    bool in_header = false;
    while (at < text.len) {
        if (cpr_ascii_is_space(text.data[at]) || text.data[at] == '>') {
            in_header &= text.data[at] != '\n';
            at++;
            continue;
        }
        struct cpr_view token = token_at(text, at);
        if (cpr_view_starts_nocase(token, "-----END")) {
            size_t close = cpr_view_find(cpr_view_slice(text, at, 80), "-----", 8);
            return close == CPR_VIEW_NOT_FOUND ? at + token.len : at + close + 5;
        }
        in_header |= cpr_view_starts_nocase(token, "Proc-Type:") || cpr_view_starts_nocase(token, "DEK-Info:");
        size_t end = cpr_view_find(token, "-----END", 0);
        token = cpr_view_slice(token, 0, end);
        if (!in_header && !is_data(token) && !is_framed_data(token))
            return kept;
        at += token.len;
        kept = at;
    }
    return kept;
}

/* `at` begins "-----BEGIN": the end of the marker when its label says PRIVATE KEY, else 0. */
static size_t private_marker(struct cpr_view text, size_t at)
{
    struct cpr_view head = cpr_view_slice(text, at, 80);
    size_t label = cpr_view_find_nocase(head, "PRIVATE KEY", 0);
    size_t close = cpr_view_find(head, "-----", 10);
    if (label == CPR_VIEW_NOT_FOUND || (close != CPR_VIEW_NOT_FOUND && close < label))
        return 0;
    return at + (close == CPR_VIEW_NOT_FOUND ? label + 11 : close + 5);
}

/* ---- runs of data ------------------------------------------------------------------------------------------------ */

/* The characters of base64, in both alphabets, that stand at `from`; the dashes of a PEM marker are none. */
static struct cpr_view run_at(struct cpr_view text, size_t from)
{
    size_t end = from;
    while (end < text.len && is_data_char(text.data[end])) {
        if (text.data[end] == '-' && cpr_view_starts_nocase(cpr_view_slice(text, end, 5), "-----"))
            break;
        end++;
    }
    return cpr_view_slice(text, from, end - from);
}

/* Base64 has all its letters alike: two fifths are upper case, two fifths lower case. Words that are joined by '/', '+'
 * or '-' have others, and must be read; so have fingerprints. */
static bool is_data_line(struct cpr_view run)
{
    size_t upper = 0, lower = 0, digits = 0;
    for (size_t i = 0; i < run.len; i++) {
        digits += cpr_ascii_is_digit(run.data[i]);
        upper += run.data[i] >= 'A' && run.data[i] <= 'Z';
        lower += run.data[i] >= 'a' && run.data[i] <= 'z';
    }
    return run.len >= DATA_LINE_MIN && digits && upper >= run.len / 6 && lower >= run.len / 6 &&
           upper + digits >= run.len / 3;
}

/* A number too long to be a fingerprint: a modulus, or worse. */
static bool is_long_number(struct cpr_view run)
{
    for (size_t i = 0; i < run.len; i++)
        if (!cpr_ascii_is_hex(run.data[i]) && !(i == 1 && cpr_ascii_lower(run.data[i]) == 'x'))
            return false;
    return run.len > HEX_MAX;
}

/* The last line of a block may be short; the text that goes on behind it begins with a word: "Dear", "revoke". */
static bool is_word(struct cpr_view run)
{
    for (size_t i = 0; i < run.len; i++)
        if (!cpr_ascii_is_alpha(run.data[i]) || (i > 0 && run.data[i] < 'a'))
            return false;
    return true;
}

/* Neither a word nor a name in capitals: it holds what text does not, or letters of both cases. */
static bool is_piece(struct cpr_view run)
{
    bool has_low = false, has_other = false;
    for (size_t i = 0; i < run.len; i++) {
        has_low |= run.data[i] >= 'a' && run.data[i] <= 'z';
        has_other |= !cpr_ascii_is_alpha(run.data[i]) && run.data[i] != '-' && run.data[i] != '_';
    }
    return run.len > 0 && (has_other || (has_low && !is_word(run)));
}

/* Behind white space, quoting marks, those of a string or a table, and the number of a line. */
static size_t skip_frame(struct cpr_view text, size_t at)
{
    while (at < text.len) {
        char c = text.data[at];
        size_t digits = at;
        while (digits < text.len && digits < at + 4 && cpr_ascii_is_digit(text.data[digits]))
            digits++;
        if (digits > at && digits < text.len && strchr(":.|)\t", text.data[digits]) && text.data[digits])
            at = digits + 1;
        else if (c == '\\' && at + 1 < text.len)
            at += 2;
        else if (cpr_ascii_is_space(c) || (c && strchr(">\"'`|,;:()[]#*", c)))
            at++;
        else
            break;
    }
    return at;
}

/* Two lines of data one after the other are a block of data, and so is a long one. Returns the end of the block, or 0.
 */
static size_t data_block(struct cpr_view text, size_t at)
{
    size_t lines = 0, end = 0, first_len = 0;
    if (cpr_view_starts_nocase(cpr_view_slice(text, at, 8), "sha256/")) /* a pin of a public key */
        return 0;
    while (at < text.len) {
        struct cpr_view run = run_at(text, at);
        bool is_line = is_data_line(run) || is_long_number(run);
        bool is_last = !is_line && lines >= 2 && run.len && !is_word(run) &&
                       (at + run.len == text.len || !strchr(".@", text.data[at + run.len]));
        if (!is_line && !is_last)
            break;
        first_len = lines++ ? first_len : run.len;
        end = at + run.len;
        if (is_last)
            break;
        at = skip_frame(text, end);
    }
    return lines >= 2 || first_len >= LONE_LINE_MIN ? end : 0;
}

/* ---- keys by their first bytes ----------------------------------------------------------------------------------- */

/* Where the contents of the DER element at `at` begin, or 0. */
static size_t der_contents(const unsigned char *bytes, size_t len, size_t at)
{
    if (at + 2 > len)
        return 0;
    return bytes[at + 1] < 0x80 ? at + 2 : bytes[at + 1] <= 0x83 ? at + 2 + (bytes[at + 1] & 0x7F) : 0;
}

/* PKCS #1 and #8, SEC 1 and PKCS #12 begin with a small version number and what follows it (RFC 8017 A.1.2, RFC 5958
 * section 2, RFC 5915 section 3, RFC 7292 section 4); an encrypted key with the name of a PBE scheme (RFC 8018). */
static bool is_head_of_key(const unsigned char *bytes, size_t len)
{
    static const unsigned char pbe[] = {0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05};
    static const char openssh[] = "openssh-key-v1";
    if (len > sizeof openssh && memcmp(bytes, openssh, sizeof openssh) == 0)
        return true;
    size_t at = len && bytes[0] == 0x30 ? der_contents(bytes, len, 0) : 0;
    if (at == 0 || at + 4 > len)
        return false;
    if (bytes[at] == 0x02 && bytes[at + 1] == 1 && bytes[at + 2] <= 3)
        return bytes[at + 3] == 0x30 || bytes[at + 3] == 0x02 || bytes[at + 3] == 0x04;
    at = bytes[at] == 0x30 ? der_contents(bytes, len, at) : 0;
    return at && at + sizeof pbe <= len && memcmp(bytes + at, pbe, sizeof pbe) == 0;
}

static int hex_value(char c)
{
    if (!cpr_ascii_is_hex(c))
        return -1;
    return cpr_ascii_is_digit(c) ? c - '0' : cpr_ascii_lower(c) - 'a' + 10;
}

/* The character at *at, percent encoding (RFC 3986) and the "\/" of JSON undone; 0 at the end. */
static char next_char(struct cpr_view text, size_t *at)
{
    struct cpr_view rest = cpr_view_slice(text, *at, 3);
    if (rest.len == 3 && rest.data[0] == '%' && hex_value(rest.data[1]) >= 0 && hex_value(rest.data[2]) >= 0) {
        *at += 3;
        return (char)(hex_value(rest.data[1]) * 16 + hex_value(rest.data[2]));
    }
    *at += rest.len > 1 && rest.data[0] == '\\' && rest.data[1] == '/';
    return *at < text.len ? text.data[(*at)++] : 0;
}

static int base64_value(char c)
{
    if (cpr_ascii_is_digit(c))
        return c - '0' + 52;
    if (cpr_ascii_is_alpha(c))
        return c >= 'a' ? c - 'a' + 26 : c - 'A';
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static bool is_key_in_base64(struct cpr_view text, size_t at)
{
    unsigned char bytes[HEAD_BYTES];
    size_t len = 0;
    unsigned bits = 0, count = 0;
    for (int value; len < HEAD_BYTES && (value = base64_value(next_char(text, &at))) >= 0;) {
        bits = bits << 6 | (unsigned)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes[len++] = (unsigned char)(bits >> count);
        }
    }
    return is_head_of_key(bytes, len);
}

static bool is_between_pairs(char c)
{
    return c == ':' || c == ',' || cpr_ascii_is_space(c) || c == '>';
}

static bool is_key_in_hex(struct cpr_view text, size_t at)
{
    unsigned char bytes[HEAD_BYTES];
    size_t len = 0;
    while (len < HEAD_BYTES && at + 1 < text.len && hex_value(text.data[at]) >= 0 &&
           hex_value(text.data[at + 1]) >= 0) {
        bytes[len++] = (unsigned char)(hex_value(text.data[at]) * 16 + hex_value(text.data[at + 1]));
        at += 2;
        while (at < text.len && is_between_pairs(text.data[at]))
            at++;
    }
    return is_head_of_key(bytes, len);
}

/* Over pairs of hexadecimal digits, in lines and with colons or without. */
static size_t end_of_hex(struct cpr_view text, size_t at)
{
    size_t end = at;
    while (at < text.len) {
        size_t from = at;
        while (at < text.len && cpr_ascii_is_hex(text.data[at]))
            at++;
        if (at == from || (at - from) % 2 || (at < text.len && cpr_ascii_is_alpha(text.data[at])))
            break;
        end = at;
        while (at < text.len && is_between_pairs(text.data[at]))
            at++;
    }
    return end;
}

/* Over base64 in pieces of any length, up to what can be text. */
static size_t end_of_base64(struct cpr_view text, size_t from)
{
    size_t at = from, end = from;
    while (at < text.len) {
        size_t next = at;
        for (size_t before = at; before < text.len; before = next) {
            size_t after = before;
            char c = next_char(text, &after);
            bool is_marker = c == '-' && cpr_view_starts_nocase(cpr_view_slice(text, before, 5), "-----");
            if ((!is_data_char(c) && !(after == before + 3 && cpr_ascii_is_space(c))) || is_marker)
                break;
            next = after;
        }
        struct cpr_view run = cpr_view_slice(text, at, next - at);
        bool is_last = next == text.len || text.data[next] == '\n'; /* of its line, and of the key */
        if (at > from && !is_piece(run) && (!is_last || is_word(run)))
            break;
        end = next;
        if (at > from && !is_piece(run))
            break;
        at = skip_frame(text, end);
        if (at == end)
            break;
    }
    return end;
}

/* A key that begins at `at` without any armour, in base64 or hexadecimal digits: its end, or 0. */
static size_t bare_key(struct cpr_view text, size_t at)
{
    size_t end = 0;
    char c = text.data[at];
    struct cpr_view head = cpr_view_slice(text, at, 2);
    if ((c == 'M' || c == 'b') && is_key_in_base64(text, at))
        end = end_of_base64(text, at);
    else if ((cpr_view_starts_nocase(head, "30") || cpr_view_starts_nocase(head, "6f")) && is_key_in_hex(text, at))
        end = end_of_hex(text, at);
    return end >= at + KEY_MIN ? end : 0;
}

/* ---- keys by their labels ---------------------------------------------------------------------------------------- */

/* "d":"..." and its like in a JWK (RFC 7517, 7518 section 6), also in a string or a program. Returns where the value
 * ends, or 0. */
static size_t jwk_secret(struct cpr_view text, size_t at, size_t *value_out)
{
    static const char *const members[] = {"d", "p", "q", "dp", "dq", "qi", "k"};
    char quote = text.data[at];
    size_t len = 0;
    while (at + 1 + len < text.len && len < 3 && cpr_ascii_is_alpha(text.data[at + 1 + len]))
        len++;
    struct cpr_view name = cpr_view_slice(text, at + 1, len);
    bool is_secret = false;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        is_secret |= cpr_view_equal(name, cpr_view_of(members[i]));
    size_t from = at + 1 + len;
    while (is_secret && from < text.len && from < at + 24 &&
           (cpr_ascii_is_space(text.data[from]) || strchr(":\\", text.data[from]) || text.data[from] == quote))
        from++;
    if (!is_secret || from >= text.len || text.data[from - 1] != quote)
        return 0;
    size_t end = from;
    while (end < text.len && is_data_char(text.data[end]))
        end++;
    *value_out = from;
    return end - from < SCALAR_MIN ? 0 : end;
}

/* "Private-Lines: 2" of PuTTY, and as many lines. */
static size_t putty_secret(struct cpr_view text, size_t at, size_t *value_out)
{
    static const char label[] = "Private-Lines:";
    enum { LABEL_LINE_MAX = 32, LINES_MAX = 200 };
    struct cpr_view head = cpr_view_slice(text, at, LABEL_LINE_MAX);
    size_t label_end = cpr_view_starts_nocase(head, label) ? cpr_view_find_byte(head, '\n', 0) : CPR_VIEW_NOT_FOUND;
    if (label_end == CPR_VIEW_NOT_FOUND)
        return 0;
    size_t count = 0, end = 0, next = at + label_end;
    for (size_t i = strlen(label); i < label_end && count < LINES_MAX; i++)
        count = cpr_ascii_is_digit(head.data[i]) ? count * 10 + (size_t)(head.data[i] - '0') : count;
    *value_out = next;
    for (struct cpr_view run; count && (run = run_at(text, skip_frame(text, next))).len; count--)
        next = end = (size_t)(run.data + run.len - text.data);
    return end;
}

/* The numbers of a private key as "openssl pkey -text" and "certtool --key-info" print them. */
static size_t printed_secret(struct cpr_view text, size_t at, size_t *value_out)
{
    static const char *const labels[] = {"priv:",        "privateExponent:", "private exponent",
                                         "private key:", "prime1",           "prime2",
                                         "exponent1",    "exponent2",        "exp1",
                                         "exp2",         "coefficient",      NULL};
    enum { PAIRS_MIN = 16 * 3 - 1 };
    struct cpr_view rest = cpr_view_slice(text, at, text.len);
    size_t label = 0;
    while (labels[label] && !cpr_view_starts_nocase(rest, labels[label]))
        label++;
    if (!labels[label])
        return 0;
    size_t from = cpr_view_find_byte(cpr_view_slice(text, 0, at + 40), ':', at);
    if (from == CPR_VIEW_NOT_FOUND)
        return 0;
    for (from++; from < text.len && (cpr_ascii_is_space(text.data[from]) || text.data[from] == '>');)
        from++;
    size_t end = end_of_hex(text, from);
    bool is_pairs = end - from >= PAIRS_MIN && text.data[from + 2] == ':';
    *value_out = from;
    return is_pairs ? end : 0;
}

static size_t labelled(struct cpr_view text, size_t at, size_t *value_out)
{
    char c = cpr_ascii_lower(text.data[at]);
    if ((c != 'p' && c != 'e' && c != 'c') || (at > 0 && is_data_char(text.data[at - 1])))
        return 0;
    size_t end = putty_secret(text, at, value_out);
    return end ? end : printed_secret(text, at, value_out);
}

/* ---- the text ---------------------------------------------------------------------------------------------------- */

static size_t end_of_link(struct cpr_view text, size_t at)
{
    while (at < text.len && !cpr_ascii_is_space(text.data[at]) &&
           !strchr("<>\"`|", text.data[at] ? text.data[at] : ' '))
        at++;
    return at;
}

/* What begins at `at`: from where it is a secret, and up to where. False when it is none. */
static bool find_secret(struct cpr_view text, size_t at, bool in_link, size_t *from_out, size_t *to_out)
{
    char c = text.data[at];
    bool begins = is_data_char(c) && (at == 0 || !is_data_char(text.data[at - 1]));
    *from_out = at;
    *to_out = 0;
    if (c == '-' && cpr_view_starts_nocase(cpr_view_slice(text, at, 16), "-----BEGIN")) {
        *from_out = private_marker(text, at);
        *to_out = *from_out ? end_of_key(text, *from_out) : 0;
    } else if (c == '"' || c == '\'') {
        *to_out = jwk_secret(text, at, from_out);
    } else {
        *to_out = bare_key(text, at);
        if (!*to_out)
            *to_out = labelled(text, at, from_out);
        if (!*to_out && begins && !in_link) {
            *from_out = at;
            *to_out = data_block(text, at);
        }
    }
    return *to_out > *from_out;
}

void cpr_redact(struct cpr_view text, struct cpr_buffer *out)
{
    static const char removed[] = "[removed]";
    size_t done = 0, link_end = 0;
    for (size_t at = 0; at < text.len;) {
        size_t from, to;
        if (text.data[at] == ':' && at >= link_end && cpr_view_starts_nocase(cpr_view_slice(text, at, 3), "://"))
            link_end = end_of_link(text, at);
        if (!find_secret(text, at, at < link_end, &from, &to)) {
            at++;
            continue;
        }
        cpr_buffer_add(out, cpr_view_slice(text, done, from - done));
        cpr_buffer_add_text(out, removed);
        done = at = to;
    }
    cpr_buffer_add(out, cpr_view_slice(text, done, text.len));
}

void cpr_redact_copy(char *out, size_t out_size, struct cpr_view text)
{
    struct cpr_buffer keyless = cpr_buffer_new(2 * text.len + 16); /* each mark stands for more than it has */
    cpr_redact(text, &keyless);
    cpr_text_copy(out, out_size, cpr_buffer_view(&keyless));
    cpr_buffer_free(&keyless);
}
