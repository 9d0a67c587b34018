/* What the operator tells the judge: plain data of fixed size, filled by io/config and sent to the reader process as it
 * is. Strings are clean text, NUL-terminated. Everything here only raises a verdict, but for known noise, whose effect
 * is bounded (judge/noise.h). */
#ifndef CPR_JUDGE_SETTINGS_H
#define CPR_JUDGE_SETTINGS_H

#include "cpr/base/host.h"
#include "cpr/base/limits.h"

#include <stdint.h>

#define CPR_JUDGE_WORDS_MAX 64
#define CPR_ISSUERS_MAX 32
#define CPR_ISSUER_MARKS_MAX 8
#define CPR_NOISE_RULES_MAX 32
#define CPR_NOTICE_SOURCES_MAX 16
#define CPR_FORMS_MAX 8

/* One [issuer NAME] section: an issuing CA of ours, and what its certificates are recognised by (judge/own.h). */
struct cpr_judge_issuer {
    char name[CPR_NAME_MAX];
    uint32_t common_name_count, key_id_count, host_count, policy_oid_count;
    char common_names[CPR_ISSUER_MARKS_MAX][128]; /* commonName of its subject, or organizationName when it has none */
    char key_ids[CPR_ISSUER_MARKS_MAX][65];       /* its subjectKeyIdentifier, lower-case hex without separators */
    char hosts[CPR_ISSUER_MARKS_MAX][128];        /* of its CRL and OCSP URLs, lower case */
    char policy_oids[CPR_ISSUER_MARKS_MAX][64];   /* certificate policies that only our certificates bear, dotted */
};

/* Mail of a certain form from certain senders: a [noise NAME] or a [notices NAME] section. A sender is an address or
 * "@domain" (any address of exactly that domain); a subject is a text that the subject must hold, case ignored; an
 * empty list of subjects means any. */
struct cpr_judge_form {
    char name[CPR_NAME_MAX];
    uint32_t sender_count, subject_count;
    char senders[CPR_FORMS_MAX][256];
    char subjects[CPR_FORMS_MAX][128];
    int64_t kept_ms; /* [notices] only: how long the quarantine keeps a message; 0: not known */
};

struct cpr_judge_settings {
    uint32_t own_name_count, own_address_count, own_host_count, term_count, watched_sender_count;
    uint32_t issuer_count, noise_count, notice_count;
    char own_names[CPR_JUDGE_WORDS_MAX][128];           /* the CA's names, issuer CNs, CRL and OCSP hosts */
    char own_addresses[CPR_JUDGE_WORDS_MAX][256];       /* the published problem-reporting addresses */
    char own_hosts[CPR_JUDGE_WORDS_MAX][CPR_HOST_SIZE]; /* hosts whose Received lines are ours, see base/host.h */
    char terms[CPR_JUDGE_WORDS_MAX][128];               /* further words that make a mail at least possible */
    char watched_senders[CPR_JUDGE_WORDS_MAX][256];     /* address or "@domain" whose every mail is at least possible */
    struct cpr_judge_issuer issuers[CPR_ISSUERS_MAX];
    struct cpr_judge_form noise[CPR_NOISE_RULES_MAX];
    struct cpr_judge_form notices[CPR_NOTICE_SOURCES_MAX];
};

#endif
