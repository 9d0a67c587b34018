/* The wire under libetpan: a mailstream driver whose bytes go through libcurl (CONNECT_ONLY), which resolves, connects
 * and verifies the server's chain, name and dates before a byte of IMAP is spoken.
 *
 * Every wait has a total deadline, beats the pulse twice a second and ends when the pulse says so. Every byte passes
 * the guard (imap_guard.h). After a failure the wire gives nothing more; cpr_wire_failure() says why. Known bug:
 * libcurl joins its resolver thread when it is freed, so a resolver that hangs holds cpr_wire_open() for as long as
 * resolv.conf allows. */
#ifndef CPR_IO_WIRE_H
#define CPR_IO_WIRE_H

#include "cpr/base/result.h"
#include "cpr/io/config.h"
#include "cpr/io/pulse.h"

#include <libetpan/mailstream_types.h>

/* Bytes that earn a millisecond more than the deadline: a slow line (128 kbit/s) may finish a large batch, a server
 * that drips a byte a second may not. */
#define CPR_WIRE_BYTES_PER_MS 16

struct cpr_wire;

/* Connects within connect_ms. CPR_OPERATOR: the certificate was refused, the CA file cannot be read, or plaintext was
 * asked for with a host that is not loopback. CPR_RETRY: unreachable. CPR_STOPPED: the pulse. */
enum cpr_rc cpr_wire_open(const struct cpr_server_settings *server, const struct cpr_pulse *pulse, int64_t connect_ms,
                          struct cpr_wire **wire_out, struct cpr_error *error_out);
/* After the stream made from it was closed. */
void cpr_wire_free(struct cpr_wire **wire);

/* A stream for libetpan over this wire, owned by the caller (mailstream_close); NULL without memory. */
mailstream *cpr_wire_stream(struct cpr_wire *wire);

/* Opens the budget for one command: how long it may take in all and how many bytes of literals it may bring. */
void cpr_wire_allow(struct cpr_wire *wire, int64_t operation_ms, uint32_t literal_max_bytes,
                    uint64_t literals_max_bytes);

/* The time between these two is ours, not the server's: it is added to the deadline. */
void cpr_wire_pause(struct cpr_wire *wire);
void cpr_wire_resume(struct cpr_wire *wire);

/* Why the wire gives nothing more; NULL while it is sound. Borrowed. */
const struct cpr_error *cpr_wire_failure(const struct cpr_wire *wire);

/* For tests: the peer seems to close the connection after so many more received bytes; negative for never. */
void cpr_wire_cut_after(struct cpr_wire *wire, int64_t bytes);
/* Bytes received so far. */
uint64_t cpr_wire_received(const struct cpr_wire *wire);

#endif
