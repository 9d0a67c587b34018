/* The appendix of an incident report: what the problem report names, in the columns that IRG 3.2 asks for. */
#include "ccadb_parts.h"

#include "cpr/judge/reading.h"

#include <stdlib.h>
#include <string.h>

/* The eleven columns of the guidelines, in their order, and what helps a person to complete them. */
enum column {
    COLUMN_PRECERTIFICATE = 0,
    COLUMN_CERTIFICATE,
    COLUMN_SUBJECT,
    COLUMN_ISSUER,
    COLUMN_NOT_BEFORE,
    COLUMN_NOT_AFTER,
    COLUMN_SERIAL,
    COLUMN_NAMES,
    COLUMN_IS_REVOKED,
    COLUMN_REVOKED,
    COLUMN_REASON,
    COLUMN_NAMED_AS,
    COLUMN_VALUE,
    COLUMN_OWNER,
    COLUMNS
};
static const char *const titles[COLUMNS] = {
    "Precertificate SHA-256 hash",
    "Certificate SHA-256 hash",
    "Subject",
    "Issuer",
    "Not before",
    "Not after",
    "Serial #",
    "dNSNames",
    "Is revoked?",
    "Revocation date",
    "Revocation reason",
    "Named as",
    "Named value",
    "Owner",
};

static void add_field(struct cpr_buffer *out, const char *text, bool is_first)
{
    json_t *clean = cpr_json_mail_text(text);
    cpr_buffer_add_text(out, is_first ? "\"" : ",\"");
    text = json_string_value(clean);
    if (*text && strchr("=+-@", *text))
        cpr_buffer_add_byte(out, '\'');
    for (; *text; text++) {
        /* A fence of the Markdown around it must not end early. */
        cpr_buffer_add_text(out, *text == '"' ? "\"" : "");
        cpr_buffer_add_byte(out, *text == '`' ? '\'' : *text);
    }
    cpr_buffer_add_byte(out, '"');
    json_decref(clean);
}

static void add_row(struct cpr_buffer *out, const char *const fields[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++)
        add_field(out, fields[i] ? fields[i] : "", i == 0);
    cpr_buffer_add_text(out, "\r\n");
}

/* What every source says of a serial number; nothing where they were not asked or do not agree. */
static void set_revocation(const json_t *item, const char *serial, const char *fields[COLUMNS])
{
    size_t i, k;
    json_t *claim, *answer;
    json_array_foreach(json_object_get(item, "revocations"), i, claim)
    {
        if (!*serial || strcmp(cpr_json_get(claim, "serial"), serial) != 0 ||
            strcmp(cpr_json_get(claim, "finding"), "revoked") != 0)
            continue;
        fields[COLUMN_IS_REVOKED] = "Yes";
        json_array_foreach(json_object_get(claim, "answers"), k, answer)
        {
            if (strcmp(cpr_json_get(answer, "word"), "revoked") != 0)
                continue;
            fields[COLUMN_REVOKED] = cpr_json_get(answer, "revoked");
            fields[COLUMN_REASON] = cpr_json_get(answer, "reason");
        }
    }
}

static void add_certificate(const json_t *item, const json_t *certificate, struct cpr_buffer *out)
{
    const char *fields[COLUMNS] = {[COLUMN_CERTIFICATE] = cpr_json_get(certificate, "sha256"),
                                   [COLUMN_SUBJECT] = cpr_json_get(certificate, "subject"),
                                   [COLUMN_ISSUER] = cpr_json_get(certificate, "issuer"),
                                   [COLUMN_NOT_BEFORE] = cpr_json_get(certificate, "not_before"),
                                   [COLUMN_NOT_AFTER] = cpr_json_get(certificate, "not_after"),
                                   [COLUMN_SERIAL] = cpr_json_get(certificate, "serial"),
                                   [COLUMN_NAMES] = cpr_json_get(certificate, "names"),
                                   [COLUMN_NAMED_AS] = "certificate",
                                   [COLUMN_OWNER] = cpr_json_get(certificate, "owner")};
    set_revocation(item, fields[COLUMN_SERIAL], fields);
    add_row(out, fields);
}

/* Whether a certificate that is described whole has it: then it has its row. */
static bool is_described(const json_t *item, const char *value)
{
    static const char *const keys[] = {"sha256", "serial", "spki-sha256"};
    size_t i;
    json_t *certificate;
    json_array_foreach(json_object_get(item, "certificates"), i, certificate)
    {
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            if (strcmp(cpr_json_get(certificate, keys[k]), value) == 0)
                return true;
    }
    return false;
}

/* A domain or a section of the rules names no certificate. */
static bool is_listed(const json_t *item, const json_t *identifier)
{
    const char *name = cpr_json_get(identifier, "type");
    for (enum cpr_identifier_type type = 0; type < CPR_IDENTIFIER_TYPES; type++)
        if (strcmp(name, cpr_identifier_type_name(type)) == 0)
            return cpr_identifier_is_unique(type) && !is_described(item, cpr_json_get(identifier, "value"));
    return false;
}

static void add_identifier(const json_t *item, const json_t *identifier, struct cpr_buffer *out)
{
    const char *type = cpr_json_get(identifier, "type"), *value = cpr_json_get(identifier, "value");
    const char *fields[COLUMNS] = {[COLUMN_NAMED_AS] = type, [COLUMN_VALUE] = value};
    if (strcmp(type, "serial") == 0) {
        fields[COLUMN_SERIAL] = value;
        set_revocation(item, value, fields);
    }
    if (strcmp(type, "certificate") == 0)
        fields[COLUMN_CERTIFICATE] = value;
    add_row(out, fields); /* a SHA-256 that somebody writes down may be that of a precertificate, or of a key */
}

size_t cpr_ccadb_named(const json_t *item)
{
    size_t i, count = json_array_size(json_object_get(item, "certificates"));
    json_t *identifier;
    json_array_foreach(json_object_get(item, "identifiers"), i, identifier)
    {
        count += is_listed(item, identifier);
    }
    return count;
}

void cpr_ccadb_csv(const json_t *exported, struct cpr_buffer *out)
{
    size_t i;
    json_t *item;
    add_row(out, titles);
    json_array_foreach(json_object_get(exported, "certificates"), i, item)
    {
        add_certificate(exported, item, out);
    }
    json_array_foreach(json_object_get(exported, "identifiers"), i, item)
    {
        if (is_listed(exported, item))
            add_identifier(exported, item, out);
    }
}
