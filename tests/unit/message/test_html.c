/* HTML to text: what a reader must find although somebody took the words apart. */
#include "cpr/message/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void check(const char *in, const char *want_text, const char *want_hrefs)
{
    struct cpr_transcript transcript = cpr_transcript_new();
    struct cpr_buffer hrefs = cpr_buffer_new(4096);
    cpr_html_read(cpr_view_of(in), &transcript, &hrefs);
    assert_string_equal(cpr_buffer_text(&transcript.text), want_text);
    assert_string_equal(cpr_buffer_text(&hrefs), want_hrefs);
    cpr_transcript_free(&transcript);
    cpr_buffer_free(&hrefs);
}

static void text_is_what_is_left_without_the_tags(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"re<b></b>voke", "revoke"},
        {"re<span style='font-size:0'></span>v<i>o</i>ke", "revoke"},
        {"re<!-- x -->voke", "revoke"},
        {"re<![endif]>voke<?xml x?>d", "revoked"},
        {"<p>one</p><p>two", "one\ntwo"},
        {"one<br>two<BR/>three", "one\ntwo\nthree"},
        {"  a \n\t b  ", "a b"},
        {"<pre>a\n  b</pre>c", "a\nb\nc"},
        {"<td>serial</td><td>1234</td>", "serial\t1234"},
        {"<tr><td>a<td>b</td></tr><tr> <td> c </td>\t<td> d", "a\tb\nc\td"},
        {"<tr><td><p>a</p></td><td><div>b</div><div>c</div></td></tr>d", "a\tb\nc\nd"},
        {"<tr><th>a</th><th></th><th>b&#9;c</th></tr><tr><td>d<td><td>e", "a\t\tb c\nd\t\te"},
        {"<tr><td>a</td><td></td></tr><tr><td>b</td></tr></table>c", "a\t\nb\nc"},
        {"<tr><td><table><tr><td>a</td></tr></table></td><td><p>b</td><td><br>c</td></tr>", "a\tb\tc"},
        {"<div style=\"display:none\">hidden stays</div>", "hidden stays"},
        {"<style>p {}</style><script>1<2</script>x", "x"},
        {"<SCRIPT src=a></sCript >x", "x"},
        {"<script>never closed", "never closed"},
        {"<!-- never closed", "<!-- never closed"},
        {"<!-- never closed <b>bold</b>", "bold"},
        {"<a title='>'>x</a>", "x"},
        {"<a title='>x</a> y", "x y"},
        {"1 < 2 <3 <", "1 < 2 <3 <"},
        {"<title>t</title>body", "t\nbody"},
        {"x<a href=y", "x<a href=y"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_transcript transcript = cpr_transcript_new();
        struct cpr_buffer hrefs = cpr_buffer_new(4096);
        cpr_html_read(cpr_view_of(table[i].in), &transcript, &hrefs);
        cpr_transcript_finish(&transcript);
        struct cpr_view text = cpr_view_trim(cpr_buffer_view(&transcript.text));
        assert_int_equal(text.len, cpr_view_of(table[i].want).len);
        assert_true(cpr_view_equal(text, cpr_view_of(table[i].want)));
        cpr_transcript_free(&transcript);
        cpr_buffer_free(&hrefs);
    }
}

static void letters_hidden_inside_a_word_do_not_split_it(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"re<span style=\"display:none\">x</span>voke", "rexvoke\nrevoke"},
        {"re<font style='FONT-SIZE: 0px'>x</font>voke it", "rexvoke it\nrevoke it"},
        {"re<i hidden>x y</i>voke", "rex yvoke\nrevoke"},
        {"re<span style='visibility:hidden'>a<span>b</span>c</span>voke", "reabcvoke\nrevoke"},
        {"re<div style='display:none'>x<p>y</div>voke", "re\nx\ny\nvoke\nrevoke"},
        {"re<span style='font-size:0.9em'>vo</span>ke", "revoke"},
        {"re<br style='display:none'>voke", "re\nvoke"},
        {"<div style='display:none'>preheader</div>re<b>vo</b>ke", "preheader\nrevoke"},
        {"word <span style='display:none'>x</span>word", "word xword"},
        {"word<span style='display:none'>x</span> word", "wordx word"},
        {"re<span style='display:none'>x never closed voke", "rex never closed voke"},
        {"re<span style='display:none'>x</span>vo<b style='opacity:0'>ke", "rexvoke\nrevo"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(table[i].in, table[i].want, "");
}

static void what_stands_for_a_picture_is_text(void **state)
{
    (void)state;
    check("re<img alt='' src=''>voke<img alt=\"key &amp; serial\n 12\" title=1><a title=leak>x</a>",
          "revokex\nkey & serial  12\nleak\n", "");
}

static void character_references_are_decoded(void **state)
{
    (void)state;
    check("&lt;&amp;&gt; &quot;&apos;", "<&> \"'", "");
    check("r&#101;v&#x6F;k&#X65;", "revoke", "");
    check("r&#101v&#x6Fke", "revoke", "");
    check("re&shy;vo&zwnj;ke&ZeroWidthSpace;d", "revoked", "");
    check("crt&period;sh&sol;1&Tab;x", "crt.sh/1 x", "");
    check("a&nbsp;b f&uuml;r &Uuml;", "a b für Ü", "");
    check("AT&T &unknown; &; &#; &#xzz; &", "AT&T &unknown; &; &#; &#xzz; &", "");
    check("&#0;&#x110000;&#99999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD", "");
}

static void comments_that_some_programs_show_are_read(void **state)
{
    (void)state;
    check("a<!-- b --!>c<!-- d -->e", "ace", "");
    check("a<!--[if mso]><p>rev<b>oke</b><![endif]-->b", "ab\nrevoke", "");
    check("a<!--[if !mso]><!-->b<!--<![endif]-->c", "abc", "");
    check("a<!--[if mso]>b", "ab", "");
}

static void links_are_kept_apart_from_the_text(void **state)
{
    (void)state;
    check("<a href=\"https://crt.sh/?id=1&amp;x=2\">here</a>", "here", "https://crt.sh/?id=1&x=2\n");
    check("<img src=x.png><FORM ACTION='/go'>", "", "x.png\n/go\n");
    check("<a href=' htt\np://a\tb '>x</a>", "x", "http://ab\n");
    check("<a href>x</a><a href=>y</a>", "xy", "");
    check("<a href=\"caf\xC3\xA9\xE2\x80\x8B\">x</a>", "x", "café\n");
}

static void a_link_that_does_not_fit_is_left_out_whole(void **state)
{
    (void)state;
    struct cpr_transcript transcript = cpr_transcript_new();
    struct cpr_buffer hrefs = cpr_buffer_new(8);
    cpr_html_read(cpr_view_of("<a href=123></a><a href='\xE2\x82\xAC\xE2\x82\xAC'></a>"), &transcript, &hrefs);
    assert_string_equal(cpr_buffer_text(&hrefs), "123\n");
    assert_true(cpr_buffer_is_full(&hrefs));
    cpr_transcript_free(&transcript);
    cpr_buffer_free(&hrefs);
}

static void the_charset_of_a_meta_tag_is_found(void **state)
{
    (void)state;
    assert_true(cpr_view_equal(cpr_html_charset(cpr_view_of("<meta charset=\"koi8-r\">")), cpr_view_of("koi8-r")));
    assert_true(
        cpr_view_equal(cpr_html_charset(cpr_view_of("<meta content='text/html; charset=big5'>")), cpr_view_of("big5")));
    assert_int_equal(cpr_html_charset(cpr_view_of("<p>")).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_what_is_left_without_the_tags),
        cmocka_unit_test(letters_hidden_inside_a_word_do_not_split_it),
        cmocka_unit_test(what_stands_for_a_picture_is_text),
        cmocka_unit_test(character_references_are_decoded),
        cmocka_unit_test(comments_that_some_programs_show_are_read),
        cmocka_unit_test(links_are_kept_apart_from_the_text),
        cmocka_unit_test(a_link_that_does_not_fit_is_left_out_whole),
        cmocka_unit_test(the_charset_of_a_meta_tag_is_found),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
