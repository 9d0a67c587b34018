#include "wait.h"

#include "cpr/base/assert.h"

#include <errno.h>
#include <poll.h>
#include <sys/wait.h>
#include <time.h>

int64_t cpr_wait_now_monotonic_ms(void)
{
    struct timespec now;
    CPR_ASSERT(clock_gettime(CLOCK_BOOTTIME, &now) == 0);
    return (int64_t)now.tv_sec * CPR_SECOND_MS + now.tv_nsec / 1000000;
}

bool cpr_wait_ready(int fd, short events, int64_t deadline_monotonic_ms)
{
    for (;;) {
        int64_t left_ms = deadline_monotonic_ms - cpr_wait_now_monotonic_ms();
        struct pollfd poll_fd = {.fd = fd, .events = events};
        int ready = left_ms > 0 ? poll(&poll_fd, 1, (int)left_ms) : 0;
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

bool cpr_wait_child(pid_t child, int64_t deadline_monotonic_ms, int *status_out)
{
    enum { PAUSE_MS = 2 };
    for (;;) {
        int status = 0;
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended != 0) {
            *status_out = status;
            return true; /* or there is no such child */
        }
        if (cpr_wait_now_monotonic_ms() >= deadline_monotonic_ms)
            return false;
        poll(NULL, 0, PAUSE_MS);
    }
}
