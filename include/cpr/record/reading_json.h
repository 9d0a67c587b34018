/* A reading as JSON: what the store keeps, what `cpr-audit classify --json` and `show --json` print. */
#ifndef CPR_RECORD_READING_JSON_H
#define CPR_RECORD_READING_JSON_H

#include "cpr/base/buffer.h"
#include "cpr/judge/reading.h"

#include <jansson.h>

/* Every value is valid UTF-8 whatever the reading holds, and mail text is without private keys (judge/redact.h). Out of
 * memory ends the process: its state is durable. */

/* The object of the contract, keys in this order: verdict, kind, score, signals [{id, where, text}], certificates
 * [{sha256, serial, spki-sha256, issuer, subject, names, not_before, not_after, owner, owner_issuer, owner_mark}],
 * whose times may be null, identifiers [{type, value}], language, limits [names], authenticated (the domain of From:
 * when it is proved, or ""), noise (the name of the rule that lowered the verdict, or ""), ruleset; with `file` first
 * unless it is NULL. A trusted quarantine notice also has notice {source, rows [{sender, subject, held, expires,
 * verdict}]}, whose times may be null. A new reference. */
json_t *cpr_reading_to_json(const struct cpr_reading *reading, const char *file);

/* The same and, for the store, from, from_name, to, recipients, reply_to, subject, message_id, date, automatic,
 * attachments, received [{by, at}], references, quoted [places in identifiers of those that stand in quoted text only],
 * excerpt. Absent dates are null. One line, appended to out without a newline. */
void cpr_reading_write_json(const struct cpr_reading *reading, struct cpr_buffer *out);

/* What was written, read back: a reading without what is not kept (the writer's own words, tokens, digests, private
 * keys). False, and an empty reading, when `line` is NULL or none; a key that is missing, or a word that these rules do
 * not know, is left out. `out` is large: keep it off the stack. */
bool cpr_reading_parse_json(const char *line, struct cpr_reading *out);

/* A row of a trusted quarantine notice as the reading of the mail that it speaks of, which nobody has seen: the keys of
 * the contract with what the row says (score 0, nothing in the lists), from, subject, and "quarantine" {source, held,
 * expires}, whose times may be null. */
void cpr_reading_write_candidate(const struct cpr_reading *notice, const struct cpr_notice_row *row,
                                 struct cpr_buffer *out);

#endif
