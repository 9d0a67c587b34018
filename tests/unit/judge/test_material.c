/* Certificates, requests and keys: found in text and attachments, named by digests. Expected values are those of the
 * openssl command line: x509 -serial, x509 -outform DER | sha256sum, pkey -pubout -outform DER | sha256sum. */
#include "bench.h"
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

#define SPKI "4b30df17300066cdaa8b1740b9e1c1eae0f527296bcdf08512e609dfc8f39a49"

static struct cpr_reading *read_sample(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/samples/cpr/%s.eml", CPR_SOURCE_DIR, name);
    struct cpr_buffer file = sample_read(path);
    struct cpr_reading *reading = malloc(sizeof *reading);
    assert_non_null(reading);
    cpr_judge_message(cpr_buffer_view(&file), false, NULL, reading);
    cpr_buffer_free(&file);
    return reading;
}

static bool has_identifier(const struct cpr_reading *reading, enum cpr_identifier_type type, const char *value)
{
    for (uint32_t i = 0; i < reading->identifier_count; i++)
        if (reading->identifiers[i].type == (uint32_t)type && strcmp(reading->identifiers[i].value, value) == 0)
            return true;
    return false;
}

static bool has_signal(const struct cpr_reading *reading, const char *id)
{
    for (uint32_t i = 0; i < reading->signal_count; i++)
        if (strcmp(reading->signals[i].id, id) == 0)
            return true;
    return false;
}

static void material_is_named_by_its_digests(void **state)
{
    (void)state;
    static const struct {
        const char *name, *signal;
        enum cpr_identifier_type type;
        const char *want;
    } table[] = {
        {"01-short-mail-with-pem", "certificate", CPR_IDENTIFIER_CERTIFICATE,
         "5508e7f2b55db409db5eefdfb6ac738677d3f740bf2f54c4f9ab14b8b842c85b"},
        {"01-short-mail-with-pem", "certificate", CPR_IDENTIFIER_SPKI_SHA256, SPKI},
        {"18-der-certificate", "certificate", CPR_IDENTIFIER_CERTIFICATE,
         "5508e7f2b55db409db5eefdfb6ac738677d3f740bf2f54c4f9ab14b8b842c85b"},
        {"15-key-in-text", "private-key", CPR_IDENTIFIER_SPKI_SHA256, SPKI},
        {"16-key-attached-zip-and-csr", "csr", CPR_IDENTIFIER_CSR,
         "91de03926d2277d21d1f55b49ad5e89508f7968bb20ef1104cc51391b12bde66"},
        {"16-key-attached-zip-and-csr", "csr-attests-compromise", CPR_IDENTIFIER_SPKI_SHA256, SPKI},
        {"19-pwnedkeys-robot", "csr-attests-compromise", CPR_IDENTIFIER_SPKI_SHA256, SPKI},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reading *reading = read_sample(table[i].name);
        if (!has_signal(reading, table[i].signal) || !has_identifier(reading, table[i].type, table[i].want))
            fail_msg("%s: %s", table[i].name, table[i].signal);
        free(reading);
    }
}

static void damaged_and_shortened_blocks_are_still_evidence(void **state)
{
    (void)state;
    static const struct {
        const char *body, *signal;
    } table[] = {
        {"-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n", "certificate"},
        {"-----BEGIN PRIVATE KEY-----\n[cut by the sender]\n", "key-shortened"},
        {"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n-----END RSA PRIVATE KEY-----\n",
         "private-key"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char raw[2048];
        static struct cpr_reading reading;
        snprintf(raw, sizeof raw, "From: a@b.example\r\nSubject: x\r\n\r\n%s", table[i].body);
        cpr_judge_message(cpr_view_of(raw), false, NULL, &reading);
        if (!has_signal(&reading, table[i].signal))
            fail_msg("%s", table[i].signal);
        assert_true(reading.verdict >= CPR_VERDICT_POSSIBLE);
    }
}

static void armour_of_other_trades_is_none(void **state)
{
    (void)state;
    static const char *const table[] = {
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBF\n-----END PGP PUBLIC KEY BLOCK-----\n",
        "-----BEGIN TSS2 PRIVATE KEY-----\nMIIB\n-----END TSS2 PRIVATE KEY-----\n",
        "-----BEGIN SSH2 PUBLIC KEY-----\nAAAA\n",
        "-----BEGIN ",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char raw[1024];
        static struct cpr_reading reading;
        snprintf(raw, sizeof raw, "From: a@b.example\r\nSubject: x\r\n\r\n%s", table[i]);
        cpr_judge_message(cpr_view_of(raw), false, NULL, &reading);
        for (uint32_t k = 0; k < reading.signal_count; k++) /* the words may be spoken of, the block is no evidence */
            assert_string_equal(reading.signals[k].id, "brief");
    }
}

static void names_in_an_archive_are_names_of_files(void **state)
{
    (void)state;
    struct cpr_reading *reading = read_sample("250-key-file-in-zip");
    assert_true(has_signal(reading, "key-file"));
    assert_int_equal(reading->verdict, CPR_VERDICT_PROBABLE);
    assert_int_equal(reading->attachment_count, 3);
    assert_string_equal(reading->attachments[0], "backup.zip");
    assert_string_equal(reading->attachments[1], "backup.zip: www/readme.txt");
    assert_string_equal(reading->attachments[2], "backup.zip: www/tls/server.key");
    free(reading);
}

/* The lines of a PEM block, each with something before and after it. */
static void add_bent(struct cpr_buffer *out, struct cpr_view block, const char *before, const char *after)
{
    struct cpr_view line;
    while (cpr_view_next_line(&block, &line)) {
        cpr_buffer_add_text(out, before);
        cpr_buffer_add(out, line);
        cpr_buffer_add_text(out, after);
    }
}

/* The first block of the text or of an attachment, copied. */
static struct cpr_buffer block_of(const char *name)
{
    static struct cpr_facts facts;
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/samples/cpr/%s.eml", CPR_SOURCE_DIR, name);
    struct cpr_buffer file = sample_read(path), block = cpr_buffer_new(64 * 1024);
    cpr_facts_read(cpr_buffer_view(&file), false, &facts);
    struct cpr_view text = cpr_buffer_view(&facts.text);
    for (uint32_t i = 0; i < facts.part_count; i++)
        if (cpr_view_find(text, "-----BEGIN ", 0) == CPR_VIEW_NOT_FOUND)
            text = cpr_buffer_view(&facts.parts[i].bytes);
    size_t start = cpr_view_find(text, "-----BEGIN ", 0), end = cpr_view_find(text, "-----END ", 0);
    assert_true(start < end && end < text.len);
    cpr_buffer_add(&block, cpr_view_slice(text, start, cpr_view_find_byte(text, '\n', end) - start));
    cpr_facts_free(&facts);
    cpr_buffer_free(&file);
    return block;
}

static void blocks_are_found_however_mail_bent_them(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } forms[] = {
        {"", "\n"},   {"> ", "\n"},   {"> > >> ", "\n"}, {"\t  ", "\n"}, {"", " "},        {"", "\\n"},
        {"| ", "\n"}, {"", "\\r\\n"}, {"\"", "\\n\"\n"}, {"", " \\\n"},  {"", "\r\n\r\n"}, {"> ", "\\n\n"},
    };
    static const struct {
        const char *name;
        enum cpr_identifier_type type;
        const char *want;
    } table[] = {
        {"01-short-mail-with-pem", CPR_IDENTIFIER_CERTIFICATE,
         "5508e7f2b55db409db5eefdfb6ac738677d3f740bf2f54c4f9ab14b8b842c85b"},
        {"15-key-in-text", CPR_IDENTIFIER_SPKI_SHA256, SPKI},
    };
    static struct cpr_reading reading;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer block = block_of(table[i].name);
        for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++) {
            struct cpr_buffer raw = cpr_buffer_new(64 * 1024);
            cpr_buffer_add_text(&raw, "From: a@b.example\nSubject: x\n\nsee\n");
            add_bent(&raw, cpr_buffer_view(&block), forms[k].before, forms[k].after);
            cpr_judge_message(cpr_buffer_view(&raw), false, NULL, &reading);
            if (!has_identifier(&reading, table[i].type, table[i].want))
                fail_msg("%s: form %zu is not found", table[i].name, k);
            if (i == 1 && strlen(reading.excerpt) > 100)
                fail_msg("form %zu of a key is shown: %s", k, reading.excerpt);
            cpr_buffer_free(&raw);
        }
        cpr_buffer_free(&block);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(material_is_named_by_its_digests),
        cmocka_unit_test(damaged_and_shortened_blocks_are_still_evidence),
        cmocka_unit_test(armour_of_other_trades_is_none),
        cmocka_unit_test(names_in_an_archive_are_names_of_files),
        cmocka_unit_test(blocks_are_found_however_mail_bent_them),
    };
    return cmocka_run_group_tests_name("material", tests, NULL, NULL);
}
