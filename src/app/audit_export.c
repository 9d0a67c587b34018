/* cpr-audit export: a case, to be taken out of the house. */
#include "app/audit.h"
#include "cpr/io/bundle.h"
#include "cpr/record/ccadb.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { EXPORT_MAX_BYTES = 4 * CPR_REPLY_MAX_BYTES };

/* --- the raw mails -------------------------------------------------------------------------------------------------
 */

struct raw {
    const struct cpr_identity *wanted;
    struct cpr_bundle *bundle;
    const char *name;
    struct cpr_error *error;
    enum cpr_rc rc; /* CPR_ABSENT until it was added */
    bool is_cut;
};

/* Only the very message that was judged. */
static bool add_raw(void *context, const struct cpr_fetched *fetched)
{
    struct raw *raw = context;
    struct cpr_identity found = cpr_identity_of(fetched->raw, fetched->size);
    if (!fetched->is_vanished && cpr_identity_equal(&found, raw->wanted)) {
        raw->rc = cpr_bundle_add(raw->bundle, raw->name, fetched->raw, raw->error);
        raw->is_cut = fetched->raw.len < fetched->size;
    }
    return false;
}

/* Looks where one sighting says; CPR_ABSENT when it is not there. */
static enum cpr_rc fetch_sighting(const struct cpr_mailbox_port *port, const json_t *sighting, struct raw *raw)
{
    const char *folder = audit_string(sighting, "wire_name");
    uint32_t uid = (uint32_t)audit_number(sighting, "uid");
    struct cpr_folder_status status;
    enum cpr_rc rc = port->status(port->self, folder, &status, raw->error);
    if (rc != CPR_OK || status.uidvalidity != (uint32_t)audit_number(sighting, "uidvalidity"))
        return rc == CPR_OK ? CPR_ABSENT : rc;
    rc = port->fetch(port->self, folder, status.uidvalidity, &uid, 1, CPR_MESSAGE_FETCH_MAX_BYTES, add_raw, raw,
                     raw->error);
    return rc == CPR_OK || rc == CPR_STOPPED ? raw->rc : rc;
}

static enum cpr_rc open_mailbox(struct cpr_config *config, const char *name, struct audit_mailbox *out,
                                struct cpr_error *error_out)
{
    for (size_t i = 0; i < config->settings.mailbox_count; i++)
        if (strcmp(config->settings.mailboxes[i].name, name) == 0)
            return audit_mailbox_open(config, i, out, error_out);
    return cpr_error_set(error_out, CPR_ABSENT, 0, "mailbox %s is no longer configured", name);
}

/* Where it lies or lay, the newest place first. That it cannot be had is said in the manifest and stops nothing; that
 * the disk is full does. */
static enum cpr_rc add_mail(struct cpr_config *config, const json_t *message, struct cpr_bundle *bundle,
                            struct cpr_error *error_out)
{
    struct cpr_identity wanted = {.size = (uint32_t)audit_number(message, "size")};
    struct cpr_error error = {0};
    struct audit_mailbox mailbox = {0};
    char name[64], sentence[CPR_ERROR_TEXT_MAX + 128];
    struct raw raw = {.wanted = &wanted, .bundle = bundle, .name = name, .error = &error, .rc = CPR_ABSENT};
    size_t i;
    json_t *sighting;
    snprintf(name, sizeof name, "raw-%.40s.eml", audit_string(message, "part"));
    cpr_digest_from_hex(cpr_view_of(audit_string(message, "sha256_of_first_64k")), &wanted.digest);
    enum cpr_rc rc = open_mailbox(config, audit_string(message, "mailbox"), &mailbox, &error);
    json_array_foreach(json_object_get(message, "sightings"), i, sighting)
    {
        if (mailbox.imap && raw.rc == CPR_ABSENT && (rc == CPR_OK || rc == CPR_ABSENT))
            rc = fetch_sighting(&mailbox.port, sighting, &raw);
    }
    audit_mailbox_close(&mailbox);
    if (raw.rc != CPR_OK && raw.rc != CPR_ABSENT) {
        *error_out = error;
        return raw.rc;
    }
    if (raw.rc == CPR_ABSENT)
        snprintf(sentence, sizeof sentence, "%s is not here: %s", name,
                 error.text[0] ? error.text : "the message lies in none of the places where it was seen");
    else if (raw.is_cut)
        snprintf(sentence, sizeof sentence, "%s is cut after %d bytes", name, CPR_MESSAGE_FETCH_MAX_BYTES);
    if (raw.rc == CPR_ABSENT || raw.is_cut)
        cpr_bundle_note(bundle, sentence);
    return CPR_OK;
}

static enum cpr_rc add_mails(struct cpr_config *config, const json_t *item, struct cpr_bundle *bundle,
                             struct cpr_error *error_out)
{
    size_t i;
    json_t *message;
    enum cpr_rc rc = CPR_OK;
    cpr_bundle_note(bundle, "The raw mails are as the mail server holds them: what they bring along, private keys "
                            "included, is in them. Handle this directory accordingly.");
    json_array_foreach(json_object_get(item, "messages"), i, message)
    {
        if (rc == CPR_OK)
            rc = add_mail(config, message, bundle, error_out);
    }
    return rc;
}

/* --- the forms -----------------------------------------------------------------------------------------------------
 */

static void write_json(const json_t *value, size_t flags, struct cpr_buffer *out)
{
    char *text = json_dumps(value, flags | JSON_PRESERVE_ORDER);
    cpr_buffer_add_text(out, text ? text : "");
    cpr_buffer_add_byte(out, '\n');
    out->full = out->full || !text;
    free(text);
}

static void write_lines(const json_t *list, struct cpr_buffer *out)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        write_json(item, JSON_COMPACT, out);
    }
}

static enum cpr_rc add_part(struct cpr_bundle *bundle, const char *name, struct cpr_buffer *text,
                            struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_buffer_is_full(text)
                         ? cpr_error_set(error_out, CPR_LIMIT, 0, "%s is too large for an export", name)
                         : cpr_bundle_add(bundle, name, cpr_buffer_view(text), error_out);
    cpr_buffer_clear(text);
    return rc;
}

static enum cpr_rc add_parts(const struct audit_options *options, const json_t *item, struct cpr_bundle *bundle,
                             struct cpr_error *error_out)
{
    struct cpr_buffer text = cpr_buffer_new(EXPORT_MAX_BYTES);
    write_json(item, JSON_INDENT(2), &text);
    enum cpr_rc rc = add_part(bundle, "case.json", &text, error_out);
    cpr_ccadb_write(item, options->redact_reporter, &text);
    if (rc == CPR_OK)
        rc = add_part(bundle, "incident.md", &text, error_out);
    cpr_ccadb_csv(item, &text);
    if (rc == CPR_OK)
        rc = add_part(bundle, "appendix.csv", &text, error_out);
    write_lines(json_object_get(item, "messages"), &text);
    if (rc == CPR_OK)
        rc = add_part(bundle, "readings.jsonl", &text, error_out);
    write_lines(json_object_get(item, "alerts"), &text);
    if (rc == CPR_OK)
        rc = add_part(bundle, "alerts.jsonl", &text, error_out);
    write_lines(json_object_get(item, "log"), &text);
    if (rc == CPR_OK)
        rc = add_part(bundle, "events.jsonl", &text, error_out);
    cpr_buffer_free(&text);
    return rc;
}

static void add_notes(const struct audit_options *options, const json_t *item, struct cpr_bundle *bundle)
{
    char text[256];
    snprintf(text, sizeof text, "Case %lld of cpr-auditd, exported %.40s. Check: sha256sum -c " CPR_BUNDLE_MANIFEST,
             (long long)audit_number(item, "case"), audit_string(item, "exported"));
    cpr_bundle_note(bundle, text);
    cpr_bundle_note(bundle,
                    "events.jsonl: the hash of each is the SHA-256 of prev_hash, sequence, at_ms, event, case, "
                    "mailbox, who and text, with a line feed between them; those between belong to other cases.");
    if (options->redact_reporter)
        cpr_bundle_note(bundle, "The reporter's name, address and Message-ID were replaced by [reporter], also in "
                                "events: the hash of such an event no longer fits its text.");
    if (!options->with_raw_mail)
        cpr_bundle_note(bundle, "The raw mails are not here: they may hold private keys; --with-raw-mail adds them.");
}

/* `item` is cleaned on the way: the raw mails are looked for by what it said before. */
static int export_bundle(const struct audit_options *options, struct cpr_config *config, json_t *item)
{
    struct cpr_bundle *bundle = NULL;
    struct cpr_error error = {0};
    char path[64], sentence[CPR_ERROR_TEXT_MAX];
    snprintf(path, sizeof path, "cpr-case-%lld", (long long)audit_number(item, "case"));
    const char *out = options->out ? options->out : path;
    enum cpr_rc rc = cpr_bundle_begin(out, &bundle, &error);
    if (rc == CPR_OK)
        add_notes(options, item, bundle);
    if (rc == CPR_OK && options->with_raw_mail)
        rc = add_mails(config, item, bundle, &error);
    cpr_export_clean(item, options->redact_reporter);
    if (rc == CPR_OK)
        rc = add_parts(options, item, bundle, &error);
    if (rc == CPR_OK)
        rc = cpr_bundle_finish(&bundle, &error);
    cpr_bundle_abandon(&bundle);
    if (rc != CPR_OK)
        return audit_fail(cpr_rc_exit_code(rc), error.text);
    struct cpr_buffer done = cpr_buffer_new(sizeof sentence * 4);
    cpr_buffer_add_format(&done, "case %lld: exported to ", (long long)audit_number(item, "case"));
    audit_add_lines(&done, cpr_view_of(out));
    int printed = audit_print(&done);
    cpr_buffer_free(&done);
    return printed;
}

static int export_text(const struct audit_options *options, json_t *item)
{
    struct cpr_buffer text = cpr_buffer_new(EXPORT_MAX_BYTES);
    struct cpr_error error = {0};
    int exit_code = EX_OK;
    cpr_export_clean(item, options->redact_reporter);
    if (strcmp(options->format, "ccadb") == 0)
        cpr_ccadb_write(item, options->redact_reporter, &text);
    else
        write_json(item, options->out ? JSON_INDENT(2) : JSON_COMPACT, &text);
    if (!options->out) {
        exit_code = audit_print(&text);
    } else if (cpr_buffer_is_full(&text)) {
        exit_code = audit_fail(EX_DATAERR, "the case is too large for an export");
    } else {
        enum cpr_rc rc = cpr_bundle_write_file(options->out, cpr_buffer_view(&text), &error);
        exit_code = rc == CPR_OK ? EX_OK : audit_fail(cpr_rc_exit_code(rc), error.text);
    }
    cpr_buffer_free(&text);
    return exit_code;
}

/* --- the verb ------------------------------------------------------------------------------------------------------
 */

static const char *complaint_of(const struct audit_options *options)
{
    const char *format = options->format ? options->format : "";
    bool is_bundle = strcmp(format, "bundle") == 0;
    if (!is_bundle && strcmp(format, "ccadb") != 0 && strcmp(format, "json") != 0)
        return "say in which form: --format ccadb, json or bundle";
    if (options->with_raw_mail && !is_bundle)
        return "--with-raw-mail belongs to --format bundle";
    if (options->with_raw_mail && options->redact_reporter)
        return "the raw mails name the reporter: --with-raw-mail and --redact-reporter exclude each other";
    return NULL;
}

int audit_export(const struct audit_options *options)
{
    struct cpr_buffer request = cpr_buffer_new(CPR_REQUEST_MAX_BYTES);
    struct cpr_config *config = NULL;
    struct cpr_error error = {0};
    json_t *objects = NULL;
    int exit_code = EX_USAGE;
    const char *complaint = complaint_of(options);
    if (complaint || audit_request(options, &request, &error) != CPR_OK) {
        audit_fail(exit_code, complaint ? complaint : error.text);
        goto out;
    }
    exit_code = EX_CONFIG;
    config = audit_config_load(options);
    if (!config)
        goto out;
    signal(SIGPIPE, SIG_IGN);
    exit_code = audit_ask_objects(config, cpr_buffer_text(&request), &objects, &error);
    if (exit_code != EX_OK) {
        audit_fail(exit_code, error.text);
        goto out;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    json_t *item = json_array_get(objects, 0);
    exit_code =
        strcmp(options->format, "bundle") == 0 ? export_bundle(options, config, item) : export_text(options, item);
    curl_global_cleanup();
out:
    json_decref(objects);
    cpr_buffer_free(&request);
    free(config);
    return exit_code;
}
