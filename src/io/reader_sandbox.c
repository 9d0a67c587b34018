#include "reader_frames.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* CPU time is not here: the parent renews it for each message, which the child has no leave to do. */
static bool limit_resources(void)
{
    static const struct {
        int resource;
        rlim_t max;
    } limits[] = {
        {RLIMIT_AS, CPR_READER_MEMORY_BYTES},
        {RLIMIT_STACK, 8L * 1024 * 1024}, /* the usual one, whatever the daemon was given */
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NPROC, 0},
        {RLIMIT_NOFILE, 3},
        {RLIMIT_MEMLOCK, 0},
        {RLIMIT_MSGQUEUE, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        /* AddressSanitizer reserves terabytes of addresses for its shadow. */
        if (SANITIZED && limits[i].resource == RLIMIT_AS)
            continue;
        struct rlimit limit = {limits[i].max, limits[i].max};
        if (setrlimit(limits[i].resource, &limit) != 0)
            return false;
    }
    return true;
}

/* Memory may be had and changed, but never made executable. */
static int allow_memory(scmp_filter_ctx filter)
{
    static const int plain[] = {SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise)};
    int failed =
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) |
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain[i], 0);
    return failed;
}

/* Bytes come and go over the one socket; descriptors 1 and 2 are /dev/null. */
static int allow_socket(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0(SCMP_CMP_EQ, CPR_READER_SOCKET)) |
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_LE, STDERR_FILENO)) |
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(writev), 1, SCMP_A0(SCMP_CMP_LE, STDERR_FILENO));
}

/* Locks, clocks, random numbers, the end; and abort(), so that a failed assertion is seen as what it is. */
static int allow_rest(scmp_filter_ctx filter)
{
    static const int plain[] = {
        SCMP_SYS(futex),     SCMP_SYS(clock_gettime),   SCMP_SYS(gettimeofday),
        SCMP_SYS(getrandom), SCMP_SYS(rt_sigprocmask),  SCMP_SYS(getpid),
        SCMP_SYS(gettid),    SCMP_SYS(restart_syscall), SCMP_SYS(exit_group),
    };
    int failed =
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain[i], 0);
    return failed;
}

/* What the sanitizers' runtime does besides; never in a program that is delivered. */
static int allow_sanitizers(scmp_filter_ctx filter)
{
    static const int plain[] = {SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn),
                                SCMP_SYS(sched_yield)};
    int failed = 0;
    for (size_t i = 0; SANITIZED && i < sizeof plain / sizeof plain[0]; i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain[i], 0);
    return failed;
}

static bool limit_system_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool loaded = filter && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                  !allow_memory(filter) && !allow_socket(filter) && !allow_rest(filter) && !allow_sanitizers(filter) &&
                  seccomp_load(filter) == 0;
    seccomp_release(filter);
    return loaded;
}

bool cpr_reader_lock_in(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           close_range(STDERR_FILENO + 1, ~0u, 0) == 0 && limit_resources() && limit_system_calls();
}
