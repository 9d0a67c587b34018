/* cpr-auditd: the daemon. */
#include "app/daemon.h"

#include "cpr/io/reader.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const char config_default[] = "/etc/cpr-auditd/cpr-auditd.conf";

static const char usage[] = "Usage: cpr-auditd [-c FILE] [--once | --check-config]\n"
                            "\n"
                            "Audits a CA's problem-report mailbox and its junk folders over IMAP, brings probable\n"
                            "Certificate Problem Reports back to the inbox, and alerts on-call staff before the\n"
                            "24 hours of BR 4.9.5 are over.\n"
                            "\n"
                            "  -c, --config FILE    configuration (default /etc/cpr-auditd/cpr-auditd.conf)\n"
                            "      --once           look at everything once, send what is due, then end\n"
                            "      --check-config   check the configuration, then end\n"
                            "  -h, --help           this text\n"
                            "  -V, --version        the version\n"
                            "\n"
                            "Exit codes: 0 done; 64 usage; 65 store damaged or newer; 69 needs an operator;\n"
                            "75 may work later (another instance runs, disk full); 77 permissions; 78 configuration.\n"
                            "Signals: TERM ends cleanly, HUP reads the configuration again.\n";

enum { OPTION_ONCE = 256, OPTION_CHECK };

int main(int count, char **arguments)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"once", no_argument, NULL, OPTION_ONCE},
        {"check-config", no_argument, NULL, OPTION_CHECK},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},
        {NULL, 0, NULL, 0},
    };
    const char *config = config_default;
    bool once = false, check = false;
    if (count > 1 && strcmp(arguments[1], CPR_READER_ARGUMENT) == 0)
        return cpr_reader_child_main();
    for (int option; (option = getopt_long(count, arguments, "c:hV", options, NULL)) != -1;) {
        switch (option) {
        case 'c':
            config = optarg;
            break;
        case OPTION_ONCE:
            once = true;
            break;
        case OPTION_CHECK:
            check = true;
            break;
        case 'h':
            return fputs(usage, stdout) < 0 || fflush(stdout) != 0 ? EX_IOERR : EX_OK;
        case 'V':
            return puts("cpr-auditd " CPR_VERSION) < 0 || fflush(stdout) != 0 ? EX_IOERR : EX_OK;
        default:
            fputs("cpr-auditd: see cpr-auditd --help\n", stderr);
            return EX_USAGE;
        }
    }
    if (optind < count) {
        fprintf(stderr, "cpr-auditd: it takes no arguments; see cpr-auditd --help\n");
        return EX_USAGE;
    }
    return check ? cpr_daemon_check(config) : cpr_daemon_run(config, once);
}
