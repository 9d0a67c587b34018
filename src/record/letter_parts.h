/* The parts of a letter: letter.c makes the mail, these make its words. Private to src/record. The text has LF line
 * ends and lines of at most 72 characters. */
#ifndef CPR_RECORD_LETTER_PARTS_H
#define CPR_RECORD_LETTER_PARTS_H

#include "parts.h"

#include "cpr/record/letter.h"

/* Where a person finds the message of a case now. */
const char *cpr_letter_present_folder(const struct cpr_case *item);
void cpr_letter_add_case_subject(const struct cpr_letter *letter, struct cpr_buffer *out);
/* `reading` may be NULL: none is stored. */
void cpr_letter_add_case_text(const struct cpr_letter *letter, const json_t *reading, struct cpr_buffer *out);

/* Whether it is about a revocation that is owed after the answer: what its letter says first, and the line that the
 * letter about any case has. */
bool cpr_letter_is_to_revoke(const struct cpr_alert *alert);
void cpr_letter_add_to_revoke_subject(const struct cpr_letter *letter, struct cpr_buffer *out);
void cpr_letter_add_to_revoke(const struct cpr_letter *letter, struct cpr_buffer *out);
void cpr_letter_add_revocation(const struct cpr_letter *letter, struct cpr_buffer *out);

/* What the message has to do with others: an array as engine/relate.h describes it, or NULL. */
void cpr_letter_add_links(const json_t *links, struct cpr_buffer *out);

/* Many cases in one letter. */
void cpr_letter_add_collected_subject(const struct cpr_letter *letter, struct cpr_buffer *out);
void cpr_letter_add_collected_text(const struct cpr_letter *letter, struct cpr_buffer *out);

void cpr_letter_add_trouble_subject(const struct cpr_letter *letter, struct cpr_buffer *out);
void cpr_letter_add_trouble_text(const struct cpr_letter *letter, struct cpr_buffer *out);

#endif
