/* cpr-audit revocation: what the CA's own CRLs and OCSP responders say about certificates, asked now. */
#include "app/audit.h"

#include "cpr/base/digest.h"
#include "cpr/base/encode.h"
#include "cpr/base/text.h"
#include "cpr/engine/asking.h"
#include "cpr/io/clock.h"
#include "cpr/io/http.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* As `status` for monitors. */
enum { WELL = 0, LOOK = 1, URGENT = 2 };

struct asking {
    const struct audit_options *options;
    const struct cpr_issuing_ca *ca;
    struct cpr_http_port http;
    struct cpr_clock_port clock;
    struct audit_style style;
    struct cpr_buffer out, body;
};

static json_t *time_of(int64_t utc_ms)
{
    char text[CPR_TIME_TEXT_SIZE];
    return utc_ms == CPR_TIME_NONE ? json_null() : json_string(cpr_time_format(utc_ms, text));
}

static void put_json(struct asking *asking, json_t *object)
{
    char *line = object ? json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    cpr_buffer_add_text(&asking->out, line ? line : "{}");
    cpr_buffer_add_byte(&asking->out, '\n');
    free(line);
    json_decref(object);
}

static enum audit_tone tone_of(enum cpr_revocation_word word)
{
    return word == CPR_WORD_REVOKED ? AUDIT_GOOD : word == CPR_WORD_GOOD ? AUDIT_URGENT : AUDIT_CAREFUL;
}

static void print_answer(struct asking *asking, const struct cpr_revocation_vantage *vantage,
                         const struct cpr_revocation_answer *answer)
{
    char word[16], text[CPR_TIME_TEXT_SIZE];
    struct cpr_buffer *out = &asking->out;
    cpr_buffer_add_text(out, "  ");
    snprintf(word, sizeof word, "%-8s", cpr_revocation_word_name(answer->word));
    audit_paint(out, &asking->style, tone_of(answer->word), word);
    cpr_buffer_add_format(out, " %-9s ", cpr_revocation_way_name(vantage->way));
    cpr_encode_line(out, cpr_view_of(vantage->url));
    if (answer->word == CPR_WORD_REVOKED)
        cpr_buffer_add_format(out, "; since %s, %s", cpr_time_format_minute(answer->revoked_ms, text),
                              cpr_revocation_reason_name(answer->reason));
    if (answer->word > CPR_WORD_STALE) {
        cpr_buffer_add_format(out, "; as of %s", cpr_time_format_minute(answer->this_update_ms, text));
        cpr_buffer_add_format(out, ", valid to %s", cpr_time_format_minute(answer->next_update_ms, text));
    }
    if (answer->note[0]) {
        cpr_buffer_add_text(out, "; ");
        cpr_encode_line(out, cpr_view_of(answer->note));
    }
    cpr_buffer_add_byte(out, '\n');
}

static void add_answer(struct asking *asking, const char *serial, const struct cpr_revocation_vantage *vantage,
                       const struct cpr_revocation_answer *answer, int64_t asked_ms)
{
    char hex[CPR_DIGEST_HEX_SIZE];
    struct cpr_digest digest = cpr_digest_of(cpr_buffer_view(&asking->body));
    cpr_digest_to_hex(&digest, hex);
    if (!asking->options->json) {
        print_answer(asking, vantage, answer);
        return;
    }
    put_json(asking, json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:s*, s:s, s:s*}", "issuer",
                               asking->ca->name, "serial", serial, "way", cpr_revocation_way_name(vantage->way), "url",
                               vantage->url, "asked", time_of(asked_ms), "word", cpr_revocation_word_name(answer->word),
                               "this_update", time_of(answer->this_update_ms), "next_update",
                               time_of(answer->next_update_ms), "revoked", time_of(answer->revoked_ms), "reason",
                               answer->word == CPR_WORD_REVOKED ? cpr_revocation_reason_name(answer->reason) : NULL,
                               "note", answer->note, "sha256", answer->word != CPR_WORD_NONE ? hex : NULL));
}

static void add_finding(struct asking *asking, const char *serial, enum cpr_revocation_finding finding)
{
    static const char *const sentences[CPR_FINDINGS] = {
        [CPR_FINDING_NOTHING] = "nobody said anything that counts",
        [CPR_FINDING_REVOKED] = "revoked, as every source says",
        [CPR_FINDING_INCOMPLETE] = "revoked, but not every source gave a valid answer",
        [CPR_FINDING_STALE] = "a source serves an answer whose time is over",
        [CPR_FINDING_UNKNOWN] = "a responder does not know it",
        [CPR_FINDING_GOOD] = "NOT revoked: no source says so",
        [CPR_FINDING_CONTRADICTORY] = "the sources contradict each other: somewhere it still passes for good",
    };
    if (asking->options->json) {
        put_json(asking, json_pack("{s:s, s:s, s:s}", "issuer", asking->ca->name, "serial", serial, "finding",
                                   cpr_revocation_finding_name(finding)));
        return;
    }
    cpr_encode_line(&asking->out, cpr_view_of(serial));
    cpr_buffer_add_text(&asking->out, " of ");
    cpr_buffer_add_text(&asking->out, asking->ca->name);
    cpr_buffer_add_text(&asking->out, ": ");
    audit_paint(&asking->out, &asking->style,
                finding == CPR_FINDING_REVOKED ? AUDIT_GOOD
                : finding >= CPR_FINDING_GOOD  ? AUDIT_URGENT
                                               : AUDIT_CAREFUL,
                sentences[finding]);
    cpr_buffer_add_byte(&asking->out, '\n');
}

/* The exit code of one certificate. */
static int ask_about(struct asking *asking, const char *text)
{
    struct cpr_serial serial;
    struct cpr_revocation_vantage vantages[CPR_VANTAGES_MAX];
    struct cpr_revocation_answer answers[CPR_VANTAGES_MAX];
    enum cpr_revocation_way ways[CPR_VANTAGES_MAX];
    size_t count = cpr_revocation_vantages(asking->ca, vantages);
    CPR_ASSERT(cpr_serial_parse(cpr_view_of(text), &serial));
    for (size_t i = 0; i < count; i++) {
        int64_t now_ms = asking->clock.utc_ms(asking->clock.self);
        cpr_buffer_clear(&asking->body);
        cpr_revocation_answer_clear(&answers[i]); /* as it stays when the question is broken off */
        cpr_ask_source(&asking->http, asking->ca, &vantages[i], &serial, now_ms, &asking->body, &answers[i]);
        ways[i] = vantages[i].way;
        add_answer(asking, text, &vantages[i], &answers[i], now_ms);
    }
    enum cpr_revocation_finding finding = cpr_revocation_combine(ways, answers, count);
    add_finding(asking, text, finding);
    return finding == CPR_FINDING_REVOKED ? WELL : finding >= CPR_FINDING_GOOD ? URGENT : LOOK;
}

/* The issuer and serial numbers of the command line; NULL after a sentence when they make no sense. */
static const struct cpr_issuing_ca *issuer_of(const struct audit_options *options, const struct cpr_config *config)
{
    const struct cpr_issuing_ca *ca = NULL;
    char sentence[CPR_ERROR_TEXT_MAX];
    struct cpr_serial serial;
    for (size_t i = 0; i < config->settings.issuer_count; i++)
        if (strcmp(config->settings.issuers[i].name, options->arguments[0]) == 0)
            ca = &config->settings.issuers[i];
    if (!ca || ca->certificate_len == 0) {
        snprintf(sentence, sizeof sentence,
                 ca ? "[issuer %.100s] has neither crl_urls nor ocsp_urls: there is nobody to ask"
                    : "there is no [issuer %.100s] in the configuration; nobody was asked",
                 options->arguments[0]);
        audit_fail(EX_USAGE, sentence);
        return NULL;
    }
    for (int i = 1; i < options->argument_count; i++)
        if (!cpr_serial_parse(cpr_view_of(options->arguments[i]), &serial)) {
            snprintf(sentence, sizeof sentence,
                     "\"%.100s\" is no serial number in hexadecimal, of 1 to %zu bytes; nobody was asked",
                     options->arguments[i], sizeof serial.bytes);
            audit_fail(EX_USAGE, sentence);
            return NULL;
        }
    return ca;
}

static int ask_about_all(struct asking *asking)
{
    int worst = WELL;
    for (int i = 1; i < asking->options->argument_count; i++) {
        int code = ask_about(asking, asking->options->arguments[i]);
        worst = code > worst ? code : worst;
    }
    int printed = audit_print(&asking->out);
    return printed != EX_OK ? printed : worst;
}

int audit_revocation(const struct audit_options *options)
{
    struct cpr_config *config = audit_config_load(options);
    struct cpr_http *http = NULL;
    struct cpr_error error;
    int exit_code = EX_CONFIG;
    if (!config)
        return exit_code;
    struct asking asking = {.options = options,
                            .ca = issuer_of(options, config),
                            .clock = cpr_clock_system(),
                            .style = audit_style_of(1),
                            .out = cpr_buffer_new(AUDIT_OUTPUT_MAX_BYTES),
                            .body = cpr_buffer_new(CPR_CRL_MAX_BYTES)};
    signal(SIGPIPE, SIG_IGN);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (!asking.ca)
        exit_code = EX_USAGE;
    else if (cpr_http_new(NULL, &http, &error) != CPR_OK)
        exit_code = audit_fail(EX_TEMPFAIL, error.text);
    else {
        asking.http = cpr_http_port(http);
        exit_code = ask_about_all(&asking);
    }
    cpr_http_free(&http);
    curl_global_cleanup();
    cpr_buffer_free(&asking.body);
    cpr_buffer_free(&asking.out);
    free(config);
    return exit_code;
}
