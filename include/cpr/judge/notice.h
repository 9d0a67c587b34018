/* Notices of a quarantine that IMAP does not show: "these messages are held for you". What holds:
 *
 * - Only a notice of a configured source is believed: a [notices NAME] section names its sender, and our own border
 *   proved the sender's domain (judge/origin.h). It is a notice whatever its form.
 * - Each of its rows is a candidate: at least "possible", for nobody has seen the mail behind it; "probable" when
 *   subject and sender alone say so by the same rules as a mail. Rows count for nothing else: the notice itself is
 * judged by what is left without them, so that no row gives two alarms, and one that was not understood gives one.
 * - A believed notice surfaces itself when no row was read in it, and when it says how many messages it lists and that
 *   is not how many were read. One with more rows than CPR_NOTICE_ROWS_MAX is undecidable: a human.
 * - A notice that is not believed is an ordinary mail: no rows, all its words count, it is no quarantine notice by
 * kind. Fake ones are a common form of phishing. Where it looks like one of a known vendor, a signal without weight
 * says so, for the administrator who has not configured [notices] yet. So is one that a person forwards.
 * - A row's time is read in the zone that it names; Defender's in UTC; any other in the zone of the notice's Date: or
 * of the topmost Received line of an own host, whichever makes it earlier, and never after the notice.
 * - A row ends with the notice's word on that, else at held + [notices] kept. */
#ifndef CPR_JUDGE_NOTICE_H
#define CPR_JUDGE_NOTICE_H

#include "cpr/judge/evidence.h"
#include "cpr/judge/notice_rows.h"

struct cpr_notice {
    const struct cpr_judge_form *source;                                   /* borrowed from the settings */
    struct cpr_notice_list list;                                           /* its views borrow from the facts */
    struct cpr_buffer rest;                                                /* owned; the text without the rows */
    int64_t held_ms[CPR_NOTICE_ROWS_MAX], expires_ms[CPR_NOTICE_ROWS_MAX]; /* CPR_TIME_NONE when not known */
};

/* Reads a notice that is believed, or NULL when the message is none. `proved_domain` is what cpr_origin_of says. Freed
 * by cpr_notice_free. */
struct cpr_notice *cpr_notice_read(const struct cpr_facts *facts, const struct cpr_judge_settings *settings,
                                   const char *proved_domain);
void cpr_notice_free(struct cpr_notice **notice);

/* How many of its rows are kept. */
uint32_t cpr_notice_row_count(const struct cpr_notice *notice);

/* Enters what surfaces the notice itself; evidence->text is judged already. */
void cpr_notice_surface(const struct cpr_notice *notice, struct cpr_evidence *evidence);

/* Enters the signal of a mail that looks like a notice and is not believed. */
void cpr_notice_unproved(struct cpr_evidence *evidence);

/* The vendor whose notice a text looks like, for people: "Microsoft Defender"; NULL when it looks like none. `text` is
 * looked at in its first 16 KiB. */
const char *cpr_notice_vendor(const struct cpr_facts *facts, struct cpr_view text);

#endif
