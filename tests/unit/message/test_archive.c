/* Archives are listed, never unpacked. */
#include "archives.h"
#include "cpr/message/archive.h"
#include "cpr/message/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static struct cpr_buffer archive, notes;
static struct cpr_archive_walk walk;

static int begin(void **state)
{
    (void)state;
    archive = cpr_buffer_new(16 * 1024 * 1024);
    notes = cpr_buffer_new(1024 * 1024);
    return 0;
}

static int end(void **state)
{
    (void)state;
    cpr_buffer_free(&archive);
    cpr_buffer_free(&notes);
    return 0;
}

static void note(void *context, const struct cpr_archive_member *member)
{
    (void)context;
    cpr_buffer_add(&notes, member->name);
    if (member->bytes.len)
        cpr_buffer_add_byte(&notes, '=');
    cpr_buffer_add(&notes, member->bytes);
    cpr_buffer_add_byte(&notes, ';');
}

static const char *list(struct cpr_view bytes)
{
    walk = (struct cpr_archive_walk){.member = note};
    cpr_buffer_clear(&notes);
    return cpr_archive_walk(&walk, bytes) ? cpr_buffer_text(&notes) : "no archive";
}

static const struct zip_entry entries[] = {
    {"dir/", "", ZIP_STORED, 0},
    {"dir/server.key", "packed", ZIP_DEFLATED, 0},
    {"note.txt", "revoke", ZIP_STORED, 0},
};

static void a_zip_is_listed_and_what_is_stored_is_given(void **state)
{
    (void)state;
    zip_add(&archive, entries, 3);
    assert_string_equal(list(cpr_buffer_view(&archive)), "dir/server.key;note.txt=revoke;");
    assert_false(walk.is_cut || walk.is_encrypted);
}

static void bytes_around_a_zip_do_not_matter(void **state)
{
    (void)state;
    cpr_buffer_add_text(&archive, "MZ a program that unpacks itself");
    zip_add(&archive, entries, 3);
    cpr_buffer_add_text(&archive, "\n-- a footer");
    assert_string_equal(list(cpr_buffer_view(&archive)), "dir/server.key;note.txt=revoke;");
    assert_false(walk.is_cut);
}

static void an_encrypted_member_is_a_fact_and_its_bytes_are_none(void **state)
{
    (void)state;
    static const struct zip_entry secret = {"a.key", "stored", ZIP_STORED, ZIP_ENCRYPTED};
    zip_add(&archive, &secret, 1);
    assert_string_equal(list(cpr_buffer_view(&archive)), "a.key;");
    assert_true(walk.is_encrypted);
    assert_false(walk.is_cut);
}

static void a_zip_without_its_directory_is_listed_by_its_local_headers(void **state)
{
    (void)state;
    zip_add_local(&archive, &entries[1]);
    zip_add_local(&archive, &entries[2]);
    assert_string_equal(list(cpr_buffer_view(&archive)), "dir/server.key;note.txt=revoke;");
    assert_true(walk.is_cut);
    archive.len -= 3; /* in the middle of the stored bytes */
    assert_string_equal(list(cpr_buffer_view(&archive)), "dir/server.key;note.txt;");
}

static void tar_is_listed_with_its_long_names(void **state)
{
    (void)state;
    tar_add(&archive, '5', "", "dir/", "");
    tar_add(&archive, '0', "", "server.key", "PEM");
    tar_add(&archive, '0', "dir/deep", "a.txt", "");
    tar_add(&archive, 'L', "", "././@LongLink", "a/long/name.pem");
    tar_add(&archive, '0', "", "a/long", "one");
    tar_add(&archive, 'x', "", "pax", "12 mtime=1.5\n21 path=other/name.p12\n");
    tar_add(&archive, '0', "", "other", "two");
    tar_end(&archive);
    assert_string_equal(list(cpr_buffer_view(&archive)),
                        "server.key=PEM;dir/deep/a.txt;a/long/name.pem=one;other/name.p12=two;");
    assert_false(walk.is_cut);
    assert_string_equal(list(cpr_view_slice(cpr_buffer_view(&archive), 0, 512 + 512 + 2)), "server.key;");
    assert_true(walk.is_cut);
}

static void other_bytes_are_no_archive(void **state)
{
    (void)state;
    static const char zeros[1024];
    assert_string_equal(list(cpr_view_of("")), "no archive");
    assert_string_equal(list(cpr_view_of("a mail about PK\5\6 and PK\3\4, its marks, with words behind them")),
                        "no archive");
    assert_string_equal(list(cpr_view_make(zeros, sizeof zeros)), "no archive");
    assert_string_equal(list(cpr_view_of("Rar!\x1A\7")), "no archive");
}

static void a_bomb_is_a_list(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3000; i++)
        tar_add(&archive, '0', "", "a", "");
    list(cpr_buffer_view(&archive));
    assert_int_equal(walk.members, CPR_ARCHIVE_MEMBERS_MAX);
    assert_true(walk.is_cut);

    /* Directory entries that all show the same stored bytes: given as often as the file is long. */
    char data[1001] = "";
    memset(data, 'k', 1000);
    struct zip_entry twins[10];
    for (size_t i = 0; i < 10; i++)
        twins[i] = (struct zip_entry){"a", i ? "" : data, ZIP_STORED, 0};
    cpr_buffer_clear(&archive);
    zip_add(&archive, twins, 10);
    for (size_t i = 0, at = 0; i < 10; i++, at++) {
        at = cpr_view_find(cpr_buffer_view(&archive), "PK\1\2", at);
        memcpy(archive.data + at + 20, "\xE8\3\0\0\xE8\3\0\0", 8); /* 1000 bytes ... */
        memset(archive.data + at + 42, 0, 4);                      /* ... from the first one's header */
    }
    list(cpr_buffer_view(&archive));
    assert_int_equal(notes.len, 10 * 2 + 1 * (1 + 1000));
    assert_int_equal(walk.members, 10);
    assert_true(walk.is_cut);
}

/* ---- in a message ------------------------------------------------------------------------------------------------ */

static struct cpr_facts facts;

static void read_with(const char *head)
{
    struct cpr_buffer raw = cpr_buffer_new(16 * 1024 * 1024);
    cpr_buffer_add_text(&raw, head);
    cpr_buffer_add(&raw, cpr_buffer_view(&archive));
    cpr_facts_read(cpr_buffer_view(&raw), false, &facts);
    cpr_buffer_free(&raw);
}

static void members_are_facts_whatever_the_file_is_called(void **state)
{
    (void)state;
    zip_add(&archive, entries, 3);
    static const char *const heads[] = {
        "Content-Type: application/zip; name=keys.zip\n\n",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=keys.zip\n\n",
        "Content-Type: image/png; name=keys.zip\n\n",
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        read_with(heads[i]);
        assert_string_equal(cpr_buffer_text(&facts.members), "keys.zip: dir/server.key\nkeys.zip: note.txt\n");
        assert_string_equal(cpr_buffer_text(&facts.text), "revoke\n");
        assert_int_equal(facts.part_count, 2);
        assert_string_equal(facts.parts[0].name, "keys.zip");
        assert_false(facts.parts[0].is_member);
        assert_string_equal(facts.parts[1].name, "keys.zip: note.txt");
        assert_true(facts.parts[1].is_member);
        assert_int_equal(facts.limits, 0);
        cpr_facts_free(&facts);
    }
}

static void archives_in_archives_are_read(void **state)
{
    (void)state;
    struct cpr_buffer inner = cpr_buffer_new(64 * 1024);
    tar_add(&inner, '0', "", "a.txt", "revoke");
    struct cpr_buffer text = cpr_buffer_new(64 * 1024);
    cpr_buffer_add_text(&text, "begin 644 x.tar\n"); /* a text file in tar that holds a uuencoded file */
    cpr_buffer_add_text(&text, "end\n");
    tar_add(&archive, '0', "", "t.txt", cpr_buffer_text(&text));
    tar_add(&archive, '0', "", "note.eml", "Subject: one\n\ntwo\n");
    tar_end(&archive);
    read_with("Content-Type: application/x-tar\n\n");
    assert_string_equal(cpr_buffer_text(&facts.members), "archive: t.txt\narchive: note.eml\n");
    assert_string_equal(cpr_buffer_text(&facts.text), "begin 644 x.tar\nend\none\ntwo\n");
    cpr_facts_free(&facts);
    cpr_buffer_free(&inner);
    cpr_buffer_free(&text);
}

static void names_are_clean_and_end_as_they_end(void **state)
{
    (void)state;
    char name[400];
    memset(name, 'x', sizeof name);
    memcpy(name + sizeof name - 8, "\n\x84.key", 7);
    name[sizeof name - 1] = 0;
    const struct zip_entry entry = {name, "", ZIP_DEFLATED, 0};
    zip_add(&archive, &entry, 1);
    read_with("Content-Type: application/zip; name=a.zip\n\n");
    assert_int_equal(facts.members.len, 128);
    assert_true(cpr_view_ends_nocase(cpr_buffer_view(&facts.members), "x \xE2\x80\x9E.key\n"));
    cpr_facts_free(&facts);
}

static void inner_parts_of_office_documents_are_not_listed(void **state)
{
    (void)state;
    static const struct zip_entry document[] = {{"[Content_Types].xml", "x", ZIP_DEFLATED, 0},
                                                {"_rels/.rels", "x", ZIP_DEFLATED, 0},
                                                {"word/media/scan.png", "x", ZIP_DEFLATED, 0}};
    zip_add(&archive, document, 3);
    read_with("Content-Type: application/zip; name=a.docx\n\n");
    assert_string_equal(cpr_buffer_text(&facts.members), "a.docx: word/media/scan.png\n");
    cpr_facts_free(&facts);
}

static void what_could_not_be_listed_is_a_fact(void **state)
{
    (void)state;
    zip_add_local(&archive, &entries[1]);
    read_with("Content-Type: application/zip\n\n");
    assert_int_equal(facts.limits, CPR_READING_ARCHIVE_CUT);
    cpr_facts_free(&facts);

    char name[100];
    for (int i = 0; i < 1900; i++) {
        snprintf(name, sizeof name, "%060d", i);
        tar_add(&archive, '0', "", name, "");
    }
    read_with("Content-Type: application/x-tar\n\n");
    assert_int_equal(facts.limits, CPR_READING_ARCHIVE_CUT);
    cpr_facts_free(&facts);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_zip_is_listed_and_what_is_stored_is_given),
        TEST(bytes_around_a_zip_do_not_matter),
        TEST(an_encrypted_member_is_a_fact_and_its_bytes_are_none),
        TEST(a_zip_without_its_directory_is_listed_by_its_local_headers),
        TEST(tar_is_listed_with_its_long_names),
        TEST(other_bytes_are_no_archive),
        TEST(a_bomb_is_a_list),
        TEST(members_are_facts_whatever_the_file_is_called),
        TEST(archives_in_archives_are_read),
        TEST(names_are_clean_and_end_as_they_end),
        TEST(inner_parts_of_office_documents_are_not_listed),
        TEST(what_could_not_be_listed_is_a_fact),
    };
    return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
