/* Instants and durations as numbers. Pure: the present is always an argument (see port/clock.h for who asks).
 *
 * utc_ms: milliseconds since 1970-01-01T00:00:00Z, wall clock, leap seconds ignored (POSIX). For deadlines and records.
 * monotonic_ms: milliseconds of CLOCK_BOOTTIME. For waiting. The two are never mixed; every variable says which it is.
 */
#ifndef CPR_BASE_TIME_H
#define CPR_BASE_TIME_H

#include "cpr/base/view.h"

#include <stdint.h>

#define CPR_SECOND_MS INT64_C(1000)
#define CPR_MINUTE_MS (60 * CPR_SECOND_MS)
#define CPR_HOUR_MS (60 * CPR_MINUTE_MS)
#define CPR_DAY_MS (24 * CPR_HOUR_MS)

/* No instant; also what a parser leaves where there was none. */
#define CPR_TIME_NONE INT64_MIN

/* Instants outside 1990..2200 are never trusted: no receipt is made of them. */
bool cpr_time_is_plausible(int64_t utc_ms);

#define CPR_TIME_TEXT_SIZE 32
/* RFC 3339 in UTC with whole seconds, "2026-03-05T15:19:07Z"; "-" for CPR_TIME_NONE and for
 * what has no year of four digits. Returns out. */
const char *cpr_time_format(int64_t utc_ms, char out[CPR_TIME_TEXT_SIZE]);
/* The same to the minute for people: "2026-03-05 15:19 UTC". */
const char *cpr_time_format_minute(int64_t utc_ms, char out[CPR_TIME_TEXT_SIZE]);
/* The UTC day, "2026-03-05". */
const char *cpr_time_format_day(int64_t utc_ms, char out[CPR_TIME_TEXT_SIZE]);
/* The first instant of the UTC day that holds utc_ms. */
int64_t cpr_time_day_start(int64_t utc_ms);
/* "2026-03-05" to its first instant; false when it is not a date. */
bool cpr_time_parse_day(struct cpr_view text, int64_t *utc_ms_out);
/* RFC 3339 with Z or offset, seconds optional fraction; false when malformed. */
bool cpr_time_parse_rfc3339(struct cpr_view text, int64_t *utc_ms_out);

/* From civil fields in UTC; month 1..12. No range check beyond what the caller did. */
int64_t cpr_time_from_civil(int year, int month, int day, int hour, int minute, int second);

/* RFC 5322 section 3.3 date-time with the obsolete zones of 4.3 and comments: "Tue, 5 Mar 2024 15:19:07 +0000 (UTC)".
 * An absent or unknown zone is read as +0000 only for "UT", "UTC", "GMT", "Z" and "-0000"; any other unknown zone
 * fails: a wrong offset would move a deadline. A day name is ignored. False, output untouched, when malformed. */
bool cpr_time_parse_rfc5322(struct cpr_view text, int64_t *utc_ms_out);
/* The same, with the zone's offset east of UTC. */
bool cpr_time_parse_rfc5322_zone(struct cpr_view text, int64_t *utc_ms_out, int64_t *offset_ms_out);

/* "90s", "15m", "24h", "5d"; a bare "0" is allowed; anything else without a unit is refused. */
bool cpr_duration_parse(struct cpr_view text, int64_t *duration_ms_out);
/* For people: "3 d 04 h", "23 h 05 min", "7 min", "40 s"; a negative one is printed without its sign. Returns out. */
const char *cpr_duration_format(int64_t duration_ms, char out[CPR_TIME_TEXT_SIZE]);
/* As configuration writes it, exact: "90s", "15m", "24h". Returns out. */
const char *cpr_duration_format_exact(int64_t duration_ms, char out[CPR_TIME_TEXT_SIZE]);

#endif
