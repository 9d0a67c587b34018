/* Results: what the caller should DO, with the sentence a person needs.
 *
 * A function that can fail for reasons of the world returns enum cpr_rc and, where a person will read it, fills a
 * struct cpr_error. On failure its other outputs are untouched. */
#ifndef CPR_BASE_RESULT_H
#define CPR_BASE_RESULT_H

enum cpr_rc {
    CPR_OK = 0,
    CPR_RETRY,    /* may work later: network, a busy server, a full disk that somebody will empty */
    CPR_OPERATOR, /* will not work until a person changes something: password, certificate, configuration */
    CPR_LIMIT,    /* one of our own caps was hit (limits.h) */
    CPR_CORRUPT,  /* stored state contradicts itself or is of a newer version */
    CPR_ABSENT,   /* the thing asked for is not there; often no error at all */
    CPR_STOPPED,  /* the wait was cut short because the process was asked to stop */
};

#define CPR_ERROR_TEXT_MAX 512

/* `text` says what happened, to what, why and what to do, in one sentence without a final newline and without any
 * secret. `detail` keeps the raw number of the library or errno for the log; 0 when there is none. */
struct cpr_error {
    enum cpr_rc rc;
    int detail;
    char text[CPR_ERROR_TEXT_MAX];
};

/* Fills *error_out (which may be NULL) and returns rc, so that `return cpr_error_set(...)` reads well.
 * Text longer than CPR_ERROR_TEXT_MAX is cut at a UTF-8 boundary; control characters become '?'. */
enum cpr_rc cpr_error_set(struct cpr_error *error_out, enum cpr_rc rc, int detail, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The name of a result for logs and tests: "ok", "retry", ... Static string. */
const char *cpr_rc_name(enum cpr_rc rc);

/* The sysexits(3) code by which a program ends for this result: 0, 75 retry, 77/78 are chosen by the caller where it
 * knows better, 69 operator, 65 limit and corrupt, 69 absent, 0 stopped. */
int cpr_rc_exit_code(enum cpr_rc rc);

#endif
