#include "cpr/engine/asking.h"

#include "cpr/casework/crl.h"
#include "cpr/casework/ocsp.h"

enum { REQUEST_MAX_BYTES = 512, URL_MAX_BYTES = 2048 };

static struct cpr_view certificate_of(const struct cpr_issuing_ca *ca)
{
    return cpr_view_make(ca->certificate, ca->certificate_len);
}

/* One question of the given way; what it needs stands in the caller's buffers. */
static struct cpr_http_question question_of(const struct cpr_revocation_vantage *vantage, struct cpr_view request,
                                            struct cpr_buffer *url)
{
    struct cpr_http_question question = {.url = vantage->url};
    if (vantage->way == CPR_WAY_OCSP_GET) {
        cpr_ocsp_write_url(vantage->url, request, url);
        question.url = cpr_buffer_text(url);
    } else if (vantage->way == CPR_WAY_OCSP_POST) {
        question.body = request;
        question.content_type = "application/ocsp-request";
    }
    return question;
}

enum cpr_rc cpr_ask_source(const struct cpr_http_port *http, const struct cpr_issuing_ca *ca,
                           const struct cpr_revocation_vantage *vantage, const struct cpr_serial *serial,
                           int64_t now_utc_ms, struct cpr_buffer *body_out, struct cpr_revocation_answer *answer_out)
{
    struct cpr_buffer request = cpr_buffer_new(REQUEST_MAX_BYTES), url = cpr_buffer_new(URL_MAX_BYTES);
    struct cpr_revocation_answer answer;
    struct cpr_error error = {0};
    enum cpr_rc rc = CPR_OK;
    cpr_revocation_answer_clear(&answer);
    if (vantage->way != CPR_WAY_CRL && !cpr_ocsp_write_request(certificate_of(ca), serial, &request)) {
        cpr_revocation_answer_refuse(&answer, CPR_WORD_NONE, "no question could be made out of the CA's certificate");
    } else {
        struct cpr_http_question question = question_of(vantage, cpr_buffer_view(&request), &url);
        rc = http->ask(http->self, &question, body_out, &error);
        if (rc != CPR_OK)
            cpr_revocation_answer_refuse(&answer, CPR_WORD_NONE, error.text);
        else if (vantage->way == CPR_WAY_CRL)
            cpr_crl_read(cpr_buffer_view(body_out), certificate_of(ca), serial, now_utc_ms, &answer);
        else
            cpr_ocsp_read(cpr_buffer_view(body_out), certificate_of(ca), serial, now_utc_ms, &answer);
    }
    cpr_buffer_free(&url);
    cpr_buffer_free(&request);
    if (rc == CPR_STOPPED)
        return rc;
    *answer_out = answer;
    return CPR_OK;
}
