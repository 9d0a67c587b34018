#include "cpr/io/smtp.h"

#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/io/address.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE_DIGITS = 3, CHALLENGE = 334 };

struct cpr_smtp {
    struct cpr_server_settings server;
    char from[CPR_ADDRESS_MAX];
    struct cpr_smtp_secret secret;
    const struct cpr_pulse *pulse; /* borrowed */
};

/* One mail on its way. */
struct delivery {
    const struct cpr_smtp *smtp; /* borrowed */
    struct cpr_view unsent;      /* of the message */
    struct cpr_buffer text;      /* of the reply being read, its lines joined by blanks */
    bool is_inside_reply;        /* more lines of it follow */
    bool after_challenge;        /* the next reply answers a password */
    bool is_over;                /* the message was answered or QUIT was said: no later reply counts */
    bool is_stopped;             /* the pulse asked for the end */
    struct cpr_send_result result;
};

/* --- what libcurl calls ------------------------------------------------------------------------------------------ */

static size_t give_message(char *out, size_t size, size_t count, void *context)
{
    struct delivery *delivery = context;
    struct cpr_view piece = cpr_view_slice(delivery->unsent, 0, size * count);
    if (piece.len)
        memcpy(out, piece.data, piece.len);
    delivery->unsent = cpr_view_slice(delivery->unsent, piece.len, delivery->unsent.len);
    return piece.len;
}

/* Of an answer to a password only the enhanced status code (RFC 3463) is kept, "5.7.8". */
static struct cpr_view without_secrets(struct cpr_view text)
{
    size_t len = 0;
    while (len < text.len && len < 9 && (cpr_ascii_is_digit(text.data[len]) || text.data[len] == '.'))
        len++;
    return cpr_view_slice(text, 0, len);
}

static void end_reply(struct delivery *delivery, int code)
{
    delivery->result.reply_code = code;
    cpr_text_copy(delivery->result.reply, sizeof delivery->result.reply, cpr_buffer_view(&delivery->text));
    delivery->after_challenge = code == CHALLENGE;
    if (delivery->unsent.len)
        return;
    /* The whole message was asked for, which happens only after the go-ahead to DATA: this is the reply to it. */
    delivery->is_over = true;
    delivery->result.outcome = code / 100 == 2   ? CPR_SEND_ACCEPTED
                               : code / 100 >= 4 ? CPR_SEND_REFUSED
                                                 : CPR_SEND_UNKNOWN;
}

/* libcurl hands over each line that the server sends: "250-first" ... "250 last". */
static size_t take_reply_line(char *data, size_t size, size_t count, void *context)
{
    struct delivery *delivery = context;
    struct cpr_view line = cpr_view_trim(cpr_view_make(data, size * count));
    int code = 0;
    for (size_t i = 0; i < CODE_DIGITS && i < line.len && cpr_ascii_is_digit(line.data[i]); i++)
        code = code * 10 + (line.data[i] - '0');
    if (delivery->is_over || code < 100)
        return size * count;
    struct cpr_view text = cpr_view_slice(line, CODE_DIGITS + 1, line.len);
    if (!delivery->is_inside_reply)
        cpr_buffer_clear(&delivery->text);
    else
        cpr_buffer_add_byte(&delivery->text, ' ');
    cpr_buffer_add(&delivery->text, delivery->after_challenge && code >= 400 ? without_secrets(text) : text);
    delivery->is_inside_reply = line.len > CODE_DIGITS && line.data[CODE_DIGITS] == '-';
    if (!delivery->is_inside_reply)
        end_reply(delivery, code);
    return size * count;
}

/* Sees every byte in both directions, passwords too, and keeps none: it only waits for libcurl's QUIT, which comes also
 * after a refusal or a stop, and whose answer must not pass for the answer to the message. */
static int watch_for_quit(CURL *easy, curl_infotype type, char *data, size_t size, void *context)
{
    struct delivery *delivery = context;
    (void)easy;
    if (type == CURLINFO_HEADER_OUT && cpr_view_starts_nocase(cpr_view_make(data, size), "QUIT"))
        delivery->is_over = true;
    return 0;
}

static int beat(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
    struct delivery *delivery = context;
    (void)down_total, (void)down, (void)up_total, (void)up;
    delivery->is_stopped = delivery->is_stopped || !cpr_pulse_beat(delivery->smtp->pulse);
    return delivery->is_stopped;
}

/* --- one transaction --------------------------------------------------------------------------------------------- */

static bool set_connection(CURL *easy, const struct cpr_server_settings *server)
{
    char url[sizeof server->host + 32];
    bool is_ipv6 = strchr(server->host, ':') != NULL;
    snprintf(url, sizeof url, "%s://%s%s%s:%u", server->tls == CPR_TLS_IMPLICIT ? "smtps" : "smtp", is_ipv6 ? "[" : "",
             server->host, is_ipv6 ? "]" : "", server->port);
    bool ok = curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CPR_WIRE_CONNECT_MS) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)CPR_SMTP_TOTAL_MS) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)CPR_SMTP_TOTAL_MS / 1000) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
    if (ok && server->tls == CPR_TLS_STARTTLS)
        ok = curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL) == CURLE_OK;
    /* A CA file replaces the system's trust, also its directory of certificates. */
    if (ok && server->ca_file[0])
        ok = curl_easy_setopt(easy, CURLOPT_CAINFO, server->ca_file) == CURLE_OK &&
             curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
    return ok;
}

static bool set_mail(CURL *easy, struct delivery *delivery, const struct curl_slist *recipients)
{
    return curl_easy_setopt(easy, CURLOPT_MAIL_FROM, delivery->smtp->from) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)delivery->unsent.len) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_message) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_READDATA, delivery) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_reply_line) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERDATA, delivery) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, watch_for_quit) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_DEBUGDATA, delivery) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, beat) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_XFERINFODATA, delivery) == CURLE_OK;
}

static enum cpr_rc set_login(CURL *easy, const struct cpr_smtp *smtp, struct cpr_error *error_out)
{
    char secret[CPR_SECRET_MAX];
    if (!smtp->server.user[0])
        return CPR_OK;
    enum cpr_rc rc = smtp->secret.read(smtp->secret.context, secret, error_out);
    if (rc != CPR_OK)
        return rc;
    if (curl_easy_setopt(easy, CURLOPT_USERNAME, smtp->server.user) != CURLE_OK ||
        curl_easy_setopt(easy, CURLOPT_PASSWORD, secret) != CURLE_OK)
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to log in to %s", smtp->server.host);
    explicit_bzero(secret, sizeof secret);
    return rc;
}

/* The world's reason why the mail was not accepted. */
static enum cpr_rc explain(const struct delivery *delivery, const char *recipient, CURLcode code, const char *why,
                           struct cpr_error *error_out)
{
    const struct cpr_server_settings *server = &delivery->smtp->server;
    const struct cpr_send_result *result = &delivery->result;
    if (delivery->is_stopped)
        return cpr_error_set(error_out, CPR_STOPPED, (int)code, "the mail to %s was broken off: asked to end",
                             recipient);
    if (code == CURLE_USE_SSL_FAILED)
        return cpr_error_set(error_out, CPR_OPERATOR, (int)code,
                             "%s:%u does not offer STARTTLS, which [smtp] tls demands; nothing was sent", server->host,
                             server->port);
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
        return cpr_error_set(error_out, CPR_OPERATOR, (int)code, "the certificate of %s:%u was refused: %s",
                             server->host, server->port, why);
    if (code == CURLE_LOGIN_DENIED)
        return cpr_error_set(error_out, result->reply_code / 100 == 4 ? CPR_RETRY : CPR_OPERATOR, result->reply_code,
                             "%s:%u refused the login of %s (%d %s); check user and password of [smtp]", server->host,
                             server->port, server->user, result->reply_code, result->reply);
    if (result->outcome == CPR_SEND_UNKNOWN)
        return cpr_error_set(error_out, CPR_RETRY, (int)code,
                             "%s:%u did not say whether it took the mail to %s (%s); it will be sent again",
                             server->host, server->port, recipient, why);
    if (result->reply_code >= 400)
        return cpr_error_set(error_out, result->reply_code / 100 == 5 ? CPR_OPERATOR : CPR_RETRY, result->reply_code,
                             "%s:%u refused the mail to %s: %d %s", server->host, server->port, recipient,
                             result->reply_code, result->reply);
    return cpr_error_set(error_out, CPR_RETRY, (int)code, "the mail to %s could not be handed to %s:%u: %s", recipient,
                         server->host, server->port, why);
}

static enum cpr_rc transact(CURL *easy, struct delivery *delivery, const char *recipient, struct cpr_error *error_out)
{
    char why[CURL_ERROR_SIZE] = "";
    const struct cpr_smtp *smtp = delivery->smtp;
    struct curl_slist *recipients = curl_slist_append(NULL, recipient);
    enum cpr_rc rc;
    if (!recipients || !set_connection(easy, &smtp->server) || !set_mail(easy, delivery, recipients) ||
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, why) != CURLE_OK) {
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to send a mail");
        goto out;
    }
    rc = set_login(easy, smtp, error_out);
    if (rc != CPR_OK)
        goto out;
    CURLcode code = curl_easy_perform(easy);
    /* As long as a part of the message was not asked for, its end cannot have been sent. */
    if (delivery->unsent.len)
        delivery->result.outcome = CPR_SEND_REFUSED;
    if (delivery->result.outcome != CPR_SEND_ACCEPTED)
        rc = explain(delivery, recipient, code, why[0] ? why : curl_easy_strerror(code), error_out);
out:
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all(recipients);
    return rc;
}

static enum cpr_rc send_mail(void *self, const char *recipient, struct cpr_view message,
                             struct cpr_send_result *result_out, struct cpr_error *error_out)
{
    struct delivery delivery = {.smtp = self, .unsent = message, .text = cpr_buffer_new(1024)};
    enum cpr_rc rc;
    CPR_ASSERT(message.len > 0);
    delivery.result.outcome = CPR_SEND_REFUSED; /* until something is sent */
    CURL *easy = NULL;
    if (!cpr_address_is_valid(cpr_view_of(recipient))) {
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "\"%s\" is no mail address; nothing was sent to it", recipient);
        goto out;
    }
    easy = curl_easy_init();
    if (!easy) {
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to send a mail");
        goto out;
    }
    delivery.result.outcome = CPR_SEND_UNKNOWN;
    rc = transact(easy, &delivery, recipient, error_out);
    if (delivery.unsent.len)
        delivery.result.outcome = CPR_SEND_REFUSED;
out:
    *result_out = delivery.result;
    curl_easy_cleanup(easy);
    cpr_buffer_free(&delivery.text);
    return rc;
}

/* --- the mailer -------------------------------------------------------------------------------------------------- */

enum cpr_rc cpr_smtp_new(const struct cpr_server_settings *server, const char *from, struct cpr_smtp_secret secret,
                         const struct cpr_pulse *pulse, struct cpr_smtp **smtp_out, struct cpr_error *error_out)
{
    if (!cpr_address_is_valid(cpr_view_of(from)))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "\"%s\" is no mail address to send from", from);
    if (!cpr_host_is_valid(cpr_view_of(server->host)))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "\"%s\" is no host to send mail through", server->host);
    if (server->tls == CPR_TLS_NONE && !cpr_host_is_loopback(server->host))
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "%s would be given mail without encryption; that is allowed for a loopback host only",
                             server->host);
    struct cpr_smtp *smtp = calloc(1, sizeof *smtp);
    if (!smtp)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to send mail");
    smtp->server = *server;
    smtp->secret = secret;
    smtp->pulse = pulse;
    CPR_ASSERT(cpr_view_copy(cpr_view_of(from), smtp->from, sizeof smtp->from));
    *smtp_out = smtp;
    return CPR_OK;
}

void cpr_smtp_free(struct cpr_smtp **smtp)
{
    free(*smtp);
    *smtp = NULL;
}

struct cpr_mailer_port cpr_smtp_port(struct cpr_smtp *smtp)
{
    return (struct cpr_mailer_port){.self = smtp, .send = send_mail};
}
