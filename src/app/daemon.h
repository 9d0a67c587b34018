/* The daemon's life: start, ticks, waiting, reload, stop. */
#ifndef CPR_APP_DAEMON_H
#define CPR_APP_DAEMON_H

#include <stdbool.h>

/* Runs until SIGTERM or SIGINT, or one tick when `once`. Returns the exit code: 0; 75 another instance, a full disk or,
 * with once, something that may work later; 77 a directory that is not ours to use; 78 configuration; 65 a store that
 * is damaged or of a newer version; 69 with once, something that needs an operator. */
int cpr_daemon_run(const char *config_path, bool once);

/* Checks the configuration only: prints "configuration OK", or every error; 0 or 78. */
int cpr_daemon_check(const char *config_path);

#endif
