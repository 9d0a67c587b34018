/* What the CA's own sources answered about a revocation: the bytes as they came, so that openssl can check them. */
#include "app/export.h"

#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* Beside them the bundle has room for the mails and its other files. */
enum { ANSWERS_MAX = CPR_BUNDLE_FILES_MAX - 256, ANSWERS_MAX_BYTES = 256 * 1024 * 1024, FILE_NAME_SIZE = 48 };

struct answers {
    struct cpr_config *config;
    struct cpr_bundle *bundle;
    struct cpr_buffer index; /* lines of JSON */
    json_t *files;           /* by digest: its name, "" when it is not here */
    size_t bytes;
    unsigned left_out;
    bool is_used[CPR_ISSUERS_MAX], has_unknown; /* issuers of the configuration; one that is no longer in it */
};

static int digit_of(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* Asks the desk for the bytes; CPR_ABSENT: they are not kept. What has another digest is not what was answered. */
static enum cpr_rc fetch(struct answers *answers, const char *sha256, struct cpr_buffer *out,
                         struct cpr_error *error_out)
{
    char request[160], hex[CPR_DIGEST_HEX_SIZE];
    json_t *objects = NULL;
    snprintf(request, sizeof request, "{\"verb\":\"evidence\",\"sha256\":\"%.64s\"}", sha256);
    int exit_code = audit_ask_objects(answers->config, request, &objects, error_out);
    if (exit_code != EX_OK)
        return exit_code == EX_DATAERR ? CPR_ABSENT : CPR_RETRY;
    const char *text = audit_string(json_array_get(objects, 0), "hex");
    for (; cpr_ascii_is_hex(text[0]) && cpr_ascii_is_hex(text[1]); text += 2)
        cpr_buffer_add_byte(out, (char)(digit_of(text[0]) << 4 | digit_of(text[1])));
    json_decref(objects);
    struct cpr_digest digest = cpr_digest_of(cpr_buffer_view(out));
    cpr_digest_to_hex(&digest, hex);
    return strcmp(hex, sha256) == 0
               ? CPR_OK
               : cpr_error_set(error_out, CPR_CORRUPT, 0, "the store keeps other bytes than those with the SHA-256 %s",
                               sha256);
}

/* The file of an answer, added when it is not there yet; "" when it is not here. */
static enum cpr_rc add_file(struct answers *answers, const json_t *answer, const char **name_out,
                            struct cpr_error *error_out)
{
    const char *sha256 = audit_string(answer, "sha256"), *way = audit_string(answer, "way");
    const char *known = json_string_value(json_object_get(answers->files, sha256));
    char name[FILE_NAME_SIZE] = "";
    enum cpr_rc rc = CPR_OK;
    if (known || !*sha256) {
        *name_out = known ? known : "";
        return CPR_OK;
    }
    struct cpr_buffer bytes = cpr_buffer_new(CPR_EVIDENCE_MAX_BYTES);
    bool has_room = json_object_size(answers->files) < ANSWERS_MAX && answers->bytes < ANSWERS_MAX_BYTES;
    rc = has_room ? fetch(answers, sha256, &bytes, error_out) : CPR_ABSENT;
    if (rc == CPR_OK) {
        snprintf(name, sizeof name, "evidence-%.16s.%s", sha256, strcmp(way, "crl") == 0 ? "crl" : "ocsp");
        answers->bytes += bytes.len;
        rc = cpr_bundle_add(answers->bundle, name, cpr_buffer_view(&bytes), error_out);
    } else if (rc == CPR_ABSENT) {
        answers->left_out++;
        rc = CPR_OK;
    }
    cpr_buffer_free(&bytes);
    json_object_set_new(answers->files, sha256, json_string(name));
    *name_out = audit_string(answers->files, sha256);
    return rc;
}

/* One line of the index: the claim, and what one source answered to it. */
static enum cpr_rc add_answer(struct answers *answers, const json_t *claim, const json_t *answer,
                              struct cpr_error *error_out)
{
    static const char *const of_claim[] = {"issuer", "serial", "claimed", "by"};
    const char *name = "";
    json_t *row = json_object();
    for (size_t i = 0; i < sizeof of_claim / sizeof of_claim[0]; i++)
        json_object_set(row, of_claim[i], json_object_get(claim, of_claim[i]));
    json_object_update(row, (json_t *)answer);
    enum cpr_rc rc = add_file(answers, answer, &name, error_out);
    json_object_set_new(row, "file", json_string(name));
    export_write_json(row, JSON_COMPACT, &answers->index);
    json_decref(row);
    bool is_known = false;
    for (size_t i = 0; i < answers->config->settings.issuer_count; i++)
        if (strcmp(answers->config->settings.issuers[i].name, audit_string(claim, "issuer")) == 0) {
            answers->is_used[i] = *name || answers->is_used[i];
            is_known = true;
        }
    answers->has_unknown = answers->has_unknown || !is_known;
    return rc;
}

/* openssl wants a CA's certificate as PEM. */
static enum cpr_rc add_issuers(struct answers *answers, struct cpr_error *error_out)
{
    const struct cpr_settings *settings = &answers->config->settings;
    char name[FILE_NAME_SIZE], note[CPR_NAME_MAX + 128];
    enum cpr_rc rc = CPR_OK;
    for (size_t i = 0; i < settings->issuer_count && rc == CPR_OK; i++) {
        const struct cpr_issuing_ca *ca = &settings->issuers[i];
        gnutls_datum_t der = {(unsigned char *)ca->certificate, (unsigned)ca->certificate_len}, pem;
        if (!answers->is_used[i] || ca->certificate_len == 0 ||
            gnutls_pem_base64_encode2("CERTIFICATE", &der, &pem) != GNUTLS_E_SUCCESS)
            continue;
        snprintf(name, sizeof name, "issuer-%zu.pem", i + 1);
        snprintf(note, sizeof note, "%s is the certificate of [issuer %s] as configured at the export.", name,
                 ca->name);
        cpr_bundle_note(answers->bundle, note);
        rc = cpr_bundle_add(answers->bundle, name, cpr_view_make((char *)pem.data, pem.size), error_out);
        gnutls_free(pem.data);
    }
    return rc;
}

static void add_notes(const struct answers *answers)
{
    char note[160];
    cpr_bundle_note(answers->bundle,
                    "evidence.jsonl: what each CRL and OCSP responder answered, with its file as it came (DER). "
                    "Check: openssl crl -inform DER -noout -text -CAfile issuer-1.pem -in FILE.crl");
    cpr_bundle_note(answers->bundle, "or: openssl ocsp -CAfile issuer-1.pem -issuer issuer-1.pem -serial 0xSERIAL "
                                     "-respin FILE.ocsp (it says, too, that the answer's time is over by now)");
    if (answers->has_unknown)
        cpr_bundle_note(answers->bundle, "The certificate of an issuer is not here: it is no longer configured.");
    if (answers->left_out) {
        snprintf(note, sizeof note,
                 "%u answers are named without a file: too long to be kept, or too many for a bundle.",
                 answers->left_out);
        cpr_bundle_note(answers->bundle, note);
    }
}

enum cpr_rc export_add_evidence(struct cpr_config *config, const json_t *item, struct cpr_bundle *bundle,
                                struct cpr_error *error_out)
{
    const json_t *claims = json_object_get(item, "revocations");
    struct answers answers = {
        .config = config, .bundle = bundle, .index = cpr_buffer_new(4 * CPR_REPLY_MAX_BYTES), .files = json_object()};
    size_t i, k;
    json_t *claim, *answer;
    enum cpr_rc rc = CPR_OK;
    json_array_foreach(claims, i, claim)
    {
        json_array_foreach(json_object_get(claim, "answers"), k, answer)
        {
            rc = rc == CPR_OK ? add_answer(&answers, claim, answer, error_out) : rc;
        }
    }
    if (rc == CPR_OK && json_array_size(claims)) {
        add_notes(&answers);
        rc = export_add_part(bundle, "evidence.jsonl", &answers.index, error_out);
    }
    if (rc == CPR_OK)
        rc = add_issuers(&answers, error_out);
    cpr_buffer_free(&answers.index);
    json_decref(answers.files);
    return rc;
}
