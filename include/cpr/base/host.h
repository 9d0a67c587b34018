/* Own hosts: which of the names in Received lines and Authentication-Results fields are the operator's. */
#ifndef CPR_BASE_HOST_H
#define CPR_BASE_HOST_H

#include "cpr/base/view.h"

#define CPR_HOST_SIZE 128 /* of an entry of such a list, with its NUL */

/* Whether `host` is one of the list: the very name or address of an entry, or a name below the domain of an entry that
 * begins with a dot, at any depth (hosted services change the names of their hosts). ".mx.example" names
 * "a.mx.example" and "b.a.mx.example", but neither "mx.example" nor "evilmx.example". ASCII case is folded. An empty
 * host is nobody's. */
bool cpr_host_is_listed(const char *host, const char (*list)[CPR_HOST_SIZE], size_t count);

#endif
