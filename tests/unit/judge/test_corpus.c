/* Judges a corpus of real mail when CPR_CORPUS names one: folders cpr (texts, wrapped here), spam, phish, ham,
 * hard_ham, cert_ham and auto. The floors are generous: they catch a broken rule, they are not what rules are fitted
 * to. */
#include "samples.h"
#include "cpr/judge/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct tally {
    bool is_text;
    unsigned files, verdicts[CPR_VERDICTS];
};

static void print(const char *path, const struct cpr_reading *reading)
{
    printf("    %-12s %4d %s", cpr_verdict_name(reading->verdict), (int)reading->score, path);
    for (uint32_t i = 0; i < reading->signal_count; i++)
        printf(" %s[%s]", reading->signals[i].id, reading->signals[i].text);
    printf("\n");
}

static void judge_file(void *context, const char *path)
{
    struct tally *tally = context;
    struct cpr_buffer file = sample_read(path);
    struct cpr_buffer mail = tally->is_text ? sample_wrap(cpr_buffer_view(&file)) : file;
    struct cpr_reading *reading = malloc(sizeof *reading);
    assert_non_null(reading);
    cpr_judge_message(cpr_buffer_view(&mail), false, NULL, reading);
    assert_true(cpr_reading_is_sound(reading));
    tally->files++;
    tally->verdicts[reading->verdict]++;
    const char *show = getenv("CPR_CORPUS_SHOW");
    enum cpr_verdict from = CPR_VERDICT_UNLIKELY;
    if (show && cpr_verdict_parse(cpr_view_of(show), &from) &&
        (tally->is_text ? reading->verdict < CPR_VERDICT_PROBABLE : reading->verdict >= from))
        print(path, reading);
    free(reading);
    cpr_buffer_free(&file);
    if (tally->is_text)
        cpr_buffer_free(&mail);
}

static struct tally judge_folder(const char *name, bool is_text)
{
    char path[4096];
    struct tally tally = {.is_text = is_text};
    snprintf(path, sizeof path, "%s/%s", getenv("CPR_CORPUS"), name);
    sample_each(path, judge_file, &tally);
    printf("  %-9s %4u files: %4u probable, %4u possible, %4u undecidable, %4u unlikely\n", name, tally.files,
           tally.verdicts[CPR_VERDICT_PROBABLE], tally.verdicts[CPR_VERDICT_POSSIBLE],
           tally.verdicts[CPR_VERDICT_UNDECIDABLE], tally.verdicts[CPR_VERDICT_UNLIKELY]);
    return tally;
}

static void a_corpus_of_real_mail_is_told_apart(void **state)
{
    (void)state;
    if (!getenv("CPR_CORPUS")) {
        printf("SKIPPED: no CPR_CORPUS names a folder of real mail; nothing was measured\n");
        skip();
    }
    struct tally reports = judge_folder("cpr", true), spam = judge_folder("spam", false),
                 phish = judge_folder("phish", false), ham = judge_folder("ham", false),
                 certificates = judge_folder("cert_ham", false);
    judge_folder("hard_ham", false);
    judge_folder("auto", false);
    unsigned surfaced = reports.verdicts[CPR_VERDICT_PROBABLE] + reports.verdicts[CPR_VERDICT_POSSIBLE];
    assert_true(surfaced * 100 >= reports.files * 97);
    assert_true(reports.verdicts[CPR_VERDICT_PROBABLE] * 100 >= reports.files * 90);
    assert_true((spam.verdicts[CPR_VERDICT_UNLIKELY] + phish.verdicts[CPR_VERDICT_UNLIKELY]) * 100 >=
                (spam.files + phish.files) * 98);
    assert_true((spam.verdicts[CPR_VERDICT_PROBABLE] + phish.verdicts[CPR_VERDICT_PROBABLE]) * 200 <=
                spam.files + phish.files);
    assert_true(ham.verdicts[CPR_VERDICT_UNLIKELY] * 100 >= ham.files * 98);
    assert_true(certificates.verdicts[CPR_VERDICT_PROBABLE] * 100 <= certificates.files * 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_corpus_of_real_mail_is_told_apart)};
    return cmocka_run_group_tests_name("corpus", tests, NULL, NULL);
}
