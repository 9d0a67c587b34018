/* The two legs of a case. TLS BR 4.9.5: within 24 hours "the CA SHALL investigate ... and provide a preliminary report
 * on its findings to both the Subscriber and the entity who filed the Certificate Problem Report". Each is owed for
 * itself and has evidence of its own. A case is answered when no leg is open. Pure.
 *
 * P5: a leg is closed by a human reply found among the CA's own sent mail, or by a named person; never by time and
 * never by inbound mail. Inbound mail may open one again (a bounce). */
#ifndef CPR_CASEWORK_LEGS_H
#define CPR_CASEWORK_LEGS_H

#include "cpr/base/limits.h"

#include <stdbool.h>
#include <stdint.h>

enum cpr_leg_name {
    CPR_LEG_REPORTER = 0, /* who filed it */
    CPR_LEG_SUBSCRIBER,
    CPR_LEGS
};

enum cpr_leg_state {
    CPR_LEG_OPEN = 0,
    CPR_LEG_CLOSED,
    CPR_LEG_NOT_APPLICABLE, /* a named person says why: the certificate is none of ours, nobody left an address */
    CPR_LEG_STATES
};

/* All zero is an open leg. */
struct cpr_leg {
    enum cpr_leg_state state;
    int64_t at_ms;           /* utc_ms; of no meaning while open */
    char by[CPR_NAME_MAX];   /* "reply in Sent", or the person */
    char note[CPR_NOTE_MAX]; /* the evidence, or the reason */
    int64_t message_id;      /* row of the reply that closed it; 0: a person did */
};

/* Which rules a mailbox is under. They differ in words, and in whether the second leg is demanded. */
enum cpr_profile {
    CPR_PROFILE_TLS = 0,      /* TLS BR 4.9.5 */
    CPR_PROFILE_SMIME,        /* S/MIME BR 4.9.5: the same sentence */
    CPR_PROFILE_CODE_SIGNING, /* Code Signing BR 4.9.5: acknowledge receipt and begin investigating within 24 hours */
    CPR_PROFILE_ACTIONABLE,   /* draft ballot, servercert #622, not adopted: the Subscriber is a SHOULD there */
    CPR_PROFILES
};

struct cpr_case;

/* Ends a leg of a case that is not dismissed. False, nothing changed: it is not open. The case is answered when it was
 * the last one: closed_ms, closed_by and closed_note are those of this leg. */
bool cpr_leg_close(struct cpr_case *item, enum cpr_leg_name leg, enum cpr_leg_state state, int64_t at_ms,
                   const char *by, const char *note, int64_t message_id);

/* Opens a leg again, and with it a case that was answered; one that was dismissed stays so, and has the leg open when
 * that is taken back. False, nothing changed: it is open. */
bool cpr_leg_reopen(struct cpr_case *item, enum cpr_leg_name leg);

/* Takes a dismissal back: the case is open, with the legs as they were. False, nothing changed: it was not dismissed.
 */
bool cpr_case_undismiss(struct cpr_case *item);

/* The legs of a new case: open, but for those that the profile does not demand. */
void cpr_legs_begin(struct cpr_case *item, enum cpr_profile profile);

/* Static strings. */
const char *cpr_leg_name(enum cpr_leg_name leg);                      /* "reporter", "subscriber" */
const char *cpr_leg_state_name(enum cpr_leg_state state);             /* "open", "closed", "not-applicable" */
const char *cpr_profile_name(enum cpr_profile profile);               /* "tls", "smime", "code-signing", "actionable" */
const char *cpr_profile_section(enum cpr_profile profile);            /* "TLS BR 4.9.5" */
const char *cpr_profile_revocation_section(enum cpr_profile profile); /* "TLS BR 4.9.1.1": the times for revocation */
/* What the leg asks of the CA: "a preliminary report to the reporter", "begin investigating". */
const char *cpr_profile_duty(enum cpr_profile profile, enum cpr_leg_name leg);

#endif
