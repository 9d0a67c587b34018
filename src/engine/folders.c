#include "cpr/engine/folders.h"
#include "junk_names.h"

#include "cpr/base/buffer.h"

#include <stdio.h>
#include <string.h>

struct chooser {
    const struct cpr_mailbox_settings *wanted;
    struct cpr_chosen_folder *chosen; /* CPR_FOLDERS_MAX, owned by the caller */
    size_t count;
    bool is_full;
    bool found_inbox, found_junk, found_sent, found_dismiss;
    bool found_folder[CPR_FOLDER_CHOICES_MAX], found_named_junk[CPR_FOLDER_CHOICES_MAX];
    bool found_replies[CPR_FOLDER_CHOICES_MAX];
    struct cpr_buffer display_names; /* for the error: what there is */
};

/* Each folder has one role: the first rule that fits wins. */
static void choose(struct chooser *chooser, const struct cpr_folder_listing *listing, enum cpr_folder_role role,
                   const char *rule)
{
    if (chooser->count == CPR_FOLDERS_MAX) {
        chooser->is_full = true;
        return;
    }
    struct cpr_chosen_folder *folder = &chooser->chosen[chooser->count++];
    memcpy(folder->name, listing->name, sizeof folder->name);
    memcpy(folder->display, listing->display, sizeof folder->display);
    folder->role = role;
    snprintf(folder->rule, sizeof folder->rule, "%s", rule);
}

static bool is_named(const struct cpr_folder_listing *listing, const char *name)
{
    struct cpr_view display = cpr_view_of(listing->display);
    return cpr_folder_name_is_same(display, cpr_view_of(name)) || strcmp(listing->name, name) == 0;
}

static bool find_named(const struct cpr_folder_listing *listing, char names[][CPR_FOLDER_NAME_MAX], size_t count,
                       bool *found)
{
    bool hit = false;
    for (size_t i = 0; i < count; i++)
        if (is_named(listing, names[i]))
            found[i] = hit = true;
    return hit;
}

static bool consider(void *context, const struct cpr_folder_listing *listing)
{
    struct chooser *chooser = context;
    const struct cpr_mailbox_settings *wanted = chooser->wanted;
    if (!listing->is_selectable)
        return true;
    if (chooser->display_names.len)
        cpr_buffer_add_text(&chooser->display_names, ", ");
    cpr_buffer_add_text(&chooser->display_names, listing->display);

    struct cpr_view display = cpr_view_of(listing->display);
    if (is_named(listing, wanted->inbox)) {
        chooser->found_inbox = true;
        choose(chooser, listing, CPR_ROLE_INBOX, "configured");
    } else if (find_named(listing, (char(*)[CPR_FOLDER_NAME_MAX])wanted->junk, wanted->junk_count,
                          chooser->found_named_junk)) {
        chooser->found_junk = true;
        choose(chooser, listing, CPR_ROLE_JUNK, "configured");
    } else if (find_named(listing, (char(*)[CPR_FOLDER_NAME_MAX])wanted->folders, wanted->folder_count,
                          chooser->found_folder)) {
        choose(chooser, listing, CPR_ROLE_FOLDER, "configured");
    } else if (find_named(listing, (char(*)[CPR_FOLDER_NAME_MAX])wanted->replies, wanted->reply_folder_count,
                          chooser->found_replies)) {
        choose(chooser, listing, CPR_ROLE_SENT, CPR_FOLDER_RULE_REPLIES);
    } else if (!wanted->sent_auto && is_named(listing, wanted->sent)) {
        chooser->found_sent = true;
        choose(chooser, listing, CPR_ROLE_SENT, "configured");
    } else if (wanted->dismiss_folder[0] && is_named(listing, wanted->dismiss_folder)) {
        chooser->found_dismiss = true;
        choose(chooser, listing, CPR_ROLE_DISMISS, "configured");
    } else if (wanted->junk_auto && (listing->uses & CPR_FOLDER_USE_JUNK)) {
        chooser->found_junk = true;
        choose(chooser, listing, CPR_ROLE_JUNK, "special use \\Junk (RFC 6154)");
    } else if (wanted->sent_auto && (listing->uses & CPR_FOLDER_USE_SENT)) {
        chooser->found_sent = true;
        choose(chooser, listing, CPR_ROLE_SENT, "special use \\Sent (RFC 6154)");
    } else if (wanted->junk_auto && cpr_junk_name_is_known(display, listing->delimiter)) {
        chooser->found_junk = true;
        choose(chooser, listing, CPR_ROLE_JUNK, "well-known name of a junk folder");
    }
    return true;
}

/* The names under which mail programs keep sent mail when the server does not mark it. */
static bool is_sent_name(struct cpr_view display)
{
    static const char *const names[] = {"Sent",
                                        "Sent Items",
                                        "Sent Mail",
                                        "Sent Messages",
                                        "INBOX.Sent",
                                        "INBOX/Sent",
                                        "Gesendet",
                                        "Gesendete Elemente",
                                        "Gesendete Objekte",
                                        "Éléments envoyés",
                                        "Messages envoyés",
                                        "Elementos enviados",
                                        "Enviados",
                                        "Posta inviata",
                                        "Inviata",
                                        "Verzonden items",
                                        "Skickat",
                                        "Sendt",
                                        "Lähetetyt",
                                        "Wysłane",
                                        "Elementy wysłane",
                                        "Odeslané",
                                        "Odeslaná pošta",
                                        "Odoslané",
                                        "Elküldött elemek",
                                        "Отправленные",
                                        "Надіслані",
                                        "送信済み",
                                        "送信済みアイテム",
                                        "已发送邮件",
                                        "已发送",
                                        "寄件備份",
                                        "보낸 편지함",
                                        "Gönderilmiş Öğeler",
                                        "Trimise"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (cpr_folder_name_is_same(display, cpr_view_of(names[i])))
            return true;
    return false;
}

static bool consider_sent_name(void *context, const struct cpr_folder_listing *listing)
{
    struct chooser *chooser = context;
    if (!listing->is_selectable || !is_sent_name(cpr_view_of(listing->display)))
        return true;
    for (size_t i = 0; i < chooser->count; i++)
        if (strcmp(chooser->chosen[i].name, listing->name) == 0)
            return true;
    chooser->found_sent = true;
    choose(chooser, listing, CPR_ROLE_SENT, "well-known name of a folder for sent mail");
    return true;
}

static enum cpr_rc complain(const struct chooser *chooser, struct cpr_error *error_out)
{
    const struct cpr_mailbox_settings *wanted = chooser->wanted;
    const char *there_is = cpr_buffer_text(&chooser->display_names);
    if (chooser->is_full)
        return cpr_error_set(
            error_out, CPR_LIMIT, 0,
            "mailbox %s: more than %d folders would be audited; name them in [mailbox %s] junk and folders",
            wanted->name, CPR_FOLDERS_MAX, wanted->name);
    if (!chooser->found_inbox)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "mailbox %s: there is no folder \"%s\" (inbox); there is: %.200s", wanted->name,
                             wanted->inbox, there_is);
    for (size_t i = 0; i < wanted->junk_count; i++)
        if (!chooser->found_named_junk[i])
            return cpr_error_set(error_out, CPR_OPERATOR, 0,
                                 "mailbox %s: there is no folder \"%.100s\" (junk); there is: %.200s", wanted->name,
                                 wanted->junk[i], there_is);
    for (size_t i = 0; i < wanted->folder_count; i++)
        if (!chooser->found_folder[i])
            return cpr_error_set(error_out, CPR_OPERATOR, 0,
                                 "mailbox %s: there is no folder \"%.100s\" (folders); there is: %.200s", wanted->name,
                                 wanted->folders[i], there_is);
    if (wanted->dismiss_folder[0] && !chooser->found_dismiss)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "mailbox %s: there is no folder \"%.100s\" (dismiss_folder), or it has another part; "
                             "there is: %.200s",
                             wanted->name, wanted->dismiss_folder, there_is);
    for (size_t i = 0; i < wanted->reply_folder_count; i++)
        if (!chooser->found_replies[i])
            return cpr_error_set(error_out, CPR_OPERATOR, 0,
                                 "mailbox %s: there is no folder \"%.100s\" (replies); there is: %.200s", wanted->name,
                                 wanted->replies[i], there_is);
    if (!chooser->found_junk)
        return cpr_error_set(
            error_out, CPR_OPERATOR, 0,
            "mailbox %s: no junk folder was found, neither by special use nor by name: reports in it would "
            "go unseen. Set junk = NAME in [mailbox %s]; there is: %.200s",
            wanted->name, wanted->name, there_is);
    if (!chooser->found_sent)
        return cpr_error_set(
            error_out, CPR_OPERATOR, 0,
            "mailbox %s: no folder for sent mail was found: answers would go unseen. Set sent = NAME in "
            "[mailbox %s]; there is: %.200s",
            wanted->name, wanted->name, there_is);
    return CPR_OK;
}

enum cpr_rc cpr_folders_choose(const struct cpr_mailbox_port *port, const struct cpr_mailbox_settings *wanted,
                               struct cpr_chosen_folder chosen_out[CPR_FOLDERS_MAX], size_t *count_out,
                               struct cpr_error *error_out)
{
    struct chooser chooser = {.wanted = wanted, .chosen = chosen_out, .display_names = cpr_buffer_new(4096)};
    enum cpr_rc rc = port->list(port->self, consider, &chooser, error_out);
    if (rc == CPR_OK && wanted->sent_auto && !chooser.found_sent)
        rc = port->list(port->self, consider_sent_name, &chooser, error_out);
    if (rc == CPR_OK) {
        *count_out = chooser.count;
        rc = complain(&chooser, error_out);
    }
    cpr_buffer_free(&chooser.display_names);
    return rc;
}
