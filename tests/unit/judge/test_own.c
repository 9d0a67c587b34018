/* Whose certificate it is: each mark alone, what only looks like one, and what no library wants to read. Expected
 * values are those of the openssl command line. */
#include "bench.h"
#include "own_samples.h"
#include "cpr/base/buffer.h"
#include "cpr/judge/der.h"
#include "cpr/judge/judge.h"
#include "cpr/message/transfer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define KEY_ID "c367b7dc059cc4909f5de221703c816218321af8"
#define LEAF_SHA256 "f9c744c963e369e129802e7b18957d0295147b789cd9882aa21bf0bbc5c82742"
#define LEAF_SPKI "46740a4553eb2a8294a461d7b0829e8ff7823b2e33b98f3b336a2d3e74962b5e"

static struct cpr_judge_settings settings;
static struct cpr_reading reading;

/* One issuer with one mark; NULL leaves it out. */
static void configure(const char *key_id, const char *common_name, const char *host, const char *policy_oid)
{
    memset(&settings, 0, sizeof settings);
    struct cpr_judge_issuer *issuer = &settings.issuers[settings.issuer_count++];
    snprintf(issuer->name, sizeof issuer->name, "tls-1");
    if (key_id)
        snprintf(issuer->key_ids[issuer->key_id_count++], sizeof issuer->key_ids[0], "%s", key_id);
    if (common_name)
        snprintf(issuer->common_names[issuer->common_name_count++], sizeof issuer->common_names[0], "%s", common_name);
    if (host)
        snprintf(issuer->hosts[issuer->host_count++], sizeof issuer->hosts[0], "%s", host);
    if (policy_oid)
        snprintf(issuer->policy_oids[issuer->policy_oid_count++], sizeof issuer->policy_oids[0], "%s", policy_oid);
}

static struct cpr_buffer bytes_of(const char *base64)
{
    struct cpr_buffer bytes = cpr_buffer_new(4096);
    cpr_transfer_decode_loosely(cpr_view_of(base64), &bytes);
    return bytes;
}

/* Judges a mail with these bytes attached. */
static void judge_attached(struct cpr_view bytes, const char *type, const char *name, const char *text)
{
    struct cpr_buffer raw = cpr_buffer_new(65536);
    cpr_buffer_add_format(&raw,
                          "From: reporter@example.org\r\nSubject: hello\r\nMIME-Version: 1.0\r\nContent-Type: "
                          "multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n%s\r\n"
                          "--x\r\nContent-Type: %s; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\n"
                          "Content-Transfer-Encoding: binary\r\n\r\n",
                          text, type, name, name);
    cpr_buffer_add(&raw, bytes);
    cpr_buffer_add_text(&raw, "\r\n--x--\r\n");
    cpr_judge_message(cpr_buffer_view(&raw), false, &settings, &reading);
    assert_true(cpr_reading_is_sound(&reading));
    cpr_buffer_free(&raw);
}

static void judge_file(const char *base64, const char *type, const char *name)
{
    struct cpr_buffer bytes = bytes_of(base64);
    judge_attached(cpr_buffer_view(&bytes), type, name, "See attached.");
    cpr_buffer_free(&bytes);
}

static void judge_text(const char *text)
{
    struct cpr_buffer raw = cpr_buffer_new(65536);
    cpr_buffer_add_format(&raw, "From: reporter@example.org\r\nSubject: hello\r\n\r\n%s\r\n", text);
    cpr_judge_message(cpr_buffer_view(&raw), false, &settings, &reading);
    cpr_buffer_free(&raw);
}

static bool has_signal(const char *id)
{
    for (uint32_t i = 0; i < reading.signal_count; i++)
        if (strcmp(reading.signals[i].id, id) == 0)
            return true;
    return false;
}

static void each_mark_alone_makes_a_certificate_ours(void **state)
{
    (void)state;
    static const struct {
        const char *base64, *key_id, *common_name, *host, *policy_oid, *mark; /* mark NULL: not ours */
    } table[] = {
        {LEAF, KEY_ID, NULL, NULL, NULL, "key-id"},
        {LEAF, NULL, "Example TLS CA 1", NULL, NULL, "common-name"},
        {LEAF, NULL, "EXAMPLE tls ca 1", NULL, NULL, "common-name"},
        {LEAF, NULL, NULL, "crl.ca.example", NULL, "host"},
        {LEAF, NULL, NULL, "ocsp.ca.example", NULL, "host"},
        {LEAF, NULL, NULL, "pki.ca.example", NULL, "host"},
        {LEAF, NULL, NULL, NULL, "1.3.6.1.4.1.99999.1.7", "policy-oid"},
        {LEAF, KEY_ID, "Example TLS CA 1", "crl.ca.example", "1.3.6.1.4.1.99999.1.7", "key-id"},
        {LEAF, "00112233445566778899", "Example TLS CA 1", "crl.ca.example", NULL, "host"},
        {ISSUER, KEY_ID, NULL, NULL, NULL, "key-id"},
        {BARE, NULL, "Example Trust", NULL, NULL, "common-name"},
        {WIDE, NULL,
         "Beispiel \xC3\x9C"
         "bertrust",
         NULL, NULL, "common-name"},

        {LEAF, "c367b7dc059cc4909f5de221703c816218321af9", NULL, NULL, NULL, NULL},
        {LEAF, "c367b7dc059cc4909f5d", NULL, NULL, NULL, NULL},
        {LEAF, NULL, "Example TLS CA", NULL, NULL, NULL},
        {LEAF, NULL, "Example TLS CA 11", NULL, NULL, NULL},
        {LEAF, NULL, "Example Trust", NULL, NULL, NULL}, /* it has a common name, so the organization does not count */
        {LEAF, NULL, "www.example.com", NULL, NULL, NULL},
        {LEAF, NULL, NULL, "ca.example", NULL, NULL},
        {LEAF, NULL, NULL, "www.crl.ca.example", NULL, NULL},
        {LEAF, NULL, NULL, "l.ca.example", NULL, NULL},
        {LEAF, NULL, NULL, "crl.ca.exampl", NULL, NULL},
        {LEAF, NULL, NULL, "www.example.com", NULL, NULL},
        {LEAF, NULL, NULL, NULL, "1.3.6.1.4.1.99999.1", NULL},
        {LEAF, NULL, NULL, NULL, "1.3.6.1.4.1.99999.1.70", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        configure(table[i].key_id, table[i].common_name, table[i].host, table[i].policy_oid);
        judge_file(table[i].base64, "application/pkix-cert", "a.cer");
        const struct cpr_reading_certificate *found = &reading.certificates[0];
        if (reading.certificate_count != 1 || has_signal("certificate-ours") != (table[i].mark != NULL) ||
            found->owner != (table[i].mark ? CPR_OWNER_US : CPR_OWNER_OTHER) ||
            strcmp(found->owner_mark, table[i].mark ? table[i].mark : "") != 0 ||
            strcmp(found->owner_issuer, table[i].mark ? "tls-1" : "") != 0)
            fail_msg("row %zu: owner %s by \"%s\"", i, cpr_owner_name((enum cpr_owner)found->owner), found->owner_mark);
    }
}

static void a_certificate_is_described(void **state)
{
    (void)state;
    configure(KEY_ID, NULL, NULL, NULL);
    judge_file(LEAF, "application/octet-stream", "untitled");
    assert_int_equal(reading.certificate_count, 1);
    const struct cpr_reading_certificate *leaf = &reading.certificates[0];
    assert_string_equal(leaf->sha256, LEAF_SHA256);
    assert_string_equal(leaf->serial, "f3a1b2c3d4e5f60718293a4b5c6d7e8f");
    assert_string_equal(leaf->spki_sha256, LEAF_SPKI);
    assert_string_equal(leaf->issuer, "CN=Example TLS CA 1,O=Example Trust,C=XX");
    assert_string_equal(leaf->subject, "CN=www.example.com,O=Example Shop");
    assert_string_equal(leaf->names, "www.example.com, example.com");
    assert_int_equal(leaf->not_before_ms, cpr_time_from_civil(2026, 11, 22, 19, 54, 59));
    assert_int_equal(leaf->not_after_ms, cpr_time_from_civil(2027, 12, 25, 19, 54, 59));
}

static void a_certificate_of_ours_alone_in_a_short_mail_is_probable(void **state)
{
    (void)state;
    configure(KEY_ID, NULL, NULL, NULL);
    judge_file(LEAF, "application/pkix-cert", "a.cer");
    assert_int_equal(reading.verdict, CPR_VERDICT_PROBABLE);
    int32_t ours = reading.score;
    configure("00112233445566778899", NULL, NULL, NULL);
    judge_file(LEAF, "application/pkix-cert", "a.cer");
    int32_t foreign = reading.score;
    memset(&settings, 0, sizeof settings);
    judge_file(LEAF, "application/pkix-cert", "a.cer");
    assert_int_equal(reading.certificates[0].owner, CPR_OWNER_UNKNOWN);
    assert_int_equal(foreign, reading.score); /* a foreign one lowers nothing */
    assert_true(ours > foreign);
}

static void certificates_are_found_in_every_wrapping(void **state)
{
    (void)state;
    static const struct {
        const char *base64, *type, *name;
        uint32_t certificates;
    } table[] = {
        {LEAF, "application/x-x509-user-cert", "user.crt", 1},
        {CHAIN, "application/x-pkcs7-certificates", "chain.p7b", 2},
        {CHAIN, "application/pkcs7-mime; smime-type=certs-only", "smime.p7c", 2},
        {CHAIN, "application/octet-stream", "unnamed", 2},
        {STORE, "application/x-pkcs12", "store.p12", 1},
        {SIGNED, "application/octet-stream", "customers.p7b", 1}, /* said to be a collection of certificates */
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        configure(KEY_ID, NULL, NULL, NULL);
        judge_file(table[i].base64, table[i].type, table[i].name);
        if (reading.certificate_count != table[i].certificates || !has_signal("certificate-ours"))
            fail_msg("%s: %u certificates", table[i].name, reading.certificate_count);
    }
    judge_file(STORE, "application/x-pkcs12", "store.p12");
    assert_true(has_signal("private-key"));
    struct cpr_buffer raw = cpr_buffer_new(65536);
    cpr_buffer_add_format(&raw, "hello\n-----BEGIN PKCS7-----\n%s-----END PKCS7-----\n> -----BEGIN CERTIFICATE-----\n",
                          CHAIN);
    struct cpr_view rest = cpr_view_of(BARE), line;
    while (cpr_view_next_line(&rest, &line)) /* quoted in a reply */
        cpr_buffer_add_format(&raw, "> %.*s\n", (int)line.len, line.data);
    cpr_buffer_add_text(&raw, "> -----END CERTIFICATE-----\n");
    judge_text(cpr_buffer_text(&raw));
    cpr_buffer_free(&raw);
    assert_int_equal(reading.certificate_count, 3);
}

/* A customer of ours signs an ordinary mail: its certificate is in the signature. */
static void a_signature_is_no_evidence(void **state)
{
    (void)state;
    static const char *const types[][2] = {{"application/pkcs7-signature", "smime.p7s"},
                                           {"application/x-pkcs7-signature", "smime.p7s"},
                                           {"application/octet-stream", "smime.p7s"},
                                           {"application/octet-stream", "attachment.bin"}};
    configure(KEY_ID, "Example TLS CA 1", "crl.ca.example", NULL);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        judge_file(SIGNED, types[i][0], types[i][1]);
        if (reading.certificate_count != 0 || reading.signal_count != 0 || reading.identifier_count != 0)
            fail_msg("%s %s: %s", types[i][0], types[i][1], reading.signals[0].id);
    }
}

static void what_no_library_reads_still_tells_serial_and_issuer(void **state)
{
    (void)state;
    static const char *const names[] = {"bad time", "indefinite length", "trailing bytes", "cut", "as it is"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct cpr_buffer leaf = bytes_of(LEAF), bytes = cpr_buffer_new(4096);
        struct cpr_view all = cpr_buffer_view(&leaf);
        if (i == 0) {
            size_t at = cpr_view_find(all, "261122195459Z", 0);
            assert_true(at != CPR_VIEW_NOT_FOUND);
            memcpy(leaf.data + at, "261399195459Z", 13);
        }
        if (i == 1)
            cpr_buffer_add(&bytes, cpr_view_make("\x30\x80", 2));
        cpr_buffer_add(&bytes, i == 1 ? cpr_view_slice(all, 4, all.len) : i == 3 ? cpr_view_slice(all, 0, 200) : all);
        if (i == 1)
            cpr_buffer_add(&bytes, cpr_view_make("\0\0", 2));
        if (i == 2)
            cpr_buffer_add_text(&bytes, "trailing");
        configure(NULL, "Example TLS CA 1", NULL, NULL);
        judge_attached(cpr_buffer_view(&bytes), "application/octet-stream", "x", "See attached.");
        const struct cpr_reading_certificate *found = &reading.certificates[0];
        if (reading.certificate_count != 1 || strcmp(found->serial, "f3a1b2c3d4e5f60718293a4b5c6d7e8f") != 0 ||
            strcmp(found->issuer, "CN=Example TLS CA 1,O=Example Trust,C=XX") != 0 || found->owner != CPR_OWNER_US)
            fail_msg("%s: %u certificates, serial %s", names[i], reading.certificate_count, found->serial);
        assert_int_equal(found->not_before_ms == CPR_TIME_NONE, i == 0);
        assert_int_equal(strcmp(found->sha256, LEAF_SHA256) == 0, i == 2 || i == 4);
        assert_int_equal(found->sha256[0] == 0, i == 3);
        cpr_buffer_free(&leaf);
        cpr_buffer_free(&bytes);
    }
}

static void other_objects_are_no_certificates(void **state)
{
    (void)state;
    static const char *const table[] = {CHAIN, SIGNED, STORE, "MAA=", "MIAAAA==", "MIIBAA==", ""};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_der_certificate certificate;
        struct cpr_buffer bytes = bytes_of(table[i]);
        assert_false(cpr_der_certificate_read(cpr_buffer_view(&bytes), &certificate));
        cpr_buffer_free(&bytes);
    }
}

static void ours_are_described_before_others(void **state)
{
    (void)state;
    struct cpr_buffer leaf = bytes_of(LEAF), bare = bytes_of(BARE), raw = cpr_buffer_new(65536);
    size_t serial = cpr_view_find(cpr_buffer_view(&bare), "\x02\x01\x77", 0) + 2;
    assert_true(serial < bare.len);
    cpr_buffer_add_text(&raw, "From: a@b.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=x\r\n");
    for (int i = 0; i <= CPR_CERTIFICATES_MAX + 4; i++) {
        bare.data[serial] = (char)(i + 1);
        cpr_buffer_add_format(&raw, "\r\n--x\r\nContent-Type: application/pkix-cert; name=%d.cer\r\n", i);
        cpr_buffer_add_text(&raw, "Content-Transfer-Encoding: binary\r\n\r\n");
        cpr_buffer_add(&raw, cpr_buffer_view(i == CPR_CERTIFICATES_MAX + 4 ? &leaf : &bare));
    }
    cpr_buffer_add_text(&raw, "\r\n--x--\r\n");
    configure(KEY_ID, NULL, NULL, NULL);
    cpr_judge_message(cpr_buffer_view(&raw), false, &settings, &reading);
    assert_int_equal(reading.certificate_count, CPR_CERTIFICATES_MAX);
    assert_int_equal(reading.certificates[CPR_CERTIFICATES_MAX - 1].owner, CPR_OWNER_US);
    assert_string_equal(reading.certificates[0].serial, "1");
    cpr_buffer_free(&leaf);
    cpr_buffer_free(&bare);
    cpr_buffer_free(&raw);
}

static void printed_issuers_and_urls_of_ours_are_signals(void **state)
{
    (void)state;
    static const struct {
        const char *text, *signal; /* NULL: none of the three */
    } table[] = {
        {"Issuer: C = XX, O = Example Trust, CN = Example TLS CA 1\nSubject: CN = a", "issuer-ours"},
        {"Issuer: CN=Example TLS CA 1,O=Example Trust", "issuer-ours"},
        {"Issuer: /C=XX/O=Example Trust/CN=example tls ca 1", "issuer-ours"},
        {"    commonName                = Example TLS CA 1\n", "issuer-ours"},
        {"The certificate was issued by Example TLS CA 1.", "own-name"},
        {"The certificate was issued by E1.", NULL},
        {"Issuer: CN=E1", "issuer-ours"},
        {"Issuer: CN=Example TLS CA 12", NULL},
        {"Issuer: CN=Example TLS CA 1 G2", NULL},
        {"Certificate issuer: BCN=Example TLS CA 1", "own-name"},
        {"the CRL http://crl.ca.example/tls1.crl is stale", "status-url-ours"},
        {"the CRL http://CRL.ca.example.:8080/tls1.crl?x is stale", "status-url-ours"},
        {"the CRL http://crl.ca.example@evil.example/tls1.crl is stale", NULL},
        {"the CRL http://crl.ca.example.evil.example/tls1.crl is stale", NULL},
        {"the CRL http://x-crl.ca.example/tls1.crl is stale", NULL},
        {"The certificate's host crl.ca.example is down", "own-name"},
        {"The certificate's host my.crl.ca.example is down", NULL},
        {"Write to the certificate team: help@crl.ca.example", NULL},
    };
    configure(NULL, "Example TLS CA 1", "crl.ca.example", NULL);
    snprintf(settings.issuers[0].common_names[settings.issuers[0].common_name_count++], 128, "E1");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        static const char *const signals[] = {"issuer-ours", "status-url-ours", "own-name"};
        judge_text(table[i].text);
        if (table[i].signal && !has_signal(table[i].signal))
            fail_msg("\"%s\": no %s", table[i].text, table[i].signal);
        for (size_t k = 0; k < 3 && !table[i].signal; k++)
            if (has_signal(signals[k]))
                fail_msg("\"%s\": %s", table[i].text, signals[k]);
    }
}

static void a_watched_sender_is_looked_at(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        bool is_watched;
    } table[] = {
        {"Researcher@Example.ORG", true},
        {"other@example.org", false},
        {"anybody@programme.example", true},
        {"anybody@sub.programme.example", false},
        {"anybody@xprogramme.example", false},
        {"programme.example", false},
        {"", false},
    };
    memset(&settings, 0, sizeof settings);
    snprintf(settings.watched_senders[settings.watched_sender_count++], 256, "researcher@example.org");
    snprintf(settings.watched_senders[settings.watched_sender_count++], 256, "@programme.example");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char raw[256];
        snprintf(raw, sizeof raw, "From: %s\r\nSubject: lunch\r\n\r\nAt noon?\r\n", table[i].from);
        cpr_judge_message(cpr_view_of(raw), false, &settings, &reading);
        if (has_signal("watched-sender") != table[i].is_watched)
            fail_msg("%s", table[i].from);
        assert_int_equal(reading.verdict, table[i].is_watched ? CPR_VERDICT_POSSIBLE : CPR_VERDICT_UNLIKELY);
    }
}

static void times_and_object_identifiers_are_read(void **state)
{
    (void)state;
    static const struct {
        unsigned char tag;
        const char *content;
        int64_t want;
    } times[] = {
        {CPR_DER_UTC_TIME, "491231235959Z", 2524607999000},
        {CPR_DER_UTC_TIME, "950101000000Z", 788918400000},
        {CPR_DER_UTC_TIME, "2611221954Z", 1795377240000},
        {CPR_DER_GENERALIZED_TIME, "20500101000000Z", 2524608000000},
        {CPR_DER_GENERALIZED_TIME, "99991231235959Z", CPR_TIME_NONE},
        {CPR_DER_UTC_TIME, "2611221954", CPR_TIME_NONE},
        {CPR_DER_UTC_TIME, "261322195459Z", CPR_TIME_NONE},
        {CPR_DER_UTC_TIME, "", CPR_TIME_NONE},
        {CPR_DER_UTC_TIME, "261122195459+0100", CPR_TIME_NONE},
        {CPR_DER_INTEGER, "261122195459Z", CPR_TIME_NONE},
    };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct cpr_der element = {.tag = times[i].tag, .content = cpr_view_of(times[i].content)};
        if (cpr_der_time(&element) != times[i].want)
            fail_msg("%s: %lld", times[i].content, (long long)cpr_der_time(&element));
    }
    char oid[16];
    assert_true(cpr_der_oid_to_text(cpr_view_make("\x67\x81\x0C\x01\x02\x01", 6), oid, sizeof oid));
    assert_string_equal(oid, "2.23.140.1.2.1");
    assert_true(cpr_der_oid_to_text(cpr_view_make("\x88\x37\x03", 3), oid, sizeof oid));
    assert_string_equal(oid, "2.999.3");
    assert_false(cpr_der_oid_to_text(cpr_view_make("\x67\x81", 2), oid, sizeof oid));
    assert_false(cpr_der_oid_to_text(cpr_view_make("", 0), oid, sizeof oid));
    assert_false(cpr_der_oid_to_text(cpr_view_make("\x67\x81\x0C\x01\x02\x01\x01", 7), oid, sizeof oid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mark_alone_makes_a_certificate_ours),
        cmocka_unit_test(a_certificate_is_described),
        cmocka_unit_test(a_certificate_of_ours_alone_in_a_short_mail_is_probable),
        cmocka_unit_test(certificates_are_found_in_every_wrapping),
        cmocka_unit_test(a_signature_is_no_evidence),
        cmocka_unit_test(what_no_library_reads_still_tells_serial_and_issuer),
        cmocka_unit_test(other_objects_are_no_certificates),
        cmocka_unit_test(ours_are_described_before_others),
        cmocka_unit_test(printed_issuers_and_urls_of_ours_are_signals),
        cmocka_unit_test(a_watched_sender_is_looked_at),
        cmocka_unit_test(times_and_object_identifiers_are_read),
    };
    return cmocka_run_group_tests_name("own", tests, NULL, NULL);
}
