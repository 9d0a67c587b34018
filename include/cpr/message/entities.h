/* Named character references of HTML: those of HTML 4 that stand for letters and punctuation, and the names of HTML 5
 * by which ASCII can be written. */
#ifndef CPR_MESSAGE_ENTITIES_H
#define CPR_MESSAGE_ENTITIES_H

#include "cpr/base/view.h"

#include <stdint.h>

/* The code point of a name without '&' and ';' (case matters), or 0. */
uint32_t cpr_entity_find(struct cpr_view name);

#endif
