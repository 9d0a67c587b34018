#include "cpr/io/service.h"

#include "cpr/base/assert.h"
#include "cpr/base/encode.h"

#include <inttypes.h>
#include <systemd/sd-daemon.h>
#include <time.h>

enum { STATUS_MAX_BYTES = 500 };

void cpr_service_ready(void)
{
    (void)sd_notify(0, "READY=1");
}

void cpr_service_status(const char *text)
{
    struct cpr_buffer line = cpr_buffer_new(STATUS_MAX_BYTES);
    cpr_encode_line(&line, cpr_view_of(text));
    (void)sd_notifyf(0, "STATUS=%s", cpr_buffer_text(&line));
    cpr_buffer_free(&line);
}

void cpr_service_reloading(void)
{
    struct timespec now;
    CPR_ASSERT(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    (void)sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRId64, (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

void cpr_service_stopping(void)
{
    (void)sd_notify(0, "STOPPING=1");
}

void cpr_service_watchdog(void)
{
    (void)sd_notify(0, "WATCHDOG=1");
}

int64_t cpr_service_watchdog_interval_ms(void)
{
    uint64_t limit_us = 0;
    if (sd_watchdog_enabled(0, &limit_us) <= 0)
        return 0;
    int64_t interval_ms = (int64_t)(limit_us / 2000);
    return interval_ms > 0 ? interval_ms : 1;
}
