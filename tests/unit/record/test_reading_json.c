/* A reading as one line of JSON: the contract of `classify --json` and of the store. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cpr_reading *reading_new(void)
{
    struct cpr_reading *reading = malloc(sizeof *reading);
    assert_non_null(reading);
    fill_reading(reading);
    return reading;
}

static char *contract_of(const struct cpr_reading *reading, const char *file)
{
    json_t *object = cpr_reading_to_json(reading, file);
    char *line = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return line;
}

static void the_contract_is_kept_to_the_letter(void **state)
{
    (void)state;
    struct cpr_reading *reading = reading_new();
    reading->limits = CPR_READING_CUT | CPR_READING_READER_DIED;
    snprintf(reading->authenticated_domain, sizeof reading->authenticated_domain, "example.org");
    reading->certificate_count = 1;
    reading->certificates[0] =
        (struct cpr_reading_certificate){.sha256 = "ab",
                                         .serial = "4a1f",
                                         .spki_sha256 = "cd",
                                         .issuer = "CN=Example TLS CA 1",
                                         .subject = "CN=www.example.com",
                                         .names = "www.example.com, example.com",
                                         .owner = CPR_OWNER_US,
                                         .not_before_ms = cpr_time_from_civil(2026, 3, 1, 0, 0, 0),
                                         .not_after_ms = CPR_TIME_NONE,
                                         .owner_issuer = "tls-1",
                                         .owner_mark = "key-id"};
    snprintf(reading->noise, sizeof reading->noise, "daily digest");
    char *line = contract_of(reading, "mail.eml");
    assert_string_equal(
        line,
        "{\"file\":\"mail.eml\",\"verdict\":\"probable\",\"kind\":\"report\",\"score\":17,\"signals\":["
        "{\"id\":\"crtsh-link\",\"where\":\"link\",\"text\":\"https://crt.sh/?id=123456\"},"
        "{\"id\":\"asks-for-revocation\",\"where\":\"text\",\"text\":\"Please revoke it\"}],\"certificates\":["
        "{\"sha256\":\"ab\",\"serial\":\"4a1f\",\"spki-sha256\":\"cd\",\"issuer\":\"CN=Example TLS CA 1\","
        "\"subject\":\"CN=www.example.com\",\"names\":\"www.example.com, example.com\","
        "\"not_before\":\"2026-03-01T00:00:00Z\",\"not_after\":null,\"owner\":\"ours\","
        "\"owner_issuer\":\"tls-1\",\"owner_mark\":\"key-id\"}],\"identifiers\":["
        "{\"type\":\"serial\",\"value\":\"4a1f00c3d2e5b6978899aabbccddeeff\"},"
        "{\"type\":\"crtsh-id\",\"value\":\"123456\"},{\"type\":\"domain\",\"value\":\"www.example.com\"}],"
        "\"language\":\"en\",\"limits\":[\"cut\",\"reader-died\"],"
        "\"authenticated\":\"example.org\",\"noise\":\"daily digest\",\"ruleset\":\"1+sha256:0123456789abcdef\"}");
    free(line);
    free(reading);
}

static void a_trusted_notice_lists_its_rows(void **state)
{
    (void)state;
    struct cpr_reading *reading = reading_new();
    cpr_reading_clear(reading);
    snprintf(reading->notice_source, sizeof reading->notice_source, "filter");
    reading->notice_row_count = 2;
    reading->notice_rows[0] = (struct cpr_notice_row){.sender = "a@example.org",
                                                      .subject = "key \"leaked\"",
                                                      .held_ms = 1772723947000,
                                                      .expires_ms = CPR_TIME_NONE,
                                                      .verdict = CPR_VERDICT_PROBABLE};
    reading->notice_rows[1] =
        (struct cpr_notice_row){.held_ms = CPR_TIME_NONE, .expires_ms = CPR_TIME_NONE, .verdict = CPR_VERDICT_POSSIBLE};
    char *line = contract_of(reading, NULL);
    assert_non_null(strstr(line,
                           "\"notice\":{\"source\":\"filter\",\"rows\":[{\"sender\":\"a@example.org\",\"subject\":"
                           "\"key \\\"leaked\\\"\",\"held\":\"2026-03-05T15:19:07Z\",\"expires\":null,"
                           "\"verdict\":\"probable\"},{\"sender\":\"\",\"subject\":\"\",\"held\":null,"
                           "\"expires\":null,\"verdict\":\"possible\"}]}"));
    free(line);
    free(reading);
}

static void an_empty_reading_has_every_key_and_no_file(void **state)
{
    (void)state;
    struct cpr_reading *reading = reading_new();
    cpr_reading_clear(reading);
    char *line = contract_of(reading, NULL);
    assert_string_equal(line,
                        "{\"verdict\":\"undecidable\",\"kind\":\"other\",\"score\":0,\"signals\":[],"
                        "\"certificates\":[],\"identifiers\":[],\"language\":\"\",\"limits\":[],\"authenticated\":\"\","
                        "\"noise\":\"\",\"ruleset\":\"\"}");
    free(line);
    free(reading);
}

static void the_store_is_given_the_rest_too(void **state)
{
    (void)state;
    struct cpr_reading *reading = reading_new();
    reading->is_automatic = 1;
    char *line = reading_json(reading);
    const char *rest = strstr(line, "\"from\":");
    assert_non_null(rest);
    assert_string_equal(rest, "\"from\":\"obs@example.org\",\"from_name\":\"CT "
                              "Observer\",\"to\":\"cpr@ca.example\",\"recipients\":\"\",\"reply_to\":\"\","
                              "\"subject\":\"Mis-issued certificate for www.example.com\","
                              "\"message_id\":\"<20260305.1@example.org>\",\"date\":\"2026-03-05T15:18:59Z\","
                              "\"automatic\":true,\"attachments\":[\"proof.pem\"],"
                              "\"received\":[{\"by\":\"mx.ca.example\",\"at\":\"2026-03-05T15:19:07Z\"}],"
                              "\"references\":[\"<20260301.7@example.org>\"],\"quoted\":[],"
                              "\"excerpt\":\"Hello, this certificate violates section 7.1.2.7 of the BRs: "
                              "https://crt.sh/?id=123456 Please revoke it and tell me at obs@example.org what you "
                              "found.\"}");
    free(line);
    free(reading);
}

static void bytes_that_are_no_text_are_replaced_and_never_dropped(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"caf\xC3\xA9", "caf\xC3\xA9"},
        {"caf\xE9", "caf?"},
        {"\xED\xA0\x80", "???"},
        {"a\nb\x1B[31m", "a?b?[31m"},
        {"\xE2\x80\xAE"
         "abc",
         "?abc"},
        {"\"quoted\" \\ ", "\"quoted\" \\ "},
        {"-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEI", "-----BEGIN PRIVATE KEY-----[removed]"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reading *reading = reading_new();
        strcpy(reading->excerpt, table[i].in);
        char *line = reading_json(reading);
        json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
        assert_string_equal(json_string_value(json_object_get(object, "excerpt")), table[i].want);
        json_decref(object);
        free(line);
        free(reading);
    }
}

static void an_absent_date_is_null(void **state)
{
    (void)state;
    struct cpr_reading *reading = reading_new();
    reading->date_ms = CPR_TIME_NONE;
    reading->received[0].utc_ms = CPR_TIME_NONE;
    char *line = reading_json(reading);
    assert_non_null(strstr(line, "\"date\":null,"));
    assert_non_null(strstr(line, "{\"by\":\"mx.ca.example\",\"at\":null}"));
    free(line);
    free(reading);
}

static void a_row_of_a_notice_is_the_reading_of_a_mail_that_nobody_has_seen(void **state)
{
    (void)state;
    struct cpr_reading *reading = reading_new();
    struct cpr_notice_row row = {.sender = "Ann <ann@example.org>",
                                 .subject = "Revoke \xe2\x80\x9cit\xe2\x80\x9d",
                                 .held_ms = at("2026-03-05T09:00:00Z"),
                                 .expires_ms = CPR_TIME_NONE,
                                 .verdict = CPR_VERDICT_POSSIBLE};
    struct cpr_buffer out = cpr_buffer_new(4096);
    strcpy(reading->notice_source, "gateway");
    cpr_reading_write_candidate(reading, &row, &out);
    assert_string_equal(
        cpr_buffer_text(&out),
        "{\"verdict\":\"possible\",\"kind\":\"quarantine-notice\",\"score\":0,\"signals\":[],\"certificates\":[],"
        "\"identifiers\":[],"
        "\"language\":\"\",\"limits\":[],\"authenticated\":\"\",\"noise\":\"\",\"ruleset\":\"1+sha256:"
        "0123456789abcdef\",\"from\":\"Ann <ann@example.org>\","
        "\"subject\":\"Revoke \xe2\x80\x9cit\xe2\x80\x9d\",\"quarantine\":{\"source\":\"gateway\",\"held\":"
        "\"2026-03-05T09:00:00Z\",\"expires\":null}}");
    cpr_buffer_free(&out);
    free(reading);
}

static void what_is_written_can_be_read_back(void **state)
{
    (void)state;
    struct cpr_reading *reading = reading_new(), *back = reading_new();
    reading->is_automatic = 1;
    reading->limits = CPR_READING_CUT | CPR_READING_UNREAD;
    reading->identifiers[1].is_quoted = 1;
    strcpy(reading->received[0].raw, "from a by mx.ca.example; Thu, 5 Mar 2026 15:19:07 +0000");
    strcpy(reading->notice_source, "filter");
    reading->notice_row_count = 1;
    reading->notice_rows[0] = (struct cpr_notice_row){.sender = "a@example.org",
                                                      .held_ms = 1772723947000,
                                                      .expires_ms = CPR_TIME_NONE,
                                                      .verdict = CPR_VERDICT_POSSIBLE};
    reading->certificate_count = 1;
    reading->certificates[0] = (struct cpr_reading_certificate){
        .serial = "4a1f", .owner = CPR_OWNER_OTHER, .not_before_ms = CPR_TIME_NONE, .not_after_ms = 1772723947000};
    char *line = reading_json(reading);
    assert_true(cpr_reading_parse_json(line, back));
    assert_true(cpr_reading_is_sound(back));
    assert_int_equal(back->verdict, CPR_VERDICT_PROBABLE);
    assert_int_equal(back->identifiers[1].is_quoted, 1);
    assert_int_equal(back->certificates[0].owner, CPR_OWNER_OTHER);
    assert_string_equal(back->references[0], "<20260301.7@example.org>");
    char *again = reading_json(back);
    assert_string_equal(again, line);
    free(again);
    free(line);
    free(back);
    free(reading);
}

static void what_is_no_reading_is_an_empty_one(void **state)
{
    (void)state;
    static const char *const lines[] = {NULL, "", "[]", "{\"verdict\":", "\"probable\""};
    struct cpr_reading *back = reading_new();
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        assert_false(cpr_reading_parse_json(lines[i], back));
        assert_int_equal(back->identifier_count, 0);
        assert_int_equal(back->verdict, CPR_VERDICT_UNDECIDABLE);
    }
    free(back);
}

static void words_of_other_rules_and_lists_without_end_are_left_out(void **state)
{
    (void)state;
    struct cpr_reading *back = reading_new();
    struct cpr_buffer line = cpr_buffer_new(1024 * 1024);
    cpr_buffer_add_text(&line, "{\"verdict\":\"certain\",\"score\":\"12\",\"references\":[1,\"<a@b>\"],\"quoted\":[1],"
                               "\"identifiers\":[{\"type\":\"unheard-of\",\"value\":\"1\"},"
                               "{\"type\":\"serial\",\"value\":\"2\"}");
    for (int i = 0; i < 2 * CPR_IDENTIFIERS_MAX; i++)
        cpr_buffer_add_text(&line, ",{\"type\":\"domain\",\"value\":\"a.example\"}");
    cpr_buffer_add_text(&line, "]}");
    assert_true(cpr_reading_parse_json(cpr_buffer_text(&line), back));
    assert_true(cpr_reading_is_sound(back));
    assert_int_equal(back->verdict, CPR_VERDICT_UNDECIDABLE);
    assert_int_equal(back->score, 0);
    assert_int_equal(back->reference_count, 1);
    assert_int_equal(back->identifier_count, CPR_IDENTIFIERS_MAX);
    assert_string_equal(back->identifiers[0].value, "2");
    assert_int_equal(back->identifiers[0].is_quoted, 1);
    cpr_buffer_free(&line);
    free(back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_can_be_read_back),
        cmocka_unit_test(what_is_no_reading_is_an_empty_one),
        cmocka_unit_test(words_of_other_rules_and_lists_without_end_are_left_out),
        cmocka_unit_test(a_row_of_a_notice_is_the_reading_of_a_mail_that_nobody_has_seen),
        cmocka_unit_test(the_contract_is_kept_to_the_letter),
        cmocka_unit_test(a_trusted_notice_lists_its_rows),
        cmocka_unit_test(an_empty_reading_has_every_key_and_no_file),
        cmocka_unit_test(the_store_is_given_the_rest_too),
        cmocka_unit_test(bytes_that_are_no_text_are_replaced_and_never_dropped),
        cmocka_unit_test(an_absent_date_is_null),
    };
    return cmocka_run_group_tests_name("reading_json", tests, NULL, NULL);
}
