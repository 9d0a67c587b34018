/* Port: the clocks. The engine samples once a tick and passes the instants on as arguments. */
#ifndef CPR_PORT_CLOCK_H
#define CPR_PORT_CLOCK_H

#include "cpr/base/time.h"

struct cpr_clock_port {
    void *self;
    int64_t (*utc_ms)(void *self);
    int64_t (*monotonic_ms)(void *self); /* CLOCK_BOOTTIME: goes on while the machine is suspended */
    /* False when the kernel says that the wall clock is not synchronised (adjtimex STA_UNSYNC); for the record. */
    bool (*is_synchronised)(void *self);
};

#endif
