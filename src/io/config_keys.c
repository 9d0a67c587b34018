/* The table of keys: the one place that knows the name, type, range, default and meaning of each. */
#include "config_parts.h"

#include "cpr/base/assert.h"

#include <stddef.h>
#include <string.h>

#define MEMBER_SIZE(type, member) sizeof(((type *)0)->member)
#define AT(where, type, member) .base = where, .offset = offsetof(type, member), .size = MEMBER_SIZE(type, member)
#define IN_CONFIG(member) AT(CPR_BASE_CONFIG, struct cpr_config, member)
#define IN_MAILBOX(member) AT(CPR_BASE_MAILBOX, struct cpr_mailbox_settings, member)
#define IN_IMAP(member) AT(CPR_BASE_IMAP, struct cpr_server_settings, member)
#define IN_ONCALL(member) AT(CPR_BASE_ONCALL, struct cpr_oncall, member)
#define IN_ISSUER(member) AT(CPR_BASE_ISSUER, struct cpr_judge_issuer, member)
#define IN_CA(member) AT(CPR_BASE_CA, struct cpr_issuing_ca, member)
#define IN_FORM(base, member) AT(base, struct cpr_judge_form, member)
#define COUNT(type, array, count)                                                                                      \
    .item_size = MEMBER_SIZE(type, array[0]), .count_offset = offsetof(type, count),                                   \
    .count_size = MEMBER_SIZE(type, count)
#define CONFIG_LIST(array, count) IN_CONFIG(array), COUNT(struct cpr_config, array, count)
#define MAILBOX_LIST(array, count) IN_MAILBOX(array), COUNT(struct cpr_mailbox_settings, array, count)
#define ONCALL_LIST(array, count) IN_ONCALL(array), COUNT(struct cpr_oncall, array, count)
#define ISSUER_LIST(array, count) IN_ISSUER(array), COUNT(struct cpr_judge_issuer, array, count)
#define CA_LIST(array, count) IN_CA(array), COUNT(struct cpr_issuing_ca, array, count)
#define FORM_LIST(base, array, count) IN_FORM(base, array), COUNT(struct cpr_judge_form, array, count)
#define RANGE(least, most) .min = least, .max = most
#define DAEMON .section = CPR_SECTION_DAEMON
#define POLICY .section = CPR_SECTION_POLICY
#define MAILBOX .section = CPR_SECTION_MAILBOX
#define SMTP .section = CPR_SECTION_SMTP
#define ONCALL .section = CPR_SECTION_ONCALL
#define ISSUER .section = CPR_SECTION_ISSUER
#define NOISE .section = CPR_SECTION_NOISE
#define NOTICES .section = CPR_SECTION_NOTICES

const char *const cpr_config_section_names[CPR_SECTION_COUNT] = {"daemon", "policy", "mailbox", "smtp",
                                                                 "oncall", "issuer", "noise",   "notices"};

const struct cpr_config_key cpr_config_keys[] = {
    {DAEMON, .name = "mode", .fallback = "observe", .type = CPR_TYPE_CHOICE, IN_CONFIG(settings.policy.is_active),
     .choices = {"observe", "active"},
     .doc = "observe judges, runs clocks and alerts but moves nothing; active also moves reports to the inbox"},
    {DAEMON, .name = "state_dir", .fallback = "/var/lib/cpr-auditd", .type = CPR_TYPE_PATH, IN_CONFIG(state_dir),
     .environment = "STATE_DIRECTORY", .doc = "directory of the store; systemd's StateDirectory= when it sets one"},
    {DAEMON, .name = "log_dir", .fallback = "/var/log/cpr-auditd", .type = CPR_TYPE_PATH, IN_CONFIG(log_dir),
     .environment = "LOGS_DIRECTORY",
     .doc = "directory of the daily reviews; systemd's LogsDirectory= when it sets one"},
    {DAEMON, .name = "run_dir", .fallback = "/run/cpr-auditd", .type = CPR_TYPE_PATH, IN_CONFIG(run_dir),
     .environment = "RUNTIME_DIRECTORY",
     .doc = "directory of the socket; systemd's RuntimeDirectory= when it sets one"},
    {DAEMON, .name = "poll", .fallback = "60s", .type = CPR_TYPE_DURATION, IN_CONFIG(settings.poll_ms),
     RANGE(CPR_SECOND_MS, CPR_HOUR_MS), .doc = "time between two looks at the mailboxes"},

    {POLICY, .name = "deadline", .fallback = "24h", .type = CPR_TYPE_DURATION, IN_CONFIG(settings.policy.deadline_ms),
     RANGE(CPR_SECOND_MS, 7 * CPR_DAY_MS),
     .doc = "time from receipt in which a report is to be answered (TLS BR 4.9.5)"},
    {POLICY, .name = "steps", .fallback = "0h, 12h, 18h, 21h, 23h, 24h", .type = CPR_TYPE_DURATIONS,
     CONFIG_LIST(settings.policy.steps_ms, settings.policy.step_count), RANGE(0, 30 * CPR_DAY_MS),
     .doc = "ages of a probable report at which on-call is told, ascending"},
    {POLICY, .name = "repeat", .fallback = "1h", .type = CPR_TYPE_DURATION, IN_CONFIG(settings.policy.repeat_ms),
     RANGE(CPR_SECOND_MS, CPR_DAY_MS),
     .doc = "after the last step on-call is told again after this until it is answered"},
    {POLICY, .name = "glance_steps", .fallback = "4h, 12h, 20h", .type = CPR_TYPE_DURATIONS,
     CONFIG_LIST(settings.policy.glance_steps_ms, settings.policy.glance_step_count), RANGE(0, 30 * CPR_DAY_MS),
     .doc = "the same for mail that is only possibly a report and wants a glance"},
    {POLICY, .name = "glance_repeat", .fallback = "12h", .type = CPR_TYPE_DURATION,
     IN_CONFIG(settings.policy.glance_repeat_ms), RANGE(CPR_SECOND_MS, 7 * CPR_DAY_MS),
     .doc = "after the last glance step on-call is told again after this"},
    {POLICY, .name = "revocation_deadline_urgent", .fallback = "24h", .type = CPR_TYPE_DURATION,
     IN_CONFIG(settings.policy.revocation_urgent_ms), RANGE(CPR_SECOND_MS, CPR_DAY_MS),
     .limited_by = "TLS BR 4.9.1.1 (1) to (5)",
     .doc = "time from receipt to published revocation for key compromise and its like, at most 24h (TLS BR 4.9.1.1)"},
    {POLICY, .name = "revocation_deadline", .fallback = "5d", .type = CPR_TYPE_DURATION,
     IN_CONFIG(settings.policy.revocation_ms), RANGE(CPR_SECOND_MS, 5 * CPR_DAY_MS),
     .limited_by = "TLS BR 4.9.1.1 (6) to (16)", .doc = "the same for the other reasons of that section, at most 5d"},
    {POLICY, .name = "revocation_steps", .fallback = "1h, 2h, 6h, 12h, 24h", .type = CPR_TYPE_DURATIONS,
     CONFIG_LIST(settings.policy.revocation_steps_ms, settings.policy.revocation_step_count),
     RANGE(CPR_SECOND_MS, 5 * CPR_DAY_MS),
     .doc = "how long before its end on-call is told of a revocation that is owed after the answer, ascending"},
    {POLICY, .name = "moves_per_hour", .fallback = "60", .type = CPR_TYPE_NUMBER,
     IN_CONFIG(settings.policy.moves_per_hour), RANGE(1, 100000),
     .doc = "most messages moved in an hour over all mailboxes; the rest waits, and on-call is told"},
    {POLICY, .name = "health_repeat", .fallback = "4h", .type = CPR_TYPE_DURATION,
     IN_CONFIG(settings.policy.health_repeat_ms), RANGE(CPR_SECOND_MS, CPR_DAY_MS),
     .doc = "a trouble of the daemon itself that lasts is told again after this"},
    {POLICY, .name = "message_max", .fallback = "1MiB", .type = CPR_TYPE_SIZE, IN_CONFIG(settings.message_max_bytes),
     RANGE(CPR_MESSAGE_FETCH_MIN_BYTES, CPR_MESSAGE_FETCH_MAX_BYTES),
     .doc = "how much of a message is fetched and read; a cut is recorded"},
    {POLICY, .name = "own_names", .fallback = "", .type = CPR_TYPE_TEXTS,
     CONFIG_LIST(judge.own_names, judge.own_name_count),
     .doc = "the CA's names, issuer common names, CRL and OCSP hosts, comma-separated"},
    {POLICY, .name = "terms", .fallback = "", .type = CPR_TYPE_TEXTS, CONFIG_LIST(judge.terms, judge.term_count),
     .doc = "further words that make a mail at least possibly a report, comma-separated"},
    {POLICY, .name = "watched_senders", .fallback = "", .type = CPR_TYPE_SENDERS,
     CONFIG_LIST(judge.watched_senders, judge.watched_sender_count),
     .doc = "addresses, or @domain, whose every mail is at least possibly a report, comma-separated"},
    {POLICY, .name = "verify_revocation", .fallback = "no", .type = CPR_TYPE_CHOICE,
     IN_CONFIG(settings.verifies_revocation), .choices = {"no", "yes"},
     .doc = "whether the CRLs and responders of [issuer NAME] are asked when a certificate is said to be revoked"},

    {MAILBOX, .name = "addresses", .type = CPR_TYPE_ADDRESSES, MAILBOX_LIST(addresses, address_count),
     .is_required = true, .doc = "the published problem-reporting addresses that end in this mailbox, comma-separated"},
    {MAILBOX, .name = "host", .type = CPR_TYPE_HOST, IN_IMAP(host), .is_required = true,
     .doc = "the IMAP server; its certificate must bear this name"},
    {MAILBOX, .name = "port", .type = CPR_TYPE_NUMBER, IN_IMAP(port), RANGE(1, 65535),
     .doc = "993, or 143 with tls = none"},
    {MAILBOX, .name = "tls", .fallback = "implicit", .type = CPR_TYPE_CHOICE, IN_IMAP(tls),
     .choices = {[CPR_TLS_IMPLICIT] = "implicit", [CPR_TLS_NONE] = "none"},
     .doc = "implicit, or none for a server on this machine"},
    {MAILBOX, .name = "ca_file", .fallback = "", .type = CPR_TYPE_PATH, IN_IMAP(ca_file),
     .doc = "PEM file of the CA that the server is verified with instead of the system's trust store"},
    {MAILBOX, .name = "user", .type = CPR_TYPE_TEXT, IN_IMAP(user), .is_required = true, .doc = "login name"},
    {MAILBOX, .name = "password_credential", .type = CPR_TYPE_CREDENTIAL, IN_IMAP(secret),
     .doc = "name of the systemd credential that holds the password"},
    {MAILBOX, .name = "password_file", .type = CPR_TYPE_SECRET_FILE, IN_IMAP(secret),
     .doc = "or a file that holds it, closed to others (mode 0600)"},
    {MAILBOX, .name = "password_command", .type = CPR_TYPE_SECRET_COMMAND, IN_IMAP(secret),
     .doc = "or a command that prints it: absolute path and arguments, run without a shell"},
    {MAILBOX, .name = "inbox", .fallback = "INBOX", .type = CPR_TYPE_TEXT, IN_MAILBOX(inbox),
     .doc = "the folder that staff reads and reports are moved to"},
    {MAILBOX, .name = "junk", .fallback = "auto", .type = CPR_TYPE_TEXTS, MAILBOX_LIST(junk, junk_count),
     .auto_offset = offsetof(struct cpr_mailbox_settings, junk_auto),
     .doc = "junk and quarantine folders, comma-separated; auto finds them by special use and by name"},
    {MAILBOX, .name = "folders", .fallback = "", .type = CPR_TYPE_TEXTS, MAILBOX_LIST(folders, folder_count),
     .doc = "further folders to audit, comma-separated"},
    {MAILBOX, .name = "dismiss_folder", .fallback = "", .type = CPR_TYPE_TEXT, IN_MAILBOX(dismiss_folder),
     .doc = "a folder for what is no report, such as Not a report: moving a message there dismisses its case until a "
            "second person confirms"},
    {MAILBOX, .name = "sent", .fallback = "auto", .type = CPR_TYPE_TEXT, IN_MAILBOX(sent),
     .auto_offset = offsetof(struct cpr_mailbox_settings, sent_auto),
     .doc = "the folder that holds the staff's replies; auto finds it by special use and by name"},
    {MAILBOX, .name = "replies", .fallback = "", .type = CPR_TYPE_TEXTS, MAILBOX_LIST(replies, reply_folder_count),
     .doc = "further folders into which only own systems file outgoing mail (a Bcc archive, a ticket system's), "
            "comma-separated"},
    {MAILBOX, .name = "profile", .fallback = "tls", .type = CPR_TYPE_CHOICE, IN_MAILBOX(profile),
     .choices = {[CPR_PROFILE_TLS] = "tls",
                 [CPR_PROFILE_SMIME] = "smime",
                 [CPR_PROFILE_CODE_SIGNING] = "code-signing",
                 [CPR_PROFILE_ACTIONABLE] = "actionable"},
     .doc = "the rules that its reports are under: tls, smime, code-signing, or actionable (a draft, not adopted)"},
    {MAILBOX, .name = "own_hosts", .fallback = "", .type = CPR_TYPE_HOSTS, MAILBOX_LIST(own_hosts, own_host_count),
     .doc = "own mail servers whose Received lines are trusted for the time of receipt, or .domain for all below it, "
            "comma-separated"},

    {SMTP, .name = "host", .type = CPR_TYPE_HOST, IN_CONFIG(smtp.host), .is_required = true,
     .doc = "the server that takes the alerts; its certificate must bear this name"},
    {SMTP, .name = "port", .type = CPR_TYPE_NUMBER, IN_CONFIG(smtp.port), RANGE(1, 65535),
     .doc = "465, or 587 with tls = starttls, or 25 with tls = none"},
    {SMTP, .name = "tls", .fallback = "implicit", .type = CPR_TYPE_CHOICE, IN_CONFIG(smtp.tls),
     .choices = {[CPR_TLS_IMPLICIT] = "implicit", [CPR_TLS_STARTTLS] = "starttls", [CPR_TLS_NONE] = "none"},
     .doc = "implicit, starttls (demanded, never tried), or none for a server on this machine"},
    {SMTP, .name = "ca_file", .fallback = "", .type = CPR_TYPE_PATH, IN_CONFIG(smtp.ca_file),
     .doc = "PEM file of the CA that the server is verified with instead of the system's trust store"},
    {SMTP, .name = "user", .fallback = "", .type = CPR_TYPE_TEXT, IN_CONFIG(smtp.user),
     .doc = "login name; without one the mail is handed over without a login"},
    {SMTP, .name = "password_credential", .type = CPR_TYPE_CREDENTIAL, IN_CONFIG(smtp.secret),
     .doc = "name of the systemd credential that holds the password"},
    {SMTP, .name = "password_file", .type = CPR_TYPE_SECRET_FILE, IN_CONFIG(smtp.secret),
     .doc = "or a file that holds it, closed to others (mode 0600)"},
    {SMTP, .name = "password_command", .type = CPR_TYPE_SECRET_COMMAND, IN_CONFIG(smtp.secret),
     .doc = "or a command that prints it: absolute path and arguments, run without a shell"},
    {SMTP, .name = "from", .type = CPR_TYPE_ADDRESS, IN_CONFIG(settings.alert_from), .is_required = true,
     .doc = "the address that alerts are sent from"},
    {SMTP, .name = "reply_to", .type = CPR_TYPE_ADDRESS, IN_CONFIG(settings.reply_to),
     .doc = "where answers to alerts go: one of the addresses of a mailbox, so that \"ack\" can be said by mail"},

    {ONCALL, .name = "addresses", .type = CPR_TYPE_ADDRESSES, ONCALL_LIST(addresses, address_count),
     .is_required = true, .doc = "whom to tell, comma-separated"},
    {ONCALL, .name = "from", .fallback = "0h", .type = CPR_TYPE_DURATION, IN_ONCALL(from_ms), RANGE(0, 30 * CPR_DAY_MS),
     .doc = "told of every step from this age of a report on; one group must begin at 0h"},
    {ONCALL, .name = "health", .fallback = "yes", .type = CPR_TYPE_CHOICE, IN_ONCALL(gets_health),
     .choices = {"no", "yes"}, .doc = "whether the group is also told of troubles of the daemon itself"},

    {ISSUER, .name = "common_names", .fallback = "", .type = CPR_TYPE_TEXTS,
     ISSUER_LIST(common_names, common_name_count),
     .doc = "common names of the issuing CA, or its organization where it has none, comma-separated"},
    {ISSUER, .name = "key_ids", .fallback = "", .type = CPR_TYPE_KEY_IDS, ISSUER_LIST(key_ids, key_id_count),
     .doc = "its subject key identifiers in hexadecimal, comma-separated"},
    {ISSUER, .name = "hosts", .fallback = "", .type = CPR_TYPE_HOSTS, ISSUER_LIST(hosts, host_count),
     .doc = "hosts of the CRL, OCSP and issuer URLs in its certificates, comma-separated"},
    {ISSUER, .name = "policy_oids", .fallback = "", .type = CPR_TYPE_OIDS, ISSUER_LIST(policy_oids, policy_oid_count),
     .doc = "certificate policies that no other CA's certificates bear, comma-separated"},
    {ISSUER, .name = "certificate", .fallback = "", .type = CPR_TYPE_PATH, IN_CA(certificate_file),
     .doc = "PEM file of the issuing CA's own certificate, by which its CRLs and OCSP answers are verified"},
    {ISSUER, .name = "crl_urls", .fallback = "", .type = CPR_TYPE_URLS, CA_LIST(crl_urls, crl_url_count),
     .doc = "where its CRLs are published, comma-separated; their hosts must be among hosts"},
    {ISSUER, .name = "ocsp_urls", .fallback = "", .type = CPR_TYPE_URLS, CA_LIST(ocsp_urls, ocsp_url_count),
     .doc = "its OCSP responders, comma-separated; their hosts must be among hosts"},

    {NOISE, .name = "senders", .type = CPR_TYPE_SENDERS, FORM_LIST(CPR_BASE_NOISE, senders, sender_count),
     .is_required = true, .doc = "addresses, or @domain, that the mail is proved to come from, comma-separated"},
    {NOISE, .name = "subjects", .fallback = "", .type = CPR_TYPE_TEXTS,
     FORM_LIST(CPR_BASE_NOISE, subjects, subject_count),
     .doc = "texts of which the subject holds one, comma-separated; none: any subject"},

    {NOTICES, .name = "senders", .type = CPR_TYPE_SENDERS, FORM_LIST(CPR_BASE_NOTICES, senders, sender_count),
     .is_required = true, .doc = "addresses, or @domain, that the notices are proved to come from, comma-separated"},
    {NOTICES, .name = "subjects", .fallback = "", .type = CPR_TYPE_TEXTS,
     FORM_LIST(CPR_BASE_NOTICES, subjects, subject_count),
     .doc = "texts of which the subject holds one, comma-separated; none: any subject"},
    {NOTICES, .name = "kept", .type = CPR_TYPE_DURATION, IN_FORM(CPR_BASE_NOTICES, kept_ms),
     RANGE(CPR_HOUR_MS, 365 * CPR_DAY_MS), .doc = "how long the quarantine keeps a message before it drops it"},
};
const size_t cpr_config_key_count = sizeof cpr_config_keys / sizeof cpr_config_keys[0];
_Static_assert(sizeof cpr_config_keys / sizeof cpr_config_keys[0] <= CPR_CONFIG_KEYS_MAX, "room for every key");

const struct cpr_config_key *cpr_config_key_find(enum cpr_config_section section, const char *name)
{
    for (size_t i = 0; i < cpr_config_key_count; i++)
        if (cpr_config_keys[i].section == section && strcmp(cpr_config_keys[i].name, name) == 0)
            return &cpr_config_keys[i];
    return NULL;
}

enum { NEAR_NAME_MAX = 48 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, case folded. */
static size_t distance(struct cpr_view a, struct cpr_view b)
{
    size_t row[NEAR_NAME_MAX + 1];
    CPR_ASSERT(b.len <= NEAR_NAME_MAX);
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 0; i < a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.len; j++) {
            size_t replaced = diagonal + (cpr_ascii_lower(a.data[i]) != cpr_ascii_lower(b.data[j]));
            diagonal = row[j + 1];
            row[j + 1] = least(replaced, least(row[j], diagonal) + 1);
        }
    }
    return row[b.len];
}

/* Keeps `candidate` when it is nearer than what is held and near enough: a third of its letters, but at least two. A
 * name that begins a candidate ("password" of "password_file") is near too. */
static void offer(struct cpr_view name, const char *candidate, const char **nearest, size_t *nearest_distance)
{
    struct cpr_view view = cpr_view_of(candidate);
    size_t away = distance(name, view);
    if (name.len >= 3 && view.len > name.len && cpr_view_equal_nocase(name, cpr_view_slice(view, 0, name.len)))
        away = 1;
    if (away < *nearest_distance && away <= (view.len < 6 ? 2 : view.len / 3)) {
        *nearest = candidate;
        *nearest_distance = away;
    }
}

const char *cpr_config_key_nearest(enum cpr_config_section section, const char *name)
{
    const char *nearest = NULL;
    size_t nearest_distance = SIZE_MAX;
    for (size_t i = 0; i < cpr_config_key_count; i++)
        if (cpr_config_keys[i].section == section)
            offer(cpr_view_of(name), cpr_config_keys[i].name, &nearest, &nearest_distance);
    return nearest;
}

const char *cpr_config_section_nearest(struct cpr_view name)
{
    const char *nearest = NULL;
    size_t nearest_distance = SIZE_MAX;
    for (size_t i = 0; i < CPR_SECTION_COUNT; i++)
        offer(name, cpr_config_section_names[i], &nearest, &nearest_distance);
    return nearest;
}

void cpr_config_describe(struct cpr_buffer *out)
{
    for (size_t i = 0; i < cpr_config_key_count; i++) {
        const struct cpr_config_key *key = &cpr_config_keys[i];
        cpr_buffer_add_format(out, "%s.%s\t%s\t%s\n", cpr_config_section_names[key->section], key->name,
                              key->is_required ? "required"
                              : key->fallback  ? key->fallback
                                               : "",
                              key->doc);
    }
}
