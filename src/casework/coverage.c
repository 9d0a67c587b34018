#include "cpr/casework/coverage.h"

#include <string.h>

static bool counts(const struct cpr_identifier *identifier)
{
    return cpr_identifier_is_unique((enum cpr_identifier_type)identifier->type);
}

static bool names(const struct cpr_coverage_side *side, const char *value)
{
    for (size_t i = 0; i < side->identifier_count && value[0]; i++)
        if (!side->identifiers[i].is_quoted && counts(&side->identifiers[i]) &&
            strcmp(side->identifiers[i].value, value) == 0)
            return true;
    return false;
}

static bool is_of(const struct cpr_reading_certificate *certificate, const char *value)
{
    return value[0] && (strcmp(certificate->sha256, value) == 0 || strcmp(certificate->serial, value) == 0 ||
                        strcmp(certificate->spki_sha256, value) == 0);
}

/* By its own value, or by another one of the same certificate. */
static bool is_answered(const struct cpr_coverage_side *report, const struct cpr_coverage_side *replies,
                        const char *value)
{
    if (names(replies, value))
        return true;
    for (size_t i = 0; i < report->certificate_count; i++) {
        const struct cpr_reading_certificate *certificate = &report->certificates[i];
        if (is_of(certificate, value) && (names(replies, certificate->sha256) || names(replies, certificate->serial) ||
                                          names(replies, certificate->spki_sha256)))
            return true;
    }
    return false;
}

struct cpr_coverage cpr_coverage_of(const struct cpr_coverage_side *report, const struct cpr_coverage_side *replies)
{
    struct cpr_coverage coverage = {0};
    bool gives_number = false, has_number = false, has_domain = false;
    for (size_t i = 0; i < report->identifier_count && i < CPR_IDENTIFIERS_MAX; i++) {
        const struct cpr_identifier *identifier = &report->identifiers[i];
        if (!counts(identifier))
            continue;
        coverage.item_count++;
        gives_number = true;
        if (!is_answered(report, replies, identifier->value))
            coverage.unanswered[coverage.unanswered_count++] = (uint16_t)i;
    }
    for (size_t i = 0; i < replies->identifier_count; i++) {
        const struct cpr_identifier *identifier = &replies->identifiers[i];
        has_number |= !identifier->is_quoted && counts(identifier);
        has_domain |= !identifier->is_quoted && identifier->type == CPR_IDENTIFIER_DOMAIN;
    }
    coverage.names_only_domains = gives_number && has_domain && !has_number;
    return coverage;
}
