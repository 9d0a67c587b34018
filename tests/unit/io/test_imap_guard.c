/* What may reach libetpan's parser, line by line. */
#include "cpr/io/imap_guard.h"
#include "cpr/base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

struct row {
    const char *line;
    enum cpr_rc want;
    uint32_t literal;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
        uint32_t literal = 0;
        enum cpr_rc rc = judge(&guard, rows[i].line, &literal);
        if (rc != rows[i].want || literal != rows[i].literal)
            fail_msg("%s: %s, literal %u", rows[i].line, cpr_rc_name(rc), literal);
    }
}

/* As Dovecot, Cyrus, Courier, Exchange Online and Gmail write them. */
static void what_real_servers_send_is_handed_on(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN] Dovecot ready.\r\n",
         CPR_OK, 0},
        {"* OK The Microsoft Exchange IMAP4 service is ready. [TABPADYAUABSADIAMwA=]\r\n", CPR_OK, 0},
        {"* CAPABILITY IMAP4rev1 UNSELECT IDLE X-GM-EXT-1 LIST-STATUS APPENDLIMIT=35651584 SPECIAL-USE\r\n", CPR_OK, 0},
        {"* CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID IDLE NAMESPACE LITERAL+ \r\n",
         CPR_OK, 0},
        {"* CAPABILITY IMAP4rev1 ACL RIGHTS=kxten QUOTA CATENATE ANNOTATE-EXPERIMENT-1 SORT=MODSEQ\r\n", CPR_OK, 0},
        {"* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $NotPhishing $Phishing)\r\n", CPR_OK, 0},
        {"* FLAGS ()\r\n", CPR_OK, 0},
        {"* LIST (\\HasNoChildren \\Junk) \"/\" \"[Gmail]/Spam\"\r\n", CPR_OK, 0},
        {"* LIST (\\Marked \\HasChildren) \".\" INBOX\r\n", CPR_OK, 0},
        {"* LIST (\\NoInferiors) NIL INBOX\r\n", CPR_OK, 0},
        {"* LIST () \"\\\\\" [Gmail]\r\n", CPR_OK, 0},
        {"* LIST () \"/\" \"caf\xc3\xa9 \\\"x\\\"\"\r\n", CPR_OK, 0},
        {"* LIST () \"/\" {5}\n", CPR_OK, 5},
        {"* STATUS {5}\r\n", CPR_OK, 5},
        {"* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 14 ) \r\n", CPR_OK, 0},
        {"* STATUS \"a (b)\" (messages 3 UIDNEXT 4 UIDVALIDITY 4294967295)\r\n", CPR_OK, 0},
        {"* SEARCH 1 2 4294967295\r\n", CPR_OK, 0},
        {"* SEARCH \r\n", CPR_OK, 0},
        {"* search\r\n", CPR_OK, 0},
        {"* 0 EXISTS\r\n", CPR_OK, 0},
        {"* 3 RECENT \r\n", CPR_OK, 0},
        {"* 3 EXPUNGE\r\n", CPR_OK, 0},
        {"* 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE \" 1-Jan-2026 00:00:00 +0000\" RFC822.SIZE 9 BODY[]<0> "
         "{1000}\r\n",
         CPR_OK, 1000},
        {"* 1 fetch (uid 1 body[] {0}\r\n", CPR_OK, 0},
        {"* 1 FETCH (BODY[]<0> NIL UID 1)\r\n", CPR_OK, 0},
        {"* 1 FETCH (BODY[]<0> \"a \\\"b\\\" {9}\" UID 1 )\r\n", CPR_OK, 0},
        {"* 1 FETCH (FLAGS (\\Seen) MODSEQ (12345678901234))\r\n", CPR_OK, 0},
        {"* 1 FETCH (UID 1 SAVEDATE NIL X-GUID \"q\" THREADID (T1 (a \"b\")) EMAILID (M1))\r\n", CPR_OK, 0},
        {"7 OK Completed (0.001 secs).\r\n", CPR_OK, 0},
        {"7 NO [NONEXISTENT] Unknown Mailbox: x (now in authenticated state) (Failure)\r\n", CPR_OK, 0},
        {"7 BAD\r\n", CPR_OK, 0},
        {"* NO  disk nearly full\n", CPR_OK, 0},
        {"7 OK see {5}\r\n", CPR_OK, 0},
        {"* LIST () \"/\" \"{06967759-274D-40B2-A3EB-D7F9E73727D7}\"\r\n", CPR_OK, 0},
        {"* LIST () \"/\" \"a\\\"{99999} Body (old) bodystructure\"\r\n", CPR_OK, 0},
    };
    check_rows(rows, sizeof rows / sizeof rows[0]);
}

static void what_nobody_asked_for_is_left_out(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"* XFOO bar\r\n", CPR_ABSENT, 0},
        {"* 7 XFOO bar\r\n", CPR_ABSENT, 0},
        {"* 7 OK what\r\n", CPR_ABSENT, 0},
        {"* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n", CPR_ABSENT, 0},
        {"* NAMESPACE ((\"\" {4294967290}x\r\n", CPR_ABSENT, 0},
        {"* VANISHED (EARLIER) 1:9\r\n", CPR_ABSENT, 0},
        {"* ENABLED CONDSTORE\r\n", CPR_ABSENT, 0},
        {"* PREAUTH not now\r\n", CPR_ABSENT, 0},
        {"* (\r\n", CPR_ABSENT, 0},
        {"+ go ahead\r\n", CPR_ABSENT, 0},
        {"+ [PERMANENTFLAGS (\r\n", CPR_ABSENT, 0},
        {"+\r\n", CPR_ABSENT, 0},
        /* What follows such a literal would be read as lines. */
        {"* XFOO {5}\r\n", CPR_RETRY, 0},
        {"* XFOO {5+}\r\n", CPR_RETRY, 0},
    };
    check_rows(rows, sizeof rows / sizeof rows[0]);
}

static void a_known_response_of_another_shape_is_refused(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\r\n", CPR_RETRY, 0},
        {"\n", CPR_RETRY, 0},
        {"*\r\n", CPR_RETRY, 0},
        {"rubbish\r\n", CPR_RETRY, 0},
        {"A1 OK a tag that we do not use\r\n", CPR_RETRY, 0},
        {"7 BYE\r\n", CPR_RETRY, 0},
        {"7 OKAY\r\n", CPR_RETRY, 0},
        {"7 OK[x]\r\n", CPR_RETRY, 0},
        {"\t* NAMESPACE ((\r\n", CPR_RETRY, 0},
        {"*\tNAMESPACE ((\r\n", CPR_RETRY, 0},
        {" * BYE\r\n", CPR_RETRY, 0},
        {"* BYE too busy\r\n", CPR_RETRY, 0},
        {"* bye\r\n", CPR_RETRY, 0},
        {"* 4294967296 EXISTS\r\n", CPR_RETRY, 0},
        {"* 3 EXISTS 4\r\n", CPR_RETRY, 0},
        {"* SEARCH 4294967296\r\n", CPR_RETRY, 0},
        {"* SEARCH 1 (MODSEQ 5)\r\n", CPR_RETRY, 0},
        {"* SEARCH 1,2\r\n", CPR_RETRY, 0},
        {"* CAPABILITY\r\n", CPR_RETRY, 0},
        {"* CAPABILITY \r\n", CPR_RETRY, 0},
        {"* CAPABILITY (\r\n", CPR_RETRY, 0},
        {"* CAPABILITY IMAP4rev1 {5}\r\n", CPR_RETRY, 0},
        {"* FLAGS\r\n", CPR_RETRY, 0},
        {"* FLAGS (\\)\r\n", CPR_RETRY, 0},
        {"* FLAGS (\\Seen\r\n", CPR_RETRY, 0},
        {"* FLAGS ((\\Seen))\r\n", CPR_RETRY, 0},
        {"* STATUS a ()\r\n", CPR_RETRY, 0},
        {"* STATUS a ( )\r\n", CPR_RETRY, 0},
        {"* STATUS a () NIL {3}\r\n", CPR_RETRY, 0},
        {"* STATUS a (MESSAGES 3\r\n", CPR_RETRY, 0},
        {"* STATUS a (MESSAGES -3)\r\n", CPR_RETRY, 0},
        {"* STATUS a (HIGHESTMODSEQ 3)\r\n", CPR_RETRY, 0},
        {"* STATUS a\r\n", CPR_RETRY, 0},
        {"* LIST (\\Junk \"/\" a\r\n", CPR_RETRY, 0},
        {"* LIST () \"\" a\r\n", CPR_RETRY, 0},
        {"* LIST () \"/\"\r\n", CPR_RETRY, 0},
        {"* LIST () \"/\" \"a\r\n", CPR_RETRY, 0},
        {"* LIST () \"/\" \"a\\n\"\r\n", CPR_RETRY, 0},
        {"* LIST () \"/\" a (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n", CPR_RETRY, 0},
        {"* LIST () \"/\" {5+}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1FLAGS ())\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1) x\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (ENVELOPE (NIL \"a\" NIL))\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (BODYSTRUCTURE (NIL))\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (BODY (NIL))\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (BODY[HEADER.FIELDS (a)] {3}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (BODY[1] {3}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (RFC822.HEADER {3}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (X-GM-LABELS (a))\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (X-FOO {3}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (X-FOO ({3}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {1001}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {4294967290}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {4294967301}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {99999999999999999999999}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {4294967290}  x\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {-5}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {5+}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> ~{5}\r\n", CPR_RETRY, 0},
        {"* 1 FETCH (UID 1 BODY[]<0> {}\r\n", CPR_RETRY, 0},
    };
    check_rows(rows, sizeof rows / sizeof rows[0]);
}

static void a_response_goes_on_after_a_literal(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
        enum cpr_rc want;
    } table[] = {
        {"* 1 FETCH (BODY[]<0> {4}\r\n", ")\r\n", CPR_OK},
        {"* 1 FETCH (BODY[]<0> {4}\r\n", " UID 3 FLAGS (\\Seen))\r\n", CPR_OK},
        {"* 1 FETCH (BODY[]<0> {4}\r\n", " BODY[]<0> {4}\r\n", CPR_OK},
        {"* 1 FETCH (BODY[]<0> {4}\r\n", "\r\n", CPR_RETRY},
        {"* 1 FETCH (BODY[]<0> {4}\r\n", "* 2 EXISTS\r\n", CPR_RETRY},
        {"* 1 FETCH (BODY[]<0> {4}\r\n", "* BYE BODY[1] {4}\r\n", CPR_RETRY},
        {"* 1 FETCH (BODY[]<0> {4}\r\n", " (MESSAGES 1)\r\n", CPR_RETRY},
        {"* LIST () \"/\" {4}\r\n", "\r\n", CPR_OK},
        {"* LIST () \"/\" {4}\r\n", " \n", CPR_OK},
        {"* LIST () \"/\" {4}\r\n", "x\r\n", CPR_RETRY},
        {"* STATUS {4}\r\n", " (MESSAGES 1)\r\n", CPR_OK},
        {"* STATUS {4}\r\n", "\r\n", CPR_RETRY},
        {"* STATUS {4}\r\n", " ()\r\n", CPR_RETRY},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
        uint32_t literal;
        assert_int_equal(judge(&guard, table[i].first, &literal), CPR_OK);
        assert_int_equal(literal, 4);
        enum cpr_rc rc = judge(&guard, table[i].second, &literal);
        if (rc != table[i].want)
            fail_msg("%s%s: %s", table[i].first, table[i].second, cpr_rc_name(rc));
        if (rc == CPR_OK && literal == 0)
            assert_int_equal(judge(&guard, "* 3 EXISTS\r\n", &literal), CPR_OK);
    }
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

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    char line[256];
    for (int depth = 30; depth < 40; depth++) {
        struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
        uint32_t literal;
        snprintf(line, sizeof line, "* 1 FETCH (X-NEST %.*s \"(((\" %.*s)\r\n", depth,
                 "((((((((((((((((((((((((((((((((((((((((", depth, "))))))))))))))))))))))))))))))))))))))))");
        assert_int_equal(judge(&guard, line, &literal), depth <= CPR_IMAP_GUARD_DEPTH_MAX ? CPR_OK : CPR_RETRY);
    }
}

static void what_may_not_stand_in_a_line_becomes_a_question_mark(void **state)
{
    (void)state;
    struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
    char line[] = "* OK a\0b\rc\0\r\r\n";
    uint32_t literal;
    struct cpr_error error;
    assert_int_equal(cpr_imap_guard_line(&guard, line, sizeof line - 1, &literal, &error), CPR_OK);
    assert_memory_equal(line, "* OK a?b?c??\r\n", sizeof line - 1);
}

static void a_greeting_is_ok_or_preauth(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"* OK ready\r\n", CPR_OK, 0},
        {"* PREAUTH welcome\r\n", CPR_OK, 0},
        {"* BYE overloaded\r\n", CPR_RETRY, 0},
        {"* NAMESPACE ((\r\n", CPR_RETRY, 0},
        {"* 3 EXISTS\r\n", CPR_RETRY, 0},
        {"* LIST () \"/\" {3}\r\n", CPR_RETRY, 0},
        {"+ hello\r\n", CPR_RETRY, 0},
        {"1 OK hello\r\n", CPR_RETRY, 0},
        {"HTTP/1.1 400 Bad Request\r\n", CPR_RETRY, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cpr_imap_guard guard = cpr_imap_guard_new(LITERAL_MAX, LITERALS_MAX);
        guard.is_greeting = true;
        uint32_t literal;
        assert_int_equal(judge(&guard, rows[i].line, &literal), rows[i].want);
        if (rows[i].want == CPR_OK)
            assert_int_equal(judge(&guard, "1 OK hello\r\n", &literal), CPR_OK);
    }
}

static void only_codes_that_are_needed_stay_codes(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool is_greeting;
        const char *want;
    } table[] = {
        {"* OK [CAPABILITY IMAP4rev1] ready\r\n", true, "* OK (CAPABILITY IMAP4rev1) ready\r\n"},
        {"* OK [READ-ONLY] ready\r\n", true, "* OK (READ-ONLY) ready\r\n"},
        {"* OK [PERMANENTFLAGS (\"a\")] ready\r\n", true, "* OK (PERMANENTFLAGS (\"a\")) ready\r\n"},
        {"* OK [CAPABILITY IMAP4rev1] in\r\n", false, "* OK (CAPABILITY IMAP4rev1) in\r\n"},
        {"* OK [ALERT]\r\n", false, "* OK (ALERT)\r\n"},
        {"* OK [alert] \t\r\n", false, "* OK (alert) \t\r\n"},
        {"3 NO [PARSE] x\r\n", false, "3 NO (PARSE) x\r\n"},
        {"* OK [HIGHESTMODSEQ 12345678901234] Highest\r\n", false, "* OK (HIGHESTMODSEQ 12345678901234) Highest\r\n"},
        {"* NO [BADCHARSET (\"UTF-8\")] x\r\n", false, "* NO (BADCHARSET (\"UTF-8\")) x\r\n"},
        {"* OK [BADCHARSET ({4294967290}x)] no\r\n", false, "* OK (BADCHARSET ({4294967290}x)) no\r\n"},
        {"* OK  [X\r\n", false, "* OK  (X\r\n"},
        {"* OK \t[BADCHARSET (x] y\r\n", true, "* OK \t(BADCHARSET (x) y\r\n"},
        {"7 OK\t[ALERT]\r\n", false, "7 OK\t(ALERT)\r\n"},
        {"* OK [\r\n", false, "* OK (\r\n"},
        {"* OK see [ALERT] there\r\n", false, "* OK see [ALERT] there\r\n"},
        {"7 OK [READ-WRITE] x\r\n", false, "7 OK [READ-WRITE] x\r\n"},
        {"7 OK [READ-WRITE x] x\r\n", false, "7 OK (READ-WRITE x) x\r\n"},
        {"7 NO [unavailable] x\r\n", false, "7 NO [unavailable] x\r\n"},
        {"* OK [UIDVALIDITY 77] x\r\n", false, "* OK [UIDVALIDITY 77] x\r\n"},
        {"* OK [UIDVALIDITY 77777777777] x\r\n", false, "* OK (UIDVALIDITY 77777777777) x\r\n"},
        {"* OK [UIDVALIDITY] x\r\n", false, "* OK (UIDVALIDITY) x\r\n"},
        {"* OK [UIDNEXT -4] x\r\n", false, "* OK (UIDNEXT -4) x\r\n"},
        {"* OK [PERMANENTFLAGS (\\Seen $Junk \\*)] x\r\n", false, "* OK [PERMANENTFLAGS (\\Seen $Junk \\*)] x\r\n"},
        {"* OK [PERMANENTFLAGS ()] read-only\r\n", false, "* OK [PERMANENTFLAGS ()] read-only\r\n"},
        {"* OK [PERMANENTFLAGS (\r\n", false, "* OK (PERMANENTFLAGS (\r\n"},
        {"* OK [PERMANENTFLAGS (\\)] x\r\n", false, "* OK (PERMANENTFLAGS (\\)) x\r\n"},
        {"* OK [PERMANENTFLAGS (\x17)] x\r\n", false, "* OK (PERMANENTFLAGS (\x17)) x\r\n"},
        {"* OK [PERMANENTFLAGS (a] x)\r\n", false, "* OK (PERMANENTFLAGS (a) x)\r\n"},
        {"* OK [PERMANENTFLAGS (a (b))] x\r\n", false, "* OK (PERMANENTFLAGS (a (b))) x\r\n"},
        {"* OK [COPYUID 99 1 10] moved\r\n", false, "* OK [COPYUID 99 1 10] moved\r\n"},
        {"7 OK [COPYUID 99 1:2,7 10:12] moved\r\n", false, "7 OK [COPYUID 99 1:2,7 10:12] moved\r\n"},
        {"7 OK [COPYUID 99 1,] moved\r\n", false, "7 OK (COPYUID 99 1,) moved\r\n"},
        {"7 OK [COPYUID 99 1:* 2:*] moved\r\n", false, "7 OK (COPYUID 99 1:* 2:*) moved\r\n"},
        {"7 OK [COPYUID 99 1 4294967306] moved\r\n", false, "7 OK (COPYUID 99 1 4294967306) moved\r\n"},
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
        assert_string_equal(line, table[i].want);
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
        cmocka_unit_test(what_real_servers_send_is_handed_on),
        cmocka_unit_test(what_nobody_asked_for_is_left_out),
        cmocka_unit_test(a_known_response_of_another_shape_is_refused),
        cmocka_unit_test(a_response_goes_on_after_a_literal),
        cmocka_unit_test(all_literals_together_have_a_budget),
        cmocka_unit_test(all_text_together_has_a_budget),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(what_may_not_stand_in_a_line_becomes_a_question_mark),
        cmocka_unit_test(a_greeting_is_ok_or_preauth),
        cmocka_unit_test(only_codes_that_are_needed_stay_codes),
        cmocka_unit_test(the_reason_carries_what_the_server_said),
    };
    return cmocka_run_group_tests_name("imap_guard", tests, NULL, NULL);
}
