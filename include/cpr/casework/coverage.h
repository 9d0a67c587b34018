/* Coverage: which certificates of a report its answers do not name. Identifiers of the report minus identifiers of the
 * replies, the ones in quoted text not counted. Pure. It warns and never closes or opens a leg. */
#ifndef CPR_CASEWORK_COVERAGE_H
#define CPR_CASEWORK_COVERAGE_H

#include "cpr/judge/reading.h"

/* What one message names: its unique identifiers, and the certificates in it, which are known by several of them. */
struct cpr_coverage_side {
    const struct cpr_identifier *identifiers; /* borrowed */
    size_t identifier_count;
    const struct cpr_reading_certificate *certificates; /* borrowed; only sha256, serial and spki_sha256 are read */
    size_t certificate_count;
};

struct cpr_coverage {
    size_t item_count; /* certificates, keys and links that the report names */
    size_t unanswered_count;
    uint16_t unanswered[CPR_IDENTIFIERS_MAX]; /* their places among the report's identifiers */
    bool names_only_domains; /* the report gives serial numbers or fingerprints and the replies no more than a domain:
                                "confirm against the serial number" (Sectigo, Bugzilla 1650845) */
};

/* `replies`: all that the replies name, one list. */
struct cpr_coverage cpr_coverage_of(const struct cpr_coverage_side *report, const struct cpr_coverage_side *replies);

#endif
