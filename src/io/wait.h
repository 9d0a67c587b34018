/* Waiting for a file descriptor with a total deadline; shared by the files of this room. */
#ifndef CPR_IO_WAIT_H
#define CPR_IO_WAIT_H

#include "cpr/base/time.h"

/* CLOCK_BOOTTIME in milliseconds. */
int64_t cpr_wait_now_monotonic_ms(void);

/* True when fd is ready for `events` (poll(2); an error or hang-up counts as ready, the next call will say). False when
 * the deadline has passed. Goes on after signals. */
bool cpr_wait_ready(int fd, short events, int64_t deadline_monotonic_ms);

#endif
