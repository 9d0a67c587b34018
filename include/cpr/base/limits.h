/* Every cap of the program on one page, each with its reason. Hitting one is a recorded fact, never a silent cut. */
#ifndef CPR_BASE_LIMITS_H
#define CPR_BASE_LIMITS_H

/* --- a message ------------------------------------------------------------------------------------------------- */
/* How much of a message is fetched and read unless [policy] message_max says otherwise: the text of a report stands in
 * its first kilobytes; 1 MiB also holds dozens of attached certificates. */
#define CPR_MESSAGE_FETCH_DEFAULT_BYTES (1024 * 1024)
#define CPR_MESSAGE_FETCH_MIN_BYTES (64 * 1024)
#define CPR_MESSAGE_FETCH_MAX_BYTES (8 * 1024 * 1024)
/* A message is recognised again by the SHA-256 of its first 64 KiB and its RFC822.SIZE. Fixed for ever: changing it
 * would make every stored message a stranger. */
#define CPR_IDENTITY_BYTES (64 * 1024)
#define CPR_HEADER_MAX_BYTES (256 * 1024) /* header block read; Exchange writes up to 128 KiB */
#define CPR_HEADER_FIELDS_MAX 2000
#define CPR_MIME_DEPTH_MAX 24           /* real mail nests to about 8 */
#define CPR_MIME_PARTS_MAX 400          /* real digests hold about 100 */
#define CPR_TEXT_MAX_BYTES (512 * 1024) /* decoded text kept for judging, all parts together */
#define CPR_LINKS_MAX 512
#define CPR_ATTACHMENTS_MAX 16
#define CPR_RECEIVED_MAX 12
#define CPR_RECEIVED_RAW_SIZE 512 /* of a Received line as it stands, with the NUL; long ones have some 400 */
#define CPR_REFERENCES_MAX 32
#define CPR_SIGNALS_MAX 48
#define CPR_IDENTIFIERS_MAX 256 /* 150 certificates in one burst are on record (Sectigo, Bugzilla 1994454) */

#define CPR_CERTIFICATES_MAX 16 /* described whole; further ones are identifiers only */
#define CPR_NOTICE_ROWS_MAX 128 /* Proofpoint lists at most 100 in a digest */

/* --- the reader process ------------------------------------------------------------------------------------------ */
#define CPR_READER_CPU_SECONDS 20 /* for a message before the kernel ends it */
#define CPR_READER_WALL_MS 15000  /* for a message before the daemon ends it */
#define CPR_READER_MEMORY_BYTES (512L * 1024 * 1024)
#define CPR_READ_ATTEMPTS_MAX 3 /* after that the message is unreadable: a human looks */

/* --- the mailbox ------------------------------------------------------------------------------------------------- */
#define CPR_MAILBOXES_MAX 32
#define CPR_FOLDERS_MAX 32       /* audited in one mailbox */
#define CPR_FOLDER_LIST_MAX 5000 /* named by LIST */
#define CPR_FOLDER_NAME_MAX 512  /* bytes of a folder's name on the wire, with the NUL */
#define CPR_FETCH_BATCH 64       /* messages of one FETCH: 64 readings are about 9 MiB */
#define CPR_SEARCH_UIDS_MAX 8192 /* UIDs of one SEARCH window */
#define CPR_TWINS_MAX 16         /* copies of one message looked for at the destination */

/* --- the wire ---------------------------------------------------------------------------------------------------- */
#define CPR_WIRE_CONNECT_MS 20000    /* DNS, TCP, TLS and greeting */
#define CPR_WIRE_OPERATION_MS 120000 /* one IMAP command from first byte to tagged reply */
#define CPR_WIRE_LINE_MAX_BYTES (1024 * 1024)
#define CPR_WIRE_TEXT_MAX_BYTES (16 * 1024 * 1024) /* untagged text (no literals) of one command */
#define CPR_SMTP_TOTAL_MS 60000

/* --- CRLs and OCSP responders ------------------------------------------------------------------------------------- */
#define CPR_HTTP_TOTAL_MS 10000              /* one question from DNS to the last byte: alerts wait for it */
#define CPR_OCSP_MAX_BYTES (64 * 1024)       /* an answer with the certificates of its signer is about 2 KiB */
#define CPR_CRL_MAX_BYTES (32 * 1024 * 1024) /* a CRL of a million entries is about 40 bytes for each */
#define CPR_EVIDENCE_MAX_BYTES                                                                                         \
    (4 * 1024 * 1024)      /* of an answer are kept; of a longer CRL its digest and what it says */
#define CPR_CLAIMS_MAX 256 /* certificates of one case that are said to be revoked at once */
#define CPR_CA_CERTIFICATE_MAX_BYTES 4096
#define CPR_REVOCATION_URLS_MAX 4 /* of each kind in one [issuer NAME] */

/* --- people and configuration ------------------------------------------------------------------------------------ */
#define CPR_ADDRESS_MAX 255 /* RFC 5321: 254 octets, with the NUL */
#define CPR_NAME_MAX 64     /* of a mailbox or on-call section, of a person */
#define CPR_NOTE_MAX 1024
#define CPR_ONCALL_MAX 16
#define CPR_ADDRESSES_MAX 16 /* in one list of the configuration */
#define CPR_STEPS_MAX 16
#define CPR_SECRET_MAX 1024
#define CPR_CONFIG_MAX_BYTES (256 * 1024)
#define CPR_CONFIG_LINE_MAX 190 /* inih cuts at 200 without a word */

/* --- alerts ------------------------------------------------------------------------------------------------------ */
#define CPR_ALERT_BODY_MAX_BYTES (64 * 1024)
#define CPR_ALERT_RETRY_FIRST_MS 30000L /* doubled after each failure ... */
#define CPR_ALERT_RETRY_MAX_MS 600000L  /* ... up to this: an alert never waits longer for its next try */

/* --- requests of cpr-audit ---------------------------------------------------------------------------------------- */
#define CPR_REQUEST_MAX_BYTES (16 * 1024)
#define CPR_COMMAND_CASES_MAX 256 /* named by one command: more than any letter lists */
#define CPR_REPLY_MAX_BYTES (16 * 1024 * 1024)

#endif
