/* Port: the running log (standard error with syslog levels under systemd). Only engine and app write it; rooms below
 * return errors instead. Text is encoded by the implementation (base/encode.h, cpr_encode_line). */
#ifndef CPR_PORT_JOURNAL_H
#define CPR_PORT_JOURNAL_H

enum cpr_level {
    CPR_LEVEL_CRITICAL = 2,
    CPR_LEVEL_ERROR = 3,
    CPR_LEVEL_WARNING = 4,
    CPR_LEVEL_NOTICE = 5,
    CPR_LEVEL_INFO = 6,
    CPR_LEVEL_DEBUG = 7
};

struct cpr_journal_port {
    void *self;
    void (*write)(void *self, enum cpr_level level, const char *text);
};

/* Formats (at most 1024 bytes) and writes. */
void cpr_journal(const struct cpr_journal_port *journal, enum cpr_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
