/* Whom a message is proved to be from: what borders write, and what forgers try. */
#include "cpr/judge/origin.h"
#include "cpr/judge/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

#define OURS                                                                                                           \
    "Received: from out.b.example ([192.0.2.1]) by mx.ca.example with ESMTPS; Tue, 5 Mar 2024 15:19:07 +0000\r\n"
#define STORE "Received: from mx.ca.example by imap.ca.example with LMTP; Tue, 5 Mar 2024 15:19:08 +0000\r\n"
#define THEIRS "Received: from desk by out.b.example with ESMTP; Tue, 5 Mar 2024 15:19:06 +0000\r\n"
#define PASS "Authentication-Results: mx.ca.example; dmarc=pass (p=none dis=none) header.from=b.example\r\n"
#define FROM "From: Desk <desk@b.example>\r\n"

static struct cpr_facts *facts;
static struct cpr_judge_settings *settings;

static int set_up(void **state)
{
    (void)state;
    static const char *const hosts[] = {"mx.ca.example", "imap.ca.example", "edge1.mail.protection.outlook.com",
                                        "store1.prod.outlook.com"};
    facts = calloc(1, sizeof *facts);
    settings = calloc(1, sizeof *settings);
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        snprintf(settings->own_hosts[settings->own_host_count++], sizeof settings->own_hosts[0], "%s", hosts[i]);
    return !facts || !settings;
}

static int tear_down(void **state)
{
    (void)state;
    free(facts);
    free(settings);
    return 0;
}

static const char *proved_by(const char *header)
{
    static char domain[128], mail[8192];
    int len = snprintf(mail, sizeof mail, "%sSubject: Report\r\n\r\nText\r\n", header);
    assert_true(len > 0 && (size_t)len < sizeof mail);
    cpr_facts_read(cpr_view_make(mail, (size_t)len), false, facts);
    cpr_origin_of(facts, settings, domain);
    cpr_facts_free(facts);
    return domain;
}

static void what_our_border_wrote_is_believed(void **state)
{
    (void)state;
    static const char *const table[] = {
        /* OpenDMARC behind Postfix: the fields of a filter stand below the Received line of its server */
        OURS PASS THEIRS FROM,
        STORE OURS PASS THEIRS FROM,
        "Authentication-Results: mx.ca.example; dmarc=pass header.from=b.example\r\n" OURS THEIRS FROM,
        /* OpenDKIM and a policy server, one field each */
        OURS "Authentication-Results: mx.ca.example;\r\n\tdkim=pass (2048-bit key) header.d=b.example "
             "header.i=@b.example header.b=\"qj/x\"\r\nAuthentication-Results: mx.ca.example; spf=none "
             "smtp.helo=out.b.example\r\n" THEIRS FROM,
        OURS "Authentication-Results: MX.CA.example 1; spf=pass (mailfrom) smtp.mailfrom=bounce@b.example\r\n" FROM,
        OURS "Authentication-Results: mx.ca.example; dkim=fail header.d=b.example; dkim=pass "
             "header.i=desk@b.example\r\n" FROM,
        OURS "Authentication-Results: mx.ca.example; dkim=pass header.d=list.example; dkim=pass header.d=b.example; "
             "dmarc=none\r\n" FROM,
        /* another border's opinion on the way changes nothing */
        OURS PASS THEIRS "Authentication-Results: out.b.example; dmarc=fail header.from=b.example\r\n" FROM,
        OURS "Authentication-Results: mx.ca.example; dmarc=pass header.from=b.example\r\n" THEIRS
             "Authentication-Results: (never closed\r\n" FROM,
        /* Exchange Online */
        "Received: from edge1.mail.protection.outlook.com by store1.prod.outlook.com; Tue, 5 Mar 2024 15:19:08 "
        "+0000\r\nAuthentication-Results: spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=b.example; dkim=pass "
        "(signature was verified)\r\n header.d=b.example;dmarc=pass action=none\r\n "
        "header.from=b.example;compauth=pass reason=100\r\nReceived-SPF: Pass (protection.outlook.com: ...)\r\n"
        "Received: from out.b.example (192.0.2.1) by edge1.mail.protection.outlook.com (10.0.0.1); Tue, 5 Mar 2024 "
        "15:19:07 +0000\r\n" FROM,
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(proved_by(table[i]), "b.example") != 0)
            print_message("%s\n", table[i]);
        assert_string_equal(proved_by(table[i]), "b.example");
    }
    /* A form service of a large provider, as our border sees it. */
    assert_string_equal(
        proved_by(OURS "Authentication-Results: mx.ca.example; dkim=pass header.d=forms.example; spf=pass "
                       "smtp.mailfrom=3abc@bounces.forms.example; dmarc=pass (p=REJECT) header.from=forms.example\r\n"
                       "Received: by mail-sor.forms.example with SMTP id x for <y>; Tue, 5 Mar 2024 15:19:06 +0000\r\n"
                       "From: \"Forms\" <noreply@forms.example>\r\n"),
        "forms.example");
}

static void what_a_sender_can_write_proves_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *why, *header;
    } table[] = {
        {"no field at all", OURS THEIRS FROM},
        {"below the Received line of a stranger", OURS THEIRS PASS FROM},
        {"no Received line of ours", THEIRS PASS FROM},
        {"of a border that is not ours",
         OURS "Authentication-Results: out.b.example; dmarc=pass header.from=b.example\r\n" FROM},
        {"authserv-id that begins like ours",
         OURS "Authentication-Results: mx.ca.example.evil.example; dmarc=pass header.from=b.example\r\n" FROM},
        {"authserv-id that ends like ours",
         OURS "Authentication-Results: evil-mx.ca.example; dmarc=pass header.from=b.example\r\n" FROM},
        {"authserv-id in a comment",
         OURS "Authentication-Results: (mx.ca.example) out.b.example; dmarc=pass header.from=b.example\r\n" FROM},
        {"no authserv-id, and no border that writes none",
         OURS "Authentication-Results: dmarc=pass header.from=b.example\r\n" FROM},
        {"no authserv-id, below Exchange Online",
         "Received: from x by edge1.mail.protection.outlook.com; Tue, 5 Mar 2024 15:19:07 +0000\r\n"
         "Authentication-Results: dmarc=pass header.from=b.example\r\n" FROM},
        {"ours says fail, the sender's copy below says pass",
         OURS "Authentication-Results: mx.ca.example; dmarc=fail header.from=b.example\r\n" PASS FROM},
        {"ours says dkim=fail, the sender's copy below says pass",
         OURS "Authentication-Results: mx.ca.example; dkim=fail header.d=b.example\r\n"
              "Authentication-Results: mx.ca.example; dkim=pass header.d=b.example\r\n" FROM},
        {"two answers of one method in one field",
         OURS "Authentication-Results: mx.ca.example; spf=fail smtp.mailfrom=b.example; spf=pass "
              "smtp.mailfrom=b.example\r\n" FROM},
        {"ours was bent by what it quotes",
         OURS "Authentication-Results: mx.ca.example; spf=fail (a)b) smtp.mailfrom=x\r\n" PASS FROM},
        {"signed by another domain",
         OURS "Authentication-Results: mx.ca.example; dkim=pass header.d=evil.example header.i=@evil.example\r\n" FROM},
        {"signed by a domain above", OURS "Authentication-Results: mx.ca.example; dkim=pass header.d=example\r\n" FROM},
        {"signed by a domain below",
         OURS "Authentication-Results: mx.ca.example; dkim=pass header.d=mail.b.example\r\n" FROM},
        {"DMARC of another domain",
         OURS "Authentication-Results: mx.ca.example; dmarc=pass header.from=evil.example\r\n" FROM},
        {"null sender: SPF of the greeting only",
         OURS "Authentication-Results: mx.ca.example; spf=pass smtp.helo=b.example smtp.mailfrom=<>\r\n" FROM},
        {"the domain as a local part",
         OURS "Authentication-Results: mx.ca.example; spf=pass smtp.mailfrom=b.example@evil.example\r\n" FROM},
        {"pass in a comment",
         OURS "Authentication-Results: mx.ca.example; dmarc=none (dmarc=pass header.from=b.example)\r\n" FROM},
        {"pass in a quoted local part",
         OURS "Authentication-Results: mx.ca.example; spf=fail smtp.mailfrom=\"x; dmarc=pass "
              "header.from=b.example\"@evil.example\r\n" FROM},
        {"softfail", OURS "Authentication-Results: mx.ca.example; spf=softfail smtp.mailfrom=b.example\r\n" FROM},
        {"a method of another name",
         OURS "Authentication-Results: mx.ca.example; x-dmarc=pass header.from=b.example\r\n" FROM},
        {"another field's name", OURS "X-Authentication-Results: mx.ca.example; dmarc=pass header.from=b.example\r\n"
                                      "ARC-Authentication-Results: i=1; mx.ca.example; dmarc=pass "
                                      "header.from=b.example\r\n" FROM},
        {"two addresses", OURS PASS "From: desk@b.example, x@evil.example\r\n"},
        {"two addresses, folded", OURS PASS "From: desk@b.example,\r\n\tx@evil.example\r\n"},
        {"two addresses, ours last, folded", OURS PASS "From: x@evil.example,\r\n desk@b.example\r\n"},
        {"a group", OURS PASS "From: Desk: desk@b.example;\r\n"},
        {"two From fields, ours last", OURS PASS "From: x@evil.example\r\n" FROM},
        {"two From fields, one spelt otherwise", OURS PASS FROM "FROM : x@evil.example\r\n"},
        {"two From fields, one empty", OURS PASS FROM "from:\r\n"},
        {"the same From twice", OURS PASS FROM FROM},
        {"two From fields", OURS PASS FROM "From: x@evil.example\r\n"},
        {"a display name that is an address", OURS PASS "From: \"desk@b.example\" <x@evil.example>\r\n"},
        {"an address for a display name", OURS PASS "From: desk@b.example <x@evil.example>\r\n"},
        {"two addresses in brackets", OURS PASS "From: <desk@b.example> <x@evil.example>\r\n"},
        {"a sub-domain", OURS PASS "From: desk@mail.b.example\r\n"},
        {"a domain that only ends alike", OURS PASS "From: desk@evilb.example\r\n"},
        {"no From at all", OURS PASS},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *domain = proved_by(table[i].header);
        if (domain[0])
            print_message("%s: \"%s\"\n", table[i].why, domain);
        assert_string_equal(domain, "");
    }
}

static void without_own_hosts_nothing_is_proved(void **state)
{
    (void)state;
    assert_string_equal(proved_by(OURS PASS FROM), "b.example");
    settings->own_host_count = 0;
    assert_string_equal(proved_by(OURS PASS FROM), "");
    assert_string_equal(proved_by("Authentication-Results: ; dmarc=pass header.from=b.example\r\n" FROM), "");
    char domain[128] = "x";
    cpr_origin_of(facts, NULL, domain);
    assert_string_equal(domain, "");
    settings->own_host_count = 4;
}

/* Exchange Online names a host of the day; the operator names the domain above it. */
#define HOSTED(store, edge)                                                                                            \
    "Received: from " edge " by " store "; Tue, 5 Mar 2024 15:19:08 +0000\r\nAuthentication-Results: dmarc=pass "      \
    "header.from=b.example\r\nReceived: from out.b.example by " edge "; Tue, 5 Mar 2024 15:19:07 +0000\r\n"

static void hosts_below_a_named_domain_are_ours_and_its_look_alikes_are_not(void **state)
{
    (void)state;
    static const struct {
        const char *header, *want;
    } table[] = {
        {HOSTED("s7.prod.outlook.com", "e7.mail.protection.outlook.com") FROM, "b.example"},
        {HOSTED("S8.ns.PROD.outlook.com", "E8.mail.Protection.outlook.com") FROM, "b.example"},
        {HOSTED("prod.outlook.com", "e7.mail.protection.outlook.com") FROM, ""},
        {HOSTED("evilprod.outlook.com", "e7.mail.protection.outlook.com") FROM, ""},
        {HOSTED("s7.prod.outlook.com", "evil.mail-protection.outlook.com") FROM, ""},
        {HOSTED("s7.prod.outlook.com", "e7.mail.protection.outlook.com.evil.example") FROM, ""},
        /* an authserv-id is compared alike */
        {"Received: from x by e7.protection.outlook.com; Tue, 5 Mar 2024 15:19:07 +0000\r\nAuthentication-Results: "
         "e7.protection.outlook.com; dmarc=pass header.from=b.example\r\n" FROM,
         "b.example"},
        {"Received: from x by e7.protection.outlook.com; Tue, 5 Mar 2024 15:19:07 +0000\r\nAuthentication-Results: "
         "evilprotection.outlook.com; dmarc=pass header.from=b.example\r\n" FROM,
         ""},
        {"Received: from x by e7.protection.outlook.com; Tue, 5 Mar 2024 15:19:07 +0000\r\nAuthentication-Results: "
         "protection.outlook.com; dmarc=pass header.from=b.example\r\n" FROM,
         ""},
    };
    settings->own_host_count = 2;
    char kept[2][CPR_HOST_SIZE];
    memcpy(kept, settings->own_hosts, sizeof kept);
    snprintf(settings->own_hosts[0], sizeof settings->own_hosts[0], ".protection.outlook.com");
    snprintf(settings->own_hosts[1], sizeof settings->own_hosts[1], ".prod.outlook.com");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *domain = proved_by(table[i].header);
        if (strcmp(domain, table[i].want) != 0)
            print_message("%s\n", table[i].header);
        assert_string_equal(domain, table[i].want);
    }
    memcpy(settings->own_hosts, kept, sizeof kept);
    settings->own_host_count = 4;
}

/* Where a border neither removes foreign fields nor writes its own, its name is anybody's: RFC 8601 section 5 forbids
 * such a border, and no reader can tell. */
static void a_border_that_does_not_keep_rfc_8601_is_not_found_out(void **state)
{
    (void)state;
    assert_string_equal(proved_by(OURS PASS FROM), "b.example");
}

static void a_form_is_a_proved_sender_and_a_subject(void **state)
{
    (void)state;
    static const struct {
        const char *from, *subject, *proved;
        bool want;
    } table[] = {
        {"desk@b.example", "Your daily DIGEST is here", "b.example", true},
        {"Desk@B.Example", "your daily digest", "b.example", true},
        {"other@c.example", "Quarantäne: 3", "c.example", true},
        {"other@c.example", "QUARANTÄNE", "c.example", true},
        {"desk@b.example", "your daily digest", "", false},
        {"desk@b.example", "your daily digest", "c.example", false},
        {"other@b.example", "your daily digest", "b.example", false},
        {"desk@b.example", "Certificate problem", "b.example", false},
        {"x@mail.c.example", "digest", "mail.c.example", false},
        {"x@mail.c.example", "digest", "c.example", false},
        {"x@evilc.example", "digest", "c.example", false},
        {"", "digest", "c.example", false},
    };
    struct cpr_judge_form form = {.name = "x",
                                  .sender_count = 2,
                                  .subject_count = 2,
                                  .senders = {"desk@b.example", "@c.example"},
                                  .subjects = {"digest", "quarantäne"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        memset(facts, 0, sizeof *facts);
        snprintf(facts->from_address, sizeof facts->from_address, "%s", table[i].from);
        snprintf(facts->subject, sizeof facts->subject, "%s", table[i].subject);
        assert_int_equal(cpr_origin_matches(&form, facts, table[i].proved), table[i].want);
    }
    memset(facts, 0, sizeof *facts);
    snprintf(facts->from_address, sizeof facts->from_address, "desk@b.example");
    snprintf(facts->subject, sizeof facts->subject, "digest");
    assert_true(cpr_origin_matches(&form, facts, "b.example"));
    facts->further_subject_count = 1; /* a signed mail sent again, with a field on top */
    assert_false(cpr_origin_matches(&form, facts, "b.example"));
    form.subject_count = 0;
    snprintf(facts->from_address, sizeof facts->from_address, "x@c.example");
    assert_true(cpr_origin_matches(&form, facts, "c.example"));
    form.sender_count = 0;
    assert_false(cpr_origin_matches(&form, facts, "c.example"));
}

static void the_lines_of_own_hosts_are_kept_as_they_stand(void **state)
{
    (void)state;
    struct cpr_reading *reading = calloc(1, sizeof *reading);
    assert_non_null(reading);
    cpr_judge_message(cpr_view_of(STORE OURS THEIRS OURS "Subject: Report\r\n\r\nText\r\n"), false, settings, reading);
    assert_int_equal(reading->received_count, 4);
    assert_string_equal(reading->received[0].raw,
                        "from mx.ca.example by imap.ca.example with LMTP; Tue, 5 Mar 2024 15:19:08 +0000");
    assert_string_equal(
        reading->received[1].raw,
        "from out.b.example ([192.0.2.1]) by mx.ca.example with ESMTPS; Tue, 5 Mar 2024 15:19:07 +0000");
    assert_string_equal(reading->received[2].raw, "");
    assert_string_equal(reading->received[3].raw, ""); /* below a foreign line: the sender wrote it */
    assert_true(cpr_reading_is_sound(reading));
    free(reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lines_of_own_hosts_are_kept_as_they_stand),
        cmocka_unit_test(what_our_border_wrote_is_believed),
        cmocka_unit_test(what_a_sender_can_write_proves_nothing),
        cmocka_unit_test(without_own_hosts_nothing_is_proved),
        cmocka_unit_test(hosts_below_a_named_domain_are_ours_and_its_look_alikes_are_not),
        cmocka_unit_test(a_border_that_does_not_keep_rfc_8601_is_not_found_out),
        cmocka_unit_test(a_form_is_a_proved_sender_and_a_subject),
    };
    return cmocka_run_group_tests_name("origin", tests, set_up, tear_down);
}
