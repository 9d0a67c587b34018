/* OCSP answers and CRLs: real ones that openssl made (tests/fuzz/make_answers.sh), and what is done to them. */
#include "cpr/casework/crl.h"
#include "cpr/casework/ocsp.h"
#include "cpr/judge/der.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* A file of tests/fuzz/casework_answers. */
struct sample {
    char bytes[8192];
    struct cpr_view ca, answer;
};

static const char *const GOOD = "04a19f33", *const REVOKED = "d5c0ffee01", *const OTHER = "0badcafe";

/* While the CRLs and the OCSP answers, which were made in November 2026, are valid; and when they are no more. */
static int64_t instant(const char *text)
{
    int64_t ms;
    assert_true(cpr_time_parse_rfc3339(cpr_view_of(text), &ms));
    return ms;
}

static void load(const char *name, struct sample *sample)
{
    char path[512];
    snprintf(path, sizeof path, "%s/tests/fuzz/casework_answers/%s", CPR_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct cpr_view rest = cpr_view_make(sample->bytes, fread(sample->bytes, 1, sizeof sample->bytes, file));
    fclose(file);
    struct cpr_der ca;
    assert_true(cpr_der_next(&rest, &ca) && rest.len > 0);
    sample->ca = ca.whole;
    sample->answer = rest;
}

static struct cpr_serial serial_of(const char *text)
{
    struct cpr_serial serial;
    assert_true(cpr_serial_parse(cpr_view_of(text), &serial));
    return serial;
}

static struct cpr_revocation_answer read_sample(const struct sample *sample, const char *name, const char *number,
                                                int64_t now_ms)
{
    struct cpr_revocation_answer answer;
    struct cpr_serial serial = serial_of(number);
    if (strstr(name, ".crl"))
        cpr_crl_read(sample->answer, sample->ca, &serial, now_ms, &answer);
    else
        cpr_ocsp_read(sample->answer, sample->ca, &serial, now_ms, &answer);
    return answer;
}

/* The OCSP answers bear the instant at which they were made: it is read out of one, as what openssl wrote. */
static int64_t ocsp_time(void)
{
    struct sample sample;
    load("good.ocsp", &sample);
    for (size_t i = 0; i + 17 < sample.answer.len; i++) {
        struct cpr_view rest = cpr_view_slice(sample.answer, i, 17);
        struct cpr_der element;
        if (cpr_der_take(&rest, CPR_DER_GENERALIZED_TIME, &element) && cpr_der_time(&element) != CPR_TIME_NONE)
            return cpr_der_time(&element);
    }
    fail();
    return 0;
}

static void an_answer_says_what_its_signer_says(void **state)
{
    (void)state;
    static const struct {
        const char *file, *serial;
        enum cpr_revocation_word word;
        const char *note; /* NULL: none */
    } table[] = {
        {"good.ocsp", "04a19f33", CPR_WORD_GOOD, NULL},
        {"good.ocsp", "4:A1:9F:33", CPR_WORD_GOOD, NULL},
        {"good.ocsp", "0badcafe", CPR_WORD_INVALID, "it does not speak of this certificate"},
        {"revoked.ocsp", "d5c0ffee01", CPR_WORD_REVOKED, NULL},
        {"unknown.ocsp", "0badcafe", CPR_WORD_UNKNOWN, NULL},
        {"good-by-responder.ocsp", "04a19f33", CPR_WORD_GOOD, NULL},
        {"revoked-by-responder.ocsp", "d5c0ffee01", CPR_WORD_REVOKED, NULL},
        {"revoked-by-key.ocsp", "d5c0ffee01", CPR_WORD_REVOKED, NULL},
        {"good-by-leaf.ocsp", "04a19f33", CPR_WORD_INVALID,
         "it is not signed by the CA or by whom the CA named for it"},
        {"good-by-forger.ocsp", "04a19f33", CPR_WORD_INVALID,
         "it is not signed by the CA or by whom the CA named for it"},
        {"good-without-certificate.ocsp", "04a19f33", CPR_WORD_INVALID,
         "it is not signed by the CA or by whom the CA named for it"},
        {"try-later.ocsp", "04a19f33", CPR_WORD_INVALID, "the responder is busy: tryLater"},
        {"whole.crl", "04a19f33", CPR_WORD_GOOD, NULL},
        {"whole.crl", "d5c0ffee01", CPR_WORD_REVOKED, NULL},
        {"rsa.crl", "d5c0ffee01", CPR_WORD_REVOKED, NULL},
        {"part.crl", "d5c0ffee01", CPR_WORD_REVOKED, NULL},
        {"part.crl", "04a19f33", CPR_WORD_PARTIAL, NULL},
        {"users.crl", "04a19f33", CPR_WORD_GOOD, NULL},
        {"delta.crl", "d5c0ffee01", CPR_WORD_INVALID, "it is a delta CRL"},
        {"indirect.crl", "d5c0ffee01", CPR_WORD_INVALID, "it is an indirect CRL"},
        {"odd.crl", "d5c0ffee01", CPR_WORD_INVALID, "it has a critical extension that is not known here"},
        {"forged.crl", "d5c0ffee01", CPR_WORD_INVALID, "it is not signed by the CA"},
    };
    int64_t made_ms = ocsp_time();
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct sample sample;
        load(table[i].file, &sample);
        int64_t now_ms = strstr(table[i].file, ".crl") ? instant("2026-11-05T00:00:00Z") : made_ms + CPR_HOUR_MS;
        struct cpr_revocation_answer answer = read_sample(&sample, table[i].file, table[i].serial, now_ms);
        if (answer.word != table[i].word || strcmp(answer.note, table[i].note ? table[i].note : "") != 0)
            fail_msg("%s of %s says %s (%s)", table[i].file, table[i].serial, cpr_revocation_word_name(answer.word),
                     answer.note);
        assert_true((answer.word == CPR_WORD_REVOKED) == (answer.revoked_ms != CPR_TIME_NONE));
        if (answer.word == CPR_WORD_REVOKED) {
            assert_true(answer.revoked_ms == instant("2026-10-01T12:00:00Z"));
            assert_string_equal(cpr_revocation_reason_name(answer.reason), "keyCompromise");
        }
    }
}

static void an_answer_counts_in_its_time_only(void **state)
{
    (void)state;
    struct sample crl, ocsp;
    int64_t made_ms = ocsp_time();
    load("whole.crl", &crl);
    load("good.ocsp", &ocsp);
    /* The list is of 2026-11-01 to 2026-11-08; five minutes of skew are allowed before, none after. */
    static const struct {
        const char *now;
        enum cpr_revocation_word word;
    } table[] = {{"2026-10-31T23:54:59Z", CPR_WORD_INVALID},
                 {"2026-10-31T23:55:00Z", CPR_WORD_REVOKED},
                 {"2026-11-08T00:00:00Z", CPR_WORD_REVOKED},
                 {"2026-11-08T00:00:01Z", CPR_WORD_STALE}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(read_sample(&crl, ".crl", REVOKED, instant(table[i].now)).word, table[i].word);
    struct cpr_revocation_answer late = read_sample(&crl, ".crl", GOOD, instant("2026-12-01T00:00:00Z"));
    assert_string_equal(late.note, "its time was over at 2026-11-08T00:00:00Z; it says good");
    assert_true(late.this_update_ms == instant("2026-11-01T00:00:00Z"));

    assert_int_equal(read_sample(&ocsp, "", GOOD, made_ms - CPR_HOUR_MS).word, CPR_WORD_INVALID);
    assert_int_equal(read_sample(&ocsp, "", GOOD, made_ms + 4 * CPR_DAY_MS).word, CPR_WORD_GOOD);
    assert_int_equal(read_sample(&ocsp, "", GOOD, made_ms + 4 * CPR_DAY_MS + CPR_SECOND_MS).word, CPR_WORD_STALE);
}

static void an_answer_of_another_ca_of_that_name_proves_nothing(void **state)
{
    (void)state;
    struct sample one, other;
    load("whole.crl", &one);
    load("rsa.crl", &other);
    one.ca = other.ca;
    assert_string_equal(read_sample(&one, ".crl", REVOKED, instant("2026-11-05T00:00:00Z")).note,
                        "it is not signed by the CA");
    load("revoked.ocsp", &one);
    one.ca = other.ca;
    assert_string_equal(read_sample(&one, ".ocsp", REVOKED, ocsp_time()).note, "it does not speak of this certificate");
}

/* Each byte of each answer turned over: what was signed says no other word, and never "good" where it said "revoked".
 */
static void a_byte_that_was_changed_makes_no_other_word(void **state)
{
    (void)state;
    static const struct {
        const char *file, *serial;
        enum cpr_revocation_word word;
    } table[] = {{"revoked.ocsp", "d5c0ffee01", CPR_WORD_REVOKED},
                 {"good-by-responder.ocsp", "04a19f33", CPR_WORD_GOOD},
                 {"whole.crl", "04a19f33", CPR_WORD_GOOD},
                 {"whole.crl", "d5c0ffee01", CPR_WORD_REVOKED}};
    int64_t made_ms = ocsp_time();
    for (size_t row = 0; row < sizeof table / sizeof table[0]; row++) {
        struct sample sample;
        load(table[row].file, &sample);
        int64_t now_ms = strstr(table[row].file, ".crl") ? instant("2026-11-05T00:00:00Z") : made_ms;
        char *bytes = sample.bytes + sample.ca.len;
        for (size_t i = 0; i < sample.answer.len; i++) {
            bytes[i] = (char)(bytes[i] ^ 0x41);
            enum cpr_revocation_word word = read_sample(&sample, table[row].file, table[row].serial, now_ms).word;
            bytes[i] = (char)(bytes[i] ^ 0x41);
            /* Bytes that no signature covers (certificates that a response carries beside) may change nothing. */
            if (word != CPR_WORD_INVALID && word != table[row].word)
                fail_msg("%s with byte %zu changed says %s", table[row].file, i, cpr_revocation_word_name(word));
        }
        struct cpr_view whole = sample.answer;
        for (size_t len = 0; len < whole.len; len++) {
            sample.answer = cpr_view_slice(whole, 0, len);
            assert_int_equal(read_sample(&sample, table[row].file, table[row].serial, now_ms).word, CPR_WORD_INVALID);
        }
    }
}

static void garbage_and_what_is_too_long_are_invalid(void **state)
{
    (void)state;
    struct sample sample;
    load("whole.crl", &sample);
    static const char *const texts[] = {
        "", "0", "<html>404</html>", "-----BEGIN X509 CRL-----", "0\x80", "0\x03\x0a\x01\x09"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sample.answer = cpr_view_of(texts[i]);
        assert_int_equal(read_sample(&sample, ".crl", GOOD, 0).word, CPR_WORD_INVALID);
        assert_int_equal(read_sample(&sample, ".ocsp", GOOD, 0).word, CPR_WORD_INVALID);
    }
    size_t size = CPR_CRL_MAX_BYTES + 1;
    char *zeros = calloc(1, size);
    assert_non_null(zeros);
    sample.answer = cpr_view_make(zeros, size);
    assert_int_equal(read_sample(&sample, ".crl", GOOD, 0).word, CPR_WORD_INVALID);
    assert_int_equal(read_sample(&sample, ".ocsp", GOOD, 0).word, CPR_WORD_INVALID);
    free(zeros);
}

static void a_question_names_the_ca_and_the_number(void **state)
{
    (void)state;
    struct sample sample;
    load("good.ocsp", &sample);
    static const struct {
        const char *serial;
        unsigned char integer[12]; /* as DER has it */
        size_t len;
    } table[] = {{"04a19f33", {0x02, 0x04, 0x04, 0xA1, 0x9F, 0x33}, 6},
                 {"d5c0ffee01", {0x02, 0x06, 0x00, 0xD5, 0xC0, 0xFF, 0xEE, 0x01}, 8},
                 {"7f", {0x02, 0x01, 0x7F}, 3}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_serial serial = serial_of(table[i].serial);
        struct cpr_buffer request = cpr_buffer_new(512);
        assert_true(cpr_ocsp_write_request(sample.ca, &serial, &request));
        assert_true(cpr_view_equal(cpr_view_slice(cpr_buffer_view(&request), request.len - table[i].len, table[i].len),
                                   cpr_view_make(table[i].integer, table[i].len)));
        cpr_buffer_free(&request);
    }
    struct cpr_serial serial = serial_of(OTHER);
    struct cpr_buffer request = cpr_buffer_new(512);
    assert_false(cpr_ocsp_write_request(cpr_view_of("no certificate"), &serial, &request));
    cpr_buffer_free(&request);
}

static void a_get_has_the_question_behind_the_responder(void **state)
{
    (void)state;
    static const unsigned char bytes[] = {0xFB, 0xEF, 0xFF, 0xFE};
    struct cpr_buffer url = cpr_buffer_new(256);
    cpr_ocsp_write_url("http://ocsp.ca.example", cpr_view_make(bytes, sizeof bytes), &url);
    assert_string_equal(cpr_buffer_text(&url), "http://ocsp.ca.example/%2B%2B%2F%2F%2Fg%3D%3D");
    cpr_buffer_clear(&url);
    cpr_ocsp_write_url("http://ca.example/ocsp/", cpr_view_of("abc"), &url);
    assert_string_equal(cpr_buffer_text(&url), "http://ca.example/ocsp/YWJj");
    cpr_buffer_free(&url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_says_what_its_signer_says),
        cmocka_unit_test(an_answer_counts_in_its_time_only),
        cmocka_unit_test(an_answer_of_another_ca_of_that_name_proves_nothing),
        cmocka_unit_test(a_byte_that_was_changed_makes_no_other_word),
        cmocka_unit_test(garbage_and_what_is_too_long_are_invalid),
        cmocka_unit_test(a_question_names_the_ca_and_the_number),
        cmocka_unit_test(a_get_has_the_question_behind_the_responder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
