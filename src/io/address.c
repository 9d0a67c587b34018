#include "cpr/io/address.h"

#include <arpa/inet.h>
#include <string.h>

bool cpr_address_is_valid(struct cpr_view address)
{
    size_t at = cpr_view_find_byte(address, '@', 0);
    if (at == CPR_VIEW_NOT_FOUND || cpr_view_find_byte(address, '@', at + 1) != CPR_VIEW_NOT_FOUND)
        return false;
    size_t domain_len = address.len - at - 1;
    if (at < 1 || at > 64 || domain_len < 1 || domain_len > 253 || address.len > 254)
        return false;
    for (size_t i = 0; i < address.len; i++)
        if (address.data[i] <= 0x20 || address.data[i] >= 0x7F || strchr("<>\"\\(),;:", address.data[i]))
            return false;
    return true;
}

bool cpr_host_is_valid(struct cpr_view host)
{
    if (host.len < 1 || host.len > 253)
        return false;
    for (size_t i = 0; i < host.len; i++) {
        char c = host.data[i];
        if (!cpr_ascii_is_alpha(c) && !cpr_ascii_is_digit(c) && (c == 0 || !strchr(".:_-", c)))
            return false;
    }
    return true;
}

bool cpr_host_is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, host, &v6) == 1)
        return IN6_IS_ADDR_LOOPBACK(&v6);
    return cpr_view_equal_nocase(cpr_view_of(host), cpr_view_of("localhost"));
}
