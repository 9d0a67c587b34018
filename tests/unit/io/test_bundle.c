/* Directories with a manifest: whole under their name, or not there at all. */
#include "cpr/io/bundle.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char room[64], path[128];
static struct cpr_error error;

static int fresh(void **state)
{
    (void)state;
    snprintf(room, sizeof room, "/tmp/cpr-bundle-XXXXXX");
    assert_non_null(mkdtemp(room));
    snprintf(path, sizeof path, "%s/case", room);
    return 0;
}

static size_t entries(const char *directory)
{
    size_t count = 0;
    DIR *listing = opendir(directory);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(listing);
    return count;
}

static int gone(void **state)
{
    (void)state;
    char command[200];
    snprintf(command, sizeof command, "rm -rf %s", room);
    return system(command);
}

static const char *content_of(const char *name)
{
    static char text[4096];
    char file[256];
    snprintf(file, sizeof file, "%s/%s", path, name);
    int fd = open(file, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t len = read(fd, text, sizeof text - 1);
    assert_true(len >= 0);
    text[len] = 0;
    close(fd);
    return text;
}

static unsigned mode_of(const char *name)
{
    char file[256];
    struct stat status;
    snprintf(file, sizeof file, "%s%s%s", path, *name ? "/" : "", name);
    assert_int_equal(stat(file, &status), 0);
    return status.st_mode & 07777;
}

static struct cpr_bundle *begun(void)
{
    struct cpr_bundle *bundle = NULL;
    assert_int_equal(cpr_bundle_begin(path, &bundle, &error), CPR_OK);
    return bundle;
}

static void a_bundle_appears_whole_with_the_sums_of_its_files(void **state)
{
    (void)state;
    struct cpr_bundle *bundle = begun();
    cpr_bundle_note(bundle, "for\nthe auditor");
    assert_int_equal(cpr_bundle_add(bundle, "a.txt", cpr_view_of("abc"), &error), CPR_OK);
    assert_int_equal(cpr_bundle_add(bundle, "empty", cpr_view_of(""), &error), CPR_OK);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(cpr_bundle_finish(&bundle, &error), CPR_OK);
    assert_null(bundle);
    assert_string_equal(content_of("a.txt"), "abc");
    /* The digests are those of FIPS 180-4. */
    assert_string_equal(content_of("MANIFEST"),
                        "# for?the auditor\n"
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n"
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  empty\n");
    assert_int_equal(mode_of(""), 0700);
    assert_int_equal(mode_of("a.txt"), 0600);
    assert_int_equal(mode_of("MANIFEST"), 0600);
    assert_int_equal(entries(room), 1);
}

static void what_is_abandoned_leaves_nothing(void **state)
{
    (void)state;
    struct cpr_bundle *bundle = begun();
    assert_int_equal(cpr_bundle_add(bundle, "a.txt", cpr_view_of("abc"), &error), CPR_OK);
    cpr_bundle_abandon(&bundle);
    assert_int_equal(entries(room), 0);
}

static void what_stands_there_is_never_replaced(void **state)
{
    (void)state;
    struct cpr_bundle *bundle = NULL;
    assert_int_equal(cpr_bundle_write_file(path, cpr_view_of("mine"), &error), CPR_OK);
    assert_int_equal(mode_of(""), 0600);
    assert_int_equal(cpr_bundle_write_file(path, cpr_view_of("yours"), &error), CPR_OPERATOR);
    assert_int_equal(cpr_bundle_begin(path, &bundle, &error), CPR_OPERATOR);
    assert_non_null(strstr(error.text, "is there already"));
    assert_int_equal(entries(room), 1);
    /* Nor what came to stand there meanwhile. */
    assert_int_equal(unlink(path), 0);
    bundle = begun();
    assert_int_equal(cpr_bundle_write_file(path, cpr_view_of("mine"), &error), CPR_OK);
    assert_int_equal(cpr_bundle_finish(&bundle, &error), CPR_OPERATOR);
    assert_int_equal(entries(room), 1);
}

static void a_disk_that_takes_no_more_leaves_nothing(void **state)
{
    (void)state;
    struct rlimit before, small = {0};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){.rlim_cur = 2, .rlim_max = before.rlim_max};
    struct cpr_bundle *bundle = begun();
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum cpr_rc added = cpr_bundle_add(bundle, "a.txt", cpr_view_of("abc"), &error);
    enum cpr_rc finished = cpr_bundle_finish(&bundle, &error);
    enum cpr_rc written = cpr_bundle_write_file(path, cpr_view_of("abc"), &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_not_equal(added, CPR_OK);
    assert_int_not_equal(finished, CPR_OK);
    assert_int_not_equal(written, CPR_OK);
    assert_int_equal(entries(room), 0);
}

static void a_place_that_is_not_there_needs_a_person(void **state)
{
    (void)state;
    struct cpr_bundle *bundle = NULL;
    assert_int_equal(cpr_bundle_begin("/nowhere/at/all", &bundle, &error), CPR_OPERATOR);
    assert_int_equal(cpr_bundle_write_file("/nowhere/at/all", cpr_view_of("x"), &error), CPR_OPERATOR);
    assert_int_equal(cpr_bundle_begin("", &bundle, &error), CPR_OPERATOR);
    assert_null(bundle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bundle_appears_whole_with_the_sums_of_its_files, fresh, gone),
        cmocka_unit_test_setup_teardown(what_is_abandoned_leaves_nothing, fresh, gone),
        cmocka_unit_test_setup_teardown(what_stands_there_is_never_replaced, fresh, gone),
        cmocka_unit_test_setup_teardown(a_disk_that_takes_no_more_leaves_nothing, fresh, gone),
        cmocka_unit_test_setup_teardown(a_place_that_is_not_there_needs_a_person, fresh, gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
