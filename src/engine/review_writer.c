#include "review_writer.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_MAX = 512 * 1024 };

struct writing {
    const struct cpr_store_port *store;
    unsigned forms;
    const struct cpr_review_sink *sink;
    int64_t from_ms, to_ms, now_ms;
    struct cpr_review_totals totals;
    struct cpr_buffer piece;
    int64_t *ids; /* cases or folders in hand; owned */
    size_t id_count, id_size;
    bool skip_cases; /* the events in hand: only those without a case */
    enum cpr_rc rc;
    struct cpr_error error;
};

/* Hands on what one writer made of one form. */
static bool give(struct writing *writing, int form)
{
    if (writing->rc == CPR_OK && cpr_buffer_is_full(&writing->piece))
        writing->rc =
            cpr_error_set(&writing->error, CPR_LIMIT, 0, "a line of the review is longer than %d bytes", PIECE_MAX);
    if (writing->rc == CPR_OK)
        writing->rc = writing->sink->take(writing->sink->context, (enum cpr_review_form)form,
                                          cpr_buffer_view(&writing->piece), &writing->error);
    cpr_buffer_clear(&writing->piece);
    return writing->rc == CPR_OK;
}

/* For each wanted form: run the writer, hand its piece on. `form` is the loop's variable in `call`. */
#define WRITE_EACH_FORM(writing, call)                                                                                 \
    for (int form = 0; form < CPR_REVIEW_FORMS && (writing)->rc == CPR_OK; form++)                                     \
        if ((writing)->forms & 1u << form) {                                                                           \
            call;                                                                                                      \
            give(writing, form);                                                                                       \
        }

static bool remember_id(struct writing *writing, int64_t id)
{
    if (writing->id_count == writing->id_size) {
        size_t size = writing->id_size ? 2 * writing->id_size : 64;
        int64_t *ids = realloc(writing->ids, size * sizeof *ids);
        if (!ids) {
            writing->rc =
                cpr_error_set(&writing->error, CPR_RETRY, 0, "there is not enough memory to write the review");
            return false;
        }
        writing->ids = ids;
        writing->id_size = size;
    }
    writing->ids[writing->id_count++] = id;
    return true;
}

/* --- folders
 * ---------------------------------------------------------------------------------------------------------- */

struct folders {
    struct writing *writing;
    struct cpr_folder *list; /* owned by write_folders */
    size_t count, size;
};

static bool collect_folder(void *context, const struct cpr_folder *folder)
{
    struct folders *folders = context;
    if (folders->count == folders->size) {
        size_t size = folders->size ? 2 * folders->size : 16;
        struct cpr_folder *list = realloc(folders->list, size * sizeof *list);
        if (!list) {
            folders->writing->rc =
                cpr_error_set(&folders->writing->error, CPR_RETRY, 0, "there is not enough memory to write the review");
            return false;
        }
        folders->list = list;
        folders->size = size;
    }
    folders->list[folders->count++] = *folder;
    return true;
}

static void write_folders(struct writing *writing)
{
    const struct cpr_store_port *store = writing->store;
    struct folders folders = {.writing = writing};
    enum cpr_rc rc = store->folder_each(store->self, NULL, collect_folder, &folders, &writing->error);
    if (rc != CPR_OK && writing->rc == CPR_OK)
        writing->rc = rc;
    for (size_t i = 0; i < folders.count && writing->rc == CPR_OK; i++) {
        struct cpr_folder_tally tally = {0};
        writing->rc =
            store->folder_tally(store->self, folders.list[i].id, folders.list[i].uidvalidity, &tally, &writing->error);
        WRITE_EACH_FORM(writing,
                        cpr_review_write_folder((enum cpr_review_form)form, &folders.list[i], &tally, &writing->piece));
    }
    free(folders.list);
}

/* --- cases and events
 * ------------------------------------------------------------------------------------------------- */

static bool collect_case(void *context, const struct cpr_case *item)
{
    struct writing *writing = context;
    writing->totals.cases++;
    if (item->found_ms >= writing->from_ms && item->found_ms < writing->to_ms)
        writing->totals.cases_opened++;
    if (item->closed_ms != CPR_TIME_NONE && item->closed_ms >= writing->from_ms && item->closed_ms < writing->to_ms)
        writing->totals.cases_closed++;
    return remember_id(writing, item->id);
}

static bool write_event(void *context, const struct cpr_event *event)
{
    struct writing *writing = context;
    if (writing->skip_cases && event->case_id != 0)
        return true;
    writing->totals.events++;
    WRITE_EACH_FORM(writing, cpr_review_write_event((enum cpr_review_form)form, event, &writing->piece));
    return writing->rc == CPR_OK;
}

static void write_events(struct writing *writing, int64_t case_id, int64_t from_ms)
{
    const struct cpr_store_port *store = writing->store;
    writing->skip_cases = case_id == 0;
    enum cpr_rc rc =
        store->event_each(store->self, case_id, from_ms, writing->to_ms, write_event, writing, &writing->error);
    if (writing->rc == CPR_OK)
        writing->rc = rc;
}

static void write_cases(struct writing *writing)
{
    const struct cpr_store_port *store = writing->store;
    WRITE_EACH_FORM(writing, cpr_review_write_section((enum cpr_review_form)form, CPR_REVIEW_CASES, &writing->piece));
    if (writing->rc == CPR_OK)
        writing->rc =
            store->review_cases(store->self, writing->from_ms, writing->to_ms, collect_case, writing, &writing->error);
    for (size_t i = 0; i < writing->id_count && writing->rc == CPR_OK; i++) {
        struct cpr_case item;
        writing->rc = store->case_get(store->self, writing->ids[i], &item, &writing->error);
        WRITE_EACH_FORM(writing,
                        cpr_review_write_case((enum cpr_review_form)form, &item, writing->now_ms, &writing->piece));
        if (writing->rc == CPR_OK)
            write_events(writing, item.id, writing->from_ms);
    }
}

/* --- messages
 * ----------------------------------------------------------------------------------------------------------- */

static bool write_message(void *context, const struct cpr_review_row *row)
{
    struct writing *writing = context;
    writing->totals.messages++;
    if (row->sighting.state == CPR_SIGHTING_UNREADABLE)
        writing->totals.unreadable++;
    else if (row->sighting.state == CPR_SIGHTING_VANISHED)
        writing->totals.vanished++;
    else
        writing->totals.by_verdict[row->message.verdict]++;
    WRITE_EACH_FORM(writing, cpr_review_write_message((enum cpr_review_form)form, row, &writing->piece));
    return writing->rc == CPR_OK;
}

static bool count_move(void *context, const struct cpr_event *event)
{
    struct writing *writing = context;
    if (strcmp(event->event, "moved") == 0)
        writing->totals.rescued++;
    return true;
}

enum cpr_rc cpr_review_compose(const struct cpr_store_port *store, const struct cpr_review_head *head, unsigned forms,
                               int64_t now_utc_ms, const struct cpr_review_sink *sink,
                               struct cpr_review_totals *totals_out, struct cpr_error *error_out)
{
    struct writing writing = {.store = store,
                              .forms = forms,
                              .sink = sink,
                              .from_ms = head->day_ms,
                              .to_ms = head->day_ms + CPR_DAY_MS,
                              .now_ms = now_utc_ms,
                              .piece = cpr_buffer_new(PIECE_MAX)};
    struct writing *w = &writing;
    WRITE_EACH_FORM(w, cpr_review_write_head((enum cpr_review_form)form, head, &w->piece));
    if (w->rc == CPR_OK)
        write_folders(w);
    if (w->rc == CPR_OK)
        write_cases(w);
    WRITE_EACH_FORM(w, cpr_review_write_section((enum cpr_review_form)form, CPR_REVIEW_MESSAGES, &w->piece));
    if (w->rc == CPR_OK) {
        enum cpr_rc rc = store->review_each(store->self, w->from_ms, w->to_ms, write_message, w, &w->error);
        w->rc = w->rc == CPR_OK ? rc : w->rc;
    }
    WRITE_EACH_FORM(w, cpr_review_write_section((enum cpr_review_form)form, CPR_REVIEW_EVENTS, &w->piece));
    if (w->rc == CPR_OK)
        write_events(w, 0, w->from_ms);
    if (w->rc == CPR_OK)
        w->rc = store->event_each(store->self, 0, w->from_ms, w->to_ms, count_move, w, &w->error);
    WRITE_EACH_FORM(w, cpr_review_write_tail((enum cpr_review_form)form, &w->totals, &w->piece));
    if (w->rc == CPR_OK && totals_out)
        *totals_out = w->totals;
    if (w->rc != CPR_OK && error_out)
        *error_out = w->error;
    cpr_buffer_free(&w->piece);
    free(w->ids);
    return w->rc;
}
