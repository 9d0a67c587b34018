/* The bystander: what the promises say, held against the store. */
#include "history_internal.h"

/* --- looking at the store
 * ------------------------------------------------------------------------------------------------ */

static bool collect_case(void *context, const struct cpr_case *item)
{
    struct history *h = context;
    assert_in_range(item->id, 1, CASES_MAX);
    h->cases[item->id - 1] = *item;
    h->case_count++;
    return true;
}

/* The ladders of the default policy, as the man page has them; the configuration says how often the last step is
 * repeated. */
static const int64_t report_hours[] = {0, 12, 18, 21, 23, 24}, glance_hours[] = {4, 12, 20};

/* The latest step at or before an age (INT64_MIN: none yet), and the first one after it. */
static void steps_around(const struct history *h, enum cpr_case_grade grade, int64_t age_ms, int64_t *before_out,
                         int64_t *after_out)
{
    const int64_t *hours = grade == CPR_GRADE_REPORT ? report_hours : glance_hours;
    size_t count = grade == CPR_GRADE_REPORT ? 6 : 3;
    int64_t again_ms = grade == CPR_GRADE_REPORT ? h->world->settings.policy.repeat_ms : 12 * CPR_HOUR_MS;
    int64_t step_ms = hours[0] * CPR_HOUR_MS;
    *before_out = INT64_MIN;
    for (size_t i = 1; step_ms <= age_ms; i++) {
        *before_out = step_ms;
        step_ms = i < count ? hours[i] * CPR_HOUR_MS : step_ms + again_ms;
    }
    *after_out = step_ms;
}

struct told {
    int64_t least_age_ms;  /* what must have been sent */
    int64_t latest_due_ms; /* what must be stored */
    bool is_sent_to_duty, is_sent_to_lead, is_stored;
};

static bool collect_told(void *context, const struct cpr_alert *alert)
{
    struct told *told = context;
    if (strcmp(alert->topic, "case") != 0)
        return true;
    bool is_duty = strcmp(alert->oncall, "duty") == 0;
    if (alert->state == CPR_ALERT_SENT && alert->step_age_ms >= told->least_age_ms) {
        told->is_sent_to_duty |= is_duty;
        told->is_sent_to_lead |= !is_duty;
    }
    if (alert->state == CPR_ALERT_PENDING && alert->due_ms <= told->latest_due_ms &&
        alert->next_try_ms <= alert->due_ms)
        told->is_stored = true;
    return true;
}

static void check_alerts(struct history *h, const struct cpr_case *item, int64_t wait_ms)
{
    const struct cpr_store_port *store = world_store(h->world);
    int64_t before_ms, after_ms, age_ms = h->engine_ms - item->receipt.utc_ms;
    steps_around(h, item->grade, age_ms, &before_ms, &after_ms);
    struct told told = {.least_age_ms = before_ms, .latest_due_ms = item->receipt.utc_ms + after_ms};
    assert_int_equal(store->alert_each_of_case(store->self, item->id, collect_told, &told, NULL), CPR_OK);
    bool is_overdue = h->engine_ms >= item->deadline_ms && before_ms >= item->deadline_ms - item->receipt.utc_ms;
    if (before_ms != INT64_MIN && !told.is_sent_to_duty && !told.is_sent_to_lead)
        FAIL(h, "case %" PRId64 ": nobody was told of the step at %" PRId64 " h, it is %.2f h old\n", item->id,
             before_ms / CPR_HOUR_MS, (double)age_ms / CPR_HOUR_MS);
    bool has_lead = h->world->settings.policy.oncall_count > 1;
    if (is_overdue && (!told.is_sent_to_duty || (has_lead && !told.is_sent_to_lead)))
        FAIL(h, "case %" PRId64 " is overdue, and not everybody was told\n", item->id);
    if (!told.is_stored)
        FAIL(h, "case %" PRId64 ": the step at %" PRId64 " h is not stored ahead\n", item->id, after_ms / CPR_HOUR_MS);
    if (wait_ms > CPR_SECOND_MS && h->engine_ms + wait_ms > told.latest_due_ms)
        FAIL(h, "case %" PRId64 ": the engine wants to sleep beyond the step at %" PRId64 " h\n", item->id,
             after_ms / CPR_HOUR_MS);
}

/* The case's own message, or a mail of the same reporter that refers to it. */
static bool is_about(const struct history *h, const struct answer *answer, const struct cpr_case *item)
{
    bool found = strcmp(answer->refers_to, item->header_message_id) == 0;
    for (size_t i = 0; i < h->mail_count && !found; i++)
        found = strcmp(h->mails[i].id, answer->refers_to) == 0 &&
                strcmp(h->mails[i].refers_to, item->header_message_id) == 0 &&
                strcmp(h->mails[i].from, item->from_address) == 0;
    return found;
}

/* Whether evidence is there that may close the reporter leg. */
static bool is_answered(const struct history *h, const struct cpr_case *item)
{
    for (size_t i = h->known[item->id - 1].void_answers; i < h->answer_count; i++)
        if (is_about(h, &h->answers[i], item) && strcmp(h->answers[i].to, item->from_address) == 0)
            return true;
    return false;
}

static void check_legs(struct history *h, const struct cpr_case *item, struct known_case *known)
{
    bool may_close[CPR_LEGS];
    may_close[CPR_LEG_REPORTER] = known->may_close[CPR_LEG_REPORTER] || is_answered(h, item);
    may_close[CPR_LEG_SUBSCRIBER] = known->may_close[CPR_LEG_SUBSCRIBER];
    for (int leg = 0; leg < CPR_LEGS; leg++) {
        bool is_closed = item->legs[leg].state != CPR_LEG_OPEN;
        if (is_closed && !known->is_closed[leg] && !may_close[leg])
            FAIL(h, "case %" PRId64 ": nobody closed the %s leg, and it is closed: by %s, %s\n", item->id,
                 cpr_leg_name((enum cpr_leg_name)leg), item->legs[leg].by, item->legs[leg].note);
        if (known->is_closed[leg] && !is_closed) { /* what closed it is used up */
            known->may_close[leg] = false;
            for (size_t i = 0; leg == CPR_LEG_REPORTER && i < h->answer_count; i++)
                if (h->answers[i].is_looked_at)
                    known->void_answers = i + 1;
            h->sums->reopened++;
        }
        h->sums->closed += is_closed && !known->is_closed[leg];
        known->is_closed[leg] = is_closed;
    }
    bool is_one_open = item->legs[0].state == CPR_LEG_OPEN || item->legs[1].state == CPR_LEG_OPEN;
    if (item->state == CPR_CASE_DISMISSED ? !known->may_dismiss : (item->state == CPR_CASE_OPEN) != is_one_open)
        FAIL(h, "case %" PRId64 " is %s\n", item->id, cpr_case_state_name(item->state));
}

static void check_deadline(struct history *h, const struct cpr_case *item, struct known_case *known)
{
    if (item->deadline_ms > known->least_ms)
        FAIL(h, "case %" PRId64 ": the deadline is %" PRId64 " s later than it was\n", item->id,
             (item->deadline_ms - known->least_ms) / CPR_SECOND_MS);
    if (item->deadline_ms != item->receipt.utc_ms + CPR_DAY_MS)
        FAIL(h, "case %" PRId64 ": the deadline is not 24 hours after the receipt\n", item->id);
    h->sums->earlier += known->least_ms != INT64_MAX && item->deadline_ms < known->least_ms;
    known->least_ms = item->deadline_ms;
}

/* A message that a complete look has seen has a row, and a case when it is not unlikely; its clock runs. */
static void check_mail(struct history *h, const struct mail *mail)
{
    const struct cpr_store_port *store = world_store(h->world);
    struct cpr_message message;
    if (mail->bound_ms == INT64_MAX)
        return;
    int number = (int)(mail - h->mails);
    if (store->message_find(store->self, "cpr", &mail->identity, &message, NULL) != CPR_OK)
        FAIL(h, "mail %d was looked at and is not known\n", number);
    if (message.verdict == CPR_VERDICT_UNLIKELY && message.case_id == 0)
        return;
    if (message.case_id == 0 || message.case_id > (int64_t)h->case_count)
        FAIL(h, "mail %d is %s and has no case\n", number, cpr_verdict_name(message.verdict));
    if (mail->is_dismissed)
        h->known[message.case_id - 1].may_dismiss = true;
    const struct cpr_case *item = &h->cases[message.case_id - 1];
    if (item->deadline_ms > mail->bound_ms + CPR_DAY_MS)
        FAIL(h, "mail %d, case %" PRId64 ": the deadline is %" PRId64 " s later than 24 h after its receipt\n", number,
             item->id, (item->deadline_ms - mail->bound_ms) / CPR_SECOND_MS - 86400);
}

void history_check(struct history *h, int64_t wait_ms)
{
    const struct cpr_store_port *store = world_store(h->world);
    size_t before = h->case_count;
    memset(h->cases, 0, before * sizeof h->cases[0]);
    h->case_count = 0;
    assert_int_equal(store->case_each(store->self, false, collect_case, h, NULL), CPR_OK);
    if (h->case_count < before)
        FAIL(h, "%zu cases have become %zu\n", before, h->case_count);
    for (size_t i = h->known_count; i < h->case_count; i++)
        h->known[i] = (struct known_case){.least_ms = INT64_MAX};
    h->sums->cases += h->case_count - h->known_count;
    h->known_count = h->case_count;
    for (size_t i = 0; i < h->mail_count; i++)
        check_mail(h, &h->mails[i]);
    for (size_t i = 0; i < h->case_count; i++) {
        const struct cpr_case *item = &h->cases[i];
        if (item->id != (int64_t)i + 1)
            FAIL(h, "case %zu has vanished\n", i + 1);
        check_deadline(h, item, &h->known[i]);
        check_legs(h, item, &h->known[i]);
        if (item->state == CPR_CASE_OPEN)
            check_alerts(h, item, wait_ms);
    }
}

/* --- a look at the mailbox
 * ---------------------------------------------------------------------------------------------- */

static void note_sighting(struct history *h, struct world_message *message)
{
    int number = number_of(message);
    if (number < 0 || message->is_noted)
        return;
    struct mail *mail = &h->mails[number];
    int64_t stamps_ms[] = {h->engine_ms, message->internal_ms, mail->border_ms};
    for (int s = 0; s < 3; s++)
        if (stamps_ms[s] != CPR_TIME_NONE && stamps_ms[s] <= h->engine_ms + 5 * CPR_MINUTE_MS &&
            stamps_ms[s] < mail->bound_ms)
            mail->bound_ms = stamps_ms[s];
    message->is_noted = true;
    /* What the promise comes down to when a stamp was honest. */
    bool is_honest = mail->border_ms != CPR_TIME_NONE || message->internal_ms == mail->arrived_ms;
    if (is_honest && mail->bound_ms > mail->arrived_ms)
        FAIL(h, "the bystander is wrong about mail %d\n", number);
}

/* The stamps that the engine may believe, of every copy that is new in an audited folder: the earliest is the bound. */
void history_note_look(struct history *h)
{
    for (int folder = 0; folder < WORLD_FOLDERS; folder++) {
        struct world_folder *it = &h->world->folders[folder];
        bool is_audited = folder == INBOX || folder == JUNK ||
                          (folder == OTHER && (h->other == OTHER_IS_AUDITED || h->other == OTHER_DISMISSES));
        for (size_t i = 0; is_audited && i < it->count; i++)
            note_sighting(h, &it->messages[i]);
    }
    for (size_t i = 0; i < h->answer_count; i++)
        h->answers[i].is_looked_at = true;
}
