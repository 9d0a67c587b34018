#include "engine_internal.h"
#include "review_writer.h"

#include "cpr/judge/judge.h"

#include <stdio.h>
#include <string.h>

enum {
    DOUBT_MS = 10 * 60 * 1000, /* a wall clock that stepped forward closes no day before it has stood this long */
    CATCH_UP_DAYS_MAX = 31
}; /* pages written in one tick after a long silence; the next tick goes on */

static const char value_day[] = "review-day";       /* the last day that has its pages, "2026-03-05" */
static const char value_sha256[] = "review-sha256"; /* of that day's JSONL page */

struct pages {
    struct cpr_engine *engine;
    struct cpr_page *open[CPR_REVIEW_FORMS];
};

static enum cpr_rc append(void *context, enum cpr_review_form form, struct cpr_view piece, struct cpr_error *error_out)
{
    struct pages *pages = context;
    const struct cpr_archive_port *archive = &pages->engine->ports.archive;
    return archive->append(archive->self, pages->open[form], piece, error_out);
}

static void name_page(char out[64], int64_t day_ms, enum cpr_review_form form)
{
    char day[CPR_TIME_TEXT_SIZE];
    snprintf(out, 64, "review-%s.%s", cpr_time_format_day(day_ms, day), cpr_review_extension(form));
}

struct progress {
    char day[CPR_TIME_TEXT_SIZE];
    char sha256[CPR_DIGEST_HEX_SIZE];
    int64_t messages;
};

static enum cpr_rc note_progress(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    struct progress *progress = context;
    enum cpr_rc rc = store->value_put(store->self, value_day, progress->day, error_out);
    if (rc == CPR_OK)
        rc = store->value_put(store->self, value_sha256, progress->sha256, error_out);
    return rc == CPR_OK
               ? cpr_engine_event(engine, "review-published", 0, "", error_out, "day %s: %lld messages, sha256 %s",
                                  progress->day, (long long)progress->messages, progress->sha256)
               : rc;
}

/* A page that stands already is the record, even where the ledger has moved on since: it is kept, and somebody is told.
 */
static enum cpr_rc publish_page(struct pages *pages, int64_t day_ms, enum cpr_review_form form,
                                struct cpr_digest *digest_out, struct cpr_error *error_out)
{
    const struct cpr_archive_port *archive = &pages->engine->ports.archive;
    char name[64];
    enum cpr_rc rc = archive->publish(archive->self, &pages->open[form], digest_out, error_out);
    if (rc != CPR_CORRUPT)
        return rc;
    name_page(name, day_ms, form);
    cpr_engine_trouble_once(pages->engine, "review-differs", name,
                            "%s was published before with other content; it was left as it is and the new page stands "
                            "beside it as %s.differs. Compare the two",
                            name, name);
    return archive->digest(archive->self, name, digest_out, error_out);
}

/* Writes and publishes the three pages of a day. A run that was killed between two of them publishes the same again. */
static enum cpr_rc publish_day(struct cpr_engine *engine, int64_t day_ms, const struct cpr_review_head *head,
                               struct progress *progress, struct cpr_error *error_out)
{
    const struct cpr_archive_port *archive = &engine->ports.archive;
    struct pages pages = {.engine = engine};
    struct cpr_review_sink sink = {&pages, append};
    struct cpr_review_totals totals = {0};
    struct cpr_digest digest = {{0}};
    enum cpr_rc rc = CPR_OK;
    for (int form = 0; form < CPR_REVIEW_FORMS && rc == CPR_OK; form++) {
        char name[64];
        name_page(name, day_ms, (enum cpr_review_form)form);
        rc = archive->create(archive->self, name, &pages.open[form], error_out);
    }
    if (rc == CPR_OK)
        rc = cpr_review_compose(&engine->ports.store, head, (1u << CPR_REVIEW_FORMS) - 1, day_ms + CPR_DAY_MS, &sink,
                                &totals, error_out);
    /* JSONL last: when it stands, all three do. */
    for (int form = CPR_REVIEW_FORMS - 1; form >= 0 && rc == CPR_OK; form--)
        rc = publish_page(&pages, day_ms, (enum cpr_review_form)form, &digest, error_out);
    for (int form = 0; form < CPR_REVIEW_FORMS; form++)
        archive->abandon(archive->self, &pages.open[form]);
    if (rc != CPR_OK)
        return rc;
    cpr_digest_to_hex(&digest, progress->sha256);
    cpr_time_format_day(day_ms, progress->day);
    progress->messages = (int64_t)totals.messages;
    return cpr_engine_transact(engine, note_progress, progress, error_out);
}

void cpr_engine_review_head(struct cpr_engine *engine, int64_t day_ms, const char *previous_page,
                            const char *previous_sha256, struct cpr_review_head *head_out)
{
    const struct cpr_clock_port *clock = &engine->ports.clock;
    *head_out = (struct cpr_review_head){.day_ms = day_ms,
                                         .generated_ms = day_ms + CPR_DAY_MS,
                                         .version = CPR_VERSION,
                                         .instance = engine->instance,
                                         .mode = engine->settings->policy.is_active ? "active" : "observe",
                                         .configuration_hash = engine->settings->configuration_hash,
                                         .ruleset = cpr_judge_ruleset(),
                                         .previous_page = previous_page,
                                         .previous_sha256 = previous_sha256,
                                         .clock_is_synchronised = clock->is_synchronised(clock->self)};
}

static enum cpr_rc note_first_day(struct cpr_engine *engine, void *context, struct cpr_error *error_out)
{
    return engine->ports.store.value_put(engine->ports.store.self, value_day, context, error_out);
}

/* The first day that has no pages yet. At the very first start that is today. */
static enum cpr_rc first_missing_day(struct cpr_engine *engine, int64_t *day_ms_out, struct progress *before,
                                     struct cpr_error *error_out)
{
    const struct cpr_store_port *store = &engine->ports.store;
    int64_t last_ms;
    enum cpr_rc rc = store->value_get(store->self, value_day, before->day, sizeof before->day, error_out);
    if (rc == CPR_ABSENT) {
        int64_t yesterday_ms = cpr_time_day_start(engine->now_ms) - CPR_DAY_MS;
        *day_ms_out = yesterday_ms + CPR_DAY_MS;
        cpr_time_format_day(yesterday_ms, before->day);
        before->sha256[0] = 0;
        return cpr_engine_transact(engine, note_first_day, before->day, error_out);
    }
    if (rc == CPR_OK)
        rc = store->value_get(store->self, value_sha256, before->sha256, sizeof before->sha256, error_out);
    if (rc == CPR_ABSENT) {
        before->sha256[0] = 0;
        rc = CPR_OK;
    }
    if (rc != CPR_OK)
        return rc;
    if (!cpr_time_parse_day(cpr_view_of(before->day), &last_ms))
        return cpr_error_set(error_out, CPR_CORRUPT, 0, "the store names \"%s\" as the last reviewed day", before->day);
    int64_t yesterday_ms = cpr_time_day_start(engine->now_ms) - CPR_DAY_MS;
    if (last_ms > yesterday_ms) { /* noted by a clock that ran ahead: go on from the true day */
        last_ms = yesterday_ms;
        cpr_time_format_day(yesterday_ms, before->day);
        before->sha256[0] = 0;
        rc = cpr_engine_transact(engine, note_first_day, before->day, error_out);
        if (rc != CPR_OK)
            return rc;
    }
    *day_ms_out = last_ms + CPR_DAY_MS;
    return CPR_OK;
}

enum cpr_rc cpr_engine_review_days(struct cpr_engine *engine, struct cpr_error *error_out)
{
    struct progress progress = {{0}, {0}, 0};
    int64_t day_ms = CPR_TIME_NONE, today_ms = cpr_time_day_start(engine->now_ms);
    struct cpr_error error = {0};
    if (engine->doubted_monotonic_ms != CPR_TIME_NONE &&
        engine->anchor_monotonic_ms - engine->doubted_monotonic_ms < DOUBT_MS)
        return CPR_OK;
    enum cpr_rc rc = first_missing_day(engine, &day_ms, &progress, error_out);
    if (rc != CPR_OK)
        return rc;
    for (int written = 0; day_ms < today_ms && written < CATCH_UP_DAYS_MAX && rc == CPR_OK; written++) {
        char previous_page[64] = "", previous_sha256[CPR_DIGEST_HEX_SIZE];
        struct cpr_review_head head;
        memcpy(previous_sha256, progress.sha256, sizeof previous_sha256);
        if (previous_sha256[0])
            name_page(previous_page, day_ms - CPR_DAY_MS, CPR_REVIEW_JSONL);
        cpr_engine_review_head(engine, day_ms, previous_page, previous_sha256, &head);
        rc = publish_day(engine, day_ms, &head, &progress, &error);
        if (rc == CPR_OK)
            cpr_journal(&engine->ports.journal, CPR_LEVEL_INFO, "the review of %s is published", progress.day);
        day_ms += CPR_DAY_MS;
    }
    if (rc == CPR_OK)
        return cpr_engine_trouble_ends(engine, "review", "");
    if (rc == CPR_STOPPED) {
        *error_out = error;
        return rc;
    }
    cpr_engine_failed(engine, &error);
    return cpr_engine_trouble_begins(engine, "review", "", rc == CPR_CORRUPT ? CPR_OPERATOR : rc,
                                     "the review of a day cannot be published: %s", error.text);
}
