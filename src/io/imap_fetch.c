/* FETCH: messages one at a time, streamed, never changed; and recognising one message among others. */
#include "imap_private.h"
#include "cpr/base/assert.h"

#include <string.h>

struct cpr_imap_fetching {
    const uint32_t *uids; /* borrowed */
    size_t count;
    uint32_t max_bytes;
    uint64_t delivered; /* bits by index of uids */
    bool is_stopped;
    bool (*each)(void *context, const struct cpr_fetched *);
    void *context;         /* borrowed */
    struct cpr_wire *wire; /* borrowed */
};
_Static_assert(CPR_FETCH_BATCH <= 64, "a bit of `delivered` for each message of a batch");

/* As the server says it, however odd: casework/receipt.h decides what counts. */
static int64_t instant_of(const struct mailimap_date_time *date)
{
    if (!date || date->dt_year < 1 || date->dt_year > 9999 || date->dt_month < 1 || date->dt_month > 12 ||
        date->dt_day < 1 || date->dt_day > 31 || date->dt_hour < 0 || date->dt_hour > 23 || date->dt_min < 0 ||
        date->dt_min > 59 || date->dt_sec < 0 || date->dt_sec > 60 || date->dt_zone < -2359 || date->dt_zone > 2359)
        return CPR_TIME_NONE;
    return cpr_time_from_civil(date->dt_year, date->dt_month, date->dt_day, date->dt_hour, date->dt_min, date->dt_sec) -
           (date->dt_zone / 100 * 60 + date->dt_zone % 100) * CPR_MINUTE_MS;
}

/* SAVEDATE "17-Jul-2026 02:44:25 -0700": the date-time of RFC 3501, RFC 5322's but for the hyphens. */
static int64_t save_date_of(const char *item)
{
    char text[64];
    struct cpr_view view = cpr_view_of(item);
    if (!cpr_view_starts_nocase(view, "SAVEDATE \"") || !cpr_view_ends_nocase(view, "\""))
        return CPR_TIME_NONE;
    if (!cpr_view_copy(cpr_view_trim(cpr_view_slice(view, 10, view.len - 11)), text, sizeof text))
        return CPR_TIME_NONE;
    for (size_t i = 0; i < 11 && text[i]; i++)
        if (text[i] == '-')
            text[i] = ' ';
    int64_t utc_ms;
    return cpr_time_parse_rfc5322(cpr_view_of(text), &utc_ms) ? utc_ms : CPR_TIME_NONE;
}

static void read_flags(const struct mailimap_msg_att_dynamic *dynamic, struct cpr_fetched *out)
{
    clistiter *i = dynamic && dynamic->att_list ? clist_begin(dynamic->att_list) : NULL;
    for (; i; i = clist_next(i)) {
        const struct mailimap_flag_fetch *flag = clist_content(i);
        if (flag->fl_type != MAILIMAP_FLAG_FETCH_OTHER || !flag->fl_flag)
            continue;
        out->is_seen |= flag->fl_flag->fl_type == MAILIMAP_FLAG_SEEN;
        out->is_deleted |= flag->fl_flag->fl_type == MAILIMAP_FLAG_DELETED;
        out->is_draft |= flag->fl_flag->fl_type == MAILIMAP_FLAG_DRAFT;
    }
}

/* One item of a FETCH response. *has_body_out: the body was answered for, be it with NIL. */
static void read_item(const struct mailimap_msg_att_item *item, struct cpr_fetched *out, bool *has_body_out)
{
    const char *unknown = cpr_imap_extension_item(item);
    if (unknown && cpr_view_starts_nocase(cpr_view_of(unknown), "SAVEDATE "))
        out->save_ms = save_date_of(unknown);
    if (item->att_type == MAILIMAP_MSG_ATT_ITEM_DYNAMIC)
        read_flags(item->att_data.att_dyn, out);
    if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC)
        return;
    const struct mailimap_msg_att_static *fixed = item->att_data.att_static;
    if (fixed->att_type == MAILIMAP_MSG_ATT_UID)
        out->uid = fixed->att_data.att_uid;
    else if (fixed->att_type == MAILIMAP_MSG_ATT_RFC822_SIZE)
        out->size = fixed->att_data.att_rfc822_size;
    else if (fixed->att_type == MAILIMAP_MSG_ATT_INTERNALDATE)
        out->internal_ms = instant_of(fixed->att_data.att_internal_date);
    else if (fixed->att_type == MAILIMAP_MSG_ATT_BODY_SECTION) {
        const struct mailimap_msg_att_body_section *body = fixed->att_data.att_body_section;
        *has_body_out = true;
        out->is_vanished = !body->sec_body_part;
        out->raw = cpr_view_make(body->sec_body_part, body->sec_body_part ? body->sec_length : 0);
    }
}

/* Called by libetpan for each FETCH response, also for those that nobody asked for (changed flags). */
static void on_message(struct mailimap_msg_att *message, void *context)
{
    struct cpr_imap_fetching *fetching = ((struct cpr_imap *)context)->fetching;
    if (!fetching || fetching->is_stopped)
        return;
    struct cpr_fetched fetched = {.internal_ms = CPR_TIME_NONE, .save_ms = CPR_TIME_NONE};
    bool has_body = false;
    for (clistiter *i = clist_begin(message->att_list); i; i = clist_next(i))
        read_item(clist_content(i), &fetched, &has_body);
    size_t index = 0;
    while (index < fetching->count && fetching->uids[index] != fetched.uid)
        index++;
    bool is_wanted = index < fetching->count && !(fetching->delivered >> index & 1) &&
                     (fetching->max_bytes == 0 ? fetched.size > 0 : has_body);
    if (!is_wanted)
        return;
    fetching->delivered |= UINT64_C(1) << index;
    fetched.raw = cpr_view_slice(fetched.raw, 0, fetching->max_bytes);
    cpr_wire_pause(fetching->wire);
    fetching->is_stopped = !fetching->each(fetching->context, &fetched);
    cpr_wire_resume(fetching->wire);
}

/* Neighbours as ranges, in the order given: "4:7,9". */
static void add_set(struct cpr_buffer *out, const uint32_t *uids, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t last = i;
        while (last + 1 < count && uids[last + 1] == uids[last] + 1)
            last++;
        cpr_buffer_add_format(out, i ? ",%u" : "%u", uids[i]);
        if (last > i)
            cpr_buffer_add_format(out, ":%u", uids[last]);
        i = last + 1;
    }
}

/* A NO means that some messages could not be had: the session goes on, the caller asks for them one by one. That some
 * are gone is no failure: they are not answered for. */
static enum cpr_rc fetch_refused(struct cpr_imap *imap, struct cpr_error *error_out)
{
    const struct mailimap_response_info *info = imap->session->imap_response_info;
    if (info && info->rsp_atom && cpr_view_equal_nocase(cpr_view_of(info->rsp_atom), cpr_view_of("EXPUNGEISSUED")))
        return CPR_OK;
    return cpr_imap_refused(imap, CPR_LIMIT, "a fetch", imap->folder, error_out);
}

/* Fetches from the selected folder. max_bytes 0: no body, only size and flags. */
static enum cpr_rc fetch_selected(struct cpr_imap *imap, struct cpr_imap_fetching *fetching,
                                  struct cpr_error *error_out)
{
    CPR_ASSERT(fetching->count > 0 && fetching->count <= CPR_FETCH_BATCH);
    struct cpr_buffer command = cpr_buffer_new(CPR_IMAP_COMMAND_MAX);
    cpr_buffer_add_text(&command, "UID FETCH ");
    add_set(&command, fetching->uids, fetching->count);
    cpr_buffer_add_text(&command, " (UID FLAGS INTERNALDATE RFC822.SIZE");
    cpr_buffer_add_text(&command, imap->capabilities.savedate && fetching->max_bytes ? " SAVEDATE" : "");
    if (fetching->max_bytes)
        cpr_buffer_add_format(&command, " BODY.PEEK[]<0.%u>", fetching->max_bytes);
    cpr_buffer_add_byte(&command, ')');
    CPR_ASSERT(!cpr_buffer_is_full(&command));

    uint32_t literal_max = fetching->max_bytes + CPR_IMAP_NAME_LITERAL_MAX_BYTES;
    cpr_imap_allow(imap, literal_max, (uint64_t)literal_max * (fetching->count + 1));
    fetching->wire = imap->wire;
    imap->fetching = fetching;
    mailimap_set_msg_att_handler(imap->session, on_message, imap);
    bool is_done;
    enum cpr_rc rc = cpr_imap_command(imap, cpr_buffer_text(&command), &is_done, error_out);
    imap->fetching = NULL;
    cpr_buffer_free(&command);
    if (rc == CPR_OK && !is_done)
        rc = fetch_refused(imap, error_out);
    if (rc == CPR_OK && fetching->is_stopped)
        rc = cpr_error_set(error_out, CPR_STOPPED, 0, "stopped between two messages of folder '%s'", imap->folder);
    return rc;
}

enum cpr_rc cpr_imap_fetch(void *self, const char *folder, uint32_t uidvalidity, const uint32_t *uids, size_t count,
                           uint32_t max_bytes, bool (*each)(void *context, const struct cpr_fetched *), void *context,
                           struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    CPR_ASSERT(count <= CPR_FETCH_BATCH && max_bytes > 0);
    enum cpr_rc rc = cpr_imap_require_open(imap, error_out);
    if (rc != CPR_OK || count == 0)
        return rc;
    bool is_open = !imap->is_writable && strcmp(imap->folder, folder) == 0 &&
                   imap->session->imap_selection_info->sel_uidvalidity == uidvalidity;
    if (!is_open)
        rc = cpr_imap_select(imap, folder, false, uidvalidity, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_imap_fetching fetching = {
        .uids = uids, .count = count, .max_bytes = max_bytes, .each = each, .context = context};
    return fetch_selected(imap, &fetching, error_out);
}

/* --- identity ----------------------------------------------------------------------------------------------------- */

struct comparison {
    const struct cpr_identity *wanted;
    bool is_there, is_same;
};

static bool compare(void *context, const struct cpr_fetched *fetched)
{
    struct comparison *comparison = context;
    struct cpr_identity found = cpr_identity_of(fetched->raw, fetched->size);
    comparison->is_there = !fetched->is_vanished;
    comparison->is_same = comparison->is_there && cpr_identity_equal(&found, comparison->wanted);
    return true;
}

enum cpr_rc cpr_imap_check_identity(struct cpr_imap *imap, uint32_t uid, const struct cpr_identity *identity,
                                    bool *is_gone_out, struct cpr_error *error_out)
{
    struct comparison comparison = {.wanted = identity};
    struct cpr_imap_fetching fetching = {
        .uids = &uid, .count = 1, .max_bytes = CPR_IDENTITY_BYTES, .each = compare, .context = &comparison};
    *is_gone_out = false;
    enum cpr_rc rc = fetch_selected(imap, &fetching, error_out);
    if (rc != CPR_OK || comparison.is_same)
        return rc;
    *is_gone_out = !comparison.is_there;
    return cpr_error_set(error_out, CPR_ABSENT, 0,
                         comparison.is_there
                             ? "folder '%s' holds another message at UID %u than the one that was judged"
                             : "folder '%s' has no message at UID %u any more",
                         imap->folder, uid);
}

struct sieve {
    uint32_t size;
    uint32_t *uids;
    size_t count;
};

static bool keep_same_size(void *context, const struct cpr_fetched *fetched)
{
    struct sieve *sieve = context;
    if (fetched->size == sieve->size)
        sieve->uids[sieve->count++] = fetched->uid;
    return true;
}

/* Narrows a batch to the UIDs whose message is the wanted one: by size first, which costs no body. */
static enum cpr_rc find_in_batch(struct cpr_imap *imap, const struct cpr_identity *identity, const uint32_t *uids,
                                 size_t count, uint32_t *found, size_t *found_count, struct cpr_error *error_out)
{
    uint32_t same_size[CPR_FETCH_BATCH];
    struct sieve sieve = {.size = identity->size, .uids = same_size};
    struct cpr_imap_fetching fetching = {.uids = uids, .count = count, .each = keep_same_size, .context = &sieve};
    enum cpr_rc rc = fetch_selected(imap, &fetching, error_out);
    for (size_t i = 0; rc == CPR_OK && i < sieve.count; i++) {
        bool is_gone;
        rc = cpr_imap_check_identity(imap, same_size[i], identity, &is_gone, error_out);
        if (rc == CPR_OK && *found_count == CPR_TWINS_MAX)
            return cpr_error_set(error_out, CPR_LIMIT, 0, "folder '%s' holds more than %d copies of one message",
                                 imap->folder, CPR_TWINS_MAX);
        if (rc == CPR_OK)
            found[(*found_count)++] = same_size[i];
        else if (rc == CPR_ABSENT)
            rc = CPR_OK;
    }
    return rc;
}

enum cpr_rc cpr_imap_find(void *self, const char *folder, const struct cpr_identity *identity, uint32_t first_uid,
                          uint32_t *uidvalidity_out, uint32_t *uids_out, size_t *count_out, struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    uint32_t uids[CPR_SEARCH_UIDS_MAX]; /* 32 KiB */
    uint32_t found[CPR_TWINS_MAX], first = first_uid ? first_uid : 1;
    size_t count = 0, found_count = 0;
    struct cpr_folder_status status;
    enum cpr_rc rc = cpr_imap_status(imap, folder, &status, error_out);
    if (rc == CPR_OK)
        rc = cpr_imap_select(imap, folder, false, status.uidvalidity, error_out);
    for (uint32_t last; rc == CPR_OK && first < status.uidnext; first = last + 1) {
        last = status.uidnext - first > CPR_SEARCH_UIDS_MAX ? first + CPR_SEARCH_UIDS_MAX - 1 : status.uidnext - 1;
        rc = cpr_imap_search_selected(imap, first, last, uids, CPR_SEARCH_UIDS_MAX, &count, error_out);
        for (size_t i = 0; rc == CPR_OK && i < count; i += CPR_FETCH_BATCH)
            rc = find_in_batch(imap, identity, uids + i, count - i < CPR_FETCH_BATCH ? count - i : CPR_FETCH_BATCH,
                               found, &found_count, error_out);
    }
    if (rc != CPR_OK)
        return rc;
    *uidvalidity_out = status.uidvalidity;
    memcpy(uids_out, found, found_count * sizeof *found);
    *count_out = found_count;
    return CPR_OK;
}
