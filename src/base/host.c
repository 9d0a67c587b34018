#include "cpr/base/host.h"

static bool is_meant(struct cpr_view host, const char *entry)
{
    size_t len = strlen(entry);
    if (entry[0] != '.')
        return cpr_view_equal_nocase(host, cpr_view_make(entry, len));
    return len > 1 && host.len > len && host.data[0] != '.' && cpr_view_ends_nocase(host, entry);
}

bool cpr_host_is_listed(const char *host, const char (*list)[CPR_HOST_SIZE], size_t count)
{
    struct cpr_view name = cpr_view_of(host);
    for (size_t i = 0; i < count && name.len; i++)
        if (is_meant(name, list[i]))
            return true;
    return false;
}
