/* TNEF ([MS-OXTNEF]): Outlook's winmail.dat, a whole message in one attachment. */
#ifndef CPR_MESSAGE_TNEF_H
#define CPR_MESSAGE_TNEF_H

#include "cpr/base/view.h"

enum cpr_tnef_kind {
    CPR_TNEF_SUBJECT,
    CPR_TNEF_TEXT,
    CPR_TNEF_HTML,
    CPR_TNEF_RTF,  /* compressed: cpr_rtf_decompress */
    CPR_TNEF_FILE, /* an attachment; a message is TNEF again */
};

struct cpr_tnef_item {
    enum cpr_tnef_kind kind;
    struct cpr_view bytes;
    const char *charset;  /* of `bytes`, a name for cpr_charset_decode; "" when none is said */
    struct cpr_view name; /* of a file; empty when it has none */
    const char *name_charset;
};

struct cpr_tnef_walk {
    void (*item)(void *context, const struct cpr_tnef_item *item); /* views borrow from the walked bytes */
    void *context;                                                 /* borrowed, passed on */
    bool is_cut; /* it ends in the middle, or a length in it is wrong */
};

/* True when the bytes begin like TNEF. */
bool cpr_tnef_is(struct cpr_view bytes);

/* Calls `item` for what people read, in order. Nothing is copied; linear. */
void cpr_tnef_walk(struct cpr_tnef_walk *walk, struct cpr_view bytes);

#endif
