/* What a mail among the CA's own sent mail is worth as an answer to a report. Pure.
 *
 * Judged are the writer's own words (judge/own_words.h), never what he quotes. `substantive` needs a word of findings:
 * something that was found, decided or done, or is to be done at a time that is said; in a sentence that is no
 * question, no condition, no rule, no "not yet" and not the reporter's. Whatever has none is an acknowledgement: to nag
 * about a good answer costs a command, to take a ticket system's template for an answer costs the deadline (Sectigo,
 * Bugzilla 1648717). The words are in reply_words.c; in a language that they lack every reply is an acknowledgement. */
#ifndef CPR_CASEWORK_REPLY_H
#define CPR_CASEWORK_REPLY_H

#include "cpr/casework/legs.h"
#include "cpr/casework/links.h"
#include "cpr/judge/reading.h"

enum cpr_reply_class {
    CPR_REPLY_ACKNOWLEDGEMENT = 0, /* a ticket template, "we have received", Auto-Submitted, no word of findings */
    CPR_REPLY_SUBSTANTIVE,         /* says what was found or done */
    CPR_REPLY_OTHER_RECIPIENT,     /* names the report, but did not go to the one who filed it */
    CPR_REPLY_BOUNCE,              /* came back: it never reached the reporter. Never made of the reply itself */
    CPR_REPLY_CLASSES
};

struct cpr_reply_view {
    enum cpr_reply_class class;
    char words[160]; /* the sentence that made it so, quoted; for an acknowledgement the phrase, or why */
};

/* What a reply says, whoever it went to: acknowledgement or substantive. */
struct cpr_reply_view cpr_reply_read(const struct cpr_reading *reply);

/* The report that a reply is held against. All borrowed. */
struct cpr_reply_report {
    const char *from, *reply_to; /* of the report; "" when it has none: an answer may go to either */
    const char *excerpt;         /* the beginning of its text */
};

/* The same for one report. `recipients`: the addresses of the reply's To, Cc and Bcc. Compared are whole addresses,
 * without regard to the case of letters and to a tag behind '+'. A sentence that stands in the report for the most part
 * is the reporter's, not ours: then it is an acknowledgement. */
struct cpr_reply_view cpr_reply_for(const struct cpr_reply_view *read, const char *recipients,
                                    const struct cpr_reply_report *report);

/* Whether it closes the reporter leg. Code signing asks to acknowledge: there a person's acknowledgement does too. */
bool cpr_reply_closes(enum cpr_profile profile, enum cpr_reply_class class, bool is_automatic);

/* Whether a reply in the thread of `report` is about another certificate: the message that it answers names one that
 * the report does not, and the reply itself names none of the report's. Mail programs put a whole thread into
 * References, so that an answer to a follow-up refers to the report as well (Sectigo, Bugzilla 1650845: the wrong
 * certificate). */
bool cpr_reply_is_about_another(const struct cpr_reading *reply, const struct cpr_link_facts *report,
                                const struct cpr_link_facts *answered);

/* Whether a message in a folder of [mailbox] replies was sent by the CA: From: is in the domain of one of its
 * addresses, and either no mail server wrote into it (a program filed it) or the own border proved the sender. */
bool cpr_reply_is_ours(const struct cpr_reading *reply, char addresses[][CPR_ADDRESS_MAX], size_t address_count);

const char *cpr_reply_class_name(enum cpr_reply_class class); /* "acknowledgement", "substantive", ... */

#endif
