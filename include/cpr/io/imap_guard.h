/* The guard in front of libetpan's IMAP parser: only responses of the shapes that the client asks for reach it.
 *
 * libetpan 1.9.4 allocates whatever length a literal announces, recurses with every parenthesis, frees what it never
 * made when a list breaks off and reads an untagged BYE as a tagged reply. So each line is first read by this small
 * grammar: tagged and untagged OK, NO and BAD, CAPABILITY, FLAGS, LIST, STATUS, SEARCH, EXISTS, RECENT, EXPUNGE, and
 * FETCH without the structures that are built from mail. Other untagged responses are left out, other response codes
 * become plain text, and a known response of another shape ends the session. More spaces than RFC 3501 wants, and some
 * before ')' or at the end of a line, are allowed: servers send them. Pure: no I/O, no clock. */
#ifndef CPR_IO_IMAP_GUARD_H
#define CPR_IO_IMAP_GUARD_H

#include "cpr/base/result.h"
#include "cpr/base/view.h"

#include <stdint.h>

/* Of a list in a FETCH item that nobody asked for. */
#define CPR_IMAP_GUARD_DEPTH_MAX 32

/* The response that goes on after a literal. */
enum cpr_imap_guard_open {
    CPR_IMAP_GUARD_NOTHING = 0,
    CPR_IMAP_GUARD_LIST,
    CPR_IMAP_GUARD_STATUS,
    CPR_IMAP_GUARD_FETCH
};

struct cpr_imap_guard {
    uint64_t text_left_bytes;     /* of this command's reply, literals not counted */
    uint64_t literals_left_bytes; /* of this command's reply, all literals together */
    uint32_t literal_max_bytes;   /* of one literal */
    bool is_greeting; /* the next line is the server's first; its code, which nothing needs, is blotted out */
    enum cpr_imap_guard_open open;
};

/* A guard that allows one command's reply. */
struct cpr_imap_guard cpr_imap_guard_new(uint32_t literal_max_bytes, uint64_t literals_max_bytes);

/* Judges one line of `len` bytes, the final LF included. CPR_OK: it may be handed on, and the next *literal_out bytes
 * are a literal. CPR_ABSENT: to be left out. A NUL or a CR inside the line, which no line may hold, becomes '?'.
 * CPR_RETRY: refused; the session cannot go on. */
enum cpr_rc cpr_imap_guard_line(struct cpr_imap_guard *guard, char *line, size_t len, uint32_t *literal_out,
                                struct cpr_error *error_out);

#endif
