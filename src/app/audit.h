/* What the files of cpr-audit share. Private to src/app and its tests. */
#ifndef CPR_APP_AUDIT_H
#define CPR_APP_AUDIT_H

#include "cpr/base/buffer.h"
#include "cpr/base/result.h"
#include "cpr/io/config.h"
#include "cpr/io/imap.h"

#include <jansson.h>

#define AUDIT_CONFIG_DEFAULT "/etc/cpr-auditd/cpr-auditd.conf"
enum { AUDIT_OUTPUT_MAX_BYTES = 2 * CPR_REPLY_MAX_BYTES };

/* --- audit_options.c: the command line ------------------------------------------------------------------------------
 */

struct audit_options {
    const char *config_path; /* this and the others borrowed from argv; NULL when not given */
    const char *by, *note, *serial, *issuer, *form, *leg, *class, *verb, *since, *format, *out;
    char *const *arguments; /* of the verb */
    int argument_count;
    bool send_test_alert, not_applicable, mbox, redact_reporter, with_raw_mail;
    bool json, all, help, version;
};

struct audit_verb {
    const char *name, *usage, *summary;
    int (*run)(const struct audit_options *options); /* returns the exit code */
    int argument_min, argument_max;                  /* -1: any number */
    unsigned takes;                                  /* bits of enum audit_takes */
};

/* Options that only some verbs take. */
enum audit_takes {
    AUDIT_TAKES_BY = 1,
    AUDIT_NEEDS_NOTE = 2,
    AUDIT_TAKES_ALL = 4,
    AUDIT_TAKES_FORM = 8,
    AUDIT_TAKES_TEST = 16,
    AUDIT_TAKES_HUNT = 32,    /* --since, --mbox */
    AUDIT_TAKES_EXPORT = 64,  /* --format, --out, --redact-reporter, --with-raw-mail */
    AUDIT_TAKES_SERIAL = 128, /* and then one of --serial and --all is needed */
    AUDIT_TAKES_LEG = 256,
    AUDIT_TAKES_NOT_APPLICABLE = 512,
    AUDIT_TAKES_CLASS = 1024 /* and needs it */
};

/* NULL when there is no such verb. */
const struct audit_verb *audit_verb_find(const char *name);
/* CPR_OPERATOR with a sentence when the line makes no sense: exit 64. */
enum cpr_rc audit_options_parse(int count, char **arguments, struct audit_options *options_out,
                                struct cpr_error *error_out);
enum cpr_rc audit_options_check(const struct audit_verb *verb, const struct audit_options *options,
                                struct cpr_error *error_out);
void audit_usage(struct cpr_buffer *out);

/* The request line for the daemon, without its newline: {"verb":"ack","case":7,"by":"NAME"}. CPR_OPERATOR when an
 * argument is no case number or no day: exit 64. */
enum cpr_rc audit_request(const struct audit_options *options, struct cpr_buffer *out, struct cpr_error *error_out);

/* --- audit_verbs ----------------------------------------------------------------------------------------------------
 */

int audit_classify(const struct audit_options *options);
int audit_evaluate(const struct audit_options *options);
int audit_check(const struct audit_options *options);
int audit_revocation(const struct audit_options *options);
int audit_hunt(const struct audit_options *options);
int audit_export(const struct audit_options *options);
int audit_daemon_verb(const struct audit_options *options); /* those that the daemon answers */

/* The beginning of a file, as it is judged. */
struct audit_message {
    char *raw; /* owned, max_bytes + 1 of room; NULL before the first read; freed with free() */
    size_t len, max_bytes;
    bool is_cut; /* the file is longer */
};
/* Reads a file ("-": standard input), in place of what was read before. False with errno; len is then not valid. */
bool audit_message_read(const char *path, struct audit_message *message);

/* The configuration named by -c, or the default one. NULL, with every error printed to standard error, when it is not
 * good: exit 78. Freed with free(). */
struct cpr_config *audit_config_load(const struct audit_options *options);

/* Sends a request line to the daemon, or answers it from the store when no daemon runs. The reply is JSON lines, the
 * last of which is {"end":true,...}. */
enum cpr_rc audit_ask(const struct cpr_config *config, const char *request, struct cpr_buffer *reply_out,
                      struct cpr_error *error_out);

/* The same, apart: the objects before the end line (a new reference). The exit code; when it is not 0, error_out says
 * why and *objects_out is untouched. */
int audit_ask_objects(const struct cpr_config *config, const char *request, json_t **objects_out,
                      struct cpr_error *error_out);

/* A configured mailbox, logged in; what reads it uses status, search and fetch alone, so that nothing is changed. */
struct audit_mailbox {
    struct cpr_imap *imap; /* owned */
    struct cpr_mailbox_port port;
};
enum cpr_rc audit_mailbox_open(struct cpr_config *config, size_t mailbox_index, struct audit_mailbox *out,
                               struct cpr_error *error_out);
void audit_mailbox_close(struct audit_mailbox *mailbox);

/* One sentence on standard error; returns exit_code. */
int audit_fail(int exit_code, const char *sentence);
/* Appends text of several lines, each through cpr_encode_line. */
void audit_add_lines(struct cpr_buffer *out, struct cpr_view text);
/* Writes to standard output; 0, or 74 (EX_IOERR) with a sentence when it could not be written. */
int audit_print(const struct cpr_buffer *out);

/* --- audit_text.c: text on a terminal -------------------------------------------------------------------------------
 */

struct audit_style {
    bool colour;    /* a terminal, and NO_COLOR is not set (no-color.org) */
    size_t columns; /* of the terminal; 0: no limit */
};

enum audit_tone { AUDIT_PLAIN = 0, AUDIT_STRONG, AUDIT_GOOD, AUDIT_CAREFUL, AUDIT_URGENT, AUDIT_QUIET };

struct audit_style audit_style_of(int descriptor);
/* The text through cpr_encode_line, in a tone. */
void audit_paint(struct cpr_buffer *out, const struct audit_style *style, enum audit_tone tone, const char *text);
/* The text through cpr_encode_line, cut (with an ellipsis) or padded to exactly `width` characters. */
void audit_cell(struct cpr_buffer *out, const char *text, size_t width);
/* Characters of a text as printed. */
size_t audit_width(const char *text);
/* The string or number under a key as text, "" when there is none; arrays joined by ", ". At most out_size-1 bytes. */
const char *audit_value(const json_t *object, const char *key, char *out, size_t out_size);
/* The string under a key, "" when it is none; borrowed. */
const char *audit_string(const json_t *object, const char *key);
/* RFC 3339 under a key as "2026-03-05 15:19 UTC"; "-" when there is none. */
const char *audit_minute(const json_t *object, const char *key, char out[CPR_TIME_TEXT_SIZE]);
json_int_t audit_number(const json_t *object, const char *key); /* 0 when it is none */

/* --- audit_format.c, audit_show.c: replies for people ---------------------------------------------------------------
 */

/* A reading (keys of cpr_reading_to_json): the verdict, why, the identifiers, what could not be read. */
void audit_format_reading(const json_t *reading, const struct audit_style *style, struct cpr_buffer *out);
/* Only the lists of it, as `show` has them too. */
void audit_format_reasons(const json_t *reading, const struct audit_style *style, struct cpr_buffer *out);
/* What a monitor makes of it: 0 all is well, 1 look at it, 2 a deadline has passed or a mailbox is blind, 3 no daemon
 * runs. */
int audit_status_exit_code(const json_t *status);
void audit_format_status(const json_t *status, const struct audit_style *style, struct cpr_buffer *out);
/* `cases` is an array of rows. */
void audit_format_cases(const json_t *cases, const struct audit_style *style, struct cpr_buffer *out);
void audit_format_case(const json_t *item, const struct audit_style *style, struct cpr_buffer *out);
/* The one object of `trace`. */
void audit_format_trace(const json_t *trace, const struct audit_style *style, struct cpr_buffer *out);
/* "3 h 05 min left", "OVERDUE by 2 h 10 min"; "closed" for a case that is not open. */
const char *audit_left(const json_t *item, char *out, size_t out_size);

#endif
