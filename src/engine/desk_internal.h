/* What the files of the desk share: desk.c takes requests and carries out commands, desk_revocation.c those about the
 * revocation, desk_views.c shows the ledger. */
#ifndef CPR_ENGINE_DESK_INTERNAL_H
#define CPR_ENGINE_DESK_INTERNAL_H

#include "cpr/casework/plan.h"
#include "cpr/engine/desk.h"

#include <jansson.h>

/* Appends an object as a line and releases it. */
void cpr_desk_put(struct cpr_buffer *reply, json_t *object);
json_t *cpr_desk_time(int64_t utc_ms); /* RFC 3339, or null */

/* The case that a request names. CPR_OPERATOR: it names none; CPR_ABSENT with a sentence: there is none. */
enum cpr_rc cpr_desk_find(const struct cpr_desk *desk, const json_t *id, struct cpr_case *item_out,
                          struct cpr_error *error_out);
/* Who says so, and why; by may be NULL. CPR_OPERATOR with a sentence. */
enum cpr_rc cpr_desk_check_words(const char *by, const char *note, bool needs_note, struct cpr_error *error_out);

/* The clock of a case's revocation. A new reference. */
json_t *cpr_desk_obligation(const struct cpr_desk *desk, const struct cpr_case *item);
/* revoked: of "serial" (perhaps with its "issuer"), or "all"; clock: sets the "class" of "case", or of each of "cases".
 */
enum cpr_rc cpr_desk_revoked(const struct cpr_desk *desk, const json_t *request, unsigned peer_uid,
                             struct cpr_buffer *reply, struct cpr_error *error_out);
enum cpr_rc cpr_desk_clock(const struct cpr_desk *desk, const json_t *request, unsigned peer_uid,
                           struct cpr_buffer *reply, struct cpr_error *error_out);

/* The row of a case in lists; `show` adds to it. A new reference. */
json_t *cpr_desk_case(const struct cpr_desk *desk, const struct cpr_case *item);

enum { CPR_EXPORT_REPLIES_MAX = 32, CPR_EXPORT_LINKED_MAX = 32 };

enum cpr_rc cpr_desk_status(const struct cpr_desk *desk, struct cpr_buffer *reply, struct cpr_error *error_out);
enum cpr_rc cpr_desk_cases(const struct cpr_desk *desk, bool all, struct cpr_buffer *reply,
                           struct cpr_error *error_out);
enum cpr_rc cpr_desk_show(const struct cpr_desk *desk, const struct cpr_case *item, struct cpr_buffer *reply,
                          struct cpr_error *error_out);
/* A Message-ID, serial number, crt.sh id, fingerprint or address, however written: one object {"trace", "messages",
 * "cases", "timeline", "cut"}. CPR_ABSENT with a sentence when nothing is known of it. */
enum cpr_rc cpr_desk_trace(const struct cpr_desk *desk, const char *value, struct cpr_buffer *reply,
                           struct cpr_error *error_out);
/* For `cpr-audit hunt`: of each {"mailbox" (absent: any), "sha256" (of its first 64 KiB), "size", "message_id", "text"
 * (its text digest)} a row {"known", "by" ("bytes" or "text"), "verdict", "ruleset", "case", "answered", ...}, in
 * order. */
enum cpr_rc cpr_desk_known(const struct cpr_desk *desk, const json_t *messages, struct cpr_buffer *reply,
                           struct cpr_error *error_out);
/* For `cpr-audit export`: what `show` says; the messages (the report, our replies, what is linked for more than its
 * sender) with readings and sightings, each a "part" that replies, legs and links name; the move; the events with their
 * hashes. At most CPR_EXPORT_REPLIES_MAX replies and CPR_EXPORT_LINKED_MAX linked messages, and readings up to half of
 * a reply of the desk; "left_out" counts the rest. */
enum cpr_rc cpr_desk_export(const struct cpr_desk *desk, const struct cpr_case *item, struct cpr_buffer *reply,
                            struct cpr_error *error_out);
/* For `cpr-audit export`: {"sha256", "size", "hex"} of what was answered about a revocation. CPR_ABSENT: not kept. */
enum cpr_rc cpr_desk_evidence(const struct cpr_desk *desk, const char *sha256, struct cpr_buffer *reply,
                              struct cpr_error *error_out);
/* day: "YYYY-MM-DD" or "today"; form: "txt" (also NULL), "jsonl", "html". A finished day is named by its file
 * {"file": PATH}; today is written as it stands, in pieces {"text": "..."}. */
enum cpr_rc cpr_desk_review(const struct cpr_desk *desk, const char *day, const char *form, struct cpr_buffer *reply,
                            struct cpr_error *error_out);

#endif
