#include "identifier_parts.h"

#include <string.h>

/* The object of "revoke" stands right behind it, within this many bytes of text, and so does what a key is for. */
enum { OBJECT_BYTES = 24, BEHIND_BYTES = 8, DOMAINS_MAX = 16, LOSS_BYTES = 300, LINT_MIN = 12, LINT_MAX = 120 };

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
    bool is_of_document = cpr_identifier_has_word(before, documents);
    bool is_of_rules = cpr_view_starts_nocase(token, "4.9.") || cpr_view_starts_nocase(token, "3.2.2.") ||
                       cpr_view_starts_nocase(token, "6.1.1.") || cpr_view_starts_nocase(token, "7.1.");
    bool names_things = evidence->scan.counts[CPR_MEANS_CERTIFICATE] || evidence->scan.counts[CPR_MEANS_STATUS] ||
                        evidence->scan.counts[CPR_MEANS_RULES];
    if (!names_things || (!is_of_document && !cpr_identifier_has_word(before, sections)))
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
    bool is_number = end - from >= digits_min && end - from <= digits_max &&
                     (end >= text.len || !cpr_identifier_is_word(text.data[end]));
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
    if (!is_bugzilla && !(cpr_view_equal_nocase(word, cpr_view_of("bug")) &&
                          cpr_identifier_has_word(cpr_identifier_text_before(evidence, at, 24), mozilla)))
        return false;
    struct cpr_view number = number_behind(evidence->text, at + word.len, 6, 8);
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_BUGZILLA, number);
    return number.len > 0;
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
static bool tells_of_a_loss(const struct cpr_evidence *evidence, const struct cpr_identifier_context *context,
                            size_t at)
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

static void find_domain(struct cpr_evidence *evidence, struct cpr_identifier_context *context, struct cpr_view token,
                        size_t at)
{
    char name[254];
    if (context->domains == DOMAINS_MAX || !is_domain(token))
        return;
    for (size_t i = 0; i < token.len; i++)
        name[i] = cpr_ascii_lower(token.data[i]);
    name[token.len] = 0;
    context->domains++;
    cpr_evidence_identifier(evidence, CPR_IDENTIFIER_DOMAIN, cpr_view_of(name));
    cpr_identifier_follow_words(evidence, context, at);
    if (context->revoke_end != SIZE_MAX && at <= context->revoke_end + OBJECT_BYTES)
        cpr_evidence_signal(evidence, CPR_RULE_REVOKE_NAME, "text", token);
    bool is_path = at > 0 && evidence->text.data[at - 1] == '/';
    if (context->key_end != SIZE_MAX && at <= context->key_end + BEHIND_BYTES && !is_path &&
        tells_of_a_loss(evidence, context, at))
        cpr_evidence_signal(evidence, CPR_RULE_KEY_OF_NAME, "text", token);
}

void cpr_identifier_names_find(struct cpr_evidence *evidence, struct cpr_identifier_context *context,
                               struct cpr_view word, size_t at)
{
    struct cpr_view text = evidence->text;
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
        find_domain(evidence, context, word, at);
    }
}
