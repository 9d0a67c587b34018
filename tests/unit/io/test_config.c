/* The configuration: what is read, and that every mistake is named with its line. */
#include "cpr/base/digest.h"
#include "cpr/io/address.h"
#include "cpr/io/config.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char directory[] = "/tmp/cpr-config-XXXXXX";
static char path[64];
static struct cpr_config *config;

static const char MAILBOX[] = "[mailbox main]\naddresses = cpr@ca.example\nhost = imap.ca.example\nuser = cpr\n"
                              "password_file = /etc/secret\n";
static const char SMTP[] = "[smtp]\nhost = mx.ca.example\nfrom = auditd@ca.example\n";
static const char ONCALL[] = "[oncall first]\naddresses = a@ca.example, b@ca.example\n";

static int set_up(void **state)
{
    (void)state;
    unsetenv("STATE_DIRECTORY");
    unsetenv("LOGS_DIRECTORY");
    unsetenv("RUNTIME_DIRECTORY");
    config = malloc(sizeof *config);
    return config && mkdtemp(directory) && snprintf(path, sizeof path, "%s/conf", directory) > 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    free(config);
    return rmdir(directory);
}

static void write_file(const void *bytes, size_t len)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

/* Loads `text` and says what was wrong, without the file's name; the caller frees it. */
static char *errors_of_bytes(const void *bytes, size_t len)
{
    struct cpr_buffer errors = cpr_buffer_new(100000);
    write_file(bytes, len);
    memset(config, 0x5A, sizeof *config);
    enum cpr_rc rc = cpr_config_load(path, config, &errors);
    assert_int_equal(rc == CPR_OK, errors.len == 0);
    if (rc != CPR_OK)
        assert_int_equal(((unsigned char *)config)[0], 0x5A); /* untouched */
    char *out = calloc(1, errors.len + 1), *write = out;
    assert_non_null(out);
    const char *rest = cpr_buffer_text(&errors);
    for (size_t name_len = strlen(path); *rest;) {
        if (strncmp(rest, path, name_len) == 0)
            rest += name_len;
        else
            *write++ = *rest++;
    }
    cpr_buffer_free(&errors);
    return out;
}

static void expect_errors(const char *text, const char *want)
{
    char *errors = errors_of_bytes(text, strlen(text));
    assert_string_equal(errors, want);
    free(errors);
}

/* The smallest good file with `policy` and further lines of the other sections put in. */
static char *assemble(const char *policy, const char *mailbox, const char *smtp, const char *oncall)
{
    char *text = NULL;
    assert_true(
        asprintf(&text, "[policy]\n%s\n%s%s\n%s%s\n%s%s\n", policy, MAILBOX, mailbox, SMTP, smtp, ONCALL, oncall) > 0);
    return text;
}

static void expect_good(const char *policy, const char *mailbox, const char *smtp, const char *oncall)
{
    char *text = assemble(policy, mailbox, smtp, oncall);
    expect_errors(text, "");
    free(text);
}

static void the_smallest_file_gets_every_default(void **state)
{
    (void)state;
    struct cpr_policy policy;
    cpr_policy_defaults(&policy);
    expect_good("", "", "", "");
    const struct cpr_settings *settings = &config->settings;
    assert_false(settings->policy.is_active);
    assert_int_equal(settings->poll_ms, 60000);
    assert_int_equal(settings->message_max_bytes, CPR_MESSAGE_FETCH_DEFAULT_BYTES);
    assert_int_equal(settings->policy.deadline_ms, policy.deadline_ms);
    assert_int_equal(settings->policy.step_count, policy.step_count);
    assert_memory_equal(settings->policy.steps_ms, policy.steps_ms, sizeof policy.steps_ms);
    assert_int_equal(settings->policy.repeat_ms, policy.repeat_ms);
    assert_int_equal(settings->policy.glance_step_count, policy.glance_step_count);
    assert_memory_equal(settings->policy.glance_steps_ms, policy.glance_steps_ms, sizeof policy.glance_steps_ms);
    assert_int_equal(settings->policy.revocation_urgent_ms, policy.revocation_urgent_ms);
    assert_int_equal(settings->policy.revocation_ms, policy.revocation_ms);
    assert_memory_equal(settings->policy.revocation_steps_ms, policy.revocation_steps_ms,
                        sizeof policy.revocation_steps_ms);
    assert_int_equal(settings->policy.revocation_step_count, policy.revocation_step_count);
    assert_int_equal(settings->policy.glance_repeat_ms, policy.glance_repeat_ms);
    assert_int_equal(settings->policy.moves_per_hour, policy.moves_per_hour);
    assert_int_equal(settings->policy.health_repeat_ms, policy.health_repeat_ms);
    assert_string_equal(config->state_dir, "/var/lib/cpr-auditd");
    assert_int_equal(settings->mailbox_count, 1);
    assert_string_equal(settings->mailboxes[0].name, "main");
    assert_string_equal(settings->mailboxes[0].inbox, "INBOX");
    assert_true(settings->mailboxes[0].junk_auto && settings->mailboxes[0].sent_auto);
    assert_int_equal(settings->mailboxes[0].junk_count, 0);
    assert_int_equal(config->imap[0].port, 993);
    assert_int_equal(config->imap[0].tls, CPR_TLS_IMPLICIT);
    assert_int_equal(config->imap[0].secret.source, CPR_SECRET_FILE);
    assert_string_equal(config->imap[0].secret.value, "/etc/secret");
    assert_int_equal(config->smtp.port, 465);
    assert_string_equal(config->smtp.user, "");
    assert_string_equal(settings->alert_from, "auditd@ca.example");
    assert_int_equal(settings->policy.oncall_count, 1);
    assert_int_equal(settings->policy.oncall[0].address_count, 2);
    assert_string_equal(settings->policy.oncall[0].addresses[1], "b@ca.example");
    assert_true(settings->policy.oncall[0].gets_health);
}

static void what_is_given_replaces_the_default(void **state)
{
    (void)state;
    expect_good("steps = 1h, 2h\nmessage_max = 64KiB\nown_names = Example CA, Example Root R1\nterms = zertifikat",
                "port = 1993\njunk = auto, Quarantäne\nfolders = Held, Archive\nsent = Gesendet\n"
                "own_hosts = MX1.ca.example, 192.0.2.1, .Protection.outlook.com",
                "tls = starttls\nuser = u\npassword_command = /usr/bin/pass show smtp", "from = 0h");
    assert_string_equal(config->settings.mailboxes[0].own_hosts[2], ".protection.outlook.com");
    assert_int_equal(config->settings.policy.step_count, 2);
    assert_int_equal(config->settings.policy.steps_ms[1], 2 * CPR_HOUR_MS);
    assert_int_equal(config->settings.message_max_bytes, 65536);
    assert_int_equal(config->imap[0].port, 1993);
    assert_true(config->settings.mailboxes[0].junk_auto);
    assert_int_equal(config->settings.mailboxes[0].junk_count, 1);
    assert_string_equal(config->settings.mailboxes[0].junk[0], "Quarantäne");
    assert_int_equal(config->settings.mailboxes[0].folder_count, 2);
    assert_false(config->settings.mailboxes[0].sent_auto);
    assert_string_equal(config->settings.mailboxes[0].sent, "Gesendet");
    assert_string_equal(config->settings.mailboxes[0].own_hosts[0], "mx1.ca.example");
    assert_int_equal(config->smtp.port, 587);
    assert_string_equal(config->smtp.secret.value, "/usr/bin/pass show smtp");
    assert_int_equal(config->judge.own_name_count, 2);
    assert_string_equal(config->judge.own_names[1], "Example Root R1");
    assert_int_equal(config->judge.term_count, 1);
    assert_string_equal(config->judge.own_addresses[0], "cpr@ca.example");
    assert_int_equal(config->judge.own_host_count, 3);
}

static void issuers_noise_and_notices_reach_the_judge(void **state)
{
    (void)state;
    expect_good("watched_senders = Researcher@university.example, @ROOT-programme.example", "own_hosts = mx.ca.example",
                "",
                "[issuer tls-2]\ncommon_names = Example TLS CA 2, Example TLS CA\n"
                "key_ids = 0A:1B 2C:3D4E5F60718293A4, "
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\n"
                "hosts = CRL.ca.example\npolicy_oids = 1.3.6.1.4.1.99999.1.0\n"
                "[issuer smime]\nhosts = ocsp.ca.example\n"
                "[noise ct]\nsenders = monitor@ct.example\nsubjects = New certificate for, Weekly summary\n"
                "[notices filter]\nsenders = @filter.example\nkept = 15d\n"
                "[notices other]\nsenders = @other.example");
    const struct cpr_judge_settings *judge = &config->judge;
    assert_int_equal(judge->watched_sender_count, 2);
    assert_string_equal(judge->watched_senders[0], "researcher@university.example");
    assert_string_equal(judge->watched_senders[1], "@root-programme.example");
    assert_int_equal(judge->issuer_count, 2);
    const struct cpr_judge_issuer *issuer = &judge->issuers[0];
    assert_string_equal(issuer->name, "tls-2");
    assert_int_equal(issuer->common_name_count, 2);
    assert_string_equal(issuer->common_names[1], "Example TLS CA");
    assert_int_equal(issuer->key_id_count, 2);
    assert_string_equal(issuer->key_ids[0], "0a1b2c3d4e5f60718293a4");
    assert_int_equal(strlen(issuer->key_ids[1]), 64);
    assert_string_equal(issuer->hosts[0], "crl.ca.example");
    assert_string_equal(issuer->policy_oids[0], "1.3.6.1.4.1.99999.1.0");
    assert_string_equal(judge->issuers[1].name, "smime");
    assert_int_equal(judge->issuers[1].common_name_count, 0);
    assert_int_equal(judge->noise_count, 1);
    assert_string_equal(judge->noise[0].senders[0], "monitor@ct.example");
    assert_string_equal(judge->noise[0].subjects[1], "Weekly summary");
    assert_int_equal(judge->notice_count, 2);
    assert_string_equal(judge->notices[0].name, "filter");
    assert_int_equal(judge->notices[0].kept_ms, 15 * CPR_DAY_MS);
    assert_int_equal(judge->notices[0].subject_count, 0);
    assert_int_equal(judge->notices[1].kept_ms, 0);
}

static void the_hash_is_that_of_the_files_bytes(void **state)
{
    (void)state;
    char hex[CPR_DIGEST_HEX_SIZE];
    char *text = assemble("", "", "", "");
    expect_errors(text, "");
    struct cpr_digest digest = cpr_digest_of(cpr_view_of(text));
    cpr_digest_to_hex(&digest, hex);
    assert_string_equal(config->settings.configuration_hash, hex);
    free(text);
}

static void systemd_directories_replace_the_defaults(void **state)
{
    (void)state;
    setenv("STATE_DIRECTORY", "/srv/state:/srv/other", 1);
    setenv("LOGS_DIRECTORY", "relative", 1);
    expect_good("[daemon]\nrun_dir = /run/given", "", "", "");
    assert_string_equal(config->state_dir, "/srv/state");
    assert_string_equal(config->log_dir, "/var/log/cpr-auditd");
    assert_string_equal(config->run_dir, "/run/given");
    unsetenv("STATE_DIRECTORY");
    unsetenv("LOGS_DIRECTORY");
}

static void a_mistake_is_named_with_its_line_and_reason(void **state)
{
    (void)state;
    static const struct {
        const char *policy, *mailbox, *smtp, *oncall; /* policy is line 2, mailbox 8, smtp 12, oncall 15 */
        const char *want;
    } table[] = {
        {"deadlin = 24h", "", "", "", ":2: [policy] has no key \"deadlin\"; did you mean deadline?\n"},
        {"colour = red", "", "", "", ":2: [policy] has no key \"colour\"\n"},
        {"", "password = hunter2", "", "",
         ":8: [mailbox] has no key \"password\"; did you mean password_credential?\n"},
        {"deadline = 24", "", "", "",
         ":2: deadline must be a duration with its unit, like 90s, 15m, 24h or 5d; it is \"24\"\n"},
        {"deadline = 9d", "", "", "", ":2: deadline must be between 1s and 168h; it is \"9d\"\n"},
        {"steps = 2h, 1h", "", "", "", ":2: steps must be ascending, each age once; it is \"2h, 1h\"\n"},
        {"revocation_deadline = 6d", "", "", "",
         ":2: revocation_deadline must be between 1s and 120h, the most that is allowed by TLS BR 4.9.1.1 (6) to (16); "
         "it "
         "is \"6d\"\n"},
        {"revocation_deadline_urgent = 25h", "", "", "",
         ":2: revocation_deadline_urgent must be between 1s and 24h, the most that is allowed by TLS BR 4.9.1.1 (1) to "
         "(5); it is \"25h\"\n"},
        {"revocation_steps = 2h, 1h", "", "", "",
         ":2: revocation_steps must be ascending, each age once; it is \"2h, 1h\"\n"},
        {"steps =", "", "", "", ":2: steps must not be empty\n"},
        {"moves_per_hour = many", "", "", "",
         ":2: moves_per_hour must be a number between 1 and 100000; it is \"many\"\n"},
        {"message_max = 1MB", "", "", "",
         ":2: message_max must be a size with its unit (KiB, MiB) between 64 KiB and 8192 KiB; it is \"1MB\"\n"},
        {"message_max = 9MiB", "", "", "",
         ":2: message_max must be a size with its unit (KiB, MiB) between 64 KiB and 8192 KiB; it is \"9MiB\"\n"},
        {"repeat = 1h\nrepeat = 2h", "", "", "", ":3: repeat stands in line 2 already\n"},
        {" repeat = 1h", "", "", "",
         ":2: the line begins with a blank; keys and sections begin in the first column, and a value cannot go on in "
         "the "
         "next line\n"},
        {"repeat = 1h ; often", "", "", "",
         ":2: \" ;\" and \" #\" cannot stand inside a value; comments have lines of their own\n"},
        {"repeat: 1h", "", "", "", ":2: the line is neither a [section], nor \"key = value\", nor a comment\n"},
        {"repeat", "", "", "", ":2: the line is neither a [section], nor \"key = value\", nor a comment\n"},
        {"terms = a\x01", "", "", "",
         ":2: the line holds a control character, an invisible character or bytes that are not UTF-8\n"},
        {"terms = \xFF", "", "", "",
         ":2: the line holds a control character, an invisible character or bytes that are not UTF-8\n"},
        {"", "port = 70000", "", "", ":8: port must be a number between 1 and 65535; it is \"70000\"\n"},
        {"", "tls = starttls", "", "", ":8: tls must be implicit or none; it is \"starttls\"\n"},
        {"", "tls = none", "", "",
         ":8: tls = none is allowed only for a server on this machine (localhost, 127.0.0.0/8, ::1), not for "
         "imap.ca.example\n"},
        {"", "password_command = /bin/true", "", "",
         ":3: this section needs exactly one of password_credential, password_file and password_command\n"},
        {"", "junk =", "", "", ":8: junk must not be empty\n"},
        {"", "own_hosts = a b", "", "", ":8: own_hosts must be host names or IP addresses; it is \"a b\"\n"},
        {"", "ca_file = ca.pem", "", "", ":8: ca_file must be an absolute path; it is \"ca.pem\"\n"},
        {"", "", "password_file = hunter2", "",
         ":9: a password is given without a \"user\" to log in\n:12: password_file must begin with an absolute "
         "path\n"},
        {"", "", "user = u", "",
         ":9: this section needs exactly one of password_credential, password_file and password_command\n"},
        {"", "", "user = u\npassword_credential = ../x", "",
         ":13: password_credential must be the name of a credential, not a path\n"},
        {"", "", "", "health = maybe", ":15: health must be no or yes; it is \"maybe\"\n"},
        {"", "", "", "from = 1h",
         ": no [oncall NAME] section has from = 0h: nobody would be told when a report arrives\n"},
        {"", "", "", "health = no",
         ": no [oncall NAME] section has health = yes: nobody would be told when the daemon is in trouble\n"},
        {"", "", "", "[oncall first]", ":15: this section stands in line 13 already\n"},
        {"", "", "", "[oncall a/b]", ":15: [oncall NAME] needs a name of 1 to 63 letters, digits, '.', '_' and '-'\n"},
        {"", "", "", "[oncall x]", ":15: this section lacks \"addresses\": whom to tell, comma-separated\n"},
        {"", "", "", "[oncall x]\naddresses = nobody",
         ":16: addresses must be mail addresses like name@example.org; it is \"nobody\"\n"},
        {"", "", "", "[oncall x]\naddresses = a@b.example, A@b.example",
         ":16: addresses names \"A@b.example\" twice\n"},
        {"", "", "", "[smtp two]", ":15: [smtp] takes no name\n"},
        {"watched_senders = @a@b.example", "", "", "",
         ":2: watched_senders must be mail addresses like name@example.org, or @example.org; it is "
         "\"@a@b.example\"\n"},
        {"watched_senders = @", "", "", "",
         ":2: watched_senders must be mail addresses like name@example.org, or @example.org; it is \"@\"\n"},
        {"", "", "", "[issuer]\nhosts = a.example",
         ":15: [issuer NAME] needs a name of 1 to 63 letters, digits, '.', '_' and '-'\n"},
        {"", "", "", "[issuer tls]",
         ":15: this section needs at least one of common_names, key_ids, hosts and policy_oids\n"},
        {"", "", "", "[issuer tls]\nhosts =",
         ":15: this section needs at least one of common_names, key_ids, hosts and policy_oids\n"},
        {"", "", "", "[issuer tls]\nkey_ids = 0123456789abcdef01",
         ":15: this section needs at least one of common_names, key_ids, hosts and policy_oids\n"
         ":16: key_ids must be key identifiers of 10 to 32 bytes in hexadecimal; it is \"0123456789abcdef01\"\n"},
        {"", "", "", "[issuer tls]\nhosts = a.example\nkey_ids = 0123456789abcdef012345g7",
         ":17: key_ids must be key identifiers of 10 to 32 bytes in hexadecimal; it is \"0123456789abcdef012345g7\"\n"},
        {"", "", "", "[issuer tls]\nhosts = a.example\nkey_ids = 00:11:22:33:44:55:66:77:88:99, 00112233445566778899",
         ":17: key_ids names \"00112233445566778899\" twice\n"},
        {"", "", "", "[issuer tls]\nhosts = a.example\npolicy_oids = 1.3.x",
         ":17: policy_oids must be object identifiers like 2.23.140.1.2.1; it is \"1.3.x\"\n"},
        {"", "", "", "[issuer tls]\nhosts = a.example\npolicy_oids = 3.1",
         ":17: policy_oids must be object identifiers like 2.23.140.1.2.1; it is \"3.1\"\n"},
        {"", "", "", "[issuer tls]\nhosts = a.example\npolicy_oids = 2.023.140",
         ":17: policy_oids must be object identifiers like 2.23.140.1.2.1; it is \"2.023.140\"\n"},
        {"", "", "", "[issuer tls]\nhosts = a.example\nkeyids = 00",
         ":17: [issuer] has no key \"keyids\"; did you mean key_ids?\n"},
        {"", "", "", "[noise ct]\nsenders = @ct.example",
         ":15: this section could never match: no [mailbox NAME] has own_hosts, whose word proves a sender\n"},
        {"", "", "", "[notices filter]\nsenders = @filter.example",
         ":15: this section could never match: no [mailbox NAME] has own_hosts, whose word proves a sender\n"},
        {"", "own_hosts = mx.ca.example", "", "[noise ct]\nsubjects = digest",
         ":15: this section lacks \"senders\": addresses, or @domain, that the mail is proved to come from, "
         "comma-separated\n"},
        {"", "own_hosts = mx.ca.example", "", "[notices filter]\nsenders = @filter.example\nkept = 5m",
         ":17: kept must be between 1h and 8760h; it is \"5m\"\n"},
        {"", "", "", "[polices]\nx = y", ":15: there is no section [polices]; did you mean [policy]?\n"},
        {"", "", "", "[policy",
         ":15: a section is written [daemon] or [mailbox NAME], with nothing behind the bracket\n"},
        {"", "", "", "[policy]x\nrepeat = 1h",
         ":15: a section is written [daemon] or [mailbox NAME], with nothing behind the bracket\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char *text = assemble(table[i].policy, table[i].mailbox, table[i].smtp, table[i].oncall);
        expect_errors(text, table[i].want);
        free(text);
    }
}

static void all_mistakes_are_listed_at_once_in_the_order_of_lines(void **state)
{
    (void)state;
    expect_errors("stray = 1\n[mailbox m]\naddresses = x@ca.example\nhost = h\nusr = u\npassword_file = /p\n[smpt]\n",
                  ": there is no [smtp] section: no alert could be sent\n"
                  ": there is no [oncall NAME] section: nobody would be told of anything\n"
                  ":1: this key stands before the first [section]\n"
                  ":2: this section lacks \"user\": login name\n"
                  ":5: [mailbox] has no key \"usr\"; did you mean user?\n"
                  ":7: there is no section [smpt]; did you mean [smtp]?\n");
}

static void a_line_may_have_190_bytes_and_no_more(void **state)
{
    (void)state;
    char line[192] = "terms = ";
    memset(line + 8, 'x', 120);
    line[128] = ',';
    memset(line + 129, 'y', 61);
    expect_good(line, "", "", "");
    assert_int_equal(config->judge.term_count, 2);
    assert_int_equal(strlen(config->judge.terms[1]), 61);
    line[190] = 'y';
    char *text = assemble(line, "", "", "");
    expect_errors(text, ":2: the line has 191 bytes, more than the 190 allowed\n");
    free(text);
}

static void a_mailbox_name_of_63_bytes_is_kept_whole(void **state)
{
    (void)state;
    char name[64], *text = NULL;
    memset(name, 'n', 63);
    name[63] = 0;
    assert_true(asprintf(&text, "[mailbox %s]%s%s%s", name, strchr(MAILBOX, '\n'), SMTP, ONCALL) > 0);
    expect_errors(text, "");
    assert_string_equal(config->settings.mailboxes[0].name, name);
    free(text);
}

static void what_is_no_plain_file_is_refused(void **state)
{
    (void)state;
    struct cpr_buffer errors = cpr_buffer_new(4096);
    assert_int_equal(cpr_config_load(directory, config, &errors), CPR_OPERATOR);
    assert_non_null(strstr(cpr_buffer_text(&errors), "is not a regular file"));
    cpr_buffer_clear(&errors);
    unlink(path);
    assert_int_equal(cpr_config_load(path, config, &errors), CPR_OPERATOR);
    assert_non_null(strstr(cpr_buffer_text(&errors), "No such file"));
    cpr_buffer_clear(&errors);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(cpr_config_load(path, config, &errors), CPR_OPERATOR);
    unlink(path);
    cpr_buffer_free(&errors);
    char *big = malloc(CPR_CONFIG_MAX_BYTES + 1);
    assert_non_null(big);
    memset(big, '\n', CPR_CONFIG_MAX_BYTES + 1);
    char *text = errors_of_bytes(big, CPR_CONFIG_MAX_BYTES + 1);
    assert_string_equal(text, " is larger than the 262144 bytes allowed\n");
    free(text);
    text = errors_of_bytes("a\0b", 3);
    assert_non_null(strstr(text, ":1: the line holds a control character"));
    free(text);
    free(big);
}

static void a_file_that_every_user_may_change_is_refused(void **state)
{
    (void)state;
    struct cpr_buffer errors = cpr_buffer_new(4096);
    expect_good("", "", "", "");
    assert_int_equal(chmod(path, 0646), 0);
    assert_int_equal(cpr_config_load(path, config, &errors), CPR_OPERATOR);
    assert_non_null(strstr(cpr_buffer_text(&errors), "can be changed by every user"));
    assert_int_equal(chmod(path, 0644), 0);
    cpr_buffer_free(&errors);
}

/* Any bytes end in a list of errors, never in a crash; the seed is fixed. */
static void a_mutilated_file_is_refused_or_read(void **state)
{
    (void)state;
    unsigned seed = 20261122;
    char *text = assemble("steps = 1h, 2h", "junk = auto, X", "tls = starttls", "from = 0h");
    size_t len = strlen(text);
    char *copy = malloc(len);
    assert_non_null(copy);
    for (int round = 0; round < 2000; round++) {
        memcpy(copy, text, len);
        for (int i = 0; i < 3; i++) {
            seed = seed * 1103515245u + 12345u;
            copy[(seed >> 8) % len] = "[]=\n ;#:,x\0\xFF"[(seed >> 20) % 12];
        }
        free(errors_of_bytes(copy, len - round % 40));
    }
    free(copy);
    free(text);
}

static void the_example_holds_every_key_and_is_good(void **state)
{
    (void)state;
    struct cpr_buffer errors = cpr_buffer_new(4096), rows = cpr_buffer_new(65536), example = cpr_buffer_new(65536);
    assert_int_equal(cpr_config_load(CPR_SOURCE_DIR "/etc/cpr-auditd.conf", config, &errors), CPR_OK);
    assert_int_equal(config->settings.policy.oncall[1].from_ms, 18 * CPR_HOUR_MS);
    FILE *file = fopen(CPR_SOURCE_DIR "/etc/cpr-auditd.conf", "r");
    assert_non_null(file);
    char block[4096];
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        cpr_buffer_add(&example, cpr_view_make(block, got));
    fclose(file);

    cpr_config_describe(&rows);
    struct cpr_view rest = cpr_buffer_view(&rows), row, line;
    int count = 0;
    for (; cpr_view_next_line(&rest, &row); count++) {
        struct cpr_view section, key, fallback;
        assert_true(cpr_view_next_item(&row, '.', &section));
        size_t tab = cpr_view_find_byte(row, '\t', 0);
        key = cpr_view_slice(row, 0, tab);
        fallback = cpr_view_slice(row, tab + 1, cpr_view_find_byte(row, '\t', tab + 1) - tab - 1);
        char want[300];
        bool found = false;
        snprintf(want, sizeof want, "#%.*s =%s%.*s", (int)key.len, key.data, fallback.len ? " " : "", (int)fallback.len,
                 fallback.data);
        struct cpr_view lines = cpr_buffer_view(&example);
        bool inside = false, may_be_left_out = false;
        while (cpr_view_next_line(&lines, &line)) {
            size_t shift = line.len && line.data[0] == '#';
            if (line.len > shift && line.data[shift] == '[') {
                inside = cpr_view_equal(cpr_view_slice(line, shift + 1, section.len), section);
                may_be_left_out = shift != 0;
            }
            struct cpr_view assignment = cpr_view_slice(line, shift, line.len);
            bool same_key = cpr_view_equal(cpr_view_slice(assignment, 0, key.len), key) &&
                            cpr_view_starts_nocase(cpr_view_slice(assignment, key.len, 2), " =");
            /* A commented key shows exactly its default; keys without one show an example. */
            if (inside && same_key)
                found =
                    found || !shift || may_be_left_out || fallback.len == 0 || cpr_view_equal(line, cpr_view_of(want));
        }
        if (!found)
            fail_msg("\"%s\" is missing from the example, or shows another default", want);
    }
    assert_true(count > 40);
    cpr_buffer_free(&errors);
    cpr_buffer_free(&rows);
    cpr_buffer_free(&example);
}

static void an_address_is_one_that_can_stand_in_a_command(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool want;
    } table[] = {
        {"a@b", true},
        {"first.last+tag@ca.example", true},
        {"x@[127.0.0.1]", true},
        {"", false},
        {"a", false},
        {"@b", false},
        {"a@", false},
        {"a@b@c", false},
        {"a b@c", false},
        {"a@b\r\nRCPT TO:<x@y>", false},
        {"<a@b>", false},
        {"\"a\"@b", false},
        {"a@b>,x", false},
        {"a,b@c", false},
        {"\xC3\xA9@b", false},
        {"a\t@b", false},
        {"a@b\x7F", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(cpr_address_is_valid(cpr_view_of(table[i].in)), table[i].want);
    char longest[256];
    memset(longest, 'a', sizeof longest);
    longest[64] = '@';
    assert_true(cpr_address_is_valid(cpr_view_make(longest, 254)));
    assert_false(cpr_address_is_valid(cpr_view_make(longest, 255)));
    longest[64] = 'a';
    longest[65] = '@';
    assert_false(cpr_address_is_valid(cpr_view_make(longest, 100)));
}

static void only_this_machine_is_loopback(void **state)
{
    (void)state;
    static const char *const loopback[] = {"localhost", "LOCALHOST", "127.0.0.1", "127.255.1.2", "::1"};
    static const char *const other[] = {"localhost.example", "128.0.0.1", "::2",     "127.0.0.1.example", "",
                                        "0.0.0.0",           "10.0.0.1",  "127.1.x", "::ffff:10.0.0.1"};
    for (size_t i = 0; i < sizeof loopback / sizeof loopback[0]; i++)
        assert_true(cpr_host_is_loopback(loopback[i]));
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_false(cpr_host_is_loopback(other[i]));
    assert_false(cpr_host_is_valid(cpr_view_of("a/b")));
    assert_false(cpr_host_is_valid(cpr_view_of("a@b")));
    assert_false(cpr_host_is_valid(cpr_view_of("[::1]")));
    assert_true(cpr_host_is_valid(cpr_view_of("::1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smallest_file_gets_every_default),
        cmocka_unit_test(what_is_given_replaces_the_default),
        cmocka_unit_test(issuers_noise_and_notices_reach_the_judge),
        cmocka_unit_test(the_hash_is_that_of_the_files_bytes),
        cmocka_unit_test(systemd_directories_replace_the_defaults),
        cmocka_unit_test(a_mistake_is_named_with_its_line_and_reason),
        cmocka_unit_test(all_mistakes_are_listed_at_once_in_the_order_of_lines),
        cmocka_unit_test(a_line_may_have_190_bytes_and_no_more),
        cmocka_unit_test(a_mailbox_name_of_63_bytes_is_kept_whole),
        cmocka_unit_test(what_is_no_plain_file_is_refused),
        cmocka_unit_test(a_file_that_every_user_may_change_is_refused),
        cmocka_unit_test(a_mutilated_file_is_refused_or_read),
        cmocka_unit_test(the_example_holds_every_key_and_is_good),
        cmocka_unit_test(an_address_is_one_that_can_stand_in_a_command),
        cmocka_unit_test(only_this_machine_is_loopback),
    };
    return cmocka_run_group_tests_name("config", tests, set_up, tear_down);
}
