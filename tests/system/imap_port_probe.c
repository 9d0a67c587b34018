/* Drives the mailbox port (io/imap.h) from a test: one command a line on standard input, its words separated by tabs;
 * one JSON object a line on standard output. The password stands in the environment, PROBE_SECRET.
 *
 *   imap_port_probe HOST PORT implicit|none|starttls CA_FILE|- USER [OPERATION_MS] */
#include "cpr/base/identity.h"
#include "cpr/io/imap.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORDS_MAX = 8 };

static struct {
    struct cpr_mailbox_port port;
    struct cpr_imap *imap;
    struct cpr_identity identity; /* of the message that "identity" looked at last */
    unsigned beats, stop_after_beats;
    char *word[WORDS_MAX];
    json_t *reply;
} probe;

static enum cpr_rc give_secret(void *context, char out[CPR_SECRET_MAX], struct cpr_error *error_out)
{
    (void)context;
    const char *secret = getenv("PROBE_SECRET");
    if (!secret || !cpr_view_copy(cpr_view_of(secret), out, CPR_SECRET_MAX))
        return cpr_error_set(error_out, CPR_OPERATOR, 0, "there is no password");
    return CPR_OK;
}

static bool beat(void *self)
{
    (void)self;
    probe.beats++;
    return probe.stop_after_beats == 0 || probe.beats < probe.stop_after_beats;
}

static uint32_t number(size_t index)
{
    return probe.word[index] ? (uint32_t)strtoul(probe.word[index], NULL, 10) : 0;
}

static void put(const char *key, json_int_t value)
{
    json_object_set_new(probe.reply, key, json_integer(value));
}

static void put_uids(const uint32_t *uids, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_integer(uids[i]));
    json_object_set_new(probe.reply, "uids", list);
}

static bool add_folder(void *context, const struct cpr_folder_listing *listing)
{
    char delimiter[2] = {listing->delimiter, 0};
    json_t *name = json_string(listing->name);
    json_array_append_new(context,
                          json_pack("{s:o?,s:s,s:s,s:b,s:i}", "name", name, "display", listing->display, "delimiter",
                                    delimiter, "selectable", (int)listing->is_selectable, "uses", (int)listing->uses));
    return true;
}

static bool add_message(void *context, const struct cpr_fetched *fetched)
{
    struct cpr_digest digest = cpr_digest_of(fetched->raw);
    char hex[CPR_DIGEST_HEX_SIZE];
    cpr_digest_to_hex(&digest, hex);
    probe.identity = cpr_identity_of(fetched->raw, fetched->size);
    json_array_append_new(context,
                          json_pack("{s:I,s:I,s:I,s:I,s:b,s:b,s:b,s:b,s:I,s:s}", "uid", (json_int_t)fetched->uid,
                                    "size", (json_int_t)fetched->size, "internal_ms", (json_int_t)fetched->internal_ms,
                                    "save_ms", (json_int_t)fetched->save_ms, "seen", (int)fetched->is_seen, "deleted",
                                    (int)fetched->is_deleted, "draft", (int)fetched->is_draft, "vanished",
                                    (int)fetched->is_vanished, "bytes", (json_int_t)fetched->raw.len, "sha256", hex));
    return true;
}

static bool count_message(void *context, const struct cpr_fetched *fetched)
{
    uint64_t *bytes = context;
    *bytes += fetched->raw.len;
    return true;
}

static enum cpr_rc run_list(struct cpr_error *error)
{
    json_t *folders = json_array();
    json_object_set_new(probe.reply, "folders", folders);
    return probe.port.list(probe.port.self, add_folder, folders, error);
}

static enum cpr_rc run_status(struct cpr_error *error)
{
    struct cpr_folder_status status = {0};
    enum cpr_rc rc = probe.port.status(probe.port.self, probe.word[1], &status, error);
    put("uidvalidity", status.uidvalidity);
    put("uidnext", status.uidnext);
    put("messages", status.messages);
    return rc;
}

static enum cpr_rc run_search(struct cpr_error *error)
{
    static uint32_t uids[CPR_SEARCH_UIDS_MAX];
    size_t count = 0;
    enum cpr_rc rc =
        probe.port.search(probe.port.self, probe.word[1], number(2), number(3), number(4), uids, &count, error);
    put_uids(uids, count);
    return rc;
}

/* fetch FOLDER UIDVALIDITY MAX_BYTES UID,UID,... */
static enum cpr_rc run_fetch(struct cpr_error *error)
{
    uint32_t uids[CPR_FETCH_BATCH];
    size_t count = 0;
    struct cpr_view rest = cpr_view_of(probe.word[4]), item;
    while (count < CPR_FETCH_BATCH && cpr_view_next_item(&rest, ',', &item))
        uids[count++] = (uint32_t)strtoul(item.data, NULL, 10);
    json_t *messages = json_array();
    json_object_set_new(probe.reply, "messages", messages);
    return probe.port.fetch(probe.port.self, probe.word[1], number(2), uids, count, number(3), add_message, messages,
                            error);
}

static enum cpr_rc run_move(struct cpr_error *error)
{
    static const char *const outcomes[] = {"unknown", "done", "not done", "gone"};
    struct cpr_move_result result;
    enum cpr_rc rc = probe.port.move(probe.port.self, probe.word[1], number(2), number(3), &probe.identity,
                                     probe.word[4], &result, error);
    json_object_set_new(probe.reply, "outcome", json_string(outcomes[result.outcome]));
    json_object_set_new(probe.reply, "how", json_string(result.how));
    json_object_set_new(probe.reply, "copied_only", json_boolean(result.copied_only));
    put("destination_uidvalidity", result.destination_uidvalidity);
    put("destination_uid", result.destination_uid);
    return rc;
}

static enum cpr_rc run_find(struct cpr_error *error)
{
    uint32_t uids[CPR_TWINS_MAX], uidvalidity = 0;
    size_t count = 0;
    enum cpr_rc rc =
        probe.port.find(probe.port.self, probe.word[1], &probe.identity, number(2), &uidvalidity, uids, &count, error);
    put("uidvalidity", uidvalidity);
    put_uids(uids, count);
    return rc;
}

static enum cpr_rc run_mark(struct cpr_error *error)
{
    bool marked = false;
    enum cpr_rc rc = probe.port.mark_rescued(probe.port.self, probe.word[1], number(2), number(3), &marked, error);
    json_object_set_new(probe.reply, "marked", json_boolean(marked));
    return rc;
}

/* bench FOLDER MAX_BYTES: reads the whole folder as a first audit does. */
static enum cpr_rc run_bench(struct cpr_error *error)
{
    static uint32_t uids[CPR_SEARCH_UIDS_MAX];
    struct cpr_folder_status status = {0};
    struct timespec start, end;
    uint64_t bytes = 0, messages = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    enum cpr_rc rc = probe.port.status(probe.port.self, probe.word[1], &status, error);
    for (uint32_t first = 1; rc == CPR_OK && first < status.uidnext; first += CPR_SEARCH_UIDS_MAX) {
        size_t count = 0;
        rc = probe.port.search(probe.port.self, probe.word[1], status.uidvalidity, first,
                               first + CPR_SEARCH_UIDS_MAX - 1, uids, &count, error);
        for (size_t i = 0; rc == CPR_OK && i < count; i += CPR_FETCH_BATCH) {
            size_t batch = count - i < CPR_FETCH_BATCH ? count - i : CPR_FETCH_BATCH;
            rc = probe.port.fetch(probe.port.self, probe.word[1], status.uidvalidity, uids + i, batch, number(2),
                                  count_message, &bytes, error);
            messages += batch;
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    put("messages", (json_int_t)messages);
    put("bytes", (json_int_t)bytes);
    put("microseconds", (end.tv_sec - start.tv_sec) * 1000000 + (end.tv_nsec - start.tv_nsec) / 1000);
    return rc;
}

static enum cpr_rc run_open(struct cpr_error *error)
{
    enum cpr_rc rc = probe.port.open(probe.port.self, error);
    const struct cpr_mailbox_capabilities *can = probe.port.capabilities(probe.port.self);
    json_object_set_new(probe.reply, "capabilities", json_string(can->text));
    return rc;
}

static enum cpr_rc run_remove(struct cpr_error *error)
{
    return probe.port.remove_copied(probe.port.self, probe.word[1], number(2), number(3), &probe.identity, error);
}

static enum cpr_rc run_close(struct cpr_error *error)
{
    (void)error;
    probe.port.close(probe.port.self);
    return CPR_OK;
}

static enum cpr_rc run_cut(struct cpr_error *error)
{
    (void)error;
    cpr_imap_cut_after(probe.imap, (int64_t)number(1));
    return CPR_OK;
}

static enum cpr_rc run_received(struct cpr_error *error)
{
    (void)error;
    put("bytes", (json_int_t)cpr_imap_received(probe.imap));
    put("beats", probe.beats);
    return CPR_OK;
}

static enum cpr_rc run_stop(struct cpr_error *error)
{
    (void)error;
    probe.stop_after_beats = probe.beats + number(1);
    return CPR_OK;
}

static const struct {
    const char *name;
    size_t words;
    enum cpr_rc (*run)(struct cpr_error *error);
} commands[] = {
    {"open", 1, run_open},     {"close", 1, run_close},     {"list", 1, run_list}, {"status", 2, run_status},
    {"search", 5, run_search}, {"fetch", 5, run_fetch},     {"move", 5, run_move}, {"find", 3, run_find},
    {"remove", 4, run_remove}, {"mark", 4, run_mark},       {"cut", 2, run_cut},   {"received", 1, run_received},
    {"bench", 3, run_bench},   {"stop_after", 2, run_stop},
};

static bool answer(char *line)
{
    size_t count = 0;
    memset(probe.word, 0, sizeof probe.word);
    line[strcspn(line, "\n")] = 0;
    for (char *rest = line; rest && count < WORDS_MAX;)
        probe.word[count++] = strsep(&rest, "\t");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, probe.word[0]) != 0 || commands[i].words != count)
            continue;
        struct cpr_error error = {0};
        probe.reply = json_object();
        enum cpr_rc rc = commands[i].run(&error);
        json_object_set_new(probe.reply, "rc", json_string(cpr_rc_name(rc)));
        json_object_set_new(probe.reply, "error", json_string(rc == CPR_OK ? "" : error.text));
        json_dumpf(probe.reply, stdout, JSON_COMPACT);
        putchar('\n');
        fflush(stdout);
        json_decref(probe.reply);
        return true;
    }
    fprintf(stderr, "imap_port_probe: no such command, or not its number of words: %s\n", probe.word[0]);
    return false;
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return EXIT_FAILURE;
    struct cpr_server_settings server = {.port = (unsigned)strtoul(argv[2], NULL, 10)};
    server.tls = strcmp(argv[3], "none") == 0       ? CPR_TLS_NONE
                 : strcmp(argv[3], "starttls") == 0 ? CPR_TLS_STARTTLS
                                                    : CPR_TLS_IMPLICIT;
    const char *ca_file = strcmp(argv[4], "-") == 0 ? "" : argv[4];
    if (!cpr_view_copy(cpr_view_of(argv[1]), server.host, sizeof server.host) ||
        !cpr_view_copy(cpr_view_of(ca_file), server.ca_file, sizeof server.ca_file) ||
        !cpr_view_copy(cpr_view_of(argv[5]), server.user, sizeof server.user))
        return EXIT_FAILURE;
    struct cpr_imap_settings settings = {.server = &server, .secret = give_secret, .pulse = {.beat = beat}};
    if (argc > 6)
        settings.operation_ms = settings.connect_ms = strtol(argv[6], NULL, 10);
    struct cpr_error error;
    if (cpr_imap_new(&settings, &probe.imap, &error) != CPR_OK)
        return EXIT_FAILURE;
    probe.port = cpr_imap_port(probe.imap);
    char *line = NULL;
    size_t size = 0;
    bool goes_on = true;
    while (goes_on && getline(&line, &size, stdin) > 0)
        goes_on = answer(line);
    free(line);
    cpr_imap_free(&probe.imap);
    return goes_on ? EXIT_SUCCESS : EXIT_FAILURE;
}
