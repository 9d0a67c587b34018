/* The pre-scan: what inih would misread in silence is refused here, line by line, before inih sees it. */
#include "config_parts.h"

#include "cpr/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Valid UTF-8 without control and invisible characters; a tab is white space. */
static bool is_readable(struct cpr_view line)
{
    struct cpr_view item;
    while (cpr_view_next_item(&line, '\t', &item))
        if (!cpr_text_is_clean(item))
            return false;
    return true;
}

/* inih ends a value at a blank and a semicolon; a person would expect the same of a number sign. */
static bool has_trailing_comment(struct cpr_view line)
{
    for (size_t i = 1; i < line.len; i++)
        if ((line.data[i] == ';' || line.data[i] == '#') && cpr_ascii_is_space(line.data[i - 1]))
            return true;
    return false;
}

static enum cpr_config_line broken(struct cpr_error *error_out, const char *reason)
{
    cpr_error_set(error_out, CPR_OPERATOR, 0, "%s", reason);
    return CPR_LINE_BROKEN;
}

static enum cpr_config_line scan_section(struct cpr_view line, struct cpr_view *kind_out, struct cpr_view *name_out,
                                         struct cpr_error *error_out)
{
    if (line.len < 3 || cpr_view_find_byte(line, ']', 0) != line.len - 1)
        return broken(error_out, "a section is written [daemon] or [mailbox NAME], with nothing behind the bracket");
    struct cpr_view inside = cpr_view_trim(cpr_view_slice(line, 1, line.len - 2));
    size_t blank = 0;
    while (blank < inside.len && !cpr_ascii_is_space(inside.data[blank]))
        blank++;
    *kind_out = cpr_view_slice(inside, 0, blank);
    *name_out = cpr_view_trim(cpr_view_slice(inside, blank, inside.len));
    return CPR_LINE_SECTION;
}

enum cpr_config_line cpr_config_line_scan(struct cpr_view line, struct cpr_view *kind_out, struct cpr_view *name_out,
                                          struct cpr_error *error_out)
{
    if (!is_readable(line))
        return broken(error_out,
                      "the line holds a control character, an invisible character or bytes that are not UTF-8");
    if (line.len > CPR_CONFIG_LINE_MAX) {
        cpr_error_set(error_out, CPR_OPERATOR, 0, "the line has %zu bytes, more than the %d allowed", line.len,
                      CPR_CONFIG_LINE_MAX);
        return CPR_LINE_BROKEN;
    }
    struct cpr_view text = cpr_view_trim(line);
    if (text.len == 0 || text.data[0] == '#' || text.data[0] == ';')
        return CPR_LINE_EMPTY;
    if (text.data != line.data)
        return broken(error_out,
                      "the line begins with a blank; keys and sections begin in the first column, and a value "
                      "cannot go on in the next line");
    if (text.data[0] == '[')
        return scan_section(text, kind_out, name_out, error_out);
    size_t equals = cpr_view_find_byte(text, '=', 0);
    if (equals == CPR_VIEW_NOT_FOUND || equals == 0 || cpr_view_find_byte(text, ':', 0) < equals)
        return broken(error_out, "the line is neither a [section], nor \"key = value\", nor a comment");
    if (has_trailing_comment(text))
        return broken(error_out, "\" ;\" and \" #\" cannot stand inside a value; comments have lines of their own");
    return CPR_LINE_KEY;
}

static enum cpr_rc read_all(int fd, const char *path, struct cpr_buffer *content, struct cpr_error *error_out)
{
    char block[4096];
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cpr_error_set(error_out, CPR_OPERATOR, errno, "%s could not be read: %s", path, strerror(errno));
        cpr_buffer_add(content, cpr_view_make(block, (size_t)got));
        if (cpr_buffer_is_full(content))
            return cpr_error_set(error_out, CPR_OPERATOR, 0, "%s is larger than the %d bytes allowed", path,
                                 CPR_CONFIG_MAX_BYTES);
    }
    return CPR_OK;
}

enum cpr_rc cpr_config_file_read(const char *path, struct cpr_buffer *content_out, struct cpr_error *error_out)
{
    struct stat status;
    /* O_NONBLOCK: opening a FIFO by mistake must not wait for a writer. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return cpr_error_set(error_out, CPR_OPERATOR, errno, "%s could not be opened: %s", path, strerror(errno));
    struct cpr_buffer content = cpr_buffer_new(CPR_CONFIG_MAX_BYTES);
    enum cpr_rc rc;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "%s is not a regular file", path);
    else if (status.st_mode & S_IWOTH) /* a password_command in it runs as the daemon */
        rc = cpr_error_set(error_out, CPR_OPERATOR, 0, "%s can be changed by every user; chmod o-w it", path);
    else
        rc = read_all(fd, path, &content, error_out);
    close(fd);
    if (rc == CPR_OK)
        *content_out = content;
    else
        cpr_buffer_free(&content);
    return rc;
}
