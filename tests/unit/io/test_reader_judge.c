/* The reader process with the real judge: the sandbox takes nothing away that judging needs. Each sample is read by the
 * locked-in child and by this process, and the two readings are the same, byte for byte. */
#include "cpr/io/reader.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct cpr_judge_settings settings = {.own_name_count = 1, .own_names = {"Example CA"}};
static struct cpr_reader *reader;
static unsigned samples;

static void assert_same(const char *name, struct cpr_view raw, bool is_cut)
{
    static struct cpr_reading here, there;
    static struct cpr_error error;
    struct cpr_reader_port port = cpr_reader_port(reader);
    if (cpr_reader_read(&port, raw, is_cut, &there, &error) != CPR_OK)
        fail_msg("%s: %s", name, error.text);
    cpr_judge_message(raw, is_cut, &settings, &here);
    if (memcmp(&here, &there, sizeof here) != 0)
        fail_msg("%s: read otherwise in the sandbox", name);
}

static int judge_sample(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)walk;
    if (type != FTW_F || status->st_size > CPR_MESSAGE_FETCH_DEFAULT_BYTES)
        return 0;
    FILE *file = fopen(path, "rbe");
    char *raw = malloc((size_t)status->st_size + 1);
    assert_non_null(file);
    assert_non_null(raw);
    size_t len = fread(raw, 1, (size_t)status->st_size, file);
    assert_same(path, cpr_view_make(raw, len), false);
    assert_same(path, cpr_view_make(raw, len / 2), true);
    free(raw);
    fclose(file);
    samples++;
    return 0;
}

static void every_sample_is_read_alike_inside_and_outside(void **state)
{
    (void)state;
    assert_int_equal(nftw(CPR_SOURCE_DIR "/tests/samples", judge_sample, 16, FTW_PHYS), 0);
    assert_int_not_equal(samples, 0);
}

/* A converter that is opened only now would need a file. */
static void a_text_in_any_charset_is_converted_inside(void **state)
{
    (void)state;
    static const char *const charsets[] = {
        "us-ascii",   "utf-8",           "utf-16",      "utf-7",        "iso-8859-1",     "iso-8859-2",
        "iso-8859-5", "iso-8859-9",      "iso-8859-15", "windows-1250", "windows-1251",   "windows-1252",
        "koi8-r",     "koi8-u",          "iso-2022-jp", "shift_jis",    "euc-jp",         "gb2312",
        "gbk",        "gb18030",         "big5",        "euc-kr",       "ks_c_5601-1987", "tis-620",
        "x-no-such",  "ISO-2022-CN-EXT",
    };
    for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++) {
        char raw[1024];
        int len = snprintf(raw, sizeof raw,
                           "From: a@b.example\r\nSubject: =?%s?B?GyRCRnxLXBsoQuTg?= key\r\n"
                           "Content-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                           "\xE4\xE0\xC8 \x1B$BF|K\\\x1B(B compromised key of serial 0a1b2c3d4e5f60718293\r\n",
                           charsets[i], charsets[i]);
        assert_same(charsets[i], cpr_view_make(raw, (size_t)len), false);
    }
}

static int start_reader(void **state)
{
    (void)state;
    cpr_judge_prepare();
    return cpr_reader_new(&settings, NULL, NULL, &reader, NULL) == CPR_OK ? 0 : -1;
}

static int stop_reader(void **state)
{
    (void)state;
    cpr_reader_free(&reader);
    return 0;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], CPR_READER_ARGUMENT) == 0)
        return cpr_reader_child_main();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_is_read_alike_inside_and_outside),
        cmocka_unit_test(a_text_in_any_charset_is_converted_inside),
    };
    return cmocka_run_group_tests_name("reader_judge", tests, start_reader, stop_reader);
}
