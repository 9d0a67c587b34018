#include "parts.h"

#include "cpr/base/digest.h"

static void end_line(struct cpr_buffer *out, json_t *object)
{
    cpr_json_write(out, object);
    cpr_buffer_add_byte(out, '\n');
}

static json_t *record(const char *name)
{
    json_t *object = json_object();
    cpr_json_put(object, "record", cpr_json_text(name));
    return object;
}

static json_t *count(uint64_t number)
{
    return json_integer((json_int_t)number);
}

/* Null where there is none, so that a script need not know which text means "none". */
static json_t *text_or_null(const char *text)
{
    return text[0] ? cpr_json_text(text) : json_null();
}

static json_t *id_or_null(int64_t id)
{
    return id ? json_integer(id) : json_null();
}

static void write_head(const struct cpr_review_head *head, struct cpr_buffer *out)
{
    char day[CPR_TIME_TEXT_SIZE];
    json_t *object = record("review");
    cpr_json_put(object, "day", cpr_json_text(cpr_time_format_day(head->day_ms, day)));
    cpr_json_put(object, "generated", cpr_json_time(head->generated_ms));
    cpr_json_put(object, "who", cpr_json_text("cpr-auditd"));
    cpr_json_put(object, "version", cpr_json_text(head->version));
    cpr_json_put(object, "instance", cpr_json_text(head->instance));
    cpr_json_put(object, "mode", cpr_json_text(head->mode));
    cpr_json_put(object, "configuration_sha256", cpr_json_text(head->configuration_hash));
    cpr_json_put(object, "ruleset", cpr_json_text(head->ruleset));
    cpr_json_put(object, "clock_synchronised", json_boolean(head->clock_is_synchronised));
    cpr_json_put(object, "previous_page", text_or_null(head->previous_page));
    cpr_json_put(object, "previous_sha256", text_or_null(head->previous_sha256));
    cpr_json_put(object, "blind_spots", cpr_json_text(cpr_review_blind_spots));
    end_line(out, object);
}

static void write_folder(const struct cpr_folder *folder, const struct cpr_folder_tally *tally, struct cpr_buffer *out)
{
    json_t *object = record("folder");
    cpr_json_put(object, "mailbox", cpr_json_text(folder->mailbox));
    cpr_json_put(object, "folder", cpr_json_text(folder->display));
    cpr_json_put(object, "wire_name", cpr_json_text(folder->name));
    cpr_json_put(object, "role", cpr_json_text(cpr_folder_role_name(folder->role)));
    cpr_json_put(object, "rule", cpr_json_text(folder->rule));
    cpr_json_put(object, "uidvalidity", count(folder->uidvalidity));
    cpr_json_put(object, "next_uid", count(folder->next_uid));
    cpr_json_put(object, "messages", count(folder->messages));
    cpr_json_put(object, "known", count(cpr_review_known(tally)));
    cpr_json_put(object, "judged", count(tally->judged));
    cpr_json_put(object, "unreadable", count(tally->unreadable));
    cpr_json_put(object, "vanished", count(tally->vanished));
    cpr_json_put(object, "waiting", count(tally->expected));
    cpr_json_put(object, "looked", cpr_json_time(folder->looked_ms));
    end_line(out, object);
}

static void write_section(enum cpr_review_section section, struct cpr_buffer *out)
{
    (void)section, (void)out; /* each line says itself what it is */
}

static json_t *stamps(const struct cpr_receipt *receipt)
{
    json_t *object = json_object();
    for (unsigned i = 0; i < CPR_RECEIPT_SOURCES; i++)
        cpr_json_put(object, cpr_receipt_source_name((enum cpr_receipt_source)i), cpr_json_time(receipt->stamps_ms[i]));
    return object;
}

static json_t *revocation_of(const struct cpr_case *item)
{
    const struct cpr_obligation *obligation = &item->revocation;
    bool is_due = obligation->class != CPR_REVOKE_NOT, is_set = obligation->set_by[0] != '\0';
    json_t *object = json_object();
    cpr_json_put(object, "open", json_boolean(cpr_obligation_is_open(item)));
    cpr_json_put(object, "class", cpr_json_text(cpr_revocation_class_name(obligation->class)));
    cpr_json_put(object, "deadline", cpr_json_time(is_due ? obligation->deadline_ms : CPR_TIME_NONE));
    cpr_json_put(object, "by_rules", cpr_json_text(cpr_revocation_class_name(obligation->by_rules)));
    cpr_json_put(object, "rule", text_or_null(obligation->rule));
    cpr_json_put(object, "set", cpr_json_time(is_set ? obligation->set_ms : CPR_TIME_NONE));
    cpr_json_put(object, "set_by", text_or_null(obligation->set_by));
    cpr_json_put(object, "set_note", text_or_null(obligation->set_note));
    cpr_json_put(object, "ended", cpr_json_time(obligation->is_ended ? obligation->ended_ms : CPR_TIME_NONE));
    cpr_json_put(object, "ended_by", text_or_null(obligation->ended_by));
    cpr_json_put(object, "ended_note", text_or_null(obligation->ended_note));
    return object;
}

static void write_case(const struct cpr_case *item, int64_t now_utc_ms, struct cpr_buffer *out)
{
    json_t *object = record("case");
    cpr_json_put(object, "case", json_integer(item->id));
    cpr_json_put(object, "mailbox", cpr_json_text(item->mailbox));
    cpr_json_put(object, "state", cpr_json_text(cpr_case_state_name(item->state)));
    cpr_json_put(object, "grade", cpr_json_text(cpr_case_grade_name(item->grade)));
    cpr_json_put(object, "verdict", cpr_json_text(cpr_verdict_name(item->verdict)));
    cpr_json_put(object, "rescue", cpr_json_text(cpr_rescue_state_name(item->rescue)));
    cpr_json_put(object, "from", text_or_null(item->from_address));
    cpr_json_put(object, "subject", cpr_json_mail_text(item->subject));
    cpr_json_put(object, "message_id", text_or_null(item->header_message_id));
    cpr_json_put(object, "found_folder", cpr_json_text(item->found_folder));
    cpr_json_put(object, "found_role", cpr_json_text(item->found_role));
    cpr_json_put(object, "received", cpr_json_time(item->receipt.utc_ms));
    cpr_json_put(object, "receipt_source", cpr_json_text(cpr_receipt_source_name(item->receipt.source)));
    cpr_json_put(object, "stamps", stamps(&item->receipt));
    cpr_json_put(object, "found", cpr_json_time(item->found_ms));
    cpr_json_put(object, "deadline", cpr_json_time(item->deadline_ms));
    cpr_json_put(object, "margin_seconds", json_integer(cpr_review_margin_ms(item, now_utc_ms) / CPR_SECOND_MS));
    cpr_json_put(object, "revocation", revocation_of(item));
    cpr_json_put(object, "acked", cpr_json_time(item->acked_ms));
    cpr_json_put(object, "acked_by", text_or_null(item->acked_by));
    cpr_json_put(object, "closed", cpr_json_time(item->closed_ms));
    cpr_json_put(object, "closed_by", text_or_null(item->closed_by));
    cpr_json_put(object, "closed_note", text_or_null(item->closed_note));
    end_line(out, object);
}

static void write_event(const struct cpr_event *event, struct cpr_buffer *out)
{
    json_t *object = record("event");
    cpr_json_put(object, "sequence", json_integer(event->sequence));
    cpr_json_put(object, "at", cpr_json_time(event->at_ms));
    cpr_json_put(object, "who", cpr_json_text(event->who));
    cpr_json_put(object, "event", cpr_json_text(event->event));
    cpr_json_put(object, "case", id_or_null(event->case_id));
    cpr_json_put(object, "mailbox", text_or_null(event->mailbox));
    cpr_json_put(object, "text", cpr_json_text(event->text));
    end_line(out, object);
}

static json_t *list_of(const json_t *reading, const char *key)
{
    json_t *list = json_object_get(reading, key);
    return json_is_array(list) ? json_incref(list) : json_array();
}

/* Every line has every key: a message that vanished has them as null. */
static void add_no_message(json_t *object)
{
    static const char *const keys[] = {"verdict",    "kind",
                                       "score",      "case",
                                       "from",       "subject",
                                       "message_id", "internaldate",
                                       "savedate",   "message_first_seen",
                                       "size",       "sha256_first_64k",
                                       "signals",    "identifiers",
                                       "limits",     "ruleset"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        cpr_json_put(object, keys[i], json_null());
}

static void add_message_columns(json_t *object, const struct cpr_message *message, const json_t *reading)
{
    char sha256[CPR_DIGEST_HEX_SIZE];
    cpr_digest_to_hex(&message->identity.digest, sha256);
    cpr_json_put(object, "verdict", cpr_json_text(cpr_verdict_name(message->verdict)));
    cpr_json_put(object, "kind", cpr_json_text(cpr_kind_name(message->kind)));
    cpr_json_put(object, "score", json_integer(message->score));
    cpr_json_put(object, "case", id_or_null(message->case_id));
    cpr_json_put(object, "from", text_or_null(message->from_address));
    cpr_json_put(object, "subject", cpr_json_mail_text(message->subject));
    cpr_json_put(object, "message_id", text_or_null(message->header_message_id));
    cpr_json_put(object, "internaldate", cpr_json_time(message->internal_ms));
    cpr_json_put(object, "savedate", cpr_json_time(message->save_ms));
    cpr_json_put(object, "message_first_seen", cpr_json_time(message->first_seen_ms));
    cpr_json_put(object, "size", count(message->identity.size));
    cpr_json_put(object, "sha256_first_64k", cpr_json_text(sha256));
    cpr_json_put(object, "signals", list_of(reading, "signals"));
    cpr_json_put(object, "identifiers", list_of(reading, "identifiers"));
    cpr_json_put(object, "limits", list_of(reading, "limits"));
    cpr_json_put(object, "ruleset", text_or_null(cpr_json_get(reading, "ruleset")));
}

static void write_message(const struct cpr_review_row *row, json_t *reading, struct cpr_buffer *out)
{
    json_t *object = record("message");
    cpr_json_put(object, "mailbox", cpr_json_text(row->folder.mailbox));
    cpr_json_put(object, "folder", cpr_json_text(row->folder.display));
    cpr_json_put(object, "uidvalidity", count(row->sighting.uidvalidity));
    cpr_json_put(object, "uid", count(row->sighting.uid));
    cpr_json_put(object, "state", cpr_json_text(cpr_sighting_state_name(row->sighting.state)));
    cpr_json_put(object, "first_seen", cpr_json_time(row->sighting.first_seen_ms));
    cpr_json_put(object, "settled", cpr_json_time(row->sighting.settled_ms));
    cpr_json_put(object, "attempts", json_integer(row->sighting.attempts));
    cpr_json_put(object, "action", cpr_json_text(row->sighting.action));
    if (row->message.id)
        add_message_columns(object, &row->message, reading);
    else
        add_no_message(object);
    end_line(out, object);
}

static void write_tail(const struct cpr_review_totals *totals, struct cpr_buffer *out)
{
    json_t *object = record("end"), *verdicts = json_object();
    for (unsigned i = 0; i < CPR_VERDICTS; i++)
        cpr_json_put(verdicts, cpr_verdict_name((enum cpr_verdict)i), count(totals->by_verdict[i]));
    cpr_json_put(object, "messages", count(totals->messages));
    cpr_json_put(object, "judged", count(cpr_review_judged(totals)));
    cpr_json_put(object, "by_verdict", verdicts);
    cpr_json_put(object, "unreadable", count(totals->unreadable));
    cpr_json_put(object, "vanished", count(totals->vanished));
    cpr_json_put(object, "sums_add_up", json_boolean(cpr_review_is_balanced(totals)));
    cpr_json_put(object, "rescued", count(totals->rescued));
    cpr_json_put(object, "cases", count(totals->cases));
    cpr_json_put(object, "cases_opened", count(totals->cases_opened));
    cpr_json_put(object, "cases_closed", count(totals->cases_closed));
    cpr_json_put(object, "events", count(totals->events));
    end_line(out, object);
}

const struct cpr_review_writer cpr_review_jsonl = {
    .head = write_head,
    .folder = write_folder,
    .section = write_section,
    .item = write_case,
    .event = write_event,
    .message = write_message,
    .tail = write_tail,
};
