#include "cpr/io/http.h"

#include "cpr/base/limits.h"
#include "cpr/io/address.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

struct cpr_http {
    const struct cpr_pulse *pulse; /* borrowed */
};

/* One question on its way. */
struct asking {
    const struct cpr_http *http; /* borrowed */
    struct cpr_buffer *body;     /* borrowed */
    bool is_stopped;             /* the pulse asked for the end */
};

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct asking *asking = context;
    cpr_buffer_add(asking->body, cpr_view_make(data, size * count));
    return cpr_buffer_is_full(asking->body) ? 0 : size * count;
}

static int beat(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
    struct asking *asking = context;
    (void)down_total, (void)down, (void)up_total, (void)up;
    asking->is_stopped = asking->is_stopped || !cpr_pulse_beat(asking->http->pulse);
    return asking->is_stopped;
}

static bool set_connection(CURL *easy, const char *url)
{
    return curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_USERAGENT, "cpr-auditd/" CPR_VERSION) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CPR_HTTP_TOTAL_MS) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)CPR_HTTP_TOTAL_MS) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
}

static bool set_exchange(CURL *easy, struct asking *asking, const struct cpr_http_question *question,
                         struct curl_slist *fields)
{
    bool ok = curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_WRITEDATA, asking) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)asking->body->max_len) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, beat) == CURLE_OK &&
              curl_easy_setopt(easy, CURLOPT_XFERINFODATA, asking) == CURLE_OK;
    if (ok && question->body.len)
        ok = curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
             curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)question->body.len) == CURLE_OK &&
             curl_easy_setopt(easy, CURLOPT_POSTFIELDS, question->body.data) == CURLE_OK;
    return ok;
}

/* "Expect:" without a value keeps libcurl from waiting for a go-ahead before it sends a body. */
static bool add_fields(const struct cpr_http_question *question, struct curl_slist **fields_out)
{
    char line[128];
    struct curl_slist *fields = curl_slist_append(NULL, "Expect:"), *longer;
    snprintf(line, sizeof line, "Content-Type: %s", question->content_type ? question->content_type : "");
    longer = fields && question->body.len ? curl_slist_append(fields, line) : fields;
    *fields_out = longer ? longer : fields;
    return longer != NULL;
}

static enum cpr_rc explain(CURL *easy, CURLcode code, const struct asking *asking, const char *url,
                           struct cpr_error *error_out)
{
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (asking->is_stopped)
        return cpr_error_set(error_out, CPR_STOPPED, (int)code, "the question to %s was broken off: asked to end", url);
    if (code == CURLE_FILESIZE_EXCEEDED || cpr_buffer_is_full(asking->body))
        return cpr_error_set(error_out, CPR_LIMIT, (int)code, "more than %zu bytes come from %s", asking->body->max_len,
                             url);
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return cpr_error_set(error_out, CPR_OPERATOR, (int)code, "the certificate is refused (%s) of %s",
                             curl_easy_strerror(code), url);
    if (code != CURLE_OK)
        return cpr_error_set(error_out, CPR_RETRY, (int)code, "no answer (%s) from %s", curl_easy_strerror(code), url);
    if (status != 200)
        return cpr_error_set(error_out, CPR_RETRY, (int)status, "HTTP status %ld from %s", status, url);
    return CPR_OK;
}

static enum cpr_rc ask(void *self, const struct cpr_http_question *question, struct cpr_buffer *body_out,
                       struct cpr_error *error_out)
{
    struct asking asking = {.http = self, .body = body_out};
    struct curl_slist *fields = NULL;
    if (!cpr_url_is_valid(cpr_view_of(question->url), NULL))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "\"%s\" is no URL to ask", question->url);
    CURL *easy = curl_easy_init();
    enum cpr_rc rc;
    if (!easy || !add_fields(question, &fields) || !set_connection(easy, question->url) ||
        !set_exchange(easy, &asking, question, fields))
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to ask %s", question->url);
    else
        rc = explain(easy, curl_easy_perform(easy), &asking, question->url, error_out);
    curl_easy_cleanup(easy);
    curl_slist_free_all(fields);
    return rc;
}

enum cpr_rc cpr_http_new(const struct cpr_pulse *pulse, struct cpr_http **http_out, struct cpr_error *error_out)
{
    struct cpr_http *http = calloc(1, sizeof *http);
    if (!http)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to ask web servers");
    http->pulse = pulse;
    *http_out = http;
    return CPR_OK;
}

void cpr_http_free(struct cpr_http **http)
{
    free(*http);
    *http = NULL;
}

struct cpr_http_port cpr_http_port(struct cpr_http *http)
{
    return (struct cpr_http_port){.self = http, .ask = ask};
}
