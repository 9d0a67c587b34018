/* Prints every key of the configuration with its default, for tests/system/test_texts.py. */
#include "cpr/io/config.h"

#include <stdio.h>

int main(void)
{
    struct cpr_buffer keys = cpr_buffer_new(64 * 1024);
    cpr_config_describe(&keys);
    bool is_printed = !cpr_buffer_is_full(&keys) && fputs(cpr_buffer_text(&keys), stdout) >= 0 && fflush(stdout) == 0;
    cpr_buffer_free(&keys);
    return is_printed ? 0 : 1;
}
