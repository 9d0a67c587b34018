/* The rows of the ledger, as plain data of fixed size: what the store keeps, the engine works on and the record prints.
 */
#ifndef CPR_CASEWORK_LEDGER_H
#define CPR_CASEWORK_LEDGER_H

#include "cpr/base/identity.h"
#include "cpr/casework/case.h"
#include "cpr/casework/reply.h"
#include "cpr/casework/revocation.h"

enum cpr_folder_role {
    CPR_ROLE_INBOX = 0,
    CPR_ROLE_JUNK,
    CPR_ROLE_FOLDER,
    CPR_ROLE_SENT,
    CPR_ROLE_DISMISS, /* what is moved there is said to be no report */
    CPR_ROLES
};

/* One audited folder under its present UIDVALIDITY. */
struct cpr_folder {
    int64_t id; /* 0 until it is stored */
    char mailbox[CPR_NAME_MAX];
    char name[CPR_FOLDER_NAME_MAX]; /* wire name: unique in the mailbox */
    char display[CPR_FOLDER_NAME_MAX];
    enum cpr_folder_role role;
    char rule[64];        /* how it was chosen: "configured", "special-use \\Junk", "well-known name" */
    uint32_t uidvalidity; /* 0: never looked at */
    uint32_t next_uid;    /* every UID below it has a sighting or was seen not to exist */
    uint32_t messages;    /* STATUS MESSAGES at the last look */
    int64_t looked_ms;    /* utc_ms of the last look that succeeded; CPR_TIME_NONE */
};

/* The one state that each UID ends in (P2), and the two on the way there. */
enum cpr_sighting_state {
    CPR_SIGHTING_EXPECTED = 0, /* known to exist, being read: `attempts` counts the tries begun */
    CPR_SIGHTING_JUDGED,
    CPR_SIGHTING_UNREADABLE, /* shown to a human */
    CPR_SIGHTING_VANISHED,   /* gone before it was judged: an alert */
    CPR_SIGHTING_STATES
};

struct cpr_sighting {
    int64_t id; /* 0 until it is stored */
    int64_t folder_id;
    uint32_t uidvalidity, uid;
    enum cpr_sighting_state state;
    unsigned attempts;
    int64_t first_seen_ms;
    int64_t settled_ms; /* when it reached its final state; CPR_TIME_NONE */
    int64_t message_id; /* row of the message; 0 while expected or when vanished */
    char action[32];    /* what was done: "none", "rescued", "would-rescue", "put-back", ... */
};

/* What is kept of a message: one row for each identity in a mailbox, however often it is seen. */
struct cpr_message {
    int64_t id; /* 0 until it is stored */
    char mailbox[CPR_NAME_MAX];
    struct cpr_identity identity;
    int64_t internal_ms, save_ms, first_seen_ms;
    int64_t case_id;          /* 0: no case */
    const char *reading_json; /* the reading as record/reading_json.h writes it; on the way in borrowed from the caller,
                                 on the way out borrowed from the store until its next call */
    /* Columns for lookups and reviews (clean text). */
    enum cpr_verdict verdict;
    enum cpr_kind kind;
    int score;
    char from_address[CPR_ADDRESS_MAX + 1], subject[CPR_SUBJECT_SIZE], header_message_id[CPR_MESSAGE_ID_SIZE];
    char text_digest[65];
};

/* A mail of ours that refers to a message, and what it is worth as an answer. */
struct cpr_reply {
    int64_t message_id; /* row of the reply */
    int64_t sent_ms;    /* CPR_TIME_NONE when the server does not say */
    struct cpr_reply_view view;
    bool is_automatic;
    bool says_revoked; /* it claims that certificates are revoked (casework/revocation.h) */
    bool is_unlinked;  /* of a case: only its recipient ties it to the report, or it answers a later mail about
                          another certificate: perhaps an answer */
    char overruled_by[CPR_NAME_MAX]; /* of a case: who said that it is no answer; "" */
};

enum cpr_intent_state {
    CPR_INTENT_UNKNOWN = 0, /* begun; nobody has seen what became of it */
    CPR_INTENT_DONE,
    CPR_INTENT_NOT_DONE,
    CPR_INTENT_GONE,
    CPR_INTENT_STATES
};

/* The intent to move one message: stored before the effect (P: intent before effect, proof before "done"). */
struct cpr_intent {
    int64_t id; /* 0 until it is stored */
    int64_t case_id, sighting_id;
    char mailbox[CPR_NAME_MAX];
    char source[CPR_FOLDER_NAME_MAX], destination[CPR_FOLDER_NAME_MAX]; /* wire names */
    uint32_t source_uidvalidity, source_uid;
    uint32_t destination_uidvalidity, destination_uidnext; /* before the move: a copy has a UID from here on */
    struct cpr_identity identity;
    enum cpr_intent_state state;
    bool is_marked; /* the keyword was set, or cannot be */
    bool copied_only;
    uint32_t destination_uid; /* of the rescued message; 0 when unknown */
    char how[32];
    int64_t begun_ms, ended_ms;
};

enum cpr_alert_state {
    CPR_ALERT_PENDING = 0,
    CPR_ALERT_SENT,
    CPR_ALERT_CANCELLED, /* its case was closed, or its trouble ended, before it was due */
    CPR_ALERT_STATES
};

/* Alerts whose topic begins so are sent also when their case is closed: the answer that closed it may be wrong. */
#define CPR_TOPIC_REVOCATION "revocation"
/* And this one: it speaks of what the answer that closed it leaves unanswered. */
#define CPR_TOPIC_UNANSWERED "unanswered"
/* The steps of a revocation that is owed: sent when the case was answered, and not otherwise. */
#define CPR_TOPIC_TO_REVOKE "to-revoke"

/* One alert for one recipient; unique by (subject, step_age_ms, recipient). The text is composed when it is sent. */
struct cpr_alert {
    int64_t id;          /* 0 until it is stored */
    int64_t case_id;     /* 0: a trouble of the daemon itself, see topic */
    char topic[128];     /* "case", "put-back", "mailbox-blind:NAME", ... */
    int64_t step_age_ms; /* of the case; for a trouble: the instant (utc_ms) it is told of */
    char recipient[CPR_ADDRESS_MAX];
    char oncall[CPR_NAME_MAX];
    char header_message_id[128]; /* made once, the same on every try */
    char text[512];              /* what is told, for troubles and case events; "" for a step of the ladder */
    int64_t due_ms, next_try_ms;
    unsigned attempts;
    enum cpr_alert_state state;
    int64_t sent_ms;
    int reply_code;
    char reply[256]; /* the server's last word or why it failed */
};

/* That a case was said to be no report by moving its message to the mailbox's dismiss_folder: IMAP does not tell who
 * did. */
enum cpr_dismissal_state {
    CPR_DISMISSAL_UNCONFIRMED = 0, /* one person said so */
    CPR_DISMISSAL_CONFIRMED,       /* and a second one, by name */
    CPR_DISMISSAL_TAKEN_BACK,      /* the message was moved out again */
    CPR_DISMISSAL_STATES
};

struct cpr_dismissal {
    int64_t case_id;
    enum cpr_dismissal_state state;
    char folder[CPR_FOLDER_NAME_MAX]; /* display name; "" when a person dismissed it by a command */
    enum cpr_case_grade grade;        /* of the case before */
    int64_t at_ms;
    int64_t confirmed_ms; /* CPR_TIME_NONE */
    char confirmed_by[CPR_NAME_MAX];
};

/* A trouble of the daemon itself that lasts: told when it begins, again every health_repeat_ms, and when it ends. */
struct cpr_condition {
    char topic[128];
    char text[512];
    int64_t since_ms;
    int64_t told_ms; /* CPR_TIME_NONE: not yet */
    bool is_active;
};

struct cpr_event {
    int64_t sequence; /* 0 until it is stored; 1, 2, 3 ... without a gap */
    int64_t at_ms;
    char event[32];  /* "case-opened", "moved", "alert-sent", "acked", "answered", ... */
    int64_t case_id; /* 0: none */
    char mailbox[CPR_NAME_MAX];
    char who[CPR_NAME_MAX + 32]; /* "cpr-auditd" or the person, with the uid that asked */
    char text[CPR_NOTE_MAX];
    char prev_hash[CPR_DIGEST_HEX_SIZE], hash[CPR_DIGEST_HEX_SIZE]; /* of the chain; on the way out only */
};

/* Somebody says that a certificate of a case is revoked: the sources are asked until all of them say so. */
struct cpr_claim {
    int64_t id; /* 0 until it is stored */
    int64_t case_id;
    char issuer[CPR_NAME_MAX]; /* [issuer NAME] */
    char serial[65];           /* lower-case hex, no separators, no leading zeros; unique with case and issuer */
    int64_t claimed_ms;
    char claimed_by[CPR_NAME_MAX]; /* a person, or "reply in Sent" */
    char note[CPR_NOTE_MAX];
    unsigned rounds; /* of asking since it was claimed last */
    enum cpr_revocation_finding finding;
    int64_t since_ms; /* when that was found first; CPR_TIME_NONE before the first round */
    int64_t next_ms;  /* when to ask again; CPR_TIME_NONE: never */
};

/* What one source answered when it was asked about a claim. */
struct cpr_evidence_row {
    int64_t id; /* 0 until it is stored */
    int64_t claim_id;
    enum cpr_revocation_way way;
    char url[CPR_CONFIG_LINE_MAX + 1];
    int64_t at_ms;
    struct cpr_revocation_answer answer;
    char sha256[65]; /* of what was answered; "" when nothing was */
    int64_t size;
};

/* One line of a review: a sighting that was settled on a day, with its message and folder. */
struct cpr_review_row {
    struct cpr_sighting sighting;
    struct cpr_folder folder;
    struct cpr_message message; /* id 0 when there is none */
};

/* How many UIDs of a folder ended in which state, under its present UIDVALIDITY and over all days. */
struct cpr_folder_tally {
    uint64_t expected, judged, unreadable, vanished;
};

/* Words used alike in SQL, logs and JSON. Static strings. */
const char *cpr_folder_role_name(enum cpr_folder_role role);          /* "inbox", "junk", "folder", "sent", "dismiss" */
const char *cpr_sighting_state_name(enum cpr_sighting_state state);   /* "expected", "judged", ... */
const char *cpr_intent_state_name(enum cpr_intent_state state);       /* "unknown", "done", "not-done", "gone" */
const char *cpr_dismissal_state_name(enum cpr_dismissal_state state); /* "unconfirmed", "confirmed", "taken-back" */
const char *cpr_alert_state_name(enum cpr_alert_state state);         /* "pending", "sent", "cancelled" */

#endif
