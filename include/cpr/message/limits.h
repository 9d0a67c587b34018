/* What kept a message from being read whole. */
#ifndef CPR_MESSAGE_LIMITS_H
#define CPR_MESSAGE_LIMITS_H

/* Facts about how much of the message could be read. Bits of cpr_facts.limits and cpr_reading.limits. */
enum cpr_reading_limit {
    CPR_READING_CUT = 1 << 0,          /* longer than was fetched */
    CPR_READING_HEADER_CUT = 1 << 1,   /* header block over its cap */
    CPR_READING_DEPTH = 1 << 2,        /* nesting over its cap */
    CPR_READING_PARTS = 1 << 3,        /* number of parts over its cap */
    CPR_READING_TEXT_CUT = 1 << 4,     /* decoded text over its cap */
    CPR_READING_CHARSET = 1 << 5,      /* a charset that we do not know: read as UTF-8 or windows-1252 */
    CPR_READING_DECODE = 1 << 6,       /* a transfer encoding that did not decode */
    CPR_READING_ENCRYPTED = 1 << 7,    /* an encrypted part that cannot be read here */
    CPR_READING_IDENTIFIERS = 1 << 8,  /* more identifiers than are kept */
    CPR_READING_SIGNALS = 1 << 9,      /* more signals than are kept */
    CPR_READING_READER_DIED = 1 << 10, /* the reader was ended by a limit or crashed (set by the daemon's side) */
    CPR_READING_NOTICE_ROWS = 1 << 11, /* a quarantine notice lists more messages than are kept */
    CPR_READING_ARCHIVE_CUT = 1 << 12, /* an archive that is cut, damaged or over a cap: not every name was read */
    CPR_READING_UNREAD = 1 << 13,      /* hardly any text, and a file that cannot be read here: PDF, picture ... */
    CPR_READING_LIMITS = 14            /* how many bits there are */
};

#endif
