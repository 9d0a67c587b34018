/* Whole pages against tests/unit/record/expected/review-*, each read line by line before it was kept; an empty day;
 * what no page may ever hold.
 */
#include "fixture.h"

#include "cpr/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct cpr_review_head page_head(void)
{
    return (struct cpr_review_head){
        .day_ms = at("2026-03-05T00:00:00Z"),
        .generated_ms = at("2026-03-06T00:00:41Z"),
        .version = "0.1.0",
        .instance = "7f3a9c",
        .mode = "active",
        .configuration_hash = "c0ffee",
        .ruleset = "1+sha256:0123456789abcdef",
        .previous_page = "review-2026-03-04.jsonl",
        .previous_sha256 = "5eed",
        .clock_is_synchronised = true,
    };
}

static struct cpr_folder junk_folder(void)
{
    return (struct cpr_folder){.id = 2,
                               .mailbox = "cpr",
                               .name = "Junk Email",
                               .display = "Junk Email",
                               .role = CPR_ROLE_JUNK,
                               .rule = "special-use \\Junk",
                               .uidvalidity = 1700000000,
                               .next_uid = 4,
                               .messages = 1,
                               .looked_ms = at("2026-03-05T23:59:30Z")};
}

static struct cpr_event event(int64_t sequence, const char *when, int64_t case_id, const char *what, const char *who,
                              const char *text)
{
    struct cpr_event event = {.sequence = sequence, .at_ms = at(when), .case_id = case_id};
    strcpy(event.event, what);
    strcpy(event.who, who);
    strcpy(event.text, text);
    strcpy(event.mailbox, case_id ? "cpr" : "");
    return event;
}

static struct cpr_review_row report_row(const char *json)
{
    struct cpr_review_row row = {
        .sighting = {.id = 1,
                     .folder_id = 2,
                     .uidvalidity = 1700000000,
                     .uid = 3,
                     .state = CPR_SIGHTING_JUDGED,
                     .attempts = 1,
                     .first_seen_ms = at("2026-03-05T15:24:00Z"),
                     .settled_ms = at("2026-03-05T15:24:01Z"),
                     .message_id = 34,
                     .action = "rescued"},
        .folder = junk_folder(),
        .message = {.id = 34,
                    .mailbox = "cpr",
                    .internal_ms = at("2026-03-05T15:19:07Z"),
                    .save_ms = CPR_TIME_NONE,
                    .first_seen_ms = at("2026-03-05T15:24:00Z"),
                    .case_id = 12,
                    .reading_json = json,
                    .verdict = CPR_VERDICT_PROBABLE,
                    .kind = CPR_KIND_REPORT,
                    .score = 17,
                    .from_address = "obs@example.org",
                    .subject = "Mis-issued certificate for www.example.com",
                    .header_message_id = "<20260305.1@example.org>"},
    };
    row.message.identity.size = 18166;
    memset(row.message.identity.digest.bytes, 0xAB, sizeof row.message.identity.digest.bytes);
    return row;
}

static struct cpr_review_row vanished_row(void)
{
    return (struct cpr_review_row){.sighting = {.id = 2,
                                                .folder_id = 2,
                                                .uidvalidity = 1700000000,
                                                .uid = 2,
                                                .state = CPR_SIGHTING_VANISHED,
                                                .first_seen_ms = at("2026-03-05T09:00:00Z"),
                                                .settled_ms = at("2026-03-05T09:00:05Z"),
                                                .action = "none"},
                                   .folder = junk_folder()};
}

/* A day with one report and one message that was gone too early. */
static struct cpr_buffer write_day(enum cpr_review_form form)
{
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    struct cpr_reading *reading = malloc(sizeof *reading);
    assert_non_null(reading);
    fill_reading(reading);
    char *json = reading_json(reading);
    struct cpr_review_head head = page_head();
    struct cpr_folder folder = junk_folder();
    struct cpr_folder_tally tally = {.judged = 2, .vanished = 1};
    struct cpr_case item = report_case();
    struct cpr_event opened = event(101, "2026-03-05T15:24:01Z", 12, "case-opened", "cpr-auditd", "received 15:19:07Z");
    struct cpr_event acked = event(102, "2026-03-05T15:40:00Z", 12, "acked", "ops (uid 1000)", "");
    struct cpr_event started = event(100, "2026-03-05T00:00:10Z", 0, "started", "cpr-auditd", "version 0.1.0");
    struct cpr_review_row vanished = vanished_row(), report = report_row(json);
    struct cpr_review_totals totals = {
        .messages = 2, .vanished = 1, .rescued = 1, .cases = 1, .cases_opened = 1, .events = 3};
    totals.by_verdict[CPR_VERDICT_PROBABLE] = 1;
    memcpy(item.acked_by, "ops", 4);
    item.acked_ms = acked.at_ms;

    cpr_review_write_head(form, &head, &out);
    cpr_review_write_folder(form, &folder, &tally, &out);
    cpr_review_write_section(form, CPR_REVIEW_CASES, &out);
    cpr_review_write_case(form, &item, head.generated_ms, &out);
    cpr_review_write_event(form, &opened, &out);
    cpr_review_write_event(form, &acked, &out);
    cpr_review_write_section(form, CPR_REVIEW_MESSAGES, &out);
    cpr_review_write_message(form, &vanished, &out);
    cpr_review_write_message(form, &report, &out);
    cpr_review_write_section(form, CPR_REVIEW_EVENTS, &out);
    cpr_review_write_event(form, &started, &out);
    cpr_review_write_tail(form, &totals, &out);
    assert_false(cpr_buffer_is_full(&out));
    free(json);
    free(reading);
    return out;
}

static struct cpr_buffer write_empty_day(enum cpr_review_form form)
{
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    struct cpr_review_head head = page_head();
    struct cpr_review_totals totals = {0};
    head.previous_page = head.previous_sha256 = "";
    head.clock_is_synchronised = false;
    cpr_review_write_head(form, &head, &out);
    cpr_review_write_section(form, CPR_REVIEW_CASES, &out);
    cpr_review_write_section(form, CPR_REVIEW_MESSAGES, &out);
    cpr_review_write_section(form, CPR_REVIEW_EVENTS, &out);
    cpr_review_write_tail(form, &totals, &out);
    return out;
}

static void assert_page(struct cpr_buffer page, const char *name)
{
    assert_is_expected(&page, name);
    cpr_buffer_free(&page);
}

static void a_day_is_written_in_three_forms(void **state)
{
    (void)state;
    assert_page(write_day(CPR_REVIEW_JSONL), "review-day.jsonl");
    assert_page(write_day(CPR_REVIEW_TXT), "review-day.txt");
    assert_page(write_day(CPR_REVIEW_HTML), "review-day.html");
}

static void an_empty_day_still_has_a_whole_page(void **state)
{
    (void)state;
    assert_page(write_empty_day(CPR_REVIEW_JSONL), "review-empty.jsonl");
    assert_page(write_empty_day(CPR_REVIEW_TXT), "review-empty.txt");
    assert_page(write_empty_day(CPR_REVIEW_HTML), "review-empty.html");
}

static void the_forms_have_their_own_extensions(void **state)
{
    (void)state;
    assert_string_equal(cpr_review_extension(CPR_REVIEW_JSONL), "jsonl");
    assert_string_equal(cpr_review_extension(CPR_REVIEW_TXT), "txt");
    assert_string_equal(cpr_review_extension(CPR_REVIEW_HTML), "html");
}

static void a_closed_case_keeps_the_margin_it_was_closed_with(void **state)
{
    (void)state;
    static const struct {
        enum cpr_case_state state;
        const char *closed, *now;
        int64_t want_seconds;
    } table[] = {
        {CPR_CASE_OPEN, NULL, "2026-03-06T15:19:06Z", 1},
        {CPR_CASE_OPEN, NULL, "2026-03-06T16:19:07Z", -3600},
        {CPR_CASE_ANSWERED, "2026-03-06T14:19:07Z", "2026-03-09T00:00:00Z", 3600},
        {CPR_CASE_ANSWERED, "2026-03-06T15:19:08Z", "2026-03-09T00:00:00Z", -1},
        {CPR_CASE_DISMISSED, "2026-03-06T15:19:07Z", "2026-03-09T00:00:00Z", 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer line = cpr_buffer_new(1 << 16);
        struct cpr_case item = report_case();
        item.state = table[i].state;
        item.closed_ms = table[i].closed ? at(table[i].closed) : CPR_TIME_NONE;
        cpr_review_write_case(CPR_REVIEW_JSONL, &item, at(table[i].now), &line);
        json_t *object = json_loads(cpr_buffer_text(&line), 0, NULL);
        assert_int_equal(json_integer_value(json_object_get(object, "margin_seconds")), table[i].want_seconds);
        json_decref(object);
        cpr_buffer_free(&line);
    }
}

static void sums_that_do_not_add_up_are_said_loudly(void **state)
{
    (void)state;
    struct cpr_review_totals totals = {.messages = 5, .unreadable = 1, .vanished = 1};
    totals.by_verdict[CPR_VERDICT_UNLIKELY] = 2;
    struct cpr_buffer jsonl = cpr_buffer_new(1 << 16), txt = cpr_buffer_new(1 << 16), html = cpr_buffer_new(1 << 16);
    cpr_review_write_tail(CPR_REVIEW_JSONL, &totals, &jsonl);
    cpr_review_write_tail(CPR_REVIEW_TXT, &totals, &txt);
    cpr_review_write_tail(CPR_REVIEW_HTML, &totals, &html);
    assert_non_null(strstr(cpr_buffer_text(&jsonl), "\"sums_add_up\":false"));
    assert_non_null(
        strstr(cpr_buffer_text(&txt), "5 = 2 judged + 1 unreadable + 1 vanished: THE SUMS DO NOT ADD UP\n"));
    assert_non_null(strstr(cpr_buffer_text(&html), "<b>THE SUMS DO NOT ADD UP</b>"));
    cpr_buffer_free(&jsonl);
    cpr_buffer_free(&txt);
    cpr_buffer_free(&html);
}

/* --- every line holds its keys ------------------------------------------------------------------------------------ */

static const char *const case_keys =
    "record case mailbox state grade verdict rescue from subject message_id found_folder "
    "found_role received receipt_source stamps found deadline margin_seconds revocation acked "
    "acked_by closed closed_by closed_note";
static const char *const message_keys =
    "record mailbox folder uidvalidity uid state first_seen settled attempts action verdict kind score case from "
    "subject "
    "message_id internaldate savedate message_first_seen size sha256_first_64k signals identifiers limits ruleset";
static const char *const review_keys = "record day generated who version instance mode configuration_sha256 ruleset "
                                       "clock_synchronised previous_page previous_sha256 blind_spots";
static const char *const folder_keys = "record mailbox folder wire_name role rule uidvalidity next_uid messages known "
                                       "judged unreadable vanished waiting looked";
static const char *const event_keys = "record sequence at who event case mailbox text";
static const char *const end_keys = "record messages judged by_verdict unreadable vanished sums_add_up rescued cases "
                                    "cases_opened cases_closed events";

/* The contracted keys in their order, whatever the values are. */
static void assert_keys(json_t *object)
{
    static const struct {
        const char *record;
        const char *const *keys;
    } contracts[] = {{"case", &case_keys},     {"message", &message_keys}, {"review", &review_keys},
                     {"folder", &folder_keys}, {"event", &event_keys},     {"end", &end_keys}};
    const char *record = json_string_value(json_object_get(object, "record")), *key;
    struct cpr_buffer keys = cpr_buffer_new(4096);
    json_t *value;
    assert_non_null(record);
    json_object_foreach(object, key, value)
    {
        cpr_buffer_add_text(&keys, keys.len ? " " : "");
        cpr_buffer_add_text(&keys, key);
    }
    size_t i = 0;
    while (i < sizeof contracts / sizeof contracts[0] && strcmp(contracts[i].record, record) != 0)
        i++;
    assert_true(i < sizeof contracts / sizeof contracts[0]);
    assert_string_equal(cpr_buffer_text(&keys), *contracts[i].keys);
    cpr_buffer_free(&keys);
}

static void assert_lines_parse(const struct cpr_buffer *page, size_t want)
{
    struct cpr_view rest = cpr_buffer_view(page), line;
    size_t count = 0;
    while (cpr_view_next_line(&rest, &line)) {
        json_error_t error;
        json_t *object = json_loadb(line.data, line.len, JSON_REJECT_DUPLICATES, &error);
        if (!object)
            fail_msg("%s in: %.*s", error.text, (int)line.len, line.data);
        assert_keys(object);
        json_decref(object);
        count++;
    }
    assert_int_equal(count, want);
}

static void every_line_parses_and_holds_its_keys(void **state)
{
    (void)state;
    struct cpr_buffer day = write_day(CPR_REVIEW_JSONL), empty = write_empty_day(CPR_REVIEW_JSONL);
    assert_lines_parse(&day, 9);
    assert_lines_parse(&empty, 2);
    cpr_buffer_free(&day);
    cpr_buffer_free(&empty);
}

/* --- hostile text ------------------------------------------------------------------------------------------------- */

static void fill(char *field, size_t size, const char *text)
{
    for (size_t len = strlen(text), used = 0; used + len < size; used += len)
        memcpy(field + used, text, len + 1);
}

/* One of each line, in which every field that somebody else may have written holds `text`. */
static struct cpr_buffer write_poisoned(enum cpr_review_form form, const char *text)
{
    struct cpr_buffer out = cpr_buffer_new(1 << 20);
    struct cpr_reading *reading = malloc(sizeof *reading);
    assert_non_null(reading);
    fill_reading(reading);
    fill(reading->signals[0].text, sizeof reading->signals[0].text, text);
    fill(reading->identifiers[0].value, sizeof reading->identifiers[0].value, text);
    char *json = reading_json(reading);
    struct cpr_review_row row = report_row(json);
    struct cpr_folder folder = junk_folder();
    struct cpr_folder_tally tally = {0};
    struct cpr_case item = report_case();
    struct cpr_event event_row = event(1, "2026-03-05T15:24:01Z", 12, "moved", "cpr-auditd", "");
    item.state = CPR_CASE_ANSWERED;
    item.acked_ms = item.closed_ms = item.found_ms;
    fill(folder.name, sizeof folder.name, text);
    fill(folder.display, sizeof folder.display, text);
    row.folder = folder;
    fill(row.message.from_address, sizeof row.message.from_address, text);
    fill(row.message.subject, sizeof row.message.subject, text);
    fill(row.message.header_message_id, sizeof row.message.header_message_id, text);
    fill(item.from_address, sizeof item.from_address, text);
    fill(item.subject, sizeof item.subject, text);
    fill(item.header_message_id, sizeof item.header_message_id, text);
    fill(item.found_folder, sizeof item.found_folder, text);
    fill(item.acked_by, sizeof item.acked_by, text);
    fill(item.closed_by, sizeof item.closed_by, text);
    fill(item.closed_note, sizeof item.closed_note, text);
    fill(event_row.who, sizeof event_row.who, text);
    fill(event_row.text, sizeof event_row.text, text);
    cpr_review_write_folder(form, &folder, &tally, &out);
    cpr_review_write_case(form, &item, item.found_ms, &out);
    cpr_review_write_event(form, &event_row, &out);
    cpr_review_write_message(form, &row, &out);
    free(json);
    free(reading);
    return out;
}

static size_t count_bytes(const struct cpr_buffer *page, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < page->len; i++)
        count += page->data[i] == byte;
    return count;
}

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='x",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "</td></tr></table>",
    "<!-- ",
    "a\r\nb\nc",
    "a\x0B\x0C"
    "b",
    "\x1B[31mred\x1B]0;title\x07",
    "\xE2\x80\xAE"
    "fdp.exe",
    "\xE2\x80\xA8line separator",
    "\xC3\x28\xFF\xED\xA0\x80",
    "{\"record\":\"end\"}",
    "\\u0000\\",
    "%s%n%999999d",
};

static void hostile_text_changes_no_line_and_no_tag(void **state)
{
    (void)state;
    struct cpr_buffer plain_txt = write_poisoned(CPR_REVIEW_TXT, "x"),
                      plain_html = write_poisoned(CPR_REVIEW_HTML, "x");
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct cpr_buffer jsonl = write_poisoned(CPR_REVIEW_JSONL, hostile[i]),
                          txt = write_poisoned(CPR_REVIEW_TXT, hostile[i]),
                          html = write_poisoned(CPR_REVIEW_HTML, hostile[i]);
        assert_lines_parse(&jsonl, 4);
        assert_int_equal(count_bytes(&txt, '\n'), count_bytes(&plain_txt, '\n'));
        for (const char *c = "\n<>\""; *c; c++)
            assert_int_equal(count_bytes(&html, *c), count_bytes(&plain_html, *c));
        struct cpr_view forms[] = {cpr_buffer_view(&jsonl), cpr_buffer_view(&txt), cpr_buffer_view(&html)}, line;
        for (size_t form = 0; form < 3; form++)
            while (cpr_view_next_line(&forms[form], &line))
                assert_true(cpr_text_is_clean(line));
        cpr_buffer_free(&jsonl);
        cpr_buffer_free(&txt);
        cpr_buffer_free(&html);
    }
    cpr_buffer_free(&plain_txt);
    cpr_buffer_free(&plain_html);
}

static void the_page_loads_nothing_and_links_nowhere(void **state)
{
    (void)state;
    static const char *const never[] = {"href",  "src=", "<script", "<img",   "<iframe",
                                        "<form", "url(", "@import", "http://"};
    struct cpr_buffer page = write_day(CPR_REVIEW_HTML);
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        assert_null(strstr(cpr_buffer_text(&page), never[i]));
    assert_non_null(strstr(cpr_buffer_text(&page), "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    cpr_buffer_free(&page);
}

static void no_private_key_reaches_a_page(void **state)
{
    (void)state;
    static const char key[] = "-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIAAA -----END PRIVATE KEY-----";
    for (int form = 0; form < CPR_REVIEW_FORMS; form++) {
        struct cpr_buffer out = cpr_buffer_new(1 << 20);
        struct cpr_case item = report_case();
        struct cpr_review_row row = report_row("{\"signals\":[]}");
        strcpy(item.subject, key);
        strcpy(row.message.subject, key);
        cpr_review_write_case((enum cpr_review_form)form, &item, item.found_ms, &out);
        cpr_review_write_message((enum cpr_review_form)form, &row, &out);
        assert_null(strstr(cpr_buffer_text(&out), "MC4CAQAwBQYDK2Vw"));
        cpr_buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_written_in_three_forms),
        cmocka_unit_test(an_empty_day_still_has_a_whole_page),
        cmocka_unit_test(the_forms_have_their_own_extensions),
        cmocka_unit_test(a_closed_case_keeps_the_margin_it_was_closed_with),
        cmocka_unit_test(sums_that_do_not_add_up_are_said_loudly),
        cmocka_unit_test(every_line_parses_and_holds_its_keys),
        cmocka_unit_test(hostile_text_changes_no_line_and_no_tag),
        cmocka_unit_test(the_page_loads_nothing_and_links_nowhere),
        cmocka_unit_test(no_private_key_reaches_a_page),
    };
    return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
