/* P4 and P5 over the whole engine with the real judge and the real store: no order of arrival, no header, no clock, no
 * crash and nobody outside makes a deadline later, an alert late, or closes a leg. tests/sweep/histories.sh runs many.
 */
#include "history.h"

#include "cpr/judge/judge.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

enum { HISTORIES = 200, STEPS = 5, PROGRESS = 1000 };

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

/* CPR_SEED: of the first history, the next one has the next seed. CPR_HISTORIES: how many. */
static void no_history_makes_a_deadline_later_an_alert_late_or_closes_a_leg(void **state)
{
    uint64_t seed = number_from("CPR_SEED", 20260305), count = number_from("CPR_HISTORIES", HISTORIES);
    struct history_sums sums = {0};
    (void)state;
    print_message("CPR_SEED=%#" PRIx64 " CPR_HISTORIES=%" PRIu64 "\n", seed, count);
    cpr_judge_prepare();
    for (uint64_t i = 0; i < count; i++) {
        history_run(seed + i, STEPS, &sums);
        if (i % PROGRESS == PROGRESS - 1) {
            print_message("%" PRIu64 " done\n", i + 1);
            fflush(stdout);
        }
    }
    print_message(
        "%" PRIu64 " histories, %lu steps, %lu ticks: %lu mails, %lu cases, %lu deadlines came forward, %lu legs "
        "were closed and %lu opened again, %lu alerts were sent; %lu kills, %lu restarts, %lu suspends, %lu "
        "clock steps, %lu new UIDVALIDITYs, %lu migrations\n",
        count, sums.steps, sums.ticks, sums.mails, sums.cases, sums.earlier, sums.closed, sums.reopened, sums.alerts,
        sums.kills, sums.restarts, sums.suspends, sums.clock_steps, sums.renumbered, sums.migrated);
    if (count < HISTORIES)
        return;
    assert_true(sums.cases > count && sums.earlier > count / 40 && sums.closed > count / 8 && sums.alerts > count);
    assert_true(sums.reopened > 0 && sums.kills > 0 && sums.restarts > 0 && sums.suspends > 0 && sums.migrated > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_history_makes_a_deadline_later_an_alert_late_or_closes_a_leg),
    };
    return cmocka_run_group_tests_name("histories", tests, NULL, NULL);
}
