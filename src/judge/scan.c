#include "cpr/judge/scan.h"
#include "cpr/base/assert.h"
#include "cpr/base/buffer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Letters of alphabets (to the end of Arabic) have a column each in a dense table; the many characters of the other
 * scripts would make it ten times as large, so that they have edges in lists. What no pattern holds leads to the root.
 */
enum { CODE_END = 0x10000, ALPHABET_END = 0x700, LANGUAGES_MAX = 40, ROOT = 0 };

/* Below this many function words a language is a guess that misleads. */
enum { LANGUAGE_WORDS_MIN = 3 };

struct pattern {
    uint16_t length;
    uint8_t meaning, language;
    bool may_start_inside, may_go_on;
    uint32_t next; /* another pattern of the same letters, 0 none */
};

static struct {
    uint16_t symbol_of[ALPHABET_END];
    uint32_t symbol_count, state_count, state_size, pattern_count, pattern_size;
    uint16_t *next;               /* state_count rows of symbol_count */
    uint16_t *suffix;             /* of a state: longest proper suffix that is a state */
    uint16_t *child, *sibling;    /* of a state: first and next of those reached by other scripts, ROOT none */
    uint16_t *code;               /* of a state so reached: by which character */
    uint16_t from_root[CODE_END]; /* of other scripts */
    uint32_t *pattern;            /* of a state: first pattern ending here, 0 none */
    uint16_t *shorter;            /* of a state: longest proper suffix at which a pattern ends, ROOT none */
    bool *goes_on;                /* of a state: a pattern that ends here may end inside a word */
    struct pattern *patterns;     /* [0] unused */
    char languages[LANGUAGES_MAX][4];
    uint32_t language_count;
} automaton;

static uint8_t language_index(const char *language)
{
    for (uint32_t i = 0; i < automaton.language_count; i++)
        if (strcmp(automaton.languages[i], language) == 0)
            return (uint8_t)i;
    CPR_ASSERT(automaton.language_count < LANGUAGES_MAX);
    memcpy(automaton.languages[automaton.language_count], language, strlen(language) + 1);
    return (uint8_t)automaton.language_count++;
}

typedef void visit_pattern(const struct cpr_folded *folded, const struct pattern *pattern);

static void visit_spelling(struct cpr_view spelling, struct pattern pattern, visit_pattern *visit)
{
    struct cpr_folded folded = {0};
    pattern.may_start_inside = spelling.data[0] == '*';
    pattern.may_go_on = spelling.data[spelling.len - 1] == '*';
    cpr_folded_add_pattern(&folded, cpr_view_slice(spelling, pattern.may_start_inside,
                                                   spelling.len - pattern.may_start_inside - pattern.may_go_on));
    CPR_ASSERT(folded.count > 0);
    pattern.length = (uint16_t)folded.count;
    visit(&folded, &pattern);
    cpr_folded_free(&folded);
}

/* "klucz[,a] prywatn*" is two spellings. */
static void each_spelling(struct cpr_view text, struct pattern pattern, visit_pattern *visit)
{
    size_t open = cpr_view_find_byte(text, '[', 0);
    if (open == CPR_VIEW_NOT_FOUND) {
        visit_spelling(text, pattern, visit);
        return;
    }
    size_t close = cpr_view_find_byte(text, ']', open);
    CPR_ASSERT(close != CPR_VIEW_NOT_FOUND);
    for (size_t from = open + 1; from <= close;) {
        size_t to = from;
        while (text.data[to] != ',' && text.data[to] != ']')
            to++;
        struct cpr_buffer spelling = cpr_buffer_new(256);
        cpr_buffer_add(&spelling, cpr_view_slice(text, 0, open));
        cpr_buffer_add(&spelling, cpr_view_slice(text, from, to - from));
        cpr_buffer_add(&spelling, cpr_view_slice(text, close + 1, text.len));
        CPR_ASSERT(!cpr_buffer_is_full(&spelling));
        each_spelling(cpr_buffer_view(&spelling), pattern, visit);
        cpr_buffer_free(&spelling);
        from = to + 1;
    }
}

static void each_pattern(visit_pattern *visit)
{
    const struct cpr_vocabulary_row *row;
    for (size_t i = 0; (row = cpr_vocabulary_row(i)) != NULL; i++) {
        struct pattern pattern = {.meaning = (uint8_t)row->meaning, .language = language_index(row->language)};
        struct cpr_view rest = cpr_view_of(row->patterns), item;
        while (cpr_view_next_item(&rest, '|', &item))
            each_spelling(item, pattern, visit);
    }
}

static void count_pattern(const struct cpr_folded *folded, const struct pattern *pattern)
{
    (void)pattern;
    for (size_t i = 0; i < folded->count; i++) {
        CPR_ASSERT(folded->code[i] < CODE_END);
        if (folded->code[i] >= ALPHABET_END)
            continue;
        uint16_t *symbol = &automaton.symbol_of[folded->code[i]];
        if (*symbol == 0)
            *symbol = (uint16_t)automaton.symbol_count++;
    }
    automaton.state_size += (uint32_t)folded->count;
    automaton.pattern_size++;
}

/* The state that `code` leads to from just this state; ROOT when no pattern goes on so. */
static uint16_t rare_edge(uint16_t state, uint32_t code)
{
    if (state == ROOT)
        return automaton.from_root[code];
    uint16_t child = automaton.child[state];
    while (child != ROOT && automaton.code[child] != code)
        child = automaton.sibling[child];
    return child;
}

static uint16_t step(uint16_t state, uint32_t code)
{
    if (code < ALPHABET_END)
        return automaton.next[(size_t)state * automaton.symbol_count + automaton.symbol_of[code]];
    if (code >= CODE_END)
        return ROOT;
    uint16_t next = rare_edge(state, code);
    while (next == ROOT && state != ROOT) {
        state = automaton.suffix[state];
        next = rare_edge(state, code);
    }
    return next;
}

static uint16_t new_state(void)
{
    CPR_ASSERT(automaton.state_count < UINT16_MAX);
    return (uint16_t)automaton.state_count++;
}

static uint16_t insert_rare(uint16_t state, uint32_t code)
{
    uint16_t next = rare_edge(state, code);
    if (next != ROOT)
        return next;
    next = new_state();
    automaton.code[next] = (uint16_t)code;
    automaton.sibling[next] = automaton.child[state];
    automaton.child[state] = next;
    if (state == ROOT)
        automaton.from_root[code] = next;
    return next;
}

static uint16_t insert_letter(uint16_t state, uint32_t code)
{
    uint16_t *next = &automaton.next[(size_t)state * automaton.symbol_count + automaton.symbol_of[code]];
    if (*next == ROOT)
        *next = new_state();
    return *next;
}

static void insert_pattern(const struct cpr_folded *folded, const struct pattern *pattern)
{
    uint16_t state = ROOT;
    for (size_t i = 0; i < folded->count; i++)
        state = folded->code[i] < ALPHABET_END ? insert_letter(state, folded->code[i])
                                               : insert_rare(state, folded->code[i]);
    uint32_t index = ++automaton.pattern_count;
    automaton.patterns[index] = *pattern;
    automaton.patterns[index].next = automaton.pattern[state];
    automaton.pattern[state] = index;
    automaton.goes_on[state] |= pattern->may_go_on;
}

static void link_state(uint16_t state, uint16_t suffix)
{
    automaton.suffix[state] = suffix;
    automaton.shorter[state] = automaton.pattern[suffix] ? suffix : automaton.shorter[suffix];
    automaton.goes_on[state] |= automaton.goes_on[suffix];
}

/* Breadth first: a state's missing transitions are those of its longest proper suffix, which is complete already. */
static void link_states(void)
{
    uint16_t *queue = calloc(automaton.state_count, sizeof *queue);
    CPR_ASSERT(queue);
    size_t head = 0, tail = 0;
    queue[tail++] = ROOT;
    while (head < tail) {
        uint16_t state = queue[head++];
        uint16_t *row = &automaton.next[(size_t)state * automaton.symbol_count];
        const uint16_t *fallback = &automaton.next[(size_t)automaton.suffix[state] * automaton.symbol_count];
        for (uint32_t symbol = 0; symbol < automaton.symbol_count; symbol++) {
            uint16_t next = row[symbol];
            if (next == ROOT) {
                row[symbol] = state == ROOT ? ROOT : fallback[symbol];
                continue;
            }
            link_state(next, state == ROOT ? ROOT : fallback[symbol]);
            queue[tail++] = next;
        }
        for (uint16_t next = automaton.child[state]; next != ROOT; next = automaton.sibling[next]) {
            link_state(next, state == ROOT ? ROOT : step(automaton.suffix[state], automaton.code[next]));
            queue[tail++] = next;
        }
    }
    free(queue);
}

static void build(void)
{
    cpr_folded_prepare();
    automaton.symbol_count = 1;
    automaton.state_size = 1;
    language_index(""); /* 0: no language */
    each_pattern(count_pattern);
    automaton.next = calloc((size_t)automaton.state_size * automaton.symbol_count, sizeof *automaton.next);
    automaton.pattern = calloc(automaton.state_size, sizeof *automaton.pattern);
    automaton.shorter = calloc(automaton.state_size, sizeof *automaton.shorter);
    automaton.goes_on = calloc(automaton.state_size, sizeof *automaton.goes_on);
    automaton.patterns = calloc(automaton.pattern_size + 1, sizeof *automaton.patterns);
    automaton.suffix = calloc(automaton.state_size, sizeof *automaton.suffix);
    automaton.child = calloc(automaton.state_size, sizeof *automaton.child);
    automaton.sibling = calloc(automaton.state_size, sizeof *automaton.sibling);
    automaton.code = calloc(automaton.state_size, sizeof *automaton.code);
    CPR_ASSERT(automaton.next && automaton.pattern && automaton.shorter && automaton.goes_on && automaton.patterns);
    CPR_ASSERT(automaton.suffix && automaton.child && automaton.sibling && automaton.code);
    automaton.state_count = 1;
    each_pattern(insert_pattern);
    link_states();
}

void cpr_scan_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    CPR_ASSERT(pthread_once(&once, build) == 0);
}

static bool add_hit(struct cpr_scan *scan, struct cpr_hit hit)
{
    if (scan->count == scan->size) {
        size_t size = scan->size ? scan->size * 2 : 64;
        struct cpr_hit *hits = realloc(scan->hits, size * sizeof *hits);
        if (!hits)
            return false;
        scan->hits = hits;
        scan->size = size;
    }
    scan->hits[scan->count++] = hit;
    return true;
}

/* A phrase that means something else takes away the words inside it: they ended before it did. */
static void take_away(struct cpr_scan *scan, uint32_t start)
{
    while (scan->count && scan->hits[scan->count - 1].start >= start)
        scan->count--;
}

static bool starts_word(const struct cpr_folded *folded, uint32_t start)
{
    const uint32_t *code = folded->code;
    return start == 0 || !cpr_folded_is_word(code[start - 1]) || cpr_folded_is_unspaced(code[start - 1]) ||
           cpr_folded_is_unspaced(code[start]);
}

static bool ends_word(const struct cpr_folded *folded, uint32_t end)
{
    const uint32_t *code = folded->code;
    return end == folded->count || !cpr_folded_is_word(code[end]) || cpr_folded_is_unspaced(code[end]) ||
           cpr_folded_is_unspaced(code[end - 1]);
}

/* "revocation list" asks for no revocation. */
static void take_away_revocation(struct cpr_scan *scan, uint32_t start)
{
    size_t kept = scan->count;
    while (kept && scan->hits[kept - 1].start >= start)
        kept--;
    for (size_t i = kept; i < scan->count; i++)
        if (scan->hits[i].meaning != CPR_MEANS_REVOKE)
            scan->hits[kept++] = scan->hits[i];
    scan->count = kept;
}

/* One pass over one text. */
struct pass {
    const struct cpr_folded *folded;
    struct cpr_scan *scan;
    uint32_t words[LANGUAGES_MAX];     /* function words of each language */
    uint32_t nothing_from, nothing_to; /* the last phrase of no meaning: what begins inside it is part of it */
};

static void take(struct pass *pass, const struct pattern *pattern, struct cpr_hit hit)
{
    if (hit.meaning == CPR_MEANS_LANGUAGE) {
        pass->words[pattern->language]++;
        return;
    }
    if (hit.meaning == CPR_MEANS_NOTHING) {
        pass->nothing_from = hit.start;
        pass->nothing_to = hit.end;
        take_away(pass->scan, hit.start);
        return;
    }
    if (hit.meaning == CPR_MEANS_STATUS)
        take_away_revocation(pass->scan, hit.start);
    (void)add_hit(pass->scan, hit);
}

/* Takes what ends at `end` in this state, the longest pattern first. */
static void take_ending(struct pass *pass, uint16_t state, uint32_t end)
{
    bool at_end = ends_word(pass->folded, end);
    if (!at_end && !automaton.goes_on[state])
        return; /* in the middle of a word, as most often */
    for (; state != ROOT; state = automaton.shorter[state])
        for (uint32_t index = automaton.pattern[state]; index; index = automaton.patterns[index].next) {
            const struct pattern *pattern = &automaton.patterns[index];
            uint32_t start = end - pattern->length;
            bool is_nothing = start >= pass->nothing_from && start < pass->nothing_to;
            bool is_free =
                (at_end || pattern->may_go_on) && (pattern->may_start_inside || starts_word(pass->folded, start));
            if (!is_nothing && is_free)
                take(pass, pattern, (struct cpr_hit){start, end, pattern->meaning});
        }
}

static void guess_language(const uint32_t words[LANGUAGES_MAX], char language_out[4])
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < automaton.language_count; i++)
        if (words[i] > words[best])
            best = i;
    if (words[best] >= LANGUAGE_WORDS_MIN)
        memcpy(language_out, automaton.languages[best], sizeof automaton.languages[0]);
}

/* What a bare key may stand near to, at most this many characters away: a sentence and the one before it. */
enum { NEAR_CHARACTERS = 150 };

static bool makes_keys(const struct cpr_hit *hit)
{
    return hit->meaning == CPR_MEANS_CERTIFICATE || hit->meaning == CPR_MEANS_REVOKE;
}

/* Bare keys near a certificate or a revocation are keys of ours. Hits are ordered by their ends, so that the nearest
 * before a key is the last one; behind it no hit may begin further away than that, up to the first one. */
static void settle_bare_keys(struct cpr_scan *scan)
{
    const struct cpr_hit *before = NULL;
    for (size_t i = 0; i < scan->count; i++) {
        struct cpr_hit *hit = &scan->hits[i];
        if (makes_keys(hit))
            before = hit;
        else if (hit->meaning == CPR_MEANS_BARE_KEY && before && hit->start <= before->end + NEAR_CHARACTERS)
            hit->meaning = CPR_MEANS_KEY;
    }
    bool is_behind = false;
    uint32_t furthest = 0; /* beginning of those up to the first one behind */
    for (size_t i = scan->count; i-- > 0;) {
        struct cpr_hit *hit = &scan->hits[i];
        if (hit->meaning == CPR_MEANS_BARE_KEY && is_behind && furthest <= hit->end + NEAR_CHARACTERS)
            hit->meaning = CPR_MEANS_KEY;
        furthest = makes_keys(hit) || hit->start > furthest ? hit->start : furthest;
        is_behind |= makes_keys(hit);
    }
}

/* "The key" is a private key where a certificate or a revocation is spoken of; "private key" is none of ours where only
 * crypto money or PGP is. */
static void settle_keys(struct cpr_scan *scan)
{
    bool is_other = false, has_certificate = false;
    for (size_t i = 0; i < scan->count; i++) {
        is_other |= scan->hits[i].meaning == CPR_MEANS_OTHER_KEYS;
        has_certificate |= scan->hits[i].meaning == CPR_MEANS_CERTIFICATE;
    }
    if (!is_other || has_certificate) {
        settle_bare_keys(scan);
        return;
    }
    for (size_t i = 0; i < scan->count; i++)
        if (scan->hits[i].meaning == CPR_MEANS_KEY)
            scan->hits[i].meaning = CPR_MEANS_BARE_KEY;
}

void cpr_scan_text(const struct cpr_folded *folded, struct cpr_scan *scan_out)
{
    cpr_scan_prepare();
    *scan_out = (struct cpr_scan){0};
    struct pass pass = {.folded = folded, .scan = scan_out};
    uint16_t state = ROOT, seen = ROOT;
    for (uint32_t i = 0; i < folded->count; i++) {
        uint32_t code = folded->code[i], alike = cpr_folded_look_alike(code);
        bool is_seen_so = seen == state && alike == code; /* as most often */
        state = step(state, code);
        seen = is_seen_so ? state : step(seen, alike);
        if (state != ROOT)
            take_ending(&pass, state, i + 1);
        if (seen != ROOT && seen != state)
            take_ending(&pass, seen, i + 1);
    }
    settle_keys(scan_out);
    for (size_t i = 0; i < scan_out->count; i++)
        scan_out->counts[scan_out->hits[i].meaning]++;
    guess_language(pass.words, scan_out->language);
}

void cpr_scan_free(struct cpr_scan *scan)
{
    free(scan->hits);
    *scan = (struct cpr_scan){0};
}
