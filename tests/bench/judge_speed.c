/* Times the judge over files, from bytes to reading, in this process and on one core: what the reader's child does with
 * a message, without the pipe.
 *
 *   judge_speed PASSES none|full FOLDER...     a line a folder: files, bytes, seconds of processor time of its fastest
 * pass judge_speed PASSES none|full FILE...       the same for each file by itself
 *
 * "full": every list of the configuration holds as much as it can; "none": nothing is configured. */
#include "cpr/judge/judge.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>

enum { FILES_MAX = 100000 };

static struct cpr_view files[FILES_MAX]; /* owned; lives as long as the process */
static size_t count, bytes;
static struct cpr_judge_settings every;

static int load(const char *path, const struct stat *status, int type)
{
    if (type != FTW_F || count == FILES_MAX)
        return 0;
    FILE *file = fopen(path, "rbe");
    char *raw = malloc((size_t)status->st_size + 1);
    if (!file || !raw || fread(raw, 1, (size_t)status->st_size, file) != (size_t)status->st_size) {
        perror(path);
        exit(EX_NOINPUT);
    }
    fclose(file);
    files[count++] = cpr_view_make(raw, (size_t)status->st_size);
    bytes += (size_t)status->st_size;
    return 0;
}

/* Every list of the configuration full, which is the dearest; what is named stands in no message but the border, and
 * the source of the notices. */
static void fill(struct cpr_judge_settings *settings)
{
    settings->own_host_count = 1;
    strcpy(settings->own_hosts[0], "mx.example.org");
    settings->notice_count = settings->notices[0].sender_count = 1;
    strcpy(settings->notices[0].name, "filter");
    strcpy(settings->notices[0].senders[0], "quarantine@filter.example");
    for (int i = 0; i < CPR_JUDGE_WORDS_MAX; i++) {
        snprintf(settings->own_names[settings->own_name_count++], 128, "Certainly Trusted Authority %d", i);
        snprintf(settings->terms[settings->term_count++], 128, "certificate problem %d", i);
        snprintf(settings->watched_senders[settings->watched_sender_count++], 256, "@root%d.example", i);
    }
    for (int i = 0; i < CPR_ISSUERS_MAX; i++) {
        struct cpr_judge_issuer *issuer = &settings->issuers[settings->issuer_count++];
        snprintf(issuer->name, sizeof issuer->name, "issuer %d", i);
        for (int k = 0; k < CPR_ISSUER_MARKS_MAX; k++) {
            snprintf(issuer->common_names[issuer->common_name_count++], 128, "Certainly Trusted CA %d.%d", i, k);
            snprintf(issuer->key_ids[issuer->key_id_count++], 65, "%040d", i * CPR_ISSUER_MARKS_MAX + k);
            snprintf(issuer->hosts[issuer->host_count++], 128, "crl%d-%d.ca.example", i, k);
            snprintf(issuer->policy_oids[issuer->policy_oid_count++], 64, "2.999.%d.%d", i, k);
        }
    }
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double pass(const struct cpr_judge_settings *used)
{
    static struct cpr_reading reading;
    double start = processor_seconds();
    for (size_t i = 0; i < count; i++) {
        cpr_judge_message(files[i], false, used, &reading);
        if (!cpr_reading_is_sound(&reading))
            abort();
    }
    return processor_seconds() - start;
}

int main(int argument_count, char **arguments)
{
    int passes = argument_count > 3 ? atoi(arguments[1]) : 0;
    if (passes < 1) {
        fprintf(stderr, "usage: judge_speed PASSES none|full FOLDER|FILE...\n");
        return EX_USAGE;
    }
    cpr_judge_prepare();
    const struct cpr_judge_settings *used = strcmp(arguments[2], "full") == 0 ? &every : NULL;
    fill(&every);
    for (int i = 3; i < argument_count; i++) {
        count = bytes = 0;
        if (ftw(arguments[i], load, 16) != 0) {
            perror(arguments[i]);
            return EX_NOINPUT;
        }
        double best = pass(used);
        for (int k = 1; k < passes; k++) {
            double seconds = pass(used);
            best = seconds < best ? seconds : best;
        }
        printf("%zu %zu %.6f %s\n", count, bytes, best, arguments[i]);
        fflush(stdout);
        for (size_t k = 0; k < count; k++)
            free((void *)(uintptr_t)files[k].data);
    }
    return EX_OK;
}
