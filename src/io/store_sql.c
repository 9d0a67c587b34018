/* All SQL of the store: its schema by version, and every statement.
 *
 * The lists of columns below are the one place that fixes their order; the functions that put and take a row follow it.
 * `t` is the table's alias with its dot, or "". */
#include "store_internal.h"

#define FOLDER(t)                                                                                                      \
    t "id, " t "mailbox, " t "name, " t "display, " t "role, " t "rule, " t "uidvalidity, " t "next_uid, " t           \
      "messages, " t "looked_ms"
#define SIGHTING(t)                                                                                                    \
    t "id, " t "folder_id, " t "uidvalidity, " t "uid, " t "state, " t "attempts, " t "first_seen_ms, " t              \
      "settled_ms, " t "message_id, " t "action"
#define MESSAGE(t)                                                                                                     \
    t "id, " t "mailbox, " t "digest, " t "size, " t "internal_ms, " t "save_ms, " t "first_seen_ms, " t "case_id, " t \
      "reading_json, " t "verdict, " t "kind, " t "score, " t "from_address, " t "subject, " t "header_message_id, " t \
      "text_digest"
#define REVOCATION                                                                                                     \
    "revocation_by_rules, revocation_rule, revocation_class, revocation_set_ms, revocation_set_by, "                   \
    "revocation_set_note, revocation_deadline_ms, revocation_told_age_ms, revocation_ended_ms, revocation_ended_by, "  \
    "revocation_ended_note"
#define CASE                                                                                                           \
    "id, message_id, mailbox, state, grade, rescue, receipt_ms, receipt_source, first_sight_ms, received_ms, "         \
    "savedate_ms, internaldate_ms, found_ms, deadline_ms, told_age_ms, acked_ms, acked_by, closed_ms, closed_by, "     \
    "closed_note, from_address, subject, header_message_id, found_folder, found_role, verdict, reporter_state, "       \
    "reporter_ms, reporter_by, reporter_note, reporter_message_id, subscriber_state, subscriber_ms, subscriber_by, "   \
    "subscriber_note, subscriber_message_id, " REVOCATION
#define INTENT                                                                                                         \
    "id, case_id, sighting_id, mailbox, source, destination, source_uidvalidity, source_uid, "                         \
    "destination_uidvalidity, destination_uidnext, digest, size, state, is_marked, copied_only, destination_uid, "     \
    "how, begun_ms, ended_ms"
#define ALERT                                                                                                          \
    "id, case_id, topic, step_age_ms, recipient, oncall, header_message_id, text, due_ms, next_try_ms, attempts, "     \
    "state, sent_ms, reply_code, reply"
#define DISMISSAL "case_id, state, folder, grade, at_ms, confirmed_ms, confirmed_by"
#define CONDITION "topic, text, since_ms, told_ms, is_active"
#define CLAIM "id, case_id, issuer, serial, claimed_ms, claimed_by, note, rounds, finding, since_ms, next_ms"
#define EVIDENCE                                                                                                       \
    "id, claim_id, way, url, at_ms, word, this_update_ms, next_update_ms, revoked_ms, reason, note, sha256, size"
#define EVENT "sequence, at_ms, event, case_id, mailbox, who, text, prev_hash, hash"

/* Values that only messages which belong together share: the unique identifiers of judge/reading.h, and threads. */
#define RELATING                                                                                                       \
    "'message-id', 'refers-to', 'serial', 'sha256', 'sha1', 'spki-sha256', 'crtsh-id', 'certificate', 'csr'"

/* casework/obligation.h: cpr_obligation_is_owed(). The index and the query must spell it alike. */
#define OWED "state = 'answered' AND grade = 'report' AND revocation_class <> 'none' AND revocation_ended_ms IS NULL"

/* An intent that needs work. The index and the query must spell it alike, or the index is not used. */
#define UNFINISHED "(state = 'unknown' OR (state = 'done' AND is_marked = 0))"

static const char version_1[] =
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE secret (name TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;"

    "CREATE TABLE folder (id INTEGER PRIMARY KEY, mailbox TEXT NOT NULL, name TEXT NOT NULL, display TEXT NOT NULL,"
    " role TEXT NOT NULL, rule TEXT NOT NULL, uidvalidity INTEGER NOT NULL, next_uid INTEGER NOT NULL,"
    " messages INTEGER NOT NULL, looked_ms INTEGER, UNIQUE (mailbox, name)) STRICT;"

    "CREATE TABLE message (id INTEGER PRIMARY KEY, mailbox TEXT NOT NULL, digest BLOB NOT NULL, size INTEGER NOT NULL,"
    " internal_ms INTEGER, save_ms INTEGER, first_seen_ms INTEGER, case_id INTEGER REFERENCES cases (id),"
    " reading_json TEXT, verdict TEXT NOT NULL, kind TEXT NOT NULL, score INTEGER NOT NULL, from_address TEXT NOT NULL,"
    " subject TEXT NOT NULL, header_message_id TEXT NOT NULL, text_digest TEXT NOT NULL,"
    " UNIQUE (mailbox, digest, size)) STRICT;"

    "CREATE TABLE sighting (id INTEGER PRIMARY KEY, folder_id INTEGER NOT NULL REFERENCES folder (id),"
    " uidvalidity INTEGER NOT NULL, uid INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,"
    " first_seen_ms INTEGER, settled_ms INTEGER, message_id INTEGER REFERENCES message (id), action TEXT NOT NULL,"
    " UNIQUE (folder_id, uidvalidity, uid)) STRICT;"
    "CREATE INDEX sighting_state ON sighting (folder_id, uidvalidity, state, uid);"
    "CREATE INDEX sighting_settled ON sighting (settled_ms) WHERE settled_ms IS NOT NULL;"
    "CREATE INDEX sighting_message ON sighting (message_id) WHERE message_id IS NOT NULL;"

    "CREATE TABLE reply (mailbox TEXT NOT NULL, refers_to TEXT NOT NULL, message_id INTEGER NOT NULL,"
    " sent_ms INTEGER, PRIMARY KEY (mailbox, refers_to, message_id)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE cases (id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES message (id),"
    " mailbox TEXT NOT NULL, state TEXT NOT NULL, grade TEXT NOT NULL, rescue TEXT NOT NULL,"
    " receipt_ms INTEGER NOT NULL, receipt_source TEXT NOT NULL, first_sight_ms INTEGER, received_ms INTEGER,"
    " savedate_ms INTEGER, internaldate_ms INTEGER, found_ms INTEGER NOT NULL, deadline_ms INTEGER NOT NULL,"
    " told_age_ms INTEGER NOT NULL, acked_ms INTEGER, acked_by TEXT NOT NULL, closed_ms INTEGER,"
    " closed_by TEXT NOT NULL, closed_note TEXT NOT NULL, from_address TEXT NOT NULL, subject TEXT NOT NULL,"
    " header_message_id TEXT NOT NULL, found_folder TEXT NOT NULL, found_role TEXT NOT NULL,"
    " verdict TEXT NOT NULL) STRICT;"
    "CREATE INDEX cases_deadline ON cases (deadline_ms);"
    "CREATE INDEX cases_open ON cases (deadline_ms) WHERE state = 'open';"
    "CREATE INDEX cases_header_id ON cases (mailbox, header_message_id) WHERE state = 'open';"

    "CREATE TABLE intent (id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id),"
    " sighting_id INTEGER NOT NULL REFERENCES sighting (id), mailbox TEXT NOT NULL, source TEXT NOT NULL,"
    " destination TEXT NOT NULL, source_uidvalidity INTEGER NOT NULL, source_uid INTEGER NOT NULL,"
    " destination_uidvalidity INTEGER NOT NULL, destination_uidnext INTEGER NOT NULL, digest BLOB NOT NULL,"
    " size INTEGER NOT NULL, state TEXT NOT NULL, is_marked INTEGER NOT NULL, copied_only INTEGER NOT NULL,"
    " destination_uid INTEGER NOT NULL, how TEXT NOT NULL, begun_ms INTEGER NOT NULL, ended_ms INTEGER) STRICT;"
    "CREATE INDEX intent_unfinished ON intent (mailbox) WHERE " UNFINISHED ";"
    "CREATE INDEX intent_case ON intent (case_id);"
    "CREATE INDEX intent_begun ON intent (begun_ms);"

    /* case_id 0 stands for none, since NULLs are never equal and would defeat the UNIQUE. */
    "CREATE TABLE alert (id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, topic TEXT NOT NULL,"
    " step_age_ms INTEGER NOT NULL, recipient TEXT NOT NULL, oncall TEXT NOT NULL, header_message_id TEXT NOT NULL,"
    " text TEXT NOT NULL, due_ms INTEGER NOT NULL, next_try_ms INTEGER NOT NULL, attempts INTEGER NOT NULL,"
    " state TEXT NOT NULL, sent_ms INTEGER, reply_code INTEGER NOT NULL, reply TEXT NOT NULL,"
    " UNIQUE (case_id, topic, step_age_ms, recipient)) STRICT;"
    "CREATE INDEX alert_pending ON alert (next_try_ms) WHERE state = 'pending';"
    "CREATE INDEX alert_header_id ON alert (header_message_id);"

    "CREATE TABLE condition (topic TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL, since_ms INTEGER, told_ms INTEGER,"
    " is_active INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

    /* Only text, which comes last, may hold a line feed: so no two events have the same bytes to hash. */
    "CREATE TABLE event (sequence INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, event TEXT NOT NULL,"
    " case_id INTEGER NOT NULL, mailbox TEXT NOT NULL, who TEXT NOT NULL, text TEXT NOT NULL,"
    " prev_hash TEXT NOT NULL, hash TEXT NOT NULL, CHECK (instr(event || mailbox || who, char(10)) = 0)) STRICT;"
    "CREATE INDEX event_at ON event (at_ms);"
    "CREATE INDEX event_case ON event (case_id);"
    "CREATE TRIGGER event_follow BEFORE INSERT ON event"
    " WHEN NEW.sequence <> (SELECT ifnull(max(sequence), 0) + 1 FROM event)"
    " BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;"
    "CREATE TRIGGER event_keep BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;"
    "CREATE TRIGGER event_stay BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;";

/* A reading of an older version, whatever it is. */
#define READING "CASE WHEN json_valid(m.reading_json) THEN m.reading_json ELSE '{}' END"

static const char version_2[] =
    /* The index of identifiers; of readings that are stored already its rows are made here. */
    "CREATE TABLE identifier (value TEXT NOT NULL, type TEXT NOT NULL,"
    " message_id INTEGER NOT NULL REFERENCES message (id), PRIMARY KEY (value, type, message_id)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE INDEX identifier_message ON identifier (message_id);"
    "INSERT OR IGNORE INTO identifier (type, value, message_id)"
    " SELECT 'message-id', header_message_id, id FROM message WHERE header_message_id <> ''"
    " AND header_message_id NOT LIKE 'quarantine:%'"
    " UNION ALL SELECT 'from', lower(from_address), id FROM message WHERE from_address <> ''"
    " UNION ALL SELECT 'refers-to', j.value, m.id FROM message m, json_each(" READING ", '$.references') j"
    " WHERE j.type = 'text'"
    " UNION ALL SELECT json_extract(j.value, '$.type'), json_extract(j.value, '$.value'), m.id"
    " FROM message m, json_each(" READING ", '$.identifiers') j WHERE j.type = 'object'"
    " AND json_type(j.value, '$.type') = 'text' AND json_type(j.value, '$.value') = 'text';"
    "CREATE TABLE link (message_id INTEGER NOT NULL REFERENCES message (id),"
    " other_id INTEGER NOT NULL REFERENCES message (id), reasons TEXT NOT NULL, detail TEXT NOT NULL,"
    " at_ms INTEGER NOT NULL, brought_forward INTEGER NOT NULL, PRIMARY KEY (message_id, other_id)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE INDEX link_other ON link (other_id);"
    /* What people did in the mailbox: alerts answered with "ack", and cases whose message was moved to dismiss_folder.
     */
    "CREATE TABLE acknowledgement (alert_id INTEGER PRIMARY KEY REFERENCES alert (id), case_id INTEGER NOT NULL,"
    " step_age_ms INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX acknowledgement_case ON acknowledgement (case_id);"
    "CREATE TABLE dismissal (case_id INTEGER PRIMARY KEY REFERENCES cases (id), state TEXT NOT NULL,"
    " folder TEXT NOT NULL, grade TEXT NOT NULL, at_ms INTEGER NOT NULL, confirmed_ms INTEGER,"
    " confirmed_by TEXT NOT NULL) STRICT;"

    "CREATE TABLE claim (id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id), issuer TEXT NOT NULL,"
    " serial TEXT NOT NULL, claimed_ms INTEGER NOT NULL, claimed_by TEXT NOT NULL, note TEXT NOT NULL,"
    " rounds INTEGER NOT NULL, finding TEXT NOT NULL, since_ms INTEGER, next_ms INTEGER,"
    " UNIQUE (case_id, issuer, serial)) STRICT;"
    "CREATE INDEX claim_next ON claim (next_ms) WHERE next_ms IS NOT NULL;"
    /* bytes: NULL when nothing was answered, when it is too long, and when another row keeps the same ones. */
    "CREATE TABLE evidence (id INTEGER PRIMARY KEY, claim_id INTEGER NOT NULL REFERENCES claim (id),"
    " way TEXT NOT NULL, url TEXT NOT NULL, at_ms INTEGER NOT NULL, word TEXT NOT NULL, this_update_ms INTEGER,"
    " next_update_ms INTEGER, revoked_ms INTEGER, reason INTEGER NOT NULL, note TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " size INTEGER NOT NULL, bytes BLOB) STRICT;"
    "CREATE INDEX evidence_claim ON evidence (claim_id);"
    "CREATE INDEX evidence_kept ON evidence (sha256) WHERE bytes IS NOT NULL;"
    /* The two legs of a case. What closed a case closed both, when nobody asked for each. */
    "ALTER TABLE cases ADD COLUMN reporter_state TEXT NOT NULL DEFAULT 'open';"
    "ALTER TABLE cases ADD COLUMN reporter_ms INTEGER;"
    "ALTER TABLE cases ADD COLUMN reporter_by TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN reporter_note TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN reporter_message_id INTEGER REFERENCES message (id);"
    "ALTER TABLE cases ADD COLUMN subscriber_state TEXT NOT NULL DEFAULT 'open';"
    "ALTER TABLE cases ADD COLUMN subscriber_ms INTEGER;"
    "ALTER TABLE cases ADD COLUMN subscriber_by TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN subscriber_note TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN subscriber_message_id INTEGER REFERENCES message (id);"
    "UPDATE cases SET (reporter_state, reporter_ms, reporter_by, reporter_note, subscriber_state, subscriber_ms,"
    " subscriber_by, subscriber_note) = ('closed', closed_ms, closed_by, closed_note, 'closed', closed_ms, closed_by,"
    " closed_note) WHERE state = 'answered';"
    /* What our own mail is worth as an answer. Before, only human replies were kept, and each was an answer. */
    "ALTER TABLE reply ADD COLUMN class TEXT NOT NULL DEFAULT 'substantive';"
    "ALTER TABLE reply ADD COLUMN words TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE reply ADD COLUMN is_automatic INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE reply ADD COLUMN says_revoked INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE case_reply (case_id INTEGER NOT NULL REFERENCES cases (id), message_id INTEGER NOT NULL,"
    " sent_ms INTEGER, class TEXT NOT NULL, words TEXT NOT NULL, is_automatic INTEGER NOT NULL,"
    " says_revoked INTEGER NOT NULL, is_unlinked INTEGER NOT NULL, overruled_by TEXT NOT NULL,"
    " PRIMARY KEY (case_id, message_id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE bounce (mailbox TEXT NOT NULL, header_message_id TEXT NOT NULL, at_ms INTEGER NOT NULL,"
    " PRIMARY KEY (mailbox, header_message_id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX cases_thread ON cases (mailbox, header_message_id) WHERE header_message_id <> '';"
    /* The time to published revocation. Nobody was asked about it before; an open case gets the shorter time of
       BR 4.9.1.1. */
    "ALTER TABLE cases ADD COLUMN revocation_by_rules TEXT NOT NULL DEFAULT '24h';"
    "ALTER TABLE cases ADD COLUMN revocation_rule TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN revocation_class TEXT NOT NULL DEFAULT '24h';"
    "ALTER TABLE cases ADD COLUMN revocation_set_ms INTEGER;"
    "ALTER TABLE cases ADD COLUMN revocation_set_by TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN revocation_set_note TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN revocation_deadline_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE cases ADD COLUMN revocation_told_age_ms INTEGER NOT NULL DEFAULT -1;"
    "ALTER TABLE cases ADD COLUMN revocation_ended_ms INTEGER;"
    "ALTER TABLE cases ADD COLUMN revocation_ended_by TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE cases ADD COLUMN revocation_ended_note TEXT NOT NULL DEFAULT '';"
    "UPDATE cases SET revocation_deadline_ms = receipt_ms + 86400000;"
    "UPDATE cases SET (revocation_ended_ms, revocation_ended_by, revocation_ended_note) = (closed_ms, 'cpr-auditd',"
    " 'it was answered before clocks of revocations were kept: nobody was asked') WHERE state = 'answered';"
    "CREATE INDEX cases_owed ON cases (revocation_deadline_ms) WHERE " OWED ";"
    "CREATE INDEX cases_reply ON cases (reporter_message_id) WHERE reporter_message_id IS NOT NULL;"
    "CREATE INDEX message_reply_id ON message (mailbox, header_message_id) WHERE kind = 'reply';";

const char *const cpr_store_migrations[] = {version_1, version_2};
const int cpr_store_version = sizeof cpr_store_migrations / sizeof cpr_store_migrations[0];

const char *const cpr_store_sql[CPR_STATEMENTS] = {
    [CPR_SQL_SETTING_GET] = "SELECT value FROM setting WHERE name = ?1",
    [CPR_SQL_SETTING_PUT] = "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                            " ON CONFLICT DO UPDATE SET value = excluded.value",
    [CPR_SQL_SECRET_GET] = "SELECT bytes FROM secret WHERE name = ?1",
    [CPR_SQL_SECRET_PUT] = "INSERT INTO secret (name, bytes) VALUES (?1, ?2)",

    [CPR_SQL_FOLDER_GET] = "SELECT " FOLDER("") " FROM folder WHERE mailbox = ?1 AND name = ?2",
    [CPR_SQL_FOLDER_INSERT] = "INSERT INTO folder (" FOLDER("") ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [CPR_SQL_FOLDER_UPDATE] = "UPDATE folder SET (display, role, rule, uidvalidity, next_uid, messages, looked_ms)"
                              " = (?4, ?5, ?6, ?7, ?8, ?9, ?10) WHERE id = ?1",
    [CPR_SQL_FOLDER_EACH] = "SELECT " FOLDER("") " FROM folder WHERE ?1 IS NULL OR mailbox = ?1 ORDER BY mailbox, name",
    [CPR_SQL_FOLDER_TALLY] = "SELECT state, count(*) FROM sighting WHERE folder_id = ?1 AND uidvalidity = ?2"
                             " GROUP BY state",

    /* A settled one does not match the WHERE, is left alone and gives no row. */
    [CPR_SQL_SIGHTING_EXPECT] = "INSERT INTO sighting (folder_id, uidvalidity, uid, state, attempts, first_seen_ms,"
                                " action) VALUES (?1, ?2, ?3, 'expected', 1, ?4, '')"
                                " ON CONFLICT (folder_id, uidvalidity, uid) DO UPDATE SET attempts = attempts + 1"
                                " WHERE state = 'expected' RETURNING " SIGHTING(""),
    [CPR_SQL_SIGHTING_GET] = "SELECT " SIGHTING("") " FROM sighting"
                                                    " WHERE folder_id = ?1 AND uidvalidity = ?2 AND uid = ?3",
    [CPR_SQL_SIGHTING_UPDATE] = "UPDATE sighting SET (state, attempts, settled_ms, message_id, action)"
                                " = (?5, ?6, ?8, ?9, ?10) WHERE id = ?1",
    [CPR_SQL_SIGHTING_EXPECTED] = "SELECT uid FROM sighting WHERE folder_id = ?1 AND uidvalidity = ?2"
                                  " AND state = 'expected' ORDER BY uid LIMIT ?3",
    [CPR_SQL_SIGHTING_EACH_OF] =
        "SELECT " SIGHTING("s.") ", " FOLDER("f.") " FROM sighting s"
                                                   " JOIN folder f ON f.id = s.folder_id WHERE s.message_id = ?1"
                                                   " ORDER BY s.first_seen_ms DESC, s.id DESC",

    [CPR_SQL_MESSAGE_FIND] = "SELECT " MESSAGE("") " FROM message WHERE mailbox = ?1 AND digest = ?2 AND size = ?3",
    [CPR_SQL_MESSAGE_BY_TEXT] = "SELECT " MESSAGE("m.") " FROM identifier i JOIN message m ON m.id = i.message_id"
                                                        " WHERE i.value = ?2 AND i.type = 'message-id'"
                                                        " AND (?1 IS NULL OR m.mailbox = ?1) AND m.text_digest = ?3"
                                                        " ORDER BY m.case_id IS NULL, m.id LIMIT 1",
    [CPR_SQL_MESSAGE_GET] = "SELECT " MESSAGE("") " FROM message WHERE id = ?1",
    [CPR_SQL_MESSAGE_INSERT] = "INSERT INTO message (" MESSAGE("") ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                                                                   " ?11, ?12, ?13, ?14, ?15, ?16)",
    [CPR_SQL_MESSAGE_UPDATE] =
        "UPDATE message SET (internal_ms, save_ms, first_seen_ms, case_id, reading_json, verdict,"
        " kind, score, from_address, subject, header_message_id, text_digest)"
        " = (?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) WHERE id = ?1",

    [CPR_SQL_REPLY_ADD] = "INSERT INTO reply (mailbox, refers_to, message_id, sent_ms, class, words, is_automatic,"
                          " says_revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    [CPR_SQL_REPLY_LIST] = "SELECT message_id, sent_ms, class, words, is_automatic, says_revoked, 0, '' FROM reply"
                           " WHERE mailbox = ?1 AND refers_to = ?2 ORDER BY sent_ms NULLS LAST, message_id LIMIT ?3",
    /* What a header ties to the report stays tied, and what a person said of it stays said. */
    [CPR_SQL_CASE_REPLY_PUT] = "INSERT INTO case_reply (case_id, message_id, sent_ms, class, words, is_automatic,"
                               " says_revoked, is_unlinked, overruled_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                               " ON CONFLICT DO UPDATE SET (class, words, is_unlinked)"
                               " = (excluded.class, excluded.words, min(is_unlinked, excluded.is_unlinked))",
    [CPR_SQL_CASE_REPLY_EACH] =
        "SELECT message_id, sent_ms, class, words, is_automatic, says_revoked, is_unlinked,"
        " overruled_by FROM case_reply WHERE case_id = ?1 ORDER BY sent_ms NULLS LAST, message_id",
    [CPR_SQL_CASE_REPLY_OVERRULE] = "UPDATE case_reply SET overruled_by = ?3 WHERE case_id = ?1 AND message_id = ?2",
    /* Another copy of the same mail is the same mail. */
    [CPR_SQL_CASE_REPLY_IS_OVERRULED] =
        "SELECT 1 FROM case_reply r JOIN message m ON m.id = r.message_id JOIN message n ON n.id = ?2"
        " WHERE r.case_id = ?1 AND r.overruled_by <> '' AND (m.id = n.id OR (m.header_message_id <> ''"
        " AND m.header_message_id = n.header_message_id))",
    [CPR_SQL_BOUNCE_ADD] = "INSERT INTO bounce (mailbox, header_message_id, at_ms) VALUES (?1, ?2, ?3)"
                           " ON CONFLICT DO NOTHING",
    [CPR_SQL_BOUNCE_IS_KNOWN] = "SELECT 1 FROM bounce WHERE mailbox = ?1 AND header_message_id = ?2",

    [CPR_SQL_IDENTIFIER_ADD] = "INSERT INTO identifier (type, value, message_id) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT DO NOTHING",
    [CPR_SQL_IDENTIFIER_FIND] = "SELECT DISTINCT message_id FROM identifier WHERE value = ?1"
                                " ORDER BY message_id DESC LIMIT ?2",
    [CPR_SQL_IDENTIFIER_RELATIVES] =
        "SELECT DISTINCT o.message_id FROM identifier m JOIN identifier o ON o.value = m.value"
        " WHERE m.message_id = ?1 AND o.message_id <> ?1 AND m.type IN (" RELATING ") AND o.type IN (" RELATING ")"
        " ORDER BY o.message_id DESC LIMIT ?2",
    [CPR_SQL_IDENTIFIER_SENDER] =
        "SELECT DISTINCT o.message_id FROM identifier m JOIN identifier o ON o.value = m.value AND o.type = 'from'"
        " WHERE m.message_id = ?1 AND m.type = 'from' AND o.message_id <> ?1 ORDER BY o.message_id DESC LIMIT ?2",
    [CPR_SQL_LINK_ADD] = "INSERT INTO link (message_id, other_id, reasons, detail, at_ms, brought_forward)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    [CPR_SQL_LINK_EACH] = "SELECT message_id, other_id, reasons, detail, at_ms, brought_forward FROM link"
                          " WHERE message_id = ?1 OR other_id = ?1 ORDER BY at_ms, message_id, other_id",

    [CPR_SQL_CLAIM_ADD] = "INSERT INTO claim (" CLAIM ") VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, 0, 'nothing', NULL, ?7)"
                          " ON CONFLICT (case_id, issuer, serial) DO UPDATE SET (claimed_ms, claimed_by, note, rounds,"
                          " next_ms) = (?4, ?5, ?6, 0, ?7)",
    [CPR_SQL_CLAIM_PUT] = "UPDATE claim SET (rounds, finding, since_ms, next_ms) = (?2, ?3, ?4, ?5) WHERE id = ?1",
    [CPR_SQL_CLAIM_GET] = "SELECT " CLAIM " FROM claim WHERE id = ?1",
    [CPR_SQL_CLAIM_NEXT] = "SELECT " CLAIM " FROM claim WHERE next_ms IS NOT NULL ORDER BY next_ms, id LIMIT 1",
    [CPR_SQL_CLAIM_EACH] = "SELECT " CLAIM " FROM claim WHERE case_id = ?1 ORDER BY id",
    [CPR_SQL_EVIDENCE_ADD] = "INSERT INTO evidence (" EVIDENCE ", bytes) VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                             " ?9, ?10, ?11, ?12, CASE WHEN ?11 = '' OR EXISTS (SELECT 1 FROM evidence"
                             " WHERE sha256 = ?11 AND bytes IS NOT NULL) THEN NULL ELSE ?13 END)",
    [CPR_SQL_EVIDENCE_EACH] = "SELECT " EVIDENCE " FROM evidence WHERE claim_id = ?1 ORDER BY id",
    [CPR_SQL_EVIDENCE_BYTES] = "SELECT bytes FROM evidence WHERE sha256 = ?1 AND bytes IS NOT NULL LIMIT 1",

    [CPR_SQL_CASE_GET] = "SELECT " CASE " FROM cases WHERE id = ?1",
    [CPR_SQL_CASE_INSERT] = "INSERT INTO cases (" CASE ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                            " ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30,"
                            " ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47)",
    [CPR_SQL_CASE_UPDATE] =
        "UPDATE cases SET (message_id, mailbox, state, grade, rescue, receipt_ms, receipt_source,"
        " first_sight_ms, received_ms, savedate_ms, internaldate_ms, found_ms, deadline_ms,"
        " told_age_ms, acked_ms, acked_by, closed_ms, closed_by, closed_note, from_address, subject,"
        " header_message_id, found_folder, found_role, verdict, reporter_state, reporter_ms, reporter_by,"
        " reporter_note, reporter_message_id, subscriber_state, subscriber_ms, subscriber_by, subscriber_note,"
        " subscriber_message_id, " REVOCATION
        ") = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
        " ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40,"
        " ?41, ?42, ?43, ?44, ?45, ?46, ?47) WHERE id = ?1",
    [CPR_SQL_CASE_EACH] = "SELECT " CASE " FROM cases ORDER BY deadline_ms, id",
    [CPR_SQL_CASE_EACH_OPEN] = "SELECT " CASE " FROM cases WHERE state = 'open' ORDER BY deadline_ms, id",
    [CPR_SQL_CASE_EACH_OWED] =
        "SELECT " CASE " FROM cases INDEXED BY cases_owed WHERE " OWED " ORDER BY revocation_deadline_ms, id",
    [CPR_SQL_CASE_BY_HEADER_ID] = "SELECT id FROM cases WHERE state = 'open' AND mailbox = ?1"
                                  " AND header_message_id = ?2 AND header_message_id <> '' ORDER BY id LIMIT ?3",
    /* Open or not; of the message itself, or of one that it refers to: a follow-up of the same reporter, or a mail of
     * ours (a ticket system's) about the report. */
    [CPR_SQL_CASE_BY_THREAD] =
        "SELECT id FROM cases WHERE mailbox = ?1 AND header_message_id = ?2 AND header_message_id <> ''"
        " UNION SELECT c.id FROM identifier i JOIN message m ON m.id = i.message_id AND m.mailbox = ?1"
        " JOIN identifier r ON r.message_id = m.id AND r.type = 'refers-to' CROSS JOIN cases c ON c.mailbox = m.mailbox"
        " AND c.header_message_id = r.value WHERE i.value = ?2 AND i.type = 'message-id' AND c.header_message_id <> ''"
        " AND (m.kind = 'reply' OR (m.from_address <> '' AND lower(m.from_address) = lower(c.from_address)))"
        " ORDER BY 1 LIMIT ?3",
    [CPR_SQL_CASE_BY_REPLY_ID] = "SELECT c.id FROM message m JOIN cases c ON c.reporter_message_id = m.id"
                                 " WHERE m.kind = 'reply' AND m.mailbox = ?1 AND m.header_message_id = ?2"
                                 " AND m.header_message_id <> '' ORDER BY c.id LIMIT ?3",
    [CPR_SQL_CASE_REVIEW] = "SELECT " CASE " FROM cases WHERE found_ms < ?2"
                            " AND (closed_ms IS NULL OR closed_ms >= ?1 OR found_ms >= ?1 OR (state = 'answered'"
                            " AND grade = 'report' AND revocation_class <> 'none' AND ifnull(revocation_ended_ms, ?1)"
                            " >= ?1) OR (state = 'dismissed'"
                            " AND id IN (SELECT case_id FROM dismissal WHERE state = 'unconfirmed'))) ORDER BY id",
    [CPR_SQL_DISMISSAL_GET] = "SELECT " DISMISSAL " FROM dismissal WHERE case_id = ?1",
    [CPR_SQL_DISMISSAL_PUT] = "INSERT INTO dismissal (" DISMISSAL ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                              " ON CONFLICT DO UPDATE SET (state, folder, grade, at_ms, confirmed_ms, confirmed_by)"
                              " = (?2, ?3, ?4, ?5, ?6, ?7)",

    [CPR_SQL_INTENT_INSERT] = "INSERT INTO intent (" INTENT ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
                              " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    [CPR_SQL_INTENT_UPDATE] = "UPDATE intent SET (case_id, sighting_id, mailbox, source, destination,"
                              " source_uidvalidity, source_uid, destination_uidvalidity, destination_uidnext, digest,"
                              " size, state, is_marked, copied_only, destination_uid, how, begun_ms, ended_ms)"
                              " = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
                              " WHERE id = ?1",
    [CPR_SQL_INTENT_UNFINISHED] = "SELECT " INTENT " FROM intent INDEXED BY intent_unfinished WHERE " UNFINISHED
                                  " AND (?1 IS NULL OR mailbox = ?1) ORDER BY id LIMIT ?2",
    [CPR_SQL_INTENT_OF_CASE] = "SELECT " INTENT " FROM intent WHERE case_id = ?1 ORDER BY id DESC LIMIT 1",
    [CPR_SQL_INTENT_COUNT_SINCE] = "SELECT count(*) FROM intent WHERE begun_ms >= ?1 AND state IN ('unknown', 'done')",

    [CPR_SQL_ALERT_ADD] = "INSERT INTO alert (" ALERT ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                          " ?13, ?14, ?15) ON CONFLICT (case_id, topic, step_age_ms, recipient) DO UPDATE"
                          " SET (oncall, header_message_id, text, due_ms, next_try_ms, attempts, state, sent_ms,"
                          " reply_code, reply) = (?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
                          " WHERE alert.state = 'cancelled'",
    [CPR_SQL_ALERT_UPDATE] =
        "UPDATE alert SET (oncall, header_message_id, text, due_ms, next_try_ms, attempts, state, sent_ms,"
        " reply_code, reply) = (?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) WHERE id = ?1",
    [CPR_SQL_ALERT_DUE] = "SELECT " ALERT " FROM alert WHERE state = 'pending' AND next_try_ms <= ?1"
                          " ORDER BY due_ms, id LIMIT ?2",
    [CPR_SQL_ALERT_NEXT] = "SELECT min(next_try_ms), count(*) FROM alert INDEXED BY alert_pending"
                           " WHERE state = 'pending'",
    [CPR_SQL_ALERT_CANCEL_CASE] = "UPDATE alert SET state = 'cancelled' WHERE case_id = ?1 AND state = 'pending'"
                                  " AND (?2 IS NULL OR topic = ?2)",
    [CPR_SQL_ALERT_CANCEL_TOPIC] = "UPDATE alert SET state = 'cancelled' WHERE case_id = 0 AND topic = ?2"
                                   " AND state = 'pending'",
    [CPR_SQL_ALERT_EACH_OF_CASE] = "SELECT " ALERT " FROM alert WHERE case_id = ?1 ORDER BY due_ms, id",
    [CPR_SQL_ALERT_IS_OURS] = "SELECT 1 FROM alert WHERE header_message_id = ?1 LIMIT 1",

    [CPR_SQL_ACKNOWLEDGEMENT_ADD] =
        "INSERT INTO acknowledgement (alert_id, case_id, step_age_ms, at_ms) SELECT ?1, ?2, ?3, ?4"
        " WHERE NOT EXISTS (SELECT 1 FROM acknowledgement WHERE case_id = ?2 AND step_age_ms > ?3)"
        " ON CONFLICT DO NOTHING",

    [CPR_SQL_CONDITION_GET] = "SELECT " CONDITION " FROM condition WHERE topic = ?1",
    [CPR_SQL_CONDITION_PUT] = "INSERT INTO condition (" CONDITION ") VALUES (?1, ?2, ?3, ?4, ?5)"
                              " ON CONFLICT DO UPDATE SET (text, since_ms, told_ms, is_active) = (?2, ?3, ?4, ?5)",
    [CPR_SQL_CONDITION_EACH_ACTIVE] = "SELECT " CONDITION " FROM condition WHERE is_active = 1 ORDER BY topic",

    [CPR_SQL_EVENT_LAST] = "SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1",
    [CPR_SQL_EVENT_INSERT] = "INSERT INTO event (" EVENT ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [CPR_SQL_EVENT_EACH] = "SELECT " EVENT " FROM event ORDER BY sequence",
    [CPR_SQL_EVENT_EACH_BETWEEN] = "SELECT " EVENT " FROM event WHERE at_ms >= ?2 AND at_ms < ?3"
                                   " ORDER BY sequence",
    [CPR_SQL_EVENT_EACH_OF_CASE] = "SELECT " EVENT " FROM event WHERE case_id = ?1 AND at_ms >= ?2 AND at_ms < ?3"
                                   " ORDER BY sequence",

    /* Two steps, so that what is sorted are numbers and not the readings of a whole day. */
    [CPR_SQL_REVIEW_IDS] = "SELECT id FROM sighting WHERE settled_ms >= ?1 AND settled_ms < ?2"
                           " ORDER BY folder_id, uidvalidity, uid",
    [CPR_SQL_REVIEW_ROW] = "SELECT " SIGHTING("s.") ", " FOLDER("f.") ", " MESSAGE(
        "m.") " FROM sighting s"
              " JOIN folder f ON f.id = s.folder_id LEFT JOIN message m ON m.id = s.message_id"
              " WHERE s.id = ?1",
};
