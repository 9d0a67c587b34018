/* A message on the bench without a mail around it: text judged by one part of the room at a time. */
#ifndef CPR_TEST_JUDGE_BENCH_H
#define CPR_TEST_JUDGE_BENCH_H

#include "cpr/judge/evidence.h"

/* Evidence over `text` as body, scanned; facts and reading are static and empty. Ended by bench_clear. */
struct cpr_evidence bench(const char *text);
void bench_clear(struct cpr_evidence *evidence);

bool bench_has(const struct cpr_evidence *evidence, enum cpr_identifier_type type, const char *value);
bool bench_has_type(const struct cpr_evidence *evidence, enum cpr_identifier_type type);

#endif
