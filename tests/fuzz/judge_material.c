/* Any bytes as an attachment: certificates and what holds them. Ours or not, the reading is sound, and settings that
 * know an issuer lower nothing. Seeds: tests/fuzz/judge_material. */
#include "cpr/base/assert.h"
#include "cpr/judge/judge.h"
#include "cpr/judge/own.h"
#include "cpr/judge/material.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(const uint8_t *data, size_t size, const struct cpr_judge_settings *settings, struct cpr_reading *out)
{
    static struct cpr_facts facts;
    memset(&facts, 0, sizeof facts);
    facts.text = cpr_buffer_new(CPR_TEXT_MAX_BYTES);
    facts.hrefs = cpr_buffer_new(16);
    facts.members = cpr_buffer_new(16);
    facts.part_count = 1;
    facts.parts[0].is_attachment = facts.parts[0].is_opaque = true;
    facts.parts[0].bytes = cpr_buffer_new(64 * 1024);
    cpr_buffer_add(&facts.parts[0].bytes, cpr_view_make(data, size));
    cpr_reading_clear(out);
    struct cpr_evidence evidence = {.facts = &facts, .settings = settings, .reading = out};
    cpr_material_find(&evidence);
    cpr_own_text(&evidence);
    CPR_ASSERT(cpr_reading_is_sound(out));
    cpr_facts_free(&facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cpr_judge_settings settings = {
        .issuer_count = 1,
        .issuers = {{.name = "tls",
                     .common_name_count = 1,
                     .key_id_count = 1,
                     .host_count = 1,
                     .policy_oid_count = 1,
                     .common_names = {"Example TLS CA 1"},
                     .key_ids = {"c367b7dc059cc4909f5de221703c816218321af8"},
                     .hosts = {"crl.ca.example"},
                     .policy_oids = {"1.3.6.1.4.1.99999.1.7"}}},
    };
    static struct cpr_reading without, with;
    judge(data, size, NULL, &without);
    judge(data, size, &settings, &with);
    CPR_ASSERT(with.score >= without.score && with.identifier_count == without.identifier_count);
    return 0;
}
