#include "candidates.h"
#include "relate.h"

#include "cpr/base/text.h"
#include "cpr/record/reading_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* KEY_SUBJECT_BYTES: digests cut long subjects, each at its own length. Two mails of one sender that begin alike are
 * linked at the worst with one event too many. */
enum { KEY_SUBJECT_BYTES = 32, KEY_MAX_BYTES = 1024, CANDIDATES_OF_KEY_MAX = 16 };

/* The bare address of "Name <address>", or the text as it is. */
static struct cpr_view address_of(const char *sender)
{
    struct cpr_view whole = cpr_view_of(sender);
    const char *open = strrchr(sender, '<'), *close = open ? strchr(open, '>') : NULL;
    if (close)
        whole = cpr_view_make(open + 1, (size_t)(close - open - 1));
    return cpr_view_trim(whole);
}

static struct cpr_view without_ellipsis(struct cpr_view subject)
{
    static const char *const marks[] = {"...", "\u2026"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (cpr_view_ends_nocase(subject, marks[i]))
            return cpr_view_slice(subject, 0, subject.len - strlen(marks[i]));
    return subject;
}

/* What stands in the Message-ID column of a candidate, whose Message-ID nobody knows: by it (there is an index) a
 * released message is found again. No header makes such a value, since those are in angle brackets. "" without a
 * sender. */
static void write_key(struct cpr_view sender, const char *subject, char out[CPR_MESSAGE_ID_SIZE])
{
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_buffer key = cpr_buffer_new(KEY_MAX_BYTES);
    struct cpr_view rest = without_ellipsis(cpr_view_trim(cpr_view_of(subject))), word;
    out[0] = '\0';
    if (sender.len == 0)
        return;
    for (size_t i = 0; i < sender.len; i++)
        cpr_buffer_add_byte(&key, cpr_ascii_lower(sender.data[i]));
    cpr_buffer_add_byte(&key, '\n');
    size_t end = key.len + KEY_SUBJECT_BYTES;
    while (cpr_view_next_item(&rest, ' ', &word))
        for (size_t i = 0; i < word.len && key.len < end; i++)
            cpr_buffer_add_byte(&key, cpr_ascii_lower(word.data[i]));
    struct cpr_digest digest = cpr_digest_of(cpr_buffer_view(&key));
    cpr_digest_to_hex(&digest, hex);
    snprintf(out, CPR_MESSAGE_ID_SIZE, CPR_CANDIDATE_ROLE ":%s", hex);
    cpr_buffer_free(&key);
}

static struct cpr_identity identity_of(const struct cpr_arrival *notice, const struct cpr_notice_row *row)
{
    struct cpr_buffer unique = cpr_buffer_new(KEY_MAX_BYTES);
    /* No part holds a line feed: each is clean text. */
    cpr_buffer_add_format(&unique, "candidate\n%s\n%s\n%s\n%s\n%" PRId64, notice->folder->mailbox,
                          notice->reading->notice_source, row->sender, row->subject, row->held_ms);
    struct cpr_identity identity = {cpr_digest_of(cpr_buffer_view(&unique)), 0};
    cpr_buffer_free(&unique);
    return identity;
}

/* When the quarantine took it, or the notice's own receipt when it does not say or says something later. */
static struct cpr_receipt receipt_of(const struct cpr_arrival *notice, const struct cpr_notice_row *row)
{
    struct cpr_receipt receipt = notice->receipt;
    if (!cpr_time_is_plausible(row->held_ms) || row->held_ms >= receipt.utc_ms)
        return receipt;
    receipt.utc_ms = receipt.stamps_ms[CPR_RECEIPT_RECEIVED] = row->held_ms;
    receipt.source = CPR_RECEIPT_RECEIVED;
    return receipt;
}

bool cpr_candidates_is(const struct cpr_case *item)
{
    return strcmp(item->found_role, CPR_CANDIDATE_ROLE) == 0;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static enum cpr_rc put_message(struct cpr_engine *engine, const struct cpr_arrival *notice,
                               const struct cpr_notice_row *row, struct cpr_buffer *json, struct cpr_message *message,
                               struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    memset(message, 0, sizeof *message);
    memcpy(message->mailbox, notice->folder->mailbox, sizeof message->mailbox);
    message->identity = identity_of(notice, row);
    message->internal_ms = message->save_ms = CPR_TIME_NONE;
    message->first_seen_ms = engine->now_ms;
    message->verdict = (enum cpr_verdict)row->verdict;
    message->kind = CPR_KIND_QUARANTINE_NOTICE;
    cpr_view_copy(address_of(row->sender), message->from_address, sizeof message->from_address);
    snprintf(message->subject, sizeof message->subject, "%s", row->subject);
    write_key(address_of(row->sender), row->subject, message->header_message_id);
    cpr_reading_write_candidate(notice->reading, row, json);
    message->reading_json = cpr_buffer_text(json);
    enum cpr_rc rc = store->message_put(store->self, message, error_out);
    return rc == CPR_OK ? cpr_engine_index_sender(engine, message->id, message->from_address, error_out) : rc;
}

static struct cpr_case case_of(const struct cpr_engine *engine, const struct cpr_arrival *notice,
                               const struct cpr_notice_row *row, const struct cpr_message *message)
{
    struct cpr_case item = {.message_id = message->id,
                            .state = CPR_CASE_OPEN,
                            .grade = row->verdict == CPR_VERDICT_PROBABLE ? CPR_GRADE_REPORT : CPR_GRADE_GLANCE,
                            .rescue = CPR_RESCUE_NOT_NEEDED,
                            .receipt = receipt_of(notice, row),
                            .found_ms = engine->now_ms,
                            .told_age_ms = -1,
                            .acked_ms = CPR_TIME_NONE,
                            .closed_ms = CPR_TIME_NONE,
                            .verdict = message->verdict};
    item.deadline_ms = item.receipt.utc_ms + engine->settings->policy.deadline_ms;
    cpr_obligation_begin(&item, NULL, &engine->settings->policy);
    cpr_legs_begin(&item, cpr_settings_profile(engine->settings, message->mailbox));
    memcpy(item.mailbox, message->mailbox, sizeof item.mailbox);
    memcpy(item.from_address, message->from_address, sizeof item.from_address);
    memcpy(item.subject, message->subject, sizeof item.subject);
    memcpy(item.header_message_id, message->header_message_id, sizeof item.header_message_id);
    snprintf(item.found_folder, sizeof item.found_folder, "quarantine %s", notice->reading->notice_source);
    snprintf(item.found_role, sizeof item.found_role, CPR_CANDIDATE_ROLE);
    return item;
}

static enum cpr_rc note_opened(struct cpr_engine *engine, const struct cpr_arrival *notice,
                               const struct cpr_notice_row *row, const struct cpr_case *item,
                               struct cpr_error *error_out)
{
    char received[CPR_TIME_TEXT_SIZE], deadline[CPR_TIME_TEXT_SIZE], expires[CPR_TIME_TEXT_SIZE];
    return cpr_engine_event(
        engine, "case-opened", item->id, item->mailbox, error_out,
        "%s by sender and subject, held in %s, as UID %" PRIu32 " of \"%.200s\" says; release it "
        "by hand, it expires %s; received %s, deadline %s",
        cpr_verdict_name(item->verdict), item->found_folder, notice->uid, notice->folder->display,
        row->expires_ms == CPR_TIME_NONE ? "at an unknown time" : cpr_time_format(row->expires_ms, expires),
        cpr_time_format(item->receipt.utc_ms, received), cpr_time_format(item->deadline_ms, deadline));
}

static enum cpr_rc open_row(struct cpr_engine *engine, const struct cpr_arrival *notice,
                            const struct cpr_notice_row *row, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_buffer json = cpr_buffer_new(CPR_READING_JSON_MAX);
    struct cpr_message message;
    struct cpr_case item = {0};
    enum cpr_rc rc = put_message(engine, notice, row, &json, &message, error_out);
    if (rc == CPR_OK) {
        item = case_of(engine, notice, row, &message);
        rc = store->case_put(store->self, &item, error_out);
    }
    message.case_id = item.id;
    if (rc == CPR_OK)
        rc = store->message_put(store->self, &message, error_out);
    if (rc == CPR_OK)
        rc = note_opened(engine, notice, row, &item, error_out);
    if (rc == CPR_OK)
        rc = cpr_candidates_tell_expiry(engine, &item, error_out);
    cpr_buffer_free(&json);
    return rc;
}

/* Listed again, by a notice that may have come earlier. */
static enum cpr_rc see_again(struct cpr_engine *engine, const struct cpr_arrival *notice,
                             const struct cpr_notice_row *row, int64_t case_id, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_receipt receipt = receipt_of(notice, row);
    struct cpr_case item;
    enum cpr_rc rc = store->case_get(store->self, case_id, &item, error_out);
    if (rc != CPR_OK || item.state != CPR_CASE_OPEN)
        return rc;
    rc = cpr_engine_bring_forward(engine, &item, &receipt, "of another notice", error_out);
    return rc == CPR_OK ? store->case_put(store->self, &item, error_out) : rc;
}

enum cpr_rc cpr_candidates_open(struct cpr_engine *engine, const struct cpr_arrival *notice,
                                struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    const struct cpr_reading *reading = notice->reading;
    enum cpr_rc rc = CPR_OK;
    for (uint32_t i = 0; reading->notice_source[0] && i < reading->notice_row_count && rc == CPR_OK; i++) {
        const struct cpr_notice_row *row = &reading->notice_rows[i];
        struct cpr_identity identity = identity_of(notice, row);
        struct cpr_message message;
        rc = store->message_find(store->self, notice->folder->mailbox, &identity, &message, error_out);
        if (rc == CPR_ABSENT)
            rc = open_row(engine, notice, row, error_out);
        else if (rc == CPR_OK)
            rc = see_again(engine, notice, row, message.case_id, error_out);
    }
    return rc;
}

/* --- before it is dropped ----------------------------------------------------------------------------------------- */

enum cpr_rc cpr_candidates_tell_expiry(struct cpr_engine *engine, const struct cpr_case *item,
                                       struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_message message;
    int64_t expires_ms = CPR_TIME_NONE;
    char text[CPR_NOTE_MAX / 2], time[CPR_TIME_TEXT_SIZE];
    enum cpr_rc rc = store->message_get(store->self, item->message_id, &message, error_out);
    if (rc != CPR_OK)
        return rc;
    json_t *reading = json_loads(message.reading_json ? message.reading_json : "{}", 0, NULL);
    const char *expires = json_string_value(json_object_get(json_object_get(reading, "quarantine"), "expires"));
    bool is_known = expires && cpr_time_parse_rfc3339(cpr_view_of(expires), &expires_ms);
    json_decref(reading);
    if (!is_known || expires_ms <= engine->now_ms)
        return CPR_OK;
    /* The same instant on every call, so that the row is the same one. */
    int64_t due_ms = expires_ms - CPR_CANDIDATE_WARNING_MS;
    if (due_ms < item->found_ms)
        due_ms = item->found_ms;
    snprintf(text, sizeof text, "It is dropped from %.100s at %s. Release it before.", item->found_folder,
             cpr_time_format_minute(expires_ms, time));
    return cpr_engine_tell_at(engine, item, "expires", text, due_ms - item->receipt.utc_ms, due_ms, error_out);
}

/* --- when it is released ------------------------------------------------------------------------------------------ */

/* The case of the message that arrived hears of the candidate and takes its receipt over when that is earlier. */
static enum cpr_rc tell_arrived(struct cpr_engine *engine, const struct cpr_arrival *arrival,
                                const struct cpr_case *candidate, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct cpr_case item;
    char why[sizeof candidate->found_folder + 32];
    enum cpr_rc rc = store->case_get(store->self, arrival->case_id, &item, error_out);
    if (rc == CPR_OK)
        rc = cpr_engine_event(engine, "released", item.id, item.mailbox, error_out,
                              "sender and subject are those of case %" PRId64 ", held in %.100s", candidate->id,
                              candidate->found_folder);
    if (rc != CPR_OK || item.state != CPR_CASE_OPEN)
        return rc;
    snprintf(why, sizeof why, "of %s, case %" PRId64, candidate->found_folder, candidate->id);
    rc = cpr_engine_bring_forward(engine, &item, &candidate->receipt, why, error_out);
    return rc == CPR_OK ? store->case_put(store->self, &item, error_out) : rc;
}

static enum cpr_rc tell_candidate(struct cpr_engine *engine, const struct cpr_arrival *arrival,
                                  const struct cpr_case *candidate, struct cpr_error *error_out)
{
    char as[64] = "it is judged unlikely and has no case of its own", text[CPR_NOTE_MAX / 2];
    if (arrival->case_id)
        snprintf(as, sizeof as, "it is case %" PRId64, arrival->case_id);
    enum cpr_rc rc = cpr_engine_event(engine, "released", candidate->id, candidate->mailbox, error_out,
                                      "a message with this sender and subject lies in \"%.200s\" (UID %" PRIu32
                                      "): %s. This clock goes on",
                                      arrival->folder->display, arrival->uid, as);
    if (rc != CPR_OK)
        return rc;
    snprintf(text, sizeof text,
             "A message with this sender and subject lies in \"%.100s\" now: %s. If it is the one that was held, "
             "dismiss this case; the quarantine is not looked into.",
             arrival->folder->display, as);
    return cpr_engine_tell_at(engine, candidate, "released", text, 0, engine->now_ms, error_out);
}

enum cpr_rc cpr_candidates_link(struct cpr_engine *engine, const struct cpr_arrival *arrival,
                                struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    char key[CPR_MESSAGE_ID_SIZE];
    int64_t ids[CANDIDATES_OF_KEY_MAX];
    size_t count = 0;
    enum cpr_rc rc = CPR_OK;
    write_key(cpr_view_of(arrival->reading->from_address), arrival->reading->subject, key);
    if (key[0])
        rc = store->case_by_header_id(store->self, arrival->folder->mailbox, key, ids, CANDIDATES_OF_KEY_MAX, &count,
                                      error_out);
    for (size_t i = 0; i < count && rc == CPR_OK; i++) {
        struct cpr_case candidate;
        rc = store->case_get(store->self, ids[i], &candidate, error_out);
        if (rc == CPR_OK && arrival->case_id)
            rc = tell_arrived(engine, arrival, &candidate, error_out);
        if (rc == CPR_OK)
            rc = tell_candidate(engine, arrival, &candidate, error_out);
    }
    return rc;
}
