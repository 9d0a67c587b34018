#include "cpr/judge/phrases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct found {
    char text[512];
};

static void write_down(void *context, size_t at, const struct cpr_phrase *phrase)
{
    struct found *found = context;
    size_t used = strlen(found->text);
    snprintf(found->text + used, sizeof found->text - used, "%zu:%u ", at, phrase->number);
}

/* What of the phrases, which end with NULL, stands where: "place:number " for each. */
static const char *find(const char *const *phrases, const char *text)
{
    static struct found found;
    struct cpr_phrases set;
    found.text[0] = 0;
    cpr_phrases_clear(&set);
    for (uint16_t i = 0; phrases[i]; i++)
        cpr_phrases_add(&set, phrases[i], i);
    cpr_phrases_each(&set, cpr_view_of(text), write_down, &found);
    return found.text;
}

static void each_phrase_is_found_at_each_place_whatever_its_case(void **state)
{
    (void)state;
    static const char *const phrases[] = {"Example CA", "padlock", NULL};
    assert_string_equal(find(phrases, "A PADLOCK of example ca, padlock"), "2:1 13:0 25:1 ");
}

static void phrases_that_begin_alike_are_told_apart(void **state)
{
    (void)state;
    static const char *const phrases[] = {"CA 10", "CA 2", "CA 1", "CA 10", "CA", "CB", "C", NULL};
    assert_string_equal(find(phrases, "ca 10"), "0:0 0:2 0:3 0:4 0:6 ");
    assert_string_equal(find(phrases, "ca 20"), "0:1 0:4 0:6 ");
    assert_string_equal(find(phrases, "CB"), "0:5 0:6 ");
    assert_string_equal(find(phrases, "cc"), "0:6 1:6 ");
}

static void a_phrase_behind_longer_ones_that_do_not_match_is_found(void **state)
{
    (void)state;
    static const char *const phrases[] = {"abcdefg", "abcdefh", "abcdxx", "abcdxy", "abz", "abcd", "ab", NULL};
    assert_string_equal(find(phrases, "abz"), "0:4 0:6 ");
    assert_string_equal(find(phrases, "abcdxy"), "0:3 0:5 0:6 ");
    assert_string_equal(find(phrases, "abcdef"), "0:5 0:6 ");
}

static void a_phrase_that_the_text_cuts_off_is_not_found(void **state)
{
    (void)state;
    static const char *const phrases[] = {"padlock", "pad", "", NULL};
    assert_string_equal(find(phrases, "padloc"), "0:1 ");
    assert_string_equal(find(phrases, ""), "");
}

/* Against the plain way, over every text of five letters. */
static void it_finds_what_the_plain_way_finds(void **state)
{
    (void)state;
    static const char *const phrases[] = {"ab", "abab", "aba", "b", "ba", "bb", "abb", "a", "abab", "aab", NULL};
    for (unsigned bits = 0; bits < 32; bits++) {
        struct found plain = {""};
        char text[6] = "";
        for (unsigned i = 0; i < 5; i++)
            text[i] = bits >> i & 1 ? 'b' : 'a';
        for (size_t at = 0; at < 5; at++)
            for (uint16_t i = 0; phrases[i]; i++)
                if (strncmp(text + at, phrases[i], strlen(phrases[i])) == 0)
                    write_down(&plain, at, &(struct cpr_phrase){.number = i});
        assert_string_equal(find(phrases, text), plain.text);
    }
}

static void a_full_set_takes_no_more(void **state)
{
    (void)state;
    static struct cpr_phrases set;
    static struct found found;
    cpr_phrases_clear(&set);
    for (uint32_t i = 0; i < CPR_PHRASES_MAX; i++)
        cpr_phrases_add(&set, "x", 0);
    cpr_phrases_add(&set, "y", 1);
    cpr_phrases_each(&set, cpr_view_of("y"), write_down, &found);
    assert_string_equal(found.text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_phrase_is_found_at_each_place_whatever_its_case),
        cmocka_unit_test(phrases_that_begin_alike_are_told_apart),
        cmocka_unit_test(a_phrase_behind_longer_ones_that_do_not_match_is_found),
        cmocka_unit_test(a_phrase_that_the_text_cuts_off_is_not_found),
        cmocka_unit_test(it_finds_what_the_plain_way_finds),
        cmocka_unit_test(a_full_set_takes_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
