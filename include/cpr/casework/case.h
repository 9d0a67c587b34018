/* A case: one report and its clock. Plain data of fixed size; what the store keeps and the plan reads. Pure. */
#ifndef CPR_CASEWORK_CASE_H
#define CPR_CASEWORK_CASE_H

#include "cpr/casework/legs.h"
#include "cpr/casework/obligation.h"
#include "cpr/casework/receipt.h"
#include "cpr/judge/reading.h"

enum cpr_case_state {
    CPR_CASE_OPEN = 0,
    CPR_CASE_ANSWERED,  /* no leg is open any more */
    CPR_CASE_DISMISSED, /* a named person said that it is no report */
    CPR_CASE_STATES
};

/* How loudly the case asks. */
enum cpr_case_grade {
    CPR_GRADE_GLANCE = 0, /* possible or undecidable: a human glance, glance_steps */
    CPR_GRADE_REPORT,     /* probable: the whole ladder */
    CPR_GRADES
};

/* Where the daemon stands with bringing the message back to the inbox. */
enum cpr_rescue_state {
    CPR_RESCUE_NOT_NEEDED = 0, /* found in the inbox, or in a folder that nothing is moved out of */
    CPR_RESCUE_WANTED,         /* found in a junk folder and probable, or mail of a root programme */
    CPR_RESCUE_OBSERVED,       /* would be moved, but the mode is observe */
    CPR_RESCUE_DONE,           /* in the inbox, proved */
    CPR_RESCUE_COPIED,         /* copied; the server has no UIDPLUS, so the source was left */
    CPR_RESCUE_PUT_BACK,       /* a person or a filter put it back into junk: never moved again */
    CPR_RESCUE_LOST,           /* gone from both ends before it was proved: an alert */
    CPR_RESCUE_STATES
};

struct cpr_case {
    int64_t id;         /* 1.. */
    int64_t message_id; /* row of the message that opened it */
    char mailbox[CPR_NAME_MAX];
    enum cpr_case_state state;
    enum cpr_case_grade grade;
    enum cpr_rescue_state rescue;
    struct cpr_receipt receipt;
    int64_t found_ms;    /* utc_ms of the tick in which it was judged */
    int64_t deadline_ms; /* utc_ms; receipt + policy at the time it was opened; only ever brought forward */
    int64_t told_age_ms; /* age of the last step whose alerts were stored; -1 for none */
    int64_t acked_ms;    /* CPR_TIME_NONE when nobody did */
    char acked_by[CPR_NAME_MAX];
    struct cpr_leg legs[CPR_LEGS];
    struct cpr_obligation revocation; /* runs on when the legs are closed */
    int64_t closed_ms;                /* CPR_TIME_NONE while open */
    char closed_by[CPR_NAME_MAX];
    char closed_note[CPR_NOTE_MAX];

    /* Copied from the message for lists and alerts (clean text). */
    char from_address[CPR_ADDRESS_MAX + 1], subject[CPR_SUBJECT_SIZE], header_message_id[CPR_MESSAGE_ID_SIZE];
    char found_folder[CPR_FOLDER_NAME_MAX]; /* display name of the folder where it was first seen */
    char found_role[16];                    /* "inbox", "junk", "folder"; "quarantine": IMAP does not show it */
    enum cpr_verdict verdict;
};

const char *cpr_case_state_name(enum cpr_case_state state);
const char *cpr_case_grade_name(enum cpr_case_grade grade);
const char *cpr_rescue_state_name(enum cpr_rescue_state state);

#endif
