#include "cpr/casework/receipt.h"
#include "cpr/base/assert.h"
#include "cpr/base/host.h"

/* A clock of a border host may run a little ahead of ours; more than this is a stamp from the future. */
enum { SKEW_ALLOWED_MS = 5 * CPR_MINUTE_MS };
/* A zone that was left out makes whole hours; a mail may wait for a day between two hosts of one's own. */
enum { DOUBT_EARLY_MS = CPR_HOUR_MS, DOUBT_LATE_MS = CPR_DAY_MS };

static bool is_trusted(int64_t stamp_ms, int64_t first_sight_ms)
{
    return cpr_time_is_plausible(stamp_ms) && stamp_ms <= first_sight_ms + SKEW_ALLOWED_MS;
}

static bool is_own_host(const char *host, const struct cpr_mailbox_settings *mailbox)
{
    return cpr_host_is_listed(host, mailbox->own_hosts, mailbox->own_host_count);
}

/* The earliest stamp of the unbroken run of own hosts at the top. A forged line can only stand below the first foreign
 * one, or name an own host below a genuine own line: then it makes the receipt earlier, never later. */
static int64_t own_received(const struct cpr_reading *reading, int64_t first_sight_ms,
                            const struct cpr_mailbox_settings *mailbox)
{
    int64_t earliest_ms = CPR_TIME_NONE;
    for (uint32_t i = 0; i < reading->received_count && is_own_host(reading->received[i].by_host, mailbox); i++) {
        int64_t stamp_ms = reading->received[i].utc_ms;
        if (is_trusted(stamp_ms, first_sight_ms) && (earliest_ms == CPR_TIME_NONE || stamp_ms < earliest_ms))
            earliest_ms = stamp_ms;
    }
    return earliest_ms;
}

/* Our own first sight counts whatever the clock said then: at least one stamp must, and a clock of 1970 at boot is
 * early, not late. */
static bool counts(enum cpr_receipt_source source, int64_t stamp_ms)
{
    return source == CPR_RECEIPT_FIRST_SIGHT ? stamp_ms != CPR_TIME_NONE : cpr_time_is_plausible(stamp_ms);
}

static void choose_earliest(struct cpr_receipt *receipt)
{
    receipt->utc_ms = CPR_TIME_NONE;
    for (int source = 0; source < CPR_RECEIPT_SOURCES; source++) {
        int64_t stamp_ms = receipt->stamps_ms[source];
        /* One of the future never comes to count: first sight lies before it. */
        if (counts((enum cpr_receipt_source)source, stamp_ms) &&
            (receipt->utc_ms == CPR_TIME_NONE || stamp_ms < receipt->utc_ms)) {
            receipt->utc_ms = stamp_ms;
            receipt->source = (enum cpr_receipt_source)source;
        }
    }
}

struct cpr_receipt cpr_receipt_choose(const struct cpr_reading *reading, int64_t internal_ms, int64_t save_ms,
                                      int64_t first_sight_ms, const struct cpr_mailbox_settings *mailbox)
{
    CPR_ASSERT(first_sight_ms != CPR_TIME_NONE);
    struct cpr_receipt receipt = {.stamps_ms = {
                                      [CPR_RECEIPT_FIRST_SIGHT] = first_sight_ms,
                                      [CPR_RECEIPT_RECEIVED] = own_received(reading, first_sight_ms, mailbox),
                                      [CPR_RECEIPT_SAVEDATE] = save_ms,
                                      [CPR_RECEIPT_INTERNALDATE] = internal_ms,
                                  }};
    choose_earliest(&receipt);
    return receipt;
}

struct cpr_receipt cpr_receipt_earlier(const struct cpr_receipt *a, const struct cpr_receipt *b)
{
    struct cpr_receipt receipt = *a;
    for (int source = 0; source < CPR_RECEIPT_SOURCES; source++) {
        int64_t stamp_ms = receipt.stamps_ms[source], other_ms = b->stamps_ms[source];
        bool mine = counts((enum cpr_receipt_source)source, stamp_ms);
        bool others = counts((enum cpr_receipt_source)source, other_ms);
        if (stamp_ms == CPR_TIME_NONE || (others && (!mine || other_ms < stamp_ms)))
            receipt.stamps_ms[source] = other_ms;
    }
    choose_earliest(&receipt);
    return receipt;
}

int64_t cpr_receipt_skew_ms(const struct cpr_receipt *receipt, enum cpr_receipt_source source)
{
    int64_t stamp_ms = receipt->stamps_ms[source];
    return stamp_ms == CPR_TIME_NONE || stamp_ms < receipt->utc_ms ? CPR_TIME_NONE : stamp_ms - receipt->utc_ms;
}

enum cpr_receipt_doubt cpr_receipt_doubt(const struct cpr_receipt *receipt, enum cpr_receipt_source source)
{
    int64_t stamp_ms = receipt->stamps_ms[source], border_ms = receipt->stamps_ms[CPR_RECEIPT_RECEIVED],
            saved_ms = receipt->stamps_ms[CPR_RECEIPT_SAVEDATE];
    if (stamp_ms == CPR_TIME_NONE || (source != CPR_RECEIPT_SAVEDATE && source != CPR_RECEIPT_INTERNALDATE))
        return CPR_RECEIPT_SOUND;
    if (!cpr_time_is_plausible(stamp_ms))
        return CPR_RECEIPT_NO_CLOCK;
    int64_t first_sight_ms = receipt->stamps_ms[CPR_RECEIPT_FIRST_SIGHT];
    if (first_sight_ms != CPR_TIME_NONE && !is_trusted(stamp_ms, first_sight_ms))
        return CPR_RECEIPT_FUTURE;
    if (border_ms != CPR_TIME_NONE && stamp_ms < border_ms - DOUBT_EARLY_MS)
        return CPR_RECEIPT_TOO_EARLY;
    if (border_ms != CPR_TIME_NONE && stamp_ms > border_ms + DOUBT_LATE_MS)
        return CPR_RECEIPT_TOO_LATE;
    bool is_after_saving = source == CPR_RECEIPT_INTERNALDATE && saved_ms != CPR_TIME_NONE;
    return is_after_saving && stamp_ms > saved_ms + DOUBT_EARLY_MS ? CPR_RECEIPT_TOO_LATE : CPR_RECEIPT_SOUND;
}

const char *cpr_receipt_doubt_words(enum cpr_receipt_doubt doubt)
{
    return doubt == CPR_RECEIPT_TOO_EARLY  ? "suspect: before your own mail host took it"
           : doubt == CPR_RECEIPT_TOO_LATE ? "suspect: of a copy, or long after your own mail host took it"
           : doubt == CPR_RECEIPT_NO_CLOCK ? "suspect: no date of a mail system, so it does not count"
           : doubt == CPR_RECEIPT_FUTURE   ? "suspect: later than the first sight of it, so it does not count"
                                           : "";
}
