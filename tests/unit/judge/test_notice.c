/* Quarantine notices: the rows of every sample, written down by hand; trust; hostile rows; what surfaces a notice. */
#include "samples.h"
#include "cpr/judge/judge.h"
#include "cpr/judge/notice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

enum { ROWS = 3 };

struct expected {
    const char *file;
    struct {
        const char *sender, *subject, *held, *expires;
    } rows[ROWS];
};

/* The notices are of Friday, 20 November 2026, eight in the morning in Berlin; messages are kept for 15 days. */
static const struct expected samples[] = {
    {"defender-en",
     {{"researcher@example.org", "Certificate with a compromised key", "2026-11-19T21:05:33Z", "2026-12-04T21:05:33Z"},
      {"sales@example.net", "Your order 4711", "2026-11-10T10:00:00Z", "2026-11-25T10:00:00Z"}}},
    {"defender-de",
     {{"Forscherin <melder@example.org>", "Bitte Zertifikat sperren: falsch ausgestellt", "2026-11-19T21:05:33Z",
       "2026-12-04T21:05:33Z"}}},
    {"defender-ja",
     {{"mieru@example.jp", "証明書の秘密鍵が公開されています", "2026-11-19T21:05:33Z", "2026-12-04T21:05:33Z"}}},
    {"defender-fr",
     {{"rapporteur@example.fr", "Certificat à révoquer", "2026-11-19T21:05:33Z", "2026-12-04T21:05:33Z"},
      {"promo@example.net", "Offre", "2026-11-02T06:00:00Z", "2026-11-17T06:00:00Z"}}},
    {"proofpoint-en",
     {{"Reporter <a@example.org>", "OCSP responder down", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"},
      {"win@example.net", "You won", "2026-11-19T02:00:01Z", "2026-12-04T02:00:01Z"},
      {"news@example.com", "Weekly news", "2026-11-18T22:59:59Z", "2026-12-03T22:59:59Z"}}},
    {"proofpoint-fr",
     {{"<labo@example.fr>", "Clé privée publiée sur un dépôt", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"pub@example.net", "Soldes", "2026-11-05T08:30:00Z", "2026-11-20T08:30:00Z"}}},
    {"proofpoint-text",
     {{"auditor@example.org", "CRL has an invalid signature", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"},
      {"lottery@example.net", "Claim your prize", "2026-11-19T20:00:00Z", "2026-12-04T20:00:00Z"}}},
    {"essentials-en",
     {{"a@example.org", "serial number reuse", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.net", "hello", "2026-11-18T23:01:00Z", "2026-12-03T23:01:00Z"}}},
    {"essentials-de",
     {{"a@example.org", "Widerruf eines Zertifikats", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"}}},
    {"essentials-nl",
     {{"a@example.nl", "Certificaat intrekken", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.nl", "", "2026-11-18T08:00:00Z", "2026-12-03T08:00:00Z"},
      {"c@example.nl", "Uw factuur", "2026-11-02T07:00:00Z", "2026-11-17T07:00:00Z"}}},
    {"mimecast-en",
     {{"someone@example.org", "mis-issued certificate for example.com", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"},
      {"shop@example.net", "Sale", "2026-11-19T20:00:00Z", "2026-12-04T20:00:00Z"}}},
    {"mimecast-de",
     {{"melder@example.org", "OCSP-Antwort fehlerhaft", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"}}},
    {"mimecast-es",
     {{"a@example.es", "Certificado emitido por error", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.es", "Rebajas", "2026-11-19T19:30:00Z", "2026-12-04T19:30:00Z"}}},
    {"barracuda-en",
     {{"a@example.org", "Private key in your public repository", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"},
      {"b@example.net", "pills", "2026-11-19T13:06:00Z", "2026-12-04T13:06:00Z"}}},
    {"barracuda-text",
     {{"a@example.org", "dnsNames are invalid", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.net", "offer", "2026-11-18T00:00:00Z", "2026-12-03T00:00:00Z"}}},
    {"barracuda-it",
     {{"a@example.it", "Revoca del certificato richiesta", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.it", "offerta", "2026-11-07T13:05:00Z", "2026-11-22T13:05:00Z"}}},
    {"cisco-en",
     {{"a@example.org", "CAA was not checked", "2026-11-18T23:00:00Z", "2026-12-03T23:00:00Z"},
      {"b@example.net", "hi", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"}}},
    {"cisco-text",
     {{"\"Reporter\" <a@example.org>", "weak keys in 3 certificates", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"},
      {"b@example.net", "hi", "2026-11-19T14:05:33Z", "2026-12-04T14:05:33Z"}}},
    {"cisco-ja",
     {{"a@example.jp", "証明書の失効をお願いします", "2026-11-19T05:05:00Z", "2026-12-04T05:05:00Z"},
      {"b@example.jp", "お知らせ", "2026-11-19T06:05:00Z", "2026-12-04T06:05:00Z"}}},
    {"fortimail-text",
     {{"a@example.org", "Your CPS has not been updated", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"},
      {"b@example.net", "bargain", "2026-11-19T15:00:00Z", "2026-12-04T15:00:00Z"}}},
    {"fortimail-html",
     {{"a@example.org", "certificate for my domain without permission", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"},
      {"b@example.net", "", "2026-11-19T13:06:33Z", "2026-12-04T13:06:33Z"}}},
    {"fortimail-pl",
     {{"a@example.pl", "Proszę unieważnić certyfikat", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.pl", "promocja", "2026-11-02T09:00:00Z", "2026-11-17T09:00:00Z"}}},
    {"sophos-en",
     {{"a@example.org", "unicode in commonName", "2026-11-19T13:05:00Z", "2026-12-19T13:05:00Z"},
      {"b@example.net", "x", "2026-11-19T13:06:00Z", "2026-12-19T13:06:00Z"}}},
    {"sophos-de",
     {{"a@example.org", "Fingerabdruck & Sperrung", "2026-11-19T13:05:00Z", "2026-12-04T07:00:00Z"},
      {"b@example.net", "Gewinn", "2026-11-19T14:05:00Z", "2026-12-04T07:00:00Z"}}},
    {"sophos-pt", {{"a@example.com.br", "Chave privada comprometida", "2026-11-19T13:05:00Z", "2026-12-03T13:05:00Z"}}},
    {"proxmox-en",
     {{"Reporter <a@example.org>", "Fwd: certificate transparency finding", "2026-11-19T13:05:33Z",
       "2026-12-04T13:05:33Z"},
      {"b@example.net", "cheap", "2026-11-19T19:00:00Z", "2026-12-04T19:00:00Z"}}},
    {"proxmox-weekly",
     {{"No Address", "Release", "2026-11-15T23:00:00Z", "2026-11-30T23:00:00Z"},
      {"b@example.net", "2026-11-18 09:00:00", "2026-11-19T19:00:00Z", "2026-12-04T19:00:00Z"}}},
    {"proxmox-de",
     {{"a@example.org", "Zertifikat mit schwachem Schlüssel", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.net", "Rabatt", "2026-11-19T14:05:00Z", "2026-12-04T14:05:00Z"}}},
    {"amavis-admin", {{"<a@example.org>", "Compromised key of a code signing certificate", "-", "-"}}},
    {"amavis-recipient",
     {{"Reporter <a@example.org>", "keys of 150 certificates", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"}}},
    {"amavis-de", {{"<a@example.org>", "Sperrung eines Zertifikats", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"}}},
    {"google-en",
     {{"a@example.org", "Report of a mis-issuance", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.net", "hello", "2026-11-19T13:06:00Z", "2026-12-04T13:06:00Z"}}},
    {"google-text",
     {{"a@example.org", "certificate is used by a phishing site", "2026-11-19T13:05:33Z", "2026-12-04T13:05:33Z"}}},
    {"google-de",
     {{"a@example.org", "Zertifikat missbraucht", "2026-11-19T13:05:00Z", "2026-12-04T13:05:00Z"},
      {"b@example.net", "Angebot", "2026-11-20T06:59:00Z", "2026-12-05T06:59:00Z"}}},
    {"other-nl",
     {{"a@example.nl", "Sleutel gelekt", "2026-11-16T13:05:00Z", "2026-12-17T23:00:00Z"},
      {"b@example.nl", "Korting", "2026-11-17T13:05:00Z", "2026-12-18T23:00:00Z"}}},
    {"other-it",
     {{"a@example.it", "Certificato con chiave debole", "2026-11-19T13:05:00Z", "2026-12-18T23:00:00Z"},
      {"b@example.it", "sconti", "2026-11-17T08:00:00Z", "2026-12-16T23:00:00Z"}}},
    {"other-pl",
     {{"a@example.pl", "Klucz prywatny wyciekł", "2026-11-19T13:05:00Z", "2026-12-20T07:00:00Z"},
      {"b@example.pl", "rabat", "2026-11-18T02:00:00Z", "2026-12-20T07:00:00Z"}}},
};

static struct cpr_judge_settings *settings;
static struct cpr_reading *reading;

static int set_up(void **state)
{
    (void)state;
    settings = calloc(1, sizeof *settings);
    reading = calloc(1, sizeof *reading);
    if (!settings || !reading)
        return 1;
    settings->own_host_count = 1;
    snprintf(settings->own_hosts[0], sizeof settings->own_hosts[0], "mx.ca.example");
    settings->notice_count = 1;
    struct cpr_judge_form *form = &settings->notices[0];
    snprintf(form->name, sizeof form->name, "filter");
    snprintf(form->senders[form->sender_count++], sizeof form->senders[0], "@filter.example");
    snprintf(form->senders[form->sender_count++], sizeof form->senders[0], "quarantine@messaging.microsoft.com");
    form->kept_ms = 15 * CPR_DAY_MS;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(settings);
    free(reading);
    return 0;
}

static void judge_sample(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/samples/notices/%s.eml", CPR_SOURCE_DIR, name);
    struct cpr_buffer file = sample_read(path);
    cpr_judge_message(cpr_buffer_view(&file), false, settings, reading);
    assert_true(cpr_reading_is_sound(reading));
    cpr_buffer_free(&file);
}

#define TRUSTED                                                                                                        \
    "Received: from out.filter.example by mx.ca.example with ESMTPS; Fri, 20 Nov 2026 08:00:02 +0100\r\n"              \
    "Authentication-Results: mx.ca.example; dmarc=pass header.from=filter.example\r\n"
#define HEAD "From: quarantine@filter.example\r\nSubject: Spam digest\r\nDate: Fri, 20 Nov 2026 08:00:00 +0100\r\n"

static void judge_text(const char *header, const char *body)
{
    struct cpr_buffer mail = cpr_buffer_new(1024 * 1024);
    cpr_buffer_add_text(&mail, header);
    cpr_buffer_add_text(&mail, body[0] == '<' ? "Content-Type: text/html; charset=utf-8\r\n\r\n"
                                              : "Content-Type: text/plain; charset=utf-8\r\n\r\n");
    cpr_buffer_add_text(&mail, body);
    cpr_judge_message(cpr_buffer_view(&mail), false, settings, reading);
    assert_true(cpr_reading_is_sound(reading));
    cpr_buffer_free(&mail);
}

static bool has_signal(const char *id)
{
    for (uint32_t i = 0; i < reading->signal_count; i++)
        if (strcmp(reading->signals[i].id, id) == 0)
            return true;
    return false;
}

static bool lists(const char *sender, const char *subject)
{
    for (uint32_t i = 0; i < reading->notice_row_count; i++)
        if (strcmp(reading->notice_rows[i].sender, sender) == 0 &&
            strcmp(reading->notice_rows[i].subject, subject) == 0)
            return true;
    return false;
}

static void every_row_of_every_sample_is_read(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        uint32_t count = 0;
        judge_sample(samples[i].file);
        while (count < ROWS && samples[i].rows[count].sender)
            count++;
        if (reading->notice_row_count != count || strcmp(reading->notice_source, "filter") != 0) {
            print_error("%s: %u rows, source '%s'\n", samples[i].file, reading->notice_row_count,
                        reading->notice_source);
            wrong++;
        }
        for (uint32_t k = 0; k < count && k < reading->notice_row_count; k++) {
            const struct cpr_notice_row *row = &reading->notice_rows[k];
            char held[CPR_TIME_TEXT_SIZE], expires[CPR_TIME_TEXT_SIZE];
            cpr_time_format(row->held_ms, held);
            cpr_time_format(row->expires_ms, expires);
            if (strcmp(row->sender, samples[i].rows[k].sender) != 0 ||
                strcmp(row->subject, samples[i].rows[k].subject) != 0 || strcmp(held, samples[i].rows[k].held) != 0 ||
                strcmp(expires, samples[i].rows[k].expires) != 0) {
                print_error("%s row %u: '%s' '%s' %s %s\n", samples[i].file, k, row->sender, row->subject, held,
                            expires);
                wrong++;
            }
        }
        if (reading->verdict != CPR_VERDICT_UNLIKELY || reading->kind != CPR_KIND_QUARANTINE_NOTICE) {
            print_error("%s: %s, %s\n", samples[i].file, cpr_verdict_name(reading->verdict),
                        cpr_kind_name(reading->kind));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void a_row_is_judged_by_its_subject(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        enum cpr_verdict first, second;
    } table[] = {
        {"defender-en", CPR_VERDICT_PROBABLE, CPR_VERDICT_POSSIBLE},
        {"mimecast-en", CPR_VERDICT_PROBABLE, CPR_VERDICT_POSSIBLE},
        {"barracuda-en", CPR_VERDICT_PROBABLE, CPR_VERDICT_POSSIBLE},
        {"fortimail-pl", CPR_VERDICT_PROBABLE, CPR_VERDICT_POSSIBLE},
        {"cisco-ja", CPR_VERDICT_PROBABLE, CPR_VERDICT_POSSIBLE},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        judge_sample(table[i].file);
        if (reading->notice_rows[0].verdict != table[i].first || reading->notice_rows[1].verdict != table[i].second)
            fail_msg("%s: %s, %s", table[i].file, cpr_verdict_name(reading->notice_rows[0].verdict),
                     cpr_verdict_name(reading->notice_rows[1].verdict));
    }
}

static void a_subject_is_judged_whole_though_it_is_kept_cut(void **state)
{
    (void)state;
    judge_text(TRUSTED HEAD,
               "From: a@example.org\nSubject: aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa "
               "aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa "
               "aaaaaaaaa aaaaaaaaa aaaaaaaaa please revoke our certificate, its key was compromised\n");
    assert_int_equal(reading->notice_row_count, 1);
    assert_int_equal(reading->notice_rows[0].verdict, CPR_VERDICT_PROBABLE);
}

static void what_is_not_proved_is_an_ordinary_mail(void **state)
{
    (void)state;
    static const char body[] =
        "You have 1 message in quarantine.\n\nSender: a@example.org\nSubject: Your parcel\nDate: "
        "19.11.2026 21:05\n\nRelease: https://security.microsoft.com.evil.example/quarantine\n";
    static const char *const headers[] = {
        HEAD,
        "Authentication-Results: mx.ca.example; dmarc=fail header.from=filter.example\r\n" HEAD,
        "Authentication-Results: evil.example; dmarc=pass header.from=filter.example\r\n" HEAD,
        TRUSTED "From: quarantine@other.example\r\nSubject: Quarantine digest\r\n",
    };
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        judge_text(headers[i], body);
        assert_int_equal(reading->notice_row_count, 0);
        assert_string_equal(reading->notice_source, "");
        assert_string_equal(cpr_kind_name(reading->kind), "other");
        assert_int_equal(reading->verdict, CPR_VERDICT_UNLIKELY);
        assert_true(has_signal("notice-unproved"));
        assert_int_equal(reading->score, 0);
    }
}

static void a_notice_of_a_vendor_without_configuration_says_whose(void **state)
{
    (void)state;
    uint32_t count = settings->notice_count;
    static const struct {
        const char *file, *vendor;
    } table[] = {{"defender-en", "Microsoft Defender"},
                 {"proofpoint-en", "Proofpoint"},
                 {"mimecast-en", "Mimecast"},
                 {"barracuda-en", "Barracuda"},
                 {"cisco-en", "Cisco"},
                 {"fortimail-text", "FortiMail"},
                 {"proxmox-en", "Proxmox"},
                 {"google-en", "Google"},
                 {"essentials-en", "Proofpoint Essentials"},
                 {"sophos-en", "Sophos"},
                 {"amavis-admin", "amavis"},
                 {"other-pl", "some mail filter"}};
    settings->notice_count = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        judge_sample(table[i].file);
        bool is_named = false;
        for (uint32_t k = 0; k < reading->signal_count; k++)
            is_named |= strcmp(reading->signals[k].id, "notice-unproved") == 0 &&
                        strcmp(reading->signals[k].text, table[i].vendor) == 0;
        if (!is_named || reading->notice_row_count || reading->kind == CPR_KIND_QUARANTINE_NOTICE)
            fail_msg("%s is not told to be of %s", table[i].file, table[i].vendor);
    }
    settings->notice_count = count;
}

static void a_forwarded_notice_is_what_its_words_say(void **state)
{
    (void)state;
    judge_text("From: boss@example.org\r\nSubject: Fwd: Spam digest\r\n",
               "Why is this in the quarantine? Please revoke our certificate, its private key was published.\n\n"
               "Sender: a@example.org\nSubject: key compromise\nDate: 19.11.2026 21:05\n");
    assert_int_equal(reading->notice_row_count, 0);
    assert_int_equal(reading->verdict, CPR_VERDICT_PROBABLE);
    assert_int_not_equal(reading->kind, CPR_KIND_QUARANTINE_NOTICE);
}

/* What a row's words would make of a mail makes no second alarm of the notice; what is in no row does. */
static void the_rows_count_for_themselves_only(void **state)
{
    (void)state;
    judge_text(TRUSTED HEAD, "From: a@example.org\nSubject: please revoke our certificate, the private key leaked\n");
    assert_int_equal(reading->verdict, CPR_VERDICT_UNLIKELY);
    assert_int_equal(reading->notice_rows[0].verdict, CPR_VERDICT_PROBABLE);
    judge_text(TRUSTED HEAD, "From: a@example.org\nSubject: hello\n\n"
                             "a@example.org wrote: please revoke our certificate, its private key was compromised\n");
    assert_int_equal(reading->verdict, CPR_VERDICT_PROBABLE);
}

static void a_notice_without_rows_surfaces(void **state)
{
    (void)state;
    judge_text(TRUSTED HEAD, "Something new is in your quarantine, in a form that nobody knows yet.\n");
    assert_int_equal(reading->verdict, CPR_VERDICT_POSSIBLE);
    assert_true(has_signal("notice-unread"));
    judge_text(TRUSTED HEAD, "You have 0 messages in quarantine.\n");
    assert_int_equal(reading->verdict, CPR_VERDICT_UNLIKELY);
}

static void another_count_than_that_of_the_rows_surfaces(void **state)
{
    (void)state;
    static const char *const counts[] = {"You have 5 messages in quarantine.",
                                         "Sie haben 5 neue Nachrichten.",
                                         "5 nouveaux messages",
                                         "Mensajes en cuarentena: 5",
                                         "Messaggi: 5",
                                         "5件のメッセージがあります",
                                         "Zatrzymane wiadomości: 5",
                                         "Você tem 5 mensagens em quarentena.",
                                         "U hebt 5 nieuwe berichten",
                                         "Showing 1 of 5 messages"};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        char body[512];
        snprintf(body, sizeof body, "%s\n\nFrom: a@example.org\nSubject: you have 1 message\n", counts[i]);
        judge_text(TRUSTED HEAD, body);
        assert_int_equal(reading->notice_row_count, 1);
        if (reading->verdict != CPR_VERDICT_POSSIBLE || !has_signal("notice-count"))
            fail_msg("'%s' goes unnoticed", counts[i]);
    }
    judge_text(TRUSTED HEAD, "In quarantine since 05:30 of 2 days ago (14 days are left): 1 message\n\n"
                             "From: a@example.org\nSubject: hello\n");
    assert_int_equal(reading->verdict, CPR_VERDICT_UNLIKELY);
}

static void more_rows_than_are_kept_make_it_undecidable(void **state)
{
    (void)state;
    struct cpr_buffer body = cpr_buffer_new(1024 * 1024);
    cpr_buffer_add_text(&body, "<table><tr><th>From</th><th>Subject</th><th>Date</th></tr>");
    for (int i = 0; i < CPR_NOTICE_ROWS_MAX + 1; i++)
        cpr_buffer_add_format(&body, "<tr><td>a%d@example.org</td><td>s</td><td>2026-11-19 10:00</td></tr>", i);
    cpr_buffer_add_text(&body, "</table>");
    judge_text(TRUSTED HEAD, cpr_buffer_text(&body));
    assert_int_equal(reading->notice_row_count, CPR_NOTICE_ROWS_MAX);
    assert_true(reading->limits & CPR_READING_NOTICE_ROWS);
    assert_int_equal(reading->verdict, CPR_VERDICT_UNDECIDABLE);
    cpr_buffer_free(&body);
}

/* What strangers may write into the subject of their own row. */
static const char *const hostile[] = {
    "Subject: x",
    "From: b@example.net",
    "From",
    "Subject\tFrom\tDate",
    "Date: 2020-01-01",
    "2026-11-19 10:00:00",
    "x\nFrom: evil@example.net\nSubject: y\nDate: 1999-01-01",
    "x\n Date: 2026-11-19 10:00\n From: y",
    "x\nFrom  Subject  Date",
    "a@example.org",
    "</td></tr></table>",
    "Release",
    "You have 1 message",
    "| | |",
    "",
};

static void no_subject_takes_another_row_away(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct cpr_buffer text = cpr_buffer_new(8192), table = cpr_buffer_new(8192), escaped = cpr_buffer_new(8192);
        for (const char *c = hostile[i]; *c; c++)
            cpr_buffer_add_text(&escaped, *c == '<' ? "&lt;" : (char[]){*c, 0});
        cpr_buffer_add_text(&table, "<table><tr><th>From</th><th>Subject</th><th>Date</th></tr>");
        for (int k = 1; k <= 4; k++) {
            bool is_evil = k == 2;
            char subject[16];
            snprintf(subject, sizeof subject, "subject %d", k);
            cpr_buffer_add_format(&text, "From: a%d@example.org\nSubject: %s\nDate: 2026-11-19 10:00\n\nRelease\n\n", k,
                                  is_evil ? hostile[i] : subject);
            cpr_buffer_add_format(&table, "<tr><td>a%d@example.org</td><td>%s</td><td>2026-11-19 10:00</td></tr>", k,
                                  is_evil ? cpr_buffer_text(&escaped) : subject);
        }
        const char *bodies[] = {cpr_buffer_text(&text), cpr_buffer_text(&table)};
        for (size_t form = 0; form < 2; form++) {
            judge_text(TRUSTED HEAD, bodies[form]);
            if (reading->notice_row_count < 4 || !lists("a1@example.org", "subject 1") ||
                !lists("a3@example.org", "subject 3") || !lists("a4@example.org", "subject 4"))
                fail_msg("form %zu loses a row to '%s'", form, hostile[i]);
        }
        cpr_buffer_free(&text);
        cpr_buffer_free(&table);
        cpr_buffer_free(&escaped);
    }
}

static void of_two_days_that_can_be_the_earlier_is_taken(void **state)
{
    (void)state;
    char held[CPR_TIME_TEXT_SIZE];
    settings->notices[0].kept_ms = 60 * CPR_DAY_MS;
    judge_text(TRUSTED HEAD, "From: a@example.org\nSubject: x\nDate: 10/11/2026 10:00\n");
    settings->notices[0].kept_ms = 15 * CPR_DAY_MS;
    assert_string_equal(cpr_time_format(reading->notice_rows[0].held_ms, held), "2026-10-11T09:00:00Z");
}

static void a_time_without_a_zone_is_read_early(void **state)
{
    (void)state;
    static const struct {
        const char *date, *received, *row, *held;
    } table[] = {
        /* Date: in UTC, the own host in Berlin: the row may be in either */
        {"Fri, 20 Nov 2026 07:00:00 +0000", "+0100", "2026-11-19 10:00", "2026-11-19T09:00:00Z"},
        {"Fri, 20 Nov 2026 02:00:00 -0500", "+0100", "2026-11-19 10:00", "2026-11-19T09:00:00Z"},
        {"Fri, 20 Nov 2026 08:00:00 +0100", "+0100", "2026-11-19 10:00 UTC", "2026-11-19T10:00:00Z"},
        /* 11 October is longer ago than messages are kept; 11 December is yet to come */
        {"Fri, 20 Nov 2026 08:00:00 +0100", "+0100", "10/11/2026 10:00", "2026-11-10T09:00:00Z"},
        {"Fri, 20 Nov 2026 08:00:00 +0100", "+0100", "12/11/2026 10:00", "2026-11-12T09:00:00Z"},
        {"Fri, 13 Nov 2026 08:00:00 +0100", "+0100", "11/10/2026 10:00", "2026-11-10T09:00:00Z"},
        {"Wed, 04 Nov 2026 08:00:00 +0100", "+0100", "11/03/2026 10:00", "2026-11-03T09:00:00Z"},
        {"Thu, 12 Nov 2026 08:00:00 +0100", "+0100", "11/12/2026 07:00", "2026-11-12T06:00:00Z"},
        /* after the notice: its zone was another */
        {"Fri, 20 Nov 2026 08:00:00 +0100", "+0100", "2026-11-20 15:00", "2026-11-20T07:00:00Z"},
        {"Fri, 20 Nov 2026 08:00:00 +0100", "+0100", "2031-11-20 15:00", "-"},
        {"Fri, 01 Jan 2027 08:00:00 +0100", "+0100", "Dec 31, 11:05 PM", "2026-12-31T22:05:00Z"},
        {"Fri, 20 Nov 2026 08:00:00 +0100", "+0100", "tomorrow", "-"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char header[1024], body[256], held[CPR_TIME_TEXT_SIZE];
        snprintf(header, sizeof header,
                 "Received: from f by mx.ca.example; Sat, 2 Jan 2027 08:00:02 %s\r\n"
                 "Authentication-Results: mx.ca.example; dmarc=pass header.from=filter.example\r\n"
                 "From: q@filter.example\r\nSubject: digest\r\nDate: %s\r\n",
                 table[i].received, table[i].date);
        snprintf(body, sizeof body, "From: a@example.org\nSubject: x\nDate: %s\n", table[i].row);
        judge_text(header, body);
        assert_int_equal(reading->notice_row_count, 1);
        if (strcmp(cpr_time_format(reading->notice_rows[0].held_ms, held), table[i].held) != 0)
            fail_msg("'%s' of %s is read as %s", table[i].row, table[i].date, held);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_every_sample_is_read),
        cmocka_unit_test(a_row_is_judged_by_its_subject),
        cmocka_unit_test(a_subject_is_judged_whole_though_it_is_kept_cut),
        cmocka_unit_test(what_is_not_proved_is_an_ordinary_mail),
        cmocka_unit_test(a_notice_of_a_vendor_without_configuration_says_whose),
        cmocka_unit_test(a_forwarded_notice_is_what_its_words_say),
        cmocka_unit_test(the_rows_count_for_themselves_only),
        cmocka_unit_test(a_notice_without_rows_surfaces),
        cmocka_unit_test(another_count_than_that_of_the_rows_surfaces),
        cmocka_unit_test(more_rows_than_are_kept_make_it_undecidable),
        cmocka_unit_test(no_subject_takes_another_row_away),
        cmocka_unit_test(of_two_days_that_can_be_the_earlier_is_taken),
        cmocka_unit_test(a_time_without_a_zone_is_read_early),
    };
    return cmocka_run_group_tests_name("notice", tests, set_up, tear_down);
}
