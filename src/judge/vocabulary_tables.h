/* The tables of the vocabulary. Words were taken from the published rules (TLS BR 2.2.6, RFC 5280 and 6960), from
 * public incident reports and from "how to revoke a certificate" pages of CAs in the languages named, and from how
 * people write who never read any of them; spelling mistakes that laymen make are words too. Short words stand whole;
 * stems end in '*'. */
#ifndef CPR_JUDGE_VOCABULARY_TABLES_H
#define CPR_JUDGE_VOCABULARY_TABLES_H

#include "cpr/judge/vocabulary.h"

struct cpr_vocabulary_table {
    const struct cpr_vocabulary_row *rows; /* static */
    size_t count;
};

extern const struct cpr_vocabulary_table cpr_vocabulary_things, cpr_vocabulary_faults, cpr_vocabulary_people,
    cpr_vocabulary_mail, cpr_vocabulary_kinds, cpr_vocabulary_lay;

#endif
