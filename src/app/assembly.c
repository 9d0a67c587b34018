#include "app/assembly.h"

#include "cpr/io/clock.h"
#include "cpr/io/files.h"
#include "cpr/io/http.h"
#include "cpr/io/imap.h"
#include "cpr/io/journal.h"
#include "cpr/io/reader.h"
#include "cpr/io/secrets.h"
#include "cpr/io/smtp.h"

#include <stdlib.h>

struct cpr_assembly {
    struct cpr_config *config; /* owned */
    struct cpr_reader *reader; /* owned, like all below */
    struct cpr_archive *archive;
    struct cpr_smtp *smtp;
    struct cpr_http *http;
    struct cpr_imap *imaps[CPR_MAILBOXES_MAX];
    struct cpr_engine *engine;
};

/* Passwords are read again at each login, so that a changed one needs no restart. */
static enum cpr_rc read_secret(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out)
{
    return cpr_secret_read(context, out, error_out);
}

static enum cpr_rc add_mailboxes(struct cpr_assembly *assembly, const struct cpr_pulse *pulse,
                                 struct cpr_engine_ports *ports, struct cpr_error *error_out)
{
    enum cpr_rc rc = CPR_OK;
    for (size_t i = 0; i < assembly->config->settings.mailbox_count && rc == CPR_OK; i++) {
        struct cpr_imap_settings settings = {.server = &assembly->config->imap[i],
                                             .secret = read_secret,
                                             .secret_context = &assembly->config->imap[i].secret,
                                             .pulse = *pulse};
        rc = cpr_imap_new(&settings, &assembly->imaps[i], error_out);
        if (rc == CPR_OK)
            ports->mailboxes[i] = cpr_imap_port(assembly->imaps[i]);
    }
    return rc;
}

enum cpr_rc cpr_assembly_new(struct cpr_config *config, struct cpr_store *store, const struct cpr_pulse *pulse,
                             struct cpr_assembly **assembly_out, struct cpr_error *error_out)
{
    struct cpr_assembly *assembly = calloc(1, sizeof *assembly);
    struct cpr_engine_ports *ports = calloc(1, sizeof *ports);
    enum cpr_rc rc = CPR_RETRY;
    if (!assembly || !ports) {
        free(config);
        cpr_error_set(error_out, rc, 0, "there is not enough memory to start");
        goto out;
    }
    assembly->config = config;
    struct cpr_smtp_secret secret = {&config->smtp.secret, read_secret};
    rc = cpr_reader_new(&config->judge, pulse, NULL, &assembly->reader, error_out);
    if (rc == CPR_OK)
        rc = cpr_archive_open(config->log_dir, &assembly->archive, error_out);
    if (rc == CPR_OK)
        rc = cpr_smtp_new(&config->smtp, config->settings.alert_from, secret, pulse, &assembly->smtp, error_out);
    if (rc == CPR_OK)
        rc = cpr_http_new(pulse, &assembly->http, error_out);
    if (rc == CPR_OK)
        rc = add_mailboxes(assembly, pulse, ports, error_out);
    if (rc != CPR_OK)
        goto out;
    ports->store = cpr_store_port(store);
    ports->reader = cpr_reader_port(assembly->reader);
    ports->mailer = cpr_smtp_port(assembly->smtp);
    ports->http = cpr_http_port(assembly->http);
    ports->clock = cpr_clock_system();
    ports->journal = cpr_journal_stderr(CPR_LEVEL_INFO);
    ports->archive = cpr_archive_port(assembly->archive);
    rc = cpr_engine_new(&config->settings, ports, cpr_store_token_key(store), &assembly->engine, error_out);
out:
    free(ports);
    if (rc != CPR_OK)
        cpr_assembly_free(&assembly);
    else
        *assembly_out = assembly;
    return rc;
}

void cpr_assembly_free(struct cpr_assembly **assembly)
{
    struct cpr_assembly *a = *assembly;
    *assembly = NULL;
    if (!a)
        return;
    cpr_engine_free(&a->engine);
    for (size_t i = 0; i < CPR_MAILBOXES_MAX; i++)
        cpr_imap_free(&a->imaps[i]);
    cpr_smtp_free(&a->smtp);
    cpr_http_free(&a->http);
    cpr_archive_free(&a->archive);
    cpr_reader_free(&a->reader);
    free(a->config);
    free(a);
}

const struct cpr_config *cpr_assembly_config(const struct cpr_assembly *assembly)
{
    return assembly->config;
}

struct cpr_engine *cpr_assembly_engine(struct cpr_assembly *assembly)
{
    return assembly->engine;
}
