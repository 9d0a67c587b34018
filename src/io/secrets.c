#include "cpr/io/secrets.h"

#include "wait.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Room for the longest secret, its newline and one byte that shows that there is more. */
struct bytes {
    char data[CPR_SECRET_MAX + 1];
    size_t len;
};

/* Reads to the end or until `bytes` is full. 0, or an errno. */
static int read_bytes(int fd, int64_t deadline_monotonic_ms, struct bytes *bytes)
{
    while (bytes->len < sizeof bytes->data) {
        if (!cpr_wait_ready(fd, POLLIN, deadline_monotonic_ms))
            return ETIMEDOUT;
        ssize_t got = read(fd, bytes->data + bytes->len, sizeof bytes->data - bytes->len);
        if (got == 0)
            return 0;
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0)
            bytes->len += (size_t)got;
    }
    return 0;
}

/* `what` names the source for people: "the credential imap", "the file /etc/...", "the command /usr/bin/..." */
static enum cpr_rc take_line(struct bytes *bytes, const char *what, char out[CPR_SECRET_MAX],
                             struct cpr_error *error_out)
{
    size_t len = bytes->len;
    if (len && bytes->data[len - 1] == '\n')
        len--;
    if (len == 0)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s gives an empty password", what);
    if (len >= CPR_SECRET_MAX)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s gives a password longer than %d bytes", what,
                             CPR_SECRET_MAX - 1);
    if (memchr(bytes->data, '\n', len) || memchr(bytes->data, '\r', len) || memchr(bytes->data, 0, len))
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "%s must give the password as one line, without further lines, carriage return or NUL",
                             what);
    memcpy(out, bytes->data, len);
    out[len] = 0;
    return CPR_OK;
}

/* Who else could read or change the file? NULL when nobody. */
static const char *exposure(const struct stat *status)
{
    if (!S_ISREG(status->st_mode))
        return "it is not a regular file";
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return "it belongs to another user; let it belong to the daemon's user or root";
    if (status->st_mode & S_IRWXO)
        return "other users have access to it; chmod 0600 it";
    if (status->st_mode & (S_IWGRP | S_IXGRP))
        return "its group may write to it; chmod 0600 it";
    if (status->st_mode & S_IRGRP && status->st_gid != getegid())
        return "a group that is not the daemon's own may read it; chmod 0600 it";
    return NULL;
}

/* A credential was put there by systemd, which may give it a group (and an access list) of its own. */
static const char *credential_exposure(const struct stat *status)
{
    if (!S_ISREG(status->st_mode))
        return "it is not a regular file";
    return status->st_mode & S_IRWXO ? "other users have access to it" : NULL;
}

static enum cpr_rc read_file(const char *path, const char *what, const char *(*find_exposure)(const struct stat *),
                             struct bytes *bytes, struct cpr_error *error_out)
{
    struct stat status;
    enum cpr_rc rc = CPR_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return cpr_error_set(error_out, CPR_OPERATOR, errno,
                             "%s, which should hold a password, could not be opened: %s", what, strerror(errno));
    const char *reason = fstat(fd, &status) == 0 ? find_exposure(&status) : strerror(errno);
    if (reason) {
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "%s is refused as a password: %s", what, reason);
    } else {
        int failure = read_bytes(fd, cpr_wait_now_monotonic_ms() + CPR_SECRET_COMMAND_MS, bytes);
        if (failure)
            rc = cpr_error_set(error_out, CPR_OPERATOR, failure, "%s could not be read: %s", what, strerror(failure));
    }
    close(fd);
    return rc;
}

static enum cpr_rc read_credential(const char *name, const char *what, struct bytes *bytes, struct cpr_error *error_out)
{
    char path[4096];
    const char *directory = getenv("CREDENTIALS_DIRECTORY");
    if (!directory || directory[0] != '/')
        return cpr_error_set(
            error_out, CPR_OPERATOR, 0,
            "%s is not there: $CREDENTIALS_DIRECTORY is not set; add LoadCredential=%s:/path to the unit", what, name);
    if (strchr(name, '/') || (size_t)snprintf(path, sizeof path, "%s/%s", directory, name) >= sizeof path)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s is not the name of a credential", what);
    return read_file(path, what, credential_exposure, bytes, error_out);
}

/* --- commands ----------------------------------------------------------------------------------------------------- */

/* Splits in place at blanks; how many words, 0 when there are too many. */
static size_t split(char *line, char *words[CPR_SECRET_ARGUMENTS_MAX + 1])
{
    size_t count = 0;
    char *rest = line;
    for (char *word; (word = strsep(&rest, " \t"));) {
        if (!*word)
            continue;
        if (count == CPR_SECRET_ARGUMENTS_MAX)
            return 0;
        words[count++] = word;
    }
    words[count] = NULL;
    return count;
}

/* Starts the command in a process group of its own, its output on `output_fd`, with the signals of a fresh process.
 * 0, or an errno. */
static int spawn(char *const words[], int output_fd, pid_t *pid_out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return ENOMEM;
    }
    int failure = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    failure = failure ? failure : posix_spawn_file_actions_adddup2(&actions, output_fd, STDOUT_FILENO);
    failure = failure ? failure : posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    failure = failure ? failure : posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    failure = failure ? failure : posix_spawn(pid_out, words[0], &actions, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

/* Waits for the end of the process, kills its whole group when the deadline passes; the wait status. */
static int reap(pid_t pid, int64_t deadline_monotonic_ms)
{
    int status = SIGKILL; /* what is not gone in time has been sent it */
    int fd = pidfd_open(pid, 0);
    (void)(fd >= 0 && cpr_wait_ready(fd, POLLIN, deadline_monotonic_ms));
    /* What it left behind in its group goes too; the leader's id is still ours while it is not waited for. */
    kill(-pid, SIGKILL);
    cpr_wait_child(pid, cpr_wait_now_monotonic_ms() + CPR_WAIT_KILLED_MS, &status);
    if (fd >= 0)
        close(fd);
    return status;
}

static enum cpr_rc judge_end(int failure, int status, const char *what, struct cpr_error *error_out)
{
    if (failure == ETIMEDOUT || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s did not end within %d s and was killed", what,
                             CPR_SECRET_COMMAND_MS / 1000);
    if (failure)
        return cpr_error_set(error_out, CPR_RETRY, failure, "the output of %s could not be read: %s", what,
                             strerror(failure));
    if (WIFSIGNALED(status))
        return cpr_error_set(error_out, CPR_OPERATOR, status, "%s was ended by signal %d", what, WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        return cpr_error_set(error_out, CPR_OPERATOR, status,
                             "%s ended with status %d; run it as the daemon's user to see why", what,
                             WEXITSTATUS(status));
    return CPR_OK;
}

static enum cpr_rc read_command(char *const words[], const char *what, struct bytes *bytes, struct cpr_error *error_out)
{
    int pipe_fds[2];
    pid_t pid;
    if (pipe2(pipe_fds, O_CLOEXEC) != 0)
        return cpr_error_set(error_out, CPR_RETRY, errno, "%s could not be started: %s", what, strerror(errno));
    int failure = spawn(words, pipe_fds[1], &pid);
    close(pipe_fds[1]);
    if (failure) {
        close(pipe_fds[0]);
        return cpr_error_set(error_out, failure == EAGAIN || failure == ENOMEM ? CPR_RETRY : CPR_OPERATOR, failure,
                             "%s could not be started: %s", what, strerror(failure));
    }
    int64_t deadline_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_SECRET_COMMAND_MS;
    failure = read_bytes(pipe_fds[0], deadline_monotonic_ms, bytes);
    close(pipe_fds[0]);
    int status = reap(pid, failure ? 0 : deadline_monotonic_ms);
    return judge_end(failure, status, what, error_out);
}

enum cpr_rc cpr_secret_read(const struct cpr_secret_settings *settings, char out[CPR_SECRET_MAX],
                            struct cpr_error *error_out)
{
    char what[CPR_CONFIG_LINE_MAX + 32], line[sizeof settings->value];
    char *words[CPR_SECRET_ARGUMENTS_MAX + 1];
    struct bytes bytes = {.len = 0};
    enum cpr_rc rc = CPR_OPERATOR;
    memcpy(line, settings->value, sizeof line);
    switch (settings->source) {
    case CPR_SECRET_NONE:
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "no password is configured");
    case CPR_SECRET_CREDENTIAL:
        snprintf(what, sizeof what, "the credential %s", settings->value);
        rc = read_credential(settings->value, what, &bytes, error_out);
        break;
    case CPR_SECRET_FILE:
        snprintf(what, sizeof what, "the file %s", settings->value);
        rc = read_file(settings->value, what, exposure, &bytes, error_out);
        break;
    case CPR_SECRET_COMMAND:
        /* Only its path is named: an argument may be a secret itself. */
        if (!split(line, words) || words[0][0] != '/')
            return cpr_error_set(error_out, CPR_OPERATOR, 0,
                                 "the password command needs an absolute path and at most %d words",
                                 CPR_SECRET_ARGUMENTS_MAX);
        snprintf(what, sizeof what, "the password command %s", words[0]);
        rc = read_command(words, what, &bytes, error_out);
        break;
    }
    if (rc == CPR_OK)
        rc = take_line(&bytes, what, out, error_out);
    explicit_bzero(&bytes, sizeof bytes);
    return rc;
}
