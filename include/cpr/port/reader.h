/* Port: somebody who turns the bytes of one message into a reading (io/reader.h, or a script in tests). */
#ifndef CPR_PORT_READER_H
#define CPR_PORT_READER_H

#include "cpr/base/result.h"
#include "cpr/judge/reading.h"

struct cpr_reader_port {
    void *self; /* owned by the implementation */
    /* CPR_OK: *reading_out is sound. CPR_LIMIT: the reader died or stalled on this message (it has already been
     * replaced); *reading_out is an empty reading with CPR_READING_READER_DIED set. CPR_RETRY: no reader could be
     * started. CPR_STOPPED. */
    enum cpr_rc (*read)(void *self, struct cpr_view raw, bool is_cut, struct cpr_reading *reading_out,
                        struct cpr_error *error_out);
};

#endif
