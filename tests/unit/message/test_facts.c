/* Whole messages to facts: what mail can wrap a report in, undone. */
#include "cpr/message/facts.h"
#include "cpr/base/text.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cpr_facts facts;

static int free_facts(void **state)
{
    (void)state;
    cpr_facts_free(&facts);
    return 0;
}

static const struct cpr_facts *read_message(const char *raw)
{
    cpr_facts_free(&facts);
    cpr_facts_read(cpr_view_of(raw), false, &facts);
    return &facts;
}

struct sample {
    const char *name, *in, *want_text;
    uint32_t want_limits;
};

static void check(const struct sample *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        read_message(table[i].in);
        if (strcmp(cpr_buffer_text(&facts.text), table[i].want_text) != 0)
            fail_msg("%s: \"%s\" is not \"%s\"", table[i].name, cpr_buffer_text(&facts.text), table[i].want_text);
        if (facts.limits != table[i].want_limits)
            fail_msg("%s: limits %x are not %x", table[i].name, facts.limits, table[i].want_limits);
    }
}

#define CHECK(table) check(table, sizeof table / sizeof table[0])

static void a_subject_that_is_not_read_to_its_end_is_said(void **state)
{
    (void)state;
    struct cpr_buffer raw = cpr_buffer_new(64 * 1024);
    cpr_buffer_add_text(&raw, "Subject: x");
    for (size_t words = 0; words < 200; words++)
        cpr_buffer_add_text(&raw, "\n boats on the sea");
    cpr_buffer_add_text(&raw, " revoke\n\nhello\n");
    const struct cpr_facts *whole = read_message(cpr_buffer_text(&raw));
    assert_true(cpr_view_ends_nocase(cpr_view_of(whole->subject), " revoke"));
    assert_int_equal(whole->limits & CPR_READING_HEADER_CUT, 0);
    cpr_buffer_clear(&raw);
    cpr_buffer_add_text(&raw, "Subject: x");
    for (size_t words = 0; words < 300; words++)
        cpr_buffer_add_text(&raw, "\n boats on the sea");
    cpr_buffer_add_text(&raw, " revoke\n\nhello\n");
    assert_int_not_equal(read_message(cpr_buffer_text(&raw))->limits & CPR_READING_HEADER_CUT, 0);
    cpr_buffer_free(&raw);
}

static void further_subjects_are_kept_and_four_are_enough(void **state)
{
    (void)state;
    const struct cpr_facts *read =
        read_message("Subject: lunch\nFrom: a@b.example\nSUBJECT : =?utf-8?q?key_=C3=BC?=\nsubject:\n\tfolded\n"
                     "Subject: 3\nSubject: 4\nSubject: 5\n\nrevoke\n");
    assert_string_equal(read->subject, "lunch");
    assert_int_equal(read->further_subject_count, 4);
    assert_string_equal(read->further_subjects[0], "key \xC3\xBC");
    assert_string_equal(read->further_subjects[1], "folded");
    assert_string_equal(read->further_subjects[3], "4");
    assert_int_equal(read_message("Subject: one\n\nx\n")->further_subject_count, 0);
    assert_int_equal(read_message("From: a@b.example\n\nSubject: text\n")->further_subject_count, 0);
}

static void the_header_is_decoded(void **state)
{
    (void)state;
    const struct cpr_facts *read = read_message(
        "Return-Path: <>\r\nReceived: from a by MX1.ca.example; Tue, 5 Mar 2024 15:19:07 +0000\r\n"
        "Received: from b by c.example; Tue, 5 Mar 2024 15:19:06 +0000\r\n"
        "From: =?utf-8?q?Pr=C3=BCfer?= <j@b.example>\r\nTo: problem@ca.example\r\n"
        "Subject: =?iso-8859-1?q?revoqu=E9?=\r\n\t=?utf-8?b?4oCuIG5vdw==?=\r\nMessage-ID: <1@b>\r\n"
        "In-Reply-To: <p@b>\r\nReferences: <r1@b>\r\n <r2@b> <p@b>\r\nDate: Tue, 5 Mar 2024 15:19:05 +0000\r\n"
        "Auto-Submitted: auto-replied\r\nPrecedence: bulk\r\nList-Id: <l.b>\r\nX-CPR-Auditd-Alert: token\r\n"
        "Content-Type: Multipart/Report; report-type=delivery-status; boundary=x\r\n\r\n--x--\r\n");
    assert_true(read->has_header && read->has_return_path);
    assert_string_equal(read->return_path, "");
    assert_string_equal(read->from_address, "j@b.example");
    assert_string_equal(read->from_name, "Prüfer");
    assert_string_equal(read->to, "problem@ca.example");
    assert_string_equal(read->subject, "revoqué now");
    assert_string_equal(read->message_id, "<1@b>");
    assert_int_equal(read->reference_count, 3);
    assert_string_equal(read->references[0], "<p@b>");
    assert_string_equal(read->references[1], "<r2@b>");
    assert_string_equal(read->references[2], "<r1@b>");
    assert_int_equal(read->received_count, 2);
    assert_string_equal(read->received[0].by_host, "mx1.ca.example");
    assert_int_equal(read->received[0].utc_ms, INT64_C(1709651947000));
    assert_int_equal(read->date_ms, INT64_C(1709651945000));
    assert_string_equal(read->auto_submitted, "auto-replied");
    assert_string_equal(read->precedence, "bulk");
    assert_string_equal(read->list_id, "<l.b>");
    assert_string_equal(read->alert_token, "token");
    assert_string_equal(read->content_type, "multipart/report");
    assert_string_equal(read->report_type, "delivery-status");
}

static void what_is_absent_is_empty(void **state)
{
    (void)state;
    const struct cpr_facts *read = read_message("");
    assert_false(read->has_header);
    assert_false(read->has_return_path);
    assert_int_equal(read->date_ms, CPR_TIME_NONE);
    assert_string_equal(read->subject, "");
    assert_int_equal(read->text.len, 0);
    assert_int_equal(read->limits, 0);
}

static void text_is_found_in_every_wrapping(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"a nested message's further subjects",
         "Content-Type: message/rfc822\n\nSubject: one\nSubject: two\n\nrevoke\n", "one\ntwo\nrevoke\n", 0},
        {"plain", "Subject: x\n\nrevoke\n", "revoke\n", 0},
        {"no header", "please revoke\nserial: 12\n", "please revoke\nserial: 12\n", 0},
        {"CR only", "Subject: x\rMIME-Version: 1.0\r\rre\rvoke\r", "re\nvoke\n", 0},
        {"CR CR LF", "Subject: x\r\r\nMIME-Version: 1.0\r\r\n\r\r\nrevoke\r\r\n", "revoke\n", 0},
        {"a row of equals signs", "Subject: x\n\n====\n=====\n=41=42\n====\n", "====\n=====\n=41=42\n====\n", 0},
        {"junk in base64", "Content-Transfer-Encoding: base64\n\ncm:V2b:2tl\n", "cm:V2b:2tl\nrevoke\n",
         CPR_READING_DECODE},
        {"header only", "Subject: x\n", "", 0},
        {"base64", "Content-Transfer-Encoding: base64\n\ncmV2b2tl\n", "revoke\n", 0},
        {"quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\nre=\nvoke=20\n", "revoke \n", 0},
        {"base64 with a footer", "Content-Transfer-Encoding: base64\n\ncmV2b2tl\n-- \nlist\n", "revoke\n-- \nlist\n",
         0},
        {"base64 that is none", "Content-Transfer-Encoding: base64\n\nplease revoke it!\n", "please revoke it!\n",
         CPR_READING_DECODE},
        {"unknown encoding", "Content-Transfer-Encoding: x-yenc\n\nrevoke\n", "revoke\n", CPR_READING_DECODE},
        {"unknown charset", "Content-Type: text/plain; charset=x-none\n\nrevoke\n", "revoke\n", CPR_READING_CHARSET},
        {"UTF-7", "Content-Type: text/plain; charset=utf-7\n\n+AHI-\n", "+AHI-\n", CPR_READING_CHARSET},
        {"koi8-r", "Content-Type: text/plain; charset=koi8-r\n\n\xD3\xC5\xD2\xD4\n", "серт\n", 0},
        {"HTML", "Content-Type: text/html\n\n<p>re<b></b>voke\n", "revoke\n", 0},
        {"HTML meta charset", "Content-Type: text/html\n\n<meta charset=windows-1251>\xF1\xE5\xF0\xF2", "серт\n", 0},
        {"flowed", "Content-Type: text/plain; format=flowed; delsp=yes\n\nre \nvoke\n", "revoke\n", 0},
        {"PGP", "Subject: x\n\n-----BEGIN PGP MESSAGE-----\n", "-----BEGIN PGP MESSAGE-----\n", CPR_READING_ENCRYPTED},
        {"mbox line", "From a@b Mon Jan 1\nSubject: x\n\nrevoke\n", "revoke\n", 0},
        {"undeclared base64", "Subject: x\n\nsee\ncGxlYXNlIHJldm9rZSBjZXJ0aWZpY2F0ZQ==\n",
         "see\ncGxlYXNlIHJldm9rZSBjZXJ0aWZpY2F0ZQ==\nplease revoke certificate\n", 0},
    };
    CHECK(table);
}

static void parts_are_walked_in_order(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"two parts", "Content-Type: multipart/mixed; boundary=b\n\npre\n--b\n\none\n--b\n\ntwo\n--b--\n",
         "one\ntwo\npre\n", 0},
        {"usual preamble",
         "Content-Type: multipart/mixed; boundary=b\n\nThis is a multi-part message in MIME "
         "format.\n--b\n\none\n--b--\n",
         "one\n", 0},
        {"a quote as boundary", "Content-Type: multipart/mixed; boundary=\"\\\"\"\n\n--\"\n\none\n--\"--\n", "one\n",
         0},
        {"no closing boundary", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo", "one\ntwo\n", 0},
        {"epilogue", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\nepilogue\n", "one\nepilogue\n",
         0},
        {"boundary never seen", "Content-Type: multipart/mixed; boundary=b\n\nrevoke\n", "revoke\n", 0},
        {"no boundary named", "Content-Type: multipart/mixed\n\n--b\n\none\n--b--\n", "one\n", 0},
        {"CR before a boundary", "Content-Type: multipart/mixed; boundary=b\n\n \r--b\rX-A: b\n\none\n--b--\n", "one\n",
         0},
        {"part in the preamble",
         "Content-Type: multipart/mixed; boundary=b\n\n--B\nContent-Type: text/plain\n\none\n--b\n\ntwo\n--b--\n",
         "--B\nContent-Type: text/plain\n\none\none\ntwo\n", 0},
        {"parts that nobody declared", "Subject: x\n\n--b\nContent-Transfer-Encoding: base64\n\ncmV2b2tl\n--b--\n",
         "--b\nContent-Transfer-Encoding: base64\n\ncmV2b2tl\n--b--\nrevoke\n", 0},
        {"prefix of a boundary", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--bc\ntwo\n--b--\n",
         "one\n--bc\ntwo\n", 0},
        {"trailing blanks", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b \r\n\r\none\r\n--b--  \r\n", "one\n",
         0},
        {"no blank line", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nrevoke\n--b--\n",
         "revoke\nContent-Type: text/plain\n", 0},
        {"body like a field",
         "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nSerial: 12\n--b--\n",
         "Serial: 12\nContent-Type: text/plain\n", 0},
        {"nested",
         "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n"
         "--b\n\none\n--b\nContent-Type: text/html\n\n<b>two</b>\n--b--\n--a\n\nthree\n--a--\n",
         "one\ntwo\nthree\n", 0},
        {"inner not closed",
         "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n"
         "--b\n\none\n--a\n\ntwo\n--a--\n",
         "one\ntwo\n", 0},
    };
    CHECK(table);
}

static void what_some_programs_show_is_read_too(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"HTML called plain", "Content-Type: text/plain\n\n<html><p>rev<b></b>oke</p></html>\n",
         "<html><p>rev<b></b>oke</p></html>\nrevoke\n", 0},
        {"HTML called a file", "Content-Type: application/octet-stream\n\n<!DOCTYPE html><p>rev<b></b>oke</p>\n",
         "<!DOCTYPE html><p>rev<b></b>oke</p>\nrevoke\n", 0},
        {"an address in angle brackets", "Subject: x\n\n<a@b.example> wrote:\nrevoke\n",
         "<a@b.example> wrote:\nrevoke\n", 0},
        {"called UTF-16", "Content-Type: text/plain; charset=utf-16\n\nrevoke it\n", "revoke it\n", 0},
        {"a meta tag that says UTF-16", "Content-Type: text/html\n\n<meta charset=utf-16le><p>revoke\n", "revoke\n", 0},
        {"text of Windows as a file",
         "Content-Type: application/octet-stream; name=a.txt\nContent-Transfer-Encoding: base64\n\n"
         "//5yAGUAdgBvAGsAZQAgAGkAdAA=\n",
         "revoke it\n", 0},
        {"the same without its mark",
         "Content-Type: application/x-unknown\nContent-Transfer-Encoding: base64\n\ncgBlAHYAbwBrAGUAIABpAHQA\n",
         "revoke it\n", 0},
        {"uuencode that is none", "Content-Transfer-Encoding: x-uuencode\n\nrevoke it\n", "", 0},
    };
    for (size_t i = 0; i + 1 < sizeof table / sizeof table[0]; i++)
        check(&table[i], 1);
    read_message(table[7].in);
    assert_non_null(strstr(cpr_buffer_text(&facts.text), "revoke it\n"));
}

static void messages_inside_the_message_are_read(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"forwarded",
         "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n\n"
         "Subject: =?utf-8?q?key_=C3=BC?=\nFrom: x\n\nrevoke\n--a--\n",
         "key ü\nrevoke\n", 0},
        {"forwarded in base64",
         "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDoga2V5CgpyZXZva2UK\n",
         "key\nrevoke\n", 0},
        {"base64 claimed around parts",
         "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\nMulti "
         "part\n--b\n\none\n--b--\n",
         "one\nMulti part\n", 0},
        {"quoted-printable around parts",
         "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
         "Content-Type: multipart/mixed; boundary=3Db\n\n--b\n\nre=\nvoke\n--b--\n",
         "revoke\n", 0},
        {"digest", "Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: s\n\none\n--a--\n", "s\none\n", 0},
        {"delivery status", "Content-Type: message/delivery-status\n\nAction: failed\n", "Action: failed\n", 0},
        {"signed",
         "Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\n"
         "MF4GCSqGSIb3DQEHAqBRME8CAQExADBGBgkqhkiG9w0BBwGgOQQ3Q29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoNCnBsZWFzZSByZXZva2Ugc"
         "2VyaWFsIDEyMzQNCjEA\n",
         "please revoke serial 1234\n", 0},
        {"enveloped", "Content-Type: application/pkcs7-mime\n\nnothing\n", "", CPR_READING_ENCRYPTED},
    };
    CHECK(table);
}

static void attached_files_are_kept_and_text_in_them_is_read(void **state)
{
    (void)state;
    const struct cpr_facts *read = read_message(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee file\n"
        "--b\nContent-Type: application/x-x509-ca-cert; name=\"a.der\"\nContent-Transfer-Encoding: base64\n\nMIIAAAA=\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment;\n filename*=utf-8''k%C3%BC.pem\n\nPEM\n"
        "--b\nContent-Type: application/octet-stream; name=x.csv\n\nserial,1234\n"
        "--b\nContent-Type: application/octet-stream; name=fwd.eml\n\nSubject: fwd\n\ninner\n--b--\n");
    assert_string_equal(cpr_buffer_text(&read->text), "see file\nPEM\nserial,1234\nfwd\ninner\n");
    assert_int_equal(read->part_count, 6);
    assert_false(read->parts[0].is_attachment || read->parts[0].is_opaque);
    assert_true(read->parts[1].is_attachment && read->parts[1].is_opaque);
    assert_string_equal(read->parts[1].type, "application/x-x509-ca-cert");
    assert_string_equal(read->parts[1].name, "a.der");
    assert_int_equal(read->parts[1].size, 5);
    assert_memory_equal(read->parts[1].bytes.data, "\x30\x82\0\0\0", 5);
    assert_true(read->parts[2].is_attachment && !read->parts[2].is_opaque);
    assert_string_equal(read->parts[2].name, "kü.pem");
    assert_string_equal(cpr_buffer_text(&read->parts[2].bytes), "PEM");
}

static void what_was_done_to_every_line_is_undone(void **state)
{
    (void)state;
    static const struct sample table[] = {
        {"clear-signed",
         "Subject: x\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nrevoke\n- -----END\n- - item\n"
         "-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----\n",
         "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nrevoke\n-----END\n- item\n"
         "-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----\n",
         0},
        {"calendar",
         "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nDESCRIPTION:re\n vo\n\tke\\nit\\, now\nEND:VCALENDAR\n",
         "BEGIN:VCALENDAR\nDESCRIPTION:revoke\nit, now\nEND:VCALENDAR\n", 0},
        {"rich text", "Content-Type: text/rtf\n\n{\\rtf1 re{\\b vo}ke}\n", "revoke\n", 0},
        {"signed in parts",
         "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\n\n--b\n\nrevoke\n"
         "--b\nContent-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n--b--\n",
         "revoke\n-----BEGIN PGP SIGNATURE-----\n", 0},
        {"encrypted in parts",
         "Content-Type: multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"\n\n--b\n"
         "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n"
         "-----BEGIN PGP MESSAGE-----\n--b--\n",
         "Version: 1\n-----BEGIN PGP MESSAGE-----\n", CPR_READING_ENCRYPTED},
        {"encrypted file", "Content-Type: application/octet-stream; name=a.txt.gpg\n\n\x85\x01\x8C\x03", "",
         CPR_READING_ENCRYPTED},
    };
    CHECK(table);
}

static void a_file_that_only_a_person_can_read_is_a_fact_when_little_else_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *head, *text;
        int size;
        uint32_t want;
    } table[] = {
        {"Content-Type: application/pdf", "see attached", 3000, CPR_READING_UNREAD},
        {"Content-Type: image/png; name=scan.png", "", 3000, CPR_READING_UNREAD},
        {"Content-Type: image/png; name=logo.png", "see attached", 1000, 0},
        {"Content-Type: application/pkcs7-signature", "see attached", 3000, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_buffer raw = cpr_buffer_new(64 * 1024);
        cpr_buffer_add_text(&raw, "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n");
        cpr_buffer_add_format(&raw, "%s\n--b\n%s\n\n", table[i].text, table[i].head);
        for (int k = 0; k < table[i].size; k++)
            cpr_buffer_add_byte(&raw, '\x01');
        cpr_buffer_add_text(&raw, "\n--b--\n");
        read_message(cpr_buffer_text(&raw));
        if (facts.limits != table[i].want)
            fail_msg("%s: limits %x are not %x", table[i].head, facts.limits, table[i].want);
        cpr_buffer_free(&raw);
    }
}

static void links_of_html_are_listed(void **state)
{
    (void)state;
    const struct cpr_facts *read =
        read_message("Content-Type: text/html\n\n<a href=\"https://crt.sh/?id=12&amp;opt=x\">certificate</a>");
    assert_string_equal(cpr_buffer_text(&read->text), "certificate\n");
    assert_string_equal(cpr_buffer_text(&read->hrefs), "https://crt.sh/?id=12&opt=x\n");
}

static void add_repeated(struct cpr_buffer *raw, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        cpr_buffer_add_text(raw, text);
}

static void a_cap_that_is_hit_is_a_fact_and_what_lies_over_it_is_read_raw(void **state)
{
    (void)state;
    struct cpr_buffer raw = cpr_buffer_new(4 * 1024 * 1024);
    add_repeated(&raw, "Content-Type: message/rfc822\n\n", 100);
    cpr_buffer_add_text(&raw, "Subject: x\n\nrevoke\n");
    read_message(cpr_buffer_text(&raw));
    assert_int_equal(facts.limits, CPR_READING_DEPTH);
    assert_true(cpr_view_ends_nocase(cpr_buffer_view(&facts.text), "\nrevoke\n"));

    cpr_buffer_clear(&raw);
    cpr_buffer_add_text(&raw, "Content-Type: multipart/mixed; boundary=b\n\n");
    add_repeated(&raw, "--b\n\nx\n", 500);
    cpr_buffer_add_text(&raw, "revoke\n");
    read_message(cpr_buffer_text(&raw));
    assert_int_equal(facts.limits, CPR_READING_PARTS);
    assert_int_equal(facts.part_count, CPR_FACTS_PARTS_KEPT);
    assert_true(cpr_view_ends_nocase(cpr_buffer_view(&facts.text), "\nrevoke\n"));

    cpr_buffer_clear(&raw);
    add_repeated(&raw, "X-A: b\n", 3000);
    cpr_buffer_add_text(&raw, "\nrevoke\n");
    read_message(cpr_buffer_text(&raw));
    assert_int_equal(facts.limits, CPR_READING_HEADER_CUT);
    assert_string_equal(cpr_buffer_text(&facts.text), "revoke\n");

    cpr_buffer_clear(&raw);
    cpr_buffer_add_text(&raw, "Subject: x\n\n");
    add_repeated(&raw, "some words\n", 100000);
    read_message(cpr_buffer_text(&raw));
    assert_int_equal(facts.limits, CPR_READING_TEXT_CUT);

    cpr_buffer_clear(&raw);
    cpr_buffer_add_text(&raw, "Content-Type: text/html\n\n");
    add_repeated(&raw, "<a href=https://crt.sh/?id=1234567890></a>", 20000);
    read_message(cpr_buffer_text(&raw));
    assert_int_equal(facts.limits, CPR_READING_TEXT_CUT);
    cpr_buffer_free(&raw);
}

static void a_large_attachment_is_kept_up_to_its_cap(void **state)
{
    (void)state;
    struct cpr_buffer raw = cpr_buffer_new(8 * 1024 * 1024);
    size_t kept = 0;
    cpr_buffer_add_text(&raw, "Content-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 20; i++) {
        cpr_buffer_add_text(&raw, "--b\nContent-Type: application/zip\n\n");
        add_repeated(&raw, "\x01\x02\x03\x04\x05\x06\x07\x08", 12500);
        cpr_buffer_add_text(&raw, "\n");
    }
    cpr_buffer_add_text(&raw, "--b--\n");
    read_message(cpr_buffer_text(&raw));
    assert_int_equal(facts.part_count, 20);
    assert_int_equal(facts.parts[0].size, 100000);
    assert_int_equal(facts.parts[0].bytes.len, 64 * 1024);
    assert_int_equal(facts.parts[19].size, 100000);
    assert_int_equal(facts.parts[19].bytes.len, 0);
    for (uint32_t i = 0; i < facts.part_count; i++)
        kept += facts.parts[i].bytes.len;
    assert_int_equal(kept, 1024 * 1024);
    cpr_buffer_free(&raw);
}

static void a_cut_message_says_so(void **state)
{
    (void)state;
    cpr_facts_free(&facts);
    cpr_facts_read(cpr_view_of("Subject: x\n\nrev"), true, &facts);
    assert_int_equal(facts.limits, CPR_READING_CUT);
    assert_string_equal(cpr_buffer_text(&facts.text), "rev\n");
}

static void check_caps(const char *path)
{
    size_t kept = 0;
    struct cpr_view rest = cpr_buffer_view(&facts.text), line, cell;
    if (facts.text.len > CPR_TEXT_MAX_BYTES || facts.part_count > CPR_FACTS_PARTS_KEPT)
        fail_msg("%s is over a cap", path);
    while (cpr_view_next_line(&rest, &line))
        while (cpr_view_next_item(&line, '\t', &cell))
            if (!cpr_text_is_clean(cell))
                fail_msg("%s has a text that is not clean", path);
    for (uint32_t i = 0; i < facts.part_count; i++)
        kept += facts.parts[i].bytes.len;
    assert_true(kept <= 1024 * 1024);
    assert_true(cpr_text_is_clean(cpr_view_of(facts.subject)) && cpr_text_is_clean(cpr_view_of(facts.from_name)));
}

/* Reads every file of a directory; -1 when it cannot be opened. */
static int read_directory(const char *directory)
{
    static char raw[1024 * 1024];
    DIR *entries = opendir(directory);
    int count = 0;
    if (!entries)
        return -1;
    for (struct dirent *entry; (entry = readdir(entries));) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (!file)
            continue;
        size_t len = fread(raw, 1, sizeof raw, file);
        fclose(file);
        cpr_facts_free(&facts);
        cpr_facts_read(cpr_view_make(raw, len), false, &facts);
        check_caps(path);
        count++;
    }
    closedir(entries);
    return count;
}

static void every_sample_that_once_broke_something_is_read(void **state)
{
    (void)state;
    assert_true(read_directory(CPR_SOURCE_DIR "/tests/samples/broken") > 0);
}

static void every_file_of_the_malformed_corpus_is_read(void **state)
{
    (void)state;
    const char *corpus = getenv("CPR_CORPUS");
    char path[4096];
    if (!corpus) {
        print_message("SKIPPED: CPR_CORPUS is not set, the malformed corpus was not read\n");
        return;
    }
    snprintf(path, sizeof path, "%s/malformed", corpus);
    assert_true(read_directory(path) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_subject_that_is_not_read_to_its_end_is_said),
        cmocka_unit_test(further_subjects_are_kept_and_four_are_enough),
        cmocka_unit_test(the_header_is_decoded),
        cmocka_unit_test(what_is_absent_is_empty),
        cmocka_unit_test(text_is_found_in_every_wrapping),
        cmocka_unit_test(parts_are_walked_in_order),
        cmocka_unit_test(what_some_programs_show_is_read_too),
        cmocka_unit_test(messages_inside_the_message_are_read),
        cmocka_unit_test(attached_files_are_kept_and_text_in_them_is_read),
        cmocka_unit_test(what_was_done_to_every_line_is_undone),
        cmocka_unit_test(a_file_that_only_a_person_can_read_is_a_fact_when_little_else_is_said),
        cmocka_unit_test(links_of_html_are_listed),
        cmocka_unit_test(a_cap_that_is_hit_is_a_fact_and_what_lies_over_it_is_read_raw),
        cmocka_unit_test(a_large_attachment_is_kept_up_to_its_cap),
        cmocka_unit_test(a_cut_message_says_so),
        cmocka_unit_test(every_sample_that_once_broke_something_is_read),
        cmocka_unit_test(every_file_of_the_malformed_corpus_is_read),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, free_facts);
}
