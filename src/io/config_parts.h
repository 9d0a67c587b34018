/* What the five files of the configuration share: config_scan.c (lines), config_keys.c (the table of keys),
 * config_values.c (one value of each type), config_issuer.c (an issuing CA), config.c (a whole file). Nothing here is
 * for other rooms. */
#ifndef CPR_IO_CONFIG_PARTS_H
#define CPR_IO_CONFIG_PARTS_H

#include "cpr/io/config.h"

enum cpr_config_section {
    CPR_SECTION_DAEMON,
    CPR_SECTION_POLICY,
    CPR_SECTION_MAILBOX,
    CPR_SECTION_SMTP,
    CPR_SECTION_ONCALL,
    CPR_SECTION_ISSUER,
    CPR_SECTION_NOISE,
    CPR_SECTION_NOTICES,
    CPR_SECTION_COUNT
};

enum cpr_config_type {
    CPR_TYPE_CHOICE, /* one of `choices`; its place among them is stored as bool or enum */
    CPR_TYPE_TEXT,   /* or the word "auto" where auto_offset is set */
    CPR_TYPE_PATH,   /* absolute */
    CPR_TYPE_HOST,
    CPR_TYPE_ADDRESS,
    CPR_TYPE_NUMBER,    /* unsigned */
    CPR_TYPE_SIZE,      /* uint32_t bytes, written as KiB or MiB */
    CPR_TYPE_DURATION,  /* int64_t milliseconds */
    CPR_TYPE_DURATIONS, /* ascending */
    CPR_TYPE_TEXTS,     /* comma-separated, and the word "auto" where auto_offset is set */
    CPR_TYPE_HOSTS,     /* kept in lower case */
    CPR_TYPE_ADDRESSES,
    CPR_TYPE_SENDERS, /* addresses, or "@domain"; kept in lower case */
    CPR_TYPE_KEY_IDS, /* hexadecimal, kept in lower case without separators */
    CPR_TYPE_OIDS,
    CPR_TYPE_URLS,
    CPR_TYPE_CREDENTIAL, /* the three of them fill a struct cpr_secret_settings */
    CPR_TYPE_SECRET_FILE,
    CPR_TYPE_SECRET_COMMAND,
};

/* Which structure `offset` counts from. */
enum cpr_config_base {
    CPR_BASE_CONFIG,
    CPR_BASE_MAILBOX,
    CPR_BASE_IMAP,
    CPR_BASE_ONCALL,
    CPR_BASE_ISSUER, /* what its certificates are recognised by */
    CPR_BASE_CA,     /* whom to ask about them */
    CPR_BASE_NOISE,
    CPR_BASE_NOTICES,
};

struct cpr_config_key {
    const char *name;
    const char *fallback; /* the default as it would be written; NULL: none (see is_required) */
    const char *doc;
    const char *choices[4];  /* of CPR_TYPE_CHOICE */
    const char *environment; /* variable that replaces the default when set (first path of a list) */
    int64_t min, max;        /* of numbers, sizes (bytes) and durations (ms) */
    const char *limited_by;  /* the rule that sets max; NULL: reason does */
    size_t offset, size;     /* the member; for lists the array */
    size_t item_size;        /* of lists */
    size_t count_offset, count_size;
    size_t auto_offset; /* a bool; 0: "auto" is an ordinary word */
    enum cpr_config_section section;
    enum cpr_config_type type;
    enum cpr_config_base base;
    bool is_required;
};

enum { CPR_CONFIG_KEYS_MAX = 64 };
extern const struct cpr_config_key cpr_config_keys[];
extern const size_t cpr_config_key_count; /* at most CPR_CONFIG_KEYS_MAX */
extern const char *const cpr_config_section_names[CPR_SECTION_COUNT];

/* The row of a key, or NULL. */
const struct cpr_config_key *cpr_config_key_find(enum cpr_config_section section, const char *name);
/* The key of the section, or the section, whose name is nearest (edit distance); NULL when none is near. Static. */
const char *cpr_config_key_nearest(enum cpr_config_section section, const char *name);
const char *cpr_config_section_nearest(struct cpr_view name);

/* Parses and checks one value and stores it in the section's `index`-th structure. On failure the reason is in
 * *error_out and the member may be half filled: the whole configuration is then thrown away. Never repeats a secret's
 * value. */
enum cpr_rc cpr_config_value_set(const struct cpr_config_key *key, struct cpr_view value, struct cpr_config *config,
                                 size_t index, struct cpr_error *error_out);

/* Reads the CA's certificate and holds the URLs against the hosts that are configured. Only the first fault is told. */
enum cpr_rc cpr_config_issuer_check(const struct cpr_judge_issuer *marks, struct cpr_issuing_ca *ca,
                                    struct cpr_error *error_out);

enum cpr_config_line { CPR_LINE_EMPTY, CPR_LINE_SECTION, CPR_LINE_KEY, CPR_LINE_BROKEN };

/* Says what a line (without its line end) is. For a section: what stands between the brackets, split at the first blank
 * into kind and name (empty when there is none). BROKEN: the reason is in *error_out, and inih must not see the line.
 */
enum cpr_config_line cpr_config_line_scan(struct cpr_view line, struct cpr_view *kind_out, struct cpr_view *name_out,
                                          struct cpr_error *error_out);

/* Reads a regular file of at most CPR_CONFIG_MAX_BYTES into *content_out (owned by the caller afterwards). */
enum cpr_rc cpr_config_file_read(const char *path, struct cpr_buffer *content_out, struct cpr_error *error_out);

#endif
