#include "cpr/judge/ack.h"

#include <string.h>

enum { TOKEN_LEN = CPR_ACK_TOKEN_SIZE - 1, CASE_DIGITS_MAX = 18 };

/* Without blanks at its ends; programs that write HTML begin lines with U+00A0. */
static struct cpr_view without_blanks(struct cpr_view line)
{
    line = cpr_view_trim(line);
    while (cpr_view_starts_nocase(line, "\xC2\xA0"))
        line = cpr_view_trim(cpr_view_slice(line, 2, line.len));
    return line;
}

/* Without what stands before the words of a quoted line. */
static struct cpr_view without_quote(struct cpr_view line)
{
    while (line.len && (line.data[0] == '>' || line.data[0] == '|'))
        line = without_blanks(cpr_view_slice(line, 1, line.len));
    return line;
}

/* "ack", "Ack!", "acked", "Acknowledged, thanks", "ack 17 3f9c...". */
static bool says_ack(struct cpr_view line)
{
    static const char *const words[] = {"ack", "acked", "acknowledge", "acknowledged"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = strlen(words[i]);
        char next = line.len > len ? line.data[len] : ' ';
        if (cpr_view_starts_nocase(line, words[i]) && !cpr_ascii_is_alpha(next) && !cpr_ascii_is_digit(next))
            return true;
    }
    return false;
}

/* The next run of non-space, taken off *rest. */
static struct cpr_view next_word(struct cpr_view *rest)
{
    size_t from = 0, to;
    while (from < rest->len && cpr_ascii_is_space(rest->data[from]))
        from++;
    for (to = from; to < rest->len && !cpr_ascii_is_space(rest->data[to]);)
        to++;
    struct cpr_view word = cpr_view_slice(*rest, from, to - from);
    *rest = cpr_view_slice(*rest, to, rest->len);
    return word;
}

/* "ack 17 3f9c...", and nothing that matters behind it. */
static bool take_token(struct cpr_view line, struct cpr_reading *reading)
{
    struct cpr_view verb = next_word(&line), number = next_word(&line), token = next_word(&line);
    int64_t case_id = 0;
    if (!cpr_view_equal_nocase(verb, cpr_view_of("ack")) || number.len == 0 || number.len > CASE_DIGITS_MAX ||
        token.len != TOKEN_LEN)
        return false;
    for (size_t i = 0; i < number.len; i++) {
        if (!cpr_ascii_is_digit(number.data[i]))
            return false;
        case_id = 10 * case_id + (number.data[i] - '0');
    }
    for (size_t i = 0; i < TOKEN_LEN; i++) {
        if (!cpr_ascii_is_hex(token.data[i]))
            return false;
        reading->ack_token[i] = cpr_ascii_lower(token.data[i]);
    }
    reading->ack_token[TOKEN_LEN] = '\0';
    reading->ack_case = case_id;
    return case_id > 0;
}

void cpr_ack_find(struct cpr_view text, struct cpr_reading *reading)
{
    struct cpr_view line;
    bool is_said = false;
    while (cpr_view_next_line(&text, &line)) {
        line = without_blanks(line);
        if (line.len == 0)
            continue;
        if (!is_said && !says_ack(line))
            return;
        is_said = true;
        if (take_token(without_quote(line), reading))
            return;
    }
    reading->ack_case = 0;
    reading->ack_token[0] = '\0';
}
