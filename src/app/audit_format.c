#include "app/audit.h"

#include <stdio.h>
#include <string.h>

static enum audit_tone tone_of(const char *verdict)
{
    return strcmp(verdict, "probable") == 0   ? AUDIT_URGENT
           : strcmp(verdict, "unlikely") == 0 ? AUDIT_GOOD
                                              : AUDIT_CAREFUL;
}

/* "  serial       0a1b2c": one item of a list under its heading. */
static void add_item(struct cpr_buffer *out, const char *first, size_t width, const char *rest)
{
    cpr_buffer_add_text(out, "    ");
    audit_cell(out, first, width);
    cpr_buffer_add_text(out, "  ");
    audit_cell(out, rest, audit_width(rest));
    cpr_buffer_add_byte(out, '\n');
}

static size_t widest(const json_t *list, const char *key)
{
    size_t i, width = 0;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        size_t needed = audit_width(audit_string(item, key));
        width = needed > width ? needed : width;
    }
    return width;
}

static void add_heading(struct cpr_buffer *out, const struct audit_style *style, const char *text)
{
    cpr_buffer_add_text(out, "  ");
    audit_paint(out, style, AUDIT_STRONG, text);
    cpr_buffer_add_byte(out, '\n');
}

static void add_signals(const json_t *signals, const struct audit_style *style, struct cpr_buffer *out)
{
    size_t i, id_width = widest(signals, "id"), where_width = widest(signals, "where");
    json_t *signal;
    if (json_array_size(signals))
        add_heading(out, style, "why");
    json_array_foreach(signals, i, signal)
    {
        const char *text = audit_string(signal, "text");
        size_t width = audit_width(text), used = 4 + id_width + 2 + where_width + 4;
        if (style->columns > used + 12 && width > style->columns - used)
            width = style->columns - used;
        cpr_buffer_add_text(out, "    ");
        audit_cell(out, audit_string(signal, "id"), id_width);
        cpr_buffer_add_text(out, "  ");
        audit_cell(out, audit_string(signal, "where"), where_width);
        cpr_buffer_add_text(out, *text ? "  \"" : "");
        audit_cell(out, text, width);
        cpr_buffer_add_text(out, *text ? "\"\n" : "\n");
    }
}

/* Whose certificate it is, and by which mark. */
static void owner_of(const json_t *certificate, char *out, size_t out_size)
{
    const char *owner = audit_string(certificate, "owner");
    if (strcmp(owner, "ours") == 0)
        snprintf(out, out_size, "ours by its %s (issuer %s)%s", audit_string(certificate, "owner_mark"),
                 audit_string(certificate, "owner_issuer"),
                 strcmp(audit_string(certificate, "owner_mark"), "common-name") == 0 ? ": a weak mark" : "");
    else
        snprintf(out, out_size, "%s",
                 strcmp(owner, "other") == 0 ? "not ours as far as configured"
                                             : "whose it is, is not known: no [issuer NAME] is configured");
}

static void add_certificates(const json_t *certificates, const struct audit_style *style, struct cpr_buffer *out)
{
    static const char *const keys[] = {"issuer", "subject", "names", "sha256", "spki-sha256"};
    char text[512];
    size_t i;
    json_t *certificate;
    if (json_array_size(certificates))
        add_heading(out, style, "certificates");
    json_array_foreach(certificates, i, certificate)
    {
        const char *from = audit_string(certificate, "not_before"), *to = audit_string(certificate, "not_after");
        add_item(out, "serial", 11, audit_string(certificate, "serial"));
        owner_of(certificate, text, sizeof text);
        add_item(out, "", 11, text);
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            if (*audit_string(certificate, keys[k]))
                add_item(out, keys[k], 11, audit_string(certificate, keys[k]));
        snprintf(text, sizeof text, "%s to %s", *from ? from : "?", *to ? to : "?");
        add_item(out, "valid", 11, text);
    }
}

void audit_format_reasons(const json_t *reading, const struct audit_style *style, struct cpr_buffer *out)
{
    size_t i;
    json_t *item, *identifiers = json_object_get(reading, "identifiers");
    add_signals(json_object_get(reading, "signals"), style, out);
    add_certificates(json_object_get(reading, "certificates"), style, out);
    if (json_array_size(identifiers))
        add_heading(out, style, "identifiers");
    json_array_foreach(identifiers, i, item)
        add_item(out, audit_string(item, "type"), widest(identifiers, "type"), audit_string(item, "value"));
}

/* What a trusted quarantine notice lists: "possible  held 2026-03-05 15:19 UTC, until ..., a@b.example: subject". */
static void add_notice(const json_t *notice, const struct audit_style *style, struct cpr_buffer *out)
{
    size_t i;
    char text[512], minute[CPR_TIME_TEXT_SIZE];
    json_t *row, *rows = json_object_get(notice, "rows");
    if (json_array_size(rows))
        add_heading(out, style, "held in quarantine");
    json_array_foreach(rows, i, row)
    {
        const char *held = *audit_string(row, "held") ? audit_minute(row, "held", minute) : "time unknown";
        size_t len = (size_t)snprintf(text, sizeof text, "%s, ", held);
        if (*audit_string(row, "expires"))
            len += (size_t)snprintf(text + len, sizeof text - len, "until %s, ", audit_minute(row, "expires", minute));
        snprintf(text + len, sizeof text - len, "%s: %s", audit_string(row, "sender"), audit_string(row, "subject"));
        add_item(out, audit_string(row, "verdict"), widest(rows, "verdict"), text);
    }
}

void audit_format_reading(const json_t *reading, const struct audit_style *style, struct cpr_buffer *out)
{
    char text[512];
    const char *file = audit_string(reading, "file"), *verdict = audit_string(reading, "verdict");
    const char *language = audit_string(reading, "language"), *proved = audit_string(reading, "authenticated");
    audit_paint(out, style, tone_of(verdict), verdict);
    snprintf(text, sizeof text, "  %s, score %s", audit_string(reading, "kind"),
             audit_value(reading, "score", (char[24]){0}, 24));
    audit_paint(out, style, AUDIT_PLAIN, text);
    cpr_buffer_add_text(out, "  ");
    audit_paint(out, style, AUDIT_STRONG, file);
    cpr_buffer_add_byte(out, '\n');
    audit_format_reasons(reading, style, out);
    add_notice(json_object_get(reading, "notice"), style, out);
    if (json_array_size(json_object_get(reading, "limits")))
        add_item(out, "not read whole:", 15, audit_value(reading, "limits", text, sizeof text));
    snprintf(text, sizeof text, "    %s%s%s%s%srules %s", language, *language ? ", " : "",
             *proved ? "proved to be from " : "", proved, *proved ? ", " : "", audit_string(reading, "ruleset"));
    audit_paint(out, style, AUDIT_QUIET, text);
    cpr_buffer_add_text(out, "\n");
}

const char *audit_left(const json_t *item, char *out, size_t out_size)
{
    char duration[CPR_TIME_TEXT_SIZE];
    const json_t *left = json_object_get(item, "left_s");
    if (strcmp(audit_string(item, "state"), "open") != 0 || !json_is_integer(left)) {
        snprintf(out, out_size, "closed");
        return out;
    }
    int64_t left_ms = json_integer_value(left) * CPR_SECOND_MS;
    cpr_duration_format(left_ms, duration);
    snprintf(out, out_size, left_ms < 0 ? "OVERDUE by %s" : "%s left", duration);
    return out;
}

/* --- cases ----------------------------------------------------------------------------------------------------------
 */

enum column { CASE, STATE, LEFT, TO_REVOKE, RECEIVED, FROM, SUBJECT, COLUMNS };
enum { CELL_SIZE = 320 };

static bool is_acked_only(const json_t *item)
{
    return *audit_string(item, "acked_by") && strcmp(audit_string(item, "state"), "open") == 0;
}

static bool is_held_only(const json_t *item)
{
    return strcmp(audit_string(item, "role"), "quarantine") == 0 && strcmp(audit_string(item, "state"), "open") == 0;
}

/* What is left of the time for the revocation; nothing for a case that was dismissed. */
static const char *to_revoke(const json_t *item, char out[CELL_SIZE])
{
    char duration[CPR_TIME_TEXT_SIZE];
    const json_t *clock = json_object_get(item, "revocation");
    const char *state = audit_string(clock, "state");
    int64_t left_ms = audit_number(clock, "left_s") * CPR_SECOND_MS;
    bool is_open = strcmp(state, "open") == 0;
    snprintf(out, CELL_SIZE, is_open && left_ms < 0 ? "OVERDUE by %s" : "%s",
             is_open                           ? cpr_duration_format(left_ms, duration)
             : strcmp(state, "dismissed") == 0 ? ""
                                               : state);
    return out;
}

static const char *cell(const json_t *item, enum column column, char out[CELL_SIZE])
{
    switch (column) {
    case CASE:
        return audit_value(item, "case", out, CELL_SIZE);
    case STATE:
        /* An acknowledged case is open all the same; one that a quarantine holds is in no folder. */
        snprintf(out, CELL_SIZE, "%s%s", audit_string(item, "state"),
                 is_acked_only(item)  ? ", acked"
                 : is_held_only(item) ? ", held"
                                      : "");
        return out;
    case LEFT:
        return audit_left(item, out, CELL_SIZE);
    case TO_REVOKE:
        return to_revoke(item, out);
    case RECEIVED:
        return audit_minute(item, "received", out);
    case FROM:
        return audit_value(item, "from", out, CELL_SIZE);
    default:
        return audit_value(item, "subject", out, CELL_SIZE);
    }
}

static const struct {
    const char *title;
    size_t width_max;
} columns[COLUMNS] = {{"CASE", 18},     {"STATE", 12}, {"LEFT", 28},          {"TO REVOKE", 28},
                      {"RECEIVED", 20}, {"FROM", 32},  {"SUBJECT", CELL_SIZE}};

static void measure(const json_t *cases, const struct audit_style *style, size_t widths[COLUMNS])
{
    char text[CELL_SIZE];
    size_t i, used = 0;
    json_t *item;
    for (enum column column = CASE; column < COLUMNS; column++) {
        widths[column] = audit_width(columns[column].title);
        json_array_foreach(cases, i, item)
        {
            size_t needed = audit_width(cell(item, column, text));
            widths[column] = needed > widths[column] ? needed : widths[column];
        }
        if (widths[column] > columns[column].width_max)
            widths[column] = columns[column].width_max;
        used += column < SUBJECT ? widths[column] + 2 : 0;
    }
    /* The subject gives way first on a narrow terminal, but not altogether. */
    if (style->columns && used + widths[SUBJECT] > style->columns)
        widths[SUBJECT] = style->columns > used + 12 ? style->columns - used : 12;
}

static enum audit_tone tone_of_revocation(const json_t *item)
{
    const json_t *clock = json_object_get(item, "revocation");
    json_int_t left_s = audit_number(clock, "left_s");
    bool open = strcmp(audit_string(clock, "state"), "open") == 0;
    return !open ? AUDIT_QUIET : left_s < 0 ? AUDIT_URGENT : left_s < 6 * 3600 ? AUDIT_CAREFUL : AUDIT_PLAIN;
}

static enum audit_tone tone_of_left(const json_t *item)
{
    json_int_t left_s = audit_number(item, "left_s");
    bool open = strcmp(audit_string(item, "state"), "open") == 0;
    return !open ? AUDIT_QUIET : left_s < 0 ? AUDIT_URGENT : left_s < 6 * 3600 ? AUDIT_CAREFUL : AUDIT_PLAIN;
}

void audit_format_cases(const json_t *cases, const struct audit_style *style, struct cpr_buffer *out)
{
    char text[CELL_SIZE];
    size_t widths[COLUMNS], i;
    json_t *item;
    if (json_array_size(cases) == 0) {
        cpr_buffer_add_text(out, "no cases\n");
        return;
    }
    measure(cases, style, widths);
    for (enum column column = CASE; column < SUBJECT; column++) {
        audit_cell(out, columns[column].title, widths[column]);
        cpr_buffer_add_text(out, "  ");
    }
    cpr_buffer_add_text(out, "SUBJECT\n");
    json_array_foreach(cases, i, item)
    {
        for (enum column column = CASE; column < COLUMNS; column++) {
            struct cpr_buffer padded = cpr_buffer_new(4096);
            cell(item, column, text);
            /* No blanks at the end of a line. */
            size_t needed = audit_width(text);
            audit_cell(&padded, text, column == SUBJECT && needed < widths[column] ? needed : widths[column]);
            enum audit_tone tone = column == LEFT        ? tone_of_left(item)
                                   : column == TO_REVOKE ? tone_of_revocation(item)
                                                         : AUDIT_PLAIN;
            audit_paint(out, style, tone, cpr_buffer_text(&padded));
            cpr_buffer_add_text(out, column < SUBJECT ? "  " : "\n");
            cpr_buffer_free(&padded);
        }
    }
}
