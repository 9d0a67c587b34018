/* The raw mails of a case, fetched without changing anything. */
#include "app/export.h"

#include <stdio.h>
#include <string.h>

struct raw {
    const struct cpr_identity *wanted;
    struct cpr_bundle *bundle;
    const char *name;
    struct cpr_error *error;
    enum cpr_rc rc; /* CPR_ABSENT until it was added */
    bool is_cut;
};

/* The mailbox that was looked into last: most mails of a case lie in one. */
struct open_mailbox {
    struct cpr_config *config;
    char name[CPR_NAME_MAX];
    struct audit_mailbox mailbox;
    enum cpr_rc rc; /* why it could not be opened */
    struct cpr_error error;
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

static void open_mailbox(struct open_mailbox *open, const char *name)
{
    struct cpr_config *config = open->config;
    if (open->name[0] && strcmp(open->name, name) == 0)
        return;
    audit_mailbox_close(&open->mailbox);
    open->mailbox = (struct audit_mailbox){0};
    open->rc = cpr_error_set(&open->error, CPR_ABSENT, 0, "mailbox %s is no longer configured", name);
    snprintf(open->name, sizeof open->name, "%s", name);
    for (size_t i = 0; i < config->settings.mailbox_count; i++)
        if (strcmp(config->settings.mailboxes[i].name, name) == 0)
            open->rc = audit_mailbox_open(config, i, &open->mailbox, &open->error);
}

/* Where it lies or lay, the newest place first. That it cannot be had is said in the manifest and stops nothing; that
 * the disk is full does. */
static enum cpr_rc add_mail(struct open_mailbox *open, const json_t *message, struct cpr_bundle *bundle,
                            struct cpr_error *error_out)
{
    struct cpr_identity wanted = {.size = (uint32_t)audit_number(message, "size")};
    struct cpr_error error = {0};
    char name[64], sentence[CPR_ERROR_TEXT_MAX + 128];
    struct raw raw = {.wanted = &wanted, .bundle = bundle, .name = name, .error = &error, .rc = CPR_ABSENT};
    size_t i;
    json_t *sighting;
    snprintf(name, sizeof name, "raw-%.40s.eml", audit_string(message, "part"));
    cpr_digest_from_hex(cpr_view_of(audit_string(message, "sha256_of_first_64k")), &wanted.digest);
    open_mailbox(open, audit_string(message, "mailbox"));
    enum cpr_rc rc = open->rc;
    if (rc != CPR_OK)
        error = open->error;
    json_array_foreach(json_object_get(message, "sightings"), i, sighting)
    {
        if (open->mailbox.imap && raw.rc == CPR_ABSENT && (rc == CPR_OK || rc == CPR_ABSENT))
            rc = fetch_sighting(&open->mailbox.port, sighting, &raw);
    }
    if (raw.rc != CPR_OK && raw.rc != CPR_ABSENT) {
        *error_out = error;
        return raw.rc;
    }
    /* The session ended with it: the next mail opens one anew. What could not be opened is not tried for each mail. */
    if (rc == CPR_RETRY && open->mailbox.imap)
        open->name[0] = 0;
    if (raw.rc == CPR_ABSENT)
        snprintf(sentence, sizeof sentence, "%s is not here: %s", name,
                 error.text[0] ? error.text : "the message lies in none of the places where it was seen");
    else if (raw.is_cut)
        snprintf(sentence, sizeof sentence, "%s is cut after %d bytes", name, CPR_MESSAGE_FETCH_MAX_BYTES);
    if (raw.rc == CPR_ABSENT || raw.is_cut)
        cpr_bundle_note(bundle, sentence);
    return CPR_OK;
}

enum cpr_rc export_add_mails(struct cpr_config *config, const json_t *item, struct cpr_bundle *bundle,
                             struct cpr_error *error_out)
{
    struct open_mailbox open = {.config = config};
    size_t i;
    json_t *message;
    enum cpr_rc rc = CPR_OK;
    cpr_bundle_note(bundle, "The raw mails are as the mail server holds them: what they bring along, private keys "
                            "included, is in them. Handle this directory accordingly.");
    json_array_foreach(json_object_get(item, "messages"), i, message)
    {
        if (rc == CPR_OK)
            rc = add_mail(&open, message, bundle, error_out);
    }
    audit_mailbox_close(&open.mailbox);
    return rc;
}
