/* Port: where review pages are published (io/files.h, or memory in tests). A page may be larger than memory should be,
 * so it is written in pieces and appears under its name at once, durably, when it is published. */
#ifndef CPR_PORT_ARCHIVE_H
#define CPR_PORT_ARCHIVE_H

#include "cpr/base/digest.h"
#include "cpr/base/result.h"

struct cpr_page; /* one page being written; owned by the implementation */

struct cpr_archive_port {
    void *self;
    /* Begins a page. `name` is ours: [A-Za-z0-9._-]. */
    enum cpr_rc (*create)(void *self, const char *name, struct cpr_page **page_out, struct cpr_error *error_out);
    enum cpr_rc (*append)(void *self, struct cpr_page *page, struct cpr_view content, struct cpr_error *error_out);
    /* Makes it durable under its name and ends it, whatever happened; *page is NULL afterwards. A page of that name
     * with the same content is success; one with different content is never overwritten: CPR_CORRUPT, and the new page
     * is kept beside it as NAME.differs. *digest_out: SHA-256 of the page's bytes. */
    enum cpr_rc (*publish)(void *self, struct cpr_page **page, struct cpr_digest *digest_out,
                           struct cpr_error *error_out);
    void (*abandon)(void *self, struct cpr_page **page); /* NULL is allowed */
    /* SHA-256 of a published page as it is now. CPR_ABSENT when there is none. */
    enum cpr_rc (*digest)(void *self, const char *name, struct cpr_digest *digest_out, struct cpr_error *error_out);
};

#endif
