/* What the files of the incident report share. Private to src/record. */
#ifndef CPR_RECORD_CCADB_PARTS_H
#define CPR_RECORD_CCADB_PARTS_H

#include "cpr/base/time.h"
#include "cpr/record/ccadb.h"
#include "parts.h"

struct cpr_ccadb_writing {
    const json_t *item; /* borrowed: what was exported */
    bool redacts_reporter;
    struct cpr_buffer *out; /* borrowed */
};

/* One half of the duty of BR 4.9.5. A record without legs knows of the reporter's only, and by the state of the case.
 */
struct cpr_ccadb_leg {
    const char *state, *by, *note; /* borrowed; "closed", "open", "not-applicable" */
    const char *part;              /* which of our replies closed it; "": a person said so */
    int64_t at_ms;
};
struct cpr_ccadb_leg cpr_ccadb_leg(const json_t *item, const char *name);
bool cpr_ccadb_leg_is_closed(const struct cpr_ccadb_leg *leg);

/* On its way into Markdown: no key, no live link, and nothing that would be set as anything but text. */
void cpr_ccadb_text(struct cpr_buffer *out, const char *text);
/* "**[PERSON: what]**": what only a person can say. */
void cpr_ccadb_person(struct cpr_buffer *out, const char *what);
/* An instant to the minute; without one what a person is asked. */
void cpr_ccadb_minute(struct cpr_buffer *out, int64_t utc_ms, const char *otherwise);
/* RFC 3339 under a key; CPR_TIME_NONE when there is none. */
int64_t cpr_ccadb_time(const json_t *object, const char *key);

/* ccadb_timeline.c: the section whole. */
void cpr_ccadb_timeline(const struct cpr_ccadb_writing *writing);

/* ccadb_csv.c: how many rows the appendix has. */
size_t cpr_ccadb_named(const json_t *item);

#endif
