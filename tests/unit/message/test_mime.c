/* The MIME walk by itself: types, and who is called with what. */
#include "cpr/message/mime.h"
#include "cpr/base/buffer.h"
#include "cpr/message/limits.h"
#include "cpr/message/smime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void a_type_is_two_lower_case_words(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } table[] = {
        {"Text/HTML; charset=x", "text/html"},
        {" text / plain ", "text/plain"},
        {"text/plain (comment)", "text/plain"},
        {"text", "text"},
        {"/plain", ""},
        {"", ""},
        {"a/b/c", "a/b"},
        {"\"text\"/plain", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char type[64];
        cpr_mime_type(cpr_view_of(table[i].in), type);
        assert_string_equal(type, table[i].want);
    }
}

static void note_leaf(void *context, struct cpr_mime_walk *walk, const struct cpr_mime_leaf *leaf)
{
    cpr_buffer_add_format(context, "%u %s [%.*s]\n", walk->depth, leaf->type, (int)leaf->body.len, leaf->body.data);
}

static void note_message(void *context, struct cpr_view header)
{
    cpr_buffer_add_format(context, "message {%.*s}\n", (int)header.len, header.data);
}

static void check_walk(const char *in, const char *want)
{
    struct cpr_buffer notes = cpr_buffer_new(4096);
    struct cpr_mime_walk walk = {.leaf = note_leaf, .message = note_message, .context = &notes};
    cpr_mime_walk(&walk, cpr_view_of(in));
    assert_string_equal(cpr_buffer_text(&notes), want);
    assert_int_equal(walk.depth, 0);
    cpr_buffer_free(&notes);
}

static void leaves_are_handed_out_in_order_with_their_depth(void **state)
{
    (void)state;
    check_walk("", "");
    check_walk("Subject: x\n\nbody", "1 text/plain [body]\n");
    check_walk("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\none\n--b\n\ntwo\n--b--\n",
               "2 text/html [one]\n2 text/plain [two]\n");
    check_walk("Content-Type: message/rfc822\n\n\nSubject: s\n\ninner",
               "message {Subject: s\n}\n2 text/plain [inner]\n");
    check_walk("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n--b\nContent-Type: a/b\n\nx\n",
               "1 image/png [--b\nContent-Type: a/b\n\nx\n]\n");
}

static void parts_in_a_text_are_guessed_once(void **state)
{
    (void)state;
    check_walk("Subject: x\n\n--a\nContent-Type: text/x\n\n--b\nContent-Type: text/y\n\nz",
               "1 text/plain [--a\nContent-Type: text/x\n\n--b\nContent-Type: text/y\n\nz]\n"
               "3 text/x [--b\nContent-Type: text/y\n\nz]\n");
}

static void only_opaque_signatures_are_opened(void **state)
{
    (void)state;
    struct cpr_buffer entity = cpr_buffer_new(64);
    assert_true(cpr_smime_is_type("application/x-pkcs7-mime") && !cpr_smime_is_detached("application/x-pkcs7-mime"));
    assert_true(cpr_smime_is_detached("application/pkcs7-signature"));
    assert_false(cpr_smime_is_type("application/pdf"));
    assert_false(cpr_smime_read_signed(cpr_view_of("0\x80\x06\x09nothing"), &entity));
    assert_false(cpr_smime_read_signed(cpr_view_of(""), &entity));
    assert_int_equal(entity.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_type_is_two_lower_case_words),
        cmocka_unit_test(leaves_are_handed_out_in_order_with_their_depth),
        cmocka_unit_test(parts_in_a_text_are_guessed_once),
        cmocka_unit_test(only_opaque_signatures_are_opened),
    };
    return cmocka_run_group_tests_name("mime", tests, NULL, NULL);
}
