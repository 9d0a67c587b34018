#include "app/audit.h"
#include "cpr/base/text.h"

#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct audit_verb verbs[] = {
    {"check", "[--send-test-alert]", "try configuration, permissions, logins and folders", audit_check, 0, 0,
     AUDIT_TAKES_TEST},
    {"classify", "FILE...|-", "judge raw messages; needs no mailbox and no daemon", audit_classify, 1, -1, 0},
    {"evaluate", "DIR", "judge a labelled collection of mail and count what was right", audit_evaluate, 1, 1, 0},
    {"status", "", "how the daemon, its mailboxes and its alerts are doing", audit_daemon_verb, 0, 0, 0},
    {"cases", "[--all]", "the open cases, or all (with --json always all)", audit_daemon_verb, 0, 0, AUDIT_TAKES_ALL},
    {"show", "CASE", "all that is known about one case", audit_daemon_verb, 1, 1, 0},
    {"trace", "VALUE", "what happened to a message, certificate or sender", audit_daemon_verb, 1, 1, 0},
    {"ack", "CASE... --by NAME [--note TEXT]", "say that you look after it; the clock goes on", audit_daemon_verb, 1,
     -1, AUDIT_TAKES_BY},
    {"answered", "CASE... --by NAME --note TEXT [--leg LEG] [--not-applicable]",
     "say that the reporter (or LEG) was answered; when both are, the clock stops", audit_daemon_verb, 1, -1,
     AUDIT_TAKES_BY | AUDIT_NEEDS_NOTE | AUDIT_TAKES_LEG | AUDIT_TAKES_NOT_APPLICABLE},
    {"reopen", "CASE... --by NAME --note TEXT [--leg LEG]", "take that, or a dismissal, back; the clock goes on",
     audit_daemon_verb, 1, -1, AUDIT_TAKES_BY | AUDIT_NEEDS_NOTE | AUDIT_TAKES_LEG},
    {"dismiss", "CASE... --by NAME --note TEXT", "say that it is no problem report; stops the clock", audit_daemon_verb,
     1, -1, AUDIT_TAKES_BY | AUDIT_NEEDS_NOTE},
    {"confirm", "CASE... --by NAME [--note TEXT]", "say as a second person that it is no problem report",
     audit_daemon_verb, 1, -1, AUDIT_TAKES_BY},
    {"revoked", "CASE --serial HEX|--all --by NAME --note TEXT",
     "say that certificates are revoked; --all ends that clock", audit_daemon_verb, 1, 1,
     AUDIT_TAKES_BY | AUDIT_NEEDS_NOTE | AUDIT_TAKES_SERIAL | AUDIT_TAKES_ALL},
    {"clock", "CASE... --class CLASS --by NAME --note TEXT", "set the time for revocation: 24h, 5d or none",
     audit_daemon_verb, 1, -1, AUDIT_TAKES_BY | AUDIT_NEEDS_NOTE | AUDIT_TAKES_CLASS},
    {"review", "DAY|today [--form FORM]", "the review of one UTC day (2026-03-05)", audit_daemon_verb, 1, 1,
     AUDIT_TAKES_FORM},
    {"revocation", "ISSUER SERIAL...", "ask the CRLs and OCSP responders of a CA of ours", audit_revocation, 2, -1, 0},
    {"hunt", "[--since 90d] [--mbox FILE...]", "judge old mail by today's rules; list what was missed", audit_hunt, 0,
     -1, AUDIT_TAKES_HUNT},
    {"export", "CASE --format FORMAT [--out PATH]", "a case as an incident report, as JSON or as a bundle",
     audit_export, 1, 1, AUDIT_TAKES_EXPORT},
};

const struct audit_verb *audit_verb_find(const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

/* Each option, once: what --help says, the field it fills and the verbs that take it. */
static const struct audit_option {
    const char *name, *value, *summary; /* value: NULL for one that is there or not */
    size_t field;   /* offset in struct audit_options of a const char *, or without a value of a bool */
    unsigned takes; /* enum audit_takes; 0: every verb */
    char letter;    /* its short form; 0 */
} options_known[] = {
#define FIELD(name) offsetof(struct audit_options, name)
    {"config", "FILE", "instead of " AUDIT_CONFIG_DEFAULT, FIELD(config_path), 0, 'c'},
    {"json", NULL, "one JSON object a line", FIELD(json), 0, 0},
    {"all", NULL, "closed cases too; all certificates", FIELD(all), AUDIT_TAKES_ALL, 0},
    {"by", "NAME", "who says so", FIELD(by), AUDIT_TAKES_BY, 0},
    {"note", "TEXT", "why; goes into the record", FIELD(note), AUDIT_TAKES_BY, 0},
    {"serial", "HEX", "of one certificate of the case", FIELD(serial), AUDIT_TAKES_SERIAL, 0},
    {"issuer", "NAME", "whose it is, when the case does not tell", FIELD(issuer), AUDIT_TAKES_SERIAL, 0},
    {"leg", "LEG", "reporter, subscriber or both", FIELD(leg), AUDIT_TAKES_LEG, 0},
    {"not-applicable", NULL, "there is nobody to answer on that leg", FIELD(not_applicable), AUDIT_TAKES_NOT_APPLICABLE,
     0},
    {"class", "CLASS", "of the revocation's clock: 24h, 5d or none", FIELD(class), AUDIT_TAKES_CLASS, 0},
    {"form", "FORM", "of a review: txt, html or jsonl", FIELD(form), AUDIT_TAKES_FORM, 0},
    {"since", "AGE", "how far back to hunt, 90d unless told", FIELD(since), AUDIT_TAKES_HUNT, 0},
    {"mbox", NULL, "hunt in files (mbox, single mails, folders of them)", FIELD(mbox), AUDIT_TAKES_HUNT, 0},
    {"format", "FORMAT", "of an export: ccadb, json or bundle", FIELD(format), AUDIT_TAKES_EXPORT, 0},
    {"out", "PATH", "where the export goes; a bundle is a new directory", FIELD(out), AUDIT_TAKES_EXPORT, 0},
    {"redact-reporter", NULL, "leave the reporter's name, address and Message-ID out", FIELD(redact_reporter),
     AUDIT_TAKES_EXPORT, 0},
    {"with-raw-mail", NULL, "put the mails into the bundle, with what keys they hold", FIELD(with_raw_mail),
     AUDIT_TAKES_EXPORT, 0},
    {"send-test-alert", NULL, "one mail to each on-call address", FIELD(send_test_alert), AUDIT_TAKES_TEST, 0},
    {"help", NULL, "this page", FIELD(help), 0, 'h'},
    {"version", NULL, "the version", FIELD(version), 0, 0},
#undef FIELD
};
enum { OPTIONS = sizeof options_known / sizeof options_known[0], FIRST_CODE = 256 };

static const char **text_field(struct audit_options *options, const struct audit_option *option)
{
    return (const char **)((char *)options + option->field);
}

static bool *flag_field(struct audit_options *options, const struct audit_option *option)
{
    return (bool *)((char *)options + option->field);
}

static bool is_given(const struct audit_options *options, const struct audit_option *option)
{
    struct audit_options copy = *options;
    return option->value ? *text_field(&copy, option) != NULL : *flag_field(&copy, option);
}

/* A column that is too narrow for its text pushes the summary to the next line. */
static void add_summary(struct cpr_buffer *out, size_t used, size_t column, const char *summary)
{
    cpr_buffer_add_format(out, used < column ? "%*s%s\n" : "\n%*s%s\n", (int)(used < column ? column - used : column),
                          "", summary);
}

void audit_usage(struct cpr_buffer *out)
{
    enum { VERB_COLUMN = 46, OPTION_COLUMN = 26 };
    cpr_buffer_add_text(out, "usage: cpr-audit [-c FILE] [--json] VERB ...\n\n");
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        size_t start = out->len;
        cpr_buffer_add_format(out, "  %-10s %s", verbs[i].name, verbs[i].usage);
        add_summary(out, out->len - start, VERB_COLUMN, verbs[i].summary);
    }
    cpr_buffer_add_byte(out, '\n');
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct audit_option *option = &options_known[i];
        size_t start = out->len;
        cpr_buffer_add_format(out, option->letter ? "  -%c, " : "      ", option->letter);
        cpr_buffer_add_format(out, "--%s%s%s", option->name, option->value ? " " : "",
                              option->value ? option->value : "");
        add_summary(out, out->len - start, OPTION_COLUMN, option->summary);
    }
    cpr_buffer_add_text(out,
                        "\nExit codes are those of sysexits(3): 64 usage, 65 no such case or day, 66 no such file,\n"
                        "69 unavailable, 75 try again, 78 configuration. For monitors, status and revocation end\n"
                        "with 0 well, 1 look at it, 2 urgent, 3 no daemon runs. See cpr-audit(1).\n");
}

/* NULL: getopt knows no such option. */
static const struct audit_option *option_by(int code)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (code == (int)(FIRST_CODE + i) || (options_known[i].letter && code == options_known[i].letter))
            return &options_known[i];
    return NULL;
}

enum cpr_rc audit_options_parse(int count, char **arguments, struct audit_options *options_out,
                                struct cpr_error *error_out)
{
    struct option table[OPTIONS + 1] = {0};
    struct audit_options options = {0};
    for (size_t i = 0; i < OPTIONS; i++)
        table[i] = (struct option){.name = options_known[i].name,
                                   .has_arg = options_known[i].value ? required_argument : no_argument,
                                   .val = (int)(FIRST_CODE + i)};
    optind = 0; /* getopt keeps a state of its own: begin anew */
    opterr = 0;
    for (int code; (code = getopt_long(count, arguments, ":c:h", table, NULL)) != -1;) {
        const struct audit_option *option = option_by(code);
        if (!option)
            return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s %s; \"cpr-audit --help\" lists the options",
                                 arguments[optind - 1],
                                 code == ':' ? "needs a value" : "is not an option of cpr-audit");
        if (option->value)
            *text_field(&options, option) = optarg;
        else
            *flag_field(&options, option) = true;
    }
    if (optind < count)
        options.verb = arguments[optind++];
    options.arguments = arguments + optind;
    options.argument_count = count > optind ? count - optind : 0;
    *options_out = options;
    return CPR_OK;
}

/* A name or a note that is empty, too long or no clean text would be refused by the store; better said here. */
static enum cpr_rc check_words(const char *option, const char *words, size_t size, struct cpr_error *error_out)
{
    struct cpr_view view = cpr_view_of(words);
    if (!words || (cpr_view_trim(view).len > 0 && view.len < size && cpr_text_is_clean(view)))
        return CPR_OK;
    return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s must be one line of 1 to %zu bytes of UTF-8 text", option,
                         size - 1);
}

static bool is_class(const char *text)
{
    return text && (strcmp(text, "24h") == 0 || strcmp(text, "5d") == 0 || strcmp(text, "none") == 0);
}

/* The first option that the verb does not take; NULL. */
static const struct audit_option *foreign_option(const struct audit_verb *verb, const struct audit_options *options)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (options_known[i].takes && !(verb->takes & options_known[i].takes) && is_given(options, &options_known[i]))
            return &options_known[i];
    return NULL;
}

/* What the verb needs beside its arguments. */
static enum cpr_rc check_needs(const struct audit_verb *verb, const struct audit_options *options,
                               struct cpr_error *error_out)
{
    if ((verb->takes & AUDIT_TAKES_BY) && !options->by)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "\"%s\" goes into the record: say who you are with --by NAME; nothing was sent",
                             verb->name);
    if ((verb->takes & AUDIT_NEEDS_NOTE) && !options->note)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "\"%s\" goes into the record: say why with --note TEXT; nothing was sent", verb->name);
    if ((verb->takes & AUDIT_TAKES_SERIAL) && options->all == (options->serial != NULL))
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "\"%s\" needs --serial HEX or --all, one of them; nothing was sent", verb->name);
    if (options->leg && strcmp(options->leg, "reporter") != 0 && strcmp(options->leg, "subscriber") != 0 &&
        strcmp(options->leg, "both") != 0)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "--leg is reporter, subscriber or both, not \"%.20s\"",
                             options->leg);
    if ((verb->takes & AUDIT_TAKES_CLASS) && !is_class(options->class))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "\"%s\" needs --class 24h, 5d or none; nothing was sent",
                             verb->name);
    return CPR_OK;
}

enum cpr_rc audit_options_check(const struct audit_verb *verb, const struct audit_options *options,
                                struct cpr_error *error_out)
{
    bool many = verb->argument_max >= 0 && options->argument_count > verb->argument_max;
    if (options->argument_count < verb->argument_min || many)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s arguments; usage: cpr-audit %s %s",
                             many ? "too many" : "too few", verb->name, verb->usage);
    const struct audit_option *foreign = foreign_option(verb, options);
    if (foreign)
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "\"%s\" does not take --%s", verb->name, foreign->name);
    enum cpr_rc rc = check_needs(verb, options, error_out);
    if (rc == CPR_OK)
        rc = check_words("--by", options->by, CPR_NAME_MAX, error_out);
    return rc != CPR_OK ? rc : check_words("--note", options->note, CPR_NOTE_MAX, error_out);
}

/* A positive decimal number of a case; 0 when it is none. */
static json_int_t case_of(const char *text)
{
    json_int_t number = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 18 || text[digits] != '\0')
        return 0;
    for (size_t i = 0; i < digits; i++)
        number = 10 * number + (text[i] - '0');
    return number;
}

static json_t *new_request(const struct audit_options *options)
{
    json_t *request =
        json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:o*}", "verb", options->verb, "by", options->by, "note",
                  options->note, "leg", options->leg, "serial", options->serial, "issuer", options->issuer, "all",
                  strcmp(options->verb, "revoked") == 0 ? json_boolean(options->all) : NULL);
    if (options->class)
        json_object_set_new(request, "class", json_string(options->class));
    if (options->not_applicable)
        json_object_set_new(request, "not_applicable", json_true());
    return request;
}

static json_t *case_request(const struct audit_options *options, struct cpr_error *error_out)
{
    if (options->argument_count > CPR_COMMAND_CASES_MAX) {
        cpr_error_set(error_out, CPR_OPERATOR, 0, "one command names at most %d cases; nothing was sent",
                      CPR_COMMAND_CASES_MAX);
        return NULL;
    }
    json_t *request = new_request(options), *numbers = json_array();
    for (int i = 0; i < options->argument_count; i++) {
        json_int_t number = case_of(options->arguments[i]);
        if (number == 0) {
            cpr_error_set(error_out, CPR_OPERATOR, 0,
                          "\"%s\" is no number of a case; \"cpr-audit cases\" lists the cases", options->arguments[i]);
            json_decref(request);
            json_decref(numbers);
            return NULL;
        }
        json_array_append_new(numbers, json_integer(number));
    }
    if (options->argument_count == 1)
        json_object_set(request, "case", json_array_get(numbers, 0));
    else
        json_object_set(request, "cases", numbers);
    json_decref(numbers);
    return request;
}

static json_t *review_request(const struct audit_options *options, struct cpr_error *error_out)
{
    const char *day = options->arguments[0], *form = options->form ? options->form : options->json ? "jsonl" : "txt";
    int64_t day_utc_ms;
    if (strcmp(day, "today") != 0 && !cpr_time_parse_day(cpr_view_of(day), &day_utc_ms)) {
        cpr_error_set(error_out, CPR_OPERATOR, 0, "\"%s\" is no day; write it like 2026-03-05, or \"today\"", day);
        return NULL;
    }
    json_t *request = new_request(options);
    json_object_set_new(request, "day", json_string(day));
    json_object_set_new(request, "form", json_string(form));
    return request;
}

static json_t *cases_request(const struct audit_options *options)
{
    json_t *request = new_request(options);
    json_object_set_new(request, "all", json_boolean(options->all || options->json));
    return request;
}

enum cpr_rc audit_request(const struct audit_options *options, struct cpr_buffer *out, struct cpr_error *error_out)
{
    cpr_error_set(error_out, CPR_OPERATOR, 0, "the request is no UTF-8 text");
    json_t *request = strcmp(options->verb, "review") == 0 ? review_request(options, error_out)
                      : strcmp(options->verb, "trace") == 0
                          ? json_pack("{s:s, s:s}", "verb", "trace", "value", options->arguments[0])
                      : strcmp(options->verb, "cases") == 0 ? cases_request(options)
                      : options->argument_count             ? case_request(options, error_out)
                                                            : new_request(options);
    char *line = request ? json_dumps(request, JSON_COMPACT) : NULL;
    json_decref(request);
    if (!line)
        return CPR_OPERATOR;
    cpr_buffer_add_text(out, line);
    free(line);
    return CPR_OK;
}
