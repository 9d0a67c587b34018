#include "cpr/message/tnef.h"
#include "cpr/message/charset.h"

#include <stdint.h>

/* Attributes ([MS-OXTNEF] section 2.1.3.2) by their identifier without its type. */
enum {
    ATTRIBUTE_SUBJECT = 0x8004,
    ATTRIBUTE_BODY = 0x800C,
    ATTRIBUTE_FILE_BYTES = 0x800F,
    ATTRIBUTE_FILE_NAME = 0x8010,
    ATTRIBUTE_FILE_BEGINS = 0x9002,
    ATTRIBUTE_PROPERTIES = 0x9003,
    ATTRIBUTE_FILE_PROPERTIES = 0x9005,
    ATTRIBUTE_CODE_PAGE = 0x9007,
};

/* Properties ([MS-OXPROPS]) and the types of their values ([MS-OXCDATA] section 2.11.1). */
enum {
    PROPERTY_SUBJECT = 0x0037,
    PROPERTY_BODY = 0x1000,
    PROPERTY_RTF = 0x1009,
    PROPERTY_HTML = 0x1013,
    PROPERTY_FILE_BYTES = 0x3701,
    PROPERTY_FILE_NAME = 0x3707, /* the long one */
    PROPERTY_NAMED_FIRST = 0x8000,
    TYPE_OBJECT = 0x0D,
    TYPE_STRING = 0x1E, /* of bytes in the code page */
    TYPE_UTF_16 = 0x1F,
    TYPE_BINARY = 0x102,
    TYPE_IS_LIST = 0x1000,
    OBJECT_ID_SIZE = 16, /* the interface that reads an embedded object */
};

struct tnef {
    struct cpr_tnef_walk *walk;
    char charset[24];
    struct cpr_tnef_item file; /* gathered until the next one begins */
};

static uint32_t take(struct cpr_view *rest, size_t width)
{
    uint32_t value = 0;
    for (size_t i = width; i-- > 0;)
        value = value << 8 | (i < rest->len ? (unsigned char)rest->data[i] : 0);
    *rest = cpr_view_slice(*rest, width, rest->len);
    return value;
}

static void give(struct tnef *tnef, enum cpr_tnef_kind kind, struct cpr_view bytes, const char *charset)
{
    struct cpr_tnef_item item = {.kind = kind, .bytes = bytes, .charset = charset, .name_charset = ""};
    if (bytes.len)
        tnef->walk->item(tnef->walk->context, &item);
}

static void give_file(struct tnef *tnef)
{
    if (tnef->file.bytes.len || tnef->file.name.len)
        tnef->walk->item(tnef->walk->context, &tnef->file);
    tnef->file = (struct cpr_tnef_item){.kind = CPR_TNEF_FILE, .charset = "", .name_charset = ""};
}

/* Without the zeros that end a string. */
static struct cpr_view string_of(struct cpr_view value, uint32_t type)
{
    if (type == TYPE_STRING)
        return cpr_view_slice(value, 0, cpr_view_find_byte(value, 0, 0));
    while (type == TYPE_UTF_16 && value.len >= 2 && memcmp(value.data + value.len - 2, "\0\0", 2) == 0)
        value.len -= 2;
    return value;
}

static void read_property(struct tnef *tnef, uint32_t id, uint32_t type, struct cpr_view value)
{
    value = string_of(value, type);
    const char *charset = type == TYPE_UTF_16 ? "utf-16le" : type == TYPE_STRING ? tnef->charset : "";
    switch (id) {
    case PROPERTY_SUBJECT:
        give(tnef, CPR_TNEF_SUBJECT, value, charset);
        break;
    case PROPERTY_BODY:
        give(tnef, CPR_TNEF_TEXT, value, charset);
        break;
    case PROPERTY_RTF:
        give(tnef, CPR_TNEF_RTF, value, "");
        break;
    case PROPERTY_HTML:
        give(tnef, CPR_TNEF_HTML, value, charset);
        break;
    case PROPERTY_FILE_BYTES:
        tnef->file.bytes = type == TYPE_OBJECT ? cpr_view_slice(value, OBJECT_ID_SIZE, value.len) : value;
        break;
    case PROPERTY_FILE_NAME:
        tnef->file.name = value;
        tnef->file.name_charset = charset;
        break;
    default:
        break;
    }
}

/* Bytes of a value that has no length of its own, with its padding; 0 for types that have one. */
static size_t fixed_size(uint32_t type)
{
    switch (type & ~(uint32_t)TYPE_IS_LIST) {
    case TYPE_OBJECT:
    case TYPE_STRING:
    case TYPE_UTF_16:
    case TYPE_BINARY:
        return 0;
    case 0x05: /* double, currency, floating time, integer, time */
    case 0x06:
    case 0x07:
    case 0x14:
    case 0x40:
        return 8;
    case 0x48: /* GUID */
        return 16;
    default:
        return 4;
    }
}

static void skip_name(struct cpr_view *rest)
{
    *rest = cpr_view_slice(*rest, 16, rest->len); /* GUID */
    if (take(rest, 4) == 0) {
        take(rest, 4);
        return;
    }
    size_t len = take(rest, 4);
    *rest = cpr_view_slice(*rest, (len + 3) & ~(size_t)3, rest->len);
}

static void read_properties(struct tnef *tnef, struct cpr_view rest)
{
    uint32_t count = take(&rest, 4);
    for (uint32_t i = 0; i < count && rest.len; i++) {
        uint32_t type = take(&rest, 2), id = take(&rest, 2);
        if (id >= PROPERTY_NAMED_FIRST)
            skip_name(&rest);
        size_t size = fixed_size(type);
        uint32_t values = size && !(type & TYPE_IS_LIST) ? 1 : take(&rest, 4);
        for (uint32_t k = 0; k < values && rest.len; k++) {
            size_t len = size ? size : take(&rest, 4);
            if (len > rest.len) {
                tnef->walk->is_cut = true;
                len = rest.len;
            }
            read_property(tnef, id, type, cpr_view_slice(rest, 0, len));
            rest = cpr_view_slice(rest, (len + 3) & ~(size_t)3, rest.len);
        }
    }
}

static void read_attribute(struct tnef *tnef, uint32_t id, struct cpr_view value)
{
    struct cpr_view text = cpr_view_slice(value, 0, cpr_view_find_byte(value, 0, 0));
    switch (id) {
    case ATTRIBUTE_CODE_PAGE:
        cpr_charset_of_code_page(take(&value, 4), tnef->charset);
        break;
    case ATTRIBUTE_SUBJECT:
        give(tnef, CPR_TNEF_SUBJECT, text, tnef->charset);
        break;
    case ATTRIBUTE_BODY:
        give(tnef, CPR_TNEF_TEXT, text, tnef->charset);
        break;
    case ATTRIBUTE_FILE_BEGINS:
        give_file(tnef);
        break;
    case ATTRIBUTE_FILE_NAME:
        tnef->file.name = text;
        tnef->file.name_charset = tnef->charset;
        break;
    case ATTRIBUTE_FILE_BYTES:
        tnef->file.bytes = value;
        break;
    case ATTRIBUTE_PROPERTIES:
    case ATTRIBUTE_FILE_PROPERTIES:
        read_properties(tnef, value);
        break;
    default:
        break;
    }
}

bool cpr_tnef_is(struct cpr_view bytes)
{
    return bytes.len > 6 && memcmp(bytes.data, "\x78\x9F\x3E\x22", 4) == 0;
}

void cpr_tnef_walk(struct cpr_tnef_walk *walk, struct cpr_view bytes)
{
    struct tnef tnef = {.walk = walk};
    struct cpr_view rest = cpr_view_slice(bytes, 6, bytes.len); /* behind mark and key */
    tnef.file = (struct cpr_tnef_item){.kind = CPR_TNEF_FILE, .charset = "", .name_charset = ""};
    while (rest.len > 9) {
        take(&rest, 1); /* of the message or of a file */
        uint32_t id = take(&rest, 2);
        take(&rest, 2);
        size_t len = take(&rest, 4);
        walk->is_cut |= len > rest.len;
        read_attribute(&tnef, id, cpr_view_slice(rest, 0, len));
        rest = cpr_view_slice(rest, len, rest.len);
        take(&rest, 2); /* checksum: a damaged text is still a text */
    }
    give_file(&tnef);
}
