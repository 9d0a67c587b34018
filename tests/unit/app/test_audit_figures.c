/* What cpr-audit evaluate counts. The intervals are textbook values. */
#include "app/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static void intervals_are_those_of_clopper_and_pearson(void **state)
{
    (void)state;
    static const struct {
        unsigned count, files;
        double low, high;
    } table[] = {
        {0, 1, 0, 0.975},          {0, 10, 0, 0.3085},          {0, 1000, 0, 0.00368},
        {1, 10, 0.0025, 0.4450},   {5, 10, 0.1871, 0.8129},     {10, 10, 0.6915, 1},
        {1, 1, 0.025, 1},          {43, 44, 0.8798, 0.9994},    {3, 100, 0.0062, 0.0852},
        {0, 100000, 0, 0.0000369}, {99999, 100000, 0.99994, 1}, {0, 0, 0, 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        double low, high;
        evaluate_interval(table[i].count, table[i].files, &low, &high);
        print_message("    %u of %u: %.6f to %.6f\n", table[i].count, table[i].files, low, high);
        assert_float_equal(low, table[i].low, 0.00006);
        assert_float_equal(high, table[i].high, 0.00006);
    }
}

static void add(struct evaluate_figures *figures, const char *label, const char *group, enum cpr_verdict verdict,
                unsigned files)
{
    struct evaluate_item item = {0};
    snprintf(item.label, sizeof item.label, "%s", label);
    snprintf(item.group, sizeof item.group, "%s", group);
    while (files--)
        assert_true(evaluate_figures_add(figures, &item, verdict));
}

static void figures_stand_in_aligned_tables_with_their_sums(void **state)
{
    (void)state;
    struct evaluate_figures figures = {0};
    struct cpr_buffer out = cpr_buffer_new(65536);
    add(&figures, "spam", ".", CPR_VERDICT_UNLIKELY, 1000);
    add(&figures, "ham", "lists", CPR_VERDICT_UNLIKELY, 98);
    add(&figures, "cpr", "html", CPR_VERDICT_PROBABLE, 39);
    add(&figures, "cpr", "html", CPR_VERDICT_POSSIBLE, 1);
    add(&figures, "ham", "lists", CPR_VERDICT_PROBABLE, 1);
    add(&figures, "ham", "lists", CPR_VERDICT_POSSIBLE, 1);
    add(&figures, "cpr", ".", CPR_VERDICT_UNDECIDABLE, 10);
    evaluate_figures_print(&figures, &(struct audit_style){0}, false, &out);
    assert_string_equal(
        cpr_buffer_text(&out),
        "Surfaced is what a human is shown as a report: probable or possible. Undecidable mail is shown too,\n"
        "and counted apart. In brackets: 95 % intervals of Clopper and Pearson, which hold however few the files are.\n"
        "\n"
        "REPORTS       FILES  PROBABLE  POSSIBLE  UNDECIDABLE  UNLIKELY  SURFACED                   PROBABLE\n"
        "cpr              50        39         1           10         0  80.00 % (66.28 to 89.97)   78.00 % (64.04 to "
        "88.47)\n"
        "cpr/.            10         0         0           10         0  0 % (at most 30.85)        0 % (at most "
        "30.85)\n"
        "cpr/html         40        39         1            0         0  100 % (at least 91.19)     97.50 % (86.84 to "
        "99.94)\n"
        "\n"
        "OTHER MAIL    FILES  PROBABLE  POSSIBLE  UNDECIDABLE  UNLIKELY  FALSE RESCUES              GLANCES\n"
        "ham             100         1         1            0        98  1.00 % (0.03 to 5.45)      2.00 % (0.24 to "
        "7.04)\n"
        "ham/lists       100         1         1            0        98  1.00 % (0.03 to 5.45)      2.00 % (0.24 to "
        "7.04)\n"
        "spam           1000         0         0            0      1000  0 % (at most 0.37)         0 % (at most "
        "0.37)\n"
        "all            1100         1         1            0      1098  0.09 % (0.00 to 0.51)      0.18 % (0.02 to "
        "0.66)\n");
    cpr_buffer_free(&out);
    evaluate_figures_free(&figures);
}

static void json_has_one_object_a_row(void **state)
{
    (void)state;
    struct evaluate_figures figures = {0};
    struct cpr_buffer out = cpr_buffer_new(65536);
    add(&figures, "cpr", ".", CPR_VERDICT_PROBABLE, 10);
    add(&figures, "a \"b\"", "c", CPR_VERDICT_UNDECIDABLE, 1);
    evaluate_figures_print(&figures, &(struct audit_style){0}, true, &out);
    assert_string_equal(
        cpr_buffer_text(&out),
        "{\"label\":\"cpr\",\"group\":null,\"report\":true,\"files\":10,\"probable\":10,\"possible\":0,"
        "\"undecidable\":0,\"unlikely\":0,\"recall\":{\"share\":1.0,\"low\":0.691503,\"high\":1.0},"
        "\"probable_share\":{\"share\":1.0,\"low\":0.691503,\"high\":1.0}}\n"
        "{\"label\":\"a \\\"b\\\"\",\"group\":null,\"report\":false,\"files\":1,\"probable\":0,\"possible\":0,"
        "\"undecidable\":1,\"unlikely\":0,\"false_rescues\":{\"share\":0.0,\"low\":0.0,\"high\":0.975},"
        "\"glances\":{\"share\":0.0,\"low\":0.0,\"high\":0.975}}\n"
        "{\"label\":\"a \\\"b\\\"\",\"group\":\"c\",\"report\":false,\"files\":1,\"probable\":0,\"possible\":0,"
        "\"undecidable\":1,\"unlikely\":0,\"false_rescues\":{\"share\":0.0,\"low\":0.0,\"high\":0.975},"
        "\"glances\":{\"share\":0.0,\"low\":0.0,\"high\":0.975}}\n");
    cpr_buffer_free(&out);
    evaluate_figures_free(&figures);
}

static void a_label_that_begins_with_cpr_means_a_report(void **state)
{
    (void)state;
    assert_true(evaluate_is_report("cpr"));
    assert_true(evaluate_is_report("cpr-german"));
    assert_false(evaluate_is_report("not-cpr"));
    assert_string_equal(evaluate_error_name(true, CPR_VERDICT_UNLIKELY), "missed");
    assert_string_equal(evaluate_error_name(true, CPR_VERDICT_POSSIBLE), "only possible");
    assert_null(evaluate_error_name(true, CPR_VERDICT_PROBABLE));
    assert_string_equal(evaluate_error_name(false, CPR_VERDICT_PROBABLE), "false rescue");
    assert_string_equal(evaluate_error_name(false, CPR_VERDICT_POSSIBLE), "glance");
    assert_string_equal(evaluate_error_name(false, CPR_VERDICT_UNDECIDABLE), "undecidable");
    assert_null(evaluate_error_name(false, CPR_VERDICT_UNLIKELY));
}

static void a_text_that_is_no_mail_is_wrapped(void **state)
{
    (void)state;
    static const char text[] = "Source: a page\nSubject: bad key\nNote: x\n\nSubject: this is text\nRevoke it.\n";
    struct cpr_buffer out = cpr_buffer_new(65536);
    assert_true(evaluate_is_text("a.TXT", cpr_view_of(text)));
    assert_false(evaluate_is_text("a.eml", cpr_view_of(text)));
    assert_false(evaluate_is_text("a.txt", cpr_view_of("Subject: x\nFrom: a@b.example\n\nhi\n")));
    assert_true(evaluate_is_text("a.txt", cpr_view_of("Subject: x\n\nFrom: here on\n")));
    evaluate_wrap_text(cpr_view_of(text), &out);
    const char *mail = cpr_buffer_text(&out);
    assert_non_null(strstr(mail, "\r\nSubject: bad key\r\n\r\nSubject: this is text\r\nRevoke it.\r\n"));
    assert_null(strstr(mail, "a page"));
    cpr_buffer_clear(&out);
    evaluate_wrap_text(cpr_view_of("No head here: none.\n\nEnd\n"), &out);
    assert_non_null(strstr(cpr_buffer_text(&out), "\r\nSubject: \r\n\r\nNo head here: none.\r\n\r\nEnd\r\n"));
    cpr_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_are_those_of_clopper_and_pearson),
        cmocka_unit_test(figures_stand_in_aligned_tables_with_their_sums),
        cmocka_unit_test(json_has_one_object_a_row),
        cmocka_unit_test(a_label_that_begins_with_cpr_means_a_report),
        cmocka_unit_test(a_text_that_is_no_mail_is_wrapped),
    };
    return cmocka_run_group_tests_name("audit_figures", tests, NULL, NULL);
}
