/* The reader: hostile bytes are read and judged in a child process that can do nothing but compute. Implements
 * port/reader.h.
 *
 * The child is a fresh program image (fork, exec of the same executable with "--reader", empty environment), so nothing
 * of the daemon's memory is in it. All it has is one socket to its parent. It gets the judge's settings, prepares what
 * judging needs, locks itself in (no files, no network, no processes, no executable memory: seccomp; rlimits for
 * memory, CPU time and everything else), says that it is ready, and then answers each message with one struct
 * cpr_reading. The parent believes nothing but a sound record (cpr_reading_is_sound) that came within
 * CPR_READER_WALL_MS. A child that crashes, stalls or lies is killed; the message counts as unreadable and the next one
 * is read by a fresh child.
 *
 * Known limit: one child reads many messages, so a message that took over the child could spoil the verdicts of the
 * messages after it. It could still reach neither the mailbox nor the store nor the network. */
#ifndef CPR_IO_READER_H
#define CPR_IO_READER_H

#include "cpr/io/pulse.h"
#include "cpr/judge/judge.h"
#include "cpr/port/reader.h"

#include <sys/types.h>

/* What main() passes on: a program whose argv[1] is this must call cpr_reader_child_main() before anything else. */
#define CPR_READER_ARGUMENT "--reader"

struct cpr_reader;

/* Starts the first child. `settings` is copied, NULL means none. `pulse` is borrowed for the reader's life and may be
 * NULL. `executable` is borrowed likewise; NULL means /proc/self/exe, which stays right when the program's file is
 * replaced by an upgrade. CPR_RETRY: no child could be started (memory, process limit, a kernel without seccomp);
 * CPR_STOPPED. */
enum cpr_rc cpr_reader_new(const struct cpr_judge_settings *settings, const struct cpr_pulse *pulse,
                           const char *executable, struct cpr_reader **out, struct cpr_error *error_out);
/* Ends the child. */
void cpr_reader_free(struct cpr_reader **reader);

/* The port, valid as long as the reader. A message is at most CPR_MESSAGE_FETCH_MAX_BYTES long. On CPR_LIMIT
 * error_out->detail is the signal that ended the child, 0 when there was none. CPR_STOPPED also ends the child, half
 * way through its message. */
struct cpr_reader_port cpr_reader_port(struct cpr_reader *reader);

/* Process id of the present child; 0 while there is none. For tests and measurements. */
pid_t cpr_reader_pid(const struct cpr_reader *reader);

/* The child's whole life; returns its exit status when the parent has gone. Expects the socket on descriptor 0. */
int cpr_reader_child_main(void);

#endif
