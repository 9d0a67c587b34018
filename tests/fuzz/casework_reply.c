/* A reply of any words, held against a report of any words and any recipients: its class is one of two, what it quotes is
 * clean text, and nothing is read beyond a sentence. */
#include "check.h"
#include "cpr/base/text.h"
#include "cpr/casework/reply.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_reading reply;
    char report[CPR_EXCERPT_SIZE], recipients[256];
    struct cpr_view all = cpr_view_make(data, size);
    cpr_reading_clear(&reply);
    cpr_text_copy(reply.own_words, sizeof reply.own_words, all);
    cpr_text_copy(reply.subject, sizeof reply.subject, cpr_view_slice(all, size / 3, size));
    cpr_text_copy(report, sizeof report, cpr_view_slice(all, size / 2, size));
    cpr_text_copy(recipients, sizeof recipients, cpr_view_slice(all, 2 * size / 3, size));
    struct cpr_reply_view read = cpr_reply_read(&reply);
    CPR_ASSERT(read.class <= CPR_REPLY_SUBSTANTIVE && cpr_text_is_clean(cpr_view_of(read.words)));
    struct cpr_reply_report about = {"r@example.org", recipients, report};
    struct cpr_reply_view view = cpr_reply_for(&read, recipients, &about);
    CPR_ASSERT(view.class <= CPR_REPLY_OTHER_RECIPIENT && cpr_text_is_clean(cpr_view_of(view.words)));
    return 0;
}
