/* Charsets. The sender names the charset, and glibc's rarer converters have crashed on hostile text, so the name is
 * looked up in a short table: the common charsets are decoded here, a dozen legacy ones by iconv, and nothing else is
 * opened. */
#ifndef CPR_MESSAGE_CHARSET_H
#define CPR_MESSAGE_CHARSET_H

#include "cpr/base/buffer.h"

/* Opens every converter of the table, once. Without it the first cpr_charset_decode does so. Opens files. */
void cpr_charset_prepare(void);

/* Decodes `bytes` to UTF-8. `charset` "" means that none was declared: UTF-8, with ISO-2022-JP recognised by its
 * escapes. UTF-8 and US-ASCII are forgiving: bytes that are not UTF-8 are read as windows-1252. ISO-8859-1 is read as
 * windows-1252, as every mail program does. Text under another name that is UTF-8 throughout is read as UTF-8.
 * *utf8_out borrows from `bytes` when nothing had to change, else from `work`, which is overwritten. False when the
 * charset is unknown or refused (UTF-7): the text is then the windows-1252 reading. Not for two threads at once: the
 * converters keep state. */
bool cpr_charset_decode(struct cpr_view charset, struct cpr_view bytes, struct cpr_buffer *work,
                        struct cpr_view *utf8_out);

/* Writes the name of a code page of Windows (1252: "windows-1252"), "" for 0; one that is not known gets a name that
 * cpr_charset_decode does not know either. */
void cpr_charset_of_code_page(unsigned page, char out[24]);

/* True when the bytes are what a person could read: no NUL, and at least nine in ten are printable or UTF-8. */
bool cpr_charset_looks_like_text(struct cpr_view bytes);

/* True when the first 512 bytes look like text in UTF-16: zeros only on one side, with a byte order mark or three
 * letters in four of them ASCII. */
bool cpr_charset_looks_like_utf16(struct cpr_view bytes);

#endif
