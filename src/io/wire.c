#include "cpr/io/wire.h"
#include "cpr/base/assert.h"
#include "cpr/base/limits.h"
#include "cpr/io/imap_guard.h"

#include <curl/curl.h>
#include <errno.h>
#include <libetpan/mailstream.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BEAT_MS = 500, RAW_BYTES = 32 * 1024 };

struct wire_budget {
    int64_t end_ms;           /* monotonic */
    int64_t paused_ms;        /* monotonic; when the pause began */
    uint64_t received_before; /* bytes received when the command began */
};

struct cpr_wire {
    CURLM *multi; /* owned */
    CURL *easy;   /* owned */
    curl_socket_t socket;
    struct cpr_pulse pulse;
    int64_t beat_at_ms; /* monotonic; of the next beat */
    struct wire_budget budget;
    struct cpr_imap_guard guard;
    struct cpr_error failure; /* rc CPR_OK while sound */
    uint64_t received;
    int64_t cut_left; /* negative for never */

    char raw[RAW_BYTES]; /* received, not yet looked at */
    size_t raw_from, raw_to;
    struct cpr_buffer line; /* the line that is being gathered, or handed on once it was judged */
    size_t line_from;       /* of `line`, already handed on */
    bool line_is_judged;
    uint32_t literal_left;
};

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Keeps the first reason: what follows from it says less. */
static void fail(struct cpr_wire *wire, enum cpr_rc rc, int detail, const char *why)
{
    if (wire->failure.rc == CPR_OK)
        cpr_error_set(&wire->failure, rc, detail, "%s", why);
}

/* Beats when it is time and checks the deadline: true when the wire may go on. */
static bool may_go_on(struct cpr_wire *wire)
{
    int64_t now_ms = monotonic_ms();
    int64_t earned_ms = (int64_t)((wire->received - wire->budget.received_before) / CPR_WIRE_BYTES_PER_MS);
    if (now_ms >= wire->beat_at_ms) {
        wire->beat_at_ms = now_ms + BEAT_MS;
        if (!cpr_pulse_beat(&wire->pulse))
            fail(wire, CPR_STOPPED, 0, "stopped while waiting for the mail server");
    }
    if (now_ms >= wire->budget.end_ms + earned_ms)
        fail(wire, CPR_RETRY, ETIMEDOUT, "the mail server took too long");
    return wire->failure.rc == CPR_OK;
}

static bool wait_for_socket(struct cpr_wire *wire, short events)
{
    struct pollfd item = {.fd = wire->socket, .events = events};
    int64_t left_ms = wire->budget.end_ms - monotonic_ms();
    poll(&item, 1, left_ms > BEAT_MS || left_ms < 0 ? BEAT_MS : (int)left_ms + 1);
    return may_go_on(wire);
}

/* Fills `raw` with what the server sends next; false when the wire failed. */
static bool receive(struct cpr_wire *wire)
{
    size_t want = sizeof wire->raw, got = 0;
    if (wire->cut_left >= 0 && (uint64_t)wire->cut_left < want)
        want = (size_t)wire->cut_left;
    if (want == 0)
        fail(wire, CPR_RETRY, 0, "the connection was cut by a test");
    if (!may_go_on(wire))
        return false;
    CURLcode code;
    while ((code = curl_easy_recv(wire->easy, wire->raw, want, &got)) == CURLE_AGAIN)
        if (!wait_for_socket(wire, POLLIN))
            return false;
    if (code != CURLE_OK || got == 0) {
        fail(wire, CPR_RETRY, (int)code,
             code == CURLE_OK ? "the mail server closed the connection" : curl_easy_strerror(code));
        return false;
    }
    wire->received += got;
    wire->raw_from = 0;
    wire->raw_to = got;
    if (wire->cut_left >= 0)
        wire->cut_left -= (int64_t)got;
    return true;
}

/* Moves bytes of `raw` into the line until its LF is there, and judges it then. */
static void gather_line(struct cpr_wire *wire)
{
    if (wire->line_is_judged) {
        cpr_buffer_clear(&wire->line);
        wire->line_from = 0;
        wire->line_is_judged = false;
    }
    struct cpr_view raw = cpr_view_make(wire->raw + wire->raw_from, wire->raw_to - wire->raw_from);
    size_t end = cpr_view_find_byte(raw, '\n', 0);
    struct cpr_view piece = end == CPR_VIEW_NOT_FOUND ? raw : cpr_view_slice(raw, 0, end + 1);
    cpr_buffer_add(&wire->line, piece);
    wire->raw_from += piece.len;
    if (cpr_buffer_is_full(&wire->line)) {
        fail(wire, CPR_RETRY, 0, "the mail server sent a line that never ends");
    } else if (end != CPR_VIEW_NOT_FOUND) {
        struct cpr_error refusal;
        uint32_t literal = 0;
        enum cpr_rc rc = cpr_imap_guard_line(&wire->guard, wire->line.data, wire->line.len, &literal, &refusal);
        if (rc == CPR_ABSENT)
            cpr_buffer_clear(&wire->line);
        else if (rc != CPR_OK)
            fail(wire, rc, 0, refusal.text);
        else
            wire->line_is_judged = true;
        wire->literal_left = literal;
    }
}

/* Hands on what was judged: the rest of the line first, then the literal behind it. */
static size_t hand_on(struct cpr_wire *wire, char *out, size_t size)
{
    if (wire->line_is_judged && wire->line_from < wire->line.len) {
        struct cpr_view piece = cpr_view_slice(cpr_buffer_view(&wire->line), wire->line_from, size);
        memcpy(out, piece.data, piece.len);
        wire->line_from += piece.len;
        return piece.len;
    }
    size_t len = wire->raw_to - wire->raw_from;
    len = len < wire->literal_left ? len : wire->literal_left;
    len = len < size ? len : size;
    memcpy(out, wire->raw + wire->raw_from, len);
    wire->raw_from += len;
    wire->literal_left -= (uint32_t)len;
    return len;
}

/* Never answers 0: libetpan would ask for the rest of a literal for ever. */
static ssize_t stream_read(mailstream_low *low, void *out, size_t size)
{
    struct cpr_wire *wire = low->data;
    size_t done = 0;
    while (done < size) {
        size_t len = hand_on(wire, (char *)out + done, size - done);
        done += len;
        if (len > 0)
            continue;
        if (wire->failure.rc != CPR_OK || (wire->raw_from == wire->raw_to && (done > 0 || !receive(wire))))
            break;
        if (wire->literal_left == 0)
            gather_line(wire);
    }
    return done > 0 ? (ssize_t)done : -1;
}

static ssize_t stream_write(mailstream_low *low, const void *data, size_t size)
{
    struct cpr_wire *wire = low->data;
    if (!may_go_on(wire))
        return -1;
    size_t put = 0;
    CURLcode code;
    while ((code = curl_easy_send(wire->easy, data, size, &put)) == CURLE_AGAIN)
        if (!wait_for_socket(wire, POLLOUT))
            return -1;
    if (code == CURLE_OK)
        return (ssize_t)put;
    fail(wire, CPR_RETRY, (int)code, curl_easy_strerror(code));
    return -1;
}

static int stream_close(mailstream_low *low)
{
    (void)low; /* the wire outlives its stream: cpr_wire_free() closes */
    return 0;
}

static int stream_socket(mailstream_low *low)
{
    return ((struct cpr_wire *)low->data)->socket;
}

static void stream_free(mailstream_low *low)
{
    free(low->identifier);
    free(low);
}

static void stream_cancel(mailstream_low *low)
{
    fail(low->data, CPR_STOPPED, 0, "cancelled");
}

static struct mailstream_cancel *stream_get_cancel(mailstream_low *low)
{
    (void)low;
    return NULL;
}

mailstream *cpr_wire_stream(struct cpr_wire *wire)
{
    static mailstream_low_driver driver = {
        .mailstream_read = stream_read,
        .mailstream_write = stream_write,
        .mailstream_close = stream_close,
        .mailstream_get_fd = stream_socket,
        .mailstream_free = stream_free,
        .mailstream_cancel = stream_cancel,
        .mailstream_get_cancel = stream_get_cancel,
    };
    mailstream_low *low = mailstream_low_new(wire, &driver);
    if (!low)
        return NULL;
    mailstream *stream = mailstream_new(low, 8192);
    if (!stream)
        stream_free(low);
    return stream;
}

static bool is_loopback(const char *host)
{
    unsigned b, c, d;
    char rest;
    return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
           (sscanf(host, "127.%3u.%3u.%3u%c", &b, &c, &d, &rest) == 3 && b < 256 && c < 256 && d < 256);
}

/* Host names and addresses only: nothing that could turn the URL into another one. */
static bool is_host(const char *host)
{
    for (const char *c = host; *c; c++)
        if (!cpr_ascii_is_alpha(*c) && !cpr_ascii_is_digit(*c) && !strchr(".-_:", *c))
            return false;
    return *host != 0;
}

static enum cpr_rc check_server(const struct cpr_server_settings *server, struct cpr_error *error_out)
{
    if (!is_host(server->host) || server->port == 0 || server->port > 65535)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "'%s' port %u is not a mail server's address", server->host,
                             server->port);
    if (server->tls == CPR_TLS_STARTTLS)
        return cpr_error_set(
            error_out, CPR_OPERATOR, 0,
            "STARTTLS is not offered for IMAP (it can be stripped on the way); use the implicit TLS port "
            "of %s, usually 993",
            server->host);
    if (server->tls == CPR_TLS_NONE && !is_loopback(server->host))
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "%s would be asked for mail without encryption; that is allowed for a loopback host only",
                             server->host);
    return CPR_OK;
}

static bool configure(struct cpr_wire *wire, const struct cpr_server_settings *server, int64_t connect_ms, char *why)
{
    char url[sizeof server->host + 32];
    bool is_ipv6 = strchr(server->host, ':') != NULL;
    snprintf(url, sizeof url, "%s://%s%s%s:%u/", server->tls == CPR_TLS_NONE ? "http" : "https", is_ipv6 ? "[" : "",
             server->host, is_ipv6 ? "]" : "", server->port);
    CURL *easy = wire->easy;
    bool ok = curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, why) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SSL_ENABLE_ALPN, 0L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
    /* A CA file replaces the system's trust, also its directory of certificates. */
    if (ok && server->ca_file[0])
        ok = curl_easy_setopt(easy, CURLOPT_CAINFO, server->ca_file) == CURLE_OK &&
             curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
    return ok;
}

/* Runs libcurl until the connection stands; `*code_out` is its answer. False when the wire failed first. */
static bool run_connect(struct cpr_wire *wire, CURLcode *code_out)
{
    int running = 1;
    while (curl_multi_perform(wire->multi, &running) == CURLM_OK && running > 0) {
        curl_multi_poll(wire->multi, NULL, 0, BEAT_MS, NULL);
        if (!may_go_on(wire))
            return false;
    }
    int left;
    const CURLMsg *message = curl_multi_info_read(wire->multi, &left);
    *code_out = message ? message->data.result : CURLE_FAILED_INIT;
    return true;
}

static enum cpr_rc connect_failed(const struct cpr_server_settings *server, CURLcode code, const char *why,
                                  struct cpr_error *error_out)
{
    const char *reason = why[0] ? why : curl_easy_strerror(code);
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR)
        return cpr_error_set(error_out, CPR_OPERATOR, (int)code,
                             "the certificate of %s was refused before login (%s); check host, ca_file and the "
                             "certificate's dates",
                             server->host, reason);
    if (code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_CERTPROBLEM)
        return cpr_error_set(error_out, CPR_OPERATOR, (int)code, "the CA file '%s' cannot be used (%s)",
                             server->ca_file, reason);
    return cpr_error_set(error_out, CPR_RETRY, (int)code, "%s port %u cannot be reached (%s)", server->host,
                         server->port, reason);
}

enum cpr_rc cpr_wire_open(const struct cpr_server_settings *server, const struct cpr_pulse *pulse, int64_t connect_ms,
                          struct cpr_wire **wire_out, struct cpr_error *error_out)
{
    char why[CURL_ERROR_SIZE] = "";
    enum cpr_rc rc = check_server(server, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_wire *wire = calloc(1, sizeof *wire);
    if (!wire)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "no memory for a connection to %s", server->host);
    wire->line = cpr_buffer_new(CPR_WIRE_LINE_MAX_BYTES);
    wire->cut_left = -1;
    wire->pulse = *pulse;
    cpr_wire_allow(wire, connect_ms, 0, 0);
    wire->guard.is_greeting = true;
    wire->multi = curl_multi_init();
    wire->easy = curl_easy_init();
    if (!wire->multi || !wire->easy || !configure(wire, server, connect_ms, why) ||
        curl_multi_add_handle(wire->multi, wire->easy) != CURLM_OK) {
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "libcurl could not be set up for %s", server->host);
        goto out;
    }
    CURLcode code = CURLE_OK;
    if (!run_connect(wire, &code)) {
        rc = cpr_error_set(error_out, wire->failure.rc, wire->failure.detail, "%s: %s", server->host,
                           wire->failure.text);
        goto out;
    }
    if (code != CURLE_OK) {
        rc = connect_failed(server, code, why, error_out);
        goto out;
    }
    /* The buffer is this function's. */
    curl_easy_setopt(wire->easy, CURLOPT_ERRORBUFFER, NULL);
    if (curl_easy_getinfo(wire->easy, CURLINFO_ACTIVESOCKET, &wire->socket) != CURLE_OK ||
        wire->socket == CURL_SOCKET_BAD) {
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "%s closed the connection at once", server->host);
        goto out;
    }
    *wire_out = wire;
    wire = NULL;
out:
    cpr_wire_free(&wire);
    return rc;
}

void cpr_wire_free(struct cpr_wire **wire_pointer)
{
    struct cpr_wire *wire = *wire_pointer;
    *wire_pointer = NULL;
    if (!wire)
        return;
    if (wire->multi && wire->easy)
        curl_multi_remove_handle(wire->multi, wire->easy);
    curl_easy_cleanup(wire->easy);
    curl_multi_cleanup(wire->multi);
    cpr_buffer_free(&wire->line);
    free(wire);
}

void cpr_wire_allow(struct cpr_wire *wire, int64_t operation_ms, uint32_t literal_max_bytes,
                    uint64_t literals_max_bytes)
{
    wire->budget = (struct wire_budget){.end_ms = monotonic_ms() + operation_ms, .received_before = wire->received};
    wire->guard = cpr_imap_guard_new(literal_max_bytes, literals_max_bytes);
}

void cpr_wire_pause(struct cpr_wire *wire)
{
    wire->budget.paused_ms = monotonic_ms();
}

void cpr_wire_resume(struct cpr_wire *wire)
{
    wire->budget.end_ms += monotonic_ms() - wire->budget.paused_ms;
}

const struct cpr_error *cpr_wire_failure(const struct cpr_wire *wire)
{
    return wire->failure.rc == CPR_OK ? NULL : &wire->failure;
}

void cpr_wire_cut_after(struct cpr_wire *wire, int64_t bytes)
{
    wire->cut_left = bytes;
}

uint64_t cpr_wire_received(const struct cpr_wire *wire)
{
    return wire->received;
}
