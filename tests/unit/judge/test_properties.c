/* What holds for every mail: benign additions lower nothing, evidence only raises, what comes out is clean, and the
 * same bytes give the same reading. Over all samples; the numbers that choose are printed, and the same in every run.
 */
#include "samples.h"
#include "cpr/judge/judge.h"
#include "cpr/judge/verdict.h"
#include "cpr/message/header.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MAIL_MAX = 16 * 1024 * 1024 };

static const char *const folders[] = {CPR_SOURCE_DIR "/tests/samples/cpr", CPR_SOURCE_DIR "/tests/samples/near_miss"};
static uint64_t random_state;

static uint32_t choose(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 33) % below;
}

static void seed(uint64_t number)
{
    random_state = number;
    print_message("seed %llu\n", (unsigned long long)number);
}

static struct cpr_reading *judge(struct cpr_view raw)
{
    struct cpr_reading *reading = malloc(sizeof *reading);
    assert_non_null(reading);
    cpr_judge_message(raw, false, NULL, reading);
    assert_true(cpr_reading_is_sound(reading));
    return reading;
}

static enum cpr_verdict verdict_of(struct cpr_view raw)
{
    struct cpr_reading *reading = judge(raw);
    enum cpr_verdict verdict = reading->verdict;
    free(reading);
    return verdict;
}

static bool has_signal(const struct cpr_reading *reading, const char *id)
{
    for (uint32_t i = 0; i < reading->signal_count; i++)
        if (strcmp(reading->signals[i].id, id) == 0)
            return true;
    return false;
}

/* ---- adding to a mail -------------------------------------------------------------------------------------------- */

static void add_fields(struct cpr_buffer *mail, struct cpr_view header, bool wants_content)
{
    struct cpr_header_field field;
    while (cpr_header_next(&header, &field)) {
        bool is_content = cpr_view_starts_nocase(field.name, "Content-") ||
                          cpr_view_equal_nocase(field.name, cpr_view_of("MIME-Version"));
        if (is_content != wants_content)
            continue;
        cpr_buffer_add(mail, field.name);
        cpr_buffer_add_text(mail, ": ");
        cpr_buffer_add(mail, field.value);
        cpr_buffer_add_text(mail, "\r\n");
    }
}

/* The mail as one part among others: `parts` are whole parts with their boundary lines, above or below it. */
static void surround(struct cpr_buffer *mail, struct cpr_view raw, const char *fields, struct cpr_view above,
                     struct cpr_view below)
{
    struct cpr_header_split split;
    cpr_header_split(cpr_header_skip_preface(raw), &split);
    cpr_buffer_clear(mail);
    add_fields(mail, split.header, false);
    cpr_buffer_add_text(mail, fields);
    cpr_buffer_add_text(mail, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_around\"\r\n\r\n");
    cpr_buffer_add(mail, above);
    cpr_buffer_add_text(mail, "--=_around\r\n");
    add_fields(mail, split.header, true);
    cpr_buffer_add_text(mail, "\r\n");
    cpr_buffer_add(mail, split.body);
    cpr_buffer_add_text(mail, "\r\n");
    cpr_buffer_add(mail, below);
    cpr_buffer_add_text(mail, "--=_around--\r\n");
}

#define TEXT_PART "--=_around\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"

static void add_padding(struct cpr_buffer *out, size_t bytes)
{
    static const char *const sentences[] = {
        "The meeting on Thursday begins at ten in the large room.\r\n",
        "Please bring the figures of last quarter with you.\r\n",
        "This message is confidential and meant for its recipient only.\r\n",
        "If you are not the recipient, delete it and tell the sender.\r\n",
        "Kind regards from the whole team,\r\nExample Ltd, Hill Street 1\r\n",
        "Tel. +49 30 0000 000, Fax +49 30 0000 001\r\n",
        "Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail drucken.\r\n",
        "Ce message et ses pièces jointes sont confidentiels.\r\n",
        "Заседание начинается в десять часов.\r\n",
        "会議は十時に始まります。\r\n",
        "> On Monday somebody wrote about lunch.\r\n",
        "-- \r\nSent from my phone\r\n",
        "https://www.example.org/about?ref=footer\r\n",
        "\r\n",
    };
    cpr_buffer_add_text(out, TEXT_PART);
    for (size_t start = out->len; out->len - start < bytes;)
        cpr_buffer_add_text(out, sentences[choose(sizeof sentences / sizeof sentences[0])]);
}

static const char *const benign_parts[] = {
    "--=_around\r\nContent-Type: image/png; name=\"logo.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\r\n",
    "--=_around\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Visit <a "
    "href=\"https://www.example.org\">us</a>\r\n",
    "--=_around\r\nContent-Type: application/pgp-signature; name=\"signature.asc\"\r\n\r\n-----BEGIN PGP "
    "SIGNATURE-----\r\n"
    "\r\niQEzBAEBCAAdFiEEq\r\n=ab12\r\n-----END PGP SIGNATURE-----\r\n",
    "--=_around\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "--=_around\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nHello\r\n",
    "--=_around\r\n\r\n",
};

static const char *const benign_fields[] = {
    "X-Spam-Status: Yes, score=12.1 required=5.0 tests=BAYES_99,HTML_MESSAGE\r\n",
    "List-Unsubscribe: <mailto:off@b.example>\r\nPrecedence: bulk\r\n",
    "DKIM-Signature: v=1; a=rsa-sha256; d=b.example; s=k; h=from; bh=AAAA; b=BBBB\r\n",
    "X-MS-Exchange-Organization-SCL: 9\r\nThread-Index: AdAAAA==\r\nX-Mailer: Example 1.0\r\n",
};

/* ---- properties -------------------------------------------------------------------------------------------------- */

struct tally {
    unsigned checked, lower, softer;
};

static void note(struct tally *tally, const char *path, const char *what, enum cpr_verdict from, enum cpr_verdict to,
                 enum cpr_verdict least)
{
    tally->checked++;
    tally->lower += to < least;
    tally->softer += to < from;
    if (to < least)
        print_message("%s, %s: %s, was %s\n", path, what, cpr_verdict_name(to), cpr_verdict_name(from));
}

/* The words of a subject and the first of the text count together. What is put between them can part them: a probable
 * report is then possible, and that is rare. */
static enum cpr_verdict least_below_more_text(enum cpr_verdict verdict)
{
    return verdict > CPR_VERDICT_POSSIBLE ? CPR_VERDICT_POSSIBLE : verdict;
}

/* A short mail counts for what it names ("little-else", "status-named", "brief"): what is long is not short. It
 * surfaces all the same, but for two lines about a status service. */
static enum cpr_verdict least_when_long(const struct cpr_reading *reading)
{
    if (has_signal(reading, "brief")) { /* what the score is without it */
        int32_t score = reading->score - (has_signal(reading, "brief-voice") ? 26 : 1);
        if (score < CPR_SCORE_POSSIBLE || has_signal(reading, "status-named"))
            return CPR_VERDICT_UNLIKELY;
        if (score < CPR_SCORE_PROBABLE && reading->verdict == CPR_VERDICT_PROBABLE)
            return CPR_VERDICT_POSSIBLE;
    }
    if (has_signal(reading, "status-named"))
        return CPR_VERDICT_UNLIKELY;
    if (has_signal(reading, "little-else") && reading->verdict == CPR_VERDICT_PROBABLE)
        return CPR_VERDICT_POSSIBLE;
    return reading->verdict;
}

static void pad(void *context, const char *path)
{
    static const char *const names[] = {"padding above", "padding below", "padding around", "much padding"};
    struct cpr_buffer file = sample_read(path), mail = cpr_buffer_new(MAIL_MAX), none = cpr_buffer_new(0);
    struct cpr_reading *reading = judge(cpr_buffer_view(&file));
    for (size_t i = 0; i < 4; i++) {
        struct cpr_buffer above = cpr_buffer_new(MAIL_MAX), below = cpr_buffer_new(MAIL_MAX);
        add_padding(&above, 100 + choose(i == 3 ? 60000 : 2000));
        add_padding(&below, 100 + choose(i == 3 ? 60000 : 2000));
        surround(&mail, cpr_buffer_view(&file), "", cpr_buffer_view(i == 1 ? &none : &above),
                 cpr_buffer_view(i == 0 ? &none : &below));
        enum cpr_verdict least = least_when_long(reading);
        note(context, path, names[i], least, verdict_of(cpr_buffer_view(&mail)),
             i == 1 ? least : least_below_more_text(least));
        cpr_buffer_free(&above);
        cpr_buffer_free(&below);
    }
    free(reading);
    cpr_buffer_free(&none);
    cpr_buffer_free(&mail);
    cpr_buffer_free(&file);
}

static void add_harmless(void *context, const char *path)
{
    struct cpr_buffer file = sample_read(path), mail = cpr_buffer_new(MAIL_MAX);
    enum cpr_verdict before = verdict_of(cpr_buffer_view(&file));
    struct cpr_view none = cpr_view_of("");
    for (size_t i = 0; i < sizeof benign_parts / sizeof benign_parts[0]; i++) {
        surround(&mail, cpr_buffer_view(&file), "", none, cpr_view_of(benign_parts[i]));
        note(context, path, benign_parts[i], before, verdict_of(cpr_buffer_view(&mail)), before);
        surround(&mail, cpr_buffer_view(&file), "", cpr_view_of(benign_parts[i]), none);
        note(context, path, benign_parts[i], before, verdict_of(cpr_buffer_view(&mail)), least_below_more_text(before));
    }
    for (size_t i = 0; i < sizeof benign_fields / sizeof benign_fields[0]; i++) {
        surround(&mail, cpr_buffer_view(&file), benign_fields[i], none, none);
        note(context, path, benign_fields[i], before, verdict_of(cpr_buffer_view(&mail)), before);
    }
    cpr_buffer_free(&mail);
    cpr_buffer_free(&file);
}

/* Which of several Subject and From fields a person sees is up to the program. */
static void add_second_fields(void *context, const char *path)
{
    static const char *const fields[] = {"Subject: Minutes of the meeting on Thursday\r\n",
                                         "From: Lunch <lunch@menu.example>\r\n"};
    struct cpr_buffer file = sample_read(path), mail = cpr_buffer_new(MAIL_MAX);
    enum cpr_verdict before = verdict_of(cpr_buffer_view(&file));
    struct cpr_view raw = cpr_header_skip_preface(cpr_buffer_view(&file));
    struct cpr_header_split split;
    cpr_header_split(raw, &split);
    for (size_t i = 0; i < 4; i++) {
        size_t at = i & 1 ? split.header.len : 0;
        cpr_buffer_clear(&mail);
        cpr_buffer_add(&mail, cpr_view_slice(raw, 0, at));
        cpr_buffer_add_text(&mail, fields[i / 2]);
        cpr_buffer_add(&mail, cpr_view_slice(raw, at, raw.len));
        note(context, path, i & 1 ? "a second field below" : "a second field above", before,
             verdict_of(cpr_buffer_view(&mail)), before);
    }
    cpr_buffer_free(&mail);
    cpr_buffer_free(&file);
}

static struct cpr_buffer certificate, key;

/* What stands in a sample between two marks, as a part of its own. */
static struct cpr_buffer part_of(const char *name, const char *begin, const char *end, const char *head)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/samples/cpr/%s.eml", CPR_SOURCE_DIR, name);
    struct cpr_buffer out = cpr_buffer_new(64 * 1024), file = sample_read(path);
    struct cpr_view raw = cpr_buffer_view(&file);
    size_t from = cpr_view_find(raw, begin, 0), to = cpr_view_find(raw, end, from);
    assert_true(from != CPR_VIEW_NOT_FOUND && to != CPR_VIEW_NOT_FOUND);
    cpr_buffer_add_text(&out, head);
    cpr_buffer_add(&out, cpr_view_slice(raw, from, to - from));
    cpr_buffer_add_text(&out, "\r\n");
    cpr_buffer_free(&file);
    return out;
}

static void add_evidence(void *context, const char *path)
{
    static const char *const lines[] = {
        TEXT_PART "https://crt.sh/?id=1234567\r\n",
        TEXT_PART "Serial number: 2d:1f:f0:a2:c3:d4:e5:f6:07:18:29:3a:4b:5c:6d:7e\r\n",
        TEXT_PART "This violates section 4.9.1.1 of the Baseline Requirements.\r\n",
        TEXT_PART "e_sub_cert_aia_does_not_contain_ocsp_url\r\n",
        "--=_around\r\nContent-Type: application/octet-stream; name=\"server.key\"\r\n\r\nx\r\n",
        NULL,
        NULL,
    };
    struct cpr_buffer file = sample_read(path), mail = cpr_buffer_new(MAIL_MAX);
    enum cpr_verdict before = verdict_of(cpr_buffer_view(&file));
    enum cpr_verdict least = before > CPR_VERDICT_POSSIBLE ? before : CPR_VERDICT_POSSIBLE;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct cpr_view part = lines[i] ? cpr_view_of(lines[i]) : cpr_buffer_view(i & 1 ? &certificate : &key);
        surround(&mail, cpr_buffer_view(&file), "", cpr_view_of(""), part);
        note(context, path,
             lines[i] ? lines[i]
             : i & 1  ? "a certificate"
                      : "a key",
             before, verdict_of(cpr_buffer_view(&mail)), least);
        surround(&mail, cpr_buffer_view(&file), "", part, cpr_view_of(""));
        note(context, path,
             lines[i] ? lines[i]
             : i & 1  ? "a certificate"
                      : "a key",
             before, verdict_of(cpr_buffer_view(&mail)), least);
    }
    cpr_buffer_free(&mail);
    cpr_buffer_free(&file);
}

/* Bytes that are lost, doubled or changed on the way; what comes out is sound, and the same after other mail. */
static void bend(void *context, const char *path)
{
    struct tally *tally = context;
    struct cpr_buffer file = sample_read(path);
    for (size_t i = 0; i < 3 && file.len > 0; i++) {
        struct cpr_buffer mail = cpr_buffer_new(MAIL_MAX);
        size_t from = choose((uint32_t)file.len), len = choose(200);
        struct cpr_view raw = cpr_buffer_view(&file);
        cpr_buffer_add(&mail, cpr_view_slice(raw, 0, from));
        for (size_t k = 0; i == 0 && k < len; k++)
            cpr_buffer_add_byte(&mail, (char)choose(256));
        cpr_buffer_add(&mail, cpr_view_slice(raw, i == 1 ? from / 2 : from + len, raw.len));
        struct cpr_reading *first = judge(cpr_buffer_view(&mail)), *other = judge(raw);
        struct cpr_reading *again = judge(cpr_buffer_view(&mail));
        assert_memory_equal(first, again, sizeof *first);
        tally->checked++;
        free(first);
        free(other);
        free(again);
        cpr_buffer_free(&mail);
    }
    cpr_buffer_free(&file);
}

static void check(void (*visit)(void *context, const char *path), unsigned least)
{
    struct tally tally = {0};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        sample_each(folders[i], visit, &tally);
    print_message("%u checked, %u lower than they may be, %u probable ones possible\n", tally.checked, tally.lower,
                  tally.softer);
    assert_true(tally.checked >= least);
    assert_int_equal(tally.lower, 0);
    assert_true(tally.softer * 20 <= tally.checked); /* most of them short mails no more */
}

static void padding_lowers_nothing(void **state)
{
    (void)state;
    seed(20260305);
    check(pad, 1200);
}

static void harmless_parts_and_fields_lower_nothing(void **state)
{
    (void)state;
    check(add_harmless, 4800);
}

static void a_second_subject_or_sender_hides_nothing(void **state)
{
    (void)state;
    check(add_second_fields, 1200);
}

static void evidence_makes_every_mail_possible_and_lowers_none(void **state)
{
    (void)state;
    certificate = part_of("01-short-mail-with-pem", "Content-Type: application/", "\n--=_1--", "--=_around\r\n");
    key = part_of("15-key-in-text", "-----BEGIN", "\n\n", TEXT_PART);
    check(add_evidence, 4200);
    cpr_buffer_free(&certificate);
    cpr_buffer_free(&key);
}

static void bent_bytes_give_a_sound_reading_and_the_same_one_twice(void **state)
{
    (void)state;
    seed(4294967291);
    check(bend, 900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(padding_lowers_nothing),
        cmocka_unit_test(harmless_parts_and_fields_lower_nothing),
        cmocka_unit_test(a_second_subject_or_sender_hides_nothing),
        cmocka_unit_test(evidence_makes_every_mail_possible_and_lowers_none),
        cmocka_unit_test(bent_bytes_give_a_sound_reading_and_the_same_one_twice),
    };
    return cmocka_run_group_tests_name("properties", tests, NULL, NULL);
}
