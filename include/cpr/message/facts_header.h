/* The header of the outermost message: what of it is a fact. The headers of nested messages are text. */
#ifndef CPR_MESSAGE_FACTS_HEADER_H
#define CPR_MESSAGE_FACTS_HEADER_H

#include "cpr/message/facts.h"

/* Fills the header fields of *facts, which the caller has cleared. `header` is unfolded by nobody yet. */
void cpr_facts_read_header(struct cpr_view header, struct cpr_facts *facts);

#endif
