/* Port: the durable memory (io/store.h over SQLite). It decides nothing; rows go in and out as plain structs of fixed
 * size.
 *
 * Every call that changes something runs inside begin() .. commit(); a commit that returned CPR_OK survives a power
 * cut. CPR_RETRY: the disk is full or failing; the transaction was rolled back. CPR_CORRUPT: the store contradicts
 * itself. */
#ifndef CPR_PORT_STORE_H
#define CPR_PORT_STORE_H

#include "cpr/base/buffer.h"
#include "cpr/base/result.h"
#include "cpr/casework/ledger.h"
#include "cpr/casework/links.h"

struct cpr_store_port {
    void *self; /* owned by the implementation */

    enum cpr_rc (*begin)(void *self, struct cpr_error *error_out);
    enum cpr_rc (*commit)(void *self, struct cpr_error *error_out);
    void (*rollback)(void *self);

    /* Small settings of the store itself ("instance", "review-day", "moves"...). CPR_ABSENT. */
    enum cpr_rc (*value_get)(void *self, const char *name, char *out, size_t out_size, struct cpr_error *error_out);
    enum cpr_rc (*value_put)(void *self, const char *name, const char *value, struct cpr_error *error_out);

    /* By (mailbox, name). CPR_ABSENT: *folder_out is untouched. put: inserts when id is 0 (and sets it), else updates.
     */
    enum cpr_rc (*folder_get)(void *self, const char *mailbox, const char *name, struct cpr_folder *folder_out,
                              struct cpr_error *error_out);
    enum cpr_rc (*folder_put)(void *self, struct cpr_folder *folder, struct cpr_error *error_out);
    enum cpr_rc (*folder_each)(void *self, const char *mailbox_or_null,
                               bool (*each)(void *context, const struct cpr_folder *), void *context,
                               struct cpr_error *error_out);
    enum cpr_rc (*folder_tally)(void *self, int64_t folder_id, uint32_t uidvalidity, struct cpr_folder_tally *out,
                                struct cpr_error *error_out);

    /* Notes that a UID exists and that one more try to read it begins: inserts it as expected with attempts 1, or adds
     * one to the attempts of an expected one. *sighting_out is the row; a settled one comes back unchanged. */
    enum cpr_rc (*sighting_expect)(void *self, int64_t folder_id, uint32_t uidvalidity, uint32_t uid, int64_t now_ms,
                                   struct cpr_sighting *sighting_out, struct cpr_error *error_out);
    enum cpr_rc (*sighting_get)(void *self, int64_t folder_id, uint32_t uidvalidity, uint32_t uid,
                                struct cpr_sighting *sighting_out, struct cpr_error *error_out);
    enum cpr_rc (*sighting_put)(void *self, const struct cpr_sighting *sighting, struct cpr_error *error_out);
    /* UIDs still expected in a folder (left by a crash or a lost connection), ascending, at most max. */
    enum cpr_rc (*sighting_expected)(void *self, int64_t folder_id, uint32_t uidvalidity, uint32_t *uids_out,
                                     size_t max, size_t *count_out, struct cpr_error *error_out);
    /* Sightings of one message, newest first. */
    enum cpr_rc (*sighting_each_of)(void *self, int64_t message_id,
                                    bool (*each)(void *context, const struct cpr_sighting *, const struct cpr_folder *),
                                    void *context, struct cpr_error *error_out);

    /* CPR_ABSENT when there is none. */
    enum cpr_rc (*message_find)(void *self, const char *mailbox, const struct cpr_identity *identity,
                                struct cpr_message *message_out, struct cpr_error *error_out);
    /* The first that has this Message-ID header and this text (neither is ""), whatever its other bytes: the same mail
     * as another system kept it. mailbox_or_null: NULL for any. CPR_ABSENT. */
    enum cpr_rc (*message_by_text)(void *self, const char *mailbox_or_null, const char *header_message_id,
                                   const char *text_digest, struct cpr_message *message_out,
                                   struct cpr_error *error_out);
    enum cpr_rc (*message_get)(void *self, int64_t id, struct cpr_message *message_out, struct cpr_error *error_out);
    enum cpr_rc (*message_put)(void *self, struct cpr_message *message, struct cpr_error *error_out);

    /* Mails of ours by the Message-ID that they refer to: (mailbox, refers_to, message_id) once. list: the earliest
     * first, at most max. */
    enum cpr_rc (*reply_add)(void *self, const char *mailbox, const char *refers_to, const struct cpr_reply *reply,
                             struct cpr_error *error_out);
    enum cpr_rc (*reply_list)(void *self, const char *mailbox, const char *refers_to, struct cpr_reply *replies_out,
                              size_t max, size_t *count_out, struct cpr_error *error_out);
    /* What a reply is worth for one case: (case_id, message_id) once, the newest word counts. each: the earliest first.
     */
    enum cpr_rc (*case_reply_put)(void *self, int64_t case_id, const struct cpr_reply *reply,
                                  struct cpr_error *error_out);
    /* A person says that it was no answer; is_: of this mail, or of another copy of it (the same Message-ID). */
    enum cpr_rc (*case_reply_overrule)(void *self, int64_t case_id, int64_t message_id, const char *by,
                                       struct cpr_error *error_out);
    enum cpr_rc (*case_reply_is_overruled)(void *self, int64_t case_id, int64_t message_id, bool *overruled_out,
                                           struct cpr_error *error_out);
    enum cpr_rc (*case_reply_each)(void *self, int64_t case_id, bool (*each)(void *context, const struct cpr_reply *),
                                   void *context, struct cpr_error *error_out);
    /* Message-IDs that delivery reports returned. */
    enum cpr_rc (*bounce_add)(void *self, const char *mailbox, const char *header_message_id, int64_t at_ms,
                              struct cpr_error *error_out);
    enum cpr_rc (*bounce_is_known)(void *self, const char *mailbox, const char *header_message_id, bool *known_out,
                                   struct cpr_error *error_out);

    /* The index of identifiers: what a message may be found by. Its types are those of cpr_identifier_type_name() and
     * "message-id", "refers-to" and "from" (the address in lower case). A double changes nothing. */
    enum cpr_rc (*identifier_add)(void *self, const char *type, const char *value, int64_t message_id,
                                  struct cpr_error *error_out);
    /* Messages that have this value under any type, the newest row first, each once, at most max. */
    enum cpr_rc (*identifier_find)(void *self, const char *value, int64_t *ids_out, size_t max, size_t *count_out,
                                   struct cpr_error *error_out);
    /* Messages that share a Message-ID, a reference or a unique identifier with this one, or its sender (by_sender),
     * the newest row first, each once, at most max. */
    enum cpr_rc (*identifier_relatives)(void *self, int64_t message_id, bool by_sender, int64_t *ids_out, size_t max,
                                        size_t *count_out, struct cpr_error *error_out);

    /* A link is stored once for each pair; a double changes nothing. link_each: those of a message on either side, the
     * oldest first. */
    enum cpr_rc (*link_add)(void *self, const struct cpr_link *link, struct cpr_error *error_out);
    enum cpr_rc (*link_each)(void *self, int64_t message_id, bool (*each)(void *context, const struct cpr_link *),
                             void *context, struct cpr_error *error_out);

    /* Stores a claim, or says the same one of (case, issuer, serial) again: its rounds begin anew, its finding stays.
     */
    enum cpr_rc (*claim_add)(void *self, const struct cpr_claim *claim, struct cpr_error *error_out);
    /* rounds, finding, since_ms and next_ms of a stored one. */
    enum cpr_rc (*claim_put)(void *self, const struct cpr_claim *claim, struct cpr_error *error_out);
    enum cpr_rc (*claim_get)(void *self, int64_t id, struct cpr_claim *claim_out, struct cpr_error *error_out);
    /* The one that is due first, whether its time has come or not. CPR_ABSENT. */
    enum cpr_rc (*claim_next)(void *self, struct cpr_claim *claim_out, struct cpr_error *error_out);
    /* By id. The callback may call evidence_each. */
    enum cpr_rc (*claim_each)(void *self, int64_t case_id, bool (*each)(void *context, const struct cpr_claim *),
                              void *context, struct cpr_error *error_out);
    /* `bytes` are kept up to CPR_EVIDENCE_MAX_BYTES, and the same bytes once. */
    enum cpr_rc (*evidence_add)(void *self, const struct cpr_evidence_row *row, struct cpr_view bytes,
                                struct cpr_error *error_out);
    /* The oldest first. */
    enum cpr_rc (*evidence_each)(void *self, int64_t claim_id,
                                 bool (*each)(void *context, const struct cpr_evidence_row *), void *context,
                                 struct cpr_error *error_out);
    /* Appends what was answered, by its digest. CPR_ABSENT: it is not kept. */
    enum cpr_rc (*evidence_bytes)(void *self, const char *sha256, struct cpr_buffer *bytes_out,
                                  struct cpr_error *error_out);

    enum cpr_rc (*case_put)(void *self, struct cpr_case *item, struct cpr_error *error_out);
    enum cpr_rc (*case_get)(void *self, int64_t id, struct cpr_case *item_out, struct cpr_error *error_out);
    /* Ascending by deadline. The callback may not call the store. only_open: state open. */
    enum cpr_rc (*case_each)(void *self, bool only_open, bool (*each)(void *context, const struct cpr_case *),
                             void *context, struct cpr_error *error_out);
    /* Answered cases of which the revocation is owed (casework/obligation.h), ascending by its deadline; likewise. */
    enum cpr_rc (*case_each_owed)(void *self, bool (*each)(void *context, const struct cpr_case *), void *context,
                                  struct cpr_error *error_out);
    /* Open cases of a mailbox whose message has this Message-ID header (not ""), at most max. */
    enum cpr_rc (*case_by_header_id)(void *self, const char *mailbox, const char *header_message_id, int64_t *ids_out,
                                     size_t max, size_t *count_out, struct cpr_error *error_out);

    /* By case: inserts or updates. get: CPR_ABSENT. */
    enum cpr_rc (*dismissal_put)(void *self, const struct cpr_dismissal *dismissal, struct cpr_error *error_out);
    enum cpr_rc (*dismissal_get)(void *self, int64_t case_id, struct cpr_dismissal *out, struct cpr_error *error_out);
    /* Cases, open or not, that a mail is about which refers to this Message-ID (not ""): its own, and those that a
     * follow-up of the same reporter or a mail of ours with this Message-ID refers to; at most max. */
    enum cpr_rc (*case_by_thread)(void *self, const char *mailbox, const char *header_message_id, int64_t *ids_out,
                                  size_t max, size_t *count_out, struct cpr_error *error_out);
    /* Cases whose reporter leg was closed by a reply with this Message-ID header (not ""), at most max. */
    enum cpr_rc (*case_by_reply_id)(void *self, const char *mailbox, const char *header_message_id, int64_t *ids_out,
                                    size_t max, size_t *count_out, struct cpr_error *error_out);

    enum cpr_rc (*intent_put)(void *self, struct cpr_intent *intent, struct cpr_error *error_out);
    /* Intents that need work: state unknown, or done but not marked; oldest first, at most max. mailbox NULL: all. */
    enum cpr_rc (*intent_unfinished)(void *self, const char *mailbox, struct cpr_intent *intents_out, size_t max,
                                     size_t *count_out, struct cpr_error *error_out);
    /* The newest intent of a case. CPR_ABSENT. */
    enum cpr_rc (*intent_of_case)(void *self, int64_t case_id, struct cpr_intent *intent_out,
                                  struct cpr_error *error_out);
    /* Moves begun since an instant that were made or may have been made: state done or unknown. */
    enum cpr_rc (*intent_count_since)(void *self, int64_t since_ms, unsigned *count_out, struct cpr_error *error_out);

    /* Stores an alert unless one with the same (case_id, topic, step_age_ms, recipient) exists: then it changes nothing
     * and *is_new_out is false. One that was cancelled lives again with the new content. is_new_out may be NULL. */
    enum cpr_rc (*alert_add)(void *self, struct cpr_alert *alert, bool *is_new_out, struct cpr_error *error_out);
    enum cpr_rc (*alert_put)(void *self, const struct cpr_alert *alert, struct cpr_error *error_out);
    /* Pending alerts whose next_try_ms has come, oldest due first, at most max. */
    enum cpr_rc (*alert_due)(void *self, int64_t now_ms, struct cpr_alert *alerts_out, size_t max, size_t *count_out,
                             struct cpr_error *error_out);
    /* The earliest next_try_ms of the pending ones; CPR_TIME_NONE when there are none; and how many there are. */
    enum cpr_rc (*alert_next)(void *self, int64_t *next_try_ms_out, unsigned *pending_out, struct cpr_error *error_out);
    /* Cancels the pending alerts of a case, or (case_id 0) of a topic. */
    enum cpr_rc (*alert_cancel)(void *self, int64_t case_id, const char *topic_or_null, struct cpr_error *error_out);
    enum cpr_rc (*alert_each_of_case)(void *self, int64_t case_id,
                                      bool (*each)(void *context, const struct cpr_alert *), void *context,
                                      struct cpr_error *error_out);
    /* Notes that an alert was answered with "ack" by mail. *is_new_out is false, and nothing is noted, when it or one
     * of a later step of its case was so before. */
    enum cpr_rc (*acknowledgement_add)(void *self, const struct cpr_alert *alert, int64_t at_ms, bool *is_new_out,
                                       struct cpr_error *error_out);
    /* Whether one of our alerts has this Message-ID header. */
    enum cpr_rc (*alert_is_ours)(void *self, const char *header_message_id, bool *ours_out,
                                 struct cpr_error *error_out);

    enum cpr_rc (*condition_get)(void *self, const char *topic, struct cpr_condition *out, struct cpr_error *error_out);
    enum cpr_rc (*condition_put)(void *self, const struct cpr_condition *condition, struct cpr_error *error_out);
    enum cpr_rc (*condition_each_active)(void *self, bool (*each)(void *context, const struct cpr_condition *),
                                         void *context, struct cpr_error *error_out);

    /* Appends; the store refuses to change or delete an event. */
    enum cpr_rc (*event_add)(void *self, struct cpr_event *event, struct cpr_error *error_out);
    /* Ascending by sequence. case_id 0: all cases. from_ms/to_ms: half-open range of at_ms; CPR_TIME_NONE: unbounded.
     */
    enum cpr_rc (*event_each)(void *self, int64_t case_id, int64_t from_ms, int64_t to_ms,
                              bool (*each)(void *context, const struct cpr_event *), void *context,
                              struct cpr_error *error_out);

    /* The sightings that were settled in [from_ms, to_ms), in order of folder and UID. The callback may not call the
     * store. */
    enum cpr_rc (*review_each)(void *self, int64_t from_ms, int64_t to_ms,
                               bool (*each)(void *context, const struct cpr_review_row *), void *context,
                               struct cpr_error *error_out);
    /* Cases that were open at some instant of [from_ms, to_ms), or were found or closed in it, by id; and those whose
     * dismissal waits for a second person, or whose revocation was owed. */
    enum cpr_rc (*review_cases)(void *self, int64_t from_ms, int64_t to_ms,
                                bool (*each)(void *context, const struct cpr_case *), void *context,
                                struct cpr_error *error_out);
};

#endif
