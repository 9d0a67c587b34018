/* Reads sample mails for the tests of this room. */
#ifndef CPR_TEST_JUDGE_SAMPLES_H
#define CPR_TEST_JUDGE_SAMPLES_H

#include "cpr/base/buffer.h"

/* A whole file; the caller frees it. Fails the test when it cannot be read. */
struct cpr_buffer sample_read(const char *path);

/* Calls `visit` for each regular file of a folder, by name; returns how many there were. */
size_t sample_each(const char *folder, void (*visit)(void *context, const char *path), void *context);

/* Text with "Subject:" among its head lines as a mail that a stranger sent from a free mail account. */
struct cpr_buffer sample_wrap(struct cpr_view text);

#endif
