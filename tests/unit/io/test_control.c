/* The socket between the tool and the daemon: the test's own process serves, a child or a thread asks. */
#include "cpr/io/control.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

static char directory[] = "/tmp/cpr-control-XXXXXX";
static struct sockaddr_un address = {.sun_family = AF_UNIX};

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(directory) && snprintf(address.sun_path, sizeof address.sun_path, "%s/control.sock", directory) > 0
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(directory);
}

struct question {
    struct cpr_view request;
    struct cpr_buffer reply;
    struct cpr_error error;
    enum cpr_rc rc;
};

static void *ask(void *context)
{
    struct question *question = context;
    question->rc = cpr_control_ask(directory, question->request, &question->reply, &question->error);
    return NULL;
}

static int handled;
static size_t reply_len;

/* Says the request back, then dots up to reply_len. */
static void echo(void *context, struct cpr_view request, unsigned peer_uid, struct cpr_buffer *reply)
{
    assert_ptr_equal(context, &handled);
    assert_int_equal(peer_uid, geteuid());
    handled++;
    cpr_buffer_add(reply, request);
    while (reply->len < reply_len && !cpr_buffer_is_full(reply))
        cpr_buffer_add_text(reply, "..........................................");
}

static void serve_once(struct cpr_control *control)
{
    struct pollfd poll_fd = {.fd = cpr_control_fd(control), .events = POLLIN};
    assert_int_equal(poll(&poll_fd, 1, 20000), 1);
    cpr_control_serve(control, echo, &handled);
}

static struct question question_and_answer(struct cpr_control *control, const char *text)
{
    struct question question = {.request = cpr_view_of(text), .error.text = ""};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, ask, &question), 0);
    serve_once(control);
    pthread_join(thread, NULL);
    return question;
}

static void a_request_gets_its_reply(void **state)
{
    (void)state;
    struct cpr_control *control = NULL;
    struct stat status;
    assert_int_equal(cpr_control_listen(directory, &control, NULL), CPR_OK);
    assert_int_equal(stat(address.sun_path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0660);
    static const size_t lens[] = {0, 100000, 5000000};
    for (size_t i = 0; i < 3; i++) {
        reply_len = lens[i];
        struct question question = question_and_answer(control, "{\"verb\":\"status\"}");
        assert_int_equal(question.rc, CPR_OK);
        assert_true(question.reply.len >= lens[i]);
        assert_memory_equal(cpr_buffer_text(&question.reply), "{\"verb\":\"status\"}", 17);
        cpr_buffer_free(&question.reply);
    }
    reply_len = 0;
    cpr_control_serve(control, echo, &handled); /* nobody waits: returns at once */
    cpr_control_free(&control);
    assert_null(control);
    assert_int_not_equal(access(address.sun_path, F_OK), 0);
}

static void a_reply_that_does_not_fit_is_not_sent(void **state)
{
    (void)state;
    struct cpr_control *control = NULL;
    assert_int_equal(cpr_control_listen(directory, &control, NULL), CPR_OK);
    reply_len = (size_t)CPR_REPLY_MAX_BYTES + 1;
    struct question question = question_and_answer(control, "{}");
    assert_int_equal(question.rc, CPR_RETRY);
    assert_non_null(strstr(question.error.text, "hung up"));
    reply_len = 0;
    cpr_control_free(&control);
}

static void a_request_is_one_line_within_its_cap(void **state)
{
    (void)state;
    struct cpr_buffer reply;
    struct cpr_error error;
    char *large = calloc(1, CPR_REQUEST_MAX_BYTES);
    assert_non_null(large);
    memset(large, 'x', CPR_REQUEST_MAX_BYTES - 1);
    assert_int_equal(cpr_control_ask(directory, cpr_view_of("a\nb"), &reply, &error), CPR_LIMIT);
    assert_int_equal(cpr_control_ask(directory, cpr_view_make(large, CPR_REQUEST_MAX_BYTES), &reply, &error),
                     CPR_LIMIT);
    struct cpr_control *control = NULL;
    assert_int_equal(cpr_control_listen(directory, &control, NULL), CPR_OK);
    struct question question = question_and_answer(control, large);
    assert_int_equal(question.rc, CPR_OK);
    assert_int_equal(question.reply.len, CPR_REQUEST_MAX_BYTES - 1);
    cpr_buffer_free(&question.reply);
    cpr_control_free(&control);
    free(large);
}

static int peer(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void a_bad_peer_is_hung_up_on_and_the_next_one_served(void **state)
{
    (void)state;
    struct cpr_control *control = NULL;
    char block[256], *large = malloc(CPR_REQUEST_MAX_BYTES + 1);
    assert_non_null(large);
    memset(large, 'x', CPR_REQUEST_MAX_BYTES + 1);
    assert_int_equal(cpr_control_listen(directory, &control, NULL), CPR_OK);
    handled = 0;
    int silent = peer(), half = peer(), long_one = peer(), good = peer();
    assert_int_equal(send(half, "{\"half", 6, 0), 6);
    assert_int_equal(send(long_one, large, CPR_REQUEST_MAX_BYTES + 1, 0), CPR_REQUEST_MAX_BYTES + 1);
    assert_int_equal(send(good, "{}\n", 3, 0), 3);
    cpr_control_serve(control, echo, &handled);
    assert_int_equal(handled, 0); /* the silent one, first in line, ended the round */
    cpr_control_serve(control, echo, &handled);
    cpr_control_serve(control, echo, &handled);
    assert_int_equal(handled, 1);
    assert_int_equal(recv(silent, block, sizeof block, 0), 0);
    assert_true(recv(half, block, sizeof block, 0) <= 0);
    assert_true(recv(long_one, block, sizeof block, 0) <= 0);
    assert_int_equal(recv(good, block, sizeof block, MSG_WAITALL), 4);
    assert_memory_equal(block, "2\n{}", 4);
    close(silent);
    close(half);
    close(long_one);
    close(good);
    /* One that is gone before its reply, and one that never takes it, end nothing. */
    int gone = peer(), stuck = peer();
    assert_int_equal(send(gone, "{}\n", 3, 0), 3);
    close(gone);
    assert_int_equal(send(stuck, "{}\n", 3, 0), 3);
    reply_len = 8000000;
    cpr_control_serve(control, echo, &handled);
    assert_int_equal(handled, 3);
    reply_len = 0;
    close(stuck);
    cpr_control_free(&control);
    free(large);
}

static void nobody_listening_is_absence(void **state)
{
    (void)state;
    struct cpr_buffer reply;
    struct cpr_error error;
    assert_int_equal(cpr_control_ask(directory, cpr_view_of("{}"), &reply, &error), CPR_ABSENT);
    assert_int_equal(cpr_control_ask("/nonexistent", cpr_view_of("{}"), &reply, &error), CPR_ABSENT);
    assert_non_null(strstr(error.text, "is it running?"));
}

static void only_a_socket_left_behind_is_replaced(void **state)
{
    (void)state;
    struct cpr_control *control = NULL, *second = NULL;
    struct cpr_buffer reply;
    struct cpr_error error;
    int left = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(left, (struct sockaddr *)&address, sizeof address), 0);
    close(left); /* as a crash leaves it */
    assert_int_equal(cpr_control_ask(directory, cpr_view_of("{}"), &reply, &error), CPR_ABSENT);
    assert_int_equal(cpr_control_listen(directory, &control, &error), CPR_OK);
    assert_int_equal(cpr_control_listen(directory, &second, &error), CPR_RETRY);
    assert_non_null(strstr(error.text, "another cpr-auditd listens"));
    cpr_control_free(&control);
    int file = open(address.sun_path, O_CREAT | O_WRONLY, 0600);
    close(file);
    assert_int_equal(cpr_control_listen(directory, &control, &error), CPR_OPERATOR);
    assert_int_equal(unlink(address.sun_path), 0);
    assert_int_equal(cpr_control_listen("/nonexistent", &control, &error), CPR_OPERATOR);
    char longer[200];
    memset(longer, 'd', sizeof longer);
    longer[0] = '/';
    longer[sizeof longer - 1] = 0;
    assert_int_equal(cpr_control_listen(longer, &control, &error), CPR_OPERATOR);
    assert_null(control);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_gets_its_reply),
        cmocka_unit_test(a_reply_that_does_not_fit_is_not_sent),
        cmocka_unit_test(a_request_is_one_line_within_its_cap),
        cmocka_unit_test(a_bad_peer_is_hung_up_on_and_the_next_one_served),
        cmocka_unit_test(nobody_listening_is_absence),
        cmocka_unit_test(only_a_socket_left_behind_is_replaced),
    };
    return cmocka_run_group_tests_name("control", tests, set_up, tear_down);
}
