#include "cpr/judge/own_words.h"

#include <string.h>

static bool starts_with_one(struct cpr_view line, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cpr_view_starts_nocase(line, words[i]))
            return true;
    return false;
}

/* How mail programs head what they quote whole. */
static bool is_head(struct cpr_view line)
{
    static const char *const words[] = {
        "-----Original",  "-----Ursprüngliche", "-----Message d'origine", "-----Mensaje original",
        "----- Original", "---------- Forwarded", "From:", "Von:", "De:", "De :", "Da:", "Van:", "Od:", "Od:", "Fra:",
        "Från:", "Lähettäjä:", "Feladó:", "От:", "Від:", "Kimden:", "差出人:", "发件人:", "寄件者:", "보낸 사람:"};
    return starts_with_one(line, words, sizeof words / sizeof words[0]);
}

/* "On Thu, 5 Mar 2026, A Person wrote:" */
static bool is_attribution(struct cpr_view line)
{
    static const char *const ends[] = {"wrote:", "writes:", "said:", "schrieb:", "a écrit :", "a écrit:", "escribió:",
                                       "ha scritto:", "escreveu:", "schreef:", "napisał(a):", "skrev:", "kirjoitti:",
                                       "írta:", "napsal(a):", "a scris:", "пишет:", "написал:", "пише:", "写道：",
                                       "写道:", "寫道：", "のメール:"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (cpr_view_ends_nocase(line, ends[i]))
            return true;
    return cpr_view_find_nocase(line, "schrieb ", 0) != CPR_VIEW_NOT_FOUND && cpr_view_ends_nocase(line, ":");
}

static bool is_marked(struct cpr_view line)
{
    return line.len > 0 && (line.data[0] == '>' || line.data[0] == '|');
}

/* Whether the next line that is not empty bears a quotation mark. */
static bool is_marked_next(struct cpr_view rest)
{
    struct cpr_view line;
    while (cpr_view_next_line(&rest, &line)) {
        line = cpr_view_trim(line);
        if (line.len)
            return is_marked(line);
    }
    return false;
}

void cpr_own_words(struct cpr_view text, struct cpr_buffer *out)
{
    struct cpr_view line;
    while (cpr_view_next_line(&text, &line)) {
        line = cpr_view_trim(line);
        if (is_head(line) || (is_attribution(line) && !is_marked_next(text)))
            return;
        if (is_marked(line) || is_attribution(line))
            continue;
        cpr_buffer_add(out, line);
        cpr_buffer_add_byte(out, '\n');
    }
}

/* Letters and digits, lower case. */
static void squeeze(struct cpr_view text, struct cpr_buffer *out)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = cpr_ascii_lower(text.data[i]);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
            cpr_buffer_add_byte(out, c);
    }
}

void cpr_own_words_mark(struct cpr_view own_lines, struct cpr_reading *reading)
{
    struct cpr_buffer own = cpr_buffer_new(own_lines.len + 1), value = cpr_buffer_new(CPR_IDENTIFIER_SIZE);
    squeeze(own_lines, &own);
    for (uint32_t i = 0; i < reading->identifier_count; i++) {
        struct cpr_identifier *identifier = &reading->identifiers[i];
        cpr_buffer_clear(&value);
        squeeze(cpr_view_of(identifier->value), &value);
        identifier->is_quoted =
            cpr_view_find(cpr_buffer_view(&own), cpr_buffer_text(&value), 0) == CPR_VIEW_NOT_FOUND;
    }
    cpr_buffer_free(&own);
    cpr_buffer_free(&value);
}

void cpr_own_words_returned(struct cpr_view text, char out[CPR_MESSAGE_ID_SIZE])
{
    static const char name[] = "Message-ID:";
    struct cpr_view line;
    out[0] = '\0';
    while (cpr_view_next_line(&text, &line)) {
        line = cpr_view_trim(line);
        if (!cpr_view_starts_nocase(line, name))
            continue;
        struct cpr_view id = cpr_view_trim(cpr_view_slice(line, sizeof name - 1, line.len));
        if (id.len > 2 && id.len < CPR_MESSAGE_ID_SIZE && id.data[0] == '<' && id.data[id.len - 1] == '>')
            cpr_view_copy(id, out, CPR_MESSAGE_ID_SIZE);
    }
}
