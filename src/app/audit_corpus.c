#include "app/evaluate.h"
#include "cpr/base/text.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* A labels file of a million files is far smaller. */
enum { LABELS_MAX_BYTES = 64 * 1024 * 1024, PATH_SIZE = 4096, SENTENCE_SIZE = PATH_SIZE + CPR_ERROR_TEXT_MAX };

bool evaluate_is_report(const char *label)
{
    return strncmp(label, "cpr", 3) == 0;
}

/* --- texts that are no mails ----------------------------------------------------------------------------------------
 */

static bool has_mail_field(struct cpr_view raw)
{
    static const char *const fields[] = {
        "From:", "From ", "Received:", "Return-Path:", "Message-ID:", "Delivered-To:", "MIME-Version:"};
    struct cpr_view line;
    while (cpr_view_next_line(&raw, &line) && line.len > 0)
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
            if (cpr_view_starts_nocase(line, fields[i]))
                return true;
    return false;
}

bool evaluate_is_text(const char *path, struct cpr_view raw)
{
    return cpr_view_ends_nocase(cpr_view_of(path), ".txt") && !has_mail_field(raw);
}

/* Cuts the head off, when there is one, and says what its subject is. */
static struct cpr_view cut_head(struct cpr_view *text)
{
    struct cpr_view rest = *text, line, subject = {0};
    if (!cpr_view_starts_nocase(rest, "Source:") && !cpr_view_starts_nocase(rest, "Subject:"))
        return subject;
    while (cpr_view_next_line(&rest, &line) && line.len > 0)
        if (cpr_view_starts_nocase(line, "Subject:"))
            subject = cpr_view_trim(cpr_view_slice(line, strlen("Subject:"), line.len));
    *text = rest;
    return cpr_view_starts_nocase(subject, "(none") ? (struct cpr_view){0} : subject;
}

void evaluate_wrap_text(struct cpr_view text, struct cpr_buffer *out)
{
    struct cpr_view line, subject = cut_head(&text);
    cpr_buffer_add_text(out, "Return-Path: <someone@mail.example>\r\n"
                             "Received: from mail.example (mail.example [192.0.2.7]) by mx.ca.example with ESMTPS;\r\n"
                             "\tTue, 5 Mar 2024 15:19:07 +0000\r\n"
                             "From: Someone <someone@mail.example>\r\nTo: problem-reports@ca.example\r\n"
                             "Date: Tue, 5 Mar 2024 15:19:01 +0000\r\nMessage-ID: <1@mail.example>\r\n"
                             "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                             "Content-Transfer-Encoding: 8bit\r\nSubject: ");
    cpr_buffer_add(out, subject);
    cpr_buffer_add_text(out, "\r\n\r\n");
    while (cpr_view_next_line(&text, &line)) {
        cpr_buffer_add(out, line);
        cpr_buffer_add_text(out, "\r\n");
    }
}

/* --- the files ------------------------------------------------------------------------------------------------------
 */

static bool add_item(struct evaluate_corpus *corpus, const char *path, struct cpr_view label, struct cpr_view group)
{
    if (corpus->count == corpus->size) {
        size_t size = corpus->size ? corpus->size * 2 : 256;
        struct evaluate_item *items = realloc(corpus->items, size * sizeof *items);
        if (!items)
            return false;
        corpus->items = items;
        corpus->size = size;
    }
    struct evaluate_item *item = &corpus->items[corpus->count];
    item->path = strdup(path);
    if (!item->path)
        return false;
    corpus->count++;
    cpr_text_copy(item->label, sizeof item->label, label);
    cpr_text_copy(item->group, sizeof item->group, group.len ? group : cpr_view_of(EVALUATE_NO_GROUP));
    return true;
}

void evaluate_corpus_free(struct evaluate_corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++)
        free(corpus->items[i].path);
    free(corpus->items);
    *corpus = (struct evaluate_corpus){0};
}

static int compare_names(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* DIRECTORY/label/group/of/names/file. A file that lies in DIRECTORY itself has no label. */
static bool add_entry(struct evaluate_corpus *corpus, const FTSENT *entry, size_t directory_len)
{
    struct cpr_view inside = cpr_view_of(entry->fts_path + directory_len);
    while (inside.len && inside.data[0] == '/')
        inside = cpr_view_slice(inside, 1, inside.len);
    size_t label_len = cpr_view_find_byte(inside, '/', 0);
    if (label_len == CPR_VIEW_NOT_FOUND)
        return true;
    struct cpr_view label = cpr_view_slice(inside, 0, label_len);
    struct cpr_view group = cpr_view_slice(inside, label_len + 1, inside.len);
    group.len -= group.len > entry->fts_namelen ? entry->fts_namelen + 1u : entry->fts_namelen;
    return add_item(corpus, entry->fts_path, label, group);
}

static bool is_passed_over(const FTSENT *entry)
{
    return entry->fts_level > FTS_ROOTLEVEL && (entry->fts_name[0] == '.' || entry->fts_level > EVALUATE_DEPTH_MAX);
}

static int find_in_folders(const char *directory, struct evaluate_corpus *corpus)
{
    char *root = strdup(directory);
    char *const roots[] = {root, NULL};
    FTS *walk = root ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, compare_names) : NULL;
    int exit_code = walk ? EX_OK : audit_fail(EX_TEMPFAIL, "out of memory");
    for (FTSENT *entry; exit_code == EX_OK && (entry = fts_read(walk)) != NULL;) {
        char sentence[SENTENCE_SIZE];
        if (is_passed_over(entry)) {
            (void)fts_set(walk, entry, FTS_SKIP);
        } else if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS) {
            snprintf(sentence, sizeof sentence, "%s cannot be read: %s", entry->fts_path, strerror(entry->fts_errno));
            exit_code = audit_fail(EX_NOINPUT, sentence);
        } else if ((entry->fts_info == FTS_F || entry->fts_info == FTS_SLNONE) &&
                   !add_entry(corpus, entry, strlen(directory))) {
            exit_code = audit_fail(EX_TEMPFAIL, "out of memory");
        }
    }
    if (walk)
        fts_close(walk);
    free(root);
    return exit_code;
}

/* "path<TAB>label[<TAB>group]". What is wrong with it, or NULL; static string. */
static const char *parse_line(const char *directory, struct cpr_view line, struct evaluate_corpus *corpus)
{
    struct stat status;
    char path[PATH_SIZE];
    struct cpr_view fields[3] = {{0}};
    size_t count = 0;
    for (size_t from = 0; from <= line.len; count++) {
        size_t tab = cpr_view_find_byte(line, '\t', from);
        size_t to = tab == CPR_VIEW_NOT_FOUND ? line.len : tab;
        if (count == 3)
            return "has more than three fields; write path, label and perhaps a group, with a tab between them";
        fields[count] = cpr_view_trim(cpr_view_slice(line, from, to - from));
        from = to + 1;
    }
    if (count < 2 || fields[0].len == 0 || fields[1].len == 0)
        return "has no label; write path, label and perhaps a group, with a tab between them";
    if (fields[1].len >= EVALUATE_LABEL_SIZE || fields[2].len >= EVALUATE_GROUP_SIZE || !cpr_text_is_clean(fields[1]) ||
        !cpr_text_is_clean(fields[2]))
        return "has a label or a group that is too long or no UTF-8 text";
    bool is_absolute = fields[0].data[0] == '/';
    int len = snprintf(path, sizeof path, "%s%s%.*s", is_absolute ? "" : directory, is_absolute ? "" : "/",
                       (int)fields[0].len, fields[0].data);
    if (len < 0 || (size_t)len >= sizeof path || memchr(fields[0].data, 0, fields[0].len))
        return "has a path that is too long or holds a NUL";
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || access(path, R_OK) != 0)
        return "names a file that is not there or cannot be read";
    return add_item(corpus, path, fields[1], fields[2]) ? NULL : "is one more than there is memory for";
}

static int find_in_labels(const char *directory, const char *path, struct evaluate_corpus *corpus)
{
    struct audit_message file = {.max_bytes = LABELS_MAX_BYTES};
    char sentence[SENTENCE_SIZE];
    int exit_code = EX_OK;
    if (!audit_message_read(path, &file) || file.is_cut) {
        snprintf(sentence, sizeof sentence, "%s cannot be read: %s", path, file.is_cut ? "too large" : strerror(errno));
        free(file.raw);
        return audit_fail(EX_NOINPUT, sentence);
    }
    struct cpr_view rest = cpr_view_make(file.raw, file.len), line;
    for (unsigned number = 1; cpr_view_next_line(&rest, &line); number++) {
        struct cpr_view trimmed = cpr_view_trim(line);
        const char *fault = trimmed.len == 0 || trimmed.data[0] == '#' ? NULL : parse_line(directory, line, corpus);
        if (!fault)
            continue;
        snprintf(sentence, sizeof sentence, "%s:%u: this line %s", path, number, fault);
        exit_code = audit_fail(EX_DATAERR, sentence);
    }
    free(file.raw);
    return exit_code;
}

int evaluate_corpus_find(const char *directory, struct evaluate_corpus *corpus_out)
{
    struct stat status;
    char sentence[SENTENCE_SIZE], labels[PATH_SIZE];
    *corpus_out = (struct evaluate_corpus){0};
    if (stat(directory, &status) != 0 || !S_ISDIR(status.st_mode)) {
        snprintf(sentence, sizeof sentence, "%s is no folder that can be read", directory);
        return audit_fail(EX_NOINPUT, sentence);
    }
    int len = snprintf(labels, sizeof labels, "%s/" EVALUATE_LABELS_FILE, directory);
    bool has_labels = len > 0 && (size_t)len < sizeof labels && stat(labels, &status) == 0;
    int exit_code = has_labels ? find_in_labels(directory, labels, corpus_out) : find_in_folders(directory, corpus_out);
    if (exit_code != EX_OK || corpus_out->count > 0)
        return exit_code;
    snprintf(sentence, sizeof sentence, "%s holds no labelled mail: make a folder for each label, or a file %s",
             directory, EVALUATE_LABELS_FILE);
    return audit_fail(EX_DATAERR, sentence);
}
