/* Dates as quarantine notices write them, for people of many countries. Where a date can be read in more than one way,
 * the earliest reading that can be true is taken: a deadline may come early, never late. */
#ifndef CPR_JUDGE_NOTICE_DATE_H
#define CPR_JUDGE_NOTICE_DATE_H

#include "cpr/base/time.h"

/* What is known of the notice that the date stands in. */
struct cpr_notice_clock {
    int64_t notice_ms; /* when it was written; CPR_TIME_NONE */
    int64_t offset_ms; /* of its zone, east of UTC: for dates that name none */
    int64_t kept_ms;   /* how long the quarantine keeps a message; 0: not known */
};

/* When a message was held. Read are ISO dates, d/m and m/d with any of "/-." (with dots the day comes first), year,
 * month and day in Japanese, names of months in English, German, French, Spanish, Italian, Dutch, Polish and
 * Portuguese, clocks of 12 and 24 hours, with or without year, time, seconds and zone. Of d/m and m/d the earlier one
 * that is neither after the notice nor so long before it that the message would be gone. A time that would be up to a
 * day after the notice (its zone was guessed wrong) is the notice's. CPR_TIME_NONE when no date is found, or only one
 * that cannot be. */
int64_t cpr_notice_date_held(struct cpr_view text, const struct cpr_notice_clock *clock);

/* When the quarantine drops a message; also "in 14 days". The earliest reading after `held_ms` (or after the notice's
 * day, when that is CPR_TIME_NONE). */
int64_t cpr_notice_date_expires(struct cpr_view text, const struct cpr_notice_clock *clock, int64_t held_ms);

/* Whether the text is a date and nothing else. */
bool cpr_notice_date_is_whole(struct cpr_view text);

#endif
