/* Whether our own border proved whom a message is from. From:, Auto-Submitted, List-Id and all the rest are the
 * sender's to forge; what counts is an Authentication-Results field (RFC 8601) that a host of ours wrote.
 *
 * Believed: fields whose authserv-id is one of the configured own_hosts, and which do not stand below a Received line
 * that no own host wrote (what stands below it came with the message). RFC 8601 section 5 obliges the border to remove
 * fields that claim to be its own; a border that neither does so nor writes a field of its own lets senders write them.
 * Exchange Online writes no authserv-id: its fields are believed directly above the Received line of one of its border
 * hosts, when that is an own host. For each method the topmost believed field that names it decides; a believed
 * dmarc=fail, or a field in that place that cannot be read, leaves nothing proved.
 *
 * Proved is the domain of From: (one field, one plain address) when it is said to have dmarc=pass with that
 * header.from, or dkim=pass with a header.d (or header.i), or spf=pass with a smtp.mailfrom, of that very domain
 * (strict alignment, RFC 7489 section 3.1). Without own_hosts nothing is ever proved. */
#ifndef CPR_JUDGE_ORIGIN_H
#define CPR_JUDGE_ORIGIN_H

#include "cpr/judge/settings.h"
#include "cpr/message/facts.h"

/* Whether a host is one of own_hosts (base/host.h). */
bool cpr_origin_is_own_host(const char *host, const struct cpr_judge_settings *settings);

/* How many Received lines, from the top, are of own hosts: the run that casework/receipt.h believes. */
uint32_t cpr_origin_own_received(const struct cpr_facts *facts, const struct cpr_judge_settings *settings);

/* The domain of From: in lower case when it is proved, else "". */
void cpr_origin_of(const struct cpr_facts *facts, const struct cpr_judge_settings *settings, char domain_out[128]);

/* Whether the message has this form: a listed sender in From: whose domain is `proved_domain`, and a listed subject
 * (letters compared as in judge/folded.h) in the only Subject field. False when nothing is proved. */
bool cpr_origin_matches(const struct cpr_judge_form *form, const struct cpr_facts *facts, const char *proved_domain);

#endif
