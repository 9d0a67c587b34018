/* Mail made to break readers: each is read or says by the name of a limit why not, in bounded memory. */
#include "archives.h"
#include "cpr/message/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* Over what the process had before: the facts, their text, one decoded copy of a message of 8 MiB and what it becomes.
 * The sanitizers keep what was freed, so that only a build without them is held to it. */
enum { MEMORY_MAX_KIB = 128 * 1024 };

static void repeat(struct cpr_buffer *raw, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cpr_buffer_add_text(raw, text);
}

static void nested_messages(struct cpr_buffer *raw)
{
    repeat(raw, "Content-Type: message/rfc822\n\n", 1000);
    cpr_buffer_add_text(raw, "Subject: x\n\nrevoke\n");
}

static void nested_multiparts(struct cpr_buffer *raw)
{
    for (int i = 0; i < 1000; i++)
        cpr_buffer_add_format(raw, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    cpr_buffer_add_text(raw, "\nrevoke\n");
}

static void many_fields(struct cpr_buffer *raw)
{
    repeat(raw, "X-A: b\n", 100000);
    cpr_buffer_add_text(raw, "\nrevoke\n");
}

static void one_line(struct cpr_buffer *raw)
{
    cpr_buffer_add_text(raw, "Subject: x\n\nrevoke ");
    repeat(raw, "0123456789", 5000000);
}

static void many_parts(struct cpr_buffer *raw)
{
    cpr_buffer_add_text(raw, "Content-Type: multipart/mixed; boundary=b\n\n");
    repeat(raw, "--b\n\nx\n", 100000);
    cpr_buffer_add_text(raw, "revoke\n");
}

static void zip_of_many(struct cpr_buffer *raw)
{
    static const struct zip_entry entry = {"a.bin", "not inflated", ZIP_DEFLATED, 0};
    cpr_buffer_add_text(raw, "Content-Type: application/zip\n\n");
    for (int i = 0; i < 20000; i++)
        zip_add_local(raw, &entry);
}

static void tar_in_tar(struct cpr_buffer *raw)
{
    struct cpr_buffer inner = cpr_buffer_new(1024 * 1024);
    cpr_buffer_add_text(&inner, "begin");
    cpr_buffer_add_text(raw, "Content-Type: application/x-tar\n\n");
    for (int i = 0; i < 50; i++) {
        struct cpr_buffer next = cpr_buffer_new(1024 * 1024);
        tar_add(&next, '0', "", "a", i ? "" : "x");
        size_t len = inner.len;
        if (i) { /* the size of what is put in, which holds NULs */
            char size[12], sum[8];
            unsigned total = 0;
            snprintf(size, sizeof size, "%011zo", len);
            memcpy(next.data + 124, size, 11);
            memset(next.data + 148, ' ', 8);
            for (size_t k = 0; k < 512; k++)
                total += (unsigned char)next.data[k];
            snprintf(sum, sizeof sum, "%06o", total & 0777777);
            memcpy(next.data + 148, sum, 7);
            cpr_buffer_add(&next, cpr_buffer_view(&inner));
            while (next.len % 512)
                cpr_buffer_add_byte(&next, 0);
        }
        cpr_buffer_free(&inner);
        inner = next;
    }
    cpr_buffer_add(raw, cpr_buffer_view(&inner));
    cpr_buffer_free(&inner);
}

static void utf_7(struct cpr_buffer *raw)
{
    cpr_buffer_add_text(raw, "Content-Type: text/plain; charset=utf-7\n\n+AHIAZQB2AG8AawBl- revoke\n");
}

static void iso_2022_cn_ext(struct cpr_buffer *raw)
{
    cpr_buffer_add_text(raw, "Content-Type: text/plain; charset=ISO-2022-CN-EXT\n\n\x1B$*H\x1BN!! revoke\n");
}

static void lone_surrogates(struct cpr_buffer *raw)
{
    cpr_buffer_add_text(raw, "Content-Type: text/plain; charset=utf-16be\nContent-Transfer-Encoding: base64\n\n");
    cpr_buffer_add_text(raw, "2AAAciAA3AAAZQB2AG8AawBl\n"); /* D800 r 2000 DC00 e v o k e */
}

static void overlong(struct cpr_buffer *raw)
{
    cpr_buffer_add_text(raw, "Content-Type: text/plain; charset=utf-8\n\n\xC1\xB2 \xE0\x81\xB2 \xED\xA0\x80 revoke\n");
}

static const struct bomb {
    const char *name;
    void (*make)(struct cpr_buffer *raw);
    uint32_t want;
    bool has_word; /* "revoke", where it can be found at all */
} bombs[] = {
    {"1,000 messages in each other", nested_messages, CPR_READING_DEPTH, true},
    {"1,000 multiparts in each other", nested_multiparts, CPR_READING_DEPTH, true},
    {"100,000 fields", many_fields, CPR_READING_HEADER_CUT, true},
    {"a line of 50 MB", one_line, CPR_READING_CUT | CPR_READING_TEXT_CUT, true},
    {"100,000 parts", many_parts, CPR_READING_PARTS | CPR_READING_TEXT_CUT, true},
    {"a zip of 20,000", zip_of_many, CPR_READING_ARCHIVE_CUT, false},
    {"50 archives in each other", tar_in_tar, CPR_READING_DEPTH, false},
    {"UTF-7", utf_7, CPR_READING_CHARSET, true},
    {"ISO-2022-CN-EXT", iso_2022_cn_ext, CPR_READING_CHARSET, true},
    {"lone surrogates", lone_surrogates, 0, false},
    {"overlong UTF-8", overlong, 0, true},
};

static long resident_max_kib(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void a_bomb_is_read_or_its_limit_is_named(void **state)
{
    (void)state;
    static struct cpr_facts facts;
    struct cpr_buffer raw = cpr_buffer_new(64 * 1024 * 1024);
    one_line(&raw); /* the largest: what the test itself needs is counted before */
    long before_kib = resident_max_kib();
    for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
        cpr_buffer_clear(&raw);
        bombs[i].make(&raw);
        cpr_facts_read(cpr_buffer_view(&raw), false, &facts);
        if ((facts.limits & bombs[i].want) != bombs[i].want || (!bombs[i].want && facts.limits & CPR_READING_CUT))
            fail_msg("%s: limits %x have not %x", bombs[i].name, facts.limits, bombs[i].want);
        if (bombs[i].has_word && cpr_view_find(cpr_buffer_view(&facts.text), "revoke", 0) == CPR_VIEW_NOT_FOUND)
            fail_msg("%s: its word was not read", bombs[i].name);
        cpr_facts_free(&facts);
    }
    cpr_buffer_free(&raw);
#ifndef __SANITIZE_ADDRESS__
    assert_true(resident_max_kib() - before_kib < MEMORY_MAX_KIB);
#else
    (void)before_kib;
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_bomb_is_read_or_its_limit_is_named)};
    return cmocka_run_group_tests_name("bombs", tests, NULL, NULL);
}
