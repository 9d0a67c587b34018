/* Exports: the forms of the CCADB, the appendix, and what never leaves. */
#include "cpr/record/ccadb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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
    static const char *const parts[] = {
        "## Preliminary Incident Report",
        "### Summary",
        "**Incident description:**",
        "**Relevant policies:**",
        "**Source of incident disclosure:**",
        "## Full Incident Report",
        "### Summary",
        "CCADB unique ID",
        "**Non-compliance start date:** 2026-03-06 15:19 UTC",
        "**Non-compliance identified date:** **[PERSON: when]** (on-call staff was "
        "first alerted on 2026-03-18 09:01 UTC) (a person first took charge on "
        "2026-03-18 09:05 UTC)",
        "end date:** **[PERSON: when both the reporter and the Subscriber were answered",
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
        "- 2026-03-18 09:00 UTC - The audit of the mailbox found the report and opened a case\n",
        "- 2026-03-18 09:05 UTC - A person took charge",
        "- 2026-03-18 10:00 UTC - strange\n",
        "- 2026-03-18 11:30 UTC - **The CA Owner provided a preliminary report",
        "a reply to Ann\\[at\\]Reporter\\[.\\]example, UID 4 **[PERSON: this is when it was recorded: confirm the time",
        "[PERSON: time at which the preliminary report was provided to the affected Subscriber(s)]",
        "[PERSON: time at which the CA Owner became aware",
        NULL};
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    json_t *item = fresh_case();
    cpr_ccadb_write(item, false, &out);
    assert_order(cpr_buffer_text(&out), parts);
    assert_non_null(strstr(cpr_buffer_text(&out), "- 2026-03-18 09:01 UTC - On-call staff was alerted\n"));
    assert_non_null(strstr(cpr_buffer_text(&out), "evidence: the Received line of its own mail host\n"));
    assert_null(strstr(cpr_buffer_text(&out), "UID 1"));
    cpr_buffer_clear(&out);
    json_object_set_new(item, "receipt_suspect", json_pack("{s:s}", "received", "suspect: ..."));
    json_object_set_new(item, "state", json_string("open"));
    json_object_set_new(item, "closed", json_null());
    cpr_ccadb_write(item, false, &out);
    assert_null(strstr(cpr_buffer_text(&out), "**The CA Owner provided"));
    assert_non_null(strstr(cpr_buffer_text(&out), "of its own mail host **[PERSON: this stamp is odd"));
    assert_non_null(strstr(cpr_buffer_text(&out), "provided to the entity who filed]"));
    json_decref(item);
    cpr_buffer_free(&out);
}

static void name(json_t *item, const char *type, const char *value)
{
    json_array_append_new(json_object_get(item, "identifiers"), json_pack("{s:s, s:s}", "type", type, "value", value));
}

static void claim(json_t *item, const char *serial, const char *claimed, const char *finding, const char *since,
                  const char *revoked)
{
    json_t *claims = json_object_get(item, "revocations");
    if (!claims)
        json_object_set_new(item, "revocations", claims = json_array());
    json_array_append_new(claims, json_pack("{s:s, s:s, s:s, s:s, s:[{s:s, s:s?, s:s}, {s:s, s:n, s:s}]}", "serial",
                                            serial, "claimed", claimed, "finding", finding, "since", since, "answers",
                                            "word", revoked ? "revoked" : "good", "revoked", revoked, "reason",
                                            revoked ? "keyCompromise" : "", "word", "none", "revoked", "reason", ""));
}

static void reply(json_t *item, const char *sent, const char *class, bool is_automatic)
{
    json_t *replies = json_object_get(item, "replies");
    if (!replies)
        json_object_set_new(item, "replies", replies = json_array());
    json_array_append_new(replies, json_pack("{s:s, s:s, s:b, s:s}", "sent", sent, "class", class, "automatic",
                                             is_automatic, "words", "\"Dear Ann, we have revoked it\""));
}

static void replies_stand_where_they_were_sent_without_their_words(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "- 2026-03-05 15:20 UTC - An automatic acknowledgement was sent to the reporter, which is no preliminary "
        "report\n",
        "- 2026-03-06 10:00 UTC - A reply was sent to the reporter and came back undelivered\n",
        "- 2026-03-06 11:00 UTC - A mail about the report was sent, but not to the reporter\n",
        "- 2026-03-18 10:30 UTC - A reply that speaks of findings was sent to the reporter\n",
        "filed**; evidence: a mail in Sent **[PERSON: confirm that it was on the findings",
        NULL};
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    json_t *item = fresh_case();
    reply(item, "2026-03-18T10:30:00Z", "substantive", false);
    reply(item, "2026-03-05T15:20:00Z", "acknowledgement", true);
    reply(item, "2026-03-06T10:00:00Z", "bounce", false);
    reply(item, "2026-03-06T11:00:00Z", "other-recipient", false);
    json_object_set_new(
        item, "legs",
        json_loads("[{\"leg\":\"reporter\",\"state\":\"closed\",\"at\":\"2026-03-18T10:30:00Z\","
                   "\"by\":\"reply in Sent\",\"note\":\"it says: we have revoked it\",\"part\":\"reply-4\"}]",
                   0, NULL));
    cpr_ccadb_write(item, false, &out);
    assert_order(cpr_buffer_text(&out), parts);
    assert_null(strstr(cpr_buffer_text(&out), "have revoked it"));
    json_decref(item);
    cpr_buffer_free(&out);
}

static void what_was_said_of_many_certificates_is_one_line(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "- 2026-03-07 08:00 UTC - **Revocation**, as the CA's CRL or OCSP responder gives its time, of 300 "
        "certificates, "
        "serial numbers 1000, 1001, 1002, 1003, 1004, and others \\(see the appendix\\)\n",
        "- 2026-03-07 09:30 UTC - It was said by the CA Owner to be revoked: 301 certificates, serial numbers 1000,",
        "- 2026-03-07 09:40 UTC - Every CRL and OCSP responder of the CA says that it is revoked: 300 certificates",
        "- 2026-03-07 09:40 UTC - CRLs and OCSP responders of the CA contradict each other about 1 certificate, serial "
        "number 4a\n",
        NULL};
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    json_t *item = fresh_case();
    char serial[16];
    for (int i = 0; i < 300; i++) {
        snprintf(serial, sizeof serial, "%d", 1000 + i);
        name(item, "serial", serial);
        claim(item, serial, "2026-03-07T09:30:15Z", "revoked", "2026-03-07T09:40:45Z", "2026-03-07T08:00:00Z");
    }
    claim(item, "4a", "2026-03-07T09:30:15Z", "contradictory", "2026-03-07T09:40:50Z", "2026-03-07T08:00:00Z");
    json_object_set_new(item, "limits", json_pack("[s]", "identifiers"));
    cpr_ccadb_write(item, false, &out);
    assert_order(cpr_buffer_text(&out), parts);
    assert_non_null(strstr(cpr_buffer_text(&out), "names 301 certificates or keys, AND MORE THAN THE RECORD KEEPS"));
    assert_non_null(strstr(cpr_buffer_text(&out), "\"1299\",\"\",\"Yes\",\"2026-03-07T08:00:00Z\""));
    json_decref(item);
    cpr_buffer_free(&out);
}

/* The Subscriber is owed an answer in time as much as the reporter is. */
static void a_leg_that_was_late_makes_it_an_incident(void **state)
{
    (void)state;
    static const struct {
        const char *reporter, *subscriber; /* when it was closed; NULL: open */
        const char *start, *end, *state;
    } table[] = {
        {"2026-03-06T10:00:00Z", "2026-03-06T11:00:00Z", "**[PERSON: the record shows no answer that is owed",
         "**[PERSON", NULL},
        {"2026-03-06T10:00:00Z", "2026-03-08T11:00:00Z", "2026-03-06 15:19 UTC", "2026-03-08 11:00 UTC", NULL},
        {"2026-03-08T10:00:00Z", "2026-03-06T11:00:00Z", "2026-03-06 15:19 UTC", "2026-03-08 10:00 UTC", NULL},
        {"2026-03-06T10:00:00Z", NULL, "2026-03-06 15:19 UTC", "**[PERSON", NULL},
        {NULL, NULL, "**[PERSON: the record shows no answer that is owed", "**[PERSON", "dismissed"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(1 << 20);
        json_t *item = fresh_case();
        if (table[i].state)
            json_object_set_new(item, "state", json_string(table[i].state));
        json_object_set_new(item, "legs",
                            json_pack("[{s:s, s:s, s:s?}, {s:s, s:s, s:s?}]", "leg", "reporter", "state",
                                      table[i].reporter ? "closed" : "open", "at", table[i].reporter, "leg",
                                      "subscriber", "state", table[i].subscriber ? "closed" : "open", "at",
                                      table[i].subscriber));
        cpr_ccadb_write(item, false, &out);
        const char *const parts[] = {"start date:** ", table[i].start, "end date:** ", table[i].end, NULL};
        assert_order(cpr_buffer_text(&out), parts);
        json_decref(item);
        cpr_buffer_free(&out);
    }
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
                           "on its findings to the entity who filed**; evidence: UID 4 **[PERSON: this is when"));
    assert_non_null(strstr(cpr_buffer_text(&out), "recorded as not applicable: own certificate **[PERSON: "));
    assert_non_null(strstr(cpr_buffer_text(&out), "end date:** 2026-03-18 10:30 UTC"));
    json_t *leg = json_array_get(json_object_get(item, "legs"), 1);
    json_object_set_new(leg, "state", json_string("closed"));
    json_object_set_new(leg, "at", json_string("2026-03-18T11:00:00Z"));
    cpr_buffer_clear(&out);
    cpr_ccadb_write(item, false, &out);
    assert_non_null(strstr(cpr_buffer_text(&out),
                           "- 2026-03-18 11:00 UTC - **The CA Owner provided a preliminary report "
                           "on its findings to the affected Subscriber(s)**"));
    assert_null(strstr(cpr_buffer_text(&out), "[PERSON: time at which the preliminary report was provided"));
    assert_non_null(strstr(cpr_buffer_text(&out), "end date:** 2026-03-18 11:00 UTC"));
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

static void all_who_wrote_about_it_are_redacted_and_certificates_stay(void **state)
{
    (void)state;
    json_t *item = json_loads(
        "{\"from\":\"will.moor@research.example\",\"from_name\":\"Will Moor\",\"message_id\":\"<1@research.example>\","
        "\"subject\":\"Report of Will at Research.Example\",\"excerpt\":\"It will be leaked. Regards, Will (Moor)\","
        "\"received_lines\":[{\"raw\":\"from a.lab.example [192.0.2.9] by mx.ca.example; Thu, 5 Mar 2026 10:19:07 "
        "-0500\"}],"
        "\"identifiers\":[{\"type\":\"domain\",\"value\":\"www.research.example\"}],"
        "\"links\":[{\"from\":\"second@other.example\",\"message_id\":\"<2@other.example>\"}],"
        "\"messages\":[{\"part\":\"report\",\"reading\":{\"from\":\"will.moor@research.example\"}},"
        "{\"part\":\"reply-1\",\"reading\":{\"from\":\"desk@ca.example\",\"from_name\":\"Desk\",\"to\":"
        "\"WILL.MOOR@research.example\",\"excerpt\":\"Dear Mr Moor, we thank second@other.example, too. Desk, "
        "ca.example\"}},"
        "{\"part\":\"linked-1\",\"reading\":{\"from\":\"boss@ca.example\",\"from_name\":\"Serial\"}}],"
        "\"type\":\"serial\"}",
        0, NULL);
    assert_non_null(item);
    cpr_export_clean(item, true);
    char *text = json_dumps(item, JSON_COMPACT);
    for (const char *const *word =
             (const char *const[]){"moor", "lab.example", "192.0.2.9", "second", "other.example", "boss", NULL};
         *word; word++)
        if (strcasestr(text, *word))
            fail_msg("%s is in %s", *word, text);
    assert_non_null(strstr(text, "\"Report of [reporter] at [reporter]\""));
    assert_non_null(strstr(text, "\"It will be leaked. Regards, [reporter] ([reporter])\""));
    assert_non_null(strstr(text, "\"raw\":\"[reporter]; Thu, 5 Mar 2026 10:19:07 -0500\""));
    assert_non_null(strstr(text, "\"value\":\"www.research.example\"")); /* what the report is about */
    assert_non_null(strstr(text, "\"desk@ca.example\""));
    assert_non_null(strstr(text, "Desk, ca.example"));
    assert_non_null(strstr(text, "\"type\":\"serial\"")); /* nobody takes our words away by his name */
    free(text);
    json_decref(item);
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
    name(item, "serial", "5b");
    name(item, "crtsh-id", "=1+1");
    claim(item, "5b", "2026-03-07T09:30:00Z", "revoked", "2026-03-07T09:40:00Z", "2026-03-07T08:00:00Z");
    claim(item, "4a", "2026-03-07T09:30:00Z", "good", "2026-03-07T09:40:00Z", NULL);
    cpr_ccadb_csv(item, &out);
    assert_string_equal(
        cpr_buffer_text(&out),
        "\"Precertificate SHA-256 hash\",\"Certificate SHA-256 hash\",\"Subject\",\"Issuer\","
        "\"Not before\",\"Not after\",\"Serial #\",\"dNSNames\",\"Is revoked?\",\"Revocation date\","
        "\"Revocation reason\",\"Named as\",\"Named value\",\"Owner\"\r\n"
        "\"\",\"ab12\",\"CN=a\"\"b\",\"CN=Example\",\"\",\"\",\"4a\",\"\",\"\",\"\",\"\",\"certificate\","
        "\"\",\"\"\r\n" /* and no row for its serial number, nor for a domain: that names none */
        "\"\",\"\",\"\",\"\",\"\",\"\",\"5b\",\"\",\"Yes\",\"2026-03-07T08:00:00Z\","
        "\"keyCompromise\",\"serial\",\"5b\",\"\"\r\n"
        "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"crtsh-id\",\"'=1+1\",\"\"\r\n");
    json_decref(item);
    cpr_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_have_their_sections_in_order),
        cmocka_unit_test(the_timeline_is_in_utc_to_the_minute_and_asks_for_what_nobody_knows),
        cmocka_unit_test(replies_stand_where_they_were_sent_without_their_words),
        cmocka_unit_test(what_was_said_of_many_certificates_is_one_line),
        cmocka_unit_test(a_leg_that_was_late_makes_it_an_incident),
        cmocka_unit_test(each_leg_has_its_line),
        cmocka_unit_test(a_redacted_reporter_stands_nowhere),
        cmocka_unit_test(all_who_wrote_about_it_are_redacted_and_certificates_stay),
        cmocka_unit_test(private_keys_never_leave),
        cmocka_unit_test(the_appendix_is_csv_that_no_spreadsheet_computes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
