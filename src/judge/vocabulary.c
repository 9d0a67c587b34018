#include "vocabulary_tables.h"

const struct cpr_vocabulary_row *cpr_vocabulary_row(size_t index)
{
    static const struct cpr_vocabulary_table *const tables[] = {&cpr_vocabulary_things, &cpr_vocabulary_faults,
                                                                &cpr_vocabulary_people, &cpr_vocabulary_mail,
                                                                &cpr_vocabulary_kinds,  &cpr_vocabulary_lay};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (index < tables[i]->count)
            return &tables[i]->rows[index];
        index -= tables[i]->count;
    }
    return NULL;
}
