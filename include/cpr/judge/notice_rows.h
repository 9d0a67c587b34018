/* The rows of a quarantine notice's text, whoever wrote it: a table with a head line, lines of "Subject: ..." one row
 * after another, or a table without a head. Nothing is known here about dates, vendors or trust.
 *
 * Subjects and names of senders are written by strangers. Whatever they hold can add rows, or move a field of their own
 * row to another one, but takes no other row away: a head line counts only where no row stood just before it, a row of
 * a table keeps to its own cells (a cell cannot hold a tab), and of labels only the ones at the start of a line count.
 */
#ifndef CPR_JUDGE_NOTICE_ROWS_H
#define CPR_JUDGE_NOTICE_ROWS_H

#include "cpr/base/buffer.h"
#include "cpr/base/limits.h"

#include <stdint.h>

/* As the notice says it; borrowed from its text; may hold line ends; empty when the row does not say. */
struct cpr_notice_listed {
    struct cpr_view sender, subject, held, expires;
};

struct cpr_notice_list {
    uint32_t count; /* rows found; only the first CPR_NOTICE_ROWS_MAX are kept */
    struct cpr_notice_listed rows[CPR_NOTICE_ROWS_MAX];
};

/* Adds the rows of `text` to *list, and every line that belongs to none of them to *rest. In a text of more than 8192
 * lines, and on lack of memory, all lines are rest. */
void cpr_notice_rows_read(struct cpr_view text, struct cpr_notice_list *list, struct cpr_buffer *rest);

/* The same for another form of the same rows (multipart/alternative): a row that is in the list already, no matter how
 * much of its sender and subject either form cuts off, is taken together with it, one with one; others are added. */
void cpr_notice_rows_merge(struct cpr_view text, struct cpr_notice_list *list, struct cpr_buffer *rest);

#endif
