/* The audited folders of a mailbox, as the daemon chooses them: opened with EXAMINE, read with BODY.PEEK, never
 * changed. A first pass asks for dates only, so that old mail costs no more than that. */
#include "app/hunt.h"
#include "cpr/engine/folders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct folder_walk {
    struct hunt *hunt;
    const struct cpr_mailbox_port *port;
    const struct cpr_chosen_folder *folder;
    struct cpr_folder_status status;
    uint32_t uids[CPR_SEARCH_UIDS_MAX];   /* of a window */
    uint32_t wanted[CPR_SEARCH_UIDS_MAX]; /* those that are young enough */
    uint32_t taken[CPR_FETCH_BATCH];      /* those of a batch that have come */
    size_t count, wanted_count, taken_count;
    bool goes_on;
};

/* Young enough when any stamp is, or when there is none that any clock ever said: a date that an upload brought along
 * may be any. */
static bool take_date(void *context, const struct cpr_fetched *fetched)
{
    struct folder_walk *walk = context;
    struct hunt *hunt = walk->hunt;
    bool has_none = !cpr_time_is_plausible(fetched->internal_ms) && !cpr_time_is_plausible(fetched->save_ms);
    if (fetched->is_vanished)
        return true;
    if (has_none || fetched->internal_ms >= hunt->since_ms || fetched->save_ms >= hunt->since_ms)
        walk->wanted[walk->wanted_count++] = fetched->uid;
    else
        hunt->older++;
    return true;
}

static bool take_body(void *context, const struct cpr_fetched *fetched)
{
    struct folder_walk *walk = context;
    struct hunt_mail mail = {.raw = fetched->raw,
                             .size = fetched->size,
                             .internal_ms = fetched->internal_ms,
                             .save_ms = fetched->save_ms,
                             .number = fetched->uid};
    walk->taken[walk->taken_count++ % CPR_FETCH_BATCH] = fetched->uid;
    if (!fetched->is_vanished)
        walk->goes_on = hunt_take(walk->hunt, &mail);
    return walk->goes_on;
}

static enum cpr_rc fetch(struct folder_walk *walk, const uint32_t *uids, size_t count, uint32_t max_bytes,
                         bool (*each)(void *, const struct cpr_fetched *), struct cpr_error *error_out)
{
    return walk->port->fetch(walk->port->self, walk->folder->name, walk->status.uidvalidity, uids, count, max_bytes,
                             each, walk, error_out);
}

static bool has_come(const struct folder_walk *walk, uint32_t uid)
{
    for (size_t i = 0; i < walk->taken_count && i < CPR_FETCH_BATCH; i++)
        if (walk->taken[i] == uid)
            return true;
    return false;
}

/* One at a time what a batch was refused for; what is refused alone, too, is counted. */
static enum cpr_rc fetch_singly(struct folder_walk *walk, const uint32_t *uids, size_t count,
                                struct cpr_error *error_out)
{
    uint32_t max_bytes = walk->hunt->config->settings.message_max_bytes;
    enum cpr_rc rc = CPR_OK;
    for (size_t i = 0; i < count && (rc == CPR_OK || rc == CPR_LIMIT) && walk->goes_on; i++) {
        if (has_come(walk, uids[i]))
            continue;
        rc = fetch(walk, &uids[i], 1, max_bytes, take_body, error_out);
        walk->hunt->refused += rc == CPR_LIMIT;
    }
    return rc == CPR_LIMIT ? CPR_OK : rc;
}

static enum cpr_rc read_batch(struct folder_walk *walk, const uint32_t *uids, size_t count, struct cpr_error *error_out)
{
    uint32_t max_bytes = walk->hunt->config->settings.message_max_bytes;
    walk->taken_count = 0;
    enum cpr_rc rc = fetch(walk, uids, count, max_bytes, take_body, error_out);
    if (rc == CPR_LIMIT)
        rc = fetch_singly(walk, uids, count, error_out);
    bool is_compared = hunt_compare(walk->hunt);
    walk->goes_on = walk->goes_on && is_compared;
    return rc;
}

static enum cpr_rc read_window(struct folder_walk *walk, struct cpr_error *error_out)
{
    enum cpr_rc rc = CPR_OK;
    walk->wanted_count = 0;
    for (size_t i = 0; i < walk->count && rc == CPR_OK; i += CPR_FETCH_BATCH) {
        size_t left = walk->count - i, before = walk->wanted_count;
        unsigned older = walk->hunt->older;
        rc = fetch(walk, walk->uids + i, left < CPR_FETCH_BATCH ? left : CPR_FETCH_BATCH, 1, take_date, error_out);
        if (rc != CPR_LIMIT)
            continue;
        /* The server kept some back: nobody knows how old they are, so all of the batch are read. */
        walk->hunt->older = older;
        walk->wanted_count = before;
        for (size_t k = i; k < walk->count && k < i + CPR_FETCH_BATCH; k++)
            walk->wanted[walk->wanted_count++] = walk->uids[k];
        rc = CPR_OK;
    }
    for (size_t i = 0; i < walk->wanted_count && rc == CPR_OK && walk->goes_on; i += CPR_FETCH_BATCH) {
        size_t left = walk->wanted_count - i;
        hunt_progress(walk->hunt, walk->wanted[i], walk->status.uidnext);
        rc = read_batch(walk, walk->wanted + i, left < CPR_FETCH_BATCH ? left : CPR_FETCH_BATCH, error_out);
    }
    return rc;
}

/* Windows of UIDs, narrowed where the folder is dense and widened where it is sparse, as the daemon does it. */
static enum cpr_rc read_folder(struct folder_walk *walk, struct cpr_error *error_out)
{
    uint32_t span = CPR_SEARCH_UIDS_MAX, next = 1;
    while (next < walk->status.uidnext && walk->goes_on) {
        uint32_t last = walk->status.uidnext - next > span ? next + span - 1 : walk->status.uidnext - 1;
        enum cpr_rc rc = walk->port->search(walk->port->self, walk->folder->name, walk->status.uidvalidity, next, last,
                                            walk->uids, &walk->count, error_out);
        if (rc == CPR_LIMIT && span > 1) {
            span /= 2;
            continue;
        }
        if (rc == CPR_OK)
            rc = read_window(walk, error_out);
        if (rc != CPR_OK)
            return rc;
        next = last + 1;
        if (walk->count < CPR_SEARCH_UIDS_MAX / 2 && span <= UINT32_MAX / 4)
            span *= 4;
    }
    hunt_progress(walk->hunt, 1, 1);
    return CPR_OK;
}

static bool hunt_folder(struct hunt *hunt, const struct cpr_mailbox_port *port, size_t mailbox_index,
                        const struct cpr_chosen_folder *folder)
{
    struct cpr_error error = {0};
    struct folder_walk *walk = calloc(1, sizeof *walk);
    if (!walk) {
        hunt_failed(hunt, cpr_rc_exit_code(CPR_RETRY), "out of memory");
        return false;
    }
    *walk = (struct folder_walk){.hunt = hunt, .port = port, .folder = folder, .goes_on = true};
    hunt->place = (struct hunt_place){.mailbox = hunt->config->settings.mailboxes[mailbox_index].name,
                                      .mailbox_index = mailbox_index,
                                      .folder = folder->display,
                                      .role = cpr_folder_role_name(folder->role)};
    hunt->places++;
    enum cpr_rc rc = port->status(port->self, folder->name, &walk->status, &error);
    if (rc == CPR_OK)
        rc = read_folder(walk, &error);
    bool goes_on = walk->goes_on;
    free(walk);
    if (rc != CPR_OK && rc != CPR_STOPPED)
        hunt_failed(hunt, cpr_rc_exit_code(rc), error.text);
    return goes_on;
}

bool hunt_mailbox(struct hunt *hunt, size_t mailbox_index)
{
    const struct cpr_mailbox_settings *settings = &hunt->config->settings.mailboxes[mailbox_index];
    struct cpr_error error = {0};
    struct audit_mailbox mailbox;
    size_t count = 0;
    bool goes_on = true;
    struct cpr_chosen_folder *chosen = calloc(CPR_FOLDERS_MAX, sizeof *chosen);
    enum cpr_rc rc = chosen ? audit_mailbox_open(hunt->config, mailbox_index, &mailbox, &error) : CPR_RETRY;
    if (rc != CPR_OK) {
        hunt_failed(hunt, cpr_rc_exit_code(rc), chosen ? error.text : "out of memory");
        free(chosen);
        return true;
    }
    rc = cpr_folders_choose(&mailbox.port, settings, chosen, &count, &error);
    /* A folder that is missing is said, and the others are read. */
    if (rc != CPR_OK)
        hunt_failed(hunt, cpr_rc_exit_code(rc), error.text);
    for (size_t i = 0; i < count && goes_on && (rc == CPR_OK || rc == CPR_OPERATOR); i++)
        if (chosen[i].role != CPR_ROLE_SENT)
            goes_on = hunt_folder(hunt, &mailbox.port, mailbox_index, &chosen[i]);
    audit_mailbox_close(&mailbox);
    free(chosen);
    return goes_on;
}
