/* Which folders of a mailbox are audited, and in which role. Used by the tick and by `cpr-audit check`. */
#ifndef CPR_ENGINE_FOLDERS_H
#define CPR_ENGINE_FOLDERS_H

#include "cpr/casework/ledger.h"
#include "cpr/casework/mailbox_settings.h"
#include "cpr/port/mailbox.h"

/* How a folder of `replies` was chosen; others in the role of Sent are the staff's own. */
#define CPR_FOLDER_RULE_REPLIES "configured replies"

struct cpr_chosen_folder {
    char name[CPR_FOLDER_NAME_MAX]; /* wire name */
    char display[CPR_FOLDER_NAME_MAX];
    enum cpr_folder_role role;
    char rule[64]; /* which rule matched, in words */
};

/* Lists the folders of an open mailbox and chooses. Junk: configured names, special use \Junk (RFC 6154), well-known
 * and localised names. CPR_OPERATOR: one that the configuration asks for, the inbox, any junk folder or Sent was not
 * found; the sentence says which and what there is, and the folders that were found are in chosen_out all the same. */
enum cpr_rc cpr_folders_choose(const struct cpr_mailbox_port *port, const struct cpr_mailbox_settings *wanted,
                               struct cpr_chosen_folder chosen_out[CPR_FOLDERS_MAX], size_t *count_out,
                               struct cpr_error *error_out);

#endif
