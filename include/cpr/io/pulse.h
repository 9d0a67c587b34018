/* The pulse: what must go on while something waits for the network. The daemon has one thread; every wait of io (IMAP,
 * SMTP) calls beat() at least once a second, so that cpr-audit is answered, the watchdog is fed and a stop is heard. */
#ifndef CPR_IO_PULSE_H
#define CPR_IO_PULSE_H

#include <stdbool.h>

struct cpr_pulse {
    void *self;
    bool (*beat)(void *self); /* false: stop waiting, the process was asked to end (CPR_STOPPED) */
};

/* Beats when there is a pulse: true when the wait may go on. `pulse` may be NULL. */
static inline bool cpr_pulse_beat(const struct cpr_pulse *pulse)
{
    return !pulse || !pulse->beat || pulse->beat(pulse->self);
}

#endif
