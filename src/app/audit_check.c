/* cpr-audit check: everything that the daemon will need, tried once, with a sentence for each. */
#include "app/audit.h"

#include "cpr/base/encode.h"
#include "cpr/engine/folders.h"
#include "cpr/io/clock.h"
#include "cpr/io/files.h"
#include "cpr/io/imap.h"
#include "cpr/io/secrets.h"
#include "cpr/io/smtp.h"
#include "cpr/record/letter.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>

struct check {
    const struct audit_options *options;
    const struct cpr_config *config;
    struct audit_style style;
    struct cpr_buffer out;
    int exit_code; /* of the first thing that is wrong */
};

/* One line: what was looked at, whether it is well, and what there is to say. */
static void report(struct check *check, const char *what, enum cpr_rc rc, const char *text)
{
    if (rc != CPR_OK && check->exit_code == EX_OK)
        check->exit_code = cpr_rc_exit_code(rc);
    if (check->options->json) {
        json_t *line = json_pack("{s:s, s:b, s:s}", "check", what, "ok", rc == CPR_OK, "text", text);
        char *dump = line ? json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
        cpr_buffer_add_text(&check->out, dump ? dump : "{}");
        free(dump);
        json_decref(line);
    } else {
        audit_paint(&check->out, &check->style, rc == CPR_OK ? AUDIT_GOOD : AUDIT_URGENT,
                    rc == CPR_OK ? "ok   " : "BAD  ");
        audit_cell(&check->out, what, 24);
        cpr_buffer_add_text(&check->out, " ");
        cpr_encode_line(&check->out, cpr_view_of(text));
    }
    cpr_buffer_add_byte(&check->out, '\n');
}

static void check_directory(struct check *check, const char *what, const char *path, unsigned forbidden_mode)
{
    struct cpr_error error = {0};
    enum cpr_rc rc = cpr_directory_check(path, forbidden_mode, &error);
    report(check, what, rc, rc == CPR_OK ? path : error.text);
}

static enum cpr_rc read_secret(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out)
{
    return cpr_secret_read(context, out, error_out);
}

struct folder_list {
    struct check *check;
    const struct cpr_chosen_folder *chosen;
    size_t count;
};

/* What becomes of each folder that the server has: the administrator sees which names to use, and what nobody reads. */
static bool report_folder(void *context, const struct cpr_folder_listing *listing)
{
    const struct folder_list *list = context;
    char text[CPR_ERROR_TEXT_MAX];
    snprintf(text, sizeof text, "\"%.200s\" is not audited", listing->display);
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->chosen[i].name, listing->name) == 0)
            snprintf(text, sizeof text, "\"%.200s\" is audited as %s: %s", listing->display,
                     cpr_folder_role_name(list->chosen[i].role), list->chosen[i].rule);
    report(list->check, "  folder", CPR_OK, text);
    return true;
}

static void check_folders(struct check *check, const struct cpr_mailbox_port *port,
                          const struct cpr_mailbox_settings *mailbox)
{
    struct cpr_error error = {0};
    struct folder_list list = {.check = check};
    struct cpr_chosen_folder *chosen = calloc(CPR_FOLDERS_MAX, sizeof *chosen);
    if (!chosen) {
        report(check, "  folders", CPR_RETRY, "there is not enough memory");
        return;
    }
    enum cpr_rc rc = cpr_folders_choose(port, mailbox, chosen, &list.count, &error);
    list.chosen = chosen;
    if (rc != CPR_OK)
        report(check, "  folders", rc, error.text);
    if (rc == CPR_OK || rc == CPR_OPERATOR)
        rc = port->list(port->self, report_folder, &list, &error);
    if (rc != CPR_OK && rc != CPR_OPERATOR)
        report(check, "  folders", rc, error.text);
    free(chosen);
}

static void report_capabilities(struct check *check, const struct cpr_mailbox_capabilities *can)
{
    report(check, "  moving", CPR_OK,
           can->move && can->uidplus ? "by UID MOVE, proved by COPYUID"
           : can->uidplus            ? "the server has no MOVE: by UID COPY and UID EXPUNGE, proved by COPYUID"
                                     : "the server has no UIDPLUS: reports are copied, the originals stay in junk");
    report(check, "  capabilities", CPR_OK, can->text);
}

static void check_mailbox(struct check *check, size_t at)
{
    const struct cpr_mailbox_settings *mailbox = &check->config->settings.mailboxes[at];
    struct cpr_server_settings server = check->config->imap[at];
    struct cpr_imap_settings settings = {.server = &server, .secret = read_secret, .secret_context = &server.secret};
    struct cpr_imap *imap = NULL;
    struct cpr_error error = {0};
    char what[CPR_NAME_MAX + 16], text[CPR_ERROR_TEXT_MAX];
    snprintf(what, sizeof what, "mailbox %s", mailbox->name);
    enum cpr_rc rc = cpr_imap_new(&settings, &imap, &error);
    struct cpr_mailbox_port port = {0};
    if (rc == CPR_OK) {
        port = cpr_imap_port(imap);
        rc = port.open(port.self, &error);
    }
    snprintf(text, sizeof text, "logged in as %.200s at %.200s port %u", server.user, server.host, server.port);
    report(check, what, rc, rc == CPR_OK ? text : error.text);
    if (rc == CPR_OK) {
        report_capabilities(check, port.capabilities(port.self));
        check_folders(check, &port, mailbox);
        port.close(port.self);
    }
    cpr_imap_free(&imap);
}

/* --- what the judge is told ------------------------------------------------------------------------------------- */

/* The names of the sections of a kind, or what is not seen without any. */
static void report_names(struct check *check, const char *what, const char *first_name, size_t stride, uint32_t count,
                         const char *without)
{
    struct cpr_buffer text = cpr_buffer_new(CPR_ERROR_TEXT_MAX);
    for (uint32_t i = 0; i < count; i++)
        cpr_buffer_add_format(&text, "%s%s", i ? ", " : "", first_name + i * stride);
    report(check, what, CPR_OK, count ? cpr_buffer_text(&text) : without);
    cpr_buffer_free(&text);
}

static void check_judge(struct check *check)
{
    const struct cpr_judge_settings *judge = &check->config->judge;
    report_names(check, "issuers", judge->issuers[0].name, sizeof judge->issuers[0], judge->issuer_count,
                 "no [issuer NAME] is configured: nobody is told which certificates of a report are ours");
    report_names(check, "known noise", judge->noise[0].name, sizeof judge->noise[0], judge->noise_count,
                 "no [noise NAME] is configured: no mail is known to be noise");
    report_names(check, "quarantine notices", judge->notices[0].name, sizeof judge->notices[0], judge->notice_count,
                 "no [notices NAME] is configured: reports in a quarantine that IMAP does not show are not seen");
}

static void check_answers(struct check *check)
{
    report(check, "answers to alerts", CPR_OK,
           cpr_settings_read_answers(&check->config->settings)
               ? "are read: \"ack\" can be said by mail"
               : "are not read: neither reply_to nor from in [smtp] is among the addresses of a mailbox");
}

/* --- the test alert ---------------------------------------------------------------------------------------------- */

static void send_test_alert(struct check *check, const struct cpr_mailer_port *mailer, const struct cpr_oncall *group,
                            const char *address)
{
    struct cpr_clock_port clock = cpr_clock_system();
    struct cpr_alert alert = {.topic = "test"};
    struct cpr_send_result result = {0};
    struct cpr_error error = {0};
    uint64_t unique = 0;
    char text[CPR_ERROR_TEXT_MAX];
    if (getrandom(&unique, sizeof unique, 0) != (ssize_t)sizeof unique)
        unique = (uint64_t)clock.utc_ms(clock.self);
    const char *at = strrchr(check->config->settings.alert_from, '@');
    snprintf(alert.header_message_id, sizeof alert.header_message_id, "<cpr-auditd.test.%016llx%.64s>",
             (unsigned long long)unique, at ? at : "@localhost");
    snprintf(alert.recipient, sizeof alert.recipient, "%s", address);
    snprintf(alert.oncall, sizeof alert.oncall, "%s", group->name);
    snprintf(alert.text, sizeof alert.text, "This is a test: alerts for the on-call group %s reach this address.",
             group->name);
    struct cpr_letter letter = {.alert = &alert,
                                .policy = &check->config->settings.policy,
                                .from = check->config->settings.alert_from,
                                .now_utc_ms = clock.utc_ms(clock.self),
                                .token_key = cpr_view_of("test")};
    struct cpr_buffer message = cpr_buffer_new(CPR_ALERT_BODY_MAX_BYTES);
    cpr_letter_write(&letter, &message);
    enum cpr_rc rc = mailer->send(mailer->self, address, cpr_buffer_view(&message), &result, &error);
    cpr_buffer_free(&message);
    snprintf(text, sizeof text, "test alert to %s taken: %d %.200s", address, result.reply_code, result.reply);
    report(check, "  on-call", rc, rc == CPR_OK ? text : error.text);
}

static void check_alerts(struct check *check)
{
    const struct cpr_policy *policy = &check->config->settings.policy;
    struct cpr_server_settings server = check->config->smtp;
    struct cpr_smtp_secret secret = {&server.secret, read_secret};
    struct cpr_smtp *smtp = NULL;
    struct cpr_error error = {0};
    char text[CPR_ERROR_TEXT_MAX], password[CPR_SECRET_MAX];
    enum cpr_rc rc = cpr_smtp_new(&server, check->config->settings.alert_from, secret, NULL, &smtp, &error);
    if (rc == CPR_OK && server.user[0])
        rc = cpr_secret_read(&server.secret, password, &error);
    explicit_bzero(password, sizeof password);
    snprintf(text, sizeof text, "by %s port %u; %s", server.host, server.port,
             check->options->send_test_alert ? "one to each on-call address:"
                                             : "not tried: --send-test-alert sends one to each on-call address");
    report(check, "alerts", rc, rc == CPR_OK ? text : error.text);
    if (rc == CPR_OK && check->options->send_test_alert) {
        struct cpr_mailer_port mailer = cpr_smtp_port(smtp);
        for (size_t g = 0; g < policy->oncall_count; g++)
            for (size_t a = 0; a < policy->oncall[g].address_count; a++)
                send_test_alert(check, &mailer, &policy->oncall[g], policy->oncall[g].addresses[a]);
    }
    cpr_smtp_free(&smtp);
}

int audit_check(const struct audit_options *options)
{
    struct cpr_config *config = audit_config_load(options);
    if (!config)
        return EX_CONFIG;
    struct check check = {.options = options,
                          .config = config,
                          .style = audit_style_of(1),
                          .out = cpr_buffer_new(AUDIT_OUTPUT_MAX_BYTES)};
    signal(SIGPIPE, SIG_IGN);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    report(&check, "configuration", CPR_OK,
           config->settings.policy.is_active ? "good; mode = active: reports are moved to the inbox"
                                             : "good; mode = observe: nothing is moved");
    check_judge(&check);
    check_answers(&check);
    check_directory(&check, "state_dir", config->state_dir, 0077);
    check_directory(&check, "log_dir", config->log_dir, 0007);
    check_directory(&check, "run_dir", config->run_dir, 0007);
    for (size_t i = 0; i < config->settings.mailbox_count; i++)
        check_mailbox(&check, i);
    check_alerts(&check);
    curl_global_cleanup();
    int printed = audit_print(&check.out);
    int exit_code = check.exit_code != EX_OK ? check.exit_code : printed;
    cpr_buffer_free(&check.out);
    free(config);
    return exit_code;
}
