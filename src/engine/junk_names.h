/* The names by which junk folders are recognised when the server does not mark them (RFC 6154). */
#ifndef CPR_ENGINE_JUNK_NAMES_H
#define CPR_ENGINE_JUNK_NAMES_H

#include "cpr/base/view.h"

/* `display`: the decoded name. The whole name or its leaf after the delimiter (0: flat) must be a known name. */
bool cpr_junk_name_is_known(struct cpr_view display, char delimiter);

/* Folder names are compared case-folded and normalised. */
bool cpr_folder_name_is_same(struct cpr_view a, struct cpr_view b);

#endif
