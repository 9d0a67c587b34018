/* The command line of cpr-audit and the request that it becomes. */
#include "app/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { WORDS_MAX = 10 };

/* Parses and checks a line; NULL when it is good, else the sentence. Borrowed until the next call. */
static const char *complaint_of(const char *const words[WORDS_MAX], struct audit_options *options_out)
{
    static struct cpr_error error;
    static char *line[WORDS_MAX + 1];
    int count = 0;
    for (line[count++] = (char *)"cpr-audit"; count <= WORDS_MAX && words[count - 1]; count++)
        line[count] = (char *)words[count - 1];
    line[count] = NULL;
    if (audit_options_parse(count, line, options_out, &error) != CPR_OK)
        return error.text;
    const struct audit_verb *verb = options_out->verb ? audit_verb_find(options_out->verb) : NULL;
    if (!verb)
        return "no verb";
    return audit_options_check(verb, options_out, &error) == CPR_OK ? NULL : error.text;
}

static void options_stand_before_and_after_the_verb(void **state)
{
    (void)state;
    struct audit_options options;
    assert_null(complaint_of((const char *[WORDS_MAX]){"-c", "a.conf", "--json", "show", "7"}, &options));
    assert_string_equal(options.config_path, "a.conf");
    assert_true(options.json);
    assert_string_equal(options.verb, "show");
    assert_int_equal(options.argument_count, 1);
    assert_string_equal(options.arguments[0], "7");
    assert_null(complaint_of((const char *[WORDS_MAX]){"classify", "x.eml", "--json", "-"}, &options));
    assert_true(options.json);
    assert_null(options.config_path);
    assert_int_equal(options.argument_count, 2);
    assert_string_equal(options.arguments[1], "-");
}

static void a_line_that_makes_no_sense_is_refused_with_a_reason(void **state)
{
    (void)state;
    static const char long_name[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; /* 64 */
    static const struct {
        const char *words[WORDS_MAX], *want; /* NULL: accepted */
    } table[] = {
        {{"status"}, NULL},
        {{"ack", "7", "--by", "ops"}, NULL},
        {{"ack", "7", "--by", "ops", "--note", "on it"}, NULL},
        {{"answered", "7", "--by", "ops", "--note", "by telephone"}, NULL},
        {{"hunt", "--since", "36h"}, NULL},
        {{"hunt", "--mbox", "a.mbox", "b.eml"}, NULL},
        {{"export", "7", "--format", "bundle", "--out", "case", "--redact-reporter"}, NULL},
        {{"export", "--format", "json"}, "too few arguments"},
        {{"export", "7", "8", "--format", "json"}, "too many arguments"},
        {{"cases", "--since", "36h"}, "does not take --since"},
        {{"show", "7", "--out", "case"}, "does not take --out"},
        {{"hunt", "--with-raw-mail"}, "does not take --with-raw-mail"},
        {{"--nonsense", "status"}, "--nonsense is not an option"},
        {{"show", "-1"}, "-1 is not an option"},
        {{"ack", "7", "--by"}, "--by needs a value"},
        {{"frobnicate"}, "no verb"},
        {{"--json"}, "no verb"},
        {{"classify"}, "too few arguments"},
        {{"show"}, "too few arguments"},
        {{"show", "7", "8"}, "too many arguments"},
        {{"status", "7"}, "too many arguments"},
        {{"status", "--by", "ops"}, "does not take --by"},
        {{"ack", "7"}, "--by NAME"},
        {{"cases", "--all"}, NULL},
        {{"revocation", "tls-1", "04:a1:9f:33", "d5c0"}, NULL},
        {{"revoked", "7", "--all", "--by", "ops", "--note", "done"}, NULL},
        {{"revoked", "7", "--serial", "04a1", "--by", "ops", "--note", "x"}, NULL},
        {{"revoked", "7", "--by", "ops", "--note", "done"}, "--serial HEX or --all"},
        {{"revoked", "7", "--all", "--by", "ops"}, "--note TEXT"},
        {{"ack", "7", "--by", "ops", "--serial", "04a1"}, "does not take --serial"},
        {{"revocation", "tls-1"}, "too few arguments"},
        {{"show", "7", "--all"}, "does not take --all"},
        {{"cases", "--form", "txt"}, "does not take --form"},
        {{"answered", "7", "--by", "ops"}, "--note TEXT"},
        {{"dismiss", "7", "--note", "spam"}, "--by NAME"},
        {{"dismiss", "7", "--by", " ", "--note", "spam"}, "--by must be"},
        {{"dismiss", "7", "--by", "ops", "--note", ""}, "--note must be"},
        {{"dismiss", "7", "--by", "A\nnn", "--note", "spam"}, "--by must be"},
        {{"dismiss", "7", "--by", long_name, "--note", "spam"}, "1 to 63 bytes"},
        {{"dismiss", "7", "--by", long_name + 1, "--note", "spam"}, NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct audit_options options;
        const char *complaint = complaint_of(table[i].words, &options);
        print_message("    %s\n", complaint ? complaint : "(accepted)");
        if (table[i].want)
            assert_true(complaint && strstr(complaint, table[i].want));
        else
            assert_null(complaint);
    }
}

static void a_request_is_one_line_of_json(void **state)
{
    (void)state;
    static const struct {
        const char *words[WORDS_MAX], *want; /* NULL: refused */
    } table[] = {
        {{"status"}, "{\"verb\":\"status\"}"},
        {{"show", "7"}, "{\"verb\":\"show\",\"case\":7}"},
        {{"cases"}, "{\"verb\":\"cases\",\"all\":false}"},
        {{"cases", "--all"}, "{\"verb\":\"cases\",\"all\":true}"},
        {{"--json", "cases"}, "{\"verb\":\"cases\",\"all\":true}"},
        {{"trace", "04:A1"}, "{\"verb\":\"trace\",\"value\":\"04:A1\"}"},
        {{"trace", "\xff"}, NULL},
        {{"review", "2026-03-05"}, "{\"verb\":\"review\",\"day\":\"2026-03-05\",\"form\":\"txt\"}"},
        {{"review", "today", "--json"}, "{\"verb\":\"review\",\"day\":\"today\",\"form\":\"jsonl\"}"},
        {{"review", "today", "--form", "html"}, "{\"verb\":\"review\",\"day\":\"today\",\"form\":\"html\"}"},
        {{"ack", "12", "--by", "ops \"x\""}, "{\"verb\":\"ack\",\"by\":\"ops \\\"x\\\"\",\"case\":12}"},
        {{"dismiss", "007", "--by", "Zoë", "--note", "spam"},
         "{\"verb\":\"dismiss\",\"by\":\"Zoë\",\"note\":\"spam\",\"case\":7}"},
        {{"dismiss", "7", "8", "7", "--by", "ops", "--note", "spam"},
         "{\"verb\":\"dismiss\",\"by\":\"ops\",\"note\":\"spam\",\"cases\":[7,8,7]}"},
        {{"dismiss", "7", "x", "--by", "ops", "--note", "spam"}, NULL},
        {{"show", "0"}, NULL},
        {{"show", "--", "-1"}, NULL},
        {{"show", "7x"}, NULL},
        {{"show", ""}, NULL},
        {{"show", "99999999999999999999"}, NULL},
        {{"review", "2026-02-30"}, NULL},
        {{"review", "yesterday"}, NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct audit_options options;
        struct cpr_error error;
        struct cpr_buffer out = cpr_buffer_new(CPR_REQUEST_MAX_BYTES);
        assert_null(complaint_of(table[i].words, &options));
        assert_int_equal(audit_request(&options, &out, &error), table[i].want ? CPR_OK : CPR_OPERATOR);
        assert_string_equal(cpr_buffer_text(&out), table[i].want ? table[i].want : "");
        cpr_buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_before_and_after_the_verb),
        cmocka_unit_test(a_line_that_makes_no_sense_is_refused_with_a_reason),
        cmocka_unit_test(a_request_is_one_line_of_json),
    };
    return cmocka_run_group_tests_name("audit_options", tests, NULL, NULL);
}
