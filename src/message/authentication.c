#include "cpr/message/authentication.h"
#include "cpr/message/header.h"

#include <string.h>

enum {
    FIELD_MAX_BYTES = 8 * 1024, /* far over what is written for a dozen signatures */
    VALUE_SIZE = 1001           /* an address has at most 254 octets; a signature in header.b some hundred */
};

/* A field being read. */
struct field {
    struct cpr_view text;
    size_t at;
    bool is_broken;
};

static bool at_end(const struct field *field)
{
    return field->is_broken || field->at >= field->text.len;
}

static char next(const struct field *field)
{
    return at_end(field) ? 0 : field->text.data[field->at];
}

/* RFC 5322 section 3.2.2: comments nest and hold quoted pairs. */
static void skip_comment(struct field *field)
{
    size_t depth = 0;
    do {
        char c = next(field);
        depth += c == '(';
        depth -= c == ')';
        field->at += c == '\\' ? 2 : 1;
    } while (depth > 0 && !at_end(field));
    field->is_broken |= depth > 0 || field->at > field->text.len;
}

static void skip_blanks(struct field *field)
{
    for (char c = next(field); cpr_ascii_is_space(c) || c == '('; c = next(field))
        if (c == '(')
            skip_comment(field);
        else
            field->at++;
}

static void add(struct field *field, char *out, size_t out_size, size_t *len, char c)
{
    if (*len + 1 >= out_size || c == 0)
        field->is_broken = true;
    else
        out[(*len)++] = cpr_ascii_lower(c);
}

static void read_quoted(struct field *field, char *out, size_t out_size, size_t *len)
{
    for (field->at++; next(field) != '"' && !at_end(field); field->at++) {
        field->at += next(field) == '\\';
        add(field, out, out_size, len, next(field));
    }
    field->is_broken |= next(field) != '"';
    field->at++;
}

/* A value up to a blank, a comment, a ';' or one of `stops`, quotes taken off, in lower case. A quoted string is the
 * whole value or the local part of an address: nothing else may follow it, or go before it. */
static void read_value(struct field *field, const char *stops, char *out, size_t out_size)
{
    size_t len = 0;
    if (next(field) == '"') {
        read_quoted(field, out, out_size, &len);
        char c = next(field);
        field->is_broken |= c && !cpr_ascii_is_space(c) && !strchr("(;@", c) && !strchr(stops, c);
    }
    for (char c = next(field); c && !cpr_ascii_is_space(c) && c != '(' && c != ';' && !strchr(stops, c);
         c = next(field)) {
        field->is_broken |= c == '"' || c == ')' || c == '\\';
        add(field, out, out_size, &len, c);
        field->at++;
    }
    field->is_broken |= field->at < field->text.len && field->text.data[field->at] == 0;
    out[len] = 0;
}

/* Cuts "name = value" off the field; neither may be empty, but for an address that is (the null sender). */
static void read_pair(struct field *field, char name[64], char value[VALUE_SIZE])
{
    read_value(field, "=/", name, 64);
    skip_blanks(field);
    if (next(field) == '/') { /* RFC 8601 section 2.2: the version of a method */
        char version[16];
        field->at++;
        skip_blanks(field);
        read_value(field, "=", version, sizeof version);
        skip_blanks(field);
    }
    field->is_broken |= name[0] == 0 || next(field) != '=';
    field->at++;
    skip_blanks(field);
    read_value(field, "", value, VALUE_SIZE);
}

/* The host name in "host", "@host" or "local@host"; "" when it is none. */
static void copy_domain(const char *value, char out[128])
{
    const char *at = strrchr(value, '@'), *domain = at ? at + 1 : value;
    size_t len = strlen(domain);
    bool is_plain = len < 128 && len > 0 && domain[0] != '.' && domain[len - 1] != '.';
    for (size_t i = 0; i < len && is_plain; i++)
        is_plain = cpr_ascii_is_alpha(domain[i]) || cpr_ascii_is_digit(domain[i]) || domain[i] == '-' ||
                   domain[i] == '_' || (domain[i] == '.' && domain[i - 1] != '.');
    out[0] = 0;
    if (is_plain)
        memcpy(out, domain, len + 1);
}

static struct cpr_facts_result *add_result(struct field *field, struct cpr_facts_authentication *out)
{
    if (out->result_count == CPR_FACTS_RESULTS_MAX) {
        field->is_broken = true;
        return NULL;
    }
    return &out->results[out->result_count++];
}

/* A blank may stand around the dot of a property (RFC 8601 section 2.2); nobody writes one, and who does is broken. */
static void read_properties(struct field *field, const struct cpr_facts_result *head,
                            struct cpr_facts_authentication *out)
{
    static const char *const kept[] = {"header.from", "header.d", "header.i", "smtp.mailfrom"};
    unsigned seen = 0;
    for (skip_blanks(field); !at_end(field) && next(field) != ';'; skip_blanks(field)) {
        char name[64], value[VALUE_SIZE];
        read_pair(field, name, value);
        for (unsigned i = 0; i < sizeof kept / sizeof kept[0] && !field->is_broken; i++) {
            if (strcmp(name, kept[i]) != 0)
                continue;
            struct cpr_facts_result *result = head->method[0] ? add_result(field, out) : NULL;
            field->is_broken |= (seen & 1u << i) != 0;
            seen |= 1u << i;
            if (!result)
                continue;
            *result = *head;
            memcpy(result->property, kept[i], strlen(kept[i]) + 1);
            copy_domain(value, result->domain);
        }
    }
    struct cpr_facts_result *result = seen == 0 && head->method[0] ? add_result(field, out) : NULL;
    if (result)
        *result = *head;
}

static bool is_kept(const char *method)
{
    return strcmp(method, "dmarc") == 0 || strcmp(method, "dkim") == 0 || strcmp(method, "spf") == 0;
}

/* RFC 8601 section 2.2: resinfo, behind its ';'. */
static void read_result(struct field *field, struct cpr_facts_authentication *out)
{
    struct cpr_facts_result head = {0};
    char method[64], value[VALUE_SIZE];
    read_pair(field, method, value);
    size_t len = strlen(value);
    if (field->is_broken)
        return;
    if (is_kept(method)) {
        memcpy(head.method, method, strlen(method) + 1);
        field->is_broken |= len == 0 || len >= sizeof head.result;
        if (!field->is_broken)
            memcpy(head.result, value, len + 1);
    }
    read_properties(field, &head, out);
}

/* "host", "host 1"; without one the field begins with its first result. */
static void read_authserv_id(struct field *field, struct cpr_facts_authentication *out)
{
    char version[8];
    size_t start = field->at;
    read_value(field, "=", out->authserv_id, sizeof out->authserv_id);
    skip_blanks(field);
    if (next(field) == '=') {
        out->authserv_id[0] = 0;
        field->at = start;
        return;
    }
    field->is_broken |= out->authserv_id[0] == 0;
    if (cpr_ascii_is_digit(next(field))) {
        read_value(field, "=", version, sizeof version);
        skip_blanks(field);
    }
    field->is_broken |= !at_end(field) && next(field) != ';';
}

/* RFC 8601 section 2.2: no-result, the last word of the field. */
static bool is_none(struct field field)
{
    char word[8];
    read_value(&field, "=", word, sizeof word);
    skip_blanks(&field);
    return at_end(&field) && !field.is_broken && strcmp(word, "none") == 0;
}

void cpr_authentication_read_field(struct cpr_view value, struct cpr_facts_authentication *out)
{
    struct field field = {.text = value, .is_broken = value.len > FIELD_MAX_BYTES};
    memset(out, 0, sizeof *out);
    skip_blanks(&field);
    read_authserv_id(&field, out);
    for (skip_blanks(&field); !at_end(&field) && !is_none(field); skip_blanks(&field))
        if (next(&field) == ';')
            field.at++;
        else
            read_result(&field, out);
    if (field.is_broken) {
        memset(out, 0, sizeof *out);
        out->is_broken = true;
    }
}

/* ---- From -------------------------------------------------------------------------------------------------------- */

/* Skips a display name up to its '<'; false when there is none, or something that parts two addresses. */
static bool find_angle(struct field *from)
{
    for (skip_blanks(from); !at_end(from) && next(from) != '<'; skip_blanks(from)) {
        char name[1001];
        size_t len = 0;
        if (strchr(",;:>", next(from)))
            return false;
        if (next(from) == '"')
            read_quoted(from, name, sizeof name, &len);
        else
            from->at++;
    }
    return next(from) == '<';
}

/* The domain of the one address that a From value holds, as "a@b" or "name <a@b>". */
static void read_from(struct cpr_view value, char domain_out[128])
{
    struct field from = {.text = value, .is_broken = value.len > FIELD_MAX_BYTES};
    char address[VALUE_SIZE];
    bool has_angle = find_angle(&from);
    if (has_angle)
        from.at++;
    else
        from.at = 0;
    skip_blanks(&from);
    from.is_broken |= next(&from) == '"'; /* programs differ on what a quoted local part is */
    read_value(&from, "<>,:", address, sizeof address);
    skip_blanks(&from);
    from.is_broken |= has_angle && next(&from) != '>';
    from.at += has_angle;
    skip_blanks(&from);
    if (!from.is_broken && at_end(&from) && strchr(address, '@'))
        copy_domain(address, domain_out);
}

void cpr_authentication_read(struct cpr_view header, struct cpr_facts *facts)
{
    struct cpr_header_field field;
    uint32_t received = 0, froms = 0;
    while (cpr_header_next(&header, &field)) {
        if (cpr_view_equal_nocase(field.name, cpr_view_of("Received"))) {
            received++;
        } else if (cpr_view_equal_nocase(field.name, cpr_view_of("From"))) {
            if (froms++ == 0)
                read_from(field.value, facts->from_domain);
        } else if (cpr_view_equal_nocase(field.name, cpr_view_of("Authentication-Results")) &&
                   facts->authentication_count < CPR_FACTS_AUTHENTICATIONS_MAX) {
            struct cpr_facts_authentication *out = &facts->authentications[facts->authentication_count++];
            cpr_authentication_read_field(field.value, out);
            out->received_above = received;
        }
    }
    if (froms > 1)
        facts->from_domain[0] = 0;
}
