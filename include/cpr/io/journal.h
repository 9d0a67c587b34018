/* The running log on standard error. */
#ifndef CPR_IO_JOURNAL_H
#define CPR_IO_JOURNAL_H

#include "cpr/port/journal.h"

/* A journal that writes one line a message to standard error, encoded by cpr_encode_line and written with one write(2).
 * Under systemd ($JOURNAL_STREAM or $INVOCATION_ID is set) a line begins with its level, "<6>" (sd-daemon(3));
 * elsewhere with the name of the level when it is a warning or worse. Levels above `max_level` are dropped. A line that
 * cannot be written is lost: the log is for watching, the record is the store. May be used more than once; nothing is
 * to be freed. */
struct cpr_journal_port cpr_journal_stderr(enum cpr_level max_level);

#endif
