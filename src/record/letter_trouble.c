#include "letter_parts.h"

#include <string.h>

/* What a topic means for reports, and what a person does about it. A topic may go on after a colon ("vanished:cpr"). */
static const struct trouble {
    const char *topic, *meaning, *to_do;
} troubles[] = {
    {"mailbox-blind",
     "this mailbox cannot be looked at. A report that arrives there is seen by nobody, and its clock runs.",
     "look into its inbox and its junk folders by hand until this is over. Then run: cpr-audit check"},
    {"folder-missing", "a folder that must be audited was not found. A report that lies in it is seen by nobody.",
     "run: cpr-audit check (it lists the folders of the server and proposes names), correct the configuration, "
     "reload."},
    {"folder-gone",
     "a folder that was audited is no longer there. What lies in it under another name is seen by nobody.",
     "run: cpr-audit check. If it was renamed, name it in the configuration and reload; if it was removed, nothing."},
    {"move-refused", "a report is still in a junk folder. Its clock runs and its alerts are sent.",
     "move it to the inbox by hand, and give the daemon's account the right to move messages out of that folder."},
    {"review", "the page of a finished day is missing. What it will say is safe in the store.",
     "look at the free space and the permissions of the log directory: df -h /var/log/cpr-auditd"},
    {"review-differs", "somebody changed a published page, or the daemon was stopped while it published one.",
     "compare the two files, keep both, and tell the auditor."},
    {"test", "nothing is wrong.", "nothing; this address works."},
    {"vanished", "messages were removed before anybody judged them. One of them may have been a report.",
     "find them: the trash folder, the server's log, whoever else uses this mailbox."},
    {"move-limit",
     "more messages were rescued in an hour than is allowed. The rest waits in junk; clocks and alerts go on.",
     "run: cpr-audit cases. If these are reports, move the rest by hand; if not, look at the filter and the verdicts."},
    {"alert-mail", "alerts could not be handed to the mail server. They are kept and tried again.",
     "run: cpr-audit cases (is a deadline near?) and cpr-audit check --send-test-alert."},
    {"store-unwritable", "nothing can be recorded: no report is taken in and no alert is marked as sent.",
     "look at the free space and the permissions of the state directory: df -h /var/lib/cpr-auditd"},
    {"clock-step", "the clock of this machine jumped; a deadline that was worked out while it was wrong may be wrong.",
     "run: timedatectl. Compare the receipts of the newest cases: cpr-audit cases"},
};

static const struct trouble any_trouble = {
    "", "until it is over, reports may arrive unseen or alerts may not go out.",
    "run: cpr-audit status, then cpr-audit check. The log: journalctl -u cpr-auditd"};

static const struct trouble *find_trouble(const char *topic)
{
    struct cpr_view kind = cpr_view_make(topic, strcspn(topic, ":"));
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        if (cpr_view_equal(kind, cpr_view_of(troubles[i].topic)))
            return &troubles[i];
    return &any_trouble;
}

static bool is_over(const struct cpr_alert *alert)
{
    return strncmp(alert->text, CPR_LETTER_OVER, sizeof CPR_LETTER_OVER - 1) == 0;
}

void cpr_letter_add_trouble_subject(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    cpr_buffer_add_text(out, is_over(letter->alert) ? "cpr-auditd: over - " : "cpr-auditd: TROUBLE - ");
    cpr_quote_harmless(out, cpr_view_of(letter->alert->topic));
}

void cpr_letter_add_trouble_text(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    const struct trouble *trouble = find_trouble(letter->alert->topic);
    struct cpr_buffer text = cpr_buffer_new(8 * sizeof letter->alert->text);
    cpr_quote_harmless(&text, cpr_view_of(letter->alert->text));
    cpr_buffer_add_format(out, "At %s:\n", cpr_time_format_minute(letter->alert->step_age_ms, time));
    cpr_quote_wrap(out, "", "", cpr_buffer_view(&text));
    if (!is_over(letter->alert)) {
        cpr_buffer_add_byte(out, '\n');
        cpr_quote_wrap(out, "What it means: ", "", cpr_view_of(trouble->meaning));
        cpr_quote_wrap(out, "What to do: ", "", cpr_view_of(trouble->to_do));
    }
    cpr_buffer_free(&text);
}
