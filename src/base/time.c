#include "cpr/base/time.h"
#include "cpr/base/assert.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Days from civil date and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain); exact for
 * the proleptic Gregorian calendar. */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, int *year_out, int *month_out, int *day_out)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    *day_out = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    *month_out = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    *year_out = (int)(year_of_era + era * 400 + (*month_out <= 2));
}

int64_t cpr_time_from_civil(int year, int month, int day, int hour, int minute, int second)
{
    return days_from_civil(year, month, day) * CPR_DAY_MS + hour * CPR_HOUR_MS + minute * CPR_MINUTE_MS +
           second * CPR_SECOND_MS;
}

bool cpr_time_is_plausible(int64_t utc_ms)
{
    return utc_ms >= cpr_time_from_civil(1990, 1, 1, 0, 0, 0) && utc_ms < cpr_time_from_civil(2200, 1, 1, 0, 0, 0);
}

/* What RFC 3339 can write: years of four digits. */
static bool is_writable(int64_t utc_ms)
{
    return utc_ms >= cpr_time_from_civil(1, 1, 1, 0, 0, 0) && utc_ms < cpr_time_from_civil(10000, 1, 1, 0, 0, 0);
}

int64_t cpr_time_day_start(int64_t utc_ms)
{
    int64_t into_day = utc_ms % CPR_DAY_MS;
    return utc_ms - (into_day < 0 ? into_day + CPR_DAY_MS : into_day);
}

struct civil {
    int year, month, day, hour, minute, second;
};

static struct civil civil_of(int64_t utc_ms)
{
    struct civil civil;
    int64_t day_start = cpr_time_day_start(utc_ms);
    int seconds = (int)((utc_ms - day_start) / CPR_SECOND_MS);
    civil_from_days(day_start / CPR_DAY_MS, &civil.year, &civil.month, &civil.day);
    civil.hour = seconds / 3600;
    civil.minute = seconds / 60 % 60;
    civil.second = seconds % 60;
    return civil;
}

const char *cpr_time_format(int64_t utc_ms, char out[CPR_TIME_TEXT_SIZE])
{
    if (!is_writable(utc_ms))
        return snprintf(out, CPR_TIME_TEXT_SIZE, "-"), out;
    struct civil t = civil_of(utc_ms);
    snprintf(out, CPR_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.year, t.month, t.day, t.hour, t.minute,
             t.second);
    return out;
}

const char *cpr_time_format_minute(int64_t utc_ms, char out[CPR_TIME_TEXT_SIZE])
{
    if (!is_writable(utc_ms))
        return cpr_time_format(CPR_TIME_NONE, out);
    struct civil t = civil_of(utc_ms);
    snprintf(out, CPR_TIME_TEXT_SIZE, "%04d-%02d-%02d %02d:%02d UTC", t.year, t.month, t.day, t.hour, t.minute);
    return out;
}

const char *cpr_time_format_day(int64_t utc_ms, char out[CPR_TIME_TEXT_SIZE])
{
    if (!is_writable(utc_ms))
        return cpr_time_format(CPR_TIME_NONE, out);
    struct civil t = civil_of(utc_ms);
    snprintf(out, CPR_TIME_TEXT_SIZE, "%04d-%02d-%02d", t.year, t.month, t.day);
    return out;
}

/* Reads `digits` decimal digits at *rest; false when there are fewer. */
static bool take_number(struct cpr_view *rest, size_t digits, int *out)
{
    int value = 0;
    if (rest->len < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        if (!cpr_ascii_is_digit(rest->data[i]))
            return false;
        value = value * 10 + (rest->data[i] - '0');
    }
    *rest = cpr_view_slice(*rest, digits, rest->len);
    *out = value;
    return true;
}

static bool take_byte(struct cpr_view *rest, char byte)
{
    if (rest->len == 0 || rest->data[0] != byte)
        return false;
    *rest = cpr_view_slice(*rest, 1, rest->len);
    return true;
}

static bool is_date(int year, int month, int day)
{
    static const int lengths[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= lengths[month] + (month == 2 && leap);
}

static bool take_date(struct cpr_view *rest, struct civil *t)
{
    return take_number(rest, 4, &t->year) && take_byte(rest, '-') && take_number(rest, 2, &t->month) &&
           take_byte(rest, '-') && take_number(rest, 2, &t->day) && is_date(t->year, t->month, t->day);
}

bool cpr_time_parse_day(struct cpr_view text, int64_t *utc_ms_out)
{
    struct civil t = {0};
    if (!take_date(&text, &t) || text.len)
        return false;
    *utc_ms_out = cpr_time_from_civil(t.year, t.month, t.day, 0, 0, 0);
    return true;
}

bool cpr_time_parse_rfc3339(struct cpr_view text, int64_t *utc_ms_out)
{
    struct civil t = {0};
    int offset_hour = 0, offset_minute = 0, fraction_ms = 0, digit, scale = 100;
    if (!take_date(&text, &t) || !(take_byte(&text, 'T') || take_byte(&text, 't') || take_byte(&text, ' ')) ||
        !take_number(&text, 2, &t.hour) || !take_byte(&text, ':') || !take_number(&text, 2, &t.minute))
        return false;
    if (take_byte(&text, ':') && !take_number(&text, 2, &t.second))
        return false;
    if (take_byte(&text, '.'))
        for (; take_number(&text, 1, &digit); scale /= 10)
            fraction_ms += digit * scale;
    int sign = take_byte(&text, '+') ? -1 : take_byte(&text, '-') ? 1 : 0;
    if (sign ? !take_number(&text, 2, &offset_hour) || !take_byte(&text, ':') || !take_number(&text, 2, &offset_minute)
             : !(take_byte(&text, 'Z') || take_byte(&text, 'z')))
        return false;
    if (text.len || t.hour > 23 || t.minute > 59 || t.second > 60 || offset_hour > 23 || offset_minute > 59)
        return false;
    *utc_ms_out = cpr_time_from_civil(t.year, t.month, t.day, t.hour, t.minute, t.second) + fraction_ms +
                  sign * (offset_hour * CPR_HOUR_MS + offset_minute * CPR_MINUTE_MS);
    return true;
}

/* White space and (nested) comments, RFC 5322 section 3.2.2. */
static void skip_comments(struct cpr_view *rest)
{
    int depth = 0;
    while (rest->len) {
        char c = rest->data[0];
        if (c == '(')
            depth++;
        else if (c == ')' && depth > 0)
            depth--;
        else if (depth == 0 && !cpr_ascii_is_space(c))
            return;
        *rest = cpr_view_slice(*rest, 1, rest->len);
    }
}

static struct cpr_view take_word(struct cpr_view *rest)
{
    size_t len = 0;
    skip_comments(rest);
    while (len < rest->len && cpr_ascii_is_alpha(rest->data[len]))
        len++;
    struct cpr_view word = cpr_view_slice(*rest, 0, len);
    *rest = cpr_view_slice(*rest, len, rest->len);
    return word;
}

/* One to four digits; how many there were matters for years. */
static size_t take_digits(struct cpr_view *rest, int *out)
{
    size_t digits = 0;
    skip_comments(rest);
    while (digits < 4 && digits < rest->len && cpr_ascii_is_digit(rest->data[digits]))
        digits++;
    return digits && take_number(rest, digits, out) ? digits : 0;
}

static int month_of(struct cpr_view word)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    for (int i = 0; i < 12; i++)
        if (word.len >= 3 && cpr_view_starts_nocase(word, names[i]))
            return i + 1;
    return 0;
}

static bool take_zone(struct cpr_view *rest, int64_t *offset_ms_out)
{
    /* RFC 5322 section 4.3 */
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"Z", 0},    {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    int hour, minute;
    skip_comments(rest);
    bool minus = rest->len && rest->data[0] == '-';
    if (take_byte(rest, '+') || take_byte(rest, '-')) {
        if (!take_number(rest, 2, &hour) || !take_number(rest, 2, &minute) || hour > 14 || minute > 59)
            return false;
        *offset_ms_out = (minus ? -1 : 1) * (hour * CPR_HOUR_MS + minute * CPR_MINUTE_MS);
        return true;
    }
    struct cpr_view word = take_word(rest);
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (cpr_view_equal_nocase(word, cpr_view_of(zones[i].name))) {
            *offset_ms_out = zones[i].hours * CPR_HOUR_MS;
            return true;
        }
    return false;
}

bool cpr_time_parse_rfc5322_zone(struct cpr_view text, int64_t *utc_ms_out, int64_t *offset_ms_out)
{
    struct civil t = {0};
    int64_t offset_ms;
    skip_comments(&text);
    if (text.len && cpr_ascii_is_alpha(text.data[0])) {
        (void)take_word(&text);
        skip_comments(&text);
        (void)take_byte(&text, ',');
    }
    if (!take_digits(&text, &t.day) || !(t.month = month_of(take_word(&text))))
        return false;
    size_t year_digits = take_digits(&text, &t.year);
    if (year_digits == 2 || year_digits == 3)
        t.year += year_digits == 2 && t.year < 50 ? 2000 : 1900; /* RFC 5322 section 4.3 */
    if (!year_digits || !is_date(t.year, t.month, t.day) || !take_digits(&text, &t.hour))
        return false;
    skip_comments(&text);
    if (!take_byte(&text, ':') || !take_digits(&text, &t.minute))
        return false;
    skip_comments(&text);
    if (take_byte(&text, ':') && !take_digits(&text, &t.second))
        return false;
    if (t.hour > 23 || t.minute > 59 || t.second > 60 || !take_zone(&text, &offset_ms))
        return false;
    *utc_ms_out = cpr_time_from_civil(t.year, t.month, t.day, t.hour, t.minute, t.second) - offset_ms;
    *offset_ms_out = offset_ms;
    return true;
}

bool cpr_time_parse_rfc5322(struct cpr_view text, int64_t *utc_ms_out)
{
    int64_t unused;
    return cpr_time_parse_rfc5322_zone(text, utc_ms_out, &unused);
}

static const struct {
    char unit;
    int64_t ms;
} units[] = {{'d', CPR_DAY_MS}, {'h', CPR_HOUR_MS}, {'m', CPR_MINUTE_MS}, {'s', CPR_SECOND_MS}};

bool cpr_duration_parse(struct cpr_view text, int64_t *duration_ms_out)
{
    int64_t value = 0;
    size_t digits = 0;
    for (; digits < text.len && cpr_ascii_is_digit(text.data[digits]); digits++)
        if (digits < 9)
            value = value * 10 + (text.data[digits] - '0');
    if (digits == 0 || digits > 9)
        return false;
    if (digits == text.len && value == 0) {
        *duration_ms_out = 0;
        return true;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text.len == digits + 1 && text.data[digits] == units[i].unit) {
            *duration_ms_out = value * units[i].ms;
            return true;
        }
    return false;
}

const char *cpr_duration_format(int64_t duration_ms, char out[CPR_TIME_TEXT_SIZE])
{
    int64_t seconds = (duration_ms < 0 ? -duration_ms : duration_ms) / CPR_SECOND_MS;
    int64_t minutes = seconds / 60, hours = minutes / 60;
    if (hours >= 48)
        snprintf(out, CPR_TIME_TEXT_SIZE, "%" PRId64 " d %02d h", hours / 24, (int)(hours % 24));
    else if (hours >= 1)
        snprintf(out, CPR_TIME_TEXT_SIZE, "%d h %02d min", (int)hours, (int)(minutes % 60));
    else if (minutes >= 1)
        snprintf(out, CPR_TIME_TEXT_SIZE, "%d min", (int)minutes);
    else
        snprintf(out, CPR_TIME_TEXT_SIZE, "%d s", (int)seconds);
    return out;
}

const char *cpr_duration_format_exact(int64_t duration_ms, char out[CPR_TIME_TEXT_SIZE])
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (units[i].unit != 'd' && duration_ms % units[i].ms == 0) {
            snprintf(out, CPR_TIME_TEXT_SIZE, "%" PRId64 "%c", duration_ms / units[i].ms, units[i].unit);
            return out;
        }
    snprintf(out, CPR_TIME_TEXT_SIZE, "%" PRId64 "ms", duration_ms);
    return out;
}
