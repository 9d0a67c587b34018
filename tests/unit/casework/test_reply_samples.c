/* Whole mails as CAs send them: tests/samples/replies, written without sight of the words that they are judged by. */
#include "cpr/casework/reply.h"
#include "cpr/judge/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAIL_MAX = 64 * 1024 };

static struct cpr_reply_view read_file(const char *path)
{
    static char mail[MAIL_MAX];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be read", path);
    size_t len = fread(mail, 1, sizeof mail, file);
    (void)fclose(file);
    struct cpr_reading *reading = calloc(1, sizeof *reading);
    assert_non_null(reading);
    cpr_judge_message(cpr_view_make(mail, len), false, NULL, reading);
    assert_true(cpr_reading_is_sound(reading));
    struct cpr_reply_view view = cpr_reply_read(reading);
    free(reading);
    return view;
}

/* How many there are, and how many of them are judged to be of that class. */
static unsigned count_as(const char *folder, enum cpr_reply_class class, unsigned *all_out)
{
    char path[1024];
    unsigned count = 0;
    snprintf(path, sizeof path, "%s/tests/samples/replies/%s", CPR_SOURCE_DIR, folder);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    *all_out = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/tests/samples/replies/%s/%s", CPR_SOURCE_DIR, folder, entry->d_name);
        struct cpr_reply_view view = read_file(path);
        *all_out += 1;
        count += view.class == class;
        if (view.class != class)
            print_message("%s/%s: %s: %s\n", folder, entry->d_name, cpr_reply_class_name(view.class), view.words);
    }
    (void)closedir(dir);
    return count;
}

/* The deadly error: a clock would stop although nobody has answered. */
static void no_acknowledgement_is_taken_for_an_answer(void **state)
{
    (void)state;
    unsigned all, right = count_as("acknowledgement", CPR_REPLY_ACKNOWLEDGEMENT, &all);
    assert_true(all >= 180);
    assert_int_equal(right, all);
}

/* The nuisance: an answer that a person must confirm. */
static void most_answers_are_known_as_such(void **state)
{
    (void)state;
    unsigned all, right = count_as("substantive", CPR_REPLY_SUBSTANTIVE, &all);
    assert_true(all >= 95);
    assert_true(10 * right >= 9 * all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_acknowledgement_is_taken_for_an_answer),
        cmocka_unit_test(most_answers_are_known_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
