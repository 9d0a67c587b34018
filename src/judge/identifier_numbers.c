#include "cpr/message/transfer.h"
#include "identifier_parts.h"

#include <stdio.h>
#include <string.h>

/* A number belongs to the word "serial" or "fingerprint" (or to the identifier before it, in a list) within this many
 * bytes of text. */
enum { CONTEXT_BYTES = 120, RUN_MAX = 200, SHORT_SERIAL_MIN = 3, LONG_SERIAL_MIN = 14 };

bool cpr_identifier_from_decimal(struct cpr_view decimal, char out[64])
{
    unsigned char bytes[26] = {0}; /* 60 digits are below 2^200 */
    if (decimal.len == 0 || decimal.len > 60)
        return false;
    for (size_t i = 0; i < decimal.len; i++) {
        if (!cpr_ascii_is_digit(decimal.data[i]))
            return false;
        unsigned carry = (unsigned)(decimal.data[i] - '0');
        for (size_t k = sizeof bytes; k-- > 0;) {
            carry += bytes[k] * 10u;
            bytes[k] = (unsigned char)carry;
            carry >>= 8;
        }
    }
    char hex[64];
    for (size_t k = 0; k < sizeof bytes; k++)
        snprintf(hex + 2 * k, 3, "%02x", bytes[k]);
    size_t zeros = strspn(hex, "0");
    memcpy(out, hex + (zeros < 52 ? zeros : 51), 53 - (zeros < 52 ? zeros : 51));
    return true;
}

/* The bytes between two pairs of digits: the separator, and where that is a colon one line break beside it (openssl and
 * most mail programs break a long number there); 0 when no further pair follows. */
static size_t gap_between_pairs(struct cpr_view text, size_t at, char separator)
{
    enum { INDENT_MAX = 40 };
    size_t end = at, colons = 0, breaks = 0;
    while (end < text.len && end - at < INDENT_MAX) {
        if (text.data[end] == separator && (separator != ' ' || end == at))
            colons++;
        else if (separator == ':' && text.data[end] == '\n')
            breaks++;
        else if (separator != ':' || text.data[end] != ' ')
            break;
        end++;
    }
    bool is_broken = end > at + 1;
    bool is_pair = end + 1 < text.len && cpr_ascii_is_hex(text.data[end]) && cpr_ascii_is_hex(text.data[end + 1]) &&
                   (end + 2 >= text.len || !cpr_identifier_is_word(text.data[end + 2]));
    return colons == 1 && breaks == is_broken && is_pair ? end - at : 0;
}

/* A run of hexadecimal digits at `at`: "0x2D1F", "d3:16:7e", "56 B6 29 CD", "2D1FF0A2...". Digits go to `out`, lower
 * case (none when there are more than any identifier has); returns the bytes of text that it covers, 0 when there is
 * none. */
static size_t hex_run(struct cpr_view text, size_t at, char out[RUN_MAX + 1], bool *is_marked_out)
{
    size_t from = at, used = 0, gap;
    *is_marked_out = false;
    if (at + 2 < text.len && text.data[at] == '0' && cpr_ascii_lower(text.data[at + 1]) == 'x') {
        *is_marked_out = true;
        at += 2;
    }
    size_t group = at;
    while (group < text.len && cpr_ascii_is_hex(text.data[group]))
        group++;
    bool is_paired = group == at + 2 && group + 2 < text.len && strchr(": -", text.data[group]) &&
                     cpr_ascii_is_hex(text.data[group + 1]) && cpr_ascii_is_hex(text.data[group + 2]);
    char separator = is_paired ? text.data[group] : 0;
    *is_marked_out |= is_paired;
    while (at < text.len) {
        if (cpr_ascii_is_hex(text.data[at])) {
            if (used < RUN_MAX)
                out[used] = cpr_ascii_lower(text.data[at]);
            used++;
            at++;
        } else if (is_paired && used % 2 == 0 && (gap = gap_between_pairs(text, at, separator)) > 0) {
            at += gap;
        } else {
            break;
        }
    }
    out[used < RUN_MAX ? used : 0] = 0;
    bool stands_free = at >= text.len || !cpr_identifier_is_word(text.data[at]);
    return used > 0 && stands_free ? at - from : 0;
}

static bool has_letter(const char *hex)
{
    return strpbrk(hex, "abcdef") != NULL;
}

static bool near(size_t end, size_t at)
{
    return end != SIZE_MAX && at <= end + CONTEXT_BYTES;
}

static void add_serial(struct cpr_evidence *evidence, const char *hex, bool is_marked, enum cpr_rule rule,
                       struct cpr_view quote)
{
    char canonical[64];
    size_t len = strlen(hex), zeros = strspn(hex, "0");
    bool is_decimal = !has_letter(hex) && !is_marked;
    if (zeros == len) {
        /* RFC 5280 section 4.1.2.2: a serial number is positive. Two mails with a row of zeros are not of one case. */
    } else if (is_decimal && cpr_identifier_from_decimal(cpr_view_of(hex), canonical)) {
        cpr_evidence_identifier(evidence, CPR_IDENTIFIER_SERIAL, cpr_view_of(canonical));
    } else {
        cpr_evidence_identifier(evidence, CPR_IDENTIFIER_SERIAL, cpr_view_of(hex + zeros));
    }
    cpr_evidence_signal(evidence, rule, "text", quote);
}

/* Nothing but "number", "no." and punctuation stands between the word and the number: "serial number is: 1354". */
static bool is_right_behind(struct cpr_view text, size_t from, size_t at)
{
    static const char *const fillers[] = {"number", "no", "nr", "is", "of", "hex", "s", NULL};
    if (at - from > 24)
        return false;
    while (from < at) {
        struct cpr_view rest = cpr_view_slice(text, from, at - from);
        size_t len = 0;
        while (len < rest.len && cpr_ascii_is_alpha(rest.data[len]))
            len++;
        bool is_filler = len == 0;
        for (size_t i = 0; fillers[i] && !is_filler; i++)
            is_filler = cpr_view_equal_nocase(cpr_view_slice(rest, 0, len), cpr_view_of(fillers[i]));
        if (!is_filler || (len == 0 && rest.data[0] == '\n'))
            return false;
        from += len ? len : 1;
    }
    return true;
}

/* RFC 5280 section 4.1.2.2: at most 20 octets; a decimal one has up to 49 digits. CAs have put 64 random bits into them
 * for long, so that a number of 14 digits near the word is one. */
static bool is_long_serial(const char *hex, bool is_marked)
{
    size_t len = strlen(hex);
    return len <= 49 && !(has_letter(hex) && len > 42) && (len >= LONG_SERIAL_MIN || (is_marked && len >= 12));
}

/* Programs, files and versions have hashes as well; words right before say so, unless others speak of a certificate. */
static bool is_hash_of_something_else(const struct cpr_evidence *evidence, size_t at)
{
    static const char *const others[] = {"commit", "tree ",   "parent ", "blob ",  "malware",  "sample", "checksum",
                                         "file",   "payload", "docker",  "image ", "tracking", NULL};
    static const char *const ours[] = {"cert", "fingerprint", "thumbprint", "spki", "serial", NULL};
    struct cpr_view before = cpr_identifier_text_before(evidence, at, 60);
    return cpr_identifier_has_word(before, others) && !cpr_identifier_has_word(before, ours);
}

static void add_hash(struct cpr_evidence *evidence, const char *hex, size_t at)
{
    static const char *const spki[] = {"spki", "subjectpublickey", "subject public key", NULL};
    enum cpr_identifier_type type = strlen(hex) == 40 ? CPR_IDENTIFIER_SHA1
                                    : cpr_identifier_has_word(cpr_identifier_text_before(evidence, at, 40), spki)
                                        ? CPR_IDENTIFIER_SPKI_SHA256
                                        : CPR_IDENTIFIER_SHA256;
    cpr_evidence_identifier(evidence, type, cpr_view_of(hex));
}

size_t cpr_identifier_number_find(struct cpr_evidence *evidence, struct cpr_identifier_context *context, size_t at)
{
    char hex[RUN_MAX + 1];
    bool is_marked = false;
    size_t len = hex_run(evidence->text, at, hex, &is_marked);
    if (len < 3)
        return 0;
    cpr_identifier_follow_words(evidence, context, at);
    struct cpr_view quote = cpr_view_slice(evidence->text, at, len);
    size_t digits = strlen(hex);
    if (digits == 0)
        return len;
    bool is_known = near(context->fingerprint_end, at) || near(context->serial_end, at);
    bool after_serial = near(context->serial_end, at) &&
                        (!near(context->fingerprint_end, at) || context->serial_end > context->fingerprint_end);
    bool is_serial = digits == 40 && after_serial; /* 20 octets, the longest there is: as long as a SHA-1 */
    if ((digits == 64 || digits == 40) && has_letter(hex) && !is_serial &&
        (is_known || evidence->scan.counts[CPR_MEANS_CERTIFICATE])) {
        if (is_hash_of_something_else(evidence, at)) {
            context->fingerprint_end = SIZE_MAX; /* nor is what follows in a list */
            return len;
        }
        add_hash(evidence, hex, at);
        if (is_known || digits == 64) {
            cpr_evidence_signal(evidence, CPR_RULE_FINGERPRINT, "text", quote);
            context->fingerprint_end = at + len;
        }
        return len;
    }
    /* "please revoke", and a list: what has the look of a serial number is one. 40 digits may be a hash. */
    bool has_look = has_letter(hex) && digits >= 18 && digits < 40;
    after_serial |= context->subject_serial && has_look && !near(context->fingerprint_end, at);
    if (!after_serial && !(has_look && (near(context->revoke_end, at) || context->subject_revoke)))
        return 0;
    if (is_long_serial(hex, is_marked)) {
        add_serial(evidence, hex, is_marked, CPR_RULE_SERIAL, quote);
        context->serial_end = at + len; /* the next one of a list */
        return len;
    }
    if (digits < SHORT_SERIAL_MIN || digits >= LONG_SERIAL_MIN ||
        !is_right_behind(evidence->text, context->serial_end + 1, at) || !evidence->scan.counts[CPR_MEANS_CERTIFICATE])
        return 0;
    add_serial(evidence, hex, is_marked, CPR_RULE_SERIAL_SHORT, quote);
    return len;
}

void cpr_identifier_pins_find(struct cpr_evidence *evidence)
{
    static const char *const heads[] = {"pin-sha256=", "sha256//"};
    enum { PIN_LEN = 44, SHA256_LEN = 32 };
    struct cpr_view text = evidence->text;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        for (size_t at = 0; (at = cpr_view_find(text, heads[i], at)) != CPR_VIEW_NOT_FOUND;) {
            at += strlen(heads[i]);
            size_t from = at + (at < text.len && text.data[at] == '"');
            struct cpr_buffer bytes = cpr_buffer_new(PIN_LEN);
            if (cpr_transfer_decode(CPR_TRANSFER_BASE64, cpr_view_slice(text, from, PIN_LEN), &bytes) == PIN_LEN &&
                bytes.len == SHA256_LEN) {
                char hex[2 * SHA256_LEN + 1];
                for (size_t k = 0; k < SHA256_LEN; k++)
                    snprintf(hex + 2 * k, 3, "%02x", (unsigned char)bytes.data[k]);
                cpr_evidence_identifier(evidence, CPR_IDENTIFIER_SPKI_SHA256, cpr_view_of(hex));
                cpr_evidence_signal(evidence, CPR_RULE_FINGERPRINT, "text", cpr_view_slice(text, from, PIN_LEN));
            }
            cpr_buffer_free(&bytes);
        }
}
