#include "app/audit.h"
#include "cpr/base/encode.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct cpr_config *audit_config_load(const struct audit_options *options)
{
    const char *path = options->config_path ? options->config_path : AUDIT_CONFIG_DEFAULT;
    struct cpr_buffer errors = cpr_buffer_new(256 * 1024);
    struct cpr_config *config = calloc(1, sizeof *config);
    if (!config) {
        audit_fail(EX_TEMPFAIL, "out of memory");
    } else if (cpr_config_load(path, config, &errors) != CPR_OK) {
        struct cpr_buffer clean = cpr_buffer_new(512 * 1024);
        audit_add_lines(&clean, cpr_buffer_view(&errors));
        fputs(cpr_buffer_text(&clean), stderr);
        cpr_buffer_free(&clean);
        free(config);
        config = NULL;
    }
    cpr_buffer_free(&errors);
    return config;
}

/* The reply, apart: the objects before the end line, and what the end line says. */
struct reply {
    json_t *objects; /* owned; an array */
    int exit_code;
    char error[CPR_ERROR_TEXT_MAX];
};

/* False when a line is no JSON object or the end line is missing: the reply was cut. */
static bool parse_reply(struct cpr_view text, struct reply *reply)
{
    struct cpr_view line;
    bool ended = false;
    while (!ended && cpr_view_next_line(&text, &line)) {
        json_t *object = json_loadb(line.data, line.len, JSON_REJECT_DUPLICATES, NULL);
        ended = json_is_true(json_object_get(object, "end"));
        if (!json_is_object(object)) {
            json_decref(object);
            return false;
        }
        if (ended) {
            reply->exit_code = (int)json_integer_value(json_object_get(object, "exit"));
            snprintf(reply->error, sizeof reply->error, "%s", audit_string(object, "error"));
            json_decref(object);
        } else {
            json_array_append_new(reply->objects, object);
        }
    }
    return ended;
}

static void add_json_lines(const json_t *objects, struct cpr_buffer *out)
{
    size_t i;
    json_t *object;
    json_array_foreach(objects, i, object)
    {
        char *line = json_dumps(object, JSON_COMPACT);
        cpr_encode_line(out, cpr_view_of(line));
        cpr_buffer_add_byte(out, '\n');
        free(line);
    }
}

/* A review is a page: its text in pieces, or the file in which it was published. False when that cannot be read. */
static bool add_review(const json_t *objects, struct cpr_buffer *out)
{
    struct cpr_buffer page = cpr_buffer_new(AUDIT_OUTPUT_MAX_BYTES);
    size_t i;
    json_t *object;
    json_array_foreach(objects, i, object)
    {
        const char *path = audit_string(object, "file");
        FILE *file = *path ? fopen(path, "re") : NULL;
        if (*path && !file)
            break;
        cpr_buffer_add_text(&page, audit_string(object, "text"));
        char block[4096];
        for (size_t len; file && (len = fread(block, 1, sizeof block, file)) > 0;)
            cpr_buffer_add(&page, cpr_view_make(block, len));
        if (file)
            fclose(file);
    }
    bool is_whole = i == json_array_size(objects) && !cpr_buffer_is_full(&page);
    audit_add_lines(out, cpr_buffer_view(&page));
    cpr_buffer_free(&page);
    return is_whole;
}

/* Whether the clock of the revocation has ended by that word, and whether somebody is asked. */
static void add_revoked(const json_t *item, struct cpr_buffer *out)
{
    bool is_open = strcmp(audit_string(json_object_get(item, "revocation"), "state"), "open") == 0;
    bool is_asked = json_is_true(json_object_get(item, "verified")) && audit_number(item, "claimed") > 0;
    cpr_buffer_add_format(out, "%s%s",
                          is_open
                              ? "has certificates that are said to be revoked; its revocation clock goes on until that "
                                "is said of all."
                              : "is said to be revoked; its revocation clock has ended.",
                          is_asked ? " The sources are asked." : "");
}

static void add_clock(const json_t *revocation, struct cpr_buffer *out)
{
    char minute[CPR_TIME_TEXT_SIZE];
    if (strcmp(audit_string(revocation, "class"), "none") == 0)
        cpr_buffer_add_text(out, "has nothing to be revoked.");
    else
        cpr_buffer_add_format(out, "is to be revoked within %s of its receipt, until %s.",
                              audit_string(revocation, "class"), audit_minute(revocation, "deadline", minute));
}

/* What a person sees after a command that changed cases. */
static void add_done(const struct audit_options *options, const json_t *objects, struct cpr_buffer *out)
{
    size_t i;
    json_t *item;
    json_array_foreach(objects, i, item)
    {
        const char *state = audit_string(item, "state");
        cpr_buffer_add_format(out, "case %lld ", (long long)audit_number(item, "case"));
        if (strcmp(options->verb, "ack") == 0)
            cpr_buffer_add_text(out, "is looked after; its clock goes on until it is answered.");
        else if (strcmp(options->verb, "confirm") == 0)
            cpr_buffer_add_text(out, "is no report, as a second person says.");
        else if (strcmp(options->verb, "revoked") == 0)
            add_revoked(item, out);
        else if (strcmp(options->verb, "clock") == 0)
            add_clock(json_object_get(item, "revocation"), out);
        else if (strcmp(state, "open") == 0)
            cpr_buffer_add_format(out, "is open; reporter: %s, subscriber: %s; its clock goes on.",
                                  audit_string(item, "reporter"), audit_string(item, "subscriber"));
        else
            cpr_buffer_add_format(out, "is %s; its clock has stopped.", state);
        cpr_buffer_add_text(out, " Noted for ");
        cpr_encode_line(out, cpr_view_of(options->by));
        cpr_buffer_add_text(out, ".\n");
    }
}

static void add_for_people(const struct audit_options *options, const json_t *objects, struct cpr_buffer *out)
{
    struct audit_style style = audit_style_of(STDOUT_FILENO);
    if (strcmp(options->verb, "cases") == 0)
        audit_format_cases(objects, &style, out);
    else if (strcmp(options->verb, "status") == 0)
        audit_format_status(json_array_get(objects, 0), &style, out);
    else if (strcmp(options->verb, "trace") == 0)
        audit_format_trace(json_array_get(objects, 0), &style, out);
    else if (strcmp(options->verb, "show") == 0)
        audit_format_case(json_array_get(objects, 0), &style, out);
    else
        add_done(options, objects, out);
}

static int no_review(const char *day)
{
    char sentence[CPR_ERROR_TEXT_MAX];
    snprintf(sentence, sizeof sentence, "there is no readable review of %.20s in the log directory", day);
    return audit_fail(EX_DATAERR, sentence);
}

/* Prints the objects of a good answer; the exit code. */
static int print_objects(const struct audit_options *options, const json_t *objects)
{
    struct cpr_buffer out = cpr_buffer_new(AUDIT_OUTPUT_MAX_BYTES);
    int exit_code = EX_OK;
    if (strcmp(options->verb, "status") == 0)
        exit_code = audit_status_exit_code(json_array_get(objects, 0));
    if (strcmp(options->verb, "review") == 0 && !add_review(objects, &out))
        exit_code = no_review(options->arguments[0]);
    else if (strcmp(options->verb, "review") != 0 && options->json)
        add_json_lines(objects, &out);
    else if (strcmp(options->verb, "review") != 0)
        add_for_people(options, objects, &out);
    int printed = audit_print(&out);
    cpr_buffer_free(&out);
    return printed == EX_OK ? exit_code : printed;
}

static int exit_code_of(enum cpr_rc rc, const struct cpr_error *error)
{
    return error->detail == EACCES || error->detail == EPERM ? EX_NOPERM : cpr_rc_exit_code(rc);
}

int audit_ask_objects(const struct cpr_config *config, const char *request, json_t **objects_out,
                      struct cpr_error *error_out)
{
    struct cpr_buffer text = cpr_buffer_new(CPR_REPLY_MAX_BYTES);
    struct reply reply = {.objects = json_array()};
    enum cpr_rc rc = audit_ask(config, request, &text, error_out);
    int exit_code = EX_OK;
    if (rc != CPR_OK) {
        exit_code = exit_code_of(rc, error_out);
    } else if (!reply.objects || !parse_reply(cpr_buffer_view(&text), &reply)) {
        cpr_error_set(error_out, CPR_RETRY, 0, "the daemon's reply broke off");
        exit_code = EX_PROTOCOL;
    } else if (reply.exit_code != EX_OK) {
        cpr_error_set(error_out, CPR_OPERATOR, 0, "%s", reply.error);
        exit_code = reply.exit_code;
    }
    cpr_buffer_free(&text);
    if (exit_code == EX_OK)
        *objects_out = reply.objects;
    else
        json_decref(reply.objects);
    return exit_code;
}

static int print_reply(const struct audit_options *options, struct cpr_view text)
{
    struct reply reply = {.objects = json_array()};
    int exit_code;
    if (!reply.objects || !parse_reply(text, &reply))
        exit_code =
            audit_fail(EX_PROTOCOL, "the daemon's reply broke off; nothing is known of what became of the request");
    else if (reply.exit_code != EX_OK)
        exit_code = audit_fail(reply.exit_code, reply.error);
    else
        exit_code = print_objects(options, reply.objects);
    json_decref(reply.objects);
    return exit_code;
}

/* A monitor is told in its own language that nobody answers. */
static int fail_to_ask(const struct audit_options *options, enum cpr_rc rc, const struct cpr_error *error)
{
    return audit_fail(strcmp(options->verb, "status") == 0 ? 3 : exit_code_of(rc, error), error->text);
}

int audit_daemon_verb(const struct audit_options *options)
{
    struct cpr_error error;
    struct cpr_buffer request = cpr_buffer_new(CPR_REQUEST_MAX_BYTES), reply = cpr_buffer_new(CPR_REPLY_MAX_BYTES);
    struct cpr_config *config = NULL;
    int exit_code = EX_USAGE;
    if (audit_request(options, &request, &error) != CPR_OK) {
        audit_fail(exit_code, error.text);
        goto out;
    }
    config = audit_config_load(options);
    exit_code = EX_CONFIG;
    if (!config)
        goto out;
    enum cpr_rc rc = audit_ask(config, cpr_buffer_text(&request), &reply, &error);
    exit_code = rc == CPR_OK ? print_reply(options, cpr_buffer_view(&reply)) : fail_to_ask(options, rc, &error);
out:
    cpr_buffer_free(&request);
    cpr_buffer_free(&reply);
    free(config);
    return exit_code;
}
