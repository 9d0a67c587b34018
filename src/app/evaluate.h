/* What the files of `cpr-audit evaluate` share. Private to src/app and its tests. */
#ifndef CPR_APP_EVALUATE_H
#define CPR_APP_EVALUATE_H

#include "app/audit.h"
#include "cpr/judge/reading.h"

/* --- audit_corpus.c: which files there are, and what they are known to be -------------------------------------------
 */

#define EVALUATE_LABELS_FILE "labels.tsv"
#define EVALUATE_NO_GROUP "." /* files that lie in a label's folder itself, or have no group in the labels file */
enum { EVALUATE_LABEL_SIZE = 64, EVALUATE_GROUP_SIZE = 128, EVALUATE_DEPTH_MAX = 16 };

struct evaluate_item {
    char *path;                                                  /* owned */
    char label[EVALUATE_LABEL_SIZE], group[EVALUATE_GROUP_SIZE]; /* clean text */
};

struct evaluate_corpus {
    struct evaluate_item *items; /* owned; in a folder sorted by path, with a labels file in its order */
    size_t count, size;
};

/* Finds the labelled files of a folder: those named in DIRECTORY/labels.tsv when it is there, else every file of the
 * folders in it, each of which is a label; a folder in such a folder is a group. Names that begin with a dot are passed
 * over. Returns the exit code, with a sentence printed for each fault: 66 (EX_NOINPUT) no such folder; 65 (EX_DATAERR)
 * a bad line of the labels file, or nothing is labelled; 75 out of memory. The caller frees with evaluate_corpus_free
 * whatever is returned. */
int evaluate_corpus_find(const char *directory, struct evaluate_corpus *corpus_out);
void evaluate_corpus_free(struct evaluate_corpus *corpus);

/* Whether a label means a problem report: it is "cpr" or begins so. */
bool evaluate_is_report(const char *label);

/* True for a file that is a text and no mail: it is called *.txt, and no line before its first empty one is a field
 * that every mail has. */
bool evaluate_is_text(const char *path, struct cpr_view raw);
/* Such a text as a plain mail. A head of lines like "Source: ..." is left out; its "Subject:" becomes the mail's. */
void evaluate_wrap_text(struct cpr_view text, struct cpr_buffer *out);

/* --- audit_figures.c: counting --------------------------------------------------------------------------------------
 */

/* Rows are made as files are counted; every file is in three: its group, its label and all (reports or others). */
struct evaluate_row {
    char label[EVALUATE_LABEL_SIZE], group[EVALUATE_GROUP_SIZE]; /* "": all labels, all groups */
    bool is_report, is_dropped;
    unsigned files, verdicts[CPR_VERDICTS];
};

struct evaluate_figures {
    struct evaluate_row *rows; /* owned */
    size_t count, size;
};

/* False when memory ran out. */
bool evaluate_figures_add(struct evaluate_figures *figures, const struct evaluate_item *item, enum cpr_verdict verdict);
void evaluate_figures_free(struct evaluate_figures *figures);

/* The exact interval of Clopper and Pearson (1934) at 95 % for a share of which `count` of `files` were seen: the two
 * binomial tails hold at most 2.5 % each. 0 of n gives 0 and 1 - 0.025^(1/n). `files` of 0 gives 0 and 1. */
void evaluate_interval(unsigned count, unsigned files, double *low_out, double *high_out);

/* Sorts the rows: reports first, of each the labels by name with their groups, all together last; a sum that would only
 * repeat one row is dropped. Then appends them, as aligned tables or one JSON object a line. */
void evaluate_figures_print(struct evaluate_figures *figures, const struct audit_style *style, bool json,
                            struct cpr_buffer *out);

/* What a verdict is for a file of this label: "missed", "undecidable", "only possible", "false rescue", "glance"; NULL
 * when it is right. Static string. */
const char *evaluate_error_name(bool is_report, enum cpr_verdict verdict);

#endif
