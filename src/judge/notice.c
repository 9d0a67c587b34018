#include "cpr/judge/notice.h"
#include "cpr/base/text.h"
#include "cpr/judge/notice_date.h"
#include "cpr/judge/origin.h"
#include "notice_words.h"

#include <stdlib.h>

/* What names the vendor, or says how many messages there are, stands at the top. */
enum { LOOK_BYTES = 16 * 1024, STATED_MAX = 16, STATED_LIMIT = 100000 };

/* ---- vendors ----------------------------------------------------------------------------------------------------- */

struct vendor {
    const char *name;
    bool is_utc;                                    /* its dates are, without saying so at each */
    const char *senders, *subjects, *texts, *links; /* "one|two": any of them, in lower case */
};

/* Subjects and senders can be changed by administrators with most of these products; so any mark is enough, and the
 * rows are read the same way whoever the vendor is. */
static const struct vendor vendors[] = {
    /* Microsoft Learn, "Quarantine notifications": Sender, Subject, Date (in UTC) per message; before 2022 "End-user
     * spam notifications" in which the quarantine's count stands above. */
    {"Microsoft Defender", true, "quarantine@messaging.microsoft.com|quarantine@protection.microsoft.com",
     "microsoft 365 security: you have|spam notification:",
     "prevented spam messages|prevented phish messages|prevented bulk|microsoft defender for office 365|"
     "these messages are held for you in quarantine|quarantine page in the security",
     "security.microsoft.com/quarantine|protection.office.com/quarantine"},
    /* Proofpoint Protection Server, "End User Digest": sections "Spam - Quarantined", "Low Priority Mail -
     * Quarantined"; columns Score, From, Subject, Date, under them the actions. */
    {"Proofpoint", false, "", "end user digest|enduser digest",
     "spam - quarantined|low priority mail - quarantined|request new end user digest|end user digest", ""},
    /* Proofpoint Essentials, "Quarantine Digests Explained": Preview, Release, Release & Approve, Block. */
    {"Proofpoint Essentials", false, "", "quarantine digest", "release & approve|proofpoint essentials",
     "proofpointessentials.com"},
    /* Mimecast, "The Digest Email": From, Subject, reason and date of each held message; Release, Block, Permit. */
    {"Mimecast", false, "@mimecast.com|@mimecastreport.com",
     "messages on hold|message on hold|new held messages|personal digest|moderated digest|"
     "zuruckgehaltene nachrichten",
     "hold queue|held messages|on hold for you|mimecast", "mimecast.com"},
    /* Barracuda Campus, "Quarantine Notifications": Date or Time Received, From, Subject, Actions. */
    {"Barracuda", false, "@barracudanetworks.com|@ess.barracudanetworks.com",
     "spam quarantine summary|quarantine notification|user quarantine account", "spam quarantine summary|barracuda",
     "barracudanetworks.com"},
    /* Cisco AsyncOS user guide, "Spam Quarantine": notification with From, Subject, Date, and "Release". */
    {"Cisco", false, "@iphmx.com", "spam quarantine notification|ironport spam quarantine",
     "ironport|spam quarantine notification|cisco secure email|blocked by your administrator", "iphmx.com|/search?h="},
    /* FortiMail administration guide, "About the plain text formatted quarantine report" and "HTML formatted": Date,
     * From, Subject, Message-Id of each; the subject line counts them. */
    {"FortiMail", false, "release-ctrl@", "quarantine summary: [|quarantine summary", "fortimail|release-ctrl", ""},
    /* Sophos Central and UTM help, "Quarantine summary", "Quarantine Report": Sender, Subject, Date, Release. */
    {"Sophos", false, "@sophos.com|@cloud.sophos.com", "quarantine summary|quarantine report|quarantine digest",
     "sophos", "sophos.com"},
    /* Proxmox Mail Gateway, spamreport-verbose.tt: sender and date on one line, subject and actions on the next. */
    {"Proxmox", false, "", "daily spam report for|weekly spam report for|spam report for", "powered by proxmox|proxmox",
     "/quarantine?"},
    /* amavis README.customize, templates for administrators and recipients: Return-Path, From, Subject and where the
     * message was quarantined, one message a notice. */
    {"amavis", false, "", "unsolicited bulk|spam from|virus from|banned contents",
     "internal reference code for the message is|has been quarantined as|amavis", ""},
    /* Google Groups help, "Moderate messages": pending messages, and the moderators' spam report. */
    {"Google", false, "noreply-spamdigest@google.com|noreply-spamdigest@|groups-noreply@google.com",
     "moderator's spam report|moderators spam report|message pending|messages pending|pending messages|pending message|"
     "message waiting for approval",
     "moderator's spam report|pending message|pending your approval|require your approval",
     "groups.google.com/|admin.google.com/ac/emailquarantine"},
};

/* Any product's, in the words of its country. */
static const char generic[] =
    "quarantine|quarantined|spam digest|spam report|held messages|messages held|quarantäne|spam-bericht|"
    "spam-zusammenfassung|quarantaine|cuarentena|quarantena|kwarantann|隔離|検疫|迷惑メール通知";

static bool has_any(struct cpr_view text, const char *list)
{
    char item[128];
    for (const char *at = list; *at;) {
        size_t len = strcspn(at, "|");
        if (len && len < sizeof item) {
            memcpy(item, at, len);
            item[len] = 0;
            if (cpr_view_find_nocase(text, item, 0) != CPR_VIEW_NOT_FOUND)
                return true;
        }
        at += len + (at[len] == '|');
    }
    return false;
}

/* Two kinds of marks, or the sender's address, make a vendor; else the vendor's name may only be mentioned. */
static const struct vendor *find_vendor(const struct cpr_facts *facts, struct cpr_view text)
{
    struct cpr_view top = cpr_view_slice(text, 0, LOOK_BYTES), subject = cpr_view_of(facts->subject);
    struct cpr_view links = cpr_view_slice(cpr_buffer_view(&facts->hrefs), 0, LOOK_BYTES);
    for (size_t i = 0; i < sizeof vendors / sizeof vendors[0]; i++) {
        const struct vendor *vendor = &vendors[i];
        unsigned marks = has_any(cpr_view_of(facts->from_address), vendor->senders) ? 2 : 0;
        marks += has_any(subject, vendor->subjects);
        marks += has_any(top, vendor->texts);
        marks += has_any(links, vendor->links) || has_any(top, vendor->links);
        if (marks >= 2)
            return vendor;
    }
    return NULL;
}

const char *cpr_notice_vendor(const struct cpr_facts *facts, struct cpr_view text)
{
    const struct vendor *vendor = find_vendor(facts, text);
    if (vendor)
        return vendor->name;
    return has_any(cpr_view_of(facts->subject), generic) ? "some mail filter" : NULL;
}

/* ---- how many messages it says it lists -------------------------------------------------------------------------- */

struct stated {
    int64_t numbers[STATED_MAX];
    size_t count;
};

static void state(struct stated *stated, int64_t number)
{
    if (stated->count < STATED_MAX && number < STATED_LIMIT)
        stated->numbers[stated->count++] = number;
}

static bool is_message(const char *word)
{
    static const char *const stems[] = {"message", "messagg", "mensaje", "mensag",   "nachricht", "bericht",
                                        "wiadomo", "mail",    "email",   "courriel", "correo",    "post"};
    for (size_t i = 0; i < sizeof stems / sizeof stems[0]; i++)
        if (strncmp(word, stems[i], strlen(stems[i])) == 0)
            return true;
    return false;
}

/* Words that make the number before them one of something else. */
static bool is_measure(const char *word)
{
    static const char measures[] =
        "day|days|hour|hours|minutes|week|weeks|month|months|tag|tage|tagen|stunden|wochen|jour|jours|heures|dia|dias|"
        "horas|giorni|ore|dagen|uur|dni|godzin|am|pm|utc|gmt|kb|mb|gb|of|von|de|di|van|z|a|at|um|o";
    return cpr_notice_word_is(measures, word) || cpr_ascii_is_digit(word[0]) || word[0] == 0;
}

static bool is_number_end(char c)
{
    return c != ':' && c != '/' && c != '-' && c != '.' && c != ',' && c != '%';
}

/* "5 new held messages", "5件": the noun stands at most three words behind the number. */
static bool is_before_noun(struct cpr_view text, size_t at)
{
    char word[CPR_NOTICE_WORD_SIZE];
    for (int words = 0; words < 4; words++) {
        while (at < text.len && strchr(" \t-()", text.data[at]))
            at++;
        struct cpr_view rest = cpr_view_slice(text, at, text.len);
        if (cpr_view_starts_nocase(rest, "件") || cpr_view_starts_nocase(rest, "通"))
            return true;
        size_t from = at;
        while (at < text.len && !strchr(" \t\n-().,:;!?/", text.data[at]))
            at++;
        cpr_notice_word_fold(cpr_view_slice(text, from, at - from), word);
        if (is_message(word))
            return true;
        if (is_measure(word))
            return false;
    }
    return false;
}

/* "Messages: 5", "Number of messages in quarantine: 5". */
static bool is_behind_noun(struct cpr_view text, size_t at)
{
    char word[CPR_NOTICE_WORD_SIZE];
    while (at && strchr(" \t", text.data[at - 1]))
        at--;
    if (at == 0 || text.data[at - 1] != ':')
        return false;
    at--;
    for (int words = 0; words < 5 && at; words++) {
        size_t end = at;
        while (at && !strchr(" \t\n-().,:;!?/", text.data[at - 1]))
            at--;
        cpr_notice_word_fold(cpr_view_slice(text, at, end - at), word);
        if (is_message(word))
            return true;
        if (at == 0 || !strchr(" \t-", text.data[at - 1]))
            return false;
        at--;
    }
    return false;
}

static void find_stated(struct cpr_view text, struct stated *stated)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        int64_t number = 0;
        while (at < text.len && cpr_ascii_is_digit(text.data[at]) && at - from < 9)
            number = number * 10 + (text.data[at++] - '0');
        if (at == from) {
            at++;
            continue;
        }
        bool is_alone =
            (from == 0 || (is_number_end(text.data[from - 1]) && !cpr_ascii_is_alpha(text.data[from - 1]))) &&
            (at == text.len || is_number_end(text.data[at]) || at + 1 == text.len ||
             !cpr_ascii_is_digit(text.data[at + 1]));
        if (is_alone && (is_before_noun(text, at) || is_behind_noun(text, from)))
            state(stated, number);
    }
}

/* Sections count for themselves; a digest may also count what earlier ones listed. So any number, or their sum. */
static bool agrees(const struct stated *stated, uint32_t rows)
{
    int64_t sum = 0;
    for (size_t i = 0; i < stated->count; i++) {
        if (stated->numbers[i] == rows)
            return true;
        sum += stated->numbers[i];
    }
    return stated->count == 0 || sum == rows;
}

/* ---- a notice that is believed ----------------------------------------------------------------------------------- */

static const struct cpr_judge_form *find_source(const struct cpr_facts *facts,
                                                const struct cpr_judge_settings *settings, const char *proved_domain)
{
    for (uint32_t i = 0; settings && i < settings->notice_count && i < CPR_NOTICE_SOURCES_MAX; i++)
        if (cpr_origin_matches(&settings->notices[i], facts, proved_domain))
            return &settings->notices[i];
    return NULL;
}

static bool is_listing(const struct cpr_facts_part *part, size_t cursor, size_t text_len)
{
    return !part->is_attachment && part->text_end > part->text_start && part->text_start >= cursor &&
           part->text_end <= text_len &&
           (strcmp(part->type, "text/plain") == 0 || strcmp(part->type, "text/html") == 0);
}

/* Part by part: the plain and the HTML form of a text list the same rows. Text of attachments is rest. */
static void read_rows(const struct cpr_facts *facts, struct cpr_notice *notice)
{
    struct cpr_view text = cpr_buffer_view(&facts->text);
    const struct cpr_facts_part *before = NULL;
    size_t cursor = 0;
    if (facts->limits & CPR_READING_TEXT_CUT) {
        cpr_notice_rows_read(text, &notice->list, &notice->rest);
        return;
    }
    for (uint32_t i = 0; i < facts->part_count; i++) {
        const struct cpr_facts_part *part = &facts->parts[i];
        if (!is_listing(part, cursor, text.len))
            continue;
        struct cpr_view own = cpr_view_slice(text, part->text_start, part->text_end - part->text_start);
        cpr_buffer_add(&notice->rest, cpr_view_slice(text, cursor, part->text_start - cursor));
        if (before && strcmp(before->type, part->type) != 0)
            cpr_notice_rows_merge(own, &notice->list, &notice->rest);
        else
            cpr_notice_rows_read(own, &notice->list, &notice->rest);
        cursor = part->text_end;
        before = part;
    }
    cpr_buffer_add(&notice->rest, cpr_view_slice(text, cursor, text.len));
}

/* Two clocks are asked: a service in the cloud writes Date: in UTC and its rows in the customer's time. */
static struct cpr_notice_clock find_clock(const struct cpr_facts *facts, const struct cpr_judge_settings *settings,
                                          const struct cpr_notice *notice)
{
    const struct vendor *vendor = find_vendor(facts, cpr_buffer_view(&notice->rest));
    struct cpr_notice_clock clock = {facts->date_ms, 0, notice->source->kept_ms};
    int64_t offset_ms = facts->date_ms == CPR_TIME_NONE ? INT64_MIN : facts->date_offset_ms;
    for (uint32_t i = 0; i < facts->received_count && i < CPR_RECEIVED_MAX; i++) {
        const struct cpr_facts_received *received = &facts->received[i];
        if (received->utc_ms == CPR_TIME_NONE || !cpr_origin_is_own_host(received->by_host, settings))
            continue;
        clock.notice_ms =
            clock.notice_ms == CPR_TIME_NONE || received->utc_ms < clock.notice_ms ? received->utc_ms : clock.notice_ms;
        offset_ms = received->offset_ms > offset_ms ? received->offset_ms : offset_ms;
        break;
    }
    if (clock.notice_ms != CPR_TIME_NONE && !cpr_time_is_plausible(clock.notice_ms))
        clock.notice_ms = CPR_TIME_NONE;
    if (!(vendor && vendor->is_utc))
        clock.offset_ms = offset_ms == INT64_MIN ? 14 * CPR_HOUR_MS : offset_ms; /* the easternmost: the earliest */
    return clock;
}

static int64_t believable(int64_t utc_ms)
{
    return utc_ms != CPR_TIME_NONE && cpr_time_is_plausible(utc_ms) ? utc_ms : CPR_TIME_NONE;
}

struct cpr_notice *cpr_notice_read(const struct cpr_facts *facts, const struct cpr_judge_settings *settings,
                                   const char *proved_domain)
{
    const struct cpr_judge_form *source = find_source(facts, settings, proved_domain);
    struct cpr_notice *notice = source ? calloc(1, sizeof *notice) : NULL;
    if (!notice)
        return NULL;
    notice->source = source;
    notice->rest = cpr_buffer_new(2 * CPR_TEXT_MAX_BYTES);
    read_rows(facts, notice);
    struct cpr_notice_clock clock = find_clock(facts, settings, notice);
    for (uint32_t i = 0; i < cpr_notice_row_count(notice); i++) {
        const struct cpr_notice_listed *row = &notice->list.rows[i];
        int64_t held_ms = believable(cpr_notice_date_held(row->held, &clock));
        int64_t expires_ms = believable(cpr_notice_date_expires(row->expires, &clock, held_ms));
        if (expires_ms == CPR_TIME_NONE && held_ms != CPR_TIME_NONE && source->kept_ms > 0)
            expires_ms = believable(held_ms + source->kept_ms);
        notice->held_ms[i] = held_ms;
        notice->expires_ms[i] = expires_ms;
    }
    return notice;
}

void cpr_notice_free(struct cpr_notice **notice)
{
    if (*notice)
        cpr_buffer_free(&(*notice)->rest);
    free(*notice);
    *notice = NULL;
}

uint32_t cpr_notice_row_count(const struct cpr_notice *notice)
{
    return notice->list.count < CPR_NOTICE_ROWS_MAX ? notice->list.count : CPR_NOTICE_ROWS_MAX;
}

void cpr_notice_surface(const struct cpr_notice *notice, struct cpr_evidence *evidence)
{
    struct stated stated = {.count = 0};
    struct cpr_view rest = cpr_buffer_view(&notice->rest);
    find_stated(cpr_view_of(evidence->facts->subject), &stated);
    find_stated(cpr_view_slice(rest, 0, LOOK_BYTES), &stated);
    if (notice->list.count > CPR_NOTICE_ROWS_MAX)
        evidence->reading->limits |= CPR_READING_NOTICE_ROWS;
    if (!agrees(&stated, notice->list.count))
        cpr_evidence_signal(evidence, CPR_RULE_NOTICE_COUNT, "text", cpr_view_slice(rest, 0, 120));
    else if (notice->list.count == 0 && stated.count == 0)
        cpr_evidence_signal(evidence, CPR_RULE_NOTICE_UNREAD, "text", cpr_view_slice(rest, 0, 120));
}

/* ---- one that is not --------------------------------------------------------------------------------------------- */

static bool is_passed_on(const struct cpr_facts *facts)
{
    static const char *const prefixes[] = {"re:", "aw:", "fw:", "fwd:", "wg:", "tr:", "rv:", "i:", "enc:", "odp:"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (cpr_view_starts_nocase(cpr_view_of(facts->subject), prefixes[i]))
            return true;
    return facts->reference_count > 0;
}

void cpr_notice_unproved(struct cpr_evidence *evidence)
{
    if (!evidence->scan.counts[CPR_MEANS_HELD] || is_passed_on(evidence->facts))
        return;
    struct cpr_view text = cpr_view_slice(evidence->text, evidence->subject_len, evidence->text.len);
    const char *vendor = cpr_notice_vendor(evidence->facts, text);
    if (vendor)
        cpr_evidence_signal(evidence, CPR_RULE_NOTICE_UNPROVED, "text", cpr_view_of(vendor));
}
