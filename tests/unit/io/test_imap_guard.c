/* What may reach libetpan's parser, line by line. */
#include "cpr/io/imap_guard.h"
#include "cpr/base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { LITERAL_MAX = 1000, LITERALS_MAX = 1500 };

static enum cpr_rc judge(struct cpr_imap_guard *guard, const char *line, uint32_t *literal)
{
    char copy[512];
    struct cpr_error error;
    size_t len = strlen(line);
    assert_true(len < sizeof copy);
    memcpy(copy, line, len);
    return cpr_imap_guard_line(guard, copy, len, literal, &error);
}

static void a_line_is_handed_on_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum cpr_rc want;
        uint32_t literal;
    } table[] = {
        {"* OK ready\r\n", CPR_OK, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {1000}\r\n", CPR_OK, 1000},
        {"* 1 fetch (uid 1 body[]<0> {0}\r\n", CPR_OK, 0},
        {"* LIST () \"/\" {5}\n", CPR_OK, 5},
        {"* STATUS {5}\r\n", CPR_OK, 5},
        {"* STATUS \"a (b)\" (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 77)\r\n", CPR_OK, 0},
        {"* STATUS a ()\r\n", CPR_RETRY, 0},
        {"* STATUS a ( )\r\n", CPR_RETRY, 0},
        {"* STATUS a () NIL {3}\r\n", CPR_RETRY, 0},
        {"* STATUS a (MESSAGES 3\r\n", CPR_RETRY, 0},
        {"* STATUS a\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {1001}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {4294967290}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {4294967301}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {99999999999999999999999}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {4294967290}  x\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {-5}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {5+}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {}\r\n", CPR_RETRY, 0},
        /* No literal stands in a response of these kinds, whatever the text looks like. */
        {"* OK see {5}\r\n", CPR_OK, 0},
        {"7 OK see {5}\r\n", CPR_OK, 0},
        {"* XFOO {5}\r\n", CPR_RETRY, 0},
        {"* XFOO bar\r\n", CPR_ABSENT, 0},
        {"* 7 XFOO bar\r\n", CPR_ABSENT, 0},
        {"* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n", CPR_ABSENT, 0},
        {"* 3 EXISTS\r\n", CPR_OK, 0},
        {"* search\r\n", CPR_OK, 0},
        {"* SEARCH 1 2 3\r\n", CPR_OK, 0},
        /* Names that only look like literals, and literals where none belongs. */
        {"* LIST () \"/\" \"{06967759-274D-40B2-A3EB-D7F9E73727D7}\"\r\n", CPR_OK, 0},
        {"* LIST () \"/\" \"a\\\"{99999} Body (old) bodystructure\"\r\n", CPR_OK, 0},
        {"* NAMESPACE ((\"\" {4294967290}x\r\n", CPR_RETRY, 0},
        {"* OK [BADCHARSET ({4294967290}x)] no\r\n", CPR_RETRY, 0},
        {"* BYE too busy\r\n", CPR_RETRY, 0},
        {"* bye\r\n", CPR_RETRY, 0},
        {"* OK [ALERT]\r\n", CPR_RETRY, 0},
        {"* OK [alert] \t\r\n", CPR_RETRY, 0},
        {"3 NO [PARSE]\n", CPR_RETRY, 0},
        {"* OK [ALERT] disk full at noon\r\n", CPR_OK, 0},
        {"* 1 FETCH (ENVELOPE (NIL \"a\" NIL))\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (BODYSTRUCTURE (NIL))\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (BODY (NIL))\r\n", CPR_RETRY, 0},
        {"\r\n", CPR_RETRY, 0},
        {"\t* NAMESPACE ((\r\n", CPR_RETRY, 0},
        {"*\tNAMESPACE ((\r\n", CPR_RETRY, 0},
        {" * BYE\r\n", CPR_RETRY, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
        uint32_t literal = 0;
        enum cpr_rc rc = judge(&guard, table[i].line, &literal);
        if (rc != table[i].want || literal != table[i].literal)
            fail_msg("%s: %s, literal %u", table[i].line, cpr_rc_name(rc), literal);
    }
}

static void a_bye_inside_a_response_is_only_text(void **state)
{
    (void)state;
    struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
    uint32_t literal;
    assert_int_equal(judge(&guard, "* 1 FETCH (BODY[]<0> {4}\r\n", &literal), CPR_OK);
    assert_int_equal(literal, 4);
    assert_int_equal(judge(&guard, "* BYE BODY[1] {4}\r\n", &literal), CPR_OK);
    assert_int_equal(literal, 4);
    assert_int_equal(judge(&guard, ")\r\n", &literal), CPR_OK);
    assert_int_equal(judge(&guard, "* BYE\r\n", &literal), CPR_RETRY);
}

static void all_literals_together_have_a_budget(void **state)
{
    (void)state;
    struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
    uint32_t literal;
    assert_int_equal(judge(&guard, "* 1 FETCH (BODY[] {1000}\r\n", &literal), CPR_OK);
    assert_int_equal(judge(&guard, ")\r\n", &literal), CPR_OK);
    assert_int_equal(judge(&guard, "* 2 FETCH (BODY[] {501}\r\n", &literal), CPR_RETRY);
}

static void all_text_together_has_a_budget(void **state)
{
    (void)state;
    struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
    uint32_t literal;
    uint64_t lines = 0;
    while (judge(&guard, "* OK still here\r\n", &literal) == CPR_OK)
        lines++;
    assert_int_equal(lines, CPR_WIRE_TEXT_MAX_BYTES / 17);
}

static void deep_nesting_is_refused_also_across_literals_and_quotes(void **state)
{
    (void)state;
    struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
    uint32_t literal;
    char line[256] = "* 1 FETCH (";
    memset(line + 11, '(', 200);
    strncat(line, " \")))))))\" {1}\r\n", sizeof line - strlen(line) - 1);
    assert_int_equal(judge(&guard, line, &literal), CPR_OK);
    assert_int_equal(judge(&guard, "((((((((((((((((((((((((((((((((((((((((((((((((((((((((\r\n", &literal),
                     CPR_RETRY);
}

static void a_nul_outside_a_literal_becomes_a_question_mark(void **state)
{
    (void)state;
    struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
    char line[] = "* OK a\0b\0\r\n";
    uint32_t literal;
    struct cpr_error error;
    assert_int_equal(cpr_imap_guard_line(&guard, line, sizeof line - 1, &literal, &error), CPR_OK);
    assert_memory_equal(line, "* OK a?b?\r\n", sizeof line - 1);
}

static void a_code_that_would_break_the_parser_is_blotted_out(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool is_greeting, is_kept;
    } table[] = {
        {"* OK [CAPABILITY IMAP4rev1] ready\r\n", true, false},
        {"* OK [PERMANENTFLAGS (\"a\")] ready\r\n", true, false},
        {"* OK [PERMANENTFLAGS (\\Seen $Junk \\*)] x\r\n", false, true},
        {"* OK [PERMANENTFLAGS ()] read-only\r\n", false, true},
        {"* OK [PERMANENTFLAGS (\r\n", false, false},
        {"* OK [PERMANENTFLAGS (\\)] x\r\n", false, false},
        {"* OK [PERMANENTFLAGS (\x17)] x\r\n", false, false},
        {"* OK [PERMANENTFLAGS (a\r\n", false, false},
        {"* OK [PERMANENTFLAGS (a] x)\r\n", false, false},
        {"* OK [PERMANENTFLAGS (a (b))] x\r\n", false, false},
        {"* OK [COPYUID 99 1 10] moved\r\n", false, true},
        {"7 OK [COPYUID 99 1:2 10:11] moved\r\n", false, true},
        {"* NO [BADCHARSET (\"UTF-8\")] x\r\n", false, false},
        {"+ [PERMANENTFLAGS (\r\n", false, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
        guard.is_greeting = table[i].is_greeting;
        char line[128];
        uint32_t literal;
        struct cpr_error error;
        size_t len = strlen(table[i].line);
        memcpy(line, table[i].line, len + 1);
        assert_int_equal(cpr_imap_guard_line(&guard, line, len, &literal, &error), CPR_OK);
        assert_int_equal(guard.is_greeting, false);
        assert_int_equal(strchr(line, '[') != NULL, table[i].is_kept);
    }
}

static void the_reason_carries_what_the_server_said(void **state)
{
    (void)state;
    struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
    char line[] = "* BYE back at noon\x1b\r\n";
    uint32_t literal;
    struct cpr_error error;
    assert_int_equal(cpr_imap_guard_line(&guard, line, sizeof line - 1, &literal, &error), CPR_RETRY);
    assert_non_null(strstr(error.text, "back at noon?"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_handed_on_or_refused),
        cmocka_unit_test(a_bye_inside_a_response_is_only_text),
        cmocka_unit_test(all_literals_together_have_a_budget),
        cmocka_unit_test(all_text_together_has_a_budget),
        cmocka_unit_test(deep_nesting_is_refused_also_across_literals_and_quotes),
        cmocka_unit_test(a_nul_outside_a_literal_becomes_a_question_mark),
        cmocka_unit_test(a_code_that_would_break_the_parser_is_blotted_out),
        cmocka_unit_test(the_reason_carries_what_the_server_said),
    };
    return cmocka_run_group_tests_name("imap_guard", tests, NULL, NULL);
}
