#include "candidates.h"
#include "claims.h"
#include "dismissals.h"
#include "mail_acks.h"
#include "relate.h"
#include "replies.h"

#include "cpr/casework/plan.h"
#include "cpr/record/letter.h"
#include "cpr/record/reading_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TWINS_OF_HEADER_MAX = 16 };

/* One message on its way into the ledger. */
struct intake {
    struct cpr_engine *engine;
    size_t mailbox;
    const struct cpr_folder *folder;
    struct cpr_scan_item *item;
    struct cpr_message message; /* its reading_json is borrowed from the item while it is new */
    bool is_altered;            /* it bears the Message-ID of one of our alerts, over another text */
    const char *action;
};

/* One of our own alerts that was delivered into a watched folder. Only the token proves it, never the sender. */
static enum cpr_rc is_own_alert(struct intake *intake, bool *own_out, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &intake->engine->ports.store;
    const struct cpr_reading *reading = &intake->item->reading;
    *own_out = false;
    bool is_ours = false;
    enum cpr_rc rc = store->alert_is_ours(store->self, reading->message_id, &is_ours, error_out);
    /* A letter about many alerts is in no row until it is recorded as sent; the token alone proves it. */
    *own_out = reading->text_digest[0] && cpr_letter_token_is_valid(intake->engine->token_key, reading->message_id,
                                                                    reading->text_digest, reading->alert_token);
    intake->is_altered = is_ours && !*own_out;
    return rc;
}

static enum cpr_rc add_message(struct intake *intake, enum cpr_kind kind, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &intake->engine->ports.store;
    struct cpr_scan_item *item = intake->item;
    const struct cpr_reading *reading = &item->reading;
    struct cpr_message *message = &intake->message;
    memset(message, 0, sizeof *message);
    memcpy(message->mailbox, intake->folder->mailbox, sizeof message->mailbox);
    message->identity = item->identity;
    message->internal_ms = item->internal_ms;
    message->save_ms = item->save_ms;
    message->first_seen_ms = intake->engine->now_ms;
    message->verdict = (enum cpr_verdict)reading->verdict;
    message->kind = kind;
    message->score = reading->score;
    memcpy(message->from_address, reading->from_address, sizeof message->from_address);
    memcpy(message->subject, reading->subject, sizeof message->subject);
    memcpy(message->header_message_id, reading->message_id, sizeof message->header_message_id);
    memcpy(message->text_digest, reading->text_digest, sizeof message->text_digest);
    if (item->json.len == 0)
        cpr_reading_write_json(reading, &item->json);
    message->reading_json = cpr_buffer_text(&item->json);
    enum cpr_rc rc = store->message_put(store->self, message, error_out);
    return rc == CPR_OK ? cpr_engine_index(intake->engine, message->id, reading, error_out) : rc;
}

/* --- the case of a message ---------------------------------------------------------------------------------------- */

/* The earliest of what this sighting says and of what was stored when the message was first read. */
static struct cpr_receipt receipt_of(const struct intake *intake)
{
    const struct cpr_mailbox_settings *settings = &intake->engine->settings->mailboxes[intake->mailbox];
    const struct cpr_reading *reading = &intake->item->reading;
    const struct cpr_message *message = &intake->message;
    struct cpr_receipt now =
        cpr_receipt_choose(reading, intake->item->internal_ms, intake->item->save_ms, intake->engine->now_ms, settings);
    if (message->id == 0 || message->first_seen_ms == CPR_TIME_NONE)
        return now;
    struct cpr_receipt first =
        cpr_receipt_choose(reading, message->internal_ms, message->save_ms, message->first_seen_ms, settings);
    return cpr_receipt_earlier(&first, &now);
}

enum cpr_rc cpr_engine_bring_forward(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_receipt *seen,
                                     const char *whose, struct cpr_error *error_out)
{
    char before[CPR_TIME_TEXT_SIZE], after[CPR_TIME_TEXT_SIZE];
    struct cpr_receipt receipt = cpr_receipt_earlier(&item->receipt, seen);
    if (receipt.utc_ms >= item->receipt.utc_ms)
        return CPR_OK;
    enum cpr_rc rc =
        cpr_engine_event(engine, "receipt-earlier", item->id, item->mailbox, error_out, "received %s, not %s: %s %s",
                         cpr_time_format(receipt.utc_ms, after), cpr_time_format(item->receipt.utc_ms, before),
                         cpr_receipt_source_name(receipt.source), whose);
    item->deadline_ms -= item->receipt.utc_ms - receipt.utc_ms;
    cpr_obligation_bring_forward(item, item->receipt.utc_ms - receipt.utc_ms);
    item->receipt = receipt;
    return rc == CPR_OK ? cpr_engine_follow_receipt(engine, item, error_out) : rc;
}

static enum cpr_rc bring_forward(struct intake *intake, struct cpr_case *item, struct cpr_error *error_out)
{
    struct cpr_receipt seen = receipt_of(intake);
    char whose[sizeof intake->folder->display + 32];
    snprintf(whose, sizeof whose, "of a copy in \"%.200s\"", intake->folder->display);
    return cpr_engine_bring_forward(intake->engine, item, &seen, whose, error_out);
}

/* Mail of a root programme is no report, but losing it is an incident too: it is brought back like one. */
static bool is_compliance(const struct intake *intake)
{
    return intake->message.kind == CPR_KIND_COMPLIANCE && intake->message.verdict >= CPR_VERDICT_POSSIBLE;
}

static enum cpr_rescue_state rescue_of(const struct intake *intake, enum cpr_case_grade grade)
{
    bool is_wanted = grade == CPR_GRADE_REPORT || is_compliance(intake);
    if (intake->folder->role != CPR_ROLE_JUNK || !is_wanted)
        return CPR_RESCUE_NOT_NEEDED;
    return intake->engine->settings->policy.is_active ? CPR_RESCUE_WANTED : CPR_RESCUE_OBSERVED;
}

static enum cpr_rc put_back(struct intake *intake, struct cpr_case *item, struct cpr_error *error_out)
{
    static const char text[] =
        "The report was moved to the inbox before and lies in a junk folder again: a person or a "
        "filter put it back. It will not be moved a second time.";
    item->rescue = CPR_RESCUE_PUT_BACK;
    intake->action = "put-back";
    enum cpr_rc rc =
        cpr_engine_event(intake->engine, "put-back", item->id, item->mailbox, error_out,
                         "found again in \"%.200s\" (UID %" PRIu32 ")", intake->folder->display, intake->item->uid);
    if (rc != CPR_OK || item->state != CPR_CASE_OPEN)
        return rc;
    return cpr_engine_tell_about(intake->engine, item, "put-back", text, error_out);
}

/* Somebody says by moving it that it is no report, or takes that back. */
static enum cpr_rc follow_dismissal(struct intake *intake, struct cpr_case *item, bool is_first,
                                    struct cpr_error *error_out)
{
    struct cpr_arrival arrival = {
        .folder = intake->folder, .uid = intake->item->uid, .reading = &intake->item->reading, .case_id = item->id};
    return cpr_dismissals_follow(intake->engine, item, &arrival, is_first, &intake->action, error_out);
}

/* The message of a case is seen again: in another folder, under another UID, after a change of UIDVALIDITY. */
static enum cpr_rc see_again(struct intake *intake, int64_t case_id, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &intake->engine->ports.store;
    struct cpr_case item;
    enum cpr_rc rc = store->case_get(store->self, case_id, &item, error_out);
    if (rc != CPR_OK)
        return rc;
    rc = bring_forward(intake, &item, error_out);
    if (rc == CPR_OK)
        rc = follow_dismissal(intake, &item, false, error_out);
    bool is_waiting = item.rescue == CPR_RESCUE_WANTED || item.rescue == CPR_RESCUE_OBSERVED;
    if (rc == CPR_OK && intake->folder->role == CPR_ROLE_JUNK && item.rescue == CPR_RESCUE_DONE)
        rc = put_back(intake, &item, error_out);
    /* Found in the inbox first and moved to junk after delivery (by a filter that judges late, or by a person): brought
     * back once, like any other. */
    if (intake->folder->role == CPR_ROLE_JUNK && item.rescue == CPR_RESCUE_NOT_NEEDED && item.state == CPR_CASE_OPEN)
        item.rescue = rescue_of(intake, item.grade);
    if (rc == CPR_OK && intake->folder->role == CPR_ROLE_INBOX && is_waiting) {
        item.rescue = CPR_RESCUE_NOT_NEEDED;
        rc = cpr_engine_event(intake->engine, "in-inbox", item.id, item.mailbox, error_out,
                              "somebody moved it to \"%.200s\"", intake->folder->display);
    }
    return rc == CPR_OK ? store->case_put(store->self, &item, error_out) : rc;
}

/* A second copy of the same report (same Message-ID and same text) belongs to the open case of the first. Equal
 * Message-IDs alone prove nothing: anybody can write one, and a new report must never be swallowed by an old case. */
static enum cpr_rc find_twin(struct intake *intake, int64_t *case_id_out, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &intake->engine->ports.store;
    const struct cpr_reading *reading = &intake->item->reading;
    int64_t ids[TWINS_OF_HEADER_MAX];
    size_t count = 0;
    *case_id_out = 0;
    if (!reading->message_id[0] || !reading->text_digest[0])
        return CPR_OK;
    enum cpr_rc rc = store->case_by_header_id(store->self, intake->folder->mailbox, reading->message_id, ids,
                                              TWINS_OF_HEADER_MAX, &count, error_out);
    for (size_t i = 0; i < count && rc == CPR_OK && *case_id_out == 0; i++) {
        struct cpr_case item;
        struct cpr_message first;
        rc = store->case_get(store->self, ids[i], &item, error_out);
        if (rc == CPR_OK)
            rc = store->message_get(store->self, item.message_id, &first, error_out);
        /* A copy that weighs more than the first is a case of its own: the first must not hide it. */
        if (rc == CPR_OK && strcmp(first.text_digest, reading->text_digest) == 0 && reading->verdict <= item.verdict)
            *case_id_out = item.id;
    }
    return rc;
}

/* Beside the ladder, which asks for a glance after hours: at once. */
static enum cpr_rc tell_compliance(struct intake *intake, const struct cpr_case *item, struct cpr_error *error_out)
{
    static const char text[] =
        "Mail of a root programme or of the CCADB. It is no problem report, but one that nobody reads is an incident: "
        "see to it that it is answered within the time that it names (CCADB: 72 hours for a preliminary incident "
        "report, 7 days for a question).";
    return cpr_engine_tell_about(intake->engine, item, "compliance", text, error_out);
}

static enum cpr_rc open_case(struct intake *intake, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &intake->engine->ports.store;
    const struct cpr_reading *reading = &intake->item->reading;
    struct cpr_case item = {.message_id = intake->message.id,
                            .state = CPR_CASE_OPEN,
                            .receipt = receipt_of(intake),
                            .found_ms = intake->engine->now_ms,
                            .told_age_ms = -1,
                            .acked_ms = CPR_TIME_NONE,
                            .closed_ms = CPR_TIME_NONE,
                            .verdict = (enum cpr_verdict)reading->verdict};
    char received[CPR_TIME_TEXT_SIZE], deadline[CPR_TIME_TEXT_SIZE];
    /* An alert of ours that came back altered (by a gateway's disclaimer, or forged) asks for a glance: a whole ladder
     * for each would make alerts of alerts without end. */
    item.grade = item.verdict == CPR_VERDICT_PROBABLE && !intake->is_altered ? CPR_GRADE_REPORT : CPR_GRADE_GLANCE;
    item.rescue = rescue_of(intake, item.grade);
    item.deadline_ms = item.receipt.utc_ms + intake->engine->settings->policy.deadline_ms;
    cpr_obligation_begin(&item, reading, &intake->engine->settings->policy);
    memcpy(item.mailbox, intake->folder->mailbox, sizeof item.mailbox);
    memcpy(item.from_address, reading->from_address, sizeof item.from_address);
    memcpy(item.subject, reading->subject, sizeof item.subject);
    memcpy(item.header_message_id, reading->message_id, sizeof item.header_message_id);
    memcpy(item.found_folder, intake->folder->display, sizeof item.found_folder);
    snprintf(item.found_role, sizeof item.found_role, "%s", cpr_folder_role_name(intake->folder->role));
    cpr_legs_begin(&item, intake->engine->settings->mailboxes[intake->mailbox].profile);
    enum cpr_rc rc = store->case_put(store->self, &item, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_event(
            intake->engine, "case-opened", item.id, item.mailbox, error_out,
            "%s, found in \"%.200s\"; received %s (%s), deadline %s; to be revoked within %s (%s)",
            cpr_verdict_name(item.verdict), item.found_folder, cpr_time_format(item.receipt.utc_ms, received),
            cpr_receipt_source_name(item.receipt.source), cpr_time_format(item.deadline_ms, deadline),
            cpr_revocation_class_name(item.revocation.class), cpr_obligation_words(item.revocation.rule));
    if (rc == CPR_OK)
        rc = cpr_replies_look_up(intake->engine, &item, reading, error_out);
    if (rc == CPR_OK && intake->folder->role == CPR_ROLE_DISMISS) {
        rc = follow_dismissal(intake, &item, true, error_out);
        if (rc == CPR_OK)
            rc = store->case_put(store->self, &item, error_out);
    } else if (rc == CPR_OK && item.state == CPR_CASE_OPEN && is_compliance(intake))
        rc = tell_compliance(intake, &item, error_out);
    if (item.state == CPR_CASE_OPEN && item.rescue == CPR_RESCUE_OBSERVED)
        intake->action = "would-rescue";
    intake->message.case_id = item.id;
    return rc;
}

static enum cpr_rc attach_to_twin(struct intake *intake, int64_t case_id, struct cpr_error *error_out)
{
    intake->message.case_id = case_id;
    intake->action = "copy";
    enum cpr_rc rc = cpr_engine_event(intake->engine, "copy", case_id, intake->folder->mailbox, error_out,
                                      "a second copy lies in \"%.200s\" (UID %" PRIu32 ")", intake->folder->display,
                                      intake->item->uid);
    if (rc != CPR_OK)
        return rc;
    const struct cpr_store_port *store = &intake->engine->ports.store;
    struct cpr_case item;
    rc = store->case_get(store->self, case_id, &item, error_out);
    if (rc == CPR_OK)
        rc = bring_forward(intake, &item, error_out);
    if (rc == CPR_OK && cpr_obligation_tighten(&item, &intake->item->reading, &intake->engine->settings->policy))
        rc = cpr_engine_event(intake->engine, "revocation-class", case_id, item.mailbox, error_out,
                              "%s by the rules: the copy speaks of more (%s)",
                              cpr_revocation_class_name(item.revocation.class),
                              cpr_obligation_words(item.revocation.rule));
    return rc == CPR_OK ? store->case_put(store->self, &item, error_out) : rc;
}

/* --- the way in
 * --------------------------------------------------------------------------------------------------------- */

/* Opens or finds the case of a message that a human must see. */
static enum cpr_rc find_case(struct intake *intake, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &intake->engine->ports.store;
    int64_t twin_id = 0;
    enum cpr_rc rc = find_twin(intake, &twin_id, error_out);
    if (rc == CPR_OK)
        rc = twin_id ? attach_to_twin(intake, twin_id, error_out) : open_case(intake, error_out);
    return rc == CPR_OK ? store->message_put(store->self, &intake->message, error_out) : rc;
}

/* What a hosted quarantine holds, and what it has let go. */
static enum cpr_rc follow_candidates(struct intake *intake, struct cpr_error *error_out)
{
    struct cpr_arrival arrival = {.folder = intake->folder,
                                  .uid = intake->item->uid,
                                  .reading = &intake->item->reading,
                                  .receipt = receipt_of(intake),
                                  .case_id = intake->message.case_id};
    enum cpr_rc rc = cpr_candidates_link(intake->engine, &arrival, error_out);
    return rc == CPR_OK ? cpr_candidates_open(intake->engine, &arrival, error_out) : rc;
}

static enum cpr_rc take_in_sent(struct intake *intake, struct cpr_error *error_out)
{
    /* A mail program stamps what it files with its own clock: one that runs ahead must not date an answer ahead. */
    int64_t now_ms = intake->engine->now_ms, stamp_ms = intake->item->internal_ms;
    struct cpr_sent_mail mail = {.mailbox = intake->mailbox,
                                 .folder = intake->folder,
                                 .uid = intake->item->uid,
                                 .reading = &intake->item->reading,
                                 .message_id = intake->message.id,
                                 .sent_ms = cpr_time_is_plausible(stamp_ms) && stamp_ms < now_ms ? stamp_ms : now_ms};
    return cpr_replies_take_in(intake->engine, &mail, error_out);
}

static enum cpr_rc take_in_new(struct intake *intake, struct cpr_error *error_out)
{
    const struct cpr_reading *reading = &intake->item->reading;
    struct cpr_mail_ack ack = {
        .mailbox = intake->mailbox, .folder = intake->folder, .uid = intake->item->uid, .reading = reading};
    bool is_sent = intake->folder->role == CPR_ROLE_SENT, is_own = false, is_ack = false;
    enum cpr_rc rc = is_own_alert(intake, &is_own, error_out);
    if (rc == CPR_OK && !is_sent && !is_own)
        rc = cpr_mail_acks_recognise(intake->engine, &ack, &is_ack, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_sent_mail sent = {.mailbox = intake->mailbox, .folder = intake->folder, .reading = reading};
    bool is_reply = is_ack || (is_sent && cpr_replies_is_ours(intake->engine, &sent));
    enum cpr_kind kind = is_own ? CPR_KIND_OWN_ALERT : is_reply ? CPR_KIND_REPLY : (enum cpr_kind)reading->kind;
    rc = add_message(intake, kind, error_out);
    if (rc != CPR_OK || is_own)
        return rc;
    if (is_ack)
        return cpr_mail_acks_take(intake->engine, &ack, &intake->action, error_out);
    if (is_sent)
        return intake->item->is_unreadable ? CPR_OK : take_in_sent(intake, error_out);
    if (reading->returned_id[0])
        rc = cpr_replies_bounced(intake->engine, intake->folder, reading, error_out);
    if (rc == CPR_OK && reading->verdict != CPR_VERDICT_UNLIKELY)
        rc = find_case(intake, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_relate(intake->engine, &intake->message, intake->message.case_id, error_out);
    return rc == CPR_OK ? follow_candidates(intake, error_out) : rc;
}

/* What was taken for mail of ours because of the folder where it lay first, or is an alert that somebody answered. */
static enum cpr_rc is_still_ours(struct intake *intake, bool *ours_out, struct cpr_error *error_out)
{
    struct cpr_mailbox_settings *mailbox =
        (struct cpr_mailbox_settings *)&intake->engine->settings->mailboxes[intake->mailbox];
    const struct cpr_reading *reading = &intake->item->reading;
    struct cpr_mail_ack ack = {
        .mailbox = intake->mailbox, .folder = intake->folder, .uid = intake->item->uid, .reading = reading};
    *ours_out = cpr_reply_is_ours(reading, mailbox->addresses, mailbox->address_count);
    return *ours_out ? CPR_OK : cpr_mail_acks_recognise(intake->engine, &ack, ours_out, error_out);
}

/* A message that older rules took for unlikely and that was brought anew (put back, moved, copied out of a quarantine)
 * is judged by the rules of today: what `cpr-audit hunt` lists gets its case so, with the receipt that it always had.
 * Likewise what is no mail of ours and lay among it at the first look: a hand that slips must not hide a report. A
 * verdict is only raised here. */
static enum cpr_rc judge_anew(struct intake *intake, struct cpr_error *error_out)
{
    const struct cpr_reading *reading = &intake->item->reading;
    struct cpr_message *message = &intake->message;
    /* What surfaced elsewhere has a case: this one has none. */
    bool lay_in_sent = message->kind == CPR_KIND_REPLY || message->verdict != CPR_VERDICT_UNLIKELY;
    bool is_own = message->kind == CPR_KIND_OWN_ALERT;
    enum cpr_rc rc = CPR_OK;
    if (reading->verdict == CPR_VERDICT_UNLIKELY)
        return CPR_OK;
    if (!is_own)
        rc = is_own_alert(intake, &is_own, error_out);
    if (rc == CPR_OK && !is_own && lay_in_sent)
        rc = is_still_ours(intake, &is_own, error_out);
    if (rc != CPR_OK || is_own)
        return rc;
    message->verdict = (enum cpr_verdict)reading->verdict;
    message->kind = (enum cpr_kind)reading->kind;
    message->score = reading->score;
    if (intake->item->json.len == 0)
        cpr_reading_write_json(reading, &intake->item->json);
    message->reading_json = cpr_buffer_text(&intake->item->json);
    rc = find_case(intake, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_index(intake->engine, message->id, reading, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_relate(intake->engine, message, message->case_id, error_out);
    return rc == CPR_OK ? cpr_engine_event(intake->engine, "judged-anew", message->case_id, message->mailbox, error_out,
                                           "%s when it was first read; today's rules say %s",
                                           lay_in_sent ? "it lay among sent mail" : "judged unlikely",
                                           cpr_verdict_name(message->verdict))
                        : rc;
}

enum cpr_rc cpr_engine_take_in(struct cpr_engine *engine, size_t mailbox, const struct cpr_folder *folder,
                               struct cpr_scan_item *item, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct intake intake = {.engine = engine, .mailbox = mailbox, .folder = folder, .item = item, .action = "none"};
    enum cpr_rc rc = store->message_find(store->self, folder->mailbox, &item->identity, &intake.message, error_out);
    if (rc == CPR_ABSENT)
        rc = take_in_new(&intake, error_out);
    else if (rc == CPR_OK && intake.message.case_id && folder->role != CPR_ROLE_SENT)
        rc = see_again(&intake, intake.message.case_id, error_out);
    else if (rc == CPR_OK && folder->role != CPR_ROLE_SENT)
        rc = judge_anew(&intake, error_out);
    if (rc != CPR_OK)
        return rc;
    item->sighting.state = item->is_unreadable ? CPR_SIGHTING_UNREADABLE : CPR_SIGHTING_JUDGED;
    item->sighting.settled_ms = engine->now_ms;
    item->sighting.message_id = intake.message.id;
    snprintf(item->sighting.action, sizeof item->sighting.action, "%s", intake.action);
    return store->sighting_put(store->self, &item->sighting, error_out);
}
