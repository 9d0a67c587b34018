#include "cpr/judge/notice_rows.h"
#include "cpr/base/assert.h"
#include "cpr/judge/notice_date.h"
#include "notice_words.h"

#include <pthread.h>
#include <stdlib.h>

/* Rows of 64 lines each are still read; a text of more lines than that lists nothing. */
enum { LINES_MAX = 64 * CPR_NOTICE_ROWS_MAX };

enum { CELLS_MAX = 24, LABEL_MAX_BYTES = 60, SAME_SUBJECT_MIN = 16 };

enum field { NO_FIELD = 0, SENDER, SUBJECT, HELD, EXPIRES, OTHER, FIELDS };

struct line {
    struct cpr_view text;
    bool is_row;
};

struct row {
    struct cpr_view fields[FIELDS];
};

struct listing {
    struct line *lines; /* owned */
    size_t count;
    struct cpr_notice_list *list;
    uint32_t found;
};

struct cells {
    struct cpr_view cell[CELLS_MAX];
    size_t count;
};

/* ---- labels ------------------------------------------------------------------------------------------------------ */

/* As the vendors' manuals name the fields (see judge/notice.c for which), in the languages they are translated to. */
static const char *const labels[FIELDS] = {
    [SENDER] =
        "from|sender|sender address|sender email|from address|mail from|envelope sender|envelope from|from header|"
        "from envelope|header from|author|sent by|return path|absender|von|gesendet von|absenderadresse|de|"
        "expediteur|envoye par|emetteur|remitente|enviado por|mittente|da|inviato da|afzender|van|verzonden door|"
        "nadawca|od|remetente|差出人|送信者|送信元",
    [SUBJECT] = "subject|message subject|email subject|topic|betreff|thema|objet|sujet|asunto|oggetto|onderwerp|temat|"
                "assunto|件名|題名|サブジェクト",
    [HELD] =
        "date|received|time|date time|date received|received date|received on|received at|time received|received "
        "time|date quarantined|quarantined|quarantined on|quarantine date|quarantine time|held|held on|held since|"
        "held date|on hold since|message date|sent|posted|date utc|date posted|datum|uhrzeit|datum uhrzeit|"
        "empfangen|empfangen am|eingegangen|eingang|erhalten|erhalten am|eingangsdatum|empfangsdatum|zeit|"
        "zuruckgehalten seit|date de reception|recu|recu le|date et heure|date d arrivee|date darrivee|heure|fecha|"
        "fecha y hora|recibido|recibido el|fecha de recepcion|data|data e ora|ricevuto|ricevuto il|data ora|"
        "data di ricezione|ontvangen|ontvangen op|datum en tijd|tijd|hora|ora|godzina|otrzymano|data otrzymania|data i "
        "godzina|"
        "data odbioru|recebido|recebido em|data e hora|data hora|data de recebimento|日付|日時|受信日時|受信日|"
        "受信時刻|隔離日時|隔離日",
    [EXPIRES] =
        "expires|expires on|expires at|expires in|expiry|expiry date|expiration|expiration date|deleted on|delete "
        "on|deletion date|will be deleted on|will be deleted|release by|lauft ab|lauft ab am|ablauf|ablaufdatum|"
        "gultig bis|wird geloscht am|loschdatum|loschung am|expire le|date dexpiration|date d expiration|"
        "supprime le|caduca|caduca el|vence|fecha de caducidad|fecha de vencimiento|scadenza|scade il|"
        "data di scadenza|verloopt|verloopt op|vervaldatum|wygasa|wygasa dnia|data wygasniecia|expira|"
        "expira em|data de expiracao|data de validade|有効期限|保存期限|削除予定日",
    [OTHER] = "to|recipient|recipients|size|score|spam score|spam level|reason|type|policy|status|action|actions|"
              "message id|an|empfanger|grosse|grund|aktion|aktionen|bewertung|typ|richtlinie|a|destinataire|taille|"
              "raison|motif|actions possibles|para|destinatario|tamano|motivo|accion|acciones|dimensione|azione|azioni|"
              "aan|ontvanger|grootte|reden|actie|acties|do|odbiorca|rozmiar|powod|akcja|akcje|tamanho|acao|acoes|宛先|"
              "サイズ|理由|操作|アクション|スコア|content type|internal reference code",
};

/* What a notice offers to do with a message: a line of nothing else is no row. */
static const char actions[] =
    "release|release message|release email|release to inbox|request release|release and allow|release and allow sender|"
    "release approve|deliver|delete|delete all|block|block sender|permit|permit all|allow|allow list|block list|allow "
    "sender|whitelist|blacklist|safelist|not spam|view|view message|preview|review|review "
    "message|approve|reject|report|"
    "report as not junk|freigeben|nachricht freigeben|loschen|blockieren|absender blockieren|zulassen|zustellen|"
    "nachricht uberprufen|uberprufen|ansehen|vorschau|liberer|debloquer|remettre|bloquer|supprimer|autoriser|examiner|"
    "liberar|entregar|bloquear|eliminar|permitir|revisar|rilascia|consegna|blocca|elimina|consenti|rivedi|vrijgeven|"
    "afleveren|blokkeren|verwijderen|toestaan|bekijken|zwolnij|dostarcz|zablokuj|usun|zezwol|przejrzyj|excluir|"
    "rever|解放|配信|削除|許可|ブロック|確認|プレビュー";

/* The words of these lists by their hash: a hostile notice is made of nothing but cells that are nearly labels. */
enum { WORDS_SIZE = 2048 };

struct word {
    const char *at; /* not NUL-terminated; NULL where none is */
    size_t len;
    enum field field;
    bool is_action;
};

static struct word words[WORDS_SIZE];

/* Where the word stands, or would. */
static struct word *find_word(const char *at, size_t len)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)at[i]) * 16777619u;
    struct word *word = &words[(hash ^ hash >> 16) % WORDS_SIZE];
    while (word->at && (word->len != len || memcmp(word->at, at, len) != 0))
        word = word + 1 == words + WORDS_SIZE ? words : word + 1;
    return word;
}

static void add_words(const char *list, enum field field, bool is_action)
{
    for (size_t len; *list; list += len + (list[len] == '|')) {
        len = strcspn(list, "|");
        struct word *word = find_word(list, len);
        word->at = list;
        word->len = len;
        word->field = word->field != NO_FIELD ? word->field : field; /* the first list counts */
        word->is_action |= is_action;
    }
}

static void build_words(void)
{
    for (enum field field = SENDER; field < FIELDS; field++)
        add_words(labels[field], field, false);
    add_words(actions, NO_FIELD, true);
}

static const struct word *word_of(struct cpr_view text)
{
    char word[CPR_NOTICE_WORD_SIZE];
    cpr_notice_word_fold(text, word);
    return find_word(word, strlen(word));
}

static enum field field_of(struct cpr_view text)
{
    return text.len && text.len <= LABEL_MAX_BYTES ? word_of(text)->field : NO_FIELD;
}

static bool is_action(struct cpr_view text)
{
    return word_of(text)->is_action;
}

static bool has_at(struct cpr_view text)
{
    return cpr_view_find_byte(text, '@', 0) != CPR_VIEW_NOT_FOUND;
}

/* ---- lines and cells --------------------------------------------------------------------------------------------- */

/* The end of the cell that begins at `from`, and where the next one begins. A text without tabs is cut at "  " and
 * " | ". */
static size_t cell_end(struct cpr_view line, size_t from, bool has_tabs, size_t *next_out)
{
    for (size_t at = from; at < line.len; at++) {
        size_t gap = at;
        while (!has_tabs && line.data[at] == ' ' && gap < line.len && (line.data[gap] == ' ' || line.data[gap] == '|'))
            gap++;
        bool is_gap = has_tabs ? line.data[at] == '\t' : gap > at + 1;
        if (is_gap) {
            *next_out = has_tabs ? at + 1 : gap;
            return at;
        }
    }
    *next_out = line.len + 1;
    return line.len;
}

static void split(struct cpr_view line, struct cells *out)
{
    bool has_tabs = cpr_view_find_byte(line, '\t', 0) != CPR_VIEW_NOT_FOUND;
    out->count = 0;
    if (!has_tabs)
        line = cpr_view_trim(line);
    for (size_t at = 0; at <= line.len && line.len && out->count < CELLS_MAX;) {
        size_t next, end = cell_end(line, at, has_tabs, &next);
        if (out->count + 1 == CELLS_MAX)
            end = line.len;
        out->cell[out->count++] = cpr_view_trim(cpr_view_slice(line, at, end - at));
        at = next;
    }
}

/* From the start of one view to the end of another one behind it. */
static struct cpr_view span(struct cpr_view first, struct cpr_view last)
{
    if (first.len == 0)
        return last;
    return last.len ? cpr_view_make(first.data, (size_t)(last.data + last.len - first.data)) : first;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void add_row(struct listing *listing, const struct row *row, size_t first_line, size_t last_line)
{
    struct cpr_notice_list *list = listing->list;
    for (size_t i = first_line; i <= last_line && i < listing->count; i++)
        listing->lines[i].is_row = true;
    listing->found++;
    if (list->count < CPR_NOTICE_ROWS_MAX)
        list->rows[list->count] = (struct cpr_notice_listed){.sender = row->fields[SENDER],
                                                             .subject = row->fields[SUBJECT],
                                                             .held = row->fields[HELD],
                                                             .expires = row->fields[EXPIRES]};
    list->count++;
}

/* Fields by what they look like: a date, an address, and the longest of the others. */
static struct row guess_row(const struct cells *cells)
{
    struct row row = {0};
    size_t date = CELLS_MAX, sender = CELLS_MAX;
    for (size_t i = 0; i < cells->count; i++) {
        if (date == CELLS_MAX && cpr_notice_date_is_whole(cells->cell[i]))
            date = i;
        else if (sender == CELLS_MAX && has_at(cells->cell[i]))
            sender = i;
    }
    for (size_t i = 0; i < cells->count; i++) {
        if (i == date)
            row.fields[HELD] = cells->cell[i];
        else if (i == sender)
            row.fields[SENDER] = cells->cell[i];
        else if (cells->cell[i].len > row.fields[SUBJECT].len && !is_action(cells->cell[i]))
            row.fields[SUBJECT] = cells->cell[i];
    }
    return row;
}

/* ---- a table with a head line ------------------------------------------------------------------------------------ */

struct table {
    enum field columns[CELLS_MAX];
    size_t column_count;
    struct cells cells; /* of the row that is being read */
    size_t first_line, last_line;
};

static bool is_head(const struct cells *cells)
{
    bool has[FIELDS] = {0};
    for (size_t i = 0; i < cells->count; i++) {
        size_t colon = cpr_view_find_byte(cells->cell[i], ':', 0);
        has[field_of(cells->cell[i])] = true;
        if (has_at(cells->cell[i]) || cells->cell[i].len > LABEL_MAX_BYTES ||
            (colon != CPR_VIEW_NOT_FOUND && colon + 1 < cells->cell[i].len))
            return false;
    }
    return (has[SUBJECT] && (has[SENDER] || has[HELD])) || (has[SENDER] && has[HELD]);
}

static bool has_date(const struct cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        if (cpr_notice_date_is_whole(cells->cell[i]))
            return true;
    return false;
}

static bool has_sender(const struct cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        if (has_at(cells->cell[i]))
            return true;
    return false;
}

static bool is_only_actions(const struct cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        if (cells->cell[i].len && !is_action(cells->cell[i]))
            return false;
    return true;
}

/* Whether each cell of the row stands in its column; a row may have more cells than the head has. */
static bool is_aligned(const struct table *table)
{
    const struct cells *cells = &table->cells;
    if (cells->count <= table->column_count)
        return cells->count == table->column_count;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i] == HELD)
            return cpr_notice_date_is_whole(cells->cell[i]);
    return false;
}

static bool is_row(const struct table *table)
{
    const struct cells *cells = &table->cells;
    return cells->count > 1 && !is_only_actions(cells) &&
           (cells->count == table->column_count || has_date(cells) || has_sender(cells));
}

/* Date and time may be two columns; of any other field the first one counts. */
static struct row align_row(const struct table *table)
{
    struct row row = {0};
    for (size_t i = 0; i < table->column_count; i++) {
        enum field field = table->columns[i];
        struct cpr_view cell = table->cells.cell[i], *to = &row.fields[field];
        bool goes_on = i > 0 && field == HELD && table->columns[i - 1] == HELD;
        *to = goes_on ? span(*to, cell) : to->len ? *to : cell;
    }
    return row;
}

static void end_row(struct listing *listing, struct table *table)
{
    if (is_row(table)) {
        struct row row = is_aligned(table) ? align_row(table) : guess_row(&table->cells);
        if (row.fields[SENDER].len || row.fields[SUBJECT].len)
            add_row(listing, &row, table->first_line, table->last_line);
    }
    table->cells.count = 0;
}

/* A line end within a cell (a name above its address) breaks a row into lines; they are put together as long as the
 * head has that many cells and it cannot be two rows. */
static bool continues(const struct table *table, const struct cells *more)
{
    const struct cells *cells = &table->cells;
    if (cells->count == 0 || more->count == 0 || cells->count >= table->column_count ||
        cells->count + more->count - 1 > table->column_count)
        return false;
    return !(has_date(cells) && has_date(more)) && !(has_sender(cells) && has_sender(more));
}

static void read_table_line(struct listing *listing, struct table *table, size_t index)
{
    struct cells cells;
    split(listing->lines[index].text, &cells);
    if (cells.count > 1 && !is_row(table) && is_head(&cells)) {
        table->cells.count = 0;
        table->column_count = cells.count;
        for (size_t i = 0; i < cells.count; i++)
            table->columns[i] = field_of(cells.cell[i]);
        return;
    }
    if (table->column_count == 0)
        return;
    if (continues(table, &cells)) {
        struct cpr_view *last = &table->cells.cell[table->cells.count - 1];
        *last = span(*last, cells.cell[0]);
        memcpy(last + 1, cells.cell + 1, (cells.count - 1) * sizeof cells.cell[0]);
        table->cells.count += cells.count - 1;
        table->last_line = index;
        return;
    }
    end_row(listing, table);
    if (cells.count > 1) {
        table->cells = cells;
        table->first_line = table->last_line = index;
    }
}

static void read_tables(struct listing *listing)
{
    struct table table = {0};
    for (size_t i = 0; i < listing->count; i++)
        read_table_line(listing, &table, i);
    end_row(listing, &table);
}

/* ---- labelled lines ---------------------------------------------------------------------------------------------- */

struct labelled {
    struct row row;
    size_t first_line, last_line;
    bool is_begun;
};

/* The label that a line begins with, and what stands behind it. */
static enum field label_at(struct cpr_view line, struct cpr_view *value_out)
{
    struct cells cells;
    size_t colon = cpr_view_find_byte(line, ':', 0), wide = cpr_view_find(line, "：", 0);
    size_t end = wide < colon ? wide : colon, len = wide < colon ? strlen("：") : 1;
    enum field field = end == CPR_VIEW_NOT_FOUND ? NO_FIELD : field_of(cpr_view_slice(line, 0, end));
    if (field != NO_FIELD) {
        *value_out = cpr_view_trim(cpr_view_slice(line, end + len, line.len));
        return field;
    }
    split(line, &cells);
    if (cells.count != 2 || (field = field_of(cells.cell[0])) == NO_FIELD)
        return NO_FIELD;
    *value_out = cells.cell[1];
    return field;
}

/* The field that rows begin with: the one that most often follows a line without any label. */
static enum field find_lead(const struct listing *listing)
{
    size_t counts[FIELDS] = {0};
    enum field lead = NO_FIELD;
    bool is_gap = true;
    for (size_t i = 0; i < listing->count; i++) {
        struct cpr_view value;
        enum field field = listing->lines[i].is_row ? NO_FIELD : label_at(listing->lines[i].text, &value);
        if (is_gap && field != NO_FIELD && field != OTHER) {
            counts[field]++;
            if (counts[field] > counts[lead])
                lead = field;
        }
        is_gap = field == NO_FIELD;
    }
    return lead;
}

static void end_labelled(struct listing *listing, struct labelled *at)
{
    const struct cpr_view *fields = at->row.fields;
    if (at->is_begun && (fields[SUBJECT].len || (fields[SENDER].len && fields[HELD].len)))
        add_row(listing, &at->row, at->first_line, at->last_line);
    *at = (struct labelled){0};
}

static void read_labels(struct listing *listing)
{
    enum field lead = find_lead(listing);
    struct labelled at = {0};
    bool has[FIELDS] = {0};
    for (size_t i = 0; i < listing->count; i++) {
        struct cpr_view value, unused;
        enum field field = listing->lines[i].is_row ? NO_FIELD : label_at(listing->lines[i].text, &value);
        if (field == NO_FIELD || field == OTHER)
            continue;
        if (field == lead || has[field]) {
            end_labelled(listing, &at);
            memset(has, 0, sizeof has);
        }
        bool is_below = value.len == 0 && i + 1 < listing->count && !listing->lines[i + 1].is_row &&
                        label_at(listing->lines[i + 1].text, &unused) == NO_FIELD;
        if (!at.is_begun)
            at.first_line = i;
        at.is_begun = has[field] = true;
        at.row.fields[field] = is_below ? cpr_view_trim(listing->lines[i + 1].text) : value;
        at.last_line = i + is_below;
    }
    end_labelled(listing, &at);
}

/* ---- a table without a head -------------------------------------------------------------------------------------- */

/* A sender and a date on one line and the subject below it (Proxmox), or all of them on one line. */
static void read_bare(struct listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        struct cells cells, below = {.count = 0};
        split(listing->lines[i].text, &cells);
        if (cells.count < 2 || !(has_date(&cells) || (cells.count > 2 && has_sender(&cells))))
            continue;
        struct row row = guess_row(&cells);
        size_t last = i;
        if (cells.count == 2 && i + 1 < listing->count && cpr_notice_date_is_whole(cells.cell[1])) {
            split(listing->lines[i + 1].text, &below);
            if (below.count == 0 || (below.count > 1 && cpr_notice_date_is_whole(below.cell[below.count - 1])))
                continue;
            row.fields[SENDER] = cells.cell[0];
            row.fields[SUBJECT] = below.cell[0];
            last = i + 1;
        }
        if ((row.fields[SENDER].len || cells.count > 2) && row.fields[SUBJECT].len)
            add_row(listing, &row, i, last);
        i = last;
    }
}

/* ---- a text ------------------------------------------------------------------------------------------------------ */

static bool begin(struct cpr_view text, struct listing *listing)
{
    struct cpr_view rest = text, line;
    size_t count = 0;
    while (cpr_view_next_line(&rest, &line))
        count++;
    if (count > LINES_MAX)
        return false;
    listing->lines = calloc(count ? count : 1, sizeof *listing->lines);
    while (listing->lines && cpr_view_next_line(&text, &line))
        listing->lines[listing->count++].text = line;
    return listing->lines != NULL;
}

void cpr_notice_rows_read(struct cpr_view text, struct cpr_notice_list *list, struct cpr_buffer *rest)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct listing listing = {.list = list};
    CPR_ASSERT(pthread_once(&once, build_words) == 0);
    if (!begin(text, &listing)) {
        cpr_buffer_add(rest, text);
        return;
    }
    read_tables(&listing);
    read_labels(&listing);
    if (listing.found == 0)
        read_bare(&listing);
    for (size_t i = 0; i < listing.count; i++)
        if (!listing.lines[i].is_row) {
            cpr_buffer_add(rest, listing.lines[i].text);
            cpr_buffer_add_byte(rest, '\n');
        }
    free(listing.lines);
}

/* ---- two forms of the same rows ---------------------------------------------------------------------------------- */

/* Whether the shorter text is the beginning of the other; line ends and blanks are alike. */
static bool begins_alike(struct cpr_view a, struct cpr_view b, size_t min_len)
{
    size_t i = 0, k = 0, len = 0;
    while (i < a.len && k < b.len) {
        bool is_blank_a = cpr_ascii_is_space(a.data[i]), is_blank_b = cpr_ascii_is_space(b.data[k]);
        if (is_blank_a != is_blank_b || (!is_blank_a && a.data[i] != b.data[k]))
            return false;
        for (i++; is_blank_a && i < a.len && cpr_ascii_is_space(a.data[i]); i++)
            ;
        for (k++; is_blank_b && k < b.len && cpr_ascii_is_space(b.data[k]); k++)
            ;
        len++;
    }
    return (i == a.len && k == b.len) || len >= min_len;
}

/* "A Person <a@b.example>" is a@b.example. */
static bool is_same_sender(struct cpr_view a, struct cpr_view b)
{
    struct cpr_view shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;
    for (size_t at = 0; shorter.len && at + shorter.len <= longer.len; at++)
        if (memcmp(longer.data + at, shorter.data, shorter.len) == 0)
            return true;
    return shorter.len == 0;
}

static bool is_same(const struct cpr_notice_listed *a, const struct cpr_notice_listed *b)
{
    return is_same_sender(a->sender, b->sender) && begins_alike(a->subject, b->subject, SAME_SUBJECT_MIN) &&
           (a->held.len == 0 || b->held.len == 0 || begins_alike(a->held, b->held, (size_t)-1));
}

static void complete(struct cpr_notice_listed *row, const struct cpr_notice_listed *other)
{
    row->sender = other->sender.len > row->sender.len ? other->sender : row->sender;
    row->subject = other->subject.len > row->subject.len ? other->subject : row->subject;
    row->held = row->held.len ? row->held : other->held;
    row->expires = row->expires.len ? row->expires : other->expires;
}

void cpr_notice_rows_merge(struct cpr_view text, struct cpr_notice_list *list, struct cpr_buffer *rest)
{
    bool is_taken[CPR_NOTICE_ROWS_MAX] = {0};
    struct cpr_notice_list *more = calloc(1, sizeof *more);
    if (!more) {
        cpr_buffer_add(rest, text);
        return;
    }
    cpr_notice_rows_read(text, more, rest);
    uint32_t before = list->count < CPR_NOTICE_ROWS_MAX ? list->count : CPR_NOTICE_ROWS_MAX;
    for (uint32_t i = 0; i < more->count; i++) {
        uint32_t k = i < CPR_NOTICE_ROWS_MAX ? 0 : before;
        while (k < before && (is_taken[k] || !is_same(&list->rows[k], &more->rows[i])))
            k++;
        if (k < before) {
            is_taken[k] = true;
            complete(&list->rows[k], &more->rows[i]);
        } else if (list->count++ < CPR_NOTICE_ROWS_MAX && i < CPR_NOTICE_ROWS_MAX) {
            list->rows[list->count - 1] = more->rows[i];
        }
    }
    free(more);
}
