/* Whether our own border proved whom a message is from. From:, Auto-Submitted, List-Id and all the rest are the sender's
 * to forge; what counts is an Authentication-Results field (RFC 8601) that a host of ours wrote.
 *
 * Believed: fields whose authserv-id is one of the configured own_hosts, and which stand above the first Received line
 * that no own host wrote (what stands below it came with the message). RFC 8601 section 5 obliges the border to remove
 * fields that claim to be its own. Proved is the domain of From: when such a field says dmarc=pass, or dkim=pass with a
 * header.d (or header.i), or spf=pass with a smtp.mailfrom, of that very domain (strict alignment, RFC 7489 section 3.1).
 * Without own_hosts nothing is ever proved. */
#ifndef CPR_JUDGE_ORIGIN_H
#define CPR_JUDGE_ORIGIN_H

#include "cpr/judge/settings.h"
#include "cpr/message/facts.h"

/* The domain of From: in lower case when it is proved, else "". */
void cpr_origin_of(const struct cpr_facts *facts, const struct cpr_judge_settings *settings, char domain_out[128]);

/* Whether the message has this form: a listed sender in From: whose domain is `proved_domain`, and a listed subject. */
bool cpr_origin_matches(const struct cpr_judge_form *form, const struct cpr_facts *facts, const char *proved_domain);

#endif
