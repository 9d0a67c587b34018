#include "app/audit.h"
#include "cpr/engine/desk.h"
#include "cpr/engine/engine.h"
#include "cpr/io/clock.h"
#include "cpr/io/control.h"
#include "cpr/io/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* SQLite would make an empty store where there is none; a tool that looks must not. */
static bool store_exists(const struct cpr_config *config)
{
    char path[sizeof config->state_dir + sizeof CPR_STORE_FILE + 1];
    snprintf(path, sizeof path, "%s/" CPR_STORE_FILE, config->state_dir);
    return access(path, F_OK) == 0;
}

/* No daemon holds the store: the tool answers as the daemon would. One that starts meanwhile waits for us, and we hold
 * it for a moment only. */
static enum cpr_rc ask_store(const struct cpr_config *config, const char *request, struct cpr_buffer *reply_out,
                             struct cpr_error *error_out)
{
    struct cpr_store *store = NULL;
    struct cpr_clock_port clock = cpr_clock_system();
    if (!store_exists(config))
        return cpr_error_set(error_out, CPR_ABSENT, errno,
                             "no daemon listens in %s, and there is no store in %s (%s): is cpr-auditd running, and is "
                             "this its configuration?",
                             config->run_dir, config->state_dir, strerror(errno));
    enum cpr_rc rc = cpr_store_open(config->state_dir, &store, error_out);
    if (rc != CPR_OK)
        return rc;
    char instance[CPR_INSTANCE_NAME_SIZE];
    struct cpr_store_port port = cpr_store_port(store);
    cpr_instance_name(cpr_store_token_key(store), instance);
    struct cpr_desk desk = {.store = &port,
                            .settings = &config->settings,
                            .instance = instance,
                            .log_dir = config->log_dir,
                            .now_utc_ms = clock.utc_ms(clock.self),
                            .started_ms = CPR_TIME_NONE,
                            .clock_is_synchronised = clock.is_synchronised(clock.self)};
    cpr_desk_answer(&desk, cpr_view_of(request), getuid(), reply_out);
    cpr_store_close(&store);
    return CPR_OK;
}

enum cpr_rc audit_ask(const struct cpr_config *config, const char *request, struct cpr_buffer *reply_out,
                      struct cpr_error *error_out)
{
    enum cpr_rc rc = cpr_control_ask(config->run_dir, cpr_view_of(request), reply_out, error_out);
    return rc == CPR_ABSENT ? ask_store(config, request, reply_out, error_out) : rc;
}
