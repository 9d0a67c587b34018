/* Exports: the forms of the CCADB, the appendix, and what never leaves. */
#include "cpr/record/ccadb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const char case_text[] =
    "{\"case\":7,\"state\":\"answered\",\"received\":\"2026-03-05T15:19:07Z\",\"receipt_source\":\"received\","
    "\"deadline\":\"2026-03-06T15:19:07Z\",\"found\":\"2026-03-18T09:00:00Z\",\"folder\":\"Junk\","
    "\"closed\":\"2026-03-18T11:30:59Z\",\"closed_note\":\"a reply to Ann@Reporter.example, UID 4\","
    "\"from\":\"ann@reporter.example\",\"from_name\":\"Ann\",\"message_id\":\"<1@reporter.example>\","
    "\"subject\":\"Annex *of* [ANN](https://evil.example)\",\"version\":\"0.1.0\","
    "\"exported\":\"2026-03-19T00:00:00Z\","
    "\"certificates\":[{\"sha256\":\"ab12\",\"serial\":\"4a\",\"issuer\":\"CN=Example\",\"subject\":\"CN=a\\\"b\"}],"
    "\"identifiers\":[{\"type\":\"domain\",\"value\":\"=cmd|' /C calc'!A0\"},{\"type\":\"serial\",\"value\":\"4a\"}],"
    "\"log\":[{\"at\":\"2026-03-18T09:00:00Z\",\"event\":\"case-opened\",\"text\":\"probable <b>\"},"
    "{\"at\":\"2026-03-18T09:05:00Z\",\"event\":\"acked\",\"who\":\"duty\",\"text\":\"\"},"
    "{\"at\":\"2026-03-18T09:01:00Z\",\"event\":\"alert-sent\",\"text\":\"case to duty@ca.example: 250\"},"
    "{\"at\":\"2026-03-18T09:01:00Z\",\"event\":\"move-begins\",\"text\":\"Junk UID 1\"},"
    "{\"at\":\"2026-03-18T10:00:00Z\",\"event\":\"strange\",\"text\":\"x\"}]}";

static json_t *fresh_case(void)
{
    json_t *item = json_loads(case_text, 0, NULL);
    assert_non_null(item);
    return item;
}

static void assert_order(const char *text, const char *const *parts)
{
    for (const char *at = text; *parts; parts++) {
        const char *found = strstr(at, *parts);
        if (!found)
            fail_msg("\"%s\" is missing or stands too early in:\n%s", *parts, text);
        at = found;
    }
}

static void both_forms_have_their_sections_in_order(void **state)
{
    (void)state;
    static const char *const parts[] = {"## Preliminary Incident Report",
                                        "### Summary",
                                        "**Incident description:**",
                                        "**Relevant policies:**",
                                        "**Source of incident disclosure:**",
                                        "## Full Incident Report",
                                        "### Summary",
                                        "CCADB unique ID",
                                        "Non-compliance start date: 2026-03-06 15:19 UTC",
                                        "end date: **[PERSON: when both the reporter and the Subscriber were answered",
                                        "### Impact",
                                        "### Timeline",
                                        "### Related Incidents",
                                        "### Root Cause Analysis",
                                        "### Lessons Learned",
                                        "### Action Items",
                                        "### Appendix",
                                        NULL};
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    json_t *item = fresh_case();
    cpr_ccadb_write(item, false, &out);
    assert_order(cpr_buffer_text(&out), parts);
    json_decref(item);
    cpr_buffer_free(&out);
}

static void the_timeline_is_in_utc_to_the_minute_and_asks_for_what_nobody_knows(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "- 2026-03-05 15:19 UTC - **The CA Owner received the Certificate Problem Report**",
        "- 2026-03-06 15:19 UTC - The time for the preliminary report ended",
        "- 2026-03-18 09:00 UTC - The audit of the mailbox found the report and opened a case: probable \\<b\\>",
        "- 2026-03-18 09:05 UTC - A person took charge",
        "- 2026-03-18 10:00 UTC - strange: x",
        "- 2026-03-18 11:30 UTC - **The CA Owner provided a preliminary report",
        "[PERSON: confirm",
        "[PERSON: time at which the preliminary report was provided to the affected Subscriber(s)]",
        "[PERSON: time at which the CA Owner became aware",
        NULL};
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    json_t *item = fresh_case();
    cpr_ccadb_write(item, false, &out);
    assert_order(cpr_buffer_text(&out), parts);
    assert_non_null(strstr(cpr_buffer_text(&out), "- 2026-03-18 09:01 UTC - On-call staff was alerted\n"));
    assert_null(strstr(cpr_buffer_text(&out), "UID 1"));
    cpr_buffer_clear(&out);
    json_object_set_new(item, "state", json_string("open"));
    json_object_set_new(item, "closed", json_null());
    cpr_ccadb_write(item, false, &out);
    assert_null(strstr(cpr_buffer_text(&out), "**The CA Owner provided"));
    assert_non_null(strstr(cpr_buffer_text(&out), "provided to the entity who filed]"));
    json_decref(item);
    cpr_buffer_free(&out);
}

static void each_leg_has_its_line(void **state)
{
    (void)state;
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    json_t *item = fresh_case();
    json_object_set_new(item, "legs",
                        json_loads("[{\"leg\":\"reporter\",\"state\":\"closed\",\"at\":\"2026-03-18T10:30:00Z\","
                                   "\"by\":\"duty\",\"note\":\"UID 4\"},{\"leg\":\"subscriber\",\"state\":"
                                   "\"not-applicable\",\"at\":null,\"by\":\"duty\",\"note\":\"own certificate\"}]",
                                   0, NULL));
    cpr_ccadb_write(item, false, &out);
    assert_non_null(strstr(cpr_buffer_text(&out),
                           "- 2026-03-18 10:30 UTC - **The CA Owner provided a preliminary report "
                           "on its findings to the entity who filed** (evidence: UID 4)"));
    assert_non_null(strstr(cpr_buffer_text(&out), "recorded as not applicable: own certificate **[PERSON: "));
    assert_non_null(strstr(cpr_buffer_text(&out), "end date: 2026-03-18 10:30 UTC"));
    json_t *leg = json_array_get(json_object_get(item, "legs"), 1);
    json_object_set_new(leg, "state", json_string("closed"));
    json_object_set_new(leg, "at", json_string("2026-03-18T11:00:00Z"));
    cpr_buffer_clear(&out);
    cpr_ccadb_write(item, false, &out);
    assert_non_null(strstr(cpr_buffer_text(&out),
                           "- 2026-03-18 11:00 UTC - **The CA Owner provided a preliminary report "
                           "on its findings to the affected Subscriber(s)**"));
    assert_null(strstr(cpr_buffer_text(&out), "[PERSON: time at which the preliminary report was provided"));
    assert_non_null(strstr(cpr_buffer_text(&out), "end date: 2026-03-18 11:00 UTC"));
    json_decref(item);
    cpr_buffer_free(&out);
}

static void a_redacted_reporter_stands_nowhere(void **state)
{
    (void)state;
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    json_t *item = fresh_case();
    cpr_ccadb_write(item, false, &out);
    assert_non_null(strstr(cpr_buffer_text(&out), "ann\\[at\\]reporter"));
    cpr_buffer_clear(&out);
    cpr_export_clean(item, true);
    char *json = json_dumps(item, 0);
    cpr_buffer_add_text(&out, json);
    free(json);
    cpr_ccadb_write(item, true, &out);
    assert_null(strcasestr(cpr_buffer_text(&out), "reporter.example"));
    assert_null(strstr(cpr_buffer_text(&out), "[ANN]"));
    assert_non_null(strstr(cpr_buffer_text(&out), "Annex")); /* a name inside a word is none */
    assert_non_null(strstr(cpr_buffer_text(&out), "a reply to [reporter], UID 4"));
    json_decref(item);
    cpr_buffer_free(&out);
}

static void private_keys_never_leave(void **state)
{
    (void)state;
    json_t *item = fresh_case();
    json_object_set_new(
        item, "closed_note",
        json_string("see -----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v -----END PRIVATE KEY-----"));
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    cpr_ccadb_write(item, false, &out);
    assert_null(strstr(cpr_buffer_text(&out), "MC4CAQ"));
    cpr_export_clean(item, false);
    assert_null(strstr(json_string_value(json_object_get(item, "closed_note")), "MC4CAQ"));
    json_decref(item);
    cpr_buffer_free(&out);
}

static void the_appendix_is_csv_that_no_spreadsheet_computes(void **state)
{
    (void)state;
    struct cpr_buffer out = cpr_buffer_new(1 << 16);
    json_t *item = fresh_case();
    cpr_ccadb_csv(item, &out);
    assert_string_equal(cpr_buffer_text(&out),
                        "\"type\",\"value\",\"serial\",\"issuer\",\"subject\",\"names\",\"not_before\",\"not_after\","
                        "\"owner\"\r\n"
                        "\"certificate-sha256\",\"ab12\",\"4a\",\"CN=Example\",\"CN=a\"\"b\",\"\",\"\",\"\",\"\"\r\n"
                        "\"domain\",\"'=cmd|' /C calc'!A0\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n"
                        "\"serial\",\"4a\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
    json_decref(item);
    cpr_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_have_their_sections_in_order),
        cmocka_unit_test(the_timeline_is_in_utc_to_the_minute_and_asks_for_what_nobody_knows),
        cmocka_unit_test(each_leg_has_its_line),
        cmocka_unit_test(a_redacted_reporter_stands_nowhere),
        cmocka_unit_test(private_keys_never_leave),
        cmocka_unit_test(the_appendix_is_csv_that_no_spreadsheet_computes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
