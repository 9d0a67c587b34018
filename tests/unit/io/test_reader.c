/* The reader process with a judge of its own: this program is its own child (argv[1] is "--reader"), and the judge
 * below does what the message tells it to, so that every misdeed happens inside the real sandbox. */
#include "cpr/base/text.h"
#include "cpr/io/reader.h"
#include "../../../src/io/reader_frames.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

/* --- the judge of the child --------------------------------------------------------------------------------------- */

static void hang(struct cpr_reading *reading)
{
    (void)reading;
    for (volatile bool forever = true; forever;)
        ;
}

static void crash(struct cpr_reading *reading)
{
    (void)reading;
    raise(SIGSEGV);
}

static void assert_wrongly(struct cpr_reading *reading)
{
    (void)reading;
    abort();
}

static void leave(struct cpr_reading *reading)
{
    (void)reading;
    _exit(3);
}

static void send_half(struct cpr_reading *reading)
{
    ssize_t count = write(0, reading, 1000);
    _exit(count < 0);
}

static void send_twice(struct cpr_reading *reading)
{
    reading->score = 1; /* read as the answer; the one that follows it is stale */
    ssize_t count = write(0, reading, CPR_READER_RECORD_HEAD);
    _exit(count < 0 || write(0, reading, CPR_READER_RECORD_HEAD) < 0);
}

static void lie_with_a_count(struct cpr_reading *reading)
{
    reading->signal_count = CPR_SIGNALS_MAX + 1;
}

static void lie_with_an_escape(struct cpr_reading *reading)
{
    snprintf(reading->subject, sizeof reading->subject, "\033[2J");
}

static void lie_about_the_alert(struct cpr_reading *reading)
{
    reading->kind = CPR_KIND_OWN_ALERT;
}

static void lie_about_dying(struct cpr_reading *reading)
{
    reading->limits = CPR_READING_READER_DIED;
}

static void open_file(struct cpr_reading *reading)
{
    reading->score = open("/etc/passwd", O_RDONLY);
}

static void write_file(struct cpr_reading *reading)
{
    reading->score = open("/tmp/cpr-reader-escaped", O_WRONLY | O_CREAT, 0600);
}

static void open_socket(struct cpr_reading *reading)
{
    reading->score = socket(AF_INET, SOCK_STREAM, 0);
}

static void make_process(struct cpr_reading *reading)
{
    reading->score = fork();
}

static void run_program(struct cpr_reading *reading)
{
    char *const arguments[] = {NULL};
    reading->score = execve("/bin/true", arguments, arguments);
}

static void signal_parent(struct cpr_reading *reading)
{
    reading->score = kill(1, 0);
}

static void trace_process(struct cpr_reading *reading)
{
    char byte;
    reading->score = (int32_t)pread(0, &byte, 1, 0);
}

static void make_memory_executable(struct cpr_reading *reading)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    reading->score = mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static void raise_limit(struct cpr_reading *reading)
{
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    reading->score = setrlimit(RLIMIT_CPU, &limit);
}

static void take_much_memory(struct cpr_reading *reading)
{
    void *much = malloc(2 * CPR_READER_MEMORY_BYTES);
    reading->score = much ? 1 : -1;
    free(much);
}

static const struct {
    const char *message;
    void (*act)(struct cpr_reading *reading);
} acts[] = {
    {"hang", hang},
    {"crash", crash},
    {"assert", assert_wrongly},
    {"leave", leave},
    {"half", send_half},
    {"twice", send_twice},
    {"lie count", lie_with_a_count},
    {"lie escape", lie_with_an_escape},
    {"lie alert", lie_about_the_alert},
    {"lie died", lie_about_dying},
    {"open", open_file},
    {"write", write_file},
    {"socket", open_socket},
    {"fork", make_process},
    {"exec", run_program},
    {"kill", signal_parent},
    {"pread", trace_process},
    {"mprotect", make_memory_executable},
    {"setrlimit", raise_limit},
    {"memory", take_much_memory},
};

void cpr_judge_prepare(void)
{
}

const char *cpr_judge_ruleset(void)
{
    return "test";
}

void cpr_judge_message(struct cpr_view raw, bool is_cut, const struct cpr_judge_settings *settings,
                       struct cpr_reading *reading_out)
{
    cpr_reading_clear(reading_out);
    reading_out->verdict = CPR_VERDICT_PROBABLE;
    reading_out->limits = is_cut ? CPR_READING_CUT : 0;
    reading_out->attachment_count = raw.len && raw.data[raw.len - 1] == '!';
    cpr_text_copy(reading_out->subject, sizeof reading_out->subject, raw);
    cpr_text_copy(reading_out->to, sizeof reading_out->to, cpr_view_of(settings->own_names[0]));
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (cpr_view_equal(raw, cpr_view_of(acts[i].message)))
            acts[i].act(reading_out);
}

/* --- the tests ---------------------------------------------------------------------------------------------------- */

static struct cpr_reading reading;
static struct cpr_error failure;

static struct cpr_reader *new_reader(const struct cpr_pulse *pulse)
{
    struct cpr_judge_settings settings = {.own_name_count = 1, .own_names = {"Example CA"}};
    struct cpr_reader *reader = NULL;
    assert_int_equal(cpr_reader_new(&settings, pulse, NULL, &reader, &failure), CPR_OK);
    return reader;
}

static enum cpr_rc read_text(struct cpr_reader *reader, const char *message)
{
    struct cpr_reader_port port = cpr_reader_port(reader);
    return cpr_reader_read(&port, cpr_view_of(message), false, &reading, &failure);
}

static void assert_reads_next(struct cpr_reader *reader)
{
    assert_int_equal(read_text(reader, "good"), CPR_OK);
    assert_string_equal(reading.subject, "good");
}

static void a_message_is_judged_with_the_settings(void **state)
{
    (void)state;
    struct cpr_reader *reader = new_reader(NULL);
    struct cpr_reader_port port = cpr_reader_port(reader);
    assert_int_equal(cpr_reader_read(&port, cpr_view_of("hello"), true, &reading, &failure), CPR_OK);
    assert_int_equal(reading.verdict, CPR_VERDICT_PROBABLE);
    assert_int_equal(reading.limits, CPR_READING_CUT);
    assert_string_equal(reading.subject, "hello");
    assert_string_equal(reading.to, "Example CA");
    cpr_reader_free(&reader);
    assert_null(reader);
}

static void an_empty_and_a_very_large_message_arrive_whole(void **state)
{
    (void)state;
    struct cpr_reader *reader = new_reader(NULL);
    struct cpr_reader_port port = cpr_reader_port(reader);
    char *large = malloc(CPR_MESSAGE_FETCH_MAX_BYTES);
    assert_non_null(large);
    memset(large, 'x', CPR_MESSAGE_FETCH_MAX_BYTES);
    large[CPR_MESSAGE_FETCH_MAX_BYTES - 1] = '!';
    assert_int_equal(read_text(reader, ""), CPR_OK);
    assert_string_equal(reading.subject, "");
    assert_int_equal(
        cpr_reader_read(&port, cpr_view_make(large, CPR_MESSAGE_FETCH_MAX_BYTES), false, &reading, &failure), CPR_OK);
    assert_int_equal(reading.attachment_count, 1); /* the judge saw the last byte */
    free(large);
    cpr_reader_free(&reader);
}

static void one_child_reads_many_messages(void **state)
{
    (void)state;
    struct cpr_reader *reader = new_reader(NULL);
    pid_t first = cpr_reader_pid(reader);
    for (int i = 0; i < 100; i++)
        assert_reads_next(reader);
    assert_int_equal(cpr_reader_pid(reader), first);
    cpr_reader_free(&reader);
}

static void memory_and_processor_time_are_limited(void **state)
{
    (void)state;
    struct rlimit limit;
    struct cpr_reader *reader = new_reader(NULL);
#if !defined(__SANITIZE_ADDRESS__) /* whose shadow memory is larger than any limit */
    assert_int_equal(read_text(reader, "memory"), CPR_OK);
    assert_int_equal(reading.score, -1);
#endif
    assert_reads_next(reader);
    assert_int_equal(prlimit(cpr_reader_pid(reader), RLIMIT_CPU, NULL, &limit), 0);
    assert_in_range(limit.rlim_cur, CPR_READER_CPU_SECONDS, 2 * CPR_READER_CPU_SECONDS);
    cpr_reader_free(&reader);
}

/* After each of these the message is a human's and a fresh child reads on. */
static void a_reader_that_is_lost_costs_one_message_only(void **state)
{
    (void)state;
    static const struct {
        const char *message;
        int signal; /* that ended the child; 0: it ended by itself */
        const char *why;
    } table[] = {
#if !defined(__SANITIZE_ADDRESS__) /* which answers these signals with a report, and is ended for it */
        {"crash", SIGSEGV, "signal 11"},
#endif
        {"assert", SIGABRT, "signal 6"},
        {"leave", 0, "status 3"},
        {"half", 0, "status 0"},
        {"lie count", SIGKILL, "contradicts itself"},
        {"lie escape", SIGKILL, "contradicts itself"},
        {"lie alert", SIGKILL, "contradicts itself"},
        {"lie died", SIGKILL, "contradicts itself"},
        {"open", SIGSYS, "sandbox forbids"},
        {"write", SIGSYS, "sandbox forbids"},
        {"socket", SIGSYS, "sandbox forbids"},
        {"fork", SIGSYS, "sandbox forbids"},
        {"exec", SIGSYS, "sandbox forbids"},
        {"kill", SIGSYS, "sandbox forbids"},
        {"pread", SIGSYS, "sandbox forbids"},
        {"mprotect", SIGSYS, "sandbox forbids"},
        {"setrlimit", SIGSYS, "sandbox forbids"},
    };
    struct cpr_reader *reader = new_reader(NULL);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        print_message("    %s\n", table[i].message);
        assert_reads_next(reader);
        pid_t child = cpr_reader_pid(reader);
        assert_int_equal(read_text(reader, table[i].message), CPR_LIMIT);
        assert_int_equal(reading.limits, CPR_READING_READER_DIED);
        assert_int_equal(reading.verdict, CPR_VERDICT_UNDECIDABLE);
        assert_string_equal(reading.subject, "");
        assert_non_null(strstr(failure.text, table[i].why));
        assert_int_equal(failure.detail, table[i].signal);
        assert_int_equal(cpr_reader_pid(reader), 0);
        assert_int_equal(waitpid(child, NULL, WNOHANG), -1); /* and left no zombie */
        assert_reads_next(reader);
        assert_int_not_equal(cpr_reader_pid(reader), child);
    }
    assert_int_equal(access("/tmp/cpr-reader-escaped", F_OK), -1);
    cpr_reader_free(&reader);
}

/* Until the child has ended, without taking it from its parent. */
static void await_end(pid_t child)
{
    enum { TRIES = 3000, PAUSE_US = 10000 };
    siginfo_t info = {0};
    for (int i = 0; i < TRIES && info.si_pid != child; i++) {
        assert_int_equal(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT | WNOHANG), 0);
        if (info.si_pid != child)
            usleep(PAUSE_US);
    }
    assert_int_equal(info.si_pid, child);
}

static void an_answer_nobody_asked_for_is_never_read(void **state)
{
    (void)state;
    struct cpr_reader *reader = new_reader(NULL);
    pid_t first = cpr_reader_pid(reader);
    assert_int_equal(read_text(reader, "twice"), CPR_OK);
    assert_int_equal(reading.score, 1);
    await_end(first); /* now the second answer has been sent */
    assert_reads_next(reader);
    assert_int_not_equal(cpr_reader_pid(reader), first);
    cpr_reader_free(&reader);
}

static void a_child_that_died_between_messages_is_replaced_in_silence(void **state)
{
    (void)state;
    struct cpr_reader *reader = new_reader(NULL);
    pid_t first = cpr_reader_pid(reader);
    kill(first, SIGKILL);
    await_end(first);
    assert_reads_next(reader);
    assert_int_not_equal(cpr_reader_pid(reader), first);
    cpr_reader_free(&reader);
}

struct beats {
    struct cpr_reader *reader;
    int count, stop_at, kill_at;
};

static bool beat(void *self)
{
    struct beats *beats = self;
    beats->count++;
    if (beats->count == beats->kill_at)
        kill(cpr_reader_pid(beats->reader), SIGKILL);
    return beats->count != beats->stop_at;
}

static void a_child_killed_in_mid_message_costs_that_message_only(void **state)
{
    (void)state;
    struct beats beats = {.kill_at = 1};
    struct cpr_pulse pulse = {&beats, beat};
    beats.reader = new_reader(&pulse);
    assert_int_equal(read_text(beats.reader, "hang"), CPR_LIMIT);
    assert_non_null(strstr(failure.text, "memory is short"));
    assert_reads_next(beats.reader);
    cpr_reader_free(&beats.reader);
}

static void a_stop_is_heard_while_a_message_is_read(void **state)
{
    (void)state;
    struct beats beats = {.stop_at = 1};
    struct cpr_pulse pulse = {&beats, beat};
    beats.reader = new_reader(&pulse);
    reading.score = 42;
    assert_int_equal(read_text(beats.reader, "hang"), CPR_STOPPED);
    assert_int_equal(reading.score, 42);
    assert_reads_next(beats.reader);
    cpr_reader_free(&beats.reader);
}

static void a_stalled_child_is_ended_and_the_pulse_goes_on_meanwhile(void **state)
{
    (void)state;
    struct beats beats = {0};
    struct cpr_pulse pulse = {&beats, beat};
    beats.reader = new_reader(&pulse);
    assert_int_equal(read_text(beats.reader, "hang"), CPR_LIMIT);
    assert_non_null(strstr(failure.text, "no answer within 15 s"));
    assert_in_range(beats.count, CPR_READER_WALL_MS / 1000 - 5, CPR_READER_WALL_MS / 1000 + 1);
    assert_reads_next(beats.reader);
    cpr_reader_free(&beats.reader);
}

/* A debugger keeps the child's end for itself, as a hung disk does: SIGKILL alone is no promise. Returns the process
 * that does so, 0 where that is not allowed. */
static pid_t hold(pid_t child)
{
    int ends[2];
    char ok = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t holder = fork();
    if (holder == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        ok = ptrace(PTRACE_SEIZE, child, NULL, NULL) == 0;
        ssize_t count = write(ends[1], &ok, 1);
        for (; count == 1;)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ends[0], &ok, 1), 1);
    close(ends[0]);
    close(ends[1]);
    if (ok)
        return holder;
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
    return 0;
}

static void a_child_that_sigkill_does_not_end_is_not_waited_for(void **state)
{
    (void)state;
    struct cpr_reader *reader = new_reader(NULL);
    pid_t child = cpr_reader_pid(reader), holder = hold(child);
    if (!holder) {
        cpr_reader_free(&reader);
        skip();
    }
    alarm(60); /* ends a test that waits for ever */
    assert_int_equal(read_text(reader, "lie count"), CPR_LIMIT);
    assert_non_null(strstr(failure.text, "contradicts itself"));
    assert_reads_next(reader);
    assert_int_not_equal(cpr_reader_pid(reader), child);
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
    await_end(child);
    assert_int_equal(read_text(reader, "lie count"), CPR_LIMIT);
    assert_reads_next(reader);
    assert_int_equal(waitpid(child, NULL, WNOHANG), -1); /* taken when it had gone at last */
    cpr_reader_free(&reader);
    alarm(0);
}

static void a_stop_of_the_whole_service_does_not_spoil_the_message_in_hand(void **state)
{
    (void)state;
    struct cpr_reader *reader = new_reader(NULL);
    pid_t child = cpr_reader_pid(reader);
    kill(child, SIGTERM);
    kill(child, SIGINT);
    assert_reads_next(reader);
    assert_int_equal(cpr_reader_pid(reader), child);
    cpr_reader_free(&reader);
}

static size_t read_whole(pid_t pid, const char *name, char *out, size_t out_size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int file = open(path, O_RDONLY);
    if (file < 0)
        return 0; /* not root: the child is not dumpable, so its files in /proc are root's */
    ssize_t len = read(file, out, out_size - 1);
    close(file);
    out[len > 0 ? len : 0] = '\0';
    return len > 0 ? (size_t)len : 0;
}

static void the_child_inherits_no_environment_and_no_descriptor(void **state)
{
    (void)state;
    static char text[65536];
    char path[64];
    int secret = open("/etc/passwd", O_RDONLY); /* deliberately without O_CLOEXEC */
    setenv("CPR_TEST_SECRET", "hunter2", 1);
    struct cpr_reader *reader = new_reader(NULL);
    size_t len = read_whole(cpr_reader_pid(reader), "environ", text, sizeof text);
    assert_int_equal(len, 0);
    assert_true(read_whole(getpid(), "status", text, sizeof text) > 0);
    snprintf(path, sizeof path, "/proc/%d/fd/3", (int)cpr_reader_pid(reader));
    assert_int_equal(readlink(path, text, sizeof text), -1);
    assert_true(errno == ENOENT || errno == EACCES);
    len = read_whole(cpr_reader_pid(reader), "status", text, sizeof text);
    assert_true(len > 0);
    assert_non_null(strstr(text, "NoNewPrivs:\t1"));
    assert_non_null(strstr(text, "Seccomp:\t2"));
    unsetenv("CPR_TEST_SECRET");
    close(secret);
    cpr_reader_free(&reader);
}

static void a_program_that_is_no_reader_is_refused_at_the_start(void **state)
{
    (void)state;
    static const char *const programs[] = {"/nonexistent/cpr-auditd", "/bin/true", "/bin/cat"};
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        struct cpr_reader *reader = NULL;
        assert_int_equal(cpr_reader_new(NULL, NULL, programs[i], &reader, &failure), CPR_RETRY);
        assert_null(reader);
        assert_non_null(strstr(failure.text, programs[i]));
    }
}

static void settings_that_overrun_their_fields_are_refused(void **state)
{
    (void)state;
    static struct cpr_judge_settings settings;
    struct cpr_reader *reader = NULL;
    settings.term_count = CPR_JUDGE_WORDS_MAX + 1;
    assert_int_equal(cpr_reader_new(&settings, NULL, NULL, &reader, &failure), CPR_RETRY);
    settings.term_count = 1;
    memset(settings.terms[0], 'x', sizeof settings.terms[0]);
    assert_int_equal(cpr_reader_new(&settings, NULL, NULL, &reader, &failure), CPR_RETRY);
    assert_non_null(strstr(failure.text, "status 76"));
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], CPR_READER_ARGUMENT) == 0)
        return cpr_reader_child_main();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_judged_with_the_settings),
        cmocka_unit_test(an_empty_and_a_very_large_message_arrive_whole),
        cmocka_unit_test(one_child_reads_many_messages),
        cmocka_unit_test(memory_and_processor_time_are_limited),
        cmocka_unit_test(a_reader_that_is_lost_costs_one_message_only),
        cmocka_unit_test(an_answer_nobody_asked_for_is_never_read),
        cmocka_unit_test(a_child_that_died_between_messages_is_replaced_in_silence),
        cmocka_unit_test(a_child_killed_in_mid_message_costs_that_message_only),
        cmocka_unit_test(a_stop_is_heard_while_a_message_is_read),
        cmocka_unit_test(a_stalled_child_is_ended_and_the_pulse_goes_on_meanwhile),
        cmocka_unit_test(a_child_that_sigkill_does_not_end_is_not_waited_for),
        cmocka_unit_test(a_stop_of_the_whole_service_does_not_spoil_the_message_in_hand),
        cmocka_unit_test(the_child_inherits_no_environment_and_no_descriptor),
        cmocka_unit_test(a_program_that_is_no_reader_is_refused_at_the_start),
        cmocka_unit_test(settings_that_overrun_their_fields_are_refused),
    };
    return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
