/* A small world for the engine: a mail server, a mail relay, clocks and an archive, all in shared memory, so that a
 * process can be killed at any point and a next one finds what the first left behind, just as after a crash. The store
 * is the real one, in a directory of its own. */
#ifndef TESTS_ENGINE_WORLD_H
#define TESTS_ENGINE_WORLD_H

#include "cpr/engine/engine.h"
#include "cpr/engine/desk.h"
#include "cpr/io/store.h"

enum { WORLD_FOLDERS = 4, WORLD_MESSAGES = 160, WORLD_MAILS = 2000, WORLD_PAGES = 64, WORLD_RAW = 4096 };
enum { INBOX = 0, JUNK, SENT, OTHER };

struct world_message {
    uint32_t uid;
    char raw[WORLD_RAW];
    int64_t internal_ms;
    bool is_seen, is_marked, is_deleted;
    bool is_noted; /* of the test alone: it was there at a look */
};

struct world_folder {
    char name[32];
    unsigned uses;
    uint32_t uidvalidity, uidnext;
    struct world_message messages[WORLD_MESSAGES];
    size_t count;
};

struct world_mail {
    char recipient[64], header_message_id[128], subject[128];
    char raw[4096];
    int64_t at_ms; /* on the wall */
};

struct world_page {
    char name[64];
    struct cpr_digest digest;
    size_t len;
};

/* What the world does wrong. */
struct world_faults {
    long kill_after; /* the process ends when this many points have been passed; 0: never */
    bool imap_dead, smtp_dead, smtp_unknown, disk_full;
    bool reader_dies;          /* on every message */
    int move_fault;            /* enum world_move_fault, for the next move only */
    bool no_move;              /* the server has no MOVE; COPY and EXPUNGE are two steps */
    uint32_t hanging_up_uid;   /* of any folder: a FETCH that names it breaks the line */
    const char *bad_recipient; /* the relay refuses it for good */
    uint32_t refused_uid;      /* of any folder: a FETCH that names it is refused */
    const char *broken_folder; /* STATUS of it fails; the session goes on */
    bool old_rules;            /* the reader takes everything for unlikely */
    bool delete_on_fetch;      /* whatever is searched is gone when it is fetched */
};
enum world_move_fault { MOVE_FINE = 0, MOVE_LOST_AFTER, MOVE_LOST_BEFORE, MOVE_REFUSED, MOVE_HALF };

struct world {
    char directory[64]; /* of the store */
    int64_t utc_ms, monotonic_ms;
    int64_t utc_step_at_ms, utc_step_ms; /* the wall clock is set by utc_step_ms when monotonic_ms has come; 0: never */
    struct world_folder folders[WORLD_FOLDERS];
    struct world_mail mails[WORLD_MAILS];
    size_t mail_count;
    struct world_page pages[WORLD_PAGES];
    size_t page_count;
    struct world_faults faults;
    long points;    /* passed so far in this process */
    unsigned moves; /* that the server carried out */
    unsigned fetches, searches, logins;
    /* What a web server answers: the file of tests/fuzz/casework_answers by the kind of question; "" is silence. */
    char ocsp_get[40], ocsp_post[40], crl[40];
    unsigned questions;
    bool judges; /* the reader is no script: cpr_judge_message reads the bytes as they are */
    struct cpr_settings settings;
};

/* A world with an empty mailbox "cpr", mode active, one on-call group "duty" from 0h and one "lead" from 21h, at noon
 * of 2026-03-05. Freed with world_free, which removes the directory. */
struct world *world_new(void);
void world_free(struct world *world);

/* Puts a message into a folder; returns its UID. `verdict` is what the scripted reader will say; "compliance" stands
 * for a possible one of that kind. */
uint32_t world_deliver(struct world *world, int folder, const char *subject, const char *verdict, int64_t age_ms);
/* The same with further header lines, each ended by CRLF: In-Reply-To, X-Serial (an identifier), X-Says (its text),
 * X-Complains (of silence), X-Speaks (a signal), X-Border (the time in ms at which the own host mx.ca.example took it).
 */
uint32_t world_write(struct world *world, int folder, const char *subject, const char *verdict, int64_t age_ms,
                     const char *headers);
/* A notice of the quarantine "gateway", trusted unless is_forged. Each row is a line "X-Row: HELD EXPIRES VERDICT
 * SENDER|SUBJECT\r\n", its times in ms of UTC or 0 for none. */
void world_notice(struct world *world, int folder, const char *subject, const char *rows, bool is_forged);
/* Any mail, as its header says: "X-Verdict: possible", "X-Ack: CASE TOKEN", "X-Proved: DOMAIN" (of From:), "X-Hard:
 * yes", "X-Automatic: yes"; a Message-ID of its own when that comes first. `from` is an address; the further lines end
 * with CRLF. */
uint32_t world_put(struct world *world, int folder, const char *subject, const char *from, const char *lines);
/* The token of the last alert to a recipient about a case; "" when there is none. */
void world_token(const struct world *world, const char *recipient, int64_t case_id, char out[CPR_ACK_TOKEN_SIZE]);
/* A mail in Sent that refers to the message with that subject. */
void world_answer(struct world *world, const char *subject, bool is_automatic);
/* Switches verify_revocation on, with the issuer "tls-1" of tests/fuzz/casework_answers: a responder and a CRL. */
void world_verify(struct world *world);
/* Somebody moves a message by subject from one folder to another. */
void world_shift(struct world *world, int from, int to, const char *subject);
size_t world_count(const struct world *world, int folder, const char *subject);
/* Mails to a recipient (NULL: anybody) whose raw text holds a string (NULL: any). */
size_t world_mails(const struct world *world, const char *recipient, const char *holds);

/* Runs ticks in a process of its own: opens the store, ticks, lets `wait_ms` (or what the tick asked for, whichever is
 * less) pass on both clocks, until `for_ms` have passed; at least one tick. Returns 0, or 9 when it was killed at its
 * fault point, or 2 when a tick ended with a store that cannot be trusted. */
int world_run(struct world *world, int64_t for_ms);

/* The same in this process, for a test that looks into the store between two ticks; one world at a time. */
void world_begin(struct world *world);
/* One tick, in which no time passes. Returns how long the engine would wait, in ms. */
int64_t world_tick(struct world *world);
const struct cpr_store_port *world_store(const struct world *world); /* borrowed until world_end */
/* A person's command to the desk; false when it was refused. */
bool world_command(struct world *world, const char *request);
void world_end(struct world *world);

/* Asks the desk in a process of its own; the reply is written to out. */
void world_ask(struct world *world, const char *request, char *out, size_t out_size);

#endif
