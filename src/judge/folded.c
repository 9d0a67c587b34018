#include "cpr/judge/folded.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

/* Code points over this fold to themselves: Han extensions, emoji, private use. The last folded ones are the enclosed
 * letters (U+1F100..1F1FF) and the mathematical alphabets (U+1D400..1D7FF) in which junk mail likes to dress words. */
enum { FOLD_END = 0x1F200, SEQUENCE_MAX = 4, SEQUENCES_MAX = 2048 };

/* A link may stand behind "(" or "<"; longer unbroken runs of base64 are data, not words. German compounds reach 40. */
enum { DATA_RUN_MIN = 48 };

static bool token_ends[256];          /* see parts_tokens */
static uint32_t fold_table[FOLD_END]; /* a code point, or SEQUENCE | index */
static uint32_t sequences[SEQUENCES_MAX][SEQUENCE_MAX + 1];
static uint32_t sequence_count;
static const uint32_t SEQUENCE = 0x80000000u;

/* Latin letters that have no decomposition in Unicode: with a stroke, which people type without, small capitals and
 * phonetic signs, and letters in filled circles and squares, in which junk mail likes to dress words. */
static uint32_t bare_letter(uint32_t code)
{
    static const struct {
        uint32_t from;
        char to;
    } table[] = {{0xD8, 'o'},   {0xF8, 'o'},   {0x110, 'd'},  {0x111, 'd'},  {0x126, 'h'},  {0x127, 'h'},
                 {0x131, 'i'},  {0x141, 'l'},  {0x142, 'l'},  {0x166, 't'},  {0x167, 't'},  {0x180, 'b'},
                 {0x197, 'i'},  {0x243, 'b'},  {0x251, 'a'},  {0x261, 'g'},  {0x262, 'g'},  {0x268, 'i'},
                 {0x269, 'i'},  {0x26A, 'i'},  {0x274, 'n'},  {0x280, 'r'},  {0x28F, 'y'},  {0x299, 'b'},
                 {0x29C, 'h'},  {0x29F, 'l'},  {0x1D00, 'a'}, {0x1D04, 'c'}, {0x1D05, 'd'}, {0x1D07, 'e'},
                 {0x1D0A, 'j'}, {0x1D0B, 'k'}, {0x1D0D, 'm'}, {0x1D0F, 'o'}, {0x1D18, 'p'}, {0x1D1B, 't'},
                 {0x1D1C, 'u'}, {0x1D20, 'v'}, {0x1D21, 'w'}, {0x1D22, 'z'}, {0xA730, 'f'}, {0xA731, 's'}};
    if ((code >= 0x1F150 && code <= 0x1F169) || (code >= 0x1F170 && code <= 0x1F189))
        return 'a' + (code - 0x1F150) % 0x20;
    if (code >= 0x1F1E6 && code <= 0x1F1FF) /* pairs of these are flags */
        return 'a' + (code - 0x1F1E6);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].from == code)
            return (uint32_t)table[i].to;
    return code;
}

/* Marks on letters of the European scripts and around any letter; in other scripts marks are vowels. */
static bool is_mark(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || (code >= 0x483 && code <= 0x489) || (code >= 0x1AB0 && code <= 0x1AFF) ||
           (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20FF) ||
           (code >= 0xFE20 && code <= 0xFE2F);
}

/* Ranges that no compatibility mapping touches are not worth 80,000 library calls at every start. */
static bool folds_to_itself(uint32_t code)
{
    return (code >= 0x3400 && code < 0xA640) || (code >= 0xAC00 && code < 0xF900) ||
           (code >= 0x10000 && code < 0x1D400);
}

static uint32_t fold_ascii(uint32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return code + ('a' - 'A');
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') || (code && strchr(".,;:!?@", (int)code)))
        return code;
    return code == '\'' ? 0 : ' ';
}

static uint32_t store(const uint32_t *codes, size_t count)
{
    if (count == 0)
        return 0;
    if (count == 1)
        return codes[0];
    CPR_ASSERT(sequence_count < SEQUENCES_MAX);
    uint32_t *sequence = sequences[sequence_count];
    sequence[0] = count < SEQUENCE_MAX ? (uint32_t)count : SEQUENCE_MAX;
    memcpy(sequence + 1, codes, sequence[0] * sizeof *codes);
    return SEQUENCE | sequence_count++;
}

static uint32_t fold_code(uint32_t code)
{
    if (code < 0x80)
        return fold_ascii(code);
    if (code == 0x2019 || code == 0x2018 || code == 0x2BC || cpr_text_is_unsafe(code))
        return 0; /* apostrophes; what cannot be seen must not split a word */
    if (code >= 0x2010 && code <= 0x201F)
        return ' '; /* dashes and quotation marks */
    if (folds_to_itself(code) || (code >= 0xD800 && code < 0xE000))
        return code;
    if (bare_letter(code) != code)
        return bare_letter(code);
    uint32_t apart[32], lower[32], whole[32];
    size_t apart_count = 32, lower_count = 32, whole_count = 32;
    if (!u32_normalize(UNINORM_NFKD, &code, 1, apart, &apart_count))
        return code;
    size_t kept = 0;
    for (size_t i = 0; i < apart_count; i++)
        if (!is_mark(apart[i]))
            apart[kept++] = apart[i] < 0x80 && apart[i] != ' ' ? fold_ascii(apart[i]) : apart[i];
    if (!u32_casefold(apart, kept, NULL, NULL, lower, &lower_count))
        return code;
    if (!u32_normalize(UNINORM_NFC, lower, lower_count, whole, &whole_count))
        return code;
    if (whole_count == 1 && whole[0] == 0x3000)
        return ' ';
    return store(whole, whole_count);
}

static void build(void)
{
    for (uint32_t code = 0; code < FOLD_END; code++)
        fold_table[code] = fold_code(code);
    for (unsigned byte = 0; byte < sizeof token_ends; byte++)
        token_ends[byte] = byte <= ' ' || strchr("<>\"|([", (int)byte);
}

void cpr_folded_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    CPR_ASSERT(pthread_once(&once, build) == 0);
}

/* Letters drawn alike, after folding (lower case, no accents). Upper-case look-alikes (В, Н, Р, С, Т) are here by their
 * lower-case forms, since the fold has lowered them. */
uint32_t cpr_folded_look_alike(uint32_t code)
{
    static const struct {
        uint32_t from;
        char to;
    } table[] = {
        {0x3B1, 'a'}, {0x3B2, 'b'}, {0x3B3, 'y'}, {0x3B5, 'e'}, {0x3B6, 'z'}, {0x3B7, 'n'}, {0x3B9, 'i'}, {0x3BA, 'k'},
        {0x3BC, 'm'}, {0x3BD, 'v'}, {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C2, 'c'}, {0x3C3, 'o'}, {0x3C4, 't'}, {0x3C5, 'u'},
        {0x3C7, 'x'}, {0x3C9, 'w'}, {0x3F2, 'c'}, {0x3F3, 'j'}, {0x430, 'a'}, {0x432, 'b'}, {0x433, 'r'}, {0x434, 'g'},
        {0x435, 'e'}, {0x437, '3'}, {0x438, 'u'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43D, 'h'}, {0x43E, 'o'}, {0x43F, 'n'},
        {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'}, {0x44C, 'b'}, {0x455, 's'}, {0x456, 'i'},
        {0x458, 'j'}, {0x461, 'w'}, {0x475, 'v'}, {0x49B, 'k'}, {0x4A3, 'h'}, {0x4AB, 'c'}, {0x4AF, 'y'}, {0x4B1, 'y'},
        {0x4B3, 'x'}, {0x4BB, 'h'}, {0x4CF, 'l'}, {0x4E9, 'o'}, {0x501, 'd'}, {0x511, 'e'}, {0x51B, 'q'}, {0x51D, 'w'},
        {0x561, 'w'}, {0x563, 'q'}, {0x566, 'q'}, {0x570, 'h'}, {0x578, 'n'}, {0x57D, 'u'}, {0x581, 'g'}, {0x584, 'p'},
        {0x585, 'o'},
    };
    if (code < 0x370 || code > 0x58F)
        return code;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].from == code)
            return (uint32_t)table[i].to;
    return code;
}

bool cpr_folded_is_word(uint32_t code)
{
    if (code < 0x80)
        return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
    return code != CPR_FOLDED_HOLE && !(code >= 0x3000 && code <= 0x3020) && !(code >= 0x2000 && code <= 0x206F);
}

bool cpr_folded_is_unspaced(uint32_t code)
{
    return code >= 0x2E80 && code != CPR_FOLDED_HOLE && code < 0x30000;
}

static bool reserve(struct cpr_folded *folded, size_t more)
{
    if (folded->count + more <= folded->size)
        return true;
    size_t size = folded->size ? folded->size * 2 : 1024;
    while (size < folded->count + more)
        size *= 2;
    uint32_t *code = realloc(folded->code, size * sizeof *code);
    if (!code)
        return false;
    folded->code = code;
    uint32_t *origin = realloc(folded->origin, size * sizeof *origin);
    if (!origin)
        return false;
    folded->origin = origin;
    folded->size = size;
    return true;
}

/* Marks that join the letter before them to one that text mostly holds ready-made: the vowels and final consonants of
 * Hangul, the voice marks of kana. Marks of Latin, Greek and Cyrillic letters are dropped, so that they need none. */
static bool is_joining(uint32_t code)
{
    return (code >= 0x1161 && code <= 0x11C2) || code == 0x3099 || code == 0x309A;
}

/* White space is folded here, so that no pattern has to think of two spaces or a line end. Room is there already. */
static void put(struct cpr_folded *folded, uint32_t code, size_t origin)
{
    if (code == 0 || (code == ' ' && folded->count && folded->code[folded->count - 1] == ' '))
        return;
    if (is_joining(code) && folded->count) {
        uint32_t joined = uc_composition(folded->code[folded->count - 1], code);
        if (joined) {
            folded->code[folded->count - 1] = joined;
            return;
        }
    }
    folded->code[folded->count] = code;
    folded->origin[folded->count++] = (uint32_t)origin;
}

static void put_folded(struct cpr_folded *folded, uint32_t code, size_t origin)
{
    uint32_t to = code < FOLD_END ? fold_table[code] : code;
    if (!(to & SEQUENCE)) {
        put(folded, to, origin);
        return;
    }
    const uint32_t *sequence = sequences[to & ~SEQUENCE];
    for (uint32_t i = 1; i <= sequence[0]; i++)
        put(folded, sequence[i], origin);
}

/* What parts tokens is also what the next token may begin after, so that no byte is looked at twice. */
static bool parts_tokens(char c)
{
    return token_ends[(unsigned char)c];
}

static size_t token_length(struct cpr_view rest)
{
    size_t len = 0;
    while (len < rest.len && !parts_tokens(rest.data[len]))
        len++;
    return len;
}

/* A link, an address or data: its letters are not the sender's words. */
static bool is_hole(struct cpr_view token)
{
    if (cpr_view_starts_nocase(token, "http://") || cpr_view_starts_nocase(token, "https://") ||
        cpr_view_starts_nocase(token, "www.") || cpr_view_starts_nocase(token, "mailto:"))
        return true;
    size_t at = cpr_view_find_byte(token, '@', 1);
    if (at != CPR_VIEW_NOT_FOUND && cpr_view_find_byte(token, '.', at) != CPR_VIEW_NOT_FOUND)
        return true;
    if (token.len < DATA_RUN_MIN)
        return false;
    for (size_t i = 0; i < DATA_RUN_MIN; i++)
        if (!cpr_ascii_is_alpha(token.data[i]) && !cpr_ascii_is_digit(token.data[i]) &&
            !strchr("+/=_:-", token.data[i]))
            return false;
    return true;
}

static void add(struct cpr_folded *folded, struct cpr_view text, size_t base, bool is_pattern)
{
    bool at_start = true; /* of a token: only there can a hole begin, which keeps this linear */
    for (size_t i = 0; i < text.len;) {
        /* A folded sequence is at most SEQUENCE_MAX long. */
        if (!reserve(folded, SEQUENCE_MAX))
            return;
        struct cpr_view rest = cpr_view_slice(text, i, text.len);
        if (at_start && !is_pattern) {
            size_t len = token_length(rest);
            if (is_hole(cpr_view_slice(rest, 0, len))) {
                put(folded, CPR_FOLDED_HOLE, base + i);
                i += len;
                at_start = false;
                continue;
            }
        }
        uint32_t code = (unsigned char)text.data[i];
        size_t len = code < 0x80 ? 1 : cpr_utf8_decode(rest, &code);
        if (len == 0) {
            i++;
            continue;
        }
        at_start = code < 0x80 && parts_tokens((char)code);
        if (code < 0x80)
            put(folded, fold_table[code], base + i); /* never a sequence */
        else
            put_folded(folded, code, base + i);
        i += len;
    }
}

void cpr_folded_add(struct cpr_folded *folded, struct cpr_view text, size_t base)
{
    add(folded, text, base, false);
}

void cpr_folded_add_pattern(struct cpr_folded *folded, struct cpr_view pattern)
{
    add(folded, pattern, 0, true);
}

void cpr_folded_free(struct cpr_folded *folded)
{
    free(folded->code);
    free(folded->origin);
    *folded = (struct cpr_folded){0};
}
