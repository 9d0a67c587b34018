/* The MIME walk (RFC 2046): from a message to its leaf parts, in order, in one pass over the bytes. Depth and number of
 * parts are bounded; what lies over a bound is handed out as one raw leaf, so that its bytes are still read. */
#ifndef CPR_MESSAGE_MIME_H
#define CPR_MESSAGE_MIME_H

#include "cpr/base/buffer.h"

#include <stdint.h>

/* A part that is not a multipart or message. The views borrow from the walked bytes. */
struct cpr_mime_leaf {
    char type[64];                /* lower case; "text/plain" where none or a malformed one is given (RFC 2045, 5.2) */
    struct cpr_view content_type; /* field values as they stand */
    struct cpr_view disposition;
    struct cpr_view encoding;
    struct cpr_view body; /* still in its transfer encoding */
};

struct cpr_mime_walk {
    /* Called for each leaf; may call cpr_mime_walk again for what it decoded from the leaf. */
    void (*leaf)(void *context, struct cpr_mime_walk *walk, const struct cpr_mime_leaf *leaf);
    /* Called with the header block of each message inside the message, before its leaves. */
    void (*message)(void *context, struct cpr_view header);
    void *context;    /* borrowed, passed on */
    uint32_t limits;  /* bits of enum cpr_reading_limit that the walk met */
    unsigned depth;   /* of what is being walked; 0 to begin with */
    unsigned parts;   /* entities met so far */
    bool is_guessing; /* inside parts that only look like some */
};

/* Walks an entity: its header, blank line and body. */
void cpr_mime_walk(struct cpr_mime_walk *walk, struct cpr_view entity);

/* The same for a message inside the message that arrived as a file: calls `message` first. */
void cpr_mime_walk_message(struct cpr_mime_walk *walk, struct cpr_view message);

/* Writes the lower-case "type/subtype" of a Content-Type value; "" when it has none. */
void cpr_mime_type(struct cpr_view content_type, char out[64]);

/* Line ends as this room counts them: a lone CR ends a line and CRCRLF one, because where some programs see a line end
 * and others none a part can hide. Returns `raw` itself when there is nothing to do, also with a NUL in it (a binary
 * part's); else *copy, whose maximum must be raw.len. */
struct cpr_view cpr_mime_repair_line_ends(struct cpr_view raw, struct cpr_buffer *copy);

#endif
