#include "cpr/casework/receipt.h"
#include "cpr/base/assert.h"
#include "cpr/base/host.h"

/* A clock of a border host may run a little ahead of ours; more than this is a stamp from the future. */
enum { SKEW_ALLOWED_MS = 5 * CPR_MINUTE_MS };

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

static void choose_earliest(struct cpr_receipt *receipt)
{
    receipt->utc_ms = CPR_TIME_NONE;
    for (int source = 0; source < CPR_RECEIPT_SOURCES; source++) {
        int64_t stamp_ms = receipt->stamps_ms[source];
        if (stamp_ms != CPR_TIME_NONE && (receipt->utc_ms == CPR_TIME_NONE || stamp_ms < receipt->utc_ms)) {
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
    for (int source = CPR_RECEIPT_RECEIVED; source < CPR_RECEIPT_SOURCES; source++)
        if (!is_trusted(receipt.stamps_ms[source], first_sight_ms))
            receipt.stamps_ms[source] = CPR_TIME_NONE;
    choose_earliest(&receipt);
    return receipt;
}

struct cpr_receipt cpr_receipt_earlier(const struct cpr_receipt *a, const struct cpr_receipt *b)
{
    struct cpr_receipt receipt = *a;
    for (int source = 0; source < CPR_RECEIPT_SOURCES; source++) {
        int64_t other_ms = b->stamps_ms[source];
        if (other_ms != CPR_TIME_NONE &&
            (receipt.stamps_ms[source] == CPR_TIME_NONE || other_ms < receipt.stamps_ms[source]))
            receipt.stamps_ms[source] = other_ms;
    }
    choose_earliest(&receipt);
    return receipt;
}
