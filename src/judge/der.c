#include "cpr/judge/der.h"

#include <stdio.h>
#include <string.h>

enum { INDEFINITE_DEPTH_MAX = 16, SERIAL_MAX_BYTES = 40 };

struct head {
    size_t len;         /* of tag and length */
    size_t content_len; /* when it is definite */
    bool is_indefinite;
};

static bool read_head(struct cpr_view bytes, struct head *head_out)
{
    const unsigned char *data = (const unsigned char *)bytes.data;
    if (bytes.len < 2 || (data[0] & 0x1F) == 0x1F)
        return false;
    struct head head = {.len = 2, .content_len = data[1]};
    if (data[1] == 0x80) {
        head.is_indefinite = true;
        head.content_len = 0;
    } else if (data[1] > 0x80) {
        size_t count = data[1] & 0x7F;
        if (count > 4 || bytes.len < 2 + count)
            return false;
        head.content_len = 0;
        for (size_t i = 0; i < count; i++)
            head.content_len = head.content_len << 8 | data[2 + i];
        head.len += count;
    }
    *head_out = head;
    return true;
}

/* The length of what stands before the end-of-contents that belongs to an indefinite length; everything when there is
 * none. An element of definite length is stepped over whole. SIZE_MAX when it is nested too deep or malformed. */
static size_t indefinite_length(struct cpr_view bytes)
{
    size_t at = 0, depth = 0;
    while (at < bytes.len) {
        struct head head;
        if (bytes.len - at >= 2 && bytes.data[at] == 0 && bytes.data[at + 1] == 0) {
            if (depth-- == 0)
                return at;
            at += 2;
            continue;
        }
        if (!read_head(cpr_view_slice(bytes, at, bytes.len), &head) ||
            (head.is_indefinite && ++depth > INDEFINITE_DEPTH_MAX))
            return SIZE_MAX;
        at += head.len;
        at = head.content_len > bytes.len - at ? bytes.len : at + head.content_len;
    }
    return bytes.len;
}

bool cpr_der_next(struct cpr_view *rest, struct cpr_der *element_out)
{
    struct head head;
    if (!read_head(*rest, &head))
        return false;
    size_t left = rest->len - head.len, len = head.content_len, end_len = 0;
    if (head.is_indefinite) {
        len = indefinite_length(cpr_view_slice(*rest, head.len, left));
        if (len == SIZE_MAX)
            return false;
        end_len = left - len >= 2 ? 2 : 0;
    }
    struct cpr_der element = {
        .tag = (unsigned char)rest->data[0],
        .is_cut = len > left || (head.is_indefinite && end_len == 0),
        .content = cpr_view_slice(*rest, head.len, len),
    };
    element.whole = cpr_view_slice(*rest, 0, head.len + element.content.len + end_len);
    *rest = cpr_view_slice(*rest, element.whole.len, rest->len);
    *element_out = element;
    return true;
}

bool cpr_der_take(struct cpr_view *rest, unsigned char tag, struct cpr_der *element_out)
{
    return rest->len && (unsigned char)rest->data[0] == tag && cpr_der_next(rest, element_out);
}

bool cpr_der_oid_to_text(struct cpr_view content, char *out, size_t out_size)
{
    size_t used = 0;
    uint64_t number = 0;
    bool is_first = true;
    for (size_t i = 0; i < content.len; i++) {
        unsigned char byte = (unsigned char)content.data[i];
        if (number >> 56)
            return false;
        number = number << 7 | (byte & 0x7F);
        if (byte & 0x80)
            continue;
        uint64_t top = number < 80 ? number / 40 : 2;
        int len = is_first ? snprintf(out + used, out_size - used, "%llu.%llu", (unsigned long long)top,
                                      (unsigned long long)(number - top * 40))
                           : snprintf(out + used, out_size - used, ".%llu", (unsigned long long)number);
        if (len < 0 || (size_t)len >= out_size - used)
            return false;
        used += (size_t)len;
        number = 0;
        is_first = false;
    }
    return content.len > 0 && !(content.data[content.len - 1] & 0x80);
}

static bool read_digits(struct cpr_view *rest, size_t count, int *out)
{
    int number = 0;
    if (rest->len < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!cpr_ascii_is_digit(rest->data[i]))
            return false;
        number = number * 10 + (rest->data[i] - '0');
    }
    *rest = cpr_view_slice(*rest, count, rest->len);
    *out = number;
    return true;
}

int64_t cpr_der_time(const struct cpr_der *element)
{
    struct cpr_view rest = element->content;
    int year, month, day, hour, minute, second = 0;
    bool is_utc = element->tag == CPR_DER_UTC_TIME;
    if ((!is_utc && element->tag != CPR_DER_GENERALIZED_TIME) || !read_digits(&rest, is_utc ? 2 : 4, &year) ||
        !read_digits(&rest, 2, &month) || !read_digits(&rest, 2, &day) || !read_digits(&rest, 2, &hour) ||
        !read_digits(&rest, 2, &minute))
        return CPR_TIME_NONE;
    (void)read_digits(&rest, 2, &second);
    if (!cpr_view_equal(rest, cpr_view_of("Z")) || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 ||
        minute > 59 || second > 59)
        return CPR_TIME_NONE;
    if (is_utc)
        year += year < 50 ? 2000 : 1900;
    int64_t utc_ms = cpr_time_from_civil(year, month, day, hour, minute, second);
    return cpr_time_is_plausible(utc_ms) ? utc_ms : CPR_TIME_NONE;
}

/* A sequence of sets of sequences that begin with an object identifier, or an empty one. */
static bool is_name(const struct cpr_der *element)
{
    struct cpr_view rest = element->content;
    struct cpr_der inner;
    if (element->is_cut)
        return false;
    if (rest.len == 0)
        return true;
    return cpr_der_take(&rest, CPR_DER_SET, &inner) && cpr_der_take(&inner.content, CPR_DER_SEQUENCE, &inner) &&
           cpr_der_take(&inner.content, CPR_DER_OID, &inner);
}

static void read_extensions(struct cpr_view rest, struct cpr_der_certificate *certificate)
{
    struct cpr_der element;
    while (cpr_der_next(&rest, &element))
        if (element.tag == 0xA3 && cpr_der_take(&element.content, CPR_DER_SEQUENCE, &element)) {
            certificate->extensions = element.content;
            return;
        }
}

bool cpr_der_certificate_read(struct cpr_view bytes, struct cpr_der_certificate *certificate_out)
{
    struct cpr_der_certificate certificate = {.not_before_ms = CPR_TIME_NONE, .not_after_ms = CPR_TIME_NONE};
    struct cpr_der outer, body, element, time;
    if (!cpr_der_take(&bytes, CPR_DER_SEQUENCE, &outer) || !cpr_der_take(&outer.content, CPR_DER_SEQUENCE, &body))
        return false;
    struct cpr_view rest = body.content;
    (void)cpr_der_take(&rest, 0xA0, &element); /* the version; absent in version 1 */
    if (!cpr_der_take(&rest, CPR_DER_INTEGER, &element) || element.content.len < 1 ||
        element.content.len > SERIAL_MAX_BYTES)
        return false;
    certificate.serial = element.content;
    struct cpr_der algorithm;
    if (!cpr_der_take(&rest, CPR_DER_SEQUENCE, &algorithm) ||
        !cpr_der_take(&algorithm.content, CPR_DER_OID, &element) || !cpr_der_take(&rest, CPR_DER_SEQUENCE, &element) ||
        !is_name(&element))
        return false;
    certificate.issuer = element.whole;
    bool has_validity = cpr_der_take(&rest, CPR_DER_SEQUENCE, &element);
    if (has_validity && cpr_der_next(&element.content, &time)) {
        if (time.tag != CPR_DER_UTC_TIME && time.tag != CPR_DER_GENERALIZED_TIME)
            return false;
        certificate.not_before_ms = cpr_der_time(&time);
        if (cpr_der_next(&element.content, &time))
            certificate.not_after_ms = cpr_der_time(&time);
    } else if (!outer.is_cut || rest.len) {
        return false;
    }
    if (cpr_der_take(&rest, CPR_DER_SEQUENCE, &element) && is_name(&element))
        certificate.subject = element.whole;
    if (cpr_der_take(&rest, CPR_DER_SEQUENCE, &element) && !element.is_cut)
        certificate.spki = element.whole;
    read_extensions(rest, &certificate);
    if (!outer.is_cut)
        certificate.whole = outer.whole;
    *certificate_out = certificate;
    return true;
}

bool cpr_der_extension(const struct cpr_der_certificate *certificate, struct cpr_view oid, struct cpr_view *value_out)
{
    struct cpr_view rest = certificate->extensions;
    struct cpr_der extension, element;
    while (cpr_der_next(&rest, &extension)) {
        if (!cpr_der_take(&extension.content, CPR_DER_OID, &element) || !cpr_view_equal(element.content, oid))
            continue;
        while (cpr_der_next(&extension.content, &element))
            if (element.tag == CPR_DER_OCTET_STRING) {
                *value_out = element.content;
                return true;
            }
    }
    return false;
}
