/* What the targets of the room message hold against whatever they are fed. */
#ifndef CPR_FUZZ_CHECK_H
#define CPR_FUZZ_CHECK_H

#include "cpr/base/assert.h"
#include "cpr/base/limits.h"
#include "cpr/base/text.h"
#include "cpr/message/transcript.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Clean lines, in which tabs part the cells of a table. */
static inline void check_lines(struct cpr_view text)
{
    struct cpr_view line, cell;
    while (cpr_view_next_line(&text, &line))
        while (cpr_view_next_item(&line, '\t', &cell))
            CPR_ASSERT(cpr_text_is_clean(cell));
}

/* Ends the transcript: what is in it is clean and within its cap. */
static inline void check_transcript(struct cpr_transcript *transcript)
{
    cpr_transcript_finish(transcript);
    CPR_ASSERT(transcript->text.len <= CPR_TEXT_MAX_BYTES);
    check_lines(cpr_buffer_view(&transcript->text));
    cpr_transcript_free(transcript);
}

/* A view that was cut from `whole`, or an empty one. */
static inline void check_inside(struct cpr_view whole, struct cpr_view part)
{
    CPR_ASSERT(part.len == 0 || (part.data >= whole.data && part.len <= whole.len &&
                                 (size_t)(part.data - whole.data) <= whole.len - part.len));
}

#endif
