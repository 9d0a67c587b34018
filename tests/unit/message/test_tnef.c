/* winmail.dat: what Outlook hides in it is read. */
#include "cpr/message/facts.h"
#include "cpr/message/tnef.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void add_number(struct cpr_buffer *out, size_t value, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        cpr_buffer_add_byte(out, (char)(value & 0xFF));
        value >>= 8;
    }
}

static void add_attribute(struct cpr_buffer *out, unsigned id, struct cpr_view value)
{
    cpr_buffer_add_byte(out, 1);
    add_number(out, id, 4);
    add_number(out, value.len, 4);
    cpr_buffer_add(out, value);
    add_number(out, 0, 2);
}

static void add_property(struct cpr_buffer *out, unsigned type, unsigned id, struct cpr_view value)
{
    add_number(out, type, 2);
    add_number(out, id, 2);
    add_number(out, 1, 4);
    add_number(out, value.len, 4);
    cpr_buffer_add(out, value);
    add_number(out, 0, (4 - value.len % 4) % 4);
}

#define BYTES(text) cpr_view_make(text, sizeof(text) - 1)
#define MARK "\x78\x9F\x3E\x22\x01\0"
#define RTF "\0\0\0\0\0\0\0\0MELA\0\0\0\0{\\rtf1 three \\'e9}"

/* Subject, text, HTML, RTF, and two files: a key whose long name is in UTF-16, and a message. */
static void add_message(struct cpr_buffer *out)
{
    struct cpr_buffer properties = cpr_buffer_new(4096);
    cpr_buffer_add(out, BYTES(MARK));
    add_attribute(out, 0x00069007, BYTES("\xE3\x04\0\0\0\0\0\0")); /* windows-1251 */
    add_attribute(out, 0x00018004, BYTES("\xF1\xE5\xF0\xF2\0"));
    add_attribute(out, 0x0002800C, BYTES("one\0"));
    add_number(&properties, 5, 4);
    add_number(&properties, 0x00170003, 4); /* a number, without a length */
    add_number(&properties, 1, 4);
    add_number(&properties, 0x8001000B, 4); /* a named flag */
    cpr_buffer_add(&properties, BYTES("0123456789abcdef\1\0\0\0\3\0\0\0abc\0"));
    add_number(&properties, 1, 4);
    add_property(&properties, 0x001F, 0x1000, BYTES("t\0w\0o\0\0\0"));
    add_property(&properties, 0x0102, 0x1013, BYTES("<b>ht</b>ml"));
    add_property(&properties, 0x0102, 0x1009, BYTES(RTF));
    add_attribute(out, 0x00069003, cpr_buffer_view(&properties));

    add_attribute(out, 0x00069002, BYTES("............"));
    add_attribute(out, 0x0006800F, BYTES("\x01\x02\x03"));
    add_attribute(out, 0x00018010, BYTES("SERVE~1.KEY\0"));
    cpr_buffer_clear(&properties);
    add_number(&properties, 1, 4);
    add_property(&properties, 0x001F, 0x3707, BYTES("s\0.\0k\0e\0y\0\0\0"));
    add_attribute(out, 0x00069005, cpr_buffer_view(&properties));

    struct cpr_buffer inner = cpr_buffer_new(4096);
    cpr_buffer_add(&inner, BYTES("0123456789abcdef" MARK));
    add_attribute(&inner, 0x0002800C, BYTES("inner\0"));
    add_attribute(out, 0x00069002, BYTES("............"));
    cpr_buffer_clear(&properties);
    add_number(&properties, 1, 4);
    add_property(&properties, 0x000D, 0x3701, cpr_buffer_view(&inner));
    add_attribute(out, 0x00069005, cpr_buffer_view(&properties));
    cpr_buffer_free(&properties);
    cpr_buffer_free(&inner);
}

static struct cpr_facts facts;

static void read_with(struct cpr_view tnef)
{
    struct cpr_buffer raw = cpr_buffer_new(64 * 1024);
    cpr_buffer_add_text(&raw, "Content-Type: application/ms-tnef; name=winmail.dat\n\n");
    cpr_buffer_add(&raw, tnef);
    cpr_facts_read(cpr_buffer_view(&raw), false, &facts);
    cpr_buffer_free(&raw);
}

static void what_people_read_becomes_text_and_files_become_parts(void **state)
{
    (void)state;
    struct cpr_buffer tnef = cpr_buffer_new(64 * 1024);
    add_message(&tnef);
    read_with(cpr_buffer_view(&tnef));
    assert_string_equal(cpr_buffer_text(&facts.text),
                        "\xD1\x81\xD0\xB5\xD1\x80\xD1\x82\none\ntwo\nhtml\nthree \xC3\xA9\ninner\n");
    assert_int_equal(facts.part_count, 3);
    assert_string_equal(facts.parts[0].name, "winmail.dat");
    assert_string_equal(facts.parts[1].name, "s.key");
    assert_true(facts.parts[1].is_attachment && facts.parts[1].is_opaque);
    assert_memory_equal(facts.parts[1].bytes.data, "\1\2\3", 3);
    assert_int_equal(facts.limits, 0);
    cpr_facts_free(&facts);
    cpr_buffer_free(&tnef);
}

static void every_cut_is_read_as_far_as_it_goes(void **state)
{
    (void)state;
    struct cpr_buffer tnef = cpr_buffer_new(64 * 1024);
    add_message(&tnef);
    for (size_t len = 0; len < tnef.len; len++) {
        read_with(cpr_view_slice(cpr_buffer_view(&tnef), 0, len));
        assert_true(facts.part_count >= 1);
        cpr_facts_free(&facts);
    }
    read_with(cpr_view_slice(cpr_buffer_view(&tnef), 0, 52));
    assert_int_equal(facts.limits & CPR_READING_DECODE, CPR_READING_DECODE);
    assert_string_equal(cpr_buffer_text(&facts.text), "\xD1\x81\xD0\xB5\xD1\x80\xD1\x82\non\n");
    cpr_facts_free(&facts);
    cpr_buffer_free(&tnef);
}

static void wrong_lengths_and_counts_end_somewhere(void **state)
{
    (void)state;
    read_with(
        BYTES(MARK "\1\3\x90\6\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x1F\x10\x00\x10\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"));
    assert_int_equal(facts.limits, CPR_READING_DECODE);
    cpr_facts_free(&facts);
}

static void messages_inside_messages_end_at_the_depth_cap(void **state)
{
    (void)state;
    struct cpr_buffer tnef = cpr_buffer_new(64 * 1024), next = cpr_buffer_new(64 * 1024);
    cpr_buffer_add(&tnef, BYTES(MARK "\1\4\x80\1\0\1\0\0\0x\0\0"));
    for (int i = 0; i < 40; i++) {
        cpr_buffer_clear(&next);
        cpr_buffer_add(&next, BYTES(MARK));
        add_attribute(&next, 0x0006800F, cpr_buffer_view(&tnef));
        cpr_buffer_clear(&tnef);
        cpr_buffer_add(&tnef, cpr_buffer_view(&next));
    }
    read_with(cpr_buffer_view(&tnef));
    assert_int_equal(facts.limits & CPR_READING_DEPTH, CPR_READING_DEPTH);
    cpr_facts_free(&facts);
    cpr_buffer_free(&tnef);
    cpr_buffer_free(&next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_read_becomes_text_and_files_become_parts),
        cmocka_unit_test(every_cut_is_read_as_far_as_it_goes),
        cmocka_unit_test(wrong_lengths_and_counts_end_somewhere),
        cmocka_unit_test(messages_inside_messages_end_at_the_depth_cap),
    };
    return cmocka_run_group_tests_name("tnef", tests, NULL, NULL);
}
