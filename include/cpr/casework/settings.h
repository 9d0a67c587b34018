/* Everything that the configuration decides about the work itself (connections and secrets are io's: io/config.h).
 * Plain data, filled by io/config. */
#ifndef CPR_CASEWORK_SETTINGS_H
#define CPR_CASEWORK_SETTINGS_H

#include "cpr/casework/mailbox_settings.h"
#include "cpr/casework/policy.h"
#include "cpr/casework/revocation.h"
#include "cpr/judge/settings.h"

struct cpr_settings {
    struct cpr_policy policy;
    int64_t poll_ms;            /* between two looks at the mailboxes; default 60s */
    uint32_t message_max_bytes; /* of a message that are fetched and read */
    struct cpr_mailbox_settings mailboxes[CPR_MAILBOXES_MAX];
    size_t mailbox_count;
    struct cpr_issuing_ca issuers[CPR_ISSUERS_MAX]; /* each [issuer NAME], as in the judge's settings */
    size_t issuer_count;
    bool verifies_revocation; /* a claim that a certificate is revoked is held against the sources; default no */
    char alert_from[CPR_ADDRESS_MAX]; /* address that alerts are sent from */
    char reply_to[CPR_ADDRESS_MAX];   /* address that on-call's answers to them go to; "": alert_from */
    char configuration_hash[65];      /* SHA-256 (hex) of the configuration file's bytes */
};

/* Whether what on-call answers to an alert arrives in a mailbox that is read: reply_to, or alert_from without one, is
 * an address of it. */
bool cpr_settings_read_answers(const struct cpr_settings *settings);

/* The rules that a mailbox is under; those of TLS for one that is configured no more. */
enum cpr_profile cpr_settings_profile(const struct cpr_settings *settings, const char *mailbox);

#endif
