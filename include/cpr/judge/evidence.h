/* Evidence: one message on the bench. Collects what the parts of this room find and enters it into the reading: each
 * rule at most once, each identifier at most once, within the caps of base/limits.h. */
#ifndef CPR_JUDGE_EVIDENCE_H
#define CPR_JUDGE_EVIDENCE_H

#include "cpr/judge/judge.h"
#include "cpr/judge/scan.h"
#include "cpr/judge/signals.h"
#include "cpr/message/facts.h"

/* A mail of at most this many characters of its own words (links and data do not count) has one subject: the reports of
 * the five public incidents had 20 to 80 words. */
enum { CPR_LITTLE_CHARACTERS = 600 };

/* And of at most this many one matter: laymen tell a story around it. */
enum { CPR_BRIEF_CHARACTERS = 1000 };

struct cpr_evidence {
    const struct cpr_facts *facts;             /* borrowed */
    const struct cpr_judge_settings *settings; /* borrowed; NULL: none */
    struct cpr_reading *reading;               /* borrowed */
    struct cpr_view text;                      /* borrowed: subject, '\n', text of the message; keys taken out */
    size_t subject_len;                        /* bytes of `text` that are the subject, further ones before it */
    uint32_t subjects_apart;  /* what further subjects put between a subject and the text, at most; 0: there is one */
    struct cpr_folded folded; /* of `text` */
    struct cpr_scan scan;     /* of `folded` */
    bool has_rule[CPR_RULES];
    bool is_hard;
    bool words_are_program_parts; /* a patch: its words name parts of a program */
    bool is_complaint;            /* a finding, or a rule that is a complaint by itself */
};

/* Enters a rule's signal; `quote` is the place in the mail, made clean and cut to fit. A second time is a no-op. */
void cpr_evidence_signal(struct cpr_evidence *evidence, enum cpr_rule rule, const char *where, struct cpr_view quote);

/* Enters an identifier, already canonical; a second time, an empty or a too long one is a no-op. */
void cpr_evidence_identifier(struct cpr_evidence *evidence, enum cpr_identifier_type type, struct cpr_view value);

/* Applies every rule of vocabulary to the scan. */
void cpr_evidence_vocabulary(struct cpr_evidence *evidence);

/* Applies the rules about the message as a whole, last: several identifiers, little else, the operator's words. */
void cpr_evidence_combine(struct cpr_evidence *evidence);

#endif
