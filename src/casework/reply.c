#include "cpr/casework/reply.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/judge/own_words.h"

#include "reply_words.h"

#include <string.h>

const char *cpr_reply_class_name(enum cpr_reply_class class)
{
    static const char *const names[CPR_REPLY_CLASSES] = {"acknowledgement", "substantive", "other-recipient", "bounce"};
    CPR_ASSERT((unsigned)class < CPR_REPLY_CLASSES);
    return names[class];
}

/* The next sentence: it ends with '.', '!', '?' or ';' before a blank, with an ideographic stop, or where a paragraph
 * does. Its end stays within: a question is no finding. */
static bool next_sentence(struct cpr_view *rest, struct cpr_view *sentence_out)
{
    static const char stop[] = "。";
    if (rest->len == 0)
        return false;
    size_t end = 0, mark_len = 0;
    for (bool is_end = false; end < rest->len && !is_end && !mark_len;) {
        struct cpr_view here = cpr_view_slice(*rest, end, rest->len);
        bool is_stop = cpr_view_starts_nocase(here, stop);
        is_end = is_stop || (strchr(".!;?", here.data[0]) && (here.len == 1 || here.data[1] == ' '));
        mark_len = cpr_view_starts_nocase(here, CPR_OWN_WORDS_BREAK) ? strlen(CPR_OWN_WORDS_BREAK) : 0;
        end += mark_len ? 0 : is_stop ? sizeof stop - 1 : 1;
    }
    *sentence_out = cpr_view_trim(cpr_view_slice(*rest, 0, end));
    *rest = cpr_view_slice(*rest, end + mark_len, rest->len);
    return true;
}

static void quote(struct cpr_reply_view *view, struct cpr_view words)
{
    cpr_text_copy(view->words, sizeof view->words, words);
}

/* "Re: AW: x" is x. */
static struct cpr_view bare(const char *subject)
{
    struct cpr_view view = cpr_view_of(subject);
    for (size_t colon; (colon = cpr_view_find(view, ": ", 0)) != CPR_VIEW_NOT_FOUND && colon <= 4;)
        view = cpr_view_trim(cpr_view_slice(view, colon + 1, view.len));
    return view;
}

/* A subject of three words and more that is repeated in the text is the reporter's, not a word of ours. */
static void blank_subject(char *plain, const char *subject)
{
    char words[CPR_SENTENCE_SIZE];
    cpr_reply_plain(bare(subject), words);
    const char *blank = strchr(words, ' ');
    char *at = blank && strchr(blank + 1, ' ') ? strstr(plain, words) : NULL;
    if (at)
        memset(at, ' ', strlen(words));
}

static bool is_finding(const char *plain)
{
    if (cpr_reply_is_reservation(plain))
        return false;
    bool is_negation = cpr_reply_is_negation(plain);
    const struct cpr_finding *finding;
    for (size_t i = 0; (finding = cpr_reply_finding(i)) != NULL; i++)
        if ((!is_negation || finding->needs & CPR_BEARS_NEGATION) && cpr_reply_is_said(plain, finding))
            return true;
    return false;
}

struct cpr_reply_view cpr_reply_read(const struct cpr_reading *reply)
{
    struct cpr_reply_view view = {.class = CPR_REPLY_ACKNOWLEDGEMENT};
    struct cpr_view rest = cpr_view_of(reply->own_words), sentence;
    const char *phrase = NULL;
    char plain[CPR_SENTENCE_SIZE];
    if (reply->is_automatic || reply->kind == CPR_KIND_AUTO_REPLY) {
        quote(&view, cpr_view_of("it was sent automatically (RFC 3834)"));
        return view;
    }
    while (next_sentence(&rest, &sentence)) {
        cpr_reply_plain(sentence, plain);
        blank_subject(plain, reply->subject);
        if (is_finding(plain)) {
            view.class = CPR_REPLY_SUBSTANTIVE;
            quote(&view, sentence);
            return view;
        }
        phrase = phrase ? phrase : cpr_reply_acknowledgement(plain);
    }
    quote(&view, cpr_view_of(phrase ? phrase : "no word of findings"));
    return view;
}

/* Without "+tag" in its local part: the same mailbox. */
static bool is_same_mailbox(struct cpr_view one, struct cpr_view other)
{
    struct cpr_view parts[2][2];
    for (int i = 0; i < 2; i++) {
        struct cpr_view address = i ? other : one;
        size_t at = cpr_view_find_byte(address, '@', 0);
        if (at == CPR_VIEW_NOT_FOUND || at == 0)
            return false;
        size_t plus = cpr_view_find_byte(cpr_view_slice(address, 0, at), '+', 1);
        parts[i][0] = cpr_view_slice(address, 0, plus == CPR_VIEW_NOT_FOUND ? at : plus);
        parts[i][1] = cpr_view_slice(address, at, address.len);
    }
    return cpr_view_equal_nocase(parts[0][0], parts[1][0]) && cpr_view_equal_nocase(parts[0][1], parts[1][1]);
}

static bool went_to(const char *recipients, const char *address)
{
    static const char separators[] = " ,;<>\"()";
    for (const char *at = recipients + strspn(recipients, separators); *at; at += strspn(at, separators)) {
        size_t len = strcspn(at, separators);
        if (is_same_mailbox(cpr_view_make(at, len), cpr_view_of(address)))
            return true;
        at += len;
    }
    return false;
}

/* Letters and digits, small. */
static size_t squeeze(const char *text, char *out, size_t out_size)
{
    size_t len = 0;
    for (; *text && len + 1 < out_size; text++)
        if (cpr_ascii_is_alpha(*text) || cpr_ascii_is_digit(*text) || (unsigned char)*text >= 0x80)
            out[len++] = cpr_ascii_lower(*text);
    out[len] = '\0';
    return len;
}

/* Whether two thirds of the sentence stand in the report in one piece: it is repeated there, whatever stands before it.
 */
static bool is_echo(const char *sentence, const char *report)
{
    char said[sizeof((struct cpr_reply_view *)0)->words], text[CPR_EXCERPT_SIZE];
    size_t said_len = squeeze(sentence, said, sizeof said), need = (2 * said_len + 2) / 3;
    squeeze(report, text, sizeof text);
    for (size_t from = 0; said_len && from + need <= said_len; from++) {
        char piece[sizeof said];
        memcpy(piece, said + from, need);
        piece[need] = '\0';
        if (strstr(text, piece))
            return true;
    }
    return false;
}

struct cpr_reply_view cpr_reply_for(const struct cpr_reply_view *read, const char *recipients,
                                    const struct cpr_reply_report *report)
{
    struct cpr_reply_view view = *read;
    if (!went_to(recipients, report->from) && !went_to(recipients, report->reply_to)) {
        view.class = CPR_REPLY_OTHER_RECIPIENT;
        quote(&view, cpr_view_of(recipients));
    } else if (view.class == CPR_REPLY_SUBSTANTIVE && is_echo(view.words, report->excerpt)) {
        view.class = CPR_REPLY_ACKNOWLEDGEMENT;
    }
    return view;
}

bool cpr_reply_closes(enum cpr_profile profile, enum cpr_reply_class class, bool is_automatic)
{
    return class == CPR_REPLY_SUBSTANTIVE ||
           (profile == CPR_PROFILE_CODE_SIGNING && class == CPR_REPLY_ACKNOWLEDGEMENT && !is_automatic);
}

bool cpr_reply_is_about_another(const struct cpr_reading *reply, const struct cpr_link_facts *report,
                                const struct cpr_link_facts *answered)
{
    if (!cpr_link_names_more(answered, report))
        return false;
    for (uint32_t i = 0; i < reply->identifier_count; i++)
        for (uint32_t k = 0; k < report->identifier_count; k++)
            if (!reply->identifiers[i].is_quoted &&
                cpr_identifier_is_unique((enum cpr_identifier_type)report->identifiers[k].type) &&
                strcmp(reply->identifiers[i].value, report->identifiers[k].value) == 0)
                return false;
    return true;
}

static struct cpr_view domain_of(const char *address)
{
    struct cpr_view view = cpr_view_of(address);
    size_t at = cpr_view_find_byte(view, '@', 0);
    return at == CPR_VIEW_NOT_FOUND ? cpr_view_make("", 0) : cpr_view_slice(view, at + 1, view.len);
}

bool cpr_reply_is_ours(const struct cpr_reading *reply, char addresses[][CPR_ADDRESS_MAX], size_t address_count)
{
    struct cpr_view domain = domain_of(reply->from_address);
    for (size_t i = 0; i < address_count && domain.len; i++)
        if (cpr_view_equal_nocase(domain, domain_of(addresses[i])))
            return reply->received_count == 0 ||
                   cpr_view_equal_nocase(cpr_view_of(reply->authenticated_domain), domain);
    return false;
}
