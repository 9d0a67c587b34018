/* The engine: the tick. Knows ports only; holds no state that the store does not hold too, but for what a restart may
 * forget (which folders a server has, when a trouble was last spoken of while the store could not be written).
 *
 * One tick: the clock is sampled once; alerts that are due are sent first, since that needs no mailbox; then each
 * mailbox: unfinished moves are settled, folders chosen, Sent read, every other folder scanned, each new message judged
 * and recorded, rescues made; then alerts for what was just found; a few questions about what is said to be revoked;
 * the reviews of finished days; and the next instant at which anything must happen. The failure of one dependency never
 * stops the work of another. */
#ifndef CPR_ENGINE_ENGINE_H
#define CPR_ENGINE_ENGINE_H

#include "cpr/casework/settings.h"
#include "cpr/port/archive.h"
#include "cpr/port/clock.h"
#include "cpr/port/http.h"
#include "cpr/port/journal.h"
#include "cpr/port/mailbox.h"
#include "cpr/port/mailer.h"
#include "cpr/port/reader.h"
#include "cpr/port/store.h"

struct cpr_engine_ports {
    struct cpr_store_port store;
    struct cpr_reader_port reader;
    struct cpr_mailer_port mailer;
    struct cpr_clock_port clock;
    struct cpr_journal_port journal;
    struct cpr_archive_port archive;
    struct cpr_http_port http;                            /* asked only with settings->verifies_revocation */
    struct cpr_mailbox_port mailboxes[CPR_MAILBOXES_MAX]; /* by mailbox, as in settings */
};

struct cpr_engine;

/* The name of a store in reviews, made from its key: the same as long as the store lives, and says nothing about the
 * key. */
#define CPR_INSTANCE_NAME_SIZE 17
void cpr_instance_name(struct cpr_view token_key, char out[CPR_INSTANCE_NAME_SIZE]);

/* `settings` is borrowed until cpr_engine_free. `token_key` (borrowed likewise) signs our own alerts and makes their
 * Message-IDs. Fails only for lack of memory (CPR_RETRY). */
enum cpr_rc cpr_engine_new(const struct cpr_settings *settings, const struct cpr_engine_ports *ports,
                           struct cpr_view token_key, struct cpr_engine **engine_out, struct cpr_error *error_out);
void cpr_engine_free(struct cpr_engine **engine);

/* Hands over what an engine before it (of another configuration, in the same process) remembered and the store does not
 * hold: how the clocks stood, and what was sent but could not be recorded. */
void cpr_engine_inherit(struct cpr_engine *engine, const struct cpr_engine *before);

/* What a tick came to, for the exit code of --once and the status line. */
struct cpr_tick {
    int64_t wait_ms;  /* until anything must happen again; at most settings->poll_ms */
    unsigned judged;  /* messages judged in this tick */
    unsigned rescued; /* messages moved */
    unsigned alerts_sent, alerts_failed;
    unsigned blind;                   /* mailboxes that could not be looked at */
    enum cpr_rc worst;                /* of everything that failed; CPR_OK when nothing did */
    char trouble[CPR_ERROR_TEXT_MAX]; /* the first failure in words; "" */
};

/* One tick. CPR_STOPPED: asked to end, everything begun is recorded. CPR_CORRUPT: the store cannot be trusted; the
 * caller ends the process. Anything else is in *tick_out and the work goes on with the next tick. */
enum cpr_rc cpr_engine_tick(struct cpr_engine *engine, struct cpr_tick *tick_out);

/* The open troubles and the next deadline in one line for systemd's STATUS. */
void cpr_engine_status(struct cpr_engine *engine, char *out, size_t out_size);

#endif
