/* Writes a day's review piece by piece to whoever wants it: the archive when a day is over, cpr-audit while it runs. */
#ifndef CPR_ENGINE_REVIEW_WRITER_H
#define CPR_ENGINE_REVIEW_WRITER_H

#include "cpr/port/store.h"
#include "cpr/record/review.h"

struct cpr_review_sink {
    void *context;
    /* Takes a piece of one form; anything but CPR_OK ends the writing. */
    enum cpr_rc (*take)(void *context, enum cpr_review_form form, struct cpr_view piece, struct cpr_error *error_out);
};

/* Writes the forms named in `forms` (bits 1 << form) of the day in head->day_ms. `now_utc_ms` is what open cases are
 * measured against. *totals_out may be NULL. */
enum cpr_rc cpr_review_compose(const struct cpr_store_port *store, const struct cpr_review_head *head, unsigned forms,
                               int64_t now_utc_ms, const struct cpr_review_sink *sink,
                               struct cpr_review_totals *totals_out, struct cpr_error *error_out);

#endif
