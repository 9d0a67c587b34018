/* What the three files of identifiers share: identifiers.c (the walk over the text), identifier_numbers.c (serial
 * numbers, fingerprints, pins), identifier_names.c (lints, sections, RFCs, bugs, domains). Nothing here is for other
 * rooms. */
#ifndef CPR_JUDGE_IDENTIFIER_PARTS_H
#define CPR_JUDGE_IDENTIFIER_PARTS_H

#include "cpr/judge/identifiers.h"

/* What the words before a place in the text say of it. */
struct cpr_identifier_context {
    /* where the last such word or identifier ended; SIZE_MAX: none yet */
    size_t serial_end, fingerprint_end, revoke_end, key_end;
    bool subject_serial, subject_revoke; /* the subject says it of the whole mail */
    size_t hit;                          /* next hit of the scan */
    unsigned domains;
};

/* Letters, digits, '_' and what is no ASCII: a bit for each byte, since every byte of every mail is asked. */
static inline bool cpr_identifier_is_word(char c)
{
    static const uint64_t bits[4] = {0x03FF000000000000, 0x07FFFFFE87FFFFFE, UINT64_MAX, UINT64_MAX};
    unsigned char byte = (unsigned char)c;
    return bits[byte >> 6] >> (byte & 63) & 1;
}

/* Words of the scan up to `at` move the context on. */
void cpr_identifier_follow_words(const struct cpr_evidence *evidence, struct cpr_identifier_context *context,
                                 size_t at);

/* At most `len` bytes of text before `at`. */
struct cpr_view cpr_identifier_text_before(const struct cpr_evidence *evidence, size_t at, size_t len);

/* Whether one of the words, a list that NULL ends, begins in `before`. */
bool cpr_identifier_has_word(struct cpr_view before, const char *const *words);

/* A run of digits: decides what it is. Returns how far it goes, 0 when it is nothing. */
size_t cpr_identifier_number_find(struct cpr_evidence *evidence, struct cpr_identifier_context *context, size_t at);

/* Public key pins: RFC 7469 writes pin-sha256="BASE64", curl sha256//BASE64. */
void cpr_identifier_pins_find(struct cpr_evidence *evidence);

/* A word of the text that is no number: decides what it names. */
void cpr_identifier_names_find(struct cpr_evidence *evidence, struct cpr_identifier_context *context,
                               struct cpr_view word, size_t at);

#endif
