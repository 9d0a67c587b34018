#include "claims.h"
#include "desk_internal.h"

#include "cpr/base/text.h"
#include "cpr/record/reading_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One certificate that is meant. */
struct meant {
    char issuer[CPR_NAME_MAX], serial[65];
};

/* Large: on the heap. */
struct making {
    const struct cpr_settings *settings;
    struct cpr_reading report;
    struct meant list[CPR_CLAIMS_MAX];
    size_t count;
};

static bool can_ask(const struct cpr_settings *settings, const char *issuer)
{
    for (size_t i = 0; i < settings->issuer_count; i++)
        if (strcmp(settings->issuers[i].name, issuer) == 0)
            return settings->issuers[i].certificate_len > 0;
    return false;
}

/* The only issuer that can be asked; NULL when there are several. */
static const char *only_issuer(const struct cpr_settings *settings)
{
    const char *only = NULL;
    for (size_t i = 0; i < settings->issuer_count; i++)
        if (settings->issuers[i].certificate_len > 0) {
            if (only)
                return NULL;
            only = settings->issuers[i].name;
        }
    return only;
}

/* The one form of a serial number; false when it is none. */
static bool write_serial(const char *text, char out[65])
{
    struct cpr_serial serial;
    if (!text || !cpr_serial_parse(cpr_view_of(text), &serial))
        return false;
    size_t used = 0;
    for (size_t i = 0; i < serial.len; i++)
        used += (size_t)snprintf(out + used, 65 - used, used ? "%02x" : "%x", serial.bytes[i]);
    return true;
}

static void mean(struct making *making, const char *issuer, const char *serial_text)
{
    char serial[65];
    bool is_asked = making->settings->verifies_revocation;
    if (!issuer || (is_asked && !can_ask(making->settings, issuer)) || !write_serial(serial_text, serial) ||
        making->count == CPR_CLAIMS_MAX)
        return;
    for (size_t i = 0; i < making->count; i++)
        if (strcmp(making->list[i].issuer, issuer) == 0 && strcmp(making->list[i].serial, serial) == 0)
            return;
    struct meant *meant = &making->list[making->count++];
    snprintf(meant->issuer, sizeof meant->issuer, "%s", issuer);
    memcpy(meant->serial, serial, sizeof serial);
}

/* The certificates in the report that are ours, and where there is no doubt of whose they are the serial numbers. */
static void mean_all(struct making *making)
{
    const struct cpr_reading *report = &making->report;
    for (uint32_t i = 0; i < report->certificate_count; i++)
        if (report->certificates[i].owner == CPR_OWNER_US)
            mean(making, report->certificates[i].owner_issuer, report->certificates[i].serial);
    for (uint32_t i = 0; i < report->identifier_count; i++)
        if (report->identifiers[i].type == CPR_IDENTIFIER_SERIAL)
            mean(making, only_issuer(making->settings), report->identifiers[i].value);
}

/* Whose certificate a serial number is, as the report tells; NULL. Borrowed. */
static const char *issuer_of(const struct cpr_reading *report, const char *serial)
{
    char other[65];
    for (uint32_t i = 0; i < report->certificate_count; i++)
        if (write_serial(report->certificates[i].serial, other) && strcmp(serial, other) == 0 &&
            report->certificates[i].owner_issuer[0])
            return report->certificates[i].owner_issuer;
    return NULL;
}

static enum cpr_rc mean_one(struct making *making, const struct cpr_claimed *claimed, struct cpr_error *error_out)
{
    char serial[65];
    if (!write_serial(claimed->serial, serial))
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "\"%.80s\" is no serial number in hexadecimal; nothing was changed", claimed->serial);
    const char *issuer = claimed->issuer ? claimed->issuer : issuer_of(&making->report, serial);
    if (!issuer)
        issuer = only_issuer(making->settings);
    if (!issuer && !making->settings->verifies_revocation)
        issuer = ""; /* nobody is asked: it is kept as it was said */
    if (!issuer)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "the report does not tell whose certificate %s is: name its [issuer NAME] with --issuer",
                             serial);
    mean(making, issuer, serial);
    if (making->count == 0)
        return cpr_error_set(error_out, CPR_OPERATOR, 0,
                             "there is no [issuer %.64s] with crl_urls or ocsp_urls: nobody could be asked", issuer);
    return CPR_OK;
}

static enum cpr_rc find_meant(const struct cpr_store_port *store, const struct cpr_case *item,
                              const struct cpr_claimed *claimed, struct making *making, struct cpr_error *error_out)
{
    struct cpr_message message;
    enum cpr_rc rc = store->message_get(store->self, item->message_id, &message, error_out);
    if (rc != CPR_OK)
        return rc;
    cpr_reading_parse_json(message.reading_json, &making->report);
    if (claimed->serial)
        rc = mean_one(making, claimed, error_out);
    else
        mean_all(making);
    if (rc == CPR_OK && making->count == 0)
        rc = cpr_error_set(error_out, CPR_ABSENT, 0,
                           "case %" PRId64 " names no certificate of an [issuer NAME] with crl_urls or ocsp_urls; name "
                           "one with --serial HEX",
                           item->id);
    return rc;
}

static enum cpr_rc note_claim(const struct cpr_store_port *store, const struct cpr_case *item,
                              const struct cpr_claim *claim, const char *who, struct cpr_error *error_out)
{
    struct cpr_event event = {.at_ms = claim->claimed_ms, .case_id = item->id};
    char text[2 * CPR_NOTE_MAX];
    snprintf(event.event, sizeof event.event, "revocation-claimed");
    memcpy(event.mailbox, item->mailbox, sizeof event.mailbox);
    cpr_text_copy(event.who, sizeof event.who, cpr_view_of(who));
    snprintf(text, sizeof text, "%s of %s: %s", claim->serial, claim->issuer, claim->note);
    cpr_text_copy(event.text, sizeof event.text, cpr_view_of(text));
    return store->event_add(store->self, &event, error_out);
}

enum cpr_rc cpr_claims_make(const struct cpr_store_port *store, const struct cpr_settings *settings,
                            const struct cpr_case *item, const struct cpr_claimed *claimed,
                            const struct cpr_claim *claim, const char *who, unsigned *count_out,
                            struct cpr_error *error_out)
{
    struct making *making = calloc(1, sizeof *making);
    if (!making)
        return cpr_error_set(error_out, CPR_RETRY, 0, "there is not enough memory to read the report of a case");
    making->settings = settings;
    enum cpr_rc rc = find_meant(store, item, claimed, making, error_out);
    for (size_t i = 0; i < making->count && rc == CPR_OK; i++) {
        struct cpr_claim one = *claim;
        memcpy(one.issuer, making->list[i].issuer, sizeof one.issuer);
        memcpy(one.serial, making->list[i].serial, sizeof one.serial);
        rc = store->claim_add(store->self, &one, error_out);
        if (rc == CPR_OK)
            rc = note_claim(store, item, &one, who, error_out);
    }
    if (rc == CPR_OK)
        *count_out = (unsigned)making->count;
    free(making);
    return rc;
}

/* --- for people -------------------------------------------------------------------------------------------------- */

static bool add_answer(void *context, const struct cpr_evidence_row *row)
{
    bool is_revoked = row->answer.word == CPR_WORD_REVOKED;
    json_array_append_new(context, json_pack("{s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:I}", "at",
                                             cpr_desk_time(row->at_ms), "way", cpr_revocation_way_name(row->way), "url",
                                             row->url, "word", cpr_revocation_word_name(row->answer.word),
                                             "this_update", cpr_desk_time(row->answer.this_update_ms), "next_update",
                                             cpr_desk_time(row->answer.next_update_ms), "revoked",
                                             cpr_desk_time(row->answer.revoked_ms), "reason",
                                             is_revoked ? cpr_revocation_reason_name(row->answer.reason) : "", "note",
                                             row->answer.note, "sha256", row->sha256, "size", (json_int_t)row->size));
    return true;
}

struct listing {
    const struct cpr_store_port *store;
    json_t *list;
    enum cpr_rc rc;
    struct cpr_error *error_out;
};

static bool add_claim(void *context, const struct cpr_claim *claim)
{
    struct listing *listing = context;
    json_t *answers = json_array();
    listing->rc =
        listing->store->evidence_each(listing->store->self, claim->id, add_answer, answers, listing->error_out);
    json_array_append_new(
        listing->list,
        json_pack("{s:s, s:s, s:o, s:s, s:s, s:i, s:s, s:o, s:o, s:o}", "issuer", claim->issuer, "serial",
                  claim->serial, "claimed", cpr_desk_time(claim->claimed_ms), "by", claim->claimed_by, "note",
                  claim->note, "rounds", (int)claim->rounds, "finding", cpr_revocation_finding_name(claim->finding),
                  "since", cpr_desk_time(claim->since_ms), "next", cpr_desk_time(claim->next_ms), "answers", answers));
    return listing->rc == CPR_OK;
}

enum cpr_rc cpr_claims_list(const struct cpr_store_port *store, int64_t case_id, json_t **list_out,
                            struct cpr_error *error_out)
{
    struct listing listing = {store, json_array(), CPR_OK, error_out};
    enum cpr_rc rc = store->claim_each(store->self, case_id, add_claim, &listing, error_out);
    if (rc == CPR_OK)
        rc = listing.rc;
    if (rc == CPR_OK)
        *list_out = listing.list;
    else
        json_decref(listing.list);
    return rc;
}
