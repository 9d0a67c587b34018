/* The guard in front of libetpan's IMAP parser: what it cannot survive never reaches it.
 *
 * libetpan 1.9.4 allocates whatever length a literal announces, recurses with every parenthesis, copies the missing
 * text of "[ALERT]", reads an untagged BYE as a tagged reply, reads before its buffer in a NAMESPACE and follows a null
 * pointer in a code of the greeting. The guard looks at each line before it is handed on, counts literals and text
 * against a budget, leaves out what nobody asked for and refuses the rest with a sentence. Pure: no I/O, no clock. */
#ifndef CPR_IO_IMAP_GUARD_H
#define CPR_IO_IMAP_GUARD_H

#include "cpr/base/result.h"
#include "cpr/base/view.h"

#include <stdint.h>

/* A reply that we ask for nests three deep; libetpan uses about half a kilobyte of stack a level. */
#define CPR_IMAP_GUARD_PARENTHESES_MAX 256

/* What a response is to the guard. Literals may stand in all but OTHER and UNKNOWN. */
enum cpr_imap_guard_kind {
    CPR_IMAP_GUARD_OTHER = 0, /* of the kinds that are asked for, tagged, or rubbish that the parser refuses */
    CPR_IMAP_GUARD_NAMES,     /* LIST */
    CPR_IMAP_GUARD_STATUS,
    CPR_IMAP_GUARD_FETCH,
    CPR_IMAP_GUARD_UNKNOWN, /* an untagged response that nothing here asks for: NAMESPACE, ID, VANISHED, X... */
};

struct cpr_imap_guard {
    uint64_t text_left_bytes;     /* of this command's reply, literals not counted */
    uint64_t literals_left_bytes; /* of this command's reply, all literals together */
    uint32_t literal_max_bytes;   /* of one literal */
    uint32_t parentheses;         /* opened in this response */
    bool is_continued;            /* the next line goes on after a literal */
    bool is_greeting; /* the next line is the server's first: its code, which nothing needs, is blotted out */
    enum cpr_imap_guard_kind kind;
};

/* A guard that allows one command's reply. */
struct cpr_imap_guard cpr_imap_guard_new(uint32_t literal_max_bytes, uint64_t literals_max_bytes);

/* Judges one line of `len` bytes, the final LF included. CPR_OK: it may be handed on, and the next *literal_out bytes
 * are a literal. CPR_ABSENT: to be left out, for libetpan's parsers of extensions are no better than the rest. A NUL,
 * which no line may hold, becomes '?'. CPR_RETRY: refused; the session cannot go on. */
enum cpr_rc cpr_imap_guard_line(struct cpr_imap_guard *guard, char *line, size_t len, uint32_t *literal_out,
                                struct cpr_error *error_out);

#endif
