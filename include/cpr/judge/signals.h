/* The rules: what speaks for a Certificate Problem Report, how strongly, and why. Scores only add up; there is no rule
 * that subtracts (P3). Words alone make nothing of a mail that carries a patch: there they are the names of a program's
 * parts (evidence.c); findings count there as everywhere. A rule is a single meaning, two meanings near each other, or,
 * where `first` is CPR_MEANS_NOTHING, a finding that code makes (a link, a key, a serial number). */
#ifndef CPR_JUDGE_SIGNALS_H
#define CPR_JUDGE_SIGNALS_H

#include "cpr/judge/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

enum cpr_rule {
    /* Findings */
    CPR_RULE_PRIVATE_KEY = 0,
    CPR_RULE_KEY_SHORTENED,
    CPR_RULE_KEY_FILE,
    CPR_RULE_CERTIFICATE,
    CPR_RULE_CERTIFICATE_OURS,
    CPR_RULE_CERTIFICATE_FILE,
    CPR_RULE_CSR,
    CPR_RULE_CSR_ATTESTS,
    CPR_RULE_CRL,
    CPR_RULE_CRTSH_CERTIFICATE,
    CPR_RULE_CRTSH_SEARCH,
    CPR_RULE_CRTSH_NAMED,
    CPR_RULE_CERTIFICATE_LINK,
    CPR_RULE_ROOT_PROGRAM_LINK,
    CPR_RULE_MALWARE_LINK,
    CPR_RULE_SERIAL,
    CPR_RULE_SERIAL_SHORT,
    CPR_RULE_FINGERPRINT,
    CPR_RULE_SEVERAL,
    CPR_RULE_LITTLE_ELSE,
    CPR_RULE_STATUS_NAMED,
    CPR_RULE_BRIEF,
    CPR_RULE_BRIEF_VOICE,
    CPR_RULE_REVOKE_NAME,
    CPR_RULE_KEY_OF_NAME,
    CPR_RULE_LINT,
    CPR_RULE_SECTION,
    CPR_RULE_RFC,
    CPR_RULE_ARCHIVE,
    CPR_RULE_IN_SUBJECT,
    CPR_RULE_ISSUER_OURS,
    CPR_RULE_STATUS_URL_OURS,
    CPR_RULE_WATCHED_SENDER,
    CPR_RULE_OWN_NAME,
    CPR_RULE_OWN_TERM,
    CPR_RULE_COMPLIANCE,
    CPR_RULE_KNOWN_NOISE, /* of no weight: says why the verdict is lower than the score (judge/noise.h) */
    CPR_RULE_NOTICE_UNREAD,
    CPR_RULE_NOTICE_COUNT,
    CPR_RULE_NOTICE_UNPROVED,
    /* Vocabulary */
    CPR_RULE_REVOKE_CERTIFICATE,
    CPR_RULE_REVOKE_KEY,
    CPR_RULE_CANCEL_CERTIFICATE,
    CPR_RULE_REVOKE_SIGNING,
    CPR_RULE_REVOKE_SERIAL,
    CPR_RULE_REVOKE_PLEASE,
    CPR_RULE_KEY_COMPROMISED,
    CPR_RULE_KEY_PUBLISHED,
    CPR_RULE_KEY_LOST,
    CPR_RULE_KEY_WRONG,
    CPR_RULE_KEY_OF_CERTIFICATE,
    CPR_RULE_CERTIFICATE_COMPROMISED,
    CPR_RULE_MISISSUED,
    CPR_RULE_MISISSUED_CERTIFICATE,
    CPR_RULE_STATUS_WRONG,
    CPR_RULE_STATUS_OUTAGE,
    CPR_RULE_STATUS_VIOLATES,
    CPR_RULE_STATUS_YOURS,
    CPR_RULE_PROFILE_WRONG,
    CPR_RULE_PROFILE_VIOLATES,
    CPR_RULE_PROFILE_OF_CERTIFICATE,
    CPR_RULE_CERTIFICATE_WRONG,
    CPR_RULE_CERTIFICATE_VIOLATES,
    CPR_RULE_CERTIFICATE_UNAUTHORISED,
    CPR_RULE_CERTIFICATE_OF_MINE,
    CPR_RULE_CERTIFICATE_MISUSED,
    CPR_RULE_CERTIFICATE_STILL,
    CPR_RULE_CERTIFICATE_LOST,
    CPR_RULE_CERTIFICATE_PUBLISHED,
    CPR_RULE_CERTIFICATE_UNANSWERED,
    CPR_RULE_KEY_YOURS,
    CPR_RULE_RULES_CITED,
    CPR_RULE_RULES_VIOLATED,
    CPR_RULE_RULES_WRONG,
    CPR_RULE_RULES_OF_CERTIFICATE,
    CPR_RULE_WEAK_KEY,
    CPR_RULE_WEAK_KEY_OF_CERTIFICATE,
    CPR_RULE_SIGNED_MALWARE,
    CPR_RULE_MALWARE_SIGNED,
    CPR_RULE_YOU_ISSUED,
    CPR_RULE_AUTHORITY,
    CPR_RULE_VALIDATION_WRONG,
    CPR_RULE_VALIDATION_YOURS,
    CPR_RULE_VALIDATION_OF_CERTIFICATE,
    CPR_RULE_PROBLEM_REPORT,
    CPR_RULE_REPORT_UNANSWERED,
    CPR_RULE_REPORT_HOURS,
    CPR_RULE_REPORT_WAITED,
    CPR_RULE_REPORTS_CERTIFICATE,
    CPR_RULE_SERIAL_OF_CERTIFICATE,
    CPR_RULE_PRINTED_SERIAL,
    CPR_RULE_PRINTED_FINGERPRINT,
    CPR_RULES
};

struct cpr_signal_rule {
    const char *id;
    int32_t weight;
    bool is_hard;                   /* evidence that no wording can talk away: at least "possible" */
    enum cpr_meaning first, second; /* second: CPR_MEANS_NOTHING for a single meaning */
    uint32_t window;                /* characters of folded text between the two, at most */
    const char *reason;             /* for the reviewer */
    const char *example;            /* a text that the rule fires on; "" for findings */
};

const struct cpr_signal_rule *cpr_signal_rule(enum cpr_rule rule);
/* By the id that a reading names; false for one that no rule has. */
bool cpr_signal_is_hard(const char *id);

#endif
