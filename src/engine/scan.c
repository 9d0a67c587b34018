#include "engine_internal.h"

#include "cpr/record/reading_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_AGAIN_MS = 60 * 60 * 1000 }; /* folders come and go rarely; a vanished one is noticed by STATUS at once */

static enum cpr_rc put_folder(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    return engine->ports.store.folder_put(engine->ports.store.self, context, error_out);
}

struct known {
    struct cpr_folder list[CPR_FOLDERS_MAX];
    size_t count;
};

static bool collect_known(void *context, const struct cpr_folder *folder)
{
    struct known *known = context;
    if (folder->looked_ms != CPR_TIME_NONE)
        known->list[known->count++] = *folder;
    return known->count < CPR_FOLDERS_MAX;
}

static bool is_chosen(const struct cpr_mailbox_view *view, const char *name)
{
    for (size_t i = 0; i < view->folder_count; i++)
        if (strcmp(view->folders[i].name, name) == 0)
            return true;
    return false;
}

/* A folder that was audited and is no longer on the server is told once, and then forgotten: another may have taken its
 * part (auto), and nobody would notice that the reports in the renamed one go unseen. */
static enum cpr_rc tell_of_gone_folders(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[mailbox];
    const char *name = engine->settings->mailboxes[mailbox].name;
    struct cpr_folder_status status;
    struct known *known = calloc(1, sizeof *known);
    if (!known)
        return cpr_error_set(error_out, CPR_RETRY, 0, "mailbox %s: there is not enough memory to list its folders",
                             name);
    enum cpr_rc rc = store->folder_each(store->self, name, collect_known, known, error_out);
    for (size_t i = 0; i < known->count && rc == CPR_OK; i++) {
        struct cpr_folder *folder = &known->list[i];
        if (is_chosen(&engine->views[mailbox], folder->name))
            continue;
        rc = port->status(port->self, folder->name, &status, error_out);
        if (rc != CPR_ABSENT)
            continue;
        rc =
            cpr_engine_trouble_once(engine, "folder-gone", name,
                                    "mailbox %s: folder \"%.200s\" was audited as %s until now and is no longer on the "
                                    "server. If it was renamed, see that it is audited under its new name",
                                    name, folder->display, cpr_folder_role_name(folder->role));
        folder->looked_ms = CPR_TIME_NONE;
        if (rc == CPR_OK)
            rc = cpr_engine_transact(engine, put_folder, folder, error_out);
    }
    free(known);
    return rc;
}

enum cpr_rc cpr_engine_choose_folders(struct cpr_engine *engine, size_t mailbox, struct cpr_error *error_out)
{
    struct cpr_mailbox_view *view = &engine->views[mailbox];
    const struct cpr_mailbox_settings *settings = &engine->settings->mailboxes[mailbox];
    if (view->listed_ms != CPR_TIME_NONE && engine->now_ms - view->listed_ms < LIST_AGAIN_MS)
        return CPR_OK;

    struct cpr_error error = {0};
    size_t count = 0;
    bool is_first = view->listed_ms == CPR_TIME_NONE;
    enum cpr_rc rc = cpr_folders_choose(&engine->ports.mailboxes[mailbox], settings, view->folders, &count, &error);
    if (rc != CPR_OK && (rc != CPR_OPERATOR || count == 0)) {
        view->folder_count = 0;
        view->listed_ms = CPR_TIME_NONE;
        *error_out = error;
        return rc;
    }
    view->folder_count = count;
    view->listed_ms = engine->now_ms;
    for (size_t i = 0; is_first && i < count; i++)
        cpr_journal(&engine->ports.journal, CPR_LEVEL_INFO, "mailbox %s: folder \"%s\" is audited as %s (%s)",
                    settings->name, view->folders[i].display, cpr_folder_role_name(view->folders[i].role),
                    view->folders[i].rule);

    if (rc == CPR_OK) {
        rc = cpr_engine_trouble_ends(engine, "folder-missing", settings->name);
    } else {
        view->listed_ms = CPR_TIME_NONE; /* asked again at the next tick, until somebody has mended it */
        cpr_engine_failed(engine, &error);
        rc = cpr_engine_trouble_begins(engine, "folder-missing", settings->name, rc, "%s", error.text);
    }
    if (rc == CPR_CORRUPT || rc == CPR_STOPPED)
        return rc;
    return tell_of_gone_folders(engine, mailbox, error_out);
}

/* A line that breaks leaves one batch at most, and a process that dies another one. */
enum { LEFT_OVER_MAX = 4 * CPR_FETCH_BATCH };

/* Everything one scan of one folder carries along. */
struct scan {
    struct cpr_engine *engine;
    size_t mailbox;
    struct cpr_folder folder;
    struct cpr_scan_item *in_hand; /* handed to the reader, its reading not fetched yet; NULL: none */
    size_t count;                  /* items of the batch in hand */
    uint32_t uids[CPR_FETCH_BATCH];
    const uint32_t *coming; /* the batch after it; borrowed from the caller of scan_list */
    size_t coming_count;
    uint32_t next_uid;     /* the folder's progress when the batch in hand is done */
    enum cpr_rc broken_rc; /* why not everything arrived; CPR_OK: what did not arrive has vanished */
    struct cpr_error broken;
    unsigned vanished; /* of the batch */
};

/* Loads the folder's row or makes one, and puts it under its present UIDVALIDITY. */
static enum cpr_rc open_folder(struct scan *scan, const struct cpr_chosen_folder *chosen, uint32_t uidvalidity,
                               struct cpr_error *error_out)
{
    struct cpr_engine *engine = scan->engine;
    const struct cpr_store_port *store = &engine->ports.store;
    const char *mailbox = engine->settings->mailboxes[scan->mailbox].name;
    struct cpr_folder *folder = &scan->folder;
    enum cpr_rc rc = store->folder_get(store->self, mailbox, chosen->name, folder, error_out);
    if (rc == CPR_ABSENT) {
        memset(folder, 0, sizeof *folder);
        memcpy(folder->mailbox, engine->settings->mailboxes[scan->mailbox].name, sizeof folder->mailbox);
        memcpy(folder->name, chosen->name, sizeof folder->name);
        folder->looked_ms = CPR_TIME_NONE;
    } else if (rc != CPR_OK) {
        return rc;
    }
    if (folder->uidvalidity && folder->uidvalidity != uidvalidity)
        cpr_journal(&engine->ports.journal, CPR_LEVEL_NOTICE,
                    "mailbox %s: folder \"%s\" has a new UIDVALIDITY (%" PRIu32 ", before %" PRIu32
                    "); every message is looked at again and recognised by its digest",
                    mailbox, chosen->display, uidvalidity, folder->uidvalidity);
    if (folder->uidvalidity != uidvalidity) {
        folder->uidvalidity = uidvalidity;
        folder->next_uid = 1;
        folder->messages = 0;
    }
    memcpy(folder->display, chosen->display, sizeof folder->display);
    memcpy(folder->rule, chosen->rule, sizeof folder->rule);
    folder->role = chosen->role;
    return folder->id ? CPR_OK : cpr_engine_transact(engine, put_folder, folder, error_out);
}

/* Before the bytes are asked for: each UID is noted, and that one more try to read it begins. */
static enum cpr_rc expect_batch(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    struct scan *scan = context;
    const struct cpr_store_port *store = &engine->ports.store;
    for (size_t i = 0; i < scan->count; i++) {
        struct cpr_scan_item *item = &engine->items[i];
        item->uid = scan->uids[i];
        item->is_delivered = item->is_unreadable = false;
        cpr_buffer_clear(&item->json);
        enum cpr_rc rc = store->sighting_expect(store->self, scan->folder.id, scan->folder.uidvalidity, item->uid,
                                                engine->now_ms, &item->sighting, error_out);
        if (rc != CPR_OK)
            return rc;
        item->is_settled = item->sighting.state != CPR_SIGHTING_EXPECTED;
    }
    return CPR_OK;
}

static struct cpr_scan_item *item_of(struct scan *scan, uint32_t uid)
{
    for (size_t i = 0; i < scan->count; i++)
        if (scan->engine->items[i].uid == uid)
            return &scan->engine->items[i];
    return NULL;
}

static bool has_failed(struct scan *scan, struct cpr_scan_item *item, enum cpr_rc rc, const struct cpr_error *error)
{
    if (rc == CPR_OK)
        return false;
    item->is_delivered = false;
    scan->broken_rc = rc;
    scan->broken = *error;
    return true;
}

/* Fetches the reading of the message that the reader has in hand. False when the fetch has to end. */
static bool finish_reading(struct scan *scan)
{
    struct cpr_engine *engine = scan->engine;
    struct cpr_scan_item *item = scan->in_hand;
    struct cpr_error error = {0};
    scan->in_hand = NULL;
    if (!item)
        return true;
    enum cpr_rc rc = engine->ports.reader.finish(engine->ports.reader.self, &item->reading, &error);
    item->is_unreadable = rc == CPR_LIMIT;
    if (item->is_unreadable)
        return true;
    engine->tick.judged += rc == CPR_OK;
    return !has_failed(scan, item, rc, &error);
}

/* One message arrives. It is given to the reader at once, so that only its reading has to be kept, and is read while
 * the next one comes over the wire. */
static bool take_delivery(void *context, const struct cpr_fetched *fetched)
{
    struct scan *scan = context;
    struct cpr_engine *engine = scan->engine;
    struct cpr_scan_item *item = item_of(scan, fetched->uid);
    struct cpr_error error = {0};
    if (!item || item->is_settled || item->is_delivered || fetched->is_vanished)
        return true;
    item->size = fetched->size;
    item->internal_ms = fetched->internal_ms;
    item->save_ms = fetched->save_ms;
    item->identity = cpr_identity_of(fetched->raw, fetched->size);
    item->is_delivered = true;
    if (item->sighting.attempts > CPR_READ_ATTEMPTS_MAX) {
        /* It has ended this program or its reader as often as it may: a human looks, nobody parses it again. */
        cpr_reading_clear(&item->reading);
        item->reading.limits = CPR_READING_READER_DIED;
        item->is_unreadable = true;
        return true;
    }
    struct cpr_scan_item *before = scan->in_hand;
    if (!finish_reading(scan)) {
        item->is_delivered = false;
        return false;
    }
    bool is_cut = fetched->raw.len < fetched->size;
    enum cpr_rc rc = engine->ports.reader.begin(engine->ports.reader.self, fetched->raw, is_cut, &error);
    scan->in_hand = rc == CPR_OK ? item : NULL;
    if (before) /* while the reader has this one in hand */
        cpr_reading_write_json(&before->reading, &before->json);
    return !has_failed(scan, item, rc, &error);
}

static enum cpr_rc settle_vanished(struct scan *scan, struct cpr_scan_item *item, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &scan->engine->ports.store;
    item->sighting.state = CPR_SIGHTING_VANISHED;
    item->sighting.settled_ms = scan->engine->now_ms;
    scan->vanished++;
    return store->sighting_put(store->self, &item->sighting, error_out);
}

/* It cannot be had: the server refuses it, or hangs up over it. A human is told, by a case of its own with a clock of
 * its own, since nobody knows that it is not a report. */
static enum cpr_rc settle_refused(struct scan *scan, struct cpr_scan_item *item, struct cpr_error *error_out)
{
    struct cpr_buffer name = cpr_buffer_new(2 * CPR_FOLDER_NAME_MAX);
    cpr_buffer_add_format(&name, "%s\n%s\n%" PRIu32 "\n%" PRIu32, scan->folder.mailbox, scan->folder.name,
                          scan->folder.uidvalidity, item->uid);
    item->identity = cpr_identity_of(cpr_buffer_view(&name), 0);
    cpr_buffer_free(&name);
    item->size = 0;
    item->internal_ms = item->save_ms = CPR_TIME_NONE;
    item->is_unreadable = true;
    cpr_reading_clear(&item->reading);
    item->reading.limits = CPR_READING_READER_DIED;
    snprintf(item->reading.subject, sizeof item->reading.subject,
             "(a message that the mail server does not hand out: UID %" PRIu32 ")", item->uid);
    return cpr_engine_take_in(scan->engine, scan->mailbox, &scan->folder, item, error_out);
}

/* It did not come, and it has not vanished either. That the line broke over a batch was no try to read this one; that
 * it broke over this one alone, or that this one alone was refused, was. */
static enum cpr_rc settle_missing(struct scan *scan, struct cpr_scan_item *item, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &scan->engine->ports.store;
    if (scan->broken_rc == CPR_STOPPED || scan->count > 1)
        item->sighting.attempts--;
    else if (item->sighting.attempts > CPR_READ_ATTEMPTS_MAX)
        return settle_refused(scan, item, error_out);
    return store->sighting_put(store->self, &item->sighting, error_out);
}

/* Once a batch, with what is recorded of it: an alert that is stored cannot be forgotten. */
static enum cpr_rc tell_of_vanished(struct scan *scan, struct cpr_error *error_out)
{
    return cpr_engine_trouble_inside(scan->engine, "vanished", scan->folder.mailbox, error_out,
                                     "mailbox %s: %u messages in folder \"%.200s\" were gone before they could be "
                                     "read. Somebody or a filter removed "
                                     "them within moments; look for them in the trash and in the server's log",
                                     scan->folder.mailbox, scan->vanished, scan->folder.display);
}

static enum cpr_rc record_batch(struct scan *scan, struct cpr_error *error_out)
{
    struct cpr_engine *engine = scan->engine;
    scan->vanished = 0;
    for (size_t i = 0; i < scan->count; i++) {
        struct cpr_scan_item *item = &engine->items[i];
        enum cpr_rc rc = CPR_OK;
        if (item->is_delivered)
            rc = cpr_engine_take_in(engine, scan->mailbox, &scan->folder, item, error_out);
        else if (!item->is_settled)
            rc = scan->broken_rc == CPR_OK ? settle_vanished(scan, item, error_out)
                                           : settle_missing(scan, item, error_out);
        if (rc != CPR_OK)
            return rc;
    }
    return scan->vanished ? tell_of_vanished(scan, error_out) : CPR_OK;
}

static bool is_whole(const struct scan *scan)
{
    return scan->broken_rc == CPR_OK || scan->broken_rc == CPR_LIMIT;
}

/* One transaction a batch: what was read, how far the folder is done, and which UIDs come next. */
static enum cpr_rc record_and_expect(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    struct scan *scan = context;
    enum cpr_rc rc = record_batch(scan, error_out);
    /* Also when the line broke: what did not come stays expected and is asked for one by one. */
    if (rc == CPR_OK && scan->next_uid > scan->folder.next_uid) {
        scan->folder.next_uid = scan->next_uid;
        rc = put_folder(engine, &scan->folder, error_out);
    }
    if (rc == CPR_OK && is_whole(scan) && scan->coming_count) {
        scan->count = scan->coming_count;
        memcpy(scan->uids, scan->coming, scan->count * sizeof *scan->uids);
        rc = expect_batch(engine, scan, error_out);
    }
    return rc;
}

/* Fetches, reads and records the batch that is expected. */
static enum cpr_rc scan_batch(struct scan *scan, struct cpr_error *error_out)
{
    struct cpr_engine *engine = scan->engine;
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[scan->mailbox];
    scan->broken_rc = CPR_OK;
    enum cpr_rc fetched = port->fetch(port->self, scan->folder.name, scan->folder.uidvalidity, scan->uids, scan->count,
                                      engine->settings->message_max_bytes, take_delivery, scan, error_out);
    finish_reading(scan);
    if (scan->broken_rc == CPR_OK && fetched != CPR_OK) {
        /* What did arrive is recorded, the rest stays expected and is asked for again. */
        scan->broken_rc = fetched;
        scan->broken = *error_out;
    }
    enum cpr_rc rc = cpr_engine_transact(engine, record_and_expect, scan, error_out);
    if (rc != CPR_OK || is_whole(scan))
        return rc;
    *error_out = scan->broken;
    return scan->broken_rc;
}

/* A list of UIDs, batch by batch. `next_uid`: what the folder's progress is when all are done; 0 leaves it as it is. */
static enum cpr_rc scan_list(struct scan *scan, const uint32_t *uids, size_t count, size_t batch_max, uint32_t next_uid,
                             struct cpr_error *error_out)
{
    scan->count = count < batch_max ? count : batch_max;
    memcpy(scan->uids, uids, scan->count * sizeof *uids);
    enum cpr_rc rc = cpr_engine_transact(scan->engine, expect_batch, scan, error_out);
    for (size_t at = scan->count; rc == CPR_OK; at += scan->coming_count) {
        size_t left = count - at;
        scan->coming = uids + at;
        scan->coming_count = left < batch_max ? left : batch_max;
        scan->next_uid = next_uid && left ? uids[at] : next_uid;
        rc = scan_batch(scan, error_out);
        if (scan->coming_count == 0)
            break;
    }
    return rc;
}

/* UIDs that an earlier look began and did not settle, one at a time: if one of them ends the process or is refused, the
 * others must not be counted as tried for it. They come after what is new, which must not wait for them. */
static enum cpr_rc scan_left_over(struct scan *scan, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &scan->engine->ports.store;
    uint32_t uids[LEFT_OVER_MAX];
    size_t count = 0;
    enum cpr_rc rc = store->sighting_expected(store->self, scan->folder.id, scan->folder.uidvalidity, uids,
                                              LEFT_OVER_MAX, &count, error_out);
    return rc == CPR_OK && count ? scan_list(scan, uids, count, 1, 0, error_out) : rc;
}

static enum cpr_rc note_progress(struct scan *scan, uint32_t next_uid, struct cpr_error *error_out)
{
    scan->folder.next_uid = next_uid;
    return cpr_engine_transact(scan->engine, put_folder, &scan->folder, error_out);
}

/* What a process that died had in hand lies at or above the folder's progress: all of it is passed by, so that it is
 * left over, and not read as a batch whose every message counts each death. */
static enum cpr_rc pass_by_interrupted(struct scan *scan, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &scan->engine->ports.store;
    uint32_t uids[LEFT_OVER_MAX];
    size_t count = 0;
    enum cpr_rc rc = store->sighting_expected(store->self, scan->folder.id, scan->folder.uidvalidity, uids,
                                              LEFT_OVER_MAX, &count, error_out);
    return rc == CPR_OK && count && uids[count - 1] >= scan->folder.next_uid
               ? note_progress(scan, uids[count - 1] + 1, error_out)
               : rc;
}

/* Everything from next_uid up to uidnext, in windows of UIDs that are widened where the folder is sparse and narrowed
 * where it is dense, so that memory does not grow with the folder. */
static enum cpr_rc scan_new(struct scan *scan, uint32_t uidnext, struct cpr_error *error_out)
{
    struct cpr_engine *engine = scan->engine;
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[scan->mailbox];
    uint32_t *uids = engine->uids;
    uint32_t span = CPR_SEARCH_UIDS_MAX;
    while (scan->folder.next_uid < uidnext) {
        uint32_t first = scan->folder.next_uid;
        uint32_t last = uidnext - first > span ? first + span - 1 : uidnext - 1;
        size_t count = 0;
        enum cpr_rc rc =
            port->search(port->self, scan->folder.name, scan->folder.uidvalidity, first, last, uids, &count, error_out);
        if (rc == CPR_LIMIT && span > 1) {
            span /= 2;
            continue;
        }
        if (rc == CPR_OK && count)
            rc = scan_list(scan, uids, count, CPR_FETCH_BATCH, last + 1, error_out);
        else if (rc == CPR_OK)
            rc = note_progress(scan, last + 1, error_out);
        if (rc != CPR_OK)
            return rc;
        if (count < CPR_SEARCH_UIDS_MAX / 2 && span <= UINT32_MAX / 4)
            span *= 4;
    }
    return CPR_OK;
}

/* The arithmetic of P2, in the log after every look that found something. */
static enum cpr_rc add_up(struct scan *scan, struct cpr_error *error_out)
{
    struct cpr_engine *engine = scan->engine;
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_folder_tally tally = {0};
    enum cpr_rc rc = store->folder_tally(store->self, scan->folder.id, scan->folder.uidvalidity, &tally, error_out);
    if (rc != CPR_OK)
        return rc;
    uint64_t all = tally.expected + tally.judged + tally.unreadable + tally.vanished;
    cpr_journal(&engine->ports.journal, tally.expected ? CPR_LEVEL_WARNING : CPR_LEVEL_INFO,
                "mailbox %s: folder \"%s\": %" PRIu64 " messages seen under UIDVALIDITY %" PRIu32 " = %" PRIu64
                " judged + %" PRIu64 " unreadable + %" PRIu64 " vanished + %" PRIu64 " waiting",
                scan->folder.mailbox, scan->folder.display, all, scan->folder.uidvalidity, tally.judged,
                tally.unreadable, tally.vanished, tally.expected);
    return CPR_OK;
}

enum cpr_rc cpr_engine_scan(struct cpr_engine *engine, size_t mailbox, const struct cpr_chosen_folder *chosen,
                            struct cpr_error *error_out)
{
    const struct cpr_mailbox_port *port = &engine->ports.mailboxes[mailbox];
    struct scan scan = {.engine = engine, .mailbox = mailbox};
    struct cpr_folder_status status;
    enum cpr_rc rc = port->status(port->self, chosen->name, &status, error_out);
    if (rc == CPR_ABSENT) {
        engine->views[mailbox].listed_ms = CPR_TIME_NONE; /* it was there: list again, say so */
        return cpr_error_set(error_out, CPR_RETRY, 0, "mailbox %s: folder \"%.200s\" has gone",
                             engine->settings->mailboxes[mailbox].name, chosen->display);
    }
    if (rc == CPR_OK)
        rc = open_folder(&scan, chosen, status.uidvalidity, error_out);
    if (rc != CPR_OK)
        return rc;
    uint32_t first = scan.folder.next_uid;
    rc = pass_by_interrupted(&scan, error_out);
    if (rc == CPR_OK)
        rc = scan_new(&scan, status.uidnext, error_out);
    if (rc == CPR_OK)
        rc = scan_left_over(&scan, error_out);
    if (rc == CPR_OK && first != scan.folder.next_uid)
        rc = add_up(&scan, error_out);
    if (rc != CPR_OK)
        return rc;
    scan.folder.messages = status.messages;
    scan.folder.looked_ms = engine->now_ms;
    return cpr_engine_transact(engine, put_folder, &scan.folder, error_out);
}
