/* Times the judge over files, from bytes to reading, in this process and on one core: what the reader's child does with
 * a message, without the pipe.
 *
 *   judge_speed PASSES FOLDER...     a line a folder: files, bytes, seconds of processor time of its fastest pass
 *   judge_speed PASSES FILE...       the same for each file by itself */
#include "cpr/judge/judge.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>

enum { FILES_MAX = 100000 };

static struct cpr_view files[FILES_MAX]; /* owned; lives as long as the process */
static size_t count, bytes;

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

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double pass(void)
{
    static struct cpr_reading reading;
    double start = processor_seconds();
    for (size_t i = 0; i < count; i++) {
        cpr_judge_message(files[i], false, NULL, &reading);
        if (!cpr_reading_is_sound(&reading))
            abort();
    }
    return processor_seconds() - start;
}

int main(int argument_count, char **arguments)
{
    int passes = argument_count > 2 ? atoi(arguments[1]) : 0;
    if (passes < 1) {
        fprintf(stderr, "usage: judge_speed PASSES FOLDER|FILE...\n");
        return EX_USAGE;
    }
    cpr_judge_prepare();
    for (int i = 2; i < argument_count; i++) {
        count = bytes = 0;
        if (ftw(arguments[i], load, 16) != 0) {
            perror(arguments[i]);
            return EX_NOINPUT;
        }
        double best = pass();
        for (int k = 1; k < passes; k++) {
            double seconds = pass();
            best = seconds < best ? seconds : best;
        }
        printf("%zu %zu %.6f %s\n", count, bytes, best, arguments[i]);
        fflush(stdout);
        for (size_t k = 0; k < count; k++)
            free((void *)(uintptr_t)files[k].data);
    }
    return EX_OK;
}
