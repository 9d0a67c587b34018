/* The words of certificate problem reports, by what they mean and by language. A rule (judge/signals.h) never names a
 * word, only meanings, so that a new language is rows in one table and no new rule. */
#ifndef CPR_JUDGE_VOCABULARY_H
#define CPR_JUDGE_VOCABULARY_H

#include <stddef.h>

enum cpr_meaning {
    CPR_MEANS_NOTHING = 0, /* a fixed phrase that holds a word of ours but means something else: "gift certificate" */
    CPR_MEANS_CERTIFICATE,
    CPR_MEANS_KEY,        /* a private key */
    CPR_MEANS_BARE_KEY,   /* "the key": the scan makes it CPR_MEANS_KEY where a certificate stands near, else nothing */
    CPR_MEANS_OTHER_KEYS, /* crypto money, PGP: their keys are no certificate's */
    CPR_MEANS_STATUS,     /* revocation status data: CRL, OCSP */
    CPR_MEANS_PROFILE,    /* what stands in a certificate: field, extension and profile names */
    CPR_MEANS_PRINTED,    /* heads of a printed certificate: issuer, valid from, subject */
    CPR_MEANS_AUTHORITY,  /* certification authority, issuing CA, root CA */
    CPR_MEANS_RULES,      /* Baseline Requirements, CPS, root programme policy */
    CPR_MEANS_REVOKE,
    CPR_MEANS_CANCEL,     /* what laymen call revoking: cancel, block, take it away */
    CPR_MEANS_COMPROMISE, /* leaked, exposed, stolen */
    CPR_MEANS_PUBLISHED,  /* committed to a repository, shipped in a product: grave of a private key only */
    CPR_MEANS_LOST,
    CPR_MEANS_STILL, /* still valid, still in use, although it should not be */
    CPR_MEANS_MISISSUE,
    CPR_MEANS_WRONG,        /* invalid, incorrect, malformed, fails, missing */
    CPR_MEANS_OUTAGE,       /* down, times out, HTTP 500: said of a status service */
    CPR_MEANS_VIOLATE,      /* violates, does not comply, must not */
    CPR_MEANS_UNAUTHORISED, /* unauthorised, without my permission, never requested, fraudulent */
    CPR_MEANS_OWNER,        /* my domain, our company */
    CPR_MEANS_MISUSE,       /* phishing, malware, impersonation, abuse */
    CPR_MEANS_WEAK_KEY,
    CPR_MEANS_CODE_SIGNING,
    CPR_MEANS_SIGNED,      /* signed, signature: code or not */
    CPR_MEANS_MALWARE,     /* what CPR_MEANS_MISUSE also holds, without what is said of mere fraud */
    CPR_MEANS_YOU_ISSUED,  /* said to a CA only: "you issued", "issued by your CA" */
    CPR_MEANS_VALIDATION,  /* domain validation, CAA checking */
    CPR_MEANS_REPORT,      /* the name of the thing itself: certificate problem report */
    CPR_MEANS_REPORTING,   /* to report, to complain, to notify */
    CPR_MEANS_SILENCE,     /* no answer, still waiting */
    CPR_MEANS_HOURS,       /* within 24 hours: the rules say so, and so does every phishing mail */
    CPR_MEANS_WAITED,      /* hours or days that have passed; never that somebody has them */
    CPR_MEANS_SERIAL,      /* serial number */
    CPR_MEANS_FINGERPRINT, /* fingerprint, thumbprint, SHA-256 */
    CPR_MEANS_AUDIT,       /* audit statements, CCADB case: mail of root programmes */
    CPR_MEANS_HELD,        /* quarantine notices: held, release */
    CPR_MEANS_CANARY,      /* delivery test */
    CPR_MEANS_AUTO_REPLY,  /* how automatic replies name themselves: counts in a subject only (judge/kind.c) */
    CPR_MEANS_BOUNCE,      /* the same of bounces */
    CPR_MEANS_REQUEST,     /* please, we ask you to */
    CPR_MEANS_LANGUAGE,    /* a function word: tells the language and nothing else */
    CPR_MEANINGS
};

/* A row: one meaning in one language. `patterns` are separated by '|'; '*' at an end of a pattern means that the word
 * may go on there, "[a,b,]" stands for one of these endings or none. Case, accents, hyphens and line ends need no
 * thought (judge/folded.h). */
struct cpr_vocabulary_row {
    enum cpr_meaning meaning;
    char language[4]; /* ISO 639-1; "" for words of the trade that every language uses */
    const char *patterns;
};

/* NULL past the end. Static. */
const struct cpr_vocabulary_row *cpr_vocabulary_row(size_t index);

#endif
