/* One [mailbox NAME] section as far as the work is concerned. How to reach it is in io/config.h. */
#ifndef CPR_CASEWORK_MAILBOX_SETTINGS_H
#define CPR_CASEWORK_MAILBOX_SETTINGS_H

#include "cpr/base/host.h"
#include "cpr/base/limits.h"
#include "cpr/casework/legs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CPR_FOLDER_CHOICES_MAX = 16, CPR_OWN_HOSTS_MAX = 16 };

struct cpr_mailbox_settings {
    char name[CPR_NAME_MAX];
    char addresses[CPR_ADDRESSES_MAX][CPR_ADDRESS_MAX]; /* the published addresses that end here */
    size_t address_count;
    char inbox[CPR_FOLDER_NAME_MAX];                        /* as displayed (UTF-8); default "INBOX" */
    bool junk_auto;                                         /* find junk folders by SPECIAL-USE and by name */
    char junk[CPR_FOLDER_CHOICES_MAX][CPR_FOLDER_NAME_MAX]; /* named ones, as displayed */
    size_t junk_count;
    char folders[CPR_FOLDER_CHOICES_MAX][CPR_FOLDER_NAME_MAX]; /* further audited folders, as displayed */
    size_t folder_count;
    char dismiss_folder[CPR_FOLDER_NAME_MAX]; /* what is moved there is said to be no report, as displayed; "": none */
    enum cpr_profile profile;                 /* which rules its reports are under; default tls */
    bool sent_auto;
    char sent[CPR_FOLDER_NAME_MAX];
    /* Further folders in which only own systems file outgoing mail: a Bcc archive, a ticket system's. As displayed. */
    char replies[CPR_FOLDER_CHOICES_MAX][CPR_FOLDER_NAME_MAX];
    size_t reply_folder_count;
    /* Border hosts whose Received lines are trusted for the receipt, as base/host.h compares them; lower case. */
    char own_hosts[CPR_OWN_HOSTS_MAX][CPR_HOST_SIZE];
    size_t own_host_count;
};

#endif
