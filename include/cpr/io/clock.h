/* The clocks of the machine. */
#ifndef CPR_IO_CLOCK_H
#define CPR_IO_CLOCK_H

#include "cpr/port/clock.h"

/* utc_ms: CLOCK_REALTIME; monotonic_ms: CLOCK_BOOTTIME; is_synchronised: adjtimex(2) without STA_UNSYNC (false also
 * where the kernel does not let us ask). Nothing is to be freed. */
struct cpr_clock_port cpr_clock_system(void);

#endif
