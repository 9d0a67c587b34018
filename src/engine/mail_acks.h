/* Acknowledgement by mail: somebody on call answers an alert with "ack" (judge/ack.h). It counts when
 *
 * - the token is the one of an alert of that case, and
 * - the sender is an address of an [oncall NAME] section, and
 * - where own_hosts are configured for the mailbox, our own border proved the sender's domain (judge/origin.h), and
 * - it was not sent automatically: an absence note quotes the letter too.
 *
 * Then it is no report, whatever it quotes. It does what `cpr-audit ack` does, for the section's name, and no more: it
 * closes nothing and moves no deadline (P5). A token acknowledges once, and none for a step before one that was used;
 * what comes again, or for a closed case, is an event. Whatever else bears such a line is mail like any other (P3); the
 * right token with something else amiss is an event, too, so that somebody can see why his "ack" did not count. */
#ifndef CPR_ENGINE_MAIL_ACKS_H
#define CPR_ENGINE_MAIL_ACKS_H

#include "engine_internal.h"

struct cpr_mail_ack {
    size_t mailbox;
    const struct cpr_folder *folder;
    uint32_t uid;
    const struct cpr_reading *reading;
    /* Found by cpr_mail_acks_recognise. */
    struct cpr_alert alert;  /* that was answered */
    struct cpr_oncall group; /* of the sender */
};

/* Inside a transaction: whether the message is an acknowledgement that counts. */
enum cpr_rc cpr_mail_acks_recognise(struct cpr_engine *engine, struct cpr_mail_ack *ack, bool *is_ack_out,
                                    struct cpr_error *error_out);
/* Inside a transaction: carries it out. *action_out: the word for the sighting, "acked" or "ack-again"; static. */
enum cpr_rc cpr_mail_acks_take(struct cpr_engine *engine, const struct cpr_mail_ack *ack, const char **action_out,
                               struct cpr_error *error_out);

#endif
