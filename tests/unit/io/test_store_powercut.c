/* The power is cut, or one operation of the disk fails, at hundreds of places of a store's life: from its creation over
 * transactions and checkpoints to its close and the next opening. What was answered as committed must be there. */
#include "simulated_disk.h"
#include "store_rows.h"
#include "../../../src/io/store_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { CUTS = 250, TRANSACTIONS = 12 };

/* CPR_SEED repeats a run. */
static uint64_t choose_seed(void)
{
    uint64_t seed = 0;
    const char *text = getenv("CPR_SEED");
    if (text)
        seed = strtoull(text, NULL, 10);
    else
        assert_int_equal(getrandom(&seed, sizeof seed, 0), sizeof seed);
    print_message("CPR_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

/* One transaction: event n, its number as a value, an alert and a message that takes several pages. */
static enum cpr_rc work_once(struct cpr_store *store, int n, struct cpr_error *error)
{
    static char reading[6000];
    fill(reading, sizeof reading);
    struct cpr_store_port port = cpr_store_port(store);
    struct cpr_event event = {.at_ms = n, .event = "worked", .who = "test"};
    struct cpr_alert alert = small_alert(n, "case", "a@ca.example");
    struct cpr_message message = {.identity.size = (uint32_t)n, .mailbox = "reports", .reading_json = reading};
    char text[16];
    snprintf(text, sizeof text, "%d", n);
    enum cpr_rc rc = port.begin(port.self, error);
    if (rc == CPR_OK)
        rc = port.event_add(port.self, &event, error);
    if (rc == CPR_OK)
        rc = port.alert_add(port.self, &alert, NULL, error);
    if (rc == CPR_OK)
        rc = port.message_put(port.self, &message, error);
    if (rc == CPR_OK)
        rc = port.value_put(port.self, "count", text, error);
    if (rc == CPR_OK)
        rc = port.commit(port.self, error);
    if (rc != CPR_OK)
        port.rollback(port.self);
    return rc;
}

/* The last transaction that the store holds; it must hold all before it whole, and their chain. */
static int count_of(struct cpr_store *store)
{
    struct cpr_store_port port = cpr_store_port(store);
    struct cpr_error error = {0};
    char text[16] = "0";
    enum cpr_rc rc = port.value_get(port.self, "count", text, sizeof text, &error);
    assert_true(rc == CPR_OK || rc == CPR_ABSENT);
    rc = cpr_store_verify_events(store, &error);
    if (rc != CPR_OK)
        fail_msg("%s", error.text);
    int count = atoi(text);
    int64_t next_try_ms = 0, last = 0;
    unsigned pending = 0;
    assert_int_equal(port.alert_next(port.self, &next_try_ms, &pending, &error), CPR_OK);
    assert_int_equal(pending, count);
    struct cpr_query query = cpr_query_open(store, CPR_SQL_EVENT_LAST);
    if (cpr_query_next(&query, &error) == CPR_OK)
        last = cpr_take_int(&query);
    cpr_query_end(&query);
    assert_int_equal(last, count);
    return count;
}

/* A store's life: opened, half of the transactions, closed, opened again, the rest, closed. Tells how many transactions
 * were answered as committed. Goes on after a failure when it can, as the daemon does. */
static int live(const char *directory)
{
    struct cpr_error error;
    struct cpr_store *store = NULL;
    int committed = 0;
    for (int half = 1; half <= 2; half++) {
        if (cpr_store_open(directory, &store, &error) != CPR_OK)
            continue;
        sqlite3_wal_autocheckpoint(store->db, 10); /* so that some of the cuts fall into checkpoints */
        for (int tries = 0; committed < half * TRANSACTIONS / 2 && tries < TRANSACTIONS; tries++)
            if (work_once(store, committed + 1, &error) == CPR_OK)
                committed++;
            else
                committed = disk_is_cut() ? committed : count_of(store);
        cpr_store_close(&store);
        if (disk_is_cut())
            break;
    }
    return committed;
}

static void a_power_cut_loses_no_commit(void **state)
{
    const char *directory = *state;
    uint64_t seed = choose_seed();
    disk_format(seed);
    assert_int_equal(live(directory), TRANSACTIONS);
    long operations = disk_operations();
    int least = TRANSACTIONS, most = 0;
    for (uint64_t i = 0; i < CUTS; i++) {
        long cut = (long)(i * (uint64_t)operations / CUTS);
        disk_format(seed + i * UINT64_C(0x9E3779B97F4A7C15));
        disk_cut_at(cut);
        int committed = live(directory);
        disk_power_on();

        struct cpr_store *store = NULL;
        struct cpr_error error = {0};
        if (cpr_store_open(directory, &store, &error) != CPR_OK)
            fail_msg("cut %ld of %ld: %s", cut, operations, error.text);
        int found = count_of(store);
        if (found != committed && found != committed + 1)
            fail_msg("cut %ld of %ld: %d committed, %d found", cut, operations, committed, found);
        assert_int_equal(work_once(store, found + 1, &error), CPR_OK);
        cpr_store_close(&store);
        least = committed < least ? committed : least;
        most = committed > most ? committed : most;
    }
    print_message("%d cuts in %ld operations, %d to %d commits before them\n", CUTS, operations, least, most);
    assert_true(least == 0 && most >= TRANSACTIONS - 1); /* the cuts covered the whole life */
}

static void one_failing_operation_loses_no_commit(void **state)
{
    const char *directory = *state;
    uint64_t seed = choose_seed();
    disk_format(seed);
    assert_int_equal(live(directory), TRANSACTIONS);
    long operations = disk_operations();
    for (long at = 0; at < operations; at += 1 + operations / CUTS) {
        disk_format(seed);
        disk_fail_at(at);
        int committed = live(directory);
        disk_fail_at(-1);
        struct cpr_store *store = NULL;
        struct cpr_error error = {0};
        if (cpr_store_open(directory, &store, &error) != CPR_OK)
            fail_msg("failure at %ld of %ld: %s", at, operations, error.text);
        assert_int_equal(count_of(store), committed);
        cpr_store_close(&store);
    }
}

static int make_directory(void **state)
{
    static char directory[64];
    snprintf(directory, sizeof directory, "/tmp/cpr-test-powercut-XXXXXX");
    *state = mkdtemp(directory);
    disk_plug_in();
    return *state ? 0 : -1;
}

/* The store makes its empty file on the real disk; what it writes goes to the simulated one. */
static int remove_directory(void **state)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", (const char *)*state, CPR_STORE_FILE);
    disk_unplug();
    unlink(path);
    return rmdir(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_power_cut_loses_no_commit),
        cmocka_unit_test(one_failing_operation_loses_no_commit),
    };
    return cmocka_run_group_tests_name("the store and its disk", tests, make_directory, remove_directory);
}
