#include "app/evaluate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Half of what a 95 % interval leaves out. */
static const double tail_share = 0.025;

enum { TEXT_SIZE = 64, NAME_SIZE = EVALUATE_LABEL_SIZE + EVALUATE_GROUP_SIZE };

const char *evaluate_error_name(bool is_report, enum cpr_verdict verdict)
{
    if (verdict == CPR_VERDICT_UNDECIDABLE)
        return "undecidable";
    if (is_report)
        return verdict == CPR_VERDICT_UNLIKELY ? "missed" : verdict == CPR_VERDICT_POSSIBLE ? "only possible" : NULL;
    return verdict == CPR_VERDICT_PROBABLE ? "false rescue" : verdict == CPR_VERDICT_POSSIBLE ? "glance" : NULL;
}

/* --- counting -------------------------------------------------------------------------------------------------------
 */

static bool count_in(struct evaluate_figures *figures, const char *label, const char *group, bool is_report,
                     enum cpr_verdict verdict)
{
    struct evaluate_row *row = NULL;
    for (size_t i = figures->count; i-- > 0 && !row;) /* files of one row mostly come together */
        if (figures->rows[i].is_report == is_report && strcmp(figures->rows[i].label, label) == 0 &&
            strcmp(figures->rows[i].group, group) == 0)
            row = &figures->rows[i];
    if (!row) {
        if (figures->count == figures->size) {
            size_t size = figures->size ? figures->size * 2 : 64;
            struct evaluate_row *rows = realloc(figures->rows, size * sizeof *rows);
            if (!rows)
                return false;
            figures->rows = rows;
            figures->size = size;
        }
        row = &figures->rows[figures->count++];
        *row = (struct evaluate_row){.is_report = is_report};
        memcpy(row->label, label, strlen(label) + 1);
        memcpy(row->group, group, strlen(group) + 1);
    }
    row->files++;
    row->verdicts[verdict]++;
    return true;
}

bool evaluate_figures_add(struct evaluate_figures *figures, const struct evaluate_item *item, enum cpr_verdict verdict)
{
    bool is_report = evaluate_is_report(item->label);
    return count_in(figures, item->label, item->group, is_report, verdict) &&
           count_in(figures, item->label, "", is_report, verdict) && count_in(figures, "", "", is_report, verdict);
}

void evaluate_figures_free(struct evaluate_figures *figures)
{
    free(figures->rows);
    *figures = (struct evaluate_figures){0};
}

/* --- intervals ------------------------------------------------------------------------------------------------------
 */

/* The chance of at most `count` hits among `files` of a chance `share` each. */
static double chance_of_at_most(unsigned count, unsigned files, double share)
{
    double sum = 0;
    for (unsigned i = 0; i <= count; i++)
        sum += exp(lgamma(files + 1.0) - lgamma(i + 1.0) - lgamma(files - i + 1.0) + i * log(share) +
                   (files - i) * log1p(-share));
    return sum;
}

/* The share at which at most `count` hits become as rare as `tail`: falls with the share, so halving finds it. */
static double share_where(unsigned count, unsigned files, double tail)
{
    double low = 0, high = 1;
    for (unsigned i = 0; i < 50; i++) {
        double middle = (low + high) / 2;
        if (chance_of_at_most(count, files, middle) > tail)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

void evaluate_interval(unsigned count, unsigned files, double *low_out, double *high_out)
{
    *high_out = count >= files ? 1 : share_where(count, files, tail_share);
    /* As many misses at most, seen from the other side. */
    *low_out = count == 0 ? 0 : 1 - share_where(files - count, files, tail_share);
    if (count >= files && files > 0)
        *low_out = pow(tail_share, 1.0 / files);
}

/* --- printing -------------------------------------------------------------------------------------------------------
 */

static int compare_rows(const void *left, const void *right)
{
    const struct evaluate_row *a = left, *b = right;
    if (a->is_report != b->is_report)
        return a->is_report ? -1 : 1;
    if (!*a->label || !*b->label)
        return *a->label ? -1 : *b->label ? 1 : 0;
    int order = strcmp(a->label, b->label);
    return order ? order : strcmp(a->group, b->group);
}

/* A label's only group, and the only label's sum, say nothing new. */
static bool is_repeated(const struct evaluate_figures *figures, const struct evaluate_row *row)
{
    for (size_t i = 0; i < figures->count; i++) {
        const struct evaluate_row *sum = &figures->rows[i];
        if (sum->is_report != row->is_report || sum->files != row->files || !*sum->label || *sum->group)
            continue;
        if (!*row->label || (strcmp(row->label, sum->label) == 0 && strcmp(row->group, EVALUATE_NO_GROUP) == 0))
            return true;
    }
    return false;
}

static void sort_rows(struct evaluate_figures *figures)
{
    size_t kept = 0;
    for (size_t i = 0; i < figures->count; i++)
        figures->rows[i].is_dropped = is_repeated(figures, &figures->rows[i]);
    for (size_t i = 0; i < figures->count; i++)
        if (!figures->rows[i].is_dropped)
            figures->rows[kept++] = figures->rows[i];
    figures->count = kept;
    qsort(figures->rows, figures->count, sizeof *figures->rows, compare_rows);
}

static unsigned surfaced(const struct evaluate_row *row)
{
    return row->verdicts[CPR_VERDICT_PROBABLE] + row->verdicts[CPR_VERDICT_POSSIBLE];
}

/* "98.25 % (97.01 to 99.20)", "0 % (at most 0.37)". */
static void add_share(struct cpr_buffer *out, unsigned count, unsigned files)
{
    char text[TEXT_SIZE];
    double low, high;
    evaluate_interval(count, files, &low, &high);
    if (count == 0)
        snprintf(text, sizeof text, "  0 %% (at most %.2f)", 100 * high);
    else if (count == files)
        snprintf(text, sizeof text, "  100 %% (at least %.2f)", 100 * low);
    else
        snprintf(text, sizeof text, "  %.2f %% (%.2f to %.2f)", 100.0 * count / files, 100 * low, 100 * high);
    audit_cell(out, text, 27);
}

static void name_of(const struct evaluate_row *row, char out[NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "%s%s%s", *row->label ? row->label : "all", *row->group ? "/" : "", row->group);
}

static void trim_line(struct cpr_buffer *out)
{
    while (out->len && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    cpr_buffer_add_byte(out, '\n');
}

static void add_table(const struct evaluate_figures *figures, bool reports, size_t width,
                      const struct audit_style *style, struct cpr_buffer *out)
{
    struct cpr_buffer head = cpr_buffer_new(4096);
    audit_cell(&head, reports ? "REPORTS" : "OTHER MAIL", width);
    cpr_buffer_add_text(&head, "    FILES  PROBABLE  POSSIBLE  UNDECIDABLE  UNLIKELY");
    cpr_buffer_add_text(&head,
                        reports ? "  SURFACED                   PROBABLE" : "  FALSE RESCUES              GLANCES");
    cpr_buffer_add_text(out, "\n");
    audit_paint(out, style, AUDIT_STRONG, cpr_buffer_text(&head));
    cpr_buffer_add_byte(out, '\n');
    cpr_buffer_free(&head);
    for (size_t i = 0; i < figures->count; i++) {
        const struct evaluate_row *row = &figures->rows[i];
        char name[NAME_SIZE];
        if (row->is_report != reports)
            continue;
        name_of(row, name);
        audit_cell(out, name, width);
        cpr_buffer_add_format(out, "  %7u  %8u  %8u  %11u  %8u", row->files, row->verdicts[CPR_VERDICT_PROBABLE],
                              row->verdicts[CPR_VERDICT_POSSIBLE], row->verdicts[CPR_VERDICT_UNDECIDABLE],
                              row->verdicts[CPR_VERDICT_UNLIKELY]);
        add_share(out, reports ? surfaced(row) : row->verdicts[CPR_VERDICT_PROBABLE], row->files);
        add_share(out, reports ? row->verdicts[CPR_VERDICT_PROBABLE] : surfaced(row), row->files);
        trim_line(out);
    }
}

static void add_tables(const struct evaluate_figures *figures, const struct audit_style *style, struct cpr_buffer *out)
{
    size_t width = strlen("OTHER MAIL");
    bool has[2] = {false, false};
    for (size_t i = 0; i < figures->count; i++) {
        char name[NAME_SIZE];
        name_of(&figures->rows[i], name);
        width = audit_width(name) > width ? audit_width(name) : width;
        has[figures->rows[i].is_report] = true;
    }
    cpr_buffer_add_text(
        out, "Surfaced is what a human is shown as a report: probable or possible. Undecidable mail is shown "
             "too,\nand counted apart. In brackets: 95 % intervals of Clopper and Pearson, which hold "
             "however few the files are.\n");
    for (unsigned reports = 2; reports-- > 0;)
        if (has[reports])
            add_table(figures, reports, width, style, out);
}

static json_t *share_to_json(unsigned count, unsigned files)
{
    double low, high;
    evaluate_interval(count, files, &low, &high);
    return json_pack("{s:f, s:f, s:f}", "share", (double)count / files, "low", low, "high", high);
}

static void add_json(const struct evaluate_row *row, struct cpr_buffer *out)
{
    json_t *object =
        json_pack("{s:s?, s:s?, s:b, s:i, s:i, s:i, s:i, s:i, s:o, s:o}", "label", *row->label ? row->label : NULL,
                  "group", *row->group ? row->group : NULL, "report", row->is_report, "files", (int)row->files,
                  "probable", (int)row->verdicts[CPR_VERDICT_PROBABLE], "possible",
                  (int)row->verdicts[CPR_VERDICT_POSSIBLE], "undecidable", (int)row->verdicts[CPR_VERDICT_UNDECIDABLE],
                  "unlikely", (int)row->verdicts[CPR_VERDICT_UNLIKELY], row->is_report ? "recall" : "false_rescues",
                  share_to_json(row->is_report ? surfaced(row) : row->verdicts[CPR_VERDICT_PROBABLE], row->files),
                  row->is_report ? "probable_share" : "glances",
                  share_to_json(row->is_report ? row->verdicts[CPR_VERDICT_PROBABLE] : surfaced(row), row->files));
    char *line = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(6));
    cpr_buffer_add_text(out, line ? line : "");
    cpr_buffer_add_byte(out, '\n');
    free(line);
    json_decref(object);
}

void evaluate_figures_print(struct evaluate_figures *figures, const struct audit_style *style, bool json,
                            struct cpr_buffer *out)
{
    sort_rows(figures);
    if (!json)
        add_tables(figures, style, out);
    for (size_t i = 0; json && i < figures->count; i++)
        add_json(&figures->rows[i], out);
}
