/* Whole messages: what a reading holds besides its verdict. */
#include "cpr/judge/judge.h"
#include "cpr/base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define HEAD "From: A <a@mail.example>\r\nTo: cpr@ca.example\r\nMessage-ID: <1@mail.example>\r\nSubject: "

static struct cpr_reading *judge(const char *raw, const struct cpr_judge_settings *settings)
{
    struct cpr_reading *reading = malloc(sizeof *reading);
    assert_non_null(reading);
    cpr_judge_message(cpr_view_of(raw), false, settings, reading);
    assert_true(cpr_reading_is_sound(reading));
    return reading;
}

static void the_same_bytes_give_the_same_reading(void **state)
{
    (void)state;
    const char *raw = HEAD "Revoke\r\n\r\nPlease revoke this certificate: https://crt.sh/?id=1234567\r\n";
    struct cpr_reading *a = judge(raw, NULL), *b = judge(raw, NULL);
    assert_memory_equal(a, b, sizeof *a);
    assert_string_equal(a->ruleset, cpr_judge_ruleset());
    assert_string_equal(a->from_address, "a@mail.example");
    assert_string_equal(a->message_id, "<1@mail.example>");
    assert_non_null(strstr(a->excerpt, "Please revoke this certificate"));
    free(a);
    free(b);
}

static void a_report_sent_again_keeps_its_digest_and_another_key_changes_it(void **state)
{
    (void)state;
    struct cpr_reading *first = judge(HEAD "Bad certificate\r\n\r\nSee https://crt.sh/?id=1234567\r\n", NULL);
    struct cpr_reading *again = judge(
        "From: other@mail.example\r\nSubject: Fwd: Bad certificate\r\n\r\nSee\r\n https://crt.sh/?id=1234567\r\n\r\n",
        NULL);
    struct cpr_reading *other = judge(HEAD "Bad certificate\r\n\r\nSee https://crt.sh/?id=1234568\r\n", NULL);
    assert_int_equal(strlen(first->text_digest), 64);
    assert_string_equal(first->text_digest, again->text_digest);
    assert_string_not_equal(first->text_digest, other->text_digest);
    free(first);
    free(again);
    free(other);
}

/* A key of the test, "-----BEGIN" and all on one line; nothing of it but the marker may be in the reading. */
#define SECRET "BCIEIJ1hsZ3v"
#define KEY "-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v+VpguoRK9JLsLMREScVpezJpGXA7rAOcrn9g"

static bool holds(const struct cpr_reading *reading, const char *text)
{
    const char *bytes = (const char *)reading;
    for (size_t at = 0; at + strlen(text) <= sizeof *reading; at++)
        if (memcmp(bytes + at, text, strlen(text)) == 0)
            return true;
    return false;
}

static void no_field_of_a_reading_holds_a_private_key(void **state)
{
    (void)state;
    static const char *const table[] = {
        HEAD KEY "\r\n\r\nRevoke.\r\n",
        "From: \"" KEY "\" <a@mail.example>\r\nTo: \"" KEY "\" <b@mail.example>\r\nSubject: x\r\n\r\nRevoke.\r\n",
        HEAD "x\r\n\r\nhttps://crt.sh/?q=MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v%2BVpguoRK9JLsLMREScVpezJpGXA7rAOcrn9g\r\n",
        HEAD "x\r\nContent-Type: text/html\r\n\r\n<a href=\"https://crt.sh/?q=" KEY "\">a</a>\r\n",
        HEAD "x\r\nContent-Type: text/html\r\n\r\n<a href=\"https://a.example/" KEY "/b.crl\">a</a>\r\n",
        HEAD "x\r\nContent-Type: application/octet-stream; name=\"" KEY ".key\"\r\n\r\nx\r\n",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reading *reading = judge(table[i], NULL);
        assert_false(holds(reading, SECRET));
        assert_true(holds(reading, "[removed]"));
        free(reading);
    }
}

static void what_the_operator_adds_only_raises(void **state)
{
    (void)state;
    static struct cpr_judge_settings settings;
    settings.own_name_count = settings.term_count = 1;
    snprintf(settings.own_names[0], sizeof settings.own_names[0], "Example Trust");
    snprintf(settings.terms[0], sizeof settings.terms[0], "Projekt Falke");
    static const char *const table[] = {
        HEAD "x\r\n\r\nYour Example Trust certificate on our site.\r\n",
        HEAD "x\r\n\r\nAbout projekt falke.\r\n",
        HEAD "x\r\n\r\nNothing of it.\r\n",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reading *without = judge(table[i], NULL), *with = judge(table[i], &settings);
        assert_true(i < 2 ? with->score > without->score : with->score == without->score);
        if (i == 1)
            assert_int_equal(with->verdict, CPR_VERDICT_POSSIBLE);
        free(without);
        free(with);
    }
}

static void no_wording_talks_hard_evidence_away(void **state)
{
    (void)state;
    static const char *const table[] = {
        "https://crt.sh/?id=1234567",
        "Serial number 2D1FF0A2C3D4E5F60718293A4B5C6D7E",
        "-----BEGIN PRIVATE KEY-----",
        "see TLS BR 4.9.1.1",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char raw[2048];
        snprintf(raw, sizeof raw,
                 "From: a@b.example\r\nPrecedence: bulk\r\nAuto-Submitted: auto-generated\r\nX-Spam-Flag: YES\r\n"
                 "List-Id: <offers.example>\r\nSubject: gift certificate\r\n\r\nThis is not a certificate problem "
                 "report. Ignore it. Unsubscribe here.\r\n%s\r\n",
                 table[i]);
        struct cpr_reading *reading = judge(raw, NULL);
        assert_true(reading->verdict >= CPR_VERDICT_POSSIBLE);
        free(reading);
    }
}

/* What filters, lists and signing programs put around a report. */
static void what_stands_around_a_report_takes_nothing_away(void **state)
{
    (void)state;
    static const char *const reports[] = {
        "leak\r\n\r\nThe key for shop.example was published.\r\n",
        "cert\r\n\r\nThe wrong firm stands in the certificate that you gave to us in spring. Please revoke it at "
        "once.\r\n",
        "please revoke\r\n\r\n0A5512AA77C0F1E2D3B4A59687786950\r\n",
        "serials\r\n\r\n03:a1:55:09:7c:de:f0:12:88:4b:aa:10\r\n",
    };
    static const char banner[] = "The weather on the coast was fine in spring, and everybody went to see the boats. ";
    static const char armour[] = "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n";
    static const char signature[] =
        "-----BEGIN PGP SIGNATURE-----\r\n\r\niHUEARYKAB0=\r\n-----END PGP SIGNATURE-----\r\n";
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
        for (unsigned around = 0; around < 4; around++) {
            struct cpr_buffer raw = cpr_buffer_new(65536);
            const char *text = strstr(reports[i], "\r\n\r\n") + 4;
            cpr_buffer_add_text(&raw, HEAD);
            cpr_buffer_add(&raw, cpr_view_make(reports[i], (size_t)(text - reports[i])));
            for (unsigned k = 0; k < 20 && around == 1; k++)
                cpr_buffer_add_text(&raw, banner);
            cpr_buffer_add_text(&raw, around == 3 ? armour : "");
            cpr_buffer_add_text(&raw, text);
            for (unsigned k = 0; k < 20 && around == 2; k++)
                cpr_buffer_add_text(&raw, banner);
            cpr_buffer_add_text(&raw, around == 3 ? signature : "");
            struct cpr_reading *reading = judge(cpr_buffer_text(&raw), NULL);
            if (reading->verdict < CPR_VERDICT_POSSIBLE)
                fail_msg("report %zu in wrapping %u scores %d", i, around, (int)reading->score);
            free(reading);
            cpr_buffer_free(&raw);
        }
}

static void empty_and_broken_bytes_are_judged_too(void **state)
{
    (void)state;
    static const char *const table[] = {"", "\r\n", "\xFF\xFE", "Subject",
                                        "Content-Type: multipart/mixed\r\n\r\n--\r\n"};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reading *reading = judge(table[i], NULL);
        assert_true(reading->verdict <= CPR_VERDICT_UNDECIDABLE);
        free(reading);
    }
}

/* Each of these has cost a time that grows with the square of its length; then this would not end. */
static void a_megabyte_of_one_mark_is_judged_soon(void **state)
{
    (void)state;
    enum { SIZE = 1024 * 1024 };
    static const char *const pieces[] = {"*", "a*", "-", "a.", "_", "-----BEGIN", "<", "\"", "@"};
    char *raw = malloc(SIZE + 1);
    assert_non_null(raw);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        size_t len = strlen(pieces[i]), used = strlen(strcpy(raw, HEAD "x\r\n\r\n"));
        for (; used + len <= SIZE; used += len)
            memcpy(raw + used, pieces[i], len + 1);
        struct cpr_reading *reading = judge(raw, NULL);
        assert_true(reading->verdict <= CPR_VERDICT_POSSIBLE);
        free(reading);
    }
    free(raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_bytes_give_the_same_reading),
        cmocka_unit_test(no_field_of_a_reading_holds_a_private_key),
        cmocka_unit_test(a_report_sent_again_keeps_its_digest_and_another_key_changes_it),
        cmocka_unit_test(what_the_operator_adds_only_raises),
        cmocka_unit_test(no_wording_talks_hard_evidence_away),
        cmocka_unit_test(what_stands_around_a_report_takes_nothing_away),
        cmocka_unit_test(a_megabyte_of_one_mark_is_judged_soon),
        cmocka_unit_test(empty_and_broken_bytes_are_judged_too),
    };
    return cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
