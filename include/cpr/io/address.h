/* Mail and host addresses as the configuration and the wire accept them. Pure. */
#ifndef CPR_IO_ADDRESS_H
#define CPR_IO_ADDRESS_H

#include "cpr/base/view.h"

/* A mail address that may stand in an SMTP command as it is: exactly one '@', a local part of 1 to 64 and a domain of 1
 * to 253 bytes, 254 together (RFC 5321 section 4.5.3.1), printable ASCII without blanks, control characters and
 * <>"\(),;: . Narrower than RFC 5321: quoted local parts and IPv6 literals are refused. libcurl writes what it is
 * given, CR and LF included, so this is asked when the configuration is loaded and again before each mail. */
bool cpr_address_is_valid(struct cpr_view address);

/* A host name or an address of IPv4 or IPv6 (without brackets): 1 to 253 of [A-Za-z0-9.:_-], so that it can neither end
 * nor extend a URL that it is put into. */
bool cpr_host_is_valid(struct cpr_view host);

/* "localhost", 127.0.0.0/8 and ::1: what never leaves the machine and so may go unencrypted. */
bool cpr_host_is_loopback(const char *host);

/* A URL that may be asked as it is: "http://" or "https://", a host (no IPv6 literal), perhaps a port, perhaps a path
 * and a query of printable ASCII without <>"\^`{|}. No user, no fragment. Its host, a part of it, in *host_out (may be
 * NULL). */
bool cpr_url_is_valid(struct cpr_view url, struct cpr_view *host_out);

#endif
