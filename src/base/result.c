#include "cpr/base/result.h"
#include "cpr/base/assert.h"
#include "cpr/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <sysexits.h>

enum cpr_rc cpr_error_set(struct cpr_error *error_out, enum cpr_rc rc, int detail, const char *format, ...)
{
    if (error_out) {
        char raw[CPR_ERROR_TEXT_MAX];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(raw, sizeof raw, format, arguments);
        va_end(arguments);
        error_out->rc = rc;
        error_out->detail = detail;
        cpr_text_copy(error_out->text, sizeof error_out->text, cpr_view_of(raw));
    }
    return rc;
}

const char *cpr_rc_name(enum cpr_rc rc)
{
    static const char *const names[] = {
        [CPR_OK] = "ok",           [CPR_RETRY] = "retry",   [CPR_OPERATOR] = "operator", [CPR_LIMIT] = "limit",
        [CPR_CORRUPT] = "corrupt", [CPR_ABSENT] = "absent", [CPR_STOPPED] = "stopped",
    };
    CPR_ASSERT(rc >= CPR_OK && rc <= CPR_STOPPED);
    return names[rc];
}

int cpr_rc_exit_code(enum cpr_rc rc)
{
    switch (rc) {
    case CPR_OK:
    case CPR_STOPPED:
        return EX_OK;
    case CPR_RETRY:
        return EX_TEMPFAIL;
    case CPR_LIMIT:
    case CPR_CORRUPT:
        return EX_DATAERR;
    case CPR_OPERATOR:
    case CPR_ABSENT:
        return EX_UNAVAILABLE;
    }
    CPR_ASSERT(!"every result has an exit code");
    return EX_SOFTWARE;
}
