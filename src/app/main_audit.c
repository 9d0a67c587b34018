/* cpr-audit: the operator's tool. */
#include "app/audit.h"
#include "cpr/io/reader.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static int print_usage(void)
{
    struct cpr_buffer text = cpr_buffer_new(16 * 1024);
    audit_usage(&text);
    int exit_code = audit_print(&text);
    cpr_buffer_free(&text);
    return exit_code;
}

int main(int count, char **arguments)
{
    struct audit_options options;
    struct cpr_error error;
    char sentence[CPR_ERROR_TEXT_MAX];
    if (count > 1 && strcmp(arguments[1], CPR_READER_ARGUMENT) == 0)
        return cpr_reader_child_main();
    if (audit_options_parse(count, arguments, &options, &error) != CPR_OK)
        return audit_fail(EX_USAGE, error.text);
    if (options.help)
        return print_usage();
    if (options.version)
        return printf("cpr-audit " CPR_VERSION "\n") < 0 || fflush(stdout) != 0 ? EX_IOERR : EX_OK;
    if (!options.verb)
        return audit_fail(EX_USAGE, "what shall be done? \"cpr-audit --help\" lists the verbs");
    const struct audit_verb *verb = audit_verb_find(options.verb);
    if (!verb) {
        snprintf(sentence, sizeof sentence, "\"%s\" is no verb of cpr-audit; \"cpr-audit --help\" lists them",
                 options.verb);
        return audit_fail(EX_USAGE, sentence);
    }
    if (audit_options_check(verb, &options, &error) != CPR_OK)
        return audit_fail(EX_USAGE, error.text);
    return verb->run(&options);
}
