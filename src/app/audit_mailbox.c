/* A configured mailbox, for verbs that read mail themselves. */
#include "app/audit.h"
#include "cpr/io/secrets.h"

static enum cpr_rc read_secret(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out)
{
    return cpr_secret_read(context, out, error_out);
}

enum cpr_rc audit_mailbox_open(struct cpr_config *config, size_t mailbox_index, struct audit_mailbox *out,
                               struct cpr_error *error_out)
{
    struct cpr_server_settings *server = &config->imap[mailbox_index];
    struct cpr_imap_settings settings = {.server = server, .secret = read_secret, .secret_context = &server->secret};
    struct audit_mailbox mailbox = {0};
    enum cpr_rc rc = cpr_imap_new(&settings, &mailbox.imap, error_out);
    if (rc != CPR_OK)
        return rc;
    mailbox.port = cpr_imap_port(mailbox.imap);
    rc = mailbox.port.open(mailbox.port.self, error_out);
    if (rc == CPR_OK)
        *out = mailbox;
    else
        cpr_imap_free(&mailbox.imap);
    return rc;
}

void audit_mailbox_close(struct audit_mailbox *mailbox)
{
    if (mailbox->imap)
        mailbox->port.close(mailbox->port.self);
    cpr_imap_free(&mailbox->imap);
}
