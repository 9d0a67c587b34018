/* A case as it leaves the house: the forms of an incident report of the CCADB Incident Reporting Guidelines 3.2
 * (https://www.ccadb.org/cas/incident-report), and what is taken out of every export. Pure.
 *
 * `exported` is the object of the desk's verb "export": keys of `show` (also "legs", "replies" and "revocations", where
 * there are any), "found", "acked", "exported" (times), "log" (events), "messages". What is missing in it is missing in
 * the report, never invented: whatever only a person can say stands there as **[PERSON: ...]**. */
#ifndef CPR_RECORD_CCADB_H
#define CPR_RECORD_CCADB_H

#include "cpr/base/buffer.h"

#include <jansson.h>

/* Takes private keys out of every string, and with redacts_reporter what names the reporter, and who else wrote about
 * the same ("[reporter]"): address, name and Message-ID wherever they stand; the domain of the address everywhere but
 * in what names certificates, unless it is the CA's own; the words of the name in sentences, as written ("Ann" of "Ann
 * Example"); the Received lines but for their dates. IRG 3.2: a CA may disclose their name only when they have agreed.
 * Text that names them in other words stays: the forms say that a person must read it. Replaces strings of the object
 * in place. */
void cpr_export_clean(json_t *exported, bool redacts_reporter);

/* Both forms as Markdown, field by field as the templates have them: preliminary and full, the timeline in UTC to the
 * minute. No text of any mail is in them but identifiers. */
void cpr_ccadb_write(const json_t *exported, bool redacts_reporter, struct cpr_buffer *out);
/* The appendix as CSV (RFC 4180, every field quoted; one that a spreadsheet would compute begins with an apostrophe):
 * the eleven columns of the guidelines, then how the report names it, and whose it is. Revocation is filled in where
 * every source that was asked says so. */
void cpr_ccadb_csv(const json_t *exported, struct cpr_buffer *out);

#endif
