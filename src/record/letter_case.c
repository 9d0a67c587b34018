#include "letter_parts.h"

#include "cpr/casework/plan.h"
#include "cpr/judge/signals.h"

#include <inttypes.h>
#include <string.h>

/* How many are shown; the rest is counted. A letter is read on a telephone. */
enum { IDENTIFIERS_SHOWN = 20, SIGNALS_SHOWN = 8, CERTIFICATES_SHOWN = 5, LINE_MAX_BYTES = 16 * 1024 };

static bool is_overdue(const struct cpr_letter *letter)
{
    return letter->now_utc_ms >= letter->item->deadline_ms;
}

static const char *left(const struct cpr_letter *letter, char out[CPR_TIME_TEXT_SIZE])
{
    return cpr_duration_format(letter->item->deadline_ms - letter->now_utc_ms, out);
}

/* In the first minute there is no "by". */
static bool is_overdue_now(const struct cpr_letter *letter)
{
    return is_overdue(letter) && letter->now_utc_ms - letter->item->deadline_ms < CPR_MINUTE_MS;
}

/* Nobody has seen it: a notice says that a quarantine holds it. */
static bool is_candidate(const struct cpr_case *item)
{
    return strcmp(item->found_role, "quarantine") == 0;
}

/* News of a certificate that was said to be revoked and is not shown to be so. */
static bool is_doubt(const struct cpr_letter *letter)
{
    return cpr_view_starts_nocase(cpr_view_of(letter->alert->topic), CPR_TOPIC_REVOCATION);
}

static bool is_compliance(const json_t *reading)
{
    return strcmp(cpr_json_get(reading, "kind"), cpr_kind_name(CPR_KIND_COMPLIANCE)) == 0;
}

void cpr_letter_add_case_subject(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    cpr_buffer_add_format(out, "CPR #%" PRId64 "%s: ", item->id,
                          is_candidate(item)                ? " (in quarantine)"
                          : item->grade == CPR_GRADE_GLANCE ? " (possible)"
                                                            : "");
    if (is_doubt(letter))
        cpr_buffer_add_text(out, "said to be revoked, but is not; ");
    if (cpr_letter_is_to_revoke(letter->alert))
        cpr_letter_add_to_revoke_subject(letter, out);
    else if (item->state != CPR_CASE_OPEN)
        cpr_buffer_add_text(out, cpr_case_state_name(item->state));
    else if (is_overdue_now(letter))
        cpr_buffer_add_text(out, "OVERDUE now");
    else
        cpr_buffer_add_format(out, is_overdue(letter) ? "OVERDUE by %s" : "%s left", left(letter, time));
    cpr_buffer_add_text(out, " - ");
    cpr_quote_harmless(out, cpr_view_of(item->subject[0] ? item->subject : "(no subject)"));
}

static void add_time_left(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char duration[CPR_TIME_TEXT_SIZE], deadline[CPR_TIME_TEXT_SIZE], closed[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_time_format_minute(item->deadline_ms, deadline);
    left(letter, duration);
    if (item->state != CPR_CASE_OPEN && is_doubt(letter))
        cpr_buffer_add_format(&line,
                              "Closed (%s) at %s, but what the reporter was told is not true: a certificate is not "
                              "revoked everywhere. See to its CRLs and responders, and what delivers them.",
                              cpr_case_state_name(item->state), cpr_time_format_minute(item->closed_ms, closed));
    else if (item->state != CPR_CASE_OPEN && strcmp(letter->alert->topic, CPR_TOPIC_UNANSWERED) == 0)
        cpr_buffer_add_format(&line,
                              "Closed (%s) at %s, but the answer does not name all that the report names. See whether "
                              "something is left to be answered or revoked.",
                              cpr_case_state_name(item->state), cpr_time_format_minute(item->closed_ms, closed));
    else if (item->state != CPR_CASE_OPEN)
        cpr_buffer_add_format(&line, "Closed (%s) at %s: nothing is due.", cpr_case_state_name(item->state),
                              cpr_time_format_minute(item->closed_ms, closed));
    else if (is_overdue_now(letter))
        cpr_buffer_add_format(&line, "OVERDUE now: the time was over at %s.", deadline);
    else if (is_overdue(letter))
        cpr_buffer_add_format(&line, "OVERDUE by %s, since %s.", duration, deadline);
    else
        cpr_buffer_add_format(&line, "%s left, until %s.", duration, deadline);
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&line));
    cpr_buffer_free(&line);
}

const char *cpr_letter_present_folder(const struct cpr_case *item)
{
    bool in_inbox = item->rescue == CPR_RESCUE_DONE || item->rescue == CPR_RESCUE_COPIED;
    return in_inbox ? "INBOX" : item->found_folder;
}

/* The line has the words of judge/ack.h. */
static void add_ack(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char token[CPR_ACK_TOKEN_SIZE];
    const struct cpr_case *item = letter->item;
    if (item->acked_ms == CPR_TIME_NONE)
        cpr_buffer_add_format(
            out, "To tell the others that you look after it:\n  cpr-audit ack %" PRId64 " --by NAME\n", item->id);
    if (!letter->takes_ack)
        return;
    cpr_letter_ack_token(letter->token_key, letter->alert, token);
    cpr_buffer_add_format(out,
                          "%s answer this mail with \"ack\" as its first line, and leave this in:\n"
                          "  ack %" PRId64 " %s\n",
                          item->acked_ms == CPR_TIME_NONE ? "Or" : "To take it over,", item->id, token);
}

/* The second leg: which command ends it, and which one when there is nobody to tell. */
static void add_subscriber(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    bool is_code = letter->profile == CPR_PROFILE_CODE_SIGNING;
    if (item->legs[CPR_LEG_SUBSCRIBER].state != CPR_LEG_OPEN)
        return;
    cpr_buffer_add_format(out,
                          "%s:\n  cpr-audit answered %" PRId64 " --leg subscriber --by NAME --note \"...\"\n"
                          "If no certificate of yours is concerned, the same command with\n"
                          "--not-applicable.\n",
                          is_code ? "When the investigation has begun" : "When the Subscriber has been told too",
                          item->id);
}

static void add_commands(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    if (item->legs[CPR_LEG_REPORTER].state == CPR_LEG_OPEN)
        cpr_buffer_add_format(out, "  cpr-audit answered %" PRId64 "%s --by NAME --note \"...\"\n", item->id,
                              is_compliance(reading) ? " --leg both" : "");
    if (!is_compliance(reading))
        add_subscriber(letter, out);
    cpr_buffer_add_format(out, "If it is no report:\n  cpr-audit dismiss %" PRId64 " --by NAME --note \"...\"\n",
                          item->id);
    add_ack(letter, out);
}

/* Until when it is held, as the notice or the configuration says. */
static void add_expiry(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE], left_text[CPR_TIME_TEXT_SIZE];
    const char *expires = cpr_json_get(json_object_get(reading, "quarantine"), "expires");
    int64_t expires_ms;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    if (!cpr_time_parse_rfc3339(cpr_view_of(expires), &expires_ms))
        cpr_buffer_add_text(&line, "When the quarantine drops it is not known: do it now.");
    else if (expires_ms > letter->now_utc_ms)
        cpr_buffer_add_format(&line, "The quarantine drops it at %s, in %s.", cpr_time_format_minute(expires_ms, time),
                              cpr_duration_format(expires_ms - letter->now_utc_ms, left_text));
    else
        cpr_buffer_add_format(&line,
                              "It was to be dropped at %s: look all the same, and ask whoever runs the quarantine.",
                              cpr_time_format_minute(expires_ms, time));
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&line));
    cpr_buffer_free(&line);
}

static void add_release(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_buffer_add_text(&line, "It may be a report, and it is in NO folder of the mailbox: release it by hand. Go to ");
    cpr_quote_harmless(&line, cpr_view_of(item->found_folder));
    cpr_buffer_add_text(&line, " on your own way (follow no link of the notice), find the sender and the subject "
                               "below, and release it to mailbox ");
    cpr_quote_harmless(&line, cpr_view_of(item->mailbox));
    cpr_buffer_add_text(&line, ".");
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&line));
    add_expiry(letter, reading, out);
    cpr_buffer_add_format(out,
                          "When it has arrived (it has a clock of its own then) or is no report:\n"
                          "  cpr-audit dismiss %" PRId64 " --by NAME --note \"...\"\n"
                          "When reporter and Subscriber were answered without it:\n"
                          "  cpr-audit answered %" PRId64 " --leg both --by NAME --note \"...\"\n",
                          item->id, item->id);
    add_ack(letter, out);
    cpr_buffer_free(&line);
}

/* The first line of what is to be done: the reporter, or when he has been answered what is left. */
static void add_where_to_answer(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *line)
{
    const struct cpr_case *item = letter->item;
    if (item->legs[CPR_LEG_REPORTER].state != CPR_LEG_OPEN) {
        cpr_buffer_add_format(line, "The reporter has been answered; the Subscriber leg is open (%s).",
                              cpr_profile_section(letter->profile));
        return;
    }
    cpr_buffer_add_text(line, is_compliance(reading) ? "Answer from mailbox " : "Answer the reporter from mailbox ");
    cpr_quote_harmless(line, cpr_view_of(item->mailbox));
    if (item->rescue == CPR_RESCUE_LOST) {
        cpr_buffer_add_text(line, " by a new mail, for the message itself is LOST (see \"Found\"); then run:");
    } else {
        cpr_buffer_add_text(line, " (reply to the message in ");
        cpr_quote_harmless(line, cpr_view_of(cpr_letter_present_folder(item)));
        cpr_buffer_add_text(line, "), then that leg closes by itself; or run:");
    }
}

/* The sentence of the BR that the clock is about. */
static void add_rule(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_buffer_add_format(&line, "%s asks for %s%s and %s.", cpr_profile_section(letter->profile),
                          letter->profile == CPR_PROFILE_CODE_SIGNING ? "two things, to " : "",
                          cpr_profile_duty(letter->profile, CPR_LEG_REPORTER),
                          cpr_profile_duty(letter->profile, CPR_LEG_SUBSCRIBER));
    cpr_buffer_add_text(out, "\n");
    if (letter->profile != CPR_PROFILE_CODE_SIGNING)
        cpr_buffer_add_text(&line, " An acknowledgement of receipt is no answer.");
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&line));
    cpr_buffer_free(&line);
}

static void add_what_to_do(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    if (is_compliance(reading))
        cpr_buffer_add_text(out, "Mail of a root programme or of the CCADB, it seems: no problem report,\n"
                                 "but one that nobody reads is an incident. If it asks for an answer:\n");
    else if (item->grade == CPR_GRADE_GLANCE)
        cpr_buffer_add_text(out, "A possible report: please look at it. If it is one:\n");
    add_where_to_answer(letter, reading, &line);
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&line));
    add_commands(letter, reading, out);
    if (!is_compliance(reading))
        add_rule(letter, out);
    if (is_overdue(letter) && item->grade == CPR_GRADE_REPORT)
        cpr_buffer_add_text(out, "A missed deadline is an incident: tell whoever reports to the CCADB\n"
                                 "(preliminary incident report within 72 hours).\n");
    cpr_buffer_free(&line);
}

/* "Name: text" with the text made harmless; nothing when it is empty. */
static void add_line(struct cpr_buffer *out, const char *name, const char *text)
{
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_quote_harmless(&line, cpr_view_of(text));
    if (line.len)
        cpr_quote_wrap(out, name, "  ", cpr_buffer_view(&line));
    cpr_buffer_free(&line);
}

static void add_reporter(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    const struct cpr_case *item = letter->item;
    struct cpr_buffer from = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_buffer_add_text(&from, cpr_json_get(reading, "from_name"));
    cpr_buffer_add_text(&from, from.len ? " <" : "<");
    cpr_buffer_add_text(&from, item->from_address);
    cpr_buffer_add_text(&from, ">");
    add_line(out, "From: ", item->from_address[0] ? cpr_buffer_text(&from) : "(no address: the reporter is unknown)");
    add_line(out, "To: ", cpr_json_get(reading, "to"));
    add_line(out, "Subject: ", item->subject[0] ? item->subject : "(no subject)");
    if (!is_candidate(item)) /* of which nobody knows it */
        add_line(out, "Message-ID: ", item->header_message_id);
    cpr_buffer_free(&from);
}

static void add_receipt(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_receipt *receipt = &letter->item->receipt;
    static const char *const sources[CPR_RECEIPT_SOURCES] = {
        [CPR_RECEIPT_FIRST_SIGHT] = "first sight by cpr-auditd",
        [CPR_RECEIPT_RECEIVED] = "Received line of your own mail host, or its quarantine",
        [CPR_RECEIPT_SAVEDATE] = "SAVEDATE of the mail server",
        [CPR_RECEIPT_INTERNALDATE] = "INTERNALDATE of the mail server",
    };
    cpr_buffer_add_format(out, "Received: %s (%s)\n", cpr_time_format_minute(receipt->utc_ms, time),
                          is_candidate(letter->item) ? "by the notice of the quarantine" : sources[receipt->source]);
}

/* The stamps that were not chosen, and the header lines as they stand. First sight says nothing about the sender's
 * mail. */
static void add_stamps(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE], skew[CPR_TIME_TEXT_SIZE];
    const struct cpr_receipt *receipt = &letter->item->receipt;
    for (enum cpr_receipt_source source = CPR_RECEIPT_RECEIVED; source < CPR_RECEIPT_SOURCES; source++) {
        const char *doubt = cpr_receipt_doubt_words(cpr_receipt_doubt(receipt, source));
        int64_t skew_ms = cpr_receipt_skew_ms(receipt, source);
        if (receipt->stamps_ms[source] == CPR_TIME_NONE || (source == receipt->source && !doubt[0]))
            continue;
        struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
        cpr_buffer_add_format(&line, "%s by %s%s%s", cpr_time_format_minute(receipt->stamps_ms[source], time),
                              cpr_receipt_source_name(source), skew_ms > 0 ? ", later by " : "",
                              skew_ms > 0 ? cpr_duration_format(skew_ms, skew) : "");
        cpr_buffer_add_format(&line, "%s%s", doubt[0] ? "; " : "", doubt);
        add_line(out, "  also: ", cpr_buffer_text(&line));
        cpr_buffer_free(&line);
    }
    json_t *lines = json_object_get(reading, "received"), *header;
    size_t i;
    json_array_foreach(lines, i, header)
    {
        add_line(out, "  header: ", cpr_json_get(header, "raw"));
    }
}

static void add_legs(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    static const char *const names[CPR_LEGS] = {"Reporter: ", "Subscriber: "};
    char time[CPR_TIME_TEXT_SIZE];
    for (int i = 0; i < CPR_LEGS; i++) {
        const struct cpr_leg *leg = &letter->item->legs[i];
        struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
        cpr_buffer_add_text(&line, cpr_leg_state_name(leg->state));
        if (leg->state != CPR_LEG_OPEN) {
            cpr_buffer_add_format(&line, ", %s, by ", cpr_time_format_minute(leg->at_ms, time));
            cpr_buffer_add_text(&line, leg->by);
        }
        add_line(out, names[i], cpr_buffer_text(&line));
        cpr_buffer_free(&line);
    }
    add_line(out, "Unanswered: ", letter->unanswered ? letter->unanswered : "");
    cpr_letter_add_revocation(letter, out);
}

/* Where it was found, and what became of it. */
static void add_place(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    static const char *const fates[CPR_RESCUE_STATES] = {
        [CPR_RESCUE_NOT_NEEDED] = ".",
        [CPR_RESCUE_WANTED] = "; it is to be moved to INBOX, which is not proved yet.",
        [CPR_RESCUE_OBSERVED] = "; it would be moved to INBOX, but mode = observe: it is still there.",
        [CPR_RESCUE_DONE] = "; moved to INBOX",
        [CPR_RESCUE_COPIED] =
            "; copied to INBOX. The server cannot remove single messages (no UIDPLUS), so the original "
            "was left where it was.",
        [CPR_RESCUE_PUT_BACK] = "; moved to INBOX and then put back into junk by somebody: it is NOT in the inbox. "
                                "It will not be moved a second time.",
        [CPR_RESCUE_LOST] =
            "; LOST: it was gone from there and from INBOX before the move was proved. Ask whoever runs "
            "the mail server for a copy.",
    };
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    const struct cpr_intent *move = letter->move;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_buffer_add_format(&line, "%s in ", cpr_time_format_minute(item->found_ms, time));
    cpr_buffer_add_text(&line, item->found_folder);
    cpr_buffer_add_text(&line, " of mailbox ");
    cpr_buffer_add_text(&line, item->mailbox);
    cpr_buffer_add_text(&line,
                        is_candidate(item) ? ", as a notice there says; IMAP does not show it." : fates[item->rescue]);
    if (item->rescue == CPR_RESCUE_DONE && move && move->ended_ms != CPR_TIME_NONE)
        cpr_buffer_add_format(&line, " at %s", cpr_time_format_minute(move->ended_ms, time));
    if (item->rescue == CPR_RESCUE_DONE)
        cpr_buffer_add_text(&line, ".");
    add_line(out, "Found: ", cpr_buffer_text(&line));
    cpr_buffer_free(&line);
}

static void add_owner(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    if (item->acked_ms == CPR_TIME_NONE) {
        cpr_buffer_add_text(out, "Acknowledged: by nobody yet\n");
    } else {
        cpr_buffer_add_format(&line, "%s by ", cpr_time_format_minute(item->acked_ms, time));
        cpr_buffer_add_text(&line, item->acked_by);
        add_line(out, "Acknowledged: ", cpr_buffer_text(&line));
    }
    cpr_buffer_free(&line);
}

static void add_next_alert(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct cpr_case *item = letter->item;
    int64_t age_ms = letter->now_utc_ms - item->receipt.utc_ms;
    int64_t step_ms = cpr_letter_is_to_revoke(letter->alert)
                          ? cpr_plan_revocation_step_after(item, age_ms, letter->policy)
                          : cpr_plan_step_after(item->grade, age_ms, letter->policy);
    int64_t next_ms = item->receipt.utc_ms + step_ms;
    cpr_buffer_add_format(out, "Next alert: %s\n", cpr_time_format_minute(next_ms, time));
}

/* Whose it is, in words; a name alone is said to be one. */
static const char *owner_in_words(const json_t *certificate)
{
    static const struct {
        const char *mark, *words;
    } marks[] = {
        {"key-id", "ours by its key id"},
        {"policy-oid", "ours by its policy"},
        {"host", "ours by the host of its CRL, OCSP or issuer URL"},
        {"common-name", "ours by its issuer's name only: a weak mark"},
    };
    const char *owner = cpr_json_get(certificate, "owner"), *mark = cpr_json_get(certificate, "owner_mark");
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strcmp(owner, "ours") == 0 && strcmp(mark, marks[i].mark) == 0)
            return marks[i].words;
    return strcmp(owner, "ours") == 0    ? "ours"
           : strcmp(owner, "other") == 0 ? "not ours as far as configured"
                                         : "whose it is, is not known: no [issuer NAME] is configured";
}

static void add_validity(const json_t *certificate, int64_t now_utc_ms, struct cpr_buffer *line)
{
    int64_t not_after_ms = CPR_TIME_NONE;
    const char *from = cpr_json_get(certificate, "not_before"), *to = cpr_json_get(certificate, "not_after");
    bool is_known = cpr_time_parse_rfc3339(cpr_view_of(to), &not_after_ms);
    cpr_buffer_add_format(line, "%.10s to %.10s", from[0] ? from : "?", to[0] ? to : "?");
    if (is_known && not_after_ms < now_utc_ms)
        cpr_buffer_add_text(line, " (expired)");
}

static void add_certificate(const struct cpr_letter *letter, const json_t *certificate, struct cpr_buffer *out)
{
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_buffer_add_format(&line, "%s, %s", cpr_json_get(certificate, "serial"), owner_in_words(certificate));
    add_line(out, "  serial ", cpr_buffer_text(&line));
    add_line(out, "    issuer: ", cpr_json_get(certificate, "issuer"));
    add_line(out, "    subject: ", cpr_json_get(certificate, "subject"));
    add_line(out, "    names: ", cpr_json_get(certificate, "names"));
    cpr_buffer_clear(&line);
    add_validity(certificate, letter->now_utc_ms, &line);
    add_line(out, "    valid: ", cpr_buffer_text(&line));
    cpr_buffer_free(&line);
}

/* Ours first: they are the ones to act on. */
static void add_certificates(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    json_t *list = json_object_get(reading, "certificates"), *certificate;
    size_t i, shown = 0, count = json_array_size(list);
    if (count)
        cpr_buffer_add_text(out, "\nCertificates in the message:\n");
    for (int ours = 1; ours >= 0; ours--)
        json_array_foreach(list, i, certificate)
        {
            if ((strcmp(cpr_json_get(certificate, "owner"), "ours") == 0) == ours && shown++ < CERTIFICATES_SHOWN)
                add_certificate(letter, certificate, out);
        }
    if (count > CERTIFICATES_SHOWN)
        cpr_buffer_add_format(out, "  ... and %zu more: cpr-audit show\n", count - CERTIFICATES_SHOWN);
}

static bool names_one_certificate(const char *type)
{
    for (unsigned i = 0; i < CPR_IDENTIFIER_TYPES; i++)
        if (strcmp(type, cpr_identifier_type_name((enum cpr_identifier_type)i)) == 0)
            return cpr_identifier_is_unique((enum cpr_identifier_type)i);
    return false;
}

static void add_identifiers(const json_t *reading, struct cpr_buffer *out)
{
    json_t *list = json_object_get(reading, "identifiers"), *identifier;
    size_t i, count = json_array_size(list);
    bool unique = false;
    cpr_buffer_add_text(out, "\nIdentifiers:\n");
    json_array_foreach(list, i, identifier)
    {
        unique |= names_one_certificate(cpr_json_get(identifier, "type"));
        if (i >= IDENTIFIERS_SHOWN)
            continue;
        struct cpr_buffer name = cpr_buffer_new(64);
        cpr_buffer_add_text(&name, "  ");
        cpr_quote_pad(&name, cpr_json_get(identifier, "type"), 0);
        cpr_buffer_add_text(&name, ": ");
        add_line(out, cpr_buffer_text(&name), cpr_json_get(identifier, "value"));
        cpr_buffer_free(&name);
    }
    if (count > IDENTIFIERS_SHOWN)
        cpr_buffer_add_format(out, "  ... and %zu more: cpr-audit show\n", count - IDENTIFIERS_SHOWN);
    if (!unique)
        cpr_buffer_add_text(out, "  (it names no certificate uniquely: ask for serial or SHA-256;\n"
                                 "  an FQDN is not an identifier)\n");
    cpr_buffer_add_text(out, "Confirm against the serial number before you say \"revoked\".\n");
}

/* What a rule says for the reviewer; its id when these rules do not know it any more. */
static const char *reason_of(const char *id)
{
    for (unsigned i = 0; i < CPR_RULES; i++)
        if (strcmp(cpr_signal_rule((enum cpr_rule)i)->id, id) == 0)
            return cpr_signal_rule((enum cpr_rule)i)->reason;
    return id;
}

static void add_limits(const json_t *reading, struct cpr_buffer *out)
{
    json_t *limits = json_object_get(reading, "limits"), *name;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    size_t i;
    json_array_foreach(limits, i, name)
    {
        cpr_buffer_add_text(&line, i ? ", " : "");
        cpr_buffer_add_text(&line, json_string_value(name) ? json_string_value(name) : "");
    }
    add_line(out, "Not read whole: ", cpr_buffer_text(&line));
    cpr_buffer_free(&line);
}

static void add_reasons(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    json_t *list = json_object_get(reading, "signals"), *signal;
    size_t i, count = json_array_size(list);
    cpr_buffer_add_format(out, "\nWhy it is shown: %s\n", cpr_verdict_name(letter->item->verdict));
    json_array_foreach(list, i, signal)
    {
        const char *quoted = cpr_json_get(signal, "text");
        if (i == SIGNALS_SHOWN)
            break;
        struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
        cpr_buffer_add_text(&line, reason_of(cpr_json_get(signal, "id")));
        cpr_buffer_add_text(&line, " (");
        cpr_buffer_add_text(&line, cpr_json_get(signal, "where"));
        cpr_buffer_add_text(&line, quoted[0] ? "): " : ")");
        cpr_buffer_add_text(&line, quoted);
        add_line(out, "- ", cpr_buffer_text(&line));
        cpr_buffer_free(&line);
    }
    if (count > SIGNALS_SHOWN)
        cpr_buffer_add_format(out, "- ... and %zu more\n", count - SIGNALS_SHOWN);
    add_limits(reading, out);
}

static void add_excerpt(const json_t *reading, struct cpr_buffer *out)
{
    json_t *attachments = json_object_get(reading, "attachments"), *name;
    size_t i;
    json_array_foreach(attachments, i, name)
        add_line(out, i ? "  " : "\nAttached: ", json_string_value(name) ? json_string_value(name) : "");
    struct cpr_buffer excerpt = cpr_buffer_new(LINE_MAX_BYTES);
    cpr_quote_harmless(&excerpt, cpr_view_of(cpr_json_get(reading, "excerpt")));
    if (excerpt.len) {
        cpr_buffer_add_text(out, "\nIt begins (links made harmless):\n");
        cpr_quote_wrap(out, "> ", "> ", cpr_buffer_view(&excerpt));
    } else {
        cpr_buffer_add_text(out, "\nNo text of it could be read.\n");
    }
    cpr_buffer_free(&excerpt);
}

void cpr_letter_add_case_text(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out)
{
    bool is_open = letter->item->state == CPR_CASE_OPEN, is_unseen = is_candidate(letter->item);
    bool is_to_revoke = cpr_letter_is_to_revoke(letter->alert);
    if (is_to_revoke) {
        cpr_letter_add_to_revoke(letter, out);
        add_ack(letter, out);
    } else {
        add_time_left(letter, out);
    }
    if (is_open && is_unseen)
        add_release(letter, reading, out);
    else if (is_open)
        add_what_to_do(letter, reading, out);
    cpr_buffer_add_byte(out, '\n');
    add_line(out, "News: ", letter->alert->text);
    if (is_open) /* a dismissal that waits for a second person */
        add_line(out, "Note: ", letter->item->closed_note);
    add_reporter(letter, reading, out);
    add_receipt(letter, out);
    if (!is_unseen)
        add_stamps(letter, reading, out);
    add_legs(letter, out);
    add_place(letter, out);
    if (is_open || is_to_revoke) {
        add_owner(letter, out);
        add_next_alert(letter, out);
    }
    json_t *links = letter->links_json ? json_loads(letter->links_json, 0, NULL) : NULL;
    cpr_letter_add_links(links, out);
    json_decref(links);
    if (is_unseen) {
        cpr_buffer_add_format(out, "\nWhy it is shown: %s, by sender and subject alone\n",
                              cpr_verdict_name(letter->item->verdict));
    } else {
        add_certificates(letter, reading, out);
        add_identifiers(reading, out);
        add_reasons(letter, reading, out);
        add_excerpt(reading, out);
    }
    cpr_buffer_add_format(out, "\nAll that is known: cpr-audit show %" PRId64 "\n", letter->item->id);
}
