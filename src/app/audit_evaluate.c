#include "app/evaluate.h"
#include "cpr/io/reader.h"
#include "cpr/record/reading_json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* One mail's error is a few signals. */
enum { ERROR_MAX_BYTES = 1024 * 1024, PROGRESS_EVERY = 64 };

struct evaluation {
    const struct audit_options *options;
    struct cpr_reader_port reader;
    struct audit_message message; /* owned */
    struct cpr_reading *reading;  /* owned */
    struct evaluate_figures figures;
    json_t *errors; /* owned; for people, who get them behind the figures */
    bool shows_progress;
};

static void show_progress(const struct evaluation *evaluation, size_t done, size_t count)
{
    if (!evaluation->shows_progress || (done % PROGRESS_EVERY != 0 && done != count))
        return;
    if (done == count)
        fprintf(stderr, "\r\033[K");
    else
        fprintf(stderr, "\r%zu of %zu judged", done, count);
}

/* Takes the reading over as JSON: what went wrong first, then where, then what `classify` says. */
static json_t *error_to_json(const struct evaluate_item *item, const char *error, const struct cpr_reading *reading)
{
    json_t *object = json_object(), *said = cpr_reading_to_json(reading, item->path);
    json_object_set_new(object, "error", json_string(error));
    json_object_set_new(object, "label", json_string(item->label));
    json_object_set_new(object, "group", json_string(item->group));
    json_object_update(object, said);
    json_decref(said);
    return object;
}

static void add_error(const json_t *error, const struct audit_style *style, struct cpr_buffer *out)
{
    char text[EVALUATE_LABEL_SIZE + 128];
    json_t *signals = json_pack("{s:O*}", "signals", json_object_get(error, "signals"));
    snprintf(text, sizeof text, "%s: %s, score %lld  ", audit_string(error, "error"), audit_string(error, "verdict"),
             (long long)audit_number(error, "score"));
    audit_paint(out, style, strcmp(audit_string(error, "error"), "missed") == 0 ? AUDIT_URGENT : AUDIT_PLAIN, text);
    audit_paint(out, style, AUDIT_STRONG, audit_string(error, "file"));
    cpr_buffer_add_byte(out, '\n');
    audit_format_reasons(signals, style, out);
    if (json_array_size(json_object_get(error, "limits")))
        cpr_buffer_add_format(out, "  not read whole: %s\n", audit_value(error, "limits", text, sizeof text));
    json_decref(signals);
}

static int print_error(const json_t *error, bool json)
{
    struct cpr_buffer out = cpr_buffer_new(ERROR_MAX_BYTES);
    if (json) {
        char *line = json_dumps(error, JSON_COMPACT);
        cpr_buffer_add_text(&out, line);
        cpr_buffer_add_byte(&out, '\n');
        free(line);
    } else {
        struct audit_style style = audit_style_of(STDOUT_FILENO);
        add_error(error, &style, &out);
    }
    int exit_code = audit_print(&out);
    cpr_buffer_free(&out);
    return exit_code;
}

/* A reader that was lost is as good as "undecidable": the daemon shows such a mail to a human. */
static int judge(struct evaluation *evaluation, const char *path)
{
    const struct audit_message *message = &evaluation->message;
    struct cpr_error error;
    struct cpr_view raw = cpr_view_make(message->raw, message->len);
    struct cpr_buffer wrapped = cpr_buffer_new(2 * CPR_MESSAGE_FETCH_MAX_BYTES);
    bool is_text = evaluate_is_text(path, raw);
    if (is_text)
        evaluate_wrap_text(raw, &wrapped);
    raw = is_text ? cpr_view_slice(cpr_buffer_view(&wrapped), 0, message->max_bytes) : raw;
    enum cpr_rc rc = cpr_reader_read(&evaluation->reader, raw, message->is_cut, evaluation->reading, &error);
    cpr_buffer_free(&wrapped);
    return rc == CPR_OK || rc == CPR_LIMIT ? EX_OK : audit_fail(cpr_rc_exit_code(rc), error.text);
}

static int evaluate_item(struct evaluation *evaluation, const struct evaluate_item *item)
{
    if (!audit_message_read(item->path, &evaluation->message)) {
        char sentence[2 * CPR_ERROR_TEXT_MAX];
        snprintf(sentence, sizeof sentence, "%s cannot be read: %s", item->path, strerror(errno));
        return audit_fail(EX_NOINPUT, sentence);
    }
    int exit_code = judge(evaluation, item->path);
    if (exit_code != EX_OK)
        return exit_code;
    enum cpr_verdict verdict = (enum cpr_verdict)evaluation->reading->verdict;
    if (!evaluate_figures_add(&evaluation->figures, item, verdict))
        return audit_fail(EX_TEMPFAIL, "out of memory");
    const char *name = evaluate_error_name(evaluate_is_report(item->label), verdict);
    if (!name)
        return EX_OK;
    json_t *error = error_to_json(item, name, evaluation->reading);
    if (evaluation->options->json)
        exit_code = print_error(error, true);
    else
        json_array_append(evaluation->errors, error);
    json_decref(error);
    return exit_code;
}

static int print_figures(struct evaluation *evaluation)
{
    struct audit_style style = audit_style_of(STDOUT_FILENO);
    struct cpr_buffer out = cpr_buffer_new(AUDIT_OUTPUT_MAX_BYTES);
    size_t i;
    json_t *error;
    evaluate_figures_print(&evaluation->figures, &style, evaluation->options->json, &out);
    if (json_array_size(evaluation->errors))
        cpr_buffer_add_format(&out, "\nErrors (%zu):\n\n", json_array_size(evaluation->errors));
    int exit_code = audit_print(&out);
    cpr_buffer_free(&out);
    for (i = 0; exit_code == EX_OK && (error = json_array_get(evaluation->errors, i)) != NULL; i++)
        exit_code = print_error(error, false);
    return exit_code;
}

/* A file that is gone again costs its place in the figures, and the exit code says so; nothing else stops. */
static int evaluate_all(struct evaluation *evaluation, const struct evaluate_corpus *corpus)
{
    int worst = EX_OK;
    for (size_t i = 0; i < corpus->count; i++) {
        int exit_code = evaluate_item(evaluation, &corpus->items[i]);
        if (exit_code != EX_OK && exit_code != EX_NOINPUT)
            return exit_code;
        worst = exit_code != EX_OK ? exit_code : worst;
        show_progress(evaluation, i + 1, corpus->count);
    }
    int printed = print_figures(evaluation);
    return printed != EX_OK ? printed : worst;
}

static int evaluate_with(const struct audit_options *options, const struct cpr_config *config,
                         const struct evaluate_corpus *corpus)
{
    struct cpr_reader *reader = NULL;
    struct cpr_error error;
    struct evaluation evaluation = {
        .options = options,
        .message.max_bytes = config ? config->settings.message_max_bytes : CPR_MESSAGE_FETCH_DEFAULT_BYTES,
        .reading = malloc(sizeof *evaluation.reading),
        .errors = json_array(),
        .shows_progress = isatty(STDERR_FILENO),
    };
    int exit_code;
    if (!evaluation.reading || !evaluation.errors) {
        exit_code = audit_fail(EX_TEMPFAIL, "out of memory");
    } else if (cpr_reader_new(config ? &config->judge : NULL, NULL, NULL, &reader, &error) != CPR_OK) {
        exit_code = audit_fail(EX_TEMPFAIL, error.text);
    } else {
        evaluation.reader = cpr_reader_port(reader);
        exit_code = evaluate_all(&evaluation, corpus);
    }
    cpr_reader_free(&reader);
    evaluate_figures_free(&evaluation.figures);
    json_decref(evaluation.errors);
    free(evaluation.reading);
    free(evaluation.message.raw);
    return exit_code;
}

int audit_evaluate(const struct audit_options *options)
{
    struct cpr_config *config = NULL;
    struct evaluate_corpus corpus;
    if (options->config_path) {
        config = audit_config_load(options);
        if (!config)
            return EX_CONFIG;
    }
    int exit_code = evaluate_corpus_find(options->arguments[0], &corpus);
    if (exit_code == EX_OK)
        exit_code = evaluate_with(options, config, &corpus);
    evaluate_corpus_free(&corpus);
    free(config);
    return exit_code;
}
