#include "letter_parts.h"

#include <string.h>

/* What a topic means and what a person does about it. A topic may go on after a colon ("mailbox-blind:cpr"). */
static const struct {
    const char *topic, *meaning, *to_do;
} troubles[] = {
    {"mailbox-blind", "The mailbox cannot be looked at: reports that arrive there are seen by nobody.",
     "Look into its inbox and junk folders by hand until this has ended. Then run: cpr-audit check"},
};

static const char any_meaning[] = "Until it has ended, reports may arrive unseen or alerts may not go out.";
static const char any_to_do[] = "Run: cpr-audit status (what stands now) and cpr-audit check (configuration and "
                                "connections); the log is in: journalctl -u cpr-auditd";

static size_t find_trouble(const char *topic)
{
    size_t i = 0, len = strcspn(topic, ":");
    while (i < sizeof troubles / sizeof troubles[0] &&
           !cpr_view_equal(cpr_view_make(topic, len), cpr_view_of(troubles[i].topic)))
        i++;
    return i;
}

void cpr_letter_add_trouble_subject(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    cpr_buffer_add_text(out, "cpr-auditd: TROUBLE - ");
    cpr_plain_harmless(out, cpr_view_of(letter->alert->topic));
}

void cpr_letter_add_trouble_text(const struct cpr_letter *letter, struct cpr_buffer *out)
{
    char time[CPR_TIME_TEXT_SIZE];
    size_t i = find_trouble(letter->alert->topic);
    bool known = i < sizeof troubles / sizeof troubles[0];
    struct cpr_buffer text = cpr_buffer_new(sizeof letter->alert->text * 8);
    cpr_plain_harmless(&text, cpr_view_of(letter->alert->text));
    cpr_plain_wrap(out, "", "", cpr_buffer_view(&text));
    cpr_buffer_add_byte(out, '\n');
    cpr_plain_wrap(out, "What it means: ", "", cpr_view_of(known ? troubles[i].meaning : any_meaning));
    cpr_plain_wrap(out, "What to do: ", "", cpr_view_of(known ? troubles[i].to_do : any_to_do));
    cpr_buffer_add_format(out, "\nSince: %s\n", cpr_time_format_minute(letter->alert->step_age_ms, time));
    cpr_buffer_free(&text);
}
