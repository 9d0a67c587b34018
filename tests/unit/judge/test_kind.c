/* What sort of mail it is, and that no mark of a sender's lowers a verdict. */
#include "samples.h"
#include "cpr/judge/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define TRACE "Received: from out.b.example by mx.ca.example; Tue, 5 Mar 2024 15:19:07 +0000\r\n"
#define OURS "Authentication-Results: mx.ca.example; dmarc=pass header.from=ca.example\r\n"
#define FROM_B "From: A <a@b.example>\r\n"
#define FROM_US "From: Desk <desk@ca.example>\r\n"
#define PATH "Return-Path: <a@b.example>\r\n"
#define EMPTY_PATH "Return-Path: <>\r\n"
#define ASKS "Please revoke the certificate https://crt.sh/?id=1234567\r\n"
#define NOISE "The meeting is at ten.\r\n"

static struct cpr_judge_settings *settings;
static struct cpr_reading *reading;

static int set_up(void **state)
{
    (void)state;
    settings = calloc(1, sizeof *settings);
    reading = malloc(sizeof *reading);
    if (!settings || !reading)
        return 1;
    settings->own_host_count = settings->own_address_count = settings->noise_count = 1;
    snprintf(settings->own_hosts[0], sizeof settings->own_hosts[0], "mx.ca.example");
    snprintf(settings->own_addresses[0], sizeof settings->own_addresses[0], "problem-reports@ca.example");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(settings);
    free(reading);
    return 0;
}

static void judge(struct cpr_view raw)
{
    cpr_judge_message(raw, false, settings, reading);
    assert_true(cpr_reading_is_sound(reading));
}

/* Hours that have passed chase an answer; hours that somebody is given do not. */
static void hours_that_have_passed_chase_an_answer(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool chases;
    } table[] = {
        {"It has been more than 48 hours since my certificate problem report about this certificate.", true},
        {"Certificate problem report, sent to you over 72 hours ago.", true},
        {"More than 48hrs later there is nothing about our certificate problem report.", true},
        {"Three days have passed and the certificate problem report of Monday is where it was.", true},
        {"Our certificate problem report: 30 hours without a word.", true},
        {"Wir haben vor mehr als 48 Stunden eine Problemmeldung zu diesem Zertifikat geschickt.", true},
        {"Ma demande de revocation du certificat : plus de 48 heures.", true},
        {"This is a certificate problem report: please revoke within 24 hours.", false},
        {"Certificate problem report. You have no more than 24 hours to answer.", false},
        {"Please answer this certificate problem report in less than 24 hours, and not in more than 24 hours.", false},
        {"Certificate problem report: as the rules say, your findings are due within 24 hours after receipt.", false},
        {"Bitte widerrufen Sie das Zertifikat binnen 24 Stunden; dies ist eine Problemmeldung.", false},
        {"The certificate was issued three days ago. I found this 48 hours ago.", false}, /* of no report */
    };
    char raw[1024];
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        snprintf(raw, sizeof raw, PATH FROM_B "Subject: x\r\n\r\n%s https://crt.sh/?id=1234567\r\n", table[i].text);
        judge(cpr_view_of(raw));
        const char *kind = cpr_kind_name((enum cpr_kind)reading->kind);
        if (strcmp(kind, table[i].chases ? "follow-up" : "report") != 0)
            fail_msg("\"%s\" is a %s", table[i].text, kind);
    }
}

static void each_kind_is_told_by_its_marks(void **state)
{
    (void)state;
    static const struct {
        const char *header, *body, *want;
    } table[] = {
        {PATH FROM_B "Subject: Hello\r\n", NOISE, "other"},
        {PATH FROM_B "Subject: Hello\r\n", ASKS, "report"},
        {PATH FROM_B "Subject: Re: Hello\r\n", NOISE, "other"},
        {PATH FROM_B "Subject: Re: Hello\r\n", ASKS, "follow-up"},
        {PATH FROM_B "In-Reply-To: <1@x>\r\nSubject: Hello\r\n", ASKS, "follow-up"},
        {PATH FROM_B "Subject: Hello\r\n",
         "I sent you a certificate problem report and have not received an answer.\r\n", "follow-up"},
        {PATH FROM_B "Subject: Hello\r\n", ASKS "I wrote to you about the certificate last week and got no answer.\r\n",
         "follow-up"},
        /* Ours, as far as the border proved it. */
        {PATH TRACE OURS FROM_US "Subject: Re: Hello\r\n", ASKS, "reply"},
        {PATH TRACE OURS FROM_US "In-Reply-To: <1@x>\r\nSubject: Hello\r\n", NOISE, "reply"},
        {PATH TRACE OURS FROM_US "Subject: Hello\r\n", ASKS, "report"},
        {PATH TRACE FROM_US "Subject: Re: Hello\r\n", ASKS, "follow-up"},
        {PATH TRACE "Received: from x by b.example; Tue, 5 Mar 2024 15:19:06 +0000\r\n" OURS FROM_US
                    "Subject: Re: Hello\r\n",
         ASKS, "follow-up"},
        {PATH TRACE "Authentication-Results: mx.ca.example; dmarc=pass header.from=b.example\r\n" FROM_B
                    "Subject: Re: Hello\r\n",
         ASKS, "follow-up"},
        /* RFC 3834 and what Exchange writes */
        {PATH FROM_B "Auto-Submitted: auto-replied\r\nSubject: Hello\r\n", NOISE, "auto-reply"},
        {PATH FROM_B "Auto-Submitted: auto-replied (vacation)\r\nSubject: Hello\r\n", ASKS, "auto-reply"},
        {PATH FROM_B "Auto-Submitted: auto-generated\r\nSubject: News\r\n", NOISE, "other"},
        {PATH FROM_B "Auto-Submitted: auto-generated\r\nSubject: Report\r\n", ASKS, "report"},
        {PATH FROM_B "Auto-Submitted: auto-generated\r\nSubject: Re: x\r\n", NOISE, "auto-reply"},
        {PATH FROM_B "Auto-Submitted: no\r\nSubject: Re: x\r\n", ASKS, "follow-up"},
        {PATH FROM_B "X-Auto-Response-Suppress: All\r\nReferences: <1@x>\r\nSubject: x\r\n", NOISE, "auto-reply"},
        {PATH FROM_B "X-Auto-Response-Suppress: All\r\nSubject: News\r\n", NOISE, "other"},
        {EMPTY_PATH FROM_B "Auto-Submitted: auto-replied\r\nSubject: x\r\n", NOISE, "auto-reply"},
        {PATH FROM_B "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n"
                     "Subject: Read\r\n",
         NOISE, "auto-reply"},
        {PATH FROM_B "Subject: [EXTERNAL] Automatic reply: Hello\r\n", NOISE, "auto-reply"},
        {PATH FROM_B "Subject: The agency asked what an automatic reply is\r\n", NOISE, "other"},
        {PATH FROM_B "Subject: Hello\r\n", "Automatic reply\r\n", "other"},
        /* RFC 3464 */
        {PATH FROM_B "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\nSubject: x\r\n", ASKS,
         "bounce"},
        {EMPTY_PATH FROM_B "Subject: x\r\n", NOISE, "bounce"},
        {EMPTY_PATH FROM_B "Subject: x\r\n", ASKS, "report"},
        {EMPTY_PATH FROM_B "Subject: failure notice\r\n", ASKS, "bounce"},
        {PATH "From: MAILER-DAEMON@b.example\r\nSubject: Undelivered Mail Returned to Sender\r\n", ASKS, "bounce"},
        {PATH FROM_B "Subject: Undelivered Mail Returned to Sender\r\n", ASKS, "report"},
        /* RFC 5965, RFC 7489, RFC 8460 */
        {PATH FROM_B "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\nSubject: FW: x\r\n",
         NOISE, "machine-report"},
        {EMPTY_PATH FROM_B "Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=b\r\nSubject: x\r\n",
         NOISE, "machine-report"},
        {PATH FROM_B "Subject: Report Domain: ca.example Submitter: b.example Report-ID: <1@b>\r\n", NOISE,
         "machine-report"},
        {PATH FROM_B "Subject: [Preview] Report domain: ca.example\r\n\tSubmitter: b.example\r\n", NOISE,
         "machine-report"},
        {PATH FROM_B "Content-Type: application/gzip; name=\"b.example!ca.example!1700000000!1700086399.xml.gz\"\r\n"
                     "Subject: x\r\n",
         "H4sI", "machine-report"},
        {PATH FROM_B "Content-Type: application/tlsrpt+gzip; name=x\r\nSubject: x\r\n", "H4sI", "machine-report"},
        /* by wording, and only without hard evidence */
        {PATH FROM_B "Subject: Quarantine summary\r\n", "3 held messages in quarantine\r\n", "other"},
        {PATH FROM_B "Subject: Quarantine summary\r\n", "3 held messages in quarantine\r\n" ASKS, "report"},
        {PATH FROM_B "Subject: x\r\n", "CPR canary 7\r\n", "canary"},
        {PATH FROM_B "Subject: x\r\n", "CPR canary 7\r\n" ASKS, "report"},
        {PATH FROM_B "Subject: CCADB: audit statements\r\n", "Your audit statements are missing.\r\n", "compliance"},
        {PATH FROM_B "Auto-Submitted: auto-replied\r\nSubject: CCADB: audit statements\r\n",
         "Your audit statements are missing.\r\n", "compliance"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char mail[2048];
        int len = snprintf(mail, sizeof mail, "%s\r\n%s", table[i].header, table[i].body);
        assert_true(len > 0 && (size_t)len < sizeof mail);
        judge(cpr_view_make(mail, (size_t)len));
        if (strcmp(cpr_kind_name(reading->kind), table[i].want) != 0)
            print_message("%s%s%s\n", table[i].header, table[i].body, cpr_verdict_name(reading->verdict));
        assert_string_equal(cpr_kind_name(reading->kind), table[i].want);
    }
}

static void an_automatic_reply_names_itself_in_many_languages(void **state)
{
    (void)state;
    static const char *const table[] = {
        "Automatic reply: Report",
        "Out of Office",
        "Abwesenheitsnotiz: Bericht",
        "Automatische Antwort: Bericht",
        "Réponse automatique : Rapport",
        "Respuesta automática: Informe",
        "Risposta automatica: Rapporto",
        "Resposta automática: Relatório",
        "Automatisch antwoord: Rapport",
        "Odpowiedź automatyczna: Raport",
        "Automatická odpověď: Zpráva",
        "Automatická odpoveď: Správa",
        "Automatikus válasz: Jelentés",
        "Răspuns automat: Raport",
        "Автоматичен отговор: Доклад",
        "Otomatik yanıt: Rapor",
        "Αυτόματη απάντηση: Αναφορά",
        "Автоматический ответ: Отчёт",
        "Автоматична відповідь: Звіт",
        "自動応答: 報告",
        "自动答复: 报告",
        "自動回覆: 報告",
        "자동 회신: 보고",
        "Autosvar: Rapport",
        "Automaattinen vastaus: Raportti",
        "Automatisk svar: Rapport",
        "Automatisk svar: Rapport",
        "תשובה אוטומטית: דוח",
        "رد تلقائي: تقرير",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char mail[1024];
        int len = snprintf(mail, sizeof mail, PATH FROM_B "Subject: %s\r\n\r\n" NOISE, table[i]);
        judge(cpr_view_make(mail, (size_t)len));
        if (reading->kind != CPR_KIND_AUTO_REPLY)
            print_message("%s\n", table[i]);
        assert_int_equal(reading->kind, CPR_KIND_AUTO_REPLY);
    }
}

/* A field where a sender can write it: below what the border and the servers before it wrote. What begins with
 * "Subject: " is put before the subject that is there. */
static void add_with_field(struct cpr_buffer *mail, struct cpr_view raw, const char *field)
{
    size_t at = 0, subject = cpr_view_find(raw, "\nSubject: ", 0);
    cpr_buffer_clear(mail);
    if (cpr_view_starts_nocase(cpr_view_of(field), "Subject: ") && subject != CPR_VIEW_NOT_FOUND) {
        cpr_buffer_add(mail, cpr_view_slice(raw, 0, subject + 1));
        cpr_buffer_add(mail, cpr_view_slice(cpr_view_of(field), 0, strlen(field) - 2));
        cpr_buffer_add(mail, cpr_view_slice(raw, subject + strlen("\nSubject:"), raw.len));
        return;
    }
    while (at < raw.len) {
        struct cpr_view rest = cpr_view_slice(raw, at, raw.len);
        if (!cpr_view_starts_nocase(rest, "Return-Path:") && !cpr_view_starts_nocase(rest, "Received:") &&
            !cpr_ascii_is_space(rest.data[0]))
            break;
        size_t end = cpr_view_find_byte(raw, '\n', at);
        at = end == CPR_VIEW_NOT_FOUND ? raw.len : end + 1;
    }
    cpr_buffer_add(mail, cpr_view_slice(raw, 0, at));
    cpr_buffer_add_text(mail, field);
    cpr_buffer_add(mail, cpr_view_slice(raw, at, raw.len));
}

static void compare_with_marks(void *context, const char *path)
{
    static const char *const fields[] = {
        "Auto-Submitted: auto-replied\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Precedence: bulk\r\n",
        "Precedence: junk\r\n",
        "Precedence: list\r\nList-Id: <news.b.example>\r\nList-Unsubscribe: <https://b.example/off>\r\n",
        "X-Auto-Response-Suppress: All\r\n",
        "X-Failed-Recipients: a@b.example\r\n",
        "Return-Path: <>\r\n",
        "In-Reply-To: <1@ca.example>\r\n",
        "From: CA Desk <problem-reports@ca.example>\r\n",
        "From: problem-reports@ca.example\r\nAuthentication-Results: b.example; dmarc=pass header.from=ca.example\r\n",
        "Received: from x by b.example; Tue, 5 Mar 2024 15:19:07 +0000\r\n" OURS FROM_US,
        "Subject: Automatic reply: hello\r\n",
        "Subject: Report Domain: ca.example Submitter: b.example Report-ID: 1\r\n",
        "Subject: Quarantine summary: held messages\r\n",
        "Subject: CPR canary 7\r\n",
        "X-Spam-Flag: YES\r\nX-Spam-Score: 99\r\n",
        "X-CPR-Auditd-Alert: 0000000000000000000000000000000000000000000000000000000000000000\r\n",
    };
    unsigned *lower = context;
    struct cpr_buffer file = sample_read(path), mail = cpr_buffer_new(16 * 1024 * 1024);
    judge(cpr_buffer_view(&file));
    uint32_t before = reading->verdict;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        add_with_field(&mail, cpr_buffer_view(&file), fields[i]);
        judge(cpr_buffer_view(&mail));
        bool is_lower = reading->verdict < before;
        if (is_lower)
            print_message("%s: %s with %s", path, cpr_verdict_name(reading->verdict), fields[i]);
        *lower += is_lower;
    }
    cpr_buffer_free(&mail);
    cpr_buffer_free(&file);
}

static void no_mark_of_a_sender_lowers_a_verdict(void **state)
{
    (void)state;
    unsigned lower = 0;
    snprintf(settings->noise[0].name, sizeof settings->noise[0].name, "own");
    settings->noise[0].sender_count = 1;
    snprintf(settings->noise[0].senders[0], sizeof settings->noise[0].senders[0], "@ca.example");
    assert_true(sample_each(CPR_SOURCE_DIR "/tests/samples/cpr", compare_with_marks, &lower) >= 200);
    assert_int_equal(lower, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_that_have_passed_chase_an_answer),
        cmocka_unit_test(each_kind_is_told_by_its_marks),
        cmocka_unit_test(an_automatic_reply_names_itself_in_many_languages),
        cmocka_unit_test(no_mark_of_a_sender_lowers_a_verdict),
    };
    return cmocka_run_group_tests_name("kind", tests, set_up, tear_down);
}
