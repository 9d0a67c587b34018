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
    static const char *const words[] = {"From:",
                                        "From :",
                                        "Von:",
                                        "De:",
                                        "De :",
                                        "Da:",
                                        "Van:",
                                        "Od:",
                                        "Fra:",
                                        "Från:",
                                        "Lähettäjä:",
                                        "Feladó:",
                                        "От:",
                                        "Від:",
                                        "Kimden:",
                                        "De la:",
                                        "Από:",
                                        "差出人:",
                                        "差出人：",
                                        "发件人:",
                                        "发件人：",
                                        "寄件者:",
                                        "寄件者：",
                                        "보낸 사람:",
                                        "Begin forwarded message",
                                        "Anfang der weitergeleiteten"};
    return starts_with_one(line, words, sizeof words / sizeof words[0]);
}

/* "On Thu, 5 Mar 2026, A Person wrote:" */
static bool is_attribution(struct cpr_view line)
{
    static const char *const ends[] = {
        "wrote:",    "writes:",  "said:",       "schrieb:", "a écrit :",  "a écrit:", "escribió:",  "ha scritto:",
        "escreveu:", "schreef:", "napisał(a):", "skrev:",   "kirjoitti:", "írta:",    "napsal(a):", "a scris:",
        "пишет:",    "написал:", "пише:",       "写道：",   "写道:",      "寫道：",   "のメール:"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (cpr_view_ends_nocase(line, ends[i]))
            return true;
    return cpr_view_find_nocase(line, "schrieb ", 0) != CPR_VIEW_NOT_FOUND && cpr_view_ends_nocase(line, ":");
}

/* "Here is a copy of what you entered:", "Your message:" */
static bool is_announcement(struct cpr_view line)
{
    static const char *const words[] = {
        "you wrote",     "you entered",    "you sent",         "you submitted",    "your text",       "your message",
        "your report",   "your request",   "your ticket",      "original message", "original report", "report below",
        "message below", "ihre nachricht", "ihre meldung",     "ihre anfrage",     "votre message",   "votre demande",
        "su mensaje",    "su solicitud",   "il suo messaggio", "uw bericht",       "uw melding",      "sua mensagem"};
    if (!cpr_view_ends_nocase(line, ":") && !cpr_view_ends_nocase(line, "："))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (cpr_view_find_nocase(line, words[i], 0) != CPR_VIEW_NOT_FOUND)
            return true;
    return false;
}

/* How many of the same character a line begins with that rulers are made of; 0 when it is none of those. */
static size_t ruler_len(struct cpr_view line)
{
    size_t len = 0;
    if (line.len == 0 || !strchr("-_=*~#", line.data[0]))
        return 0;
    while (len < line.len && line.data[len] == line.data[0])
        len++;
    return len;
}

/* A ruler begins another message, a footer or a copy. One as long as the line above it underlines that: a heading. */
static bool is_ruler(struct cpr_view line, struct cpr_view above)
{
    enum { RULER_MIN = 5, UNDERLINE_SLACK = 3 };
    size_t len = ruler_len(line);
    bool underlines = len == line.len && above.len && line.data[0] != '_' && len + UNDERLINE_SLACK >= above.len &&
                      len <= above.len + UNDERLINE_SLACK;
    return (len >= RULER_MIN && !underlines) || cpr_view_starts_nocase(line, "—-—");
}

/* A sentence does not go on from `line` to `next`: one is short or empty, and the other begins like a new one. In doubt
 * it goes on: a condition in it must not be cut off. */
static bool is_break(struct cpr_view line, struct cpr_view next)
{
    enum { SHORT_LINE = 50 };
    if (line.len == 0 || next.len == 0)
        return true;
    char first = next.data[0], last = line.data[line.len - 1];
    bool begins_anew = (first >= 'A' && first <= 'Z') || cpr_ascii_is_digit(first) || strchr("-*+", first) ||
                       cpr_view_starts_nocase(next, "•");
    return begins_anew && last != ',' && line.len < SHORT_LINE;
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

/* What ends the own words for good. */
static bool ends_all(struct cpr_view line, struct cpr_view above, struct cpr_view rest)
{
    return is_head(line) || is_announcement(line) || is_ruler(line, above) ||
           cpr_view_equal_nocase(line, cpr_view_of("--")) || (is_attribution(line) && !is_marked_next(rest));
}

void cpr_own_words(struct cpr_view text, struct cpr_buffer *out)
{
    struct cpr_view line, above = cpr_view_make("", 0);
    while (cpr_view_next_line(&text, &line)) {
        line = cpr_view_trim(line);
        if (ends_all(line, above, text))
            return;
        if (is_marked(line) || is_attribution(line))
            line = cpr_view_make("", 0);
        if (out->len && is_break(above, line))
            cpr_buffer_add_text(out, CPR_OWN_WORDS_BREAK "\n");
        if (line.len) {
            cpr_buffer_add(out, line);
            cpr_buffer_add_byte(out, '\n');
        }
        above = line;
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
        identifier->is_quoted = cpr_view_find(cpr_buffer_view(&own), cpr_buffer_text(&value), 0) == CPR_VIEW_NOT_FOUND;
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
        if (id.len > 2 && id.len < CPR_MESSAGE_ID_SIZE && id.data[0] == '<' && id.data[id.len - 1] == '>') {
            cpr_view_copy(id, out, CPR_MESSAGE_ID_SIZE);
            return;
        }
    }
}
