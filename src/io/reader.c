#include "cpr/io/reader.h"
#include "cpr/base/assert.h"
#include "cpr/base/time.h"
#include "reader_frames.h"
#include "wait.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

struct cpr_reader {
    struct cpr_reader_greeting greeting; /* what every child is told first */
    const struct cpr_pulse *pulse;       /* borrowed from the caller; may be NULL */
    const char *executable;              /* borrowed from the caller, or static */
    pid_t child;                         /* 0: none */
    pid_t undead;                        /* the last one that was killed and not gone in time; 0: none */
    int channel;                         /* owned; our end of the child's socket, -1: none */
    int64_t beaten_monotonic_ms;         /* when the pulse was beaten last */
    size_t message_len;                  /* of the message in hand */
    int64_t deadline_monotonic_ms;       /* for its reading */
    enum cpr_rc begun;                   /* whether it was handed over; CPR_RETRY: the child was lost over it */
    struct cpr_reading record;           /* as received, not yet believed */
};

/* --- a child's birth ------------------------------------------------------------------------------------------------
 */

/* Between fork and exec only what is async-signal-safe: libraries of the daemon may run threads. The ignored signals
 * stay ignored in the new image: a stop meant for the daemon (Ctrl-C, systemd ending the whole unit) must not make the
 * message in hand look like one that kills readers; the child ends with its socket. */
_Noreturn static void become_reader(const char *executable, int channel, int null, pid_t parent)
{
    static const int ignored[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2};
    static const int normal[] = {SIGPIPE, SIGXCPU, SIGABRT};
    char name[] = "cpr-auditd-reader", argument[] = CPR_READER_ARGUMENT;
    char *const arguments[] = {name, argument, NULL}, *const environment[] = {NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        signal(ignored[i], SIG_IGN);
    for (size_t i = 0; i < sizeof normal / sizeof normal[0]; i++)
        signal(normal[i], SIG_DFL);
    /* Out of the way of 0, 1 and 2, which may be what they already are. */
    int channel_copy = fcntl(channel, F_DUPFD, STDERR_FILENO + 1), null_copy = fcntl(null, F_DUPFD, STDERR_FILENO + 1);
    if (dup2(channel_copy, CPR_READER_SOCKET) < 0 || dup2(null_copy, STDOUT_FILENO) < 0 ||
        dup2(null_copy, STDERR_FILENO) < 0 || close_range(STDERR_FILENO + 1, ~0u, 0) != 0 ||
        prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(EX_OSERR);
    execve(executable, arguments, environment);
    _exit(EX_UNAVAILABLE);
}

/* Starts a process; nothing is known yet about what it is good for. */
static enum cpr_rc fork_child(struct cpr_reader *reader, struct cpr_error *error_out)
{
    int ends[2], null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        int number = errno;
        if (null >= 0)
            close(null);
        return cpr_error_set(error_out, CPR_RETRY, number, "could not start a reader process: no descriptors: %s",
                             strerror(number));
    }
    pid_t parent = getpid(), child = fork();
    int number = errno;
    if (child == 0)
        become_reader(reader->executable, ends[1], null, parent);
    close(null);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return cpr_error_set(error_out, CPR_RETRY, number, "could not start a reader process: %s", strerror(number));
    }
    reader->child = child;
    reader->channel = ends[0];
    return CPR_OK;
}

/* --- a child's death ------------------------------------------------------------------------------------------------
 */

/* Ends the child, if there is one, and says how it ended: as waitpid does. A child that was dead already keeps its own
 * end. */
static int end_child(struct cpr_reader *reader)
{
    int status = SIGKILL, unused; /* as if by it, when it is not gone in time */
    if (reader->child == 0)
        return 0;
    kill(reader->child, SIGKILL);
    if (reader->undead && cpr_wait_child(reader->undead, 0, &unused))
        reader->undead = 0;
    if (!cpr_wait_child(reader->child, cpr_wait_now_monotonic_ms() + CPR_WAIT_KILLED_MS, &status))
        reader->undead = reader->child;
    close(reader->channel);
    reader->child = 0;
    reader->channel = -1;
    return status;
}

enum { REASON_SIZE = 128 };

/* Why the child is no more: what we saw (rc of the exchange), and, when it ended by itself, how. */
static void describe_end(enum cpr_rc rc, int status, char out[REASON_SIZE])
{
    if (rc == CPR_LIMIT)
        snprintf(out, REASON_SIZE, "it gave no answer within %d s", CPR_READER_WALL_MS / 1000);
    else if (rc == CPR_CORRUPT)
        snprintf(out, REASON_SIZE, "its answer contradicts itself");
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        snprintf(out, REASON_SIZE, "it tried what its sandbox forbids (SIGSYS)");
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        snprintf(out, REASON_SIZE, "it was killed (SIGKILL), perhaps because memory is short");
    else if (WIFSIGNALED(status))
        snprintf(out, REASON_SIZE, "it was ended by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        snprintf(out, REASON_SIZE, "it ended with status %d", WEXITSTATUS(status));
}

/* --- talking to it: CPR_LIMIT past the deadline, CPR_RETRY when the other end is gone, CPR_STOPPED ------------------
 */

/* Returns when a read or write is worth trying; also one that will fail. Beats the pulse once a second. */
static enum cpr_rc await(struct cpr_reader *reader, short events, int64_t deadline_monotonic_ms)
{
    for (;;) {
        struct pollfd channel = {.fd = reader->channel, .events = events};
        int64_t now_monotonic_ms = cpr_wait_now_monotonic_ms();
        if (now_monotonic_ms - reader->beaten_monotonic_ms >= CPR_SECOND_MS) {
            reader->beaten_monotonic_ms = now_monotonic_ms;
            if (!cpr_pulse_beat(reader->pulse))
                return CPR_STOPPED;
        }
        int64_t left_ms = deadline_monotonic_ms - cpr_wait_now_monotonic_ms();
        if (left_ms <= 0)
            return CPR_LIMIT;
        int ready = poll(&channel, 1, (int)(left_ms < CPR_SECOND_MS ? left_ms : CPR_SECOND_MS));
        if (ready > 0)
            return CPR_OK;
        if (ready < 0 && errno != EINTR)
            return CPR_RETRY;
    }
}

static bool is_passing(int number)
{
    return number == EINTR || number == EAGAIN || number == EWOULDBLOCK;
}

static enum cpr_rc send_all(struct cpr_reader *reader, const void *data, size_t len, int64_t deadline_monotonic_ms)
{
    for (size_t done = 0; done < len;) {
        enum cpr_rc rc = await(reader, POLLOUT, deadline_monotonic_ms);
        if (rc != CPR_OK)
            return rc;
        ssize_t count = send(reader->channel, (const char *)data + done, len - done, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && !is_passing(errno))
            return CPR_RETRY;
        done += count > 0 ? (size_t)count : 0;
    }
    return CPR_OK;
}

/* The request and its bytes together where they fit: the child wakes once for them, not twice. */
static enum cpr_rc send_request(struct cpr_reader *reader, const struct cpr_reader_request *request,
                                struct cpr_view raw)
{
    struct iovec parts[] = {{(void *)request, sizeof *request}, {(void *)raw.data, raw.len}};
    const struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t count = sendmsg(reader->channel, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && !is_passing(errno))
        return CPR_RETRY;
    size_t done = count > 0 ? (size_t)count : 0;
    enum cpr_rc rc = CPR_OK;
    if (done < sizeof *request)
        rc = send_all(reader, (const char *)request + done, sizeof *request - done, reader->deadline_monotonic_ms);
    struct cpr_view rest = cpr_view_slice(raw, done > sizeof *request ? done - sizeof *request : 0, raw.len);
    return rc == CPR_OK ? send_all(reader, rest.data, rest.len, reader->deadline_monotonic_ms) : rc;
}

static enum cpr_rc receive_all(struct cpr_reader *reader, void *data, size_t len, int64_t deadline_monotonic_ms)
{
    for (size_t done = 0; done < len;) {
        enum cpr_rc rc = await(reader, POLLIN, deadline_monotonic_ms);
        if (rc != CPR_OK)
            return rc;
        ssize_t count = recv(reader->channel, (char *)data + done, len - done, MSG_DONTWAIT);
        if (count == 0 || (count < 0 && !is_passing(errno)))
            return CPR_RETRY;
        done += count > 0 ? (size_t)count : 0;
    }
    return CPR_OK;
}

/* --- the work -------------------------------------------------------------------------------------------------------
 */

static enum cpr_rc stopped(struct cpr_error *error_out)
{
    return cpr_error_set(error_out, CPR_STOPPED, 0, "reading was cut short because the process was asked to stop");
}

static enum cpr_rc start(struct cpr_reader *reader, struct cpr_error *error_out)
{
    uint32_t ready = 0;
    enum cpr_rc rc = fork_child(reader, error_out);
    if (rc != CPR_OK)
        return rc;
    int64_t deadline_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_READER_WALL_MS;
    rc = send_all(reader, &reader->greeting, sizeof reader->greeting, deadline_monotonic_ms);
    if (rc == CPR_OK)
        rc = receive_all(reader, &ready, sizeof ready, deadline_monotonic_ms);
    if (rc == CPR_OK && ready == CPR_READER_READY)
        return CPR_OK;

    char reason[REASON_SIZE];
    describe_end(rc == CPR_OK ? CPR_CORRUPT : rc, end_child(reader), reason);
    return rc == CPR_STOPPED
               ? stopped(error_out)
               : cpr_error_set(error_out, CPR_RETRY, 0,
                               "could not start a reader process from %s: %s before it was ready; is seccomp "
                               "allowed and the program's file in place?",
                               reader->executable, reason);
}

/* A child is at rest when nothing can be read from it. One that died between two messages, or speaks unasked, is
 * replaced without a word: no message is to blame. */
static bool is_at_rest(const struct cpr_reader *reader)
{
    char byte;
    return reader->child != 0 && recv(reader->channel, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && is_passing(errno);
}

/* The child's CPU time so far and a message's worth more. One that cannot be told so is still ended by the wall clock.
 */
static void renew_cpu_limit(pid_t child)
{
    clockid_t clock;
    struct timespec used;
    struct rlimit limit;
    if (clock_getcpuclockid(child, &clock) != 0 || clock_gettime(clock, &used) != 0 ||
        prlimit(child, RLIMIT_CPU, NULL, &limit) != 0)
        return;
    rlim_t wanted = (rlim_t)used.tv_sec + CPR_READER_CPU_SECONDS;
    limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    prlimit(child, RLIMIT_CPU, &limit, NULL);
}

static enum cpr_rc begin(void *self, struct cpr_view raw, bool is_cut, struct cpr_error *error_out)
{
    struct cpr_reader *reader = self;
    CPR_ASSERT(raw.len <= CPR_MESSAGE_FETCH_MAX_BYTES);
    if (!is_at_rest(reader)) {
        end_child(reader);
        enum cpr_rc rc = start(reader, error_out);
        if (rc != CPR_OK)
            return rc;
    }
    renew_cpu_limit(reader->child);
    const struct cpr_reader_request request = {.len = (uint32_t)raw.len, .is_cut = is_cut};
    reader->message_len = raw.len;
    reader->deadline_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_READER_WALL_MS;
    reader->begun = send_request(reader, &request, raw);
    if (reader->begun != CPR_STOPPED)
        return CPR_OK; /* that the child was lost is told by finish() */
    end_child(reader);
    return stopped(error_out);
}

/* CPR_CORRUPT: an answer that is not to be believed. */
static enum cpr_rc receive_record(struct cpr_reader *reader)
{
    /* The caller may have come back late; what has been answered meanwhile is still fetched. */
    int64_t soon_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_SECOND_MS;
    int64_t deadline_monotonic_ms =
        reader->deadline_monotonic_ms > soon_monotonic_ms ? reader->deadline_monotonic_ms : soon_monotonic_ms;
    enum cpr_rc rc = reader->begun;
    if (rc == CPR_OK)
        rc = receive_all(reader, &reader->record, CPR_READER_RECORD_HEAD, deadline_monotonic_ms);
    if (rc == CPR_OK && reader->record.identifier_count > CPR_IDENTIFIERS_MAX)
        return CPR_CORRUPT;
    if (rc == CPR_OK) {
        struct cpr_identifier *identifiers = reader->record.identifiers;
        uint32_t count = reader->record.identifier_count;
        memset(identifiers + count, 0, (CPR_IDENTIFIERS_MAX - count) * sizeof *identifiers);
        rc = receive_all(reader, identifiers, count * sizeof *identifiers, deadline_monotonic_ms);
    }
    /* That a reader died is for us to say. */
    if (rc == CPR_OK && (!cpr_reading_is_sound(&reader->record) || (reader->record.limits & CPR_READING_READER_DIED)))
        rc = CPR_CORRUPT;
    return rc;
}

static enum cpr_rc finish(void *self, struct cpr_reading *reading_out, struct cpr_error *error_out)
{
    struct cpr_reader *reader = self;
    enum cpr_rc rc = receive_record(reader);
    if (rc == CPR_OK) {
        *reading_out = reader->record;
        return CPR_OK;
    }
    int status = end_child(reader);
    if (rc == CPR_STOPPED)
        return stopped(error_out);
    char reason[REASON_SIZE];
    describe_end(rc, status, reason);
    cpr_reading_clear(reading_out);
    reading_out->limits = CPR_READING_READER_DIED;
    return cpr_error_set(
        error_out, CPR_LIMIT, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
        "the reader process was lost over a message of %zu bytes: %s; a human must look at the message",
        reader->message_len, reason);
}

enum cpr_rc cpr_reader_new(const struct cpr_judge_settings *settings, const struct cpr_pulse *pulse,
                           const char *executable, struct cpr_reader **out, struct cpr_error *error_out)
{
    struct cpr_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "could not start a reader process: out of memory");
    reader->greeting.magic = CPR_READER_GREETING;
    reader->greeting.size = sizeof reader->greeting;
    if (settings)
        reader->greeting.settings = *settings;
    reader->pulse = pulse;
    reader->executable = executable ? executable : "/proc/self/exe";
    reader->channel = -1;
    reader->beaten_monotonic_ms = cpr_wait_now_monotonic_ms();
    enum cpr_rc rc = start(reader, error_out);
    if (rc != CPR_OK) {
        cpr_reader_free(&reader);
        return rc;
    }
    *out = reader;
    return CPR_OK;
}

void cpr_reader_free(struct cpr_reader **reader)
{
    if (*reader)
        end_child(*reader);
    free(*reader);
    *reader = NULL;
}

struct cpr_reader_port cpr_reader_port(struct cpr_reader *reader)
{
    return (struct cpr_reader_port){.self = reader, .begin = begin, .finish = finish};
}

pid_t cpr_reader_pid(const struct cpr_reader *reader)
{
    return reader->child;
}
