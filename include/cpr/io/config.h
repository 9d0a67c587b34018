/* The configuration: strict INI (inih behind a pre-scan). Either the whole file is good or every error in it is listed.
 *
 * The pre-scan refuses what inih would misread in silence: not a regular file, one that every user may write to, over
 * CPR_CONFIG_MAX_BYTES, NUL or
 * non-UTF-8 bytes, a line over CPR_CONFIG_LINE_MAX, a key that begins with white space, a broken section line, a
 * duplicate section or key, " ;" or " #" inside a value (inih would cut it there). */
#ifndef CPR_IO_CONFIG_H
#define CPR_IO_CONFIG_H

#include "cpr/base/buffer.h"
#include "cpr/base/result.h"
#include "cpr/casework/settings.h"
#include "cpr/judge/judge.h"

enum cpr_tls { CPR_TLS_IMPLICIT = 0, CPR_TLS_STARTTLS, CPR_TLS_NONE };
enum cpr_secret_source { CPR_SECRET_NONE = 0, CPR_SECRET_CREDENTIAL, CPR_SECRET_FILE, CPR_SECRET_COMMAND };

/* Where a password comes from: the name of a systemd credential, a file or a command (absolute path and arguments,
 * split at spaces, run without a shell). */
struct cpr_secret_settings {
    enum cpr_secret_source source;
    char value[CPR_CONFIG_LINE_MAX + 1];
};

/* How to reach a server. TLS NONE only with a loopback host (refused otherwise). */
struct cpr_server_settings {
    char host[256];
    unsigned port; /* default 993 / 465 / 587 by use and tls */
    enum cpr_tls tls;
    char ca_file[CPR_CONFIG_LINE_MAX + 1]; /* "" for the system's trust store */
    char user[CPR_ADDRESS_MAX];            /* "" for no login (SMTP only) */
    struct cpr_secret_settings secret;
};

struct cpr_config {
    struct cpr_settings settings;
    struct cpr_server_settings imap[CPR_MAILBOXES_MAX]; /* by mailbox, as in settings.mailboxes */
    struct cpr_server_settings smtp;
    /* [issuer], [noise], [notices], the lists of [policy]; the addresses and own_hosts of all mailboxes together */
    struct cpr_judge_settings judge;
    char state_dir[CPR_CONFIG_LINE_MAX + 1]; /* default: $STATE_DIRECTORY, else /var/lib/cpr-auditd */
    char log_dir[CPR_CONFIG_LINE_MAX + 1];   /* default: $LOGS_DIRECTORY, else /var/log/cpr-auditd */
    char run_dir[CPR_CONFIG_LINE_MAX + 1];   /* default: $RUNTIME_DIRECTORY, else /run/cpr-auditd */
};

/* Reads and checks a file. On failure errors_out (from the caller, any size) holds one line an error, sorted by line:
 * "FILE:LINE: reason", or "FILE: reason" for what concerns the whole file. CPR_OPERATOR: the file is bad or cannot be
 * read; CPR_RETRY: no memory. *config_out is untouched on failure. It is large (about a megabyte): allocate it. The
 * secrets themselves are not read (io/secrets.h). */
enum cpr_rc cpr_config_load(const char *path, struct cpr_config *config_out, struct cpr_buffer *errors_out);

/* One line a key for documentation and tests: "section.key<TAB>default<TAB>what it is". The default is "required" where
 * there is none and the key must be given, and empty where it depends on other keys. */
void cpr_config_describe(struct cpr_buffer *out);

#endif
