#include "history_internal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- people, and what happens in the mailbox
 * ----------------------------------------------------------------------------- */

static void a_person_commands(struct history *h)
{
    char request[256];
    static const char *const legs[] = {"reporter", "subscriber", "both"};
    if (h->known_count == 0 || !h->is_running)
        return;
    size_t number = any(h, h->known_count);
    struct known_case *known = &h->known[number];
    uint64_t what = any(h, 8), leg = any(h, 3);
    const char *verb = what == 0 ? "dismiss" : what == 1 ? "reopen" : what < 5 ? "ack" : "answered";
    snprintf(request, sizeof request, "{\"verb\":\"%s\",\"case\":%zu,\"by\":\"%s\",\"note\":\"for the test\"%s%s%s}",
             verb, number + 1, one_in(h, 2) ? "duty" : "lead", what == 1 || what >= 5 ? ",\"leg\":\"" : "",
             what == 1 || what >= 5 ? legs[leg] : "", what == 1 || what >= 5 ? "\"" : "");
    bool is_done = world_command(h->world, request);
    TELL(h, "  %s: %s\n", request, is_done ? "done" : "refused");
    if (is_done && what == 0)
        known->may_dismiss = true;
    if (is_done && what >= 5) {
        known->may_close[CPR_LEG_REPORTER] |= leg != 1;
        known->may_close[CPR_LEG_SUBSCRIBER] |= leg != 0;
    }
}

static void something_is_moved(struct history *h)
{
    static const int folders[] = {INBOX, JUNK, OTHER};
    int from = folders[any(h, 3)], to = folders[any(h, 3)];
    struct world_folder *source = &h->world->folders[from];
    if (source->count == 0)
        return;
    size_t at = any(h, source->count);
    struct world_message *message = &source->messages[at];
    int number = number_of(message);
    /* A copy bears the present, a move keeps the date, an upload bears any. */
    bool is_copy = one_in(h, 3), is_deleted = one_in(h, 6);
    int64_t internal_ms = one_in(h, 4)              ? message->internal_ms - any_span(h, 10 * CPR_HOUR_MS)
                          : is_copy || one_in(h, 4) ? true_ms(h)
                                                    : message->internal_ms;
    TELL(h, "  mail %d is %s from %s to %s\n", number,
         is_deleted ? "deleted"
         : is_copy  ? "copied"
                    : "moved",
         source->name, h->world->folders[to].name);
    if (!is_deleted && (number < 0 || !history_put(h, to, message->raw, internal_ms)))
        return;
    if (number >= 0 && !is_deleted && to == OTHER && h->other == OTHER_DISMISSES)
        h->mails[number].is_dismissed = true;
    if (!is_copy || is_deleted) {
        memmove(message, message + 1, (source->count - at - 1) * sizeof *message);
        source->count--;
    }
}

/* UIDVALIDITY changes: every message has another UID. */
static void renumber(struct history *h, int folder)
{
    struct world_folder *it = &h->world->folders[folder];
    it->uidvalidity++;
    for (size_t i = 0; i < it->count; i++) {
        it->messages[i].uid = (uint32_t)i + 1;
        it->messages[i].is_noted = false;
    }
    it->uidnext = (uint32_t)it->count + 1;
}

static void a_folder_is_made_anew(struct history *h)
{
    int folder = (int)any(h, WORLD_FOLDERS);
    TELL(h, "  %s has a new UIDVALIDITY\n", h->world->folders[folder].name);
    renumber(h, folder);
    h->sums->renumbered++;
}

/* To another server: as an upload, each message bears the hour of the move. */
static void the_mailbox_is_migrated(struct history *h)
{
    TELL(h, "  the mailbox is migrated\n");
    for (int folder = 0; folder < WORLD_FOLDERS; folder++) {
        renumber(h, folder);
        for (size_t i = 0; i < h->world->folders[folder].count; i++)
            h->world->folders[folder].messages[i].internal_ms = true_ms(h);
    }
    h->sums->migrated++;
}

static void the_server_comes_and_goes(struct history *h)
{
    h->world->faults.imap_dead = !h->world->faults.imap_dead;
    TELL(h, "  the server %s\n", h->world->faults.imap_dead ? "is dead" : "answers");
}

/* --- the process, and time
 * ------------------------------------------------------------------------------------------------- */

/* The engine is never behind the wall clock, nor behind what has passed since it was started. */
static void follow_clocks(struct history *h)
{
    int64_t expected_ms = h->engine_ms + (true_ms(h) - h->engine_true_ms);
    h->engine_ms =
        h->engine_true_ms != CPR_TIME_NONE && expected_ms > h->world->utc_ms ? expected_ms : h->world->utc_ms;
    h->engine_true_ms = true_ms(h);
}

static int64_t tick(struct history *h)
{
    follow_clocks(h);
    int64_t wait_ms = world_tick(h->world);
    h->sums->ticks++;
    if (h->world->logins != h->logins && !h->world->faults.imap_dead)
        history_note_look(h);
    h->logins = h->world->logins;
    h->sums->alerts += h->world->mail_count;
    h->world->mail_count = 0;
    history_check(h, wait_ms);
    return wait_ms;
}

static void pass(struct history *h, int64_t ms)
{
    h->world->utc_ms += ms;
    h->world->monotonic_ms += ms; /* the clock of the machine counts suspended time too (CLOCK_BOOTTIME) */
}

static void live(struct history *h, int64_t for_ms)
{
    for (int64_t left_ms = for_ms;;) {
        int64_t wait_ms = tick(h);
        if (wait_ms > left_ms)
            wait_ms = left_ms;
        pass(h, wait_ms);
        left_ms -= wait_ms;
        if (left_ms <= 0)
            return;
    }
}

static void start(struct history *h)
{
    world_begin(h->world);
    h->is_running = true;
    h->engine_true_ms = CPR_TIME_NONE;
}

static void stop(struct history *h)
{
    world_end(h->world);
    h->is_running = false;
}

static void the_process_is_restarted(struct history *h)
{
    stop(h);
    if (one_in(h, 2))
        pass(h, any_span(h, 5 * CPR_HOUR_MS));
    start(h);
    TELL(h, "  restarted\n");
    h->sums->restarts++;
}

/* At any point at which it touches the world. */
static void the_process_is_killed(struct history *h)
{
    stop(h);
    h->world->faults.kill_after = 1 + (long)any(h, 60);
    int result = world_run(h->world, any_span(h, 2 * CPR_HOUR_MS));
    TELL(h, "  killed: %d\n", result);
    assert_true(result == 0 || result == 9);
    h->world->faults.kill_after = 0;
    h->sums->kills += result == 9;
    h->sums->alerts += h->world->mail_count;
    h->world->mail_count = 0;
    h->logins = h->world->logins;
    start(h);
    tick(h); /* what the one looked at that was killed, this one has looked at before anything else happens */
}

static void the_machine_sleeps(struct history *h)
{
    int64_t span_ms = any_span(h, 30 * CPR_HOUR_MS);
    TELL(h, "  suspended for %.1f h\n", (double)span_ms / CPR_HOUR_MS);
    pass(h, span_ms);
    h->sums->suspends++;
}

static void the_wall_clock_is_set(struct history *h)
{
    int64_t error_ms = one_in(h, 3) ? 0 : any_span(h, 24 * CPR_HOUR_MS) - 12 * CPR_HOUR_MS;
    TELL(h, "  the wall clock is wrong by %.2f h now\n", (double)error_ms / CPR_HOUR_MS);
    h->world->utc_ms += error_ms - h->error_ms;
    h->error_ms = error_ms;
    h->sums->clock_steps++;
}

/* --- a history
 * ------------------------------------------------------------------------------------------------------------- */

static void something_happens(struct history *h)
{
    static const struct {
        unsigned weight;
        void (*happens)(struct history *);
    } table[] = {
        {12, a_report},
        {3, a_glance},
        {2, a_newsletter},
        {8, a_reminder},
        {4, a_forged_answer},
        {2, an_auto_reply},
        {5, a_bounce},
        {8, an_answer_is_sent},
        {6, a_person_commands},
        {9, something_is_moved},
        {3, a_folder_is_made_anew},
        {2, the_mailbox_is_migrated},
        {2, the_server_comes_and_goes},
        {3, the_process_is_restarted},
        {2, the_process_is_killed},
        {3, the_machine_sleeps},
        {5, the_wall_clock_is_set},
    };
    unsigned all = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        all += table[i].weight;
    uint64_t drawn = any(h, all);
    size_t at = 0;
    for (; drawn >= table[at].weight; at++)
        drawn -= table[at].weight;
    table[at].happens(h);
}

static void furnish(struct history *h)
{
    static const int64_t polls_ms[] = {20 * CPR_MINUTE_MS, 2 * CPR_HOUR_MS, 5 * CPR_HOUR_MS};
    struct cpr_settings *settings = &h->world->settings;
    struct cpr_mailbox_settings *mailbox = &settings->mailboxes[0];
    h->world->judges = true;
    settings->poll_ms = polls_ms[any(h, 3)];
    if (!one_in(h, 8))
        settings->policy.repeat_ms = 12 * CPR_HOUR_MS; /* letters cost most of the time */
    if (!one_in(h, 4))
        settings->policy.oncall_count = 1; /* nobody but "duty" */
    settings->policy.is_active = !one_in(h, 4);
    h->world->faults.no_move = one_in(h, 4);
    snprintf(mailbox->addresses[0], sizeof mailbox->addresses[0], "cpr@ca.example");
    mailbox->address_count = 1;
    if (!one_in(h, 3)) {
        snprintf(mailbox->own_hosts[0], sizeof mailbox->own_hosts[0], "mx.ca.example");
        mailbox->own_host_count = 1;
    }
    h->other = (enum other_role)any(h, OTHER_ROLES);
    if (h->other == OTHER_IS_AUDITED) {
        snprintf(mailbox->folders[0], sizeof mailbox->folders[0], "Projects");
        mailbox->folder_count = 1;
    } else if (h->other == OTHER_DISMISSES) {
        snprintf(mailbox->dismiss_folder, sizeof mailbox->dismiss_folder, "Projects");
    } else if (h->other == OTHER_HOLDS_REPLIES) {
        snprintf(mailbox->replies[0], sizeof mailbox->replies[0], "Projects");
        mailbox->reply_folder_count = 1;
    }
    if (one_in(h, 4)) /* the clock is wrong when the machine boots */
        the_wall_clock_is_set(h);
}

/* Laying out the tables takes a quarter of a short history: the first one's empty store serves all. */
static void lay_out_store(struct world *world)
{
    static char *bytes;
    static size_t len;
    char path[sizeof world->directory + 32];
    snprintf(path, sizeof path, "%s/%s", world->directory, CPR_STORE_FILE);
    if (!bytes) {
        world_begin(world);
        world_end(world);
    }
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    if (!bytes) {
        struct stat status;
        assert_int_equal(fstat(file, &status), 0);
        len = (size_t)status.st_size;
        bytes = malloc(len);
        assert_non_null(bytes);
        assert_int_equal(read(file, bytes, len), (ssize_t)len);
    } else {
        assert_int_equal(write(file, bytes, len), (ssize_t)len);
    }
    close(file);
}

void history_run(uint64_t seed, int steps, struct history_sums *sums)
{
    struct history *h = calloc(1, sizeof *h);
    assert_non_null(h);
    h->sums = sums;
    h->seed = h->random = seed;
    h->tells_tale = getenv("CPR_TALE") != NULL;
    h->world = world_new();
    lay_out_store(h->world);
    furnish(h);
    for (uint64_t i = any(h, 4); i > 0; i--) /* what was there before the daemon came */
        a_report(h);
    if (one_in(h, 4))
        an_answer_is_sent(h);
    pass(h, any_span(h, 30 * CPR_HOUR_MS));
    start(h);
    for (h->step = 0; h->step < steps; h->step++) {
        TELL(h, "step %d, true time %" PRId64 " s\n", h->step, true_ms(h) / CPR_SECOND_MS);
        if (h->world->faults.imap_dead && one_in(h, 2))
            the_server_comes_and_goes(h);
        for (uint64_t i = any(h, 4); i > 0; i--)
            something_happens(h);
        live(h, any_span(h, one_in(h, 3) ? 8 * CPR_HOUR_MS : CPR_HOUR_MS));
    }
    h->world->faults.imap_dead = false;
    live(h, h->world->settings.poll_ms);
    stop(h);
    sums->steps += (unsigned long)steps;
    world_free(h->world);
    free(h);
}
