/* What the files of this room share. Private to src/record. */
#ifndef CPR_RECORD_PARTS_H
#define CPR_RECORD_PARTS_H

#include "cpr/record/review.h"

#include <jansson.h>

/* --- quote.c: mail text on its way to a person ------------------------------------------------------------------- */

/* Appends the text without keys (cpr_redact) and with no live link: cpr_encode_defanged, and what telephones make links
 * of on their own: bare host names ("example[.]org") and the schemes without "//" ("javascript[:]"). */
void cpr_quote_harmless(struct cpr_buffer *out, struct cpr_view text);

/* Appends clean text as lines of at most 72 characters, each ended by LF; `first` stands before the first line, `next`
 * before the others. A word that is longer than a line is cut. */
void cpr_quote_wrap(struct cpr_buffer *out, const char *first, const char *next, struct cpr_view text);

/* Appends the text as cpr_encode_line, and blanks up to `width` characters. */
void cpr_quote_pad(struct cpr_buffer *out, const char *text, size_t width);

/* --- json.c ------------------------------------------------------------------------------------------------------ */

/* New references, never NULL: out of memory ends the process (its state is durable). Bytes that are no clean text
 * become
 * '?' first, so that no string is dropped. */
json_t *cpr_json_text(const char *text);
json_t *cpr_json_mail_text(const char *text); /* and without keys */
json_t *cpr_json_time(int64_t utc_ms);        /* RFC 3339 or null */
/* Takes the reference over. */
void cpr_json_put(json_t *object, const char *key, json_t *value);
/* Appends the object as one line without its newline and gives the reference back. */
void cpr_json_write(struct cpr_buffer *out, json_t *object);
/* The string under a key; "" when there is none. Borrowed from the object. NULL as object is allowed. */
const char *cpr_json_get(const json_t *object, const char *key);

/* --- review_*.c -------------------------------------------------------------------------------------------------- */

/* One form of the review: the functions of review.h without their first argument. */
struct cpr_review_writer {
    void (*head)(const struct cpr_review_head *head, struct cpr_buffer *out);
    void (*folder)(const struct cpr_folder *folder, const struct cpr_folder_tally *tally, struct cpr_buffer *out);
    void (*section)(enum cpr_review_section section, struct cpr_buffer *out);
    void (*item)(const struct cpr_case *item, int64_t now_utc_ms, struct cpr_buffer *out);
    void (*event)(const struct cpr_event *event, struct cpr_buffer *out);
    void (*message)(const struct cpr_review_row *row, json_t *reading, struct cpr_buffer *out);
    void (*tail)(const struct cpr_review_totals *totals, struct cpr_buffer *out);
};
extern const struct cpr_review_writer cpr_review_jsonl, cpr_review_txt, cpr_review_html;

/* The sentences that the forms share. */
extern const char cpr_review_blind_spots[];

/* What is left of a case's time: at its closing when it is closed, else now; negative when overdue. */
int64_t cpr_review_margin_ms(const struct cpr_case *item, int64_t now_utc_ms);
/* Whether the day's sums add up: messages = judged (by verdict) + unreadable + vanished. */
bool cpr_review_is_balanced(const struct cpr_review_totals *totals);
uint64_t cpr_review_judged(const struct cpr_review_totals *totals);
/* UIDs that are known in a folder, whatever became of them. */
uint64_t cpr_review_known(const struct cpr_folder_tally *tally);

/* The clock of a case's revocation in a line, for any form: "open (24h), until T, 3 h 05 min left"; "-" when the case
 * was dismissed. To be encoded. */
void cpr_review_add_revocation(const struct cpr_case *item, int64_t now_utc_ms, struct cpr_buffer *line);

#endif
