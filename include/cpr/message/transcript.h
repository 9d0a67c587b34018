/* The transcript: all text of a message in order, as clean lines. Whatever is added is normalised on the way in, so
 * that nothing after it meets a control character, a zero-width or bidirectional mark or a malformed byte. */
#ifndef CPR_MESSAGE_TRANSCRIPT_H
#define CPR_MESSAGE_TRANSCRIPT_H

#include "cpr/base/buffer.h"

struct cpr_transcript {
    struct cpr_buffer text; /* owned; more than CPR_TEXT_MAX_BYTES until cpr_transcript_finish */
    size_t head_len;        /* where the cut is, once is_cut */
    bool is_cut;            /* the middle was dropped: head and tail are kept */
};

struct cpr_transcript cpr_transcript_new(void);
void cpr_transcript_free(struct cpr_transcript *transcript);

/* Adds UTF-8 text. CRLF, CR, NEL and the Unicode line separators become '\n'; a tab stays one, every other blank is one
 * space; unsafe (base/text.h) and other invisible characters vanish; malformed bytes become U+FFFD. */
void cpr_transcript_add(struct cpr_transcript *transcript, struct cpr_view utf8);

/* Ends the line, if one has begun. */
void cpr_transcript_break(struct cpr_transcript *transcript);

/* Cuts the middle out so that at most CPR_TEXT_MAX_BYTES are left. */
void cpr_transcript_finish(struct cpr_transcript *transcript);

#endif
