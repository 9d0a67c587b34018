/* Folders: names, selection, LIST, STATUS, SEARCH. */
#include "imap_private.h"
#include "cpr/base/text.h"
#include "cpr/io/mutf7.h"

#include <stdlib.h>
#include <string.h>

/* Up to this many UIDs, all of ten digits, fit a SEARCH line under CPR_WIRE_LINE_MAX_BYTES. */
enum { SEARCH_WIDTH_MAX = 65536 };

bool cpr_imap_name_is_sendable(const char *name)
{
    size_t len = strnlen(name, CPR_FOLDER_NAME_MAX);
    if (len == 0 || len == CPR_FOLDER_NAME_MAX || !cpr_utf8_is_valid(cpr_view_make(name, len)))
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
            return false;
    return true;
}

void cpr_imap_quote(const char *name, char out[CPR_IMAP_QUOTED_MAX])
{
    *out++ = '"';
    for (; *name; name++) {
        if (*name == '"' || *name == '\\')
            *out++ = '\\';
        *out++ = *name;
    }
    *out++ = '"';
    *out = 0;
}

static enum cpr_rc require_name(struct cpr_imap *imap, const char *folder, struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_imap_require_open(imap, error_out);
    if (rc == CPR_OK && !cpr_imap_name_is_sendable(folder))
        rc = cpr_error_set(error_out, CPR_ABSENT, 0, "'%s' cannot be a folder's name on %s", folder,
                           imap->settings.server->host);
    return rc;
}

enum cpr_rc cpr_imap_select(struct cpr_imap *imap, const char *folder, bool is_writable, uint32_t uidvalidity,
                            struct cpr_error *error_out)
{
    enum cpr_rc rc = require_name(imap, folder, error_out);
    if (rc != CPR_OK)
        return rc;
    imap->folder[0] = 0;
    cpr_imap_allow(imap, CPR_IMAP_NAME_LITERAL_MAX_BYTES, CPR_WIRE_TEXT_MAX_BYTES);
    int number = is_writable ? mailimap_select(imap->session, folder) : mailimap_examine(imap->session, folder);
    if (number == MAILIMAP_ERROR_SELECT || number == MAILIMAP_ERROR_EXAMINE)
        return cpr_imap_refused(imap, CPR_ABSENT, "opening", folder, error_out);
    if (number != MAILIMAP_NO_ERROR)
        return cpr_imap_lost(imap, number, is_writable ? "SELECT" : "EXAMINE", error_out);
    uint32_t now = imap->session->imap_selection_info->sel_uidvalidity;
    if (now == 0)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s gives folder '%s' no UIDVALIDITY; it cannot be audited",
                             imap->settings.server->host, folder);
    if (uidvalidity != 0 && now != uidvalidity)
        return cpr_error_set(error_out, CPR_ABSENT, 0, "folder '%s' was rebuilt (UIDVALIDITY %u, before %u)", folder,
                             now, uidvalidity);
    cpr_view_copy(cpr_view_of(folder), imap->folder, sizeof imap->folder);
    imap->is_writable = is_writable;
    return CPR_OK;
}

/* --- LIST --------------------------------------------------------------------------------------------------------- */

static unsigned use_of(const char *flag)
{
    static const struct {
        const char *name;
        unsigned use;
    } uses[] = {{"Junk", CPR_FOLDER_USE_JUNK},      {"Spam", CPR_FOLDER_USE_JUNK}, {"Sent", CPR_FOLDER_USE_SENT},
                {"Trash", CPR_FOLDER_USE_TRASH},    {"All", CPR_FOLDER_USE_ALL},   {"Drafts", CPR_FOLDER_USE_DRAFTS},
                {"Archive", CPR_FOLDER_USE_ARCHIVE}};
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++)
        if (cpr_view_equal_nocase(cpr_view_of(flag), cpr_view_of(uses[i].name)))
            return uses[i].use;
    return 0;
}

/* A name that cannot be sent back, or not be kept whole, is listed with an empty wire name: a person sees it. */
static void listing_of(const struct mailimap_mailbox_list *item, struct cpr_folder_listing *out)
{
    *out = (struct cpr_folder_listing){.delimiter = item->mb_delimiter, .is_selectable = true};
    const struct mailimap_mbx_list_flags *flags = item->mb_flag;
    if (flags && flags->mbf_type == MAILIMAP_MBX_LIST_FLAGS_SFLAG &&
        flags->mbf_sflag == MAILIMAP_MBX_LIST_SFLAG_NOSELECT)
        out->is_selectable = false;
    for (clistiter *i = flags && flags->mbf_oflags ? clist_begin(flags->mbf_oflags) : NULL; i; i = clist_next(i)) {
        const struct mailimap_mbx_list_oflag *flag = clist_content(i);
        if (flag->of_type != MAILIMAP_MBX_LIST_OFLAG_FLAG_EXT || !flag->of_flag_ext)
            continue;
        out->uses |= use_of(flag->of_flag_ext);
        struct cpr_view name = cpr_view_of(flag->of_flag_ext);
        if (cpr_view_equal_nocase(name, cpr_view_of("NonExistent")) ||
            cpr_view_equal_nocase(name, cpr_view_of("Noselect")))
            out->is_selectable = false;
    }
    cpr_mutf7_decode(cpr_view_of(item->mb_name), out->display, sizeof out->display);
    if (cpr_imap_name_is_sendable(item->mb_name))
        cpr_view_copy(cpr_view_of(item->mb_name), out->name, sizeof out->name);
    else
        out->is_selectable = false;
}

static int compare_names(const void *a, const void *b)
{
    const struct mailimap_mailbox_list *left = *(const struct mailimap_mailbox_list *const *)a;
    const struct mailimap_mailbox_list *right = *(const struct mailimap_mailbox_list *const *)b;
    return strcmp(left->mb_name, right->mb_name);
}

/* Some servers name a folder twice (subscribed, and special-use); it is listed once, by name. */
static enum cpr_rc deliver(clist *list, bool (*each)(void *context, const struct cpr_folder_listing *), void *context,
                           struct cpr_error *error_out)
{
    size_t count = 0;
    const struct mailimap_mailbox_list **sorted = calloc((size_t)clist_count(list) + 1, sizeof *sorted);
    if (!sorted)
        return cpr_error_set(error_out, CPR_RETRY, 0, "no memory for the list of folders");
    for (clistiter *i = clist_begin(list); i; i = clist_next(i))
        sorted[count++] = clist_content(i);
    qsort(sorted, count, sizeof *sorted, compare_names);
    bool goes_on = true;
    for (size_t i = 0; i < count && goes_on;) {
        struct cpr_folder_listing listing;
        listing_of(sorted[i], &listing);
        size_t next = i + 1;
        for (; next < count && compare_names(&sorted[i], &sorted[next]) == 0; next++) {
            struct cpr_folder_listing again;
            listing_of(sorted[next], &again);
            listing.uses |= again.uses;
            listing.is_selectable = listing.is_selectable && again.is_selectable;
        }
        goes_on = each(context, &listing);
        i = next;
    }
    free(sorted);
    return CPR_OK;
}

enum cpr_rc cpr_imap_list(void *self, bool (*each)(void *context, const struct cpr_folder_listing *), void *context,
                          struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    bool is_done;
    enum cpr_rc rc = cpr_imap_require_open(imap, error_out);
    if (rc == CPR_OK)
        rc = cpr_imap_format(imap, &is_done, error_out, "LIST \"\" \"*\"%s",
                             imap->capabilities.special_use ? " RETURN (SPECIAL-USE)" : "");
    if (rc != CPR_OK)
        return rc;
    /* SPECIAL-USE alone does not promise the extended syntax of RFC 5258. */
    if (!is_done && imap->capabilities.special_use)
        rc = cpr_imap_format(imap, &is_done, error_out, "LIST \"\" \"*\"");
    if (rc != CPR_OK)
        return rc;
    if (!is_done)
        return cpr_imap_refused(imap, CPR_OPERATOR, "listing", "*", error_out);
    clist *list = imap->session->imap_response_info->rsp_mailbox_list;
    if (list && clist_count(list) > CPR_FOLDER_LIST_MAX)
        return cpr_error_set(error_out, CPR_LIMIT, 0, "%s lists %d folders; at most %d are looked at",
                             imap->settings.server->host, clist_count(list), CPR_FOLDER_LIST_MAX);
    /* The callback may use the session, which would free the list. */
    imap->session->imap_response_info->rsp_mailbox_list = NULL;
    if (list) {
        rc = deliver(list, each, context, error_out);
        mailimap_list_result_free(list);
    }
    return rc;
}

/* --- STATUS ------------------------------------------------------------------------------------------------------- */

static bool read_status(const struct mailimap_mailbox_data_status *status, struct cpr_folder_status *out)
{
    bool has_uidvalidity = false, has_uidnext = false, has_messages = false;
    for (clistiter *i = status && status->st_info_list ? clist_begin(status->st_info_list) : NULL; i;
         i = clist_next(i)) {
        const struct mailimap_status_info *info = clist_content(i);
        if (info->st_att == MAILIMAP_STATUS_ATT_UIDVALIDITY) {
            out->uidvalidity = info->st_value;
            has_uidvalidity = info->st_value > 0;
        } else if (info->st_att == MAILIMAP_STATUS_ATT_UIDNEXT) {
            out->uidnext = info->st_value;
            has_uidnext = info->st_value > 0;
        } else if (info->st_att == MAILIMAP_STATUS_ATT_MESSAGES) {
            out->messages = info->st_value;
            has_messages = true;
        }
    }
    return has_uidvalidity && has_uidnext && has_messages;
}

enum cpr_rc cpr_imap_status(void *self, const char *folder, struct cpr_folder_status *out, struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    enum cpr_rc rc = require_name(imap, folder, error_out);
    /* STATUS of the selected folder may be as old as its selection (RFC 3501 section 6.3.10). */
    if (rc == CPR_OK && strcmp(imap->folder, folder) == 0)
        rc = cpr_imap_select(imap, folder, false, 0, error_out);
    if (rc != CPR_OK)
        return rc;
    char quoted[CPR_IMAP_QUOTED_MAX];
    bool is_done;
    cpr_imap_quote(folder, quoted);
    rc = cpr_imap_format(imap, &is_done, error_out, "STATUS %s (MESSAGES UIDNEXT UIDVALIDITY)", quoted);
    if (rc != CPR_OK)
        return rc;
    if (!is_done)
        return cpr_imap_refused(imap, CPR_ABSENT, "the status", folder, error_out);
    struct cpr_folder_status status = {0};
    if (!read_status(imap->session->imap_response_info->rsp_status, &status))
        return cpr_imap_lost(imap, MAILIMAP_ERROR_PARSE, "STATUS", error_out);
    *out = status;
    return CPR_OK;
}

/* --- SEARCH ------------------------------------------------------------------------------------------------------- */

static int compare_uids(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static size_t count_in_range(clist *found, uint32_t first_uid, uint32_t last_uid)
{
    size_t count = 0;
    for (clistiter *i = found ? clist_begin(found) : NULL; i; i = clist_next(i)) {
        uint32_t uid = *(const uint32_t *)clist_content(i);
        count += uid >= first_uid && uid <= last_uid;
    }
    return count;
}

enum cpr_rc cpr_imap_search_selected(struct cpr_imap *imap, uint32_t first_uid, uint32_t last_uid, uint32_t *uids_out,
                                     size_t count_max, size_t *count_out, struct cpr_error *error_out)
{
    static const char too_many[] = "folder '%s' has more than %zu messages from UID %u to %u; ask for fewer";
    /* Of a large folder only a range whose answer is sure to fit a line is asked for. */
    if (imap->session->imap_selection_info->sel_exists > CPR_SEARCH_UIDS_MAX &&
        last_uid - first_uid >= SEARCH_WIDTH_MAX)
        return cpr_error_set(error_out, CPR_LIMIT, 0, too_many, imap->folder, count_max, first_uid, last_uid);
    bool is_done;
    enum cpr_rc rc = cpr_imap_format(imap, &is_done, error_out, "UID SEARCH UID %u:%u", first_uid, last_uid);
    if (rc != CPR_OK)
        return rc;
    if (!is_done)
        return cpr_imap_refused(imap, CPR_RETRY, "a search", imap->folder, error_out);
    clist *found = imap->session->imap_response_info->rsp_search_result;
    if (count_in_range(found, first_uid, last_uid) > count_max)
        return cpr_error_set(error_out, CPR_LIMIT, 0, too_many, imap->folder, count_max, first_uid, last_uid);
    size_t count = 0;
    for (clistiter *i = found ? clist_begin(found) : NULL; i; i = clist_next(i)) {
        uint32_t uid = *(const uint32_t *)clist_content(i);
        if (uid >= first_uid && uid <= last_uid)
            uids_out[count++] = uid;
    }
    qsort(uids_out, count, sizeof *uids_out, compare_uids);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || uids_out[kept - 1] != uids_out[i])
            uids_out[kept++] = uids_out[i];
    *count_out = kept;
    return CPR_OK;
}

enum cpr_rc cpr_imap_search(void *self, const char *folder, uint32_t uidvalidity, uint32_t first_uid, uint32_t last_uid,
                            uint32_t *uids_out, size_t *count_out, struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    if (first_uid == 0)
        first_uid = 1;
    if (first_uid > last_uid) {
        *count_out = 0;
        return CPR_OK;
    }
    /* Opened anew each time: a selected folder shows what came in only when the server pleases. */
    enum cpr_rc rc = cpr_imap_select(imap, folder, false, uidvalidity, error_out);
    if (rc != CPR_OK)
        return rc;
    return cpr_imap_search_selected(imap, first_uid, last_uid, uids_out, CPR_SEARCH_UIDS_MAX, count_out, error_out);
}
