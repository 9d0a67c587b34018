#include "cpr/judge/verdict.h"

/* With less text than this, a part that could not be decoded may have been the whole message. */
enum { TEXT_MIN_BYTES = 40 };

static bool could_not_be_read(const struct cpr_evidence *evidence)
{
    /* Unread: "please see the attached letter", and the letter is one that only a person can open. */
    const uint32_t whole = CPR_READING_CUT | CPR_READING_HEADER_CUT | CPR_READING_DEPTH | CPR_READING_PARTS |
                           CPR_READING_TEXT_CUT | CPR_READING_READER_DIED | CPR_READING_NOTICE_ROWS |
                           CPR_READING_UNREAD;
    const uint32_t part = CPR_READING_DECODE | CPR_READING_ENCRYPTED | CPR_READING_CHARSET | CPR_READING_ARCHIVE_CUT;
    uint32_t limits = evidence->reading->limits;
    if (limits & whole)
        return true;
    return (limits & part) && evidence->facts->text.len < TEXT_MIN_BYTES;
}

enum cpr_verdict cpr_verdict_of_nothing(const struct cpr_evidence *evidence)
{
    return could_not_be_read(evidence) ? CPR_VERDICT_UNDECIDABLE : CPR_VERDICT_UNLIKELY;
}

enum cpr_verdict cpr_verdict_of(const struct cpr_evidence *evidence)
{
    /* Supporting words alone, however many, are talk about certificates. */
    if (evidence->reading->score >= CPR_SCORE_PROBABLE && evidence->is_complaint)
        return CPR_VERDICT_PROBABLE;
    if (evidence->reading->score >= CPR_SCORE_POSSIBLE || evidence->is_hard || evidence->has_rule[CPR_RULE_BRIEF])
        return CPR_VERDICT_POSSIBLE;
    return cpr_verdict_of_nothing(evidence);
}
