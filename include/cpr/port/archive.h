/* Port: where review pages are published (io/files.h, or memory in tests). */
#ifndef CPR_PORT_ARCHIVE_H
#define CPR_PORT_ARCHIVE_H

#include "cpr/base/result.h"
#include "cpr/base/buffer.h"

struct cpr_archive_port {
    void *self;
    /* Publishes a file under the log directory under its final name at once and durably, or not at all. A file of that
     * name with the same content is success; with different content it is never overwritten: CPR_CORRUPT.
     * `name` is ours: [A-Za-z0-9._-]. */
    enum cpr_rc (*publish)(void *self, const char *name, struct cpr_view content, struct cpr_error *error_out);
    /* Reads a published file whole; the caller frees *content_out with cpr_buffer_free. CPR_ABSENT when there is none. */
    enum cpr_rc (*load)(void *self, const char *name, struct cpr_buffer *content_out, struct cpr_error *error_out);
};

#endif
