/* The durable memory: the store port (port/store.h) over one SQLite file, <state_dir>/cpr-auditd.sqlite, mode 0600.
 *
 * Durability: locking_mode EXCLUSIVE, synchronous EXTRA and journal_mode WAL, set in that order, which lost no commit
 * in simulated power cuts; every weaker choice did. One process and one connection: a second opener is refused, and the
 * store is never carried over fork().
 *
 * For the auditor with sqlite3(1): tables carry the words of the design (folder, sighting, message, reply, cases,
 * intent, alert, condition, event); states are words, instants are UTC milliseconds (NULL for none), digests are blobs.
 * Take a copy with VACUUM INTO, never with cp.
 *
 * The event chain: hash is the SHA-256, in lower-case hex, of
 *   prev_hash LF sequence LF at_ms LF event LF case_id LF mailbox LF who LF text
 * without a final LF; prev_hash is the hash of the event before it, and 64 zeros in event 1. It shows a change, a gap
 * or a false beginning, but not that events were cut off its end: compare the last hash with one that left the machine.
 * By hand: sqlite3 COPY "SELECT prev_hash||x||sequence||x||at_ms||x||event||x||case_id||x||mailbox||x||who||x||text
 *     FROM event, (SELECT char(10) AS x) WHERE sequence = N" | head -c -1 | sha256sum
 *
 * What the port leaves open: each callback returns true to go on and false to stop, and none may call the store. The
 * first failure inside begin..commit (CPR_ABSENT is none) rolls back; until the caller ends the transaction every
 * further write and the commit repeat that failure. An update never changes what a row is known by: a folder's mailbox
 * and name, a sighting's folder, UIDVALIDITY, UID and first_seen_ms, a message's mailbox and identity, an alert's
 * case_id, topic, step_age_ms, recipient and header_message_id. Of a list cut short by a failure the count is
 * untouched, not the array. */
#ifndef CPR_IO_STORE_H
#define CPR_IO_STORE_H

#include "cpr/port/store.h"

#define CPR_STORE_FILE "cpr-auditd.sqlite"
#define CPR_STORE_APPLICATION_ID 0x43505241              /* "CPRA": what file(1) and we know the file by */
#define CPR_STORE_READING_MAX_BYTES ((size_t)256 * 1024) /* of a message's reading_json; more is CPR_LIMIT */

struct cpr_store;

/* Opens the store in an existing directory, creates it when it is not there, brings an older one to this version and
 * runs quick_check. CPR_RETRY: held by another process, or the disk is full or failing. CPR_OPERATOR: the directory or
 * file may not be used. CPR_CORRUPT: damaged, foreign or of a newer version; then nothing was changed. */
enum cpr_rc cpr_store_open(const char *state_dir, struct cpr_store **store_out, struct cpr_error *error_out);
/* Rolls back what is open and frees. *store may be NULL; sets it NULL. */
void cpr_store_close(struct cpr_store **store);

/* The port over a store; valid until it is closed. */
struct cpr_store_port cpr_store_port(struct cpr_store *store);

/* SQLite's quick_check: CPR_CORRUPT with its first finding. Reads the whole file. */
enum cpr_rc cpr_store_check(struct cpr_store *store, struct cpr_error *error_out);

/* Walks the event chain from the first event: CPR_CORRUPT names the first sequence that is missing or was changed. */
enum cpr_rc cpr_store_verify_events(struct cpr_store *store, struct cpr_error *error_out);

/* 32 random bytes made once with the store: the key of the token in our own alerts. Borrowed until close; never print.
 */
struct cpr_view cpr_store_token_key(const struct cpr_store *store);

#endif
