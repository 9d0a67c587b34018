/* Waiting for a file descriptor or a child with a total deadline; shared by the files of this room. */
#ifndef CPR_IO_WAIT_H
#define CPR_IO_WAIT_H

#include "cpr/base/time.h"

#include <sys/types.h>

/* What a killed process is given to be gone; one beat of the pulse. */
#define CPR_WAIT_KILLED_MS 1000

/* CLOCK_BOOTTIME in milliseconds. */
int64_t cpr_wait_now_monotonic_ms(void);

/* True when fd is ready for `events` (poll(2); an error or hang-up counts as ready, the next call will say). False when
 * the deadline has passed. Goes on after signals. */
bool cpr_wait_ready(int fd, short events, int64_t deadline_monotonic_ms);

/* True when the child has ended: it is no more, *status_out is as of waitpid(2). False, with *status_out untouched,
 * when it still lives at the deadline. Without a deadline not even a killed one may be waited for: a hung disk or a
 * debugger holds it as long as it likes. */
bool cpr_wait_child(pid_t child, int64_t deadline_monotonic_ms, int *status_out);

#endif
