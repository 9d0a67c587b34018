/* One value of each type: parse, check, store. */
#include "config_parts.h"

#include "cpr/base/assert.h"
#include "cpr/io/address.h"

#include <stdio.h>
#include <string.h>

#define SHOW(view) (int)(view).len, (view).data

/* Where a value goes. */
struct target {
    const struct cpr_config_key *key;
    char *base; /* borrowed: the structure that the key's offsets count from */
    struct cpr_error *error_out;
};

static enum cpr_rc refuse(const struct target *target, const char *wanted, struct cpr_view value)
{
    return cpr_error_set(target->error_out, CPR_OPERATOR, 0, "%s must be %s; it is \"%.*s\"", target->key->name, wanted,
                         SHOW(value));
}

static enum cpr_rc set_choice(const struct target *target, struct cpr_view value)
{
    char wanted[64] = "";
    for (unsigned i = 0; i < 3; i++) {
        const char *choice = target->key->choices[i];
        if (!choice)
            continue;
        if (cpr_view_equal(value, cpr_view_of(choice))) {
            bool flag = i != 0;
            const void *stored = target->key->size == sizeof flag ? (const void *)&flag : &i;
            memcpy(target->base + target->key->offset, stored, target->key->size);
            return CPR_OK;
        }
        size_t used = strlen(wanted);
        snprintf(wanted + used, sizeof wanted - used, "%s%s", used ? " or " : "", choice);
    }
    return refuse(target, wanted, value);
}

/* Keeps a text in `out`, or says why not. */
static enum cpr_rc keep(const struct target *target, struct cpr_view value, char *out, size_t out_size)
{
    if (cpr_view_copy(value, out, out_size))
        return CPR_OK;
    return cpr_error_set(target->error_out, CPR_OPERATOR, 0, "%s is longer than %zu bytes", target->key->name,
                         out_size - 1);
}

static void set_auto(const struct target *target, bool automatic)
{
    memcpy(target->base + target->key->auto_offset, &automatic, sizeof automatic);
}

static bool is_auto(const struct target *target, struct cpr_view value)
{
    return target->key->auto_offset && cpr_view_equal(value, cpr_view_of("auto"));
}

static enum cpr_rc set_text(const struct target *target, struct cpr_view value)
{
    bool automatic = is_auto(target, value);
    if (target->key->auto_offset)
        set_auto(target, automatic);
    return keep(target, automatic ? cpr_view_of("") : value, target->base + target->key->offset, target->key->size);
}

static enum cpr_rc set_path(const struct target *target, struct cpr_view value)
{
    if (value.len && value.data[0] != '/')
        return refuse(target, "an absolute path", value);
    return set_text(target, value);
}

static enum cpr_rc set_host(const struct target *target, struct cpr_view value)
{
    if (!cpr_host_is_valid(value))
        return refuse(target, "a host name or an IP address", value);
    return set_text(target, value);
}

static enum cpr_rc set_address(const struct target *target, struct cpr_view value)
{
    if (!cpr_address_is_valid(value))
        return refuse(target, "a mail address like name@example.org", value);
    return set_text(target, value);
}

static bool parse_number(struct cpr_view text, int64_t *out)
{
    int64_t number = 0;
    if (text.len == 0 || text.len > 9)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!cpr_ascii_is_digit(text.data[i]))
            return false;
        number = number * 10 + (text.data[i] - '0');
    }
    *out = number;
    return true;
}

static enum cpr_rc set_number(const struct target *target, struct cpr_view value)
{
    int64_t number;
    char wanted[96];
    if (!parse_number(value, &number) || number < target->key->min || number > target->key->max) {
        snprintf(wanted, sizeof wanted, "a number between %lld and %lld", (long long)target->key->min,
                 (long long)target->key->max);
        return refuse(target, wanted, value);
    }
    unsigned stored = (unsigned)number;
    memcpy(target->base + target->key->offset, &stored, sizeof stored);
    return CPR_OK;
}

static enum cpr_rc set_size(const struct target *target, struct cpr_view value)
{
    static const struct {
        const char *name;
        int64_t bytes;
    } units[] = {{"KiB", 1024}, {"MiB", 1024 * 1024}};
    int64_t number;
    char wanted[96];
    for (size_t i = 0; i < 2; i++) {
        size_t digits = value.len > 3 ? value.len - 3 : 0;
        if (!cpr_view_equal(cpr_view_slice(value, digits, 3), cpr_view_of(units[i].name)) ||
            !parse_number(cpr_view_trim(cpr_view_slice(value, 0, digits)), &number))
            continue;
        int64_t bytes = number * units[i].bytes;
        if (bytes < target->key->min || bytes > target->key->max)
            break;
        uint32_t stored = (uint32_t)bytes;
        memcpy(target->base + target->key->offset, &stored, sizeof stored);
        return CPR_OK;
    }
    snprintf(wanted, sizeof wanted, "a size with its unit (KiB, MiB) between %lld KiB and %lld KiB",
             (long long)(target->key->min / 1024), (long long)(target->key->max / 1024));
    return refuse(target, wanted, value);
}

static enum cpr_rc parse_duration(const struct target *target, struct cpr_view value, int64_t *ms_out)
{
    char least[CPR_TIME_TEXT_SIZE], most[CPR_TIME_TEXT_SIZE], wanted[160];
    int64_t ms;
    if (!cpr_duration_parse(value, &ms))
        return refuse(target, "a duration with its unit, like 90s, 15m, 24h or 5d", value);
    if (ms < target->key->min || ms > target->key->max) {
        const char *rule = target->key->limited_by;
        snprintf(wanted, sizeof wanted, "between %s and %s%s%s", cpr_duration_format_exact(target->key->min, least),
                 cpr_duration_format_exact(target->key->max, most), rule ? ", the most that is allowed by " : "",
                 rule ? rule : "");
        return refuse(target, wanted, value);
    }
    *ms_out = ms;
    return CPR_OK;
}

static enum cpr_rc set_duration(const struct target *target, struct cpr_view value)
{
    int64_t ms;
    enum cpr_rc rc = parse_duration(target, value, &ms);
    if (rc == CPR_OK)
        memcpy(target->base + target->key->offset, &ms, sizeof ms);
    return rc;
}

/* The counts of lists are size_t, or uint32_t where the list is sent to the reader process. */
static void set_count(const struct target *target, size_t count)
{
    uint32_t narrow = (uint32_t)count;
    const void *stored = target->key->count_size == sizeof narrow ? (const void *)&narrow : &count;
    memcpy(target->base + target->key->count_offset, stored, target->key->count_size);
}

static enum cpr_rc check_room(const struct target *target, size_t count)
{
    size_t most = target->key->size / target->key->item_size;
    if (count < most)
        return CPR_OK;
    return cpr_error_set(target->error_out, CPR_OPERATOR, 0, "%s holds more than the %zu entries allowed",
                         target->key->name, most);
}

static enum cpr_rc set_durations(const struct target *target, struct cpr_view value)
{
    int64_t *list = (int64_t *)(void *)(target->base + target->key->offset);
    size_t count = 0;
    struct cpr_view item;
    for (struct cpr_view rest = value; cpr_view_next_item(&rest, ',', &item); count++) {
        enum cpr_rc rc = check_room(target, count);
        if (rc == CPR_OK)
            rc = parse_duration(target, item, &list[count]);
        if (rc != CPR_OK)
            return rc;
        if (count && list[count] <= list[count - 1])
            return refuse(target, "ascending, each age once", value);
    }
    set_count(target, count);
    return CPR_OK;
}

/* "name@example.org", or "@example.org" for every address of exactly that domain. */
static bool is_sender(struct cpr_view item)
{
    if (item.len == 0 || item.data[0] != '@')
        return cpr_address_is_valid(item);
    struct cpr_view domain = cpr_view_slice(item, 1, item.len);
    return cpr_host_is_valid(domain) && cpr_view_find_byte(domain, ':', 0) == CPR_VIEW_NOT_FOUND;
}

/* X.660: two numbers at least, the first one 0 to 2, none with a leading zero. */
static bool is_oid(struct cpr_view item)
{
    size_t numbers = 0;
    struct cpr_view number, all = item;
    for (; cpr_view_next_item(&item, '.', &number); numbers++) {
        if (number.len == 0 || number.len > 39 || (number.len > 1 && number.data[0] == '0'))
            return false;
        for (size_t i = 0; i < number.len; i++)
            if (!cpr_ascii_is_digit(number.data[i]))
                return false;
    }
    return numbers >= 2 && all.data[1] == '.' && all.data[0] <= '2' && all.data[all.len - 1] != '.';
}

/* RFC 5280 section 4.2.1.2 makes 20 or 8 bytes of a key identifier, RFC 7093 up to 32; 10 bytes tell issuers apart.
 * Whatever separates the bytes is left out. Returns the length, 0 when it is none. */
static size_t canonical_key_id(struct cpr_view item, char out[65])
{
    size_t used = 0;
    for (size_t i = 0; i < item.len; i++) {
        if (cpr_ascii_is_hex(item.data[i]) && used < 64)
            out[used++] = cpr_ascii_lower(item.data[i]);
        else if (item.data[i] != ':' && item.data[i] != ' ')
            return 0;
    }
    out[used] = 0;
    return used >= 20 && used % 2 == 0 ? used : 0;
}

static enum cpr_rc check_item(const struct target *target, struct cpr_view item)
{
    if (target->key->type == CPR_TYPE_SENDERS && !is_sender(item))
        return refuse(target, "mail addresses like name@example.org, or @example.org", item);
    if (target->key->type == CPR_TYPE_OIDS && !is_oid(item))
        return refuse(target, "object identifiers like 2.23.140.1.2.1", item);
    if (target->key->type == CPR_TYPE_URLS && !cpr_url_is_valid(item, NULL))
        return refuse(target, "URLs like http://crl.example.org/ca.crl", item);
    if (target->key->type == CPR_TYPE_ADDRESSES && !cpr_address_is_valid(item))
        return refuse(target, "mail addresses like name@example.org", item);
    if (target->key->type == CPR_TYPE_HOSTS && !cpr_host_is_valid(item))
        return refuse(target, "host names or IP addresses", item);
    return CPR_OK;
}

/* The first `count` entries hold the text already; addresses, hosts and words are compared without regard to case. */
static bool is_listed(const char *list, size_t item_size, size_t count, struct cpr_view item)
{
    for (size_t i = 0; i < count; i++)
        if (cpr_view_equal_nocase(cpr_view_of(list + i * item_size), item))
            return true;
    return false;
}

static enum cpr_rc add_item(const struct target *target, size_t count, struct cpr_view item)
{
    char *list = target->base + target->key->offset;
    size_t item_size = target->key->item_size;
    char key_id[65];
    enum cpr_config_type type = target->key->type;
    enum cpr_rc rc = check_room(target, count);
    if (rc == CPR_OK)
        rc = check_item(target, item);
    if (rc != CPR_OK)
        return rc;
    if (type == CPR_TYPE_KEY_IDS) {
        size_t len = canonical_key_id(item, key_id);
        if (len == 0)
            return refuse(target, "key identifiers of 10 to 32 bytes in hexadecimal", item);
        item = cpr_view_make(key_id, len);
    }
    if (is_listed(list, item_size, count, item))
        return cpr_error_set(target->error_out, CPR_OPERATOR, 0, "%s names \"%.*s\" twice", target->key->name,
                             SHOW(item));
    rc = keep(target, item, list + count * item_size, item_size);
    if (rc == CPR_OK && (type == CPR_TYPE_HOSTS || type == CPR_TYPE_SENDERS))
        for (char *c = list + count * item_size; *c; c++)
            *c = cpr_ascii_lower(*c);
    return rc;
}

static enum cpr_rc set_list(const struct target *target, struct cpr_view value)
{
    bool automatic = false;
    size_t count = 0;
    struct cpr_view item;
    while (cpr_view_next_item(&value, ',', &item)) {
        if (is_auto(target, item)) {
            automatic = true;
            continue;
        }
        enum cpr_rc rc = add_item(target, count, item);
        if (rc != CPR_OK)
            return rc;
        count++;
    }
    if (target->key->auto_offset)
        set_auto(target, automatic);
    set_count(target, count);
    return CPR_OK;
}

/* The value is never repeated in an error: somebody may have put the password itself here. */
static enum cpr_rc set_secret(const struct target *target, struct cpr_view value)
{
    struct cpr_secret_settings *secret = (struct cpr_secret_settings *)(void *)(target->base + target->key->offset);
    bool is_credential = target->key->type == CPR_TYPE_CREDENTIAL;
    if (is_credential && (value.data[0] == '.' || cpr_view_find_byte(value, '/', 0) != CPR_VIEW_NOT_FOUND))
        return cpr_error_set(target->error_out, CPR_OPERATOR, 0, "%s must be the name of a credential, not a path",
                             target->key->name);
    if (!is_credential && value.data[0] != '/')
        return cpr_error_set(target->error_out, CPR_OPERATOR, 0, "%s must begin with an absolute path",
                             target->key->name);
    secret->source = is_credential                               ? CPR_SECRET_CREDENTIAL
                     : target->key->type == CPR_TYPE_SECRET_FILE ? CPR_SECRET_FILE
                                                                 : CPR_SECRET_COMMAND;
    return keep(target, value, secret->value, sizeof secret->value);
}

static void *base_of(const struct cpr_config_key *key, struct cpr_config *config, size_t index)
{
    switch (key->base) {
    case CPR_BASE_CONFIG:
        return config;
    case CPR_BASE_MAILBOX:
        return &config->settings.mailboxes[index];
    case CPR_BASE_IMAP:
        return &config->imap[index];
    case CPR_BASE_ONCALL:
        return &config->settings.policy.oncall[index];
    case CPR_BASE_ISSUER:
        return &config->judge.issuers[index];
    case CPR_BASE_CA:
        return &config->settings.issuers[index];
    case CPR_BASE_NOISE:
        return &config->judge.noise[index];
    case CPR_BASE_NOTICES:
        return &config->judge.notices[index];
    }
    CPR_ASSERT(!"every base is known");
    return NULL;
}

enum cpr_rc cpr_config_value_set(const struct cpr_config_key *key, struct cpr_view value, struct cpr_config *config,
                                 size_t index, struct cpr_error *error_out)
{
    static enum cpr_rc (*const setters[])(const struct target *, struct cpr_view) = {
        [CPR_TYPE_CHOICE] = set_choice,
        [CPR_TYPE_TEXT] = set_text,
        [CPR_TYPE_PATH] = set_path,
        [CPR_TYPE_HOST] = set_host,
        [CPR_TYPE_ADDRESS] = set_address,
        [CPR_TYPE_NUMBER] = set_number,
        [CPR_TYPE_SIZE] = set_size,
        [CPR_TYPE_DURATION] = set_duration,
        [CPR_TYPE_DURATIONS] = set_durations,
        [CPR_TYPE_TEXTS] = set_list,
        [CPR_TYPE_HOSTS] = set_list,
        [CPR_TYPE_ADDRESSES] = set_list,
        [CPR_TYPE_SENDERS] = set_list,
        [CPR_TYPE_KEY_IDS] = set_list,
        [CPR_TYPE_OIDS] = set_list,
        [CPR_TYPE_URLS] = set_list,
        [CPR_TYPE_CREDENTIAL] = set_secret,
        [CPR_TYPE_SECRET_FILE] = set_secret,
        [CPR_TYPE_SECRET_COMMAND] = set_secret,
    };
    struct target target = {.key = key, .base = base_of(key, config, index), .error_out = error_out};
    bool may_be_empty = key->fallback && key->fallback[0] == 0;
    if (value.len == 0 && !may_be_empty)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s must not be empty", key->name);
    return setters[key->type](&target, value);
}
