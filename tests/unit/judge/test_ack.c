/* What a thumb on a telephone can do: "ack" as the first line above the letter, however the telephone quotes it. */
#include "cpr/judge/ack.h"
#include "cpr/judge/judge.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define TOKEN "0123456789abcdef0123456789abcdef"

static struct cpr_reading reading;

static int64_t ack_in(const char *text)
{
    cpr_reading_clear(&reading);
    cpr_ack_find(cpr_view_of(text), &reading);
    assert_true(cpr_reading_is_sound(&reading));
    if (reading.ack_case)
        assert_string_equal(reading.ack_token, TOKEN);
    else
        assert_string_equal(reading.ack_token, "");
    return reading.ack_case;
}

static void ack_above_the_letter_counts_however_it_is_quoted(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ack\n\nOn Thursday duty wrote:\n> CPR #17\n>   ack 17 " TOKEN "\n> more\n",
        "Ack\n\n-----Original Message-----\nFrom: x\n\n  ack 17 " TOKEN "\n",
        "\r\n \r\nACK!\r\n\r\n> > ack 17 " TOKEN "\r\n",
        "ack, on my way\n> |   ack 17 " TOKEN "  \n",
        "Acknowledged.\n\xC2\xA0 ack 17 " TOKEN "\n",
        "\xC2\xA0\nacked\xC2\xA0\nSent from my telephone\n\nack 17 " TOKEN "\n",
        "ack 17 " TOKEN "\n",
        "ACK 17 0123456789ABCDEF0123456789ABCDEF\n",
        "ack\n> ack 17 not-a-token\n> ack 17 " TOKEN "\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (ack_in(texts[i]) != 17)
            fail_msg("no ack in %s", texts[i]);
}

static void a_quoted_letter_alone_says_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "\n",
        "I am on leave.\n\n> ack 17 " TOKEN "\n",
        "> ack 17 " TOKEN "\n",
        "Who can take this?\nack\n> ack 17 " TOKEN "\n",
        "acknowledgement will follow\n> ack 17 " TOKEN "\n",
        "ackermann here\n> ack 17 " TOKEN "\n",
        "ack\n",
        "ack\n> ack 17\n",
        "ack\n> ack seventeen " TOKEN "\n",
        "ack\n> ack 0 " TOKEN "\n",
        "ack\n> ack 17 " TOKEN "0\n",
        "ack\n> ack -17 " TOKEN "\n",
        "ack\n> ack 1234567890123456789 " TOKEN "\n",
        "ack\n> cpr-audit ack 17 --by NAME\n",
        "ack\n> nack 17 " TOKEN "\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (ack_in(texts[i]) != 0)
            fail_msg("an ack in %s", texts[i]);
}

static int64_t ack_of_mail(const char *raw)
{
    cpr_judge_message(cpr_view_of(raw), false, &(struct cpr_judge_settings){0}, &reading);
    assert_true(cpr_reading_is_sound(&reading));
    return reading.ack_case;
}

static void it_is_found_in_what_mail_programs_send(void **state)
{
    (void)state;
    assert_int_equal(
        ack_of_mail("From: duty@ca.example\r\nSubject: Re: CPR #17\r\n"
                    "Content-Type: text/html; charset=utf-8\r\n\r\n"
                    "<html><body><div dir=\"auto\">Ack</div><br><div class=\"quote\">duty wrote:<blockquote>"
                    "CPR #17<br>&nbsp; ack 17 " TOKEN "<br>more</blockquote></div></body></html>\r\n"),
        17);
    assert_int_equal(ack_of_mail("From: duty@ca.example\r\nSubject: Re: CPR #17\r\n"
                                 "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                 "QWNrCgo+IGFjayAxNyAwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZgo=\r\n--b\r\n"
                                 "Content-Type: text/html\r\n\r\n<p>Ack</p><blockquote>ack 17 " TOKEN
                                 "</blockquote>\r\n--b--\r\n"),
                     17);
    assert_int_equal(ack_of_mail("From: duty@ca.example\r\nSubject: ack 17 " TOKEN "\r\n\r\nnothing here\r\n"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ack_above_the_letter_counts_however_it_is_quoted),
        cmocka_unit_test(a_quoted_letter_alone_says_nothing),
        cmocka_unit_test(it_is_found_in_what_mail_programs_send),
    };
    return cmocka_run_group_tests_name("ack", tests, NULL, NULL);
}
