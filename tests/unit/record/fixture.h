/* The report that the tests of this room tell about: received on Thursday 2026-03-05 at 15:19:07 UTC, due a day later.
 */
#ifndef CPR_TESTS_RECORD_FIXTURE_H
#define CPR_TESTS_RECORD_FIXTURE_H

#include "cpr/record/letter.h"
#include "cpr/record/reading_json.h"
#include "cpr/record/review.h"

int64_t at(const char *rfc3339);

/* A probable report with one serial, one digest, two signals; from "CT Observer" with one crt.sh link. */
void fill_reading(struct cpr_reading *reading);
/* Case 12: open, not acknowledged, found five minutes later in "Junk Email" of mailbox "cpr", moved. */
struct cpr_case report_case(void);
struct cpr_intent done_move(void);
struct cpr_alert ladder_alert(void);

/* The reading as the store keeps it. Owned by the caller: free(). */
char *reading_json(const struct cpr_reading *reading);

/* Fails the test unless `got` is the text of tests/unit/record/expected/NAME; its CRLFs count as LF. */
void assert_is_expected(const struct cpr_buffer *got, const char *name);
/* Undoes quoted-printable and CRLF. Owned by the caller: cpr_buffer_free(). */
struct cpr_buffer decoded(struct cpr_view quoted_printable);
/* What stands after the empty line. */
struct cpr_view body_of(const struct cpr_buffer *letter);

#endif
