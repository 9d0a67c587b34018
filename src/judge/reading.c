#include "cpr/judge/reading.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"

#include <string.h>

static const char *const verdict_names[CPR_VERDICTS] = {"unlikely", "undecidable", "possible", "probable"};
static const char *const kind_names[CPR_KINDS] = {
    "other",          "report",     "follow-up", "reply",     "auto-reply", "bounce", "quarantine-notice",
    "machine-report", "compliance", "canary",    "own-alert",
};
static const struct {
    const char *name;
    bool is_unique;
} identifier_types[CPR_IDENTIFIER_TYPES] = {
    [CPR_IDENTIFIER_SERIAL] = {"serial", true},
    [CPR_IDENTIFIER_SHA256] = {"sha256", true},
    [CPR_IDENTIFIER_SHA1] = {"sha1", true},
    [CPR_IDENTIFIER_SPKI_SHA256] = {"spki-sha256", true},
    [CPR_IDENTIFIER_CRTSH_ID] = {"crtsh-id", true},
    [CPR_IDENTIFIER_CRTSH_QUERY] = {"crtsh-query", false},
    [CPR_IDENTIFIER_CERTIFICATE] = {"certificate", true},
    [CPR_IDENTIFIER_CSR] = {"csr", true},
    [CPR_IDENTIFIER_CRL_URL] = {"crl-url", false},
    [CPR_IDENTIFIER_OCSP_URL] = {"ocsp-url", false},
    [CPR_IDENTIFIER_DOMAIN] = {"domain", false},
    [CPR_IDENTIFIER_LINT] = {"lint", false},
    [CPR_IDENTIFIER_SECTION] = {"section", false},
    [CPR_IDENTIFIER_RFC] = {"rfc", false},
    [CPR_IDENTIFIER_BUGZILLA] = {"bugzilla", false},
};
static const char *const limit_names[CPR_READING_LIMITS] = {
    "cut",       "header-cut",  "depth",   "parts",       "text-cut",    "charset",     "decode",
    "encrypted", "identifiers", "signals", "reader-died", "notice-rows", "archive-cut", "attachment-unread",
};
static const char *const owner_names[CPR_OWNERS] = {"unknown", "ours", "other"};

void cpr_reading_clear(struct cpr_reading *reading)
{
    memset(reading, 0, sizeof *reading);
    reading->magic = CPR_READING_MAGIC;
    reading->verdict = CPR_VERDICT_UNDECIDABLE;
    reading->date_ms = CPR_TIME_NONE;
}

/* A field holds a string when it is terminated inside its bounds and the string is clean text. */
static bool is_string(const char *field, size_t size)
{
    size_t len = strnlen(field, size);
    return len < size && cpr_text_is_clean(cpr_view_make(field, len));
}

static bool is_stamp(int64_t utc_ms)
{
    return utc_ms == CPR_TIME_NONE || cpr_time_is_plausible(utc_ms);
}

static bool lists_are_sound(const struct cpr_reading *r)
{
    for (uint32_t i = 0; i < r->reference_count; i++)
        if (!is_string(r->references[i], sizeof r->references[i]))
            return false;
    for (uint32_t i = 0; i < r->attachment_count; i++)
        if (!is_string(r->attachments[i], sizeof r->attachments[i]))
            return false;
    for (uint32_t i = 0; i < r->received_count; i++)
        if (!is_stamp(r->received[i].utc_ms) || !is_string(r->received[i].by_host, sizeof r->received[i].by_host) ||
            !is_string(r->received[i].raw, sizeof r->received[i].raw))
            return false;
    for (uint32_t i = 0; i < r->signal_count; i++) {
        const struct cpr_signal *signal = &r->signals[i];
        if (!is_string(signal->id, sizeof signal->id) || !is_string(signal->where, sizeof signal->where) ||
            !is_string(signal->text, sizeof signal->text))
            return false;
    }
    for (uint32_t i = 0; i < r->identifier_count; i++)
        if (r->identifiers[i].type >= CPR_IDENTIFIER_TYPES || r->identifiers[i].is_quoted > 1 ||
            !is_string(r->identifiers[i].value, sizeof r->identifiers[i].value))
            return false;
    return true;
}

static bool certificates_are_sound(const struct cpr_reading *r)
{
    for (uint32_t i = 0; i < r->certificate_count; i++) {
        const struct cpr_reading_certificate *c = &r->certificates[i];
        if (c->owner >= CPR_OWNERS || !is_stamp(c->not_before_ms) || !is_stamp(c->not_after_ms) ||
            !is_string(c->sha256, sizeof c->sha256) || !is_string(c->serial, sizeof c->serial) ||
            !is_string(c->spki_sha256, sizeof c->spki_sha256) || !is_string(c->issuer, sizeof c->issuer) ||
            !is_string(c->subject, sizeof c->subject) || !is_string(c->names, sizeof c->names) ||
            !is_string(c->owner_issuer, sizeof c->owner_issuer) || !is_string(c->owner_mark, sizeof c->owner_mark))
            return false;
    }
    return true;
}

static bool notice_rows_are_sound(const struct cpr_reading *r)
{
    for (uint32_t i = 0; i < r->notice_row_count; i++) {
        const struct cpr_notice_row *row = &r->notice_rows[i];
        if (row->verdict < CPR_VERDICT_POSSIBLE || row->verdict >= CPR_VERDICTS || !is_stamp(row->held_ms) ||
            !is_stamp(row->expires_ms) || !is_string(row->sender, sizeof row->sender) ||
            !is_string(row->subject, sizeof row->subject))
            return false;
    }
    return true;
}

bool cpr_reading_is_sound(const struct cpr_reading *r)
{
    /* own-alert is the engine's word, given after the token was checked; a reader that claims it is lying. */
    if (r->magic != CPR_READING_MAGIC || r->verdict >= CPR_VERDICTS || r->kind >= CPR_KINDS ||
        r->kind == CPR_KIND_OWN_ALERT || r->limits >> CPR_READING_LIMITS || r->is_automatic > 1 ||
        r->signal_count > CPR_SIGNALS_MAX || r->identifier_count > CPR_IDENTIFIERS_MAX ||
        r->received_count > CPR_RECEIVED_MAX || r->reference_count > CPR_REFERENCES_MAX ||
        r->attachment_count > CPR_ATTACHMENTS_MAX || r->certificate_count > CPR_CERTIFICATES_MAX ||
        r->notice_row_count > CPR_NOTICE_ROWS_MAX || !is_stamp(r->date_ms) || r->ack_case < 0)
        return false;
    return is_string(r->language, sizeof r->language) && is_string(r->ruleset, sizeof r->ruleset) &&
           is_string(r->from_address, sizeof r->from_address) && is_string(r->from_name, sizeof r->from_name) &&
           is_string(r->to, sizeof r->to) && is_string(r->recipients, sizeof r->recipients) &&
           is_string(r->reply_to, sizeof r->reply_to) && is_string(r->subject, sizeof r->subject) &&
           is_string(r->message_id, sizeof r->message_id) && is_string(r->alert_token, sizeof r->alert_token) &&
           is_string(r->ack_token, sizeof r->ack_token) &&
           is_string(r->authenticated_domain, sizeof r->authenticated_domain) && is_string(r->noise, sizeof r->noise) &&
           is_string(r->notice_source, sizeof r->notice_source) && is_string(r->text_digest, sizeof r->text_digest) &&
           is_string(r->excerpt, sizeof r->excerpt) && is_string(r->returned_id, sizeof r->returned_id) &&
           is_string(r->own_words, sizeof r->own_words) && lists_are_sound(r) && certificates_are_sound(r) &&
           notice_rows_are_sound(r);
}

const char *cpr_verdict_name(enum cpr_verdict verdict)
{
    CPR_ASSERT(verdict < CPR_VERDICTS);
    return verdict_names[verdict];
}

bool cpr_verdict_parse(struct cpr_view name, enum cpr_verdict *out)
{
    for (unsigned i = 0; i < CPR_VERDICTS; i++)
        if (cpr_view_equal(name, cpr_view_of(verdict_names[i]))) {
            *out = (enum cpr_verdict)i;
            return true;
        }
    return false;
}

const char *cpr_kind_name(enum cpr_kind kind)
{
    CPR_ASSERT(kind < CPR_KINDS);
    return kind_names[kind];
}

const char *cpr_identifier_type_name(enum cpr_identifier_type type)
{
    CPR_ASSERT(type < CPR_IDENTIFIER_TYPES);
    return identifier_types[type].name;
}

bool cpr_identifier_is_unique(enum cpr_identifier_type type)
{
    CPR_ASSERT(type < CPR_IDENTIFIER_TYPES);
    return identifier_types[type].is_unique;
}

const char *cpr_owner_name(enum cpr_owner owner)
{
    CPR_ASSERT(owner < CPR_OWNERS);
    return owner_names[owner];
}

const char *cpr_reading_limit_name(unsigned bit)
{
    CPR_ASSERT(bit < CPR_READING_LIMITS);
    return limit_names[bit];
}
