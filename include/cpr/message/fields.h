/* Structured header fields: addresses, message ids, Received. Lenient: what is written in mail is seldom what RFC 5322
 * asks for. All strings that are written are clean text (base/text.h), cut to fit. */
#ifndef CPR_MESSAGE_FIELDS_H
#define CPR_MESSAGE_FIELDS_H

#include "cpr/message/facts.h"

/* Bytes of one field that are decoded: more than a hundred recipients. */
enum { CPR_FIELD_VALUE_MAX = 64 * 1024 };

/* The first address of a From, Return-Path or similar value and the name that goes with it ("" when none): "Name
 * <a@b>", "a@b (Name)", "a@b". */
void cpr_fields_read_address(struct cpr_view value, char address_out[CPR_ADDRESS_MAX + 1], char name_out[128]);

/* Appends the bare addresses of a To or similar value to the text in `out`, each with a blank before it unless it is
 * the first. "undisclosed-recipients:;" has none; names, comments and what does not fit are left out. */
void cpr_fields_add_addresses(struct cpr_view value, char *out, size_t out_size);

/* A whole value as decoded clean text. False when a charset in it is unknown. */
bool cpr_fields_read_text(struct cpr_view value, char *out, size_t out_size);

/* Cuts the next "<id>" off *rest into `out`: with brackets; "sha256:<hex>" of the whole when it is longer than 255
 * bytes or holds anything but printable ASCII. Blanks from folding inside it are left out. False at the end. */
bool cpr_fields_next_id(struct cpr_view *rest, char out[256]);

/* A Message-ID value: its first id; one without brackets is given them; "" when there is none. */
void cpr_fields_read_message_id(struct cpr_view value, char out[256]);

/* A Received value: the line as it stands; the host behind the word "by" outside comments, lower case; the date behind
 * the last ';'. */
void cpr_fields_read_received(struct cpr_view value, struct cpr_facts_received *out);

#endif
