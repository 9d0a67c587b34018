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

struct cpr_reply_view cpr_reply_for(const struct cpr_reply_view *read, const char *to, const char *filer,
                                    const char *report_excerpt)
{
    struct cpr_reply_view view = *read;
    if (!filer[0] || cpr_view_find_nocase(cpr_view_of(to), filer, 0) == CPR_VIEW_NOT_FOUND) {
        view.class = CPR_REPLY_OTHER_RECIPIENT;
        quote(&view, cpr_view_of(to));
    } else if (view.class == CPR_REPLY_SUBSTANTIVE && view.words[0] &&
               cpr_view_find_nocase(cpr_view_of(report_excerpt), view.words, 0) != CPR_VIEW_NOT_FOUND) {
        view.class = CPR_REPLY_ACKNOWLEDGEMENT;
    }
    return view;
}

bool cpr_reply_closes(enum cpr_profile profile, enum cpr_reply_class class, bool is_automatic)
{
    return class == CPR_REPLY_SUBSTANTIVE ||
           (profile == CPR_PROFILE_CODE_SIGNING && class == CPR_REPLY_ACKNOWLEDGEMENT && !is_automatic);
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
