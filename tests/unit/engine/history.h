/* Random histories of a whole engine: mail of every sort, forged and real, people, the mail server, the clocks and the
 * process itself do whatever they can, and after every tick the store is held against what a bystander with a right
 * clock and a perfect memory knows. */
#ifndef TESTS_ENGINE_HISTORY_H
#define TESTS_ENGINE_HISTORY_H

#include <stdint.h>

/* What happened in all histories, so that a test can see that they were no idle ones. */
struct history_sums {
    unsigned long steps, ticks, mails, cases, earlier, closed, reopened, alerts, kills, restarts, suspends, clock_steps,
        renumbered, migrated;
};

/* One history of `steps` steps. Ends the test with the seed and the step when a promise is broken:
 * - no deadline is ever later than it was, nor than 24 hours after the first sight or the earliest honest stamp;
 * - no leg is closed but by an answer in Sent or by a person, and no case vanishes;
 * - what is not unlikely has a case;
 * - the alert of each step of an open case is sent in the first tick after its hour, and the next one is stored;
 * - the engine wants to wake up before the next step of every open case is due.
 * CPR_TALE=1 prints each step. */
void history_run(uint64_t seed, int steps, struct history_sums *sums);

#endif
