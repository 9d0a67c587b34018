/* Header blocks (RFC 5322 section 2.2): where they end, their fields, and what an encoded value says. */
#ifndef CPR_MESSAGE_HEADER_H
#define CPR_MESSAGE_HEADER_H

#include "cpr/base/buffer.h"

struct cpr_header_split {
    struct cpr_view header; /* whole field lines; empty when there are none */
    struct cpr_view body;
    bool has_blank_line; /* false: the body began without one, or there is none */
    bool is_cut;         /* over CPR_HEADER_MAX_BYTES or CPR_HEADER_FIELDS_MAX: later fields are not in `header` */
};

/* Without what may stand above a message's header: blank lines and the mbox "From " line. Not for parts, where a blank
 * line is the end of an empty header. */
struct cpr_view cpr_header_skip_preface(struct cpr_view message);

/* Finds the header of a message or part. A line that is no field ends the header
 * unless a well-known field follows it at once; lines none of which is a well-known field are no header at all (RFC
 * 5322 cannot tell "Note: please revoke" from a field). A line that begins with "--" is never a field. */
void cpr_header_split(struct cpr_view entity, struct cpr_header_split *split_out);

struct cpr_header_field {
    struct cpr_view name;
    struct cpr_view value; /* as it stands, folds included, trimmed */
};

/* Cuts the next field off *rest (a header block) into *field_out; false at the end. */
bool cpr_header_next(struct cpr_view *rest, struct cpr_header_field *field_out);

/* The value of the first field of that name (no matter the case); the empty view when there is none. */
struct cpr_view cpr_header_find(struct cpr_view header, const char *name);

/* Appends the value, unfolded and with its encoded words (RFC 2047) decoded, as UTF-8 that may still hold controls. A
 * character split over two encoded words is joined; raw bytes are read as UTF-8 or windows-1252. False when an encoded
 * word named a charset that is not known. */
bool cpr_header_decode(struct cpr_view value, struct cpr_buffer *utf8_out);

/* Appends the value of a parameter of a Content-Type or Content-Disposition value: quoted strings, RFC 2231
 * continuations and charsets, and the encoded words that many programs write instead. False when the parameter is
 * absent. */
bool cpr_header_parameter(struct cpr_view value, const char *name, struct cpr_buffer *utf8_out);

#endif
