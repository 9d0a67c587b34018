#include "app/daemon.h"
#include "app/assembly.h"

#include "cpr/base/assert.h"
#include "cpr/engine/desk.h"
#include "cpr/io/clock.h"
#include "cpr/io/control.h"
#include "cpr/io/files.h"
#include "cpr/io/journal.h"
#include "cpr/io/service.h"

#include <curl/curl.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum { ERRORS_MAX_BYTES = 256 * 1024, STATUS_SIZE = 256, BEAT_MS = 1000 };

struct daemon {
    const char *config_path;
    struct cpr_lock *lock;
    struct cpr_store *store;
    struct cpr_store_port store_port;
    struct cpr_assembly *assembly;
    struct cpr_control *control;
    struct cpr_pulse pulse;
    struct cpr_clock_port clock;
    struct cpr_journal_port journal;
    char instance[CPR_INSTANCE_NAME_SIZE];
    int signal_fd;
    bool stop, reload;
    int64_t beaten_ms; /* monotonic_ms of the last beat */
    int64_t started_ms;
};

/* --- the pulse: what goes on while something waits
 * -------------------------------------------------------------------- */

static void hear_signals(struct daemon *daemon)
{
    struct signalfd_siginfo info;
    while (read(daemon->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGHUP)
            daemon->reload = true;
        else
            daemon->stop = true;
    }
}

static void answer(void *context, struct cpr_view request, unsigned peer_uid, struct cpr_buffer *reply)
{
    struct daemon *daemon = context;
    const struct cpr_config *config = cpr_assembly_config(daemon->assembly);
    struct cpr_desk desk = {.store = &daemon->store_port,
                            .settings = &config->settings,
                            .instance = daemon->instance,
                            .log_dir = config->log_dir,
                            .now_utc_ms = daemon->clock.utc_ms(daemon->clock.self),
                            .started_ms = daemon->started_ms,
                            .clock_is_synchronised = daemon->clock.is_synchronised(daemon->clock.self)};
    cpr_desk_answer(&desk, request, peer_uid, reply);
}

/* The engine holds no transaction while it waits for the network or the reader, so cpr-audit may be answered here. */
static bool beat(void *self)
{
    struct daemon *daemon = self;
    int64_t monotonic_ms = daemon->clock.monotonic_ms(daemon->clock.self);
    hear_signals(daemon);
    if (monotonic_ms - daemon->beaten_ms >= BEAT_MS) {
        /* Some callers beat hundreds of times a second; the socket of systemd has a short queue. */
        daemon->beaten_ms = monotonic_ms;
        cpr_service_watchdog();
    }
    if (daemon->control && daemon->assembly)
        cpr_control_serve(daemon->control, answer, daemon);
    return !daemon->stop;
}

/* Sleeps until `wait_ms` have passed, a signal comes or somebody asks. */
static void wait_for(struct daemon *daemon, int64_t wait_ms)
{
    int64_t until_ms = daemon->clock.monotonic_ms(daemon->clock.self) + wait_ms;
    for (;;) {
        int64_t left_ms = until_ms - daemon->clock.monotonic_ms(daemon->clock.self);
        if (!beat(daemon) || daemon->reload || left_ms <= 0)
            return;
        struct pollfd fds[] = {{daemon->signal_fd, POLLIN, 0}, {cpr_control_fd(daemon->control), POLLIN, 0}};
        /* Woken at least as often as the watchdog wants it; poll() itself sleeps through a suspend. */
        poll(fds, 2, left_ms < 10 * BEAT_MS ? (int)left_ms : 10 * BEAT_MS);
    }
}

/* --- configuration
 * ---------------------------------------------------------------------------------------------------------- */

/* NULL when it is not good; every error was printed. */
static struct cpr_config *load_config(const char *path)
{
    struct cpr_buffer errors = cpr_buffer_new(ERRORS_MAX_BYTES);
    struct cpr_config *config = malloc(sizeof *config);
    if (config && cpr_config_load(path, config, &errors) != CPR_OK) {
        free(config);
        config = NULL;
    }
    if (!config)
        fprintf(stderr, "%s", cpr_buffer_text(&errors));
    cpr_buffer_free(&errors);
    return config;
}

int cpr_daemon_check(const char *config_path)
{
    struct cpr_config *config = load_config(config_path);
    if (!config)
        return EX_CONFIG;
    free(config);
    return puts("configuration OK") < 0 || fflush(stdout) != 0 ? EX_IOERR : EX_OK;
}

/* Reads the configuration again. With any error the old one stays in force. */
static void reload(struct daemon *daemon)
{
    const struct cpr_config *old = cpr_assembly_config(daemon->assembly);
    struct cpr_assembly *assembly = NULL;
    struct cpr_error error = {0};
    daemon->reload = false;
    cpr_service_reloading();
    struct cpr_config *config = load_config(daemon->config_path);
    if (config && (strcmp(config->state_dir, old->state_dir) != 0 || strcmp(config->run_dir, old->run_dir) != 0)) {
        cpr_journal(&daemon->journal, CPR_LEVEL_ERROR, "state_dir and run_dir can only be changed by a restart");
        free(config);
        config = NULL;
    }
    if (config && cpr_assembly_new(config, daemon->store, &daemon->pulse, &assembly, &error) != CPR_OK)
        cpr_journal(&daemon->journal, CPR_LEVEL_ERROR, "%s", error.text);
    if (assembly) {
        cpr_engine_inherit(cpr_assembly_engine(assembly), cpr_assembly_engine(daemon->assembly));
        cpr_assembly_free(&daemon->assembly);
        daemon->assembly = assembly;
        cpr_journal(&daemon->journal, CPR_LEVEL_NOTICE, "the configuration was read again");
    } else {
        cpr_journal(&daemon->journal, CPR_LEVEL_ERROR,
                    "the configuration was not taken over; the old one stays in force");
    }
    cpr_service_ready();
}

/* --- start and stop
 * ----------------------------------------------------------------------------------------------------------- */

static int complain(int exit_code, const struct cpr_error *error)
{
    fprintf(stderr, "cpr-auditd: %s\n", error->text);
    return exit_code;
}

/* No secret may end in a core file, and nothing that we write is anybody else's to read. */
static void harden(void)
{
    struct rlimit none = {0, 0};
    umask(0077);
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    signal(SIGPIPE, SIG_IGN);
}

static int take_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static int open_everything(struct daemon *daemon, struct cpr_config *config)
{
    struct cpr_error error = {0};
    enum cpr_rc rc = cpr_directory_check(config->state_dir, 0077, &error);
    if (rc == CPR_OK)
        rc = cpr_directory_check(config->log_dir, 0007, &error);
    if (rc == CPR_OK)
        rc = cpr_directory_check(config->run_dir, 0007, &error);
    if (rc != CPR_OK) {
        free(config);
        return complain(rc == CPR_OPERATOR ? EX_NOPERM : cpr_rc_exit_code(rc), &error);
    }
    rc = cpr_lock_take(config->state_dir, &daemon->lock, &error);
    if (rc == CPR_OK)
        rc = cpr_store_open(config->state_dir, &daemon->store, &error);
    if (rc == CPR_OK)
        rc = cpr_control_listen(config->run_dir, &daemon->control, &error);
    if (rc != CPR_OK) {
        free(config);
        return complain(cpr_rc_exit_code(rc), &error);
    }
    daemon->store_port = cpr_store_port(daemon->store);
    cpr_instance_name(cpr_store_token_key(daemon->store), daemon->instance);
    rc = cpr_assembly_new(config, daemon->store, &daemon->pulse, &daemon->assembly, &error);
    return rc == CPR_OK ? EX_OK : complain(cpr_rc_exit_code(rc), &error);
}

static void close_everything(struct daemon *daemon)
{
    cpr_service_stopping();
    cpr_control_free(&daemon->control);
    cpr_assembly_free(&daemon->assembly);
    cpr_store_close(&daemon->store);
    cpr_lock_free(&daemon->lock);
    close(daemon->signal_fd);
    curl_global_cleanup();
}

/* Ticks until asked to stop. Returns the exit code. */
static int run(struct daemon *daemon, bool once)
{
    for (;;) {
        struct cpr_tick tick;
        char status[STATUS_SIZE];
        struct cpr_engine *engine = cpr_assembly_engine(daemon->assembly);
        enum cpr_rc rc = cpr_engine_tick(engine, &tick);
        if (rc == CPR_STOPPED || daemon->stop)
            return EX_OK;
        if (rc == CPR_CORRUPT) {
            fprintf(stderr, "cpr-auditd: %s\n", tick.trouble);
            return EX_DATAERR;
        }
        cpr_engine_status(engine, status, sizeof status);
        cpr_service_status(status);
        if (once)
            return cpr_rc_exit_code(tick.worst);
        wait_for(daemon, tick.wait_ms);
        if (daemon->stop)
            return EX_OK;
        if (daemon->reload)
            reload(daemon);
    }
}

int cpr_daemon_run(const char *config_path, bool once)
{
    struct daemon daemon = {
        .config_path = config_path, .clock = cpr_clock_system(), .journal = cpr_journal_stderr(CPR_LEVEL_INFO)};
    daemon.pulse = (struct cpr_pulse){&daemon, beat};
    harden();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    struct cpr_config *config = load_config(config_path);
    if (!config)
        return EX_CONFIG;
    daemon.signal_fd = take_signals();
    if (daemon.signal_fd < 0) {
        fprintf(stderr, "cpr-auditd: cannot receive signals: %s\n", strerror(errno));
        free(config);
        return EX_OSERR;
    }
    daemon.started_ms = daemon.clock.utc_ms(daemon.clock.self);
    int exit_code = open_everything(&daemon, config);
    if (exit_code == EX_OK) {
        cpr_service_ready();
        cpr_journal(&daemon.journal, CPR_LEVEL_NOTICE, "cpr-auditd " CPR_VERSION " started: mode %s, %zu mailboxes",
                    cpr_assembly_config(daemon.assembly)->settings.policy.is_active ? "active" : "observe",
                    cpr_assembly_config(daemon.assembly)->settings.mailbox_count);
        exit_code = run(&daemon, once);
        cpr_journal(&daemon.journal, CPR_LEVEL_NOTICE, "cpr-auditd ends");
    }
    close_everything(&daemon);
    return exit_code;
}
