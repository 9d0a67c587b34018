/* Passwords: read anew at each login from where the configuration says, kept no longer than the login takes.
 *
 * A secret is one line of 1 to CPR_SECRET_MAX - 1 bytes; one final newline is cut off. An empty one, further lines, a
 * carriage return or a NUL are refused: they are mistakes, and in a protocol line they would be commands. */
#ifndef CPR_IO_SECRETS_H
#define CPR_IO_SECRETS_H

#include "cpr/io/config.h"

#define CPR_SECRET_COMMAND_MS 10000 /* a password command that takes longer is ended */
#define CPR_SECRET_ARGUMENTS_MAX 32

/* Reads the secret into `out`, NUL-terminated; the caller wipes it with explicit_bzero(). Only CPR_OK or CPR_OPERATOR
 * (CPR_RETRY where memory or processes are short); `out` is untouched on failure. No error holds any byte of a secret,
 * nor what a command printed.
 *
 * CREDENTIAL: the file of that name in $CREDENTIALS_DIRECTORY (systemd.exec(5), LoadCredential=).
 * FILE: a regular file that belongs to us or to root. Nobody else may read or write it: no permission for others, no
 *     writing for the group, and reading by the group only when it is our own primary group (root:cpr-auditd 0640).
 * COMMAND: run without a shell, with our environment, standard input and error on /dev/null. It must end with status 0
 *     within CPR_SECRET_COMMAND_MS; its process group is killed otherwise. BUGS: the process does nothing else
 * meanwhile. NONE: CPR_OPERATOR. */
enum cpr_rc cpr_secret_read(const struct cpr_secret_settings *settings, char out[CPR_SECRET_MAX],
                            struct cpr_error *error_out);

#endif
