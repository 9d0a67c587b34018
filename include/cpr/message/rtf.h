/* Rich text: what Outlook puts into winmail.dat, and what people attach. Only its words are read. */
#ifndef CPR_MESSAGE_RTF_H
#define CPR_MESSAGE_RTF_H

#include "cpr/base/buffer.h"

/* Decompressed at most of a message: an LZ of 4 KiB grows to nine times its size and no more. */
#define CPR_RTF_MAX_BYTES (1024 * 1024)

bool cpr_rtf_is(struct cpr_view bytes);

/* Appends what PidTagRtfCompressed holds ([MS-OXRTFCP]: LZFu or stored). *rtf_out should be made for CPR_RTF_MAX_BYTES
 * and is full when that did not do. False when the header is none. */
bool cpr_rtf_decompress(struct cpr_view bytes, struct cpr_buffer *rtf_out);

/* Appends the text of RTF 1.9 as UTF-8 that may still hold controls: escapes and \u decoded, tables of fonts, styles
 * and pictures left out, the address of a link field kept. Returns true when it is HTML in disguise ([MS-OXRTFEX],
 * \fromhtml): what was appended is then that HTML. Linear. */
bool cpr_rtf_read(struct cpr_view rtf, struct cpr_buffer *utf8_out);

#endif
