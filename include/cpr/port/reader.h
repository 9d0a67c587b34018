/* Port: somebody who turns the bytes of one message into a reading (io/reader.h, or a script in tests). */
#ifndef CPR_PORT_READER_H
#define CPR_PORT_READER_H

#include "cpr/base/result.h"
#include "cpr/judge/reading.h"

/* begin() hands a message over, finish() fetches its reading; what the caller does between the two goes on while the
 * message is read. One message at a time. */
struct cpr_reader_port {
    void *self; /* owned by the implementation */
    /* `raw` need not live longer than the call. CPR_OK: finish() must follow. CPR_RETRY: no reader could be started.
     * CPR_STOPPED. */
    enum cpr_rc (*begin)(void *self, struct cpr_view raw, bool is_cut, struct cpr_error *error_out);
    /* CPR_OK: *reading_out is sound. CPR_LIMIT: the reader died or stalled on this message (the next begin() starts a
     * fresh one); *reading_out is an empty reading with CPR_READING_READER_DIED set. CPR_STOPPED. */
    enum cpr_rc (*finish)(void *self, struct cpr_reading *reading_out, struct cpr_error *error_out);
};

/* Both at once, for callers with nothing else to do. */
static inline enum cpr_rc cpr_reader_read(const struct cpr_reader_port *port, struct cpr_view raw, bool is_cut,
                                          struct cpr_reading *reading_out, struct cpr_error *error_out)
{
    enum cpr_rc rc = port->begin(port->self, raw, is_cut, error_out);
    return rc == CPR_OK ? port->finish(port->self, reading_out, error_out) : rc;
}

#endif
