/* The desk: answers cpr-audit. One request (a line of JSON) in, lines of JSON out; the same whether the daemon runs it
 * for a caller at its socket or the tool runs it itself because no daemon holds the store.
 *
 * Requests: {"verb":"status"}, {"verb":"cases","all":true}, {"verb":"show"|"export","case":12},
 * {"verb":"known","messages":[{"sha256":"...","size":1}]}, {"verb":"evidence","sha256":"..."} (what a source answered,
 * in hexadecimal),
 * {"verb":"ack"|"answered"|"dismiss"|"confirm"|"reopen","case":12,"by":"NAME","note":"..."} or, for several at once
 * (all of them or none), "cases":[12,13]; "answered" and "reopen" also take "leg":"reporter"|"subscriber"|"both"
 * ("answered" means the reporter when nothing is said, "reopen" both) and "answered" "not_applicable":true;
 * {"verb":"revoked","case":12,"serial":"04a1" (or "all":true),
 * "issuer":"NAME" (where the case does not tell),"by":"NAME","note":"..."},
 * {"verb":"review","day":"2026-03-05"|"today", "form":"txt"|"jsonl"|"html"}. Replies: one object a line; the last line
 * is {"end":true,"exit":N} with an "error" sentence where N is not 0. Exit codes are sysexits: 64 request malformed, 65
 * no such case or day, 75 the store cannot be written. */
#ifndef CPR_ENGINE_DESK_H
#define CPR_ENGINE_DESK_H

#include "cpr/base/buffer.h"
#include "cpr/casework/settings.h"
#include "cpr/port/store.h"

struct cpr_desk {
    const struct cpr_store_port *store; /* no transaction may be open */
    const struct cpr_settings *settings;
    const char *instance; /* cpr_instance_name */
    const char *log_dir;  /* where published reviews lie */
    int64_t now_utc_ms;
    int64_t started_ms; /* of the daemon; CPR_TIME_NONE when none runs */
    bool clock_is_synchronised;
};

/* `peer_uid` is recorded with what a person commands. Appends to reply (a buffer of CPR_REPLY_MAX_BYTES). */
void cpr_desk_answer(const struct cpr_desk *desk, struct cpr_view request, unsigned peer_uid, struct cpr_buffer *reply);

#endif
