#include "cpr/casework/revocation.h"

#include "cpr/base/assert.h"
#include "cpr/base/text.h"

#include <stdio.h>
#include <string.h>

enum { SKEW_MS = 5 * 60 * 1000, UPDATE_LIFE_DAYS = 10 };

static int nibble(char c)
{
    return cpr_ascii_is_digit(c) ? c - '0' : cpr_ascii_lower(c) - 'a' + 10;
}

bool cpr_serial_parse(struct cpr_view text, struct cpr_serial *serial_out)
{
    struct cpr_serial serial = {.len = 0};
    size_t digits = 0;
    for (size_t i = text.len; i-- > 0;) { /* from its end: an odd number of digits lacks a leading zero */
        char c = text.data[i];
        if (c == ':' || c == ' ')
            continue;
        if (!cpr_ascii_is_hex(c) || (digits / 2 == sizeof serial.bytes && c != '0'))
            return false;
        if (digits / 2 < sizeof serial.bytes) {
            unsigned char *byte = &serial.bytes[sizeof serial.bytes - 1 - digits / 2];
            *byte = (unsigned char)(*byte | nibble(c) << (digits % 2 ? 4 : 0));
            digits++;
        }
    }
    size_t zeros = 0;
    while (zeros < sizeof serial.bytes && serial.bytes[zeros] == 0)
        zeros++;
    serial.len = sizeof serial.bytes - zeros;
    if (serial.len == 0)
        return false;
    memmove(serial.bytes, serial.bytes + zeros, serial.len);
    memset(serial.bytes + serial.len, 0, zeros);
    *serial_out = serial;
    return true;
}

bool cpr_serial_is(const struct cpr_serial *serial, struct cpr_view integer)
{
    while (integer.len && integer.data[0] == 0)
        integer = cpr_view_slice(integer, 1, integer.len);
    return cpr_view_equal(integer, cpr_view_make(serial->bytes, serial->len));
}

/* --- one answer -------------------------------------------------------------------------------------------------- */

void cpr_revocation_answer_clear(struct cpr_revocation_answer *answer)
{
    *answer = (struct cpr_revocation_answer){
        .this_update_ms = CPR_TIME_NONE, .next_update_ms = CPR_TIME_NONE, .revoked_ms = CPR_TIME_NONE, .reason = -1};
}

void cpr_revocation_answer_refuse(struct cpr_revocation_answer *answer, enum cpr_revocation_word word, const char *note)
{
    CPR_ASSERT(word <= CPR_WORD_STALE);
    answer->word = word;
    cpr_text_copy(answer->note, sizeof answer->note, cpr_view_of(note));
}

void cpr_revocation_answer_date(struct cpr_revocation_answer *answer, int64_t now_utc_ms)
{
    char note[sizeof answer->note], when[CPR_TIME_TEXT_SIZE];
    if (answer->word <= CPR_WORD_STALE)
        return;
    if (answer->this_update_ms == CPR_TIME_NONE || answer->this_update_ms - SKEW_MS > now_utc_ms) {
        snprintf(note, sizeof note, "its time has not come: thisUpdate is %s",
                 cpr_time_format(answer->this_update_ms, when));
        cpr_revocation_answer_refuse(answer, CPR_WORD_INVALID, note);
        return;
    }
    int64_t end_ms = answer->next_update_ms != CPR_TIME_NONE ? answer->next_update_ms
                                                             : answer->this_update_ms + UPDATE_LIFE_DAYS * CPR_DAY_MS;
    if (end_ms >= now_utc_ms)
        return;
    snprintf(note, sizeof note, "its time was over at %s; it says %s", cpr_time_format(end_ms, when),
             cpr_revocation_word_name(answer->word));
    cpr_revocation_answer_refuse(answer, CPR_WORD_STALE, note);
}

/* --- all together ------------------------------------------------------------------------------------------------ */

size_t cpr_revocation_vantages(const struct cpr_issuing_ca *ca, struct cpr_revocation_vantage out[CPR_VANTAGES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < ca->ocsp_url_count; i++) {
        out[count++] = (struct cpr_revocation_vantage){CPR_WAY_OCSP_GET, ca->ocsp_urls[i]};
        out[count++] = (struct cpr_revocation_vantage){CPR_WAY_OCSP_POST, ca->ocsp_urls[i]};
    }
    for (size_t i = 0; i < ca->crl_url_count; i++)
        out[count++] = (struct cpr_revocation_vantage){CPR_WAY_CRL, ca->crl_urls[i]};
    return count;
}

enum cpr_revocation_finding cpr_revocation_combine(const enum cpr_revocation_way *ways,
                                                   const struct cpr_revocation_answer *answers, size_t count)
{
    size_t said[CPR_WORDS] = {0};
    bool is_listed = false; /* by a CRL */
    for (size_t i = 0; i < count; i++) {
        said[answers[i].word]++;
        is_listed = is_listed || (ways[i] == CPR_WAY_CRL && answers[i].word == CPR_WORD_REVOKED);
    }
    bool lacks = said[CPR_WORD_NONE] || said[CPR_WORD_INVALID] || (said[CPR_WORD_PARTIAL] && !is_listed);
    if (said[CPR_WORD_GOOD])
        return said[CPR_WORD_REVOKED] ? CPR_FINDING_CONTRADICTORY : CPR_FINDING_GOOD;
    if (said[CPR_WORD_UNKNOWN])
        return CPR_FINDING_UNKNOWN;
    if (said[CPR_WORD_STALE])
        return CPR_FINDING_STALE;
    if (!said[CPR_WORD_REVOKED])
        return CPR_FINDING_NOTHING;
    return lacks ? CPR_FINDING_INCOMPLETE : CPR_FINDING_REVOKED;
}

int64_t cpr_revocation_next_ms(int64_t claimed_utc_ms, unsigned rounds, enum cpr_revocation_finding finding,
                               int64_t now_utc_ms)
{
    int64_t next_ms = rounds == 1 ? claimed_utc_ms + CPR_HOUR_MS : claimed_utc_ms + CPR_DAY_MS;
    if (rounds >= 3 && finding == CPR_FINDING_REVOKED)
        return CPR_TIME_NONE;
    if (rounds >= 3 || next_ms > now_utc_ms + CPR_DAY_MS)
        next_ms = now_utc_ms + CPR_DAY_MS;
    return next_ms > now_utc_ms ? next_ms : now_utc_ms;
}

bool cpr_revocation_alarms(unsigned rounds, enum cpr_revocation_finding finding)
{
    return finding >= CPR_FINDING_GOOD || (rounds >= 3 && finding != CPR_FINDING_REVOKED);
}

bool cpr_revocation_is_claimed(struct cpr_view text)
{
    static const char *const phrases[] = {
        "has been revoked", "have been revoked", "was revoked",         "were revoked",         "is revoked",
        "are revoked",      "is now revoked",    "are now revoked",     "we revoked",           "have revoked",
        "wurde widerrufen", "wurden widerrufen", "wurde gesperrt",      "wurden gesperrt",      "ha sido revocado",
        "han sido revocad", "a été révoqué",     "ont été révoqués",    "è stato revocato",     "sono stati revocati",
        "foi revogado",     "foram revogados",   "został unieważniony", "zostały unieważnione", "is ingetrokken",
    };
    static const char *const quotes[] = {">", "-----Original Message", " wrote:", " schrieb:", " a écrit"};
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        text = cpr_view_slice(text, 0, cpr_view_find_nocase(text, quotes[i], 0));
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (cpr_view_find_nocase(text, phrases[i], 0) != CPR_VIEW_NOT_FOUND)
            return true;
    return false;
}

/* --- words ------------------------------------------------------------------------------------------------------- */

const char *cpr_revocation_word_name(enum cpr_revocation_word word)
{
    static const char *const names[CPR_WORDS] = {"none", "invalid", "stale", "unknown", "partial", "good", "revoked"};
    CPR_ASSERT(word < CPR_WORDS);
    return names[word];
}

const char *cpr_revocation_way_name(enum cpr_revocation_way way)
{
    static const char *const names[CPR_WAYS] = {"crl", "ocsp-get", "ocsp-post"};
    CPR_ASSERT(way < CPR_WAYS);
    return names[way];
}

const char *cpr_revocation_finding_name(enum cpr_revocation_finding finding)
{
    static const char *const names[CPR_FINDINGS] = {"nothing", "revoked", "incomplete",   "stale",
                                                    "unknown", "good",    "contradictory"};
    CPR_ASSERT(finding < CPR_FINDINGS);
    return names[finding];
}

const char *cpr_revocation_reason_name(int reason)
{
    static const char *const names[] = {"unspecified",        "keyCompromise",      "cACompromise",
                                        "affiliationChanged", "superseded",         "cessationOfOperation",
                                        "certificateHold",    "unspecified", /* 7 is not used */
                                        "removeFromCRL",      "privilegeWithdrawn", "aACompromise"};
    return reason >= 0 && reason < (int)(sizeof names / sizeof names[0]) ? names[reason] : names[0];
}
