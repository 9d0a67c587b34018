#include "cpr/io/journal.h"

#include "cpr/base/encode.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4096 };

static const char *level_name(enum cpr_level level)
{
    return level <= CPR_LEVEL_CRITICAL  ? "critical: "
           : level == CPR_LEVEL_ERROR   ? "error: "
           : level == CPR_LEVEL_WARNING ? "warning: "
                                        : "";
}

/* `self` carries the highest level that is written: the port needs no memory of its own. */
static void write_line(void *self, enum cpr_level level, const char *text)
{
    if ((intptr_t)level > (intptr_t)self)
        return;
    struct cpr_buffer line = cpr_buffer_new(LINE_MAX_BYTES);
    if (getenv("JOURNAL_STREAM") || getenv("INVOCATION_ID"))
        cpr_buffer_add_format(&line, "<%d>", (int)level);
    else
        cpr_buffer_add_text(&line, level_name(level));
    cpr_encode_line(&line, cpr_view_of(text));
    if (cpr_buffer_is_full(&line))
        line.len = LINE_MAX_BYTES - 1;
    cpr_buffer_add_byte(&line, '\n');
    while (write(STDERR_FILENO, cpr_buffer_text(&line), line.len) < 0 && errno == EINTR)
        ;
    cpr_buffer_free(&line);
}

struct cpr_journal_port cpr_journal_stderr(enum cpr_level max_level)
{
    return (struct cpr_journal_port){.self = (void *)(intptr_t)max_level, .write = write_line}; /* NOLINT */
}
