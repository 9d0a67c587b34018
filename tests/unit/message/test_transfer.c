/* Transfer encodings, expectations from RFC 2045 section 6 and by hand. */
#include "cpr/message/transfer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void the_encoding_is_known_by_how_its_name_begins(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        enum cpr_transfer want;
    } table[] = {
        {"", CPR_TRANSFER_NONE},
        {"7bit", CPR_TRANSFER_NONE},
        {" 8-Bit ", CPR_TRANSFER_NONE},
        {"BASE64", CPR_TRANSFER_BASE64},
        {"\"base64\"", CPR_TRANSFER_BASE64},
        {"base64; x", CPR_TRANSFER_BASE64},
        {"quoted printable", CPR_TRANSFER_QUOTED_PRINTABLE},
        {"x-uuencode", CPR_TRANSFER_UUENCODE},
        {"uue", CPR_TRANSFER_UUENCODE},
        {"x-yencode", CPR_TRANSFER_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(cpr_transfer_of(cpr_view_of(table[i].in)), table[i].want);
}

static void what_was_encoded_comes_back(void **state)
{
    (void)state;
    static const struct {
        enum cpr_transfer transfer;
        const char *in, *want, *left;
    } table[] = {
        {CPR_TRANSFER_BASE64, "cmV2b2tl\n", "revoke", ""},
        {CPR_TRANSFER_BASE64, "cmV2\r\nb2tlIQ==\r\n", "revoke!", ""},
        {CPR_TRANSFER_BASE64, "cmV2b2tlIQ==cmV2b2tl", "revoke!revoke", ""},
        {CPR_TRANSFER_BASE64, "cmV2b2tl\n-- \nlist footer\n", "revoke", "-- \nlist footer\n"},
        {CPR_TRANSFER_BASE64, "cmV2b2tl\nMailing list footer\n", "revoke", "Mailing list footer\n"},
        {CPR_TRANSFER_BASE64, "please revoke", "", "please revoke"},
        {CPR_TRANSFER_QUOTED_PRINTABLE, "re=\nvoke=\r\n it=3D", "revoke it=", ""},
        {CPR_TRANSFER_QUOTED_PRINTABLE, "a=zz=4x", "a=zz=4x", ""},
        {CPR_TRANSFER_UUENCODE, "begin 644 x\n&<F5V;VME\n`\nend\n", "revoke", ""},
        {CPR_TRANSFER_NONE, "as=3Dis", "as=3Dis", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer out = cpr_buffer_new(256);
        size_t used = cpr_transfer_decode(table[i].transfer, cpr_view_of(table[i].in), &out);
        assert_string_equal(cpr_buffer_text(&out), table[i].want);
        assert_string_equal(table[i].in + used, table[i].left);
        cpr_buffer_free(&out);
    }
}

static void a_long_body_is_decoded_in_pieces_without_a_seam(void **state)
{
    (void)state;
    struct cpr_buffer in = cpr_buffer_new(1 << 20), out = cpr_buffer_new(1 << 20);
    for (int i = 0; i < 10000; i++)
        cpr_buffer_add_text(&in, i % 17 ? "cmV2" : "cmV2\n");
    cpr_transfer_decode(CPR_TRANSFER_BASE64, cpr_buffer_view(&in), &out);
    assert_int_equal(out.len, 30000);
    for (size_t i = 0; i < out.len; i += 3)
        assert_memory_equal(out.data + i, "rev", 3);
    cpr_buffer_free(&in);
    cpr_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_encoding_is_known_by_how_its_name_begins),
        cmocka_unit_test(what_was_encoded_comes_back),
        cmocka_unit_test(a_long_body_is_decoded_in_pieces_without_a_seam),
    };
    return cmocka_run_group_tests_name("transfer", tests, NULL, NULL);
}
