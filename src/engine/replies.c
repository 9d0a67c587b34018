#include "claims.h"
#include "replies.h"
#include "steps.h"

#include "cpr/base/text.h"
#include "cpr/casework/coverage.h"
#include "cpr/record/reading_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CASES_OF_MAIL_MAX = 16,
    REPLIES_MAX = 16,
    CLOCK_SKEW_MS = 5 * 60 * 1000,
    RECIPIENTS_SIZE = 1024,
    NEWS_MS = 7 * 24 * 3600 * 1000, /* what is older than a week when it is found is history, and no letter */
};

/* --- what a reply is worth for a case -------------------------------------------------------------------------------
 */

/* A text of a stored reading. */
static void get_text(const char *reading_json, const char *key, char *out, size_t out_size)
{
    json_t *reading = json_loads(reading_json ? reading_json : "{}", 0, NULL);
    const char *text = json_string_value(json_object_get(reading, key));
    snprintf(out, out_size, "%s", text ? text : "");
    json_decref(reading);
}

/* What the answers leave open goes into the record each time, and once into a letter when it is doubtful: when the leg
 * closes, the ladder may be over and nobody would hear of it. */
static enum cpr_rc note_unanswered(struct cpr_engine *engine, const struct cpr_case *item, bool is_news,
                                   struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_buffer sentence = cpr_buffer_new(CPR_NOTE_MAX);
    bool is_doubtful = false;
    char text[CPR_NOTE_MAX];
    enum cpr_rc rc = cpr_replies_coverage(store, item, &sentence, &is_doubtful, error_out);
    if (rc == CPR_OK && sentence.len)
        rc = cpr_engine_event(engine, "unanswered", item->id, item->mailbox, error_out, "%s",
                              cpr_buffer_text(&sentence));
    if (rc == CPR_OK && is_doubtful && is_news) {
        cpr_text_copy(text, sizeof text, cpr_buffer_view(&sentence));
        rc = cpr_engine_tell_about(engine, item, CPR_TOPIC_UNANSWERED, text, error_out);
    }
    cpr_buffer_free(&sentence);
    return rc;
}

static const struct cpr_reply_view returned = {.class = CPR_REPLY_BOUNCE, .words = "it came back"};

static enum cpr_rc close_leg(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_reply *reply,
                             const char *place, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    char note[CPR_NOTE_MAX], when[CPR_TIME_TEXT_SIZE];
    snprintf(note, sizeof note, "a reply with matching References, sent %s%.300s; it says: %.200s",
             cpr_time_format(reply->sent_ms, when), place, reply->view.words);
    if (!cpr_leg_close(item, CPR_LEG_REPORTER, CPR_LEG_CLOSED, reply->sent_ms, "reply in Sent", note,
                       reply->message_id))
        return CPR_OK;
    enum cpr_rc rc = store->case_put(store->self, item, error_out);
    if (rc == CPR_OK && item->state != CPR_CASE_OPEN)
        rc = cpr_steps_end(store, item->id, error_out);
    return rc == CPR_OK ? cpr_engine_event(engine, item->state == CPR_CASE_OPEN ? "reporter-answered" : "answered",
                                           item->id, item->mailbox, error_out, "%s", item->legs[CPR_LEG_REPORTER].note)
                        : rc;
}

/* A reply that says "revoked" is held against the sources; one that names nothing that can be asked about is no fault.
 */
static enum cpr_rc claim_revocation(struct cpr_engine *engine, const struct cpr_case *item, const char *place,
                                    struct cpr_error *error_out)
{
    const struct cpr_settings *settings = engine->settings;
    struct cpr_claim claim = {.case_id = item->id, .claimed_ms = engine->now_ms, .next_ms = engine->now_ms};
    struct cpr_claimed all = {NULL, NULL};
    unsigned count;
    if (!settings->verifies_revocation)
        return CPR_OK;
    snprintf(claim.claimed_by, sizeof claim.claimed_by, CPR_CLAIMED_BY_REPLY);
    snprintf(claim.note, sizeof claim.note, "a reply says so%.300s", place);
    enum cpr_rc rc =
        cpr_claims_make(&engine->ports.store, settings, item, &all, &claim, "cpr-auditd", &count, error_out);
    return rc == CPR_ABSENT ? CPR_OK : rc;
}

/* Told once a mail: whoever sent it knows whether it was one. `doubt`: why it closes nothing. */
static enum cpr_rc ask_whether(struct cpr_engine *engine, const struct cpr_case *item, const struct cpr_reply *reply,
                               const char *doubt, const char *place, struct cpr_error *error_out)
{
    char text[CPR_NOTE_MAX];
    snprintf(text, sizeof text,
             "A mail to the reporter%.200s is perhaps the answer, but %s, and so it closes nothing; it says: %.160s If "
             "it is, say so: cpr-audit answered.",
             place, doubt, reply->view.words);
    enum cpr_rc rc = cpr_engine_event(engine, "perhaps-an-answer", item->id, item->mailbox, error_out,
                                      "%.300s: %.200s; %s: the clock goes on", place, reply->view.words, doubt);
    return rc == CPR_OK ? cpr_engine_tell_about(engine, item, "perhaps", text, error_out) : rc;
}

static enum cpr_rc follow_reply(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_reply *reply,
                                const char *doubt, const char *place, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    enum cpr_profile profile = cpr_settings_profile(engine->settings, item->mailbox);
    bool was_open = item->legs[CPR_LEG_REPORTER].state == CPR_LEG_OPEN, is_overruled = false;
    enum cpr_rc rc = store->case_reply_is_overruled(store->self, item->id, reply->message_id, &is_overruled, error_out);
    if (rc != CPR_OK || !was_open || item->state == CPR_CASE_DISMISSED)
        return rc;
    if (is_overruled)
        return cpr_engine_event(engine, "not-an-answer", item->id, item->mailbox, error_out,
                                "somebody said that this mail%.300s is none; the clock goes on", place);
    if (!cpr_reply_closes(profile, reply->view.class, reply->is_automatic))
        return cpr_engine_event(engine, "not-an-answer", item->id, item->mailbox, error_out,
                                "%s%.300s: %.200s; the clock goes on", cpr_reply_class_name(reply->view.class), place,
                                reply->view.words);
    return reply->is_unlinked ? ask_whether(engine, item, reply, doubt, place, error_out)
                              : close_leg(engine, item, reply, place, error_out);
}

/* Judges one reply for one case and keeps what it is worth. */
static enum cpr_rc judge_reply(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_reply *read,
                               const char *recipients, const struct cpr_reply_report *report, const char *place,
                               struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_reply reply = *read;
    if (reply.sent_ms == CPR_TIME_NONE || reply.sent_ms < item->receipt.utc_ms - CLOCK_SKEW_MS)
        return CPR_OK; /* older than the report: no answer to it */
    bool was_open = item->legs[CPR_LEG_REPORTER].state == CPR_LEG_OPEN;
    if (read->view.class != CPR_REPLY_BOUNCE)
        reply.view = cpr_reply_for(&read->view, recipients, report);
    const char *doubt = "no header ties it to the report";
    bool about_another = false;
    enum cpr_rc rc = CPR_OK;
    if (!reply.is_unlinked && reply.view.class == CPR_REPLY_SUBSTANTIVE)
        rc = cpr_replies_is_about_another(store, item, reply.message_id, &about_another, error_out);
    if (about_another) {
        reply.is_unlinked = true;
        doubt = "it answers a later mail that names another certificate";
    }
    if (rc == CPR_OK)
        rc = store->case_reply_put(store->self, item->id, &reply, error_out);
    if (rc == CPR_OK)
        rc = follow_reply(engine, item, &reply, doubt, place, error_out);
    if (rc != CPR_OK || reply.view.class != CPR_REPLY_SUBSTANTIVE)
        return rc;
    bool is_news =
        was_open && item->legs[CPR_LEG_REPORTER].state != CPR_LEG_OPEN && reply.sent_ms > engine->now_ms - NEWS_MS;
    rc = reply.is_unlinked ? CPR_OK : note_unanswered(engine, item, is_news, error_out);
    return rc == CPR_OK && reply.says_revoked && !reply.is_unlinked ? claim_revocation(engine, item, place, error_out)
                                                                    : rc;
}

/* --- mail of ours ---------------------------------------------------------------------------------------------------
 */

static enum cpr_rc judge_for_case(struct cpr_engine *engine, int64_t case_id, const struct cpr_reply *read,
                                  const struct cpr_sent_mail *mail, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case item;
    struct cpr_message report;
    char excerpt[CPR_EXCERPT_SIZE], reply_to[CPR_ADDRESS_MAX + 1], folder[101], place[sizeof folder + 32];
    enum cpr_rc rc = store->case_get(store->self, case_id, &item, error_out);
    if (rc == CPR_OK)
        rc = store->message_get(store->self, item.message_id, &report, error_out);
    if (rc != CPR_OK)
        return rc;
    get_text(report.reading_json, "excerpt", excerpt, sizeof excerpt);
    get_text(report.reading_json, "reply_to", reply_to, sizeof reply_to);
    struct cpr_reply_report about = {item.from_address, reply_to, excerpt};
    /* Whole characters, and room for the rest of the sentence: the store and JSON refuse half a character. */
    cpr_text_copy(folder, sizeof folder, cpr_view_of(mail->folder->display));
    snprintf(place, sizeof place, ", UID %" PRIu32 " of \"%s\"", mail->uid, folder);
    return judge_reply(engine, &item, read, mail->reading->recipients, &about, place, error_out);
}

bool cpr_replies_is_ours(const struct cpr_engine *engine, const struct cpr_sent_mail *mail)
{
    const struct cpr_mailbox_settings *settings = &engine->settings->mailboxes[mail->mailbox];
    return !strstr(mail->folder->rule, CPR_FOLDER_RULE_REPLIES) ||
           cpr_reply_is_ours(mail->reading, (char(*)[CPR_ADDRESS_MAX])settings->addresses, settings->address_count);
}

/* Open cases whose reporter a mail went to. */
struct addressed {
    const struct cpr_sent_mail *mail;
    int64_t ids[CASES_OF_MAIL_MAX];
    size_t count;
};

static bool collect_addressed(void *context, const struct cpr_case *item)
{
    struct addressed *addressed = context;
    const struct cpr_reply_view any = {.class = CPR_REPLY_SUBSTANTIVE};
    struct cpr_reply_report report = {item->from_address, "", ""};
    if (strcmp(item->mailbox, addressed->mail->folder->mailbox) == 0 &&
        item->legs[CPR_LEG_REPORTER].state == CPR_LEG_OPEN &&
        cpr_reply_for(&any, addressed->mail->reading->recipients, &report).class == CPR_REPLY_SUBSTANTIVE)
        addressed->ids[addressed->count++] = item->id;
    return addressed->count < CASES_OF_MAIL_MAX;
}

/* A new mail to the reporter that tells findings, tied to no report by its header (written on a phone, by a ticket
 * system): a person says whether it is the answer. */
static enum cpr_rc offer(struct cpr_engine *engine, struct cpr_reply *reply, const struct cpr_sent_mail *mail,
                         struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct addressed addressed = {.mail = mail};
    reply->is_unlinked = true;
    enum cpr_rc rc = store->case_each(store->self, true, collect_addressed, &addressed, error_out);
    for (size_t i = 0; i < addressed.count && rc == CPR_OK; i++)
        rc = judge_for_case(engine, addressed.ids[i], reply, mail, error_out);
    return rc;
}

static bool is_among(int64_t id, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

enum cpr_rc cpr_replies_take_in(struct cpr_engine *engine, const struct cpr_sent_mail *mail,
                                struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct cpr_reading *reading = mail->reading;
    struct cpr_reply reply = {.message_id = mail->message_id,
                              .sent_ms = mail->sent_ms,
                              .view = cpr_reply_read(reading),
                              .is_automatic = reading->is_automatic,
                              .says_revoked = cpr_revocation_is_claimed(cpr_view_of(reading->own_words))};
    bool came_back = false;
    int64_t judged[CPR_REFERENCES_MAX * CASES_OF_MAIL_MAX];
    size_t judged_count = 0;
    enum cpr_rc rc = CPR_OK;
    if (!cpr_replies_is_ours(engine, mail))
        return CPR_OK;
    if (reading->message_id[0])
        rc = store->bounce_is_known(store->self, mail->folder->mailbox, reading->message_id, &came_back, error_out);
    if (came_back)
        reply.view = returned;
    for (uint32_t i = 0; i < reading->reference_count && rc == CPR_OK; i++) {
        int64_t ids[CASES_OF_MAIL_MAX];
        size_t count = 0;
        rc = store->reply_add(store->self, mail->folder->mailbox, reading->references[i], &reply, error_out);
        if (rc == CPR_OK)
            rc = store->case_by_thread(store->self, mail->folder->mailbox, reading->references[i], ids,
                                       CASES_OF_MAIL_MAX, &count, error_out);
        for (size_t k = 0; k < count && rc == CPR_OK; k++) {
            if (is_among(ids[k], judged, judged_count))
                continue;
            judged[judged_count++] = ids[k];
            rc = judge_for_case(engine, ids[k], &reply, mail, error_out);
        }
    }
    if (rc == CPR_OK && judged_count == 0 && reply.view.class == CPR_REPLY_SUBSTANTIVE)
        rc = offer(engine, &reply, mail, error_out);
    return rc;
}

enum cpr_rc cpr_replies_look_up(struct cpr_engine *engine, struct cpr_case *item, const struct cpr_reading *report,
                                struct cpr_error *error_out)
{
    struct cpr_reply_report about = {item->from_address, report->reply_to, report->excerpt};
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_reply replies[REPLIES_MAX];
    size_t count = 0;
    if (!item->header_message_id[0])
        return CPR_OK;
    enum cpr_rc rc =
        store->reply_list(store->self, item->mailbox, item->header_message_id, replies, REPLIES_MAX, &count, error_out);
    for (size_t i = 0; i < count && rc == CPR_OK; i++) {
        struct cpr_message message;
        char recipients[RECIPIENTS_SIZE];
        rc = store->message_get(store->self, replies[i].message_id, &message, error_out);
        if (rc != CPR_OK)
            break;
        bool came_back = false;
        get_text(message.reading_json, "recipients", recipients, sizeof recipients);
        if (!recipients[0]) /* read before they were kept */
            get_text(message.reading_json, "to", recipients, sizeof recipients);
        if (message.header_message_id[0])
            rc = store->bounce_is_known(store->self, item->mailbox, message.header_message_id, &came_back, error_out);
        if (rc != CPR_OK)
            break;
        if (came_back)
            replies[i].view = returned;
        rc = judge_reply(engine, item, &replies[i], recipients, &about, "", error_out);
    }
    return rc;
}

/* --- mail that came back --------------------------------------------------------------------------------------------
 */

static enum cpr_rc reopen(struct cpr_engine *engine, int64_t case_id, const struct cpr_folder *folder,
                          struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    static const char text[] =
        "Our answer to the reporter came back undelivered: the reporter leg is open again. Answer "
        "by another way, or say who reached the reporter and how (cpr-audit answered).";
    struct cpr_case item;
    enum cpr_rc rc = store->case_get(store->self, case_id, &item, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_reply reply = {.message_id = item.legs[CPR_LEG_REPORTER].message_id,
                              .sent_ms = item.legs[CPR_LEG_REPORTER].at_ms,
                              .view = returned};
    if (!cpr_leg_reopen(&item, CPR_LEG_REPORTER))
        return CPR_OK;
    rc = store->case_reply_put(store->self, item.id, &reply, error_out);
    if (rc == CPR_OK)
        rc = cpr_steps_recall(store, &item, engine->now_ms, error_out);
    if (rc == CPR_OK)
        rc = store->case_put(store->self, &item, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_event(engine, "reopened", item.id, item.mailbox, error_out,
                              "the answer came back: a delivery report in \"%.200s\" returns it", folder->display);
    return rc == CPR_OK && item.state == CPR_CASE_OPEN ? cpr_engine_tell_about(engine, &item, "bounce", text, error_out)
                                                       : rc;
}

enum cpr_rc cpr_replies_bounced(struct cpr_engine *engine, const struct cpr_folder *folder,
                                const struct cpr_reading *report, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    int64_t ids[CASES_OF_MAIL_MAX];
    size_t count = 0;
    enum cpr_rc rc = store->bounce_add(store->self, folder->mailbox, report->returned_id, engine->now_ms, error_out);
    if (rc == CPR_OK)
        rc = store->case_by_reply_id(store->self, folder->mailbox, report->returned_id, ids, CASES_OF_MAIL_MAX, &count,
                                     error_out);
    for (size_t i = 0; i < count && rc == CPR_OK; i++)
        rc = reopen(engine, ids[i], folder, error_out);
    return rc;
}
