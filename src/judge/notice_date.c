#include "cpr/judge/notice_date.h"
#include "cpr/base/text.h"
#include "cpr/judge/folded.h"
#include "notice_words.h"

#include <limits.h>
#include <stdio.h>

/* A date is short; what follows is of another cell. */
enum { DATE_MAX_BYTES = 160, CANDIDATES_MAX = 6 };

/* A guessed zone is wrong by at most 26 hours (UTC-12 to UTC+14). */
#define ZONE_DOUBT_MS (26 * CPR_HOUR_MS)

/* Filters purge once a day, and not to the minute. */
#define KEPT_SLACK_MS (2 * CPR_DAY_MS)

struct date {
    struct cpr_view text;
    size_t at;
    int year, month, day;
    int first, second; /* of d/m or m/d; 0: none */
    int hour, minute, second_of_minute;
    int half; /* 1: a.m., 2: p.m. */
    bool has_time, has_offset, may_be_weekday, takes_hours;
    int64_t offset_ms;
    unsigned strangers; /* words and numbers that belong to no date */
};

/* ---- words ------------------------------------------------------------------------------------------------------- */

static const char *const months[12] = {
    "january|januar|janvier|enero|gennaio|januari|stycznia|styczen|janeiro",
    "february|februar|fevrier|febrero|febbraio|februari|lutego|luty|fevereiro",
    "march|marz|maerz|mars|marzo|maart|mrt|marca|marzec|marco",
    "april|avril|abril|aprile|kwietnia|kwiecien",
    "may|mai|mayo|maggio|mei|maja|maj|maio",
    "june|juni|juin|junio|giugno|czerwca|czerwiec|junho",
    "july|juli|juillet|julio|luglio|lipca|lipiec|julho",
    "august|aout|agosto|augustus|sierpnia|sierpien",
    "september|septembre|septiembre|settembre|wrzesnia|wrzesien|setembro",
    "october|oktober|octobre|octubre|ottobre|pazdziernika|pazdziernik|outubro",
    "november|novembre|noviembre|listopada|listopad|novembro",
    "december|dezember|decembre|diciembre|dicembre|grudnia|grudzien|dezembro",
};

static const char weekdays[] =
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    "sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|"
    "sabado|"
    "domingo|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|"
    "zaterdag|zondag|poniedzialek|wtorek|sroda|czwartek|piatek|sobota|niedziela|segunda|terca|quarta|quinta|sexta|"
    "feira|mo|di|mi|do|fr|sa|so|ma|wo|vr|za|zo|pn|wt|sr|cz|pt|nd|月|火|水|木|金|土|日|月曜日|火曜日|水曜日|木曜日|"
    "金曜日|土曜日|日曜日";

static const char fillers[] = "of|de|del|di|at|um|le|a|den|dem|vom|am|on|uhr|dnia|o|ore|kl|om|alle|las|the|t|h|th|st|"
                              "nd|rd|er|em|as|il|godz|r|date|ago|à";

/* RFC 5322 section 4.3, and the names that European and Japanese servers write. */
static const struct {
    const char *name;
    int minutes;
} zones[] = {{"utc", 0},    {"gmt", 0},    {"ut", 0},     {"z", 0},      {"est", -300}, {"edt", -240}, {"cst", -360},
             {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"cet", 60},   {"cest", 120},
             {"mez", 60},   {"mesz", 120}, {"wet", 0},    {"west", 60},  {"eet", 120},  {"eest", 180}, {"jst", 540}};

static int month_of(const char *word)
{
    for (int i = 0; i < 12; i++)
        if (cpr_notice_word_begins(months[i], word, 3))
            return i + 1;
    return 0;
}

static bool take_zone(struct date *date, const char *word)
{
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (date->has_time && strcmp(zones[i].name, word) == 0) {
            date->has_offset = true;
            date->takes_hours = zones[i].minutes == 0;
            date->offset_ms = zones[i].minutes * CPR_MINUTE_MS;
            return true;
        }
    return false;
}

static bool is_half(struct date *date, const char *word)
{
    struct cpr_view rest = cpr_view_slice(date->text, date->at, 3);
    bool is_spaced = cpr_view_starts_nocase(rest, ". m");
    bool is_dotted = word[0] && !word[1] && (is_spaced || cpr_view_starts_nocase(rest, ".m"));
    int half = strcmp(word, "am") == 0 || strcmp(word, "午前") == 0   ? 1
               : strcmp(word, "pm") == 0 || strcmp(word, "午後") == 0 ? 2
               : is_dotted && word[0] == 'a'                          ? 1
               : is_dotted && word[0] == 'p'                          ? 2
                                                                      : 0;
    if (half && is_dotted)
        date->at += is_spaced ? 3 : 2;
    date->half = half ? half : date->half;
    return half != 0;
}

static void read_word(struct date *date)
{
    char word[CPR_NOTICE_WORD_SIZE] = "";
    size_t from = date->at;
    while (date->at < date->text.len &&
           (cpr_ascii_is_alpha(date->text.data[date->at]) || (unsigned char)date->text.data[date->at] >= 0x80))
        date->at++;
    cpr_notice_word_fold(cpr_view_slice(date->text, from, date->at - from), word);
    /* "am 20." is German, "9:05 am" a clock. */
    bool is_clock = (date->has_time || (unsigned char)word[0] >= 0x80 || word[1] == 0) && is_half(date, word);
    if (is_clock || take_zone(date, word))
        return;
    int month = month_of(word);
    if (month && (date->month == 0 || date->may_be_weekday)) {
        date->may_be_weekday = strcmp(word, "mar") == 0; /* "mar." is Tuesday in French, Spanish and Italian, too */
        date->month = month;
    } else if (!cpr_notice_word_begins(weekdays, word, 2) && !cpr_notice_word_is(fillers, word) && word[0]) {
        date->strangers++;
    }
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static char byte_at(const struct date *date, size_t at)
{
    return at < date->text.len ? date->text.data[at] : 0;
}

/* Digits at *at: how many, and their value. */
static size_t take_digits(const struct date *date, size_t *at, int *value_out)
{
    size_t from = *at;
    *value_out = 0;
    while (cpr_ascii_is_digit(byte_at(date, *at)) && *at - from < 9)
        *value_out = *value_out * 10 + (date->text.data[(*at)++] - '0');
    return *at - from;
}

static bool take_text(const struct date *date, size_t *at, const char *text)
{
    size_t len = strlen(text);
    if (!cpr_view_equal(cpr_view_slice(date->text, *at, len), cpr_view_of(text)))
        return false;
    *at += len;
    return true;
}

/* "14:05", "2:05:33.000", "14h05", "14時05分33秒", and "14.05" once the day is known. */
static bool read_time(struct date *date, int hour, size_t at)
{
    int minute = 0, second = 0;
    bool knows_day = date->day || date->first;
    bool is_japanese = take_text(date, &at, "時");
    if (!is_japanese && !take_text(date, &at, ":") && !take_text(date, &at, "h") &&
        !(knows_day && take_text(date, &at, ".")))
        return false;
    size_t digits = take_digits(date, &at, &minute);
    if (date->has_time || hour > 23 || minute > 59 || (digits != 2 && !is_japanese))
        return false;
    (void)take_text(date, &at, "分");
    size_t more = at;
    if ((take_text(date, &more, ":") || take_text(date, &more, ".") || is_japanese) &&
        take_digits(date, &more, &second)) {
        at = more;
        (void)take_text(date, &at, "秒");
        if (byte_at(date, at) == '.' && cpr_ascii_is_digit(byte_at(date, at + 1))) {
            int unused;
            at++;
            take_digits(date, &at, &unused);
        }
    }
    date->has_time = true;
    date->hour = hour;
    date->minute = minute;
    date->second_of_minute = second > 59 ? 59 : second;
    date->at = at;
    return true;
}

/* "2026-11-20", "20.11.2026", "11/20/26": numbers with the same sign between them; a year may be missing behind d/m. */
static bool read_numbers(struct date *date, int first, size_t first_digits, size_t at)
{
    int second, third = 0;
    char sign = byte_at(date, at++);
    if ((sign != '-' && sign != '/' && sign != '.') || date->day || date->first)
        return false;
    size_t second_digits = take_digits(date, &at, &second), third_digits = 0;
    size_t more = at + 1;
    if (byte_at(date, at) == sign && (third_digits = take_digits(date, &more, &third)) > 0)
        at = more;
    if (second_digits == 0 || second_digits > 2 || (third_digits == 0 && (sign == '-' || first_digits > 2)))
        return false;
    bool is_year_first = first_digits == 4 && third_digits && third_digits <= 2;
    if (!is_year_first && (first_digits > 2 || third_digits == 1 || third_digits == 3 || third_digits > 4))
        return false;
    if (is_year_first || sign == '.') {
        date->day = is_year_first ? third : first;
        date->month = second;
    } else {
        date->first = first;
        date->second = second;
    }
    if (is_year_first || third_digits)
        date->year = is_year_first ? first : third_digits == 2 ? 2000 + third : third;
    date->at = at;
    return true;
}

static void read_number(struct date *date)
{
    int value;
    size_t at = date->at, digits = take_digits(date, &at, &value);
    if ((digits <= 2 && read_time(date, value, at)) || read_numbers(date, value, digits, at))
        return;
    date->at = at;
    if (take_text(date, &date->at, "年"))
        date->year = value;
    else if (take_text(date, &date->at, "月"))
        date->month = value;
    else if (take_text(date, &date->at, "日"))
        date->day = value;
    else if (digits == 4 && !date->year && value >= 1990 && value < 2200)
        date->year = value;
    else if (digits <= 2 && !date->day && !date->first && value >= 1 && value <= 31)
        date->day = value;
    else if (digits == 2 && !date->year && date->month)
        date->year = 2000 + value;
    else
        date->strangers++;
}

/* "+0100", "-05:00", "GMT+1". */
static bool read_offset(struct date *date)
{
    int hours = 0, minutes = 0;
    size_t at = date->at;
    bool is_west = byte_at(date, at++) == '-';
    size_t digits = take_digits(date, &at, &hours);
    if (!date->has_time && !is_west && digits) { /* of a day alone: no time of day */
        if (take_text(date, &at, ":"))
            take_digits(date, &at, &minutes);
        date->at = at;
        return true;
    }
    if (!date->has_time || (date->has_offset && !date->takes_hours))
        return false;
    if (digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (digits == 2 || (digits == 1 && date->takes_hours)) {
        if (take_text(date, &at, ":"))
            take_digits(date, &at, &minutes);
    } else {
        return false;
    }
    if (hours > 14 || minutes > 59)
        return false;
    date->offset_ms = (is_west ? -1 : 1) * (hours * CPR_HOUR_MS + minutes * CPR_MINUTE_MS);
    date->has_offset = true;
    date->takes_hours = false;
    date->at = at;
    return true;
}

/* Ends at once when more than so many words and numbers belong to no date. */
static struct date read_date(struct cpr_view text, unsigned strangers_max)
{
    struct date date = {.text = cpr_view_slice(cpr_view_trim(text), 0, DATE_MAX_BYTES)};
    while (date.at < date.text.len && date.strangers <= strangers_max) {
        char c = date.text.data[date.at];
        if (cpr_ascii_is_digit(c))
            read_number(&date);
        else if (cpr_ascii_is_alpha(c) || (unsigned char)c >= 0x80)
            read_word(&date);
        else if ((c != '+' && c != '-') || !read_offset(&date))
            date.at++;
    }
    return date;
}

static bool has_digit(struct cpr_view text)
{
    for (size_t i = 0; i < text.len; i++)
        if (cpr_ascii_is_digit(text.data[i]))
            return true;
    return false;
}

bool cpr_notice_date_is_whole(struct cpr_view text)
{
    if (text.len > DATE_MAX_BYTES || !has_digit(text))
        return false;
    struct date date = read_date(text, 0);
    bool has_day = date.first || (date.day && date.month);
    return has_day && (date.year || date.has_time) && date.strangers == 0;
}

/* ---- instants ---------------------------------------------------------------------------------------------------- */

static void add_instant(const struct date *date, int year, int month, int day, const struct cpr_notice_clock *clock,
                        int64_t *out, size_t *count)
{
    if (*count == CANDIDATES_MAX || month < 1 || month > 12 || day < 1 || day > 31 || year < 1990 || year > 2199)
        return;
    int hour = date->half && date->hour <= 12 ? date->hour % 12 + (date->half == 2 ? 12 : 0) : date->hour;
    int64_t local = cpr_time_from_civil(year, month, day, hour, date->minute, date->second_of_minute);
    out[(*count)++] = local - (date->has_offset ? date->offset_ms : clock->offset_ms);
}

static int year_of(int64_t utc_ms)
{
    char text[CPR_TIME_TEXT_SIZE];
    int year = 0;
    return sscanf(cpr_time_format_day(utc_ms, text), "%d", &year) == 1 ? year : 0;
}

/* Every way to read the date; without a year, the notice's and its neighbours. */
static size_t find_instants(struct cpr_view text, const struct cpr_notice_clock *clock, int64_t out[CANDIDATES_MAX])
{
    struct date date = read_date(text, UINT_MAX);
    int year = date.year, last = date.year;
    size_t count = 0;
    if (!year && date.has_time && clock->notice_ms != CPR_TIME_NONE) {
        year = year_of(clock->notice_ms) - 1;
        last = year + 2;
    }
    for (; year && year <= last; year++) {
        if (!date.first) {
            add_instant(&date, year, date.month, date.day, clock, out, &count);
            continue;
        }
        add_instant(&date, year, date.second, date.first, clock, out, &count);
        if (date.first != date.second)
            add_instant(&date, year, date.first, date.second, clock, out, &count);
    }
    return count;
}

/* Whether the notice can be about a message that was held then. */
static bool can_be_held(int64_t utc_ms, const struct cpr_notice_clock *clock)
{
    if (clock->notice_ms == CPR_TIME_NONE)
        return true;
    int64_t kept_ms = clock->kept_ms ? clock->kept_ms + KEPT_SLACK_MS : 365 * CPR_DAY_MS;
    return utc_ms <= clock->notice_ms && utc_ms >= clock->notice_ms - kept_ms;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a == CPR_TIME_NONE || b < a ? b : a;
}

int64_t cpr_notice_date_held(struct cpr_view text, const struct cpr_notice_clock *clock)
{
    int64_t instants[CANDIDATES_MAX], held = CPR_TIME_NONE, old = CPR_TIME_NONE;
    bool is_soon = false;
    size_t count = find_instants(text, clock, instants);
    for (size_t i = 0; i < count; i++) {
        if (can_be_held(instants[i], clock))
            held = earlier(held, instants[i]);
        else if (instants[i] > clock->notice_ms)
            is_soon |= instants[i] <= clock->notice_ms + ZONE_DOUBT_MS;
        else
            old = instants[i] > old ? instants[i] : old;
    }
    if (held != CPR_TIME_NONE)
        return held;
    return is_soon ? clock->notice_ms : old;
}

/* "in 14 days", "48 Stunden". */
static int64_t read_span(struct cpr_view text)
{
    static const char days[] = "days|tage|tagen|jours|dias|giorni|giorno|dagen|dni|dzien|日間|日以内|日後|日";
    static const char hours[] = "hours|stunden|heures|horas|uur|uren|godziny|godzin|時間";
    char word[CPR_NOTICE_WORD_SIZE];
    struct date scan = {.text = cpr_view_slice(cpr_view_trim(text), 0, DATE_MAX_BYTES)};
    int value = 0;
    while (scan.at < scan.text.len && !cpr_ascii_is_digit(scan.text.data[scan.at]))
        scan.at++;
    size_t digits = take_digits(&scan, &scan.at, &value);
    struct cpr_view rest = cpr_view_trim(cpr_view_slice(scan.text, scan.at, scan.text.len));
    size_t len = 0;
    while (len < rest.len && !cpr_ascii_is_space(rest.data[len]) && !strchr(".,;)", rest.data[len]))
        len++;
    cpr_notice_word_fold(cpr_view_slice(rest, 0, len), word);
    if (digits == 0 || digits > 3)
        return 0;
    return cpr_notice_word_begins(days, word, 3)    ? value * CPR_DAY_MS
           : cpr_notice_word_begins(hours, word, 3) ? value * CPR_HOUR_MS
                                                    : 0;
}

int64_t cpr_notice_date_expires(struct cpr_view text, const struct cpr_notice_clock *clock, int64_t held_ms)
{
    int64_t instants[CANDIDATES_MAX], expires = CPR_TIME_NONE, after = held_ms;
    size_t count = find_instants(text, clock, instants);
    if (held_ms == CPR_TIME_NONE && clock->notice_ms != CPR_TIME_NONE)
        after = clock->notice_ms - CPR_DAY_MS;
    for (size_t i = 0; i < count; i++)
        if (instants[i] > after)
            expires = earlier(expires, instants[i]);
    int64_t span = count || clock->notice_ms == CPR_TIME_NONE ? 0 : read_span(text);
    return span ? clock->notice_ms + span : expires;
}
