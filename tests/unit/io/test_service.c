/* What systemd hears: the test's own socket stands for it. */
#include "cpr/io/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

static char directory[] = "/tmp/cpr-service-XXXXXX";
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int listener = -1;

static int set_up(void **state)
{
    (void)state;
    listener = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || !mkdtemp(directory))
        return -1;
    snprintf(address.sun_path, sizeof address.sun_path, "%s/notify", directory);
    return bind(listener, (struct sockaddr *)&address, sizeof address);
}

static int tear_down(void **state)
{
    (void)state;
    close(listener);
    unlink(address.sun_path);
    return rmdir(directory);
}

static void expect(const char *want)
{
    char heard[1024];
    ssize_t got = recv(listener, heard, sizeof heard - 1, MSG_DONTWAIT);
    assert_true(got >= 0);
    heard[got] = 0;
    assert_memory_equal(heard, want, strlen(want));
}

static void systemd_is_told_what_happens(void **state)
{
    (void)state;
    setenv("NOTIFY_SOCKET", address.sun_path, 1);
    cpr_service_ready();
    expect("READY=1");
    cpr_service_status("2 cases open\nREADY=0");
    expect("STATUS=2 cases open?READY=0");
    cpr_service_reloading();
    expect("RELOADING=1\nMONOTONIC_USEC=");
    cpr_service_watchdog();
    expect("WATCHDOG=1");
    cpr_service_stopping();
    expect("STOPPING=1");
    unsetenv("NOTIFY_SOCKET");
    cpr_service_ready(); /* nobody to tell */
}

static void the_watchdog_is_fed_twice_in_its_time(void **state)
{
    (void)state;
    unsetenv("WATCHDOG_PID");
    unsetenv("WATCHDOG_USEC");
    assert_int_equal(cpr_service_watchdog_interval_ms(), 0);
    setenv("WATCHDOG_USEC", "60000000", 1);
    assert_int_equal(cpr_service_watchdog_interval_ms(), 30000);
    setenv("WATCHDOG_PID", "1", 1); /* meant for somebody else */
    assert_int_equal(cpr_service_watchdog_interval_ms(), 0);
    unsetenv("WATCHDOG_PID");
    unsetenv("WATCHDOG_USEC");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(systemd_is_told_what_happens),
        cmocka_unit_test(the_watchdog_is_fed_twice_in_its_time),
    };
    return cmocka_run_group_tests_name("service", tests, set_up, tear_down);
}
