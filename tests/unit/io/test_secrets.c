/* Where passwords come from, and whom they must not be shown to. */
#include "cpr/io/secrets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char directory[] = "/tmp/cpr-secrets-XXXXXX";
static char path[128];

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(directory) && snprintf(path, sizeof path, "%s/secret", directory) > 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(directory);
}

static void write_secret(const void *bytes, size_t len, mode_t mode)
{
    unlink(path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

/* NULL when the secret was read as `want`; else the error's sentence. */
static const char *read_secret(enum cpr_secret_source source, const char *value, const char *want)
{
    static struct cpr_error error;
    struct cpr_secret_settings settings = {.source = source};
    char secret[CPR_SECRET_MAX] = "untouched";
    snprintf(settings.value, sizeof settings.value, "%s", value);
    enum cpr_rc rc = cpr_secret_read(&settings, secret, &error);
    if (rc == CPR_OK) {
        assert_non_null(want);
        assert_string_equal(secret, want);
        return NULL;
    }
    assert_int_equal(rc, CPR_OPERATOR);
    assert_string_equal(secret, "untouched");
    assert_null(strstr(error.text, "hunter2"));
    return error.text;
}

static void expect_refusal(enum cpr_secret_source source, const char *value, const char *reason)
{
    const char *text = read_secret(source, value, NULL);
    assert_non_null(text);
    if (!strstr(text, reason))
        fail_msg("\"%s\" does not say \"%s\"", text, reason);
}

static void one_line_is_a_secret_and_its_newline_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t len;
        const char *want;
    } good[] = {{"hunter2\n", 8, "hunter2"}, {"hunter2", 7, "hunter2"}, {" a ;b #c ", 9, " a ;b #c "}};
    for (size_t i = 0; i < 3; i++) {
        write_secret(good[i].in, good[i].len, 0600);
        assert_null(read_secret(CPR_SECRET_FILE, path, good[i].want));
    }
    static const struct {
        const char *in;
        size_t len;
        const char *reason;
    } bad[] = {{"", 0, "empty"},
               {"\n", 1, "empty"},
               {"hunter2\n\n", 9, "one line"},
               {"hunter2\nmore\n", 13, "one line"},
               {"hunter2\r\n", 9, "one line"},
               {"hunter2\0x", 9, "one line"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        write_secret(bad[i].in, bad[i].len, 0600);
        expect_refusal(CPR_SECRET_FILE, path, bad[i].reason);
    }
}

static void a_secret_has_at_most_1023_bytes(void **state)
{
    (void)state;
    char longest[CPR_SECRET_MAX + 100];
    memset(longest, 'p', sizeof longest);
    longest[CPR_SECRET_MAX - 1] = '\n';
    char want[CPR_SECRET_MAX];
    memset(want, 'p', sizeof want);
    want[CPR_SECRET_MAX - 1] = 0;
    write_secret(longest, CPR_SECRET_MAX, 0600);
    assert_null(read_secret(CPR_SECRET_FILE, path, want));
    longest[CPR_SECRET_MAX - 1] = 'p';
    write_secret(longest, CPR_SECRET_MAX, 0600);
    expect_refusal(CPR_SECRET_FILE, path, "longer than 1023 bytes");
    write_secret(longest, sizeof longest, 0600);
    expect_refusal(CPR_SECRET_FILE, path, "longer than 1023 bytes");
}

static void a_file_open_to_others_is_refused(void **state)
{
    (void)state;
    static const struct {
        mode_t mode;
        const char *reason; /* NULL: accepted (the group of a new file here is our own) */
    } table[] = {
        {0600, NULL},
        {0400, NULL},
        {0640, NULL},
        {0644, "other users"},
        {0604, "other users"},
        {0602, "other users"},
        {0660, "its group may"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        write_secret("hunter2\n", 8, table[i].mode);
        assert_int_equal(chown(path, (uid_t)-1, getegid()), 0);
        if (table[i].reason)
            expect_refusal(CPR_SECRET_FILE, path, table[i].reason);
        else
            assert_null(read_secret(CPR_SECRET_FILE, path, "hunter2"));
    }
    if (geteuid() != 0) {
        print_message("not root: files of other users and groups are not tried\n");
        return;
    }
    write_secret("hunter2\n", 8, 0640);
    assert_int_equal(chown(path, 0, 12345), 0);
    expect_refusal(CPR_SECRET_FILE, path, "a group that is not the daemon's own");
    write_secret("hunter2\n", 8, 0600);
    assert_int_equal(chown(path, 12345, getegid()), 0);
    expect_refusal(CPR_SECRET_FILE, path, "belongs to another user");
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    unlink(path);
    expect_refusal(CPR_SECRET_FILE, path, "No such file");
    expect_refusal(CPR_SECRET_FILE, directory, "not a regular file");
    expect_refusal(CPR_SECRET_FILE, "/dev/zero", "not a regular file");
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_refusal(CPR_SECRET_FILE, path, "not a regular file");
    expect_refusal(CPR_SECRET_NONE, "", "no password is configured");
}

static void a_credential_is_found_in_systemds_directory(void **state)
{
    (void)state;
    write_secret("hunter2\n", 8, 0440);
    unsetenv("CREDENTIALS_DIRECTORY");
    expect_refusal(CPR_SECRET_CREDENTIAL, "secret", "LoadCredential=secret");
    setenv("CREDENTIALS_DIRECTORY", directory, 1);
    assert_null(read_secret(CPR_SECRET_CREDENTIAL, "secret", "hunter2"));
    expect_refusal(CPR_SECRET_CREDENTIAL, "absent", "No such file");
    expect_refusal(CPR_SECRET_CREDENTIAL, "../secret", "not the name of a credential");
    write_secret("hunter2\n", 8, 0444);
    expect_refusal(CPR_SECRET_CREDENTIAL, "secret", "other users");
    unsetenv("CREDENTIALS_DIRECTORY");
}

static void a_command_prints_a_secret(void **state)
{
    (void)state;
    assert_null(read_secret(CPR_SECRET_COMMAND, "/bin/echo  hunter2", "hunter2"));
    assert_null(read_secret(CPR_SECRET_COMMAND, "/bin/echo $HOME;id", "$HOME;id")); /* no shell */
    write_secret("#!/bin/sh\necho hunter2 >&2\necho hunter2\nexit 3\n", 47, 0700);
    expect_refusal(CPR_SECRET_COMMAND, path, "ended with status 3");
    write_secret("#!/bin/sh\necho hunter2\nkill -9 $$\n", 34, 0700);
    expect_refusal(CPR_SECRET_COMMAND, path, "killed");
    expect_refusal(CPR_SECRET_COMMAND, "/nonexistent/command hunter2", "could not be started");
    expect_refusal(CPR_SECRET_COMMAND, "relative hunter2", "absolute path");
    expect_refusal(CPR_SECRET_COMMAND, "/bin/true", "empty");
    expect_refusal(CPR_SECRET_COMMAND, "/usr/bin/yes hunter2", "signal");
}

static void a_command_inherits_none_of_our_files(void **state)
{
    (void)state;
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    write_secret("#!/bin/sh\nls /proc/self/fd | wc -l\n", 35, 0700);
    assert_null(read_secret(CPR_SECRET_COMMAND, path, "4")); /* the three and ls's own */
    close(fds[0]);
    close(fds[1]);
}

/* A zombie that nobody has waited for yet has no command line any more. */
static bool is_running(long pid)
{
    char name[64], byte;
    snprintf(name, sizeof name, "/proc/%ld/cmdline", pid);
    FILE *file = fopen(name, "r");
    bool running = file && fread(&byte, 1, 1, file) == 1;
    if (file)
        fclose(file);
    return running;
}

static void a_command_that_hangs_is_killed_with_its_children(void **state)
{
    (void)state;
    char script[256], pid_path[160];
    long pid = 0;
    snprintf(pid_path, sizeof pid_path, "%s/pid", directory);
    int len = snprintf(script, sizeof script, "#!/bin/sh\nsleep 60 &\necho $! >%s\nsleep 60\n", pid_path);
    write_secret(script, (size_t)len, 0700);
    expect_refusal(CPR_SECRET_COMMAND, path, "did not end within 10 s");
    FILE *file = fopen(pid_path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &pid), 1);
    fclose(file);
    unlink(pid_path);
    for (int i = 0; i < 200 && is_running(pid); i++)
        usleep(10000);
    assert_false(is_running(pid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_is_a_secret_and_its_newline_is_not),
        cmocka_unit_test(a_secret_has_at_most_1023_bytes),
        cmocka_unit_test(a_file_open_to_others_is_refused),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(a_credential_is_found_in_systemds_directory),
        cmocka_unit_test(a_command_prints_a_secret),
        cmocka_unit_test(a_command_inherits_none_of_our_files),
        cmocka_unit_test(a_command_that_hangs_is_killed_with_its_children),
    };
    return cmocka_run_group_tests_name("secrets", tests, set_up, tear_down);
}
