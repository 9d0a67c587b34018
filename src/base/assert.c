#include "cpr/base/assert.h"

#include <stdio.h>
#include <stdlib.h>

void cpr_assert_fail(const char *condition, const char *file, int line)
{
    fprintf(stderr,
            "cpr-auditd: this program contradicted itself at %s:%d (%s); it stops so that nothing is done twice\n",
            file, line, condition);
    abort();
}
