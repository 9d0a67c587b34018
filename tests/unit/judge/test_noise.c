/* Known noise lowers what the border proved, to a glance beside hard evidence, and nothing else. */
#include "cpr/judge/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define TRACE "Received: from out.b.example by mx.ca.example; Tue, 5 Mar 2024 15:19:07 +0000\r\n"
#define PROVED                                                                                                         \
    "Authentication-Results: mx.ca.example; dkim=pass header.d=b.example; dmarc=pass header.from=b.example\r\n"
#define FROM "From: Digest <digest@b.example>\r\n"
#define SUBJECT "Subject: Daily certificate digest\r\n"
#define SOFT "The misissued certificate violates the Baseline Requirements. Please revoke it.\r\n"
#define HARD "Please revoke this certificate: https://crt.sh/?id=1234567\r\n"

static struct cpr_judge_settings *settings;
static struct cpr_reading *reading;

static int set_up(void **state)
{
    (void)state;
    settings = calloc(1, sizeof *settings);
    reading = malloc(sizeof *reading);
    if (!settings || !reading)
        return 1;
    settings->own_host_count = 1;
    snprintf(settings->own_hosts[0], sizeof settings->own_hosts[0], "mx.ca.example");
    settings->noise_count = 2;
    snprintf(settings->noise[0].name, sizeof settings->noise[0].name, "other");
    settings->noise[0].sender_count = 1;
    snprintf(settings->noise[0].senders[0], sizeof settings->noise[0].senders[0], "@c.example");
    struct cpr_judge_form *form = &settings->noise[1];
    snprintf(form->name, sizeof form->name, "digest");
    form->sender_count = form->subject_count = 1;
    snprintf(form->senders[0], sizeof form->senders[0], "digest@b.example");
    snprintf(form->subjects[0], sizeof form->subjects[0], "certificate digest");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(settings);
    free(reading);
    return 0;
}

static void judge(const char *header, const char *body, bool is_cut)
{
    char mail[4096];
    int len = snprintf(mail, sizeof mail, "%s\r\n%s", header, body);
    assert_true(len > 0 && (size_t)len < sizeof mail);
    cpr_judge_message(cpr_view_make(mail, (size_t)len), is_cut, settings, reading);
    assert_true(cpr_reading_is_sound(reading));
}

static const struct cpr_signal *noise_signal(void)
{
    for (uint32_t i = 0; i < reading->signal_count; i++)
        if (strcmp(reading->signals[i].id, "known-noise") == 0)
            return &reading->signals[i];
    return NULL;
}

static void what_is_proved_and_listed_is_lowered(void **state)
{
    (void)state;
    judge(TRACE PROVED FROM SUBJECT, SOFT, false);
    assert_int_equal(reading->verdict, CPR_VERDICT_UNLIKELY);
    assert_int_equal(reading->kind, CPR_KIND_OTHER);
    assert_string_equal(reading->noise, "digest");
    assert_string_equal(reading->authenticated_domain, "b.example");
    assert_non_null(noise_signal());
    assert_string_equal(noise_signal()->text, "[noise digest] would be probable; proved to be from b.example");
    assert_true(reading->score >= 60);

    judge(TRACE PROVED FROM SUBJECT, HARD, false);
    assert_int_equal(reading->verdict, CPR_VERDICT_POSSIBLE);
    assert_int_equal(reading->kind, CPR_KIND_REPORT);
    assert_string_equal(reading->noise, "digest");
}

#define CALM                                                                                                           \
    "Nothing was heard today of the boats in the harbour, and the tide was low. The weather stays as it was, "         \
    "the "                                                                                                             \
    "market is on Saturday, and the library opens at ten. The next letter comes in a week.\r\n"

static void what_is_lowered_already_is_left_alone(void **state)
{
    (void)state;
    /* A short mail with such a subject would be possible ("brief"). */
    judge(TRACE PROVED FROM SUBJECT, CALM CALM CALM CALM CALM CALM, false);
    assert_int_equal(reading->verdict, CPR_VERDICT_UNLIKELY);
    assert_string_equal(reading->noise, "");
    assert_null(noise_signal());
    judge(TRACE PROVED FROM SUBJECT, "", true);
    assert_int_equal(reading->verdict, CPR_VERDICT_UNDECIDABLE); /* "brief" made it possible: lowered no further */
}

static void everything_else_keeps_its_verdict(void **state)
{
    (void)state;
    static const struct {
        const char *why, *header, *body;
    } table[] = {
        {"nobody proved the sender", TRACE FROM SUBJECT, SOFT},
        {"the proof stands below a stranger's line",
         TRACE "Received: from x by out.b.example; Tue, 5 Mar 2024 15:19:06 +0000\r\n" PROVED FROM SUBJECT, SOFT},
        {"a stranger's proof",
         TRACE "Authentication-Results: mx.b.example; dmarc=pass header.from=b.example\r\n" FROM SUBJECT, SOFT},
        {"the proof is of another domain",
         TRACE "Authentication-Results: mx.ca.example; dkim=pass header.d=evil.example\r\n" FROM SUBJECT, SOFT},
        {"another sender of that domain", TRACE PROVED "From: desk@b.example\r\n" SUBJECT, SOFT},
        {"the listed sender is only a display name",
         TRACE PROVED "From: \"digest@b.example\" <x@evil.example>\r\n" SUBJECT, SOFT},
        {"another subject", TRACE PROVED FROM "Subject: Your certificate\r\n", SOFT},
        {"the subject stands in the text", TRACE PROVED FROM "Subject: Hello\r\n", "Daily certificate digest\r\n" SOFT},
        {"a second mail asks where the answer is",
         TRACE PROVED FROM "Subject: Re: certificate digest\r\nIn-Reply-To: <1@b.example>\r\n",
         SOFT "We have not received an answer.\r\n"},
        {"a report was not answered", TRACE PROVED FROM SUBJECT,
         SOFT "We sent a certificate problem report and have not received an answer.\r\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        judge(table[i].header, table[i].body, false);
        if (reading->verdict != CPR_VERDICT_PROBABLE || reading->noise[0])
            print_message("%s: %s\n", table[i].why, cpr_verdict_name(reading->verdict));
        assert_int_equal(reading->verdict, CPR_VERDICT_PROBABLE);
        assert_string_equal(reading->noise, "");
        assert_null(noise_signal());
    }
}

static void without_own_hosts_there_is_no_noise(void **state)
{
    (void)state;
    settings->own_host_count = 0;
    judge(TRACE PROVED FROM SUBJECT, SOFT, false);
    assert_int_equal(reading->verdict, CPR_VERDICT_PROBABLE);
    settings->own_host_count = 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_proved_and_listed_is_lowered),
        cmocka_unit_test(what_is_lowered_already_is_left_alone),
        cmocka_unit_test(everything_else_keeps_its_verdict),
        cmocka_unit_test(without_own_hosts_there_is_no_noise),
    };
    return cmocka_run_group_tests_name("noise", tests, set_up, tear_down);
}
