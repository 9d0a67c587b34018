/* What comes by mail in a history, and what the CA sends. */
#include "history_internal.h"

#include <time.h>

/* --- writing mail ---------------------------------------------------------------------------------------------------
 */

static const char *const reporters[] = {"reports@linting.example", "abuse@watchers.example", "jo@evil.example"};

/* RFC 5322 section 3.3, in any zone. */
static void write_date(struct history *h, int64_t utc_ms, char *out, size_t out_size)
{
    static const int zones_min[] = {0, 0, 60, -480, 345, 840, -720};
    int zone_min = zones_min[any(h, sizeof zones_min / sizeof zones_min[0])];
    time_t local = (time_t)(utc_ms / CPR_SECOND_MS) + zone_min * 60;
    struct tm parts;
    gmtime_r(&local, &parts);
    size_t len = strftime(out, out_size, "%a, %d %b %Y %H:%M:%S", &parts);
    snprintf(out + len, out_size - len, " %c%02d%02d", zone_min < 0 ? '-' : '+', abs(zone_min) / 60,
             abs(zone_min) % 60);
}

static void add_received(struct history *h, char *lines, const char *host, int64_t utc_ms)
{
    char date[48];
    size_t len = strlen(lines);
    write_date(h, utc_ms, date, sizeof date);
    snprintf(lines + len, LINES_SIZE - len,
             "Received: from out.sender.example ([192.0.2.7]) by %s with ESMTPS id k%u; %s\r\n", host,
             (unsigned)any(h, 1000), date);
}

/* Own hosts where the sender has no business to name them, at times of his choice. */
static void add_forged_lines(struct history *h, char *lines)
{
    static const char *const hosts[] = {"mx.ca.example", "mail.evil.example", "mx.ca.example.evil.example"};
    for (uint64_t i = any(h, 3); i > 0; i--)
        add_received(h, lines, hosts[any(h, 3)], true_ms(h) + any_span(h, 20 * CPR_DAY_MS) - 10 * CPR_DAY_MS);
}

bool history_put(struct history *h, int folder, const char *raw, int64_t internal_ms)
{
    struct world_folder *to = &h->world->folders[folder];
    if (to->count == WORLD_MESSAGES)
        return false;
    struct world_message *message = &to->messages[to->count++];
    memset(message, 0, sizeof *message);
    message->uid = to->uidnext++;
    message->internal_ms = internal_ms;
    snprintf(message->raw, sizeof message->raw, "%s", raw);
    return true;
}

struct draft {
    const char *from, *subject, *body, *content_type;
    char id[ID_SIZE], refers_to[ID_SIZE];
    const char *further; /* header lines */
};

/* A mail of anybody arrives now. */
static void arrive(struct history *h, const struct draft *draft)
{
    char raw[WORLD_RAW], lines[LINES_SIZE] = "", date[48], refers_to[2 * ID_SIZE + 40] = "";
    if (h->mail_count == MAILS_MAX)
        return;
    struct mail *mail = &h->mails[h->mail_count];
    *mail = (struct mail){.arrived_ms = true_ms(h), .border_ms = CPR_TIME_NONE, .bound_ms = INT64_MAX};
    memcpy(mail->id, draft->id, sizeof mail->id);
    memcpy(mail->refers_to, draft->refers_to, sizeof mail->refers_to);
    snprintf(mail->from, sizeof mail->from, "%s", draft->from);
    if (!one_in(h, 4)) {
        add_received(h, lines, "mx.ca.example", true_ms(h));
        mail->border_ms = h->world->settings.mailboxes[0].own_host_count ? true_ms(h) : CPR_TIME_NONE;
    } else {
        add_received(h, lines, "mx2.ca.example", true_ms(h)); /* ours too, but nobody configured it */
    }
    add_forged_lines(h, lines);
    write_date(h, true_ms(h) + (one_in(h, 2) ? any_span(h, 60 * CPR_DAY_MS) - 30 * CPR_DAY_MS : 0), date, sizeof date);
    if (draft->refers_to[0])
        snprintf(refers_to, sizeof refers_to, "In-Reply-To: %s\r\nReferences: %s\r\n", draft->refers_to,
                 draft->refers_to);
    int len = snprintf(raw, sizeof raw,
                       "%sDate: %s\r\nFrom: %s\r\nTo: cpr@ca.example\r\nSubject: %s\r\nMessage-ID: %s\r\n%s%sX-Number: "
                       "%zu\r\nMIME-Version: 1.0\r\nContent-Type: %s\r\n\r\n%s",
                       lines, date, draft->from, draft->subject, draft->id, refers_to, draft->further, h->mail_count,
                       draft->content_type, draft->body);
    assert_in_range(len, 1, sizeof raw - 1);
    mail->identity = cpr_identity_of(cpr_view_of(raw), (uint32_t)len);
    /* An upload bears the date of its upload, not of its receipt; a server without a date of its own takes any. */
    mail->internal_ms = one_in(h, 8) ? true_ms(h) + any_span(h, 4 * CPR_DAY_MS) : true_ms(h);
    int folder = one_in(h, 2) ? JUNK : one_in(h, 6) && h->other != OTHER_IS_NOTHING ? OTHER : INBOX;
    if (!history_put(h, folder, raw, mail->internal_ms))
        return;
    TELL(h, "  mail %zu from %s, %s, refers to %s, in %s\n", h->mail_count, draft->from, draft->id, draft->refers_to,
         h->world->folders[folder].name);
    mail->is_dismissed = folder == OTHER && h->other == OTHER_DISMISSES;
    h->mail_count++;
    h->sums->mails++;
}

static void make_id(struct history *h, char out[ID_SIZE], const char *domain)
{
    snprintf(out, ID_SIZE, "<%" PRIx64 ".%zu@%s>", any(h, 1u << 30), h->mail_count, domain);
}

/* The Message-ID of a mail that came, or of an answer, or of nothing. */
static void pick_id(struct history *h, char out[ID_SIZE])
{
    if (h->answer_count && one_in(h, 4))
        memcpy(out, h->answers[any(h, h->answer_count)].id, ID_SIZE);
    else if (h->mail_count && !one_in(h, 8))
        memcpy(out, h->mails[any(h, h->mail_count)].id, ID_SIZE);
    else
        make_id(h, out, "nowhere.example");
}

static struct draft draft_of(struct history *h, const char *subject, const char *body)
{
    struct draft draft = {.from = reporters[any(h, 3)],
                          .subject = subject,
                          .body = body,
                          .content_type = "text/plain; charset=utf-8",
                          .further = ""};
    make_id(h, draft.id, "reporter.example");
    return draft;
}

/* --- what comes by mail ---------------------------------------------------------------------------------------------
 */

/* A few serial numbers, so that mails meet. */
static const char *any_serial(struct history *h)
{
    static const char *const serials[] = {"04a1773e9c02d5118f60be2a7c559013", "05b2884fad13e622907acf3b8d66a124",
                                          "06c39950be24f733a18bd04c9e77b235", "07d4aa61cf350844b29ce15daf88c346"};
    return serials[any(h, 4)];
}

void a_report(struct history *h)
{
    char body[BODY_SIZE];
    snprintf(body, sizeof body,
             "Hello,\r\n\r\nthe private key of your certificate with serial number %s was published in a public "
             "repository.\r\nPlease treat this as a Certificate Problem Report under section 4.9.3 of the Baseline "
             "Requirements,\r\nrevoke the certificate and tell me your findings within 24 hours.\r\n",
             any_serial(h));
    struct draft draft = draft_of(h, "Certificate Problem Report", body);
    if (one_in(h, 4))
        pick_id(h, draft.refers_to); /* to a thread that is none of it */
    if (one_in(h, 8))
        pick_id(h, draft.id); /* a Message-ID that another one has */
    arrive(h, &draft);
}

void a_glance(struct history *h)
{
    struct draft draft = draft_of(h, "certificate", "Hi, is the certificate of www.shop.example yours? Thanks\r\n");
    arrive(h, &draft);
}

void a_newsletter(struct history *h)
{
    struct draft draft = draft_of(h, "Our spring offers", "Garden chairs, now at half the price. Only this week.\r\n");
    if (one_in(h, 3))
        pick_id(h, draft.refers_to);
    arrive(h, &draft);
}

void a_reminder(struct history *h)
{
    char body[BODY_SIZE];
    snprintf(
        body, sizeof body,
        "I have not received any answer to my problem report%s%s. More than 48 hours have passed. Please revoke the "
        "certificate.\r\n",
        one_in(h, 2) ? " about serial number " : "", one_in(h, 2) ? any_serial(h) : "");
    struct draft draft = draft_of(h, "Re: Certificate Problem Report", body);
    if (h->mail_count && !one_in(h, 3)) {
        const struct mail *first = &h->mails[any(h, h->mail_count)];
        memcpy(draft.refers_to, first->id, ID_SIZE);
        draft.from = one_in(h, 4) ? draft.from : first->from;
    }
    arrive(h, &draft);
}

/* Mail that says it is from us, or from our own machines, and that all is done. */
void a_forged_answer(struct history *h)
{
    struct draft draft = draft_of(h, "Re: Certificate Problem Report",
                                  "We have revoked the certificate. Our findings are: the key was compromised. This "
                                  "report is closed.\r\n");
    draft.from = "cpr@ca.example";
    draft.further = one_in(h, 2) ? "Auto-Submitted: auto-replied\r\n" : "X-CPR-Auditd-Alert: 0123456789abcdef\r\n";
    pick_id(h, draft.refers_to);
    arrive(h, &draft);
}

void an_auto_reply(struct history *h)
{
    struct draft draft = draft_of(h, "Automatic reply: Certificate Problem Report",
                                  "I am out of the office until Monday. We have revoked the certificate.\r\n");
    draft.further = "Auto-Submitted: auto-replied\r\n";
    pick_id(h, draft.refers_to);
    arrive(h, &draft);
}

/* Of an answer of ours or of anything else. */
void a_bounce(struct history *h)
{
    char body[BODY_SIZE] = "", returned[ID_SIZE];
    struct draft draft = draft_of(h, "Undelivered Mail Returned to Sender", body);
    pick_id(h, returned);
    snprintf(body, sizeof body,
             "--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n--b\r\n"
             "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.sender.example\r\n\r\n"
             "Final-Recipient: rfc822; reports@linting.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\n"
             "Content-Type: message/rfc822\r\n\r\nFrom: cpr@ca.example\r\nMessage-ID: %s\r\nSubject: Re: report\r\n\r\n"
             "We have revoked the certificate.\r\n--b--\r\n",
             returned);
    draft.from = "MAILER-DAEMON@mx.sender.example";
    draft.content_type = "multipart/report; report-type=delivery-status; boundary=\"b\"";
    arrive(h, &draft);
}

/* --- what the CA's people do
 * ------------------------------------------------------------------------------------------ */

/* In Sent, or in the archive that own systems file into: what was found, an acknowledgement, or an automatic one. */
void an_answer_is_sent(struct history *h)
{
    char raw[WORLD_RAW], lines[LINES_SIZE] = "", id[ID_SIZE];
    enum { FINDINGS, THANKS, AUTOMATIC } what = (int)any(h, 4) - 1 < 0 ? FINDINGS : (int)any(h, 3);
    if (h->mail_count == 0 || h->answer_count == ANSWERS_MAX)
        return;
    const struct mail *report = &h->mails[any(h, h->mail_count)];
    int folder = h->other == OTHER_HOLDS_REPLIES && one_in(h, 2) ? OTHER : SENT;
    bool came_by_mail = folder == OTHER && one_in(h, 2); /* forged: nobody filed it, it was delivered there */
    if (came_by_mail)
        add_received(h, lines, "mx.ca.example", true_ms(h));
    make_id(h, id, "ca.example");
    snprintf(raw, sizeof raw,
             "%sFrom: cpr@ca.example\r\nTo: %s\r\nSubject: Re: Certificate Problem Report\r\nMessage-ID: %s\r\n"
             "In-Reply-To: %s\r\n%s\r\n%s\r\n",
             lines, report->from, id, report->id, what == AUTOMATIC ? "Auto-Submitted: auto-generated\r\n" : "",
             what == THANKS ? "We have received your report and will get back to you."
                            : "We have revoked the certificate. The key was compromised.");
    if (!history_put(h, folder, raw, true_ms(h)))
        return;
    TELL(h, "  %s to mail %td in %s%s\n",
         what == FINDINGS ? "findings"
         : what == THANKS ? "thanks"
                          : "automatic answer",
         report - h->mails, h->world->folders[folder].name, came_by_mail ? ", by mail" : "");
    if (what != FINDINGS || came_by_mail)
        return;
    struct answer *answer = &h->answers[h->answer_count++];
    *answer = (struct answer){.is_looked_at = false};
    memcpy(answer->id, id, sizeof answer->id);
    memcpy(answer->refers_to, report->id, sizeof answer->refers_to);
    memcpy(answer->to, report->from, sizeof answer->to);
}
