/* Handing over mail: against a scripted server on loopback that says and does whatever the case wants. */
#include "cpr/io/smtp.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#define HANG_UP "hang up" /* instead of a reply */
#define SILENCE ""        /* says nothing */

/* Answers to commands by their first letters; the first row that fits answers. "." is the end of the message. */
struct answer {
    const char *command, *reply;
};

struct server {
    const struct answer *answers;
    bool is_implicit;                             /* TLS from the first byte */
    gnutls_certificate_credentials_t credentials; /* borrowed; NULL: no TLS */
    gnutls_session_t session;                     /* NULL while nothing is encrypted */
    int listener;
    unsigned port;
    pthread_t thread;
    atomic_bool is_silent;   /* it came to an answer that is SILENCE */
    struct cpr_buffer heard; /* every byte that the client sent; to be read when the thread has ended */
};

static const struct answer POLITE[] = {{"greeting", "220 server"},
                                       {"EHLO", "250-server\r\n250-SIZE 1000000\r\n250 AUTH PLAIN LOGIN"},
                                       {"AUTH PLAIN", "334 "},
                                       {"AHVzZXIAaHVudGVyMg==", "235 2.7.0 welcome"}, /* \0user\0hunter2 */
                                       {"MAIL", "250 2.1.0 ok"},
                                       {"RCPT", "250 2.1.5 ok"},
                                       {"DATA", "354 go on"},
                                       {".", "250 2.0.0 queued as 4711"},
                                       {"QUIT", "221 bye"},
                                       {"STARTTLS", "220 2.0.0 go on"},
                                       {NULL, NULL}};

static bool say(struct server *server, int fd, const char *reply)
{
    char line[2000];
    int len = snprintf(line, sizeof line, "%s\r\n", reply);
    ssize_t sent = server->session ? gnutls_record_send(server->session, line, (size_t)len)
                                   : send(fd, line, (size_t)len, MSG_NOSIGNAL);
    return sent == len;
}

static const char *answer_to(const struct server *server, const char *line)
{
    for (const struct answer *answer = server->answers; answer->command; answer++)
        if (strncmp(line, answer->command, strlen(answer->command)) == 0)
            return answer->reply;
    for (const struct answer *answer = POLITE; answer->command; answer++)
        if (strncmp(line, answer->command, strlen(answer->command)) == 0)
            return answer->reply;
    return "500 what?";
}

static bool hear_line(struct server *server, int fd, char *line, size_t size)
{
    size_t len = 0;
    while (len + 1 < size && (len == 0 || line[len - 1] != '\n')) {
        ssize_t got = server->session ? gnutls_record_recv(server->session, line + len, 1) : recv(fd, line + len, 1, 0);
        if (got <= 0)
            return false;
        cpr_buffer_add_byte(&server->heard, line[len++]);
    }
    line[len] = 0;
    line[strcspn(line, "\r\n")] = 0;
    return true;
}

static bool encrypt(struct server *server, int fd)
{
    assert_int_equal(gnutls_init(&server->session, GNUTLS_SERVER), 0);
    gnutls_set_default_priority(server->session);
    gnutls_credentials_set(server->session, GNUTLS_CRD_CERTIFICATE, server->credentials);
    gnutls_transport_set_int(server->session, fd);
    return gnutls_handshake(server->session) == 0;
}

static void converse(struct server *server, int fd)
{
    char line[2000];
    bool in_message = false;
    const char *greeting = answer_to(server, "greeting");
    if ((server->is_implicit && !encrypt(server, fd)) || strcmp(greeting, HANG_UP) == 0 || !say(server, fd, greeting))
        return;
    while (hear_line(server, fd, line, sizeof line)) {
        if (in_message && strcmp(line, ".") != 0)
            continue;
        const char *reply = answer_to(server, line);
        if (strcmp(reply, HANG_UP) == 0)
            break;
        if (!reply[0])
            server->is_silent = true;
        else if (!say(server, fd, reply))
            break;
        if (strcmp(line, "STARTTLS") == 0 && reply[0] == '2' && !encrypt(server, fd))
            break;
        in_message = !in_message && strncmp(line, "DATA", 4) == 0 && reply[0] == '3';
    }
}

static void *serve(void *context)
{
    struct server *server = context;
    int fd = accept(server->listener, NULL, NULL);
    if (fd < 0)
        return NULL;
    converse(server, fd);
    if (server->session)
        gnutls_deinit(server->session);
    close(fd);
    return NULL;
}

static void start_with(struct server *server, const struct answer *answers,
                       gnutls_certificate_credentials_t credentials, bool is_implicit)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    *server = (struct server){
        .answers = answers, .credentials = credentials, .is_implicit = is_implicit, .heard = cpr_buffer_new(1 << 20)};
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(server->listener >= 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(server->listener, 1), 0);
    assert_int_equal(getsockname(server->listener, (struct sockaddr *)&address, &size), 0);
    server->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, serve, server), 0);
}

static void start(struct server *server, const struct answer *answers)
{
    start_with(server, answers, NULL, false);
}

static void stop(struct server *server)
{
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
}

/* A self-signed certificate for one name or loopback address; it is written to `ca_path` too. */
static gnutls_certificate_credentials_t make_certificate(const char *name, const char *ca_path)
{
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
    gnutls_certificate_credentials_t credentials;
    gnutls_datum_t pem;
    unsigned char loopback[] = {127, 0, 0, 1};
    bool is_loopback = strcmp(name, "127.0.0.1") == 0;
    assert_int_equal(gnutls_x509_privkey_init(&key), 0);
    assert_int_equal(
        gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0), 0);
    assert_int_equal(gnutls_x509_crt_init(&certificate), 0);
    gnutls_x509_crt_set_version(certificate, 3);
    gnutls_x509_crt_set_serial(certificate, "\x01", 1);
    gnutls_x509_crt_set_activation_time(certificate, time(NULL) - 3600);
    gnutls_x509_crt_set_expiration_time(certificate, time(NULL) + 3600);
    gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, "test", 4);
    if (is_loopback)
        gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, loopback, 4, GNUTLS_FSAN_SET);
    else
        gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, name, (unsigned)strlen(name),
                                             GNUTLS_FSAN_SET);
    gnutls_x509_crt_set_basic_constraints(certificate, 1, 0);
    assert_int_equal(gnutls_x509_crt_set_key(certificate, key), 0);
    assert_int_equal(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0), 0);
    assert_int_equal(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &pem), 0);
    FILE *file = fopen(ca_path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(pem.data, 1, pem.size, file), pem.size);
    fclose(file);
    gnutls_free(pem.data);
    assert_int_equal(gnutls_certificate_allocate_credentials(&credentials), 0);
    assert_int_equal(gnutls_certificate_set_x509_key(credentials, &certificate, 1, key), 0);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
    return credentials;
}

static enum cpr_rc give_secret(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out)
{
    const char *secret = context;
    if (!secret)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "the secret is not there");
    memcpy(out, secret, strlen(secret) + 1);
    return CPR_OK;
}

static const char MESSAGE[] = "Subject: hello\r\n\r\n.a line with a dot\r\n..\r\nlast\r\n";

struct outcome {
    enum cpr_rc rc;
    struct cpr_send_result result;
    struct cpr_error error;
};

static const char *ca_file = "";

static struct outcome send_to(unsigned port, enum cpr_tls tls, const char *user, const struct cpr_pulse *pulse)
{
    struct cpr_server_settings settings = {.host = "127.0.0.1", .port = port, .tls = tls};
    struct outcome outcome = {.result.outcome = 77};
    struct cpr_smtp *smtp = NULL;
    struct cpr_smtp_secret secret = {.context = (void *)(uintptr_t) "hunter2", .read = give_secret};
    snprintf(settings.user, sizeof settings.user, "%s", user);
    snprintf(settings.ca_file, sizeof settings.ca_file, "%s", ca_file);
    assert_int_equal(cpr_smtp_new(&settings, "from@ca.example", secret, pulse, &smtp, NULL), CPR_OK);
    struct cpr_mailer_port port_of_mailer = cpr_smtp_port(smtp);
    outcome.rc = port_of_mailer.send(port_of_mailer.self, "to@ca.example", cpr_view_of(MESSAGE), &outcome.result,
                                     &outcome.error);
    cpr_smtp_free(&smtp);
    assert_null(smtp);
    assert_int_equal(outcome.rc == CPR_OK, outcome.result.outcome == CPR_SEND_ACCEPTED);
    if (outcome.rc != CPR_OK) {
        assert_null(strstr(outcome.error.text, "hunter2"));
        assert_null(strstr(outcome.error.text, "AHVzZXIAaHVudGVyMg"));
    }
    assert_null(strstr(outcome.result.reply, "hunter2"));
    return outcome;
}

static void an_accepted_mail_arrives_byte_by_byte(void **state)
{
    (void)state;
    static const struct answer none[] = {{NULL, NULL}};
    struct server server;
    start(&server, none);
    struct outcome outcome = send_to(server.port, CPR_TLS_NONE, "", NULL);
    stop(&server);
    assert_int_equal(outcome.rc, CPR_OK);
    assert_int_equal(outcome.result.reply_code, 250);
    assert_string_equal(outcome.result.reply, "2.0.0 queued as 4711");
    const char *heard = cpr_buffer_text(&server.heard);
    assert_non_null(strstr(heard, "MAIL FROM:<from@ca.example>"));
    assert_non_null(strstr(heard, "RCPT TO:<to@ca.example>\r\n"));
    assert_non_null(strstr(heard, "DATA\r\nSubject: hello\r\n\r\n..a line with a dot\r\n...\r\nlast\r\n.\r\n"));
    assert_null(strstr(heard, "AUTH"));
    cpr_buffer_free(&server.heard);
}

/* 100 kB of lines of dots: libcurl escapes them in blocks, and must neither lose one nor stop at the announced size. */
static void a_long_mail_of_dots_arrives_whole(void **state)
{
    (void)state;
    static const struct answer none[] = {{NULL, NULL}};
    struct cpr_server_settings settings = {.host = "127.0.0.1", .tls = CPR_TLS_NONE};
    struct cpr_buffer message = cpr_buffer_new(1 << 20), stuffed = cpr_buffer_new(1 << 20);
    cpr_buffer_add_text(&stuffed, "\r\nDATA\r\n");
    for (int i = 0; i < 4000; i++) {
        cpr_buffer_add_format(&message, "%.*sline %d\r\n", i % 7, ".......", i);
        cpr_buffer_add_format(&stuffed, "%s%.*sline %d\r\n", i % 7 ? "." : "", i % 7, ".......", i);
    }
    cpr_buffer_add_text(&stuffed, ".\r\n");
    struct server server;
    start(&server, none);
    settings.port = server.port;
    struct cpr_smtp *smtp = NULL;
    struct cpr_smtp_secret secret = {.context = NULL, .read = give_secret};
    struct cpr_send_result result;
    assert_int_equal(cpr_smtp_new(&settings, "from@ca.example", secret, NULL, &smtp, NULL), CPR_OK);
    struct cpr_mailer_port mailer = cpr_smtp_port(smtp);
    assert_int_equal(mailer.send(mailer.self, "to@ca.example", cpr_buffer_view(&message), &result, NULL), CPR_OK);
    stop(&server);
    assert_int_not_equal(cpr_view_find(cpr_buffer_view(&server.heard), cpr_buffer_text(&stuffed), 0),
                         CPR_VIEW_NOT_FOUND);
    cpr_smtp_free(&smtp);
    cpr_buffer_free(&server.heard);
    cpr_buffer_free(&message);
    cpr_buffer_free(&stuffed);
}

static void a_login_is_made_with_the_secret(void **state)
{
    (void)state;
    static const struct answer none[] = {{NULL, NULL}};
    struct server server;
    start(&server, none);
    struct outcome outcome = send_to(server.port, CPR_TLS_NONE, "user", NULL);
    stop(&server);
    assert_int_equal(outcome.rc, CPR_OK);
    assert_non_null(strstr(cpr_buffer_text(&server.heard), "AHVzZXIAaHVudGVyMg=="));
    cpr_buffer_free(&server.heard);
}

static void each_failure_has_its_outcome(void **state)
{
    (void)state;
    static const struct {
        struct answer answers[4];
        enum cpr_tls tls;
        const char *user;
        enum cpr_rc rc;
        enum cpr_send_outcome outcome;
        int reply_code;
        const char *sentence;
    } table[] = {
        {{{"RCPT", "550 5.1.1 no such user"}},
         CPR_TLS_NONE,
         "",
         CPR_OPERATOR,
         CPR_SEND_REFUSED,
         550,
         "550 5.1.1 no such"},
        {{{"RCPT", "451 4.7.1 greylisted"}},
         CPR_TLS_NONE,
         "",
         CPR_RETRY,
         CPR_SEND_REFUSED,
         451,
         "451 4.7.1 greylisted"},
        {{{"MAIL", "552 too large"}}, CPR_TLS_NONE, "", CPR_OPERATOR, CPR_SEND_REFUSED, 552, "552 too large"},
        {{{"MAIL", "530 login first"}}, CPR_TLS_NONE, "", CPR_OPERATOR, CPR_SEND_REFUSED, 530, "530 login first"},
        {{{"DATA", "451 busy"}}, CPR_TLS_NONE, "", CPR_RETRY, CPR_SEND_REFUSED, 451, "451 busy"},
        {{{".", "452 4.3.1 disk full"}}, CPR_TLS_NONE, "", CPR_RETRY, CPR_SEND_REFUSED, 452, "452 4.3.1 disk full"},
        {{{".", "554-no spam\r\n554 please"}}, CPR_TLS_NONE, "", CPR_OPERATOR, CPR_SEND_REFUSED, 554, "no spam please"},
        {{{".", HANG_UP}}, CPR_TLS_NONE, "", CPR_RETRY, CPR_SEND_UNKNOWN, 354, "did not say whether it took"},
        {{{"RCPT", "450 later"}, {"QUIT", "550 never"}},
         CPR_TLS_NONE,
         "",
         CPR_RETRY,
         CPR_SEND_REFUSED,
         450,
         "450 later"},
        {{{"QUIT", HANG_UP}}, CPR_TLS_NONE, "", CPR_OK, CPR_SEND_ACCEPTED, 250, ""},
        {{{"QUIT", "500 never"}}, CPR_TLS_NONE, "", CPR_OK, CPR_SEND_ACCEPTED, 250, ""},
        {{{"DATA", HANG_UP}}, CPR_TLS_NONE, "", CPR_RETRY, CPR_SEND_REFUSED, 250, "could not be handed to"},
        {{{"EHLO", HANG_UP}}, CPR_TLS_NONE, "", CPR_RETRY, CPR_SEND_REFUSED, 220, "could not be handed to"},
        {{{"greeting", "421 4.3.2 closed"}}, CPR_TLS_NONE, "", CPR_RETRY, CPR_SEND_REFUSED, 421, "421 4.3.2 closed"},
        {{{"greeting", "554 5.3.2 no service"}}, CPR_TLS_NONE, "", CPR_OPERATOR, CPR_SEND_REFUSED, 554, "554 5.3.2 no"},
        {{{"greeting", HANG_UP}}, CPR_TLS_NONE, "", CPR_RETRY, CPR_SEND_REFUSED, 0, "could not be handed to"},
        {{{"AHVz", "535-5.7.8 not hunter2\r\n535 5.7.8 AHVzZXIAaHVudGVyMg=="}},
         CPR_TLS_NONE,
         "user",
         CPR_OPERATOR,
         CPR_SEND_REFUSED,
         535,
         "refused the login of user (535 5.7.8"},
        {{{"AHVz", "454 4.7.0 later"}}, CPR_TLS_NONE, "user", CPR_RETRY, CPR_SEND_REFUSED, 454, "(454 4.7.0)"},
        {{{"EHLO", "250-server\r\n250 AUTH PLAIN"}},
         CPR_TLS_STARTTLS,
         "user",
         CPR_OPERATOR,
         CPR_SEND_REFUSED,
         250,
         "does not offer STARTTLS"},
        {{{"EHLO", "250-server\r\n250 STARTTLS"}, {"STARTTLS", "454 not now"}},
         CPR_TLS_STARTTLS,
         "user",
         CPR_OPERATOR,
         CPR_SEND_REFUSED,
         454,
         "does not offer STARTTLS"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct server server;
        start(&server, table[i].answers);
        struct outcome outcome = send_to(server.port, table[i].tls, table[i].user, NULL);
        stop(&server);
        const char *heard = cpr_buffer_text(&server.heard);
        assert_int_equal(outcome.rc, table[i].rc);
        assert_int_equal(outcome.result.outcome, table[i].outcome);
        assert_int_equal(outcome.result.reply_code, table[i].reply_code);
        if (outcome.rc != CPR_OK)
            assert_non_null(strstr(outcome.error.text, table[i].sentence));
        if (table[i].tls == CPR_TLS_STARTTLS) {
            assert_null(strstr(heard, "AUTH"));
            assert_null(strstr(heard, "MAIL"));
        }
        cpr_buffer_free(&server.heard);
    }
}

static void only_a_verified_server_hears_of_the_mail(void **state)
{
    (void)state;
    static const struct answer offering[] = {{"EHLO", "250-server\r\n250-STARTTLS\r\n250 AUTH PLAIN"}, {NULL, NULL}};
    static const struct {
        const char *name;
        bool is_trusted;
        enum cpr_tls tls;
        enum cpr_rc rc;
    } table[] = {
        {"127.0.0.1", true, CPR_TLS_IMPLICIT, CPR_OK},
        {"127.0.0.1", true, CPR_TLS_STARTTLS, CPR_OK},
        {"127.0.0.1", false, CPR_TLS_IMPLICIT, CPR_OPERATOR},
        {"127.0.0.1", false, CPR_TLS_STARTTLS, CPR_OPERATOR},
        {"other.example", true, CPR_TLS_IMPLICIT, CPR_OPERATOR},
        {"other.example", true, CPR_TLS_STARTTLS, CPR_OPERATOR},
    };
    char path[] = "/tmp/cpr-smtp-ca-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct server server;
        gnutls_certificate_credentials_t credentials = make_certificate(table[i].name, path);
        ca_file = table[i].is_trusted ? path : "";
        start_with(&server, offering, credentials, table[i].tls == CPR_TLS_IMPLICIT);
        struct outcome outcome = send_to(server.port, table[i].tls, "user", NULL);
        stop(&server);
        const char *heard = cpr_buffer_text(&server.heard);
        assert_int_equal(outcome.rc, table[i].rc);
        assert_int_equal(strstr(heard, "AUTH") != NULL, table[i].rc == CPR_OK);
        assert_int_equal(strstr(heard, "MAIL FROM") != NULL, table[i].rc == CPR_OK);
        if (table[i].rc != CPR_OK)
            assert_non_null(strstr(outcome.error.text, "the certificate of 127.0.0.1"));
        gnutls_certificate_free_credentials(credentials);
        cpr_buffer_free(&server.heard);
    }
    ca_file = "";
    unlink(path);
}

static void nobody_listening_is_tried_again(void **state)
{
    (void)state;
    static const struct answer none[] = {{NULL, NULL}};
    struct server server;
    start(&server, none);
    stop(&server);
    struct outcome outcome = send_to(server.port, CPR_TLS_IMPLICIT, "user", NULL);
    assert_int_equal(outcome.rc, CPR_RETRY);
    assert_int_equal(outcome.result.outcome, CPR_SEND_REFUSED);
    assert_int_equal(outcome.result.reply_code, 0);
    cpr_buffer_free(&server.heard);
}

static void a_plain_server_gets_nothing_over_implicit_tls(void **state)
{
    (void)state;
    static const struct answer none[] = {{NULL, NULL}};
    struct server server;
    start(&server, none);
    struct outcome outcome = send_to(server.port, CPR_TLS_IMPLICIT, "user", NULL);
    stop(&server);
    assert_int_equal(outcome.rc, CPR_RETRY);
    assert_int_equal(outcome.result.outcome, CPR_SEND_REFUSED);
    assert_null(strstr(cpr_buffer_text(&server.heard), "MAIL"));
    cpr_buffer_free(&server.heard);
}

static bool until_silence(void *self)
{
    struct server *server = self;
    return !server->is_silent;
}

static void a_stop_is_heard_while_the_server_is_silent(void **state)
{
    (void)state;
    static const struct {
        struct answer answers[3];
        enum cpr_send_outcome outcome;
    } table[] = {{{{"EHLO", SILENCE}}, CPR_SEND_REFUSED},
                 {{{".", SILENCE}}, CPR_SEND_UNKNOWN},
                 {{{".", SILENCE}, {"QUIT", "250 but not for the message"}}, CPR_SEND_UNKNOWN}};
    for (size_t i = 0; i < 3; i++) {
        struct server server;
        struct cpr_pulse pulse = {.self = &server, .beat = until_silence};
        start(&server, table[i].answers);
        struct outcome outcome = send_to(server.port, CPR_TLS_NONE, "", &pulse);
        stop(&server);
        assert_int_equal(outcome.rc, CPR_STOPPED);
        assert_int_equal(outcome.result.outcome, table[i].outcome);
        cpr_buffer_free(&server.heard);
    }
}

static void what_must_not_be_sent_is_refused_before_a_connection(void **state)
{
    (void)state;
    struct cpr_server_settings settings = {.host = "mx.ca.example", .port = 25, .tls = CPR_TLS_NONE};
    struct cpr_smtp_secret secret = {.context = NULL, .read = give_secret};
    struct cpr_smtp *smtp = NULL;
    struct cpr_error error;
    struct cpr_send_result result;
    assert_int_equal(cpr_smtp_new(&settings, "a@b.example", secret, NULL, &smtp, &error), CPR_OPERATOR);
    assert_non_null(strstr(error.text, "without encryption"));
    settings.tls = CPR_TLS_IMPLICIT;
    assert_int_equal(cpr_smtp_new(&settings, "a@b.example\r\nDATA", secret, NULL, &smtp, &error), CPR_OPERATOR);
    snprintf(settings.host, sizeof settings.host, "%s", "evil/path@host");
    assert_int_equal(cpr_smtp_new(&settings, "a@b.example", secret, NULL, &smtp, &error), CPR_OPERATOR);
    assert_null(smtp);
    snprintf(settings.host, sizeof settings.host, "%s", "127.0.0.1");
    snprintf(settings.user, sizeof settings.user, "%s", "user");
    settings.port = 1;
    assert_int_equal(cpr_smtp_new(&settings, "a@b.example", secret, NULL, &smtp, &error), CPR_OK);
    struct cpr_mailer_port mailer = cpr_smtp_port(smtp);
    assert_int_equal(mailer.send(mailer.self, "a@b>\r\nRCPT TO:<x@y", cpr_view_of("m"), &result, &error), CPR_OPERATOR);
    assert_int_equal(result.outcome, CPR_SEND_REFUSED);
    assert_int_equal(mailer.send(mailer.self, "a@b", cpr_view_of("m"), &result, &error), CPR_OPERATOR);
    assert_string_equal(error.text, "the secret is not there");
    assert_int_equal(result.outcome, CPR_SEND_REFUSED);
    cpr_smtp_free(&smtp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accepted_mail_arrives_byte_by_byte),
        cmocka_unit_test(a_long_mail_of_dots_arrives_whole),
        cmocka_unit_test(a_login_is_made_with_the_secret),
        cmocka_unit_test(each_failure_has_its_outcome),
        cmocka_unit_test(only_a_verified_server_hears_of_the_mail),
        cmocka_unit_test(nobody_listening_is_tried_again),
        cmocka_unit_test(a_plain_server_gets_nothing_over_implicit_tls),
        cmocka_unit_test(a_stop_is_heard_while_the_server_is_silent),
        cmocka_unit_test(what_must_not_be_sent_is_refused_before_a_connection),
    };
    return cmocka_run_group_tests_name("smtp", tests, NULL, NULL);
}
