/* cpr-audit hunt: what would the rules of today have seen that was not seen then? */
#include "app/hunt.h"
#include "cpr/casework/receipt.h"
#include "cpr/io/clock.h"
#include "cpr/io/reader.h"
#include "cpr/record/reading_json.h"

#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { FRESH_POLLS = 3, ROW_MAX_BYTES = 512 * 1024 };

void hunt_failed(struct hunt *hunt, int exit_code, const char *sentence)
{
    if (hunt->shows_progress)
        fputs("\r\033[K", stderr);
    audit_fail(exit_code, sentence);
    if (hunt->exit_code == EX_OK)
        hunt->exit_code = exit_code;
}

void hunt_progress(const struct hunt *hunt, uint64_t done, uint64_t all)
{
    char text[160];
    struct cpr_buffer line = cpr_buffer_new(2048);
    if (!hunt->shows_progress)
        return;
    snprintf(text, sizeof text, "%.60s: %llu of %llu", hunt->place.folder, (unsigned long long)done,
             (unsigned long long)all);
    cpr_buffer_add_text(&line, "\r\033[K");
    audit_cell(&line, text, 79);
    if (done < all)
        fputs(cpr_buffer_text(&line), stderr);
    else
        fputs("\r\033[K", stderr);
    cpr_buffer_free(&line);
}

/* --- one message ---------------------------------------------------------------------------------------------------
 */

/* When the CA's own mail system took it, as far as the message itself and the server tell. Of a file nobody knows the
 * mailbox: the border hosts of any count. */
static void set_receipt(const struct hunt *hunt, const struct hunt_mail *mail, struct hunt_found *found)
{
    static const struct cpr_mailbox_settings none = {0};
    const struct cpr_settings *settings = hunt->config ? &hunt->config->settings : NULL;
    bool is_file = !hunt->place.mailbox;
    size_t first = is_file ? 0 : hunt->place.mailbox_index;
    size_t end = is_file && settings ? settings->mailbox_count : first + 1;
    struct cpr_receipt receipt = {0};
    for (size_t i = first; i < end; i++) {
        struct cpr_receipt of = cpr_receipt_choose(hunt->reading, mail->internal_ms, mail->save_ms, hunt->now_ms,
                                                   settings ? &settings->mailboxes[i] : &none);
        receipt = i == first ? of : cpr_receipt_earlier(&receipt, &of);
    }
    int64_t deadline_ms = settings ? settings->policy.deadline_ms : CPR_DAY_MS;
    bool is_known = receipt.source != CPR_RECEIPT_FIRST_SIGHT;
    found->receipt_ms = is_known ? receipt.utc_ms : CPR_TIME_NONE;
    found->deadline_ms = is_known ? receipt.utc_ms + deadline_ms : CPR_TIME_NONE;
    found->arrived_ms = cpr_time_is_plausible(mail->save_ms) ? mail->save_ms : found->receipt_ms;
    json_object_set_new(found->row, "receipt_source",
                        json_string(is_known ? cpr_receipt_source_name(receipt.source) : ""));
}

static void set_time(json_t *row, const char *key, int64_t utc_ms)
{
    char text[CPR_TIME_TEXT_SIZE];
    json_object_set_new(row, key, utc_ms == CPR_TIME_NONE ? json_null() : json_string(cpr_time_format(utc_ms, text)));
}

/* The reading as the store would keep it, without what a list has no room for. */
static json_t *row_of(const struct hunt *hunt, const struct hunt_mail *mail)
{
    static const char *const too_long[] = {"excerpt",      "references", "received",   "attachments",
                                           "certificates", "to",         "recipients", "reply_to"};
    struct cpr_buffer text = cpr_buffer_new(ROW_MAX_BYTES);
    cpr_reading_write_json(hunt->reading, &text);
    json_t *row = json_loads(cpr_buffer_text(&text), 0, NULL);
    cpr_buffer_free(&text);
    for (size_t i = 0; i < sizeof too_long / sizeof too_long[0]; i++)
        json_object_del(row, too_long[i]);
    json_object_set_new(row, "mailbox", hunt->place.mailbox ? json_string(hunt->place.mailbox) : json_null());
    json_object_set_new(row, "folder", json_string(hunt->place.folder));
    json_object_set_new(row, "role", json_string(hunt->place.role));
    json_object_set_new(row, hunt->place.mailbox ? "uid" : "number", json_integer(mail->number));
    return row;
}

static void keep(struct hunt *hunt, const struct hunt_mail *mail)
{
    struct hunt_found *found = &hunt->found[hunt->found_count++];
    const struct cpr_reading *reading = hunt->reading;
    uint32_t size = mail->size > UINT32_MAX ? UINT32_MAX : (uint32_t)mail->size;
    *found = (struct hunt_found){.row = row_of(hunt, mail), .identity = cpr_identity_of(mail->raw, size)};
    memcpy(found->header_message_id, reading->message_id, sizeof found->header_message_id);
    memcpy(found->text_digest, reading->text_digest, sizeof found->text_digest);
    set_receipt(hunt, mail, found);
    set_time(found->row, "received", found->receipt_ms);
    set_time(found->row, "deadline", found->deadline_ms);
}

bool hunt_take(struct hunt *hunt, const struct hunt_mail *mail)
{
    struct cpr_error error = {0};
    CPR_ASSERT(hunt->found_count < HUNT_BATCH);
    enum cpr_rc rc = cpr_reader_read(&hunt->reader, mail->raw, mail->raw.len < mail->size, hunt->reading, &error);
    /* A message that ends its reader is one that a human must see. */
    if (rc != CPR_OK && rc != CPR_LIMIT) {
        hunt_failed(hunt, cpr_rc_exit_code(rc), error.text);
        return false;
    }
    hunt->read++;
    int64_t at_ms = cpr_time_is_plausible(mail->internal_ms) ? mail->internal_ms : CPR_TIME_NONE;
    if (at_ms != CPR_TIME_NONE && (hunt->oldest_ms == CPR_TIME_NONE || at_ms < hunt->oldest_ms))
        hunt->oldest_ms = at_ms;
    if (at_ms != CPR_TIME_NONE && (hunt->newest_ms == CPR_TIME_NONE || at_ms > hunt->newest_ms))
        hunt->newest_ms = at_ms;
    if (hunt->reading->verdict != CPR_VERDICT_UNLIKELY)
        keep(hunt, mail);
    return true;
}

/* --- what was said then --------------------------------------------------------------------------------------------
 */

static char *question_of(const struct hunt *hunt, size_t first, size_t count)
{
    json_t *messages = json_array();
    for (size_t i = first; i < first + count; i++) {
        char hex[CPR_DIGEST_HEX_SIZE];
        cpr_digest_to_hex(&hunt->found[i].identity.digest, hex);
        json_array_append_new(messages,
                              json_pack("{s:s*, s:s, s:I, s:s, s:s}", "mailbox", hunt->place.mailbox, "sha256", hex,
                                        "size", (json_int_t)hunt->found[i].identity.size, "message_id",
                                        hunt->found[i].header_message_id, "text", hunt->found[i].text_digest));
    }
    json_t *request = json_pack("{s:s, s:o}", "verb", "known", "messages", messages);
    char *line = json_dumps(request, JSON_COMPACT);
    json_decref(request);
    return line;
}

/* How late the answer is or was; nothing when nobody knows when it came. */
static void set_lateness(struct hunt *hunt, const struct hunt_found *found, const json_t *then)
{
    int64_t answered_ms = CPR_TIME_NONE;
    cpr_time_parse_rfc3339(cpr_view_of(audit_string(then, "answered")), &answered_ms);
    int64_t end_ms = answered_ms != CPR_TIME_NONE ? answered_ms : hunt->now_ms;
    int64_t late_s = found->deadline_ms == CPR_TIME_NONE ? 0 : (end_ms - found->deadline_ms) / CPR_SECOND_MS;
    set_time(found->row, "answered", answered_ms);
    json_object_set_new(found->row, "late_s", late_s > 0 ? json_integer(late_s) : json_null());
    hunt->late += late_s > 0;
}

/* The daemon has not come round to it yet: no miss. */
static bool is_fresh(const struct hunt *hunt, const struct hunt_found *found)
{
    return hunt->place.mailbox && found->arrived_ms != CPR_TIME_NONE &&
           hunt->now_ms - found->arrived_ms < FRESH_POLLS * hunt->config->settings.poll_ms;
}

/* One that was surfaced has a case; so it has when a person dismissed it. Of our own alerts and of replies the ledger
 * knows that they are none. */
static bool compare_one(struct hunt *hunt, struct hunt_found *found, const json_t *then)
{
    bool is_known = json_is_true(json_object_get(then, "known"));
    hunt->surfaced++;
    if (is_known &&
        (audit_number(then, "case") || strcmp(audit_string(then, "verdict"), "unlikely") != 0 ||
         strcmp(audit_string(then, "kind"), "own-alert") == 0 || strcmp(audit_string(then, "kind"), "reply") == 0)) {
        hunt->known++;
        return true;
    }
    if (!is_known && is_fresh(hunt, found)) {
        hunt->waiting++;
        return true;
    }
    hunt->missed++;
    json_object_set_new(found->row, "then",
                        json_string(is_known              ? audit_string(then, "verdict")
                                    : hunt->has_no_ledger ? "not known"
                                                          : "not seen"));
    json_object_set_new(found->row, "then_ruleset", json_string(audit_string(then, "ruleset")));
    json_object_set(found->row, "then_read", is_known ? json_object_get(then, "first_seen") : json_null());
    set_lateness(hunt, found, then);
    struct cpr_buffer out = cpr_buffer_new(ROW_MAX_BYTES);
    hunt_print_missed(hunt, found->row, &out);
    if (hunt->shows_progress)
        fputs("\r\033[K", stderr);
    int printed = audit_print(&out);
    cpr_buffer_free(&out);
    hunt->exit_code = printed != EX_OK ? printed : hunt->exit_code;
    return printed == EX_OK;
}

/* The rows of one question; an empty list when there is no ledger to be asked. */
static bool ask(struct hunt *hunt, size_t first, size_t count, json_t **rows_out)
{
    struct cpr_error error = {0};
    json_t *rows = NULL;
    *rows_out = NULL;
    if (!hunt->config || hunt->has_no_ledger)
        return true;
    char *question = question_of(hunt, first, count);
    int exit_code = question ? audit_ask_objects(hunt->config, question, &rows, &error) : EX_TEMPFAIL;
    free(question);
    if (exit_code != EX_OK && error.rc == CPR_ABSENT && hunt->options->mbox) {
        hunt->has_no_ledger = true;
        return true;
    }
    if (exit_code == EX_OK && json_array_size(rows) != count) {
        exit_code = EX_PROTOCOL;
        error.text[0] = 0;
    }
    if (exit_code != EX_OK) {
        hunt_failed(hunt, exit_code, error.text[0] ? error.text : "the daemon answered something else than was asked");
        json_decref(rows);
        return false;
    }
    *rows_out = rows;
    return true;
}

bool hunt_compare(struct hunt *hunt)
{
    bool goes_on = true;
    for (size_t first = 0; first < hunt->found_count && goes_on; first += HUNT_QUESTION_MAX) {
        size_t left = hunt->found_count - first, count = left < HUNT_QUESTION_MAX ? left : HUNT_QUESTION_MAX;
        json_t *rows;
        goes_on = ask(hunt, first, count, &rows);
        for (size_t i = 0; i < count && goes_on; i++)
            goes_on = compare_one(hunt, &hunt->found[first + i], json_array_get(rows, i));
        json_decref(rows);
    }
    for (size_t i = 0; i < hunt->found_count; i++)
        json_decref(hunt->found[i].row);
    hunt->found_count = 0;
    return goes_on;
}

/* --- the verb ------------------------------------------------------------------------------------------------------
 */

/* How far back the record goes: nobody can say of what came before whether it was seen. */
static void ask_for_record(struct hunt *hunt)
{
    struct cpr_error error;
    json_t *status = NULL;
    if (hunt->config && !hunt->has_no_ledger &&
        audit_ask_objects(hunt->config, "{\"verb\":\"status\"}", &status, &error) == EX_OK)
        cpr_time_parse_rfc3339(cpr_view_of(audit_string(json_array_get(status, 0), "record_since")), &hunt->record_ms);
    json_decref(status);
}

/* 1 when something was missed; a look that was not whole says so before all. */
static int end(struct hunt *hunt)
{
    struct cpr_buffer out = cpr_buffer_new(ROW_MAX_BYTES);
    ask_for_record(hunt);
    hunt_print_end(hunt, &out);
    int printed = audit_print(&out);
    cpr_buffer_free(&out);
    return hunt->exit_code != EX_OK ? hunt->exit_code : printed != EX_OK ? printed : hunt->missed > 0;
}

static int hunt_all(struct hunt *hunt)
{
    const struct audit_options *options = hunt->options;
    bool goes_on = true;
    for (int i = 0; options->mbox && i < options->argument_count && goes_on; i++)
        goes_on = hunt_path(hunt, options->arguments[i]);
    for (size_t i = 0; !options->mbox && i < hunt->config->settings.mailbox_count && goes_on; i++)
        goes_on = hunt_mailbox(hunt, i);
    return end(hunt);
}

static int hunt_with(const struct audit_options *options, struct cpr_config *config, int64_t since_ms)
{
    struct cpr_clock_port clock = cpr_clock_system();
    struct cpr_error error = {0};
    struct cpr_reader *reader = NULL;
    int exit_code = EX_TEMPFAIL;
    struct hunt *hunt = calloc(1, sizeof *hunt);
    struct cpr_reading *reading = malloc(sizeof *reading);
    if (!hunt || !reading) {
        audit_fail(exit_code, "out of memory");
    } else if (cpr_reader_new(config ? &config->judge : NULL, NULL, NULL, &reader, &error) != CPR_OK) {
        audit_fail(exit_code, error.text);
    } else {
        hunt->options = options;
        hunt->config = config;
        hunt->reader = cpr_reader_port(reader);
        hunt->reading = reading;
        hunt->style = audit_style_of(STDOUT_FILENO);
        hunt->now_ms = clock.utc_ms(clock.self);
        hunt->since_ms = hunt->now_ms - since_ms;
        hunt->shows_progress = isatty(STDERR_FILENO);
        hunt->has_no_ledger = !config;
        hunt->oldest_ms = hunt->newest_ms = hunt->record_ms = CPR_TIME_NONE;
        exit_code = hunt_all(hunt);
    }
    cpr_reader_free(&reader);
    free(reading);
    free(hunt);
    return exit_code;
}

int audit_hunt(const struct audit_options *options)
{
    struct cpr_config *config = NULL;
    int64_t since_ms;
    const char *since = options->since ? options->since : HUNT_SINCE_DEFAULT;
    if (!cpr_duration_parse(cpr_view_of(since), &since_ms) || since_ms <= 0)
        return audit_fail(EX_USAGE, "--since must be a duration such as 90d or 36h");
    if (options->mbox && options->argument_count == 0)
        return audit_fail(EX_USAGE, "--mbox needs the files to look through");
    if (!options->mbox && options->argument_count)
        return audit_fail(EX_USAGE, "to look through files, say --mbox; without it the mailboxes are read");
    /* Files can be judged where nothing is configured; then nobody knows what was said of them then. */
    bool needs_config = options->config_path || !options->mbox || access(AUDIT_CONFIG_DEFAULT, F_OK) == 0;
    if (needs_config && !(config = audit_config_load(options)))
        return EX_CONFIG;
    signal(SIGPIPE, SIG_IGN);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int exit_code = hunt_with(options, config, since_ms);
    curl_global_cleanup();
    free(config);
    return exit_code;
}
