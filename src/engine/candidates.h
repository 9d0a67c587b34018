/* Candidates: mails that IMAP does not show, because a hosted quarantine holds them (SwissSign 2020, eMudhra 2025 lost
 * theirs so). A trusted quarantine notice lists them (reading.notice_source names the [notices NAME] section, which the
 * reader sets only for a proved sender); each row becomes a message and a case of its own:
 *
 * - recognised again by (mailbox, source, sender, subject, held): the row of yesterday in today's digest opens nothing.
 * Its identity has size 0, which no mail has. A row without a held time that an older notice lists too: the earlier
 * receipt.
 * - receipt: when the quarantine took it, since the quarantine is the CA's own mail system; it stands among the stamps
 * as "received". Never later than the notice's own receipt (P4: early is allowed).
 * - grade: report when subject and sender alone are probable, else a glance; found_role "quarantine", found_folder
 *   "quarantine NAME"; nothing to rescue, a person must release it by hand.
 * - before it is dropped: one more alert, topic "expires", CPR_CANDIDATE_WARNING_MS ahead, or at once when that has
 * passed. It is stored when the case is opened, like every alert, so that the case needs no further field.
 *
 * When it is released: a new message in an audited folder with the same sender and subject. Its case takes over the
 * earlier receipt, both cases get an event "released" that names the other, and the on-call groups are told once how to
 * close the candidate. The candidate stays open: whoever guesses sender and subject can send such a mail, a reporter
 * may send two reports under one subject, and no inbound mail may stop a clock (P5). A message that is judged unlikely
 * gets no case of its own: the candidate is open already and asks a human for exactly this glance (P3); the event and
 * the alert say where it lies. One that was released before its notice was read is not linked. */
#ifndef CPR_ENGINE_CANDIDATES_H
#define CPR_ENGINE_CANDIDATES_H

#include "engine_internal.h"

#define CPR_CANDIDATE_ROLE "quarantine"
#define CPR_CANDIDATE_WARNING_MS (12 * CPR_HOUR_MS) /* a night, for somebody to find who may release it */

/* A message where it was read. */
struct cpr_arrival {
    const struct cpr_folder *folder;
    uint32_t uid;
    const struct cpr_reading *reading;
    struct cpr_receipt receipt;
    int64_t case_id; /* 0: it has none */
};

/* Inside a transaction: opens what a trusted notice lists; does nothing for any other message. */
enum cpr_rc cpr_candidates_open(struct cpr_engine *engine, const struct cpr_arrival *notice,
                                struct cpr_error *error_out);
/* Inside a transaction: links a new message with the open candidates that it may be. */
enum cpr_rc cpr_candidates_link(struct cpr_engine *engine, const struct cpr_arrival *arrival,
                                struct cpr_error *error_out);

bool cpr_candidates_is(const struct cpr_case *item);
/* Inside a transaction: stores the alert before it is dropped, for the people who are to be told now. Nothing when the
 * notice does not say when, when it has passed, or when it is stored already. */
enum cpr_rc cpr_candidates_tell_expiry(struct cpr_engine *engine, const struct cpr_case *item,
                                       struct cpr_error *error_out);

#endif
