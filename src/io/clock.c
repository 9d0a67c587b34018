#include "cpr/io/clock.h"

#include "cpr/base/assert.h"

#include <sys/timex.h>
#include <time.h>

static int64_t sample_ms(clockid_t clock)
{
    struct timespec now;
    CPR_ASSERT(clock_gettime(clock, &now) == 0);
    return (int64_t)now.tv_sec * CPR_SECOND_MS + now.tv_nsec / 1000000;
}

static int64_t utc_ms(void *self)
{
    (void)self;
    return sample_ms(CLOCK_REALTIME);
}

static int64_t monotonic_ms(void *self)
{
    (void)self;
    return sample_ms(CLOCK_BOOTTIME);
}

static bool is_synchronised(void *self)
{
    (void)self;
    struct timex state = {.modes = 0};
    return adjtimex(&state) >= 0 && !(state.status & STA_UNSYNC);
}

struct cpr_clock_port cpr_clock_system(void)
{
    return (struct cpr_clock_port){.utc_ms = utc_ms, .monotonic_ms = monotonic_ms, .is_synchronised = is_synchronised};
}
