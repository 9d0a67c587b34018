#include "cpr/io/reader.h"
#include "reader_frames.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { KEPT_FREE_BYTES = 2 * 1024 * 1024 };

/* False at the end of the stream: the parent has gone, and with it the reason to live. */
static bool take(void *data, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t count = read(CPR_READER_SOCKET, (char *)data + done, len - done);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

static bool give(const void *data, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t count = write(CPR_READER_SOCKET, (const char *)data + done, len - done);
        if (count < 0 && errno != EINTR)
            return false;
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

static bool are_terminated(const char *fields, size_t field_size, uint32_t count, uint32_t max)
{
    if (count > max)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!memchr(fields + i * field_size, '\0', field_size))
            return false;
    return true;
}

#define ARE_TERMINATED(list, count) are_terminated(list[0], sizeof list[0], count, sizeof list / sizeof list[0])

static bool forms_are_sound(const struct cpr_judge_form *forms, uint32_t count, uint32_t max)
{
    if (count > max)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!memchr(forms[i].name, '\0', sizeof forms[i].name) ||
            !ARE_TERMINATED(forms[i].senders, forms[i].sender_count) ||
            !ARE_TERMINATED(forms[i].subjects, forms[i].subject_count))
            return false;
    return true;
}

static bool issuers_are_sound(const struct cpr_judge_settings *s)
{
    if (s->issuer_count > CPR_ISSUERS_MAX)
        return false;
    for (uint32_t i = 0; i < s->issuer_count; i++) {
        const struct cpr_judge_issuer *issuer = &s->issuers[i];
        if (!memchr(issuer->name, '\0', sizeof issuer->name) ||
            !ARE_TERMINATED(issuer->common_names, issuer->common_name_count) ||
            !ARE_TERMINATED(issuer->key_ids, issuer->key_id_count) ||
            !ARE_TERMINATED(issuer->hosts, issuer->host_count) ||
            !ARE_TERMINATED(issuer->policy_oids, issuer->policy_oid_count))
            return false;
    }
    return true;
}

static bool is_sound(const struct cpr_reader_greeting *greeting)
{
    const struct cpr_judge_settings *s = &greeting->settings;
    return greeting->magic == CPR_READER_GREETING && greeting->size == sizeof *greeting &&
           ARE_TERMINATED(s->own_names, s->own_name_count) && ARE_TERMINATED(s->own_addresses, s->own_address_count) &&
           ARE_TERMINATED(s->own_hosts, s->own_host_count) && ARE_TERMINATED(s->terms, s->term_count) &&
           ARE_TERMINATED(s->watched_senders, s->watched_sender_count) && issuers_are_sound(s) &&
           forms_are_sound(s->noise, s->noise_count, CPR_NOISE_RULES_MAX) &&
           forms_are_sound(s->notices, s->notice_count, CPR_NOTICE_SOURCES_MAX);
}

/* When memory is short the kernel should take the reader, which is replaced at once, and not the daemon. */
static void offer_to_oom_killer(void)
{
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return;
    ssize_t ignored = write(file, "1000", 4);
    (void)ignored;
    close(file);
}

/* GLib's own log writer looks at terminals and time zones, which ends a locked-in process; nobody would read it anyway.
 */
static void ignore_log(const char *domain, GLogLevelFlags level, const char *text, void *unused)
{
    (void)domain, (void)level, (void)text, (void)unused;
}

/* One message, in memory of exactly its size so that a sanitizer sees a read past its end. */
static bool answer_one(const struct cpr_judge_settings *settings, struct cpr_reading *reading)
{
    struct cpr_reader_request request;
    if (!take(&request, sizeof request) || request.len > CPR_MESSAGE_FETCH_MAX_BYTES || request.is_cut > 1)
        return false;
    char *raw = malloc(request.len ? request.len : 1);
    bool answered = raw && take(raw, request.len);
    if (answered) {
        cpr_judge_message(cpr_view_make(raw, request.len), request.is_cut, settings, reading);
        answered = give(reading, CPR_READER_RECORD_HEAD + reading->identifier_count * sizeof reading->identifiers[0]);
    }
    free(raw);
    return answered;
}

int cpr_reader_child_main(void)
{
    struct cpr_reader_greeting *greeting = calloc(1, sizeof *greeting);
    struct cpr_reading *reading = calloc(1, sizeof *reading);
    const uint32_t ready = CPR_READER_READY;
    if (!greeting || !reading || !take(greeting, sizeof *greeting) || !is_sound(greeting))
        _exit(EX_PROTOCOL);
    offer_to_oom_killer();
    /* What one message has freed the next one needs: giving it back to the kernel in between costs a tenth of the time.
     */
    mallopt(M_MMAP_THRESHOLD, KEPT_FREE_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_FREE_BYTES);
    g_log_set_default_handler(ignore_log, NULL);
    cpr_judge_prepare();
    if (!cpr_reader_lock_in())
        _exit(EX_OSERR);
    if (give(&ready, sizeof ready))
        while (answer_one(&greeting->settings, reading))
            ;
    /* Not exit(): what runs at exit has no leave to do so any more. */
    _exit(EX_OK);
}
