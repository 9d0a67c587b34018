#include "cpr/io/control.h"

#include "wait.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 16, LENGTH_LINE_MAX = 16 };

struct cpr_control {
    int fd; /* owned */
    struct sockaddr_un address;
};

/* --- both sides -------------------------------------------------------------------------------------------------- */

static enum cpr_rc set_address(const char *run_dir, struct sockaddr_un *address, struct cpr_error *error_out)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    size_t len = (size_t)snprintf(address->sun_path, sizeof address->sun_path, "%s/control.sock", run_dir);
    if (len >= sizeof address->sun_path)
        return cpr_error_set(
            error_out, CPR_OPERATOR, ENAMETOOLONG,
            "the path of the socket in %.100s would be longer than %zu bytes; choose a shorter run_dir", run_dir,
            sizeof address->sun_path - 1);
    return CPR_OK;
}

/* A non-blocking connection; -1 with errno. */
static int connect_to(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) != 0) {
        int failure = errno;
        close(fd);
        errno = failure;
        return -1;
    }
    return fd;
}

static bool send_all(int fd, struct cpr_view bytes, int64_t deadline_monotonic_ms)
{
    while (bytes.len) {
        ssize_t sent = send(fd, bytes.data, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            bytes = cpr_view_slice(bytes, (size_t)sent, bytes.len);
        else if (errno == EAGAIN ? !cpr_wait_ready(fd, POLLOUT, deadline_monotonic_ms) : errno != EINTR)
            return false;
    }
    return true;
}

/* What came, 0 at the end, -1 when nothing came in time. */
static ssize_t receive(int fd, char *out, size_t size, int64_t deadline_monotonic_ms)
{
    for (;;) {
        ssize_t got = recv(fd, out, size, MSG_DONTWAIT);
        if (got >= 0)
            return got;
        if (errno == EAGAIN ? !cpr_wait_ready(fd, POLLIN, deadline_monotonic_ms) : errno != EINTR)
            return -1;
    }
}

/* --- the daemon's side ------------------------------------------------------------------------------------------- */

/* Removes what a crash left behind, and nothing else. */
static enum cpr_rc clear_place(const struct sockaddr_un *address, struct cpr_error *error_out)
{
    struct stat status;
    if (lstat(address->sun_path, &status) != 0)
        return errno == ENOENT ? CPR_OK
                               : cpr_error_set(error_out, CPR_OPERATOR, errno, "the socket %s cannot be used: %s",
                                               address->sun_path, strerror(errno));
    if (!S_ISSOCK(status.st_mode))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s is there and is no socket; remove it", address->sun_path);
    int fd = connect_to(address);
    if (fd >= 0 || errno == EAGAIN) {
        if (fd >= 0)
            close(fd);
        return cpr_error_set(error_out, CPR_RETRY, 0, "another cpr-auditd listens on %s", address->sun_path);
    }
    if (errno != ECONNREFUSED || unlink(address->sun_path) != 0)
        return cpr_error_set(error_out, CPR_OPERATOR, errno, "the socket %s, left behind, could not be removed: %s",
                             address->sun_path, strerror(errno));
    return CPR_OK;
}

enum cpr_rc cpr_control_listen(const char *run_dir, struct cpr_control **control_out, struct cpr_error *error_out)
{
    struct sockaddr_un address;
    enum cpr_rc rc = set_address(run_dir, &address, error_out);
    if (rc == CPR_OK)
        rc = clear_place(&address, error_out);
    if (rc != CPR_OK)
        return rc;
    struct cpr_control *control = malloc(sizeof *control);
    if (!control)
        return cpr_error_set(error_out, CPR_RETRY, ENOMEM, "there is not enough memory");
    control->address = address;
    control->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    /* Before listen() every connection is refused: nobody slips in before the mode is set. */
    if (control->fd < 0 || bind(control->fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(address.sun_path, 0660) != 0 || listen(control->fd, BACKLOG) != 0) {
        rc = cpr_error_set(error_out, CPR_OPERATOR, errno, "the socket %s could not be opened: %s", address.sun_path,
                           strerror(errno));
        if (control->fd >= 0)
            close(control->fd);
        free(control);
        return rc;
    }
    *control_out = control;
    return CPR_OK;
}

void cpr_control_free(struct cpr_control **control)
{
    if (!*control)
        return;
    unlink((*control)->address.sun_path);
    close((*control)->fd);
    free(*control);
    *control = NULL;
}

int cpr_control_fd(const struct cpr_control *control)
{
    return control->fd;
}

/* Reads up to the first newline; false when there was none in time or within the cap. */
static bool read_request(int fd, struct cpr_buffer *request)
{
    char block[1024];
    int64_t deadline_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_CONTROL_REQUEST_MS;
    for (;;) {
        ssize_t got = receive(fd, block, sizeof block, deadline_monotonic_ms);
        if (got <= 0)
            return false;
        cpr_buffer_add(request, cpr_view_make(block, (size_t)got));
        size_t end = cpr_view_find_byte(cpr_buffer_view(request), '\n', 0);
        if (end != CPR_VIEW_NOT_FOUND) {
            request->len = end;
            return true;
        }
        /* A peer that sends byte by byte is always in time for the next one. */
        if (cpr_buffer_is_full(request) || cpr_wait_now_monotonic_ms() >= deadline_monotonic_ms)
            return false;
    }
}

static void serve_peer(int fd, cpr_control_handler *handler, void *context)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    char length[LENGTH_LINE_MAX];
    struct cpr_buffer request = cpr_buffer_new(CPR_REQUEST_MAX_BYTES), reply = cpr_buffer_new(CPR_REPLY_MAX_BYTES);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && read_request(fd, &request)) {
        handler(context, cpr_buffer_view(&request), peer.uid, &reply);
        int64_t deadline_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_CONTROL_REPLY_MS;
        snprintf(length, sizeof length, "%zu\n", reply.len);
        if (!cpr_buffer_is_full(&reply) && send_all(fd, cpr_view_of(length), deadline_monotonic_ms))
            (void)send_all(fd, cpr_buffer_view(&reply), deadline_monotonic_ms);
    }
    cpr_buffer_free(&request);
    cpr_buffer_free(&reply);
}

void cpr_control_serve(struct cpr_control *control, cpr_control_handler *handler, void *context)
{
    /* A slow peer ends the round: the daemon has other work, and the rest is served in the next one. */
    int64_t deadline_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_CONTROL_REQUEST_MS;
    for (int served = 0; served < CPR_CONTROL_PEERS_MAX && cpr_wait_now_monotonic_ms() < deadline_monotonic_ms;
         served++) {
        int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0)
            return;
        serve_peer(fd, handler, context);
        close(fd);
    }
}

/* --- the tool's side --------------------------------------------------------------------------------------------- */

static enum cpr_rc reach(const struct sockaddr_un *address, int *fd_out, struct cpr_error *error_out)
{
    *fd_out = connect_to(address);
    if (*fd_out >= 0)
        return CPR_OK;
    if (errno == ENOENT || errno == ECONNREFUSED)
        return cpr_error_set(error_out, CPR_ABSENT, errno, "no cpr-auditd listens on %s; is it running?",
                             address->sun_path);
    if (errno == EACCES || errno == EPERM)
        return cpr_error_set(error_out, CPR_OPERATOR, errno,
                             "you may not speak to the cpr-auditd on %s; its user, its group and root may",
                             address->sun_path);
    return cpr_error_set(error_out, CPR_RETRY, errno, "cpr-auditd could not be reached on %s: %s", address->sun_path,
                         strerror(errno));
}

/* The length that the reply begins with; what follows it goes to *reply. False when it is none. */
static bool take_length(struct cpr_view head, size_t *len_out, struct cpr_view *rest_out)
{
    size_t len = 0, digits = 0;
    for (; digits < head.len && cpr_ascii_is_digit(head.data[digits]) && digits < 9; digits++)
        len = len * 10 + (size_t)(head.data[digits] - '0');
    if (digits == 0 || digits == head.len || head.data[digits] != '\n')
        return false;
    *len_out = len;
    *rest_out = cpr_view_slice(head, digits + 1, head.len);
    return true;
}

static enum cpr_rc read_reply(int fd, int64_t deadline_monotonic_ms, struct cpr_buffer *reply,
                              struct cpr_error *error_out)
{
    struct cpr_buffer whole = cpr_buffer_new(CPR_REPLY_MAX_BYTES + LENGTH_LINE_MAX);
    char block[65536];
    ssize_t got;
    size_t len = 0;
    struct cpr_view rest;
    enum cpr_rc rc = CPR_OK;
    while ((got = receive(fd, block, sizeof block, deadline_monotonic_ms)) > 0)
        cpr_buffer_add(&whole, cpr_view_make(block, (size_t)got));
    if (got < 0)
        rc = cpr_error_set(error_out, CPR_RETRY, errno, "cpr-auditd did not answer within %d s; it may be busy",
                           CPR_CONTROL_ASK_MS / 1000);
    else if (cpr_buffer_is_full(&whole))
        rc = cpr_error_set(error_out, CPR_LIMIT, 0, "the answer of cpr-auditd is longer than %d bytes",
                           CPR_REPLY_MAX_BYTES);
    else if (!take_length(cpr_buffer_view(&whole), &len, &rest) || rest.len != len)
        rc = cpr_error_set(error_out, CPR_RETRY, 0, "cpr-auditd hung up before its answer was whole");
    else
        cpr_buffer_add(reply, rest);
    if (rc == CPR_OK && cpr_buffer_is_full(reply))
        rc = cpr_error_set(error_out, CPR_RETRY, ENOMEM, "there is not enough memory for the answer of cpr-auditd");
    cpr_buffer_free(&whole);
    return rc;
}

enum cpr_rc cpr_control_ask(const char *run_dir, struct cpr_view request, struct cpr_buffer *reply_out,
                            struct cpr_error *error_out)
{
    struct sockaddr_un address;
    int fd = -1;
    if (request.len >= CPR_REQUEST_MAX_BYTES || cpr_view_find_byte(request, '\n', 0) != CPR_VIEW_NOT_FOUND)
        return cpr_error_set(error_out, CPR_LIMIT, 0, "a request is one line of less than %d bytes",
                             CPR_REQUEST_MAX_BYTES);
    enum cpr_rc rc = set_address(run_dir, &address, error_out);
    if (rc == CPR_OK)
        rc = reach(&address, &fd, error_out);
    if (rc != CPR_OK)
        return rc;
    int64_t deadline_monotonic_ms = cpr_wait_now_monotonic_ms() + CPR_CONTROL_ASK_MS;
    struct cpr_buffer reply = cpr_buffer_new(CPR_REPLY_MAX_BYTES);
    if (!send_all(fd, request, deadline_monotonic_ms) || !send_all(fd, cpr_view_of("\n"), deadline_monotonic_ms))
        rc = cpr_error_set(error_out, CPR_RETRY, errno, "the request could not be sent to cpr-auditd: %s",
                           strerror(errno));
    else
        rc = read_reply(fd, deadline_monotonic_ms, &reply, error_out);
    close(fd);
    if (rc == CPR_OK)
        *reply_out = reply;
    else
        cpr_buffer_free(&reply);
    return rc;
}
