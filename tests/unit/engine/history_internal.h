/* What the files of a history share: history.c (what happens), history_mail.c (what is written) and history_check.c
 * (the bystander). */
#ifndef TESTS_ENGINE_HISTORY_INTERNAL_H
#define TESTS_ENGINE_HISTORY_INTERNAL_H

#include "history.h"
#include "world.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MAILS_MAX = 64, CASES_MAX = 64, ANSWERS_MAX = 32, BODY_SIZE = 1600, LINES_SIZE = 800, ID_SIZE = 96 };
enum other_role { OTHER_IS_NOTHING, OTHER_IS_AUDITED, OTHER_DISMISSES, OTHER_HOLDS_REPLIES, OTHER_ROLES };

/* One mail that came from outside; its number stands in its header. */
struct mail {
    char id[ID_SIZE], refers_to[ID_SIZE], from[48];
    int64_t arrived_ms;  /* true time */
    int64_t border_ms;   /* what our border host wrote; CPR_TIME_NONE: it did not */
    int64_t internal_ms; /* of its first delivery */
    int64_t bound_ms;    /* the latest receipt that may be kept; INT64_MAX: nobody looked at it yet */
    struct cpr_identity identity;
    bool is_dismissed; /* somebody moved it to the folder for what is no report */
};

/* A mail of the CA's own in Sent (or in the archive that its own system files into) that says what was found. */
struct answer {
    char id[ID_SIZE], refers_to[ID_SIZE], to[48];
    bool is_looked_at;
};

struct known_case {
    int64_t least_ms; /* deadline */
    bool is_closed[CPR_LEGS], may_close[CPR_LEGS], may_dismiss;
    size_t void_answers; /* those before are used up: a bounce or a person opened the leg again */
};

/* A history: the world, and what the bystander knows. True time is the wall clock of the world less its error. */
struct history {
    struct world *world;
    struct history_sums *sums;
    uint64_t seed, random;
    int step;
    bool tells_tale, is_running;
    enum other_role other;
    int64_t error_ms;  /* of the wall clock */
    int64_t engine_ms; /* the present that the engine must not be behind: since it was started, by both clocks */
    int64_t engine_true_ms;
    unsigned logins;
    struct mail mails[MAILS_MAX];
    size_t mail_count;
    struct answer answers[ANSWERS_MAX];
    size_t answer_count;
    struct known_case known[CASES_MAX];
    size_t known_count;
    struct cpr_case cases[CASES_MAX]; /* as the store has them, by id - 1 */
    size_t case_count;
};

#define FAIL(h, ...)                                                                                                   \
    do {                                                                                                               \
        print_error(__VA_ARGS__);                                                                                      \
        fail_msg("step %d; again with CPR_SEED=%#" PRIx64 " CPR_HISTORIES=1 CPR_TALE=1", (h)->step, (h)->seed);        \
    } while (0)
#define TELL(h, ...) ((h)->tells_tale ? print_message(__VA_ARGS__) : (void)0)

/* splitmix64 (Vigna): every seed is a good one. */
static inline uint64_t any(struct history *h, uint64_t below)
{
    uint64_t z = (h->random += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
}

static inline bool one_in(struct history *h, unsigned count)
{
    return any(h, count) == 0;
}

static inline int64_t true_ms(const struct history *h)
{
    return h->world->utc_ms - h->error_ms;
}

/* Whole seconds: what a header says has no others. */
static inline int64_t any_span(struct history *h, int64_t below_ms)
{
    return (int64_t)any(h, (uint64_t)(below_ms / CPR_SECOND_MS)) * CPR_SECOND_MS;
}

static inline int number_of(const struct world_message *message)
{
    const char *at = strstr(message->raw, "X-Number: ");
    return at ? atoi(at + strlen("X-Number: ")) : -1;
}

/* --- history_mail.c
 * --------------------------------------------------------------------------------------------------- */

/* Puts a message into a folder; false when that is full. */
bool history_put(struct history *h, int folder, const char *raw, int64_t internal_ms);
/* One mail comes, true or forged. */
void a_report(struct history *h);
void a_glance(struct history *h);
void a_newsletter(struct history *h);
void a_reminder(struct history *h);
void a_forged_answer(struct history *h);
void an_auto_reply(struct history *h);
void a_bounce(struct history *h);
/* In Sent, or in the archive that own systems file into: what was found, an acknowledgement, or an automatic one. */
void an_answer_is_sent(struct history *h);

/* --- history_check.c
 * -------------------------------------------------------------------------------------------------- */

/* After a tick that looked into the mailbox: what the engine may believe of what is new there. */
void history_note_look(struct history *h);
/* After every tick: holds the store against what the bystander knows. `wait_ms`: how long the engine wants to sleep. */
void history_check(struct history *h, int64_t wait_ms);

#endif
