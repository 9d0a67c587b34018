/* A whole configuration file: sections are opened here (inih cuts their names at 50 bytes), keys are split by inih,
 * values go through the table. Errors are gathered, sorted by line, and nothing is handed out unless there is none. */
#include "config_parts.h"

#include "cpr/base/assert.h"
#include "cpr/base/digest.h"
#include "cpr/io/address.h"

#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many sections of a kind there may be; those that bear no name stand once. */
static const size_t most_sections[CPR_SECTION_COUNT] = {
    [CPR_SECTION_DAEMON] = 1,
    [CPR_SECTION_POLICY] = 1,
    [CPR_SECTION_SMTP] = 1,
    [CPR_SECTION_MAILBOX] = CPR_MAILBOXES_MAX,
    [CPR_SECTION_ONCALL] = CPR_ONCALL_MAX,
    [CPR_SECTION_ISSUER] = CPR_ISSUERS_MAX,
    [CPR_SECTION_NOISE] = CPR_NOISE_RULES_MAX,
    [CPR_SECTION_NOTICES] = CPR_NOTICE_SOURCES_MAX,
};

enum {
    SECTIONS_MAX =
        3 + CPR_MAILBOXES_MAX + CPR_ONCALL_MAX + CPR_ISSUERS_MAX + CPR_NOISE_RULES_MAX + CPR_NOTICE_SOURCES_MAX,
    ERRORS_MAX = 100,
    NAME_MAX_BYTES = CPR_NAME_MAX - 1
};

struct section {
    enum cpr_config_section kind;
    size_t index; /* among the sections of its kind */
    unsigned line;
    unsigned key_lines[CPR_CONFIG_KEYS_MAX]; /* by row of the table; 0: not given */
};

struct complaint {
    unsigned line; /* 0: the file as a whole */
    char text[CPR_ERROR_TEXT_MAX];
};

struct loader {
    struct cpr_config config; /* being built */
    struct cpr_view rest;     /* of the file's bytes, borrowed */
    unsigned line;            /* of the line last given to inih */
    bool is_inside;           /* a section was begun, be it a good one */
    struct section *current;  /* NULL: keys are skipped up to the next section */
    struct section sections[SECTIONS_MAX];
    size_t section_count;
    size_t kind_counts[CPR_SECTION_COUNT];
    struct complaint complaints[ERRORS_MAX]; /* sorted by line */
    size_t complaint_count;
};

static void complain(struct loader *loader, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void complain(struct loader *loader, unsigned line, const char *format, ...)
{
    struct cpr_error error;
    char text[CPR_ERROR_TEXT_MAX];
    va_list arguments;
    if (loader->complaint_count == ERRORS_MAX)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cpr_error_set(&error, CPR_OPERATOR, 0, "%s", text);
    size_t place = loader->complaint_count++;
    for (; place > 0 && loader->complaints[place - 1].line > line; place--)
        loader->complaints[place] = loader->complaints[place - 1];
    loader->complaints[place].line = line;
    memcpy(loader->complaints[place].text, error.text, sizeof error.text);
}

/* --- sections and keys ------------------------------------------------------------------------------------------ */

static const char *default_of(const struct cpr_config_key *key, struct cpr_view *value_out)
{
    const char *variable = key->environment ? getenv(key->environment) : NULL;
    const char *text = variable && variable[0] == '/' ? variable : key->fallback;
    struct cpr_view value = cpr_view_of(text);
    /* systemd lists several directories with colons between them; the first one is ours. */
    if (text == variable && variable)
        value = cpr_view_slice(value, 0, cpr_view_find_byte(value, ':', 0));
    *value_out = value;
    return text;
}

static void set_defaults(struct loader *loader, enum cpr_config_section kind, size_t index)
{
    for (size_t i = 0; i < cpr_config_key_count; i++) {
        const struct cpr_config_key *key = &cpr_config_keys[i];
        struct cpr_view value;
        struct cpr_error error;
        if (key->section == kind && default_of(key, &value) &&
            cpr_config_value_set(key, value, &loader->config, index, &error) != CPR_OK)
            complain(loader, 0, "the default of %s (from the environment?) is refused: %s", key->name, error.text);
    }
}

static bool is_named(enum cpr_config_section kind)
{
    return most_sections[kind] > 1;
}

static char *name_of(struct loader *loader, enum cpr_config_section kind, size_t index)
{
    struct cpr_config *config = &loader->config;
    switch (kind) {
    case CPR_SECTION_MAILBOX:
        return config->settings.mailboxes[index].name;
    case CPR_SECTION_ONCALL:
        return config->settings.policy.oncall[index].name;
    case CPR_SECTION_ISSUER:
        return config->judge.issuers[index].name;
    case CPR_SECTION_NOISE:
        return config->judge.noise[index].name;
    case CPR_SECTION_NOTICES:
        return config->judge.notices[index].name;
    default:
        CPR_ASSERT(!"the section bears a name");
        return NULL;
    }
}

/* A name goes into logs, reports and keys of the store. */
static bool is_good_name(struct cpr_view name)
{
    if (name.len < 1 || name.len > NAME_MAX_BYTES)
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!cpr_ascii_is_alpha(name.data[i]) && !cpr_ascii_is_digit(name.data[i]) && !strchr("._-", name.data[i]))
            return false;
    return true;
}

static const struct section *find_section(struct loader *loader, enum cpr_config_section kind, struct cpr_view name)
{
    for (size_t i = 0; i < loader->section_count; i++) {
        const struct section *section = &loader->sections[i];
        if (section->kind == kind &&
            (!is_named(kind) || cpr_view_equal(cpr_view_of(name_of(loader, kind, section->index)), name)))
            return section;
    }
    return NULL;
}

static bool check_section(struct loader *loader, enum cpr_config_section kind, struct cpr_view name)
{
    const char *word = cpr_config_section_names[kind];
    if (is_named(kind) && !is_good_name(name)) {
        complain(loader, loader->line, "[%s NAME] needs a name of 1 to %d letters, digits, '.', '_' and '-'", word,
                 NAME_MAX_BYTES);
        return false;
    }
    if (!is_named(kind) && name.len) {
        complain(loader, loader->line, "[%s] takes no name", word);
        return false;
    }
    const struct section *twin = find_section(loader, kind, name);
    if (twin) {
        complain(loader, loader->line, "this section stands in line %u already", twin->line);
        return false;
    }
    if (loader->kind_counts[kind] == most_sections[kind]) {
        complain(loader, loader->line, "there are more than the %zu [%s] sections allowed", most_sections[kind], word);
        return false;
    }
    return true;
}

static void open_section(struct loader *loader, struct cpr_view word, struct cpr_view name)
{
    size_t kind = 0;
    while (kind < CPR_SECTION_COUNT && !cpr_view_equal(word, cpr_view_of(cpr_config_section_names[kind])))
        kind++;
    loader->current = NULL;
    if (kind == CPR_SECTION_COUNT) {
        const char *near = word.len <= 48 ? cpr_config_section_nearest(word) : NULL;
        complain(loader, loader->line, "there is no section [%.*s]%s%s%s", (int)word.len, word.data,
                 near ? "; did you mean [" : "", near ? near : "", near ? "]?" : "");
        return;
    }
    if (!check_section(loader, (enum cpr_config_section)kind, name))
        return;
    struct section *section = &loader->sections[loader->section_count++];
    *section = (struct section){
        .kind = (enum cpr_config_section)kind, .index = loader->kind_counts[kind]++, .line = loader->line};
    if (is_named(section->kind)) {
        CPR_ASSERT(cpr_view_copy(name, name_of(loader, section->kind, section->index), CPR_NAME_MAX));
        set_defaults(loader, section->kind, section->index);
    }
    loader->current = section;
}

/* Called by inih for each line; gives it the keys, each on a line of its own, and blanks for everything else, so that
 * it sees nothing it could misread. */
static char *next_line(char *out, int out_size, void *context)
{
    struct loader *loader = context;
    struct cpr_view line, kind, name;
    struct cpr_error error;
    if (!cpr_view_next_line(&loader->rest, &line))
        return NULL;
    loader->line++;
    bool is_key = false;
    switch (cpr_config_line_scan(line, &kind, &name, &error)) {
    case CPR_LINE_EMPTY:
        break;
    case CPR_LINE_SECTION:
        loader->is_inside = true;
        open_section(loader, kind, name);
        break;
    case CPR_LINE_KEY:
        is_key = loader->current != NULL;
        if (!loader->is_inside)
            complain(loader, loader->line, "this key stands before the first [section]");
        break;
    case CPR_LINE_BROKEN:
        complain(loader, loader->line, "%s", error.text);
        if (line.len && line.data[0] == '[') {
            loader->is_inside = true;
            loader->current = NULL;
        }
        break;
    }
    CPR_ASSERT(line.len + 2 <= (size_t)out_size || !is_key);
    snprintf(out, (size_t)out_size, "%.*s\n", is_key ? (int)line.len : 0, line.data);
    return out;
}

/* Called by inih for each key. The section that it believes in is of no interest. */
static int take_key(void *context, const char *ini_section, const char *name, const char *value)
{
    (void)ini_section;
    struct loader *loader = context;
    struct section *section = loader->current;
    const struct cpr_config_key *key = cpr_config_key_find(section->kind, name);
    struct cpr_error error;
    if (!key) {
        const char *near = cpr_config_key_nearest(section->kind, name);
        complain(loader, loader->line, "[%s] has no key \"%s\"%s%s%s", cpr_config_section_names[section->kind], name,
                 near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
        return 1;
    }
    unsigned *seen = &section->key_lines[key - cpr_config_keys];
    if (*seen)
        complain(loader, loader->line, "%s stands in line %u already", name, *seen);
    else if (cpr_config_value_set(key, cpr_view_of(value), &loader->config, section->index, &error) != CPR_OK)
        complain(loader, loader->line, "%s", error.text);
    if (!*seen)
        *seen = loader->line;
    return 1;
}

/* --- checks over several keys ------------------------------------------------------------------------------------ */

static unsigned line_of(const struct section *section, const char *name)
{
    return section->key_lines[cpr_config_key_find(section->kind, name) - cpr_config_keys];
}

static void check_required(struct loader *loader, const struct section *section)
{
    for (size_t i = 0; i < cpr_config_key_count; i++) {
        const struct cpr_config_key *key = &cpr_config_keys[i];
        if (key->section == section->kind && key->is_required && !section->key_lines[i])
            complain(loader, section->line, "this section lacks \"%s\": %s", key->name, key->doc);
    }
}

static void check_server(struct loader *loader, const struct section *section, const struct cpr_server_settings *server,
                         bool needs_login)
{
    unsigned sources = (line_of(section, "password_credential") != 0) + (line_of(section, "password_file") != 0) +
                       (line_of(section, "password_command") != 0);
    if (sources != needs_login)
        complain(loader, section->line,
                 needs_login
                     ? "this section needs exactly one of password_credential, password_file and password_command"
                     : "a password is given without a \"user\" to log in");
    if (server->tls == CPR_TLS_NONE && server->host[0] && !cpr_host_is_loopback(server->host))
        complain(loader, line_of(section, "tls"),
                 "tls = none is allowed only for a server on this machine (localhost, 127.0.0.0/8, ::1), not for %s",
                 server->host);
}

static void check_servers(struct loader *loader)
{
    struct cpr_config *config = &loader->config;
    for (size_t i = 0; i < loader->section_count; i++) {
        const struct section *section = &loader->sections[i];
        check_required(loader, section);
        if (section->kind == CPR_SECTION_MAILBOX) {
            struct cpr_server_settings *imap = &config->imap[section->index];
            check_server(loader, section, imap, true);
            if (!imap->port)
                imap->port = imap->tls == CPR_TLS_NONE ? 143 : 993;
        } else if (section->kind == CPR_SECTION_SMTP) {
            static const unsigned ports[] = {[CPR_TLS_IMPLICIT] = 465, [CPR_TLS_STARTTLS] = 587, [CPR_TLS_NONE] = 25};
            check_server(loader, section, &config->smtp, config->smtp.user[0] != 0);
            if (!config->smtp.port)
                config->smtp.port = ports[config->smtp.tls];
        }
    }
}

static void check_oncall(struct loader *loader)
{
    const struct cpr_policy *policy = &loader->config.settings.policy;
    bool from_start = false, gets_health = false;
    for (size_t i = 0; i < policy->oncall_count; i++) {
        from_start = from_start || policy->oncall[i].from_ms == 0;
        gets_health = gets_health || policy->oncall[i].gets_health;
    }
    if (policy->oncall_count == 0)
        complain(loader, 0, "there is no [oncall NAME] section: nobody would be told of anything");
    else if (!from_start)
        complain(loader, 0, "no [oncall NAME] section has from = 0h: nobody would be told when a report arrives");
    if (policy->oncall_count && !gets_health)
        complain(loader, 0,
                 "no [oncall NAME] section has health = yes: nobody would be told when the daemon is in trouble");
}

static void check_presence(struct loader *loader)
{
    if (loader->kind_counts[CPR_SECTION_MAILBOX] == 0)
        complain(loader, 0, "there is no [mailbox NAME] section: nothing would be watched");
    if (loader->kind_counts[CPR_SECTION_SMTP] == 0)
        complain(loader, 0, "there is no [smtp] section: no alert could be sent");
}

/* Adds a word unless it is there already; false when the list is full. */
static bool gather(char *list, size_t item_size, uint32_t *count, const char *word)
{
    for (uint32_t i = 0; i < *count; i++)
        if (cpr_view_equal_nocase(cpr_view_of(list + i * item_size), cpr_view_of(word)))
            return true;
    if (*count == CPR_JUDGE_WORDS_MAX)
        return false;
    CPR_ASSERT(cpr_view_copy(cpr_view_of(word), list + *count * item_size, item_size));
    (*count)++;
    return true;
}

static void gather_judge_settings(struct loader *loader)
{
    struct cpr_judge_settings *judge = &loader->config.judge;
    bool fits = true;
    for (size_t i = 0; i < loader->config.settings.mailbox_count; i++) {
        const struct cpr_mailbox_settings *mailbox = &loader->config.settings.mailboxes[i];
        for (size_t j = 0; j < mailbox->address_count; j++)
            fits = gather(judge->own_addresses[0], sizeof judge->own_addresses[0], &judge->own_address_count,
                          mailbox->addresses[j]) &&
                   fits;
        for (size_t j = 0; j < mailbox->own_host_count; j++)
            fits = gather(judge->own_hosts[0], sizeof judge->own_hosts[0], &judge->own_host_count,
                          mailbox->own_hosts[j]) &&
                   fits;
    }
    if (!fits)
        complain(loader, 0, "all mailboxes together have more than the %d different addresses or own_hosts allowed",
                 CPR_JUDGE_WORDS_MAX);
}

static void check_issuers(struct loader *loader)
{
    struct cpr_config *config = &loader->config;
    config->settings.issuer_count = config->judge.issuer_count;
    for (size_t i = 0; i < loader->section_count; i++) {
        const struct section *section = &loader->sections[i];
        struct cpr_error error;
        if (section->kind != CPR_SECTION_ISSUER)
            continue;
        struct cpr_issuing_ca *ca = &config->settings.issuers[section->index];
        memcpy(ca->name, config->judge.issuers[section->index].name, sizeof ca->name);
        if (cpr_config_issuer_check(&config->judge.issuers[section->index], ca, &error) != CPR_OK)
            complain(loader, section->line, "%s", error.text);
    }
}

/* Switched on with nobody to ask it would promise what is not done. */
static void check_revocation(struct loader *loader)
{
    const struct cpr_settings *settings = &loader->config.settings;
    bool can_ask = false;
    for (size_t i = 0; i < settings->issuer_count; i++)
        can_ask = can_ask || settings->issuers[i].certificate_file[0];
    if (settings->verifies_revocation && !can_ask)
        complain(loader, 0,
                 "verify_revocation = yes needs an [issuer NAME] with certificate and crl_urls or ocsp_urls");
}

static bool has_mark(const struct cpr_judge_issuer *issuer)
{
    return issuer->common_name_count || issuer->key_id_count || issuer->host_count || issuer->policy_oid_count;
}

/* What could never match is a mistake of whoever wrote it. */
static void check_marks(struct loader *loader)
{
    const struct cpr_judge_settings *judge = &loader->config.judge;
    for (size_t i = 0; i < loader->section_count; i++) {
        const struct section *section = &loader->sections[i];
        if (section->kind == CPR_SECTION_ISSUER && !has_mark(&judge->issuers[section->index]))
            complain(loader, section->line,
                     "this section needs at least one of common_names, key_ids, hosts and policy_oids");
        else if ((section->kind == CPR_SECTION_NOISE || section->kind == CPR_SECTION_NOTICES) &&
                 judge->own_host_count == 0)
            complain(loader, section->line,
                     "this section could never match: no [mailbox NAME] has own_hosts, whose word proves a sender");
    }
}

/* --- the file ---------------------------------------------------------------------------------------------------- */

static void load(struct loader *loader, struct cpr_view content)
{
    loader->rest = content;
    set_defaults(loader, CPR_SECTION_DAEMON, 0);
    set_defaults(loader, CPR_SECTION_POLICY, 0);
    set_defaults(loader, CPR_SECTION_SMTP, 0);
    int broken_line = ini_parse_stream(next_line, loader, take_key, loader);
    if (broken_line)
        complain(loader, broken_line > 0 ? (unsigned)broken_line : 0, "the line could not be split into key and value");
    loader->config.settings.mailbox_count = loader->kind_counts[CPR_SECTION_MAILBOX];
    loader->config.settings.policy.oncall_count = loader->kind_counts[CPR_SECTION_ONCALL];
    check_presence(loader);
    check_servers(loader);
    check_oncall(loader);
    loader->config.judge.issuer_count = (uint32_t)loader->kind_counts[CPR_SECTION_ISSUER];
    loader->config.judge.noise_count = (uint32_t)loader->kind_counts[CPR_SECTION_NOISE];
    loader->config.judge.notice_count = (uint32_t)loader->kind_counts[CPR_SECTION_NOTICES];
    gather_judge_settings(loader);
    check_marks(loader);
    check_issuers(loader);
    check_revocation(loader);
    struct cpr_digest digest = cpr_digest_of(content);
    cpr_digest_to_hex(&digest, loader->config.settings.configuration_hash);
}

static void list_complaints(const struct loader *loader, const char *path, struct cpr_buffer *out)
{
    for (size_t i = 0; i < loader->complaint_count; i++) {
        const struct complaint *complaint = &loader->complaints[i];
        cpr_buffer_add_text(out, path);
        if (complaint->line)
            cpr_buffer_add_format(out, ":%u", complaint->line);
        cpr_buffer_add_format(out, ": %s\n", complaint->text);
    }
    if (loader->complaint_count == ERRORS_MAX)
        cpr_buffer_add_format(out, "%s: only the first %d errors are listed\n", path, ERRORS_MAX);
}

enum cpr_rc cpr_config_load(const char *path, struct cpr_config *config_out, struct cpr_buffer *errors_out)
{
    struct cpr_buffer content;
    struct cpr_error error;
    enum cpr_rc rc = cpr_config_file_read(path, &content, &error);
    if (rc != CPR_OK) {
        cpr_buffer_add_format(errors_out, "%s\n", error.text);
        return rc;
    }
    struct loader *loader = calloc(1, sizeof *loader);
    if (!loader) {
        cpr_buffer_add_format(errors_out, "%s: there is not enough memory to read it\n", path);
        rc = CPR_RETRY;
        goto out;
    }
    load(loader, cpr_buffer_view(&content));
    if (loader->complaint_count) {
        list_complaints(loader, path, errors_out);
        rc = CPR_OPERATOR;
    } else {
        memcpy(config_out, &loader->config, sizeof *config_out);
    }
out:
    free(loader);
    cpr_buffer_free(&content);
    return rc;
}
