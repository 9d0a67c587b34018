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

/* ":" and a number of 1 to 65535; empty: none. */
static bool is_port(struct cpr_view text)
{
    unsigned number = 0;
    if (text.len == 0)
        return true;
    for (size_t i = 1; i < text.len && i < 7; i++) {
        if (!cpr_ascii_is_digit(text.data[i]))
            return false;
        number = number * 10 + (unsigned)(text.data[i] - '0');
    }
    return text.data[0] == ':' && text.len <= 6 && number >= 1 && number <= 65535;
}

bool cpr_url_is_valid(struct cpr_view url, struct cpr_view *host_out)
{
    size_t scheme = cpr_view_starts_nocase(url, "https://") ? 8 : cpr_view_starts_nocase(url, "http://") ? 7 : 0;
    struct cpr_view rest = cpr_view_slice(url, scheme, url.len);
    for (size_t i = 0; i < url.len; i++)
        if (url.data[i] <= 0x20 || url.data[i] >= 0x7F || strchr("<>\"\\^`{|}#", url.data[i]))
            return false;
    struct cpr_view authority = cpr_view_slice(rest, 0, cpr_view_find_byte(rest, '/', 0));
    struct cpr_view host = cpr_view_slice(authority, 0, cpr_view_find_byte(authority, ':', 0));
    if (!scheme || !cpr_host_is_valid(host) || !is_port(cpr_view_slice(authority, host.len, authority.len)))
        return false;
    if (host_out)
        *host_out = host;
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
