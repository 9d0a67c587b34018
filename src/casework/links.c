#include "cpr/casework/links.h"
#include "cpr/base/assert.h"
#include "cpr/base/digest.h"
#include "cpr/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An excerpt has at most half as many words as bytes. */
enum { RUN_WORDS = 3, RUNS_MAX = CPR_EXCERPT_SIZE / 2 };

const char *cpr_link_reason_name(unsigned bit)
{
    static const char *const names[CPR_LINK_REASONS] = {"thread", "message-id", "identifier", "text", "sender"};
    CPR_ASSERT(bit < CPR_LINK_REASONS);
    return names[bit];
}

bool cpr_link_complains(const char *signal_id, bool is_answer)
{
    return strcmp(signal_id, "report-unanswered") == 0 || strcmp(signal_id, "certificate-unanswered") == 0 ||
           strcmp(signal_id, "report-waited") == 0 || (is_answer && strcmp(signal_id, "report-hours") == 0);
}

void cpr_link_facts_of(const struct cpr_reading *reading, struct cpr_link_facts *out)
{
    memset(out, 0, sizeof *out);
    memcpy(out->message_id, reading->message_id, sizeof out->message_id);
    memcpy(out->from_address, reading->from_address, sizeof out->from_address);
    memcpy(out->references, reading->references, sizeof out->references);
    out->reference_count = reading->reference_count;
    memcpy(out->identifiers, reading->identifiers, sizeof out->identifiers);
    out->identifier_count = reading->identifier_count;
    memcpy(out->excerpt, reading->excerpt, sizeof out->excerpt);
    for (uint32_t i = 0; i < reading->signal_count; i++)
        out->complains = out->complains || cpr_link_complains(reading->signals[i].id, reading->reference_count > 0);
}

/* --- near-same text ------------------------------------------------------------------------------------------------
 */

/* Bytes above ASCII are letters of some language. */
static bool is_word_byte(char c)
{
    return cpr_ascii_is_alpha(c) || cpr_ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* The next word as a number, FNV-1a; 0 at the end. */
static uint64_t next_word(const char **text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    const char *c = *text;
    while (*c && !is_word_byte(*c))
        c++;
    const char *start = c;
    for (; is_word_byte(*c); c++)
        hash = (hash ^ (unsigned char)cpr_ascii_lower(*c)) * 0x100000001b3u;
    *text = c;
    return c == start ? 0 : hash | 1;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The runs of three words, each once, ascending. */
static size_t runs_of(const char *text, uint64_t runs_out[RUNS_MAX])
{
    size_t count = 0, distinct = 0;
    uint64_t first = next_word(&text), second = next_word(&text), third;
    while (count < RUNS_MAX && (third = next_word(&text)) != 0) {
        runs_out[count++] = (first * 31 + second) * 31 + third;
        first = second;
        second = third;
    }
    qsort(runs_out, count, sizeof runs_out[0], compare);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || runs_out[i] != runs_out[i - 1])
            runs_out[distinct++] = runs_out[i];
    return distinct;
}

unsigned cpr_link_likeness(const char *a, const char *b)
{
    uint64_t of_a[RUNS_MAX], of_b[RUNS_MAX];
    size_t a_count = runs_of(a, of_a), b_count = runs_of(b, of_b), shared = 0;
    size_t shorter = a_count < b_count ? a_count : b_count;
    if (shorter < CPR_LINK_RUNS_MIN)
        return 0;
    for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
        shared += of_a[i] == of_b[k];
        bool next_a = of_a[i] <= of_b[k], next_b = of_b[k] <= of_a[i];
        i += next_a;
        k += next_b;
    }
    return (unsigned)(100 * shared / shorter);
}

/* --- why two belong together ---------------------------------------------------------------------------------------
 */

static bool refers_to(const struct cpr_link_facts *facts, const char *message_id)
{
    for (uint32_t i = 0; i < facts->reference_count && message_id[0]; i++)
        if (strcmp(facts->references[i], message_id) == 0)
            return true;
    return false;
}

static bool is_thread(const struct cpr_link_facts *a, const struct cpr_link_facts *b)
{
    if (refers_to(a, b->message_id) || refers_to(b, a->message_id))
        return true;
    for (uint32_t i = 0; i < a->reference_count; i++)
        if (refers_to(b, a->references[i]))
            return true;
    return false;
}

static bool is_unique(const struct cpr_identifier *identifier)
{
    return cpr_identifier_is_unique((enum cpr_identifier_type)identifier->type);
}

/* By value: what one calls a fingerprint the other may hold as a certificate. */
static bool names(const struct cpr_link_facts *facts, const char *value)
{
    for (uint32_t i = 0; i < facts->identifier_count; i++)
        if (is_unique(&facts->identifiers[i]) && strcmp(facts->identifiers[i].value, value) == 0)
            return true;
    return false;
}

static const struct cpr_identifier *shared_identifier(const struct cpr_link_facts *a, const struct cpr_link_facts *b)
{
    for (uint32_t i = 0; i < a->identifier_count; i++)
        if (is_unique(&a->identifiers[i]) && names(b, a->identifiers[i].value))
            return &a->identifiers[i];
    return NULL;
}

static bool is_same_reporter(const struct cpr_link_facts *a, const struct cpr_link_facts *b)
{
    return a->from_address[0] && cpr_view_equal_nocase(cpr_view_of(a->from_address), cpr_view_of(b->from_address));
}

bool cpr_link_names_more(const struct cpr_link_facts *later, const struct cpr_link_facts *earlier)
{
    for (uint32_t i = 0; i < later->identifier_count; i++)
        if (is_unique(&later->identifiers[i]) && !names(earlier, later->identifiers[i].value))
            return true;
    return false;
}

unsigned cpr_link_reasons(const struct cpr_link_facts *a, const struct cpr_link_facts *b, char *detail_out)
{
    bool is_same = is_same_reporter(a, b), is_burst = cpr_link_names_more(a, b) && cpr_link_names_more(b, a);
    unsigned reasons = 0, likeness = is_same && !is_burst ? cpr_link_likeness(a->excerpt, b->excerpt) : 0;
    const struct cpr_identifier *shared = shared_identifier(a, b);
    if (is_thread(a, b))
        reasons |= CPR_LINK_THREAD;
    if (a->message_id[0] && strcmp(a->message_id, b->message_id) == 0)
        reasons |= CPR_LINK_MESSAGE_ID;
    if (shared)
        reasons |= CPR_LINK_IDENTIFIER;
    if (likeness >= CPR_LINK_ALIKE_PERCENT)
        reasons |= CPR_LINK_TEXT;
    if (is_same && (a->complains || b->complains))
        reasons |= CPR_LINK_SENDER;
    detail_out[0] = '\0';
    if (shared)
        snprintf(detail_out, CPR_LINK_DETAIL_SIZE, "%s %.100s",
                 cpr_identifier_type_name((enum cpr_identifier_type)shared->type), shared->value);
    else if (reasons & CPR_LINK_TEXT)
        snprintf(detail_out, CPR_LINK_DETAIL_SIZE, "%u %% of the shorter text", likeness);
    return reasons;
}

bool cpr_link_brings_forward(unsigned reasons, const struct cpr_link_facts *later, const struct cpr_link_facts *earlier,
                             bool is_surfaced)
{
    const unsigned of_anybody = CPR_LINK_THREAD | CPR_LINK_MESSAGE_ID;
    const unsigned of_one = of_anybody | CPR_LINK_IDENTIFIER | CPR_LINK_TEXT;
    bool is_same = is_same_reporter(later, earlier);
    return ((is_same && (reasons & of_one)) || (is_surfaced && (reasons & of_anybody))) &&
           !cpr_link_names_more(later, earlier);
}

int cpr_link_comes_forward(unsigned reasons, const struct cpr_link_side *one, const struct cpr_link_side *two)
{
    bool one_is_later = one->receipt_ms > two->receipt_ms;
    const struct cpr_link_side *later = one_is_later ? one : two, *earlier = one_is_later ? two : one;
    if (one->receipt_ms == two->receipt_ms || !later->has_case || !later->is_open ||
        (earlier->has_case && !earlier->is_open) ||
        !cpr_link_brings_forward(reasons, later->facts, earlier->facts, earlier->has_case))
        return 0;
    return one_is_later ? 1 : 2;
}
