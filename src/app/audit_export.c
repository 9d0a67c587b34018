/* cpr-audit export: a case, to be taken out of the house. */
#include "app/export.h"
#include "cpr/record/ccadb.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { EXPORT_MAX_BYTES = 4 * CPR_REPLY_MAX_BYTES };

/* --- the forms -----------------------------------------------------------------------------------------------------
 */

void export_write_json(const json_t *value, size_t flags, struct cpr_buffer *out)
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
        export_write_json(item, JSON_COMPACT, out);
    }
}

enum cpr_rc export_add_part(struct cpr_bundle *bundle, const char *name, struct cpr_buffer *text,
                            struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_buffer_is_full(text)
                         ? cpr_error_set(error_out, CPR_LIMIT, 0, "%s is too large for an export", name)
                         : cpr_bundle_add(bundle, name, cpr_buffer_view(text), error_out);
    cpr_buffer_clear(text);
    return rc;
}

/* What people did: commands, answered alerts, and what an unknown hand did in the mailbox. */
static json_t *deeds_of(const json_t *log)
{
    json_t *deeds = json_array(), *event;
    size_t i;
    json_array_foreach((json_t *)log, i, event)
    {
        if (strcmp(audit_string(event, "who"), "cpr-auditd") != 0 ||
            strcmp(audit_string(event, "event"), "dismissed-by-move") == 0)
            json_array_append(deeds, event);
    }
    return deeds;
}

/* The lists of the case, each a file with an object a line. */
static enum cpr_rc add_lists(const json_t *item, struct cpr_bundle *bundle, struct cpr_buffer *text,
                             struct cpr_error *error_out)
{
    static const struct {
        const char *key, *name;
    } lists[] = {{"messages", "readings.jsonl"}, {"legs", "legs.jsonl"},     {"replies", "replies.jsonl"},
                 {"links", "links.jsonl"},       {"alerts", "alerts.jsonl"}, {"log", "events.jsonl"}};
    json_t *deeds = deeds_of(json_object_get(item, "log"));
    enum cpr_rc rc = CPR_OK;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0] && rc == CPR_OK; i++) {
        write_lines(json_object_get(item, lists[i].key), text);
        rc = export_add_part(bundle, lists[i].name, text, error_out);
    }
    write_lines(deeds, text);
    if (rc == CPR_OK)
        rc = export_add_part(bundle, "people.jsonl", text, error_out);
    json_decref(deeds);
    return rc;
}

static enum cpr_rc add_parts(const struct audit_options *options, const json_t *item, struct cpr_bundle *bundle,
                             struct cpr_error *error_out)
{
    struct cpr_buffer text = cpr_buffer_new(EXPORT_MAX_BYTES);
    export_write_json(item, JSON_INDENT(2), &text);
    enum cpr_rc rc = export_add_part(bundle, "case.json", &text, error_out);
    cpr_ccadb_write(item, options->redact_reporter, &text);
    if (rc == CPR_OK)
        rc = export_add_part(bundle, "incident.md", &text, error_out);
    cpr_ccadb_csv(item, &text);
    if (rc == CPR_OK)
        rc = export_add_part(bundle, "appendix.csv", &text, error_out);
    if (rc == CPR_OK)
        rc = add_lists(item, bundle, &text, error_out);
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
                    "mailbox, who and text, with a line feed between them; those between belong to other cases. "
                    "people.jsonl: those of them that people caused.");
    cpr_bundle_note(bundle, "readings.jsonl has a line for each message of the case: the report, reply-N (its "
                            "worth stands in replies.jsonl, which one closed a leg in legs.jsonl) and linked-N "
                            "(why stands in links.jsonl). The raw mail of each is raw-PART.eml.");
    if (audit_number(item, "left_out")) {
        snprintf(text, sizeof text, "%lld messages or readings are left out: there are too many for an export.",
                 (long long)audit_number(item, "left_out"));
        cpr_bundle_note(bundle, text);
    }
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
        rc = export_add_mails(config, item, bundle, &error);
    cpr_export_clean(item, options->redact_reporter);
    if (rc == CPR_OK)
        rc = export_add_evidence(config, item, bundle, &error);
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
        export_write_json(item, options->out ? JSON_INDENT(2) : JSON_COMPACT, &text);
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
