/* The archive, the lock and the directories; the clock and the journal of the machine beside them. */
#include "cpr/io/clock.h"
#include "cpr/io/files.h"
#include "cpr/io/journal.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static char directory[] = "/tmp/cpr-files-XXXXXX";
static struct cpr_archive *archive;
static struct cpr_archive_port port;

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(directory) || cpr_archive_open(directory, &archive, NULL) != CPR_OK)
        return -1;
    port = cpr_archive_port(archive);
    return 0;
}

static void forget(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    unlink(path);
}

static int tear_down(void **state)
{
    (void)state;
    cpr_archive_free(&archive);
    forget("page.txt");
    forget("lock");
    return rmdir(directory);
}

/* Publishes `content` in two pieces as page.txt. */
static enum cpr_rc publish(struct cpr_view content, struct cpr_error *error_out)
{
    struct cpr_page *page = NULL;
    struct cpr_digest digest = {.bytes = {0}}, want = cpr_digest_of(content);
    assert_int_equal(port.create(port.self, "page.txt", &page, error_out), CPR_OK);
    assert_int_equal(port.append(port.self, page, cpr_view_slice(content, 0, content.len / 2), error_out), CPR_OK);
    assert_int_equal(port.append(port.self, page, cpr_view_slice(content, content.len / 2, content.len), error_out),
                     CPR_OK);
    enum cpr_rc rc = port.publish(port.self, &page, &digest, error_out);
    assert_null(page);
    if (rc == CPR_OK)
        assert_true(cpr_digest_equal(&digest, &want));
    return rc;
}

static bool is_published(const char *name, struct cpr_view content)
{
    struct cpr_digest found, want = cpr_digest_of(content);
    return port.digest(port.self, name, &found, NULL) == CPR_OK && cpr_digest_equal(&found, &want);
}

static void a_page_is_published_once_and_never_changed(void **state)
{
    (void)state;
    struct cpr_error error;
    struct cpr_digest digest;
    assert_int_equal(port.digest(port.self, "page.txt", &digest, &error), CPR_ABSENT);
    assert_int_equal(publish(cpr_view_of("first\n"), &error), CPR_OK);
    assert_int_equal(publish(cpr_view_of("first\n"), &error), CPR_OK);
    assert_int_equal(publish(cpr_view_of("second\n"), &error), CPR_CORRUPT);
    assert_non_null(strstr(error.text, "page.txt is there already with another content"));
    assert_non_null(strstr(error.text, "is kept beside it"));
    assert_true(is_published("page.txt", cpr_view_of("first\n")));
    assert_true(is_published("page.txt.differs", cpr_view_of("second\n")));
    assert_int_equal(publish(cpr_view_of("second\n"), &error), CPR_CORRUPT);
    assert_non_null(strstr(error.text, "is kept beside it"));
    assert_int_equal(publish(cpr_view_of("first\nmore"), &error), CPR_CORRUPT);
    assert_non_null(strstr(error.text, "could not be kept"));
    assert_true(is_published("page.txt", cpr_view_of("first\n")));
    forget("page.txt");
    forget("page.txt.differs");
}

static void an_abandoned_page_leaves_nothing(void **state)
{
    (void)state;
    struct cpr_page *page = NULL;
    struct cpr_digest digest;
    port.abandon(port.self, &page);
    assert_int_equal(port.create(port.self, "page.txt", &page, NULL), CPR_OK);
    assert_int_equal(port.append(port.self, page, cpr_view_of("half"), NULL), CPR_OK);
    port.abandon(port.self, &page);
    assert_null(page);
    assert_int_equal(port.digest(port.self, "page.txt", &digest, NULL), CPR_ABSENT);
    assert_int_equal(publish(cpr_view_of(""), NULL), CPR_OK); /* an empty page is a page */
    assert_true(is_published("page.txt", cpr_view_of("")));
    forget("page.txt");
}

static void a_page_is_whole_and_closed_to_others(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 65535, 65536, 65537, 131072, 131073, 3 * 1024 * 1024 + 7};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *large = malloc(sizes[i]), path[128];
        struct stat status;
        assert_non_null(large);
        for (size_t j = 0; j < sizes[i]; j++)
            large[j] = (char)(j * 31 + j / 251);
        assert_int_equal(publish(cpr_view_make(large, sizes[i]), NULL), CPR_OK);
        assert_true(is_published("page.txt", cpr_view_make(large, sizes[i])));
        free(large);
        snprintf(path, sizeof path, "%s/page.txt", directory);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0137, 0);
        assert_int_equal(status.st_nlink, 1);
        forget("page.txt");
    }
}

static void a_name_that_leads_elsewhere_is_not_followed(void **state)
{
    (void)state;
    char path[128];
    struct cpr_error error;
    struct cpr_archive *other = NULL;
    snprintf(path, sizeof path, "%s/page.txt", directory);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_int_not_equal(publish(cpr_view_of("x"), &error), CPR_OK);
    forget("page.txt");
    assert_int_equal(cpr_archive_open("/nonexistent", &other, &error), CPR_OPERATOR);
}

/* /dev/full takes no byte: the page's file is exchanged for it under the implementation. */
static void a_full_disk_publishes_nothing(void **state)
{
    (void)state;
    struct cpr_page *page = NULL;
    struct cpr_error error;
    struct cpr_digest digest;
    int before = open("/dev/null", O_RDONLY); /* the next free number is the page's */
    close(before);
    assert_int_equal(port.create(port.self, "page.txt", &page, NULL), CPR_OK);
    int full = open("/dev/full", O_WRONLY);
    assert_int_equal(dup2(full, before), before);
    close(full);
    assert_int_equal(port.append(port.self, page, cpr_view_of("x"), &error), CPR_OK);
    assert_int_equal(port.publish(port.self, &page, &digest, &error), CPR_RETRY);
    assert_non_null(strstr(error.text, "No space left"));
    assert_null(page);
    assert_int_equal(port.digest(port.self, "page.txt", &digest, NULL), CPR_ABSENT);
}

static void only_one_instance_holds_the_lock(void **state)
{
    (void)state;
    struct cpr_lock *lock = NULL, *second = NULL;
    struct cpr_error error;
    char want[32];
    assert_int_equal(cpr_lock_take(directory, &lock, &error), CPR_OK);
    assert_int_equal(cpr_lock_take(directory, &second, &error), CPR_RETRY);
    assert_null(second);
    snprintf(want, sizeof want, "(process %ld)", (long)getpid());
    assert_non_null(strstr(error.text, want));
    cpr_lock_free(&lock);
    assert_null(lock);
    assert_int_equal(cpr_lock_take(directory, &lock, &error), CPR_OK);
    cpr_lock_free(&lock);
    assert_int_equal(cpr_lock_take("/nonexistent", &lock, &error), CPR_OPERATOR);
}

static void a_lock_ends_with_its_process(void **state)
{
    (void)state;
    struct cpr_lock *lock = NULL;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(cpr_lock_take(directory, &lock, NULL) == CPR_OK ? 0 : 1);
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(cpr_lock_take(directory, &lock, NULL), CPR_OK);
    cpr_lock_free(&lock);
}

static void a_directory_must_be_ours_and_writable(void **state)
{
    (void)state;
    struct cpr_error error;
    assert_int_equal(chmod(directory, 0750), 0);
    assert_int_equal(cpr_directory_check(directory, 0007, &error), CPR_OK);
    assert_int_equal(chmod(directory, 0755), 0);
    assert_int_equal(cpr_directory_check(directory, 0002, &error), CPR_OK);
    assert_int_equal(cpr_directory_check(directory, 0007, &error), CPR_OPERATOR);
    assert_non_null(strstr(error.text, "open to others (mode 0755); chmod it to 0770 or less"));
    assert_int_equal(cpr_directory_check("/etc/passwd", 0, &error), CPR_OPERATOR);
    assert_non_null(strstr(error.text, "is not a directory"));
    assert_int_equal(cpr_directory_check("/nonexistent", 0, &error), CPR_OPERATOR);
    assert_int_equal(cpr_directory_check("/proc", 0, &error), CPR_OPERATOR);
    assert_non_null(strstr(error.text, "nothing can be written"));
}

static void the_clocks_tell_plausible_times(void **state)
{
    (void)state;
    struct cpr_clock_port clock = cpr_clock_system();
    int64_t first_ms = clock.monotonic_ms(clock.self);
    assert_true(cpr_time_is_plausible(clock.utc_ms(clock.self)));
    assert_true(clock.monotonic_ms(clock.self) >= first_ms);
    (void)clock.is_synchronised(clock.self);
}

/* What the journal wrote to standard error for one text. */
static void journal_line(enum cpr_level max_level, enum cpr_level level, const char *text, char out[256])
{
    int fds[2], saved = dup(STDERR_FILENO);
    assert_true(saved >= 0);
    assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
    assert_true(dup2(fds[1], STDERR_FILENO) >= 0);
    struct cpr_journal_port journal = cpr_journal_stderr(max_level);
    journal.write(journal.self, level, text);
    dup2(saved, STDERR_FILENO);
    ssize_t got = read(fds[0], out, 255);
    out[got > 0 ? got : 0] = 0;
    close(saved);
    close(fds[0]);
    close(fds[1]);
}

static void a_journal_line_is_one_line_with_its_level(void **state)
{
    (void)state;
    char line[256];
    unsetenv("JOURNAL_STREAM");
    unsetenv("INVOCATION_ID");
    journal_line(CPR_LEVEL_INFO, CPR_LEVEL_ERROR, "a\nb\x1b[31m", line);
    assert_string_equal(line, "error: a?b?[31m\n");
    journal_line(CPR_LEVEL_INFO, CPR_LEVEL_DEBUG, "quiet", line);
    assert_string_equal(line, "");
    setenv("INVOCATION_ID", "x", 1);
    journal_line(CPR_LEVEL_INFO, CPR_LEVEL_INFO, "loud", line);
    assert_string_equal(line, "<6>loud\n");
    unsetenv("INVOCATION_ID");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_published_once_and_never_changed),
        cmocka_unit_test(an_abandoned_page_leaves_nothing),
        cmocka_unit_test(a_full_disk_publishes_nothing),
        cmocka_unit_test(a_page_is_whole_and_closed_to_others),
        cmocka_unit_test(a_name_that_leads_elsewhere_is_not_followed),
        cmocka_unit_test(only_one_instance_holds_the_lock),
        cmocka_unit_test(a_lock_ends_with_its_process),
        cmocka_unit_test(a_directory_must_be_ours_and_writable),
        cmocka_unit_test(the_clocks_tell_plausible_times),
        cmocka_unit_test(a_journal_line_is_one_line_with_its_level),
    };
    return cmocka_run_group_tests_name("files", tests, set_up, tear_down);
}
