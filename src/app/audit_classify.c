#include "app/audit.h"
#include "cpr/io/reader.h"
#include "cpr/record/reading_json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

bool audit_message_read(const char *path, struct audit_message *message)
{
    if (!message->raw)
        message->raw = malloc(message->max_bytes + 1);
    if (!message->raw)
        return false;
    int file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return false;
    ssize_t count = 1;
    message->len = 0;
    /* One byte more than is judged shows that the message is longer. */
    while (count != 0 && message->len <= message->max_bytes) {
        count = read(file, message->raw + message->len, message->max_bytes + 1 - message->len);
        if (count < 0 && errno != EINTR)
            break;
        message->len += count > 0 ? (size_t)count : 0;
    }
    int number = errno;
    if (file != STDIN_FILENO)
        close(file);
    errno = number;
    message->is_cut = message->len > message->max_bytes;
    message->len -= message->is_cut;
    return count >= 0;
}

static void add_reading(const struct cpr_reading *reading, const char *path, const struct audit_options *options,
                        struct cpr_buffer *out)
{
    json_t *object = cpr_reading_to_json(reading, path);
    if (options->json) {
        char *line = json_dumps(object, JSON_COMPACT);
        cpr_buffer_add_text(out, line);
        cpr_buffer_add_byte(out, '\n');
        free(line);
    } else {
        struct audit_style style = audit_style_of(STDOUT_FILENO);
        audit_format_reading(object, &style, out);
    }
    json_decref(object);
}

/* Judges and prints one file: 66 when it cannot be read, 65 when the reader was lost over it (still printed, as what
 * needs a human), 75 when there is no reader to be had. */
static int classify_file(const char *path, struct audit_message *message, struct cpr_reader_port port,
                         const struct audit_options *options)
{
    struct cpr_error error;
    char sentence[2 * CPR_ERROR_TEXT_MAX];
    if (!audit_message_read(path, message)) {
        snprintf(sentence, sizeof sentence, "%s cannot be read: %s", path, strerror(errno));
        return audit_fail(EX_NOINPUT, sentence);
    }
    struct cpr_reading *reading = malloc(sizeof *reading);
    if (!reading)
        return audit_fail(EX_TEMPFAIL, "out of memory");
    enum cpr_rc rc =
        cpr_reader_read(&port, cpr_view_make(message->raw, message->len), message->is_cut, reading, &error);
    int exit_code = cpr_rc_exit_code(rc);
    if (rc != CPR_OK) {
        snprintf(sentence, sizeof sentence, "%s: %s", path, error.text);
        audit_fail(exit_code, sentence);
    }
    if (rc == CPR_OK || rc == CPR_LIMIT) {
        struct cpr_buffer out = cpr_buffer_new(AUDIT_OUTPUT_MAX_BYTES);
        add_reading(reading, path, options, &out);
        int printed = audit_print(&out);
        exit_code = printed != EX_OK ? printed : exit_code;
        cpr_buffer_free(&out);
    }
    free(reading);
    return exit_code;
}

/* The first failure decides the exit code, an unreadable file before all; the other files are judged all the same. */
static int classify_all(const struct audit_options *options, struct audit_message *message, struct cpr_reader_port port)
{
    int worst = EX_OK;
    for (int i = 0; i < options->argument_count; i++) {
        int exit_code = classify_file(options->arguments[i], message, port, options);
        if (exit_code == EX_IOERR)
            return exit_code;
        if (worst == EX_OK || exit_code == EX_NOINPUT)
            worst = exit_code;
    }
    return worst;
}

int audit_classify(const struct audit_options *options)
{
    struct cpr_config *config = NULL;
    struct cpr_reader *reader = NULL;
    struct cpr_error error;
    struct audit_message message = {.max_bytes = CPR_MESSAGE_FETCH_DEFAULT_BYTES};
    if (options->config_path) {
        config = audit_config_load(options);
        if (!config)
            return EX_CONFIG;
        message.max_bytes = config->settings.message_max_bytes;
    }
    int exit_code = EX_TEMPFAIL;
    if (cpr_reader_new(config ? &config->judge : NULL, NULL, NULL, &reader, &error) != CPR_OK)
        audit_fail(exit_code, error.text);
    else
        exit_code = classify_all(options, &message, cpr_reader_port(reader));
    cpr_reader_free(&reader);
    free(message.raw);
    free(config);
    return exit_code;
}
