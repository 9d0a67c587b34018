#include "cpr/record/letter.h"

#include "letter_parts.h"

#include "cpr/base/assert.h"
#include "cpr/base/digest.h"
#include "cpr/base/encode.h"

#include <inttypes.h>
#include <string.h>

/* Quoted-printable makes at most three bytes of one and a soft line break after every 25: a whole letter of this text
 * stays under CPR_ALERT_BODY_MAX_BYTES. */
enum { TEXT_MAX_BYTES = 18 * 1024, HEADER_LINE_MAX = 78, SUBJECT_MAX = 1024 };

static struct cpr_digest token_of(struct cpr_view key, const char *header_message_id, const char *text_digest)
{
    struct cpr_buffer signed_text = cpr_buffer_new(1024);
    cpr_buffer_add_text(&signed_text, header_message_id);
    if (text_digest[0])
        cpr_buffer_add_byte(&signed_text, '\n');
    cpr_buffer_add_text(&signed_text, text_digest);
    struct cpr_digest token = cpr_digest_hmac(key, cpr_buffer_view(&signed_text));
    cpr_buffer_free(&signed_text);
    return token;
}

void cpr_letter_token(struct cpr_view key, const char *header_message_id, const char *text_digest,
                      char out[CPR_LETTER_TOKEN_SIZE])
{
    struct cpr_digest token = token_of(key, header_message_id, text_digest);
    cpr_digest_to_hex(&token, out);
}

bool cpr_letter_token_is_valid(struct cpr_view key, const char *header_message_id, const char *text_digest,
                               const char *token)
{
    struct cpr_digest got, want = token_of(key, header_message_id, text_digest);
    return cpr_digest_from_hex(cpr_view_of(token), &got) && cpr_digest_equal(&got, &want);
}

static void write_ack_token(struct cpr_view key, const struct cpr_alert *alert, char hex[CPR_DIGEST_HEX_SIZE])
{
    struct cpr_buffer text = cpr_buffer_new(1024);
    cpr_buffer_add_format(&text, "ack\n%" PRId64 "\n%s\n%" PRId64 "\n%s", alert->case_id, alert->topic,
                          alert->step_age_ms, alert->recipient);
    struct cpr_digest token = cpr_digest_hmac(key, cpr_buffer_view(&text));
    cpr_buffer_free(&text);
    cpr_digest_to_hex(&token, hex);
    hex[CPR_ACK_TOKEN_SIZE - 1] = '\0';
}

void cpr_letter_ack_token(struct cpr_view key, const struct cpr_alert *alert, char out[CPR_ACK_TOKEN_SIZE])
{
    char hex[CPR_DIGEST_HEX_SIZE];
    write_ack_token(key, alert, hex);
    memcpy(out, hex, CPR_ACK_TOKEN_SIZE);
}

bool cpr_letter_ack_is_valid(struct cpr_view key, const struct cpr_alert *alert, const char *token)
{
    char hex[CPR_DIGEST_HEX_SIZE];
    unsigned char difference = strlen(token) != CPR_ACK_TOKEN_SIZE - 1;
    write_ack_token(key, alert, hex);
    for (size_t i = 0; i + 1 < CPR_ACK_TOKEN_SIZE && strlen(token) == CPR_ACK_TOKEN_SIZE - 1; i++)
        difference |= (unsigned char)(hex[i] ^ token[i]);
    return difference == 0;
}

/* A structured field whose value has no white space: printable ASCII as it is, on a line of its own when it is long. */
static void add_field(struct cpr_buffer *out, const char *name, const char *value)
{
    size_t len = strlen(value);
    cpr_buffer_add_text(out, name);
    cpr_buffer_add_text(out, strlen(name) + 2 + len > HEADER_LINE_MAX ? ":\r\n " : ": ");
    for (size_t i = 0; i < len; i++)
        cpr_buffer_add_byte(out, value[i] > 0x20 && value[i] < 0x7F ? value[i] : '?');
    cpr_buffer_add_text(out, "\r\n");
}

/* RFC 5322 section 3.3, always +0000. */
static void add_date(struct cpr_buffer *out, int64_t utc_ms)
{
    static const char days[7][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; /* 1970-01-01 was a Thursday */
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[CPR_TIME_TEXT_SIZE];
    CPR_ASSERT(cpr_time_is_plausible(utc_ms));
    cpr_time_format(utc_ms, text); /* YYYY-MM-DDTHH:MM:SSZ */
    int month = (text[5] - '0') * 10 + text[6] - '0';
    cpr_buffer_add_format(out, "Date: %s, %.2s %s %.4s %.8s +0000\r\n", days[utc_ms / CPR_DAY_MS % 7], text + 8,
                          months[month - 1], text, text + 11);
}

static void add_subject(struct cpr_buffer *out, const struct cpr_letter *letter)
{
    struct cpr_buffer subject = cpr_buffer_new(SUBJECT_MAX);
    if (letter->entries)
        cpr_letter_add_collected_subject(letter, &subject);
    else if (letter->item)
        cpr_letter_add_case_subject(letter, &subject);
    else
        cpr_letter_add_trouble_subject(letter, &subject);
    cpr_buffer_add_text(out, "Subject: ");
    cpr_encode_header(out, cpr_buffer_view(&subject), sizeof "Subject: " - 1);
    cpr_buffer_add_text(out, "\r\n");
    cpr_buffer_free(&subject);
}

static void add_header(struct cpr_buffer *out, const struct cpr_letter *letter)
{
    char token[CPR_LETTER_TOKEN_SIZE];
    cpr_letter_token(letter->token_key, letter->alert->header_message_id,
                     letter->text_digest ? letter->text_digest : "", token);
    add_field(out, "From", letter->from);
    add_field(out, "To", letter->alert->recipient);
    if (letter->reply_to && letter->reply_to[0])
        add_field(out, "Reply-To", letter->reply_to);
    add_subject(out, letter);
    add_date(out, letter->now_utc_ms);
    add_field(out, "Message-ID", letter->alert->header_message_id);
    add_field(out, "Auto-Submitted", "auto-generated");
    add_field(out, "X-CPR-Auditd-Alert", token);
    cpr_buffer_add_text(out, "MIME-Version: 1.0\r\n"
                             "Content-Type: text/plain; charset=UTF-8\r\n"
                             "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
}

void cpr_letter_write(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    CPR_ASSERT(letter->alert->header_message_id[0] == '<');
    struct cpr_buffer text = cpr_buffer_new(TEXT_MAX_BYTES);
    json_t *reading = letter->reading_json ? json_loads(letter->reading_json, 0, NULL) : NULL;
    if (letter->entries)
        cpr_letter_add_collected_text(letter, &text);
    else if (letter->item)
        cpr_letter_add_case_text(letter, reading, &text);
    else
        cpr_letter_add_trouble_text(letter, &text);
    json_decref(reading);
    add_header(out, letter);
    struct cpr_view whole = cpr_buffer_view(&text);
    while (cpr_buffer_is_full(&text) && whole.len && whole.data[whole.len - 1] != '\n')
        whole.len--;
    cpr_encode_quoted_printable(out, whole);
    if (cpr_buffer_is_full(&text))
        cpr_encode_quoted_printable(out, cpr_view_of("(cut here: cpr-audit show tells the rest)\n"));
    cpr_buffer_free(&text);
}
