/* What a mail of ours is worth as an answer, and what it leaves unanswered. */
#include "cpr/casework/coverage.h"
#include "cpr/casework/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cpr_reply_view read_words(const char *words, bool is_automatic, const char *serial)
{
    struct cpr_reading *reply = calloc(1, sizeof *reply);
    assert_non_null(reply);
    cpr_reading_clear(reply);
    snprintf(reply->own_words, sizeof reply->own_words, "%s", words);
    reply->is_automatic = is_automatic;
    if (serial) {
        snprintf(reply->identifiers[0].value, sizeof reply->identifiers[0].value, "%s", serial);
        reply->identifier_count = 1;
    }
    struct cpr_reply_view view = cpr_reply_read(reply);
    free(reply);
    return view;
}

static void only_words_of_findings_are_an_answer(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        enum cpr_reply_class want;
    } table[] = {
        {"We have revoked the certificate with serial number 04A1.", CPR_REPLY_SUBSTANTIVE},
        {"Thank you for your report. Our investigation showed that the key is compromised.", CPR_REPLY_SUBSTANTIVE},
        {"Hello, we found no violation of the Baseline Requirements. Regards", CPR_REPLY_SUBSTANTIVE},
        {"This certificate was not issued by us.", CPR_REPLY_SUBSTANTIVE},
        {"Das Zertifikat wurde widerrufen.", CPR_REPLY_SUBSTANTIVE},
        {"Le certificat a été révoqué ce matin.", CPR_REPLY_SUBSTANTIVE},
        {"Сертификат был отозван.", CPR_REPLY_SUBSTANTIVE},
        {"当該証明書は失効しました。", CPR_REPLY_SUBSTANTIVE},
        {"We have received your report and will get back to you within 24 hours.", CPR_REPLY_ACKNOWLEDGEMENT},
        {"Ticket #4711 has been created. A preliminary report on our findings will follow.", CPR_REPLY_ACKNOWLEDGEMENT},
        {"We are looking into it. If the key is compromised, the certificate is revoked within 24 hours.",
         CPR_REPLY_ACKNOWLEDGEMENT},
        {"Could you tell us whether the certificate was revoked?", CPR_REPLY_ACKNOWLEDGEMENT},
        {"Have you seen that it was revoked?", CPR_REPLY_ACKNOWLEDGEMENT},
        {"Once we have confirmed this we will write again.", CPR_REPLY_ACKNOWLEDGEMENT},
        {"Wir haben Ihre Meldung erhalten und melden uns.", CPR_REPLY_ACKNOWLEDGEMENT},
        {"Nous avons bien reçu votre signalement.", CPR_REPLY_ACKNOWLEDGEMENT},
        {"Thanks!", CPR_REPLY_ACKNOWLEDGEMENT},
        {"", CPR_REPLY_ACKNOWLEDGEMENT},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (read_words(table[i].words, false, NULL).class != table[i].want)
            fail_msg("\"%s\" is not %s", table[i].words, cpr_reply_class_name(table[i].want));
    assert_int_equal(read_words("We have revoked it.", true, NULL).class, CPR_REPLY_ACKNOWLEDGEMENT);
    /* A template repeats what it was asked about: to name a certificate is no finding. */
    assert_int_equal(read_words("All done.", false, "4a1").class, CPR_REPLY_ACKNOWLEDGEMENT);
    assert_int_equal(read_words("We have received your report on 4A1.", false, "4a1").class, CPR_REPLY_ACKNOWLEDGEMENT);
    assert_string_equal(read_words("Hello. We have revoked it. Bye.", false, NULL).words, "We have revoked it.");
}

static void a_reply_counts_for_the_one_who_filed_it_and_in_our_words(void **state)
{
    (void)state;
    struct cpr_reply_view read = read_words("We have revoked it.", false, NULL);
    static const struct {
        const char *recipients, *from, *reply_to, *excerpt;
        enum cpr_reply_class want;
    } table[] = {
        {"R@x.example", "r@X.example", "", "the key", CPR_REPLY_SUBSTANTIVE},
        {"colleague@ca.example r@x.example", "r@x.example", "", "the key", CPR_REPLY_SUBSTANTIVE}, /* Cc */
        {"r+ca@x.example", "r@x.example", "", "the key", CPR_REPLY_SUBSTANTIVE},
        {"r@x.example", "r+ca@x.example", "", "the key", CPR_REPLY_SUBSTANTIVE},
        {"person@x.example", "noreply@x.example", "person@x.example", "the key", CPR_REPLY_SUBSTANTIVE},
        {"Reporter <r@x.example>", "r@x.example", "", "the key", CPR_REPLY_SUBSTANTIVE}, /* as older rows have it */
        {"colleague@ca.example", "r@x.example", "", "the key", CPR_REPLY_OTHER_RECIPIENT},
        {"other@x.example", "r@x.example", "", "the key", CPR_REPLY_OTHER_RECIPIENT}, /* ends like it */
        {"r@x.example.net", "r@x.example", "", "the key", CPR_REPLY_OTHER_RECIPIENT},
        {"r@x.example", "", "", "the key", CPR_REPLY_OTHER_RECIPIENT},
        {"", "r@x.example", "", "the key", CPR_REPLY_OTHER_RECIPIENT},
        /* The sentence is the reporter's own, quoted without a mark. */
        {"r@x.example", "r@x.example", "", "You say: We have revoked it. Not true", CPR_REPLY_ACKNOWLEDGEMENT},
        {"r@x.example", "r@x.example", "", "that you claim: \"we have\nrevoked it\"", CPR_REPLY_ACKNOWLEDGEMENT},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_reply_report report = {table[i].from, table[i].reply_to, table[i].excerpt};
        if (cpr_reply_for(&read, table[i].recipients, &report).class != table[i].want)
            fail_msg("row %zu", i);
    }
}

static void an_acknowledgement_closes_where_one_is_asked_for_and_a_person_wrote_it(void **state)
{
    (void)state;
    for (int profile = 0; profile < CPR_PROFILES; profile++)
        for (int class = 0; class < CPR_REPLY_CLASSES; class ++)
            for (int automatic = 0; automatic < 2; automatic++) {
                bool want = class == CPR_REPLY_SUBSTANTIVE ||
                            (profile == CPR_PROFILE_CODE_SIGNING && class == CPR_REPLY_ACKNOWLEDGEMENT && !automatic);
                assert_int_equal(cpr_reply_closes((enum cpr_profile)profile, (enum cpr_reply_class) class, automatic),
                                 want);
            }
}

static void a_mail_in_an_archive_is_ours_when_it_never_travelled_or_is_proved(void **state)
{
    (void)state;
    static const struct {
        const char *from, *proved;
        unsigned hops;
        bool want;
    } table[] = {
        {"cpr@ca.example", "", 0, true},
        {"desk@CA.example", "", 0, true},
        {"cpr@ca.example", "ca.example", 2, true},
        {"cpr@ca.example", "", 1, false},
        {"cpr@ca.example", "evil.example", 1, false},
        {"cpr@evil.example", "", 0, false},
        {"", "", 0, false},
    };
    char addresses[1][CPR_ADDRESS_MAX] = {"cpr@ca.example"};
    struct cpr_reading *reply = calloc(1, sizeof *reply);
    assert_non_null(reply);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        snprintf(reply->from_address, sizeof reply->from_address, "%s", table[i].from);
        snprintf(reply->authenticated_domain, sizeof reply->authenticated_domain, "%s", table[i].proved);
        reply->received_count = table[i].hops;
        if (cpr_reply_is_ours(reply, addresses, 1) != table[i].want)
            fail_msg("row %zu", i);
    }
    free(reply);
}

/* --- coverage -------------------------------------------------------------------------------------------------------
 */

#define ITEM(a, b)                                                                                                     \
    {                                                                                                                  \
        .type = CPR_IDENTIFIER_##a, .value = b                                                                         \
    }
#define QUOTED(a, b)                                                                                                   \
    {                                                                                                                  \
        .type = CPR_IDENTIFIER_##a, .value = b, .is_quoted = 1                                                         \
    }

static void what_no_reply_names_is_unanswered(void **state)
{
    (void)state;
    static const struct cpr_identifier asked[] = {ITEM(SERIAL, "4a1"), ITEM(DOMAIN, "www.example.com"),
                                                  ITEM(SERIAL, "5b2"), ITEM(CERTIFICATE, "cc"), ITEM(SECTION, "4.9.1")};
    static const struct cpr_reading_certificate certificate = {.sha256 = "cc", .serial = "7d4", .spki_sha256 = "dd"};
    static const struct {
        struct cpr_identifier said[3];
        size_t count, unanswered;
        uint16_t first;
        bool names_only_domains;
    } table[] = {
        {{ITEM(SERIAL, "4a1"), ITEM(SERIAL, "5b2"), ITEM(CERTIFICATE, "cc")}, 3, 0, 0, false},
        {{ITEM(SERIAL, "4a1"), ITEM(SERIAL, "5b2"), ITEM(SERIAL, "7d4")}, 3, 0, 0, false}, /* the same certificate */
        {{ITEM(SERIAL, "4a1"), QUOTED(SERIAL, "5b2"), ITEM(SHA256, "cc")}, 3, 1, 2, false},
        {{ITEM(DOMAIN, "www.example.com")}, 1, 3, 0, true},
        {{ITEM(DOMAIN, "www.example.com"), ITEM(SERIAL, "4a1")}, 2, 2, 2, false},
        {{QUOTED(DOMAIN, "www.example.com")}, 1, 3, 0, false},
        {{ITEM(SERIAL, "999")}, 0, 3, 0, false},
    };
    struct cpr_coverage_side report = {asked, sizeof asked / sizeof asked[0], &certificate, 1};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct cpr_coverage_side replies = {table[i].said, table[i].count, NULL, 0};
        struct cpr_coverage got = cpr_coverage_of(&report, &replies);
        if (got.item_count != 3 || got.unanswered_count != table[i].unanswered ||
            (got.unanswered_count && got.unanswered[0] != table[i].first) ||
            got.names_only_domains != table[i].names_only_domains)
            fail_msg("row %zu: %zu of %zu, first %u", i, got.unanswered_count, got.item_count, got.unanswered[0]);
    }
}

static void a_report_that_names_nothing_leaves_nothing_unanswered(void **state)
{
    (void)state;
    static const struct cpr_identifier asked[] = {ITEM(DOMAIN, "www.example.com")};
    struct cpr_coverage_side report = {asked, 1, NULL, 0}, replies = {asked, 1, NULL, 0};
    struct cpr_coverage got = cpr_coverage_of(&report, &replies);
    assert_int_equal(got.item_count, 0);
    assert_int_equal(got.unanswered_count, 0);
    assert_false(got.names_only_domains);
}

static void an_answer_to_a_mail_about_another_certificate_is_none_to_the_report(void **state)
{
    (void)state;
    static const struct {
        const char *report, *answered, *reply, *quoted; /* serial numbers; "": none */
        bool want;
    } table[] = {
        {"aa", "bb", "", "", true},                                    /* the wrong certificate */
        {"aa", "bb", "bb", "", true},   {"aa", "bb", "aa", "", false}, /* but it says which one it means */
        {"aa", "bb", "bb", "aa", true},                                /* what is only quoted was not said */
        {"aa", "aa", "", "", false},                                   /* a reminder */
        {"aa", "", "", "", false},      {"", "bb", "", "", true},      {"", "", "", "", false},
    };
    struct cpr_link_facts *report = calloc(1, sizeof *report), *answered = calloc(1, sizeof *answered);
    struct cpr_reading *reply = calloc(1, sizeof *reply);
    assert_true(report && answered && reply);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        strcpy(report->identifiers[0].value, table[i].report);
        report->identifier_count = table[i].report[0] != '\0';
        strcpy(answered->identifiers[0].value, table[i].answered);
        answered->identifier_count = table[i].answered[0] != '\0';
        strcpy(reply->identifiers[0].value, table[i].reply);
        strcpy(reply->identifiers[1].value, table[i].quoted);
        reply->identifiers[1].is_quoted = 1;
        reply->identifier_count = 2;
        if (cpr_reply_is_about_another(reply, report, answered) != table[i].want)
            fail_msg("row %zu", i);
    }
    free(report);
    free(answered);
    free(reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_to_a_mail_about_another_certificate_is_none_to_the_report),
        cmocka_unit_test(only_words_of_findings_are_an_answer),
        cmocka_unit_test(a_reply_counts_for_the_one_who_filed_it_and_in_our_words),
        cmocka_unit_test(an_acknowledgement_closes_where_one_is_asked_for_and_a_person_wrote_it),
        cmocka_unit_test(a_mail_in_an_archive_is_ours_when_it_never_travelled_or_is_proved),
        cmocka_unit_test(what_no_reply_names_is_unanswered),
        cmocka_unit_test(a_report_that_names_nothing_leaves_nothing_unanswered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
