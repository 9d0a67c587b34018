#include "cpr/judge/identifiers.h"
#include "cpr/message/transfer.h"

#include <stdio.h>
#include <string.h>

/* A number belongs to the word "serial" or "fingerprint" (or to the identifier before it, in a list) within this many
 * bytes of text; the object of "revoke" stands right behind it. */
enum {
    CONTEXT_BYTES = 120,
    OBJECT_BYTES = 24,
    BEHIND_BYTES = 8,
    DOMAINS_MAX = 16,
    RUN_MAX = 200,
    LOSS_BYTES = 300,
    SHORT_SERIAL_MIN = 3,
    LONG_SERIAL_MIN = 14,
    LINT_MIN = 12,
    LINT_MAX = 120
};

#define SECTION_SIGN "\xC2\xA7"

struct context {
    /* where the last such word or identifier ended; SIZE_MAX: none yet */
    size_t serial_end, fingerprint_end, revoke_end, key_end;
    bool subject_serial, subject_revoke; /* the subject says it of the whole mail */
    size_t hit;                          /* next hit of the scan */
    unsigned domains;
};

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

/* Letters, digits, '_' and what is no ASCII: a bit for each byte, since every byte of every mail is asked. */
static bool is_word_char(char c)
{
    static const uint64_t bits[4] = {0x03FF000000000000, 0x07FFFFFE87FFFFFE, UINT64_MAX, UINT64_MAX};
    unsigned char byte = (unsigned char)c;
    return bits[byte >> 6] >> (byte & 63) & 1;
}

static bool is_mark(char c)
{
    return c == '.' || c == '-' || c == '*';
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
                   (end + 2 >= text.len || !is_word_char(text.data[end + 2]));
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
    bool stands_free = at >= text.len || !is_word_char(text.data[at]);
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

/* Words of the scan up to `at` move the context on. */
static void follow_words(const struct cpr_evidence *evidence, struct context *context, size_t at)
{
    for (; context->hit < evidence->scan.count; context->hit++) {
        const struct cpr_hit *hit = &evidence->scan.hits[context->hit];
        size_t end = evidence->folded.origin[hit->end - 1];
        if (end > at)
            return;
        context->subject_serial |= hit->meaning == CPR_MEANS_SERIAL && end < evidence->subject_len;
        context->subject_revoke |= hit->meaning == CPR_MEANS_REVOKE && end < evidence->subject_len;
        if (hit->meaning == CPR_MEANS_SERIAL)
            context->serial_end = end;
        else if (hit->meaning == CPR_MEANS_FINGERPRINT)
            context->fingerprint_end = end;
        else if (hit->meaning == CPR_MEANS_REVOKE)
            context->revoke_end = end;
        else if (hit->meaning == CPR_MEANS_KEY || hit->meaning == CPR_MEANS_BARE_KEY)
            context->key_end = end;
    }
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

static bool has_word_before(struct cpr_view before, const char *const *words)
{
    for (; *words; words++) {
        size_t at = cpr_view_find_nocase(before, *words, 0);
        if (at != CPR_VIEW_NOT_FOUND && (at == 0 || !cpr_ascii_is_alpha(before.data[at - 1])))
            return true;
    }
    return false;
}

static struct cpr_view text_before(const struct cpr_evidence *evidence, size_t at, size_t len)
{
    return cpr_view_slice(evidence->text, at > len ? at - len : 0, at > len ? len : at);
}

/* Programs, files and versions have hashes as well; words right before say so, unless others speak of a certificate. */
static bool is_hash_of_something_else(const struct cpr_evidence *evidence, size_t at)
{
    static const char *const others[] = {"commit", "tree ",   "parent ", "blob ",  "malware",  "sample", "checksum",
                                         "file",   "payload", "docker",  "image ", "tracking", NULL};
    static const char *const ours[] = {"cert", "fingerprint", "thumbprint", "spki", "serial", NULL};
    struct cpr_view before = text_before(evidence, at, 60);
    return has_word_before(before, others) && !has_word_before(before, ours);
}

static void add_hash(struct cpr_evidence *evidence, const char *hex, size_t at)
{
    static const char *const spki[] = {"spki", "subjectpublickey", "subject public key", NULL};
    enum cpr_identifier_type type = strlen(hex) == 40                                      ? CPR_IDENTIFIER_SHA1
                                    : has_word_before(text_before(evidence, at, 40), spki) ? CPR_IDENTIFIER_SPKI_SHA256
                                                                                           : CPR_IDENTIFIER_SHA256;
    cpr_evidence_identifier(evidence, type, cpr_view_of(hex));
}

/* A run of digits: decides what it is. Returns how far it goes, 0 when it is nothing. */
static size_t find_number(struct cpr_evidence *evidence, struct context *context, size_t at)
{
    char hex[RUN_MAX + 1];
    bool is_marked = false;
    size_t len = hex_run(evidence->text, at, hex, &is_marked);
    if (len < 3)
        return 0;
    follow_words(evidence, context, at);
    struct cpr_view quote = cpr_view_slice(evidence->text, at, len);
    size_t digits = strlen(hex);
    if (digits == 0)
        return len;
    bool is_known = near(context->fingerprint_end, at) || near(context->serial_end, at);
    bool after_serial = near(context->serial_end, at) &&
                        (!near(context->fingerprint_end, at) || context->serial_end > context->fingerprint_end);
    if ((digits == 64 || digits == 40) && has_letter(hex) &&
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

/* zlint e_..., w_..., n_...; pkilint cabf..., pkix...; the names have at least three parts. */
static bool is_lint(struct cpr_view token)
{
    if (token.len < LINT_MIN || token.len > LINT_MAX)
        return false;
    size_t underscores = 0, dots = 0;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.data[i];
        if (c == '_')
            underscores++;
        else if (c == '.')
            dots++;
        else if (!cpr_ascii_is_digit(c) && !(c >= 'a' && c <= 'z'))
            return false;
    }
    bool is_zlint = token.data[1] == '_' && strchr("ewn", token.data[0]) && underscores >= 3 && dots == 0;
    bool is_pkilint = dots >= 1 && underscores >= 2 &&
                      (cpr_view_starts_nocase(token, "cabf.") || cpr_view_starts_nocase(token, "pkix.") ||
                       cpr_view_starts_nocase(token, "itu.") || cpr_view_starts_nocase(token, "etsi."));
    return is_zlint || is_pkilint;
}

/* "4.9.1.1": two to six numbers of at most two digits. */
static bool is_section(struct cpr_view token)
{
    size_t numbers = 0, digits = 0;
    for (size_t i = 0; i <= token.len; i++) {
        if (i < token.len && cpr_ascii_is_digit(token.data[i])) {
            if (++digits > 2)
                return false;
        } else if (digits > 0 && (i == token.len || token.data[i] == '.')) {
            numbers++;
            digits = 0;
        } else {
            return false;
        }
    }
    return numbers >= 2 && numbers <= 6;
}

/* Any document has sections, and software has versions. It is a section of CA rules behind "BR", "CPS" or the like; or
 * behind "section" when rules are named in the mail, or when it is one that only CA rules have (4.9: revocation, 3.2.2:
 * validation, 6.1.1: keys, 7.1: profiles, with three levels or more). */
static void find_section(struct cpr_evidence *evidence, struct cpr_view token, size_t at)
{
    static const char *const documents[] = {"BR ",   "BRs ", "TLSBR",  "TBR ",          "EVG ",
                                            "EVGs ", "CPS ", "CP/CPS", "Requirements ", NULL};
    static const char *const sections[] = {
        "section",      "sec. ",   "\xC2\xA7", "abschnitt",
        "secci",        "sezione", "clause",   "\xD0\xBF\xD1\x83\xD0\xBD\xD0\xBA\xD1\x82",
        "\xE7\xAC\xAC", NULL};
    size_t from = at > 28 ? at - 28 : 0;
    struct cpr_view before = cpr_view_slice(evidence->text, from, at - from);
    bool is_of_document = has_word_before(before, documents);
    bool is_of_rules = cpr_view_starts_nocase(token, "4.9.") || cpr_view_starts_nocase(token, "3.2.2.") ||
                       cpr_view_starts_nocase(token, "6.1.1.") || cpr_view_starts_nocase(token, "7.1.");
    bool names_things = evidence->scan.counts[CPR_MEANS_CERTIFICATE] || evidence->scan.counts[CPR_MEANS_STATUS] ||
                        evidence->scan.counts[CPR_MEANS_RULES];
    if (!names_things || (!is_of_document && !has_word_before(before, sections)))
        return;
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_SECTION, token);
    if (is_of_document || is_of_rules || evidence->scan.counts[CPR_MEANS_RULES])
        cpr_evidence_signal(evidence, CPR_RULE_SECTION, "text", token);
}

void cpr_identifiers_rfc(struct cpr_evidence *evidence, struct cpr_view rest, const char *where, struct cpr_view quote)
{
    static const char *const numbers[] = {"5280", "6960", "5019", "8659", "8555", "6962", "6844",
                                          "3647", "9162", "2560", "3280", "2459", "4055", "5480",
                                          "5754", "8399", "9495", "9549", "9608", "6818"};
    while (rest.len && (rest.data[0] == ' ' || rest.data[0] == '-'))
        rest = cpr_view_slice(rest, 1, rest.len);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (cpr_view_starts_nocase(rest, numbers[i])) {
            cpr_evidence_identifier(evidence, CPR_IDENTIFIER_RFC, cpr_view_of(numbers[i]));
            cpr_evidence_signal(evidence, CPR_RULE_RFC, where, quote);
        }
}

/* The decimal number that stands behind at most a few blanks and marks: "ID: 1234567", "bug #1234567". */
static struct cpr_view number_behind(struct cpr_view text, size_t at, size_t digits_min, size_t digits_max)
{
    size_t from = at;
    while (from < text.len && from - at < 4 && text.data[from] && strchr(" #:=(", text.data[from]))
        from++;
    size_t end = from;
    while (end < text.len && cpr_ascii_is_digit(text.data[end]))
        end++;
    bool is_number =
        end - from >= digits_min && end - from <= digits_max && (end >= text.len || !is_word_char(text.data[end]));
    return cpr_view_slice(text, from, is_number ? end - from : 0);
}

/* "crt.sh ID 1234567890" */
static bool find_crtsh_id(struct cpr_evidence *evidence, struct cpr_view word, size_t at)
{
    if (!cpr_view_equal_nocase(word, cpr_view_of("crt.sh")))
        return false;
    size_t behind = at + word.len;
    if (cpr_view_starts_nocase(cpr_view_slice(evidence->text, behind, 4), " id"))
        behind += 3;
    struct cpr_view number = number_behind(evidence->text, behind, 6, 14);
    if (number.len == 0)
        return false;
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_CRTSH_ID, number);
    cpr_evidence_signal(
        evidence, CPR_RULE_CRTSH_CERTIFICATE, "text",
        cpr_view_slice(evidence->text, at, (size_t)(number.data - evidence->text.data) + number.len - at));
    return true;
}

/* "Mozilla bug 1391089", "Bugzilla #1391089" */
static bool find_bug(struct cpr_evidence *evidence, struct cpr_view word, size_t at)
{
    static const char *const mozilla[] = {"mozilla", "bugzilla", NULL};
    bool is_bugzilla = cpr_view_equal_nocase(word, cpr_view_of("bugzilla"));
    if (!is_bugzilla &&
        !(cpr_view_equal_nocase(word, cpr_view_of("bug")) && has_word_before(text_before(evidence, at, 24), mozilla)))
        return false;
    struct cpr_view number = number_behind(evidence->text, at + word.len, 6, 8);
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_BUGZILLA, number);
    return number.len > 0;
}

/* A public key pin: RFC 7469 writes pin-sha256="BASE64", curl sha256//BASE64. */
static void find_pins(struct cpr_evidence *evidence)
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

/* "www.example.com", "*.example.org": letters at the end, and no file name. */
static bool is_domain(struct cpr_view token)
{
    static const char *const files[] = {".pem", ".crt",  ".cer", ".der", ".key",  ".csr", ".crl",  ".txt",
                                        ".pdf", ".html", ".zip", ".gz",  ".exe",  ".md",  ".csv",  ".json",
                                        ".xml", ".png",  ".jpg", ".doc", ".docx", ".log", ".conf", ".sh",
                                        ".py",  ".c",    ".h",   ".eml", ".htm",  ".php", ".js"};
    size_t dot = CPR_VIEW_NOT_FOUND;
    if (cpr_view_find_byte(token, '.', 0) == CPR_VIEW_NOT_FOUND)
        return false;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.data[i];
        if (c == '.') {
            if (i == 0 || token.data[i - 1] == '.')
                return false;
            dot = i;
        } else if (!cpr_ascii_is_alpha(c) && !cpr_ascii_is_digit(c) && c != '-' && !(c == '*' && i == 0)) {
            return false;
        }
    }
    if (dot == CPR_VIEW_NOT_FOUND || token.len - dot < 3 || token.len - dot > 20 || token.len > 253)
        return false;
    for (size_t i = dot + 1; i < token.len; i++)
        if (!cpr_ascii_is_alpha(token.data[i]))
            return false;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (cpr_view_ends_nocase(token, files[i]))
            return false;
    return true;
}

/* "The key for www.example.com is on GitHub": a loss in the sentences around it, and nothing there that calls the key
 * another sort of key. */
static bool tells_of_a_loss(const struct cpr_evidence *evidence, const struct context *context, size_t at)
{
    const uint32_t *origin = evidence->folded.origin;
    size_t from = context->hit;
    bool has_loss = false;
    while (from > 0 && origin[evidence->scan.hits[from - 1].end - 1] + LOSS_BYTES >= at)
        from--;
    for (size_t i = from; i < evidence->scan.count; i++) {
        const struct cpr_hit *hit = &evidence->scan.hits[i];
        if (origin[hit->start] > at + LOSS_BYTES)
            break;
        if (hit->meaning == CPR_MEANS_OTHER_KEYS)
            return false;
        has_loss |= hit->meaning == CPR_MEANS_COMPROMISE || hit->meaning == CPR_MEANS_PUBLISHED ||
                    hit->meaning == CPR_MEANS_LOST;
    }
    return has_loss;
}

static void find_domain(struct cpr_evidence *evidence, struct context *context, struct cpr_view token, size_t at)
{
    char name[254];
    if (context->domains == DOMAINS_MAX || !is_domain(token))
        return;
    for (size_t i = 0; i < token.len; i++)
        name[i] = cpr_ascii_lower(token.data[i]);
    name[token.len] = 0;
    context->domains++;
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_DOMAIN, cpr_view_of(name));
    follow_words(evidence, context, at);
    if (context->revoke_end != SIZE_MAX && at <= context->revoke_end + OBJECT_BYTES)
        cpr_evidence_signal(evidence, CPR_RULE_REVOKE_NAME, "text", token);
    bool is_path = at > 0 && evidence->text.data[at - 1] == '/';
    if (context->key_end != SIZE_MAX && at <= context->key_end + BEHIND_BYTES && !is_path &&
        tells_of_a_loss(evidence, context, at))
        cpr_evidence_signal(evidence, CPR_RULE_KEY_OF_NAME, "text", token);
}

/* How many '.', '-' and '*' stand here: they make no word by themselves. */
static size_t marks_at(struct cpr_view text, size_t at)
{
    size_t end = at;
    while (end < text.len && is_mark(text.data[end]))
        end++;
    return end - at;
}

/* A word of letters, digits, '.', '_', '-' and '*', without dots at its end. */
static struct cpr_view word_at(struct cpr_view text, size_t at)
{
    size_t end = at;
    while (end < text.len && (is_word_char(text.data[end]) || is_mark(text.data[end])))
        end++;
    while (end > at && is_mark(text.data[end - 1]))
        end--;
    return cpr_view_slice(text, at, end - at);
}

static size_t skip_link(struct cpr_view text, size_t at)
{
    struct cpr_view rest = cpr_view_slice(text, at, text.len);
    if (cpr_ascii_lower(text.data[at]) != 'h')
        return 0;
    if (!cpr_view_starts_nocase(rest, "http://") && !cpr_view_starts_nocase(rest, "https://"))
        return 0;
    size_t len = 0;
    while (len < rest.len && (unsigned char)rest.data[len] > ' ' && rest.data[len] != '>' && rest.data[len] != '"')
        len++;
    return len;
}

void cpr_identifiers_find(struct cpr_evidence *evidence)
{
    struct context context = {
        .serial_end = SIZE_MAX, .fingerprint_end = SIZE_MAX, .revoke_end = SIZE_MAX, .key_end = SIZE_MAX};
    struct cpr_view text = evidence->text;
    find_pins(evidence);
    for (size_t at = 0; at < text.len;) {
        bool at_word = is_word_char(text.data[at]) || text.data[at] == '*';
        if (!at_word) {
            at++;
            continue;
        }
        size_t len = skip_link(text, at);
        if (len == 0 && cpr_ascii_is_hex(text.data[at]))
            len = find_number(evidence, &context, at);
        if (len) {
            at += len;
            continue;
        }
        if (text.data[at] == SECTION_SIGN[0] && at + 1 < text.len && text.data[at + 1] == SECTION_SIGN[1])
            at += 2; /* no part of the number behind it */
        struct cpr_view word = word_at(text, at);
        bool is_address = at + word.len < text.len && text.data[at + word.len] == '@';
        if (is_lint(word)) {
            cpr_evidence_identifier(evidence, CPR_IDENTIFIER_LINT, word);
            cpr_evidence_signal(evidence, CPR_RULE_LINT, "text", word);
        } else if (is_section(word)) {
            find_section(evidence, word, at);
        } else if (cpr_view_starts_nocase(word, "rfc") && word.len <= 8) {
            cpr_identifiers_rfc(evidence, cpr_view_slice(text, at + 3, 6), "text", cpr_view_slice(text, at, 12));
        } else if (find_crtsh_id(evidence, word, at) || find_bug(evidence, word, at)) {
            /* the number is passed by as one without a name */
        } else if (!is_address && (at == 0 || text.data[at - 1] != '@')) {
            find_domain(evidence, &context, word, at);
        }
        at += word.len ? word.len : marks_at(text, at); /* each run is looked at twice at most */
    }
}
