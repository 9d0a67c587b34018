/* The CA's own mail about a report: what closes the reporter leg, and what opens it again (casework/reply.h). */
#ifndef CPR_ENGINE_REPLIES_H
#define CPR_ENGINE_REPLIES_H

#include "engine_internal.h"

/* A mail that was found in Sent or in a folder of `replies`. */
struct cpr_sent_mail {
    size_t mailbox; /* index */
    const struct cpr_folder *folder;
    uint32_t uid;
    const struct cpr_reading *reading;
    int64_t message_id; /* its row */
    int64_t sent_ms;
};

/* All inside a transaction. */

/* Whether a mail in Sent or in a folder of [mailbox] replies counts as one of the CA's own. */
bool cpr_replies_is_ours(const struct cpr_engine *engine, const struct cpr_sent_mail *mail);

/* Keeps what the mail refers to, and judges it for each case that it refers to, itself or by a follow-up or a mail of
 * ours between; closed ones too, for what they leave unanswered and for what they claim. One that refers to none, tells
 * findings and went to the reporter of an open case is shown as perhaps an answer, and closes nothing. */
enum cpr_rc cpr_replies_take_in(struct cpr_engine *engine, const struct cpr_sent_mail *mail,
                                struct cpr_error *error_out);

/* Judges the replies that were found before their report. Stores the case when it changes. */
enum cpr_rc cpr_replies_look_up(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_reading *report,
                                struct cpr_error *error_out);

/* A delivery report returns a mail of ours: the leg that it closed is open again, and on-call is told. Anybody can
 * forge one; it opens and never closes. */
enum cpr_rc cpr_replies_bounced(struct cpr_engine *engine, const struct cpr_folder *folder,
                                const struct cpr_reading *report, struct cpr_error *error_out);

/* What the answers to a report leave unanswered, as one sentence: "2 of 5 not named in the answer: serial 04a1...;
 * ...". *is_doubtful_out (may be NULL): it is worth a letter, for the report names several, or the reply only a domain;
 * "we have revoked it" leaves no doubt about the only one. Empty when there is no substantive reply, or nothing to
 * name. Needs no transaction. */
enum cpr_rc cpr_replies_coverage(const struct cpr_store_port *store, const struct cpr_case *item,
                                 struct cpr_buffer *sentence_out, bool *is_doubtful_out, struct cpr_error *error_out);

/* Whether the serial numbers name every certificate, key and link of the report. Certificates of others are not asked
 * for. False also for a report that names none, and for one that was not read whole. Needs no transaction. */
enum cpr_rc cpr_replies_are_covered(const struct cpr_store_port *store, const struct cpr_case *item,
                                    const struct cpr_identifier *serials, size_t count, bool *covered_out,
                                    struct cpr_error *error_out);

/* Whether a stored reply answers a later message of the thread that names another certificate, and names none of this
 * report itself: then it is no answer to this one (casework/reply.h). Needs no transaction. */
enum cpr_rc cpr_replies_is_about_another(const struct cpr_store_port *store, const struct cpr_case *item,
                                         int64_t reply_id, bool *about_another_out, struct cpr_error *error_out);

#endif
