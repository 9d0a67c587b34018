#include "cpr/message/charset.h"
#include "cpr/base/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>

/* The iconv ones come last, in the order of iconv_names. */
enum decoder {
    UTF_8,
    WINDOWS_1252,
    LATIN_9,
    UTF_16,
    UTF_16_LE,
    UTF_16_BE,
    ICONV_FIRST,
    ISO_2022_JP = ICONV_FIRST,
    SHIFT_JIS,
    EUC_JP,
    GB18030,
    BIG5,
    EUC_KR,
    KOI8_R,
    KOI8_U,
    ISO_8859_2,
    ISO_8859_3,
    ISO_8859_4,
    ISO_8859_5,
    ISO_8859_6,
    ISO_8859_7,
    ISO_8859_8,
    ISO_8859_9,
    ISO_8859_10,
    ISO_8859_11,
    ISO_8859_13,
    ISO_8859_14,
    ISO_8859_16,
    WINDOWS_1250,
    WINDOWS_1251,
    WINDOWS_1253,
    WINDOWS_1254,
    WINDOWS_1255,
    WINDOWS_1256,
    WINDOWS_1257,
    WINDOWS_1258,
    DECODERS
};

/* Supersets where mail uses the subset's name for them: CP932 for Shift_JIS, UHC for EUC-KR, GB18030 for GB2312. */
static const char *const iconv_names[DECODERS - ICONV_FIRST] = {
    "ISO-2022-JP", "CP932",       "EUC-JP",      "GB18030",     "BIG5",        "UHC",        "KOI8-R",     "KOI8-U",
    "ISO-8859-2",  "ISO-8859-3",  "ISO-8859-4",  "ISO-8859-5",  "ISO-8859-6",  "ISO-8859-7", "ISO-8859-8", "ISO-8859-9",
    "ISO-8859-10", "ISO-8859-11", "ISO-8859-13", "ISO-8859-14", "ISO-8859-16", "CP1250",     "CP1251",     "CP1253",
    "CP1254",      "CP1255",      "CP1256",      "CP1257",      "CP1258",
};

static const struct {
    const char *name;
    enum decoder decoder;
} charsets[] = {
    {"", UTF_8},
    {"utf-8", UTF_8},
    {"utf8", UTF_8},
    {"us-ascii", UTF_8},
    {"ascii", UTF_8},
    {"ansi_x3.4-1968", UTF_8},
    {"unknown-8bit", UTF_8}, /* RFC 1428 */
    {"iso-8859-1", WINDOWS_1252},
    {"iso8859-1", WINDOWS_1252},
    {"iso_8859-1", WINDOWS_1252},
    {"latin1", WINDOWS_1252},
    {"windows-1252", WINDOWS_1252},
    {"cp1252", WINDOWS_1252},
    {"cp-1252", WINDOWS_1252},
    {"iso-8859-15", LATIN_9},
    {"iso8859-15", LATIN_9},
    {"utf-16", UTF_16},
    {"utf-16le", UTF_16_LE},
    {"utf-16be", UTF_16_BE},
    {"iso-2022-jp", ISO_2022_JP},
    {"csiso2022jp", ISO_2022_JP},
    {"shift_jis", SHIFT_JIS},
    {"shift-jis", SHIFT_JIS},
    {"sjis", SHIFT_JIS},
    {"x-sjis", SHIFT_JIS},
    {"cp932", SHIFT_JIS},
    {"windows-31j", SHIFT_JIS},
    {"euc-jp", EUC_JP},
    {"gb18030", GB18030},
    {"gb2312", GB18030},
    {"gbk", GB18030},
    {"cp936", GB18030},
    {"big5", BIG5},
    {"euc-kr", EUC_KR},
    {"ks_c_5601-1987", EUC_KR},
    {"cp949", EUC_KR},
    {"koi8-r", KOI8_R},
    {"koi8-u", KOI8_U},
    {"iso-8859-2", ISO_8859_2},
    {"iso-8859-3", ISO_8859_3},
    {"iso-8859-4", ISO_8859_4},
    {"iso-8859-5", ISO_8859_5},
    {"iso-8859-6", ISO_8859_6},
    {"iso-8859-7", ISO_8859_7},
    {"iso-8859-8", ISO_8859_8},
    {"iso-8859-8-i", ISO_8859_8},
    {"iso-8859-9", ISO_8859_9},
    {"iso-8859-10", ISO_8859_10},
    {"iso-8859-11", ISO_8859_11},
    {"tis-620", ISO_8859_11},
    {"iso-8859-13", ISO_8859_13},
    {"iso-8859-14", ISO_8859_14},
    {"iso-8859-16", ISO_8859_16},
    {"windows-1250", WINDOWS_1250},
    {"cp1250", WINDOWS_1250},
    {"windows-1251", WINDOWS_1251},
    {"cp1251", WINDOWS_1251},
    {"windows-1253", WINDOWS_1253},
    {"windows-1254", WINDOWS_1254},
    {"windows-1255", WINDOWS_1255},
    {"windows-1256", WINDOWS_1256},
    {"windows-1257", WINDOWS_1257},
    {"windows-1258", WINDOWS_1258},
};

static iconv_t converters[DECODERS - ICONV_FIRST];
static once_flag converters_opened = ONCE_FLAG_INIT;

static void open_converters(void)
{
    for (size_t i = 0; i < sizeof converters / sizeof converters[0]; i++)
        converters[i] = iconv_open("UTF-8", iconv_names[i]);
}

void cpr_charset_prepare(void)
{
    call_once(&converters_opened, open_converters);
}

/* 0x80..0x9F of windows-1252; the five holes stay the C1 controls they are in ISO-8859-1. */
static const uint16_t windows_1252_high[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static uint32_t windows_1252_character(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xA0 ? windows_1252_high[byte - 0x80] : byte;
}

static uint32_t latin_9_character(unsigned char byte)
{
    static const uint16_t from_a4[] = {0x20AC, 0xA5, 0x160, 0xA7, 0x161};
    switch (byte) {
    case 0xB4:
        return 0x17D;
    case 0xB8:
        return 0x17E;
    case 0xBC:
        return 0x152;
    case 0xBD:
        return 0x153;
    case 0xBE:
        return 0x178;
    default:
        return byte >= 0xA4 && byte <= 0xA8 ? from_a4[byte - 0xA4] : windows_1252_character(byte);
    }
}

static void add_character(struct cpr_buffer *out, uint32_t code_point)
{
    char utf8[4];
    cpr_buffer_add(out, cpr_view_make(utf8, cpr_utf8_encode(code_point, utf8)));
}

static void decode_bytes(struct cpr_view bytes, uint32_t (*character)(unsigned char), struct cpr_buffer *out)
{
    for (size_t i = 0; i < bytes.len; i++)
        add_character(out, character((unsigned char)bytes.data[i]));
}

static size_t ascii_len(struct cpr_view bytes)
{
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= bytes.len; i += sizeof word) {
        memcpy(&word, bytes.data + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < bytes.len && (unsigned char)bytes.data[i] < 0x80)
        i++;
    return i;
}

/* How many bytes at the start are UTF-8. */
static size_t utf8_len(struct cpr_view bytes)
{
    size_t at = 0;
    while (at < bytes.len) {
        uint32_t code_point;
        at += ascii_len(cpr_view_slice(bytes, at, bytes.len));
        size_t len = at < bytes.len ? cpr_utf8_decode(cpr_view_slice(bytes, at, bytes.len), &code_point) : 0;
        if (len == 0)
            break;
        at += len;
    }
    return at;
}

/* Text that is UTF-8 throughout although it is called something else: letters of other charsets do not fall into its
 * sequences by chance, but for a very short word. */
static bool is_utf8_all_the_same(struct cpr_view bytes)
{
    enum { SEQUENCES_MIN = 2 };
    size_t sequences = 0;
    if (utf8_len(bytes) != bytes.len)
        return false;
    for (size_t i = 0; i < bytes.len && sequences < SEQUENCES_MIN; i++)
        sequences += (unsigned char)bytes.data[i] >= 0xC0;
    return sequences >= SEQUENCES_MIN;
}

static void decode_utf8(struct cpr_view bytes, struct cpr_buffer *out)
{
    while (bytes.len) {
        size_t good = utf8_len(bytes);
        cpr_buffer_add(out, cpr_view_slice(bytes, 0, good));
        if (good < bytes.len)
            add_character(out, windows_1252_character((unsigned char)bytes.data[good++]));
        bytes = cpr_view_slice(bytes, good, bytes.len);
    }
}

/* Without a byte order mark: ASCII text in UTF-16 has its zeros on one side. */
static bool is_little_endian(struct cpr_view bytes)
{
    if (bytes.len >= 2 && memcmp(bytes.data, "\xFF\xFE", 2) == 0)
        return true;
    if (bytes.len >= 2 && memcmp(bytes.data, "\xFE\xFF", 2) == 0)
        return false;
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < bytes.len && i < 512; i++)
        zeros[i & 1] += bytes.data[i] == 0;
    return zeros[1] > zeros[0];
}

static void decode_utf16(struct cpr_view bytes, bool little, struct cpr_buffer *out)
{
    uint32_t high = 0;
    for (size_t i = 0; i + 1 < bytes.len; i += 2) {
        uint32_t first = (unsigned char)bytes.data[i], second = (unsigned char)bytes.data[i + 1];
        uint32_t unit = little ? second << 8 | first : first << 8 | second;
        if (high && unit >= 0xDC00 && unit < 0xE000) {
            add_character(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
            high = 0;
            continue;
        }
        if (high)
            add_character(out, high);
        high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
        if (!high)
            add_character(out, unit);
    }
    if (high)
        add_character(out, high);
}

static void decode_iconv(struct cpr_view bytes, iconv_t converter, struct cpr_buffer *out)
{
    char *from = (char *)(uintptr_t)bytes.data; /* iconv's prototype lacks the const it honours */
    size_t left = bytes.len;
    char piece[4096];
    iconv(converter, NULL, NULL, NULL, NULL);
    while (left) {
        char *to = piece;
        size_t room = sizeof piece;
        size_t done = iconv(converter, &from, &left, &to, &room);
        int err = errno;
        cpr_buffer_add(out, cpr_view_make(piece, sizeof piece - room));
        if (done != (size_t)-1 || err == E2BIG)
            continue;
        add_character(out, 0xFFFD);
        if (left) {
            from++;
            left--;
        }
    }
    char *to = piece; /* windows-1258 holds a letter back until it knows that no accent follows */
    size_t room = sizeof piece;
    iconv(converter, NULL, NULL, &to, &room);
    cpr_buffer_add(out, cpr_view_make(piece, sizeof piece - room));
}

static bool has_japanese_escape(struct cpr_view bytes)
{
    return cpr_view_find(bytes, "\x1B$B", 0) != CPR_VIEW_NOT_FOUND ||
           cpr_view_find(bytes, "\x1B$@", 0) != CPR_VIEW_NOT_FOUND;
}

static enum decoder find_decoder(struct cpr_view charset)
{
    size_t len = 0; /* what follows the name, a comment or a stray quote, is no part of it */
    charset = cpr_view_trim(charset);
    while (len < charset.len && (cpr_ascii_is_alpha(charset.data[len]) || cpr_ascii_is_digit(charset.data[len]) ||
                                 memchr("-_.:", charset.data[len], 4)))
        len++;
    charset = len ? cpr_view_slice(charset, 0, len) : charset;
    for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++)
        if (cpr_view_equal_nocase(charset, cpr_view_of(charsets[i].name)))
            return charsets[i].decoder;
    return DECODERS;
}

bool cpr_charset_decode(struct cpr_view charset, struct cpr_view bytes, struct cpr_buffer *work,
                        struct cpr_view *utf8_out)
{
    enum { LABEL_CHECKED_MIN = 8 };
    cpr_charset_prepare();
    enum decoder decoder = find_decoder(charset);
    if (decoder == UTF_8 && utf8_len(bytes) == bytes.len) {
        if (!memchr(bytes.data ? bytes.data : "", 0x1B, bytes.len) || !has_japanese_escape(bytes)) {
            *utf8_out = bytes;
            return true;
        }
        decoder = ISO_2022_JP;
    }
    bool known = decoder != DECODERS;
    bool holds_bytes = decoder != UTF_16 && decoder != UTF_16_LE && decoder != UTF_16_BE;
    if (known && holds_bytes && is_utf8_all_the_same(bytes)) {
        *utf8_out = bytes;
        return true;
    }
    if (!holds_bytes && bytes.len >= LABEL_CHECKED_MIN && !memchr(bytes.data, 0, bytes.len) &&
        utf8_len(bytes) == bytes.len) { /* called UTF-16, and every byte says otherwise */
        *utf8_out = bytes;
        return true;
    }
    if (decoder >= ICONV_FIRST && known && converters[decoder - ICONV_FIRST] == (iconv_t)-1)
        known = false;
    cpr_buffer_clear(work);
    if (decoder == WINDOWS_1252)
        decode_bytes(bytes, windows_1252_character, work);
    else if (!known || decoder == UTF_8)
        decode_utf8(bytes, work);
    else if (decoder == LATIN_9)
        decode_bytes(bytes, latin_9_character, work);
    else if (decoder == UTF_16)
        decode_utf16(bytes, is_little_endian(bytes), work);
    else if (decoder == UTF_16_LE || decoder == UTF_16_BE)
        decode_utf16(bytes, decoder == UTF_16_LE, work);
    else
        decode_iconv(bytes, converters[decoder - ICONV_FIRST], work);
    *utf8_out = cpr_buffer_view(work);
    return known;
}

void cpr_charset_of_code_page(unsigned page, char out[24])
{
    static const struct {
        unsigned page;
        const char *name;
    } names[] = {
        {0, ""},           {65001, "utf-8"},  {1200, "utf-16le"}, {20127, "us-ascii"},    {932, "shift_jis"},
        {936, "gbk"},      {949, "euc-kr"},   {950, "big5"},      {874, "tis-620"},       {20866, "koi8-r"},
        {21866, "koi8-u"}, {51932, "euc-jp"}, {51949, "euc-kr"},  {50220, "iso-2022-jp"}, {54936, "gb18030"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].page == page) {
            memcpy(out, names[i].name, strlen(names[i].name) + 1);
            return;
        }
    if (page > 28590 && page <= 28606)
        snprintf(out, 24, "iso-8859-%u", page - 28590);
    else
        snprintf(out, 24, page >= 1250 && page <= 1258 ? "windows-%u" : "cp%u", page);
}

bool cpr_charset_looks_like_text(struct cpr_view bytes)
{
    size_t bad = 0, at = 0;
    while (at < bytes.len && bad <= bytes.len / 10) {
        uint32_t code_point = 0;
        size_t len = cpr_utf8_decode(cpr_view_slice(bytes, at, bytes.len), &code_point);
        if (len == 1 && code_point == 0)
            return false;
        bool is_printable = code_point >= 0x20 || cpr_ascii_is_space((char)code_point);
        if (len == 0 || (len == 1 && (!is_printable || code_point == 0x7F)))
            bad++;
        at += len ? len : 1;
    }
    return bytes.len > 0 && bad <= bytes.len / 10;
}

bool cpr_charset_looks_like_utf16(struct cpr_view bytes)
{
    enum { SAMPLE_BYTES = 512, SAMPLE_MIN = 16 };
    size_t zeros[2] = {0, 0}, len = bytes.len < SAMPLE_BYTES ? bytes.len : SAMPLE_BYTES;
    for (size_t i = 0; i < len; i++)
        zeros[i & 1] += bytes.data[i] == 0;
    bool has_mark = len >= 4 && (memcmp(bytes.data, "\xFF\xFE", 2) == 0 || memcmp(bytes.data, "\xFE\xFF", 2) == 0);
    bool is_pure = zeros[0] == 0 || zeros[1] == 0;
    return is_pure && (has_mark || (len >= SAMPLE_MIN && zeros[0] + zeros[1] >= len * 3 / 8));
}
