/* What changes a mailbox: moving one message, finishing a copy, marking. One UID a command, identity checked before. */
#include "imap_private.h"

#include <stdio.h>
#include <string.h>

struct copy_proof {
    uint32_t uidvalidity, uid; /* of the copy; 0 when the server gave no proof */
};

/* The one UID of a set that holds exactly one; else 0. */
static uint32_t only_uid(const struct mailimap_set *set)
{
    if (!set || !set->set_list || clist_count(set->set_list) != 1)
        return 0;
    const struct mailimap_set_item *item = clist_content(clist_begin(set->set_list));
    return item->set_first == item->set_last ? item->set_first : 0;
}

/* COPYUID (RFC 4315) counts as proof only when it names our UID and one other, and nothing else. */
static struct copy_proof read_copyuid(const struct cpr_imap *imap, uint32_t uid)
{
    struct copy_proof proof = {0};
    const struct mailimap_response_info *info = imap->session->imap_response_info;
    for (clistiter *i = info ? clist_begin(info->rsp_extension_list) : NULL; i; i = clist_next(i)) {
        const struct mailimap_extension_data *data = clist_content(i);
        if (data->ext_extension != &mailimap_extension_uidplus || data->ext_type != MAILIMAP_UIDPLUS_RESP_CODE_COPY)
            continue;
        const struct mailimap_uidplus_resp_code_copy *copy = data->ext_data;
        uint32_t copied = only_uid(copy->uid_dest_set);
        if (only_uid(copy->uid_source_set) == uid && copied != 0 && copy->uid_uidvalidity != 0)
            proof = (struct copy_proof){.uidvalidity = copy->uid_uidvalidity, .uid = copied};
    }
    return proof;
}

/* Whether the selected folder still lists the UID. */
static enum cpr_rc look_for_uid(struct cpr_imap *imap, uint32_t uid, bool *is_there_out, struct cpr_error *error_out)
{
    uint32_t found;
    size_t count = 0;
    enum cpr_rc rc = cpr_imap_search_selected(imap, uid, uid, &found, 1, &count, error_out);
    if (rc == CPR_OK)
        *is_there_out = count > 0;
    return rc;
}

static enum cpr_rc check_destination(struct cpr_imap *imap, const char *source, const char *destination,
                                     struct cpr_error *error_out)
{
    if (strcmp(source, destination) == 0)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "a message cannot be moved from folder '%s' to itself",
                             source);
    if (cpr_imap_name_is_sendable(destination))
        return CPR_OK;
    return cpr_error_set(error_out, CPR_OPERATOR, 0, "'%s' cannot be a folder's name on %s", destination,
                         imap->settings.server->host);
}

/* SELECT anew and compare: what was judged may have gone, or the folder been rebuilt, since. */
static enum cpr_rc open_and_check(struct cpr_imap *imap, const char *folder, uint32_t uidvalidity, uint32_t uid,
                                  const struct cpr_identity *identity, bool *is_gone_out, struct cpr_error *error_out)
{
    *is_gone_out = false;
    enum cpr_rc rc = cpr_imap_select(imap, folder, true, uidvalidity, error_out);
    if (rc != CPR_OK)
        return rc;
    if (imap->session->imap_selection_info->sel_perm == MAILIMAP_MAILBOX_READONLY)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "folder '%s' is read-only for '%s'; nothing can be moved out of it", folder,
                             imap->settings.server->user);
    return cpr_imap_check_identity(imap, uid, identity, is_gone_out, error_out);
}

static enum cpr_rc move_at_once(struct cpr_imap *imap, uint32_t uid, const char *destination,
                                struct cpr_move_result *result, struct cpr_error *error_out)
{
    char quoted[CPR_IMAP_QUOTED_MAX];
    bool is_done;
    cpr_imap_quote(destination, quoted);
    enum cpr_rc rc = cpr_imap_format(imap, &is_done, error_out, "UID MOVE %u %s", uid, quoted);
    if (rc != CPR_OK)
        return rc;
    if (!is_done) {
        result->outcome = CPR_MOVE_NOT_DONE;
        return cpr_imap_refused(imap, CPR_OPERATOR, "a move out", imap->folder, error_out);
    }
    struct copy_proof proof = read_copyuid(imap, uid);
    bool is_there = clist_count(imap->session->imap_response_info->rsp_expunged) == 0;
    if (proof.uid == 0 || is_there)
        rc = look_for_uid(imap, uid, &is_there, error_out);
    if (rc != CPR_OK)
        return rc;
    if (proof.uid != 0 && !is_there) {
        result->outcome = CPR_MOVE_DONE;
        result->destination_uidvalidity = proof.uidvalidity;
        result->destination_uid = proof.uid;
        return CPR_OK;
    }
    /* OK without proof: servers say that of a UID that is gone. Still there and no copy named: nothing happened. */
    if (proof.uid == 0 && is_there)
        result->outcome = CPR_MOVE_NOT_DONE;
    return cpr_error_set(error_out, is_there ? CPR_OPERATOR : CPR_ABSENT, 0,
                         is_there ? "the server said that UID %u was moved to '%s', but it is still where it was"
                                  : "the server said OK to the move of UID %u to '%s' but named no copy; both folders "
                                    "must be looked at",
                         uid, destination);
}

/* Compares the copy with what was to be copied, in the destination, read-only. */
static enum cpr_rc verify_copy(struct cpr_imap *imap, const char *destination, struct copy_proof proof,
                               const struct cpr_identity *identity, struct cpr_error *error_out)
{
    bool is_gone;
    enum cpr_rc rc = cpr_imap_select(imap, destination, false, proof.uidvalidity, error_out);
    return rc == CPR_OK ? cpr_imap_check_identity(imap, proof.uid, identity, &is_gone, error_out) : rc;
}

/* Without UIDPLUS nothing names the copy: it is looked for among the newest messages of the destination. */
static enum cpr_rc find_copy(struct cpr_imap *imap, const char *destination, uint32_t first_uid,
                             const struct cpr_identity *identity, struct cpr_move_result *result,
                             struct cpr_error *error_out)
{
    uint32_t uids[CPR_TWINS_MAX], uidvalidity;
    size_t count = 0;
    enum cpr_rc rc = cpr_imap_find(imap, destination, identity, first_uid, &uidvalidity, uids, &count, error_out);
    if (rc != CPR_OK)
        return rc;
    if (count == 0)
        return cpr_error_set(error_out, CPR_ABSENT, 0,
                             "the server said that the message was copied to '%s', but it is not there", destination);
    result->outcome = CPR_MOVE_DONE;
    result->copied_only = true;
    return CPR_OK;
}

static enum cpr_rc copy(struct cpr_imap *imap, uint32_t uid, const char *destination, struct copy_proof *proof_out,
                        struct cpr_move_result *result, struct cpr_error *error_out)
{
    char quoted[CPR_IMAP_QUOTED_MAX];
    bool is_done;
    cpr_imap_quote(destination, quoted);
    enum cpr_rc rc = cpr_imap_format(imap, &is_done, error_out, "UID COPY %u %s", uid, quoted);
    if (rc == CPR_OK && !is_done) {
        result->outcome = CPR_MOVE_NOT_DONE;
        rc = cpr_imap_refused(imap, CPR_OPERATOR, "a copy out", imap->folder, error_out);
    }
    if (rc == CPR_OK)
        *proof_out = read_copyuid(imap, uid);
    return rc;
}

static enum cpr_rc copy_and_remove(struct cpr_imap *imap, const char *source, uint32_t uidvalidity, uint32_t uid,
                                   const struct cpr_identity *identity, const char *destination,
                                   struct cpr_move_result *result, struct cpr_error *error_out)
{
    struct copy_proof proof;
    enum cpr_rc rc = copy(imap, uid, destination, &proof, result, error_out);
    if (rc != CPR_OK)
        return rc;
    if (proof.uid == 0)
        return cpr_error_set(
            error_out, CPR_ABSENT, 0,
            "the server said OK to the copy of UID %u to '%s' but named none; both folders must be looked at", uid,
            destination);
    rc = verify_copy(imap, destination, proof, identity, error_out);
    if (rc != CPR_OK)
        return rc;
    result->destination_uidvalidity = proof.uidvalidity;
    result->destination_uid = proof.uid;
    rc = cpr_imap_remove_copied(imap, source, uidvalidity, uid, identity, error_out);
    if (rc == CPR_OK)
        result->outcome = CPR_MOVE_DONE;
    return rc;
}

static enum cpr_rc copy_only(struct cpr_imap *imap, uint32_t uid, const struct cpr_identity *identity,
                             const char *destination, struct cpr_move_result *result, struct cpr_error *error_out)
{
    struct cpr_folder_status before;
    struct copy_proof proof;
    result->outcome = CPR_MOVE_NOT_DONE;
    enum cpr_rc rc = cpr_imap_status(imap, destination, &before, error_out);
    if (rc != CPR_OK)
        return rc;
    result->outcome = CPR_MOVE_UNKNOWN;
    rc = copy(imap, uid, destination, &proof, result, error_out);
    return rc == CPR_OK ? find_copy(imap, destination, before.uidnext, identity, result, error_out) : rc;
}

enum cpr_rc cpr_imap_move(void *self, const char *source, uint32_t uidvalidity, uint32_t uid,
                          const struct cpr_identity *identity, const char *destination,
                          struct cpr_move_result *result_out, struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    const struct cpr_mailbox_capabilities can = imap->capabilities;
    *result_out = (struct cpr_move_result){.outcome = CPR_MOVE_NOT_DONE};
    snprintf(result_out->how, sizeof result_out->how, "%s", can.move ? "MOVE" : can.uidplus ? "COPY+EXPUNGE" : "COPY");
    bool is_gone = false;
    enum cpr_rc rc = check_destination(imap, source, destination, error_out);
    if (rc == CPR_OK)
        rc = open_and_check(imap, source, uidvalidity, uid, identity, &is_gone, error_out);
    if (is_gone)
        result_out->outcome = CPR_MOVE_GONE;
    if (rc != CPR_OK)
        return rc;
    /* From here on a command may have been carried out although its answer is never read. */
    result_out->outcome = CPR_MOVE_UNKNOWN;
    if (can.move)
        return move_at_once(imap, uid, destination, result_out, error_out);
    if (can.uidplus)
        return copy_and_remove(imap, source, uidvalidity, uid, identity, destination, result_out, error_out);
    return copy_only(imap, uid, identity, destination, result_out, error_out);
}

enum cpr_rc cpr_imap_remove_copied(void *self, const char *source, uint32_t uidvalidity, uint32_t uid,
                                   const struct cpr_identity *identity, struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    bool is_gone, is_done, is_there;
    enum cpr_rc rc = cpr_imap_require_open(imap, error_out);
    /* A plain EXPUNGE would also remove what others have marked as deleted. */
    if (rc == CPR_OK && !imap->capabilities.uidplus)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "%s has no UIDPLUS: UID %u stays in folder '%s' beside its copy",
                             imap->settings.server->host, uid, source);
    if (rc == CPR_OK)
        rc = open_and_check(imap, source, uidvalidity, uid, identity, &is_gone, error_out);
    if (rc == CPR_OK)
        rc = cpr_imap_format(imap, &is_done, error_out, "UID STORE %u +FLAGS.SILENT (\\Deleted)", uid);
    if (rc == CPR_OK && !is_done)
        rc = cpr_imap_refused(imap, CPR_OPERATOR, "marking a copied message as deleted", source, error_out);
    if (rc == CPR_OK)
        rc = cpr_imap_format(imap, &is_done, error_out, "UID EXPUNGE %u", uid);
    if (rc == CPR_OK && !is_done)
        rc = cpr_imap_refused(imap, CPR_OPERATOR, "removing a copied message", source, error_out);
    if (rc == CPR_OK)
        rc = look_for_uid(imap, uid, &is_there, error_out);
    if (rc == CPR_OK && is_there)
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0,
                           "the server said that UID %u was removed from '%s', but it is there", uid, source);
    return rc;
}

/* --- marking ------------------------------------------------------------------------------------------------------ */

/* PERMANENTFLAGS: no answer means that all flags can be changed (RFC 3501 section 6.3.1); "\*" allows new keywords. */
static bool may_change(const struct cpr_imap *imap, const char *keyword)
{
    const struct mailimap_selection_info *selection = imap->session->imap_selection_info;
    if (selection->sel_perm == MAILIMAP_MAILBOX_READONLY)
        return false;
    if (!selection->sel_perm_flags)
        return true;
    for (clistiter *i = clist_begin(selection->sel_perm_flags); i; i = clist_next(i)) {
        const struct mailimap_flag_perm *allowed = clist_content(i);
        if (allowed->fl_type == MAILIMAP_FLAG_PERM_ALL)
            return true;
        if (allowed->fl_flag && allowed->fl_flag->fl_type == MAILIMAP_FLAG_KEYWORD &&
            cpr_view_equal_nocase(cpr_view_of(allowed->fl_flag->fl_data.fl_keyword), cpr_view_of(keyword)))
            return true;
    }
    return false;
}

/* Adds (or removes) those of two keywords that may be changed. *is_done_out: the server did so. */
static enum cpr_rc store(struct cpr_imap *imap, uint32_t uid, char sign, const char *first, const char *second,
                         bool *is_done_out, struct cpr_error *error_out)
{
    bool has_first = may_change(imap, first), has_second = may_change(imap, second);
    *is_done_out = false;
    if (!has_first && !has_second)
        return CPR_OK;
    return cpr_imap_format(imap, is_done_out, error_out, "UID STORE %u %cFLAGS.SILENT (%s%s%s)", uid, sign,
                           has_first ? first : "", has_first && has_second ? " " : "", has_second ? second : "");
}

enum cpr_rc cpr_imap_mark_rescued(void *self, const char *folder, uint32_t uidvalidity, uint32_t uid, bool *marked_out,
                                  struct cpr_error *error_out)
{
    struct cpr_imap *imap = self;
    static const char mark[] = "$CPRRescued";
    bool is_there = false, is_marked = false, is_done;
    enum cpr_rc rc = cpr_imap_select(imap, folder, true, uidvalidity, error_out);
    if (rc == CPR_OK)
        rc = look_for_uid(imap, uid, &is_there, error_out);
    if (rc == CPR_OK && !is_there)
        rc = cpr_error_set(error_out, CPR_ABSENT, 0, "folder '%s' has no message at UID %u any more", folder, uid);
    if (rc == CPR_OK)
        rc = store(imap, uid, '+', mark, "$NotJunk", &is_marked, error_out);
    if (rc == CPR_OK)
        is_marked = is_marked && may_change(imap, mark);
    if (rc == CPR_OK)
        rc = store(imap, uid, '-', "$Junk", "Junk", &is_done, error_out);
    if (rc == CPR_OK)
        *marked_out = is_marked;
    return rc;
}
