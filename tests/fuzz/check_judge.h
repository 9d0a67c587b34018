/* What the targets of the room judge share: bytes as the text of a mail, and what every identifier must look like. */
#ifndef CPR_FUZZ_CHECK_JUDGE_H
#define CPR_FUZZ_CHECK_JUDGE_H

#include "cpr/base/assert.h"
#include "cpr/base/text.h"
#include "cpr/judge/evidence.h"
#include "cpr/message/transcript.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes, made clean as a mail's text is, up to its first line as the subject; scanned. `facts` and `reading` are
 * cleared first. Ended by clear_evidence. */
static inline struct cpr_evidence make_evidence(struct cpr_view bytes, struct cpr_facts *facts,
                                                struct cpr_reading *reading)
{
    struct cpr_transcript transcript = cpr_transcript_new();
    memset(facts, 0, sizeof *facts);
    cpr_reading_clear(reading);
    cpr_scan_prepare();
    cpr_transcript_add(&transcript, bytes);
    cpr_transcript_finish(&transcript);
    facts->text = transcript.text;
    facts->hrefs = cpr_buffer_new(CPR_TEXT_MAX_BYTES);
    struct cpr_evidence evidence = {.facts = facts, .reading = reading, .text = cpr_buffer_view(&facts->text)};
    size_t end = cpr_view_find_byte(evidence.text, '\n', 0);
    evidence.subject_len = end == CPR_VIEW_NOT_FOUND ? 0 : end;
    cpr_folded_add(&evidence.folded, evidence.text, 0);
    cpr_scan_text(&evidence.folded, &evidence.scan);
    return evidence;
}

static inline void clear_evidence(struct cpr_evidence *evidence, struct cpr_facts *facts)
{
    cpr_scan_free(&evidence->scan);
    cpr_folded_free(&evidence->folded);
    cpr_facts_free(facts);
}

static inline void check_characters(const char *value, const char *allowed, size_t min, size_t max)
{
    size_t len = strlen(value);
    CPR_ASSERT(len >= min && len <= max && strspn(value, allowed) == len);
}

/* The canonical forms of judge/reading.h. */
static inline void check_identifier(const struct cpr_identifier *identifier)
{
    static const char hex[] = "0123456789abcdef", digits[] = "0123456789";
    const char *value = identifier->value;
    CPR_ASSERT(cpr_text_is_clean(cpr_view_of(value)) && value[0]);
    switch ((enum cpr_identifier_type)identifier->type) {
    case CPR_IDENTIFIER_SERIAL:
        check_characters(value, hex, 1, 64);
        CPR_ASSERT(value[0] != '0');
        break;
    case CPR_IDENTIFIER_SHA256:
    case CPR_IDENTIFIER_SPKI_SHA256:
    case CPR_IDENTIFIER_CERTIFICATE:
    case CPR_IDENTIFIER_CSR:
        check_characters(value, hex, 64, 64);
        break;
    case CPR_IDENTIFIER_SHA1:
        check_characters(value, hex, 40, 40);
        break;
    case CPR_IDENTIFIER_CRTSH_ID:
    case CPR_IDENTIFIER_BUGZILLA:
    case CPR_IDENTIFIER_RFC:
        check_characters(value, digits, 1, 20);
        break;
    case CPR_IDENTIFIER_SECTION:
        CPR_ASSERT(cpr_ascii_is_digit(value[0]));
        break;
    default:
        break;
    }
}

/* Within the caps, canonical, clean; no identifier twice. */
static inline void check_reading(const struct cpr_reading *reading)
{
    CPR_ASSERT(cpr_reading_is_sound(reading));
    for (uint32_t i = 0; i < reading->identifier_count; i++) {
        check_identifier(&reading->identifiers[i]);
        for (uint32_t k = 0; k < i; k++)
            CPR_ASSERT(reading->identifiers[i].type != reading->identifiers[k].type ||
                       strcmp(reading->identifiers[i].value, reading->identifiers[k].value) != 0);
    }
}

#endif
