#include "samples.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

struct cpr_buffer sample_read(const char *path)
{
    struct cpr_buffer buffer = cpr_buffer_new(16 * 1024 * 1024);
    FILE *file = fopen(path, "rb");
    char chunk[65536];
    size_t len;
    assert_non_null(file);
    while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
        cpr_buffer_add(&buffer, cpr_view_make(chunk, len));
    fclose(file);
    return buffer;
}

size_t sample_each(const char *folder, void (*visit)(void *context, const char *path), void *context)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    size_t visited = 0;
    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') {
            visit(context, path);
            visited++;
        }
        free(entries[i]);
    }
    free(entries);
    return visited;
}

struct cpr_buffer sample_wrap(struct cpr_view text)
{
    struct cpr_buffer mail = cpr_buffer_new(1024 * 1024);
    struct cpr_view line, subject = {0};
    while (cpr_view_next_line(&text, &line) && line.len > 0)
        if (cpr_view_starts_nocase(line, "Subject:"))
            subject = cpr_view_trim(cpr_view_slice(line, 8, line.len));
    if (cpr_view_starts_nocase(subject, "(")) /* "(none given)" */
        subject = cpr_view_of("");
    cpr_buffer_add_text(&mail,
                        "Return-Path: <someone@mail.example>\r\n"
                        "Received: from mail.example (mail.example [192.0.2.7]) by mx.ca.example with ESMTPS;\r\n"
                        "\tTue, 5 Mar 2024 15:19:07 +0000\r\n"
                        "From: Someone <someone@mail.example>\r\nTo: problem-reports@ca.example\r\n"
                        "Date: Tue, 5 Mar 2024 15:19:01 +0000\r\nMessage-ID: <1@mail.example>\r\n"
                        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: 8bit\r\nSubject: ");
    cpr_buffer_add(&mail, subject);
    cpr_buffer_add_text(&mail, "\r\n\r\n");
    while (cpr_view_next_line(&text, &line)) {
        cpr_buffer_add(&mail, line);
        cpr_buffer_add_text(&mail, "\r\n");
    }
    return mail;
}
