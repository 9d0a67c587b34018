/* What the two sides of the reader's socket say to each other. Both are the same executable, so plain structs do.
 *
 * Parent: struct cpr_reader_greeting. Child, locked in: CPR_READER_READY as a uint32_t. Then, for each message, parent:
 * struct cpr_reader_request and its bytes; child: struct cpr_reading as far as it is used: the identifiers, which are
 * most of it, stand at its end, and only identifier_count of them are sent. */
#ifndef CPR_IO_READER_FRAMES_H
#define CPR_IO_READER_FRAMES_H

#include "cpr/judge/judge.h"

#include <stddef.h>
#include <stdint.h>

#define CPR_READER_SOCKET 0 /* the child's descriptor */
#define CPR_READER_GREETING 0x43524752u
#define CPR_READER_READY 0x59445243u

struct cpr_reader_greeting {
    uint32_t magic; /* CPR_READER_GREETING */
    uint32_t size;  /* sizeof(struct cpr_reader_greeting): tells programs of different versions apart */
    struct cpr_judge_settings settings;
};

struct cpr_reader_request {
    uint32_t len;    /* bytes that follow, at most CPR_MESSAGE_FETCH_MAX_BYTES */
    uint32_t is_cut; /* 0 or 1 */
};

#define CPR_READER_RECORD_HEAD offsetof(struct cpr_reading, identifiers)
_Static_assert(CPR_READER_RECORD_HEAD + sizeof((struct cpr_reading *)0)->identifiers == sizeof(struct cpr_reading),
               "the identifiers are the end of a reading");

/* Takes everything from this process that reading a message does not need; for ever. False when the kernel would not.
 */
bool cpr_reader_lock_in(void);

#endif
