/* Whole letters against tests/unit/record/expected/letter-*.eml, each read line by line before it was kept; then what
 * no letter may ever hold. */
#include "fixture.h"

#include "cpr/base/text.h"
#include "cpr/judge/signals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char token_key[] = "0123456789abcdef0123456789abcdef";

struct situation {
    struct cpr_case item;
    struct cpr_intent move;
    struct cpr_alert alert;
    struct cpr_reading reading;
    struct cpr_policy policy;
    const char *now;
    bool is_trouble;
    const char *json; /* instead of the reading; NULL: the reading */
};

static struct situation *situation_new(void)
{
    struct situation *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->item = report_case();
    s->move = done_move();
    s->alert = ladder_alert();
    fill_reading(&s->reading);
    cpr_policy_defaults(&s->policy);
    s->now = "2026-03-06T12:14:00Z";
    return s;
}

static struct cpr_buffer write_letter(struct situation *s)
{
    char *json = reading_json(&s->reading);
    struct cpr_letter letter = {
        .alert = &s->alert,
        .item = s->is_trouble ? NULL : &s->item,
        .move = &s->move,
        .reading_json = s->json ? s->json : json,
        .policy = &s->policy,
        .from = "cpr-auditd@ca.example",
        .now_utc_ms = at(s->now),
        .token_key = cpr_view_of(token_key),
    };
    struct cpr_buffer out = cpr_buffer_new(CPR_ALERT_BODY_MAX_BYTES);
    cpr_letter_write(&letter, &out);
    assert_false(cpr_buffer_is_full(&out));
    free(json);
    return out;
}

static void assert_letter(struct situation *s, const char *name)
{
    struct cpr_buffer letter = write_letter(s);
    assert_is_expected(&letter, name);
    cpr_buffer_free(&letter);
    free(s);
}

static void a_rescued_report_with_three_hours_left(void **state)
{
    (void)state;
    assert_letter(situation_new(), "letter-left.eml");
}

static void an_overdue_report_that_somebody_put_back(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    s->now = "2026-03-06T16:19:07Z";
    s->item.rescue = CPR_RESCUE_PUT_BACK;
    s->item.acked_ms = at("2026-03-06T03:10:00Z");
    memcpy(s->item.acked_by, "ops", 4);
    assert_letter(s, "letter-overdue.eml");
}

static void a_possible_report_in_observe_mode_without_an_identifier(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    s->now = "2026-03-05T19:19:07Z";
    s->item.grade = CPR_GRADE_GLANCE;
    s->item.rescue = CPR_RESCUE_OBSERVED;
    s->item.verdict = CPR_VERDICT_POSSIBLE;
    s->reading.identifiers[0] = s->reading.identifiers[2];
    s->reading.identifier_count = 1;
    s->reading.limits = CPR_READING_CUT | CPR_READING_ENCRYPTED;
    assert_letter(s, "letter-glance.eml");
}

/* One of ours by each sort of mark, and one of somebody else, which comes last. */
static void certificates_are_named_ours_first(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    static const char *const marks[] = {"", "key-id", "common-name"};
    s->reading.certificate_count = 3;
    for (uint32_t i = 0; i < 3; i++) {
        struct cpr_reading_certificate *certificate = &s->reading.certificates[i];
        *certificate =
            (struct cpr_reading_certificate){.issuer = "CN=Example TLS CA 1,O=Example Trust",
                                             .owner = i ? CPR_OWNER_US : CPR_OWNER_OTHER,
                                             .names = "www.example.com",
                                             .not_before_ms = at("2025-02-01T00:00:00Z"),
                                             .not_after_ms = at(i ? "2026-06-01T00:00:00Z" : "2026-03-01T00:00:00Z")};
        snprintf(certificate->serial, sizeof certificate->serial, "a%u", i);
        snprintf(certificate->owner_mark, sizeof certificate->owner_mark, "%s", marks[i]);
    }
    struct cpr_buffer letter = write_letter(s);
    const char *text = strstr(cpr_buffer_text(&letter), "\r\nCertificates");
    assert_non_null(text);
    const char *want = "\r\nCertificates in the message:\r\n"
                       "  serial a1, ours by its key id\r\n"
                       "    issuer: CN=3DExample TLS CA 1,O=3DExample Trust\r\n"
                       "    names: www[.]example[.]com\r\n"
                       "    valid: 2025-02-01 to 2026-06-01\r\n"
                       "  serial a2, ours by its issuer's name only: a weak mark\r\n"
                       "    issuer: CN=3DExample TLS CA 1,O=3DExample Trust\r\n"
                       "    names: www[.]example[.]com\r\n"
                       "    valid: 2025-02-01 to 2026-06-01\r\n"
                       "  serial a0, not ours as far as configured\r\n"
                       "    issuer: CN=3DExample TLS CA 1,O=3DExample Trust\r\n"
                       "    names: www[.]example[.]com\r\n"
                       "    valid: 2025-02-01 to 2026-03-01 (expired)\r\n"
                       "\r\nIdentifiers:";
    char *section = strndup(text, strlen(want));
    assert_string_equal(section, want);
    free(section);
    cpr_buffer_free(&letter);
    free(s);
}

static void a_report_that_was_lost_between_two_folders(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    s->item.rescue = CPR_RESCUE_LOST;
    assert_letter(s, "letter-lost.eml");
}

/* As the store keeps a row of a notice (record/test_reading_json.c). */
static struct situation *held_in_quarantine(const char *expires)
{
    static char json[256];
    struct situation *s = situation_new();
    snprintf(json, sizeof json,
             "{\"verdict\":\"possible\",\"kind\":\"quarantine-notice\",\"quarantine\":{\"source\":\"gateway\",\"held\":"
             "\"2026-03-05T15:19:07Z\",\"expires\":%s}}",
             expires);
    s->json = json;
    s->item.grade = CPR_GRADE_GLANCE;
    s->item.verdict = CPR_VERDICT_POSSIBLE;
    s->item.rescue = CPR_RESCUE_NOT_NEEDED;
    s->item.receipt.source = CPR_RECEIPT_RECEIVED;
    strcpy(s->item.found_folder, "quarantine gateway");
    strcpy(s->item.found_role, "quarantine");
    strcpy(s->item.header_message_id, "quarantine:00");
    return s;
}

static void a_mail_that_a_quarantine_holds(void **state)
{
    (void)state;
    assert_letter(held_in_quarantine("\"2026-03-19T15:19:00Z\""), "letter-quarantine.eml");
}

static void assert_body_holds(struct situation *s, const char *text)
{
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
    if (!strstr(cpr_buffer_text(&body), text))
        fail_msg("no \"%s\" in:\n%s", text, cpr_buffer_text(&body));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(s);
}

static void a_quarantine_that_does_not_say_when_or_has_dropped_it(void **state)
{
    (void)state;
    assert_body_holds(held_in_quarantine("null"), "\nWhen the quarantine drops it is not known: do it now.\n");
    assert_body_holds(held_in_quarantine("\"2026-03-06T12:00:00Z\""),
                      "\nIt was to be dropped at 2026-03-06 12:00 UTC: look all the same, and ask\n");
}

static void mail_of_a_root_programme_is_no_report_but_no_glance_to_forget(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    s->item.grade = CPR_GRADE_GLANCE;
    s->reading.kind = CPR_KIND_COMPLIANCE;
    assert_body_holds(s, "Mail of a root programme or of the CCADB, it seems: no problem report,\n"
                         "but one that nobody reads is an incident. If it asks for an answer:\n"
                         "Answer from mailbox cpr");
}

static struct cpr_buffer write_collected(struct situation *s, const struct cpr_letter_entry *entries, size_t count)
{
    struct cpr_letter letter = {.alert = &s->alert,
                                .entries = entries,
                                .entry_count = count,
                                .policy = &s->policy,
                                .from = "cpr-auditd@ca.example",
                                .now_utc_ms = at(s->now),
                                .token_key = cpr_view_of(token_key)};
    struct cpr_buffer out = cpr_buffer_new(CPR_ALERT_BODY_MAX_BYTES);
    cpr_letter_write(&letter, &out);
    assert_false(cpr_buffer_is_full(&out));
    return out;
}

static void many_cases_in_one_letter(void **state)
{
    (void)state;
    struct situation *s = situation_new(), *held = held_in_quarantine("null");
    struct cpr_alert plain = {.topic = "case"}, expires = {.topic = "expires", .text = "It is dropped tomorrow."};
    struct cpr_case overdue = s->item;
    overdue.id = 9;
    overdue.deadline_ms = at("2026-03-06T11:14:00Z");
    overdue.legs[CPR_LEG_REPORTER].state = CPR_LEG_CLOSED;
    held->item.id = 13;
    struct cpr_letter_entry entries[] = {{&plain, &overdue}, {&plain, &s->item}, {&expires, &held->item}};
    struct cpr_buffer letter = write_collected(s, entries, 3);
    assert_is_expected(&letter, "letter-collected.eml");
    cpr_buffer_free(&letter);
    free(s);
    free(held);
}

static void what_does_not_fit_into_a_letter_about_many_is_counted(void **state)
{
    (void)state;
    enum { MANY = 300 };
    struct situation *s = situation_new();
    struct cpr_letter_entry *entries = calloc(MANY, sizeof *entries);
    struct cpr_alert plain = {.topic = "case"};
    for (size_t i = 0; i + 3 < sizeof s->item.subject; i += 3)
        memcpy(s->item.subject + i, "\xe2\x82\xac", 3); /* each byte is three in quoted-printable */
    for (size_t i = 0; i < MANY; i++)
        entries[i] = (struct cpr_letter_entry){&plain, &s->item};
    struct cpr_buffer letter = write_collected(s, entries, MANY), body = decoded(body_of(&letter));
    size_t shown = 0, more = 0;
    for (const char *line = strstr(cpr_buffer_text(&body), "\n#12 "); line; line = strstr(line + 1, "\n#12 "))
        shown++;
    const char *rest = strstr(cpr_buffer_text(&body), "\nand ");
    assert_non_null(rest);
    assert_int_equal(sscanf(rest, " and %zu more: cpr-audit cases", &more), 1);
    assert_true(shown > 50);
    assert_int_equal(shown + more, MANY);
    assert_null(strstr(cpr_buffer_text(&body), "(cut here"));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(entries);
    free(s);
}

static void a_mailbox_that_cannot_be_seen(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    s->is_trouble = true;
    s->alert.case_id = 0;
    s->alert.step_age_ms = at("2026-03-06T12:04:00Z");
    strcpy(s->alert.topic, "mailbox-blind:cpr");
    strcpy(s->alert.text, "could not log in to imap.ca.example as cpr: the server said \"NO bad password\"; renew the "
                          "credential imap-cpr and restart the service");
    assert_letter(s, "letter-trouble.eml");
}

static void news_of_a_case_stand_in_its_letter(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    strcpy(s->alert.text, "It lies in junk again.");
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
    assert_non_null(strstr(cpr_buffer_text(&body), "\nNews: It lies in junk again.\n"));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(s);
}

static void a_revocation_that_is_denied_is_told_of_a_closed_case_too(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    snprintf(s->alert.topic, sizeof s->alert.topic, CPR_TOPIC_REVOCATION ":04a1");
    snprintf(s->alert.text, sizeof s->alert.text, "Certificate 04a1 is still good at http://ocsp.ca.example");
    strcpy(s->item.subject, "x"); /* short enough for a plain header */
    s->item.state = CPR_CASE_ANSWERED;
    s->item.closed_ms = at(s->now);
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
    assert_non_null(strstr(cpr_buffer_text(&letter), "Subject: CPR #12: said to be revoked, but is not; answered - "));
    assert_null(strstr(cpr_buffer_text(&body), "nothing is due"));
    assert_non_null(strstr(cpr_buffer_text(&body), "\nNews: Certificate 04a1 is still good at"));
    assert_null(strstr(cpr_buffer_text(&body), "http://ocsp"));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(s);
}

/* What is read on the telephone when a report was answered and its certificates are to be revoked yet. */
static void a_revocation_that_is_owed_has_a_letter_of_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *now, *subject, *first;
        bool is_overdue;
    } table[] = {
        {"2026-03-10T13:19:07Z", "Subject: CPR #12: answered, to be revoked: 2 h 00 min left - x",
         "2 h 00 min left to revoke, until 2026-03-10 15:19 UTC (TLS BR 4.9.1.1,\n5d: misissuance). ", false},
        {"2026-03-10T15:19:07Z", "Subject: CPR #12: answered, to be revoked: OVERDUE now - x",
         "OVERDUE now to revoke, since 2026-03-10 15:19 UTC", true},
        {"2026-03-10T16:19:07Z", "Subject: CPR #12: answered, to be revoked: OVERDUE by 1 h 00 min - x",
         "OVERDUE by 1 h 00 min to revoke, since 2026-03-10 15:19 UTC", true},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct situation *s = situation_new();
        s->now = table[i].now;
        snprintf(s->alert.topic, sizeof s->alert.topic, CPR_TOPIC_TO_REVOKE);
        strcpy(s->item.subject, "x");
        s->item.state = CPR_CASE_ANSWERED;
        s->item.closed_ms = at("2026-03-06T10:00:00Z");
        struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
        const char *text = cpr_buffer_text(&body);
        assert_non_null(strstr(cpr_buffer_text(&letter), table[i].subject));
        assert_ptr_equal(strstr(text, table[i].first), text);
        assert_non_null(strstr(text, "\n  cpr-audit revoked 12 --all --by NAME --note \"...\"\n"));
        assert_non_null(strstr(text, "\n  cpr-audit clock 12 --class none --by NAME --note \"...\"\n"));
        assert_non_null(strstr(text, "\n  cpr-audit ack 12 --by NAME\n"));
        assert_non_null(strstr(text, "\nTLS BR 4.9.5: from receipt"));
        assert_int_equal(strstr(text, "A missed deadline is an incident") != NULL, table[i].is_overdue);
        assert_null(strstr(text, "nothing is due"));
        assert_null(strstr(text, "cpr-audit dismiss"));
        cpr_buffer_free(&letter);
        cpr_buffer_free(&body);
        free(s);
    }
}

static void each_letter_tells_of_the_revocation(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    strcpy(s->item.revocation.set_by, "ops");
    s->item.revocation.class = CPR_REVOKE_IN_24H;
    s->item.revocation.deadline_ms = s->item.deadline_ms;
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
    assert_non_null(strstr(cpr_buffer_text(&body), "UTC (TLS BR 4.9.1.1,\n  24h by ops)\n"));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    s->item.revocation.is_ended = true;
    s->item.revocation.ended_ms = at("2026-03-06T10:00:00Z");
    strcpy(s->item.revocation.ended_by, "signed answers");
    letter = write_letter(s), body = decoded(body_of(&letter));
    assert_non_null(
        strstr(cpr_buffer_text(&body), "\nRevocation: said to be done at 2026-03-06 10:00 UTC by signed answers\n"));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    s->item.revocation.class = CPR_REVOKE_NOT;
    letter = write_letter(s), body = decoded(body_of(&letter));
    assert_non_null(strstr(cpr_buffer_text(&body), "\nRevocation: none is due, says ops\n"));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(s);
}

static void a_copied_report_is_said_to_lie_in_both_folders(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    s->item.rescue = CPR_RESCUE_COPIED;
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
    assert_non_null(strstr(cpr_buffer_text(&body), "; copied to\n  INBOX. The server cannot remove single messages (no "
                                                   "UIDPLUS), so the\n  original was left where it was.\n"));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(s);
}

static void a_rule_that_is_known_is_given_with_its_reason(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    const struct cpr_signal_rule *rule = cpr_signal_rule(CPR_RULE_LINT);
    strcpy(s->reading.signals[0].id, rule->id);
    strcpy(s->reading.signals[0].text, "e_short");
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter)), want = cpr_buffer_new(1000);
    cpr_buffer_add_format(&want, "\n- %s (link): e_short\n", rule->reason);
    assert_non_null(strstr(cpr_buffer_text(&body), cpr_buffer_text(&want)));
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    cpr_buffer_free(&want);
    free(s);
}

static void a_trouble_that_has_ended_does_not_shout(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    s->is_trouble = true;
    s->alert.step_age_ms = at("2026-03-06T12:04:00Z");
    strcpy(s->alert.topic, "alert-mail");
    strcpy(s->alert.text, CPR_LETTER_OVER " It lasted 2 h 00 min.");
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
    assert_non_null(strstr(cpr_buffer_text(&letter), "\r\nSubject: cpr-auditd: over - alert-mail\r\n"));
    assert_string_equal(cpr_buffer_text(&body), "At 2026-03-06 12:04 UTC:\nIt is over. It lasted 2 h 00 min.\n");
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(s);
}

/* --- what no letter may hold -------------------------------------------------------------------------------------- */

/* 7-bit, CRLF only, no line of the header over 78 bytes and none of the body over 76, encoded words of at most 75. */
static void assert_is_mail(const struct cpr_buffer *letter)
{
    struct cpr_view rest = cpr_buffer_view(letter), line;
    bool in_header = true;
    for (size_t i = 0; i < rest.len; i++) {
        assert_true((unsigned char)rest.data[i] < 0x7F && (rest.data[i] >= 0x20 || strchr("\r\n", rest.data[i])));
        assert_true(rest.data[i] != '\n' || (i > 0 && rest.data[i - 1] == '\r'));
        assert_true(rest.data[i] != '\r' || (i + 1 < rest.len && rest.data[i + 1] == '\n'));
    }
    while (cpr_view_next_line(&rest, &line)) {
        in_header &= line.len > 0;
        assert_true(line.len <= (in_header ? 78u : 76u));
        size_t open = in_header ? cpr_view_find(line, "=?", 0) : CPR_VIEW_NOT_FOUND;
        if (open != CPR_VIEW_NOT_FOUND) {
            size_t close = cpr_view_find(line, "?=", open + sizeof "=?UTF-8?Q?" - 1);
            assert_true(close != CPR_VIEW_NOT_FOUND && close + 2 - open <= 75);
        }
    }
}

static void assert_header_names(const struct cpr_buffer *letter)
{
    static const char *const names[] = {"From:",
                                        "To:",
                                        "Subject:",
                                        "Date:",
                                        "Message-ID:",
                                        "Auto-Submitted: auto-generated",
                                        "X-CPR-Auditd-Alert:",
                                        "MIME-Version: 1.0",
                                        "Content-Type: text/plain; charset=UTF-8",
                                        "Content-Transfer-Encoding: quoted-printable"};
    struct cpr_view rest = cpr_buffer_view(letter), line;
    size_t i = 0;
    while (cpr_view_next_line(&rest, &line) && line.len)
        if (line.data[0] != ' ') {
            assert_true(i < sizeof names / sizeof names[0]);
            assert_true(cpr_view_starts_nocase(line, names[i++]));
        }
    assert_int_equal(i, sizeof names / sizeof names[0]);
}

static void fill(char *field, size_t size, const char *text)
{
    for (size_t len = strlen(text), used = 0; used + len < size; used += len)
        memcpy(field + used, text, len + 1);
}

/* Every field that somebody else may have written holds `text`, again and again until it is full. */
static void poison(struct situation *s, const char *text)
{
    fill(s->item.subject, sizeof s->item.subject, text);
    fill(s->item.from_address, sizeof s->item.from_address, text);
    fill(s->item.header_message_id, sizeof s->item.header_message_id, text);
    fill(s->item.found_folder, sizeof s->item.found_folder, text);
    fill(s->item.acked_by, sizeof s->item.acked_by, text);
    s->item.acked_ms = s->item.found_ms;
    fill(s->alert.text, sizeof s->alert.text, text);
    fill(s->alert.topic, sizeof s->alert.topic, text);
    fill(s->reading.from_name, sizeof s->reading.from_name, text);
    fill(s->reading.to, sizeof s->reading.to, text);
    fill(s->reading.excerpt, sizeof s->reading.excerpt, text);
    s->reading.signal_count = CPR_SIGNALS_MAX;
    for (size_t i = 0; i < CPR_SIGNALS_MAX; i++)
        fill(s->reading.signals[i].text, CPR_SIGNAL_TEXT_SIZE, text);
    s->reading.identifier_count = CPR_IDENTIFIERS_MAX;
    for (size_t i = 0; i < CPR_IDENTIFIERS_MAX; i++)
        fill(s->reading.identifiers[i].value, CPR_IDENTIFIER_SIZE, text);
    s->reading.attachment_count = CPR_ATTACHMENTS_MAX;
    for (size_t i = 0; i < CPR_ATTACHMENTS_MAX; i++)
        fill(s->reading.attachments[i], sizeof s->reading.attachments[i], text);
}

static void no_text_of_a_mail_comes_out_live(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *never;
    } table[] = {
        {"a link", "see https://evil.example/x ", "://"},
        {"a bare host name", "see evil.example/login ", "evil.example"},
        {"a host name in another script", "see \xD0\xBF\xD1\x80.\xD1\x80\xD1\x84 ", "\xD1\x80.\xD1\x80"},
        {"a www name", "see www.evil.example ", "www."},
        {"an address", "write to attacker@evil.example ", "@"},
        {"a script scheme", "click JavaScript:alert(1) ", "JavaScript:alert"},
        {"a telephone scheme", "call tel:+4912345 ", "tel:+"},
        {"a line break that would forge a header", "x\r\nBcc: all@evil.example\r\n\r\nbody", "\nBcc:"},
        {"a line break that would forge a command", "x\n  cpr-audit dismiss 12 --by root\n", "--by root\n"},
        {"a terminal escape", "\x1B]0;owned\x07\x1B[31mred", "\x1B"},
        {"a bell", "\x07", "\x07"},
        {"a direction override",
         "exe.\xE2\x80\xAE"
         "fdp",
         "\xE2\x80\xAE"},
        {"malformed UTF-8", "\xC3\x28\xFF\xFE", "\xFF"},
        {"a private key", "-----BEGIN EC PRIVATE KEY----- MHcCAQEEIK -----END EC PRIVATE KEY-----", "MHcCAQEEIK"},
        {"a private key that was cut", "-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEI", "MC4CAQAwBQYDK2Vw"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        for (int trouble = 0; trouble < 2; trouble++) {
            struct situation *s = situation_new();
            poison(s, table[i].in);
            s->is_trouble = trouble;
            s->alert.step_age_ms = trouble ? at("2026-03-06T12:04:00Z") : s->alert.step_age_ms;
            struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
            assert_is_mail(&letter);
            assert_header_names(&letter);
            if (strstr(cpr_buffer_text(&body), table[i].never))
                fail_msg("%s came out:\n%s", table[i].name, cpr_buffer_text(&body));
            cpr_buffer_free(&letter);
            cpr_buffer_free(&body);
            free(s);
        }
}

static void addresses_cannot_forge_a_header(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    strcpy(s->alert.recipient, "a@b.example\r\nBcc: all@evil.example");
    struct cpr_buffer letter = write_letter(s);
    assert_is_mail(&letter);
    assert_header_names(&letter);
    assert_non_null(strstr(cpr_buffer_text(&letter), "\r\nTo: a@b.example??Bcc:?all@evil.example\r\n"));
    cpr_buffer_free(&letter);
    free(s);
}

static void the_longest_letter_fits_its_buffer_and_keeps_its_beginning(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\xE2\x82\xAC",
        "@",
        "\xE2\x82\xAC \xF0\x9F\x94\x91 ",
        "a.b",
        "www.",
        "=",
        "\xFF",
        /* cut inside a character, if cutting did not go back to the end of a line */
        "\xF0\x9F\x94\x91@",
        "\xF0\x9F\x94\x91@@",
        "\xF0\x9F\x94\x91@@@",
        "\xF0\x9F\x94\x91@x@",
        "\xF0\x9F\x94\x91@x@x",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct situation *s = situation_new();
        poison(s, texts[i]);
        struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
        assert_is_mail(&letter);
        assert_int_equal(strncmp(cpr_buffer_text(&body), "3 h 05 min left", 15), 0);
        assert_true(cpr_utf8_is_valid(cpr_buffer_view(&body)));
        assert_non_null(strstr(cpr_buffer_text(&body), "cpr-audit show"));
        cpr_buffer_free(&letter);
        cpr_buffer_free(&body);
        free(s);
    }
}

static void no_line_of_a_letter_is_wider_than_72_characters(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    poison(s, "\xC3\xA4\xC3\xB6\xC3\xBC words of \xC3\xA4very length "
              "and-one-that-does-not-end-before-the-line-does-so-it-is-cut-and-goes-on-below ");
    struct cpr_buffer letter = write_letter(s), body = decoded(body_of(&letter));
    struct cpr_view rest = cpr_buffer_view(&body), line;
    while (cpr_view_next_line(&rest, &line)) {
        size_t characters = 0;
        for (size_t i = 0; i < line.len; i++)
            characters += ((unsigned char)line.data[i] & 0xC0) != 0x80;
        if (characters > 72)
            fail_msg("%zu characters: %.*s", characters, (int)line.len, line.data);
    }
    cpr_buffer_free(&letter);
    cpr_buffer_free(&body);
    free(s);
}

static void a_letter_without_a_stored_reading_still_says_what_to_do(void **state)
{
    (void)state;
    static const char *const stored[] = {NULL, "", "{\"signals\": [", "[]", "{\"signals\":7,\"identifiers\":[1]}"};
    for (size_t i = 0; i < sizeof stored / sizeof stored[0]; i++) {
        struct situation *s = situation_new();
        struct cpr_letter letter = {.alert = &s->alert,
                                    .item = &s->item,
                                    .reading_json = stored[i],
                                    .policy = &s->policy,
                                    .from = "cpr-auditd@ca.example",
                                    .now_utc_ms = at(s->now),
                                    .token_key = cpr_view_of(token_key)};
        struct cpr_buffer out = cpr_buffer_new(CPR_ALERT_BODY_MAX_BYTES);
        cpr_letter_write(&letter, &out);
        assert_is_mail(&out);
        assert_non_null(strstr(cpr_buffer_text(&out), "cpr-audit answered 12 --by NAME"));
        assert_non_null(strstr(cpr_buffer_text(&out), "No text of it could be read."));
        cpr_buffer_free(&out);
        free(s);
    }
}

static void a_token_is_accepted_and_one_changed_bit_is_refused(void **state)
{
    (void)state;
    static const char id[] = "<cpr-auditd.0001@ca.example>";
    char token[CPR_LETTER_TOKEN_SIZE], other[CPR_LETTER_TOKEN_SIZE];
    struct cpr_view key = cpr_view_of(token_key);
    cpr_letter_token(key, id, "", token);
    /* python3: hmac.new(b"0123456789abcdef" * 2, id, "sha256").hexdigest() */
    assert_string_equal(token, "ff193199e52270a8f9a3931c27a8874a05d96f66b60bc56982732a9db4c54a6e");
    assert_true(cpr_letter_token_is_valid(key, id, "", token));
    assert_false(cpr_letter_token_is_valid(key, "<cpr-auditd.0002@ca.example>", "", token));
    assert_false(cpr_letter_token_is_valid(cpr_view_of("another key"), id, "", token));
    assert_false(cpr_letter_token_is_valid(key, id, "", ""));
    assert_false(cpr_letter_token_is_valid(key, id, "digest of another text", token));
    for (size_t i = 0; i < 4 * (CPR_LETTER_TOKEN_SIZE - 1); i++) {
        memcpy(other, token, sizeof other);
        int digit = other[i / 4] <= '9' ? other[i / 4] - '0' : other[i / 4] - 'a' + 10;
        other[i / 4] = "0123456789abcdef"[digit ^ 1 << i % 4];
        assert_false(cpr_letter_token_is_valid(key, id, "", other));
    }
}

/* The letter of a situation when answers to it are read. */
static struct cpr_buffer write_answerable(struct situation *s)
{
    char *json = reading_json(&s->reading);
    struct cpr_letter letter = {.alert = &s->alert,
                                .item = &s->item,
                                .move = &s->move,
                                .reading_json = json,
                                .policy = &s->policy,
                                .from = "cpr-auditd@ca.example",
                                .reply_to = "cpr@ca.example",
                                .takes_ack = true,
                                .now_utc_ms = at(s->now),
                                .token_key = cpr_view_of(token_key)};
    struct cpr_buffer out = cpr_buffer_new(CPR_ALERT_BODY_MAX_BYTES);
    cpr_letter_write(&letter, &out);
    free(json);
    return out;
}

static void an_ack_is_asked_for_where_answers_are_read_and_its_token_fits_one_letter(void **state)
{
    (void)state;
    struct situation *s = situation_new();
    struct cpr_view key = cpr_view_of(token_key);
    struct cpr_buffer letter = write_answerable(s);
    /* python3: hmac.new(b"0123456789abcdef" * 2, b"ack\n12\ncase\n64800000\noncall@ca.example", "sha256") */
    static const char token[] = "e692d3c51d60fa7cf2c93b5472749a40";
    assert_non_null(strstr(cpr_buffer_text(&letter), "\r\nReply-To: cpr@ca.example\r\n"));
    assert_non_null(strstr(cpr_buffer_text(&letter), "answer this mail with \"ack\" as its first line"));
    assert_non_null(strstr(cpr_buffer_text(&letter), "\r\n  ack 12 e692d3c51d60fa7cf2c93b5472749a40\r\n"));
    cpr_buffer_free(&letter);
    assert_true(cpr_letter_ack_is_valid(key, &s->alert, token));
    assert_false(cpr_letter_ack_is_valid(key, &s->alert, ""));
    assert_false(cpr_letter_ack_is_valid(key, &s->alert, "e692d3c51d60fa7cf2c93b5472749a41"));
    assert_false(cpr_letter_ack_is_valid(cpr_view_of("another key"), &s->alert, token));
    struct cpr_alert other = s->alert;
    other.case_id = 13;
    assert_false(cpr_letter_ack_is_valid(key, &other, token));
    other = s->alert;
    other.step_age_ms++;
    assert_false(cpr_letter_ack_is_valid(key, &other, token));
    other = s->alert;
    other.recipient[0] = 'x';
    assert_false(cpr_letter_ack_is_valid(key, &other, token));
    s->item.state = CPR_CASE_ANSWERED; /* nothing is left to look after */
    s->item.closed_ms = at(s->now);
    letter = write_answerable(s);
    assert_null(strstr(cpr_buffer_text(&letter), "ack 12"));
    cpr_buffer_free(&letter);
    free(s);
}

static struct situation *taken_by_the_border(int64_t internaldate_later_ms)
{
    struct situation *s = situation_new();
    s->item.receipt.source = CPR_RECEIPT_RECEIVED;
    s->item.receipt.stamps_ms[CPR_RECEIPT_RECEIVED] = s->item.receipt.utc_ms;
    s->item.receipt.stamps_ms[CPR_RECEIPT_FIRST_SIGHT] = s->item.receipt.utc_ms + 60 * CPR_HOUR_MS;
    s->item.receipt.stamps_ms[CPR_RECEIPT_INTERNALDATE] = s->item.receipt.utc_ms + internaldate_later_ms;
    s->reading.received_count = 1;
    snprintf(s->reading.received[0].raw, sizeof s->reading.received[0].raw,
             "from a.example by mx.ca.example; Thu, 5 Mar 2026 10:19:07 -0500");
    return s;
}

static void the_receipt_is_told_with_its_header_and_what_is_odd(void **state)
{
    (void)state;
    const int64_t situation_receipt_ms = at("2026-03-05T15:19:07Z");
    assert_body_holds(taken_by_the_border(49 * CPR_HOUR_MS),
                      "  also: 2026-03-07 16:19 UTC by internaldate, later by 2 d 01 h;\n  suspect: of a copy");
    assert_body_holds(taken_by_the_border(-situation_receipt_ms),
                      "  also: 1970-01-01 00:00 UTC by internaldate; suspect: no");
    assert_body_holds(taken_by_the_border(CPR_MINUTE_MS), "2026-03-05 15:20 UTC by internaldate, later by 1 min\n");
    assert_body_holds(taken_by_the_border(0), "  header: from a[.]example by mx[.]ca[.]example; Thu, 5 Mar 2026\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rescued_report_with_three_hours_left),
        cmocka_unit_test(an_overdue_report_that_somebody_put_back),
        cmocka_unit_test(a_possible_report_in_observe_mode_without_an_identifier),
        cmocka_unit_test(certificates_are_named_ours_first),
        cmocka_unit_test(a_report_that_was_lost_between_two_folders),
        cmocka_unit_test(a_mail_that_a_quarantine_holds),
        cmocka_unit_test(a_quarantine_that_does_not_say_when_or_has_dropped_it),
        cmocka_unit_test(mail_of_a_root_programme_is_no_report_but_no_glance_to_forget),
        cmocka_unit_test(many_cases_in_one_letter),
        cmocka_unit_test(what_does_not_fit_into_a_letter_about_many_is_counted),
        cmocka_unit_test(a_mailbox_that_cannot_be_seen),
        cmocka_unit_test(news_of_a_case_stand_in_its_letter),
        cmocka_unit_test(a_revocation_that_is_denied_is_told_of_a_closed_case_too),
        cmocka_unit_test(a_revocation_that_is_owed_has_a_letter_of_its_own),
        cmocka_unit_test(each_letter_tells_of_the_revocation),
        cmocka_unit_test(a_copied_report_is_said_to_lie_in_both_folders),
        cmocka_unit_test(a_rule_that_is_known_is_given_with_its_reason),
        cmocka_unit_test(a_trouble_that_has_ended_does_not_shout),
        cmocka_unit_test(no_text_of_a_mail_comes_out_live),
        cmocka_unit_test(addresses_cannot_forge_a_header),
        cmocka_unit_test(the_longest_letter_fits_its_buffer_and_keeps_its_beginning),
        cmocka_unit_test(no_line_of_a_letter_is_wider_than_72_characters),
        cmocka_unit_test(a_letter_without_a_stored_reading_still_says_what_to_do),
        cmocka_unit_test(a_token_is_accepted_and_one_changed_bit_is_refused),
        cmocka_unit_test(an_ack_is_asked_for_where_answers_are_read_and_its_token_fits_one_letter),
        cmocka_unit_test(the_receipt_is_told_with_its_header_and_what_is_odd),
    };
    return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}
