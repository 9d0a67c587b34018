#include "cpr/port/journal.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_MAX_BYTES = 1024 };

void cpr_journal(const struct cpr_journal_port *journal, enum cpr_level level, const char *format, ...)
{
    char line[LINE_MAX_BYTES + 1];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    journal->write(journal->self, level, line);
}
