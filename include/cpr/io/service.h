/* What systemd is told (sd_notify(3)) and what it asks for. Everything here does nothing when systemd is not there. */
#ifndef CPR_IO_SERVICE_H
#define CPR_IO_SERVICE_H

#include <stdint.h>

/* READY=1: the start is over, or a reload. */
void cpr_service_ready(void);
/* STATUS=: one line for `systemctl status`; encoded as a log line (encode.h), at most 500 bytes. */
void cpr_service_status(const char *text);
/* RELOADING=1 with MONOTONIC_USEC=, as Type=notify-reload wants it; cpr_service_ready() ends it. */
void cpr_service_reloading(void);
/* STOPPING=1: the end has begun. */
void cpr_service_stopping(void);
/* WATCHDOG=1: alive. */
void cpr_service_watchdog(void);
/* How often cpr_service_watchdog() should be called: half of WatchdogSec=, in milliseconds; 0 when none is set for us.
 */
int64_t cpr_service_watchdog_interval_ms(void);

#endif
